/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form's fields by its grid: label cells, the cells beside them, tables. */
#include "papers/private.h"

#include "base/text.h"

/* Covering ink smaller than this in either direction is dirt. */
#define COVER_MM 2.0
/* A line so much of which lies in a seal is the seal's. */
#define SEALED_SHARE 0.7
/* Labels this long do not stand in other texts by chance. */
#define TELLING_LABEL 3
/* So many options are told from other words without their label. */
#define TELLING_OPTIONS 3

/* Whether @line lies within a seal: its own words then, or what cannot be told from them.
 */
static bool is_in_seal(const TextLine *line, const PageReading *page)
{
    double area = (double)line->box_px.width * line->box_px.height;
    for (guint i = 0; i < page->seals->len; i++) {
        Rect shared = rect_intersection(line->box_px,
                                        g_array_index(page->seals, SealMark, i).box_px);
        if (!rect_is_empty(shared) &&
            (double)shared.width * shared.height > SEALED_SHARE * area)
            return true;
    }
    return false;
}

/* A cell with room for a seal beside its words, without the lines within the seal.
 * Returns: owned */
static Block *block_without_seals(const Block *block, const PageReading *page)
{
    Block *rest = block_copy_empty(block);
    for (guint i = 0; i < block->lines->len; i++)
        if (i == 0 || !is_in_seal(block->lines->pdata[i], page))
            block_add_line(rest, block->lines->pdata[i]);
    return rest;
}

void field_take_part(PaperField *field, const Block *block, int from, int to,
                     const PageReading *ticked)
{
    g_auto(Span) span = {0};
    span_init(&span, block->page);
    /* The glyphs before and behind, as places among the block's lines. */
    GlyphRef after = {NULL, -1}, until = {NULL, G_MAXINT};
    if (from > 0 && from <= run_length(&block->run))
        after = g_array_index(block->run.refs, GlyphRef, from - 1);
    if (to < run_length(&block->run))
        until = g_array_index(block->run.refs, GlyphRef, to);
    bool is_past = after.line == NULL;
    for (guint i = 0; i < block->lines->len; i++) {
        const TextLine *line = block->lines->pdata[i];
        int first = line == after.line ? after.glyph + 1 : 0;
        is_past |= line == after.line;
        if (is_past)
            span_add_line(&span, line, first,
                          line == until.line ? until.glyph : G_MAXINT);
        if (line == until.line)
            break;
    }
    bool is_doubtful = ticked != NULL && span_drop_boxes(&span, ticked, block->cell);
    field_take_value(field, &span);
    field->is_unread |= is_doubtful;
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

bool block_is_covered(const Block *block, const PageReading *page)
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
    field_take_part(field, block, from_character, G_MAXINT, NULL);
    const PageReading *page = sheets->pages->pdata[block->page];
    field->is_unread |= block_is_covered(block, page);
}

static void take_block_but_boxes(PaperField *field, const Block *block,
                                 int from_character, const Sheets *sheets)
{
    field_take_part(field, block, from_character, G_MAXINT,
                    sheets->pages->pdata[block->page]);
}

/* The cell in which all options of @choice stand; where its label was misread, or a lost
 * rule hides which cell is beside it, they tell as well.
 * Returns: Block *, one at most; owned */
static GPtrArray *options_block(const Sheets *sheets, const FieldDecl *choice)
{
    GPtrArray *found = g_ptr_array_new();
    for (guint i = 0; i < sheets->blocks->len; i++) {
        const Block *block = sheets->blocks->pdata[i];
        if (choice->options->len < TELLING_OPTIONS || block->cell < 0 ||
            !sheets_is_in_section(sheets, block, choice))
            continue;
        g_ptr_array_add(found, (gpointer)block);
        g_autoptr(GPtrArray) alone = g_ptr_array_new();
        g_ptr_array_add(alone, (gpointer)block);
        if (count_options(alone, choice) < choice->options->len)
            g_ptr_array_set_size(found, (gint)found->len - 1);
    }
    if (found->len > 1)
        g_ptr_array_set_size(found, 0);
    return found;
}

