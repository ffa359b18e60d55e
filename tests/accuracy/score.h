/* SPDX-License-Identifier: GPL-3.0-or-later */
/* score.h - case records held against the truth of made papers: each thing that was
 * decided is an finding, and every rate, table and picture is made of findings.
 * The rates are defined in docs/ARCHITECTURE.md, "How it is measured". */
#pragma once
#include "pipeline/pipeline.h"

/* --- counts --- */
typedef struct {
    int good, all;
} Tally;

void tally_add(Tally *tally, bool is_good);
double tally_percent(Tally tally); /* 0 where there is nothing */
/* tally_interval: Wilson's 95 % interval, in percent (base/rates.h). */
void tally_interval(Tally tally, double *low, double *high);

/* --- what is measured --- */
typedef enum {
    FIELDS_RIGHT,
    STRAIGHT_THROUGH,
    ACCEPTED_RIGHT,
    FALSE_FILL,
    FALSE_FILL_ACCEPTED,
    TICKS,
    PAGE_CLASS,
    FOUND_WHOLE,
    PAPER_FIELDS_RIGHT,
    PAPER_ACCEPTED_RIGHT,
    VERDICTS,
    FALSE_COMPLETE,
    MEASURE_COUNT
} Measure;

typedef struct {
    const char *name; /* in floors.txt */
    const char *words;
    bool is_fault; /* good counts what should not be */
} MeasureDecl;
extern const MeasureDecl measures[MEASURE_COUNT];

typedef enum {
    FINDING_NO_RECORD,
    FINDING_FIELD,
    FINDING_PAGE,
    FINDING_PAPER,
    FINDING_PAPER_FIELD,
    FINDING_VERDICT,
    FINDING_COMPLETE, /* a verdict `complete` that was given */
} FindingSort;

/* A made case, and what was made of it. */
typedef struct {
    JsonObject *truth;  /* owned */
    JsonObject *record; /* borrowed; NULL: there is none */
    const char *name;   /* borrowed from @truth */
} MadeCase;
/* made_case_word: what the truth says of the case: "form", "wear", "face"; "?" if nothing
 */
const char *made_case_word(const MadeCase *made, const char *member);

typedef struct {
    FindingSort sort;
    const MadeCase *of;
    const char *class_name; /* of a paper or page, or the form; borrowed */
    char *key;              /* of a field; a utility; a file */
    char *truth, *value;    /* NULL: nothing */
    const char *state;      /* of a field: "absent" where the record has it not */
    JsonObject *field;      /* the record's, borrowed; NULL where it has none */
    int64_t page;           /* pages: its number in the record; 0: none */
    bool is_choice;
    bool is_right;
    bool is_touched; /* papers: some page of it was found */
} Finding;
void finding_free(Finding *finding);

/* finding_counts: whether @measure is over @finding. @is_good: out */
bool finding_counts(const Finding *finding, Measure measure, bool *is_good);
/* finding_fault: what is wrong, as errors.tsv says it; NULL: nothing */
const char *finding_fault(const Finding *finding);
bool finding_is_accepted(const Finding *finding);
/* finding_kind: the sort of value that the field holds, for breakdowns. */
const char *finding_kind(const Finding *finding);

/* By what a breakdown goes. */
typedef struct {
    const char *by;     /* "wear" */
    const char *member; /* the word of the truth; NULL: name_of() */
    const char *(*name_of)(const Finding *finding);
} Grouping;
const char *grouping_name(const Grouping *grouping, const Finding *finding);
/* grouping_names: every name that @findings have, in order. The list is owned. */
GList *grouping_names(const Grouping *grouping, const GPtrArray *findings);
/* findings_tally: of those that @grouping calls @name; NULL: all. */
Tally findings_tally(const GPtrArray *findings, Measure measure, const Grouping *grouping,
                     const char *name);

/* --- records against truth (compare.c) --- */
/* case_compare: adds the findings of @made to @findings (Finding *). */
void case_compare(const MadeCase *made, GPtrArray *findings);

/* --- floors --- */
typedef struct {
    bool is_set[MEASURE_COUNT];
    double least[MEASURE_COUNT];  /* percent; of faults the greatest count */
    Measure order[MEASURE_COUNT]; /* as they are stated */
    int count;
} Floors;
typedef enum {
    FLOOR_KEPT,
    FLOOR_BELOW,
    FLOOR_UNSURE_KEPT,
    FLOOR_UNSURE_BELOW
} FloorState;
bool floors_load(Floors *floors, const char *path, GError **error);
/* floor_state: where @tally is against the floor of @measure, which must be set. */
FloorState floor_state(const Floors *floors, Measure measure, Tally tally);
