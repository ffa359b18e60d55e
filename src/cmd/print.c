/* SPDX-License-Identifier: GPL-3.0-or-later */
/* print.c - see print.h. */
#include "cmd/print.h"
#include "base/json.h"
#include "cmd/reasons.h"
#include "reading/page-reading.h"
#include <stdio.h>

int text_columns(const char *text)
{
    int columns = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (!g_unichar_iszerowidth(c))
            columns += g_unichar_iswide(c) ? 2 : 1;
    }
    return columns;
}

void print_padded(const char *text, int columns)
{
    int missing = columns - text_columns(text);
    printf("%s%*s", text, MAX(missing, 1), "");
}

/* --- names --- */

const FieldDecl *field_declaration(const ClassDecl *decl, const char *key)
{
    for (guint i = 0; decl != NULL && i < decl->fields->len; i++) {
        const FieldDecl *field = g_ptr_array_index(decl->fields, i);
        if (strcmp(field->key, key) == 0)
            return field;
    }
    return NULL;
}

char *field_title(const ClassDecl *decl, const char *key)
{
    const FieldDecl *field = field_declaration(decl, key);
    if (field == NULL || field->labels == NULL || field->labels[0] == NULL)
        return g_strdup(key);
    g_autoptr(GString) title = g_string_new(NULL);
    for (char **row = field->row_labels; row != NULL && *row != NULL; row++) {
        /* alternatives of one header are separated by '|'; the first is the usual one */
        g_string_append_len(title, *row, (gssize)strcspn(*row, "|"));
        g_string_append_c(title, ' ');
    }
    g_string_append(title, field->labels[0]);
    /* A day beside a signature has the signature's label and none of its own. */
    if (field->kind == KIND_DATE && strstr(title->str, "时间") == NULL &&
        strstr(title->str, "日期") == NULL)
        g_string_append(title, " 日期");
    return g_string_free(g_steal_pointer(&title), FALSE);
}

static const char *option_label(const FieldDecl *field, const char *code)
{
    for (guint i = 0; field != NULL && field->options != NULL && i < field->options->len;
         i++) {
        const OptionDecl *option = g_ptr_array_index(field->options, i);
        if (strcmp(option->code, code) == 0 && option->labels != NULL &&
            option->labels[0] != NULL)
            return option->labels[0];
    }
    return code;
}

static const char *presence_words(const char *value)
{
    if (strcmp(value, "present") == 0)
        return _("present");
    return strcmp(value, "absent") == 0 ? _("absent") : value;
}

char *value_words(const ClassDecl *decl, const char *key, JsonObject *field)
{
    const FieldDecl *field_decl = field_declaration(decl, key);
    JsonArray *array = json_get_array(field, "value");
    if (array == NULL) {
        const char *value = json_get_string(field, "value", "");
        if (field_decl != NULL && field_decl->kind == KIND_PRESENCE)
            value = presence_words(value);
        return g_strdup(option_label(field_decl, value));
    }
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < json_array_get_length(array); i++) {
        const char *code = json_array_get_string_element(array, i);
        if (code != NULL)
            g_string_append_printf(text, "%s%s", text->len == 0 ? "" : "、",
                                   option_label(field_decl, code));
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

const char *applicant_name(JsonObject *record)
{
    JsonObject *fields = json_get_object(record, "fields");
    JsonObject *name = fields != NULL ? json_get_object(fields, "applicant.name") : NULL;
    return name != NULL ? json_get_string(name, "value", "") : "";
}

static const char *class_title(const Pipeline *pipeline, const char *name)
{
    const ClassDecl *decl = pipeline_class(pipeline, name);
    return decl != NULL && decl->title != NULL ? decl->title : name;
}

static const char *place_title(const Pipeline *pipeline, const char *name)
{
    const PlaceDecl *place = pipeline_place(pipeline, name);
    return place != NULL && place->title != NULL ? place->title : name;
}

/* --- the ledger --- */

Status print_ledger(Store *store, const char *batch)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) entries = store_ledger(store, batch, &error);
    if (entries == NULL)
        return say_error(error);
    int counts[3] = {0};
    for (guint i = 0; i < entries->len; i++) {
        const LedgerEntry *entry = g_ptr_array_index(entries, i);
        counts[entry->outcome]++;
    }
    printf(_("Files: %u seen = %d taken in + %d known before + %d not taken\n"),
           entries->len, counts[OUTCOME_TAKEN], counts[OUTCOME_DUPLICATE],
           counts[OUTCOME_REJECTED]);
    for (guint i = 0; i < entries->len; i++) {
        const LedgerEntry *entry = g_ptr_array_index(entries, i);
        if (entry->outcome == OUTCOME_REJECTED)
            printf(_("  not taken: %s: %s\n"), entry->path,
                   file_reason_words(entry->reason));
        else if (entry->outcome == OUTCOME_DUPLICATE)
            printf(_("  known before: %s\n"), entry->path);
    }
    return counts[OUTCOME_REJECTED] > 0 ? STATUS_SOME : STATUS_DONE;
}

