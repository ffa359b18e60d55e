/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One square measured: are its four sides there, and what lies in it. */
#include "layout/private.h"

static const double MIN_SIDE_MM = FRAME_MIN_SIDE_MM, MAX_SIDE_MM = FRAME_MAX_SIDE_MM;
const FrameLimits FRAME_STRICT = {.squareness = 0.85, .second = 0.70, .worst = 0.70};
static const double MAX_ASPECT = 1.18;
/* A box stands alone: of the ring around it no more than this is ink. The strokes around
 * a square in 居 or 型 cover more; a tick that leaves the box, or a neighbour, less. */
static const double MAX_RING_INK = 0.38;
/* The edge of a dark area is a solid square on one side only. */
static const double MAX_SOLID_RING_INK = 0.20;
static const double LEAST_HALF = 0.45;
/* Rows of one stroke are inked alike; of one of the two rows beside it so much at most.
 */
static const double BAR_SOLID = 0.8, BESIDE_BAR = 0.45;
static const int MIN_SIDE_PX = 11; /* below, any character looks square */

/* One side of a square: where its line runs, and how much of it is there. */
typedef struct {
    int position; /* across: the pixel in the middle of the line */
    int outer;    /* across: the outermost pixel of the line */
    int thick;
    double share;
} Side;

/* Without an instruction for it, which not every machine has, the compiler's own way is a
 * call. */
static inline int count_ones(uint32_t bits)
{
    bits -= bits >> 1 & 0x55555555u;
    bits = (bits & 0x33333333u) + (bits >> 2 & 0x33333333u);
    return (int)(((bits + (bits >> 4)) & 0x0f0f0f0fu) * 0x01010101u >> 24);
}

int count_bits(const l_uint32 *line, int x0, int x1)
{
    int count = 0;
    for (int word = x0 >> 5; word <= (x1 - 1) >> 5; word++) {
        uint32_t bits = line[word];
        if (word == x0 >> 5)
            bits &= 0xffffffffu >> (x0 & 31);
        if (word == (x1 - 1) >> 5)
            bits &= 0xffffffffu << (31 - ((x1 - 1) & 31));
        count += count_ones(bits);
    }
    return count;
}

static int bits_along(PIX *pix, int from, int to, int across)
{
    from = MAX(0, from);
    to = MIN(to, pixGetWidth(pix));
    if (across < 0 || across >= pixGetHeight(pix) || from >= to)
        return 0;
    return count_bits(pixGetData(pix) + (size_t)across * (size_t)pixGetWpl(pix), from,
                      to);
}

/* share of @from..@to that has ink at @across or beside it */
static double share_along(const Plane *plane, int from, int to, int across)
{
    return to > from ? (double)bits_along(plane->wide, from, to, across) / (to - from)
                     : 0;
}

/* share of @from..@to that is ink exactly at @across */
static double ink_along(const Plane *plane, int from, int to, int across)
{
    return to > from ? (double)bits_along(plane->exact, from, to, across) / (to - from)
                     : 0;
}

/* the line near @across that is most complete between @from and @to; @outward is -1 for
 * the top and left sides */
static Side side_find(const Plane *plane, int from, int to, int across, int slack,
                      int outward)
{
    Side best = {across, across, 1, -1};
    for (int i = 0; i <= 2 * slack; i++) {
        /* From outside inwards: of two equal ones the outer is the frame. */
        int at = across + outward * (slack - i);
        double share = share_along(plane, from, to, at);
        if (2 * share <= best.share + 0.02) /* its core is no more */
            continue;
        double core = ink_along(plane, from, to, at);
        if (share + core > best.share + 0.02) {
            best.share = share + core;
            best.position = at;
        }
    }
    best.share = share_along(plane, from, to, best.position);
    best.outer = best.position;
    while (abs(best.outer - best.position) < 12 &&
           ink_along(plane, from, to, best.outer + outward) > 0.5)
        best.outer += outward;
    int inner = best.position;
    while (abs(inner - best.position) < to - from &&
           ink_along(plane, from, to, inner - outward) > 0.5)
        inner -= outward;
    best.thick = abs(best.outer - inner) + 1;
    return best;
}

/* A mark along the outside of a side, the head of a √, is none of it: a side reaches no
 * further out than the frame is @thick, and a pixel of blur. */
static void side_trim(Side *side, int thick)
{
    int out = abs(side->outer - side->position);
    if (out <= thick + 1)
        return;
    side->outer = side->position + (side->outer > side->position ? 1 : -1);
    side->thick -= out - 1;
}

