/* SPDX-License-Identifier: GPL-3.0-or-later */
/* score.c - compares case records with the truth of made papers.
 *
 * score [--errors FILE] [--floors FILE] TRUTH-FOLDER… < records (one JSON object a line)
 *
 * The rates are defined in docs/ARCHITECTURE.md, "How it is measured". A case of the
 * truth without a record counts as wrong in everything. Exit status: 0; 1 below a floor;
 * 2 usage. */
#include "base/json.h"
#include "base/text.h"
#include <locale.h>
#include <math.h>
#include <stdio.h>

#define WILSON_Z 1.959964 /* 95 %, two-sided */

typedef struct {
    int good, all;
} Tally;

/* One line each: name in floors.txt, words. "count" measures want good == 0. */
typedef enum {
    FIELDS_RIGHT,
    STRAIGHT_THROUGH,
    ACCEPTED_RIGHT,
    FALSE_FILL,
    FALSE_FILL_ACCEPTED,
    TICKS,
    PAGE_CLASS,
    FOUND_WHOLE,
    PAPER_FIELDS_RIGHT,
    PAPER_ACCEPTED_RIGHT,
    VERDICTS,
    FALSE_COMPLETE,
    MEASURE_COUNT
} Measure;

static const struct {
    const char *name, *words;
    bool is_fault; /* good counts what should not be */
} measures[MEASURE_COUNT] = {
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

typedef struct {
    Tally tallies[MEASURE_COUNT];
    GHashTable *forms;  /* name of a form -> Tally[MEASURE_COUNT], of its cases alone */
    GHashTable *groups; /* "kind: phone" -> Tally[2]: fields right, accepted and right */
    FILE *errors;       /* or NULL */
    /* of the case at hand */
    const char *name;
    JsonObject *truth, *record;
    Tally *of_form; /* in forms */
} Score;

static void add(Tally *tally, bool is_good)
{
    tally->all++;
    tally->good += is_good;
}

static void tally(Score *score, Measure measure, bool is_good)
{
    add(&score->tallies[measure], is_good);
    add(&score->of_form[measure], is_good);
}

/* The tallies of the form that the case at hand was applied with. */
static Tally *tallies_of_form(Score *score)
{
    const char *form = json_get_string(score->truth, "form", "?");
    Tally *tallies = g_hash_table_lookup(score->forms, form);
    if (tallies == NULL) {
        tallies = g_new0(Tally, MEASURE_COUNT);
        g_hash_table_insert(score->forms, g_strdup(form), tallies);
    }
    return tallies;
}

static bool is_choice(const char *key)
{
    static const char *const keys[] = {"utilities",
                                       "water.nature",
                                       "water.category",
                                       "water.supply",
                                       "water.user_category",
                                       "electricity.business_type",
                                       "electricity.voltage",
                                       "electricity.high.use",
                                       "electricity.high.own_source",
                                       "electricity.high.nonlinear_load",
                                       "heat.system",
                                       "telecom.type",
                                       "vat.required",
                                       "applicant.enterprise_type",
                                       NULL};
    return g_strv_contains(keys, key);
}

/* The sort of value a key holds, for the breakdown. */
static const char *kind_of(const char *key)
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
    if (is_choice(key))
        return "choice";
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        if (g_str_has_suffix(key, ends[i].end))
            return ends[i].kind;
    }
    return "text";
}

/* A value as one string: arrays joined, null as NULL. Owned */
static char *value_text(JsonObject *object, const char *member)
{
    JsonArray *array = json_get_array(object, member);
    if (array == NULL)
        return g_strdup(json_get_string(object, member, NULL));
    if (json_array_get_length(array) == 0)
        return NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < json_array_get_length(array); i++)
        g_string_append_printf(text, "%s%s", i == 0 ? "" : ",",
                               json_array_get_string_element(array, i));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static bool is_same(const char *truth, const char *value)
{
    if (truth == NULL || value == NULL)
        return truth == value;
    g_autofree char *bare_truth = text_bare(truth);
    g_autofree char *bare_value = text_bare(value);
    return strcmp(bare_truth, bare_value) == 0;
}

