/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From glyphs to a value's inks: labels, hints, units and blank lines taken off. */
#include "papers/private.h"

#include "base/text.h"

/* Hints and notes are long: a third may be misread. */
#define HINT_SHARE_WRONG 0.40
#define HINT_MIN_CHARACTERS 4
/* How much of a value's ink, along its line, a number by hand must have. */
#define SAME_INK_SHARE 0.8
/* Where nothing else is read as a digit it may be a rest of what is printed. */
#define SURE_HAND_NUMBER 0.8
/* Of a model's confidence: a box that was read as a character has less. */
#define SURE_CHARACTER 0.95
/* Lines of which nothing was read are writing where they are so high and so long. */
#define WRITING_MIN_PX 14
#define WRITING_MIN_HEIGHTS 3

void span_init(Span *span, int page)
{
    span->page = page;
    span->refs = g_array_new(false, false, sizeof(GlyphRef));
    span->whole = g_ptr_array_new();
    span->has_skipped = false;
}

void span_clear(Span *span)
{
    g_array_unref(span->refs);
    g_ptr_array_unref(span->whole);
}

/* Whether @line is ink of a line's size that no character was read of. */
static bool is_unreadable(const TextLine *line)
{
    return (line->glyphs == NULL || line->glyphs->len == 0) &&
           line->box_px.height >= WRITING_MIN_PX &&
           line->box_px.width >= WRITING_MIN_HEIGHTS * line->box_px.height;
}

void span_add_line(Span *span, const TextLine *line, int from_glyph, int to_glyph)
{
    int count = line->glyphs != NULL ? (int)line->glyphs->len : 0;
    span->has_skipped |= line->is_skipped || is_unreadable(line);
    for (int i = MAX(from_glyph, 0); i < MIN(to_glyph, count); i++) {
        GlyphRef ref = {line, i};
        g_array_append_val(span->refs, ref);
    }
    if (from_glyph <= 0 && to_glyph >= count)
        g_ptr_array_add(span->whole, (gpointer)line);
}

static const Glyph *glyph_of(GlyphRef ref)
{
    return &g_array_index(ref.line->glyphs, Glyph, ref.glyph);
}

/* The span's characters as one run with their places among its refs. */
static Run span_run(const GArray *refs, GArray *places)
{
    Run run;
    run_init(&run);
    for (guint i = 0; i < refs->len; i++) {
        GlyphRef ref = g_array_index(refs, GlyphRef, i);
        g_autofree char *bare = text_bare(glyph_of(ref)->text);
        for (const char *p = bare; *p != '\0'; p = g_utf8_next_char(p)) {
            g_array_append_val(run.refs, ref);
            g_array_append_val(places, i);
        }
        g_string_append(run.bare, bare);
    }
    return run;
}

static void cut(GArray *refs, guint first, guint end)
{
    if (end > first)
        g_array_remove_range(refs, first, end - first);
}

/* Takes @text out of @refs where it stands. @is_at_end: only as the end of a value.
 * Returns: whether it was there */
static bool take_off(GArray *refs, const char *text, double share_wrong, bool is_at_end)
{
    g_autoptr(GArray) places = g_array_new(false, false, sizeof(guint));
    g_auto(Run) run = span_run(refs, places);
    int start, end;
    if (run_find(&run, text, 0, share_wrong, &start, &end) < 0 || end <= start)
        return false;
    if (is_at_end && end != run_length(&run))
        return false;
    guint first = g_array_index(places, guint, start);
    guint last = g_array_index(places, guint, end - 1);
    cut(refs, first, is_at_end ? refs->len : last + 1);
    return true;
}

/* Takes everything from @text on. */
static void cut_from(GArray *refs, const char *text)
{
    g_autofree char *bare = text_bare(text);
    if (*bare == '\0') { /* punctuation: compare glyphs themselves, folded */
        g_autofree char *stop = text_folded(text);
        for (guint i = 0; i < refs->len; i++) {
            g_autofree char *glyph =
                text_folded(glyph_of(g_array_index(refs, GlyphRef, i))->text);
            if (strcmp(glyph, stop) == 0) {
                cut(refs, i, refs->len);
                return;
            }
        }
        return;
    }
    g_autoptr(GArray) places = g_array_new(false, false, sizeof(guint));
    g_auto(Run) run = span_run(refs, places);
    int start, end;
    if (run_find(&run, text, 0, label_tolerance(bare), &start, &end) >= 0)
        cut(refs, g_array_index(places, guint, start), refs->len);
}

