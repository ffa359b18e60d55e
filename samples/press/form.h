/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form.h - the form 水电气暖信报装申请表（个人报装）, filled. */
#pragma once
#include "fields.h"
#include "people.h"
#include "print.h"

/* How values come onto the form. Only typed ones are made so far. */
typedef enum { FILL_PRINT, FILL_KINDS } FillKind;
extern const char *const fill_names[FILL_KINDS];

/* All that is needed to draw one filled form. Everything pointed at is borrowed. */
typedef struct {
    const Print *print;
    Place place;
    const Fields *fields;
    TickHand hand;
    Type pen;              /* the signature's ink, face and size */
    const char *signer;    /* NULL: not signed */
    gboolean has_pen_date; /* the date beside the signature is in the pen's ink */
    const char
        *office_seal; /* ring text of a red seal over the office's row; NULL for none */
} Form;

/* form_declare: declare every key of install_individual that @place prints, all empty. */
void form_declare(Fields *fields, Place place);
/* form_has_key: is @key one of the form's, in @place? */
gboolean form_has_key(const char *key, Place place);

/* form_draw: the form on two sheets. Returns: owned array of Sheet*, which it frees */
GPtrArray *form_draw(const Form *form, Dice *dice);

/* Codes of the form's choices; tables end with a NULL code. */
typedef struct {
    const char *code, *text;
} Choice;
extern const Choice utility_choices[], water_nature_choices[], water_category_choices[],
    electricity_type_choices[], heat_system_choices[], telecom_choices[],
    yes_no_choices[];

/* form_fill: make up what an individual writes.
 * @fields: declared; set in place. @applicant, @agent (may be NULL), @site: borrowed
 * @utilities: bit set of UTILITY_*; the key utilities is set from it */
void form_fill(Fields *fields, Place place, const Person *applicant, const Person *agent,
               const Site *site, guint utilities, Dice *dice);

enum {
    UTILITY_WATER = 1,
    UTILITY_ELECTRICITY = 2,
    UTILITY_GAS = 4,
    UTILITY_HEAT = 8,
    UTILITY_TELECOM = 16,
};
