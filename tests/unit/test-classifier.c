/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single characters by their shape: where they stand in a line, what they are, and what
 * that decides between two readings. */
#include "drawn-line.h"
#include "reading/classifier.h"
#include "reading/private.h"

#include "base/file.h"
#include "temp-folder.h"

static Classifier *classifier_for_test(void)
{
    g_autoptr(GError) error = NULL;
    Classifier *classifier = classifier_load("models/paper-characters.bin", &error);
    g_assert_no_error(error);
    return classifier;
}

/* The places of @text's characters on a drawing of it. Returns: owned, @count of them */
static Rect *places_on(PIX *line, const char *text, int *count)
{
    glong length = 0;
    g_autofree gunichar *characters = g_utf8_to_ucs4_fast(text, -1, &length);
    Rect *places = g_new0(Rect, length);
    g_assert_true(characters_place(line, characters, (int)length, places));
    *count = (int)length;
    return places;
}

static void test_places(void)
{
    static const char *const texts[] = {"开封市龙亭区", "3栋1单元1204室", "一二三川小",
                                        "电话:13800001111", "□增容□变更"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(PIX) line = draw_line(texts[i], "Noto Sans CJK SC 40px");
        int count = 0, right = 0;
        g_autofree Rect *places = places_on(line, texts[i], &count);
        g_autofree Rect *drawn = drawn_places(texts[i], "Noto Sans CJK SC 40px");
        for (int k = 0; k < count; k++) {
            int middle = places[k].x + places[k].width / 2;
            right += middle > drawn[k].x && middle < rect_right(drawn[k]);
        }
        g_assert_cmpint(right, ==, count);
    }
}

/* Ink that cannot be that many characters, and none at all. */
static void test_no_places(void)
{
    gunichar characters[] = {0x5f00, 0x5c01};
    Rect places[2];
    g_autoptr(PIX) white = pixCreate(200, 60, 8);
    pixSetAll(white);
    g_assert_false(characters_place(white, characters, 2, places));
    g_autoptr(PIX) line = draw_line("开", "Noto Sans CJK SC 40px");
    g_assert_false(characters_place(line, characters, 0, places));
}

static void test_look(void)
{
    g_autoptr(Classifier) classifier = classifier_for_test();
    static const char *const fonts[] = {"Noto Serif CJK SC 30px",
                                        "Noto Sans CJK SC 44px"};
    static const char *const text = "龚樊薛鑫毅姣馨黛茗雁滢琬汴日曰未末";
    for (size_t i = 0; i < G_N_ELEMENTS(fonts); i++) {
        g_autoptr(PIX) line = draw_line(text, fonts[i]);
        int count = 0;
        g_autofree Rect *places = places_on(line, text, &count);
        const char *p = text;
        for (int k = 0; k < count; k++, p = g_utf8_next_char(p)) {
            ClassifierLook look;
            g_assert_true(classifier_measure(classifier, line, places[k], &look));
            classifier_search(classifier, AMONG_CHINESE, &look);
            g_assert_cmphex(look.nearest[0].character, ==, g_utf8_get_char(p));
            g_assert_cmpfloat(look.nearest[0].distance, <, look.nearest[1].distance);
            g_assert_cmpfloat(classifier_distance(classifier, &look, g_utf8_get_char(p)),
                              ==, look.nearest[0].distance);
        }
    }
}

/* What a search leaves out is further than what it finds. */
static void test_search_leaves_nothing_nearer(void)
{
    g_autoptr(Classifier) classifier = classifier_for_test();
    static const char *const text = "龚鑫日未爨之";
    g_autoptr(PIX) line = draw_line(text, "Noto Serif CJK SC 30px");
    int count = 0;
    g_autofree Rect *places = places_on(line, text, &count);
    for (int k = 0; k < count; k++) {
        ClassifierLook look;
        double nearest = INFINITY, next = INFINITY;
        g_assert_true(classifier_measure(classifier, line, places[k], &look));
        classifier_search(classifier, AMONG_CHINESE, &look);
        for (gunichar c = 0x4e00; c < 0xa000; c++) {
            double distance = classifier_distance(classifier, &look, c);
            next = MIN(next, MAX(nearest, distance));
            nearest = MIN(nearest, distance);
        }
        g_assert_cmpfloat(look.nearest[0].distance, ==, nearest);
        g_assert_cmpfloat(look.nearest[1].distance, ==, next);
    }
}

static void test_look_refused(void)
{
    g_autoptr(Classifier) classifier = classifier_for_test();
    ClassifierLook look;
    g_autoptr(PIX) white = pixCreate(60, 60, 8);
    pixSetAll(white);
    g_assert_false(classifier_measure(classifier, white, (Rect){0, 0, 60, 60}, &look));
    g_assert_false(classifier_measure(classifier, white, (Rect){70, 0, 10, 10}, &look));
}

