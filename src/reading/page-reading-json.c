/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page's reading as it is kept in the store and goes between processes. */
#include "base/json.h"
#include "reading/page-reading.h"

/* In a line; a line of a form has two at most. */
#define MAX_HAND_NUMBERS 20

/* --- to JSON. Lists of numbers keep it small: a page is some 20 KB of text. --- */

static void add_rect(JsonArray *array, Rect r)
{
    json_array_add_int_element(array, r.x);
    json_array_add_int_element(array, r.y);
    json_array_add_int_element(array, r.width);
    json_array_add_int_element(array, r.height);
}

static void add_share(JsonArray *array, double value)
{
    json_array_add_int_element(array, lround(value * 1000));
}

static JsonArray *cells_to_json(const GArray *cells)
{
    JsonArray *out = json_array_new();
    for (guint i = 0; i < cells->len; i++) {
        const ReadCell *cell = &g_array_index(cells, ReadCell, i);
        JsonArray *row = json_array_new();
        add_rect(row, cell->box_px);
        json_array_add_int_element(row, cell->grid);
        json_array_add_array_element(out, row);
    }
    return out;
}

static JsonArray *ticks_to_json(const GArray *ticks)
{
    JsonArray *out = json_array_new();
    for (guint i = 0; i < ticks->len; i++) {
        const TickMark *tick = &g_array_index(ticks, TickMark, i);
        JsonArray *row = json_array_new();
        add_rect(row, tick->box_px);
        json_array_add_int_element(row, tick->cell);
        json_array_add_int_element(row, tick->state);
        add_share(row, tick->squareness);
        add_share(row, tick->ink);
        json_array_add_array_element(out, row);
    }
    return out;
}

static void add_character(JsonArray *row, gunichar character)
{
    char text[7] = {0};
    if (character != 0)
        g_unichar_to_utf8(character, text);
    json_array_add_string_element(row, text);
}

static JsonArray *places_to_json(const GArray *places)
{
    JsonArray *out = json_array_new();
    for (guint i = 0; i < places->len; i++) {
        const SealPlace *place = &g_array_index(places, SealPlace, i);
        JsonArray *row = json_array_new();
        add_character(row, place->read);
        add_character(row, place->second);
        add_character(row, place->shape);
        json_array_add_int_element(row, lround(place->shape_off));
        add_character(row, place->next);
        json_array_add_int_element(row, lround(place->next_off));
        json_array_add_array_element(out, row);
    }
    return out;
}

static JsonArray *seals_to_json(const GArray *seals)
{
    JsonArray *out = json_array_new();
    for (guint i = 0; i < seals->len; i++) {
        const SealMark *seal = &g_array_index(seals, SealMark, i);
        JsonArray *row = json_array_new();
        add_rect(row, seal->box_px);
        json_array_add_int_element(row, seal->is_red);
        const char *const texts[] = {seal->text, seal->second_text, seal->shapes_text};
        for (size_t k = 0; k < G_N_ELEMENTS(texts) && seal->text != NULL; k++)
            json_array_add_string_element(row, texts[k] != NULL ? texts[k] : "");
        if (seal->text != NULL && seal->places != NULL)
            json_array_add_array_element(row, places_to_json(seal->places));
        json_array_add_array_element(out, row);
    }
    return out;
}

static JsonArray *loose_to_json(const GArray *loose)
{
    JsonArray *out = json_array_new();
    for (guint i = 0; i < loose->len; i++) {
        const LooseInk *ink = &g_array_index(loose, LooseInk, i);
        JsonArray *row = json_array_new();
        add_rect(row, ink->box_px);
        json_array_add_int_element(row, ink->cell);
        json_array_add_array_element(out, row);
    }
    return out;
}

static JsonArray *rects_to_json(const GArray *rects)
{
    JsonArray *out = json_array_new();
    for (guint i = 0; i < rects->len; i++) {
        JsonArray *row = json_array_new();
        add_rect(row, g_array_index(rects, Rect, i));
        json_array_add_array_element(out, row);
    }
    return out;
}

static JsonArray *glyphs_to_json(const GArray *glyphs)
{
    JsonArray *out = json_array_new();
    for (guint i = 0; glyphs != NULL && i < glyphs->len; i++) {
        const Glyph *glyph = &g_array_index(glyphs, Glyph, i);
        JsonArray *row = json_array_new();
        json_array_add_string_element(row, glyph->text);
        add_share(row, glyph->confidence);
        add_rect(row, glyph->box_px);
        for (int k = 0; k < READING_MAX_CHOICES && glyph->choices[k].text[0] != '\0';
             k++) {
            json_array_add_string_element(row, glyph->choices[k].text);
            add_share(row, glyph->choices[k].confidence);
        }
        json_array_add_array_element(out, row);
    }
    return out;
}