/* the longest connected mark and the share of ink inside @inside */
static void measure_inside(PIX *ink, Rect inside, BoxMark *mark)
{
    g_autoptr(BOX) clip = boxCreate(inside.x, inside.y, inside.width, inside.height);
    g_autoptr(PIX) part = pixClipRectangle(ink, clip, NULL);
    g_autoptr(BlobSet) set = part != NULL ? blobs_find(part, BLOBS_MAX_RUNS) : NULL;
    if (set == NULL)
        return;
    int area = 0, longest = 0;
    for (int i = 0; i < set->count; i++) {
        Rect box = set->blobs[i].box_px;
        area += set->blobs[i].area_px;
        longest = MAX(longest, MAX(box.width, box.height));
    }
    mark->inside_ink = (double)area / inside.width / inside.height;
    mark->largest_mark = (double)longest / MAX(inside.width, inside.height);
}

/* share of the ring at @distance around @box that is ink; a stroke that crosses it counts
 * with its thickness */
static double ring_ink(const Plane *planes, Rect box, int distance)
{
    int x0 = box.x - distance, x1 = rect_right(box) - 1 + distance;
    int y0 = box.y - distance, y1 = rect_bottom(box) - 1 + distance;
    return (ink_along(&planes[0], x0, x1 + 1, y0) +
            ink_along(&planes[0], x0, x1 + 1, y1) +
            ink_along(&planes[1], y0, y1 + 1, x0) +
            ink_along(&planes[1], y0, y1 + 1, x1)) /
           4;
}

/* Whether row @y of @part is mostly white; so is what lies outside. */
static bool is_bare(PIX *part, int y)
{
    int width = pixGetWidth(part);
    return bits_along(part, 0, width, y) * 2 < width;
}

/* A straight thin bar from side to side is a stroke of 日 or 田, not a tick: white begins
 * at once above and below it, where a tick's foot tapers off. */
static bool has_level_bar(PIX *part, int thick)
{
    int width = pixGetWidth(part), depth = pixGetHeight(part), start = -1, full = 0;
    bool is_bar = false;
    for (int y = 0; y <= depth; y++) {
        bool is_full = y < depth && bits_along(part, 0, width, y) > 0.93 * width;
        full += is_full;
        if (is_full && start < 0)
            start = y;
        if (is_full || start < 0)
            continue;
        is_bar |= y - start <= 2 * thick + 1 && is_bare(part, start - 2) &&
                  is_bare(part, y + 1);
        start = -1;
    }
    return is_bar && full < depth * 0.6;
}

static bool has_bar(PIX *ink, Rect inside, int thick)
{
    g_autoptr(BOX) clip = boxCreate(inside.x, inside.y, inside.width, inside.height);
    g_autoptr(PIX) level = pixClipRectangle(ink, clip, NULL);
    g_autoptr(PIX) upright = level != NULL ? pixRotateOrth(level, 1) : NULL;
    return upright != NULL &&
           (has_level_bar(level, thick) || has_level_bar(upright, thick));
}

/* Whether one of the two rows of @part from @y on, in steps of @step, is white under the
 * run @x0 .. @x1 for the most part. */
static bool is_bare_beside(PIX *part, int x0, int x1, int y, int step)
{
    int most = (int)(BESIDE_BAR * (x1 - x0));
    return y >= 0 && y < pixGetHeight(part) &&
           (bits_along(part, x0, x1, y) <= most ||
            (y + step >= 0 && y + step < pixGetHeight(part) &&
             bits_along(part, x0, x1, y + step) <= most));
}

/* Whether row @y of @part is inked like a stroke from @x0 to @x1: for the most part, and
 * without a gap but at its ends. Between the arms of a tick is one. */
static bool is_of_bar(PIX *part, int x0, int x1, int y)
{
    int first = x0, last = x1 - 1;
    while (first < x1 && bits_along(part, first, first + 1, y) == 0)
        first++;
    while (last > first && bits_along(part, last, last + 1, y) == 0)
        last--;
    int run = last - first + 1;
    return run >= BAR_SOLID * (x1 - x0) && bits_along(part, first, last + 1, y) == run;
}

/* Whether the level run @x0 .. @x1 of row @y is a thin stroke: rows that are inked like
 * it end soon, and are followed by white. A slope goes on beside itself. */
static bool is_free_bar(PIX *part, int x0, int x1, int y, int thick)
{
    int top = y, bottom = y;
    while (is_of_bar(part, x0, x1, top - 1))
        top--;
    while (is_of_bar(part, x0, x1, bottom + 1))
        bottom++;
    /* the arms of a tick go on above its foot, and to its sides */
    int from = MAX(0, x0 - thick), to = MIN(x1 + thick, pixGetWidth(part));
    return bottom - top < 2 * thick + 1 && is_bare_beside(part, from, to, top - 1, -1) &&
           is_bare_beside(part, from, to, bottom + 1, 1);
}

