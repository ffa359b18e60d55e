/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/fold.c - see fold.h. */
#include "casework/fold.h"

#include "casework/simplified.def"

typedef struct {
    GHashTable *table[FOLD_ALL + 1]; /* traditional -> simplified character */
} Tables;

static void add_pairs(GHashTable *table, const char *pairs)
{
    for (const char *p = pairs; *p != '\0';) {
        gunichar traditional = g_utf8_get_char(p);
        p = g_utf8_next_char(p);
        g_hash_table_insert(table, GUINT_TO_POINTER(traditional),
                            GUINT_TO_POINTER(g_utf8_get_char(p)));
        p = g_utf8_next_char(p);
    }
}

/* Made once and kept to the end, as constants are. */
static const Tables *tables(void)
{
    static Tables made;
    static gsize is_made;
    if (g_once_init_enter(&is_made)) {
        for (int level = 0; level <= FOLD_ALL; level++) {
            made.table[level] = g_hash_table_new(NULL, NULL);
            add_pairs(made.table[level], SIMPLIFIED_PAIRS);
        }
        add_pairs(made.table[FOLD_ALL], AMBIGUOUS_PAIRS);
        g_once_init_leave(&is_made, 1);
    }
    return &made;
}

char *fold_traditional(const char *text, FoldLevel level)
{
    GHashTable *table = tables()->table[level];
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        gpointer other = g_hash_table_lookup(table, GUINT_TO_POINTER(c));
        g_string_append_unichar(out, other != NULL ? GPOINTER_TO_UINT(other) : c);
    }
    return g_string_free(out, FALSE);
}
