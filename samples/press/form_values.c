/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_values.c - the forms there are, their keys and choices, and what individuals
 * write: made up, in likely amounts. */
#include "form_build.h"
#include "form_fill.h"

#include <string.h>

typedef struct {
    const char *key;
    gboolean is_many;
    gboolean is_kaifeng_only;
} Key;

const char *const fill_names[FILL_KINDS] = {"print", "hand", "mixed"};

gboolean writer_writes(const Writer *writer, const char *key)
{
    Dice lot = dice_fork(&writer->lot, key);
    return writer->fill == FILL_HAND ||
           (writer->fill == FILL_MIXED && dice_chance(&lot, 0.5));
}

static const Key individual_keys[] = {
    {"applicant.name", FALSE, FALSE},
    {"applicant.phone", FALSE, FALSE},
    {"applicant.id_number", FALSE, FALSE},
    {"site.address", FALSE, FALSE},
    {"site.district", FALSE, FALSE},
    {"agent.name", FALSE, FALSE},
    {"agent.phone", FALSE, FALSE},
    {"agent.id_number", FALSE, FALSE},
    {"utilities", TRUE, FALSE},
    {"water.nature", FALSE, FALSE},
    {"water.category", FALSE, FALSE},
    {"electricity.business_type", FALSE, FALSE},
    {"electricity.low.capacity_kw", FALSE, FALSE},
    {"electricity.low.supply_mode", FALSE, FALSE},
    {"gas.project", FALSE, FALSE},
    {"gas.households", FALSE, FALSE},
    {"gas.hourly_m3", FALSE, FALSE},
    {"heat.date", FALSE, FALSE},
    {"heat.system", FALSE, FALSE},
    {"heat.residential.heating.area_m2", FALSE, FALSE},
    {"heat.residential.heating.medium", FALSE, FALSE},
    {"heat.residential.heating.load_kw", FALSE, FALSE},
    {"heat.residential.hot_water.area_m2", FALSE, FALSE},
    {"heat.residential.hot_water.medium", FALSE, FALSE},
    {"heat.residential.hot_water.load_kw", FALSE, FALSE},
    {"telecom.type", TRUE, TRUE},
    {"telecom.other_note", FALSE, TRUE},
    {"telecom.address", FALSE, TRUE},
    {"other_requirements", FALSE, FALSE},
    {"vat.required", FALSE, FALSE},
    {"vat.name", FALSE, FALSE},
    {"vat.phone", FALSE, FALSE},
    {"declaration.signature", FALSE, FALSE},
    {"declaration.date", FALSE, FALSE},
    {"office.name", FALSE, FALSE},
    {"office.clerk", FALSE, FALSE},
    {"office.received_on", FALSE, FALSE},
    {NULL, FALSE, FALSE},
};

