/* SPDX-License-Identifier: GPL-3.0-or-later */
/* work/work.h - the runner: brings what is stale up to date, whatever happens.
 *
 * The coordinator plans, keeps the store and decides; worker processes (this program
 * again, `banjie worker-serve`) decode and recognise under limits. */
#pragma once
#include "base/base.h"
#include "pipeline/pipeline.h"
#include "store/store.h"

#define WORK_ERROR (work_error_quark())
typedef enum {
    WORK_ERROR_WORKER,      /* a worker could not be started at all */
    WORK_ERROR_MODEL,       /* no language data */
    WORK_ERROR_INTERRUPTED, /* a signal; what is done is kept */
} WorkError;
GQuark work_error_quark(void);

typedef struct {
    int jobs;          /* worker processes, >= 1 */
    const char *as_of; /* YYYY-MM-DD */
    const char *batch; /* only this batch; NULL: all */
    bool is_quiet;
    const Pipeline *pipeline;
    const char *program; /* path of banjie itself, for starting workers */
} WorkParams;

typedef struct {
    int pages_done;   /* pages recognised in this run */
    int pages_known;  /* pages whose result was there already */
    int pages_failed; /* pages that have a reason instead of a result */
    int files_rejected;
    int cases, cases_changed;
    int64_t cpu_ms; /* of the workers */
} WorkResult;

/* work_process: probe new originals, read stale pages, assemble and decide cases.
 * Returns: true (bad pages are results), or false with an error of work or store */
bool work_process(Store *store, const WorkParams *params, WorkResult *result,
                  GError **error);

/* work_serve: a worker's loop: requests on standard input, answers on standard output,
 * one JSON object a line, until end of input. Returns: exit status */
int work_serve(void);

/* page_step_key: of one page's reading: inputs, versions of every stage, model.
 * Returns: hex, owned */
char *page_step_key(const char *original_sha256, int index, const char *model_hash);
