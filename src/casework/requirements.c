/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/requirements.c - one requirement against all papers. Silence is never a yes.
 */
#include "base/json.h"
#include "casework/case.h"

void requirement_free(Requirement *requirement)
{
    if (requirement == NULL)
        return;
    g_array_unref(requirement->papers);
    g_clear_pointer(&requirement->reason, json_object_unref);
    g_free(requirement);
}

/* What one paper does for a requirement. */
typedef enum { FIT_NO, FIT_UNSURE, FIT_MET } Fit;

static Fit unsure(JsonObject **reason, JsonObject *why)
{
    *reason = why;
    return FIT_UNSURE;
}

static const DecidedField *field_of(const CasePaper *paper, const char *key)
{
    return fields_find(paper->fields, key);
}

static bool is_ownership(const CasePaper *paper)
{
    return g_strcmp0(paper->paper->decl->proves, "ownership") == 0;
}

/* An ownership paper must name the applicant: the lists speak of the applicant's own, or
 * of the 房主, and where those two differ a person looks. */
static Fit fit_owner(const Case *case_, const CasePaper *paper, JsonObject **reason)
{
    RoleState role = paper->roles[role_index("applicant")];
    const DecidedField *owner = field_of(paper, paper->paper->decl->holder);
    const DecidedField *applicant = fields_find(case_->fields, KEY_APPLICANT);
    if (role == ROLE_YES)
        return FIT_MET;
    if (role == ROLE_UNSURE || !field_is_usable(case_, owner))
        return unsure(reason, reason_new("owner_unsure", NULL));
    return unsure(reason, reason_new("owner_differs", "owner", owner->value, "applicant",
                                     applicant != NULL ? applicant->value : NULL, NULL));
}

static Fit fit_person(const Case *case_, const CasePaper *paper, const char *who,
                      JsonObject **reason)
{
    if (who == NULL)
        return FIT_MET;
    if (is_ownership(paper))
        return fit_owner(case_, paper, reason);
    int role = role_index(who);
    if (paper->roles[role] == ROLE_YES)
        return FIT_MET;
    if (paper->roles[role] == ROLE_NO)
        return FIT_NO;
    bool no_owner = g_str_equal(who, "owner") && owner_known(case_, NULL) == NULL;
    return unsure(reason,
                  reason_new(no_owner ? "no_owner_known" : "person_unsure", NULL));
}

static Fit fit_place(const Case *case_, const CasePaper *paper, JsonObject **reason)
{
    if (paper->place == SAME)
        return FIT_MET;
    const DecidedField *site = fields_find(case_->fields, KEY_SITE);
    const DecidedField *place = field_of(paper, paper->paper->decl->location);
    return unsure(reason,
                  reason_new(paper->place == DIFFERENT ? "place_differs" : "place_unsure",
                             "place", place != NULL ? place->value : NULL, "site",
                             site != NULL ? site->value : NULL, NULL));
}

/* A term that can be read and is over; one that cannot be read is only a note. */
static Fit fit_term(const Case *case_, const CasePaper *paper, JsonObject **reason)
{
    const DecidedField *end = field_of(paper, paper->paper->decl->expiry);
    if (!field_is_usable(case_, end) || !g_ascii_isdigit(*end->value) ||
        strcmp(end->value, case_->application_date) >= 0)
        return FIT_MET;
    return unsure(reason, reason_new("expired", "on", end->value, NULL));
}

static bool has_note(const Paper *paper, const char *code)
{
    for (guint i = 0; i < paper->notes->len; i++)
        if (g_str_equal(paper->notes->pdata[i], code))
            return true;
    return false;
}

static Fit fit_whole(const CasePaper *paper, const RequirementDecl *decl,
                     JsonObject **reason)
{
    if (paper->paper->is_contested)
        return unsure(reason, reason_new("contested_paper", NULL));
    /* one side of a card is enough: it has the name and the number */
    if (has_note(paper->paper, "second_page_missing") &&
        g_strcmp0(paper->paper->decl->proves, "identity") != 0)
        return unsure(reason, reason_new("second_page_missing", NULL));
    if (decl->wants_seal) /* whose seal it is cannot be read yet */
        return unsure(reason, reason_new("seal_unknown", NULL));
    return FIT_MET;
}

static bool names_class(const RequirementDecl *decl, const ClassDecl *class)
{
    return class != NULL && g_strv_contains((const char *const *)decl->any, class->name);
}

/* What contradicts another paper meets nothing until somebody has looked. */
static Fit fit_sound(const Case *case_, const CasePaper *paper, JsonObject **reason)
{
    const Contradiction *found = contradiction_of(case_, paper);
    return found == NULL
               ? FIT_MET
               : unsure(reason,
                        reason_new(found->code, "this", found->left->value, "that",
                                   found->right != NULL ? found->right->value : NULL,
                                   NULL));
}

static Fit fit_of(const Case *case_, const CasePaper *paper, const RequirementDecl *decl,
                  JsonObject **reason)
{
    if (!names_class(decl, paper->paper->decl))
        return FIT_NO;
    Fit fit = fit_person(case_, paper, decl->who, reason);
    if (fit == FIT_MET && decl->about != NULL)
        fit = fit_place(case_, paper, reason);
    if (fit == FIT_MET)
        fit = fit_term(case_, paper, reason);
    if (fit == FIT_MET)
        fit = fit_sound(case_, paper, reason);
    if (fit == FIT_MET)
        fit = fit_whole(paper, decl, reason);
    return fit;
}

