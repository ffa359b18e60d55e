/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tick boxes by their four straight sides, so that what is drawn into, through or beside a
 * box does not hide it. */
#include "layout/private.h"

static const double MIN_SIDE_MM = 1.9, MAX_SIDE_MM = 6.8;
/* Straight strokes from this length are sides in question. */
static const double STROKE_MM = 1.45;
/* Strokes thicker than this are not the frame of an empty box. */
static const double FRAME_MM = 0.8;
static const double MIN_SQUARENESS = 0.82, MIN_WORST_SIDE = 0.62;
/* Where the page's boxes are printed whole, all of them are at least so. */
static const double GOOD_SQUARENESS = 0.93, WHOLE_SQUARENESS = 0.97;
static const double MAX_ASPECT = 1.18;
/* Boxes of one page are of one size. */
static const double SIZE_SHARE = 0.12;
static const int SIZE_QUORUM = 3;
/* A box stands alone: of the ring around it no more than this is ink. The strokes around a
 * square in 居 or 型 cover more; a tick that leaves the box, or a neighbour, less. */
static const double MAX_RING_INK = 0.30;
static const int MIN_SIDE_PX = 11;
/* The sheet's paper is 255 and its noise reaches down to about 225. */
#define PALE_LEVEL 205
#define MAX_STROKES 20000
#define MAX_BOXES 600

typedef struct {
    PIX *ink;       /* full size, borrowed: what lies inside is measured here */
    PIX *pale;      /* full size, also with faint ink: frames are looked for here */
    PIX *small;     /* 1 bpp at about 150 dpi, owned */
    int reduction, dpi; /* of small */
    GArray *level;  /* Rect, strokes in small */
    GArray *upright;
    GArray *found;  /* BoxMark */
} Search;

static int compare_by_x(gconstpointer a, gconstpointer b)
{
    return ((const Rect *)a)->x - ((const Rect *)b)->x;
}

static int compare_by_y(gconstpointer a, gconstpointer b)
{
    return ((const Rect *)a)->y - ((const Rect *)b)->y;
}

/* straight strokes of @small; a stroke may wander by a pixel and have a gap of two */
static GArray *strokes_find(PIX *small, bool is_upright, int length, int thickest)
{
    GArray *strokes = g_array_new(FALSE, FALSE, sizeof(Rect));
    g_autoptr(PIX) wide = pixDilateBrick(NULL, small, is_upright ? 3 : 1, is_upright ? 1 : 3);
    g_autoptr(PIX) whole =
        wide != NULL ? pixCloseBrick(NULL, wide, is_upright ? 1 : 3, is_upright ? 3 : 1) : NULL;
    g_autoptr(PIX) runs = whole != NULL ? pixOpenBrick(NULL, whole, is_upright ? 1 : length,
                                                       is_upright ? length : 1) : NULL;
    g_autoptr(BlobSet) set = runs != NULL ? blobs_find(runs, BLOBS_MAX_RUNS) : NULL;
    if (set == NULL)
        return strokes;
    for (int i = 0; i < set->count && strokes->len < MAX_STROKES; i++) {
        Rect box = set->blobs[i].box_px;
        int across = is_upright ? box.width : box.height;
        if (across - 2 <= thickest) {
            g_array_append_val(strokes, box);
            continue;
        }
        /* Something thick: each of its edges may be a side. */
        Rect near = box, far = box;
        if (is_upright) {
            near.width = far.width = 3;
            far.x = rect_right(box) - 3;
        } else {
            near.height = far.height = 3;
            far.y = rect_bottom(box) - 3;
        }
        g_array_append_val(strokes, near);
        g_array_append_val(strokes, far);
    }
    g_array_sort(strokes, is_upright ? compare_by_x : compare_by_y);
    return strokes;
}

/* One side of a square: where its line runs, and how much of it is there. */
typedef struct {
    int position; /* across: the pixel in the middle of the line */
    int outer;    /* across: the outermost pixel of the line */
    int thick;
    double share;
} Side;

