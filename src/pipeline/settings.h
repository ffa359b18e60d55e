/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pipeline/settings.h - a flat YAML file of "key: value", checked against a table. */
#pragma once
#include "base/base.h"

typedef enum { SETTING_TEXT, SETTING_INT } SettingKind;

typedef struct {
    const char *key;
    SettingKind kind;
    const char *pattern; /* texts: regular expression of the whole value, or NULL */
    int min, max;        /* integers */
} SettingDecl;

/* settings_load: read @path.
 * @decls: ended by a NULL key; borrowed
 * Returns: key to value, both text, checked; left out or without a value: not in it.
 *     Owned; NULL with PIPELINE_ERROR_*, the text naming file:line:column */
GHashTable *settings_load(const char *path, const SettingDecl *decls, GError **error);
