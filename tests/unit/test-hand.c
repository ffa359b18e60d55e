/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing by hand told from print. The hand here is a printed face, each character of it
 * moved and turned a little: like a neat person's. */
#include "drawn-line.h"
#include "drawn-page.h"
#include "reading/private.h"

/* Eleven digits in a row; @unlike print by so much, and every other @aside. */
static TextLine *traced_line(double unlike, double aside)
{
    TextLine *line = g_new0(TextLine, 1);
    line->box_px = (Rect){0, 0, 220, 30};
    line->text = g_strdup("13800000000");
    line->glyphs = g_array_new(false, true, sizeof(Glyph));
    for (int i = 0; i < 11; i++) {
        double off = i % 2 ? aside : 0;
        Glyph glyph = {.confidence = 0.99,
                       .box_px = {20 * i, 0, 18, 30},
                       .trace = {true, unlike, 0.1 + off, 0.9 + off}};
        glyph.text[0] = line->text[i];
        g_array_append_val(line->glyphs, glyph);
    }
    return line;
}

static double odds_of(const TextLine *line)
{
    const Glyph *glyphs[11];
    double odds = 0;
    for (guint i = 0; i < line->glyphs->len; i++)
        glyphs[i] = &g_array_index(line->glyphs, Glyph, i);
    g_assert_cmpuint(glyphs_hand_odds(line, glyphs, line->glyphs->len, &odds), ==, 11);
    return odds;
}

static void test_hand_odds(void)
{
    static const struct {
        double unlike, aside, least, most;
    } rows[] = {
        {0, 0, -9, -3},     /* print */
        {0.4, 0.01, -9, 0}, /* worn print */
        {1.5, 0.03, 1, 9},  /* shapes of no print */
        {0.1, 0.15, 1, 99}, /* like print, and uneven */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        TextLine *line = traced_line(rows[i].unlike, rows[i].aside);
        g_assert_cmpfloat(odds_of(line), >=, rows[i].least);
        g_assert_cmpfloat(odds_of(line), <=, rows[i].most);
        text_line_free(line);
    }
    TextLine *line = traced_line(0, 0);
    double odds = 7;
    g_assert_cmpuint(glyphs_hand_odds(line, NULL, 0, &odds), ==, 0);
    g_assert_cmpfloat(odds, ==, 7);
    text_line_free(line);
}

/* The characters of @text; those that @marks has a * for are by hand, others print, and
 * of those with a _ nothing is known. */
static TextLine *mixed_line(const char *text, const char *marks)
{
    TextLine *line = g_new0(TextLine, 1);
    line->box_px = (Rect){0, 0, 20 * (int)strlen(marks), 30};
    line->text = g_strdup(text);
    line->glyphs = g_array_new(false, true, sizeof(Glyph));
    for (int i = 0; marks[i] != '\0'; i++, text = g_utf8_next_char(text)) {
        bool is_hand = marks[i] == '*';
        double off = is_hand ? 0.06 * (i % 3) : 0;
        Glyph glyph = {
            .confidence = is_hand ? 0.7 : 0.99,
            .box_px = {20 * i, 0, 18, 30},
            .trace = {marks[i] != '_', is_hand ? 1.6 : 0, 0.1 + off, 0.9 - off}};
        g_utf8_strncpy(glyph.text, text, 1);
        g_array_append_val(line->glyphs, glyph);
    }
    return line;
}

static void test_pieces_that_may_be_numbers(void)
{
    static const struct {
        const char *text, *marks, *pieces; /* "FROM-TO " each */
    } rows[] = {
        {"13800000000", "***********", "0-11 "},
        {"1了8Z0000W6P", "***********", "0-11 "},
        {"13800000000", "...........", ""},
        {"电话1Z8O", "..****", "2-6 "},
        {"电话：138", "...***", "3-6 "},
        {"3882平方米", "****...", "0-4 "},
        {"2023年了月G日", "****.*.*.", "0-9 "},
        {"之", "*", "0-1 "},
        {"陈英涛王", "****", ""},
        {"龙亭区8号院", "******", ""},
        {"12户34户", "**.**.", "0-2 3-5 "},
        {"M2220W", "_****_", "0-6 "},
        {"30kW户", "**__.", "0-2 "},
        {"2023", "____", ""}, /* of the print's own, not looked at */
        {"30m2", "**_.", "0-2 "},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        TextLine *line = mixed_line(rows[i].text, rows[i].marks);
        g_autoptr(GString) pieces = g_string_new(NULL);
        for (guint from = 0, to = 0; hand_number_next(line, false, &from, &to); from = to)
            g_string_append_printf(pieces, "%u-%u ", from, to);
        g_assert_cmpstr(pieces->str, ==, rows[i].pieces);
        text_line_free(line);
    }
}

