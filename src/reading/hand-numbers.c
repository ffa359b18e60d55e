/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers by hand: which pieces of a line may be one, and what the model for numbers
 * makes of each. Both models of words take digits by hand for anything: 1 for 了, 0 for
 * W. */
#include "base/text.h"
#include "reading/private.h"

#define DIGITS "0123456789"
#define DATE_WORDS "年月日"
#define SIGNS DIGITS "Xx.,-/" DATE_WORDS
/* Where nobody can tell the characters' places, those read so surely are print. */
#define SURE_PRINT 0.9
/* What is wholly by hand is a number where so many of its characters may be of one: names
 * and addresses are read as Chinese characters, whatever they say. */
#define NUMBER_SHARE 0.4
/* A digit or two by hand may be read as any character. */
#define FEW_CHARACTERS 3
/* The logarithm of the odds: a row of characters may be by hand from here on. */
#define LEAST_ODDS (-2.0)

static const Glyph *glyph_at(const TextLine *line, guint i)
{
    return &g_array_index(line->glyphs, Glyph, i);
}

static bool is_sign(const Glyph *glyph)
{
    return g_utf8_strchr(SIGNS, -1, g_utf8_get_char(glyph->text)) != NULL;
}

/* Signs around what is filled in. */
#define LABEL_SIGNS ":;()[]"

/* No shape of a letter or a sign is known, so nothing tells whether it is print; numbers
 * by hand are read as such often, and print has letters in units alone. */
static bool is_letter(const Glyph *glyph)
{
    return g_ascii_isgraph(glyph->text[0]) && !g_ascii_isdigit(glyph->text[0]) &&
           strchr(LABEL_SIGNS, glyph->text[0]) == NULL;
}

/* Whether @glyph is no print for all that is known. */
static bool is_strange(const TextLine *line, const Glyph *glyph)
{
    return line->is_untraced ? glyph->confidence < SURE_PRINT
                             : trace_is_strange(&glyph->trace);
}

/* How many glyphs of @line from @from to before @to are no print for all that is known.
 */
static guint count_strange(const TextLine *line, guint from, guint to)
{
    guint strange = 0;
    for (guint i = from; i < to; i++)
        strange += is_strange(line, glyph_at(line, i));
    return strange;
}

/* Whether these glyphs look like those of a number. A few that are the whole line may be
 * one whatever they are read as; of words there are always some that are worn. */
static bool is_like_number(const TextLine *line, guint from, guint to)
{
    guint ascii = 0;
    for (guint i = from; i < to; i++)
        ascii += is_sign(glyph_at(line, i)) || is_letter(glyph_at(line, i));
    bool is_few = from == 0 && to == line->glyphs->len && to <= FEW_CHARACTERS &&
                  count_strange(line, from, to) == to;
    return is_few || (ascii > 0 && ascii >= NUMBER_SHARE * (to - from));
}

/* Whether the ink of these glyphs may be by hand; of a few each has a say for itself,
 * unless others on the page are. */
static bool may_be_by_hand(const TextLine *line, guint from, guint to,
                           bool is_page_written)
{
    g_autofree const Glyph **glyphs = g_new(const Glyph *, to - from);
    double odds = 0;
    if (to - from <= FEW_CHARACTERS)
        return is_page_written || count_strange(line, from, to) * 2 >= to - from;
    for (guint i = from; i < to; i++)
        glyphs[i - from] = glyph_at(line, i);
    /* a print's own lines are not looked at, and nothing is known of their ink */
    return glyphs_hand_odds(line, glyphs, to - from, &odds) > 0 ? odds > LEAST_ODDS
                                                                : line->is_untraced;
}

/* Where the row of what may be of a number ends that begins at @from. */
static guint row_end(const TextLine *line, guint from)
{
    guint to = from;
    for (; to < line->glyphs->len; to++) {
        const Glyph *glyph = glyph_at(line, to);
        if (!is_sign(glyph) && !is_letter(glyph) && !is_strange(line, glyph))
            break;
    }
    return to;
}

/* @to without a unit before it: letters, one of them small (kW, m2). */
static guint without_unit(const TextLine *line, guint from, guint to)
{
    guint start = to;
    bool has_small = false;
    if (start > from && strchr("23", glyph_at(line, start - 1)->text[0]) != NULL)
        start--;
    for (; start > from && is_letter(glyph_at(line, start - 1)); start--)
        has_small |= g_ascii_islower(glyph_at(line, start - 1)->text[0]);
    return has_small ? start : to;
}

bool hand_number_next(const TextLine *line, bool is_page_written, guint *from, guint *to)
{
    for (guint first = *from; first < line->glyphs->len; first++) {
        guint end = row_end(line, first);
        *to = without_unit(line, first, end);
        if (*to > first && is_like_number(line, first, *to) &&
            may_be_by_hand(line, first, *to, is_page_written)) {
            *from = first;
            return true;
        }
        first = end;
    }
    return false;
}