/* Files that are cut short, or say they are longer than they are. */
static void test_bad_files(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = g_build_filename(folder, "bad.bin", NULL);
    g_autofree char *whole = NULL;
    gsize length = 0;
    g_assert_true(
        g_file_get_contents("models/paper-characters.bin", &whole, &length, NULL));
    const gsize lengths[] = {0, 10, 16, 24, 5000, length - 1};
    for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_true(file_write_atomic(path, whole, lengths[i], 0600, NULL));
        g_assert_null(classifier_load(path, &error));
        g_assert_error(error, READING_ERROR, READING_ERROR_MODEL);
    }
    memset(whole + strlen("banjie characters 1\n"), 0xff, 8); /* its counts */
    g_autoptr(GError) error = NULL;
    g_assert_true(file_write_atomic(path, whole, length, 0600, NULL));
    g_assert_null(classifier_load(path, &error));
    g_assert_error(error, READING_ERROR, READING_ERROR_MODEL);
}

/* --- what it decides ------------------------------------------------------------------
 */

static TextLine *line_saying(const char *text, double confidence)
{
    TextLine *line = g_new0(TextLine, 1);
    line->text = g_strdup(text);
    line->glyphs = g_array_new(false, true, sizeof(Glyph));
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        Glyph glyph = {.confidence = confidence};
        g_utf8_strncpy(glyph.text, p, 1);
        if (*p != ' ')
            g_array_append_val(line->glyphs, glyph);
    }
    text_line_summarise(line);
    return line;
}

/* What two readings of a drawn line come to. */
static const struct {
    const char *what, *drawn, *first, *second;
    double confidence;               /* of all characters, in both */
    const char *decided, *other;     /* the two readings afterwards */
    double weakest_from, weakest_to; /* of the first */
} decisions[] = {
    {"all three agree", "瞿滢", "瞿滢", "瞿滢", 0.5, "瞿滢", "瞿滢", 0.95, 1},
    {"with the first", "龚苑", "龚苑", "秦苑", 0.6, "龚苑", "龚苑", 0.94, 1},
    {"with the second", "龚苑", "秦苑", "龚苑", 0.6, "龚苑", "龚苑", 0.94, 1},
    {"with neither: for a person", "龚苑", "秦苑", "奏苑", 0.6, "龚苑", "奏苑", 0.6,
     0.89},
    {"against both: a doubt", "千克", "干克", "干克", 0.92, "干克", "干克", 0.5, 0.85},
    {"against both, that are sure", "千克", "干克", "干克", 0.96, "干克", "干克", 0.96,
     0.96},
    {"against both, by far", "姣丽", "嫌丽", "嫌丽", 0.95, "姣丽", "姣丽", 0.5, 0.85},
    {"against both, both unsure", "姣丽", "嫌丽", "嫌丽", 0.7, "姣丽", "姣丽", 0.5, 0.85},
    {"sure readings stay as sure", "开封", "开封", "开封", 0.98, "开封", "开封", 0.98,
     0.98},
    {"against both, by far and though sure", "申请", "中请", "中请", 0.99, "申请", "申请",
     0.85, 0.85},
    {"twins stay twins", "周未", "周未", "周未", 0.7, "周未", "周未", 0.7, 0.7},
    {"digits are only borne out", "1806", "1806", "1808", 0.6, "1806", "1808", 0.6, 0.6},
    {"digits borne out", "1806", "1806", "1806", 0.6, "1806", "1806", 0.95, 1},
    {"blanks keep their place", "李 雁", "李 雁", "李 准", 0.6, "李 雁", "李 雁", 0.94,
     1},
    {"one for two", "龚苑光", "龚苑光", "龙共苑光", 0.6, "龚苑光", "龚苑光", 0.6, 0.95},
    {"neither, and one too few", "邢黛姣", "邢伐嫌", "邢伪", 0.6, "邢黛姣", "邢伪", 0.6,
     0.89},
    {"neither, and the second has all", "邢黛姣", "邢伪", "邢伐嫌", 0.6, "邢黛姣", "邢伪",
     0.6, 0.89},
    {"one too many", "冯苑敏", "冯人苑敏", "冯苑敏", 0.6, "冯人苑敏", "冯苑敏", 0.6, 0.6},
    {"two for one", "明月光", "朋光", "明月光", 0.6, "明月光", "明月光", 0.6, 0.95},
};