/* Two digits that are like print for themselves: on a page by hand they are no print. */
static void test_pieces_of_a_page_by_hand(void)
{
    TextLine *line = mixed_line("17", "..");
    guint from = 0, to = 0;
    g_assert_false(hand_number_next(line, false, &from, &to));
    from = 0;
    g_assert_true(hand_number_next(line, true, &from, &to));
    g_assert_cmpuint(from, ==, 0);
    g_assert_cmpuint(to, ==, 2);
    text_line_free(line);
}

/* Where nobody can tell the characters' places, what was read surely is the label. */
static void test_pieces_of_untraced_ink(void)
{
    TextLine *line = mixed_line("电话1了8Z", "..****");
    guint from = 0, to = 0;
    line->is_untraced = true;
    for (guint i = 0; i < line->glyphs->len; i++)
        g_array_index(line->glyphs, Glyph, i).trace.is_there = false;
    g_assert_true(hand_number_next(line, false, &from, &to));
    g_assert_cmpuint(from, ==, 2);
    g_assert_cmpuint(to, ==, 6);
    text_line_free(line);
}

static void test_numbers_are_kept(void)
{
    g_autoptr(PageReading) reading = page_reading_new();
    reading->width_px = reading->height_px = reading->dpi = 100;
    TextLine *first = traced_line(0.5, 0.1);
    HandNumber number = {{3, 4, 50, 60}, g_strdup("138"), 0.75};
    g_ptr_array_add(reading->lines, first);
    g_ptr_array_add(reading->lines, traced_line(0, 0));
    first->hand_numbers = hand_numbers_new();
    g_array_append_val(first->hand_numbers, number);
    g_autoptr(JsonObject) object = page_reading_to_json(reading);
    g_autoptr(PageReading) again = page_reading_from_json(object, NULL);
    const TextLine *line = again->lines->pdata[0], *other = again->lines->pdata[1];
    g_assert_nonnull(line->hand_numbers);
    const HandNumber *kept = &g_array_index(line->hand_numbers, HandNumber, 0);
    g_assert_cmpstr(kept->text, ==, "138");
    g_assert_cmpfloat_with_epsilon(kept->confidence, 0.75, 0.001);
    g_assert_cmpint(kept->box_px.x, ==, 3);
    g_assert_cmpint(kept->box_px.height, ==, 60);
    g_assert_null(other->hand_numbers);
}

/* Which lines the model for words by hand is asked for, on a printed page and on one that
 * is written on. */
static void test_lines_that_may_be_by_hand(void)
{
    static const struct {
        const char *text, *marks;
        bool is_untraced, is_asked, is_asked_on_written;
    } rows[] = {
        {"开封市龙亭区", "******", false, true, true},
        {"开封市龙亭区", "......", false, false, false},
        {"用户名称：陈英涛", ".....***", false, false, true},
        {"用户名称：陈英涛", "........", false, false, false},
        {"开封市龙亭区", "______", true, true, true},
        {"无", "_", true, false, true},
        {"开封市龙亭区", "______", false, false, false}, /* the print's own */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        TextLine *line = mixed_line(rows[i].text, rows[i].marks);
        line->is_untraced = rows[i].is_untraced;
        line->confidence = 0.99;
        g_assert_cmpint(line_may_be_by_hand(line, false), ==, rows[i].is_asked);
        g_assert_cmpint(line_may_be_by_hand(line, true), ==, rows[i].is_asked_on_written);
        line->is_from_file = true;
        g_assert_false(line_may_be_by_hand(line, true));
        text_line_free(line);
    }
}

/* Three lines whose characters cannot be told apart, and that were read badly, make their
 * page one that is written on; read well they do not. */
