/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pile.c - which papers somebody brings: first all that the lists ask for, one paper for
 * each line that none meets yet; then whatever people bring beside; then the plan spoils
 * one thing. The verdict is worked out from the pile afterwards (lists.c), not from the
 * plan. */
#include "pile.h"

#include <string.h>

#include "lists.h"

/* --- the pile --------------------------------------------------------------------------
 */

static Brought *paper_at(const Case *made, guint i)
{
    return &g_array_index(made->brought, Brought, i);
}

/* A card shows all that its holder is. */
static void add(Case *made, const char *class_name, guint who)
{
    Brought brought = {class_name, who, 0};
    if (is_identity(class_name))
        brought.who |= case_who(made, case_person(made, who));
    g_array_append_val(made->brought, brought);
}

static gboolean has(const Case *made, const char *class_name, guint who)
{
    for (guint i = 0; i < made->brought->len; i++) {
        const Brought *brought = paper_at(made, i);
        if (strcmp(brought->class_name, class_name) == 0 &&
            (who == 0 || (brought->who & who)))
            return TRUE;
    }
    return FALSE;
}

/* Whom a paper for @line is about; of alternatives the one that exists. */
static guint asked_person(const Case *made, const ListLine *line)
{
    if (line->who == WHO_OWNER)
        return WHO_APPLICANT;
    if (line->who == (WHO_OLD_HOLDER | WHO_OLD_LEGAL_REP))
        return made->old_firm != NULL ? WHO_OLD_LEGAL_REP : WHO_OLD_HOLDER;
    return line->who;
}

static gboolean is_met(const Case *made, const ListLine *line)
{
    for (guint i = 0; i < made->brought->len; i++) {
        const Brought *brought = paper_at(made, i);
        if (list_accepts(line, brought->class_name) &&
            (brought->who & asked_person(made, line)))
            return TRUE;
    }
    return FALSE;
}

/* One of the classes that @line takes: in two cases of five the first, which is usual.
 * @is_any: each as likely as the others. Returns: static */
static const char *choose_class(const Case *made, const ListLine *line, gboolean is_any,
                                Dice *dice)
{
    g_auto(GStrv) classes = g_strsplit(line->accepts, " ", -1);
    int n = (int)g_strv_length(classes);
    int chosen = dice_int(dice, 0, n - 1);
    if (!is_any && dice_chance(dice, 0.4))
        chosen = 0;
    /* its few months are not told from any other day where the form has no date */
    if (strcmp(classes[chosen], "temporary_id_card") == 0 && !case_has_date(made))
        chosen = 0;
    return g_intern_string(classes[chosen]);
}

/* The most choosy first, so that one paper serves several utilities. */
static const char *const by_choice[] = {"gas", "electricity", "heat", "water", NULL};

typedef void LineVisit(Case *made, const ListLine *line, gpointer data);

static void each_line(Case *made, LineVisit *visit, gpointer data)
{
    for (int i = 0; by_choice[i] != NULL; i++) {
        if (!fields_chose(made->fields, "utilities", by_choice[i]))
            continue;
        for (const ListLine *line = list_of(made, by_choice[i]); line->utility != NULL;
             line++)
            if (strcmp(line->utility, by_choice[i]) == 0)
                visit(made, line, data);
    }
}

static void bring_for_line(Case *made, const ListLine *line, gpointer dice)
{
    if (!is_met(made, line))
        add(made, choose_class(made, line, FALSE, dice), asked_person(made, line));
}

/* Who held it before must be named by some paper, or no card proves to be his. */
static void bring_old_holder(Case *made, Dice *dice)
{
    gboolean has_card = FALSE;
    for (guint i = 0; i < made->brought->len; i++)
        has_card |= is_identity(paper_at(made, i)->class_name) &&
                    (paper_at(made, i)->who & (WHO_OLD_HOLDER | WHO_OLD_LEGAL_REP));
    if (!has_card)
        return;
    if (!has(made, "transfer_application_letter", 0) &&
        !has(made, "purchase_contract", 0) && !has(made, "handover_document", 0))
        add(made, dice_chance(dice, 0.5) ? "purchase_contract" : "handover_document",
            WHO_APPLICANT);
    if (made->old_firm != NULL && !has(made, "business_license", WHO_OLD_HOLDER))
        add(made, "business_license", WHO_OLD_HOLDER);
}

