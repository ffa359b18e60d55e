/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages that bring their own text: what is believed of it, and what is not. */
#include "drawn-pdf.h"
#include "intake/intake.h"
#include "reading/reading.h"
#include "temp-folder.h"

#include <stdio.h>

/* What people and programs write; 珺 and the like are what recognition knows least. */
static const char *const lines[] = {"通许县碧泉自来水有限公司",
                                    "统一社会信用代码91410222MA40000X1Y",
                                    "申请人：陈珺瑗",
                                    "公民身份号码410222190503071234",
                                    "用电地址：开封市通许县裕丰路13号院1号楼",
                                    "建筑面积119.25平方米",
                                    "本人承诺以上内容真实有效，自愿承担相应责任"};
#define LINES ((int)G_N_ELEMENTS(lines))
#define LINE_PT 36.0
#define TEXT_PT 12.0

static double line_y(int line)
{
    return 90 + line * LINE_PT;
}

static void put_lines(cairo_t *cr, int but_not)
{
    for (int i = 0; i < LINES; i++)
        if (i != but_not)
            put_text(cr, TEXT_PT, 80, line_y(i), lines[i]);
}

/* --- a page through the rooms --- */

typedef struct {
    PageInfo info;
    Sheet *sheet;
    Layout *layout;
    GPtrArray *known; /* TextLine *, or NULL */
    FileText verdict;
} Seen;

static void seen_clear(Seen *seen)
{
    page_info_clear(&seen->info);
    sheet_free(seen->sheet);
    layout_free(seen->layout);
    g_ptr_array_unref(seen->known);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Seen, seen_clear)

static Engine *engine; /* warm, for all cases */

static PIX *load(const char *path, PageInfo *info)
{
    g_autoptr(GError) error = NULL;
    PIX *page = intake_load_page(path, 0, info, &error);
    g_assert_no_error(error);
    return page;
}

static void free_line(gpointer line)
{
    text_line_free(line);
}

static Seen see(const char *path)
{
    Seen seen = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(PIX) page = load(path, &seen.info);
    const PageText *text = seen.info.text;
    bool is_upright = text != NULL && text->is_upright;
    SheetParams params = {.claimed_dpi = seen.info.claimed_dpi,
                          .scorer = is_upright ? NULL : engine_upright_score,
                          .scorer_data = engine,
                          .is_drawn = text != NULL && text->is_drawn};
    seen.sheet = sheet_make(page, &params, &error);
    g_assert_no_error(error);
    seen.layout = layout_find(seen.sheet, &error);
    g_assert_no_error(error);
    seen.known = g_ptr_array_new_with_free_func(free_line);
    g_ptr_array_set_size(seen.known, (gint)seen.layout->lines->len);
    g_assert_true(reading_file_lines(engine, seen.info.text, seen.sheet, seen.layout,
                                     seen.known, &seen.verdict, &error));
    g_assert_no_error(error);
    return seen;
}

static const TextLine *known_line(const Seen *seen, const char *text)
{
    for (guint i = 0; i < seen->known->len; i++) {
        const TextLine *line = seen->known->pdata[i];
        if (line != NULL && strcmp(line->text, text) == 0)
            return line;
    }
    return NULL;
}

static int known_count(const Seen *seen)
{
    int count = 0;
    for (guint i = 0; i < seen->known->len; i++)
        count += seen->known->pdata[i] != NULL;
    return count;
}

static void assert_line(const Seen *seen, const char *text)
{
    const TextLine *line = known_line(seen, text);
    if (line == NULL)
        g_test_message("not known: %s", text);
    g_assert_nonnull(line);
    g_assert_true(line->is_from_file);
    g_assert_cmpfloat(line->weakest, ==, 1);
}

static void assert_none(const Seen *seen, FileText verdict)
{
    g_assert_cmpint(seen->verdict, ==, verdict);
    g_assert_cmpint(known_count(seen), ==, 0);
}

static bool has_ink(const Layout *layout, Rect r)
{
    l_int32 count = 0;
    g_autoptr(BOX) box = boxCreate(r.x, r.y, r.width, r.height);
    g_autoptr(PIX) part = pixClipRectangle(layout->ink, box, NULL);
    return part != NULL && pixCountPixels(part, &count, NULL) == 0 && count > 0;
}

