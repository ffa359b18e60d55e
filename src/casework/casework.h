/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/casework.h - the only room that decides: roles, values from evidence,
 * requirements, verdicts. Pure: the same input gives the same record, byte for byte. */
#pragma once
#include "base/base.h"
#include "papers/papers.h"
#include "pipeline/pipeline.h"

#define CASEWORK_VERSION "32"

/* A person's correction, as the store keeps it. */
typedef struct {
    char *field, *value, *by, *reason, *at;
} Correction;
void correction_free(Correction *correction);

/* Where a page came from, for the record. */
typedef struct {
    char *original_sha256;
    char *name;    /* file name as given */
    int index;     /* from 0 within the file */
    char *failure; /* code of why the page could not be read, or NULL */
} PageSource;
void page_source_free(PageSource *source);

/* A cover sheet that led to the case; it is none of its papers. */
typedef struct {
    bool is_late;
    char *code;               /* codes/codes.h; NULL: it could not be read */
    const PageSource *source; /* of its page; borrowed */
    const char *pile;    /* of late papers: the group they came in; borrowed, or NULL */
    int expected, found; /* sheets; expected 0: it does not say */
} CaseCover;
void case_cover_free(CaseCover *cover);

/* What the cutting of the pile into cases leaves to say about this one. */
typedef struct {
    const char *code; /* static; casework/phrases.c */
    bool is_for_review;
    bool may_lack; /* papers of this case may lie with another one */
    int page;      /* of this case, from 0; -1: none */
    char *name;    /* of a case, or NULL */
} PileRemark;
void pile_remark_free(PileRemark *remark);

typedef struct {
    const char *name; /* of the case, that it keeps; NULL: made from its sources */
    const char *site; /* "tx01" */
    const char *batch;
    const char *source;
    const char *home_place;   /* place code used where nothing else tells, or NULL */
    const char *given_place;  /* --place, or NULL */
    const char *as_of;        /* YYYY-MM-DD */
    const char *taken_on;     /* day of intake, YYYY-MM-DD */
    const GPtrArray *pages;   /* PageReading *, NULL where failed; borrowed */
    const GPtrArray *sources; /* PageSource *, same length; borrowed */
    const GPtrArray *papers; /* Paper * of this case; page indices into pages; borrowed */
    const GPtrArray *covers; /* CaseCover *, borrowed; may be NULL */
    const GPtrArray *remarks;     /* PileRemark *, borrowed; may be NULL */
    const GPtrArray *corrections; /* Correction *, oldest first; may be NULL */
    const Pipeline *pipeline;
} CaseInput;

/* casework_decide: make the case record (docs/formats.md, "the case record").
 * Returns: a new reference, owned; never NULL: a bad case is a record with problems */
JsonObject *casework_decide(const CaseInput *input);

/* casework_case_name: the name made from content: site id and 8 characters of Crockford
 * base 32 over a SHA-256 of the page hashes, sorted, so the order of intake has no say.
 * Returns: owned, "tx01-7K3M9Q2D" */
char *casework_case_name(const char *site, const GPtrArray *sources);

/* casework_summary: a few lines for people: per utility the verdict, what is missing,
 * what to look at. @language: "zh" or "en". Returns: owned */
char *casework_summary(JsonObject *record, const char *language);

/* casework_may_leave: whether @utility's part of the case may be exported: verdict
 * complete, required fields accepted or confirmed, form signed.
 * @why_not: out, owned, a short code; may be NULL */
bool casework_may_leave(JsonObject *record, const Pipeline *pipeline, const char *utility,
                        char **why_not);