static void test_decisions(void)
{
    g_autoptr(Classifier) classifier = classifier_for_test();
    for (size_t i = 0; i < G_N_ELEMENTS(decisions); i++) {
        g_test_message("%s", decisions[i].what);
        g_auto(LinePicture)
            picture = {.pix = draw_line(decisions[i].drawn, "Noto Serif CJK SC 40px")};
        TextLine *first = line_saying(decisions[i].first, decisions[i].confidence);
        TextLine *second = line_saying(decisions[i].second, decisions[i].confidence);
        third_opinion(classifier, &picture, first, second);
        g_assert_cmpstr(first->text, ==, decisions[i].decided);
        g_assert_cmpstr(second->text, ==, decisions[i].other);
        g_assert_cmpfloat(first->weakest, >=, decisions[i].weakest_from - 1e-9);
        g_assert_cmpfloat(first->weakest, <=, decisions[i].weakest_to + 1e-9);
        text_line_free(first);
        text_line_free(second);
    }
}

/* What was read before a shape decided is kept beside what it decided. */
static void test_kept_choice(void)
{
    g_autoptr(Classifier) classifier = classifier_for_test();
    g_auto(LinePicture) picture = {.pix = draw_line("龚苑", "Noto Serif CJK SC 40px")};
    TextLine *first = line_saying("秦苑", 0.6), *second = line_saying("龚苑", 0.6);
    third_opinion(classifier, &picture, first, second);
    const Glyph *glyph = &g_array_index(first->glyphs, Glyph, 0);
    g_assert_cmpstr(glyph->text, ==, "龚");
    g_assert_cmpstr(glyph->choices[0].text, ==, "秦");
    g_assert_cmpfloat(glyph->choices[0].confidence, ==, 0.6);
    text_line_free(first);
    text_line_free(second);
}

/* One reading alone, and whether shapes bear it out. */
static const struct {
    const char *drawn, *read;
    double confidence;
    bool is_number, is_borne_out;
} alone[] = {
    {"龚苑街", "龚苑街", 0.6, false, true},
    {"龚苑街", "秦苑街", 0.6, false, false},
    {"周未", "周未", 0.6, false, false},
    {"申请", "中请", 0.99, false, false}, /* however sure */
    {"千克", "干克", 0.99, false, false}, /* and however near */
    {"13800001111", "13800001111", 0.99, true, true},
    {"13800001111", "13800007111", 0.99, true, false},
    {"13800001111", "1380001111", 0.99, true, false}, /* one 0 was not read */
    {"12.5", "125", 0.99, true, false},               /* its point was not */
    {"12.5", "12.5", 0.99, true, false},
    {"41020319800101123X", "41020319800101123X", 0.6, true, false}, /* X is no digit */
    {"2024年6月19日", "2024年6月19日", 0.99, true, true},
    {"2024年6月19日", "2024年6月10日", 0.99, true, false},
    {"2024年6月19日", "2024年5月19日", 0.6, true, false},
    {"于2024年6月19日", "于2024年6月19日", 0.99, true, false}, /* a label's rest */
    {"苑街12号", "苑街12号", 0.6, false, true},
    {"身份410203", "身份410203", 0.99, true, false}, /* a label that may be misread */
};

static void test_alone(void)
{
    g_autoptr(Classifier) classifier = classifier_for_test();
    for (size_t i = 0; i < G_N_ELEMENTS(alone); i++) {
        g_test_message("%s as %s", alone[i].drawn, alone[i].read);
        g_auto(LinePicture)
            picture = {.pix = draw_line(alone[i].drawn, "Noto Serif CJK SC 40px")};
        TextLine *line = line_saying(alone[i].read, alone[i].confidence);
        g_assert_cmpint(
            shapes_bear_out(classifier, &picture, line, 0.985, alone[i].is_number), ==,
            alone[i].is_borne_out);

        g_assert_cmpfloat(line->weakest, >=, alone[i].is_borne_out ? 0.94 : 0.59);
        text_line_free(line);
    }
}

/* A seal lay on the last 6. Where its left went with the seal, both models read 5. */
static const struct {
    const char *read;
    double gone; /* of its width, from the left */
    bool is_covered, is_doubted;
} covered[] = {
    {"12056", 0, true, false},  {"12055", 0, true, true},
    {"12055", 0.2, true, true}, {"12055", 0.35, true, true},
    {"12055", 0.5, true, true}, {"12055", 0.35, false, false},
};

static void test_covered_digits(void)
{
    static const char *const font = "Noto Sans CJK SC 40px";
    g_autoptr(Classifier) classifier = classifier_for_test();
    for (size_t i = 0; i < G_N_ELEMENTS(covered); i++) {
        g_auto(LinePicture) picture = {.pix = draw_line("12056", font)};
        int count = 0;
        g_autofree Rect *places = places_on(picture.pix, "12056", &count);
        Rect last = places[count - 1];
        pixRasterop(picture.pix, last.x, last.y, (int)(covered[i].gone * last.width),
                    last.height, PIX_SET, NULL, 0, 0);
        g_autoptr(PIX) mask =
            pixCreate(pixGetWidth(picture.pix), pixGetHeight(picture.pix), 1);
        if (covered[i].is_covered)
            pixRasterop(mask, last.x, 0, last.width / 3, pixGetHeight(mask), PIX_SET,
                        NULL, 0, 0);
        TextLine *line = line_saying(covered[i].read, 0.98);
        for (int k = 0; k < count; k++)
            g_array_index(line->glyphs, Glyph, k).box_px = places[k];
        covered_digits_doubt(classifier, mask, &picture, line);
        g_assert_cmpfloat(line->weakest, ==, covered[i].is_doubted ? 0.5 : 0.98);
        text_line_free(line);
    }
}

