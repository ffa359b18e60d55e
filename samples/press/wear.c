/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wear.h"

#include <math.h>

const char *const wear_names[WEAR_COUNT] = {"clean", "scan", "hard", "photo"};
const char *const ink_names[INK_COUNT] = {"colour", "grey", "bw"};
const char *const tag_names[TAG_COUNT] = {"right", "absent", "lie"};

static InkMode choose_ink(gboolean is_economical, Dice *dice)
{
    static const double usual[INK_COUNT] = {0.35, 0.45, 0.20};
    static const double economical[INK_COUNT] = {0.15, 0.70, 0.15};
    return (InkMode)dice_weighted(dice, is_economical ? economical : usual, INK_COUNT);
}

static Wear clean(gboolean is_economical)
{
    return (Wear){.dpi = is_economical ? 200 : 300,
                  .fade = 1,
                  .tint = {1, 1, 1},
                  .ink = is_economical ? INK_GREY : INK_COLOUR,
                  .threshold = 165,
                  .jpeg_quality = is_economical ? 75 : 95,
                  .tag = TAG_RIGHT};
}

/* Black and white shows no uneven light, and what is lost there nobody could read again;
 * fine print needs all the pixels there are. */
static void spare_black_white(Wear *wear)
{
    wear->light = MIN(wear->light, 0.12);
    wear->fade = MAX(wear->fade, 0.6);
    wear->streak = MIN(wear->streak, 0.1);
    wear->dpi = MAX(wear->dpi, 200);
}

Wear wear_choose(WearGrade grade, InkMode ink, gboolean is_economical, Dice *dice)
{
    static const double resolutions[] = {200, 200, 200, 240, 300, 300, 300, 150};
    static const double tags[TAG_COUNT] = {0.80, 0.12, 0.08};
    Wear wear = clean(is_economical);
    if (ink != INK_COUNT)
        wear.ink = ink;
    if (grade == WEAR_CLEAN || grade == WEAR_PHOTO)
        return wear;
    gboolean is_hard = grade == WEAR_HARD;
    if (!is_economical)
        wear.dpi = DICE_PICK(dice, resolutions);
    wear.blur_px = dice_real(dice, 0, is_hard ? 1.1 : 0.6) * wear.dpi / 250;
    wear.fade = dice_chance(dice, is_hard ? 0.7 : 0.3)
                    ? dice_real(dice, is_hard ? 0.45 : 0.65, 1)
                    : 1;
    wear.streak = is_hard ? dice_real(dice, 0, 0.3) : dice_real(dice, 0, 0.08);
    if (dice_chance(dice, 0.6)) {
        wear.tint[0] = dice_real(dice, 0.96, 1);
        wear.tint[1] = dice_real(dice, 0.95, wear.tint[0]);
        wear.tint[2] = dice_real(dice, is_hard ? 0.80 : 0.88, wear.tint[1]);
    }
    wear.light = dice_real(dice, 0, is_hard ? 0.35 : 0.10);
    wear.light_rad = dice_real(dice, 0, 2 * G_PI);
    wear.noise = dice_real(dice, 0.5, is_economical ? 2.2 : is_hard ? 13 : 5);
    wear.specks_per_cm2 =
        dice_chance(dice, 0.4) ? dice_real(dice, 0, is_hard ? 1.2 : 0.2) : 0;
    wear.edge_mm = dice_chance(dice, 0.15) ? dice_real(dice, 0.5, 3) : 0;
    wear.ink = ink != INK_COUNT ? ink : choose_ink(is_economical, dice);
    wear.threshold = dice_int(dice, 140, 190);
    if (wear.ink == INK_BLACK_WHITE)
        spare_black_white(&wear);
    wear.jpeg_quality = is_economical ? dice_int(dice, 62, 72) : dice_int(dice, 60, 92);
    wear.tag = (DpiTag)dice_weighted(dice, tags, TAG_COUNT);
    return wear;
}

