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

/* A ring about the box means it as a tick in it does. Of 400 empty boxes the characters
 * beside them came to 0.53 of a ring at most; a broken ring, or ink right above or below
 * a box, is for a person, and so is a frame that was drawn over. */
#define RING_MIN 0.75
#define EMPTY_MAX_RING 0.55
#define EMPTY_MAX_OVER 0.30
#define OVERDRAWN_TIMES 1.6
#define OVERDRAWN_PX 2

TickState tick_state(const BoxMark *mark, int usual_thick_px)
{
    bool is_overdrawn = usual_thick_px > 0 &&
                        mark->thick_px >= usual_thick_px + OVERDRAWN_PX &&
                        mark->thick_px >= OVERDRAWN_TIMES * usual_thick_px;
    if (mark->inside_ink <= EMPTY_MAX_INK && mark->largest_mark <= EMPTY_MAX_MARK)
        return mark->ring >= RING_MIN ? TICK_TICKED
               : mark->ring > EMPTY_MAX_RING || mark->over > EMPTY_MAX_OVER ||
                       is_overdrawn
                   ? TICK_UNSURE
                   : TICK_EMPTY;
    if (mark->inside_ink >= TICKED_MIN_INK && mark->largest_mark >= TICKED_MIN_MARK &&
        mark->longest_bar < CHARACTER_MIN_BAR)
        return TICK_TICKED;
    return TICK_UNSURE;
}
