/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small angle by which lines are not level. */
#include "sheet/private.h"

static const double RANGE_DEG = 7.0;
/* A page full of long lines peaks within half a degree: wider steps miss the peak. */
#define SWEEP_STEP_DEG 0.5f
/* Leptonica's ratio of the best to the worst score. Pages of text give 5 and more. */
static const double MIN_CONFIDENCE = 2.6, LOW_CONFIDENCE = 1.4, NEEDED_SHARPNESS = 0.96;
/* Only lines this long speak about the angle; shorter ones are strokes. */
static const double RULE_MM = 30.0;
#define MAX_CHARACTERS 4000

/* least squares: the slope of each thin blob, in pixels per pixel, and its length */
static void slopes_of(const BlobSet *set, double *slope, double *weight)
{
    g_autofree double *sums = g_new0(double, (gsize)set->count * 5 + 1);
    for (int i = 0; i < set->run_count; i++) {
        const struct InkRun *run = &set->runs[i];
        double n = run->x1 - run->x0, x = (run->x0 + run->x1 - 1) / 2.0, y = run->y;
        double *s = sums + (size_t)run->blob * 5;
        s[0] += n;
        s[1] += n * x;
        s[2] += n * y;
        s[3] += n * x * x + n * (n * n - 1) / 12; /* the run's own spread in x */
        s[4] += n * x * y;
    }
    for (int i = 0; i < set->count; i++) {
        const double *s = sums + (size_t)i * 5;
        double spread = s[3] - s[1] * s[1] / s[0];
        weight[i] = set->blobs[i].box_px.width;
        slope[i] = spread > 0 ? (s[4] - s[1] * s[2] / s[0]) / spread : 0;
    }
}

typedef struct {
    double slope, weight;
} Vote;

static int compare_votes(gconstpointer a, gconstpointer b)
{
    double d = ((const Vote *)a)->slope - ((const Vote *)b)->slope;
    return d < 0 ? -1 : d > 0;
}

/* the middle of the slopes of long level lines, by length; 0 where there are too few */
static double refine_by_rules(PIX *ink, double dpi, bool *is_found)
{
    *is_found = false;
    int length = px_from_mm(RULE_MM, (int)dpi);
    /* Pieces of a line that still climbs a little are short: find pieces, then join them.
     */
    g_autoptr(PIX) joined = pixCloseBrick(NULL, ink, 3, 1);
    g_autoptr(PIX) pieces = joined ? pixOpenBrick(NULL, joined, length / 4, 1) : NULL;
    g_autoptr(PIX) rules = pieces ? pixDilateBrick(NULL, pieces, 5, 3) : NULL;
    g_autoptr(BlobSet) set = rules ? blobs_find(rules, BLOBS_MAX_RUNS) : NULL;
    if (set == NULL || set->count == 0)
        return 0;
    g_autofree double *slope = g_new0(double, (gsize)set->count);
    g_autofree double *weight = g_new0(double, (gsize)set->count);
    slopes_of(set, slope, weight);
    g_autoptr(GArray) votes = g_array_new(FALSE, FALSE, sizeof(Vote));
    double total = 0;
    for (int i = 0; i < set->count; i++) {
        Rect box = set->blobs[i].box_px;
        bool is_thin = set->blobs[i].area_px < box.width * (dpi / MM_PER_INCH * 1.0 + 4);
        if (box.width >= length && is_thin && fabs(slope[i]) < 0.02) {
            Vote vote = {slope[i], weight[i]};
            g_array_append_val(votes, vote);
            total += vote.weight;
        }
    }
    /* Two rules' worth of length, so that a single underline does not decide. */
    if (votes->len < 2 || total < 4 * length)
        return 0;
    g_array_sort(votes, compare_votes);
    double sum = 0;
    for (guint i = 0; i < votes->len; i++) {
        sum += g_array_index(votes, Vote, i).weight;
        if (sum * 2 >= total) {
            *is_found = true;
            return atan(g_array_index(votes, Vote, i).slope) * 180 / G_PI;
        }
    }
    return 0;
}

typedef struct {
    Rect last; /* the last whole character */
    double n, x, y, xx, xy, left, right;
} TextRow;

static int compare_left(gconstpointer a, gconstpointer b)
{
    const Rect *p = a, *q = b;
    return p->x != q->x ? p->x - q->x : p->y - q->y;
}

static void add_to_row(TextRow *row, Rect box)
{
    double x = rect_centre_x(box), y = rect_centre_y(box);
    row->last = box;
    row->n += 1;
    row->x += x;
    row->y += y;
    row->xx += x * x;
    row->xy += x * y;
    row->right = x;
}

