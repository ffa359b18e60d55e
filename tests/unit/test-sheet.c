/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drawn-page.h"
#include "sheet/pixels.h"
#include "sheet/sheet.h"

#include <glib/gstdio.h>

/* Reads "well" where the heavy feet of the pseudo characters are down. */
static double score_feet(PIXA *lines, void *user_data)
{
    double worst = 100;
    int *asked = user_data;
    for (int i = 0; i < pixaGetCount(lines); i++) {
        g_autoptr(PIX) grey = pixaGetPix(lines, i, L_CLONE);
        g_autoptr(PIX) ink = pixThresholdToBinary(grey, 128);
        g_autoptr(NUMA) rows = pixCountPixelsByRow(ink, NULL);
        int height = pixGetHeight(ink);
        l_float32 top = 0, bottom = 0, row;
        for (int y = 0; y < height; y++) {
            numaGetFValue(rows, y, &row);
            if (y < height / 2)
                top += row;
            else
                bottom += row;
        }
        worst = MIN(worst, bottom > 1.12 * top ? 90 : 20);
        ++*asked;
    }
    return worst;
}

static Sheet *make(Page *page, int claimed_dpi, SheetUprightScorer scorer, int *asked)
{
    g_autoptr(GError) error = NULL;
    SheetParams params = {
        .claimed_dpi = claimed_dpi, .scorer = scorer, .scorer_data = asked};
    Sheet *sheet = sheet_make(page->pix, &params, &error);
    g_assert_no_error(error);
    g_assert_nonnull(sheet);
    return sheet;
}

/* the middle of the largest dark blob */
static Point largest_blob(PIX *grey)
{
    g_autoptr(PIX) ink = pixThresholdToBinary(grey, 128);
    g_autoptr(BlobSet) set = blobs_find(ink, BLOBS_MAX_RUNS);
    const Blob *best = NULL;
    for (int i = 0; i < set->count; i++)
        if (best == NULL || set->blobs[i].area_px > best->area_px)
            best = &set->blobs[i];
    g_assert_nonnull(best);
    return (Point){rect_centre_x(best->box_px), rect_centre_y(best->box_px)};
}

static void test_blobs_touch_by_corners(void)
{
    g_autoptr(PIX) ink = pixCreate(40, 40, 1);
    for (int i = 0; i < 10; i++)
        pixSetPixel(ink, 5 + i, 5 + i, 1);
    pixSetPixel(ink, 30, 5, 1);
    g_autoptr(BlobSet) set = blobs_find(ink, 1000);
    g_assert_cmpint(set->count, ==, 2);
    g_assert_cmpint(set->blobs[0].area_px, ==, 10);
    g_assert_cmpint(set->blobs[0].box_px.width, ==, 10);
    g_assert_null(blobs_find(ink, 3));
}

/* @skew_deg: how far the page was turned clockwise, beside @quarters */
static void check_mark(int dpi, int quarters, double skew_deg)
{
    Page page = page_a4(dpi);
    ink_text(&page, 140, 297, 4);
    ink_rect(&page, 170, 60, 14, 9, BLACK);
    g_autoptr(PIX) turned = pixRotateOrth(page.pix, quarters);
    if (skew_deg != 0) {
        PIX *skewed =
            pixRotateAM(turned, (l_float32)(skew_deg * G_PI / 180), L_BRING_IN_WHITE);
        pixDestroy(&turned);
        turned = skewed;
    }
    pixDestroy(&page.pix);
    page.pix = turned;
    Point true_mark = largest_blob(turned);
    int asked = 0;
    g_autoptr(Sheet) sheet = make(&page, dpi, score_feet, &asked);
    g_assert_cmpint(sheet->rotation_deg, ==, (4 - quarters) % 4 * 90);
    g_assert_cmpfloat_with_epsilon(sheet->skew_deg, -skew_deg, 0.12);
    g_assert_cmpfloat(sheet->upright_confidence, >, 0.8);
    g_assert_cmpint(sheet->dpi, ==, MIN(dpi, 300));
    Point found = transform_apply(sheet->to_original, largest_blob(sheet->grey));
    /* A skewed box's middle is its bounding box's: exact up to the blur of turning. */
    double slack = (skew_deg != 0 ? 2.5 : 1.01) * MAX(1, dpi / 300.0);
    g_assert_cmpfloat_with_epsilon(found.x, true_mark.x, slack);
    g_assert_cmpfloat_with_epsilon(found.y, true_mark.y, slack);
}

