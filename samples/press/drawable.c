/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drawable.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "designs.h"
#include "faces.h"
#include "seal.h"

static const TextClass *const tables[] = {firm_papers,   house_papers,   deal_papers,
                                          person_papers, service_papers, look_alikes};

/* --- what a subject has to say ---------------------------------------------------------
 */

static void set(Fields *values, const char *key, char *owned_value)
{
    fields_set(values, key, owned_value);
    g_free(owned_value);
}

static void add_person(Fields *values, const char *role, const Person *person)
{
    const struct {
        const char *key, *value;
    } parts[] = {
        {"name", person->name},
        {"id", person->id_number},
        {"birth", person->birth_date},
        {"sex", person->is_male ? "男" : "女"},
        {"ethnicity", person->ethnicity},
        {"phone", person->phone},
        {"address", person->card_address},
        {"police", person->card_issuer},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *key = g_strdup_printf("%s.%s", role, parts[i].key);
        fields_set(values, key, parts[i].value);
    }
}

static void add_firm(Fields *values, const char *role, const Firm *firm)
{
    const struct {
        const char *key, *value;
    } parts[] = {
        {"name", firm->name},
        {"code", firm->credit_code},
        {"legal", firm->legal_rep},
        {"number", firm->registration_number},
        {"address", firm->address},
        {"type", firm->type},
        {"since", firm->established_on},
        {"until", firm->valid_to},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *key = g_strdup_printf("%s.%s", role, parts[i].key);
        fields_set(values, key, parts[i].value);
    }
}

/* 512000 -> 伍拾壹万贰仟元整. Returns: owned */
static char *sum_in_words(int sum)
{
    static const char *const digits[] = {"零", "壹", "贰", "叁", "肆",
                                         "伍", "陆", "柒", "捌", "玖"};
    static const char *const places[] = {"", "拾", "佰", "仟", "万", "拾", "佰", "仟"};
    GString *out = g_string_new(NULL);
    gboolean has_zero = FALSE;
    for (int place = 7, unit = 10000000; place >= 0; place--, unit /= 10) {
        int digit = sum / unit % 10;
        if (digit > 0) {
            if (has_zero && out->len > 0)
                g_string_append(out, "零");
            g_string_append_printf(out, "%s%s", digits[digit], places[place]);
            has_zero = FALSE;
        } else {
            has_zero = TRUE;
            if (place == 4 && sum >= 10000)
                g_string_append(out, "万");
        }
    }
    g_string_append(out, "元整");
    return g_string_free(out, FALSE);
}

static char *day_new(int year, Dice *dice)
{
    return g_strdup_printf("%d-%02d-%02d", year, dice_int(dice, 1, 12),
                           dice_int(dice, 1, 28));
}

static void add_house(Fields *values, const Subject *subject, Dice *dice)
{
    double area = floor(dice_real(dice, 52, 180) * 100) / 100;
    int price = dice_int(dice, 21, 98) * 10000 + dice_int(dice, 0, 9) * 1000;
    fields_set(values, "site", subject->site->registered);
    fields_set(values, "district", subject->site->district);
    set(values, "area", g_strdup_printf("%.2f", area));
    set(values, "area.inner", g_strdup_printf("%.2f", floor(area * 82) / 100));
    set(values, "sum", g_strdup_printf("%d.00", price));
    set(values, "sum.words", sum_in_words(price));
    set(values, "down", g_strdup_printf("%d.00", price / 1000 * 300));
    set(values, "loan", g_strdup_printf("%d.00", price / 1000 * 700));
    set(values, "tax", g_strdup_printf("%d.00", price / 200 * 3));
    set(values, "tax.words", sum_in_words(price / 200 * 3));
}

static void add_days(Fields *values, int year, Dice *dice)
{
    set(values, "year", g_strdup_printf("%d", year));
    set(values, "date", day_new(year, dice));
    set(values, "later", day_new(year + 1, dice));
    set(values, "from", g_strdup_printf("%d-03-0%d", year, dice_int(dice, 1, 9)));
    set(values, "until", day_new(year + 10, dice));
    set(values, "end", day_new(year + 60, dice));
}

