/* SPDX-License-Identifier: GPL-3.0-or-later */
/* output.h - worn pages into files as scanners and offices leave them. */
#pragma once
#include <allheaders.h>
#include <glib.h>

#include "sheet.h"
#include "wear.h"

typedef enum {
    FORMAT_JPEG, /* a file for each page; black and white pages become PNG */
    FORMAT_PNG,
    FORMAT_TIFF, /* one file with all pages */
    FORMAT_PDF,  /* one file with all pages, as pictures */
    FORMAT_COUNT,
    FORMAT_MIXED = FORMAT_COUNT,
    FORMAT_DIGITAL, /* one file with all pages, as programs write them: drawn, with text;
                       never by lot */
    FORMAT_NAMES,
} Format;

extern const char *const format_names[FORMAT_NAMES];

/* Where a page came to lie. */
typedef struct {
    char *file; /* owned; relative to the case's folder */
    int index;  /* in that file, from 0 */
} PageFile;

typedef struct Output Output;

/* output_new: begin writing a case's pages into @folder, which exists. Returns: owned */
Output *output_new(const char *folder, Format format);

/* output_page: write the next page. @pix: borrowed. @out: filled; its file is the
 * caller's. Returns: FALSE with @error (G_FILE_ERROR) where it cannot be written */
gboolean output_page(Output *output, PIX *pix, const Wear *wear, PageFile *out,
                     GError **error);

/* output_drawn_page: the same for FORMAT_DIGITAL, the page being as it was drawn. */
gboolean output_drawn_page(Output *output, const Sheet *sheet, PageFile *out,
                           GError **error);

/* output_next_file: what follows goes into a further PDF; nothing to do for other
 * formats. Returns: FALSE with @error where the finished one cannot be written */
gboolean output_next_file(Output *output, GError **error);

/* output_says_size: does the format itself say how large a page is, whatever its tag? */
gboolean output_says_size(const Output *output);

/* output_close: finish what is open, and free. Returns: FALSE with @error */
gboolean output_close(Output *output, GError **error);
