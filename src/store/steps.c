/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of steps, compressed: a page's reading is some 100 KB of JSON and repeats
 * itself. */
#include <zlib.h>

#include "store/private.h"

static char *inflate_result(sqlite3_stmt *row, const char *key, GError **error)
{
    int64_t size = sqlite3_column_int64(row, 0);
    const void *data = sqlite3_column_blob(row, 1);
    int length = sqlite3_column_bytes(row, 1);
    if (size < 0 || size > LIMIT_STEP_BYTES)
        return fail_null(error, STORE_ERROR, STORE_ERROR_DAMAGED,
                         "step %s: impossible size %" G_GINT64_FORMAT, key, size);
    g_autofree char *text = g_try_malloc((gsize)size + 1);
    uLongf got = (uLongf)size;
    if (text == NULL)
        return fail_null(error, STORE_ERROR, STORE_ERROR_IO, "step %s: no memory", key);
    if (data == NULL || uncompress((Bytef *)text, &got, data, (uLong)length) != Z_OK ||
        got != (uLongf)size)
        return fail_null(error, STORE_ERROR, STORE_ERROR_DAMAGED,
                         "step %s: cannot be unpacked", key);
    text[size] = '\0';
    return g_steal_pointer(&text);
}

char *store_step_get(Store *store, const char *key, GError **error)
{
    g_autoptr(sqlite3_stmt) row = store_query(
        store, error, "SELECT size_bytes, result FROM steps WHERE key = ?", "t", key);
    if (row == NULL || store_row(store, row, error) != 1)
        return NULL;
    return inflate_result(row, key, error);
}

bool store_step_put(Store *store, const char *key, const char *stage, const char *result,
                    GError **error)
{
    size_t size = strlen(result);
    if (size > LIMIT_STEP_BYTES)
        return fail(error, STORE_ERROR, STORE_ERROR_IO, "step %s: result too long", key);
    uLongf length = compressBound((uLong)size);
    g_autofree Bytef *packed = g_try_malloc(length);
    if (packed == NULL || compress2(packed, &length, (const Bytef *)result, (uLong)size,
                                    Z_DEFAULT_COMPRESSION) != Z_OK)
        return fail(error, STORE_ERROR, STORE_ERROR_IO, "step %s: cannot be packed", key);
    return store_run(store, error,
                     "INSERT OR REPLACE INTO steps (key, stage, size_bytes, result)"
                     " VALUES (?, ?, ?, ?)",
                     "ttib", key, stage, (int64_t)size, (const void *)packed,
                     (int)length);
}

GHashTable *store_step_keys(Store *store, const char *stage, GError **error)
{
    g_autoptr(GHashTable) keys =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(sqlite3_stmt) row =
        store_query(store, error, "SELECT key FROM steps WHERE stage = ?", "t", stage);
    int result = -1;
    while (row != NULL && (result = store_row(store, row, error)) == 1)
        g_hash_table_add(keys, column_text(row, 0));
    return result == 0 ? g_steal_pointer(&keys) : NULL;
}