/* every glyph of @line on ink of its own, from left to right */
static void assert_boxes(const Seen *seen, const TextLine *line)
{
    for (guint i = 0; i < line->glyphs->len; i++) {
        Rect box = g_array_index(line->glyphs, Glyph, i).box_px;
        g_assert_true(rect_contains_centre(line->box_px, box));
        g_assert_true(has_ink(seen->layout, box));
        if (i > 0) {
            Rect last = g_array_index(line->glyphs, Glyph, i - 1).box_px;
            g_assert_cmpint(box.x, >=, rect_right(last) - 2);
        }
    }
}

static char *pdf_path(TempFolder *folder)
{
    return g_build_filename(folder, "page.pdf", NULL);
}

/* --- what is believed --- */

static void test_drawn_page_is_believed(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = pdf_path(folder);
    DrawnPdf pdf = pdf_begin(path);
    put_lines(pdf.cr, -1);
    pdf_end(&pdf);
    g_auto(Seen) seen = see(path);
    g_assert_cmpint(seen.verdict, ==, FILE_TEXT_BELIEVED);
    g_assert_cmpint(known_count(&seen), ==, (int)seen.layout->lines->len);
    for (int i = 0; i < LINES; i++) {
        assert_line(&seen, lines[i]);
        assert_boxes(&seen, known_line(&seen, lines[i]));
    }
    g_autoptr(PageReading) reading =
        reading_read(engine, seen.sheet, seen.layout, seen.known, NULL);
    g_assert_cmpuint(reading->lines->len, ==, (guint)LINES);
}

static void test_turned_page_keeps_its_boxes(void)
{
    static const int turns[] = {90, 180, 270};
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = pdf_path(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(turns); i++) {
        DrawnPdf pdf = pdf_begin(path);
        put_lines(pdf.cr, -1);
        pdf_end(&pdf);
        pdf_change(path, turns[i], false);
        g_auto(Seen) seen = see(path);
        g_assert_cmpint(seen.sheet->rotation_deg, ==, 360 - turns[i]);
        g_assert_cmpint(seen.verdict, ==, FILE_TEXT_BELIEVED);
        for (int k = 0; k < LINES; k++) {
            assert_line(&seen, lines[k]);
            assert_boxes(&seen, known_line(&seen, lines[k]));
        }
    }
}

/* The page says /Rotate 90 because its text lies on its side: shown, it is upright. */
static void test_rotate_that_makes_upright(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = pdf_path(folder);
    DrawnPdf pdf = pdf_begin(path);
    cairo_translate(pdf.cr, 0, PDF_HEIGHT);
    cairo_rotate(pdf.cr, -G_PI / 2);
    put_lines(pdf.cr, -1);
    pdf_end(&pdf);
    pdf_change(path, 90, false);
    g_auto(Seen) seen = see(path);
    g_assert_cmpint(seen.sheet->rotation_deg, ==, 0);
    g_assert_true(seen.info.text->is_upright);
    g_assert_cmpint(seen.verdict, ==, FILE_TEXT_BELIEVED);
    for (int i = 0; i < LINES; i++)
        assert_line(&seen, lines[i]);
}

static void test_radical_is_its_character(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = pdf_path(folder);
    DrawnPdf pdf = pdf_begin(path);
    put_lines(pdf.cr, -1);
    put_lie(pdf.cr, TEXT_PT, 80, 400, "用水、门牌、立方米", "用⽔、⻔牌、⽴⽅⽶");
    pdf_end(&pdf);
    g_auto(Seen) seen = see(path);
    g_assert_cmpint(seen.verdict, ==, FILE_TEXT_BELIEVED);
    assert_line(&seen, "用水、门牌、立方米");
}

