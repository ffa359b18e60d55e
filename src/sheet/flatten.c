/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From papers in perspective to how they look from straight above. */
#include "sheet/photo.h"
#include "sheet/private.h"

/* The focal length of phones and document cameras, of the picture's long side: taken
 * where the paper's own lines do not tell, since they nearly do not meet. */
static const double USUAL_FOCAL = 0.9, MIN_FOCAL = 0.5, MAX_FOCAL = 3.0;
/* Sides' ratio of the ISO 216 series and of ISO/IEC 7810 ID-1 cards; corners are found
 * to a percent of a paper's side. */
static const double KNOWN_RATIOS[] = {1.41421356, 85.6 / 54.0};
static const double RATIO_SHARE = 0.03, MAX_RATIO = 5.0;
#define MIN_FLAT_PX 64
/* White around several papers, as a share of the first one's width. */
static const double MARGIN_SHARE = 0.03;

typedef struct {
    double x, y, z;
} Vector;

static Vector vector_cross(Vector a, Vector b)
{
    return (Vector){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

static double vector_dot(Vector a, Vector b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static double distance(Point a, Point b)
{
    return hypot(a.x - b.x, a.y - b.y);
}

/* Width over height of the paper that is seen as @quad (Zhang and He, Whiteboard scanning
 * and image enhancement, 2003, section 3.2): from the corners and the middle of the
 * picture follow the directions of the sides in space, and the focal length. */
static double ratio_of(const PaperQuad *quad, int width_px, int height_px)
{
    static const int order[4] = {0, 1, 3, 2};
    double unit = MAX(width_px, height_px);
    Vector m[4];
    for (int i = 0; i < 4; i++) {
        Point p = quad->corner[order[i]];
        m[i] = (Vector){(p.x - width_px / 2.0) / unit, (p.y - height_px / 2.0) / unit, 1};
    }
    Vector diagonal = vector_cross(m[0], m[3]);
    double k2 = vector_dot(diagonal, m[2]) / vector_dot(vector_cross(m[1], m[3]), m[2]);
    double k3 = vector_dot(diagonal, m[1]) / vector_dot(vector_cross(m[2], m[3]), m[1]);
    Vector across = {k2 * m[1].x - m[0].x, k2 * m[1].y - m[0].y, k2 - 1};
    Vector down = {k3 * m[2].x - m[0].x, k3 * m[2].y - m[0].y, k3 - 1};
    double focal2 = -(across.x * down.x + across.y * down.y) / (across.z * down.z);
    if (!(focal2 >= MIN_FOCAL * MIN_FOCAL && focal2 <= MAX_FOCAL * MAX_FOCAL))
        focal2 = USUAL_FOCAL * USUAL_FOCAL;
    double width2 =
        (across.x * across.x + across.y * across.y) / focal2 + across.z * across.z;
    double height2 = (down.x * down.x + down.y * down.y) / focal2 + down.z * down.z;
    return sqrt(width2 / height2);
}

static double known_ratio(double ratio)
{
    double high = MAX(ratio, 1 / ratio);
    for (size_t i = 0; i < G_N_ELEMENTS(KNOWN_RATIOS); i++)
        if (fabs(high / KNOWN_RATIOS[i] - 1) <= RATIO_SHARE)
            return ratio > 1 ? KNOWN_RATIOS[i] : 1 / KNOWN_RATIOS[i];
    return ratio;
}

/* from the rectangle of @width x @height to @quad (Heckbert, Fundamentals of texture
 * mapping, 1989) */
static Transform to_quad(double width, double height, const PaperQuad *quad)
{
    const Point *c = quad->corner;
    double sx = c[0].x - c[1].x + c[2].x - c[3].x;
    double sy = c[0].y - c[1].y + c[2].y - c[3].y;
    double ax = c[1].x - c[2].x, ay = c[1].y - c[2].y;
    double bx = c[3].x - c[2].x, by = c[3].y - c[2].y;
    double d = ax * by - ay * bx;
    double g = (sx * by - sy * bx) / d, h = (ax * sy - ay * sx) / d;
    Transform square = {{c[1].x - c[0].x + g * c[1].x, c[3].x - c[0].x + h * c[3].x,
                         c[0].x, c[1].y - c[0].y + g * c[1].y,
                         c[3].y - c[0].y + h * c[3].y, c[0].y, g, h, 1}};
    return transform_multiply(transform_scale(1 / width, 1 / height), square);
}

static bool is_plausible(double width, double height)
{
    return MIN(width, height) >= MIN_FLAT_PX &&
           MAX(width, height) <= LIMIT_PAGE_SIDE_PX / 2.0 &&
           MAX(width, height) <= MAX_RATIO * MIN(width, height);
}

/* The further papers stand where they lie on the desk, each straightened about its
 * middle. */
static bool add_pieces(Flat *flat, const PhotoPapers *papers)
{
    Transform to_desk = flat->pieces[0].to_page;
    if (!transform_invert(flat->pieces[0].to_page, &to_desk))
        return false;
    Rect all = flat->pieces[0].box_px;
    for (int i = 1; i < papers->count; i++) {
        Point c[4], middle = {0, 0};
        for (int k = 0; k < 4; k++) {
            c[k] = transform_apply(to_desk, papers->quads[i].corner[k]);
            middle.x += c[k].x / 4;
            middle.y += c[k].y / 4;
        }
        double width = (distance(c[0], c[1]) + distance(c[3], c[2])) / 2;
        double height = (distance(c[0], c[3]) + distance(c[1], c[2])) / 2;
        if (!is_plausible(width, height) || fabs(middle.x) > LIMIT_PAGE_SIDE_PX ||
            fabs(middle.y) > LIMIT_PAGE_SIDE_PX)
            continue;
        FlatPiece *piece = &flat->pieces[flat->count++];
        piece->box_px =
            (Rect){(int)lround(middle.x - width / 2), (int)lround(middle.y - height / 2),
                   (int)lround(width), (int)lround(height)};
        piece->to_page = transform_multiply(
            transform_translation(-piece->box_px.x, -piece->box_px.y),
            to_quad(piece->box_px.width, piece->box_px.height, &papers->quads[i]));
        all = rect_union(all, piece->box_px);
    }
    if (flat->count == 1)
        return true;
    int margin = (int)(MARGIN_SHARE * flat->pieces[0].box_px.width);
    flat->width_px = all.width + 2 * margin;
    flat->height_px = all.height + 2 * margin;
    Transform back = transform_translation(all.x - margin, all.y - margin);
    for (int i = 0; i < flat->count; i++) {
        flat->pieces[i].box_px.x -= all.x - margin;
        flat->pieces[i].box_px.y -= all.y - margin;
        flat->pieces[i].to_page = transform_multiply(back, flat->pieces[i].to_page);
    }
    return is_plausible(flat->width_px, flat->height_px);
}

bool flat_init(Flat *flat, const PhotoPapers *papers, int width_px, int height_px)
{
    const PaperQuad *quad = &papers->quads[0];
    const Point *c = quad->corner;
    double ratio = known_ratio(ratio_of(quad, width_px, height_px));
    double across = (distance(c[0], c[1]) + distance(c[3], c[2])) / 2;
    double down = (distance(c[0], c[3]) + distance(c[1], c[2])) / 2;
    double width = MAX(across, down * ratio), height = MAX(down, across / ratio);
    *flat = (Flat){.count = 1};
    if (!is_plausible(width, height)) /* NaN too */
        return false;
    flat->width_px = (int)lround(width);
    flat->height_px = (int)lround(height);
    flat->pieces[0] = (FlatPiece){{0, 0, flat->width_px, flat->height_px},
                                  to_quad(flat->width_px, flat->height_px, quad)};
    flat->roll_deg =
        atan2(c[1].y + c[2].y - c[0].y - c[3].y, c[1].x + c[2].x - c[0].x - c[3].x) *
        180 / G_PI;
    return add_pieces(flat, papers);
}

/* the pixels of row @y that lie in the convex @corner: *x0 .. *x1 - 1 */
static void span_of(const Point corner[4], double y, int width, int *x0, int *x1)
{
    double left = 1e9, right = -1e9;
    for (int i = 0; i < 4; i++) {
        Point a = corner[i], b = corner[(i + 1) % 4];
        if ((a.y <= y) == (b.y <= y))
            continue;
        double x = a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y);
        left = MIN(left, x);
        right = MAX(right, x);
    }
    *x0 = left > right ? 0 : CLAMP((int)ceil(left - 0.5), 0, width);
    *x1 = left > right ? 0 : CLAMP((int)ceil(right - 0.5), 0, width);
}

bool flat_outline(const Flat *flat, int i, Transform to_flat, Point corner[4])
{
    Transform from_flat;
    Rect box = flat->pieces[i].box_px;
    const Point outline[4] = {{box.x, box.y},
                              {rect_right(box), box.y},
                              {rect_right(box), rect_bottom(box)},
                              {box.x, rect_bottom(box)}};
    if (!transform_invert(to_flat, &from_flat))
        return false;
    for (int k = 0; k < 4; k++)
        corner[k] = transform_apply(from_flat, outline[k]);
    return true;
}

PIX *flat_see(const Flat *flat, PIX *source, Transform page_to_source, Transform to_flat,
              int width_px, int height_px)
{
    g_autoptr(PIX) out = pixCreate(width_px, height_px, pixGetDepth(source));
    if (out == NULL)
        return NULL;
    pixSetAll(out);
    for (int i = 0; i < flat->count; i++) {
        Point seen[4];
        if (!flat_outline(flat, i, to_flat, seen))
            return NULL;
        Transform to_source = transform_multiply(
            transform_multiply(to_flat, flat->pieces[i].to_page), page_to_source);
        for (int y = 0; y < height_px; y++) {
            int x0, x1;
            span_of(seen, y + 0.5, width_px, &x0, &x1);
            warp_span(source, to_source, out, y, x0, x1);
        }
    }
    return g_steal_pointer(&out);
}
