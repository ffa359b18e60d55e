/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/shape.h"

void complain(Loader *loader, const yaml_node_t *node, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    size_t line = node != NULL ? node->start_mark.line : 0;
    size_t column = node != NULL ? node->start_mark.column : 0;
    g_ptr_array_add(loader->complaints, g_strdup_printf("%s:%zu:%zu: %s", loader->file,
                                                        line + 1, column + 1, text));
}

static const char *scalar_of(const yaml_node_t *node)
{
    return node->type == YAML_SCALAR_NODE ? (const char *)node->data.scalar.value : NULL;
}

/* A plain ~, null or nothing at all stands for "none". */
static bool is_null(const yaml_node_t *node)
{
    const char *text = scalar_of(node);
    return text != NULL && node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (*text == '\0' || g_str_equal(text, "~") || g_str_equal(text, "null"));
}

const yaml_node_t *shape_member(Loader *loader, const yaml_node_t *node, const char *key)
{
    if (node == NULL || node->type != YAML_MAPPING_NODE)
        return NULL;
    for (yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++) {
        const char *name = scalar_of(yaml_document_get_node(loader->document, pair->key));
        if (name != NULL && g_str_equal(name, key))
            return yaml_document_get_node(loader->document, pair->value);
    }
    return NULL;
}

bool is_date(const char *text)
{
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    for (int i = 0; i < 10; i++)
        if (i != 4 && i != 7 && !g_ascii_isdigit(text[i]))
            return false;
    return g_date_valid_dmy((GDateDay)atoi(text + 8), atoi(text + 5),
                            (GDateYear)atoi(text));
}

static bool is_code(const char *text, const char *const *codes)
{
    return g_strv_contains(codes, text);
}

static void mention_class(Loader *loader, const yaml_node_t *node, const char *name)
{
    ClassMention *mention = g_new0(ClassMention, 1);
    mention->class_name = g_strdup(name);
    mention->where =
        g_strdup_printf("%s:%zu:%zu", loader->file, node->start_mark.line + 1,
                        node->start_mark.column + 1);
    g_ptr_array_add(loader->classes, mention);
}

/* One word of a text-like parameter; false where it was complained about. */
static bool check_word(Loader *loader, const Param *param, const yaml_node_t *node,
                       const char *text)
{
    g_autoptr(GError) error = NULL;
    switch (param->type) {
    case PARAM_CODE:
    case PARAM_CODES: {
        if (is_code(text, param->codes))
            return true;
        g_autofree char *allowed = g_strjoinv(", ", (GStrv)param->codes);
        complain(loader, node, "%s: \"%s\" is none of %s", param->key, text, allowed);
        return false;
    }
    case PARAM_CLASS:
    case PARAM_CLASSES:
        mention_class(loader, node, text);
        return true;
    case PARAM_DATE:
        if (is_date(text))
            return true;
        complain(loader, node, "%s: \"%s\" is no date YYYY-MM-DD", param->key, text);
        return false;
    case PARAM_PATTERN: {
        g_autoptr(GRegex) regex = g_regex_new(text, 0, 0, &error);
        if (regex != NULL)
            return true;
        complain(loader, node, "%s: \"%s\" is no regular expression: %s", param->key,
                 text, error->message);
        return false;
    }
    case PARAM_PATTERNS: {
        g_autoptr(GRegex) regex = g_regex_new(text, 0, 0, &error);
        if (regex != NULL && g_regex_get_capture_count(regex) > 0)
            return true;
        complain(loader, node, "%s: \"%s\" is no regular expression with a group: %s",
                 param->key, text, error != NULL ? error->message : "no group");
        return false;
    }
    default:
        return true;
    }
}

static void read_text(Loader *loader, const Param *param, const yaml_node_t *node,
                      char **out)
{
    const char *text = scalar_of(node);
    if (text == NULL) {
        complain(loader, node, "%s: wants one text", param->key);
        return;
    }
    if (is_null(node)) {
        if (param->is_required)
            complain(loader, node, "%s: must not be empty", param->key);
        return;
    }
    if (check_word(loader, param, node, text))
        *out = g_strdup(text);
}

/* Of codes and classes one may stand without brackets. */
static bool read_single(Loader *loader, const Param *param, const yaml_node_t *node,
                        GStrv *out)
{
    const char *text = scalar_of(node);
    if (param->type == PARAM_TEXTS || text == NULL || is_null(node))
        return false;
    if (check_word(loader, param, node, text))
        *out = g_strdupv((char *[]){(char *)text, NULL});
    return true;
}

