/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/fit.c - one paper against one requirement: whom it is about, what it is about,
 * what must be on it. Silence is never a yes. */
#include "casework/fit.h"

static Fit end_trial(Trial *trial, Fit fit, JsonObject *why)
{
    g_clear_pointer(&trial->reason, json_object_unref);
    trial->reason = why;
    return fit;
}

static Fit unsure(Trial *trial, JsonObject *why)
{
    return end_trial(trial, FIT_UNSURE, why);
}

static const DecidedField *field_of(const CasePaper *paper, const char *key)
{
    return key != NULL ? fields_find(paper->fields, key) : NULL;
}

static const char *value_of(const DecidedField *field)
{
    return field != NULL ? field->value : NULL;
}

static bool proves(const CasePaper *paper, const char *what)
{
    return g_strcmp0(paper->paper->decl->proves, what) == 0;
}

/* --- whom it is about -----------------------------------------------------------------
 */

/* An ownership paper must name the applicant: the lists speak of the applicant's own, or
 * of the 房主, and where those two differ a person looks. */
static Fit fit_owner(Trial *trial)
{
    const CasePaper *paper = trial->paper;
    RoleState role = paper->roles[role_index("applicant")];
    const DecidedField *owner = field_of(paper, paper->paper->decl->holder);
    const DecidedField *applicant = fields_find(trial->case_->fields, KEY_APPLICANT);
    if (role == ROLE_YES)
        return FIT_MET;
    if (role == ROLE_UNSURE || !field_is_usable(trial->case_, owner))
        return unsure(trial, reason_new("owner_unsure", NULL));
    return unsure(trial, reason_new("owner_differs", "owner", owner->value, "applicant",
                                    value_of(applicant), NULL));
}

/* Where it is said who bears a role: by the form, or by a paper about @whose. */
static const struct {
    const char *role, *class_name, *key, *whose;
} speakers[] = {
    {"applicant", NULL, KEY_APPLICANT, NULL},
    {"agent", NULL, KEY_AGENT, NULL},
    {"agent", NULL, KEY_AGENT_ID, NULL},
    {"agent", NULL, "contact.name", NULL},
    {"agent", "authorization_letter", "agent", NULL},
    {"legal_rep", NULL, "legal_rep.name", NULL},
    {"legal_rep", NULL, "legal_rep.id_number", NULL},
    {"legal_rep", "business_license", "legal_rep", "applicant"},
    {"old_holder", "transfer_application_letter", "old_holder", NULL},
    {"old_holder", "purchase_contract", "seller", NULL},
    {"old_holder", "handover_document", "from", NULL},
    {"old_legal_rep", "business_license", "legal_rep", "old_holder"},
};

static bool is_written(const DecidedField *field)
{
    return field != NULL && field->state != FIELD_EMPTY;
}

static bool bears_role(const CasePaper *paper, const char *role)
{
    return role != NULL && paper->roles[role_index(role)] == ROLE_YES;
}

/* Whether form or papers say who bears @role, readable or not. */
static bool is_spoken_of(const Case *case_, const char *role)
{
    for (guint i = 0; i < case_->papers->len; i++)
        if (bears_role(case_->papers->pdata[i], role))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(speakers); i++) {
        if (!g_str_equal(speakers[i].role, role))
            continue;
        if (speakers[i].class_name == NULL) {
            if (is_written(fields_find(case_->fields, speakers[i].key)))
                return true;
            continue;
        }
        const char *whose = speakers[i].whose;
        for (guint k = 0; k < case_->papers->len; k++) {
            const CasePaper *paper = case_->papers->pdata[k];
            const ClassDecl *decl = paper->paper->decl;
            if (decl != NULL && g_str_equal(decl->name, speakers[i].class_name) &&
                (whose == NULL || bears_role(paper, whose)) &&
                is_written(field_of(paper, speakers[i].key)))
                return true;
        }
    }
    return false;
}

/* Whether @paper is known to be about somebody of the case. */
static bool is_about_somebody(const CasePaper *paper)
{
    for (int r = 0; r < ROLE_COUNT; r++)
        if (paper->roles[r] == ROLE_YES && r != role_index("other"))
            return true;
    return false;
}

