/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers typed into a blank among printed words: over the white before and behind them
 * recognition reads a digit where there is none, 6 for the beginning and 1 for a bracket.
 * Read alone they are as sure as those in a cell of their own. */
#include "reading/private.h"

/* Numbers from here on are not dates or amounts. */
#define NUMBER_MIN_DIGITS 6
/* White beside a number that stands apart, of its line's height. */
static const double GAP_SHARE = 0.7;

static bool is_digit(const TextLine *line, guint glyph)
{
    return g_ascii_isdigit(g_array_index(line->glyphs, Glyph, glyph).text[0]);
}

/* the only row of enough digits in @line */
static bool find_number(const TextLine *line, Number *number)
{
    int count = 0;
    for (guint i = 0; i < line->glyphs->len;) {
        guint end = i;
        while (end < line->glyphs->len && is_digit(line, end))
            end++;
        if (end - i >= NUMBER_MIN_DIGITS) {
            number->from = i;
            number->to = end;
            count++;
        }
        i = MAX(end, i + 1);
    }
    return count == 1 && number->to - number->from < line->glyphs->len;
}

/* Where @columns have white for @gap from @at on, step by step; @end: where they end. */
static int find_gap(NUMA *columns, int at, int end, int step, int gap)
{
    int white = 0;
    for (int x = at; x != end; x += step) {
        l_float32 count = 0;
        numaGetFValue(columns, x, &count);
        white = count == 0 ? white + 1 : 0;
        if (white >= gap)
            return x - step * white;
    }
    return end - step;
}

bool number_apart(const TextLine *line, PIX *ink, Number *number)
{
    Rect page = {0, 0, pixGetWidth(ink), pixGetHeight(ink)}, box = line->box_px;
    Rect seen = rect_intersection(box, page);
    if (line->glyphs == NULL || rect_is_empty(box) || seen.width != box.width ||
        seen.height != box.height || !find_number(line, number))
        return false;
    Rect first = g_array_index(line->glyphs, Glyph, number->from).box_px;
    Rect last = g_array_index(line->glyphs, Glyph, number->to - 1).box_px;
    int middle = (first.x + rect_right(last)) / 2 - box.x;
    g_autoptr(BOX) clip = boxCreate(box.x, box.y, box.width, box.height);
    g_autoptr(PIX) part = pixClipRectangle(ink, clip, NULL);
    g_autoptr(NUMA) columns = part != NULL ? pixCountByColumn(part, NULL) : NULL;
    if (columns == NULL || middle < 0 || middle >= box.width)
        return false;
    int gap = MAX(2, (int)(GAP_SHARE * box.height));
    int left = find_gap(columns, middle, -1, -1, gap);
    int right = find_gap(columns, middle, box.width, 1, gap);
    g_autoptr(BOX) between = boxCreate(left, 0, right - left + 1, box.height);
    g_autoptr(BOX) tight = NULL;
    if (pixClipBoxToForeground(part, between, NULL, &tight) != 0 || tight == NULL)
        return false;
    number->box_px = (Rect){box.x + tight->x, box.y + tight->y, tight->w, tight->h};
    /* most of the number lies between the gaps, and something else outside them */
    return right - left >= box.height && right - left + 1 + gap <= box.width &&
           rect_overlap_x(number->box_px, rect_union(first, last)) * 2 >=
               rect_right(last) - first.x;
}

bool is_number_alone(const char *text)
{
    size_t length = strspn(text, "0123456789");
    return length >= NUMBER_MIN_DIGITS && text[length] == '\0';
}

static char *text_of(const TextLine *line, guint from, guint to)
{
    GString *text = g_string_new(NULL);
    for (guint i = from; i < to; i++)
        g_string_append(text, g_array_index(line->glyphs, Glyph, i).text);
    return g_string_free(text, false);
}

/* whether @digits stand in @text with no other digit beside them */
static bool has_number(const char *text, const char *digits)
{
    size_t length = strlen(digits);
    for (const char *p = text; p != NULL && (p = strstr(p, digits)) != NULL; p++)
        if ((p == text || !g_ascii_isdigit(p[-1])) && !g_ascii_isdigit(p[length]))
            return true;
    return false;
}

void number_take(TextLine *line, const Number *number, const TextLine *alone,
                 const char *other)
{
    bool is_borne_out =
        has_number(line->text, alone->text) || has_number(line->second_text, alone->text);
    g_autofree char *whole = g_steal_pointer(&line->text);
    g_autofree char *before = text_of(line, 0, number->from);
    g_autofree char *after = text_of(line, number->to, line->glyphs->len);
    g_array_remove_range(line->glyphs, number->from, number->to - number->from);
    g_array_insert_vals(line->glyphs, number->from, alone->glyphs->data,
                        alone->glyphs->len);
    line->text = g_strconcat(before, alone->text, after, NULL);
    g_free(line->second_text);
    g_clear_pointer(&line->outvoted_text, g_free);
    line->second_text =
        is_borne_out ? g_strconcat(before, other, after, NULL) : g_steal_pointer(&whole);
    text_line_summarise(line);
}
