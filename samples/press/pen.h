/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pen.h - what a hand does with a pen: ticks, crosses, signatures. */
#pragma once
#include "dice.h"
#include "flow.h"
#include "sheet.h"

/* pen_tick: mark the tick box at @box (mm) in the style of @hand; TICK_NONE draws
 * nothing.
 * @dice: the hand's unsteadiness; borrowed */
void pen_tick(Sheet *sheet, Box box, const TickHand *hand, Dice *dice);

/* pen_signature: a signature of @name in @box: the name written out and bent, or quick
 * strokes.
 * @pen: the ink and, where the name is written, the face and size */
void pen_signature(Sheet *sheet, const Type *pen, const char *name, Box box, Dice *dice);
