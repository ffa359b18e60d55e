/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small angle by which lines are not level. */
#include "sheet/private.h"

static const double RANGE_DEG = 7.0;
/* Leptonica's ratio of the best to the worst score. Pages of text give 5 and more. */
static const double MIN_CONFIDENCE = 2.6;
/* Only lines this long speak about the angle; shorter ones are strokes. */
static const double RULE_MM = 30.0;

/* least squares: the slope of a thin blob's middle, in pixels per pixel */
static bool slope_of(PIX *rules, const BlobSet *set, double *slope, double *weight)
{
    (void)rules;
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
    return set->count > 0;
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
    /* Pieces of a line that still climbs a little are short: find pieces, then join them. */
    g_autoptr(PIX) joined = pixCloseBrick(NULL, ink, 3, 1);
    g_autoptr(PIX) pieces = joined ? pixOpenBrick(NULL, joined, length / 4, 1) : NULL;
    g_autoptr(PIX) rules = pieces ? pixDilateBrick(NULL, pieces, 5, 3) : NULL;
    g_autoptr(BlobSet) set = rules ? blobs_find(rules, BLOBS_MAX_RUNS) : NULL;
    if (set == NULL || set->count == 0)
        return 0;
    g_autofree double *slope = g_new0(double, (gsize)set->count);
    g_autofree double *weight = g_new0(double, (gsize)set->count);
    slope_of(rules, set, slope, weight);
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

double skew_find(PIX *ink, double dpi)
{
    l_float32 angle = 0, confidence = 0;
    int reduce = dpi >= 110 ? 2 : 1;
    if (pixFindSkewSweepAndSearch(ink, &angle, &confidence, 2 * reduce, reduce,
                                  (l_float32)RANGE_DEG, 1.0f, 0.02f) != 0)
        return 0;
    if (confidence < MIN_CONFIDENCE || fabs(angle) > RANGE_DEG)
        angle = 0;
    g_autoptr(PIX) level = fabs(angle) > 0.02
                               ? pixRotateShear(ink, pixGetWidth(ink) / 2,
                                                pixGetHeight(ink) / 2,
                                                (l_float32)(angle * G_PI / 180),
                                                L_BRING_IN_WHITE)
                               : pixClone(ink);
    if (level == NULL)
        return angle;
    bool is_found = false;
    double rest = refine_by_rules(level, dpi, &is_found);
    /* Falling to the right (positive slope, y down) is put right counterclockwise. */
    return is_found ? angle - rest : angle;
}
