/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tick boxes and the options printed beside them. The ink says what is a box and whether
 * it is ticked; the text says only which option it belongs to. */
#include "papers/option-texts.h"

#include <stdlib.h>

/* Squares worse than this are kept out unless nothing better is there. */
#define GOOD_SQUARENESS 0.55
#define FEW_PX 20
/* Boxes of one page differ by so much; where recognition reads a box, a mark along its
 * side may have made it longer. */
#define SIZE_SHARE 0.10
#define MARKED_SIZE_SHARE 0.16
/* A character is at least so many boxes wide. */
#define CHARACTER_BOXES 0.7
/* A box is at most this many of its own widths away from its option's text. */
#define MAX_GAP_WIDTHS 3.0
/* A character is nearer to the box of its option than that is to another box. */
#define BESIDE_WIDTHS 0.5

/* How far from a square its character may have been placed, in the square's widths. */
#define MAX_READ_OFF_WIDTHS 2.75
#define NOWHERE (1 << 24)
/* The core of a box without a frame: specks are less ink, a mark is more than twice what
 * is in an empty one. */
#define LIKELY_INK 0.10
#define LIKELY_TIMES 2.0
/* The same of a gap before a word: what slants there, in characters. */
#define LIKELY_SLANT 0.08

/* Boxes of one page are of one size; a 固 that looks like one is of another. */
static bool has_box_size(const TickMark *tick, int typical_px, double share_off)
{
    int off = abs(tick->box_px.width + tick->box_px.height - typical_px);
    return typical_px == 0 || off <= 3 || off <= share_off * typical_px;
}

/* A tick along a side makes a box longer, but then a character is as likely. */
static bool is_skewed(const TickMark *tick)
{
    int skewed = abs(tick->box_px.width - tick->box_px.height);
    return skewed > MAX(2, (tick->box_px.width + tick->box_px.height) / 16);
}

static int by_rows(Rect one, Rect other)
{
    if (rect_overlap_y(one, other) * 2 > MIN(one.height, other.height))
        return one.x - other.x;
    return one.y - other.y;
}

static int tick_in_order(gconstpointer a, gconstpointer b)
{
    return by_rows((*(TickMark *const *)a)->box_px, (*(TickMark *const *)b)->box_px);
}

/* @share_off: how far their size may be from that of the page's boxes
 * Returns: TickMark *, in the order of print, owned */
static GPtrArray *ticks_in(const GPtrArray *blocks, const Sheets *sheets,
                           double share_off)
{
    GPtrArray *ticks = g_ptr_array_new();
    for (guint i = 0; i < blocks->len; i++) {
        const Block *block = blocks->pdata[i];
        const PageReading *page = sheets->pages->pdata[block->page];
        const PageBoxes *boxes = sheets_boxes(sheets, block->page);
        for (guint k = 0; k < page->ticks->len; k++) {
            const TickMark *tick = &g_array_index(page->ticks, TickMark, k);
            if (tick->cell == block->cell && tick->squareness >= GOOD_SQUARENESS &&
                has_box_size(tick, boxes->side_px, share_off) && !boxes->is_of_number[k])
                g_ptr_array_add(ticks, (gpointer)tick);
        }
    }
    g_ptr_array_sort(ticks, tick_in_order);
    return ticks;
}

/* In few pixels a character makes as good a ticked box as a box does. */
static bool is_poor_tick(const TickMark *tick)
{
    return tick->state != TICK_EMPTY && tick->box_px.width < FEW_PX;
}

/* No two boxes stand right beside each other, without a word between: what looks like a
 * ticked one in few pixels and has a hollow one at its side is the last character before
 * that box, or the first behind it. */
static bool is_beside_hollow(const TickMark *tick, const GPtrArray *ticks)
{
    for (guint i = 0; is_poor_tick(tick) && i < ticks->len; i++) {
        const TickMark *other = ticks->pdata[i];
        int gap = MAX(other->box_px.x - rect_right(tick->box_px),
                      tick->box_px.x - rect_right(other->box_px));
        if (other != tick && other->cell == tick->cell && other->state == TICK_EMPTY &&
            other->squareness >= FLAWLESS_SQUARENESS &&
            rect_overlap_y(other->box_px, tick->box_px) * 2 > tick->box_px.height &&
            gap < BESIDE_WIDTHS * tick->box_px.width)
            return true;
    }
    return false;
}

