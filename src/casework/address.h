/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/address.h - whether two addresses speak of one place, part by part. */
#pragma once
#include "base/base.h"

/* Where the offices are: what an address need not repeat. */
#define HOME_PROVINCE "河南省"
#define HOME_CITY "开封市"

typedef enum { SAME, UNSURE, DIFFERENT } Likeness;

/* addresses_compare: part by part: province, city, district, town, village, road, number,
 * estate, phase, building, unit, floor, room. 开封市祥符区 in front or not,
 * 号楼/幢/栋/座, 室/户/号 and width do not matter; another room does. A part missing on
 * one side, one character apart in a name, a place known by road or estate alone, or ink
 * that is no part of an address is unsure, even where both texts are alike.
 * @a, @b: as read; NULL or empty is unsure
 * @regions: names of the county and districts, which need not be written; NULL-terminated
 */
Likeness addresses_compare(const char *a, const char *b, const char *const *regions);
/* address_plain: @address without regions, 号楼/幢/栋 and 室 spelled alike: two addresses
 * with the same plain form confirm each other's every character. Owned. */
char *address_plain(const char *address, const char *const *regions);
/* addresses_clash: a part that both write is not the same. */
bool addresses_clash(const char *a, const char *b, const char *const *regions);
/* addresses_agree: same plain form, and no two regions that exclude each other. */
bool addresses_agree(const char *a, const char *b, const char *const *regions);
