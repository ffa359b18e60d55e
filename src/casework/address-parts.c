/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/address-parts.c - an address taken apart. Not handled: addresses by compass
 * and crossing (…路西、…路南), by landmark, or of places without any name; what they say
 * is left over. */
#include "casework/address-parts.h"

#include "base/text.h"
#include "casework/address.h"
#include "casework/fold.h"

void address_clear(Address *address)
{
    for (int i = 0; i < PART_COUNT; i++)
        g_free(address->part[i]);
}

static void set_part(Address *address, AddressPart part, char *text)
{
    g_free(address->part[part]);
    address->part[part] = text;
}

static void add_to_part(Address *address, AddressPart part, const char *text)
{
    set_part(address, part, g_strconcat(address->part[part], text, NULL));
}

bool address_has(const Address *address, AddressPart part)
{
    return *address->part[part] != '\0';
}

/* --- spelling alike
 * ------------------------------------------------------------------------ */

/* Every pattern is made once and kept to the end: making them took most of the time. */
static GRegex *pattern_made(const char *pattern)
{
    static GHashTable *made;
    static GMutex lock;
    g_mutex_lock(&lock);
    if (made == NULL)
        made = g_hash_table_new(g_str_hash, g_str_equal);
    GRegex *regex = g_hash_table_lookup(made, pattern);
    if (regex == NULL) {
        regex = g_regex_new(pattern, G_REGEX_OPTIMIZE, 0, NULL);
        g_hash_table_insert(made, g_strdup(pattern), regex);
    }
    g_mutex_unlock(&lock);
    return regex;
}

static void replace(char **text, const char *pattern, const char *with)
{
    GRegex *regex = pattern_made(pattern);
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
    GRegex *regex = pattern_made(
        "[一二三四五六七八九十]{1,3}"
        "(?=单元|号|幢|栋|座|期|组|队|层|楼(?:$|\\d|[一二三四五六七八九十东西中]))");
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

/* Matches @pattern at the start of *@text and moves behind its first group. Returns: that
 * group, owned; NULL where it does not match */
static char *take(const char **text, const char *pattern)
{
    GRegex *regex = pattern_made(pattern);
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
    char *name = known != NULL                 ? g_strdup(known)
                 : address_has(out, PART_CITY) ? take(text, after_city)
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
    GRegex *regex = pattern_made(description);
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
    GRegex *regex = pattern_made(use);
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

Address address_split(const char *address, const char *const *regions)
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
    GRegex *regex = pattern_made(pattern);
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
