/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/people.c - who the people of a case are: on the form, and on papers that name
 * somebody by what he is. */
#include "casework/case.h"

const char *usable_text(const Case *case_, const DecidedField *field)
{
    return field_is_usable(case_, field) ? field->value : NULL;
}

bool is_transfer(const Case *case_)
{
    return case_->form != NULL &&
           g_strcmp0(case_->form->paper->decl->service, "transfer") == 0;
}

static bool proves(const CasePaper *paper, const char *what)
{
    return paper->paper->decl != NULL && g_strcmp0(paper->paper->decl->proves, what) == 0;
}

bool proves_ownership(const CasePaper *paper)
{
    return proves(paper, "ownership");
}

bool proves_identity(const CasePaper *paper)
{
    return proves(paper, "identity");
}

/* --- whom a paper is about
 * ------------------------------------------------------------------ */

/* Names of the vocabulary under which papers say whom they are about, and that person's
 * number. Firms stand before the people who act for them. */
static const struct {
    const char *name_key, *number_key;
} holder_keys[] = {
    {"firm_name", "credit_code"},
    {"new_holder", NULL},
    {"principal", NULL},
    {"owner", NULL},
    {"buyer", "buyer_id"},
    {"taxpayer", "taxpayer_id"},
    {"holder", "holder_id"},
    {"borrower", NULL},
    {"party_b", NULL},
    {"to", NULL},
    {"name", "id_number"},
};

/* A licence is about the firm, whoever its declaration calls the holder. */
static bool is_about_firm(const CasePaper *paper)
{
    return fields_find(paper->fields, "firm_name") != NULL;
}

static const DecidedField *find_holder(const CasePaper *paper, bool is_number)
{
    const ClassDecl *class = paper->paper->decl;
    if (class == NULL || class->is_form)
        return NULL;
    if (class->holder != NULL && !is_about_firm(paper))
        return fields_find(paper->fields, is_number ? class->holder_id : class->holder);
    for (size_t i = 0; i < G_N_ELEMENTS(holder_keys); i++)
        if (fields_find(paper->fields, holder_keys[i].name_key) != NULL)
            return fields_find(paper->fields, is_number ? holder_keys[i].number_key
                                                        : holder_keys[i].name_key);
    return NULL;
}

const DecidedField *paper_holder(const CasePaper *paper)
{
    return find_holder(paper, false);
}

const DecidedField *paper_holder_number(const CasePaper *paper)
{
    return find_holder(paper, true);
}

/* --- comparing
 * ----------------------------------------------------------------------------- */

/* Numbers of two kinds (a permit's, a resident's) say nothing about each other. */
static bool are_comparable(const DecidedField *a, const DecidedField *b)
{
    return a != NULL && b != NULL && field_kind(a) == field_kind(b);
}

Likeness person_compare(const Case *case_, const DecidedField *name,
                        const DecidedField *number, const Person *person,
                        const char **code)
{
    const char *own = usable_text(case_, name);
    const char *other = usable_text(case_, person->name);
    const char *own_number = usable_text(case_, number);
    const char *other_number = usable_text(case_, person->number);
    bool has_names = own != NULL && other != NULL;
    bool has_numbers = own_number != NULL && other_number != NULL &&
                       are_comparable(number, person->number);
    Likeness names = has_names ? names_compare(own, other) : UNSURE;
    if (!has_numbers) {
        *code = !has_names        ? "name_unread"
                : names == SAME   ? "same_name"
                : names == UNSURE ? "near_name"
                                  : "other_name";
        return names;
    }
    Likeness numbers = numbers_compare(own_number, other_number);
    /* a number with a right check digit, under quite another name? */
    if (numbers == SAME) {
        *code =
            has_names && names == DIFFERENT ? "same_number_other_name" : "same_number";
        return has_names && names == DIFFERENT ? UNSURE : SAME;
    }
    *code = numbers == UNSURE ? "near_number"
            : names == SAME   ? "same_name_other_number"
                              : "other_number";
    return numbers == UNSURE || names == SAME ? UNSURE : DIFFERENT;
}