/* A look-alike within an option's own text (国 of 国企) is no box. Recognition places
 * characters roughly, so a flawless square is one whatever text seems to lie there. */
static bool lies_in_text(const TickMark *tick, const GArray *places)
{
    if (tick->squareness >= FLAWLESS_SQUARENESS && !is_poor_tick(tick))
        return false;
    for (guint i = 0; i < places->len; i++) {
        const Place *place = &g_array_index(places, Place, i);
        if (!place->is_found || place->cell != tick->cell)
            continue;
        int shared = rect_overlap_x(place->box_px, tick->box_px);
        double centre = rect_centre_x(tick->box_px);
        if (rect_overlap_y(place->box_px, tick->box_px) * 2 > tick->box_px.height &&
            shared * 10 > tick->box_px.width * 6 &&
            centre > place->box_px.x + tick->box_px.width * 0.35 &&
            centre < rect_right(place->box_px) - tick->box_px.width * 0.35)
            return true;
    }
    return false;
}

/* Whether @tick is a character of an option's word: read with all its squares, the line
 * has the word whole, and the square stands between its first and last character. (Beside
 * those stands the option's own box.) No character is a hollow square. */
static bool is_read_as_text(const TickMark *tick, const GPtrArray *whole_rows,
                            const GArray *places)
{
    for (guint i = 0; tick->state != TICK_EMPTY && i < whole_rows->len; i++) {
        const Row *row = whole_rows->pdata[i];
        if (row->block->cell != tick->cell ||
            !rect_contains_centre(row->box_px, tick->box_px))
            continue;
        for (guint k = 0; k < places->len; k++) {
            const OptionDecl *option = g_array_index(places, Place, k).option;
            for (guint n = 0; option->labels[n] != NULL; n++) {
                int start, end;
                if (run_find(&row->run, option->labels[n], 0, 0, &start, &end) < 0 ||
                    end - start < 3)
                    continue;
                Rect inner = refs_box(&row->run, start + 1, end - 1);
                double centre = rect_centre_x(tick->box_px);
                if (centre > inner.x && centre < rect_right(inner))
                    return true;
            }
        }
    }
    return false;
}

/* Whether another option's text lies between @from and @to (x) in @place's row. */
static bool is_text_between(const GArray *places, const Place *place, double from,
                            double to)
{
    for (guint i = 0; i < places->len; i++) {
        const Place *other = &g_array_index(places, Place, i);
        double centre = rect_centre_x(other->box_px);
        if (other != place && other->is_found && other->cell == place->cell &&
            rect_overlap_y(other->box_px, place->box_px) > 0 && centre > from &&
            centre < to)
            return true;
    }
    return false;
}

static void find_neighbours(Place *place, const GArray *places, const GPtrArray *ticks)
{
    double nearest_before = G_MAXDOUBLE, nearest_after = G_MAXDOUBLE;
    for (guint i = 0; place->is_found && i < ticks->len; i++) {
        const TickMark *tick = ticks->pdata[i];
        double centre = rect_centre_x(tick->box_px);
        if (tick->cell != place->cell ||
            rect_overlap_y(tick->box_px, place->box_px) * 3 < tick->box_px.height)
            continue;
        bool is_before = centre < rect_centre_x(place->box_px);
        double gap =
            is_before ? place->box_px.x - centre : centre - rect_right(place->box_px);
        if (gap > (MAX_GAP_WIDTHS + 0.5) * tick->box_px.width)
            continue;
        if (is_before && gap < nearest_before &&
            !is_text_between(places, place, centre, rect_centre_x(place->box_px))) {
            nearest_before = gap;
            place->before = tick;
        }
        if (!is_before && gap < nearest_after &&
            !is_text_between(places, place, rect_centre_x(place->box_px), centre)) {
            nearest_after = gap;
            place->after = tick;
        }
    }
}