static void add_numbers(Fields *values, const Subject *subject, Dice *dice)
{
    const char *code = district_code(subject->site->district);
    int a = dice_int(dice, 1, 9999999), b = dice_int(dice, 1, 9999);
    set(values, "number.contract", g_strdup_printf("%d%07d", subject->year, a));
    set(values, "number.contract2",
        g_strdup_printf("汴房预字%d第%05d号", subject->year, b));
    set(values, "number.land",
        g_strdup_printf("汴国用（%d）第%05d号", MIN(subject->year, 2015), b));
    set(values, "number.parcel", g_strdup_printf("%s-%03d-%04d", code, b % 60 + 1, b));
    set(values, "number.invoice", g_strdup_printf("%08d", a));
    set(values, "code.invoice",
        g_strdup_printf("0410%02d00%04d", subject->year % 100, b));
    set(values, "code.old", g_strdup_printf("24100%02d%05d", subject->year % 100, b));
    set(values, "number.e",
        g_strdup_printf("%d4120000%03d%08d", MAX(subject->year, 2022) % 100, b % 1000,
                        a));
    set(values, "number.tax",
        g_strdup_printf("3410%02d%04d%08d", subject->year % 100, b, a));
    set(values, "number.old_tax", g_strdup_printf("（%d1）豫契证 %08d", 20, a));
    set(values, "number.house", g_strdup_printf("%09d", a % 1000000));
    set(values, "number.account", g_strdup_printf("%010d", a));
    set(values, "number.case", g_strdup_printf("（%d）豫02执%d号", subject->year, b));
    set(values, "number.officer", g_strdup_printf("军字第%07d号", a));
    set(values, "number.soldier", g_strdup_printf("士字第%08d号", a));
    set(values, "number.exit", g_strdup_printf("C%08d", a));
    set(values, "number.home", g_strdup_printf("H%08d", a));
    set(values, "number.plate", g_strdup_printf("豫B%05d", b));
    set(values, "share.land", g_strdup_printf("%d.%02d", b % 300 + 20, b % 100));
}

static void add_offices(Fields *values, const Subject *subject, Part part, Dice *dice)
{
    gboolean is_county = subject->place == PLACE_TONGXU;
    const char *estate = estate_name(part, subject->place, dice);
    const char *town = is_county ? "通许县" : "开封市";
    fields_set(values, "town", town);
    fields_set(values, "estate", estate);
    set(values, "office.property", g_strdup_printf("%s%s物业服务有限公司", town, estate));
    set(values, "office.community",
        g_strdup_printf("%s%s社区居民委员会", subject->site->district, estate));
    set(values, "office.village",
        g_strdup_printf("%s%s村民委员会", is_county ? "通许县" : "祥符区",
                        dice_chance(dice, 0.5) ? "李庄镇南关" : "大王屯乡双河铺"));
    set(values, "office.works",
        g_strdup_printf("%s第%d机械厂", town, dice_int(dice, 1, 9)));
    set(values, "office.market", g_strdup_printf("%s市场监督管理局", town));
    set(values, "office.tax", g_strdup_printf("国家税务总局%s税务局", town));
    set(values, "office.land", g_strdup_printf("%s人民政府", town));
    set(values, "office.removal", g_strdup_printf("%s房屋征收办公室", town));
    set(values, "office.auction", g_strdup_printf("河南%s拍卖有限公司", estate));
    set(values, "bank",
        g_strdup_printf("中国%s银行股份有限公司%s分行",
                        dice_chance(dice, 0.5) ? "建设" : "工商", town));
}

/* A firm in the place of a person: its name and code, and the person's hand. */
static void put_firm(Fields *values, const char *role, const Firm *firm)
{
    const struct {
        const char *key, *value;
    } parts[] = {
        {"name", firm->name}, {"id", firm->credit_code}, {"address", firm->address}};
    g_autofree char *hand = g_strdup_printf("hand.%s.name", role);
    g_autofree char *name = g_strdup_printf("%s.name", role);
    g_autofree char *person = g_strdup(fields_get(values, name));
    fields_set(values, hand, person);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *key = g_strdup_printf("%s.%s", role, parts[i].key);
        fields_set(values, key, parts[i].value);
    }
}

/* Returns: @day with so many days more, YYYY-MM-DD, owned */
static char *days_after(const char *day, int days)
{
    g_autoptr(GDateTime) start =
        g_date_time_new_utc(atoi(day), atoi(day + 5), atoi(day + 8), 0, 0, 0);
    g_autoptr(GDateTime) end = g_date_time_add_days(start, days);
    return g_date_time_format(end, "%Y-%m-%d");
}

/* What papers say that were made for this very application. */
static void add_occasion(Fields *values, const Subject *subject, Dice *dice)
{
    const struct {
        const char *key;
        int days; /* after it was made */
    } days[] = {{"from", 0}, {"date", 0}, {"later", 90}, {"until", 3650}};
    int age = dice_int(dice, 1, 28);
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++)
        set(values, days[i].key, days_after(subject->brought_on, days[i].days - age));
    if (subject->account != NULL)
        fields_set(values, "number.account", subject->account);
}

static const char *const relations[] = {"户主", "户主", "户主", "妻",
                                        "子",   "长女", "父亲"};
