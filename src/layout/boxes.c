/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tick boxes by their four straight sides, so that what is drawn into, through or beside a
 * box does not hide it. */
#include "layout/private.h"

static const double MIN_SIDE_MM = 1.9, MAX_SIDE_MM = 6.8;
/* Straight strokes from this length are sides in question. */
static const double STROKE_MM = 1.45;
/* Strokes thicker than this are not the frame of an empty box. */
static const double FRAME_MM = 0.8;
static const double MIN_SQUARENESS = 0.85, MIN_WORST_SIDE = 0.70;
/* Where the page's boxes are printed whole, all of them are at least so. */
static const double GOOD_SQUARENESS = 0.93, WHOLE_SQUARENESS = 0.97;
static const double MAX_ASPECT = 1.18;
/* Boxes of one page are of one size. */
static const double SIZE_SHARE = 0.12;
static const int SIZE_QUORUM = 3;
/* A box stands alone: of the ring around it no more than this is ink. The strokes around a
 * square in 居 or 型 cover more; a tick that leaves the box, or a neighbour, less. */
static const double MAX_RING_INK = 0.38;
static const int MIN_SIDE_PX = 11;
/* The sheet's paper is 255 and its noise reaches down to about 225. */
#define PALE_LEVEL 205
#define MAX_STROKES 20000
#define MAX_BOXES 600
/* A form has one to three thousand; what has more is a picture. */
#define MAX_TRIES 30000

static int compare_by_x(gconstpointer a, gconstpointer b)
{
    return ((const Rect *)a)->x - ((const Rect *)b)->x;
}

/* In something thick, a side with a mark on it, sides begin and end where the amount of ink
 * in a column jumps. @columns: ink in each column of @box */
static void add_thick(GArray *strokes, Rect box, const int *columns, int length)
{
    int jump = MAX(2, length / 3);
    for (int i = 0; i < box.width; i++) {
        int before = i >= 2 ? columns[i - 2] : 0;
        int after = i < box.width - 2 ? columns[i + 2] : 0;
        Rect part = {box.x + i, box.y, 3, box.height};
        if (columns[i] - before >= jump && i <= box.width - 3)
            g_array_append_val(strokes, part);
        part.x -= 2;
        if (columns[i] - after >= jump && i >= 2)
            g_array_append_val(strokes, part);
    }
}

/* ink in each column of each blob, one blob after the other; @start: where each begins */
static int *columns_of(const BlobSet *set, int *start)
{
    int total = 0;
    for (int i = 0; i < set->count; i++) {
        start[i] = total;
        total += set->blobs[i].box_px.width;
    }
    int *columns = g_new0(int, (gsize)total + 1);
    for (int i = 0; i < set->run_count; i++) {
        const struct InkRun *run = &set->runs[i];
        for (int x = run->x0; x < run->x1; x++)
            columns[start[run->blob] + x - set->blobs[run->blob].box_px.x]++;
    }
    return columns;
}

/* straight upright strokes; a stroke may wander by a pixel and have a gap of two */
static GArray *strokes_find(PIX *small, int length, int thickest, int widest)
{
    GArray *strokes = g_array_new(FALSE, FALSE, sizeof(Rect));
    g_autoptr(PIX) wide = pixDilateBrick(NULL, small, 3, 1);
    g_autoptr(PIX) whole = wide != NULL ? pixCloseBrick(NULL, wide, 1, 3) : NULL;
    g_autoptr(PIX) runs = whole != NULL ? pixOpenBrick(NULL, whole, 1, length) : NULL;
    g_autoptr(BlobSet) set = runs != NULL ? blobs_find(runs, BLOBS_MAX_RUNS) : NULL;
    if (set == NULL)
        return strokes;
    g_autofree int *start = g_new(int, (gsize)set->count + 1);
    g_autofree int *columns = columns_of(set, start);
    for (int i = 0; i < set->count && strokes->len < MAX_STROKES; i++) {
        Rect box = set->blobs[i].box_px;
        if (box.width - 2 <= thickest)
            g_array_append_val(strokes, box);
        else if (box.width <= widest)
            add_thick(strokes, box, columns + start[i], length);
    }
    g_array_sort(strokes, compare_by_x);
    return strokes;
}

/* One side of a square: where its line runs, and how much of it is there. */
typedef struct {
    int position; /* across: the pixel in the middle of the line */
    int outer;    /* across: the outermost pixel of the line */
    int thick;
    double share;
} Side;

