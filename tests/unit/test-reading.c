/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recogniser on lines drawn here, ticks by their shares, page readings as JSON. */
#include "drawn-page.h"
#include "reading/reading.h"

#include "base/json.h"

#include <pango/pangocairo.h>

/* Draws @text in black on white. Returns: 8 bpp, owned */
static PIX *draw_line(const char *text, const char *font)
{
    enum { WIDTH = 900, HEIGHT = 80 };
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoFontDescription *description = pango_font_description_from_string(font);
    pango_layout_set_font_description(layout, description);
    pango_layout_set_text(layout, text, -1);
    int width, height;
    pango_layout_get_pixel_size(layout, &width, &height);
    cairo_move_to(cr, 4, 0); /* tight, as our own crops are */
    pango_cairo_show_layout(cr, layout);
    cairo_surface_flush(surface);
    PIX *pix = pixCreate(MIN(width + 8, WIDTH), MIN(height, HEIGHT), 8);
    const unsigned char *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < pixGetHeight(pix); y++)
        for (int x = 0; x < pixGetWidth(pix); x++)
            pixSetPixel(pix, x, y, data[y * stride + x * 4]);
    pango_font_description_free(description);
    g_object_unref(layout);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return pix;
}

static Engine *engine_for_test(void)
{
    g_autoptr(GError) error = NULL;
    Engine *engine = engine_new(&error);
    g_assert_no_error(error);
    return engine;
}

