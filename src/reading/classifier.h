/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reading/classifier.h - single characters known by their shape alone: a third opinion.
 *
 * The two recognisers read lines, and both lean on what usually follows what: in a name
 * that no one has written before they may both be wrong, and both sure. A shape knows no
 * neighbours. It is the directions of the edges of one character, in a grid (gradient
 * features with the normalisation by moments: C.-L. Liu, "Normalization-Cooperated
 * Gradient Feature Extraction for Handwritten Character Recognition", IEEE PAMI 29,
 * 2007), projected to where shapes of one character lie close together and those of
 * others far apart (Fisher's discriminant), and compared with the mean shapes of every
 * character of GB 2312 (models/README.md). */
#pragma once
#include "base/base.h"
#include "sheet/sheet.h"

#define FEATURE_DIRECTIONS 8
#define FEATURE_GRID 8
#define CHARACTER_FEATURES (FEATURE_DIRECTIONS * FEATURE_GRID * FEATURE_GRID)

/* character_features: the edge directions of the ink in @box of @line.
 * @line: 8 bpp, dark on white; borrowed
 * @box: one character, its neighbours excluded; clipped to @line
 * @features: out: CHARACTER_FEATURES values of 0..1, their squares adding up to 1
 * Returns: false where there is no ink, or more than a character's (over 512 px) */
bool character_features(PIX *line, Rect box, float *features);

/* characters_place: where the characters of a line stand, by its ink.
 * The recognisers tell that only roughly: up to two characters off in a long line
 * (measured). The cuts are those that cost least: through little ink, with every
 * character about as wide as its kind.
 * @line: 8 bpp, dark on white, the line alone on a white border; borrowed
 * @characters: what is read on it, without blanks; borrowed
 * @count: number of these, at least 1
 * @boxes: out: @count, the ink of each character, in @line's pixels
 * Returns: false where the ink cannot be that many characters */
bool characters_place(PIX *line, const gunichar *characters, int count, Rect *boxes);

/* character_is_parted: whether white from top to bottom parts what stands in @place: no
 * digit is, but a digit with a point beside it. @line, @place: of characters_place() */
bool character_is_parted(PIX *line, Rect place);

/* What shapes are compared with, made by models/make/learn-characters.py. */
typedef struct Classifier Classifier;

/* classifier_load: read it. Returns: owned; NULL with READING_ERROR_MODEL where @path
 * cannot be read or is no such file (every size in it is checked) */
Classifier *classifier_load(const char *path, GError **error);
void classifier_free(Classifier *classifier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Classifier, classifier_free)

#define CLASSIFIER_MAX_AXES 256
#define CLASSIFIER_MATCHES 2

/* What a character is looked for among: one is seldom taken for one of another kind, and
 * 口 and 0, 一 and - are told apart by their neighbours, not by their shapes. */
typedef enum { AMONG_CHINESE, AMONG_DIGITS, CLASSIFIER_KINDS } ClassifierKind;

/* classifier_kind_of: the kind that @character is of; CLASSIFIER_KINDS: of none */
ClassifierKind classifier_kind_of(gunichar character);

/* One character's shape, and what it is nearest to. Distances are squared, in standard
 * deviations of shapes of one character from their mean. */
typedef struct {
    float at[CLASSIFIER_MAX_AXES];
    double square; /* its squared length */
    struct {
        gunichar character;
        double distance;
    } nearest[CLASSIFIER_MATCHES]; /* nearest first; filled by classifier_search() */
} ClassifierLook;

/* classifier_measure: the shape of the ink in @box, a fifth of a search's cost.
 * @line, @box: as for character_features()
 * Returns: false where there is no ink to look at */
bool classifier_measure(const Classifier *classifier, PIX *line, Rect box,
                        ClassifierLook *look);

/* classifier_search: what that shape is nearest to among characters of @kind. */
void classifier_search(const Classifier *classifier, ClassifierKind kind,
                       ClassifierLook *look);

/* classifier_between: how far two measured shapes are from each other. */
double classifier_between(const ClassifierLook *a, const ClassifierLook *b);

/* classifier_distance: from what was measured to @character; INFINITY for one not known.
 */
double classifier_distance(const Classifier *classifier, const ClassifierLook *look,
                           gunichar character);
