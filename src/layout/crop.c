/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture of one line for the recogniser. */
#include "layout/private.h"

#define MARGIN_MM 0.3
#define MAX_SCALE 6.0
#define MAX_WIDTH_PX 8000

/* paint white what is rule and not writing; @at: where @crop lies */
static void blank_rules(const Layout *layout, PIX *crop, Rect at)
{
    g_autoptr(BOX) box = boxCreate(at.x, at.y, at.width, at.height);
    g_autoptr(PIX) lines = pixClipRectangle(layout->rules, box, NULL);
    l_int32 is_empty = 1;
    if (lines == NULL || pixZero(lines, &is_empty) != 0 || is_empty)
        return;
    g_autoptr(PIX) ink = pixClipRectangle(layout->ink, box, NULL);
    /* the grey edges of a rule are rule too */
    g_autoptr(PIX) wide = pixDilateBrick(NULL, lines, 5, 5);
    g_autoptr(PIX) only =
        wide != NULL && ink != NULL ? pixSubtract(NULL, wide, ink) : NULL;
    if (only != NULL)
        pixSetMasked(crop, only, 255);
}

static void blank_rects(PIX *crop, Rect at, const GArray *rects)
{
    for (guint i = 0; rects != NULL && i < rects->len; i++) {
        Rect r = rect_intersection(at, g_array_index(rects, Rect, i));
        if (rect_is_empty(r))
            continue;
        g_autoptr(BOX) box = boxCreate(r.x - at.x, r.y - at.y, r.width, r.height);
        pixSetInRect(crop, box);
    }
}

static PIX *scaled(PIX *crop, double scale)
{
    if (fabs(scale - 1) < 0.02)
        return pixClone(crop);
    int width = MAX(1, (int)(pixGetWidth(crop) * scale + 0.5));
    int height = MAX(1, (int)(pixGetHeight(crop) * scale + 0.5));
    if (scale < 1)
        return pixScaleAreaMapToSize(crop, width, height);
    return pixScaleGrayLI(crop, (l_float32)scale, (l_float32)scale);
}

PIX *layout_line_crop(const Layout *layout, const Sheet *sheet, Rect line,
                      const GArray *rects_to_blank, int target_height_px,
                      double border_share)
{
    Rect page = {0, 0, layout->width_px, layout->height_px};
    Rect ink = rect_intersection(line, page);
    if (rect_is_empty(ink))
        return NULL;
    int white_px = (int)(border_share * ink.height + 0.5);
    int margin_px = MIN(MAX(1, px_from_mm(MARGIN_MM, layout->dpi)), white_px);
    Rect at = rect_grown(ink, margin_px, page.width, page.height);
    g_autoptr(BOX) box = boxCreate(at.x, at.y, at.width, at.height);
    g_autoptr(PIX) crop = pixClipRectangle(sheet->grey, box, NULL);
    if (crop == NULL)
        return NULL;
    blank_rules(layout, crop, at);
    blank_rects(crop, at, rects_to_blank);
    double scale = target_height_px > 0 ? (double)target_height_px / ink.height : 1;
    scale = MIN(MIN(scale, MAX_SCALE), (double)MAX_WIDTH_PX / at.width);
    g_autoptr(PIX) sized = scaled(crop, scale);
    int border_px = (int)((white_px - margin_px) * scale + 0.5);
    return sized != NULL ? pixAddBorder(sized, border_px, 255) : NULL;
}
