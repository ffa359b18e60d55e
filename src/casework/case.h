/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/case.h - private to casework: one case while it is being decided. */
#pragma once
#include "casework/casework.h"
#include "casework/compare.h"

typedef enum { FIELD_EMPTY, FIELD_REVIEW, FIELD_ACCEPTED, FIELD_CONFIRMED } FieldState;
const char *field_state_name(FieldState state);

/* One thing that spoke for or against a value. */
typedef struct {
    int paper;          /* from 0 */
    const char *key;    /* that paper's field, or NULL where it is the field itself */
    const Ink *ink;     /* borrowed; NULL for ticks without one */
    const char *option; /* choices: the code, borrowed; else NULL */
    const char *note;   /* static code: "digits_reading", "unsure", ... or NULL */
    bool is_by_hand;
} Evidence;

/* A field with its value decided. */
typedef struct DecidedField {
    const FieldDecl *decl;    /* borrowed */
    const PaperField *source; /* borrowed; NULL where only a person spoke */
    int paper;                /* from 0; -1 where only a person spoke */
    FieldState state;
    char *value;         /* owned; NULL: none. Choices: the code */
    GStrv values;        /* many-choices; NULL for other kinds */
    const char *problem; /* static code, why it is in review; or NULL */
    bool is_check_ok;    /* the value passed all its kind's checks */
    bool is_on_form;
    bool is_firm; /* the ink was read surely, whatever it says */
    bool is_by_hand;
    bool is_borne_out;      /* by hand, and a printed paper of the case says just that */
    bool is_half_borne_out; /* but by its second reading alone */
    const struct DecidedField *printed; /* by hand, and this is what a printed paper has
                                           for it; borrowed, or NULL */
    const struct DecidedField *told; /* by hand: the name on a paper that is known to be
                                        about whom it names; borrowed, or NULL */
    bool is_soft;                    /* the problem is noise that agreement settles */
    bool is_unlisted;                /* the name of a place that no declaration knows */
    int agreements;                  /* other papers that say the same */
    char *suggestion;                /* owned, or NULL */
    char *rival;      /* owned: what the other model read from the same ink, where it
                         differs; or NULL */
    char *other_hand; /* owned: by hand, what the model for numbers and those for words
                         do not both read: the one that is not the value; or NULL */
    bool is_guess;    /* by hand, and the model that read the value is not sure of it,
                         or another is sure of something else, or it was pieced
                         together */
    bool is_other_denied; /* the same of other_hand */
    double confidence;    /* 0..1, of the reading; with what agrees with it */
    bool is_calibrated;   /* then @rate says what that is worth */
    double rate;          /* 0..1: how often such values were right when measured */
    GPtrArray *evidence;  /* Evidence * */
    const Correction *by; /* borrowed; NULL unless confirmed */
} DecidedField;
void decided_field_free(DecidedField *field);

typedef enum { ROLE_NO, ROLE_UNSURE, ROLE_YES } RoleState;
enum { ROLE_COUNT = 7 }; /* role_codes[] */

/* Why a paper is about somebody, or may be. */
typedef struct {
    int role; /* role_codes[] */
    RoleState state;
    const char *code; /* static; casework/phrases.c has the words */
    int paper;        /* what it was held against, from 0; -1 where nothing */
    const char *key;  /* that paper's field; borrowed, NULL where nothing */
} RoleReason;

/* Two places of a case that cannot both be right. */
typedef struct {
    const char *code;          /* static: "numbers_differ"; casework/phrases.c */
    const DecidedField *left;  /* borrowed */
    const DecidedField *right; /* borrowed; NULL where one place says it all */
    const char *against;       /* borrowed: what @left was held against, if no field */
    bool is_firm;              /* both were read surely: no slip of the reading */
    bool is_settled;           /* a third place decides: nothing is in doubt by it */
} Contradiction;

/* A paper with its fields decided and its people known. */
typedef struct {
    const Paper *paper;          /* borrowed */
    int index;                   /* from 0 */
    GPtrArray *fields;           /* DecidedField *; of forms too */
    RoleState roles[ROLE_COUNT]; /* by role_codes[] */
    GPtrArray *reasons;          /* RoleReason * */
    Likeness place;              /* against site.address; UNSURE where it has none */
    bool is_again;               /* an earlier paper, scanned a second time */
} CasePaper;