/* --- one case --- */

/* One line for a requirement of @state: what is missing in the list's own words, all of
 * them; what is there but unsure by its name alone, and why. */
static void print_requirement(JsonObject *requirement, const char *state)
{
    const char *text =
        json_get_string(requirement, "text", json_get_string(requirement, "id", ""));
    bool is_missing = strcmp(state, "missing") == 0;
    const char *bracket = is_missing ? NULL : strstr(text, "（");
    g_autofree char *name =
        bracket != NULL ? g_strndup(text, (gsize)(bracket - text)) : g_strdup(text);
    g_autofree char *reason = reason_text(json_get_object(requirement, "reason"));
    printf("%*s", language_is_chinese() ? 6 : 14, "");
    print_padded(state_words(state), language_is_chinese() ? 8 : 10);
    printf("%s%s%s\n", name, *reason != '\0' ? _(": ") : "", reason);
}

static void print_requirements(JsonObject *section, const char *state)
{
    JsonArray *requirements = json_get_array(section, "requirements");
    for (guint i = 0; requirements != NULL && i < json_array_get_length(requirements);
         i++) {
        JsonObject *requirement = json_array_get_object_element(requirements, i);
        if (requirement != NULL &&
            strcmp(json_get_string(requirement, "state", ""), state) == 0)
            print_requirement(requirement, state);
    }
}

static void print_doubts(JsonObject *section)
{
    JsonArray *doubts = json_get_array(section, "doubts");
    for (guint i = 0; doubts != NULL && i < json_array_get_length(doubts); i++) {
        const char *doubt = json_array_get_string_element(doubts, i);
        /* the same code about a requirement speaks of a paper's place */
        if (g_strcmp0(doubt, "place_unsure") == 0)
            doubt = "place_unsure_case";
        if (doubt != NULL)
            printf("%s%s", _("; "), reason_words(doubt));
    }
}

static void print_utility(const char *utility, JsonObject *section)
{
    printf("  ");
    print_padded(utility_words(utility), language_is_chinese() ? 4 : 12);
    printf("%s", verdict_words(json_get_string(section, "verdict", "")));
    print_doubts(section);
    putchar('\n');
    print_requirements(section, "missing");
    print_requirements(section, "unsure");
    print_requirements(section, "to_confirm");
}

static void print_field(const ClassDecl *decl, const char *key, JsonObject *field)
{
    g_autofree char *title = field_title(decl, key);
    g_autofree char *value = value_words(decl, key, field);
    g_autofree char *reason = reason_text(json_get_object(field, "reason"));
    printf("      ");
    print_padded(title, 26);
    print_padded(key, 26); /* what `set` wants to be told */
    print_padded(value, 22);
    printf("%s%s%s\n", state_words(json_get_string(field, "state", "")),
           *reason != '\0' ? _(": ") : "", reason);
}

static int count_fields(JsonObject *fields, const char *state)
{
    int count = 0;
    g_autoptr(GList) keys = fields != NULL ? json_object_get_members(fields) : NULL;
    for (GList *key = keys; key != NULL; key = key->next) {
        JsonObject *field = json_get_object(fields, key->data);
        if (field != NULL && strcmp(json_get_string(field, "state", ""), state) == 0)
            count++;
    }
    return count;
}

static void print_fields(JsonObject *record, const ClassDecl *decl,
                         const char *only_state)
{
    JsonObject *fields = json_get_object(record, "fields");
    g_autoptr(GList) keys = fields != NULL ? json_object_get_members(fields) : NULL;
    for (GList *key = keys; key != NULL; key = key->next) {
        JsonObject *field = json_get_object(fields, key->data);
        if (field != NULL &&
            (only_state == NULL ||
             strcmp(json_get_string(field, "state", ""), only_state) == 0))
            print_field(decl, key->data, field);
    }
}

