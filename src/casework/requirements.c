/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/requirements.c - one requirement against all papers. */
#include "base/json.h"
#include "casework/fit.h"

void requirement_free(Requirement *requirement)
{
    if (requirement == NULL)
        return;
    g_array_unref(requirement->papers);
    g_clear_pointer(&requirement->reason, json_object_unref);
    g_free(requirement);
}

const char *requirement_state_name(RequirementState state)
{
    static const char *const names[REQUIREMENT_STATES] = {
        [REQUIREMENT_MET] = "met",
        [REQUIREMENT_UNSURE] = "unsure",
        [REQUIREMENT_MISSING] = "missing",
        [REQUIREMENT_DEFERRED] = "deferred",
        [REQUIREMENT_TO_CONFIRM] = "to_confirm",
    };
    return names[state];
}

static bool paper_says_any(const Case *case_, const Paper *paper,
                           const char *const *words)
{
    const GPtrArray *pages = case_->input->pages;
    for (guint i = 0; i < paper->parts->len; i++) {
        int page = g_array_index(paper->parts, PaperPart, i).page;
        for (int w = 0; words[w] != NULL && page >= 0 && (guint)page < pages->len; w++)
            if (page_says(pages->pdata[page], words[w]))
                return true;
    }
    return false;
}

/* Whether a readable paper of unknown kind may be of a class: it says one of the words of
 * such papers, and what they are about. A class that no file declares and no words are
 * told of may be anything. */
static bool may_be_of_class(const Case *case_, const Paper *paper, const char *class)
{
    const char *const *words = pipeline_class_words(case_->pipeline, class);
    const char *const *about = pipeline_class_about(case_->pipeline, class);
    if (words == NULL)
        return pipeline_class(case_->pipeline, class) == NULL;
    return paper_says_any(case_, paper, words) &&
           (about == NULL || paper_says_any(case_, paper, about));
}

/* Whether @paper, which was not recognised as such, may still be one of @classes. */
static const char *may_be(const Case *case_, const CasePaper *paper, GStrv classes)
{
    const Paper *own = paper->paper;
    if (own->is_unreadable)
        return "unreadable_paper";
    for (guint i = 0; i < own->bids->len; i++) {
        const Bid *bid = own->bids->pdata[i];
        bool is_close = own->is_contested || bid->score * 2 >= bid->decl->accept_score;
        if ((own->is_contested || own->decl == NULL) && is_close &&
            codes_have((const char *const *)classes, bid->decl->name))
            return "contested_paper";
    }
    if (own->decl != NULL)
        return NULL;
    for (int i = 0; classes[i] != NULL; i++)
        if (may_be_of_class(case_, own, classes[i]))
            return "unknown_paper";
    return NULL;
}

bool case_may_hide(const Case *case_, GStrv classes)
{
    if (case_->has_lost_pages)
        return true;
    for (guint i = 0; i < case_->papers->len; i++)
        if (may_be(case_, case_->papers->pdata[i], classes) != NULL)
            return true;
    return false;
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

/* Returns: the papers that fit as @wanted, with the reason of the first in order. */
static void collect_fits(const Case *case_, const char *utility, Requirement *requirement,
                         Fit wanted)
{
    for (guint i = 0; i < case_->papers->len; i++) {
        const CasePaper *paper = case_->papers->pdata[i];
        Trial trial = {case_, utility, requirement->decl, paper, NULL};
        if (fit_of(&trial) != wanted) {
            g_clear_pointer(&trial.reason, json_object_unref);
            continue;
        }
        g_array_append_val(requirement->papers, paper->index);
        keep_reason(requirement, trial.reason);
        if (wanted == FIT_MET && requirement->decl->wants_in_force)
            requirement->is_term_unknown |= !fit_is_term_known(&trial);
    }
}

static void collect_maybes(const Case *case_, Requirement *requirement)
{
    for (guint i = 0; i < case_->papers->len; i++) {
        const CasePaper *paper = case_->papers->pdata[i];
        const char *code = may_be(case_, paper, requirement->decl->any);
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
    return true;
}

/* What the papers give, from the best to nothing. */
static RequirementState weigh(const Case *case_, const char *utility,
                              Requirement *requirement)
{
    if (apply_acceptance(case_, utility, requirement))
        return REQUIREMENT_MET;
    collect_fits(case_, utility, requirement, FIT_MET);
    if (requirement->papers->len > 0)
        return REQUIREMENT_MET;
    collect_fits(case_, utility, requirement, FIT_UNSURE);
    if (requirement->papers->len == 0)
        collect_maybes(case_, requirement);
    if (requirement->reason != NULL)
        return REQUIREMENT_UNSURE;
    collect_fits(case_, utility, requirement, FIT_LACKS);
    return REQUIREMENT_MISSING;
}

Requirement *requirement_decide(const Case *case_, const char *utility,
                                const RequirementDecl *decl)
{
    Requirement *requirement = g_new0(Requirement, 1);
    requirement->decl = decl;
    requirement->papers = g_array_new(FALSE, FALSE, sizeof(int));
    requirement->so_far = weigh(case_, utility, requirement);
    requirement->state = requirement->so_far;
    if (decl->is_deferred)
        requirement->state = REQUIREMENT_DEFERRED;
    else if (decl->is_precondition && requirement->so_far != REQUIREMENT_MET)
        requirement->state = REQUIREMENT_TO_CONFIRM;
    /* papers that prove nothing are not the utility's to see */
    if (requirement->state != requirement->so_far &&
        requirement->so_far != REQUIREMENT_MET)
        g_array_set_size(requirement->papers, 0);
    return requirement;
}
