/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability.c - what the confidences in records are worth: diagrams, and a table. */
#include "base/rates.h"
#include "diagram.h"
#include "report.h"

#define PROMISE                                                                          \
    0.999 /* an accepted value is right so often, or is not to be accepted               \
           */

/* Kinds, inks and states that the table has a line for. */
typedef struct {
    const char *kind, *says, *ink;
    bool is_accepted;
    Tally tally;
    double sum;
} Line;

static int line_order(gconstpointer a, gconstpointer b)
{
    const Line *x = a, *y = b;
    int order = strcmp(x->kind, y->kind);
    if (order == 0)
        order = g_strcmp0(x->says, y->says);
    if (order == 0)
        order = -strcmp(x->ink, y->ink);
    return order != 0 ? order : (int)y->is_accepted - (int)x->is_accepted;
}

static Line *line_of(GArray *lines, const Stated *value)
{
    for (guint i = 0; i < lines->len; i++) {
        Line *line = &g_array_index(lines, Line, i);
        if (strcmp(line->kind, value->kind) == 0 &&
            g_strcmp0(line->says, value->says) == 0 &&
            strcmp(line->ink, value->ink) == 0 && line->is_accepted == value->is_accepted)
            return line;
    }
    Line line = {value->kind, value->says, value->ink, value->is_accepted, {0}, 0};
    g_array_append_val(lines, line);
    return &g_array_index(lines, Line, lines->len - 1);
}

static GArray *gather_lines(const GArray *stated)
{
    GArray *lines = g_array_new(false, true, sizeof(Line));
    for (guint i = 0; i < stated->len; i++) {
        const Stated *value = &g_array_index(stated, Stated, i);
        Line *line = line_of(lines, value);
        tally_add(&line->tally, value->is_right);
        line->sum += value->confidence;
    }
    g_array_sort(lines, line_order);
    return lines;
}

static const char *promise_chip(const Line *line)
{
    if (!line->is_accepted)
        return "";
    return rate_is_surely_below(line->tally.good, line->tally.all, PROMISE)
               ? "<span class='chip bad'>below 99.9 %</span>"
           : rate_is_surely_above(line->tally.good, line->tally.all, PROMISE)
               ? "<span class='chip good'>shown</span>"
               : "<span class='chip open'>too few to judge</span>";
}

static void add_line(GString *html, const Line *line)
{
    double low, high;
    tally_interval(line->tally, &low, &high);
    g_string_append(html, "\n<tr><td>");
    html_text(html, line->kind);
    if (line->says != NULL)
        html_printf(html, ": %s", line->says);
    g_string_append_printf(
        html, "<td>%s<td>%s<td>%d<td>%.2f<td>%.2f<td>%d<td>%.2f – %.2f<td>%s", line->ink,
        line->is_accepted ? "accepted" : "review", line->tally.all,
        100 * line->sum / line->tally.all, tally_percent(line->tally),
        line->tally.all - line->tally.good, low, high, promise_chip(line));
}

static void add_table(GString *html, const GArray *lines)
{
    g_string_append(html,
                    "<details><summary>The numbers, and what they prove of the promise "
                    "that what is accepted is right 99.9 times in a hundred</summary>"
                    "<div class=wide><table><tr><th>kind<th>ink<th>by the rules<th>values"
                    "<th>said, mean %<th>right %<th>wrong<th>95 % interval<th>99.9 %");
    for (guint i = 0; i < lines->len; i++)
        add_line(html, &g_array_index(lines, Line, i));
    g_string_append(html, "\n</table></div></details>\n");
}

static void add_calibrated(GString *html, const GArray *stated)
{
    guint count = 0;
    for (guint i = 0; i < stated->len; i++)
        count += g_array_index(stated, Stated, i).is_calibrated;
    g_string_append_printf(
        html,
        "<p>Of %u values %u say how often such values were right when measured before "
        "(<code>pipelines/calibration.yaml</code>)%s</p>\n",
        stated->len, count,
        count == stated->len ? "."
                             : "; the others say how sure the reading was: nothing like "
                               "them was measured, or by other models.");
}

void report_reliability(GString *html, const ReportInput *input)
{
    g_autoptr(GArray) stated = stated_values(input->findings, input->pipeline);
    g_autoptr(GArray) lines = gather_lines(stated);
    g_string_append(
        html,
        "<h2 id=reliability>What a confidence is worth</h2><p>Across: how sure the "
        "record "
        "says it is of a value, in percent. Up: how often such values are right, with "
        "the "
        "95 % interval. On the broken line the two are the same; below it the record "
        "promises too much. Larger dots are more values; point at one for its counts.</p>"
        "\n");
    add_calibrated(html, stated);
    diagram_legend(html);
    diagram_draw(html, stated, NULL, 440);
    add_table(html, lines);
    g_string_append(html, "<h3>By kind of field</h3><div class=kinds>");
    const char *last = "";
    for (guint i = 0; i < lines->len; i++) {
        const char *kind = g_array_index(lines, Line, i).kind;
        if (strcmp(kind, last) == 0)
            continue;
        last = kind;
        g_string_append(html, "<figure>");
        diagram_draw(html, stated, kind, 220);
        g_string_append(html, "<figcaption>");
        html_text(html, kind);
        g_string_append(html, "</figcaption></figure>\n");
    }
    g_string_append(html, "</div>\n");
}
