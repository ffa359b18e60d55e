/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where cover sheets and forms cut a pile, and what is in doubt about it. */
#include "work/pile.h"

void pile_cover_free(PileCover *cover)
{
    cover_free(cover->cover);
    g_free(cover);
}

PileCover *pile_cover_new(guint page, const char *code)
{
    Cover *cover = code != NULL ? cover_parse(code, NULL) : NULL;
    if (cover == NULL && g_strcmp0(code, COVER_UNREAD) != 0)
        return NULL;
    PileCover *made = g_new0(PileCover, 1);
    *made = (PileCover){page, cover};
    return made;
}

void share_free(Share *share)
{
    g_array_unref(share->pages);
    g_ptr_array_unref(share->papers);
    g_ptr_array_unref(share->covers);
    g_ptr_array_unref(share->remarks);
    g_free(share);
}

static Share *share_new(void)
{
    Share *share = g_new0(Share, 1);
    share->pages = g_array_new(false, false, sizeof(guint));
    share->papers = g_ptr_array_new_with_free_func((GDestroyNotify)paper_free);
    share->covers = g_ptr_array_new_with_free_func((GDestroyNotify)case_cover_free);
    share->remarks = g_ptr_array_new_with_free_func((GDestroyNotify)pile_remark_free);
    return share;
}

PileRemark *share_remark(Share *share, const char *code, bool is_for_review, int page)
{
    PileRemark *made = g_new0(PileRemark, 1);
    *made = (PileRemark){.code = code, .is_for_review = is_for_review, .page = page};
    g_ptr_array_add(share->remarks, made);
    return made;
}

/* --- segments --- */

GArray *pile_segments(const GPtrArray *covers, guint page_count)
{
    GArray *segments = g_array_new(false, true, sizeof(Segment));
    Segment segment = {.end = page_count};
    for (guint i = 0; covers != NULL && i < covers->len; i++) {
        const PileCover *cover = covers->pdata[i];
        segment.end = cover->page;
        if (segment.cover != NULL || segment.end > segment.first)
            g_array_append_val(segments, segment);
        segment = (Segment){cover, cover->page + 1, page_count};
    }
    if (segment.cover != NULL || segment.end > segment.first)
        g_array_append_val(segments, segment);
    return segments;
}

bool segment_is_late(const Segment *segment)
{
    return segment->cover != NULL && segment->cover->cover != NULL &&
           segment->cover->cover->kind == COVER_LATE;
}

static bool is_blank(const GPtrArray *readings, guint page)
{
    const PageReading *reading = readings->pdata[page];
    return reading != NULL && reading->is_blank;
}

int segment_sheets(const Segment *segment, const GPtrArray *readings)
{
    int pages = 0;
    if (segment->cover != NULL && segment->first < segment->end &&
        is_blank(readings, segment->first))
        return (int)(segment->end - segment->first) / 2;
    for (guint i = segment->first; i < segment->end; i++)
        pages += !is_blank(readings, i);
    return pages;
}

static bool has_pages(const Segment *segment, const GPtrArray *readings)
{
    for (guint i = segment->first; i < segment->end; i++)
        if (!is_blank(readings, i))
            return true;
    return false;
}

/* --- covers --- */

CaseCover *case_cover_of(const Segment *segment, const PageSource *source, int found)
{
    const Cover *cover = segment->cover->cover;
    CaseCover *made = g_new0(CaseCover, 1);
    made->is_late = segment_is_late(segment);
    made->code = cover != NULL ? cover_code(cover) : NULL;
    made->source = source;
    made->expected = cover != NULL ? cover->sheets : 0;
    made->found = found;
    return made;
}

static void add_cover(const Pile *pile, Share *share, const Segment *segment)
{
    if (segment->cover == NULL)
        return;
    const PageSource *source = pile->sources->pdata[segment->cover->page];
    int found = segment_sheets(segment, pile->readings);
    g_ptr_array_add(share->covers, case_cover_of(segment, source, found));
    if (segment->cover->cover == NULL)
        share_remark(share, "cover_unread", true, -1);
    if (share->begun_by == NULL)
        share->begun_by = segment->cover->cover;
}

/* --- papers --- */

static GPtrArray *slice(const GPtrArray *all, guint first, guint end)
{
    GPtrArray *part = g_ptr_array_new();
    for (guint i = first; i < end; i++)
        g_ptr_array_add(part, all->pdata[i]);
    return part;
}

/* Numbers of pages in @paper become places in @map. */
static void renumber(Paper *paper, const GArray *map)
{
    for (guint i = 0; i < paper->parts->len; i++) {
        int *page = &g_array_index(paper->parts, PaperPart, i).page;
        *page = g_array_index(map, int, *page);
    }
    for (guint i = 0; i < paper->sections->len; i++) {
        int *page = &g_array_index(paper->sections, SectionArea, i).page;
        *page = g_array_index(map, int, *page);
    }
    for (guint i = 0; i < paper->fields->len; i++) {
        PaperField *field = paper->fields->pdata[i];
        for (guint k = 0; k < field->inks->len; k++) {
            int *page = &((Ink *)field->inks->pdata[k])->page;
            *page = g_array_index(map, int, *page);
        }
    }
}

