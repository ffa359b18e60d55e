/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/geometry.h - rectangles and projective transforms, passed by value. */
#pragma once
#include <stdbool.h>

#define MM_PER_INCH 25.4

/* x, y: top left corner; width, height: may be 0. Pixels, y grows downwards. */
typedef struct {
    int x, y, width, height;
} Rect;

typedef struct {
    double x, y;
} Point;

/* A projective transform, row by row: (x', y', w') = m * (x, y, 1). */
typedef struct {
    double m[9];
} Transform;

static inline int rect_right(Rect r)
{
    return r.x + r.width;
}
static inline int rect_bottom(Rect r)
{
    return r.y + r.height;
}
static inline double rect_centre_x(Rect r)
{
    return r.x + r.width / 2.0;
}
static inline double rect_centre_y(Rect r)
{
    return r.y + r.height / 2.0;
}
static inline bool rect_is_empty(Rect r)
{
    return r.width <= 0 || r.height <= 0;
}
/* pixels in @mm at @dpi, rounded */
static inline int px_from_mm(double mm, int dpi)
{
    return (int)(mm / MM_PER_INCH * dpi + 0.5);
}

/* rect_intersection: what both cover; empty (0 wide or high) where they do not meet. */
Rect rect_intersection(Rect a, Rect b);
/* rect_union: the smallest that covers both; an empty one adds nothing. */
Rect rect_union(Rect a, Rect b);
/* rect_contains_centre: whether the middle of @inner lies in @outer. */
bool rect_contains_centre(Rect outer, Rect inner);
/* rect_overlap_x / _y: length in pixels of the shared part of the two spans; 0 if apart.
 */
int rect_overlap_x(Rect a, Rect b);
int rect_overlap_y(Rect a, Rect b);
/* rect_grown: @r with @margin more on each side, cut to 0,0..@limit_width,@limit_height.
 */
Rect rect_grown(Rect r, int margin, int limit_width, int limit_height);

Transform transform_identity(void);
/* transform_invert: @inverse: out. Returns: false where @t has none */
bool transform_invert(Transform t, Transform *inverse);
/* transform_multiply: the transform that does @first, then @second. */
Transform transform_multiply(Transform first, Transform second);
Point transform_apply(Transform t, Point p);
/* transform_rotation_about: @angle_rad clockwise (y down) about @centre. */
Transform transform_rotation_about(double angle_rad, Point centre);
Transform transform_scale(double sx, double sy);
Transform transform_translation(double dx, double dy);
