/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numerals: numbers to train on, one a row, as people write them into these forms.
 *
 *     numerals COUNT SEED
 *
 * Without credit codes: a model that knows letters takes digits for them. */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

#include "dice.h"

static void add_digits(GString *line, int n, Dice *dice)
{
    for (int i = 0; i < n; i++)
        g_string_append_c(line, (char)('0' + dice_int(dice, 0, 9)));
}

static void add_mobile(GString *line, Dice *dice)
{
    g_string_append_printf(line, "1%d", dice_int(dice, 3, 9));
    add_digits(line, 9, dice);
}

static void add_landline(GString *line, Dice *dice)
{
    g_string_append(line, dice_chance(dice, 0.7) ? "0371-" : "0371");
    add_digits(line, dice_int(dice, 7, 8), dice);
}

static void add_resident_id(GString *line, Dice *dice)
{
    g_string_append(line, dice_chance(dice, 0.4) ? "4102" : "");
    add_digits(line, 6 - (int)line->len, dice);
    g_string_append_printf(line, "%d%02d%02d", dice_int(dice, 1930, 2020),
                           dice_int(dice, 1, 12), dice_int(dice, 1, 31));
    add_digits(line, 3, dice);
    /* X is one in eleven, and hardest: seen so seldom it would never be written. */
    if (dice_chance(dice, 0.25))
        g_string_append_c(line, 'X');
    else
        add_digits(line, 1, dice);
}

static void add_date(GString *line, Dice *dice)
{
    int year = dice_int(dice, 1940, 2039), month = dice_int(dice, 1, 12);
    int day = dice_int(dice, 1, 31);
    switch (dice_int(dice, 0, 6)) {
    case 0:
    case 2:
        g_string_append_printf(line, "%d年%d月%d日", year, month, day);
        return;
    case 1:
        g_string_append_printf(line, "%d年%02d月%02d日", year, month, day);
        return;
    case 3:
        g_string_append_printf(line, "%d-%02d-%02d", year, month, day);
        return;
    case 4:
        g_string_append_printf(line, "%d.%02d.%02d", year, month, day);
        return;
    case 5:
        g_string_append_printf(line, "%d.%d.%d", year, month, day);
        return;
    default:
        g_string_append_printf(line, "%d/%d/%d", year, month, day);
    }
}

static void add_part_of_date(GString *line, Dice *dice)
{
    g_string_append_printf(line, "%d月", dice_int(dice, 1, 12));
    if (dice_chance(dice, 0.7))
        g_string_append_printf(line, "%d日", dice_int(dice, 1, 31));
}

static void add_amount(GString *line, Dice *dice)
{
    if (dice_chance(dice, 0.3))
        g_string_append_printf(line, "%d,%03d", dice_int(dice, 1, 999),
                               dice_int(dice, 0, 999));
    else
        g_string_append_printf(line, "%d", dice_int(dice, 1, 9999));
    if (dice_chance(dice, 0.7))
        g_string_append_printf(line, ".%02d", dice_int(dice, 0, 99));
}

static void add_area(GString *line, Dice *dice)
{
    g_string_append_printf(line, "%d.", dice_int(dice, 1, 999));
    add_digits(line, dice_int(dice, 1, 2), dice);
}

static void add_room(GString *line, Dice *dice)
{
    g_string_append_printf(line, "%d-", dice_int(dice, 1, 40));
    if (dice_chance(dice, 0.7))
        g_string_append_printf(line, "%d-", dice_int(dice, 1, 6));
    g_string_append_printf(line, "%d%02d", dice_int(dice, 1, 33), dice_int(dice, 1, 12));
}

static void add_account(GString *line, Dice *dice)
{
    add_digits(line, dice_int(dice, 6, 20), dice);
}

static void add_count(GString *line, Dice *dice)
{
    add_digits(line, dice_int(dice, 1, 5), dice);
}

/* Pieces of anything, so that no length and no first digit is learnt by heart. */
static void add_any(GString *line, Dice *dice)
{
    for (int i = dice_int(dice, 3, 16); i > 0; i--)
        g_string_append_c(
            line, "0123456789012345678901234567890123456789X.,-/"[dice_int(dice, 0, 44)]);
}

static const struct {
    double weight;
    void (*add)(GString *line, Dice *dice);
} sorts[] = {{18, add_mobile}, {4, add_landline},     {18, add_resident_id},
             {16, add_date},   {3, add_part_of_date}, {6, add_amount},
             {10, add_area},   {5, add_room},         {12, add_account},
             {8, add_count},   {6, add_any}};

int main(int argc, char **argv)
{
    double weights[G_N_ELEMENTS(sorts)];
    if (argc != 3) {
        fprintf(stderr, "usage: numerals COUNT SEED\n");
        return 2;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(sorts); i++)
        weights[i] = sorts[i].weight;
    Dice dice;
    dice_init(&dice, g_ascii_strtoull(argv[2], NULL, 10), "numerals");
    for (long left = strtol(argv[1], NULL, 10); left > 0; left--) {
        g_autoptr(GString) line = g_string_new(NULL);
        sorts[dice_weighted(&dice, weights, (int)G_N_ELEMENTS(sorts))].add(line, &dice);
        puts(line->str);
    }
    return 0;
}
