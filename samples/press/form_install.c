/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_install.c - rows that the forms of individuals and enterprises have in common. */
#include "form_build.h"

const char form_categories_note[] =
    "报装分类：新装为新户申请接水；变更口径为老用户水表或管道增减口径（增减容）；水表迁移"
    "为老用户水表{}设施的改造迁移；一户一表改造为老用户庭院表或单元表的分表改造；基建用水"
    "为项目施工临时用水。";

void build_utilities_row(Build *build)
{
    build_row(build);
    build_label(build, 22, "申请事项");
    build_options(build, 148, utility_choices, "utilities");
}

void build_agent_row(Build *build, const char *who, const char *key)
{
    const Print *print = build->print;
    double shift = print->column_shift;
    const char *id_label = print->id_in_two ? "身份\n证号" : "身份证号";
    g_autofree char *name = g_strconcat(key, ".name", NULL);
    g_autofree char *phone = g_strconcat(key, ".phone", NULL);
    g_autofree char *id = g_strconcat(key, ".id_number", NULL);
    build_row(build);
    build_label(build, 22, who);
    build_label(build, 13, "姓名");
    build_value(build, 20 + shift * 2, name);
    build_label(build, 13, "电话");
    build_value(build, 30, phone);
    build_label(build, print->id_in_two ? 14 : 20, id_label);
    build_value(build, 45 - shift * 2, id);
}

static void project_row(Build *build)
{
    Flow *flow = flow_new();
    gboolean has_value = fields_get(build->form->fields, "gas.project") != NULL;
    build_words(build, flow,
                "项目内容：\n（民用项目可在本栏对申报户数、采暖方式等进行项目描述）");
    if (has_value) {
        flow_break(flow);
        build_add_value(build, flow, "gas.project");
    }
    table_row(build->table, build->row_mm * (has_value ? 2.0 : 2.4));
    table_cell(build->table, 1, flow, ALIGN_LEFT, build->fill_pitch_mm);
    table_cell_top(build->table);
}

void build_gas_rows(Build *build)
{
    const PrintBase *base = build->print->base;
    if (base->page_break == BREAK_BEFORE_GAS)
        build->break_row = table_rows(build->table);
    build_section(build, "用气报装登记");
    if (base->page_break == BREAK_AFTER_GAS_HEAD)
        build->break_row = table_rows(build->table);
    project_row(build);
    build_row(build);
    build_label(build, 30, "用气户数");
    build_unit(build, 52, "gas.households", "户");
    build_label(build, 30 + build->print->column_shift * 4, "小时耗气量");
    build_unit(build, 58, "gas.hourly_m3", base->cubic_metre);
}

void build_heat_head(Build *build)
{
    const PrintBase *base = build->print->base;
    double shift = build->print->column_shift * 3;
    if (base->page_break == BREAK_BEFORE_HEAT)
        build->break_row = table_rows(build->table);
    build_section(build, "用暖报装登记");
    build_row(build);
    build_label(build, 21, "用热时间");
    Flow *date = flow_new();
    double room_mm = 40 - 3 * build->label.size_mm - 2 * build->print->padding_mm;
    Type ink = build_ink(build, "heat.date");
    build_date(build, date, &ink, fields_get(build->form->fields, "heat.date"),
               MIN(build->print->date_blank_mm, room_mm / 3.35));
    build_cell(build, 45, date, ALIGN_CENTRE);
    build_label(build, 26, "采暖系统类型");
    build_options(build, 82 - shift, heat_system_choices, "heat.system");
    if (base->page_break == BREAK_AFTER_HEAT_TIME)
        build->break_row = table_rows(build->table);
    g_autofree char *area = g_strdup_printf("建筑面积（%s）", base->square_metre);
    build_row(build);
    build_label(build, 40, "性质");
    build_label(build, 42 + shift, area);
    build_label(build, 44, "热媒参数");
    build_label(build, 44 - shift, "用热负荷（KW）");
}

void build_heat_line(Build *build, const char *use, const char *key, const char *line,
                     gboolean is_first, gboolean is_last)
{
    static const char *const ends[] = {"area_m2", "medium", "load_kw"};
    double shift = build->print->column_shift * 3;
    build_row(build);
    if (line == NULL) { /* a use of one row */
        build_label(build, 40, use);
    } else {
        /* the cell below is as wide as typed, whatever room the label took */
        if (is_first)
            build_label(build, 16, use);
        else
            table_cell(build->table, 16, flow_new(), ALIGN_CENTRE, build->label_pitch_mm);
        if (!is_last)
            table_cell_joins(build->table);
        build_label(build, 24, line);
    }
    for (int i = 0; i < 3; i++) {
        g_autofree char *whole = g_strdup_printf("heat.%s.%s", key, ends[i]);
        build_value(build, i == 0 ? 42 + shift : i == 1 ? 44 : 44 - shift, whole);
    }
}

