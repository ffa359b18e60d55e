/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/normalise.h - from what was read to what the record says. */
#pragma once
#include "base/base.h"
#include "pipeline/pipeline.h"

typedef struct {
    char *value;         /* owned; NULL: nothing is written there */
    const char *problem; /* static code of what is wrong with it, or NULL: it is fine */
    bool is_soft;        /* the problem is only noise around a whole value: another paper
                            that says the same settles it */
    const char *note;    /* static code of a repair, for the evidence, or NULL */
    char *suggestion; /* owned: what it may be instead, never taken by itself; or NULL */
} Normalised;
void normalised_clear(Normalised *normalised);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Normalised, normalised_clear)

/* normalise_value: the record's value of a text-like field (docs/formats.md, "value").
 * @raw: as read; borrowed
 * @decl: for units and pattern; borrowed, may be NULL
 * @as_of: YYYY-MM-DD, for plausibility; may be NULL
 * Returns: by value; clear it. The value may be set beside a problem: then it is what
 *     stands there as far as could be read, and nobody's promise */
Normalised normalise_value(FieldKind kind, const char *raw, const FieldDecl *decl,
                           const char *as_of);

/* kind_as_written: @kind; of a holder's number, what it is by @text: a person's or a
 * firm's. @text: as read, or a value; borrowed, may be NULL */
FieldKind kind_as_written(FieldKind kind, const char *text);

/* kind_is_digits: whether a reading restricted to digits says anything about @kind. */
bool kind_is_digits(FieldKind kind);
/* kind_has_check_digit: a wrong reading of @kind rarely passes its check. */
bool kind_has_check_digit(FieldKind kind);
