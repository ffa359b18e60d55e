/* SPDX-License-Identifier: GPL-3.0-or-later */
/* papers/option-texts.h - where the options of a choice are printed. */
#pragma once
#include "papers/private.h"

/* One option's printed text, found. */
typedef struct {
    const OptionDecl *option;
    int page, cell;
    Rect box_px;
    bool is_found;
    int order;                      /* of its text among all characters, where found */
    const TickMark *before, *after; /* nearest box on each side */
    bool is_gap;                    /* @before is the gap before it, no box */
    bool is_doubted;                /* gaps told, and a person has to look */
} Place;

/* One visual row of a cell: lines side by side. */
typedef struct {
    const Block *block;
    Rect box_px;
    Run run;
    GArray *taken; /* guint8 per character: belongs to an option already */
} Row;

/* rows_of: the rows of all @blocks, each with its run of characters from left to right.
 * @is_boxless: as read without the squares, where there were some
 * Returns: Row *, owned */
GPtrArray *rows_of(const GPtrArray *blocks, bool is_boxless);

/* refs_box: around the characters @start .. @end - 1 of @run. */
Rect refs_box(const Run *run, int start, int end);

/* find_options: fill @places, whose options are set, with where these stand in @rows.
 * Longest first, or 居民用水 would be found inside 非居民用水; exact texts first, and
 * @is_exact: nothing but those. */
void find_options(const GPtrArray *rows, GArray *places, bool is_exact);
