/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transfer/transfer.h"

#include <archive.h>
#include <archive_entry.h>
#include <poppler.h>
#include <stdlib.h>
#include <time.h>

#include "base/json.h"
#include "temp-folder.h"

/* fontconfig keeps its configuration to the end. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig.so\n";
}

/* A signed, complete case: water and gas asked for; paper 2 is on both lists, 3 on
 * water's, 4 on gas's. Page 4 is copied onto with papers 3 and 4. */
static const char record_text[] =
    "{\"record\":1,\"case\":\"tx01-7K3M9Q2D\",\"batch\":\"b\",\"source\":\"secret-"
    "folder\","
    "\"as_of\":\"2023-03-08\",\"place\":\"tongxu\",\"service\":\"install\","
    "\"applicant_kind\":\"individual\",\"form\":\"install_individual\",\"status\":"
    "\"ready\","
    "\"utilities\":{"
    "\"water\":{\"verdict\":\"complete\",\"delivery\":\"due\",\"recipient\":"
    "\"通许碧泉自来水有限公司\","
    "\"requirements\":[{\"id\":\"identity\",\"state\":\"met\",\"papers\":[2]},"
    "{\"id\":\"ownership\",\"state\":\"met\",\"papers\":[3]}]},"
    "\"gas\":{\"verdict\":\"complete\",\"delivery\":\"due\",\"recipient\":"
    "\"通许华润燃气有限公司\","
    "\"requirements\":[{\"id\":\"identity\",\"state\":\"met\",\"papers\":[2,4]}]},"
    "\"heat\":{\"verdict\":\"incomplete\",\"delivery\":\"held\",\"recipient\":null,"
    "\"requirements\":[]}},"
    "\"fields\":{"
    "\"applicant.name\":{\"value\":\"陈<英>涛\",\"state\":\"accepted\",\"confidence\":0."
    "99,"
    "\"evidence\":[{\"paper\":1,\"page\":1,\"box\":[1,2,3,4],\"text\":\"陈英涛\"},"
    "{\"paper\":4,\"page\":4,\"box\":[1,2,3,4],\"text\":\"SECRETGAS\"}]},"
    "\"utilities\":{\"value\":[\"water\",\"gas\",\"heat\"],\"state\":\"accepted\","
    "\"evidence\":[{\"paper\":1,\"text\":\"用水报装\"},"
    "{\"paper\":1,\"text\":\"用气报装\"},{\"paper\":1,\"option\":\"gas\"}]},"
    "\"water.nature\":{\"value\":\"residential\",\"state\":\"accepted\"},"
    "\"gas.project\":{\"value\":\"SECRETPROJECT\",\"state\":\"accepted\"},"
    "\"declaration.signature\":{\"value\":\"present\",\"state\":\"accepted\"}},"
    "\"papers\":["
    "{\"paper\":1,\"class\":\"install_individual\",\"pages\":[1,2],\"parts\":[{\"page\":"
    "1},{\"page\":2}],"
    "\"confidence\":0.9,\"bids\":[{\"reasons\":[\"SECRETREASON\"]}],\"sections\":["
    "{\"section\":\"head\",\"page\":1,\"box\":[10,20,180,30]},"
    "{\"section\":\"water\",\"page\":1,\"box\":[10,60,180,40]},"
    "{\"section\":\"gas\",\"page\":1,\"box\":[10,110,180,80]},"
    "{\"section\":\"tail\",\"page\":1,\"box\":[10,200,180,80]}]},"
    "{\"paper\":2,\"class\":\"id_card\",\"roles\":[\"applicant\"],\"pages\":[3],"
    "\"parts\":[{\"page\":3}],"
    "\"confidence\":0.9,\"fields\":{}},"
    "{\"paper\":3,\"class\":\"property_certificate\",\"pages\":[4],"
    "\"parts\":[{\"page\":4,\"box\":[0,0,200,100]}],\"confidence\":0.9,\"fields\":{}},"
    "{\"paper\":4,\"class\":\"id_card\",\"pages\":[4],"
    "\"parts\":[{\"page\":4,\"box\":[0,150,200,100]}],\"confidence\":0.9,\"fields\":{}}],"
    "\"pages\":[%s],\"problems\":[]}";

