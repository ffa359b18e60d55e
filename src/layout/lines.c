/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of ink: which blobs are writing, and in which cell; cut.c makes lines of them. */
#include "layout/private.h"

static const double SPECK_MM = 0.28;
/* A character of 26 points is 9 mm high; handwriting in a cell may be higher. */
static const double MAX_TEXT_MM = 13.0, MAX_HAND_MM = 24.0;
/* Pictures: dense over an area no character fills. */
static const double PICTURE_JOIN_MM = 0.8, PICTURE_MM = 10.5;
/* Remains of lines and dashes: thinner and longer than any stroke. */
static const double DASH_THICK_MM = 0.5, DASH_LONG_MM = 7.0;
/* What is left of the frame of a card: one thin stroke, straight or bent round a corner,
 * that is so much higher than text. It would join the rows beside it. */
static const double FRAME_THICK_MM = 0.35, FRAME_OVER_TEXT = 1.5;
/* A dot this small with no ink within ALONE_MM is dirt: full stops stand near text. */
static const double DOT_MM = 0.75, ALONE_MM = 1.6;
/* Fuller than any character, and larger than a full tick box: part of a picture. */
static const double DENSE_FILL = 0.62, DENSE_MM = 4.6;
/* Bold characters of titles are as full (簿 0.70), but not fuller than that, and others
 * stand beside them: as high and on one level, within these shares of their height. */
static const double BOLD_FILL = 0.85, SAME_HEIGHT = 0.2, BESIDE_HEIGHTS = 1.2;
/* Characters that look like a box are this much higher than it, ticks more. */
static const double TICK_OVERHANG = 0.3;
/* Boxes right above each other stand about so far apart, of their side, which is so much
 * of the page's text; the upright sides of such a stack are so much of it, and between
 * them is little that is upright. */
static const double BOX_PITCH = 1.2, LEAST_SIDE = 0.8, MOST_SIDE = 2.5;
static const double JOINED = 1.5, STACK_SIDES = 0.7, SIDE_RUN = 0.6, MAX_BETWEEN = 0.2;
/* What is no higher, of the height of text, reaches no other line: it may be a tick in
 * its box, or a character that looks like a box with a foot (号 哲 梁). */
static const double MAX_CHARACTER = 1.3;
/* So much of its ink within a dark seal's ring: a piece is the seal's, or lies under it.
 */
static const double SEALED_SHARE = 0.6;

/* Areas of pictures, at a quarter of the size. Black-and-white halftone closes up, text
 * of up to 26 points does not fill so large a square. */
static PIX *picture_areas(PIX *ink, int dpi)
{
    g_autoptr(PIX) small = pixReduceRankBinaryCascade(ink, 1, 2, 0, 0);
    int small_dpi = dpi / 4, join = MAX(2, px_from_mm(PICTURE_JOIN_MM, small_dpi));
    int size = px_from_mm(PICTURE_MM, small_dpi);
    g_autoptr(PIX) closed =
        small != NULL ? pixCloseSafeBrick(NULL, small, join, join) : NULL;
    g_autoptr(PIX) dense = closed != NULL ? pixOpenBrick(NULL, closed, size, size) : NULL;
    l_int32 is_empty = 1;
    if (dense != NULL)
        pixZero(dense, &is_empty);
    return is_empty ? NULL : pixDilateBrick(NULL, dense, size, size);
}

static bool is_in_picture(PIX *areas, Rect box)
{
    l_uint32 bit = 0;
    if (areas != NULL)
        pixGetPixel(areas, (int)rect_centre_x(box) / 4, (int)rect_centre_y(box) / 4,
                    &bit);
    return bit != 0;
}

/* A stroke's length is at most the sum of its sides, unless it turns back. */
static bool is_of_frame(const Layout *layout, const Blob *blob)
{
    double thick_px = FRAME_THICK_MM * layout->dpi / MM_PER_INCH;
    int sides_px = blob->box_px.width + blob->box_px.height;
    return layout->text_height_px > 0 &&
           blob->box_px.height > FRAME_OVER_TEXT * layout->text_height_px &&
           blob->area_px < thick_px * sides_px;
}

static double fill_of(const Blob *blob)
{
    return (double)blob->area_px / blob->box_px.width / blob->box_px.height;
}

/* Whether @other stands beside @blob as one character beside another in a title. */
static bool is_beside(const Blob *blob, const Blob *other)
{
    Rect a = blob->box_px, b = other->box_px;
    double slack = SAME_HEIGHT * a.height;
    int gap = MAX(a.x, b.x) - MIN(rect_right(a), rect_right(b));
    return gap >= 0 && gap <= BESIDE_HEIGHTS * a.height &&
           abs(a.height - b.height) <= slack && abs(a.y - b.y) <= slack &&
           fill_of(other) <= BOLD_FILL;
}

