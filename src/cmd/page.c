/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.c - banjie page: a page as it was read, as a picture. */
#include "base/json.h"
#include "cmd/draw.h"
#include "cmd/print.h"
#include "cmd/reasons.h"
#include "reading/reading.h"
#include "work/work.h"

static char *out;

static const GOptionEntry options[] = {{"output", 'o', 0, G_OPTION_ARG_FILENAME, &out,
                                        N_("the picture to write, PNG"), N_("FILE")},
                                       {0}};

/* What the callouts of one page are gathered from. */
typedef struct {
    const Pipeline *pipeline;
    JsonObject *record;
    int page;
    GPtrArray *callouts;
} Gathering;

static MarkState mark_of(JsonObject *field)
{
    const char *state = json_get_string(field, "state", "");
    if (strcmp(state, "accepted") == 0)
        return MARK_ACCEPTED;
    if (strcmp(state, "confirmed") == 0)
        return MARK_CONFIRMED;
    return strcmp(state, "empty") == 0 ? MARK_EMPTY : MARK_REVIEW;
}

/* Adds the boxes of @evidence that lie on the page. Evidence that names a key is another
 * paper's field, and drawn as that. */
static void add_boxes(const Gathering *gathering, Callout *callout, JsonArray *evidence)
{
    for (guint i = 0; evidence != NULL && i < json_array_get_length(evidence); i++) {
        JsonObject *item = json_array_get_object_element(evidence, i);
        Rect box = json_get_rect(item, "box");
        if (json_get_int(item, "page", 0) == gathering->page && !rect_is_empty(box) &&
            !json_object_has_member(item, "key"))
            g_array_append_val(callout->boxes, box);
    }
}

static void add_field(const Gathering *gathering, const ClassDecl *decl, const char *key,
                      JsonObject *field)
{
    g_autofree char *title = field_title(decl, key);
    g_autofree char *value = value_words(decl, key, field);
    g_autofree char *note = reason_text(json_get_object(field, "reason"));
    Callout *callout = callout_new(title, value, note, mark_of(field));
    add_boxes(gathering, callout, json_get_array(field, "evidence"));
    if (callout->boxes->len > 0)
        g_ptr_array_add(gathering->callouts, callout);
    else
        callout_free(callout);
}

static void add_fields(const Gathering *gathering, JsonObject *owner,
                       const ClassDecl *decl)
{
    JsonObject *fields = json_get_object(owner, "fields");
    g_autoptr(GList) keys = fields != NULL ? json_object_get_members(fields) : NULL;
    for (GList *key = keys; key != NULL; key = key->next) {
        JsonObject *field = json_get_object(fields, key->data);
        if (field != NULL)
            add_field(gathering, decl, key->data, field);
    }
}

static void gather_callouts(const Gathering *gathering)
{
    const char *form = json_get_string(gathering->record, "form", NULL);
    add_fields(gathering, gathering->record,
               form != NULL ? pipeline_class(gathering->pipeline, form) : NULL);
    JsonArray *papers = json_get_array(gathering->record, "papers");
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++) {
        JsonObject *paper = json_array_get_object_element(papers, i);
        const char *name = json_get_string(paper, "class", "unknown");
        add_fields(gathering, paper, pipeline_class(gathering->pipeline, name));
    }
}

static const char *paper_title(const Pipeline *pipeline, JsonObject *paper)
{
    const char *name = json_get_string(paper, "class", "unknown");
    const ClassDecl *decl = pipeline_class(pipeline, name);
    return decl != NULL && decl->title != NULL ? decl->title : _("not recognised");
}

/* Whether the page is of a form: tick boxes elsewhere are none. */
static bool is_form_page(const Gathering *gathering)
{
    JsonArray *papers = json_get_array(gathering->record, "papers");
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++) {
        JsonObject *paper = json_array_get_object_element(papers, i);
        const ClassDecl *decl =
            pipeline_class(gathering->pipeline, json_get_string(paper, "class", ""));
        JsonArray *pages = json_get_array(paper, "pages");
        for (guint k = 0; pages != NULL && k < json_array_get_length(pages); k++) {
            if (json_array_get_int_element(pages, k) == gathering->page && decl != NULL &&
                decl->is_form)
                return true;
        }
    }
    return false;
}

/* The papers on the page: their names for the heading, their places for outlines. */
static GPtrArray *gather_outlines(const Gathering *gathering, GString *names)
{
    GPtrArray *outlines =
        g_ptr_array_new_with_free_func((GDestroyNotify)paper_outline_free);
    JsonArray *papers = json_get_array(gathering->record, "papers");
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++) {
        JsonObject *paper = json_array_get_object_element(papers, i);
        JsonArray *parts = json_get_array(paper, "parts");
        bool is_named = false;
        for (guint k = 0; parts != NULL && k < json_array_get_length(parts); k++) {
            JsonObject *part = json_array_get_object_element(parts, k);
            if (json_get_int(part, "page", 0) != gathering->page)
                continue;
            PaperOutline *outline = g_new0(PaperOutline, 1);
            outline->title = g_strdup(paper_title(gathering->pipeline, paper));
            outline->box_px = json_get_rect(part, "box");
            if (!is_named)
                g_string_append_printf(names, "%s%s", names->len == 0 ? "" : " + ",
                                       outline->title);
            is_named = true;
            g_ptr_array_add(outlines, outline);
        }
    }
    return outlines;
}

