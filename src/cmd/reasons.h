/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd/reasons.h - codes become people's words: reasons, states, verdicts. */
#pragma once
#include "base/base.h"

/* file_reason_words: why a file was not taken or a page not read; the code itself where
 * it is not in reasons.def. Borrowed. */
const char *file_reason_words(const char *code);
/* reason_words: what a code of a case record means. Borrowed. */
const char *reason_words(const char *code);
/* reason_text: a record's reason {"code": …, parameters…} as words, the parameters in
 * brackets behind. @reason: may be NULL, gives "". Returns: owned */
char *reason_text(JsonObject *reason);

/* Codes of the record as words, borrowed; the code itself where it is unknown. */
const char *status_words(const char *status);
const char *verdict_words(const char *verdict);
const char *state_words(const char *state);
const char *kind_words(const char *applicant_kind);
const char *service_words(const char *service);
/* utility_words: "water" or 水, by language. */
const char *role_words(const char *role);
const char *utility_words(const char *utility);
