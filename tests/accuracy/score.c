/* SPDX-License-Identifier: GPL-3.0-or-later */
/* score.c - compares case records with the truth of made papers.
 *
 * score [OPTION…] TRUTH-FOLDER… < records (one JSON object a line)
 *
 * A case of the truth without a record counts as wrong in everything. Exit status: 0; 1
 * below a floor; 2 usage. */
#include "score.h"
#include "base/json.h"
#include "calibration.h"
#include "report.h"

#include <locale.h>
#include <stdio.h>

/* --- in --- */

/* Records of standard input by source. A case that was split into several counts only
 * once, with the record that comes first. */
static GHashTable *read_records(void)
{
    GHashTable *records = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                                (GDestroyNotify)json_object_unref);
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) > 0) {
        g_autoptr(GError) error = NULL;
        JsonObject *record = json_parse_object(line, -1, &error);
        if (record == NULL) {
            fprintf(stderr, "score: a line is no record: %s\n", error->message);
            continue;
        }
        const char *source = json_get_string(record, "source", "");
        if (!g_hash_table_contains(records, source))
            g_hash_table_insert(records, g_strdup(source), record);
        else
            json_object_unref(record);
    }
    free(line);
    return records;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void made_case_free(MadeCase *made)
{
    json_object_unref(made->truth);
    g_free(made);
}

static bool load_truth(GPtrArray *cases, const char *path, const char *file,
                       GHashTable *records, GError **error)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, error))
        return false;
    JsonObject *truth = json_parse_object(text, -1, error);
    if (truth == NULL)
        return false;
    MadeCase *made = g_new0(MadeCase, 1);
    g_ptr_array_add(cases, made);
    made->truth = truth;
    made->name = json_get_string(truth, "case", file);
    made->record = g_hash_table_lookup(records, made->name);
    return true;
}

/* Adds the cases of @folder to @cases (MadeCase *). */
static bool load_folder(GPtrArray *cases, const char *folder, GHashTable *records,
                        GError **error)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, error);
    if (dir == NULL)
        return false;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *name;
    while ((name = g_dir_read_name(dir)) != NULL) {
        if (g_str_has_suffix(name, ".json"))
            g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        if (!load_truth(cases, path, names->pdata[i], records, error))
            return false;
    }
    return true;
}

/* --- out --- */

static void write_error(FILE *errors, const Finding *finding)
{
    const char *fault = finding_fault(finding);
    if (fault == NULL)
        return;
    g_autofree char *key =
        finding->sort == FINDING_PAPER_FIELD
            ? g_strdup_printf("%s/%s", finding->class_name, finding->key)
            : g_strdup(finding->key);
    fprintf(errors, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", finding->of->name, fault, key,
            finding->truth != NULL ? finding->truth : "-",
            finding->value != NULL ? finding->value : "-", finding->state,
            json_get_string(finding->of->truth, "print", "-"),
            json_get_string(finding->of->truth, "face", "-"));
}

static bool write_errors(const GPtrArray *findings, const char *path, GError **error)
{
    FILE *errors = fopen(path, "w");
    if (errors == NULL)
        return fail_errno(error, BASE_ERROR, BASE_ERROR_IO, "cannot write %s", path);
    for (guint i = 0; i < findings->len; i++)
        write_error(errors, findings->pdata[i]);
    fclose(errors);
    return true;
}

static void print_tally(const char *words, Tally tally)
{
    double low, high;
    tally_interval(tally, &low, &high);
    if (tally.all == 0)
        printf("%-30s        -  (nothing to measure)\n", words);
    else
        printf("%-30s %7.2f %%  %6d of %6d  95 %%: %6.2f .. %6.2f\n", words,
               tally_percent(tally), tally.good, tally.all, low, high);
}

static void print_forms(const GPtrArray *findings)
{
    static const Grouping forms = {.by = "form", .member = "form"};
    g_autoptr(GList) names = grouping_names(&forms, findings);
    for (GList *name = names; name != NULL; name = name->next) {
        printf("\nform: %s\n", (char *)name->data);
        for (int i = 0; i < MEASURE_COUNT; i++) {
            g_autofree char *words = g_strdup_printf("  %s", measures[i].words);
            print_tally(words, findings_tally(findings, i, &forms, name->data));
        }
    }
}

static void print_groups(const GPtrArray *findings)
{
    static const Grouping groupings[] = {{.by = "face", .member = "face"},
                                         {.by = "format", .member = "format"},
                                         {.by = "kind", .name_of = finding_kind},
                                         {.by = "print", .member = "print"},
                                         {.by = "wear", .member = "wear"}};
    printf("\n%-34s %19s   %s\n", "", "fields right", "accepted and right");
    for (size_t i = 0; i < G_N_ELEMENTS(groupings); i++) {
        g_autoptr(GList) names = grouping_names(&groupings[i], findings);
        for (GList *name = names; name != NULL; name = name->next) {
            Tally right =
                findings_tally(findings, FIELDS_RIGHT, &groupings[i], name->data);
            Tally accepted =
                findings_tally(findings, ACCEPTED_RIGHT, &groupings[i], name->data);
            g_autofree char *key =
                g_strdup_printf("%s: %s", groupings[i].by, (char *)name->data);
            if (right.all > 0)
                printf("%-34s %7.2f %% of %5d   %7.2f %% of %5d\n", key,
                       tally_percent(right), right.all, tally_percent(accepted),
                       accepted.all);
        }
    }
}

