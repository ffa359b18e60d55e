/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cases.h"

#include <stdlib.h>
#include <string.h>

#include "drawable.h"
#include "pile.h"

#define CARD TRUE
#define NO_CARD FALSE

/* The order is that of the samples part, so the first cases show the most. */
static const Plan plans[] = {
    {.name = "complete", .weight = 44, CARD, CERTIFICATE_OWN},
    {.name = "no_certificate", .weight = 6, CARD, CERTIFICATE_NONE},
    {.name = "other_owner_with_card", .weight = 4, CARD, CERTIFICATE_OTHER_OWNER, TRUE},
    {.name = "complete_with_unknown",
     .weight = 11,
     CARD,
     CERTIFICATE_OWN,
     .has_unknown = TRUE},
    {.name = "no_card", .weight = 5, NO_CARD, CERTIFICATE_OWN},
    {.name = "unsigned", .weight = 4, CARD, CERTIFICATE_OWN, .is_unsigned = TRUE},
    {.name = "other_owner", .weight = 4, CARD, CERTIFICATE_OTHER_OWNER},
    {.name = "other_place", .weight = 4, CARD, CERTIFICATE_OTHER_PLACE},
    {.name = "expired_card", .weight = 4, CARD, CERTIFICATE_OWN, .is_expired = TRUE},
    {.name = "telecom_only",
     .weight = 3,
     CARD,
     CERTIFICATE_NONE,
     .is_telecom_only = TRUE},
    {.name = "form_only", .weight = 4, NO_CARD, CERTIFICATE_NONE},
    {.name = "owner_card_only", .weight = 3, NO_CARD, CERTIFICATE_OTHER_OWNER, TRUE},
    {.name = "unknown_instead", .weight = 3, CARD, CERTIFICATE_NONE, .has_unknown = TRUE},
    {.name = NULL},
};

const Plan *plans_table(void)
{
    return plans;
}

const Plan *plan_find(const Plan *table, const char *name)
{
    for (const Plan *plan = table; plan->name != NULL; plan++)
        if (strcmp(plan->name, name) == 0)
            return plan;
    return NULL;
}

Dice case_dice(const CaseOptions *options, int number, const char *stream)
{
    Dice dice;
    g_autofree char *name =
        g_strdup_printf("%s/%d/%s", part_names[options->part], number, stream);
    dice_init(&dice, options->seed, name);
    return dice;
}

static const Plan *choose_plan(const CaseOptions *options, int number, Dice *dice)
{
    /* Every third sample is complete, the others go through the plans in turn. */
    int n = (int)G_N_ELEMENTS(plans) - 1;
    double weights[G_N_ELEMENTS(plans)];
    for (int i = 0; i < n; i++)
        weights[i] = plans[i].weight;
    int lot = dice_weighted(dice, weights, n);
    const Plan *only = options->only != NULL ? plan_find(plans, options->only) : NULL;
    if (only != NULL)
        return only;
    if (options->part == PART_SAMPLES)
        return number % 3 == 0 ? &plans[0] : &plans[1 + (number * 2 / 3) % (n - 1)];
    return &plans[lot];
}

/* The kept samples show the individuals' form first. */
#define SAMPLES_OF_ONE_FORM 14

/* A stream of its own, so that the rest of a case does not depend on there being other
 * forms. */
static FormNumber choose_form(const CaseOptions *options, int number)
{
    double weights[FORM_KINDS] = {
        [FORM_INDIVIDUAL] = 60, [FORM_ENTERPRISE] = 20, [FORM_TRANSFER] = 20};
    Dice dice = case_dice(options, number, "form of the case");
    if (options->forms == 0 && options->part == PART_SAMPLES &&
        number < SAMPLES_OF_ONE_FORM)
        return FORM_INDIVIDUAL;
    for (int i = 0; options->forms != 0 && i < FORM_KINDS; i++)
        if (!(options->forms & (1u << i)))
            weights[i] = 0;
    return (FormNumber)dice_weighted(&dice, weights, FORM_KINDS);
}