static void test_untraced_lines_are_written(void)
{
    static const double confidences[] = {0.97, 0.6};
    for (gsize i = 0; i < G_N_ELEMENTS(confidences); i++) {
        g_autoptr(GPtrArray) lines =
            g_ptr_array_new_with_free_func((GDestroyNotify)text_line_free);
        for (int k = 0; k < 3; k++) {
            TextLine *line = mixed_line("译答琚几攻", "_____");
            line->is_untraced = true;
            line->confidence = confidences[i];
            g_ptr_array_add(lines, line);
        }
        g_assert_cmpint(lines_are_untraced(lines), ==, confidences[i] < 0.9);
        g_assert_false(lines_are_written(lines));
    }
    TextLine *line = mixed_line("宰寿正", "___");
    line->is_untraced = true;
    line->confidence = 0.79;
    g_assert_true(line_may_be_by_hand(line, false));
    line->confidence = 0.99;
    g_assert_false(line_may_be_by_hand(line, false));
    text_line_free(line);
}

static void test_words_are_kept(void)
{
    g_autoptr(PageReading) reading = page_reading_new();
    reading->width_px = reading->height_px = reading->dpi = 100;
    TextLine *first = traced_line(0.5, 0.1);
    first->by_hand = mixed_line("郭悦璇", "***");
    g_ptr_array_add(reading->lines, first);
    g_ptr_array_add(reading->lines, traced_line(0, 0));
    g_autoptr(JsonObject) object = page_reading_to_json(reading);
    g_autoptr(PageReading) again = page_reading_from_json(object, NULL);
    const TextLine *line = again->lines->pdata[0], *other = again->lines->pdata[1];
    g_assert_nonnull(line->by_hand);
    g_assert_cmpstr(line->by_hand->text, ==, "郭悦璇");
    g_assert_cmpuint(line->by_hand->glyphs->len, ==, 3);
    g_assert_null(other->by_hand);
}

static void test_traces_are_kept(void)
{
    g_autoptr(PageReading) reading = page_reading_new();
    reading->width_px = reading->height_px = reading->dpi = 100;
    g_ptr_array_add(reading->lines, traced_line(0.5, 0.1));
    TextLine *first = reading->lines->pdata[0];
    first->is_untraced = true;
    g_array_index(first->glyphs, Glyph, 0).trace.is_there = false;
    g_autoptr(JsonObject) object = page_reading_to_json(reading);
    g_autoptr(PageReading) again = page_reading_from_json(object, NULL);
    const TextLine *line = again->lines->pdata[0];
    g_assert_true(line->is_untraced);
    g_assert_false(g_array_index(line->glyphs, Glyph, 0).trace.is_there);
    HandTrace trace = g_array_index(line->glyphs, Glyph, 1).trace;
    g_assert_true(trace.is_there);
    g_assert_cmpfloat_with_epsilon(trace.unlike, 0.5, 0.001);
    g_assert_cmpfloat_with_epsilon(trace.top, 0.2, 0.001);
    g_assert_cmpfloat_with_epsilon(trace.bottom, 1.0, 0.001);
}

/* A filled form of a known print: forty labels, and more values by hand than labels are
 * looked at. What the page's print is like must not be taken from the hand. */
static void test_few_labels_stand_for_all(void)
{
    enum { LABELS = 40, VALUES = 20 };
    g_autoptr(GPtrArray) lines =
        g_ptr_array_new_with_free_func((GDestroyNotify)text_line_free);
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    for (int i = 0; i < LABELS + VALUES; i++) {
        bool is_label = i % 3 != 2;
        g_ptr_array_add(lines, traced_line(is_label ? 4.4 : 6, 0));
        g_ptr_array_add(known, is_label ? lines->pdata[i] : NULL);
    }
    g_autofree double *standing = hand_standing(known, lines->len);
    double all = 0;
    int traced = 0;
    for (guint i = 0; i < lines->len; i++) {
        TextLine *line = lines->pdata[i];
        all += standing[i];
        traced += known->pdata[i] != NULL && standing[i] > 0;
        for (guint k = 0; standing[i] <= 0 && k < line->glyphs->len; k++)
            g_array_index(line->glyphs, Glyph, k).trace.is_there = false;
    }
    g_assert_cmpint(traced, ==, 12);
    g_assert_cmpfloat_with_epsilon(all, LABELS + VALUES, 1e-9);
    hand_traces_settle(lines, standing);
    const TextLine *value = lines->pdata[2];
    g_assert_cmpfloat_with_epsilon(g_array_index(value->glyphs, Glyph, 0).trace.unlike,
                                   1.6, 1e-9);
}

