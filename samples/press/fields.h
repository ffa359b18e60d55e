/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fields.h - what is written on a form or a paper: keys and values, in the order they
 * were set. These are the truth; what is drawn is drawn from them. */
#pragma once
#include <glib.h>
#include <json-glib/json-glib.h>

typedef struct Fields Fields;

/* fields_new: nothing written yet. Returns: owned; free with fields_free */
Fields *fields_new(void);
void fields_free(Fields *fields);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fields, fields_free)

/* fields_declare: the key exists on this print; its value stays null until set.
 * @is_many: the value is a list of codes */
void fields_declare(Fields *fields, const char *key, gboolean is_many);

/* fields_set: @value, copied; declares the key where it is new. NULL writes nothing. */
void fields_set(Fields *fields, const char *key, const char *value);
/* fields_add: one more code of a many-choice. */
void fields_add(Fields *fields, const char *key, const char *code);

/* fields_get: the value, borrowed; NULL where nothing is written or the key is unknown.
 */
const char *fields_get(const Fields *fields, const char *key);
gboolean fields_is_declared(const Fields *fields, const char *key);
/* fields_chose: is @code the value, or among the values, of @key? */
gboolean fields_chose(const Fields *fields, const char *key, const char *code);

/* fields_to_json: every declared key; null where nothing is written. Returns: owned */
JsonNode *fields_to_json(const Fields *fields);
