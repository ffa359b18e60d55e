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

/* the edges of one row or column: each way down from paper to the darkest of a stroke,
 * its height over its steepest step */
static void add_line(PIX *grey, int at, bool is_column, Widths *widths)
{
    int length = is_column ? pixGetHeight(grey) : pixGetWidth(grey);
    const l_uint32 *data = pixGetData(grey);
    size_t wpl = (size_t)pixGetWpl(grey);
    int top = 0, last = 0, steepest = 0;
    for (int i = 0; i < length; i++) {
        const l_uint32 *line = data + (size_t)(is_column ? i : at) * wpl;
        int level = GET_DATA_BYTE(line, is_column ? at : i);
        if (level < last) {
            steepest = MAX(steepest, last - level);
        } else if (level > last) {
            if (top >= PAPER_LEVEL && top - last >= MIN_DROP)
                add_edge(widths, top - last, steepest);
            top = level;
            steepest = 0;
        }
        last = level;
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
    for (int y = STEP_PX; y < pixGetHeight(grey); y += STEP_PX)
        add_line(grey, y, false, &across);
    for (int x = STEP_PX; x < pixGetWidth(grey); x += STEP_PX)
        add_line(grey, x, true, &down);
    if (MIN(across.total, down.total) < MIN_EDGES)
        return 0;
    return MAX(median_px(&across), median_px(&down));
}

bool quality_is_blurred(PIX *grey, int dpi)
{
    return edge_px(grey) > MAX(BLUR_PX, BLUR_MM / MM_PER_INCH * dpi);
}

bool quality_is_dark(PIX *page)
{
    int reduction = MAX(1, MIN(pixGetWidth(page), pixGetHeight(page)) / 200);
    l_float32 level = 255;
    g_autoptr(PIX) small = raster_reduced_grey(page, reduction);
    /* paper is the larger part of what is to be read */
    return small != NULL &&
           pixGetRankValueMasked(small, NULL, 0, 0, 1, 0.6f, &level, NULL) == 0 &&
           level < DARK_PAPER;
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