/* Whether what is as full as a picture is a bold character of a title. */
static bool is_bold(const BlobSet *blobs, const Blob *blob)
{
    if (fill_of(blob) > BOLD_FILL)
        return false;
    for (int i = 0; i < blobs->count; i++)
        if (&blobs->blobs[i] != blob && is_beside(blob, &blobs->blobs[i]))
            return true;
    return false;
}

/* whether @blob is not writing */
static bool is_other(const Layout *layout, const BlobSet *blobs, const Blob *blob,
                     int cell)
{
    double px_per_mm = layout->dpi / MM_PER_INCH;
    double width = blob->box_px.width / px_per_mm;
    double height = blob->box_px.height / px_per_mm;
    if (MAX(width, height) < SPECK_MM)
        return true;
    if (MIN(width, height) < DASH_THICK_MM && MAX(width, height) > DASH_LONG_MM)
        return true;
    if (fill_of(blob) > DENSE_FILL && MIN(width, height) > DENSE_MM &&
        !is_bold(blobs, blob))
        return true;
    if (cell < 0 && is_of_frame(layout, blob))
        return true;
    return height > (cell >= 0 ? MAX_HAND_MM : MAX_TEXT_MM);
}

static bool is_dirt(const Layout *layout, const Blob *blob)
{
    double px_per_mm = layout->dpi / MM_PER_INCH;
    if (MAX(blob->box_px.width, blob->box_px.height) >= DOT_MM * px_per_mm)
        return false;
    Rect around = rect_grown(blob->box_px, (int)(ALONE_MM * px_per_mm), layout->width_px,
                             layout->height_px);
    Rect own = rect_grown(blob->box_px, 1, layout->width_px, layout->height_px);
    g_autoptr(BOX) outer = boxCreate(around.x, around.y, around.width, around.height);
    g_autoptr(BOX) inner = boxCreate(own.x, own.y, own.width, own.height);
    l_int32 all = 0, mine = 0;
    pixCountPixelsInRect(layout->ink, outer, &all, NULL);
    pixCountPixelsInRect(layout->ink, inner, &mine, NULL);
    return all <= mine;
}

/* A tick may leave its box and reach other lines: above and below, the box stands for it.
 * Not at its sides: a character that looks like a box may be joined with the next. */
static void keep_to_box(const Layout *layout, Rect *box)
{
    if (box->height <= MAX_CHARACTER * layout->text_height_px)
        return;
    for (guint i = 0; i < layout->boxes->len; i++) {
        Rect mark = g_array_index(layout->boxes, BoxMark, i).box_px;
        Rect shared = rect_intersection(mark, *box);
        bool is_around =
            (double)shared.width * shared.height > 0.6 * mark.width * mark.height;
        /* A stroke of a tick that the frame does not touch, or the frame with its tick.
         */
        if (!rect_contains_centre(mark, *box) &&
            !(is_around && box->width < 3 * mark.width))
            continue;
        int slack = (int)(mark.height * TICK_OVERHANG), bottom = rect_bottom(*box);
        if (bottom > rect_bottom(mark) + slack)
            bottom = rect_bottom(mark);
        if (box->y < mark.y - slack)
            box->y = mark.y;
        box->height = bottom - box->y;
        return;
    }
}

/* The sides of boxes on @ink, in its pixels: what is upright there, if that is two rows
 * of strokes with little between them; else empty. */
static Rect sides_on(PIX *ink)
{
    int run = MAX(3, (int)(SIDE_RUN * pixGetWidth(ink) / (1 + 2 * TICK_OVERHANG)));
    g_autoptr(PIX) upright = pixOpenBrick(NULL, ink, 1, run);
    g_autoptr(BOX) box = NULL;
    Rect sides = {0};
    if (upright == NULL || pixClipToForeground(upright, NULL, &box) != 0 || box == NULL)
        return sides;
    boxGetGeometry(box, &sides.x, &sides.y, &sides.width, &sides.height);
    g_autoptr(BOX) middle = boxCreate(sides.x + sides.width / 4, sides.y,
                                      MAX(1, sides.width / 2), sides.height);
    l_int32 all = 0, between = 0;
    pixCountPixels(upright, &all, NULL);
    pixCountPixelsInRect(upright, middle, &between, NULL);
    return between <= MAX_BETWEEN * all ? sides : (Rect){0};
}

/* How many boxes right above each other ticks have joined into @box, and where the frames
 * of all stand: @sides, out. */
