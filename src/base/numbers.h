/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/numbers.h - the order of measured numbers, and the middle one. */
#pragma once

/* doubles_compare: for qsort() and g_array_sort(), the least first. No NAN. */
int doubles_compare(const void *a, const void *b);

/* doubles_median: the middle one of @values, the upper of two; 0 where there are none.
 * @values: @count of them, sorted by this */
double doubles_median(double *values, int count);

/* The same of whole numbers. */
int ints_median(int *values, int count);