/* How many options have a box of their own on that side; -1 where two share one. */
static int boxes_on_side(const GArray *places, bool is_after)
{
    g_autoptr(GHashTable) used = g_hash_table_new(NULL, NULL);
    int count = 0;
    for (guint i = 0; i < places->len; i++) {
        const Place *place = &g_array_index(places, Place, i);
        const TickMark *tick = is_after ? place->after : place->before;
        if (tick == NULL)
            continue;
        if (!g_hash_table_add(used, (gpointer)tick))
            return -1;
        count++;
    }
    return count;
}

/* Boxes stand all before or all after their options: the side where more options have
 * one, then the nearer one. */
static bool is_side_after(const GArray *places)
{
    int before = boxes_on_side(places, false), after = boxes_on_side(places, true);
    if (before != after)
        return after > before;
    double sum = 0;
    for (guint i = 0; i < places->len; i++) {
        const Place *place = &g_array_index(places, Place, i);
        if (place->before != NULL)
            sum += place->box_px.x - rect_right(place->before->box_px);
        if (place->after != NULL)
            sum -= place->after->box_px.x - rect_right(place->box_px);
    }
    return sum > 0;
}

static int place_by_order(gconstpointer a, gconstpointer b)
{
    return (*(Place *const *)a)->order - (*(Place *const *)b)->order;
}

/* The options in the order of print: that of their texts where all were found, else the
 * declared one if what was found agrees with it. Returns: Place *, owned; NULL if unknown
 */
static GPtrArray *places_in_print(GArray *places)
{
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    bool is_all_found = true, is_as_declared = true;
    int last = -1;
    for (guint i = 0; i < places->len; i++) {
        Place *place = &g_array_index(places, Place, i);
        g_ptr_array_add(order, place);
        is_all_found &= place->is_found;
        is_as_declared &= !place->is_found || place->order > last;
        last = place->is_found ? place->order : last;
    }
    if (is_all_found)
        g_ptr_array_sort(order, place_by_order);
    return is_all_found || is_as_declared ? g_steal_pointer(&order) : NULL;
}

/* the width of @option's shortest label, in full characters */
static double shortest_label(const OptionDecl *option)
{
    double shortest = G_MAXDOUBLE;
    for (guint i = 0; option->labels[i] != NULL; i++) {
        double width = 0;
        for (const char *p = option->labels[i]; *p != '\0'; p = g_utf8_next_char(p))
            width += g_unichar_iswide(g_utf8_get_char(p)) ? 1 : 0.5;
        shortest = MIN(shortest, width);
    }
    return shortest;
}

/* Whether a label has room between two boxes that follow each other in one row: one
 * stands there, that of @one or of @other. */
static bool is_room_between(const Place *one, const Place *other)
{
    const TickMark *left = one->before, *right = other->before;
    if (left == NULL || right == NULL || left->cell != right->cell ||
        rect_overlap_y(left->box_px, right->box_px) * 2 < left->box_px.height)
        return true;
    double characters = MIN(shortest_label(one->option), shortest_label(other->option));
    return right->box_px.x - rect_right(left->box_px) >=
           CHARACTER_BOXES * characters * left->box_px.width;
}

/* What looks like a ticked box and has no room for a word beside it is a character of
 * that word, and stands in for the box. @order: Place *, as printed */
static void doubt_crowded(const GPtrArray *order)
{
    g_autofree bool *is_crowded = g_new0(bool, (gsize)order->len + 1);
    for (guint i = 1; i < order->len; i++)
        if (!is_room_between(order->pdata[i - 1], order->pdata[i]))
            is_crowded[i - 1] = is_crowded[i] = true;
    for (guint i = 0; i < order->len; i++) {
        Place *place = order->pdata[i];
        if (is_crowded[i] && place->before->state != TICK_EMPTY)
            place->before = NULL;
    }
}

/* Where exactly as many boxes stand as there are options, the first box is the first
 * option's and so on, on whichever side they stand. Recognition places characters too
 * roughly to say more. Returns: whether it was so */
static bool assign_by_order(GArray *places, const GPtrArray *ticks)
{
    g_autoptr(GPtrArray) order = places_in_print(places);
    if (order == NULL || ticks->len != places->len)
        return false;
    for (guint i = 0; i < order->len; i++)
        ((Place *)order->pdata[i])->before = ticks->pdata[i];
    doubt_crowded(order);
    return true;
}

