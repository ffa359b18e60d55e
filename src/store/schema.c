/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schema, as the steps that led to it. Names and columns never change meaning. */
#include "store/private.h"

/* One entry a version; never edited once released, only added to. */
static const char *const migrations[] = {
    [0] = "CREATE TABLE batches (id TEXT PRIMARY KEY, place TEXT, created_at TEXT NOT "
          "NULL);"
          "CREATE TABLE ledger ("
          "  batch TEXT NOT NULL REFERENCES batches (id), seq INTEGER NOT NULL,"
          "  path TEXT NOT NULL, grp TEXT NOT NULL, is_stack INTEGER NOT NULL,"
          "  sha256 TEXT, size_bytes INTEGER NOT NULL,"
          "  outcome INTEGER NOT NULL CHECK (outcome IN (0, 1, 2)), reason TEXT,"
          "  PRIMARY KEY (batch, seq));"
          "CREATE INDEX ledger_sha256 ON ledger (sha256, grp);"
          "CREATE INDEX ledger_group ON ledger (grp);"
          "CREATE TABLE originals (sha256 TEXT PRIMARY KEY, format TEXT,"
          "  page_count INTEGER NOT NULL);"
          "CREATE TABLE steps (key TEXT PRIMARY KEY, stage TEXT NOT NULL,"
          "  size_bytes INTEGER NOT NULL, result BLOB NOT NULL);"
          "CREATE TABLE cases (name TEXT PRIMARY KEY,"
          "  batch TEXT NOT NULL REFERENCES batches (id),"
          "  source TEXT NOT NULL, grp TEXT NOT NULL, input_key TEXT NOT NULL,"
          "  record TEXT NOT NULL);"
          "CREATE INDEX cases_batch ON cases (batch, grp);"
          /* No reference to cases: a correction outlives a case assembled anew. */
          "CREATE TABLE corrections (id INTEGER PRIMARY KEY AUTOINCREMENT,"
          "  case_name TEXT NOT NULL, field TEXT NOT NULL, value TEXT, person TEXT NOT "
          "NULL,"
          "  reason TEXT, at TEXT NOT NULL);"
          "CREATE INDEX corrections_case ON corrections (case_name, id);"
          "CREATE TABLE packages (name TEXT PRIMARY KEY, recipient TEXT NOT NULL,"
          "  sequence INTEGER NOT NULL, row TEXT NOT NULL, sha256 TEXT,"
          "  manifest_sha256 TEXT, state TEXT NOT NULL, created_at TEXT NOT NULL,"
          "  UNIQUE (recipient, sequence));"
          /* What of a case a package held, as a hash: the same is not sent twice. */
          "CREATE TABLE package_cases ("
          "  package TEXT NOT NULL REFERENCES packages (name), case_name TEXT NOT NULL,"
          "  part_key TEXT NOT NULL, PRIMARY KEY (package, case_name));"
          "CREATE INDEX package_cases_case ON package_cases (case_name);",
    /* Prints of forms met before, and the page each was learnt from. */
    [1] = "CREATE TABLE layouts (name TEXT PRIMARY KEY, form TEXT NOT NULL,"
          "  proof TEXT NOT NULL, learnt_at TEXT NOT NULL, print TEXT NOT NULL);",
};

static int schema_version(Store *store, GError **error)
{
    g_autoptr(sqlite3_stmt) statement =
        store_query(store, error, "PRAGMA user_version", "");
    if (statement == NULL || store_row(store, statement, error) != 1)
        return -1;
    return sqlite3_column_int(statement, 0);
}

static bool migrate_to(Store *store, int version, GError **error)
{
    g_autofree char *set_version = g_strdup_printf("PRAGMA user_version = %d", version);
    if (!store_begin(store, error))
        return false;
    if (sqlite3_exec(store->db, migrations[version - 1], NULL, NULL, NULL) != SQLITE_OK) {
        store_fail(store, error, "bringing the store up to date");
        store_rollback(store);
        return false;
    }
    if (!store_run(store, error, set_version, "")) {
        store_rollback(store);
        return false;
    }
    return store_commit(store, error);
}

bool store_migrate(Store *store, GError **error)
{
    int newest = (int)G_N_ELEMENTS(migrations);
    int version = schema_version(store, error);
    if (version < 0)
        return false;
    if (version > newest)
        return fail(error, STORE_ERROR, STORE_ERROR_DAMAGED,
                    "%s was written by a newer banjie (schema %d, this one knows %d)",
                    store->folder, version, newest);
    while (version < newest)
        if (!migrate_to(store, ++version, error))
            return false;
    return true;
}