/* Whether a readable paper of unknown kind may be of a class: it says one of the words of
 * such papers. A class that no file declares and no words are told of may be anything. */
static bool may_be_of_class(const Case *case_, const Paper *paper, const char *class)
{
    const char *const *words = pipeline_class_words(case_->pipeline, class);
    if (words == NULL)
        return pipeline_class(case_->pipeline, class) == NULL;
    const GPtrArray *pages = case_->input->pages;
    for (guint i = 0; i < paper->parts->len; i++) {
        int page = g_array_index(paper->parts, PaperPart, i).page;
        for (int w = 0; words[w] != NULL && page >= 0 && (guint)page < pages->len; w++)
            if (page_says(pages->pdata[page], words[w]))
                return true;
    }
    return false;
}

/* Whether @paper, which was not recognised as such, may still be what is asked for. */
static const char *may_be(const Case *case_, const CasePaper *paper,
                          const RequirementDecl *decl)
{
    const Paper *own = paper->paper;
    if (own->is_unreadable)
        return "unreadable_paper";
    for (guint i = 0; i < own->bids->len; i++) {
        const Bid *bid = own->bids->pdata[i];
        bool is_close = own->is_contested || bid->score * 2 >= bid->decl->accept_score;
        if ((own->is_contested || own->decl == NULL) && is_close &&
            names_class(decl, bid->decl))
            return "contested_paper";
    }
    if (own->decl != NULL)
        return NULL;
    for (int i = 0; decl->any[i] != NULL; i++)
        if (may_be_of_class(case_, own, decl->any[i]))
            return "unknown_paper";
    return NULL;
}

/* The reason whose text sorts first, so that the order of papers has no say. */
static void keep_reason(Requirement *requirement, JsonObject *reason)
{
    if (reason == NULL)
        return;
    if (requirement->reason == NULL) {
        requirement->reason = reason;
        return;
    }
    g_autofree char *old = json_object_text(requirement->reason);
    g_autofree char *new = json_object_text(reason);
    if (strcmp(new, old) < 0) {
        json_object_unref(requirement->reason);
        requirement->reason = reason;
    } else {
        json_object_unref(reason);
    }
}

static void collect_fits(const Case *case_, Requirement *requirement, Fit wanted)
{
    for (guint i = 0; i < case_->papers->len; i++) {
        const CasePaper *paper = case_->papers->pdata[i];
        JsonObject *reason = NULL;
        if (fit_of(case_, paper, requirement->decl, &reason) == wanted)
            g_array_append_val(requirement->papers, paper->index);
        if (wanted == FIT_UNSURE)
            keep_reason(requirement, reason);
        else if (reason != NULL)
            json_object_unref(reason);
    }
}

static void collect_maybes(const Case *case_, Requirement *requirement)
{
    for (guint i = 0; i < case_->papers->len; i++) {
        const CasePaper *paper = case_->papers->pdata[i];
        const char *code = may_be(case_, paper, requirement->decl);
        if (code == NULL)
            continue;
        g_array_append_val(requirement->papers, paper->index);
        keep_reason(requirement, reason_new(code, NULL));
    }
    if (requirement->papers->len == 0 && case_->has_lost_pages)
        keep_reason(requirement, reason_new("page_failed", NULL));
}

/* A person's acceptance names the paper by its number in the case. */
static bool apply_acceptance(const Case *case_, const char *utility,
                             Requirement *requirement)
{
    g_autofree char *key = g_strdup_printf("%s/%s", utility, requirement->decl->id);
    const Correction *accepted = corrections_find(case_, key);
    if (accepted == NULL)
        return false;
    int paper = accepted->value != NULL ? atoi(accepted->value) - 1 : -1;
    if (paper >= 0 && (guint)paper < case_->papers->len)
        g_array_append_val(requirement->papers, paper);
    requirement->by = accepted;
    requirement->state = REQUIREMENT_MET;
    return true;
}

Requirement *requirement_decide(const Case *case_, const char *utility,
                                const RequirementDecl *decl)
{
    Requirement *requirement = g_new0(Requirement, 1);
    requirement->decl = decl;
    requirement->papers = g_array_new(FALSE, FALSE, sizeof(int));
    if (!apply_acceptance(case_, utility, requirement)) {
        collect_fits(case_, requirement, FIT_MET);
        requirement->state = REQUIREMENT_MET;
        if (requirement->papers->len == 0) {
            collect_fits(case_, requirement, FIT_UNSURE);
            if (requirement->papers->len == 0)
                collect_maybes(case_, requirement);
            requirement->state =
                requirement->reason != NULL ? REQUIREMENT_UNSURE : REQUIREMENT_MISSING;
        }
    }
    if (decl->is_deferred) {
        if (requirement->state != REQUIREMENT_MET)
            g_array_set_size(requirement->papers, 0);
        requirement->state = REQUIREMENT_DEFERRED;
        g_clear_pointer(&requirement->reason, json_object_unref);
    }
    return requirement;
}
