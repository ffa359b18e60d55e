/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Case records, people's corrections, packages. */
#include "base/file.h"
#include "base/json.h"
#include "store/private.h"

void stored_case_free(StoredCase *stored)
{
    if (stored == NULL)
        return;
    g_free(stored->name);
    g_free(stored->batch);
    g_free(stored->source);
    g_free(stored->group);
    g_free(stored->input_key);
    g_free(stored->record);
    g_free(stored);
}

bool store_case_put(Store *store, const StoredCase *stored, GError **error)
{
    return store_run(store, error,
                     "INSERT INTO cases (name, batch, source, grp, input_key, record)"
                     " VALUES (?, ?, ?, ?, ?, ?)"
                     " ON CONFLICT (name) DO UPDATE SET batch = excluded.batch,"
                     " source = excluded.source, grp = excluded.grp,"
                     " input_key = excluded.input_key, record = excluded.record",
                     "tttttt", stored->name, stored->batch, stored->source, stored->group,
                     stored->input_key, stored->record);
}

static StoredCase *case_from_row(sqlite3_stmt *row)
{
    StoredCase *stored = g_new0(StoredCase, 1);
    stored->name = column_text(row, 0);
    stored->batch = column_text(row, 1);
    stored->source = column_text(row, 2);
    stored->group = column_text(row, 3);
    stored->input_key = column_text(row, 4);
    stored->record = column_text(row, 5);
    return stored;
}

StoredCase *store_case_get(Store *store, const char *name, GError **error)
{
    g_autoptr(sqlite3_stmt) row = store_query(
        store, error,
        "SELECT name, batch, source, grp, input_key, record FROM cases WHERE name = ?",
        "t", name);
    if (row == NULL || store_row(store, row, error) != 1)
        return NULL;
    return case_from_row(row);
}

/* SQLite knows the order of batches; people's order of names is ours. */
static int natural_collation(void *data, int a_length, const void *a, int b_length,
                             const void *b)
{
    (void)data;
    g_autofree char *x = g_strndup(a, (gsize)a_length);
    g_autofree char *y = g_strndup(b, (gsize)b_length);
    return natural_compare(x, y);
}

GPtrArray *store_cases(Store *store, GError **error)
{
    g_autoptr(GPtrArray) cases =
        g_ptr_array_new_with_free_func((GDestroyNotify)stored_case_free);
    if (sqlite3_create_collation(store->db, "as_people", SQLITE_UTF8, NULL,
                                 natural_collation) != SQLITE_OK) {
        store_fail(store, error, "listing cases");
        return NULL;
    }
    g_autoptr(sqlite3_stmt) row =
        store_query(store, error,
                    "SELECT name, batch, source, grp, input_key, record FROM cases"
                    " JOIN batches ON id = batch"
                    " ORDER BY batches.rowid, source COLLATE as_people, name",
                    "");
    int result = -1;
    while (row != NULL && (result = store_row(store, row, error)) == 1)
        g_ptr_array_add(cases, case_from_row(row));
    return result == 0 ? g_steal_pointer(&cases) : NULL;
}

bool store_cases_keep(Store *store, const char *batch, const char *group,
                      const char *const *keep, GError **error)
{
    g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(sqlite3_stmt) row =
        store_query(store, error, "SELECT name FROM cases WHERE batch = ? AND grp = ?",
                    "tt", batch, group);
    int result = -1;
    while (row != NULL && (result = store_row(store, row, error)) == 1) {
        char *name = column_text(row, 0);
        if (keep != NULL && g_strv_contains(keep, name))
            g_free(name);
        else
            g_ptr_array_add(gone, name);
    }
    if (result != 0)
        return false;
    for (guint i = 0; i < gone->len; i++)
        if (!store_run(store, error, "DELETE FROM cases WHERE name = ?", "t",
                       (const char *)g_ptr_array_index(gone, i)))
            return false;
    return true;
}