/* ink in @line from @x0 up to @x1 */
static int count_bits(const l_uint32 *line, int x0, int x1)
{
    int count = 0;
    for (int word = x0 >> 5; word <= (x1 - 1) >> 5; word++) {
        uint32_t bits = line[word];
        if (word == x0 >> 5)
            bits &= 0xffffffffu >> (x0 & 31);
        if (word == (x1 - 1) >> 5)
            bits &= 0xffffffffu << (31 - ((x1 - 1) & 31));
        count += __builtin_popcount(bits);
    }
    return count;
}

/* A picture for reading along level lines: itself, and with each pixel's neighbours above
 * and below. Reading along upright lines is reading the transposed one. */
typedef struct {
    PIX *exact, *wide; /* borrowed */
} Plane;

static int bits_along(PIX *pix, int from, int to, int across)
{
    from = MAX(0, from);
    to = MIN(to, pixGetWidth(pix));
    if (across < 0 || across >= pixGetHeight(pix) || from >= to)
        return 0;
    return count_bits(pixGetData(pix) + (size_t)across * (size_t)pixGetWpl(pix), from, to);
}

/* share of @from..@to that has ink at @across or beside it */
static double share_along(const Plane *plane, int from, int to, int across)
{
    return to > from ? (double)bits_along(plane->wide, from, to, across) / (to - from) : 0;
}

/* share of @from..@to that is ink exactly at @across */
static double ink_along(const Plane *plane, int from, int to, int across)
{
    return to > from ? (double)bits_along(plane->exact, from, to, across) / (to - from) : 0;
}

/* the line near @across that is most complete between @from and @to; @outward is -1 for the
 * top and left sides */