static void note_error(const Score *score, const char *what, const char *key,
                       const char *truth, const char *value, const char *state)
{
    if (score->errors != NULL)
        fprintf(score->errors, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", score->name, what, key,
                truth != NULL ? truth : "-", value != NULL ? value : "-", state,
                json_get_string(score->truth, "print", "-"),
                json_get_string(score->truth, "face", "-"));
}

static void add_group(Score *score, const char *by, const char *name, bool is_right,
                      bool is_accepted)
{
    g_autofree char *key = g_strdup_printf("%s: %s", by, name);
    Tally *pair = g_hash_table_lookup(score->groups, key);
    if (pair == NULL) {
        pair = g_new0(Tally, 2);
        g_hash_table_insert(score->groups, g_steal_pointer(&key), pair);
    }
    add(&pair[0], is_right);
    if (is_accepted)
        add(&pair[1], is_right);
}

static bool is_accepted_state(const char *state)
{
    return strcmp(state, "accepted") == 0 || strcmp(state, "confirmed") == 0;
}

static void score_field(Score *score, JsonObject *truths, const char *key)
{
    JsonObject *fields =
        score->record != NULL ? json_get_object(score->record, "fields") : NULL;
    JsonObject *field = fields != NULL ? json_get_object(fields, key) : NULL;
    g_autofree char *truth = value_text(truths, key);
    g_autofree char *value = field != NULL ? value_text(field, "value") : NULL;
    const char *state = field != NULL ? json_get_string(field, "state", "?") : "absent";
    bool is_right = is_same(truth, value), is_accepted = is_accepted_state(state);
    if (is_choice(key))
        tally(score, TICKS, field != NULL && is_right);
    if (!is_right || (is_choice(key) && field == NULL))
        note_error(score, truth == NULL ? "false fill" : "field", key, truth, value,
                   state);
    if (truth == NULL) {
        tally(score, FALSE_FILL, value != NULL);
        tally(score, FALSE_FILL_ACCEPTED, value != NULL && is_accepted);
        return;
    }
    tally(score, FIELDS_RIGHT, is_right);
    tally(score, STRAIGHT_THROUGH, is_right && is_accepted);
    if (is_accepted)
        tally(score, ACCEPTED_RIGHT, is_right);
    add_group(score, "kind", kind_of(key), is_right, is_accepted);
    static const char *const by[] = {"face", "print", "wear", "format"};
    for (size_t i = 0; i < G_N_ELEMENTS(by); i++)
        add_group(score, by[i], json_get_string(score->truth, by[i], "?"), is_right,
                  is_accepted);
}

/* --- papers --- */

/* The number in the record of the page that is @index in file @name; 0 where it has none.
 */
static int64_t page_number(JsonObject *record, const char *name, int64_t index)
{
    JsonArray *pages = record != NULL ? json_get_array(record, "pages") : NULL;
    for (guint i = 0; pages != NULL && i < json_array_get_length(pages); i++) {
        JsonObject *page = json_array_get_object_element(pages, i);
        if (g_strcmp0(json_get_string(page, "name", NULL), name) == 0 &&
            json_get_int(page, "index", 0) == index)
            return json_get_int(page, "page", 0);
    }
    return 0;
}

static bool has_page(JsonObject *paper, int64_t number)
{
    JsonArray *pages = json_get_array(paper, "pages");
    for (guint i = 0; pages != NULL && i < json_array_get_length(pages); i++) {
        if (json_array_get_int_element(pages, i) == number)
            return true;
    }
    return false;
}

static int count_right_fields(JsonObject *truths, JsonObject *paper)
{
    JsonObject *fields = json_get_object(paper, "fields");
    int count = 0;
    g_autoptr(GList) keys = truths != NULL ? json_object_get_members(truths) : NULL;
    for (GList *key = keys; fields != NULL && key != NULL; key = key->next) {
        JsonObject *field = json_get_object(fields, key->data);
        g_autofree char *truth = value_text(truths, key->data);
        g_autofree char *value = field != NULL ? value_text(field, "value") : NULL;
        count += truth != NULL && is_same(truth, value);
    }
    return count;
}

/* The record's paper that is meant to be @truth: of its class, with most of its pages,
 * and among two cards of one page the one whose fields agree better. */