static void assert_reads(Engine *engine, const char *text, ReadMode mode,
                         const char *expected)
{
    g_autoptr(PIX) pix = draw_line(text, "Noto Sans CJK SC 22px");
    TextLine *line = g_new0(TextLine, 1);
    g_autoptr(GError) error = NULL;
    g_assert_true(engine_read_line(engine, pix, mode, (Point){0, 0}, 1, line, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(line->text, ==, expected);
    g_assert_cmpfloat(line->confidence, >, 0.5);
    g_assert_cmpfloat(line->weakest, <=, line->confidence + 1e-9);
    text_line_free(line);
}

static void test_reads_print(void)
{
    g_autoptr(Engine) engine = engine_for_test();
    assert_reads(engine, "开封市龙亭区东京大道", READ_TEXT, "开封市龙亭区东京大道");
    assert_reads(engine, "410221190001010016", READ_TEXT, "410221190001010016");
    assert_reads(engine, "410221190001010016", READ_DIGITS, "410221190001010016");
}

static void test_order_does_not_matter(void)
{
    static const char *const texts[] = {"建筑面积", "13000000000", "居民用水",
                                        "其他要求"};
    g_autoptr(Engine) one = engine_for_test();
    g_autoptr(Engine) other = engine_for_test();
    g_autoptr(GString) forward = g_string_new(NULL);
    g_autoptr(GString) backward = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        for (int turn = 0; turn < 2; turn++) {
            gsize at = turn == 0 ? i : G_N_ELEMENTS(texts) - 1 - i;
            g_autoptr(PIX) pix = draw_line(texts[at], "Noto Sans CJK SC 22px");
            TextLine *line = g_new0(TextLine, 1);
            g_assert_true(engine_read_line(turn == 0 ? one : other, pix,
                                           i % 2 ? READ_CHOICES : READ_TEXT,
                                           (Point){0, 0}, 1, line, NULL));
            g_autofree char *entry =
                g_strdup_printf("%s %.4f;", line->text, line->confidence);
            if (turn == 0)
                g_string_append(forward, entry);
            else
                g_string_prepend(backward, entry);
            text_line_free(line);
        }
    g_assert_cmpstr(forward->str, ==, backward->str);
}

/* 未 and 末 differ by the longer stroke, and both models mistake them alike. */
static void test_twins_are_never_sure(void)
{
    g_autoptr(Engine) engine = engine_for_test();
    g_autoptr(PIX) pix = draw_line("周未安装", "Noto Sans CJK SC 22px");
    TextLine *line = g_new0(TextLine, 1);
    g_assert_true(engine_read_line(engine, pix, READ_TEXT, (Point){0, 0}, 1, line, NULL));
    g_assert_nonnull(strstr(line->text, "未"));
    g_assert_cmpfloat(line->weakest, <=, 0.86);
    text_line_free(line);
}

static void test_upright_scores_higher(void)
{
    g_autoptr(Engine) engine = engine_for_test();
    g_autoptr(PIX) pix = draw_line("水电气暖信报装申请表", "Noto Sans CJK SC 22px");
    g_autoptr(PIX) turned = pixRotate180(NULL, pix);
    g_autoptr(PIXA) upright = pixaCreate(1), upside_down = pixaCreate(1);
    pixaAddPix(upright, pix, L_CLONE);
    pixaAddPix(upside_down, turned, L_CLONE);
    g_assert_cmpfloat(engine_upright_score(upright, engine), >,
                      engine_upright_score(upside_down, engine) + 10);
}

/* 981 upside down is 186, read as surely. */
static void test_digits_say_nothing_of_upright(void)
{
    g_autoptr(Engine) engine = engine_for_test();
    g_autoptr(PIX) pix = draw_line("410222190706195686", "Noto Sans CJK SC 22px");
    g_autoptr(PIXA) lines = pixaCreate(1);
    pixaAddPix(lines, pix, L_CLONE);
    g_assert_cmpfloat(engine_upright_score(lines, engine), <, 40);
}

/* A page of small print in several faces, some of which the one model reads better and
 * some the other. */
static PIX *draw_page(const char *text)
{
    static const char *const fonts[] = {"AR PL UMing CN 17px", "AR PL UKai CN 16px",
                                        "LXGW WenKai 16px", "Noto Serif CJK SC 15px",
                                        "WenQuanYi Zen Hei 14px"};
    PIX *page = pixCreate(1200, 800, 8);
    pixSetAll(page);
    for (gsize i = 0; i < G_N_ELEMENTS(fonts); i++) {
        g_autoptr(PIX) line = draw_line(text, fonts[i]);
        pixRasterop(page, 80, 60 + (int)i * 140, pixGetWidth(line), pixGetHeight(line),
                    PIX_SRC, line, 0, 0);
    }
    return page;
}

static void test_doubt_of_either_counts(void)
{
    g_autoptr(Engine) engine = engine_for_test();
    g_autoptr(GError) error = NULL;
    g_autoptr(PIX) pix = draw_page("410222190706195686"); /* numbers are read twice */
    SheetParams params = {.claimed_dpi = 150};
    g_autoptr(Sheet) sheet = sheet_make(pix, &params, &error);
    g_assert_no_error(error);
    g_autoptr(Layout) layout = layout_find(sheet, &error);
    g_assert_no_error(error);
    g_autoptr(PageReading) reading = reading_read(engine, sheet, layout, NULL, &error);
    g_assert_no_error(error);
    int looked_at = 0;
    for (guint i = 0; i < reading->lines->len; i++) {
        const TextLine *line = reading->lines->pdata[i];
        g_autoptr(PIX) crop =
            layout_line_crop(layout, sheet, line->box_px, NULL, 40, 0.25);
        TextLine *first = g_new0(TextLine, 1), *second = g_new0(TextLine, 1);
        engine_read_line(engine, crop, READ_TEXT, (Point){0, 0}, 1, first, NULL);
        engine_read_line(engine, crop, READ_OTHER, (Point){0, 0}, 1, second, NULL);
        if (strcmp(first->text, second->text) == 0 && second->weakest < first->weakest &&
            line->second_text != NULL) {
            g_assert_cmpfloat_with_epsilon(line->weakest, second->weakest, 1e-6);
            looked_at++;
        }
        text_line_free(first);
        text_line_free(second);
    }
    g_assert_cmpint(looked_at, >, 0);
}

static void test_missing_model_is_named(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *models = g_strdup(g_getenv("BANJIE_MODELS"));
    g_setenv("TESSDATA_PREFIX", "/nonexistent", true);
    g_setenv("BANJIE_MODELS", "/nonexistent", true);
    g_assert_null(reading_model_hash(&error));
    g_unsetenv("TESSDATA_PREFIX");
    if (models != NULL)
        g_setenv("BANJIE_MODELS", models, true);
    g_assert_error(error, READING_ERROR, READING_ERROR_MODEL);
    g_assert_nonnull(strstr(error->message, "tesseract-ocr-chi-sim"));
}

static void test_ticks(void)
{
    static const struct {
        double ink, mark;
        TickState state;
        double bar;
    } rows[] = {
        {0.00, 0.00, TICK_EMPTY, 0},     {0.01, 0.10, TICK_EMPTY, 0}, /* speckle */
        {0.20, 0.90, TICK_TICKED, 0},                                 /* √ */
        {1.00, 1.00, TICK_TICKED, 0},                                 /* ■ */
        {0.04, 0.35, TICK_UNSURE, 0},                                 /* a stain */
        {0.20, 0.20, TICK_UNSURE, 0},                                 /* another */
        {0.30, 1.00, TICK_TICKED, 0.50}, /* a heavy tick's foot */
        {0.30, 1.00, TICK_UNSURE, 0.80}, /* 固 */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        BoxMark mark = {.squareness = 1,
                        .inside_ink = rows[i].ink,
                        .largest_mark = rows[i].mark,
                        .longest_bar = rows[i].bar};
        g_assert_cmpint(tick_state(&mark), ==, rows[i].state);
    }
}

static PageReading *small_reading(void)
{
    PageReading *reading = page_reading_new();
    reading->width_px = 100;
    reading->height_px = 200;
    reading->dpi = 300;
    reading->rotation_deg = 90;
    reading->skew_deg = -1.5;
    reading->is_from_file = true;
    reading->proof_sha256 = g_strdup("ab");
    reading->model = g_strdup("chi_sim/5");
    ReadCell cell = {{1, 2, 30, 40}, 0};
    g_array_append_val(reading->cells, cell);
    TickMark tick = {{5, 6, 7, 8}, 0, TICK_TICKED, 0.9, 0.3};
    g_array_append_val(reading->ticks, tick);
    LooseInk loose = {{9, 9, 3, 3}, -1};
    g_array_append_val(reading->loose, loose);
    Rect clear = {4, 4, 9, 9};
    g_array_append_val(reading->clear, clear);
    TextLine *line = g_new0(TextLine, 1);
    line->box_px = (Rect){2, 3, 20, 10};
    line->cell = 0;
    line->text = g_strdup("名");
    line->is_from_file = true;
    line->confidence = 0.75;
    line->weakest = 0.75;
    line->second_text = g_strdup("各");
    line->glyphs = g_array_new(false, true, sizeof(Glyph));
    Glyph glyph = {.text = "名", .confidence = 0.75, .box_px = {2, 3, 20, 10}};
    g_strlcpy(glyph.choices[0].text, "各", sizeof glyph.choices[0].text);
    glyph.choices[0].confidence = 0.2;
    g_array_append_val(line->glyphs, glyph);
    g_ptr_array_add(reading->lines, line);
    g_ptr_array_add(reading->problems, g_strdup("low_resolution"));
    return reading;
}

static void test_json_round_trip(void)
{
    g_autoptr(PageReading) reading = small_reading();
    g_autoptr(JsonObject) json = page_reading_to_json(reading);
    g_autofree char *text = json_object_text(json);
    g_autoptr(GError) error = NULL;
    g_autoptr(PageReading) back = page_reading_from_json(json, &error);
    g_assert_no_error(error);
    g_autoptr(JsonObject) again = page_reading_to_json(back);
    g_autofree char *second = json_object_text(again);
    g_assert_cmpstr(text, ==, second);
    const TextLine *line = back->lines->pdata[0];
    g_assert_cmpstr(g_array_index(line->glyphs, Glyph, 0).choices[0].text, ==, "各");
    g_assert_cmpint(g_array_index(back->clear, Rect, 0).width, ==, 9);
    g_assert_true(line->is_from_file);
    g_assert_true(back->is_from_file);
}

static PageReading *read_page(Engine *engine, const Page *page)
{
    g_autoptr(GError) error = NULL;
    SheetParams params = {.claimed_dpi = page->dpi};
    g_autoptr(Sheet) sheet = sheet_make(page->pix, &params, &error);
    g_assert_no_error(error);
    g_autoptr(Layout) layout = layout_find(sheet, &error);
    g_assert_no_error(error);
    PageReading *reading = reading_read(engine, sheet, layout, NULL, &error);
    g_assert_no_error(error);
    return reading;
}

/* A cell to sign in, one below it, and strokes of a hand from one into the other. */
static Page signed_page(void)
{
    Page page = page_a4(200);
    ink_line(&page, 25, 30, 4, 30, BLACK);
    for (int i = 0; i < 3; i++)
        ink_rect(&page, 25, 60 + i * 30, 150, 0.4, BLACK);
    ink_rect(&page, 25, 60, 0.4, 60, BLACK);
    ink_rect(&page, 175, 60, 0.4, 60, BLACK);
    for (int i = 0; i < 4; i++) {
        ink_stroke(&page, 60 + i * 4, 78, 64 + i * 4, 106, 0.6, BLACK);
        ink_stroke(&page, 64 + i * 4, 78, 60 + i * 4, 106, 0.6, BLACK);
    }
    return page;
}

/* The middle of ink that a seal or a large hand joins over a rule is in the other cell.
 */
static void test_loose_ink_ends_at_rules(void)
{
    g_autoptr(Engine) engine = engine_for_test();
    Page page = signed_page();
    g_autoptr(PIX) owned = page.pix;
    g_autoptr(PageReading) reading = read_page(engine, &page);
    g_assert_cmpint(reading->cells->len, ==, 2);
    bool is_in[2] = {false, false};
    for (guint i = 0; i < reading->loose->len; i++) {
        const LooseInk *ink = &g_array_index(reading->loose, LooseInk, i);
        if (ink->cell >= 0)
            is_in[ink->cell] = true;
    }
    g_assert_true(is_in[0]);
    g_assert_true(is_in[1]);
}

/* What a seal left of a signature is found beside and between its strokes. */
static void test_ink_clear_of_a_seal(void)
{
    g_autoptr(Engine) engine = engine_for_test();
    for (int is_signed = 0; is_signed <= 1; is_signed++) {
        Page page = page_a4(200);
        g_autoptr(PIX) owned = page.pix;
        ink_line(&page, 25, 30, 4, 30, BLACK);
        for (int i = 0; i < 720; i++)
            ink_rect(&page, 100 + 20 * cos(i * G_PI / 360),
                     150 + 20 * sin(i * G_PI / 360), 1.2, 1.2, 0xa0a0a0);
        for (int i = 0; is_signed && i < 3; i++) {
            ink_stroke(&page, 66 + i * 8, 146, 73 + i * 8, 154, 0.6, BLACK);
            ink_stroke(&page, 73 + i * 8, 146, 66 + i * 8, 154, 0.6, BLACK);
        }
        g_autoptr(PageReading) reading = read_page(engine, &page);
        g_assert_cmpint(reading->seals->len, ==, 1);
        g_assert_false(g_array_index(reading->seals, SealMark, 0).is_red);
        g_assert_cmpint(reading->clear->len, >=, is_signed ? 2 : 0);
        g_assert_cmpint(reading->clear->len, <=, is_signed ? 6 : 0);
    }
}

static void draw_arc(Page *page, double radius_mm, double side_mm, int from_deg,
                     int to_deg)
{
    for (int i = 2 * from_deg; i < 2 * to_deg; i++)
        ink_rect(page, 100 + radius_mm * cos(i * G_PI / 360) - side_mm / 2,
                 150 + radius_mm * sin(i * G_PI / 360) - side_mm / 2, side_mm, side_mm,
                 BLACK);
}

/* A ring that is not quite round leaves arcs beside the circle that it was taken for. */
static void test_rests_of_a_ring_are_not_clear(void)
{
    g_autoptr(Engine) engine = engine_for_test();
    for (int is_signed = 0; is_signed <= 1; is_signed++) {
        Page page = page_a4(200);
        g_autoptr(PIX) owned = page.pix;
        ink_line(&page, 25, 30, 4, 30, BLACK);
        draw_arc(&page, 20, 1.2, 0, 360);
        draw_arc(&page, 21.9, 0.6, 30, 55);
        if (is_signed)
            ink_stroke(&page, 78, 138, 66, 150, 0.6, BLACK);
        g_autoptr(PageReading) reading = read_page(engine, &page);
        g_assert_cmpint(reading->seals->len, ==, 1);
        g_assert_cmpint(reading->clear->len, ==, is_signed);
    }
}

#define SEAL_PX 320 /* 40.6 mm at 200 dpi */

/* A seal with @words along its ring, turned by @turned_rad, pressed onto @page. */
static void press_seal(Page *page, const char *words, double turned_rad, int x, int y)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, SEAL_PX, SEAL_PX);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0.83, 0.10, 0.12);
    cairo_translate(cr, SEAL_PX / 2.0, SEAL_PX / 2.0);
    cairo_rotate(cr, turned_rad);
    cairo_set_line_width(cr, 9);
    cairo_arc(cr, 0, 0, SEAL_PX / 2.0 - 6, 0, 2 * G_PI);
    cairo_stroke(cr);
    cairo_arc(cr, 0, 0, 40, 0, 2 * G_PI); /* what stands in the middle */
    cairo_fill(cr);
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoFontDescription *face =
        pango_font_description_from_string("Noto Sans CJK SC Bold 36px");
    pango_layout_set_font_description(layout, face);
    glong count = g_utf8_strlen(words, -1), i = 0;
    for (const char *p = words; *p != '\0'; p = g_utf8_next_char(p), i++) {
        cairo_save(cr);
        cairo_rotate(cr, 1.5 * G_PI * ((double)i / (double)(count - 1) - 0.5));
        pango_layout_set_text(layout, p, (int)(g_utf8_next_char(p) - p));
        cairo_move_to(cr, -18, 20 - SEAL_PX / 2.0);
        pango_cairo_show_layout(cr, layout);
        cairo_restore(cr);
    }
    cairo_surface_flush(surface);
    const unsigned char *data = cairo_image_surface_get_data(surface);
    for (int row = 0; row < SEAL_PX; row++)
        for (int column = 0; column < SEAL_PX; column++) {
            const unsigned char *at =
                data + row * cairo_image_surface_get_stride(surface) + column * 4;
            pixSetRGBPixel(page->pix, x + column, y + row, at[2], at[1], at[0]);
        }
    pango_font_description_free(face);
    g_object_unref(layout);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

