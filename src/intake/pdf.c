/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PDF by poppler-glib and Cairo. */
#include <cairo.h>
#include <poppler.h>

#include "intake/private.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PopplerDocument, g_object_unref)

#define POINTS_PER_INCH 72.0
#define SCAN_COVERS 0.85 /* of the page: from here on the page is a scan */
#define FULL_DPI 300.0
#define LEAST_DPI 150.0
/* A3 at 300 dpi, and a little. A larger page is a photograph that some program put on
 * paper at a dot per point, or a plan; neither gains from more. */
#define MOST_PIXELS (18.0 * 1000 * 1000)
#define A3_LONG_PT 1191.0

static PopplerDocument *open_pdf(const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    g_autofree char *uri = g_filename_to_uri(absolute, NULL, NULL);
    PopplerDocument *document = poppler_document_new_from_file(uri, NULL, &cause);
    if (document != NULL)
        return document;
    bool is_locked = g_error_matches(cause, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
    return fail_null(error, INTAKE_ERROR,
                     is_locked ? INTAKE_ERROR_ENCRYPTED : INTAKE_ERROR_DAMAGED, "PDF: %s",
                     cause->message);
}

static int pdf_count(const char *path, GError **error)
{
    g_autoptr(PopplerDocument) document = open_pdf(path, error);
    if (document == NULL)
        return 0;
    int count = poppler_document_get_n_pages(document);
    if (count <= 0)
        fail(error, INTAKE_ERROR, INTAKE_ERROR_EMPTY, "PDF: no pages");
    return count;
}

typedef struct {
    int pictures;
    double largest_pt2, all_pt2; /* area on the page */
} Cover;

/* Where pictures lie on the page; nothing is decoded for that. */
static Cover cover_of(PopplerPage *page, double width_pt, double height_pt)
{
    Cover cover = {0};
    GList *list = poppler_page_get_image_mapping(page);
    for (GList *item = list; item != NULL; item = item->next) {
        const PopplerImageMapping *mapping = item->data;
        PopplerRectangle area = mapping->area;
        double width =
            MIN(MAX(area.x1, area.x2), width_pt) - MAX(MIN(area.x1, area.x2), 0);
        double height =
            MIN(MAX(area.y1, area.y2), height_pt) - MAX(MIN(area.y1, area.y2), 0);
        if (width <= 0 || height <= 0)
            continue;
        cover.pictures++;
        cover.all_pt2 += width * height;
        cover.largest_pt2 = MAX(cover.largest_pt2, width * height);
    }
    poppler_page_free_image_mapping(list);
    return cover;
}

static bool is_scan(const Cover *cover, double page_pt2)
{
    return cover->all_pt2 >= SCAN_COVERS * page_pt2;
}

/* The resolution to draw at: the scan's own, so that its pixels stay what they are. */
static double choose_dpi(const char *path, int index, const Cover *cover, double page_pt2)
{
    double inch2 = POINTS_PER_INCH * POINTS_PER_INCH;
    double dpi = 0;
    if (cover->largest_pt2 >= SCAN_COVERS * page_pt2)
        dpi = page_picture_dpi(path, index, cover->largest_pt2 / inch2, true);
    else if (cover->all_pt2 >= SCAN_COVERS * page_pt2) /* a scan cut into bands */
        dpi = page_picture_dpi(path, index, cover->all_pt2 / inch2, false);
    if (dpi <= 0)
        dpi = FULL_DPI;
    dpi = CLAMP(dpi, LEAST_DPI, FULL_DPI);
    return MIN(dpi, sqrt(MOST_PIXELS / (page_pt2 / inch2)));
}

/* One way of drawing a page. */
typedef void (*Painter)(PopplerPage *page, cairo_t *cairo);

/* all that the text layer names, whether it can be seen or not */
static void paint_glyphs(PopplerPage *page, cairo_t *cairo)
{
    PopplerRectangle all = {0};
    PopplerColor black = {0, 0, 0}, white = {65535, 65535, 65535};
    poppler_page_get_size(page, &all.x2, &all.y2);
    poppler_page_render_selection(page, cairo, &all, NULL, POPPLER_SELECTION_GLYPH,
                                  &black, &white);
}

static cairo_surface_t *draw(PopplerPage *page, Painter paint, int width, int height,
                             double scale, GError **error)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    paint(page, cairo);
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        return surface;
    cairo_surface_destroy(surface);
    return fail_null(error, INTAKE_ERROR, INTAKE_ERROR_DAMAGED, "PDF: %s",
                     cairo_status_to_string(status));
}

static bool has_colour(const uint32_t *row, int width)
{
    for (int x = 0; x < width; x++) {
        uint32_t red = row[x] >> 16 & 255, green = row[x] >> 8 & 255, blue = row[x] & 255;
        if (red != green || green != blue)
            return true;
    }
    return false;
}

