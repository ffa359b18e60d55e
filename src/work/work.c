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
    GHashTable *again;  /* key -> result, of pages to read again by their print */
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
static bool put_reading(Run *run, const Job *job, JsonObject *reading, GError **error)
{
    g_autofree char *proof = NULL;
    if (!store_adopt_file(run->store, job->proof_path, &proof, error))
        return false;
    json_set_string(reading, "proof", proof);
    json_object_set_int_member(reading, MEMORY_TRIED, job->print_count);
    g_autofree char *text = json_object_text(reading);
    bool is_cover = json_get_string(reading, "cover", NULL) != NULL;
    return store_step_put(run->store, job->key, is_cover ? STEP_COVER : "page", text,
                          error);
}

static bool keep_reading(Run *run, const Job *job, JsonObject *reading, GError **error)
{
    run->result->pages_done++;
    return put_reading(run, job, reading, error);
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
        job->batch = entry->batch;
        job->is_known = known != NULL;
        job->proof_path =
            g_strdup_printf("%s/tmp/%s.proof", store_folder(run->store), key);
        job->turn = page_turn(entry->sha256, index);
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

static int by_turn(gconstpointer a, gconstpointer b)
{
    return strcmp((*(Job *const *)a)->turn, (*(Job *const *)b)->turn);
}

/* Reads pages @from up to @to of @jobs by the first @prints, and learns of them, in the
 * order of their turns and not of arrival, whether they were read now or before. */
static bool read_and_learn(Run *run, const GPtrArray *jobs, guint from, guint to,
                           int prints, GError **error)
{
    g_autoptr(GPtrArray) part = g_ptr_array_new();
    g_autoptr(GError) cause = NULL;
    const char *prints_path = memory_path(run->memory, prints, &cause);
    for (guint i = from; i < to; i++) {
        Job *job = jobs->pdata[i];
        job->prints_path = prints_path;
        job->print_count = prints;
        if (!job->is_known)
            g_ptr_array_add(part, job);
    }
    if (cause == NULL)
        run_shown(run, part, page_done, &cause);
    for (guint i = from; i < to && cause == NULL; i++)
        memory_learn(run->memory, ((Job *)jobs->pdata[i])->key, &cause);
    if (cause == NULL)
        return true;
    g_propagate_error(error, g_steal_pointer(&cause));
    return false;
}

/* A page read again by its print: what came of it is kept where it is of the print, else
 * what was read before, with the print's lines in it. */
static bool again_done(const Job *job, const JobResult *result, void *user_data,
                       GError **error)
{
    Run *run = user_data;
    progress_step(run->progress);
    JsonObject *reading =
        result->answer != NULL ? json_get_object(result->answer, "reading") : NULL;
    bool is_of_print = reading != NULL && json_get_string(reading, "print", NULL) != NULL;
    bool is_kept = is_of_print
                       ? put_reading(run, job, reading, error)
                       : store_step_put(run->store, job->key, "page",
                                        g_hash_table_lookup(run->again, job->key), error);
    g_unlink(job->proof_path);
    return is_kept;
}

/* Reads the pages of @jobs again that are in run->again, by all prints. */
static bool read_again(Run *run, const GPtrArray *jobs, GError **error)
{
    g_autoptr(GPtrArray) part = g_ptr_array_new();
    g_autoptr(GError) cause = NULL;
    int prints = memory_count(run->memory);
    if (g_hash_table_size(run->again) == 0)
        return true;
    const char *prints_path = memory_path(run->memory, prints, &cause);
    for (guint i = 0; i < jobs->len && cause == NULL; i++) {
        Job *job = jobs->pdata[i];
        if (!g_hash_table_contains(run->again, job->key))
            continue;
        job->prints_path = prints_path;
        job->print_count = prints;
        job->tries = 0;
        g_ptr_array_add(part, job);
    }
    if (cause == NULL)
        run_jobs(run, gettext("reading forms again by their print"), part, again_done,
                 &cause);
    if (cause == NULL)
        return true;
    g_propagate_error(error, g_steal_pointer(&cause));
    return false;
}

static bool apply_to(Run *run, const char *key, GError **error)
{
    g_autofree char *again = NULL;
    if (!memory_apply(run->memory, key, &again, error))
        return false;
    if (again != NULL)
        g_hash_table_insert(run->again, g_strdup(key), g_steal_pointer(&again));
    return true;
}

/* The page that taught a print, and those read beside it, get it as well: what is read
 * never depends on which page came first, or on where the program was stopped. */
static bool apply_prints(Run *run, const GPtrArray *jobs, GError **error)
{
    const GPtrArray *keys = memory_unknown(run->memory);
    if (keys->len == 0)
        return true;
    run->progress = progress_new(gettext("reading forms by their print"), (int)keys->len,
                                 run->params->is_quiet);
    bool is_done = true;
    for (guint i = 0; i < keys->len && is_done; i++) {
        is_done = interrupt_seen()
                      ? fail(error, WORK_ERROR, WORK_ERROR_INTERRUPTED, "interrupted")
                      : apply_to(run, keys->pdata[i], error);
        progress_step(run->progress);
    }
    g_clear_pointer(&run->progress, progress_free);
    return is_done && read_again(run, jobs, error);
}

/* The key under which it is kept that the prints of a batch were applied to its pages: of
 * all their keys, so that a page more makes it another. @jobs: in the order of keys.
 * Returns: batch -> GChecksum, owned */
static GHashTable *batch_marks(const GPtrArray *jobs)
{
    GHashTable *marks = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                              (GDestroyNotify)g_checksum_free);
    for (guint i = 0; i < jobs->len; i++) {
        const Job *job = jobs->pdata[i];
        GChecksum *mark = g_hash_table_lookup(marks, job->batch);
        if (mark == NULL) {
            mark = g_checksum_new(G_CHECKSUM_SHA256);
            g_hash_table_insert(marks, (gpointer)job->batch, mark);
        }
        g_checksum_update(mark, (const guchar *)job->key, -1);
    }
    return marks;
}

