/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd/cover-sheet.h - cover sheets as people see them: A4, in Chinese, with the code
 * twice so that one may be torn, stamped or stained. */
#pragma once
#include "codes/codes.h"

/* cover_sheets_write: one page for each of @covers. The same covers give the same bytes.
 * @covers: const Cover *, borrowed
 * @place_title: of the place they name, as people call it, or NULL
 * @path: of the PDF; written whole or not at all
 * Returns: true, or false with BASE_ERROR_IO or CODES_ERROR_PICTURE */
bool cover_sheets_write(const GPtrArray *covers, const char *place_title,
                        const char *path, GError **error);
