/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The coordinator's side: bytes only, nothing is parsed here. */
#include "intake/intake.h"

#include <libintl.h>

#include "base/file.h"
#include "base/progress.h"
#include "intake/private.h"

G_DEFINE_QUARK(intake_error_quark, intake_error)

const char *intake_reason(const GError *error)
{
    static const char *const reasons[] = {
        [INTAKE_ERROR_UNSUPPORTED] = "unsupported",
        [INTAKE_ERROR_ENCRYPTED] = "encrypted",
        [INTAKE_ERROR_DAMAGED] = "damaged",
        [INTAKE_ERROR_TOO_LARGE] = "too_large",
        [INTAKE_ERROR_EMPTY] = "empty",
        [INTAKE_ERROR_IO] = "unreadable",
    };
    if (error == NULL || error->domain != INTAKE_ERROR || error->code < 0 ||
        (size_t)error->code >= G_N_ELEMENTS(reasons))
        return "unreadable";
    return reasons[error->code];
}

/* What can be said by looking at size and first bytes. */
static void inspect(Found *found)
{
    bool is_readable = true;
    if (found->reason != NULL)
        return;
    found->format = sniff_format(found->path, &is_readable);
    if (!is_readable)
        found->reason = "unreadable";
    else if (found->size_bytes == 0)
        found->reason = "empty";
    else if (found->format == NULL)
        found->reason =
            format_of_name(found->path) != NULL ? "wrong_ending" : "unsupported";
    else if (found->size_bytes > LIMIT_FILE_BYTES)
        found->reason = "too_large";
}

/* Returns: false where the store failed; a file's own trouble is its reason */
static bool keep_bytes(Store *store, Found *found, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (found->reason != NULL)
        return true;
    bool is_kept = store_put_file(store, found->path, &found->sha256, NULL, &cause);
    if (!is_kept && !g_error_matches(cause, STORE_ERROR, STORE_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return false;
    }
    if (found_has_changed(found))
        found->reason = "still_written";
    else if (!is_kept)
        found->reason = "unreadable";
    if (found->reason != NULL)
        g_clear_pointer(&found->sha256, g_free);
    return true;
}

static bool keep_all(Store *store, GPtrArray *founds, bool is_quiet, GError **error)
{
    g_autoptr(Progress) progress = progress_new(gettext("taking in"), (int)founds->len,
                                                is_quiet || founds->len == 0);
    for (guint i = 0; i < founds->len; i++) {
        if (!keep_bytes(store, g_ptr_array_index(founds, i), error))
            return false;
        progress_step(progress);
    }
    return true;
}

typedef struct {
    Store *store;
    const GPtrArray *piles;
    const char *batch;
    bool is_all_known;
    GHashTable *taken; /* "pile:sha256" to the path taken, within this batch */
} Ledger;

/* Where the content of @found was taken within the same pile, or, where the whole run is
 * known, anywhere. Owned; NULL where nowhere, or with error. */
static char *find_twin(Ledger *ledger, const Found *found, const Pile *pile,
                       const char *key, GError **error)
{
    const char *here = g_hash_table_lookup(ledger->taken, key);
    if (here != NULL)
        return g_strdup(here);
    g_autoptr(GError) cause = NULL;
    char *before =
        store_original_place(ledger->store, found->sha256, pile->name, NULL, &cause);
    if (before == NULL && cause == NULL && ledger->is_all_known) {
        g_autofree char *group =
            store_original_group(ledger->store, found->sha256, &cause);
        if (group != NULL)
            before =
                store_original_place(ledger->store, found->sha256, group, NULL, &cause);
    }
    if (cause != NULL)
        g_propagate_error(error, g_steal_pointer(&cause));
    return before;
}

static bool enter(Ledger *ledger, const Found *found, int seq, GError **error)
{
    const Pile *pile = g_ptr_array_index(ledger->piles, found->group);
    g_autofree char *reason = g_strdup(found->reason);
    g_autoptr(GError) cause = NULL;
    LedgerEntry entry = {.batch = (char *)ledger->batch,
                         .seq = seq,
                         .path = found->shown,
                         .group = pile->name,
                         .is_stack = pile->is_stack,
                         .sha256 = found->sha256,
                         .size_bytes = found->size_bytes,
                         .outcome = reason != NULL ? OUTCOME_REJECTED : OUTCOME_TAKEN};
    if (reason == NULL) {
        char *key = g_strdup_printf("%d:%s", found->group, found->sha256);
        g_autofree char *twin = find_twin(ledger, found, pile, key, &cause);
        if (twin != NULL) {
            entry.outcome = OUTCOME_DUPLICATE;
            reason = g_strdup_printf("duplicate_of:%s", twin);
        }
        g_hash_table_insert(ledger->taken, key,
                            g_strdup(twin != NULL ? twin : found->shown));
    }
    if (cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return false;
    }
    entry.reason = reason;
    return store_ledger_add(ledger->store, &entry, error);
}

/* Whether every file that could be taken was taken in an earlier batch, here or there. */
static bool all_known(Store *store, const GPtrArray *founds, bool *is_known,
                      GError **error)
{
    *is_known = true;
    for (guint i = 0; i < founds->len && *is_known; i++) {
        const Found *found = g_ptr_array_index(founds, i);
        g_autoptr(GError) cause = NULL;
        if (found->sha256 == NULL)
            continue;
        g_autofree char *group = store_original_group(store, found->sha256, &cause);
        if (cause != NULL) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return false;
        }
        *is_known = group != NULL;
    }
    return true;
}

/* One transaction for the whole batch: a run cut short leaves objects, which the next one
 * finds, but no half of a case's folder in a batch of its own. */
static bool write_ledger(Store *store, const GPtrArray *founds, const GPtrArray *piles,
                         const IntakeParams *params, char **batch, GError **error)
{
    g_autoptr(GHashTable) taken =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    Ledger ledger = {.store = store, .piles = piles, .taken = taken};
    if (!all_known(store, founds, &ledger.is_all_known, error) ||
        !store_begin(store, error))
        return false;
    g_autofree char *id = store_batch_new(store, params->place, error);
    bool is_written = id != NULL;
    ledger.batch = id;
    for (guint i = 0; is_written && i < founds->len; i++)
        is_written = enter(&ledger, g_ptr_array_index(founds, i), (int)i, error);
    if (!is_written) {
        store_rollback(store);
        return false;
    }
    if (!store_commit(store, error))
        return false;
    *batch = g_steal_pointer(&id);
    return true;
}

bool intake_take(Store *store, const char *const *paths, const IntakeParams *params,
                 char **batch, GError **error)
{
    g_autoptr(GPtrArray) founds = walk_paths(paths);
    settle(founds, store_settings(store)->settle_ms);
    for (guint i = 0; i < founds->len; i++)
        inspect(g_ptr_array_index(founds, i));
    if (!keep_all(store, founds, params->is_quiet, error))
        return false;
    g_autoptr(GPtrArray) piles = sort_into_piles(founds, params->layout);
    return name_piles(store, piles, founds, error) &&
           write_ledger(store, founds, piles, params, batch, error);
}
