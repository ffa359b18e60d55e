/* SPDX-License-Identifier: GPL-3.0-or-later */
/* work/groups.h - private to work: what cases are cut from, and its pages. */
#pragma once
#include "store/store.h"
#include "work/pile.h"

/* A folder, a file or a pile: what cases are cut from. */
typedef struct {
    const char *name, *batch;
    const char *place, *taken_on;
    bool is_stack;
    bool is_wanted;     /* of the batch that is being processed */
    GPtrArray *entries; /* LedgerEntry *, borrowed */
    GPtrArray *covers;  /* PileCover * */
} Group;
void group_free(Group *group);

/* Which pages are cover sheets. */
typedef struct {
    GHashTable *keys; /* of their readings: a set of char * */
    const char *model_hash;
} CoverKeys;

/* groups_of: the groups of @ledger in order of first appearance. A folder taken in again
 * later, with more papers in it, is still one group.
 * @ledger: LedgerEntry *, @batches: Batch *, both borrowed by the result
 * @batch: those with an entry of it are wanted; NULL: all
 * @covers: a copy of a file that is a cover sheet is no duplicate; borrowed
 * Returns: Group *, owned */
GPtrArray *groups_of(const GPtrArray *ledger, const GPtrArray *batches, const char *batch,
                     const CoverKeys *covers);

/* The pages of one group, in order, with what was read on them. */
typedef struct {
    GPtrArray *readings; /* PageReading *, NULL where failed */
    GPtrArray *sources;  /* PageSource * */
    GPtrArray *keys;     /* char * */
} Pages;
Pages pages_new(void);
void pages_clear(Pages *pages);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pages, pages_clear)

/* pages_list: the sources and keys of @group's pages; no reading is loaded yet.
 * Returns: false with an error of the store */
bool pages_list(Store *store, const char *model_hash, const Group *group, Pages *pages,
                GError **error);
/* pages_load: their readings. A page without one has a failure in its source. */
bool pages_load(Store *store, Pages *pages, GError **error);
/* page_load: the reading kept under @key. @reading: out, owned, NULL where there is none
 */
bool page_load(Store *store, const char *key, PageSource *source, PageReading **reading,
               GError **error);
