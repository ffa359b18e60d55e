/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pictures.h - pieces of pages as they were read, small enough to lie in a report. */
#pragma once
#include "score.h"
#include "store/store.h"

/* What pictures are taken from, and how much of them a report may hold. */
typedef struct {
    const Store *store; /* borrowed; NULL: there are none */
    int left;           /* how many more may be taken */
    size_t bytes_left;
    int refused; /* how many were not, for these limits */
    PIX *page;   /* the proof looked at last, owned */
    char *hash;  /* of it, owned */
} Pictures;
void pictures_clear(Pictures *pictures);

/* finding_has_ink: whether the record says which ink its value was read from. */
bool finding_has_ink(const Finding *finding);
/* picture_take_ink: the ink that the value of @finding was read from, in a frame.
 * Returns: a data URI, owned; NULL where no ink was read, or none may be taken */
char *picture_take_ink(Pictures *pictures, const Finding *finding);
/* picture_take_page: page @number of @made's record, reduced. Returns: as above */
char *picture_take_page(Pictures *pictures, const MadeCase *made, int64_t number);
