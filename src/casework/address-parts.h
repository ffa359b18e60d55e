/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/address-parts.h - private to address*.c: an address taken apart. */
#pragma once
#include "base/base.h"

typedef enum {
    PART_PROVINCE,
    PART_CITY,
    PART_DISTRICT,
    PART_TOWN,
    PART_VILLAGE,
    PART_GROUP,
    PART_ROAD,
    PART_SECTION,
    PART_NUMBER,
    PART_ESTATE,
    PART_PHASE,
    PART_BUILDING,
    PART_UNIT,
    PART_FLOOR,
    PART_ROOM,
    PART_USE,  /* 商铺, 车库: not a room like others */
    PART_REST, /* ink that is no part of an address */
    PART_COUNT,
} AddressPart;

typedef struct {
    char *part[PART_COUNT]; /* owned, "" where not written */
} Address;

void address_clear(Address *address);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Address, address_clear)

/* address_split: what is understood of @address, each part once; the rest of its ink in
 * PART_REST.
 * @regions: names of the county and districts; NULL-terminated, borrowed
 * Returns: by value; clear it */
Address address_split(const char *address, const char *const *regions);
bool address_has(const Address *address, AddressPart part);
