/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short lines to write on, of which no table is made: what stands on them is read, and
 * compared with print, without them. */
#include "layout/private.h"

/* Thinner and longer than a stroke, as far as strokes go: 一 of 22 points is as long. */
static const double THICK_MM = 0.5, LONG_MM = 7.0;
/* From here on down, of a line's height, nothing but that is level and so long: 一 stands
 * in the middle. */
static const double FOOT_SHARE = 0.75;
/* What is so near below a line is on its picture, too. */
static const double BELOW_MM = 0.5;

static bool is_level_dash(const Layout *layout, Rect box)
{
    double px_per_mm = layout->dpi / MM_PER_INCH;
    return box.height < THICK_MM * px_per_mm && box.width > LONG_MM * px_per_mm;
}

/* whether @dash lies at the foot of a line, under some of it */
static bool is_under_line(const Layout *layout, Rect dash)
{
    double below_px = BELOW_MM * layout->dpi / MM_PER_INCH;
    for (guint i = 0; i < layout->lines->len; i++) {
        Rect line = g_array_index(layout->lines, InkLine, i).box_px;
        double foot_px = dash.y + dash.height / 2.0 - line.y;
        if (rect_overlap_x(line, dash) > 0 && foot_px > FOOT_SHARE * line.height &&
            foot_px < line.height + below_px)
            return true;
    }
    return false;
}

void underlines_take(Layout *layout, const BlobSet *blobs)
{
    for (int i = 0; i < blobs->count; i++) {
        Rect dash = blobs->blobs[i].box_px;
        if (!is_level_dash(layout, dash) || !is_under_line(layout, dash))
            continue;
        pixRasterop(layout->rules, dash.x, dash.y, dash.width, dash.height,
                    PIX_SRC | PIX_DST, layout->ink, dash.x, dash.y);
        pixRasterop(layout->ink, dash.x, dash.y, dash.width, dash.height, PIX_CLR, NULL,
                    0, 0);
    }
}
