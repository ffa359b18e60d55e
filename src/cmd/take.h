/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd/take.h - what `run` and `intake` share: taking papers in. */
#pragma once
#include "cmd/cmd.h"
#include "intake/intake.h"

typedef struct {
    char *layout, *place;   /* --layout, --place */
    PileLayout pile_layout; /* after take_options_check() */
} TakeOptions;

#define TAKE_OPTIONS(take)                                                               \
    {"layout",                                                                           \
     0,                                                                                  \
     0,                                                                                  \
     G_OPTION_ARG_STRING,                                                                \
     &take.layout,                                                                       \
     N_("case-per-folder, case-per-file, stack or auto (default: auto: subfolders are "  \
        "cases, else one stack)"),                                                       \
     N_("LAYOUT")},                                                                      \
    {                                                                                    \
        "place", 0, 0, G_OPTION_ARG_STRING, &take.place,                                 \
            N_("which place's lists to judge by, where the papers do not say"),          \
            N_("PLACE")                                                                  \
    }

/* take_options_check: whether layout and place exist; else says so and sets @status. */
bool take_options_check(TakeOptions *take, const Pipeline *pipeline, Status *status);
/* take_in: intake_take(). @batch: out, owned. Returns: STATUS_DONE or what stopped it */
Status take_in(const Session *session, Store *store, const TakeOptions *take,
               char **paths, char **batch);
