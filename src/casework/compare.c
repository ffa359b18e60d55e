/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "casework/compare.h"

#include "base/text.h"
#include "casework/identifier.h"

/* Traditional characters that stand in names and addresses of people here. */
static const char *const variants =
    "陳陈張张劉刘趙赵楊杨孫孙馬马許许鄭郑謝谢馮冯鄧邓蕭萧葉叶呂吕蘇苏盧卢蔣蒋賈贾譚谭龍龙"
    "萬万"
    "錢钱嚴严韓韩區区縣县鄉乡鎮镇號号樓楼單单園园東东華华國国強强偉伟麗丽開开門门";

static gunichar simplified(gunichar c)
{
    for (const char *p = variants; *p != '\0'; p = g_utf8_next_char(g_utf8_next_char(p)))
        if (g_utf8_get_char(p) == c)
            return g_utf8_get_char(g_utf8_next_char(p));
    return c;
}

static char *folded_name(const char *name)
{
    g_autofree char *bare = text_bare(name);
    GString *out = g_string_new(NULL);
    for (const char *p = bare; *p != '\0'; p = g_utf8_next_char(p))
        g_string_append_unichar(out, simplified(g_utf8_get_char(p)));
    return g_string_free(out, FALSE);
}

static Likeness nearer(Likeness a, Likeness b)
{
    return a < b ? a : b;
}

static Likeness further(Likeness a, Likeness b)
{
    return a > b ? a : b;
}

static Likeness one_name(const char *a, const char *b)
{
    g_autofree char *x = folded_name(a);
    g_autofree char *y = folded_name(b);
    if (*x == '\0' || *y == '\0')
        return UNSURE;
    int distance = text_distance(x, y);
    return distance == 0 ? SAME : distance == 1 ? UNSURE : DIFFERENT;
}

Likeness names_compare(const char *a, const char *b)
{
    if (a == NULL || b == NULL || *a == '\0' || *b == '\0')
        return UNSURE;
    Likeness best = DIFFERENT;
    g_auto(GStrv) left = g_strsplit(a, "、", -1);
    g_auto(GStrv) right = g_strsplit(b, "、", -1);
    for (int i = 0; left[i] != NULL; i++)
        for (int k = 0; right[k] != NULL; k++)
            best = nearer(best, one_name(left[i], right[k]));
    return best;
}

Likeness numbers_compare(const char *a, const char *b)
{
    if (a == NULL || b == NULL || *a == '\0' || *b == '\0')
        return UNSURE;
    g_autofree char *x = text_bare(a);
    g_autofree char *y = text_bare(b);
    g_autofree char *long_x = resident_id_upgraded(x);
    g_autofree char *long_y = resident_id_upgraded(y);
    int distance =
        text_distance(long_x != NULL ? long_x : x, long_y != NULL ? long_y : y);
    return distance == 0 ? SAME : distance <= 2 ? UNSURE : DIFFERENT;
}

/* --- addresses
 * --------------------------------------------------------------------------- */

static char *replaced(const char *text, const char *pattern, const char *with)
{
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    return g_regex_replace(regex, text, -1, 0, with, 0, NULL);
}

static void replace(char **text, const char *pattern, const char *with)
{
    char *changed = replaced(*text, pattern, with);
    g_free(*text);
    *text = changed;
}

/* Small Chinese numerals before 单元, 层, 号楼: 二单元 -> 2单元 */
static void replace_numerals(char **text)
{
    static const char *const numerals[] = {"一", "二", "三", "四", "五",
                                           "六", "七", "八", "九", "十"};
    for (int i = 0; i < 10; i++) {
        g_autofree char *pattern = g_strdup_printf(
            "(?<![一二三四五六七八九十])%s(?=单元|号楼|幢|栋|号院|楼$|楼\\d)",
            numerals[i]);
        g_autofree char *with = g_strdup_printf("%d", i + 1);
        replace(text, pattern, with);
    }
}

