/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dice.h - the press's own chance: the same seed gives the same throws on every machine.
 */
#pragma once
#include <glib.h>

/* A stream of throws. Held by value by the caller; nothing to free. */
typedef struct {
    guint64 state;
} Dice;

/* dice_init: start a stream.
 * @seed: any number
 * @stream: any text; different texts give unrelated streams; borrowed */
void dice_init(Dice *dice, guint64 seed, const char *stream);

/* dice_fork: a new stream named @stream that depends on @dice's present state but does
 * not change it, so that throws added to one part of a case never move another part's. */
Dice dice_fork(const Dice *dice, const char *stream);

/* dice_int: a whole number in @low .. @high, both included. */
int dice_int(Dice *dice, int low, int high);

/* dice_real: a number in @low .. @high. */
double dice_real(Dice *dice, double low, double high);

/* dice_normal: about normal, mean 0, deviation 1 (sum of twelve), never beyond 6. */
double dice_normal(Dice *dice);

/* dice_chance: true with probability @p, 0 .. 1. */
gboolean dice_chance(Dice *dice, double p);

/* dice_weighted: an index into @weights, as likely as its weight is.
 * @n: number of weights, at least 1 */
int dice_weighted(Dice *dice, const double *weights, int n);

/* DICE_PICK: one entry of a true array. */
#define DICE_PICK(dice, array)                                                           \
    ((array)[dice_int((dice), 0, (int)G_N_ELEMENTS(array) - 1)])
