/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drawn-page.h - pages for the tests of sheet and layout, drawn in millimetres without
 * fonts.
 *
 * The pseudo characters have a heavy foot, so that a test can tell which way is up. */
#pragma once
#include "base/base.h"

typedef struct {
    PIX *pix;
    int dpi;
} Page;

static inline int mm(const Page *page, double value)
{
    return (int)lround(value / MM_PER_INCH * page->dpi);
}

static inline Page page_new(double width_mm, double height_mm, int dpi, int depth)
{
    Page page = {NULL, dpi};
    page.pix = pixCreate(mm(&page, width_mm), mm(&page, height_mm), depth);
    if (depth > 1)
        pixSetAll(page.pix);
    return page;
}

static inline Page page_a4(int dpi)
{
    return page_new(210, 297, dpi, 8);
}

/* a filled rectangle; @rgb is used on 32 bpp, its green part on 8 bpp */
static inline void ink_rect(Page *page, double x, double y, double w, double h,
                            uint32_t rgb)
{
    int x0 = mm(page, x), y0 = mm(page, y);
    int x1 = MAX(x0 + 1, mm(page, x + w)), y1 = MAX(y0 + 1, mm(page, y + h));
    for (int j = MAX(0, y0); j < MIN(y1, pixGetHeight(page->pix)); j++)
        for (int i = MAX(0, x0); i < MIN(x1, pixGetWidth(page->pix)); i++) {
            if (pixGetDepth(page->pix) == 1)
                pixSetPixel(page->pix, i, j, 1);
            else if (pixGetDepth(page->pix) == 8)
                pixSetPixel(page->pix, i, j, rgb >> 8 & 255);
            else
                pixSetPixel(page->pix, i, j, rgb << 8);
        }
}

#define BLACK 0x141414u
#define FAINT 0xb4b4b4u

/* a straight stroke of any direction */
static inline void ink_stroke(Page *page, double x0, double y0, double x1, double y1,
                              double thick, uint32_t rgb)
{
    int steps = 4 * (int)hypot(mm(page, x1 - x0), mm(page, y1 - y0)) + 1;
    for (int i = 0; i <= steps; i++)
        ink_rect(page, x0 + (x1 - x0) * i / steps - thick / 2,
                 y0 + (y1 - y0) * i / steps - thick / 2, thick, thick, rgb);
}

static inline void ink_frame(Page *page, double x, double y, double w, double h,
                             double thick, uint32_t rgb)
{
    ink_rect(page, x, y, w, thick, rgb);
    ink_rect(page, x, y + h - thick, w, thick, rgb);
    ink_rect(page, x, y, thick, h, rgb);
    ink_rect(page, x + w - thick, y, thick, h, rgb);
}

/* A pseudo character in a square of @size: stem, slope and a heavy foot, all connected.
 */
static inline void ink_character(Page *page, double x, double y, double size,
                                 uint32_t rgb)
{
    double t = size / 11;
    ink_rect(page, x, y + size * 0.75, size * 0.75, size * 0.2, rgb);
    ink_rect(page, x + size * 0.4, y + size * 0.05, t, size * 0.8, rgb);
    ink_stroke(page, x + size * 0.1, y + size * 0.1, x + size * 0.4, y + size * 0.45, t,
               rgb);
    ink_rect(page, x + size * 0.4, y + size * 0.3, size * 0.4, t, rgb);
}

/* @count characters from @x, their squares' top at @y */
static inline void ink_line(Page *page, double x, double y, double size, int count,
                            uint32_t rgb)
{
    for (int i = 0; i < count; i++)
        ink_character(page, x + i * size * 1.08, y, size, rgb);
}

/* lines of print down a page of @width x @height */
static inline void ink_text(Page *page, double width, double height, double size)
{
    for (double y = 25; y < height - 25; y += size * 1.9)
        ink_line(page, 20, y, size, (int)((width - 45) / (size * 1.08)), BLACK);
}