static const Key enterprise_keys[] = {
    {"applicant.name", FALSE, FALSE},
    {"applicant.credit_code", FALSE, FALSE},
    {"applicant.enterprise_type", FALSE, FALSE},
    {"applicant.address", FALSE, FALSE},
    {"legal_rep.name", FALSE, FALSE},
    {"legal_rep.phone", FALSE, FALSE},
    {"legal_rep.id_number", FALSE, FALSE},
    {"project.name", FALSE, FALSE},
    {"site.address", FALSE, FALSE},
    {"site.district", FALSE, FALSE},
    {"agent.name", FALSE, FALSE},
    {"agent.phone", FALSE, FALSE},
    {"agent.id_number", FALSE, FALSE},
    {"utilities", TRUE, FALSE},
    {"water.supply", FALSE, FALSE},
    {"water.nature", FALSE, FALSE},
    {"water.category", FALSE, FALSE},
    {"water.user_category", FALSE, FALSE},
    {"electricity.voltage", FALSE, FALSE},
    {"electricity.business_type", FALSE, FALSE},
    {"electricity.low.capacity_kw", FALSE, FALSE},
    {"electricity.low.supply_mode", FALSE, FALSE},
    {"electricity.high.use", FALSE, FALSE},
    {"electricity.high.own_source", FALSE, FALSE},
    {"electricity.high.own_source_kw", FALSE, FALSE},
    {"electricity.high.nonlinear_load", FALSE, FALSE},
    {"electricity.high.line1.existing_kva", FALSE, FALSE},
    {"electricity.high.line1.applied_kva", FALSE, FALSE},
    {"electricity.high.line2.existing_kva", FALSE, FALSE},
    {"electricity.high.line2.applied_kva", FALSE, FALSE},
    {"gas.project", FALSE, FALSE},
    {"gas.households", FALSE, FALSE},
    {"gas.hourly_m3", FALSE, FALSE},
    {"heat.date", FALSE, FALSE},
    {"heat.system", FALSE, FALSE},
    {"heat.industrial.area_m2", FALSE, FALSE},
    {"heat.industrial.medium", FALSE, FALSE},
    {"heat.industrial.load_kw", FALSE, FALSE},
    {"heat.residential.heating.area_m2", FALSE, FALSE},
    {"heat.residential.heating.medium", FALSE, FALSE},
    {"heat.residential.heating.load_kw", FALSE, FALSE},
    {"heat.residential.hot_water.area_m2", FALSE, FALSE},
    {"heat.residential.hot_water.medium", FALSE, FALSE},
    {"heat.residential.hot_water.load_kw", FALSE, FALSE},
    {"heat.non_residential.heating.area_m2", FALSE, FALSE},
    {"heat.non_residential.heating.medium", FALSE, FALSE},
    {"heat.non_residential.heating.load_kw", FALSE, FALSE},
    {"heat.non_residential.hot_water.area_m2", FALSE, FALSE},
    {"heat.non_residential.hot_water.medium", FALSE, FALSE},
    {"heat.non_residential.hot_water.load_kw", FALSE, FALSE},
    {"telecom.type", TRUE, TRUE},
    {"telecom.other_note", FALSE, TRUE},
    {"telecom.address", FALSE, TRUE},
    {"other_requirements", FALSE, FALSE},
    {"vat.required", FALSE, FALSE},
    {"vat.name", FALSE, FALSE},
    {"vat.phone", FALSE, FALSE},
    {"vat.tax_number", FALSE, FALSE},
    {"vat.tax_address", FALSE, FALSE},
    {"vat.bank", FALSE, FALSE},
    {"vat.account", FALSE, FALSE},
    {"declaration.signature", FALSE, FALSE},
    {"declaration.seal", FALSE, FALSE},
    {"declaration.date", FALSE, FALSE},
    {"office.name", FALSE, FALSE},
    {"office.clerk", FALSE, FALSE},
    {"office.received_on", FALSE, FALSE},
    {NULL, FALSE, FALSE},
};

static const Key transfer_keys[] = {
    {"applicant.name", FALSE, FALSE},     {"site.address", FALSE, FALSE},
    {"contact.name", FALSE, FALSE},       {"contact.phone", FALSE, FALSE},
    {"contact.id_number", FALSE, FALSE},  {"utilities", TRUE, FALSE},
    {"water.account", FALSE, FALSE},      {"electricity.account", FALSE, FALSE},
    {"gas.account", FALSE, FALSE},        {"heat.account", FALSE, FALSE},
    {"transfer.statement", FALSE, FALSE}, {"office.statement", FALSE, FALSE},
    {"office.received_on", FALSE, FALSE}, {"declaration.signature", FALSE, FALSE},
    {"declaration.seal", FALSE, FALSE},   {"office.opinion", FALSE, FALSE},
    {"office.seal", FALSE, FALSE},        {NULL, FALSE, FALSE},
};

static const Key *const keys_of[FORM_KINDS] = {[FORM_INDIVIDUAL] = individual_keys,
                                               [FORM_ENTERPRISE] = enterprise_keys,
                                               [FORM_TRANSFER] = transfer_keys};

const FormKind form_kinds[FORM_KINDS] = {
    [FORM_INDIVIDUAL] = {"install_individual", "install", "individual",
                         "水电气暖信报装申请表", "（个人报装）", "附件4：",
                         form_rows_individual},
    [FORM_ENTERPRISE] = {"install_enterprise", "install", "enterprise",
                         "水电气暖信报装申请表", "（企业报装）", "附件4：",
                         form_rows_enterprise},
    [FORM_TRANSFER] = {"transfer", "transfer", NULL, "开封市供水、供电、供气、供热",
                       "一次过户申请表", "附件2：", form_rows_transfer},
};

const Choice utility_choices[] = {{"water", "用水报装"},   {"electricity", "用电报装"},
                                  {"gas", "用气报装"},     {"heat", "用热报装"},
                                  {"telecom", "通信报装"}, {NULL, NULL}};
const Choice water_nature_choices[] = {{"residential", "居民用水"},
                                       {"non_residential", "非居民用水"},
                                       {"special", "特种行业用水"},
                                       {NULL, NULL}};
const Choice water_category_choices[] = {{"new", "新装"},
                                         {"diameter_change", "变更口径"},
                                         {"meter_relocation", "水表迁移"},
                                         {"per_household", "一户一表改造"},
                                         {"construction", "基建（施工用水）"},
                                         {NULL, NULL}};
