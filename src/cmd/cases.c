/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cases.c - banjie cases: the list, for people, for scripts, for spreadsheets. */
#include "base/json.h"
#include "cmd/print.h"
#include "cmd/reasons.h"
#include <stdio.h>

static gboolean is_json, is_csv;
static char *status_filter, *utility_filter;

static const GOptionEntry options[] = {
    {"json", 0, 0, G_OPTION_ARG_NONE, &is_json, N_("one case record a line, as JSON"),
     NULL},
    {"csv", 0, 0, G_OPTION_ARG_NONE, &is_csv,
     N_("a table for spreadsheet programs (UTF-8 with its mark)"), NULL},
    {"status", 0, 0, G_OPTION_ARG_STRING, &status_filter,
     N_("only these: review, incomplete, ready, sent, closed"), N_("S")},
    {"utility", 0, 0, G_OPTION_ARG_STRING, &utility_filter,
     N_("only cases that ask for this: water, electricity, gas, heat, telecom"), N_("U")},
    {0}};

static const char *const known_statuses[] = {"review", "incomplete", "ready",
                                             "sent",   "closed",     NULL};

static bool is_wanted(JsonObject *record)
{
    JsonObject *utilities = json_get_object(record, "utilities");
    return (status_filter == NULL ||
            strcmp(json_get_string(record, "status", ""), status_filter) == 0) &&
           (utility_filter == NULL ||
            (utilities != NULL && json_object_has_member(utilities, utility_filter)));
}

static const char *verdict_of(JsonObject *record, const char *utility)
{
    JsonObject *utilities = json_get_object(record, "utilities");
    JsonObject *section = utilities != NULL ? json_get_object(utilities, utility) : NULL;
    return section != NULL ? json_get_string(section, "verdict", "") : "";
}

/* One field of RFC 4180. A spreadsheet must not take what an applicant wrote for a
 * formula, so a leading = + - @ gets an apostrophe. */
static void print_csv_field(const char *text, bool is_last)
{
    g_autoptr(GString) quoted = g_string_new(strchr("=+-@", *text) && *text ? "'" : "");
    for (const char *p = text; *p != '\0'; p++)
        g_string_append_printf(quoted, *p == '"' ? "\"%c" : "%c", *p);
    printf("\"%s\"%s", quoted->str, is_last ? "\r\n" : ",");
}

static void print_csv_head(void)
{
    fputs("\xef\xbb\xbf", stdout);
    const char *const names[] = {_("case"),     _("source"),  _("status"),
                                 _("place"),    _("service"), _("applicant kind"),
                                 _("applicant")};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        print_csv_field(names[i], false);
    for (const char *const *code = utility_codes; *code != NULL; code++)
        print_csv_field(utility_words(*code), code[1] == NULL);
}

static void print_csv_row(JsonObject *record)
{
    print_csv_field(json_get_string(record, "case", ""), false);
    print_csv_field(json_get_string(record, "source", ""), false);
    print_csv_field(status_words(json_get_string(record, "status", "")), false);
    print_csv_field(json_get_string(record, "place", ""), false);
    print_csv_field(service_words(json_get_string(record, "service", "")), false);
    print_csv_field(kind_words(json_get_string(record, "applicant_kind", "")), false);
    print_csv_field(applicant_name(record), false);
    for (const char *const *code = utility_codes; *code != NULL; code++)
        print_csv_field(verdict_words(verdict_of(record, *code)), code[1] == NULL);
}

static void print_row(JsonObject *record)
{
    print_padded(json_get_string(record, "case", ""), 15);
    print_padded(status_words(json_get_string(record, "status", "")), 16);
    print_padded(applicant_name(record), 14);
    print_padded(json_get_string(record, "source", ""), 20);
    const char *separator = "";
    for (const char *const *code = utility_codes; *code != NULL; code++) {
        const char *verdict = verdict_of(record, *code);
        if (*verdict != '\0') {
            printf(_("%s%s: %s"), separator, utility_words(*code),
                   verdict_words(verdict));
            separator = "  ";
        }
    }
    putchar('\n');
}

static Status print_cases(Store *store)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) cases = store_cases(store, &error);
    if (cases == NULL)
        return say_error(error);
    if (is_csv)
        print_csv_head();
    for (guint i = 0; i < cases->len; i++) {
        const StoredCase *stored = g_ptr_array_index(cases, i);
        g_autoptr(JsonObject) record = json_parse_object(stored->record, -1, &error);
        if (record == NULL)
            return say_error(error);
        if (!is_wanted(record))
            continue;
        if (is_json) {
            g_autofree char *text = json_object_text(record);
            printf("%s\n", text);
        } else if (is_csv) {
            print_csv_row(record);
        } else {
            print_row(record);
        }
    }
    return STATUS_DONE;
}

static Status run(const Session *session, char **arguments)
{
    (void)arguments;
    if (is_json && is_csv)
        return say_usage(_("--json and --csv do not go together"));
    if (status_filter != NULL && !g_strv_contains(known_statuses, status_filter))
        return say_usage(_("there is no status “%s”"), status_filter);
    if (utility_filter != NULL && !g_strv_contains(utility_codes, utility_filter))
        return say_usage(_("there is no utility “%s”"), utility_filter);
    Status status = STATUS_DONE;
    g_autoptr(Store) store = session_store(session, &status);
    return store == NULL ? status : print_cases(store);
}

const Command command_cases = {
    .name = "cases",
    .summary = N_("list the cases"),
    .example = "  banjie cases --status review\n  banjie cases --csv > cases.csv",
    .options = options,
    .run = run,
};
