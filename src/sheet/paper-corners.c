/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The corners of a paper to the pixel: its sides are looked for again on the page. */
#include "sheet/paper-lines.h"

#define PROFILES 72
#define HALF_WIDTH 2

static double white_at(PIX *page, double x, double y)
{
    int ix = CLAMP((int)x, 0, pixGetWidth(page) - 1);
    int iy = CLAMP((int)y, 0, pixGetHeight(page) - 1);
    const l_uint32 *line = pixGetData(page) + (size_t)iy * (size_t)pixGetWpl(page);
    if (pixGetDepth(page) == 8)
        return GET_DATA_BYTE(line, ix);
    int r = (int)(line[ix] >> 24), g = (int)(line[ix] >> 16 & 255);
    return MIN(MIN(r, g), (int)(line[ix] >> 8 & 255));
}

/* where along the normal at @p the page gets light most, in pixels from @p */
static double edge_offset(PIX *page, Point p, double nx, double ny, int reach)
{
    int span = 2 * reach + 1;
    g_autofree double *profile = g_new0(double, (gsize)span);
    for (int i = 0; i < span; i++)
        for (int k = -HALF_WIDTH; k <= HALF_WIDTH; k++)
            profile[i] += white_at(page, p.x + (i - reach) * nx - 2 * k * ny,
                                   p.y + (i - reach) * ny + 2 * k * nx);
    int wide = MAX(2, reach / 4), best = reach;
    double most = 0;
    for (int i = wide; i < span - wide; i++) {
        double rise = 0;
        for (int k = 1; k <= wide; k++)
            rise += profile[i + k] - profile[i - k];
        if (rise > most) {
            most = rise;
            best = i;
        }
    }
    return best - reach;
}

/* the straight line through most of the points: the side of a paper under a finger too */
static bool line_through(const Point *points, int n, EdgeLine *line)
{
    g_autofree bool *is_out = g_new0(bool, (gsize)n);
    for (int round = 0; round < 6; round++) {
        double count = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0, spread = 0;
        for (int i = 0; i < n; i++)
            if (!is_out[i]) {
                count++, x += points[i].x, y += points[i].y;
                xx += points[i].x * points[i].x, xy += points[i].x * points[i].y;
                yy += points[i].y * points[i].y;
            }
        if (count < PROFILES / 4)
            return false;
        x /= count, y /= count;
        double along = 0.5 * atan2(2 * (xy / count - x * y),
                                   xx / count - x * x - (yy / count - y * y));
        line->nx = -sin(along);
        line->ny = cos(along);
        line->rho = line->nx * x + line->ny * y;
        for (int i = 0; i < n; i++) {
            double d = points[i].x * line->nx + points[i].y * line->ny - line->rho;
            spread += is_out[i] ? 0 : d * d;
        }
        double limit = MAX(1.0, 2 * sqrt(spread / count));
        for (int i = 0; i < n; i++)
            is_out[i] =
                fabs(points[i].x * line->nx + points[i].y * line->ny - line->rho) > limit;
    }
    return true;
}

PaperQuad paper_corners(PIX *page, const Point corner[4], const bool is_rim[4],
                        int reduction)
{
    PaperQuad out;
    EdgeLine lines[4];
    for (int i = 0; i < 4; i++) {
        Point a = corner[i], b = corner[(i + 1) % 4], points[PROFILES];
        a = (Point){a.x * reduction, a.y * reduction};
        b = (Point){b.x * reduction, b.y * reduction};
        double length = hypot(b.x - a.x, b.y - a.y);
        double nx = -(b.y - a.y) / length, ny = (b.x - a.x) / length;
        lines[i] = (EdgeLine){nx, ny, nx * a.x + ny * a.y, 0, is_rim[i]};
        out.is_cut[i] = is_rim[i];
        if (is_rim[i])
            continue;
        for (int k = 0; k < PROFILES; k++) {
            double t = 0.03 + 0.94 * k / (PROFILES - 1);
            Point p = {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
            double d = edge_offset(page, p, nx, ny, 4 * reduction);
            points[k] = (Point){p.x + d * nx + 0.5, p.y + d * ny + 0.5};
        }
        EdgeLine fine = lines[i];
        if (line_through(points, PROFILES, &fine))
            lines[i] = fine;
    }
    for (int i = 0; i < 4; i++)
        out.corner[i] = edge_lines_meet(&lines[(i + 3) % 4], &lines[i]);
    return out;
}