static bool says(const SealMark *seal, const char *words)
{
    return g_strcmp0(seal->text, words) == 0 || g_strcmp0(seal->second_text, words) == 0;
}

/* The words along the ring, however the seal was turned; a blot has none. */
static void test_words_on_a_seal(void)
{
    static const double turned_rad[] = {0, -0.5, 2.2};
    g_autoptr(Engine) engine = engine_for_test();
    for (gsize i = 0; i < G_N_ELEMENTS(turned_rad); i++) {
        Page page = page_new(210, 297, 200, 32);
        g_autoptr(PIX) owned = page.pix;
        ink_line(&page, 25, 30, 4, 30, BLACK);
        ink_rect(&page, 30, 200, 30, 30, 0xd21a1f);
        press_seal(&page, "开封市正大食品有限公司", turned_rad[i], 700, 800);
        g_autoptr(PageReading) reading = read_page(engine, &page);
        int round = 0;
        for (guint k = 0; k < reading->seals->len; k++) {
            const SealMark *seal = &g_array_index(reading->seals, SealMark, k);
            if (seal->box_px.x < 600)
                g_assert_null(seal->text);
            else if (seal->box_px.width > SEAL_PX / 2 && ++round > 0)
                g_assert_true(says(seal, "开封市正大食品有限公司"));
        }
        g_assert_cmpint(round, ==, 1);
    }
}

