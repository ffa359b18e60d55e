/* SPDX-License-Identifier: GPL-3.0-or-later */
/* summary.html: one page a clerk of the utility can read without any program of ours. */
#include "base/json.h"
#include "transfer/private.h"

typedef struct {
    const char *code, *words;
} Words;

static const Words state_names[] = {
    {"met", "已具备"},
    {"missing", "缺少"},
    {"unsure", "待核对"},
    {"deferred", "接入时再交"},
    {"to_confirm", "请贵单位确认"},
    {"accepted", ""},
    {"confirmed", "人工确认"},
    {"review", "待核对"},
    {"empty", ""},
    {NULL, NULL},
};

static const Words value_names[] = {
    {"present", "有"},
    {"absent", "无"},
    {NULL, NULL},
};

static const Words service_names[] = {
    {"install", "报装"},
    {"transfer", "过户"},
    {NULL, NULL},
};

static const Words kind_names[] = {
    {"section", "其他单位的登记栏"},
    {"paper", "与本单位清单无关的材料"},
    {"page", "无法遮盖其他单位内容的页"},
    {NULL, NULL},
};

static const char *words_of(const Words *table, const char *code)
{
    for (; table->code != NULL; table++)
        if (g_strcmp0(table->code, code) == 0)
            return table->words;
    return code != NULL ? code : "";
}

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\""
    " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<style>body{font:16px/1.6 sans-serif;margin:2em auto;max-width:48em;color:#222}"
    "h1{font-size:1.4em}h2{font-size:1.1em;border-bottom:1px solid #999;margin-top:1.6em}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #bbb;padding:.3em "
    ".6em;"
    "text-align:left;vertical-align:top}th{width:14em;background:#f4f4f4;font-weight:"
    "normal}"
    ".s{color:#777}</style>\n";

static void append_row(GString *out, const char *label, const char *value,
                       const char *note)
{
    g_autofree char *a = g_markup_escape_text(label, -1);
    g_autofree char *b = g_markup_escape_text(value, -1);
    g_autofree char *c = g_markup_escape_text(note, -1);
    g_string_append_printf(out, "<tr><th>%s</th><td>%s%s%s%s</td></tr>\n", a, b,
                           *note != '\0' ? " <span class=\"s\">" : "", c,
                           *note != '\0' ? "</span>" : "");
}

static const FieldDecl *decl_of(const ClassDecl *form, const char *key)
{
    for (guint i = 0; form != NULL && i < form->fields->len; i++) {
        const FieldDecl *decl = form->fields->pdata[i];
        if (g_strcmp0(decl->key, key) == 0)
            return decl;
    }
    return NULL;
}

/* "经办人 姓名": the row's label makes the column's one clear. Owned. */
static char *label_of(const FieldDecl *decl, const char *key)
{
    if (decl == NULL || decl->labels == NULL || decl->labels[0] == NULL)
        return g_strdup(key);
    g_autofree char *rows =
        decl->row_labels != NULL ? g_strjoinv(" ", decl->row_labels) : NULL;
    return rows != NULL && *rows != '\0' ? g_strdup_printf("%s %s", rows, decl->labels[0])
                                         : g_strdup(decl->labels[0]);
}

static const char *option_label(const FieldDecl *decl, const char *code)
{
    for (guint i = 0; decl != NULL && decl->options != NULL && i < decl->options->len;
         i++) {
        const OptionDecl *option = decl->options->pdata[i];
        if (g_strcmp0(option->code, code) == 0 && option->labels != NULL &&
            option->labels[0] != NULL)
            return option->labels[0];
    }
    return words_of(value_names, code);
}

/* Owned; NULL where nothing is written. */
static char *value_text(const FieldDecl *decl, JsonObject *field)
{
    JsonArray *many = json_get_array(field, "value");
    const char *one = json_get_string(field, "value", NULL);
    if (one != NULL)
        return g_strdup(option_label(decl, one));
    GString *out = g_string_new(NULL);
    for (guint i = 0; many != NULL && i < json_array_get_length(many); i++) {
        JsonNode *node = json_array_get_element(many, i);
        if (json_node_get_value_type(node) == G_TYPE_STRING)
            g_string_append_printf(out, "%s%s", out->len > 0 ? "、" : "",
                                   option_label(decl, json_node_get_string(node)));
    }
    bool is_blank = out->len == 0;
    char *text = g_string_free(out, is_blank);
    return is_blank ? NULL : text;
}

static void append_fields(GString *out, JsonObject *cut, const ClassDecl *form,
                          const char *utility, bool is_own_section)
{
    JsonObject *fields = json_get_object(cut, "fields");
    g_autofree char *prefix = g_strconcat(utility, ".", NULL);
    JsonObjectIter iter;
    const char *key;
    JsonNode *node;
    g_string_append(out, "<table>\n");
    if (fields != NULL)
        json_object_iter_init_ordered(&iter, fields);
    while (fields != NULL && json_object_iter_next_ordered(&iter, &key, &node)) {
        if (g_str_has_prefix(key, prefix) != is_own_section ||
            !JSON_NODE_HOLDS_OBJECT(node))
            continue;
        JsonObject *field = json_node_get_object(node);
        const FieldDecl *decl = decl_of(form, key);
        g_autofree char *value = value_text(decl, field);
        g_autofree char *label = label_of(decl, key);
        if (value != NULL)
            append_row(out, label, value,
                       words_of(state_names, json_get_string(field, "state", "")));
    }
    g_string_append(out, "</table>\n");
}