static Side side_find(const Plane *plane, int from, int to, int across, int slack,
                      int outward)
{
    Side best = {across, across, 1, -1};
    for (int i = 0; i <= 2 * slack; i++) {
        /* From outside inwards: of two equal ones the outer is the frame. */
        int at = across + outward * (slack - i);
        double share = share_along(plane, from, to, at);
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
    return (ink_along(&planes[0], x0, x1 + 1, y0) + ink_along(&planes[0], x0, x1 + 1, y1) +
            ink_along(&planes[1], y0, y1 + 1, x0) + ink_along(&planes[1], y0, y1 + 1, x1)) / 4;
}

/* A straight thin bar from side to side is a stroke of 日 or 田, not a tick. */
static bool has_bar(PIX *ink, Rect inside, int thick)
{
    g_autoptr(BOX) clip = boxCreate(inside.x, inside.y, inside.width, inside.height);
    g_autoptr(PIX) level = pixClipRectangle(ink, clip, NULL);
    g_autoptr(PIX) upright = level != NULL ? pixRotateOrth(level, 1) : NULL;
    for (int i = 0; i <= 1 && upright != NULL; i++) {
        PIX *part = i == 0 ? level : upright;
        int width = pixGetWidth(part), depth = pixGetHeight(part);
        int run = 0, longest = 0, full = 0;
        for (int y = 0; y < depth; y++) {
            bool is_full = bits_along(part, 0, width, y) > 0.93 * width;
            run = is_full ? run + 1 : 0;
            full += is_full;
            longest = MAX(longest, run);
        }
        if (full > 0 && longest <= 2 * thick + 1 && full < depth * 0.6)
            return true;
    }
    return false;
}

/* The share of the side at @across, from @from's line to @to's, on its best row of pixels.
 * Printed frames are straight; what the strokes of characters add up to is not. */
static double straight_share(const Plane *plane, Side from, Side to, int across)
{
    double best = 0;
    for (int i = -1; i <= 1; i++)
        best = MAX(best, ink_along(plane, from.position, to.position + 1, across + i));
    return best;
}

/* measure the square whose sides are about those of @guess (full pixels) */
static bool measure(PIX *ink, const Plane *planes, Rect guess, int slack, int dpi, BoxMark *mark)
{
    int trim_x = guess.width / 8, trim_y = guess.height / 8;
    int x0 = guess.x + trim_x, x1 = rect_right(guess) - trim_x;
    int y0 = guess.y + trim_y, y1 = rect_bottom(guess) - trim_y;
    Side left = side_find(&planes[1], y0, y1, guess.x, slack, -1);
    if (left.share < MIN_WORST_SIDE)
        return false;
    Side right = side_find(&planes[1], y0, y1, rect_right(guess) - 1, slack, 1);
    if (right.share < MIN_WORST_SIDE)
        return false;
    Side top = side_find(&planes[0], x0, x1, guess.y, slack, -1);
    if (top.share < MIN_WORST_SIDE)
        return false;
    Side bottom = side_find(&planes[0], x0, x1, rect_bottom(guess) - 1, slack, 1);
    if (bottom.share < MIN_WORST_SIDE)
        return false;
    /* now over the whole length, corners included, and on one straight row of pixels */
    top.share = straight_share(&planes[0], left, right, top.position);
    bottom.share = straight_share(&planes[0], left, right, bottom.position);
    left.share = straight_share(&planes[1], top, bottom, left.position);
    right.share = straight_share(&planes[1], top, bottom, right.position);
    double worst = MIN(MIN(top.share, bottom.share), MIN(left.share, right.share));
    *mark = (BoxMark){.box_px = {left.outer, top.outer, right.outer - left.outer + 1,
                                 bottom.outer - top.outer + 1}, .cell = -1};
    mark->squareness = (top.share + bottom.share + left.share + right.share) / 4;
    Rect box = mark->box_px;
    int low = MIN(box.width, box.height), high = MAX(box.width, box.height);
    /* Blurred edges are a pixel or two wide; what comes after them is somebody else's. */
    int around = MAX(2, px_from_mm(0.25, dpi));
    if (low < MIN_SIDE_PX || worst < MIN_WORST_SIDE || mark->squareness < MIN_SQUARENESS ||
        high > low * MAX_ASPECT + 1 || low < MIN_SIDE_MM / MM_PER_INCH * dpi ||
        high > MAX_SIDE_MM / MM_PER_INCH * dpi ||
        MIN(ring_ink(planes, box, around), ring_ink(planes, box, around + 1)) > MAX_RING_INK)
        return false;
    /* The frame's thickness is that of its thinnest sides: a mark may lie on the others. */
    int thick = MIN(MIN(top.thick, bottom.thick), MIN(left.thick, right.thick));
    bool is_solid = thick > low / 3;
    if (is_solid)
        thick = MAX(1, low / 12);
    /* Blur makes sides differ by a pixel or two; more than that is a mark along a side. */
    int most = thick + 2, inset_left = MIN(left.thick, most) + 1;
    int inset_top = MIN(top.thick, most) + 1;
    Rect inside = {box.x + inset_left, box.y + inset_top,
                   box.width - inset_left - MIN(right.thick, most) - 1,
                   box.height - inset_top - MIN(bottom.thick, most) - 1};
    if (inside.width < 3 || inside.height < 3)
        return false;
    measure_inside(ink, inside, mark);
    /* A heavy mark may be a bar by chance; the bars of characters are thin. */
    return is_solid || mark->inside_ink > 0.5 || !has_bar(ink, inside, thick);
}

typedef struct {
    PIX *ink;       /* full size, borrowed: what lies inside is measured here */
    Plane planes[2];/* full size, also with faint ink: frames are looked for here */
    PIX *small;     /* 1 bpp at about 150 dpi, owned */
    int reduction, dpi; /* of small */
    PIX *level;     /* small, where a level line may wander by a pixel; owned */
    GArray *upright;/* Rect, upright strokes in small */
    GArray *found;  /* BoxMark */
    int tries;      /* squares measured so far */
} Search;

static void add_found(Search *search, Rect small_box)
{
    if (search->found->len >= MAX_BOXES * 4 || ++search->tries > MAX_TRIES)
        return;
    int n = search->reduction;
    Rect guess = {small_box.x * n, small_box.y * n, small_box.width * n, small_box.height * n};
    BoxMark mark;
    if (measure(search->ink, search->planes, guess, 3 * n, search->dpi * n, &mark))
        g_array_append_val(search->found, mark);
}

static int first_at(const GArray *sorted, int x)
{
    guint low = 0, high = sorted->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(sorted, Rect, middle).x < x)
            low = middle + 1;
        else
            high = middle;
    }
    return (int)low;
}

/* rows from @y0 to @y1 that are ink from @x0 to @x1 for the most part: the middle of thin
 * ones, both edges of thick ones */