/* What is drawn by a program stands straight, whatever a measure of few lines says. */
static void test_drawing_has_no_skew(void)
{
    for (int is_drawn = 0; is_drawn <= 1; is_drawn++) {
        Page page = page_a4(200);
        ink_text(&page, 140, 297, 4);
        g_autoptr(PIX) straight = page.pix;
        g_autoptr(PIX) skewed =
            pixRotateAM(straight, (l_float32)(0.6 * G_PI / 180), L_BRING_IN_WHITE);
        SheetParams params = {.claimed_dpi = 200, .is_drawn = is_drawn};
        g_autoptr(Sheet) sheet = sheet_make(skewed, &params, NULL);
        g_assert_cmpint(sheet->skew_deg != 0, ==, !is_drawn);
    }
}

static void test_mark_in_every_rotation(void)
{
    for (int quarters = 0; quarters < 4; quarters++) {
        check_mark(150, quarters, 0);
        check_mark(200, quarters, quarters % 2 ? 2.3 : -4.4);
    }
}

static void test_mark_after_reduction(void)
{
    check_mark(600, 0, 0);
    check_mark(400, 1, 1.2);
}

static void test_upright_page_asks_once(void)
{
    Page page = page_a4(150);
    ink_text(&page, 210, 297, 4);
    int asked = 0;
    g_autoptr(PIX) owned = page.pix;
    g_autoptr(Sheet) sheet = make(&page, 150, score_feet, &asked);
    g_assert_cmpint(asked, ==, 1);
    g_assert_cmpint(sheet->rotation_deg, ==, 0);
    g_assert_null(sheet->colour);
}

/* the mean of @pix, 8 bpp */
static double mean_of(PIX *pix)
{
    l_float32 mean = 0;
    g_assert_cmpint(pixGetAverageMasked(pix, NULL, 0, 0, 1, L_MEAN_ABSVAL, &mean), ==, 0);
    return mean;
}

/* makes a sheet of @page in the negative, which it takes */
static Sheet *make_negative(Page *page)
{
    int asked = 0;
    g_autoptr(PIX) owned = pixConvertTo8(page->pix, FALSE);
    pixDestroy(&page->pix);
    pixInvert(owned, owned);
    page->pix = owned;
    return make(page, 150, score_feet, &asked);
}

/* The cover of a certificate: it is read in the negative, and shown as it is. */
static void test_light_print_on_dark(void)
{
    Page page = page_a4(150);
    ink_text(&page, 210, 297, 4);
    g_autoptr(Sheet) sheet = make_negative(&page);
    g_assert_true(sheet->is_negative);
    g_assert_false(sheet->is_blank);
    g_assert_cmpfloat(mean_of(sheet->grey), >, 200);
    g_assert_nonnull(sheet->unlifted);
    g_assert_cmpfloat(mean_of(sheet->unlifted), <, 60);
}

/* A dark page that reads neither way stays as it came. */
static void test_dark_page_without_print(void)
{
    Page page = page_a4(150);
    g_autoptr(Sheet) sheet = make_negative(&page);
    g_assert_false(sheet->is_negative);
}

/* As on a card, whose longest lines are numbers: they say nothing of which way is up. */
static double score_from_the_fifth_line(PIXA *lines, void *user_data)
{
    return pixaGetCount(lines) < 5 ? 0 : score_feet(lines, user_data);
}

static void test_more_lines_where_few_say_nothing(void)
{
    Page page = page_a4(150);
    ink_text(&page, 210, 297, 4);
    g_autoptr(PIX) turned = pixRotateOrth(page.pix, 2);
    pixDestroy(&page.pix);
    page.pix = turned;
    int asked = 0;
    g_autoptr(Sheet) sheet = make(&page, 150, score_from_the_fifth_line, &asked);
    g_assert_cmpint(sheet->rotation_deg, ==, 180);
    g_assert_cmpfloat(sheet->upright_confidence, >, 0.8);
}

/* Small print, whose characters touch each other in the small picture. */
static void test_lines_whose_characters_touch(void)
{
    Page page = page_new(150, 100, 200, 8);
    for (int i = 0; i < 5; i++) {
        for (int k = 0; k < 2; k++) /* labels, spaced out */
            ink_line(&page, 15 + k * 9, 20 + i * 9, 3, 1, BLACK);
        ink_line(&page, 40, 20 + i * 9, 3, 12, BLACK);
        ink_rect(&page, 40, 21.5 + i * 9, 38, 0.3, BLACK);
    }
    g_autoptr(PIX) upright = page.pix;
    g_autoptr(PIX) turned = pixRotateOrth(page.pix, 1);
    page.pix = turned;
    int asked = 0;
    g_autoptr(Sheet) sheet = make(&page, 200, score_feet, &asked);
    g_assert_cmpint(sheet->rotation_deg, ==, 270);
}