static void test_drawn_boxes_are_characters(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = pdf_path(folder);
    DrawnPdf pdf = pdf_begin(path);
    put_lines(pdf.cr, -1);
    for (int i = 0; i < 3; i++) {
        double x = 80 + i * 60;
        cairo_set_line_width(pdf.cr, 0.8);
        cairo_rectangle(pdf.cr, x, 403, 10, 10);
        cairo_stroke(pdf.cr);
        put_text(pdf.cr, TEXT_PT, x + 13, 399,
                 i == 0   ? "居民"
                 : i == 1 ? "商业"
                          : "其他");
    }
    cairo_set_line_width(pdf.cr, 1.2); /* the second is ticked, and the tick leaves it */
    cairo_move_to(pdf.cr, 142, 407);
    cairo_line_to(pdf.cr, 145, 411);
    cairo_line_to(pdf.cr, 152, 400);
    cairo_stroke(pdf.cr);
    pdf_end(&pdf);
    g_auto(Seen) seen = see(path);
    g_assert_cmpint(seen.verdict, ==, FILE_TEXT_BELIEVED);
    assert_line(&seen, "□居民□商业□其他");
}

/* --- lines that are not, on a page that is --- */

static void test_private_use_is_read_from_ink(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = pdf_path(folder);
    DrawnPdf pdf = pdf_begin(path);
    put_lines(pdf.cr, -1);
    put_lie(pdf.cr, TEXT_PT, 80, 400, "供电公司", "供\xee\x80\x81公司"); /* U+E001 */
    put_lie(pdf.cr, TEXT_PT, 80, 440, "供水公司", "供水\xef\xbf\xbd司"); /* U+FFFD */
    pdf_end(&pdf);
    g_auto(Seen) seen = see(path);
    g_assert_cmpint(seen.verdict, ==, FILE_TEXT_BELIEVED);
    g_assert_cmpint(known_count(&seen), ==, LINES);
    g_assert_cmpuint(seen.known->len, ==, (guint)LINES + 2);
}

/* Struck through by hand, and with more ink beside it than text. */
static void test_ink_beyond_text_is_read_from_ink(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = pdf_path(folder);
    DrawnPdf pdf = pdf_begin(path);
    put_lines(pdf.cr, -1);
    cairo_set_line_width(pdf.cr, 1.5);
    cairo_move_to(pdf.cr, 100, line_y(0) + 6);
    cairo_curve_to(pdf.cr, 120, line_y(0), 140, line_y(0) + 20, 160, line_y(0) + 8);
    cairo_stroke(pdf.cr);
    put_outlines(pdf.cr, TEXT_PT, 166, line_y(2), "李");
    pdf_end(&pdf);
    g_auto(Seen) seen = see(path);
    g_assert_cmpint(seen.verdict, ==, FILE_TEXT_BELIEVED);
    g_assert_cmpint(known_count(&seen), ==, LINES - 2);
    g_assert_null(known_line(&seen, lines[0]));
    g_assert_null(known_line(&seen, lines[2]));
}

/* A white character between those that are seen; and one under a picture. */
static void test_hidden_character_is_none(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = pdf_path(folder);
    g_autoptr(PIX) patch = pixCreate(20, 20, 8);
    pixSetAll(patch);
    DrawnPdf pdf = pdf_begin(path);
    put_lines(pdf.cr, -1);
    put_text(pdf.cr, TEXT_PT, 80, 400, "建筑面积1000平方米");
    put_scan(pdf.cr, patch, 147, 398, 18); /* hides two of the noughts */
    put_text(pdf.cr, TEXT_PT, 80, 440, "电话1   2345");
    cairo_set_source_rgb(pdf.cr, 1, 1, 1);
    put_text(pdf.cr, TEXT_PT, 112, 440, "9");
    pdf_end(&pdf);
    g_auto(Seen) seen = see(path);
    g_assert_cmpint(seen.verdict, ==, FILE_TEXT_BELIEVED);
    g_assert_cmpint(known_count(&seen), ==, LINES);
}

/* --- pages that are not --- */

/* the page of put_lines() as a scanner gives it */
static PIX *scan_of_lines(TempFolder *folder)
{
    g_autofree char *path = g_build_filename(folder, "lines.pdf", NULL);
    DrawnPdf pdf = pdf_begin(path);
    put_lines(pdf.cr, -1);
    pdf_end(&pdf);
    PageInfo info;
    PIX *page = load(path, &info);
    page_info_clear(&info);
    return page;
}

static void put_lies(cairo_t *cr)
{
    for (int i = 0; i < LINES; i++)
        put_text(cr, TEXT_PT, 80, line_y(i), lines[(i + 1) % LINES]);
}

