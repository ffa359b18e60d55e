/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words by hand: which lines may be, and what the model for those makes of each. Beside
 * print it knows what running hands make of it, and print it reads worse than the others:
 * so it is asked for nothing else. */
#include "reading/private.h"

/* Logarithms of the odds. Alone on its page a line is asked for above the first, of so
 * few characters above the second; on one that is written on all but plain print is. Of
 * 1165 printed values 12 were above the first. */
#define LEAST_ODDS 0.0
#define LEAST_ODDS_OF_FEW 3.0
#define FEW_CHARACTERS 2
#define PRINTED_ODDS (-3.4)
/* Where nobody can tell the characters' places, so many of them are by hand more often
 * than not, and so are fewer that were not read surely. */
#define UNTRACED_MIN_CHARACTERS 4
#define SURE_PRINT 0.9
#define UNTRACED_MIN_LINES 3
/* Beside a printed label the value is the rest of its line: so many of its characters. */
#define STRANGE_MIN 2

static guint count_strange(const TextLine *line)
{
    guint strange = 0;
    for (guint i = 0; i < line->glyphs->len; i++)
        strange += trace_is_strange(&g_array_index(line->glyphs, Glyph, i).trace);
    return strange;
}

bool line_may_be_by_hand(const TextLine *line, bool is_page_written)
{
    if (!text_line_is_read(line) || line->glyphs->len == 0)
        return false;
    double odds = 0;
    guint known = line_hand_odds(line, &odds);
    if (line->is_untraced)
        return is_page_written || line->glyphs->len >= UNTRACED_MIN_CHARACTERS ||
               line->confidence < SURE_PRINT;
    if (known == 0)
        return false;
    if (is_page_written)
        return odds > PRINTED_ODDS || count_strange(line) >= STRANGE_MIN;
    return odds > (known <= FEW_CHARACTERS ? LEAST_ODDS_OF_FEW : LEAST_ODDS);
}

bool lines_are_untraced(const GPtrArray *lines)
{
    int untraced = 0;
    for (guint i = 0; i < lines->len; i++) {
        const TextLine *line = lines->pdata[i];
        untraced += line->is_untraced && text_line_is_read(line) &&
                    line->glyphs->len >= UNTRACED_MIN_CHARACTERS &&
                    line->confidence < SURE_PRINT;
    }
    return untraced >= UNTRACED_MIN_LINES;
}

static bool read_words(const Reader *reader, TextLine *line, GError **error)
{
    Rect box = line->box_px;
    g_autoptr(PIX) crop = layout_line_crop(reader->layout, reader->sheet, box, NULL,
                                           LOOK_HEIGHT_PX, LOOK_BORDER_SHARE);
    if (crop == NULL)
        return true;
    double scale = (double)box.height / LOOK_HEIGHT_PX;
    Point offset = {rect_centre_x(box) - pixGetWidth(crop) * scale / 2,
                    rect_centre_y(box) - pixGetHeight(crop) * scale / 2};
    line->by_hand = g_new0(TextLine, 1);
    line->by_hand->box_px = box;
    line->by_hand->cell = line->cell;
    return engine_read_line(reader->engine, crop, READ_HAND, offset, scale, line->by_hand,
                            error);
}

bool hand_words_read(const Reader *reader, const GPtrArray *lines, GError **error)
{
    if (!engine_knows_hands(reader->engine))
        return true;
    bool is_page_written = lines_are_written(lines) || lines_are_untraced(lines);
    for (guint i = 0; i < lines->len; i++) {
        TextLine *line = lines->pdata[i];
        if (line_may_be_by_hand(line, is_page_written) &&
            !read_words(reader, line, error))
            return false;
    }
    return true;
}