static JsonObject *find_paper(const Score *score, JsonObject *truth,
                              const GArray *numbers, int *pages_covered, bool *is_whole)
{
    JsonArray *papers =
        score->record != NULL ? json_get_array(score->record, "papers") : NULL;
    JsonObject *best = NULL;
    int best_fields = -1;
    *pages_covered = 0;
    *is_whole = false;
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++) {
        JsonObject *paper = json_array_get_object_element(papers, i);
        if (g_strcmp0(json_get_string(paper, "class", NULL),
                      json_get_string(truth, "class", "")) != 0)
            continue;
        int covered = 0;
        for (guint k = 0; k < numbers->len; k++)
            covered += has_page(paper, g_array_index(numbers, int64_t, k));
        int fields = count_right_fields(json_get_object(truth, "fields"), paper);
        if (covered == 0 || covered < *pages_covered ||
            (covered == *pages_covered && fields <= best_fields))
            continue;
        best = paper;
        best_fields = fields;
        *pages_covered = covered;
        JsonArray *pages = json_get_array(paper, "pages");
        *is_whole = covered == (int)numbers->len && pages != NULL &&
                    json_array_get_length(pages) == numbers->len;
    }
    return best;
}

/* Whether any paper of @class_name is on page @number. */
static bool class_covers(const Score *score, const char *class_name, int64_t number)
{
    JsonArray *papers =
        score->record != NULL ? json_get_array(score->record, "papers") : NULL;
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++) {
        JsonObject *paper = json_array_get_object_element(papers, i);
        if (number > 0 && has_page(paper, number) &&
            g_strcmp0(json_get_string(paper, "class", NULL), class_name) == 0)
            return true;
    }
    return false;
}

/* What the record takes page @number for, for the list of errors. Owned */
static char *classes_of_page(const Score *score, int64_t number)
{
    g_autoptr(GString) text = g_string_new(number == 0 ? "no such page" : NULL);
    JsonArray *papers =
        score->record != NULL ? json_get_array(score->record, "papers") : NULL;
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++) {
        JsonObject *paper = json_array_get_object_element(papers, i);
        if (has_page(paper, number))
            g_string_append_printf(text, "%s%s", text->len > 0 ? "+" : "",
                                   json_get_string(paper, "class", "?"));
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void score_paper_fields(Score *score, JsonObject *truth, JsonObject *paper)
{
    JsonObject *truths = json_get_object(truth, "fields");
    JsonObject *fields = paper != NULL ? json_get_object(paper, "fields") : NULL;
    g_autoptr(GList) keys = truths != NULL ? json_object_get_members(truths) : NULL;
    for (GList *key = keys; key != NULL; key = key->next) {
        g_autofree char *wanted = value_text(truths, key->data);
        if (wanted == NULL)
            continue;
        JsonObject *field = fields != NULL ? json_get_object(fields, key->data) : NULL;
        g_autofree char *value = field != NULL ? value_text(field, "value") : NULL;
        const char *state =
            field != NULL ? json_get_string(field, "state", "?") : "absent";
        bool is_right = is_same(wanted, value);
        tally(score, PAPER_FIELDS_RIGHT, is_right);
        if (is_accepted_state(state))
            tally(score, PAPER_ACCEPTED_RIGHT, is_right);
        if (!is_right) {
            g_autofree char *name = g_strdup_printf(
                "%s/%s", json_get_string(truth, "class", "?"), (char *)key->data);
            note_error(score, "paper field", name, wanted, value, state);
        }
    }
}

static void score_paper(Score *score, JsonObject *truth)
{
    const char *class_name = json_get_string(truth, "class", "?");
    JsonArray *pages = json_get_array(truth, "pages");
    g_autoptr(GArray) numbers = g_array_new(false, true, sizeof(int64_t));
    for (guint i = 0; pages != NULL && i < json_array_get_length(pages); i++) {
        JsonObject *page = json_array_get_object_element(pages, i);
        int64_t number = page_number(score->record, json_get_string(page, "file", NULL),
                                     json_get_int(page, "index", 0));
        bool is_right = class_covers(score, class_name, number);
        g_array_append_val(numbers, number);
        tally(score, PAGE_CLASS, is_right);
        if (!is_right) {
            g_autofree char *taken_for = classes_of_page(score, number);
            note_error(score, "page class", json_get_string(page, "file", "?"),
                       class_name, taken_for, "-");
        }
    }
    int covered;
    bool is_whole;
    JsonObject *paper = find_paper(score, truth, numbers, &covered, &is_whole);
    tally(score, FOUND_WHOLE, is_whole);
    if (!is_whole && covered > 0)
        note_error(score, "not whole", class_name, "-", "-", "-");
    score_paper_fields(score, truth, paper);
}

/* --- verdicts --- */

static const char *verdict_of(JsonObject *record, const char *utility)
{
    JsonObject *utilities = record != NULL ? json_get_object(record, "utilities") : NULL;
    JsonObject *section = utilities != NULL ? json_get_object(utilities, utility) : NULL;
    return section != NULL ? json_get_string(section, "verdict", "?") : "absent";
}

static void score_verdicts(Score *score)
{
    JsonObject *truths = json_get_object(score->truth, "verdicts");
    g_autoptr(GList) utilities = truths != NULL ? json_object_get_members(truths) : NULL;
    for (GList *utility = utilities; utility != NULL; utility = utility->next) {
        const char *wanted = json_get_string(truths, utility->data, "?");
        const char *verdict = verdict_of(score->record, utility->data);
        tally(score, VERDICTS, strcmp(wanted, verdict) == 0);
        if (strcmp(wanted, verdict) != 0)
            note_error(score, "verdict", utility->data, wanted, verdict, "-");
    }
    JsonObject *given =
        score->record != NULL ? json_get_object(score->record, "utilities") : NULL;
    g_autoptr(GList) answers = given != NULL ? json_object_get_members(given) : NULL;
    for (GList *utility = answers; utility != NULL; utility = utility->next) {
        if (strcmp(verdict_of(score->record, utility->data), "complete") != 0)
            continue;
        const char *wanted = truths != NULL
                                 ? json_get_string(truths, utility->data, "not asked for")
                                 : "?";
        bool is_false = strcmp(wanted, "complete") != 0;
        tally(score, FALSE_COMPLETE, is_false);
        if (is_false)
            note_error(score, "FALSE COMPLETE", utility->data, wanted, "complete", "-");
    }
}

static void score_case(Score *score)
{
    JsonObject *truths = json_get_object(score->truth, "fields");
    g_autoptr(GList) keys = truths != NULL ? json_object_get_members(truths) : NULL;
    for (GList *key = keys; key != NULL; key = key->next)
        score_field(score, truths, key->data);
    JsonArray *papers = json_get_array(score->truth, "papers");
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++)
        score_paper(score, json_array_get_object_element(papers, i));
    score_verdicts(score);
}

