/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/phrases.h - codes of the record as words for people. */
#pragma once
#include "base/base.h"

/* phrase_of: @code in @language ("zh" or "en"); a code without a phrase says itself.
 * Returns: borrowed; NULL only for NULL */
const char *phrase_of(const char *code, const char *language);