/* the longest thin level stroke in @inside that stands free, as a share of its width */
static double longest_bar(PIX *ink, Rect inside, int thick)
{
    g_autoptr(BOX) clip = boxCreate(inside.x, inside.y, inside.width, inside.height);
    g_autoptr(PIX) part = pixClipRectangle(ink, clip, NULL);
    int best = 0, width = part != NULL ? pixGetWidth(part) : 0;
    for (int y = 1; part != NULL && y < pixGetHeight(part) - 1; y++)
        for (int x = 0, start = -1; x <= width; x++) {
            bool is_ink = x < width && bits_along(part, x, x + 1, y) > 0;
            if (is_ink && start < 0)
                start = x;
            if (is_ink || start < 0)
                continue;
            if (x - start > best && is_free_bar(part, start, x, y, thick))
                best = x - start;
            start = -1;
        }
    return width > 0 ? (double)best / width : 0;
}

/* Rows beside a side in which it may run, and the longest side that can be. */
#define STEP_ROWS 5
#define STEP_MAX_PX 256

/* how much ink the rows around @across have up to each column from @from on */
static void sum_rows(PIX *pix, int from, int to, int across,
                     int sums[STEP_ROWS][STEP_MAX_PX + 1])
{
    int width = pixGetWidth(pix), height = pixGetHeight(pix), wpl = pixGetWpl(pix);
    for (int row = 0; row < STEP_ROWS; row++) {
        int y = across + row - STEP_ROWS / 2;
        const l_uint32 *line =
            y >= 0 && y < height ? pixGetData(pix) + (size_t)y * (size_t)wpl : NULL;
        sums[row][0] = 0;
        for (int x = from; x <= to; x++)
            sums[row][x - from + 1] =
                sums[row][x - from] +
                (line != NULL && x >= 0 && x < width ? (int)GET_DATA_BIT(line, x) : 0);
    }
}

/* the share of the side that is ink when it steps once from one row to the next */
static double stepped_share(PIX *pix, int from, int to, int across)
{
    int sums[STEP_ROWS][STEP_MAX_PX + 1], best = 0, n = to - from + 1;
    if (n < 1 || n > STEP_MAX_PX)
        return 0;
    sum_rows(pix, from, to, across, sums);
    for (int row = 1; row < STEP_ROWS - 1; row++)
        for (int other = row - 1; other <= row + 1; other += 2)
            for (int x = 0; x <= n; x++)
                best = MAX(best, sums[row][x] + sums[other][n] - sums[other][x]);
    return (double)best / n;
}

/* The share of the side at @across, from @from's line to @to's, on its best row of
 * pixels. Printed frames are straight, but for the one step that is left of a skew; what
 * the strokes of characters add up to is not. */
static double straight_share(const Plane *plane, Side from, Side to, int across)
{
    double best = 0;
    for (int i = -1; i <= 1; i++)
        best = MAX(best, ink_along(plane, from.position, to.position + 1, across + i));
    /* What has less has no two halves of a side, and most have all. */
    if (best < LEAST_HALF || best > 0.97)
        return best;
    return MAX(best, stepped_share(plane->exact, from.position, to.position, across));
}

/* whether four sides of which these @shares are there come up to @limits */
static bool is_within(const double shares[4], const FrameLimits *limits)
{
    double worst = 1, second = 1, sum = 0;
    for (int i = 0; i < 4; i++) {
        second = MIN(second, MAX(worst, shares[i]));
        worst = MIN(worst, shares[i]);
        sum += shares[i];
    }
    return worst >= limits->worst && second >= limits->second &&
           sum / 4 >= limits->squareness;
}

/* The four sides of a square. */
typedef struct {
    Side left, right, top, bottom;
} Sides;

/* the sides of about @guess. Returns: false where one is less there than @worst */
static bool sides_find(const Plane *planes, Rect guess, int slack, double worst,
                       Sides *sides)
{
    int trim_x = guess.width / 8, trim_y = guess.height / 8;
    int x0 = guess.x + trim_x, x1 = rect_right(guess) - trim_x;
    int y0 = guess.y + trim_y, y1 = rect_bottom(guess) - trim_y;
    sides->left = side_find(&planes[1], y0, y1, guess.x, slack, -1);
    if (sides->left.share < worst)
        return false;
    sides->right = side_find(&planes[1], y0, y1, rect_right(guess) - 1, slack, 1);
    if (sides->right.share < worst)
        return false;
    sides->top = side_find(&planes[0], x0, x1, guess.y, slack, -1);
    if (sides->top.share < worst)
        return false;
    sides->bottom = side_find(&planes[0], x0, x1, rect_bottom(guess) - 1, slack, 1);
    return sides->bottom.share >= worst;
}

