/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words along the rings of round seals: read as a line by both models, and character
 * by character by their shapes. */
#include "base/text.h"
#include "reading/seal-ring.h"

/* What reads one character for two, or two for one, moves all behind it: a character
 * belongs where its shape says the same, or else where it was read. */
static const double SAME_COST = 0, OTHER_COST = 0.6, LEFT_OUT_COST = 1, AWAY_COST = 0.2;
#define MAX_READ 64
/* Of characters of seals that nothing crosses 99 in 100 are nearer to their shape than
 * this; where fewer than so many of a seal's places are, its words stand otherwise. */
#define CHARACTER_OFF 400.0
#define MIN_CHARACTER_SHARE 0.4

static void line_clear(TextLine *line)
{
    g_free(line->text);
    g_clear_pointer(&line->glyphs, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TextLine, line_clear)

static void seal_strip_clear(SealStrip *strip)
{
    pixDestroy(&strip->pix);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SealStrip, seal_strip_clear)

static double cost_of(const SealStrip *strip, guint place, const Glyph *glyph,
                      const SealPlace *seen)
{
    gunichar read = g_utf8_get_char(glyph->text);
    if (read == seen->shape || read == seen->next)
        return SAME_COST;
    Rect at = strip->places[place];
    double away = fabs(rect_centre_x(glyph->box_px) - rect_centre_x(at)) / at.width;
    return OTHER_COST + AWAY_COST * MIN(away, 2);
}

/* Which place each glyph of @line stands in: the cheapest way to pair them in order.
 * @read: out: a character for each place, 0 where none was read */
static void pair_glyphs(const SealStrip *strip, const GArray *places,
                        const TextLine *line, gunichar *read)
{
    guint rows = places->len, columns = MIN(line->glyphs->len, MAX_READ);
    double cost[SEAL_MAX_PLACES + 1][MAX_READ + 1];
    for (guint i = 0; i <= rows; i++)
        for (guint k = 0; k <= columns; k++) {
            double best = i == 0 ? LEFT_OUT_COST * k : cost[i - 1][k] + LEFT_OUT_COST;
            if (i > 0 && k > 0) {
                double pair =
                    cost_of(strip, i - 1, &g_array_index(line->glyphs, Glyph, k - 1),
                            &g_array_index(places, SealPlace, i - 1));
                best = MIN(best, cost[i][k - 1] + LEFT_OUT_COST);
                best = MIN(best, cost[i - 1][k - 1] + pair);
            }
            cost[i][k] = best;
        }
    for (guint i = rows, k = columns; i > 0;) {
        const Glyph *glyph = k > 0 ? &g_array_index(line->glyphs, Glyph, k - 1) : NULL;
        read[i - 1] = 0;
        if (cost[i][k] >= cost[i - 1][k] + LEFT_OUT_COST) {
            i--;
        } else if (cost[i][k] >= cost[i][k - 1] + LEFT_OUT_COST) {
            k--;
        } else {
            read[--i] = g_utf8_get_char(glyph->text);
            k--;
        }
    }
}

/* What each place of @strip looks like. Owned */
static GArray *look_at_places(const Classifier *classifier, const SealStrip *strip)
{
    GArray *places = g_array_sized_new(false, true, sizeof(SealPlace), SEAL_MAX_PLACES);
    for (int i = 0; i < strip->count; i++) {
        SealPlace place = {0};
        ClassifierLook look;
        if (classifier_measure(classifier, strip->pix, strip->places[i], &look)) {
            classifier_search(classifier, AMONG_CHINESE, &look);
            place.shape = look.nearest[0].character;
            place.shape_off = look.nearest[0].distance;
            place.next = look.nearest[1].character;
            place.next_off = look.nearest[1].distance;
        }
        g_array_append_val(places, place);
    }
    return places;
}

/* Whether so many places look like characters that they are where these stand. */
static bool are_characters(const GArray *places)
{
    guint count = 0;
    for (guint i = 0; i < places->len; i++)
        count += g_array_index(places, SealPlace, i).shape != 0 &&
                 g_array_index(places, SealPlace, i).shape_off <= CHARACTER_OFF;
    return count >= MIN_CHARACTER_SHARE * places->len;
}

/* What both models read in each place. */
static void take_readings(const SealStrip *strip, const TextLine *first,
                          const TextLine *second, GArray *places)
{
    gunichar read[SEAL_MAX_PLACES], other[SEAL_MAX_PLACES];
    pair_glyphs(strip, places, first, read);
    pair_glyphs(strip, places, second, other);
    for (guint i = 0; i < places->len; i++) {
        SealPlace *place = &g_array_index(places, SealPlace, i);
        place->read = read[i];
        place->second = other[i];
    }
}

/* @seal: its places are known, or NULL */
static bool read_strip(Engine *engine, const SealStrip *strip, SealMark *seal,
                       GError **error)
{
    g_auto(TextLine) first = {0}, second = {0};
    if (!engine_read_line(engine, strip->pix, READ_TEXT, (Point){0, 0}, 1, &first,
                          error) ||
        !engine_read_line(engine, strip->pix, READ_OTHER, (Point){0, 0}, 1, &second,
                          error))
        return false;
    const Classifier *classifier = engine_classifier(engine);
    g_autofree char *by_shapes = NULL;
    if (seal->places != NULL)
        take_readings(strip, &first, &second, seal->places);
    if (classifier != NULL) {
        g_auto(LinePicture) picture = {.pix = pixClone(strip->pix)};
        third_opinion(classifier, &picture, &first, &second);
        by_shapes = shapes_text(classifier, &picture, &first, &second);
    }
    seal->text = text_bare(first.text);
    seal->second_text = text_bare(second.text);
    seal->shapes_text = by_shapes != NULL ? text_bare(by_shapes) : NULL;
    return true;
}

/* The words of @seal as a line, and what its places look like where they stand evenly. */
static bool find_words(Engine *engine, const Sheet *sheet, SealMark *seal,
                       SealStrip *strip)
{
    const Classifier *classifier = engine_classifier(engine);
    if (!seal_strip(sheet, seal->box_px, true, strip))
        return false;
    if (strip->count == 0 || classifier == NULL)
        return true;
    seal->places = look_at_places(classifier, strip);
    if (are_characters(seal->places))
        return true;
    g_clear_pointer(&seal->places, g_array_unref);
    pixDestroy(&strip->pix);
    return seal_strip(sheet, seal->box_px, false, strip);
}

bool seals_read(Engine *engine, const Sheet *sheet, PageReading *reading, GError **error)
{
    for (guint i = 0; i < reading->seals->len; i++) {
        SealMark *seal = &g_array_index(reading->seals, SealMark, i);
        g_auto(SealStrip) strip = {0};
        if (find_words(engine, sheet, seal, &strip) &&
            !read_strip(engine, &strip, seal, error))
            return false;
    }
    return true;
}
