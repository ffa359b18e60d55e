/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields by labels inside lines: cards and certificates without a grid, and what a grid
 * did not give. */
#include "papers/private.h"

#include "base/text.h"

/* Gaps in units of the line's height: from a label to its value, and inside a value. A
 * photograph or the next column is further away. */
#define LABEL_GAP_HEIGHTS 9.0
#define VALUE_GAP_HEIGHTS 3.5
/* A further line of a value begins within this many heights under the last. */
#define NEXT_LINE_HEIGHTS 1.6
#define INDENT_HEIGHTS 1.5
/* A line of the same print is no higher than this. */
#define JOINED_HEIGHTS 1.6

/* Lines side by side on one page, left to right. */
typedef struct {
    int page;
    Rect box_px;
    GPtrArray *lines; /* const TextLine * */
    Run run;
    GArray *rungs; /* Rung: labels in it that are told by their places */
} LineRow;

static void line_row_free(LineRow *row)
{
    g_ptr_array_unref(row->lines);
    g_array_unref(row->rungs);
    run_clear(&row->run);
    g_free(row);
}

static int by_y(gconstpointer a, gconstpointer b)
{
    const TextLine *one = *(TextLine *const *)a, *other = *(TextLine *const *)b;
    return one->box_px.y != other->box_px.y ? one->box_px.y - other->box_px.y
                                            : one->box_px.x - other->box_px.x;
}

/* the number of the paper that @line is on, of a photo of several; else -1 */
static int paper_of(const PageReading *page, const TextLine *line)
{
    for (guint i = 0; i < page->papers->len; i++)
        if (rect_contains_centre(g_array_index(page->papers, Rect, i), line->box_px))
            return (int)i;
    return -1;
}

/* Gives @row its own of the page's @ladder. */
static void take_rungs(LineRow *row, const GArray *ladder)
{
    for (guint i = 0; i < ladder->len; i++) {
        Rung rung = g_array_index(ladder, Rung, i);
        if (g_ptr_array_find(row->lines, rung.line, NULL))
            g_array_append_val(row->rungs, rung);
    }
}

/* What the row of the first of @lines stands at: the longest of those beside it. The
 * first itself may be a piece of a border that lies half a line off. */
static const TextLine *longest_beside_first(const GPtrArray *lines,
                                            const PageReading *page)
{
    const TextLine *first = lines->pdata[0], *longest = first;
    for (guint i = 1; i < lines->len; i++) {
        const TextLine *line = lines->pdata[i];
        if (rect_overlap_y(line->box_px, first->box_px) * 2 >=
                MIN(line->box_px.height, first->box_px.height) &&
            paper_of(page, line) == paper_of(page, first) &&
            line->glyphs->len > longest->glyphs->len)
            longest = line;
    }
    return longest;
}

static void page_rows(const Sheets *sheets, guint number, GPtrArray *rows)
{
    const PageReading *page = sheets->pages->pdata[number];
    g_autoptr(GPtrArray) left = g_ptr_array_new();
    g_autoptr(GArray) steps = ladder_steps(page);
    g_autoptr(GArray) ladder = ladder_find(sheets->decl, steps);
    int text_height_px = page_text_height_px(page);
    for (guint i = 0; i < page->lines->len; i++) {
        const TextLine *line = page->lines->pdata[i];
        if (line->glyphs != NULL && line->glyphs->len > 0 &&
            !is_seal_rest(line, page, text_height_px))
            g_ptr_array_add(left, (gpointer)line);
    }
    g_ptr_array_sort(left, by_y);
    while (left->len > 0) {
        LineRow *row = g_new0(LineRow, 1);
        const TextLine *begin = left->pdata[0];
        Rect first = longest_beside_first(left, page)->box_px;
        int paper = paper_of(page, begin);
        row->page = (int)number;
        row->lines = g_ptr_array_new();
        row->rungs = g_array_new(false, false, sizeof(Rung));
        run_init(&row->run);
        for (guint i = 0; i < left->len;) {
            const TextLine *line = left->pdata[i];
            if (line == begin || (rect_overlap_y(line->box_px, first) * 2 >=
                                      MIN(line->box_px.height, first.height) &&
                                  paper_of(page, line) == paper)) {
                row->box_px = rect_union(row->box_px, line->box_px);
                g_ptr_array_add(row->lines, g_ptr_array_remove_index(left, i));
            } else {
                i++;
            }
        }
        lines_sort_by_left(row->lines);
        for (guint i = 0; i < row->lines->len; i++)
            run_add_line(&row->run, row->lines->pdata[i]);
        take_rungs(row, ladder);
        g_ptr_array_add(rows, row);
    }
}

