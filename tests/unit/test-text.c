/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs tests/cases/text/NAME.case: lines "what:", "in:", "out:" in threes; blank lines
 * and lines that begin with # say nothing. For what = distance and find, "in" has two
 * texts separated by " | ". "\n" and "\t" in "in" are a line's end and a tab. */
#include "base/text.h"

#include <stdio.h>

static char *find(const char *in)
{
    g_auto(GStrv) parts = g_strsplit(in, " | ", 2);
    int start = -1, end = -1;
    double similarity = text_find_fuzzy(parts[0], parts[1], 0.34, &start, &end);
    return similarity < 0 ? g_strdup("none")
                          : g_strdup_printf("%d..%d %.2f", start, end, similarity);
}

static char *answer(const char *what, const char *in)
{
    g_auto(GStrv) parts = g_strsplit(in, " | ", 2);
    if (g_str_equal(what, "spaces"))
        return text_without_cjk_spaces(in);
    if (g_str_equal(what, "folded"))
        return text_folded(in);
    if (g_str_equal(what, "bare"))
        return text_bare(in);
    if (g_str_equal(what, "distance"))
        return g_strdup_printf("%d", text_distance(parts[0], parts[1]));
    if (g_str_equal(what, "find"))
        return find(in);
    return g_strdup_printf("no such test: %s", what);
}

static const char *after(const char *line, const char *key)
{
    return g_str_has_prefix(line, key) ? g_strchug((char *)line + strlen(key)) : NULL;
}

static void run_file(const char *path)
{
    g_autofree char *text = NULL;
    g_autofree char *what = NULL, *in = NULL;
    int cases = 0;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++) {
        const char *value;
        if ((value = after(lines[i], "what:")) != NULL) {
            g_free(what);
            what = g_strdup(value);
        } else if ((value = after(lines[i], "in:")) != NULL) {
            g_free(in);
            in = g_strcompress(value);
        } else if ((value = after(lines[i], "out:")) != NULL) {
            g_assert_true(what != NULL && in != NULL);
            g_autofree char *got = answer(what, in);
            g_autofree char *wanted = g_strcompress(value);
            if (!g_str_equal(got, wanted))
                g_test_message("%s:%d: %s(%s)", path, i + 1, what, in);
            g_assert_cmpstr(got, ==, wanted);
            cases++;
        }
    }
    g_assert_cmpint(cases, >, 0);
}

static void test_cases(void)
{
    g_autoptr(GDir) dir = g_dir_open("tests/cases/text", 0, NULL);
    if (dir == NULL) {
        g_test_skip("tests/cases/text is not here: run from the top of the tree");
        return;
    }
    const char *name;
    while ((name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename("tests/cases/text", name, NULL);
        if (g_str_has_suffix(name, ".case"))
            run_file(path);
    }
}

static void test_broken_utf8_is_survived(void)
{
    const char *broken = "\xff陈 \xe9\x99";
    g_autofree char *spaces = text_without_cjk_spaces(broken);
    g_autofree char *folded = text_folded(broken);
    g_autofree char *bare = text_bare(broken);
    g_assert_true(g_utf8_validate(spaces, -1, NULL));
    g_assert_true(g_utf8_validate(folded, -1, NULL));
    g_assert_cmpstr(bare, ==, "陈");
    g_assert_cmpint(text_distance(broken, "陈"), >, 0);
}

static void test_similarity(void)
{
    g_assert_cmpfloat(text_similarity("", ""), ==, 1);
    g_assert_cmpfloat(text_similarity("陈英涛", ""), ==, 0);
    g_assert_cmpfloat_with_epsilon(text_similarity("陈英涛", "陈英渗"), 2.0 / 3, 1e-9);
}

static void test_dates(void)
{
    static const char *const dates[] = {"2024年6月19日", "1999年12月3日"};
    static const char *const others[] = {
        "", "2024年6月", "24年6月19日", "2024年月日", "2024年6月19日止", "20246年1月1日"};
    for (gsize i = 0; i < G_N_ELEMENTS(dates); i++)
        g_assert_true(text_is_date(dates[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        g_assert_false(text_is_date(others[i]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/text/cases", test_cases);
    g_test_add_func("/base/text/broken-utf8-is-survived", test_broken_utf8_is_survived);
    g_test_add_func("/base/text/similarity", test_similarity);
    g_test_add_func("/base/text/dates", test_dates);
    return g_test_run();
}
