/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lists.h"

#include <string.h>

#define IDENTITY                                                                         \
    "id_card temporary_id_card household_register military_id hk_macau_permit"
#define OWNERSHIP3 "property_certificate land_use_certificate purchase_contract"
#define OWNERSHIP5                                                                       \
    "property_certificate purchase_invoice deed_tax_certificate purchase_contract "      \
    "mortgage_contract resettlement_agreement ownership_letter"
#define CHANGE "purchase_contract auction_document handover_document"

/* Both places print the same lists. What only one utility holds itself (安检, 结清费用),
 * and what is asked for when the line is fitted (telecom), is on none of them: no case is
 * incomplete by it. */

/* 报装 and 过户 ask individuals for the same papers. */
static const ListLine individual_list[] = {
    {"water", "identity", IDENTITY, WHO_APPLICANT, .asks_site = FALSE},
    {"water", "ownership", OWNERSHIP5, WHO_APPLICANT, .asks_site = TRUE},
    {"electricity", "identity", IDENTITY, WHO_APPLICANT, .asks_site = FALSE},
    {"electricity", "ownership", OWNERSHIP3, WHO_APPLICANT, .asks_site = TRUE},
    {"gas", "property_certificate", "property_certificate", WHO_APPLICANT,
     .asks_site = TRUE},
    {"gas", "owner_id", "id_card", WHO_OWNER, .asks_site = FALSE},
    {"heat", "owner_id", "id_card", WHO_OWNER, .asks_site = FALSE},
    {"heat", "ownership", OWNERSHIP5, WHO_APPLICANT, .asks_site = TRUE},
    {NULL, NULL, NULL, 0, .asks_site = FALSE},
};
static const ListLine firm_install_list[] = {
    {"water", "business_license", "business_license", WHO_APPLICANT, .asks_seal = TRUE},
    {"water", "legal_rep_id", "id_card", WHO_LEGAL_REP, .asks_site = FALSE},
    {"water", "agent_id", "id_card", WHO_AGENT, .asks_site = FALSE},
    {"water", "ownership", OWNERSHIP5, WHO_APPLICANT, .asks_site = TRUE},
    {"electricity", "identity", IDENTITY, WHO_LEGAL_REP, .asks_site = FALSE},
    {"electricity", "business_license", "business_license", WHO_APPLICANT,
     .asks_seal = TRUE},
    {"electricity", "ownership", OWNERSHIP3, WHO_APPLICANT, .asks_site = TRUE},
    {"gas", "legal_rep_id", "id_card", WHO_LEGAL_REP, .asks_site = FALSE},
    {"gas", "business_license", "business_license", WHO_APPLICANT, .asks_site = FALSE},
    {"gas", "property_certificate", "property_certificate", WHO_APPLICANT,
     .asks_site = TRUE},
    {"heat", "business_license", "business_license", WHO_APPLICANT, .asks_seal = TRUE},
    {"heat", "legal_rep_id", "id_card", WHO_LEGAL_REP, .asks_site = FALSE},
    {"heat", "agent_id", "id_card", WHO_AGENT, .asks_site = FALSE},
    {"heat", "ownership", OWNERSHIP5, WHO_APPLICANT, .asks_site = TRUE},
    {NULL, NULL, NULL, 0, .asks_site = FALSE},
};
static const ListLine firm_transfer_list[] = {
    {"water", "change_reason", CHANGE, WHO_APPLICANT, .asks_site = TRUE},
    {"water", "business_license", "business_license", WHO_APPLICANT, .asks_seal = TRUE,
     .asks_code = TRUE},
    {"water", "legal_rep_id", "id_card", WHO_LEGAL_REP, .asks_site = FALSE},
    {"electricity", "old_holder_identity", IDENTITY, WHO_OLD_HOLDER | WHO_OLD_LEGAL_REP,
     .asks_site = FALSE},
    {"electricity", "identity", IDENTITY, WHO_LEGAL_REP, .asks_site = FALSE},
    {"electricity", "business_license", "business_license", WHO_APPLICANT,
     .asks_seal = TRUE},
    {"electricity", "ownership", OWNERSHIP3, WHO_APPLICANT, .asks_site = TRUE},
    {"gas", "transfer_letter", "transfer_application_letter", WHO_APPLICANT,
     .asks_site = TRUE},
    {"gas", "old_legal_rep_id", "id_card", WHO_OLD_LEGAL_REP, .asks_site = FALSE},
    {"gas", "old_business_license", "business_license", WHO_OLD_HOLDER,
     .asks_site = FALSE},
    {"gas", "legal_rep_id", "id_card", WHO_LEGAL_REP, .asks_site = FALSE},
    {"gas", "business_license", "business_license", WHO_APPLICANT, .asks_site = FALSE},
    {"heat", "change_reason", "property_certificate " CHANGE, WHO_APPLICANT,
     .asks_site = TRUE},
    {"heat", "business_license", "business_license", WHO_APPLICANT, .asks_seal = TRUE,
     .asks_code = TRUE},
    {"heat", "legal_rep_id", "id_card", WHO_LEGAL_REP, .asks_site = FALSE},
    {"heat", "agent_id", "id_card", WHO_AGENT, .asks_site = FALSE},
    {NULL, NULL, NULL, 0, .asks_site = FALSE},
};

