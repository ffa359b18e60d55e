/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels known by their place among others, where their own characters were lost. */
#include "papers/private.h"

#include "base/text.h"

/* So many labels stand right under each other; fewer may be chance. */
#define LEAST_RUNGS 4
/* Of a label so many characters must be read as printed, by one model or the other. */
#define LEAST_SHARE 0.5
/* Labels of one column begin within this many heights of a line of each other. */
#define COLUMN_HEIGHTS 1.0
/* A page with more lines than this is no card. */
#define MAX_LINES 80
#define MAX_FIELDS 40
/* A label is no longer than this. */
#define MAX_LABEL 16

/* A line in reading order, by what both models read at its beginning. */
typedef struct {
    const TextLine *line;
    bool is_first; /* of its row */
    gunichar begins[MAX_LABEL], begins_second[MAX_LABEL];
} Step;

static void take_beginning(const char *text, gunichar *begins)
{
    g_autofree char *bare = text_bare(text != NULL ? text : "");
    const char *p = bare;
    for (int i = 0; i < MAX_LABEL && *p != '\0'; i++, p = g_utf8_next_char(p))
        begins[i] = g_utf8_get_char(p);
}

GArray *ladder_steps(const PageReading *page)
{
    GArray *steps = g_array_new(false, true, sizeof(Step));
    g_autoptr(GPtrArray) left = g_ptr_array_new();
    for (guint i = 0; i < page->lines->len; i++) {
        TextLine *line = page->lines->pdata[i];
        if (line->glyphs != NULL && line->glyphs->len > 0)
            g_ptr_array_add(left, line);
    }
    if (left->len > MAX_LINES)
        return steps;
    lines_sort_by_top(left);
    while (left->len > 0) {
        g_autoptr(GPtrArray) row = lines_take_row(left);
        for (guint i = 0; i < row->len; i++) {
            Step step = {.line = row->pdata[i], .is_first = i == 0};
            take_beginning(step.line->text, step.begins);
            take_beginning(step.line->second_text, step.begins_second);
            g_array_append_val(steps, step);
        }
    }
    return steps;
}

/* Which share of a label stands at the beginning of @step; 0 where that is too little.
 * The first reading must have a character of it in its place: it is cut off that one, and
 * where 住址 is 址 alone the value begins a character sooner.
 * @wanted: its @count characters */
static double share_of(const Step *step, const gunichar *wanted, int count)
{
    int right = 0, right_first = 0;
    for (int i = 0; i < count; i++) {
        right_first += step->begins[i] == wanted[i];
        right += step->begins[i] == wanted[i] || step->begins_second[i] == wanted[i];
    }
    return right_first > 0 && right >= LEAST_SHARE * count ? (double)right / count : 0;
}

/* Whether it is sure that a label of @count characters ends where it is cut off the first
 * reading: its last character stands there, or the other reading has it and goes on as
 * the first does. Else that character may be the value's first. */
static bool ends_surely(const Step *step, const gunichar *wanted, int count)
{
    int last = count - 1;
    return step->begins[last] == wanted[last] ||
           (step->begins_second[last] == wanted[last] &&
            step->begins[count] == step->begins_second[count]);
}

/* How many characters of @step are the label's, by the first reading alone. */
static int surely_taken(const Step *step, const gunichar *wanted, int count)
{
    while (count > 1 && step->begins[count - 1] != wanted[count - 1])
        count--;
    return count;
}

/* What steps and fields there are, and how well each goes with each. */
typedef struct {
    const GArray *steps;
    const GPtrArray *fields;
    Rung *rungs; /* steps × fields */
} Table;

static const Rung *table_rung(const Table *table, guint step, guint field)
{
    return &table->rungs[step * table->fields->len + field];
}

static bool is_in_column(const Step *step, int left_px)
{
    return step->is_first && ABS(step->line->box_px.x - left_px) <=
                                 COLUMN_HEIGHTS * step->line->box_px.height;
}

/* The best way up with its labels at @left_px, those beside them included: each step at
 * most one field, in the order of both. Returns: Rung, owned */
