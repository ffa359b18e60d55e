/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pool of worker processes: one job each at a time, a clock on every job, a new
 * process for every one that died. */
#include "work/work-private.h"

#include "base/json.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* A fresh process now and then, so that no leak or fragmentation lasts the night. */
#define JOBS_PER_WORKER 200
#define MAX_TRIES 2
/* A worker that answers more than this for one page is broken. */
#define MAX_ANSWER_BYTES (64 * 1024 * 1024)

typedef struct {
    GPid pid; /* 0: none running */
    int to_fd, from_fd;
    GString *answer; /* bytes of an unfinished line */
    Job *job;        /* borrowed; NULL: idle */
    gint64 deadline_us;
    int jobs_done;
} Worker;

typedef struct {
    const PoolParams *params;
    Worker *workers;
    GQueue waiting; /* Job *, borrowed */
    int running;
    JobDone done;
    void *user_data;
    int64_t cpu_ms;
} Pool;

Job *job_new(JobKind kind, const char *path, const char *sha256, int index)
{
    Job *job = g_new0(Job, 1);
    job->kind = kind;
    job->path = g_strdup(path);
    job->sha256 = g_strdup(sha256);
    job->index = index;
    return job;
}

void job_free(Job *job)
{
    g_free(job->path);
    g_free(job->sha256);
    g_free(job->key);
    g_free(job->turn);
    g_free(job->proof_path);
    g_free(job);
}

static bool start_worker(const PoolParams *params, Worker *worker, GError **error)
{
    const char *argv[] = {params->program, "worker-serve", NULL};
    g_auto(GStrv) environment = g_get_environ();
    g_autofree char *memory = g_strdup_printf("%d", params->memory_limit_mb);
    /* CPU beyond the wall clock of all its jobs can only be a loop. */
    g_autofree char *cpu =
        g_strdup_printf("%d", params->timeout_ms / 1000 * JOBS_PER_WORKER);
    environment = g_environ_setenv(environment, "BANJIE_WORKER_MEMORY_MB", memory, true);
    environment = g_environ_setenv(environment, "BANJIE_WORKER_CPU_S", cpu, true);
    environment = g_environ_setenv(environment, "OMP_THREAD_LIMIT", "1", true);
    g_autoptr(GError) cause = NULL;
    if (!g_spawn_async_with_pipes(NULL, (char **)argv, environment,
                                  G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &worker->pid,
                                  &worker->to_fd, &worker->from_fd, NULL, &cause))
        return fail(error, WORK_ERROR, WORK_ERROR_WORKER, "cannot start a worker: %s",
                    cause->message);
    /* Other workers must not inherit these, or end of file would never come. */
    fcntl(worker->to_fd, F_SETFD, FD_CLOEXEC);
    fcntl(worker->from_fd, F_SETFD, FD_CLOEXEC);
    worker->answer = g_string_new(NULL);
    worker->jobs_done = 0;
    return true;
}

/* Ends the process, however it is. Returns: its wait status */
static int stop_worker(Worker *worker, bool is_kill)
{
    int status = 0;
    if (worker->pid == 0)
        return 0;
    if (is_kill)
        kill(worker->pid, SIGKILL);
    close(worker->to_fd);
    close(worker->from_fd);
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    g_spawn_close_pid(worker->pid);
    g_string_free(worker->answer, TRUE);
    worker->answer = NULL;
    worker->pid = 0;
    return status;
}

static char *request_text(const Job *job)
{
    g_autoptr(JsonObject) request = json_object_new();
    json_set_string(request, "job", job->kind == JOB_PROBE ? "probe" : "page");
    json_set_string(request, "path", job->path);
    if (job->kind == JOB_PAGE) {
        json_object_set_int_member(request, "index", job->index);
        json_set_string(request, "proof", job->proof_path);
        json_set_string(request, "prints", job->prints_path);
    }
    g_autofree char *text = json_object_text(request);
    return g_strconcat(text, "\n", NULL);
}

static bool write_all(int fd, const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        ssize_t written = write(fd, text, left);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        text += written;
        left -= (size_t)written;
    }
    return true;
}

/* Gives the next waiting job to an idle worker, starting it where needed. */
static bool give_job(Pool *pool, Worker *worker, GError **error)
{
    if (worker->pid != 0 && worker->jobs_done >= JOBS_PER_WORKER)
        stop_worker(worker, false);
    if (worker->pid == 0 && !start_worker(pool->params, worker, error))
        return false;
    worker->job = g_queue_pop_head(&pool->waiting);
    worker->job->tries++;
    worker->deadline_us = g_get_monotonic_time() + pool->params->timeout_ms * 1000LL;
    pool->running++;
    g_autofree char *text = request_text(worker->job);
    /* A worker that died while idle: its end is seen when its answer is awaited. */
    (void)write_all(worker->to_fd, text);
    return true;
}

static bool finish(Pool *pool, Worker *worker, const JobResult *result, GError **error)
{
    Job *job = worker->job;
    worker->job = NULL;
    worker->jobs_done++;
    pool->running--;
    return pool->done(job, result, pool->user_data, error);
}

/* The worker is gone or gets killed with @failure as its job's end. Crashes get a second
 * try in a fresh process: the fault may have been an earlier page's. */
