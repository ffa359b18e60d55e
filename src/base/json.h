/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/json.h - small conveniences over json-glib; readers never crash on odd input. */
#pragma once
#include "base/base.h"

/* json_text: @node as compact UTF-8 text, owned. Members keep their order of insertion.
 */
char *json_text(JsonNode *node);
char *json_object_text(JsonObject *object);
char *json_object_text_pretty(JsonObject *object);

/* json_parse_object: @length_bytes of text, -1 where NUL-terminated.
 * Returns: a new reference, owned; NULL with BASE_ERROR_FORMAT (not JSON, no object) */
JsonObject *json_parse_object(const char *text, gssize length_bytes, GError **error);

/* json_get_*: the member, or the default where it is missing or of another type.
 * Strings, objects and arrays are borrowed from @object. */
const char *json_get_string(JsonObject *object, const char *member, const char *fallback);
int64_t json_get_int(JsonObject *object, const char *member, int64_t fallback);
double json_get_double(JsonObject *object, const char *member, double fallback);
bool json_get_bool(JsonObject *object, const char *member, bool fallback);
JsonObject *json_get_object(JsonObject *object, const char *member); /* NULL if none */
JsonArray *json_get_array(JsonObject *object, const char *member);   /* NULL if none */
/* json_find_numbered: the first object in @array whose @member is @number, as pages and
 * papers of a record are named. @array: borrowed, may be NULL
 * Returns: borrowed; NULL if none */
JsonObject *json_find_numbered(JsonArray *array, const char *member, int64_t number);

/* json_set_*: where the plain json-glib call would crash on NULL, set a JSON null. */
void json_set_string(JsonObject *object, const char *member, const char *value);
/* json_set_number: rounded to @decimals, so that bytes repeat. */
void json_set_number(JsonObject *object, const char *member, double value, int decimals);
void json_set_rect(JsonObject *object, const char *member, Rect rect); /* [x, y, w, h] */
Rect json_get_rect(JsonObject *object, const char *member);            /* 0s if none */
JsonArray *json_array_from_strv(const char *const *strings); /* owned; NULL gives [] */
