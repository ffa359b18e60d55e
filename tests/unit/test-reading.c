/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recogniser on lines drawn here, ticks by their shares, page readings as JSON. */
#include "drawn-line.h"
#include "drawn-page.h"
#include "reading/private.h"

#include "base/json.h"

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
                                           at % 2 ? READ_OTHER : READ_TEXT, (Point){0, 0},
                                           1, line, NULL));
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

/* a line as a model gives it: each character of @text with its confidence */
static TextLine *line_with(const char *text, const double *confidences)
{
    TextLine *line = g_new0(TextLine, 1);
    line->text = g_strdup(text);
    line->glyphs = g_array_new(false, true, sizeof(Glyph));
    int i = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        Glyph glyph = {.confidence = confidences[i++]};
        g_utf8_strncpy(glyph.text, p, 1);
        g_array_append_val(line->glyphs, glyph);
    }
    text_line_summarise(line);
    return line;
}

static void test_doubt_of_either_counts(void)
{
    static const double sure[] = {0.99, 0.98, 0.97}, other[] = {0.95, 0.60, 0.99};
    TextLine *first = line_with("4X2", sure), *second = line_with("4X2", other);
    take_doubts(first, second);
    g_assert_cmpfloat(g_array_index(first->glyphs, Glyph, 0).confidence, ==, 0.95);
    g_assert_cmpfloat(g_array_index(first->glyphs, Glyph, 1).confidence, ==, 0.60);
    g_assert_cmpfloat(g_array_index(first->glyphs, Glyph, 2).confidence, ==, 0.97);
    g_assert_cmpfloat(first->weakest, ==, 0.60);
    text_line_free(first);
    text_line_free(second);
}

/* Where they differ, how sure the one is says nothing of what the other read. */
static void test_doubt_about_another_text_does_not_count(void)
{
    static const double sure[] = {0.99, 0.98, 0.97}, other[] = {0.95, 0.60, 0.99};
    TextLine *first = line_with("4X2", sure), *second = line_with("4K2", other);
    take_doubts(first, second);
    g_assert_cmpfloat(first->weakest, ==, 0.97);
    text_line_free(first);
    text_line_free(second);
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
        g_assert_cmpint(tick_state(&mark, 0), ==, rows[i].state);
    }
}

/* A ring about an empty box means it; what may be one, and a frame drawn over, is for a
 * person. */
