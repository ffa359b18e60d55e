/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pipeline/check.c - what only all declarations together show: names of what does not
 * exist, requirements that cannot be met, and what is never used. The first two are
 * mistakes; the last is a remark, as a tree may grow file by file. */
#include "pipeline/shape.h"

/* One requirement of one list, where complaints about it belong. */
typedef struct {
    Loader *loader;
    const RuleDecl *rule;
    const UtilityListDecl *list;
    const RequirementDecl *decl;
} Spot;

static void add_at(GPtrArray *out, const char *file, Mark mark, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
static void add_at(GPtrArray *out, const char *file, Mark mark, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_ptr_array_add(out, g_strdup_printf("%s:%d:%d: %s", file, MAX(mark.line, 1),
                                         MAX(mark.column, 1), text));
}

static const Mark top = {1, 1};

static bool is_same(const char *a, const char *b)
{
    return g_strcmp0(a, b) == 0;
}

static bool form_leads_to(const ClassDecl *class, const RuleDecl *rule)
{
    return class->is_form && is_same(class->service, rule->service) &&
           (class->applicant_kind == NULL ||
            is_same(class->applicant_kind, rule->applicant_kind));
}

/* --- classes --------------------------------------------------------------------------
 */

static bool is_known_class(const Pipeline *pipeline, const char *name)
{
    const ClassDecl *class = pipeline_class(pipeline, name);
    if (class != NULL)
        return !class->is_form;
    GPtrArray *papers = pipeline->vocabulary.papers;
    for (guint i = 0; papers != NULL && i < papers->len; i++)
        if (is_same(((const PaperName *)papers->pdata[i])->name, name))
            return true;
    return false;
}

static const FieldDecl *field_decl(const ClassDecl *class, const char *key)
{
    /* a file that is no YAML has nothing in it */
    for (guint i = 0; key != NULL && class->fields != NULL && i < class->fields->len; i++)
        if (is_same(((const FieldDecl *)class->fields->pdata[i])->key, key))
            return class->fields->pdata[i];
    return NULL;
}

static void check_mentions(Loader *loader)
{
    g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < loader->classes->len; i++) {
        const ClassMention *mention = loader->classes->pdata[i];
        const char *name = mention->class_name;
        if (!is_known_class(loader->pipeline, name))
            g_ptr_array_add(
                loader->complaints,
                g_strdup_printf("%s: \"%s\" is no paper's class", mention->where, name));
        else if (pipeline_class(loader->pipeline, name) == NULL &&
                 g_hash_table_add(told, mention->class_name))
            g_ptr_array_add(loader->pipeline->remarks,
                            g_strdup_printf("%s: \"%s\" has no file under papers/: only "
                                            "a person can take a paper for it",
                                            mention->where, name));
    }
}

static bool is_mentioned(const Loader *loader, const char *name)
{
    for (guint i = 0; i < loader->classes->len; i++)
        if (is_same(((const ClassMention *)loader->classes->pdata[i])->class_name, name))
            return true;
    return false;
}

static void check_classes(Loader *loader)
{
    const GPtrArray *classes = loader->pipeline->classes;
    for (guint i = 0; i < classes->len; i++) {
        const ClassDecl *class = classes->pdata[i];
        const ClassDecl *before = i > 0 ? classes->pdata[i - 1] : NULL;
        if (before != NULL && class->name != NULL && is_same(class->name, before->name))
            add_at(loader->complaints, class->file, top, "\"%s\" is declared in %s too",
                   class->name, before->file);
        if (!class->is_form && class->name != NULL && !is_mentioned(loader, class->name))
            add_at(loader->pipeline->remarks, class->file, top,
                   "no list names \"%s\": it is never used", class->name);
    }
}

/* --- requirements ---------------------------------------------------------------------
 */

