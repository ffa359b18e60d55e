/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A round seal's own ink, apart from print that crosses it, and the circle it fills. */
#include "reading/seal-ring.h"

/* Official seals are 38 to 58 mm across (State Council, 1999, no. 25), special-purpose
 * ones from 30 mm. */
static const double MIN_RADIUS_MM = 13, MAX_RADIUS_MM = 31;
/* Of a true circle the outermost ink lies this near to it, all around but where the page
 * or print cuts it off. */
static const double OUTLINE_MM = 0.7, MIN_OUTLINE_SHARE = 0.6;
/* Shares of the ink's usual strength that are white and black: paper and its shadows stay
 * under the one, and thin strokes reach the other. */
static const double PALE = 0.35, FULL = 0.7;
/* Darker than this is print, once the seal is lifted off the grey; its strokes are this
 * thick. */
#define PRINT_LEVEL 150
static const double PRINT_STROKE_MM = 0.6;
/* A stroke that goes on under print is seen for so long before it or behind it; others
 * that merely stand on both of its sides are crossed. */
static const double RUN_MM = 0.8;
#define WAYS 12
#define DIRECTIONS 180
#define FITS 4

double seal_level_at(const SealInk *ink, double x, double y)
{
    int left = (int)floor(x - 0.5) - ink->box_px.x,
        top = (int)floor(y - 0.5) - ink->box_px.y;
    if (left < 0 || top < 0 || left + 1 >= ink->box_px.width ||
        top + 1 >= ink->box_px.height)
        return 0;
    double fx = x - 0.5 - floor(x - 0.5), fy = y - 0.5 - floor(y - 0.5);
    const l_uint32 *line =
        pixGetData(ink->levels) + (size_t)top * (size_t)pixGetWpl(ink->levels);
    const l_uint32 *below = line + pixGetWpl(ink->levels);
    return (1 - fy) * ((1 - fx) * GET_DATA_BYTE(line, left) +
                       fx * GET_DATA_BYTE(line, left + 1)) +
           fy * ((1 - fx) * GET_DATA_BYTE(below, left) +
                 fx * GET_DATA_BYTE(below, left + 1));
}

Point seal_point(const Circle *circle, double radius, double angle)
{
    return (Point){circle->x - radius * sin(angle), circle->y + radius * cos(angle)};
}

/* the outermost ink in each direction, as points; @points: DIRECTIONS of them
 * Returns: how many there are */
static int outline_of(const SealInk *ink, const Circle *guess, Point *points)
{
    int count = 0;
    for (int i = 0; i < DIRECTIONS; i++) {
        double angle = 2 * G_PI * i / DIRECTIONS;
        for (double r = guess->radius * 1.12; r > guess->radius * 0.8; r -= 0.5) {
            Point at = seal_point(guess, r, angle);
            if (seal_level_at(ink, at.x, at.y) < 128)
                continue;
            points[count++] = at;
            break;
        }
    }
    return count;
}

/* The circle through @points by least squares (Kasa, "A circle fitting procedure and its
 * error analysis", 1976), around @near for the sake of the numbers. */
static bool fit_circle(const Point *points, int count, Circle *near)
{
    double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0, sxz = 0, syz = 0, sz = 0;
    for (int i = 0; i < count; i++) {
        double x = points[i].x - near->x, y = points[i].y - near->y, z = x * x + y * y;
        sx += x, sy += y, sz += z;
        sxx += x * x, syy += y * y, sxy += x * y;
        sxz += x * z, syz += y * z;
    }
    double n = count, a = sxx - sx * sx / n, b = sxy - sx * sy / n, c = syy - sy * sy / n;
    double p = (sxz - sx * sz / n) / 2, q = (syz - sy * sz / n) / 2;
    double det = a * c - b * b;
    if (count < 8 || fabs(det) < 1e-6)
        return false;
    double x = (p * c - q * b) / det, y = (a * q - b * p) / det;
    double square = sz / n - 2 * (x * sx + y * sy) / n + x * x + y * y;
    *near = (Circle){near->x + x, near->y + y, sqrt(MAX(0, square))};
    return true;
}