typedef struct {
    char *base, *out;
    Store *store;
    Pipeline *pipeline;
    char *batch;
} Bench;

static Bench *bench_new(void)
{
    Bench *bench = g_new0(Bench, 1);
    bench->base = temp_folder_new();
    bench->out = g_build_filename(bench->base, "out", NULL);
    g_autofree char *folder = g_build_filename(bench->base, "store", NULL);
    g_autoptr(GError) error = NULL;
    g_assert_true(store_init(folder, "tx01", &error));
    bench->store = store_open(folder, 0, &error);
    g_assert_no_error(error);
    bench->pipeline = pipeline_load("pipelines", &error);
    g_assert_no_error(error);
    bench->batch = store_batch_new(bench->store, NULL, &error);
    return bench;
}
static void bench_free(Bench *bench)
{
    store_close(bench->store);
    pipeline_free(bench->pipeline);
    g_free(bench->batch);
    g_free(bench->out);
    temp_folder_free(bench->base);
    g_free(bench);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bench, bench_free)

/* A page all black, so that what is covered shows. Odd ones black and white, others JPEG.
 */
static char *put_proof(Bench *bench, int page)
{
    g_autoptr(PIX) pix = pixCreate(200, 300, page % 2 == 1 ? 1 : 8);
    g_autofree char *path = g_build_filename(bench->base, "proof", NULL);
    char *hash = NULL;
    if (page % 2 == 1)
        pixSetAll(pix);
    pixSetResolution(pix, 100, 100);
    g_assert_cmpint(pixWrite(path, pix, page % 2 == 1 ? IFF_TIFF_G4 : IFF_JFIF_JPEG), ==,
                    0);
    g_assert_true(store_adopt_file(bench->store, path, &hash, NULL));
    return hash;
}

static JsonObject *make_record(Bench *bench)
{
    g_autoptr(GString) pages = g_string_new(NULL);
    for (int page = 1; page <= 4; page++) {
        g_autofree char *proof = put_proof(bench, page);
        g_string_append_printf(
            pages,
            "%s{\"page\":%d,\"file\":\"sha256:00\",\"name\":\"secret.jpg\","
            "\"index\":0,\"dpi\":100,\"size_px\":[200,300],"
            "\"proof\":\"sha256:%s\",\"problems\":[]}",
            page > 1 ? "," : "", page, proof);
    }
    g_autofree char *text = g_strdup_printf(record_text, pages->str);
    g_autoptr(GError) error = NULL;
    JsonObject *record = json_parse_object(text, -1, &error);
    g_assert_no_error(error);
    return record;
}

static void put_case(Bench *bench, JsonObject *record)
{
    g_autofree char *text = json_object_text(record);
    StoredCase stored = {(char *)"tx01-7K3M9Q2D", bench->batch, (char *)"s", (char *)"s",
                         (char *)"key",           text};
    g_assert_true(store_case_put(bench->store, &stored, NULL));
}

static void export_all(Bench *bench, const char *recipient, ExportResult *result)
{
    g_autoptr(GError) error = NULL;
    ExportParams params = {.out = bench->out,
                           .recipient = recipient,
                           .pipeline = bench->pipeline,
                           .as_of = "2023-03-08"};
    g_assert_true(transfer_export(bench->store, &params, result, &error));
    g_assert_no_error(error);
}

static char *hash_of(Bench *bench, const char *name)
{
    g_autofree char *path = g_build_filename(bench->out, name, NULL);
    return file_sha256(path, NULL, NULL);
}