/* What nobody asked for, or what is asked for later. */
static void bring_beside(Case *made, Dice *dice)
{
    gboolean has_agent = made->agent != NULL && made->agent != made->applicant;
    gboolean is_transfer = made->form == FORM_TRANSFER;
    gboolean is_gas_transfer =
        is_transfer && fields_chose(made->fields, "utilities", "gas");
    gboolean is_telecom = fields_chose(made->fields, "utilities", "telecom");
    static const char *const deeds[] = {"property_certificate",   "land_use_certificate",
                                        "purchase_contract",      "purchase_invoice",
                                        "deed_tax_certificate",   "mortgage_contract",
                                        "resettlement_agreement", "ownership_letter"};
    const char *deed = DICE_PICK(dice, deeds);
    /* a person who sells to a firm writes no invoice, and no developer held it so far */
    if (is_transfer && made->is_firm && made->old_firm == NULL &&
        strcmp(deed, "purchase_invoice") == 0)
        deed = deeds[0];
    const struct {
        const char *class_name;
        guint who;
        gboolean may_be;
        double odds;
    } papers[] = {
        {"id_card", WHO_AGENT, has_agent, made->is_firm ? 0.5 : 0.3},
        {"authorization_letter", WHO_AGENT, made->is_firm && has_agent, 0.45},
        {"credit_code_certificate", WHO_APPLICANT, made->is_firm,
         is_telecom ? 0.4 : 0.06},
        {deed, WHO_APPLICANT, TRUE, 0.25},
        {"auction_document", WHO_APPLICANT, made->is_firm && is_transfer, 0.12},
        {"household_register", WHO_APPLICANT, !made->is_firm, 0.08},
        {"safety_inspection_record", WHO_APPLICANT, is_gas_transfer, 0.5},
        {"settlement_receipt", WHO_APPLICANT, is_gas_transfer, 0.5},
        {"unknown", WHO_OTHER, TRUE, 0.08},
        {"look_alike", WHO_OTHER, TRUE, 0.05},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(papers); i++) {
        gboolean is_brought = dice_chance(dice, papers[i].odds);
        if (is_brought && papers[i].may_be &&
            !has(made, papers[i].class_name, papers[i].who))
            add(made, papers[i].class_name, papers[i].who);
    }
}

/* --- what is the matter ----------------------------------------------------------------
 * Each changes the pile; FALSE: it has nothing of the kind. */

typedef gboolean PaperTest(const Case *made, const Brought *brought);

/* Returns: one of the papers that pass @test, borrowed, or NULL */
static Brought *pick(const Case *made, PaperTest *test, Dice *dice)
{
    Brought *picked = NULL;
    int passed = 0;
    for (guint i = 0; i < made->brought->len; i++)
        if (test(made, paper_at(made, i)) && dice_int(dice, 0, passed++) == 0)
            picked = paper_at(made, i);
    return picked;
}

static gboolean flaw_one(const Case *made, PaperTest *test, guint flaw, Dice *dice)
{
    Brought *brought = pick(made, test, dice);
    if (brought != NULL)
        brought->flaws |= flaw;
    return brought != NULL;
}

/* A class that a utility takes is brought for it, whether others take it or not. */
static void bring_freely(Case *made, const ListLine *line, gpointer dice)
{
    gboolean is_free = strchr(line->accepts, ' ') != NULL && dice_chance(dice, 0.7);
    for (guint i = 0; is_free && i < made->brought->len; i++) {
        Brought *brought = paper_at(made, i);
        if (list_accepts(line, brought->class_name) &&
            (brought->who & asked_person(made, line))) {
            brought->class_name = choose_class(made, line, TRUE, dice);
            return;
        }
    }
}

static gboolean bring_others(Case *made, Dice *dice)
{
    guint before = made->brought->len;
    each_line(made, bring_freely, dice);
    return before > 0;
}

