/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form.h - the forms, filled: which there are, what is written on them, and drawing them.
 */
#pragma once
#include "fields.h"
#include "firm.h"
#include "hand.h"
#include "people.h"
#include "print.h"

/* How values come onto the form: typed, by hand, or each by lot. */
typedef enum { FILL_PRINT, FILL_HAND, FILL_MIXED, FILL_KINDS } FillKind;
extern const char *const fill_names[FILL_KINDS];

/* Who writes, and what: all of it, or what falls to the hand by lot. */
typedef struct {
    FillKind fill;
    Hand hand;
    Dice lot;
} Writer;

/* writer_writes: is the value of @key written by hand? */
gboolean writer_writes(const Writer *writer, const char *key);

typedef struct Build Build;

/* One form: its names and words, and the function that lays its rows. */
typedef struct {
    const char *name, *service;
    const char *applicant_kind; /* NULL: either */
    const char *title, *title_end, *attachment;
    void (*rows)(Build *build);
} FormKind;

typedef enum { FORM_INDIVIDUAL, FORM_ENTERPRISE, FORM_TRANSFER, FORM_KINDS } FormNumber;
extern const FormKind form_kinds[FORM_KINDS];

/* All that is needed to draw one filled form. Everything pointed at is borrowed. */
typedef struct {
    const FormKind *kind;
    const Print *print;
    Place place;
    const Fields *fields;
    TickHand hand;
    const Writer *writer;
    Type pen;              /* the signature's ink, face and size */
    const char *signer;    /* NULL: not signed */
    gboolean has_pen_date; /* the date beside the signature is in the pen's ink */
    /* ring text of a red seal over the office's row, and of one where the applicant
     * signs; NULL for none */
    const char *office_seal, *applicant_seal;
} Form;

/* form_declare: declare every key of the form that @place prints, all empty. */
void form_declare(Fields *fields, FormNumber form, Place place);
/* form_has_key: is @key one of the form's, in @place? */
gboolean form_has_key(const char *key, FormNumber form, Place place);

/* form_draw: the form on one sheet or two. Returns: owned array of Sheet*, which it
 * frees */
GPtrArray *form_draw(const Form *form, Dice *dice);

/* Codes of the form's choices; tables end with a NULL code. */
typedef struct {
    const char *code, *text;
} Choice;
extern const Choice utility_choices[], water_nature_choices[], water_category_choices[],
    electricity_type_choices[], heat_system_choices[], telecom_choices[],
    yes_no_choices[];
extern const Choice enterprise_choices[], water_supply_choices[], user_category_choices[],
    voltage_choices[], power_use_choices[], has_choices[], transfer_choices[];

/* form_fill: make up what an individual writes.
 * @fields: declared; set in place. @applicant, @agent (may be NULL), @site: borrowed
 * @utilities: bit set of UTILITY_*; the key utilities is set from it */
void form_fill(Fields *fields, Place place, const Person *applicant, const Person *agent,
               const Site *site, guint utilities, Dice *dice);

/* form_fill_enterprise: the same for a firm; @legal_rep is its legal representative. */
void form_fill_enterprise(Fields *fields, Place place, const Firm *firm,
                          const Person *legal_rep, const Person *agent, const Site *site,
                          guint utilities, Dice *dice);

/* form_fill_transfer: the same for whoever takes @site over. @applicant: its name;
 * @contact: who comes to the counter */
void form_fill_transfer(Fields *fields, const char *applicant, const Person *contact,
                        const Site *site, guint utilities, Dice *dice);

enum {
    UTILITY_WATER = 1,
    UTILITY_ELECTRICITY = 2,
    UTILITY_GAS = 4,
    UTILITY_HEAT = 8,
    UTILITY_TELECOM = 16,
};
