/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of cover sheets: said, typed, printed and found again. */
#include "codes/codes.h"

#include <qrencode.h>

static Cover *late(void)
{
    Cover *cover = g_new0(Cover, 1);
    cover->kind = COVER_LATE;
    cover->case_name = g_strdup("tx01-7K3M9Q2D");
    cover->sheets = 3;
    return cover;
}

static void test_says_what_it_was_given(void)
{
    Cover full = {COVER_NEW, NULL, (char *)"tx01", (char *)"tongxu", 12, 7};
    g_autofree char *code = cover_code(&full);
    g_autoptr(Cover) read = cover_parse(code, NULL);
    g_assert_nonnull(read);
    g_assert_cmpint(read->kind, ==, COVER_NEW);
    g_assert_cmpstr(read->site, ==, "tx01");
    g_assert_cmpstr(read->place, ==, "tongxu");
    g_assert_cmpint(read->sheets, ==, 12);
    g_assert_cmpint(read->number, ==, 7);
    g_autoptr(Cover) other = late();
    g_autofree char *late_code = cover_code(other);
    g_autoptr(Cover) late_read = cover_parse(late_code, NULL);
    g_assert_nonnull(late_read);
    g_assert_cmpint(late_read->kind, ==, COVER_LATE);
    g_assert_cmpstr(late_read->case_name, ==, "tx01-7K3M9Q2D");
}

static void test_may_be_typed_in_small_letters(void)
{
    g_autoptr(Cover) cover = late();
    g_autofree char *code = cover_code(cover);
    g_autofree char *small = g_ascii_strdown(code, -1);
    g_autofree char *typed = g_strdup_printf(" %s\n", small);
    g_autoptr(Cover) read = cover_parse(typed, NULL);
    g_assert_nonnull(read);
    g_assert_cmpstr(read->case_name, ==, "tx01-7K3M9Q2D");
}

static void test_refuses_slips(void)
{
    g_autoptr(Cover) cover = late();
    g_autofree char *code = cover_code(cover);
    for (size_t i = 0; code[i] != '\0'; i++) {
        g_autofree char *slip = g_strdup(code);
        slip[i] = slip[i] == '8' ? '9' : '8';
        g_autoptr(GError) error = NULL;
        g_assert_null(cover_parse(slip, &error));
        g_assert_error(error, CODES_ERROR, CODES_ERROR_FORMAT);
    }
    static const char *const odd[] = {"",   ".",    "N",
                                      "N.", "....", "https://example.com/N"};
    for (size_t i = 0; i < G_N_ELEMENTS(odd); i++)
        g_assert_null(cover_parse(odd[i], NULL));
    /* whose check sum is right */
    static const char *const made_up[] = {".T708",        "X.GQT7",        "N.T0.TQ3Z",
                                          "N.C.CD4D",     "L.CTX01.R5RN",  "L.ATZ0",
                                          "N.T1.T2.DCC6", "N.T99999.2RAW", "N..TXBM"};
    for (size_t i = 0; i < G_N_ELEMENTS(made_up); i++)
        g_assert_null(cover_parse(made_up[i], NULL));
    g_autofree char *endless = g_strnfill(5000, 'N');
    g_assert_null(cover_parse(endless, NULL));
}

/* A grey A4 page with @qr at @x_mm, @y_mm, @side_mm wide. */
static PIX *page_with(const uint8_t *black, int width, int dpi, double x_mm, double y_mm,
                      double side_mm)
{
    PIX *page = pixCreate(px_from_mm(210, dpi), px_from_mm(297, dpi), 8);
    pixSetAllGray(page, 235);
    double module = side_mm / width / MM_PER_INCH * dpi;
    int x0 = px_from_mm(x_mm, dpi), y0 = px_from_mm(y_mm, dpi);
    for (int y = 0; y < (int)(module * width); y++)
        for (int x = 0; x < (int)(module * width); x++)
            if (black[(int)(y / module) * width + (int)(x / module)] & 1)
                pixSetPixel(page, x0 + x, y0 + y, 40);
    return page;
}

static PIX *cover_page(int dpi, double side_mm)
{
    g_autoptr(Cover) cover = late();
    g_autoptr(QrCode) qr = cover_qr(cover, NULL);
    g_assert_nonnull(qr);
    return page_with(qr->black, qr->width, dpi, 60, 110, side_mm);
}

static void assert_found(PIX *page)
{
    g_autoptr(Cover) cover = late();
    g_autofree char *wanted = cover_code(cover);
    g_autofree char *found = cover_find(page);
    g_assert_cmpstr(found, ==, wanted);
}

static void test_is_found_at_every_resolution(void)
{
    static const int dpis[] = {100, 150, 200, 300};
    for (size_t i = 0; i < G_N_ELEMENTS(dpis); i++) {
        g_autoptr(PIX) page = cover_page(dpis[i], 66);
        assert_found(page);
        g_autoptr(PIX) small = cover_page(dpis[i], 32);
        assert_found(small);
    }
}

