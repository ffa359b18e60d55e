/* SPDX-License-Identifier: GPL-3.0-or-later */
/* texts: lines of text to train on, one a row, of the sorts that stand on these papers.
 *
 *     texts CHARSET WORDS TERMS COUNT SEED [hand]
 *
 * CHARSET: the characters a line may have; those after the last newline count double
 * WORDS: "word frequency tag", one a row, as jieba's dictionary has it (nr: persons,
 *     ns: places, nt: bodies)
 * TERMS: words of forms and papers, one a row
 * hand: what people write into forms, not what is printed there
 * In a line, | stands for a gap that is no character. */
#include <glib.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dice.h"

enum {
    NAMES_MIN_CHARACTERS = 2,
    NAMES_MAX_CHARACTERS = 3,
    MAX_CHARACTERS = 34,
    MAX_SORTS = 12
};

#define GAP '|'

/* Things to draw from, each as likely as its weight. */
typedef struct {
    GPtrArray *texts;
    GArray *sums; /* double, running sum of weights */
} Urn;

static Urn urn_new(void)
{
    return (Urn){g_ptr_array_new_with_free_func(g_free),
                 g_array_new(FALSE, FALSE, sizeof(double))};
}

static void urn_add(Urn *urn, const char *text, double weight)
{
    double sum =
        urn->sums->len > 0 ? g_array_index(urn->sums, double, urn->sums->len - 1) : 0;
    sum += weight;
    g_ptr_array_add(urn->texts, g_strdup(text));
    g_array_append_val(urn->sums, sum);
}

static const char *urn_draw(const Urn *urn, Dice *dice)
{
    guint low = 0, high = urn->sums->len - 1;
    double at = dice_real(dice, 0, g_array_index(urn->sums, double, high));
    while (low < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(urn->sums, double, middle) < at)
            low = middle + 1;
        else
            high = middle;
    }
    return urn->texts->pdata[low];
}

typedef struct {
    GHashTable *charset; /* of the characters that may stand in a line */
    Urn characters, surnames, given, common, words, places, bodies, terms;
} Stock;

static bool is_han(gunichar c)
{
    return c >= 0x4e00 && c <= 0x9fff;
}

/* Signs that the charset lacks and line-cutter writes with others: M³ as M3. */
#define WRITTEN_OTHERWISE "³²㎡"

static bool stock_has(const Stock *stock, const char *text)
{
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (!g_hash_table_contains(stock->charset,
                                   GUINT_TO_POINTER(g_utf8_get_char(p))) &&
            g_utf8_strchr(WRITTEN_OTHERWISE, -1, g_utf8_get_char(p)) == NULL)
            return false;
    return true;
}

static bool is_all_han(const char *text)
{
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (!is_han(g_utf8_get_char(p)))
            return false;
    return *text != '\0';
}

static char *read_file(const char *path)
{
    char *text = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &text, NULL, &error)) {
        fprintf(stderr, "texts: %s\n", error->message);
        exit(1);
    }
    return text;
}

/* The characters added to the stock model's come last, and oftener: it never saw them. */
static void read_charset(Stock *stock, const char *path)
{
    g_autofree char *text = read_file(path);
    bool is_added = false;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        char one[8] = "";
        if (c == '\n') {
            is_added = true;
            continue;
        }
        g_unichar_to_utf8(c, one);
        g_hash_table_add(stock->charset, GUINT_TO_POINTER(c));
        if (is_han(c))
            urn_add(&stock->characters, one, is_added ? 4 : 1);
    }
}

static void count(GHashTable *counts, gunichar c)
{
    gpointer key = GUINT_TO_POINTER(c);
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));
    g_hash_table_insert(counts, key, GUINT_TO_POINTER(n + 1));
}

static int by_character(gconstpointer a, gconstpointer b)
{
    return (int)GPOINTER_TO_UINT(a) - (int)GPOINTER_TO_UINT(b);
}