/* the shares over the whole length, corners included, and on one straight row of pixels
 */
static void straighten(const Plane *planes, Sides *sides)
{
    Side left = sides->left, right = sides->right;
    sides->top.share = straight_share(&planes[0], left, right, sides->top.position);
    sides->bottom.share = straight_share(&planes[0], left, right, sides->bottom.position);
    Side top = sides->top, bottom = sides->bottom;
    sides->left.share = straight_share(&planes[1], top, bottom, left.position);
    sides->right.share = straight_share(&planes[1], top, bottom, right.position);
}

/* Takes marks beside the sides off. The frame's thickness is that of its thinnest sides:
 * a mark may lie on the others. Returns: it */
static int trim_sides(Sides *sides)
{
    int thick = MIN(MIN(sides->top.thick, sides->bottom.thick),
                    MIN(sides->left.thick, sides->right.thick));
    side_trim(&sides->top, thick);
    side_trim(&sides->bottom, thick);
    side_trim(&sides->left, thick);
    side_trim(&sides->right, thick);
    return thick;
}

/* What lies inside the sides of @box. Blur makes them differ by a pixel or two; more than
 * that is a mark along a side. */
static Rect inside_of(Rect box, const Sides *sides, int thick)
{
    int most = thick + 2, inset_left = MIN(sides->left.thick, most) + 1;
    int inset_top = MIN(sides->top.thick, most) + 1;
    return (Rect){box.x + inset_left, box.y + inset_top,
                  box.width - inset_left - MIN(sides->right.thick, most) - 1,
                  box.height - inset_top - MIN(sides->bottom.thick, most) - 1};
}

/* Whether @frame has the form and the size of a box, and stands alone. */
static bool is_box_like(const Frame *frame, int dpi)
{
    Rect box = frame->mark.box_px;
    int low = MIN(box.width, box.height), high = MAX(box.width, box.height);
    return low >= MIN_SIDE_PX && high <= low * MAX_ASPECT + 1 &&
           low >= MIN_SIDE_MM / MM_PER_INCH * dpi &&
           high <= MAX_SIDE_MM / MM_PER_INCH * dpi && frame->ring_ink <= MAX_RING_INK;
}

bool frame_measure(PIX *ink, const Plane *planes, Rect guess, int slack, int dpi,
                   const FrameLimits *limits, Frame *frame)
{
    Sides sides;
    if (!sides_find(planes, guess, slack, limits->worst, &sides))
        return false;
    straighten(planes, &sides);
    const double shares[4] = {sides.top.share, sides.bottom.share, sides.left.share,
                              sides.right.share};
    if (!is_within(shares, limits))
        return false;
    int thick = trim_sides(&sides);
    *frame = (Frame){.mark = {.cell = -1}, .is_strict = is_within(shares, &FRAME_STRICT)};
    BoxMark *mark = &frame->mark;
    Rect box = {sides.left.outer, sides.top.outer,
                sides.right.outer - sides.left.outer + 1,
                sides.bottom.outer - sides.top.outer + 1};
    mark->box_px = box;
    mark->squareness = (shares[0] + shares[1] + shares[2] + shares[3]) / 4;
    /* Blurred edges are a pixel or two wide; what comes after them is somebody else's. */
    int around = MAX(2, px_from_mm(0.25, dpi)), low = MIN(box.width, box.height);
    frame->ring_ink =
        MIN(ring_ink(planes, box, around), ring_ink(planes, box, around + 1));
    bool is_solid = thick > low / 3;
    if (!is_box_like(frame, dpi) || (is_solid && frame->ring_ink > MAX_SOLID_RING_INK))
        return false;
    if (is_solid)
        thick = MAX(1, low / 12);
    Rect inside = inside_of(box, &sides, thick);
    if (inside.width < 3 || inside.height < 3)
        return false;
    measure_inside(ink, inside, mark);
    mark->longest_bar = longest_bar(ink, inside, thick);
    mark->ring = ring_around(ink, box, thick);
    mark->over = ink_over_and_under(ink, box);
    mark->thick_px = thick;
    /* A heavy mark may be a bar by chance; the bars of characters are thin. */
    return is_solid || mark->inside_ink > 0.5 || !has_bar(ink, inside, thick);
}
