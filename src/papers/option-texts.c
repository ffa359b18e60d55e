/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "papers/option-texts.h"

static void row_free(Row *row)
{
    run_clear(&row->run);
    g_array_unref(row->taken);
    g_free(row);
}

static int line_by_x(gconstpointer a, gconstpointer b)
{
    return (*(TextLine *const *)a)->box_px.x - (*(TextLine *const *)b)->box_px.x;
}

static void finish_row(Row *row, GPtrArray *lines, bool is_boxless)
{
    g_ptr_array_sort(lines, line_by_x);
    for (guint i = 0; i < lines->len; i++) {
        const TextLine *line = lines->pdata[i];
        run_add_line(&row->run,
                     is_boxless && line->boxless != NULL ? line->boxless : line);
    }
    g_array_set_size(row->taken, row->run.refs->len);
}

GPtrArray *rows_of(const GPtrArray *blocks, bool is_boxless)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
    for (guint i = 0; i < blocks->len; i++) {
        const Block *block = blocks->pdata[i];
        g_autoptr(GPtrArray) left = g_ptr_array_new();
        for (guint k = 0; k < block->lines->len; k++)
            g_ptr_array_add(left, block->lines->pdata[k]);
        while (left->len > 0) {
            const TextLine *first = left->pdata[0];
            g_autoptr(GPtrArray) lines = g_ptr_array_new();
            Row *row = g_new0(Row, 1);
            row->block = block;
            row->box_px = first->box_px;
            run_init(&row->run);
            row->taken = g_array_new(false, true, sizeof(guint8));
            for (guint k = 0; k < left->len;) {
                const TextLine *line = left->pdata[k];
                int least = MIN(line->box_px.height, row->box_px.height);
                if (rect_overlap_y(line->box_px, row->box_px) * 2 >= least) {
                    row->box_px = rect_union(row->box_px, line->box_px);
                    g_ptr_array_add(lines, g_ptr_array_remove_index(left, k));
                } else {
                    k++;
                }
            }
            finish_row(row, lines, is_boxless);
            g_ptr_array_add(rows, row);
        }
    }
    return rows;
}

Rect refs_box(const Run *run, int start, int end)
{
    Rect box = {0};
    for (int i = start; i < end; i++) {
        GlyphRef ref = g_array_index(run->refs, GlyphRef, i);
        Rect glyph = g_array_index(ref.line->glyphs, Glyph, ref.glyph).box_px;
        box = rect_union(box, (Rect){glyph.x, ref.line->box_px.y, glyph.width,
                                     ref.line->box_px.height});
    }
    return box;
}

static bool is_free(const Row *row, int start, int end)
{
    for (int i = start; i < end; i++)
        if (g_array_index(row->taken, guint8, i))
            return false;
    return true;
}

/* Looks for one printed text in the rows, past what other options took. */
static bool find_text(const GPtrArray *rows, const char *text, double tolerance,
                      Place *place)
{
    double best = -1;
    Row *best_row = NULL;
    int best_start = 0, best_end = 0, passed = 0, best_passed = 0;
    for (guint i = 0; i < rows->len; i++) {
        Row *row = rows->pdata[i];
        int start, end, from = 0;
        double found;
        while ((found = run_find(&row->run, text, from, tolerance, &start, &end)) >= 0) {
            if (found > best && is_free(row, start, end)) {
                best = found;
                best_row = row;
                best_passed = passed;
                best_start = start;
                best_end = end;
                break;
            }
            from = start + 1;
        }
        passed += run_length(&row->run) + 1;
    }
    if (best_row == NULL)
        return false;
    for (int i = best_start; i < best_end; i++)
        g_array_index(best_row->taken, guint8, i) = 1;
    place->is_found = true;
    place->order = best_passed + best_start;
    place->page = best_row->block->page;
    place->cell = best_row->block->cell;
    place->box_px = refs_box(&best_row->run, best_start, best_end);
    return true;
}

static int longest_label(const OptionDecl *option)
{
    glong longest = 0;
    for (guint i = 0; option->labels[i] != NULL; i++)
        longest = MAX(longest, g_utf8_strlen(option->labels[i], -1));
    return (int)longest;
}

static int longer_first(gconstpointer a, gconstpointer b)
{
    const Place *one = *(Place *const *)a, *other = *(Place *const *)b;
    return longest_label(other->option) - longest_label(one->option);
}

void find_options(const GPtrArray *rows, GArray *places, bool is_exact)
{
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    for (guint i = 0; i < places->len; i++)
        g_ptr_array_add(order, &g_array_index(places, Place, i));
    g_ptr_array_sort(order, longer_first);
    for (int pass = 0; pass < (is_exact ? 1 : 2); pass++)
        for (guint i = 0; i < order->len; i++) {
            Place *place = order->pdata[i];
            for (guint k = 0; place->option->labels[k] != NULL && !place->is_found; k++) {
                const char *text = place->option->labels[k];
                glong length = g_utf8_strlen(text, -1);
                double tolerance = pass == 0 ? 0 : length == 2 ? 0.5 : 0.40;
                /* one character of one is no find */
                find_text(rows, text, length == 1 ? 0 : tolerance, place);
            }
        }
}