static const char *hash_of(JsonObject *page, const char *member)
{
    const char *name = json_get_string(page, member, "");
    return g_str_has_prefix(name, "sha256:") ? name + strlen("sha256:") : name;
}

/* Why there is no picture: the first problem of the page. */
static const char *first_problem(JsonObject *page)
{
    JsonArray *problems = json_get_array(page, "problems");
    const char *code = problems != NULL && json_array_get_length(problems) > 0
                           ? json_array_get_string_element(problems, 0)
                           : NULL;
    return code != NULL ? code : "unreadable";
}

/* Cells, ticks and seals of the page; NULL where its reading is of another version. */
static PageReading *load_reading(Store *store, JsonObject *page)
{
    g_autofree char *model = reading_model_hash(NULL);
    if (model == NULL)
        return NULL;
    g_autofree char *key =
        page_step_key(hash_of(page, "file"), (int)json_get_int(page, "index", 0), model);
    g_autofree char *text = store_step_get(store, key, NULL);
    g_autoptr(JsonObject) object =
        text != NULL ? json_parse_object(text, -1, NULL) : NULL;
    return object != NULL ? page_reading_from_json(object, NULL) : NULL;
}

static Status draw(const Gathering *gathering, JsonObject *page, Store *store)
{
    g_autofree char *path = store_object_path(store, hash_of(page, "proof"));
    g_autoptr(PIX) proof = *hash_of(page, "proof") != '\0' ? pixRead(path) : NULL;
    if (proof == NULL) {
        say(_("there is no picture of page %d: %s"), gathering->page,
            file_reason_words(first_problem(page)));
        return STATUS_SOME;
    }
    g_autoptr(PageReading) reading = load_reading(store, page);
    g_autoptr(GString) names = g_string_new(NULL);
    g_autoptr(GPtrArray) outlines = gather_outlines(gathering, names);
    g_autofree char *heading = g_strdup_printf(
        _("%s  ·  page %d  ·  %s"), json_get_string(gathering->record, "case", ""),
        gathering->page, names->str);
    g_autofree char *subheading = g_strdup_printf(
        _("%s, turned %d° and %.2f°, %d dpi"), json_get_string(page, "name", ""),
        (int)json_get_int(page, "rotation_deg", 0), json_get_double(page, "skew_deg", 0),
        (int)json_get_int(page, "dpi", 0));
    PageDrawing drawing = {.proof = proof,
                           .reading = reading,
                           .has_ticks = is_form_page(gathering),
                           .callouts = gathering->callouts,
                           .outlines = outlines,
                           .heading = heading,
                           .subheading = subheading};
    g_autoptr(GError) error = NULL;
    return draw_page(&drawing, out, &error) ? STATUS_DONE : say_error(error);
}

static Status run(const Session *session, char **arguments)
{
    guint64 number = 0;
    if (out == NULL)
        return say_usage(_("page wants -o FILE.png"));
    if (!g_ascii_string_to_unsigned(arguments[1], 10, 1, G_MAXINT, &number, NULL))
        return say_usage(_("page wants the number of a page, not “%s”"), arguments[1]);
    Status status = STATUS_DONE;
    g_autoptr(Pipeline) pipeline = session_pipeline(session, &status);
    if (pipeline == NULL)
        return status;
    g_autoptr(Store) store = session_store(session, &status);
    if (store == NULL)
        return status;
    g_autoptr(StoredCase) stored = session_case(store, arguments[0], &status);
    if (stored == NULL)
        return status;
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) record = json_parse_object(stored->record, -1, &error);
    if (record == NULL)
        return say_error(error);
    JsonObject *page =
        json_find_numbered(json_get_array(record, "pages"), "page", (int)number);
    if (page == NULL) {
        say(_("case %s has no page %d"), stored->name, (int)number);
        return STATUS_SOME;
    }
    g_autoptr(GPtrArray) callouts =
        g_ptr_array_new_with_free_func((GDestroyNotify)callout_free);
    Gathering gathering = {pipeline, record, (int)number, callouts};
    gather_callouts(&gathering);
    return draw(&gathering, page, store);
}

const Command command_page = {
    .name = "page",
    .arguments = "CASE N -o FILE.png",
    .summary = N_("draw a page of a case as it was read, with its boxes"),
    .example = "  banjie page 7K3M 1 -o page.png",
    .options = options,
    .min_arguments = 2,
    .max_arguments = 2,
    .run = run,
};
