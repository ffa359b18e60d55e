/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form's fields by its grid: label cells, the cells beside them, tables. */
#include "papers/private.h"

#include "base/text.h"

/* Covering ink smaller than this in either direction is dirt. */
#define COVER_MM 2.0

static void span_drop_boxes(Span *span, const PageReading *page, int cell)
{
    for (guint i = span->refs->len; i-- > 0;) {
        GlyphRef ref = g_array_index(span->refs, GlyphRef, i);
        Rect glyph = g_array_index(ref.line->glyphs, Glyph, ref.glyph).box_px;
        for (guint k = 0; k < page->ticks->len; k++) {
            Rect box = g_array_index(page->ticks, TickMark, k).box_px;
            int shared = rect_overlap_x(glyph, box);
            if (g_array_index(page->ticks, TickMark, k).cell == cell &&
                rect_overlap_y(ref.line->box_px, box) > 0 &&
                shared * 2 > MIN(glyph.width, box.width)) {
                g_array_remove_index(span->refs, i);
                break;
            }
        }
    }
}

/* @ticked: the page whose tick boxes are no text; NULL where boxes cannot be */
static void take_block_from(PaperField *field, const Block *block, int from_character,
                            const PageReading *ticked)
{
    g_auto(Span) span = {0};
    span_init(&span, block->page);
    /* The label's last glyph, as a place among the block's lines. */
    GlyphRef after = {NULL, -1};
    if (from_character > 0 && from_character <= run_length(&block->run))
        after = g_array_index(block->run.refs, GlyphRef, from_character - 1);
    bool is_past = after.line == NULL;
    for (guint i = 0; i < block->lines->len; i++) {
        const TextLine *line = block->lines->pdata[i];
        if (is_past)
            span_add_line(&span, line, 0, G_MAXINT);
        else if (line == after.line) {
            span_add_line(&span, line, after.glyph + 1, G_MAXINT);
            is_past = true;
        }
    }
    if (ticked != NULL)
        span_drop_boxes(&span, ticked, block->cell);
    field_take_value(field, &span);
}

bool page_is_covered(const PageReading *page, Rect box_px)
{
    for (guint i = 0; i < page->seals->len; i++) {
        Rect shared =
            rect_intersection(box_px, g_array_index(page->seals, SealMark, i).box_px);
        if (shared.width * MM_PER_INCH > COVER_MM * page->dpi &&
            shared.height * MM_PER_INCH > COVER_MM * page->dpi)
            return true;
    }
    return false;
}

/* Whether a seal lies in @block, or strokes that are no text: then what was read there
 * may be only a part of what is written. */
static bool is_covered(const Block *block, const PageReading *page)
{
    if (page_is_covered(page, block->box_px))
        return true;
    for (guint i = 0; i < page->loose->len; i++) {
        const LooseInk *ink = &g_array_index(page->loose, LooseInk, i);
        if (block->cell >= 0 && ink->cell == block->cell &&
            ink->box_px.width * MM_PER_INCH > COVER_MM * page->dpi &&
            ink->box_px.height * MM_PER_INCH > COVER_MM * page->dpi)
            return true;
    }
    return false;
}

static void take_block(PaperField *field, const Block *block, int from_character,
                       const Sheets *sheets)
{
    take_block_from(field, block, from_character, NULL);
    const PageReading *page = sheets->pages->pdata[block->page];
    field->is_unread |= is_covered(block, page);
}

static void take_block_but_boxes(PaperField *field, const Block *block,
                                 int from_character, const Sheets *sheets)
{
    take_block_from(field, block, from_character, sheets->pages->pdata[block->page]);
}

/* The value in the cell right of the label, or behind the label in its own cell. */
static bool take_right(PaperField *field, const Sheets *sheets, const Block *label)
{
    int end = 0;
    block_matches_label(label, field->decl->labels, false, &end);
    g_autoptr(GPtrArray) right = sheets_right_of(sheets, label);
    if (is_choice(field->decl)) {
        if (right->len == 0)
            g_ptr_array_add(right, (gpointer)label);
        field_take_choices(field, right, sheets);
        return true;
    }
    if (right->len > 0) {
        take_block(field, right->pdata[0], 0, sheets);
        return true;
    }
    take_block(field, label, end, sheets);
    return field->raw != NULL;
}

