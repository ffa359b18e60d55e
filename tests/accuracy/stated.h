/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stated.h - how sure the record says it is of a value, and how often such values are
 * right. */
#pragma once
#include "score.h"

/* accepted: by the rules alone, be it that calibration then left it to a person */
typedef struct {
    const Finding *finding; /* borrowed */
    const char *kind;       /* as declared; where there is no declaration, its sort */
    const char *says;       /* presence: what the value says; else NULL */
    const char *ink;        /* "print", "hand" or "file" */
    const char *model;      /* that read it, or NULL where the evidence names none */
    bool is_accepted;
    double raw;         /* confidence before calibration, 0..1 */
    double confidence;  /* as stated, 0..1 */
    bool is_calibrated; /* else both are the reading's own */
    bool is_right;
} Stated;

/* stated_values: of all fields of forms and papers that have a value.
 * @pipeline: tells kinds; may be NULL. Returns: Stated, owned */
GArray *stated_values(const GPtrArray *findings, const Pipeline *pipeline);
