/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts a line into the characters that were read on it. */
#include "base/text.h"
#include "reading/classifier.h"
#include "reading/page-reading.h"

#define MAX_CUTS 1200
#define MAX_CHARACTERS 200
/* The type's size, of the height of the line's ink, which is seldom all of it. */
static const double size_shares[] = {0.95, 1.05, 1.2};

/* Ink of the common kinds of characters, of the type's size: how wide it mostly is, how
 * far it varies, how wide it is at most, and how much white may part it. */
typedef struct {
    double width, deviation, most, white;
} Width;
static const Width width_han = {0.88, 0.18, 1.1, 0.2},
                   width_small = {0.45, 0.15, 0.8, 0.04},
                   width_mark = {0.2, 0.2, 0.8, 0.2}, width_box = {0.85, 0.2, 1.15, 0.2};

/* Costs of a cut through a column full of ink, and of what is wider, or parted by more
 * white, than a character may be. */
#define INK_COST 40.0
#define OVER_COST 60.0
/* Of lines cut by what is printed on them 99 in 100 cost less than 1.8 a character. */
#define MAX_COST 3.0

/* Where the greys of paper and of ink lie among a line's greys, and how much of the way
 * from the one to the other is ink. */
#define PAPER_RANK 0.8F
#define INK_RANK 0.03F
#define INK_SHARE 0.4F
#define MIN_CONTRAST 30 /* grey levels */
/* White columns, at the height that lines are read at, that part a point from its digit.
 */
#define PARTED_PX 2

typedef struct {
    int width, top, bottom;
    int *ink;   /* ink pixels of each column */
    GArray *at; /* int, where may be cut, left to right */
    int *begin; /* of each column, and behind the last: the first with ink from it on */
    int *end;   /* and where the last with ink before it ends */
} Columns;