/* @power: of how often it is seen: 1 as it is seen, 0 all alike */
static void fill_characters(Urn *urn, GHashTable *counts, guint least, double power)
{
    g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(counts), by_character);
    for (const GList *key = keys; key != NULL; key = key->next) {
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key->data));
        char one[8] = "";
        g_unichar_to_utf8(GPOINTER_TO_UINT(key->data), one);
        if (n >= least)
            urn_add(urn, one, pow(n, power));
    }
}

static void read_words(Stock *stock, const char *path)
{
    g_autofree char *text = read_file(path);
    g_auto(GStrv) rows = g_strsplit(text, "\n", -1);
    g_autoptr(GHashTable) surnames = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) given = g_hash_table_new(NULL, NULL);
    for (int i = 0; rows[i] != NULL; i++) {
        g_auto(GStrv) part = g_strsplit(rows[i], " ", 3);
        if (g_strv_length(part) != 3 || !is_all_han(part[0]) ||
            !stock_has(stock, part[0]))
            continue;
        glong length = g_utf8_strlen(part[0], -1);
        double weight = sqrt(g_ascii_strtod(part[1], NULL) + 1);
        if (strcmp(part[2], "nr") == 0 && length >= NAMES_MIN_CHARACTERS &&
            length <= NAMES_MAX_CHARACTERS) {
            count(surnames, g_utf8_get_char(part[0]));
            for (const char *p = g_utf8_next_char(part[0]); *p != '\0';
                 p = g_utf8_next_char(p))
                count(given, g_utf8_get_char(p));
        }
        if (strcmp(part[2], "ns") == 0)
            urn_add(&stock->places, part[0], MIN(weight, 10));
        if (strcmp(part[2], "nt") == 0)
            urn_add(&stock->bodies, part[0], 1);
        urn_add(&stock->words, part[0], weight);
    }
    fill_characters(&stock->surnames, surnames, 20, 0.5);
    /* 姣 is no rarer on a counter than 霞 is in a dictionary; drawn as the dictionary has
     * it, it was seen so seldom that both models wrote 嫌 and were sure. */
    fill_characters(&stock->given, given, 1, 0.2);
    fill_characters(&stock->common, given, 1, 0.7);
}

static void read_terms(Stock *stock, const char *path)
{
    g_autofree char *text = read_file(path);
    g_auto(GStrv) rows = g_strsplit(text, "\n", -1);
    for (int i = 0; rows[i] != NULL; i++)
        if (*rows[i] != '\0' && stock_has(stock, rows[i]))
            urn_add(&stock->terms, rows[i], 1);
}

static void check_stock(const Stock *stock)
{
    const struct {
        const Urn *urn;
        const char *what;
    } urns[] = {{&stock->characters, "Chinese characters"},
                {&stock->surnames, "surnames"},
                {&stock->given, "given names"},
                {&stock->words, "words"},
                {&stock->places, "places (ns)"},
                {&stock->bodies, "bodies (nt)"},
                {&stock->terms, "terms"}};
    for (gsize i = 0; i < G_N_ELEMENTS(urns); i++)
        if (urns[i].urn->texts->len == 0) {
            fprintf(stderr, "texts: the files give no %s\n", urns[i].what);
            exit(1);
        }
}

/* --- what stands on the papers ---------------------------------------------------- */

/* One sort of line, and how often it is taken. */
typedef struct {
    double weight;
    void (*add)(GString *line, const Stock *stock, Dice *dice);
} Sort;

static void add_sort(GString *line, const Sort *sorts, int n, const Stock *stock,
                     Dice *dice)
{
    double weights[MAX_SORTS] = {0};
    g_assert(n <= MAX_SORTS);
    for (int i = 0; i < n; i++)
        weights[i] = sorts[i].weight;
    sorts[dice_weighted(dice, weights, n)].add(line, stock, dice);
}

static void add_digits(GString *line, int n, Dice *dice)
{
    for (int i = 0; i < n; i++)
        g_string_append_c(line, (char)('0' + dice_int(dice, 0, 9)));
}

