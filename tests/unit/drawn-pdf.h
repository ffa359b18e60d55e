/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drawn-pdf.h - PDF pages for tests: as programs write them, as scanners do, and as
 * nobody honest would. */
#pragma once
#include "base/base.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qpdf/qpdf-c.h>

#define PDF_WIDTH 595.276 /* A4, points */
#define PDF_HEIGHT 841.89
#define PDF_FACE "Noto Sans CJK SC"

/* One page of A4 that is being drawn, in points. */
typedef struct {
    cairo_surface_t *surface;
    cairo_t *cr;
} DrawnPdf;

static inline DrawnPdf pdf_begin(const char *path)
{
    cairo_surface_t *surface = cairo_pdf_surface_create(path, PDF_WIDTH, PDF_HEIGHT);
    return (DrawnPdf){surface, cairo_create(surface)};
}

static inline void pdf_end(DrawnPdf *pdf)
{
    cairo_show_page(pdf->cr);
    cairo_destroy(pdf->cr);
    cairo_surface_finish(pdf->surface);
    g_assert_cmpint(cairo_surface_status(pdf->surface), ==, CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(pdf->surface);
}

static inline PangoLayout *pdf_layout(cairo_t *cr, const char *face, double size_pt,
                                      const char *text)
{
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, face);
    pango_font_description_set_absolute_size(font, size_pt * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

/* @text as a program writes it; @x, @y: its top left corner */
static inline void put_text(cairo_t *cr, double size_pt, double x, double y,
                            const char *text)
{
    PangoLayout *layout = pdf_layout(cr, PDF_FACE, size_pt, text);
    cairo_move_to(cr, x, y);
    pango_cairo_show_layout(cr, layout);
    g_object_unref(layout);
}

/* the outlines of @text: ink like its own, and no text */
static inline void put_outlines(cairo_t *cr, double size_pt, double x, double y,
                                const char *text)
{
    PangoLayout *layout = pdf_layout(cr, PDF_FACE, size_pt, text);
    cairo_move_to(cr, x, y);
    pango_cairo_layout_path(cr, layout);
    cairo_fill(cr);
    g_object_unref(layout);
}

/* the glyphs of @shown, of which the file says that they are @said; both have as many
 * characters. @y: of the base line */
static inline void put_lie(cairo_t *cr, double size_pt, double x, double y,
                           const char *shown, const char *said)
{
    cairo_glyph_t *glyphs = NULL;
    cairo_text_cluster_t *clusters = NULL;
    int glyph_count = 0, cluster_count = 0;
    cairo_text_cluster_flags_t flags;
    cairo_select_font_face(cr, PDF_FACE, CAIRO_FONT_SLANT_NORMAL,
                           CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cr, size_pt);
    g_assert_cmpint(cairo_scaled_font_text_to_glyphs(cairo_get_scaled_font(cr), x, y,
                                                     shown, -1, &glyphs, &glyph_count,
                                                     &clusters, &cluster_count, &flags),
                    ==, CAIRO_STATUS_SUCCESS);
    g_assert_cmpint(cluster_count, ==, (int)g_utf8_strlen(said, -1));
    const char *p = said;
    for (int i = 0; i < cluster_count; i++, p = g_utf8_next_char(p))
        clusters[i].num_bytes = (int)(g_utf8_next_char(p) - p);
    cairo_show_text_glyphs(cr, said, -1, glyphs, glyph_count, clusters, cluster_count,
                           flags);
    cairo_glyph_free(glyphs);
    cairo_text_cluster_free(clusters);
}

/* a picture of @pix, @width_pt wide, with its corner at @x, @y */
static inline void put_scan(cairo_t *cr, PIX *pix, double x, double y, double width_pt)
{
    int width = pixGetWidth(pix), height = pixGetHeight(pix);
    cairo_surface_t *image =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    int stride = cairo_image_surface_get_stride(image);
    for (int j = 0; j < height; j++)
        for (int i = 0; i < width; i++) {
            l_uint32 grey = 0;
            pixGetPixel(pix, i, j, &grey);
            memcpy(cairo_image_surface_get_data(image) + j * stride + 4 * i,
                   &(uint32_t){grey * 0x10101}, 4);
        }
    cairo_surface_mark_dirty(image);
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, width_pt / width, width_pt / width);
    cairo_set_source_surface(cr, image, 0, 0);
    cairo_paint(cr);
    cairo_restore(cr);
    cairo_surface_destroy(image);
}

/* rewrites the file's only page: turned by @rotate_deg, its text drawn invisibly */
static inline void pdf_change(const char *path, int rotate_deg, bool is_invisible)
{
    qpdf_data pdf = qpdf_init();
    unsigned char *bytes = NULL;
    size_t size = 0;
    g_autofree char *changed = g_strconcat(path, ".changed", NULL);
    g_assert_cmpint(qpdf_read(pdf, path, NULL) & QPDF_ERRORS, ==, 0);
    qpdf_oh page = qpdf_get_page_n(pdf, 0);
    qpdf_oh_replace_key(pdf, page, "/Rotate", qpdf_oh_new_integer(pdf, rotate_deg));
    g_assert_cmpint(qpdf_oh_get_page_content_data(pdf, page, &bytes, &size), ==, 0);
    if (is_invisible) {
        g_autofree char *text = g_strndup((char *)bytes, size);
        g_auto(GStrv) parts = g_strsplit(text, "BT\n", -1);
        g_autofree char *hidden = g_strjoinv("BT 3 Tr\n", parts);
        g_assert_cmpuint(g_strv_length(parts), >, 1);
        qpdf_oh null = qpdf_oh_new_null(pdf);
        qpdf_oh_replace_stream_data(pdf, qpdf_oh_get_key(pdf, page, "/Contents"),
                                    (unsigned char *)hidden, strlen(hidden), null, null);
    }
    free(bytes);
    g_assert_cmpint(qpdf_init_write(pdf, changed) & QPDF_ERRORS, ==, 0);
    g_assert_cmpint(qpdf_write(pdf) & QPDF_ERRORS, ==, 0);
    qpdf_cleanup(&pdf);
    g_assert_cmpint(rename(changed, path), ==, 0);
}
