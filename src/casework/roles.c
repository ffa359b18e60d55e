/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/roles.c - whom a paper is about. The number is stronger than the name. */
#include "casework/case.h"

int role_index(const char *role)
{
    for (int i = 0; role != NULL && role_codes[i] != NULL; i++)
        if (g_str_equal(role_codes[i], role))
            return i;
    return -1;
}

/* People that the form names, by role. */
static const struct {
    const char *role, *name_key, *number_key;
} form_people[] = {
    {"applicant", KEY_APPLICANT, KEY_APPLICANT_ID},
    {"agent", KEY_AGENT, KEY_AGENT_ID},
    {"legal_rep", "legal_rep.name", "legal_rep.id_number"},
};

static const char *usable(const Case *case_, const DecidedField *field)
{
    return field_is_usable(case_, field) ? field->value : NULL;
}

/* Numbers decide where both can be read; else names, unless numbers contradict them.
 * @basis: out: "id_number" or "name" */
static Likeness compare_people(const char *name, const char *number,
                               const char *other_name, const char *other_number,
                               const char **basis)
{
    bool has_numbers = number != NULL && other_number != NULL;
    bool has_names = name != NULL && other_name != NULL;
    Likeness names = has_names ? names_compare(name, other_name) : UNSURE;
    *basis = has_numbers ? "id_number" : "name";
    if (!has_numbers)
        return names;
    Likeness numbers = numbers_compare(number, other_number);
    if (numbers ==
        SAME) /* a number with a right check digit, under quite another name? */
        return names == DIFFERENT ? UNSURE : SAME;
    if (numbers == UNSURE || names == SAME)
        return UNSURE;
    return DIFFERENT;
}

static RoleState role_of(Likeness likeness)
{
    return likeness == SAME ? ROLE_YES : likeness == UNSURE ? ROLE_UNSURE : ROLE_NO;
}

static void set_role(CasePaper *paper, const char *role, RoleState state,
                     const char *basis)
{
    paper->roles[role_index(role)] = state;
    if (state != ROLE_NO)
        g_ptr_array_add(paper->reasons,
                        g_strdup_printf("%s: %s%s", role, basis,
                                        state == ROLE_UNSURE ? ", unsure" : ""));
}

static const DecidedField *holder_of(const CasePaper *paper)
{
    return paper->paper->decl != NULL
               ? fields_find(paper->fields, paper->paper->decl->holder)
               : NULL;
}

static const DecidedField *holder_number_of(const CasePaper *paper)
{
    return paper->paper->decl != NULL
               ? fields_find(paper->fields, paper->paper->decl->holder_id)
               : NULL;
}

static bool is_ownership(const CasePaper *paper)
{
    return paper->paper->decl != NULL &&
           g_strcmp0(paper->paper->decl->proves, "ownership") == 0;
}

static void compare_with_form(const Case *case_, CasePaper *paper)
{
    const char *name = usable(case_, holder_of(paper));
    const char *number = usable(case_, holder_number_of(paper));
    for (size_t i = 0; i < G_N_ELEMENTS(form_people); i++) {
        const DecidedField *own = fields_find(case_->fields, form_people[i].name_key);
        const DecidedField *own_number =
            fields_find(case_->fields, form_people[i].number_key);
        bool is_named = (own != NULL && own->state != FIELD_EMPTY) ||
                        (own_number != NULL && own_number->state != FIELD_EMPTY);
        if (!is_named) /* the form speaks of no such person */
            continue;
        const char *basis;
        Likeness likeness = compare_people(usable(case_, own), usable(case_, own_number),
                                           name, number, &basis);
        set_role(paper, form_people[i].role, role_of(likeness), basis);
    }
}

/* The form's name may be misread while a card with the applicant's number shows it: an
 * ownership paper that names the person on that card names the applicant. */
static void compare_with_cards(const Case *case_, CasePaper *paper)
{
    int applicant = role_index("applicant");
    const char *owner = usable(case_, holder_of(paper));
    const DecidedField *form_number = fields_find(case_->fields, KEY_APPLICANT_ID);
    for (guint i = 0; i < case_->papers->len && paper->roles[applicant] != ROLE_YES;
         i++) {
        const CasePaper *card = case_->papers->pdata[i];
        const char *number = usable(case_, holder_number_of(card));
        if (card == paper || card->roles[applicant] != ROLE_YES || number == NULL ||
            numbers_compare(number, usable(case_, form_number)) != SAME)
            continue;
        if (names_compare(owner, usable(case_, holder_of(card))) == SAME)
            set_role(paper, "applicant", ROLE_YES, "name on the applicant's card");
    }
}

