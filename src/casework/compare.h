/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/compare.h - whether two papers say the same thing. */
#pragma once
#include "base/base.h"
#include "pipeline/pipeline.h"

typedef enum { SAME, UNSURE, DIFFERENT } Likeness;

/* names_compare: folded; a list (甲、乙) is the same as any of its people. One character
 * apart is unsure. NULL or empty is unsure. */
Likeness names_compare(const char *a, const char *b);
/* numbers_compare: identity numbers; 15 and 18 digits of one number are the same; up to
 * two characters apart is unsure. */
Likeness numbers_compare(const char *a, const char *b);
/* addresses_compare: part by part (road, number, estate, building, unit, room). 开封市
 * before it and 号楼/幢/栋 do not matter; another room does; a part missing on one side,
 * or one character apart in a name, is unsure.
 * @regions: names of the county and districts, which need not be written; NULL-terminated
 */
Likeness addresses_compare(const char *a, const char *b, const char *const *regions);
/* address_plain: @address without regions, 号楼/幢/栋 and 室 spelled alike: two addresses
 * with the same plain form confirm each other's every character. Owned. */
char *address_plain(const char *address, const char *const *regions);
/* addresses_clash: a part that both write is not the same. */
bool addresses_clash(const char *a, const char *b, const char *const *regions);
/* values_agree: whether two normalised values of @kind confirm each other. */
bool values_agree(FieldKind kind, const char *a, const char *b,
                  const char *const *regions);
/* values_clash: whether they cannot both be right; not agreeing is not yet a clash. */
bool values_clash(FieldKind kind, const char *a, const char *b,
                  const char *const *regions);
