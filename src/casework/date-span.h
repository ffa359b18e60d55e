/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/date-span.h - what is sure of a date that could not be read whole. */
#pragma once
#include "base/base.h"

/* From the first day on which something was to the last, both included. */
typedef struct {
    char *from, *to; /* YYYY-MM-DD, owned; NULL: nothing is known */
} DaySpan;
void day_span_clear(DaySpan *span);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DaySpan, day_span_clear)

/* Stands in a reading for a character that it is not sure of. */
#define DATE_UNSURE "\xEF\xBF\xBD" /* U+FFFD */

/* date_span: the year, or the month of it, that two readings of one date agree on.
 * A year has four digits, so that none of it can be lost unseen; of a month and a day one
 * may be, and so a month counts only where both readings have it between its words.
 * @text: as the first model read it, DATE_UNSURE for what it is not sure of
 * @second: as the other did; NULL: it was not asked, since the first was sure
 * @span: out; clear it
 * Returns: whether at least the year is sure; else @span is empty */
bool date_span(const char *text, const char *second, DaySpan *span);
