/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prints/prints.h - the layout memory: prints of form pages met before.
 *
 * A print is one page of one form as somebody printed it: its cells, and the lines that
 * are part of the form (labels, options, notes) with their place, text and picture. On a
 * page of a known print those lines need no recognition; only what was written does. The
 * text is the form's own, found in its declaration, never a guess. A line counts as known
 * by its picture, never by its place alone. */
#pragma once
#include "base/base.h"
#include "layout/layout.h"
#include "reading/page-reading.h"

#define PRINTS_ERROR (prints_error_quark())
typedef enum {
    PRINTS_ERROR_FORMAT, /* what was kept is no print */
    PRINTS_ERROR_IMAGE,  /* Leptonica refused */
} PrintsError;
GQuark prints_error_quark(void);

#define PRINTS_VERSION "1"

typedef struct Print Print;
void print_free(Print *print);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Print, print_free)

/* print_name: the hash of its grid and labels, hex. Borrowed. */
const char *print_name(const Print *print);
/* print_form: the form's class. Borrowed. */
const char *print_form(const Print *print);
int print_cell_count(const Print *print);
int print_line_count(const Print *print);
/* print_line_boxes: where its lines stand on the page that taught it.
 * @dpi: of that page. Returns: Rect, owned */
GArray *print_line_boxes(const Print *print, int dpi);

/* What of a form is printed. */
typedef struct {
    const char *form;         /* class name */
    const char *const *words; /* labels, options, units, headings; NULL-terminated */
    const char *const *notes; /* printed paragraphs, by how they begin; may be NULL */
} PrintedTexts;

/* print_learn: what is printed on a page that was read in full.
 * @reading: borrowed; read without any print
 * @grey: 8 bpp, the page's proof: the pixels that @reading's boxes are in; borrowed
 * @texts: borrowed
 * Returns: owned; NULL with no error where too little of the page is known to be print,
 *     NULL with PRINTS_ERROR_IMAGE */
Print *print_learn(const PageReading *reading, PIX *grey, const PrintedTexts *texts,
                   GError **error);

/* print_to_json / _from_json: as kept in the store and under models/.
 * Returns: owned; _from_json NULL with PRINTS_ERROR_FORMAT (sizes are checked) */
JsonObject *print_to_json(const Print *print);
Print *print_from_json(JsonObject *object, GError **error);

/* prints_recognise: which print a page is, and which of its lines are part of it.
 * @prints: Print *, borrowed
 * @name: out, borrowed from the print; NULL where the page is none of them
 * Returns: TextLine * for each of @layout's lines, NULL for those to be read; owned; all
 *     NULL where the page is none of the prints */
GPtrArray *prints_recognise(const GPtrArray *prints, const Layout *layout,
                            const Sheet *sheet, const char **name);

/* prints_apply: the same for a page that was read already: its lines that are part of a
 * print are put in the place of what was read there.
 * @reading: changed, with the print's name
 * @grey: 8 bpp, its proof, borrowed
 * Returns: whether the page is one of @prints; else @reading is as it was */
bool prints_apply(const GPtrArray *prints, PageReading *reading, PIX *grey);

/* prints_lack_boxes: whether a print that was applied to @reading has a tick box where
 * the page was read without one: read by its print from the beginning it would be looked
 * for there. */
bool prints_lack_boxes(const PageReading *reading);

/* prints_may_be: whether a page that was read has the grid of @print: worth another look
 * through it. */
bool prints_may_be(const Print *print, const PageReading *reading);
