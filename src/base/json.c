/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include <stdio.h>

/* json-glib reads recursively; nobody nests deeper than this in good faith. */
#define MAX_NESTING 64

/* Own writer: json-glib prints 0.998 as 0.99799999999999999822, and records are read by
 * people and compared byte for byte. */
static void write_number(GString *out, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    if (!isfinite(value)) {
        g_string_append(out, "null");
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        char format[16];
        snprintf(format, sizeof format, "%%.%dg", digits);
        g_ascii_formatd(buffer, sizeof buffer, format, value);
        if (g_ascii_strtod(buffer, NULL) == value)
            break;
    }
    g_string_append(out, buffer);
    if (strpbrk(buffer, ".eE") == NULL)
        g_string_append(out, ".0");
}

static void write_text(GString *out, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_string_append_c(out, '"');
    for (const char *p = valid; *p != '\0'; p++) {
        guchar c = (guchar)*p;
        if (c == '"' || c == '\\')
            g_string_append_printf(out, "\\%c", c);
        else if (c == '\n')
            g_string_append(out, "\\n");
        else if (c == '\t')
            g_string_append(out, "\\t");
        else if (c < 0x20 || c == 0x7F)
            g_string_append_printf(out, "\\u%04x", c);
        else
            g_string_append_c(out, (char)c);
    }
    g_string_append_c(out, '"');
}

static void new_line(GString *out, int indent)
{
    if (indent < 0)
        return;
    g_string_append_c(out, '\n');
    for (int i = 0; i < indent; i++)
        g_string_append(out, "  ");
}

static void write_node(GString *out, JsonNode *node, int indent);

static void write_object(GString *out, JsonObject *object, int indent)
{
    int inner = indent < 0 ? -1 : indent + 1;
    JsonObjectIter iter;
    const char *name;
    JsonNode *member;
    bool is_first = true;
    g_string_append_c(out, '{');
    json_object_iter_init_ordered(&iter, object);
    while (json_object_iter_next_ordered(&iter, &name, &member)) {
        if (!is_first)
            g_string_append_c(out, ',');
        is_first = false;
        new_line(out, inner);
        write_text(out, name);
        g_string_append(out, indent < 0 ? ":" : ": ");
        write_node(out, member, inner);
    }
    if (!is_first)
        new_line(out, indent);
    g_string_append_c(out, '}');
}

/* Arrays of plain values stay on one line also in the pretty form: boxes, page lists. */
static bool is_plain_array(JsonArray *array)
{
    for (guint i = 0; i < json_array_get_length(array); i++) {
        JsonNode *element = json_array_get_element(array, i);
        if (JSON_NODE_HOLDS_OBJECT(element) || JSON_NODE_HOLDS_ARRAY(element))
            return false;
    }
    return true;
}

static void write_array(GString *out, JsonArray *array, int indent)
{
    bool is_plain = is_plain_array(array);
    int inner = indent < 0 || is_plain ? -1 : indent + 1;
    guint length = json_array_get_length(array);
    g_string_append_c(out, '[');
    for (guint i = 0; i < length; i++) {
        if (i > 0)
            g_string_append(out, is_plain && indent >= 0 ? ", " : ",");
        new_line(out, inner);
        write_node(out, json_array_get_element(array, i), inner);
    }
    if (length > 0 && !is_plain)
        new_line(out, indent);
    g_string_append_c(out, ']');
}

static void write_node(GString *out, JsonNode *node, int indent)
{
    if (node == NULL || json_node_is_null(node)) {
        g_string_append(out, "null");
    } else if (JSON_NODE_HOLDS_OBJECT(node)) {
        write_object(out, json_node_get_object(node), indent);
    } else if (JSON_NODE_HOLDS_ARRAY(node)) {
        write_array(out, json_node_get_array(node), indent);
    } else if (json_node_get_value_type(node) == G_TYPE_STRING) {
        write_text(out, json_node_get_string(node));
    } else if (json_node_get_value_type(node) == G_TYPE_DOUBLE) {
        write_number(out, json_node_get_double(node));
    } else if (json_node_get_value_type(node) == G_TYPE_BOOLEAN) {
        g_string_append(out, json_node_get_boolean(node) ? "true" : "false");
    } else {
        g_string_append_printf(out, "%" G_GINT64_FORMAT, json_node_get_int(node));
    }
}

char *json_text(JsonNode *node)
{
    GString *out = g_string_new(NULL);
    write_node(out, node, -1);
    return g_string_free(out, FALSE);
}

char *json_object_text(JsonObject *object)
{
    GString *out = g_string_new(NULL);
    write_object(out, object, -1);
    return g_string_free(out, FALSE);
}

char *json_object_text_pretty(JsonObject *object)
{
    GString *out = g_string_new(NULL);
    write_object(out, object, 0);
    g_string_append_c(out, '\n');
    return g_string_free(out, FALSE);
}

static bool nests_too_deep(const char *text, gsize length)
{
    int depth = 0;
    bool in_string = false;
    for (gsize i = 0; i < length; i++) {
        char c = text[i];
        if (in_string && c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && (c == '{' || c == '['))
            depth++;
        else if (!in_string && (c == '}' || c == ']'))
            depth--;
        if (depth > MAX_NESTING)
            return true;
    }
    return false;
}

