/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/intake.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "temp-folder.h"

#define FAST_SETTINGS "site: tx01\nsettle_ms: 0\n"

static Store *new_store(const char *folder, const char *settings)
{
    g_assert_true(store_init(folder, "tx01", NULL));
    g_autofree char *path = temp_write(folder, "settings.yaml", settings, -1);
    Store *store = store_open(folder, 0, NULL);
    g_assert_nonnull(store);
    return store;
}

/* A real little picture, each @shade another content. Leptonica writes no file modes. */
static void put_png(const char *folder, const char *name, int shade)
{
    g_autoptr(PIX) pix = pixCreate(20, 10, 8);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    pixSetAllArbitrary(pix, (l_uint32)shade);
    g_assert_true(folder_make(parent, NULL));
    g_assert_cmpint(pixWrite(path, pix, IFF_PNG), ==, 0);
}

static void put_text(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = temp_write(folder, name, text, -1);
}

/* The batch's ledger as one line an entry: "outcome path group[*] reason". Owned. */
static char *take(Store *store, PileLayout layout, const char *const *paths)
{
    IntakeParams params = {.layout = layout, .is_quiet = true};
    g_autofree char *batch = NULL;
    g_autoptr(GError) error = NULL;
    g_assert_true(intake_take(store, paths, &params, &batch, &error));
    g_assert_no_error(error);
    g_autoptr(GPtrArray) ledger = store_ledger(store, batch, &error);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < ledger->len; i++) {
        const LedgerEntry *entry = g_ptr_array_index(ledger, i);
        g_string_append_printf(out, "%s %s %s%s%s%s\n", outcome_name(entry->outcome),
                               entry->path, entry->group, entry->is_stack ? "*" : "",
                               entry->reason != NULL ? " " : "",
                               entry->reason != NULL ? entry->reason : "");
    }
    return g_string_free(out, FALSE);
}

typedef struct {
    char *base, *in;
    Store *store;
} Bench;

static Bench *bench_new(void)
{
    Bench *bench = g_new0(Bench, 1);
    bench->base = temp_folder_new();
    bench->in = g_build_filename(bench->base, "in", NULL);
    g_autofree char *folder = g_build_filename(bench->base, "store", NULL);
    g_assert_true(folder_make(bench->in, NULL));
    bench->store = new_store(folder, FAST_SETTINGS);
    return bench;
}
static void bench_free(Bench *bench)
{
    store_close(bench->store);
    g_free(bench->in);
    temp_folder_free(bench->base);
    g_free(bench);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bench, bench_free)

static char *take_all(Bench *bench, PileLayout layout)
{
    const char *paths[] = {bench->in, NULL};
    return take(bench->store, layout, paths);
}

static void test_folders_are_cases(void)
{
    g_autoptr(Bench) bench = bench_new();
    put_png(bench->in, "case-10/page-1.png", 1);
    put_png(bench->in, "case-2/page-10.png", 2);
    put_png(bench->in, "case-2/page-9.png", 3);
    put_png(bench->in, "deep/case-1/a.png", 4);
    put_png(bench->in, "loose.png", 5);
    put_text(bench->in, "case-2/truth.json", "{}");
    put_text(bench->in, "case-2/Thumbs.db", "x");
    put_text(bench->in, ".hidden/a.png", "x");
    g_autofree char *got = take_all(bench, LAYOUT_AUTO);
    g_assert_cmpstr(got, ==,
                    "taken case-2/page-9.png case-2\n"
                    "taken case-2/page-10.png case-2\n"
                    "rejected case-2/truth.json case-2 unsupported\n"
                    "taken case-10/page-1.png case-10\n"
                    "taken deep/case-1/a.png deep/case-1\n"
                    "taken loose.png in*\n");
}

