/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "papers/private.h"

#include "base/text.h"

void run_init(Run *run)
{
    run->bare = g_string_new(NULL);
    run->refs = g_array_new(false, false, sizeof(GlyphRef));
}

void run_clear(Run *run)
{
    g_string_free(run->bare, TRUE);
    g_array_unref(run->refs);
}

void run_add_line(Run *run, const TextLine *line)
{
    for (guint i = 0; line->glyphs != NULL && i < line->glyphs->len; i++) {
        g_autofree char *bare = text_bare(g_array_index(line->glyphs, Glyph, i).text);
        GlyphRef ref = {line, (int)i};
        for (const char *p = bare; *p != '\0'; p = g_utf8_next_char(p))
            g_array_append_val(run->refs, ref);
        g_string_append(run->bare, bare);
    }
}

int run_length(const Run *run)
{
    return (int)run->refs->len;
}

Rect run_box(const Run *run, int start, int end)
{
    Rect box = {0};
    for (int i = start; i < end; i++) {
        GlyphRef ref = g_array_index(run->refs, GlyphRef, i);
        box = rect_union(box, g_array_index(ref.line->glyphs, Glyph, ref.glyph).box_px);
    }
    return box;
}

double run_find(const Run *run, const char *needle, int from, double max_share_wrong,
                int *start, int *end)
{
    if (from > run_length(run))
        return -1;
    g_autofree char *bare = text_bare(needle);
    if (*bare == '\0')
        return -1;
    const char *text = g_utf8_offset_to_pointer(run->bare->str, from);
    double similarity = text_find_fuzzy(text, bare, max_share_wrong, start, end);
    if (similarity >= 0) {
        *start += from;
        *end += from;
    }
    return similarity;
}

double label_tolerance(const char *label)
{
    glong length = g_utf8_strlen(label, -1);
    return length <= 2 ? 0 : length <= 4 ? 0.34 : 0.40;
}

static int top_first(gconstpointer a, gconstpointer b)
{
    return (*(TextLine *const *)a)->box_px.y - (*(TextLine *const *)b)->box_px.y;
}

void lines_sort_by_top(GPtrArray *lines)
{
    g_ptr_array_sort(lines, top_first);
}

static int left_first(gconstpointer a, gconstpointer b)
{
    return (*(TextLine *const *)a)->box_px.x - (*(TextLine *const *)b)->box_px.x;
}

void lines_sort_by_left(GPtrArray *lines)
{
    g_ptr_array_sort(lines, left_first);
}

GPtrArray *lines_take_row(GPtrArray *lines)
{
    GPtrArray *row = g_ptr_array_new();
    Rect first = ((TextLine *)lines->pdata[0])->box_px;
    for (guint i = 0; i < lines->len;) {
        const TextLine *line = lines->pdata[i];
        if (rect_overlap_y(line->box_px, first) * 2 >=
            MIN(line->box_px.height, first.height))
            g_ptr_array_add(row, g_ptr_array_remove_index(lines, i));
        else
            i++;
    }
    lines_sort_by_left(row);
    return row;
}
