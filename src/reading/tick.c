/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/reading.h"

/* Shares of the box's inside. Speckle and rests of the frame stay under the first pair;
 * the thinnest tick measured was over the second. What lies between is for a person. */
#define EMPTY_MAX_INK 0.035
#define EMPTY_MAX_MARK 0.28
#define TICKED_MIN_INK 0.055
#define TICKED_MIN_MARK 0.42
/* A free level stroke as long as this is one of a character: 固, 国, 回. Of 150 ticks,
 * crosses and filled boxes on worn pages the longest had 0.5. */
#define CHARACTER_MIN_BAR 0.60

TickState tick_state(const BoxMark *mark)
{
    if (mark->inside_ink <= EMPTY_MAX_INK && mark->largest_mark <= EMPTY_MAX_MARK)
        return TICK_EMPTY;
    if (mark->inside_ink >= TICKED_MIN_INK && mark->largest_mark >= TICKED_MIN_MARK &&
        mark->longest_bar < CHARACTER_MIN_BAR)
        return TICK_TICKED;
    return TICK_UNSURE;
}