static void test_scan_with_invisible_text(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = pdf_path(folder);
    g_autoptr(PIX) scan = scan_of_lines(folder);
    DrawnPdf pdf = pdf_begin(path);
    put_scan(pdf.cr, scan, 0, 0, PDF_WIDTH);
    put_lies(pdf.cr);
    pdf_end(&pdf);
    pdf_change(path, 0, true);
    g_auto(Seen) seen = see(path);
    g_assert_null(seen.info.text);
    assert_none(&seen, FILE_TEXT_NONE);
}

/* The same where the scan does not reach the margins; and drawn in paths, as programs do
 * that trace it. The invisible text may even be right: it is somebody's OCR. */
static void test_invisible_text_over_ink(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = pdf_path(folder);
    g_autoptr(PIX) scan = scan_of_lines(folder);
    for (int is_traced = 0; is_traced <= 1; is_traced++) {
        DrawnPdf pdf = pdf_begin(path);
        if (is_traced) {
            for (int i = 0; i < LINES; i++)
                put_outlines(pdf.cr, TEXT_PT, 80, line_y(i), lines[i]);
            put_lies(pdf.cr);
        } else {
            put_scan(pdf.cr, scan, 0, 0, PDF_WIDTH * 0.85);
            cairo_scale(pdf.cr, 0.85, 0.85);
            put_lines(pdf.cr, -1);
        }
        pdf_end(&pdf);
        pdf_change(path, 0, true);
        g_auto(Seen) seen = see(path);
        g_assert_nonnull(seen.info.text);
        g_assert_false(seen.info.text->is_upright);
        assert_none(&seen, FILE_TEXT_NONE);
    }
}

/* White text under ink that says something else, off the page, and behind a picture. */
static void test_hidden_page_of_text(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = pdf_path(folder);
    DrawnPdf pdf = pdf_begin(path);
    cairo_set_source_rgb(pdf.cr, 1, 1, 1);
    put_lies(pdf.cr);
    put_text(pdf.cr, TEXT_PT, -400, 300, lines[0]);
    cairo_set_source_rgb(pdf.cr, 0, 0, 0);
    for (int i = 0; i < LINES; i++)
        put_outlines(pdf.cr, TEXT_PT, 80, line_y(i), lines[i]);
    pdf_end(&pdf);
    g_auto(Seen) seen = see(path);
    assert_none(&seen, FILE_TEXT_NONE);
}

/* The glyphs are on the page, and the font says that they are others. */
static void test_font_that_lies(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = pdf_path(folder);
    DrawnPdf pdf = pdf_begin(path);
    put_lie(pdf.cr, TEXT_PT, 80, 100, "通许县碧泉自来水有限公司",
            "龙亭区东京大道市民之家窗");
    put_lie(pdf.cr, TEXT_PT, 80, 140, "申请人陈英涛联系电话", "本承诺以上内容真实有");
    put_lie(pdf.cr, TEXT_PT, 80, 180, "建筑面积平方米", "授权委托书办理");
    pdf_end(&pdf);
    g_auto(Seen) seen = see(path);
    g_assert_nonnull(seen.info.text);
    assert_none(&seen, FILE_TEXT_DIFFERS);
}

/* One digit of one font, in the number that is looked at: no line with that digit, and
 * all the others. */
static void test_one_glyph_that_lies(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = pdf_path(folder);
    DrawnPdf pdf = pdf_begin(path);
    put_lines(pdf.cr, 3);
    put_lie(pdf.cr, TEXT_PT, 80, 400, "410222190503071234", "470222790503077234");
    put_text(pdf.cr, TEXT_PT, 80, 440, "电话：73800");
    pdf_end(&pdf);
    g_auto(Seen) seen = see(path);
    g_assert_cmpint(seen.verdict, ==, FILE_TEXT_BELIEVED);
    g_assert_null(known_line(&seen, "470222790503077234"));
    g_assert_null(known_line(&seen, "电话：73800"));
    assert_line(&seen, lines[0]);
}

/* --- fonts made of drawings --- */

