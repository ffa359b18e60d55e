/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/normalise-date.h - private to normalise.c: the kinds date and date_range_end.
 */
#pragma once
#include "casework/normalise.h"

/* normalise_date: the first day written in @raw. */
Normalised normalise_date(const char *raw);
/* normalise_range_end: the last day of a term, or 长期. */
Normalised normalise_range_end(const char *raw);