static void columns_clear(Columns *columns)
{
    g_free(columns->ink);
    g_free(columns->begin);
    g_free(columns->end);
    g_clear_pointer(&columns->at, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Columns, columns_clear)

static int cut_at(const Columns *columns, guint i)
{
    return g_array_index(columns->at, int, i);
}

/* Cuts may be in the middle of white, and where a run of ink is thinnest. */
static void find_cuts(Columns *columns, int reach)
{
    const int *ink = columns->ink;
    for (int x = 0; x < columns->width;) {
        int end = x;
        while (end < columns->width && ink[end] == 0)
            end++;
        if (end > x) {
            int middle = (x + end) / 2;
            g_array_append_val(columns->at, middle);
            x = end;
            continue;
        }
        bool is_thin = true;
        for (int k = MAX(0, x - reach); k <= MIN(columns->width - 1, x + reach); k++)
            is_thin &= ink[x] <= ink[k];
        if (is_thin)
            g_array_append_val(columns->at, x);
        x++;
    }
}

/* The ink, by its own darkness: a faded line is ink too. NULL where there is none */
static PIX *ink_of(PIX *line)
{
    g_autoptr(NUMA) histogram = pixGetGrayHistogram(line, 1);
    l_float32 paper = 0, darkest = 0;
    if (histogram == NULL ||
        numaHistogramGetValFromRank(histogram, PAPER_RANK, &paper) != 0 ||
        numaHistogramGetValFromRank(histogram, INK_RANK, &darkest) != 0 ||
        paper - darkest < MIN_CONTRAST)
        return NULL;
    return pixThresholdToBinary(line, (l_int32)(paper - INK_SHARE * (paper - darkest)));
}

/* What is asked of every pair of cuts is looked up. */
static void find_ends(Columns *columns)
{
    int width = columns->width;
    columns->begin = g_new(int, (gsize)width + 1);
    columns->end = g_new(int, (gsize)width + 1);
    columns->begin[width] = width;
    columns->end[0] = 0;
    for (int x = width - 1; x >= 0; x--)
        columns->begin[x] = columns->ink[x] != 0 ? x : columns->begin[x + 1];
    for (int x = 1; x <= width; x++)
        columns->end[x] = columns->ink[x - 1] != 0 ? x : columns->end[x - 1];
}

static bool columns_init(Columns *columns, PIX *line)
{
    g_autoptr(PIX) ink = ink_of(line);
    l_int32 is_empty = 1;
    if (ink == NULL || pixZero(ink, &is_empty) != 0 || is_empty)
        return false;
    g_autoptr(NUMA) counts = pixCountByColumn(ink, NULL);
    g_autoptr(BOX) extent = NULL;
    pixClipToForeground(ink, NULL, &extent);
    if (counts == NULL || extent == NULL)
        return false;
    l_int32 y = 0, height = 0;
    boxGetGeometry(extent, NULL, &y, NULL, &height);
    *columns = (Columns){.width = pixGetWidth(ink),
                         .top = y,
                         .bottom = y + height,
                         .ink = g_new0(int, pixGetWidth(ink)),
                         .at = g_array_new(false, false, sizeof(int))};
    for (int x = 0; x < columns->width; x++) {
        l_int32 count = 0;
        numaGetIValue(counts, x, &count);
        columns->ink[x] = count;
    }
    find_ends(columns);
    find_cuts(columns, MAX(1, height / 16));
    return columns->at->len >= 2 && columns->at->len <= MAX_CUTS;
}

static const Width *width_of(gunichar c)
{
    if (text_is_han(c))
        return &width_han;
    if (c == g_utf8_get_char(READING_TICK_BOX))
        return &width_box;
    return g_unichar_isalnum(c) ? &width_small : &width_mark;
}

/* The ink between two cuts. */
typedef struct {
    int left, width; /* 0 wide: none */
    int gap;         /* the widest white in it */
} Span;

static Span span_between(const Columns *columns, int from, int to)
{
    int left = MIN(columns->begin[from], to), right = MAX(columns->end[to], left);
    return (Span){.left = left, .width = right - left};
}

static int widest_gap(const Columns *columns, Span span)
{
    int gap = 0;
    for (int x = span.left; x < span.left + span.width; x++) {
        int begin = columns->begin[x];
        gap = MAX(gap, begin - x);
        x = begin;
    }
    return gap;
}

/* What a character of @width costs in @span, before a cut through @through. */
static double cost_of(const Columns *columns, Span span, int through, const Width *width,
                      double size)
{
    double share = span.width / size, off = (share - width->width) / width->deviation;
    double over = MAX(0, share - width->most),
           apart = MAX(0, span.gap / size - width->white);
    return off * off + OVER_COST * (over + apart) +
           INK_COST * (double)through / (columns->bottom - columns->top);
}

/* For each place of a cut the places that a character of @size before it may begin at:
 * the earliest of them, and all their spans one behind the other. */
typedef struct {
    guint *first; /* of each place; the last is the one before it */
    gsize *at;    /* where in spans its own begin */
    GArray *spans;
} Reaches;

static void reaches_clear(Reaches *reaches)
{
    g_free(reaches->first);
    g_free(reaches->at);
    g_clear_pointer(&reaches->spans, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reaches, reaches_clear)

/* They are the same for every character of the line: worked out once. */
static void reaches_init(Reaches *reaches, const Columns *columns, double size)
{
    guint places = columns->at->len;
    *reaches = (Reaches){g_new(guint, places), g_new(gsize, places),
                         g_array_new(false, false, sizeof(Span))};
    for (guint p = 0; p < places; p++) {
        guint q = p;
        reaches->at[p] = reaches->spans->len;
        for (; q > 0; q--) {
            Span span = span_between(columns, cut_at(columns, q - 1), cut_at(columns, p));
            if (span.width > 1.3 * size)
                break;
            span.gap = widest_gap(columns, span);
            g_array_append_val(reaches->spans, span);
        }
        reaches->first[p] = q;
    }
}

/* The cheapest cuts for type of @size. @cuts: out: count + 1 columns. Returns: the cost
 */
static double best_cuts(const Columns *columns, const gunichar *characters, int count,
                        double size, int *cuts)
{
    guint places = columns->at->len;
    g_autofree double *cost = g_new(double, (gsize)(count + 1) * places);
    g_autofree guint16 *from = g_new0(guint16, (gsize)(count + 1) * places);
    g_auto(Reaches) reaches = {0};
    reaches_init(&reaches, columns, size);
    for (guint p = 0; p < places; p++)
        cost[p] = p == 0 ? 0 : INFINITY;
    for (int k = 1; k <= count; k++) {
        const Width *width = width_of(characters[k - 1]);
        const double *before = &cost[(gsize)(k - 1) * places];
        for (guint p = 0; p < places; p++) {
            double *best = &cost[(gsize)k * places + p];
            const Span *span = &g_array_index(reaches.spans, Span, reaches.at[p]);
            int through = columns->ink[MIN(cut_at(columns, p), columns->width - 1)];
            *best = INFINITY;
            for (guint q = p; q-- > reaches.first[p]; span++) {
                if (!isfinite(before[q]) || span->width == 0)
                    continue;
                double all = before[q] + cost_of(columns, *span, through, width, size);
                if (all < *best) {
                    *best = all;
                    from[(gsize)k * places + p] = (guint16)q;
                }
            }
        }
    }
    guint p = places - 1;
    double all = cost[(gsize)count * places + p];
    for (int k = count; isfinite(all) && k >= 0; k--) {
        cuts[k] = cut_at(columns, p);
        p = from[(gsize)k * places + p];
    }
    return all;
}

bool characters_place(PIX *line, const gunichar *characters, int count, Rect *boxes)
{
    g_auto(Columns) columns = {0};
    if (count < 1 || count > MAX_CHARACTERS || !columns_init(&columns, line))
        return false;
    g_autofree int *cuts = g_new0(int, count + 1);
    g_autofree int *best = g_new0(int, count + 1);
    double least = INFINITY;
    for (gsize i = 0; i < G_N_ELEMENTS(size_shares); i++) {
        double size = (columns.bottom - columns.top) * size_shares[i];
        double cost = best_cuts(&columns, characters, count, size, cuts);
        if (cost < least) {
            least = cost;
            memcpy(best, cuts, sizeof(int) * (gsize)(count + 1));
        }
    }
    if (least > MAX_COST * count)
        return false;
    for (int k = 0; k < count; k++) {
        Span span = span_between(&columns, best[k], best[k + 1]);
        boxes[k] =
            (Rect){span.left, columns.top, span.width, columns.bottom - columns.top};
    }
    return true;
}

bool character_is_parted(PIX *line, Rect place)
{
    g_autoptr(BOX) box = boxCreate(place.x, place.y, place.width, place.height);
    g_autoptr(PIX) part = pixClipRectangle(line, box, NULL);
    g_autoptr(PIX) ink = part != NULL ? ink_of(part) : NULL;
    g_autoptr(NUMA) counts = ink != NULL ? pixCountByColumn(ink, NULL) : NULL;
    int white = 0;
    for (int x = 0; counts != NULL && x < numaGetCount(counts); x++) {
        l_int32 count = 0;
        numaGetIValue(counts, x, &count);
        white = count == 0 ? white + 1 : 0;
        if (white >= PARTED_PX)
            return true;
    }
    return false;
}
