/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages drawn, then photographed on desks that are drawn too. */
#include "drawn-page.h"
#include "sheet/photo.h"
#include "sheet/pixels.h"
#include "sheet/sheet.h"

#define PICTURE_WIDTH 1500
#define PICTURE_HEIGHT 2000

/* the colour of the desk at a pixel, 0xrrggbb */
typedef uint32_t (*Desk)(int x, int y);

static uint32_t dark_desk(int x, int y)
{
    return 0x2a3038u + (uint32_t)((x * 7 + y * 13) % 5) * 0x010101u;
}

/* nearly as light as paper, and lit from one side */
static uint32_t light_desk(int x, int y)
{
    (void)y;
    return 0xd2d0ccu - (uint32_t)(x / 60) * 0x010101u;
}

static uint32_t wooden_desk(int x, int y)
{
    uint32_t grain = (uint32_t)(30 * fabs(sin(y * 0.21 + sin(x * 0.004) * 3)));
    return 0x9a6a3cu - grain * 0x010101u;
}

static uint32_t checked_desk(int x, int y)
{
    int u = (int)floor((x * 0.94 + y * 0.34) / 90),
        v = (int)floor((y * 0.94 - x * 0.34) / 90);
    return (u + v) & 1 ? 0x3a5f9cu : 0xb9c4d8u;
}

static PIX *desk_picture(Desk desk)
{
    PIX *picture = pixCreate(PICTURE_WIDTH, PICTURE_HEIGHT, 32);
    for (int y = 0; y < PICTURE_HEIGHT; y++)
        for (int x = 0; x < PICTURE_WIDTH; x++)
            pixSetPixel(picture, x, y, desk(x, y) << 8);
    return picture;
}

static PTA *points(const Point *corner)
{
    PTA *pta = ptaCreate(4);
    for (int i = 0; i < 4; i++)
        ptaAddPt(pta, (l_float32)corner[i].x, (l_float32)corner[i].y);
    return pta;
}

/* lay @page onto @picture, its corners at @corner, a little off white */
static void lay(PIX *picture, PIX *page, const Point corner[4])
{
    double w = pixGetWidth(page), h = pixGetHeight(page);
    const Point own[4] = {{0, 0}, {w, 0}, {w, h}, {0, h}};
    PTA *from = points(corner), *to = points(own);
    l_float32 *c = NULL;
    g_assert_cmpint(getProjectiveXformCoeffs(from, to, &c), ==, 0);
    for (int y = 0; y < PICTURE_HEIGHT; y++)
        for (int x = 0; x < PICTURE_WIDTH; x++) {
            double d = (double)c[6] * x + (double)c[7] * y + 1;
            double u = ((double)c[0] * x + (double)c[1] * y + (double)c[2]) / d;
            double v = ((double)c[3] * x + (double)c[4] * y + (double)c[5]) / d;
            l_uint32 pixel = 0;
            if (u < 0 || v < 0 || u >= w || v >= h)
                continue;
            pixGetPixel(page, (int)u, (int)v, &pixel);
            if (pixGetDepth(page) == 8)
                pixel = pixel << 24 | pixel << 16 | pixel << 8;
            pixSetPixel(picture, x, y, pixel - (pixel >> 4 & 0x0f0f0f00u));
        }
    lept_free(c);
    ptaDestroy(&from);
    ptaDestroy(&to);
}

/* an A4 page of print with a mark, and where it lies */
static Page a4_with_mark(void)
{
    Page page = page_new(210, 297, 150, 32);
    ink_text(&page, 140, 297, 4);
    ink_rect(&page, 165, 60, 20, 12, BLACK);
    return page;
}

static const Point A4_CORNERS[4] = {{232, 205}, {1290, 160}, {1371, 1722}, {150, 1690}};

static PIX *photo_of_a4(Desk desk)
{
    Page page = a4_with_mark();
    PIX *picture = desk_picture(desk);
    lay(picture, page.pix, A4_CORNERS);
    pixDestroy(&page.pix);
    return picture;
}

static Sheet *make(PIX *page, int claimed_dpi)
{
    g_autoptr(GError) error = NULL;
    SheetParams params = {.claimed_dpi = claimed_dpi};
    Sheet *sheet = sheet_make(page, &params, &error);
    g_assert_no_error(error);
    return sheet;
}

