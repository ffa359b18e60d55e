/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layout memory: rows only; what a print is, prints/ knows. */
#include "store/private.h"

void stored_layout_free(StoredLayout *layout)
{
    if (layout == NULL)
        return;
    g_free(layout->name);
    g_free(layout->form);
    g_free(layout->proof);
    g_free(layout->learnt_at);
    g_free(layout->print);
    g_free(layout);
}

bool store_layout_put(Store *store, const StoredLayout *layout, GError **error)
{
    return store_run(store, error,
                     "INSERT OR IGNORE INTO layouts (name, form, proof, learnt_at, print)"
                     " VALUES (?, ?, ?, ?, ?)",
                     "ttttt", layout->name, layout->form, layout->proof,
                     layout->learnt_at, layout->print);
}

GPtrArray *store_layouts(Store *store, GError **error)
{
    g_autoptr(GPtrArray) layouts =
        g_ptr_array_new_with_free_func((GDestroyNotify)stored_layout_free);
    g_autoptr(sqlite3_stmt) row =
        store_query(store, error,
                    "SELECT name, form, proof, learnt_at, print FROM layouts"
                    " ORDER BY rowid",
                    "");
    int result = -1;
    while (row != NULL && (result = store_row(store, row, error)) == 1) {
        StoredLayout *layout = g_new0(StoredLayout, 1);
        layout->name = column_text(row, 0);
        layout->form = column_text(row, 1);
        layout->proof = column_text(row, 2);
        layout->learnt_at = column_text(row, 3);
        layout->print = column_text(row, 4);
        g_ptr_array_add(layouts, layout);
    }
    return result == 0 ? g_steal_pointer(&layouts) : NULL;
}