/* @text drawn, its characters moved up and down and turned. Returns: 8 bpp, owned */
static PIX *write_line(const char *text, const char *font)
{
    static const int down[] = {0, 5, -4, 3, -5, 4};
    static const double turn[] = {0.10, -0.16, 0.14, -0.10, 0.18, -0.12};
    g_autoptr(PIX) drawn = draw_line(text, font);
    g_autofree Rect *places = drawn_places(text, font);
    PIX *out = pixCreate(pixGetWidth(drawn), pixGetHeight(drawn) + 20, 8);
    pixSetAll(out);
    for (glong i = 0; i < g_utf8_strlen(text, -1); i++) {
        Rect at = places[i];
        g_autoptr(BOX) box = boxCreate(at.x, 0, at.width, pixGetHeight(drawn));
        g_autoptr(PIX) one = pixClipRectangle(drawn, box, NULL);
        g_autoptr(PIX) turned = pixRotate(one, (l_float32)turn[i % 6], L_ROTATE_AREA_MAP,
                                          L_BRING_IN_WHITE, 0, 0);
        pixRasterop(out, at.x, 10 + down[i % 6], at.width, pixGetHeight(drawn),
                    PIX_SRC & PIX_DST, turned, 0, 0);
    }
    return out;
}

/* the odds of @text on @picture, which is taken over, being by hand */
static double odds_on(PIX *picture, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Classifier) classifier =
        classifier_load("models/paper-characters.bin", &error);
    g_assert_no_error(error);
    g_auto(LinePicture) line_picture = {.pix = picture};
    g_autoptr(GPtrArray) lines =
        g_ptr_array_new_with_free_func((GDestroyNotify)text_line_free);
    TextLine *line = g_new0(TextLine, 1);
    line->text = g_strdup(text);
    line->box_px = (Rect){0, 0, pixGetWidth(picture), 40};
    line->glyphs = g_array_new(false, true, sizeof(Glyph));
    int i = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p), i++) {
        Glyph glyph = {.confidence = 0.99, .box_px = {40 * i, 0, 40, 40}};
        g_utf8_strncpy(glyph.text, p, 1);
        g_array_append_val(line->glyphs, glyph);
    }
    g_ptr_array_add(lines, line);
    hand_trace(classifier, &line_picture, line);
    g_assert_false(line->is_untraced);
    hand_traces_settle(lines, NULL);
    g_autofree const Glyph **glyphs = g_new(const Glyph *, line->glyphs->len);
    for (guint k = 0; k < line->glyphs->len; k++)
        glyphs[k] = &g_array_index(line->glyphs, Glyph, k);
    double odds = 0;
    g_assert_cmpuint(glyphs_hand_odds(line, glyphs, line->glyphs->len, &odds), >, 0);
    return odds;
}

