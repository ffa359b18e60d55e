/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c - the page: what was measured, overall and by everything. */
#include "report.h"
#include "base/file.h"
#include "base/json.h"
#include "diagram.h"

#include <stdio.h>

/* A rate without a floor says little where its interval is wider, in percent points. */
#define WIDE_INTERVAL 5.0
#define BAR_WIDTH_PX 180

void html_text(GString *html, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text != NULL ? text : "", -1);
    g_string_append(html, escaped);
}

void html_printf(GString *html, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    html_text(html, text);
}

/* --- overall ------------------------------------------------------------------------ */

/* The rate and its interval on an axis of nines, with the floor; faults count against. */
static void add_bar(GString *html, const Floors *floors, Measure measure, Tally tally)
{
    bool is_fault = measures[measure].is_fault;
    Tally shown = {is_fault ? tally.all - tally.good : tally.good, tally.all};
    double low, high, step = BAR_WIDTH_PX / diagram_nines(1);
    tally_interval(shown, &low, &high);
    g_string_append_printf(
        html,
        "<svg width=%d height=14><path class=grid d='M0 7 H%d'/>"
        "<path class=bar d='M%.1f 7 H%.1f'/><circle class=dot cx=%.1f cy=7 r=3.5 />",
        BAR_WIDTH_PX + 8, BAR_WIDTH_PX + 4, diagram_nines(low / 100) * step + 4,
        diagram_nines(high / 100) * step + 4,
        diagram_nines(tally_percent(shown) / 100) * step + 4);
    if (floors->is_set[measure] && !is_fault) {
        double x = diagram_nines(floors->least[measure] / 100) * step + 4;
        g_string_append_printf(html, "<path class=floor d='M%.1f 1 V13'/>", x);
    }
    g_string_append(html, "</svg>");
}

static void add_floor(GString *html, const Floors *floors, Measure measure, Tally tally)
{
    static const char *const chips[] = {
        [FLOOR_KEPT] = "<span class='chip good'>kept</span>",
        [FLOOR_BELOW] = "<span class='chip bad'>below</span>",
        [FLOOR_UNSURE_KEPT] = "<span class='chip open'>kept, too few to judge</span>",
        [FLOOR_UNSURE_BELOW] = "<span class='chip bad'>below, too few to judge</span>"};
    if (!floors->is_set[measure]) {
        g_string_append(html, "<td class=none>none<td>");
        return;
    }
    bool is_fault = measures[measure].is_fault;
    g_string_append_printf(html, "<td>%s %g%s<td>%s", is_fault ? "at most" : "at least",
                           floors->least[measure], is_fault ? "" : " %",
                           chips[floor_state(floors, measure, tally)]);
}

static void add_overall(GString *html, const ReportInput *input)
{
    g_string_append(
        html,
        "<h2 id=overall>Overall</h2><p>The intervals are Wilson's, 95 %. The bars are on "
        "an axis of nines (0, 90, 99, 99.9, 99.99 %); a red line is the floor that the "
        "repository states. <em>Too few to judge</em>: the interval reaches over the "
        "floor, so that another draw of papers might have said otherwise.</p>"
        "<div class=wide><table><tr><th>measure<th>rate<th>counts<th>95 % interval<th>"
        "<th>floor<th>\n");
    for (int i = 0; i < MEASURE_COUNT; i++) {
        Tally tally = findings_tally(input->findings, i, NULL, NULL);
        double low, high;
        tally_interval(tally, &low, &high);
        g_string_append_printf(html, "<tr><td>%s", measures[i].words);
        if (tally.all == 0) {
            g_string_append(html, "<td class=none>–<td class=none>nothing to measure"
                                  "<td><td><td><td>\n");
            continue;
        }
        g_string_append_printf(html, "<td>%.2f %%<td>%d of %d<td>%.2f – %.2f<td>",
                               tally_percent(tally), tally.good, tally.all, low, high);
        add_bar(html, input->floors, i, tally);
        add_floor(html, input->floors, i, tally);
        g_string_append(html, "\n");
    }
    g_string_append(html, "</table></div>\n");
}

/* --- breakdowns --------------------------------------------------------------------- */

static const char *class_of(const Finding *finding)
{
    return finding->class_name;
}

typedef struct {
    const char *heading;
    Grouping grouping;
    const Measure *columns;
    size_t column_count;
} Breakdown;

static const Measure of_cases[] = {
    FIELDS_RIGHT,  STRAIGHT_THROUGH, ACCEPTED_RIGHT,     FALSE_FILL_ACCEPTED,  TICKS,
    PAGE_CLASS,    FOUND_WHOLE,      PAPER_FIELDS_RIGHT, PAPER_ACCEPTED_RIGHT, VERDICTS,
    FALSE_COMPLETE};
static const Measure of_papers[] = {PAGE_CLASS, FOUND_WHOLE, PAPER_FIELDS_RIGHT,
                                    PAPER_ACCEPTED_RIGHT};
static const Measure of_kinds[] = {FIELDS_RIGHT,       STRAIGHT_THROUGH,
                                   ACCEPTED_RIGHT,     FALSE_FILL_ACCEPTED,
                                   PAPER_FIELDS_RIGHT, PAPER_ACCEPTED_RIGHT};
#define COLUMNS(list) list, G_N_ELEMENTS(list)