static bool has_problem(const Sheet *sheet, const char *code)
{
    return g_ptr_array_find_with_equal_func(sheet->problems, code, g_str_equal, NULL);
}

static int level_at(PIX *grey, double x, double y)
{
    l_uint32 value = 0;
    pixGetPixel(grey, (int)x, (int)y, &value);
    return (int)value;
}

static void check_corners(Desk desk)
{
    g_autoptr(PIX) picture = photo_of_a4(desk);
    PhotoPapers papers;
    g_assert_true(photo_papers(picture, 72, &papers));
    g_assert_cmpint(papers.count, ==, 1);
    for (int i = 0; i < 4; i++) {
        g_assert_cmpfloat_with_epsilon(papers.quads[0].corner[i].x, A4_CORNERS[i].x, 4);
        g_assert_cmpfloat_with_epsilon(papers.quads[0].corner[i].y, A4_CORNERS[i].y, 4);
        g_assert_false(papers.quads[0].is_cut[i]);
    }
}

static void test_corners_on_every_desk(void)
{
    check_corners(dark_desk);
    check_corners(light_desk);
    check_corners(wooden_desk);
    check_corners(checked_desk);
}

static void test_sheet_is_flat_and_leads_back(void)
{
    g_autoptr(PIX) picture = photo_of_a4(dark_desk);
    g_autoptr(Sheet) sheet = make(picture, 72);
    double w = pixGetWidth(sheet->grey), h = pixGetHeight(sheet->grey);
    g_assert_cmpfloat_with_epsilon(h / w, 297.0 / 210, 0.02);
    g_assert_cmpfloat_with_epsilon(w / sheet->dpi * MM_PER_INCH, 210, 3);
    const Point own[4] = {{0, 0}, {w, 0}, {w, h}, {0, h}};
    for (int i = 0; i < 4; i++) {
        Point seen = transform_apply(sheet->to_original, own[i]);
        g_assert_cmpfloat_with_epsilon(seen.x, A4_CORNERS[i].x, 6);
        g_assert_cmpfloat_with_epsilon(seen.y, A4_CORNERS[i].y, 6);
    }
    double mm = sheet->dpi / MM_PER_INCH;
    g_assert_cmpint(level_at(sheet->grey, 175 * mm, 66 * mm), <, 60); /* the mark */
    g_assert_cmpint(level_at(sheet->grey, 175 * mm, 54 * mm), >, 240);
    g_assert_cmpint(level_at(sheet->grey, 175 * mm, 80 * mm), >, 240);
    g_assert_cmpint(level_at(sheet->grey, 1 * mm, 150 * mm), >, 240); /* no desk left */
    g_assert_false(has_problem(sheet, "resolution_corrected"));
}

static void test_projective_transform_is_undone(void)
{
    const Transform seen = {{1.1, 0.2, 30, -0.1, 0.9, 50, 2e-4, -1e-4, 1}};
    Transform back = transform_identity(), flat = {{0}};
    g_assert_true(transform_invert(seen, &back));
    for (int i = 0; i < 9; i++) {
        Point p = {i % 3 * 700, i / 3 * 900};
        Point q = transform_apply(back, transform_apply(seen, p));
        g_assert_cmpfloat_with_epsilon(q.x, p.x, 1e-6);
        g_assert_cmpfloat_with_epsilon(q.y, p.y, 1e-6);
    }
    g_assert_false(transform_invert(flat, &back));
}

/* What scanners make, where nothing must be cut or bent. */
static void check_scan(PIX *page, int claimed_dpi)
{
    PhotoPapers papers;
    g_assert_false(photo_papers(page, claimed_dpi, &papers));
    g_assert_cmpint(papers.count, ==, 0);
}

static void test_scans_are_left_alone(void)
{
    Page page = page_new(210, 297, 150, 32);
    g_autoptr(PIX) owned = page.pix;
    check_scan(owned, 0); /* an empty page */
    ink_text(&page, 210, 140, 4);
    ink_frame(&page, 15, 150, 180, 120, 1.5, BLACK);
    check_scan(owned, 0);
    for (double y = 160; y < 260; y += 2) /* a card, copied with its tint */
        ink_rect(&page, 60, y, 86, 2, 0xe2e8ec);
    ink_line(&page, 65, 170, 4, 8, BLACK);
    ink_rect(&page, 120, 180, 20, 25, 0x604838);
    check_scan(owned, 0);
    check_scan(owned, 150);
    for (int d = 0; d < 3; d++) /* the lid did not close over one side */
        ink_rect(&page, d, 0, 1, 297, 0x282828u + (uint32_t)d * 0x404040u);
    check_scan(owned, 0);
}

