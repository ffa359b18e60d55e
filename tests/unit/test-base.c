/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/numbers.h"
#include "base/file.h"
#include "base/rates.h"

#include <sys/stat.h>
#include <unistd.h>

#include "temp-folder.h"

static void test_write_replaces_whole(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = temp_write(folder, "a.txt", "old and longer", -1);
    g_autoptr(GError) error = NULL;
    g_assert_true(file_write_atomic(path, "new", 3, 0600, &error));
    g_assert_no_error(error);
    g_autofree char *text = NULL;
    struct stat status;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "new");
    g_assert_cmpint(stat(path, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0600);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    int count = 0;
    while (g_dir_read_name(dir) != NULL)
        count++;
    g_assert_cmpint(count, ==, 1); /* no temporary is left */
}

static void test_write_fails_with_reason(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = g_build_filename(folder, "missing", "a.txt", NULL);
    g_autoptr(GError) error = NULL;
    g_assert_false(file_write_atomic(path, "x", 1, 0600, &error));
    g_assert_error(error, BASE_ERROR, BASE_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "No such file"));
}

static void test_sha256(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = temp_write(folder, "a", "abc", 3);
    int64_t size = 0;
    g_autofree char *hash = file_sha256(path, &size, NULL);
    g_assert_cmpstr(hash, ==, /* FIPS 180-2, appendix B.1 */
                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    g_assert_cmpint(size, ==, 3);
    g_autoptr(GError) error = NULL;
    g_assert_null(file_sha256(folder, NULL, &error));
    g_assert_error(error, BASE_ERROR, BASE_ERROR_IO);
}

static void test_folder_remove(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *kept = temp_write(folder, "kept/file", "x", 1);
    g_autofree char *file = temp_write(folder, "gone/b/c/file", "x", 1);
    g_autofree char *gone = g_build_filename(folder, "gone", NULL);
    g_autofree char *link = g_build_filename(folder, "gone", "b", "link", NULL);
    g_autofree char *target = g_path_get_dirname(kept);
    g_assert_cmpint(symlink(target, link), ==, 0);
    g_assert_true(folder_remove(gone, NULL));
    g_assert_false(g_file_test(gone, G_FILE_TEST_EXISTS));
    g_assert_true(g_file_test(kept, G_FILE_TEST_EXISTS)); /* links are not followed */
    g_assert_true(folder_remove(gone, NULL));
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return natural_compare(*(const char *const *)a, *(const char *const *)b);
}

static void test_natural_order(void)
{
    const char *names[] = {"page 10.jpg", "a-1/x",       "page 2.jpg", "第10页", "第2页",
                           "a/2.jpg",     "page 02.jpg", "a/10.jpg",   "B",      "a"};
    const char *wanted[] = {"a",     "a/2.jpg",     "a/10.jpg",   "a-1/x",
                            "B",     "page 02.jpg", "page 2.jpg", "page 10.jpg",
                            "第2页", "第10页"};
    qsort(names, G_N_ELEMENTS(names), sizeof *names, compare_names);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        g_assert_cmpstr(names[i], ==, wanted[i]);
    g_assert_cmpint(natural_compare("00", "0"), !=, 0);
    g_assert_cmpint(natural_compare("7", "7"), ==, 0);
}

/* 3 of 12: the interval of Wilson's paper, worked out apart */
static void test_interval(void)
{
    double low, high;
    rate_interval(3, 12, &low, &high);
    g_assert_cmpfloat_with_epsilon(low, 0.0889, 0.0001);
    g_assert_cmpfloat_with_epsilon(high, 0.5323, 0.0001);
    rate_interval(0, 0, &low, &high);
    g_assert_cmpfloat(low, ==, 0);
    g_assert_cmpfloat(high, ==, 1);
}

/* One wrong value of 25 is seen in 2.5 % of draws where one of a thousand is wrong, five
 * of 158 in none; no wrong one shows 99.9 % from 3,688 on: ln 0.025 / ln 0.999. */
static void test_what_counts_prove(void)
{
    g_assert_true(rate_is_surely_below(24, 25, 0.999));
    g_assert_false(rate_is_surely_below(25, 26, 0.999));
    g_assert_true(rate_is_surely_below(153, 158, 0.999));
    g_assert_false(rate_is_surely_below(158, 158, 0.999));
    g_assert_false(rate_is_surely_below(0, 0, 0.999));
    g_assert_false(rate_is_surely_above(3687, 3687, 0.999));
    g_assert_true(rate_is_surely_above(3688, 3688, 0.999));
    g_assert_false(rate_is_surely_above(3687, 3688, 0.999));
    g_assert_true(rate_is_surely_above(99990, 100000, 0.999));
    g_assert_true(rate_is_surely_below(99000, 100000, 0.999));
}

static void test_middle_numbers(void)
{
    int odd[] = {7, -2, 5}, even[] = {4, 1, 3, 2}, far[] = {G_MAXINT, G_MININT, 0};
    double values[] = {0.5, -1.5, 2.5, 1.5};
    g_assert_cmpint(ints_median(odd, 3), ==, 5);
    g_assert_cmpint(ints_median(even, 4), ==, 3); /* the upper of two */
    g_assert_cmpint(ints_median(far, 3), ==, 0);
    g_assert_cmpint(ints_median(odd, 0), ==, 0);
    g_assert_cmpfloat(doubles_median(values, 4), ==, 1.5);
    g_assert_cmpfloat(doubles_median(values, 0), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/file/write-replaces-whole", test_write_replaces_whole);
    g_test_add_func("/base/file/write-fails-with-reason", test_write_fails_with_reason);
    g_test_add_func("/base/file/sha256", test_sha256);
    g_test_add_func("/base/file/folder-remove", test_folder_remove);
    g_test_add_func("/base/file/natural-order", test_natural_order);
    g_test_add_func("/base/rates/interval", test_interval);
    g_test_add_func("/base/rates/what-counts-prove", test_what_counts_prove);
    g_test_add_func("/base/numbers/middle", test_middle_numbers);
    return g_test_run();
}
