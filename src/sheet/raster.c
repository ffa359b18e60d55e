/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Depths, reduction and turning of pixels. */
#include "sheet/private.h"

/* Colours farther apart than this are colour; JPEG noise on grey stays below. */
static const int COLOUR_SPREAD = 24;
static const double COLOUR_SHARE = 0.0005;

static inline int spread_of(uint32_t pixel)
{
    int r = (int)(pixel >> 24), g = (int)(pixel >> 16 & 255), b = (int)(pixel >> 8 & 255);
    return MAX(r, MAX(g, b)) - MIN(r, MIN(g, b));
}

static bool has_colour(PIX *page)
{
    int width = pixGetWidth(page), height = pixGetHeight(page), wpl = pixGetWpl(page);
    int step = MAX(1, (int)sqrt((double)width * height / 1e6));
    int64_t seen = 0, coloured = 0;
    for (int y = 0; y < height; y += step) {
        const l_uint32 *line = pixGetData(page) + (size_t)y * (size_t)wpl;
        for (int x = 0; x < width; x += step, seen++)
            coloured += spread_of(line[x]) > COLOUR_SPREAD;
    }
    return coloured > seen * COLOUR_SHARE;
}

/* whether there is nothing between black and white */
static bool has_two_levels(PIX *grey)
{
    int width = pixGetWidth(grey), height = pixGetHeight(grey), wpl = pixGetWpl(grey);
    int64_t between = 0, black = 0;
    for (int y = 0; y < height; y += 3) {
        const uint8_t *line =
            (const uint8_t *)(pixGetData(grey) + (size_t)y * (size_t)wpl);
        for (int x = 0; x < width; x++) {
            between += line[x] > 3 && line[x] < 252;
            black += line[x] <= 3;
        }
        if (between > 0)
            return false;
    }
    return black > 0;
}

PIX *raster_plain(PIX *page)
{
    g_autoptr(PIX) flat = pixGetColormap(page) != NULL
                              ? pixRemoveColormap(page, REMOVE_CMAP_BASED_ON_SRC)
                              : pixClone(page);
    if (flat != NULL && pixGetDepth(flat) == 32 && pixGetSpp(flat) == 4) {
        PIX *opaque = pixAlphaBlendUniform(flat, 0xffffff00);
        pixDestroy(&flat);
        flat = opaque;
    }
    if (flat == NULL)
        return NULL;
    if (pixGetDepth(flat) == 1)
        return g_steal_pointer(&flat);
    if (pixGetDepth(flat) == 24) {
        PIX *wide = pixConvert24To32(flat);
        pixDestroy(&flat);
        flat = wide;
        if (flat == NULL)
            return NULL;
    }
    if (pixGetDepth(flat) == 32 && has_colour(flat))
        return g_steal_pointer(&flat);
    g_autoptr(PIX) grey = pixGetDepth(flat) == 32 ? pixConvertRGBToLuminance(flat)
                                                  : pixConvertTo8(flat, FALSE);
    if (grey == NULL || !has_two_levels(grey))
        return g_steal_pointer(&grey);
    return pixThresholdToBinary(grey, 128);
}

static void add_row_1(const l_uint32 *line, int width, int reduction, uint32_t *sum)
{
    for (int x = 0, at = 0; at < width; at++, x += reduction) {
        int white = 0;
        for (int i = 0; i < reduction; i++)
            white += !GET_DATA_BIT(line, x + i);
        sum[at] += (uint32_t)white * 255;
    }
}

static inline void add_bytes(const uint8_t *bytes, int width, int reduction,
                             uint32_t *sum)
{
    for (int x = 0, at = 0; at < width; at++) {
        uint32_t here = 0;
        for (int i = 0; i < reduction; i++, x++)
            here += bytes[x ^ 3];
        sum[at] += here;
    }
}

/* The common reductions are known to the compiler. */
static void add_row_8(const l_uint32 *line, int width, int reduction, uint32_t *sum)
{
    const uint8_t *bytes = (const uint8_t *)line;
    switch (reduction) {
    case 2:
        add_bytes(bytes, width, 2, sum);
        break;
    case 3:
        add_bytes(bytes, width, 3, sum);
        break;
    case 4:
        for (int at = 0; at < width; at++) /* a word of four */
            sum[at] += (line[at] & 255) + (line[at] >> 8 & 255) + (line[at] >> 16 & 255) +
                       (line[at] >> 24);
        break;
    case 5:
        add_bytes(bytes, width, 5, sum);
        break;
    default:
        add_bytes(bytes, width, reduction, sum);
    }
}

