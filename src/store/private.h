/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store/private.h - for the files of this room alone. */
#pragma once
#include <sqlite3.h>

#include "store/store.h"

struct Store {
    char *folder;
    sqlite3 *db;
    int lock_fd;
    bool in_transaction;
    Settings settings;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3_stmt, sqlite3_finalize)

/* A step's result beyond this is not ours, or damaged. */
#define LIMIT_STEP_BYTES (64 * 1024 * 1024)

/* store_fail: what SQLite said last, as a STORE_ERROR. Returns: false */
bool store_fail(Store *store, GError **error, const char *doing);

/* store_fail_errno: errno as a STORE_ERROR (SPACE where the disk is full). Returns: false
 */
bool store_fail_errno(GError **error, const char *doing, const char *path);

/* store_query: a prepared statement with its parameters bound.
 * @types: one letter a parameter: t text or NULL (const char *), i integer (int64_t),
 *     b blob (const void *, int)
 * Returns: owned; NULL with error */
sqlite3_stmt *store_query(Store *store, GError **error, const char *sql,
                          const char *types, ...);
/* store_row: the next row. Returns: 1 a row, 0 no more, -1 with error */
int store_row(Store *store, sqlite3_stmt *statement, GError **error);
/* store_run: as store_query(), run to its end. */
bool store_run(Store *store, GError **error, const char *sql, const char *types, ...);

/* column_text: owned copy; NULL where the column is. */
char *column_text(sqlite3_stmt *statement, int column);

/* store_migrate: bring the schema to this program's version. DAMAGED if it is newer. */
bool store_migrate(Store *store, GError **error);

/* store_now: local time with its offset, ISO 8601; its first ten letters are the day. */
char *store_now(void);

/* settings.yaml */
bool store_settings_write(const char *path, const char *site, GError **error);
bool store_settings_read(const char *path, Settings *settings, GError **error);
