/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether two pages are one sheet that went through the scanner twice. */
#include "papers/private.h"

#include "base/numbers.h"

#include "base/text.h"

/* Fewer characters say nothing: two empty forms, two backs with a number. */
#define LEAST_GLYPHS 16
/* Two scans of one sheet are read alike: of 40 pages scanned anew in other ways, the
 * worst agreed in 0.93 of its characters. */
static const double LEAST_SHARE = 0.85;
/* What surely reads otherwise there is other ink, and so is any other number. */
static const double SAME_LINE = 0.7, SAME_NUMBER = 0.85;
/* One line in so many, and one more, may be dirt. */
#define LINES_PER_SLIP 12
#define NUMBER_DIGITS 6
static const double SURE_CHARACTER = 0.9;
/* How far a line may be from where the shift of the whole sheet puts it. */
static const double SLACK_MM = 4.0;
#define SHIFT_GLYPHS 4

/* A line of text in millimetres. */
typedef struct {
    char *bare;
    int glyphs;
    double left, right, y; /* y: its middle */
    bool is_sure;          /* every character of it was read surely */
} Place;

static void place_clear(void *data)
{
    g_free(((Place *)data)->bare);
}

/* The lines of @page; single characters are as often dirt. */
static GArray *places_of(const PageReading *page)
{
    GArray *places = g_array_new(false, true, sizeof(Place));
    g_array_set_clear_func(places, place_clear);
    double scale = MM_PER_INCH / MAX(page->dpi, 1);
    for (guint i = 0; i < page->lines->len; i++) {
        const TextLine *line = page->lines->pdata[i];
        Place place = {.bare = text_bare(line->text)};
        place.glyphs = (int)g_utf8_strlen(place.bare, -1);
        place.left = line->box_px.x * scale;
        place.right = rect_right(line->box_px) * scale;
        place.y = rect_centre_y(line->box_px) * scale;
        place.is_sure = line->weakest >= SURE_CHARACTER;
        if (place.glyphs > 1)
            g_array_append_val(places, place);
        else
            g_free(place.bare);
    }
    return places;
}

static int glyphs_of(const GArray *places)
{
    int glyphs = 0;
    for (guint i = 0; i < places->len; i++)
        glyphs += g_array_index(places, Place, i).glyphs;
    return glyphs;
}

static double middle(GArray *values)
{
    return doubles_median((double *)(void *)values->data, (int)values->len);
}

/* How far @b lies from @a, by lines that read the same. Returns: false where none do */
static bool find_shift(const GArray *a, const GArray *b, double *dx, double *dy)
{
    g_autoptr(GArray) across = g_array_new(false, false, sizeof(double));
    g_autoptr(GArray) down = g_array_new(false, false, sizeof(double));
    for (guint i = 0; i < a->len; i++) {
        const Place *one = &g_array_index(a, Place, i);
        for (guint k = 0; one->glyphs >= SHIFT_GLYPHS && k < b->len; k++) {
            const Place *other = &g_array_index(b, Place, k);
            if (strcmp(one->bare, other->bare) != 0)
                continue;
            double x = other->left - one->left, y = other->y - one->y;
            g_array_append_val(across, x);
            g_array_append_val(down, y);
        }
    }
    if (across->len == 0)
        return false;
    *dx = middle(across);
    *dy = middle(down);
    return true;
}

static int digits_in(const char *text)
{
    int digits = 0;
    for (; *text != '\0'; text++)
        digits += g_ascii_isdigit(*text);
    return digits;
}

static int by_left(gconstpointer a, gconstpointer b)
{
    double x = ((const Place *)a)->left, y = ((const Place *)b)->left;
    return x < y ? -1 : x > y;
}

/* What stands on @places, which are in order from the left, where @place should be: lines
 * may be cut otherwise there. @is_sure: out, all of it was read surely. Owned. */
static char *text_at(const GArray *places, const Place *place, double dx, double dy,
                     bool *is_sure)
{
    g_autoptr(GString) text = g_string_new(NULL);
    *is_sure = true;
    for (guint i = 0; i < places->len; i++) {
        const Place *other = &g_array_index(places, Place, i);
        if (fabs(other->y - place->y - dy) > SLACK_MM ||
            other->left - dx > place->right + SLACK_MM ||
            other->right - dx < place->left - SLACK_MM)
            continue;
        g_string_append(text, other->bare);
        *is_sure &= other->is_sure;
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* Whether what stands on @a stands on @b as well. */
static bool stands_on(const GArray *a, GArray *b, double dx, double dy)
{
    double same = 0;
    int slips = 0;
    g_array_sort(b, by_left);
    for (guint i = 0; i < a->len; i++) {
        const Place *one = &g_array_index(a, Place, i);
        bool is_sure;
        g_autofree char *there = text_at(b, one, dx, dy, &is_sure);
        double similarity = text_find_fuzzy(there, one->bare, 0.5, NULL, NULL);
        bool is_number = digits_in(one->bare) >= NUMBER_DIGITS;
        if (similarity < (is_number ? SAME_NUMBER : SAME_LINE)) {
            if (is_number || (one->is_sure && is_sure && *there != '\0'))
                return false;
            slips++;
        }
        same += MAX(similarity, 0) * one->glyphs;
    }
    return slips <= 1 + (int)a->len / LINES_PER_SLIP &&
           same >= LEAST_SHARE * glyphs_of(a);
}

/* Whether a box is ticked on one page and empty on the other. */
static bool ticks_differ(const PageReading *a, const PageReading *b, double dx, double dy)
{
    double scale_a = MM_PER_INCH / MAX(a->dpi, 1), scale_b = MM_PER_INCH / MAX(b->dpi, 1);
    for (guint i = 0; i < a->ticks->len; i++) {
        const TickMark *one = &g_array_index(a->ticks, TickMark, i);
        double x = rect_centre_x(one->box_px) * scale_a + dx;
        double y = rect_centre_y(one->box_px) * scale_a + dy;
        for (guint k = 0; k < b->ticks->len; k++) {
            const TickMark *other = &g_array_index(b->ticks, TickMark, k);
            double far = hypot(rect_centre_x(other->box_px) * scale_b - x,
                               rect_centre_y(other->box_px) * scale_b - y);
            if (far < SLACK_MM / 2 && one->state != other->state &&
                one->state != TICK_UNSURE && other->state != TICK_UNSURE)
                return true;
        }
    }
    return false;
}

static bool may_be_double(const PageReading *page)
{
    return page != NULL && !page->is_blank && page->cover == NULL && page->lines->len > 0;
}

bool pages_are_one_sheet(const PageReading *a, const PageReading *b)
{
    if (!may_be_double(a) || !may_be_double(b) ||
        MAX(a->lines->len, b->lines->len) > 2 * MIN(a->lines->len, b->lines->len))
        return false;
    g_autoptr(GArray) left = places_of(a);
    g_autoptr(GArray) right = places_of(b);
    double dx, dy;
    return MIN(glyphs_of(left), glyphs_of(right)) >= LEAST_GLYPHS &&
           find_shift(left, right, &dx, &dy) && stands_on(left, right, dx, dy) &&
           stands_on(right, left, -dx, -dy) && !ticks_differ(a, b, dx, dy);
}
