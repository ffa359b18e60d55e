/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers from page readings written as text: tests/cases/papers/NAME.case.
 *
 *   page                            a new page, 1000 x 1400 at 100 dpi
 *   cell X Y W H [TEXT]             a cell of its grid; | in TEXT breaks the line
 *   line X Y W H TEXT               a line of text, in the cell around it if there is one
 *   doubtful X Y W H TEXT           the same, no character of it read surely
 *   written | printed | untraced    by hand, or plainly printed: the last line's ink; or
 *                                   where its characters stand could not be told
 *   second TEXT                     the last line as the other model read it
 *   number X W TEXT                 a number by hand on a piece of the last line
 *   hand TEXT                       the last line as the model for words by hand reads it
 *   boxless TEXT                    the last line as read without its tick boxes
 *   tick X Y STATE [WIDTH [HEIGHT]] a box of 20 x 20, or as said: empty, ticked, unsure,
 * or like: a square with faults, as characters may make loose X Y W H ink that is no text
 *   gap X Y WIDTH STATE             ink before a word that begins at X + WIDTH: ticked,
 * empty, or unsure, 30 high
 *   seal X Y W H                    a red seal
 *   black-seal X Y W H              one that print under it cannot be told from
 *   clear X Y W H                   ink on or near it that is none of it
 *   photo-paper X Y W H             one of several papers on the page, which is a photo
 *   expect papers CLASS[:PAGES] …   what is found, in order; PAGES as 1+2
 *   expect unreadable               the first paper could not be read
 *   expect note CODE                the first paper says so of itself
 *   expect doubtful KEY; expect sure KEY   whether a person has to look for ink there
 *   expect unread KEY               some of that field was not read, or is in doubt
 *   expect doubt KEY = CODE         why a person has to look at that field, or "-"
 *   toneless                        the last page was scanned in black and white alone
 *   expect by-hand KEY; expect not-by-hand KEY
 *   expect hand-words KEY = TEXT    of that, what is the value's; "-": nothing
 *   expect hand-number KEY = TEXT   as the model for numbers reads its ink; "-": not
 *   expect second KEY = TEXT        as the other model reads its ink; "-": it did not
 *   expect KEY = VALUE              a field of the first paper that has it; VALUE is the
 * raw text, "-" where nothing is written, "?" where its place was not found, or codes:
 * ticked, then unsure as ?CODE
 *   expect split I …                papers at which cases begin, from 0; :CODE:PAGE
 * behind one that is not sure expect one-sheet P Q            these pages are one sheet;
 * different P Q: they are not covered                         a cover sheet lies before
 * the pages again                           a new page, like the last
 */
#include "papers/papers.h"

#include <stdlib.h>

typedef struct {
    GPtrArray *pages;
    GPtrArray *papers;
    const Pipeline *pipeline;
    bool has_cover;
} Scene;

static PageReading *last_page(Scene *scene)
{
    g_assert_cmpuint(scene->pages->len, >, 0);
    return scene->pages->pdata[scene->pages->len - 1];
}

static int cell_of(const PageReading *page, Rect box)
{
    for (guint i = 0; i < page->cells->len; i++)
        if (rect_contains_centre(g_array_index(page->cells, ReadCell, i).box_px, box))
            return (int)i;
    return -1;
}

/* The last page scanned again, a little aside. */
static void add_again(Scene *scene)
{
    g_autoptr(JsonObject) object = page_reading_to_json(last_page(scene));
    PageReading *page = page_reading_from_json(object, NULL);
    g_assert_nonnull(page);
    for (guint i = 0; i < page->lines->len; i++) {
        TextLine *line = page->lines->pdata[i];
        line->box_px.x += 7;
        line->box_px.y -= 5;
    }
    g_ptr_array_add(scene->pages, page);
}

