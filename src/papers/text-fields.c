/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields inside sentences: 兹证明…（身份证号…）系我村村民, 出卖人：…. Letters and
 * contracts have no places of their own for names, so expressions say what stands around
 * them. */
#include "papers/private.h"

#include "base/text.h"

/* A line goes on in the next one where it ends this near to the right edge of the text,
 * in heights of the line: a character that did not fit is one height wide, a number
 * longer. Lines set to the right and labels with a value are shorter than this share of
 * the page, or the cell. */
#define FULL_LINE_HEIGHTS 3.0
#define FULL_LINE_SHARE 0.5
/* A paragraph begins two characters in; lines of one paragraph begin at the margin. */
#define INDENT_HEIGHTS 1.3

/* Characters that follow one another on a page: folded text, and each one's glyph. */
typedef struct {
    int page;
    GString *text;
    GArray *starts; /* int, byte in text where each of refs begins */
    GArray *refs;   /* GlyphRef */
} Passage;

static Passage *passage_new(int page)
{
    Passage *passage = g_new0(Passage, 1);
    passage->page = page;
    passage->text = g_string_new(NULL);
    passage->starts = g_array_new(false, false, sizeof(int));
    passage->refs = g_array_new(false, false, sizeof(GlyphRef));
    return passage;
}

static void passage_free(Passage *passage)
{
    g_string_free(passage->text, TRUE);
    g_array_unref(passage->starts);
    g_array_unref(passage->refs);
    g_free(passage);
}

static void add_line(Passage *passage, const TextLine *line)
{
    for (guint i = 0; line->glyphs != NULL && i < line->glyphs->len; i++) {
        const char *glyph = g_array_index(line->glyphs, Glyph, i).text;
        g_autofree char *folded = text_folded(glyph);
        GlyphRef ref = {line, (int)i};
        int start = (int)passage->text->len;
        if (strcmp(glyph, "_") == 0) /* the line to write on */
            continue;
        g_array_append_val(passage->starts, start);
        g_array_append_val(passage->refs, ref);
        g_string_append(passage->text, folded);
    }
}

/* Whether the row that begins at @start of the passage begins with a label and a colon,
 * and does not go on with a bracket or a list. */
static bool begins_with_label(const Passage *passage, gsize start)
{
    const char *text = passage->text->str;
    const char *before = start > 0 ? g_utf8_prev_char(text + start) : "";
    return strchr("(,", *before) == NULL &&
           g_regex_match_simple("^\\p{Han}{2,8}(\\([^()]{2,6}\\))?:", text + start, 0, 0);
}

/* whether what stands from byte @start of the passage on is an item of a list: 三、 or 3.
 * or 第三条 */
static bool begins_item(const Passage *passage, gsize start)
{
    return g_regex_match_simple(
        "^(?:(?:[一二三四五六七八九十]{1,3}|\\d{1,2})[、.](?!\\d)|"
        "第[一二三四五六七八九十]{1,3}条)",
        passage->text->str + start, 0, 0);
}

/* One row of running text, while its paragraph is put together. */
typedef struct {
    const TextLine *first;
    int end_px;
    bool is_indented;
} TextRow;

static TextRow text_row(const GPtrArray *lines, int left_px)
{
    const TextLine *first = lines->pdata[0], *last = lines->pdata[lines->len - 1];
    bool is_indented = first->box_px.x - left_px > INDENT_HEIGHTS * first->box_px.height;
    return (TextRow){first, rect_right(last->box_px), is_indented};
}

static bool ends_sentence(const Passage *passage)
{
    return g_str_has_suffix(passage->text->str, "。") ||
           g_str_has_suffix(passage->text->str, ";");
}

/* Whether the paragraph ends with @row. In one that began with an indent a line may end
 * early, where a long word or a blank did not fit. */
static bool ends_paragraph(const Passage *passage, const TextRow *row, bool is_prose,
                           int right_px, int width_px)
{
    if (row->end_px - row->first->box_px.x < FULL_LINE_SHARE * width_px)
        return true;
    bool is_full =
        row->end_px + FULL_LINE_HEIGHTS * row->first->box_px.height >= right_px;
    return !is_full && !(is_prose && !ends_sentence(passage));
}

/* A line break before byte @start of the passage. */
static void break_before(Passage *passage, gsize start)
{
    g_string_insert_c(passage->text, (gssize)start, '\n');
    for (guint i = 0; i < passage->starts->len; i++)
        g_array_index(passage->starts, int, i) +=
            g_array_index(passage->starts, int, i) >= (int)start;
}

/* @lines as running text: of one cell, or outside all cells.
 * @width_px: of the cell or the page */
static Passage *passage_of(GPtrArray *lines, int page, int width_px)
{
    Passage *passage = passage_new(page);
    int left_px = G_MAXINT, right_px = 0;
    bool is_prose = false;
    for (guint i = 0; i < lines->len; i++) {
        Rect box = ((TextLine *)lines->pdata[i])->box_px;
        right_px = MAX(right_px, rect_right(box));
        if (box.width >= FULL_LINE_SHARE * width_px)
            left_px = MIN(left_px, box.x);
    }
    lines_sort_by_top(lines);
    while (lines->len > 0) {
        g_autoptr(GPtrArray) in_row = lines_take_row(lines);
        TextRow row = text_row(in_row, left_px);
        gsize start = passage->text->len;
        bool is_new = start == 0 || passage->text->str[start - 1] == '\n';
        for (guint i = 0; i < in_row->len; i++)
            add_line(passage, in_row->pdata[i]);
        if (!is_new && (row.is_indented || begins_with_label(passage, start) ||
                        begins_item(passage, start))) {
            break_before(passage, start);
            is_new = true;
        }
        is_prose = is_new ? row.is_indented : is_prose;
        if (ends_paragraph(passage, &row, is_prose, right_px, width_px))
            g_string_append_c(passage->text, '\n');
    }
    return passage;
}

