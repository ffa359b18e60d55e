/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ink that is no print: seals, signatures and other strokes. */
#include "reading/private.h"

/* Seal blobs smaller than this are stains. */
#define SEAL_MIN_MM 8
/* Loose ink smaller than this is dirt; strokes nearer than this are one mark. */
#define LOOSE_MIN_MM 3
#define LOOSE_CLOSE_MM 1
/* Around a seal's ink its blurred edges are dark, too. */
#define SEAL_EDGE_MM 0.3
/* Smaller or flatter pieces are rests of a seal, of print or of the line to sign on. */
#define CLEAR_MIN_MM 2.0
#define CLEAR_FLAT_MM 0.8
/* What lies so near to the edge of a round seal from end to end is of its ring. */
#define RING_REST_MM 2.0
/* A round seal is as wide as high, but for this share of its radius. */
#define ROUND_SLACK 0.15
/* So far a signature may reach out of the seal that lies on its other end. */
#define SIGNATURE_MM 40

static void take_seals(const Sheet *sheet, PageReading *reading)
{
    if (sheet->seal == NULL)
        return;
    int close_px = MAX(3, px_from_mm(1.5, sheet->dpi));
    g_autoptr(PIX) closed = pixCloseBrick(NULL, sheet->seal, close_px, close_px);
    g_autoptr(BOXA) boxes = closed != NULL ? pixConnCompBB(closed, 8) : NULL;
    int least_px = px_from_mm(SEAL_MIN_MM, sheet->dpi);
    for (int i = 0; boxes != NULL && i < boxaGetCount(boxes); i++) {
        SealMark seal = {.is_red = sheet->colour != NULL};
        boxaGetBoxGeometry(boxes, i, &seal.box_px.x, &seal.box_px.y, &seal.box_px.width,
                           &seal.box_px.height);
        if (seal.box_px.width >= least_px && seal.box_px.height >= least_px)
            g_array_append_val(reading->seals, seal);
    }
}

static void add_loose(PageReading *reading, Rect box, int cell, int dpi)
{
    LooseInk ink = {box, cell};
    if (MAX(box.width, box.height) >= px_from_mm(LOOSE_MIN_MM, dpi) &&
        reading->loose->len < LIMIT_LINES_PER_PAGE)
        g_array_append_val(reading->loose, ink);
}

/* Adds what of one blob lies in @cell: a seal over the rule must not take the signature
 * above it into the cell below. @mask: the blob, in the frame of @box
 * Returns: whether anything does */
static bool add_part(PageReading *reading, PIX *mask, Rect box, const Layout *layout,
                     int cell)
{
    Rect part = rect_intersection(box, g_array_index(layout->cells, Cell, cell).box_px);
    if (rect_is_empty(part))
        return false;
    g_autoptr(BOX) clip =
        boxCreate(part.x - box.x, part.y - box.y, part.width, part.height);
    g_autoptr(BOX) ink = NULL;
    g_autoptr(PIX) clipped = pixClipRectangle(mask, clip, NULL);
    if (clipped == NULL || pixClipToForeground(clipped, NULL, &ink) != 0 || ink == NULL)
        return false;
    Rect found = {0};
    boxGetGeometry(ink, &found.x, &found.y, &found.width, &found.height);
    found.x += part.x;
    found.y += part.y;
    add_loose(reading, found, cell, layout->dpi);
    return true;
}

static void add_blob(PageReading *reading, PIX *mask, Rect box, const Layout *layout)
{
    bool is_in_cell = false;
    for (guint i = 0; i < layout->cells->len; i++)
        is_in_cell |= add_part(reading, mask, box, layout, (int)i);
    if (!is_in_cell)
        add_loose(reading, box, -1, layout->dpi);
}

/* Ink outside every line and box, joined over small gaps: a signature is one blob. */
static void take_loose(const Layout *layout, PageReading *reading)
{
    g_autoptr(PIX) rest = pixCopy(NULL, layout->ink);
    for (guint i = 0; rest != NULL && i < layout->lines->len; i++) {
        Rect r = g_array_index(layout->lines, InkLine, i).box_px;
        g_autoptr(BOX) box = boxCreate(r.x, r.y, r.width, r.height);
        pixClearInRect(rest, box);
    }
    for (guint i = 0; rest != NULL && i < layout->boxes->len; i++) {
        Rect r = g_array_index(layout->boxes, BoxMark, i).box_px;
        g_autoptr(BOX) box = boxCreate(r.x - 3, r.y - 3, r.width + 6, r.height + 6);
        pixClearInRect(rest, box);
    }
    int close_px = MAX(3, px_from_mm(LOOSE_CLOSE_MM, layout->dpi));
    g_autoptr(PIX) closed =
        rest != NULL ? pixCloseBrick(NULL, rest, close_px, close_px) : NULL;
    g_autoptr(PIXA) blobs = NULL;
    g_autoptr(BOXA) boxes = closed != NULL ? pixConnComp(closed, &blobs, 8) : NULL;
    int least_px = px_from_mm(LOOSE_MIN_MM, layout->dpi);
    for (int i = 0; boxes != NULL && i < boxaGetCount(boxes); i++) {
        Rect box = {0};
        boxaGetBoxGeometry(boxes, i, &box.x, &box.y, &box.width, &box.height);
        if (MAX(box.width, box.height) < least_px)
            continue;
        g_autoptr(PIX) mask = pixaGetPix(blobs, i, L_CLONE);
        add_blob(reading, mask, box, layout);
    }
}

