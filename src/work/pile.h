/* SPDX-License-Identifier: GPL-3.0-or-later */
/* work/pile.h - private to work: a pile of pages cut into the shares of cases. Pure: page
 * readings in, shares out. */
#pragma once
#include "casework/casework.h"
#include "codes/codes.h"
#include "papers/papers.h"

#define PILE_VERSION "1"

/* A cover sheet among the pages of a group. */
typedef struct {
    guint page;
    Cover *cover; /* NULL: it shows itself as one, and its code cannot be read */
} PileCover;
void pile_cover_free(PileCover *cover);

/* pile_cover_new: of page @page, whose reading says @code. Returns: owned; NULL where
 * @code is no cover sheet's */
PileCover *pile_cover_new(guint page, const char *code);

/* Pages from one cover sheet to the next. */
typedef struct {
    const PileCover *cover; /* borrowed; NULL: before the first one */
    guint first, end;       /* without the cover sheet itself */
} Segment;
/* pile_segments: @covers: PileCover *, by page. Returns: Segment, in order, owned */
GArray *pile_segments(const GPtrArray *covers, guint page_count);
/* segment_is_late: whether it belongs to a case that is named on its cover sheet. */
bool segment_is_late(const Segment *segment);
/* segment_sheets: how many sheets it has: its pages that are not blank; or, where the
 * cover sheet's own back lies behind it, two pages a sheet.
 * @readings: PageReading * of the group, NULL where failed */
int segment_sheets(const Segment *segment, const GPtrArray *readings);

/* One case's share of a group. */
typedef struct {
    GArray *pages;         /* guint: pages of the group, ascending; no cover sheets */
    GPtrArray *papers;     /* Paper *, owned; page indices count in pages */
    GPtrArray *covers;     /* CaseCover *, owned */
    GPtrArray *remarks;    /* PileRemark *, owned */
    const Cover *begun_by; /* borrowed, or NULL */
} Share;
void share_free(Share *share);
/* share_remark: @code: static; @page: index within the case, -1: none. Returns: borrowed
 */
PileRemark *share_remark(Share *share, const char *code, bool is_for_review, int page);

typedef struct {
    const GPtrArray *readings; /* PageReading *, NULL where failed */
    const GPtrArray *sources;  /* PageSource * */
    const GPtrArray *covers;   /* PileCover * */
    bool is_stack;             /* else all is one case, but for late papers */
    const Pipeline *pipeline;
} Pile;

/* pile_shares: cut the pile. Segments that are late are left out.
 * Returns: Share *, in the order of their pages, owned */
GPtrArray *pile_shares(const Pile *pile);
/* pile_homeless: a late segment whose case nobody knows: a case of its own. Owned. */
Share *pile_homeless(const Pile *pile, const Segment *segment);

/* case_cover_of: what the record says of @segment's cover sheet.
 * @source: of its page, borrowed; @found: sheets. Returns: owned */
CaseCover *case_cover_of(const Segment *segment, const PageSource *source, int found);