/* What recognition makes of a line to write on, or of a colon after a label. */
static bool is_filler(const char *glyph)
{
    static const char *const fillers[] = {
        "_", "-",  "—", "–", "一", "﹍", "ˍ", "…",  ".", "·", ",", "、", ":",  "：",
        ";", "；", "|", "'", "‘",  "’",  "`", "\"", "“", "”", "~", "。", "，", NULL};
    for (int i = 0; fillers[i] != NULL; i++)
        if (strcmp(glyph, fillers[i]) == 0)
            return true;
    return false;
}

static void trim_fillers(GArray *refs)
{
    while (refs->len > 0) {
        const char *first = glyph_of(g_array_index(refs, GlyphRef, 0))->text;
        /* the label's own closing bracket */
        if (!is_filler(first) && strcmp(first, ")") != 0 && strcmp(first, "）") != 0)
            break;
        g_array_remove_index(refs, 0);
    }
    while (refs->len > 0 &&
           is_filler(glyph_of(g_array_index(refs, GlyphRef, refs->len - 1))->text))
        g_array_remove_index(refs, refs->len - 1);
}

static bool is_numeric(FieldKind kind)
{
    return kind == KIND_NUMBER || kind == KIND_DIGITS || kind == KIND_PHONE ||
           kind == KIND_RESIDENT_ID || kind == KIND_HOLDER_NUMBER || kind == KIND_DATE;
}

static bool has_digit(const GArray *refs)
{
    for (guint i = 0; i < refs->len; i++)
        if (g_unichar_isdigit(
                g_utf8_get_char(glyph_of(g_array_index(refs, GlyphRef, i))->text)))
            return true;
    return false;
}

static bool is_digit_at(const GArray *refs, guint index)
{
    return g_unichar_isdigit(
        g_utf8_get_char(glyph_of(g_array_index(refs, GlyphRef, index))->text));
}

/* A measure is its digits: what is printed around them is its unit, however misread. */
static void trim_to_digits(GArray *refs)
{
    while (refs->len > 0 && !is_digit_at(refs, refs->len - 1))
        g_array_remove_index(refs, refs->len - 1);
    while (refs->len > 0 && !is_digit_at(refs, 0))
        g_array_remove_index(refs, 0);
}

static guint longest_unit(const FieldDecl *decl)
{
    guint longest = 3; /* 年 月 日 */
    for (guint i = 0; decl->units != NULL && decl->units[i] != NULL; i++)
        longest = MAX(longest, (guint)g_utf8_strlen(decl->units[i], -1));
    return longest;
}

/* Recognition puts quotes where a gap is wide; no name, number or place has any. */
static void drop_quotes(GArray *refs)
{
    static const char *const quotes[] = {"“", "”", "\"", "‘", "’", "'", "`", NULL};
    for (guint i = refs->len; i-- > 0;)
        if (g_strv_contains(quotes, glyph_of(g_array_index(refs, GlyphRef, i))->text))
            g_array_remove_index(refs, i);
}

/* Keeps what the first group of the field's pattern matches: of
 * 宗地面积1200㎡/房屋建筑面积 98㎡ the building's; or its group "value". A pattern
 * without a group only checks. Returns: false where its group "doubt" matched what may be
 * of the value */
static bool keep_group(const FieldDecl *decl, GArray *refs)
{
    if (decl->pattern == NULL || strchr(decl->pattern, '(') == NULL)
        return true;
    g_autoptr(GRegex) regex = g_regex_new(decl->pattern, 0, 0, NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GArray) starts = g_array_new(false, false, sizeof(int));
    g_autoptr(GMatchInfo) match = NULL;
    for (guint i = 0; i < refs->len; i++) {
        g_autofree char *folded =
            text_folded(glyph_of(g_array_index(refs, GlyphRef, i))->text);
        int at = (int)text->len;
        g_array_append_val(starts, at);
        g_string_append(text, folded);
    }
    int start, end, doubt_start = -1, doubt_end = -1;
    if (regex == NULL || !g_regex_match(regex, text->str, 0, &match))
        return true;
    bool is_named = g_regex_get_string_number(regex, "value") > 0;
    if (!(is_named ? g_match_info_fetch_named_pos(match, "value", &start, &end)
                   : g_match_info_fetch_pos(match, 1, &start, &end)) ||
        start < 0)
        return true;
    for (guint i = refs->len; i-- > 0;)
        if (g_array_index(starts, int, i) < start || g_array_index(starts, int, i) >= end)
            g_array_remove_index(refs, i);
    if (g_regex_get_string_number(regex, "doubt") > 0)
        g_match_info_fetch_named_pos(match, "doubt", &doubt_start, &doubt_end);
    return doubt_end <= doubt_start;
}

