/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does a seal stand in a cell? Seals were found on the page already, by colour or by
 * their ring; here is told which cell each is meant for. */
#include "papers/private.h"

/* A seal whose centre lies elsewhere, but so much of which lies in the cell, may be meant
 * for it; what touches it with less is the neighbour's. */
#define DOUBT_SHARE 0.30
/* Seals are 38 mm wide and more: ink that is no print and this wide both ways may be one
 * that was not recognised. A signature is not as high. */
#define SEAL_LIKE_MM 15.0

/* Strokes so much of which lie in a seal that was recognised are its ring or its words.
 */
#define RING_SHARE 0.9

static double share_in(Rect seal, Rect cell)
{
    Rect shared = rect_intersection(seal, cell);
    double area = (double)seal.width * seal.height;
    return area > 0 && !rect_is_empty(shared)
               ? (double)shared.width * shared.height / area
               : 0;
}

static bool is_of_known_seal(Rect ink, const PageReading *page)
{
    for (guint i = 0; i < page->seals->len; i++)
        if (share_in(ink, g_array_index(page->seals, SealMark, i).box_px) >= RING_SHARE)
            return true;
    return false;
}

bool has_seal_like_ink(const Block *block, const PageReading *page)
{
    Rect ink = {0};
    for (guint i = 0; i < page->loose->len; i++) {
        const LooseInk *loose = &g_array_index(page->loose, LooseInk, i);
        if (loose->cell == block->cell && !is_of_known_seal(loose->box_px, page))
            ink = rect_union(ink, loose->box_px);
    }
    return MIN(ink.width, ink.height) * MM_PER_INCH > SEAL_LIKE_MM * page->dpi;
}

/* Whether @cell is too narrow for @seal, which stands in its row and begins beside it: a
 * space for a seal is not so narrow, and a crease or an edge may have cut it in two. */
static bool is_cut_off(Rect cell, Rect seal)
{
    int gap = MAX(seal.x - rect_right(cell), cell.x - rect_right(seal));
    return cell.width < seal.width && gap < seal.width &&
           rect_overlap_y(cell, seal) * 2 > seal.height;
}

void field_take_seal(PaperField *field, const Block *block, const Sheets *sheets)
{
    static const char *const present[] = {"present", NULL}, *const absent[] = {"absent",
                                                                               NULL};
    const PageReading *page = sheets->pages->pdata[block->page];
    double largest = 0;
    bool is_inside = false, is_beside = false;
    Rect where = {0};
    for (guint i = 0; i < page->seals->len; i++) {
        Rect seal = g_array_index(page->seals, SealMark, i).box_px;
        double share = share_in(seal, block->box_px);
        is_inside |= rect_contains_centre(block->box_px, seal);
        is_beside |= is_cut_off(block->box_px, seal);
        if (share > largest) {
            largest = share;
            where = seal;
        }
    }
    bool is_doubtful = !is_inside && (is_beside || largest >= DOUBT_SHARE ||
                                      has_seal_like_ink(block, page));
    /* red ink is paler than any limit between black and white that print needs */
    if (!is_inside && !is_doubtful && page->is_toneless)
        field->doubt = SEAL_MAY_BE_LOST;
    is_doubtful |= field->doubt != NULL;
    field->is_found = true;
    field->ticked = g_strdupv((char **)(is_inside ? present : absent));
    field->confidence = is_doubtful ? 0.4 : 1;
    if (largest >= DOUBT_SHARE)
        field_add_ink(field, block->page, where, "", field->confidence);
}
