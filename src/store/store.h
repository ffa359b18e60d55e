/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store/store.h - the SQLite store and the content store; the only room that speaks SQL.
 *
 * A store is a folder (mode 0700): settings.yaml, banjie.db, objects/ab/cdef… (originals
 * and proofs named by SHA-256), lock. One program at a time has it open for writing. */
#pragma once
#include "base/base.h"

#define STORE_ERROR (store_error_quark())
typedef enum {
    STORE_ERROR_MISSING, /* no store here: `banjie init` makes one */
    STORE_ERROR_EXISTS,  /* init: there is one already */
    STORE_ERROR_LOCKED,  /* another program has it; the text names its process */
    STORE_ERROR_DAMAGED, /* SQLite says so, or the schema is newer than this program */
    STORE_ERROR_SPACE,   /* the disk is full */
    STORE_ERROR_IO,
    STORE_ERROR_NOT_FOUND,
} StoreError;
GQuark store_error_quark(void);

typedef struct Store Store;

/* settings.yaml, read with defaults for what is left out. */
typedef struct {
    char *site;          /* site id, 2..8 of a-z 0-9 */
    char *home_place;    /* place code */
    int memory_limit_mb; /* per worker */
    int page_timeout_ms; /* wall clock for one page */
    int settle_ms;       /* a file must not have changed for so long */
} Settings;

/* store_init: make an empty store. @site: NULL for "site01". Errors: EXISTS, IO, SPACE */
bool store_init(const char *folder, const char *site, GError **error);
/* store_open: open and migrate, waiting up to @wait_ms for another to finish.
 * Returns: owned; NULL with STORE_ERROR_* */
Store *store_open(const char *folder, int wait_ms, GError **error);
void store_close(Store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_close)
const Settings *store_settings(const Store *store);
const char *store_folder(const Store *store);

/* Transactions, so that many small writes are one fsync. Nesting is our own bug. */
bool store_begin(Store *store, GError **error);
bool store_commit(Store *store, GError **error);
void store_rollback(Store *store);

/* --- the content store --- */
/* store_put_file: copy @path in. @sha256: out, owned. Already there is success.
 * Errors: NOT_FOUND where @path cannot be read or changes meanwhile (the file's fault),
 * IO and SPACE where the store cannot be written */
bool store_put_file(Store *store, const char *path, char **sha256, int64_t *size_bytes,
                    GError **error);
/* store_adopt_file: move a worker's finished file in. */
bool store_adopt_file(Store *store, const char *path, char **sha256, GError **error);
/* store_object_path: where the object lies, owned; it may not exist. */
char *store_object_path(const Store *store, const char *sha256);

/* --- results of steps --- */
/* store_step_get: the result kept under @key, owned; NULL where none (no error) or failed
 * (error set). @key: hex hash of inputs, step version, models, declarations. */
char *store_step_get(Store *store, const char *key, GError **error);
bool store_step_put(Store *store, const char *key, const char *stage, const char *result,
                    GError **error);
/* store_step_keys: the keys of all results kept under @stage: a set of char *, owned. */
GHashTable *store_step_keys(Store *store, const char *stage, GError **error);

/* --- the layout memory --- */
typedef struct {
    char *name;  /* hash, hex */
    char *form;  /* class name */
    char *proof; /* SHA-256 of the proof it was learnt from */
    char *learnt_at;
    char *print; /* JSON text */
} StoredLayout;
void stored_layout_free(StoredLayout *layout);
/* store_layout_put: keeps it; the first of a name stays. */
bool store_layout_put(Store *store, const StoredLayout *layout, GError **error);
GPtrArray *store_layouts(Store *store, GError **error); /* StoredLayout *, by age */

/* --- batches, originals, ledger --- */
typedef enum { OUTCOME_TAKEN, OUTCOME_DUPLICATE, OUTCOME_REJECTED } Outcome;
const char *outcome_name(Outcome outcome);

typedef struct {
    char *batch;
    int seq;       /* order in the batch, from 0 */
    char *path;    /* below the named PATH, for people */
    char *group;   /* folder or file that makes a case, or the stack's name */
    bool is_stack; /* the group is a pile that has to be split */
    char *sha256;  /* NULL where it could not even be read */
    int64_t size_bytes;
    Outcome outcome;
    char *reason; /* code, for duplicate and rejected; else NULL */
} LedgerEntry;
void ledger_entry_free(LedgerEntry *entry);

