/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worker-serve.c - banjie worker-serve: what the runner starts to read pages; not for
 * people. */
#include "cmd/cmd.h"
#include "work/work.h"

static Status run(const Session *session, char **arguments)
{
    (void)session;
    (void)arguments;
    return (Status)work_serve();
}

const Command command_worker_serve = {
    .name = "worker-serve",
    .summary = N_("answer page requests on standard input (started by banjie itself)"),
    .example = "  banjie worker-serve",
    .max_arguments = -1,
    .is_hidden = true,
    .run = run,
};
