/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ruled lines, found on a reduced picture whose pixels are the darkest of those they
 * stand for, so that a hair line survives the reduction. */
#include "layout/private.h"

#define REDUCED_DPI 100
/* Dark structures up to this thickness are lines or print; thicker ones are pictures. */
static const double THIN_MM = 1.5;
/* Darker than what is around it by this much of 255. A grey hair line of half a pixel at
 * 150 dpi makes 60 and more, a pale one beside a shaded cell 25; paper noise makes 12. */
static const int DARKER_BY = 20;
/* Strokes of print reach 5 mm in titles; from LONG_MM on a line may stand alone. */
static const double SHORT_SOLID = 0.97; /* strokes above each other leave a gap */
static const double SHORT_MM = 4.6, LONG_MM = 11.0, BEARER_MM = 12.0;
/* Of a page turned level; lines of print that feet pretend to wander more. */
static const double MAX_TILT = 0.02;
/* Ends nearer than this to a crossing line were meant to meet it. */
static const double REACH_MM = 1.6;
/* A gap up to this is a break of the print, not the end of a line. */
static const double BREAK_MM = 4.0;
/* Sides of boxes that stand above each other begin and end within this of each other. */
static const double STACK_SLACK_MM = 1.2;
/* A line that faded leaves at least this share of itself as dots; it is followed this
 * far, if what is there is this long. */
static const double TRACE_SHARE = 0.12, BESIDE_SHARE = 0.25, FADED_MM = 90.0,
                    MIN_FADED_MM = 25.0;
/* Characters of one line stand this near to each other, and are so high; fewer pixels on
 * both sides are dirt. */
static const double HEM_MM = 0.8, HEM_HEIGHT_MM = 3.0;
static const int HEM_PX = 3;
/* The rest of a line between two rows of a table, of which half is whole, as dots. */
static const double DOTTED_SHARE = 0.25;
/* In a table whose rules are all broken, row after row is told by the one before. */
static const int MAX_ROUNDS = 8;

/* the darkest of each @n x @n pixels */
static PIX *darkest(PIX *grey, int n)
{
    int width = pixGetWidth(grey) / n, height = pixGetHeight(grey) / n;
    g_autoptr(PIX) out = pixCreate(width, height, 8);
    if (out == NULL)
        return NULL;
    int wpl = pixGetWpl(grey);
    g_autofree uint8_t *column = g_malloc((gsize)wpl * 4);
    for (int y = 0; y < height; y++) {
        memset(column, 255, (gsize)wpl * 4);
        for (int i = 0; i < n; i++) {
            const uint8_t *line =
                (const uint8_t *)(pixGetData(grey) + (size_t)(y * n + i) * (size_t)wpl);
            for (int x = 0; x < wpl * 4; x++)
                column[x] = MIN(column[x], line[x]);
        }
        uint8_t *to = (uint8_t *)(pixGetData(out) + (size_t)y * (size_t)pixGetWpl(out));
        for (int x = 0, from = 0; x < width; x++) {
            uint8_t least = 255;
            for (int i = 0; i < n; i++, from++)
                least = MIN(least, column[from ^ 3]);
            to[x ^ 3] = least;
        }
    }
    return g_steal_pointer(&out);
}

/* thin dark structures of @small, black */
static PIX *thin_dark(PIX *small, int dpi)
{
    int size = px_from_mm(THIN_MM, dpi) | 1;
    g_autoptr(PIX) filled = pixCloseGray(small, size, size);
    g_autoptr(PIX) depth = filled != NULL ? pixSubtractGray(NULL, filled, small) : NULL;
    g_autoptr(PIX) pale = depth != NULL ? pixThresholdToBinary(depth, DARKER_BY) : NULL;
    return pale != NULL ? pixInvert(NULL, pale) : NULL;
}

PIX *transposed(PIX *ink)
{
    PIX *turned = pixRotateOrth(ink, 1);
    return turned != NULL ? pixFlipLR(turned, turned) : NULL;
}

static bool is_dark(PIX *dark, int x, int y)
{
    l_uint32 bit = 0;
    pixGetPixel(dark, x, y, &bit);
    return bit != 0;
}

/* share of @width pixels of row @y from @x that are ink */
static double share_of_row(PIX *ink, int x, int y, int width)
{
    if (y < 0 || y >= pixGetHeight(ink))
        return 0;
    const l_uint32 *line = pixGetData(ink) + (size_t)y * (size_t)pixGetWpl(ink);
    int count = 0;
    for (int i = x; i < x + width; i++)
        count += GET_DATA_BIT(line, i);
    return (double)count / width;
}

