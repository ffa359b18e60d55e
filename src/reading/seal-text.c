/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words along the ring of a round seal: unrolled into a line, and read as one. */
#include "reading/private.h"

#include "base/text.h"

/* Official seals are 38 to 58 mm across (State Council, 1999, no. 25), special-purpose
 * ones from 30 mm. */
static const double MIN_RADIUS_MM = 13, MAX_RADIUS_MM = 31;
/* Of a true circle the outermost ink lies this near to it, all around but where the page
 * or print cuts it off. */
static const double OUTLINE_MM = 0.7, MIN_OUTLINE_SHARE = 0.6;
/* The words stand between these shares of the radius, their feet inwards; the star ends
 * below, and the ring begins above. */
static const double FEET_SHARE = 0.56, MAX_HEADS_SHARE = 0.95;
/* A row of the unrolled band is of the ring where so much of it is ink. */
static const double RING_SHARE = 0.55;
/* Shares of the ink's usual strength that are white and black: paper and its shadows stay
 * under the one, and thin strokes reach the other. */
static const double PALE = 0.35, FULL = 0.7;
#define STRIP_HEIGHT_PX 40
#define STRIP_BORDER_PX 10
#define DIRECTIONS 180
#define FITS 4
/* Characters of seals are taller than wide; models know square ones. */
static const double WIDEN = 1.25;
/* White between two characters, of the strip's height. */
static const double MAX_GAP_SHARE = 0.30;
/* The white between the end of the words and their beginning. */
static const double MIN_GAP_RAD = 0.25;

typedef struct {
    double x, y, radius; /* pixels of the sheet */
} Circle;

/* Ink of seals within a box, a byte a pixel: 0 is none. */
typedef struct {
    PIX *levels; /* 8 bpp */
    Rect box_px;
} SealInk;

static double level_at(const SealInk *ink, double x, double y)
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

/* From straight down clockwise, as the words run. */
static Point on_circle(const Circle *circle, double radius, double angle)
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
            Point at = on_circle(guess, r, angle);
            if (level_at(ink, at.x, at.y) < 128)
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

/* the circle that the seal's outline is. Returns: false where it is none */
static bool circle_of(const SealInk *ink, int dpi, Circle *circle)
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

