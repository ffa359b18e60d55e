/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blocks of a paper's pages, their sections, and which block is whose label. */
#include "papers/private.h"

#include "base/text.h"

#include <stdlib.h>

/* Blocks of one row share at least this much of the lower one's height. */
#define ROW_OVERLAP 0.5
#define HEADING_SIMILARITY 0.70
#define RULE_REST_MM 0.5
#define EDGE_PX 2

void block_free(Block *block)
{
    g_ptr_array_unref(block->lines);
    run_clear(&block->run);
    g_free(block);
}

static Block *block_new(int page, int cell, int grid, Rect box)
{
    Block *block = g_new0(Block, 1);
    block->page = page;
    block->cell = cell;
    block->grid = grid;
    block->box_px = box;
    block->lines = g_ptr_array_new();
    run_init(&block->run);
    return block;
}

void block_add_line(Block *block, const TextLine *line)
{
    g_ptr_array_add(block->lines, (gpointer)line);
    run_add_line(&block->run, line);
}

Block *block_copy_empty(const Block *block)
{
    Block *copy = block_new(block->page, block->cell, block->grid, block->box_px);
    copy->sheet = block->sheet;
    return copy;
}

/* The width that all grids of the page span: columns are counted in it, so that another
 * scale or margin on the next page does not matter. */
static Rect grid_extent(const PageReading *page)
{
    Rect extent = {0};
    for (guint i = 0; i < page->cells->len; i++)
        extent = rect_union(extent, g_array_index(page->cells, ReadCell, i).box_px);
    return extent.width > 0 ? extent : (Rect){0, 0, page->width_px, page->height_px};
}

/* Whether @line is the heading of one of the form's sections to the letter. */
static bool is_whole_heading(const ClassDecl *decl, const TextLine *line)
{
    g_autofree char *bare = text_bare(line->text);
    for (guint i = 0; i < decl->sections->len; i++) {
        const SectionDecl *section = decl->sections->pdata[i];
        for (guint k = 0; section->headings != NULL && section->headings[k] != NULL;
             k++) {
            g_autofree char *heading = text_bare(section->headings[k]);
            if (strcmp(bare, heading) == 0)
                return true;
        }
    }
    return false;
}

/* Whether @line is a section's heading in one cell with other lines: the rule above it
 * was lost, and it is none of what stands in the row before. */
static bool is_heading_of_lost_row(const ClassDecl *decl, const PageReading *page,
                                   const TextLine *line)
{
    bool is_alone = true;
    for (guint i = 0; i < page->lines->len && is_alone; i++) {
        const TextLine *other = page->lines->pdata[i];
        is_alone = other == line || other->cell != line->cell || *other->text == '\0';
    }
    return !is_alone && is_whole_heading(decl, line);
}

static void add_page(Sheets *sheets, guint number)
{
    const PageReading *page = sheets->pages->pdata[number];
    guint first = sheets->blocks->len;
    int sheet = first > 0 ? ((Block *)sheets->blocks->pdata[first - 1])->sheet + 1 : 0;
    for (guint i = 0; i < page->cells->len; i++) {
        const ReadCell *cell = &g_array_index(page->cells, ReadCell, i);
        g_ptr_array_add(sheets->blocks,
                        block_new((int)number, (int)i, cell->grid, cell->box_px));
    }
    for (guint i = 0; i < page->lines->len; i++) {
        const TextLine *line = page->lines->pdata[i];
        Block *block;
        if (line->cell >= 0 && !is_heading_of_lost_row(sheets->decl, page, line)) {
            block = sheets->blocks->pdata[first + (guint)line->cell];
        } else {
            block = block_new((int)number, -1, -1, line->box_px);
            g_ptr_array_add(sheets->blocks, block);
        }
        block_add_line(block, line);
    }
    for (guint i = first; i < sheets->blocks->len; i++)
        ((Block *)sheets->blocks->pdata[i])->sheet = sheet;
}

/* --- cells whose rule was too faint to be found --- */

/* What stands behind a label in its own cell is its value, and no cell is cut there. */
static bool is_exact_label(const ClassDecl *decl, const TextLine *line)
{
    g_autofree char *bare = text_bare(line->text);
    for (guint i = 0; i < decl->fields->len; i++) {
        const FieldDecl *field = decl->fields->pdata[i];
        for (guint k = 0; field->place != PLACE_INSIDE && field->labels != NULL &&
                          field->labels[k] != NULL;
             k++) {
            g_autofree char *label = text_bare(field->labels[k]);
            if (g_utf8_strlen(label, -1) >= 3 && strcmp(bare, label) == 0)
                return true;
        }
    }
    return false;
}

