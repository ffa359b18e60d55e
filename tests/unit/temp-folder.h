/* SPDX-License-Identifier: GPL-3.0-or-later */
/* temp-folder.h - an empty folder for one test case, removed at its end. */
#pragma once
#include "base/base.h"
#include "base/file.h"

typedef char TempFolder;
static inline TempFolder *temp_folder_new(void)
{
    char *path = g_dir_make_tmp("banjie-test-XXXXXX", NULL);
    g_assert_nonnull(path);
    return path;
}
static inline void temp_folder_free(TempFolder *path)
{
    folder_remove(path, NULL);
    g_free(path);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TempFolder, temp_folder_free)

/* temp_write: make @name (and its folders) below @folder. Returns: its path, owned */
static inline char *temp_write(const char *folder, const char *name, const void *data,
                               gssize length)
{
    char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    g_assert_true(folder_make(parent, NULL));
    g_assert_true(g_file_set_contents(path, data, length, NULL));
    return path;
}
