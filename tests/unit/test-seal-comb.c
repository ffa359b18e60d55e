/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters that stand evenly along a ring are found, whatever print crosses some. */
#include "reading/seal-ring.h"

#define COLUMN_RAD (2 * G_PI / COMB_COLUMNS)
/* As high as characters of seals are: a quarter of the radius. */
#define HEIGHT_RAD 0.31

static void fill(double *ink, double from_rad, double to_rad, double share)
{
    for (int i = (int)(from_rad / COLUMN_RAD); i < (int)(to_rad / COLUMN_RAD); i++)
        ink[(i + COMB_COLUMNS) % COMB_COLUMNS] = share;
}

/* @count characters every @step_rad, the first at 0.8 */
static void write_words(double *ink, int count, double step_rad)
{
    for (int i = 0; i < count; i++)
        fill(ink, 0.8 + i * step_rad - 0.1, 0.8 + i * step_rad + 0.1, 0.4);
}

static void assert_words(const double *ink, int count, double step_rad)
{
    Comb comb;
    g_assert_true(comb_find(ink, HEIGHT_RAD, &comb));
    g_assert_cmpint(comb.count, ==, count);
    g_assert_cmpfloat_with_epsilon(comb.first_rad, 0.8, 0.04);
    g_assert_cmpfloat_with_epsilon(comb.first_rad + (count - 1) * comb.step_rad,
                                   0.8 + (count - 1) * step_rad, 0.04);
    g_assert_cmpfloat_with_epsilon(comb.width_rad, 0.2, 0.05);
}

static void test_every_length(void)
{
    static const struct {
        int count;
        double step_rad;
    } words[] = {{7, 0.75}, {11, 0.48}, {13, 0.40}, {17, 0.30}};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        double ink[COMB_COLUMNS] = {0};
        write_words(ink, words[i].count, words[i].step_rad);
        assert_words(ink, words[i].count, words[i].step_rad);
    }
}

static void test_crossed_by_print(void)
{
    double ink[COMB_COLUMNS] = {0};
    write_words(ink, 11, 0.48);
    fill(ink, 0.8 + 1.6 * 0.48, 0.8 + 2.7 * 0.48, 0.5);
    fill(ink, 0.8 + 7.7 * 0.48, 0.8 + 8.6 * 0.48, 0.6);
    assert_words(ink, 11, 0.48);
}

/* 川, 小 and 儿 have white in them. */
static void test_characters_with_white_inside(void)
{
    double ink[COMB_COLUMNS] = {0};
    write_words(ink, 11, 0.48);
    for (int i = 3; i < 6; i++) {
        fill(ink, 0.8 + i * 0.48 - 0.06, 0.8 + i * 0.48 - 0.02, 0);
        fill(ink, 0.8 + i * 0.48 + 0.02, 0.8 + i * 0.48 + 0.06, 0);
    }
    assert_words(ink, 11, 0.48);
}

static void test_nothing_even(void)
{
    double ink[COMB_COLUMNS] = {0};
    Comb comb;
    g_assert_false(comb_find(ink, HEIGHT_RAD, &comb));
    fill(ink, 0, 2 * G_PI, 0.5);
    g_assert_false(comb_find(ink, HEIGHT_RAD, &comb));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reading/seal-comb/every-length", test_every_length);
    g_test_add_func("/reading/seal-comb/crossed-by-print", test_crossed_by_print);
    g_test_add_func("/reading/seal-comb/white-inside", test_characters_with_white_inside);
    g_test_add_func("/reading/seal-comb/nothing-even", test_nothing_even);
    return g_test_run();
}