/* One file out of the package. Owned; NULL where it is not there. */
static GByteArray *unpack(Bench *bench, const char *package, const char *wanted)
{
    g_autofree char *path = g_build_filename(bench->out, package, NULL);
    GByteArray *found = NULL;
    struct archive *zip = archive_read_new();
    struct archive_entry *entry;
    archive_read_support_format_zip(zip);
    g_assert_cmpint(archive_read_open_filename(zip, path, 65536), ==, ARCHIVE_OK);
    while (found == NULL && archive_read_next_header(zip, &entry) == ARCHIVE_OK) {
        const char *name = strchr(archive_entry_pathname(entry), '/') + 1;
        if (!g_str_equal(name, wanted))
            continue;
        found = g_byte_array_new();
        char buffer[4096];
        la_ssize_t got;
        while ((got = archive_read_data(zip, buffer, sizeof buffer)) > 0)
            g_byte_array_append(found, (guint8 *)buffer, (guint)got);
    }
    archive_read_free(zip);
    return found;
}

static void test_cut_record(void)
{
    g_autoptr(Bench) bench = bench_new();
    g_autoptr(JsonObject) record = make_record(bench);
    g_autoptr(JsonArray) withheld = NULL;
    g_autoptr(JsonObject) cut =
        transfer_cut_record(record, "water", bench->pipeline, &withheld);
    g_autofree char *text = json_object_text(cut);
    const char *never[] = {"SECRET", "secret", "用气",  "gas",
                           "heat",   "source", "batch", "delivery"};
    for (size_t i = 0; i < G_N_ELEMENTS(never); i++)
        if (strstr(text, never[i]) != NULL)
            g_error("\"%s\" is in %s", never[i], text);
    JsonObject *fields = json_get_object(cut, "fields");
    g_assert_true(json_object_has_member(fields, "water.nature"));
    g_assert_true(json_object_has_member(fields, "applicant.name"));
    g_assert_cmpint(json_array_get_length(json_get_array(cut, "papers")), ==, 3);
    g_assert_cmpint(json_array_get_length(json_get_array(cut, "pages")), ==, 4);
    JsonArray *chosen = json_get_array(json_get_object(fields, "utilities"), "value");
    g_assert_cmpint(json_array_get_length(chosen), ==, 1);
    g_assert_nonnull(strstr(text, "用水报装"));
    /* what was cut is named */
    JsonArray *copy = json_array_ref(withheld);
    g_autoptr(JsonObject) holder = json_object_new();
    json_object_set_array_member(holder, "w", copy);
    g_autofree char *list = json_object_text(holder);
    g_assert_nonnull(strstr(list, "{\"kind\":\"section\",\"id\":\"gas\""));
    g_assert_nonnull(strstr(list, "{\"kind\":\"paper\",\"class\":\"id_card\""));
    /* the record itself is as it was */
    g_autofree char *whole = json_object_text(record);
    g_assert_nonnull(strstr(whole, "SECRETGAS"));
}

