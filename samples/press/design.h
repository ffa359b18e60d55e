/* SPDX-License-Identifier: GPL-3.0-or-later */
/* design.h - a paper written as text: what is printed where, with the values to fill in.
 * Classes of paper are then tables of such texts, and no drawing code. */
#pragma once
#include "fields.h"
#include "paper.h"

/* A design is lines. What a line begins with says how it is set:
 *   #   the title, large and in the middle      =   a smaller line in the middle
 *   >   at the right                            ^   in the middle, of the body's size
 *   %   shares of the columns of the rows that follow: %2,3,2,3
 *   |   a row of a ruled table: |label|{value}, with \v for a new line in a cell
 *   ~   a row without rules
 *   *   a round seal around here: *ring text, *<ring text at the left
 *   _   a signature by hand: _label|value signed|field that says it is there; where the
 *       value is a firm, "hand.value" has who signs for it
 *   +   a gap of so many lines: +3              ---  the next sheet
 *   !   where a field has its value from on this design: !seller=other.name
 * Anything else is a paragraph. {key} stands for a value, {key:form} for a date or sum as
 * printed: cn 2023年03月08日, cn1 2023年3月8日, dot 2023.03.08, sum 512,000.00 */
typedef struct {
    const char *name;
    const char *text;
    gboolean is_wide, is_card; /* the sheet: A4 across, or a card cut tight */
    gboolean has_numbers;      /* 第1页 共3页 at the foot */
    gboolean is_for_measuring; /* in no other part */
    gboolean is_for_firms;     /* where a firm is the holder, and not else */
} Design;

/* design_has: whether @design prints the value @key. */
gboolean design_has(const Design *design, const char *key);

/* design_source: where @key has its value from on this design alone; owned, or NULL. */
char *design_source(const Design *design, const char *key);

/* design_draw: set @design with @values and add its sheets to @paper.
 * @values: by key; every key the design names is there */
void design_draw(Paper *paper, const Design *design, const Fields *values, Part part,
                 Dice *dice);