static void read_texts(Loader *loader, const Param *param, const yaml_node_t *node,
                       GStrv *out)
{
    if (read_single(loader, param, node, out))
        return;
    if (node->type != YAML_SEQUENCE_NODE) {
        complain(loader, node, "%s: wants a list of texts", param->key);
        return;
    }
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    int count = 0;
    for (yaml_node_item_t *item = node->data.sequence.items.start;
         item < node->data.sequence.items.top; item++) {
        const yaml_node_t *entry = yaml_document_get_node(loader->document, *item);
        const char *text = scalar_of(entry);
        if (text == NULL || is_null(entry)) {
            complain(loader, entry, "%s: wants a text here", param->key);
        } else if (check_word(loader, param, entry, text)) {
            g_strv_builder_add(builder, text);
            count++;
        }
    }
    if (count == 0 && param->is_required)
        complain(loader, node, "%s: must not be empty", param->key);
    *out = g_strv_builder_end(builder);
}

static bool read_number(Loader *loader, const Param *param, const yaml_node_t *node,
                        double *out)
{
    const char *text = scalar_of(node);
    char *end = NULL;
    double value = text != NULL ? g_ascii_strtod(text, &end) : 0;
    if (text == NULL || end == text || *end != '\0' || !isfinite(value)) {
        complain(loader, node, "%s: wants a number", param->key);
        return false;
    }
    if (param->type == PARAM_INTEGER && value != floor(value)) {
        complain(loader, node, "%s: wants a whole number", param->key);
        return false;
    }
    if ((param->min != 0 || param->max != 0) &&
        (value < param->min || value > param->max)) {
        complain(loader, node, "%s: %s is outside %g..%g", param->key, text, param->min,
                 param->max);
        return false;
    }
    *out = value;
    return true;
}

static void read_flag(Loader *loader, const Param *param, const yaml_node_t *node,
                      bool *out)
{
    const char *text = scalar_of(node);
    if (text != NULL && g_str_equal(text, "true"))
        *out = true;
    else if (text != NULL && g_str_equal(text, "false"))
        *out = false;
    else
        complain(loader, node, "%s: wants true or false", param->key);
}

static void read_kind(Loader *loader, const Param *param, const yaml_node_t *node,
                      FieldKind *out)
{
    const char *text = scalar_of(node);
    for (FieldKind kind = 0; text != NULL && kind < KIND_COUNT; kind++) {
        if (g_str_equal(text, field_kind_name(kind))) {
            *out = kind;
            return;
        }
    }
    complain(loader, node, "%s: \"%s\" is no kind", param->key, text != NULL ? text : "");
}

static void read_place(Loader *loader, const Param *param, const yaml_node_t *node,
                       FieldPlace *out)
{
    static const char *const names[] = {
        [PLACE_RIGHT] = "right", [PLACE_BELOW] = "below", [PLACE_INSIDE] = "inside",
        [PLACE_TABLE] = "table", [PLACE_PAGE] = "page",
    };
    const char *text = scalar_of(node);
    for (size_t i = 0; text != NULL && i < G_N_ELEMENTS(names); i++) {
        if (g_str_equal(text, names[i])) {
            *out = (FieldPlace)i;
            return;
        }
    }
    complain(loader, node, "%s: \"%s\" is none of right, below, inside, table, page",
             param->key, text != NULL ? text : "");
}

/* The value of @key in an item just read, where it is a text; else NULL. */
static const char *text_member(const Shape *shape, const char *key, const void *item)
{
    for (const Param *param = shape->params; key != NULL && param->key != NULL; param++)
        if (g_str_equal(param->key, key))
            return *(char *const *)((const char *)item + param->offset);
    return NULL;
}

static void read_list(Loader *loader, const Param *param, const yaml_node_t *node,
                      GPtrArray **out)
{
    const Shape *shape = param->shape;
    if (node->type != YAML_SEQUENCE_NODE) {
        complain(loader, node, "%s: wants a list", param->key);
        return;
    }
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (yaml_node_item_t *entry = node->data.sequence.items.start;
         entry < node->data.sequence.items.top; entry++) {
        const yaml_node_t *child = yaml_document_get_node(loader->document, *entry);
        void *item = g_malloc0(shape->size);
        shape_read(loader, shape, child, item);
        g_ptr_array_add(*out, item);
        const char *name = text_member(shape, shape->unique, item);
        if (name != NULL && !g_hash_table_add(seen, (void *)name))
            complain(loader, child, "%s \"%s\" is there twice", shape->what, name);
    }
    if (param->is_required && (*out)->len == 0)
        complain(loader, node, "%s: must not be empty", param->key);
}

