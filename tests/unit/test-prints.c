/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "drawn-page.h"
#include "prints/prints.h"

#include <pango/pangocairo.h>

/* A table of one column of labels and one of blanks, a line in each cell. */
enum { ROWS = 12 };
static const char *const form[ROWS] = {"用户名称", "报装地址", "经办人",   "申请事项",
                                       "用水性质", "报装分类", "业务类型", "申请容量",
                                       "供电方式", "项目内容", "用气户数", "小时耗气量"};
static const char *const ticks = "□居民用水□特种行业用水";

static const char *const words[] = {
    "用户名称", "报装地址",   "经办人",   "申请事项",     "用水性质", "报装分类",
    "业务类型", "申请容量",   "供电方式", "项目内容",     "用气户数", "小时耗气量",
    "居民用水", "小时用电量", "用电性质", "特种行业用水", NULL};
static const PrintedTexts texts = {"form", words, NULL};

static void draw_text(Page *page, double x, double y, double size, const char *text)
{
    int width = mm(page, 90), height = mm(page, size * 1.6);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    PangoLayout *layout = pango_cairo_create_layout(cr);
    g_autofree char *font = g_strdup_printf("Noto Sans CJK SC %dpx", mm(page, size));
    PangoFontDescription *description = pango_font_description_from_string(font);
    pango_layout_set_font_description(layout, description);
    pango_layout_set_text(layout, text, -1);
    pango_cairo_show_layout(cr, layout);
    cairo_surface_flush(surface);
    const unsigned char *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (int j = 0; j < height; j++)
        for (int i = 0; i < width; i++)
            if (data[j * stride + i * 4] < 250)
                pixSetPixel(page->pix, mm(page, x) + i, mm(page, y) + j,
                            data[j * stride + i * 4]);
    pango_font_description_free(description);
    g_object_unref(layout);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

typedef struct {
    int dpi;
    double left_mm, top_mm;
    const char *labels[ROWS];
    const char *value;    /* in the first blank, or NULL */
    double extra_mm;      /* the second row is higher by this */
    bool is_ticked;       /* the second box */
    const char *appended; /* written behind the third label */
} Drawn;

static Drawn drawn_default(int dpi)
{
    Drawn drawn = {.dpi = dpi, .left_mm = 25, .top_mm = 40};
    memcpy(drawn.labels, form, sizeof form);
    return drawn;
}

/* As a scanner does: one print, more or fewer pixels. */
static Page scanned(Page page, int dpi)
{
    PIX *scaled = pixScaleAreaMap(page.pix, (l_float32)dpi / (l_float32)page.dpi,
                                  (l_float32)dpi / (l_float32)page.dpi);
    pixDestroy(&page.pix);
    return (Page){scaled, dpi};
}

static Page draw(const Drawn *drawn)
{
    Page page = page_a4(600);
    double x = drawn->left_mm, y = drawn->top_mm;
    ink_rect(&page, x, y, 160, 0.3, BLACK);
    for (int i = 0; i < ROWS; i++) {
        double height = 10 + (i == 1 ? drawn->extra_mm : 0);
        ink_rect(&page, x, y + height, 160, 0.3, BLACK);
        for (int side = 0; side < 3; side++)
            ink_rect(&page, x + (double[]){0, 50 + i % 3 * 4, 160}[side], y, 0.3, height,
                     BLACK);
        draw_text(&page, x + 6, y + height / 2 - 2.6, 3.6, drawn->labels[i]);
        if (i == 2 && drawn->appended != NULL)
            draw_text(&page, x + 22, y + height / 2 - 2.6, 3.6, drawn->appended);
        if (i == 0 && drawn->value != NULL)
            draw_text(&page, x + 70, y + 2.4, 3.6, drawn->value);
        if (i == 4) {
            ink_frame(&page, x + 70, y + 3.3, 3.2, 3.2, 0.25, BLACK);
            draw_text(&page, x + 74, y + 2.4, 3.6, "居民用水");
            ink_frame(&page, x + 95, y + 3.3, 3.2, 3.2, 0.25, BLACK);
            draw_text(&page, x + 99, y + 2.4, 3.6, "特种行业用水");
            if (drawn->is_ticked)
                ink_stroke(&page, x + 95.5, y + 6, x + 100, y + 2, 0.7, BLACK);
        }
        y += height;
    }
    return scanned(page, drawn->dpi);
}

typedef struct {
    Sheet *sheet;
    Layout *layout;
} Found;

static void found_clear(Found *found)
{
    sheet_free(found->sheet);
    layout_free(found->layout);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Found, found_clear)

static Found find(const Drawn *drawn)
{
    Page page = draw(drawn);
    g_autoptr(PIX) owned = page.pix;
    SheetParams params = {.claimed_dpi = drawn->dpi};
    g_autoptr(GError) error = NULL;
    Found found = {.sheet = sheet_make(page.pix, &params, &error)};
    g_assert_no_error(error);
    found.layout = layout_find(found.sheet, &error);
    g_assert_no_error(error);
    g_assert_cmpint(found.layout->cells->len, ==, 2 * ROWS);
    return found;
}

/* What reading would have made of the page: labels in the first column. */
static PageReading *reading_of(const Found *found, const Drawn *drawn)
{
    PageReading *reading = page_reading_new();
    reading->width_px = pixGetWidth(found->sheet->grey);
    reading->height_px = pixGetHeight(found->sheet->grey);
    reading->dpi = found->layout->dpi;
    for (guint i = 0; i < found->layout->cells->len; i++) {
        ReadCell cell = {g_array_index(found->layout->cells, Cell, i).box_px, 0};
        g_array_append_val(reading->cells, cell);
    }
    for (guint i = 0; i < found->layout->lines->len; i++) {
        const InkLine *ink = &g_array_index(found->layout->lines, InkLine, i);
        TextLine *line = g_new0(TextLine, 1);
        line->box_px = ink->box_px;
        line->cell = ink->cell;
        int row = ink->cell / 2;
        line->text = g_strdup(ink->cell % 2 == 0 ? drawn->labels[row]
                              : row == 4         ? ticks
                                                 : drawn->value);
        line->glyphs = g_array_new(false, true, sizeof(Glyph));
        if (ink->cell % 2 == 1 && row == 4)
            for (int box = 0; box < 2; box++) {
                Glyph glyph = {.text = READING_TICK_BOX, .box_px = ink->box_px};
                glyph.box_px.x += box * px_from_mm(25, reading->dpi);
                glyph.box_px.width = px_from_mm(3.2, reading->dpi);
                g_array_append_val(line->glyphs, glyph);
            }
        g_ptr_array_add(reading->lines, line);
    }
    return reading;
}

static Print *learn(const Drawn *drawn)
{
    g_auto(Found) found = find(drawn);
    g_autoptr(PageReading) reading = reading_of(&found, drawn);
    g_autoptr(GError) error = NULL;
    g_autoptr(Print) print = print_learn(reading, found.sheet->grey, &texts, &error);
    g_assert_no_error(error);
    g_assert_nonnull(print);
    /* as workers get it: through its JSON */
    g_autoptr(JsonObject) object = print_to_json(print);
    Print *again = print_from_json(object, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(print_name(again), ==, print_name(print));
    return again;
}

/* The texts known on a page, "-" for each line to be read; NULL where it is no known
 * print. */
static char *recognise(Print *print, const Drawn *drawn)
{
    g_auto(Found) found = find(drawn);
    g_autoptr(GPtrArray) prints = g_ptr_array_new();
    g_ptr_array_add(prints, print);
    const char *name;
    g_autoptr(GPtrArray) known =
        prints_recognise(prints, found.layout, found.sheet, &name);
    g_assert_cmpint(known->len, ==, found.layout->lines->len);
    g_autoptr(GString) said = g_string_new(NULL);
    for (guint i = 0; i < known->len; i++) {
        const TextLine *line = known->pdata[i];
        g_string_append_printf(said, "%s%s", i ? " " : "", line ? line->text : "-");
    }
    return name != NULL ? g_string_free(g_steal_pointer(&said), FALSE) : NULL;
}

#define ALL                                                                                                            \
    "用户名称 报装地址 经办人 申请事项 用水性质 □居民用水□特种行业用水 报装分类 " \
    "业务类型 申请容量 "                                                                                       \
    "供电方式 项目内容 用气户数 小时耗气量"

static void test_same_print_at_any_resolution(void)
{
    Drawn teacher = drawn_default(300);
    g_autoptr(Print) print = learn(&teacher);
    g_assert_cmpint(print_cell_count(print), ==, 2 * ROWS);
    g_assert_cmpint(print_line_count(print), ==, ROWS + 1);
    for (int dpi = 150; dpi <= 300; dpi += 50) {
        Drawn page = drawn_default(dpi);
        page.left_mm = 22;
        page.top_mm = 51;
        g_autofree char *said = recognise(print, &page);
        g_assert_cmpstr(said, ==, ALL);
    }
}

static void test_what_is_written_is_read(void)
{
    Drawn teacher = drawn_default(200), page = drawn_default(200);
    page.value = "陈英涛";
    page.appended = "李";
    g_autoptr(Print) print = learn(&teacher);
    g_autofree char *said = recognise(print, &page);
    g_assert_cmpstr(
        said, ==,
        "用户名称 - 报装地址 - 申请事项 用水性质 □居民用水□特种行业用水 报装分类 "
        "业务类型 申请容量 供电方式 项目内容 用气户数 小时耗气量");
}

/* The value of the page that taught is nobody else's. */
static void test_values_are_not_learnt(void)
{
    Drawn teacher = drawn_default(200), page = drawn_default(200);
    teacher.value = "陈英涛";
    page.value = "陈英涛";
    g_autoptr(Print) print = learn(&teacher);
    g_autofree char *said = recognise(print, &page);
    g_assert_true(g_str_has_prefix(said, "用户名称 - 报装地址 "));
}

static void test_ticks_do_not_matter(void)
{
    Drawn teacher = drawn_default(200), page = drawn_default(200);
    page.is_ticked = true;
    g_autoptr(Print) print = learn(&teacher);
    g_autofree char *said = recognise(print, &page);
    g_assert_cmpstr(said, ==, ALL);
}

static void test_rows_grow(void)
{
    Drawn teacher = drawn_default(200), page = drawn_default(200);
    page.extra_mm = 9;
    g_autoptr(Print) print = learn(&teacher);
    g_autofree char *said = recognise(print, &page);
    g_assert_cmpstr(said, ==, ALL);
}

/* A page read before its print was known gets the print's lines, and keeps its values. */
static void test_applied_to_a_reading(void)
{
    Drawn teacher = drawn_default(200), page = drawn_default(300);
    page.value = "陈英涛";
    g_autoptr(Print) print = learn(&teacher);
    g_auto(Found) found = find(&page);
    page.labels[4] = "用水性盾"; /* as it was misread */
    g_autoptr(PageReading) reading = reading_of(&found, &page);
    g_autoptr(GPtrArray) prints = g_ptr_array_new();
    g_assert_false(prints_apply(prints, reading, found.sheet->grey));
    g_assert_null(reading->print);
    g_ptr_array_add(prints, print);
    g_assert_true(prints_apply(prints, reading, found.sheet->grey));
    g_assert_cmpstr(reading->print, ==, print_name(print));
    g_assert_cmpstr(((TextLine *)reading->lines->pdata[1])->text, ==, "陈英涛");
    g_assert_cmpstr(((TextLine *)reading->lines->pdata[5])->text, ==, "用水性质");
}

/* A page that was read without a box that its print has is worth reading again. */
static void test_lacking_boxes(void)
{
    g_autoptr(PageReading) reading = page_reading_new();
    TextLine *line = g_new0(TextLine, 1);
    Glyph box = {.text = READING_TICK_BOX, .confidence = 1, .box_px = {100, 100, 26, 26}};
    line->text = g_strdup(READING_TICK_BOX);
    line->confidence = line->weakest = 1;
    line->glyphs = g_array_new(false, true, sizeof(Glyph));
    g_array_append_val(line->glyphs, box);
    g_ptr_array_add(reading->lines, line);
    TickMark elsewhere = {.box_px = {200, 100, 26, 26}};
    TickMark there = {.box_px = {104, 96, 26, 26}};
    g_assert_true(prints_lack_boxes(reading));
    g_array_append_val(reading->ticks, elsewhere);
    g_assert_true(prints_lack_boxes(reading));
    line->weakest = 0.99; /* it was read, and is no print's */
    g_assert_false(prints_lack_boxes(reading));
    line->weakest = 1;
    g_array_append_val(reading->ticks, there);
    g_assert_false(prints_lack_boxes(reading));
}

/* The text of the page's own file is exact, and stays. */
static void test_not_applied_to_the_files_text(void)
{
    Drawn teacher = drawn_default(200), page = drawn_default(300);
    g_autoptr(Print) print = learn(&teacher);
    g_auto(Found) found = find(&page);
    page.labels[4] = "用水性盾";
    g_autoptr(PageReading) reading = reading_of(&found, &page);
    g_autoptr(GPtrArray) prints = g_ptr_array_new();
    for (guint i = 0; i < reading->lines->len; i++) {
        TextLine *line = reading->lines->pdata[i];
        line->is_from_file = strcmp(line->text, "用水性盾") == 0;
    }
    g_ptr_array_add(prints, print);
    g_assert_true(prints_apply(prints, reading, found.sheet->grey));
    int kept = 0;
    for (guint i = 0; i < reading->lines->len; i++)
        kept += g_str_equal(((TextLine *)reading->lines->pdata[i])->text, "用水性盾");
    g_assert_cmpint(kept, ==, 1);
}

/* One character of one label is another: that label is read. */
static void test_another_label_is_not_taken(void)
{
    for (int dpi = 150; dpi <= 300; dpi += 150) {
        Drawn teacher = drawn_default(dpi), page = drawn_default(dpi);
        page.labels[4] = "用电性质";
        page.labels[11] = "小时用电量";
        g_autoptr(Print) print = learn(&teacher);
        g_autofree char *said = recognise(print, &page);
        g_assert_nonnull(strstr(said, "申请事项 - □居民用水□特种行业用水"));
        g_assert_true(g_str_has_suffix(said, "用气户数 -"));
    }
}

/* The same grid with other words is another print. */
static void test_another_form_is_not_known(void)
{
    Drawn teacher = drawn_default(200), page = drawn_default(200);
    for (int i = 0; i < ROWS; i++)
        page.labels[i] = form[(i + 5) % ROWS];
    g_autoptr(Print) print = learn(&teacher);
    g_autofree char *said = recognise(print, &page);
    g_assert_null(said);
}

static void test_another_grid_is_not_known(void)
{
    Drawn teacher = drawn_default(200);
    g_autoptr(Print) print = learn(&teacher);
    Page page = page_a4(200);
    g_autoptr(PIX) owned = page.pix;
    ink_text(&page, 210, 297, 4);
    SheetParams params = {.claimed_dpi = 200};
    g_autoptr(Sheet) sheet = sheet_make(page.pix, &params, NULL);
    g_autoptr(Layout) layout = layout_find(sheet, NULL);
    g_autoptr(GPtrArray) prints = g_ptr_array_new();
    g_ptr_array_add(prints, print);
    const char *name = "";
    g_autoptr(GPtrArray) known = prints_recognise(prints, layout, sheet, &name);
    g_assert_null(name);
    for (guint i = 0; i < known->len; i++)
        g_assert_null(known->pdata[i]);
}

static void test_too_little_print_teaches_nothing(void)
{
    Drawn teacher = drawn_default(200);
    for (int i = 0; i < ROWS; i++)
        teacher.labels[i] = i < 6 ? form[i] : "别的文字";
    g_auto(Found) found = find(&teacher);
    g_autoptr(PageReading) reading = reading_of(&found, &teacher);
    g_autoptr(GError) error = NULL;
    g_assert_null(print_learn(reading, found.sheet->grey, &texts, &error));
    g_assert_no_error(error);
}

static void test_hostile_json(void)
{
    static const char *const texts_wrong[] = {
        "{}",
        "{\"version\":\"1\"}",
        "{\"version\":\"1\",\"cells\":[1,\"x\",[]],\"lines\":[{}]}",
        "{\"version\":\"1\",\"cells\":[[0,0,100,100]],\"lines\":[{\"picture\":\"AAAA\"}]"
        "}",
        "{\"version\":\"0\",\"cells\":[[0,0,100,100]],\"lines\":[]}",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts_wrong); i++) {
        g_autoptr(JsonObject) object = json_parse_object(texts_wrong[i], -1, NULL);
        g_autoptr(GError) error = NULL;
        g_assert_null(print_from_json(object, &error));
        g_assert_error(error, PRINTS_ERROR, PRINTS_ERROR_FORMAT);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    setMsgSeverity(L_SEVERITY_NONE);
    g_test_add_func("/prints/same/any-resolution", test_same_print_at_any_resolution);
    g_test_add_func("/prints/same/written", test_what_is_written_is_read);
    g_test_add_func("/prints/same/values", test_values_are_not_learnt);
    g_test_add_func("/prints/same/ticks", test_ticks_do_not_matter);
    g_test_add_func("/prints/same/rows-grow", test_rows_grow);
    g_test_add_func("/prints/same/applied", test_applied_to_a_reading);
    g_test_add_func("/prints/same/lacking-boxes", test_lacking_boxes);
    g_test_add_func("/prints/same/not-applied-to-the-files-text",
                    test_not_applied_to_the_files_text);
    g_test_add_func("/prints/other/label", test_another_label_is_not_taken);
    g_test_add_func("/prints/other/form", test_another_form_is_not_known);
    g_test_add_func("/prints/other/grid", test_another_grid_is_not_known);
    g_test_add_func("/prints/learn/too-little", test_too_little_print_teaches_nothing);
    g_test_add_func("/prints/json/hostile", test_hostile_json);
    return g_test_run();
}
