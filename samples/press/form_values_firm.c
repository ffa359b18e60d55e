/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_values_firm.c - what firms write on their form, and what is written on a transfer:
 * made up, in likely amounts. */
#include "form_fill.h"

const Choice enterprise_choices[] = {{"private", "民营"},
                                     {"state_owned", "国企"},
                                     {"public_institution", "事业单位"},
                                     {NULL, NULL}};
const Choice water_supply_choices[] = {
    {"mains", "市政直供"}, {"secondary", "二次供水"}, {NULL, NULL}};
const Choice user_category_choices[] = {
    {"real_estate", "房地产"}, {"commerce", "工商业"},
    {"greening", "绿化"},      {"public_toilet", "公厕"},
    {"school", "学校"},        {"hospital", "医院"},
    {"other", "其他"},         {NULL, NULL}};
const Choice voltage_choices[] = {{"high", "高压"}, {"low", "低压"}, {NULL, NULL}};
const Choice power_use_choices[] = {{"industrial", "工业"}, {"non_industrial", "非工业"},
                                    {"commercial", "商业"}, {"agricultural", "农业"},
                                    {"other", "其他"},      {NULL, NULL}};
const Choice has_choices[] = {{"yes", "有"}, {"no", "无"}, {NULL, NULL}};
const Choice transfer_choices[] = {{"water", "供水"},
                                   {"electricity", "供电"},
                                   {"gas", "供气"},
                                   {"heat", "供暖"},
                                   {NULL, NULL}};

static void fill_water(Fields *fields, Dice *dice)
{
    static const double supplies[] = {0.7, 0.3}, natures[] = {0.15, 0.75, 0.1};
    static const double categories[] = {0.5, 0.12, 0.08, 0.05, 0.25};
    static const double users[] = {0.2, 0.4, 0.08, 0.06, 0.1, 0.08, 0.08};
    fill_choice(fields, "water.supply", water_supply_choices, supplies, dice);
    fill_choice(fields, "water.nature", water_nature_choices, natures, dice);
    fill_choice(fields, "water.category", water_category_choices, categories, dice);
    fill_choice(fields, "water.user_category", user_category_choices, users, dice);
}

static void fill_power_line(Fields *fields, const char *line, Dice *dice)
{
    static const char *const capacities[] = {"100", "160", "250", "315",
                                             "400", "500", "630", "1250"};
    g_autofree char *existing = g_strdup_printf("electricity.high.%s.existing_kva", line);
    g_autofree char *applied = g_strdup_printf("electricity.high.%s.applied_kva", line);
    if (dice_chance(dice, 0.6))
        fields_set(fields, existing, DICE_PICK(dice, capacities));
    fields_set(fields, applied, DICE_PICK(dice, capacities));
}

static void fill_high_voltage(Fields *fields, Dice *dice)
{
    static const double uses[] = {0.35, 0.15, 0.3, 0.1, 0.1};
    static const double owned[] = {0.3, 0.7};
    static const char *const own[] = {"50", "80", "120", "200", "300"};
    fill_choice(fields, "electricity.high.use", power_use_choices, uses, dice);
    fill_choice(fields, "electricity.high.own_source", has_choices, owned, dice);
    if (fields_chose(fields, "electricity.high.own_source", "yes"))
        fields_set(fields, "electricity.high.own_source_kw", DICE_PICK(dice, own));
    fill_choice(fields, "electricity.high.nonlinear_load", has_choices, owned, dice);
    fill_power_line(fields, "line1", dice);
    if (dice_chance(dice, 0.5))
        fill_power_line(fields, "line2", dice);
}

static void fill_electricity(Fields *fields, Dice *dice)
{
    static const double types[] = {0.55, 0.25, 0.2};
    static const char *const capacities[] = {"20", "30", "50", "60", "80", "100"};
    gboolean is_high = dice_chance(dice, 0.5);
    fields_set(fields, "electricity.voltage", is_high ? "high" : "low");
    fill_choice(fields, "electricity.business_type", electricity_type_choices, types,
                dice);
    if (is_high) {
        fill_high_voltage(fields, dice);
        return;
    }
    fields_set(fields, "electricity.low.capacity_kw", DICE_PICK(dice, capacities));
    fields_set(fields, "electricity.low.supply_mode",
               dice_chance(dice, 0.8) ? "交流380V" : "交流220V");
}

static void fill_gas(Fields *fields, Dice *dice)
{
    static const char *const projects[] = {
        "餐饮用气，双眼灶四台、蒸箱一台", "食堂用气，供二百人用餐",
        "锅炉用气，两吨蒸汽锅炉一台",     "住宅小区民用，申报288户，集中采暖",
        "门店用气，单眼灶两台",
    };
    static const char *const households[] = {"1", "1", "2", "96", "288", "420"};
    if (dice_chance(dice, 0.9))
        fields_set(fields, "gas.project", DICE_PICK(dice, projects));
    if (dice_chance(dice, 0.8))
        fields_set(fields, "gas.households", DICE_PICK(dice, households));
    fill_owned(fields, "gas.hourly_m3", fill_number(dice, 8, 260, 1));
}