static void take_choice(PaperField *field, const Sheets *sheets, const Block *label)
{
    g_autoptr(GPtrArray) right = sheets_right_of(sheets, label);
    if (right->len == 0)
        g_ptr_array_add(right, (gpointer)label);
    g_autoptr(GPtrArray) others = options_block(sheets, field->decl);
    bool is_elsewhere = others->len > 0 && count_options(right, field->decl) == 0;
    field_take_choices(field, is_elsewhere ? others : right, sheets);
}

/* The value in the cell right of the label, or behind the label in its own cell. */
static bool take_right(PaperField *field, const Sheets *sheets, const Block *label)
{
    int end = 0;
    block_matches_label(label, field->decl->labels, false, &end);
    g_autoptr(GPtrArray) right = sheets_right_of(sheets, label);
    if (is_choice(field->decl)) {
        take_choice(field, sheets, label);
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

/* Numerals of a date; those in words only where there are enough of them: 一 is what a
 * line to write on is read as. */
#define HAN_NUMERALS "〇○零一二三四五六七八九十"
#define LEAST_HAN_NUMERALS 4

static bool has_han_numerals(const Block *block, Rect row)
{
    int count = 0;
    for (guint i = 0; i < block->lines->len; i++) {
        const TextLine *line = block->lines->pdata[i];
        for (const char *p = line->text; *p != '\0'; p = g_utf8_next_char(p))
            count += rect_overlap_y(line->box_px, row) * 2 >= line->box_px.height &&
                     g_utf8_strchr(HAN_NUMERALS, -1, g_utf8_get_char(p)) != NULL;
    }
    return count >= LEAST_HAN_NUMERALS;
}

/* A day without words: 2023.6.1, 2023-06-01. Returns: whether there is one */
static bool take_plain_date(PaperField *field, const Block *block)
{
    g_autoptr(GRegex) regex = g_regex_new(
        "(?<![0-9])(?:19|20)[0-9]{2}[.-][0-9]{1,2}[.-][0-9]{1,2}(?![0-9])", 0, 0, NULL);
    for (guint i = block->lines->len; i-- > 0;) {
        const TextLine *line = block->lines->pdata[i];
        g_auto(Span) span = {0};
        span_init(&span, block->page);
        g_autoptr(GMatchInfo) match = NULL;
        g_autoptr(GString) text = g_string_new(NULL);
        int start, end, count = line->glyphs != NULL ? (int)line->glyphs->len : 0;
        for (int k = 0; k < count; k++) { /* a byte for each character */
            const char *glyph = g_array_index(line->glyphs, Glyph, k).text;
            g_autofree char *folded = text_folded(glyph);
            bool is_dash = strcmp(folded, "/") == 0;
            bool is_byte = strlen(folded) == 1;
            g_string_append_c(text, is_dash ? '-' : is_byte ? folded[0] : '?');
        }
        if (!g_regex_match(regex, text->str, 0, &match) ||
            !g_match_info_fetch_pos(match, 0, &start, &end))
            continue;
        span_add_line(&span, line, start, end);
        field_take_value(field, &span);
        return true;
    }
    return false;
}

static bool is_of_date(const char *glyph, bool has_han)
{
    return g_ascii_isdigit(glyph[0]) || strstr("年月日", glyph) != NULL ||
           (has_han && strstr(HAN_NUMERALS, glyph) != NULL);
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
    bool has_han = !rect_is_empty(row) && has_han_numerals(block, row);
    for (guint i = 0; !rect_is_empty(row) && i < block->lines->len; i++) {
        const TextLine *line = block->lines->pdata[i];
        int least = MIN(line->box_px.height, row.height), count = 0;
        if (line->glyphs == NULL || rect_overlap_y(line->box_px, row) * 2 < least)
            continue;
        count = (int)line->glyphs->len;
        /* only digits and 年月日: 签字 and a name may stand in the same row */
        for (int k = 0; k < count; k++) {
            const char *glyph = g_array_index(line->glyphs, Glyph, k).text;
            if (is_of_date(glyph, has_han))
                span_add_line(&span, line, k, k + 1);
        }
    }
    field->is_found = !rect_is_empty(row) || take_plain_date(field, block);
    if (!rect_is_empty(row)) {
        keep_year_digits(&span);
        field_take_value(field, &span);
    }
}

static void take_mark(PaperField *field, const Block *block, const Sheets *sheets)
{
    if (g_strcmp0(field->decl->of, "seal") == 0)
        field_take_seal(field, block, sheets);
    else
        field_take_presence(field, block, sheets);
}

/* Whether @bare, which stands where @field's value is looked for, holds the label of
 * another field that was found nowhere else: then the rule between the two was lost, and
 * what stands there may be the other's. */
static bool has_lost_label(const Sheets *sheets, const FieldDecl *field, const char *bare)
{
    for (guint i = 0; i < sheets->decl->fields->len; i++) {
        const FieldDecl *other = sheets->decl->fields->pdata[i];
        if (other == field || other->labels == NULL || other->row_labels != NULL ||
            other->place == PLACE_INSIDE || sheets_label(sheets, other) != NULL)
            continue;
        for (guint k = 0; other->labels[k] != NULL; k++) {
            g_autofree char *label = text_bare(other->labels[k]);
            if (g_utf8_strlen(label, -1) >= TELLING_LABEL && strstr(bare, label) != NULL)
                return true;
        }
    }
    return false;
}

/* What is there is for a person to look at. */
static void doubt_mark(PaperField *field)
{
    static const char *const present[] = {"present", NULL};
    g_clear_pointer(&field->ticked, g_strfreev);
    g_strfreev(field->unsure);
    field->unsure = g_strdupv((char **)present);
    field->confidence = MIN(field->confidence, 0.5);
}

static bool read_signing(PaperField *field, const Sheets *sheets)
{
    const Block *block = signing_block(sheets, field->decl);
    if (block == NULL)
        return false;
    bool is_doubtful = has_lost_label(sheets, field->decl, block->run.bare->str);
    if (field->decl->kind != KIND_PRESENCE) {
        take_date_rows(field, block);
        field->is_unread |= is_doubtful;
        return true;
    }
    take_mark(field, block, sheets);
    if (is_doubtful)
        doubt_mark(field);
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
        return decl->kind == KIND_PRESENCE || decl->kind == KIND_DATE
                   ? read_signing(field, sheets)
                   : field_read_in_cell(field, sheets);
    if (decl->place == PLACE_TABLE) {
        const Block *column = NULL, *block = sheets_table_block(sheets, decl, &column);
        if (block != NULL && table_is_joined(block, column))
            table_take_column(field, block, column);
        else if (block != NULL)
            take_block(field, block, 0, sheets);
        return block != NULL;
    }
    const Block *label = sheets_label(sheets, decl);
    if (label == NULL && is_choice(decl) && decl->row_labels == NULL) {
        g_autoptr(GPtrArray) blocks = options_block(sheets, decl);
        if (blocks->len > 0) {
            field_take_choices(field, blocks, sheets);
            return true;
        }
    }
    if (label == NULL)
        return decl->finds == NULL && lines_read_field(field, sheets);
    if (decl->place == PLACE_BELOW)
        return take_below(field, sheets, label);
    if (decl->kind == KIND_PRESENCE) {
        take_mark(field, label, sheets);
        return true;
    }
    if (decl->place == PLACE_INSIDE) {
        int end = 0;
        g_autoptr(Block) words =
            block_without_seals(label, sheets->pages->pdata[label->page]);
        block_matches_label(words, decl->labels, false, &end);
        take_block(field, words, end, sheets);
        return true;
    }
    return take_right(field, sheets, label);
}

static bool read_one(PaperField *field, const Sheets *sheets)
{
    bool is_read = read_by_label(field, sheets);
    if (field->raw == NULL)
        is_read = text_read_beside_holder(field, sheets) || is_read;
    if (field->raw == NULL && field->decl->finds != NULL)
        is_read = text_read_field(field, sheets) || is_read;
    if (field->raw != NULL) {
        g_autofree char *bare = text_bare(field->raw);
        field->is_unread |= has_lost_label(sheets, field->decl, bare);
    }
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
