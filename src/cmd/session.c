/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.c - what every command opens, and how its failures are said. */
#include "cmd/cmd.h"
#include "cmd/reasons.h"
#include "transfer/transfer.h"
#include "work/work.h"
#include <stdarg.h>
#include <stdio.h>

#define MS_PER_S 1000

static void say_line(const char *format, va_list arguments)
{
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    fflush(stdout); /* so that messages stand where they belong among the results */
    fprintf(stderr, "banjie: %s\n", text);
}

void say(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say_line(format, arguments);
    va_end(arguments);
}

Status say_usage(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say_line(format, arguments);
    va_end(arguments);
    fprintf(stderr, "%s\n", _("`banjie --help` lists the commands and options."));
    return STATUS_USAGE;
}

typedef struct {
    GQuark (*domain)(void);
    int code; /* -1: every other code of the domain */
    Status status;
    const char *words; /* said before the error's own text, or NULL */
} ErrorMeaning;

static const ErrorMeaning meanings[] = {
    {store_error_quark, STORE_ERROR_MISSING, STATUS_STORE,
     N_("there is no store here yet; `banjie init` makes one")},
    {store_error_quark, STORE_ERROR_EXISTS, STATUS_STORE,
     N_("there is a store already; it was left as it is")},
    {store_error_quark, STORE_ERROR_LOCKED, STATUS_STORE,
     N_("another program is using the store")},
    {store_error_quark, STORE_ERROR_DAMAGED, STATUS_STORE, N_("the store is damaged")},
    {store_error_quark, STORE_ERROR_SPACE, STATUS_STORE, N_("the disk is full")},
    {store_error_quark, STORE_ERROR_NOT_FOUND, STATUS_SOME, N_("not found")},
    {store_error_quark, -1, STATUS_STORE, N_("the store cannot be used")},
    {pipeline_error_quark, -1, STATUS_PIPELINE, N_("the declarations are wrong")},
    {work_error_quark, WORK_ERROR_INTERRUPTED, STATUS_INTERRUPTED,
     N_("interrupted; `banjie process` goes on from here")},
    {work_error_quark, WORK_ERROR_MODEL, STATUS_SOME,
     N_("the language data for reading Chinese is missing; `banjie doctor` says more")},
    {work_error_quark, -1, STATUS_SOME, N_("a worker could not be started")},
    {transfer_error_quark, -1, STATUS_SOME, NULL},
};

Status say_error(const GError *error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(meanings); i++) {
        const ErrorMeaning *meaning = &meanings[i];
        if (error->domain != meaning->domain() ||
            (meaning->code != -1 && meaning->code != error->code))
            continue;
        if (meaning->words != NULL)
            say("%s: %s", _(meaning->words), error->message);
        else
            say("%s", error->message);
        return meaning->status;
    }
    say("%s", error->message);
    return STATUS_SOME;
}

Store *session_store(const Session *session, Status *status)
{
    g_autoptr(GError) error = NULL;
    Store *store = store_open(session->store_folder, 0, &error);
    if (store == NULL && session->wait_s > 0 &&
        g_error_matches(error, STORE_ERROR, STORE_ERROR_LOCKED)) {
        say(_("another program is using the store; waiting up to %d seconds (%s)"),
            session->wait_s, error->message);
        g_clear_error(&error);
        store = store_open(session->store_folder, session->wait_s * MS_PER_S, &error);
    }
    if (store == NULL)
        *status = say_error(error);
    return store;
}

Pipeline *session_pipeline(const Session *session, Status *status)
{
    g_autoptr(GError) error = NULL;
    Pipeline *pipeline = pipeline_load(session->pipeline_folder, &error);
    if (pipeline == NULL) {
        say_error(error);
        *status = STATUS_PIPELINE;
    }
    return pipeline;
}

static bool name_begins(const char *name, const char *wanted)
{
    size_t length = strlen(wanted);
    const char *dash = strchr(name, '-');
    return g_ascii_strncasecmp(name, wanted, length) == 0 ||
           (dash != NULL && g_ascii_strncasecmp(dash + 1, wanted, length) == 0);
}

static const StoredCase *find_case(const GPtrArray *cases, const char *wanted,
                                   int *matches)
{
    const StoredCase *found = NULL;
    *matches = 0;
    for (guint i = 0; i < cases->len; i++) {
        const StoredCase *stored = g_ptr_array_index(cases, i);
        if (g_ascii_strcasecmp(stored->name, wanted) == 0) {
            *matches = 1;
            return stored;
        }
        if (name_begins(stored->name, wanted)) {
            found = stored;
            ++*matches;
        }
    }
    return found;
}

StoredCase *session_case(Store *store, const char *name, Status *status)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) cases = store_cases(store, &error);
    if (cases == NULL) {
        *status = say_error(error);
        return NULL;
    }
    int matches = 0;
    const StoredCase *found = *name != '\0' ? find_case(cases, name, &matches) : NULL;
    *status = STATUS_SOME;
    if (found == NULL) {
        say(_("there is no case “%s”; `banjie cases` lists them"), name);
        return NULL;
    }
    if (matches > 1) {
        say(_("%d cases begin with “%s”; say more of the name"), matches, name);
        return NULL;
    }
    StoredCase *stored = store_case_get(store, found->name, &error);
    if (stored == NULL && error != NULL)
        *status = say_error(error);
    return stored;
}

Status session_process(const Session *session, Store *store, const Pipeline *pipeline,
                       const char *batch)
{
    WorkParams params = {.jobs = session->jobs,
                         .as_of = session->as_of,
                         .batch = batch,
                         .is_quiet = session->is_quiet,
                         .pipeline = pipeline,
                         .program = session->program};
    WorkResult result = {0};
    g_autoptr(GError) error = NULL;
    if (!work_process(store, &params, &result, &error))
        return say_error(error);
    if (!session->is_quiet)
        say(_("read %d pages, %d known before, %d could not be read; %d cases, %d of "
              "them "
              "new or changed"),
            result.pages_done, result.pages_known, result.pages_failed, result.cases,
            result.cases_changed);
    if (session->is_verbose)
        say(_("processor time of the workers: %.1f s"), (double)result.cpu_ms / MS_PER_S);
    return result.pages_failed > 0 || result.files_rejected > 0 ? STATUS_SOME
                                                                : STATUS_DONE;
}

bool is_day(const char *text)
{
    int year, month, day;
    char rest;
    return strlen(text) == 10 &&
           sscanf(text, "%4d-%2d-%2d%c", &year, &month, &day, &rest) == 3 &&
           g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year);
}
