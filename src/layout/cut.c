/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of ink are cut into rows by the white between them, rows into pieces by wide
 * gaps, by turns until nothing can be cut. Source of the idea: recursive X-Y cuts, Nagy &
 * Seth 1984, here on blobs, not pixels. */
#include "layout/private.h"

#include "base/numbers.h"

static const double MIN_LINE_MM = 0.9;
/* Emptier than any character: the corner of a card, an arc. */
static const double ARC_FILL = 0.13;
/* Body text is not higher; where the estimate is, it speaks of titles. */
static const double MAX_BODY_MM = 5.5;
/* The shadow of a page's edge reaches so far in, skew included. */
static const double EDGE_MM = 30.0;
/* Of the height of text: parts of one character that nearly touch. The text of a page may
 * be smaller than this line's. */
static const double MAX_CLOSE_LINE = 1.4;
/* Of the height of the page's text: a line of print is no lower and no higher, a hand
 * that signs beside it larger than either, as characters beside digits are not (1.7 at
 * most); the least white between them; and of its height, how wide a label is at least.
 */
static const double LOW_PRINT = 0.7, HIGH_PRINT = 1.7, HAND_HEIGHT = 1.75, HAND_GAP = 0.3;
static const double WIDE_PRINT = 2.5;
#define WHITE_LEVEL 235
#define GAP_ENDS_LINE 2.5
#define MAX_DEPTH 30

typedef struct {
    Layout *layout;
    PIX *grey;
    double px_per_mm;
    int cell; /* whose pieces are being cut */
} Cutting;

static void cut(Cutting *c, Piece *pieces, int n, int depth);

static int compare_y(const void *a, const void *b)
{
    const Piece *p = a, *q = b;
    return p->box_px.y != q->box_px.y ? p->box_px.y - q->box_px.y
                                      : p->box_px.x - q->box_px.x;
}

static int compare_x(const void *a, const void *b)
{
    const Piece *p = a, *q = b;
    return p->box_px.x != q->box_px.x ? p->box_px.x - q->box_px.x
                                      : p->box_px.y - q->box_px.y;
}

static Rect bounds(const Piece *pieces, int n)
{
    Rect all = {0, 0, 0, 0};
    for (int i = 0; i < n; i++)
        all = rect_union(all, pieces[i].box_px);
    return all;
}

/* The height of text among @pieces: high among them, because most are parts of
 * characters. */
static double text_height(const Cutting *c, const Piece *pieces, int n)
{
    g_autofree double *heights = g_new(double, (gsize)n + 1);
    for (int i = 0; i < n; i++)
        heights[i] = pieces[i].box_px.height;
    qsort(heights, (size_t)n, sizeof(double), doubles_compare);
    double page = c->layout->text_height_px;
    /* A few pieces may all be parts: then the page's text says how high a line is. */
    if (n < 5 && page > 0)
        return MAX(heights[n - 1], MIN(page, heights[n - 1] * 12));
    /* In broken print all pieces are low. A line of print half as high as the page's
     * still comes out as one line if it is taken for one of full height. */
    double local = heights[MIN(n - 1, n * 4 / 5)];
    if (page > 0 && page < MAX_BODY_MM * c->px_per_mm)
        local = MAX(local, 0.8 * page);
    return MAX(local, 3.0);
}

/* Near the sheet's edge: whether what is not ink in @box is not white either. */
static bool is_in_shade(const Cutting *c, Rect box)
{
    const Layout *layout = c->layout;
    int edge = (int)(EDGE_MM * c->px_per_mm), light = 0, count = 0;
    if (box.x > edge && box.y > edge && rect_right(box) < layout->width_px - edge &&
        rect_bottom(box) < layout->height_px - edge)
        return false;
    for (int y = box.y; y < rect_bottom(box); y++) {
        const l_uint32 *grey =
            pixGetData(c->grey) + (size_t)y * (size_t)pixGetWpl(c->grey);
        const l_uint32 *ink =
            pixGetData(layout->ink) + (size_t)y * (size_t)pixGetWpl(layout->ink);
        for (int x = box.x; x < rect_right(box); x++)
            if (!GET_DATA_BIT(ink, x)) {
                light += GET_DATA_BYTE(grey, x) >= WHITE_LEVEL;
                count++;
            }
    }
    return light < count * 0.3;
}