/* Why a paper of @class can never be what @decl asks for, or NULL; owned. */
static char *obstacle_of(const RequirementDecl *decl, const ClassDecl *class)
{
    static const char *const people[] = {"agent", "legal_rep", "old_legal_rep", NULL};
    const FieldDecl *holder = field_decl(class, class->holder);
    bool is_firms = holder != NULL && holder->kind == KIND_FIRM_NAME;
    bool wants_person = decl->who != NULL;
    for (int i = 0; decl->who != NULL && decl->who[i] != NULL; i++)
        wants_person &= codes_have(people, decl->who[i]);
    if (decl->who != NULL && holder == NULL)
        return g_strdup_printf("\"%s\" says of nobody whose it is", class->name);
    if (wants_person && is_firms)
        return g_strdup_printf("\"%s\" is a firm's, and \"%s\" is a person", class->name,
                               decl->who[0]);
    if (is_same(decl->about, "site") && class->location == NULL)
        return g_strdup_printf("\"%s\" names no place", class->name);
    if (is_same(decl->about, "account") && field_decl(class, "account") == NULL)
        return g_strdup_printf("\"%s\" has no field \"account\"", class->name);
    return NULL;
}

static bool is_form_field(const Pipeline *pipeline, const RuleDecl *rule, const char *key)
{
    for (guint i = 0; i < pipeline->classes->len; i++) {
        const ClassDecl *class = pipeline->classes->pdata[i];
        if (form_leads_to(class, rule) && field_decl(class, key) != NULL)
            return true;
    }
    return false;
}

/* What a paper must agree with is on the form that leads to the list. */
static void check_same_as(const Spot *spot, const OnPaperDecl *on)
{
    if (on->same_as != NULL &&
        !is_form_field(spot->loader->pipeline, spot->rule, on->same_as))
        add_at(spot->loader->complaints, spot->rule->file, on->mark,
               "requirement \"%s\": no form of this list has a field \"%s\"",
               spot->decl->id, on->same_as);
}

static void check_on_paper(const Spot *spot, const ClassDecl *class)
{
    for (guint i = 0; i < spot->decl->on_it->len; i++) {
        const OnPaperDecl *on = spot->decl->on_it->pdata[i];
        if (on->field != NULL && field_decl(class, on->field) == NULL)
            add_at(spot->loader->complaints, spot->rule->file, on->mark,
                   "requirement \"%s\": \"%s\" has no field \"%s\"", spot->decl->id,
                   class->name, on->field);
        if (on->lacks_if != NULL && field_decl(class, on->lacks_if) == NULL)
            add_at(spot->loader->complaints, spot->rule->file, on->mark,
                   "requirement \"%s\": \"%s\" has no field \"%s\"", spot->decl->id,
                   class->name, on->lacks_if);
    }
}

/* What no accepted class can fulfil is a mistake, what one of them cannot is a remark. */
static void check_requirement_met(const Spot *spot)
{
    guint obstacles = 0, classes = g_strv_length(spot->decl->any);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < classes; i++) {
        const ClassDecl *class =
            pipeline_class(spot->loader->pipeline, spot->decl->any[i]);
        if (class == NULL || class->is_form)
            continue;
        check_on_paper(spot, class);
        char *obstacle = obstacle_of(spot->decl, class);
        if (obstacle == NULL)
            continue;
        obstacles++;
        g_ptr_array_add(found, obstacle);
    }
    for (guint i = 0; i < spot->decl->on_it->len; i++)
        check_same_as(spot, spot->decl->on_it->pdata[i]);
    bool is_mistake = obstacles > 0 && obstacles == classes;
    for (guint i = 0; i < found->len; i++)
        add_at(is_mistake ? spot->loader->complaints : spot->loader->pipeline->remarks,
               spot->rule->file, spot->decl->mark,
               "requirement \"%s\" cannot be met%s: %s", spot->decl->id,
               is_mistake ? "" : " by every paper it names", (char *)found->pdata[i]);
}

/* --- lists ----------------------------------------------------------------------------
 */

static bool is_same_case(const RuleDecl *a, const RuleDecl *b)
{
    return is_same(a->service, b->service) && is_same(a->place, b->place);
}

static bool has_list(const RuleDecl *rule, const char *utility)
{
    for (guint i = 0; rule->utilities != NULL && i < rule->utilities->len; i++)
        if (is_same(((const UtilityListDecl *)rule->utilities->pdata[i])->utility,
                    utility))
            return true;
    return false;
}

