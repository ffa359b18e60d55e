/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A print as it is kept: JSON, with its lines' pictures as PNG in base64. */
#include "prints/private.h"

#include "base/json.h"

G_DEFINE_QUARK(prints_error_quark, prints_error)

#define MAX_PICTURE_PX 4000
#define MAX_GLYPHS 400

Print *print_new(const char *form)
{
    Print *print = g_new0(Print, 1);
    print->form = g_strdup(form);
    print->cells = g_array_new(false, true, sizeof(RectMm));
    print->lines = g_ptr_array_new_with_free_func((GDestroyNotify)print_line_free);
    return print;
}

void print_line_free(PrintLine *line)
{
    if (line == NULL)
        return;
    g_free(line->text);
    if (line->glyphs != NULL)
        g_array_unref(line->glyphs);
    picture_clear(&line->picture);
    g_free(line);
}

void print_free(Print *print)
{
    if (print == NULL)
        return;
    g_free(print->name);
    g_free(print->form);
    g_array_unref(print->cells);
    g_ptr_array_unref(print->lines);
    g_free(print);
}

const char *print_name(const Print *print)
{
    return print->name;
}

const char *print_form(const Print *print)
{
    return print->form;
}

int print_cell_count(const Print *print)
{
    return (int)print->cells->len;
}

int print_line_count(const Print *print)
{
    return (int)print->lines->len;
}

GArray *print_line_boxes(const Print *print, int dpi)
{
    GArray *boxes = g_array_new(false, false, sizeof(Rect));
    for (guint i = 0; i < print->lines->len; i++) {
        RectMm mm = ((PrintLine *)print->lines->pdata[i])->box_mm;
        Rect box = {px_from_mm(mm.x, dpi), px_from_mm(mm.y, dpi),
                    px_from_mm(mm.width, dpi), px_from_mm(mm.height, dpi)};
        g_array_append_val(boxes, box);
    }
    return boxes;
}

/* In hundredths of a millimetre, so that bytes repeat. */
static void add_mm(JsonArray *array, double mm)
{
    json_array_add_int_element(array, lround(mm * 100));
}

static JsonArray *rect_to_json(RectMm rect)
{
    JsonArray *row = json_array_new();
    add_mm(row, rect.x);
    add_mm(row, rect.y);
    add_mm(row, rect.width);
    add_mm(row, rect.height);
    return row;
}

static void picture_to_json(JsonObject *object, const Picture *picture)
{
    l_uint8 *bytes = NULL;
    size_t size = 0;
    g_autoptr(PIX) pix = pixCreate(picture->width, picture->height, 8);
    for (int y = 0; pix != NULL && y < picture->height; y++)
        for (int x = 0; x < picture->width; x++)
            pixSetPixel(pix, x, y, picture->levels[y * picture->width + x]);
    if (pix != NULL && pixWriteMemPng(&bytes, &size, pix, 0) == 0) {
        g_autofree char *text = g_base64_encode(bytes, size);
        json_set_string(object, "picture", text);
    }
    lept_free(bytes);
}

static JsonObject *line_to_json(const PrintLine *line, bool has_picture)
{
    JsonObject *object = json_object_new();
    json_object_set_int_member(object, "cell", line->cell);
    json_object_set_array_member(object, "box", rect_to_json(line->box_mm));
    json_set_string(object, "text", line->text);
    if (line->is_skipped)
        json_object_set_boolean_member(object, "skipped", true);
    JsonArray *glyphs = json_array_new();
    for (guint i = 0; i < line->glyphs->len; i++) {
        const PrintGlyph *glyph = &g_array_index(line->glyphs, PrintGlyph, i);
        json_array_add_string_element(glyphs, glyph->text);
        add_mm(glyphs, glyph->x_mm);
        add_mm(glyphs, glyph->width_mm);
    }
    json_object_set_array_member(object, "glyphs", glyphs);
    if (has_picture)
        picture_to_json(object, &line->picture);
    return object;
}

static JsonObject *to_json(const Print *print, bool has_pictures)
{
    JsonObject *object = json_object_new();
    json_set_string(object, "version", PRINTS_VERSION);
    json_set_string(object, "form", print->form);
    JsonArray *cells = json_array_new();
    for (guint i = 0; i < print->cells->len; i++)
        json_array_add_array_element(
            cells, rect_to_json(g_array_index(print->cells, RectMm, i)));
    json_object_set_array_member(object, "cells", cells);
    JsonArray *lines = json_array_new();
    for (guint i = 0; i < print->lines->len; i++)
        json_array_add_object_element(lines,
                                      line_to_json(print->lines->pdata[i], has_pictures));
    json_object_set_array_member(object, "lines", lines);
    return object;
}

