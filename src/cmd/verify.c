/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verify.c - banjie verify: the recipient's side; needs no store. */
#include "cmd/cmd.h"
#include "transfer/transfer.h"
#include <stdio.h>

static Status run(const Session *session, char **arguments)
{
    (void)session;
    Status status = STATUS_DONE;
    for (char **path = arguments; *path != NULL; path++) {
        g_autoptr(GError) error = NULL;
        if (transfer_verify(*path, &error)) {
            printf(_("%s: intact\n"), *path);
        } else {
            printf(_("%s: NOT INTACT\n"), *path);
            say("%s: %s", *path, error->message);
            status = STATUS_SOME;
        }
    }
    return status;
}

const Command command_verify = {
    .name = "verify",
    .arguments = "PACKAGE…",
    .summary = N_("check that packages arrived whole"),
    .example = "  banjie verify water-tx01-0000000042.zip",
    .min_arguments = 1,
    .max_arguments = -1,
    .run = run,
};