/* points that lie on @circle; @points: sorted out in place. Returns: how many stay */
static int keep_near(Point *points, int count, const Circle *circle, double reach_px)
{
    int kept = 0;
    for (int i = 0; i < count; i++) {
        double r = hypot(points[i].x - circle->x, points[i].y - circle->y);
        if (fabs(r - circle->radius) <= reach_px)
            points[kept++] = points[i];
    }
    return kept;
}

bool seal_circle(const SealInk *ink, int dpi, Circle *circle)
{
    Point points[DIRECTIONS];
    double px_mm = dpi / MM_PER_INCH;
    Rect box = ink->box_px;
    *circle =
        (Circle){rect_centre_x(box), rect_centre_y(box), (box.width + box.height) / 4.0};
    int count = 0;
    for (int i = 0; i < FITS; i++) {
        count = outline_of(ink, circle, points);
        if (i > 0)
            count = keep_near(points, count, circle, 2 * OUTLINE_MM * px_mm);
        if (!fit_circle(points, count, circle))
            return false;
    }
    count = keep_near(points, count, circle, OUTLINE_MM * px_mm);
    return count >= MIN_OUTLINE_SHARE * DIRECTIONS &&
           circle->radius >= MIN_RADIUS_MM * px_mm &&
           circle->radius <= MAX_RADIUS_MM * px_mm;
}

/* How strong the ink of a pixel is: red takes green and blue away. */
static int strength_at(PIX *tone, int x, int y)
{
    const l_uint32 *line = pixGetData(tone) + (size_t)y * (size_t)pixGetWpl(tone);
    int red, green, blue;
    if (pixGetDepth(tone) == 8)
        return 255 - (int)GET_DATA_BYTE(line, x);
    extractRGBValues(line[x], &red, &green, &blue);
    return 255 - MIN(green, blue);
}

/* the middle of the strengths of the pixels in @mask */
static int usual_strength(PIX *tone, PIX *mask, Rect box)
{
    int counts[256] = {0}, total = 0, below = 0, strength = 0;
    for (int y = 0; y < box.height; y++) {
        const l_uint32 *is_ink = pixGetData(mask) + (size_t)y * (size_t)pixGetWpl(mask);
        for (int x = 0; x < box.width; x++)
            if (GET_DATA_BIT(is_ink, x)) {
                counts[strength_at(tone, box.x + x, box.y + y)]++;
                total++;
            }
    }
    while (strength < 255 && (below += counts[strength]) * 2 < total)
        strength++;
    return MAX(1, strength);
}

/* How strong the ink is where @tone shows it, in @whole; @mask: pixels surely of it */
static void take_tone(PIX *tone, PIX *mask, PIX *whole, const SealInk *ink)
{
    double full = usual_strength(tone, mask, ink->box_px);
    for (int y = 0; y < ink->box_px.height; y++) {
        const l_uint32 *is_ink = pixGetData(whole) + (size_t)y * (size_t)pixGetWpl(whole);
        l_uint32 *to =
            pixGetData(ink->levels) + (size_t)y * (size_t)pixGetWpl(ink->levels);
        for (int x = 0; x < ink->box_px.width; x++) {
            double strength = strength_at(tone, ink->box_px.x + x, ink->box_px.y + y);
            double share = (strength / full - PALE) / (FULL - PALE);
            SET_DATA_BYTE(to, x,
                          GET_DATA_BIT(is_ink, x) ? (int)(255 * CLAMP(share, 0, 1)) : 0);
        }
    }
}

static bool is_set(PIX *pix, double x, double y)
{
    int column = (int)lround(x), row = (int)lround(y);
    if (column < 0 || row < 0 || column >= pixGetWidth(pix) || row >= pixGetHeight(pix))
        return false;
    const l_uint32 *line = pixGetData(pix) + (size_t)row * (size_t)pixGetWpl(pix);
    return GET_DATA_BIT(line, column);
}

/* What a seal shows of itself, and what print hides of it. */
typedef struct {
    PIX *part, *hidden; /* 1 bpp, of one size */
    int gap_px, run_px;
} Crossed;

/* How far it is from @x, @y to the seal's ink in one direction, all of it hidden.
 * @run: out: how long the ink goes on there, up to run_px
 * Returns: pixels; -1: there is none, or not near enough */