static void add_name(GString *line, const Stock *stock, Dice *dice)
{
    static const char *const compound[] = {"欧阳", "司马", "上官", "诸葛",
                                           "慕容", "司徒", "皇甫", "夏侯"};
    g_string_append(line, dice_chance(dice, 0.03) ? DICE_PICK(dice, compound)
                                                  : urn_draw(&stock->surnames, dice));
    for (int i = dice_chance(dice, 0.75) ? 2 : 1; i > 0; i--)
        g_string_append(line, dice_chance(dice, 0.65)
                                  ? urn_draw(&stock->given, dice)
                                  : urn_draw(&stock->characters, dice));
}

static void add_short_word(GString *line, const Stock *stock, Dice *dice)
{
    for (int tries = 0; tries < 20; tries++) {
        const char *word = dice_chance(dice, 0.4) ? urn_draw(&stock->places, dice)
                                                  : urn_draw(&stock->words, dice);
        if (g_utf8_strlen(word, -1) <= 3) {
            g_string_append(line, word);
            return;
        }
    }
}

static void add_home(GString *line, const Stock *stock, Dice *dice)
{
    static const char *const estates[] = {
        "小区", "花园", "家园", "新城", "公馆",   "雅苑", "名都", "佳苑",
        "豪庭", "国际", "广场", "新村", "家属院", "公寓", "山庄", "华府"};
    static const char *const buildings[] = {"号楼", "号楼", "幢", "栋", "座", "#楼"};
    static const char *const rooms[] = {"室", "户", "号", ""};
    add_short_word(line, stock, dice);
    if (dice_chance(dice, 0.3))
        add_short_word(line, stock, dice);
    g_string_append(line, DICE_PICK(dice, estates));
    if (dice_chance(dice, 0.1))
        g_string_append_printf(line, "%c区", 'A' + dice_int(dice, 0, 5));
    g_string_append_printf(line, "%d%s", dice_int(dice, 1, 40),
                           DICE_PICK(dice, buildings));
    if (dice_chance(dice, 0.7))
        g_string_append_printf(line, "%d单元", dice_int(dice, 1, 6));
    if (dice_chance(dice, 0.2))
        g_string_append_printf(line, "%d层", dice_int(dice, 1, 33));
    g_string_append_printf(line, "%d%02d%s", dice_int(dice, 1, 33), dice_int(dice, 1, 12),
                           DICE_PICK(dice, rooms));
}

static void add_address(GString *line, const Stock *stock, Dice *dice)
{
    static const char *const streets[] = {"路",   "街",   "大道", "大街", "巷",  "胡同",
                                          "北路", "南路", "东路", "西路", "中路"};
    static const char *const districts[] = {"龙亭区", "顺河回族区", "鼓楼区", "禹王台区",
                                            "祥符区", "通许县",     "杞县",   "尉氏县",
                                            "兰考县", "示范区"};
    if (dice_chance(dice, 0.35))
        g_string_append(line, "河南省");
    if (dice_chance(dice, 0.6))
        g_string_append(line, dice_chance(dice, 0.7) ? "开封市"
                                                     : urn_draw(&stock->places, dice));
    if (dice_chance(dice, 0.6))
        g_string_append(line, DICE_PICK(dice, districts));
    if (dice_chance(dice, 0.25)) {
        add_short_word(line, stock, dice);
        g_string_append(line, dice_chance(dice, 0.5) ? "镇" : "乡");
        add_short_word(line, stock, dice);
        g_string_append_printf(line, "村%d组%d号", dice_int(dice, 1, 12),
                               dice_int(dice, 1, 300));
        return;
    }
    if (dice_chance(dice, 0.7)) {
        add_short_word(line, stock, dice);
        g_string_append(line, DICE_PICK(dice, streets));
        if (dice_chance(dice, 0.7))
            g_string_append_printf(line, "%d号%s", dice_int(dice, 1, 999),
                                   dice_chance(dice, 0.2) ? "院" : "");
    }
    if (dice_chance(dice, 0.7))
        add_home(line, stock, dice);
}

