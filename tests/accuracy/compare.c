/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compare.c - one case record held against its truth. */
#include "base/json.h"
#include "base/text.h"
#include "score.h"

/* The case at hand. */
typedef struct {
    const MadeCase *made;
    GPtrArray *findings;
} Comparing;

/* @truth, @value: owned by the finding from here on; may be NULL */
static Finding *add(const Comparing *at, FindingSort sort, const char *class_name,
                    const char *key, char *truth, char *value)
{
    Finding *finding = g_new0(Finding, 1);
    *finding = (Finding){.sort = sort,
                         .of = at->made,
                         .class_name = class_name,
                         .key = g_strdup(key),
                         .truth = truth,
                         .value = value,
                         .state = "-"};
    g_ptr_array_add(at->findings, finding);
    return finding;
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

static void take_field(Finding *finding, JsonObject *field)
{
    finding->field = field;
    finding->state = field != NULL ? json_get_string(field, "state", "?") : "absent";
    finding->is_right = is_same(finding->truth, finding->value);
}

static void compare_field(const Comparing *at, JsonObject *truths, const char *key)
{
    JsonObject *record = at->made->record;
    JsonObject *fields = record != NULL ? json_get_object(record, "fields") : NULL;
    JsonObject *field = fields != NULL ? json_get_object(fields, key) : NULL;
    const char *form = made_case_word(at->made, "form");
    Finding *finding = add(
        at, FINDING_FIELD, record != NULL ? json_get_string(record, "form", form) : form,
        key, value_text(truths, key), field != NULL ? value_text(field, "value") : NULL);
    finding->is_choice = is_choice(key);
    take_field(finding, field);
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
static JsonObject *find_paper(const MadeCase *made, JsonObject *truth,
                              const GArray *numbers, int *pages_covered, bool *is_whole)
{
    JsonArray *papers =
        made->record != NULL ? json_get_array(made->record, "papers") : NULL;
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
static bool class_covers(const MadeCase *made, const char *class_name, int64_t number)
{
    JsonArray *papers =
        made->record != NULL ? json_get_array(made->record, "papers") : NULL;
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++) {
        JsonObject *paper = json_array_get_object_element(papers, i);
        if (number > 0 && has_page(paper, number) &&
            g_strcmp0(json_get_string(paper, "class", NULL), class_name) == 0)
            return true;
    }
    return false;
}

/* What the record takes page @number for, for the list of errors. Owned */
static char *classes_of_page(const MadeCase *made, int64_t number)
{
    g_autoptr(GString) text = g_string_new(number == 0 ? "no such page" : NULL);
    JsonArray *papers =
        made->record != NULL ? json_get_array(made->record, "papers") : NULL;
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++) {
        JsonObject *paper = json_array_get_object_element(papers, i);
        if (has_page(paper, number))
            g_string_append_printf(text, "%s%s", text->len > 0 ? "+" : "",
                                   json_get_string(paper, "class", "?"));
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void compare_paper_fields(const Comparing *at, JsonObject *truth,
                                 JsonObject *paper)
{
    JsonObject *truths = json_get_object(truth, "fields");
    JsonObject *fields = paper != NULL ? json_get_object(paper, "fields") : NULL;
    g_autoptr(GList) keys = truths != NULL ? json_object_get_members(truths) : NULL;
    for (GList *key = keys; key != NULL; key = key->next) {
        char *wanted = value_text(truths, key->data);
        if (wanted == NULL)
            continue;
        JsonObject *field = fields != NULL ? json_get_object(fields, key->data) : NULL;
        Finding *finding =
            add(at, FINDING_PAPER_FIELD, json_get_string(truth, "class", "?"), key->data,
                wanted, field != NULL ? value_text(field, "value") : NULL);
        take_field(finding, field);
    }
}

static void compare_paper(const Comparing *at, JsonObject *truth)
{
    const char *class_name = json_get_string(truth, "class", "?");
    JsonArray *pages = json_get_array(truth, "pages");
    g_autoptr(GArray) numbers = g_array_new(false, true, sizeof(int64_t));
    for (guint i = 0; pages != NULL && i < json_array_get_length(pages); i++) {
        JsonObject *page = json_array_get_object_element(pages, i);
        int64_t number =
            page_number(at->made->record, json_get_string(page, "file", NULL),
                        json_get_int(page, "index", 0));
        g_array_append_val(numbers, number);
        Finding *finding =
            add(at, FINDING_PAGE, class_name, json_get_string(page, "file", "?"),
                g_strdup(class_name), classes_of_page(at->made, number));
        finding->page = number;
        finding->is_right = class_covers(at->made, class_name, number);
    }
    int covered;
    bool is_whole;
    JsonObject *paper = find_paper(at->made, truth, numbers, &covered, &is_whole);
    Finding *finding = add(at, FINDING_PAPER, class_name, class_name, NULL, NULL);
    finding->is_right = is_whole;
    finding->is_touched = covered > 0;
    compare_paper_fields(at, truth, paper);
}

/* --- verdicts --- */

static const char *verdict_of(JsonObject *record, const char *utility)
{
    JsonObject *utilities = record != NULL ? json_get_object(record, "utilities") : NULL;
    JsonObject *section = utilities != NULL ? json_get_object(utilities, utility) : NULL;
    return section != NULL ? json_get_string(section, "verdict", "?") : "absent";
}

static void compare_verdicts(const Comparing *at)
{
    JsonObject *record = at->made->record;
    const char *form = made_case_word(at->made, "form");
    JsonObject *truths = json_get_object(at->made->truth, "verdicts");
    g_autoptr(GList) utilities = truths != NULL ? json_object_get_members(truths) : NULL;
    for (GList *utility = utilities; utility != NULL; utility = utility->next) {
        const char *wanted = json_get_string(truths, utility->data, "?");
        const char *verdict = verdict_of(record, utility->data);
        Finding *finding = add(at, FINDING_VERDICT, form, utility->data, g_strdup(wanted),
                               g_strdup(verdict));
        finding->is_right = strcmp(wanted, verdict) == 0;
    }
    JsonObject *given = record != NULL ? json_get_object(record, "utilities") : NULL;
    g_autoptr(GList) answers = given != NULL ? json_object_get_members(given) : NULL;
    for (GList *utility = answers; utility != NULL; utility = utility->next) {
        if (strcmp(verdict_of(record, utility->data), "complete") != 0)
            continue;
        const char *wanted = truths != NULL
                                 ? json_get_string(truths, utility->data, "not asked for")
                                 : "?";
        Finding *finding = add(at, FINDING_COMPLETE, form, utility->data,
                               g_strdup(wanted), g_strdup("complete"));
        finding->is_right = strcmp(wanted, "complete") == 0;
    }
}

void case_compare(const MadeCase *made, GPtrArray *findings)
{
    const Comparing at = {made, findings};
    if (made->record == NULL)
        add(&at, FINDING_NO_RECORD, made_case_word(made, "form"), "-", NULL, NULL);
    JsonObject *truths = json_get_object(made->truth, "fields");
    g_autoptr(GList) keys = truths != NULL ? json_object_get_members(truths) : NULL;
    for (GList *key = keys; key != NULL; key = key->next)
        compare_field(&at, truths, key->data);
    JsonArray *papers = json_get_array(made->truth, "papers");
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++)
        compare_paper(&at, json_array_get_object_element(papers, i));
    compare_verdicts(&at);
}