static cairo_status_t draw_glyph(cairo_scaled_font_t *font, unsigned long glyph,
                                 cairo_t *cr, cairo_text_extents_t *extents)
{
    (void)font;
    cairo_rectangle(cr, 0, -0.8, glyph % 2 != 0 ? 0.3 : 0.7, 0.8);
    cairo_fill(cr);
    extents->x_advance = 0.9;
    return CAIRO_STATUS_SUCCESS;
}

static void test_traced_scan_is_not_believed(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = pdf_path(folder);
    cairo_font_face_t *face = cairo_user_font_face_create();
    cairo_user_font_face_set_render_glyph_func(face, draw_glyph);
    DrawnPdf pdf = pdf_begin(path);
    put_lines(pdf.cr, -1);
    cairo_set_font_face(pdf.cr, face);
    cairo_set_font_size(pdf.cr, TEXT_PT);
    cairo_move_to(pdf.cr, 80, 400);
    cairo_show_text(pdf.cr, "410222");
    pdf_end(&pdf);
    cairo_font_face_destroy(face);
    PageInfo info;
    g_autoptr(PIX) page = load(path, &info);
    g_assert_null(info.text);
    page_info_clear(&info);
}

static void test_too_much_text_is_none(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = pdf_path(folder);
    g_autofree char *row = g_strnfill(LIMIT_CHARACTERS_PER_PAGE / 100, '8');
    DrawnPdf pdf = pdf_begin(path);
    for (int i = 0; i < 101; i++)
        put_text(pdf.cr, 3, 20, 20 + i * 7.5, row);
    pdf_end(&pdf);
    PageInfo info;
    g_autoptr(PIX) page = load(path, &info);
    g_assert_null(info.text);
    page_info_clear(&info);
}

static void test_plain_characters(void)
{
    static const struct {
        gunichar given, plain;
    } rows[] = {{0x6C34, 0x6C34},               /* 水 */
                {0x2F54, 0x6C34},               /* its Kangxi radical */
                {0x2ED4, 0x95E8},               /* 门, of the supplement */
                {0xF9DC, 0x9686},               /* 隆, compatibility */
                {0x2F800, 0x4E3D},              /* 丽, compatibility supplement */
                {0xFF21, 0xFF21},               /* full width stays */
                {0x33A1, 0x33A1},               /* and so does a square metre */
                {'A', 'A'},        {0xE001, 0}, /* private use */
                {0xF06F, 0},       {0xFFFD, 0}, {0x07, 0},    {0x200B, 0},
                {0x0301, 0},       {0x0378, 0}, {0x10FFFF, 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmphex(page_character_plain(rows[i].given), ==, rows[i].plain);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    engine = engine_new(&error);
    g_assert_no_error(error);
    g_test_add_func("/page-text/plain-characters", test_plain_characters);
    g_test_add_func("/page-text/drawn-page-is-believed", test_drawn_page_is_believed);
    g_test_add_func("/page-text/turned-page-keeps-its-boxes",
                    test_turned_page_keeps_its_boxes);
    g_test_add_func("/page-text/rotate-that-makes-upright",
                    test_rotate_that_makes_upright);
    g_test_add_func("/page-text/radical-is-its-character", test_radical_is_its_character);
    g_test_add_func("/page-text/drawn-boxes-are-characters",
                    test_drawn_boxes_are_characters);
    g_test_add_func("/page-text/private-use-is-read-from-ink",
                    test_private_use_is_read_from_ink);
    g_test_add_func("/page-text/ink-beyond-text-is-read-from-ink",
                    test_ink_beyond_text_is_read_from_ink);
    g_test_add_func("/page-text/hidden-character-is-none", test_hidden_character_is_none);
    g_test_add_func("/page-text/scan-with-invisible-text", test_scan_with_invisible_text);
    g_test_add_func("/page-text/invisible-text-over-ink", test_invisible_text_over_ink);
    g_test_add_func("/page-text/hidden-page-of-text", test_hidden_page_of_text);
    g_test_add_func("/page-text/font-that-lies", test_font_that_lies);
    g_test_add_func("/page-text/one-glyph-that-lies", test_one_glyph_that_lies);
    g_test_add_func("/page-text/traced-scan-is-not-believed",
                    test_traced_scan_is_not_believed);
    g_test_add_func("/page-text/too-much-text-is-none", test_too_much_text_is_none);
    int status = g_test_run();
    engine_free(engine);
    return status;
}