/* one row for each glyph; empty where nothing is known of it */
static JsonArray *traces_to_json(const GArray *glyphs)
{
    JsonArray *out = json_array_new();
    for (guint i = 0; i < glyphs->len; i++) {
        const HandTrace *trace = &g_array_index(glyphs, Glyph, i).trace;
        JsonArray *row = json_array_new();
        if (trace->is_there) {
            add_share(row, trace->unlike);
            add_share(row, trace->top);
            add_share(row, trace->bottom);
        }
        json_array_add_array_element(out, row);
    }
    return out;
}

static JsonArray *hand_numbers_to_json(const GArray *numbers)
{
    JsonArray *out = json_array_new();
    for (guint i = 0; i < numbers->len; i++) {
        const HandNumber *number = &g_array_index(numbers, HandNumber, i);
        JsonArray *row = json_array_new();
        json_array_add_string_element(row, number->text);
        add_share(row, number->confidence);
        add_rect(row, number->box_px);
        json_array_add_array_element(out, row);
    }
    return out;
}

static bool is_traced(const TextLine *line)
{
    for (guint i = 0; line->glyphs != NULL && i < line->glyphs->len; i++)
        if (g_array_index(line->glyphs, Glyph, i).trace.is_there)
            return true;
    return false;
}

static JsonObject *line_to_json(const TextLine *line)
{
    JsonObject *object = json_object_new();
    json_set_rect(object, "box", line->box_px);
    json_object_set_int_member(object, "cell", line->cell);
    json_set_string(object, "text", line->text);
    if (line->is_skipped) {
        json_object_set_boolean_member(object, "skipped", true);
        return object;
    }
    if (line->is_from_file)
        json_object_set_boolean_member(object, "file", true);
    json_set_number(object, "confidence", line->confidence, 3);
    json_set_number(object, "weakest", line->weakest, 3);
    json_object_set_array_member(object, "glyphs", glyphs_to_json(line->glyphs));
    if (is_traced(line))
        json_object_set_array_member(object, "traces", traces_to_json(line->glyphs));
    if (line->is_untraced)
        json_object_set_boolean_member(object, "untraced", true);
    if (line->second_text != NULL) {
        json_set_string(object, "second", line->second_text);
        json_set_number(object, "second_confidence", line->second_confidence, 3);
    }
    if (line->outvoted_text != NULL)
        json_set_string(object, "outvoted", line->outvoted_text);
    if (line->digits_text != NULL) {
        json_set_string(object, "digits", line->digits_text);
        json_set_number(object, "digits_confidence", line->digits_confidence, 3);
    }
    if (line->hand_numbers != NULL)
        json_object_set_array_member(object, "hand_numbers",
                                     hand_numbers_to_json(line->hand_numbers));
    if (line->boxless != NULL)
        json_object_set_object_member(object, "boxless", line_to_json(line->boxless));
    if (line->by_hand != NULL)
        json_object_set_object_member(object, "by_hand", line_to_json(line->by_hand));
    return object;
}

