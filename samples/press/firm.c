/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "firm.h"

#include <string.h>

#include "pools.h"

static const char *const brands[] = {
    "宏达", "鑫源", "瑞祥", "汴京", "东升", "华茂", "中天",   "恒通",
    "金桥", "利民", "盛大", "国泰", "永兴", "福源", "新世纪", "大河",
    "豫东", "安居", "顺发", "天成", "万通", "嘉禾", "正大",   "清明",
    "广源", "祥瑞", "同创", "德信", "百川", "聚丰", NULL};

static const char *const trades[] = {
    "商贸", "餐饮管理", "建筑工程",   "机械制造", "物流", "电子科技", "农业发展",
    "医药", "装饰工程", "房地产开发", "食品",     "置业", NULL};

char credit_code_check(const char *code)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    int sum = 0, weight = 1;
    for (int i = 0; i < 17; i++, weight = weight * 3 % 31)
        sum += (int)(strchr(alphabet, code[i]) - alphabet) * weight;
    return alphabet[(31 - sum % 31) % 31];
}

/* The check character of an organisation's code (GB 11714). */
static char body_check(const char *body)
{
    static const int weights[8] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 8; i++)
        sum +=
            weights[i] * (g_ascii_isdigit(body[i]) ? body[i] - '0' : body[i] - 'A' + 10);
    return "0X987654321"[sum % 11];
}

static char *credit_code_new(const char *head, const char *region, Dice *dice)
{
    g_autofree char *body = g_strdup_printf("QQ%06d", dice_int(dice, 1, 999999));
    g_autofree char *code =
        g_strdup_printf("%s%s%s%c", head, region, body, body_check(body));
    return g_strdup_printf("%s%c", code, credit_code_check(code));
}

Firm *firm_new(Part part, Place place, const char *trade, Dice *dice)
{
    static const char *const types[] = {"有限责任公司(自然人投资或控股)",
                                        "有限责任公司(自然人独资)", "有限责任公司",
                                        "其他有限责任公司"};
    Firm *firm = g_new0(Firm, 1);
    g_autoptr(Site) site = site_new(part, place, dice);
    const char *where = place == PLACE_TONGXU ? "通许县" : "开封市";
    int year = dice_int(dice, 2003, 2020), month = dice_int(dice, 1, 12);
    int day = dice_int(dice, 1, 28), years = dice_chance(dice, 0.5) ? 20 : 30;
    if (trade == NULL)
        trade = pool_pick(trades, part, dice);
    firm->name =
        g_strdup_printf("%s%s%s有限公司", where, pool_pick(brands, part, dice), trade);
    firm->credit_code = credit_code_new("91", district_code(site->district), dice);
    firm->registration_number = g_strdup_printf("%s%09d", district_code(site->district),
                                                dice_int(dice, 10000, 99999999));
    firm->legal_rep = person_name(part, dice);
    firm->address = g_strconcat(where, place == PLACE_TONGXU ? "" : site->district,
                                site->street, NULL);
    firm->established_on = g_strdup_printf("%d-%02d-%02d", year, month, day);
    firm->valid_to =
        dice_chance(dice, 0.4)
            ? g_strdup("长期")
            : g_strdup_printf("%d-%02d-%02d", year + years, month, MAX(day - 1, 1));
    firm->type = DICE_PICK(dice, types);
    return firm;
}

Firm *firm_copy(const Firm *firm)
{
    Firm *copy = g_new0(Firm, 1);
    *copy = *firm;
    copy->name = g_strdup(firm->name);
    copy->credit_code = g_strdup(firm->credit_code);
    copy->registration_number = g_strdup(firm->registration_number);
    copy->legal_rep = g_strdup(firm->legal_rep);
    copy->address = g_strdup(firm->address);
    copy->established_on = g_strdup(firm->established_on);
    copy->valid_to = g_strdup(firm->valid_to);
    return copy;
}

/* 91 410202 QQ000012 3 4: the body's own check character, then that of the whole. */
void firm_change_code(Firm *firm, Dice *dice)
{
    char *code = firm->credit_code, *digit = &code[dice_int(dice, 12, 15)];
    *digit = (char)('0' + (*digit - '0' + dice_int(dice, 1, 9)) % 10);
    code[16] = body_check(code + 8);
    code[17] = credit_code_check(code);
}

void firm_free(Firm *firm)
{
    if (firm == NULL)
        return;
    g_free(firm->name);
    g_free(firm->credit_code);
    g_free(firm->registration_number);
    g_free(firm->legal_rep);
    g_free(firm->address);
    g_free(firm->established_on);
    g_free(firm->valid_to);
    g_free(firm);
}