/* --- in and out --- */

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

static bool score_folder(Score *score, const char *folder, GHashTable *records,
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
        g_autofree char *text = NULL;
        if (!g_file_get_contents(path, &text, NULL, error))
            return false;
        g_autoptr(JsonObject) truth = json_parse_object(text, -1, error);
        if (truth == NULL)
            return false;
        score->truth = truth;
        score->name = json_get_string(truth, "case", names->pdata[i]);
        score->record = g_hash_table_lookup(records, score->name);
        score->of_form = tallies_of_form(score);
        if (score->record == NULL)
            note_error(score, "NO RECORD", "-", "-", "-", "-");
        score_case(score);
    }
    return true;
}

/* Wilson's interval for @tally, in percent. Source: Wilson 1927. */
static void wilson(Tally tally, double *low, double *high)
{
    double n = tally.all, p = n > 0 ? tally.good / n : 0, z2 = WILSON_Z * WILSON_Z;
    *low = 0;
    *high = 100;
    if (tally.all == 0)
        return;
    double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
    double half = WILSON_Z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    *low = 100 * MAX(0, centre - half);
    *high = 100 * MIN(1, centre + half);
}

static double percent(Tally tally)
{
    return tally.all > 0 ? 100.0 * tally.good / tally.all : 0;
}

static void print_tally(const char *words, Tally tally)
{
    double low, high;
    wilson(tally, &low, &high);
    if (tally.all == 0)
        printf("%-30s        -  (nothing to measure)\n", words);
    else
        printf("%-30s %7.2f %%  %6d of %6d  95 %%: %6.2f .. %6.2f\n", words,
               percent(tally), tally.good, tally.all, low, high);
}