static void check_dpi(double width, double height, int dpi, int claimed, int expected)
{
    Page page = page_new(width, height, dpi, 8);
    g_autoptr(PIX) owned = page.pix;
    if (height > 100)
        ink_text(&page, width, height, 4);
    else
        for (double y = 6; y < height - 6; y += 8)
            ink_line(&page, 5, y, 3, 14, BLACK);
    g_autoptr(Sheet) sheet = make(&page, claimed, NULL, NULL);
    g_assert_cmpint(abs(sheet->dpi - expected), <=, expected / 50);
}

static void test_resolution_is_believed_or_not(void)
{
    check_dpi(210, 297, 200, 200, 200); /* true */
    check_dpi(210, 297, 200, 0, 200);   /* silent */
    check_dpi(210, 297, 200, 72, 200);  /* too small a claim: paper of 58 cm */
    check_dpi(210, 297, 200, 600, 200); /* too large: print of 1.3 mm */
    check_dpi(210, 297, 150, 300, 150); /* exactly half: A6 is no office paper */
    check_dpi(297, 420, 150, 150, 150); /* A3 where the file says so */
    check_dpi(85.6, 54, 300, 0, 300);   /* the crop of a card */
    check_dpi(85.6, 54, 300, 96, 300);
    check_dpi(210, 250, 200, 200, 200); /* cut short by the feeder */
}

static void test_resolution_problems_are_told(void)
{
    Page page = page_a4(100);
    g_autoptr(PIX) owned = page.pix;
    ink_text(&page, 210, 297, 4);
    g_autoptr(Sheet) sheet = make(&page, 300, NULL, NULL);
    g_assert_true(g_ptr_array_find_with_equal_func(sheet->problems, "low_resolution",
                                                   g_str_equal, NULL));
    g_assert_true(g_ptr_array_find_with_equal_func(
        sheet->problems, "resolution_corrected", g_str_equal, NULL));
    g_assert_cmpint(sheet->dpi, ==, 100);
}

static int level_at(PIX *grey, const Page *page, double x, double y)
{
    l_uint32 value = 0;
    pixGetPixel(grey, mm(page, x), mm(page, y), &value);
    return (int)value;
}

static int bit_at(PIX *mask, const Page *page, double x, double y)
{
    return level_at(mask, page, x, y);
}

static void ink_ring(Page *page, double cx, double cy, double radius, uint32_t rgb)
{
    for (int i = 0; i < 720; i++)
        ink_rect(page, cx + radius * cos(i * G_PI / 360),
                 cy + radius * sin(i * G_PI / 360), 1.2, 1.2, rgb);
}

static void test_seal_is_lifted_and_text_stays(void)
{
    Page page = page_new(210, 297, 200, 32);
    g_autoptr(PIX) owned = page.pix;
    ink_text(&page, 210, 200, 4);
    ink_ring(&page, 120, 240, 20, 0xd21a1f);
    ink_rect(&page, 110, 238, 20, 3, 0xd21a1f);
    ink_rect(&page, 120, 225, 1, 30, 0x3a0808);  /* black under red */
    ink_rect(&page, 90, 240, 40, 0.6, 0x14268c); /* blue pen through it */
    ink_line(&page, 20, 280, 4, 12, 0xc81e1e);   /* red print is print */
    g_autoptr(Sheet) sheet = make(&page, 200, NULL, NULL);
    g_assert_nonnull(sheet->colour);
    g_assert_nonnull(sheet->seal);
    g_assert_cmpint(level_at(sheet->grey, &page, 100.6, 240.1 - 8), >, 200);
    g_assert_cmpint(level_at(sheet->grey, &page, 114, 239), >, 200);
    g_assert_cmpint(bit_at(sheet->seal, &page, 114, 239), ==, 1);
    g_assert_cmpint(level_at(sheet->grey, &page, 120.5, 230), <, 110);
    g_assert_cmpint(level_at(sheet->grey, &page, 105, 240.3), <, 110);
    g_assert_cmpint(level_at(sheet->grey, &page, 21.5, 283.4), <, 130);
    g_assert_cmpint(bit_at(sheet->seal, &page, 21.5, 283.4), ==, 0);
}