static int line_left_first(gconstpointer a, gconstpointer b)
{
    return (*(TextLine *const *)a)->box_px.x - (*(TextLine *const *)b)->box_px.x;
}

/* A faint rule leaves pieces, upright and thin, above each other. */
static bool is_thin(const TextLine *line, int dpi)
{
    return line->box_px.width * MM_PER_INCH <= RULE_REST_MM * dpi &&
           line->box_px.height >= 2 * line->box_px.width;
}

/* whether @line begins or ends where the cell does: print stands clear of that */
static bool is_at_edge(Rect cell, const TextLine *line)
{
    return line->box_px.y <= cell.y + EDGE_PX ||
           rect_bottom(line->box_px) >= rect_bottom(cell) - EDGE_PX;
}

static bool is_rule_rest(const Block *block, const TextLine *line, int dpi)
{
    if (!is_thin(line, dpi))
        return false;
    for (guint i = 0; i < block->lines->len; i++) {
        const TextLine *other = block->lines->pdata[i];
        if (other != line && is_thin(other, dpi) &&
            abs(other->box_px.x - line->box_px.x) <= line->box_px.width)
            return true;
    }
    return is_at_edge(block->box_px, line);
}

static void drop_rule_rests(Block *block, int dpi)
{
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (guint i = 0; i < block->lines->len; i++)
        if (!is_rule_rest(block, block->lines->pdata[i], dpi))
            g_ptr_array_add(kept, block->lines->pdata[i]);
    if (kept->len == block->lines->len)
        return;
    g_ptr_array_set_size(block->lines, 0);
    run_clear(&block->run);
    run_init(&block->run);
    for (guint i = 0; i < kept->len; i++)
        block_add_line(block, kept->pdata[i]);
}

static bool is_one_row(const GPtrArray *lines)
{
    const TextLine *first = lines->pdata[0];
    for (guint i = 1; i < lines->len; i++) {
        const TextLine *line = lines->pdata[i];
        int least = MIN(first->box_px.height, line->box_px.height);
        if (rect_overlap_y(first->box_px, line->box_px) * 2 < least)
            return false;
    }
    return true;
}

/* The part of @block from line @first on, @count lines. */
static Block *part_of_block(const Block *block, guint first, guint count)
{
    const TextLine *left = block->lines->pdata[first];
    bool is_last = first + count == block->lines->len;
    int from = first == 0 ? block->box_px.x : left->box_px.x;
    int to = is_last ? rect_right(block->box_px)
                     : ((TextLine *)block->lines->pdata[first + count])->box_px.x - 1;
    Block *part =
        block_new(block->page, block->cell, block->grid,
                  (Rect){from, block->box_px.y, to - from, block->box_px.height});
    part->sheet = block->sheet;
    for (guint i = first; i < first + count; i++)
        block_add_line(part, block->lines->pdata[i]);
    return part;
}

/* A cell that holds a whole printed label beside other text is two cells or three whose
 * rule was not found: it is cut before and behind the label. */
static void split_at_labels(Sheets *sheets)
{
    for (guint i = 0; i < sheets->blocks->len; i++) {
        Block *block = sheets->blocks->pdata[i];
        const PageReading *page = sheets->pages->pdata[block->page];
        if (block->cell >= 0 && block->lines->len > 1)
            drop_rule_rests(block, page->dpi);
        if (block->cell < 0 || block->lines->len < 2 || !is_one_row(block->lines))
            continue;
        g_ptr_array_sort(block->lines, line_left_first);
        guint label = 0;
        while (label < block->lines->len &&
               !is_exact_label(sheets->decl, block->lines->pdata[label]))
            label++;
        if (label == block->lines->len)
            continue;
        guint after = block->lines->len - label - 1, at = i;
        g_autoptr(GPtrArray) parts = g_ptr_array_new();
        if (label > 0)
            g_ptr_array_add(parts, part_of_block(block, 0, label));
        g_ptr_array_add(parts, part_of_block(block, label, 1));
        if (after > 0)
            g_ptr_array_add(parts, part_of_block(block, label + 1, after));
        g_ptr_array_remove_index(sheets->blocks, at);
        for (guint k = 0; k < parts->len; k++)
            g_ptr_array_insert(sheets->blocks, (gint)(at + k), parts->pdata[k]);
        i += label > 0; /* the label's part is done; what is behind it may hold another */
    }
}

