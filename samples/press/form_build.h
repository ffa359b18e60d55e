/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_build.h - what the forms are built of: labels, values, options, blanks with their
 * units, in the dress of a print. Between the files that draw forms. */
#pragma once
#include "form.h"
#include "table.h"

/* Where a seal is pressed: shares of a row's width and height. */
typedef struct {
    int row;
    double left, right, top, bottom;
} SealPlace;

/* What the row builders share. */
struct Build {
    const Form *form;
    const Print *print;
    Table *table;
    Type label, fill;
    double label_pitch_mm, fill_pitch_mm, note_pitch_mm;
    double row_mm;
    double share_per_mm;   /* a row's shares add up to about 172 */
    int break_row;         /* the second sheet begins with this row */
    int early_row;         /* and with this one where the first has too little room; 0:
                              it always has enough */
    gboolean breaks_early; /* it has too little */
    SealPlace office_seal, applicant_seal;
};

/* build_dress: half-width brackets and colons where the print has them. Returns: owned */
char *build_dress(const Build *build, const char *text);

/* build_phrase: @text with @word in place of its {}. Returns: owned */
char *build_phrase(const char *text, const char *word);

/* build_ink: how the value of @key is set: typed, or by hand. */
Type build_ink(const Build *build, const char *key);

/* build_row, build_section: begin a row; a row that is a section's heading. */
void build_row(Build *build);
void build_section(Build *build, const char *text);
/* build_note: two printed paragraphs, numbered. */
void build_note(Build *build, const char *first, const char *second);

/* Cells of the last row. @share: of its width, about millimetres
 * build_cell: @flow is taken over */
void build_cell(const Build *build, double share, Flow *flow, Align align);
void build_label(const Build *build, double share, const char *text);
/* build_merged: the label of several rows: printed where @is_first, joined with the next
 * row's where more are to come. */
void build_merged(const Build *build, double share, const char *text, gboolean is_first,
                  gboolean is_last);
void build_value(const Build *build, double share, const char *key);
void build_options(const Build *build, double share, const Choice *choices,
                   const char *key);
/* build_unit: ____千瓦 */
void build_unit(const Build *build, double share, const char *key, const char *unit);

/* Parts of a cell. */
void build_words(const Build *build, Flow *flow, const char *text);
void build_add_value(const Build *build, Flow *flow, const char *key);
void build_option(const Build *build, Flow *flow, const Choice *choice, const char *key,
                  gboolean box_after);
void build_blank(const Build *build, Flow *flow, const char *key, double width_mm);
/* build_date: 年 月 日 with the digits of @date (ISO; NULL: none) between them. */
void build_date(const Build *build, Flow *flow, const Type *ink, const char *date,
                double blank_mm);
/* build_typed_date: a date as it is typed without 年 月 日 being printed. */
void build_typed_date(const Build *build, Flow *flow, const char *key);

/* Rows that both install forms have (form_install.c). */
extern const char form_categories_note[]; /* {} stands for 井 or 并 */
void build_utilities_row(Build *build);
void build_agent_row(Build *build, const char *who, const char *key);
void build_gas_rows(Build *build);
void build_heat_head(Build *build);
void build_heat_line(Build *build, const char *use, const char *key, const char *line,
                     gboolean is_first, gboolean is_last);
void build_telecom_rows(Build *build);
void build_other_row(Build *build);
void build_vat_row(Build *build);
/* build_declaration: @words: what is promised; @sign: 签字 or 签章 */
void build_declaration(Build *build, const char *words, const char *sign);
void build_office_row(Build *build);

/* The rows of each form. */
void form_rows_individual(Build *build);
void form_rows_enterprise(Build *build);
void form_rows_transfer(Build *build);
