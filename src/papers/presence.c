/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is there ink where one signs? Print (the label, a line to sign on, 年 月 日 and the
 * date's digits) is no signature. */
#include "papers/private.h"

#include "base/text.h"

/* Ink smaller than this is dirt, larger than that surely somebody's; between: doubt. */
#define DIRT_MM 2.5
#define SURE_MM 4.0
/* On a seal print is read badly, and two of its characters may pass for strokes. */
#define SURE_ON_SEAL_MM 6.0
/* A seal's characters beside the page's: 173 of 22 px where a date is 51 px high. */
#define SEAL_REST_SHARE 0.75
/* Flatter strokes are lines to sign on. */
#define FLAT_MM 0.8
#define LABEL_MAX_START 3
#define BESIDE_HEIGHTS 1.5
/* A signature under its label is at most this high; the ring of a seal is higher. */
#define UNDER_LABEL_MM 14.0
#define LABEL_MIN_WIDTH 1.6
#define LABEL_GLYPHS 3
/* Print is no wider than this for each of its characters; a line to sign on is flatter.
 */
#define MARK_WIDTH_HEIGHTS 1.5
#define UNREAD_MIN_MM 2.0

/* A doubt, however much ink there is. */
static double doubt_mm(double ink_mm)
{
    return MIN(ink_mm, SURE_MM - 0.1);
}

/* Looks for a label in the first characters of a line: 签字 in the middle of a sentence
 * is not where one signs. Returns: the glyph after it, or -1 */
static int label_end(const TextLine *line, GStrv labels, double tolerance)
{
    g_auto(Run) run = {0};
    run_init(&run);
    run_add_line(&run, line);
    for (guint k = 0; labels[k] != NULL; k++) {
        int start, end;
        if (run_find(&run, labels[k], 0, tolerance, &start, &end) >= 0 &&
            start <= LABEL_MAX_START && end > start)
            return g_array_index(run.refs, GlyphRef, end - 1).glyph + 1;
    }
    return -1;
}

/* The line of @block that carries the field's label (签字), and where the label ends. A
 * signature over the label leaves one of its characters to be read. */
static const TextLine *label_line(const Block *block, GStrv labels, int *end_glyph)
{
    for (int pass = 0; pass < 2; pass++)
        for (guint i = block->lines->len; i-- > 0;) {
            const TextLine *line = block->lines->pdata[i];
            *end_glyph =
                text_line_is_sentence(line) ? -1 : label_end(line, labels, pass * 0.5);
            if (*end_glyph >= 0)
                return line;
        }
    return NULL;
}

static bool is_colon(const Glyph *glyph)
{
    return strcmp(glyph->text, ":") == 0 || strcmp(glyph->text, "：") == 0;
}

/* Whether @line looks like 签字：, whatever was read: so many characters of print, and a
 * colon behind them. */
static bool looks_like_label(const TextLine *line, int text_px)
{
    return line->glyphs != NULL && line->glyphs->len == LABEL_GLYPHS &&
           is_colon(&g_array_index(line->glyphs, Glyph, LABEL_GLYPHS - 1)) &&
           line->box_px.height <= PRINTED_MAX * text_px &&
           line->box_px.width >= LABEL_MIN_WIDTH * text_px &&
           line->box_px.width <= LABEL_WIDTH_HEIGHTS * text_px;
}

static bool has_date_words(const TextLine *line)
{
    return strstr(line->text, "年") != NULL || strstr(line->text, "月") != NULL ||
           strstr(line->text, "日") != NULL;
}

/* Marks that stand where one signs, and what lines to sign on are read as. Any other is
 * what recognition makes of strokes: 《》 of a small signature. */
#define PRINTED_MARKS ":：;；!！,，.。、·-—–_…()（）/~～|"

/* What is printed there: marks, 年 月 日 and a date's digits. Digits in a line of their
 * own are what recognition makes of strokes. */
static bool is_print(const char *glyph, bool is_date)
{
    return strstr(PRINTED_MARKS, glyph) != NULL || strcmp(glyph, "一") == 0 ||
           strcmp(glyph, "年") == 0 || strcmp(glyph, "月") == 0 ||
           strcmp(glyph, "日") == 0 || (is_date && g_ascii_isdigit(glyph[0]));
}

/* Where ink on @line, from glyph @from on, is no print; empty where there is none. */
static Rect foreign_ink(const TextLine *line, int from, const PageReading *page)
{
    Rect foreign = {0};
    int count = line->glyphs != NULL ? (int)line->glyphs->len : 0;
    bool is_date = has_date_words(line), is_marks = from == 0;
    for (int i = from; i < count; i++) {
        const Glyph *glyph = &g_array_index(line->glyphs, Glyph, i);
        is_marks &= !g_unichar_isalnum(g_utf8_get_char(glyph->text));
        if (!is_print(glyph->text, is_date))
            foreign = rect_union(foreign, rect_intersection(glyph->box_px, line->box_px));
    }
    /* ink that recognition makes nothing of at all, or no more than a mark or two */
    bool is_unexplained =
        is_marks && count * MARK_WIDTH_HEIGHTS * line->box_px.height < line->box_px.width;
    if (is_unexplained && mm_of(line->box_px.height, page) >= UNREAD_MIN_MM)
        foreign = line->box_px;
    return foreign;
}

static bool is_on_seal(Rect ink, const PageReading *page)
{
    for (guint i = 0; i < page->seals->len; i++) {
        Rect seal = g_array_index(page->seals, SealMark, i).box_px;
        if (!rect_is_empty(rect_intersection(ink, seal)))
            return true;
    }
    return false;
}

/* Whether a line lies in the row of the label or under it. */
static bool is_below(const TextLine *line, const TextLine *label)
{
    return line->box_px.y > label->box_px.y - label->box_px.height;
}

/* Whether @line begins above the row of @label and goes through it, as a high signature
 * does; on a seal it may be of that. */
static bool is_high_in_row(const TextLine *line, const TextLine *label,
                           const PageReading *page)
{
    return rect_overlap_y(line->box_px, label->box_px) * 2 >= label->box_px.height &&
           !is_on_seal(line->box_px, page);
}

/* Where the label itself was lost under the signature: the lines that share a row with
 * the date, or stand between the last sentence and it. What is wider than the label can
 * be is a signature. Returns: the surplus in mm; -1 where there is no such line */
static double signature_without_label_mm(const Block *block, const PageReading *page,
                                         Rect *where)
{
    const TextLine *sentence = NULL;
    double best_mm = -1;
    for (guint i = 0; i < block->lines->len; i++)
        if (text_line_is_sentence(block->lines->pdata[i]))
            sentence = block->lines->pdata[i];
    for (guint i = 0; i < block->lines->len && sentence != NULL; i++) {
        const TextLine *line = block->lines->pdata[i];
        if (text_line_is_sentence(line) ||
            line->box_px.x > rect_centre_x(block->box_px) ||
            line->box_px.y < rect_bottom(sentence->box_px) + sentence->box_px.height)
            continue;
        int label_px = (int)(LABEL_WIDTH_HEIGHTS * sentence->box_px.height);
        double surplus_mm = mm_of(line->box_px.width - label_px, page);
        /* The width may be that of a date, and of the line to sign on before it. */
        if (text_line_has_date(line))
            surplus_mm = doubt_mm(surplus_mm);
        if (surplus_mm > best_mm) {
            best_mm = surplus_mm;
            *where = line->box_px;
        }
    }
    return best_mm;
}

int page_text_height_px(const PageReading *page)
{
    g_autoptr(GArray) heights = g_array_new(false, false, sizeof(int));
    for (guint i = 0; i < page->lines->len; i++) {
        const TextLine *line = page->lines->pdata[i];
        if (line->glyphs != NULL && line->glyphs->len > 3)
            g_array_append_val(heights, line->box_px.height);
    }
    return median_px(heights);
}

bool is_seal_rest(const TextLine *line, const PageReading *page, int text_height_px)
{
    if (line->box_px.height >= SEAL_REST_SHARE * text_height_px)
        return false;
    for (guint i = 0; i < page->seals->len; i++)
        if (rect_contains_centre(g_array_index(page->seals, SealMark, i).box_px,
                                 line->box_px))
            return true;
    return false;
}

/* Rests of a lifted seal look like strokes. Returns: the width in mm of what in @ink is
 * surely none of a seal; pieces lower than @least_px do not count */
static double clear_mm(Rect ink, const PageReading *page, double least_px)
{
    int width_px = 0;
    for (guint i = 0; i < page->clear->len; i++) {
        Rect piece = g_array_index(page->clear, Rect, i);
        Rect common = rect_intersection(ink, piece);
        if (piece.height >= least_px && !rect_is_empty(common))
            width_px += common.width;
    }
    return mm_of(MIN(width_px, ink.width), page);
}

/* One signs beside the label. Ink above or below that row may be the ring of a seal that
 * a grey or black-and-white copy no longer tells from ink. */
static bool is_beside_label(Rect ink, const TextLine *label)
{
    double off_px = fabs(rect_centre_y(ink) - rect_centre_y(label->box_px));
    return off_px <= BESIDE_HEIGHTS * label->box_px.height;
}

/* The largest ink so far that may be somebody's. */
typedef struct {
    double mm; /* as far as it counts */
    Rect where;
} Trace;

static void keep_larger(Trace *trace, double ink_mm, Rect where)
{
    if (ink_mm > trace->mm)
        *trace = (Trace){ink_mm, where};
}

/* Where one signs. */
typedef struct {
    const TextLine *label; /* or the date's line; NULL: none was read */
    const PageReading *page;
    bool is_all_space; /* the cell holds the label and nothing else is printed there: one
                          signs under it as well */
} Space;

static bool is_under_label(Rect ink, const Space *space)
{
    return space->is_all_space && ink.y > space->label->box_px.y &&
           mm_of(ink.height, space->page) <= UNDER_LABEL_MM;
}

/* @ink_mm as far as it counts: what a seal may have made, what is away from the label or
 * without one is a doubt at most. */
static double counted_mm(double ink_mm, Rect ink, const Space *space)
{
    bool is_sure = space->label != NULL &&
                   (is_beside_label(ink, space->label) || is_under_label(ink, space)) &&
                   (!is_on_seal(ink, space->page) ||
                    clear_mm(ink, space->page, 0) >= SURE_ON_SEAL_MM);
    return is_sure ? ink_mm : doubt_mm(ink_mm);
}

/* The line that carries the date: it stands in the row of the label. */
static const TextLine *date_line(const Block *block)
{
    for (guint i = block->lines->len; i-- > 0;) {
        const TextLine *line = block->lines->pdata[i];
        if (!text_line_is_sentence(line) && has_date_words(line))
            return line;
    }
    return NULL;
}

/* Where the colon of a label ends that every character was misread of, and that a
 * signature follows on its line: as far behind its begin as a label is long. Returns: the
 * glyph after it, or -1 */
static int end_of_colon(const TextLine *line, int text_px)
{
    for (int i = 1; line->glyphs != NULL && i < MIN((int)line->glyphs->len, LABEL_GLYPHS);
         i++) {
        const Glyph *glyph = &g_array_index(line->glyphs, Glyph, i);
        int width = rect_right(glyph->box_px) - line->box_px.x;
        if (is_colon(glyph) && width >= LABEL_MIN_WIDTH * text_px &&
            width <= LABEL_WIDTH_HEIGHTS * text_px)
            return i + 1;
    }
    return -1;
}

/* A label of which every character was misread stands first in the row of the date, and
 * is as long as it is printed.
 * @end_glyph: out: where it ends
 * Returns: its line, or NULL */
static const TextLine *label_by_place(const Block *block, const PageReading *page,
                                      int *end_glyph)
{
    const TextLine *date = date_line(block), *first = NULL;
    for (guint i = 0; date != NULL && i < block->lines->len; i++) {
        const TextLine *line = block->lines->pdata[i];
        int least = MIN(line->box_px.height, date->box_px.height);
        if (rect_overlap_y(line->box_px, date->box_px) * 2 >= least &&
            (first == NULL || line->box_px.x < first->box_px.x))
            first = line;
    }
    if (first == NULL || first == date)
        return NULL;
    int text_px = page_text_height_px(page);
    *end_glyph =
        looks_like_label(first, text_px) ? LABEL_GLYPHS : end_of_colon(first, text_px);
    return *end_glyph > 0 ? first : NULL;
}

/* Ink on @line, from glyph @from on, that is no print. @ink: out, where it is
 * Returns: its length as far as it counts; a date that a seal made illegible is a doubt
 */
static double line_mm(const TextLine *line, int from, const Space *space, Rect *ink)
{
    *ink = foreign_ink(line, from, space->page);
    /* what is larger than print may be a narrow character of a signature */
    bool is_large = ink->height >= LARGER_THAN_PRINT * page_text_height_px(space->page);
    int long_px = is_large ? MAX(ink->width, ink->height) : ink->width;
    double ink_mm = counted_mm(mm_of(long_px, space->page), *ink, space);
    return has_date_words(line) && is_on_seal(*ink, space->page) ? doubt_mm(ink_mm)
                                                                 : ink_mm;
}

/* the length of @ink as far as it counts; 0 where it is flat, as a line to sign on */
static double loose_mm(const LooseInk *ink, const Space *space)
{
    Rect box = ink->box_px;
    if (mm_of(MIN(box.width, box.height), space->page) < FLAT_MM)
        return 0;
    return counted_mm(mm_of(MAX(box.width, box.height), space->page), box, space);
}

/* what the largest ink where one signs says */
static void set_presence(PaperField *field, int page_number, const Trace *largest)
{
    static const char *const present[] = {"present", NULL}, *const absent[] = {"absent",
                                                                               NULL};
    bool is_present = largest->mm >= SURE_MM;
    bool is_doubtful = !is_present && largest->mm >= DIRT_MM;
    field->is_found = true;
    if (!is_doubtful)
        field->ticked = g_strdupv((char **)(is_present ? present : absent));
    else
        field->unsure = g_strdupv((char **)present);
    field->confidence = is_doubtful ? 0.5 : 1;
    if (largest->mm >= DIRT_MM)
        field_add_ink(field, page_number, largest->where, "", field->confidence);
}

void field_take_presence_beside(PaperField *field, const PageReading *page,
                                int page_number, const TextLine *label, int end_glyph)
{
    Rect row = label->box_px, where;
    const Glyph *last = &g_array_index(label->glyphs, Glyph, end_glyph - 1);
    Space space = {label, page, false};
    int left_px = rect_right(last->box_px);
    Trace largest = {0};
    row.y -= row.height / 2;
    row.height *= 2;
    for (guint i = 0; i < page->lines->len; i++) {
        const TextLine *line = page->lines->pdata[i];
        if (rect_overlap_y(line->box_px, row) * 2 < line->box_px.height ||
            (line != label && line->box_px.x < left_px))
            continue;
        double ink_mm = line_mm(line, line == label ? end_glyph : 0, &space, &where);
        keep_larger(&largest, ink_mm, where);
    }
    for (guint i = 0; i < page->loose->len; i++) {
        const LooseInk *ink = &g_array_index(page->loose, LooseInk, i);
        if (rect_overlap_y(ink->box_px, row) > 0 && ink->box_px.x >= left_px)
            keep_larger(&largest, loose_mm(ink, &space), ink->box_px);
    }
    set_presence(field, page_number, &largest);
}

/* how much of what in @ink is clear of seals is larger than print, in mm of width */
static double larger_than_print_mm(Rect ink, const PageReading *page)
{
    return clear_mm(ink, page, LARGER_THAN_PRINT * page_text_height_px(page));
}

/* Where a seal took the label: strokes in the row of the date that the seal's ring
 * joined, most of them clear of it and larger than print. */
static void take_loose_on_seal(const Block *block, const Space *space, Trace *largest)
{
    for (guint i = 0; space->label != NULL && i < space->page->loose->len; i++) {
        const LooseInk *ink = &g_array_index(space->page->loose, LooseInk, i);
        if (ink->cell != block->cell || !is_on_seal(ink->box_px, space->page) ||
            larger_than_print_mm(ink->box_px, space->page) < SURE_ON_SEAL_MM)
            continue;
        double width_mm = mm_of(ink->box_px.width, space->page);
        keep_larger(largest, counted_mm(width_mm, ink->box_px, space), ink->box_px);
    }
}

/* The ink where the label was not read. Returns: false where no row can be its */
static bool trace_without_label(const Block *block, const Space *space, Trace *largest)
{
    largest->mm = signature_without_label_mm(block, space->page, &largest->where);
    if (largest->mm < 0)
        return false;
    /* never surely absent */
    largest->mm = MAX(counted_mm(largest->mm, largest->where, space), DIRT_MM);
    /* The label itself is ink that is none of the seal's: on a seal, surely present only
     * what is larger than its characters can be. */
    if (is_on_seal(largest->where, space->page) &&
        larger_than_print_mm(largest->where, space->page) < SURE_MM)
        largest->mm = doubt_mm(largest->mm);
    take_loose_on_seal(block, space, largest);
    return true;
}

static void trace_by_label(const Block *block, const Space *space, int end_glyph,
                           Trace *largest)
{
    const TextLine *label = space->label;
    for (guint i = 0; i < block->lines->len; i++) {
        const TextLine *line = block->lines->pdata[i];
        Rect ink;
        if (text_line_is_sentence(line) ||
            !(is_below(line, label) || is_high_in_row(line, label, space->page)))
            continue;
        double ink_mm = line_mm(line, line == label ? end_glyph : 0, space, &ink);
        keep_larger(largest, ink_mm, line->box_px);
    }
    for (guint i = 0; i < space->page->loose->len; i++) {
        const LooseInk *ink = &g_array_index(space->page->loose, LooseInk, i);
        if (ink->cell == block->cell &&
            rect_bottom(ink->box_px) > label->box_px.y - label->box_px.height)
            keep_larger(largest, loose_mm(ink, space), ink->box_px);
    }
}

/* Whether a black seal lies where one signs, behind the label: what is under it can not
 * be told from it, so that nobody surely did not sign. */
static bool is_space_sealed(const Block *block, const TextLine *label, int end_glyph,
                            const PageReading *page)
{
    const Glyph *last = &g_array_index(label->glyphs, Glyph, end_glyph - 1);
    int left = rect_right(last->box_px), height = label->box_px.height;
    Rect space = {left, label->box_px.y - height, rect_right(block->box_px) - left,
                  3 * height};
    for (guint i = 0; i < page->seals->len; i++) {
        const SealMark *seal = &g_array_index(page->seals, SealMark, i);
        if (!seal->is_red && !rect_is_empty(rect_intersection(space, seal->box_px)))
            return true;
    }
    return false;
}

/* Strokes beside a seal that are surely somebody's, whatever was read there. Returns:
 * whether there are any */
static bool take_clear_strokes(const Block *block, const Space *space, bool is_label,
                               int end_glyph, Trace *largest)
{
    Rect where = {0};
    if (space->label == NULL)
        return false;
    double mm = is_label ? clear_strokes_behind(block, space->page, space->label,
                                                end_glyph, &where)
                         : clear_strokes_before(block, space->page, space->label, &where);
    if (mm < (is_label ? SURE_MM : SURE_ON_SEAL_MM))
        return false;
    keep_larger(largest, mm, where);
    return true;
}

void field_take_presence(PaperField *field, const Block *block, const Sheets *sheets)
{
    const PageReading *page = sheets->pages->pdata[block->page];
    int end_glyph = 0;
    const TextLine *label = label_line(block, field->decl->labels, &end_glyph);
    const TextLine *guessed =
        label == NULL ? label_by_place(block, page, &end_glyph) : NULL;
    label = guessed != NULL ? guessed : label;
    Space space = {label != NULL ? label : date_line(block), page,
                   block->label_of != NULL && !has_seal_like_ink(block, page)};
    Trace largest = {0};
    /* never surely absent there */
    if (guessed != NULL ||
        (label != NULL && is_space_sealed(block, label, end_glyph, page)))
        keep_larger(&largest, DIRT_MM, label->box_px);
    bool is_place = label != NULL;
    if (is_place)
        trace_by_label(block, &space, end_glyph, &largest);
    else
        is_place = trace_without_label(block, &space, &largest);
    is_place |= take_clear_strokes(block, &space, label != NULL, end_glyph, &largest);
    if (is_place)
        set_presence(field, block->page, &largest);
}