/* A certificate whose pale panel fills most of it; a form printed on a grey background
 * with a white field in it, and words beside that. */
static void test_panels_are_no_papers(void)
{
    Page certificate = page_new(210, 297, 150, 32);
    g_autoptr(PIX) owned = certificate.pix;
    ink_rect(&certificate, 15, 20, 180, 255, 0xf6d8d8);
    ink_text(&certificate, 200, 250, 4);
    check_scan(owned, 0);
    Page form = page_new(210, 297, 150, 32);
    g_autoptr(PIX) other = form.pix;
    ink_rect(&form, 0, 0, 210, 297, 0xd8d8d8);
    ink_rect(&form, 15, 90, 180, 160, 0xffffff);
    for (double y = 15; y < 80; y += 8)
        ink_line(&form, 20, y, 4, 36, BLACK);
    check_scan(other, 0);
}

/* a white panel with words around it, as on a screen */
static void test_screens_are_no_desks(void)
{
    Page screen = page_new(200, 280, 150, 32);
    g_autoptr(PIX) owned = screen.pix;
    ink_rect(&screen, 0, 0, 200, 280, 0x203048);
    ink_line(&screen, 30, 12, 6, 20, 0xf0f0f0);
    ink_rect(&screen, 15, 30, 170, 230, 0xffffff);
    for (double y = 50; y < 240; y += 9)
        ink_line(&screen, 25, y, 4, 30, BLACK);
    check_scan(owned, 0);
}

/* paper to all edges: there is nothing to be seen from */
static void test_paper_that_fills_the_picture(void)
{
    g_autoptr(PIX) picture = desk_picture(dark_desk);
    Page page = a4_with_mark();
    const Point beyond[4] = {{-40, -30}, {1560, -60}, {1540, 2060}, {-30, 2050}};
    lay(picture, page.pix, beyond);
    pixDestroy(&page.pix);
    check_scan(picture, 0);
}

/* pictures of nothing, and of noise */
static void test_odd_pictures(void)
{
    static const int sizes[][2] = {{64, 64}, {70, 3000}, {3000, 70}, {900, 700}};
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++)
        for (int kind = 0; kind < 4; kind++) {
            g_autoptr(PIX) picture = pixCreate(sizes[i][0], sizes[i][1], 32);
            uint32_t state = 12345;
            for (int y = 0; y < sizes[i][1]; y++)
                for (int x = 0; x < sizes[i][0]; x++) {
                    state = state * 1664525u + 1013904223u;
                    pixSetPixel(picture, x, y,
                                kind == 0   ? 0
                                : kind == 1 ? 0xffffff00u
                                : kind == 2
                                    ? state & 0xffffff00u
                                    : (uint32_t)(x * 255 / sizes[i][0]) * 0x01010100u);
                }
            check_scan(picture, 0);
            g_autoptr(Sheet) sheet = make(picture, 0);
            g_assert_nonnull(sheet->grey);
        }
}

/* a smaller sheet under the black lid of a scanner for A4 */
static void test_black_lid_is_cut(void)
{
    Page lid = page_new(210, 297, 150, 32);
    g_autoptr(PIX) owned = lid.pix;
    ink_rect(&lid, 0, 0, 210, 297, 0x181818);
    ink_rect(&lid, 30, 25, 148, 210, 0xf4f4f4);
    for (double y = 40; y < 220; y += 7)
        ink_line(&lid, 40, y, 3.4, 34, BLACK);
    g_autoptr(Sheet) sheet = make(owned, 150);
    g_assert_cmpint(abs(pixGetWidth(sheet->grey) - mm(&lid, 148)), <=, 6);
    g_assert_cmpint(abs(pixGetHeight(sheet->grey) - mm(&lid, 210)), <=, 6);
    g_assert_cmpint(abs(sheet->dpi - 150), <=, 3);
}

static Page card_page(void)
{
    Page card = page_new(85.6, 54, 200, 32);
    for (double y = 7; y < 46; y += 8)
        ink_line(&card, 6, y, 3.2, 14, BLACK);
    ink_rect(&card, 62, 12, 17, 22, 0x604838);
    return card;
}

