/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pools.h - the words made-up people and homes are made of. Every table ends with NULL; a
 * part takes each third entry, so the three parts share none. */
#pragma once
#include "dice.h"
#include "part.h"

extern const char *const surnames[], *const compound_surnames[];
extern const char *const given_male[], *const given_female[];
extern const char *const city_streets[], *const county_streets[];
extern const char *const city_estates[], *const county_estates[];
extern const char *const county_villages[], *const city_villages[];

/* pool_pick: an entry of @table that belongs to @part. */
const char *pool_pick(const char *const *table, Part part, Dice *dice);
