/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layout memory while pages are read: what came with the program, what the store has,
 * and what these pages teach. */
#include "work/work-private.h"

#include "base/file.h"
#include "base/json.h"
#include "papers/papers.h"
#include "prints/prints.h"

#include <glib/gstdio.h>

/* A form page has more cells than this; a certificate's table has fewer. */
#define MIN_CELLS 8
/* What is learnt must be well read: labels are exact, and so are most other lines. */
#define MIN_CONFIDENCE 0.95
/* Matching costs little, but a store that meets only scribbles must not grow for ever. */
#define MAX_PRINTS 400

struct Memory {
    Store *store;
    const Pipeline *pipeline;
    GPtrArray *prints;  /* Print *, those that came with the program first */
    GPtrArray *texts;   /* char *, each of them as JSON */
    GPtrArray *unknown; /* char *, keys of form pages read without a print */
    char *path;         /* of the file for workers, or NULL */
};

static void add_text(Memory *memory, const char *text)
{
    g_autoptr(JsonObject) object = json_parse_object(text, -1, NULL);
    Print *print = object != NULL ? print_from_json(object, NULL) : NULL;
    if (print == NULL) /* one of another version is learnt again */
        return;
    g_ptr_array_add(memory->prints, print);
    g_ptr_array_add(memory->texts, g_strdup(text));
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_shipped(Memory *memory)
{
    const char *models = g_getenv("BANJIE_MODELS");
    if (models == NULL)
        return;
    g_autofree char *folder = g_build_filename(models, "layouts", NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    GDir *dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;)
        if (g_str_has_suffix(name, ".json"))
            g_ptr_array_add(names, g_strdup(name));
    if (dir != NULL)
        g_dir_close(dir);
    g_ptr_array_sort(names, by_name);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        g_autofree char *text = NULL;
        if (g_file_get_contents(path, &text, NULL, NULL))
            add_text(memory, text);
    }
}

Memory *memory_open(Store *store, const Pipeline *pipeline, GError **error)
{
    g_autoptr(GPtrArray) layouts = store_layouts(store, error);
    if (layouts == NULL)
        return NULL;
    Memory *memory = g_new0(Memory, 1);
    memory->store = store;
    memory->pipeline = pipeline;
    memory->prints = g_ptr_array_new_with_free_func((GDestroyNotify)print_free);
    memory->texts = g_ptr_array_new_with_free_func(g_free);
    memory->unknown = g_ptr_array_new_with_free_func(g_free);
    add_shipped(memory);
    for (guint i = 0; i < layouts->len; i++)
        add_text(memory, ((StoredLayout *)layouts->pdata[i])->print);
    return memory;
}

int memory_count(const Memory *memory)
{
    return (int)memory->prints->len;
}

static void forget_file(Memory *memory)
{
    if (memory->path != NULL)
        g_unlink(memory->path);
    g_clear_pointer(&memory->path, g_free);
}

void memory_close(Memory *memory)
{
    if (memory == NULL)
        return;
    forget_file(memory);
    g_ptr_array_unref(memory->prints);
    g_ptr_array_unref(memory->texts);
    g_ptr_array_unref(memory->unknown);
    g_free(memory);
}

const char *memory_path(Memory *memory, int count, GError **error)
{
    forget_file(memory);
    if (count == 0)
        return NULL;
    /* their texts as they are: to make them again means to pack every picture again */
    g_autoptr(GString) text = g_string_new("{\"prints\":[");
    for (int i = 0; i < count; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "," : "",
                               (const char *)memory->texts->pdata[i]);
    g_string_append(text, "]}");
    /* Another number of prints is another file: workers load a name once. */
    g_autofree char *path =
        g_strdup_printf("%s/tmp/layouts-%d.json", store_folder(memory->store), count);
    if (!g_file_set_contents(path, text->str, (gssize)text->len, error))
        return NULL;
    memory->path = g_steal_pointer(&path);
    return memory->path;
}

GPtrArray *memory_load(const char *path)
{
    GPtrArray *prints = g_ptr_array_new_with_free_func((GDestroyNotify)print_free);
    g_autofree char *text = NULL;
    if (path == NULL || !g_file_get_contents(path, &text, NULL, NULL))
        return prints;
    g_autoptr(JsonObject) object = json_parse_object(text, -1, NULL);
    JsonArray *rows = object != NULL ? json_get_array(object, "prints") : NULL;
    for (guint i = 0; rows != NULL && i < json_array_get_length(rows); i++) {
        JsonNode *node = json_array_get_element(rows, i);
        Print *print = JSON_NODE_HOLDS_OBJECT(node)
                           ? print_from_json(json_node_get_object(node), NULL)
                           : NULL;
        if (print != NULL)
            g_ptr_array_add(prints, print);
    }
    return prints;
}

/* --- learning --- */

/* The reading kept under @key, if it was made without a print and has a form's grid.
 * @tried: out, how many prints were known when it was made */
