/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes ruled lines out of the ink, pixel column by pixel column, and leaves what
 * crosses. */
#include "layout/private.h"

#define MAX_THICK_PX 40
/* Of the columns of a true line most are thin ink; of a row of print's feet a good part
 * is strokes and the rest gaps. */
static const double PRINT_MAX_THIN = 0.80, PRINT_MIN_TALL = 0.08;

/* So much thicker a rule is not by itself from one column to the next. */
static const int FOOT_PX = 2;
/* The foot of a character of 16 points. */
static const double FOOT_MM = 4.5;

/* A picture read along a rule: x runs along it, y across. */
typedef struct {
    PIX *pix;
    bool is_transposed;
    int length, depth;
} View;

static View view_of(PIX *pix, bool is_transposed)
{
    int w = pixGetWidth(pix), h = pixGetHeight(pix);
    return (View){pix, is_transposed, is_transposed ? h : w, is_transposed ? w : h};
}

static inline l_uint32 *view_line(const View *v, int x, int y)
{
    return pixGetData(v->pix) +
           (size_t)(v->is_transposed ? x : y) * (size_t)pixGetWpl(v->pix);
}

static inline bool view_get(const View *v, int x, int y)
{
    return GET_DATA_BIT(view_line(v, x, y), v->is_transposed ? y : x);
}

static inline void view_clear(const View *v, int x, int y)
{
    CLEAR_DATA_BIT(view_line(v, x, y), v->is_transposed ? y : x);
}

static inline void view_set(const View *v, int x, int y)
{
    SET_DATA_BIT(view_line(v, x, y), v->is_transposed ? y : x);
}

/* the run of ink across the rule at @x, looked for within @slack of @middle */
static bool run_at(const View *ink, int x, int middle, int slack, int *top, int *bottom)
{
    for (int i = 0; i <= 2 * slack; i++) {
        int y = middle + (i % 2 != 0 ? -(i + 1) / 2 : i / 2);
        if (y < 0 || y >= ink->depth || !view_get(ink, x, y))
            continue;
        *top = *bottom = y;
        while (*top > 0 && y - *top < MAX_THICK_PX && view_get(ink, x, *top - 1))
            --*top;
        while (*bottom < ink->depth - 1 && *bottom - y < MAX_THICK_PX &&
               view_get(ink, x, *bottom + 1))
            ++*bottom;
        return true;
    }
    return false;
}

typedef struct {
    int from, to; /* along the rule, in full pixels */
    int slack;
} Span;

static Span span_of(const Rule *rule, int reduction, int length)
{
    return (Span){MAX(0, rule->box_px.x * reduction),
                  MIN(length, rect_right(rule->box_px) * reduction), reduction};
}

static int middle_at(const Rule *rule, int reduction, int x)
{
    int at = CLAMP(x / reduction - rule->box_px.x, 0, rule->box_px.width - 1);
    return (int)((rule->centre[at] + 0.5) * reduction);
}

/* the usual thickness of the rule: the middle of all runs across it */
static int thickness_of(const Rule *rule, const View *ink, int reduction)
{
    int count[2 * MAX_THICK_PX + 2] = {0}, total = 0;
    Span span = span_of(rule, reduction, ink->length);
    for (int x = span.from; x < span.to; x += 2) {
        int top, bottom;
        if (run_at(ink, x, middle_at(rule, reduction, x), span.slack, &top, &bottom)) {
            count[bottom - top + 1]++;
            total++;
        }
    }
    int below = 0, thick = 0;
    while (thick < 2 * MAX_THICK_PX && below + count[thick] <= total * 2 / 5)
        below += count[thick++];
    return MAX(1, thick);
}

static void move_run(const View *ink, const View *lines, int x, int top, int bottom)
{
    for (int y = MAX(0, top); y <= MIN(bottom, ink->depth - 1); y++) {
        if (view_get(ink, x, y))
            view_set(lines, x, y);
        view_clear(ink, x, y);
    }
}

/* One column across a rule. */
typedef struct {
    int top, bottom; /* of the run of ink; bottom < top: there is none */
    enum { OF_RULE, PRINT_ABOVE, PRINT_BELOW, CROSSED } kind;
} Column;

static Column *columns_of(const Rule *rule, const View *ink, int reduction)
{
    int thick = (int)rule->thick_px, limit = thick + MAX(2, thick * 2 / 5), last_top = -1;
    Span span = span_of(rule, reduction, ink->length);
    Column *columns = g_new0(Column, (gsize)MAX(0, span.to - span.from) + 1);
    for (int x = span.from; x < span.to; x++) {
        Column *column = &columns[x - span.from];
        int middle = middle_at(rule, reduction, x);
        column->bottom = -1;
        if (!run_at(ink, x, middle, span.slack, &column->top, &column->bottom))
            continue;
        int run = column->bottom - column->top + 1;
        if (run <= thick + 1) /* nothing but the rule */
            last_top = column->top;
        if (run <= limit)
            continue;
        int expected =
            last_top >= 0 && abs(last_top + thick / 2 - middle) <= 2 * reduction
                ? last_top
                : middle - thick / 2;
        int above = expected - column->top, below = column->bottom - expected - thick + 1;
        column->kind = above <= 1 ? PRINT_BELOW : below <= 1 ? PRINT_ABOVE : CROSSED;
        /* the rule's own pixels */
        if (column->kind == PRINT_BELOW)
            column->bottom = expected + thick - 1;
        else if (column->kind == PRINT_ABOVE)
            column->top = expected;
    }
    return columns;
}

/* how many columns from @from on, in steps of @step, are thicker than the rule is by
 * itself */