/* 男 or 女 and nothing more: what follows is the next label, misread. */
static void keep_sex(GArray *refs)
{
    for (guint i = 0; i < refs->len; i++) {
        const char *glyph = glyph_of(g_array_index(refs, GlyphRef, i))->text;
        if (strcmp(glyph, "男") == 0 || strcmp(glyph, "女") == 0) {
            cut(refs, i + 1, refs->len);
            cut(refs, 0, i);
            return;
        }
    }
}

/* Whether one of @refs, where no digit was read, is a number by hand for all that is
 * known: it is no print, or nobody can tell where it stands. */
static bool has_strange_ink(const GArray *refs)
{
    for (guint i = 0; i < refs->len; i++) {
        GlyphRef ref = g_array_index(refs, GlyphRef, i);
        const HandTrace *trace = &glyph_of(ref)->trace;
        if (ref.line->is_untraced || trace_is_strange(trace))
            return true;
    }
    return false;
}

/* The number by hand on @line that has most of the ink in @box_px; or NULL */
static const HandNumber *hand_number_at(const TextLine *line, Rect box_px)
{
    for (guint i = 0; line->hand_numbers != NULL && i < line->hand_numbers->len; i++) {
        const HandNumber *number = &g_array_index(line->hand_numbers, HandNumber, i);
        if (rect_overlap_x(box_px, number->box_px) >= SAME_INK_SHARE * box_px.width)
            return number;
    }
    return NULL;
}

/* Whether the model for numbers by hand reads one where the others see no digit. */
static bool has_hand_number(const GArray *refs)
{
    for (guint i = 0; i < refs->len; i++) {
        GlyphRef ref = g_array_index(refs, GlyphRef, i);
        const HandNumber *number = hand_number_at(ref.line, glyph_of(ref)->box_px);
        if (number != NULL && number->confidence >= SURE_HAND_NUMBER &&
            strpbrk(number->text, "0123456789") != NULL)
            return true;
    }
    return false;
}

/* What a measure's unit begins with, whatever was read behind it: the 3 of M³ is no
 * value.
 */
static void cut_from_power(GArray *refs)
{
    for (guint i = 0; i + 1 < refs->len; i++) {
        const char *glyph = glyph_of(g_array_index(refs, GlyphRef, i))->text;
        g_autofree char *next =
            text_folded(glyph_of(g_array_index(refs, GlyphRef, i + 1))->text);
        if (g_ascii_strcasecmp(glyph, "m") != 0 ||
            (strcmp(next, "2") != 0 && strcmp(next, "3") != 0))
            continue;
        cut(refs, i, refs->len);
        return;
    }
}

/* Takes off what is printed around the value.
 * Returns: false where ink was taken off that may be the value */
static bool clean(const FieldDecl *decl, GArray *refs)
{
    bool is_clean = keep_group(decl, refs);
    if (decl->kind == KIND_SEX)
        keep_sex(refs);
    if (decl->kind != KIND_TEXT)
        drop_quotes(refs);
    if (decl->kind == KIND_NUMBER)
        cut_from_power(refs);
    for (guint i = 0; decl->hints != NULL && decl->hints[i] != NULL; i++)
        take_off(refs, decl->hints[i], HINT_SHARE_WRONG, false);
    for (guint i = 0; decl->stop_labels != NULL && decl->stop_labels[i] != NULL; i++)
        cut_from(refs, decl->stop_labels[i]);
    /* A date's 年 月 日 stay: they say which number is which. */
    if (decl->kind != KIND_DATE)
        for (guint i = 0; decl->units != NULL && decl->units[i] != NULL; i++)
            if (take_off(refs, decl->units[i], label_tolerance(decl->units[i]), true))
                break;
    trim_fillers(refs);
    if (decl->kind == KIND_NUMBER && decl->max_lines <= 1 && has_digit(refs))
        trim_to_digits(refs);
    /* A printed form of a date or a measure without any digit was not filled in, if there
     * is no more of it than what is printed. */
    if ((decl->kind == KIND_DATE || decl->kind == KIND_NUMBER) && !has_digit(refs) &&
        refs->len <= longest_unit(decl) + 1 && !has_hand_number(refs)) {
        is_clean &= !has_strange_ink(refs);
        g_array_set_size(refs, 0);
    }
    return is_clean;
}

PaperField *paper_field_new(const FieldDecl *decl)
{
    PaperField *field = g_new0(PaperField, 1);
    field->decl = decl;
    field->inks = g_ptr_array_new_with_free_func((GDestroyNotify)ink_free);
    return field;
}