static bool ink_at(PIX *ink, bool is_upright, int along, int across)
{
    int x = is_upright ? across : along, y = is_upright ? along : across;
    if (x < 0 || y < 0 || x >= pixGetWidth(ink) || y >= pixGetHeight(ink))
        return false;
    return GET_DATA_BIT(pixGetData(ink) + (size_t)y * (size_t)pixGetWpl(ink), x);
}

/* share of @from..@to that has ink at @across or beside it */
static double share_along(PIX *ink, bool is_upright, int from, int to, int across)
{
    int there = 0;
    for (int i = from; i < to; i++)
        there += ink_at(ink, is_upright, i, across) ||
                 ink_at(ink, is_upright, i, across - 1) ||
                 ink_at(ink, is_upright, i, across + 1);
    return to > from ? (double)there / (to - from) : 0;
}

/* share of @from..@to that is ink exactly at @across */
static double ink_along(PIX *ink, bool is_upright, int from, int to, int across)
{
    int there = 0;
    for (int i = from; i < to; i++)
        there += ink_at(ink, is_upright, i, across);
    return to > from ? (double)there / (to - from) : 0;
}

/* the line near @across that is most complete between @from and @to; @outward is -1 for the
 * top and left sides */
static Side side_find(PIX *ink, bool is_upright, int from, int to, int across, int slack,
                      int outward)
{
    Side best = {across, across, 1, -1};
    for (int i = 0; i <= 2 * slack; i++) {
        /* From outside inwards: of two equal ones the outer is the frame. */
        int at = across + outward * (slack - i);
        double share = share_along(ink, is_upright, from, to, at);
        double core = ink_along(ink, is_upright, from, to, at);
        if (share + core > best.share + 0.02) {
            best.share = share + core;
            best.position = at;
        }
    }
    best.share = share_along(ink, is_upright, from, to, best.position);
    best.outer = best.position;
    while (abs(best.outer - best.position) < 12 &&
           ink_along(ink, is_upright, from, to, best.outer + outward) > 0.5)
        best.outer += outward;
    int inner = best.position;
    while (abs(inner - best.position) < to - from &&
           ink_along(ink, is_upright, from, to, inner - outward) > 0.5)
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
static double ring_ink(PIX *ink, Rect box, int distance)
{
    int x0 = box.x - distance, x1 = rect_right(box) - 1 + distance;
    int y0 = box.y - distance, y1 = rect_bottom(box) - 1 + distance;
    return (ink_along(ink, false, x0, x1 + 1, y0) + ink_along(ink, false, x0, x1 + 1, y1) +
            ink_along(ink, true, y0, y1 + 1, x0) + ink_along(ink, true, y0, y1 + 1, x1)) / 4;
}

/* A straight thin bar from side to side is a stroke of 日 or 田, not a tick. */
static bool has_bar(PIX *ink, Rect inside, int thick)
{
    for (int is_upright = 0; is_upright <= 1; is_upright++) {
        int along = is_upright ? inside.y : inside.x, length = is_upright ? inside.height
                                                                          : inside.width;
        int across = is_upright ? inside.x : inside.y, depth = is_upright ? inside.width
                                                                          : inside.height;
        int run = 0, longest = 0, full = 0;
        for (int i = 0; i < depth; i++) {
            bool is_full =
                ink_along(ink, is_upright, along, along + length, across + i) > 0.93;
            run = is_full ? run + 1 : 0;
            full += is_full;
            longest = MAX(longest, run);
        }
        if (full > 0 && longest <= 2 * thick + 1 && full < depth * 0.6)
            return true;
    }
    return false;
}

/* measure the square whose sides are about those of @guess (full pixels) */
static bool measure(PIX *ink, PIX *pale, Rect guess, int slack, int dpi, BoxMark *mark)
{
    int trim_x = guess.width / 8, trim_y = guess.height / 8;
    int x0 = guess.x + trim_x, x1 = rect_right(guess) - trim_x;
    int y0 = guess.y + trim_y, y1 = rect_bottom(guess) - trim_y;
    Side top = side_find(pale, false, x0, x1, guess.y, slack, -1);
    Side bottom = side_find(pale, false, x0, x1, rect_bottom(guess) - 1, slack, 1);
    Side left = side_find(pale, true, y0, y1, guess.x, slack, -1);
    Side right = side_find(pale, true, y0, y1, rect_right(guess) - 1, slack, 1);
    /* now over the whole length, corners included */
    top.share = share_along(pale, false, left.position, right.position + 1, top.position);
    bottom.share = share_along(pale, false, left.position, right.position + 1, bottom.position);
    left.share = share_along(pale, true, top.position, bottom.position + 1, left.position);
    right.share = share_along(pale, true, top.position, bottom.position + 1, right.position);
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
        MIN(ring_ink(pale, box, around), ring_ink(pale, box, around + 1)) > MAX_RING_INK)
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
    return is_solid || !has_bar(ink, inside, thick);
}

