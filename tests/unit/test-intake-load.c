/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readers of formats: good files, broken ones, and a folder of files that others broke.
 */
#include <cairo-pdf.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "intake/intake.h"
#include "temp-folder.h"

/* libtiff forgets its handle where Leptonica gives up half-way; nothing of ours does. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libtiff.so\n";
}

/* White, with a black block in the top left corner. */
static PIX *marked_page(int width, int height, int depth)
{
    PIX *pix = pixCreate(width, height, depth);
    if (depth > 1)
        pixSetAll(pix);
    if (depth == 1)
        pixRasterop(pix, 0, 0, width / 4, height / 4, PIX_SET, NULL, 0, 0);
    else
        pixRasterop(pix, 0, 0, width / 4, height / 4, PIX_CLR, NULL, 0, 0);
    pixSetResolution(pix, 200, 200);
    return pix;
}

static char *put_picture(const char *folder, const char *name, int width, int height,
                         int depth, int format)
{
    g_autoptr(PIX) pix = marked_page(width, height, depth);
    char *path = g_build_filename(folder, name, NULL);
    g_assert_cmpint(pixWrite(path, pix, format), ==, 0);
    return path;
}

static bool is_dark(PIX *pix, int x, int y)
{
    g_autoptr(PIX) bits = pixConvertTo1(pix, 128);
    l_uint32 value = 0;
    pixGetPixel(bits, x, y, &value);
    return value != 0;
}

static PIX *load(const char *path, int index, PageInfo *info)
{
    g_autoptr(GError) error = NULL;
    PIX *pix = intake_load_page(path, index, info, &error);
    g_assert_no_error(error);
    return pix;
}

static void assert_refused(const char *path, int code)
{
    ProbeResult probe = {0};
    PageInfo info;
    g_autoptr(GError) error = NULL;
    if (intake_probe(path, &probe, &error))
        g_assert_null(intake_load_page(path, 0, &info, &error));
    g_assert_error(error, INTAKE_ERROR, code);
    probe_result_clear(&probe);
}

static void test_pictures(void)
{
    static const struct {
        const char *format;
        int depth, code;
    } kinds[] = {{"png", 8, IFF_PNG},         {"png", 1, IFF_PNG},
                 {"jpeg", 32, IFF_JFIF_JPEG}, {"bmp", 8, IFF_BMP},
                 {"tiff", 1, IFF_TIFF_G4},    {"tiff", 32, IFF_TIFF_LZW}};
    g_autoptr(TempFolder) folder = temp_folder_new();
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *path =
            put_picture(folder, "page", 120, 80, kinds[i].depth, kinds[i].code);
        ProbeResult probe = {0};
        PageInfo info;
        g_assert_true(intake_probe(path, &probe, NULL));
        g_assert_cmpstr(probe.format, ==, kinds[i].format);
        g_assert_cmpint(probe.page_count, ==, 1);
        probe_result_clear(&probe);
        g_autoptr(PIX) pix = load(path, 0, &info);
        g_assert_cmpint(pixGetWidth(pix), ==, 120);
        g_assert_cmpint(info.claimed_dpi, ==, 200);
        g_assert_cmpint(info.reduction, ==, 1);
        g_assert_true(is_dark(pix, 5, 5));
        g_assert_false(is_dark(pix, 100, 70));
        g_assert_null(intake_load_page(path, 7, &info, NULL));
    }
}

static void test_many_pages_of_tiff(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = g_build_filename(folder, "pile.tif", NULL);
    g_autoptr(PIX) one = marked_page(50, 40, 1);
    g_autoptr(PIX) two = marked_page(60, 30, 8);
    g_assert_cmpint(pixWriteTiff(path, one, IFF_TIFF_G4, "w"), ==, 0);
    g_assert_cmpint(pixWriteTiff(path, two, IFF_TIFF_ZIP, "a"), ==, 0);
    ProbeResult probe = {0};
    PageInfo info;
    g_assert_true(intake_probe(path, &probe, NULL));
    g_assert_cmpint(probe.page_count, ==, 2);
    probe_result_clear(&probe);
    g_autoptr(PIX) second = load(path, 1, &info);
    g_assert_cmpint(pixGetWidth(second), ==, 60);
}

/* A JPEG with an Exif block that says how the camera was held. */
static char *put_turned_jpeg(const char *folder, int orientation)
{
    g_autofree char *plain = put_picture(folder, "plain.jpg", 80, 40, 8, IFF_JFIF_JPEG);
    guchar exif[] = {0xFF, 0xE1, 0, 0x22, 'E', 'x', 'i', 'f', 0, 0,
                     'M',  'M',  0, 42,   0,   0,   0,   8,   0, 1,
                     1,    0x12, 0, 3,    0,   0,   0,   1,   0, (guchar)orientation,
                     0,    0,    0, 0,    0,   0};
    g_autofree char *data = NULL;
    gsize length = 0;
    g_assert_true(g_file_get_contents(plain, &data, &length, NULL));
    g_autoptr(GByteArray) out = g_byte_array_new();
    g_byte_array_append(out, (const guchar *)data, 2);
    g_byte_array_append(out, exif, sizeof exif);
    g_byte_array_append(out, (const guchar *)data + 2, (guint)length - 2);
    return temp_write(folder, "turned.jpg", out->data, out->len);
}

