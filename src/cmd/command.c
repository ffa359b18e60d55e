/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command.c - from argv to a command: global options, help, the nearest name. */
#include "cmd/cmd.h"
#include "base/text.h"
#include <errno.h>
#include <stdio.h>

static const Command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "cmd/commands.def"
#undef COMMAND
};

#define DEFAULT_WAIT_S                                                                   \
    30 /* how long a second program waits for the first one's store                      \
        */
#define MAX_JOBS 256

static Session session = {.wait_s = DEFAULT_WAIT_S};
static gboolean wants_version, wants_help;

static const GOptionEntry global_options[] = {
    {"store", 0, 0, G_OPTION_ARG_FILENAME, &session.store_folder,
     N_("the store (default: $BANJIE_STORE, else ./banjie-store)"), N_("DIR")},
    {"pipeline", 0, 0, G_OPTION_ARG_FILENAME, &session.pipeline_folder,
     N_("the declarations (default: those that came with the program)"), N_("DIR")},
    {"jobs", 'j', 0, G_OPTION_ARG_INT, &session.jobs,
     N_("pages read at the same time (default: one per processor)"), N_("N")},
    {"as-of", 0, 0, G_OPTION_ARG_STRING, &session.as_of,
     N_("decide as on this day, YYYY-MM-DD (default: today)"), N_("DATE")},
    {"wait", 0, 0, G_OPTION_ARG_INT, &session.wait_s,
     N_("how long to wait while another program has the store (default: 30)"),
     N_("SECONDS")},
    {"quiet", 'q', 0, G_OPTION_ARG_NONE, &session.is_quiet, N_("no progress"), NULL},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, &session.is_verbose,
     N_("say more about what is done"), NULL},
    {"version", 0, 0, G_OPTION_ARG_NONE, &wants_version, N_("show the version"), NULL},
    {"help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, N_("show this"), NULL},
    {0}};

static char *list_of_commands(void)
{
    g_autoptr(GString) text = g_string_new(_("Commands:\n"));
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (!commands[i]->is_hidden)
            g_string_append_printf(text, "  %-15s %s\n", commands[i]->name,
                                   _(commands[i]->summary));
    }
    g_string_append_printf(
        text, "\n%s\n\n%s\n  banjie init\n  banjie run %s\n  banjie cases\n",
        _("`banjie COMMAND --help` explains one command and shows an example."),
        _("To begin:"), _("FOLDER-WITH-SCANS"));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static const Command *find_command(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    return NULL;
}

/* The command somebody most likely meant: two slips of the finger away at most. */
static const char *nearest_command(const char *name)
{
    const char *nearest = NULL;
    int best = MIN(3, (int)g_utf8_strlen(name, -1));
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        int distance = text_distance(name, commands[i]->name);
        if (!commands[i]->is_hidden && distance < best) {
            best = distance;
            nearest = commands[i]->name;
        }
    }
    return nearest;
}

static Status say_unknown(const char *name)
{
    const char *nearest = nearest_command(name);
    if (nearest != NULL)
        return say_usage(_("there is no command “%s”; did you mean “%s”?"), name,
                         nearest);
    return say_usage(_("there is no command “%s”"), name);
}

static GOptionContext *context_for(const Command *command)
{
    g_autofree char *usage =
        command == NULL
            ? g_strdup(_("COMMAND [ARGUMENT…]"))
            : g_strconcat(command->name, command->arguments != NULL ? " " : NULL,
                          command->arguments, NULL);
    GOptionContext *context = g_option_context_new(usage);
    g_option_context_set_translation_domain(context, "banjie");
    GOptionGroup *global =
        g_option_group_new("global", _("Options of every command:"),
                           _("Show the options of every command"), NULL, NULL);
    g_option_group_add_entries(global, global_options);
    g_option_group_set_translation_domain(global, "banjie");
    if (command == NULL) {
        g_autofree char *list = list_of_commands();
        g_option_context_set_summary(
            context, _("banjie reads scanned applications and certificates into cases,\n"
                       "checks each against the list of what it needs, and packs the\n"
                       "complete ones for the utilities. It needs no network."));
        g_option_context_set_description(context, list);
        g_option_context_set_strict_posix(context, TRUE);
        g_option_context_set_main_group(context, global);
        return context;
    }
    g_autofree char *example = g_strdup_printf("%s\n%s", _("Example:"), command->example);
    g_option_context_set_summary(context, _(command->summary));
    g_option_context_set_description(context, example);
    if (command->options != NULL)
        g_option_context_add_main_entries(context, command->options, "banjie");
    g_option_context_add_group(context, global);
    return context;
}

static void print_help(const Command *command)
{
    g_autoptr(GOptionContext) context = context_for(command);
    g_option_context_set_help_enabled(context, FALSE);
    g_autofree char *help = g_option_context_get_help(context, FALSE, NULL);
    fputs(help, stdout);
}

static Status print_about(const Command *command)
{
    if (wants_version)
        printf("banjie %s\n", VERSION);
    else
        print_help(command);
    return STATUS_DONE;
}

static char *today(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    return g_date_time_format(now, "%Y-%m-%d");
}