static void test_export_once(void)
{
    g_autoptr(Bench) bench = bench_new();
    g_autoptr(JsonObject) record = make_record(bench);
    ExportResult result = {0};
    put_case(bench, record);
    export_all(bench, NULL, &result);
    g_assert_cmpint(result.packages, ==, 2); /* heat names nobody and is incomplete */
    g_assert_cmpint(result.cases, ==, 2);
    g_assert_cmpint(result.held, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(result.names, 0), ==, "water-tx01-0000000001.zip");
    export_result_clear(&result);
    export_all(bench, NULL, &result);
    g_assert_cmpint(result.packages, ==, 0); /* as it stands, it was sent */
    export_result_clear(&result);
    json_object_set_string_member(record, "as_of", "2023-03-09");
    put_case(bench, record);
    export_all(bench, NULL, &result);
    g_assert_cmpint(result.packages, ==, 0); /* a day later is no change */
    export_result_clear(&result);
    json_object_set_string_member(
        json_get_object(json_get_object(record, "fields"), "water.nature"), "value",
        "special");
    put_case(bench, record);
    export_all(bench, NULL, &result);
    g_assert_cmpint(result.packages, ==, 1); /* a correction in its own section is */
    g_assert_cmpstr(g_ptr_array_index(result.names, 0), ==, "water-tx01-0000000002.zip");
    export_result_clear(&result);
    g_autoptr(GByteArray) about =
        unpack(bench, "water-tx01-0000000002.zip", "data/package.json");
    g_autoptr(JsonObject) package =
        json_parse_object((const char *)about->data, (gssize)about->len, NULL);
    g_autoptr(GPtrArray) rows = store_packages(bench->store, "water", NULL);
    const StoredPackage *first = g_ptr_array_index(rows, 0);
    g_assert_cmpstr(json_get_string(package, "previous", NULL), ==,
                    first->manifest_sha256);
    g_assert_true(json_object_get_null_member(package, "signature"));
    g_autofree char *index = g_build_filename(bench->out, "water-tx01-INDEX.json", NULL);
    g_assert_true(g_file_test(index, G_FILE_TEST_EXISTS));
}

static void test_bytes_repeat(void)
{
    g_autoptr(Bench) bench = bench_new();
    g_autoptr(JsonObject) record = make_record(bench);
    ExportResult result = {0};
    put_case(bench, record);
    export_all(bench, "water", &result);
    export_result_clear(&result);
    g_autofree char *first = hash_of(bench, "water-tx01-0000000001.zip");
    g_autoptr(GPtrArray) rows = store_packages(bench->store, "water", NULL);
    StoredPackage *row = g_ptr_array_index(rows, 0);
    g_assert_cmpstr(row->sha256, ==, first);
    g_clear_pointer(&row->sha256, g_free); /* as if the run had been cut short */
    g_assert_true(store_package_put(bench->store, row, NULL));
    g_assert_cmpint(folder_remove(bench->out, NULL), ==, true);
    g_setenv("TZ", "Asia/Shanghai", TRUE);
    tzset();
    g_usleep(1100000);
    export_all(bench, "water", &result);
    g_assert_cmpint(result.packages, ==, 1);
    export_result_clear(&result);
    g_autofree char *second = hash_of(bench, "water-tx01-0000000001.zip");
    g_assert_cmpstr(second, ==, first);
    g_assert_cmpstr(g_getenv("TZ"), ==, "Asia/Shanghai");
    g_unsetenv("TZ");
}

/* Share of dark pixels of a part of page @index of the PDF, drawn at its own size. */
static double darkness(GByteArray *pdf, int index, Rect box)
{
    g_autoptr(GBytes) bytes = g_bytes_new(pdf->data, pdf->len);
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, NULL);
    g_assert_nonnull(document);
    PopplerPage *page = poppler_document_get_page(document, index);
    g_assert_nonnull(page);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 200, 300);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, 100 / 72.0, 100 / 72.0);
    poppler_page_render(page, cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    const guchar *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface), dark = 0;
    for (int y = box.y; y < rect_bottom(box); y++)
        for (int x = box.x; x < rect_right(box); x++)
            dark += data[(size_t)y * stride + x * 4] < 64;
    cairo_surface_destroy(surface);
    g_object_unref(page);
    g_object_unref(document);
    return (double)dark / (box.width * box.height);
}

