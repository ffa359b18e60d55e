/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "work/work-private.h"

#include "base/file.h"
#include "base/json.h"
#include "base/progress.h"
#include "intake/intake.h"
#include "reading/reading.h"

#include <glib/gstdio.h>
#include <libintl.h>

G_DEFINE_QUARK(work_error_quark, work_error)

typedef struct {
    Store *store;
    const WorkParams *params;
    WorkResult *result;
    Progress *progress;
    Memory *memory;     /* prints met before */
    bool is_again;      /* pages are read a second time, by a print learnt meanwhile */
    GHashTable *failed; /* sha256 -> reason, of originals that could not be probed */
} Run;

static PoolParams pool_params(const Run *run)
{
    const Settings *settings = store_settings(run->store);
    return (PoolParams){.program = run->params->program,
                        .jobs = MAX(1, run->params->jobs),
                        .memory_limit_mb = settings->memory_limit_mb,
                        .timeout_ms = settings->page_timeout_ms};
}

/* Does @jobs under the progress that is shown. */
static bool run_shown(Run *run, const GPtrArray *jobs, JobDone done, GError **error)
{
    if (jobs->len == 0)
        return true;
    PoolParams params = pool_params(run);
    params.jobs = MIN(params.jobs, (int)jobs->len);
    return pool_run(jobs, &params, done, run, &run->result->cpu_ms, error);
}

static bool run_jobs(Run *run, const char *what, const GPtrArray *jobs, JobDone done,
                     GError **error)
{
    if (jobs->len == 0)
        return true;
    run->progress = progress_new(what, (int)jobs->len, run->params->is_quiet);
    bool is_done = run_shown(run, jobs, done, error);
    g_clear_pointer(&run->progress, progress_free);
    return is_done;
}

/* --- probing: how many pages has each new file? --- */

static bool probe_done(const Job *job, const JobResult *result, void *user_data,
                       GError **error)
{
    Run *run = user_data;
    progress_step(run->progress);
    if (result->failure != NULL) {
        g_hash_table_insert(run->failed, g_strdup(job->sha256),
                            g_strdup(result->failure));
        run->result->files_rejected++;
        return true;
    }
    Original original = {.sha256 = job->sha256,
                         .format = (char *)json_get_string(result->answer, "format", "?"),
                         .page_count = (int)json_get_int(result->answer, "pages", 0)};
    return store_original_put(run->store, &original, error);
}

/* Whether the ledger's file still has to be probed. */
static bool wants_probe(Run *run, const LedgerEntry *entry, GHashTable *queued,
                        GError **error)
{
    if (entry->outcome != OUTCOME_TAKEN || entry->sha256 == NULL ||
        !g_hash_table_add(queued, entry->sha256))
        return false;
    g_autoptr(GError) cause = NULL;
    Original *original = store_original_get(run->store, entry->sha256, &cause);
    if (cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return false;
    }
    bool is_known = original != NULL && original->page_count > 0;
    if (original != NULL)
        original_free(original);
    return !is_known;
}

/* Files that cannot be read turn from taken to rejected in the ledger. */
static bool settle_failed(Run *run, const GPtrArray *ledger, GError **error)
{
    for (guint i = 0; i < ledger->len; i++) {
        const LedgerEntry *entry = ledger->pdata[i];
        const char *reason = entry->outcome == OUTCOME_TAKEN && entry->sha256 != NULL
                                 ? g_hash_table_lookup(run->failed, entry->sha256)
                                 : NULL;
        if (reason != NULL && !store_ledger_settle(run->store, entry->batch, entry->seq,
                                                   OUTCOME_REJECTED, reason, error))
            return false;
    }
    return true;
}

static bool probe_originals(Run *run, const GPtrArray *ledger, GError **error)
{
    g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func((GDestroyNotify)job_free);
    g_autoptr(GHashTable) queued = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < ledger->len; i++) {
        const LedgerEntry *entry = ledger->pdata[i];
        g_autoptr(GError) cause = NULL;
        if (wants_probe(run, entry, queued, &cause)) {
            g_autofree char *path = store_object_path(run->store, entry->sha256);
            g_ptr_array_add(jobs, job_new(JOB_PROBE, path, entry->sha256, 0));
        }
        if (cause != NULL) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return false;
        }
    }
    return run_jobs(run, gettext("looking at files"), jobs, probe_done, error) &&
           settle_failed(run, ledger, error);
}