JsonObject *page_reading_to_json(const PageReading *reading)
{
    JsonObject *object = json_object_new();
    json_object_set_int_member(object, "width", reading->width_px);
    json_object_set_int_member(object, "height", reading->height_px);
    json_object_set_int_member(object, "dpi", reading->dpi);
    json_object_set_int_member(object, "rotation_deg", reading->rotation_deg);
    json_set_number(object, "skew_deg", reading->skew_deg, 3);
    JsonArray *transform = json_array_new();
    for (int i = 0; i < 9; i++)
        json_array_add_double_element(transform,
                                      round(reading->to_original.m[i] * 1e9) / 1e9);
    json_object_set_array_member(object, "to_original", transform);
    json_object_set_boolean_member(object, "blank", reading->is_blank);
    if (reading->is_toneless)
        json_object_set_boolean_member(object, "toneless", true);
    if (reading->is_from_file)
        json_object_set_boolean_member(object, "file", true);
    json_set_string(object, "proof", reading->proof_sha256);
    json_set_string(object, "model", reading->model);
    json_set_string(object, "print", reading->print);
    if (reading->cover != NULL)
        json_object_set_string_member(object, "cover", reading->cover);
    json_object_set_array_member(object, "cells", cells_to_json(reading->cells));
    json_object_set_array_member(object, "ticks", ticks_to_json(reading->ticks));
    json_object_set_array_member(object, "gaps", ticks_to_json(reading->gaps));
    json_object_set_array_member(object, "seals", seals_to_json(reading->seals));
    json_object_set_array_member(object, "loose", loose_to_json(reading->loose));
    json_object_set_array_member(object, "clear", rects_to_json(reading->clear));
    if (reading->papers->len > 0)
        json_object_set_array_member(object, "papers", rects_to_json(reading->papers));
    JsonArray *lines = json_array_new();
    for (guint i = 0; i < reading->lines->len; i++)
        json_array_add_object_element(lines, line_to_json(reading->lines->pdata[i]));
    json_object_set_array_member(object, "lines", lines);
    JsonArray *problems = json_array_new();
    for (guint i = 0; i < reading->problems->len; i++)
        json_array_add_string_element(problems, reading->problems->pdata[i]);
    json_object_set_array_member(object, "problems", problems);
    return object;
}

/* --- from JSON. A worker that was broken by its page may have written anything. --- */

/* The row's element as a number; 0 where it is none. */
static double number_at(JsonArray *row, guint index)
{
    if (index >= json_array_get_length(row))
        return 0;
    JsonNode *node = json_array_get_element(row, index);
    if (!JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) == G_TYPE_STRING)
        return 0;
    double value = json_node_get_value_type(node) == G_TYPE_DOUBLE
                       ? json_node_get_double(node)
                       : (double)json_node_get_int(node);
    return CLAMP(value, -1e9, 1e9);
}

static const char *string_at(JsonArray *row, guint index)
{
    if (index >= json_array_get_length(row))
        return "";
    const char *text = json_node_get_string(json_array_get_element(row, index));
    return text != NULL ? text : "";
}

/* 0 where there is none */
static gunichar character_in(JsonArray *row, guint index)
{
    gunichar character = g_utf8_get_char_validated(string_at(row, index), -1);
    return g_unichar_validate(character) ? character : 0;
}

static Rect rect_at(JsonArray *row, guint index)
{
    return (Rect){(int)number_at(row, index), (int)number_at(row, index + 1),
                  (int)number_at(row, index + 2), (int)number_at(row, index + 3)};
}

static guint rows_of(JsonObject *object, const char *member, guint limit,
                     JsonArray **rows)
{
    *rows = json_get_array(object, member);
    return *rows != NULL ? MIN(json_array_get_length(*rows), limit) : 0;
}

static JsonArray *row_at(JsonArray *rows, guint index)
{
    JsonNode *node = json_array_get_element(rows, index);
    return JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
}

static int cell_checked(double cell, const PageReading *reading)
{
    return cell >= 0 && cell < reading->cells->len ? (int)cell : -1;
}

static void cells_from_json(JsonObject *object, PageReading *reading)
{
    JsonArray *rows;
    guint count = rows_of(object, "cells", LIMIT_CELLS_PER_PAGE, &rows);
    for (guint i = 0; i < count; i++) {
        JsonArray *row = row_at(rows, i);
        ReadCell cell = {0};
        if (row != NULL)
            cell = (ReadCell){rect_at(row, 0), (int)number_at(row, 4)};
        g_array_append_val(reading->cells, cell);
    }
}

static void ticks_from_json(JsonObject *object, const char *member,
                            const PageReading *reading, GArray *ticks)
{
    JsonArray *rows;
    guint count = rows_of(object, member, LIMIT_CELLS_PER_PAGE, &rows);
    for (guint i = 0; i < count; i++) {
        JsonArray *row = row_at(rows, i);
        if (row == NULL)
            continue;
        TickMark tick = {.box_px = rect_at(row, 0),
                         .cell = cell_checked(number_at(row, 4), reading),
                         .state = (TickState)CLAMP(number_at(row, 5), 0, TICK_UNSURE),
                         .squareness = number_at(row, 6) / 1000,
                         .ink = number_at(row, 7) / 1000};
        g_array_append_val(ticks, tick);
    }
}

