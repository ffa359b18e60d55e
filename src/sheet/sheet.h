/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet/sheet.h - from a decoded page to an upright, even sheet with its proof.
 *
 * Takes a picture as the decoder gave it; gives grey for reading with coloured seals
 * lifted off into a layer of their own, and the transform back. Knows nothing of words:
 * which way is up it asks of whoever can read (SheetUprightScorer). */
#pragma once
#include "base/base.h"

#define SHEET_ERROR (sheet_error_quark())
typedef enum {
    SHEET_ERROR_IMAGE, /* too small, too large, or Leptonica refused it */
} SheetError;
GQuark sheet_error_quark(void);

#define SHEET_VERSION "12"

/* How well the line crops @lines read as they stand: 0..100, over 85 for good print.
 * @lines: 8 bpp crops of single text lines, borrowed */
typedef double (*SheetUprightScorer)(PIXA *lines, void *user_data);

typedef struct {
    int claimed_dpi;           /* what the file says; 0 where it says nothing */
    SheetUprightScorer scorer; /* NULL: the page is taken as upright */
    void *scorer_data;
    bool is_drawn; /* by a program, which draws straight: of a page of few lines the
                      measure of skew may be a degree wrong (measured) */
} SheetParams;

typedef struct {
    PIX *grey;        /* 8 bpp, upright, even light, seals lifted off; dpi set */
    PIX *colour;      /* 32 bpp upright picture, or NULL for grey and 1-bit pages */
    PIX *unlifted;    /* 8 bpp, grey before seals without colour were taken off; NULL
                         where none were, or there is colour */
    PIX *seal;        /* 1 bpp, ink of coloured seals, same size; NULL if none */
    bool is_bilevel;  /* the original was black and white */
    bool is_toneless; /* so was it, or what became of it when it was kept as a JPEG: pale
                         ink, as a seal's may be, is not on it */
    int dpi;          /* believed resolution of grey, 75..300 */
    int rotation_deg; /* the original was turned this far clockwise: 0 90 180 270 */
    double skew_deg;  /* the rest, same sense */
    double upright_confidence; /* 0..1; low: nothing on the page could be read */
    Transform to_original;     /* from pixels of grey to pixels of the original page */
    bool is_blank;             /* no ink to speak of */
    bool is_negative; /* print is lighter than its ground, as on a certificate's cover:
                         grey is turned about, what people see is not */
    GArray *papers; /* Rect, the papers on a photo of several that lie apart; else NULL */
    GPtrArray *problems; /* char *, codes: "low_resolution", "blank", ... */
} Sheet;

/* sheet_make: make @page upright and even.
 * @page: 1, 2, 4, 8, 16, 24 or 32 bpp, with or without colour map; borrowed, not changed
 * @params: borrowed
 * Returns: a new sheet, owned, at most 300 dpi (finer ones are reduced: text needs no
 *     more, and memory stays bounded); NULL with SHEET_ERROR_IMAGE */
Sheet *sheet_make(PIX *page, const SheetParams *params, GError **error);

/* sheet_write_proof: the compact picture kept in the store: G4 TIFF for a bilevel
 * original, JPEG otherwise (colour where the page has it), seals and all. In the frame of
 * grey.
 * @path: borrowed; written whole or not at all
 * Returns: true, or false with SHEET_ERROR_IMAGE */
bool sheet_write_proof(const Sheet *sheet, const char *path, GError **error);

void sheet_free(Sheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheet, sheet_free)
