/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_install_individual.c - 水电气暖信报装申请表（个人报装）: its words as both places
 * print them. */
#include "form_build.h"

static void head_rows(Build *build)
{
    const Print *print = build->print;
    double shift = print->column_shift;
    const char *id_label = print->id_in_two ? "身份\n证号" : "身份证号";
    build_row(build);
    build_label(build, 22, "用户名称");
    build_value(build, 28 + shift * 3, "applicant.name");
    build_label(build, 13, "电话");
    build_value(build, 34, "applicant.phone");
    build_label(build, print->id_in_two ? 14 : 20, id_label);
    build_value(build, 50 - shift * 3, "applicant.id_number");
    build_row(build);
    build_label(build, 22, "报装地址");
    build_value(build, 95, "site.address");
    build_label(build, print->district_in_two ? 14 : 20,
                print->district_in_two ? "行政\n区域" : "行政区域");
    build_value(build, 33 + shift * 2, "site.district");
    build_agent_row(build, "经办人", "agent");
    build_utilities_row(build);
}

static void water_rows(Build *build)
{
    build_section(build, "用水报装登记");
    build_row(build);
    build_label(build, 24, "用水性质");
    build_options(build, 146, water_nature_choices, "water.nature");
    build_row(build);
    build_label(build, 24, "报装分类");
    build_options(build, 146, water_category_choices, "water.category");
    g_autofree char *categories =
        build_phrase(form_categories_note, build->print->has_well_slip ? "并" : "井");
    build_note(
        build,
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
    build_section(build, "用电报装登记");
    build_row(build);
    build_label(build, 30 + build->print->column_shift * 5, "业务类型");
    build_options(build, 140, electricity_type_choices, "electricity.business_type");
    build_row(build);
    build_label(build, 30 + build->print->column_shift * 5, "申请容量");
    build_unit(build, 52, "electricity.low.capacity_kw", "千瓦");
    build_label(build, 28, "供电方式");
    build_value(build, 60 - build->print->column_shift * 5,
                "electricity.low.supply_mode");
    build_note(build, "业务类型：新装、增容为项目正式用电；施工用电为基建用电。",
               "供电方式：低压供电分为交流220V、交流380V。");
}

void form_rows_individual(Build *build)
{
    static const char promise[] =
        "本人/"
        "单位承诺，上述申请表中的信息和提供的相关文件资料真实准确，如有不符，愿意承担"
        "法律责任。并且已{}阅读、理解用水、用电、用气、用热和通信相关要求，自愿遵守各项规"
        "定，谨此确认。";
    head_rows(build);
    water_rows(build);
    electricity_rows(build);
    build_gas_rows(build);
    build_heat_head(build);
    build_heat_line(build, "居民", "residential.heating", "采暖", TRUE, FALSE);
    if (build->print->base->page_break == BREAK_AFTER_HEATING)
        build->break_row = table_rows(build->table);
    build_heat_line(build, "居民", "residential.hot_water", "生活热水", FALSE, TRUE);
    if (build->form->place == PLACE_KAIFENG)
        build_telecom_rows(build);
    build_other_row(build);
    build_vat_row(build);
    build_declaration(build, promise, "签字：");
    build_office_row(build);
}