static void print_head(JsonObject *record, const Pipeline *pipeline)
{
    const char *kind = json_get_string(record, "applicant_kind", NULL);
    const char *service = json_get_string(record, "service", NULL);
    const char *place = json_get_string(record, "place", NULL);
    const char *name = applicant_name(record);
    printf("%s  %s  %s", json_get_string(record, "case", ""),
           json_get_string(record, "source", ""),
           *name != '\0' ? name : _("(no name read)"));
    if (service != NULL)
        printf("  %s", service_words(service));
    if (kind != NULL)
        printf("  %s", kind_words(kind));
    if (place != NULL)
        printf("  %s", language_is_chinese() ? place_title(pipeline, place) : place);
    printf("  [%s]\n", status_words(json_get_string(record, "status", "")));
}

static void print_utilities(JsonObject *record)
{
    JsonObject *utilities = json_get_object(record, "utilities");
    for (const char *const *code = utility_codes; *code != NULL; code++) {
        JsonObject *section =
            utilities != NULL ? json_get_object(utilities, *code) : NULL;
        if (section != NULL)
            print_utility(*code, section);
    }
}

static void print_problems(JsonObject *record, const Pipeline *pipeline)
{
    JsonArray *problems = json_get_array(record, "problems");
    for (guint i = 0; problems != NULL && i < json_array_get_length(problems); i++) {
        JsonNode *node = json_array_get_element(problems, i);
        g_autofree char *words = NULL;
        if (JSON_NODE_HOLDS_OBJECT(node))
            words = reason_text(json_node_get_object(node));
        else if (json_node_get_value_type(node) == G_TYPE_STRING)
            words = g_strdup(reason_words(json_node_get_string(node)));
        if (words != NULL)
            printf(_("  note: %s\n"), words);
        if (JSON_NODE_HOLDS_OBJECT(node))
            print_sides(json_node_get_object(node), record, pipeline);
    }
}

void print_case(JsonObject *record, const Pipeline *pipeline)
{
    const char *form = json_get_string(record, "form", NULL);
    const ClassDecl *decl = form != NULL ? pipeline_class(pipeline, form) : NULL;
    print_head(record, pipeline);
    print_utilities(record);
    print_problems(record, pipeline);
    int doubtful = count_fields(json_get_object(record, "fields"), "review");
    if (doubtful > 0) {
        printf(ngettext("  %d value to look at:\n", "  %d values to look at:\n",
                        (unsigned long)doubtful),
               doubtful);
        print_fields(record, decl, "review");
    }
}

/* What is to be said of a page's own text; NULL where that is nothing. */
static const char *own_text_words(JsonObject *page)
{
    JsonArray *problems = json_get_array(page, "problems");
    if (json_get_string(page, "text", NULL) != NULL)
        return _("by its own text");
    for (guint i = 0; problems != NULL && i < json_array_get_length(problems); i++)
        if (g_strcmp0(json_array_get_string_element(problems, i),
                      FILE_TEXT_DIFFERS_PROBLEM) == 0)
            return _("its own text says something else than its ink; the ink was read");
    return NULL;
}

static void print_page(JsonObject *record, int64_t number)
{
    JsonObject *page =
        json_find_numbered(json_get_array(record, "pages"), "page", number);
    const char *words = page != NULL ? own_text_words(page) : NULL;
    printf(" %" G_GINT64_FORMAT, number);
    if (words != NULL)
        printf(" (%s)", words);
}

static void print_paper(JsonObject *paper, JsonObject *record, const Pipeline *pipeline)
{
    const char *class_name = json_get_string(paper, "class", "unknown");
    printf("  %" G_GINT64_FORMAT "  %s", json_get_int(paper, "paper", 0),
           strcmp(class_name, "unknown") == 0 ? _("not recognised")
                                              : class_title(pipeline, class_name));
    JsonArray *pages = json_get_array(paper, "pages");
    printf("  %s", _("page"));
    for (guint i = 0; pages != NULL && i < json_array_get_length(pages); i++)
        print_page(record, json_array_get_int_element(pages, i));
    putchar('\n');
    print_roles(paper, record, pipeline);
    print_fields(paper, pipeline_class(pipeline, class_name), NULL);
}