/* Leaves in @marks the batches that have a page to read or to apply prints to, and drops
 * the pages of the others: only beside new pages do known ones teach, so that an archive
 * is not gone through for one page more. */
static void keep_open_batches(Store *store, GPtrArray *jobs, GHashTable *marks)
{
    GHashTableIter iter;
    gpointer mark;
    g_hash_table_iter_init(&iter, marks);
    while (g_hash_table_iter_next(&iter, NULL, &mark)) {
        g_autofree char *known = store_step_get(store, g_checksum_get_string(mark), NULL);
        if (known != NULL)
            g_hash_table_iter_remove(&iter);
    }
    guint kept = 0;
    for (guint i = 0; i < jobs->len; i++) {
        Job *job = jobs->pdata[i];
        if (!g_hash_table_contains(marks, job->batch))
            continue;
        jobs->pdata[i] = jobs->pdata[kept];
        jobs->pdata[kept++] = job;
    }
    g_ptr_array_set_size(jobs, (gint)kept);
}

static bool keep_marks(Store *store, GHashTable *marks, GError **error)
{
    GHashTableIter iter;
    gpointer mark;
    g_hash_table_iter_init(&iter, marks);
    while (g_hash_table_iter_next(&iter, NULL, &mark))
        if (!store_step_put(store, g_checksum_get_string(mark), "prints", "{}", error))
            return false;
    return true;
}

/* How many prints were known when @jobs were begun. It is kept, because a run that was
 * stopped has learnt of some pages what the others, begun with them, did not know. */
static bool prints_at_start(Run *run, const GPtrArray *jobs, int *count, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < jobs->len; i++)
        g_checksum_update(sum, (const guchar *)((Job *)jobs->pdata[i])->key, -1);
    g_checksum_update(sum, (const guchar *)"start", -1);
    const char *key = g_checksum_get_string(sum);
    g_autofree char *known = store_step_get(run->store, key, NULL);
    *count = memory_count(run->memory);
    if (known != NULL) {
        *count = MIN(*count, (int)strtol(known, NULL, 10));
        return true;
    }
    g_autofree char *now = g_strdup_printf("%d", *count);
    return store_step_put(run->store, key, "prints", now, error);
}

static int unread_count(const GPtrArray *jobs)
{
    int count = 0;
    for (guint i = 0; i < jobs->len; i++)
        count += !((Job *)jobs->pdata[i])->is_known;
    return count;
}

static bool read_jobs(Run *run, GPtrArray *jobs, GError **error)
{
    g_ptr_array_sort(jobs, by_key);
    g_autoptr(GHashTable) marks = batch_marks(jobs);
    keep_open_batches(run->store, jobs, marks);
    if (jobs->len == 0)
        return true;
    int unread = unread_count(jobs), prints;
    guint first = MIN(jobs->len, FIRST_PAGES);
    if (!prints_at_start(run, jobs, &prints, error))
        return false;
    g_ptr_array_sort(jobs, by_turn);
    if (unread > 0)
        run->progress =
            progress_new(gettext("reading pages"), unread, run->params->is_quiet);
    bool is_done =
        read_and_learn(run, jobs, 0, first, prints, error) &&
        read_and_learn(run, jobs, first, jobs->len, memory_count(run->memory), error);
    g_clear_pointer(&run->progress, progress_free);
    return is_done && apply_prints(run, jobs, error) &&
           keep_marks(run->store, marks, error);
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
    g_autoptr(GHashTable) again =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    Run run = {.store = store,
               .params = params,
               .result = result,
               .failed = failed,
               .again = again};
    interrupt_watch();
    bool is_done = process(&run, error);
    interrupt_unwatch();
    return is_done;
}
