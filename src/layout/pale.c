/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ink for the frames of tick boxes, which are printed thinner and paler than the rest. */
#include "layout/private.h"

/* The sheet's paper is 255 and its noise reaches down to about 225: hair-thin frames of
 * worn 200 dpi copies lie just under that (of 31 choices on four such pages 19 were found
 * with 218, 13 with 205; elsewhere it made no difference). */
#define PALE_LEVEL 218

/* what is dark over more than any box covers: the shadow of an edge, a shaded cell; NULL
 * where there is nothing */
static PIX *shaded_areas(PIX *pale, int dpi)
{
    int size = px_from_mm(FRAME_MAX_SIDE_MM * 1.2, dpi / 4);
    g_autoptr(PIX) small = pixReduceRankBinaryCascade(pale, 3, 3, 0, 0);
    g_autoptr(PIX) wide = small != NULL ? pixOpenBrick(NULL, small, size, size) : NULL;
    l_int32 is_empty = 1;
    if (wide != NULL)
        pixZero(wide, &is_empty);
    g_autoptr(PIX) grown = !is_empty ? pixDilateBrick(NULL, wide, 3, 3) : NULL;
    return grown != NULL ? pixExpandReplicate(grown, 4) : NULL;
}

PIX *pale_ink(PIX *grey, PIX *ink, PIX *rules, int dpi)
{
    /* Rules without pieces that a box's side may be: where an underline begins behind a
     * box, on the level of its bottom, both look like one line with a gap. */
    int longest = px_from_mm(FRAME_MAX_SIDE_MM, dpi);
    g_autoptr(PIX) pale = pixThresholdToBinary(grey, PALE_LEVEL);
    g_autoptr(PIX) lines = pixSelectBySize(rules, longest, longest, 8, L_SELECT_IF_EITHER,
                                           L_SELECT_IF_GT, NULL);
    g_autoptr(PIX) wide = lines != NULL ? pixDilateBrick(NULL, lines, 5, 5) : NULL;
    if (pale == NULL || wide == NULL)
        return NULL;
    g_autoptr(PIX) shade = shaded_areas(pale, dpi);
    g_autoptr(PIX) rest = pixSubtract(NULL, pale, wide);
    if (rest != NULL && shade != NULL)
        pixSubtract(rest, rest, shade);
    return rest != NULL ? pixOr(NULL, rest, ink) : NULL;
}