/* A tick box as it was read among the characters, and the square of ink that it is. */
typedef struct {
    Rect box_px;
    int cell;
    const TickMark *tick;
} ReadBox;

static int read_box_in_order(gconstpointer a, gconstpointer b)
{
    return by_rows(((const ReadBox *)a)->box_px, ((const ReadBox *)b)->box_px);
}

static GArray *read_boxes_of(const GPtrArray *blocks)
{
    GArray *boxes = g_array_new(false, true, sizeof(ReadBox));
    for (guint i = 0; i < blocks->len; i++) {
        const Block *block = blocks->pdata[i];
        for (guint k = 0; k < block->lines->len; k++) {
            const TextLine *line = block->lines->pdata[k];
            for (guint g = 0; line->glyphs != NULL && g < line->glyphs->len; g++) {
                const Glyph *glyph = &g_array_index(line->glyphs, Glyph, g);
                ReadBox box = {{glyph->box_px.x, line->box_px.y, glyph->box_px.width,
                                line->box_px.height},
                               block->cell,
                               NULL};
                if (strcmp(glyph->text, READING_TICK_BOX) == 0)
                    g_array_append_val(boxes, box);
            }
        }
    }
    g_array_sort(boxes, read_box_in_order);
    return boxes;
}

/* How far @tick is from where @box was read, in pixels; NOWHERE if it cannot be that.
 * Recognition places characters only roughly, up to two and a half boxes off. */
static int off_from(const ReadBox *box, const TickMark *tick)
{
    int off = abs(tick->box_px.x - box->box_px.x);
    if (tick->cell != box->cell || off > tick->box_px.width * MAX_READ_OFF_WIDTHS ||
        rect_overlap_y(tick->box_px, box->box_px) * 2 < tick->box_px.height)
        return NOWHERE;
    return off;
}

/* Gives every read box a square of its own, both in order, the nearest on the whole.
 * Returns: false where there are too few */
static bool match_read_boxes(GArray *boxes, const GPtrArray *ticks)
{
    int n = (int)boxes->len, m = (int)ticks->len;
    g_autofree int *best = g_new0(int, (gsize)(n + 1) * (gsize)(m + 1));
    for (int i = 1; i <= n; i++)
        for (int j = 0; j <= m; j++) {
            int *here = &best[i * (m + 1) + j];
            *here = j > 0 ? here[-1] : NOWHERE;
            int off = j > 0 ? off_from(&g_array_index(boxes, ReadBox, i - 1),
                                       ticks->pdata[j - 1])
                            : NOWHERE;
            int before = j > 0 ? best[(i - 1) * (m + 1) + j - 1] : NOWHERE;
            if (off < NOWHERE && before < NOWHERE)
                *here = MIN(*here, before + off);
        }
    if (best[n * (m + 1) + m] >= NOWHERE)
        return false;
    for (int i = n, j = m; i > 0; j--)
        if (best[i * (m + 1) + j] < best[i * (m + 1) + j - 1])
            g_array_index(boxes, ReadBox, --i).tick = ticks->pdata[j - 1];
    return true;
}

/* Where recognition read as many boxes as there are options, the first is the first
 * option's and so on, on whichever side they stand; squares it read as characters are
 * none. Returns: whether it was so */
static bool assign_as_read(GArray *places, const GPtrArray *blocks,
                           const GPtrArray *ticks)
{
    g_autoptr(GArray) boxes = read_boxes_of(blocks);
    g_autoptr(GPtrArray) order = places_in_print(places);
    if (order == NULL || boxes->len != places->len || !match_read_boxes(boxes, ticks))
        return false;
    for (guint i = 0; i < order->len; i++)
        ((Place *)order->pdata[i])->before = g_array_index(boxes, ReadBox, i).tick;
    doubt_crowded(order);
    return true;
}

/* Whether the ink beside @of, whose state nobody can tell, is that of a mark beside that
 * of the other options: what a person is shown first. */
static bool is_likely_ticked(const Place *of, const GArray *places, bool is_after)
{
    double least = 1, enough = of->is_gap ? LIKELY_SLANT : LIKELY_INK;
    for (guint i = 0; i < places->len; i++) {
        const Place *place = &g_array_index(places, Place, i);
        const TickMark *other = is_after ? place->after : place->before;
        least = MIN(least, other != NULL ? other->ink : 1);
    }
    const TickMark *own = is_after ? of->after : of->before;
    return own->ink >= enough &&
           (own->ink >= LIKELY_TIMES * least || (of->is_gap && least >= enough));
}

