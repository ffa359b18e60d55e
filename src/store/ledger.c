/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches, their ledgers, and what is known of originals. */
#include "store/private.h"

const char *outcome_name(Outcome outcome)
{
    static const char *const names[] = {"taken", "duplicate", "rejected"};
    return (size_t)outcome < G_N_ELEMENTS(names) ? names[outcome] : "unknown";
}

void ledger_entry_free(LedgerEntry *entry)
{
    if (entry == NULL)
        return;
    g_free(entry->batch);
    g_free(entry->path);
    g_free(entry->group);
    g_free(entry->sha256);
    g_free(entry->reason);
    g_free(entry);
}

void original_free(Original *original)
{
    if (original == NULL)
        return;
    g_free(original->sha256);
    g_free(original->format);
    g_free(original);
}

void batch_free(Batch *batch)
{
    if (batch == NULL)
        return;
    g_free(batch->id);
    g_free(batch->place);
    g_free(batch->created_at);
    g_free(batch);
}

static int batch_exists(Store *store, const char *id, GError **error)
{
    g_autoptr(sqlite3_stmt) row =
        store_query(store, error, "SELECT 1 FROM batches WHERE id = ?", "t", id);
    return row == NULL ? -1 : store_row(store, row, error);
}

char *store_batch_new(Store *store, const char *place, GError **error)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *stamp = g_date_time_format(now, "%Y%m%d-%H%M%S");
    g_autofree char *created_at = store_now();
    g_autofree char *id = g_strdup(stamp);
    int known;
    /* Two batches in one second, or a clock set back. */
    for (int n = 2; (known = batch_exists(store, id, error)) == 1; n++) {
        g_free(id);
        id = g_strdup_printf("%s-%d", stamp, n);
    }
    if (known < 0 ||
        !store_run(store, error,
                   "INSERT INTO batches (id, place, created_at) VALUES (?, ?, ?)", "ttt",
                   id, place, created_at))
        return NULL;
    return g_steal_pointer(&id);
}

GPtrArray *store_batches(Store *store, GError **error)
{
    g_autoptr(GPtrArray) batches =
        g_ptr_array_new_with_free_func((GDestroyNotify)batch_free);
    g_autoptr(sqlite3_stmt) row = store_query(
        store, error, "SELECT id, place, created_at FROM batches ORDER BY rowid", "");
    int result = -1;
    while (row != NULL && (result = store_row(store, row, error)) == 1) {
        Batch *batch = g_new0(Batch, 1);
        batch->id = column_text(row, 0);
        batch->place = column_text(row, 1);
        batch->created_at = column_text(row, 2);
        g_ptr_array_add(batches, batch);
    }
    return result == 0 ? g_steal_pointer(&batches) : NULL;
}

bool store_ledger_add(Store *store, const LedgerEntry *entry, GError **error)
{
    return store_run(store, error,
                     "INSERT INTO ledger (batch, seq, path, grp, is_stack, sha256,"
                     " size_bytes, outcome, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     "tittitiit", entry->batch, (int64_t)entry->seq, entry->path,
                     entry->group, (int64_t)entry->is_stack, entry->sha256,
                     entry->size_bytes, (int64_t)entry->outcome, entry->reason);
}

bool store_ledger_settle(Store *store, const char *batch, int seq, Outcome outcome,
                         const char *reason, GError **error)
{
    return store_run(
        store, error,
        "UPDATE ledger SET outcome = ?, reason = ? WHERE batch = ? AND seq = ?", "itti",
        (int64_t)outcome, reason, batch, (int64_t)seq);
}

static LedgerEntry *entry_from_row(sqlite3_stmt *row)
{
    LedgerEntry *entry = g_new0(LedgerEntry, 1);
    entry->batch = column_text(row, 0);
    entry->seq = sqlite3_column_int(row, 1);
    entry->path = column_text(row, 2);
    entry->group = column_text(row, 3);
    entry->is_stack = sqlite3_column_int(row, 4) != 0;
    entry->sha256 = column_text(row, 5);
    entry->size_bytes = sqlite3_column_int64(row, 6);
    entry->outcome = (Outcome)sqlite3_column_int(row, 7);
    entry->reason = column_text(row, 8);
    return entry;
}

GPtrArray *store_ledger(Store *store, const char *batch, GError **error)
{
    g_autoptr(GPtrArray) entries =
        g_ptr_array_new_with_free_func((GDestroyNotify)ledger_entry_free);
    g_autoptr(sqlite3_stmt) row = store_query(
        store, error,
        "SELECT batch, seq, path, grp, is_stack, sha256, size_bytes, outcome, reason"
        " FROM ledger JOIN batches ON id = batch WHERE ?1 IS NULL OR batch = ?1"
        " ORDER BY batches.rowid, seq",
        "t", batch);
    int result = -1;
    while (row != NULL && (result = store_row(store, row, error)) == 1)
        g_ptr_array_add(entries, entry_from_row(row));
    return result == 0 ? g_steal_pointer(&entries) : NULL;
}

/* The first column of the first row, owned; NULL where there is none. */
static char *first_text(Store *store, sqlite3_stmt *row, GError **error)
{
    if (row == NULL || store_row(store, row, error) != 1)
        return NULL;
    return column_text(row, 0);
}

char *store_original_group(Store *store, const char *sha256, GError **error)
{
    g_autoptr(sqlite3_stmt) row = store_query(
        store, error,
        "SELECT grp FROM ledger JOIN batches ON id = batch"
        " WHERE sha256 = ? AND outcome = 0 ORDER BY batches.rowid, seq LIMIT 1",
        "t", sha256);
    return first_text(store, row, error);
}

char *store_original_place(Store *store, const char *sha256, const char *group,
                           char **batch, GError **error)
{
    g_autoptr(sqlite3_stmt) row =
        store_query(store, error,
                    "SELECT path, batch FROM ledger JOIN batches ON id = batch"
                    " WHERE sha256 = ? AND grp = ? AND outcome = 0"
                    " ORDER BY batches.rowid, seq LIMIT 1",
                    "tt", sha256, group);
    char *path = first_text(store, row, error);
    if (path != NULL && batch != NULL)
        *batch = column_text(row, 1);
    return path;
}

GPtrArray *store_group_originals(Store *store, const char *group, GError **error)
{
    g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(sqlite3_stmt) row = store_query(
        store, error, "SELECT DISTINCT sha256 FROM ledger WHERE grp = ? AND outcome = 0",
        "t", group);
    int result = -1;
    while (row != NULL && (result = store_row(store, row, error)) == 1)
        g_ptr_array_add(hashes, column_text(row, 0));
    return result == 0 ? g_steal_pointer(&hashes) : NULL;
}

bool store_original_put(Store *store, const Original *original, GError **error)
{
    return store_run(
        store, error,
        "INSERT OR REPLACE INTO originals (sha256, format, page_count) VALUES (?, ?, ?)",
        "tti", original->sha256, original->format, (int64_t)original->page_count);
}

Original *store_original_get(Store *store, const char *sha256, GError **error)
{
    g_autoptr(sqlite3_stmt) row = store_query(
        store, error, "SELECT sha256, format, page_count FROM originals WHERE sha256 = ?",
        "t", sha256);
    if (row == NULL || store_row(store, row, error) != 1)
        return NULL;
    Original *original = g_new0(Original, 1);
    original->sha256 = column_text(row, 0);
    original->format = column_text(row, 1);
    original->page_count = sqlite3_column_int(row, 2);
    return original;
}
