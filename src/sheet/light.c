/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Even light and black-and-white, from one coarse map of the levels of paper and ink. */
#include "sheet/photo.h"
#include "sheet/private.h"

#define BINS 64
/* In a tile of dense print a third is ink, so the paper is looked for in the upper part.
 */
static const double PAPER_SHARE = 0.80, DARK_SHARE = 0.03, WHITE_SHARE = 0.95;
/* Darker than this share of the page's paper is a picture, not paper in the shade. */
static const double PICTURE_SHARE = 0.62;
/* Where between paper and ink the threshold lies. Tried on drawn pages at 150 to 300
 * dpi: from 0.42 on thin strokes beside bold ones break, below 0.3 strokes run together.
 */
static const double INK_SHARE = 0.37;

static inline int level_of(const l_uint32 *line, int x, int depth)
{
    if (depth == 8)
        return GET_DATA_BYTE(line, x);
    return (int)(((line[x] >> 24) * 77 + (line[x] >> 16 & 255) * 150 +
                  (line[x] >> 8 & 255) * 29) >>
                 8);
}

/* @skips_white: what is all white is no paper, but what a photo had to be filled up with,
 * unless the whole tile is so: then the paper was lit too much */
static void measure_tile(PIX *grey, int x0, int y0, int size, bool skips_white,
                         uint8_t *paper, uint8_t *dark)
{
    int count[BINS] = {0}, total = 0, white = 0;
    int x1 = MIN(x0 + size, pixGetWidth(grey)), y1 = MIN(y0 + size, pixGetHeight(grey));
    int wpl = pixGetWpl(grey), step = size >= 24 ? 2 : 1;
    int depth = pixGetDepth(grey);
    for (int y = y0; y < y1; y += step) {
        const l_uint32 *line = pixGetData(grey) + (size_t)y * (size_t)wpl;
        for (int x = x0; x < x1; x += step) {
            int level = level_of(line, x, depth);
            count[level >> 2]++;
            white += level == 255;
        }
    }
    for (int i = 0; i < BINS; i++)
        total += count[i];
    if (skips_white && white < WHITE_SHARE * total) {
        count[BINS - 1] -= white;
        total -= white;
    }
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

/* The levels of paper and ink in each tile, as they are. */
static LightMap *measured(PIX *grey, int tile_px, bool skips_white)
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
                     tile_px, skips_white, &map->paper[i], &map->dark[i]);
    return map;
}

/* The page's paper: the middle of the lighter half of its tiles. */
static int page_paper_of(const LightMap *map)
{
    int n = map->columns * map->rows;
    int middle = median_level(map->paper, n), lighter = 0;
    g_autofree uint8_t *light = g_malloc((gsize)n);
    for (int i = 0; i < n; i++)
        if (map->paper[i] >= middle)
            light[lighter++] = map->paper[i];
    return MAX(16, median_level(light, lighter));
}

static void smooth(LightMap *map, int page_paper)
{
    int n = map->columns * map->rows;
    fill_holes(map, page_paper);
    g_autofree uint8_t *sharp = g_memdup2(map->paper, (gsize)n);
    for (int i = 0; i < n; i++)
        map->paper[i] =
            (uint8_t)mean_around(map, sharp, i % map->columns, i / map->columns);
}