static GPtrArray *all_rows(const Sheets *sheets)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)line_row_free);
    for (guint i = 0; i < sheets->numbers->len; i++)
        page_rows(sheets, g_array_index(sheets->numbers, guint, i), rows);
    return rows;
}

/* A label in a row: characters start..end of its run. */
typedef struct {
    const LineRow *row;
    int start, end;
    double similarity;
    bool is_unsure; /* where it ends: a character of it may be the value's */
} Found;

static Rect ref_box(const LineRow *row, int character)
{
    return run_box(&row->run, character, character + 1);
}

/* A label begins its line, or stands after a gap: 住址 inside an address is none. */
static bool begins_segment(const LineRow *row, int character)
{
    GlyphRef ref = g_array_index(row->run.refs, GlyphRef, character);
    if (ref.glyph == 0)
        return true;
    Rect here = ref_box(row, character);
    Rect before = g_array_index(ref.line->glyphs, Glyph, ref.glyph - 1).box_px;
    return here.x - rect_right(before) > 0.35 * ref.line->box_px.height;
}

/* A label that ends its line with another line beside it: text of the column before ran
 * so near that both were cut out as one (…建材销售；住所 | 开封市…). */
static bool ends_segment(const LineRow *row, int end)
{
    GlyphRef last = g_array_index(row->run.refs, GlyphRef, end - 1);
    return last.glyph + 1 == (int)last.line->glyphs->len &&
           last.line != row->lines->pdata[row->lines->len - 1];
}

/* A misread label may fit as well with the number's first digit in place of its last
 * character: no label ends in a digit. */
static int label_end_without_digits(const Run *run, int start, int end)
{
    while (end > start + 1) {
        const char *last = g_utf8_offset_to_pointer(run->bare->str, end - 1);
        if (!g_ascii_isdigit(*last))
            break;
        end--;
    }
    return end;
}

/* Whether @label ends the value of a field whose own label stands before it in the row:
 * 性别 女 民族 汉. Characters' places are too rough to rely on the gap between them. */
static bool is_expected(const ClassDecl *decl, const LineRow *row, const char *label,
                        int start)
{
    for (guint i = 0; i < decl->fields->len; i++) {
        const FieldDecl *other = decl->fields->pdata[i];
        if (other->stop_labels == NULL || other->labels == NULL ||
            !g_strv_contains((const char *const *)other->stop_labels, label))
            continue;
        for (guint k = 0; other->labels[k] != NULL; k++) {
            int from, end;
            if (run_find(&row->run, other->labels[k], 0, 0, &from, &end) >= 0 &&
                end < start)
                return true;
        }
    }
    return false;
}

/* Whether characters @start..@end are a part of a label that is not read: 姓名 in
 * 户主姓名. */
static bool is_in_other_label(const ClassDecl *decl, const LineRow *row, int start,
                              int end)
{
    for (guint k = 0; decl->other_labels != NULL && decl->other_labels[k] != NULL; k++) {
        int length = (int)g_utf8_strlen(decl->other_labels[k], -1), from, to;
        if (run_find(&row->run, decl->other_labels[k], MAX(0, start - length), 0, &from,
                     &to) >= 0 &&
            from <= start && to >= end)
            return true;
    }
    return false;
}

/* Whether the label of another field is nearer to what stands at @start than @similarity:
 * 原户主（签字） is no misread 新户主（签字）. */