/* Whose share each page of a segment is: its paper's; one without a paper (a blank one,
 * one that failed) goes with the page before it. */
static GArray *owners_of(const GPtrArray *shares, guint first_share, guint page_count)
{
    GArray *owners = g_array_sized_new(false, false, sizeof(int), page_count);
    int none = -1;
    for (guint i = 0; i < page_count; i++)
        g_array_append_val(owners, none);
    for (guint s = first_share; s < shares->len; s++) {
        const Share *share = shares->pdata[s];
        for (guint p = 0; p < share->papers->len; p++) {
            const Paper *paper = share->papers->pdata[p];
            for (guint k = 0; k < paper->parts->len; k++)
                g_array_index(owners, int,
                              g_array_index(paper->parts, PaperPart, k).page) = (int)s;
        }
    }
    int owner = (int)first_share;
    for (guint i = 0; i < page_count; i++) {
        int *own = &g_array_index(owners, int, i);
        owner = *own >= 0 ? *own : owner;
        *own = owner;
    }
    return owners;
}

/* Gives the pages of @segment to the shares from @first_share on that have its papers. */
static void deal_pages(const GPtrArray *shares, guint first_share, const Segment *segment)
{
    guint count = segment->end - segment->first;
    g_autoptr(GArray) owners = owners_of(shares, first_share, count);
    g_autoptr(GArray) map = g_array_sized_new(false, true, sizeof(int), count);
    for (guint i = 0; i < count; i++) {
        Share *share = shares->pdata[g_array_index(owners, int, i)];
        guint page = segment->first + i;
        int place = (int)share->pages->len;
        g_array_append_val(share->pages, page);
        g_array_append_val(map, place);
    }
    for (guint s = first_share; s < shares->len; s++) {
        const Share *share = shares->pdata[s];
        for (guint p = 0; p < share->papers->len; p++)
            renumber(share->papers->pdata[p], map);
    }
}

/* Where @page of the group stands in @share; -1: nowhere */
static int place_of(const Share *share, guint page)
{
    for (guint i = 0; i < share->pages->len; i++)
        if (g_array_index(share->pages, guint, i) == page)
            return (int)i;
    return -1;
}

static bool is_form(const Paper *paper)
{
    return paper->decl != NULL && paper->decl->is_form;
}

/* What is in doubt about @share's beginning, on it and on the case before. */
static void say_doubt(const GPtrArray *shares, guint nth, guint first_share,
                      const Segment *segment, const CaseBegin *begin)
{
    Share *share = shares->pdata[nth];
    Share *before = nth > first_share ? shares->pdata[nth - 1] : NULL;
    bool is_boundary = g_strcmp0(begin->doubt, CASE_BOUNDARY_UNSURE) == 0;
    if (begin->doubt != NULL)
        share_remark(share, begin->doubt, true, -1)->may_lack = is_boundary;
    else if (before != NULL && share->papers->len > 0 &&
             !is_form(share->papers->pdata[0]))
        share_remark(share, "papers_before_form", false, 0);
    if (before == NULL || !is_boundary)
        return;
    guint from = segment->first + (guint)MAX(begin->doubt_from, 0);
    share_remark(before, "tail_unsure", true, place_of(before, from));
}

/* Whether the cover sheet says that all behind it is one case. */
static bool is_counted_as_one(const Pile *pile, const Segment *segment)
{
    const Cover *cover = segment->cover != NULL ? segment->cover->cover : NULL;
    return cover != NULL && cover->sheets > 0 &&
           cover->sheets == segment_sheets(segment, pile->readings);
}

static GArray *begins_in(const Pile *pile, const Segment *segment,
                         const GPtrArray *papers, const GPtrArray *readings)
{
    GArray *begins = papers_split(papers, readings, segment->cover != NULL);
    if (begins->len > 1 && (!pile->is_stack || is_counted_as_one(pile, segment)))
        g_array_set_size(begins, 1);
    if (begins->len > 0 && !pile->is_stack)
        g_array_index(begins, CaseBegin, 0).doubt = NULL;
    return begins;
}