static const Breakdown breakdowns[] = {
    {"By form", {.by = "form", .member = "form"}, COLUMNS(of_cases)},
    {"By class of paper", {.by = "class", .name_of = class_of}, COLUMNS(of_papers)},
    {"By kind of field", {.by = "kind", .name_of = finding_kind}, COLUMNS(of_kinds)},
    {"By wear", {.by = "wear", .member = "wear"}, COLUMNS(of_cases)},
    {"By fill", {.by = "fill", .member = "fill"}, COLUMNS(of_cases)},
    {"By face", {.by = "face", .member = "face"}, COLUMNS(of_cases)},
    {"By print", {.by = "print", .member = "print"}, COLUMNS(of_cases)},
    {"By file format", {.by = "format", .member = "format"}, COLUMNS(of_cases)},
};

/* How far a rate of a part is to be believed. */
static const char *cell_class(const Floors *floors, Measure measure, Tally tally)
{
    double low, high;
    tally_interval(tally, &low, &high);
    if (measures[measure].is_fault)
        return tally.good > 0 ? " class=low" : high > WIDE_INTERVAL ? " class=few" : "";
    if (!floors->is_set[measure])
        return high - low > WIDE_INTERVAL ? " class=few" : "";
    FloorState state = floor_state(floors, measure, tally);
    return state == FLOOR_BELOW ? " class=low" : state == FLOOR_KEPT ? "" : " class=few";
}

static void add_cell(GString *html, const Floors *floors, Measure measure, Tally tally)
{
    double low, high;
    if (tally.all == 0) {
        g_string_append(html, "<td class=none>–");
        return;
    }
    tally_interval(tally, &low, &high);
    g_string_append_printf(html, "<td%s title='95 %%: %.2f – %.2f'>",
                           cell_class(floors, measure, tally), low, high);
    if (measures[measure].is_fault)
        g_string_append_printf(html, "%d<small>of %d</small>", tally.good, tally.all);
    else
        g_string_append_printf(html, "%.1f<small>of %d</small>", tally_percent(tally),
                               tally.all);
}

static void add_breakdown(GString *html, const ReportInput *input,
                          const Breakdown *breakdown)
{
    g_string_append_printf(html, "<h3>%s</h3><div class=wide><table><tr><th>",
                           breakdown->heading);
    for (size_t i = 0; i < breakdown->column_count; i++)
        g_string_append_printf(html, "<th>%s", measures[breakdown->columns[i]].words);
    g_autoptr(GList) names = grouping_names(&breakdown->grouping, input->findings);
    for (GList *name = names; name != NULL; name = name->next) {
        Tally tallies[MEASURE_COUNT];
        int sum = 0;
        for (size_t i = 0; i < breakdown->column_count; i++) {
            tallies[i] = findings_tally(input->findings, breakdown->columns[i],
                                        &breakdown->grouping, name->data);
            sum += tallies[i].all;
        }
        if (sum == 0)
            continue;
        g_string_append(html, "\n<tr><td>");
        html_text(html, name->data);
        for (size_t i = 0; i < breakdown->column_count; i++)
            add_cell(html, input->floors, breakdown->columns[i], tallies[i]);
    }
    g_string_append(html, "\n</table></div>\n");
}

static void add_breakdowns(GString *html, const ReportInput *input)
{
    g_string_append_printf(
        html,
        "<h2 id=parts>Where it is good and where not</h2><p>Percent, and of how many; "
        "faults are counted. <span style='color:#9aa2aa'>Grey</span>: too few to judge "
        "(the interval reaches over the floor, or, where no floor is stated, is wider "
        "than %g points). <span style='color:#b3261e'>Red</span>: surely below the "
        "floor, "
        "or a fault that must not be. Point at a number for its interval.</p>\n",
        WIDE_INTERVAL);
    for (size_t i = 0; i < G_N_ELEMENTS(breakdowns); i++)
        add_breakdown(html, input, &breakdowns[i]);
}

/* --- the page ----------------------------------------------------------------------- */

static void add_head(GString *html, const ReportInput *input)
{
    guint read = 0;
    for (guint i = 0; i < input->cases->len; i++)
        read += ((const MadeCase *)input->cases->pdata[i])->record != NULL;
    g_string_append(html, "<!doctype html><html lang=en><meta charset=utf-8><meta "
                          "name=viewport content='width=device-width'><title>Accuracy"
                          "</title><style>");
    g_string_append(html, report_style);
    g_string_append(html, "</style>\n<h1>Accuracy</h1><p class=soft>");
    html_text(html, input->title);
    g_string_append_printf(
        html,
        "<br>%u made cases, %u of them with a record. Everybody in them is made up; "
        "faces, prints and names are those that the press keeps for measuring.</p>"
        "<nav><a href=#overall>Overall</a><a href=#reliability>What a confidence is worth"
        "</a><a href=#parts>By part</a><a href=#faults>What is wrong</a></nav>\n",
        input->cases->len, read);
}

bool report_write(const ReportInput *input, const char *path, GError **error)
{
    g_autoptr(GString) html = g_string_new(NULL);
    add_head(html, input);
    add_overall(html, input);
    report_reliability(html, input);
    add_breakdowns(html, input);
    report_faults(html, input);
    return file_write_atomic(path, html->str, html->len, 0644, error);
}