void field_add_ink(PaperField *field, int page, Rect box_px, const char *text,
                   double confidence)
{
    Ink *ink = g_new0(Ink, 1);
    ink->page = page;
    ink->box_px = box_px;
    ink->text = g_strdup(text);
    ink->confidence = ink->weakest = confidence;
    g_ptr_array_add(field->inks, ink);
}

/* The longest row of digits in @text: what a number is when the words around it were read
 * otherwise. Returns: owned */
static char *longest_digits(const char *text)
{
    const char *best = text;
    size_t best_length = 0;
    for (const char *p = text; *p != '\0';) {
        size_t length = strspn(p, "0123456789");
        if (length > best_length) {
            best = p;
            best_length = length;
        }
        p += MAX(length, 1);
    }
    return g_strndup(best, best_length);
}

/* The same part of a second reading of the line: known text at its ends is taken off by
 * comparing the readings, character by character from both ends. */
static char *same_part(const TextLine *line, const GArray *kept, const char *other,
                       FieldKind kind)
{
    if (other == NULL)
        return NULL;
    guint count = line->glyphs->len;
    guint before = count, after = count;
    for (guint i = 0; i < kept->len; i++) {
        GlyphRef ref = g_array_index(kept, GlyphRef, i);
        if (ref.line != line)
            continue;
        before = MIN(before, (guint)ref.glyph);
        after = MIN(after, count - 1 - (guint)ref.glyph);
    }
    g_autofree char *dense = g_strdup(other);
    g_strdelimit(dense, " ", '\x01');
    g_auto(GStrv) pieces = g_strsplit(dense, "\x01", -1);
    g_autofree char *text = g_strjoinv("", pieces);
    glong length = g_utf8_strlen(text, -1);
    /* A different length means that one of them lost or split a character, of the words
     * around it maybe. */
    if (length != (glong)count && kind == KIND_DIGITS && (before > 0 || after > 0))
        return longest_digits(text);
    if (length != (glong)count && before == 0 && after == 0)
        return g_strdup(other);
    if (length != (glong)count) {
        char *part = part_of_other(line, before, count - after, text);
        return part != NULL ? part : g_steal_pointer(&text);
    }
    return g_utf8_substring(text, before, length - (glong)after);
}

/* The digits-only reading has no glyphs for the words around the number: it is used
 * where the line is the number alone, or where nothing but words is around it. */
static char *digits_part(const TextLine *line, const GArray *kept)
{
    int digits_in_value = 0, digits_in_line = 0;
    if (line->digits_text == NULL)
        return NULL;
    for (guint i = 0; i < line->glyphs->len; i++)
        digits_in_line += g_ascii_isdigit(g_array_index(line->glyphs, Glyph, i).text[0]);
    for (guint i = 0; i < kept->len; i++) {
        GlyphRef ref = g_array_index(kept, GlyphRef, i);
        digits_in_value += ref.line == line && g_ascii_isdigit(glyph_of(ref)->text[0]);
    }
    return digits_in_value == digits_in_line ? g_strdup(line->digits_text) : NULL;
}

static Rect glyphs_box(const TextLine *line, const GArray *kept)
{
    Rect box = {0};
    guint count = 0;
    for (guint i = 0; i < kept->len; i++) {
        GlyphRef ref = g_array_index(kept, GlyphRef, i);
        if (ref.line == line) {
            box = rect_union(box, glyph_of(ref)->box_px);
            count++;
        }
    }
    if (count == line->glyphs->len || rect_is_empty(box))
        return line->box_px;
    /* Recognition knows columns roughly and rows not at all. */
    Rect span = {box.x, line->box_px.y, box.width, line->box_px.height};
    Rect inside = rect_intersection(span, line->box_px);
    return rect_is_empty(inside) ? line->box_px : inside;
}

/* What the ink of the characters @kept of @line says for a hand. */
static void take_hand_odds(Ink *ink, const TextLine *line, const GArray *kept)
{
    g_autoptr(GPtrArray) glyphs = g_ptr_array_new();
    for (guint i = 0; i < kept->len; i++) {
        GlyphRef ref = g_array_index(kept, GlyphRef, i);
        if (ref.line == line)
            g_ptr_array_add(glyphs, (gpointer)glyph_of(ref));
    }
    ink->is_untraced = line->is_untraced;
    ink->hand_count = glyphs_hand_odds(line, (const Glyph *const *)glyphs->pdata,
                                       glyphs->len, &ink->hand_odds);
}

/* The number by hand whose ink is that of @ink. It may begin before it and end behind it:
 * what both models of words take for no digit is cut off a number. */