LightMap *light_map_new(PIX *grey, int tile_px)
{
    LightMap *map = measured(grey, tile_px, false);
    int n = map->columns * map->rows, page_paper = page_paper_of(map);
    for (int i = 0; i < n; i++)
        if (map->paper[i] < page_paper * PICTURE_SHARE)
            map->paper[i] = 0;
    smooth(map, page_paper);
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

/* What the pixels of row @y are multiplied by, in 1/65536. @coarse: room for a row of
 * tiles */
static void gains_of_row(const LightMap *map, int y, int width, int *coarse, int *gain)
{
    interpolate_row(map, map->paper, y, coarse);
    /* Paper a little darker than its level is paper too: 255 from 97 % on. */
    for (int c = 0; c < map->columns; c++)
        coarse[c] = (int)(255.0 * 65536.0 * 256.0 / 0.97 / MAX(coarse[c], 256));
    spread(map, coarse, width, gain);
}

void light_even(PIX *grey, int dpi)
{
    int width = pixGetWidth(grey), height = pixGetHeight(grey), wpl = pixGetWpl(grey);
    g_autoptr(LightMap) map = light_map_new(grey, MAX(8, px_from_mm(LIGHT_TILE_MM, dpi)));
    g_autofree int *coarse = g_new(int, (gsize)map->columns);
    g_autofree int *gain = g_new0(int, (gsize)width + (gsize)map->tile_px);
    for (int y = 0; y < height; y++) {
        gains_of_row(map, y, width, coarse, gain);
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

/* --- photos ---------------------------------------------------------------------------
 */

/* A shadow lets through this share of the light at least; it begins over some tiles, or
 * it is as even as paper within them. */
static const double SHADE_SHARE = 0.4, SOFT_STEP = 0.8, EVEN_SHARE = 0.10;
/* What a camera takes for white is this far from it at most. */
static const double MAX_TINT = 1.5;

/* Whether most of a tile is of one level: paper in the shade, and no picture. */
static bool is_even_tile(PIX *pix, const LightMap *map, int i)
{
    int depth = pixGetDepth(pix), level = map->paper[i], near = 0, all = 0;
    int x0 = i % map->columns * map->tile_px, y0 = i / map->columns * map->tile_px;
    int x1 = MIN(x0 + map->tile_px, pixGetWidth(pix));
    int y1 = MIN(y0 + map->tile_px, pixGetHeight(pix));
    for (int y = y0; y < y1; y += 2) {
        const l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
        for (int x = x0; x < x1; x += 2, all++)
            near += abs(level_of(line, x, depth) - level) <= EVEN_SHARE * level + 3;
    }
    return near * 2 > all;
}

/* tiles that no shadow on paper leads to, from the lightest ones outwards, become 0 */
static void follow_shade(PIX *pix, LightMap *map, int page_paper)
{
    int n = map->columns * map->rows, count = 0;
    g_autofree int *queue = g_new(int, (gsize)n);
    g_autofree bool *is_paper = g_new0(bool, (gsize)n);
    for (int i = 0; i < n; i++)
        if (map->paper[i] >= 0.9 * page_paper) {
            is_paper[i] = true;
            queue[count++] = i;
        }
    for (int at = 0; at < count; at++) {
        int column = queue[at] % map->columns, row = queue[at] / map->columns;
        for (int k = 0; k < 4; k++) {
            int c = column + (k == 0) - (k == 1), r = row + (k == 2) - (k == 3);
            int i = r * map->columns + c;
            if (c < 0 || r < 0 || c >= map->columns || r >= map->rows || is_paper[i] ||
                map->paper[i] < SHADE_SHARE * page_paper)
                continue;
            if (map->paper[i] < SOFT_STEP * map->paper[queue[at]] &&
                !is_even_tile(pix, map, i))
                continue;
            is_paper[i] = true;
            queue[count++] = i;
        }
    }
    for (int i = 0; i < n; i++)
        map->paper[i] = is_paper[i] ? map->paper[i] : 0;
}

/* what red, green and blue of the paper are to be multiplied by to be white, in 1/256 */
static void white_balance(PIX *colour, const LightMap *map, int balance[3])
{
    double sum[3] = {0};
    for (int y = 0; y < pixGetHeight(colour); y += 5) {
        const l_uint32 *line = pixGetData(colour) + (size_t)y * (size_t)pixGetWpl(colour);
        const uint8_t *levels = map->paper + (y / map->tile_px) * map->columns;
        for (int x = 0; x < pixGetWidth(colour); x += 5) {
            int level = level_of(line, x, 32), paper = levels[x / map->tile_px];
            if (abs(level - paper) * 16 > paper)
                continue;
            for (int c = 0; c < 3; c++)
                sum[c] += line[x] >> (24 - 8 * c) & 255;
        }
    }
    double luma = (sum[0] * 77 + sum[1] * 150 + sum[2] * 29) / 256;
    for (int c = 0; c < 3; c++)
        balance[c] =
            (int)(256 * (sum[c] > 0 ? CLAMP(luma / sum[c], 1 / MAX_TINT, MAX_TINT) : 1));
}

void photo_even(PIX *pix, int dpi)
{
    int width = pixGetWidth(pix), height = pixGetHeight(pix), depth = pixGetDepth(pix);
    int balance[3] = {256, 256, 256};
    g_autoptr(LightMap) map = measured(pix, MAX(8, px_from_mm(LIGHT_TILE_MM, dpi)), true);
    int page_paper = page_paper_of(map);
    follow_shade(pix, map, page_paper);
    smooth(map, page_paper);
    if (depth == 32)
        white_balance(pix, map, balance);
    g_autofree int *coarse = g_new(int, (gsize)map->columns);
    g_autofree int *gain = g_new0(int, (gsize)width + (gsize)map->tile_px);
    for (int y = 0; y < height; y++) {
        gains_of_row(map, y, width, coarse, gain);
        l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
        for (int x = 0; x < width; x++) {
            if (depth == 8) {
                uint64_t value = (uint64_t)GET_DATA_BYTE(line, x) * (uint64_t)gain[x];
                SET_DATA_BYTE(line, x, MIN(value >> 16, 255u));
                continue;
            }
            uint32_t out = 0;
            for (int c = 0; c < 3; c++) {
                uint64_t value = (uint64_t)(line[x] >> (24 - 8 * c) & 255) *
                                 (uint64_t)balance[c] * (uint64_t)gain[x];
                out |= (uint32_t)MIN(value >> 24, 255u) << (24 - 8 * c);
            }
            line[x] = out;
        }
    }
}