bool store_correction_add(Store *store, const char *case_name, const char *field,
                          const char *value, const char *by, const char *reason,
                          GError **error)
{
    g_autofree char *at = store_now();
    return store_run(
        store, error,
        "INSERT INTO corrections (case_name, field, value, person, reason, at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        "tttttt", case_name, field, value, by, reason, at);
}

JsonArray *store_corrections(Store *store, const char *case_name, GError **error)
{
    static const char *const members[] = {"field", "value", "by", "reason", "at"};
    g_autoptr(JsonArray) rows = json_array_new();
    g_autoptr(sqlite3_stmt) row =
        store_query(store, error,
                    "SELECT field, value, person, reason, at FROM corrections"
                    " WHERE case_name = ? ORDER BY id",
                    "t", case_name);
    int result = -1;
    while (row != NULL && (result = store_row(store, row, error)) == 1) {
        JsonObject *object = json_object_new();
        for (int i = 0; i < (int)G_N_ELEMENTS(members); i++)
            json_set_string(object, members[i],
                            (const char *)sqlite3_column_text(row, i));
        json_array_add_object_element(rows, object);
    }
    return result == 0 ? g_steal_pointer(&rows) : NULL;
}

void stored_package_free(StoredPackage *package)
{
    if (package == NULL)
        return;
    g_free(package->name);
    g_free(package->recipient);
    g_free(package->row);
    g_free(package->sha256);
    g_free(package->manifest_sha256);
    g_free(package->state);
    g_free(package->created_at);
    g_free(package);
}

bool store_package_put(Store *store, const StoredPackage *package, GError **error)
{
    return store_run(
        store, error,
        "INSERT INTO packages (name, recipient, sequence, row,"
        " sha256, manifest_sha256, state, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET row = excluded.row,"
        " sha256 = excluded.sha256, manifest_sha256 = excluded.manifest_sha256,"
        " state = excluded.state, created_at = excluded.created_at",
        "ttittttt", package->name, package->recipient, package->sequence, package->row,
        package->sha256, package->manifest_sha256, package->state, package->created_at);
}

bool store_package_case_put(Store *store, const char *package, const char *case_name,
                            const char *part_key, GError **error)
{
    return store_run(store, error,
                     "INSERT OR REPLACE INTO package_cases (package, case_name, part_key)"
                     " VALUES (?, ?, ?)",
                     "ttt", package, case_name, part_key);
}

char *store_package_case_key(Store *store, const char *recipient, const char *case_name,
                             GError **error)
{
    g_autoptr(sqlite3_stmt) row = store_query(
        store, error,
        "SELECT part_key FROM package_cases JOIN packages ON name = package"
        " WHERE recipient = ? AND case_name = ? ORDER BY sequence DESC LIMIT 1",
        "tt", recipient, case_name);
    if (row == NULL || store_row(store, row, error) != 1)
        return NULL;
    return column_text(row, 0);
}

GPtrArray *store_packages(Store *store, const char *recipient, GError **error)
{
    g_autoptr(GPtrArray) packages =
        g_ptr_array_new_with_free_func((GDestroyNotify)stored_package_free);
    g_autoptr(sqlite3_stmt) row = store_query(
        store, error,
        "SELECT name, recipient, sequence, row, sha256, manifest_sha256, state, "
        "created_at"
        " FROM packages WHERE ?1 IS NULL OR recipient = ?1 ORDER BY sequence, recipient",
        "t", recipient);
    int result = -1;
    while (row != NULL && (result = store_row(store, row, error)) == 1) {
        StoredPackage *package = g_new0(StoredPackage, 1);
        package->name = column_text(row, 0);
        package->recipient = column_text(row, 1);
        package->sequence = sqlite3_column_int64(row, 2);
        package->row = column_text(row, 3);
        package->sha256 = column_text(row, 4);
        package->manifest_sha256 = column_text(row, 5);
        package->state = column_text(row, 6);
        package->created_at = column_text(row, 7);
        g_ptr_array_add(packages, package);
    }
    return result == 0 ? g_steal_pointer(&packages) : NULL;
}

int64_t store_package_next(Store *store, const char *recipient, GError **error)
{
    g_autoptr(sqlite3_stmt) row = store_query(
        store, error,
        "SELECT coalesce(max(sequence), 0) + 1 FROM packages WHERE recipient = ?", "t",
        recipient);
    if (row == NULL || store_row(store, row, error) != 1)
        return -1;
    return sqlite3_column_int64(row, 0);
}
