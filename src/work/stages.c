/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages a page goes through in a worker: one table, one loop. */
#include "work/work-private.h"

#include "base/json.h"
#include "codes/codes.h"
#include "intake/intake.h"
#include "layout/layout.h"
#include "prints/prints.h"
#include "reading/reading.h"
#include "sheet/sheet.h"

typedef struct {
    Engine *engine;
    const GPtrArray *prints; /* Print *, borrowed */
    const char *path, *proof_path;
    int index;
    PageInfo info;
    PIX *page;
    Sheet *sheet;
    char *cover; /* code of the cover sheet that the page is, or NULL */
    Layout *layout;
    GPtrArray *known;  /* TextLine * or NULL, of the layout's lines */
    const char *print; /* name of the print they are from, borrowed, or NULL */
    FileText file_text;
    PageReading *reading;
} PageWork;

static void page_work_clear(PageWork *work)
{
    pixDestroy(&work->page);
    page_info_clear(&work->info);
    g_clear_pointer(&work->sheet, sheet_free);
    g_clear_pointer(&work->cover, g_free);
    g_clear_pointer(&work->layout, layout_free);
    g_clear_pointer(&work->known, g_ptr_array_unref);
    g_clear_pointer(&work->reading, page_reading_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PageWork, page_work_clear)

static bool run_decode(PageWork *work, GError **error)
{
    work->page = intake_load_page(work->path, work->index, &work->info, error);
    return work->page != NULL;
}

static bool run_sheet(PageWork *work, GError **error)
{
    const PageText *text = work->info.text;
    bool is_upright = text != NULL && text->is_upright; /* nobody need read it to know */
    SheetParams params = {.claimed_dpi = work->info.claimed_dpi,
                          .scorer = is_upright ? NULL : engine_upright_score,
                          .scorer_data = work->engine,
                          .is_drawn = text != NULL && text->is_drawn};
    work->sheet = sheet_make(work->page, &params, error);
    pixDestroy(&work->page); /* the largest picture: gone before reading starts */
    return work->sheet != NULL;
}

static bool run_codes(PageWork *work, GError **error)
{
    (void)error; /* a page without a code is a page */
    work->cover = cover_find(work->sheet->grey);
    return true;
}

static bool run_layout(PageWork *work, GError **error)
{
    work->layout = layout_find(work->sheet, error);
    return work->layout != NULL;
}

static bool run_prints(PageWork *work, GError **error)
{
    (void)error; /* a page of no known print is read as it is */
    work->known = prints_recognise(work->prints, work->layout, work->sheet, &work->print);
    return true;
}

/* The code of a cover sheet whose QR code is past reading, by the letters beside it. */
static char *cover_in_words(const PageReading *reading)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    for (guint i = 0; i < reading->lines->len; i++)
        g_ptr_array_add(lines, ((const TextLine *)reading->lines->pdata[i])->text);
    g_ptr_array_add(lines, NULL);
    return cover_of_lines((const char *const *)lines->pdata);
}

/* Whether nothing is left to read: a blank page, a cover sheet whose code is known. */
static bool is_empty(const PageWork *work)
{
    return work->cover != NULL || (work->sheet != NULL && work->sheet->is_blank);
}

/* The file's own text is exact: it comes before what a print says. */
static bool run_text(PageWork *work, GError **error)
{
    return reading_file_lines(work->engine, work->info.text, work->sheet, work->layout,
                              work->known, &work->file_text, error);
}

static bool run_reading(PageWork *work, GError **error)
{
    work->reading = is_empty(work) ? reading_of_sheet(work->engine, work->sheet)
                                   : reading_read(work->engine, work->sheet, work->layout,
                                                  work->known, error);
    if (work->reading == NULL)
        return false;
    work->reading->print = g_strdup(work->print);
    work->reading->cover = work->cover != NULL ? g_steal_pointer(&work->cover)
                                               : cover_in_words(work->reading);
    work->reading->is_from_file = work->file_text == FILE_TEXT_BELIEVED;
    if (work->file_text == FILE_TEXT_DIFFERS)
        g_ptr_array_add(work->reading->problems, g_strdup(FILE_TEXT_DIFFERS_PROBLEM));
    return true;
}

static bool run_proof(PageWork *work, GError **error)
{
    return sheet_write_proof(work->sheet, work->proof_path, error);
}

static const struct {
    const char *name, *version;
    bool (*run)(PageWork *work, GError **error);
    bool skips_empty;
} stages[] = {
    {"decode", INTAKE_VERSION, run_decode, false},
    {"sheet", SHEET_VERSION, run_sheet, false},
    {"codes", CODES_VERSION, run_codes, false},
    {"layout", LAYOUT_VERSION, run_layout, true},
    {"prints", PRINTS_VERSION, run_prints, true},
    {"text", READING_VERSION, run_text, true},
    {"reading", READING_VERSION, run_reading, false},
    {"proof", SHEET_VERSION, run_proof, false},
};

char *page_step_key(const char *original_sha256, int index, const char *model_hash)
{
    g_autoptr(GString) text = g_string_new("page");
    g_string_append_printf(text, "\n%s\n%d\n%s", original_sha256, index, model_hash);
    for (size_t i = 0; i < G_N_ELEMENTS(stages); i++)
        g_string_append_printf(text, "\n%s %s", stages[i].name, stages[i].version);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, -1);
}

char *page_turn(const char *original_sha256, int index)
{
    g_autofree char *text = g_strdup_printf("turn\n%s\n%d", original_sha256, index);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

/* The code kept for people: intake's own where it knows one, else the stage's name. */
static const char *failure_code(const GError *error, const char *stage)
{
    if (error->domain == INTAKE_ERROR)
        return intake_reason(error);
    if (strcmp(stage, "reading") == 0)
        return "recognition_failed";
    return "bad_picture";
}

JsonObject *page_answer(struct Engine *engine, const GPtrArray *prints,
                        JsonObject *request)
{
    JsonObject *answer = json_object_new();
    g_auto(PageWork) work = {.engine = engine,
                             .prints = prints,
                             .path = json_get_string(request, "path", ""),
                             .proof_path = json_get_string(request, "proof", ""),
                             .index = (int)json_get_int(request, "index", 0)};
    JsonObject *times = json_object_new();
    json_object_set_object_member(answer, "ms", times);
    for (size_t i = 0; i < G_N_ELEMENTS(stages); i++) {
        g_autoptr(GError) error = NULL;
        if (stages[i].skips_empty && is_empty(&work))
            continue;
        gint64 start_us = g_get_monotonic_time();
        bool is_done = stages[i].run(&work, &error);
        json_object_set_int_member(times, stages[i].name,
                                   (g_get_monotonic_time() - start_us) / 1000);
        if (is_done)
            continue;
        json_set_string(answer, "reason", failure_code(error, stages[i].name));
        g_autofree char *text = g_strdup_printf("%s: %s", stages[i].name, error->message);
        json_set_string(answer, "text", text);
        return answer;
    }
    json_object_set_object_member(answer, "reading", page_reading_to_json(work.reading));
    return answer;
}
