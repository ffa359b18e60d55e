/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large the tick boxes of a page are. */
#include "papers/private.h"

#include "base/numbers.h"

#include <stdlib.h>

/* Digits that follow each other; a box that was read as one stands alone. */
#define NUMBER_DIGITS 4

int median_px(GArray *values)
{
    return ints_median((int *)(void *)values->data, (int)values->len);
}

/* The squares that stand where recognition read a box. */
static GArray *sides_as_read(const PageReading *page)
{
    GArray *sides = g_array_new(false, false, sizeof(int));
    for (guint i = 0; i < page->lines->len; i++) {
        const TextLine *line = page->lines->pdata[i];
        for (guint g = 0; line->glyphs != NULL && g < line->glyphs->len; g++) {
            const Glyph *glyph = &g_array_index(line->glyphs, Glyph, g);
            if (strcmp(glyph->text, READING_TICK_BOX) != 0)
                continue;
            const TickMark *nearest = NULL;
            for (guint k = 0; k < page->ticks->len; k++) {
                const TickMark *tick = &g_array_index(page->ticks, TickMark, k);
                int off = abs(tick->box_px.x - glyph->box_px.x);
                if (tick->cell == line->cell &&
                    rect_contains_centre(line->box_px, tick->box_px) &&
                    off <= tick->box_px.width &&
                    (nearest == NULL || off < abs(nearest->box_px.x - glyph->box_px.x)))
                    nearest = tick;
            }
            if (nearest == NULL)
                continue;
            int side = nearest->box_px.width + nearest->box_px.height;
            g_array_append_val(sides, side);
        }
    }
    return sides;
}

/* A 0 of some faces is as good a hollow square as a box is; an account has four of them.
 */
static bool is_of_number(const PageReading *page, const TickMark *tick)
{
    for (guint i = 0; i < page->lines->len; i++) {
        const TextLine *line = page->lines->pdata[i];
        if (!rect_contains_centre(line->box_px, tick->box_px))
            continue;
        Rect number = {0};
        int digits = 0;
        for (guint g = 0; line->glyphs != NULL && g < line->glyphs->len; g++) {
            const Glyph *glyph = &g_array_index(line->glyphs, Glyph, g);
            bool is_digit = g_ascii_isdigit(glyph->text[0]);
            number = is_digit ? rect_union(number, glyph->box_px) : (Rect){0};
            digits = is_digit ? digits + 1 : 0;
            double centre = rect_centre_x(tick->box_px);
            if (digits >= NUMBER_DIGITS && centre > number.x &&
                centre < rect_right(number))
                return true;
        }
    }
    return false;
}

/* From those that stand where a box was read, else from those that are whole and empty:
 * no character but 0 is a hollow square. */
static int side_px(const PageReading *page, const bool *is_of_number)
{
    g_autoptr(GArray) sides = sides_as_read(page);
    if (sides->len >= 2)
        return median_px(sides);
    for (guint i = 0; i < page->ticks->len; i++) {
        const TickMark *tick = &g_array_index(page->ticks, TickMark, i);
        int side = tick->box_px.width + tick->box_px.height;
        if (tick->state == TICK_EMPTY && tick->squareness >= FLAWLESS_SQUARENESS &&
            !is_of_number[i])
            g_array_append_val(sides, side);
    }
    return sides->len >= 3 ? median_px(sides) : 0;
}

PageBoxes *page_boxes_find(const PageReading *page)
{
    PageBoxes *boxes = g_new0(PageBoxes, 1);
    boxes->is_of_number = g_new0(bool, (gsize)page->ticks->len + 1);
    for (guint i = 0; i < page->ticks->len; i++)
        boxes->is_of_number[i] =
            is_of_number(page, &g_array_index(page->ticks, TickMark, i));
    boxes->side_px = side_px(page, boxes->is_of_number);
    return boxes;
}

void page_boxes_free(PageBoxes *boxes)
{
    if (boxes == NULL)
        return;
    g_free(boxes->is_of_number);
    g_free(boxes);
}