const Choice electricity_type_choices[] = {
    {"new", "新装"}, {"increase", "增容"}, {"temporary", "临时"}, {NULL, NULL}};
const Choice heat_system_choices[] = {{"radiator", "散热器采暖"},
                                      {"floor", "地板辐射采暖"},
                                      {"other", "其他"},
                                      {NULL, NULL}};
const Choice telecom_choices[] = {{"mobile", "手机"},
                                  {"landline", "固话"},
                                  {"broadband", "宽带"},
                                  {"other", "其他（说明）"},
                                  {NULL, NULL}};
const Choice yes_no_choices[] = {{"yes", "是"}, {"no", "否"}, {NULL, NULL}};

void form_declare(Fields *fields, FormNumber form, Place place)
{
    for (const Key *key = keys_of[form]; key->key != NULL; key++)
        if (place == PLACE_KAIFENG || !key->is_kaifeng_only)
            fields_declare(fields, key->key, key->is_many);
}

gboolean form_has_key(const char *name, FormNumber form, Place place)
{
    for (const Key *key = keys_of[form]; key->key != NULL; key++)
        if (strcmp(key->key, name) == 0)
            return place == PLACE_KAIFENG || !key->is_kaifeng_only;
    return FALSE;
}

/* A value made with printf; freed here. */
void fill_owned(Fields *fields, const char *key, char *owned_value)
{
    fields_set(fields, key, owned_value);
    g_free(owned_value);
}

void fill_choice(Fields *fields, const char *key, const Choice *choices,
                 const double *weights, Dice *dice)
{
    int n = 0;
    while (choices[n].code != NULL)
        n++;
    fields_set(fields, key, choices[dice_weighted(dice, weights, n)].code);
}

char *fill_number(Dice *dice, double low, double high, int decimals)
{
    return g_strdup_printf("%.*f", decimals, dice_real(dice, low, high));
}

void fill_utilities(Fields *fields, guint utilities)
{
    for (int i = 0; utility_choices[i].code != NULL; i++)
        if (utilities & (1u << i))
            fields_add(fields, "utilities", utility_choices[i].code);
}

static void fill_water(Fields *fields, Dice *dice)
{
    static const double natures[] = {0.85, 0.1, 0.05};
    static const double categories[] = {0.5, 0.12, 0.12, 0.18, 0.08};
    fill_choice(fields, "water.nature", water_nature_choices, natures, dice);
    fill_choice(fields, "water.category", water_category_choices, categories, dice);
}

static void fill_electricity(Fields *fields, Dice *dice)
{
    static const double types[] = {0.6, 0.25, 0.15};
    static const char *const capacities[] = {"4",  "6",  "8",  "8", "10",
                                             "12", "15", "20", "30"};
    gboolean is_three_phase = dice_chance(dice, 0.3);
    const char *capacity = DICE_PICK(dice, capacities);
    fill_choice(fields, "electricity.business_type", electricity_type_choices, types,
                dice);
    fields_set(fields, "electricity.low.capacity_kw", capacity);
    if (dice_chance(dice, 0.95))
        fields_set(fields, "electricity.low.supply_mode",
                   is_three_phase ? "交流380V" : "交流220V");
}

static void fill_gas(Fields *fields, Dice *dice)
{
    static const char *const projects[] = {
        "居民住宅1户，燃气壁挂炉采暖",
        "民用新装1户，集中供暖，仅炊事用气",
        "自建住宅1户，灶具和热水器各一台",
        "住宅1户，壁挂炉一台、双眼灶一台",
        "民用户天然气新装，无采暖用气",
        "新房装修后首次通气，采暖方式为壁挂炉",
        "老旧小区改造，本户1户，燃气热水器一台",
        "1户居民用气，采暖方式为集中供热，用于做饭和洗浴",
    };
    static const char *const households[] = {"1", "1", "1", "1", "1", "2", "3"};
    const char *project = DICE_PICK(dice, projects);
    if (dice_chance(dice, 0.9))
        fields_set(fields, "gas.project", project);
    fields_set(fields, "gas.households", DICE_PICK(dice, households));
    if (dice_chance(dice, 0.85))
        fill_owned(fields, "gas.hourly_m3", fill_number(dice, 0.8, 6.5, 1));
}

