/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/rates.c */
#include "base/rates.h"

#define WILSON_Z 1.959964 /* 95 %, two-sided */
#define UNLIKELY 0.025    /* the same, one side */

void rate_interval(int right, int of, double *low, double *high)
{
    double n = of, p = of > 0 ? right / n : 0, z2 = WILSON_Z * WILSON_Z;
    *low = 0;
    *high = 1;
    if (of <= 0)
        return;
    double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
    double half = WILSON_Z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    *low = MAX(0, centre - half);
    *high = MIN(1, centre + half);
}

/* The chance of @most wrong ones or fewer of @of. In logarithms, since the first terms of
 * many are smaller than any double. */
static double chance_of_at_most(int most, int of, double rate)
{
    double sum = 0;
    for (int wrong = 0; wrong <= most; wrong++)
        sum += exp(lgamma(of + 1.0) - lgamma(wrong + 1.0) - lgamma(of - wrong + 1.0) +
                   wrong * log(1 - rate) + (of - wrong) * log(rate));
    return MIN(sum, 1);
}

static bool is_askable(int right, int of, double rate)
{
    return of > 0 && right >= 0 && right <= of && rate > 0 && rate < 1;
}

bool rate_is_surely_below(int right, int of, double rate)
{
    return is_askable(right, of, rate) &&
           1 - chance_of_at_most(of - right - 1, of, rate) < UNLIKELY;
}

bool rate_is_surely_above(int right, int of, double rate)
{
    return is_askable(right, of, rate) &&
           chance_of_at_most(of - right, of, rate) < UNLIKELY;
}
