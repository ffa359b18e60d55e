/* SPDX-License-Identifier: GPL-3.0-or-later */
/* seal.h - red round seals. */
#pragma once
#include "dice.h"
#include "sheet.h"

/* seal_round: a ring with @ring_text along its upper part, a star in its middle and
 * @foot_text (NULL for none) below the star.
 * @x, @y: its centre, mm; @diameter_mm: 38 .. 45 is usual
 * @dice: turn, uneven ink; borrowed */
void seal_round(Sheet *sheet, double x, double y, double diameter_mm, const char *face,
                const char *ring_text, const char *foot_text, Dice *dice);
