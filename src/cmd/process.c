/* SPDX-License-Identifier: GPL-3.0-or-later */
/* process.c - banjie process: the second half of `run`, from wherever it stopped. */
#include "cmd/print.h"

static Status run(const Session *session, char **arguments)
{
    (void)arguments;
    Status status = STATUS_DONE;
    g_autoptr(Pipeline) pipeline = session_pipeline(session, &status);
    if (pipeline == NULL)
        return status;
    g_autoptr(Store) store = session_store(session, &status);
    if (store == NULL)
        return status;
    status = session_process(session, store, pipeline, NULL);
    if (status != STATUS_DONE && status != STATUS_SOME)
        return status;
    Status printed = print_batch(store, pipeline, NULL, NULL); /* MAX() is a macro */
    return MAX(status, printed);
}

const Command command_process = {
    .name = "process",
    .summary = N_("read what is unread and decide again what has changed"),
    .example = "  banjie process --jobs 2",
    .run = run,
};
