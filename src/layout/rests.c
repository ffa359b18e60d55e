/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rests of ruled lines. In a thin black-and-white copy a rule breaks to dots and dashes
 * that are too short to be found by themselves. Here every way is looked at that a rule
 * could have taken from one crossing line to the next, and what is left on it is weighed:
 * how evenly it is spread, and whether print stands on the way. Crossing lines that end
 * on the way bear witness too, since in a table no line ends but at another.
 *
 * The limits were found on 300 copies of form pages that were made thin from clean ones,
 * so that each true rule was known (200 to 300 dpi, threshold 140 to 190 of 255, turned
 * by up to 2 degrees; November 2026): 0.96 of their cells were found before, 0.98 since.
 */
#include "layout/private.h"

/* From the middle of a line to its edge, and on to where it stands alone. */
static const double THICK_MM = 0.5, BESIDE_MM = 0.7;
/* Ends this near were meant to be there. */
static const double REACH_MM = 1.2;
/* Print on the way that is as wide is a character, which a rule does not run through. */
static const double CHARACTER_MM = 2.5;
/* Shares of the way's length. Rests of rules lie evenly, and leave a third of the way
 * bare at most; a line to write on, alone between two rules, leaves more. */
static const double MAX_BARE = 0.34, MAX_PRINT = 0.10, MIN_INK = 0.05;
/* On a way of a row's height there may be one bracket or digit, but it stands on no rule;
 * those that happened to touch one were up to 0.39 of the way long. Where the edge of a
 * column goes on, a stub is enough: nobody writes there. */
static const double SHORT_WAY_MM = 30.0, MIN_WAY_MM = 5.0;
static const double MIN_SHORT_INK = 0.4, MIN_STUB = 0.2, MAX_BARE_BETWEEN = 0.5;
static const double STANDS_MM = 0.3, MIN_STANDING_MM = 1.0;
static const double ON_LINE_PX = 1.5;
/* On a longer way a single piece may be a line to write on. */
static const int MIN_PIECES = 3;
/* Ways beside it, up to twice as far, have half its ink at most; on a patterned ground or
 * in noise they have as much. */
static const double BY_STEP_MM = 1.2;
/* So many ends on one free way prove a line of which nothing is left. */
static const int PROVING_ENDS = 3;
/* A line of a table, and not the side of a card or a line to write on, meets so many. */
static const int MIN_JOINTS = 3;
/* In a rule that goes on behind it a hole is no wider. */
static const double MAX_HOLE_MM = 15.0;
/* Two rules are no nearer to each other than the sides of the smallest cell. */
static const double MIN_APART_MM = 2.5;
/* Of a page turned level, what a line may rise over its length. */
static const double MAX_RISE = 0.005;

typedef struct {
    PIX *ink;    /* owned: ink without other ink above and below, grown by a pixel */
    PIX *beside; /* owned: places with ink above or below, up to BESIDE_MM away */
    PIX *print;  /* owned: places with ink just that far away */
    GArray *own; /* Rule */
    const GArray *others;
    bool *is_bearing; /* owned: which of others belong to a table */
    int *joints;      /* owned: how many of own each of others meets */
    int dpi, reach;
} Field;

typedef enum { CROSSES, ENDS_HERE, OWN_BEGINS, OWN_ENDS } BoundKind;

/* What a way meets: a crossing line, the end of one, a rule on the same line. */
typedef struct {
    int x;
    BoundKind kind;
} Bound;

/* From @from up to @to, at @y there and @rise lower at the end. */
typedef struct {
    int from, to, y, rise;
    const Bound *ends; /* borrowed: lines that end on it */
    int end_count;
    int ink; /* pixels of its own */
} Way;

typedef struct {
    int ink, print, bare, pieces;
    bool is_standing; /* on one of the crossing lines */
} Rests;

static int compare_bounds(const void *a, const void *b)
{
    return ((const Bound *)a)->x - ((const Bound *)b)->x;
}

static int compare_ways(gconstpointer a, gconstpointer b)
{
    return ((const Way *)b)->ink - ((const Way *)a)->ink;
}

static double centre_at(const Rule *rule, int x)
{
    return rule->centre[CLAMP(x - rule->box_px.x, 0, rule->box_px.width - 1)];
}

