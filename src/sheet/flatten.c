/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From papers in perspective to how they look from straight above. */
#include "sheet/photo.h"
#include "sheet/private.h"

/* Focal lengths of phones (24 to 28 mm of a picture 36 mm wide) and document cameras, of
 * the picture's long side. */
static const double MIN_FOCAL = 0.65, USUAL_FOCAL = 0.9, MAX_FOCAL = 1.5;
/* Sides' ratio of the ISO 216 series and of ISO/IEC 7810 ID-1 cards; corners are found
 * to a percent of a paper's side. */
static const double KNOWN_RATIOS[] = {1.41421356, 85.6 / 54.0};
static const double RATIO_SHARE = 0.025, MAX_RATIO = 5.0;
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

/* The directions of a paper's sides in space, but for the focal length (Zhang and He,
 * Whiteboard scanning and image enhancement, 2003, section 3.2). */
typedef struct {
    Vector across, down;
} Sides;

static Sides sides_of(const PaperQuad *quad, int width_px, int height_px)
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
    return (Sides){{k2 * m[1].x - m[0].x, k2 * m[1].y - m[0].y, k2 - 1},
                   {k3 * m[2].x - m[0].x, k3 * m[2].y - m[0].y, k3 - 1}};
}

/* The focal length follows from the right angle between the sides; NAN where they are so
 * nearly parallel to the picture that it does not */
static double focal_of(const Sides *sides)
{
    return sqrt(-(sides->across.x * sides->down.x + sides->across.y * sides->down.y) /
                (sides->across.z * sides->down.z));
}

/* width over height */
static double ratio_at(const Sides *sides, double focal)
{
    Vector a = sides->across, d = sides->down;
    return sqrt(((a.x * a.x + a.y * a.y) / (focal * focal) + a.z * a.z) /
                ((d.x * d.x + d.y * d.y) / (focal * focal) + d.z * d.z));
}

/* Width over height of the paper that is seen as @quad: a known one where some camera
 * would show it so. */
static double ratio_of(const PaperQuad *quad, int width_px, int height_px)
{
    Sides sides = sides_of(quad, width_px, height_px);
    double focal = focal_of(&sides);
    if (!(focal >= MIN_FOCAL && focal <= MAX_FOCAL)) /* NaN too */
        focal = USUAL_FOCAL;
    double ratio = ratio_at(&sides, focal), usual = ratio_at(&sides, USUAL_FOCAL);
    double one = ratio_at(&sides, MIN_FOCAL), other = ratio_at(&sides, MAX_FOCAL);
    double low = MIN(one, other) * (1 - RATIO_SHARE);
    double high = MAX(one, other) * (1 + RATIO_SHARE), best = ratio, least = 1e9;
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(KNOWN_RATIOS); i++) {
        double known = i % 2 ? 1 / KNOWN_RATIOS[i / 2] : KNOWN_RATIOS[i / 2];
        double away = fabs(log(known / ratio));
        if (known >= low && known <= high && away < least) {
            least = away;
            best = known;
        }
    }
    /* what corners a little off make of it, no camera would */
    return least < 1e9 ? best : CLAMP(ratio, MIN(low, usual), MAX(high, usual));
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
        memcpy(piece->is_cut, papers->quads[i].is_cut, sizeof(piece->is_cut));
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
    double ratio = ratio_of(quad, width_px, height_px);
    double across = (distance(c[0], c[1]) + distance(c[3], c[2])) / 2;
    double down = (distance(c[0], c[3]) + distance(c[1], c[2])) / 2;
    double width = MAX(across, down * ratio), height = MAX(down, across / ratio);
    *flat = (Flat){.count = 1};
    if (!is_plausible(width, height)) /* NaN too */
        return false;
    flat->width_px = (int)lround(width);
    flat->height_px = (int)lround(height);
    flat->pieces[0] =
        (FlatPiece){.box_px = {0, 0, flat->width_px, flat->height_px},
                    .to_page = to_quad(flat->width_px, flat->height_px, quad)};
    memcpy(flat->pieces[0].is_cut, quad->is_cut, sizeof(quad->is_cut));
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

Rect flat_box(const Point corner[4], PIX *pix)
{
    Rect box = {0};
    for (int i = 0; i < 4; i++)
        box = rect_union(box, (Rect){(int)corner[i].x, (int)corner[i].y, 1, 1});
    return rect_intersection(box, (Rect){0, 0, pixGetWidth(pix), pixGetHeight(pix)});
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
