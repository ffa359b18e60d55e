/* SPDX-License-Identifier: GPL-3.0-or-later */
/* papers/papers.h - which form or paper pages are, where one begins and ends, and what
 * stands in their fields. Pure: page readings and declarations in, papers out. */
#pragma once
#include "base/base.h"
#include "pipeline/pipeline.h"
#include "reading/page-reading.h"

#define PAPERS_VERSION "50"

/* One ink a value was read from. */
typedef struct {
    int page;            /* index into the pages given, from 0 */
    Rect box_px;         /* on that page's proof */
    char *text;          /* as read there */
    double confidence;   /* 0..1 */
    double weakest;      /* 0..1 */
    GArray *sureness;    /* double, 0..1, of each character of @text; NULL: of none more
                            is known than of the weakest */
    char *second_text;   /* second reading, or NULL */
    char *outvoted_text; /* what was read before the shapes of its characters decided */
    char *digits_text;   /* digits-only reading, or NULL */
    char *hand_number;   /* what the model for numbers by hand reads there, or NULL */
    double hand_number_confidence; /* 0..1 */
    char *hand_words; /* what the model for words by hand reads there, or NULL */
    double hand_words_confidence, hand_words_weakest; /* 0..1 */
    bool is_from_file; /* the file's own text, not recognised */
    double hand_odds;  /* logarithm of the odds that it is by hand */
    guint hand_count;  /* characters that tell; 0: nothing is known of it */
    bool is_untraced;  /* where its characters stand could not be told */
} Ink;

/* A doubt: a seal is not seen, where a scan in black and white may have lost it. */
#define SEAL_MAY_BE_LOST "seal_may_be_lost"

/* What one field of one paper says. Not decided: casework decides. */
typedef struct {
    const FieldDecl *decl; /* borrowed from the pipeline */
    GPtrArray *inks;   /* Ink *, the lines of the value in order; empty: nothing there */
    char *raw;         /* the lines joined, labels, units and hints taken off; NULL: the
                          place was found and nothing is written there */
    bool is_found;     /* the field's place was found on the paper */
    GStrv ticked;      /* choices: codes ticked, in declaration order; presence fields:
                          {"present"} or {"absent"} */
    GStrv unsure;      /* choices: codes whose box is unsure or was not found;
                          presence fields: {"present"} where the ink is doubtful */
    bool is_by_hand;   /* written, not printed */
    const char *doubt; /* static code of why a person has to look, or NULL */
    bool is_unread;    /* some of the value's ink was not read (fine print) */
    double confidence; /* 0..1 */
} PaperField;

/* paper_field_weakest: how sure the least sure character of all its inks is, 0..1. */
double paper_field_weakest(const PaperField *field);

typedef struct {
    const ClassDecl *decl;
    double score;       /* 0..100 */
    GPtrArray *reasons; /* char *: "title 水电气暖信报装申请表 (0.96)" */
} Bid;

typedef struct {
    int page;
    Rect box_px;      /* the whole page where empty */
    const char *side; /* "front", "back" or NULL */
} PaperPart;

/* The part of a page that one section of a form covers; a section that goes over the page
 * has two. What lies outside every section belongs to all readers of the form. */
typedef struct {
    const SectionDecl *decl; /* borrowed */
    int page;
    Rect box_px;
} SectionArea;

typedef struct {
    const ClassDecl *decl; /* NULL: unknown */
    double confidence;     /* 0..1 */
    bool is_contested;     /* two classes claim it: for review */
    bool is_unreadable;    /* unknown because little on it could be read */
    bool shares_page;      /* one of several cards on its page */
    GArray *parts;         /* PaperPart; pages in order */
    GPtrArray *fields;     /* PaperField *, in declaration order; those of the class that
                              this print has */
    GPtrArray *bids;       /* Bid *, best first, over zero only */
    GPtrArray *notes;      /* char *: codes, "second_page_missing" */
    GArray *sections;      /* SectionArea, forms only, in order of print */
} Paper;

void ink_free(Ink *ink);
void paper_field_free(PaperField *field);
void bid_free(Bid *bid);
void paper_free(Paper *paper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Paper, paper_free)

/* paper_field: @paper's field @key. Returns: borrowed; NULL where the print has it not */
const PaperField *paper_field(const Paper *paper, const char *key);

/* papers_find: classes the pages, joins pages of one paper, reads their fields.
 * @pages: PageReading *, in the order of the pile; NULL entries are failed pages
 * @pipeline: borrowed; must outlive the result
 * Returns: Paper *, in order of their first page, owned; every page that is neither
 *     blank nor a cover sheet is in at least one paper */
GPtrArray *papers_find(const GPtrArray *pages, const Pipeline *pipeline);

/* pages_are_one_sheet: whether @a and @b are one sheet scanned twice: the same ink at the
 * same places, and the same names and numbers in it. NULL is no page. */
bool pages_are_one_sheet(const PageReading *a, const PageReading *b);
/* papers_are_one: whether every page of @b is a page of @a scanned again, and they say
 * the same. @pages: PageReading *, that both count in */
bool papers_are_one(const Paper *a, const Paper *b, const GPtrArray *pages);

/* Why a person has to look where a case begins: codes of problems. */
#define CASE_BOUNDARY_UNSURE "boundary_unsure"  /* papers before it may be its */
#define CASE_WITHOUT_COVER "form_without_cover" /* where others have one */

typedef struct {
    guint paper;       /* the first of the case */
    const char *doubt; /* static code, or NULL: sure */
    int doubt_from;    /* page from which on papers may be of this case; -1: none */
} CaseBegin;

/* papers_split: where cases begin in a stack, or between two cover sheets of one.
 * @papers: as from papers_find() on @pages
 * @has_cover: a cover sheet lies before the first of them
 * A form begins a case, and one scanned twice only one. Papers that lie before it are its
 * where each names its people by a number and nobody of the form before; where that is
 * less than sure, they stay and the case says so.
 * Returns: CaseBegin, ascending, owned */
GArray *papers_split(const GPtrArray *papers, const GPtrArray *pages, bool has_cover);
