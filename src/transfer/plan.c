/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pages go, and what on them is covered: the others' sections of the form, and
 * other papers that were copied onto the same page. Where that cannot be told, the page
 * stays. */
#include "base/json.h"
#include "transfer/private.h"

/* Sections of a form are printed one below another; more overlap than this share of the
 * lower one, and they cannot be told apart by bands. */
#define MAX_OVERLAP 0.3

typedef struct {
    const char *id;
    Rect box;
    int top, bottom; /* the band of the page that belongs to it */
} Band;

static bool is_utility(const char *id)
{
    return g_strv_contains(utility_codes, id);
}

static const char *section_of(JsonObject *area)
{
    return json_get_string(area, "section", NULL);
}

static bool is_hidden(const Band *band, const char *utility)
{
    return is_utility(band->id) && !g_str_equal(band->id, utility);
}

static int compare_bands(gconstpointer a, gconstpointer b)
{
    const Band *x = a, *y = b;
    return x->box.y != y->box.y ? x->box.y - y->box.y : g_strcmp0(x->id, y->id);
}

/* Bands from edge to edge of the page: every pixel belongs to one.
 * Returns: owned, by height; NULL where the sections do not allow it */
static GArray *bands_of(JsonObject *paper, int page, Rect size)
{
    JsonArray *sections = json_get_array(paper, "sections");
    g_autoptr(GArray) bands = g_array_new(FALSE, TRUE, sizeof(Band));
    for (guint i = 0; sections != NULL && i < json_array_get_length(sections); i++) {
        JsonObject *section = json_array_get_object_element(sections, i);
        Band band = {.id = section_of(section), .box = json_get_rect(section, "box")};
        if (json_get_int(section, "page", 0) == page && band.id != NULL &&
            !rect_is_empty(band.box))
            g_array_append_val(bands, band);
    }
    if (bands->len == 0)
        return NULL;
    g_array_sort(bands, compare_bands);
    for (guint i = 0; i < bands->len; i++) {
        Band *band = &g_array_index(bands, Band, i);
        Band *above = i == 0 ? NULL : &g_array_index(bands, Band, i - 1);
        band->top = 0;
        band->bottom = size.height;
        if (above == NULL)
            continue;
        if (rect_overlap_y(above->box, band->box) >
            MAX_OVERLAP * MIN(above->box.height, band->box.height))
            return NULL;
        band->top = (rect_bottom(above->box) + band->box.y) / 2;
        above->bottom = band->top;
    }
    return g_steal_pointer(&bands);
}

static bool has_fields_of(JsonObject *record, const char *section)
{
    JsonObject *fields = json_get_object(record, "fields");
    g_autoptr(GList) keys = fields == NULL ? NULL : json_object_get_members(fields);
    g_autofree char *prefix = g_strconcat(section, ".", NULL);
    for (GList *key = keys; key != NULL; key = key->next)
        if (g_str_has_prefix(key->data, prefix))
            return true;
    return false;
}

static bool is_located(JsonObject *paper, const char *section)
{
    JsonArray *sections = json_get_array(paper, "sections");
    for (guint i = 0; sections != NULL && i < json_array_get_length(sections); i++)
        if (g_strcmp0(section_of(json_array_get_object_element(sections, i)), section) ==
            0)
            return true;
    return false;
}

/* A section that is printed but was not found lies inside the band of the one before it;
 * if that one is shown, so would be what must not. */
static bool may_leak(JsonObject *record, JsonObject *paper, const char *utility,
                     const Pipeline *pipeline)
{
    const ClassDecl *form = pipeline_class(pipeline, json_get_string(record, "form", ""));
    bool is_shown = true; /* of the last section found */
    if (form == NULL)
        return true;
    for (guint i = 0; i < form->sections->len; i++) {
        const SectionDecl *section = form->sections->pdata[i];
        bool is_others = is_utility(section->id) && !g_str_equal(section->id, utility);
        if (is_located(paper, section->id))
            is_shown = !is_others;
        else if (is_others && is_shown && has_fields_of(record, section->id))
            return true;
    }
    return false;
}

static void add_box(JsonArray *boxes, Rect box)
{
    g_autoptr(JsonObject) holder = json_object_new();
    json_set_rect(holder, "box", box);
    json_array_add_array_element(boxes, json_array_ref(json_get_array(holder, "box")));
}

/* Returns: NULL, or why the page cannot go */
static const char *hide_sections(JsonObject *paper, int page, Rect size,
                                 const char *utility, JsonArray *hide)
{
    g_autoptr(GArray) bands = bands_of(paper, page, size);
    bool has_any = false;
    if (bands == NULL)
        return "sections_unknown";
    for (guint i = 0; i < bands->len; i++) {
        const Band *band = &g_array_index(bands, Band, i);
        Rect box = {0, band->top, size.width, band->bottom - band->top};
        if (is_hidden(band, utility) && !rect_is_empty(box))
            add_box(hide, box);
        has_any |= !is_hidden(band, utility);
    }
    return has_any ? NULL : "nothing_of_theirs";
}

static bool gets_whole_pages(JsonObject *record, const char *utility,
                             const Pipeline *pipeline)
{
    const PlaceDecl *place =
        pipeline_place(pipeline, json_get_string(record, "place", ""));
    for (guint i = 0; place != NULL && i < place->recipients->len; i++) {
        const RecipientDecl *recipient = place->recipients->pdata[i];
        if (g_strcmp0(recipient->utility, utility) == 0)
            return recipient->whole_pages;
    }
    return false;
}

