/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check-pipeline.c - banjie check-pipeline: are the declarations right, and what do they
 * say? */
#include "cmd/cmd.h"
#include <stdio.h>

static Status run(const Session *session, char **arguments)
{
    const char *folder = arguments[0] != NULL ? arguments[0] : session->pipeline_folder;
    g_autoptr(GError) error = NULL;
    g_autoptr(Pipeline) pipeline = pipeline_load(folder, &error);
    if (pipeline == NULL) {
        say_error(error);
        return STATUS_PIPELINE;
    }
    g_autofree char *description = pipeline_describe(pipeline);
    g_autofree char *hash = pipeline_hash(pipeline, NULL);
    printf(_("The declarations in %s are right.\n"), folder);
    fputs(description, stdout);
    if (!g_str_has_suffix(description, "\n"))
        putchar('\n');
    printf("sha256 %s\n", hash);
    return STATUS_DONE;
}

const Command command_check_pipeline = {
    .name = "check-pipeline",
    .arguments = "[DIR]",
    .summary = N_("check the declarations of forms, papers, lists and places"),
    .example = "  banjie check-pipeline pipelines",
    .max_arguments = 1,
    .run = run,
};