/* As a grey scanner sees a red seal over black print. */
static void test_grey_seal_is_lifted_and_text_stays(void)
{
    for (int dpi = 150; dpi <= 300; dpi += 50) {
        Page page = page_a4(dpi);
        g_autoptr(PIX) owned = page.pix;
        ink_text(&page, 210, 200, 4);
        ink_ring(&page, 120, 240, 20, 0xa0a0a0);
        ink_rect(&page, 115, 235, 10, 10, 0xa0a0a0);
        ink_line(&page, 90, 250, 4, 12, BLACK);
        ink_rect(&page, 139, 230, 3, 0.6, BLACK); /* through the ring */
        g_autoptr(Sheet) sheet = make(&page, dpi, NULL, NULL);
        g_assert_nonnull(sheet->seal);
        g_assert_cmpint(level_at(sheet->grey, &page, 120.6, 220.6), >, 220);
        g_assert_cmpint(level_at(sheet->grey, &page, 118, 238), >, 220);
        g_assert_cmpint(bit_at(sheet->seal, &page, 120.6, 220.6), ==, 1);
        g_assert_cmpint(level_at(sheet->grey, &page, 91, 253.4), <, 90);
        g_assert_cmpint(level_at(sheet->grey, &page, 140.3, 230.3), <, 110);
        g_assert_cmpint(bit_at(sheet->seal, &page, 91, 253.4), ==, 0);
    }
}

/* A dull seal, crossed by much print: lifted where the print is darker by far, and taken
 * for a black copy's where print is as pale. */
static void test_dull_seal_is_lifted_by_contrast(void)
{
    for (int is_pale_print = 0; is_pale_print < 2; is_pale_print++) {
        uint32_t print_rgb = is_pale_print ? 0x666666 : 0x202020;
        Page page = page_a4(200);
        g_autoptr(PIX) owned = page.pix;
        ink_text(&page, 210, 200, 4);
        ink_ring(&page, 120, 240, 20, 0x666666);
        for (int i = 0; i < 12; i++)
            ink_line(&page, 95, 222 + 3 * i, 2, 20, print_rgb);
        ink_rect(&page, 118, 235, 4, 4, 0x666666);
        g_autoptr(Sheet) sheet = make(&page, 200, NULL, NULL);
        g_assert_nonnull(sheet->seal);
        g_assert_cmpint(bit_at(sheet->seal, &page, 120.6, 220.6), ==, 1);
        g_assert_cmpint(level_at(sheet->grey, &page, 120.6, 220.6), >, 220);
        if (is_pale_print)
            g_assert_cmpint(level_at(sheet->grey, &page, 120, 237), <, 130);
        else
            g_assert_cmpint(level_at(sheet->grey, &page, 120, 237), >, 220);
    }
}

/* Print cannot be told from the ink of a black copy of a seal: all within its ring is
 * marked. Only the ring's own line is taken off, where nothing crosses it. */
static void test_black_seal_is_marked(void)
{
    Page page = page_new(210, 297, 200, 1);
    g_autoptr(PIX) owned = page.pix;
    ink_text(&page, 210, 200, 4);
    ink_ring(&page, 60, 240, 19, BLACK);
    ink_line(&page, 50, 240, 4, 3, BLACK);
    ink_rect(&page, 34, 240, 12, 0.6, BLACK); /* through the ring, level */
    ink_rect(&page, 60, 216, 0.6, 12, BLACK); /* and upright */
    g_autoptr(Sheet) sheet = make(&page, 200, NULL, NULL);
    g_assert_nonnull(sheet->seal);
    for (int degree = 0; degree < 360; degree += 5) {
        double x = 60.3 + 19 * sin(degree * G_PI / 180);
        double y = 240.3 - 19 * cos(degree * G_PI / 180);
        bool is_crossed = degree == 0 || degree == 270;
        g_test_message("%d degrees", degree);
        if (is_crossed)
            g_assert_cmpint(level_at(sheet->grey, &page, x, y), <, 90);
        else if (degree > 5 && degree < 355 && abs(degree - 270) > 5)
            g_assert_cmpint(level_at(sheet->grey, &page, x, y), >, 220);
        g_assert_cmpint(level_at(sheet->unlifted, &page, x, y), <, 90);
    }
    g_assert_cmpint(level_at(sheet->grey, &page, 51, 243.4), <, 90);
    g_assert_cmpint(bit_at(sheet->seal, &page, 60.6, 221.6), ==, 1);
    g_assert_cmpint(bit_at(sheet->seal, &page, 51, 243.4), ==, 1);
    g_assert_cmpint(bit_at(sheet->seal, &page, 21, 33.4), ==, 0);
}

