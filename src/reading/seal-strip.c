/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words along the ring of a round seal as a line. */
#include "reading/seal-ring.h"

/* The words stand between these shares of the radius, their feet inwards; the star ends
 * below, and the ring begins above. */
static const double FEET_SHARE = 0.56, MIDDLE_SHARE = 0.80, MAX_HEADS_SHARE = 0.95;
/* A row of the unrolled band is of the ring where so much of it is ink. */
static const double RING_SHARE = 0.55;
#define STRIP_HEIGHT_PX 40
#define STRIP_BORDER_PX 10
#define DIRECTIONS 180
/* Characters of seals are taller than wide; models know square ones. */
static const double WIDEN = 1.25;
/* White between two characters, of the strip's height. */
static const double MAX_GAP_SHARE = 0.30;
/* The white between the end of the words and their beginning. */
static const double MIN_GAP_RAD = 0.25;

/* share of ink all around at @radius */
static double share_around(const SealInk *ink, const Circle *circle, double radius)
{
    int dark = 0;
    for (int i = 0; i < DIRECTIONS; i++) {
        Point at = seal_point(circle, radius, 2 * G_PI * i / DIRECTIONS);
        dark += seal_level_at(ink, at.x, at.y) >= 128;
    }
    return (double)dark / DIRECTIONS;
}

/* Where the ring ends inwards. */
static double inside_of_ring(const SealInk *ink, const Circle *circle)
{
    double r = circle->radius;
    while (r > circle->radius * 0.9 && share_around(ink, circle, r) < RING_SHARE)
        r -= 0.5;
    while (r > circle->radius * 0.8 && share_around(ink, circle, r) >= RING_SHARE / 2)
        r -= 0.5;
    return MIN(r, circle->radius * MAX_HEADS_SHARE);
}

/* The middle of the widest white part of the band: the words begin behind it.
 * Returns: an angle; -1 where there is no such part */
static double gap_angle(const SealInk *ink, const Circle *circle, double feet,
                        double heads)
{
    enum { STEPS = 360 };
    bool is_white[STEPS];
    for (int i = 0; i < STEPS; i++) {
        is_white[i] = true;
        for (double r = feet + (heads - feet) * 0.25; r < heads && is_white[i]; r += 1) {
            Point at = seal_point(circle, r, 2 * G_PI * i / STEPS);
            is_white[i] = seal_level_at(ink, at.x, at.y) < 128;
        }
    }
    int best = 0, best_end = 0, run = 0;
    for (int i = 0; i < 2 * STEPS; i++) {
        run = is_white[i % STEPS] ? MIN(run + 1, STEPS) : 0;
        if (run > best) {
            best = run;
            best_end = i;
        }
    }
    if (best * 2 * G_PI / STEPS < MIN_GAP_RAD)
        return -1;
    return 2 * G_PI * (best_end - best / 2.0) / STEPS;
}

/* The band of words as a line: heads up, dark on white. Owned; NULL without memory */
static PIX *unroll(const SealInk *ink, const Circle *circle, double feet, double heads,
                   double from_angle)
{
    double scale = (heads - feet) / STRIP_HEIGHT_PX;
    double middle = (feet + heads) / 2;
    int width = (int)(2 * G_PI * middle / scale * WIDEN);
    PIX *strip = pixCreate(width, STRIP_HEIGHT_PX, 8);
    for (int y = 0; strip != NULL && y < STRIP_HEIGHT_PX; y++) {
        l_uint32 *line = pixGetData(strip) + (size_t)y * (size_t)pixGetWpl(strip);
        double radius = heads - (y + 0.5) * scale;
        for (int x = 0; x < width; x++) {
            Point at =
                seal_point(circle, radius, from_angle + 2 * G_PI * (x + 0.5) / width);
            SET_DATA_BYTE(line, x, 255 - (int)seal_level_at(ink, at.x, at.y));
        }
    }
    return strip;
}

/* The characters stand far apart along the ring, and models take the white between them
 * for characters: takes most of it out. Owned; NULL without memory */
static PIX *close_gaps(PIX *strip)
{
    int width = pixGetWidth(strip), height = pixGetHeight(strip), to = 0, white = 0;
    g_autoptr(PIX) ink = pixThresholdToBinary(strip, 128);
    g_autoptr(NUMA) columns = ink != NULL ? pixCountByColumn(ink, NULL) : NULL;
    g_autoptr(PIX) closed = columns != NULL ? pixCreate(width, height, 8) : NULL;
    if (closed == NULL)
        return NULL;
    int most = (int)(MAX_GAP_SHARE * height);
    for (int x = 0; x < width; x++) {
        l_float32 count = 0;
        numaGetFValue(columns, x, &count);
        white = count > 0 ? 0 : white + 1;
        if (white > most)
            continue;
        pixRasterop(closed, to++, 0, 1, height, PIX_SRC, strip, x, 0);
    }
    g_autoptr(BOX) box = boxCreate(0, 0, MAX(1, to), height);
    return pixClipRectangle(closed, box, NULL);
}