static TextLine *line_new(Rect box, int cell, const char *text)
{
    TextLine *line = g_new0(TextLine, 1);
    glong count = MAX(g_utf8_strlen(text, -1), 1);
    line->box_px = box;
    line->cell = cell;
    line->text = g_strdup(text);
    line->confidence = line->weakest = 0.99;
    line->glyphs = g_array_new(false, true, sizeof(Glyph));
    int at = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p), at++) {
        Glyph glyph = {.confidence = 0.99,
                       .box_px = {box.x + (int)(at * box.width / count), box.y,
                                  (int)(box.width / count), box.height}};
        if (*p == ' ') /* a blank takes room and is no glyph */
            continue;
        g_utf8_strncpy(glyph.text, p, 1);
        g_array_append_val(line->glyphs, glyph);
    }
    return line;
}

static void add_line(PageReading *page, Rect box, int cell, const char *text)
{
    g_ptr_array_add(page->lines, line_new(box, cell, text));
}

static void add_boxless(PageReading *page, const char *text)
{
    TextLine *last = page->lines->pdata[page->lines->len - 1];
    last->boxless = line_new(last->box_px, last->cell, text);
}

static void add_hand_words(PageReading *page, const char *text)
{
    TextLine *last = page->lines->pdata[page->lines->len - 1];
    last->by_hand = line_new(last->box_px, last->cell, text);
}

static void add_hand_number(PageReading *page, int x, int width, const char *text)
{
    TextLine *last = page->lines->pdata[page->lines->len - 1];
    HandNumber number = {
        {x, last->box_px.y, width, last->box_px.height}, g_strdup(text), 0.9};
    if (last->hand_numbers == NULL)
        last->hand_numbers = hand_numbers_new();
    g_array_append_val(last->hand_numbers, number);
}

/* What the ink of the last line is: far from print and uneven, or as print is. */
static void set_traces(PageReading *page, bool is_by_hand)
{
    static const double off[] = {0, 0.08, -0.07, 0.05, -0.1};
    TextLine *last = page->lines->pdata[page->lines->len - 1];
    for (guint i = 0; i < last->glyphs->len; i++) {
        double aside = is_by_hand ? off[i % G_N_ELEMENTS(off)] : 0;
        g_array_index(last->glyphs, Glyph, i).trace =
            (HandTrace){true, is_by_hand ? 1.2 : 0, 0.2 + aside, 0.9 - aside / 2};
    }
}

static void add_cell(Scene *scene, Rect box, const char *text)
{
    PageReading *page = last_page(scene);
    ReadCell cell = {box, 0};
    g_array_append_val(page->cells, cell);
    g_auto(GStrv) lines = g_strsplit(text, "|", -1);
    for (int i = 0; lines[i] != NULL; i++) {
        int width = (int)g_utf8_strlen(lines[i], -1) * 20;
        if (*lines[i] != '\0')
            add_line(page, (Rect){box.x + 10, box.y + 10 + 26 * i, width, 20},
                     (int)page->cells->len - 1, lines[i]);
    }
}

static void add_tick(Scene *scene, Rect box, const char *state)
{
    TickMark tick = {.box_px = box,
                     .squareness = g_str_equal(state, "like") ? 0.96 : 0.99};
    tick.state = g_str_equal(state, "ticked")  ? TICK_TICKED
                 : g_str_equal(state, "empty") ? TICK_EMPTY
                                               : TICK_UNSURE;
    if (g_str_has_prefix(state, "bare")) { /* read, and without a frame */
        tick.squareness = 0;
        tick.ink = g_str_equal(state, "bare-mark") ? 0.3 : 0.02;
    }
    tick.cell = cell_of(last_page(scene), tick.box_px);
    g_array_append_val(last_page(scene)->ticks, tick);
}

static void add_gap(Scene *scene, Rect box, const char *state)
{
    bool is_ticked = g_str_equal(state, "ticked"), is_empty = g_str_equal(state, "empty");
    TickMark gap = {.box_px = box,
                    .cell = cell_of(last_page(scene), box),
                    .state = is_ticked  ? TICK_TICKED
                             : is_empty ? TICK_EMPTY
                                        : TICK_UNSURE,
                    .ink = is_ticked  ? 0.3
                           : is_empty ? 0.01
                                      : 0.12};
    g_array_append_val(last_page(scene)->gaps, gap);
}