/* Rows of dense print can hold long level runs; those have ink above and below. */
static bool is_free_standing(PIX *dark, Rect box, int dpi)
{
    int near = MAX(2, px_from_mm(0.5, dpi)), far = near + MAX(1, px_from_mm(0.3, dpi));
    double above = MIN(share_of_row(dark, box.x, box.y - near, box.width),
                       share_of_row(dark, box.x, box.y - far, box.width));
    double below = MIN(share_of_row(dark, box.x, rect_bottom(box) - 1 + near, box.width),
                       share_of_row(dark, box.x, rect_bottom(box) - 1 + far, box.width));
    /* Crossing lines are beside it too: three in 25 mm make 0.16. */
    double limit = box.width > px_from_mm(30, dpi) ? 0.5 : 0.44;
    return MIN(above, below) < limit / 2 && MAX(above, below) < 2 * limit;
}

/* share of @rule's columns from @from up to @to that were dark before gaps were closed */
static double solid_share(PIX *dark, const Rule *rule, int from, int to)
{
    int there = 0;
    for (int i = from; i < to; i++) {
        int x = rule->box_px.x + i, y = (int)lround(rule->centre[i]);
        there +=
            is_dark(dark, x, y) || is_dark(dark, x, y - 1) || is_dark(dark, x, y + 1);
    }
    return to > from ? (double)there / (to - from) : 0;
}

/* The feet of a row of digits close up to a run with white below. It is full of gaps, and
 * has print above; a line that is full of gaps because it faded has nothing beside it. */
static bool is_row_of_feet(PIX *dark, const Rule *rule, int dpi)
{
    int near = MAX(2, px_from_mm(0.5, dpi));
    Rect box = rule->box_px;
    double beside =
        MAX(share_of_row(dark, box.x, box.y - near, box.width),
            share_of_row(dark, box.x, rect_bottom(box) - 1 + near, box.width));
    return beside > 0.2 && solid_share(dark, rule, 0, box.width) < 0.9;
}

static void rule_clear(void *rule)
{
    g_free(((Rule *)rule)->centre);
}

static void add_runs(const BlobSet *set, const int *rule_of, GArray *rules)
{
    g_autofree int *seen = NULL;
    int total = 0;
    g_autofree int *start = g_new(int, (gsize)rules->len + 1);
    for (guint i = 0; i < rules->len; i++) {
        start[i] = total;
        total += g_array_index(rules, Rule, i).box_px.width;
    }
    seen = g_new0(int, (gsize)total + 1);
    for (int i = 0; i < set->run_count; i++) {
        const struct InkRun *run = &set->runs[i];
        if (rule_of[run->blob] < 0)
            continue;
        Rule *rule = &g_array_index(rules, Rule, rule_of[run->blob]);
        for (int x = run->x0; x < run->x1; x++) {
            rule->centre[x - rule->box_px.x] += run->y;
            seen[start[rule_of[run->blob]] + x - rule->box_px.x]++;
        }
    }
    for (guint i = 0; i < rules->len; i++) {
        Rule *rule = &g_array_index(rules, Rule, i);
        for (int x = 0; x < rule->box_px.width; x++)
            rule->centre[x] /= MAX(1, seen[start[i] + x]);
    }
}

/* level lines of @dark */
static GArray *find_level(PIX *dark, int dpi)
{
    GArray *rules = g_array_new(FALSE, TRUE, sizeof(Rule));
    g_array_set_clear_func(rules, rule_clear);
    g_autoptr(PIX) joined = pixCloseSafeBrick(NULL, dark, 3, 1);
    g_autoptr(PIX) runs =
        joined != NULL ? pixOpenBrick(NULL, joined, px_from_mm(SHORT_MM, dpi), 1) : NULL;
    g_autoptr(BlobSet) set = runs != NULL ? blobs_find(runs, BLOBS_MAX_RUNS) : NULL;
    if (set == NULL)
        return rules;
    g_autofree int *rule_of = g_new(int, (gsize)set->count + 1);
    for (int i = 0; i < set->count; i++) {
        const Blob *blob = &set->blobs[i];
        rule_of[i] = -1;
        double thick = (double)blob->area_px / blob->box_px.width;
        if (thick > px_from_mm(THIN_MM, dpi) || rules->len >= LIMIT_CELLS_PER_PAGE * 4 ||
            !is_free_standing(dark, blob->box_px, dpi))
            continue;
        Rule rule = {.box_px = blob->box_px,
                     .centre = g_new0(double, (gsize)blob->box_px.width)};
        rule_of[i] = (int)rules->len;
        g_array_append_val(rules, rule);
    }
    add_runs(set, rule_of, rules);
    for (guint i = rules->len; i-- > 0;)
        if (is_row_of_feet(dark, &g_array_index(rules, Rule, i), dpi))
            g_array_remove_index_fast(rules, i);
    return rules;
}

