/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/roles.c - whom a paper is about, and why. The number is stronger than the
 * name; a name that two people of the case bear decides nothing. */
#include "casework/case.h"

int role_index(const char *role)
{
    for (int i = 0; role != NULL && role_codes[i] != NULL; i++)
        if (g_str_equal(role_codes[i], role))
            return i;
    return -1;
}

static RoleState role_of(Likeness likeness)
{
    return likeness == SAME ? ROLE_YES : likeness == UNSURE ? ROLE_UNSURE : ROLE_NO;
}

static void forget_reason(CasePaper *paper, int role)
{
    for (guint i = paper->reasons->len; i > 0; i--)
        if (((RoleReason *)paper->reasons->pdata[i - 1])->role == role)
            g_ptr_array_remove_index(paper->reasons, i - 1);
}

/* @against: the field that told; may be NULL */
static void set_role(CasePaper *paper, int role, RoleState state, const char *code,
                     const DecidedField *against)
{
    paper->roles[role] = state;
    forget_reason(paper, role);
    if (state == ROLE_NO)
        return;
    RoleReason *reason = g_new0(RoleReason, 1);
    *reason = (RoleReason){.role = role,
                           .state = state,
                           .code = code,
                           .paper = against != NULL ? against->paper : -1,
                           .key = against != NULL ? against->decl->key : NULL};
    g_ptr_array_add(paper->reasons, reason);
}

static bool has_role(const CasePaper *paper, const char *role)
{
    return paper->roles[role_index(role)] == ROLE_YES;
}

static bool has_people(const CasePaper *paper)
{
    return paper->paper->decl != NULL && !paper->paper->decl->is_form &&
           paper_holder(paper) != NULL;
}

/* --- people of one name
 * --------------------------------------------------------------------- */

/* Whether identity papers show two people of @name: the same name over two numbers. */
static bool is_shared_by_two(const Case *case_, const char *name)
{
    const char *first = NULL;
    for (guint i = 0; i < case_->ordered->len; i++) {
        const CasePaper *card = case_->ordered->pdata[i];
        const char *number = usable_text(case_, paper_holder_number(card));
        if (!proves_identity(card) || number == NULL ||
            names_compare(name, usable_text(case_, paper_holder(card))) != SAME)
            continue;
        if (first != NULL && numbers_compare(first, number) == DIFFERENT)
            return true;
        first = first != NULL ? first : number;
    }
    return false;
}

/* @names: one, or a list of owners */
static bool is_shared_name(const Case *case_, const char *names)
{
    g_auto(GStrv) each = g_strsplit(names != NULL ? names : "", "、", -1);
    for (int i = 0; each[i] != NULL; i++)
        if (is_shared_by_two(case_, each[i]))
            return true;
    return false;
}

/* Whether another identity paper has @person's very number: then one with the same name
 * and another number is a namesake's. */
static bool has_card_of_number(const Case *case_, const CasePaper *except,
                               const Person *person)
{
    const char *code;
    for (guint i = 0; i < case_->ordered->len; i++) {
        const CasePaper *card = case_->ordered->pdata[i];
        if (card != except && proves_identity(card) &&
            usable_text(case_, paper_holder_number(card)) != NULL &&
            person_compare(case_, paper_holder(card), paper_holder_number(card), person,
                           &code) == SAME &&
            g_str_equal(code, "same_number"))
            return true;
    }
    return false;
}

/* --- firms of nearly one name
 * --------------------------------------------------------------- */

/* The code of the firm whose licence, read surely, has @name; NULL where none has it, or
 * two have it with two codes. */
static const char *code_of_firm(const Case *case_, const char *name)
{
    const char *code = NULL;
    for (guint i = 0; i < case_->ordered->len; i++) {
        const CasePaper *paper = case_->ordered->pdata[i];
        const DecidedField *firm = fields_find(paper->fields, "firm_name");
        const DecidedField *number = paper_holder_number(paper);
        if (firm == NULL || paper->paper->is_contested || !field_is_settled(firm) ||
            names_compare(firm->value, name) != SAME)
            continue;
        if (number == NULL || !field_is_settled(number) || number->value == NULL ||
            (code != NULL && !g_str_equal(code, number->value)))
            return NULL;
        code = number->value;
    }
    return code;
}

/* Whether two licences show that @a and @b are the names of two firms: then neither is
 * the other misread. Both must be read surely. */
static bool are_two_firms(const Case *case_, const DecidedField *a, const DecidedField *b)
{
    if (a == NULL || b == NULL || !field_is_settled(a) || !field_is_settled(b) ||
        !is_firm_name(a->value) || !is_firm_name(b->value))
        return false;
    const char *one = code_of_firm(case_, a->value);
    const char *other = code_of_firm(case_, b->value);
    return one != NULL && other != NULL && numbers_compare(one, other) == DIFFERENT;
}