/* Whether @role may be borne by who is known as the other of the two: a firm that names
 * no agent may act through its legal representative, and who comes for one whose licence
 * is not there may be its representative. */
static bool may_be_both(const CasePaper *paper, const char *role)
{
    static const char *const pair[] = {"agent", "legal_rep"};
    for (size_t i = 0; i < G_N_ELEMENTS(pair); i++)
        if (g_str_equal(role, pair[i]))
            return paper->roles[role_index(pair[1 - i])] == ROLE_YES;
    return false;
}

/* A paper that bears no @role, where nobody says who does: it may be that person's. */
static bool may_be_the_unnamed(const Trial *trial, const char *role)
{
    const CasePaper *paper = trial->paper;
    if (is_spoken_of(trial->case_, role))
        return false;
    return !is_about_somebody(paper) || may_be_both(paper, role);
}

/* A licence that names another firm than the form's (roles.c): both are shown. */
static bool is_another_firm(const CasePaper *paper, const char *role)
{
    for (guint i = 0; i < paper->reasons->len; i++) {
        const RoleReason *reason = paper->reasons->pdata[i];
        if (reason->role == role_index(role) && reason->state == ROLE_UNSURE &&
            g_str_equal(reason->code, "another_firm"))
            return true;
    }
    return false;
}

/* A licence or a certificate of a firm alone, and no deed or letter that names it. */
static bool is_of_firm(const CasePaper *paper)
{
    const DecidedField *holder = field_of(paper, paper->paper->decl->holder);
    return holder != NULL && holder->decl->kind == KIND_FIRM_NAME &&
           paper->paper->decl->location == NULL;
}

static JsonObject *holder_differs(const Trial *trial)
{
    const char *key = trial->paper->paper->decl->holder;
    return reason_new("holder_differs", "holder", value_of(field_of(trial->paper, key)),
                      "applicant",
                      value_of(fields_find(trial->case_->fields, KEY_APPLICANT)), NULL);
}

static Fit fit_role(Trial *trial, const char *role)
{
    const CasePaper *paper = trial->paper;
    RoleState state = paper->roles[role_index(role)];
    if (state == ROLE_YES)
        return FIT_MET;
    if (state == ROLE_UNSURE && is_another_firm(paper, role))
        return unsure(trial, holder_differs(trial));
    if (state == ROLE_UNSURE) {
        bool no_owner =
            g_str_equal(role, "owner") && owner_known(trial->case_, NULL) == NULL;
        return unsure(trial,
                      reason_new(no_owner ? "no_owner_known" : "person_unsure", NULL));
    }
    if (may_be_the_unnamed(trial, role))
        return unsure(trial, reason_new("person_unnamed", "role", role, NULL));
    if (proves(paper, "identity") || (is_of_firm(paper) && is_about_somebody(paper)))
        return FIT_NO;
    /* a deed or a letter, or a firm's paper that names nobody here, contradicts the form
     */
    return unsure(trial, holder_differs(trial));
}

static Fit fit_person(Trial *trial)
{
    GStrv who = trial->decl->who;
    Fit best = FIT_NO;
    if (who == NULL)
        return FIT_MET;
    if (proves(trial->paper, "ownership"))
        return fit_owner(trial);
    for (int i = 0; who[i] != NULL && best != FIT_MET; i++)
        best = MAX(best, fit_role(trial, who[i]));
    return best;
}

/* --- what it is about -----------------------------------------------------------------
 */

static Fit fit_site(Trial *trial)
{
    const CasePaper *paper = trial->paper;
    if (paper->place == SAME)
        return FIT_MET;
    const DecidedField *site = fields_find(trial->case_->fields, KEY_SITE);
    const DecidedField *place = field_of(paper, paper->paper->decl->location);
    return unsure(trial,
                  reason_new(paper->place == DIFFERENT ? "place_differs" : "place_unsure",
                             "place", value_of(place), "site", value_of(site), NULL));
}