static void test_two_cards_stay(void)
{
    const Point first[4] = {{250, 300}, {905, 318}, {893, 731}, {240, 712}};
    const Point second[4] = {{300, 900}, {957, 880}, {966, 1294}, {309, 1312}};
    g_autoptr(PIX) picture = desk_picture(dark_desk);
    Page card = card_page();
    lay(picture, card.pix, first);
    lay(picture, card.pix, second);
    pixDestroy(&card.pix);
    g_autoptr(Sheet) sheet = make(picture, 0);
    g_assert_nonnull(sheet->papers);
    g_assert_cmpint(sheet->papers->len, ==, 2);
    for (guint i = 0; i < 2; i++) {
        Rect box = g_array_index(sheet->papers, Rect, i);
        g_assert_cmpfloat_with_epsilon((double)box.width / box.height, 85.6 / 54, 0.05);
        g_assert_cmpfloat_with_epsilon(box.width * MM_PER_INCH / sheet->dpi, 85.6, 3);
        Point middle = transform_apply(sheet->to_original,
                                       (Point){rect_centre_x(box), rect_centre_y(box)});
        const Point *corner = middle.y < 800 ? first : second;
        g_assert_cmpfloat_with_epsilon(
            middle.x, (corner[0].x + corner[1].x + corner[2].x + corner[3].x) / 4, 12);
        g_assert_cmpfloat_with_epsilon(
            middle.y, (corner[0].y + corner[1].y + corner[2].y + corner[3].y) / 4, 12);
    }
    Rect one = g_array_index(sheet->papers, Rect, 0);
    Rect other = g_array_index(sheet->papers, Rect, 1);
    g_assert_true(rect_is_empty(rect_intersection(one, other)));
}

/* half of the light is gone beyond a soft edge */
static void test_shadow_is_taken_off(void)
{
    Page page = page_a4(150);
    g_autoptr(PIX) owned = page.pix;
    ink_text(&page, 210, 297, 4);
    int width = pixGetWidth(owned), edge = width / 2;
    for (int y = 0; y < pixGetHeight(owned); y++)
        for (int x = 0; x < width; x++) {
            l_uint32 value = 0;
            double light = CLAMP((x - edge) / 100.0, 0, 1);
            pixGetPixel(owned, x, y, &value);
            pixSetPixel(owned, x, y, (l_uint32)(value * 0.9 * (1 - 0.5 * light)));
        }
    photo_even(owned, 150);
    for (double x = 12; x < 200; x += 8) /* above the print */
        g_assert_cmpint(level_at(owned, mm(&page, x), mm(&page, 15)), >, 220);
    g_autoptr(PIX) ink = ink_from_grey(owned, 150);
    g_autoptr(BlobSet) set = blobs_find(ink, BLOBS_MAX_RUNS);
    int left = 0, right = 0;
    for (int i = 0; i < set->count; i++)
        if (set->blobs[i].box_px.height > mm(&page, 3) &&
            set->blobs[i].box_px.height < mm(&page, 5))
            ++*(rect_centre_x(set->blobs[i].box_px) < edge ? &left : &right);
    g_assert_cmpint(left, >, 500);
    g_assert_cmpint(right, >, left * 8 / 10);
}

/* a fingertip over the lower edge; a stamp's red and print stay */
static void test_finger_is_painted_over(void)
{
    g_autoptr(PIX) picture = photo_of_a4(dark_desk);
    for (int y = 1620; y < PICTURE_HEIGHT; y++)
        for (int x = 700; x < 800; x++)
            if (y > 1670 || (x - 750) * (x - 750) + (y - 1670) * (y - 1670) < 2500)
                pixSetPixel(picture, x, y, 0xc8966e00u);
    g_autoptr(Sheet) sheet = make(picture, 72);
    double mm = sheet->dpi / MM_PER_INCH;
    for (double x = 80; x < 130; x += 2)
        g_assert_cmpint(level_at(sheet->grey, x * mm, 292 * mm), >, 235);
    g_assert_cmpint(level_at(sheet->grey, 175 * mm, 66 * mm), <, 60);
}

