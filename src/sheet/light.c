/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Even light and black-and-white, from one coarse map of the levels of paper and ink. */
#include "sheet/private.h"

#define BINS 64
/* In a tile of dense print a third is ink, so the paper is looked for in the upper part.
 */
static const double PAPER_SHARE = 0.80, DARK_SHARE = 0.03;
/* Darker than this share of the page's paper is a picture, not paper in the shade. */
static const double PICTURE_SHARE = 0.62;
/* Where between paper and ink the threshold lies. Tried on drawn pages at 150 to 300
 * dpi: from 0.42 on thin strokes beside bold ones break, below 0.3 strokes run together.
 */
static const double INK_SHARE = 0.37;

static void measure_tile(PIX *grey, int x0, int y0, int size, uint8_t *paper,
                         uint8_t *dark)
{
    int count[BINS] = {0}, total = 0;
    int x1 = MIN(x0 + size, pixGetWidth(grey)), y1 = MIN(y0 + size, pixGetHeight(grey));
    int wpl = pixGetWpl(grey), step = size >= 24 ? 2 : 1;
    for (int y = y0; y < y1; y += step) {
        const l_uint32 *line = pixGetData(grey) + (size_t)y * (size_t)wpl;
        for (int x = x0; x < x1; x += step)
            count[GET_DATA_BYTE(line, x) >> 2]++;
    }
    for (int i = 0; i < BINS; i++)
        total += count[i];
    int below = 0, bin = 0;
    while (bin < BINS - 1 && below + count[bin] <= total * DARK_SHARE)
        below += count[bin++];
    *dark = (uint8_t)(bin * 4 + 2);
    while (bin < BINS - 1 && below + count[bin] <= total * PAPER_SHARE)
        below += count[bin++];
    *paper = (uint8_t)(bin == BINS - 1 ? 255 : bin * 4 + 3);
}

static int median_level(const uint8_t *values, int n)
{
    int count[256] = {0};
    for (int i = 0; i < n; i++)
        count[values[i]]++;
    int below = 0, level = 0;
    while (level < 255 && below + count[level] <= n / 2)
        below += count[level++];
    return level;
}

/* mean of the known tiles around @column, @row; 0 where there are none */
static int mean_around(const LightMap *map, const uint8_t *paper, int column, int row)
{
    int sum = 0, n = 0;
    for (int r = MAX(0, row - 1); r <= MIN(map->rows - 1, row + 1); r++)
        for (int c = MAX(0, column - 1); c <= MIN(map->columns - 1, column + 1); c++)
            if (paper[r * map->columns + c] > 0) {
                sum += paper[r * map->columns + c];
                n++;
            }
    return n > 0 ? sum / n : 0;
}

/* tiles that are 0 take the mean of their neighbours, from the rim inwards */
static void fill_holes(LightMap *map, int fallback)
{
    int n = map->columns * map->rows, holes = 1;
    g_autofree uint8_t *before = g_malloc((gsize)n);
    for (int round = 0; holes > 0 && round < map->columns + map->rows; round++) {
        holes = 0;
        memcpy(before, map->paper, (gsize)n);
        for (int i = 0; i < n; i++)
            if (before[i] == 0) {
                holes++;
                map->paper[i] =
                    (uint8_t)mean_around(map, before, i % map->columns, i / map->columns);
            }
    }
    for (int i = 0; i < n; i++)
        if (map->paper[i] == 0)
            map->paper[i] = (uint8_t)fallback;
}

LightMap *light_map_new(PIX *grey, int tile_px)
{
    LightMap *map = g_new0(LightMap, 1);
    map->tile_px = tile_px;
    map->columns = (pixGetWidth(grey) + tile_px - 1) / tile_px;
    map->rows = (pixGetHeight(grey) + tile_px - 1) / tile_px;
    int n = map->columns * map->rows;
    map->paper = g_malloc0((gsize)n);
    map->dark = g_malloc0((gsize)n);
    for (int i = 0; i < n; i++)
        measure_tile(grey, i % map->columns * tile_px, i / map->columns * tile_px,
                     tile_px, &map->paper[i], &map->dark[i]);
    /* The page's paper: the middle of the lighter half of its tiles. */
    int middle = median_level(map->paper, n), lighter = 0;
    g_autofree uint8_t *light = g_malloc((gsize)n);
    for (int i = 0; i < n; i++)
        if (map->paper[i] >= middle)
            light[lighter++] = map->paper[i];
    int page_paper = MAX(16, median_level(light, lighter));
    for (int i = 0; i < n; i++)
        if (map->paper[i] < page_paper * PICTURE_SHARE)
            map->paper[i] = 0;
    fill_holes(map, page_paper);
    g_autofree uint8_t *sharp = g_memdup2(map->paper, (gsize)n);
    for (int i = 0; i < n; i++)
        map->paper[i] =
            (uint8_t)mean_around(map, sharp, i % map->columns, i / map->columns);
    return map;
}