/* --- the form's people
 * ---------------------------------------------------------------------- */

static const struct {
    const char *role, *name_key, *number_key;
} form_people[] = {
    {"applicant", KEY_APPLICANT, KEY_APPLICANT_ID},
    {"agent", KEY_AGENT, KEY_AGENT_ID},
    {"legal_rep", KEY_LEGAL_REP, KEY_LEGAL_REP_ID},
};

static bool is_named(const DecidedField *name, const DecidedField *number)
{
    return (name != NULL && name->state != FIELD_EMPTY) ||
           (number != NULL && number->state != FIELD_EMPTY);
}

static void add_person(GArray *people, const char *role, const DecidedField *name,
                       const DecidedField *number, bool is_sure)
{
    Person person = {role_index(role), name, number, is_sure};
    g_array_append_val(people, person);
}

Likeness contact_likeness(const Case *case_)
{
    const DecidedField *contact = fields_find(case_->fields, KEY_CONTACT);
    const DecidedField *applicant = fields_find(case_->fields, KEY_APPLICANT);
    const char *name = usable_text(case_, applicant);
    const char *own = usable_text(case_, contact);
    if (name != NULL && own != NULL && is_firm_name(name) && !is_firm_name(own))
        return DIFFERENT; /* a firm has no telephone but a person's */
    return names_compare(own, name);
}

static void add_contact(const Case *case_, GArray *people)
{
    const DecidedField *name = fields_find(case_->fields, KEY_CONTACT);
    const DecidedField *number = fields_find(case_->fields, KEY_CONTACT_ID);
    if (!is_named(name, number))
        return;
    Likeness likeness = contact_likeness(case_);
    for (guint i = 0; likeness == SAME && i < people->len; i++) {
        Person *person = &g_array_index(people, Person, i);
        if (person->role == role_index("applicant") && person->number == NULL)
            person->number = number;
    }
    if (likeness != SAME)
        add_person(people, "agent", name, number, likeness == DIFFERENT);
}

GArray *people_of_form(const Case *case_)
{
    GArray *people = g_array_new(FALSE, FALSE, sizeof(Person));
    for (size_t i = 0; i < G_N_ELEMENTS(form_people); i++) {
        const DecidedField *name = fields_find(case_->fields, form_people[i].name_key);
        const DecidedField *number =
            fields_find(case_->fields, form_people[i].number_key);
        if (number == NULL && i == 0)
            number = fields_find(case_->fields, KEY_CREDIT_CODE);
        if (is_named(name, number)) /* else the form speaks of no such person */
            add_person(people, form_people[i].role, name, number, true);
    }
    add_contact(case_, people);
    return people;
}

/* --- people that papers name
 * ---------------------------------------------------------------- */

static bool is_written(const DecidedField *field)
{
    return field != NULL && field->state != FIELD_EMPTY;
}

/* Those whom the papers of the case name under @key held it before.
 * @like: of them only who was surely read and may be him, whose own name was not; or NULL
 */
static void add_named(const Case *case_, GArray *people, const char *key,
                      const DecidedField *like)
{
    for (guint i = 0; i < case_->ordered->len; i++) {
        const CasePaper *paper = case_->ordered->pdata[i];
        const DecidedField *field = fields_find(paper->fields, key);
        if (!is_written(field))
            continue;
        if (like == NULL || (field_is_settled(field) &&
                             names_compare(like->value, field->value) == UNSURE))
            add_person(people, "old_holder", field, NULL, true);
    }
}

/* Who held it before: whom the letter of both parties names; else whom contracts and
 * handovers name. A seller may have sold it to somebody in between, so beside the letter
 * a contract says only what an unsure name on it is. */
