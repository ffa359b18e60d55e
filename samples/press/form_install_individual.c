/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_install_individual.c - 水电气暖信报装申请表（个人报装）: its words as both places
 * print them, in the dress of a print, with what a person filled in. */
#include "form.h"

#include <stdlib.h>
#include <string.h>

#include "seal.h"
#include "table.h"

#define TITLE "水电气暖信报装申请表"
#define LINE_PITCH 1.32 /* line distance over type size */

/* What the row builders share. */
typedef struct {
    const Form *form;
    const Print *print;
    Table *table;
    Type label, fill;
    double label_pitch_mm, fill_pitch_mm, note_pitch_mm;
    double row_mm;
    double share_per_mm; /* a row's shares add up to about 172 */
    int break_row;       /* the second sheet begins with this row */
    int office_row;
} Build;

/* Half-width brackets and colons where the print has them. Returns: owned */
static char *dress(const Build *build, const char *text)
{
    if (!build->print->base->half_width)
        return g_strdup(text);
    GString *out = g_string_new(text);
    g_string_replace(out, "（", "(", 0);
    g_string_replace(out, "）", ")", 0);
    g_string_replace(out, "：", ":", 0);
    return g_string_free(out, FALSE);
}

static void add_label_text(const Build *build, Flow *flow, const char *text)
{
    g_autofree char *dressed = dress(build, text);
    flow_text(flow, &build->label, dressed, 0);
}

static void cell(const Build *build, double share, Flow *flow, Align align)
{
    table_cell(build->table, share, flow, align, build->fill_pitch_mm);
}

static void label_cell(const Build *build, double share, const char *text)
{
    Flow *flow = flow_new();
    Align align = build->print->base->label_align;
    g_autofree char *spread = NULL;
    glong characters = g_utf8_strlen(text, -1);
    if (align == ALIGN_JUSTIFY && characters == 2) {
        const char *second = g_utf8_next_char(text);
        spread = g_strdup_printf("%.*s　%s", (int)(second - text), text, second);
        characters = 3;
    }
    add_label_text(build, flow, spread != NULL ? spread : text);
    /* Shares are about millimetres. Short labels are given the room they need, longer
     * ones only on prints that were typed with care. */
    gboolean may_wrap =
        strchr(text, '\n') != NULL || (characters > 3 && build->print->has_tight_labels);
    double needed_mm =
        (double)characters * build->label.size_mm + 2 * build->print->padding_mm + 0.6;
    if (!may_wrap)
        share = MAX(share, needed_mm * build->share_per_mm);
    table_cell(build->table, share, flow, align == ALIGN_LEFT ? ALIGN_LEFT : ALIGN_CENTRE,
               build->label_pitch_mm);
}

static void add_value(const Build *build, Flow *flow, const char *key)
{
    const char *value = fields_get(build->form->fields, key);
    if (value != NULL)
        flow_text(flow, &build->fill, value, build->print->fill_drop_mm);
}

static void value_cell(const Build *build, double share, const char *key)
{
    Flow *flow = flow_new();
    add_value(build, flow, key);
    cell(build, share, flow, build->print->fill_align);
}

static void row(Build *build)
{
    table_row(build->table, build->row_mm);
}

static void section(Build *build, const char *text)
{
    Flow *flow = flow_new();
    Type type = build->label;
    type.bold = build->print->section_bold;
    flow_text(flow, &type, text, 0);
    row(build);
    if (build->print->section_shaded)
        table_row_shade(build->table);
    table_cell(build->table, 1, flow, build->print->section_align, build->label_pitch_mm);
}