/* @deviation_px: of the blur; @light: share of it that is left */
static Sheet *sheet_of_bad_photo(double deviation_px, double light)
{
    g_autoptr(PIX) picture = photo_of_a4(wooden_desk);
    g_autoptr(PIX) seen = pixClone(picture);
    if (deviation_px > 0) {
        L_KERNEL *across = NULL, *down = NULL;
        makeGaussianKernelSep(9, 9, (l_float32)deviation_px, 1, &across, &down);
        PIX *blurred = pixConvolveRGBSep(picture, across, down);
        pixDestroy(&seen);
        seen = blurred;
        kernelDestroy(&across);
        kernelDestroy(&down);
    }
    if (light < 1)
        for (int y = 0; y < PICTURE_HEIGHT; y++)
            for (int x = 0; x < PICTURE_WIDTH; x++) {
                l_int32 r, g, b;
                pixGetRGBPixel(seen, x, y, &r, &g, &b);
                pixSetRGBPixel(seen, x, y, (int)(r * light), (int)(g * light),
                               (int)(b * light));
            }
    return make(seen, 72);
}

static void test_bad_photos_say_so(void)
{
    g_autoptr(Sheet) good = sheet_of_bad_photo(0, 1);
    g_autoptr(Sheet) soft = sheet_of_bad_photo(0.8, 0.5);
    g_autoptr(Sheet) blurred = sheet_of_bad_photo(3, 1);
    g_autoptr(Sheet) dark = sheet_of_bad_photo(0, 0.1);
    g_assert_false(has_problem(good, "blur") || has_problem(good, "dark"));
    g_assert_false(has_problem(soft, "blur") || has_problem(soft, "dark"));
    g_assert_true(has_problem(blurred, "blur"));
    g_assert_true(has_problem(dark, "dark"));
    g_assert_false(has_problem(good, "cut_off"));
}

/* the lower part of a page beyond the picture: lines of print are cut, or a margin is */
static void test_page_out_of_the_picture_says_so(void)
{
    for (int is_print_cut = 0; is_print_cut < 2; is_print_cut++) {
        Page page = page_new(210, 297, 150, 32);
        g_autoptr(PIX) picture = desk_picture(dark_desk);
        ink_text(&page, 140, is_print_cut ? 297 : 230, 4);
        ink_rect(&page, 150, 200, 12, is_print_cut ? 90 : 20, BLACK);
        const Point corner[4] = {{232, 505}, {1290, 460}, {1371, 2222}, {150, 2190}};
        lay(picture, page.pix, corner);
        pixDestroy(&page.pix);
        PhotoPapers papers;
        g_assert_true(photo_papers(picture, 72, &papers));
        g_assert_true(papers.quads[0].is_cut[2]);
        g_autoptr(Sheet) sheet = make(picture, 72);
        g_assert_cmpint(has_problem(sheet, "cut_off"), ==, is_print_cut);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    setMsgSeverity(L_SEVERITY_NONE);
    g_test_add_func("/sheet/photo/corners-on-every-desk", test_corners_on_every_desk);
    g_test_add_func("/sheet/photo/sheet-is-flat-and-leads-back",
                    test_sheet_is_flat_and_leads_back);
    g_test_add_func("/sheet/photo/scans-are-left-alone", test_scans_are_left_alone);
    g_test_add_func("/sheet/photo/panels-are-no-papers", test_panels_are_no_papers);
    g_test_add_func("/sheet/photo/screens-are-no-desks", test_screens_are_no_desks);
    g_test_add_func("/sheet/photo/paper-that-fills-the-picture",
                    test_paper_that_fills_the_picture);
    g_test_add_func("/sheet/photo/odd-pictures", test_odd_pictures);
    g_test_add_func("/sheet/photo/black-lid-is-cut", test_black_lid_is_cut);
    g_test_add_func("/sheet/photo/two-cards-stay", test_two_cards_stay);
    g_test_add_func("/sheet/photo/shadow-is-taken-off", test_shadow_is_taken_off);
    g_test_add_func("/sheet/photo/finger-is-painted-over", test_finger_is_painted_over);
    g_test_add_func("/sheet/photo/bad-photos-say-so", test_bad_photos_say_so);
    g_test_add_func("/sheet/photo/page-out-of-the-picture-says-so",
                    test_page_out_of_the_picture_says_so);
    g_test_add_func("/base/transform/projective-is-undone",
                    test_projective_transform_is_undone);
    return g_test_run();
}