typedef enum { GRADE_NOTE, GRADE_REVIEW } Grade;

typedef struct {
    const CaseInput *input;
    const Pipeline *pipeline;
    GPtrArray *papers;  /* CasePaper *, as given */
    GPtrArray *ordered; /* the same by what is on them: where one paper has a say in
                           another, this order is kept; borrowed */
    GPtrArray *contradictions;  /* Contradiction * */
    CasePaper *form;            /* borrowed from papers, or NULL */
    GPtrArray *fields;          /* DecidedField *: the record's fields; borrowed from
                                   form->fields, then extra */
    GPtrArray *extra;           /* DecidedField *: said by a person alone; owned */
    GStrv regions;              /* names an address need not repeat */
    const PlaceDecl *place;     /* or NULL */
    const RuleDecl *rule;       /* or NULL */
    const char *applicant_kind; /* code, or NULL: there is no form */
    bool is_kind_doubtful;      /* then nobody can say which list applies */
    char *application_date; /* YYYY-MM-DD; where it is not known, the last it may be */
    char *applied_from;     /* the first it may be; NULL: that is not known */
    bool is_date_unknown;   /* then it lies between both */
    char *application_days; /* for people: the day, or "2023-01-01..2023-12-31" */
    bool is_place_doubtful;
    bool has_lost_pages; /* a page could not be read: what is missing may be on it */
    JsonArray *problems; /* objects {code, grade, ...} */
    bool has_review_problem;
} Case;

/* --- fields.c */
/* fields_decide: every field of @paper by itself. @is_form: nothing; kept in the decl. */
GPtrArray *fields_decide(const Case *case_, const Paper *paper, int index);
/* fields_resolve: where two models read one ink differently, and one of the readings is
 * what another paper says, that reading is taken. Before roles_decide(). */
void fields_resolve(Case *case_);
/* fields_fill_by_print: what was written by hand and cannot be told is filled in from
 * the printed papers it may be about, for a person to look at. After fields_agree(). */
void fields_fill_by_print(Case *case_);
/* fields_fill_by_likeness: the rest of it from whatever printed value of its kind it is
 * like and like no other, and districts from their list. Nothing may be decided by it, so
 * it comes after all that is. */
void fields_fill_by_likeness(Case *case_);
/* fields_agree: values that two papers about the same person or place share. */
void fields_agree(Case *case_);
/* field_doubt: @other speaks against @field. */
void field_doubt(DecidedField *field, const DecidedField *other);
/* fields_find: the field of @key, or NULL. @fields: DecidedField * */
DecidedField *fields_find(const GPtrArray *fields, const char *key);
/* field_kind: as declared; of a holder's number, a person's or a firm's, by its value. */
FieldKind field_kind(const DecidedField *field);
bool field_is_settled(const DecidedField *field); /* accepted or confirmed */
/* field_is_usable: read well enough that another paper may be held against it. */
bool field_is_usable(const Case *case_, const DecidedField *field);

/* field_is_legible: read well enough to look it up in a list, be it by hand. */
bool field_is_legible(const Case *case_, const DecidedField *field);

/* --- hand.c */
/* hands_bear_out: which values of the form that were written by hand stand just so on a
 * printed paper: only those may be held against others. Before roles_decide(). */
void hands_bear_out(Case *case_);
/* hand_unlikeness: how far the nearest reading of @own is from @other as it is printed,
 * an address with or without its province and city: 0..1 */
double hand_unlikeness(const DecidedField *own, const DecidedField *other);
/* hand_as_written: what @other has printed, of an address the way of writing it that the
 * readings of @own are nearest to. Owned. */
char *hand_as_written(const DecidedField *own, const DecidedField *other);
/* hand_take_region: where @own is a district, the one of the list that its readings are
 * nearest to, if any is near and no other nearly as near. */
void hand_take_region(const Case *case_, DecidedField *own);
/* hand_nearest_printed: of all printed values of @own's kind the one that its readings
 * are nearest to; NULL where none is near, or another nearly as near. Borrowed. */
