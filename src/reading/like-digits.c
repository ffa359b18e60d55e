/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digits of one page held against each other. A face may draw a digit so that both models
 * take it for another (a 3 with a flat top for 5); but it draws every digit alike, so
 * what was read as one must look like the others that were. */
#include "reading/private.h"

#include "base/numbers.h"
#include "base/text.h"

/* Of 3,461 printed digits with another of their kind on the line 19 in 20 are nearer than
 * 120 to one of them, and of two different ones on a line 99 in 100 further than 350. */
#define ALIKE 250.0
#define UNLIKE 400.0
/* A digit on another line of the page may be of another face; so near to each other only
 * digits of one face are. */
#define SAME 150.0
#define SURE 0.95
#define DOUBTED 0.5
/* So many others must be as they were read, or the places of all may be wrong. */
#define LEAST_CONTROLS 2
#define LEAST_CONTROLS_ALONE 3
/* All digits of a face but 1 are of one width. One that is wider than the others by more
 * has a piece of its neighbour in its place. */
#define MAX_WIDER 1.4
/* A page of tables has no need of more, and it would cost time. */
#define MAX_DIGITS 600

typedef struct {
    TextLine *line; /* borrowed */
    guint glyph;
    gunichar read, seen; /* by the models, by its shape */
    ClassifierLook look;
    int width;    /* of its ink, in the picture's pixels */
    int run;      /* number of the number or date that it is of */
    int cluster;  /* of its run, of digits read as the same that look alike */
    double apart; /* how far the nearest of another cluster is; 0: none is */
} DigitShape;

GArray *digit_shapes_new(void)
{
    return g_array_new(false, false, sizeof(DigitShape));
}

static gunichar character_at(const TextLine *line, guint i)
{
    return i < line->glyphs->len
               ? g_utf8_get_char(g_array_index(line->glyphs, Glyph, i).text)
               : 0;
}

static bool is_letter(gunichar c)
{
    return c < 0x80 && g_ascii_isalpha((char)c);
}

/* What a number or a date may hold between its digits. */
static bool goes_on(gunichar c)
{
    return g_unichar_isdigit(c) || (c < 0x80 && g_ascii_isupper((char)c)) ||
           (c != 0 && g_utf8_strchr(".-:：/()（）年月日", -1, c) != NULL);
}

/* Whether @i is one digit right behind a letter: what is left of m² or m³. */
static bool is_of_unit(const TextLine *line, guint i)
{
    return i > 0 && is_letter(character_at(line, i - 1)) &&
           !g_unichar_isdigit(character_at(line, i + 1));
}

void digit_shapes_take(GArray *shapes, const Classifier *classifier, LinePicture *picture,
                       TextLine *line)
{
    const Rect *places = classifier != NULL ? line_places(picture, line) : NULL;
    int run =
        shapes->len > 0 ? g_array_index(shapes, DigitShape, shapes->len - 1).run : 0;
    run++;
    for (guint i = 0; places != NULL && i < line->glyphs->len; i++) {
        gunichar read = character_at(line, i);
        bool is_digit = classifier_kind_of(read) == AMONG_DIGITS && !is_of_unit(line, i);
        DigitShape shape = {
            .line = line, .glyph = i, .read = read, .width = places[i].width, .run = run};
        run += !is_digit && !goes_on(read);
        if (!is_digit || shapes->len >= MAX_DIGITS ||
            character_is_parted(picture->pix, places[i]) ||
            !line_look(classifier, picture, i, &shape.look))
            continue;
        classifier_search(classifier, AMONG_DIGITS, &shape.look);
        shape.seen = shape.look.nearest[0].character;
        g_array_append_val(shapes, shape);
    }
}

/* --- in one number or date ------------------------------------------------------------
 */

static DigitShape *shape_at(const GArray *shapes, guint i)
{
    return &g_array_index(shapes, DigitShape, i);
}

static double distance_between(const DigitShape *a, const DigitShape *b)
{
    return classifier_between(&a->look, &b->look);
}

/* Numbers the clusters of @from..@to-1: what was read as one digit and looks alike, or
 * like one that does. */
static void find_clusters(GArray *shapes, guint from, guint to)
{
    for (guint i = from; i < to; i++)
        shape_at(shapes, i)->cluster = (int)i;
    for (guint i = from; i < to; i++)
        for (guint k = from; k < i; k++) {
            int own = shape_at(shapes, i)->cluster, other = shape_at(shapes, k)->cluster;
            if (own == other || shape_at(shapes, i)->read != shape_at(shapes, k)->read ||
                distance_between(shape_at(shapes, i), shape_at(shapes, k)) >= ALIKE)
                continue;
            for (guint n = from; n < to; n++)
                if (shape_at(shapes, n)->cluster == own)
                    shape_at(shapes, n)->cluster = other;
        }
}

static guint cluster_size(const GArray *shapes, guint from, guint to, int cluster)
{
    guint size = 0;
    for (guint i = from; i < to; i++)
        size += shape_at(shapes, i)->cluster == cluster;
    return size;
}

/* How far digit @i is from those read as it was, where it is not of the only largest
 * cluster of these; 0: nothing is wrong with it. */
