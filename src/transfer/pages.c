/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proofs as a PDF that repeats byte for byte. */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "base/json.h"
#include "transfer/private.h"

#define POINTS_PER_INCH 72.0
#define COVER_TEXT "不属于本单位"
#define COVER_TEXT_MM 6.0
#define COVER_GREY 0xDD
#define COVER_DOTS_MM 1.5 /* black and white pages have no grey: a dot now and then */
#define MASKED_JPEG_QUALITY 80

/* --- reading proofs --- */

static bool is_jpeg(const char *data, gsize length)
{
    return length > 3 && memcmp(data, "\xFF\xD8\xFF", 3) == 0;
}

static PIX *read_proof(const char *data, gsize length, GError **error)
{
    l_int32 format, width = 0, height = 0;
    setMsgSeverity(L_SEVERITY_NONE);
    if (pixReadHeaderMem((const l_uint8 *)data, length, &format, &width, &height, NULL,
                         NULL, NULL) != 0 ||
        width < 1 || height < 1 || width > LIMIT_PAGE_SIDE_PX ||
        height > LIMIT_PAGE_SIDE_PX || (int64_t)width * height > LIMIT_PAGE_PIXELS)
        return fail_null(error, TRANSFER_ERROR, TRANSFER_ERROR_RECORD,
                         "a proof of no size");
    PIX *pix = pixReadMem((const l_uint8 *)data, length);
    if (pix == NULL)
        return fail_null(error, TRANSFER_ERROR, TRANSFER_ERROR_RECORD,
                         "a proof cannot be decoded");
    return pix;
}

/* --- covering --- */

/* The words as a 1-bit picture, or NULL where there is no room. */
static PIX *cover_words(int height_px, int most_width)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_A8, MAX(1, most_width), height_px * 2);
    cairo_t *cairo = cairo_create(surface);
    PangoLayout *layout = pango_cairo_create_layout(cairo);
    PangoFontDescription *font =
        pango_font_description_from_string("Noto Sans CJK SC, Sans");
    pango_font_description_set_absolute_size(font, (double)height_px * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, COVER_TEXT, -1);
    int width = 0, height = 0;
    pango_layout_get_pixel_size(layout, &width, &height);
    PIX *words = NULL;
    if (width <= most_width && height <= height_px * 2 &&
        (words = pixCreate(width, height, 1)) != NULL) {
        pango_cairo_show_layout(cairo, layout);
        cairo_surface_flush(surface);
        const guchar *data = cairo_image_surface_get_data(surface);
        int stride = cairo_image_surface_get_stride(surface);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                if (data[(size_t)y * stride + x] >= 128)
                    pixSetPixel(words, x, y, 1);
    }
    pango_font_description_free(font);
    g_object_unref(layout);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return words;
}

static void paint_cover(PIX *pix, Rect box)
{
    int dots = MAX(4, px_from_mm(COVER_DOTS_MM, MAX(pixGetXRes(pix), 75)));
    g_autoptr(BOX) area = boxCreate(box.x, box.y, box.width, box.height);
    if (pixGetDepth(pix) > 1) {
        pixSetInRectArbitrary(
            pix, area, pixGetDepth(pix) == 32 ? COVER_GREY * 0x01010100u : COVER_GREY);
        return;
    }
    pixClearInRect(pix, area);
    for (int y = box.y; y < rect_bottom(box); y += dots)
        for (int x = box.x + (y / dots % 2) * dots / 2; x < rect_right(box); x += dots)
            pixSetPixel(pix, x, y, 1);
}

static void write_on_cover(PIX *pix, Rect box)
{
    int dpi = MAX(pixGetXRes(pix), 75);
    int height = MIN(px_from_mm(COVER_TEXT_MM, dpi), box.height / 2);
    if (height < px_from_mm(1.5, dpi))
        return;
    g_autoptr(PIX) words = cover_words(height, box.width);
    if (words == NULL)
        return;
    int x = box.x + (box.width - pixGetWidth(words)) / 2;
    int y = box.y + (box.height - pixGetHeight(words)) / 2;
    if (pixGetDepth(pix) == 1)
        pixRasterop(pix, x, y, pixGetWidth(words), pixGetHeight(words), PIX_PAINT, words,
                    0, 0);
    else
        pixPaintThroughMask(pix, words, x, y, 0x55555500);
}

static GArray *boxes_in(JsonObject *plan, const char *member, PIX *pix)
{
    GArray *boxes = g_array_new(FALSE, FALSE, sizeof(Rect));
    JsonArray *array = json_get_array(plan, member);
    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        g_autoptr(JsonObject) holder = json_object_new();
        json_object_set_array_member(
            holder, "box", json_array_ref(json_array_get_array_element(array, i)));
        Rect box = rect_intersection(json_get_rect(holder, "box"),
                                     (Rect){0, 0, pixGetWidth(pix), pixGetHeight(pix)});
        if (!rect_is_empty(box))
            g_array_append_val(boxes, box);
    }
    return boxes;
}

/* Keeps @boxes of @pix and covers the rest. */
static PIX *keep_only(PIX *pix, const GArray *boxes)
{
    PIX *covered = pixCreateTemplate(pix);
    if (covered == NULL)
        return NULL;
    paint_cover(covered, (Rect){0, 0, pixGetWidth(pix), pixGetHeight(pix)});
    for (guint i = 0; i < boxes->len; i++) {
        Rect box = g_array_index(boxes, Rect, i);
        pixRasterop(covered, box.x, box.y, box.width, box.height, PIX_SRC, pix, box.x,
                    box.y);
    }
    return covered;
}