static void read_param(Loader *loader, const Param *param, const yaml_node_t *node,
                       void *item)
{
    void *out = (char *)item + param->offset;
    double number = 0;
    switch (param->type) {
    case PARAM_TEXT:
    case PARAM_CODE:
    case PARAM_CLASS:
    case PARAM_PATTERN:
    case PARAM_DATE:
        read_text(loader, param, node, out);
        break;
    case PARAM_TEXTS:
    case PARAM_CODES:
    case PARAM_CLASSES:
    case PARAM_PATTERNS:
        read_texts(loader, param, node, out);
        break;
    case PARAM_NUMBER:
        read_number(loader, param, node, out);
        break;
    case PARAM_INTEGER:
        if (read_number(loader, param, node, &number))
            *(int *)out = (int)number;
        break;
    case PARAM_FLAG:
        read_flag(loader, param, node, out);
        break;
    case PARAM_KIND:
        read_kind(loader, param, node, out);
        break;
    case PARAM_PLACE:
        read_place(loader, param, node, out);
        break;
    case PARAM_LIST:
        read_list(loader, param, node, out);
        break;
    }
}

/* Lists are always there, so that nobody has to ask for NULL. */
static void prepare(const Shape *shape, void *item)
{
    for (const Param *param = shape->params; param->key != NULL; param++)
        if (param->type == PARAM_LIST)
            *(GPtrArray **)((char *)item + param->offset) = g_ptr_array_new();
}

static const Param *find_param(const Shape *shape, const char *key)
{
    for (const Param *param = shape->params; param->key != NULL; param++)
        if (g_str_equal(param->key, key))
            return param;
    return NULL;
}

void shape_read(Loader *loader, const Shape *shape, const yaml_node_t *node, void *item)
{
    prepare(shape, item);
    if (shape->has_mark)
        *(Mark *)((char *)item + shape->mark_offset) =
            (Mark){(int)node->start_mark.line + 1, (int)node->start_mark.column + 1};
    if (node->type != YAML_MAPPING_NODE) {
        complain(loader, node, "%s: wants keys and values", shape->what);
        return;
    }
    size_t before = loader->complaints->len;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key_node = yaml_document_get_node(loader->document, pair->key);
        const yaml_node_t *value = yaml_document_get_node(loader->document, pair->value);
        const char *key = scalar_of(key_node);
        const Param *param = key != NULL ? find_param(shape, key) : NULL;
        if (param == NULL)
            complain(loader, key_node, "%s: unknown key \"%s\"", shape->what,
                     key != NULL ? key : "(not a text)");
        else if (!g_hash_table_add(seen, (void *)param->key))
            complain(loader, key_node, "%s: key \"%s\" is there twice", shape->what, key);
        else
            read_param(loader, param, value, item);
    }
    for (const Param *param = shape->params; param->key != NULL; param++)
        if (param->is_required && !g_hash_table_contains(seen, param->key))
            complain(loader, node, "%s: key \"%s\" is missing", shape->what, param->key);
    if (shape->check != NULL && loader->complaints->len == before)
        shape->check(loader, node, item);
}

void shape_clear(const Shape *shape, void *item)
{
    for (const Param *param = shape->params; param->key != NULL; param++) {
        void *member = (char *)item + param->offset;
        switch (param->type) {
        case PARAM_TEXT:
        case PARAM_CODE:
        case PARAM_CLASS:
        case PARAM_PATTERN:
        case PARAM_DATE:
            g_clear_pointer((char **)member, g_free);
            break;
        case PARAM_TEXTS:
        case PARAM_CODES:
        case PARAM_CLASSES:
        case PARAM_PATTERNS:
            g_clear_pointer((GStrv *)member, g_strfreev);
            break;
        case PARAM_LIST: {
            GPtrArray *list = *(GPtrArray **)member;
            for (guint i = 0; list != NULL && i < list->len; i++) {
                shape_clear(param->shape, list->pdata[i]);
                g_free(list->pdata[i]);
            }
            g_clear_pointer((GPtrArray **)member, g_ptr_array_unref);
            break;
        }
        default:
            break;
        }
    }
}

const char *field_kind_name(FieldKind kind)
{
    static const char *const names[] = {
#define KIND(name, spelled) [KIND_##name] = spelled,
#include "pipeline/kinds.def"
#undef KIND
    };
    return kind < KIND_COUNT ? names[kind] : "?";
}
