/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.c - banjie run: papers in, cases and packages out. */
#include "cmd/cmd.h"
#include "cmd/print.h"
#include "cmd/take.h"

static TakeOptions take;
static char *export_folder;

static const GOptionEntry options[] = {
    TAKE_OPTIONS(take),
    {"export", 0, 0, G_OPTION_ARG_FILENAME, &export_folder,
     N_("then write the packages that are due into this folder"), N_("DIR")},
    {0}};

static void say_next_steps(const Session *session, const char *name)
{
    if (session->is_quiet || name == NULL)
        return;
    say(_("next: `banjie show %s` shows one case in full;\n"
          "        `banjie page %s 1 -o page.png` draws a page as it was read;\n"
          "        `banjie set %s FIELD VALUE --by NAME` puts a value right"),
        name, name, name);
}

static Status run(const Session *session, char **arguments)
{
    Status status = STATUS_DONE;
    g_autoptr(Pipeline) pipeline = session_pipeline(session, &status);
    if (pipeline == NULL || !take_options_check(&take, pipeline, &status))
        return status;
    g_autoptr(Store) store = session_store(session, &status);
    if (store == NULL)
        return status;
    g_autofree char *batch = NULL;
    status = take_in(session, store, &take, arguments, &batch);
    if (status != STATUS_DONE)
        return status;

    Status processed = session_process(session, store, pipeline, NULL);
    if (processed != STATUS_DONE && processed != STATUS_SOME)
        return processed;
    Status ledger = print_ledger(store, batch);
    g_autofree char *first_case = NULL;
    Status cases = print_batch(store, pipeline, batch, &first_case);
    Status exported = STATUS_DONE;
    if (export_folder != NULL) {
        ExportParams params = {
            .out = export_folder, .pipeline = pipeline, .as_of = session->as_of};
        exported = print_export(store, &params);
    }
    say_next_steps(session, first_case);
    return MAX(MAX(processed, ledger), MAX(cases, exported));
}

const Command command_run = {
    .name = "run",
    .arguments = "PATH…",
    .summary = N_("take papers in, read them, make and check cases: the main job"),
    .example = "  banjie run scans/2023-03-08 --place tongxu --export outgoing",
    .options = options,
    .min_arguments = 1,
    .max_arguments = -1,
    .run = run,
};
