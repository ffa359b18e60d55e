/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several values in one cell, each behind its own label: 供水□（户号：…）供电□（户号：…）
 */
#include "papers/private.h"

/* What a tick box between a word and its label may be read as. */
#define MAX_BOX_CHARACTERS 3

static int by_top(gconstpointer a, gconstpointer b)
{
    const TextLine *one = *(TextLine *const *)a, *other = *(TextLine *const *)b;
    return one->box_px.y - other->box_px.y;
}

static int by_left(gconstpointer a, gconstpointer b)
{
    const TextLine *one = *(TextLine *const *)a, *other = *(TextLine *const *)b;
    return one->box_px.x - other->box_px.x;
}

/* @block with its lines row by row, each from left to right: what is typed into a blank
 * stands a little lower than the words around it, and may come after all of them.
 * Returns: owned, to be freed with block_free() */
static Block *block_in_rows(const Block *block)
{
    g_autoptr(GPtrArray) left = g_ptr_array_new();
    Block *rows = block_copy_empty(block);
    for (guint i = 0; i < block->lines->len; i++)
        g_ptr_array_add(left, block->lines->pdata[i]);
    g_ptr_array_sort(left, by_top);
    while (left->len > 0) {
        g_autoptr(GPtrArray) row = g_ptr_array_new();
        Rect first = ((TextLine *)left->pdata[0])->box_px;
        for (guint i = 0; i < left->len;) {
            TextLine *line = left->pdata[i];
            int least = MIN(line->box_px.height, first.height);
            if (rect_overlap_y(line->box_px, first) * 2 >= least)
                g_ptr_array_add(row, g_ptr_array_remove_index(left, i));
            else
                i++;
        }
        g_ptr_array_sort(row, by_left);
        for (guint i = 0; i < row->len; i++)
            block_add_line(rows, row->pdata[i]);
    }
    return rows;
}

/* Where one of @labels (alternatives) stands first in @run from @from on; exact before
 * nearly. Returns: whether it does */
static bool find_any(const Run *run, GStrv labels, int from, int *start, int *end)
{
    for (int pass = 0; pass < 2; pass++)
        for (guint i = 0; labels[i] != NULL; i++)
            if (run_find(run, labels[i], from, pass * label_tolerance(labels[i]), start,
                         end) >= 0)
                return true;
    return false;
}

static bool find_word(const Run *run, const char *alternatives, int from, int *start,
                      int *end)
{
    g_auto(GStrv) labels = g_strsplit(alternatives, "|", -1);
    return find_any(run, labels, from, start, end);
}

/* Where the part of the cell that is @field's ends: the next word that begins another's.
 */
static int part_end(const Sheets *sheets, const FieldDecl *field, const Run *run,
                    int from)
{
    int nearest = run_length(run), start, end;
    for (guint i = 0; i < sheets->decl->fields->len; i++) {
        const FieldDecl *other = sheets->decl->fields->pdata[i];
        if (other == field || other->place != PLACE_INSIDE || other->row_labels == NULL ||
            g_strcmp0(other->row_labels[0], field->row_labels[0]) != 0)
            continue;
        if (other->row_labels[1] != NULL
                ? find_word(run, other->row_labels[1], from, &start, &end)
                : find_any(run, other->labels, from, &start, &end))
            nearest = MIN(nearest, start);
    }
    return nearest;
}

/* The value behind its label in @block, the label behind the row's inner word, where it
 * has one. Returns: false where they are not there */
static bool take_in_cell(PaperField *field, const Sheets *sheets, const Block *cell)
{
    const FieldDecl *decl = field->decl;
    g_autoptr(Block) block = block_in_rows(cell);
    int from = 0, start, end;
    if (decl->row_labels[1] != NULL) {
        if (!find_word(&block->run, decl->row_labels[1], 0, &start, &from))
            return false;
        /* a label further on is another's */
        if (!find_any(&block->run, decl->labels, from, &start, &end) ||
            start - from > MAX_BOX_CHARACTERS)
            return false;
    } else if (!find_any(&block->run, decl->labels, 0, &start, &end)) {
        return false;
    }
    field_take_part(field, block, end, part_end(sheets, decl, &block->run, end), NULL);
    field->is_unread |= block_is_covered(block, sheets->pages->pdata[block->page]);
    return true;
}

/* How much @block is like the header of @field's row, 0 where it is more like another
 * row's: 第一路 is nearly 第二路. @end: out, of the header in it */
static double header_likeness(const Sheets *sheets, const FieldDecl *field,
                              const Block *block, int *end)
{
    g_auto(GStrv) own = g_strsplit(field->row_labels[0], "|", -1);
    double likeness = block_matches_label(block, own, true, end);
    for (guint i = 0; likeness > 0 && i < sheets->decl->fields->len; i++) {
        const FieldDecl *other = sheets->decl->fields->pdata[i];
        int other_end = 0;
        if (other->row_labels == NULL ||
            g_str_equal(other->row_labels[0], field->row_labels[0]))
            continue;
        g_auto(GStrv) labels = g_strsplit(other->row_labels[0], "|", -1);
        if (block_matches_label(block, labels, true, &other_end) > likeness)
            return 0;
    }
    return likeness;
}

/* The block that is most like the header of @field's row. @is_alone: with nothing else in
 * its cell */
static const Block *cell_row_header(const Sheets *sheets, const FieldDecl *field,
                                    bool is_alone)
{
    const Block *best = NULL;
    double best_likeness = 0;
    for (guint i = 0; i < sheets->blocks->len; i++) {
        const Block *block = sheets->blocks->pdata[i];
        int end = 0;
        if (block->cell < 0 || !sheets_is_in_section(sheets, block, field))
            continue;
        double likeness = header_likeness(sheets, field, block, &end);
        if (likeness > best_likeness &&
            (run_length(&block->run) <= end + 2) == is_alone) {
            best = block;
            best_likeness = likeness;
        }
    }
    return best;
}

bool field_read_in_cell(PaperField *field, const Sheets *sheets)
{
    const Block *header = cell_row_header(sheets, field->decl, true);
    if (header != NULL) {
        g_autoptr(GPtrArray) right = sheets_right_of(sheets, header);
        for (guint i = 0; i < right->len; i++)
            if (take_in_cell(field, sheets, right->pdata[i]))
                return true;
    }
    /* the rule behind the header is lost */
    const Block *joined = cell_row_header(sheets, field->decl, false);
    if (joined != NULL && take_in_cell(field, sheets, joined))
        return true;
    /* the row's header was misread: its inner word tells as well */
    for (guint i = 0; field->decl->row_labels[1] != NULL && i < sheets->blocks->len;
         i++) {
        const Block *block = sheets->blocks->pdata[i];
        if (block->cell >= 0 && sheets_is_in_section(sheets, block, field->decl) &&
            take_in_cell(field, sheets, block))
            return true;
    }
    return false;
}