static bool is_nearer_to_other(const ClassDecl *decl, const LineRow *row, GStrv labels,
                               int start, int end, double similarity)
{
    for (guint i = 0; similarity < 1 && i < decl->fields->len; i++) {
        const FieldDecl *other = decl->fields->pdata[i];
        for (guint k = 0;
             other->labels != labels && other->labels != NULL && other->labels[k] != NULL;
             k++) {
            g_autofree char *bare = text_bare(other->labels[k]);
            int from, to;
            if (run_find(&row->run, bare, start, label_tolerance(bare), &from, &to) >
                    similarity &&
                from <= start && to >= end)
                return true;
        }
    }
    return false;
}

/* Where in @row's run @rung's line begins; -1: not in it */
static int rung_start(const LineRow *row, const Rung *rung)
{
    for (int i = 0; i < run_length(&row->run); i++)
        if (g_array_index(row->run.refs, GlyphRef, i).line == rung->line)
            return i + rung->characters <= run_length(&row->run) ? i : -1;
    return -1;
}

/* The label of @field by its place among the others. */
static bool find_by_place(const FieldDecl *field, const GPtrArray *rows, Found *found)
{
    for (guint i = 0; i < rows->len; i++) {
        const LineRow *row = rows->pdata[i];
        for (guint k = 0; k < row->rungs->len; k++) {
            const Rung *rung = &g_array_index(row->rungs, Rung, k);
            int start = rung_start(row, rung);
            if (rung->field != field || start < 0)
                continue;
            *found = (Found){row, start, start + rung->characters, rung->share,
                             !rung->ends_surely};
            return true;
        }
    }
    return false;
}

static bool find_label(const ClassDecl *decl, const GPtrArray *rows, GStrv labels,
                       Found *found)
{
    found->similarity = -1;
    for (guint i = 0; i < rows->len; i++)
        for (guint k = 0; labels != NULL && labels[k] != NULL; k++) {
            const LineRow *row = rows->pdata[i];
            g_autofree char *bare = text_bare(labels[k]);
            int start, end;
            double similarity =
                run_find(&row->run, bare, 0, label_tolerance(bare), &start, &end);
            if (similarity < 0 || end <= start)
                continue;
            end = label_end_without_digits(&row->run, start, end);
            bool is_label = begins_segment(row, start) ||
                            is_expected(decl, row, labels[k], start) ||
                            (similarity == 1 && ends_segment(row, end));
            if (is_label && !is_in_other_label(decl, row, start, end) &&
                similarity > found->similarity &&
                !is_nearer_to_other(decl, row, labels, start, end, similarity))
                *found = (Found){row, start, end, similarity, false};
        }
    return found->similarity >= 0.5;
}

/* Where one of @labels begins in @row after @from, if before @nearest; else @nearest. */
static int nearest_label(const ClassDecl *decl, const LineRow *row, GStrv labels,
                         int from, int nearest)
{
    for (guint k = 0; labels != NULL && labels[k] != NULL; k++) {
        g_autofree char *bare = text_bare(labels[k]);
        int start, end;
        if (run_find(&row->run, bare, from, label_tolerance(bare), &start, &end) >= 0 &&
            start >= from && start < nearest &&
            (begins_segment(row, start) || is_expected(decl, row, labels[k], start)))
            nearest = start;
    }
    return nearest;
}

/* Where the next label begins in @row after @from; the row's end else. */
static int next_label(const Sheets *sheets, const LineRow *row, int from)
{
    const ClassDecl *decl = sheets->decl;
    int nearest =
        nearest_label(decl, row, decl->other_labels, from, run_length(&row->run));
    for (guint i = 0; i < decl->fields->len; i++) {
        const FieldDecl *field = decl->fields->pdata[i];
        nearest = nearest_label(decl, row, field->labels, from, nearest);
    }
    for (guint i = 0; i < row->rungs->len; i++) {
        int start = rung_start(row, &g_array_index(row->rungs, Rung, i));
        nearest = start >= from ? MIN(nearest, start) : nearest;
    }
    return nearest;
}

/* Adds glyphs of @row from character @from up to @to, ending at a wide gap. The glyphs
 * between the label and @from that are no characters (a colon) are left out.
 * Returns: right edge of what was added, or -1 */
