/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pile.h - piles with the papers that the lists ask for: complete, incomplete and with
 * what contradicts. */
#pragma once
#include "cases.h"

/* pile_plans: what may be the matter with such a pile; the last has name NULL. */
const Plan *pile_plans(void);

/* pile_plan: the plan of @made, whose form and kind of applicant are known, by lot or the
 * one its options name. Static. */
const Plan *pile_plan(const Case *made);

/* pile_people: who else is named in @made, beside those that every case has. */
void pile_people(Case *made);

/* pile_bring: choose the papers, as @made->brought, and what is the matter with them. May
 * change the plan to "complete" where the pile has nothing of the kind. */
void pile_bring(Case *made, Dice *dice);

/* pile_draw: the papers of @made->brought, at the end of @made->papers. */
void pile_draw(Case *made, Dice *dice);