/* --- pages: the reading of each page not read before --- */

/* Keeps the reading with the name of its proof. */
static bool keep_reading(Run *run, const Job *job, JsonObject *reading, GError **error)
{
    g_autofree char *proof = NULL;
    if (!store_adopt_file(run->store, job->proof_path, &proof, error))
        return false;
    json_set_string(reading, "proof", proof);
    json_object_set_int_member(reading, MEMORY_TRIED, job->print_count);
    g_autofree char *text = json_object_text(reading);
    run->result->pages_done += !run->is_again;
    return store_step_put(run->store, job->key, "page", text, error);
}

static bool keep_failure(Run *run, const Job *job, const char *reason, GError **error)
{
    g_autoptr(JsonObject) failure = json_object_new();
    json_set_string(failure, "failure", reason);
    g_autofree char *text = json_object_text(failure);
    run->result->pages_failed++;
    return store_step_put(run->store, job->key, "page", text, error);
}

static bool page_done(const Job *job, const JobResult *result, void *user_data,
                      GError **error)
{
    Run *run = user_data;
    progress_step(run->progress);
    JsonObject *reading =
        result->answer != NULL ? json_get_object(result->answer, "reading") : NULL;
    bool is_kept =
        reading != NULL
            ? keep_reading(run, job, reading, error)
            : keep_failure(run, job,
                           result->failure != NULL ? result->failure : "crashed", error);
    g_unlink(job->proof_path);
    return is_kept;
}

/* Adds a job for every page of @entry's file; one that has a result may still teach. */
static bool add_page_jobs(Run *run, const LedgerEntry *entry, const char *model_hash,
                          GHashTable *queued, GPtrArray *jobs, GError **error)
{
    g_autoptr(GError) cause = NULL;
    Original *original = store_original_get(run->store, entry->sha256, &cause);
    int page_count = original != NULL ? original->page_count : 0;
    if (original != NULL)
        original_free(original);
    g_autofree char *path = store_object_path(run->store, entry->sha256);
    for (int index = 0; index < page_count && cause == NULL; index++) {
        g_autofree char *key = page_step_key(entry->sha256, index, model_hash);
        if (!g_hash_table_add(queued, g_strdup(key)))
            continue;
        g_autofree char *known = store_step_get(run->store, key, &cause);
        run->result->pages_known += known != NULL;
        Job *job = job_new(JOB_PAGE, path, entry->sha256, index);
        job->is_known = known != NULL;
        job->proof_path =
            g_strdup_printf("%s/tmp/%s.proof", store_folder(run->store), key);
        job->key = g_steal_pointer(&key);
        g_ptr_array_add(jobs, job);
    }
    if (cause != NULL)
        g_propagate_error(error, g_steal_pointer(&cause));
    return error == NULL || *error == NULL;
}

/* The first pages are read before the rest, since what they teach makes it cheaper. */
#define FIRST_PAGES 12

static int by_key(gconstpointer a, gconstpointer b)
{
    return strcmp((*(Job *const *)a)->key, (*(Job *const *)b)->key);
}

/* Names the prints known now to @jobs. */
static bool give_prints(Run *run, const GPtrArray *jobs, GError **error)
{
    g_autoptr(GError) cause = NULL;
    const char *path = memory_path(run->memory, &cause);
    for (guint i = 0; i < jobs->len && cause == NULL; i++) {
        Job *job = jobs->pdata[i];
        job->prints_path = path;
        job->print_count = memory_count(run->memory);
        job->tries = 0;
    }
    if (cause != NULL)
        g_propagate_error(error, g_steal_pointer(&cause));
    return cause == NULL && (error == NULL || *error == NULL);
}

/* Reads pages @from up to @to of @jobs by the prints known so far, and learns of them, in
 * the order of their keys and not of arrival, whether they were read now or before. */
