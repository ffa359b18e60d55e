/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pipeline/declarations.c - what every file under pipelines/ may say: the tables. */
#include "pipeline/shape.h"

#define IN(type, member) .offset = offsetof(type, member)
#define REQUIRED .is_required = true

static const char *const sides[] = {"front", "back", NULL};
static const char *const proofs[] = {"identity", "ownership", NULL};
static const char *const presences[] = {"signature", "seal", NULL};
static const char *const abouts[] = {"site", "account", NULL};
#define MARKED(type) .has_mark = true, .mark_offset = offsetof(type, mark)

/* --- forms and papers --------------------------------------------------------------- */

static const Param option_params[] = {
    {"code", PARAM_TEXT, IN(OptionDecl, code), REQUIRED},
    {"labels", PARAM_TEXTS, IN(OptionDecl, labels), REQUIRED},
    {NULL},
};
static const Shape option_shape = {
    .what = "option",
    .size = sizeof(OptionDecl),
    .params = option_params,
    .unique = "code",
};

/* "role:field" with a role of the vocabulary. */
static bool is_confirmation(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, ":", 2);
    return g_strv_length(parts) == 2 && *parts[1] != '\0' &&
           g_strv_contains(role_codes, parts[0]);
}

static void check_field(Loader *loader, const yaml_node_t *node, void *item)
{
    const FieldDecl *field = item;
    bool is_choice = field->kind == KIND_CHOICE_ONE || field->kind == KIND_CHOICE_MANY;
    if (is_choice && field->options->len == 0)
        complain(loader, node, "field \"%s\": a choice wants options", field->key);
    if (!is_choice && field->options->len > 0)
        complain(loader, shape_member(loader, node, "options"),
                 "field \"%s\": only a choice has options", field->key);
    if (field->of != NULL && field->kind != KIND_PRESENCE)
        complain(loader, shape_member(loader, node, "of"),
                 "field \"%s\": only presence is of something", field->key);
    if (field->place == PLACE_TABLE && field->row_labels == NULL)
        complain(loader, node, "field \"%s\": place table wants rows", field->key);
    if (field->place == PLACE_PAGE && field->pattern == NULL && field->labels == NULL)
        complain(loader, node, "field \"%s\": place page wants a pattern", field->key);
    if (field->place != PLACE_PAGE && field->labels == NULL && field->finds == NULL)
        complain(loader, node, "field \"%s\": labels are missing", field->key);
    if (field->confirmed_by != NULL && !is_confirmation(field->confirmed_by))
        complain(loader, shape_member(loader, node, "confirmed_by"),
                 "field \"%s\": \"%s\" is no role:field", field->key,
                 field->confirmed_by);
    if ((field->agrees_with == NULL) != (field->agrees_on == NULL))
        complain(loader, node, "field \"%s\": agrees_with wants agrees_on, and that it",
                 field->key);
    if (field->max_lines != 0 && field->max_lines < field->min_lines)
        complain(loader, shape_member(loader, node, "max_lines"),
                 "field \"%s\": max_lines is below min_lines", field->key);
}

static const Param field_params[] = {
    {"key", PARAM_TEXT, IN(FieldDecl, key), REQUIRED},
    {"kind", PARAM_KIND, IN(FieldDecl, kind), REQUIRED},
    {"labels", PARAM_TEXTS, IN(FieldDecl, labels)},
    {"rows", PARAM_TEXTS, IN(FieldDecl, row_labels)},
    {"section", PARAM_TEXT, IN(FieldDecl, section)},
    {"place", PARAM_PLACE, IN(FieldDecl, place)},
    {"side", PARAM_CODE, IN(FieldDecl, side), .codes = sides},
    {"of", PARAM_CODE, IN(FieldDecl, of), .codes = presences},
    {"options", PARAM_LIST, IN(FieldDecl, options), .shape = &option_shape},
    {"units", PARAM_TEXTS, IN(FieldDecl, units)},
    {"hints", PARAM_TEXTS, IN(FieldDecl, hints)},
    {"stop", PARAM_TEXTS, IN(FieldDecl, stop_labels)},
    {"pattern", PARAM_PATTERN, IN(FieldDecl, pattern)},
    {"find", PARAM_PATTERNS, IN(FieldDecl, finds)},
    {"min_lines", PARAM_INTEGER, IN(FieldDecl, min_lines), .min = 0, .max = 40},
    {"max_lines", PARAM_INTEGER, IN(FieldDecl, max_lines), .min = 1, .max = 40},
    {"required", PARAM_FLAG, IN(FieldDecl, is_required)},
    {"required_by", PARAM_CODES, IN(FieldDecl, required_by), .codes = utility_codes},
    {"agrees_with", PARAM_TEXT, IN(FieldDecl, agrees_with)},
    {"agrees_on", PARAM_PATTERN, IN(FieldDecl, agrees_on)},
    {"confirmed_by", PARAM_TEXT, IN(FieldDecl, confirmed_by)},
    {NULL},
};
static const Shape field_shape = {
    .what = "field",
    .size = sizeof(FieldDecl),
    .params = field_params,
    .unique = "key",
    .check = check_field,
};

