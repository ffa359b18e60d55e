/* SPDX-License-Identifier: GPL-3.0-or-later */
/* measures.c - what is measured, and which findings each rate is over. */
#include "base/json.h"
#include "base/rates.h"
#include "score.h"

#include <stdio.h>

/* "fault" measures want good == 0. */
const MeasureDecl measures[MEASURE_COUNT] = {
    [FIELDS_RIGHT] = {"fields_right", "fields right", false},
    [STRAIGHT_THROUGH] = {"straight_through", "straight through", false},
    [ACCEPTED_RIGHT] = {"accepted_right", "accepted and right", false},
    [FALSE_FILL] = {"false_fill", "false fill", true},
    [FALSE_FILL_ACCEPTED] = {"false_fill_accepted", "false fill, accepted", true},
    [TICKS] = {"ticks", "ticks", false},
    [PAGE_CLASS] = {"page_class", "page class", false},
    [FOUND_WHOLE] = {"found_whole", "found whole", false},
    [PAPER_FIELDS_RIGHT] = {"paper_fields_right", "paper fields right", false},
    [PAPER_ACCEPTED_RIGHT] = {"paper_accepted_right", "accepted paper fields right",
                              false},
    [VERDICTS] = {"verdicts", "verdicts", false},
    [FALSE_COMPLETE] = {"false_complete", "false complete", true},
};

/* --- counts --- */

void tally_add(Tally *tally, bool is_good)
{
    tally->all++;
    tally->good += is_good;
}

double tally_percent(Tally tally)
{
    return tally.all > 0 ? 100.0 * tally.good / tally.all : 0;
}

void tally_interval(Tally tally, double *low, double *high)
{
    rate_interval(tally.good, tally.all, low, high);
    *low *= 100;
    *high *= 100;
}

/* --- findings --- */

const char *made_case_word(const MadeCase *made, const char *member)
{
    return json_get_string(made->truth, member, "?");
}

void finding_free(Finding *finding)
{
    g_free(finding->key);
    g_free(finding->truth);
    g_free(finding->value);
    g_free(finding);
}

bool finding_is_accepted(const Finding *finding)
{
    return strcmp(finding->state, "accepted") == 0 ||
           strcmp(finding->state, "confirmed") == 0;
}

const char *finding_fault(const Finding *finding)
{
    switch (finding->sort) {
    case FINDING_NO_RECORD:
        return "NO RECORD";
    case FINDING_FIELD: {
        bool is_lost = finding->is_choice && finding->field == NULL;
        return finding->is_right && !is_lost ? NULL
               : finding->truth == NULL      ? "false fill"
                                             : "field";
    }
    case FINDING_PAGE:
        return finding->is_right ? NULL : "page class";
    case FINDING_PAPER:
        return !finding->is_right && finding->is_touched ? "not whole" : NULL;
    case FINDING_PAPER_FIELD:
        return finding->is_right ? NULL : "paper field";
    case FINDING_VERDICT:
        return finding->is_right ? NULL : "verdict";
    case FINDING_COMPLETE:
        return finding->is_right ? NULL : "FALSE COMPLETE";
    }
    return NULL;
}

static bool field_counts(const Finding *finding, Measure measure, bool *is_good)
{
    bool is_accepted = finding_is_accepted(finding), has_truth = finding->truth != NULL;
    bool is_right = finding->is_right;
    switch (measure) {
    case FIELDS_RIGHT:
        *is_good = is_right;
        return has_truth;
    case STRAIGHT_THROUGH:
        *is_good = is_right && is_accepted;
        return has_truth;
    case ACCEPTED_RIGHT:
        *is_good = is_right;
        return has_truth && is_accepted;
    case FALSE_FILL:
        *is_good = finding->value != NULL;
        return !has_truth;
    case FALSE_FILL_ACCEPTED:
        *is_good = finding->value != NULL && is_accepted;
        return !has_truth;
    case TICKS:
        *is_good = finding->field != NULL && is_right;
        return finding->is_choice;
    default:
        return false;
    }
}