static void note(Build *build, const char *first, const char *second)
{
    Flow *flow = flow_new();
    Type type = build->label;
    type.size_mm *= 0.92;
    const char *const texts[] = {first, second};
    for (int i = 0; i < 2; i++) {
        g_autofree char *body = dress(build, texts[i]);
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
static void add_option(const Build *build, Flow *flow, const Choice *choice,
                       const char *key, gboolean box_after)
{
    const Print *print = build->print;
    const TickHand *hand =
        fields_chose(build->form->fields, key, choice->code) ? &build->form->hand : NULL;
    g_autofree char *text = dress(build, choice->text);
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

static void options_cell(const Build *build, double share, const Choice *choices,
                         const char *key)
{
    Flow *flow = flow_new();
    for (int i = 0; choices[i].code != NULL; i++) {
        if (i > 0)
            flow_gap(flow, build->print->option_gap_mm);
        add_option(build, flow, &choices[i], key, build->print->base->box_after);
    }
    cell(build, share, flow, ALIGN_LEFT);
}

/* ____千瓦: a blank with its unit. */
static void unit_cell(const Build *build, double share, const char *key, const char *unit)
{
    Flow *flow = flow_new();
    const Print *print = build->print;
    flow_blank(flow, &build->fill, fields_get(build->form->fields, key), print->blank_mm,
               print->base->has_blank_rule ? 0.15 : 0, print->fill_drop_mm * 0.4);
    flow_gap(flow, 0.4);
    flow_glue(flow);
    flow_text(flow, &build->label, unit, 0);
    cell(build, share, flow, ALIGN_CENTRE);
}

/* 年 月 日 with the digits of an ISO date (NULL: none) between them. */
static void add_date(const Build *build, Flow *flow, const Type *ink, const char *date,
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

static void head_rows(Build *build)
{
    const Print *print = build->print;
    double shift = print->column_shift;
    const char *id_label = print->id_in_two ? "身份\n证号" : "身份证号";
    row(build);
    label_cell(build, 22, "用户名称");
    value_cell(build, 28 + shift * 3, "applicant.name");
    label_cell(build, 13, "电话");
    value_cell(build, 34, "applicant.phone");
    label_cell(build, print->id_in_two ? 14 : 20, id_label);
    value_cell(build, 50 - shift * 3, "applicant.id_number");
    row(build);
    label_cell(build, 22, "报装地址");
    value_cell(build, 95, "site.address");
    label_cell(build, print->district_in_two ? 14 : 20,
               print->district_in_two ? "行政\n区域" : "行政区域");
    value_cell(build, 33 + shift * 2, "site.district");
    row(build);
    label_cell(build, 22, "经办人");
    label_cell(build, 13, "姓名");
    value_cell(build, 20 + shift * 2, "agent.name");
    label_cell(build, 13, "电话");
    value_cell(build, 30, "agent.phone");
    label_cell(build, print->id_in_two ? 14 : 20, id_label);
    value_cell(build, 45 - shift * 2, "agent.id_number");
    row(build);
    label_cell(build, 22, "申请事项");
    options_cell(build, 148, utility_choices, "utilities");
}

static void water_rows(Build *build)
{
    section(build, "用水报装登记");
    row(build);
    label_cell(build, 24, "用水性质");
    options_cell(build, 146, water_nature_choices, "water.nature");
    row(build);
    label_cell(build, 24, "报装分类");
    options_cell(build, 146, water_category_choices, "water.category");
    g_autofree char *categories =
        g_strconcat("报装分类：新装为新户申请接水；变更口径为老用户水表或管道增减口径（增"
                    "减容）；水表迁移为老用户"
                    "水表",
                    build->print->has_well_slip ? "并" : "井",
                    "设施的改造迁移；一户一表改造为老用户庭院表或单元表的分表改造；基建用"
                    "水为项目施工临时用水。",
                    NULL);
    note(build,
         "用水性质：居民生活用水主要指城镇居民住宅家庭的日常生活用水；非居民用水主要指工"
         "业、经营服务"
         "用水和行政事业单位用水、市政用水（环卫、绿化）、生态用水、消防用水等；特种用水"
         "主要指高耗水"
         "行业用水，如洗车、高档洗浴、游泳池（馆）、高尔夫球场、水上娱乐项目、以自来水为"
         "原料的纯净水"
         "生产用水等。",
         categories);
}

static void electricity_rows(Build *build)
{
    section(build, "用电报装登记");
    row(build);
    label_cell(build, 30 + build->print->column_shift * 5, "业务类型");
    options_cell(build, 140, electricity_type_choices, "electricity.business_type");
    row(build);
    label_cell(build, 30 + build->print->column_shift * 5, "申请容量");
    unit_cell(build, 52, "electricity.low.capacity_kw", "千瓦");
    label_cell(build, 28, "供电方式");
    value_cell(build, 60 - build->print->column_shift * 5, "electricity.low.supply_mode");
    note(build, "业务类型：新装、增容为项目正式用电；施工用电为基建用电。",
         "供电方式：低压供电分为交流220V、交流380V。");
}

static void project_row(Build *build)
{
    Flow *flow = flow_new();
    gboolean has_value = fields_get(build->form->fields, "gas.project") != NULL;
    add_label_text(build, flow,
                   "项目内容：\n（民用项目可在本栏对申报户数、采暖方式等进行项目描述）");
    if (has_value) {
        flow_break(flow);
        add_value(build, flow, "gas.project");
    }
    table_row(build->table, build->row_mm * (has_value ? 2.0 : 2.4));
    table_cell(build->table, 1, flow, ALIGN_LEFT, build->fill_pitch_mm);
    table_cell_top(build->table);
}

static void gas_rows(Build *build)
{
    const PrintBase *base = build->print->base;
    if (base->page_break == BREAK_BEFORE_GAS)
        build->break_row = table_rows(build->table);
    section(build, "用气报装登记");
    if (base->page_break == BREAK_AFTER_GAS_HEAD)
        build->break_row = table_rows(build->table);
    project_row(build);
    row(build);
    label_cell(build, 30, "用气户数");
    unit_cell(build, 52, "gas.households", "户");
    label_cell(build, 30 + build->print->column_shift * 4, "小时耗气量");
    unit_cell(build, 58, "gas.hourly_m3", base->cubic_metre);
}

static void heat_table_row(Build *build, const char *line_label, const char *line,
                           gboolean is_first)
{
    static const char *const ends[] = {"area_m2", "medium", "load_kw"};
    row(build);
    double shift = build->print->column_shift * 3;
    if (is_first) {
        label_cell(build, 16, "居民");
        table_cell_joins(build->table);
    } else {
        table_cell(build->table, 16, flow_new(), ALIGN_CENTRE, build->label_pitch_mm);
    }
    label_cell(build, 24, line_label);
    for (int i = 0; i < 3; i++) {
        g_autofree char *key = g_strdup_printf("heat.residential.%s.%s", line, ends[i]);
        value_cell(build, i == 0 ? 42 + shift : i == 1 ? 44 : 44 - shift, key);
    }
}

static void heat_rows(Build *build)
{
    const PrintBase *base = build->print->base;
    double shift = build->print->column_shift * 3;
    if (base->page_break == BREAK_BEFORE_HEAT)
        build->break_row = table_rows(build->table);
    section(build, "用暖报装登记");
    row(build);
    label_cell(build, 21, "用热时间");
    Flow *date = flow_new();
    double room_mm = 40 - 3 * build->label.size_mm - 2 * build->print->padding_mm;
    add_date(build, date, &build->fill, fields_get(build->form->fields, "heat.date"),
             MIN(build->print->date_blank_mm, room_mm / 3.35));
    cell(build, 45, date, ALIGN_CENTRE);
    label_cell(build, 26, "采暖系统类型");
    options_cell(build, 82 - shift, heat_system_choices, "heat.system");
    if (base->page_break == BREAK_AFTER_HEAT_TIME)
        build->break_row = table_rows(build->table);
    g_autofree char *area = g_strdup_printf("建筑面积（%s）", base->square_metre);
    row(build);
    label_cell(build, 40, "性质");
    label_cell(build, 42 + shift, area);
    label_cell(build, 44, "热媒参数");
    label_cell(build, 44 - shift, "用热负荷（KW）");
    heat_table_row(build, "采暖", "heating", TRUE);
    if (base->page_break == BREAK_AFTER_HEATING)
        build->break_row = table_rows(build->table);
    heat_table_row(build, "生活热水", "hot_water", FALSE);
}

static void telecom_rows(Build *build)
{
    section(build, "通信报装登记表");
    row(build);
    label_cell(build, 36, "报装业务类型");
    Flow *flow = flow_new();
    for (int i = 0; telecom_choices[i].code != NULL; i++) {
        gboolean is_last = telecom_choices[i + 1].code == NULL;
        /* The city's print has these boxes after their words. */
        add_option(build, flow, &telecom_choices[i], "telecom.type", TRUE);
        if (is_last && fields_get(build->form->fields, "telecom.other_note") != NULL) {
            flow_gap(flow, 1.2);
            add_value(build, flow, "telecom.other_note");
        }
        if (build->print->telecom_in_one_cell && !is_last) {
            flow_gap(flow, build->print->option_gap_mm * 1.6);
        } else {
            cell(build,
                 build->print->telecom_in_one_cell ? 134
                 : is_last                         ? 56
                                                   : 26,
                 flow,
                 is_last || build->print->telecom_in_one_cell ? ALIGN_LEFT
                                                              : ALIGN_CENTRE);
            flow = is_last ? NULL : flow_new();
        }
    }
    row(build);
    label_cell(build, 40, "装机地址（宽带、固话）");
    value_cell(build, 130, "telecom.address");
}

static void declaration_row(Build *build)
{
    const Form *form = build->form;
    Type date_ink = form->has_pen_date ? form->pen : build->fill;
    if (form->has_pen_date)
        date_ink.size_mm = build->fill.size_mm * 1.15;
    g_autofree char *promise = g_strdup_printf(
        "本人/"
        "单位承诺，上述申请表中的信息和提供的相关文件资料真实准确，如有不符，愿意承担法律"
        "责任。"
        "并且已%"
        "s阅读、理解用水、用电、用气、用热和通信相关要求，自愿遵守各项规定，谨此确认。",
        build->print->uses_careful_word ? "仔细" : "详细");
    Flow *flow = flow_new();
    flow_gap(flow, build->label.size_mm * 2);
    flow_glue(flow);
    flow_text(flow, &build->label, promise, 0);
    flow_break(flow);
    flow_break(flow);
    flow_gap(flow, 12 + 6 * build->print->column_shift);
    add_label_text(build, flow, "签字：");
    flow_signature(flow, &form->pen, form->signer, 34,
                   build->print->base->has_blank_rule ? 0.15 : 0);
    flow_gap(flow, 8);
    flow_glue(flow);
    add_date(build, flow, &date_ink, fields_get(form->fields, "declaration.date"),
             build->print->date_blank_mm);
    table_row(build->table, build->row_mm * 3.6);
    label_cell(build, 24, "申请人签章");
    table_cell(build->table, 146, flow, ALIGN_JUSTIFY, build->label_pitch_mm * 1.12);
}

static void last_rows(Build *build)
{
    Flow *flow = flow_new();
    if (build->print->base->page_break == BREAK_BEFORE_OTHER)
        build->break_row = table_rows(build->table);
    add_label_text(build, flow, "其他要求：");
    add_value(build, flow, "other_requirements");
    table_row(build->table, build->row_mm * 1.8);
    cell(build, 1, flow, ALIGN_LEFT);
    row(build);
    label_cell(build, 32, "需要增值税发票");
    options_cell(build, 32, yes_no_choices, "vat.required");
    label_cell(build, build->print->vat_in_two ? 16 : 25,
               build->print->vat_in_two ? "增值\n税户名" : "增值税户名");
    value_cell(build, 33, "vat.name");
    label_cell(build, 20, "联系电话");
    value_cell(build, 37, "vat.phone");
    declaration_row(build);
    build->office_row = table_rows(build->table);
    row(build);
    label_cell(build, 22, "受理单位");
    value_cell(build, 52, "office.name");
    label_cell(build, 17, "接件人");
    value_cell(build, 25, "office.clerk");
    label_cell(build, 20, "接件时间");
    /* The truth holds the ISO date; on paper it is written the Chinese way. */
    const char *date = fields_get(build->form->fields, "office.received_on");
    Flow *when = flow_new();
    if (date != NULL) {
        int year = atoi(date), month = atoi(date + 5), day = atoi(date + 8);
        g_autofree char *text =
            g_strdup_printf(build->print->number_is_comma ? "%d.%d.%d" : "%d年%d月%d日",
                            year, month, day);
        flow_text(when, &build->fill, text, build->print->fill_drop_mm);
    }
    cell(build, 38, when, build->print->fill_align);
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
    head_rows(build);
    water_rows(build);
    electricity_rows(build);
    gas_rows(build);
    heat_rows(build);
    if (build->form->place == PLACE_KAIFENG)
        telecom_rows(build);
    last_rows(build);
    return build->table;
}

static double title_height(const Print *print)
{
    double size = print->title_size_pt * MM_PER_POINT;
    return size * (print->title_in_two ? 3.2 : 1.9) +
           (print->has_attachment_mark ? 7 : 0);
}

static void draw_title(const Print *print, Sheet *sheet)
{
    double y = print->top_mm, size = print->title_size_pt * MM_PER_POINT;
    double width = A4_WIDTH_MM - print->left_mm - print->right_mm;
    const char *kind = print->base->half_width ? "(个人报装)" : "（个人报装）";
    Type type = type_points(print->label_face, print->title_size_pt);
    if (print->has_attachment_mark) {
        Type small = type_points(print->label_face, print->label_size_pt * 1.15);
        text_in(sheet, &small, print->base->half_width ? "附件4:" : "附件4：",
                (Box){print->left_mm, y - 2, width, 6}, ALIGN_LEFT);
        y += 7;
    }
    type.bold = print->title_bold;
    Box line = {print->left_mm, y, width, size * 1.4};
    if (print->title_in_two) {
        text_in(sheet, &type, TITLE, line, ALIGN_CENTRE);
        line.y += size * 1.4;
        type.size_mm *= 0.9;
        text_in(sheet, &type, kind, line, ALIGN_CENTRE);
    } else {
        g_autofree char *whole = g_strconcat(TITLE, kind, NULL);
        text_in(sheet, &type, whole, line, ALIGN_CENTRE);
    }
}

static void draw_footer(const Print *print, Sheet *sheet, int page)
{
    g_autofree char *text = print->footer == 1 ? g_strdup_printf("- %d -", page)
                            : print->footer == 2
                                ? g_strdup_printf("第 %d 页 共 2 页", page)
                                : g_strdup("");
    Type type = type_points(print->label_face, 9);
    text_in(sheet, &type, text, (Box){0, A4_HEIGHT_MM - 14, A4_WIDTH_MM, 5},
            ALIGN_CENTRE);
}

/* The largest stretch at which both sheets hold their rows. Sets build->table. */
static void fit(Build *build, const Sheet *sheet)
{
    const Print *print = build->print;
    double width = A4_WIDTH_MM - print->left_mm - print->right_mm;
    double room = A4_HEIGHT_MM - print->top_mm - print->bottom_mm;
    for (double stretch = 1.6; stretch > 0.4; stretch -= 0.05) {
        Table *table = build_table(build, stretch);
        double first = table_height(table, sheet, 0, build->break_row, width);
        double second =
            table_height(table, sheet, build->break_row, table_rows(table), width);
        if (first <= room - title_height(print) && second <= room)
            return;
        table_free(table);
        build->table = NULL;
    }
    build_table(build, 0.4);
}

GPtrArray *form_draw(const Form *form, Dice *dice)
{
    const Print *print = form->print;
    Build build = {.form = form, .print = print};
    GPtrArray *sheets = g_ptr_array_new_with_free_func((GDestroyNotify)sheet_free);
    Sheet *first = sheet_new(A4_WIDTH_MM, A4_HEIGHT_MM);
    Sheet *second = sheet_new(A4_WIDTH_MM, A4_HEIGHT_MM);
    double width = A4_WIDTH_MM - print->left_mm - print->right_mm;
    g_ptr_array_add(sheets, first);
    g_ptr_array_add(sheets, second);
    fit(&build, first);
    draw_title(print, first);
    table_draw(build.table, first, 0, build.break_row, print->left_mm,
               print->top_mm + title_height(print), width, dice);
    table_draw(build.table, second, build.break_row, table_rows(build.table),
               print->left_mm, print->top_mm, width, dice);
    draw_footer(print, first, 1);
    draw_footer(print, second, 2);
    if (form->office_seal != NULL) {
        Box office = table_row_box(build.table, build.office_row);
        seal_round(second, office.x + width * dice_real(dice, 0.2, 0.42),
                   office.y + office.height * dice_real(dice, 0.2, 0.9), 40,
                   print->label_face, form->office_seal, NULL, dice);
    }
    table_free(build.table);
    return sheets;
}
