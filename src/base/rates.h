/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/rates.h - how often something was right, and what that proves. */
#pragma once
#include "base/base.h"

/* rate_interval: Wilson's 95 % interval of @right of @of, as shares 0..1; 0..1 where
 * there is nothing. Source: Wilson 1927. */
void rate_interval(int right, int of, double *low, double *high);
/* rate_is_surely_below: whether so many wrong ones would be seen less than once in forty
 * times if @rate (0..1) of all were right; exact, since rare faults are what it is asked
 * of. Source: Clopper & Pearson 1934. */
bool rate_is_surely_below(int right, int of, double rate);
/* rate_is_surely_above: likewise, so few wrong ones. */
bool rate_is_surely_above(int right, int of, double rate);
