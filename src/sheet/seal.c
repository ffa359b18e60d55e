/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coloured seals: their ink goes into a layer of its own, the print under it stays. */
#include "sheet/private.h"

/* Red ink: red stands out over green and blue, which are near each other. A worn seal on
 * a real scan stands out by 25 to 40 of 255, the colour noise of paper by less than 15.
 */
static const int RED_EXCESS = 23;
/* The smallest seal is a personal one of 8 mm; a line of red print is lower. */
static const double SEAL_MIN_MM = 8.0, SEAL_MAX_MM = 80.0, SEAL_JOIN_MM = 2.4;
static const double SEAL_MAX_ASPECT = 3.5;
/* Official seals are 38 to 58 mm across. */
static const double PIECE_REACH_MM = 12.0, PIECES_MAX_MM = 62.0;
/* Share of a seal's box that is ink; a solid red area is a picture. */
static const double SEAL_MIN_FILL = 0.04, SEAL_MAX_FILL = 0.75;

static inline bool is_red(uint32_t pixel)
{
    int r = (int)(pixel >> 24), g = (int)(pixel >> 16 & 255), b = (int)(pixel >> 8 & 255);
    int excess = r - MAX(g, b);
    /* Skin, hair and wood are red with much more green than blue. */
    if (g - b > excess * 2 / 5 + 8)
        return false;
    /* On dark ink under a seal little light is left: the share counts there. */
    return excess >= RED_EXCESS || (excess >= 18 && excess * 4 >= r);
}

static inline uint8_t luminance(uint32_t pixel)
{
    return (uint8_t)(((pixel >> 24) * 77 + (pixel >> 16 & 255) * 150 +
                      (pixel >> 8 & 255) * 29) >>
                     8);
}

/* grey by luminance, and the red pixels; @red_count: out */
static PIX *split(PIX *colour, PIX *red, int64_t *red_count)
{
    int width = pixGetWidth(colour), height = pixGetHeight(colour);
    g_autoptr(PIX) grey = pixCreate(width, height, 8);
    if (grey == NULL)
        return NULL;
    *red_count = 0;
    for (int y = 0; y < height; y++) {
        const l_uint32 *in = pixGetData(colour) + (size_t)y * (size_t)pixGetWpl(colour);
        uint8_t *out =
            (uint8_t *)(pixGetData(grey) + (size_t)y * (size_t)pixGetWpl(grey));
        l_uint32 *bits = pixGetData(red) + (size_t)y * (size_t)pixGetWpl(red);
        for (int x = 0; x < width; x++) {
            out[x ^ 3] = luminance(in[x]);
            if (is_red(in[x])) {
                SET_DATA_BIT(bits, x);
                ++*red_count;
            }
        }
    }
    return g_steal_pointer(&grey);
}

typedef struct {
    int min_px, max_px;
} SealSize;

static bool is_spot(const Blob *blob, const void *data)
{
    const int *limit_px = data;
    return MAX(blob->box_px.width, blob->box_px.height) < *limit_px;
}

static bool is_no_seal(const Blob *blob, const void *data)
{
    const SealSize *size = data;
    Rect box = blob->box_px;
    int low = MIN(box.width, box.height), high = MAX(box.width, box.height);
    return low < size->min_px || high > size->max_px || high > low * SEAL_MAX_ASPECT;
}

/* A worn seal is in pieces: those around the one that was found are taken with it. */
static Rect with_pieces(const BlobSet *set, Rect seal, int dpi)
{
    int reach = px_from_mm(PIECE_REACH_MM, dpi), limit = px_from_mm(PIECES_MAX_MM, dpi);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < set->count; i++) {
            Rect box = set->blobs[i].box_px, all = rect_union(seal, box);
            Rect wide = {seal.x - reach, seal.y - reach, seal.width + 2 * reach,
                         seal.height + 2 * reach};
            if (!rect_is_empty(rect_intersection(wide, box)) &&
                MAX(all.width, all.height) <= limit)
                seal = all;
        }
    return seal;
}

/* 1 bpp at a quarter of the size: the areas that seals cover; NULL where there are none
 */