/* Cairo's 0xRRGGBB words as a PIX: grey where no pixel has a colour. */
static PIX *pix_from_surface(cairo_surface_t *surface)
{
    int width = cairo_image_surface_get_width(surface);
    int height = cairo_image_surface_get_height(surface);
    int stride = cairo_image_surface_get_stride(surface);
    const guchar *data = cairo_image_surface_get_data(surface);
    bool is_coloured = false;
    for (int y = 0; y < height && !is_coloured; y++)
        is_coloured = has_colour(
            (const uint32_t *)(const void *)(data + (size_t)y * stride), width);
    PIX *pix = pixCreate(width, height, is_coloured ? 32 : 8);
    if (pix == NULL)
        return NULL;
    for (int y = 0; y < height; y++) {
        const uint32_t *from = (const void *)(data + (size_t)y * stride);
        l_uint32 *to = pixGetData(pix) + (size_t)y * pixGetWpl(pix);
        for (int x = 0; x < width; x++) {
            if (is_coloured)
                to[x] = from[x] << 8;
            else
                SET_DATA_BYTE(to, x, from[x] & 255);
        }
    }
    return pix;
}

PIX *pdf_draw_glyphs(PopplerPage *page, int width, int height, double scale)
{
    cairo_surface_t *surface = draw(page, paint_glyphs, width, height, scale, NULL);
    if (surface == NULL)
        return NULL;
    g_autoptr(PIX) pix = pix_from_surface(surface);
    cairo_surface_destroy(surface);
    return pix != NULL && pixGetDepth(pix) == 8 ? g_steal_pointer(&pix) : NULL;
}

static bool is_one_tone(PIX *pix)
{
    l_uint32 first = 0, value = 0;
    pixGetPixel(pix, 0, 0, &first);
    for (int y = 0; y < pixGetHeight(pix); y++)
        for (int x = 0; x < pixGetWidth(pix); x++)
            if (pixGetPixel(pix, x, y, &value) != 0 || value != first)
                return false;
    return true;
}

/* Poppler draws what it can and says the rest in its log, which we only count. */
static void count_complaint(const char *domain, GLogLevelFlags level, const char *text,
                            gpointer user_data)
{
    (void)domain;
    (void)level;
    (void)text;
    ++*(int *)user_data;
}

static PIX *draw_page(const char *path, int index, PopplerPage *page, PageInfo *info,
                      GError **error)
{
    double width_pt = 0, height_pt = 0;
    poppler_page_get_size(page, &width_pt, &height_pt);
    if (!(width_pt >= 1 && height_pt >= 1 && isfinite(width_pt) && isfinite(height_pt)))
        return fail_null(error, INTAKE_ERROR, INTAKE_ERROR_DAMAGED,
                         "PDF: page of no size");
    Cover cover = cover_of(page, width_pt, height_pt);
    double dpi = choose_dpi(path, index, &cover, width_pt * height_pt);
    double scale = dpi / POINTS_PER_INCH;
    double width = ceil(width_pt * scale - 0.01), height = ceil(height_pt * scale - 0.01);
    if (!check_size((int64_t)MIN(width, 1e9), (int64_t)MIN(height, 1e9), error))
        return NULL;
    cairo_surface_t *surface =
        draw(page, poppler_page_render, (int)width, (int)height, scale, error);
    if (surface == NULL)
        return NULL;
    g_autoptr(PIX) pix = pix_from_surface(surface);
    cairo_surface_destroy(surface);
    if (pix == NULL)
        return fail_null(error, INTAKE_ERROR, INTAKE_ERROR_TOO_LARGE, "PDF: no memory");
    if (MAX(width_pt, height_pt) <= A3_LONG_PT)
        info->claimed_dpi = (int)(dpi + 0.5);
    /* What lies over or under a scan is somebody's OCR of it. */
    if (!is_scan(&cover, width_pt * height_pt) && !page_has_drawn_font(path, index))
        info->text = pdf_text_find(page, pix, scale);
    return g_steal_pointer(&pix);
}

static PIX *pdf_load(const char *path, int index, PageInfo *info, GError **error)
{
    int complaints = 0;
    guint handler =
        g_log_set_handler("Poppler", G_LOG_LEVEL_MASK, count_complaint, &complaints);
    g_autoptr(PIX) pix = NULL;
    g_autoptr(PopplerDocument) document = open_pdf(path, error);
    PopplerPage *page =
        document == NULL || index >= poppler_document_get_n_pages(document)
            ? NULL
            : poppler_document_get_page(document, index);
    if (page != NULL)
        pix = draw_page(path, index, page, info, error);
    else
        fail(error, INTAKE_ERROR, INTAKE_ERROR_DAMAGED, "PDF: page %d is missing",
             index + 1);
    g_clear_object(&page);
    g_log_remove_handler("Poppler", handler);
    /* Nothing drawn and something wrong: not a blank page but one that was lost. */
    if (pix != NULL && complaints > 0 && is_one_tone(pix))
        return fail_null(error, INTAKE_ERROR, INTAKE_ERROR_DAMAGED,
                         "PDF: nothing of page %d could be drawn", index + 1);
    return g_steal_pointer(&pix);
}

const Reader reader_pdf = {"pdf", pdf_count, pdf_load};
