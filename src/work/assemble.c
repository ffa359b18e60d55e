/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From pages that were read to cases that are decided: pure steps, made again whenever
 * any of their inputs changed, and never with recognition. */
#include "work/work-private.h"

#include "base/json.h"
#include "casework/casework.h"
#include "papers/papers.h"

/* A folder, a file or a pile: what cases are cut from. */
typedef struct {
    const char *name, *batch;
    const char *place, *taken_on;
    bool is_stack;
    GPtrArray *entries; /* LedgerEntry *, borrowed */
} Group;

static void group_free(Group *group)
{
    g_ptr_array_unref(group->entries);
    g_free(group);
}

typedef struct {
    Store *store;
    const WorkParams *params;
    const char *model_hash;
    char *declarations; /* hash of all of pipelines/ */
    WorkResult *result;
} Assembly;

/* The pages of one group, in order, with what was read on them. */
typedef struct {
    GPtrArray *readings; /* PageReading *, NULL where failed */
    GPtrArray *sources;  /* PageSource * */
    GPtrArray *keys;     /* char * */
} Pages;

static void reading_free_null(gpointer reading)
{
    page_reading_free(reading);
}

static void pages_clear(Pages *pages)
{
    g_ptr_array_unref(pages->readings);
    g_ptr_array_unref(pages->sources);
    g_ptr_array_unref(pages->keys);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pages, pages_clear)

/* The groups of the ledger in order of first appearance. A folder taken in again later,
 * with more papers in it, is still one group. */
static GPtrArray *groups_of(const GPtrArray *ledger, const GPtrArray *batches,
                            const char *batch)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func((GDestroyNotify)group_free);
    g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) wanted = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < ledger->len; i++) {
        const LedgerEntry *entry = ledger->pdata[i];
        if (entry->outcome != OUTCOME_TAKEN || entry->group == NULL)
            continue;
        Group *group = g_hash_table_lookup(by_name, entry->group);
        if (group == NULL) {
            group = g_new0(Group, 1);
            group->name = entry->group;
            group->batch = entry->batch;
            group->is_stack = entry->is_stack;
            group->entries = g_ptr_array_new();
            g_hash_table_insert(by_name, entry->group, group);
            g_ptr_array_add(groups, group);
        }
        g_ptr_array_add(group->entries, (gpointer)entry);
        if (batch == NULL || g_str_equal(batch, entry->batch))
            g_hash_table_add(wanted, entry->group);
    }
    for (guint i = groups->len; i-- > 0;) {
        Group *group = groups->pdata[i];
        for (guint k = 0; k < batches->len; k++) {
            const Batch *made = batches->pdata[k];
            if (g_str_equal(made->id, group->batch)) {
                group->place = made->place;
                group->taken_on = made->created_at;
            }
        }
        if (!g_hash_table_contains(wanted, group->name))
            g_ptr_array_remove_index(groups, i);
    }
    return groups;
}

static char *file_name_of(const LedgerEntry *entry)
{
    return g_path_get_basename(entry->path);
}

/* The sources and keys of a group's pages; no reading is loaded yet. */
static bool list_pages(Assembly *assembly, const Group *group, Pages *pages,
                       GError **error)
{
    for (guint i = 0; i < group->entries->len; i++) {
        const LedgerEntry *entry = group->entries->pdata[i];
        g_autoptr(GError) cause = NULL;
        Original *original = store_original_get(assembly->store, entry->sha256, &cause);
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
            g_ptr_array_add(pages->keys,
                            page_step_key(entry->sha256, index, assembly->model_hash));
        }
    }
    return true;
}

static bool load_page(Assembly *assembly, const char *key, PageSource *source,
                      PageReading **reading, GError **error)
{
    g_autoptr(GError) cause = NULL;
    *reading = NULL;
    g_autofree char *text = store_step_get(assembly->store, key, &cause);
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

static bool load_pages(Assembly *assembly, Pages *pages, GError **error)
{
    for (guint i = 0; i < pages->keys->len; i++) {
        PageReading *reading;
        if (!load_page(assembly, pages->keys->pdata[i], pages->sources->pdata[i],
                       &reading, error))
            return false;
        g_ptr_array_add(pages->readings, reading);
    }
    return true;
}

/* The stored cases of a group. */
static GPtrArray *cases_of_group(const GPtrArray *cases, const char *group)
{
    GPtrArray *found = g_ptr_array_new();
    for (guint i = 0; i < cases->len; i++) {
        const StoredCase *stored = cases->pdata[i];
        if (g_strcmp0(stored->group, group) == 0)
            g_ptr_array_add(found, (gpointer)stored);
    }
    return found;
}

/* Everything a group's records are made from, as one hash. */
static char *group_key(Assembly *assembly, const Group *group, const Pages *pages,
                       const GPtrArray *stored, GError **error)
{
    g_autoptr(GString) text = g_string_new("case " PAPERS_VERSION " " CASEWORK_VERSION);
    const Settings *settings = store_settings(assembly->store);
    g_string_append_printf(text, "\n%s\n%s\n%s %s %s %s", assembly->declarations,
                           assembly->params->as_of, settings->site,
                           settings->home_place != NULL ? settings->home_place : "-",
                           group->place != NULL ? group->place : "-", group->name);
    for (guint i = 0; i < pages->keys->len; i++) {
        const PageSource *source = pages->sources->pdata[i];
        g_string_append_printf(text, "\n%s %s", (char *)pages->keys->pdata[i],
                               source->name);
    }
    for (guint i = 0; i < stored->len; i++) {
        const StoredCase *one = stored->pdata[i];
        g_autoptr(JsonArray) rows = store_corrections(assembly->store, one->name, error);
        if (rows == NULL)
            return NULL;
        g_autoptr(JsonNode) node = json_node_init_array(json_node_alloc(), rows);
        g_autofree char *json = json_text(node);
        g_string_append_printf(text, "\n%s %s", one->name, json);
    }
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, -1);
}

