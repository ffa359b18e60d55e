/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verdict.c - what must be decided of a case, from how it was made: which papers were
 * brought, about whom, and what is the matter with them. Nothing here reads a page. */
#include <string.h>

#include "lists.h"

static const char *verdict(const Case *made, const char *utility)
{
    State worst = STATE_MET;
    for (const ListLine *line = list_of(made, utility); line->utility != NULL; line++)
        if (strcmp(line->utility, utility) == 0)
            worst = MAX(worst, list_state(made, line));
    if (worst == STATE_MISSING)
        return "incomplete";
    if (!made->is_signed || worst == STATE_UNSURE)
        return "review";
    return strcmp(utility, "telecom") == 0 ? "deferred" : "complete";
}

JsonNode *verdicts_json(const Case *made)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    for (const Choice *utility = utility_choices; utility->code != NULL; utility++) {
        if (!fields_chose(made->fields, "utilities", utility->code))
            continue;
        json_builder_set_member_name(builder, utility->code);
        json_builder_add_string_value(builder, verdict(made, utility->code));
    }
    json_builder_end_object(builder);
    return json_builder_get_root(builder);
}

static void add_missing(const Case *made, const char *utility, JsonBuilder *builder)
{
    for (const ListLine *line = list_of(made, utility); line->utility != NULL; line++) {
        if (strcmp(line->utility, utility) != 0 ||
            list_state(made, line) != STATE_MISSING)
            continue;
        g_autofree char *id = g_strdup_printf("%s/%s", utility, line->id);
        json_builder_add_string_value(builder, id);
    }
}

JsonNode *missing_json(const Case *made)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_array(builder);
    for (const Choice *utility = utility_choices; utility->code != NULL; utility++)
        if (fields_chose(made->fields, "utilities", utility->code))
            add_missing(made, utility->code, builder);
    json_builder_end_array(builder);
    return json_builder_get_root(builder);
}

const char *verdict_of_case(const Case *made)
{
    static const char *const order[] = {"deferred", "complete", "review", "incomplete"};
    int worst = 0;
    for (const Choice *utility = utility_choices; utility->code != NULL; utility++) {
        if (!fields_chose(made->fields, "utilities", utility->code))
            continue;
        const char *one = verdict(made, utility->code);
        for (int i = 0; i < 4; i++)
            if (strcmp(order[i], one) == 0)
                worst = MAX(worst, i);
    }
    return order[worst];
}