static const Param cue_params[] = {
    {"texts", PARAM_TEXTS, IN(CueDecl, texts)},
    {"lines", PARAM_PATTERNS, IN(CueDecl, lines)},
    {"weight", PARAM_NUMBER, IN(CueDecl, weight), REQUIRED, .min = 0.1, .max = 100},
    {"title", PARAM_FLAG, IN(CueDecl, is_title)},
    {NULL},
};
static void check_cue(Loader *loader, const yaml_node_t *node, void *item)
{
    const CueDecl *cue = item;
    if (cue->texts == NULL && cue->lines == NULL)
        complain(loader, node, "a cue wants texts or lines");
}

static const Shape cue_shape = {
    .what = "cue",
    .size = sizeof(CueDecl),
    .params = cue_params,
    .check = check_cue,
};

static const Param section_params[] = {
    {"id", PARAM_TEXT, IN(SectionDecl, id), REQUIRED},
    {"headings", PARAM_TEXTS, IN(SectionDecl, headings)},
    {NULL},
};
static const Shape section_shape = {
    .what = "section",
    .size = sizeof(SectionDecl),
    .params = section_params,
    .unique = "id",
};

static bool has_field(const ClassDecl *class, const char *key)
{
    for (guint i = 0; i < class->fields->len; i++)
        if (g_strcmp0(((const FieldDecl *)class->fields->pdata[i])->key, key) == 0)
            return true;
    return false;
}

static void check_sections(Loader *loader, const yaml_node_t *node,
                           const ClassDecl *class)
{
    const yaml_node_t *fields = shape_member(loader, node, "fields");
    for (guint i = 0; i < class->fields->len; i++) {
        const FieldDecl *field = class->fields->pdata[i];
        bool is_known = field->section == NULL;
        for (guint k = 0; k < class->sections->len && !is_known; k++)
            is_known = g_str_equal(((const SectionDecl *)class->sections->pdata[k])->id,
                                   field->section);
        if (!is_known)
            complain(loader,
                     yaml_document_get_node(loader->document,
                                            fields->data.sequence.items.start[i]),
                     "field \"%s\": unknown section \"%s\"", field->key, field->section);
    }
}

static void check_class(Loader *loader, const yaml_node_t *node, void *item)
{
    const ClassDecl *class = item;
    check_sections(loader, node, class);
    const struct {
        const char *key, *field;
    } named[] = {{"holder", class->holder},
                 {"holder_id", class->holder_id},
                 {"location", class->location},
                 {"expiry", class->expiry}};
    for (size_t i = 0; i < G_N_ELEMENTS(named); i++)
        if (named[i].field != NULL && !has_field(class, named[i].field))
            complain(loader, shape_member(loader, node, named[i].key),
                     "%s: there is no field \"%s\"", named[i].key, named[i].field);
    for (guint i = 0; i < class->fields->len; i++) {
        const FieldDecl *field = class->fields->pdata[i];
        if (field->agrees_with != NULL && !has_field(class, field->agrees_with))
            complain(loader, shape_member(loader, node, "fields"),
                     "field \"%s\": agrees_with: there is no field \"%s\"", field->key,
                     field->agrees_with);
    }
}