static void take_states(PaperField *field, const GArray *places, int page, bool is_after)
{
    g_autoptr(GStrvBuilder) ticked = g_strv_builder_new();
    g_autoptr(GStrvBuilder) unsure = g_strv_builder_new();
    for (guint i = 0; i < places->len; i++) {
        const Place *place = &g_array_index(places, Place, i);
        const TickMark *tick = is_after ? place->after : place->before;
        TickState state = tick != NULL && !place->is_doubted ? tick->state : TICK_UNSURE;
        bool is_likely =
            tick != NULL && state == TICK_UNSURE &&
            (tick->state == TICK_TICKED || is_likely_ticked(place, places, is_after));
        if (state == TICK_TICKED || is_likely)
            g_strv_builder_add(ticked, place->option->code);
        if (state == TICK_UNSURE)
            g_strv_builder_add(unsure, place->option->code);
        if (state != TICK_EMPTY && (tick != NULL || place->is_found))
            field_add_ink(field, page, tick != NULL ? tick->box_px : place->box_px,
                          place->option->labels[0], state == TICK_TICKED ? 1 : 0.5);
    }
    field->ticked = g_strv_builder_end(ticked);
    field->unsure = g_strv_builder_end(unsure);
    field->confidence = field->unsure[0] == NULL ? 1 : 0.5;
}

/* the options of @choice, none of which is found yet. Returns: Place, owned */
static GArray *places_of(const FieldDecl *choice)
{
    GArray *places = g_array_new(false, true, sizeof(Place));
    for (guint i = 0; i < choice->options->len; i++) {
        Place place = {.option = choice->options->pdata[i]};
        g_array_append_val(places, place);
    }
    return places;
}

/* Where the options' texts stand: as read with all squares, where that has them whole,
 * since without its box a word may be read over the gap. Returns: owned */
static GArray *places_of_texts(const GPtrArray *whole_rows, const GArray *places)
{
    GArray *texts = g_array_new(false, true, sizeof(Place));
    for (guint i = 0; i < places->len; i++) {
        Place text = {.option = g_array_index(places, Place, i).option};
        g_array_append_val(texts, text);
    }
    find_options(whole_rows, texts, true);
    for (guint i = 0; i < places->len; i++) {
        Place *text = &g_array_index(texts, Place, i);
        if (!text->is_found)
            *text = g_array_index(places, Place, i);
    }
    return texts;
}

/* By the squares alone, where recognition did not read them. Returns: whether the boxes
 * stand after their options */
static bool assign_by_ink(GArray *places, const GPtrArray *blocks, GPtrArray *ticks)
{
    g_autoptr(GPtrArray) whole_rows = rows_of(blocks, false);
    for (guint i = ticks->len; i-- > 0;)
        if (is_skewed(ticks->pdata[i]) || is_beside_hollow(ticks->pdata[i], ticks) ||
            is_read_as_text(ticks->pdata[i], whole_rows, places))
            g_ptr_array_remove_index(ticks, i);
    g_autoptr(GArray) texts = places_of_texts(whole_rows, places);
    for (guint i = ticks->len; i-- > 0;)
        if ((ticks->len > places->len || is_poor_tick(ticks->pdata[i])) &&
            lies_in_text(ticks->pdata[i], texts))
            g_ptr_array_remove_index(ticks, i);
    if (assign_by_order(places, ticks))
        return false;
    for (guint i = 0; i < places->len; i++)
        find_neighbours(&g_array_index(places, Place, i), places, ticks);
    return is_side_after(places);
}

static bool lacks_box(const GArray *places, bool is_after)
{
    for (guint i = 0; i < places->len; i++) {
        const Place *place = &g_array_index(places, Place, i);
        if ((is_after ? place->after : place->before) == NULL)
            return true;
    }
    return false;
}

/* As assign_as_read(), with the boxes that were read and have no frame: where one of them
 * stands before an option, a person looks. @ticks: the others; those are added */
