/* SPDX-License-Identifier: GPL-3.0-or-later */
/* transfer/transfer.h - packages: who may see what, as bags that repeat byte for byte. */
#pragma once
#include "base/base.h"
#include "pipeline/pipeline.h"
#include "store/store.h"

#define TRANSFER_ERROR (transfer_error_quark())
typedef enum {
    TRANSFER_ERROR_IO,
    TRANSFER_ERROR_RECORD,  /* a stored record that cannot be read */
    TRANSFER_ERROR_PACKAGE, /* verify: not a package, or not intact */
} TransferError;
GQuark transfer_error_quark(void);

typedef struct {
    const char *out;       /* folder; made if missing */
    const char *recipient; /* "water", ... or NULL: all */
    const char *case_name; /* or NULL: all that may leave */
    const Pipeline *pipeline;
    const char *as_of; /* YYYY-MM-DD */
} ExportParams;

typedef struct {
    int packages, cases; /* written */
    int held;            /* utility parts that may not leave yet */
    GPtrArray *names;    /* char *, files written */
} ExportResult;
void export_result_clear(ExportResult *result);

/* transfer_export: write a package per utility for all parts of cases that may leave and
 * have not been sent as they stand. Nothing new gives no package. */
bool transfer_export(Store *store, const ExportParams *params, ExportResult *result,
                     GError **error);

/* transfer_cut_record: @record as @utility may see it (docs/formats.md): without source
 * and file names, only its section, its papers, its pages.
 * Returns: a new reference, owned. @withheld: out, JsonArray of what was left out, owned;
 * may be NULL */
JsonObject *transfer_cut_record(JsonObject *record, const char *utility,
                                const Pipeline *pipeline, JsonArray **withheld);

/* transfer_verify: the recipient's side: opens a zip, checks the bag.
 * Returns: true where intact; false with TRANSFER_ERROR_PACKAGE saying what is not */
bool transfer_verify(const char *path, GError **error);
