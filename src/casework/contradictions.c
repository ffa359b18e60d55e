/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/contradictions.c - what two papers cannot both be right about. Each is a
 * problem of the case with both sides; it puts in doubt the fields that it stands between
 * and what its paper meets, and nothing else. */
#include "casework/case.h"

/* --- what each is
 * ---------------------------------------------------------------------------- */

typedef enum {
    TOUCHES = 1,    /* what the paper meets is unsure by it; where a role, a place or a
                       term is at stake, the requirement says so itself */
    LOOKED_AT = 2,  /* the case is for review by it alone */
    CAN_SETTLE = 4, /* a third paper that says the same as one side decides */
} KindFlag;

static const struct {
    const char *code;
    unsigned flags;
} kinds[] = {
    {"names_differ", LOOKED_AT | CAN_SETTLE},
    {"numbers_differ", TOUCHES | LOOKED_AT | CAN_SETTLE},
    {"birth_date_differs", TOUCHES | LOOKED_AT},
    {"sex_differs", TOUCHES | LOOKED_AT},
    {"credit_codes_differ", TOUCHES | LOOKED_AT},
    {"legal_rep_differs", TOUCHES | LOOKED_AT},
    {"places_differ", LOOKED_AT | CAN_SETTLE},
    {"values_differ", LOOKED_AT | CAN_SETTLE},
    {"owners_differ", TOUCHES | LOOKED_AT},
    {"owner_differs", 0},
    {"firm_differs", 0},
    {"principal_differs", 0},
    {"agent_differs", 0},
    {"new_holder_differs", 0},
    {"expired", 0},
    {"may_have_expired", 0},
};

static int kind_of(const char *code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_str_equal(kinds[i].code, code))
            return (int)i;
    g_assert_not_reached(); /* a code of ours that the table lacks */
}

static bool has_flag(const char *code, KindFlag flag)
{
    return (kinds[kind_of(code)].flags & flag) != 0;
}

/* --- keeping them
 * ---------------------------------------------------------------------------- */

static bool is_kept(const Case *case_, const char *code, const DecidedField *left,
                    const DecidedField *right)
{
    for (guint i = 0; i < case_->contradictions->len; i++) {
        const Contradiction *kept = case_->contradictions->pdata[i];
        bool is_pair = (kept->left == left && kept->right == right) ||
                       (kept->left == right && kept->right == left);
        if (is_pair && g_str_equal(kept->code, code))
            return true;
    }
    return false;
}

/* Also a number that fails its check: both models read it surely, so that it may well be
 * what the paper says. */
static bool is_firmly_read(const DecidedField *field)
{
    return field == NULL || field->is_firm;
}

/* Whether another paper says the same as @field about the same. */
static bool is_borne_out(const Case *case_, const DecidedField *field)
{
    for (guint i = 0; i < case_->ordered->len; i++) {
        const CasePaper *paper = case_->ordered->pdata[i];
        for (guint k = 0; paper->index != field->paper && k < paper->fields->len; k++) {
            const DecidedField *other = paper->fields->pdata[k];
            if (field_kind(other) == field_kind(field) && field_is_usable(case_, other) &&
                values_agree(field_kind(field), field->value, other->value,
                             (const char *const *)case_->regions))
                return true;
        }
    }
    return false;
}

/* Whether a third place decides. Of one paper's own lines none can be outvoted; and quite
 * another name under one number is no slip that others outvote. */
static bool is_outvoted(const Case *case_, const char *code, const DecidedField *left,
                        const DecidedField *right)
{
    if (!has_flag(code, CAN_SETTLE) || right == NULL || left->paper == right->paper)
        return false;
    bool is_slip = !g_str_equal(code, "names_differ") ||
                   names_compare(left->value, right->value) == UNSURE;
    return is_slip && is_borne_out(case_, left) != is_borne_out(case_, right);
}

void contradiction_add(Case *case_, const char *code, const DecidedField *left,
                       const DecidedField *right, const char *against)
{
    if (is_kept(case_, code, left, right))
        return;
    Contradiction *found = g_new0(Contradiction, 1);
    *found = (Contradiction){.code = code,
                             .left = left,
                             .right = right,
                             .against = against,
                             .is_firm = is_firmly_read(left) && is_firmly_read(right),
                             .is_settled = is_outvoted(case_, code, left, right)};
    g_ptr_array_add(case_->contradictions, found);
}

/* --- what is in doubt by them
 * --------------------------------------------------------------- */