static bool skip_word(const char **text, const char *word)
{
    if (*word == '\0' || !g_str_has_prefix(*text, word))
        return false;
    *text += strlen(word);
    return true;
}

/* The province, the city, and the county or district, in whichever of them is written.
 * @county: out: which of @regions, or NULL where only the city or nothing is written */
static const char *after_regions(const char *text, const char *const *regions,
                                 const char **county)
{
    const char *rest = text;
    *county = NULL;
    for (bool is_moving = true; is_moving;) {
        is_moving = skip_word(&rest, "河南省") || skip_word(&rest, "开封市");
        for (int i = 0; regions != NULL && regions[i] != NULL && !is_moving; i++) {
            is_moving = skip_word(&rest, regions[i]);
            if (is_moving)
                *county = regions[i];
        }
    }
    return rest;
}

/* Folded, without marks, simplified. */
static char *address_letters(const char *address)
{
    g_autofree char *folded = text_folded(address);
    g_autofree char *joined = replaced(folded, "[\\s,.;:、，。；：·|'\"]+", "");
    GString *out = g_string_new(NULL);
    for (const char *p = joined; *p != '\0'; p = g_utf8_next_char(p))
        g_string_append_unichar(out, simplified(g_utf8_get_char(p)));
    return g_string_free(out, FALSE);
}

/* Two counties written, and not the same. */
static bool counties_differ(const char *a, const char *b, const char *const *regions)
{
    const char *left, *right;
    g_autofree char *x = address_letters(a);
    g_autofree char *y = address_letters(b);
    after_regions(x, regions, &left);
    after_regions(y, regions, &right);
    return left != NULL && right != NULL && !g_str_equal(left, right);
}

char *address_plain(const char *address, const char *const *regions)
{
    const char *county;
    g_autofree char *letters = address_letters(address);
    char *plain = g_strdup(after_regions(letters, regions, &county));
    replace_numerals(&plain);
    /* 3-2-501, 3#2-501 */
    replace(&plain, "(\\d+)-(\\d+)-(\\d+)(室|号|户)?$", "\\1幢\\2单元\\3");
    replace(&plain, "(?<!\\d-)(?<!\\d)(\\d+)#(楼)?", "\\1幢");
    replace(&plain, "([0-9a-z甲乙丙丁]+)(?:号楼|栋|座|幢|楼(?=\\d+单元))", "\\1幢");
    replace(&plain, "(\\d+[a-z]?)(?:室|户)$", "\\1");
    replace(&plain, "(?<=单元|幢|层|楼)(\\d+)号$", "\\1");
    replace(&plain, "第(?=\\d+(幢|单元))", "");
    replace(&plain, "(?<=幢|单元)\\d{1,2}(?:层|楼)(?=\\d)", "");
    return plain;
}

typedef enum {
    PART_TOWN,
    PART_ROAD,
    PART_NUMBER,
    PART_ESTATE,
    PART_BUILDING,
    PART_UNIT,
    PART_ROOM,
    PART_COUNT,
} AddressPart;

typedef struct {
    char *part[PART_COUNT]; /* "" where not written */
} Address;