/* row of @way at @x: it rises by whole steps of equal length */
static int way_y(const Way *way, int x)
{
    int step = (x - way->from) * (abs(way->rise) + 1) / MAX(1, way->to - way->from);
    return way->y + (way->rise < 0 ? -step : step);
}

static int count_on_way(PIX *pix, const Way *way)
{
    int steps = abs(way->rise) + 1, length = way->to - way->from, sum = 0;
    for (int i = 0; i < steps; i++) {
        int y = way->y + (way->rise < 0 ? -i : i);
        int from = way->from + length * i / steps,
            to = way->from + length * (i + 1) / steps;
        if (y >= 0 && y < pixGetHeight(pix) && to > from)
            sum += count_bits(pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix), from,
                              to);
    }
    return sum;
}

static bool is_set(PIX *pix, const Way *way, int x)
{
    l_uint32 bit = 0;
    if (x >= way->from && x < way->to)
        pixGetPixel(pix, x, way_y(way, x), &bit);
    return bit != 0;
}

/* whether a line ends on @way within @slack of @x */
static bool has_end(const Way *way, int x, int slack)
{
    for (int i = 0; i < way->end_count; i++)
        if (way->ends[i].kind == ENDS_HERE && abs(way->ends[i].x - x) <= slack)
            return true;
    return false;
}

/* whether print stands beside the end of a piece at @x, which goes on with @step: the
 * side of a box has the other sides there */
static bool is_print_at(const Field *f, const Way *way, int x, int step)
{
    return (is_set(f->beside, way, x) || is_set(f->beside, way, x + step)) &&
           !has_end(way, x, f->reach);
}

/* Pixels of print that stands across @way; all of it where a character does. */
static int count_print(const Field *f, const Way *way)
{
    int count = 0, last = way->from - f->reach, stretch = 0;
    int character = px_from_mm(CHARACTER_MM, f->dpi);
    for (int x = way->from; x < way->to; x++) {
        if (!is_set(f->print, way, x) || has_end(way, x, f->reach))
            continue;
        stretch = x - last <= 2 ? stretch + x - last : 1;
        last = x;
        count++;
        if (stretch >= character)
            return way->to - way->from;
    }
    return count;
}

static int count_ends(const Way *way)
{
    int count = 0;
    for (int i = 0; i < way->end_count; i++)
        count += way->ends[i].kind == ENDS_HERE;
    return count;
}

static Rests rests_on(const Field *f, const Way *way)
{
    Rests rests = {.print = count_print(f, way)};
    int least = px_from_mm(MIN_STANDING_MM, f->dpi);
    int stands = MAX(1, px_from_mm(STANDS_MM, f->dpi));
    for (int x = way->from, bare = 0; x < way->to;) {
        int end = x;
        while (is_set(f->ink, way, end))
            end++;
        bool is_print =
            end > x && (is_print_at(f, way, x - 1, -1) || is_print_at(f, way, end, 1));
        if (end > x && !is_print) {
            rests.ink += end - x;
            rests.pieces++;
            rests.is_standing |=
                end - x >= least && (x - way->from <= stands || way->to - end <= stands);
        }
        rests.print += is_print ? end - x : 0;
        end = MAX(end, x + 1);
        bool is_bare = is_print || !is_set(f->ink, way, x);
        bare = is_bare && !has_end(way, x, 0) ? bare + end - x : 0;
        rests.bare = MAX(rests.bare, bare);
        x = end;
    }
    return rests;
}

/* whether ways beside @way have less ink: on a patterned ground or in noise they do not
 */
static bool stands_out(const Field *f, const Way *way, const Rests *rests)
{
    int step = px_from_mm(BY_STEP_MM, f->dpi);
    for (int i = -2; i <= 2; i++) {
        Way other = *way;
        other.y += i * step;
        if (i != 0 && count_on_way(f->ink, &other) * 2 > rests->ink)
            return false;
    }
    return true;
}

/* whether a rule on the same line ends at one of the crossing lines: the edges of columns
 * recur from row to row */