static void choose_applicant_kind(Case *made)
{
    const char *name = made->options->only;
    const Plan *only = name != NULL ? plan_find(pile_plans(), name) : NULL;
    Dice dice = case_dice(made->options, made->number, "kind of applicant");
    made->is_firm = made->form == FORM_ENTERPRISE ||
                    (made->form == FORM_TRANSFER && dice_chance(&dice, 0.45));
    if (made->form == FORM_TRANSFER && only != NULL &&
        !(only->for_whom & (made->is_firm ? FOR_FIRM_TRANSFERS : FOR_TRANSFERS)))
        made->is_firm = !made->is_firm;
    /* the transfer form is the city's; the county may take it too */
    if (made->form == FORM_TRANSFER && dice_chance(&dice, 0.6))
        made->place = PLACE_KAIFENG;
}

static guint choose_utilities(const Case *made, Dice *dice)
{
    gboolean is_county = made->place == PLACE_TONGXU;
    /* Nobody delivers heat in the county yet; people tick it all the same. */
    const double odds[] = {0.85, 0.8, 0.6, is_county ? 0.2 : 0.5, 0.4};
    guint mask = 0;
    for (int i = 0; i < 5; i++)
        if (dice_chance(dice, odds[i]))
            mask |= 1u << i;
    if (made->form == FORM_TRANSFER) {
        mask &= ~(guint)UTILITY_TELECOM;
        return mask != 0 ? mask : UTILITY_WATER;
    }
    if (made->plan->is_telecom_only)
        return UTILITY_TELECOM;
    return mask & ~(guint)UTILITY_TELECOM ? mask
                                          : mask | UTILITY_WATER | UTILITY_ELECTRICITY;
}

/* Days of 2022-12-20 .. 2024-06-30; @later days after. Returns: owned, YYYY-MM-DD */
static char *day_text(int day_of_range)
{
    g_autoptr(GDateTime) start = g_date_time_new_utc(2022, 12, 20, 0, 0, 0);
    g_autoptr(GDateTime) day = g_date_time_add_days(start, day_of_range);
    return g_date_time_format(day, "%Y-%m-%d");
}

static void choose_hand(Case *made, Dice *dice)
{
    static const double styles[] = {0, 0.25, 0.15, 0.15, 0.35, 0.10};
    made->hand.style = (TickStyle)dice_weighted(dice, styles, G_N_ELEMENTS(styles));
    made->hand.pen_mm = dice_real(dice, 0.3, 0.7);
    gboolean is_pen = made->hand.style == TICK_PEN || made->hand.style == TICK_CROSS;
    made->hand.colour = is_pen && dice_chance(dice, 0.4) ? COLOUR_BLUE : COLOUR_BLACK;
}

static void fill_dates_and_office(Case *made, Dice *dice)
{
    static const char *const halls[PLACE_COUNT][3] = {
        {"开封市民之家", "市民之家联办窗口", "开封市城市水务集团"},
        {"通许市民之家", "通许县市民之家联办窗口", "通许碧泉自来水有限公司"}};
    int day = dice_int(dice, 0, 558), later = dice_int(dice, 0, 3);
    g_autofree char *signed_on = day_text(day);
    g_autofree char *received_on = day_text(MIN(day + later, 558));
    const char *hall = DICE_PICK(dice, halls[made->place]);
    g_autofree char *clerk = person_name(made->options->part, dice);
    gboolean has_date = dice_chance(dice, 0.95);
    gboolean has_office = dice_chance(dice, 0.4) || !has_date;
    fields_set(made->fields, "declaration.signature",
               made->is_signed ? "present" : "absent");
    if (has_date)
        fields_set(made->fields, "declaration.date", signed_on);
    if (has_office) {
        fields_set(made->fields, "office.name", hall);
        if (dice_chance(dice, 0.85))
            fields_set(made->fields, "office.clerk", clerk);
        fields_set(made->fields, "office.received_on", received_on);
    }
    made->application_date = g_strdup(has_date ? signed_on : received_on);
}

static void fill_seal(Case *made, Dice *dice)
{
    gboolean has_seal = made->is_firm && made->is_signed && dice_chance(dice, 0.92);
    if (fields_is_declared(made->fields, "declaration.seal"))
        fields_set(made->fields, "declaration.seal", has_seal ? "present" : "absent");
}