static int full_rows(const Search *search, int x0, int x1, int y0, int y1, int *rows, int max)
{
    int count = 0, start = -1;
    x0 = MAX(0, x0);
    x1 = MIN(x1, pixGetWidth(search->level));
    y0 = MAX(0, y0);
    y1 = MIN(y1, pixGetHeight(search->level) - 1);
    for (int y = y0; y <= y1 + 1; y++) {
        const l_uint32 *line =
            pixGetData(search->level) + (size_t)y * (size_t)pixGetWpl(search->level);
        bool is_full = y <= y1 && x1 > x0 && count_bits(line, x0, x1) >= 0.75 * (x1 - x0);
        if (is_full && start < 0)
            start = y;
        if (is_full || start < 0)
            continue;
        if (y - start <= 5 && count < max) {
            rows[count++] = (start + y - 1) / 2;
        } else if (count + 1 < max) {
            rows[count++] = start + 1;
            rows[count++] = y - 2;
        }
        start = -1;
    }
    return count;
}

/* squares that have @left and @right as sides */
static void pair_sides(Search *search, Rect left, Rect right)
{
    int lx = left.x + left.width / 2, rx = right.x + right.width / 2, size = rx - lx + 1;
    int top = MAX(left.y, right.y), bottom = MIN(rect_bottom(left), rect_bottom(right));
    int slack = size / 4 + 2, rows[24];
    if (bottom - top < 0.6 * size)
        return;
    int count = full_rows(search, lx, rx + 1, top - slack, bottom + slack, rows,
                          (int)G_N_ELEMENTS(rows));
    for (int i = 0; i < count; i++)
        for (int j = i + 1; j < count; j++) {
            int height = rows[j] - rows[i] + 1;
            int shared = MIN(bottom, rows[j]) - MAX(top, rows[i]);
            if (height <= size * 1.2 + 2 && height >= size / 1.2 - 2 &&
                shared >= 0.6 * height)
                add_found(search, (Rect){lx, rows[i], size, height});
        }
}

static void pair_all(Search *search)
{
    int least = px_from_mm(MIN_SIDE_MM, search->dpi) - 2;
    int most = px_from_mm(MAX_SIDE_MM, search->dpi) + 2;
    for (guint i = 0; i < search->upright->len; i++) {
        Rect left = g_array_index(search->upright, Rect, i);
        int from = first_at(search->upright, left.x + least - 4);
        for (guint j = (guint)from; j < search->upright->len; j++) {
            Rect right = g_array_index(search->upright, Rect, j);
            if (right.x - left.x > most)
                break;
            if (right.x > left.x && rect_overlap_y(left, right) * 2 >= least)
                pair_sides(search, left, right);
        }
    }
}

static int compare_quality(gconstpointer a, gconstpointer b)
{
    const BoxMark *p = a, *q = b;
    /* The better frame, then the larger one. */
    double d = q->squareness + 0.002 * q->box_px.width - p->squareness -
               0.002 * p->box_px.width;
    if (d != 0)
        return d > 0 ? 1 : -1;
    return p->box_px.y != q->box_px.y ? p->box_px.y - q->box_px.y : p->box_px.x - q->box_px.x;
}

/* of squares that overlap keep the best */
static void keep_best(GArray *found)
{
    g_array_sort(found, compare_quality);
    for (guint i = 0; i < found->len; i++)
        for (guint j = found->len - 1; j > i; j--) {
            Rect a = g_array_index(found, BoxMark, i).box_px;
            Rect b = g_array_index(found, BoxMark, j).box_px;
            Rect shared = rect_intersection(a, b);
            double least = MIN((double)a.width * a.height, (double)b.width * b.height);
            if ((double)shared.width * shared.height > 0.3 * least)
                g_array_remove_index(found, j);
        }
}

static double side_of(const BoxMark *mark)
{
    return (mark->box_px.width + mark->box_px.height) / 2.0;
}

/* whether @mark is as large as others of side @side */
static bool has_side(const BoxMark *mark, double side)
{
    return fabs(side_of(mark) - side) <= MAX(1.5, side * 0.07);
}

