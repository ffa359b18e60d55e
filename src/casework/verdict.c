/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/verdict.c - per utility: complete, incomplete, review or deferred. */
#include "base/json.h"
#include "casework/case.h"

/* Whether the form is signed: a person signs, a firm may seal instead. NULL: it is; else
 * the code of the doubt. */
static const char *signature_doubt(const Case *case_)
{
    const DecidedField *marks[] = {fields_find(case_->fields, KEY_SIGNATURE),
                                   fields_find(case_->fields, KEY_SEAL)};
    bool is_unsure = marks[0] == NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (marks[i] == NULL)
            continue;
        bool is_settled = field_is_settled(marks[i]) && marks[i]->value != NULL;
        if (is_settled && g_str_equal(marks[i]->value, "present"))
            return NULL;
        is_unsure |= !is_settled;
    }
    return is_unsure ? "signature_unsure" : "not_signed";
}

/* What makes every verdict of the case a review. Codes for the verdict's "reasons". */
static JsonArray *case_doubts(const Case *case_)
{
    JsonArray *doubts = json_array_new();
    const char *unsigned_code = signature_doubt(case_);
    const Paper *form = case_->form->paper;
    if (unsigned_code != NULL)
        json_array_add_string_element(doubts, unsigned_code);
    for (guint i = 0; i < form->notes->len; i++)
        if (g_str_equal(form->notes->pdata[i], "second_page_missing"))
            json_array_add_string_element(doubts, "second_page_missing");
    if (form->is_contested)
        json_array_add_string_element(doubts, "contested_form");
    if (case_->is_place_doubtful || case_->place == NULL)
        json_array_add_string_element(doubts, "place_unsure");
    if (case_->is_kind_doubtful)
        json_array_add_string_element(doubts, "kind_unsure");
    for (guint i = 0; i < case_->papers->len; i++) {
        const CasePaper *paper = case_->papers->pdata[i];
        if (paper != case_->form && !paper->is_again && paper->paper->decl != NULL &&
            paper->paper->decl->is_form) {
            json_array_add_string_element(doubts, "several_forms");
            break;
        }
    }
    return doubts;
}

static const char *recipient_of(const Case *case_, const char *utility)
{
    for (guint i = 0; case_->place != NULL && i < case_->place->recipients->len; i++) {
        const RecipientDecl *recipient = case_->place->recipients->pdata[i];
        if (g_str_equal(recipient->utility, utility))
            return recipient->recipient;
    }
    return NULL;
}

static void set_texts(JsonObject *object, const char *member, GStrv texts)
{
    if (texts != NULL)
        json_object_set_array_member(object, member,
                                     json_array_from_strv((const char *const *)texts));
}

/* What the list asks for, in its own words; the notice and the counter need it. */
static void add_wanted(JsonObject *object, const Requirement *requirement)
{
    const RequirementDecl *decl = requirement->decl;
    if (requirement->state != REQUIREMENT_MET)
        set_texts(object, "accepts", decl->any);
    json_set_string(object, "text", decl->text);
    set_texts(object, "original", decl->original);
    set_texts(object, "copy", decl->copy);
    if (decl->is_open_ended && requirement->state != REQUIREMENT_MET)
        json_object_set_boolean_member(object, "open_ended", TRUE);
    if (decl->advice != NULL)
        json_set_string(object, "advice", decl->advice);
}

static JsonArray *paper_numbers(const Requirement *requirement)
{
    JsonArray *papers = json_array_new();
    for (guint i = 0; i < requirement->papers->len; i++)
        json_array_add_int_element(papers,
                                   g_array_index(requirement->papers, int, i) + 1);
    return papers;
}

static JsonObject *requirement_json(const Requirement *requirement)
{
    JsonObject *object = json_object_new();
    json_object_set_string_member(object, "id", requirement->decl->id);
    json_object_set_string_member(object, "state",
                                  requirement_state_name(requirement->state));
    if (requirement->decl->is_deferred)
        json_object_set_string_member(object, "so_far",
                                      requirement_state_name(requirement->so_far));
    if (requirement->papers->len > 0)
        json_object_set_array_member(object, "papers", paper_numbers(requirement));
    if (requirement->reason != NULL)
        json_object_set_object_member(object, "reason",
                                      json_object_ref(requirement->reason));
    if (requirement->is_term_unknown)
        json_object_set_string_member(object, "note", "term_unknown");
    add_wanted(object, requirement);
    if (requirement->by != NULL) {
        JsonObject *by = json_object_new();
        json_set_string(by, "person", requirement->by->by);
        json_set_string(by, "reason", requirement->by->reason);
        json_set_string(by, "at", requirement->by->at);
        json_object_set_object_member(object, "by", by);
    }
    return object;
}