/* A transfer has no date beside the signature, and an opinion with a seal. */
static void fill_transfer_office(Case *made, Dice *dice)
{
    static const char *const statements[] = {
        "材料齐全，予以受理。", "已核对原件，即时办理。", "申请材料已收取。"};
    static const char *const opinions[] = {"同意过户", "同意", "准予办理"};
    int day = dice_int(dice, 0, 558);
    g_autofree char *received_on = day_text(day);
    gboolean has_seal = dice_chance(dice, 0.5);
    fields_set(made->fields, "declaration.signature",
               made->is_signed ? "present" : "absent");
    if (dice_chance(dice, 0.9))
        fields_set(made->fields, "office.received_on", received_on);
    if (dice_chance(dice, 0.5))
        fields_set(made->fields, "office.statement", DICE_PICK(dice, statements));
    if (has_seal || dice_chance(dice, 0.3))
        fields_set(made->fields, "office.opinion", DICE_PICK(dice, opinions));
    fields_set(made->fields, "office.seal", has_seal ? "present" : "absent");
    made->application_date = g_strdup(received_on);
}

static const char *office_seal(const Case *made, gboolean is_drawn)
{
    gboolean has_seal = made->form == FORM_TRANSFER
                            ? fields_chose(made->fields, "office.seal", "present")
                            : is_drawn && fields_get(made->fields, "office.name") != NULL;
    if (!has_seal)
        return NULL;
    return made->place == PLACE_TONGXU ? "通许县市民之家受理专用章"
                                       : "开封市民之家受理专用章";
}

static void add_form(Case *made, Dice *dice)
{
    Paper *paper = paper_new(form_kinds[made->form].name, FALSE);
    static const double pen_points[] = {16, 18, 20, 22};
    Part part = made->options->part;
    Form form = {.kind = &form_kinds[made->form],
                 .print = &made->print,
                 .place = made->place,
                 .fields = made->fields,
                 .hand = made->hand,
                 .writer = &made->writer,
                 .signer = made->is_signed ? made->applicant->name : NULL,
                 .has_pen_date = dice_chance(dice, 0.4)};
    form.pen = type_points(faces_pick(part, KIND_KAI, dice), DICE_PICK(dice, pen_points));
    form.pen.colour = dice_chance(dice, 0.45) ? COLOUR_BLUE : COLOUR_BLACK;
    form.office_seal = office_seal(made, dice_chance(dice, 0.5));
    if (made->is_firm && fields_chose(made->fields, "declaration.seal", "present"))
        form.applicant_seal = made->firm->name;
    Dice drawing = dice_fork(dice, "form");
    g_autoptr(GPtrArray) sheets = form_draw(&form, &drawing);
    for (guint i = 0; i < sheets->len; i++) {
        SheetKind kind = SHEET_PAGE;
        g_ptr_array_add(paper->sheets, sheets->pdata[i]);
        g_array_append_val(paper->sheet_kinds, kind);
        paper_mark_made_up(sheets->pdata[i]);
    }
    g_ptr_array_set_free_func(sheets, NULL); /* the paper owns them now */
    paper->design = made->print.base->name;
    g_ptr_array_add(made->papers, paper);
}

const char *case_applicant_name(const Case *made)
{
    return made->is_firm ? made->firm->name : made->applicant->name;
}

const char *case_owner_name(const Case *made)
{
    return made->owner == made->applicant ? case_applicant_name(made) : made->owner->name;
}

guint case_who(const Case *made, const Person *person)
{
    guint who = 0;
    if (person == made->applicant)
        who |= made->is_firm ? WHO_LEGAL_REP : WHO_APPLICANT;
    /* a firm whose contact is no agent speaks through its legal representative */
    if (person == made->agent ||
        (made->is_firm && made->agent == NULL && person == made->applicant))
        who |= WHO_AGENT;
    /* a firm's own certificate is about the firm, not about who speaks for it */
    if (person == made->owner && !(made->is_firm && person == made->applicant))
        who |= WHO_OWNER;
    if (person == made->old_person)
        who |= made->old_firm != NULL ? WHO_OLD_LEGAL_REP : WHO_OLD_HOLDER;
    return who != 0 ? who : WHO_OTHER;
}