static int compare_rules(gconstpointer a, gconstpointer b)
{
    return ((const Rule *)a)->box_px.x - ((const Rule *)b)->box_px.x;
}

/* add @next, which begins behind the end of @rule, to it; the gap is bridged evenly */
static void append_rule(Rule *rule, const Rule *next)
{
    int width = rect_right(next->box_px) - rule->box_px.x;
    int from = rule->box_px.width, to = next->box_px.x - rule->box_px.x;
    rule->centre = g_renew(double, rule->centre, width);
    double a = rule->centre[from - 1], b = next->centre[0];
    for (int x = from; x < to; x++)
        rule->centre[x] = a + (b - a) * (x - from + 1) / (to - from + 1);
    for (int x = MAX(from, to); x < width; x++)
        rule->centre[x] = next->centre[x - to];
    rule->box_px = rect_union(rule->box_px, next->box_px);
}

/* whether a line of @others that is long enough passes within @reach of point @x, @y of
 * the level frame */
static bool meets(const GArray *others, int x, double y, int reach, int min_length)
{
    for (guint i = 0; i < others->len; i++) {
        const Rule *other = &g_array_index(others, Rule, i);
        Rect box = other->box_px; /* transposed: its x is our y */
        if (box.width >= min_length && y >= box.x - reach &&
            y <= rect_right(box) + reach && x >= box.y - reach &&
            x <= rect_bottom(box) + reach)
            return true;
    }
    return false;
}

/* whether remains of a line lie between two points: dots on @share of the way, and no
 * print beside it */
static bool has_trace(PIX *dark, int dpi, double share, int x0, double y0, int x1,
                      double y1)
{
    int on_way = 0, beside = 0, near = MAX(3, px_from_mm(0.7, dpi));
    for (int x = x0; x < x1; x++) {
        int y = (int)lround(y0 + (y1 - y0) * (x - x0) / MAX(1, x1 - x0));
        bool is_beside = is_dark(dark, x, y - near) || is_dark(dark, x, y + near);
        beside += is_beside;
        on_way += !is_beside && (is_dark(dark, x, y) || is_dark(dark, x, y - 1) ||
                                 is_dark(dark, x, y + 1));
    }
    return on_way >= share * (x1 - x0) && beside <= BESIDE_SHARE * (x1 - x0);
}

/* whether ink lies 2 to @near pixels from row @y in column @x, on the side of @step */
static bool has_ink_beside(PIX *dark, int x, int y, int near, int step)
{
    for (int i = 2; i <= near; i++)
        if (is_dark(dark, x, y + i * step))
            return true;
    return false;
}

typedef struct {
    PIX *dark; /* in the frame of the rules, borrowed */
    const GArray *others;
    int dpi, reach, bearer;
    bool is_level;
} Direction;

/* an end with no crossing line near it */
static bool is_hanging(const Direction *way, const Rule *rule, bool is_right)
{
    int last = rule->box_px.width - 1, i = is_right ? last : 0;
    return !meets(way->others, rule->box_px.x + i, rule->centre[i], way->reach,
                  way->bearer);
}

/* Whether the way between two points runs through a line of text: for as long as a
 * character is high print stands close by on both its sides, as beside no rule. What is
 * on the way itself may be their strokes. */
static bool runs_through_text(const Direction *way, int x0, double y0, int x1, double y1)
{
    int near = MAX(3, px_from_mm(HEM_MM, way->dpi));
    int height = px_from_mm(HEM_HEIGHT_MM, way->dpi);
    g_autofree int *sides = g_new0(int, (gsize)MAX(0, x1 - x0) + 1); /* bit 0, bit 1 */
    int above = 0, below = 0;
    for (int x = x0; x < x1; x++) {
        int y = (int)lround(y0 + (y1 - y0) * (x - x0) / MAX(1, x1 - x0));
        bool is_crossing = meets(way->others, x, y, 1, way->bearer);
        int here = is_crossing ? 0
                               : has_ink_beside(way->dark, x, y, near, -1) |
                                     has_ink_beside(way->dark, x, y, near, 1) << 1;
        int gone = x - x0 >= height ? sides[x - x0 - height] : 0;
        sides[x - x0] = here;
        above += (here & 1) - (gone & 1);
        below += (here >> 1) - (gone >> 1);
        if (MIN(above, below) >= HEM_PX)
            return true;
    }
    return false;
}

