/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_install_enterprise.c - 水电气暖信报装申请表（企业报装）: its words as both places
 * print them. */
#include "form_build.h"

static void head_rows(Build *build)
{
    const Print *print = build->print;
    double shift = print->column_shift;
    build_row(build);
    build_label(build, 22, "用户名称");
    build_value(build, 70 + shift * 3, "applicant.name");
    build_label(build, 26, "机构信用代码");
    build_value(build, 52 - shift * 3, "applicant.credit_code");
    build_row(build);
    build_label(build, 22, "企业类型");
    build_options(build, 95, enterprise_choices, "applicant.enterprise_type");
    build_label(build, print->district_in_two ? 14 : 20,
                print->district_in_two ? "行政\n区域" : "行政区域");
    build_value(build, 33 + shift * 2, "site.district");
    build_row(build);
    build_label(build, 22, "单位地址");
    build_value(build, 150, "applicant.address");
    build_agent_row(build, "法人代表", "legal_rep");
    build_agent_row(build, "经办人", "agent");
    build_utilities_row(build);
    build_row(build);
    build_label(build, 22, "项目名称");
    build_value(build, 150, "project.name");
    build_row(build);
    build_label(build, 22, "项目地址");
    build_value(build, 150, "site.address");
}

static void water_rows(Build *build)
{
    build_section(build, "用水报装登记");
    build_row(build);
    build_label(build, 22, "供水方式");
    build_options(build, 50, water_supply_choices, "water.supply");
    build_label(build, 20, "用水性质");
    build_options(build, 78, water_nature_choices, "water.nature");
    build_row(build);
    build_label(build, 24, "报装分类");
    build_options(build, 146, water_category_choices, "water.category");
    build_row(build);
    build_label(build, 24, "用户类别");
    build_options(build, 146, user_category_choices, "water.user_category");
    g_autofree char *categories =
        build_phrase(form_categories_note, build->print->has_well_slip ? "并" : "井");
    build_note(
        build,
        "供水方式：市政直供指市政自来水直接供给的形式；二次供水指单位或个人将市政公共供水"
        "或自建设施供水经储存、加压，通过管道再供用户或自用的形式。",
        categories);
}

static void own_source_row(Build *build)
{
    build_label(build, 24, "自备电源");
    build_options(build, 32, has_choices, "electricity.high.own_source");
    build_label(build, 13, "容量");
    build_unit(build, 32, "electricity.high.own_source_kw", "千瓦");
    build_label(build, build->print->vat_in_two ? 18 : 24,
                build->print->vat_in_two ? "非线性\n负荷" : "非线性负荷");
    build_options(build, 0, has_choices, "electricity.high.nonlinear_load");
}

/* 原有容量：____千伏A，申请容量：____千伏A */
static void power_line_cells(Build *build, const char *label, const char *line)
{
    static const char *const parts[][2] = {{"existing_kva", "原有容量："},
                                           {"applied_kva", "，申请容量："}};
    Flow *flow = flow_new();
    for (int i = 0; i < 2; i++) {
        g_autofree char *key =
            g_strdup_printf("electricity.high.%s.%s", line, parts[i][0]);
        build_words(build, flow, parts[i][1]);
        build_blank(build, flow, key, build->print->blank_mm * 0.8);
        flow_glue(flow);
        flow_solid(flow, &build->label, "千伏A");
    }
    build_label(build, 36, label);
    build_cell(build, 0, flow, ALIGN_LEFT);
}

static void electricity_rows(Build *build)
{
    double shift = build->print->column_shift;
    build_section(build, "用电报装登记");
    build_row(build);
    build_label(build, 28 + shift * 4, "电压类型");
    build_options(build, 46, voltage_choices, "electricity.voltage");
    build_label(build, 22, "业务类型");
    build_options(build, 76 - shift * 4, electricity_type_choices,
                  "electricity.business_type");
    build_row(build);
    build_label(build, 14, "低压");
    build_label(build, 24, "申请容量");
    build_unit(build, 46, "electricity.low.capacity_kw", "千瓦");
    build_label(build, 24, "供电方式");
    build_value(build, 0, "electricity.low.supply_mode");
    for (int i = 0; i < 4; i++) {
        build_row(build);
        build_merged(build, 14, "高压", i == 0, i == 3);
        if (i == 0) {
            build_label(build, 24, "用电类别");
            build_options(build, 0, power_use_choices, "electricity.high.use");
        } else if (i == 1) {
            own_source_row(build);
        } else {
            power_line_cells(build, i == 2 ? "第一路电源容量" : "第二路电源容量",
                             i == 2 ? "line1" : "line2");
        }
    }
}

static void heat_rows(Build *build)
{
    build_heat_head(build);
    build_heat_line(build, "工业", "industrial", NULL, TRUE, TRUE);
    build_heat_line(build, "居民", "residential.heating", "采暖", TRUE, FALSE);
    if (build->print->base->page_break == BREAK_AFTER_HEATING)
        build->break_row = table_rows(build->table);
    build_heat_line(build, "居民", "residential.hot_water", "生活热水", FALSE, TRUE);
    build_heat_line(build, "非居民", "non_residential.heating", "采暖", TRUE, FALSE);
    build_heat_line(build, "非居民", "non_residential.hot_water", "生活热水", FALSE,
                    TRUE);
}

static void tax_rows(Build *build)
{
    build_row(build);
    build_label(build, 22, "纳税证号");
    build_value(build, 62, "vat.tax_number");
    build_label(build, 22, "纳税地址");
    build_value(build, 66, "vat.tax_address");
    build_row(build);
    build_label(build, 22, "开户银行");
    build_value(build, 62, "vat.bank");
    build_label(build, 22, "银行账号");
    build_value(build, 66, "vat.account");
}

void form_rows_enterprise(Build *build)
{
    static const char promise[] =
        "本人/"
        "单位承诺，上述申请表中的信息和提供的相关文件资料真实准确，如有不符，愿意承担"
        "法律责任。并且已{}"
        "阅读、理解用水承诺书、用电承诺书、用气承诺书和用热承诺书，并自愿"
        "遵守用水、用电、燃气、热力承诺的各项规定，谨此确认。";
    head_rows(build);
    water_rows(build);
    electricity_rows(build);
    build->early_row = table_rows(build->table);
    build_gas_rows(build);
    heat_rows(build);
    if (build->form->place == PLACE_KAIFENG)
        build_telecom_rows(build);
    build_other_row(build);
    build_vat_row(build);
    tax_rows(build);
    build_declaration(build, promise, "签章：");
    build_office_row(build);
}
