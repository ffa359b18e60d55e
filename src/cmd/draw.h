/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd/draw.h - the picture of a page as it was read: the proof in the middle, boxes on
 * what was found, and beside it what each box was read as. */
#pragma once
#include "base/base.h"
#include "reading/page-reading.h"

typedef enum { MARK_ACCEPTED, MARK_CONFIRMED, MARK_REVIEW, MARK_EMPTY } MarkState;

/* One value and the ink it was read from. */
typedef struct {
    char *title, *value, *note; /* note: why it has to be looked at; "" for nothing */
    MarkState state;
    GArray *boxes; /* Rect, proof pixels; at least one */
} Callout;

Callout *callout_new(const char *title, const char *value, const char *note,
                     MarkState state);
void callout_free(Callout *callout);

/* A paper on the page: a card among several on one copied sheet, or the whole page. */
typedef struct {
    char *title;
    Rect box_px; /* empty: the whole page */
} PaperOutline;
void paper_outline_free(PaperOutline *outline);

typedef struct {
    PIX *proof;                 /* borrowed */
    const PageReading *reading; /* cells, ticks and seals; may be NULL */
    bool has_ticks;             /* whether the reading's tick boxes are drawn */
    const GPtrArray *callouts;  /* Callout *, borrowed */
    const GPtrArray *outlines;  /* PaperOutline *, borrowed */
    const char *heading, *subheading;
} PageDrawing;

/* draw_page: write the picture as PNG, whole or not at all, readable by its owner alone.
 * Returns: true, or false with BASE_ERROR_IO or BASE_ERROR_FORMAT */
bool draw_page(const PageDrawing *drawing, const char *path, GError **error);