/* A list that sends businesses to the enterprises' list wants one. */
static void check_business_list(const Spot *spot)
{
    const GPtrArray *rules = spot->loader->pipeline->rules;
    if (spot->list->business_papers == NULL)
        return;
    for (guint i = 0; i < rules->len; i++) {
        const RuleDecl *other = rules->pdata[i];
        if (is_same_case(other, spot->rule) &&
            is_same(other->applicant_kind, "enterprise") &&
            has_list(other, spot->list->utility))
            return;
    }
    add_at(spot->loader->complaints, spot->rule->file, spot->list->mark,
           "business_papers: there is no enterprises' list for %s", spot->list->utility);
}

/* Of two lists from one day on, pipeline_rule() takes the first. */
static void check_shadow(Loader *loader, guint index)
{
    const GPtrArray *rules = loader->pipeline->rules;
    const RuleDecl *rule = rules->pdata[index];
    for (guint i = 0; i < index; i++) {
        const RuleDecl *other = rules->pdata[i];
        if (rule->service != NULL && rule->in_force_from != NULL &&
            is_same_case(rule, other) &&
            is_same(rule->applicant_kind, other->applicant_kind) &&
            is_same(rule->in_force_from, other->in_force_from))
            add_at(loader->complaints, rule->file, rule->mark,
                   "the list is never used: %s is for the same from the same day",
                   other->file);
    }
}

static void check_form_of(Loader *loader, const RuleDecl *rule)
{
    const GPtrArray *classes = loader->pipeline->classes;
    for (guint i = 0; i < classes->len; i++)
        if (form_leads_to(classes->pdata[i], rule))
            return;
    add_at(loader->pipeline->remarks, rule->file, rule->mark,
           "no form asks for this: the list is never used");
}

static void check_rules(Loader *loader)
{
    const GPtrArray *rules = loader->pipeline->rules;
    for (guint i = 0; i < rules->len; i++) {
        const RuleDecl *rule = rules->pdata[i];
        if (rule->place != NULL && pipeline_place(loader->pipeline, rule->place) == NULL)
            add_at(loader->complaints, rule->file, rule->mark,
                   "place \"%s\" is not declared", rule->place);
        check_shadow(loader, i);
        if (rule->service != NULL)
            check_form_of(loader, rule);
        for (guint u = 0; rule->utilities != NULL && u < rule->utilities->len; u++) {
            const UtilityListDecl *list = rule->utilities->pdata[u];
            check_business_list(&(Spot){loader, rule, list, NULL});
            for (guint k = 0; k < list->requirements->len; k++) {
                const RequirementDecl *decl = list->requirements->pdata[k];
                if (decl->any != NULL)
                    check_requirement_met(&(Spot){loader, rule, list, decl});
            }
        }
    }
}

/* --- places and forms without a list --------------------------------------------------
 */

static bool place_has_list(const Pipeline *pipeline, const PlaceDecl *place,
                           const ClassDecl *form)
{
    for (guint i = 0; i < pipeline->rules->len; i++) {
        const RuleDecl *rule = pipeline->rules->pdata[i];
        if (is_same(rule->place, place->name) && form_leads_to(form, rule))
            return true;
    }
    return false;
}

static void check_places(Loader *loader)
{
    const Pipeline *pipeline = loader->pipeline;
    for (guint i = 0; i < pipeline->places->len; i++) {
        const PlaceDecl *place = pipeline->places->pdata[i];
        for (guint k = 0; k < pipeline->classes->len; k++) {
            const ClassDecl *form = pipeline->classes->pdata[k];
            if (form->is_form && form->service != NULL &&
                !place_has_list(pipeline, place, form))
                add_at(pipeline->remarks, place->file, top,
                       "no list for \"%s\" here: such cases stay for review", form->name);
        }
    }
}

void check_together(Loader *loader)
{
    check_mentions(loader);
    check_classes(loader);
    check_rules(loader);
    check_places(loader);
}
