/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pool against workers that answer, crash, hang and babble: a shell script plays
 * them, told by the path it is asked for. */
#include "work/work-private.h"

#include "base/json.h"

#include <glib/gstdio.h>
#include <stdlib.h>

static const char script[] = "#!/bin/sh\n"
                             "while read -r line; do\n"
                             "  case $line in\n"
                             "  *crash*) kill -9 $$ ;;\n"
                             "  *once*) if [ -e \"$MARK\" ]; then echo '{\"pages\":7}'\n"
                             "          else : >\"$MARK\"; kill -9 $$; fi ;;\n"
                             "  *hang*) exec sleep 100 ;;\n"
                             "  *babble*) echo 'not json' ;;\n"
                             "  *refuse*) echo '{\"reason\":\"damaged\"}' ;;\n"
                             "  *) echo '{\"pages\":3,\"cpu_ms\":5}' ;;\n"
                             "  esac\n"
                             "done\n";

typedef struct {
    char *folder, *program;
    GPtrArray *results;
} Fixture;

static void set_up(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->folder = g_dir_make_tmp("banjie-work-XXXXXX", NULL);
    fixture->program = g_build_filename(fixture->folder, "worker.sh", NULL);
    g_autofree char *mark = g_build_filename(fixture->folder, "mark", NULL);
    g_setenv("MARK", mark, true);
    g_assert_true(g_file_set_contents(fixture->program, script, -1, NULL));
    g_assert_cmpint(g_chmod(fixture->program, 0700), ==, 0);
    fixture->results = g_ptr_array_new_with_free_func(g_free);
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
    (void)data;
    g_autofree char *mark = g_build_filename(fixture->folder, "mark", NULL);
    g_unlink(mark);
    g_unlink(fixture->program);
    g_rmdir(fixture->folder);
    g_free(fixture->folder);
    g_free(fixture->program);
    g_ptr_array_unref(fixture->results);
}

static bool note_result(const Job *job, const JobResult *result, void *user_data,
                        GError **error)
{
    Fixture *fixture = user_data;
    (void)error;
    g_assert_true((result->answer == NULL) != (result->failure == NULL));
    g_ptr_array_add(
        fixture->results,
        result->failure != NULL
            ? g_strdup_printf("%s=%s", job->path, result->failure)
            : g_strdup_printf("%s=%d", job->path,
                              (int)json_get_int(result->answer, "pages", -1)));
    return true;
}

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Runs jobs named by @names on @workers processes. Returns: results in order, owned */
static char *run(Fixture *fixture, const char *const *names, int workers)
{
    g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func((GDestroyNotify)job_free);
    for (int i = 0; names[i] != NULL; i++)
        g_ptr_array_add(jobs, job_new(JOB_PROBE, names[i], "", 0));
    PoolParams params = {.program = fixture->program,
                         .jobs = workers,
                         .memory_limit_mb = 400,
                         .timeout_ms = 1500};
    g_autoptr(GError) error = NULL;
    int64_t cpu_ms = 0;
    g_assert_true(pool_run(jobs, &params, note_result, fixture, &cpu_ms, &error));
    g_assert_no_error(error);
    g_ptr_array_sort(fixture->results, by_text);
    g_ptr_array_add(fixture->results, NULL);
    return g_strjoinv(" ", (char **)fixture->results->pdata);
}

static void test_every_job_has_one_result(Fixture *fixture, gconstpointer data)
{
    (void)data;
    static const char *const names[] = {"a", "b", "c", "d", "e", NULL};
    g_autofree char *seen = run(fixture, names, 2);
    g_assert_cmpstr(seen, ==, "a=3 b=3 c=3 d=3 e=3");
}

static void test_crash_costs_one_job(Fixture *fixture, gconstpointer data)
{
    (void)data;
    static const char *const names[] = {"a", "crash", "b", "c", NULL};
    g_autofree char *seen = run(fixture, names, 1);
    g_assert_cmpstr(seen, ==, "a=3 b=3 c=3 crash=crashed");
}

static void test_crash_gets_second_try(Fixture *fixture, gconstpointer data)
{
    (void)data;
    static const char *const names[] = {"once", "b", NULL};
    g_autofree char *seen = run(fixture, names, 1);
    g_assert_cmpstr(seen, ==, "b=3 once=7");
}

static void test_hang_is_stopped(Fixture *fixture, gconstpointer data)
{
    (void)data;
    static const char *const names[] = {"hang", "a", "b", NULL};
    gint64 start_us = g_get_monotonic_time();
    g_autofree char *seen = run(fixture, names, 2);
    g_assert_cmpstr(seen, ==, "a=3 b=3 hang=timeout");
    g_assert_cmpint(g_get_monotonic_time() - start_us, <, 30 * G_USEC_PER_SEC);
}

static void test_nonsense_is_failure(Fixture *fixture, gconstpointer data)
{
    (void)data;
    static const char *const names[] = {"babble", "refuse", "a", NULL};
    g_autofree char *seen = run(fixture, names, 1);
    g_assert_cmpstr(seen, ==, "a=3 babble=crashed refuse=damaged");
}

static void test_missing_program_is_error(Fixture *fixture, gconstpointer data)
{
    (void)data;
    g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func((GDestroyNotify)job_free);
    g_ptr_array_add(jobs, job_new(JOB_PROBE, "a", "", 0));
    PoolParams params = {.program = "/nonexistent/worker", .jobs = 1, .timeout_ms = 1000};
    g_autoptr(GError) error = NULL;
    g_assert_false(pool_run(jobs, &params, note_result, fixture, NULL, &error));
    g_assert_error(error, WORK_ERROR, WORK_ERROR_WORKER);
}

static void test_step_key_names_its_inputs(void)
{
    g_autofree char *key = page_step_key("aa", 0, "model");
    g_autofree char *same = page_step_key("aa", 0, "model");
    g_autofree char *page = page_step_key("aa", 1, "model");
    g_autofree char *file = page_step_key("ab", 0, "model");
    g_autofree char *model = page_step_key("aa", 0, "other");
    g_assert_cmpstr(key, ==, same);
    g_assert_cmpstr(key, !=, page);
    g_assert_cmpstr(key, !=, file);
    g_assert_cmpstr(key, !=, model);
}

/* Which page teaches a print must be the same with whatever version of a stage, or two
 * versions could not be compared: a turn is made of the page alone, for ever. */
static void test_turn_is_the_pages_own(void)
{
    g_autofree char *turn = page_turn("aa", 0);
    g_autofree char *page = page_turn("aa", 1);
    g_assert_cmpstr(turn, ==,
                    "8bead92f8afaa2702d1b4a90022e69c0b54653ca6519fb2c7e6c040d44bf87d8");
    g_assert_cmpstr(turn, !=, page);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *path;
        void (*test)(Fixture *fixture, gconstpointer data);
    } tests[] = {
        {"/work/pool/every-job-has-one-result", test_every_job_has_one_result},
        {"/work/pool/crash-costs-one-job", test_crash_costs_one_job},
        {"/work/pool/crash-gets-second-try", test_crash_gets_second_try},
        {"/work/pool/hang-is-stopped", test_hang_is_stopped},
        {"/work/pool/nonsense-is-failure", test_nonsense_is_failure},
        {"/work/pool/missing-program-is-error", test_missing_program_is_error},
    };
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
    g_test_add_func("/work/turn/is-the-pages-own", test_turn_is_the_pages_own);
    g_test_add_func("/work/step-key/names-its-inputs", test_step_key_names_its_inputs);
    return g_test_run();
}
