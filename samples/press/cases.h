/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cases.h - a case: who applies for what, with which papers, and what must be decided of
 * it. */
#pragma once
#include <json-glib/json-glib.h>

#include "form.h"
#include "output.h"
#include "paper.h"
#include "print.h"
#include "wear.h"

/* What a case lacks or shows. */
typedef enum {
    CERTIFICATE_NONE,
    CERTIFICATE_OWN,
    CERTIFICATE_OTHER_OWNER,
    CERTIFICATE_OTHER_PLACE,
} CertificateKind;

typedef struct {
    const char *name;
    double weight; /* how often, except in the samples part, which takes them in turn */
    gboolean has_applicant_card;
    CertificateKind certificate;
    gboolean has_owner_card;
    gboolean is_unsigned, is_expired, has_unknown, is_telecom_only;
} Plan;

/* plans_table: all plans; the last has name NULL. */
const Plan *plans_table(void);
/* plan_find: by name; NULL for an unknown one. */
const Plan *plan_find(const char *name);

typedef struct {
    guint64 seed;
    Part part;
    WearGrade wear;     /* WEAR_COUNT: mixed */
    Format format;      /* FORMAT_MIXED: by lot */
    const Plan *only;   /* NULL: any plan */
    const char *papers; /* classes, with commas: no form, one paper of each; or NULL */
    guint forms;        /* bit set of 1 << FormNumber; 0: each with its share */
} CaseOptions;

typedef struct {
    char *name;
    int number;
    const CaseOptions *options; /* borrowed */
    const Plan *plan;
    FormNumber form;
    gboolean is_firm; /* a firm applies; then applicant is its legal representative */
    Firm *firm;       /* NULL where a person applies */
    Place place;
    guint utilities;
    /* owner and agent may be the applicant; agent may be NULL */
    Person *applicant, *owner, *agent;
    Site *site, *other_site;
    Print print;
    TickHand hand;
    Fields *fields;
    char *application_date;
    gboolean is_signed, has_agent_card;
    GPtrArray *papers; /* of Paper*, the form first; the order they are scanned in */
    WearGrade grade;
    Format format;
    FillKind fill;
    gboolean has_form_file; /* the form in a PDF of its own, the papers in another */
} Case;

/* case_new: build case @number; it depends on @options and @number alone.
 * @options: borrowed until the case is freed. Returns: owned */
Case *case_new(const CaseOptions *options, int number);
void case_free(Case *made);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Case, case_free)

/* case_applicant_name, case_owner_name: who applies, and whose name stands on the
 * certificate. Borrowed from the case. */
const char *case_applicant_name(const Case *made);
const char *case_owner_name(const Case *made);

/* case_dice: a stream of the case's own. */
Dice case_dice(const CaseOptions *options, int number, const char *stream);

/* case_write: wear its pages and write them and its truth below @out_folder.
 * Returns: FALSE with @error (G_FILE_ERROR) */
gboolean case_write(const Case *made, const char *out_folder, GError **error);

/* verdicts_json, missing_json: what must come out for each ticked utility, and the papers
 * that are surely missing, by requirement id. Returns: owned */
JsonNode *verdicts_json(const Case *made);
JsonNode *missing_json(const Case *made);
/* verdict_of_case: complete, review, incomplete or deferred, the worst of all; static. */
const char *verdict_of_case(const Case *made);