static bool is_covered(JsonObject *plan, const char *member)
{
    JsonArray *array = json_get_array(plan, member);
    return array != NULL && json_array_get_length(array) > 0;
}

static PIX *cover(PIX *pix, JsonObject *plan, GError **error)
{
    g_autoptr(PIX) plain = pixRemoveColormap(pix, REMOVE_CMAP_BASED_ON_SRC);
    g_autoptr(GArray) only = plain == NULL ? NULL : boxes_in(plan, "only", plain);
    g_autoptr(GArray) hide = plain == NULL ? NULL : boxes_in(plan, "hide", plain);
    g_autoptr(PIX) out = NULL;
    if (plain != NULL)
        out = is_covered(plan, "only") ? keep_only(plain, only) : pixCopy(NULL, plain);
    if (out == NULL)
        return fail_null(error, TRANSFER_ERROR, TRANSFER_ERROR_RECORD, "no memory");
    for (guint i = 0; i < hide->len; i++) {
        Rect box = g_array_index(hide, Rect, i);
        paint_cover(out, box);
        write_on_cover(out, box);
    }
    return g_steal_pointer(&out);
}

/* --- drawing --- */

static cairo_surface_t *surface_from_bits(PIX *pix)
{
    int width = pixGetWidth(pix), height = pixGetHeight(pix);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        return surface;
    guchar *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < height; y++) {
        uint32_t *row = (void *)(data + (size_t)y * stride);
        const l_uint32 *bits = pixGetData(pix) + (size_t)y * pixGetWpl(pix);
        for (int x = 0; x < width; x++) /* Cairo writes black and white with one bit */
            row[x] = GET_DATA_BIT(bits, x) ? 0 : 0xFFFFFF;
    }
    cairo_surface_mark_dirty(surface);
    return surface;
}

/* The JPEG goes into the PDF as it is; Cairo wants a surface of its size to hang it on.
 */
static cairo_surface_t *surface_from_jpeg(const void *data, gsize length, int width,
                                          int height)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    guchar *copy = g_memdup2(data, length);
    if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, copy, length, g_free,
                                    copy) != CAIRO_STATUS_SUCCESS)
        g_free(copy);
    return surface;
}

static cairo_surface_t *surface_from_pix(PIX *pix, GError **error)
{
    l_uint8 *data = NULL;
    size_t length = 0;
    if (pixGetDepth(pix) == 1)
        return surface_from_bits(pix);
    if (pixWriteMemJpeg(&data, &length, pix, MASKED_JPEG_QUALITY, 0) != 0)
        return fail_null(error, TRANSFER_ERROR, TRANSFER_ERROR_RECORD,
                         "cannot write a JPEG");
    cairo_surface_t *surface =
        surface_from_jpeg(data, length, pixGetWidth(pix), pixGetHeight(pix));
    lept_free(data);
    return surface;
}

static cairo_surface_t *page_surface(Store *store, JsonObject *plan, GError **error)
{
    g_autofree char *path = store_object_path(store, json_get_string(plan, "proof", ""));
    g_autofree char *data = NULL;
    gsize length = 0;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &data, &length, &cause))
        return fail_null(error, TRANSFER_ERROR, TRANSFER_ERROR_IO, "%s", cause->message);
    g_autoptr(PIX) pix = read_proof(data, length, error);
    if (pix == NULL)
        return NULL;
    if (!is_covered(plan, "hide") && !is_covered(plan, "only"))
        return is_jpeg(data, length)
                   ? surface_from_jpeg(data, length, pixGetWidth(pix), pixGetHeight(pix))
                   : surface_from_pix(pix, error);
    g_autoptr(PIX) covered = cover(pix, plan, error);
    return covered == NULL ? NULL : surface_from_pix(covered, error);
}

static cairo_status_t append(void *bytes, const unsigned char *data, unsigned int length)
{
    g_byte_array_append(bytes, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static bool draw_page(Store *store, cairo_surface_t *pdf, JsonObject *plan,
                      GError **error)
{
    cairo_surface_t *picture = page_surface(store, plan, error);
    if (picture == NULL)
        return false;
    double points =
        POINTS_PER_INCH / (double)CLAMP(json_get_int(plan, "dpi", 300), 50, 1200);
    cairo_pdf_surface_set_size(pdf, cairo_image_surface_get_width(picture) * points,
                               cairo_image_surface_get_height(picture) * points);
    cairo_t *cairo = cairo_create(pdf);
    cairo_scale(cairo, points, points);
    cairo_set_source_surface(cairo, picture, 0, 0);
    cairo_paint(cairo);
    cairo_show_page(cairo);
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    cairo_surface_destroy(picture);
    return status == CAIRO_STATUS_SUCCESS ||
           fail(error, TRANSFER_ERROR, TRANSFER_ERROR_IO, "PDF: %s",
                cairo_status_to_string(status));
}

GByteArray *pages_pdf(Store *store, JsonArray *plan, const char *created, GError **error)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    guint count = json_array_get_length(plan);
    bool is_drawn = true;
    if (count == 0)
        return g_steal_pointer(&bytes);
    cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(append, bytes, 595, 842);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, created);
    for (guint i = 0; is_drawn && i < count; i++)
        is_drawn = draw_page(store, pdf, json_array_get_object_element(plan, i), error);
    cairo_surface_finish(pdf);
    cairo_status_t status = cairo_surface_status(pdf);
    cairo_surface_destroy(pdf);
    if (!is_drawn)
        return NULL;
    if (status != CAIRO_STATUS_SUCCESS)
        return fail_null(error, TRANSFER_ERROR, TRANSFER_ERROR_IO, "PDF: %s",
                         cairo_status_to_string(status));
    return g_steal_pointer(&bytes);
}
