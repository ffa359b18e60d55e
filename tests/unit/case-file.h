/* SPDX-License-Identifier: GPL-3.0-or-later */
/* case-file.h - reads tests/cases/ROOM/NAME.case: lines "what:", "in:", "out:" in threes;
 * blank lines and lines that begin with # say nothing. The tree is found by
 * TEST_SOURCE_DIR (the tests folder), else from the top of the tree. */
#pragma once
#include "base/base.h"

#include <stdlib.h>

/* cases_folder: tests/cases/@room, owned. */
static inline char *cases_folder(const char *room)
{
    const char *tests = getenv("TEST_SOURCE_DIR");
    return g_build_filename(tests != NULL ? tests : "tests", "cases", room, NULL);
}

/* pipelines_folder: the declarations of the tree, owned. */
static inline char *pipelines_folder(void)
{
    const char *tests = getenv("TEST_SOURCE_DIR");
    return tests != NULL ? g_build_filename(tests, "..", "pipelines", NULL)
                         : g_strdup("pipelines");
}

/* case_line: what follows @key in @line, or NULL. Borrowed. */
static inline const char *case_line(const char *line, const char *key)
{
    return g_str_has_prefix(line, key) ? g_strchug((char *)line + strlen(key)) : NULL;
}

/* case_files: paths of all .case files of @room, sorted. Owned. */
static inline GPtrArray *case_files(const char *room)
{
    g_autofree char *folder = cases_folder(room);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    g_assert_nonnull(dir);
    for (const char *name = g_dir_read_name(dir); name != NULL;
         name = g_dir_read_name(dir))
        if (g_str_has_suffix(name, ".case"))
            g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
    g_assert_cmpuint(paths->len, >, 0);
    return paths;
}

/* case_answer: what @what gives for @in; owned. */
typedef char *(*CaseAnswer)(const char *what, const char *in);

/* run_triples: every case of @room through @answer; all differences are shown. */
static inline void run_triples(const char *room, CaseAnswer answer)
{
    int cases = 0, wrong = 0;
    g_autoptr(GPtrArray) paths = case_files(room);
    for (guint f = 0; f < paths->len; f++) {
        g_autofree char *text = NULL;
        g_autofree char *what = NULL, *in = NULL;
        g_assert_true(g_file_get_contents(paths->pdata[f], &text, NULL, NULL));
        g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
        for (int i = 0; lines[i] != NULL; i++) {
            const char *value;
            if ((value = case_line(lines[i], "what:")) != NULL) {
                g_free(what);
                what = g_strdup(value);
            } else if ((value = case_line(lines[i], "in:")) != NULL) {
                g_free(in);
                in = g_strcompress(value);
            } else if ((value = case_line(lines[i], "out:")) != NULL) {
                g_assert_true(what != NULL && in != NULL);
                g_autofree char *got = answer(what, in);
                cases++;
                if (g_str_equal(got, value))
                    continue;
                wrong++;
                g_test_message("%s:%d: %s(%s) = \"%s\", wanted \"%s\"",
                               (char *)paths->pdata[f], i + 1, what, in, got, value);
            }
        }
    }
    g_assert_cmpint(cases, >, 0);
    g_assert_cmpint(wrong, ==, 0);
}
