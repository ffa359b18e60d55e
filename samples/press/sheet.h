/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet.h - one sheet of paper, drawn in millimetres and kept as a recording, so that it
 * can be put on pixels at any resolution afterwards. */
#pragma once
#include <cairo.h>
#include <glib.h>

#define MM_PER_INCH 25.4
#define MM_PER_POINT (25.4 / 72.0)
#define A4_WIDTH_MM 210.0
#define A4_HEIGHT_MM 297.0

/* A colour of ink, each part 0 .. 1. */
typedef struct {
    double red, green, blue;
} Colour;

#define COLOUR_BLACK ((Colour){0.07, 0.07, 0.07})
#define COLOUR_BLUE ((Colour){0.08, 0.15, 0.55})
#define COLOUR_RED ((Colour){0.82, 0.10, 0.12})
#define COLOUR_GREY ((Colour){0.55, 0.55, 0.55})

typedef struct Hand Hand; /* hand.h */

/* How a piece of text is set. @face is a font family's name, borrowed. */
typedef struct {
    const char *face;
    double size_mm; /* of the em square */
    gboolean bold;
    Colour colour;
    const Hand *hand; /* who writes it; borrowed. NULL: it is printed */
} Type;

typedef enum { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT, ALIGN_JUSTIFY } Align;

/* A rectangle in millimetres from the sheet's upper left corner. */
typedef struct {
    double x, y, width, height;
} Box;

typedef struct {
    cairo_surface_t *recording; /* owned */
    cairo_t *cr;                /* owned; its unit is one millimetre */
    double width_mm, height_mm;
} Sheet;

/* sheet_new: a blank sheet, nothing painted (the paper's white is put on by
 * sheet_render). Returns: owned; free with sheet_free */
Sheet *sheet_new(double width_mm, double height_mm);
void sheet_free(Sheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheet, sheet_free)

/* sheet_render: the sheet on white pixels.
 * @dpi: pixels per inch, 50 .. 1200
 * Returns: an RGB24 image surface, owned by the caller */
cairo_surface_t *sheet_render(const Sheet *sheet, double dpi);

/* sheet_paint: the sheet onto @cr, whose unit is @units_per_mm to a millimetre. */
void sheet_paint(const Sheet *sheet, cairo_t *cr, double units_per_mm);

/* sheet_ink: what all that is drawn on @sheet covers, to a tenth of a millimetre. */
Box sheet_ink(const Sheet *sheet);

/* type_points: a Type of @size_points in black. @face: borrowed */
Type type_points(const char *face, double size_points);

void sheet_set_colour(Sheet *sheet, Colour colour);
/* sheet_line, sheet_frame: rules of @width_mm thickness in the given colour. */
void sheet_line(Sheet *sheet, double x0, double y0, double x1, double y1, double width_mm,
                Colour colour);
void sheet_frame(Sheet *sheet, Box box, double width_mm, Colour colour);
void sheet_fill(Sheet *sheet, Box box, Colour colour);

/* text_width: how wide one line of @text runs, in millimetres. */
double text_width(const Sheet *sheet, const Type *type, const char *text);

/* text_line: one line whose baseline starts at @x, @baseline. Returns its width in mm. */
double text_line(Sheet *sheet, const Type *type, const char *text, double x,
                 double baseline);

/* text_path: as text_line, but the outlines are added to the current path, not painted.
 */
void text_path(Sheet *sheet, const Type *type, const char *text, double x,
               double baseline);

/* text_in: one line in @box, centred up and down, aligned left, centre or right. */
void text_in(Sheet *sheet, const Type *type, const char *text, Box box, Align align);

/* text_block: lines broken to @width; @pitch is line distance over size (1.3 is usual).
 * Returns: the height used, in millimetres */
double text_block(Sheet *sheet, const Type *type, const char *text, double x, double y,
                  double width, double pitch);

/* text_spread: the characters of @text set evenly from @x to @x + @width (公　民　号). */
void text_spread(Sheet *sheet, const Type *type, const char *text, double x,
                 double baseline, double width);

/* baseline_of: the baseline that centres Chinese characters of @size_mm on @middle. */
double baseline_of(double middle, double size_mm);
