/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reading/page-reading.h - all that was read on one page, and nothing decided.
 *
 * A function of the page's bytes, the step versions and the models only: no form, paper
 * or rule has a say in it, so a changed declaration never needs recognition again.
 * Pixels are those of the upright proof. */
#pragma once
#include "base/base.h"

#define READING_MAX_CHOICES 4

/* What tells a character by hand from a printed one. */
typedef struct {
    bool is_there;
    double unlike;      /* how much further it is from the shape of what was read than the
                           page's print is from its own: the distances' logarithm */
    double top, bottom; /* of its ink, in heights of its line */
} HandTrace;

/* One recognised character. */
typedef struct {
    char text[8];      /* one character, UTF-8 */
    double confidence; /* 0..1 */
    Rect box_px;
    struct {
        char text[8];
        double confidence;
    } choices[READING_MAX_CHOICES]; /* what was read before shapes decided otherwise, the
                                       last first; "" ends the list */
    HandTrace trace;
} Glyph;

/* A number by hand, or what may be one, as the model for numbers reads it: that model
 * knows no other characters, so of anything else it says a number as well. */
typedef struct {
    Rect box_px;       /* of its ink */
    char *text;        /* owned */
    double confidence; /* 0..1: the mean of its characters */
} HandNumber;

typedef struct TextLine TextLine;
struct TextLine {
    Rect box_px;
    int cell;          /* index into cells, or -1 */
    char *text;        /* as read, without the spaces between Chinese characters */
    double confidence; /* 0..1: the mean of its glyphs */
    double weakest;    /* 0..1: the weakest glyph */
    GArray *glyphs;    /* Glyph; their texts joined are text without blanks */
    char *second_text; /* what the other model read, or NULL where it was not asked */
    double second_confidence;
    char *outvoted_text; /* what one of both had read before the shapes of its characters
                            decided otherwise; or NULL */
    char *digits_text;   /* a reading restricted to digits and X, or NULL */
    double digits_confidence;
    GArray *hand_numbers; /* HandNumber, from left to right; NULL: none */
    bool is_untraced;  /* where its characters stand cannot be told, as often of a hand */
    bool is_from_file; /* its text is the file's own, not recognised */
    bool is_skipped;   /* found, but not read (fine print, too many lines) */
    TextLine *boxless; /* the line read with its tick boxes painted white, where it has
                          any: what options are looked for in; else NULL; owned */
    TextLine *by_hand; /* the line as the model for words by hand reads it, where its ink
                          may be by hand; else NULL; owned */
};

typedef struct {
    Rect box_px;
    int grid;
} ReadCell;

/* What the tuned models read a tick box as, ticked or not. */
#define READING_TICK_BOX "□"

/* Stands for the model's name in evidence where the text is the file's own. */
#define FILE_TEXT_MODEL "file"
/* A page's problem: its file says something else than its ink, and was not believed. */
#define FILE_TEXT_DIFFERS_PROBLEM "file_text_differs"

typedef enum { TICK_EMPTY, TICK_TICKED, TICK_UNSURE } TickState;
typedef struct {
    Rect box_px;
    int cell;
    TickState state;
    double squareness; /* 0..1, see layout/layout.h */
    double ink;        /* 0..1 */
} TickMark;

/* One character along a seal's ring, as each of three says: 0 where one says nothing. */
typedef struct {
    gunichar read, second;      /* the two models */
    gunichar shape, next;       /* what its shape is nearest to, and next */
    double shape_off, next_off; /* how far that is (reading/classifier.h) */
} SealPlace;

#define SEAL_MAX_PLACES 32

typedef struct {
    Rect box_px;
    bool is_red;
    char *text;        /* what is written along its ring, bare; or NULL: not read */
    char *second_text; /* the same by the other model */
    char *shapes_text; /* and where both doubt, by the shapes of its characters */
    GArray *places; /* SealPlace, evenly spread; NULL: where they are nobody can tell */
} SealMark;

/* Ink that is in no line of text: strokes of a signature, scribbles, rests of a seal. */
typedef struct {
    Rect box_px;
    int cell;
} LooseInk;

typedef struct {
    int width_px, height_px, dpi;
    int rotation_deg;
    double skew_deg;
    Transform to_original;
    bool is_blank;
    bool is_toneless;   /* scanned in black and white alone: what is pale, as a seal in
                           colour may be, is not on it */
    bool is_from_file;  /* read by the text of its own file; single lines may not be */
    char *proof_sha256; /* or NULL */
    char *model;        /* name of the recogniser's model */
    char *cover;        /* code of the cover sheet it is (codes/codes.h), COVER_UNREAD for
                           one that cannot be read, or NULL; as a worker said it */
    char *print;        /* name of the print it was read by (prints/prints.h), or NULL */
    GArray *cells;      /* ReadCell */
    GPtrArray *lines;   /* TextLine, in reading order */
    GArray *ticks;      /* TickMark */
    GArray *gaps;       /* TickMark without squareness: ink that stands before a word */
    GArray *seals;      /* SealMark */
    GArray *loose;      /* LooseInk */
    GArray *clear;      /* Rect, pieces of ink on or near a seal that are none of it */
    GArray *papers;     /* Rect, the papers of a photo of several, which lie apart */
    GPtrArray *problems; /* char * */
} PageReading;

PageReading *page_reading_new(void);
void page_reading_free(PageReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PageReading, page_reading_free)
void text_line_free(TextLine *line);

/* hand_numbers_new: a place for what line->hand_numbers holds. Owned */
GArray *hand_numbers_new(void);

/* text_line_has_date: whether a whole date stands on @line, or room for one. */
bool text_line_has_date(const TextLine *line);
/* Labels, names and dates are shorter than sentences. */
#define SENTENCE_GLYPHS 16
/* text_line_is_sentence: whether @line is running text: long, or found and not read. The
 * line to sign on may join its label, a name and a date to something as long, so a line
 * with a date is none. */
bool text_line_is_sentence(const TextLine *line);

/* trace_is_strange: whether a character is further from print than print is. */
bool trace_is_strange(const HandTrace *trace);

/* glyphs_hand_odds: how much the ink of @glyphs of @line speaks for a hand.
 * @glyphs: borrowed; @odds: out: the logarithm of the odds, over 0 for a hand
 * Returns: of how many of them it is known; 0: @odds is not filled */
guint glyphs_hand_odds(const TextLine *line, const Glyph *const *glyphs, guint count,
                       double *odds);

/* page_reading_to_json / _from_json: the form kept in the store and sent by workers.
 * Returns: owned; _from_json NULL with BASE_ERROR_FORMAT (sizes are checked) */
JsonObject *page_reading_to_json(const PageReading *reading);
PageReading *page_reading_from_json(JsonObject *object, GError **error);