JsonObject *json_parse_object(const char *text, gssize length_bytes, GError **error)
{
    gsize length = length_bytes < 0 ? strlen(text) : (gsize)length_bytes;
    if (!g_utf8_validate(text, (gssize)length, NULL))
        return fail_null(error, BASE_ERROR, BASE_ERROR_FORMAT, "JSON: not UTF-8");
    if (nests_too_deep(text, length))
        return fail_null(error, BASE_ERROR, BASE_ERROR_FORMAT,
                         "JSON: nested over %d deep", MAX_NESTING);
    g_autoptr(JsonParser) parser = json_parser_new();
    g_autoptr(GError) cause = NULL;
    if (!json_parser_load_from_data(parser, text, (gssize)length, &cause))
        return fail_null(error, BASE_ERROR, BASE_ERROR_FORMAT, "JSON: %s",
                         cause->message);
    JsonNode *root = json_parser_get_root(parser);
    if (root == NULL || !JSON_NODE_HOLDS_OBJECT(root))
        return fail_null(error, BASE_ERROR, BASE_ERROR_FORMAT, "JSON: not an object");
    return json_node_dup_object(root);
}

static JsonNode *value_member(JsonObject *object, const char *member)
{
    if (object == NULL)
        return NULL;
    JsonNode *node = json_object_get_member(object, member);
    return node != NULL && JSON_NODE_HOLDS_VALUE(node) ? node : NULL;
}

const char *json_get_string(JsonObject *object, const char *member, const char *fallback)
{
    JsonNode *node = value_member(object, member);
    if (node == NULL || json_node_get_value_type(node) != G_TYPE_STRING)
        return fallback;
    return json_node_get_string(node);
}

static bool is_number(JsonNode *node)
{
    return node != NULL && (json_node_get_value_type(node) == G_TYPE_INT64 ||
                            json_node_get_value_type(node) == G_TYPE_DOUBLE);
}

int64_t json_get_int(JsonObject *object, const char *member, int64_t fallback)
{
    JsonNode *node = value_member(object, member);
    if (!is_number(node))
        return fallback;
    if (json_node_get_value_type(node) == G_TYPE_INT64)
        return json_node_get_int(node);
    double value = json_node_get_double(node);
    /* Beyond 2^63 the conversion would be undefined. */
    return fabs(value) < 9.2e18 ? (int64_t)value : fallback;
}

double json_get_double(JsonObject *object, const char *member, double fallback)
{
    JsonNode *node = value_member(object, member);
    return is_number(node) ? json_node_get_double(node) : fallback;
}

bool json_get_bool(JsonObject *object, const char *member, bool fallback)
{
    JsonNode *node = value_member(object, member);
    if (node == NULL || json_node_get_value_type(node) != G_TYPE_BOOLEAN)
        return fallback;
    return json_node_get_boolean(node);
}

JsonObject *json_get_object(JsonObject *object, const char *member)
{
    JsonNode *node = object == NULL ? NULL : json_object_get_member(object, member);
    return node != NULL && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node)
                                                        : NULL;
}

JsonArray *json_get_array(JsonObject *object, const char *member)
{
    JsonNode *node = object == NULL ? NULL : json_object_get_member(object, member);
    return node != NULL && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
}

JsonObject *json_find_numbered(JsonArray *array, const char *member, int64_t number)
{
    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        JsonNode *node = json_array_get_element(array, i);
        JsonObject *object =
            JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
        if (object != NULL && json_get_int(object, member, 0) == number)
            return object;
    }
    return NULL;
}

void json_set_string(JsonObject *object, const char *member, const char *value)
{
    if (value == NULL)
        json_object_set_null_member(object, member);
    else
        json_object_set_string_member(object, member, value);
}

void json_set_number(JsonObject *object, const char *member, double value, int decimals)
{
    char format[16], buffer[G_ASCII_DTOSTR_BUF_SIZE + 320];
    if (!isfinite(value)) {
        json_object_set_null_member(object, member);
        return;
    }
    /* Through text: multiplying and dividing by 10^n does not give the nearest double. */
    snprintf(format, sizeof format, "%%.%df", CLAMP(decimals, 0, 17));
    g_ascii_formatd(buffer, sizeof buffer, format, value);
    double rounded = g_ascii_strtod(buffer, NULL);
    json_object_set_double_member(object, member, rounded == 0 ? 0.0 : rounded);
}

void json_set_rect(JsonObject *object, const char *member, Rect rect)
{
    JsonArray *array = json_array_sized_new(4);
    json_array_add_int_element(array, rect.x);
    json_array_add_int_element(array, rect.y);
    json_array_add_int_element(array, rect.width);
    json_array_add_int_element(array, rect.height);
    json_object_set_array_member(object, member, array);
}

Rect json_get_rect(JsonObject *object, const char *member)
{
    JsonArray *array = json_get_array(object, member);
    int value[4];
    if (array == NULL || json_array_get_length(array) != 4)
        return (Rect){0};
    for (guint i = 0; i < 4; i++) {
        JsonNode *node = json_array_get_element(array, i);
        if (!JSON_NODE_HOLDS_VALUE(node) || !is_number(node))
            return (Rect){0};
        double number = json_node_get_double(node);
        if (!(fabs(number) <= 1e8)) /* so that x + width cannot overflow; NaN too */
            return (Rect){0};
        value[i] = (int)number;
    }
    return (Rect){value[0], value[1], value[2], value[3]};
}

JsonArray *json_array_from_strv(const char *const *strings)
{
    JsonArray *array = json_array_new();
    for (size_t i = 0; strings != NULL && strings[i] != NULL; i++)
        json_array_add_string_element(array, strings[i]);
    return array;
}
