/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/kind.c - is the applicant a person or a firm, and whose list counts. */
#include "casework/case.h"
#include "casework/known-names.h"

#define INDIVIDUAL "individual"
#define ENTERPRISE "enterprise"

/* Peoples of other tongues aside, a longer name without a dot is no person's. */
#define FIRM_CHARACTERS_MIN 6

typedef struct {
    bool says_individual, says_enterprise;
} Votes;

static void ask_name(const Case *case_, Votes *votes)
{
    const DecidedField *name = fields_find(case_->fields, KEY_APPLICANT);
    if (!field_is_usable(case_, name))
        return;
    glong length = g_utf8_strlen(name->value, -1);
    bool has_dot = strstr(name->value, "·") != NULL || strstr(name->value, "、") != NULL;
    if (is_firm_name(name->value) || (length >= FIRM_CHARACTERS_MIN && !has_dot))
        votes->says_enterprise = true;
    else if (is_known_person(name->value)) /* else a card must bear it out */
        votes->says_individual = true;
}

static bool has_role(const CasePaper *paper, const char *role)
{
    return paper->roles[role_index(role)] == ROLE_YES;
}

static const char *class_name(const CasePaper *paper)
{
    return paper->paper->decl != NULL ? paper->paper->decl->name : "";
}

/* The applicant's own licence is a firm's, the applicant's own card a person's. */
static void ask_papers(const Case *case_, Votes *votes)
{
    for (guint i = 0; i < case_->papers->len; i++) {
        const CasePaper *paper = case_->papers->pdata[i];
        const ClassDecl *decl = paper->paper->decl;
        if (decl == NULL || decl->is_form || paper->paper->is_contested ||
            !has_role(paper, "applicant"))
            continue;
        if (g_str_equal(decl->name, "business_license") ||
            g_str_equal(decl->name, "credit_code_certificate"))
            votes->says_enterprise = true;
        else if (g_strcmp0(decl->proves, "identity") == 0)
            votes->says_individual = true;
    }
}

static void ask_code(const Case *case_, Votes *votes)
{
    const DecidedField *code = fields_find(case_->fields, "applicant.credit_code");
    if (field_is_usable(case_, code))
        votes->says_enterprise = true;
}

void kind_decide(Case *case_)
{
    const ClassDecl *form = case_->form != NULL ? case_->form->paper->decl : NULL;
    Votes votes = {false, false};
    if (form == NULL)
        return;
    case_->applicant_kind = form->applicant_kind;
    if (case_->applicant_kind != NULL)
        return;
    ask_name(case_, &votes);
    ask_papers(case_, &votes);
    ask_code(case_, &votes);
    case_->applicant_kind =
        votes.says_enterprise && !votes.says_individual ? ENTERPRISE : INDIVIDUAL;
    case_->is_kind_doubtful = votes.says_enterprise == votes.says_individual;
    if (case_->is_kind_doubtful)
        problem_add(case_, GRADE_REVIEW, "kind_unsure", NULL);
}

/* --- by use ---------------------------------------------------------------------------
 */

/* A licence whose 经营者 is the applicant is the applicant's, whatever the shop's name.
 */
static Likeness is_applicants(const Case *case_, const CasePaper *paper)
{
    const DecidedField *keeper = fields_find(paper->fields, "legal_rep");
    const DecidedField *applicant = fields_find(case_->fields, KEY_APPLICANT);
    if (has_role(paper, "applicant"))
        return SAME;
    if (has_role(paper, "old_holder"))
        return DIFFERENT;
    if (field_is_usable(case_, keeper) && field_is_usable(case_, applicant) &&
        names_compare(keeper->value, applicant->value) == SAME)
        return SAME;
    return UNSURE;
}

/* Whether the pile shows a business of the applicant's; UNSURE: perhaps. */
static Likeness shows_business(const Case *case_, const UtilityListDecl *list)
{
    Likeness found = case_may_hide(case_, list->business_papers) ? UNSURE : DIFFERENT;
    for (guint i = 0; i < case_->papers->len; i++) {
        const CasePaper *paper = case_->papers->pdata[i];
        if (!codes_have((const char *const *)list->business_papers, class_name(paper)))
            continue;
        Likeness own = paper->paper->is_contested ? UNSURE : is_applicants(case_, paper);
        found = MIN(found, own);
    }
    return found;
}

const UtilityListDecl *list_of_rule(const RuleDecl *rule, const char *utility)
{
    for (guint i = 0; rule != NULL && i < rule->utilities->len; i++) {
        const UtilityListDecl *list = rule->utilities->pdata[i];
        if (g_str_equal(list->utility, utility))
            return list;
    }
    return NULL;
}

const RuleDecl *rule_of_utility(const Case *case_, const char *utility, bool *is_doubtful)
{
    bool is_before = false;
    const UtilityListDecl *list = list_of_rule(case_->rule, utility);
    *is_doubtful = false;
    if (list == NULL || list->business_papers == NULL)
        return case_->rule;
    Likeness business = shows_business(case_, list);
    *is_doubtful = business == UNSURE;
    if (business != SAME)
        return case_->rule;
    const RuleDecl *rule =
        pipeline_rule(case_->pipeline, case_->rule->service, ENTERPRISE,
                      case_->rule->place, case_->application_date, &is_before);
    return list_of_rule(rule, utility) != NULL ? rule : case_->rule;
}
