/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/known-names.h - closed lists: surnames, and the counties and districts that
 * pipelines/places declares. */
#pragma once
#include "base/base.h"

/* is_known_surname: whether @name begins with a surname people here bear. */
bool is_known_surname(const char *name);

/* is_known_person: whether @name can only be a person's: two or three characters behind a
 * known surname, four behind one of two characters. With another surname four may be a
 * shop's (李记小吃). */
bool is_known_person(const char *name);

typedef enum { REGION_NONE, REGION_KNOWN, REGION_REPAIRED } RegionState;

/* region_check: the county or district that @address (or the name of a place) begins
 * with, after 河南省 and 开封市.
 * @regions: names that are known; NULL-terminated, borrowed
 * @repaired: out, owned: @address with the one known region that differs from what was
 * read by one character; NULL where nothing was repaired */
RegionState region_check(const char *address, const char *const *regions,
                         char **repaired);

/* is_known_region: a whole name of the list, or one without its last character. */
bool is_known_region(const char *name, const char *const *regions);