static const Param class_params[] = {
    {"name", PARAM_TEXT, IN(ClassDecl, name), REQUIRED},
    {"title", PARAM_TEXT, IN(ClassDecl, title), REQUIRED},
    {"service", PARAM_CODE, IN(ClassDecl, service), .codes = service_codes},
    {"applicant_kind", PARAM_CODE, IN(ClassDecl, applicant_kind),
     .codes = applicant_kind_codes},
    {"max_pages", PARAM_INTEGER, IN(ClassDecl, max_pages), REQUIRED, .min = 1,
     .max = 500},
    {"names_again", PARAM_FLAG, IN(ClassDecl, names_again)},
    {"card", PARAM_FLAG, IN(ClassDecl, is_card)},
    {"accept_score", PARAM_NUMBER, IN(ClassDecl, accept_score), REQUIRED, .min = 1,
     .max = 100},
    {"margin", PARAM_NUMBER, IN(ClassDecl, margin), REQUIRED, .min = 0, .max = 100},
    {"cues", PARAM_LIST, IN(ClassDecl, cues), REQUIRED, .shape = &cue_shape},
    {"against", PARAM_LIST, IN(ClassDecl, against), .shape = &cue_shape},
    {"further", PARAM_LIST, IN(ClassDecl, further), .shape = &cue_shape},
    {"sections", PARAM_LIST, IN(ClassDecl, sections), .shape = &section_shape},
    {"notes", PARAM_TEXTS, IN(ClassDecl, notes)},
    {"other_labels", PARAM_TEXTS, IN(ClassDecl, other_labels)},
    {"fields", PARAM_LIST, IN(ClassDecl, fields), REQUIRED, .shape = &field_shape},
    {"proves", PARAM_CODE, IN(ClassDecl, proves), .codes = proofs},
    {"holder", PARAM_TEXT, IN(ClassDecl, holder)},
    {"holder_id", PARAM_TEXT, IN(ClassDecl, holder_id)},
    {"location", PARAM_TEXT, IN(ClassDecl, location)},
    {"expiry", PARAM_TEXT, IN(ClassDecl, expiry)},
    {NULL},
};
const Shape class_shape = {
    .what = "paper",
    .size = sizeof(ClassDecl),
    .params = class_params,
    .check = check_class,
};

/* --- rules ----------------------------------------------------------------------------
 */

static const Param on_paper_params[] = {
    {"field", PARAM_TEXT, IN(OnPaperDecl, field), REQUIRED},
    {"text", PARAM_TEXT, IN(OnPaperDecl, text), REQUIRED},
    {"pattern", PARAM_PATTERN, IN(OnPaperDecl, pattern)},
    {"same_as", PARAM_TEXT, IN(OnPaperDecl, same_as)},
    {"lacks_if", PARAM_TEXT, IN(OnPaperDecl, lacks_if)},
    {NULL},
};
static const Shape on_paper_shape = {
    .what = "on_it",
    .size = sizeof(OnPaperDecl),
    .params = on_paper_params,
    .unique = "field",
    MARKED(OnPaperDecl),
};

/* Lists of classes that say something of those in "any". */
static void check_among(Loader *loader, const yaml_node_t *node, const char *key,
                        const RequirementDecl *decl, GStrv classes)
{
    for (int i = 0; classes != NULL && classes[i] != NULL; i++)
        if (!codes_have((const char *const *)decl->any, classes[i]))
            complain(loader, shape_member(loader, node, key),
                     "%s: \"%s\" is not among any", key, classes[i]);
}

static void check_requirement(Loader *loader, const yaml_node_t *node, void *item)
{
    const RequirementDecl *decl = item;
    check_among(loader, node, "original", decl, decl->original);
    check_among(loader, node, "copy", decl, decl->copy);
    check_among(loader, node, "by_person", decl, decl->by_person);
    if (decl->by_person != NULL &&
        g_strv_length(decl->by_person) >= g_strv_length(decl->any))
        complain(loader, shape_member(loader, node, "by_person"),
                 "requirement \"%s\" cannot be met: by_person has all of any", decl->id);
    if (decl->is_deferred && decl->is_precondition)
        complain(
            loader, shape_member(loader, node, "precondition"),
            "requirement \"%s\" is deferred: that it is a precondition is never used",
            decl->id);
    for (int i = 0; decl->any[i] != NULL; i++)
        if (codes_have((const char *const *)decl->any + i + 1, decl->any[i]))
            complain(loader, shape_member(loader, node, "any"),
                     "any: \"%s\" is there twice", decl->any[i]);
}

