/* SPDX-License-Identifier: GPL-3.0-or-later */
/* print-people.c - whom papers are about and why, and where two of them contradict. */
#include "base/json.h"
#include "cmd/print.h"
#include "cmd/reasons.h"
#include <stdio.h>

static const ClassDecl *class_of_paper(JsonObject *record, const Pipeline *pipeline,
                                       int64_t number)
{
    JsonObject *paper =
        json_find_numbered(json_get_array(record, "papers"), "paper", number);
    return paper != NULL ? pipeline_class(pipeline, json_get_string(paper, "class", ""))
                         : NULL;
}

/* "paper 2 (居民身份证) 姓名" */
static char *place_words(JsonObject *place, JsonObject *record, const Pipeline *pipeline)
{
    int64_t number = json_get_int(place, "paper", 0);
    const ClassDecl *decl = class_of_paper(record, pipeline, number);
    g_autofree char *title = field_title(decl, json_get_string(place, "key", ""));
    if (number == 0) /* a person said it */
        return g_steal_pointer(&title);
    return g_strdup_printf(_("paper %d (%s) %s"), (int)number,
                           decl != NULL && decl->title != NULL ? decl->title : "", title);
}

void print_roles(JsonObject *paper, JsonObject *record, const Pipeline *pipeline)
{
    JsonArray *reasons = json_get_array(paper, "role_reasons");
    for (guint i = 0; reasons != NULL && i < json_array_get_length(reasons); i++) {
        JsonObject *reason = json_array_get_object_element(reasons, i);
        if (reason == NULL)
            continue;
        bool is_told = json_get_string(reason, "key", NULL) != NULL;
        g_autofree char *place =
            is_told ? place_words(reason, record, pipeline) : g_strdup("");
        printf("      %s%s%s%s%s%s\n", role_words(json_get_string(reason, "role", "")),
               json_get_bool(reason, "sure", false) ? "" : _(", not sure"), _(": "),
               reason_words(json_get_string(reason, "code", "")), is_told ? _(": ") : "",
               place);
    }
}

void print_sides(JsonObject *problem, JsonObject *record, const Pipeline *pipeline)
{
    JsonArray *sides = json_get_array(problem, "sides");
    for (guint i = 0; sides != NULL && i < json_array_get_length(sides); i++) {
        JsonObject *side = json_array_get_object_element(sides, i);
        if (side == NULL)
            continue;
        g_autofree char *place = place_words(side, record, pipeline);
        printf("      %s%s%s", place, _(": "), json_get_string(side, "text", ""));
        if (json_get_int(side, "page", 0) > 0)
            printf(_("  (page %d)"), (int)json_get_int(side, "page", 0));
        putchar('\n');
    }
}