static void test_pages_are_covered(void)
{
    g_autoptr(Bench) bench = bench_new();
    g_autoptr(JsonObject) record = make_record(bench);
    ExportResult result = {0};
    put_case(bench, record);
    export_all(bench, "water", &result);
    export_result_clear(&result);
    g_autoptr(GByteArray) pdf =
        unpack(bench, "water-tx01-0000000001.zip", "data/cases/tx01-7K3M9Q2D/pages.pdf");
    g_assert_nonnull(pdf);
    /* page 1 of the form: gas covered from edge to edge, the rest as it is */
    g_assert_cmpfloat(darkness(pdf, 0, (Rect){2, 108, 196, 84}), <, 0.3);
    g_assert_cmpfloat(darkness(pdf, 0, (Rect){5, 5, 190, 90}), >, 0.95);
    g_assert_cmpfloat(darkness(pdf, 0, (Rect){5, 202, 190, 90}), >, 0.95);
    /* page 2 of the form says nothing of its sections: it is not there; then the card */
    g_assert_cmpfloat(darkness(pdf, 1, (Rect){5, 5, 190, 290}), >, 0.95);
    /* page 4: the certificate, without the gas people's card below it */
    g_assert_cmpfloat(darkness(pdf, 2, (Rect){5, 5, 190, 90}), >, 0.95);
    g_assert_cmpfloat(darkness(pdf, 2, (Rect){5, 110, 190, 180}), <, 0.3);
    g_autoptr(GByteArray) about =
        unpack(bench, "water-tx01-0000000001.zip", "data/package.json");
    g_byte_array_append(about, (const guint8 *)"", 1);
    g_assert_nonnull(strstr((char *)about->data, "sections_unknown"));
}

static void test_missed_section_keeps_page(void)
{
    g_autoptr(Bench) bench = bench_new();
    g_autoptr(JsonObject) record = make_record(bench);
    JsonObject *form = json_array_get_object_element(json_get_array(record, "papers"), 0);
    /* the heading of gas was not found: its rows look as if they were water's */
    json_array_remove_element(json_get_array(form, "sections"), 2);
    ExportResult result = {0};
    put_case(bench, record);
    export_all(bench, "water", &result);
    export_result_clear(&result);
    g_autoptr(GByteArray) pdf =
        unpack(bench, "water-tx01-0000000001.zip", "data/cases/tx01-7K3M9Q2D/pages.pdf");
    g_autoptr(GBytes) bytes = g_bytes_new(pdf->data, pdf->len);
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, NULL);
    g_assert_cmpint(poppler_document_get_n_pages(document), ==, 2);
    g_object_unref(document);
}

static void test_summary_is_escaped(void)
{
    g_autoptr(Bench) bench = bench_new();
    g_autoptr(JsonObject) record = make_record(bench);
    ExportResult result = {0};
    put_case(bench, record);
    export_all(bench, "water", &result);
    export_result_clear(&result);
    g_autoptr(GByteArray) page = unpack(bench, "water-tx01-0000000001.zip",
                                        "data/cases/tx01-7K3M9Q2D/summary.html");
    g_byte_array_append(page, (const guint8 *)"", 1);
    const char *text = (const char *)page->data;
    g_assert_nonnull(strstr(text, "陈&lt;英&gt;涛"));
    g_assert_nonnull(strstr(text, "居民用水"));
    g_assert_nonnull(strstr(text, "通许碧泉自来水有限公司"));
    g_assert_null(strstr(text, "SECRET"));
    g_assert_null(strstr(text, "://"));
}

static void assert_verdict(const char *path, const char *complaint)
{
    g_autoptr(GError) error = NULL;
    bool is_good = transfer_verify(path, &error);
    if (complaint == NULL) {
        g_assert_no_error(error);
        g_assert_true(is_good);
        return;
    }
    g_assert_error(error, TRANSFER_ERROR, TRANSFER_ERROR_PACKAGE);
    if (strstr(error->message, complaint) == NULL)
        g_error("\"%s\" is not in \"%s\"", complaint, error->message);
}