static gboolean names_class(const char *classes, const char *class_name)
{
    gsize length = strlen(class_name);
    for (const char *at = classes; (at = strstr(at, class_name)) != NULL; at += length)
        if ((at == classes || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return TRUE;
    return FALSE;
}

gboolean list_accepts(const ListLine *line, const char *class_name)
{
    return names_class(line->accepts, class_name);
}

gboolean is_ownership(const char *class_name)
{
    return names_class(OWNERSHIP5 " land_use_certificate", class_name);
}

gboolean is_identity(const char *class_name)
{
    return names_class(IDENTITY, class_name);
}

static gboolean is_license(const Brought *brought)
{
    return strcmp(brought->class_name, "business_license") == 0;
}

static gboolean is_brought(const Case *made, const char *classes, guint who)
{
    for (guint i = 0; i < made->brought->len; i++) {
        const Brought *brought = &g_array_index(made->brought, Brought, i);
        if (names_class(classes, brought->class_name) &&
            (who == 0 || (brought->who & who)))
            return TRUE;
    }
    return FALSE;
}

/* 过户 of gas and heat goes by use: with the licence of a shop among its papers, a
 * person's shop is judged as a firm. */
static gboolean is_shop(const Case *made, const char *utility)
{
    gboolean goes_by_use = strcmp(utility, "gas") == 0 || strcmp(utility, "heat") == 0;
    return made->form == FORM_TRANSFER && !made->is_firm && goes_by_use &&
           is_brought(made, "business_license", WHO_APPLICANT);
}

const ListLine *list_of(const Case *made, const char *utility)
{
    if (!made->is_firm && !is_shop(made, utility))
        return individual_list;
    return made->form == FORM_TRANSFER ? firm_transfer_list : firm_install_list;
}

/* Who is known by name: to those the form names come those whom a paper names by what
 * they are. A transfer's form names no representative and no former holder. */
static guint known_people(const Case *made)
{
    guint known = WHO_APPLICANT | WHO_AGENT | WHO_OWNER;
    if (made->form != FORM_TRANSFER ||
        is_brought(made, "business_license", WHO_APPLICANT))
        known |= WHO_LEGAL_REP;
    if (made->form == FORM_TRANSFER &&
        is_brought(made,
                   "transfer_application_letter purchase_contract handover_document", 0))
        known |= WHO_OLD_HOLDER;
    if ((known & WHO_OLD_HOLDER) && is_brought(made, "business_license", WHO_OLD_HOLDER))
        known |= WHO_OLD_LEGAL_REP;
    return known;
}

/* Whether @brought, a card that is not known to be about whom @line asks for, may be it:
 * where nothing names him, it may be anybody's whom nothing names; and who comes to the
 * counter for a firm may be its representative. */
static gboolean may_be_his(const ListLine *line, const Brought *brought, guint known)
{
    guint told = brought->who & known;
    if (line->who == WHO_LEGAL_REP)
        told &= ~(guint)WHO_AGENT;
    return (line->who & ~known) && told == 0;
}

/* Whether @brought is about whom @line asks for. A deed, a letter or a licence that names
 * a stranger contradicts the form. */
static State whose(const Case *made, const ListLine *line, const Brought *brought)
{
    guint known = known_people(made);
    if (brought->who & line->who & known)
        return STATE_MET;
    if (is_identity(brought->class_name))
        return may_be_his(line, brought, known) ? STATE_UNSURE : STATE_MISSING;
    if (is_license(brought))
        return brought->who & known ? STATE_MISSING : STATE_UNSURE;
    return STATE_UNSURE;
}

static State state_by(const Case *made, const ListLine *line, const Brought *brought)
{
    State state = list_accepts(line, brought->class_name) ? whose(made, line, brought)
                                                          : STATE_MISSING;
    guint flaws = brought->flaws;
    if (((flaws & FLAW_OLD_STYLE) && line->asks_code) || (flaws & FLAW_NOT_SIGNED))
        return STATE_MISSING;
    gboolean is_doubtful = (flaws & (FLAW_EXPIRED | FLAW_NUMBER)) ||
                           ((flaws & FLAW_ELSEWHERE) && line->asks_site) ||
                           ((flaws & FLAW_NO_SEAL) && line->asks_seal);
    return is_doubtful ? MAX(state, STATE_UNSURE) : state;
}

static State best_state(const Case *made, const ListLine *line)
{
    State best = STATE_MISSING;
    for (guint i = 0; i < made->brought->len; i++)
        best = MIN(best, state_by(made, line, &g_array_index(made->brought, Brought, i)));
    return best;
}

/* The card of the 房主: without a paper that names him nobody knows whose card is asked
 * for; where he is not the applicant, his card is asked for all the same and a person
 * looks. */
static State owner_card(const Case *made, const ListLine *line)
{
    gboolean is_own = made->owner == made->applicant;
    ListLine asked = *line;
    asked.who = is_own ? WHO_APPLICANT : WHO_OWNER;
    if (!is_brought(made, OWNERSHIP5 " land_use_certificate", 0))
        return STATE_UNSURE;
    State state = best_state(made, &asked);
    return is_own ? state : MAX(state, STATE_UNSURE);
}

State list_state(const Case *made, const ListLine *line)
{
    return line->who == WHO_OWNER ? owner_card(made, line) : best_state(made, line);
}