static bool is_continued(const Field *f, const Way *way)
{
    for (guint i = 0; i < f->own->len; i++) {
        const Rule *rule = &g_array_index(f->own, Rule, i);
        int left = rule->box_px.x, right = rect_right(rule->box_px) - 1;
        if ((abs(right - way->from) <= 2 * f->reach &&
             fabs(centre_at(rule, right) - way->y) <= ON_LINE_PX) ||
            (abs(left - way->to) <= 2 * f->reach &&
             fabs(centre_at(rule, left) - way->y - way->rise) <= ON_LINE_PX))
            return true;
    }
    return false;
}

/* whether what is left on a way of a row's height was a rule */
static bool is_short_rest(const Field *f, const Way *way, const Rests *rests)
{
    int length = way->to - way->from;
    bool goes_on = is_continued(f, way);
    if (goes_on && rests->is_standing && rests->print == 0 &&
        rests->ink >= MIN_STUB * length)
        return true;
    double max_bare = goes_on ? MAX_BARE_BETWEEN : MAX_BARE;
    return rests->ink >= MIN_SHORT_INK * length && rests->bare <= max_bare * length &&
           (rests->is_standing || goes_on);
}

/* whether what is left on @way was a rule */
static bool is_rest(const Field *f, const Way *way, const Rests *rests)
{
    int length = way->to - way->from;
    if (rests->print > MAX_PRINT * length)
        return false;
    if (count_ends(way) >= PROVING_ENDS && rests->print <= MIN_INK * length)
        return true;
    if (length < px_from_mm(SHORT_WAY_MM, f->dpi))
        return is_short_rest(f, way, rests);
    return rests->ink >= MIN_INK * length && rests->bare <= MAX_BARE * length &&
           rests->pieces >= MIN_PIECES && stands_out(f, way, rests);
}

/* whether a rule of @own runs along @way, or too near for a cell between them */
static bool is_taken(const Field *f, const Way *way)
{
    int apart = px_from_mm(MIN_APART_MM, f->dpi);
    for (guint i = 0; i < f->own->len; i++) {
        const Rule *rule = &g_array_index(f->own, Rule, i);
        int from = MAX(way->from, rule->box_px.x);
        int to = MIN(way->to, rect_right(rule->box_px)), x = (from + to) / 2;
        if ((to - from) * 4 > way->to - way->from &&
            fabs(centre_at(rule, x) - way_y(way, x)) < apart)
            return true;
    }
    return false;
}

/* whether one of others passes @x at @y, or ends there */
static bool is_met(const Field *f, int x, double y)
{
    for (guint i = 0; i < f->others->len; i++) {
        const Rule *other = &g_array_index(f->others, Rule, i);
        if (y >= other->box_px.x - f->reach &&
            y <= rect_right(other->box_px) + f->reach &&
            fabs(centre_at(other, (int)lround(y)) - x) <= f->reach)
            return true;
    }
    return false;
}

/* Whether @way is a hole in one rule: what lies on both its sides is longer than it and
 * on one line, and one of the two ends where no line is. In a table none does. */
static bool is_hole(const Field *f, const Way *way)
{
    int length = way->to - way->from;
    bool is_left = false, is_right = false, is_hanging = false;
    if (length > px_from_mm(MAX_HOLE_MM, f->dpi))
        return false;
    for (guint i = 0; i < f->own->len; i++) {
        const Rule *rule = &g_array_index(f->own, Rule, i);
        int first = rule->box_px.x, last = rect_right(rule->box_px) - 1;
        bool ends = abs(last - way->from) <= f->reach &&
                    fabs(centre_at(rule, last) - way->y) <= ON_LINE_PX;
        bool begins = abs(first - way->to) <= f->reach &&
                      fabs(centre_at(rule, first) - way->y) <= ON_LINE_PX;
        if (rule->box_px.width <= length || ends == begins)
            continue;
        is_left |= ends;
        is_right |= begins;
        is_hanging |= !is_met(f, ends ? last : first, way->y);
    }
    return is_left && is_right && is_hanging;
}