const DecidedField *hand_nearest_printed(const Case *case_, const DecidedField *own);

/* --- hand-numbers.c */
/* hand_lawful_number: what a number or a date by hand lawfully is by @readings (char *)
 * of its ink. Owned; NULL: nothing that another would not be as well */
char *hand_lawful_number(const Case *case_, const FieldDecl *decl, FieldKind kind,
                         const GPtrArray *readings);

/* --- calibrate.c */
/* fields_calibrate: what the confidences of all papers' fields are worth; what was
 * accepted and is of a sort that was surely wrong too often goes to a person. After all
 * agreement. */
void fields_calibrate(Case *case_);

/* --- corrections.c */
void corrections_apply(Case *case_);
/* corrections_find: the newest correction of @field, or NULL. */
const Correction *corrections_find(const Case *case_, const char *field);

/* --- place.c */
void place_decide(Case *case_);
/* page_says: whether a line of @page has @cue, a character in five read wrong allowed. */
bool page_says(const PageReading *page, const char *cue);

/* --- application-day.c */
/* date_decide: the day of the application, or between which days it lies. */
void date_decide(Case *case_);
typedef enum { TERM_RUNS, TERM_MAYBE_OVER, TERM_OVER } TermState;
/* term_state: whether what is valid to @last_day (YYYY-MM-DD, or words for no end) was so
 * when it was applied: on whichever day that may have been, on some of them, on none. */
TermState term_state(const Case *case_, const char *last_day);
/* application_day_field: the form's field that says the day of the application, or, where
 * it is not known, that was read as one and has to be looked at; NULL: none. Borrowed */
const DecidedField *application_day_field(const Case *case_);

/* --- kind.c */
/* kind_decide: individual or enterprise; a form for both leaves it to the name's form, a
 * licence, a card. After roles_decide(). */
void kind_decide(Case *case_);
/* rule_of_utility: the list that @utility is judged by: the case's, or where the utility
 * divides by use, the enterprises' for a business of an individual.
 * @is_doubtful: out: which of the two is not sure. Returns: borrowed, or NULL */
const RuleDecl *rule_of_utility(const Case *case_, const char *utility,
                                bool *is_doubtful);
const UtilityListDecl *list_of_rule(const RuleDecl *rule, const char *utility);

/* --- seals.c */
typedef struct {
    int page;             /* from 0 */
    const SealMark *mark; /* borrowed */
} PaperSeal;
/* paper_seals: the seals on the parts of pages that @paper covers. PaperSeal, owned */
GArray *paper_seals(const Case *case_, const Paper *paper);
typedef enum { SEAL_OWN, SEAL_NONE_SEEN, SEAL_UNREAD, SEAL_OF_OTHERS } SealState;
/* seal_state: whether the applicant firm's own official seal is on @paper. */
SealState seal_state(const Case *case_, const Paper *paper);

/* --- roles.c */
void roles_decide(Case *case_);
int role_index(const char *role); /* -1 where unknown */
/* owner_known: the owners named on ownership papers, or NULL; borrowed. */
const DecidedField *owner_known(const Case *case_, const CasePaper **paper);

/* --- contradictions.c */
/* contradiction_add: once for each pair. @right: NULL where @against says it. */
void contradiction_add(Case *case_, const char *code, const DecidedField *left,
                       const DecidedField *right, const char *against);
/* contradictions_find: between papers, after all agreement; and the problems of the case
 * that they are. */
void contradictions_find(Case *case_);
/* contradiction_of: a firm one that @paper is part of and that no third place settles;
 * what it meets is then unsure. NULL: none. */
const Contradiction *contradiction_of(const Case *case_, const CasePaper *paper);

/* --- people.c */
/* Somebody that the form or a paper names. */
typedef struct {
    int role;                   /* role_codes[] */
    const DecidedField *name;   /* borrowed, or NULL */
    const DecidedField *number; /* borrowed, or NULL */
    bool is_sure;               /* that this is who has the role */
} Person;
/* people_of_form: the applicant, the agent, the legal representative. Person, owned. */
GArray *people_of_form(const Case *case_);
/* people_add_of_papers: whom papers name by what they are: the legal representatives on
 * licences, and on transfers who held it before. @people: Person; added to */