static void test_exif_orientation(void)
{
    /* where the mark of the top left corner must be once the page is upright */
    static const struct {
        bool is_right, is_bottom, is_tall;
    } wanted[] = {{false, false, false}, {true, false, false}, {true, true, false},
                  {false, true, false},  {false, false, true}, {true, false, true},
                  {true, true, true},    {false, true, true}};
    g_autoptr(TempFolder) folder = temp_folder_new();
    for (int i = 0; i < 8; i++) {
        g_autofree char *path = put_turned_jpeg(folder, i + 1);
        PageInfo info;
        g_autoptr(PIX) pix = load(path, 0, &info);
        int width = pixGetWidth(pix), height = pixGetHeight(pix);
        g_assert_cmpint(height > width, ==, wanted[i].is_tall);
        g_assert_true(is_dark(pix, wanted[i].is_right ? width - 4 : 3,
                              wanted[i].is_bottom ? height - 4 : 3));
    }
}

static void test_large_jpeg_is_reduced(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = put_picture(folder, "big.jpg", 6000, 5000, 8, IFF_JFIF_JPEG);
    PageInfo info;
    g_autoptr(PIX) pix = load(path, 0, &info);
    g_assert_cmpint(pixGetWidth(pix), ==, 3000);
    g_assert_cmpint(info.reduction, ==, 2);
    g_assert_cmpint(info.claimed_dpi, ==, 100);
}

static void test_cut_short_is_refused(void)
{
    static const int formats[] = {IFF_JFIF_JPEG, IFF_PNG, IFF_TIFF_LZW};
    g_autoptr(TempFolder) folder = temp_folder_new();
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autoptr(PIX) page = marked_page(400, 400, 8);
        g_autofree char *path = g_build_filename(folder, "whole", NULL);
        for (int y = 0; y < 400; y += 7)
            pixRasterop(page, (y * 37) % 300, y, 60, 3, PIX_CLR, NULL, 0, 0);
        g_assert_cmpint(pixWrite(path, page, formats[i]), ==, 0);
        g_autofree char *data = NULL;
        gsize length = 0;
        g_assert_true(g_file_get_contents(path, &data, &length, NULL));
        g_autofree char *cut = temp_write(folder, "cut", data, (gssize)length * 2 / 3);
        assert_refused(cut, INTAKE_ERROR_DAMAGED);
    }
}

/* A PNG header that promises 40000 x 40000, and a BMP one of 65536 a side. */
static void test_bombs_are_refused_before_decoding(void)
{
    static const guchar png[] = {0x89, 'P',  'N',  'G',  '\r', '\n', 0x1A, '\n', 0,
                                 0,    0,    13,   'I',  'H',  'D',  'R',  0,    0,
                                 0x9C, 0x40, 0,    0,    0x9C, 0x40, 8,    0,    0,
                                 0,    0,    0x91, 0xEF, 0x07, 0x5B, 0,    0,    0,
                                 0,    'I',  'E',  'N',  'D',  0xAE, 0x42, 0x60, 0x82};
    guchar bmp[60] = {'B', 'M', 60, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0};
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *first = temp_write(folder, "a.png", png, sizeof png);
    assert_refused(first, INTAKE_ERROR_TOO_LARGE);
    memcpy(bmp + 18, "\x00\x00\x01\x00\x00\x00\x01\x00\x01\x00\x18",
           11); /* 65536 a side */
    g_autofree char *second = temp_write(folder, "a.bmp", bmp, sizeof bmp);
    assert_refused(second, INTAKE_ERROR_TOO_LARGE);
}

static void test_empty_and_unknown(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *empty = temp_write(folder, "a.pdf", "", 0);
    g_autofree char *text = temp_write(folder, "b.pdf", "hello", 5);
    g_autofree char *bad_pdf = temp_write(folder, "c.pdf", "%PDF-1.4\nhello", -1);
    assert_refused(empty, INTAKE_ERROR_EMPTY);
    assert_refused(text, INTAKE_ERROR_UNSUPPORTED);
    assert_refused(bad_pdf, INTAKE_ERROR_DAMAGED);
    assert_refused("/nowhere", INTAKE_ERROR_IO);
    g_autoptr(GError) error = NULL;
    ProbeResult probe = {0};
    g_assert_false(intake_probe(empty, &probe, &error));
    g_assert_cmpstr(intake_reason(error), ==, "empty");
}

static cairo_surface_t *grey_surface(int width, int height)
{
    cairo_surface_t *picture =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cairo = cairo_create(picture);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_rectangle(cairo, 0, 0, width / 4.0, height / 4.0);
    cairo_fill(cairo);
    cairo_destroy(cairo);
    return picture;
}

