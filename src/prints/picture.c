/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a page shows the picture of a line: normalised correlation, character by
 * character, so that 用水 is not 用电 because all else agrees. */
#include "prints/private.h"

/* The scan may be off by so many pixels at PICTURE_DPI from where the grid says. */
#define MAX_SHIFT_PX 6
/* A window is about a character. Of 950 lines of the same print, scanned at 150 to 300
 * dpi in grey and in black and white, nine in ten agree by 0.60 and more in their worst
 * window; where one character is another (用水 and 用电) it is 0.45 and less. */
static const double MIN_WINDOW = 0.60, MIN_WHOLE = 0.60, MIN_WHOLE_TICKED = 0.42;
/* A window of so even paper has nothing to compare. */
static const double EVEN_PAPER = 6;

Picture picture_of_pix(PIX *pix)
{
    Picture picture = {NULL, pixGetWidth(pix), pixGetHeight(pix)};
    picture.levels = g_new(uint8_t, (gsize)picture.width * (gsize)picture.height);
    for (int y = 0; y < picture.height; y++) {
        const l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
        for (int x = 0; x < picture.width; x++)
            picture.levels[y * picture.width + x] = GET_DATA_BYTE(line, x);
    }
    return picture;
}

Picture picture_of_page(PIX *grey, double scale_px_mm)
{
    double to = PICTURE_DPI / MM_PER_INCH / scale_px_mm;
    int width = (int)(pixGetWidth(grey) * to), height = (int)(pixGetHeight(grey) * to);
    if (width < 8 || height < 8)
        return (Picture){0};
    g_autoptr(PIX) small = pixScaleAreaMapToSize(grey, width, height);
    /* strokes of worn and of fresh copies differ in thickness */
    g_autoptr(PIX) soft = small != NULL ? pixBlockconvGray(small, NULL, 1, 1) : NULL;
    return soft != NULL ? picture_of_pix(soft) : (Picture){0};
}

void picture_clear(Picture *picture)
{
    g_clear_pointer(&picture->levels, g_free);
}

/* correlation of columns @from..@to of @picture with what @page has at @x, @y, which is
 * within it, by every @step-th pixel; 1 where neither shows anything */
static double correlation(const Picture *page, const Picture *picture, int x, int y,
                          int from, int to, int step)
{
    int n = 0;
    int64_t a = 0, b = 0, aa = 0, bb = 0, ab = 0;
    for (int j = PICTURE_MARGIN_PX; j < picture->height - PICTURE_MARGIN_PX; j += step) {
        const uint8_t *p = picture->levels + j * picture->width;
        const uint8_t *q = page->levels + (y + j) * page->width + x;
        int row_a = 0, row_b = 0, row_aa = 0, row_bb = 0, row_ab = 0;
        n += (to - from + step - 1) / step;
        for (int i = from; i < to; i += step) {
            row_a += p[i];
            row_b += q[i];
            row_aa += p[i] * p[i];
            row_bb += q[i] * q[i];
            row_ab += p[i] * q[i];
        }
        a += row_a;
        b += row_b;
        aa += row_aa;
        bb += row_bb;
        ab += row_ab;
    }
    if (n == 0)
        return 1;
    double mean_a = (double)a / n, mean_b = (double)b / n;
    double va = (double)aa / n - mean_a * mean_a, vb = (double)bb / n - mean_b * mean_b;
    bool is_even_a = va < EVEN_PAPER * EVEN_PAPER;
    bool is_even_b = vb < EVEN_PAPER * EVEN_PAPER;
    if (is_even_a || is_even_b)
        return is_even_a && is_even_b ? 1 : 0;
    return ((double)ab / n - mean_a * mean_b) / sqrt(va * vb);
}

static bool is_within(const Picture *page, const Picture *picture, int x, int y)
{
    return x >= 0 && y >= 0 && x + picture->width <= page->width &&
           y + picture->height <= page->height;
}

/* the best of the shifts within @reach of @x, @y, by steps; @x, @y: in and out */
static double best_shift(const Picture *page, const Picture *picture, int reach, int step,
                         int *x, int *y)
{
    double best = -1;
    int x0 = *x, y0 = *y;
    for (int dy = -reach; dy <= reach; dy += step)
        for (int dx = -reach; dx <= reach; dx += step) {
            if (!is_within(page, picture, x0 + dx, y0 + dy))
                continue;
            double whole =
                correlation(page, picture, x0 + dx, y0 + dy, 0, picture->width, step);
            if (whole > best) {
                best = whole;
                *x = x0 + dx;
                *y = y0 + dy;
            }
        }
    return best;
}

static bool is_free(int from, int to, const Columns *free, int free_count)
{
    for (int i = 0; i < free_count; i++)
        if (from < free[i].to && to > free[i].from)
            return true;
    return false;
}

bool picture_agrees(const Picture *page, const Picture *picture, int *x, int *y,
                    const Columns *free, int free_count)
{
    double least = free_count > 0 ? MIN_WHOLE_TICKED : MIN_WHOLE;
    /* two pixels beside its place a character still agrees somewhat with itself */
    if (best_shift(page, picture, MAX_SHIFT_PX, 2, x, y) < least / 2 ||
        best_shift(page, picture, 1, 1, x, y) < least)
        return false;
    int window = MAX(6, picture->height - 2 * PICTURE_MARGIN_PX);
    int last = MAX(0, picture->width - PICTURE_MARGIN_PX - window);
    double worst = 1;
    for (int from = MIN(PICTURE_MARGIN_PX, last); from <= last;
         from += MAX(1, window / 2))
        if (!is_free(from, from + window, free, free_count))
            worst = MIN(worst, correlation(page, picture, *x, *y, from,
                                           MIN(from + window, picture->width), 1));
    return worst >= MIN_WINDOW;
}
