/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of a seal's ring that is as dark as print: it joins whatever it touches into
 * one piece of ink. Its place is known, so it is taken away like a ruled line; what
 * crosses it, dark on both of its sides, stays. */
#include "sheet/private.h"

#include "base/numbers.h"

/* The ring was found on a small picture: its line lies so near to where it was found. */
static const double SEARCH_MM = 2.0;
/* A ring's line is 0.8 to 1.3 mm thick, double ones and blots a little more. */
static const double MAX_THICK_MM = 2.2;
#define DARK_LEVEL 205
#define DIRECTIONS 720
/* So much of the circle must show a line before any of it is taken away. */
static const double MIN_SHOWN = 0.6;
/* The line's place in one direction is the middle one of these many around. */
#define NEIGHBOURS 15
/* Strokes cross the ring at up to this slope, in steps of as many parts. */
#define SLOPES 12
static const double MAX_SLOPE = 2.0;
/* Outside the line its edges are soft. */
static const double SOFT_PX = 1.5;

typedef struct {
    PIX *grey;
    double x, y;
    double middle[DIRECTIONS]; /* radius of the line's middle; pixels */
    double thick;
} RingLine;

static bool is_dark(PIX *grey, double x, double y)
{
    if (x < 0 || y < 0 || x >= pixGetWidth(grey) || y >= pixGetHeight(grey))
        return false;
    const l_uint32 *line = pixGetData(grey) + (size_t)(int)y * (size_t)pixGetWpl(grey);
    return GET_DATA_BYTE(line, (int)x) < DARK_LEVEL;
}

static bool is_dark_at(const RingLine *ring, double radius, double angle)
{
    return is_dark(ring->grey, ring->x + radius * cos(angle),
                   ring->y + radius * sin(angle));
}

/* The run of ink that lies nearest to @radius in direction @angle.
 * Returns: its thickness, with @middle filled; 0 where there is none, or it is thicker */
static double run_at(const RingLine *ring, double radius, double angle, double search_px,
                     double max_px, double *middle)
{
    double best = 0, nearest = search_px;
    for (double r = radius - search_px, from = -1; r <= radius + search_px + max_px;
         r += 0.5) {
        bool is_ink = is_dark_at(ring, r, angle);
        if (is_ink && from < 0)
            from = r;
        if (is_ink || from < 0)
            continue;
        double thick = r - from, off = fabs((r + from) / 2 - radius);
        if (thick <= max_px && off < nearest && thick > best / 2) {
            best = thick;
            nearest = off;
            *middle = (r + from) / 2;
        }
        from = -1;
    }
    return best;
}

/* Fills middle and thick of @ring. Returns: false where no line goes around */
static bool trace(RingLine *ring, double radius, int dpi)
{
    double found[DIRECTIONS], thick[DIRECTIONS], px_mm = dpi / MM_PER_INCH;
    int count = 0;
    for (int i = 0; i < DIRECTIONS; i++) {
        double middle = 0, run = run_at(ring, radius, 2 * G_PI * i / DIRECTIONS,
                                        SEARCH_MM * px_mm, MAX_THICK_MM * px_mm, &middle);
        found[i] = run > 0 ? middle : -1;
        if (run > 0)
            thick[count++] = run;
    }
    if (count < MIN_SHOWN * DIRECTIONS)
        return false;
    ring->thick = doubles_median(thick, count);
    for (int i = 0; i < DIRECTIONS; i++) {
        double around[2 * NEIGHBOURS + 1] = {0};
        int n = 0;
        for (int k = -NEIGHBOURS; k <= NEIGHBOURS; k++) {
            double near = found[(i + k + DIRECTIONS) % DIRECTIONS];
            if (near >= 0)
                around[n++] = near;
        }
        ring->middle[i] = n > 0 ? doubles_median(around, n) : -1;
    }
    return true;
}

/* Whether a stroke goes through the line at @radius, @angle: dark beyond both its sides
 * in some direction that passes here. */
static bool is_crossed(const RingLine *ring, double radius, double angle, double middle)
{
    double reach = ring->thick / 2 + SOFT_PX + 1;
    double in = radius - (middle - reach), out = middle + reach - radius;
    for (int i = -SLOPES; i <= SLOPES; i++) {
        double slope = MAX_SLOPE * i / SLOPES / radius; /* radians a pixel of radius */
        if (is_dark_at(ring, middle - reach, angle - slope * in) &&
            is_dark_at(ring, middle + reach, angle + slope * out))
            return true;
    }
    return false;
}

/* 1 bpp in the frame of @box: the pixels of the line that nothing crosses */
static PIX *own_pixels(const RingLine *ring, Rect box)
{
    PIX *own = pixCreate(box.width, box.height, 1);
    double half = ring->thick / 2 + SOFT_PX;
    for (int y = 0; own != NULL && y < box.height; y++) {
        l_uint32 *line = pixGetData(own) + (size_t)y * (size_t)pixGetWpl(own);
        for (int x = 0; x < box.width; x++) {
            double dx = box.x + x + 0.5 - ring->x, dy = box.y + y + 0.5 - ring->y;
            double angle = atan2(dy, dx), radius = hypot(dx, dy);
            int i = (int)lround(angle / (2 * G_PI) * DIRECTIONS);
            double middle = ring->middle[(i + DIRECTIONS) % DIRECTIONS];
            if (middle >= 0 && fabs(radius - middle) <= half &&
                !is_crossed(ring, radius, angle, middle))
                SET_DATA_BIT(line, x);
        }
    }
    return own;
}

bool ring_erase_line(PIX *grey, double x, double y, double radius, int dpi)
{
    RingLine ring = {.grey = grey, .x = x, .y = y};
    if (!trace(&ring, radius, dpi))
        return true;
    int far = (int)(radius + (SEARCH_MM + MAX_THICK_MM) * dpi / MM_PER_INCH);
    Rect box = rect_intersection((Rect){(int)x - far, (int)y - far, 2 * far, 2 * far},
                                 (Rect){0, 0, pixGetWidth(grey), pixGetHeight(grey)});
    g_autoptr(PIX) own = own_pixels(&ring, box);
    if (own == NULL)
        return false;
    return pixPaintThroughMask(grey, own, box.x, box.y, 255) == 0;
}
