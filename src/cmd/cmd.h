/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd/cmd.h - the command line: one file per command, one table of commands.
 *
 * Standard output carries results only; messages go to standard error through say(). */
#pragma once
#include "base/base.h"
#include "pipeline/pipeline.h"
#include "store/store.h"
#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) (text)

/* Exit statuses are part of the program's outside and never change meaning. */
typedef enum {
    STATUS_DONE = 0,
    STATUS_SOME = 1,     /* done, but something was rejected, failed or not found */
    STATUS_USAGE = 2,    /* wrong usage */
    STATUS_STORE = 3,    /* the store cannot be used */
    STATUS_PIPELINE = 4, /* the declarations are wrong */
    STATUS_INTERRUPTED = 130,
} Status;

/* What the global options say, after defaults. Strings are owned. */
typedef struct {
    char *program;         /* path of this executable, for starting workers */
    char *store_folder;    /* --store */
    char *pipeline_folder; /* --pipeline */
    char *as_of;           /* --as-of, YYYY-MM-DD */
    int jobs;              /* --jobs, >= 1 */
    int wait_s;            /* --wait, >= 0 */
    gboolean is_quiet, is_verbose;
} Session;

typedef struct {
    const char *name;            /* as typed: "check-pipeline" */
    const char *arguments;       /* what follows the options in the usage line, or NULL */
    const char *summary;         /* one line, marked N_() */
    const char *example;         /* one or more lines, shown by --help */
    const GOptionEntry *options; /* or NULL */
    int min_arguments, max_arguments; /* max < 0: any number */
    bool is_hidden;
    /* @arguments: NULL-terminated, borrowed. Returns: exit status */
    Status (*run)(const Session *session, char **arguments);
} Command;

#define COMMAND(name) extern const Command command_##name;
#include "cmd/commands.def"
#undef COMMAND

/* command_main: find the command, read options, run it. Returns: exit status */
int command_main(int argc, char **argv);

/* --- language.c --- */
/* language_start: locale and message catalogue, Chinese or English by the environment,
 * also where the zh_CN locale is not installed. @argv0: to find an in-tree catalogue */
void language_start(const char *argv0);
/* language_is_chinese: whether messages come out in Chinese. */
bool language_is_chinese(void);
/* program_path: this executable's own path, owned. */
char *program_path(const char *argv0);

/* --- session.c --- */
/* say: a message for people, on standard error, with "banjie: " before it. */
void say(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* say_usage: as say(), with a pointer to --help. Returns: STATUS_USAGE */
Status say_usage(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* say_error: say what went wrong in people's words. Returns: the exit status for it */
Status say_error(const GError *error);

/* session_store: the store, waiting --wait seconds for another program to finish.
 * Returns: owned; NULL with @status set and the reason said */
Store *session_store(const Session *session, Status *status);
/* session_pipeline: the declarations. Returns: owned; NULL as above */
Pipeline *session_pipeline(const Session *session, Status *status);

/* session_case: the case named @name, or the only one whose name, with or without the
 * site, begins so; letters in either case.
 * Returns: owned, free with stored_case_free(); NULL as above */
StoredCase *session_case(Store *store, const char *name, Status *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoredCase, stored_case_free)

/* session_process: bring @batch (NULL: everything) up to date with work_process(), and
 * say what could not be done. Returns: STATUS_DONE, STATUS_SOME, or what stopped it */
Status session_process(const Session *session, Store *store, const Pipeline *pipeline,
                       const char *batch);

/* is_day: whether @text is YYYY-MM-DD and in the calendar. */
bool is_day(const char *text);