/* whether @next goes on where @rule ends */
static bool is_continued(const Direction *way, const Rule *rule, const Rule *next)
{
    int last = rule->box_px.width - 1, gap = next->box_px.x - rect_right(rule->box_px);
    double step = next->centre[0] - rule->centre[last];
    if (gap < -1 || rect_right(next->box_px) <= rect_right(rule->box_px) ||
        fabs(step) > 1.6 + gap * 0.02)
        return false;
    if (gap <= 1)
        return true;
    /* At a crossing line a line may end, and what follows may be print. */
    if (!is_hanging(way, rule, true) || !is_hanging(way, next, false))
        return false;
    if (gap <= px_from_mm(BREAK_MM, way->dpi))
        return true;
    int shorter = MIN(rule->box_px.width, next->box_px.width);
    if (shorter < px_from_mm(LONG_MM, way->dpi) ||
        runs_through_text(way, rect_right(rule->box_px), rule->centre[last],
                          next->box_px.x, next->centre[0]))
        return false;
    return gap * 2 <= shorter ||
           has_trace(way->dark, way->dpi, TRACE_SHARE, rect_right(rule->box_px),
                     rule->centre[last], next->box_px.x, next->centre[0]);
}

/* join the pieces of broken lines */
static void join_broken(GArray *rules, const Direction *way)
{
    g_array_sort(rules, compare_rules);
    int reach = px_from_mm(FADED_MM, way->dpi);
    for (guint i = 0; i < rules->len; i++) {
        for (guint j = i + 1; j < rules->len;) {
            Rule *rule = &g_array_index(rules, Rule, i);
            const Rule *next = &g_array_index(rules, Rule, j);
            if (next->box_px.x - rect_right(rule->box_px) > reach)
                break;
            if (is_continued(way, rule, next)) {
                append_rule(rule, next);
                g_array_remove_index(rules, j);
                j = i + 1;
            } else {
                j++;
            }
        }
    }
}

/* where @rule crosses a long line of @others last before its end, as offset into it; -1
 * if nowhere. Crossings within reach of the end are the end. */
static int last_crossing(const Direction *way, const Rule *rule, bool is_right)
{
    int best = -1, width = rule->box_px.width;
    for (guint i = 0; i < way->others->len; i++) {
        const Rule *other = &g_array_index(way->others, Rule, i);
        int at = other->box_px.y + other->box_px.height / 2 - rule->box_px.x;
        if (other->box_px.width < way->bearer || at < way->reach ||
            at >= width - way->reach)
            continue;
        double y = rule->centre[at];
        if (y < other->box_px.x - way->reach ||
            y > rect_right(other->box_px) + way->reach)
            continue;
        if (best < 0 || (is_right ? at > best : at < best))
            best = at;
    }
    return best;
}

/* whether from @from up to @to the rule is strokes of print: beside other ink, and broken
 */
static bool is_print_between(const Direction *way, const Rule *rule, int from, int to)
{
    int near = MAX(2, px_from_mm(0.6, way->dpi)), beside = 0;
    for (int i = from; i < to; i++) {
        int x = rule->box_px.x + i, y = (int)lround(rule->centre[i]);
        beside += is_dark(way->dark, x, y - near) || is_dark(way->dark, x, y + near);
    }
    return beside > 0.3 * (to - from) &&
           solid_share(way->dark, rule, from, to) < SHORT_SOLID;
}

static void cut_rule(Rule *rule, int from, int to)
{
    memmove(rule->centre, rule->centre + from, sizeof(double) * (gsize)(to - from));
    rule->box_px.x += from;
    rule->box_px.width = to - from;
}

/* A line that runs on into the print of the next cell is cut off at the line it crosses.
 */
static void trim_into_print(GArray *rules, const Direction *way)
{
    for (guint i = 0; i < rules->len; i++) {
        Rule *rule = &g_array_index(rules, Rule, i);
        int right = last_crossing(way, rule, true), margin = way->reach / 2;
        if (right >= 0 && is_print_between(way, rule, right + margin, rule->box_px.width))
            cut_rule(rule, 0, right + 1);
        int left = last_crossing(way, rule, false);
        if (left > 0 && is_print_between(way, rule, 0, left - margin))
            cut_rule(rule, left, rule->box_px.width);
    }
}