/* Returns: whether the measure keeps its floor. */
static bool print_floor(const Floors *floors, Measure measure, Tally tally)
{
    static const char *const words[] = {
        [FLOOR_KEPT] = "kept",
        [FLOOR_BELOW] = "BELOW",
        [FLOOR_UNSURE_KEPT] = "kept, too few values to be sure",
        [FLOOR_UNSURE_BELOW] = "BELOW, too few values to be sure"};
    FloorState state = floor_state(floors, measure, tally);
    if (measures[measure].is_fault)
        printf("  %-28s %8d        at most %g: ", measures[measure].words, tally.good,
               floors->least[measure]);
    else
        printf("  %-28s %8.2f %%  at least %g %%: ", measures[measure].words,
               tally_percent(tally), floors->least[measure]);
    printf("%s (%d values)\n", words[state], tally.all);
    return state == FLOOR_KEPT || state == FLOOR_UNSURE_KEPT;
}

static bool print_floors(const Floors *floors, const GPtrArray *findings)
{
    bool are_kept = true;
    printf("\nfloors:\n");
    for (int i = 0; i < floors->count; i++) {
        Measure measure = floors->order[i];
        Tally tally = findings_tally(findings, measure, NULL, NULL);
        are_kept = print_floor(floors, measure, tally) && are_kept;
    }
    return are_kept;
}

/* --- what is asked for --- */

#define STORE_WAIT_MS 2000

static char *errors_path, *floors_path, *report_path, *store_path, *pipeline_path, *title,
    *calibration_path;
static int picture_count = 200;
static int picture_megabytes = 10; /* base64 makes a third more of it */

static const GOptionEntry entries[] = {
    {"errors", 0, 0, G_OPTION_ARG_FILENAME, &errors_path, "list what is wrong", "FILE"},
    {"floors", 0, 0, G_OPTION_ARG_FILENAME, &floors_path, "least rates", "FILE"},
    {"report", 0, 0, G_OPTION_ARG_FILENAME, &report_path, "a page for people", "FILE"},
    {"title", 0, 0, G_OPTION_ARG_STRING, &title, "what was measured", "TEXT"},
    {"store", 0, 0, G_OPTION_ARG_FILENAME, &store_path, "where its pictures are", "DIR"},
    {"pictures", 0, 0, G_OPTION_ARG_INT, &picture_count, "at most, 200", "N"},
    {"calibration", 0, 0, G_OPTION_ARG_FILENAME, &calibration_path,
     "how often values were right", "FILE"},
    {"pipeline", 0, 0, G_OPTION_ARG_FILENAME, &pipeline_path, "tells kinds of fields",
     "DIR"},
    {0}};

/* A report without pictures is better than none: what the store lacks is only said. */
static bool write_report(const GPtrArray *cases, const GPtrArray *findings,
                         const Floors *floors, const Pipeline *pipeline, GError **error)
{
    g_autoptr(GError) trouble = NULL;
    g_autoptr(Store) store =
        store_path != NULL ? store_open(store_path, STORE_WAIT_MS, &trouble) : NULL;
    if (trouble != NULL)
        fprintf(stderr, "score: no pictures: %s\n", trouble->message);
    Pictures pictures = {.store = store,
                         .left = picture_count,
                         .bytes_left = (size_t)picture_megabytes << 20};
    ReportInput input = {.title = title != NULL ? title : "",
                         .cases = cases,
                         .findings = findings,
                         .floors = floors,
                         .pipeline = pipeline,
                         .pictures = &pictures};
    bool is_written = report_write(&input, report_path, error);
    pictures_clear(&pictures);
    return is_written;
}

/* Where it is asked for. */
static bool write_calibration(const GPtrArray *cases, const GPtrArray *findings,
                              const Pipeline *pipeline, GError **error)
{
    if (calibration_path == NULL)
        return true;
    if (pipeline == NULL)
        return fail(error, BASE_ERROR, BASE_ERROR_FORMAT,
                    "--calibration wants --pipeline");
    g_autoptr(GArray) stated = stated_values(findings, pipeline);
    return calibration_write(cases, stated, calibration_path, error);
}

/* @are_kept: out: the floors. Returns: whether all could be read and written. */
static bool score(char **folders, bool *are_kept, GError **error)
{
    g_autoptr(GHashTable) records = read_records();
    g_autoptr(GPtrArray) cases =
        g_ptr_array_new_with_free_func((GDestroyNotify)made_case_free);
    g_autoptr(GPtrArray) findings =
        g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);
    g_autoptr(Pipeline) pipeline =
        pipeline_path != NULL ? pipeline_load(pipeline_path, error) : NULL;
    if (pipeline == NULL && pipeline_path != NULL)
        return false;
    Floors floors = {0};
    for (char **folder = folders; *folder != NULL; folder++)
        if (!load_folder(cases, *folder, records, error))
            return false;
    if (floors_path != NULL && !floors_load(&floors, floors_path, error))
        return false;
    for (guint i = 0; i < cases->len; i++)
        case_compare(cases->pdata[i], findings);
    if (errors_path != NULL && !write_errors(findings, errors_path, error))
        return false;
    for (int i = 0; i < MEASURE_COUNT; i++)
        print_tally(measures[i].words, findings_tally(findings, i, NULL, NULL));
    print_forms(findings);
    print_groups(findings);
    *are_kept = floors_path == NULL || print_floors(&floors, findings);
    return write_calibration(cases, findings, pipeline, error) &&
           (report_path == NULL ||
            write_report(cases, findings, &floors, pipeline, error));
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) context = g_option_context_new("TRUTH-FOLDER… < RECORDS");
    g_option_context_add_main_entries(context, entries, NULL);
    bool are_kept = true;
    if (!g_option_context_parse(context, &argc, &argv, &error) || argc < 2 ||
        !score(argv + 1, &are_kept, &error)) {
        fprintf(stderr, "score: %s\n",
                error != NULL ? error->message : "no truth folder");
        return 2;
    }
    return are_kept ? 0 : 1;
}
