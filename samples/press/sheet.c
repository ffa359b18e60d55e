/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet.h"

#include <pango/pangocairo.h>

/* The recording's own units per millimetre: large enough that font measures taken while
 * recording (254 per inch) hold at any resolution it is replayed at. */
#define UNITS_PER_MM 10.0

Sheet *sheet_new(double width_mm, double height_mm)
{
    Sheet *sheet = g_new0(Sheet, 1);
    cairo_rectangle_t extents = {0, 0, width_mm * UNITS_PER_MM, height_mm * UNITS_PER_MM};
    sheet->width_mm = width_mm;
    sheet->height_mm = height_mm;
    sheet->recording =
        cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
    sheet->cr = cairo_create(sheet->recording);
    cairo_scale(sheet->cr, UNITS_PER_MM, UNITS_PER_MM);
    return sheet;
}

void sheet_free(Sheet *sheet)
{
    if (sheet == NULL)
        return;
    cairo_destroy(sheet->cr);
    cairo_surface_destroy(sheet->recording);
    g_free(sheet);
}

void sheet_paint(const Sheet *sheet, cairo_t *cr, double units_per_mm)
{
    double scale = units_per_mm / UNITS_PER_MM;
    cairo_scale(cr, scale, scale);
    cairo_set_source_surface(cr, sheet->recording, 0, 0);
    cairo_paint(cr);
}

cairo_surface_t *sheet_render(const Sheet *sheet, double dpi)
{
    int width_px = (int)(sheet->width_mm / MM_PER_INCH * dpi + 0.5);
    int height_px = (int)(sheet->height_mm / MM_PER_INCH * dpi + 0.5);
    cairo_surface_t *image =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width_px, height_px);
    cairo_t *cr = cairo_create(image);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    sheet_paint(sheet, cr, dpi / MM_PER_INCH);
    cairo_destroy(cr);
    cairo_surface_flush(image);
    return image;
}

Box sheet_ink(const Sheet *sheet)
{
    double x, y, width, height;
    cairo_recording_surface_ink_extents(sheet->recording, &x, &y, &width, &height);
    return (Box){x / UNITS_PER_MM, y / UNITS_PER_MM, width / UNITS_PER_MM,
                 height / UNITS_PER_MM};
}

Type type_points(const char *face, double size_points)
{
    return (Type){face, size_points * MM_PER_POINT, FALSE, COLOUR_BLACK, NULL};
}

void sheet_set_colour(Sheet *sheet, Colour colour)
{
    cairo_set_source_rgb(sheet->cr, colour.red, colour.green, colour.blue);
}

void sheet_line(Sheet *sheet, double x0, double y0, double x1, double y1, double width_mm,
                Colour colour)
{
    sheet_set_colour(sheet, colour);
    cairo_set_line_width(sheet->cr, width_mm);
    cairo_move_to(sheet->cr, x0, y0);
    cairo_line_to(sheet->cr, x1, y1);
    cairo_stroke(sheet->cr);
}

void sheet_frame(Sheet *sheet, Box box, double width_mm, Colour colour)
{
    sheet_set_colour(sheet, colour);
    cairo_set_line_width(sheet->cr, width_mm);
    cairo_rectangle(sheet->cr, box.x, box.y, box.width, box.height);
    cairo_stroke(sheet->cr);
}

void sheet_fill(Sheet *sheet, Box box, Colour colour)
{
    sheet_set_colour(sheet, colour);
    cairo_rectangle(sheet->cr, box.x, box.y, box.width, box.height);
    cairo_fill(sheet->cr);
}

/* A layout set in @type. The context is told not to round to whole units, because here a
 * unit is a millimetre. Returns: owned */
static PangoLayout *layout_new(const Sheet *sheet, const Type *type, const char *text)
{
    PangoLayout *layout = pango_cairo_create_layout(sheet->cr);
    PangoContext *context = pango_layout_get_context(layout);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    /* Else a face without a character may be helped out by a Japanese or Taiwan one. */
    pango_context_set_language(context, pango_language_from_string("zh-cn"));

    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, type->face);
    pango_font_description_set_absolute_size(font, type->size_mm * PANGO_SCALE);
    pango_font_description_set_weight(font, type->bold ? PANGO_WEIGHT_BOLD
                                                       : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

double text_width(const Sheet *sheet, const Type *type, const char *text)
{
    g_autoptr(PangoLayout) layout = layout_new(sheet, type, text);
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

static void show_line(Sheet *sheet, const Type *type, PangoLayoutLine *line, double x,
                      double baseline)
{
    sheet_set_colour(sheet, type->colour);
    cairo_move_to(sheet->cr, x, baseline);
    pango_cairo_show_layout_line(sheet->cr, line);
    cairo_new_path(sheet->cr);
}

double text_line(Sheet *sheet, const Type *type, const char *text, double x,
                 double baseline)
{
    g_autoptr(PangoLayout) layout = layout_new(sheet, type, text);
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    show_line(sheet, type, pango_layout_get_line_readonly(layout, 0), x, baseline);
    return (double)logical.width / PANGO_SCALE;
}

void text_path(Sheet *sheet, const Type *type, const char *text, double x,
               double baseline)
{
    g_autoptr(PangoLayout) layout = layout_new(sheet, type, text);
    cairo_move_to(sheet->cr, x, baseline);
    pango_cairo_layout_line_path(sheet->cr, pango_layout_get_line_readonly(layout, 0));
}

double baseline_of(double middle, double size_mm)
{
    /* A Chinese glyph's body runs from about 0.12 below the baseline to 0.86 above it. */
    return middle + 0.37 * size_mm;
}

void text_in(Sheet *sheet, const Type *type, const char *text, Box box, Align align)
{
    double width = text_width(sheet, type, text);
    double x = box.x;
    if (align == ALIGN_CENTRE)
        x += (box.width - width) / 2;
    else if (align == ALIGN_RIGHT)
        x += box.width - width;
    text_line(sheet, type, text, x, baseline_of(box.y + box.height / 2, type->size_mm));
}

double text_block(Sheet *sheet, const Type *type, const char *text, double x, double y,
                  double width, double pitch)
{
    g_autoptr(PangoLayout) layout = layout_new(sheet, type, text);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    int lines = pango_layout_get_line_count(layout);
    double step = type->size_mm * pitch;
    for (int i = 0; i < lines; i++)
        show_line(sheet, type, pango_layout_get_line_readonly(layout, i), x,
                  baseline_of(y + step * (i + 0.5), type->size_mm));
    return lines * step;
}

void text_spread(Sheet *sheet, const Type *type, const char *text, double x,
                 double baseline, double width)
{
    glong n = g_utf8_strlen(text, -1);
    double natural = text_width(sheet, type, text);
    double gap = n > 1 ? (width - natural) / (double)(n - 1) : 0;
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
        g_autofree char *one = g_strndup(c, (gsize)(g_utf8_next_char(c) - c));
        x += text_line(sheet, type, one, x, baseline) + gap;
    }
}
