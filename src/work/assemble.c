/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From pages that were read to cases that are decided: pure steps, made again whenever
 * any of their inputs changed, and never with recognition. */
#include "work/work-private.h"

#include "base/json.h"
#include "work/groups.h"

/* Papers that came late for a case, wherever they lie. */
typedef struct {
    const Group *group; /* borrowed */
    Segment segment;
    bool is_homeless; /* nobody knew the case when its pile was decided */
} LatePapers;

typedef struct {
    Store *store;
    const WorkParams *params;
    const char *model_hash;
    char *declarations; /* hash of all of pipelines/ */
    WorkResult *result;
    GPtrArray *late;   /* LatePapers *, in the order of the ledger */
    GHashTable *known; /* names of cases that are there: a set of char *, owned */
} Assembly;

static const char *late_case(const LatePapers *late)
{
    return late->segment.cover->cover->case_name;
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

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* What one case's record is made from beside its group's pages: what people said, and
 * what came late for it. */
static bool add_case_key(Assembly *assembly, GString *text, const char *name,
                         GError **error)
{
    g_autoptr(JsonArray) rows = store_corrections(assembly->store, name, error);
    if (rows == NULL)
        return false;
    g_autoptr(JsonNode) node = json_node_init_array(json_node_alloc(), rows);
    g_autofree char *json = json_text(node);
    g_string_append_printf(text, "\n%s %s", name, json);
    for (guint i = 0; i < assembly->late->len; i++) {
        const LatePapers *late = assembly->late->pdata[i];
        if (late->is_homeless || strcmp(late_case(late), name) != 0)
            continue;
        g_auto(Pages) pages = pages_new();
        if (!pages_list(assembly->store, assembly->model_hash, late->group, &pages,
                        error))
            return false;
        for (guint k = late->segment.cover->page; k < late->segment.end; k++)
            g_string_append_printf(text, "\nlate %s", (char *)pages.keys->pdata[k]);
    }
    return true;
}

/* Everything a group's records are made from, as one hash. @names: of its cases */
static char *group_key(Assembly *assembly, const Group *group, const Pages *pages,
                       const GPtrArray *names, GError **error)
{
    g_autoptr(GString) text =
        g_string_new("case " PAPERS_VERSION " " CASEWORK_VERSION " " PILE_VERSION);
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
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    for (guint i = 0; i < names->len; i++)
        g_ptr_array_add(sorted, names->pdata[i]);
    g_ptr_array_sort(sorted, by_text);
    for (guint i = 0; i < sorted->len; i++)
        if (!add_case_key(assembly, text, sorted->pdata[i], error))
            return NULL;
    for (guint i = 0; i < assembly->late->len; i++) {
        const LatePapers *late = assembly->late->pdata[i];
        if (late->group == group && late->is_homeless)
            g_string_append_printf(text, "\nhomeless %s", late_case(late));
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

/* --- late papers --- */

/* The cover sheets among @group's pages. @keys: of all pages that are one */
static bool find_covers(Assembly *assembly, Group *group, GHashTable *keys,
                        GError **error)
{
    g_auto(Pages) pages = pages_new();
    if (!pages_list(assembly->store, assembly->model_hash, group, &pages, error))
        return false;
    for (guint i = 0; i < pages.keys->len; i++) {
        if (!g_hash_table_contains(keys, pages.keys->pdata[i]))
            continue;
        PageReading *reading;
        if (!page_load(assembly->store, pages.keys->pdata[i], pages.sources->pdata[i],
                       &reading, error))
            return false;
        PileCover *cover = reading != NULL ? pile_cover_new(i, reading->cover) : NULL;
        if (cover != NULL)
            g_ptr_array_add(group->covers, cover);
        page_reading_free(reading);
    }
    g_autoptr(GArray) segments = pile_segments(group->covers, pages.keys->len);
    for (guint i = 0; i < segments->len; i++) {
        const Segment *segment = &g_array_index(segments, Segment, i);
        if (!segment_is_late(segment))
            continue;
        LatePapers *late = g_new0(LatePapers, 1);
        *late = (LatePapers){group, *segment, false};
        g_ptr_array_add(assembly->late, late);
    }
    return true;
}

static bool find_all_covers(Assembly *assembly, const GPtrArray *groups, GHashTable *keys,
                            GError **error)
{
    for (guint i = 0; i < groups->len && g_hash_table_size(keys) > 0; i++)
        if (!find_covers(assembly, groups->pdata[i], keys, error))
            return false;
    return true;
}

static bool has_late_papers(const Assembly *assembly, const Group *group)
{
    for (guint i = 0; i < assembly->late->len; i++)
        if (((const LatePapers *)assembly->late->pdata[i])->group == group)
            return true;
    return false;
}

/* Which of @group's late papers are for a case that nobody knows. */
static void find_homeless(Assembly *assembly, const Group *group)
{
    for (guint i = 0; i < assembly->late->len; i++) {
        LatePapers *late = assembly->late->pdata[i];
        if (late->group == group)
            late->is_homeless = !g_hash_table_contains(assembly->known, late_case(late));
    }
}

/* --- deciding --- */

/* All that one record is made of: the case's own pages, and those that came late. */
typedef struct {
    GPtrArray *readings; /* PageReading *, borrowed */
    GPtrArray *sources;  /* PageSource *, borrowed */
    GPtrArray *papers;   /* Paper *, borrowed from the share, or owned */
    GPtrArray *covers;   /* CaseCover *, borrowed */
    GPtrArray *remarks;  /* PileRemark *, borrowed */
    GPtrArray *kept;     /* Pages *, owned: of the groups of late papers */
    GPtrArray *late_covers, *late_remarks, *late_papers; /* owned; papers may be NULL */
} Stuff;

static void pages_free(void *pages)
{
    pages_clear(pages);
    g_free(pages);
}

static void stuff_clear(Stuff *stuff)
{
    g_ptr_array_unref(stuff->readings);
    g_ptr_array_unref(stuff->sources);
    g_ptr_array_unref(stuff->covers);
    g_ptr_array_unref(stuff->remarks);
    g_ptr_array_unref(stuff->late_covers);
    g_ptr_array_unref(stuff->late_remarks);
    g_clear_pointer(&stuff->late_papers, g_ptr_array_unref);
    g_ptr_array_unref(stuff->kept); /* last: the others borrow from it */
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Stuff, stuff_clear)

static void add_all(GPtrArray *to, const GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, from->pdata[i]);
}

static Stuff stuff_of(const Share *share, const Pages *pages)
{
    Stuff stuff = {
        .readings = g_ptr_array_new(),
        .sources = g_ptr_array_new(),
        .papers = share->papers,
        .covers = g_ptr_array_new(),
        .remarks = g_ptr_array_new(),
        .kept = g_ptr_array_new_with_free_func(pages_free),
        .late_covers = g_ptr_array_new_with_free_func((GDestroyNotify)case_cover_free),
        .late_remarks = g_ptr_array_new_with_free_func((GDestroyNotify)pile_remark_free)};
    for (guint i = 0; i < share->pages->len; i++) {
        guint page = g_array_index(share->pages, guint, i);
        g_ptr_array_add(stuff.readings, pages->readings->pdata[page]);
        g_ptr_array_add(stuff.sources, pages->sources->pdata[page]);
    }
    add_all(stuff.covers, share->covers);
    add_all(stuff.remarks, share->remarks);
    return stuff;
}

static void remark_late(Stuff *stuff)
{
    PileRemark *remark = g_new0(PileRemark, 1);
    *remark = (PileRemark){.code = "late_papers", .page = (int)stuff->readings->len};
    g_ptr_array_add(stuff->late_remarks, remark);
    g_ptr_array_add(stuff->remarks, remark);
}

static bool add_late(Assembly *assembly, const LatePapers *late, Stuff *stuff,
                     GError **error)
{
    Pages *pages = g_new0(Pages, 1);
    *pages = pages_new();
    g_ptr_array_add(stuff->kept, pages);
    if (!pages_list(assembly->store, assembly->model_hash, late->group, pages, error) ||
        !pages_load(assembly->store, pages, error))
        return false;
    const Segment *segment = &late->segment;
    CaseCover *cover = case_cover_of(segment, pages->sources->pdata[segment->cover->page],
                                     segment_sheets(segment, pages->readings));
    cover->pile = late->group->name;
    g_ptr_array_add(stuff->late_covers, cover);
    g_ptr_array_add(stuff->covers, cover);
    if (segment->first < segment->end)
        remark_late(stuff);
    for (guint i = segment->first; i < segment->end; i++) {
        g_ptr_array_add(stuff->readings, pages->readings->pdata[i]);
        g_ptr_array_add(stuff->sources, pages->sources->pdata[i]);
    }
    return true;
}

/* What came late for case @name; papers are then found anew, since a page may go on with
 * one that was there. */
static bool add_all_late(Assembly *assembly, const char *name, Stuff *stuff,
                         GError **error)
{
    for (guint i = 0; i < assembly->late->len; i++) {
        const LatePapers *late = assembly->late->pdata[i];
        if (late->is_homeless || strcmp(late_case(late), name) != 0)
            continue;
        if (!add_late(assembly, late, stuff, error))
            return false;
    }
    if (stuff->late_covers->len > 0) {
        stuff->late_papers = papers_find(stuff->readings, assembly->params->pipeline);
        stuff->papers = stuff->late_papers;
    }
    return true;
}

/* The place that the case's cover sheet names, else that of its batch. */
static const char *given_place(Assembly *assembly, const Group *group, const Cover *cover)
{
    bool is_known = cover != NULL && cover->place != NULL &&
                    pipeline_place(assembly->params->pipeline, cover->place) != NULL;
    return is_known ? cover->place : group->place;
}

/* What is odd about the cover sheet that begins @share, as this store sees it. */
static void remark_cover(Assembly *assembly, Share *share)
{
    const Cover *cover = share->begun_by;
    const char *site = store_settings(assembly->store)->site;
    if (cover != NULL && cover->site != NULL && strcmp(cover->site, site) != 0)
        share_remark(share, "cover_of_other_site", false, -1);
    if (cover != NULL && cover->place != NULL &&
        pipeline_place(assembly->params->pipeline, cover->place) == NULL)
        share_remark(share, "cover_place_unknown", true, -1);
}

/* Decides one case and keeps its record. */
static bool decide_share(Assembly *assembly, const Group *group, const Pages *pages,
                         Share *share, const char *name, int number, const char *key,
                         GError **error)
{
    const Settings *settings = store_settings(assembly->store);
    remark_cover(assembly, share);
    g_auto(Stuff) stuff = stuff_of(share, pages);
    g_autoptr(GPtrArray) corrections = corrections_of(assembly->store, name, error);
    if (corrections == NULL || !add_all_late(assembly, name, &stuff, error))
        return false;
    g_autofree char *source = group->is_stack
                                  ? g_strdup_printf("%s/case-%03d", group->name, number)
                                  : g_strdup(group->name);
    g_autofree char *taken_on = g_strndup(group->taken_on ? group->taken_on : "", 10);
    CaseInput input = {.name = name,
                       .site = settings->site,
                       .batch = group->batch,
                       .source = source,
                       .home_place = settings->home_place,
                       .given_place = given_place(assembly, group, share->begun_by),
                       .as_of = assembly->params->as_of,
                       .taken_on = taken_on,
                       .pages = stuff.readings,
                       .sources = stuff.sources,
                       .papers = stuff.papers,
                       .covers = stuff.covers,
                       .remarks = stuff.remarks,
                       .corrections = corrections,
                       .pipeline = assembly->params->pipeline};
    g_autoptr(JsonObject) record = casework_decide(&input);
    g_autofree char *text = json_object_text(record);
    StoredCase stored = {.name = (char *)name,
                         .batch = (char *)group->batch,
                         .source = source,
                         .group = (char *)group->name,
                         .input_key = (char *)key,
                         .record = text};
    assembly->result->cases_changed++;
    return store_case_put(assembly->store, &stored, error);
}

/* The name that a share's own pages make, whatever comes late. Owned. */
static char *name_of_share(Assembly *assembly, const Share *share, const Pages *pages)
{
    g_autoptr(GPtrArray) sources = g_ptr_array_new();
    for (guint i = 0; i < share->pages->len; i++)
        g_ptr_array_add(sources,
                        pages->sources->pdata[g_array_index(share->pages, guint, i)]);
    return casework_case_name(store_settings(assembly->store)->site, sources);
}

/* The shares of @group and their names: first those that stand by themselves, since what
 * is late may be for one of them. */
static GPtrArray *shares_of(Assembly *assembly, const Group *group, const Pages *pages,
                            GPtrArray *names)
{
    Pile pile = {pages->readings, pages->sources, group->covers, group->is_stack,
                 assembly->params->pipeline};
    GPtrArray *shares = pile_shares(&pile);
    for (guint i = 0; i < shares->len; i++) {
        char *name = name_of_share(assembly, shares->pdata[i], pages);
        g_ptr_array_add(names, name);
        g_hash_table_add(assembly->known, g_strdup(name));
    }
    find_homeless(assembly, group);
    for (guint i = 0; i < assembly->late->len; i++) {
        const LatePapers *late = assembly->late->pdata[i];
        if (late->group != group || !late->is_homeless)
            continue;
        Share *share = pile_homeless(&pile, &late->segment);
        g_ptr_array_add(shares, share);
        g_ptr_array_add(names, name_of_share(assembly, share, pages));
    }
    return shares;
}

static bool decide_group(Assembly *assembly, const Group *group, Pages *pages,
                         GError **error)
{
    if (!pages_load(assembly->store, pages, error))
        return false;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) shares = shares_of(assembly, group, pages, names);
    g_autofree char *key = group_key(assembly, group, pages, names, error);
    if (key == NULL)
        return false;
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    for (guint i = 0; i < shares->len; i++) {
        if (!decide_share(assembly, group, pages, shares->pdata[i], names->pdata[i],
                          (int)i + 1, key, error))
            return false;
        g_strv_builder_add(builder, names->pdata[i]);
    }
    g_auto(GStrv) keep = g_strv_builder_end(builder);
    assembly->result->cases += (int)shares->len;
    return store_cases_keep(assembly->store, group->batch, group->name,
                            (const char *const *)keep, error);
}

static void keep_known(Assembly *assembly, const GPtrArray *names)
{
    for (guint i = 0; i < names->len; i++)
        g_hash_table_add(assembly->known, g_strdup(names->pdata[i]));
}

static bool assemble_group(Assembly *assembly, const Group *group, const GPtrArray *cases,
                           GError **error)
{
    g_auto(Pages) pages = pages_new();
    if (!pages_list(assembly->store, assembly->model_hash, group, &pages, error))
        return false;
    if (pages.sources->len == 0) /* nothing of it could be read at all */
        return true;
    g_autoptr(GPtrArray) stored = cases_of_group(cases, group->name);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < stored->len; i++)
        g_ptr_array_add(names, ((StoredCase *)stored->pdata[i])->name);
    keep_known(assembly, names);
    find_homeless(assembly, group);
    g_autofree char *key = group_key(assembly, group, &pages, names, error);
    if (key == NULL)
        return false;
    if (!group->is_wanted || is_fresh(stored, key)) {
        assembly->result->cases += group->is_wanted ? (int)stored->len : 0;
        return true;
    }
    for (guint i = 0; i < names->len; i++) /* they may not be there any more */
        g_hash_table_remove(assembly->known, names->pdata[i]);
    return decide_group(assembly, group, &pages, error);
}