static PageReading *unknown_print_page(Memory *memory, const char *key, int *tried)
{
    g_autofree char *text = store_step_get(memory->store, key, NULL);
    g_autoptr(JsonObject) object =
        text != NULL ? json_parse_object(text, -1, NULL) : NULL;
    if (object == NULL || json_object_has_member(object, "failure"))
        return NULL;
    *tried = (int)json_get_int(object, MEMORY_TRIED, 0);
    g_autoptr(PageReading) reading = page_reading_from_json(object, NULL);
    if (reading == NULL || reading->print != NULL || reading->cells->len < MIN_CELLS)
        return NULL;
    return g_steal_pointer(&reading);
}

/* Whether a print that was not tried yet has the page's grid. */
static bool has_newer_print_of(const Memory *memory, const PageReading *reading,
                               int tried)
{
    for (guint i = (guint)MAX(0, tried); i < memory->prints->len; i++)
        if (prints_may_be(memory->prints->pdata[i], reading))
            return true;
    return false;
}

static bool is_well_read(const PageReading *reading)
{
    double sum = 0;
    int count = 0;
    for (guint i = 0; i < reading->lines->len; i++) {
        const TextLine *line = reading->lines->pdata[i];
        sum += line->is_skipped ? 0 : line->confidence;
        count += !line->is_skipped;
    }
    return count > 0 && sum >= MIN_CONFIDENCE * count;
}

/* The form that a single page is one of, or NULL. */
static const ClassDecl *form_of(PageReading *reading, const Pipeline *pipeline)
{
    g_autoptr(GPtrArray) pages = g_ptr_array_new();
    g_ptr_array_add(pages, reading);
    g_autoptr(GPtrArray) papers = papers_find(pages, pipeline);
    const ClassDecl *decl = papers->len == 1 ? ((Paper *)papers->pdata[0])->decl : NULL;
    return decl != NULL && decl->is_form ? decl : NULL;
}

/* The proof is a picture that a worker of ours wrote. */
static PIX *proof_grey(Store *store, const char *sha256)
{
    g_autofree char *path = store_object_path(store, sha256);
    g_autoptr(PIX) proof = pixRead(path);
    return proof != NULL ? pixConvertTo8(proof, FALSE) : NULL;
}

static bool keep_print(Memory *memory, const Print *print, const char *proof,
                       GError **error)
{
    g_autoptr(JsonObject) object = print_to_json(print);
    g_autofree char *text = json_object_text(object);
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *learnt_at = g_date_time_format_iso8601(now);
    StoredLayout layout = {.name = (char *)print_name(print),
                           .form = (char *)print_form(print),
                           .proof = (char *)proof,
                           .learnt_at = learnt_at,
                           .print = text};
    /* as it is kept, with its rounded places, so that a later run knows the same */
    add_text(memory, text);
    return store_layout_put(memory->store, &layout, error);
}

bool memory_learn(Memory *memory, const char *key, GError **error)
{
    int tried = 0;
    g_autoptr(PageReading) reading = unknown_print_page(memory, key, &tried);
    if (reading == NULL || reading->proof_sha256 == NULL)
        return true;
    g_ptr_array_add(memory->unknown, g_strdup(key));
    if (!is_well_read(reading) || memory->prints->len >= MAX_PRINTS ||
        has_newer_print_of(memory, reading, tried))
        return true;
    const ClassDecl *form = form_of(reading, memory->pipeline);
    g_autoptr(PIX) grey =
        form != NULL ? proof_grey(memory->store, reading->proof_sha256) : NULL;
    if (grey == NULL)
        return true;
    g_auto(GStrv) words = class_printed_words(form);
    PrintedTexts texts = {form->name, (const char *const *)words,
                          (const char *const *)form->notes};
    g_autoptr(Print) print = print_learn(reading, grey, &texts, NULL);
    return print == NULL || keep_print(memory, print, reading->proof_sha256, error);
}

const GPtrArray *memory_unknown(const Memory *memory)
{
    return memory->unknown;
}

bool memory_apply(Memory *memory, const char *key, char **again, GError **error)
{
    int tried = 0;
    *again = NULL;
    g_autoptr(PageReading) reading = unknown_print_page(memory, key, &tried);
    if (reading == NULL || !has_newer_print_of(memory, reading, tried))
        return true;
    g_autoptr(PIX) grey = proof_grey(memory->store, reading->proof_sha256);
    if (grey == NULL)
        return true;
    bool is_of_print = prints_apply(memory->prints, reading, grey);
    g_autoptr(JsonObject) object = page_reading_to_json(reading);
    json_object_set_int_member(object, MEMORY_TRIED, memory_count(memory));
    g_autofree char *text = json_object_text(object);
    if (is_of_print && prints_lack_boxes(reading)) {
        *again = g_steal_pointer(&text);
        return true;
    }
    return store_step_put(memory->store, key, "page", text, error);
}