void light_map_free(LightMap *map)
{
    if (map == NULL)
        return;
    g_free(map->paper);
    g_free(map->dark);
    g_free(map);
}

/* The values of a coarse row at pixel row @y: @values between the middles of tiles. */
static void interpolate_row(const LightMap *map, const uint8_t *values, int y, int *out)
{
    double at = (y + 0.5) / map->tile_px - 0.5;
    int row = CLAMP((int)floor(at), 0, map->rows - 1), next = MIN(row + 1, map->rows - 1);
    int part = (int)(CLAMP(at - row, 0, 1) * 256);
    for (int c = 0; c < map->columns; c++)
        out[c] = values[row * map->columns + c] * (256 - part) +
                 values[next * map->columns + c] * part;
}

/* spread the coarse values @coarse (scaled by 256) over @width pixels */
static void spread(const LightMap *map, const int *coarse, int width, int *out)
{
    int half = map->tile_px / 2;
    for (int c = -1; c < map->columns; c++) {
        int left = coarse[MAX(c, 0)], right = coarse[MIN(c + 1, map->columns - 1)];
        int x0 = c * map->tile_px + half, x1 = MIN(x0 + map->tile_px, width);
        int step = (right - left) / map->tile_px, value = left;
        if (x0 < 0) {
            value = left;
            step = 0;
            x0 = 0;
        }
        for (int x = x0; x < x1; x++, value += step)
            out[x] = value;
    }
}

void light_even(PIX *grey, int dpi)
{
    int width = pixGetWidth(grey), height = pixGetHeight(grey), wpl = pixGetWpl(grey);
    g_autoptr(LightMap) map = light_map_new(grey, MAX(8, px_from_mm(LIGHT_TILE_MM, dpi)));
    g_autofree int *coarse = g_new(int, (gsize)map->columns);
    g_autofree int *gain = g_new0(int, (gsize)width + (gsize)map->tile_px);
    for (int y = 0; y < height; y++) {
        interpolate_row(map, map->paper, y, coarse);
        /* Paper a little darker than its level is paper too: 255 from 97 % on. */
        for (int c = 0; c < map->columns; c++)
            coarse[c] = (int)(255.0 * 65536.0 * 256.0 / 0.97 / MAX(coarse[c], 256));
        spread(map, coarse, width, gain);
        uint8_t *line = (uint8_t *)(pixGetData(grey) + (size_t)y * (size_t)wpl);
        for (int x = 0; x < width; x++) {
            uint32_t value = ((uint32_t)line[x ^ 3] * (uint32_t)gain[x]) >> 16;
            line[x ^ 3] = (uint8_t)MIN(value, 255u);
        }
    }
}

/* The threshold of a tile. Without contrast there is no ink: then only what is much
 * darker than the paper counts. */
static uint8_t threshold_of(int paper, int dark)
{
    double contrast = MAX(paper - dark, paper * 0.30);
    return (uint8_t)CLAMP(paper - contrast * INK_SHARE - paper * 0.02, 1, 254);
}

PIX *ink_from_grey(PIX *grey, int dpi)
{
    int width = pixGetWidth(grey), height = pixGetHeight(grey), wpl = pixGetWpl(grey);
    g_autoptr(PIX) ink = pixCreate(width, height, 1);
    if (ink == NULL)
        return NULL;
    pixSetResolution(ink, dpi, dpi);
    g_autoptr(LightMap) map = light_map_new(grey, MAX(8, px_from_mm(LIGHT_TILE_MM, dpi)));
    for (int i = 0; i < map->columns * map->rows; i++)
        map->dark[i] = threshold_of(map->paper[i], map->dark[i]);
    g_autofree int *coarse = g_new(int, (gsize)map->columns);
    g_autofree int *limit = g_new0(int, (gsize)width + (gsize)map->tile_px);
    int ink_wpl = pixGetWpl(ink);
    for (int y = 0; y < height; y++) {
        interpolate_row(map, map->dark, y, coarse);
        spread(map, coarse, width, limit);
        const uint8_t *line =
            (const uint8_t *)(pixGetData(grey) + (size_t)y * (size_t)wpl);
        l_uint32 *out = pixGetData(ink) + (size_t)y * (size_t)ink_wpl;
        for (int x = 0; x < width; x += 32) {
            uint32_t word = 0;
            int n = MIN(32, width - x);
            for (int i = 0; i < n; i++)
                word |= (uint32_t)(line[(x + i) ^ 3] << 8 < limit[x + i]) << (31 - i);
            out[x >> 5] = word;
        }
    }
    return g_steal_pointer(&ink);
}