/* The tick that asks for @utility, as "is it sure". */
static bool is_tick_sure(const Case *case_, const char *utility)
{
    const DecidedField *asked = fields_find(case_->fields, KEY_UTILITIES);
    if (field_is_settled(asked))
        return true;
    GStrv unsure = asked->source != NULL ? asked->source->unsure : NULL;
    /* another utility's doubtful tick is no doubt about this one */
    return g_strcmp0(asked->problem, "unsure_tick") == 0 &&
           !(unsure != NULL && g_strv_contains((const char *const *)unsure, utility));
}

/* Whether the form offers @utility in a place that was not found: it may be ticked. */
static bool may_be_asked(const DecidedField *asked, const char *utility)
{
    const PaperField *source = asked->source;
    if (asked->state != FIELD_REVIEW || source == NULL || source->is_found)
        return false;
    for (guint i = 0; i < source->decl->options->len; i++)
        if (strcmp(((OptionDecl *)source->decl->options->pdata[i])->code, utility) == 0)
            return true;
    return false;
}

static bool is_asked(const Case *case_, const char *utility)
{
    const DecidedField *asked = fields_find(case_->fields, KEY_UTILITIES);
    if (asked == NULL)
        return false;
    if (may_be_asked(asked, utility))
        return true;
    GStrv unsure = asked->state != FIELD_CONFIRMED && asked->source != NULL
                       ? asked->source->unsure
                       : NULL;
    return (asked->values != NULL &&
            g_strv_contains((const char *const *)asked->values, utility)) ||
           (unsure != NULL && g_strv_contains((const char *const *)unsure, utility));
}

/* What no list asks for is not surely missing: @is_list_sure. */
static const char *verdict_of(const JsonArray *doubts, const int counts[], guint total,
                              bool is_list_sure)
{
    if (counts[REQUIREMENT_MISSING] > 0 && is_list_sure)
        return "incomplete";
    if (counts[REQUIREMENT_MISSING] > 0 || counts[REQUIREMENT_UNSURE] > 0 ||
        json_array_get_length((JsonArray *)doubts) > 0 || total == 0)
        return "review";
    return (guint)counts[REQUIREMENT_DEFERRED] == total ? "deferred" : "complete";
}

/* Decides every requirement of @list. @counts: out, by state */
static JsonArray *decide_list(Case *case_, const char *utility,
                              const UtilityListDecl *list, int counts[])
{
    JsonArray *requirements = json_array_new();
    for (guint i = 0; list != NULL && i < list->requirements->len; i++) {
        Requirement *requirement =
            requirement_decide(case_, utility, list->requirements->pdata[i]);
        counts[requirement->state]++;
        json_array_add_object_element(requirements, requirement_json(requirement));
        requirement_free(requirement);
    }
    return requirements;
}

static JsonObject *decide_utility(Case *case_, const char *utility)
{
    bool is_use_doubtful = false;
    int counts[REQUIREMENT_STATES] = {0};
    JsonArray *doubts = case_doubts(case_);
    const RuleDecl *rule = rule_of_utility(case_, utility, &is_use_doubtful);
    const UtilityListDecl *list = list_of_rule(rule, utility);
    JsonArray *requirements = decide_list(case_, utility, list, counts);
    guint total = list != NULL ? list->requirements->len : 0;
    if (!is_tick_sure(case_, utility))
        json_array_add_string_element(doubts, "tick_unsure");
    if (list == NULL)
        json_array_add_string_element(doubts, "no_list");
    if (is_use_doubtful)
        json_array_add_string_element(doubts, "use_unsure");
    const char *recipient = recipient_of(case_, utility);
    if (recipient == NULL)
        problem_add(case_, GRADE_NOTE, "no_recipient", "utility", utility, NULL);
    JsonObject *object = json_object_new();
    json_object_set_string_member(
        object, "verdict",
        verdict_of(doubts, counts, total, !is_use_doubtful && !case_->is_kind_doubtful));
    json_object_set_string_member(object, "delivery", "held");
    json_set_string(object, "recipient", recipient);
    if (rule != case_->rule) /* by use: the enterprises' list for an individual's shop */
        json_set_string(object, "list_kind", rule->applicant_kind);
    json_object_set_array_member(object, "requirements", requirements);
    if (json_array_get_length(doubts) > 0)
        json_object_set_array_member(object, "doubts", doubts);
    else
        json_array_unref(doubts);
    return object;
}

JsonObject *verdicts_decide(Case *case_)
{
    JsonObject *utilities = json_object_new();
    if (case_->form == NULL)
        return utilities;
    for (int i = 0; utility_codes[i] != NULL; i++)
        if (is_asked(case_, utility_codes[i]))
            json_object_set_object_member(utilities, utility_codes[i],
                                          decide_utility(case_, utility_codes[i]));
    if (json_object_get_size(utilities) == 0)
        problem_add(case_, GRADE_REVIEW, "no_utilities", NULL);
    return utilities;
}
