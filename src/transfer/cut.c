/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record as one utility may see it. What is not named here stays here. */
#include "base/json.h"
#include "transfer/private.h"

/* Of the whole record, besides utilities, fields, papers and pages. */
static const char *const kept_members[] = {
    "record",         "case", "as_of",      "place", "service",
    "applicant_kind", "form", "applied_on", "list",  NULL};
/* Fields that every utility the applicant asked gets; its own section comes on top. */
static const char *const shared_fields[] = {
    "applicant.",   "agent.", "contact.", "legal_rep.",         "site.",
    "project.",     "vat.",   "office.",  "other_requirements", "transfer.statement",
    "declaration.", NULL};
/* Of a paper: nothing of how it was found out, whose reasons quote other papers. */
static const char *const paper_members[] = {"paper",      "class",      "roles",  "pages",
                                            "parts",      "confidence", "fields", "seals",
                                            "signatures", NULL};
static const char *const page_members[] = {
    "page",    "file",        "index", "rotation_deg", "skew_deg", "dpi",
    "size_px", "to_original", "text",  "problems",     NULL};

void withhold(JsonArray *withheld, const char *kind, const char *key, const char *value,
              const char *reason)
{
    JsonObject *object = json_object_new();
    json_set_string(object, "kind", kind);
    if (key != NULL)
        json_set_string(object, key, value);
    if (reason != NULL)
        json_set_string(object, "reason", reason);
    json_array_add_object_element(withheld, object);
}

static void copy_member(JsonObject *from, JsonObject *to, const char *member)
{
    JsonNode *node = json_object_get_member(from, member);
    if (node != NULL)
        json_object_set_member(to, member, json_node_copy(node));
}

static JsonObject *copy_members(JsonObject *from, const char *const *members)
{
    JsonObject *to = json_object_new();
    for (int i = 0; members[i] != NULL; i++)
        copy_member(from, to, members[i]);
    return to;
}

/* json_node_copy() shares objects; what is changed has to be really another. */
static JsonObject *deep_copy(JsonObject *object)
{
    g_autofree char *text = json_object_text(object);
    return json_parse_object(text, -1, NULL);
}

static bool is_shared(const char *key)
{
    for (int i = 0; shared_fields[i] != NULL; i++)
        if (g_str_has_prefix(key, shared_fields[i]))
            return true;
    return false;
}

static bool is_own(const char *key, const char *utility)
{
    size_t length = strlen(utility);
    return strncmp(key, utility, length) == 0 && key[length] == '.';
}

/* --- papers --- */

static bool is_application(JsonObject *paper, const char *form)
{
    return form != NULL && g_strcmp0(json_get_string(paper, "class", NULL), form) == 0;
}

/* The numbers of the papers that @own's list was met with. Owned set. */
static GHashTable *papers_of_list(JsonObject *own)
{
    GHashTable *numbers = g_hash_table_new(NULL, NULL);
    JsonArray *requirements = json_get_array(own, "requirements");
    for (guint i = 0; requirements != NULL && i < json_array_get_length(requirements);
         i++) {
        JsonObject *requirement = json_array_get_object_element(requirements, i);
        const char *state = json_get_string(requirement, "state", "");
        JsonArray *papers = json_get_array(requirement, "papers");
        if (!g_str_equal(state, "met") && !g_str_equal(state, "to_confirm"))
            continue;
        for (guint k = 0; papers != NULL && k < json_array_get_length(papers); k++)
            g_hash_table_add(numbers,
                             GINT_TO_POINTER((int)json_array_get_int_element(papers, k)));
    }
    return numbers;
}

static JsonArray *cut_papers(JsonObject *record, GHashTable *allowed, JsonArray *withheld)
{
    JsonArray *kept = json_array_new();
    JsonArray *papers = json_get_array(record, "papers");
    const char *form = json_get_string(record, "form", NULL);
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++) {
        JsonObject *paper = json_array_get_object_element(papers, i);
        int number = (int)json_get_int(paper, "paper", 0);
        if (is_application(paper, form))
            g_hash_table_add(allowed, GINT_TO_POINTER(number));
        if (g_hash_table_contains(allowed, GINT_TO_POINTER(number))) {
            g_autoptr(JsonObject) members = copy_members(paper, paper_members);
            json_array_add_object_element(kept, deep_copy(members));
        } else {
            withhold(withheld, "paper", "class",
                     json_get_string(paper, "class", "unknown"), "not_on_list");
        }
    }
    return kept;
}

/* --- fields --- */

/* Whether a tick is @utility's own: by its code, else by the words printed beside it. */
static bool is_own_tick(JsonObject *evidence, const char *utility, const ClassDecl *form)
{
    const char *option = json_get_string(evidence, "option", NULL);
    const char *text = json_get_string(evidence, "text", NULL);
    if (option != NULL)
        return g_str_equal(option, utility);
    for (guint i = 0; form != NULL && text != NULL && i < form->fields->len; i++) {
        const FieldDecl *decl = form->fields->pdata[i];
        if (!g_str_equal(decl->key, "utilities") || decl->options == NULL)
            continue;
        for (guint k = 0; k < decl->options->len; k++) {
            const OptionDecl *choice = decl->options->pdata[k];
            if (g_str_equal(choice->code, utility) && choice->labels != NULL &&
                g_strv_contains((const char *const *)choice->labels, text))
                return true;
        }
    }
    return false;
}