static void add_row_32(const l_uint32 *line, int width, int reduction, uint32_t *sum)
{
    for (int x = 0, at = 0; at < width; at++)
        for (int i = 0; i < reduction; i++, x++)
            sum[at] += ((line[x] >> 24) * 77 + (line[x] >> 16 & 255) * 150 +
                        (line[x] >> 8 & 255) * 29) >>
                       8;
}

PIX *raster_reduced_grey(PIX *page, int reduction)
{
    int width = pixGetWidth(page) / reduction, height = pixGetHeight(page) / reduction;
    int depth = pixGetDepth(page), wpl = pixGetWpl(page);
    g_autoptr(PIX) out = pixCreate(width, height, 8);
    if (out == NULL)
        return NULL;
    g_autofree uint32_t *sum = g_new(uint32_t, (gsize)width);
    uint32_t scale = 65536u / (uint32_t)(reduction * reduction);
    for (int y = 0; y < height; y++) {
        memset(sum, 0, sizeof(*sum) * (gsize)width);
        for (int i = 0; i < reduction; i++) {
            const l_uint32 *line =
                pixGetData(page) + (size_t)(y * reduction + i) * (size_t)wpl;
            if (depth == 1)
                add_row_1(line, width, reduction, sum);
            else if (depth == 8)
                add_row_8(line, width, reduction, sum);
            else
                add_row_32(line, width, reduction, sum);
        }
        uint8_t *line = (uint8_t *)(pixGetData(out) + (size_t)y * (size_t)pixGetWpl(out));
        for (int x = 0; x < width; x++)
            line[x ^ 3] = (uint8_t)((sum[x] * (uint64_t)scale + 32768) >> 16);
    }
    return g_steal_pointer(&out);
}

PIX *raster_limited(PIX *page, double dpi, double scale[2])
{
    scale[0] = scale[1] = 1;
    /* A measured resolution may miss by a percent. */
    if (dpi <= SHEET_MAX_DPI * 1.01)
        return pixClone(page);
    double wanted = SHEET_MAX_DPI / dpi;
    int whole = (int)(1 / wanted + 0.5);
    g_autoptr(PIX) out = NULL;
    if (fabs(whole * wanted - 1) < 0.01) {
        scale[0] = scale[1] = 1.0 / whole;
        if (pixGetDepth(page) == 32)
            out = whole == 2 ? pixScaleAreaMap2(page)
                             : pixScaleAreaMapToSize(page, pixGetWidth(page) / whole,
                                                     pixGetHeight(page) / whole);
        else
            out = raster_reduced_grey(page, whole);
        if (out != NULL && whole != 2 && pixGetDepth(page) == 32) {
            scale[0] = (double)pixGetWidth(out) / pixGetWidth(page);
            scale[1] = (double)pixGetHeight(out) / pixGetHeight(page);
        }
        return g_steal_pointer(&out);
    }
    g_autoptr(PIX) grey =
        pixGetDepth(page) == 1 ? pixConvertTo8(page, FALSE) : pixClone(page);
    if (grey == NULL)
        return NULL;
    out = pixScaleAreaMapToSize(grey, (int)(pixGetWidth(page) * wanted + 0.5),
                                (int)(pixGetHeight(page) * wanted + 0.5));
    if (out == NULL)
        return NULL;
    scale[0] = (double)pixGetWidth(out) / pixGetWidth(page);
    scale[1] = (double)pixGetHeight(out) / pixGetHeight(page);
    return g_steal_pointer(&out);
}

/* Positions are in 1/65536 of a pixel, weights in 1/256. */
typedef struct {
    const l_uint32 *data;
    int wpl, width, height;
} Source;

static inline uint32_t byte_at(const Source *s, int x, int y)
{
    if (x < 0 || y < 0 || x >= s->width || y >= s->height)
        return 255;
    return ((const uint8_t *)(s->data + (size_t)y * (size_t)s->wpl))[x ^ 3];
}

static inline uint32_t word_at(const Source *s, int x, int y)
{
    if (x < 0 || y < 0 || x >= s->width || y >= s->height)
        return 0xffffff00u;
    return s->data[(size_t)y * (size_t)s->wpl + (size_t)x];
}

/* Whether the pixel and those right of it and below are all in the picture. */
static inline bool is_inside(const Source *s, int x, int y)
{
    return x >= 0 && y >= 0 && x < s->width - 1 && y < s->height - 1;
}

static inline uint32_t mixed(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t fx,
                             uint32_t fy)
{
    return ((a * (256 - fx) + b * fx) * (256 - fy) + (c * (256 - fx) + d * fx) * fy +
            32768) >>
           16;
}

