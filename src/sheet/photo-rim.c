/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was photographed beside the paper: the last of the desk at its edges, fingers. */
#include "sheet/photo.h"
#include "sheet/private.h"

/* Paper does not lie quite flat, so that its edge is up to this far from straight; on
 * cards print stands nearer to the edge, and they are stiff. */
static const double RIM_MM = 2.5, CARD_RIM_MM = 0.8, CARD_SIDE_MM = 100;
#define PAPER_LEVEL 235
/* Skin is red with more green than blue; a seal's red has little of both. */
static const int SKIN_RED = 40;
static const double SKIN_GREEN = 0.2;
/* A fingertip is 12 to 20 mm wide; more of that colour is the paper's own. */
static const double FINGER_MIN_MM = 4.0, FINGER_MAX_MM = 60.0, FINGER_SHADE_MM = 2.0;
static const double FINGER_MAX_SHARE = 0.05;
#define SKIN_REDUCTION 8
#define EDGE_PX 3 /* of the reduced picture: a sheet may be a little skewed in it */

static inline bool is_paper(const l_uint32 *line, int x, int depth)
{
    if (depth == 8)
        return GET_DATA_BYTE(line, x) >= PAPER_LEVEL;
    return (line[x] >> 24) >= PAPER_LEVEL && (line[x] >> 16 & 255) >= PAPER_LEVEL &&
           (line[x] >> 8 & 255) >= PAPER_LEVEL;
}

static inline void whiten(l_uint32 *line, int x, int depth)
{
    if (depth == 8)
        SET_DATA_BYTE(line, x, 255);
    else
        line[x] = 0xffffff00u;
}

/* from each point of an edge inwards, until paper begins, and a pixel more */
static void clear_edge(PIX *pix, Point from, Point to, double reach)
{
    int depth = pixGetDepth(pix), wpl = pixGetWpl(pix);
    double length = hypot(to.x - from.x, to.y - from.y);
    double dx = (to.x - from.x) / length, dy = (to.y - from.y) / length;
    for (double along = 0; along < length; along += 0.7) {
        int paper = 0;
        for (double in = 0.5; in < reach && paper < 2; in++) {
            int x = (int)floor(from.x + along * dx - in * dy);
            int y = (int)floor(from.y + along * dy + in * dx);
            if (x < 0 || y < 0 || x >= pixGetWidth(pix) || y >= pixGetHeight(pix))
                continue;
            l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)wpl;
            paper = is_paper(line, x, depth) ? paper + 1 : 0;
            whiten(line, x, depth);
        }
    }
}

static bool is_skin(uint32_t pixel)
{
    int r = (int)(pixel >> 24), g = (int)(pixel >> 16 & 255), b = (int)(pixel >> 8 & 255);
    return r - b >= SKIN_RED && g <= r && g - b >= SKIN_GREEN * (r - b);
}

/* 1 bpp, reduced: where most pixels are of skin's colour */
static PIX *skin_of(PIX *colour, Rect box)
{
    int width = box.width / SKIN_REDUCTION, height = box.height / SKIN_REDUCTION;
    PIX *skin = width > 0 && height > 0 ? pixCreate(width, height, 1) : NULL;
    for (int y = 0; skin != NULL && y < height; y++)
        for (int x = 0; x < width; x++) {
            int count = 0;
            for (int i = 1; i < SKIN_REDUCTION; i += 3) {
                const l_uint32 *line =
                    pixGetData(colour) +
                    (size_t)(box.y + y * SKIN_REDUCTION + i) * (size_t)pixGetWpl(colour);
                for (int k = 1; k < SKIN_REDUCTION; k += 3)
                    count += is_skin(line[box.x + x * SKIN_REDUCTION + k]);
            }
            if (count >= 5)
                pixSetPixel(skin, x, y, 1);
        }
    return skin;
}

static bool is_finger(const Blob *blob, PIX *skin, double px_per_mm)
{
    Rect box = blob->box_px;
    int width = pixGetWidth(skin), height = pixGetHeight(skin);
    bool is_at_edge = box.x <= EDGE_PX || box.y <= EDGE_PX ||
                      rect_right(box) >= width - EDGE_PX ||
                      rect_bottom(box) >= height - EDGE_PX;
    return is_at_edge && MIN(box.width, box.height) >= FINGER_MIN_MM * px_per_mm &&
           MAX(box.width, box.height) <= FINGER_MAX_MM * px_per_mm &&
           blob->area_px >= 0.4 * box.width * box.height &&
           blob->area_px <= FINGER_MAX_SHARE * width * height;
}

static void clear_fingers(PIX *colour, Rect box, int dpi)
{
    double px_per_mm = dpi / MM_PER_INCH / SKIN_REDUCTION;
    g_autoptr(PIX) skin = skin_of(colour, box);
    int thin = MAX(1, (int)(1.5 * px_per_mm));
    g_autoptr(PIX) whole = skin != NULL ? pixOpenBrick(NULL, skin, thin, thin) : NULL;
    g_autoptr(BlobSet) set = whole != NULL ? blobs_find(whole, BLOBS_MAX_RUNS) : NULL;
    int shade = (int)(FINGER_SHADE_MM * px_per_mm + 1);
    for (int i = 0; set != NULL && i < set->run_count; i++) {
        const struct InkRun *run = &set->runs[i];
        if (!is_finger(&set->blobs[run->blob], skin, px_per_mm))
            continue;
        Rect area = {box.x + (run->x0 - shade) * SKIN_REDUCTION,
                     box.y + (run->y - shade) * SKIN_REDUCTION,
                     (run->x1 - run->x0 + 2 * shade) * SKIN_REDUCTION,
                     (1 + 2 * shade) * SKIN_REDUCTION};
        area = rect_intersection(area, box);
        for (int y = area.y; y < rect_bottom(area); y++)
            for (int x = area.x; x < rect_right(area); x++)
                whiten(pixGetData(colour) + (size_t)y * (size_t)pixGetWpl(colour), x, 32);
    }
}

void photo_clear_rim(PIX *pix, const Point corner[4], const bool is_cut[4], int dpi)
{
    Rect box = flat_box(corner, pix);
    bool is_page = MIN(box.width, box.height) >= px_from_mm(CARD_SIDE_MM, dpi);
    double reach = (is_page ? RIM_MM : CARD_RIM_MM) / MM_PER_INCH * dpi;
    if (is_page && pixGetDepth(pix) == 32)
        clear_fingers(pix, box, dpi);
    for (int i = 0; i < 4; i++)
        if (!is_cut[i])
            clear_edge(pix, corner[i], corner[(i + 1) % 4], reach);
}