static const char *const matters[] = {"办理水电气暖报装手续", "办理用水用气过户手续",
                                      "办理用电报装业务"};

static Fields *values_of(const Subject *subject, Part part, Dice *dice)
{
    Fields *values = fields_new();
    Dice developer_dice = dice_fork(dice, "developer"), third = dice_fork(dice, "third");
    g_autoptr(Firm) developer =
        firm_new(part, subject->place, "房地产开发", &developer_dice);
    g_autofree char *clerk = person_name(part, &third);
    add_person(values, "person", subject->person);
    add_person(values, "other", subject->other);
    add_firm(values, "firm", subject->firm);
    add_firm(values, "developer",
             subject->is_resold && subject->other_firm != NULL ? subject->other_firm
                                                               : developer);
    add_house(values, subject, dice);
    add_days(values, subject->year, dice);
    add_numbers(values, subject, dice);
    add_offices(values, subject, part, dice);
    fields_set(values, "clerk", clerk);
    fields_set(values, "relation", DICE_PICK(dice, relations));
    fields_set(values, "matter", DICE_PICK(dice, matters));
    fields_set(values, "copy", dice_chance(dice, 0.7) ? "副本" : "正本");
    if (subject->person_firm != NULL)
        put_firm(values, "person", subject->person_firm);
    if (subject->other_firm != NULL)
        put_firm(values, "other", subject->other_firm);
    if (subject->brought_on != NULL)
        add_occasion(values, subject, dice);
    if (subject->is_head) {
        g_autofree char *name = g_strdup(fields_get(values, "person.name"));
        fields_set(values, "clerk", name);
        fields_set(values, "hand.clerk", subject->person->name);
        fields_set(values, "relation", relations[0]);
    }
    fields_set(values, "absent", subject->absent);
    return values;
}

/* --- classes ---------------------------------------------------------------------------
 */

/* The text that @design prints for @key, without asking whether it is a field: fields are
 * those of the class that the design prints. */
static void fill(Paper *paper, const TextClass *class, const Design *design,
                 Fields *values)
{
    for (const Filled *one = class->filled; one->key != NULL; one++) {
        g_autofree char *own = design_source(design, one->key);
        const char *source = own != NULL ? own : one->source;
        gboolean is_absent = fields_chose(values, "absent", one->key);
        const char *known = is_absent        ? "absent"
                            : *source == '=' ? source + 1
                                             : fields_get(values, source);
        g_assert(known != NULL);
        g_autofree char *value = g_strdup(known); /* its place may be set anew */
        if (!design_has(design, one->key))
            continue;
        fields_set(values, one->key, value);
        fields_set(paper->fields, one->key, value);
    }
}

static gboolean prints_all(const Design *design, const char *const *keys)
{
    for (int i = 0; keys[i] != NULL; i++)
        if (!design_has(design, keys[i]))
            return FALSE;
    return TRUE;
}

/* Some classes have designs for firms alone; else those for people do, with the words
 * changed (said_of_firm). */
static gboolean has_designs_for_firms(const TextClass *class)
{
    for (const Design *design = class->designs; design->name != NULL; design++)
        if (design->is_for_firms)
            return TRUE;
    return FALSE;
}

static const Design *choose_design(const TextClass *class, const Subject *subject,
                                   int number, Part part)
{
    const Design *fitting[MOST_DESIGNS];
    gboolean is_for_firm = subject->person_firm != NULL && has_designs_for_firms(class);
    int count = 0;
    for (const Design *design = class->designs; design->name != NULL; design++)
        if ((part == PART_MEASURE || !design->is_for_measuring) &&
            design->is_for_firms == is_for_firm && prints_all(design, subject->prints))
            fitting[count++] = design;
    g_assert(count > 0);
    return fitting[number % count];
}