static void measure_columns(Sheets *sheets)
{
    for (guint i = 0; i < sheets->blocks->len; i++) {
        Block *block = sheets->blocks->pdata[i];
        Rect extent = grid_extent(sheets->pages->pdata[block->page]);
        block->left = (double)(block->box_px.x - extent.x) / extent.width;
        block->right = (double)(rect_right(block->box_px) - extent.x) / extent.width;
    }
}

Sheets *sheets_new(const ClassDecl *decl, const GPtrArray *pages, const GArray *numbers)
{
    Sheets *sheets = g_new0(Sheets, 1);
    sheets->decl = decl;
    sheets->pages = pages;
    sheets->numbers = numbers;
    sheets->blocks = g_ptr_array_new_with_free_func((GDestroyNotify)block_free);
    sheets->boxes = g_ptr_array_new_with_free_func((GDestroyNotify)page_boxes_free);
    g_ptr_array_set_size(sheets->boxes, (gint)pages->len);
    for (guint i = 0; i < numbers->len; i++)
        add_page(sheets, g_array_index(numbers, guint, i));
    split_at_labels(sheets);
    measure_columns(sheets);
    return sheets;
}

void sheets_free(Sheets *sheets)
{
    if (sheets == NULL)
        return;
    g_ptr_array_unref(sheets->blocks);
    g_ptr_array_unref(sheets->boxes);
    g_free(sheets);
}

const PageBoxes *sheets_boxes(const Sheets *sheets, int page)
{
    if (sheets->boxes->pdata[page] == NULL)
        sheets->boxes->pdata[page] = page_boxes_find(sheets->pages->pdata[page]);
    return sheets->boxes->pdata[page];
}

/* --- sections --- */

/* How well @block is a heading of @section: the whole text, or its beginning where a
 * section without a heading of its own begins with its first label. */
static double heading_similarity(const Block *block, const SectionDecl *section)
{
    double best = 0;
    for (guint i = 0; section->headings != NULL && section->headings[i] != NULL; i++) {
        g_autofree char *bare = text_bare(section->headings[i]);
        int start, end;
        best = MAX(best, text_similarity(block->run.bare->str, bare));
        double found = run_find(&block->run, bare, 0, 0.26, &start, &end);
        if (found >= 0 && start == 0)
            best = MAX(best, found - 0.05); /* the whole text counts for more */
    }
    return best;
}

/* Sections come in the order of print: a heading whose one telling character was misread
 * (用水 or 用电?) is the next section that is still to come. */
static int heading_section(const Sheets *sheets, const Block *block, int last)
{
    int best = -1;
    double best_similarity = HEADING_SIMILARITY;
    for (int i = last + 1; i < (int)sheets->decl->sections->len; i++) {
        double similarity = heading_similarity(block, sheets->decl->sections->pdata[i]);
        if (similarity > best_similarity) {
            best = i;
            best_similarity = similarity;
        }
    }
    return best;
}

bool block_is_before(const Block *a, const Block *b)
{
    if (a->sheet != b->sheet) /* the pile may hold the second page first */
        return a->sheet < b->sheet;
    return a->box_px.y < b->box_px.y;
}

static const SectionDecl *section_at(const GPtrArray *headings, const Block *block,
                                     const SectionDecl *first)
{
    const SectionDecl *section = first;
    for (guint i = 0; i < headings->len; i++) {
        const Block *heading = headings->pdata[i];
        bool is_past = heading->sheet < block->sheet ||
                       (heading->sheet == block->sheet &&
                        heading->box_px.y <= rect_centre_y(block->box_px));
        if (is_past)
            section = heading->section;
    }
    return section;
}

void sheets_find_sections(Sheets *sheets)
{
    g_autoptr(GPtrArray) headings = g_ptr_array_new();
    int last = -1;
    if (sheets->decl->sections->len == 0)
        return;
    for (guint i = 0; i < sheets->blocks->len; i++) {
        Block *block = sheets->blocks->pdata[i];
        int section =
            run_length(&block->run) > 0 ? heading_section(sheets, block, last) : -1;
        if (section < 0)
            continue;
        if (headings->len > 0 &&
            block_is_before(block, headings->pdata[headings->len - 1]))
            continue;
        last = section;
        block->section = sheets->decl->sections->pdata[section];
        block->is_heading = true;
        g_ptr_array_add(headings, block);
    }
    for (guint i = 0; i < sheets->blocks->len; i++) {
        Block *block = sheets->blocks->pdata[i];
        if (!block->is_heading)
            block->section =
                section_at(headings, block, sheets->decl->sections->pdata[0]);
    }
}