typedef struct {
    const ListLine *line;
    int seen;
    Dice *dice;
} LineLot;

static void draw_line(Case *made, const ListLine *line, gpointer data)
{
    LineLot *lot = data;
    (void)made;
    if (dice_int(lot->dice, 0, lot->seen++) == 0)
        lot->line = line;
}

/* All that could meet one line of one list. */
static gboolean leave_out(Case *made, Dice *dice)
{
    LineLot lot = {NULL, 0, dice};
    each_line(made, draw_line, &lot);
    if (lot.line == NULL)
        return FALSE;
    guint who = asked_person(made, lot.line);
    for (guint i = made->brought->len; i > 0; i--)
        if (list_accepts(lot.line, paper_at(made, i - 1)->class_name) &&
            (paper_at(made, i - 1)->who & who))
            g_array_remove_index(made->brought, i - 1);
    return TRUE;
}

static gboolean leave_all(Case *made, Dice *dice)
{
    (void)dice;
    g_array_set_size(made->brought, 0);
    return TRUE;
}

/* A former holder who is a person is known by his name alone, on a deed: a stranger's
 * card might be anybody's. */
static gboolean is_card_of_known(const Case *made, const Brought *brought)
{
    (void)made;
    return is_identity(brought->class_name) && !(brought->who & WHO_OLD_HOLDER);
}

static gboolean swap_card(Case *made, Dice *dice)
{
    Brought *card = pick(made, is_card_of_known, dice);
    if (card != NULL)
        card->who = WHO_OTHER;
    return card != NULL;
}

static gboolean is_deed(const Case *made, const Brought *brought)
{
    (void)made;
    return is_ownership(brought->class_name) ||
           strcmp(brought->class_name, "auction_document") == 0 ||
           strcmp(brought->class_name, "handover_document") == 0;
}

/* All of them, since deeds about two rooms would be another matter. */
static gboolean move_house(Case *made, Dice *dice)
{
    gboolean is_moved = FALSE;
    for (guint i = 0; i < made->brought->len; i++)
        if (is_deed(made, paper_at(made, i))) {
            paper_at(made, i)->flaws |= FLAW_ELSEWHERE;
            is_moved = TRUE;
        }
    if (is_moved && dice_chance(dice, 0.6)) {
        Site *next = site_next_door(made->site);
        site_free(made->other_site);
        made->other_site = next;
    }
    return is_moved;
}

static gboolean change_owner(Case *made, Dice *dice)
{
    gboolean is_changed = FALSE;
    for (guint i = 0; i < made->brought->len; i++)
        if (is_deed(made, paper_at(made, i))) {
            /* firms buy at auctions, and are handed a house over */
            paper_at(made, i)->who =
                is_ownership(paper_at(made, i)->class_name) ? WHO_OWNER : WHO_OTHER;
            is_changed = TRUE;
        }
    if (!is_changed)
        return FALSE;
    made->owner = person_new(made->options->part, made->place, dice);
    for (guint i = 0; i < made->brought->len; i++)
        if (is_identity(paper_at(made, i)->class_name))
            paper_at(made, i)->who &= ~(guint)WHO_OWNER;
    if (!made->is_firm && dice_chance(dice, 0.5))
        add(made, "id_card", WHO_OWNER);
    return TRUE;
}

/* Whose number the form has, so that both can be compared. */
static gboolean is_numbered(const Case *made, const Brought *brought)
{
    gboolean is_license = strcmp(brought->class_name, "business_license") == 0;
    if (made->form == FORM_ENTERPRISE && is_license)
        return (brought->who & WHO_APPLICANT) != 0;
    if (strcmp(brought->class_name, "id_card") != 0)
        return FALSE;
    if (made->form == FORM_ENTERPRISE)
        return (brought->who & WHO_LEGAL_REP) != 0;
    if (made->form == FORM_INDIVIDUAL)
        return (brought->who & WHO_APPLICANT) != 0;
    guint contact = made->agent != NULL ? WHO_AGENT : WHO_APPLICANT | WHO_LEGAL_REP;
    return (brought->who & contact) != 0;
}