/* What a broken worker may send: never a crash, never an index out of range. */
static void test_hostile_json(void)
{
    static const char *const texts[] = {
        "{}",
        "{\"width\":-1,\"height\":10,\"dpi\":300}",
        "{\"width\":99999999,\"height\":10,\"dpi\":300}",
        "{\"width\":\"x\",\"height\":10,\"dpi\":300}",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(JsonObject) object = json_parse_object(texts[i], -1, NULL);
        g_autoptr(GError) error = NULL;
        g_assert_null(page_reading_from_json(object, &error));
        g_assert_error(error, BASE_ERROR, BASE_ERROR_FORMAT);
    }
    g_autoptr(JsonObject) odd = json_parse_object(
        "{\"width\":9,\"height\":9,\"dpi\":99,\"cells\":[1,[2],\"x\"],"
        "\"ticks\":[[1,2,3,4,77,9,1,1]],\"lines\":[7,{\"cell\":5,\"glyphs\":[3,[]]}],"
        "\"problems\":[{}]}",
        -1, NULL);
    g_autoptr(PageReading) reading = page_reading_from_json(odd, NULL);
    g_assert_nonnull(reading);
    g_assert_cmpint(g_array_index(reading->ticks, TickMark, 0).cell, ==, -1);
    g_assert_cmpint(((TextLine *)reading->lines->pdata[0])->cell, ==, -1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reading/engine/reads-print", test_reads_print);
    g_test_add_func("/reading/engine/order-does-not-matter", test_order_does_not_matter);
    g_test_add_func("/reading/engine/digits-are-no-witness",
                    test_digits_say_nothing_of_upright);
    g_test_add_func("/reading/engine/upright-scores-higher", test_upright_scores_higher);
    g_test_add_func("/reading/page/doubt-of-either", test_doubt_of_either_counts);
    g_test_add_func("/reading/engine/missing-model-is-named",
                    test_missing_model_is_named);
    g_test_add_func("/reading/tick/states", test_ticks);
    g_test_add_func("/reading/page-reading/json-round-trip", test_json_round_trip);
    g_test_add_func("/reading/line/twins", test_twins_are_never_sure);
    g_test_add_func("/reading/marks/rules", test_loose_ink_ends_at_rules);
    g_test_add_func("/reading/marks/clear-of-a-seal", test_ink_clear_of_a_seal);
    g_test_add_func("/reading/marks/rests-of-a-ring-are-not-clear",
                    test_rests_of_a_ring_are_not_clear);
    g_test_add_func("/reading/seal/words", test_words_on_a_seal);
    g_test_add_func("/reading/page-reading/hostile-json", test_hostile_json);
    return g_test_run();
}