static bool assemble_whole(Assembly *assembly, const Group *group, const GPtrArray *cases,
                           GError **error)
{
    if (interrupt_seen())
        return fail(error, WORK_ERROR, WORK_ERROR_INTERRUPTED, "interrupted");
    if (!store_begin(assembly->store, error))
        return false;
    if (!assemble_group(assembly, group, cases, error)) {
        store_rollback(assembly->store);
        return false;
    }
    return store_commit(assembly->store, error);
}

/* Groups with papers that came late are last: by then it is known which cases there are.
 */
static bool assemble_all(Assembly *assembly, const GPtrArray *groups,
                         const GPtrArray *cases, GError **error)
{
    for (int is_late = 0; is_late <= 1; is_late++)
        for (guint i = 0; i < groups->len; i++)
            if (has_late_papers(assembly, groups->pdata[i]) == is_late &&
                !assemble_whole(assembly, groups->pdata[i], cases, error))
                return false;
    return true;
}

bool assemble_cases(Store *store, const WorkParams *params, const char *model_hash,
                    WorkResult *result, GError **error)
{
    g_autofree char *declarations = pipeline_hash(params->pipeline, NULL);
    g_autoptr(GPtrArray) late = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) known =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Assembly assembly = {store, params, model_hash, declarations, result, late, known};
    g_autoptr(GPtrArray) ledger = store_ledger(store, NULL, error);
    g_autoptr(GPtrArray) batches = ledger != NULL ? store_batches(store, error) : NULL;
    g_autoptr(GPtrArray) cases = batches != NULL ? store_cases(store, error) : NULL;
    g_autoptr(GHashTable) keys =
        cases != NULL ? store_step_keys(store, STEP_COVER, error) : NULL;
    if (keys == NULL)
        return false;
    CoverKeys covers = {keys, model_hash};
    g_autoptr(GPtrArray) groups = groups_of(ledger, batches, params->batch, &covers);
    return find_all_covers(&assembly, groups, keys, error) &&
           assemble_all(&assembly, groups, cases, error);
}