static void build(Scene *scene, const char *line)
{
    int x, y, w = 20, h, used = 0;
    char state[16];
    if (g_str_equal(line, "again")) {
        add_again(scene);
    } else if (g_str_equal(line, "toneless")) {
        last_page(scene)->is_toneless = true;
    } else if (g_str_equal(line, "covered")) {
        scene->has_cover = true;
    } else if (g_str_equal(line, "page")) {
        PageReading *page = page_reading_new();
        page->width_px = 1000;
        page->height_px = 1400;
        page->dpi = 100;
        g_ptr_array_add(scene->pages, page);
    } else if (sscanf(line, "cell %d %d %d %d%n", &x, &y, &w, &h, &used) == 4) {
        add_cell(scene, (Rect){x, y, w, h}, line[used] ? line + used + 1 : "");
    } else if (sscanf(line, "line %d %d %d %d%n", &x, &y, &w, &h, &used) == 4) {
        add_line(last_page(scene), (Rect){x, y, w, h},
                 cell_of(last_page(scene), (Rect){x, y, w, h}), line + used + 1);
    } else if (g_str_equal(line, "written") || g_str_equal(line, "printed")) {
        set_traces(last_page(scene), g_str_equal(line, "written"));
    } else if (g_str_equal(line, "untraced")) {
        const GPtrArray *lines = last_page(scene)->lines;
        ((TextLine *)lines->pdata[lines->len - 1])->is_untraced = true;
    } else if (sscanf(line, "number %d %d%n", &x, &w, &used) == 2) {
        add_hand_number(last_page(scene), x, w, line + used + 1);
    } else if (g_str_has_prefix(line, "second ")) {
        const GPtrArray *lines = last_page(scene)->lines;
        TextLine *last = lines->pdata[lines->len - 1];
        g_free(last->second_text);
        last->second_text = g_strdup(line + strlen("second "));
    } else if (g_str_has_prefix(line, "boxless ")) {
        add_boxless(last_page(scene), line + strlen("boxless "));
    } else if (g_str_has_prefix(line, "hand ")) {
        add_hand_words(last_page(scene), line + strlen("hand "));
    } else if (sscanf(line, "doubtful %d %d %d %d%n", &x, &y, &w, &h, &used) == 4) {
        add_line(last_page(scene), (Rect){x, y, w, h}, -1, line + used + 1);
        const GPtrArray *lines = last_page(scene)->lines;
        const TextLine *added = lines->pdata[lines->len - 1];
        for (guint i = 0; i < added->glyphs->len; i++)
            g_array_index(added->glyphs, Glyph, i).confidence = 0.85;
    } else if ((used = sscanf(line, "tick %d %d %15s %d %d", &x, &y, state, &w, &h)) >=
               3) {
        add_tick(scene, (Rect){x, y, w, used == 5 ? h : w}, state);
    } else if (sscanf(line, "gap %d %d %d %15s", &x, &y, &w, state) == 4) {
        add_gap(scene, (Rect){x, y, w, 30}, state);
    } else if (sscanf(line, "loose %d %d %d %d", &x, &y, &w, &h) == 4) {
        LooseInk ink = {.box_px = {x, y, w, h}};
        ink.cell = cell_of(last_page(scene), ink.box_px);
        g_array_append_val(last_page(scene)->loose, ink);
    } else if (sscanf(line, "black-seal %d %d %d %d", &x, &y, &w, &h) == 4) {
        SealMark seal = {.box_px = {x, y, w, h}};
        g_array_append_val(last_page(scene)->seals, seal);
    } else if (sscanf(line, "seal %d %d %d %d", &x, &y, &w, &h) == 4) {
        SealMark seal = {.box_px = {x, y, w, h}, .is_red = true};
        g_array_append_val(last_page(scene)->seals, seal);
    } else if (sscanf(line, "photo-paper %d %d %d %d", &x, &y, &w, &h) == 4) {
        Rect paper = {x, y, w, h};
        g_array_append_val(last_page(scene)->papers, paper);
    } else if (sscanf(line, "clear %d %d %d %d", &x, &y, &w, &h) == 4) {
        Rect piece = {x, y, w, h};
        g_array_append_val(last_page(scene)->clear, piece);
    } else {
        g_error("what is this: %s", line);
    }
}

