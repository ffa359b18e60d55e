/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export.c - banjie export: write the packages for the utilities. */
#include "cmd/cmd.h"
#include "cmd/print.h"

static char *out, *recipient, *case_name;
static gboolean is_now;

static const GOptionEntry options[] = {
    {"out", 'o', 0, G_OPTION_ARG_FILENAME, &out, N_("where the packages go"), N_("DIR")},
    {"to", 0, 0, G_OPTION_ARG_STRING, &recipient,
     N_("only for this utility: water, electricity, gas, heat, telecom"),
     N_("RECIPIENT")},
    {"case", 0, 0, G_OPTION_ARG_STRING, &case_name, N_("only this case"), N_("CASE")},
    {"now", 0, 0, G_OPTION_ARG_NONE, &is_now,
     N_("do not wait for a time of sending (no such times are set yet: always so)"),
     NULL},
    {0}};

static Status run(const Session *session, char **arguments)
{
    (void)arguments;
    if (out == NULL)
        return say_usage(_("export wants --out DIR"));
    if (recipient != NULL && !g_strv_contains(utility_codes, recipient))
        return say_usage(_("there is no recipient “%s”"), recipient);
    Status status = STATUS_DONE;
    g_autoptr(Pipeline) pipeline = session_pipeline(session, &status);
    if (pipeline == NULL)
        return status;
    g_autoptr(Store) store = session_store(session, &status);
    if (store == NULL)
        return status;
    g_autoptr(StoredCase) stored = NULL;
    if (case_name != NULL) {
        stored = session_case(store, case_name, &status);
        if (stored == NULL)
            return status;
    }
    ExportParams params = {.out = out,
                           .recipient = recipient,
                           .case_name = stored != NULL ? stored->name : NULL,
                           .pipeline = pipeline,
                           .as_of = session->as_of};
    return print_export(store, &params);
}

const Command command_export = {
    .name = "export",
    .arguments = "--out DIR",
    .summary = N_("write the packages that are due"),
    .example = "  banjie export --out /media/usb --to water",
    .options = options,
    .run = run,
};
