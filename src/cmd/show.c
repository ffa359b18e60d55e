/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show.c - banjie show: one case. */
#include "base/json.h"
#include "cmd/print.h"
#include <stdio.h>

static gboolean is_json;

static const GOptionEntry options[] = {
    {"json", 0, 0, G_OPTION_ARG_NONE, &is_json, N_("the case record as JSON"), NULL},
    {0}};

static Status run(const Session *session, char **arguments)
{
    Status status = STATUS_DONE;
    g_autoptr(Store) store = session_store(session, &status);
    if (store == NULL)
        return status;
    g_autoptr(StoredCase) stored = session_case(store, arguments[0], &status);
    if (stored == NULL)
        return status;
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) record = json_parse_object(stored->record, -1, &error);
    if (record == NULL)
        return say_error(error);
    if (is_json) {
        g_autofree char *text = json_object_text_pretty(record);
        printf("%s\n", text);
        return STATUS_DONE;
    }
    g_autoptr(Pipeline) pipeline = session_pipeline(session, &status);
    if (pipeline == NULL)
        return status;
    print_case_full(record, pipeline);
    return STATUS_DONE;
}

const Command command_show = {
    .name = "show",
    .arguments = "CASE",
    .summary = N_("show one case; the beginning of its name is enough"),
    .example = "  banjie show 7K3M --json",
    .options = options,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = run,
};