/* NULL where there are none, or more than a ring has room for. */
static GArray *places_from_json(JsonArray *seal)
{
    JsonArray *rows = json_array_get_length(seal) > 8 ? row_at(seal, 8) : NULL;
    guint count = rows != NULL ? json_array_get_length(rows) : 0;
    if (count == 0 || count > SEAL_MAX_PLACES)
        return NULL;
    GArray *places = g_array_new(false, true, sizeof(SealPlace));
    for (guint i = 0; i < count; i++) {
        JsonArray *row = row_at(rows, i);
        SealPlace place = {0};
        if (row != NULL)
            place = (SealPlace){.read = character_in(row, 0),
                                .second = character_in(row, 1),
                                .shape = character_in(row, 2),
                                .shape_off = number_at(row, 3),
                                .next = character_in(row, 4),
                                .next_off = number_at(row, 5)};
        g_array_append_val(places, place);
    }
    return places;
}

static void seals_from_json(JsonObject *object, PageReading *reading)
{
    JsonArray *rows;
    guint count = rows_of(object, "seals", LIMIT_CELLS_PER_PAGE, &rows);
    for (guint i = 0; i < count; i++) {
        JsonArray *row = row_at(rows, i);
        if (row == NULL)
            continue;
        const char *text = string_at(row, 5), *second = string_at(row, 6),
                   *shapes = string_at(row, 7);
        SealMark seal = {rect_at(row, 0),
                         number_at(row, 4) != 0,
                         *text != '\0' ? g_strdup(text) : NULL,
                         *second != '\0' ? g_strdup(second) : NULL,
                         *shapes != '\0' ? g_strdup(shapes) : NULL,
                         places_from_json(row)};
        g_array_append_val(reading->seals, seal);
    }
}

static void loose_from_json(JsonObject *object, PageReading *reading)
{
    JsonArray *rows;
    guint count = rows_of(object, "loose", LIMIT_LINES_PER_PAGE, &rows);
    for (guint i = 0; i < count; i++) {
        JsonArray *row = row_at(rows, i);
        if (row == NULL)
            continue;
        LooseInk ink = {rect_at(row, 0), cell_checked(number_at(row, 4), reading)};
        g_array_append_val(reading->loose, ink);
    }
}

static void rects_from_json(JsonObject *object, const char *member, GArray *rects)
{
    JsonArray *rows;
    guint count = rows_of(object, member, LIMIT_LINES_PER_PAGE, &rows);
    for (guint i = 0; i < count; i++) {
        JsonArray *row = row_at(rows, i);
        Rect piece = row != NULL ? rect_at(row, 0) : (Rect){0};
        g_array_append_val(rects, piece);
    }
}

static Glyph glyph_from_json(JsonArray *row)
{
    Glyph glyph = {.confidence = number_at(row, 1) / 1000, .box_px = rect_at(row, 2)};
    g_strlcpy(glyph.text, string_at(row, 0), sizeof glyph.text);
    for (guint k = 0; k < READING_MAX_CHOICES; k++) {
        guint at = 6 + 2 * k;
        if (at + 1 >= json_array_get_length(row))
            break;
        g_strlcpy(glyph.choices[k].text, string_at(row, at),
                  sizeof glyph.choices[k].text);
        glyph.choices[k].confidence = number_at(row, at + 1) / 1000;
    }
    return glyph;
}

static void traces_from_json(JsonObject *object, GArray *glyphs)
{
    JsonArray *rows;
    guint count = rows_of(object, "traces", glyphs->len, &rows);
    for (guint i = 0; i < count; i++) {
        JsonArray *row = row_at(rows, i);
        if (row != NULL && json_array_get_length(row) >= 3)
            g_array_index(glyphs, Glyph, i).trace =
                (HandTrace){true, number_at(row, 0) / 1000, number_at(row, 1) / 1000,
                            number_at(row, 2) / 1000};
    }
}

/* NULL where there are none */
static GArray *hand_numbers_from_json(JsonObject *object)
{
    JsonArray *rows;
    guint count = rows_of(object, "hand_numbers", MAX_HAND_NUMBERS, &rows);
    GArray *numbers = count > 0 ? hand_numbers_new() : NULL;
    for (guint i = 0; i < count; i++) {
        JsonArray *row = row_at(rows, i);
        if (row == NULL)
            continue;
        HandNumber number = {rect_at(row, 2), g_strdup(string_at(row, 0)),
                             number_at(row, 1) / 1000};
        g_array_append_val(numbers, number);
    }
    return numbers;
}