static double middle_of(const Rule *rule)
{
    return rule->centre[rule->box_px.width / 2];
}

/* Whether two lines are the sides of tick boxes that stand above each other: both broken
 * between the boxes, of one extent, and as far apart as the sides of a box. */
static bool are_sides_of_boxes(const Direction *way, const Rule *a, const Rule *b)
{
    double apart_mm = fabs(middle_of(a) - middle_of(b)) * MM_PER_INCH / way->dpi;
    int slack = px_from_mm(STACK_SLACK_MM, way->dpi);
    return apart_mm >= FRAME_MIN_SIDE_MM && apart_mm <= FRAME_MAX_SIDE_MM &&
           abs(a->box_px.x - b->box_px.x) <= slack &&
           abs(rect_right(a->box_px) - rect_right(b->box_px)) <= slack &&
           solid_share(way->dark, a, 0, a->box_px.width) < SHORT_SOLID &&
           solid_share(way->dark, b, 0, b->box_px.width) < SHORT_SOLID;
}

/* Boxes under each other, one for each utility, are no narrow column of a table. */
static void drop_stacked_boxes(GArray *rules, const Direction *way)
{
    g_autofree bool *is_side = g_new0(bool, (gsize)rules->len + 1);
    for (guint i = 0; i < rules->len; i++)
        for (guint k = i + 1; k < rules->len; k++)
            if (are_sides_of_boxes(way, &g_array_index(rules, Rule, i),
                                   &g_array_index(rules, Rule, k)))
                is_side[i] = is_side[k] = true;
    for (guint i = rules->len; i-- > 0;)
        if (is_side[i])
            g_array_remove_index(rules, i);
}

static bool is_straight(const Rule *rule)
{
    return rule->box_px.height <= 3 + rule->box_px.width * MAX_TILT;
}

/* how far from @x, @y the next line of @others lies, in pixels along x; -1 if none */
static int gap_to(const GArray *others, int x, double y, int direction, int reach,
                  int slack)
{
    int best = -1;
    for (guint i = 0; i < others->len; i++) {
        Rect box = g_array_index(others, Rule, i).box_px;
        if (y < box.x - slack || y > rect_right(box) + slack)
            continue;
        int distance = direction < 0 ? x - (rect_bottom(box) - 1) : box.y - x;
        if (distance >= 0 && distance <= reach && (best < 0 || distance < best))
            best = distance;
    }
    return best;
}

/* how far a short line's hanging end runs on as dots until it meets a crossing line; 0 if
 * it does not */
static int dotted_rest(const Direction *way, const Rule *rule, bool is_right)
{
    int at = is_right ? rule->box_px.width - 1 : 0, x = rule->box_px.x + at;
    double y = rule->centre[at];
    int gap =
        gap_to(way->others, x, y, is_right ? 1 : -1, rule->box_px.width / 2, way->reach);
    return gap > 0 && has_trace(way->dark, way->dpi, DOTTED_SHARE, is_right ? x : x - gap,
                                y, is_right ? x + gap : x, y)
               ? gap
               : 0;
}

/* Whether @rule, that no other line meets, is the feet of characters that touch. */
static bool is_of_feet(const Direction *way, const Rule *rule)
{
    return way->is_level &&
           is_line_of_feet(way->dark, rule->box_px, px_from_mm(HEM_HEIGHT_MM, way->dpi),
                           way->dpi);
}

/* Short ones count only between two long ones; strokes of print and sides of tick boxes
 * do not stand so. What no other line meets at either end is a line to write on if it
 * is whole and straight, and else the feet of a row of characters. */
static bool is_rule(const Direction *way, const Rule *rule)
{
    int hanging = is_hanging(way, rule, false) + is_hanging(way, rule, true);
    bool is_solid = solid_share(way->dark, rule, 0, rule->box_px.width) >= SHORT_SOLID;
    if (rule->box_px.width < px_from_mm(LONG_MM, way->dpi))
        return is_solid && (hanging == 0 ||
                            (hanging == 1 && is_straight(rule) &&
                             dotted_rest(way, rule, is_hanging(way, rule, true)) > 0));
    bool is_long = rule->box_px.width >= px_from_mm(MIN_FADED_MM, way->dpi);
    return hanging == 0 || (hanging == 1 && (is_solid || is_long)) ||
           (is_solid && is_straight(rule) && !is_of_feet(way, rule));
}

