/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cover-sheet.c - see cover-sheet.h. */
#include "cmd/cover-sheet.h"
#include "base/file.h"
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

/* Points of 1/72 inch, as PDF counts. */
#define POINTS_PER_MM (72.0 / MM_PER_INCH)
#define PAGE_WIDTH_MM 210.0
#define PAGE_HEIGHT_MM 297.0
#define EDGE_MM 18.0
/* The larger code is read from a tenth of the resolution that print needs. */
#define LARGE_CODE_MM 82.0
#define SMALL_CODE_MM 40.0
/* A QR code wants four modules of white around it. */
#define QUIET_MODULES 4
#define FONT "Noto Sans CJK SC"
#define CODE_FONT "Noto Sans Mono CJK SC"
/* Part of the file, and no time of the clock: the same sheets are the same bytes. */
#define FILE_DATE "2023-01-01T00:00:00+08:00"

typedef struct {
    const char *title, *rule, *hint;
} Words;

static const Words words_of_kind[] = {
    [COVER_NEW] = {"新的一件", COVER_RULE_NEW,
                   "扫描时放在申请表前面。后面的材料，到下一张封页为止，算作一件。"},
    [COVER_LATE] =
        {"补交材料", COVER_RULE_LATE,
         "扫描时放在补交的材料前面。后面的材料，到下一张封页为止，归入该案件。"},
};

typedef struct {
    cairo_t *cr;
    const Cover *cover;
    const char *place_title;
    const char *code;
    const QrCode *qr;
} SheetDrawing;

typedef struct {
    const char *font;
    double size_mm; /* of a Chinese character */
    bool is_bold;
} Type;

/* @text in the middle of the sheet, smaller where it would be wider than the page. Its
 * top stands at @y_mm. */
static void draw_middle(cairo_t *cr, const char *text, double y_mm, Type type)
{
    g_autoptr(PangoLayout) layout = pango_cairo_create_layout(cr);
    PangoFontDescription *font = pango_font_description_from_string(type.font);
    double room = (PAGE_WIDTH_MM - 2 * EDGE_MM) * POINTS_PER_MM;
    pango_font_description_set_weight(font, type.is_bold ? PANGO_WEIGHT_BOLD
                                                         : PANGO_WEIGHT_NORMAL);
    int width = 0;
    for (double size = type.size_mm; size > 1; size *= 0.9) {
        pango_font_description_set_absolute_size(font,
                                                 size * POINTS_PER_MM * PANGO_SCALE);
        pango_layout_set_font_description(layout, font);
        pango_layout_set_text(layout, text, -1);
        pango_layout_get_size(layout, &width, NULL);
        if (width <= room * PANGO_SCALE)
            break;
    }
    pango_font_description_free(font);
    double x = (PAGE_WIDTH_MM * POINTS_PER_MM - (double)width / PANGO_SCALE) / 2;
    cairo_move_to(cr, x, y_mm * POINTS_PER_MM);
    pango_cairo_show_layout(cr, layout);
}

static void draw_qr(cairo_t *cr, const QrCode *qr, double x_mm, double y_mm,
                    double side_mm)
{
    double module = side_mm / (qr->width + 2 * QUIET_MODULES) * POINTS_PER_MM;
    double left = x_mm * POINTS_PER_MM + QUIET_MODULES * module;
    double top = y_mm * POINTS_PER_MM + QUIET_MODULES * module;
    for (int y = 0; y < qr->width; y++)
        for (int x = 0; x < qr->width;) {
            int end = x;
            while (end < qr->width && qr->black[y * qr->width + end])
                end++;
            if (end > x)
                cairo_rectangle(cr, left + x * module, top + y * module,
                                (end - x) * module, module);
            x = MAX(end, x + 1);
        }
    cairo_fill(cr);
}