static double apart_from_others(const GArray *shapes, guint from, guint to, guint i)
{
    const DigitShape *own = shape_at(shapes, i);
    guint size = cluster_size(shapes, from, to, own->cluster);
    double nearest = INFINITY;
    bool is_largest = true;
    for (guint k = from; k < to; k++) {
        const DigitShape *other = shape_at(shapes, k);
        if (other->read != own->read || other->cluster == own->cluster)
            continue;
        nearest = MIN(nearest, distance_between(own, other));
        is_largest &= cluster_size(shapes, from, to, other->cluster) < size;
    }
    return isfinite(nearest) && !is_largest ? nearest : 0;
}

static void doubt(DigitShape *shape)
{
    Glyph *glyph = &g_array_index(shape->line->glyphs, Glyph, shape->glyph);
    glyph->confidence = MIN(glyph->confidence, DOUBTED);
    text_line_summarise(shape->line);
}

/* What the digits of one number tell of the others: where some of them look like another
 * digit, they are most likely not where their line has them. */
typedef struct {
    guint from, to;
    guint controls; /* digits that nothing is wrong with */
    guint strange;  /* of these, what looks like another digit */
    bool has_apart;
    bool is_misplaced; /* a digit's place holds more than a digit */
} Run;

static bool has_wide_place(const GArray *shapes, guint from, guint to)
{
    g_autoptr(GArray) widths = g_array_new(false, false, sizeof(int));
    int widest = 0;
    for (guint i = from; i < to; i++) {
        const DigitShape *shape = shape_at(shapes, i);
        widest = MAX(widest, shape->width);
        if (shape->read != '1')
            g_array_append_val(widths, shape->width);
    }
    return widths->len > 1 &&
           widest >
               MAX_WIDER * ints_median((int *)(void *)widths->data, (int)widths->len);
}

static Run look_at_run(GArray *shapes, guint from)
{
    Run run = {.from = from, .to = from + 1};
    while (run.to < shapes->len &&
           shape_at(shapes, run.to)->run == shape_at(shapes, from)->run)
        run.to++;
    run.is_misplaced = has_wide_place(shapes, from, run.to);
    find_clusters(shapes, from, run.to);
    for (guint i = from; i < run.to; i++) {
        DigitShape *shape = shape_at(shapes, i);
        shape->apart = apart_from_others(shapes, from, run.to, i);
        run.has_apart |= shape->apart > 0;
        run.controls += shape->apart <= 0;
        run.strange += shape->apart <= 0 && shape->seen != shape->read;
    }
    return run;
}

static void doubt_in_run(GArray *shapes, const Run *run)
{
    if (run->controls < LEAST_CONTROLS || run->strange > 0 || run->is_misplaced)
        return;
    for (guint i = run->from; i < run->to; i++) {
        DigitShape *shape = shape_at(shapes, i);
        if (shape->apart > UNLIKE || (shape->apart > 0 && shape->seen != shape->read))
            doubt(shape);
    }
}

/* --- on the whole page ----------------------------------------------------------------
 */

/* Whether all digits of @run may stand for what they were read as. */
static bool is_sound(const Run *run)
{
    return !run->has_apart && !run->is_misplaced && run->strange == 0 &&
           run->controls >= LEAST_CONTROLS;
}

static bool is_sure(const DigitShape *shape)
{
    return g_array_index(shape->line->glyphs, Glyph, shape->glyph).confidence >= SURE;
}

/* Whether digit @i is the very shape of another one on the page, and far from all that
 * were read as it was. @sound: indices of digits that stand for what they were read as */
static bool is_another(const GArray *shapes, const GArray *sound, guint i)
{
    double own = INFINITY, other = INFINITY;
    for (guint k = 0; k < sound->len; k++) {
        guint at = g_array_index(sound, guint, k);
        if (at == i)
            continue;
        double *least =
            shape_at(shapes, at)->read == shape_at(shapes, i)->read ? &own : &other;
        *least = MIN(*least, distance_between(shape_at(shapes, i), shape_at(shapes, at)));
    }
    return other < SAME && own > UNLIKE;
}

/* One digit of a run may look strange; where more do, their places are wrong. */
static void doubt_on_page(GArray *shapes, const Run *run, const GArray *sound)
{
    if (run->has_apart || run->is_misplaced || run->strange > 1 ||
        run->controls - run->strange < LEAST_CONTROLS_ALONE)
        return;
    for (guint i = run->from; i < run->to; i++) {
        bool is_asked =
            run->strange == 0 || shape_at(shapes, i)->seen != shape_at(shapes, i)->read;
        if (is_asked && is_another(shapes, sound, i))
            doubt(shape_at(shapes, i));
    }
}

void like_digits_doubt(GArray *shapes)
{
    g_autoptr(GArray) runs = g_array_new(false, false, sizeof(Run));
    g_autoptr(GArray) sound = g_array_new(false, false, sizeof(guint));
    for (guint i = 0; i < shapes->len;) {
        Run run = look_at_run(shapes, i);
        g_array_append_val(runs, run);
        for (; i < run.to; i++)
            if (is_sound(&run) && is_sure(shape_at(shapes, i)))
                g_array_append_val(sound, i);
    }
    for (guint i = 0; i < runs->len; i++) {
        const Run *run = &g_array_index(runs, Run, i);
        doubt_in_run(shapes, run);
        doubt_on_page(shapes, run, sound);
    }
}