/* What stands within the ring votes for a point beside its centre, and more than it. */
static void test_ring_around_other_strokes(void)
{
    Page page = page_new(210, 297, 200, 1);
    g_autoptr(PIX) owned = page.pix;
    ink_text(&page, 210, 200, 4);
    ink_ring(&page, 60, 240, 20, BLACK);
    for (int i = 0; i < 720; i++) /* dashes on circles of their own */
        if (i % 40 < 22)
            for (double r = 12.6; r < 17; r += 1.4)
                ink_rect(&page, 61.8 + r * cos(i * G_PI / 360),
                         237.4 + r * sin(i * G_PI / 360), 0.5, 0.5, BLACK);
    g_autoptr(Sheet) sheet = make(&page, 200, NULL, NULL);
    g_assert_nonnull(sheet->seal);
    g_assert_cmpint(bit_at(sheet->seal, &page, 60.6, 220.6), ==, 1);
    g_assert_cmpint(bit_at(sheet->seal, &page, 40.6, 240.6), ==, 1);
    g_assert_cmpint(bit_at(sheet->seal, &page, 21, 33.4), ==, 0);
}

/* At 150 dpi a thin ring is two pixels of the small picture, and its words draw the votes
 * away from its centre. */
static void test_thin_ring_around_words(void)
{
    for (int i = 0; i < 8; i++) {
        Page page = page_a4(150);
        g_autoptr(PIX) owned = page.pix;
        double x = 100 + i * 0.27, y = 240 + i * 0.13;
        ink_text(&page, 210, 200, 4);
        for (int k = 0; k < 1440; k++) {
            double across = cos(k * G_PI / 720), down = sin(k * G_PI / 720);
            ink_rect(&page, x + 20 * across, y + 20 * down, 0.8, 0.8, 0x6c6c6c);
            for (double r = 12.6; k % 80 < 44 && r < 17; r += 1.4)
                ink_rect(&page, x + 1.8 + r * across, y - 2.2 + r * down, 0.5, 0.5,
                         0x6c6c6c);
        }
        g_autoptr(Sheet) sheet = make(&page, 150, NULL, NULL);
        g_test_message("%d", i);
        g_assert_nonnull(sheet->seal);
    }
}

/* What a pale seal's line leaves of itself on the small picture depends on where it falls
 * there; so does a worn one's. Black print as large is no ring. */
static void test_pale_ring(void)
{
    for (int i = 0; i < 8; i++) {
        Page page = page_a4(150);
        g_autoptr(PIX) owned = page.pix;
        double x = 100 + i * 0.27, y = 240 + i * 0.13;
        ink_text(&page, 210, 200, 4);
        for (int k = 0; k < 1440; k++)
            ink_rect(&page, x + 20 * cos(k * G_PI / 720), y + 20 * sin(k * G_PI / 720),
                     0.8, 0.8, k % 90 < 87 ? 0xbebebe : 0xffffff);
        ink_rect(&page, 70, 240, 60, 0.4, 0x505050); /* a rule through it */
        g_autoptr(Sheet) sheet = make(&page, 150, NULL, NULL);
        g_test_message("%d", i);
        g_assert_nonnull(sheet->seal);
    }
}

static void test_tables_and_pictures_are_no_rings(void)
{
    Page page = page_a4(200);
    g_autoptr(PIX) owned = page.pix;
    ink_text(&page, 210, 120, 4);
    for (int i = 0; i < 6; i++) {
        ink_rect(&page, 20, 120 + i * 10, 170, 0.4, BLACK);
        ink_rect(&page, 20 + i * 34, 120, 0.4, 50, BLACK);
    }
    ink_rect(&page, 30, 190, 40, 40, 0x808080); /* a portrait */
    ink_frame(&page, 100, 190, 40, 40, 1.2, BLACK);
    ink_ring(&page, 170, 200, 7, BLACK); /* a ring of a glass, a logo */
    g_autoptr(Sheet) sheet = make(&page, 200, NULL, NULL);
    g_assert_null(sheet->seal);
}

static void test_no_seal_on_skin_and_grey(void)
{
    Page page = page_new(210, 297, 150, 32);
    g_autoptr(PIX) owned = page.pix;
    ink_text(&page, 210, 200, 4);
    ink_rect(&page, 120, 220, 22, 28, 0xd8a880); /* skin */
    ink_rect(&page, 20, 230, 10, 3, 0x2040c0);
    g_autoptr(Sheet) sheet = make(&page, 150, NULL, NULL);
    g_assert_null(sheet->seal);
}