void build_telecom_rows(Build *build)
{
    build_section(build, "通信报装登记表");
    build_row(build);
    build_label(build, 36, "报装业务类型");
    Flow *flow = flow_new();
    for (int i = 0; telecom_choices[i].code != NULL; i++) {
        gboolean is_last = telecom_choices[i + 1].code == NULL;
        /* The city's print has these boxes after their words. */
        build_option(build, flow, &telecom_choices[i], "telecom.type", TRUE);
        if (is_last && fields_get(build->form->fields, "telecom.other_note") != NULL) {
            flow_gap(flow, 1.2);
            build_add_value(build, flow, "telecom.other_note");
        }
        if (build->print->telecom_in_one_cell && !is_last) {
            flow_gap(flow, build->print->option_gap_mm * 1.6);
        } else {
            build_cell(build,
                       build->print->telecom_in_one_cell ? 134
                       : is_last                         ? 56
                                                         : 26,
                       flow,
                       is_last || build->print->telecom_in_one_cell ? ALIGN_LEFT
                                                                    : ALIGN_CENTRE);
            flow = is_last ? NULL : flow_new();
        }
    }
    build_row(build);
    build_label(build, 40, "装机地址（宽带、固话）");
    build_value(build, 130, "telecom.address");
}

void build_declaration(Build *build, const char *words, const char *sign)
{
    const Form *form = build->form;
    Type ink = build_ink(build, "declaration.date");
    gboolean has_pen = form->has_pen_date && ink.hand == NULL;
    Type date_ink = has_pen ? form->pen : ink;
    if (has_pen)
        date_ink.size_mm = build->fill.size_mm * 1.15;
    g_autofree char *promise =
        build_phrase(words, build->print->uses_careful_word ? "仔细" : "详细");
    Flow *flow = flow_new();
    flow_gap(flow, build->label.size_mm * 2);
    flow_glue(flow);
    flow_text(flow, &build->label, promise, 0);
    flow_break(flow);
    flow_break(flow);
    flow_gap(flow, 12 + 6 * build->print->column_shift);
    build_words(build, flow, sign);
    flow_signature(flow, &form->pen, form->signer, 34,
                   build->print->base->has_blank_rule ? 0.15 : 0);
    flow_gap(flow, 8);
    flow_glue(flow);
    build_date(build, flow, &date_ink, fields_get(form->fields, "declaration.date"),
               build->print->date_blank_mm);
    build->applicant_seal = (SealPlace){table_rows(build->table), 0.3, 0.62, 0.45, 0.7};
    table_row(build->table, build->row_mm * 3.6);
    build_label(build, 24, "申请人签章");
    table_cell(build->table, 146, flow, ALIGN_JUSTIFY, build->label_pitch_mm * 1.12);
}

void build_other_row(Build *build)
{
    Flow *flow = flow_new();
    if (build->print->base->page_break == BREAK_BEFORE_OTHER)
        build->break_row = table_rows(build->table);
    build_words(build, flow, "其他要求：");
    build_add_value(build, flow, "other_requirements");
    table_row(build->table, build->row_mm * 1.8);
    build_cell(build, 1, flow, ALIGN_LEFT);
}

void build_vat_row(Build *build)
{
    build_row(build);
    build_label(build, 32, "需要增值税发票");
    build_options(build, 32, yes_no_choices, "vat.required");
    build_label(build, build->print->vat_in_two ? 16 : 25,
                build->print->vat_in_two ? "增值\n税户名" : "增值税户名");
    build_value(build, 33, "vat.name");
    build_label(build, 20, "联系电话");
    build_value(build, 37, "vat.phone");
}

void build_office_row(Build *build)
{
    build->office_seal = (SealPlace){table_rows(build->table), 0.2, 0.42, 0.2, 0.9};
    build_row(build);
    build_label(build, 22, "受理单位");
    build_value(build, 52, "office.name");
    build_label(build, 17, "接件人");
    build_value(build, 25, "office.clerk");
    build_label(build, 20, "接件时间");
    Flow *when = flow_new();
    build_typed_date(build, when, "office.received_on");
    build_cell(build, 38, when, build->print->fill_align);
}