static bool fail_job(Pool *pool, Worker *worker, bool is_timeout, GError **error)
{
    int status = stop_worker(worker, true);
    const char *failure = is_timeout ? "timeout" : "crashed";
    if (!is_timeout && WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        failure = "timeout";
    if (!is_timeout && worker->job->tries < MAX_TRIES) {
        g_queue_push_tail(&pool->waiting, worker->job);
        worker->job = NULL;
        pool->running--;
        return true;
    }
    JobResult result = {.failure = failure};
    return finish(pool, worker, &result, error);
}

static bool take_answer(Pool *pool, Worker *worker, GError **error)
{
    g_autoptr(JsonObject) answer =
        json_parse_object(worker->answer->str, (gssize)worker->answer->len, NULL);
    g_string_truncate(worker->answer, 0);
    if (answer == NULL)
        return fail_job(pool, worker, false, error);
    pool->cpu_ms += json_get_int(answer, "cpu_ms", 0);
    const char *reason = json_get_string(answer, "reason", NULL);
    if (g_strcmp0(reason, "no_model") == 0)
        return fail(error, WORK_ERROR, WORK_ERROR_MODEL, "%s",
                    json_get_string(answer, "text", ""));
    JobResult result = {.answer = reason == NULL ? answer : NULL, .failure = reason};
    return finish(pool, worker, &result, error);
}

/* Reads what there is; a whole line is an answer, end of file is a dead worker. */
static bool read_worker(Pool *pool, Worker *worker, GError **error)
{
    char buffer[65536];
    ssize_t count = read(worker->from_fd, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR)
        return true;
    if (count <= 0)
        return worker->job == NULL ? (stop_worker(worker, true), true)
                                   : fail_job(pool, worker, false, error);
    g_string_append_len(worker->answer, buffer, count);
    if (worker->job != NULL && memchr(buffer, '\n', (size_t)count) != NULL)
        return take_answer(pool, worker, error);
    if (worker->answer->len > MAX_ANSWER_BYTES && worker->job != NULL)
        return fail_job(pool, worker, false, error);
    return true;
}

static int wait_ms(const Pool *pool)
{
    gint64 nearest_us = G_MAXINT64;
    for (int i = 0; i < pool->params->jobs; i++)
        if (pool->workers[i].job != NULL)
            nearest_us = MIN(nearest_us, pool->workers[i].deadline_us);
    gint64 left_ms = (nearest_us - g_get_monotonic_time()) / 1000 + 1;
    return (int)CLAMP(left_ms, 0, 1000);
}

/* One round: wait for answers, take them, stop those whose time is up. */
static bool turn(Pool *pool, GError **error)
{
    guint count = (guint)pool->params->jobs;
    g_autofree struct pollfd *fds = g_new0(struct pollfd, count);
    for (guint i = 0; i < count; i++) {
        fds[i].fd = pool->workers[i].job != NULL ? pool->workers[i].from_fd : -1;
        fds[i].events = POLLIN;
    }
    (void)poll(fds, count, wait_ms(pool));
    for (guint i = 0; i < count; i++)
        if (fds[i].revents != 0 && !read_worker(pool, &pool->workers[i], error))
            return false;
    gint64 now_us = g_get_monotonic_time();
    for (guint i = 0; i < count; i++)
        if (pool->workers[i].job != NULL && now_us > pool->workers[i].deadline_us &&
            !fail_job(pool, &pool->workers[i], true, error))
            return false;
    return true;
}

static bool run_all(Pool *pool, GError **error)
{
    while (pool->running > 0 || !g_queue_is_empty(&pool->waiting)) {
        if (interrupt_seen())
            return fail(error, WORK_ERROR, WORK_ERROR_INTERRUPTED, "interrupted");
        for (int i = 0; i < pool->params->jobs; i++)
            if (pool->workers[i].job == NULL && !g_queue_is_empty(&pool->waiting) &&
                !give_job(pool, &pool->workers[i], error))
                return false;
        if (!turn(pool, error))
            return false;
    }
    return true;
}

bool pool_run(const GPtrArray *jobs, const PoolParams *params, JobDone done,
              void *user_data, int64_t *cpu_ms, GError **error)
{
    g_autofree Worker *workers = g_new0(Worker, (guint)params->jobs);
    Pool pool = {
        .params = params, .workers = workers, .done = done, .user_data = user_data};
    g_queue_init(&pool.waiting);
    for (guint i = 0; i < jobs->len; i++)
        g_queue_push_tail(&pool.waiting, jobs->pdata[i]);
    struct sigaction ignore = {.sa_handler = SIG_IGN}, old_pipe;
    sigaction(SIGPIPE, &ignore, &old_pipe); /* a dead worker is seen by its answer */
    bool is_done = run_all(&pool, error);
    for (int i = 0; i < params->jobs; i++)
        stop_worker(&workers[i], !is_done || workers[i].job != NULL);
    sigaction(SIGPIPE, &old_pipe, NULL);
    g_queue_clear(&pool.waiting);
    if (cpu_ms != NULL)
        *cpu_ms += pool.cpu_ms;
    return is_done;
}