/* Ownership papers about another place say nothing of who owns this one. */
static bool speaks_of_owner(const Case *case_, const CasePaper *paper)
{
    return is_ownership(paper) && !paper->paper->is_contested &&
           paper->place != DIFFERENT && usable(case_, holder_of(paper)) != NULL;
}

const DecidedField *owner_known(const Case *case_, const CasePaper **paper)
{
    const CasePaper *best = NULL;
    for (guint i = 0; i < case_->papers->len; i++) {
        const CasePaper *candidate = case_->papers->pdata[i];
        if (!speaks_of_owner(case_, candidate))
            continue;
        if (best == NULL || candidate->place < best->place ||
            (candidate->place == best->place &&
             strcmp(holder_of(candidate)->value, holder_of(best)->value) < 0))
            best = candidate;
    }
    if (paper != NULL)
        *paper = best;
    return best != NULL ? holder_of(best) : NULL;
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

/* The likeness of one card to the people that ownership papers name. */
static void compare_with_owners(const Case *case_, CasePaper *paper)
{
    Likeness nearest = DIFFERENT;
    bool has_owner = false, has_unread = false;
    const char *name = usable(case_, holder_of(paper));
    const DecidedField *applicant = fields_find(case_->fields, KEY_APPLICANT);
    for (guint i = 0; i < case_->papers->len; i++) {
        const CasePaper *other = case_->papers->pdata[i];
        has_unread |= is_ownership(other) && usable(case_, holder_of(other)) == NULL;
        if (!speaks_of_owner(case_, other))
            continue;
        const char *owner = holder_of(other)->value;
        Likeness likeness = names_compare(name, owner);
        /* a name that nobody promises proves another's card only if nothing of it fits */
        if (likeness == DIFFERENT &&
            !(field_is_settled(holder_of(other)) && field_is_settled(holder_of(paper))) &&
            !share_nothing(holder_of(other), holder_of(paper)))
            likeness = UNSURE;
        /* the applicant's card by its number, and the applicant owns: the same person */
        if (paper->roles[role_index("applicant")] == ROLE_YES &&
            names_compare(usable(case_, applicant), owner) == SAME)
            likeness = SAME;
        nearest = MIN(nearest, likeness);
        has_owner = true;
    }
    if (!has_owner)
        nearest = UNSURE;
    if (nearest == DIFFERENT && has_unread)
        nearest = UNSURE;
    set_role(paper, "owner", role_of(nearest), has_owner ? "name" : "no_owner_known");
}

static void decide_place_likeness(const Case *case_, CasePaper *paper)
{
    const ClassDecl *class = paper->paper->decl;
    const char *site = usable(case_, fields_find(case_->fields, KEY_SITE));
    const char *place =
        class != NULL ? usable(case_, fields_find(paper->fields, class->location)) : NULL;
    paper->place = addresses_compare(site, place, (const char *const *)case_->regions);
}

static bool has_people(const CasePaper *paper)
{
    return paper->paper->decl != NULL && !paper->paper->decl->is_form &&
           paper->paper->decl->holder != NULL;
}

void roles_decide(Case *case_)
{
    for (guint i = 0; i < case_->papers->len; i++)
        decide_place_likeness(case_, case_->papers->pdata[i]);
    for (guint i = 0; i < case_->papers->len; i++) {
        CasePaper *paper = case_->papers->pdata[i];
        if (has_people(paper))
            compare_with_form(case_, paper);
    }
    for (guint i = 0; i < case_->papers->len; i++) {
        CasePaper *paper = case_->papers->pdata[i];
        if (has_people(paper) && is_ownership(paper))
            compare_with_cards(case_, paper);
    }
    for (guint i = 0; i < case_->papers->len; i++) {
        CasePaper *paper = case_->papers->pdata[i];
        if (!has_people(paper))
            continue;
        if (is_ownership(paper))
            set_role(paper, "owner",
                     usable(case_, holder_of(paper)) != NULL ? ROLE_YES : ROLE_UNSURE,
                     "names the owner");
        else
            compare_with_owners(case_, paper);
        bool is_anyone = false;
        for (int r = 0; r < ROLE_COUNT; r++)
            is_anyone |= paper->roles[r] != ROLE_NO;
        if (!is_anyone)
            set_role(paper, "other", ROLE_YES, "nobody that the form names");
    }
}
