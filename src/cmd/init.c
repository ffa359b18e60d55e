/* SPDX-License-Identifier: GPL-3.0-or-later */
/* init.c - banjie init: an empty store. */
#include "cmd/cmd.h"

static char *site;

static const GOptionEntry options[] = {{"site", 0, 0, G_OPTION_ARG_STRING, &site,
                                        N_("this office's id in case and package names, "
                                           "2 to 8 of a-z 0-9 (default: site01)"),
                                        N_("ID")},
                                       {0}};

static bool is_site_id(const char *text)
{
    size_t length = strlen(text);
    return length >= 2 && length <= 8 &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789") == length;
}

static Status run(const Session *session, char **arguments)
{
    (void)arguments;
    if (site != NULL && !is_site_id(site))
        return say_usage(_("--site wants 2 to 8 letters a-z or digits, not “%s”"), site);
    g_autoptr(GError) error = NULL;
    if (!store_init(session->store_folder, site, &error))
        return say_error(error);
    if (!session->is_quiet) {
        say(_("made an empty store in %s; its settings are in settings.yaml"),
            session->store_folder);
        say(_("next: banjie run FOLDER-WITH-SCANS"));
    }
    return STATUS_DONE;
}

const Command command_init = {
    .name = "init",
    .summary = N_("make an empty store"),
    .example = "  banjie --store /srv/banjie init --site tx01",
    .options = options,
    .run = run,
};