static void test_bilevel_page_and_its_proof(void)
{
    Page page = page_new(210, 297, 200, 1);
    g_autoptr(PIX) owned = page.pix;
    g_autoptr(GError) error = NULL;
    ink_text(&page, 210, 297, 4);
    pixSetPixel(page.pix, 40, 40, 1); /* dust */
    g_autoptr(Sheet) sheet = make(&page, 0, NULL, NULL);
    g_assert_true(sheet->is_bilevel);
    g_assert_cmpint(pixGetDepth(sheet->grey), ==, 8);
    l_uint32 dust = 0;
    pixGetPixel(sheet->grey, 40, 40, &dust);
    g_assert_cmpint((int)dust, ==, 255);

    g_autofree char *folder = g_dir_make_tmp("banjie-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "proof.tif", NULL);
    g_assert_true(sheet_write_proof(sheet, path, &error));
    g_assert_no_error(error);
    g_autoptr(PIX) proof = pixRead(path);
    g_assert_cmpint(pixGetDepth(proof), ==, 1);
    g_assert_cmpint(pixGetInputFormat(proof), ==, IFF_TIFF_G4);
    g_assert_cmpint(pixGetXRes(proof), ==, 200);
    pixSetPixel(page.pix, 40, 40, 0);
    l_int32 is_same = 0;
    pixEqual(proof, page.pix, &is_same);
    g_assert_true(is_same);
    g_unlink(path);
    g_rmdir(folder);
    g_assert_false(sheet_write_proof(sheet, path, &error));
    g_assert_error(error, SHEET_ERROR, SHEET_ERROR_IMAGE);
}

static void test_black_and_white_stored_as_grey(void)
{
    Page page = page_new(210, 297, 150, 1);
    ink_text(&page, 210, 297, 4);
    PIX *grey = pixConvertTo8(page.pix, FALSE);
    pixDestroy(&page.pix);
    page.pix = grey;
    g_autoptr(PIX) owned = grey;
    g_autoptr(Sheet) sheet = make(&page, 150, NULL, NULL);
    g_assert_true(sheet->is_bilevel);
    g_assert_true(sheet->is_toneless);
}

/* @page written as a JPEG and read again */
static PIX *through_jpeg(PIX *page)
{
    l_uint8 *data = NULL;
    size_t size = 0;
    g_assert_cmpint(pixWriteMemJpeg(&data, &size, page, 70, 0), ==, 0);
    PIX *again = pixReadMemJpeg(data, size, 0, 1, NULL, 0);
    lept_free(data);
    g_assert_nonnull(again);
    return again;
}

/* What pale ink is on a page nobody can say where a scanner made black and white of it,
 * also where it was kept as a JPEG. A page that only has sharp print keeps its tones. */
static void test_black_and_white_kept_as_jpeg(void)
{
    for (int is_measured = 0; is_measured < 2; is_measured++) {
        Page page = page_new(210, 297, 150, 1);
        ink_text(&page, 210, 297, 4);
        g_autoptr(PIX) bits = page.pix;
        g_autoptr(PIX) grey = pixConvertTo8(bits, FALSE);
        g_autoptr(PIX) seen =
            is_measured ? pixBlockconvGray(grey, NULL, 1, 1) : pixClone(grey);
        page.pix = through_jpeg(seen);
        g_autoptr(PIX) owned = page.pix;
        g_autoptr(Sheet) sheet = make(&page, 150, NULL, NULL);
        g_assert_cmpint(sheet->is_toneless, ==, !is_measured);
    }
}

static void test_blank_page(void)
{
    Page page = page_a4(150);
    g_autoptr(PIX) owned = page.pix;
    for (int i = 0; i < 60; i++) /* dust, and the shadow of an edge */
        ink_rect(&page, 15 + i * 3, 20 + i * 37 % 250, 0.3, 0.3, BLACK);
    ink_rect(&page, 0, 0, 2, 297, 0x505050);
    g_autoptr(Sheet) blank = make(&page, 150, NULL, NULL);
    g_assert_true(blank->is_blank);
    ink_line(&page, 95, 280, 3.5, 4, BLACK);
    g_autoptr(Sheet) numbered = make(&page, 150, NULL, NULL);
    g_assert_false(numbered->is_blank);
}

/* a filled circle of @width */
static void ink_disc(Page *page, double x, double y, double width, uint32_t rgb)
{
    for (double dy = -width / 2; dy < width / 2; dy += 0.1) {
        double half = sqrt(width * width / 4 - dy * dy);
        ink_rect(page, x - half, y + dy, 2 * half, 0.1, rgb);
    }
}

static bool is_blank(Page *page)
{
    g_autoptr(Sheet) sheet = make(page, 150, NULL, NULL);
    return sheet->is_blank;
}

static void test_punched_back_is_blank(void)
{
    Page page = page_a4(150);
    g_autoptr(PIX) owned = page.pix;
    ink_disc(&page, 12, 108, 5.5, 0x404040);
    ink_disc(&page, 12, 188, 5.5, BLACK);
    ink_stroke(&page, 8, 8, 17, 13, 0.5, BLACK); /* a staple */
    g_assert_true(is_blank(&page));
    ink_disc(&page, 100, 150, 5.5, BLACK); /* no hole is in the middle */
    g_assert_false(is_blank(&page));
}

static void test_signature_alone_is_not_blank(void)
{
    Page page = page_a4(150);
    g_autoptr(PIX) owned = page.pix;
    for (int i = 0; i < 6; i++)
        ink_stroke(&page, 130 + i * 4, 240, 133 + i * 4, 232 + i % 3 * 5, 0.5, 0x303030);
    g_assert_false(is_blank(&page));
}

static void test_stamp_alone_is_not_blank(void)
{
    Page page = page_new(210, 297, 150, 32);
    g_autoptr(PIX) owned = page.pix;
    for (int i = 0; i < 60; i++)
        ink_stroke(&page, 140 + 20 * cos(i * G_PI / 30), 230 + 20 * sin(i * G_PI / 30),
                   140 + 20 * cos((i + 1) * G_PI / 30),
                   230 + 20 * sin((i + 1) * G_PI / 30), 1, 0xe08080);
    g_assert_false(is_blank(&page));
}

/* a line of Ls, which a mirror makes another character */
static void ink_ls(Page *page, double x, double y, double size, int count, uint32_t rgb)
{
    for (int i = 0; i < count; i++, x += size * 1.15) {
        ink_rect(page, x, y, size * 0.22, size, rgb);
        ink_rect(page, x, y + size * 0.78, size * 0.9, size * 0.22, rgb);
    }
}

/* Reads "well" where most blobs are heavier on their left and at their foot. */
static double score_ls(PIXA *lines, void *user_data)
{
    int good = 0, all = 0;
    (void)user_data;
    for (int i = 0; i < pixaGetCount(lines); i++) {
        g_autoptr(PIX) grey = pixaGetPix(lines, i, L_CLONE);
        g_autoptr(PIX) ink = pixThresholdToBinary(grey, 215);
        g_autoptr(BlobSet) set = blobs_find(ink, BLOBS_MAX_RUNS);
        g_autofree double *x = g_new0(double, (gsize)set->count + 1);
        g_autofree double *y = g_new0(double, (gsize)set->count + 1);
        for (int r = 0; r < set->run_count; r++) {
            const struct InkRun *run = &set->runs[r];
            x[run->blob] += (run->x1 - run->x0) * (run->x0 + run->x1) / 2.0;
            y[run->blob] += (run->x1 - run->x0) * run->y;
        }
        for (int b = 0; b < set->count; b++) {
            const Blob *blob = &set->blobs[b];
            all++;
            good += x[b] / blob->area_px < rect_centre_x(blob->box_px) &&
                    y[b] / blob->area_px > rect_centre_y(blob->box_px);
        }
    }
    return all == 0 ? 0 : 95.0 * good / all;
}

/* pale lines of print: as they are, or as they shine through from the other side */
static bool pale_page_is_blank(bool is_mirrored, bool is_signed)
{
    Page page = page_a4(150);
    for (double y = 30; y < 260; y += 9)
        ink_ls(&page, 20, y, 4.5, 26, 0xc0c0c0);
    if (is_signed)
        ink_stroke(&page, 60, 274, 110, 284, 0.8, 0x303030);
    g_autoptr(PIX) page_pix =
        is_mirrored ? pixFlipLR(NULL, page.pix) : pixClone(page.pix);
    pixDestroy(&page.pix);
    page.pix = page_pix;
    g_autoptr(Sheet) sheet = make(&page, 150, score_ls, NULL);
    return sheet->is_blank;
}

static void test_show_through_is_blank(void)
{
    g_assert_true(pale_page_is_blank(true, false));
    g_assert_false(pale_page_is_blank(false, false));
    g_assert_false(pale_page_is_blank(true, true));
}

/* paper in the shade becomes white; faint print in it stays darker than the paper */
static void test_light_is_even(void)
{
    Page page = page_a4(150);
    g_autoptr(PIX) owned = page.pix;
    int width = pixGetWidth(page.pix);
    for (int y = 0; y < pixGetHeight(page.pix); y++)
        for (int x = 0; x < width; x++)
            pixSetPixel(page.pix, x, y, (l_uint32)(240 - 80 * x / width));
    ink_text(&page, 120, 297, 4);
    ink_rect(&page, 150, 100, 20, 0.5, 0x828282);
    g_autoptr(Sheet) sheet = make(&page, 150, NULL, NULL);
    g_assert_cmpint(level_at(sheet->grey, &page, 195, 150), >, 245);
    g_assert_cmpint(level_at(sheet->grey, &page, 12, 150), >, 245);
    g_assert_cmpint(level_at(sheet->grey, &page, 160, 100.2), <, 215);
}

static void test_refuses_sizes(void)
{
    g_autoptr(GError) tiny_error = NULL, long_error = NULL;
    SheetParams params = {0};
    g_autoptr(PIX) tiny = pixCreate(20, 3000, 8);
    g_assert_null(sheet_make(tiny, &params, &tiny_error));
    g_assert_error(tiny_error, SHEET_ERROR, SHEET_ERROR_IMAGE);
    g_autoptr(PIX) huge = pixCreate(LIMIT_PAGE_SIDE_PX + 1, 100, 1);
    g_assert_null(sheet_make(huge, &params, &long_error));
    g_assert_error(long_error, SHEET_ERROR, SHEET_ERROR_IMAGE);
}

/* depths, colour maps and noise all give a sheet or an error, never less */
static void test_survives_odd_pictures(void)
{
    static const int depths[] = {1, 2, 4, 8, 16, 32};
    for (size_t i = 0; i < G_N_ELEMENTS(depths); i++) {
        g_autoptr(PIX) noise = pixCreate(300, 400, depths[i]);
        l_uint32 *data = pixGetData(noise);
        g_autoptr(GRand) random = g_rand_new_with_seed(7);
        for (int k = 0; k < pixGetWpl(noise) * 400; k++)
            data[k] = g_rand_int(random);
        SheetParams params = {0};
        g_autoptr(GError) error = NULL;
        g_autoptr(Sheet) sheet = sheet_make(noise, &params, &error);
        g_assert_true((sheet != NULL) == (error == NULL));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    setMsgSeverity(L_SEVERITY_NONE);
    g_test_add_func("/sheet/negative/light-print-on-dark", test_light_print_on_dark);
    g_test_add_func("/sheet/negative/nothing-to-read", test_dark_page_without_print);
    g_test_add_func("/sheet/blobs/touch-by-corners", test_blobs_touch_by_corners);
    g_test_add_func("/sheet/to-original/every-rotation", test_mark_in_every_rotation);
    g_test_add_func("/sheet/to-original/drawing-has-no-skew", test_drawing_has_no_skew);
    g_test_add_func("/sheet/to-original/after-reduction", test_mark_after_reduction);
    g_test_add_func("/sheet/rotation/touching", test_lines_whose_characters_touch);
    g_test_add_func("/sheet/rotation/more-lines", test_more_lines_where_few_say_nothing);
    g_test_add_func("/sheet/rotation/upright-page-asks-once",
                    test_upright_page_asks_once);
    g_test_add_func("/sheet/resolution/believed-or-not",
                    test_resolution_is_believed_or_not);
    g_test_add_func("/sheet/resolution/problems-are-told",
                    test_resolution_problems_are_told);
    g_test_add_func("/sheet/seal/lifted-and-text-stays",
                    test_seal_is_lifted_and_text_stays);
    g_test_add_func("/sheet/seal/grey-lifted", test_grey_seal_is_lifted_and_text_stays);
    g_test_add_func("/sheet/seal/dull-by-contrast", test_dull_seal_is_lifted_by_contrast);
    g_test_add_func("/sheet/seal/black-marked", test_black_seal_is_marked);
    g_test_add_func("/sheet/seal/other-strokes", test_ring_around_other_strokes);
    g_test_add_func("/sheet/seal/thin", test_thin_ring_around_words);
    g_test_add_func("/sheet/seal/pale", test_pale_ring);
    g_test_add_func("/sheet/seal/not-tables", test_tables_and_pictures_are_no_rings);
    g_test_add_func("/sheet/seal/not-skin", test_no_seal_on_skin_and_grey);
    g_test_add_func("/sheet/bilevel/proof-is-the-page", test_bilevel_page_and_its_proof);
    g_test_add_func("/sheet/bilevel/stored-as-grey", test_black_and_white_stored_as_grey);
    g_test_add_func("/sheet/bilevel/kept-as-jpeg", test_black_and_white_kept_as_jpeg);
    g_test_add_func("/sheet/blank/dust-is-blank", test_blank_page);
    g_test_add_func("/sheet/blank/punched-back-is-blank", test_punched_back_is_blank);
    g_test_add_func("/sheet/blank/signature-is-not", test_signature_alone_is_not_blank);
    g_test_add_func("/sheet/blank/stamp-is-not", test_stamp_alone_is_not_blank);
    g_test_add_func("/sheet/blank/show-through-is-blank", test_show_through_is_blank);
    g_test_add_func("/sheet/light/even", test_light_is_even);
    g_test_add_func("/sheet/limits/refuses-sizes", test_refuses_sizes);
    g_test_add_func("/sheet/limits/odd-pictures", test_survives_odd_pictures);
    return g_test_run();
}