/* Cuts one segment, whose pages become shares behind those of @shares. */
static void cut_segment(const Pile *pile, const Segment *segment, GPtrArray *shares)
{
    guint first_share = shares->len;
    g_autoptr(GPtrArray) readings = slice(pile->readings, segment->first, segment->end);
    g_autoptr(GPtrArray) papers = papers_find(readings, pile->pipeline);
    g_autoptr(GArray) begins = begins_in(pile, segment, papers, readings);
    for (guint i = 0; i < MAX(begins->len, 1u); i++)
        g_ptr_array_add(shares, share_new());
    g_ptr_array_set_free_func(papers, NULL); /* the shares own them now */
    for (guint p = 0, at = 0; p < papers->len; p++) {
        while (at + 1 < begins->len &&
               g_array_index(begins, CaseBegin, at + 1).paper <= p)
            at++;
        Share *share = shares->pdata[first_share + at];
        g_ptr_array_add(share->papers, papers->pdata[p]);
    }
    deal_pages(shares, first_share, segment);
    add_cover(pile, shares->pdata[first_share], segment);
    for (guint i = 0; i < begins->len; i++)
        say_doubt(shares, first_share + i, first_share, segment,
                  &g_array_index(begins, CaseBegin, i));
}

/* --- the pile --- */

/* A cover sheet without papers behind it, and the blank pages there: they go with @share.
 */
static void add_empty(const Pile *pile, Share *share, const Segment *segment)
{
    const Cover *begun_by = share->begun_by;
    for (guint i = segment->first; i < segment->end; i++)
        g_array_append_val(share->pages, i);
    if (segment->cover == NULL)
        return;
    add_cover(pile, share, segment);
    share->begun_by = begun_by; /* it began nothing */
    if (segment->cover->cover == NULL || segment->cover->cover->sheets == 0)
        share_remark(share, "cover_empty", false, -1);
}

/* All that is not late as one segment: a folder or a file is one case whatever is in it.
 */
static void take_whole(const Pile *pile, const GArray *segments, GPtrArray *shares)
{
    g_autoptr(GPtrArray) readings = g_ptr_array_new();
    Share *share = share_new();
    for (guint i = 0; i < segments->len; i++) {
        const Segment *segment = &g_array_index(segments, Segment, i);
        if (segment_is_late(segment))
            continue;
        for (guint page = segment->first; page < segment->end; page++) {
            g_array_append_val(share->pages, page);
            g_ptr_array_add(readings, pile->readings->pdata[page]);
        }
        add_cover(pile, share, segment);
    }
    if (share->pages->len == 0 && share->covers->len == 0) {
        share_free(share);
        return;
    }
    g_ptr_array_unref(share->papers);
    share->papers = papers_find(readings, pile->pipeline);
    g_ptr_array_add(shares, share);
}

static void take_stack(const Pile *pile, const GArray *segments, GPtrArray *shares)
{
    g_autoptr(GArray) empty = g_array_new(false, false, sizeof(Segment));
    guint before_empty = 0;
    for (guint i = 0; i < segments->len; i++) {
        const Segment *segment = &g_array_index(segments, Segment, i);
        if (segment_is_late(segment))
            continue;
        if (!has_pages(segment, pile->readings)) {
            if (empty->len == 0)
                before_empty = shares->len;
            g_array_append_val(empty, *segment);
            continue;
        }
        cut_segment(pile, segment, shares);
    }
    if (empty->len > 0 && shares->len == 0)
        g_ptr_array_add(shares, share_new());
    /* What has nothing behind it goes with the case that follows the first of it. */
    for (guint i = 0; i < empty->len; i++) {
        guint nth = MIN(before_empty, shares->len - 1);
        add_empty(pile, shares->pdata[nth], &g_array_index(empty, Segment, i));
    }
}

/* A pile of cover sheets alone is a case of them, so that they are not lost. */
static void keep_covers_alone(const Pile *pile, const GPtrArray *shares)
{
    for (guint i = 0; i < shares->len; i++) {
        Share *share = shares->pdata[i];
        for (guint k = 0; share->pages->len == 0 && k < pile->covers->len; k++) {
            const PileCover *cover = pile->covers->pdata[k];
            if (cover->cover == NULL || cover->cover->kind == COVER_NEW) {
                g_array_append_val(share->pages, cover->page);
                break;
            }
        }
    }
}

GPtrArray *pile_shares(const Pile *pile)
{
    GPtrArray *shares = g_ptr_array_new_with_free_func((GDestroyNotify)share_free);
    g_autoptr(GArray) segments = pile_segments(pile->covers, pile->readings->len);
    if (pile->is_stack)
        take_stack(pile, segments, shares);
    else
        take_whole(pile, segments, shares);
    keep_covers_alone(pile, shares);
    return shares;
}

Share *pile_homeless(const Pile *pile, const Segment *segment)
{
    Share *share = share_new();
    g_autoptr(GPtrArray) readings = slice(pile->readings, segment->first, segment->end);
    for (guint i = segment->first; i < segment->end; i++)
        g_array_append_val(share->pages, i);
    if (share->pages->len == 0)
        g_array_append_val(share->pages, segment->cover->page);
    g_ptr_array_unref(share->papers);
    share->papers = papers_find(readings, pile->pipeline);
    add_cover(pile, share, segment);
    PileRemark *unknown = share_remark(share, "late_case_unknown", true, -1);
    unknown->name = g_strdup(segment->cover->cover->case_name);
    return share;
}
