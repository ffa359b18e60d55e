/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reading/reading.h - the only room that speaks Tesseract: line crops in, text with
 * confidences out; tick boxes judged; a page's reading put together. */
#pragma once
#include "base/base.h"
#include "base/page-text.h"
#include "layout/layout.h"
#include "reading/page-reading.h"

#define READING_ERROR (reading_error_quark())
typedef enum {
    READING_ERROR_MODEL,  /* the language data is missing or cannot be loaded */
    READING_ERROR_ENGINE, /* recognition failed or memory ran out */
} ReadingError;
GQuark reading_error_quark(void);

#define READING_VERSION "35"

/* A warm recogniser. Reading does not depend on what was read before. */
typedef struct Engine Engine;

/* engine_new: load the Chinese models: those tuned to this paper in the folder that
 * BANJIE_MODELS names, or where one is not there the stock one it was made from, in
 * TESSDATA_PREFIX or where Debian has it. The process must have been started with
 * OMP_THREAD_LIMIT=1, which the OpenMP runtime reads before main(): its threads make a
 * short line ten times dearer (measured).
 * Returns: owned; NULL with READING_ERROR_MODEL */
Engine *engine_new(GError **error);
void engine_free(Engine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Engine, engine_free)

/* engine_model: name and version of what reads, "paper-chi_sim+HanS/5.3.0". Borrowed. */
const char *engine_model(const Engine *engine);

/* engine_knows_numerals: whether the model for numbers by hand is there, which is in the
 * folder of tuned models or nowhere: without it READ_NUMERALS must not be asked for. */
bool engine_knows_numerals(const Engine *engine);
/* engine_knows_hands: the same of the model for words by hand, and READ_HAND. */
bool engine_knows_hands(const Engine *engine);

/* reading_model_hash: of the language data that engine_new() would load, without loading
 * it. Returns: hex, owned; NULL with READING_ERROR_MODEL */
char *reading_model_hash(GError **error);

/* reading_model_names: of what engine_new() would load, "paper-chi_sim+HanS". Owned */
char *reading_model_names(void);

typedef enum {
    READ_TEXT,     /* anything */
    READ_DIGITS,   /* 0-9 and X only */
    READ_OTHER,    /* anything, by the other model: an independent opinion */
    READ_NUMERALS, /* numbers alone, by the model of hands; engine_knows_numerals() */
    READ_HAND,     /* anything, by the model of hands; engine_knows_hands() */
} ReadMode;

/* engine_read_line: read one line.
 * @crop: 8 bpp, tight, with a white border; borrowed
 * @offset: where the crop's 0,0 lies on the page; @scale: page pixels per crop pixel
 * @line: filled: text, confidence, weakest, glyphs; old contents are freed
 * Returns: true (an empty text is a result), or false with READING_ERROR_ENGINE */
bool engine_read_line(Engine *engine, PIX *crop, ReadMode mode, Point offset,
                      double scale, TextLine *line, GError **error);

/* engine_upright_score: a SheetUprightScorer: of 100 characters so many were read surely.
 * @engine: as user data */
double engine_upright_score(PIXA *lines, void *engine);

/* tick_state: judge a box by its ink alone.
 * @usual_thick_px: of the frames of the page's empty boxes; 0: not known
 * The limits were measured on made papers: docs/ARCHITECTURE.md, "Ticks". */
TickState tick_state(const BoxMark *mark, int usual_thick_px);

/* reading_of_sheet: what is known of @sheet before anything on it is read. Owned. */
PageReading *reading_of_sheet(const Engine *engine, const Sheet *sheet);

/* What came of a page's own text. */
typedef enum {
    FILE_TEXT_NONE,     /* it has none that covers its ink */
    FILE_TEXT_BELIEVED, /* most lines are known by it */
    FILE_TEXT_DIFFERS,  /* it covers the ink and says something else: not believed */
} FileText;

/* reading_file_lines: lines of ink that the page's own text explains, and that explain
 * it: same place, same extent, nothing left over. A few characters of each font are
 * recognised to see that they are what the file says.
 * @text: in pixels of the page that @sheet was made of; NULL for pages without; borrowed
 * @known: TextLine * or NULL for each of @layout's lines; lines of the file take the
 * place of what is there Returns: true, or false with READING_ERROR_ENGINE */
bool reading_file_lines(Engine *engine, const PageText *text, const Sheet *sheet,
                        const Layout *layout, GPtrArray *known, FileText *verdict,
                        GError **error);

/* reading_read: read a sheet by its layout.
 * @engine, @sheet, @layout: borrowed
 * @known: TextLine * for each of @layout's lines, NULL for those to be read; those that
 *     are there are taken out of it. NULL where nothing is known beforehand
 * Returns: owned; NULL with READING_ERROR_ENGINE */
PageReading *reading_read(Engine *engine, const Sheet *sheet, const Layout *layout,
                          GPtrArray *known, GError **error);