static bool take_below(PaperField *field, const Sheets *sheets, const Block *label)
{
    const Block *best = NULL;
    for (guint i = 0; i < sheets->blocks->len; i++) {
        const Block *block = sheets->blocks->pdata[i];
        int shared = rect_overlap_x(block->box_px, label->box_px);
        if (block->page == label->page && block->cell >= 0 &&
            block->box_px.y >= rect_bottom(label->box_px) - 4 &&
            shared * 2 > MIN(block->box_px.width, label->box_px.width) &&
            (best == NULL || block->box_px.y < best->box_px.y))
            best = block;
    }
    if (best != NULL)
        take_block(field, best, 0, sheets);
    return best != NULL;
}

/* Where one signs and dates: the cell beside the row's header, or a header-less cell
 * that holds the label itself. */
static const Block *signing_block(const Sheets *sheets, const FieldDecl *decl)
{
    for (guint i = 0; i < sheets->blocks->len; i++) {
        const Block *block = sheets->blocks->pdata[i];
        if (block->cell < 0 || !sheets_is_in_section(sheets, block, decl))
            continue;
        int start, end;
        bool is_header = block_matches_label(block, decl->row_labels, true, &end) >= 0 &&
                         run_length(&block->run) <= end + 2;
        if (is_header) {
            g_autoptr(GPtrArray) right = sheets_right_of(sheets, block);
            if (right->len > 0)
                return right->pdata[0];
        }
        for (guint k = 0; decl->labels[k] != NULL; k++)
            if (run_length(&block->run) > 20 &&
                run_find(&block->run, decl->labels[k], 0, 0, &start, &end) >= 0)
                return block;
    }
    return NULL;
}

/* A year has four digits: what stands before them is a stroke of the signature. */
static void keep_year_digits(Span *span)
{
    for (guint i = 0; i < span->refs->len; i++) {
        GlyphRef ref = g_array_index(span->refs, GlyphRef, i);
        if (strcmp(g_array_index(ref.line->glyphs, Glyph, ref.glyph).text, "年") != 0)
            continue;
        if (i > 4)
            g_array_remove_range(span->refs, 0, i - 4);
        return;
    }
}

/* A date in a cell full of other text: what stands around its 年, 月 and 日. */
static void take_date_rows(PaperField *field, const Block *block)
{
    g_auto(Span) span = {0};
    span_init(&span, block->page);
    Rect row = {0};
    for (guint i = 0; i < block->lines->len; i++) {
        const TextLine *line = block->lines->pdata[i];
        g_autofree char *bare = text_bare(line->text);
        if (line->glyphs != NULL && strstr(bare, "年") != NULL)
            row = line->box_px;
    }
    /* 年 may be read as something else: 月 in the last rows tells as well */
    for (guint i = 0; rect_is_empty(row) && i < block->lines->len; i++) {
        const TextLine *line = block->lines->pdata[i];
        if (strstr(line->text, "月") != NULL && g_utf8_strlen(line->text, -1) < 14)
            row = line->box_px;
    }
    for (guint i = 0; !rect_is_empty(row) && i < block->lines->len; i++) {
        const TextLine *line = block->lines->pdata[i];
        int least = MIN(line->box_px.height, row.height), count = 0;
        if (line->glyphs == NULL || rect_overlap_y(line->box_px, row) * 2 < least)
            continue;
        count = (int)line->glyphs->len;
        /* only digits and 年月日: 签字 and a name may stand in the same row */
        for (int k = 0; k < count; k++) {
            const char *glyph = g_array_index(line->glyphs, Glyph, k).text;
            if (g_ascii_isdigit(glyph[0]) || strstr("年月日", glyph) != NULL)
                span_add_line(&span, line, k, k + 1);
        }
    }
    field->is_found = !rect_is_empty(row);
    if (field->is_found) {
        keep_year_digits(&span);
        field_take_value(field, &span);
    }
}