static void add_found(Search *search, Rect small_box)
{
    if (search->found->len >= MAX_BOXES * 4)
        return;
    int n = search->reduction;
    Rect guess = {small_box.x * n, small_box.y * n, small_box.width * n, small_box.height * n};
    BoxMark mark;
    if (measure(search->ink, search->pale, guess, 3 * n, search->dpi * n, &mark))
        g_array_append_val(search->found, mark);
}

static int first_at(const GArray *sorted, int value, bool is_upright)
{
    guint low = 0, high = sorted->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        Rect r = g_array_index(sorted, Rect, middle);
        if ((is_upright ? r.x : r.y) < value)
            low = middle + 1;
        else
            high = middle;
    }
    return (int)low;
}

/* level strokes that could be the top (or bottom) between @left and @right */
static int spanning(const Search *search, Rect left, Rect right, int from_y, int to_y,
                    int *ys, int max)
{
    int x0 = left.x, x1 = rect_right(right), count = 0;
    for (guint i = (guint)first_at(search->level, from_y, false); i < search->level->len; i++) {
        Rect r = g_array_index(search->level, Rect, i);
        if (r.y > to_y || count == max)
            break;
        if (MIN(rect_right(r), x1) - MAX(r.x, x0) >= 0.7 * (x1 - x0))
            ys[count++] = r.y + r.height / 2;
    }
    return count;
}

/* squares that have @left and @right as sides */
static void pair_sides(Search *search, Rect left, Rect right)
{
    int lx = left.x + left.width / 2, rx = right.x + right.width / 2, size = rx - lx + 1;
    int top = MAX(left.y, right.y), bottom = MIN(rect_bottom(left), rect_bottom(right));
    int slack = size / 4 + 2, ys[24];
    if (bottom - top < 0.6 * size)
        return;
    int count = spanning(search, left, right, MIN(left.y, right.y) - slack, bottom + slack,
                         ys, (int)G_N_ELEMENTS(ys));
    for (int i = 0; i < count; i++)
        for (int j = i + 1; j < count; j++) {
            int height = ys[j] - ys[i] + 1;
            int shared = MIN(bottom, ys[j]) - MAX(top, ys[i]);
            if (height <= size * 1.25 + 2 && height >= size / 1.25 - 2 &&
                shared >= 0.6 * height)
                add_found(search, (Rect){lx, ys[i], size, height});
        }
}

static void pair_all(Search *search)
{
    int least = px_from_mm(MIN_SIDE_MM, search->dpi) - 2;
    int most = px_from_mm(MAX_SIDE_MM, search->dpi) + 2;
    for (guint i = 0; i < search->upright->len; i++) {
        Rect left = g_array_index(search->upright, Rect, i);
        int from = first_at(search->upright, left.x + least - 4, true);
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
    search.pale = pale;
    int length = px_from_mm(STROKE_MM, search.dpi), thickest = px_from_mm(FRAME_MM, search.dpi);
    search.small = small;
    search.level = strokes_find(small, false, length, thickest);
    search.upright = strokes_find(small, true, length, thickest);
    search.found = layout->boxes;
    pair_all(&search);
    g_array_unref(search.level);
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
