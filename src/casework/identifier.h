/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/identifier.h - formats and check digits of the numbers on Chinese papers. */
#pragma once
#include "base/base.h"

typedef enum { CHECK_OK, CHECK_BAD, CHECK_NONE } CheckState;

typedef struct {
    CheckState format;       /* length and characters */
    CheckState structure;    /* dates, regions, letters in their places */
    CheckState checksum;     /* CHECK_NONE where the number has none */
    CheckState plausibility; /* e.g. born in the future or over 130 years ago */
    const char *reason;      /* static code of the first thing wrong, or NULL:
                                "length", "charset", "region", "date", "check_digit", ... */
    const char *warning;     /* static code of an oddity that refuses nothing, or NULL */
} IdentifierCheck;

bool identifier_is_ok(const IdentifierCheck *check); /* nothing is CHECK_BAD */

/* identifier_check_*: what is wrong with a number written without blanks, half width.
 * @as_of: YYYY-MM-DD, for plausibility; borrowed */
IdentifierCheck identifier_check_resident_id(const char *number, const char *as_of);
IdentifierCheck identifier_check_credit_code(const char *code);
/* of a person's or of a firm's, as identifier_is_firms says */
IdentifierCheck identifier_check_holder_number(const char *number, const char *as_of);
IdentifierCheck identifier_check_phone(const char *number); /* mobile or landline */
IdentifierCheck identifier_check_unit_number(const char *number);
IdentifierCheck identifier_check_certificate_number(const char *number,
                                                    const char *as_of);
IdentifierCheck identifier_check_bank_card(const char *number);

IdentifierCheck identifier_check_landline(const char *number);
IdentifierCheck identifier_check_invoice_number(const char *number); /* 8 or 20 digits */
IdentifierCheck identifier_check_permit_number(const char *number);  /* 港澳 permits */

/* machine_zone_check_digit: ICAO 9303, over 0-9 A-Z and '<'. Returns: 0..9, -1 otherwise
 */
int machine_zone_check_digit(const char *text);

/* identifier_is_firms: whether @number, right or misread, is a firm's credit code. What
 * has a day of birth in its place is a person's, so that one misread digit never makes a
 * firm's code of it. */
bool identifier_is_firms(const char *number);

/* resident_id_upgraded: 15 digits of 1989 to 18. Returns: owned; NULL if not 15 digits */
char *resident_id_upgraded(const char *number);
/* resident_id_birth_date: YYYY-MM-DD, owned; NULL where the number has no good date. */
char *resident_id_birth_date(const char *number);
/* resident_id_is_male: by the 17th digit; only for well-formed numbers. */
bool resident_id_is_male(const char *number);