static int way_to_ink(const Crossed *crossed, int x, int y, double dx, double dy,
                      int *run)
{
    int way = 1;
    *run = 0;
    while (way <= crossed->gap_px && !is_set(crossed->part, x + way * dx, y + way * dy))
        if (!is_set(crossed->hidden, x + way * dx, y + way * dy))
            return -1;
        else
            way++;
    while (*run < crossed->run_px &&
           is_set(crossed->part, x + (way + *run) * dx, y + (way + *run) * dy))
        ++*run;
    return way <= crossed->gap_px ? way : -1;
}

/* whether a stroke goes through a hidden pixel */
static bool goes_through(const Crossed *crossed, int x, int y)
{
    for (int i = 0; i < WAYS; i++) {
        double dx = cos(G_PI * i / WAYS), dy = sin(G_PI * i / WAYS);
        int run, other_run, way = way_to_ink(crossed, x, y, dx, dy, &run);
        if (way < 0)
            continue;
        int back = way_to_ink(crossed, x, y, -dx, -dy, &other_run);
        if (back > 0 && way + back <= crossed->gap_px &&
            MAX(run, other_run) >= crossed->run_px)
            return true;
    }
    return false;
}

/* Print that crosses a seal, and its blurred edges, is none of the seal's; where it parts
 * a stroke of the seal the stroke goes on under it. */
static PIX *joined_under_print(const Sheet *sheet, PIX *part, BOX *clip)
{
    g_autoptr(PIX) grey = pixClipRectangle(sheet->grey, clip, NULL);
    g_autoptr(PIX) dark = grey != NULL ? pixThresholdToBinary(grey, PRINT_LEVEL) : NULL;
    g_autoptr(PIX) print = dark != NULL ? pixSubtract(NULL, dark, part) : NULL;
    g_autoptr(PIX) hidden = print != NULL ? pixDilateBrick(NULL, print, 7, 7) : NULL;
    PIX *joined = hidden != NULL ? pixCopy(NULL, part) : NULL;
    Crossed crossed = {part, hidden, px_from_mm(PRINT_STROKE_MM, sheet->dpi) + 6,
                       px_from_mm(RUN_MM, sheet->dpi)};
    for (int y = 0; joined != NULL && y < pixGetHeight(part); y++) {
        const l_uint32 *under =
            pixGetData(hidden) + (size_t)y * (size_t)pixGetWpl(hidden);
        l_uint32 *line = pixGetData(joined) + (size_t)y * (size_t)pixGetWpl(joined);
        for (int x = 0; x < pixGetWidth(part); x++)
            if (GET_DATA_BIT(under, x) && !GET_DATA_BIT(line, x) &&
                goes_through(&crossed, x, y))
                SET_DATA_BIT(line, x);
    }
    return joined;
}

bool seal_ink_take(const Sheet *sheet, Rect box, SealInk *ink)
{
    Rect page = {0, 0, pixGetWidth(sheet->seal), pixGetHeight(sheet->seal)};
    ink->box_px = rect_grown(box, box.width / 16, page.width, page.height);
    g_autoptr(BOX) clip =
        boxCreate(ink->box_px.x, ink->box_px.y, ink->box_px.width, ink->box_px.height);
    g_autoptr(PIX) part = pixClipRectangle(sheet->seal, clip, NULL);
    g_autoptr(PIX) levels = part != NULL ? pixConvert1To8(NULL, part, 0, 255) : NULL;
    ink->levels = levels != NULL ? pixBlockconv(levels, 1, 1) : NULL;
    PIX *tone = sheet->is_bilevel ? NULL : sheet->unlifted;
    if (sheet->colour != NULL)
        tone = sheet->colour;
    if (ink->levels == NULL || tone == NULL)
        return ink->levels != NULL;
    g_autoptr(PIX) whole = tone == sheet->colour
                               ? pixCloseBrick(NULL, part, 3, 3) /* white specks */
                               : joined_under_print(sheet, part, clip);
    if (whole != NULL)
        take_tone(tone, part, whole, ink);
    return whole != NULL;
}