static void test_other_layouts(void)
{
    static const struct {
        PileLayout layout;
        const char *ledger;
    } wanted[] = {
        {LAYOUT_STACK, "taken 2.png in*\ntaken a/1.png in*\ntaken b.pdf in*\n"},
        {LAYOUT_CASE_PER_FILE,
         "taken 2.png 2.png\ntaken a/1.png a/1.png\ntaken b.pdf b.pdf\n"},
        {LAYOUT_CASE_PER_FOLDER, "taken 2.png in\ntaken a/1.png a\ntaken b.pdf in\n"},
        {LAYOUT_AUTO, "taken 2.png in*\ntaken a/1.png a\ntaken b.pdf in*\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
        g_autoptr(Bench) bench = bench_new();
        put_png(bench->in, "2.png", 1);
        put_png(bench->in, "a/1.png", 2);
        put_text(bench->in, "b.pdf", "%PDF-1.4");
        g_autofree char *got = take_all(bench, wanted[i].layout);
        g_assert_cmpstr(got, ==, wanted[i].ledger);
    }
    PileLayout layout;
    g_assert_true(pile_layout_parse("case-per-file", &layout));
    g_assert_cmpint(layout, ==, LAYOUT_CASE_PER_FILE);
    g_assert_false(pile_layout_parse("heap", &layout));
}

static void test_named_files(void)
{
    g_autoptr(Bench) bench = bench_new();
    put_png(bench->in, "b.png", 1);
    put_png(bench->in, "a.png", 2);
    put_text(bench->in, "pile.pdf", "%PDF-1.4");
    g_autofree char *b = g_build_filename(bench->in, "b.png", NULL);
    g_autofree char *a = g_build_filename(bench->in, "a.png", NULL);
    g_autofree char *pdf = g_build_filename(bench->in, "pile.pdf", NULL);
    g_autofree char *none = g_build_filename(bench->in, "none.pdf", NULL);
    const char *paths[] = {b, pdf, a, none, NULL};
    g_autofree char *got = take(bench->store, LAYOUT_AUTO, paths);
    g_assert_cmpstr(got, ==,
                    "taken b.png in*\ntaken pile.pdf pile.pdf*\ntaken a.png in*\n"
                    "rejected none.pdf none.pdf not_found\n");
}

static void test_rejections_are_named(void)
{
    g_autoptr(Bench) bench = bench_new();
    put_text(bench->in, "case/empty.jpg", "");
    put_text(bench->in, "case/letter.docx", "PK");
    put_text(bench->in, "case/fake.jpg", "hello");
    put_png(bench->in, "case/really-png.jpg", 1);
    put_png(bench->in, "case/no-ending", 2);
    g_autofree char *broken = g_build_filename(bench->in, "case", "link.png", NULL);
    g_assert_cmpint(symlink("/nowhere/at/all", broken), ==, 0);
    g_autofree char *circle = g_build_filename(bench->in, "case", "circle", NULL);
    g_assert_cmpint(symlink("..", circle), ==, 0);
    g_autofree char *pipe_path = g_build_filename(bench->in, "case", "pipe.png", NULL);
    g_assert_cmpint(mkfifo(pipe_path, 0600), ==, 0);
    g_autofree char *got = take_all(bench, LAYOUT_AUTO);
    g_assert_cmpstr(got, ==,
                    "rejected case/empty.jpg case empty\n"
                    "rejected case/fake.jpg case wrong_ending\n"
                    "rejected case/letter.docx case unsupported\n"
                    "rejected case/link.png case unreadable\n"
                    "taken case/no-ending case\n"
                    "rejected case/pipe.png case unsupported\n"
                    "taken case/really-png.jpg case\n");
}

static void test_folder_without_pages(void)
{
    g_autoptr(Bench) bench = bench_new();
    g_autofree char *empty = take_all(bench, LAYOUT_AUTO);
    g_assert_cmpstr(empty, ==, "rejected in in no_pages\n");
}

static void test_duplicates_and_links(void)
{
    g_autoptr(Bench) bench = bench_new();
    put_png(bench->in, "a/1.png", 1);
    put_png(bench->in, "a/2.png", 1);
    put_png(bench->in, "b/1.png", 1);
    put_png(bench->in, "b/2.png", 2);
    g_autofree char *first = take_all(bench, LAYOUT_AUTO);
    g_assert_cmpstr(first, ==,
                    "taken a/1.png a\nduplicate a/2.png a duplicate_of:a/1.png\n"
                    "taken b/1.png b\ntaken b/2.png b\n");
    g_autofree char *again = take_all(bench, LAYOUT_AUTO);
    g_assert_cmpstr(again, ==,
                    "duplicate a/1.png a duplicate_of:a/1.png\n"
                    "duplicate a/2.png a duplicate_of:a/1.png\n"
                    "duplicate b/1.png b duplicate_of:b/1.png\n"
                    "duplicate b/2.png b duplicate_of:b/2.png\n");
    /* all of it known, if from elsewhere: no new case */
    g_autofree char *one = g_build_filename(bench->in, "b", "2.png", NULL);
    const char *paths[] = {one, NULL};
    g_autofree char *named = take(bench->store, LAYOUT_CASE_PER_FILE, paths);
    g_assert_cmpstr(named, ==, "duplicate 2.png 2.png duplicate_of:b/2.png\n");
    /* a later addition joins its case; a known paper in a new case is linked */
    put_png(bench->in, "a/3.png", 3);
    put_png(bench->in, "c/1.png", 2);
    g_autofree char *more = take_all(bench, LAYOUT_AUTO);
    g_assert_cmpstr(more, ==,
                    "duplicate a/1.png a duplicate_of:a/1.png\n"
                    "duplicate a/2.png a duplicate_of:a/1.png\n"
                    "taken a/3.png a\n"
                    "duplicate b/1.png b duplicate_of:b/1.png\n"
                    "duplicate b/2.png b duplicate_of:b/2.png\n"
                    "taken c/1.png c\n");
}

static void test_same_name_is_not_same_place(void)
{
    g_autoptr(Bench) bench = bench_new();
    put_png(bench->in, "monday/001/1.png", 1);
    put_png(bench->in, "tuesday/001/1.png", 2);
    g_autofree char *monday = g_build_filename(bench->in, "monday", NULL);
    g_autofree char *tuesday = g_build_filename(bench->in, "tuesday", NULL);
    const char *paths[] = {monday, tuesday, NULL};
    g_autofree char *got = take(bench->store, LAYOUT_AUTO, paths);
    g_assert_cmpstr(got, ==, "taken 001/1.png 001\ntaken 001/1.png tuesday/001\n");
    /* the scanner starts at 001 again: other people, another case */
    put_png(bench->in, "monday/001/1.png", 3);
    const char *monday_only[] = {monday, NULL};
    g_autofree char *next_week = take(bench->store, LAYOUT_AUTO, monday_only);
    g_assert_cmpstr(next_week, ==, "taken 001/1.png monday/001\n");
    const char *tuesday_only[] = {tuesday, NULL};
    g_autofree char *again = take(bench->store, LAYOUT_AUTO, tuesday_only);
    g_assert_cmpstr(again, ==,
                    "duplicate 001/1.png tuesday/001 duplicate_of:001/1.png\n");
}

static gpointer keep_writing(gpointer path)
{
    for (int i = 0; i < 12; i++) {
        FILE *file = fopen(path, "ab");
        fputs("more", file);
        fclose(file);
        g_usleep(50000);
    }
    return NULL;
}

static void test_half_written_files_wait(void)
{
    g_autoptr(TempFolder) base = temp_folder_new();
    g_autofree char *folder = g_build_filename(base, "store", NULL);
    g_autoptr(Store) store = new_store(folder, "site: tx01\nsettle_ms: 300\n");
    put_png(base, "in/growing.png", 1);
    put_png(base, "in/new.png", 2);
    g_autofree char *in = g_build_filename(base, "in", NULL);
    g_autofree char *growing = g_build_filename(in, "growing.png", NULL);
    GThread *writer = g_thread_new("writer", keep_writing, growing);
    const char *paths[] = {in, NULL};
    g_autofree char *got = take(store, LAYOUT_AUTO, paths);
    g_thread_join(writer);
    g_assert_cmpstr(got, ==,
                    "rejected growing.png in* still_written\ntaken new.png in*\n");
    /* whole now: in the same place, taken */
    g_autofree char *later = take(store, LAYOUT_AUTO, paths);
    g_assert_cmpstr(
        later, ==, "taken growing.png in*\nduplicate new.png in* duplicate_of:new.png\n");
}

static void test_gbk_names_are_shown(void)
{
    g_autoptr(Bench) bench = bench_new();
    put_png(bench->in, "\xb3\xc2/1.png", 1); /* 陈 in GB 18030 */
    g_autofree char *got = take_all(bench, LAYOUT_AUTO);
    g_assert_cmpstr(got, ==, "taken 陈/1.png 陈\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/intake/folders-are-cases", test_folders_are_cases);
    g_test_add_func("/intake/other-layouts", test_other_layouts);
    g_test_add_func("/intake/named-files", test_named_files);
    g_test_add_func("/intake/rejections-are-named", test_rejections_are_named);
    g_test_add_func("/intake/folder-without-pages", test_folder_without_pages);
    g_test_add_func("/intake/duplicates-and-links", test_duplicates_and_links);
    g_test_add_func("/intake/same-name-is-not-same-place",
                    test_same_name_is_not_same_place);
    g_test_add_func("/intake/half-written-files-wait", test_half_written_files_wait);
    g_test_add_func("/intake/gbk-names-are-shown", test_gbk_names_are_shown);
    return g_test_run();
}
