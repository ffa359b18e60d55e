/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/verdict.c - per utility: complete, incomplete, review or deferred. */
#include "base/json.h"
#include "casework/case.h"

/* What makes every verdict of the case a review. Codes for the verdict's "reasons". */
static JsonArray *case_doubts(const Case *case_)
{
    JsonArray *doubts = json_array_new();
    const DecidedField *signature = fields_find(case_->fields, KEY_SIGNATURE);
    const Paper *form = case_->form->paper;
    if (!field_is_settled(signature) || signature->value == NULL)
        json_array_add_string_element(doubts, "signature_unsure");
    else if (!g_str_equal(signature->value, "present"))
        json_array_add_string_element(doubts, "not_signed");
    for (guint i = 0; i < form->notes->len; i++)
        if (g_str_equal(form->notes->pdata[i], "second_page_missing"))
            json_array_add_string_element(doubts, "second_page_missing");
    if (form->is_contested)
        json_array_add_string_element(doubts, "contested_form");
    if (case_->is_place_doubtful || case_->place == NULL)
        json_array_add_string_element(doubts, "place_unsure");
    for (guint i = 0; i < case_->papers->len; i++) {
        const CasePaper *paper = case_->papers->pdata[i];
        if (paper != case_->form && paper->paper->decl != NULL &&
            paper->paper->decl->is_form) {
            json_array_add_string_element(doubts, "several_forms");
            break;
        }
    }
    return doubts;
}

static const UtilityListDecl *list_of(const Case *case_, const char *utility)
{
    for (guint i = 0; case_->rule != NULL && i < case_->rule->utilities->len; i++) {
        const UtilityListDecl *list = case_->rule->utilities->pdata[i];
        if (g_str_equal(list->utility, utility))
            return list;
    }
    return NULL;
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

static JsonObject *requirement_json(const Requirement *requirement)
{
    static const char *const states[] = {"met", "unsure", "missing", "deferred"};
    const RequirementDecl *decl = requirement->decl;
    JsonObject *object = json_object_new();
    json_object_set_string_member(object, "id", decl->id);
    json_object_set_string_member(object, "state", states[requirement->state]);
    if (requirement->papers->len > 0) {
        JsonArray *papers = json_array_new();
        for (guint i = 0; i < requirement->papers->len; i++)
            json_array_add_int_element(papers,
                                       g_array_index(requirement->papers, int, i) + 1);
        json_object_set_array_member(object, "papers", papers);
    }
    if (requirement->reason != NULL)
        json_object_set_object_member(object, "reason",
                                      json_object_ref(requirement->reason));
    if (requirement->state != REQUIREMENT_MET) {
        json_object_set_array_member(
            object, "accepts", json_array_from_strv((const char *const *)decl->any));
        json_set_string(object, "text", decl->text);
    }
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

static const char *verdict_of(const JsonArray *doubts, const int counts[], guint total)
{
    if (counts[REQUIREMENT_MISSING] > 0)
        return "incomplete";
    if (counts[REQUIREMENT_UNSURE] > 0 ||
        json_array_get_length((JsonArray *)doubts) > 0 || total == 0)
        return "review";
    return (guint)counts[REQUIREMENT_DEFERRED] == total ? "deferred" : "complete";
}

static JsonObject *decide_utility(Case *case_, const char *utility)
{
    JsonArray *doubts = case_doubts(case_);
    const UtilityListDecl *list = list_of(case_, utility);
    JsonArray *requirements = json_array_new();
    int counts[4] = {0};
    guint total = list != NULL ? list->requirements->len : 0;
    for (guint i = 0; i < total; i++) {
        Requirement *requirement =
            requirement_decide(case_, utility, list->requirements->pdata[i]);
        counts[requirement->state]++;
        json_array_add_object_element(requirements, requirement_json(requirement));
        requirement_free(requirement);
    }
    if (!is_tick_sure(case_, utility))
        json_array_add_string_element(doubts, "tick_unsure");
    if (list == NULL)
        json_array_add_string_element(doubts, "no_list");
    const char *recipient = recipient_of(case_, utility);
    if (recipient == NULL)
        problem_add(case_, GRADE_NOTE, "no_recipient", "utility", utility, NULL);
    JsonObject *object = json_object_new();
    json_object_set_string_member(object, "verdict", verdict_of(doubts, counts, total));
    json_object_set_string_member(object, "delivery", "held");
    json_set_string(object, "recipient", recipient);
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