const Contradiction *contradiction_of(const Case *case_, const CasePaper *paper)
{
    for (guint i = 0; i < case_->contradictions->len; i++) {
        const Contradiction *found = case_->contradictions->pdata[i];
        const DecidedField *own =
            found->left->paper == paper->index                            ? found->left
            : found->right != NULL && found->right->paper == paper->index ? found->right
                                                                          : NULL;
        /* What others settled clears the side they bear out, not the one they outvote. */
        bool is_cleared = found->is_settled && own != NULL && is_borne_out(case_, own);
        if (own != NULL && found->is_firm && !is_cleared &&
            has_flag(found->code, TOUCHES))
            return found;
    }
    return NULL;
}

/* --- form against papers
 * --------------------------------------------------------------------- */

/* What the form says of somebody, and a paper that says it of the same (ROLE_YES), or of
 * somebody who should be the same and is another (ROLE_NO, ROLE_UNSURE). */
static const struct {
    const char *code, *form_key, *paper_key, *role;
    RoleState least, most;
} pairs[] = {
    {"legal_rep_differs", KEY_LEGAL_REP, "legal_rep", "applicant", ROLE_YES, ROLE_YES},
    {"credit_codes_differ", KEY_CREDIT_CODE, "credit_code", "applicant", ROLE_UNSURE,
     ROLE_YES},
    {"firm_differs", KEY_APPLICANT, "firm_name", "applicant", ROLE_UNSURE, ROLE_UNSURE},
    {"principal_differs", KEY_APPLICANT, "principal", "applicant", ROLE_NO, ROLE_NO},
    {"new_holder_differs", KEY_APPLICANT, "new_holder", "applicant", ROLE_NO, ROLE_NO},
    {"agent_differs", KEY_AGENT, "agent", "agent", ROLE_NO, ROLE_NO},
    {"agent_differs", KEY_CONTACT, "agent", "agent", ROLE_NO, ROLE_NO},
};

static bool is_clash(const Case *case_, const DecidedField *a, const DecidedField *b)
{
    return field_is_usable(case_, a) && field_is_usable(case_, b) &&
           values_clash(field_kind(a), a->value, b->value,
                        (const char *const *)case_->regions);
}

static void find_against_form(Case *case_, CasePaper *paper)
{
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        DecidedField *own = fields_find(case_->fields, pairs[i].form_key);
        DecidedField *other = fields_find(paper->fields, pairs[i].paper_key);
        RoleState state = paper->roles[role_index(pairs[i].role)];
        if (own == NULL || other == NULL || state < pairs[i].least ||
            state > pairs[i].most || !is_clash(case_, own, other))
            continue;
        contradiction_add(case_, pairs[i].code, own, other, NULL);
        /* about one and the same: one of both is wrong */
        if (pairs[i].most == ROLE_YES) {
            field_doubt(own, other);
            field_doubt(other, own);
        }
    }
}

/* --- ownership
 * ------------------------------------------------------------------------------- */

static bool has_role(const CasePaper *paper, const char *role)
{
    return paper->roles[role_index(role)] == ROLE_YES;
}

static DecidedField *location_of(const CasePaper *paper)
{
    const ClassDecl *class = paper->paper->decl;
    return class != NULL ? fields_find(paper->fields, class->location) : NULL;
}

static void find_of_ownership(Case *case_, CasePaper *paper)
{
    const DecidedField *applicant = fields_find(case_->fields, KEY_APPLICANT);
    const DecidedField *site = fields_find(case_->fields, KEY_SITE);
    const DecidedField *owner = paper_holder(paper), *place = location_of(paper);
    if (!proves_ownership(paper) || paper->paper->is_contested)
        return;
    if (paper->place == DIFFERENT)
        contradiction_add(case_, "places_differ", site, place, NULL);
    else if (paper->roles[role_index("applicant")] == ROLE_NO &&
             !has_role(paper, "old_holder") && field_is_usable(case_, applicant) &&
             field_is_usable(case_, owner))
        contradiction_add(case_, "owner_differs", applicant, owner, NULL);
}

/* Whether @paper was sold by whom @other names, or the other way round. */
static bool is_handed_on(const Case *case_, const CasePaper *paper,
                         const CasePaper *other)
{
    static const char *const sellers[] = {"seller", "party_a", "from"};
    for (size_t i = 0; i < G_N_ELEMENTS(sellers); i++) {
        const char *seller = usable_text(case_, fields_find(paper->fields, sellers[i]));
        if (seller != NULL &&
            names_compare(seller, usable_text(case_, paper_holder(other))) != DIFFERENT)
            return true;
    }
    return false;
}