static bool has_paper(JsonObject *cut, int number)
{
    JsonArray *papers = json_get_array(cut, "papers");
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++)
        if (json_get_int(json_array_get_object_element(papers, i), "paper", 0) == number)
            return true;
    return false;
}

/* What @paper covers of @page: its boxes into @boxes. Returns: 0 nothing, 1 boxes, 2 all
 */
static int parts_on(JsonObject *paper, int page, JsonArray *boxes)
{
    JsonArray *parts = json_get_array(paper, "parts");
    int found = 0;
    for (guint i = 0; parts != NULL && i < json_array_get_length(parts); i++) {
        JsonObject *part = json_array_get_object_element(parts, i);
        Rect box = json_get_rect(part, "box");
        if (json_get_int(part, "page", 0) != page)
            continue;
        if (rect_is_empty(box))
            return 2;
        if (boxes != NULL)
            add_box(boxes, box);
        found = 1;
    }
    return found;
}

/* A page that carries papers of both kinds shows the boxes of its own only. */
static const char *crop_shared(JsonObject *record, JsonObject *cut, int page,
                               JsonArray *only)
{
    JsonArray *papers = json_get_array(record, "papers");
    bool has_foreign = false, is_whole = false;
    g_autoptr(JsonArray) boxes = json_array_new();
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++) {
        JsonObject *paper = json_array_get_object_element(papers, i);
        bool is_ours = has_paper(cut, (int)json_get_int(paper, "paper", 0));
        int covers = parts_on(paper, page, is_ours ? boxes : NULL);
        has_foreign |= !is_ours && covers > 0;
        is_whole |= is_ours && covers == 2;
    }
    if (!has_foreign)
        return NULL;
    if (is_whole || json_array_get_length(boxes) == 0)
        return "shared_with_other_papers";
    for (guint i = 0; i < json_array_get_length(boxes); i++)
        json_array_add_array_element(
            only, json_array_ref(json_array_get_array_element(boxes, i)));
    return NULL;
}

static JsonObject *form_on_page(JsonObject *record, int page)
{
    JsonArray *papers = json_get_array(record, "papers");
    const char *form = json_get_string(record, "form", "");
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++) {
        JsonObject *paper = json_array_get_object_element(papers, i);
        if (g_strcmp0(json_get_string(paper, "class", NULL), form) == 0 &&
            parts_on(paper, page, NULL) > 0)
            return paper;
    }
    return NULL;
}

static Rect size_of(JsonObject *page)
{
    JsonArray *size = json_get_array(page, "size_px");
    if (size == NULL || json_array_get_length(size) != 2)
        return (Rect){0};
    return (Rect){0, 0,
                  (int)CLAMP(json_array_get_int_element(size, 0), 0, LIMIT_PAGE_SIDE_PX),
                  (int)CLAMP(json_array_get_int_element(size, 1), 0, LIMIT_PAGE_SIDE_PX)};
}

/* Returns: NULL, or why the page cannot go */
static const char *plan_page(JsonObject *record, JsonObject *cut, JsonObject *page,
                             const char *utility, const Pipeline *pipeline,
                             JsonObject *plan)
{
    int number = (int)json_get_int(page, "page", 0);
    const char *proof = json_get_string(page, "proof", NULL);
    JsonArray *hide = json_array_new(), *only = json_array_new();
    json_object_set_int_member(plan, "page", number);
    json_object_set_int_member(plan, "dpi", json_get_int(page, "dpi", 300));
    json_object_set_array_member(plan, "hide", hide);
    json_object_set_array_member(plan, "only", only);
    if (proof == NULL || !g_str_has_prefix(proof, "sha256:"))
        return "no_picture";
    json_set_string(plan, "proof", proof + strlen("sha256:"));
    const char *why = crop_shared(record, cut, number, only);
    JsonObject *form = form_on_page(record, number);
    if (why != NULL || form == NULL || gets_whole_pages(record, utility, pipeline))
        return why;
    if (may_leak(record, form, utility, pipeline))
        return "sections_unknown";
    return hide_sections(form, number, size_of(page), utility, hide);
}

JsonArray *plan_pages(JsonObject *record, JsonObject *cut, const char *utility,
                      const Pipeline *pipeline, JsonArray *withheld)
{
    JsonArray *plans = json_array_new();
    JsonArray *pages = json_get_array(cut, "pages");
    for (guint i = 0; pages != NULL && i < json_array_get_length(pages); i++) {
        JsonObject *kept = json_array_get_object_element(pages, i);
        JsonObject *page = json_find_numbered(json_get_array(record, "pages"), "page",
                                              json_get_int(kept, "page", 0));
        g_autoptr(JsonObject) plan = json_object_new();
        const char *why = page == NULL
                              ? "no_picture"
                              : plan_page(record, cut, page, utility, pipeline, plan);
        if (why != NULL) {
            g_autofree char *number =
                g_strdup_printf("%" G_GINT64_FORMAT, json_get_int(kept, "page", 0));
            withhold(withheld, "page", "page", number, why);
            continue;
        }
        json_array_add_object_element(plans, json_object_ref(plan));
        json_object_set_int_member(kept, "pdf_page", json_array_get_length(plans));
    }
    return plans;
}
