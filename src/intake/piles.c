/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which files belong together: a case's folder, a case's file, or a stack to be split. */
#include "intake/private.h"

void pile_free(Pile *pile)
{
    if (pile == NULL)
        return;
    g_free(pile->key);
    g_free(pile->root);
    g_free(pile->name);
    g_free(pile);
}

bool pile_layout_parse(const char *text, PileLayout *layout)
{
    static const char *const names[] = {"auto", "case-per-folder", "case-per-file",
                                        "stack"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_strcmp0(text, names[i]) == 0) {
            *layout = (PileLayout)i;
            return true;
        }
    return false;
}

static bool holds_many_pages(const Found *found)
{
    const char *format =
        found->format != NULL ? found->format : format_of_name(found->path);
    return g_strcmp0(format, "pdf") == 0 || g_strcmp0(format, "tiff") == 0;
}

static Pile *pile_new(const Found *found, const char *key, const char *name,
                      bool is_stack)
{
    Pile *pile = g_new0(Pile, 1);
    pile->key = g_strdup(key);
    pile->root = g_strdup(found->root);
    pile->name = g_strdup(name);
    pile->is_stack = is_stack;
    return pile;
}

/* A file that was itself named: single pictures named together are one pile, a PDF or
 * TIFF is one by itself. */
static Pile *pile_of_named(const Found *found, PileLayout layout)
{
    g_autofree char *folder_name = g_path_get_basename(found->folder);
    g_autofree char *valid = g_utf8_make_valid(folder_name, -1);
    const char *shown = g_str_equal(valid, "/") ? "files" : valid;
    if (found->reason != NULL)
        return pile_new(found, found->path, found->shown, false);
    if (layout == LAYOUT_CASE_PER_FOLDER)
        return pile_new(found, found->folder, shown, false);
    if (layout == LAYOUT_CASE_PER_FILE || holds_many_pages(found))
        return pile_new(found, found->path, found->shown, layout != LAYOUT_CASE_PER_FILE);
    g_autofree char *key = g_strconcat(found->folder, "/*", NULL);
    return pile_new(found, key, shown, true);
}

static Pile *pile_of(const Found *found, PileLayout layout)
{
    if (found->is_named)
        return pile_of_named(found, layout);
    if (layout == LAYOUT_CASE_PER_FILE)
        return pile_new(found, found->path, found->shown, false);
    bool is_top = *found->shown_folder == '\0';
    if (layout == LAYOUT_STACK)
        return pile_new(found, found->root_path, found->root, true);
    return pile_new(found, found->folder, is_top ? found->root : found->shown_folder,
                    is_top && layout == LAYOUT_AUTO);
}

GPtrArray *sort_into_piles(GPtrArray *founds, PileLayout layout)
{
    GPtrArray *piles = g_ptr_array_new_with_free_func((GDestroyNotify)pile_free);
    g_autoptr(GHashTable) by_key = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < founds->len; i++) {
        Found *found = g_ptr_array_index(founds, i);
        Pile *pile = pile_of(found, layout);
        gpointer known = NULL;
        if (g_hash_table_lookup_extended(by_key, pile->key, NULL, &known)) {
            pile_free(pile);
            found->group = GPOINTER_TO_INT(known);
            continue;
        }
        found->group = (int)piles->len;
        g_hash_table_insert(by_key, pile->key, GINT_TO_POINTER(found->group));
        g_ptr_array_add(piles, pile);
    }
    return piles;
}

/* Names are tried in turn: as it is, below the named PATH's own name, numbered. Owned. */
static char *name_to_try(const Pile *pile, int attempt)
{
    bool has_prefix = g_str_equal(pile->name, pile->root);
    if (attempt == 1)
        return g_strdup(pile->name);
    if (attempt == 2 && !has_prefix)
        return g_strdup_printf("%s/%s", pile->root, pile->name);
    return g_strdup_printf("%s%s%s (%d)", has_prefix ? "" : pile->root,
                           has_prefix ? "" : "/", pile->name, attempt);
}

static GHashTable *hashes_in(const GPtrArray *founds, guint pile)
{
    GHashTable *hashes = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < founds->len; i++) {
        const Found *found = g_ptr_array_index(founds, i);
        if (found->group == (int)pile && found->sha256 != NULL)
            g_hash_table_add(hashes, found->sha256);
    }
    return hashes;
}

/* Whether @name is free, or was this very place before: at least half of what was taken
 * there is here still. Scanners use "001" again every day, for other people.
 * Returns: 1 yes, 0 no, -1 with error */
static int name_fits(Store *store, const char *name, GHashTable *hashes, GError **error)
{
    g_autoptr(GPtrArray) before = store_group_originals(store, name, error);
    guint here = 0;
    if (before == NULL)
        return -1;
    for (guint i = 0; i < before->len; i++)
        here += g_hash_table_contains(hashes, g_ptr_array_index(before, i)) ? 1 : 0;
    return here * 2 >= before->len ? 1 : 0;
}

static char *find_name(Store *store, const Pile *pile, GHashTable *hashes,
                       GHashTable *used, GError **error)
{
    for (int attempt = 1;; attempt++) {
        g_autofree char *name = name_to_try(pile, attempt);
        if (g_hash_table_contains(used, name))
            continue;
        int fits = name_fits(store, name, hashes, error);
        if (fits != 0)
            return fits > 0 ? g_steal_pointer(&name) : NULL;
    }
}

bool name_piles(Store *store, GPtrArray *piles, const GPtrArray *founds, GError **error)
{
    g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < piles->len; i++) {
        Pile *pile = g_ptr_array_index(piles, i);
        g_autoptr(GHashTable) hashes = hashes_in(founds, i);
        char *name = find_name(store, pile, hashes, used, error);
        if (name == NULL)
            return false;
        g_free(pile->name);
        pile->name = name;
        g_hash_table_add(used, pile->name);
    }
    return true;
}