static TextLine *line_from_json(JsonObject *object, const PageReading *reading,
                                bool is_inner)
{
    TextLine *line = g_new0(TextLine, 1);
    JsonArray *rows;
    line->box_px = json_get_rect(object, "box");
    line->cell = cell_checked(json_get_int(object, "cell", -1), reading);
    line->text = g_strdup(json_get_string(object, "text", ""));
    line->confidence = json_get_double(object, "confidence", 0);
    line->weakest = json_get_double(object, "weakest", 0);
    line->is_skipped = json_get_bool(object, "skipped", false);
    line->is_from_file = json_get_bool(object, "file", false);
    line->is_untraced = json_get_bool(object, "untraced", false);
    line->second_text = g_strdup(json_get_string(object, "second", NULL));
    line->second_confidence = json_get_double(object, "second_confidence", 0);
    line->outvoted_text = g_strdup(json_get_string(object, "outvoted", NULL));
    line->digits_text = g_strdup(json_get_string(object, "digits", NULL));
    line->digits_confidence = json_get_double(object, "digits_confidence", 0);
    line->hand_numbers = hand_numbers_from_json(object);
    line->glyphs = g_array_new(false, true, sizeof(Glyph));
    guint count = rows_of(object, "glyphs", 10000, &rows);
    for (guint i = 0; i < count; i++) {
        JsonArray *row = row_at(rows, i);
        Glyph glyph = row != NULL ? glyph_from_json(row) : (Glyph){0};
        g_array_append_val(line->glyphs, glyph);
    }
    traces_from_json(object, line->glyphs);
    JsonObject *boxless = is_inner ? NULL : json_get_object(object, "boxless");
    JsonObject *by_hand = is_inner ? NULL : json_get_object(object, "by_hand");
    if (boxless != NULL) /* one level: what a line has of lines has none */
        line->boxless = line_from_json(boxless, reading, true);
    if (by_hand != NULL)
        line->by_hand = line_from_json(by_hand, reading, true);
    return line;
}

PageReading *page_reading_from_json(JsonObject *object, GError **error)
{
    g_autoptr(PageReading) reading = page_reading_new();
    JsonArray *rows;
    reading->width_px = (int)json_get_int(object, "width", 0);
    reading->height_px = (int)json_get_int(object, "height", 0);
    reading->dpi = (int)json_get_int(object, "dpi", 0);
    if (reading->width_px <= 0 || reading->height_px <= 0 || reading->dpi <= 0 ||
        reading->width_px > LIMIT_PAGE_SIDE_PX || reading->height_px > LIMIT_PAGE_SIDE_PX)
        return fail_null(error, BASE_ERROR, BASE_ERROR_FORMAT,
                         "a page reading without a sane size");
    reading->rotation_deg = (int)json_get_int(object, "rotation_deg", 0);
    reading->skew_deg = json_get_double(object, "skew_deg", 0);
    if (rows_of(object, "to_original", 9, &rows) == 9)
        for (guint i = 0; i < 9; i++)
            reading->to_original.m[i] = number_at(rows, i);
    reading->is_blank = json_get_bool(object, "blank", false);
    reading->is_toneless = json_get_bool(object, "toneless", false);
    reading->is_from_file = json_get_bool(object, "file", false);
    reading->proof_sha256 = g_strdup(json_get_string(object, "proof", NULL));
    reading->model = g_strdup(json_get_string(object, "model", ""));
    reading->print = g_strdup(json_get_string(object, "print", NULL));
    reading->cover = g_strdup(json_get_string(object, "cover", NULL));
    cells_from_json(object, reading);
    ticks_from_json(object, "ticks", reading, reading->ticks);
    ticks_from_json(object, "gaps", reading, reading->gaps);
    seals_from_json(object, reading);
    loose_from_json(object, reading);
    rects_from_json(object, "clear", reading->clear);
    rects_from_json(object, "papers", reading->papers);
    guint count = rows_of(object, "lines", LIMIT_LINES_PER_PAGE, &rows);
    for (guint i = 0; i < count; i++) {
        JsonNode *node = json_array_get_element(rows, i);
        if (JSON_NODE_HOLDS_OBJECT(node))
            g_ptr_array_add(reading->lines,
                            line_from_json(json_node_get_object(node), reading, false));
    }
    count = rows_of(object, "problems", 100, &rows);
    for (guint i = 0; i < count; i++)
        g_ptr_array_add(reading->problems, g_strdup(string_at(rows, i)));
    return g_steal_pointer(&reading);
}