static bool is_near_seal(Rect box, const GArray *seals, int reach_px)
{
    Rect wide = {box.x - reach_px, box.y - reach_px, box.width + 2 * reach_px,
                 box.height + 2 * reach_px};
    for (guint i = 0; i < seals->len; i++)
        if (!rect_is_empty(
                rect_intersection(wide, g_array_index(seals, SealMark, i).box_px)))
            return true;
    return false;
}

/* the least and the greatest distance of the ink of @mask from @x, @y, all in pixels of
 * @mask */
static void distances(PIX *mask, double x, double y, double *least, double *greatest)
{
    *least = G_MAXDOUBLE;
    *greatest = 0;
    for (int row = 0; row < pixGetHeight(mask); row++) {
        const l_uint32 *line = pixGetData(mask) + (size_t)row * (size_t)pixGetWpl(mask);
        for (int column = 0; column < pixGetWidth(mask); column++) {
            if (!GET_DATA_BIT(line, column))
                continue;
            double distance = hypot(column + 0.5 - x, row + 0.5 - y);
            *least = MIN(*least, distance);
            *greatest = MAX(*greatest, distance);
        }
    }
}

/* Whether a piece lies along the edge of a round seal from end to end: rests of a ring
 * that is not quite round. @mask: the piece, in the frame of @piece */
static bool is_ring_rest(PIX *mask, Rect piece, const GArray *seals, int dpi)
{
    for (guint i = 0; i < seals->len; i++) {
        Rect seal = g_array_index(seals, SealMark, i).box_px;
        double radius = (seal.width + seal.height) / 4.0, least, greatest;
        if (abs(seal.width - seal.height) > ROUND_SLACK * radius)
            continue;
        distances(mask, rect_centre_x(seal) - piece.x, rect_centre_y(seal) - piece.y,
                  &least, &greatest);
        if (least >= radius - px_from_mm(RING_REST_MM, dpi) &&
            greatest <= radius + px_from_mm(RING_REST_MM, dpi))
            return true;
    }
    return false;
}

/* The pieces of ink on and around seals that are left when the seals' own is taken away.
 */
static void take_clear(const Sheet *sheet, const Layout *layout, PageReading *reading)
{
    if (reading->seals->len == 0)
        return;
    int edge_px = 2 * px_from_mm(SEAL_EDGE_MM, layout->dpi) + 1;
    g_autoptr(PIX) seal = pixDilateBrick(NULL, sheet->seal, edge_px, edge_px);
    g_autoptr(PIX) clear = seal != NULL ? pixSubtract(NULL, layout->ink, seal) : NULL;
    if (clear == NULL)
        return;
    g_autoptr(PIXA) masks = NULL;
    g_autoptr(BOXA) boxes = pixConnComp(clear, &masks, 8);
    int least_px = px_from_mm(CLEAR_MIN_MM, layout->dpi);
    int flat_px = px_from_mm(CLEAR_FLAT_MM, layout->dpi);
    int reach_px = px_from_mm(SIGNATURE_MM, layout->dpi);
    for (int i = 0; boxes != NULL && i < boxaGetCount(boxes); i++) {
        Rect piece;
        boxaGetBoxGeometry(boxes, i, &piece.x, &piece.y, &piece.width, &piece.height);
        if (MAX(piece.width, piece.height) >= least_px &&
            MIN(piece.width, piece.height) >= flat_px &&
            is_near_seal(piece, reading->seals, reach_px) &&
            reading->clear->len < LIMIT_LINES_PER_PAGE) {
            g_autoptr(PIX) mask = pixaGetPix(masks, i, L_CLONE);
            if (!is_ring_rest(mask, piece, reading->seals, layout->dpi))
                g_array_append_val(reading->clear, piece);
        }
    }
}

void marks_take(const Sheet *sheet, const Layout *layout, PageReading *reading)
{
    take_seals(sheet, reading);
    take_loose(layout, reading);
    take_clear(sheet, layout, reading);
}