/* The folder @name beside the program's own folder, else the installed one. */
static char *own_folder(const char *program, const char *name)
{
    g_autofree char *folder = g_path_get_dirname(program);
    const char *const places[] = {"..", "../share/banjie", "../.."};
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autofree char *candidate = g_build_filename(folder, places[i], name, NULL);
        if (g_file_test(candidate, G_FILE_TEST_IS_DIR))
            return g_canonicalize_filename(candidate, NULL);
    }
    return g_build_filename(PREFIX "/share/banjie", name, NULL);
}

static Status finish_session(const char *argv0)
{
    session.program = program_path(argv0);
    if (session.program == NULL)
        session.program = g_strdup(argv0);
    if (session.store_folder == NULL) {
        const char *from_environment = g_getenv("BANJIE_STORE");
        session.store_folder = g_strdup(
            from_environment != NULL && *from_environment != '\0' ? from_environment
                                                                  : "banjie-store");
    }
    if (session.pipeline_folder == NULL)
        session.pipeline_folder = own_folder(session.program, "pipelines");
    /* In the environment, because the workers need it too. */
    g_autofree char *models = own_folder(session.program, "models");
    g_setenv("BANJIE_MODELS", models, FALSE);
    if (session.as_of == NULL)
        session.as_of = today();
    if (!is_day(session.as_of))
        return say_usage(_("--as-of wants a day as YYYY-MM-DD, not “%s”"), session.as_of);
    if (session.jobs == 0)
        session.jobs = (int)g_get_num_processors();
    if (session.jobs < 1 || session.jobs > MAX_JOBS)
        return say_usage(_("--jobs wants a number from 1 to %d"), MAX_JOBS);
    if (session.wait_s < 0)
        return say_usage(_("--wait wants a number of seconds, 0 or more"));
    return STATUS_DONE;
}

static Status run_command(const Command *command, const char *argv0, char **words)
{
    g_autoptr(GOptionContext) context = context_for(command);
    g_option_context_set_help_enabled(context, FALSE);
    g_autoptr(GError) error = NULL;
    /* g_option_context_parse_strv() takes words off the vector and frees them. */
    g_auto(GStrv) arguments = g_strdupv(words);
    if (!g_option_context_parse_strv(context, &arguments, &error))
        return say_usage("%s: %s", command->name, error->message);
    if (wants_help || wants_version)
        return print_about(command);
    int count = (int)g_strv_length(arguments) - 1;
    char **rest = arguments + 1;
    if (count > 0 && strcmp(rest[0], "--") == 0) {
        rest++;
        count--;
    }
    if (count < command->min_arguments ||
        (command->max_arguments >= 0 && count > command->max_arguments))
        return say_usage(_("usage: banjie %s %s"), command->name,
                         command->arguments != NULL ? command->arguments : "");
    Status status = finish_session(argv0);
    return status != STATUS_DONE ? status : command->run(&session, rest);
}

static void clear_session(void)
{
    g_clear_pointer(&session.program, g_free);
    g_clear_pointer(&session.store_folder, g_free);
    g_clear_pointer(&session.pipeline_folder, g_free);
    g_clear_pointer(&session.as_of, g_free);
}

/* What was written must have arrived: a full disk behind a pipe is no success. */
static Status check_output(Status status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    say(_("the results could not all be written: %s"), g_strerror(errno));
    return status == STATUS_DONE ? STATUS_SOME : status;
}

/* A word of the command line. GLib knows -j 4 and --jobs=4; people also write -j4, as for
 * other programs that take such a number. Returns: owned */
static char *word_of(const char *argument)
{
    return g_regex_match_simple("^-j[0-9]+$", argument, 0, 0)
               ? g_strconcat("--jobs=", argument + strlen("-j"), NULL)
               : g_strdup(argument);
}

int command_main(int argc, char **argv)
{
    g_autoptr(GOptionContext) context = context_for(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) words = g_new0(char *, (size_t)argc + 1);
    bool may_be_option = true; /* up to "--" */
    for (int i = 0; i < argc; i++) {
        may_be_option &= !g_str_equal(argv[i], "--");
        words[i] = may_be_option ? word_of(argv[i]) : g_strdup(argv[i]);
    }

    if (!g_option_context_parse_strv(context, &words, &error))
        return say_usage("%s", error->message);
    if (wants_version || wants_help)
        return check_output(
            print_about(words[1] != NULL ? find_command(words[1]) : NULL));
    if (words[1] != NULL && strcmp(words[1], "help") == 0)
        return check_output(
            print_about(words[2] != NULL ? find_command(words[2]) : NULL));
    if (words[1] == NULL) {
        g_autofree char *help = g_option_context_get_help(context, FALSE, NULL);
        fputs(help, stderr);
        return STATUS_USAGE;
    }
    const Command *command = find_command(words[1]);
    if (command == NULL)
        return say_unknown(words[1]);
    /* People are told in their own words what is wrong; to a worker a picture that cannot
     * be worked on is a result. */
    setMsgSeverity(L_SEVERITY_NONE);
    Status status = run_command(command, argv[0], words + 1);
    clear_session();
    return check_output(status);
}