/* The utility's own number is what tells its receipt from another utility's. */
static Fit fit_account(Trial *trial)
{
    g_autofree char *key = g_strdup_printf("%s.account", trial->utility);
    const DecidedField *asked = fields_find(trial->case_->fields, key);
    const DecidedField *said = field_of(trial->paper, "account");
    bool is_known =
        field_is_usable(trial->case_, asked) && field_is_usable(trial->case_, said);
    if (is_known && g_str_equal(asked->value, said->value))
        return trial->paper->place == DIFFERENT ? fit_site(trial) : FIT_MET;
    return unsure(trial,
                  reason_new(is_known ? "account_differs" : "account_unsure", "account",
                             value_of(said), "asked", value_of(asked), NULL));
}

static Fit fit_about(Trial *trial)
{
    const char *about = trial->decl->about;
    return about == NULL                   ? FIT_MET
           : g_str_equal(about, "account") ? fit_account(trial)
                                           : fit_site(trial);
}

/* --- what must be on it ---------------------------------------------------------------
 */

static Fit fit_presence(Trial *trial, const OnPaperDecl *on, const DecidedField *field)
{
    if (field_is_settled(field) && g_strcmp0(field->value, "present") == 0)
        return FIT_MET;
    bool is_absent = field_is_settled(field) && g_strcmp0(field->value, "absent") == 0;
    return end_trial(
        trial, is_absent ? FIT_LACKS : FIT_UNSURE,
        reason_new(is_absent ? "lacks" : "not_read_on_it", "what", on->text, NULL));
}

static bool agrees_with_form(const Case *case_, const DecidedField *field,
                             const char *key)
{
    const DecidedField *own = fields_find(case_->fields, key);
    bool is_name =
        field->decl->kind == KIND_PERSON_NAME || field->decl->kind == KIND_FIRM_NAME;
    if (!field_is_usable(case_, own))
        return false;
    return is_name ? names_compare(field->value, own->value) == SAME
                   : values_agree(field->decl->kind, field->value, own->value,
                                  (const char *const *)case_->regions);
}

static Fit fit_value(Trial *trial, const OnPaperDecl *on, const DecidedField *field)
{
    const DecidedField *instead = field_of(trial->paper, on->lacks_if);
    if (!field_is_usable(trial->case_, field)) {
        /* 注册号 where the code belongs: a licence of the old style */
        bool is_lacking = field_is_usable(trial->case_, instead) &&
                          (field == NULL || field->value == NULL);
        return end_trial(
            trial, is_lacking ? FIT_LACKS : FIT_UNSURE,
            reason_new(is_lacking ? "lacks" : "not_read_on_it", "what", on->text, NULL));
    }
    bool is_right =
        (on->pattern == NULL || g_regex_match_simple(on->pattern, field->value, 0, 0)) &&
        (on->same_as == NULL || agrees_with_form(trial->case_, field, on->same_as));
    return is_right ? FIT_MET
                    : unsure(trial, reason_new("says_otherwise", "what", on->text,
                                               "value", field->value, NULL));
}

/* The worst of all that must be on it. */
static Fit fit_on_it(Trial *trial)
{
    Fit worst = FIT_MET;
    JsonObject *why = NULL;
    for (guint i = 0; i < trial->decl->on_it->len; i++) {
        const OnPaperDecl *on = trial->decl->on_it->pdata[i];
        const DecidedField *field = field_of(trial->paper, on->field);
        bool is_presence = field != NULL && field->decl->kind == KIND_PRESENCE;
        Fit fit =
            is_presence ? fit_presence(trial, on, field) : fit_value(trial, on, field);
        if (fit < worst) {
            worst = fit;
            g_clear_pointer(&why, json_object_unref);
            why = g_steal_pointer(&trial->reason);
        }
    }
    return end_trial(trial, worst, why);
}

static Fit fit_seal(Trial *trial)
{
    static const char *const codes[] = {[SEAL_NONE_SEEN] = "seal_not_seen",
                                        [SEAL_UNREAD] = "seal_unknown",
                                        [SEAL_OF_OTHERS] = "seal_of_others"};
    if (!trial->decl->wants_seal)
        return FIT_MET;
    SealState state = seal_state(trial->case_, trial->paper->paper);
    return state == SEAL_OWN ? FIT_MET : unsure(trial, reason_new(codes[state], NULL));
}

/* --- the paper itself -----------------------------------------------------------------
 */