static void add_date(GString *line, Dice *dice)
{
    int year = dice_int(dice, 1930, 2039), month = dice_int(dice, 1, 12);
    int day = dice_int(dice, 1, 31);
    if (dice_chance(dice, 0.4))
        g_string_append_printf(line, "%d年%d月%d日", year, month, day);
    else if (dice_chance(dice, 0.4))
        g_string_append_printf(line, "%d年%02d月%02d日", year, month, day);
    else if (dice_chance(dice, 0.5))
        g_string_append_printf(line, "%d-%02d-%02d", year, month, day);
    else
        g_string_append_printf(line, "%d.%02d.%02d", year, month, day);
}

static void add_id_number(GString *line, Dice *dice)
{
    g_string_append_c(line, (char)('1' + dice_int(dice, 0, 5)));
    add_digits(line, 5, dice);
    g_string_append_printf(line, "%d%02d%02d", dice_int(dice, 1930, 2020),
                           dice_int(dice, 1, 12), dice_int(dice, 1, 31));
    add_digits(line, 3, dice);
    g_string_append_c(line, "0123456789X"[dice_int(dice, 0, 10)]);
}

static void add_credit_code(GString *line, Dice *dice)
{
    static const char characters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    g_string_append(line, "91410");
    add_digits(line, 3, dice);
    for (int i = 0; i < 10; i++)
        g_string_append_c(line, dice_chance(dice, 0.6)
                                    ? (char)('0' + dice_int(dice, 0, 9))
                                    : characters[dice_int(dice, 0, 30)]);
}

static void add_certificate_number(GString *line, const Stock *stock, Dice *dice)
{
    if (dice_chance(dice, 0.7)) {
        g_string_append_printf(line, "豫(%d)%s不动产权第", dice_int(dice, 2015, 2026),
                               dice_chance(dice, 0.6) ? "开封市"
                                                      : urn_draw(&stock->places, dice));
        add_digits(line, 7, dice);
        g_string_append(line, "号");
        return;
    }
    g_string_append_printf(line, "%s房权证字第", dice_chance(dice, 0.5) ? "汴" : "开");
    add_digits(line, dice_int(dice, 5, 8), dice);
    g_string_append(line, "号");
}

/* Of the place in the land register: area, parcel, building and unit. */
static void add_unit_number(GString *line, Dice *dice)
{
    const char *gap = dice_chance(dice, 0.5) ? "|" : "";
    add_digits(line, 6, dice);
    g_string_append(line, gap);
    add_digits(line, 6, dice);
    g_string_append_printf(line, "%s%c%c", gap, "GJ"[dice_int(dice, 0, 1)],
                           "BCDE"[dice_int(dice, 0, 3)]);
    add_digits(line, 5, dice);
    g_string_append_printf(line, "%s%c", gap, "FLW"[dice_int(dice, 0, 2)]);
    add_digits(line, 8, dice);
}

static void add_measure(GString *line, Dice *dice)
{
    static const char *const units[] = {
        "V", "kV", "kW", "千瓦", "kVA",         "户", "台",    "m",   "MPa",  "M³/h",
        "M", "m³", "m²", "㎡",   "立方米/小时", "人", "元/年", "KWh", "m³/h", "KW"};
    if (dice_chance(dice, 0.3))
        g_string_append(line, dice_chance(dice, 0.7) ? "交流" : "DN");
    g_string_append_printf(line, "%d", dice_int(dice, 1, 999));
    if (dice_chance(dice, 0.3))
        g_string_append_printf(line, ".%d", dice_int(dice, 0, 9));
    if (dice_chance(dice, 0.3))
        g_string_append_c(line, GAP);
    g_string_append(line, DICE_PICK(dice, units));
}

