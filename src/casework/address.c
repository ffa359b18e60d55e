/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/address.c - two addresses, part by part. */
#include "casework/address.h"

#include "base/text.h"
#include "casework/address-parts.h"

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
    const char *x =
        address_has(a, PART_PROVINCE) ? a->part[PART_PROVINCE] : HOME_PROVINCE;
    const char *y =
        address_has(b, PART_PROVINCE) ? b->part[PART_PROVINCE] : HOME_PROVINCE;
    bool is_written = address_has(a, PART_PROVINCE) && address_has(b, PART_PROVINCE);
    return g_str_equal(x, y) ? SAME : is_written ? DIFFERENT : UNSURE;
}

static Likeness compare_city(const Address *a, const Address *b)
{
    const char *x = address_has(a, PART_CITY) ? a->part[PART_CITY] : HOME_CITY;
    const char *y = address_has(b, PART_CITY) ? b->part[PART_CITY] : HOME_CITY;
    bool is_written = address_has(a, PART_CITY) && address_has(b, PART_CITY);
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
    return part == PART_ROOM && address_has(a, PART_FLOOR) != address_has(b, PART_FLOOR);
}

/* 东户 is on every floor. */
static bool is_on_every_floor(const Address *address)
{
    const char *room = address->part[PART_ROOM];
    return *room != '\0' && !g_ascii_isdigit(*room) && !address_has(address, PART_FLOOR);
}

/* What was not understood (3号车间, 1-3层) is the same where it is written the same,
 * behind the number of a house on a road that both have. */
static bool have_same_rest(const Address *a, const Address *b)
{
    return address_has(a, PART_ROAD) && address_has(b, PART_ROAD) &&
           address_has(a, PART_NUMBER) && address_has(b, PART_NUMBER) &&
           g_str_equal(a->part[PART_REST], b->part[PART_REST]);
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
    g_auto(Address) left = address_split(a, regions);
    g_auto(Address) right = address_split(b, regions);
    Likeness worst = compare_regions(&left, &right, regions);
    bool has_name = false, is_narrow = false;
    for (int i = PART_TOWN; i < PART_REST; i++) {
        Likeness likeness = compare_part((AddressPart)i, &left, &right);
        if (likeness == DIFFERENT && is_told_by_floor((AddressPart)i, &left, &right))
            likeness = UNSURE;
        worst = further(worst, likeness);
        bool is_shared = likeness == SAME && address_has(&left, (AddressPart)i) &&
                         address_has(&right, (AddressPart)i);
        has_name |= is_shared && parts[i].is_name;
        is_narrow |= is_shared && parts[i].is_narrow;
    }
    bool is_parsed = !address_has(&left, PART_REST) && !address_has(&right, PART_REST);
    is_narrow &= !is_on_every_floor(&left) && !is_on_every_floor(&right);
    is_parsed |= worst == SAME && has_name && is_narrow && have_same_rest(&left, &right);
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
    g_auto(Address) left = address_split(a, regions);
    g_auto(Address) right = address_split(b, regions);
    if (compare_regions(&left, &right, regions) == DIFFERENT)
        return true;
    for (int i = PART_TOWN; i < PART_REST; i++) {
        AddressPart part = (AddressPart)i;
        bool is_shared = address_has(&left, part) && address_has(&right, part);
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
    g_auto(Address) left = address_split(a, regions);
    g_auto(Address) right = address_split(b, regions);
    g_autofree char *x = address_plain(a, regions);
    g_autofree char *y = address_plain(b, regions);
    return *x != '\0' && g_str_equal(x, y) &&
           compare_regions(&left, &right, regions) != DIFFERENT;
}