static int add_row(Span *span, const LineRow *row, int from, int to, double first_gap)
{
    int right = -1;
    GlyphRef last = {NULL, -1};
    for (int i = from; i < to; i++) {
        GlyphRef ref = g_array_index(row->run.refs, GlyphRef, i);
        Rect box = ref_box(row, i);
        double gap = right < 0 ? 0 : box.x - right;
        int height = ref.line->box_px.height;
        /* what is far higher than the value is none of its print: a photograph */
        if (right >= 0 && height > JOINED_HEIGHTS * last.line->box_px.height)
            height = last.line->box_px.height;
        double most = (right < 0 ? first_gap : VALUE_GAP_HEIGHTS) * height;
        if (gap > most)
            break;
        if (ref.line == last.line && ref.glyph == last.glyph)
            continue;
        /* punctuation between two characters of one line belongs to the value */
        int first = ref.line == last.line ? last.glyph + 1 : ref.glyph;
        span_add_line(span, ref.line, first, ref.glyph + 1);
        last = ref;
        right = rect_right(box);
    }
    return right;
}

/* Whether something stands in @row under the label: then it is another field's row, even
 * where that label is not ours or was misread. */
static bool has_under_label(const LineRow *row, Rect label_px)
{
    for (int i = 0; i < run_length(&row->run); i++) {
        Rect box = ref_box(row, i);
        if (rect_overlap_x(box, label_px) * 2 > MIN(box.width, label_px.width))
            return true;
    }
    return false;
}

/* Whether under @last, where a value goes on, lies ink as high as print of which nothing
 * was read, or that is higher than a line: a character that dirt or a frame beside it was
 * joined with. */
static bool has_unread_ink(const PageReading *page, Rect last, int left_px, int height_px)
{
    Rect next = {left_px, rect_bottom(last), 2 * height_px,
                 (int)(NEXT_LINE_HEIGHTS * height_px)};
    for (guint i = 0; i < page->lines->len; i++) {
        const TextLine *line = page->lines->pdata[i];
        g_autofree char *bare = text_bare(line->text);
        Rect shared = rect_intersection(line->box_px, next);
        bool is_joined = line->box_px.height > JOINED_HEIGHTS * height_px;
        if ((*bare == '\0' || is_joined) && shared.width * 2 >= height_px &&
            shared.height * 2 >= height_px)
            return true;
    }
    return false;
}

/* Takes following rows that begin under the value and are no other field's.
 * Returns: false where more may stand there than was read */
static bool add_further_rows(Span *span, const Sheets *sheets, const GPtrArray *rows,
                             const LineRow *first, Rect label_px, int left_px,
                             int max_lines)
{
    Rect last = first->box_px;
    int height = first->box_px.height;
    bool is_whole = true;
    for (guint i = 0; i < rows->len && max_lines > 0; i++) {
        const LineRow *row = rows->pdata[i];
        if (row->page != first->page || row->box_px.y < last.y + last.height / 2)
            continue;
        if (row->box_px.y - rect_bottom(last) > NEXT_LINE_HEIGHTS * height)
            break;
        int from = 0, length = run_length(&row->run);
        while (from < length && rect_centre_x(ref_box(row, from)) < left_px)
            from++;
        if (from == length)
            continue;
        bool begins_left =
            from > 0 &&
            ref_box(row, from).x - rect_right(ref_box(row, from - 1)) < height;
        /* what stands further right is something else, dirt for one */
        if (ref_box(row, from).x > left_px + INDENT_HEIGHTS * 2 * height)
            continue;
        if (begins_left || has_under_label(row, label_px) ||
            next_label(sheets, row, 0) < length)
            break;
        const TextLine *line = g_array_index(row->run.refs, GlyphRef, from).line;
        if (add_row(span, row, from, length, VALUE_GAP_HEIGHTS) < 0)
            break;
        is_whole &= line->box_px.height <= JOINED_HEIGHTS * height;
        last = row->box_px;
        max_lines--;
    }
    const PageReading *page = sheets->pages->pdata[first->page];
    return is_whole && (max_lines == 0 || !has_unread_ink(page, last, left_px, height));
}