/* the best rise for @way, and whether it is the rest of a rule then */
static bool settle(const Field *f, Way *way)
{
    int length = way->to - way->from, most = 1 + (int)(length * MAX_RISE), best = -1;
    if (length < px_from_mm(MIN_WAY_MM, f->dpi))
        return false;
    int rise = 0;
    for (way->rise = -most; way->rise <= most; way->rise++) {
        int ink = count_on_way(f->ink, way);
        if (ink > best || (ink == best && abs(way->rise) < abs(rise))) {
            best = ink;
            rise = way->rise;
        }
    }
    way->rise = rise;
    bool has_hole = is_hole(f, way);
    if ((best < MIN_INK * length && count_ends(way) < PROVING_ENDS && !has_hole) ||
        is_taken(f, way))
        return false;
    Rests rests = rests_on(f, way);
    way->ink = rests.ink;
    return (has_hole && rests.print == 0) || is_rest(f, way, &rests);
}

static void add_bound(GArray *bounds, int x, BoundKind kind)
{
    Bound bound = {x, kind};
    g_array_append_val(bounds, bound);
}

/* what a way at @y meets, left to right */
static void find_bounds(const Field *f, int y, GArray *bounds)
{
    g_array_set_size(bounds, 0);
    for (guint i = 0; i < f->others->len; i++) {
        const Rule *other = &g_array_index(f->others, Rule, i);
        int from = other->box_px.x, to = rect_right(other->box_px) - 1;
        if (y < from - f->reach || y > to + f->reach)
            continue;
        bool is_crossing = y > from + f->reach && y < to - f->reach;
        if (is_crossing ? !f->is_bearing[i] : f->joints[i] == 0)
            continue;
        int near = MIN(abs(y - from), abs(y - to));
        if (is_crossing || near <= MAX(1, f->reach / 2))
            add_bound(bounds, (int)lround(centre_at(other, y)),
                      is_crossing ? CROSSES : ENDS_HERE);
    }
    for (guint i = 0; i < f->own->len; i++) {
        const Rule *rule = &g_array_index(f->own, Rule, i);
        int from = rule->box_px.x, to = rect_right(rule->box_px);
        if (fabs(centre_at(rule, from) - y) > f->reach &&
            fabs(centre_at(rule, to) - y) > f->reach)
            continue;
        add_bound(bounds, from, OWN_BEGINS);
        add_bound(bounds, to, OWN_ENDS);
    }
    qsort(bounds->data, bounds->len, sizeof(Bound), compare_bounds);
}

/* the ways at @y, each from one crossing line or rule to the next */
static void try_row(const Field *f, int y, const GArray *bounds, GArray *ways)
{
    const Bound *all = (const Bound *)(const void *)bounds->data;
    int depth = 0; /* rules that run here */
    for (guint i = 0, last = G_MAXUINT; i < bounds->len; i++) {
        if (all[i].kind == ENDS_HERE)
            continue;
        /* a crossing line is two pixels wide at least */
        Way way = {.y = y, .to = all[i].x - 1};
        if (last != G_MAXUINT && depth == 0) {
            way.from = all[last].x + 2;
            way.ends = &all[last + 1];
            way.end_count = (int)(i - last - 1);
            if (settle(f, &way))
                g_array_append_val(ways, way);
        }
        depth += (all[i].kind == OWN_BEGINS) - (all[i].kind == OWN_ENDS);
        last = i;
    }
}

static void add_rule(const Field *f, const Way *way)
{
    int last = way->y + way->rise, length = way->to - way->from + 3;
    Rule rule = {.box_px = {way->from - 2, MIN(way->y, last), length, abs(way->rise) + 1},
                 .centre = g_new(double, (gsize)length),
                 .is_ruled = true};
    for (int i = 0; i < length; i++)
        rule.centre[i] = way->y + (double)way->rise * i / length;
    g_array_append_val(f->own, rule);
}

/* whether @rule and @other, which lies across it, meet */
static bool are_joined(const Field *f, const Rule *rule, const Rule *other)
{
    int x = (int)lround(centre_at(other, (int)lround(rule->centre[0])));
    double y = centre_at(rule, x);
    return y >= other->box_px.x - f->reach && y <= rect_right(other->box_px) + f->reach &&
           x >= rule->box_px.x - f->reach && x <= rect_right(rule->box_px) + f->reach;
}