static void add_letters(GString *line, Dice *dice)
{
    for (int i = dice_int(dice, 1, 8); i > 0; i--)
        g_string_append_c(line,
                          "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[dice_int(dice, 0, 35)]);
}

static void add_number(GString *line, const Stock *stock, Dice *dice)
{
    static const char *const after_amount[] = {"平方米", "㎡", "m²", "元", "元", ""};
    switch (dice_int(dice, 0, 12)) {
    case 0:
    case 1:
        add_id_number(line, dice);
        return;
    case 2:
        g_string_append_printf(line, "1%d", dice_int(dice, 3, 9));
        add_digits(line, 9, dice);
        return;
    case 3:
        add_date(line, dice);
        return;
    case 4:
        add_credit_code(line, dice);
        return;
    case 5:
        add_certificate_number(line, stock, dice);
        return;
    case 6:
        g_string_append_printf(line, "%d.%02d", dice_int(dice, 1, 9999),
                               dice_int(dice, 0, 99));
        g_string_append(line, DICE_PICK(dice, after_amount));
        return;
    case 9:
    case 10:
        add_unit_number(line, dice);
        return;
    case 11:
        add_measure(line, dice);
        return;
    case 12:
        add_letters(line, dice);
        return;
    case 7:
        g_string_append(line, "0371-");
        add_digits(line, 8, dice);
        return;
    default:
        add_digits(line, dice_int(dice, 1, 19), dice);
    }
}

static void add_firm(GString *line, const Stock *stock, Dice *dice)
{
    static const char *const trades[] = {
        "商贸", "物业管理", "置业", "房地产开发", "建筑", "餐饮", "科技", "农业",
        "能源", "电子",     "装饰", "运输",       "食品", "医药", "机械"};
    static const char *const forms[] = {"有限公司", "有限责任公司", "股份有限公司", "店",
                                        "厂",       "分公司",       "合作社"};
    g_string_append(line,
                    dice_chance(dice, 0.6) ? "开封市" : urn_draw(&stock->places, dice));
    for (int i = 0; i < 2; i++)
        g_string_append(line, dice_chance(dice, 0.5)
                                  ? urn_draw(&stock->given, dice)
                                  : urn_draw(&stock->characters, dice));
    g_string_append(line, DICE_PICK(dice, trades));
    g_string_append(line, DICE_PICK(dice, forms));
}

static void add_words(GString *line, const Stock *stock, Dice *dice)
{
    static const char *const marks[] = {"，", "。", "、", ":", "(", ")",
                                        "《", "》", "“",  "”", ";"};
    for (int i = dice_int(dice, 1, 9); i > 0; i--) {
        g_string_append(line, urn_draw(&stock->words, dice));
        if (i > 1 && dice_chance(dice, 0.12)) {
            const char *mark = DICE_PICK(dice, marks);
            g_string_append(line, stock_has(stock, mark) ? mark : ",");
        }
        if (dice_chance(dice, 0.04))
            g_string_append_printf(line, "%d", dice_int(dice, 0, 9999));
    }
}

static void add_terms(GString *line, const Stock *stock, Dice *dice)
{
    g_string_append(line, urn_draw(&stock->terms, dice));
    if (dice_chance(dice, 0.25))
        g_string_append(line, ":");
    else if (dice_chance(dice, 0.2)) {
        g_string_append(line, dice_chance(dice, 0.5) ? "、" : "/");
        g_string_append(line, urn_draw(&stock->terms, dice));
    }
}

static void add_characters(GString *line, const Stock *stock, Dice *dice)
{
    for (int i = dice_int(dice, 2, 12); i > 0; i--)
        g_string_append(line, dice_chance(dice, 0.5)
                                  ? urn_draw(&stock->given, dice)
                                  : urn_draw(&stock->characters, dice));
}

/* As identity cards are set: label and value apart, numbers and their words apart. */
static void add_card_line(GString *line, const Stock *stock, Dice *dice)
{
    static const char *const peoples[] = {"汉",     "回", "满", "蒙古", "壮",
                                          "维吾尔", "苗", "藏", "土家", "朝鲜"};
    switch (dice_int(dice, 0, 6)) {
    case 0:
        g_string_append(line, "姓名|");
        add_name(line, stock, dice);
        return;
    case 1:
        g_string_append_printf(line, "性别|%s|民族|%s",
                               dice_chance(dice, 0.5) ? "男" : "女",
                               DICE_PICK(dice, peoples));
        return;
    case 2:
        g_string_append_printf(line, "出生|%d|年|%d|月|%d|日", dice_int(dice, 1930, 2020),
                               dice_int(dice, 1, 12), dice_int(dice, 1, 31));
        return;
    case 3:
        g_string_append(line, "住址|");
        add_address(line, stock, dice);
        return;
    case 4:
        g_string_append(line, "公民身份号码|");
        add_id_number(line, dice);
        return;
    case 5:
        g_string_append(line, "签发机关|");
        g_string_append(line, urn_draw(&stock->places, dice));
        g_string_append(line, dice_chance(dice, 0.5) ? "公安局" : "分局");
        return;
    default:
        g_string_append_printf(line, "有效期限|%d.%02d.%02d-", dice_int(dice, 2005, 2026),
                               dice_int(dice, 1, 12), dice_int(dice, 1, 31));
        if (dice_chance(dice, 0.3))
            g_string_append(line, "长期");
        else
            g_string_append_printf(line, "%d.%02d.%02d", dice_int(dice, 2015, 2046),
                                   dice_int(dice, 1, 12), dice_int(dice, 1, 31));
    }
}

/* Tick boxes, each before what it stands for. */
static void add_options(GString *line, const Stock *stock, Dice *dice)
{
    static const char *const shorts[] = {"是",   "否",   "有",   "无",     "新装",
                                         "增容", "临时", "居民", "散热片", "地暖",
                                         "男",   "女",   "其他"};
    double gapped = dice_chance(dice, 0.8) ? 1 : 0;
    for (int i = dice_int(dice, 1, 5); i > 0; i--) {
        if (dice_chance(dice, 0.9))
            g_string_append(line, "□");
        if (dice_chance(dice, 0.2))
            g_string_append_c(line, GAP);
        g_string_append(line, dice_chance(dice, 0.5) ? DICE_PICK(dice, shorts)
                                                     : urn_draw(&stock->terms, dice));
        if (i > 1 && gapped > 0)
            g_string_append_c(line, GAP);
    }
}

static void add_names(GString *line, const Stock *stock, Dice *dice)
{
    add_name(line, stock, dice);
    if (dice_chance(dice, 0.15)) {
        g_string_append(line, "、");
        add_name(line, stock, dice);
    }
}

static void add_body(GString *line, const Stock *stock, Dice *dice)
{
    g_string_append(line, urn_draw(&stock->bodies, dice));
}

static void add_bare(GString *line, const Stock *stock, Dice *dice)
{
    static const Sort sorts[] = {
        {24, add_names},    {16, add_address}, {12, add_number},     {10, add_terms},
        {6, add_firm},      {10, add_words},   {34, add_characters}, {2, add_body},
        {8, add_card_line}, {8, add_options}};
    add_sort(line, sorts, (int)G_N_ELEMENTS(sorts), stock, dice);
}

/* --- what people write into forms --------------------------------------------------- */

static void add_answer(GString *line, const Stock *stock, Dice *dice)
{
    static const char *const answers[] = {
        "是",       "否",           "有",        "无",         "男",
        "女",       "本人",         "夫妻",      "父子",       "母女",
        "配偶",     "父亲",         "母亲",      "儿子",       "女儿",
        "兄弟",     "朋友",         "同事",      "居民",       "商业",
        "自住",     "出租",         "办公",      "住宅",       "商铺",
        "工业",     "农业",         "新装",      "增容",       "过户",
        "变更",     "长期",         "临时",      "已婚",       "未婚",
        "离异",     "汉族",         "回族",      "身份证",     "护照",
        "营业执照", "经理",         "主任",      "会计",       "职工",
        "个体",     "农民",         "退休",      "教师",       "医生",
        "学生",     "同意",         "情况属实",  "已核实",     "高中",
        "初中",     "大专",         "本科",      "研究生",     "法定代表人",
        "负责人",   "委托代理人",   "经办人",    "房产证丢失", "如上",
        "同上",     "不动产权证书", "购房合同",  "现金",       "转账",
        "微信",     "银行卡",       "买卖",      "继承",       "赠与",
        "离婚析产", "老人无人照顾", "请尽快办理"};
    static const char *const asked[] = {"请",   "希望", "因",   "用于", "每",
                                        "现在", "已经", "需要", "申请", "由于"};
    if (dice_chance(dice, 0.5)) {
        g_string_append(line, DICE_PICK(dice, answers));
        return;
    }
    if (dice_chance(dice, 0.6))
        g_string_append(line, DICE_PICK(dice, asked));
    for (int i = dice_int(dice, 1, 5); i > 0; i--)
        g_string_append(line, dice_chance(dice, 0.3) ? urn_draw(&stock->terms, dice)
                                                     : urn_draw(&stock->words, dice));
}

/* A hand leaves much to guess: here the model is to know what people are called. */
static void add_common_name(GString *line, const Stock *stock, Dice *dice)
{
    g_string_append(line, urn_draw(&stock->surnames, dice));
    for (int i = dice_chance(dice, 0.75) ? 2 : 1; i > 0; i--)
        g_string_append(line, urn_draw(&stock->common, dice));
}

static void add_by_hand(GString *line, const Stock *stock, Dice *dice)
{
    static const Sort sorts[] = {
        {20, add_common_name}, {12, add_names}, {20, add_address}, {10, add_number},
        {12, add_answer},      {9, add_firm},   {6, add_words},    {9, add_characters},
        {2, add_body},         {5, add_home},   {3, add_terms}};
    add_sort(line, sorts, (int)G_N_ELEMENTS(sorts), stock, dice);
    /* Nobody writes these. */
    g_string_replace(line, "|", "", 0);
    g_string_replace(line, "□", "", 0);
}

/* One line by print: bare, or behind a label as on forms. */
static void add_by_print(GString *line, const Stock *stock, Dice *dice)
{
    if (dice_chance(dice, 0.2)) {
        g_string_append(line, urn_draw(&stock->terms, dice));
        g_string_append(line, dice_chance(dice, 0.6) ? ":" : "|");
        if (dice_chance(dice, 0.2))
            g_string_append_c(line, GAP);
    }
    add_bare(line, stock, dice);
}

static char *make_line(const Stock *stock, bool is_by_hand, Dice *dice)
{
    g_autoptr(GString) line = g_string_new(NULL);
    (is_by_hand ? add_by_hand : add_by_print)(line, stock, dice);
    if (!stock_has(stock, line->str))
        return NULL;
    glong length = g_utf8_strlen(line->str, -1);
    return length < 1 ? NULL
                      : g_utf8_substring(line->str, 0, MIN(length, MAX_CHARACTERS));
}

int main(int argc, char **argv)
{
    if (argc != 6 && argc != 7) {
        fprintf(stderr, "usage: texts CHARSET WORDS TERMS COUNT SEED [hand]\n");
        return 2;
    }
    bool is_by_hand = argc == 7 && strcmp(argv[6], "hand") == 0;
    Stock stock = {.charset = g_hash_table_new(NULL, NULL),
                   .characters = urn_new(),
                   .surnames = urn_new(),
                   .given = urn_new(),
                   .common = urn_new(),
                   .words = urn_new(),
                   .places = urn_new(),
                   .bodies = urn_new(),
                   .terms = urn_new()};
    read_charset(&stock, argv[1]);
    read_words(&stock, argv[2]);
    read_terms(&stock, argv[3]);
    check_stock(&stock);
    Dice dice;
    dice_init(&dice, g_ascii_strtoull(argv[5], NULL, 10), "texts");
    for (long left = strtol(argv[4], NULL, 10); left > 0;) {
        g_autofree char *line = make_line(&stock, is_by_hand, &dice);
        if (line == NULL)
            continue;
        puts(line);
        left--;
    }
    return 0;
}
