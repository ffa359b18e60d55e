/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drawable.h - every class of paper that can be drawn, by its name. */
#pragma once
#include "firm.h"
#include "paper.h"

/* Whom and what a paper is about. All borrowed. */
typedef struct {
    const Person *person; /* buyer, holder, principal, taxpayer */
    const Person *other;  /* seller, agent, old holder */
    const Firm *firm;     /* whose licence; new holder where a firm is one */
    const Site *site;
    Place place;
    int year; /* of the paper */
    /* firms that stand where a person else does, who then speaks for them; or NULL */
    const Firm *person_firm, *other_firm;
    const char *brought_on; /* YYYY-MM-DD: a paper of the last weeks before; NULL: of the
                               year */
    gboolean is_resold;     /* the seller is the former holder, where that is a firm */
    gboolean is_head;       /* the person is the head of the household, owns the house */
    const char *account;    /* of the service that is transferred; NULL: any */
    const char *prints[3];  /* values that its design must have; ends with NULL */
    const char *absent;     /* a signature that is not there, or NULL */
    gboolean has_own_seal;  /* the copy of a licence is sealed by its firm */
} Subject;

/* drawable_is: can a paper of @class_name be drawn? The classes of the vocabulary, and
 * look_alike, which are unknown papers that resemble ours. */
gboolean drawable_is(const char *class_name);
/* drawable_classes: all of them, NULL-terminated; static. */
const char *const *drawable_classes(void);

/* drawable_new: a paper of @class_name about @subject, with its truth.
 * @number: which design, counted on from paper to paper. Returns: owned */
Paper *drawable_new(const char *class_name, const Subject *subject, int number, Part part,
                    Dice *dice);

/* drawable_pile: one paper of each of @classes ("id_card,purchase_contract") about
 * made-up people. Returns: owned array of Paper*, which it does not free */
GPtrArray *drawable_pile(const char *classes, int number, Part part, Place place,
                         Dice *dice);
