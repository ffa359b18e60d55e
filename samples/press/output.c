/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include <cairo-pdf.h>
#include <string.h>

const char *const format_names[FORMAT_NAMES] = {"jpeg", "png",   "tiff",
                                                "pdf",  "mixed", "digital"};

struct Output {
    char *folder;
    Format format;
    int pages;            /* written so far */
    int first_page;       /* of the open file */
    int files;            /* finished PDFs */
    cairo_surface_t *pdf; /* NULL until the first page of a PDF */
};

#define TIFF_NAME "scan.tif"

static char *pdf_name(const Output *output)
{
    return output->files == 0 ? g_strdup("scan.pdf")
                              : g_strdup_printf("scan-%d.pdf", output->files + 1);
}

Output *output_new(const char *folder, Format format)
{
    Output *output = g_new0(Output, 1);
    output->folder = g_strdup(folder);
    output->format = format;
    return output;
}

static gboolean fail(GError **error, const char *what, const char *path)
{
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_IO, "cannot %s %s", what, path);
    return FALSE;
}

/* An EXIF segment that tells the orientation and nothing else (Exif 2.3, 4.5 and 4.6). */
static gboolean write_with_exif(const char *path, PIX *pix, const Wear *wear,
                                GError **error)
{
    guint8 segment[] = {0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,    'M', 'M',
                        0,    42,   0, 0,  0,   8,   0,   1,   1, 0x12, 0,   3,
                        0,    0,    0, 1,  0,   0,   0,   0,   0, 0,    0,   0};
    segment[29] = (guint8)wear->orientation;
    l_uint8 *bytes = NULL;
    size_t size = 0;
    if (pixWriteMemJpeg(&bytes, &size, pix, wear->jpeg_quality, 0) != 0 || size < 2)
        return fail(error, "compress", path);
    GByteArray *file = g_byte_array_new();
    g_byte_array_append(file, bytes, 2); /* the start marker */
    g_byte_array_append(file, segment, sizeof(segment));
    g_byte_array_append(file, bytes + 2, (guint)size - 2);
    lept_free(bytes);
    gboolean is_good =
        g_file_set_contents(path, (const char *)file->data, (gssize)file->len, error);
    g_byte_array_unref(file);
    return is_good;
}

static gboolean write_single(const char *path, PIX *pix, gboolean is_jpeg,
                             const Wear *wear, GError **error)
{
    if (is_jpeg && wear->orientation > 1)
        return write_with_exif(path, pix, wear, error);
    int rc = is_jpeg ? pixWriteJpeg(path, pix, wear->jpeg_quality, 0)
                     : pixWritePng(path, pix, 0);
    return rc == 0 ? TRUE : fail(error, "write", path);
}

static gboolean write_tiff(const char *path, PIX *pix, gboolean is_first, GError **error)
{
    int kind = pixGetDepth(pix) == 1 ? IFF_TIFF_G4 : IFF_TIFF_JPEG;
    return pixWriteTiff(path, pix, kind, is_first ? "w" : "a") == 0
               ? TRUE
               : fail(error, "write", path);
}

/* A cairo picture of a 1 bpp page; cairo finds out itself that it is black and white. */
static cairo_surface_t *black_white_surface(PIX *pix)
{
    int width = pixGetWidth(pix), height = pixGetHeight(pix);
    cairo_surface_t *image =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    guchar *data = cairo_image_surface_get_data(image);
    int stride = cairo_image_surface_get_stride(image);
    for (int y = 0; y < height; y++) {
        guint32 *row = (guint32 *)(void *)(data + (gsize)y * (gsize)stride);
        const l_uint32 *line = pixGetData(pix) + (gsize)y * (gsize)pixGetWpl(pix);
        for (int x = 0; x < width; x++)
            row[x] = GET_DATA_BIT(line, x) ? 0 : 0xFFFFFF;
    }
    cairo_surface_mark_dirty(image);
    return image;
}

static cairo_surface_t *jpeg_surface(PIX *pix, int quality)
{
    l_uint8 *bytes = NULL;
    size_t size = 0;
    if (pixWriteMemJpeg(&bytes, &size, pix, quality, 0) != 0)
        return NULL;
    cairo_surface_t *image = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, pixGetWidth(pix), pixGetHeight(pix));
    /* The PDF keeps these bytes as they are; the surface's own pixels are never looked
     * at. */
    cairo_surface_set_mime_data(image, CAIRO_MIME_TYPE_JPEG, bytes, size, lept_free,
                                bytes);
    return image;
}

