/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prints/private.h - between the files of this room. */
#pragma once
#include "prints/prints.h"

/* Of the pictures of lines: a character of 10 points has 14 pixels, enough to tell it
 * from others. */
#define PICTURE_DPI 150
/* White around the ink in a line's picture, which must be there on other pages too. */
#define PICTURE_MARGIN_PX 3

/* A grey picture with PICTURE_DPI pixels to the inch of the print's paper, slightly
 * blurred; a byte a pixel. */
typedef struct {
    uint8_t *levels; /* owned */
    int width, height;
} Picture;
/* picture_of_page: a whole page. Returns: levels NULL without memory */
Picture picture_of_page(PIX *grey, double scale_px_mm);
/* picture_of_pix: a line's, as kept. @pix: 8 bpp */
Picture picture_of_pix(PIX *pix);
void picture_clear(Picture *picture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Picture, picture_clear)

/* On the print's paper; its scan may be larger or smaller by some percent. */
typedef struct {
    double x, y, width, height;
} RectMm;

typedef struct {
    char text[8];
    double x_mm, width_mm;
} PrintGlyph;

typedef struct {
    int cell; /* index into cells, -1 outside the grid */
    RectMm box_mm;
    char *text;
    GArray *glyphs;  /* PrintGlyph */
    bool is_skipped; /* fine print that is not read */
    Picture picture; /* box_mm */
} PrintLine;

struct Print {
    char *name, *form;
    GArray *cells;    /* RectMm, in reading order */
    GPtrArray *lines; /* PrintLine * */
};

Print *print_new(const char *form);
void print_line_free(PrintLine *line);
/* print_set_name: when all is in it */
void print_set_name(Print *print);

/* Where a print lies on a page. Rows of a table grow with what is written in them, so
 * only columns are where the print has them; rows are found by their cells. */
typedef struct {
    double scale_px_mm;
    double shift_px;   /* x_px = scale_px_mm * x_mm + shift_px */
    int *page_cell_of; /* per cell of the print: the page's, or -1; owned */
} Fit;
void fit_clear(Fit *fit);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fit, fit_clear)

/* grid.c: how the cells of a page lie on those of a print.
 * @cells: Rect, of the page, in reading order; @dpi: of the page; @fit: out, to be
 * cleared Returns: the share of the print's cells that were found, 0..1 */
double grid_fit(const Print *print, const GArray *cells, int dpi, Fit *fit);

/* picture.c */
/* Columns of a picture that may look different, from @from to before @to: a tick box. */
typedef struct {
    int from, to;
} Columns;

/* picture_agrees: whether @page shows @picture about @x, @y.
 * @x, @y: in pixels of @page; out: where exactly
 * @free: @free_count of them */
bool picture_agrees(const Picture *page, const Picture *picture, int *x, int *y,
                    const Columns *free, int free_count);