static void add_former(const Case *case_, GArray *people)
{
    static const char *const keys[] = {"old_holder", "seller", "from"};
    guint first = people->len;
    size_t k = 0;
    while (k < G_N_ELEMENTS(keys) && people->len == first)
        add_named(case_, people, keys[k++], NULL);
    guint named = people->len;
    for (; k < G_N_ELEMENTS(keys); k++)
        for (guint i = first; i < named; i++) {
            const DecidedField *name = g_array_index(people, Person, i).name;
            if (name->value != NULL && !field_is_settled(name))
                add_named(case_, people, keys[k], name);
        }
}

/* 92: the code of a shop that is its keeper's own, and no firm beside him (GB 32100). */
static bool is_shop(const CasePaper *paper)
{
    const DecidedField *code = fields_find(paper->fields, "credit_code");
    return code != NULL && field_is_settled(code) && code->value != NULL &&
           g_str_has_prefix(code->value, "92");
}

/* A person's shop bears another name than he; who keeps it is its representative. */
static void add_keeper(const Case *case_, GArray *people, const CasePaper *paper)
{
    const DecidedField *keeper = fields_find(paper->fields, "legal_rep");
    const DecidedField *applicant = fields_find(case_->fields, KEY_APPLICANT);
    bool is_own =
        names_compare(usable_text(case_, keeper), usable_text(case_, applicant)) == SAME;
    if (is_own && paper->roles[role_index("applicant")] != ROLE_YES)
        add_person(people, "legal_rep", keeper, NULL,
                   is_shop(paper) && !paper->paper->is_contested &&
                       field_is_settled(keeper) && field_is_settled(applicant));
}

/* The representative of a firm stands on its licence. */
static void add_of_licence(GArray *people, const CasePaper *paper)
{
    static const struct {
        const char *firm, *representative;
    } firms[] = {{"applicant", "legal_rep"}, {"old_holder", "old_legal_rep"}};
    const DecidedField *name = fields_find(paper->fields, "legal_rep");
    if (!is_written(name))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(firms); i++) {
        RoleState state = paper->roles[role_index(firms[i].firm)];
        if (state != ROLE_NO)
            add_person(people, firms[i].representative, name, NULL, state == ROLE_YES);
    }
}

void people_add_of_papers(const Case *case_, GArray *people)
{
    if (is_transfer(case_))
        add_former(case_, people);
    for (guint i = 0; i < case_->ordered->len; i++) {
        const CasePaper *paper = case_->ordered->pdata[i];
        if (is_about_firm(paper)) {
            add_of_licence(people, paper);
            add_keeper(case_, people, paper);
        }
    }
}

/* --- notes
 * --------------------------------------------------------------------------------- */

static void note_contact(Case *case_)
{
    static const char *const codes[] = {[SAME] = "contact_is_applicant",
                                        [UNSURE] = "contact_unsure",
                                        [DIFFERENT] = "contact_is_agent"};
    const DecidedField *contact = fields_find(case_->fields, KEY_CONTACT);
    if (contact != NULL && contact->value != NULL)
        problem_add(case_, GRADE_NOTE, codes[contact_likeness(case_)], "name",
                    contact->value, NULL);
}

/* One card of a person who is both meets what is asked of either. */
static void note_representative(Case *case_)
{
    const DecidedField *name = fields_find(case_->fields, KEY_LEGAL_REP);
    const DecidedField *number = fields_find(case_->fields, KEY_LEGAL_REP_ID);
    Person agent = {.name = fields_find(case_->fields, KEY_AGENT),
                    .number = fields_find(case_->fields, KEY_AGENT_ID)};
    const char *code;
    if (name != NULL && person_compare(case_, name, number, &agent, &code) == SAME)
        problem_add(case_, GRADE_NOTE, "legal_rep_is_agent", "name", name->value, NULL);
}

void people_note(Case *case_)
{
    note_contact(case_);
    note_representative(case_);
}
