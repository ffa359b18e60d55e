/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/fit.h - private to casework: one paper held against one requirement. */
#pragma once
#include "casework/case.h"

/* What one paper does for a requirement. FIT_LACKS: it would be the one, and what must be
 * on it surely is not. */
typedef enum { FIT_NO, FIT_LACKS, FIT_UNSURE, FIT_MET } Fit;

/* One paper held against one requirement. */
typedef struct {
    const Case *case_;
    const char *utility;
    const RequirementDecl *decl;
    const CasePaper *paper;
    JsonObject *reason; /* out: why not met; owned until taken */
} Trial;

/* fit_of: what the paper does. @trial: its reason is set where the fit is less than met;
 * free it with json_object_unref() or take it. */
Fit fit_of(Trial *trial);
/* fit_is_term_known: whether the paper's last valid day could be read. */
bool fit_is_term_known(const Trial *trial);
