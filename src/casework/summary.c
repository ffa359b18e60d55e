/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/summary.c - a record in a few lines: verdicts, what is missing, what to look
 * at. */
#include "base/json.h"
#include "casework/casework.h"
#include "casework/phrases.h"

typedef struct {
    const char *language;
    const char *colon, *comma; /* punctuation of that language */
    GString *out;
} Summary;

static const char *say(const Summary *summary, const char *code)
{
    return phrase_of(code, summary->language);
}

/* "，材料上没有：房主同意" */
static void say_reason(const Summary *summary, JsonObject *reason)
{
    const char *what = json_get_string(reason, "what", NULL);
    g_string_append_printf(summary->out, "%s%s", summary->comma,
                           say(summary, json_get_string(reason, "code", "")));
    if (what != NULL)
        g_string_append_printf(summary->out, "%s%s", summary->colon, what);
}

/* "气：材料不全" and under it what is missing or unsure */
static void say_requirement(const Summary *summary, JsonObject *requirement)
{
    const char *state = json_get_string(requirement, "state", "");
    if (g_str_equal(state, "met"))
        return;
    const char *text = json_get_string(requirement, "text", "");
    if (g_str_equal(state, "deferred"))
        state = "later";
    g_string_append_printf(summary->out, "    %s%s%s", say(summary, state),
                           summary->colon, text);
    JsonObject *reason = json_get_object(requirement, "reason");
    if (reason != NULL)
        say_reason(summary, reason);
    g_string_append_c(summary->out, '\n');
}

static void say_utility(const Summary *summary, const char *code, JsonObject *utility)
{
    g_string_append_printf(summary->out, "  %s%s%s", say(summary, code), summary->colon,
                           say(summary, json_get_string(utility, "verdict", "")));
    JsonArray *doubts = json_get_array(utility, "doubts");
    for (guint i = 0; doubts != NULL && i < json_array_get_length(doubts); i++) {
        const char *doubt = json_array_get_string_element(doubts, i);
        if (g_strcmp0(doubt, "place_unsure") == 0)
            doubt = "place_unsure_case";
        g_string_append_printf(summary->out, "%s%s", summary->comma, say(summary, doubt));
    }
    g_string_append_c(summary->out, '\n');
    JsonArray *requirements = json_get_array(utility, "requirements");
    for (guint i = 0; requirements != NULL && i < json_array_get_length(requirements);
         i++)
        say_requirement(summary, json_array_get_object_element(requirements, i));
}

static void say_problems(const Summary *summary, JsonArray *problems)
{
    for (guint i = 0; problems != NULL && i < json_array_get_length(problems); i++) {
        JsonObject *problem = json_array_get_object_element(problems, i);
        const char *utility = json_get_string(problem, "utility", NULL);
        const char *agent = json_get_string(problem, "agent", NULL);
        g_string_append_printf(summary->out, "  ! %s",
                               say(summary, json_get_string(problem, "code", "")));
        if (utility != NULL || agent != NULL)
            g_string_append_printf(summary->out, "%s%s", summary->colon,
                                   utility != NULL ? say(summary, utility) : agent);
        g_string_append_c(summary->out, '\n');
    }
}

static void say_fields(const Summary *summary, JsonObject *fields)
{
    g_autoptr(GList) keys = fields != NULL ? json_object_get_members(fields) : NULL;
    bool is_first = true;
    for (GList *key = keys; key != NULL; key = key->next) {
        JsonObject *field = json_get_object(fields, key->data);
        if (g_strcmp0(json_get_string(field, "state", ""), "review") != 0)
            continue;
        const char *code = json_get_string(json_get_object(field, "reason"), "code", "");
        g_string_append_printf(summary->out, "%s%s%s (%s)",
                               is_first ? say(summary, "fields") : "",
                               is_first ? summary->colon : summary->comma,
                               (char *)key->data, say(summary, code));
        is_first = false;
    }
    if (!is_first)
        g_string_append_c(summary->out, '\n');
}

char *casework_summary(JsonObject *record, const char *language)
{
    bool is_english = g_strcmp0(language, "en") == 0;
    Summary summary = {.language = is_english ? "en" : "zh",
                       .colon = is_english ? ": " : "：",
                       .comma = is_english ? ", " : "，",
                       .out = g_string_new(NULL)};
    JsonObject *fields = json_get_object(record, "fields");
    JsonObject *utilities = json_get_object(record, "utilities");
    JsonObject *applicant = json_get_object(fields, "applicant.name");
    JsonObject *site = json_get_object(fields, "site.address");
    g_string_append_printf(
        summary.out, "%s  %s  %s%s%s\n", json_get_string(record, "case", ""),
        say(&summary, json_get_string(record, "status", "")),
        json_get_string(applicant, "value", ""), site != NULL ? summary.comma : "",
        json_get_string(site, "value", ""));
    g_autoptr(GList) codes =
        utilities != NULL ? json_object_get_members(utilities) : NULL;
    for (GList *code = codes; code != NULL; code = code->next)
        say_utility(&summary, code->data, json_get_object(utilities, code->data));
    say_problems(&summary, json_get_array(record, "problems"));
    say_fields(&summary, fields);
    return g_string_free(summary.out, FALSE);
}
