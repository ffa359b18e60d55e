/* SPDX-License-Identifier: GPL-3.0-or-later */
/* intake.c - banjie intake: the first half of `run`: papers into the store. */
#include "cmd/print.h"
#include "cmd/take.h"

static TakeOptions take;

static const GOptionEntry options[] = {TAKE_OPTIONS(take), {0}};

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
    status = print_ledger(store, batch);
    if (!session->is_quiet)
        say(_("next: banjie process"));
    return status;
}

const Command command_intake = {
    .name = "intake",
    .arguments = "PATH…",
    .summary = N_("take papers in, and leave the reading to `process`"),
    .example = "  banjie intake scans/2023-03-08 --layout stack",
    .options = options,
    .min_arguments = 1,
    .max_arguments = -1,
    .run = run,
};