static gboolean change_number(Case *made, Dice *dice)
{
    return flaw_one(made, is_numbered, FLAW_NUMBER, dice);
}

static gboolean can_expire(const Case *made, const Brought *brought)
{
    (void)made;
    return strcmp(brought->class_name, "id_card") == 0 ||
           (strcmp(brought->class_name, "business_license") == 0 &&
            (brought->who & WHO_APPLICANT));
}

static gboolean expire(Case *made, Dice *dice)
{
    return flaw_one(made, can_expire, FLAW_EXPIRED, dice);
}

static gboolean is_own_license(const Case *made, const Brought *brought)
{
    (void)made;
    return strcmp(brought->class_name, "business_license") == 0 &&
           (brought->who & WHO_APPLICANT);
}

static gboolean swap_license(Case *made, Dice *dice)
{
    Brought *license = pick(made, is_own_license, dice);
    if (license != NULL)
        license->who = WHO_OTHER;
    return license != NULL;
}

static gboolean leave_seal(Case *made, Dice *dice)
{
    return flaw_one(made, is_own_license, FLAW_NO_SEAL, dice);
}

static gboolean make_old(Case *made, Dice *dice)
{
    return flaw_one(made, is_own_license, FLAW_OLD_STYLE, dice);
}

static gboolean is_letter(const Case *made, const Brought *brought)
{
    (void)made;
    return strcmp(brought->class_name, "transfer_application_letter") == 0;
}

static gboolean leave_signature(Case *made, Dice *dice)
{
    return flaw_one(made, is_letter, FLAW_NOT_SIGNED, dice);
}

/* A person's shop: its licence makes gas and heat go by the list of firms. */
static gboolean bring_shop(Case *made, Dice *dice)
{
    (void)dice;
    for (guint i = 0; i < made->brought->len; i++)
        if (is_identity(paper_at(made, i)->class_name) &&
            (paper_at(made, i)->who & WHO_APPLICANT))
            paper_at(made, i)->who |=
                WHO_LEGAL_REP | (made->agent == NULL ? WHO_AGENT : 0);
    add(made, "business_license", WHO_APPLICANT);
    paper_at(made, made->brought->len - 1)->flaws = FLAW_NO_SEAL;
    return TRUE;
}

/* --- plans -----------------------------------------------------------------------------
 */

static const Plan plans[] = {
    {.name = "complete", .weight = 38, .for_whom = FOR_ALL},
    {.name = "other_papers", .weight = 10, .for_whom = FOR_ALL, .change = bring_others},
    {.name = "left_out", .weight = 15, .for_whom = FOR_ALL, .change = leave_out},
    {.name = "form_only", .weight = 2, .for_whom = FOR_ALL, .change = leave_all},
    {.name = "others_card", .weight = 5, .for_whom = FOR_ALL, .change = swap_card},
    {.name = "other_place", .weight = 5, .for_whom = FOR_ALL, .change = move_house},
    {.name = "other_owner", .weight = 5, .for_whom = FOR_ALL, .change = change_owner},
    {.name = "other_number", .weight = 5, .for_whom = FOR_ALL, .change = change_number},
    {.name = "expired", .weight = 5, .for_whom = FOR_ALL, .change = expire},
    {.name = "unsigned", .weight = 3, .for_whom = FOR_ALL, .is_unsigned = TRUE},
    {.name = "telecom_only",
     .weight = 2,
     .for_whom = FOR_INSTALLS,
     .is_telecom_only = TRUE},
    {.name = "other_firm", .weight = 5, .for_whom = FOR_FIRMS, .change = swap_license},
    {.name = "no_seal", .weight = 6, .for_whom = FOR_FIRMS, .change = leave_seal},
    {.name = "old_license", .weight = 4, .for_whom = FOR_FIRMS, .change = make_old},
    {.name = "unsigned_letter",
     .weight = 4,
     .for_whom = FOR_FIRM_TRANSFERS,
     .ticked = UTILITY_GAS,
     .change = leave_signature},
    {.name = "shop",
     .weight = 3,
     .for_whom = FOR_TRANSFERS,
     .ticked = UTILITY_GAS,
     .change = bring_shop},
    {.name = NULL},
};