/* --- one paper against the people
 * -------------------------------------------------------------- */

typedef struct {
    Likeness likeness;
    const char *code;
    const DecidedField *against;
} Finding;

static Finding compare_with_person(const Case *case_, const CasePaper *paper,
                                   const DecidedField *name, const DecidedField *number,
                                   const Person *person)
{
    Finding found = {.against = person->name};
    found.likeness = person_compare(case_, name, number, person, &found.code);
    if (g_str_equal(found.code, "same_number") || g_str_equal(found.code, "near_number"))
        found.against = person->number;
    if (g_str_equal(found.code, "same_name") &&
        is_shared_name(case_, usable_text(case_, name))) {
        found.likeness = UNSURE;
        found.code = "two_of_one_name";
    } else if (g_str_equal(found.code, "same_name_other_number") &&
               has_card_of_number(case_, paper, person)) {
        found.likeness = DIFFERENT;
    } else if (g_str_equal(found.code, "near_name") &&
               are_two_firms(case_, name, person->name)) {
        found.likeness = DIFFERENT;
        found.code = "other_name";
    }
    if (found.likeness == SAME && !person->is_sure) {
        found.likeness = UNSURE;
        found.code = "person_unsure";
    }
    return found;
}

/* The nearest of all who have the role. Where two sources name two people for one role,
 * neither is sure; a list of owners is no such role. */
static Finding compare_with_role(const Case *case_, const CasePaper *paper,
                                 const DecidedField *name, const DecidedField *number,
                                 const GArray *people, int role)
{
    Finding nearest = {.likeness = DIFFERENT};
    bool has_other = false;
    for (guint i = 0; i < people->len; i++) {
        const Person *person = &g_array_index(people, Person, i);
        if (person->role != role)
            continue;
        Finding found = compare_with_person(case_, paper, name, number, person);
        has_other |= found.likeness == DIFFERENT;
        if (nearest.code == NULL || found.likeness < nearest.likeness)
            nearest = found;
    }
    if (nearest.likeness == SAME && has_other) {
        nearest.likeness = UNSURE;
        nearest.code = "sources_differ";
    }
    return nearest;
}

static void compare_with_people(const Case *case_, CasePaper *paper, const GArray *people)
{
    for (int role = 0; role < ROLE_COUNT; role++) {
        Finding found = compare_with_role(case_, paper, paper_holder(paper),
                                          paper_holder_number(paper), people, role);
        if (found.code != NULL)
            set_role(paper, role, role_of(found.likeness), found.code, found.against);
    }
}

/* Whom papers name beside their holder: who may act on a letter, who held it before. */
static const struct {
    const char *name_key, *number_key, *role;
} second_people[] = {
    {"principal", NULL, "applicant"},
    {"agent", "agent_id", "agent"},
    {"old_holder", NULL, "old_holder"},
};

static void compare_second_people(const Case *case_, CasePaper *paper,
                                  const GArray *people)
{
    for (size_t i = 0; i < G_N_ELEMENTS(second_people); i++) {
        const DecidedField *name = fields_find(paper->fields, second_people[i].name_key);
        const DecidedField *number =
            fields_find(paper->fields, second_people[i].number_key);
        int role = role_index(second_people[i].role);
        if (name == NULL || name->state == FIELD_EMPTY || paper->roles[role] == ROLE_YES)
            continue;
        Finding found = compare_with_role(case_, paper, name, number, people, role);
        if (found.code != NULL && found.likeness < DIFFERENT)
            set_role(paper, role, role_of(found.likeness), found.code, found.against);
    }
}

/* --- the applicant by another paper
 * -------------------------------------------------------------- */

/* The form's name may be misread while a card with the applicant's number shows it: an
 * ownership paper that names the person on that card names the applicant. */
static void compare_with_cards(const Case *case_, CasePaper *paper)
{
    int applicant = role_index("applicant");
    const char *owner = usable_text(case_, paper_holder(paper));
    const DecidedField *form_number = fields_find(case_->fields, KEY_APPLICANT_ID);
    for (guint i = 0; i < case_->ordered->len && paper->roles[applicant] != ROLE_YES;
         i++) {
        const CasePaper *card = case_->ordered->pdata[i];
        const char *number = usable_text(case_, paper_holder_number(card));
        if (card == paper || card->roles[applicant] != ROLE_YES || number == NULL ||
            numbers_compare(number, usable_text(case_, form_number)) != SAME)
            continue;
        if (names_compare(owner, usable_text(case_, paper_holder(card))) == SAME &&
            !is_shared_name(case_, owner))
            set_role(paper, applicant, ROLE_YES, "name_of_card", paper_holder(card));
    }
}

/* A licence of another firm: the applicant's own may have been mistaken for it, so where
 * no other licence is the applicant's, a person looks. A shop's licence names who runs
 * it. On a transfer it is most often the former holder's. */