void print_case_full(JsonObject *record, const Pipeline *pipeline)
{
    const char *form = json_get_string(record, "form", NULL);
    print_head(record, pipeline);
    print_utilities(record);
    print_problems(record, pipeline);
    printf("%s\n", _("Fields:"));
    print_fields(record, form != NULL ? pipeline_class(pipeline, form) : NULL, NULL);
    printf("%s\n", _("Papers:"));
    JsonArray *papers = json_get_array(record, "papers");
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++)
        print_paper(json_array_get_object_element(papers, i), record, pipeline);
}

/* --- a batch --- */

typedef struct {
    int cases, pages, failed_pages, accepted, doubtful;
    int covers, blanks, doubles, expected, found;
    int verdicts[4];
} Totals;

static const char *const verdict_codes[] = {"complete", "incomplete", "review",
                                            "deferred"};

static void add_verdicts(Totals *totals, JsonObject *utilities)
{
    for (const char *const *code = utility_codes; *code != NULL; code++) {
        JsonObject *section =
            utilities != NULL ? json_get_object(utilities, *code) : NULL;
        for (size_t i = 0; section != NULL && i < G_N_ELEMENTS(verdict_codes); i++)
            totals->verdicts[i] +=
                strcmp(json_get_string(section, "verdict", ""), verdict_codes[i]) == 0;
    }
}

/* Every page that could not be read is a problem of its case. */
static void print_failed_pages(Totals *totals, JsonObject *record)
{
    JsonArray *problems = json_get_array(record, "problems");
    for (guint i = 0; problems != NULL && i < json_array_get_length(problems); i++) {
        JsonObject *problem = json_array_get_object_element(problems, i);
        if (strcmp(json_get_string(problem, "code", ""), "page_failed") != 0)
            continue;
        const char *number = json_get_string(problem, "page", "0");
        JsonObject *page = json_find_numbered(json_get_array(record, "pages"), "page",
                                              g_ascii_strtoll(number, NULL, 10));
        totals->failed_pages++;
        printf(_("  page that could not be read: %s/%s, page %d: %s\n"),
               json_get_string(record, "source", ""),
               page != NULL ? json_get_string(page, "name", "") : "",
               page != NULL ? (int)json_get_int(page, "index", 0) + 1 : 0,
               file_reason_words(json_get_string(problem, "why", NULL)));
    }
}

/* What went with the papers and is none of them. */
static void add_pile(Totals *totals, JsonObject *record)
{
    JsonArray *covers = json_get_array(record, "covers");
    JsonArray *pages = json_get_array(record, "pages");
    JsonArray *problems = json_get_array(record, "problems");
    for (guint i = 0; covers != NULL && i < json_array_get_length(covers); i++) {
        JsonObject *cover = json_array_get_object_element(covers, i);
        int expected = (int)json_get_int(cover, "expected", 0);
        totals->covers++;
        totals->expected += expected;
        totals->found += expected > 0 ? (int)json_get_int(cover, "found", 0) : 0;
    }
    for (guint i = 0; pages != NULL && i < json_array_get_length(pages); i++)
        totals->blanks +=
            json_get_bool(json_array_get_object_element(pages, i), "blank", false);
    for (guint i = 0; problems != NULL && i < json_array_get_length(problems); i++)
        totals->doubles +=
            strcmp(
                json_get_string(json_array_get_object_element(problems, i), "code", ""),
                "scanned_twice") == 0;
}

static void add_case(Totals *totals, JsonObject *record)
{
    add_pile(totals, record);
    JsonObject *fields = json_get_object(record, "fields");
    JsonArray *pages = json_get_array(record, "pages");
    totals->cases++;
    totals->pages += pages != NULL ? (int)json_array_get_length(pages) : 0;
    totals->accepted +=
        count_fields(fields, "accepted") + count_fields(fields, "confirmed");
    totals->doubtful += count_fields(fields, "review");
    add_verdicts(totals, json_get_object(record, "utilities"));
}

