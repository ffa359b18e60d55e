/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters whose lowest strokes touch (通置业) make a level line. */
#include "layout/private.h"

/* A line to write on goes on beyond what stands on it by so much of the print's height,
 * on one side at least; feet end where their characters end. */
static const double BEYOND_SHARE = 0.45;
/* The next characters of the line are this near, in its heights, and stand no higher than
 * within so much: a line to write on lies below them. */
static const double BESIDE_HEIGHTS = 1.5, LEVEL_MM = 0.15;

bool is_line_of_feet(PIX *ink, Rect at, int height_px, int dpi)
{
    int beyond_px = (int)(BEYOND_SHARE * height_px);
    int level_px = MAX(1, px_from_mm(LEVEL_MM, dpi));
    int beside_px = (int)(BESIDE_HEIGHTS * height_px);
    Rect above = {at.x, at.y - height_px, beyond_px, height_px - 1};
    Rect other_end = above;
    Rect before = {at.x - 1 - beside_px, at.y - level_px, beside_px,
                   at.height + 2 * level_px};
    Rect behind = before;
    other_end.x = rect_right(at) - beyond_px;
    behind.x = rect_right(at) + 1;
    return ink_share(ink, above) > 0 && ink_share(ink, other_end) > 0 &&
           (ink_share(ink, before) > 0 || ink_share(ink, behind) > 0);
}