/* How firms are told apart instead of people. @key: the value that stands behind */
static void replace_labels(GString *text, const char *key)
{
    static const char *const labels[][2] = {
        {"证件类型：居民身份证　证号：", "证件类型：营业执照　证号："},
        {"【身份证】号码：", "【统一社会信用代码】："},
        {"身份证件号码：", "统一社会信用代码："},
        {"身份证号码：", "统一社会信用代码："},
        {"身份证号：", "统一社会信用代码："},
        {"身份证号码|", "统一社会信用代码|"},
        {"身份证号|", "统一社会信用代码|"},
        {"身份证号码", "统一社会信用代码"},
        {"身份证号", "统一社会信用代码"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(labels); i++) {
        g_autofree char *old = g_strdup_printf("%s{%s}", labels[i][0], key);
        g_autofree char *new = g_strdup_printf("%s{%s}", labels[i][1], key);
        g_string_replace(text, old, new, 0);
    }
}

/* The text of @design with a firm's words where a firm stands. Returns: owned */
static char *said_of_firm(const Design *design, const Subject *subject)
{
    static const char *const holders[] = {"person.id", "buyer_id", "taxpayer_id",
                                          "holder_id"};
    GString *text = g_string_new(design->text);
    for (gsize i = 0; subject->person_firm != NULL && i < G_N_ELEMENTS(holders); i++)
        replace_labels(text, holders[i]);
    if (subject->other_firm != NULL)
        replace_labels(text, "other.id");
    return g_string_free(text, FALSE);
}

/* 加盖公章: in the open left of the foot, where copies are stamped. */
static void stamp(Paper *paper, const Subject *subject, Part part, Dice *dice)
{
    Sheet *sheet = paper->sheets->pdata[0];
    double x = sheet->width_mm * dice_real(dice, 0.2, 0.42);
    double y = sheet->height_mm * dice_real(dice, 0.7, 0.84);
    seal_round(sheet, x, y, dice_real(dice, 38, 42), faces_pick(part, KIND_SONG, dice),
               subject->firm->name, NULL, dice);
    g_ptr_array_add(paper->seals, g_strdup(subject->firm->name));
}

static Paper *draw_text_class(const TextClass *class, const Subject *subject, int number,
                              Part part, Dice *dice)
{
    gboolean is_look_alike = strcmp(class->class_name, "look_alike") == 0;
    Design design = *choose_design(class, subject, number, part);
    g_autofree char *text = said_of_firm(&design, subject);
    Paper *paper =
        paper_new(is_look_alike ? "unknown" : class->class_name, !is_look_alike);
    g_autoptr(Fields) values = values_of(subject, part, dice);
    paper->design = design.name;
    design.text = text;
    if (!is_look_alike)
        fill(paper, class, &design, values);
    design_draw(paper, &design, values, part, dice);
    if (subject->has_own_seal)
        stamp(paper, subject, part, dice);
    return paper;
}

static Paper *draw_card(const Subject *subject, int number, Part part, Dice *dice)
{
    g_autofree char *from = day_new(subject->year, dice);
    g_autofree char *to = g_strdup_printf("%d%s", subject->year + 20, from + 4);
    Card card = {subject->person, from, to, (CardLayout)(number % 5)};
    return paper_id_card(&card, part, dice);
}

static Paper *draw_certificate(const Subject *subject, Part part, Dice *dice)
{
    const char *owner =
        subject->person_firm != NULL ? subject->person_firm->name : subject->person->name;
    Certificate certificate = {owner, subject->site, subject->place,
                               MAX(subject->year, 2016)};
    return paper_property_certificate(&certificate, part, dice);
}

static const TextClass *find_class(const char *name)
{
    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
        for (const TextClass *class = tables[t]; class->class_name != NULL; class ++)
            if (strcmp(class->class_name, name) == 0)
                return class;
    return NULL;
}

const char *const *drawable_classes(void)
{
    static const char *names[32] = {"id_card", "property_certificate"};
    int n = 2;
    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
        for (const TextClass *class = tables[t]; class->class_name != NULL; class ++)
            names[n++] = class->class_name;
    g_assert(n < (int)G_N_ELEMENTS(names));
    return names;
}

gboolean drawable_is(const char *class_name)
{
    return g_strv_contains(drawable_classes(), class_name);
}

Paper *drawable_new(const char *class_name, const Subject *subject, int number, Part part,
                    Dice *dice)
{
    if (strcmp(class_name, "id_card") == 0)
        return draw_card(subject, number, part, dice);
    if (strcmp(class_name, "property_certificate") == 0)
        return draw_certificate(subject, part, dice);
    return draw_text_class(find_class(class_name), subject, number, part, dice);
}

GPtrArray *drawable_pile(const char *classes, int number, Part part, Place place,
                         Dice *dice)
{
    GPtrArray *papers = g_ptr_array_new();
    g_auto(GStrv) names = g_strsplit(classes, ",", -1);
    for (int i = 0; names[i] != NULL; i++) {
        Dice lot = dice_fork(dice, names[i]);
        g_autoptr(Person) person = person_new(part, place, &lot);
        g_autoptr(Person) other = person_new(part, place, &lot);
        g_autoptr(Firm) firm = firm_new(part, place, NULL, &lot);
        g_autoptr(Site) site = site_new(part, place, &lot);
        Subject subject = {.person = person,
                           .other = other,
                           .firm = firm,
                           .site = site,
                           .place = place,
                           .year = dice_int(&lot, 2016, 2022)};
        g_ptr_array_add(papers, drawable_new(names[i], &subject, number + i, part, &lot));
    }
    return papers;
}