/* share of ink all around at @radius */
static double share_around(const SealInk *ink, const Circle *circle, double radius)
{
    int dark = 0;
    for (int i = 0; i < DIRECTIONS; i++) {
        Point at = on_circle(circle, radius, 2 * G_PI * i / DIRECTIONS);
        dark += level_at(ink, at.x, at.y) >= 128;
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
            Point at = on_circle(circle, r, 2 * G_PI * i / STEPS);
            is_white[i] = level_at(ink, at.x, at.y) < 128;
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
                on_circle(circle, radius, from_angle + 2 * G_PI * (x + 0.5) / width);
            SET_DATA_BYTE(line, x, 255 - (int)level_at(ink, at.x, at.y));
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

/* red takes green and blue away */
static int strength_of(l_uint32 pixel)
{
    int red, green, blue;
    extractRGBValues(pixel, &red, &green, &blue);
    return 255 - MIN(green, blue);
}

static const l_uint32 *colour_line(PIX *colour, Rect box, int y)
{
    return pixGetData(colour) + (size_t)(box.y + y) * (size_t)pixGetWpl(colour) + box.x;
}

/* the middle of the strengths of the pixels in @mask */
static int usual_strength(PIX *colour, PIX *mask, Rect box)
{
    int counts[256] = {0}, total = 0, below = 0, strength = 0;
    for (int y = 0; y < box.height; y++) {
        const l_uint32 *from = colour_line(colour, box, y);
        const l_uint32 *is_ink = pixGetData(mask) + (size_t)y * (size_t)pixGetWpl(mask);
        for (int x = 0; x < box.width; x++)
            if (GET_DATA_BIT(is_ink, x)) {
                counts[strength_of(from[x])]++;
                total++;
            }
    }
    while (strength < 255 && (below += counts[strength]) * 2 < total)
        strength++;
    return MAX(1, strength);
}

/* How strong the ink is where @colour shows it, in @whole; @mask: pixels surely of it */
static void take_colour(PIX *colour, PIX *mask, PIX *whole, const SealInk *ink)
{
    double full = usual_strength(colour, mask, ink->box_px);
    for (int y = 0; y < ink->box_px.height; y++) {
        const l_uint32 *from = colour_line(colour, ink->box_px, y);
        const l_uint32 *is_ink = pixGetData(whole) + (size_t)y * (size_t)pixGetWpl(whole);
        l_uint32 *to =
            pixGetData(ink->levels) + (size_t)y * (size_t)pixGetWpl(ink->levels);
        for (int x = 0; x < ink->box_px.width; x++) {
            double share = (strength_of(from[x]) / full - PALE) / (FULL - PALE);
            SET_DATA_BYTE(to, x,
                          GET_DATA_BIT(is_ink, x) ? (int)(255 * CLAMP(share, 0, 1)) : 0);
        }
    }
}

/* the ink of the seal in @box, its edges soft */
static bool seal_ink(const Sheet *sheet, Rect box, SealInk *ink)
{
    Rect page = {0, 0, pixGetWidth(sheet->seal), pixGetHeight(sheet->seal)};
    ink->box_px = rect_grown(box, box.width / 16, page.width, page.height);
    g_autoptr(BOX) clip =
        boxCreate(ink->box_px.x, ink->box_px.y, ink->box_px.width, ink->box_px.height);
    g_autoptr(PIX) part = pixClipRectangle(sheet->seal, clip, NULL);
    g_autoptr(PIX) levels = part != NULL ? pixConvert1To8(NULL, part, 0, 255) : NULL;
    ink->levels = levels != NULL ? pixBlockconv(levels, 1, 1) : NULL;
    if (ink->levels == NULL || sheet->colour == NULL)
        return ink->levels != NULL;
    g_autoptr(PIX) closed = pixCloseBrick(NULL, part, 3, 3); /* white specks */
    if (closed != NULL)
        take_colour(sheet->colour, part, closed, ink);
    return closed != NULL;
}

PIX *seal_strip(const Sheet *sheet, Rect box)
{
    SealInk ink = {NULL, box};
    if (!seal_ink(sheet, box, &ink))
        return NULL;
    g_autoptr(PIX) levels = ink.levels;
    Circle circle;
    if (!circle_of(&ink, sheet->dpi, &circle))
        return NULL;
    double feet = circle.radius * FEET_SHARE, heads = inside_of_ring(&ink, &circle);
    double from = gap_angle(&ink, &circle, feet, heads);
    g_autoptr(PIX) strip = from >= 0 ? unroll(&ink, &circle, feet, heads, from) : NULL;
    g_autoptr(PIX) closed = strip != NULL ? close_gaps(strip) : NULL;
    return closed != NULL ? cut_out(closed) : NULL;
}

static void line_clear(TextLine *line)
{
    g_free(line->text);
    g_clear_pointer(&line->glyphs, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TextLine, line_clear)

static bool read_strip(Engine *engine, LinePicture *strip, SealMark *seal, GError **error)
{
    g_auto(TextLine) first = {0}, second = {0};
    if (!engine_read_line(engine, strip->pix, READ_TEXT, (Point){0, 0}, 1, &first,
                          error) ||
        !engine_read_line(engine, strip->pix, READ_OTHER, (Point){0, 0}, 1, &second,
                          error))
        return false;
    const Classifier *classifier = engine_classifier(engine);
    g_autofree char *by_shapes = NULL;
    if (classifier != NULL) {
        third_opinion(classifier, strip, &first, &second);
        by_shapes = shapes_text(classifier, strip, &first, &second);
    }
    seal->text = text_bare(first.text);
    seal->second_text = text_bare(second.text);
    seal->shapes_text = by_shapes != NULL ? text_bare(by_shapes) : NULL;
    return true;
}

bool seals_read(Engine *engine, const Sheet *sheet, PageReading *reading, GError **error)
{
    for (guint i = 0; i < reading->seals->len; i++) {
        SealMark *seal = &g_array_index(reading->seals, SealMark, i);
        g_auto(LinePicture) strip = {.pix = seal_strip(sheet, seal->box_px)};
        if (strip.pix != NULL && !read_strip(engine, &strip, seal, error))
            return false;
    }
    return true;
}
