/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/numbers.h"

#include <stdlib.h>

int doubles_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double doubles_median(double *values, int count)
{
    if (count <= 0)
        return 0;
    qsort(values, (size_t)count, sizeof *values, doubles_compare);
    return values[count / 2];
}

static int ints_compare(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

int ints_median(int *values, int count)
{
    if (count <= 0)
        return 0;
    qsort(values, (size_t)count, sizeof *values, ints_compare);
    return values[count / 2];
}