Wear wear_choose_page(const Wear *wear, WearGrade grade, SheetKind kind,
                      gboolean is_economical, Dice *dice)
{
    static const double crop_dpi[] = {300, 300, 400, 600};
    Wear page = *wear;
    if (kind == SHEET_CARD_CROP)
        page.dpi = is_economical ? 300 : DICE_PICK(dice, crop_dpi);
    if (grade == WEAR_CLEAN)
        return page;
    double reach = grade == WEAR_HARD ? 5 : 2;
    /* Most sheets lie nearly straight; a few lie as badly as the feeder lets them. */
    page.skew_deg = dice_chance(dice, 0.7) ? dice_real(dice, -reach, reach) * 0.4
                                           : dice_real(dice, -reach, reach);
    if (dice_chance(dice, 0.08))
        page.quarter_turns = dice_int(dice, 1, 3);
    return page;
}

/* Luma of one RGB24 pixel of cairo. */
static int luma(guint32 pixel)
{
    int r = (pixel >> 16) & 255, g = (pixel >> 8) & 255, b = pixel & 255;
    return (r * 299 + g * 587 + b * 114 + 500) / 1000;
}

static PIX *from_cairo(cairo_surface_t *image, gboolean is_colour)
{
    int width = cairo_image_surface_get_width(image);
    int height = cairo_image_surface_get_height(image);
    int stride = cairo_image_surface_get_stride(image);
    const guchar *data = cairo_image_surface_get_data(image);
    PIX *pix = pixCreate(width, height, is_colour ? 32 : 8);
    l_uint32 *out = pixGetData(pix);
    int words = pixGetWpl(pix);
    for (int y = 0; y < height; y++) {
        const guint32 *row =
            (const guint32 *)(const void *)(data + (gsize)y * (gsize)stride);
        l_uint32 *line = out + (gsize)y * (gsize)words;
        for (int x = 0; x < width; x++) {
            if (is_colour)
                line[x] = row[x] << 8; /* 0x00rrggbb to leptonica's 0xrrggbb00 */
            else
                SET_DATA_BYTE(line, x, luma(row[x]));
        }
    }
    return pix;
}

/* Put @next in place of *@pix, unless the library had no memory for it. */
static void replace(PIX **pix, PIX *next)
{
    if (next == NULL)
        return;
    pixDestroy(pix);
    *pix = next;
}

static void skew(PIX **pix, double degrees)
{
    if (degrees != 0)
        replace(pix, pixRotate(*pix, (l_float32)(degrees * G_PI / 180), L_ROTATE_AREA_MAP,
                               L_BRING_IN_WHITE, 0, 0));
}

static void blur(PIX **pix, double deviation_px)
{
    if (deviation_px < 0.15)
        return;
    L_KERNEL *across = NULL, *down = NULL;
    makeGaussianKernelSep(3, 3, (l_float32)deviation_px, 1, &across, &down);
    replace(pix, pixGetDepth(*pix) == 8 ? pixConvolveSep(*pix, across, down, 8, 1)
                                        : pixConvolveRGBSep(*pix, across, down));
    kernelDestroy(&across);
    kernelDestroy(&down);
}

static int clamp_level(double level)
{
    return level < 0 ? 0 : level > 255 ? 255 : (int)(level + 0.5);
}

/* Light, paper and fade at one place of the page. */
typedef struct {
    double ink, light;
} Spot;

static Spot spot_at(const Wear *wear, double u, double v)
{
    double along = (u - 0.5) * cos(wear->light_rad) + (v - 0.5) * sin(wear->light_rad);
    double ink =
        wear->fade * (1 - wear->streak * (0.5 + 0.5 * sin(u * 17 + wear->light_rad)));
    return (Spot){ink, 1 - wear->light * (along + 0.7) * (along + 0.7) * 0.7};
}

