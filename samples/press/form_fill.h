/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_fill.h - making up values; between the files that fill forms. */
#pragma once
#include "form.h"

/* fill_owned: a value made with printf; freed here. */
void fill_owned(Fields *fields, const char *key, char *owned_value);
void fill_choice(Fields *fields, const char *key, const Choice *choices,
                 const double *weights, Dice *dice);
/* fill_number: a number in @low .. @high. Returns: owned */
char *fill_number(Dice *dice, double low, double high, int decimals);
/* fill_utilities: the ticks; @utilities: bit set of UTILITY_* */
void fill_utilities(Fields *fields, guint utilities);
/* fill_heat_line: a row of the heat table; @line: "residential.heating" */
void fill_heat_line(Fields *fields, const char *line, double area, Dice *dice);

/* The sections of water, electricity, gas and heat, in the order of UTILITY_*. */
#define SECTIONS 4
typedef void FillSection(Fields *fields, Dice *dice);

/* fill_sections: the ticks, and the section of each utility that is ticked.
 * @sections: who fills them; telecom, which has no others of its kind, is filled here
 * where @place has it on its form */
void fill_sections(Fields *fields, FillSection *const sections[SECTIONS], Place place,
                   const Site *site, guint utilities, Dice *dice);