const Plan *pile_plans(void)
{
    return plans;
}

static guint whose_case(const Case *made)
{
    if (made->form == FORM_TRANSFER)
        return made->is_firm ? FOR_FIRM_TRANSFERS : FOR_TRANSFERS;
    return made->is_firm ? FOR_ENTERPRISES : FOR_INDIVIDUALS;
}

const Plan *pile_plan(const Case *made)
{
    double weights[G_N_ELEMENTS(plans)];
    int n = (int)G_N_ELEMENTS(plans) - 1;
    Dice dice = case_dice(made->options, made->number, "plan of the lists");
    for (int i = 0; i < n; i++)
        weights[i] = plans[i].for_whom & whose_case(made) ? plans[i].weight : 0;
    int lot = dice_weighted(&dice, weights, n);
    const Plan *only =
        made->options->only != NULL ? plan_find(plans, made->options->only) : NULL;
    return only != NULL && (only->for_whom & whose_case(made)) ? only : &plans[lot];
}

/* --- people ----------------------------------------------------------------------------
 */

/* Whether at most two characters tell @a from @b: two firms of one trade, or of one
 * brand.
 */
static gboolean are_alike(const char *a, const char *b)
{
    int differing = 0;
    if (g_utf8_strlen(a, -1) != g_utf8_strlen(b, -1))
        return FALSE;
    for (; *a != '\0'; a = g_utf8_next_char(a), b = g_utf8_next_char(b))
        differing += g_utf8_get_char(a) != g_utf8_get_char(b);
    return differing <= 2;
}

/* A firm that is not @other, seldom one of nearly its name; it is represented by @person.
 */
static Firm *firm_of(const Case *made, const Person *person, const Firm *other,
                     const char *trade, Dice *dice)
{
    gboolean may_be_alike = dice_chance(dice, 0.15);
    Firm *firm = firm_new(made->options->part, made->place, trade, dice);
    while (other != NULL && (strcmp(firm->name, other->name) == 0 ||
                             (!may_be_alike && are_alike(firm->name, other->name)))) {
        firm_free(firm);
        firm = firm_new(made->options->part, made->place, trade, dice);
    }
    g_free(firm->legal_rep);
    firm->legal_rep = g_strdup(person->name);
    /* no term that is over by chance */
    g_free(firm->valid_to);
    firm->valid_to = g_strdup("长期");
    return firm;
}

void pile_people(Case *made)
{
    Dice dice = case_dice(made->options, made->number, "people of the lists");
    Part part = made->options->part;
    gboolean is_shop = made->form == FORM_TRANSFER && !made->is_firm;
    made->old_person = person_new(part, made->place, &dice);
    made->stranger = person_new(part, made->place, &dice);
    /* whom gas asks for the former firm's licence was a firm */
    if (made->is_firm && ((made->utilities & UTILITY_GAS) || dice_chance(&dice, 0.6)))
        made->old_firm = firm_of(made, made->old_person, made->firm, NULL, &dice);
    made->other_firm = firm_of(made, is_shop ? made->applicant : made->stranger,
                               made->firm, is_shop ? "餐饮" : NULL, &dice);
    if (made->firm != NULL) {
        g_free(made->firm->valid_to);
        made->firm->valid_to = g_strdup("长期");
    }
}

/* --- all of it -------------------------------------------------------------------------
 */

static void shuffle(Case *made, Dice *dice)
{
    for (guint i = made->brought->len; i > 1; i--) {
        guint k = (guint)dice_int(dice, 0, (int)i - 1);
        Brought kept = *paper_at(made, i - 1);
        *paper_at(made, i - 1) = *paper_at(made, k);
        *paper_at(made, k) = kept;
    }
}

void pile_bring(Case *made, Dice *dice)
{
    Dice changing = dice_fork(dice, "change");
    each_line(made, bring_for_line, dice);
    bring_old_holder(made, dice);
    bring_beside(made, dice);
    if (made->plan->change != NULL && !made->plan->change(made, &changing))
        made->plan = &plans[0];
    if (dice_chance(dice, 0.5))
        shuffle(made, dice);
}