/* Evidence from papers that stay here stays here too; of the ticks, only @utility's go.
 */
static void cut_evidence(JsonObject *field, GHashTable *allowed, const char *utility,
                         const ClassDecl *form)
{
    JsonArray *evidence = json_get_array(field, "evidence");
    if (evidence == NULL)
        return;
    JsonArray *kept = json_array_new();
    for (guint i = 0; i < json_array_get_length(evidence); i++) {
        JsonObject *one = json_array_get_object_element(evidence, i);
        int paper = (int)json_get_int(one, "paper", 0);
        if ((utility == NULL || is_own_tick(one, utility, form)) &&
            g_hash_table_contains(allowed, GINT_TO_POINTER(paper)))
            json_array_add_object_element(kept, deep_copy(one));
    }
    json_object_set_array_member(field, "evidence", kept);
}

static void cut_choice(JsonObject *field, const char *utility)
{
    JsonArray *all = json_get_array(field, "value");
    JsonArray *kept = json_array_new();
    for (guint i = 0; all != NULL && i < json_array_get_length(all); i++) {
        JsonNode *node = json_array_get_element(all, i);
        if (json_node_get_value_type(node) == G_TYPE_STRING &&
            g_str_equal(json_node_get_string(node), utility))
            json_array_add_string_element(kept, utility);
    }
    json_object_set_array_member(field, "value", kept);
}

static JsonObject *cut_fields(JsonObject *record, const char *utility,
                              GHashTable *allowed, const ClassDecl *form)
{
    JsonObject *kept = json_object_new();
    JsonObject *fields = json_get_object(record, "fields");
    JsonObjectIter iter;
    const char *key;
    JsonNode *node;
    if (fields == NULL)
        return kept;
    json_object_iter_init_ordered(&iter, fields);
    while (json_object_iter_next_ordered(&iter, &key, &node)) {
        bool is_choice = g_str_equal(key, "utilities");
        if (!JSON_NODE_HOLDS_OBJECT(node) ||
            !(is_choice || is_shared(key) || is_own(key, utility)))
            continue;
        JsonObject *field = deep_copy(json_node_get_object(node));
        cut_evidence(field, allowed, is_choice ? utility : NULL, form);
        /* Suggestions and reasons are for those who decide, and may quote other papers.
         */
        json_object_remove_member(field, "reason");
        if (is_choice)
            cut_choice(field, utility);
        json_object_set_object_member(kept, key, field);
    }
    return kept;
}

/* --- pages --- */

static JsonArray *cut_pages(JsonObject *record, JsonArray *papers)
{
    g_autoptr(GHashTable) wanted = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < json_array_get_length(papers); i++) {
        JsonArray *pages =
            json_get_array(json_array_get_object_element(papers, i), "pages");
        for (guint k = 0; pages != NULL && k < json_array_get_length(pages); k++)
            g_hash_table_add(wanted,
                             GINT_TO_POINTER((int)json_array_get_int_element(pages, k)));
    }
    JsonArray *kept = json_array_new();
    JsonArray *all = json_get_array(record, "pages");
    for (guint i = 0; all != NULL && i < json_array_get_length(all); i++) {
        JsonObject *page = json_array_get_object_element(all, i);
        if (!g_hash_table_contains(wanted,
                                   GINT_TO_POINTER((int)json_get_int(page, "page", 0))))
            continue;
        g_autoptr(JsonObject) members = copy_members(page, page_members);
        json_array_add_object_element(kept, deep_copy(members));
    }
    return kept;
}

static void withhold_sections(JsonArray *withheld, const char *utility)
{
    for (int i = 0; utility_codes[i] != NULL; i++)
        if (!g_str_equal(utility_codes[i], utility))
            withhold(withheld, "section", "id", utility_codes[i], "other_utility");
}

JsonObject *transfer_cut_record(JsonObject *record, const char *utility,
                                const Pipeline *pipeline, JsonArray **withheld)
{
    const ClassDecl *form = pipeline_class(pipeline, json_get_string(record, "form", ""));
    g_autoptr(JsonArray) left = json_array_new();
    JsonObject *own = json_get_object(json_get_object(record, "utilities"), utility);
    g_autoptr(GHashTable) allowed = papers_of_list(own);
    JsonObject *cut = copy_members(record, kept_members);
    JsonObject *utilities = json_object_new();
    if (own != NULL) {
        JsonObject *copy = deep_copy(own);
        /* how far the delivery is was true a moment ago, and is not part of the case */
        json_object_remove_member(copy, "delivery");
        json_object_set_object_member(utilities, utility, copy);
    }
    withhold_sections(left, utility);
    JsonArray *papers = cut_papers(record, allowed, left);
    json_object_set_object_member(cut, "utilities", utilities);
    json_object_set_object_member(cut, "fields",
                                  cut_fields(record, utility, allowed, form));
    json_object_set_array_member(cut, "pages", cut_pages(record, papers));
    json_object_set_array_member(cut, "papers", papers);
    if (withheld != NULL)
        *withheld = g_steal_pointer(&left);
    return cut;
}