/* Page 1: a scan at @dpi over the whole A4 page. Page 2: drawn. Page 3: a huge sheet. */
static char *put_pdf(const char *folder, int dpi)
{
    char *path = g_build_filename(folder, "a.pdf", NULL);
    double width = 595.276, height = 841.89;
    cairo_surface_t *pdf = cairo_pdf_surface_create(path, width, height);
    cairo_t *cairo = cairo_create(pdf);
    cairo_surface_t *scan =
        grey_surface((int)(width / 72 * dpi + 0.5), (int)(height / 72 * dpi + 0.5));
    cairo_save(cairo);
    cairo_scale(cairo, 72.0 / dpi, 72.0 / dpi);
    cairo_set_source_surface(cairo, scan, 0, 0);
    cairo_paint(cairo);
    cairo_restore(cairo);
    cairo_show_page(cairo);
    cairo_rectangle(cairo, 0, 0, 100, 100);
    cairo_fill(cairo);
    cairo_show_page(cairo);
    cairo_pdf_surface_set_size(pdf, 5000, 9000);
    cairo_set_source_rgb(cairo, 1, 0, 0);
    cairo_rectangle(cairo, 0, 0, 1000, 1000);
    cairo_fill(cairo);
    cairo_show_page(cairo);
    cairo_destroy(cairo);
    cairo_surface_destroy(scan);
    cairo_surface_destroy(pdf);
    return path;
}

static void test_pdf(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *path = put_pdf(folder, 200);
    ProbeResult probe = {0};
    PageInfo info;
    g_assert_true(intake_probe(path, &probe, NULL));
    g_assert_cmpint(probe.page_count, ==, 3);
    g_assert_cmpstr(probe.format, ==, "pdf");
    probe_result_clear(&probe);
    g_autoptr(PIX) scan = load(path, 0, &info);
    g_assert_cmpint(info.claimed_dpi, ==, 200); /* the scan's own */
    g_assert_cmpint(ABS(pixGetWidth(scan) - 1654), <=, 1);
    g_assert_cmpint(pixGetDepth(scan), ==, 8);
    g_assert_true(is_dark(scan, 10, 10));
    g_autoptr(PIX) drawn = load(path, 1, &info);
    g_assert_cmpint(info.claimed_dpi, ==, 300);
    g_assert_cmpint(ABS(pixGetWidth(drawn) - 2480), <=, 1);
    g_autoptr(PIX) huge = load(path, 2, &info);
    g_assert_cmpint(pixGetDepth(huge), ==, 32);
    g_assert_cmpint(info.claimed_dpi, ==, 0); /* no paper is so large */
    g_assert_cmpint(pixGetWidth(huge) * pixGetHeight(huge), <, 19 * 1000 * 1000);
}

/* --- files that others broke: a child each, which may refuse but not fall --- */

static int try_file(const char *path)
{
    ProbeResult probe = {0};
    alarm(10);
    if (!intake_probe(path, &probe, NULL))
        return 0;
    for (int i = 0; i < MIN(probe.page_count, 2); i++) {
        PageInfo info;
        g_autoptr(PIX) pix = intake_load_page(path, i, &info, NULL);
    }
    probe_result_clear(&probe);
    return 0;
}

static void test_corpus(void)
{
    static const char *const folder = "../shared/corpus/malformed";
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    if (dir == NULL) {
        g_test_skip("the corpus of malformed files is not on this machine");
        return;
    }
    while ((name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        pid_t child = fork();
        g_assert_cmpint(child, >=, 0);
        if (child == 0) {
            g_assert_nonnull(freopen("/dev/null", "w", stderr));
            _exit(try_file(path));
        }
        int status = -1;
        g_assert_cmpint(waitpid(child, &status, 0), ==, child);
        /* One of them unpacks without end: the runner's clock ends that, here the alarm.
         */
        bool is_survived =
            status == 0 || (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM);
        if (!is_survived)
            g_test_message("%s: status %d", name, status);
        g_assert_true(is_survived);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/intake/load/pictures", test_pictures);
    g_test_add_func("/intake/load/many-pages-of-tiff", test_many_pages_of_tiff);
    g_test_add_func("/intake/load/exif-orientation", test_exif_orientation);
    g_test_add_func("/intake/load/large-jpeg-is-reduced", test_large_jpeg_is_reduced);
    g_test_add_func("/intake/load/cut-short-is-refused", test_cut_short_is_refused);
    g_test_add_func("/intake/load/bombs-are-refused-before-decoding",
                    test_bombs_are_refused_before_decoding);
    g_test_add_func("/intake/load/empty-and-unknown", test_empty_and_unknown);
    g_test_add_func("/intake/load/pdf", test_pdf);
    g_test_add_func("/intake/load/corpus", test_corpus);
    return g_test_run();
}
