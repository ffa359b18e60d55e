/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dice.h"

/* splitmix64: short, and good enough for drawing lots. */
static guint64 next(Dice *dice)
{
    guint64 z = (dice->state += G_GUINT64_CONSTANT(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

void dice_init(Dice *dice, guint64 seed, const char *stream)
{
    /* FNV-1a over the stream's name, then two throws to mix the seed in. */
    guint64 hash = G_GUINT64_CONSTANT(0xCBF29CE484222325);
    for (const char *c = stream; *c != '\0'; c++)
        hash = (hash ^ (guchar)*c) * G_GUINT64_CONSTANT(0x100000001B3);
    dice->state = hash ^ (seed * G_GUINT64_CONSTANT(0xD6E8FEB86659FD93));
    next(dice);
    next(dice);
}

Dice dice_fork(const Dice *dice, const char *stream)
{
    Dice copy = *dice;
    dice_init(&copy, dice->state, stream);
    return copy;
}

int dice_int(Dice *dice, int low, int high)
{
    g_assert(low <= high);
    guint64 span = (guint64)(high - low) + 1;
    return low + (int)((next(dice) >> 11) % span);
}

double dice_real(Dice *dice, double low, double high)
{
    double unit = (double)(next(dice) >> 11) / (double)(G_GUINT64_CONSTANT(1) << 53);
    return low + unit * (high - low);
}

double dice_normal(Dice *dice)
{
    /* Two throws of 64 bits hold twelve 10-bit numbers: quick enough for each pixel. */
    double sum = 0;
    for (int half = 0; half < 2; half++) {
        guint64 bits = next(dice);
        for (int i = 0; i < 6; i++, bits >>= 10)
            sum += (double)(bits & 1023);
    }
    return sum / 1024.0 - 6.0;
}

gboolean dice_chance(Dice *dice, double p)
{
    return dice_real(dice, 0, 1) < p;
}

int dice_weighted(Dice *dice, const double *weights, int n)
{
    double total = 0;
    for (int i = 0; i < n; i++)
        total += weights[i];
    double mark = dice_real(dice, 0, total);
    for (int i = 0; i < n; i++) {
        mark -= weights[i];
        if (mark < 0)
            return i;
    }
    return n - 1;
}
