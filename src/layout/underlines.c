/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short lines to write on, of which no table is made: what stands on them is read, and
 * compared with print, without them. */
#include "layout/private.h"

/* Thinner and longer than a stroke, as far as strokes go: 一 of 22 points is as long. */
static const double THICK_MM = 0.7, LONG_MM = 6.5;
/* From here on down, of a line's height, nothing but that is level and so long: 一 stands
 * in the middle. What is so near below a line is on its picture, too. */
static const double FOOT_SHARE = 0.7, BELOW_MM = 0.5;

/* where lines to write on may lie under @line */
static Rect foot_of(const Layout *layout, Rect line)
{
    int top = line.y + (int)(FOOT_SHARE * line.height);
    int bottom = rect_bottom(line) + px_from_mm(BELOW_MM, layout->dpi);
    Rect page = {0, 0, layout->width_px, layout->height_px};
    return rect_intersection((Rect){line.x, top, line.width, bottom - top}, page);
}

/* The rule that @part is; its centre is owned by it. @at: where @part lies on the page */
static Rule rule_of(PIX *part, Rect at)
{
    Rule rule = {.box_px = at, .is_ruled = true};
    rule.centre = g_new0(double, (gsize)at.width);
    for (int x = 0; x < at.width; x++) {
        int sum = 0, count = 0;
        for (int y = 0; y < at.height; y++) {
            l_uint32 bit = 0;
            pixGetPixel(part, x, y, &bit);
            sum += (int)bit * y;
            count += (int)bit;
        }
        rule.centre[x] = at.y + (count > 0 ? (double)sum / count : at.height / 2.0);
    }
    return rule;
}

static void take_under(Layout *layout, Rect line)
{
    Rect foot = foot_of(layout, line);
    int long_px = px_from_mm(LONG_MM, layout->dpi);
    if (foot.width < long_px || foot.height < 1)
        return;
    g_autoptr(BOX) clip = boxCreate(foot.x, foot.y, foot.width, foot.height);
    g_autoptr(PIX) part = pixClipRectangle(layout->ink, clip, NULL);
    g_autoptr(PIX) level = part != NULL ? pixOpenBrick(NULL, part, long_px, 1) : NULL;
    PIXA *parts = NULL;
    g_autoptr(BOXA) boxes = level != NULL ? pixConnComp(level, &parts, 8) : NULL;
    for (int i = 0; boxes != NULL && i < boxaGetCount(boxes); i++) {
        Rect at = {0};
        boxaGetBoxGeometry(boxes, i, &at.x, &at.y, &at.width, &at.height);
        at.x += foot.x;
        at.y += foot.y;
        if (at.height > px_from_mm(THICK_MM, layout->dpi) ||
            is_line_of_feet(layout->ink, at, at.y - line.y, layout->dpi))
            continue;
        g_autoptr(PIX) one = pixaGetPix(parts, i, L_CLONE);
        Rule rule = rule_of(one, at);
        rule_erase(&rule, layout->ink, layout->rules, layout->dpi);
        g_free(rule.centre);
    }
    pixaDestroy(&parts);
}

void underlines_take(Layout *layout)
{
    for (guint i = 0; i < layout->lines->len; i++)
        take_under(layout, g_array_index(layout->lines, InkLine, i).box_px);
}