/* Place, site, how many sheets, which one: what of it is said. Owned. */
static char *particulars(const SheetDrawing *sheet)
{
    const Cover *cover = sheet->cover;
    g_autoptr(GString) text = g_string_new(NULL);
    if (cover->sheets > 0)
        g_string_append_printf(text, "后面共 %d 张", cover->sheets);
    if (sheet->place_title != NULL)
        g_string_append_printf(text, "%s%s", text->len > 0 ? "　　" : "",
                               sheet->place_title);
    if (cover->site != NULL)
        g_string_append_printf(text, "%s收件点 %s", text->len > 0 ? "　　" : "",
                               cover->site);
    if (cover->number > 0)
        g_string_append_printf(text, "%s封页 %d 号", text->len > 0 ? "　　" : "",
                               cover->number);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void draw_sheet(const SheetDrawing *sheet)
{
    cairo_t *cr = sheet->cr;
    const Words *words = &words_of_kind[sheet->cover->kind];
    g_autofree char *said = particulars(sheet);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, 1.2 * POINTS_PER_MM);
    cairo_rectangle(cr, 10 * POINTS_PER_MM, 10 * POINTS_PER_MM,
                    (PAGE_WIDTH_MM - 20) * POINTS_PER_MM,
                    (PAGE_HEIGHT_MM - 20) * POINTS_PER_MM);
    cairo_stroke(cr);
    draw_middle(cr, COVER_TITLE, 17, (Type){FONT, 8, false});
    draw_middle(cr, words->title, 28, (Type){FONT, 28, true});
    draw_middle(cr, words->rule, 71, (Type){FONT, 9, false});
    if (sheet->cover->case_name != NULL)
        draw_middle(cr, sheet->cover->case_name, 86, (Type){CODE_FONT, 15, true});
    else if (sheet->cover->sheets > 0)
        draw_middle(cr, said, 88, (Type){FONT, 9, true});
    draw_qr(cr, sheet->qr, (PAGE_WIDTH_MM - LARGE_CODE_MM) / 2, 108, LARGE_CODE_MM);
    if (sheet->cover->case_name != NULL || sheet->cover->sheets == 0)
        draw_middle(cr, said, 193, (Type){FONT, 8, true});
    draw_middle(cr, sheet->code, 209, (Type){CODE_FONT, 9, true});
    draw_qr(cr, sheet->qr, PAGE_WIDTH_MM - EDGE_MM - SMALL_CODE_MM + 4,
            PAGE_HEIGHT_MM - EDGE_MM - SMALL_CODE_MM - 14, SMALL_CODE_MM);
    draw_middle(cr, words->hint, 268, (Type){FONT, 5, false});
    draw_middle(cr, "本页不算材料，可以反复使用；请勿在二维码上盖章、装订、书写。", 276,
                (Type){FONT, 5, false});
}

/* What Cairo made, gathered in memory so that a file is whole or not there. */
static cairo_status_t gather(void *closure, const unsigned char *data,
                             unsigned int length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static bool draw_cover(cairo_t *cr, const Cover *cover, const char *place_title,
                       GError **error)
{
    g_autofree char *code = cover_code(cover);
    g_autoptr(QrCode) qr = cover_qr(cover, error);
    if (qr == NULL)
        return false;
    SheetDrawing sheet = {cr, cover, place_title, code, qr};
    draw_sheet(&sheet);
    cairo_show_page(cr);
    return true;
}

bool cover_sheets_write(const GPtrArray *covers, const char *place_title,
                        const char *path, GError **error)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        gather, bytes, PAGE_WIDTH_MM * POINTS_PER_MM, PAGE_HEIGHT_MM * POINTS_PER_MM);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, FILE_DATE);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, COVER_TITLE);
    cairo_t *cr = cairo_create(surface);
    bool is_drawn = true;
    for (guint i = 0; i < covers->len && is_drawn; i++)
        is_drawn = draw_cover(cr, covers->pdata[i], place_title, error);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (!is_drawn)
        return false;
    if (status != CAIRO_STATUS_SUCCESS)
        return fail(error, BASE_ERROR, BASE_ERROR_IO, "%s: %s", path,
                    cairo_status_to_string(status));
    return file_write_atomic(path, bytes->data, bytes->len, 0644, error);
}