static void fade_light_noise(PIX *pix, const Wear *wear, Dice *dice)
{
    int width = pixGetWidth(pix), height = pixGetHeight(pix), words = pixGetWpl(pix);
    gboolean is_colour = pixGetDepth(pix) == 32;
    double grey_tint = (wear->tint[0] + wear->tint[1] + wear->tint[2]) / 3;
    for (int y = 0; y < height; y++) {
        l_uint32 *line = pixGetData(pix) + (gsize)y * (gsize)words;
        Spot spot = {1, 1};
        for (int x = 0; x < width; x++) {
            if (x % 16 == 0) /* light changes slowly */
                spot = spot_at(wear, (double)x / width, (double)y / height);
            double grain = wear->noise > 0 ? wear->noise * dice_normal(dice) : 0;
            if (!is_colour) {
                double level = 255 - (255 - GET_DATA_BYTE(line, x)) * spot.ink;
                SET_DATA_BYTE(line, x,
                              clamp_level(level * grey_tint * spot.light + grain));
                continue;
            }
            l_uint32 pixel = line[x], out = 0;
            for (int c = 0; c < 3; c++) {
                int shift = 24 - 8 * c;
                double level = 255 - (255 - (int)((pixel >> shift) & 255)) * spot.ink;
                out |= (l_uint32)clamp_level(level * wear->tint[c] * spot.light + grain)
                       << shift;
            }
            line[x] = out;
        }
    }
}

static void dot(PIX *pix, int x, int y, int radius, int level)
{
    l_uint32 value =
        pixGetDepth(pix) == 8 ? (l_uint32)level : (l_uint32)level * 0x01010100u;
    for (int dy = -radius; dy <= radius; dy++)
        for (int dx = -radius; dx <= radius; dx++)
            if (dx * dx + dy * dy <= radius * radius)
                pixSetPixel(pix, x + dx, y + dy, value); /* outside: ignored there */
}

static void specks(PIX *pix, const Wear *wear, Dice *dice)
{
    int width = pixGetWidth(pix), height = pixGetHeight(pix);
    double cm2 = width / wear->dpi * 2.54 * (height / wear->dpi * 2.54);
    int largest = MAX(1, (int)(wear->dpi / 150));
    for (int i = (int)(wear->specks_per_cm2 * cm2); i > 0; i--)
        dot(pix, dice_int(dice, 3, width - 4), dice_int(dice, 3, height - 4),
            dice_int(dice, 0, largest),
            dice_chance(dice, 0.75) ? dice_int(dice, 20, 120) : 250);
}

/* The dark edge where the lid did not close over the paper. */
static void dark_edge(PIX *pix, const Wear *wear, Dice *dice)
{
    int width = pixGetWidth(pix), height = pixGetHeight(pix);
    int edge = (int)(wear->edge_mm / MM_PER_INCH * wear->dpi);
    gboolean is_left = dice_chance(dice, 0.5);
    for (int d = 0; d < edge; d++) {
        int level = clamp_level(40 + 180.0 * d / edge);
        l_uint32 value =
            pixGetDepth(pix) == 8 ? (l_uint32)level : (l_uint32)level * 0x01010100u;
        for (int along = 0; along < (is_left ? height : width); along++)
            pixSetPixel(pix, is_left ? d : along, is_left ? along : d, value);
    }
}

/* A scanner sets its threshold by the ink it sees: what is faded is not wiped out. */
static void to_black_white(PIX **pix, const Wear *wear)
{
    double light = 1 - wear->light * 0.35;
    int threshold = (int)((255 - (255 - wear->threshold) * wear->fade) * light);
    replace(pix, pixThresholdToBinary(*pix, CLAMP(threshold, 100, 235)));
}

PIX *wear_apply(cairo_surface_t *image, const Wear *wear, Dice *dice)
{
    PIX *pix = from_cairo(image, wear->ink == INK_COLOUR);
    skew(&pix, wear->skew_deg);
    blur(&pix, wear->blur_px);
    if (wear->noise > 0 || wear->fade < 1 || wear->light > 0)
        fade_light_noise(pix, wear, dice);
    specks(pix, wear, dice);
    if (wear->edge_mm > 0)
        dark_edge(pix, wear, dice);
    if (wear->ink == INK_BLACK_WHITE)
        to_black_white(&pix, wear);
    if (wear->quarter_turns != 0)
        replace(&pix, pixRotateOrth(pix, wear->quarter_turns));
    int tagged = wear->tag == TAG_RIGHT ? (int)wear->dpi : wear->tag == TAG_LIE ? 72 : 0;
    pixSetResolution(pix, tagged, tagged);
    pixSetText(pix, "made-up sample, no real person or paper");
    return pix;
}