static void print_totals(const Totals *totals)
{
    printf(
        _("Cases: %d of %d pages. Verdicts: %d complete, %d incomplete, %d to look at, "
          "%d later. Values: %d accepted, %d to look at.\n"),
        totals->cases, totals->pages, totals->verdicts[0], totals->verdicts[1],
        totals->verdicts[2], totals->verdicts[3], totals->accepted, totals->doubtful);
    if (totals->covers + totals->blanks + totals->doubles > 0)
        printf(
            _("Cover sheets: %d. Blank pages left out: %d. Sheets scanned twice: %d.\n"),
            totals->covers, totals->blanks, totals->doubles);
    if (totals->expected > 0)
        printf(_("Sheets: %d expected by cover sheets, %d found.\n"), totals->expected,
               totals->found);
}

/* The groups (folders, files, piles) that @batch brought papers of. A folder that came
 * before and brought more papers now is among them, whatever batch its case began in. */
static GHashTable *groups_of_batch(Store *store, const char *batch, GError **error)
{
    g_autoptr(GPtrArray) entries = store_ledger(store, batch, error);
    if (entries == NULL)
        return NULL;
    GHashTable *groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < entries->len; i++) {
        const LedgerEntry *entry = g_ptr_array_index(entries, i);
        if (entry->outcome == OUTCOME_TAKEN && entry->group != NULL)
            g_hash_table_add(groups, g_strdup(entry->group));
    }
    return groups;
}

/* Whether papers for the case came late in one of @groups. */
static bool came_late_in(JsonObject *record, GHashTable *groups)
{
    JsonArray *covers = json_get_array(record, "covers");
    for (guint i = 0; covers != NULL && i < json_array_get_length(covers); i++) {
        JsonObject *cover = json_array_get_object_element(covers, i);
        const char *pile = json_get_string(cover, "pile", NULL);
        if (pile != NULL && g_hash_table_contains(groups, pile))
            return true;
    }
    return false;
}

/* The records of all cases of @groups (NULL: of all), and of those that papers in them
 * came late for, in the store's order. */
static GPtrArray *load_records(Store *store, GHashTable *groups, GError **error)
{
    g_autoptr(GPtrArray) cases = store_cases(store, error);
    if (cases == NULL)
        return NULL;
    g_autoptr(GPtrArray) records =
        g_ptr_array_new_with_free_func((GDestroyNotify)json_object_unref);
    for (guint i = 0; i < cases->len; i++) {
        const StoredCase *stored = g_ptr_array_index(cases, i);
        JsonObject *record = json_parse_object(stored->record, -1, error);
        if (record == NULL)
            return NULL;
        if (groups == NULL || g_hash_table_contains(groups, stored->group) ||
            came_late_in(record, groups))
            g_ptr_array_add(records, record);
        else
            json_object_unref(record);
    }
    return g_steal_pointer(&records);
}

Status print_batch(Store *store, const Pipeline *pipeline, const char *batch,
                   char **first_case)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GHashTable) groups =
        batch != NULL ? groups_of_batch(store, batch, &error) : NULL;
    g_autoptr(GPtrArray) records =
        batch == NULL || groups != NULL ? load_records(store, groups, &error) : NULL;
    if (records == NULL)
        return say_error(error);
    Totals totals = {0};
    for (guint i = 0; i < records->len; i++)
        print_failed_pages(&totals, g_ptr_array_index(records, i));
    for (guint i = 0; i < records->len; i++) {
        putchar('\n');
        print_case(g_ptr_array_index(records, i), pipeline);
        add_case(&totals, g_ptr_array_index(records, i));
    }
    putchar('\n');
    if (records->len == 0)
        printf("%s\n", _("No new cases."));
    else
        print_totals(&totals);
    if (first_case != NULL && records->len > 0)
        *first_case =
            g_strdup(json_get_string(g_ptr_array_index(records, 0), "case", ""));
    return totals.failed_pages > 0 ? STATUS_SOME : STATUS_DONE;
}

/* --- packages --- */

Status print_export(Store *store, const ExportParams *params)
{
    g_autoptr(GError) error = NULL;
    ExportResult result = {0};
    if (!transfer_export(store, params, &result, &error))
        return say_error(error);
    printf(
        _("Packages: %d, with %d case parts; %d parts stay here until they are complete "
          "and looked at.\n"),
        result.packages, result.cases, result.held);
    for (guint i = 0; result.names != NULL && i < result.names->len; i++)
        printf("  %s\n", (const char *)g_ptr_array_index(result.names, i));
    export_result_clear(&result);
    return STATUS_DONE;
}
