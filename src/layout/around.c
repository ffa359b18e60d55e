/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is drawn about a box and not in it: a ring, as people make it who mean the box. */
#include "layout/private.h"

/* Directions looked into from the middle of the box, and how near to it and how far from
 * it a ring's ink may be, in sides. Nearer it is a mark in the box; farther off are the
 * rows above and below. */
#define DIRECTIONS 32
static const double NEAREST = 0.40, FARTHEST = 0.95;
/* A ring's distance changes by so much at most from one direction to the next; strokes of
 * the characters beside the box jump. */
static const double SMOOTH = 0.14;
/* Where it runs along a side it cannot be told from the frame: in so many directions on
 * end. */
#define MAX_HIDDEN 4
/* So far inwards all is the frame's, in sides: on copies its sides are not of one
 * thickness, and a thick one is no ring. */
static const double FRAME_SHARE = 0.13;
/* Around a frame's lines its blurred edges are ink, too. */
#define FRAME_BLUR_PX 2

/* So near above and below a box nothing is printed, in its sides. */
static const double OVER_SIDES = 0.22;

typedef struct {
    double at;       /* distance of the ink that is not the frame's, in sides; 0: none */
    double of_frame; /* and of the frame */
} Ray;

static Ray look(PIX *ink, Rect box, int thick, double angle)
{
    double side = (box.width + box.height) / 2.0, dx = cos(angle), dy = sin(angle);
    double level = box.width / 2.0 / MAX(1e-6, fabs(dx));
    double upright = box.height / 2.0 / MAX(1e-6, fabs(dy)),
           to_frame = MIN(level, upright);
    Ray ray = {.of_frame = to_frame / side};
    double inwards = MAX(thick + 1, FRAME_SHARE * side);
    for (double r = NEAREST * side; r <= FARTHEST * side && ray.at == 0; r += 1) {
        l_uint32 value = 0;
        bool is_frame =
            r < to_frame + 2 && (to_frame - r) * MAX(fabs(dx), fabs(dy)) <= inwards;
        pixGetPixel(ink, (l_int32)lround(rect_centre_x(box) + r * dx),
                    (l_int32)lround(rect_centre_y(box) + r * dy), &value);
        if (value != 0 && !is_frame)
            ray.at = r / side;
    }
    return ray;
}

double ring_around(PIX *ink, Rect box, int thick)
{
    Ray rays[DIRECTIONS];
    int best = 0, seen = 0, hidden = 0;
    double last = 0;
    for (int i = 0; i < DIRECTIONS; i++)
        rays[i] = look(ink, box, thick, 2 * G_PI * i / DIRECTIONS);
    /* twice round, so that the longest run may go over the first direction */
    for (int i = 0; i < 2 * DIRECTIONS; i++) {
        const Ray *ray = &rays[i % DIRECTIONS];
        bool is_seen = ray->at > 0 && (last == 0 || fabs(ray->at - last) <= SMOOTH);
        bool is_hidden =
            last > 0 && hidden < MAX_HIDDEN && fabs(ray->of_frame - last) <= SMOOTH;
        if (is_seen) {
            seen += 1 + hidden;
            hidden = 0;
            last = ray->at;
            best = MAX(best, seen);
        } else if (is_hidden) {
            hidden++;
            last = ray->of_frame;
        } else {
            hidden = 0;
            seen = ray->at > 0;
            last = ray->at;
        }
    }
    return MIN(best, DIRECTIONS) / (double)DIRECTIONS;
}

/* Takes the frame of @box off @ink, and leaves what is in it. */
static void clear_frame(PIX *ink, Rect box, int thick)
{
    int wide = thick + 2 * FRAME_BLUR_PX;
    Rect outer = {box.x - FRAME_BLUR_PX, box.y - FRAME_BLUR_PX,
                  box.width + 2 * FRAME_BLUR_PX, box.height + 2 * FRAME_BLUR_PX};
    pixRasterop(ink, outer.x, outer.y, outer.width, wide, PIX_CLR, NULL, 0, 0);
    pixRasterop(ink, outer.x, rect_bottom(outer) - wide, outer.width, wide, PIX_CLR, NULL,
                0, 0);
    pixRasterop(ink, outer.x, outer.y, wide, outer.height, PIX_CLR, NULL, 0, 0);
    pixRasterop(ink, rect_right(outer) - wide, outer.y, wide, outer.height, PIX_CLR, NULL,
                0, 0);
}

double layout_ring_about(const Layout *layout, const BoxMark *mark, const GArray *boxes)
{
    Rect around = rect_grown(mark->box_px, MAX(mark->box_px.width, mark->box_px.height),
                             layout->width_px, layout->height_px);
    g_autoptr(BOX) clip = boxCreate(around.x, around.y, around.width, around.height);
    g_autoptr(PIX) ink = pixClipRectangle(layout->ink, clip, NULL);
    for (guint i = 0; ink != NULL && i < boxes->len; i++) {
        const BoxMark *other = &g_array_index(boxes, BoxMark, i);
        Rect at = other->box_px, shared = rect_intersection(at, mark->box_px);
        at.x -= around.x;
        at.y -= around.y;
        if (rect_is_empty(shared) && other->squareness > 0)
            clear_frame(ink, at, other->thick_px);
    }
    Rect box = mark->box_px;
    box.x -= around.x;
    box.y -= around.y;
    return ink != NULL ? ring_around(ink, box, mark->thick_px) : mark->ring;
}

/* Which part of @box's width has ink in the rows from @top to @bottom. */
static double share_of_columns(PIX *ink, Rect box, int top, int bottom)
{
    int found = 0;
    for (int x = box.x; x < rect_right(box); x++)
        for (int y = top; y < bottom; y++) {
            l_uint32 value = 0;
            pixGetPixel(ink, x, y, &value);
            if (value != 0) {
                found++;
                break;
            }
        }
    return (double)found / box.width;
}

double ink_over_and_under(PIX *ink, Rect box)
{
    int blur = 2, reach = blur + (int)lround(OVER_SIDES * box.height);
    return MAX(
        share_of_columns(ink, box, box.y - reach, box.y - blur),
        share_of_columns(ink, box, rect_bottom(box) + blur, rect_bottom(box) + reach));
}