static void mark_ruled(GArray *rules, const Direction *way)
{
    for (guint i = 0; i < rules->len; i++) {
        Rule *rule = &g_array_index(rules, Rule, i);
        rule->is_ruled = is_rule(way, rule);
    }
}

static void keep_ruled(GArray *rules)
{
    for (guint i = rules->len; i-- > 0;)
        if (!g_array_index(rules, Rule, i).is_ruled)
            g_array_remove_index_fast(rules, i);
}

/* how far this end runs on: a little to a line it nearly reaches; far to the next line if
 * it faded on the way. In a table no line ends in the middle of a cell. */
static int extension_of(const Direction *way, const Rule *rule, bool is_right)
{
    int at = is_right ? rule->box_px.width - 1 : 0, x = rule->box_px.x + at;
    double y = rule->centre[at];
    int direction = is_right ? 1 : -1, slack = px_from_mm(REACH_MM, way->dpi);
    int gap = gap_to(way->others, x, y, direction, px_from_mm(FADED_MM, way->dpi), slack);
    if (gap <= slack || !is_hanging(way, rule, is_right))
        return gap <= slack ? MAX(0, gap) : 0;
    int length = rule->box_px.width;
    if (length < px_from_mm(MIN_FADED_MM, way->dpi))
        return dotted_rest(way, rule, is_right);
    bool is_traced = has_trace(way->dark, way->dpi, TRACE_SHARE, is_right ? x : x - gap,
                               y, is_right ? x + gap : x, y);
    return gap <= length / 3 || is_traced ? gap : 0;
}

/* let ends run on to the crossing line they were meant to reach */
static void extend_ends(GArray *rules, const Direction *way)
{
    for (guint i = 0; i < rules->len; i++) {
        Rule *rule = &g_array_index(rules, Rule, i);
        int width = rule->box_px.width;
        int left = extension_of(way, rule, false), right = extension_of(way, rule, true);
        if (left + right == 0)
            continue;
        double *centre = g_new(double, (gsize)(width + left + right));
        for (int x = 0; x < width + left + right; x++)
            centre[x] = rule->centre[CLAMP(x - left, 0, width - 1)];
        g_free(rule->centre);
        rule->centre = centre;
        rule->box_px.x -= left;
        rule->box_px.width += left + right;
    }
}

static Direction direction_of(PIX *dark, const GArray *others, int dpi, bool is_level)
{
    return (Direction){
        dark, others, dpi, px_from_mm(1.2, dpi), px_from_mm(BEARER_MM, dpi), is_level};
}

Rules *rules_find(PIX *grey, int dpi)
{
    Rules *rules = g_new0(Rules, 1);
    rules->reduction = MAX(1, dpi / REDUCED_DPI);
    rules->dpi = dpi / rules->reduction;
    g_autoptr(PIX) small = darkest(grey, rules->reduction);
    g_autoptr(PIX) dark = small != NULL ? thin_dark(small, rules->dpi) : NULL;
    g_autoptr(PIX) turned = dark != NULL ? transposed(dark) : NULL;
    if (turned == NULL) {
        g_free(rules);
        return NULL;
    }
    rules->width_px = pixGetWidth(small);
    rules->height_px = pixGetHeight(small);
    rules->level = find_level(dark, rules->dpi);
    rules->upright = find_level(turned, rules->dpi);
    Direction level = direction_of(dark, rules->upright, rules->dpi, true);
    Direction upright = direction_of(turned, rules->level, rules->dpi, false);
    trim_into_print(rules->level, &level);
    trim_into_print(rules->upright, &upright);
    join_broken(rules->level, &level);
    join_broken(rules->upright, &upright);
    drop_stacked_boxes(rules->upright, &upright);
    mark_ruled(rules->level, &level);
    keep_ruled(rules->level);
    extend_ends(rules->level, &level);
    rests_find(dark, rules->dpi, rules->level, rules->upright);
    mark_ruled(rules->upright, &upright);
    keep_ruled(rules->upright);
    extend_ends(rules->upright, &upright);
    /* each that is found bears witness for others */
    for (int round = 0; round < MAX_ROUNDS; round++)
        if (!rests_find(turned, rules->dpi, rules->upright, rules->level) &&
            !rests_find(dark, rules->dpi, rules->level, rules->upright))
            break;
    return rules;
}

void rules_free(Rules *rules)
{
    if (rules == NULL)
        return;
    g_array_unref(rules->level);
    g_array_unref(rules->upright);
    g_free(rules);
}
