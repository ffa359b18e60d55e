/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a page is good enough to be read at all, measured on its pixels. The limits are
 * from pages that were blurred and darkened step by step, and read: values begin to be
 * lost where the usual edge is wider, or the paper darker. */
#include "sheet/quality.h"

static const double BLUR_MM = 0.45, BLUR_PX = 3.0;
/* Print this near the picture's edge goes on beyond it, where there is so much of it. */
static const double CUT_MM = 1.5, CUT_SHARE = 0.01;
#define INK_LEVEL 140

/* An edge leads from paper to ink, so far down at least: less is noise and pale print. */
#define PAPER_LEVEL 200
#define MIN_DROP 60
/* What is wider is no edge of print. */
#define MAX_WIDTH_PX 40
/* Fewer edges than a line of print has say nothing of a page. */
#define MIN_EDGES 300
/* Rows and columns looked at: every so many pixels. */
#define STEP_PX 3

/* Where light was measured there are neighbours of one tone between paper and ink, along
 * edges and in pale ink: on drawn pages, which have the sharpest edges, 40 and more to a
 * hundred edges, on scans 130 and more, on JPEGs of black-and-white pages 0.2 and less.
 */
#define MIDDLE_LEVEL 128
#define TONE_FROM 40
#define TONE_TO 216
#define ONE_TONE 12
static const double MAX_TONES = 0.01;

/* The widths of edges, in quarters of a pixel. */
typedef struct {
    int counts[4 * MAX_WIDTH_PX + 1], total;
} Widths;

static void add_edge(Widths *widths, int drop, int steepest)
{
    int width = (4 * drop + steepest / 2) / steepest;
    if (width <= 4 * MAX_WIDTH_PX) {
        widths->counts[width]++;
        widths->total++;
    }
}

/* One row or column as far as it was followed. */
typedef struct {
    int top, last, steepest;
} Trail;

/* the edges on its way: each way down from paper to the darkest of a stroke, its height
 * over its steepest step */
static inline void follow(Trail *trail, int level, Widths *widths)
{
    int drop = trail->last - level;
    if (drop > 0) {
        trail->steepest = MAX(trail->steepest, drop);
    } else if (drop < 0) {
        if (trail->top >= PAPER_LEVEL && trail->top - trail->last >= MIN_DROP)
            add_edge(widths, trail->top - trail->last, trail->steepest);
        trail->top = level;
        trail->steepest = 0;
    }
    trail->last = level;
}

/* Columns are followed side by side, row by row: that is how a picture lies in memory. */
static void add_edges(PIX *grey, Widths *across, Widths *down)
{
    int width = pixGetWidth(grey), height = pixGetHeight(grey);
    g_autofree Trail *columns = g_new0(Trail, (gsize)width / STEP_PX + 1);
    for (int y = 0; y < height; y++) {
        const l_uint32 *line = pixGetData(grey) + (size_t)y * (size_t)pixGetWpl(grey);
        for (int x = STEP_PX, k = 0; x < width; x += STEP_PX, k++)
            follow(&columns[k], GET_DATA_BYTE(line, x), down);
        if (y == 0 || y % STEP_PX != 0)
            continue;
        Trail row = {0};
        for (int x = 0; x < width; x++)
            follow(&row, GET_DATA_BYTE(line, x), across);
    }
}

static double median_px(const Widths *widths)
{
    int below = 0;
    for (int i = 0; i <= 4 * MAX_WIDTH_PX; i++) {
        below += widths->counts[i];
        if (below * 2 >= widths->total)
            return i / 4.0;
    }
    return 0;
}

/* the usual width of an edge, of the direction in which it is worse, since hands shake in
 * one; 0 where there is too little print to say */
static double edge_px(PIX *grey)
{
    Widths across = {0}, down = {0};
    add_edges(grey, &across, &down);
    if (MIN(across.total, down.total) < MIN_EDGES)
        return 0;
    return MAX(median_px(&across), median_px(&down));
}

bool quality_is_blurred(PIX *grey, int dpi)
{
    return edge_px(grey) > MAX(BLUR_PX, BLUR_MM / MM_PER_INCH * dpi);
}

bool quality_is_darker(PIX *page, int darker_than)
{
    int reduction = MAX(1, MIN(pixGetWidth(page), pixGetHeight(page)) / 200);
    l_float32 level = 255;
    g_autoptr(PIX) small = raster_reduced_grey(page, reduction);
    /* paper is the larger part of what is to be read */
    return small != NULL &&
           pixGetRankValueMasked(small, NULL, 0, 0, 1, 0.6f, &level, NULL) == 0 &&
           level < (l_float32)darker_than;
}

bool quality_is_dark(PIX *page)
{
    return quality_is_darker(page, DARK_PAPER);
}

bool quality_is_toneless(PIX *page)
{
    if (pixGetDepth(page) != 8)
        return false; /* it has colour */
    int64_t tones = 0, edges = 0;
    int width = pixGetWidth(page), height = pixGetHeight(page);
    for (int y = 0; y < height; y += STEP_PX) {
        const l_uint32 *line = pixGetData(page) + (size_t)y * (size_t)pixGetWpl(page);
        int last = GET_DATA_BYTE(line, 0);
        for (int x = 1; x < width; x++) {
            int level = GET_DATA_BYTE(line, x);
            edges += (level < MIDDLE_LEVEL) != (last < MIDDLE_LEVEL);
            tones += abs(level - last) <= ONE_TONE && MIN(level, last) >= TONE_FROM &&
                     MAX(level, last) < TONE_TO;
            last = level;
        }
    }
    return edges >= MIN_EDGES && tones <= MAX_TONES * (double)edges;
}

bool quality_is_cut(PIX *grey, Point from, Point to, int dpi)
{
    double length = hypot(to.x - from.x, to.y - from.y);
    double dx = (to.x - from.x) / length, dy = (to.y - from.y) / length;
    int reach = px_from_mm(CUT_MM, dpi), inked = 0, all = 0;
    for (double along = 0; along < length; along++, all++)
        for (int in = 1; in <= reach; in++) {
            l_uint32 level = 255;
            pixGetPixel(grey, (l_int32)(from.x + along * dx - in * dy),
                        (l_int32)(from.y + along * dy + in * dx), &level);
            if (level < INK_LEVEL) {
                inked++;
                break;
            }
        }
    return inked > CUT_SHARE * all;
}