static void test_ink_by_hand(void)
{
    static const char *const texts[] = {"开封市龙亭区东京大道", "13800762453"};
    static const char *const fonts[] = {"LXGW WenKai 40px", "Noto Serif CJK SC 40px",
                                        "Noto Sans CJK SC 40px"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        for (gsize k = 0; k < G_N_ELEMENTS(fonts); k++) {
            g_assert_cmpfloat(odds_on(draw_line(texts[i], fonts[k]), texts[i]), <, -2);
            g_assert_cmpfloat(odds_on(write_line(texts[i], fonts[k]), texts[i]), >, 1);
        }
}

#define PRINTED_NUMBER "15912340678"
#define WRITTEN_NUMBER "13800762453"
#define WRITTEN_DATE "2023年11月26日"

static void put(Page *page, PIX *line, double x_mm, double y_mm)
{
    pixRasterop(page->pix, mm(page, x_mm), mm(page, y_mm), pixGetWidth(line),
                pixGetHeight(line), PIX_SRC & PIX_DST, line, 0, 0);
    pixDestroy(&line);
}

/* Printed words, a printed number, and a number and a date by hand, each a line. */
static PageReading *read_numbers(Engine *engine)
{
    static const char *const words[] = {"水电气暖信报装申请表",
                                        "开封市龙亭区东京大道",
                                        "联系电话",
                                        "建筑面积",
                                        "其他要求",
                                        "居民用水"};
    const char *font = "Noto Sans CJK SC 40px";
    g_autoptr(GError) error = NULL;
    Page page = page_a4(300);
    g_autoptr(PIX) owned = page.pix;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        put(&page, draw_line(words[i], font), 30, 30 + 12 * (double)i);
    put(&page, draw_line(PRINTED_NUMBER, font), 30, 120);
    put(&page, write_line(WRITTEN_NUMBER, font), 30, 140);
    put(&page, write_line(WRITTEN_DATE, "LXGW WenKai 40px"), 30, 160);
    SheetParams params = {.claimed_dpi = page.dpi};
    g_autoptr(Sheet) sheet = sheet_make(page.pix, &params, &error);
    g_assert_no_error(error);
    g_autoptr(Layout) layout = layout_find(sheet, &error);
    g_assert_no_error(error);
    PageReading *reading = reading_read(engine, sheet, layout, NULL, &error);
    g_assert_no_error(error);
    return reading;
}

static void test_a_number_by_hand_is_read_as_one(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Engine) engine = engine_new(&error);
    g_assert_no_error(error);
    g_assert_true(engine_knows_numerals(engine));
    g_assert_nonnull(strstr(engine_model(engine), "paper-numerals"));
    g_assert_true(engine_knows_hands(engine));
    g_assert_nonnull(strstr(engine_model(engine), "paper-hand"));
    g_autoptr(PageReading) reading = read_numbers(engine);
    static const char *const written[] = {WRITTEN_NUMBER, WRITTEN_DATE};
    guint found = 0;
    for (guint i = 0; i < reading->lines->len; i++) {
        const TextLine *line = reading->lines->pdata[i];
        /* the model for words by hand is asked of the same lines, and of no print */
        g_assert_cmpint(line->by_hand != NULL, ==, line->hand_numbers != NULL);
        if (line->hand_numbers == NULL)
            continue;
        g_assert_cmpint(line->by_hand->text[0], !=, '\0');
        g_assert_cmpuint(found, <, G_N_ELEMENTS(written));
        g_assert_cmpuint(line->hand_numbers->len, ==, 1);
        g_assert_cmpstr(g_array_index(line->hand_numbers, HandNumber, 0).text, ==,
                        written[found]);
        found++;
    }
    g_assert_cmpuint(found, ==, G_N_ELEMENTS(written));
}

/* Without that model the others read as they always did. */
static void test_without_the_model_for_numbers(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *models = g_strdup(g_getenv("BANJIE_MODELS"));
    g_setenv("BANJIE_MODELS", "/nonexistent", true);
    g_autoptr(Engine) engine = engine_new(&error);
    g_assert_no_error(error);
    g_assert_false(engine_knows_numerals(engine));
    g_assert_null(strstr(engine_model(engine), "numerals"));
    g_autoptr(PageReading) reading = read_numbers(engine);
    g_assert_cmpuint(reading->lines->len, ==, 9);
    g_assert_false(engine_knows_hands(engine));
    for (guint i = 0; i < reading->lines->len; i++) {
        const TextLine *line = reading->lines->pdata[i];
        g_assert_null(line->hand_numbers);
        g_assert_null(line->by_hand);
    }
    if (models != NULL)
        g_setenv("BANJIE_MODELS", models, true);
    else
        g_unsetenv("BANJIE_MODELS");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hand/odds", test_hand_odds);
    g_test_add_func("/hand/traces-are-kept", test_traces_are_kept);
    g_test_add_func("/hand/few-labels-stand-for-all", test_few_labels_stand_for_all);
    g_test_add_func("/hand/ink", test_ink_by_hand);
    g_test_add_func("/hand/words/lines", test_lines_that_may_be_by_hand);
    g_test_add_func("/hand/words/untraced-lines", test_untraced_lines_are_written);
    g_test_add_func("/hand/words/are-kept", test_words_are_kept);
    g_test_add_func("/hand/numbers/pieces", test_pieces_that_may_be_numbers);
    g_test_add_func("/hand/numbers/pieces-of-untraced-ink", test_pieces_of_untraced_ink);
    g_test_add_func("/hand/numbers/pieces-of-a-page-by-hand",
                    test_pieces_of_a_page_by_hand);
    g_test_add_func("/hand/numbers/are-kept", test_numbers_are_kept);
    g_test_add_func("/hand/numbers/are-read", test_a_number_by_hand_is_read_as_one);
    g_test_add_func("/hand/numbers/without-their-model",
                    test_without_the_model_for_numbers);
    return g_test_run();
}