/* What stands in @cell, or outside all cells where it is -1; NULL where nothing does. */
static Passage *passage_of_cell(const Sheets *sheets, guint number, int cell,
                                int text_height_px)
{
    const PageReading *page = sheets->pages->pdata[number];
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    for (guint i = 0; i < page->lines->len; i++) {
        TextLine *line = page->lines->pdata[i];
        if (line->cell == cell && !is_seal_rest(line, page, text_height_px))
            g_ptr_array_add(lines, line);
    }
    int width_px = cell < 0 ? page->width_px
                            : g_array_index(page->cells, ReadCell, cell).box_px.width;
    return lines->len > 0 ? passage_of(lines, (int)number, width_px) : NULL;
}

static void add_passages(const Sheets *sheets, guint number, GPtrArray *passages)
{
    const PageReading *page = sheets->pages->pdata[number];
    int text_height_px = page_text_height_px(page);
    for (int cell = -1; cell < (int)page->cells->len; cell++) {
        Passage *passage = passage_of_cell(sheets, number, cell, text_height_px);
        if (passage != NULL)
            g_ptr_array_add(passages, passage);
    }
}

static bool take_match(PaperField *field, const Passage *passage, const PageReading *page,
                       const GRegex *regex)
{
    g_autoptr(GMatchInfo) match = NULL;
    int start, end;
    if (!g_regex_match(regex, passage->text->str, 0, &match))
        return false;
    bool is_named = g_regex_get_string_number(regex, "value") > 0;
    if (!(is_named ? g_match_info_fetch_named_pos(match, "value", &start, &end)
                   : g_match_info_fetch_pos(match, 1, &start, &end)) ||
        start < 0 || end <= start)
        return false;
    int doubt_start = -1, doubt_end = -1;
    if (g_regex_get_string_number(regex, "doubt") > 0)
        g_match_info_fetch_named_pos(match, "doubt", &doubt_start, &doubt_end);
    field->is_unread |= doubt_end > doubt_start;
    g_auto(Span) span = {0};
    span_init(&span, passage->page);
    for (guint i = 0; i < passage->refs->len; i++) {
        int at = g_array_index(passage->starts, int, i);
        GlyphRef ref = g_array_index(passage->refs, GlyphRef, i);
        if (at >= start && at < end)
            span_add_line(&span, ref.line, ref.glyph, ref.glyph + 1);
    }
    field_take_value(field, &span);
    for (guint i = 0; i < field->inks->len; i++) {
        const Ink *ink = field->inks->pdata[i];
        field->is_unread |= page_is_covered(page, ink->box_px);
    }
    return field->raw != NULL;
}

bool text_read_field(PaperField *field, const Sheets *sheets)
{
    g_autoptr(GPtrArray) passages =
        g_ptr_array_new_with_free_func((GDestroyNotify)passage_free);
    for (guint i = 0; i < sheets->numbers->len; i++)
        add_passages(sheets, g_array_index(sheets->numbers, guint, i), passages);
    for (int k = 0; field->decl->finds[k] != NULL; k++) {
        g_autoptr(GRegex) regex = g_regex_new(field->decl->finds[k], 0, 0, NULL);
        for (guint i = 0; regex != NULL && i < passages->len; i++) {
            const Passage *passage = passages->pdata[i];
            if (take_match(field, passage, sheets->pages->pdata[passage->page], regex))
                return true;
        }
    }
    return false;
}

static const FieldDecl *holder_of(const ClassDecl *decl)
{
    for (guint i = 0; decl->holder != NULL && i < decl->fields->len; i++) {
        const FieldDecl *field = decl->fields->pdata[i];
        if (strcmp(field->key, decl->holder) == 0)
            return field;
    }
    return NULL;
}

static bool take_in_cell(PaperField *field, const Sheets *sheets, const Block *cell,
                         const GRegex *regex)
{
    const PageReading *page = sheets->pages->pdata[cell->page];
    Passage *passage =
        passage_of_cell(sheets, (guint)cell->page, cell->cell, page_text_height_px(page));
    bool is_read = passage != NULL && take_match(field, passage, page, regex);
    g_clear_pointer(&passage, passage_free);
    return is_read;
}

bool text_read_beside_holder(PaperField *field, const Sheets *sheets)
{
    const FieldDecl *holder = holder_of(sheets->decl);
    const Block *label = holder != NULL ? sheets_label(sheets, holder) : NULL;
    if (label == NULL || field->decl->kind != KIND_HOLDER_NUMBER ||
        field->decl->pattern == NULL)
        return false;
    g_autoptr(GPtrArray) right = sheets_right_of(sheets, label);
    g_autoptr(GRegex) regex = g_regex_new(field->decl->pattern, 0, 0, NULL);
    bool is_read = false;
    for (guint i = 0; regex != NULL && i < right->len && !is_read; i++)
        is_read = take_in_cell(field, sheets, right->pdata[i], regex);
    return is_read;
}