const Person *case_person(const Case *made, guint who)
{
    if (who & WHO_OTHER)
        return made->stranger;
    if (who & (WHO_OLD_HOLDER | WHO_OLD_LEGAL_REP))
        return made->old_person;
    if (who & (WHO_APPLICANT | WHO_LEGAL_REP))
        return made->applicant;
    if ((who & WHO_AGENT) && made->agent != NULL)
        return made->agent;
    return who & WHO_OWNER ? made->owner : made->applicant;
}

gboolean case_has_date(const Case *made)
{
    return fields_get(made->fields, "declaration.date") != NULL ||
           fields_get(made->fields, "office.received_on") != NULL;
}

void case_add_paper(Case *made, Paper *paper, guint who)
{
    static const char *const names[] = {"applicant",  "legal_rep",     "agent", "owner",
                                        "old_holder", "old_legal_rep", "other"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (who & (1u << i))
            g_ptr_array_add(paper->roles, (gpointer)names[i]);
    g_ptr_array_add(made->papers, paper);
}

Paper *case_id_card(const Case *made, const Person *person, gboolean is_expired,
                    Dice *dice)
{
    static const double layouts[] = {0.5, 0.14, 0.12, 0.12, 0.12};
    Card card = {.person = person};
    int applied = atoi(made->application_date);
    int years = dice_chance(dice, 0.5) ? 20 : 10;
    int from = is_expired ? applied - years - dice_int(dice, 1, 4)
                          : dice_int(dice, applied - years + 2, applied - 1);
    int month = dice_int(dice, 1, 12), day = dice_int(dice, 1, 28);
    gboolean is_endless = !is_expired && dice_chance(dice, 0.25);
    /* on a form without a date, any day must do */
    is_endless |= !is_expired && made->is_of_lists && !case_has_date(made);
    g_autofree char *valid_from = g_strdup_printf("%d-%02d-%02d", from, month, day);
    g_autofree char *valid_to =
        is_endless ? g_strdup("长期")
                   : g_strdup_printf("%d-%02d-%02d", from + years, month, day);
    card.valid_from = valid_from;
    card.valid_to = valid_to;
    card.layout = (CardLayout)dice_weighted(dice, layouts, G_N_ELEMENTS(layouts));
    /* Nobody can see that a card has expired without its back. */
    if (is_expired && (card.layout == CARD_FRONT_ONLY || card.layout == CARD_FRONT_CROP))
        card.layout = CARD_BOTH_ON_A_PAGE;
    Dice drawing = dice_fork(dice, person->id_number);
    return paper_id_card(&card, made->options->part, &drawing);
}

static void bring(Case *made, Paper *paper, guint who, guint flaws)
{
    Brought brought = {paper->class_name, who, flaws};
    g_array_append_val(made->brought, brought);
    case_add_paper(made, paper, who);
}

static void add_card(Case *made, const Person *person, gboolean is_expired, Dice *dice)
{
    guint who = case_who(made, person);
    /* without a certificate nothing says who the owner is */
    if (made->plan->certificate == CERTIFICATE_NONE)
        who &= ~(guint)WHO_OWNER;
    bring(made, case_id_card(made, person, is_expired, dice), who,
          is_expired ? FLAW_EXPIRED : 0);
}

static void add_certificate(Case *made, Dice *dice)
{
    gboolean is_elsewhere = made->plan->certificate == CERTIFICATE_OTHER_PLACE;
    Certificate certificate = {.owner = case_owner_name(made),
                               .site = is_elsewhere ? made->other_site : made->site,
                               .place = made->place,
                               .year = dice_int(dice, 2016, 2022)};
    Dice drawing = dice_fork(dice, "certificate");
    Paper *paper =
        paper_property_certificate(&certificate, made->options->part, &drawing);
    bring(made, paper, case_who(made, made->owner), is_elsewhere ? FLAW_ELSEWHERE : 0);
}

/* An individual's card and certificate, and what the plan makes of them. */
static void add_usual_papers(Case *made, Dice *dice)
{
    Dice cards = dice_fork(dice, "cards"), agent = dice_fork(dice, "agent");
    Dice certificate = dice_fork(dice, "certificate"), other = dice_fork(dice, "unknown");
    if (made->plan->has_applicant_card)
        add_card(made, made->applicant, made->plan->is_expired, &cards);
    if (made->plan->has_owner_card)
        add_card(made, made->owner, FALSE, &cards);
    if (made->agent != NULL && dice_chance(&agent, 0.3) && made->plan->has_applicant_card)
        add_card(made, made->agent, FALSE, &agent);
    if (made->plan->certificate != CERTIFICATE_NONE)
        add_certificate(made, &certificate);
    if (made->plan->has_unknown) {
        int kind = made->options->part == PART_SAMPLES ? made->number / 2
                                                       : dice_int(&other, 0, 999);
        g_ptr_array_add(made->papers,
                        paper_unknown(kind, made->applicant, made->options->part,
                                      made->place, &other));
    }
}

static void add_papers(Case *made, Dice *dice)
{
    if (made->is_of_lists) {
        pile_bring(made, dice);
        pile_draw(made, dice);
    } else {
        add_usual_papers(made, dice);
    }
    /* Some piles are scanned in another order: the last paper comes first. */
    if (made->papers->len > 1 && dice_chance(dice, 0.15)) {
        gpointer last = g_ptr_array_steal_index(made->papers, made->papers->len - 1);
        g_ptr_array_insert(made->papers, 0, last);
    }
}

static void choose_people(Case *made, Dice *dice)
{
    Part part = made->options->part;
    Dice applicant = dice_fork(dice, "applicant"), owner = dice_fork(dice, "owner");
    Dice agent = dice_fork(dice, "agent"), site = dice_fork(dice, "site");
    made->applicant = person_new(part, made->place, &applicant);
    made->owner = made->applicant;
    if (made->plan->certificate == CERTIFICATE_OTHER_OWNER)
        made->owner = person_new(part, made->place, &owner);
    gboolean is_own_agent = made->form == FORM_ENTERPRISE && dice_chance(&agent, 0.2);
    if (is_own_agent)
        made->agent = made->applicant;
    else if (dice_chance(&agent, 0.3) || made->form == FORM_ENTERPRISE)
        made->agent = person_new(part, made->place, &agent);
    if (made->is_firm) {
        Dice firm = dice_fork(dice, "firm");
        made->firm = firm_new(part, made->place, NULL, &firm);
        g_free(made->firm->legal_rep);
        made->firm->legal_rep = g_strdup(made->applicant->name);
    }
    made->site = site_new(part, made->place, &site);
    made->other_site = site_new(part, made->place, &site);
}

/* Who fills the form by hand, and ticks with the same pen: streams of their own. */
static void choose_writer(Case *made)
{
    /* as TickStyle */
    static const double styles[] = {0, 0, 0, 0, 0.3, 0.12, 0.38, 0.1, 0.1};
    Dice dice = case_dice(made->options, made->number, "hand");
    made->writer = (Writer){.fill = made->options->fill,
                            .lot = case_dice(made->options, made->number, "by hand")};
    if (made->writer.fill == FILL_PRINT)
        return;
    made->writer.hand = hand_choose(made->options->part, &dice);
    made->hand.style = (TickStyle)dice_weighted(&dice, styles, G_N_ELEMENTS(styles));
    made->hand.colour = made->writer.hand.colour;
    made->hand.pen_mm = dice_real(&dice, 0.25, 0.7);
}

static void choose_wear(Case *made, Dice *dice)
{
    static const double grades[WEAR_PHOTO] = {0.3, 0.6, 0.1};
    static const double formats[FORMAT_COUNT] = {0.5, 0.12, 0.16, 0.22};
    const CaseOptions *options = made->options;
    made->has_form_file = dice_chance(dice, 0.4);
    made->grade = (WearGrade)dice_weighted(dice, grades, WEAR_PHOTO);
    made->format = (Format)dice_weighted(dice, formats, FORMAT_COUNT);
    if (options->part == PART_SAMPLES) {
        /* In turn, and no PNG: it is too large for files that are kept. */
        static const Format turn[] = {FORMAT_JPEG, FORMAT_JPEG, FORMAT_PDF, FORMAT_JPEG,
                                      FORMAT_TIFF};
        made->format = turn[made->number % (int)G_N_ELEMENTS(turn)];
    }
    if (options->wear != WEAR_COUNT)
        made->grade = options->wear;
    if (made->grade == WEAR_PHOTO)
        made->format = FORMAT_JPEG;
    if (options->format != FORMAT_MIXED)
        made->format = options->format;
    if (made->format == FORMAT_DIGITAL)
        made->grade = WEAR_CLEAN;
}

static void fill_form(Case *made, Dice *dice)
{
    switch (made->form) {
    case FORM_ENTERPRISE:
        form_fill_enterprise(made->fields, made->place, made->firm, made->applicant,
                             made->agent, made->site, made->utilities, dice);
        break;
    case FORM_TRANSFER:
        form_fill_transfer(made->fields, case_applicant_name(made),
                           made->agent != NULL ? made->agent : made->applicant,
                           made->site, made->utilities, dice);
        break;
    default:
        form_fill(made->fields, made->place, made->applicant, made->agent, made->site,
                  made->utilities, dice);
    }
}

/* Firms and transfers bring what their lists ask for; individuals' applications where
 * that is asked for, or is what the plan is of. */
static gboolean is_of_lists(const Case *made)
{
    const CaseOptions *options = made->options;
    return options->papers == NULL &&
           (made->form != FORM_INDIVIDUAL || options->has_lists ||
            (options->only != NULL && plan_find(plans, options->only) == NULL));
}

Case *case_new(const CaseOptions *options, int number)
{
    Case *made = g_new0(Case, 1);
    Dice dice = case_dice(options, number, "plan");
    made->options = options;
    made->number = number;
    made->name = g_strdup_printf("%s-%" G_GUINT64_FORMAT "-%03d",
                                 part_names[options->part], options->seed, number + 1);
    made->plan = choose_plan(options, number, &dice);
    made->place = dice_chance(&dice, 0.35) ? PLACE_TONGXU : PLACE_KAIFENG;
    made->form = choose_form(options, number);
    choose_applicant_kind(made);
    made->is_of_lists = is_of_lists(made);
    if (made->is_of_lists)
        made->plan = pile_plan(made);
    made->utilities = choose_utilities(made, &dice) | made->plan->ticked;
    made->is_signed = !made->plan->is_unsigned;
    made->brought = g_array_new(FALSE, FALSE, sizeof(Brought));
    made->papers = g_ptr_array_new_with_free_func((GDestroyNotify)paper_free);
    made->fields = fields_new();
    choose_people(made, &dice);
    if (made->is_of_lists)
        pile_people(made);
    choose_hand(made, &dice);
    choose_writer(made);
    choose_wear(made, &dice);
    made->print = print_choose(options->part, number + (int)(options->seed % 97),
                               options->seed, &dice);
    if (options->papers != NULL) {
        g_autoptr(GPtrArray) pile =
            drawable_pile(options->papers, number, options->part, made->place, &dice);
        g_ptr_array_extend_and_steal(made->papers, g_steal_pointer(&pile));
        return made;
    }
    form_declare(made->fields, made->form, made->place);
    Dice filling = dice_fork(&dice, "fill"), dates = dice_fork(&dice, "dates");
    Dice form = dice_fork(&dice, "form"), papers = dice_fork(&dice, "papers");
    fill_form(made, &filling);
    if (made->form == FORM_TRANSFER)
        fill_transfer_office(made, &dates);
    else
        fill_dates_and_office(made, &dates);
    fill_seal(made, &dates);
    add_form(made, &form);
    add_papers(made, &papers);
    return made;
}

void case_free(Case *made)
{
    if (made == NULL)
        return;
    if (made->owner != made->applicant)
        person_free(made->owner);
    if (made->agent != made->applicant)
        person_free(made->agent);
    person_free(made->applicant);
    person_free(made->old_person);
    person_free(made->stranger);
    firm_free(made->firm);
    firm_free(made->old_firm);
    firm_free(made->other_firm);
    site_free(made->site);
    site_free(made->other_site);
    fields_free(made->fields);
    g_ptr_array_unref(made->papers);
    g_array_unref(made->brought);
    g_free(made->application_date);
    g_free(made->name);
    g_free(made);
}
