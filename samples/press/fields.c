/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fields.h"

#include <string.h>

typedef struct {
    char *key;
    gboolean is_many;
    GPtrArray *values; /* of char*, owned */
} Field;

struct Fields {
    GPtrArray *list; /* of Field* */
};

static void field_free(gpointer data)
{
    Field *field = data;
    g_free(field->key);
    g_ptr_array_unref(field->values);
    g_free(field);
}

Fields *fields_new(void)
{
    Fields *fields = g_new0(Fields, 1);
    fields->list = g_ptr_array_new_with_free_func(field_free);
    return fields;
}

void fields_free(Fields *fields)
{
    if (fields == NULL)
        return;
    g_ptr_array_unref(fields->list);
    g_free(fields);
}

static Field *find(const Fields *fields, const char *key)
{
    for (guint i = 0; i < fields->list->len; i++) {
        Field *field = g_ptr_array_index(fields->list, i);
        if (strcmp(field->key, key) == 0)
            return field;
    }
    return NULL;
}

static Field *find_or_add(Fields *fields, const char *key, gboolean is_many)
{
    Field *field = find(fields, key);
    if (field != NULL)
        return field;
    field = g_new0(Field, 1);
    field->key = g_strdup(key);
    field->is_many = is_many;
    field->values = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(fields->list, field);
    return field;
}

void fields_declare(Fields *fields, const char *key, gboolean is_many)
{
    find_or_add(fields, key, is_many);
}

void fields_set(Fields *fields, const char *key, const char *value)
{
    Field *field = find_or_add(fields, key, FALSE);
    g_ptr_array_set_size(field->values, 0);
    if (value != NULL)
        g_ptr_array_add(field->values, g_strdup(value));
}

void fields_add(Fields *fields, const char *key, const char *code)
{
    g_ptr_array_add(find_or_add(fields, key, TRUE)->values, g_strdup(code));
}

const char *fields_get(const Fields *fields, const char *key)
{
    const Field *field = find(fields, key);
    return field == NULL || field->values->len == 0 ? NULL
                                                    : g_ptr_array_index(field->values, 0);
}

gboolean fields_is_declared(const Fields *fields, const char *key)
{
    return find(fields, key) != NULL;
}

gboolean fields_chose(const Fields *fields, const char *key, const char *code)
{
    const Field *field = find(fields, key);
    for (guint i = 0; field != NULL && i < field->values->len; i++)
        if (strcmp(g_ptr_array_index(field->values, i), code) == 0)
            return TRUE;
    return FALSE;
}

static void add_value(JsonBuilder *builder, const Field *field)
{
    json_builder_set_member_name(builder, field->key);
    if (field->values->len == 0) {
        json_builder_add_null_value(builder);
    } else if (!field->is_many) {
        json_builder_add_string_value(builder, g_ptr_array_index(field->values, 0));
    } else {
        json_builder_begin_array(builder);
        for (guint i = 0; i < field->values->len; i++)
            json_builder_add_string_value(builder, g_ptr_array_index(field->values, i));
        json_builder_end_array(builder);
    }
}

JsonNode *fields_to_json(const Fields *fields)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    for (guint i = 0; i < fields->list->len; i++)
        add_value(builder, g_ptr_array_index(fields->list, i));
    json_builder_end_object(builder);
    return json_builder_get_root(builder);
}
