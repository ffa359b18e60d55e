/* SPDX-License-Identifier: GPL-3.0-or-later */
/* firm.h - made-up firms. The body of their codes begins with QQ, which no office gives
 * out. */
#pragma once
#include "people.h"

typedef struct {
    char *name;
    char *credit_code;         /* 18 characters, both check characters right */
    char *registration_number; /* 15 digits, of the old style */
    char *legal_rep;
    char *address;
    char *established_on; /* YYYY-MM-DD */
    char *valid_to;       /* YYYY-MM-DD or 长期 */
    const char *type;     /* static: 有限责任公司(自然人独资) */
} Firm;

/* firm_new: a made-up firm. @trade: its trade, static; NULL: by lot. Returns: owned */
Firm *firm_new(Part part, Place place, const char *trade, Dice *dice);
/* firm_copy: all of @firm. Returns: owned */
Firm *firm_copy(const Firm *firm);
/* firm_change_code: one digit of its credit code, and the check characters that follow.
 */
void firm_change_code(Firm *firm, Dice *dice);
void firm_free(Firm *firm);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Firm, firm_free)

/* credit_code_check: the last character for the first 17 of @code (GB 32100-2015). */
char credit_code_check(const char *code);