static const Param requirement_params[] = {
    {"id", PARAM_TEXT, IN(RequirementDecl, id), REQUIRED},
    {"text", PARAM_TEXT, IN(RequirementDecl, text), REQUIRED},
    {"any", PARAM_CLASSES, IN(RequirementDecl, any), REQUIRED},
    {"by_person", PARAM_CLASSES, IN(RequirementDecl, by_person)},
    {"who", PARAM_CODES, IN(RequirementDecl, who), .codes = role_codes},
    {"about", PARAM_CODE, IN(RequirementDecl, about), .codes = abouts},
    {"on_it", PARAM_LIST, IN(RequirementDecl, on_it), .shape = &on_paper_shape},
    {"seal", PARAM_FLAG, IN(RequirementDecl, wants_seal)},
    {"in_force", PARAM_FLAG, IN(RequirementDecl, wants_in_force)},
    {"open_ended", PARAM_FLAG, IN(RequirementDecl, is_open_ended)},
    {"deferred", PARAM_FLAG, IN(RequirementDecl, is_deferred)},
    {"precondition", PARAM_FLAG, IN(RequirementDecl, is_precondition)},
    {"original", PARAM_CLASSES, IN(RequirementDecl, original)},
    {"copy", PARAM_CLASSES, IN(RequirementDecl, copy)},
    {"advice", PARAM_TEXT, IN(RequirementDecl, advice)},
    {NULL},
};
static const Shape requirement_shape = {
    .what = "requirement",
    .size = sizeof(RequirementDecl),
    .params = requirement_params,
    .unique = "id",
    .check = check_requirement,
    MARKED(RequirementDecl),
};

static const Param list_params[] = {
    {"utility", PARAM_CODE, IN(UtilityListDecl, utility), REQUIRED,
     .codes = utility_codes},
    {"requirements", PARAM_LIST, IN(UtilityListDecl, requirements), REQUIRED,
     .shape = &requirement_shape},
    {"business_papers", PARAM_CLASSES, IN(UtilityListDecl, business_papers)},
    {NULL},
};
static const Shape list_shape = {
    .what = "utility",
    .size = sizeof(UtilityListDecl),
    .params = list_params,
    .unique = "utility",
    MARKED(UtilityListDecl),
};

static int utility_order(gconstpointer a, gconstpointer b)
{
    const UtilityListDecl *const *left = a, *const *right = b;
    int place[2] = {0, 0};
    for (int i = 0; utility_codes[i] != NULL; i++) {
        if (g_strcmp0(utility_codes[i], (*left)->utility) == 0)
            place[0] = i;
        if (g_strcmp0(utility_codes[i], (*right)->utility) == 0)
            place[1] = i;
    }
    return place[0] - place[1];
}

static void check_rule(Loader *loader, const yaml_node_t *node, void *item)
{
    RuleDecl *rule = item;
    for (guint i = 0; i < rule->utilities->len; i++) {
        const UtilityListDecl *list = rule->utilities->pdata[i];
        if (list->business_papers != NULL &&
            !g_str_equal(rule->applicant_kind, "individual"))
            complain(loader, node,
                     "business_papers of %s are never used: the list is for enterprises",
                     list->utility);
    }
    if (rule->in_force_to != NULL && strcmp(rule->in_force_to, rule->in_force_from) < 0)
        complain(loader, shape_member(loader, node, "in_force_to"),
                 "in_force_to is before in_force_from");
    g_ptr_array_sort(rule->utilities, utility_order);
}

static const Param rule_params[] = {
    {"name", PARAM_TEXT, IN(RuleDecl, name), REQUIRED},
    {"service", PARAM_CODE, IN(RuleDecl, service), REQUIRED, .codes = service_codes},
    {"applicant_kind", PARAM_CODE, IN(RuleDecl, applicant_kind), REQUIRED,
     .codes = applicant_kind_codes},
    {"place", PARAM_TEXT, IN(RuleDecl, place), REQUIRED},
    {"document", PARAM_TEXT, IN(RuleDecl, document), REQUIRED},
    {"in_force_from", PARAM_DATE, IN(RuleDecl, in_force_from), REQUIRED},
    {"in_force_to", PARAM_DATE, IN(RuleDecl, in_force_to)},
    {"assumption", PARAM_TEXT, IN(RuleDecl, assumption)},
    {"utilities", PARAM_LIST, IN(RuleDecl, utilities), REQUIRED, .shape = &list_shape},
    {NULL},
};
const Shape rule_shape = {
    .what = "rule",
    .size = sizeof(RuleDecl),
    .params = rule_params,
    .check = check_rule,
    MARKED(RuleDecl),
};

