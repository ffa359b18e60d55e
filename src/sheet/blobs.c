/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connected blobs by runs and union-find: one pass over the picture, whatever its shape.
 * Leptonica's own fills seed by seed and is slow on a grid that spans the page. */
#include "sheet/pixels.h"

typedef struct InkRun InkRun;

/* position of the first pixel at or after @x that is @is_ink; @width where there is none
 */
static int next_pixel(const l_uint32 *line, int x, int width, bool is_ink)
{
    while (x < width) {
        uint32_t word = line[x >> 5];
        if (!is_ink)
            word = ~word;
        word &= 0xffffffffu >> (x & 31);
        if (word != 0)
            return MIN(width, (x & ~31) + __builtin_clz(word));
        x = (x & ~31) + 32;
    }
    return width;
}

static GArray *runs_find(PIX *ink, int max_runs)
{
    int width = pixGetWidth(ink), height = pixGetHeight(ink), wpl = pixGetWpl(ink);
    const l_uint32 *data = pixGetData(ink);
    g_autoptr(GArray) runs = g_array_new(FALSE, FALSE, sizeof(InkRun));
    for (int y = 0; y < height; y++) {
        const l_uint32 *line = data + (size_t)y * (size_t)wpl;
        for (int x = next_pixel(line, 0, width, true); x < width;) {
            int end = next_pixel(line, x, width, false);
            InkRun run = {y, x, end, (int)runs->len};
            g_array_append_val(runs, run);
            x = next_pixel(line, end, width, true);
        }
        if ((int)runs->len > max_runs)
            return NULL;
    }
    return g_steal_pointer(&runs);
}

static int root_of(InkRun *runs, int i)
{
    while (runs[i].blob != i) {
        runs[i].blob = runs[runs[i].blob].blob;
        i = runs[i].blob;
    }
    return i;
}

static void join(InkRun *runs, int a, int b)
{
    a = root_of(runs, a);
    b = root_of(runs, b);
    if (a < b)
        runs[b].blob = a;
    else
        runs[a].blob = b;
}

/* join every run with those of the row above that touch it, also by a corner */
static void join_rows(InkRun *runs, int count)
{
    int above = 0, above_end = 0, start = 0;
    while (start < count) {
        int end = start;
        while (end < count && runs[end].y == runs[start].y)
            end++;
        if (above_end > above && runs[above].y == runs[start].y - 1)
            for (int i = start, j = above; i < end && j < above_end;) {
                if (runs[j].x0 <= runs[i].x1 && runs[i].x0 <= runs[j].x1)
                    join(runs, i, j);
                if (runs[j].x1 < runs[i].x1)
                    j++;
                else
                    i++;
            }
        above = start;
        above_end = end;
        start = end;
    }
}

static void add_run(Blob *blob, const InkRun *run)
{
    Rect box = {run->x0, run->y, run->x1 - run->x0, 1};
    blob->box_px = rect_union(blob->box_px, box);
    blob->area_px += box.width;
}

BlobSet *blobs_find(PIX *ink, int max_runs)
{
    GArray *found = runs_find(ink, max_runs);
    if (found == NULL)
        return NULL;
    BlobSet *set = g_new0(BlobSet, 1);
    set->run_count = (int)found->len;
    set->runs = (InkRun *)(void *)g_array_free(found, FALSE);
    InkRun *runs = set->runs;
    join_rows(runs, set->run_count);
    /* A root is the first run of its blob, so one pass gives the blobs their numbers:
     * roots are stored as -1 - number until every run behind them has been seen. */
    g_autofree int *number = g_new(int, (gsize)set->run_count + 1);
    for (int i = 0; i < set->run_count; i++) {
        int root = root_of(runs, i);
        number[i] = root == i ? set->count++ : number[root];
    }
    set->blobs = g_new0(Blob, (gsize)set->count + 1);
    for (int i = 0; i < set->run_count; i++) {
        runs[i].blob = number[i];
        add_run(&set->blobs[number[i]], &runs[i]);
    }
    return set;
}

static void clear_run(l_uint32 *line, int x0, int x1)
{
    for (int x = x0; x < x1;) {
        if ((x & 31) == 0 && x + 32 <= x1) {
            line[x >> 5] = 0;
            x += 32;
        } else {
            CLEAR_DATA_BIT(line, x);
            x++;
        }
    }
}

void blobs_erase(const BlobSet *set, PIX *ink, BlobTest is_unwanted, const void *data)
{
    g_autofree bool *gone = g_new(bool, (gsize)set->count + 1);
    for (int i = 0; i < set->count; i++)
        gone[i] = is_unwanted(&set->blobs[i], data);
    int wpl = pixGetWpl(ink);
    for (int i = 0; i < set->run_count; i++) {
        const InkRun *run = &set->runs[i];
        if (gone[run->blob])
            clear_run(pixGetData(ink) + (size_t)run->y * (size_t)wpl, run->x0, run->x1);
    }
}

void blobs_free(BlobSet *set)
{
    if (set == NULL)
        return;
    g_free(set->blobs);
    g_free(set->runs);
    g_free(set);
}

/* Sizes are counted in steps of 6 %: from 5 px, 60 steps reach 165 px. */
#define STEPS 60
static const double STEP_LOG = 0.058;

double text_height_estimate(const BlobSet *set)
{
    double weight[STEPS + 2] = {0};
    int seen = 0;
    for (int i = 0; i < set->count; i++) {
        Rect box = set->blobs[i].box_px;
        double aspect = (double)box.width / box.height;
        double fill = (double)set->blobs[i].area_px / box.width / box.height;
        /* Full squares are dots and photos, hollow ones frames. */
        if (box.height < 5 || aspect < 0.7 || aspect > 1.4 || fill < 0.12 || fill > 0.8)
            continue;
        int step = (int)(log(box.height / 5.0) / STEP_LOG);
        if (step >= STEPS)
            continue;
        /* Pieces of characters are many and small: size counts. */
        weight[step] += box.height;
        seen++;
    }
    int best = -1;
    double best_weight = 0;
    for (int i = 1; i < STEPS - 1; i++) {
        double sum = weight[i - 1] + weight[i] + weight[i + 1];
        if (sum > best_weight) {
            best_weight = sum;
            best = i;
        }
    }
    if (seen < 8 || best < 0)
        return 0;
    return 5.0 * exp((best + 0.5) * STEP_LOG);
}

double ink_share(PIX *ink, Rect box)
{
    g_autoptr(BOX) where = boxCreate(box.x, box.y, box.width, box.height);
    l_int32 count = 0;
    if (rect_is_empty(box) || pixCountPixelsInRect(ink, where, &count, NULL) != 0)
        return 0;
    return (double)count / box.width / box.height;
}