void fill_heat_line(Fields *fields, const char *line, double area, Dice *dice)
{
    /* No ℃: some faces carry an empty glyph for it, and the truth would claim ink. */
    static const char *const media[] = {"95/70", "60/50", "75/50",
                                        "45/35", "85/60", "130/70"};
    g_autofree char *area_key = g_strdup_printf("heat.%s.area_m2", line);
    g_autofree char *medium_key = g_strdup_printf("heat.%s.medium", line);
    g_autofree char *load_key = g_strdup_printf("heat.%s.load_kw", line);
    fill_owned(fields, area_key,
               g_strdup_printf(dice_chance(dice, 0.75) ? "%.2f" : "%.0f", area));
    if (dice_chance(dice, 0.8))
        fields_set(fields, medium_key, DICE_PICK(dice, media));
    if (dice_chance(dice, 0.8))
        fill_owned(fields, load_key,
                   g_strdup_printf("%.1f", area * dice_real(dice, 0.035, 0.06)));
}

static void fill_heat(Fields *fields, Dice *dice)
{
    static const double systems[] = {0.35, 0.57, 0.08};
    double area = dice_real(dice, 58, 168);
    fill_owned(fields, "heat.date",
               g_strdup_printf("%d-%02d-%02d", dice_int(dice, 2023, 2024), 11,
                               dice_chance(dice, 0.6) ? 15 : dice_int(dice, 1, 30)));
    fill_choice(fields, "heat.system", heat_system_choices, systems, dice);
    fill_heat_line(fields, "residential.heating", area, dice);
    if (dice_chance(dice, 0.4))
        fill_heat_line(fields, "residential.hot_water", area, dice);
}

static void fill_telecom(Fields *fields, const Site *site, Dice *dice)
{
    static const char *const notes[] = {"IPTV电视", "监控专线", "有线电视", "云存储"};
    static const double odds[] = {0.3, 0.25, 0.8, 0.15};
    for (int i = 0; telecom_choices[i].code != NULL; i++)
        if (dice_chance(dice, odds[i]))
            fields_add(fields, "telecom.type", telecom_choices[i].code);
    if (fields_get(fields, "telecom.type") == NULL)
        fields_add(fields, "telecom.type", "broadband");
    if (fields_chose(fields, "telecom.type", "other"))
        fields_set(fields, "telecom.other_note", DICE_PICK(dice, notes));
    if (fields_chose(fields, "telecom.type", "broadband") ||
        fields_chose(fields, "telecom.type", "landline"))
        fields_set(fields, "telecom.address", site->full);
}

void fill_sections(Fields *fields, FillSection *const sections[SECTIONS], Place place,
                   const Site *site, guint utilities, Dice *dice)
{
    fill_utilities(fields, utilities);
    for (int i = 0; i < SECTIONS; i++)
        if (utilities & (1u << i))
            sections[i](fields, dice);
    if ((utilities & UTILITY_TELECOM) && place == PLACE_KAIFENG)
        fill_telecom(fields, site, dice);
}

static void fill_vat(Fields *fields, const Person *applicant, Dice *dice)
{
    if (dice_chance(dice, 0.12))
        return; /* neither ticked */
    gboolean is_wanted = dice_chance(dice, 0.3);
    fields_set(fields, "vat.required", is_wanted ? "yes" : "no");
    if (is_wanted) {
        fields_set(fields, "vat.name", applicant->name);
        if (dice_chance(dice, 0.9))
            fields_set(fields, "vat.phone", applicant->phone);
    }
}

static void fill_people(Fields *fields, const Person *applicant, const Person *agent,
                        Dice *dice)
{
    fields_set(fields, "applicant.name", applicant->name);
    fields_set(fields, "applicant.phone", applicant->phone);
    fields_set(fields, "applicant.id_number", applicant->id_number);
    if (agent != NULL) {
        fields_set(fields, "agent.name", agent->name);
        fields_set(fields, "agent.phone", agent->phone);
        if (dice_chance(dice, 0.9))
            fields_set(fields, "agent.id_number", agent->id_number);
    }
}

void form_fill(Fields *fields, Place place, const Person *applicant, const Person *agent,
               const Site *site, guint utilities, Dice *dice)
{
    static FillSection *const sections[SECTIONS] = {fill_water, fill_electricity,
                                                    fill_gas, fill_heat};
    static const char *const requests[] = {
        "请在工作日上午联系。",
        "希望尽快安排上门勘查，谢谢。",
        "水表安装在室外表箱内。",
        "周末可以上门施工。",
        "家中有老人，请提前一天电话通知。",
        "请与物业联系后再进场施工。",
        "无",
    };
    fill_people(fields, applicant, agent, dice);
    fields_set(fields, "site.address", site->full);
    if (dice_chance(dice, 0.93))
        fields_set(fields, "site.district", site->district);
    fill_sections(fields, sections, place, site, utilities, dice);
    if (dice_chance(dice, 0.45))
        fields_set(fields, "other_requirements", DICE_PICK(dice, requests));
    fill_vat(fields, applicant, dice);
}
