/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs tests/cases/addresses/pairs.txt: likeness | one address | another. */
#include "casework/address.h"

#include "case-file.h"

static const char *const regions[] = {
    "开封市", "龙亭区", "顺河回族区",       "顺河区", "鼓楼区", "禹王台区", "祥符区",
    "金明区", "通许县", "城乡一体化示范区", "杞县",   "尉氏县", "兰考县",   NULL};
static const char *const names[] = {"same", "unsure", "different"};

/* Every pair that is written, as {likeness, a, b}. Owned. */
static GPtrArray *read_pairs(void)
{
    g_autofree char *folder = cases_folder("addresses");
    g_autofree char *path = g_build_filename(folder, "pairs.txt", NULL);
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    GPtrArray *pairs = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++) {
        if (*lines[i] == '\0' || *lines[i] == '#')
            continue;
        GStrv columns = g_strsplit(lines[i], " | ", -1);
        g_assert_cmpuint(g_strv_length(columns), ==, 3);
        g_ptr_array_add(pairs, columns);
    }
    return pairs;
}

static void test_pairs(void)
{
    g_autoptr(GPtrArray) pairs = read_pairs();
    int seen[3] = {0}, wrong = 0;
    for (guint i = 0; i < pairs->len; i++) {
        char **pair = pairs->pdata[i];
        Likeness there = addresses_compare(pair[1], pair[2], regions);
        Likeness back = addresses_compare(pair[2], pair[1], regions);
        seen[there]++;
        if (there == back && g_str_equal(names[there], pair[0]))
            continue;
        wrong++;
        g_test_message("%s | %s: %s, and back %s; wanted %s", pair[1], pair[2],
                       names[there], names[back], pair[0]);
    }
    g_assert_cmpint(wrong, ==, 0);
    g_assert_cmpuint(pairs->len, >=, 120);
    for (int i = 0; i < 3; i++)
        g_assert_cmpint(seen[i], >=, 30);
}

/* All against all: both ways alike, and what is the same place does not clash. */
static void test_is_symmetric(void)
{
    g_autoptr(GPtrArray) pairs = read_pairs();
    for (guint i = 0; i < pairs->len; i++)
        for (guint k = 0; k < pairs->len; k += 7) {
            const char *a = ((char **)pairs->pdata[i])[1];
            const char *b = ((char **)pairs->pdata[k])[2];
            Likeness likeness = addresses_compare(a, b, regions);
            bool is_clash = addresses_clash(a, b, regions);
            g_assert_cmpint(likeness, ==, addresses_compare(b, a, regions));
            g_assert_true(is_clash == addresses_clash(b, a, regions));
            g_assert_false(likeness == SAME && is_clash);
            g_assert_true(addresses_agree(a, b, regions) ==
                          addresses_agree(b, a, regions));
        }
}

/* An address is never another than itself, and the region in front of a whole one says
 * nothing more. */
static void test_is_itself(void)
{
    g_autoptr(GPtrArray) pairs = read_pairs();
    for (guint i = 0; i < pairs->len; i++) {
        char **pair = pairs->pdata[i];
        for (int side = 1; side <= 2; side++) {
            Likeness itself = addresses_compare(pair[side], pair[side], regions);
            g_assert_cmpint(itself, !=, DIFFERENT);
            g_assert_false(addresses_clash(pair[side], pair[side], regions));
            if (g_str_equal(pair[0], "same"))
                g_assert_cmpint(itself, ==, SAME);
        }
    }
}

static void test_survives_noise(void)
{
    static const char *const texts[] = {
        "",       " ",      "号",           "幢单元",   "-",    "((", "室",
        "河南省", "开封市", "一二三四五六", "区县",     "\xff", "#",  "楼楼楼",
        "１",     "、",     "东",           "单元单元", NULL};
    for (int i = 0; texts[i] != NULL; i++)
        for (int k = 0; texts[k] != NULL; k++) {
            if (!g_utf8_validate(texts[i], -1, NULL) ||
                !g_utf8_validate(texts[k], -1, NULL))
                continue;
            g_assert_cmpint(addresses_compare(texts[i], texts[k], regions), !=, SAME);
        }
    g_assert_cmpint(addresses_compare(NULL, "人民路1号", regions), ==, UNSURE);
    g_assert_false(addresses_clash(NULL, NULL, regions));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/casework/address/pairs", test_pairs);
    g_test_add_func("/casework/address/symmetric", test_is_symmetric);
    g_test_add_func("/casework/address/itself", test_is_itself);
    g_test_add_func("/casework/address/noise", test_survives_noise);
    return g_test_run();
}