/* Two papers that say who owns one and the same place. */
static void find_between_owners(Case *case_, const CasePaper *a, const CasePaper *b)
{
    const DecidedField *left = paper_holder(a), *right = paper_holder(b);
    if (!proves_ownership(a) || !proves_ownership(b) || a->place != SAME ||
        b->place != SAME || !field_is_usable(case_, left) ||
        !field_is_usable(case_, right) || has_role(a, "old_holder") ||
        has_role(b, "old_holder") || is_handed_on(case_, a, b) ||
        is_handed_on(case_, b, a))
        return;
    if (names_compare(left->value, right->value) == DIFFERENT)
        contradiction_add(case_, "owners_differ", left, right, NULL);
}

/* --- identity
 * -------------------------------------------------------------------------------- */

/* Two papers about one person: the same number, or the same name over numbers that nearly
 * are the same. */
static void find_between_cards(Case *case_, const CasePaper *a, const CasePaper *b)
{
    if (!proves_identity(a) || !proves_identity(b))
        return;
    const DecidedField *name = paper_holder(a), *number = paper_holder_number(a);
    Person other = {.name = paper_holder(b), .number = paper_holder_number(b)};
    const char *code;
    person_compare(case_, name, number, &other, &code);
    if (g_str_has_prefix(code, "same_number")) {
        if (is_clash(case_, name, other.name))
            contradiction_add(case_, "names_differ", name, other.name, NULL);
    } else if (g_str_equal(code, "near_number") &&
               names_compare(usable_text(case_, name), usable_text(case_, other.name)) ==
                   SAME) {
        contradiction_add(case_, "numbers_differ", number, other.number, NULL);
    }
}

/* --- terms
 * ----------------------------------------------------------------------------------- */

static void find_expired(Case *case_, const CasePaper *paper)
{
    const char *key = paper->paper->decl->expiry;
    const DecidedField *end = fields_find(paper->fields, key != NULL ? key : "valid_to");
    if (!field_is_usable(case_, end) || case_->application_date == NULL)
        return;
    TermState state = term_state(case_, end->value);
    if (state != TERM_RUNS)
        contradiction_add(case_, state == TERM_OVER ? "expired" : "may_have_expired", end,
                          application_day_field(case_), case_->application_days);
}

/* --- all of them
 * ----------------------------------------------------------------------------- */

static char *sort_text(const DecidedField *field)
{
    return field != NULL ? g_strdup_printf("%s\n%s", field->decl->key,
                                           field->value != NULL ? field->value : "")
                         : g_strdup("");
}

static int contradiction_order(gconstpointer left, gconstpointer right)
{
    const Contradiction *a = *(Contradiction *const *)left;
    const Contradiction *b = *(Contradiction *const *)right;
    g_autofree char *x = sort_text(a->left), *y = sort_text(b->left);
    g_autofree char *x2 = sort_text(a->right), *y2 = sort_text(b->right);
    int order = kind_of(a->code) - kind_of(b->code);
    order = order != 0 ? order : strcmp(x, y);
    return order != 0 ? order : strcmp(x2, y2);
}

static void report(Case *case_)
{
    g_ptr_array_sort(case_->contradictions, contradiction_order);
    for (guint i = 0; i < case_->contradictions->len; i++) {
        const Contradiction *found = case_->contradictions->pdata[i];
        bool is_looked_at = has_flag(found->code, LOOKED_AT) && !found->is_settled;
        problem_add_contradiction(case_, is_looked_at ? GRADE_REVIEW : GRADE_NOTE, found);
    }
}

static bool is_paper(const CasePaper *paper)
{
    return paper->paper->decl != NULL && !paper->paper->decl->is_form;
}

void contradictions_find(Case *case_)
{
    for (guint i = 0; i < case_->ordered->len; i++) {
        CasePaper *paper = case_->ordered->pdata[i];
        if (!is_paper(paper))
            continue;
        find_expired(case_, paper);
        if (case_->form != NULL) {
            find_against_form(case_, paper);
            find_of_ownership(case_, paper);
        }
        for (guint k = i + 1; k < case_->ordered->len; k++) {
            const CasePaper *other = case_->ordered->pdata[k];
            find_between_owners(case_, paper, other);
            find_between_cards(case_, paper, other);
        }
    }
    report(case_);
}