JsonObject *print_to_json(const Print *print)
{
    return to_json(print, true);
}

void print_set_name(Print *print)
{
    g_autoptr(JsonObject) object = to_json(print, false);
    g_autofree char *text = json_object_text(object);
    g_free(print->name);
    print->name = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

/* --- back again. The file may have been anybody's. --- */

static double mm_at(JsonArray *row, guint index)
{
    if (index >= json_array_get_length(row))
        return 0;
    JsonNode *node = json_array_get_element(row, index);
    if (!JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_INT64)
        return 0;
    return (double)CLAMP(json_node_get_int(node), -1000000, 1000000) / 100;
}

static RectMm rect_from_json(JsonArray *row)
{
    if (row == NULL)
        return (RectMm){0};
    return (RectMm){mm_at(row, 0), mm_at(row, 1), mm_at(row, 2), mm_at(row, 3)};
}

static Picture picture_from_json(JsonObject *object)
{
    gsize size = 0;
    const char *text = json_get_string(object, "picture", "");
    g_autofree guchar *bytes = g_base64_decode(text, &size);
    l_int32 width = 0, height = 0, bits = 0, samples = 0, has_map = 0;
    if (size < 24 ||
        readHeaderMemPng(bytes, size, &width, &height, &bits, &samples, &has_map) != 0)
        return (Picture){0};
    if (width > MAX_PICTURE_PX || height > MAX_PICTURE_PX || bits != 8 || samples != 1)
        return (Picture){0};
    g_autoptr(PIX) pix = pixReadMemPng(bytes, size);
    return pix != NULL && pixGetDepth(pix) == 8 ? picture_of_pix(pix) : (Picture){0};
}

static const char *string_at(JsonArray *row, guint index)
{
    const char *text = json_node_get_string(json_array_get_element(row, index));
    return text != NULL ? text : "";
}

static PrintLine *line_from_json(JsonObject *object, guint cell_count)
{
    PrintLine *line = g_new0(PrintLine, 1);
    int64_t cell = json_get_int(object, "cell", -1);
    line->cell = cell >= 0 && cell < cell_count ? (int)cell : -1;
    line->box_mm = rect_from_json(json_get_array(object, "box"));
    line->text = g_strdup(json_get_string(object, "text", ""));
    line->is_skipped = json_get_bool(object, "skipped", false);
    line->glyphs = g_array_new(false, true, sizeof(PrintGlyph));
    JsonArray *glyphs = json_get_array(object, "glyphs");
    guint count = glyphs != NULL ? MIN(json_array_get_length(glyphs), 3 * MAX_GLYPHS) : 0;
    for (guint i = 0; i + 2 < count; i += 3) {
        PrintGlyph glyph = {.x_mm = mm_at(glyphs, i + 1),
                            .width_mm = mm_at(glyphs, i + 2)};
        g_strlcpy(glyph.text, string_at(glyphs, i), sizeof glyph.text);
        g_array_append_val(line->glyphs, glyph);
    }
    line->picture = picture_from_json(object);
    return line;
}

static void cells_from_json(Print *print, JsonArray *cells)
{
    guint count =
        cells != NULL ? MIN(json_array_get_length(cells), LIMIT_CELLS_PER_PAGE) : 0;
    for (guint i = 0; i < count; i++) {
        JsonNode *node = json_array_get_element(cells, i);
        RectMm cell = rect_from_json(
            JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL);
        g_array_append_val(print->cells, cell);
    }
}

Print *print_from_json(JsonObject *object, GError **error)
{
    if (strcmp(json_get_string(object, "version", ""), PRINTS_VERSION) != 0)
        return fail_null(error, PRINTS_ERROR, PRINTS_ERROR_FORMAT,
                         "not a print of version " PRINTS_VERSION);
    g_autoptr(Print) print = print_new(json_get_string(object, "form", ""));
    cells_from_json(print, json_get_array(object, "cells"));
    JsonArray *lines = json_get_array(object, "lines");
    guint count =
        lines != NULL ? MIN(json_array_get_length(lines), LIMIT_LINES_PER_PAGE) : 0;
    for (guint i = 0; i < count; i++) {
        JsonNode *node = json_array_get_element(lines, i);
        if (!JSON_NODE_HOLDS_OBJECT(node))
            continue;
        PrintLine *line = line_from_json(json_node_get_object(node), print->cells->len);
        if (line->picture.levels != NULL)
            g_ptr_array_add(print->lines, line);
        else
            print_line_free(line);
    }
    if (print->cells->len == 0 || print->lines->len == 0)
        return fail_null(error, PRINTS_ERROR, PRINTS_ERROR_FORMAT,
                         "a print without cells or lines");
    print_set_name(print);
    return g_steal_pointer(&print);
}