static void take_hand_number(Ink *ink, const TextLine *line)
{
    const HandNumber *number = hand_number_at(line, ink->box_px);
    if (number == NULL)
        return;
    ink->hand_number = g_strdup(number->text);
    ink->hand_number_confidence = number->confidence;
}

/* From the first glyph of @line that is in @kept to the last. */
static void take_hand_words(Ink *ink, const TextLine *line, const GArray *kept)
{
    guint from = line->glyphs->len, to = 0;
    for (guint i = 0; i < kept->len; i++) {
        GlyphRef ref = g_array_index(kept, GlyphRef, i);
        if (ref.line != line)
            continue;
        from = MIN(from, (guint)ref.glyph);
        to = MAX(to, (guint)ref.glyph + 1);
    }
    ink_take_hand_words(ink, line, from, to);
}

static void add_line_ink(PaperField *field, int page, const TextLine *line,
                         const GArray *kept)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GArray) sureness = g_array_new(false, false, sizeof(double));
    double sum = 0, weakest = 1;
    int count = 0;
    for (guint i = 0; i < kept->len; i++) {
        GlyphRef ref = g_array_index(kept, GlyphRef, i);
        if (ref.line != line)
            continue;
        const Glyph *glyph = glyph_of(ref);
        g_string_append(text, glyph->text);
        g_array_append_val(sureness, glyph->confidence);
        sum += glyph->confidence;
        weakest = MIN(weakest, glyph->confidence);
        count++;
    }
    if (count == 0)
        return;
    field_add_ink(field, page, glyphs_box(line, kept), text->str, sum / count);
    Ink *ink = field->inks->pdata[field->inks->len - 1];
    ink->weakest = weakest;
    if (g_utf8_strlen(text->str, -1) == (glong)sureness->len)
        ink->sureness = g_steal_pointer(&sureness);
    ink->is_from_file = line->is_from_file;
    take_hand_odds(ink, line, kept);
    take_hand_words(ink, line, kept);
    ink->second_text = same_part(line, kept, line->second_text, field->decl->kind);
    ink->outvoted_text = same_part(line, kept, line->outvoted_text, field->decl->kind);
    if (is_numeric(field->decl->kind)) {
        ink->digits_text = digits_part(line, kept);
        take_hand_number(ink, line);
    }
}

/* Whether recognition is sure of a Chinese character where @tick was found, which is no
 * square without fault: 有 and 线 in bold type look like ticked boxes. */
static bool is_read_character(const Glyph *glyph, const TickMark *tick)
{
    return tick->state != TICK_EMPTY && tick->squareness < FLAWLESS_SQUARENESS &&
           glyph->confidence >= SURE_CHARACTER &&
           text_is_han(g_utf8_get_char(glyph->text));
}

bool span_drop_boxes(Span *span, const PageReading *page, int cell)
{
    bool is_doubtful = false;
    for (guint i = span->refs->len; i-- > 0;) {
        GlyphRef ref = g_array_index(span->refs, GlyphRef, i);
        const Glyph *glyph = &g_array_index(ref.line->glyphs, Glyph, ref.glyph);
        for (guint k = 0; k < page->ticks->len; k++) {
            const TickMark *tick = &g_array_index(page->ticks, TickMark, k);
            int shared = rect_overlap_x(glyph->box_px, tick->box_px);
            if (tick->cell != cell ||
                rect_overlap_y(ref.line->box_px, tick->box_px) <= 0 ||
                shared * 2 <= MIN(glyph->box_px.width, tick->box_px.width))
                continue;
            if (is_read_character(glyph, tick)) {
                is_doubtful = true;
                continue;
            }
            g_array_remove_index(span->refs, i);
            break;
        }
    }
    return is_doubtful;
}

void field_take_value(PaperField *field, const Span *span)
{
    g_autoptr(GArray) kept = g_array_copy(span->refs);
    const TextLine *last = NULL;
    field->is_found = true;
    field->is_unread |= span->has_skipped;
    field->is_unread |= !clean(field->decl, kept);
    g_autoptr(GString) raw = g_string_new(NULL);
    double sum = 0;
    for (guint i = 0; i < kept->len; i++) {
        GlyphRef ref = g_array_index(kept, GlyphRef, i);
        if (ref.line != last)
            add_line_ink(field, span->page, ref.line, kept);
        last = ref.line;
        g_string_append(raw, glyph_of(ref)->text);
        sum += glyph_of(ref)->confidence;
    }
    field->confidence = kept->len > 0 ? sum / kept->len : 0;
    if (kept->len > 0)
        field->raw = text_without_cjk_spaces(raw->str);
}