static void print_groups(const Score *score)
{
    g_autoptr(GList) keys =
        g_list_sort(g_hash_table_get_keys(score->groups), (GCompareFunc)strcmp);
    printf("\n%-34s %19s   %s\n", "", "fields right", "accepted and right");
    for (GList *key = keys; key != NULL; key = key->next) {
        const Tally *pair = g_hash_table_lookup(score->groups, key->data);
        printf("%-34s %7.2f %% of %5d   %7.2f %% of %5d\n", (char *)key->data,
               percent(pair[0]), pair[0].all, percent(pair[1]), pair[1].all);
    }
}

static void print_forms(const Score *score)
{
    g_autoptr(GList) forms =
        g_list_sort(g_hash_table_get_keys(score->forms), (GCompareFunc)strcmp);
    for (GList *form = forms; form != NULL; form = form->next) {
        const Tally *tallies = g_hash_table_lookup(score->forms, form->data);
        printf("\nform: %s\n", (char *)form->data);
        for (int i = 0; i < MEASURE_COUNT; i++) {
            g_autofree char *words = g_strdup_printf("  %s", measures[i].words);
            print_tally(words, tallies[i]);
        }
    }
}

/* Returns: whether the measure keeps its floor. */
static bool print_floor(Measure measure, Tally tally, double floor)
{
    double low, high;
    wilson(tally, &low, &high);
    bool is_kept, is_sure;
    if (measures[measure].is_fault) {
        is_kept = tally.good <= floor;
        is_sure = tally.all > 0;
        printf("  %-28s %8d        at most %g: ", measures[measure].words, tally.good,
               floor);
    } else {
        is_kept = tally.all > 0 && percent(tally) >= floor;
        is_sure = is_kept ? low >= floor : high < floor;
        printf("  %-28s %8.2f %%  at least %g %%: ", measures[measure].words,
               percent(tally), floor);
    }
    printf("%s%s (%d values)\n", is_kept ? "kept" : "BELOW",
           is_sure ? "" : ", too few values to be sure", tally.all);
    return is_kept;
}

static bool check_floors(const Score *score, const char *path, GError **error)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, error))
        return false;
    bool are_kept = true;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    printf("\nfloors:\n");
    for (char **line = lines; *line != NULL; line++) {
        char name[64];
        double floor;
        if (**line == '#' || sscanf(*line, "%63s %lf", name, &floor) != 2)
            continue;
        for (int i = 0; i < MEASURE_COUNT; i++) {
            if (strcmp(measures[i].name, name) == 0)
                are_kept = print_floor((Measure)i, score->tallies[i], floor) && are_kept;
        }
    }
    return are_kept;
}

int main(int argc, char **argv)
{
    char *errors = NULL, *floors = NULL;
    const GOptionEntry entries[] = {
        {"errors", 0, 0, G_OPTION_ARG_FILENAME, &errors, "list what is wrong", "FILE"},
        {"floors", 0, 0, G_OPTION_ARG_FILENAME, &floors, "least rates", "FILE"},
        {.long_name = NULL}};
    setlocale(LC_CTYPE, "C.UTF-8");
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) context = g_option_context_new("TRUTH-FOLDER… < RECORDS");
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error) || argc < 2) {
        fprintf(stderr, "score: %s\n",
                error != NULL ? error->message : "no truth folder");
        return 2;
    }
    Score score = {
        .groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
        .forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
        .errors = errors != NULL ? fopen(errors, "w") : NULL};
    g_autoptr(GHashTable) records = read_records();
    for (int i = 1; i < argc; i++) {
        if (!score_folder(&score, argv[i], records, &error)) {
            fprintf(stderr, "score: %s\n", error->message);
            return 2;
        }
    }
    for (int i = 0; i < MEASURE_COUNT; i++)
        print_tally(measures[i].words, score.tallies[i]);
    print_forms(&score);
    print_groups(&score);
    bool are_kept = floors == NULL || check_floors(&score, floors, &error);
    if (error != NULL)
        fprintf(stderr, "score: %s\n", error->message);
    if (score.errors != NULL)
        fclose(score.errors);
    g_hash_table_unref(score.groups);
    g_hash_table_unref(score.forms);
    g_free(errors);
    g_free(floors);
    return are_kept ? 0 : 1;
}