static void emit(Cutting *c, const Piece *pieces, int n)
{
    InkLine line = {bounds(pieces, n), c->cell};
    double longest = MAX(line.box_px.width, line.box_px.height);
    double fill = (double)pieces[0].area_px / line.box_px.width / line.box_px.height;
    if (c->cell < 0 && is_in_shade(c, line.box_px))
        return;
    if (n == 1 && c->cell < 0 && fill < ARC_FILL &&
        MIN(line.box_px.width, line.box_px.height) > c->px_per_mm)
        return;
    if (longest >= MIN_LINE_MM * c->px_per_mm &&
        c->layout->lines->len < LIMIT_LINES_PER_PAGE)
        g_array_append_val(c->layout->lines, line);
}

/* End of the row that begins at @start (pieces sorted by top): white below it. Strokes of
 * one character (三, 二, the dots of 六) are one row. */
static int row_end(const Piece *pieces, int n, int start, double text)
{
    Rect row = pieces[start].box_px;
    int i = start + 1;
    for (; i < n; i++) {
        int gap = pieces[i].box_px.y - rect_bottom(row);
        if (gap >= 0) {
            /* What follows is joined only if both together are no higher than a line. */
            Rect next = pieces[i].box_px;
            for (int j = i + 1; j < n && pieces[j].box_px.y < rect_bottom(next); j++)
                next = rect_union(next, pieces[j].box_px);
            bool is_beside = rect_overlap_x(row, next) > 0;
            /* Lines of print are further apart than the parts of 号 or 杏 are. */
            double most = gap <= 0.15 * text ? MAX_CLOSE_LINE : 1.15;
            if (!is_beside || rect_bottom(next) - row.y > most * text ||
                gap > 0.45 * text)
                break;
        }
        row = rect_union(row, pieces[i].box_px);
    }
    return i;
}

/* cut at white rows; false where there are none */
static bool cut_rows(Cutting *c, Piece *pieces, int n, double text, int depth)
{
    qsort(pieces, (size_t)n, sizeof(Piece), compare_y);
    int end = row_end(pieces, n, 0, text);
    if (end == n)
        return false;
    for (int start = 0; start < n; start = end) {
        end = row_end(pieces, n, start, text);
        cut(c, pieces + start, end - start, depth + 1);
    }
    return true;
}

/* cut at white columns wider than @gap_px; false where there are none */
static bool cut_columns(Cutting *c, Piece *pieces, int n, double gap_px, int depth)
{
    qsort(pieces, (size_t)n, sizeof(Piece), compare_x);
    int right = rect_right(pieces[0].box_px), start = 0;
    for (int i = 1; i <= n; i++) {
        bool is_gap = i < n && pieces[i].box_px.x - right > gap_px;
        if (is_gap || (i == n && start > 0)) {
            cut(c, pieces + start, i - start, depth + 1);
            start = i;
        }
        if (i < n)
            right = is_gap ? rect_right(pieces[i].box_px)
                           : MAX(right, rect_right(pieces[i].box_px));
    }
    return start > 0;
}

/* The row of @box with least ink, at least @margin from its ends; ink as if spread evenly
 * over each piece. -1 where no row is clearly emptier than those around. */
static int valley_of(const Piece *pieces, int n, Rect box, int margin)
{
    g_autofree double *profile = g_new0(double, (gsize)box.height + 1);
    for (int i = 0; i < n; i++)
        for (int y = 0; y < pieces[i].box_px.height; y++)
            profile[pieces[i].box_px.y - box.y + y] +=
                (double)pieces[i].area_px / pieces[i].box_px.height;
    int best = -1;
    for (int y = margin; y < box.height - margin; y++)
        if (best < 0 || profile[y] < profile[best])
            best = y;
    if (best < 0)
        return -1;
    double above = 0, below = 0;
    for (int y = 0; y < box.height; y++) {
        if (y < best)
            above = MAX(above, profile[y]);
        else
            below = MAX(below, profile[y]);
    }
    return profile[best] < 0.35 * MIN(above, below) ? best + box.y : -1;
}