void people_add_of_papers(const Case *case_, GArray *people);
bool is_transfer(const Case *case_);
/* contact_likeness: of the contact of a transfer to the applicant; DIFFERENT acts for
 * him.
 */
Likeness contact_likeness(const Case *case_);
/* people_note: what the form's people are to each other, as notes of the case. */
void people_note(Case *case_);
/* paper_holder, paper_holder_number: whom @paper is about in the first place, by its
 * declaration or by its field's name; NULL where it has none. */
const DecidedField *paper_holder(const CasePaper *paper);
const DecidedField *paper_holder_number(const CasePaper *paper);
bool proves_ownership(const CasePaper *paper);
bool proves_identity(const CasePaper *paper);
/* usable_text: what is written in @field, if read well enough to be held against
 * another; else NULL. Borrowed. */
const char *usable_text(const Case *case_, const DecidedField *field);
/* person_compare: the number is stronger than the name. @code: out: why, static. */
Likeness person_compare(const Case *case_, const DecidedField *name,
                        const DecidedField *number, const Person *person,
                        const char **code);

/* --- requirements.c */
typedef enum {
    REQUIREMENT_MET,
    REQUIREMENT_UNSURE,
    REQUIREMENT_MISSING,
    REQUIREMENT_DEFERRED,
    REQUIREMENT_TO_CONFIRM,
    REQUIREMENT_STATES
} RequirementState;
const char *requirement_state_name(RequirementState state);
typedef struct {
    const RequirementDecl *decl; /* borrowed */
    RequirementState state;
    RequirementState so_far; /* what the papers give: of a deferred one and of a
                                precondition it is no part of the verdict */
    bool is_term_unknown;    /* met by a paper whose last valid day is not known */
    GArray *papers;          /* int, from 0 */
    JsonObject *reason;      /* {code, ...} or NULL */
    const Correction *by;    /* a person's acceptance, or NULL */
} Requirement;
/* case_page: page @page of the case, from 0; NULL where it has none or it was not read.
 * Borrowed */
const PageReading *case_page(const Case *case_, int page);
/* case_may_hide: whether a paper of @classes may be among what was not recognised, or on
 * a page that could not be read. */
bool case_may_hide(const Case *case_, GStrv classes);
void requirement_free(Requirement *requirement);
Requirement *requirement_decide(const Case *case_, const char *utility,
                                const RequirementDecl *decl);

/* --- verdict.c */
/* verdicts_decide: the record's "utilities". Owned. */
JsonObject *verdicts_decide(Case *case_);

/* --- record.c */
/* problem_add: @first_member, value, ..., NULL: texts. */
void problem_add(Case *case_, Grade grade, const char *code, ...) G_GNUC_NULL_TERMINATED;
/* problem_add_contradiction: with both sides: paper, page, box, text. */
void problem_add_contradiction(Case *case_, Grade grade, const Contradiction *found);
JsonObject *reason_new(const char *code, ...) G_GNUC_NULL_TERMINATED;
JsonObject *record_fields(const Case *case_);
JsonArray *record_papers(const Case *case_);
JsonArray *record_pages(const Case *case_);
JsonArray *record_covers(const Case *case_);

/* Keys of the form that decisions rest on (docs/formats.md). */
#define KEY_APPLICANT "applicant.name"
#define KEY_APPLICANT_ID "applicant.id_number"
#define KEY_AGENT "agent.name"
#define KEY_AGENT_ID "agent.id_number"
#define KEY_CREDIT_CODE "applicant.credit_code"
#define KEY_LEGAL_REP "legal_rep.name"
#define KEY_LEGAL_REP_ID "legal_rep.id_number"
#define KEY_CONTACT "contact.name"
#define KEY_CONTACT_ID "contact.id_number"
#define KEY_SITE "site.address"
#define KEY_DISTRICT "site.district"
#define KEY_UTILITIES "utilities"
#define KEY_SIGNATURE "declaration.signature"
#define KEY_SEAL "declaration.seal"
#define KEY_SIGNED_ON "declaration.date"
#define KEY_RECEIVED_ON "office.received_on"