static void fill_heat(Fields *fields, Dice *dice)
{
    static const double systems[] = {0.55, 0.3, 0.15};
    static const char *const lines[] = {
        "industrial", "residential.heating", "residential.hot_water",
        "non_residential.heating", "non_residential.hot_water"};
    static const double odds[] = {0.35, 0.3, 0.2, 0.7, 0.35};
    fill_owned(fields, "heat.date",
               g_strdup_printf("%d-%02d-%02d", dice_int(dice, 2023, 2024), 11,
                               dice_chance(dice, 0.6) ? 15 : dice_int(dice, 1, 30)));
    fill_choice(fields, "heat.system", heat_system_choices, systems, dice);
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
        if (dice_chance(dice, odds[i]))
            fill_heat_line(fields, lines[i], dice_real(dice, 300, 6400), dice);
}

/* Numbers of cards that no bank gives out begin with 0. */
static char *account_number(Dice *dice, int digits)
{
    GString *number = g_string_new(NULL);
    for (int i = 0; i < digits; i++)
        g_string_append_c(number, (char)('0' + dice_int(dice, i == 1, 9)));
    number->str[0] = '0';
    return g_string_free(number, FALSE);
}

static void fill_vat(Fields *fields, const Firm *firm, const Person *agent, Dice *dice)
{
    static const char *const banks[] = {"工商银行开封分行", "农业银行开封分行",
                                        "建设银行开封新区支行", "中原银行开封分行"};
    gboolean is_wanted = dice_chance(dice, 0.65);
    if (dice_chance(dice, 0.06))
        return; /* neither ticked */
    fields_set(fields, "vat.required", is_wanted ? "yes" : "no");
    if (!is_wanted)
        return;
    fields_set(fields, "vat.name", firm->name);
    fields_set(fields, "vat.phone", agent->phone);
    fields_set(fields, "vat.tax_number", firm->credit_code);
    fields_set(fields, "vat.tax_address", firm->address);
    fields_set(fields, "vat.bank", DICE_PICK(dice, banks));
    fill_owned(fields, "vat.account",
               account_number(dice, dice_chance(dice, 0.6) ? 19 : 16));
}

static void fill_person(Fields *fields, const char *who, const Person *person,
                        gboolean has_number)
{
    const char *const values[][2] = {
        {"name", person->name},
        {"phone", person->phone},
        {"id_number", has_number ? person->id_number : NULL}};
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        g_autofree char *key = g_strdup_printf("%s.%s", who, values[i][0]);
        fields_set(fields, key, values[i][1]);
    }
}

static void fill_firm(Fields *fields, const Firm *firm, const Site *site, Dice *dice)
{
    static const double types[] = {0.75, 0.15, 0.1};
    static const char *const projects[] = {"二期厂房", "新建门店", "办公楼改造", "综合楼",
                                           "仓储中心"};
    fields_set(fields, "applicant.name", firm->name);
    fields_set(fields, "applicant.credit_code", firm->credit_code);
    fill_choice(fields, "applicant.enterprise_type", enterprise_choices, types, dice);
    fields_set(fields, "applicant.address", firm->address);
    if (dice_chance(dice, 0.85))
        fields_set(fields, "project.name", DICE_PICK(dice, projects));
    fields_set(fields, "site.address", site->full);
    if (dice_chance(dice, 0.93))
        fields_set(fields, "site.district", site->district);
}

void form_fill_enterprise(Fields *fields, Place place, const Firm *firm,
                          const Person *legal_rep, const Person *agent, const Site *site,
                          guint utilities, Dice *dice)
{
    static FillSection *const sections[SECTIONS] = {fill_water, fill_electricity,
                                                    fill_gas, fill_heat};
    static const char *const requests[] = {
        "请提前一天通知经办人。", "希望尽快安排现场勘查。", "施工时间安排在周末。", "无"};
    fill_firm(fields, firm, site, dice);
    fill_person(fields, "legal_rep", legal_rep, TRUE);
    fill_person(fields, "agent", agent, dice_chance(dice, 0.95));
    fill_sections(fields, sections, place, site, utilities, dice);
    if (dice_chance(dice, 0.4))
        fields_set(fields, "other_requirements", DICE_PICK(dice, requests));
    fill_vat(fields, firm, agent, dice);
}

void form_fill_transfer(Fields *fields, const char *applicant, const Person *contact,
                        const Site *site, guint utilities, Dice *dice)
{
    static const char *const statements[] = {
        "房屋买卖，申请办理过户。", "原户主已故，房屋由子女继承，申请过户。",
        "单位房屋转让，水电气暖一并过户。", "房产已过户至本人名下，申请更名。",
        "夫妻更名，房屋未变更。"};
    fields_set(fields, "applicant.name", applicant);
    fields_set(fields, "site.address", site->full);
    fill_person(fields, "contact", contact, TRUE);
    fill_utilities(fields, utilities);
    for (int i = 0; transfer_choices[i].code != NULL; i++) {
        g_autofree char *key = g_strconcat(transfer_choices[i].code, ".account", NULL);
        if ((utilities & (1u << i)) && dice_chance(dice, 0.9))
            fill_owned(fields, key, account_number(dice, dice_int(dice, 7, 10)));
    }
    if (dice_chance(dice, 0.85))
        fields_set(fields, "transfer.statement", DICE_PICK(dice, statements));
}
