/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_build.c - rows and cells of a form in the dress of a print, fitted onto sheets. */
#include "form_build.h"

#include <stdlib.h>
#include <string.h>

#include "seal.h"

#define LINE_PITCH 1.32 /* line distance over type size */

/* Half-width brackets and colons where the print has them. Returns: owned */
char *build_dress(const Build *build, const char *text)
{
    if (!build->print->base->half_width)
        return g_strdup(text);
    GString *out = g_string_new(text);
    g_string_replace(out, "（", "(", 0);
    g_string_replace(out, "）", ")", 0);
    g_string_replace(out, "：", ":", 0);
    return g_string_free(out, FALSE);
}

char *build_phrase(const char *text, const char *word)
{
    GString *out = g_string_new(text);
    g_string_replace(out, "{}", word, 0);
    return g_string_free(out, FALSE);
}

void build_words(const Build *build, Flow *flow, const char *text)
{
    g_autofree char *dressed = build_dress(build, text);
    flow_text(flow, &build->label, dressed, 0);
}

void build_cell(const Build *build, double share, Flow *flow, Align align)
{
    table_cell(build->table, share, flow, align, build->fill_pitch_mm);
}

/* 高　压: two characters are spread on prints that justify their labels. */
static gboolean is_spread(const Build *build, const char *text)
{
    return build->print->base->label_align == ALIGN_JUSTIFY &&
           g_utf8_strlen(text, -1) == 2;
}

/* Shares are about millimetres. Short labels are given the room they need, longer ones
 * only on prints that were typed with care. */
static double label_share(const Build *build, double share, const char *text)
{
    glong characters = is_spread(build, text) ? 3 : g_utf8_strlen(text, -1);
    gboolean may_wrap =
        strchr(text, '\n') != NULL || (characters > 3 && build->print->has_tight_labels);
    double needed_mm =
        (double)characters * build->label.size_mm + 2 * build->print->padding_mm + 0.6;
    return may_wrap ? share : MAX(share, needed_mm * build->share_per_mm);
}

void build_label(const Build *build, double share, const char *text)
{
    Flow *flow = flow_new();
    Align align = build->print->base->label_align;
    g_autofree char *spread = NULL;
    if (is_spread(build, text)) {
        const char *second = g_utf8_next_char(text);
        spread = g_strdup_printf("%.*s　%s", (int)(second - text), text, second);
    }
    build_words(build, flow, spread != NULL ? spread : text);
    table_cell(build->table, label_share(build, share, text), flow,
               align == ALIGN_LEFT ? ALIGN_LEFT : ALIGN_CENTRE, build->label_pitch_mm);
}

Type build_ink(const Build *build, const char *key)
{
    const Writer *writer = build->form->writer;
    Type type = build->fill;
    if (!writer_writes(writer, key))
        return type;
    type.size_mm = build->label.size_mm * writer->hand.size;
    type.hand = &writer->hand;
    return type;
}

void build_add_value(const Build *build, Flow *flow, const char *key)
{
    const char *value = fields_get(build->form->fields, key);
    Type ink = build_ink(build, key);
    if (value != NULL)
        flow_text(flow, &ink, value, build->print->fill_drop_mm);
}

void build_value(const Build *build, double share, const char *key)
{
    Flow *flow = flow_new();
    build_add_value(build, flow, key);
    build_cell(build, share, flow, build->print->fill_align);
}

void build_row(Build *build)
{
    table_row(build->table, build->row_mm);
}

void build_section(Build *build, const char *text)
{
    Flow *flow = flow_new();
    Type type = build->label;
    type.bold = build->print->section_bold;
    flow_text(flow, &type, text, 0);
    build_row(build);
    if (build->print->section_shaded)
        table_row_shade(build->table);
    table_cell(build->table, 1, flow, build->print->section_align, build->label_pitch_mm);
}

void build_note(Build *build, const char *first, const char *second)
{
    Flow *flow = flow_new();
    Type type = build->label;
    type.size_mm *= 0.92;
    const char *const texts[] = {first, second};
    for (int i = 0; i < 2; i++) {
        g_autofree char *body = build_dress(build, texts[i]);
        g_autofree char *line = g_strdup_printf(
            "%d%s%s", i + 1, build->print->number_is_comma ? "、" : ".", body);
        if (i > 0)
            flow_break(flow);
        flow_text(flow, &type, line, 0);
    }
    table_row(build->table, 0);
    table_cell(build->table, 1, flow, ALIGN_JUSTIFY, build->note_pitch_mm);
}