/* The list's own words for a requirement; the record has them only where it is missing.
 */
static const char *requirement_text(const Pipeline *pipeline, JsonObject *cut,
                                    const char *utility, JsonObject *requirement)
{
    const char *id = json_get_string(requirement, "id", "");
    const char *text = json_get_string(requirement, "text", NULL);
    const char *date =
        json_get_string(cut, "applied_on", json_get_string(cut, "as_of", ""));
    bool is_before = false;
    const RuleDecl *rule =
        pipeline_rule(pipeline, json_get_string(cut, "service", ""),
                      json_get_string(cut, "applicant_kind", ""),
                      json_get_string(cut, "place", ""), date, &is_before);
    for (guint i = 0; text == NULL && rule != NULL && i < rule->utilities->len; i++) {
        const UtilityListDecl *list = rule->utilities->pdata[i];
        for (guint k = 0;
             g_str_equal(list->utility, utility) && k < list->requirements->len; k++) {
            const RequirementDecl *decl = list->requirements->pdata[k];
            if (g_strcmp0(decl->id, id) == 0 && decl->text != NULL)
                return decl->text;
        }
    }
    return text != NULL ? text : id;
}

static void append_requirements(GString *out, JsonObject *cut, const char *utility,
                                const Pipeline *pipeline)
{
    JsonObject *own = json_get_object(json_get_object(cut, "utilities"), utility);
    JsonArray *requirements = json_get_array(own, "requirements");
    g_string_append(out, "<table>\n");
    for (guint i = 0; requirements != NULL && i < json_array_get_length(requirements);
         i++) {
        JsonObject *requirement = json_array_get_object_element(requirements, i);
        append_row(out, requirement_text(pipeline, cut, utility, requirement),
                   words_of(state_names, json_get_string(requirement, "state", "")), "");
    }
    g_string_append(out, "</table>\n");
}

static void append_papers(GString *out, JsonObject *cut, const Pipeline *pipeline)
{
    JsonArray *papers = json_get_array(cut, "papers");
    g_string_append(out, "<table>\n");
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++) {
        JsonObject *paper = json_array_get_object_element(papers, i);
        const char *name = json_get_string(paper, "class", "unknown");
        const ClassDecl *decl = pipeline_class(pipeline, name);
        JsonArray *pages = json_get_array(paper, "pages");
        g_autofree char *count =
            g_strdup_printf("%u 页", pages != NULL ? json_array_get_length(pages) : 0);
        append_row(out, decl != NULL && decl->title != NULL ? decl->title : name, count,
                   "");
    }
    g_string_append(out, "</table>\n");
}

static void append_withheld(GString *out, JsonArray *withheld)
{
    for (const Words *kind = kind_names; kind->code != NULL; kind++) {
        int count = 0;
        for (guint i = 0; i < json_array_get_length(withheld); i++)
            count += g_strcmp0(json_get_string(json_array_get_object_element(withheld, i),
                                               "kind", NULL),
                               kind->code) == 0;
        if (count > 0)
            g_string_append_printf(out, "<p>%s：%d</p>\n", kind->words, count);
    }
}

char *summary_html(JsonObject *cut, const char *utility, JsonArray *withheld,
                   const Pipeline *pipeline)
{
    const char *form_name = json_get_string(cut, "form", NULL);
    const ClassDecl *form =
        form_name != NULL ? pipeline_class(pipeline, form_name) : NULL;
    JsonObject *own = json_get_object(json_get_object(cut, "utilities"), utility);
    g_autofree char *name = g_markup_escape_text(json_get_string(cut, "case", ""), -1);
    g_autofree char *recipient =
        g_markup_escape_text(json_get_string(own, "recipient", ""), -1);
    const char *service = words_of(service_names, json_get_string(cut, "service", ""));
    GString *out = g_string_new(head);
    g_string_append_printf(out,
                           "<title>%s</title>\n</head>\n<body>\n<h1>%s%s申请 %s</h1>\n"
                           "<p>收件单位：%s</p>\n<h2>申请人和地址</h2>\n",
                           name, utility_title(utility), service, name, recipient);
    append_fields(out, cut, form, utility, false);
    g_string_append_printf(out, "<h2>%s登记</h2>\n", utility_title(utility));
    append_fields(out, cut, form, utility, true);
    g_string_append(out, "<h2>收资材料</h2>\n");
    append_requirements(out, cut, utility, pipeline);
    g_string_append(out, "<h2>随附材料（pages.pdf）</h2>\n");
    append_papers(out, cut, pipeline);
    g_string_append(out, "<h2>未随附</h2>\n");
    append_withheld(out, withheld);
    g_string_append(out, "</body>\n</html>\n");
    return g_string_free(out, FALSE);
}