static void compare_licence(const Case *case_, CasePaper *paper)
{
    int applicant = role_index("applicant");
    const DecidedField *own = fields_find(case_->fields, KEY_APPLICANT);
    const DecidedField *runs = fields_find(paper->fields, "legal_rep");
    if (fields_find(paper->fields, "firm_name") == NULL ||
        paper->roles[applicant] != ROLE_NO || own == NULL)
        return;
    if (names_compare(usable_text(case_, runs), usable_text(case_, own)) == SAME) {
        set_role(paper, applicant, ROLE_UNSURE, "runs_the_firm", own);
        return;
    }
    for (guint i = 0; i < case_->ordered->len; i++) {
        const CasePaper *other = case_->ordered->pdata[i];
        if (other != paper && fields_find(other->fields, "firm_name") != NULL &&
            other->roles[applicant] != ROLE_NO)
            return;
    }
    if (is_firm_name(usable_text(case_, own)) && !has_role(paper, "old_holder"))
        set_role(paper, applicant, ROLE_UNSURE, "another_firm", own);
}

/* --- the owner
 * ------------------------------------------------------------------------------ */

/* Ownership papers about another place say nothing of who owns this one. */
static bool speaks_of_owner(const Case *case_, const CasePaper *paper)
{
    return proves_ownership(paper) && !paper->paper->is_contested &&
           paper->place != DIFFERENT && usable_text(case_, paper_holder(paper)) != NULL;
}

const DecidedField *owner_known(const Case *case_, const CasePaper **paper)
{
    const CasePaper *best = NULL;
    for (guint i = 0; i < case_->ordered->len; i++) {
        const CasePaper *candidate = case_->ordered->pdata[i];
        if (!speaks_of_owner(case_, candidate))
            continue;
        if (best == NULL || candidate->place < best->place ||
            (candidate->place == best->place &&
             strcmp(paper_holder(candidate)->value, paper_holder(best)->value) < 0))
            best = candidate;
    }
    if (paper != NULL)
        *paper = best;
    return best != NULL ? paper_holder(best) : NULL;
}

static bool has_common_character(const char *a, const char *b)
{
    for (const char *p = a; p != NULL && b != NULL && *p != '\0'; p = g_utf8_next_char(p))
        if (g_utf8_strchr(b, -1, g_utf8_get_char(p)) != NULL)
            return true;
    return false;
}

/* Whether two names have no character in common, whichever reading is right. */
static bool share_nothing(const DecidedField *a, const DecidedField *b)
{
    return a != NULL && b != NULL && a->value != NULL && b->value != NULL &&
           !has_common_character(a->value, b->value) &&
           !has_common_character(a->value, b->rival) &&
           !has_common_character(a->rival, b->value) &&
           !has_common_character(a->rival, b->rival);
}

/* One card against one ownership paper that names an owner. */
static Finding compare_with_owner(const Case *case_, const CasePaper *card,
                                  const CasePaper *other)
{
    const DecidedField *own = paper_holder(card), *owner = paper_holder(other);
    const DecidedField *applicant = fields_find(case_->fields, KEY_APPLICANT);
    Person person = {
        .name = owner, .number = paper_holder_number(other), .is_sure = true};
    Finding found =
        compare_with_person(case_, card, own, paper_holder_number(card), &person);
    /* a name that nobody promises proves another's card only if nothing of it fits */
    if (found.likeness == DIFFERENT &&
        !(field_is_settled(owner) && field_is_settled(own)) && !share_nothing(owner, own))
        found.likeness = UNSURE;
    /* the applicant's card by its number, whose name cannot be read: the form has it */
    if (has_role(card, "applicant") && usable_text(case_, own) == NULL &&
        field_is_settled(applicant) && field_is_settled(owner) &&
        share_nothing(applicant, owner))
        found.likeness = DIFFERENT;
    /* the applicant's card by its number, and the applicant owns: the same person */
    if (has_role(card, "applicant") && has_role(other, "applicant") &&
        names_compare(usable_text(case_, applicant), owner->value) == SAME) {
        found.likeness = SAME;
        found.code = "applicant_owns";
    }
    return found;
}

/* The likeness of one card to the people that ownership papers name. */
static void compare_with_owners(const Case *case_, CasePaper *paper)
{
    Finding nearest = {.likeness = DIFFERENT};
    bool has_unread = false;
    for (guint i = 0; i < case_->ordered->len; i++) {
        const CasePaper *other = case_->ordered->pdata[i];
        has_unread |=
            proves_ownership(other) && usable_text(case_, paper_holder(other)) == NULL;
        if (!speaks_of_owner(case_, other))
            continue;
        Finding found = compare_with_owner(case_, paper, other);
        if (nearest.code == NULL || found.likeness < nearest.likeness)
            nearest = found;
    }
    if (nearest.code == NULL)
        nearest = (Finding){.likeness = UNSURE, .code = "no_owner_known"};
    if (nearest.likeness == DIFFERENT && has_unread)
        nearest = (Finding){.likeness = UNSURE, .code = "name_unread"};
    set_role(paper, role_index("owner"), role_of(nearest.likeness), nearest.code,
             nearest.against);
}

