/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check-pipeline.c - banjie check-pipeline: are the declarations right, and what do they
 * say? */
#include "cmd/cmd.h"
#include <stdio.h>

static gboolean is_lists;

static const GOptionEntry options[] = {
    {"lists", 0, 0, G_OPTION_ARG_NONE, &is_lists,
     N_("only the material lists, said back in Chinese"), NULL},
    {0}};

/* What is no mistake, and still to no purpose. */
static void print_remarks(const Pipeline *pipeline)
{
    const GPtrArray *remarks = pipeline_remarks(pipeline);
    if (remarks->len == 0)
        return;
    puts(_("Declared to no purpose, or met by no paper that is known:"));
    for (guint i = 0; i < remarks->len; i++)
        printf("  %s\n", (const char *)remarks->pdata[i]);
}

static void print_all(const Pipeline *pipeline, const char *folder)
{
    g_autofree char *description = pipeline_describe(pipeline);
    g_autofree char *hash = pipeline_hash(pipeline, NULL);
    printf(_("The declarations in %s are right.\n"), folder);
    print_remarks(pipeline);
    fputs(description, stdout);
    printf("sha256 %s\n", hash);
}

static Status run(const Session *session, char **arguments)
{
    const char *folder = arguments[0] != NULL ? arguments[0] : session->pipeline_folder;
    g_autoptr(GError) error = NULL;
    g_autoptr(Pipeline) pipeline = pipeline_load(folder, &error);
    if (pipeline == NULL) {
        say_error(error);
        return STATUS_PIPELINE;
    }
    if (is_lists) {
        g_autofree char *lists = pipeline_describe_lists(pipeline);
        fputs(lists, stdout);
    } else {
        print_all(pipeline, folder);
    }
    return STATUS_DONE;
}

const Command command_check_pipeline = {
    .name = "check-pipeline",
    .arguments = "[DIR]",
    .summary = N_("check the declarations of forms, papers, lists and places"),
    .example = "  banjie check-pipeline pipelines\n"
               "  banjie check-pipeline --lists pipelines",
    .options = options,
    .max_arguments = 1,
    .run = run,
};