bool finding_counts(const Finding *finding, Measure measure, bool *is_good)
{
    *is_good = finding->is_right;
    switch (finding->sort) {
    case FINDING_NO_RECORD:
        return false;
    case FINDING_FIELD:
        return field_counts(finding, measure, is_good);
    case FINDING_PAGE:
        return measure == PAGE_CLASS;
    case FINDING_PAPER:
        return measure == FOUND_WHOLE;
    case FINDING_PAPER_FIELD:
        return measure == PAPER_FIELDS_RIGHT ||
               (measure == PAPER_ACCEPTED_RIGHT && finding_is_accepted(finding));
    case FINDING_VERDICT:
        return measure == VERDICTS;
    case FINDING_COMPLETE:
        *is_good = !finding->is_right;
        return measure == FALSE_COMPLETE;
    }
    return false;
}

const char *grouping_name(const Grouping *grouping, const Finding *finding)
{
    return grouping->member != NULL ? made_case_word(finding->of, grouping->member)
                                    : grouping->name_of(finding);
}

GList *grouping_names(const Grouping *grouping, const GPtrArray *findings)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < findings->len; i++)
        g_hash_table_add(names, (char *)grouping_name(grouping, findings->pdata[i]));
    return g_list_sort(g_hash_table_get_keys(names), (GCompareFunc)strcmp);
}

Tally findings_tally(const GPtrArray *findings, Measure measure, const Grouping *grouping,
                     const char *name)
{
    Tally tally = {0};
    for (guint i = 0; i < findings->len; i++) {
        const Finding *finding = findings->pdata[i];
        bool is_good;
        if (finding_counts(finding, measure, &is_good) &&
            (grouping == NULL || strcmp(grouping_name(grouping, finding), name) == 0))
            tally_add(&tally, is_good);
    }
    return tally;
}

const char *finding_kind(const Finding *finding)
{
    static const struct {
        const char *end, *kind;
    } ends[] = {
        {"declaration.signature", "presence"},
        {".seal", "presence"},
        {"office.name", "text"},
        {"project.name", "text"},
        {"vat.name", "text"},
        {"id_number", "resident id"},
        {"phone", "phone"},
        {"name", "person name"},
        {"owner", "person name"},
        {"clerk", "person name"},
        {"address", "address"},
        {"location", "address"},
        {"district", "place name"},
        {"date", "date"},
        {"received_on", "date"},
        {"valid_from", "date"},
        {"valid_to", "date"},
        {"area_m2", "number"},
        {"load_kw", "number"},
        {"capacity_kw", "number"},
        {"hourly_m3", "number"},
        {"households", "number"},
        {"unit_number", "long number"},
        {"certificate_number", "certificate number"},
        {"credit_code", "long number"},
        {"tax_number", "long number"},
        {"account", "long number"},
        {"_kva", "number"},
        {"own_source_kw", "number"},
    };
    if (finding->is_choice)
        return "choice";
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        if (g_str_has_suffix(finding->key, ends[i].end))
            return ends[i].kind;
    }
    return "text";
}

/* --- floors --- */

bool floors_load(Floors *floors, const char *path, GError **error)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, error))
        return false;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        char name[64];
        double least;
        if (**line == '#' || sscanf(*line, "%63s %lf", name, &least) != 2)
            continue;
        for (int i = 0; i < MEASURE_COUNT; i++) {
            if (strcmp(measures[i].name, name) != 0)
                continue;
            if (!floors->is_set[i])
                floors->order[floors->count++] = (Measure)i;
            floors->is_set[i] = true;
            floors->least[i] = least;
        }
    }
    return true;
}

FloorState floor_state(const Floors *floors, Measure measure, Tally tally)
{
    double low, high, least = floors->least[measure];
    tally_interval(tally, &low, &high);
    bool is_kept, is_sure;
    if (measures[measure].is_fault) {
        is_kept = tally.good <= least;
        is_sure = tally.all > 0;
    } else {
        is_kept = tally.all > 0 && tally_percent(tally) >= least;
        is_sure = is_kept ? low >= least : high < least;
    }
    return is_kept ? (is_sure ? FLOOR_KEPT : FLOOR_UNSURE_KEPT)
                   : (is_sure ? FLOOR_BELOW : FLOOR_UNSURE_BELOW);
}
