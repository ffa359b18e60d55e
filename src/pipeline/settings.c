/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/settings.h"

#include <yaml.h>

#include "pipeline/pipeline.h"

typedef struct {
    const char *path;
    const SettingDecl *decls;
    yaml_document_t *document;
} Reader;

static bool complain(const Reader *reader, const yaml_node_t *node, GError **error,
                     const char *what, const char *which)
{
    g_autofree char *name = g_path_get_basename(reader->path);
    return fail(error, PIPELINE_ERROR, PIPELINE_ERROR_CHECK, "%s:%zu:%zu: %s%s%s", name,
                node->start_mark.line + 1, node->start_mark.column + 1, what,
                *which == '\0' ? "" : ": ", which);
}

static const char *scalar(const yaml_node_t *node)
{
    return node->type == YAML_SCALAR_NODE ? (const char *)node->data.scalar.value : NULL;
}

static bool check_value(const Reader *reader, const SettingDecl *decl,
                        const yaml_node_t *node, GError **error)
{
    const char *text = scalar(node);
    if (decl->kind == SETTING_INT) {
        gint64 value;
        if (!g_ascii_string_to_signed(text, 10, decl->min, decl->max, &value, NULL)) {
            g_autofree char *range = g_strdup_printf("%s wants a number %d..%d",
                                                     decl->key, decl->min, decl->max);
            return complain(reader, node, error, range, text);
        }
    } else if (decl->pattern != NULL &&
               !g_regex_match_simple(decl->pattern, text, G_REGEX_ANCHORED, 0)) {
        g_autofree char *what =
            g_strdup_printf("%s does not match %s", decl->key, decl->pattern);
        return complain(reader, node, error, what, text);
    }
    return true;
}

static bool take_pair(const Reader *reader, const yaml_node_pair_t *pair,
                      GHashTable *values, GError **error)
{
    const yaml_node_t *key = yaml_document_get_node(reader->document, pair->key);
    const yaml_node_t *value = yaml_document_get_node(reader->document, pair->value);
    if (scalar(key) == NULL)
        return complain(reader, key, error, "a key must be a word", "");
    if (scalar(value) == NULL)
        return complain(reader, value, error, "wants one plain value", scalar(key));
    const SettingDecl *decl = reader->decls;
    while (decl->key != NULL && !g_str_equal(decl->key, scalar(key)))
        decl++;
    if (decl->key == NULL)
        return complain(reader, key, error, "unknown setting", scalar(key));
    if (g_hash_table_contains(values, decl->key))
        return complain(reader, key, error, "set twice", decl->key);
    if (*scalar(value) == '\0' || g_str_equal(scalar(value), "~"))
        return true;
    if (!check_value(reader, decl, value, error))
        return false;
    g_hash_table_insert(values, g_strdup(decl->key), g_strdup(scalar(value)));
    return true;
}

static GHashTable *take_document(const Reader *reader, GError **error)
{
    g_autoptr(GHashTable) values =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const yaml_node_t *root = yaml_document_get_root_node(reader->document);
    if (root == NULL)
        return g_steal_pointer(&values);
    if (root->type != YAML_MAPPING_NODE) {
        complain(reader, root, error, "wants lines of \"key: value\"", "");
        return NULL;
    }
    for (yaml_node_pair_t *pair = root->data.mapping.pairs.start;
         pair < root->data.mapping.pairs.top; pair++)
        if (!take_pair(reader, pair, values, error))
            return NULL;
    return g_steal_pointer(&values);
}

GHashTable *settings_load(const char *path, const SettingDecl *decls, GError **error)
{
    g_autofree char *text = NULL;
    gsize length = 0;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &text, &length, &cause))
        return fail_null(error, PIPELINE_ERROR, PIPELINE_ERROR_IO, "%s", cause->message);
    if (length > LIMIT_DECLARATION_BYTES)
        return fail_null(error, PIPELINE_ERROR, PIPELINE_ERROR_IO, "%s is too long",
                         path);
    yaml_parser_t parser;
    yaml_document_t document;
    g_autofree char *name = g_path_get_basename(path);
    if (!yaml_parser_initialize(&parser))
        return fail_null(error, PIPELINE_ERROR, PIPELINE_ERROR_IO, "no memory for YAML");
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
    if (!yaml_parser_load(&parser, &document)) {
        fail(error, PIPELINE_ERROR, PIPELINE_ERROR_SYNTAX, "%s:%zu:%zu: %s", name,
             parser.problem_mark.line + 1, parser.problem_mark.column + 1,
             parser.problem != NULL ? parser.problem : "not YAML");
        yaml_parser_delete(&parser);
        return NULL;
    }
    Reader reader = {path, decls, &document};
    GHashTable *values = take_document(&reader, error);
    yaml_document_delete(&document);
    yaml_parser_delete(&parser);
    return values;
}