static char *field_text(const PaperField *field)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (!field->is_found)
        return g_strdup("?");
    for (int i = 0; field->ticked != NULL && field->ticked[i] != NULL; i++)
        g_string_append_printf(text, "%s%s", text->len ? " " : "", field->ticked[i]);
    for (int i = 0; field->unsure != NULL && field->unsure[i] != NULL; i++)
        g_string_append_printf(text, "%s?%s", text->len ? " " : "", field->unsure[i]);
    if (field->raw != NULL)
        g_string_append(text, field->raw);
    return text->len > 0 ? g_string_free(g_steal_pointer(&text), FALSE) : g_strdup("-");
}

/* of the first paper from the @from-th on that has such a field */
static void expect_field(Scene *scene, guint from, const char *key, const char *value)
{
    for (guint i = from; i < scene->papers->len; i++) {
        const PaperField *field = paper_field(scene->papers->pdata[i], key);
        if (field == NULL)
            continue;
        g_autofree char *text = field_text(field);
        g_assert_cmpstr(text, ==, value);
        return;
    }
    g_assert_cmpstr("(no such field)", ==, value);
}

static char *papers_text(Scene *scene)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < scene->papers->len; i++) {
        const Paper *paper = scene->papers->pdata[i];
        g_string_append_printf(text, "%s%s:", i > 0 ? " " : "",
                               paper->decl != NULL ? paper->decl->name : "unknown");
        for (guint k = 0; k < paper->parts->len; k++)
            g_string_append_printf(text, "%s%d", k > 0 ? "+" : "",
                                   g_array_index(paper->parts, PaperPart, k).page + 1);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *split_text(Scene *scene)
{
    g_autoptr(GArray) begins =
        papers_split(scene->papers, scene->pages, scene->has_cover);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < begins->len; i++) {
        const CaseBegin *begin = &g_array_index(begins, CaseBegin, i);
        g_string_append_printf(text, "%s%u", i > 0 ? " " : "", begin->paper);
        if (begin->doubt != NULL)
            g_string_append_printf(text, ":%s:%d", begin->doubt, begin->doubt_from + 1);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* The ink of the field that "WORD KEY = …" names. */
static const Ink *only_ink(Scene *scene, const char *what, const char *equals)
{
    const char *from = strchr(what, ' ') + 1;
    g_autofree char *key = g_strndup(from, (gsize)(equals - from));
    const PaperField *field = paper_field(scene->papers->pdata[0], key);
    g_assert_nonnull(field);
    g_assert_cmpuint(field->inks->len, ==, 1);
    return field->inks->pdata[0];
}

static void expect(Scene *scene, const char *what)
{
    if (scene->papers == NULL)
        scene->papers = papers_find(scene->pages, scene->pipeline);
    const char *equals = strstr(what, " = ");
    int one, other, used = 0;
    if (g_str_has_prefix(what, "papers ")) {
        g_autofree char *text = papers_text(scene);
        g_assert_cmpstr(text, ==, what + strlen("papers "));
    } else if (g_str_has_prefix(what, "split ")) {
        g_autofree char *text = split_text(scene);
        g_assert_cmpstr(text, ==, what + strlen("split "));
    } else if (sscanf(what, "one-sheet %d %d", &one, &other) == 2) {
        g_assert_true(pages_are_one_sheet(scene->pages->pdata[one - 1],
                                          scene->pages->pdata[other - 1]));
    } else if (sscanf(what, "different %d %d", &one, &other) == 2) {
        g_assert_false(pages_are_one_sheet(scene->pages->pdata[one - 1],
                                           scene->pages->pdata[other - 1]));
    } else if (g_str_has_prefix(what, "note ")) {
        GPtrArray *notes = ((const Paper *)scene->papers->pdata[0])->notes;
        g_assert_true(g_ptr_array_find_with_equal_func(notes, what + strlen("note "),
                                                       g_str_equal, NULL));
    } else if (g_str_equal(what, "unreadable")) {
        g_assert_true(((const Paper *)scene->papers->pdata[0])->is_unreadable);
    } else if (g_str_has_prefix(what, "doubtful ") || g_str_has_prefix(what, "sure ")) {
        const PaperField *field =
            paper_field(scene->papers->pdata[0], strchr(what, ' ') + 1);
        g_assert_nonnull(field);
        g_assert_cmpint(field->confidence < 0.5, ==, g_str_has_prefix(what, "doubtful "));
    } else if (g_str_has_prefix(what, "unread ")) {
        const PaperField *field =
            paper_field(scene->papers->pdata[0], what + strlen("unread "));
        g_assert_nonnull(field);
        g_assert_true(field->is_unread);
    } else if (g_str_has_prefix(what, "by-hand ") ||
               g_str_has_prefix(what, "not-by-hand ")) {
        const PaperField *field =
            paper_field(scene->papers->pdata[0], strchr(what, ' ') + 1);
        g_assert_nonnull(field);
        g_assert_cmpint(field->is_by_hand, ==, g_str_has_prefix(what, "by-hand "));
    } else if (g_str_has_prefix(what, "doubt ") && equals != NULL) {
        const char *from = what + strlen("doubt ");
        g_autofree char *key = g_strndup(from, (gsize)(equals - from));
        const PaperField *field = paper_field(scene->papers->pdata[0], key);
        g_assert_nonnull(field);
        g_assert_cmpstr(field->doubt != NULL ? field->doubt : "-", ==, equals + 3);
    } else if (g_str_has_prefix(what, "hand-number ") && equals != NULL) {
        const Ink *ink = only_ink(scene, what, equals);
        g_assert_cmpstr(ink->hand_number != NULL ? ink->hand_number : "-", ==,
                        equals + 3);
    } else if (g_str_has_prefix(what, "hand-words ") && equals != NULL) {
        const Ink *ink = only_ink(scene, what, equals);
        g_assert_cmpstr(ink->hand_words != NULL ? ink->hand_words : "-", ==, equals + 3);
    } else if (g_str_has_prefix(what, "second ") && equals != NULL) {
        const Ink *ink = only_ink(scene, what, equals);
        g_assert_cmpstr(ink->second_text != NULL ? ink->second_text : "-", ==,
                        equals + 3);
    } else { /* "KEY = …", or "of 2 KEY = …" of the second paper */
        g_assert_nonnull(equals);
        one = sscanf(what, "of %d %n", &other, &used) == 1 ? other - 1 : 0;
        g_autofree char *key = g_strndup(what + used, (gsize)(equals - what - used));
        expect_field(scene, (guint)one, key, equals + 3);
    }
}

static void run_case(gconstpointer path)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(Pipeline) pipeline = pipeline_load("pipelines", &error);
    g_assert_no_error(error);
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    Scene scene = {.pages =
                       g_ptr_array_new_with_free_func((GDestroyNotify)page_reading_free),
                   .pipeline = pipeline};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    int expected = 0;
    for (int i = 0; lines[i] != NULL; i++) {
        g_strchomp(lines[i]);
        if (*lines[i] == '\0' || *lines[i] == '#')
            continue;
        if (g_str_has_prefix(lines[i], "expect ")) {
            expect(&scene, lines[i] + strlen("expect "));
            expected++;
        } else {
            build(&scene, lines[i]);
        }
    }
    g_assert_cmpint(expected, >, 0);
    g_clear_pointer(&scene.papers, g_ptr_array_unref);
    g_ptr_array_unref(scene.pages);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    static const char folder[] = "tests/cases/papers";
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(dir);
    const char *name;
    while ((name = g_dir_read_name(dir)) != NULL) {
        if (!g_str_has_suffix(name, ".case"))
            continue;
        g_autofree char *test = g_strdup_printf("/papers/cases/%s", name);
        g_test_add_data_func_full(test, g_build_filename(folder, name, NULL), run_case,
                                  g_free);
    }
    return g_test_run();
}