bool sheets_has_heading(const Sheets *sheets, const char *id)
{
    for (guint i = 0; i < sheets->blocks->len; i++) {
        const Block *block = sheets->blocks->pdata[i];
        if (block->is_heading && strcmp(block->section->id, id) == 0)
            return true;
    }
    /* the first section may have none */
    const SectionDecl *first =
        sheets->decl->sections->len > 0 ? sheets->decl->sections->pdata[0] : NULL;
    return first != NULL && first->headings == NULL && strcmp(first->id, id) == 0;
}

bool sheets_is_in_section(const Sheets *sheets, const Block *block,
                          const FieldDecl *field)
{
    return field->section == NULL || block->section == NULL ||
           strcmp(field->section, block->section->id) == 0 ||
           !sheets_has_heading(sheets, field->section);
}

GArray *sheets_section_areas(const Sheets *sheets)
{
    GArray *areas = g_array_new(false, true, sizeof(SectionArea));
    for (guint i = 0; i < sheets->blocks->len; i++) {
        const Block *block = sheets->blocks->pdata[i];
        if (block->section == NULL || block->cell < 0)
            continue;
        SectionArea *area = NULL;
        for (guint k = 0; k < areas->len && area == NULL; k++) {
            SectionArea *one = &g_array_index(areas, SectionArea, k);
            if (one->decl == block->section && one->page == block->page)
                area = one;
        }
        if (area != NULL) {
            area->box_px = rect_union(area->box_px, block->box_px);
        } else {
            SectionArea fresh = {block->section, block->page, block->box_px};
            g_array_append_val(areas, fresh);
        }
    }
    return areas;
}

/* --- labels --- */

double block_matches_label(const Block *block, GStrv labels, bool is_strict, int *end)
{
    double best = -1;
    for (guint i = 0; labels != NULL && labels[i] != NULL; i++) {
        g_autofree char *bare = text_bare(labels[i]);
        int from, to;
        double whole = text_similarity(block->run.bare->str, bare);
        /* 户主姓名 is half of 姓名: two characters are no part of something longer */
        bool is_short = g_utf8_strlen(bare, -1) <= 2 && run_length(&block->run) > 3;
        double least = is_strict || is_short ? 1 - label_tolerance(bare) - 0.01 : 0.49;
        if (whole >= least && whole > best) {
            best = whole;
            if (end != NULL)
                *end = run_length(&block->run);
        }
        double found = run_find(&block->run, bare, 0,
                                is_strict ? label_tolerance(bare) : 0.4, &from, &to);
        if (found >= 0 && from == 0 && found - 0.05 > best) {
            best = found - 0.05;
            if (end != NULL)
                *end = to;
        }
    }
    return best;
}

bool block_is_beside(const Block *a, const Block *b)
{
    int overlap = rect_overlap_y(a->box_px, b->box_px);
    return a->page == b->page &&
           overlap >= ROW_OVERLAP * MIN(a->box_px.height, b->box_px.height);
}

/* Whether a row header of @field stands left of @block. Headers of outer levels may lie
 * on the page before, so only the innermost is asked for. */
static bool has_row_label(const Sheets *sheets, const Block *block,
                          const FieldDecl *field)
{
    g_auto(GStrv) labels =
        g_strsplit(field->row_labels[g_strv_length(field->row_labels) - 1], "|", -1);
    for (guint i = 0; i < sheets->blocks->len; i++) {
        const Block *header = sheets->blocks->pdata[i];
        if (header != block && block_is_beside(header, block) &&
            header->right <= block->left + COLUMN_SLACK &&
            block_matches_label(header, labels, true, NULL) >= 0)
            return true;
    }
    return false;
}

/* Whether @block stands in a row that belongs to another field by its row header: the
 * 电话 beside 经办人 is not the applicant's. */
static bool is_in_foreign_row(const Sheets *sheets, const Block *block,
                              const FieldDecl *field)
{
    for (guint i = 0; i < sheets->decl->fields->len; i++) {
        const FieldDecl *other = sheets->decl->fields->pdata[i];
        if (other != field && other->row_labels != NULL && other->place != PLACE_TABLE &&
            other->place != PLACE_INSIDE &&
            g_strcmp0(other->section, field->section) == 0 &&
            has_row_label(sheets, block, other))
            return true;
    }
    return false;
}