/* The ink of a piece of @line: that of its glyphs, and what lies between it and its
 * neighbours. Returns: empty where there is none */
static Rect ink_of(const TextLine *line, guint from, guint to, PIX *ink)
{
    Rect box = line->box_px;
    if (from == 0 && to == line->glyphs->len)
        return box;
    int left = from > 0 ? rect_right(glyph_at(line, from - 1)->box_px) : box.x;
    int right = to < line->glyphs->len ? glyph_at(line, to)->box_px.x : rect_right(box);
    left = MIN(left, glyph_at(line, from)->box_px.x);
    right = MAX(right, rect_right(glyph_at(line, to - 1)->box_px));
    Rect page = {0, 0, pixGetWidth(ink), pixGetHeight(ink)};
    Rect piece = {left, box.y, right - left, box.height};
    piece = rect_intersection(rect_intersection(piece, box), page);
    if (rect_is_empty(piece))
        return (Rect){0};
    g_autoptr(BOX) clip = boxCreate(piece.x, piece.y, piece.width, piece.height);
    g_autoptr(BOX) tight = NULL;
    if (pixClipBoxToForeground(ink, clip, NULL, &tight) != 0 || tight == NULL)
        return (Rect){0};
    return (Rect){tight->x, tight->y, tight->w, tight->h};
}

/* @number: out: what is read of the ink in @box; its text is NULL where that is nothing
 */
static bool read_box(const Reader *reader, Rect box, HandNumber *number, GError **error)
{
    g_autoptr(PIX) crop = !rect_is_empty(box)
                              ? layout_line_crop(reader->layout, reader->sheet, box, NULL,
                                                 LOOK_HEIGHT_PX, LOOK_BORDER_SHARE)
                              : NULL;
    *number = (HandNumber){.box_px = box};
    if (crop == NULL)
        return true;
    TextLine *line = g_new0(TextLine, 1);
    bool is_read = engine_read_line(reader->engine, crop, READ_NUMERALS, (Point){0, 0}, 1,
                                    line, error);
    if (is_read && *line->text != '\0') {
        number->text = g_steal_pointer(&line->text);
        number->confidence = line->confidence;
    }
    text_line_free(line);
    return is_read;
}

static bool is_date(const char *text)
{
    return text != NULL &&
           g_regex_match_simple("^(19|20)\\d\\d年\\d{1,2}月\\d{1,2}日?$", text, 0, 0);
}

/* The next of 年月日 among the glyphs of @line from @from to before @to; @to: none */
static guint next_date_word(const TextLine *line, guint from, guint to)
{
    while (from < to && strstr(DATE_WORDS, glyph_at(line, from)->text) == NULL)
        from++;
    return from;
}

/* A date part by part, between its words as the models of words read them: they know 年
 * in any hand. @date: out: its text is NULL where it is none */
static bool read_date(const Reader *reader, const TextLine *line, guint from, guint to,
                      HandNumber *date, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    *date = (HandNumber){.confidence = 1};
    for (guint start = from; start < to;) {
        guint word = next_date_word(line, start, to);
        HandNumber part = {0};
        if (word > start &&
            !read_box(reader, ink_of(line, start, word, reader->layout->ink), &part,
                      error))
            return false;
        if (part.text != NULL) {
            g_string_append(text, part.text);
            date->confidence = MIN(date->confidence, part.confidence);
        }
        g_free(part.text);
        g_string_append(text, word < to ? glyph_at(line, word)->text : "");
        start = word + 1;
    }
    if (is_date(text->str))
        date->text = g_strdup(text->str);
    return true;
}

/* The glyphs of @line from @from to before @to as one number by hand. */
static bool read_piece(const Reader *reader, TextLine *line, guint from, guint to,
                       GError **error)
{
    HandNumber whole = {0}, date = {0};
    Rect box = ink_of(line, from, to, reader->layout->ink);
    if (!read_box(reader, box, &whole, error))
        return false;
    bool has_words = next_date_word(line, from, to) < to;
    if (has_words && !is_date(whole.text) &&
        !read_date(reader, line, from, to, &date, error)) {
        g_free(whole.text);
        return false;
    }
    if (date.text != NULL) {
        g_free(whole.text);
        whole.text = date.text;
        whole.confidence = date.confidence;
    }
    if (whole.text == NULL)
        return true;
    if (line->hand_numbers == NULL)
        line->hand_numbers = hand_numbers_new();
    g_array_append_val(line->hand_numbers, whole);
    return true;
}

bool hand_numbers_read(const Reader *reader, const GPtrArray *lines, GError **error)
{
    if (!engine_knows_numerals(reader->engine))
        return true;
    bool is_page_written = lines_are_written(lines);
    for (guint i = 0; i < lines->len; i++) {
        TextLine *line = lines->pdata[i];
        guint from = 0, to = 0;
        if (!text_line_is_read(line))
            continue;
        for (; hand_number_next(line, is_page_written, &from, &to); from = to)
            if (!read_piece(reader, line, from, to, error))
                return false;
    }
    return true;
}