static GArray *climb(const Table *table, int left_px, double *sum)
{
    double best[MAX_LINES + 1][MAX_FIELDS + 1] = {{0}};
    guint steps = table->steps->len, fields = table->fields->len;
    for (guint i = 1; i <= steps; i++)
        for (guint k = 1; k <= fields; k++) {
            const Step *step = &g_array_index(table->steps, Step, i - 1);
            double share = is_in_column(step, left_px) || !step->is_first
                               ? table_rung(table, i - 1, k - 1)->share
                               : 0;
            best[i][k] = MAX(MAX(best[i - 1][k], best[i][k - 1]),
                             share > 0 ? best[i - 1][k - 1] + share : 0);
        }
    GArray *rungs = g_array_new(false, false, sizeof(Rung));
    for (guint i = steps, k = fields; i > 0 && k > 0;) {
        if (best[i][k] <= best[i - 1][k]) {
            i--;
        } else if (best[i][k] <= best[i][k - 1]) {
            k--;
        } else {
            g_array_append_val(rungs, *table_rung(table, --i, --k));
        }
    }
    *sum = best[steps][fields];
    return rungs;
}

/* how many of @rungs stand at @left_px */
static int count_in_column(const GArray *rungs, int left_px)
{
    int count = 0;
    for (guint i = 0; i < rungs->len; i++) {
        const TextLine *line = g_array_index(rungs, Rung, i).line;
        count += ABS(line->box_px.x - left_px) <= COLUMN_HEIGHTS * line->box_px.height;
    }
    return count;
}

/* Which of @steps begin with @label, where they begin with no better one of the field. */
static void add_label(const GArray *steps, const FieldDecl *field, const char *label,
                      Rung *rungs, guint stride)
{
    gunichar wanted[MAX_LABEL] = {0};
    take_beginning(label, wanted);
    int count = 0;
    while (count < MAX_LABEL - 1 && wanted[count] != 0)
        count++;
    for (guint i = 0; count >= 2 && i < steps->len; i++) {
        const Step *step = &g_array_index(steps, Step, i);
        double share = share_of(step, wanted, count);
        bool is_sure = ends_surely(step, wanted, count);
        int taken = is_sure ? count : surely_taken(step, wanted, count);
        if (share > rungs[i * stride].share)
            rungs[i * stride] = (Rung){field, step->line, label, taken, is_sure, share};
    }
}

static Table table_new(const ClassDecl *decl, const GArray *steps)
{
    guint fields = decl->fields->len;
    Table table = {steps, decl->fields, g_new0(Rung, steps->len * fields)};
    for (guint k = 0; k < fields; k++) {
        const FieldDecl *field = decl->fields->pdata[k];
        for (int i = 0; field->labels != NULL && field->labels[i] != NULL; i++)
            add_label(steps, field, field->labels[i], table.rungs + k, fields);
    }
    return table;
}

/* Whether @step begins its row with a label of any field. */
static bool is_foot(const Table *table, guint step)
{
    bool has_label = false;
    for (guint k = 0; k < table->fields->len && !has_label; k++)
        has_label = table_rung(table, step, k)->share > 0;
    return has_label && g_array_index(table->steps, Step, step).is_first;
}

GArray *ladder_find(const ClassDecl *decl, const GArray *steps)
{
    GArray *found = g_array_new(false, false, sizeof(Rung));
    double most = 0;
    if (steps->len < LEAST_RUNGS || decl->fields->len < LEAST_RUNGS ||
        decl->fields->len > MAX_FIELDS)
        return found;
    Table table = table_new(decl, steps);
    for (guint i = 0; i < steps->len; i++) {
        int left_px = g_array_index(steps, Step, i).line->box_px.x;
        double sum = 0;
        if (!is_foot(&table, i))
            continue;
        g_autoptr(GArray) rungs = climb(&table, left_px, &sum);
        if (sum > most && count_in_column(rungs, left_px) >= LEAST_RUNGS) {
            most = sum;
            g_array_unref(found);
            found = g_steal_pointer(&rungs);
        }
    }
    g_free(table.rungs);
    return found;
}