/* --- places, thresholds, vocabulary ---------------------------------------------------
 */

static const Param recipient_params[] = {
    {"utility", PARAM_CODE, IN(RecipientDecl, utility), REQUIRED, .codes = utility_codes},
    {"recipient", PARAM_TEXT, IN(RecipientDecl, recipient)},
    {"whole_pages", PARAM_FLAG, IN(RecipientDecl, whole_pages)},
    {NULL},
};
static const Shape recipient_shape = {
    .what = "recipient",
    .size = sizeof(RecipientDecl),
    .params = recipient_params,
    .unique = "utility",
};

static const Param place_params[] = {
    {"name", PARAM_TEXT, IN(PlaceDecl, name), REQUIRED},
    {"title", PARAM_TEXT, IN(PlaceDecl, title), REQUIRED},
    {"districts", PARAM_TEXTS, IN(PlaceDecl, districts), REQUIRED},
    {"elsewhere", PARAM_TEXTS, IN(PlaceDecl, elsewhere)},
    {"cues", PARAM_TEXTS, IN(PlaceDecl, cues)},
    {"recipients", PARAM_LIST, IN(PlaceDecl, recipients), REQUIRED,
     .shape = &recipient_shape},
    {NULL},
};
const Shape place_shape = {
    .what = "place",
    .size = sizeof(PlaceDecl),
    .params = place_params,
};

#define SHARE .min = 0, .max = 1
static const Param kind_threshold_params[] = {
    {"kind", PARAM_KIND, IN(KindThresholds, kind), REQUIRED},
    {"accept", PARAM_NUMBER, IN(KindThresholds, values.accept_confidence), REQUIRED,
     SHARE},
    {"agree", PARAM_NUMBER, IN(KindThresholds, values.agree_confidence), REQUIRED, SHARE},
    {"weakest", PARAM_NUMBER, IN(KindThresholds, values.weakest_confidence), REQUIRED,
     SHARE},
    {NULL},
};
static const Shape kind_threshold_shape = {
    .what = "kind",
    .size = sizeof(KindThresholds),
    .params = kind_threshold_params,
};

static void check_thresholds(Loader *loader, const yaml_node_t *node, void *item)
{
    const ThresholdsFile *file = item;
    bool seen[KIND_COUNT] = {false};
    for (guint i = 0; i < file->kinds->len; i++) {
        FieldKind kind = ((const KindThresholds *)file->kinds->pdata[i])->kind;
        if (seen[kind])
            complain(loader, shape_member(loader, node, "kinds"),
                     "kind \"%s\" is there twice", field_kind_name(kind));
        seen[kind] = true;
    }
}

static const Param thresholds_params[] = {
    {"promise", PARAM_NUMBER, IN(ThresholdsFile, promise), SHARE},
    {"accept", PARAM_NUMBER, IN(ThresholdsFile, values.accept_confidence), REQUIRED,
     SHARE},
    {"agree", PARAM_NUMBER, IN(ThresholdsFile, values.agree_confidence), REQUIRED, SHARE},
    {"weakest", PARAM_NUMBER, IN(ThresholdsFile, values.weakest_confidence), REQUIRED,
     SHARE},
    {"kinds", PARAM_LIST, IN(ThresholdsFile, kinds), .shape = &kind_threshold_shape},
    {NULL},
};
const Shape thresholds_shape = {
    .what = "thresholds",
    .size = sizeof(ThresholdsFile),
    .params = thresholds_params,
    .check = check_thresholds,
};

static const Param paper_name_params[] = {
    {"name", PARAM_TEXT, IN(PaperName, name), REQUIRED},
    {"title", PARAM_TEXT, IN(PaperName, title), REQUIRED},
    {"words", PARAM_TEXTS, IN(PaperName, words)},
    {"about", PARAM_TEXTS, IN(PaperName, about)},
    {NULL},
};
static const Shape paper_name_shape = {
    .what = "paper",
    .size = sizeof(PaperName),
    .params = paper_name_params,
    .unique = "name",
};
static const Param vocabulary_params[] = {
    {"papers", PARAM_LIST, IN(VocabularyFile, papers), REQUIRED,
     .shape = &paper_name_shape},
    {NULL},
};
const Shape vocabulary_shape = {
    .what = "vocabulary",
    .size = sizeof(VocabularyFile),
    .params = vocabulary_params,
};