static PIX *seal_areas(PIX *red, int dpi)
{
    g_autoptr(PIX) small = pixReduceRankBinaryCascade(red, 1, 2, 0, 0);
    if (small == NULL)
        return NULL;
    int small_dpi = MAX(1, dpi / 4), join = MAX(1, px_from_mm(SEAL_JOIN_MM, small_dpi));
    /* Small red spots are noise of the scanner and fringes of black print. */
    g_autoptr(BlobSet) spots = blobs_find(small, BLOBS_MAX_RUNS);
    if (spots != NULL)
        blobs_erase(spots, small, is_spot, &join);
    g_autoptr(PIX) areas = pixCloseSafeBrick(NULL, small, join, join);
    g_autoptr(BlobSet) set = areas != NULL ? blobs_find(areas, BLOBS_MAX_RUNS) : NULL;
    if (set == NULL)
        return NULL;
    SealSize size = {px_from_mm(SEAL_MIN_MM, small_dpi),
                     px_from_mm(SEAL_MAX_MM, small_dpi)};
    g_autoptr(PIX) out = NULL;
    for (int i = 0; i < set->count; i++) {
        Rect box = set->blobs[i].box_px;
        if (is_no_seal(&set->blobs[i], &size))
            continue;
        g_autoptr(BOX) clip = boxCreate(box.x, box.y, box.width, box.height);
        l_int32 ink = 0;
        pixCountPixelsInRect(small, clip, &ink, NULL);
        double fill = (double)ink / box.width / box.height;
        if (fill < SEAL_MIN_FILL || fill > SEAL_MAX_FILL)
            continue;
        if (out == NULL)
            out = pixCreateTemplate(small);
        Rect all = with_pieces(set, box, small_dpi);
        g_autoptr(BOX) whole = boxCreate(all.x, all.y, all.width, all.height);
        if (out != NULL)
            pixSetInRect(out, whole);
    }
    return g_steal_pointer(&out);
}

/* In a seal's area every pixel takes its red part: there red ink is paper, black ink and
 * blue ink stay dark. What is strongly red is lifted a little more, for dull inks. */
static void lift(PIX *colour, PIX *areas, PIX *grey, PIX *red)
{
    int width = pixGetWidth(grey), height = pixGetHeight(grey);
    for (int y = 0; y < height; y++) {
        const l_uint32 *in = pixGetData(colour) + (size_t)y * (size_t)pixGetWpl(colour);
        uint8_t *out =
            (uint8_t *)(pixGetData(grey) + (size_t)y * (size_t)pixGetWpl(grey));
        l_uint32 *bits = pixGetData(red) + (size_t)y * (size_t)pixGetWpl(red);
        int row = MIN(y / 4, pixGetHeight(areas) - 1);
        const l_uint32 *area = pixGetData(areas) + (size_t)row * (size_t)pixGetWpl(areas);
        for (int x = 0; x < width; x++) {
            if (!GET_DATA_BIT(area, MIN(x / 4, pixGetWidth(areas) - 1))) {
                CLEAR_DATA_BIT(bits, x);
                continue;
            }
            int r = (int)(in[x] >> 24), g = (int)(in[x] >> 16 & 255);
            int excess = MAX(0, r - g), level = r + excess * r / 510;
            out[x ^ 3] = (uint8_t)CLAMP(MAX(level, out[x ^ 3]), 0, 255);
        }
    }
}

PIX *seal_lift(PIX *colour, int dpi, PIX **seal)
{
    int64_t red_count = 0;
    *seal = NULL;
    g_autoptr(PIX) red = pixCreate(pixGetWidth(colour), pixGetHeight(colour), 1);
    g_autoptr(PIX) grey = red != NULL ? split(colour, red, &red_count) : NULL;
    if (grey == NULL)
        return NULL;
    double mm2 = (double)red_count / dpi / dpi * MM_PER_INCH * MM_PER_INCH;
    g_autoptr(PIX) areas = mm2 >= 3 ? seal_areas(red, dpi) : NULL;
    if (areas != NULL) {
        lift(colour, areas, grey, red);
        pixSetResolution(red, dpi, dpi);
        *seal = g_steal_pointer(&red);
    }
    return g_steal_pointer(&grey);
}
