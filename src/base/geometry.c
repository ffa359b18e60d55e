/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/geometry.h"

#include <glib.h>
#include <math.h>

Rect rect_intersection(Rect a, Rect b)
{
    int x = MAX(a.x, b.x), y = MAX(a.y, b.y);
    int right = MIN(rect_right(a), rect_right(b));
    int bottom = MIN(rect_bottom(a), rect_bottom(b));
    return (Rect){x, y, MAX(0, right - x), MAX(0, bottom - y)};
}

Rect rect_union(Rect a, Rect b)
{
    if (rect_is_empty(a))
        return b;
    if (rect_is_empty(b))
        return a;
    int x = MIN(a.x, b.x), y = MIN(a.y, b.y);
    int right = MAX(rect_right(a), rect_right(b));
    int bottom = MAX(rect_bottom(a), rect_bottom(b));
    return (Rect){x, y, right - x, bottom - y};
}

bool rect_contains_centre(Rect outer, Rect inner)
{
    double cx = rect_centre_x(inner), cy = rect_centre_y(inner);
    return cx >= outer.x && cx < rect_right(outer) && cy >= outer.y &&
           cy < rect_bottom(outer);
}

int rect_overlap_x(Rect a, Rect b)
{
    return MAX(0, MIN(rect_right(a), rect_right(b)) - MAX(a.x, b.x));
}

int rect_overlap_y(Rect a, Rect b)
{
    return MAX(0, MIN(rect_bottom(a), rect_bottom(b)) - MAX(a.y, b.y));
}

Rect rect_grown(Rect r, int margin, int limit_width, int limit_height)
{
    Rect grown = {r.x - margin, r.y - margin, r.width + 2 * margin,
                  r.height + 2 * margin};
    return rect_intersection(grown, (Rect){0, 0, limit_width, limit_height});
}

Transform transform_identity(void)
{
    return (Transform){{1, 0, 0, 0, 1, 0, 0, 0, 1}};
}

Transform transform_multiply(Transform first, Transform second)
{
    Transform out;
    for (int row = 0; row < 3; row++)
        for (int column = 0; column < 3; column++) {
            double sum = 0;
            for (int k = 0; k < 3; k++)
                sum += second.m[row * 3 + k] * first.m[k * 3 + column];
            out.m[row * 3 + column] = sum;
        }
    return out;
}

bool transform_invert(Transform t, Transform *inverse)
{
    const double *m = t.m;
    Transform adjugate = {{m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8],
                           m[1] * m[5] - m[2] * m[4], m[5] * m[6] - m[3] * m[8],
                           m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
                           m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7],
                           m[0] * m[4] - m[1] * m[3]}};
    double d = m[0] * adjugate.m[0] + m[1] * adjugate.m[3] + m[2] * adjugate.m[6];
    if (d == 0 || !isfinite(d))
        return false;
    for (int i = 0; i < 9; i++)
        inverse->m[i] = adjugate.m[i] / d;
    return true;
}

Point transform_apply(Transform t, Point p)
{
    double w = t.m[6] * p.x + t.m[7] * p.y + t.m[8];
    if (w == 0)
        return p;
    return (Point){(t.m[0] * p.x + t.m[1] * p.y + t.m[2]) / w,
                   (t.m[3] * p.x + t.m[4] * p.y + t.m[5]) / w};
}

Transform transform_rotation_about(double angle_rad, Point c)
{
    double s = sin(angle_rad), k = cos(angle_rad);
    return (Transform){
        {k, -s, c.x - k * c.x + s * c.y, s, k, c.y - s * c.x - k * c.y, 0, 0, 1}};
}

Transform transform_scale(double sx, double sy)
{
    return (Transform){{sx, 0, 0, 0, sy, 0, 0, 0, 1}};
}

Transform transform_translation(double dx, double dy)
{
    return (Transform){{1, 0, dx, 0, 1, dy, 0, 0, 1}};
}
