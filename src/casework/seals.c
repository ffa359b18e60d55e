/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/seals.c - the seals on a paper, and whose they are. */
#include "casework/case.h"

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

/* What the places of a ring say one by one, against @firm; of a seal whose characters
 * stand nobody knows where, what is read along it. */
static Likeness likeness_of(const SealMark *mark, const char *firm,
                            const char *const *regions)
{
    if (mark->places != NULL)
        return seal_match(mark, firm, regions);
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
    const char *const *regions = (const char *const *)case_->regions;
    g_autoptr(GArray) seals = paper_seals(case_, paper);
    for (guint i = 0; i < seals->len; i++) {
        if (!field_is_usable(case_, firm))
            return SEAL_UNREAD;
        const SealMark *mark = g_array_index(seals, PaperSeal, i).mark;
        Likeness likeness = likeness_of(mark, firm->value, regions);
        if (likeness == SAME)
            return SEAL_OWN;
        is_unread |= likeness == UNSURE;
    }
    return seals->len == 0 ? SEAL_NONE_SEEN : is_unread ? SEAL_UNREAD : SEAL_OF_OTHERS;
}
