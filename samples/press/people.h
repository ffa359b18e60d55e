/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people.h - made-up people, homes and numbers. Births lie in 1900 .. 1909, so that no
 * number belongs to a living person. */
#pragma once
#include <glib.h>

#include "dice.h"
#include "part.h"

typedef struct {
    char *name;
    char *phone;
    char *id_number;  /* 18 characters, check digit right */
    char *birth_date; /* YYYY-MM-DD */
    gboolean is_male;
    const char *ethnicity; /* static */
    char *card_address;    /* as on the identity card */
    char *card_issuer;     /* 开封市公安局龙亭分局 */
} Person;

typedef struct {
    const char *district; /* static: 龙亭区 or 通许县 */
    char *street;         /* with number, without the district */
    char *home;           /* estate, building, unit, room */
    char *full;           /* as written on the form */
    char *registered; /* as written on the certificate: always with city and district */
} Site;

/* person_new: a made-up person. @place: where most of them live. Returns: owned */
Person *person_new(Part part, Place place, Dice *dice);
void person_free(Person *person);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Person, person_free)

/* person_twin: @person with another number: one digit of it, and the check digit that
 * follows. Returns: owned */
Person *person_twin(const Person *person, Dice *dice);

/* site_new: a made-up address in @place. Returns: owned */
Site *site_new(Part part, Place place, Dice *dice);
/* site_next_door: @site but for one digit of its room. Returns: owned */
Site *site_next_door(const Site *site);
void site_free(Site *site);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Site, site_free)

/* person_name: a name of 2 .. 4 characters. Returns: owned */
char *person_name(Part part, Dice *dice);
/* mobile_number, id_number: made-up ones. Returns: owned */
char *mobile_number(Dice *dice);
/* id_check_digit: the eighteenth character for the first 17 of @digits (GB 11643-1999).
 */
char id_check_digit(const char *digits);
/* district_code: the six digits of a district named in @district; 410202 for an unknown
 * one. */
const char *district_code(const char *district);
/* pool_text: every character that names, streets and homes can hold, for checking faces.
 * Returns: owned */
char *pool_text(void);
/* estate_name: one estate of the part's pool; static. */
const char *estate_name(Part part, Place place, Dice *dice);