static void test_verify(void)
{
    g_autoptr(Bench) bench = bench_new();
    g_autoptr(JsonObject) record = make_record(bench);
    ExportResult result = {0};
    put_case(bench, record);
    export_all(bench, "water", &result);
    export_result_clear(&result);
    g_autofree char *path =
        g_build_filename(bench->out, "water-tx01-0000000001.zip", NULL);
    assert_verdict(path, NULL);
    g_autofree char *data = NULL;
    gsize length = 0;
    g_assert_true(g_file_get_contents(path, &data, &length, NULL));
    char *place = memmem(data, length, "residential", 11);
    g_assert_nonnull(place);
    place[0] = 'R';
    g_autofree char *changed =
        temp_write(bench->base, "changed.zip", data, (gssize)length);
    assert_verdict(changed, "case.json");
    g_autofree char *cut = temp_write(bench->base, "cut.zip", data, (gssize)length / 2);
    assert_verdict(cut, "cut.zip");
    g_autofree char *text = temp_write(bench->base, "text.zip", "hello", 5);
    assert_verdict(text, "text.zip");
    assert_verdict("/nowhere.zip", "nowhere");
}

/* A zip of one's own making: @files are name, content, name, content, NULL. */
static char *put_zip(Bench *bench, const char *const *files)
{
    char *path = g_build_filename(bench->base, "own.zip", NULL);
    struct archive *zip = archive_write_new();
    archive_write_set_format_zip(zip);
    archive_write_open_filename(zip, path);
    for (int i = 0; files[i] != NULL; i += 2) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, files[i]);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, (la_int64_t)strlen(files[i + 1]));
        archive_write_header(zip, entry);
        archive_write_data(zip, files[i + 1], strlen(files[i + 1]));
        archive_entry_free(entry);
    }
    archive_write_free(zip);
    return path;
}

static void test_verify_refuses_tricks(void)
{
    static const struct {
        const char *files[9];
        const char *complaint;
    } tricks[] = {
        {{"p/../../etc/x", "1", NULL}, "leads elsewhere"},
        {{"/p/x", "1", NULL}, "leads elsewhere"},
        {{"p/bagit.txt", "BagIt-Version: 1.0\n", "q/x", "1", NULL}, "outside"},
        {{"p/x", "1", "p/x", "2", NULL}, "twice"},
        {{"p/x", "1", NULL}, "not a BagIt"},
        {{"p/bagit.txt", "BagIt-Version: 1.0\n", "p/manifest-sha256.txt", "",
          "p/tagmanifest-sha256.txt", "", "p/data/stray", "1", NULL},
         "not in any manifest"},
        {{"p/bagit.txt", "BagIt-Version: 1.0\n", "p/manifest-sha256.txt",
          "00000000000000000000000000000000000000000000000000000000000000ff  data/none\n",
          NULL},
         "missing: data/none"},
        {{"p/bagit.txt", "BagIt-Version: 1.0\n", "p/manifest-sha256.txt", "nonsense\n",
          NULL},
         "manifest line"},
    };
    g_autoptr(Bench) bench = bench_new();
    for (size_t i = 0; i < G_N_ELEMENTS(tricks); i++) {
        g_autofree char *path = put_zip(bench, tricks[i].files);
        assert_verdict(path, tricks[i].complaint);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    if (!g_file_test("pipelines", G_FILE_TEST_IS_DIR)) {
        g_printerr("pipelines/ is not here: run from the top of the tree\n");
        return 77;
    }
    g_test_add_func("/transfer/cut-record", test_cut_record);
    g_test_add_func("/transfer/export-once", test_export_once);
    g_test_add_func("/transfer/bytes-repeat", test_bytes_repeat);
    g_test_add_func("/transfer/pages-are-covered", test_pages_are_covered);
    g_test_add_func("/transfer/missed-section-keeps-page",
                    test_missed_section_keeps_page);
    g_test_add_func("/transfer/summary-is-escaped", test_summary_is_escaped);
    g_test_add_func("/transfer/verify", test_verify);
    g_test_add_func("/transfer/verify-refuses-tricks", test_verify_refuses_tricks);
    return g_test_run();
}