static void test_marks_about_a_box(void)
{
    static const struct {
        double ring, over;
        int thick_px, usual_px;
        TickState state;
    } rows[] = {
        {0.30, 0.0, 2, 2, TICK_EMPTY},  /* the characters beside it */
        {0.95, 0.4, 2, 2, TICK_TICKED}, /* a ring */
        {0.60, 0.1, 2, 2, TICK_UNSURE}, /* a part of one */
        {0.20, 0.5, 2, 2, TICK_UNSURE}, /* ink right above it */
        {0.20, 0.0, 5, 2, TICK_UNSURE}, /* drawn over */
        {0.20, 0.0, 5, 5, TICK_EMPTY},  /* all are so thick */
        {0.20, 0.0, 5, 0, TICK_EMPTY},  /* nobody knows */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        BoxMark mark = {.squareness = 1,
                        .ring = rows[i].ring,
                        .over = rows[i].over,
                        .thick_px = rows[i].thick_px};
        g_assert_cmpint(tick_state(&mark, rows[i].usual_px), ==, rows[i].state);
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
    reading->is_toneless = true;
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
    g_array_append_val(reading->papers, clear);
    TextLine *line = g_new0(TextLine, 1);
    line->box_px = (Rect){2, 3, 20, 10};
    line->cell = 0;
    line->text = g_strdup("名");
    line->is_from_file = true;
    line->confidence = 0.75;
    line->weakest = 0.75;
    line->second_text = g_strdup("各");
    line->outvoted_text = g_strdup("名");
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
    g_assert_cmpint(back->papers->len, ==, 1);
    g_assert_cmpint(g_array_index(back->papers, Rect, 0).x, ==, 4);
    g_assert_true(line->is_from_file);
    g_assert_true(back->is_from_file);
    g_assert_true(back->is_toneless);
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

/* The page of one line of text, and a square found on it, @share of the width of its
 * third character. Returns: the line as read, owned */
static TextLine *read_with_square(Engine *engine, const char *text, double share)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(PIX) line = draw_line(text, "Noto Sans CJK SC 32px");
    Page page = page_new(100, 60, 200, 8);
    g_autoptr(PIX) owned = page.pix;
    pixRasterop(owned, 200, 200, pixGetWidth(line), pixGetHeight(line), PIX_SRC, line, 0,
                0);
    SheetParams params = {.claimed_dpi = 200};
    g_autoptr(Sheet) sheet = sheet_make(owned, &params, &error);
    g_assert_no_error(error);
    g_autoptr(Layout) layout = layout_find(sheet, &error);
    g_assert_no_error(error);
    g_assert_cmpint(layout->lines->len, ==, 1);
    Rect at = g_array_index(layout->lines, InkLine, 0).box_px;
    double wide = (double)at.width / (double)g_utf8_strlen(text, -1);
    int side = (int)(share * wide);
    BoxMark mark = {.box_px = {at.x + (int)(2.5 * wide) - side / 2,
                               at.y + (at.height - side) / 2, side, side},
                    .cell = -1,
                    .squareness = 0.95};
    g_array_set_size(layout->boxes, 0);
    g_array_append_val(layout->boxes, mark);
    g_autoptr(PageReading) reading = reading_read(engine, sheet, layout, NULL, &error);
    g_assert_no_error(error);
    return g_ptr_array_steal_index(reading->lines, 0);
}

/* A line is read without its squares where one may be a box; the 口 of a character that
 * was read is none, and what was a whole one may be. */
static void test_squares_in_characters(void)
{
    g_autoptr(Engine) engine = engine_for_test();
    TextLine *line = read_with_square(engine, "开封市新世纪", 0.4);
    g_assert_cmpstr(line->text, ==, "开封市新世纪");
    g_assert_null(line->boxless);
    text_line_free(line);
    line = read_with_square(engine, "开封市新世纪", 0.95);
    g_assert_nonnull(line->boxless);
    text_line_free(line);
}

/* Four options above each other with boxes before them, whose right sides a thin copy
 * lost; the third is ticked. Fine print has more squares than there are boxes. */
static Page page_with_broken_boxes(void)
{
    Page page = page_a4(200);
    ink_text(&page, 210, 120, 4);
    for (int i = 0; i < 8; i++)
        ink_frame(&page, 30 + i * 12, 140, 2.2, 2.2, 0.25, BLACK);
    for (int i = 0; i < 4; i++) {
        double y = 160 + i * 8;
        ink_frame(&page, 40, y, 4, 4, 0.25, BLACK);
        ink_rect(&page, 43.6, y + 1.3, 0.6, 1.35, 0xffffff);
        ink_line(&page, 47, y, 4, 3, BLACK);
    }
    ink_stroke(&page, 40.8, 178, 41.8, 179.5, 0.45, BLACK);
    ink_stroke(&page, 41.8, 179.5, 45, 175, 0.45, BLACK);
    return page;
}

/* The lines of @layout as if read: those of the options with @is_box_read, the others
 * without words. Returns: TextLine *, owned */
static GPtrArray *lines_with_boxes(const Layout *layout, const bool is_box_read[4])
{
    GPtrArray *known = g_ptr_array_new_with_free_func((GDestroyNotify)text_line_free);
    for (guint i = 0; i < layout->lines->len; i++) {
        const InkLine *ink = &g_array_index(layout->lines, InkLine, i);
        TextLine *line = g_new0(TextLine, 1);
        line->box_px = ink->box_px;
        line->cell = ink->cell;
        line->glyphs = g_array_new(false, true, sizeof(Glyph));
        int row = (int)((rect_centre_y(ink->box_px) * MM_PER_INCH / 200 - 158) / 8);
        bool is_read = row >= 0 && row < 4 && is_box_read[row];
        line->text = g_strdup(is_read ? READING_TICK_BOX : "");
        Glyph glyph = {.confidence = 0.9, .box_px = ink->box_px};
        glyph.box_px.width = 10;
        g_strlcpy(glyph.text, READING_TICK_BOX, sizeof glyph.text);
        if (is_read)
            g_array_append_val(line->glyphs, glyph);
        g_ptr_array_add(known, line);
    }
    return known;
}

/* the state of the box of each option, or -1 where there is none */
static void read_states(Engine *engine, const bool is_box_read[4], int states[4])
{
    g_autoptr(GError) error = NULL;
    Page page = page_with_broken_boxes();
    g_autoptr(PIX) owned = page.pix;
    SheetParams params = {.claimed_dpi = page.dpi};
    g_autoptr(Sheet) sheet = sheet_make(page.pix, &params, &error);
    g_autoptr(Layout) layout = layout_find(sheet, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) known = lines_with_boxes(layout, is_box_read);
    g_autoptr(PageReading) reading = reading_read(engine, sheet, layout, known, &error);
    g_assert_no_error(error);
    for (int i = 0; i < 4; i++)
        states[i] = -1;
    for (guint i = 0; i < reading->ticks->len; i++) {
        const TickMark *tick = &g_array_index(reading->ticks, TickMark, i);
        int row = (int)((rect_centre_y(tick->box_px) * MM_PER_INCH / 200 - 158) / 8);
        if (tick->squareness > 0 && row >= 0 && row < 4 &&
            fabs(tick->box_px.x * MM_PER_INCH / 200 - 40) < 0.4)
            states[row] = (int)tick->state;
    }
}

/* A box that was read is looked for there, and where others stand above and below. */
static void test_boxes_are_found_where_read(void)
{
    g_autoptr(Engine) engine = engine_for_test();
    int states[4];
    read_states(engine, (const bool[4]){false, false, false, false}, states);
    g_assert_cmpint(states[0], ==, -1);
    read_states(engine, (const bool[4]){true, true, false, false}, states);
    g_assert_cmpint(states[0], ==, TICK_EMPTY);
    g_assert_cmpint(states[1], ==, TICK_EMPTY);
    g_assert_cmpint(states[2], ==, TICK_TICKED);
    g_assert_cmpint(states[3], ==, TICK_EMPTY);
    read_states(engine, (const bool[4]){false, true, false, false}, states);
    g_assert_cmpint(states[1], ==, -1); /* one says too little of their size */
}

/* Four whole boxes in a row, behind each a character that looks like one with a side
 * lost. */
static Page page_with_row(void)
{
    Page page = page_a4(200);
    ink_line(&page, 25, 40, 4, 20, BLACK);
    for (int i = 0; i < 4; i++) {
        double x = 40 + i * 20;
        ink_frame(&page, x, 80, 4, 4, 0.25, BLACK);
        ink_frame(&page, x + 10, 80, 4, 4, 0.25, BLACK);
        ink_rect(&page, x + 13.6, 80.8, 0.6, 2.4, 0xffffff);
        ink_stroke(&page, x + 10.5, 80.5, x + 13, 83, 0.4, BLACK);
    }
    return page;
}

/* Where all boxes that were read have their squares none is looked for, however far off
 * they were read. */
static void test_boxes_read_far_off_are_not_looked_for(void)
{
    g_autoptr(Engine) engine = engine_for_test();
    g_autoptr(GError) error = NULL;
    Page page = page_with_row();
    g_autoptr(PIX) owned = page.pix;
    SheetParams params = {.claimed_dpi = page.dpi};
    g_autoptr(Sheet) sheet = sheet_make(page.pix, &params, &error);
    g_autoptr(Layout) layout = layout_find(sheet, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) known = lines_with_boxes(layout, (const bool[4]){false});
    for (guint i = 0; i < known->len; i++) {
        TextLine *line = known->pdata[i];
        line->is_untraced = true;
        for (int k = 0; k < 4 && line->box_px.y > 600; k++) {
            Glyph glyph = {.confidence = 0.9, .box_px = line->box_px};
            g_strlcpy(glyph.text, READING_TICK_BOX, sizeof glyph.text);
            glyph.box_px.x = (int)((52 + k * 20) / MM_PER_INCH * 200);
            glyph.box_px.width = 10;
            g_array_append_val(line->glyphs, glyph);
        }
    }
    g_autoptr(PageReading) reading = reading_read(engine, sheet, layout, known, &error);
    g_assert_no_error(error);
    g_assert_cmpint(reading->ticks->len, ==, 4);
    for (guint i = 0; i < 4; i++)
        g_assert_cmpint(g_array_index(reading->ticks, TickMark, i).state, ==, TICK_EMPTY);
}

/* Two rows of two boxes. Of the last the tick is left. */
static Page page_with_tick_alone(void)
{
    Page page = page_a4(200);
    ink_line(&page, 25, 40, 4, 20, BLACK);
    for (int i = 0; i < 4; i++) {
        double x = i % 2 == 0 ? 40 : 54, y = i < 2 ? 80 : 100;
        if (i < 3)
            ink_frame(&page, x, y, 4, 4, 0.25, BLACK);
        ink_line(&page, x + 6, y, 4, 1, BLACK);
    }
    ink_stroke(&page, 54.8, 101.8, 55.8, 103.4, 0.5, BLACK);
    ink_stroke(&page, 55.8, 103.4, 58.2, 100.2, 0.5, BLACK);
    return page;
}

/* The first box of the second row was read as a character, the second where it stands: it
 * is not the first, however near that is. */
static void test_box_is_where_ink_placed_it(void)
{
    g_autoptr(GError) error = NULL;
    Page page = page_with_tick_alone();
    g_autoptr(PIX) owned = page.pix;
    SheetParams params = {.claimed_dpi = page.dpi};
    g_autoptr(Sheet) sheet = sheet_make(page.pix, &params, &error);
    g_autoptr(Layout) layout = layout_find(sheet, &error);
    g_assert_no_error(error);
    g_assert_cmpint(layout->boxes->len, ==, 3);
    g_autoptr(GPtrArray) known = lines_with_boxes(layout, (const bool[4]){false});
    for (guint i = 0; i < known->len; i++) {
        TextLine *line = known->pdata[i];
        for (int k = line->box_px.y > mm(&page, 95) ? 1 : 0;
             k < 2 && line->box_px.y > mm(&page, 70); k++) {
            Glyph glyph = {.confidence = 0.9, .box_px = line->box_px};
            g_strlcpy(glyph.text, READING_TICK_BOX, sizeof glyph.text);
            glyph.box_px.x = mm(&page, 40 + k * 14);
            glyph.box_px.width = mm(&page, 4);
            if (rect_contains_centre(line->box_px, glyph.box_px))
                g_array_append_val(line->glyphs, glyph);
        }
    }
    g_autoptr(GArray) boxes = boxes_with_read(sheet, layout, known);
    g_assert_cmpint(boxes->len, ==, 4);
    for (guint i = 0; i < 4; i++) {
        const BoxMark *box = &g_array_index(boxes, BoxMark, i);
        bool is_last = box->box_px.x > mm(&page, 50) && box->box_px.y > mm(&page, 90);
        g_assert_cmpint(box->squareness > 0, ==, !is_last);
        g_assert_cmpint(box->inside_ink > 0.1, ==, is_last);
    }
}

/* Boxes that were read, at @left_mm of the lower line, and have no frame: a mark in the
 * one, nothing in the other. */
static void test_boxes_without_frames(void)
{
    static const double left_mm[] = {40, 70};
    g_autoptr(Engine) engine = engine_for_test();
    g_autoptr(GError) error = NULL;
    Page page = page_a4(200);
    g_autoptr(PIX) owned = page.pix;
    ink_line(&page, 25, 40, 4, 20, BLACK);
    ink_line(&page, 46, 80, 4, 5, BLACK);
    ink_line(&page, 76, 80, 4, 5, BLACK);
    ink_stroke(&page, 40.8, 81.8, 41.8, 83.4, 0.5, BLACK);
    ink_stroke(&page, 41.8, 83.4, 44.2, 80.2, 0.5, BLACK);
    SheetParams params = {.claimed_dpi = page.dpi};
    g_autoptr(Sheet) sheet = sheet_make(page.pix, &params, &error);
    g_autoptr(Layout) layout = layout_find(sheet, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) known = lines_with_boxes(layout, (const bool[4]){false});
    TextLine *line = known->pdata[known->len - 1];
    for (size_t i = 0; i < G_N_ELEMENTS(left_mm); i++) {
        Glyph glyph = {.confidence = 0.9, .box_px = line->box_px};
        g_strlcpy(glyph.text, READING_TICK_BOX, sizeof glyph.text);
        glyph.box_px.x = mm(&page, left_mm[i]);
        glyph.box_px.width = mm(&page, 4);
        g_array_append_val(line->glyphs, glyph);
    }
    g_autoptr(PageReading) reading = reading_read(engine, sheet, layout, known, &error);
    g_assert_no_error(error);
    g_assert_cmpint(reading->ticks->len, ==, 2);
    for (guint i = 0; i < 2; i++) {
        const TickMark *tick = &g_array_index(reading->ticks, TickMark, i);
        g_assert_cmpint(tick->state, ==, TICK_UNSURE);
        g_assert_cmpfloat(tick->squareness, ==, 0);
        g_assert_cmpint(tick->ink > 0.1, ==, tick->box_px.x < mm(&page, 60));
    }
}

/* A line of characters 20 px wide and a blank in it: "户号:" at 0, a number of @count
 * digits at @from_px, a bracket behind. What was read has a digit more, over the white.
 */
static TextLine *line_with_number(PIX *ink, int from_px, const char *text)
{
    TextLine *line = g_new0(TextLine, 1);
    line->box_px = (Rect){10, 10, 500, 24};
    line->text = g_strdup(text);
    line->glyphs = g_array_new(false, true, sizeof(Glyph));
    int x = 10;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        Glyph glyph = {.confidence = 0.9};
        memcpy(glyph.text, p, (gsize)(g_utf8_next_char(p) - p));
        x = x < from_px && g_ascii_isdigit(*p) ? from_px - 12 : x;
        glyph.box_px = (Rect){x, 10, 14, 24};
        x += 16;
        g_array_append_val(line->glyphs, glyph);
    }
    for (int i = 0; i < 3; i++)
        pixRasterop(ink, 10 + i * 16, 10, 14, 24, PIX_SET, NULL, 0, 0);
    for (int i = 0; i < 7; i++)
        pixRasterop(ink, from_px + i * 16, 14, 12, 16, PIX_SET, NULL, 0, 0);
    pixRasterop(ink, 500, 10, 10, 24, PIX_SET, NULL, 0, 0);
    return line;
}