static bool read_signing(PaperField *field, const Sheets *sheets)
{
    const Block *block = signing_block(sheets, field->decl);
    if (block == NULL)
        return false;
    if (field->decl->kind == KIND_PRESENCE)
        field_take_presence(field, block, sheets);
    else if (field->decl->kind == KIND_DATE)
        take_date_rows(field, block);
    else
        return false;
    return true;
}

/* What is written beside an option (其他（说明）□ ____): the rest of that option's cell.
 */
static bool read_option_note(PaperField *field, const Sheets *sheets,
                             const FieldDecl *choice)
{
    const Block *label = sheets_label(sheets, choice);
    if (label == NULL)
        return false;
    g_autoptr(GPtrArray) right = sheets_right_of(sheets, label);
    for (guint i = 0; i < right->len; i++)
        for (guint k = 0; field->decl->labels[k] != NULL; k++) {
            const Block *block = right->pdata[i];
            const char *text = field->decl->labels[k];
            int start, end;
            if (run_find(&block->run, text, 0, label_tolerance(text), &start, &end) < 0)
                continue;
            take_block_but_boxes(field, block, end, sheets);
            return true;
        }
    return false;
}

static bool read_by_label(PaperField *field, const Sheets *sheets)
{
    const FieldDecl *decl = field->decl;
    const FieldDecl *choice = choice_with_option(sheets->decl, decl);
    if (choice != NULL)
        return read_option_note(field, sheets, choice);
    if (decl->place == PLACE_INSIDE && decl->row_labels != NULL)
        return read_signing(field, sheets);
    if (decl->place == PLACE_TABLE) {
        const Block *block = sheets_table_block(sheets, decl);
        if (block != NULL)
            take_block(field, block, 0, sheets);
        return block != NULL;
    }
    const Block *label = sheets_label(sheets, decl);
    if (label == NULL)
        return decl->finds == NULL && lines_read_field(field, sheets);
    if (decl->place == PLACE_BELOW)
        return take_below(field, sheets, label);
    if (decl->place == PLACE_INSIDE) {
        int end = 0;
        block_matches_label(label, decl->labels, false, &end);
        take_block(field, label, end, sheets);
        return true;
    }
    return take_right(field, sheets, label);
}

static bool read_one(PaperField *field, const Sheets *sheets)
{
    bool is_read = read_by_label(field, sheets);
    if (field->raw == NULL && field->decl->finds != NULL)
        is_read = text_read_field(field, sheets) || is_read;
    return is_read;
}

/* Whether a whole label of the section stands in a cell of its own: its heading may have
 * been misread. */
static bool has_label_of(const Sheets *sheets, const char *id)
{
    for (guint i = 0; i < sheets->decl->fields->len; i++) {
        const FieldDecl *field = sheets->decl->fields->pdata[i];
        if (g_strcmp0(field->section, id) != 0 || field->row_labels != NULL ||
            field->labels == NULL || g_utf8_strlen(field->labels[0], -1) < 4)
            continue;
        for (guint k = 0; k < sheets->blocks->len; k++) {
            const Block *block = sheets->blocks->pdata[k];
            if (block->cell >= 0 &&
                block_matches_label(block, field->labels, true, NULL) >= 0.95)
                return true;
        }
    }
    return false;
}

/* A section that is on no page (通信报装登记表 in some prints) has no fields there. */
static bool has_section(const Sheets *sheets, const char *id)
{
    if (id == NULL || has_label_of(sheets, id))
        return true;
    for (guint i = 0; i < sheets->blocks->len; i++) {
        const Block *block = sheets->blocks->pdata[i];
        if (block->section != NULL && strcmp(block->section->id, id) == 0)
            return true;
    }
    return false;
}

void form_read_fields(Paper *paper, Sheets *sheets)
{
    sheets_find_sections(sheets);
    sheets_claim_labels(sheets);
    for (guint i = 0; i < paper->decl->fields->len; i++) {
        const FieldDecl *decl = paper->decl->fields->pdata[i];
        if (!has_section(sheets, decl->section))
            continue;
        PaperField *field = paper_field_new(decl);
        read_one(field, sheets);
        g_ptr_array_add(paper->fields, field);
    }
    g_array_unref(paper->sections);
    paper->sections = sheets_section_areas(sheets);
}