/* Two lines that touch: divide at the emptiest row between them. A piece that lies in
 * both is divided with them, and goes whole where it mostly is if it is small. */
static bool cut_valley(Cutting *c, const Piece *pieces, int n, double text, int depth)
{
    Rect box = bounds(pieces, n);
    int valley = valley_of(pieces, n, box, (int)MAX(2, 0.55 * text));
    if (valley < 0)
        return false;
    g_autofree Piece *upper = g_new(Piece, (gsize)n), *lower = g_new(Piece, (gsize)n);
    int uppers = 0, lowers = 0;
    for (int i = 0; i < n; i++) {
        Rect r = pieces[i].box_px;
        bool is_both = r.height > 1.3 * text && r.y < valley - 0.3 * text &&
                       rect_bottom(r) > valley + 0.3 * text;
        if (is_both || rect_centre_y(r) < valley) {
            upper[uppers] = pieces[i];
            if (is_both)
                upper[uppers].box_px.height = valley - r.y;
            uppers++;
        }
        if (is_both || rect_centre_y(r) >= valley) {
            lower[lowers] = pieces[i];
            if (is_both) {
                lower[lowers].box_px.y = valley;
                lower[lowers].box_px.height = rect_bottom(r) - valley;
            }
            lowers++;
        }
    }
    if (uppers == 0 || lowers == 0)
        return false;
    /* Small overlaps would make one row of them again: each half is cut on its own. */
    cut(c, upper, uppers, depth + 1);
    cut(c, lower, lowers, depth + 1);
    return true;
}

/* Print, and beside it in the same row what is much higher: a signature after its label.
 * Returns: whether @print is as print is, @hand as it is not */
static bool is_beside_print(const Cutting *c, Rect print, Rect hand)
{
    double text = c->layout->text_height_px;
    return print.height >= LOW_PRINT * text && print.height <= HIGH_PRINT * text &&
           print.width >= WIDE_PRINT * print.height &&
           hand.height >= HAND_HEIGHT * MAX(print.height, text);
}

/* cut where a line of print ends and higher ink begins, or the other way round; false
 * where nothing does. One who signs beside a label writes larger than it is printed. */
static bool cut_hand(Cutting *c, Piece *pieces, int n, int depth)
{
    double text = c->layout->text_height_px;
    if (text <= 0 || text > MAX_BODY_MM * c->px_per_mm)
        return false;
    qsort(pieces, (size_t)n, sizeof(Piece), compare_x);
    int best = 0, widest = 0;
    Rect left = pieces[0].box_px;
    for (int i = 1; i < n; i++) {
        Rect right = bounds(pieces + i, n - i);
        if (right.x - rect_right(left) >= HAND_GAP * text) {
            int print = is_beside_print(c, left, right)   ? left.width
                        : is_beside_print(c, right, left) ? right.width
                                                          : 0;
            if (print > widest) {
                widest = print;
                best = i;
            }
        }
        left = rect_union(left, pieces[i].box_px);
    }
    if (best == 0)
        return false;
    cut(c, pieces, best, depth + 1);
    cut(c, pieces + best, n - best, depth + 1);
    return true;
}

static void cut(Cutting *c, Piece *pieces, int n, int depth)
{
    if (n <= 0)
        return;
    double text = text_height(c, pieces, n);
    if (depth >= MAX_DEPTH) {
        emit(c, pieces, n);
        return;
    }
    if (cut_rows(c, pieces, n, text, depth) || cut_hand(c, pieces, n, depth))
        return;
    Rect box = bounds(pieces, n);
    double height = MIN(box.height, 1.3 * text);
    if (cut_columns(c, pieces, n, GAP_ENDS_LINE * height, depth))
        return;
    if (box.height > 1.6 * text && (cut_columns(c, pieces, n, 1.0 * text, depth) ||
                                    cut_valley(c, pieces, n, text, depth)))
        return;
    emit(c, pieces, n);
}

void pieces_cut(PIX *grey, Layout *layout, Piece *pieces, int n)
{
    if (n <= 0)
        return;
    Cutting c = {layout, grey, layout->dpi / MM_PER_INCH, pieces[0].cell};
    cut(&c, pieces, n, 0);
}
