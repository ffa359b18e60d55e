/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet/paper-lines.h - straight edges of light things on a reduced picture. */
#pragma once
#include "sheet/photo.h"
#include "sheet/private.h"

#define PAPER_MAX_LINES 40

/* The line nx * x + ny * y = rho; the normal points to where it is lighter. */
typedef struct {
    double nx, ny, rho, votes;
    bool is_rim; /* it is the picture's own edge */
} EdgeLine;

/* paper_whiteness: how white @page is, reduced: the least of a pixel's three colours,
 * which is low for wood, skin and dark things alike.
 * @page: 8 or 32 bpp. Returns: 8 bpp, owned; NULL without memory */
PIX *paper_whiteness(PIX *page, int reduction);

/* paper_without_print: @white, 8 bpp, with print and rules closed over.
 * Returns: owned; NULL without memory */
PIX *paper_without_print(PIX *white);

/* paper_lines: the longest edges of @white, which is 8 bpp. Returns: EdgeLine, owned */
GArray *paper_lines(PIX *white);

/* edge_lines_meet: where; far away where they do not. */
Point edge_lines_meet(const EdgeLine *a, const EdgeLine *b);

/* paper_corners: a quad of the reduced picture in pixels of the page, measured there.
 * paper-corners.c
 * @corner: clockwise; @is_rim: the side from this corner to the next is the picture's */
PaperQuad paper_corners(PIX *page, const Point corner[4], const bool is_rim[4],
                        int reduction);

/* the level of a pixel of 8 bpp; the rim goes on outside */
static inline int level_at(PIX *pix, int x, int y)
{
    x = CLAMP(x, 0, pixGetWidth(pix) - 1);
    y = CLAMP(y, 0, pixGetHeight(pix) - 1);
    const l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
    return GET_DATA_BYTE(line, x);
}