static bool is_fresh(const GPtrArray *stored, const char *key)
{
    for (guint i = 0; i < stored->len; i++)
        if (g_strcmp0(((StoredCase *)stored->pdata[i])->input_key, key) != 0)
            return false;
    return stored->len > 0;
}

static GPtrArray *corrections_of(Store *store, const char *name, GError **error)
{
    g_autoptr(JsonArray) rows = store_corrections(store, name, error);
    if (rows == NULL)
        return NULL;
    GPtrArray *corrections =
        g_ptr_array_new_with_free_func((GDestroyNotify)correction_free);
    for (guint i = 0; i < json_array_get_length(rows); i++) {
        JsonObject *row = json_array_get_object_element(rows, i);
        Correction *correction = g_new0(Correction, 1);
        correction->field = g_strdup(json_get_string(row, "field", ""));
        correction->value = g_strdup(json_get_string(row, "value", NULL));
        correction->by = g_strdup(json_get_string(row, "by", ""));
        correction->reason = g_strdup(json_get_string(row, "reason", NULL));
        correction->at = g_strdup(json_get_string(row, "at", ""));
        g_ptr_array_add(corrections, correction);
    }
    return corrections;
}

/* One case's share of a group: pages @first..@end and the papers on them. */
typedef struct {
    guint first, end;
    GPtrArray *papers; /* Paper *, borrowed; page indices counted from @first */
} Share;

static void share_free(Share *share)
{
    g_ptr_array_unref(share->papers);
    g_free(share);
}

static guint first_page(const Paper *paper)
{
    return (guint)g_array_index(paper->parts, PaperPart, 0).page;
}

static void paper_shift(Paper *paper, int by)
{
    for (guint i = 0; i < paper->parts->len; i++)
        g_array_index(paper->parts, PaperPart, i).page += by;
    for (guint i = 0; i < paper->sections->len; i++)
        g_array_index(paper->sections, SectionArea, i).page += by;
    for (guint i = 0; i < paper->fields->len; i++) {
        PaperField *field = paper->fields->pdata[i];
        for (guint k = 0; k < field->inks->len; k++)
            ((Ink *)field->inks->pdata[k])->page += by;
    }
}

/* Cuts the group where cases begin; a folder or file is one case whatever is in it. */
static GPtrArray *shares_of(const Group *group, const GPtrArray *papers, guint page_count)
{
    GPtrArray *shares = g_ptr_array_new_with_free_func((GDestroyNotify)share_free);
    g_autoptr(GArray) begins =
        group->is_stack ? papers_split(papers) : g_array_new(false, false, sizeof(guint));
    guint next = 0;
    for (guint i = 0; i < MAX(papers->len, 1u); i++) {
        bool begins_here = next < begins->len && g_array_index(begins, guint, next) == i;
        next += begins_here;
        if (shares->len == 0 || begins_here) {
            Share *share = g_new0(Share, 1);
            share->papers = g_ptr_array_new();
            share->first = shares->len == 0 ? 0 : first_page(papers->pdata[i]);
            if (shares->len > 0)
                ((Share *)shares->pdata[shares->len - 1])->end = share->first;
            share->end = page_count;
            g_ptr_array_add(shares, share);
        }
        if (i < papers->len) {
            Share *share = shares->pdata[shares->len - 1];
            paper_shift(papers->pdata[i], -(int)share->first);
            g_ptr_array_add(share->papers, papers->pdata[i]);
        }
    }
    return shares;
}

static GPtrArray *slice(const GPtrArray *all, guint first, guint end)
{
    GPtrArray *part = g_ptr_array_new();
    for (guint i = first; i < end; i++)
        g_ptr_array_add(part, all->pdata[i]);
    return part;
}

