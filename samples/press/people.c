/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people.h"

#include <string.h>

#include "pools.h"

typedef struct {
    const char *name, *code, *police;
} District;

static const District districts[] = {
    {"龙亭区", "410202", "开封市公安局龙亭分局"},
    {"顺河回族区", "410203", "开封市公安局顺河分局"},
    {"鼓楼区", "410204", "开封市公安局鼓楼分局"},
    {"禹王台区", "410205", "开封市公安局禹王台分局"},
    {"祥符区", "410212", "开封市公安局祥符分局"},
    {"通许县", "410222", "通许县公安局"},
};
#define CITY_DISTRICTS 5

static const District *district_of(Place place, Dice *dice)
{
    return place == PLACE_TONGXU ? &districts[CITY_DISTRICTS]
                                 : &districts[dice_int(dice, 0, CITY_DISTRICTS - 1)];
}

const char *district_code(const char *district)
{
    for (gsize i = 0; i < G_N_ELEMENTS(districts); i++)
        if (strcmp(districts[i].name, district) == 0)
            return districts[i].code;
    return districts[0].code;
}

char id_check_digit(const char *digits)
{
    static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 17; i++)
        sum += (digits[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

static char *given_name(Part part, gboolean is_male, Dice *dice)
{
    const char *const *table = is_male ? given_male : given_female;
    const char *first = pool_pick(table, part, dice);
    const char *second = dice_chance(dice, 0.75) ? pool_pick(table, part, dice) : "";
    return g_strconcat(first, second, NULL);
}

static char *full_name(Part part, gboolean is_male, Dice *dice)
{
    const char *const *table = dice_chance(dice, 0.04) ? compound_surnames : surnames;
    const char *surname = pool_pick(table, part, dice);
    g_autofree char *given = given_name(part, is_male, dice);
    return g_strconcat(surname, given, NULL);
}

char *person_name(Part part, Dice *dice)
{
    return full_name(part, dice_chance(dice, 0.5), dice);
}

char *mobile_number(Dice *dice)
{
    /* 1xx0000xxxx: well formed, and plainly not a number somebody would be given. */
    return g_strdup_printf("1%d%d0000%04d", dice_int(dice, 3, 9), dice_int(dice, 0, 9),
                           dice_int(dice, 0, 9999));
}

static char *id_number_for(const char *code, const char *birth_date, gboolean is_male,
                           Dice *dice)
{
    int serial = dice_int(dice, 0, 498) * 2 + (is_male ? 1 : 0);
    g_autofree char *digits = g_strdup_printf("%s%.4s%.2s%.2s%03d", code, birth_date,
                                              birth_date + 5, birth_date + 8, serial);
    return g_strdup_printf("%s%c", digits, id_check_digit(digits));
}

static char *home_in(Dice *dice, Part part, Place place)
{
    const char *const *estates = place == PLACE_TONGXU ? county_estates : city_estates;
    static const char *const building_words[] = {"号楼", "号楼", "幢", "栋", "号楼"};
    const char *building = DICE_PICK(dice, building_words);
    int floor = dice_int(dice, 1, 18), door = dice_int(dice, 1, 4);
    const char *room = dice_chance(dice, 0.6)   ? "室"
                       : dice_chance(dice, 0.5) ? "户"
                                                : "号";
    if (dice_chance(dice, 0.15))
        return g_strdup_printf("%s%d%s%d层%d%s", pool_pick(estates, part, dice),
                               dice_int(dice, 1, 32), building, floor, door, room);
    return g_strdup_printf("%s%d%s%d单元%d0%d%s", pool_pick(estates, part, dice),
                           dice_int(dice, 1, 32), building, dice_int(dice, 1, 4), floor,
                           door, room);
}

const char *estate_name(Part part, Place place, Dice *dice)
{
    return pool_pick(place == PLACE_TONGXU ? county_estates : city_estates, part, dice);
}

static void village_home(Site *site, Part part, Place place, Dice *dice)
{
    const char *const *villages = place == PLACE_TONGXU ? county_villages : city_villages;
    site->street = g_strdup(pool_pick(villages, part, dice));
    site->home =
        dice_chance(dice, 0.5)
            ? g_strdup_printf("%d组%d号", dice_int(dice, 1, 9), dice_int(dice, 1, 180))
            : g_strdup_printf("%d号", dice_int(dice, 1, 320));
}

Site *site_new(Part part, Place place, Dice *dice)
{
    Site *site = g_new0(Site, 1);
    site->district = district_of(place, dice)->name;
    if (dice_chance(dice, place == PLACE_TONGXU ? 0.3 : 0.12)) {
        village_home(site, part, place, dice);
    } else {
        const char *const *streets =
            place == PLACE_TONGXU ? county_streets : city_streets;
        site->street = g_strdup_printf("%s%d号", pool_pick(streets, part, dice),
                                       dice_int(dice, 1, 299));
        site->home = home_in(dice, part, place);
    }
    site->registered =
        g_strconcat("开封市", site->district, site->street, site->home, NULL);
    /* People leave out the city, seldom also the district, on the form. */
    if (dice_chance(dice, 0.45))
        site->full = g_strdup(site->registered);
    else
        site->full = g_strconcat(site->district, site->street, site->home, NULL);
    return site;
}

/* @text with its last digit another one. Returns: owned */
static char *with_other_digit(const char *text)
{
    char *out = g_strdup(text);
    for (gsize i = strlen(out); i > 0; i--)
        if (g_ascii_isdigit(out[i - 1])) {
            out[i - 1] = out[i - 1] == '9' ? '1' : (char)(out[i - 1] + 1);
            break;
        }
    return out;
}

Site *site_next_door(const Site *site)
{
    Site *next = g_new0(Site, 1);
    next->district = site->district;
    next->street = g_strdup(site->street);
    next->home = with_other_digit(site->home);
    next->full = with_other_digit(site->full);
    next->registered = with_other_digit(site->registered);
    return next;
}

void site_free(Site *site)
{
    if (site == NULL)
        return;
    g_free(site->street);
    g_free(site->home);
    g_free(site->full);
    g_free(site->registered);
    g_free(site);
}

/* At most three lines of eleven characters, as the card has room for. */
static char *card_address(Part part, Place place, const District *district, Dice *dice)
{
    const char *county = place == PLACE_TONGXU ? "河南省" : "河南省开封市";
    if (dice_chance(dice, 0.35)) {
        const char *const *villages =
            place == PLACE_TONGXU ? county_villages : city_villages;
        return g_strdup_printf("%s%s%s%d号", county, district->name,
                               pool_pick(villages, part, dice), dice_int(dice, 1, 320));
    }
    const char *const *streets = place == PLACE_TONGXU ? county_streets : city_streets;
    const char *street = pool_pick(streets, part, dice);
    int number = dice_int(dice, 1, 299);
    if (dice_chance(dice, 0.4))
        return g_strdup_printf("%s%s%s%d号", county, district->name, street, number);
    return g_strdup_printf("%s%s%s%d号院%d号楼%d单元%d号", county, district->name, street,
                           number, dice_int(dice, 1, 20), dice_int(dice, 1, 4),
                           dice_int(dice, 1, 40));
}

Person *person_new(Part part, Place place, Dice *dice)
{
    static const char *const ethnicities[] = {"汉", "汉", "汉", "汉", "汉",  "汉",
                                              "汉", "回", "回", "满", "蒙古"};
    Person *person = g_new0(Person, 1);
    const District *district = district_of(place, dice);
    person->is_male = dice_chance(dice, 0.5);
    person->name = full_name(part, person->is_male, dice);
    person->phone = mobile_number(dice);
    person->birth_date = g_strdup_printf("%d-%02d-%02d", dice_int(dice, 1900, 1909),
                                         dice_int(dice, 1, 12), dice_int(dice, 1, 28));
    person->id_number =
        id_number_for(district->code, person->birth_date, person->is_male, dice);
    person->ethnicity = DICE_PICK(dice, ethnicities);
    person->card_address = card_address(part, place, district, dice);
    person->card_issuer = g_strdup(district->police);
    return person;
}

Person *person_twin(const Person *person, Dice *dice)
{
    Person *twin = g_new0(Person, 1);
    *twin = *person;
    twin->name = g_strdup(person->name);
    twin->phone = g_strdup(person->phone);
    twin->birth_date = g_strdup(person->birth_date);
    twin->card_address = g_strdup(person->card_address);
    twin->card_issuer = g_strdup(person->card_issuer);
    twin->id_number = g_strdup(person->id_number);
    /* of the serial, so that birth and sex stay as the card says them */
    char *digit = &twin->id_number[dice_int(dice, 14, 15)];
    *digit = (char)('0' + (*digit - '0' + dice_int(dice, 1, 9)) % 10);
    twin->id_number[17] = id_check_digit(twin->id_number);
    return twin;
}

void person_free(Person *person)
{
    if (person == NULL)
        return;
    g_free(person->name);
    g_free(person->phone);
    g_free(person->id_number);
    g_free(person->birth_date);
    g_free(person->card_address);
    g_free(person->card_issuer);
    g_free(person);
}

char *pool_text(void)
{
    static const char *const *const tables[] = {
        surnames,        compound_surnames, given_male,   given_female,
        city_streets,    county_streets,    city_estates, county_estates,
        county_villages, city_villages};
    GString *text = g_string_new("0123456789Xx-/.:：㎡²³M℃□√（）()〔〕《》“”、，。；豫");
    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
        for (int i = 0; tables[t][i] != NULL; i++)
            g_string_append(text, tables[t][i]);
    return g_string_free(text, FALSE);
}