static bool read_and_learn(Run *run, const GPtrArray *jobs, guint from, guint to,
                           GError **error)
{
    g_autoptr(GPtrArray) part = g_ptr_array_new();
    for (guint i = from; i < to; i++)
        if (!((Job *)jobs->pdata[i])->is_known)
            g_ptr_array_add(part, jobs->pdata[i]);
    if (!give_prints(run, part, error) || !run_shown(run, part, page_done, error))
        return false;
    for (guint i = from; i < to; i++)
        if (!memory_learn(run->memory, ((Job *)jobs->pdata[i])->key, error))
            return false;
    return true;
}

/* The page that taught a print, and those read beside it, are read again through it: what
 * is read never depends on which page came first, or on where the program was stopped. */
static bool read_again(Run *run, const GPtrArray *jobs, GError **error)
{
    g_autoptr(GPtrArray) again = g_ptr_array_new();
    for (guint i = 0; i < jobs->len; i++)
        if (memory_wants_again(run->memory, ((Job *)jobs->pdata[i])->key))
            g_ptr_array_add(again, jobs->pdata[i]);
    run->is_again = true;
    return give_prints(run, again, error) &&
           run_jobs(run, gettext("reading forms by their print"), again, page_done,
                    error);
}

static int stale_count(const GPtrArray *jobs)
{
    int count = 0;
    for (guint i = 0; i < jobs->len; i++)
        count += !((Job *)jobs->pdata[i])->is_known;
    return count;
}

static bool read_jobs(Run *run, GPtrArray *jobs, GError **error)
{
    int stale = stale_count(jobs);
    if (stale == 0)
        return true;
    g_ptr_array_sort(jobs, by_key);
    guint first = MIN(jobs->len, FIRST_PAGES);
    run->progress = progress_new(gettext("reading pages"), stale, run->params->is_quiet);
    bool is_done = read_and_learn(run, jobs, 0, first, error) &&
                   read_and_learn(run, jobs, first, jobs->len, error);
    g_clear_pointer(&run->progress, progress_free);
    return is_done && read_again(run, jobs, error);
}

static bool read_pages(Run *run, const GPtrArray *ledger, const char *model_hash,
                       GError **error)
{
    g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func((GDestroyNotify)job_free);
    g_autoptr(GHashTable) queued =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *tmp = g_build_filename(store_folder(run->store), "tmp", NULL);
    if (!folder_make(tmp, error))
        return false;
    for (guint i = 0; i < ledger->len; i++) {
        const LedgerEntry *entry = ledger->pdata[i];
        if (entry->outcome != OUTCOME_TAKEN || entry->sha256 == NULL ||
            g_hash_table_contains(run->failed, entry->sha256))
            continue;
        g_autoptr(GError) cause = NULL;
        if (!add_page_jobs(run, entry, model_hash, queued, jobs, &cause)) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return false;
        }
    }
    run->memory = memory_open(run->store, run->params->pipeline, error);
    bool is_done = run->memory != NULL && read_jobs(run, jobs, error);
    g_clear_pointer(&run->memory, memory_close);
    return is_done;
}

static bool process(Run *run, GError **error)
{
    g_autofree char *model_hash = NULL;
    g_autoptr(GError) cause = NULL;
    if ((model_hash = reading_model_hash(&cause)) == NULL)
        return fail(error, WORK_ERROR, WORK_ERROR_MODEL, "%s", cause->message);
    g_autoptr(GPtrArray) ledger = store_ledger(run->store, run->params->batch, error);
    return ledger != NULL && probe_originals(run, ledger, error) &&
           read_pages(run, ledger, model_hash, error) &&
           assemble_cases(run->store, run->params, model_hash, run->result, error);
}

bool work_process(Store *store, const WorkParams *params, WorkResult *result,
                  GError **error)
{
    g_autoptr(GHashTable) failed =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    Run run = {.store = store, .params = params, .result = result, .failed = failed};
    interrupt_watch();
    bool is_done = process(&run, error);
    interrupt_unwatch();
    return is_done;
}
