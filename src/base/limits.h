/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/limits.h - the sizes beyond which we do not follow a file. */
#pragma once

#define LIMIT_FILE_BYTES ((int64_t)512 * 1024 * 1024) /* one original */
#define LIMIT_PAGES_PER_FILE 2000
#define LIMIT_PAGE_PIXELS ((int64_t)80 * 1000 * 1000) /* A3 at 600 dpi is 70 million */
#define LIMIT_PAGE_SIDE_PX 32000 /* Leptonica keeps 16-bit boxes safe */
#define LIMIT_FOLDER_DEPTH 32
#define LIMIT_CELLS_PER_PAGE 2000
#define LIMIT_LINES_PER_PAGE 600
#define LIMIT_CHARACTERS_PER_PAGE 20000 /* of a text layer; full pages have 2,000 */
#define LIMIT_DECLARATION_BYTES (1024 * 1024)