/* whether @rule ends on one of others: a line to write on does not */
static bool is_held(const Field *f, const Rule *rule)
{
    int last = rule->box_px.width - 1;
    for (guint k = 0; k < f->others->len; k++) {
        const Rule *other = &g_array_index(f->others, Rule, k);
        double x = centre_at(other, (int)lround(rule->centre[0]));
        if (are_joined(f, rule, other) && (fabs(x - rule->box_px.x) <= f->reach ||
                                           fabs(x - rule->box_px.x - last) <= f->reach))
            return true;
    }
    return false;
}

/* Which of others belong to a table: those that meet many rules, and those that meet two
 * that do. */
static void find_bearing(Field *f)
{
    guint own_count = f->own->len, count = f->others->len;
    g_autofree int *own_joints = g_new0(int, (gsize)own_count + 1);
    g_autofree int *borne = g_new0(int, (gsize)count + 1);
    f->joints = g_new0(int, (gsize)count + 1);
    f->is_bearing = g_new0(bool, (gsize)count + 1);
    for (int pass = 0; pass < 2; pass++)
        for (guint i = 0; i < own_count; i++) {
            const Rule *rule = &g_array_index(f->own, Rule, i);
            bool is_table = pass == 0 ? is_held(f, rule) : own_joints[i] >= MIN_JOINTS;
            for (guint k = 0; is_table && k < count; k++)
                if (are_joined(f, rule, &g_array_index(f->others, Rule, k))) {
                    own_joints[i] += pass == 0;
                    f->joints[k] += pass == 0;
                    borne[k] += pass == 1;
                }
        }
    for (guint k = 0; k < count; k++)
        f->is_bearing[k] = f->joints[k] >= MIN_JOINTS || borne[k] >= 2;
}

/* places that have ink above or below, @from to @to pixels away */
static PIX *ink_beside(PIX *dark, int from, int to)
{
    g_autoptr(PIX) out = pixCreateTemplate(dark);
    for (int dy = from; out != NULL && dy <= to; dy++)
        for (int sign = -1; sign <= 1; sign += 2) {
            g_autoptr(PIX) moved =
                pixTranslate(NULL, dark, 0, sign * dy, L_BRING_IN_WHITE);
            if (moved == NULL)
                return NULL;
            pixOr(out, out, moved);
        }
    return g_steal_pointer(&out);
}

static bool field_init(Field *f, PIX *dark)
{
    g_autoptr(PIX) grown = pixDilateBrick(NULL, dark, 1, 3);
    int thick = MAX(2, px_from_mm(THICK_MM, f->dpi));
    int far = MAX(3, px_from_mm(BESIDE_MM, f->dpi));
    f->beside = ink_beside(dark, thick, far);
    f->print = ink_beside(dark, far, far);
    f->ink =
        grown != NULL && f->beside != NULL ? pixSubtract(NULL, grown, f->beside) : NULL;
    find_bearing(f);
    return f->ink != NULL && f->print != NULL;
}

bool rests_find(PIX *dark, int dpi, GArray *own, const GArray *others)
{
    Field f = {.own = own, .others = others, .dpi = dpi};
    f.reach = px_from_mm(REACH_MM, dpi);
    bool is_ready = field_init(&f, dark);
    guint before = own->len;
    g_autoptr(GArray) ways = g_array_new(FALSE, FALSE, sizeof(Way));
    g_autoptr(GArray) bounds = g_array_new(FALSE, FALSE, sizeof(Bound));
    for (int y = 0; is_ready && y < pixGetHeight(dark); y++) {
        find_bounds(&f, y, bounds);
        try_row(&f, y, bounds, ways);
    }
    /* ways beside each other show the same rests: the one with most of them is it */
    g_array_sort(ways, compare_ways);
    for (guint i = 0; i < ways->len && own->len < LIMIT_CELLS_PER_PAGE * 4; i++)
        if (!is_taken(&f, &g_array_index(ways, Way, i)))
            add_rule(&f, &g_array_index(ways, Way, i));
    pixDestroy(&f.ink);
    pixDestroy(&f.beside);
    pixDestroy(&f.print);
    g_free(f.is_bearing);
    g_free(f.joints);
    return own->len > before;
}
