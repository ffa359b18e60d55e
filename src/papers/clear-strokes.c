/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A signature beside or across a seal: strokes that are none of the seal's, told from
 * print by where and how large they are, not by what was read there. */
#include "papers/private.h"

/* What reaches by so much out of the row that is printed is no print. */
#define BEYOND_ROW_MM 1.0
/* A printed character is at least so high, of the page's text. */
#define PRINTED_MIN 0.7
/* Lower pieces are of the line to sign on, and so are longer ones. */
#define LOW_MM 2.0
#define LONG_HEIGHTS 6.0
/* A date written by hand begins this far before its 年. */
#define YEAR_MM 20.0

/* Where one signs, and what is known of the print there. */
typedef struct {
    const Block *block;
    const PageReading *page;
    Rect row;   /* of the label or the date */
    Rect print; /* of a printed character in the row; empty: none is known */
    int left_px, right_px;
    int text_px; /* height of print */
} Place;

static bool is_in_row(Rect piece, Rect row, int text_px)
{
    return fabs(rect_centre_y(piece) - rect_centre_y(row)) <=
           MAX(text_px, row.height / 2);
}

/* Whether ink is larger than print, or reaches out of the row that print stands in. */
static bool is_no_print(Rect piece, const Place *place)
{
    if (piece.height >= LARGER_THAN_PRINT * place->text_px)
        return true;
    int beyond_px =
        MAX(place->print.y - piece.y, rect_bottom(piece) - rect_bottom(place->print));
    return !rect_is_empty(place->print) && mm_of(beyond_px, place->page) >= BEYOND_ROW_MM;
}

/* Whether @piece lies in a line that is none of the row's: print above or below it. */
static bool is_of_other_line(Rect piece, const Place *place)
{
    for (guint i = 0; i < place->block->lines->len; i++) {
        const TextLine *line = place->block->lines->pdata[i];
        if (line->box_px.height <= PRINTED_MAX * place->text_px &&
            rect_contains_centre(line->box_px, piece) &&
            !is_in_row(line->box_px, place->row, place->text_px / 2))
            return true;
    }
    return false;
}

static bool is_stroke(Rect piece, const Place *place)
{
    return rect_contains_centre(place->block->box_px, piece) &&
           piece.x >= place->left_px && rect_right(piece) <= place->right_px &&
           is_in_row(piece, place->row, place->text_px) &&
           mm_of(piece.height, place->page) >= LOW_MM &&
           piece.width <= LONG_HEIGHTS * piece.height && is_no_print(piece, place) &&
           !is_of_other_line(piece, place);
}

/* the strokes at @place; @where: out, around them
 * Returns: how wide they are together in mm, or how high the highest is */
static double strokes_mm(const Place *place, Rect *where)
{
    int width_px = 0, height_px = 0;
    for (guint i = 0; i < place->page->clear->len; i++) {
        Rect piece = g_array_index(place->page->clear, Rect, i);
        if (!is_stroke(piece, place))
            continue;
        width_px += piece.width;
        height_px = MAX(height_px, piece.height);
        *where = rect_union(*where, piece);
    }
    return mm_of(MAX(width_px, height_px), place->page);
}

/* where 年 stands on @line; empty where it does not */
static Rect year_of(const TextLine *line)
{
    for (guint i = 0; line->glyphs != NULL && i < line->glyphs->len; i++) {
        const Glyph *glyph = &g_array_index(line->glyphs, Glyph, i);
        if (strcmp(glyph->text, "年") == 0)
            return glyph->box_px;
    }
    return (Rect){0};
}

/* The 年 of the date in the row. Returns: where it stands; empty: there is none */
static Rect year_in_row(const Place *place)
{
    for (guint i = 0; i < place->block->lines->len; i++) {
        const TextLine *line = place->block->lines->pdata[i];
        Rect year = year_of(line);
        if (!rect_is_empty(year) && is_in_row(line->box_px, place->row, place->text_px))
            return year;
    }
    return (Rect){0};
}

/* A piece of ink that is as high as print where recognition saw a printed character:
 * recognition knows columns roughly and rows not at all. */
static Rect printed_piece(const Place *place, Rect glyph)
{
    Rect best = {0};
    int most = 0;
    for (guint i = 0; i < place->page->clear->len; i++) {
        Rect piece = g_array_index(place->page->clear, Rect, i);
        int shared = rect_overlap_x(piece, glyph);
        if (shared > most && rect_contains_centre(place->block->box_px, piece) &&
            is_in_row(piece, place->row, place->text_px) &&
            piece.height >= PRINTED_MIN * place->text_px &&
            piece.height <= PRINTED_MAX * place->text_px) {
            most = shared;
            best = piece;
        }
    }
    return best;
}

/* Ends the place before the date, and takes from that how high the row's print is. */
static void end_before_date(Place *place)
{
    Rect year = year_in_row(place);
    place->right_px = (int)rect_centre_x(place->block->box_px);
    if (rect_is_empty(year) || year.x <= place->left_px)
        return;
    place->right_px = year.x - (int)(YEAR_MM * place->page->dpi / MM_PER_INCH);
    Rect piece = printed_piece(place, year);
    if (rect_is_empty(place->print))
        place->print = piece;
}

double clear_strokes_behind(const Block *block, const PageReading *page,
                            const TextLine *label, int end_glyph, Rect *where)
{
    const Glyph *last = &g_array_index(label->glyphs, Glyph, end_glyph - 1);
    Place place = {.block = block,
                   .page = page,
                   .row = label->box_px,
                   .left_px = rect_right(last->box_px),
                   .text_px = page_text_height_px(page)};
    if (label->box_px.height <= PRINTED_MAX * place.text_px)
        place.print = label->box_px;
    end_before_date(&place);
    return strokes_mm(&place, where);
}

double clear_strokes_before(const Block *block, const PageReading *page,
                            const TextLine *date, Rect *where)
{
    Place place = {.block = block,
                   .page = page,
                   .row = date->box_px,
                   .left_px = G_MAXINT,
                   .text_px = page_text_height_px(page)};
    for (guint i = 0; i < block->lines->len; i++) {
        Rect line = ((const TextLine *)block->lines->pdata[i])->box_px;
        if (is_in_row(line, place.row, place.text_px))
            place.left_px = MIN(place.left_px, line.x);
    }
    for (guint i = 0; i < page->clear->len; i++) {
        Rect piece = g_array_index(page->clear, Rect, i);
        if (rect_contains_centre(block->box_px, piece) &&
            is_in_row(piece, place.row, place.text_px))
            place.left_px = MIN(place.left_px, piece.x);
    }
    if (place.left_px == G_MAXINT)
        return 0;
    place.left_px += (int)(LABEL_WIDTH_HEIGHTS * place.text_px);
    end_before_date(&place);
    place.print = (Rect){0};
    return strokes_mm(&place, where);
}
