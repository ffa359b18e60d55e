/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The groups of the ledger and what was read on their pages. */
#include "work/groups.h"

#include "base/json.h"
#include "work/work-private.h"

void group_free(Group *group)
{
    g_ptr_array_unref(group->entries);
    g_ptr_array_unref(group->covers);
    g_free(group);
}

static void reading_free_null(gpointer reading)
{
    page_reading_free(reading);
}

void pages_clear(Pages *pages)
{
    g_ptr_array_unref(pages->readings);
    g_ptr_array_unref(pages->sources);
    g_ptr_array_unref(pages->keys);
}

Pages pages_new(void)
{
    return (Pages){.readings = g_ptr_array_new_with_free_func(reading_free_null),
                   .sources =
                       g_ptr_array_new_with_free_func((GDestroyNotify)page_source_free),
                   .keys = g_ptr_array_new_with_free_func(g_free)};
}

static Group *group_new(const LedgerEntry *entry)
{
    Group *group = g_new0(Group, 1);
    group->name = entry->group;
    group->batch = entry->batch;
    group->is_stack = entry->is_stack;
    group->entries = g_ptr_array_new();
    group->covers = g_ptr_array_new_with_free_func((GDestroyNotify)pile_cover_free);
    return group;
}

/* The same file again in one pile brings nothing new, unless it is a cover sheet: whoever
 * puts copies of one between cases means each of them. */
static bool is_of_pile(const LedgerEntry *entry, const CoverKeys *covers)
{
    if (entry->group == NULL || entry->outcome == OUTCOME_TAKEN)
        return entry->group != NULL;
    if (entry->outcome != OUTCOME_DUPLICATE || entry->sha256 == NULL ||
        !entry->is_stack || g_hash_table_size(covers->keys) == 0)
        return false;
    g_autofree char *key = page_step_key(entry->sha256, 0, covers->model_hash);
    return g_hash_table_contains(covers->keys, key);
}

GPtrArray *groups_of(const GPtrArray *ledger, const GPtrArray *batches, const char *batch,
                     const CoverKeys *covers)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func((GDestroyNotify)group_free);
    g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) places =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < ledger->len; i++) {
        const LedgerEntry *entry = ledger->pdata[i];
        if (!is_of_pile(entry, covers))
            continue;
        Group *group = g_hash_table_lookup(by_name, entry->group);
        bool is_new =
            g_hash_table_add(places, g_strconcat(entry->group, "\n", entry->path, NULL));
        if (entry->outcome == OUTCOME_DUPLICATE && (group == NULL || !is_new))
            continue; /* the pile was taken in again */
        if (group == NULL) {
            group = group_new(entry);
            g_hash_table_insert(by_name, entry->group, group);
            g_ptr_array_add(groups, group);
        }
        g_ptr_array_add(group->entries, (gpointer)entry);
        group->is_wanted |= batch == NULL || g_str_equal(batch, entry->batch);
    }
    for (guint i = 0; i < groups->len; i++) {
        Group *group = groups->pdata[i];
        for (guint k = 0; k < batches->len; k++) {
            const Batch *made = batches->pdata[k];
            if (g_str_equal(made->id, group->batch)) {
                group->place = made->place;
                group->taken_on = made->created_at;
            }
        }
    }
    return groups;
}

static char *file_name_of(const LedgerEntry *entry)
{
    return g_path_get_basename(entry->path);
}

bool pages_list(Store *store, const char *model_hash, const Group *group, Pages *pages,
                GError **error)
{
    for (guint i = 0; i < group->entries->len; i++) {
        const LedgerEntry *entry = group->entries->pdata[i];
        g_autoptr(GError) cause = NULL;
        Original *original = store_original_get(store, entry->sha256, &cause);
        if (cause != NULL) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return false;
        }
        int page_count = original != NULL ? original->page_count : 0;
        if (original != NULL)
            original_free(original);
        for (int index = 0; index < page_count; index++) {
            PageSource *source = g_new0(PageSource, 1);
            source->original_sha256 = g_strdup(entry->sha256);
            source->name = file_name_of(entry);
            source->index = index;
            g_ptr_array_add(pages->sources, source);
            g_ptr_array_add(pages->keys, page_step_key(entry->sha256, index, model_hash));
        }
    }
    return true;
}

bool page_load(Store *store, const char *key, PageSource *source, PageReading **reading,
               GError **error)
{
    g_autoptr(GError) cause = NULL;
    *reading = NULL;
    g_autofree char *text = store_step_get(store, key, &cause);
    if (cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return false;
    }
    g_autoptr(JsonObject) object =
        text != NULL ? json_parse_object(text, -1, NULL) : NULL;
    if (object != NULL && !json_object_has_member(object, "failure"))
        *reading = page_reading_from_json(object, NULL);
    if (*reading == NULL)
        source->failure =
            g_strdup(object != NULL ? json_get_string(object, "failure", "bad_result")
                                    : "not_read");
    return true;
}

bool pages_load(Store *store, Pages *pages, GError **error)
{
    for (guint i = 0; i < pages->keys->len; i++) {
        PageReading *reading;
        if (!page_load(store, pages->keys->pdata[i], pages->sources->pdata[i], &reading,
                       error))
            return false;
        g_ptr_array_add(pages->readings, reading);
    }
    return true;
}