static Block *best_label(const Sheets *sheets, const FieldDecl *field, bool is_strict,
                         double above)
{
    Block *best = NULL;
    double best_similarity = above;
    for (guint i = 0; i < sheets->blocks->len; i++) {
        Block *block = sheets->blocks->pdata[i];
        if (block->label_of != NULL || block->is_other_label || block->cell < 0)
            continue;
        if (!sheets_is_in_section(sheets, block, field))
            continue;
        double similarity = block_matches_label(block, field->labels, is_strict, NULL);
        if (similarity <= best_similarity)
            continue;
        if (field->row_labels != NULL ? !has_row_label(sheets, block, field)
                                      : is_in_foreign_row(sheets, block, field))
            continue;
        best = block;
        best_similarity = similarity;
    }
    return best;
}

bool is_choice(const FieldDecl *decl)
{
    return decl->kind == KIND_CHOICE_ONE || decl->kind == KIND_CHOICE_MANY;
}

const FieldDecl *choice_with_option(const ClassDecl *decl, const FieldDecl *note)
{
    for (guint i = 0; i < decl->fields->len; i++) {
        const FieldDecl *field = decl->fields->pdata[i];
        if (!is_choice(field) || g_strcmp0(field->section, note->section) != 0 ||
            note->labels == NULL)
            continue;
        for (guint k = 0; k < field->options->len; k++) {
            const OptionDecl *option = field->options->pdata[k];
            if (g_strv_contains((const char *const *)option->labels, note->labels[0]))
                return field;
        }
    }
    return NULL;
}

/* Labels in their own cell: exact readings first, then strict ones, so that a poor match
 * never takes a cell from a good one (接件时间 is not 接件人). */
static const struct {
    bool is_strict;
    double above; /* similarity */
} claim_passes[] = {{true, 0.9}, {true, 0}, {false, 0}};

static bool has_label_cell(const Sheets *sheets, const FieldDecl *field)
{
    return field->place != PLACE_TABLE && field->place != PLACE_PAGE &&
           choice_with_option(sheets->decl, field) == NULL &&
           !(field->place == PLACE_INSIDE && field->row_labels != NULL);
}

/* Labels of what is not read, so that none of ours is seen in them (户别 is not 性别). */
static void claim_other_labels(Sheets *sheets)
{
    for (guint i = 0; i < sheets->blocks->len; i++) {
        Block *block = sheets->blocks->pdata[i];
        block->is_other_label =
            block->cell >= 0 && run_length(&block->run) > 0 &&
            block_matches_label(block, sheets->decl->other_labels, true, NULL) > 0.9;
    }
}

void sheets_claim_labels(Sheets *sheets)
{
    claim_other_labels(sheets);
    for (gsize pass = 0; pass < G_N_ELEMENTS(claim_passes); pass++)
        for (guint i = 0; i < sheets->decl->fields->len; i++) {
            const FieldDecl *field = sheets->decl->fields->pdata[i];
            if (!has_label_cell(sheets, field) || sheets_label(sheets, field) != NULL)
                continue;
            Block *block = best_label(sheets, field, claim_passes[pass].is_strict,
                                      claim_passes[pass].above);
            if (block != NULL)
                block->label_of = field;
        }
}

/* Whether two fields stand in one cell behind one label: who confirms signs and seals
 * there. */
static bool share_label(const FieldDecl *a, const FieldDecl *b)
{
    return a->place == PLACE_INSIDE && b->place == PLACE_INSIDE &&
           a->row_labels == NULL && b->row_labels == NULL &&
           g_strcmp0(a->section, b->section) == 0 &&
           g_strcmp0(a->labels[0], b->labels[0]) == 0;
}

Block *sheets_label(const Sheets *sheets, const FieldDecl *field)
{
    for (guint i = 0; i < sheets->blocks->len; i++) {
        Block *block = sheets->blocks->pdata[i];
        if (block->label_of == field ||
            (block->label_of != NULL && share_label(block->label_of, field)))
            return block;
    }
    return NULL;
}

static int left_first(gconstpointer a, gconstpointer b)
{
    return (*(Block *const *)a)->box_px.x - (*(Block *const *)b)->box_px.x;
}

GPtrArray *sheets_right_of(const Sheets *sheets, const Block *label)
{
    GPtrArray *right = g_ptr_array_new();
    for (guint i = 0; i < sheets->blocks->len; i++) {
        Block *block = sheets->blocks->pdata[i];
        if (block != label && block->cell >= 0 && block->grid == label->grid &&
            block_is_beside(block, label) && block->left >= label->right - COLUMN_SLACK)
            g_ptr_array_add(right, block);
    }
    g_ptr_array_sort(right, left_first);
    for (guint i = 0; i < right->len; i++)
        if (((Block *)right->pdata[i])->label_of != NULL ||
            ((Block *)right->pdata[i])->is_other_label) {
            g_ptr_array_set_size(right, (int)i);
            break;
        }
    return right;
}