static int stacked_boxes(const Layout *layout, Rect box, Rect *sides)
{
    if (box.height < JOINED * box.width ||
        box.width > MOST_SIDE * layout->text_height_px * (1 + 2 * TICK_OVERHANG))
        return 1;
    g_autoptr(BOX) where = boxCreate(box.x, box.y, box.width, box.height);
    g_autoptr(PIX) ink = pixClipRectangle(layout->ink, where, NULL);
    *sides = ink != NULL ? sides_on(ink) : (Rect){0};
    double text_px = layout->text_height_px;
    if (sides->width < LEAST_SIDE * text_px || sides->width > MOST_SIDE * text_px ||
        sides->height < STACK_SIDES * box.height)
        return 1;
    sides->x += box.x;
    sides->y += box.y;
    return (int)lround(sides->height / (BOX_PITCH * sides->width));
}

/* Adds @piece, once for each of the boxes that are joined in it: each stands in a line of
 * its own. */
static void add_piece(const Layout *layout, Piece piece, GArray *pieces)
{
    Rect sides;
    int count = stacked_boxes(layout, piece.box_px, &sides);
    if (count < 2) {
        keep_to_box(layout, &piece.box_px);
        g_array_append_val(pieces, piece);
        return;
    }
    double pitch = (double)(sides.height - sides.width) / (count - 1);
    for (int i = 0; i < count; i++) {
        Piece part = piece;
        part.area_px /= count;
        part.box_px.y = sides.y + (int)lround(i * pitch);
        part.box_px.height = sides.width;
        g_array_append_val(pieces, part);
    }
}

/* By cells, those outside (-1) last; in each what no seal covers comes first. */
static int compare_cells(gconstpointer a, gconstpointer b)
{
    const Piece *p = a, *q = b;
    unsigned pc = (unsigned)p->cell, qc = (unsigned)q->cell;
    if (pc != qc)
        return pc < qc ? -1 : 1;
    if (p->is_sealed != q->is_sealed)
        return p->is_sealed ? 1 : -1;
    return p->box_px.y != q->box_px.y ? p->box_px.y - q->box_px.y
                                      : p->box_px.x - q->box_px.x;
}

/* @seal_ink: 1 bpp, what of the ink lies within seals; or NULL */
static bool is_sealed(PIX *ink, PIX *seal_ink, Rect box)
{
    if (seal_ink == NULL)
        return false;
    g_autoptr(BOX) where = boxCreate(box.x, box.y, box.width, box.height);
    l_int32 all = 0, sealed = 0;
    pixCountPixelsInRect(ink, where, &all, NULL);
    pixCountPixelsInRect(seal_ink, where, &sealed, NULL);
    return sealed > SEALED_SHARE * all;
}

/* The writing among @blobs. Returns: Piece */
static GArray *pieces_of(const Layout *layout, PIX *seal, const BlobSet *blobs)
{
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    double px_per_mm = layout->dpi / MM_PER_INCH;
    g_autoptr(PIX) pictures = picture_areas(layout->ink, layout->dpi);
    g_autoptr(PIX) seal_ink = seal != NULL ? pixAnd(NULL, layout->ink, seal) : NULL;
    for (int i = 0; i < blobs->count; i++) {
        const Blob *blob = &blobs->blobs[i];
        Piece piece = {blob->box_px, blob->area_px, -1, false};
        if (MAX(piece.box_px.width, piece.box_px.height) < SPECK_MM * px_per_mm ||
            is_in_picture(pictures, piece.box_px) || is_dirt(layout, blob))
            continue;
        piece.cell = cell_around(layout, piece.box_px);
        if (is_other(layout, blobs, blob, piece.cell))
            continue;
        piece.is_sealed = is_sealed(layout->ink, seal_ink, piece.box_px);
        add_piece(layout, piece, pieces);
    }
    g_array_sort(pieces, compare_cells);
    return pieces;
}

/* index of the first of @pieces from @start on that is not as @start is */
static guint run_end(const GArray *pieces, guint start)
{
    const Piece *first = &g_array_index(pieces, Piece, start);
    guint end = start + 1;
    for (; end < pieces->len; end++) {
        const Piece *piece = &g_array_index(pieces, Piece, end);
        if (piece->cell != first->cell || piece->is_sealed != first->is_sealed)
            break;
    }
    return end;
}

void lines_find(const Sheet *sheet, Layout *layout, const BlobSet *blobs)
{
    g_autoptr(GArray) pieces = pieces_of(layout, sheet->seal, blobs);
    guint first_line = 0;
    for (guint i = 0, end; i < pieces->len; i = end) {
        Piece *first = &g_array_index(pieces, Piece, i);
        end = run_end(pieces, i);
        int n = (int)(end - i);
        if (i == 0 || first[-1].cell != first->cell)
            first_line = layout->lines->len;
        if (first->is_sealed)
            n = sealed_join(layout, first_line, first, n);
        pieces_cut(sheet->grey, layout, first, n);
    }
}