static inline uint32_t mixed_word(uint32_t a, uint32_t b, uint32_t c, uint32_t d,
                                  uint32_t fx, uint32_t fy)
{
    /* two channels at a time: red and blue, then green */
    uint32_t wa = (256 - fx) * (256 - fy) >> 8, wb = fx * (256 - fy) >> 8;
    uint32_t wc = (256 - fx) * fy >> 8, wd = 256 - wa - wb - wc;
    uint32_t outer = (a >> 8 & 0xff00ffu) * wa + (b >> 8 & 0xff00ffu) * wb +
                     (c >> 8 & 0xff00ffu) * wc + (d >> 8 & 0xff00ffu) * wd;
    uint32_t green = (a >> 16 & 255) * wa + (b >> 16 & 255) * wb + (c >> 16 & 255) * wc +
                     (d >> 16 & 255) * wd;
    return (outer & 0xff00ff00u) | (green >> 8 << 16);
}

static inline uint32_t byte_between(const Source *s, int x, int y, uint32_t fx,
                                    uint32_t fy)
{
    if (!is_inside(s, x, y))
        return mixed(byte_at(s, x, y), byte_at(s, x + 1, y), byte_at(s, x, y + 1),
                     byte_at(s, x + 1, y + 1), fx, fy);
    const uint8_t *line = (const uint8_t *)(s->data + (size_t)y * (size_t)s->wpl);
    const uint8_t *next = (const uint8_t *)((const l_uint32 *)line + s->wpl);
    return mixed(line[x ^ 3], line[(x + 1) ^ 3], next[x ^ 3], next[(x + 1) ^ 3], fx, fy);
}

static inline uint32_t word_between(const Source *s, int x, int y, uint32_t fx,
                                    uint32_t fy)
{
    if (!is_inside(s, x, y))
        return mixed_word(word_at(s, x, y), word_at(s, x + 1, y), word_at(s, x, y + 1),
                          word_at(s, x + 1, y + 1), fx, fy);
    const l_uint32 *line = s->data + (size_t)y * (size_t)s->wpl + x;
    return mixed_word(line[0], line[1], line[s->wpl], line[s->wpl + 1], fx, fy);
}

static void warp_row(const Source *s, l_uint32 *line, int x0, int width, int depth,
                     int64_t sx, int64_t sy, int64_t dx, int64_t dy)
{
    for (int x = x0; x < x0 + width; x++, sx += dx, sy += dy) {
        int px = (int)(sx >> 16), py = (int)(sy >> 16);
        uint32_t fx = (uint32_t)(sx >> 8) & 255, fy = (uint32_t)(sy >> 8) & 255;
        if (depth == 8)
            ((uint8_t *)line)[x ^ 3] = (uint8_t)byte_between(s, px, py, fx, fy);
        else
            line[x] = word_between(s, px, py, fx, fy);
    }
}

PIX *warp(PIX *source, Transform t, int width_px, int height_px)
{
    int depth = pixGetDepth(source);
    g_autoptr(PIX) out = pixCreate(width_px, height_px, depth);
    if (out == NULL)
        return NULL;
    Source s = {pixGetData(source), pixGetWpl(source), pixGetWidth(source),
                pixGetHeight(source)};
    int64_t dx = llround(t.m[0] * 65536), dy = llround(t.m[3] * 65536);
    for (int y = 0; y < height_px; y++) {
        Point from = transform_apply(t, (Point){0.5, y + 0.5});
        warp_row(&s, pixGetData(out) + (size_t)y * (size_t)pixGetWpl(out), 0, width_px,
                 depth, llround((from.x - 0.5) * 65536), llround((from.y - 0.5) * 65536),
                 dx, dy);
    }
    return g_steal_pointer(&out);
}

/* Within so many pixels a projective row is as good as straight. */
#define SPAN_PX 32

void warp_span(PIX *source, Transform t, PIX *out, int y, int x0, int x1)
{
    int depth = pixGetDepth(source);
    Source s = {pixGetData(source), pixGetWpl(source), pixGetWidth(source),
                pixGetHeight(source)};
    l_uint32 *line = pixGetData(out) + (size_t)y * (size_t)pixGetWpl(out);
    for (int x = x0; x < x1;) {
        int n = MIN(x1 - x, SPAN_PX);
        Point from = transform_apply(t, (Point){x + 0.5, y + 0.5});
        Point to = transform_apply(t, (Point){x + n + 0.5, y + 0.5});
        warp_row(&s, line, x, n, depth, llround((from.x - 0.5) * 65536),
                 llround((from.y - 0.5) * 65536), llround((to.x - from.x) * 65536 / n),
                 llround((to.y - from.y) * 65536 / n));
        x += n;
    }
}