/* A line as it is drawn, and as both models read it. */
typedef struct {
    const char *drawn, *read;
} ReadLine;

static const struct {
    ReadLine lines[2];
    double weakest; /* of the first */
} alike[] = {
    {{{"2023年1月5日", "2023年1月5日"}}, 0.98},
    /* beside another 5 it does not look like one */
    {{{"2023年1月5日", "2025年1月5日"}}, 0.5},
    {{{"12800005678", "12800003678"}}, 0.98}, /* nothing to hold it against */
    {{{"13800005638", "13800003638"}}, 0.5},
    /* it is the very 3 of another line */
    {{{"2023年1月6日", "2025年1月6日"}, {"13800003535", "13800003535"}}, 0.5},
    {{{"2023年1月6日", "2023年1月6日"}, {"13800003535", "13800003535"}}, 0.98},
    /* where that line was misread itself it proves nothing */
    {{{"2023年1月6日", "2025年1月6日"}, {"13800003535", "13800005353"}}, 0.98},
    /* what is left of m² is no digit of the number */
    {{{"建筑面积27.89m2", "建筑面积27.89m7"}}, 0.98},
};

static void test_like_digits(void)
{
    g_autoptr(Classifier) classifier = classifier_for_test();
    for (size_t i = 0; i < G_N_ELEMENTS(alike); i++) {
        g_autoptr(GArray) shapes = digit_shapes_new();
        TextLine *lines[2] = {NULL};
        for (int k = 0; k < 2 && alike[i].lines[k].drawn != NULL; k++) {
            g_auto(LinePicture) picture = {
                .pix = draw_line(alike[i].lines[k].drawn, "Noto Serif CJK SC 40px")};
            lines[k] = line_saying(alike[i].lines[k].read, 0.98);
            digit_shapes_take(shapes, classifier, &picture, lines[k]);
        }
        like_digits_doubt(shapes);
        g_test_message("%s", alike[i].lines[0].read);
        g_assert_cmpfloat(lines[0]->weakest, ==, alike[i].weakest);
        g_assert_cmpstr(lines[0]->text, ==, alike[i].lines[0].read);
        text_line_free(lines[0]);
        text_line_free(lines[1]);
    }
}

/* Marks and tick boxes have no shape to ask for: in a sentence a little doubt of a mark
 * is none, and so is less of a box anywhere. It stays. */
static void test_marks_and_boxes(void)
{
    static const struct {
        const char *text;
        double confidence;
        bool is_borne_out;
    } rows[] = {{"电、水、热、气，凡此种种均须事先申请", 0.92, true},
                {"电、水", 0.92, false},
                {"用水5，6立方米每日以内者均须事先申请", 0.92, false},
                {"□增容□变更", 0.96, true},
                {"□增容□变更", 0.92, false}};
    g_autoptr(Classifier) classifier = classifier_for_test();
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(LinePicture)
            picture = {.pix = draw_line(rows[i].text, "Noto Serif CJK SC 40px")};
        TextLine *line = line_saying(rows[i].text, rows[i].confidence);
        g_assert_cmpint(shapes_bear_out(classifier, &picture, line, 0.985, false), ==,
                        rows[i].is_borne_out);
        g_assert_cmpfloat(line->weakest, ==, rows[i].confidence);
        text_line_free(line);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/classifier/places", test_places);
    g_test_add_func("/classifier/no-places", test_no_places);
    g_test_add_func("/classifier/look", test_look);
    g_test_add_func("/classifier/search-leaves-nothing-nearer",
                    test_search_leaves_nothing_nearer);
    g_test_add_func("/classifier/look-refused", test_look_refused);
    g_test_add_func("/classifier/bad-files", test_bad_files);
    g_test_add_func("/classifier/decisions", test_decisions);
    g_test_add_func("/classifier/kept-choice", test_kept_choice);
    g_test_add_func("/classifier/alone", test_alone);
    g_test_add_func("/classifier/covered-digits", test_covered_digits);
    g_test_add_func("/classifier/like-digits", test_like_digits);
    g_test_add_func("/classifier/marks-and-boxes", test_marks_and_boxes);
    return g_test_run();
}
