/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drawn-line.h - lines of text as crops, for the tests of reading. */
#pragma once
#include "base/base.h"
#include "sheet/sheet.h"

#include <pango/pangocairo.h>

#define DRAWN_LINE_LEFT_PX 4 /* tight, as our own crops are */

static inline PangoLayout *drawn_layout(cairo_t *cr, const char *text, const char *font)
{
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoFontDescription *description = pango_font_description_from_string(font);
    pango_layout_set_font_description(layout, description);
    pango_layout_set_text(layout, text, -1);
    pango_font_description_free(description);
    return layout;
}

/* Draws @text in black on white. Returns: 8 bpp, owned */
static inline PIX *draw_line(const char *text, const char *font)
{
    enum { WIDTH = 900, HEIGHT = 80 };
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    PangoLayout *layout = drawn_layout(cr, text, font);
    int width, height;
    pango_layout_get_pixel_size(layout, &width, &height);
    cairo_move_to(cr, DRAWN_LINE_LEFT_PX, 0);
    pango_cairo_show_layout(cr, layout);
    cairo_surface_flush(surface);
    PIX *pix =
        pixCreate(MIN(width + 2 * DRAWN_LINE_LEFT_PX, WIDTH), MIN(height, HEIGHT), 8);
    const unsigned char *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < pixGetHeight(pix); y++)
        for (int x = 0; x < pixGetWidth(pix); x++)
            pixSetPixel(pix, x, y, data[y * stride + x * 4]);
    g_object_unref(layout);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return pix;
}

/* Where each character of @text stands on draw_line()'s picture. Returns: owned */
static inline Rect *drawn_places(const char *text, const char *font)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1);
    cairo_t *cr = cairo_create(surface);
    PangoLayout *layout = drawn_layout(cr, text, font);
    Rect *places = g_new0(Rect, g_utf8_strlen(text, -1));
    int i = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p), i++) {
        PangoRectangle at;
        pango_layout_index_to_pos(layout, (int)(p - text), &at);
        pango_extents_to_pixels(&at, NULL);
        places[i] = (Rect){at.x + DRAWN_LINE_LEFT_PX, at.y, at.width, at.height};
    }
    g_object_unref(layout);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return places;
}