/* Decides one case and keeps its record. Returns: its name, owned; NULL with @error */
static char *decide_share(Assembly *assembly, const Group *group, const Pages *pages,
                          const Share *share, int number, const char *key, GError **error)
{
    const Settings *settings = store_settings(assembly->store);
    g_autoptr(GPtrArray) readings = slice(pages->readings, share->first, share->end);
    g_autoptr(GPtrArray) sources = slice(pages->sources, share->first, share->end);
    g_autofree char *name = casework_case_name(settings->site, sources);
    g_autoptr(GPtrArray) corrections = corrections_of(assembly->store, name, error);
    if (corrections == NULL)
        return NULL;
    g_autofree char *source = group->is_stack
                                  ? g_strdup_printf("%s/case-%03d", group->name, number)
                                  : g_strdup(group->name);
    g_autofree char *taken_on = g_strndup(group->taken_on ? group->taken_on : "", 10);
    CaseInput input = {.site = settings->site,
                       .batch = group->batch,
                       .source = source,
                       .home_place = settings->home_place,
                       .given_place = group->place,
                       .as_of = assembly->params->as_of,
                       .taken_on = taken_on,
                       .pages = readings,
                       .sources = sources,
                       .papers = share->papers,
                       .corrections = corrections,
                       .pipeline = assembly->params->pipeline};
    g_autoptr(JsonObject) record = casework_decide(&input);
    g_autofree char *text = json_object_text(record);
    StoredCase stored = {.name = name,
                         .batch = (char *)group->batch,
                         .source = source,
                         .group = (char *)group->name,
                         .input_key = (char *)key,
                         .record = text};
    if (!store_case_put(assembly->store, &stored, error))
        return NULL;
    assembly->result->cases_changed++;
    return g_steal_pointer(&name);
}

static bool decide_group(Assembly *assembly, const Group *group, Pages *pages,
                         const char *key, GError **error)
{
    if (!load_pages(assembly, pages, error))
        return false;
    g_autoptr(GPtrArray) papers =
        papers_find(pages->readings, assembly->params->pipeline);
    g_autoptr(GPtrArray) shares = shares_of(group, papers, pages->readings->len);
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    for (guint i = 0; i < shares->len; i++) {
        g_autofree char *name = decide_share(assembly, group, pages, shares->pdata[i],
                                             (int)i + 1, key, error);
        if (name == NULL)
            return false;
        g_strv_builder_add(names, name);
    }
    g_auto(GStrv) keep = g_strv_builder_end(names);
    assembly->result->cases += (int)shares->len;
    return store_cases_keep(assembly->store, group->batch, group->name,
                            (const char *const *)keep, error);
}

static bool assemble_group(Assembly *assembly, const Group *group, const GPtrArray *cases,
                           GError **error)
{
    g_auto(Pages) pages = {
        .readings = g_ptr_array_new_with_free_func(reading_free_null),
        .sources = g_ptr_array_new_with_free_func((GDestroyNotify)page_source_free),
        .keys = g_ptr_array_new_with_free_func(g_free)};
    if (!list_pages(assembly, group, &pages, error))
        return false;
    if (pages.sources->len == 0) /* nothing of it could be read at all */
        return true;
    g_autoptr(GPtrArray) stored = cases_of_group(cases, group->name);
    g_autofree char *key = group_key(assembly, group, &pages, stored, error);
    if (key == NULL)
        return false;
    if (is_fresh(stored, key)) {
        assembly->result->cases += (int)stored->len;
        return true;
    }
    return decide_group(assembly, group, &pages, key, error);
}

bool assemble_cases(Store *store, const WorkParams *params, const char *model_hash,
                    WorkResult *result, GError **error)
{
    g_autofree char *declarations = pipeline_hash(params->pipeline, NULL);
    Assembly assembly = {store, params, model_hash, declarations, result};
    g_autoptr(GPtrArray) ledger = store_ledger(store, NULL, error);
    g_autoptr(GPtrArray) batches = ledger != NULL ? store_batches(store, error) : NULL;
    g_autoptr(GPtrArray) cases = batches != NULL ? store_cases(store, error) : NULL;
    if (cases == NULL)
        return false;
    g_autoptr(GPtrArray) groups = groups_of(ledger, batches, params->batch);
    for (guint i = 0; i < groups->len; i++) {
        if (interrupt_seen())
            return fail(error, WORK_ERROR, WORK_ERROR_INTERRUPTED, "interrupted");
        if (!store_begin(store, error))
            return false;
        if (!assemble_group(&assembly, groups->pdata[i], cases, error)) {
            store_rollback(store);
            return false;
        }
        if (!store_commit(store, error))
            return false;
    }
    return true;
}