/* rows of whole characters, each following closely on the one before */
static GArray *rows_of_text(const BlobSet *set, double text_px)
{
    g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(Rect));
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(TextRow));
    for (int i = 0; i < set->count; i++) {
        Rect box = set->blobs[i].box_px;
        if (MIN(box.width, box.height) >= 0.5 * text_px &&
            MAX(box.width, box.height) <= 1.5 * text_px)
            g_array_append_val(boxes, box);
    }
    g_array_sort(boxes, compare_left);
    for (guint i = 0; i < boxes->len && i < MAX_CHARACTERS; i++) {
        Rect box = g_array_index(boxes, Rect, i);
        TextRow *found = NULL;
        for (guint j = 0; j < rows->len && found == NULL; j++) {
            TextRow *row = &g_array_index(rows, TextRow, j);
            double gap = box.x - rect_right(row->last);
            double rise = rect_centre_y(box) - rect_centre_y(row->last);
            if (gap > -0.3 * text_px && gap < 1.6 * text_px &&
                fabs(rise) < 0.32 * text_px)
                found = row;
        }
        if (found == NULL) {
            TextRow row = {.left = rect_centre_x(box)};
            g_array_append_val(rows, row);
            found = &g_array_index(rows, TextRow, rows->len - 1);
        }
        add_to_row(found, box);
    }
    return rows;
}

/* the middle of the slopes of rows of text, in degrees; false where there are too few */
static bool slope_of_text(PIX *ink, double *slope_deg)
{
    g_autoptr(BlobSet) set = blobs_find(ink, BLOBS_MAX_RUNS);
    double text_px = set != NULL ? text_height_estimate(set) : 0;
    if (text_px <= 0)
        return false;
    g_autoptr(GArray) rows = rows_of_text(set, text_px);
    g_autoptr(GArray) votes = g_array_new(FALSE, FALSE, sizeof(Vote));
    double total = 0, sum = 0;
    for (guint i = 0; i < rows->len; i++) {
        const TextRow *row = &g_array_index(rows, TextRow, i);
        double spread = row->xx - row->x * row->x / row->n;
        if (row->n < 5 || row->right - row->left < 6 * text_px || spread <= 0)
            continue;
        Vote vote = {(row->xy - row->x * row->y / row->n) / spread,
                     row->right - row->left};
        g_array_append_val(votes, vote);
        total += vote.weight;
    }
    if (votes->len < 3)
        return false;
    g_array_sort(votes, compare_votes);
    guint i = 0;
    while (i < votes->len - 1 && (sum + g_array_index(votes, Vote, i).weight) * 2 < total)
        sum += g_array_index(votes, Vote, i++).weight;
    *slope_deg = atan(g_array_index(votes, Vote, i).slope) * 180 / G_PI;
    return true;
}

/* How sharply rows of ink stand apart when @ink is turned by @angle_deg (Leptonica's
 * measure, by a shear, which is enough for comparing). */
static double sharpness_at(PIX *ink, double angle_deg)
{
    g_autoptr(PIX) sheared =
        pixVShearCorner(NULL, ink, (l_float32)(angle_deg * G_PI / 180), L_BRING_IN_WHITE);
    l_float32 sum = 0;
    if (sheared == NULL || pixFindDifferentialSquareSum(sheared, &sum) != 0)
        return 0;
    return sum;
}

/* the angle by the whole page, or by its rows of text where the page says little */
static double coarse_angle(PIX *ink, double dpi)
{
    l_float32 angle = 0, confidence = 0;
    int reduction = dpi >= 110 ? 4 : 2; /* for the sweep; the search needs all pixels */
    double slope_deg = 0;
    if (pixFindSkewSweepAndSearch(ink, &angle, &confidence, reduction, 1,
                                  (l_float32)RANGE_DEG, SWEEP_STEP_DEG, 0.02f) != 0)
        confidence = 0;
    if (confidence >= MIN_CONFIDENCE && fabs(angle) <= RANGE_DEG) {
        /* A few short lines are as sharp level as they are turned a little: leave them.
         */
        bool is_needed =
            fabs(angle) > 1 ||
            sharpness_at(ink, 0) < NEEDED_SHARPNESS * sharpness_at(ink, angle);
        return is_needed ? angle : 0;
    }
    bool is_likely = confidence >= LOW_CONFIDENCE && fabs(angle) <= RANGE_DEG;
    /* The rows' slope is good to half a degree; the page's angle is finer where they
     * agree. */
    if (slope_of_text(ink, &slope_deg) && fabs(slope_deg) <= RANGE_DEG)
        return is_likely && fabs(angle + slope_deg) < 1.2 ? angle : -slope_deg;
    return is_likely && sharpness_at(ink, 0) < 0.8 * sharpness_at(ink, angle) ? angle : 0;
}

double skew_find(PIX *ink, double dpi)
{
    double angle = coarse_angle(ink, dpi);
    g_autoptr(PIX) level =
        fabs(angle) > 0.02
            ? pixRotateShear(ink, pixGetWidth(ink) / 2, pixGetHeight(ink) / 2,
                             (l_float32)(angle * G_PI / 180), L_BRING_IN_WHITE)
            : pixClone(ink);
    if (level == NULL)
        return angle;
    bool is_found = false;
    double rest = refine_by_rules(level, dpi, &is_found);
    /* Falling to the right (positive slope, y down) is put right counterclockwise. What
     * was taken for rules may be rows of print: the rows must not get less sharp by it.
     */
    if (is_found && sharpness_at(level, -rest) >= 0.98 * sharpness_at(level, 0))
        angle -= rest;
    return angle;
}