static void decide_owner(const Case *case_, CasePaper *paper)
{
    bool is_read = usable_text(case_, paper_holder(paper)) != NULL;
    if (proves_ownership(paper))
        set_role(paper, role_index("owner"), is_read ? ROLE_YES : ROLE_UNSURE,
                 is_read ? "names_the_owner" : "name_unread", NULL);
    else if (proves_identity(paper))
        compare_with_owners(case_, paper);
}

/* --- who is left
 * ---------------------------------------------------------------------------- */

static bool is_anyone(const CasePaper *paper, RoleState state)
{
    for (int i = 0; i < ROLE_COUNT; i++)
        if (paper->roles[i] >= state)
            return true;
    return false;
}

static bool is_known(const GArray *people, int role)
{
    for (guint i = 0; i < people->len; i++)
        if (g_array_index(people, Person, i).role == role)
            return true;
    return false;
}

/* While nothing names the former holder of a transfer, whoever else has a card or a
 * licence among the papers may be that. */
static void suspect_former(const Case *case_, CasePaper *paper, const GArray *people)
{
    static const char *const former[] = {"old_holder", "old_legal_rep"};
    bool is_firm = fields_find(paper->fields, "firm_name") != NULL;
    if (!is_transfer(case_) || is_anyone(paper, ROLE_YES) ||
        (!is_firm && !proves_identity(paper)))
        return;
    for (int i = 0; i < (is_firm ? 1 : 2); i++) {
        int role = role_index(former[i]);
        if (!is_known(people, role) && paper->roles[role] == ROLE_NO)
            set_role(paper, role, ROLE_UNSURE, "no_old_holder_known", NULL);
    }
}

static void decide_place_likeness(const Case *case_, CasePaper *paper)
{
    const ClassDecl *class = paper->paper->decl;
    const char *site = usable_text(case_, fields_find(case_->fields, KEY_SITE));
    const char *place =
        class != NULL ? usable_text(case_, fields_find(paper->fields, class->location))
                      : NULL;
    paper->place = addresses_compare(site, place, (const char *const *)case_->regions);
}

typedef void (*PaperStep)(const Case *case_, CasePaper *paper, const GArray *people);

static void step_cards(const Case *case_, CasePaper *paper, const GArray *people)
{
    (void)people;
    if (proves_ownership(paper))
        compare_with_cards(case_, paper);
}

static void step_licence(const Case *case_, CasePaper *paper, const GArray *people)
{
    (void)people;
    compare_licence(case_, paper);
}

static void step_owner(const Case *case_, CasePaper *paper, const GArray *people)
{
    (void)people;
    decide_owner(case_, paper);
}

static void step_other(const Case *case_, CasePaper *paper, const GArray *people)
{
    (void)people;
    if (is_anyone(paper, ROLE_UNSURE))
        return;
    bool is_namesake = proves_identity(paper) &&
                       is_shared_name(case_, usable_text(case_, paper_holder(paper)));
    set_role(paper, role_index("other"), ROLE_YES,
             is_namesake ? "namesake" : "nobody_named", NULL);
}

static void each_paper(const Case *case_, const GArray *people, PaperStep step)
{
    for (guint i = 0; i < case_->ordered->len; i++) {
        CasePaper *paper = case_->ordered->pdata[i];
        if (has_people(paper))
            step(case_, paper, people);
    }
}

/* Whom papers name is known in two steps: the applicant's licence names his
 * representative, the former holder's licence the former one. */
static void compare_again(const Case *case_, GArray *people)
{
    g_autoptr(GArray) of_form = people_of_form(case_);
    g_array_set_size(people, 0);
    g_array_append_vals(people, of_form->data, of_form->len);
    people_add_of_papers(case_, people);
    each_paper(case_, people, compare_with_people);
    each_paper(case_, people, compare_second_people);
}

void roles_decide(Case *case_)
{
    g_autoptr(GArray) people = people_of_form(case_);
    for (guint i = 0; i < case_->ordered->len; i++)
        decide_place_likeness(case_, case_->ordered->pdata[i]);
    each_paper(case_, people, compare_with_people);
    compare_again(case_, people);
    compare_again(case_, people);
    each_paper(case_, people, step_cards);
    each_paper(case_, people, step_licence);
    each_paper(case_, people, step_owner);
    each_paper(case_, people, suspect_former);
    each_paper(case_, people, step_other);
    people_note(case_);
}