/* the part of @strip with ink in it, with a white border. Owned; NULL where it is bare */
static PIX *cut_out(PIX *strip)
{
    g_autoptr(PIX) ink = pixThresholdToBinary(strip, 128);
    g_autoptr(BOX) box = NULL;
    g_autoptr(PIX) bare = NULL;
    if (ink == NULL || pixClipToForeground(ink, &bare, &box) != 0 || box == NULL)
        return NULL;
    g_autoptr(PIX) cut = pixClipRectangle(strip, box, NULL);
    return cut != NULL ? pixAddBorder(cut, STRIP_BORDER_PX, 255) : NULL;
}

/* --- characters that stand evenly -----------------------------------------------------
 */

/* Rows of the band that words stand in have ink in so many of the directions, and those
 * between the words and the ring or the star in fewer: print crosses them in some. */
#define SECTORS 24
static const double MIN_SECTORS = 0.36;
/* Lower characters are none. */
static const double MIN_BAND_SHARE = 0.10;
/* White left and right of a character of the line, of its height, and how much wider than
 * most a character may be. */
static const double SIDE_SHARE = 0.07, WIDER = 1.15;
/* The words begin and end in one of the quietest parts of the ring, so wide. */
static const double QUIET_RAD = 0.6;
#define QUIET_PLACES 3
static const double OPPOSITE_LOSS = 0.15;
#define OPPOSITE_LOST 2
static const double MIN_WIDEN = 1.0, MAX_WIDEN = 1.7, SQUARE_SHARE = 0.92;

/* the share of the directions around in which there is ink at @radius */
static double sectors_at(const SealInk *ink, const Circle *circle, double radius)
{
    enum { STEPS = 360 };
    bool has_ink[SECTORS] = {false};
    int count = 0;
    for (int i = 0; i < STEPS; i++) {
        Point at = seal_point(circle, radius, 2 * G_PI * i / STEPS);
        has_ink[i * SECTORS / STEPS] |= seal_level_at(ink, at.x, at.y) >= 128;
    }
    for (int i = 0; i < SECTORS; i++)
        count += has_ink[i];
    return (double)count / SECTORS;
}

/* Between which radii the words stand. Returns: false where there are none */
static bool find_band(const SealInk *ink, const Circle *circle, Band *band)
{
    double inside = inside_of_ring(ink, circle);
    *band = (Band){circle->radius * MIDDLE_SHARE, circle->radius * MIDDLE_SHARE};
    while (band->feet > circle->radius * FEET_SHARE &&
           sectors_at(ink, circle, band->feet - 1) >= MIN_SECTORS)
        band->feet -= 0.5;
    while (band->heads < inside &&
           sectors_at(ink, circle, band->heads + 1) >= MIN_SECTORS)
        band->heads += 0.5;
    band->feet -= 1.5;
    band->heads = MIN(inside, band->heads + 1.5);
    return band->heads - band->feet >= circle->radius * MIN_BAND_SHARE;
}

/* Where the words may end and begin: the directions around which there is least ink. */
static int quiet_columns(const double *columns, int *quiet)
{
    double sums[COMB_COLUMNS];
    int reach = (int)(QUIET_RAD / (2 * G_PI) * COMB_COLUMNS / 2), count = 0;
    for (int i = 0; i < COMB_COLUMNS; i++) {
        sums[i] = 0;
        for (int k = -reach; k <= reach; k++)
            sums[i] += columns[(i + k + COMB_COLUMNS) % COMB_COLUMNS];
    }
    for (; count < QUIET_PLACES; count++) {
        int best = -1;
        for (int i = 0; i < COMB_COLUMNS; i++)
            if (sums[i] >= 0 && (best < 0 || sums[i] < sums[best]))
                best = i;
        if (best < 0)
            break;
        quiet[count] = best;
        for (int k = -reach; k <= reach; k++)
            sums[(best + k + COMB_COLUMNS) % COMB_COLUMNS] = -1;
    }
    return count;
}

/* The comb of the words where the ring is taken to begin at @column. */
static bool comb_from(const double *columns, int column, double height_rad, Comb *comb)
{
    double turned[COMB_COLUMNS], column_rad = 2 * G_PI / COMB_COLUMNS;
    for (int i = 0; i < COMB_COLUMNS; i++)
        turned[i] = columns[(i + column) % COMB_COLUMNS];
    if (!comb_find(turned, height_rad, comb))
        return false;
    comb->first_rad += column * column_rad;
    comb->clean_rad += column * column_rad;
    return true;
}

