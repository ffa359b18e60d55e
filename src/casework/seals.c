/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/seals.c - the seals on a paper, and whose they are. */
#include "casework/case.h"

/* One stamp's impressions, as the ring is found on papers of other ink and resolution,
 * are so alike in width. */
#define SAME_WIDTH 0.06

GArray *paper_seals(const Case *case_, const Paper *paper)
{
    const GPtrArray *pages = case_->input->pages;
    GArray *seals = g_array_new(FALSE, FALSE, sizeof(PaperSeal));
    for (guint i = 0; i < paper->parts->len; i++) {
        const PaperPart *part = &g_array_index(paper->parts, PaperPart, i);
        const PageReading *page = part->page >= 0 && (guint)part->page < pages->len
                                      ? pages->pdata[part->page]
                                      : NULL;
        for (guint k = 0; page != NULL && k < page->seals->len; k++) {
            PaperSeal seal = {part->page, &g_array_index(page->seals, SealMark, k)};
            if (rect_is_empty(part->box_px) ||
                rect_contains_centre(part->box_px, seal.mark->box_px))
                g_array_append_val(seals, seal);
        }
    }
    return seals;
}

static double width_mm(const PageReading *page, const SealMark *mark)
{
    return mark->box_px.width * MM_PER_INCH / MAX(1, page->dpi);
}

/* The seals of the case that are as wide as @seal: what print hides on one impression of
 * a stamp stands clear on another. SealMark, borrowed, in an array that is owned */
static GPtrArray *as_wide_as(const Case *case_, const PaperSeal *seal)
{
    const GPtrArray *pages = case_->input->pages;
    double wanted_mm = width_mm(pages->pdata[seal->page], seal->mark);
    GPtrArray *alike = g_ptr_array_new();
    for (guint i = 0; i < pages->len; i++) {
        const PageReading *page = pages->pdata[i];
        for (guint k = 0; page != NULL && k < page->seals->len; k++) {
            SealMark *mark = &g_array_index(page->seals, SealMark, k);
            if (fabs(width_mm(page, mark) - wanted_mm) <= SAME_WIDTH * wanted_mm)
                g_ptr_array_add(alike, mark);
        }
    }
    return alike;
}

/* What the places of a ring say one by one, against @firm; of a seal whose characters
 * stand nobody knows where, what is read along it. */
static Likeness likeness_of(const Case *case_, const PaperSeal *seal, const char *firm)
{
    const SealMark *mark = seal->mark;
    if (mark->places != NULL) {
        g_autoptr(GPtrArray) alike = as_wide_as(case_, seal);
        return seal_match(mark, alike, firm, (const char *const *)case_->regions);
    }
    Likeness first = seal_compare(mark->text, firm);
    return seal_compare(mark->second_text, firm) == SAME ||
                   seal_compare(mark->shapes_text, firm) == SAME
               ? SAME
               : first;
}

/* A licence carries the seal of the office that issued it, so that a seal alone says
 * nothing: only the firm's name on it does. */
SealState seal_state(const Case *case_, const Paper *paper)
{
    bool is_unread = false;
    const DecidedField *firm = fields_find(case_->fields, KEY_APPLICANT);
    g_autoptr(GArray) seals = paper_seals(case_, paper);
    for (guint i = 0; i < seals->len; i++) {
        if (!field_is_usable(case_, firm))
            return SEAL_UNREAD;
        const PaperSeal *seal = &g_array_index(seals, PaperSeal, i);
        Likeness likeness = likeness_of(case_, seal, firm->value);
        if (likeness == SAME)
            return SEAL_OWN;
        is_unread |= likeness == UNSURE;
    }
    return seals->len == 0 ? SEAL_NONE_SEEN : is_unread ? SEAL_UNREAD : SEAL_OF_OTHERS;
}
