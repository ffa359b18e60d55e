/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables on a form: where a row's headers meet a column's, over the page too. */
#include "papers/private.h"

#include "base/text.h"

/* As block_matches_label(), for the headers of a table: the label is the whole cell but
 * for a unit behind it, so that 采暖系统类型 is not the row 采暖. */
static double header_similarity(const Block *block, GStrv labels, bool is_strict)
{
    int end = 0;
    double similarity = block_matches_label(block, labels, is_strict, &end);
    glong rest = MAX(0, g_utf8_strlen(labels[0], -1) - 2);
    return similarity >= 0 && run_length(&block->run) - end <= rest ? similarity : -1;
}

static Block *best_header(const Sheets *sheets, const FieldDecl *field, GStrv labels)
{
    Block *best = NULL;
    double best_similarity = 0;
    for (guint i = 0; i < sheets->blocks->len; i++) {
        Block *block = sheets->blocks->pdata[i];
        if (block->cell < 0 || block->label_of != NULL ||
            !sheets_is_in_section(sheets, block, field))
            continue;
        double similarity = header_similarity(block, labels, true);
        if (similarity > best_similarity) {
            best = block;
            best_similarity = similarity;
        }
    }
    return best;
}

/* How well @block is the outer header @label, and no other of the table's: 非居民 is
 * nearly 居民. -1: it is another's; 0: it is none. */
static double outer_similarity(const Sheets *sheets, const FieldDecl *field,
                               const Block *block, const char *label)
{
    g_auto(GStrv) own = g_strsplit(label, "|", -1);
    double similarity = block_matches_label(block, own, true, NULL), best = 0;
    for (guint i = 0; i < sheets->decl->fields->len; i++) {
        const FieldDecl *other = sheets->decl->fields->pdata[i];
        if (other->place != PLACE_TABLE || g_strv_length(other->row_labels) < 2 ||
            g_strcmp0(other->section, field->section) != 0)
            continue;
        g_auto(GStrv) labels = g_strsplit(other->row_labels[0], "|", -1);
        best = MAX(best, block_matches_label(block, labels, true, NULL));
    }
    return best <= 0 ? 0 : similarity >= best ? similarity : -1;
}

/* The outer header of @row: the cell left of it that says something, or, where that is
 * empty since the header goes over the page, the last one before. */
static double outer_score(const Sheets *sheets, const FieldDecl *field, const Block *row,
                          const char *label)
{
    double before = 0;
    for (guint i = 0; i < sheets->blocks->len; i++) {
        const Block *header = sheets->blocks->pdata[i];
        if (header == row || header->cell < 0 ||
            header->right > row->left + COLUMN_SLACK ||
            !sheets_is_in_section(sheets, header, field))
            continue;
        double similarity = outer_similarity(sheets, field, header, label);
        if (similarity != 0 && block_is_beside(header, row))
            return similarity;
        if (similarity != 0 && block_is_before(header, row))
            before = similarity;
    }
    return before;
}

/* The row header, with its outer headers beside it where they can be seen. */
static Block *row_header(const Sheets *sheets, const FieldDecl *field, bool is_strict)
{
    guint depth = g_strv_length(field->row_labels);
    Block *best = NULL;
    double best_score = 0;
    g_auto(GStrv) inner = g_strsplit(field->row_labels[depth - 1], "|", -1);
    for (guint i = 0; i < sheets->blocks->len; i++) {
        Block *block = sheets->blocks->pdata[i];
        if (block->cell < 0 || block->label_of != NULL ||
            !sheets_is_in_section(sheets, block, field))
            continue;
        double score = header_similarity(block, inner, is_strict);
        bool is_foreign = score < 0;
        for (guint level = 0; level + 1 < depth && !is_foreign; level++) {
            double outer = outer_score(sheets, field, block, field->row_labels[level]);
            is_foreign = outer < 0;
            score += outer;
        }
        if (!is_foreign && score > best_score) {
            best = block;
            best_score = score;
        }
    }
    return best;
}

bool table_is_joined(const Block *block, const Block *column)
{
    return block->left < column->left - COLUMN_SLACK ||
           block->right > column->right + COLUMN_SLACK;
}

void table_take_column(PaperField *field, const Block *block, const Block *column)
{
    g_auto(Span) span = {0};
    span_init(&span, block->page);
    double width = MAX(block->right - block->left, COLUMN_SLACK);
    for (guint i = 0; i < block->lines->len; i++) {
        const TextLine *line = block->lines->pdata[i];
        double off_px = rect_centre_x(line->box_px) - block->box_px.x;
        double centre = block->left + off_px / block->box_px.width * width;
        if (centre >= column->left && centre <= column->right)
            span_add_line(&span, line, 0, G_MAXINT);
    }
    field_take_value(field, &span);
    field->is_unread = true;
}

Block *sheets_table_block(const Sheets *sheets, const FieldDecl *field,
                          const Block **header)
{
    const Block *column = best_header(sheets, field, field->labels);
    *header = column;
    const Block *row = field->row_labels != NULL ? row_header(sheets, field, true) : NULL;
    if (row == NULL && field->row_labels != NULL) /* 采暖 read as 采上暖 */
        row = row_header(sheets, field, false);
    Block *best = NULL;
    double best_share = 0.5; /* of the narrower one's width */
    if (column == NULL || row == NULL)
        return NULL;
    for (guint i = 0; i < sheets->blocks->len; i++) {
        Block *block = sheets->blocks->pdata[i];
        if (block == row || block == column || block->cell < 0 ||
            !block_is_beside(block, row) || block->left < row->right - COLUMN_SLACK)
            continue;
        double shared = MIN(block->right, column->right) - MAX(block->left, column->left);
        double share =
            shared / MIN(block->right - block->left, column->right - column->left);
        if (share > best_share) {
            best = block;
            best_share = share;
        }
    }
    return best;
}