static void test_is_found_any_way_up(void)
{
    g_autoptr(PIX) page = cover_page(150, 66);
    for (int quarters = 1; quarters < 4; quarters++) {
        g_autoptr(PIX) turned = pixRotateOrth(page, quarters);
        assert_found(turned);
    }
    g_autoptr(PIX) skewed = pixRotateAM(page, 0.1f, L_BRING_IN_WHITE);
    assert_found(skewed);
}

static void test_is_found_when_worn(void)
{
    g_autoptr(PIX) page = cover_page(200, 66);
    guint32 state = 7;
    for (int i = 0; i < 40000; i++) { /* dust, black and white */
        state = state * 1664525u + 1013904223u;
        int x = (int)((state >> 8) % (guint32)pixGetWidth(page));
        state = state * 1664525u + 1013904223u;
        int y = (int)((state >> 8) % (guint32)pixGetHeight(page));
        pixSetPixel(page, x, y, state & 1024 ? 255 : 0);
    }
    /* a finger's breadth of it torn off the middle */
    for (int y = 0; y < px_from_mm(8, 200); y++)
        for (int x = 0; x < px_from_mm(20, 200); x++)
            pixSetPixel(page, px_from_mm(95, 200) + x, px_from_mm(145, 200) + y, 235);
    g_autoptr(PIX) soft = pixBlockconvGray(page, NULL, 2, 2);
    assert_found(soft);
}

static void assert_nothing(const char *text)
{
    QRcode *made = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    g_assert_nonnull(made);
    g_autoptr(PIX) page = page_with(made->data, made->width, 200, 20, 20, 30);
    QRcode_free(made);
    g_autofree char *found = cover_find(page);
    g_assert_null(found);
}

static void test_other_codes_are_nothing(void)
{
    assert_nothing("01,32,,24412000000012345678,1200.00,20230308,,8A2F");
    assert_nothing("https://example.com/?q=BJ1:N.PHRG");
    assert_nothing("BJ2:N.PHRG");
    assert_nothing("BJ1:N.PHRX");
    g_autoptr(PIX) empty = pixCreate(1240, 1754, 8);
    pixSetAll(empty);
    g_autofree char *found = cover_find(empty);
    g_assert_null(found);
}

static void test_two_that_differ_are_nothing(void)
{
    g_autoptr(PIX) page = cover_page(150, 60);
    Cover plain = {.kind = COVER_NEW, .number = 2};
    g_autoptr(QrCode) qr = cover_qr(&plain, NULL);
    g_autoptr(PIX) other = page_with(qr->black, qr->width, 150, 60, 200, 60);
    g_autoptr(PIX) both = pixMinOrMax(NULL, page, other, L_CHOOSE_MIN);
    g_autofree char *found = cover_find(both);
    g_assert_null(found);
}

static void assert_lines(const char *first, const char *second, const char *third,
                         const char *wanted)
{
    const char *const lines[] = {first, second, third, NULL};
    g_autofree char *code = cover_of_lines(lines);
    g_assert_cmpstr(code, ==, wanted);
}

static void test_worn_ones_are_known_by_words(void)
{
    assert_lines("案卷封页", "从下一页起,是另一份申请", "N . PHRG", "N.PHRG");
    assert_lines("案卷封页", "从下一页起是另一份申清", "N.T5.PT0NGXU.STX01.K6.RE9X",
                 "N.T5.PTONGXU.STX01.K6.RE9X");
    assert_lines("案卷封页", "从下一页起，是另一份申请", "N.PHR6", COVER_UNREAD);
    assert_lines("案卷封面", "后面的材料，归入已有的案件", "", COVER_UNREAD);
    assert_lines("申请表", "后面的材料，归入已有的案件", "N.PHRG", NULL);
    assert_lines("案卷封页", "一二三四", "N.PHRG", NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/codes/cover/says-what-it-was-given", test_says_what_it_was_given);
    g_test_add_func("/codes/cover/small-letters-will-do",
                    test_may_be_typed_in_small_letters);
    g_test_add_func("/codes/cover/slips-are-refused", test_refuses_slips);
    g_test_add_func("/codes/find/every-resolution", test_is_found_at_every_resolution);
    g_test_add_func("/codes/find/any-way-up", test_is_found_any_way_up);
    g_test_add_func("/codes/find/worn", test_is_found_when_worn);
    g_test_add_func("/codes/find/other-codes-are-nothing", test_other_codes_are_nothing);
    g_test_add_func("/codes/find/two-that-differ-are-nothing",
                    test_two_that_differ_are_nothing);
    g_test_add_func("/codes/words/worn-ones-are-known",
                    test_worn_ones_are_known_by_words);
    return g_test_run();
}