bool fit_is_term_known(const Trial *trial)
{
    const DecidedField *end = field_of(trial->paper, trial->paper->paper->decl->expiry);
    return field_is_usable(trial->case_, end);
}

static bool has_ink(const DecidedField *field)
{
    return field != NULL && field->source != NULL && field->source->inks->len > 0;
}

/* Whether a page that nobody could read may be the side of this paper that has its term.
 */
static bool may_be_elsewhere(const Trial *trial)
{
    const ClassDecl *class = trial->paper->paper->decl;
    char *names[] = {class->name, NULL};
    return class->expiry != NULL && case_may_hide(trial->case_, names);
}

/* A term that is over, or that stands there, or on a page beside it, and cannot be read:
 * it may be. Where none was seen, as on a copy of one side, that is only a note. */
static Fit fit_term(Trial *trial)
{
    const DecidedField *end = field_of(trial->paper, trial->paper->paper->decl->expiry);
    if (!fit_is_term_known(trial))
        return has_ink(end) || may_be_elsewhere(trial)
                   ? unsure(trial, reason_new("term_unknown", NULL))
                   : FIT_MET;
    TermState state = term_state(trial->case_, end->value);
    if (state == TERM_RUNS)
        return FIT_MET;
    if (state == TERM_OVER)
        return unsure(trial, reason_new("expired", "on", end->value, NULL));
    return unsure(trial, reason_new("may_have_expired", "on", end->value, "applied",
                                    trial->case_->application_days, NULL));
}

static bool has_note(const Paper *paper, const char *code)
{
    for (guint i = 0; i < paper->notes->len; i++)
        if (g_str_equal(paper->notes->pdata[i], code))
            return true;
    return false;
}

static Fit fit_whole(Trial *trial)
{
    const CasePaper *paper = trial->paper;
    if (paper->paper->is_contested)
        return unsure(trial, reason_new("contested_paper", NULL));
    /* one side of a card is enough: it has the name and the number */
    if (has_note(paper->paper, "second_page_missing") && !proves(paper, "identity"))
        return unsure(trial, reason_new("second_page_missing", NULL));
    return FIT_MET;
}

/* A paper that the list does not name, and a person may well take for it. */
static Fit fit_named(Trial *trial)
{
    if (!codes_have((const char *const *)trial->decl->by_person,
                    trial->paper->paper->decl->name))
        return FIT_MET;
    return unsure(trial, reason_new("for_a_person", NULL));
}

/* What contradicts another paper meets nothing until somebody has looked. */
static Fit fit_sound(Trial *trial)
{
    const Contradiction *found = contradiction_of(trial->case_, trial->paper);
    return found == NULL
               ? FIT_MET
               : unsure(trial, reason_new(found->code, "this", found->left->value, "that",
                                          value_of(found->right), NULL));
}

static bool is_accepted_class(const RequirementDecl *decl, const ClassDecl *class)
{
    return class != NULL && codes_have((const char *const *)decl->any, class->name);
}

/* In this order, so that the first reason told is the one that says most. A paper that
 * falls short in two ways is as far off as the worse of them. */
Fit fit_of(Trial *trial)
{
    static Fit (*const tests[])(Trial *) = {fit_person, fit_about, fit_on_it, fit_term,
                                            fit_sound,  fit_whole, fit_named, fit_seal};
    Fit worst = FIT_MET;
    JsonObject *why = NULL;
    if (!is_accepted_class(trial->decl, trial->paper->paper->decl))
        return FIT_NO;
    for (size_t i = 0; i < G_N_ELEMENTS(tests) && worst != FIT_NO; i++) {
        Fit fit = tests[i](trial);
        if (fit >= worst)
            continue;
        worst = fit;
        g_clear_pointer(&why, json_object_unref);
        why = g_steal_pointer(&trial->reason);
    }
    if (worst == FIT_NO)
        g_clear_pointer(&why, json_object_unref);
    /* what a paper lacks is sure only where all of it is there */
    if (worst == FIT_LACKS && fit_whole(trial) == FIT_UNSURE) {
        json_object_unref(why);
        return FIT_UNSURE;
    }
    return end_trial(trial, worst, why);
}
