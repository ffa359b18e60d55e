/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements, errors and transactions over SQLite. */
#include "store/private.h"

#include <errno.h>
#include <stdarg.h>

G_DEFINE_QUARK(store_error_quark, store_error)

static StoreError error_code(sqlite3 *db)
{
    switch (sqlite3_errcode(db) & 0xff) {
    case SQLITE_FULL:
        return STORE_ERROR_SPACE;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return STORE_ERROR_DAMAGED;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return STORE_ERROR_LOCKED;
    case SQLITE_IOERR:
        return sqlite3_system_errno(db) == ENOSPC ? STORE_ERROR_SPACE : STORE_ERROR_IO;
    default:
        return STORE_ERROR_IO;
    }
}

bool store_fail(Store *store, GError **error, const char *doing)
{
    return fail(error, STORE_ERROR, error_code(store->db), "%s: %s (SQLite %d)", doing,
                sqlite3_errmsg(store->db), sqlite3_extended_errcode(store->db));
}

bool store_fail_errno(GError **error, const char *doing, const char *path)
{
    bool is_full = errno == ENOSPC || errno == EDQUOT;
    return fail_errno(error, STORE_ERROR, is_full ? STORE_ERROR_SPACE : STORE_ERROR_IO,
                      "%s %s", doing, path);
}

static int bind_all(sqlite3_stmt *statement, const char *types, va_list args)
{
    int result = SQLITE_OK;
    for (int i = 0; types[i] != '\0' && result == SQLITE_OK; i++) {
        if (types[i] == 't') {
            result = sqlite3_bind_text(statement, i + 1, va_arg(args, const char *), -1,
                                       SQLITE_TRANSIENT);
        } else if (types[i] == 'i') {
            result = sqlite3_bind_int64(statement, i + 1, va_arg(args, int64_t));
        } else {
            const void *data = va_arg(args, const void *);
            int length = va_arg(args, int);
            result = sqlite3_bind_blob(statement, i + 1, data, length, SQLITE_TRANSIENT);
        }
    }
    return result;
}

static sqlite3_stmt *prepare(Store *store, GError **error, const char *sql,
                             const char *types, va_list args)
{
    g_autoptr(sqlite3_stmt) statement = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK ||
        bind_all(statement, types, args) != SQLITE_OK) {
        store_fail(store, error, sql);
        return NULL;
    }
    return g_steal_pointer(&statement);
}

sqlite3_stmt *store_query(Store *store, GError **error, const char *sql,
                          const char *types, ...)
{
    va_list args;
    va_start(args, types);
    sqlite3_stmt *statement = prepare(store, error, sql, types, args);
    va_end(args);
    return statement;
}

int store_row(Store *store, sqlite3_stmt *statement, GError **error)
{
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW)
        return 1;
    if (result == SQLITE_DONE)
        return 0;
    store_fail(store, error, "reading the store");
    return -1;
}

bool store_run(Store *store, GError **error, const char *sql, const char *types, ...)
{
    va_list args;
    va_start(args, types);
    g_autoptr(sqlite3_stmt) statement = prepare(store, error, sql, types, args);
    va_end(args);
    if (statement == NULL)
        return false;
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW)
        ;
    return result == SQLITE_DONE || store_fail(store, error, "writing the store");
}

char *column_text(sqlite3_stmt *statement, int column)
{
    return g_strdup((const char *)sqlite3_column_text(statement, column));
}

bool store_begin(Store *store, GError **error)
{
    g_assert(!store->in_transaction);
    store->in_transaction = store_run(store, error, "BEGIN IMMEDIATE", "");
    return store->in_transaction;
}

bool store_commit(Store *store, GError **error)
{
    g_assert(store->in_transaction);
    if (store_run(store, error, "COMMIT", "")) {
        store->in_transaction = false;
        return true;
    }
    store_rollback(store); /* so that the store can be used after a full disk */
    return false;
}

void store_rollback(Store *store)
{
    /* SQLite may have rolled back by itself, on a full disk for one. */
    if (store->in_transaction && sqlite3_get_autocommit(store->db) == 0)
        store_run(store, NULL, "ROLLBACK", "");
    store->in_transaction = false;
}

char *store_now(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    return g_date_time_format(now, "%Y-%m-%dT%H:%M:%S%:z");
}
