/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reasons.c - codes and what they mean to people. */
#include "cmd/reasons.h"
#include "base/json.h"
#include "casework/phrases.h"
#include "cmd/cmd.h"

typedef struct {
    const char *code, *words;
} CodeWords;

static const CodeWords file_reasons[] = {
#define REASON(code, words) {code, words},
#include "cmd/reasons.def"
#undef REASON
};

static const CodeWords statuses[] = {
    {"review", N_("to look at")}, {"incomplete", N_("papers missing")},
    {"ready", N_("ready")},       {"sent", N_("sent")},
    {"closed", N_("closed")},
};

static const CodeWords verdicts[] = {
    {"complete", N_("complete")},
    {"incomplete", N_("incomplete")},
    {"review", N_("look at it")},
    {"deferred", N_("papers later, when the line is fitted")},
};

static const CodeWords states[] = {
    {"accepted", N_("accepted")},
    {"confirmed", N_("confirmed by a person")},
    {"review", N_("to look at")},
    {"empty", N_("nothing written")},
    {"met", N_("met")},
    {"missing", N_("missing")},
    {"unsure", N_("unsure")},
    {"deferred", N_("later")},
    {"to_confirm", N_("the utility confirms it")},
};

static const CodeWords kinds[] = {
    {"individual", N_("individual")},
    {"enterprise", N_("enterprise")},
};

static const CodeWords roles[] = {
    {"applicant", N_("applicant")},
    {"agent", N_("agent")},
    {"legal_rep", N_("legal representative")},
    {"owner", N_("owner")},
    {"old_holder", N_("former holder")},
    {"old_legal_rep", N_("the former holder's representative")},
    {"other", N_("somebody else")},
};

static const CodeWords services[] = {
    {"install", N_("connection")},
    {"transfer", N_("transfer")},
};

static const char *find_words(const CodeWords *table, size_t count, const char *code)
{
    if (code == NULL)
        return "";
    for (size_t i = 0; i < count; i++) {
        if (strcmp(table[i].code, code) == 0)
            return _(table[i].words);
    }
    return code;
}

const char *file_reason_words(const char *code)
{
    return find_words(file_reasons, G_N_ELEMENTS(file_reasons), code);
}

const char *reason_words(const char *code)
{
    return phrase_of(code, language_is_chinese() ? "zh" : "en");
}

const char *status_words(const char *status)
{
    return find_words(statuses, G_N_ELEMENTS(statuses), status);
}

const char *verdict_words(const char *verdict)
{
    return find_words(verdicts, G_N_ELEMENTS(verdicts), verdict);
}

const char *state_words(const char *state)
{
    return find_words(states, G_N_ELEMENTS(states), state);
}

const char *kind_words(const char *applicant_kind)
{
    return find_words(kinds, G_N_ELEMENTS(kinds), applicant_kind);
}

const char *service_words(const char *service)
{
    return find_words(services, G_N_ELEMENTS(services), service);
}

const char *role_words(const char *role)
{
    return find_words(roles, G_N_ELEMENTS(roles), role);
}

const char *utility_words(const char *utility)
{
    return language_is_chinese() ? utility_title(utility) : utility;
}

/* "2023-01-01..2023-12-31", or "..2023-12-31" where no first day is known. */
static void append_days(GString *text, const char *separator, const char *days)
{
    const char *between = strstr(days, "..");
    if (between == NULL)
        g_string_append_printf(text, _("%sapplied on %s"), separator, days);
    else if (between == days)
        g_string_append_printf(text, _("%sapplied on %s at the latest"), separator,
                               between + 2);
    else
        g_string_append_printf(text, _("%sapplied between %.*s and %s"), separator,
                               (int)(between - days), days, between + 2);
}

/* One parameter of a reason, as people say it: "paper 3", a utility, a day. */
static void append_parameter(GString *text, const char *name, JsonNode *node)
{
    const char *separator = text->len == 0 ? "" : _(", ");
    g_autofree char *value =
        json_node_get_value_type(node) == G_TYPE_STRING
            ? g_strdup(json_node_get_string(node))
            : g_strdup_printf("%" G_GINT64_FORMAT, json_node_get_int(node));
    if (strcmp(name, "paper") == 0)
        g_string_append_printf(text, _("%spaper %s"), separator, value);
    else if (strcmp(name, "page") == 0)
        g_string_append_printf(text, _("%spage %s"), separator, value);
    else if (strcmp(name, "other_page") == 0)
        g_string_append_printf(text, _("%spage %s again"), separator, value);
    else if (strcmp(name, "expected") == 0)
        g_string_append_printf(text, _("%s%s expected"), separator, value);
    else if (strcmp(name, "found") == 0)
        g_string_append_printf(text, _("%s%s found"), separator, value);
    else if (strcmp(name, "utility") == 0)
        g_string_append_printf(text, "%s%s", separator, utility_words(value));
    else if (strcmp(name, "role") == 0)
        g_string_append_printf(text, "%s%s", separator, role_words(value));
    else if (strcmp(name, "applied") == 0)
        append_days(text, separator, value);
    else if (strcmp(name, "why") == 0)
        g_string_append_printf(text, "%s%s", separator, file_reason_words(value));
    else
        g_string_append_printf(text, "%s%s", separator, value);
}

char *reason_text(JsonObject *reason)
{
    const char *code = reason != NULL ? json_get_string(reason, "code", NULL) : NULL;
    if (code == NULL)
        return g_strdup("");
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GList) members = json_object_get_members(reason);
    for (GList *member = members; member != NULL; member = member->next) {
        JsonNode *node = json_object_get_member(reason, member->data);
        if (strcmp(member->data, "code") != 0 && strcmp(member->data, "grade") != 0 &&
            JSON_NODE_HOLDS_VALUE(node))
            append_parameter(text, member->data, node);
    }
    const char *words = reason_words(code);
    return text->len == 0 ? g_strdup(words)
                          : g_strdup_printf(_("%s (%s)"), words, text->str);
}