static void test_number_apart_is_found(void)
{
    g_autoptr(PIX) ink = pixCreate(600, 50, 1);
    TextLine *line = line_with_number(ink, 200, "户号:60246046)");
    Number number;
    g_assert_true(number_apart(line, ink, &number));
    g_assert_cmpint(number.from, ==, 3);
    g_assert_cmpint(number.to, ==, 11);
    g_assert_cmpint(number.box_px.x, ==, 200);
    g_assert_cmpint(rect_right(number.box_px), ==, 200 + 6 * 16 + 12);
    g_assert_cmpint(number.box_px.y, ==, 14);
    g_assert_cmpint(number.box_px.height, ==, 16);
    text_line_free(line);
    pixClearAll(ink);
    line = line_with_number(ink, 60, "户号:0246046"); /* close behind its label */
    pixClearInRect(ink, &(BOX){.x = 490, .y = 0, .w = 100, .h = 50});
    line->box_px.width = 160;
    g_assert_false(number_apart(line, ink, &number));
    text_line_free(line);
}

/* What is read of a number alone counts; it is in doubt where no reading of the whole
 * line has it. */
static void test_number_read_alone_is_taken(void)
{
    for (int is_borne_out = 0; is_borne_out <= 1; is_borne_out++) {
        g_autoptr(PIX) ink = pixCreate(600, 50, 1);
        TextLine *line = line_with_number(ink, 200, "户号:60246046)");
        line->second_text = g_strdup(is_borne_out ? "户号0246046)" : "户号:02460461");
        line->digits_text = g_strdup("0246046"); /* the whole line's, by digits alone */
        TextLine *alone = line_with_number(ink, 200, "0246046");
        Number number;
        g_assert_true(number_apart(line, ink, &number));
        number_take(line, &number, alone, "0246046");
        g_assert_cmpstr(line->text, ==, "户号:0246046)");
        g_assert_cmpint(line->glyphs->len, ==, 11);
        g_assert_cmpstr(line->second_text, ==,
                        is_borne_out ? "户号:0246046)" : "户号:60246046)");
        g_assert_cmpstr(line->digits_text, ==, "0246046");
        text_line_free(line);
        text_line_free(alone);
    }
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

/* Boxes of two rows that stand close above each other are empty, though each has ink
 * right above or below it. */
static void test_boxes_above_each_other(void)
{
    g_autoptr(Engine) engine = engine_for_test();
    Page page = page_new(210, 297, 200, 8);
    g_autoptr(PIX) owned = page.pix;
    ink_line(&page, 25, 30, 4, 30, BLACK);
    for (int i = 0; i < 2; i++) {
        ink_frame(&page, 30, 100 + i * 4.4, 3.8, 3.8, 0.3, BLACK);
        ink_line(&page, 36, 100 + i * 4.4, 3.6, 6, BLACK);
    }
    g_autoptr(PageReading) reading = read_page(engine, &page);
    int found = 0;
    for (guint i = 0; i < reading->ticks->len; i++) {
        const TickMark *tick = &g_array_index(reading->ticks, TickMark, i);
        if (abs(tick->box_px.x - mm(&page, 30)) > 3)
            continue;
        found++;
        g_assert_cmpint(tick->state, ==, TICK_EMPTY);
    }
    g_assert_cmpint(found, ==, 2);
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

/* The one round seal of @page, which is read. */
static const SealMark *seal_of(const PageReading *reading)
{
    const SealMark *found = NULL;
    for (guint i = 0; i < reading->seals->len; i++) {
        const SealMark *seal = &g_array_index(reading->seals, SealMark, i);
        if (seal->box_px.width > SEAL_PX / 2)
            found = seal;
    }
    g_assert_nonnull(found);
    return found;
}

/* Print across two characters of a black-and-white copy spoils these alone: each of the
 * others stands in its place and says what it is. */
static void test_places_of_a_crossed_seal(void)
{
    static const char words[] = "开封市正大食品有限公司";
    g_autoptr(Engine) engine = engine_for_test();
    Page page = page_new(210, 297, 200, 32);
    g_autoptr(PIX) owned = page.pix;
    ink_line(&page, 25, 30, 4, 30, BLACK);
    press_seal(&page, words, 0, 700, 800);
    ink_line(&page, 75, 115, 4, 8, BLACK);
    g_autoptr(PIX) grey = pixConvertRGBToGray(page.pix, 0.3F, 0.6F, 0.1F);
    Page copy = page;
    g_autoptr(PIX) black = pixThresholdToBinary(grey, 160);
    copy.pix = black;
    pixSetResolution(black, 200, 200);
    g_autoptr(PageReading) reading = read_page(engine, &copy);
    const GArray *places = seal_of(reading)->places;
    g_assert_nonnull(places);
    g_assert_cmpint(places->len, ==, 11);
    int right = 0;
    for (guint i = 0; i < places->len; i++)
        right += g_array_index(places, SealPlace, i).shape ==
                 g_utf8_get_char(g_utf8_offset_to_pointer(words, i));
    g_assert_cmpint(right, >=, 8);
    g_autoptr(JsonObject) json = page_reading_to_json(reading);
    g_autoptr(PageReading) again = page_reading_from_json(json, NULL);
    const GArray *kept = seal_of(again)->places;
    g_assert_cmpint(kept->len, ==, 11);
    for (guint i = 0; i < kept->len; i++)
        g_assert_cmpuint(g_array_index(kept, SealPlace, i).shape, ==,
                         g_array_index(places, SealPlace, i).shape);
}

/* Rules across a pale seal part its strokes, which go on under them: nearly every place
 * still looks like a character. Cut, four of eleven do. */
static void test_strokes_go_on_under_print(void)
{
    static const char words[] = "开封市正大食品有限公司";
    g_autoptr(Engine) engine = engine_for_test();
    Page page = page_new(210, 297, 200, 32);
    g_autoptr(PIX) owned = page.pix;
    press_seal(&page, words, 0, 700, 800);
    g_autoptr(PIX) grey = pixConvertRGBToGray(page.pix, 0.3F, 0.6F, 0.1F);
    Page copy = page;
    copy.pix = pixGammaTRC(NULL, grey, 1, -200, 255); /* paler */
    g_autoptr(PIX) pale = copy.pix;
    pixSetResolution(pale, 200, 200);
    ink_line(&copy, 25, 30, 4, 30, BLACK);
    for (int i = 0; i < 7; i++)
        ink_rect(&copy, 86, 103 + 6 * i, 46, 0.6, BLACK);
    g_autoptr(PageReading) reading = read_page(engine, &copy);
    const GArray *places = seal_of(reading)->places;
    g_assert_nonnull(places);
    int right = 0, near = 0;
    for (guint i = 0; i < places->len; i++) {
        const SealPlace *place = &g_array_index(places, SealPlace, i);
        g_test_message("%u: %x %.0f", i, place->shape, place->shape_off);
        right += place->shape == g_utf8_get_char(g_utf8_offset_to_pointer(words, i));
        near += place->shape_off < 400;
    }
    g_assert_cmpint(places->len, ==, 11);
    g_assert_cmpint(right, >=, 7);
    g_assert_cmpint(near, >=, 9);
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
    g_test_add_func("/reading/page/doubt-of-another",
                    test_doubt_about_another_text_does_not_count);
    g_test_add_func("/reading/engine/missing-model-is-named",
                    test_missing_model_is_named);
    g_test_add_func("/reading/tick/states", test_ticks);
    g_test_add_func("/reading/tick/about-a-box", test_marks_about_a_box);
    g_test_add_func("/reading/page-reading/json-round-trip", test_json_round_trip);
    g_test_add_func("/reading/line/twins", test_twins_are_never_sure);
    g_test_add_func("/reading/boxes/read-far-off",
                    test_boxes_read_far_off_are_not_looked_for);
    g_test_add_func("/reading/boxes/placed-by-ink", test_box_is_where_ink_placed_it);
    g_test_add_func("/reading/boxes/without-frames", test_boxes_without_frames);
    g_test_add_func("/reading/boxes/in-characters", test_squares_in_characters);
    g_test_add_func("/reading/number/apart", test_number_apart_is_found);
    g_test_add_func("/reading/number/alone", test_number_read_alone_is_taken);
    g_test_add_func("/reading/boxes/where-read", test_boxes_are_found_where_read);
    g_test_add_func("/reading/marks/rules", test_loose_ink_ends_at_rules);
    g_test_add_func("/reading/marks/clear-of-a-seal", test_ink_clear_of_a_seal);
    g_test_add_func("/reading/marks/rests-of-a-ring-are-not-clear",
                    test_rests_of_a_ring_are_not_clear);
    g_test_add_func("/reading/tick/above-each-other", test_boxes_above_each_other);
    g_test_add_func("/reading/seal/words", test_words_on_a_seal);
    g_test_add_func("/reading/seal/places", test_places_of_a_crossed_seal);
    g_test_add_func("/reading/seal/under-print", test_strokes_go_on_under_print);
    g_test_add_func("/reading/page-reading/hostile-json", test_hostile_json);
    return g_test_run();
}