/* The value's own form says where it is: a certificate's number, an id number. */
static bool read_by_pattern(PaperField *field, const GPtrArray *rows)
{
    const char *pattern = field->decl->pattern;
    if (pattern == NULL && field->decl->kind == KIND_RESIDENT_ID)
        pattern = "[0-9]{17}[0-9Xx]";
    g_autoptr(GRegex) regex = pattern != NULL ? g_regex_new(pattern, 0, 0, NULL) : NULL;
    for (guint i = 0; regex != NULL && i < rows->len; i++) {
        const LineRow *row = rows->pdata[i];
        for (guint k = 0; k < row->lines->len; k++) {
            const TextLine *line = row->lines->pdata[k];
            g_autofree char *folded = text_bare(line->text); /* quotes and gaps out */
            if (!g_regex_match(regex, folded, 0, NULL) &&
                !(line->digits_text != NULL && field->decl->pattern == NULL &&
                  g_regex_match(regex, line->digits_text, 0, NULL)))
                continue;
            g_auto(Span) span = {0};
            span_init(&span, row->page);
            span_add_line(&span, line, 0, G_MAXINT);
            field_take_value(field, &span);
            return true;
        }
    }
    return false;
}

static bool read_in_rows(PaperField *field, const Sheets *sheets, const GPtrArray *rows)
{
    Found label = {0};
    if (field->decl->place == PLACE_PAGE)
        return read_by_pattern(field, rows);
    if (!find_label(sheets->decl, rows, field->decl->labels, &label) &&
        !find_by_place(field->decl, rows, &label))
        return field->decl->kind == KIND_RESIDENT_ID && !sheets->decl->is_form &&
               read_by_pattern(field, rows);
    const PageReading *page = sheets->pages->pdata[label.row->page];
    if (field->decl->kind == KIND_PRESENCE) {
        GlyphRef last = g_array_index(label.row->run.refs, GlyphRef, label.end - 1);
        field_take_presence_beside(field, page, label.row->page, last.line,
                                   last.glyph + 1);
        return true;
    }
    g_auto(Span) span = {0};
    span_init(&span, label.row->page);
    int to = next_label(sheets, label.row, label.end);
    add_row(&span, label.row, label.end, to, LABEL_GAP_HEIGHTS);
    int left_px = label.end < to ? ref_box(label.row, label.end).x
                                 : rect_right(ref_box(label.row, label.end - 1));
    Rect label_px =
        rect_union(ref_box(label.row, label.start), ref_box(label.row, label.end - 1));
    bool is_whole =
        field->decl->max_lines <= 1 ||
        add_further_rows(&span, sheets, rows, label.row, label_px,
                         left_px - label.row->box_px.height, field->decl->max_lines - 1);
    field_take_value(field, &span);
    field->is_unread |= !is_whole || label.is_unsure;
    for (guint i = 0; i < field->inks->len; i++) {
        const Ink *ink = field->inks->pdata[i];
        field->is_unread |= page_is_covered(page, ink->box_px);
    }
    return true;
}

bool lines_read_field(PaperField *field, const Sheets *sheets)
{
    /* Choices need their cell. */
    if (is_choice(field->decl))
        return false;
    /* On a form the same words stand in notes and options: only its own grid counts. */
    if (sheets->decl->is_form)
        return false;
    g_autoptr(GPtrArray) rows = all_rows(sheets);
    return read_in_rows(field, sheets, rows);
}

void lines_read_fields(Paper *paper, const Sheets *sheets)
{
    g_autoptr(GPtrArray) rows = all_rows(sheets);
    for (guint i = 0; i < paper->decl->fields->len; i++) {
        PaperField *field = paper_field_new(paper->decl->fields->pdata[i]);
        if (field->decl->finds != NULL)
            text_read_field(field, sheets);
        else
            read_in_rows(field, sheets, rows);
        g_ptr_array_add(paper->fields, field);
    }
}