static gboolean open_pdf(Output *output, double width, double height, GError **error)
{
    g_autofree char *name = pdf_name(output);
    g_autofree char *path = g_build_filename(output->folder, name, NULL);
    output->pdf = cairo_pdf_surface_create(path, width, height);
    if (cairo_surface_status(output->pdf) != CAIRO_STATUS_SUCCESS)
        return fail(error, "create", path);
    cairo_pdf_surface_set_metadata(output->pdf, CAIRO_PDF_METADATA_SUBJECT,
                                   "样张 虚构 / made-up sample, no real person or paper");
    /* A fixed date, so that the same seed gives the same bytes. */
    cairo_pdf_surface_set_metadata(output->pdf, CAIRO_PDF_METADATA_CREATE_DATE,
                                   "2023-01-01T00:00:00Z");
    return TRUE;
}

static gboolean write_pdf(Output *output, PIX *pix, const Wear *wear, GError **error)
{
    /* A PDF always says how large its pages are, so the resolution's tag plays no part.
     */
    double points = 72.0 / wear->dpi;
    double width = pixGetWidth(pix) * points, height = pixGetHeight(pix) * points;
    if (output->pdf == NULL && !open_pdf(output, width, height, error))
        return FALSE;
    cairo_pdf_surface_set_size(output->pdf, width, height);
    cairo_surface_t *image = pixGetDepth(pix) == 1
                                 ? black_white_surface(pix)
                                 : jpeg_surface(pix, wear->jpeg_quality);
    if (image == NULL)
        return fail(error, "compress a page in", output->folder);
    cairo_t *cr = cairo_create(output->pdf);
    cairo_scale(cr, points, points);
    cairo_set_source_surface(cr, image, 0, 0);
    cairo_paint(cr);
    cairo_show_page(cr);
    cairo_destroy(cr);
    cairo_surface_destroy(image);
    return TRUE;
}

gboolean output_page(Output *output, PIX *pix, const Wear *wear, PageFile *out,
                     GError **error)
{
    int number = output->pages++;
    gboolean is_jpeg = output->format == FORMAT_JPEG && pixGetDepth(pix) > 1;
    gboolean is_single = output->format == FORMAT_JPEG || output->format == FORMAT_PNG;
    out->index = is_single ? 0 : number - output->first_page;
    if (is_single)
        out->file = g_strdup_printf("page-%02d.%s", number + 1, is_jpeg ? "jpg" : "png");
    else
        out->file =
            output->format == FORMAT_TIFF ? g_strdup(TIFF_NAME) : pdf_name(output);
    g_autofree char *path = g_build_filename(output->folder, out->file, NULL);
    if (is_single)
        return write_single(path, pix, is_jpeg, wear, error);
    if (output->format == FORMAT_TIFF)
        return write_tiff(path, pix, number == 0, error);
    return write_pdf(output, pix, wear, error);
}

gboolean output_drawn_page(Output *output, const Sheet *sheet, PageFile *out,
                           GError **error)
{
    double width = sheet->width_mm / MM_PER_POINT;
    double height = sheet->height_mm / MM_PER_POINT;
    out->index = output->pages++ - output->first_page;
    out->file = pdf_name(output);
    if (output->pdf == NULL && !open_pdf(output, width, height, error))
        return FALSE;
    cairo_pdf_surface_set_size(output->pdf, width, height);
    cairo_t *cr = cairo_create(output->pdf);
    sheet_paint(sheet, cr, 1 / MM_PER_POINT);
    cairo_show_page(cr);
    cairo_destroy(cr);
    return TRUE;
}

gboolean output_says_size(const Output *output)
{
    return output->format == FORMAT_PDF || output->format == FORMAT_DIGITAL;
}

static gboolean finish_pdf(Output *output, GError **error)
{
    if (output->pdf == NULL)
        return TRUE;
    cairo_surface_finish(output->pdf);
    gboolean is_good = cairo_surface_status(output->pdf) == CAIRO_STATUS_SUCCESS;
    if (!is_good)
        fail(error, "write a PDF in", output->folder);
    cairo_surface_destroy(output->pdf);
    output->pdf = NULL;
    return is_good;
}

gboolean output_next_file(Output *output, GError **error)
{
    if (output->pdf == NULL)
        return TRUE;
    gboolean is_good = finish_pdf(output, error);
    output->files++;
    output->first_page = output->pages;
    return is_good;
}

gboolean output_close(Output *output, GError **error)
{
    gboolean is_good = finish_pdf(output, error);
    g_free(output->folder);
    g_free(output);
    return is_good;
}
