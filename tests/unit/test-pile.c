/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How cover sheets cut a pile. Pages are cover sheets, blank, or of some text that is no
 * form's: where forms begin cases is for tests/cases/papers. */
#include "work/pile.h"

typedef struct {
    Pipeline *pipeline;
    GPtrArray *readings, *sources, *covers;
} Scene;

static void set_up(Scene *scene, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    scene->pipeline = pipeline_load("pipelines", &error);
    g_assert_no_error(error);
    scene->readings = g_ptr_array_new_with_free_func((GDestroyNotify)page_reading_free);
    scene->sources = g_ptr_array_new_with_free_func((GDestroyNotify)page_source_free);
    scene->covers = g_ptr_array_new_with_free_func((GDestroyNotify)pile_cover_free);
}

static void tear_down(Scene *scene, gconstpointer data)
{
    (void)data;
    g_ptr_array_unref(scene->covers);
    g_ptr_array_unref(scene->readings);
    g_ptr_array_unref(scene->sources);
    pipeline_free(scene->pipeline);
}

static void add_page(Scene *scene, bool is_blank, const char *code)
{
    PageReading *reading = page_reading_new();
    PageSource *source = g_new0(PageSource, 1);
    guint page = scene->readings->len;
    reading->is_blank = is_blank;
    reading->cover = g_strdup(code);
    source->original_sha256 = g_strdup_printf("%064u", page);
    source->name = g_strdup_printf("%u.jpg", page + 1);
    PileCover *cover = pile_cover_new(page, code);
    if (cover != NULL)
        g_ptr_array_add(scene->covers, cover);
    g_ptr_array_add(scene->readings, reading);
    g_ptr_array_add(scene->sources, source);
}

/* C a cover sheet, 3 one that expects 3 sheets, L one of late papers, ? an unreadable
 * one, _ a blank page, . a page */
static void add_pages(Scene *scene, const char *pages)
{
    for (; *pages != '\0'; pages++) {
        Cover cover = {.kind = *pages == 'L' ? COVER_LATE : COVER_NEW};
        cover.case_name = *pages == 'L' ? (char *)"tx01-7K3M9Q2D" : NULL;
        cover.sheets = g_ascii_isdigit(*pages) ? *pages - '0' : 0;
        g_autofree char *code = strchr(".?_", *pages) == NULL ? cover_code(&cover)
                                : *pages == '?'               ? g_strdup(COVER_UNREAD)
                                                              : NULL;
        add_page(scene, *pages == '_', code);
    }
}

static void add_share(GString *text, const Share *share)
{
    g_string_append_c(text, text->len > 0 ? ' ' : '[');
    for (guint i = 0; i < share->pages->len; i++)
        g_string_append_printf(text, "%s%u", i > 0 ? "+" : "",
                               g_array_index(share->pages, guint, i) + 1);
    for (guint i = 0; i < share->covers->len; i++) {
        const CaseCover *cover = share->covers->pdata[i];
        g_string_append_printf(text, "/%d:%d", cover->expected, cover->found);
    }
    for (guint i = 0; i < share->remarks->len; i++)
        g_string_append_printf(text, "!%s",
                               ((const PileRemark *)share->remarks->pdata[i])->code);
}

/* Pages of each share, then expected:found of its cover sheets, then what is odd. */
static void assert_shares(Scene *scene, const char *pages, bool is_stack,
                          const char *wanted)
{
    add_pages(scene, pages);
    Pile pile = {scene->readings, scene->sources, scene->covers, is_stack,
                 scene->pipeline};
    g_autoptr(GPtrArray) shares = pile_shares(&pile);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < shares->len; i++)
        add_share(text, shares->pdata[i]);
    g_assert_cmpstr(text->str, ==, wanted);
}

static void test_covers_cut(Scene *scene, gconstpointer data)
{
    (void)data;
    assert_shares(scene, "C..3...", true, "[2+3/0:2 5+6+7/3:3");
}

static void test_pages_before_a_cover_stay(Scene *scene, gconstpointer data)
{
    (void)data;
    assert_shares(scene, "..C.", true, "[1+2 4/0:1");
}

static void test_both_sides_are_one_sheet(Scene *scene, gconstpointer data)
{
    (void)data;
    assert_shares(scene, "3_..._._", true, "[2+3+4+5+6+7+8/3:3");
}

static void test_blank_pages_are_no_sheets(Scene *scene, gconstpointer data)
{
    (void)data;
    assert_shares(scene, "2.._.", true, "[2+3+4+5/2:3");
}

static void test_unreadable_cover_cuts(Scene *scene, gconstpointer data)
{
    (void)data;
    assert_shares(scene, "C.?.", true, "[2/0:1 4/0:1!cover_unread");
}

static void test_empty_covers_are_not_lost(Scene *scene, gconstpointer data)
{
    (void)data;
    assert_shares(scene, "4C.C", true, "[3/0:1/4:0/0:0!cover_empty");
}

static void test_covers_alone_are_a_case(Scene *scene, gconstpointer data)
{
    (void)data;
    assert_shares(scene, "4", true, "[1/4:0");
}

static void test_late_papers_are_elsewhere(Scene *scene, gconstpointer data)
{
    (void)data;
    assert_shares(scene, "C.L..C.", true, "[2/0:1 7/0:1");
}

static void test_late_papers_alone_are_no_case(Scene *scene, gconstpointer data)
{
    (void)data;
    assert_shares(scene, "L..", true, "");
}

static void test_folder_is_one_case(Scene *scene, gconstpointer data)
{
    (void)data;
    assert_shares(scene, "C.L.2..", false, "[2+6+7/0:1/2:2");
}

static void test_homeless_papers_say_whose(Scene *scene, gconstpointer data)
{
    (void)data;
    add_pages(scene, "L..");
    Pile pile = {scene->readings, scene->sources, scene->covers, true, scene->pipeline};
    g_autoptr(GArray) segments = pile_segments(scene->covers, 3);
    Share *share = pile_homeless(&pile, &g_array_index(segments, Segment, 0));
    const PileRemark *remark = share->remarks->pdata[0];
    g_assert_cmpstr(remark->code, ==, "late_case_unknown");
    g_assert_cmpstr(remark->name, ==, "tx01-7K3M9Q2D");
    g_assert_true(remark->is_for_review);
    g_assert_cmpuint(share->pages->len, ==, 2);
    share_free(share);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *path;
        void (*test)(Scene *scene, gconstpointer data);
    } tests[] = {
        {"/work/pile/covers-cut", test_covers_cut},
        {"/work/pile/pages-before-a-cover-stay", test_pages_before_a_cover_stay},
        {"/work/pile/both-sides-are-one-sheet", test_both_sides_are_one_sheet},
        {"/work/pile/blank-pages-are-no-sheets", test_blank_pages_are_no_sheets},
        {"/work/pile/unreadable-cover-cuts", test_unreadable_cover_cuts},
        {"/work/pile/empty-covers-are-not-lost", test_empty_covers_are_not_lost},
        {"/work/pile/covers-alone-are-a-case", test_covers_alone_are_a_case},
        {"/work/pile/late-papers-are-elsewhere", test_late_papers_are_elsewhere},
        {"/work/pile/late-papers-alone-are-no-case", test_late_papers_alone_are_no_case},
        {"/work/pile/folder-is-one-case", test_folder_is_one_case},
        {"/work/pile/homeless-papers-say-whose", test_homeless_papers_say_whose},
    };
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, Scene, NULL, set_up, tests[i].test, tear_down);
    return g_test_run();
}