static bool assign_with_frameless(GArray *places, const GPtrArray *blocks,
                                  const Sheets *sheets, GPtrArray *ticks)
{
    for (guint i = 0; i < blocks->len; i++) {
        const Block *block = blocks->pdata[i];
        const PageReading *page = sheets->pages->pdata[block->page];
        for (guint k = 0; k < page->ticks->len; k++) {
            const TickMark *tick = &g_array_index(page->ticks, TickMark, k);
            if (tick->cell == block->cell && tick->squareness <= 0)
                g_ptr_array_add(ticks, (gpointer)tick);
        }
    }
    g_ptr_array_sort(ticks, tick_in_order);
    return assign_as_read(places, blocks, ticks);
}

/* whether @gap is the one before the text of @place, whose first character may be what
 * stands in the gap */
static bool is_gap_of(const TickMark *gap, const Place *place)
{
    int text = place->box_px.x, slack = gap->box_px.height / 4;
    int right = rect_right(gap->box_px);
    return gap->cell == place->cell && gap->box_px.x <= text + slack &&
           right >= text - slack && right <= text + gap->box_px.height &&
           rect_overlap_y(gap->box_px, place->box_px) * 2 > gap->box_px.height;
}

/* the gap before the text of @place; NULL where nothing stands in it */
static const TickMark *gap_before(const Place *place, const PageReading *page)
{
    const TickMark *nearest = NULL;
    for (guint i = 0; place->is_found && i < page->gaps->len; i++) {
        const TickMark *gap = &g_array_index(page->gaps, TickMark, i);
        int off = abs(rect_right(gap->box_px) - place->box_px.x);
        if (is_gap_of(gap, place) &&
            (nearest == NULL || off < abs(rect_right(nearest->box_px) - place->box_px.x)))
            nearest = gap;
    }
    return nearest;
}

/* Where boxes are missing, as on thin copies: the ink that stands before each option
 * suggests what is ticked. A box that was found is its option's where it stands in the
 * gap before it. A person looks in any case: where words are placed wrongly the gap is
 * not the one before them, and the mark stands elsewhere. */
static void assign_by_gaps(GArray *places, const Sheets *sheets)
{
    bool is_any = false;
    for (guint i = 0; i < places->len; i++) {
        Place *place = &g_array_index(places, Place, i);
        const TickMark *gap =
            place->is_found ? gap_before(place, sheets->pages->pdata[place->page]) : NULL;
        bool has_own = gap != NULL && place->before != NULL &&
                       rect_contains_centre(gap->box_px, place->before->box_px);
        place->is_gap = gap != NULL && !has_own;
        if (place->is_gap)
            place->before = gap;
        is_any |= place->is_gap;
    }
    for (guint i = 0; i < places->len; i++)
        g_array_index(places, Place, i).is_doubted = is_any;
}

guint count_options(const GPtrArray *blocks, const FieldDecl *choice)
{
    g_autoptr(GPtrArray) rows = rows_of(blocks, true);
    g_autoptr(GArray) places = places_of(choice);
    find_options(rows, places, true);
    guint count = 0;
    for (guint i = 0; i < places->len; i++)
        count += g_array_index(places, Place, i).is_found;
    return count;
}

void field_take_choices(PaperField *field, const GPtrArray *blocks, const Sheets *sheets)
{
    g_autoptr(GArray) places = places_of(field->decl);
    g_autoptr(GPtrArray) rows = rows_of(blocks, true);
    find_options(rows, places, false);
    g_autoptr(GPtrArray) ticks = ticks_in(blocks, sheets, SIZE_SHARE);
    g_autoptr(GPtrArray) longer = ticks_in(blocks, sheets, MARKED_SIZE_SHARE);
    bool is_after = !assign_as_read(places, blocks, ticks) &&
                    !assign_as_read(places, blocks, longer) &&
                    assign_by_ink(places, blocks, ticks);
    if (lacks_box(places, is_after))
        is_after = !assign_with_frameless(places, blocks, sheets, longer) && is_after;
    if (!is_after && lacks_box(places, false))
        assign_by_gaps(places, sheets);
    field->is_found = true;
    take_states(field, places, blocks->len > 0 ? ((Block *)blocks->pdata[0])->page : 0,
                is_after);
}