static void address_clear(Address *address)
{
    for (int i = 0; i < PART_COUNT; i++)
        g_free(address->part[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Address, address_clear)

static Address split_address(const char *plain)
{
    /* the groups are AddressPart in order; every one may be missing */
    static const char *const pattern =
        "^(\\p{Han}{1,6}?(?:街道办事处|街道|办事处|镇|乡))?"
        "(\\p{Han}{1,8}?(?:大道|大街|路|街|巷|胡同)(?:[东西南北中]段)?)?"
        "(\\d+(?:-\\d+)?号(?:院)?)?"
        "(.*?)"
        "([0-9a-z甲乙丙丁]+幢)?"
        "([0-9a-z一二三四五六七八九十甲乙丙丁]+单元)?"
        "(?:-?(\\d{1,5}[a-z]?|[东西南北中]户))?$";
    Address address;
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    bool is_split = g_regex_match(regex, plain, 0, &match);
    for (int i = 0; i < PART_COUNT; i++) {
        char *part = is_split ? g_match_info_fetch(match, i + 1) : NULL;
        address.part[i] = part != NULL ? part : g_strdup("");
    }
    return address;
}

static Likeness compare_part(AddressPart kind, const char *a, const char *b)
{
    if (g_str_equal(a, b))
        return SAME;
    if (*a == '\0' || *b == '\0') /* the town is often left out */
        return kind == PART_TOWN ? SAME : UNSURE;
    bool is_word = kind == PART_TOWN || kind == PART_ROAD || kind == PART_ESTATE;
    if (is_word && g_utf8_strlen(a, -1) >= 3 && text_distance(a, b) == 1)
        return UNSURE;
    /* 碧水家园 and 碧水家园小区 */
    if (kind == PART_ESTATE && (g_str_has_prefix(a, b) || g_str_has_prefix(b, a)))
        return UNSURE;
    return DIFFERENT;
}

/* Both split; false where one of them says nothing. */
static bool split_both(const char *a, const char *b, const char *const *regions,
                       Address *left, Address *right)
{
    g_autofree char *x = address_plain(a != NULL ? a : "", regions);
    g_autofree char *y = address_plain(b != NULL ? b : "", regions);
    *left = split_address(x);
    *right = split_address(y);
    return *x != '\0' && *y != '\0';
}

Likeness addresses_compare(const char *a, const char *b, const char *const *regions)
{
    g_auto(Address) left = {{NULL}};
    g_auto(Address) right = {{NULL}};
    if (!split_both(a, b, regions, &left, &right))
        return UNSURE;
    if (counties_differ(a, b, regions))
        return DIFFERENT;
    Likeness worst = SAME;
    bool is_anchored = false; /* a name of a place that both write */
    for (int i = 0; i < PART_COUNT; i++) {
        worst = further(worst, compare_part((AddressPart)i, left.part[i], right.part[i]));
        if (i == PART_ROAD || i == PART_ESTATE || i == PART_TOWN)
            is_anchored |=
                *left.part[i] != '\0' && g_str_equal(left.part[i], right.part[i]);
    }
    return worst == SAME && !is_anchored ? UNSURE : worst;
}

bool addresses_clash(const char *a, const char *b, const char *const *regions)
{
    g_auto(Address) left = {{NULL}};
    g_auto(Address) right = {{NULL}};
    if (!split_both(a, b, regions, &left, &right))
        return false;
    if (counties_differ(a, b, regions))
        return true;
    for (int i = 0; i < PART_COUNT; i++)
        if (*left.part[i] != '\0' && *right.part[i] != '\0' &&
            !g_str_equal(left.part[i], right.part[i]))
            return true;
    return false;
}

bool values_agree(FieldKind kind, const char *a, const char *b,
                  const char *const *regions)
{
    if (a == NULL || b == NULL)
        return false;
    if (kind == KIND_RESIDENT_ID)
        return numbers_compare(a, b) == SAME;
    if (kind == KIND_ADDRESS && counties_differ(a, b, regions))
        return false;
    g_autofree char *x = kind == KIND_ADDRESS       ? address_plain(a, regions)
                         : kind == KIND_PERSON_NAME ? folded_name(a)
                                                    : text_bare(a);
    g_autofree char *y = kind == KIND_ADDRESS       ? address_plain(b, regions)
                         : kind == KIND_PERSON_NAME ? folded_name(b)
                                                    : text_bare(b);
    return *x != '\0' && g_str_equal(x, y);
}

bool values_clash(FieldKind kind, const char *a, const char *b,
                  const char *const *regions)
{
    if (a == NULL || b == NULL || values_agree(kind, a, b, regions))
        return false;
    if (kind == KIND_ADDRESS)
        return addresses_clash(a, b, regions);
    return kind != KIND_PERSON_NAME || names_compare(a, b) != SAME;
}