/* One option with its box before it or after it. */
void build_option(const Build *build, Flow *flow, const Choice *choice, const char *key,
                  gboolean box_after)
{
    const Print *print = build->print;
    const TickHand *hand =
        fields_chose(build->form->fields, key, choice->code) ? &build->form->hand : NULL;
    g_autofree char *text = build_dress(build, choice->text);
    if (box_after) {
        flow_solid(flow, &build->label, text);
        flow_gap(flow, print->box_gap_mm);
        flow_tick_box(flow, &print->box, hand, FALSE);
    } else {
        flow_tick_box(flow, &print->box, hand, TRUE);
        flow_gap(flow, print->box_gap_mm);
        flow_glue(flow);
        flow_solid(flow, &build->label, text);
    }
}

void build_options(const Build *build, double share, const Choice *choices,
                   const char *key)
{
    Flow *flow = flow_new();
    for (int i = 0; choices[i].code != NULL; i++) {
        if (i > 0)
            flow_gap(flow, build->print->option_gap_mm);
        build_option(build, flow, &choices[i], key, build->print->base->box_after);
    }
    build_cell(build, share, flow, ALIGN_LEFT);
}

/* ____千瓦: a blank with its unit. */
void build_unit(const Build *build, double share, const char *key, const char *unit)
{
    Flow *flow = flow_new();
    build_blank(build, flow, key, build->print->blank_mm);
    flow_gap(flow, 0.4);
    flow_glue(flow);
    flow_text(flow, &build->label, unit, 0);
    build_cell(build, share, flow, ALIGN_CENTRE);
}

void build_merged(const Build *build, double share, const char *text, gboolean is_first,
                  gboolean is_last)
{
    if (is_first)
        build_label(build, share, text);
    else
        table_cell(build->table, label_share(build, share, text), flow_new(),
                   ALIGN_CENTRE, build->label_pitch_mm);
    if (!is_last)
        table_cell_joins(build->table);
}

void build_blank(const Build *build, Flow *flow, const char *key, double width_mm)
{
    const Print *print = build->print;
    Type ink = build_ink(build, key);
    flow_blank(flow, &ink, fields_get(build->form->fields, key), width_mm,
               print->base->has_blank_rule ? 0.15 : 0, print->fill_drop_mm * 0.4);
}

/* 年 月 日 with the digits of an ISO date (NULL: none) between them. */
void build_date(const Build *build, Flow *flow, const Type *ink, const char *date,
                double blank_mm)
{
    static const char *const units[] = {"年", "月", "日"};
    static const int starts[] = {0, 5, 8}, lengths[] = {4, 2, 2};
    double drop = build->print->fill_drop_mm * 0.4;
    for (int i = 0; i < 3; i++) {
        g_autofree char *digits = NULL;
        if (date != NULL) {
            const char *from = date + starts[i];
            gboolean skips_zero = i > 0 && *from == '0';
            digits = g_strndup(from + skips_zero, (gsize)(lengths[i] - skips_zero));
        }
        double width = blank_mm * (i == 0 ? 1.35 : 1);
        flow_blank(flow, ink, digits, width, 0, drop);
        flow_glue(flow);
        flow_text(flow, &build->label, units[i], 0);
    }
}

void build_typed_date(const Build *build, Flow *flow, const char *key)
{
    /* The truth holds the ISO date; on paper it is written the Chinese way. */
    const char *date = fields_get(build->form->fields, key);
    if (date == NULL)
        return;
    int year = atoi(date), month = atoi(date + 5), day = atoi(date + 8);
    g_autofree char *text = g_strdup_printf(
        build->print->number_is_comma ? "%d.%d.%d" : "%d年%d月%d日", year, month, day);
    Type ink = build_ink(build, key);
    flow_text(flow, &ink, text, build->print->fill_drop_mm);
}

/* The whole table with rows stretched by @stretch; a new one for each try. */
static Table *build_table(Build *build, double stretch)
{
    const Print *print = build->print;
    /* Below three quarters rows are as low as the words allow, so the words shrink too.
     */
    double shrink = stretch < 0.75 ? 0.92 : 1;
    build->label = type_points(print->label_face, print->label_size_pt * shrink);
    build->fill = type_points(print->fill_face, print->fill_size_pt * shrink);
    build->label_pitch_mm = build->label.size_mm * LINE_PITCH;
    build->fill_pitch_mm = MAX(build->label.size_mm, build->fill.size_mm) * LINE_PITCH;
    build->note_pitch_mm = build->label_pitch_mm * 0.95;
    build->row_mm = print->row_mm * stretch;
    build->share_per_mm = 172 / (A4_WIDTH_MM - print->left_mm - print->right_mm);
    build->table = table_new(print->padding_mm, print->outer_mm, print->inner_mm);
    build->form->kind->rows(build);
    return build->table;
}

static double title_height(const Print *print)
{
    double size = print->title_size_pt * MM_PER_POINT;
    return size * (print->title_in_two ? 3.2 : 1.9) +
           (print->has_attachment_mark ? 7 : 0);
}

