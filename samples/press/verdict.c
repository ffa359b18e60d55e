/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verdict.c - what must be decided of a case, from how it was made: who has a card in the
 * pile, whose and where the certificate is. Nothing here reads a page. */
#include <string.h>

#include "cases.h"

typedef enum { STATE_MET, STATE_UNSURE, STATE_MISSING } State;

typedef State Rule(const Case *made);

/* The applicant's identity: a card with name and number will do, an expired one is
 * unsure. */
static State applicant_identity(const Case *made)
{
    if (!made->plan->has_applicant_card)
        return STATE_MISSING;
    return made->plan->is_expired ? STATE_UNSURE : STATE_MET;
}

/* The certificate: another owner or another place on it contradicts. */
static State certificate(const Case *made)
{
    switch (made->plan->certificate) {
    case CERTIFICATE_NONE:
        return STATE_MISSING;
    case CERTIFICATE_OWN:
        return STATE_MET;
    case CERTIFICATE_OTHER_OWNER:
    case CERTIFICATE_OTHER_PLACE:
        break;
    }
    return STATE_UNSURE;
}

/* The owner's card: without a certificate nobody knows who the owner is. */
static State owner_card(const Case *made)
{
    if (made->plan->certificate == CERTIFICATE_NONE)
        return STATE_UNSURE;
    if (made->plan->certificate == CERTIFICATE_OTHER_OWNER)
        return made->plan->has_owner_card ? STATE_UNSURE : STATE_MISSING;
    return applicant_identity(made);
}

/* A card of the firm's legal representative. */
static State legal_rep_card(const Case *made)
{
    return applicant_identity(made);
}

/* Who acts for the firm; one card is enough where that is its legal representative. */
static State agent_card(const Case *made)
{
    if (made->agent == made->applicant)
        return legal_rep_card(made);
    return made->has_agent_card ? STATE_MET : STATE_MISSING;
}

/* The utility holds this fact itself, and is asked for it later. */
static State to_confirm(const Case *made)
{
    (void)made;
    return STATE_MET;
}

/* A paper that is in no pile. */
static State never_there(const Case *made)
{
    (void)made;
    return STATE_MISSING;
}

typedef struct {
    const char *utility, *requirement;
    Rule *rule;
} RuleLine;

/* For an individual the two services ask for the same papers. */
static const RuleLine individual_rules[] = {
    {"water", "identity", applicant_identity},
    {"water", "ownership", certificate},
    {"electricity", "identity", applicant_identity},
    {"electricity", "ownership", certificate},
    {"gas", "property_certificate", certificate},
    {"gas", "owner_id", owner_card},
    {"gas", "safety_inspection", to_confirm},
    {"gas", "settlement", to_confirm},
    {"heat", "owner_id", owner_card},
    {"heat", "ownership", certificate},
    {NULL, NULL, NULL},
};
static const RuleLine firm_install_rules[] = {
    {"water", "business_license", never_there},
    {"water", "legal_rep_id", legal_rep_card},
    {"water", "agent_id", agent_card},
    {"water", "ownership", certificate},
    {"electricity", "identity", legal_rep_card},
    {"electricity", "business_license", never_there},
    {"electricity", "ownership", certificate},
    {"gas", "legal_rep_id", legal_rep_card},
    {"gas", "business_license", never_there},
    {"gas", "property_certificate", certificate},
    {"heat", "business_license", never_there},
    {"heat", "legal_rep_id", legal_rep_card},
    {"heat", "agent_id", agent_card},
    {"heat", "ownership", certificate},
    {NULL, NULL, NULL},
};
static const RuleLine firm_transfer_rules[] = {
    {"water", "change_reason", never_there},
    {"water", "business_license", never_there},
    {"water", "legal_rep_id", legal_rep_card},
    {"electricity", "old_holder_identity", never_there},
    {"electricity", "identity", legal_rep_card},
    {"electricity", "business_license", never_there},
    {"electricity", "ownership", certificate},
    {"gas", "transfer_letter", never_there},
    {"gas", "legal_rep_id", legal_rep_card},
    {"gas", "business_license", never_there},
    {"gas", "old_legal_rep_id", never_there},
    {"gas", "old_business_license", never_there},
    {"heat", "change_reason", certificate},
    {"heat", "business_license", never_there},
    {"heat", "legal_rep_id", legal_rep_card},
    {"heat", "agent_id", agent_card},
    {NULL, NULL, NULL},
};

static const RuleLine *rules_of(const Case *made)
{
    if (!made->is_firm)
        return individual_rules;
    return made->form == FORM_TRANSFER ? firm_transfer_rules : firm_install_rules;
}

static const char *verdict(const Case *made, const char *utility)
{
    State worst = STATE_MET;
    for (const RuleLine *line = rules_of(made); line->utility != NULL; line++)
        if (strcmp(line->utility, utility) == 0)
            worst = MAX(worst, line->rule(made));
    if (worst == STATE_MISSING)
        return "incomplete";
    if (!made->is_signed || worst == STATE_UNSURE)
        return "review";
    return strcmp(utility, "telecom") == 0 ? "deferred" : "complete";
}

JsonNode *verdicts_json(const Case *made)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    for (const Choice *utility = utility_choices; utility->code != NULL; utility++) {
        if (!fields_chose(made->fields, "utilities", utility->code))
            continue;
        json_builder_set_member_name(builder, utility->code);
        json_builder_add_string_value(builder, verdict(made, utility->code));
    }
    json_builder_end_object(builder);
    return json_builder_get_root(builder);
}

JsonNode *missing_json(const Case *made)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_array(builder);
    for (const RuleLine *line = rules_of(made); line->utility != NULL; line++) {
        if (!fields_chose(made->fields, "utilities", line->utility) ||
            line->rule(made) != STATE_MISSING)
            continue;
        g_autofree char *id = g_strdup_printf("%s/%s", line->utility, line->requirement);
        json_builder_add_string_value(builder, id);
    }
    json_builder_end_array(builder);
    return json_builder_get_root(builder);
}

const char *verdict_of_case(const Case *made)
{
    static const char *const order[] = {"deferred", "complete", "review", "incomplete"};
    int worst = 0;
    for (const Choice *utility = utility_choices; utility->code != NULL; utility++) {
        if (!fields_chose(made->fields, "utilities", utility->code))
            continue;
        const char *one = verdict(made, utility->code);
        for (int i = 0; i < 4; i++)
            if (strcmp(order[i], one) == 0)
                worst = MAX(worst, i);
    }
    return order[worst];
}