/* the commonest side, and how many whole and how many poor frames have it */
static double common_side(const GArray *found, int *whole, int *poor)
{
    double best_side = 0, best_votes = 0;
    for (guint i = 0; i < found->len; i++) {
        double side = side_of(&g_array_index(found, BoxMark, i));
        int wholes = 0, poors = 0;
        for (guint j = 0; j < found->len; j++) {
            const BoxMark *other = &g_array_index(found, BoxMark, j);
            if (has_side(other, side) && other->squareness > WHOLE_SQUARENESS)
                wholes++;
            else if (has_side(other, side))
                poors++;
        }
        if (wholes + 0.3 * poors > best_votes) {
            best_votes = wholes + 0.3 * poors;
            best_side = side;
            *whole = wholes;
            *poor = poors;
        }
    }
    return best_side;
}

/* where several share a size, others are characters */
static void keep_common_size(GArray *found)
{
    int whole = 0, poor = 0;
    double common = common_side(found, &whole, &poor);
    if (whole + poor < SIZE_QUORUM)
        return;
    double least = whole >= SIZE_QUORUM ? GOOD_SQUARENESS : 0;
    for (guint i = found->len; i-- > 0;) {
        const BoxMark *mark = &g_array_index(found, BoxMark, i);
        double over = side_of(mark) - common, slack = MAX(2.0, common * SIZE_SHARE);
        /* A filled square may have swallowed its frame's inside, or lie within it. */
        bool is_filled = mark->inside_ink > 0.85 && over < 0 && over > -0.35 * common;
        if ((fabs(over) > slack && !is_filled) || mark->squareness < least)
            g_array_remove_index(found, i);
    }
}

static int compare_place(gconstpointer a, gconstpointer b)
{
    const BoxMark *p = a, *q = b;
    if (rect_overlap_y(p->box_px, q->box_px) * 2 > MIN(p->box_px.height, q->box_px.height))
        return p->box_px.x - q->box_px.x;
    return p->box_px.y - q->box_px.y;
}

/* ink with what is faint, without rules: a frame printed pale beside a black mark */
static PIX *pale_ink(PIX *grey, const Layout *layout)
{
    g_autoptr(PIX) pale = pixThresholdToBinary(grey, PALE_LEVEL);
    g_autoptr(PIX) wide = pixDilateBrick(NULL, layout->rules, 5, 5);
    if (pale == NULL || wide == NULL)
        return NULL;
    g_autoptr(PIX) rest = pixSubtract(NULL, pale, wide);
    return rest != NULL ? pixOr(NULL, rest, layout->ink) : NULL;
}

bool boxes_find(PIX *grey, Layout *layout)
{
    Search search = {.ink = layout->ink, .reduction = layout->dpi >= 200 ? 2 : 1};
    search.dpi = layout->dpi / search.reduction;
    g_autoptr(PIX) pale = pale_ink(grey, layout);
    g_autoptr(PIX) small = pale == NULL ? NULL
                           : search.reduction == 2 ? pixReduceRankBinary2(pale, 1, NULL)
                                                   : pixClone(pale);
    if (small == NULL)
        return false;
    g_autoptr(PIX) side = transposed(pale);
    g_autoptr(PIX) pale_wide = pixDilateBrick(NULL, pale, 1, 3);
    g_autoptr(PIX) side_wide = side != NULL ? pixDilateBrick(NULL, side, 1, 3) : NULL;
    if (pale_wide == NULL || side_wide == NULL)
        return false;
    search.planes[0] = (Plane){pale, pale_wide};
    search.planes[1] = (Plane){side, side_wide};
    int length = px_from_mm(STROKE_MM, search.dpi), thickest = px_from_mm(FRAME_MM, search.dpi);
    search.small = small;
    int widest = px_from_mm(MAX_SIDE_MM * 2, search.dpi);
    g_autoptr(PIX) level = pixDilateBrick(NULL, small, 1, 3);
    if (level == NULL)
        return false;
    search.level = level;
    search.upright = strokes_find(small, length, thickest, widest);
    search.found = layout->boxes;
    pair_all(&search);
    g_array_unref(search.upright);
    keep_best(layout->boxes);
    keep_common_size(layout->boxes);
    if (layout->boxes->len > MAX_BOXES)
        g_array_set_size(layout->boxes, MAX_BOXES);
    for (guint i = 0; i < layout->boxes->len; i++) {
        BoxMark *mark = &g_array_index(layout->boxes, BoxMark, i);
        mark->cell = cell_around(layout, mark->box_px);
    }
    g_array_sort(layout->boxes, compare_place);
    return true;
}
