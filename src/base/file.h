/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/file.h - files that are either whole or not there. */
#pragma once
#include "base/base.h"

/* file_write_atomic: write temp, fsync, rename; a finished name means finished content.
 * @path: borrowed; its folder must exist
 * @data, @length_bytes: borrowed
 * @mode: permission bits, e.g. 0600
 * Returns: true, or false with BASE_ERROR_IO */
bool file_write_atomic(const char *path, const void *data, size_t length_bytes, int mode,
                       GError **error);

/* file_sha256: the hash of a file's bytes.
 * @path: borrowed
 * @size_bytes: out, may be NULL
 * Returns: 64 lower-case hex digits, owned; NULL with BASE_ERROR_IO */
char *file_sha256(const char *path, int64_t *size_bytes, GError **error);

/* folder_make: @path and its parents, mode 0700. Returns: true or BASE_ERROR_IO */
bool folder_make(const char *path, GError **error);

/* folder_remove: @path and all below it; a missing one is success. */
bool folder_remove(const char *path, GError **error);

/* natural_compare: orders names as people number them: "page 2" before "page 10".
 * Returns: < 0, 0, > 0 as strcmp() */
int natural_compare(const char *a, const char *b);
