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

typedef struct Case Case;

/* What is the matter with a paper, as a bit set; each can be seen on the sheet. */
enum {
    FLAW_EXPIRED = 1,
    FLAW_ELSEWHERE = 2,   /* it is about another house or room */
    FLAW_NUMBER = 4,      /* its number is not the form's by one digit, and the check's */
    FLAW_NO_SEAL = 8,     /* a copy of a licence without the firm's own seal */
    FLAW_OLD_STYLE = 16,  /* a licence with a 注册号 instead of the credit code */
    FLAW_NOT_SIGNED = 32, /* a letter that one of both parties did not sign */
};

/* Whom a paper is about, as a bit set: all that is true. */
enum {
    WHO_APPLICANT = 1, /* the person, or the firm */
    WHO_LEGAL_REP = 2,
    WHO_AGENT = 4,
    WHO_OWNER = 8,
    WHO_OLD_HOLDER = 16,
    WHO_OLD_LEGAL_REP = 32,
    WHO_OTHER = 64, /* nobody of the case */
};

/* One paper of the pile, as the verdict sees it. */
typedef struct {
    const char *class_name; /* static */
    guint who, flaws;
} Brought;

/* Whose cases a plan of the lists is for, as a bit set. */
enum {
    FOR_INDIVIDUALS = 1, /* 报装 */
    FOR_ENTERPRISES = 2,
    FOR_TRANSFERS = 4, /* 过户 of individuals */
    FOR_FIRM_TRANSFERS = 8,
    FOR_INSTALLS = FOR_INDIVIDUALS | FOR_ENTERPRISES,
    FOR_FIRMS = FOR_ENTERPRISES | FOR_FIRM_TRANSFERS,
    FOR_ALL = 15,
};

typedef struct {
    const char *name;
    double weight; /* how often, except in the samples part, which takes them in turn */
    gboolean has_applicant_card;
    CertificateKind certificate;
    gboolean has_owner_card;
    gboolean is_unsigned, is_expired, has_unknown, is_telecom_only;
    /* of the lists alone (pile.c): for whom, what is ticked in any case, and what becomes
     * of a pile that has all; FALSE where the pile has nothing of the kind */
    guint for_whom, ticked;
    gboolean (*change)(Case *made, Dice *dice);
} Plan;

/* plans_table: the plans of individuals' applications with card and certificate alone;
 * the last has name NULL. */
const Plan *plans_table(void);
/* plan_find: one of @plans by name; NULL for an unknown one. */
const Plan *plan_find(const Plan *plans, const char *name);

typedef struct {
    guint64 seed;
    Part part;
    WearGrade wear;     /* WEAR_COUNT: mixed */
    Format format;      /* FORMAT_MIXED: by lot */
    const char *only;   /* name of a plan; NULL: any */
    const char *papers; /* classes, with commas: no form, one paper of each; or NULL */
    guint forms;        /* bit set of 1 << FormNumber; 0: each with its share */
    gboolean has_lists; /* individuals' applications too bring any paper of their lists */
    gboolean is_truth_only; /* no pictures */
    FillKind fill;
} CaseOptions;

struct Case {
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
    gboolean is_of_lists; /* made by pile.c, which these are for */
    Person *old_person,
        *stranger;    /* old_person holds it so far, or speaks for old_firm */
    Firm *old_firm;   /* NULL where a person held it */
    Firm *other_firm; /* of nobody in the case; a person's own shop */
    GArray *brought;  /* of Brought; not the form */
    Print print;
    TickHand hand;
    Fields *fields;
    char *application_date;
    gboolean is_signed;
    GPtrArray *papers; /* of Paper*, the form first; the order they are scanned in */
    WearGrade grade;
    Format format;
    Writer writer;
    gboolean has_form_file; /* the form in a PDF of its own, the papers in another */
};

/* case_new: build case @number; it depends on @options and @number alone.
 * @options: borrowed until the case is freed. Returns: owned */
Case *case_new(const CaseOptions *options, int number);
void case_free(Case *made);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Case, case_free)

/* case_applicant_name, case_owner_name: who applies, and whose name stands on the
 * certificate. Borrowed from the case. */
const char *case_applicant_name(const Case *made);
const char *case_owner_name(const Case *made);

/* case_who: all that is true of @person in this case, as WHO_*; case_person: whom one
 * such bit means. Borrowed from the case. */
guint case_who(const Case *made, const Person *person);
const Person *case_person(const Case *made, guint who);

/* case_has_date: does the form say when it was brought? */
gboolean case_has_date(const Case *made);

/* case_id_card: a card of @person that was in force, or not (@is_expired; then its back
 * is there). Returns: owned, without roles */
Paper *case_id_card(const Case *made, const Person *person, gboolean is_expired,
                    Dice *dice);
/* case_add_paper: at the end of the pile, with the roles of @who. @paper: becomes the
 * case's */
void case_add_paper(Case *made, Paper *paper, guint who);

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
