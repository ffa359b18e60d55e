/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pile_draw.c - the papers of a pile, as sheets: whom each class names, and how what is
 * the matter with a paper shows on it. */
#include <stdlib.h>
#include <string.h>

#include "drawable.h"
#include "lists.h"
#include "pile.h"

static gboolean is_class(const Brought *brought, const char *class_name)
{
    return strcmp(brought->class_name, class_name) == 0;
}

static gboolean is_among(const Brought *brought, const char *const *classes)
{
    return g_strv_contains(classes, brought->class_name);
}

/* Whose licence it is. Borrowed. */
static const Firm *firm_of(const Case *made, const Brought *brought)
{
    if ((brought->who & WHO_OLD_HOLDER) && made->old_firm != NULL &&
        is_class(brought, "business_license"))
        return made->old_firm;
    if ((brought->who & WHO_OTHER) || made->firm == NULL)
        return made->other_firm;
    return made->firm;
}

/* What a licence says of @firm where something is the matter with it. Returns: owned */
static Firm *firm_as_printed(const Case *made, const Firm *firm, const Brought *brought,
                             Dice *dice)
{
    Firm *copy = firm_copy(firm);
    if (brought->flaws & FLAW_NUMBER)
        firm_change_code(copy, dice);
    if (brought->flaws & FLAW_EXPIRED) {
        int month = dice_int(dice, 1, 12), day = dice_int(dice, 1, 28);
        int over = atoi(made->application_date) - dice_int(dice, 1, 2);
        g_free(copy->valid_to);
        g_free(copy->established_on);
        copy->valid_to = g_strdup_printf("%d-%02d-%02d", over, month, day);
        copy->established_on = g_strdup_printf("%d-%02d-%02d", over - 20, month, day);
    }
    return copy;
}

/* Dates and clerks: which classes are made for the occasion, which have a head of the
 * house, and which need the designs that name the former holder. */
static const char *const of_occasion[] = {
    "authorization_letter", "transfer_application_letter",
    "temporary_id_card",    "safety_inspection_record",
    "settlement_receipt",   "ownership_letter",
    "household_register",   NULL};
static const char *const with_head[] = {"transfer_application_letter",
                                        "household_register", NULL};

static void choose_prints(const Case *made, const Brought *brought, Subject *subject)
{
    if (is_class(brought, "business_license")) {
        subject->prints[0] =
            brought->flaws & FLAW_OLD_STYLE ? "registration_number" : "credit_code";
        subject->prints[1] = brought->flaws & FLAW_EXPIRED ? "valid_to" : NULL;
    } else if (is_class(brought, "purchase_contract") && made->form == FORM_TRANSFER) {
        subject->prints[0] = "other.id"; /* sold by who held it, not by a developer */
    }
}

static Subject subject_of(const Case *made, const Brought *brought, const Firm *firm,
                          Dice *dice)
{
    gboolean is_about_holder = !is_identity(brought->class_name) &&
                               !is_class(brought, "authorization_letter") &&
                               !is_class(brought, "look_alike");
    gboolean is_own = is_about_holder && (brought->who & WHO_APPLICANT);
    Subject subject = {
        .person = case_person(made, brought->who),
        .other = made->old_person,
        .firm = firm,
        .site = brought->flaws & FLAW_ELSEWHERE ? made->other_site : made->site,
        .place = made->place,
        .year = dice_int(dice, 2016, 2022),
        .person_firm = is_own ? made->firm : NULL,
        .other_firm = made->old_firm,
        .brought_on = is_among(brought, of_occasion) ? made->application_date : NULL,
        .account = fields_get(made->fields, "gas.account"),
        .is_resold = made->form == FORM_TRANSFER,
        .is_head = is_among(brought, with_head)};
    if (brought->flaws & FLAW_NOT_SIGNED)
        subject.absent =
            dice_chance(dice, 0.5) ? "old_holder_signature" : "new_holder_signature";
    /* a former holder seals his copy or not: no list asks him to */
    if (is_class(brought, "business_license"))
        subject.has_own_seal =
            !(brought->flaws & FLAW_NO_SEAL) &&
            (!(brought->who & WHO_OLD_HOLDER) || dice_chance(dice, 0.5));
    choose_prints(made, brought, &subject);
    return subject;
}

static Paper *draw_card(const Case *made, const Brought *brought, Dice *dice)
{
    const Person *person = case_person(made, brought->who);
    g_autoptr(Person) twin =
        brought->flaws & FLAW_NUMBER ? person_twin(person, dice) : NULL;
    return case_id_card(made, twin != NULL ? twin : person,
                        (brought->flaws & FLAW_EXPIRED) != 0, dice);
}

static Paper *draw_one(const Case *made, const Brought *brought, Dice *dice)
{
    Part part = made->options->part;
    if (is_class(brought, "id_card"))
        return draw_card(made, brought, dice);
    if (is_class(brought, "unknown"))
        return paper_unknown(dice_int(dice, 0, 999), made->applicant, part, made->place,
                             dice);
    g_autoptr(Firm) firm = firm_as_printed(made, firm_of(made, brought), brought, dice);
    Subject subject = subject_of(made, brought, firm, dice);
    return drawable_new(brought->class_name, &subject, dice_int(dice, 0, 999), part,
                        dice);
}

/* What the truth says is the matter with it. */
static void note_flaws(const Case *made, const Brought *brought, Paper *paper)
{
    static const char *const names[] = {"expired",    "elsewhere", "number_differs",
                                        "not_sealed", "old_style", "not_signed"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (brought->flaws & (1u << i))
            g_ptr_array_add(paper->flaws, (gpointer)names[i]);
    if ((brought->who & WHO_OTHER) && paper->fields != NULL)
        g_ptr_array_add(paper->flaws, (gpointer) "about_a_stranger");
    if (is_ownership(brought->class_name) && made->owner != made->applicant &&
        (brought->who & WHO_OWNER))
        g_ptr_array_add(paper->flaws, (gpointer) "another_owner");
}

/* A deed's holder owns; a letter of both parties names the former one too. */
static guint roles_of(const Brought *brought)
{
    guint who = brought->who;
    if (is_ownership(brought->class_name) && (who & WHO_APPLICANT))
        who |= WHO_OWNER;
    if (is_class(brought, "transfer_application_letter"))
        who |= WHO_OLD_HOLDER;
    if (is_class(brought, "authorization_letter"))
        who |= WHO_APPLICANT;
    if (is_class(brought, "unknown") || is_class(brought, "look_alike"))
        who = 0;
    return who;
}

static gboolean has_owner(const Case *made)
{
    for (guint i = 0; i < made->brought->len; i++)
        if (is_ownership(g_array_index(made->brought, Brought, i).class_name))
            return TRUE;
    return FALSE;
}

void pile_draw(Case *made, Dice *dice)
{
    for (guint i = 0; i < made->brought->len; i++) {
        const Brought *brought = &g_array_index(made->brought, Brought, i);
        g_autofree char *stream = g_strdup_printf("paper %u", i);
        Dice drawing = dice_fork(dice, stream);
        Paper *paper = draw_one(made, brought, &drawing);
        guint who = roles_of(brought);
        /* without a deed nothing says who the owner is */
        if (!has_owner(made))
            who &= ~(guint)WHO_OWNER;
        note_flaws(made, brought, paper);
        case_add_paper(made, paper, who);
    }
}