static int thicker_run(const Column *columns, int count, int thick, int from, int step)
{
    int run = 0;
    for (int k = from; k >= 0 && k < count; k += step, run++)
        if (columns[k].kind != OF_RULE ||
            columns[k].bottom - columns[k].top + 1 < thick + FOOT_PX)
            break;
    return run;
}

/* A foot of print that lies along the rule makes it thicker beside the stroke it is the
 * foot of: of 2, 5 and 3 on a line to write on. Its own pixels stay. What is thicker for
 * longer is the rule. */
static void spare_feet(Column *columns, int count, int thick, int most, int step)
{
    for (int k = step > 0 ? 0 : count - 1; k >= 0 && k < count; k += step) {
        int kind = columns[k].kind;
        if (kind != PRINT_ABOVE && kind != PRINT_BELOW)
            continue;
        int run = thicker_run(columns, count, thick, k + step, step);
        for (int i = 1; i <= run && run <= most; i++) {
            Column *column = &columns[k + i * step];
            column->kind = kind;
            if (kind == PRINT_ABOVE)
                column->top = column->bottom - thick + 1;
            else
                column->bottom = column->top + thick - 1;
        }
        k += run * step;
    }
}

/* Where print touches from one side only the rule's own pixels go; where it crosses, it
 * stays whole. */
static void erase_rule(const Rule *rule, const View *ink, const View *lines,
                       int reduction, int foot_px)
{
    Span span = span_of(rule, reduction, ink->length);
    g_autofree Column *columns = columns_of(rule, ink, reduction);
    int count = span.to - span.from, thick = (int)rule->thick_px;
    spare_feet(columns, count, thick, foot_px, 1);
    spare_feet(columns, count, thick, foot_px, -1);
    for (int x = span.from; x < span.to; x++) {
        const Column *column = &columns[x - span.from];
        if (column->kind != CROSSED)
            move_run(ink, lines, x, column->top, column->bottom);
    }
}

/* Whether @rule is print after all: the tops or feet of a row of characters close up to a
 * line in the reduced picture. At full size such a "line" is full of gaps, and strokes
 * stand on it; a ruled line that is full of gaps because it faded has nothing on it. */
static bool is_row_of_print(const Rule *rule, const View *ink, int reduction)
{
    int thin = 0, tall = 0, total = 0;
    int limit = (int)rule->thick_px + MAX(2, (int)rule->thick_px * 2 / 5);
    Span span = span_of(rule, reduction, ink->length);
    for (int x = span.from; x < span.to; x++, total++) {
        int top, bottom;
        if (!run_at(ink, x, middle_at(rule, reduction, x), span.slack, &top, &bottom))
            continue;
        if (bottom - top + 1 <= limit)
            thin++;
        else
            tall++;
    }
    return total > 0 && thin < PRINT_MAX_THIN * total && tall > PRINT_MIN_TALL * total;
}

static void erase_direction(GArray *rules, PIX *ink, PIX *lines, bool is_transposed,
                            int reduction, int foot_px)
{
    View ink_view = view_of(ink, is_transposed),
         line_view = view_of(lines, is_transposed);
    for (guint i = rules->len; i-- > 0;) {
        Rule *rule = &g_array_index(rules, Rule, i);
        rule->thick_px = thickness_of(rule, &ink_view, reduction);
        if (is_row_of_print(rule, &ink_view, reduction))
            g_array_remove_index_fast(rules, i);
    }
    for (guint i = 0; i < rules->len; i++) {
        Rule *rule = &g_array_index(rules, Rule, i);
        erase_rule(rule, &ink_view, &line_view, reduction, foot_px);
    }
}

/* where a level and an upright line cross, the corner between them goes too */
static void erase_crossing(const Rules *rules, const Rule *level, const Rule *upright,
                           PIX *ink, PIX *lines)
{
    int n = rules->reduction, reach = 2;
    Rect a = level->box_px, b = upright->box_px;
    if (b.y > rect_right(a) + reach || rect_bottom(b) < a.x - reach ||
        a.y > rect_right(b) + reach || rect_bottom(a) < b.x - reach)
        return;
    int x = middle_at(upright, n, (int)rect_centre_y(a) * n);
    int y = middle_at(level, n, x);
    int half_x = (int)upright->thick_px / 2 + 2, half_y = (int)level->thick_px / 2 + 2;
    View ink_view = view_of(ink, false), line_view = view_of(lines, false);
    for (int i = MAX(0, x - half_x); i <= MIN(x + half_x, ink_view.length - 1); i++)
        move_run(&ink_view, &line_view, i, y - half_y, y + half_y);
}

void rule_erase(Rule *rule, PIX *ink, PIX *lines, int dpi)
{
    View ink_view = view_of(ink, false), line_view = view_of(lines, false);
    rule->thick_px = thickness_of(rule, &ink_view, 1);
    if (!is_row_of_print(rule, &ink_view, 1))
        erase_rule(rule, &ink_view, &line_view, 1, px_from_mm(FOOT_MM, dpi));
}

void rules_erase(Rules *rules, PIX *ink, PIX *lines)
{
    int foot_px = px_from_mm(FOOT_MM, rules->dpi * rules->reduction);
    erase_direction(rules->level, ink, lines, false, rules->reduction, foot_px);
    erase_direction(rules->upright, ink, lines, true, rules->reduction, foot_px);
    for (guint i = 0; i < rules->level->len; i++)
        for (guint j = 0; j < rules->upright->len; j++)
            erase_crossing(rules, &g_array_index(rules->level, Rule, i),
                           &g_array_index(rules->upright, Rule, j), ink, lines);
}