/* store_batch_new: @place: --place or NULL. Returns: its id, owned, from its time and
 * content-free; NULL with error */
char *store_batch_new(Store *store, const char *place, GError **error);
bool store_ledger_add(Store *store, const LedgerEntry *entry, GError **error);
/* store_ledger_settle: change outcome and reason of an entry once its file was probed. */
bool store_ledger_settle(Store *store, const char *batch, int seq, Outcome outcome,
                         const char *reason, GError **error);
/* store_ledger: entries of @batch (NULL: of all), in order. Owned array of LedgerEntry *.
 */
GPtrArray *store_ledger(Store *store, const char *batch, GError **error);
/* store_original_group: where @sha256 was taken before: group of that entry, owned;
 * NULL where it never was. */
char *store_original_group(Store *store, const char *sha256, GError **error);
/* store_original_place: where @sha256 was taken before within @group.
 * @batch: out, owned id of that batch; may be NULL
 * Returns: path of that entry, owned; NULL where it never was */
char *store_original_place(Store *store, const char *sha256, const char *group,
                           char **batch, GError **error);
/* store_group_originals: sha256 of all that was ever taken within @group. Owned char *.
 */
GPtrArray *store_group_originals(Store *store, const char *group, GError **error);

typedef struct {
    char *sha256, *format; /* "pdf", "jpeg", ... */
    int page_count;        /* 0: not probed yet */
} Original;
void original_free(Original *original);
bool store_original_put(Store *store, const Original *original, GError **error);
Original *store_original_get(Store *store, const char *sha256,
                             GError **error); /* or NULL */

typedef struct {
    char *id, *place, *created_at;
} Batch;
void batch_free(Batch *batch);
GPtrArray *store_batches(Store *store, GError **error); /* Batch *, oldest first */

/* --- cases --- */
typedef struct {
    char *name, *batch, *source, *group;
    char *input_key; /* hash of all that the record was made from */
    char *record;    /* JSON text */
} StoredCase;
void stored_case_free(StoredCase *stored);
bool store_case_put(Store *store, const StoredCase *stored, GError **error);
StoredCase *store_case_get(Store *store, const char *name, GError **error); /* or NULL */
/* store_cases: all, ordered by batch and source. */
GPtrArray *store_cases(Store *store, GError **error);
/* store_cases_keep: forget the cases of a group that is being assembled anew and
 * whose names are not in @keep (corrections stay). */
bool store_cases_keep(Store *store, const char *batch, const char *group,
                      const char *const *keep, GError **error);

/* --- corrections --- */
bool store_correction_add(Store *store, const char *case_name, const char *field,
                          const char *value, const char *by, const char *reason,
                          GError **error);
/* store_corrections: rows as JSON objects {field,value,by,reason,at}, oldest first. */
JsonArray *store_corrections(Store *store, const char *case_name, GError **error);

/* --- packages --- */
typedef struct {
    char *name; /* "water-tx01-0000000042" */
    char *recipient;
    int64_t sequence;
    char *row;    /* JSON text: all that is needed to make the same bytes again */
    char *sha256; /* of the zip, or NULL before it is made */
    char *manifest_sha256;
    char *state; /* "sent", ... */
    char *created_at;
} StoredPackage;
void stored_package_free(StoredPackage *package);
bool store_package_put(Store *store, const StoredPackage *package, GError **error);
/* store_package_case_put: note that @package holds @case_name's part as @part_key says.
 */
bool store_package_case_put(Store *store, const char *package, const char *case_name,
                            const char *part_key, GError **error);
/* store_package_case_key: the part of @case_name last packed for @recipient, owned; NULL
 * where none was, or with error. */
char *store_package_case_key(Store *store, const char *recipient, const char *case_name,
                             GError **error);
/* store_packages: of @recipient (NULL: of all), by sequence. */
GPtrArray *store_packages(Store *store, const char *recipient, GError **error);
/* store_package_next: the next sequence number for @recipient, from 1; -1 with error. */
int64_t store_package_next(Store *store, const char *recipient, GError **error);
