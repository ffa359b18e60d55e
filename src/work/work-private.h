/* SPDX-License-Identifier: GPL-3.0-or-later */
/* work/work-private.h - between the files of this room. */
#pragma once
#include "work/work.h"

/* One request to a worker. */
typedef enum { JOB_PROBE, JOB_PAGE } JobKind;
typedef struct {
    JobKind kind;
    char *path; /* of the original in the content store */
    char *sha256;
    int index;               /* page, from 0 */
    char *key;               /* of the step's result */
    char *turn;              /* by which pages are read: page_turn() */
    char *proof_path;        /* where the worker may write the proof */
    const char *prints_path; /* the prints to read by, borrowed, or NULL */
    int print_count;         /* how many those are */
    const char *batch;       /* borrowed */
    bool is_known;           /* has a result: nothing to do */
    int tries;
} Job;
Job *job_new(JobKind kind, const char *path, const char *sha256, int index);
void job_free(Job *job);

/* The stage that readings of cover sheets are kept under, so that they are found without
 * loading all others. */
#define STEP_COVER "cover"

/* What came of a job. Exactly one of the two is set. */
typedef struct {
    JsonObject *answer;  /* borrowed */
    const char *failure; /* code: "crashed", "timeout", "out_of_memory", or a reason of
                            intake; borrowed */
} JobResult;

/* Called in the coordinator for each job, in the order of finishing. Returns: false with
 * @error to stop the batch (the store failed) */
typedef bool (*JobDone)(const Job *job, const JobResult *result, void *user_data,
                        GError **error);

typedef struct {
    const char *program; /* banjie itself */
    int jobs;            /* processes */
    int memory_limit_mb; /* of each */
    int timeout_ms;      /* wall clock for one job */
} PoolParams;

/* pool_run: give @jobs to worker processes and hand each result to @done.
 * @jobs: Job *, borrowed; @cpu_ms: out, CPU the workers used
 * Returns: true; false with WORK_ERROR_INTERRUPTED, WORK_ERROR_WORKER, WORK_ERROR_MODEL
 *     or what @done set */
bool pool_run(const GPtrArray *jobs, const PoolParams *params, JobDone done,
              void *user_data, int64_t *cpu_ms, GError **error);

/* page_turn: pages are read, and teach prints, in the order of these texts. It depends on
 * nothing but the page, so neither names, nor other pages, nor the version of a stage, as
 * they do in its result's key, have a say in which of two pages of a print teaches it;
 * pages of one file are spread over a batch. Returns: owned */
char *page_turn(const char *original_sha256, int index);

/* page_answer: run the table of stages over one page, in a worker.
 * @engine: the warm recogniser; @prints: Print *; @request: borrowed
 * Returns: the answer, owned; never NULL: a bad page is an answer with "reason" */
struct Engine;
JsonObject *page_answer(struct Engine *engine, const GPtrArray *prints,
                        JsonObject *request);

/* The layout memory while pages are read: the prints known so far, those that came with
 * the program first. */
typedef struct Memory Memory;
/* memory_open: @store: borrowed; @pipeline: borrowed, says what is printed on forms
 * Returns: owned; NULL with an error of the store */
Memory *memory_open(Store *store, const Pipeline *pipeline, GError **error);
void memory_close(Memory *memory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Memory, memory_close)
/* memory_path: a file that workers load the first @count prints from; NULL where that is
 * none, or with error. Borrowed until the next call */
const char *memory_path(Memory *memory, int count, GError **error);
/* memory_count: how many prints are known. They are only added to. */
int memory_count(const Memory *memory);
/* memory_learn: the print of a page that was read without one, if it is a form's.
 * @key: of the page's result
 * Returns: false with an error of the store; a page that teaches nothing is no error */
bool memory_learn(Memory *memory, const char *key, GError **error);
/* memory_unknown: keys of the pages memory_learn() saw that were read without a print and
 * have a form's grid. Borrowed */
const GPtrArray *memory_unknown(const Memory *memory);
/* memory_apply: what such a page's print says of it takes the place of what was read, if
 * its print is known by now.
 * @again: out, owned: the result, not kept, of a page on which boxes are missing that its
 *     print has: it is worth reading again by it; NULL: nothing is left to do
 * Returns: false with an error of the store */
bool memory_apply(Memory *memory, const char *key, char **again, GError **error);
#define MEMORY_TRIED "prints_tried" /* member of a page's result: how many were known */
/* memory_load: what memory_path() names, in a worker. Returns: Print *, owned; empty
 * where it cannot be read */
GPtrArray *memory_load(const char *path);

/* assemble_cases: papers and decisions for every group whose inputs changed. */
bool assemble_cases(Store *store, const WorkParams *params, const char *model_hash,
                    WorkResult *result, GError **error);

/* interrupt_watch: from now on SIGINT and SIGTERM only set a flag. _unwatch: as before.
 */
void interrupt_watch(void);
void interrupt_unwatch(void);
bool interrupt_seen(void);
