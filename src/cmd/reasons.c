/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reasons.c - the one table of codes and what they mean to people. */
#include "cmd/reasons.h"
#include "cmd/cmd.h"

typedef struct {
    const char *code, *words;
} CodeWords;

/* Two codes that mean the same to people may both be here; a code appears once. */
static const CodeWords reasons[] = {
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

bool reason_is_known(const char *code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++) {
        if (strcmp(reasons[i].code, code) == 0)
            return true;
    }
    return false;
}

const char *reason_words(const char *code)
{
    return find_words(reasons, G_N_ELEMENTS(reasons), code);
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

const char *utility_words(const char *utility)
{
    return language_is_chinese() ? utility_title(utility) : utility;
}

static void append_parameter(GString *text, const char *separator, JsonNode *node)
{
    if (JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING) {
        g_string_append_printf(text, "%s%s", separator, json_node_get_string(node));
    } else if (!JSON_NODE_HOLDS_NULL(node)) {
        g_autofree char *value = json_to_string(node, FALSE);
        g_string_append_printf(text, "%s%s", separator, value);
    }
}

char *reason_text(JsonObject *reason)
{
    if (reason == NULL || !json_object_has_member(reason, "code"))
        return g_strdup("");
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GList) members = json_object_get_members(reason);
    for (GList *member = members; member != NULL; member = member->next) {
        if (strcmp(member->data, "code") != 0)
            append_parameter(text, text->len == 0 ? "" : ", ",
                             json_object_get_member(reason, member->data));
    }
    const char *words = "";
    JsonNode *code = json_object_get_member(reason, "code");
    if (JSON_NODE_HOLDS_VALUE(code) && json_node_get_value_type(code) == G_TYPE_STRING)
        words = reason_words(json_node_get_string(code));
    return text->len == 0 ? g_strdup(words)
                          : g_strdup_printf(_("%s (%s)"), words, text->str);
}
