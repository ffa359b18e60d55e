/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/address.c - addresses in parts. Not handled: addresses by compass and crossing
 * (…路西、…路南), by landmark, or of places without any name; they are unsure. */
#include "casework/address.h"

#include "base/text.h"
#include "casework/fold.h"

typedef enum {
    PART_PROVINCE,
    PART_CITY,
    PART_DISTRICT,
    PART_TOWN,
    PART_VILLAGE,
    PART_GROUP,
    PART_ROAD,
    PART_SECTION,
    PART_NUMBER,
    PART_ESTATE,
    PART_PHASE,
    PART_BUILDING,
    PART_UNIT,
    PART_FLOOR,
    PART_ROOM,
    PART_USE,  /* 商铺, 车库: not a room like others */
    PART_REST, /* ink that is no part of an address */
    PART_COUNT,
} AddressPart;

typedef struct {
    char *part[PART_COUNT]; /* owned, "" where not written */
} Address;

static void address_clear(Address *address)
{
    for (int i = 0; i < PART_COUNT; i++)
        g_free(address->part[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Address, address_clear)

static void set_part(Address *address, AddressPart part, char *text)
{
    g_free(address->part[part]);
    address->part[part] = text;
}

static void add_to_part(Address *address, AddressPart part, const char *text)
{
    set_part(address, part, g_strconcat(address->part[part], text, NULL));
}

static bool has_part(const Address *address, AddressPart part)
{
    return *address->part[part] != '\0';
}

/* --- spelling alike
 * ------------------------------------------------------------------------ */

static void replace(char **text, const char *pattern, const char *with)
{
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    char *changed = g_regex_replace(regex, *text, -1, 0, with, 0, NULL);
    g_free(*text);
    *text = changed;
}

/* 十二 -> 12, 二十 -> 20, 三 -> 3; -1 for what is no numeral below a hundred */
static int numeral_value(const char *text)
{
    static const char digits[] = "一二三四五六七八九";
    int tens = 0, units = 0;
    bool has_ten = false;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        const char *at = g_utf8_strchr(digits, -1, c);
        if (c == 0x5341 /* 十 */ && !has_ten) {
            tens = units > 0 ? units : 1;
            units = 0;
            has_ten = true;
        } else if (at != NULL && units == 0) {
            units = (int)g_utf8_pointer_to_offset(digits, at) + 1;
        } else {
            return -1;
        }
    }
    return tens * 10 + units;
}

static gboolean write_numeral(const GMatchInfo *match, GString *out, gpointer data)
{
    (void)data;
    g_autofree char *text = g_match_info_fetch(match, 0);
    int value = numeral_value(text);
    if (value > 0)
        g_string_append_printf(out, "%d", value);
    else
        g_string_append(out, text);
    return FALSE;
}

/* Chinese numerals before what is counted: 二单元 -> 2单元. Not in names: 三里屯. */
static void replace_numerals(char **text)
{
    g_autoptr(GRegex) regex = g_regex_new(
        "[一二三四五六七八九十]{1,3}"
        "(?=单元|号|幢|栋|座|期|组|队|层|楼(?:$|\\d|[一二三四五六七八九十东西中]))",
        0, 0, NULL);
    char *changed =
        g_regex_replace_eval(regex, *text, -1, 0, 0, write_numeral, NULL, NULL);
    g_free(*text);
    *text = changed;
}

/* Folded, without marks, simplified. */
static char *address_letters(const char *address)
{
    g_autofree char *folded = text_folded(address);
    char *letters = fold_traditional(folded, FOLD_ALL);
    replace(&letters, "[\\s,.;:、，。；：·|'\"()\\[\\]【】]+", "");
    return letters;
}

/* What follows the regions, spelled alike: 3#, 3号楼, 3栋 are 3幢; 室 and 户 are left
 * out. */
static char *spelled_alike(const char *text)
{
    static const struct {
        const char *pattern, *with;
    } spellings[] = {
        {"(\\d+)-(\\d+)-(\\d+)(室|号|户)?$", "\\1幢\\2单元\\3"},
        {"(?<!\\d-)(?<!\\d)(\\d+[a-z]?)#(?:号?楼)?-?", "\\1幢"},
        {"([0-9a-z甲乙丙丁]+)(?:号楼|栋|座|幢|楼(?=\\d+单元))-?", "\\1幢"},
        {"(?<=幢)(\\d{1,2})-(\\d{1,2}层)?(\\d{1,4}[a-z]?)(?:室|号|户)?$",
         "\\1单元\\2\\3"},
        {"单元-", "单元"},
        {"(?<=\\p{Han})(?<![路街道巷号幢])(\\d{1,2})-(\\d{3,4})(?:室|号|户)$",
         "\\1幢\\2"},
        {"(\\d+[a-z]?)(?:室|户)$", "\\1"},
        {"(?<=单元|幢|层|楼)(\\d+[a-z]?)号$", "\\1"},
        {"(?<=[东西南北中])(?:室|户室|户型)$", "户"},
        {"第(?=\\d+(幢|单元|层|期))", ""},
        {"(\\d+)楼(?=$|\\d|[东西南北中]户)", "\\1层"},
        /* the floor that the room says too */
        {"(?<=幢|单元)(\\d{1,2})层(?=\\1\\d{2}(?!\\d))", ""},
    };
    char *out = g_strdup(text);
    replace_numerals(&out);
    for (size_t i = 0; i < G_N_ELEMENTS(spellings); i++)
        replace(&out, spellings[i].pattern, spellings[i].with);
    return out;
}

/* --- province, city, district
 * --------------------------------------------------------------- */

#define HOME_PROVINCE "河南省"
#define HOME_CITY "开封市"

/* Matches @pattern at the start of *@text and moves behind its first group. Returns: that
 * group, owned; NULL where it does not match */
static char *take(const char **text, const char *pattern)
{
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_ANCHORED, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    int end = 0;
    if (!g_regex_match(regex, *text, G_REGEX_MATCH_ANCHORED, &match) ||
        !g_match_info_fetch_pos(match, 1, NULL, &end))
        return NULL;
    char *found = g_match_info_fetch(match, 1);
    *text += end;
    return found;
}

/* The longest of @names that *@text begins with; moves behind it. */
static const char *take_known(const char **text, const char *const *names)
{
    const char *best = NULL;
    for (int i = 0; names != NULL && names[i] != NULL; i++)
        if (!g_str_equal(names[i], HOME_CITY) && g_str_has_prefix(*text, names[i]) &&
            (best == NULL || strlen(names[i]) > strlen(best)))
            best = names[i];
    *text += best != NULL ? strlen(best) : 0;
    return best;
}

/* Districts that no list in force names, and that stand on older papers. */
static const char *const former_districts[] = {
    "开封县", "金明区", "南关区", "郊区", "城乡一体化示范区", "开封新区", "示范区", NULL};

/* An unknown district counts as one only where it cannot be the name of an estate. */
static void take_district(const char **text, const char *const *regions, Address *out)
{
    /* 小区, 社区, 园区 are no districts; 县医院 is a place in a county */
    static const char after_city[] =
        "(\\p{Han}{1,4}?(?:(?<![小社园厂校院属活宅矿库新发范])区|"
        "县(?![委医政城])|(?<![城都])市(?![场政委府民区医中])))";
    static const char anywhere[] = "(\\p{Han}{2}县(?![委医政城]))";
    const char *known = take_known(text, regions);
    if (known == NULL)
        known = take_known(text, former_districts);
    char *name = known != NULL              ? g_strdup(known)
                 : has_part(out, PART_CITY) ? take(text, after_city)
                                            : take(text, anywhere);
    if (name != NULL)
        set_part(out, PART_DISTRICT, name);
}

/* Returns: what follows the regions, a part of @text */
static const char *take_regions(const char *text, const char *const *regions,
                                Address *out)
{
    static const char province[] =
        "(\\p{Han}{2,3}省|河南(?=开封)|(?:北京|上海|天津|重庆)(?=市)|"
        "(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区)";
    /* a city of the province, or what a district follows: 城市花园 is no city */
    static const char city[] = "(开封市|(?:郑州|洛阳|平顶山|安阳|鹤壁|新乡|焦作|濮阳|"
                               "许昌|漯河|三门峡|南阳|商丘|信阳|"
                               "周口|驻马店|济源)市|[京津沪渝]?市(?=\\p{Han}{2,4}区)|"
                               "\\p{Han}{2,4}市(?=\\p{Han}{1,4}(?:(?<![小社园])区|县)))";
    for (int i = 0; i < PART_COUNT; i++)
        out->part[i] = g_strdup("");
    char *name = take(&text, province);
    if (name != NULL)
        set_part(out, PART_PROVINCE,
                 g_str_equal(name, "河南") ? (g_free(name), g_strdup(HOME_PROVINCE))
                                           : name);
    name = take(&text, city);
    if (name != NULL)
        set_part(out, PART_CITY, name);
    const char *without = text + strlen("开封");
    if (name == NULL && g_str_has_prefix(text, "开封") &&
        !g_str_has_prefix(text, "开封县") && take_known(&without, regions) != NULL) {
        set_part(out, PART_CITY, g_strdup(HOME_CITY));
        text += strlen("开封");
    }
    take_district(&text, regions, out);
    return text;
}

char *address_plain(const char *address, const char *const *regions)
{
    g_autofree char *letters = address_letters(address);
    const char *rest = letters;
    /* regions that are known, in whatever order they are written */
    for (bool is_moving = true; is_moving;) {
        const char *before = rest;
        if (g_str_has_prefix(rest, HOME_PROVINCE))
            rest += strlen(HOME_PROVINCE);
        if (g_str_has_prefix(rest, HOME_CITY))
            rest += strlen(HOME_CITY);
        take_known(&rest, regions);
        is_moving = rest != before;
    }
    return spelled_alike(rest);
}

/* --- splitting
 * ----------------------------------------------------------------------------- */

/* Words of compass, crossing and landmark say where something is, and not its name. */
static void cut_descriptions(char **text, Address *out)
{
    static const char description[] = "(?:大道|大街|路|街|巷)[东西南北](?!段|[1-"
                                      "9一二三四]?巷|\\d*号|\\d)(?=$|侧|[、\\p{Han}]*"
                                      "(?:大道|大街|路|街|巷)[东西南北])|[东西南北]侧|"
                                      "交叉口|交汇处|对面|附近|路口|隔壁|以[东西南北]";
    g_autoptr(GRegex) regex = g_regex_new(description, 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (g_regex_match(regex, *text, 0, &match)) {
        g_autofree char *found = g_match_info_fetch(match, 0);
        add_to_part(out, PART_REST, found);
    }
}

static void cut_use(char **text, Address *out)
{
    static const char use[] = "(商铺|商业房|门面房|门面|门市房|门市|底商|铺面|车库|车位|"
                              "储藏室|储物间|地下室|仓库)";
    g_autoptr(GRegex) regex = g_regex_new(use, 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(regex, *text, 0, &match))
        return;
    set_part(out, PART_USE, g_match_info_fetch(match, 1));
    replace(text, use, "");
    replace(text, "(?<=幢|单元|层)(\\d+[a-z]?)(?:号|室|户)$", "\\1");
}

/* What a name of an estate has not: 碧水家园3-501 */
static void check_estate(Address *out)
{
    const char *estate = out->part[PART_ESTATE];
    if (g_regex_match_simple("[-#/*]|\\d", estate, 0, 0))
        add_to_part(out, PART_REST, estate);
}

static Address split(const char *address, const char *const *regions)
{
    /* the groups are the parts from PART_TOWN in order; each may be missing */
    static const AddressPart order[] = {
        PART_TOWN,   PART_VILLAGE, PART_GROUP,    PART_ROAD, PART_SECTION, PART_NUMBER,
        PART_ESTATE, PART_PHASE,   PART_BUILDING, PART_UNIT, PART_FLOOR,   PART_ROOM};
    static const char pattern[] =
        "^(\\p{Han}{1,6}?(?:街道办事处|街道|办事处|(?<!古)镇|(?<![水故])乡)"
        "(?=\\p{Han}(?!幢|园|苑|区)))?"
        "(\\p{Han}{1,8}?(?:村民委员会|村委会|居民委员会|居委会|社区|(?<!新)村))?"
        "(\\d+(?:组|队))?"
        "(\\p{Han}{1,8}?(?:大道|大街|路|街|巷|胡同)(?![道口])|\\d{3}(?:国道|省道))?"
        "([东西南北中][一二三四]?段|[东西南北]段|[东西南北][1-9一二三四]?(?=\\d+号))?"
        "([甲乙丙丁]?\\d+(?:-\\d+)?号(?:院)?(?:附\\d+号)?)?"
        "(.*?)"
        "(\\d+期|[a-z东西南北中]区|[东西南北]院)?"
        "([0-9a-z甲乙丙丁东西南北中]+幢)?"
        "([0-9a-z甲乙丙丁东西南北中]+单元)?"
        "(\\d{1,2}层)?"
        "(?:-?(\\d{1,5}[a-z]?|[东西南北中]{1,2}户))?$";
    Address out;
    g_autofree char *letters = address_letters(address);
    char *rest = spelled_alike(take_regions(letters, regions, &out));
    cut_descriptions(&rest, &out);
    cut_use(&rest, &out);
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (g_regex_match(regex, rest, 0, &match)) {
        for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
            char *text = g_match_info_fetch(match, (int)i + 1);
            set_part(&out, order[i], text != NULL ? text : g_strdup(""));
        }
    } else {
        add_to_part(&out, PART_REST, rest);
    }
    check_estate(&out);
    g_free(rest);
    return out;
}

/* --- comparing
 * ----------------------------------------------------------------------------- */

static Likeness further(Likeness a, Likeness b)
{
    return a > b ? a : b;
}

static bool has_suffix(const char *text, const char *suffix)
{
    return g_str_has_suffix(text, suffix) && strlen(text) > strlen(suffix);
}

/* @text without the first of @suffixes that it ends in. Owned. */
static char *stem(const char *text, const char *const *suffixes)
{
    for (int i = 0; suffixes[i] != NULL; i++)
        if (has_suffix(text, suffixes[i]))
            return g_strndup(text, strlen(text) - strlen(suffixes[i]));
    return g_strdup(text);
}

static bool is_one_of(gunichar c, const char *set)
{
    return g_utf8_strchr(set, -1, c) != NULL;
}

/* 东大街 and 西大街, 经一路 and 经二路: one character apart, and two places. */
static bool differ_in_order(const char *a, const char *b)
{
    static const char *const sets[] = {"东西南北", "一二三四五六七八九十", "0123456789",
                                       "甲乙丙丁"};
    if (g_utf8_strlen(a, -1) != g_utf8_strlen(b, -1))
        return false;
    for (; *a != '\0'; a = g_utf8_next_char(a), b = g_utf8_next_char(b)) {
        gunichar x = g_utf8_get_char(a), y = g_utf8_get_char(b);
        for (size_t i = 0; x != y && i < G_N_ELEMENTS(sets); i++)
            if (is_one_of(x, sets[i]) && is_one_of(y, sets[i]))
                return true;
    }
    return false;
}

/* Names of one character more or less, or one that is another, may be read or written
 * wrong. */
static Likeness compare_names_of_places(const char *a, const char *b)
{
    glong longer = MAX(g_utf8_strlen(a, -1), g_utf8_strlen(b, -1));
    if (g_str_equal(a, b))
        return SAME;
    if (longer >= 3 && text_distance(a, b) == 1 && !differ_in_order(a, b))
        return UNSURE;
    /* 建业城 and 建业城市花园, 周天路 and 南关周天路 */
    if (g_str_has_prefix(a, b) || g_str_has_prefix(b, a) || g_str_has_suffix(a, b) ||
        g_str_has_suffix(b, a))
        return UNSURE;
    return DIFFERENT;
}

static Likeness compare_province(const Address *a, const Address *b)
{
    const char *x = has_part(a, PART_PROVINCE) ? a->part[PART_PROVINCE] : HOME_PROVINCE;
    const char *y = has_part(b, PART_PROVINCE) ? b->part[PART_PROVINCE] : HOME_PROVINCE;
    bool is_written = has_part(a, PART_PROVINCE) && has_part(b, PART_PROVINCE);
    return g_str_equal(x, y) ? SAME : is_written ? DIFFERENT : UNSURE;
}

static Likeness compare_city(const Address *a, const Address *b)
{
    const char *x = has_part(a, PART_CITY) ? a->part[PART_CITY] : HOME_CITY;
    const char *y = has_part(b, PART_CITY) ? b->part[PART_CITY] : HOME_CITY;
    bool is_written = has_part(a, PART_CITY) && has_part(b, PART_CITY);
    return g_str_equal(x, y) ? SAME : is_written ? compare_names_of_places(x, y) : UNSURE;
}

/* Districts of which one became the other, by the year. The zone lies across districts.
 */
static const struct {
    const char *a, *b;
    Likeness likeness;
} kin_districts[] = {
    {"开封县", "祥符区", SAME}, /* 2014, with its whole area */
    {"顺河区", "顺河回族区", SAME},
    {"南关区", "禹王台区", UNSURE}, /* 2005, borders moved */
    {"金明区", "龙亭区", UNSURE},   /* 2014 */
    {"郊区", "金明区", UNSURE},     /* 2005 */
    {"郊区", "龙亭区", UNSURE},
};
static const char *const zones[] = {"城乡一体化示范区", "开封新区", "示范区", NULL};

static Likeness compare_written_districts(const char *a, const char *b)
{
    bool is_zone = g_strv_contains(zones, a) || g_strv_contains(zones, b);
    for (size_t i = 0; i < G_N_ELEMENTS(kin_districts); i++)
        if ((g_str_equal(a, kin_districts[i].a) && g_str_equal(b, kin_districts[i].b)) ||
            (g_str_equal(b, kin_districts[i].a) && g_str_equal(a, kin_districts[i].b)))
            return kin_districts[i].likeness;
    if (is_zone && !g_str_has_suffix(a, "县") && !g_str_has_suffix(b, "县"))
        return UNSURE;
    return compare_names_of_places(a, b);
}

/* A district that is known here need not be written; another one tells. */
static Likeness compare_district(const Address *a, const Address *b,
                                 const char *const *regions)
{
    const char *x = a->part[PART_DISTRICT], *y = b->part[PART_DISTRICT];
    if (*x != '\0' && *y != '\0')
        return compare_written_districts(x, y);
    const char *written = *x != '\0' ? x : y;
    bool is_known = *written == '\0' || g_str_equal(written, "开封县") ||
                    (regions != NULL && g_strv_contains(regions, written));
    return is_known ? SAME : UNSURE;
}

/* 街道 and 街道办事处 are one thing; a 镇 that became a 街道 may have lost a part. */
static Likeness compare_town(const char *a, const char *b)
{
    static const char *const offices[] = {"街道办事处", "办事处", "街道", NULL};
    static const char *const kinds[] = {"镇", "乡", NULL};
    g_autofree char *x = stem(a, offices);
    g_autofree char *y = stem(b, offices);
    if (g_str_equal(x, y))
        return SAME;
    g_autofree char *bare_x = stem(x, kinds);
    g_autofree char *bare_y = stem(y, kinds);
    return g_str_equal(bare_x, bare_y) ? UNSURE : compare_names_of_places(a, b);
}

static bool is_community(const char *village)
{
    return g_str_has_suffix(village, "社区") || g_str_has_suffix(village, "居委会") ||
           g_str_has_suffix(village, "居民委员会");
}

static Likeness compare_village(const char *a, const char *b)
{
    static const char *const offices[] = {"村民委员会", "村委会", "居民委员会", "居委会",
                                          "社区",       "村",     NULL};
    /* a community is an office in charge, as a town is; a village is the place itself */
    if (*a == '\0' || *b == '\0')
        return is_community(*a != '\0' ? a : b) ? SAME : UNSURE;
    g_autofree char *x = stem(a, offices);
    g_autofree char *y = stem(b, offices);
    if (g_str_equal(x, y))
        return is_community(a) == is_community(b) ? SAME : UNSURE;
    return compare_names_of_places(a, b);
}

/* 12号 and 12号院 are one gate; 12号附1号 and 12-1号 may lie behind it. */
static Likeness compare_number(const char *a, const char *b)
{
    static const char *const yard[] = {"院", NULL};
    g_autofree char *x = stem(a, yard);
    g_autofree char *y = stem(b, yard);
    if (g_str_equal(x, y))
        return SAME;
    bool has_sub = strchr(x, '-') != NULL || strstr(x, "附") != NULL ||
                   strchr(y, '-') != NULL || strstr(y, "附") != NULL;
    return has_sub && strtol(x, NULL, 10) == strtol(y, NULL, 10) ? UNSURE : DIFFERENT;
}

static Likeness compare_estate(const char *a, const char *b)
{
    static const char *const kinds[] = {"住宅小区", "小区", NULL};
    g_autofree char *x = stem(a, kinds);
    g_autofree char *y = stem(b, kinds);
    return g_str_equal(x, y) ? SAME : compare_names_of_places(a, b);
}

/* A unit called 东 may be the one called 1; 1 is not 2. */
static Likeness compare_ordinal(const char *a, const char *b)
{
    bool is_number_a = g_ascii_isdigit(*a), is_number_b = g_ascii_isdigit(*b);
    if (g_str_equal(a, b))
        return SAME;
    if (is_number_a != is_number_b)
        return g_ascii_isalnum(*a) && g_ascii_isalnum(*b) &&
                       strpbrk(is_number_a ? a : b, "abcdefghijklmnopqrstuvwxyz") != NULL
                   ? DIFFERENT
                   : UNSURE;
    return DIFFERENT;
}

static Likeness compare_room(const char *a, const char *b)
{
    const char *x = a, *y = b;
    while (*x == '0')
        x++;
    while (*y == '0')
        y++;
    if (g_str_equal(a, b))
        return SAME;
    if (g_str_equal(x, y)) /* 0501 and 501 */
        return UNSURE;
    if (!g_ascii_isdigit(*a) && !g_ascii_isdigit(*b)) /* 东户, 东南户 */
        return g_str_has_prefix(a, "东") == g_str_has_prefix(b, "东") &&
                       g_str_has_prefix(a, "西") == g_str_has_prefix(b, "西")
                   ? UNSURE
                   : DIFFERENT;
    if (g_ascii_isdigit(*a) != g_ascii_isdigit(*b))
        return UNSURE;
    /* 501 and 501a: the letter may have been left out */
    bool is_part = g_str_has_prefix(a, b) || g_str_has_prefix(b, a);
    const char *longer = strlen(a) > strlen(b) ? a : b;
    return is_part && g_ascii_isalpha(longer[strlen(longer) - 1]) ? UNSURE : DIFFERENT;
}

static Likeness compare_exact(const char *a, const char *b)
{
    return g_str_equal(a, b) ? SAME : DIFFERENT;
}

typedef Likeness (*PartCompare)(const char *a, const char *b);

/* How a part that both write is compared, and what it means that only one writes it. */
static const struct {
    PartCompare compare;
    Likeness missing;
    bool is_name;   /* the place is known by it */
    bool is_narrow; /* it tells one house or room from its neighbours */
} parts[PART_COUNT] = {
    [PART_TOWN] = {compare_town, SAME, .is_name = false},
    [PART_VILLAGE] = {NULL, UNSURE, .is_name = true},
    [PART_GROUP] = {compare_exact, UNSURE},
    [PART_ROAD] = {compare_names_of_places, UNSURE, .is_name = true},
    [PART_SECTION] = {compare_exact, UNSURE},
    [PART_NUMBER] = {compare_number, UNSURE, .is_narrow = true},
    [PART_ESTATE] = {compare_estate, UNSURE, .is_name = true},
    [PART_PHASE] = {compare_exact, UNSURE},
    [PART_BUILDING] = {compare_ordinal, UNSURE, .is_narrow = true},
    [PART_UNIT] = {compare_ordinal, UNSURE},
    [PART_FLOOR] = {compare_exact, UNSURE},
    [PART_ROOM] = {compare_room, UNSURE, .is_narrow = true},
    [PART_USE] = {compare_exact, UNSURE},
};

static Likeness compare_part(AddressPart part, const Address *a, const Address *b)
{
    const char *x = a->part[part], *y = b->part[part];
    if (*x == '\0' && *y == '\0')
        return SAME;
    if (part == PART_VILLAGE)
        return compare_village(x, y);
    if (*x == '\0' || *y == '\0')
        return parts[part].missing;
    return parts[part].compare(x, y);
}

/* 5层1号 and 501 may be one room: where only one names the floor, rooms do not tell. */
static bool is_told_by_floor(AddressPart part, const Address *a, const Address *b)
{
    return part == PART_ROOM && has_part(a, PART_FLOOR) != has_part(b, PART_FLOOR);
}

/* 东户 is on every floor. */
static bool is_on_every_floor(const Address *address)
{
    const char *room = address->part[PART_ROOM];
    return *room != '\0' && !g_ascii_isdigit(*room) && !has_part(address, PART_FLOOR);
}

static Likeness compare_regions(const Address *a, const Address *b,
                                const char *const *regions)
{
    return further(compare_province(a, b),
                   further(compare_city(a, b), compare_district(a, b, regions)));
}

Likeness addresses_compare(const char *a, const char *b, const char *const *regions)
{
    if (a == NULL || b == NULL || *a == '\0' || *b == '\0')
        return UNSURE;
    g_auto(Address) left = split(a, regions);
    g_auto(Address) right = split(b, regions);
    Likeness worst = compare_regions(&left, &right, regions);
    bool has_name = false, is_narrow = false;
    for (int i = PART_TOWN; i < PART_REST; i++) {
        Likeness likeness = compare_part((AddressPart)i, &left, &right);
        if (likeness == DIFFERENT && is_told_by_floor((AddressPart)i, &left, &right))
            likeness = UNSURE;
        worst = further(worst, likeness);
        bool is_shared = likeness == SAME && has_part(&left, (AddressPart)i) &&
                         has_part(&right, (AddressPart)i);
        has_name |= is_shared && parts[i].is_name;
        is_narrow |= is_shared && parts[i].is_narrow;
    }
    bool is_parsed = !has_part(&left, PART_REST) && !has_part(&right, PART_REST);
    is_narrow &= !is_on_every_floor(&left) && !is_on_every_floor(&right);
    /* beside what was not understood, other parts prove nothing either way */
    if (!is_parsed)
        return worst == DIFFERENT && compare_regions(&left, &right, regions) == DIFFERENT
                   ? DIFFERENT
                   : UNSURE;
    return worst == SAME && !(has_name && is_narrow) ? UNSURE : worst;
}

bool addresses_clash(const char *a, const char *b, const char *const *regions)
{
    if (a == NULL || b == NULL || *a == '\0' || *b == '\0')
        return false;
    g_auto(Address) left = split(a, regions);
    g_auto(Address) right = split(b, regions);
    if (compare_regions(&left, &right, regions) == DIFFERENT)
        return true;
    for (int i = PART_TOWN; i < PART_REST; i++) {
        AddressPart part = (AddressPart)i;
        bool is_shared = has_part(&left, part) && has_part(&right, part);
        if (is_shared && !is_told_by_floor(part, &left, &right) &&
            compare_part(part, &left, &right) != SAME)
            return true;
    }
    return false;
}

bool addresses_agree(const char *a, const char *b, const char *const *regions)
{
    if (a == NULL || b == NULL)
        return false;
    g_auto(Address) left = split(a, regions);
    g_auto(Address) right = split(b, regions);
    g_autofree char *x = address_plain(a, regions);
    g_autofree char *y = address_plain(b, regions);
    return *x != '\0' && g_str_equal(x, y) &&
           compare_regions(&left, &right, regions) != DIFFERENT;
}