static bool find_comb(const SealInk *ink, const Circle *circle, const Band *band,
                      Comb *comb)
{
    double columns[COMB_COLUMNS], column_rad = 2 * G_PI / COMB_COLUMNS;
    int quiet[QUIET_PLACES];
    for (int i = 0; i < COMB_COLUMNS; i++) {
        int dark = 0, rows = 0;
        for (double r = band->feet; r < band->heads; r += 1, rows++) {
            Point at = seal_point(circle, r, i * column_rad);
            dark += seal_level_at(ink, at.x, at.y) >= 128;
        }
        columns[i] = (double)dark / rows;
    }
    double height_rad = (band->heads - band->feet) / (band->feet + band->heads) * 2;
    int count = quiet_columns(columns, quiet);
    *comb = (Comb){0};
    for (int q = 0; q < count; q++) {
        Comb other;
        if (comb_from(columns, quiet[q], height_rad, &other) && other.fit > comb->fit)
            *comb = other;
    }
    if (comb->count == 0)
        return false;
    /* print may fill the white between end and beginning: it lies opposite to what is
     * clear */
    Comb opposite;
    int column = (int)lround((comb->clean_rad + G_PI) / column_rad) % COMB_COLUMNS;
    if (comb_from(columns, column, height_rad, &opposite) &&
        opposite.fit > comb->fit - OPPOSITE_LOSS &&
        opposite.count >= comb->count - OPPOSITE_LOST)
        *comb = opposite;
    return true;
}

/* One character upright in the line, from column @x on. */
static void put_upright(const SealInk *ink, const Circle *circle, const Band *band,
                        double angle, double reach, PIX *line, Rect at)
{
    double scale = (band->heads - band->feet) / at.height;
    for (int y = 0; y < at.height; y++) {
        l_uint32 *row = pixGetData(line) + (size_t)(at.y + y) * (size_t)pixGetWpl(line);
        double radius = band->heads - (y + 0.5) * scale;
        for (int x = 0; x < at.width; x++) {
            double aside = ((x + 0.5) / at.width * 2 - 1) * reach;
            Point foot = seal_point(circle, radius, angle);
            /* along the tangent, clockwise */
            double px = foot.x - aside * cos(angle), py = foot.y - aside * sin(angle);
            SET_DATA_BYTE(row, at.x + x, 255 - (int)seal_level_at(ink, px, py));
        }
    }
}

/* The characters beside each other. @strip: filled: the line, and where they stand */
static bool line_up(const SealInk *ink, const Circle *circle, const Band *band,
                    const Comb *comb, SealStrip *strip)
{
    double height = band->heads - band->feet, middle = (band->heads + band->feet) / 2;
    double reach = MIN(comb->width_rad * WIDER, comb->step_rad) / 2 * middle;
    double widen =
        CLAMP(SQUARE_SHARE * height / (comb->width_rad * middle), MIN_WIDEN, MAX_WIDEN);
    int width = (int)lround(2 * reach * widen * STRIP_HEIGHT_PX / height);
    int side = (int)lround(SIDE_SHARE * STRIP_HEIGHT_PX);
    int all = comb->count * (width + 2 * side) + 2 * (STRIP_BORDER_PX - side);
    strip->pix = pixCreate(all, STRIP_HEIGHT_PX + 2 * STRIP_BORDER_PX, 8);
    if (strip->pix == NULL)
        return false;
    pixSetAll(strip->pix);
    strip->count = comb->count;
    for (int i = 0; i < comb->count; i++) {
        strip->places[i] = (Rect){STRIP_BORDER_PX + i * (width + 2 * side),
                                  STRIP_BORDER_PX, width, STRIP_HEIGHT_PX};
        put_upright(ink, circle, band, comb->first_rad + i * comb->step_rad, reach,
                    strip->pix, strip->places[i]);
    }
    return true;
}

/* the words unrolled as they stand, where they stand unevenly. Owned; NULL: none */
static PIX *unrolled(const SealInk *ink, const Circle *circle)
{
    double feet = circle->radius * FEET_SHARE, heads = inside_of_ring(ink, circle);
    double from = gap_angle(ink, circle, feet, heads);
    g_autoptr(PIX) strip = from >= 0 ? unroll(ink, circle, feet, heads, from) : NULL;
    g_autoptr(PIX) closed = strip != NULL ? close_gaps(strip) : NULL;
    return closed != NULL ? cut_out(closed) : NULL;
}

bool seal_strip(const Sheet *sheet, Rect box, bool is_even, SealStrip *strip)
{
    SealInk ink = {NULL, box};
    Circle circle;
    Band band;
    Comb comb;
    *strip = (SealStrip){0};
    if (!seal_ink_take(sheet, box, &ink))
        return false;
    g_autoptr(PIX) levels = ink.levels;
    if (!seal_circle(&ink, sheet->dpi, &circle))
        return false;
    if (is_even && find_band(&ink, &circle, &band) &&
        find_comb(&ink, &circle, &band, &comb))
        return line_up(&ink, &circle, &band, &comb, strip);
    strip->pix = unrolled(&ink, &circle);
    return strip->pix != NULL;
}