static void draw_title(const Build *build, Sheet *sheet)
{
    const Print *print = build->print;
    const FormKind *form = build->form->kind;
    double y = print->top_mm, size = print->title_size_pt * MM_PER_POINT;
    double width = A4_WIDTH_MM - print->left_mm - print->right_mm;
    g_autofree char *kind = build_dress(build, form->title_end);
    Type type = type_points(print->label_face, print->title_size_pt);
    if (print->has_attachment_mark) {
        Type small = type_points(print->label_face, print->label_size_pt * 1.15);
        g_autofree char *mark = build_dress(build, form->attachment);
        text_in(sheet, &small, mark, (Box){print->left_mm, y - 2, width, 6}, ALIGN_LEFT);
        y += 7;
    }
    type.bold = print->title_bold;
    Box line = {print->left_mm, y, width, size * 1.4};
    if (print->title_in_two) {
        text_in(sheet, &type, form->title, line, ALIGN_CENTRE);
        line.y += size * 1.4;
        type.size_mm *= 0.9;
        text_in(sheet, &type, kind, line, ALIGN_CENTRE);
    } else {
        g_autofree char *whole = g_strconcat(form->title, kind, NULL);
        text_in(sheet, &type, whole, line, ALIGN_CENTRE);
    }
}

static void draw_footer(const Print *print, Sheet *sheet, int page, int pages)
{
    g_autofree char *text = print->footer == 1 ? g_strdup_printf("- %d -", page)
                            : print->footer == 2
                                ? g_strdup_printf("第 %d 页 共 %d 页", page, pages)
                                : g_strdup("");
    Type type = type_points(print->label_face, 9);
    text_in(sheet, &type, text, (Box){0, A4_HEIGHT_MM - 14, A4_WIDTH_MM, 5},
            ALIGN_CENTRE);
}

/* The largest stretch at which both sheets hold their rows. Sets build->table. Returns:
 * whether there is one */
static gboolean fit_rows(Build *build, const Sheet *sheet)
{
    const Print *print = build->print;
    double width = A4_WIDTH_MM - print->left_mm - print->right_mm;
    double room = A4_HEIGHT_MM - print->top_mm - print->bottom_mm;
    for (double stretch = 1.6; stretch > 0.4; stretch -= 0.05) {
        Table *table = build_table(build, stretch);
        int rows = table_rows(table);
        if (build->breaks_early)
            build->break_row = build->early_row;
        double first = table_height(table, sheet, 0, build->break_row, width);
        double second = table_height(table, sheet, build->break_row, rows, width);
        if (first <= room - title_height(print) && second <= room)
            return TRUE;
        table_free(table);
        build->table = NULL;
    }
    return FALSE;
}

/* Where the print's own page break leaves no room, the first page ends earlier. */
static void fit(Build *build, const Sheet *sheet)
{
    if (fit_rows(build, sheet))
        return;
    build_table(build, 0.4);
    if (build->early_row == 0)
        return;
    table_free(build->table);
    build->breaks_early = TRUE;
    if (!fit_rows(build, sheet))
        build_table(build, 0.4);
}

/* A seal of @text with its centre about @x and @y of the row's width and height. */
static void draw_seal(const Build *build, const GPtrArray *sheets, const SealPlace *place,
                      const char *text, Dice *dice)
{
    Box box = table_row_box(build->table, place->row);
    Sheet *sheet = sheets->pdata[place->row < build->break_row ? 0 : 1];
    seal_round(sheet, box.x + box.width * dice_real(dice, place->left, place->right),
               box.y + box.height * dice_real(dice, place->top, place->bottom), 40,
               build->print->label_face, text, NULL, dice);
}

GPtrArray *form_draw(const Form *form, Dice *dice)
{
    const Print *print = form->print;
    Build build = {.form = form, .print = print};
    GPtrArray *sheets = g_ptr_array_new_with_free_func((GDestroyNotify)sheet_free);
    Sheet *first = sheet_new(A4_WIDTH_MM, A4_HEIGHT_MM);
    double width = A4_WIDTH_MM - print->left_mm - print->right_mm;
    g_ptr_array_add(sheets, first);
    fit(&build, first);
    int rows = table_rows(build.table), pages = build.break_row < rows ? 2 : 1;
    draw_title(&build, first);
    table_draw(build.table, first, 0, build.break_row, print->left_mm,
               print->top_mm + title_height(print), width, dice);
    draw_footer(print, first, 1, pages);
    if (pages == 2) {
        Sheet *second = sheet_new(A4_WIDTH_MM, A4_HEIGHT_MM);
        g_ptr_array_add(sheets, second);
        table_draw(build.table, second, build.break_row, rows, print->left_mm,
                   print->top_mm, width, dice);
        draw_footer(print, second, 2, pages);
    }
    if (form->office_seal != NULL)
        draw_seal(&build, sheets, &build.office_seal, form->office_seal, dice);
    if (form->applicant_seal != NULL)
        draw_seal(&build, sheets, &build.applicant_seal, form->applicant_seal, dice);
    table_free(build.table);
    return sheets;
}
