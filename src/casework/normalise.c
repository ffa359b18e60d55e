/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "casework/normalise.h"

#include "base/text.h"
#include "reading/page-reading.h"
#include "casework/identifier.h"
#include "casework/compare.h"
#include "casework/known-names.h"
#include "casework/normalise-date.h"

void normalised_clear(Normalised *normalised)
{
    g_clear_pointer(&normalised->value, g_free);
    g_clear_pointer(&normalised->suggestion, g_free);
}

bool kind_is_digits(FieldKind kind)
{
    return kind == KIND_PHONE || kind == KIND_RESIDENT_ID || kind == KIND_NUMBER ||
           kind == KIND_DIGITS;
}

bool kind_has_check_digit(FieldKind kind)
{
    return kind == KIND_RESIDENT_ID || kind == KIND_CREDIT_CODE ||
           kind == KIND_HOLDER_NUMBER;
}

static Normalised sound(char *value)
{
    return (Normalised){.value = value};
}

static Normalised doubtful(char *value, const char *problem)
{
    return (Normalised){.value = value, .problem = problem};
}

static Normalised noisy(char *value, const char *problem)
{
    return (Normalised){.value = value, .problem = problem, .is_soft = true};
}

/* --- characters ------------------------------------------------------------------------
 */

/* Full-width ASCII and the many dashes become ASCII; Chinese punctuation stays. */
static char *half_width(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c >= 0xFF01 && c <= 0xFF5E && c != 0xFF0C && c != 0xFF1B && c != 0xFF1A)
            c -= 0xFEE0;
        else if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2500)
            c = '-';
        g_string_append_unichar(out, c);
    }
    return g_string_free(out, FALSE);
}

/* Specks and rulings that recognition turns into marks at either end of a value. */
static bool is_speck(gunichar c)
{
    static const char *const specks =
        ".,:;'\"`~_|^*!?-=+<>\\/·•。，、：；？！‘’“”…—《》【】〔〕[]{}";
    return g_unichar_isspace(c) || g_utf8_strchr(specks, -1, c) != NULL;
}

static char *without_specks(const char *text)
{
    const char *start = text, *end = text + strlen(text);
    while (*start != '\0' && is_speck(g_utf8_get_char(start)))
        start = g_utf8_next_char(start);
    while (end > start) {
        const char *last = g_utf8_prev_char(end);
        if (!is_speck(g_utf8_get_char(last)))
            break;
        end = last;
    }
    return g_strndup(start, (gsize)(end - start));
}

static bool has_substance(const char *text)
{
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_isalnum(c) || text_is_han(c))
            return true;
    }
    return false;
}

/* One line: no blanks between Chinese characters, half-width digits, no specks outside.
 */
static char *tidy(const char *raw)
{
    g_autofree char *valid = g_utf8_make_valid(raw, -1);
    g_autofree char *closed = text_without_cjk_spaces(valid);
    g_autofree char *narrow = half_width(closed);
    g_auto(GStrv) lines = g_strsplit(narrow, "\n", -1);
    g_autofree char *joined = g_strjoinv("", lines);
    return without_specks(joined);
}

/* Upper case, half width, letters and digits only: how codes are compared. */
static char *code_of(const char *raw)
{
    g_autofree char *folded = text_folded(raw);
    g_autofree char *upper = g_utf8_strup(folded, -1);
    GString *out = g_string_new(NULL);
    for (const char *p = upper; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == 0xD7) /* the sign of multiplication, for X */
            c = 'X';
        if (g_unichar_isalnum(c))
            g_string_append_unichar(out, c);
    }
    return g_string_free(out, FALSE);
}

/* What the letters would be, were they digits. Only ever a suggestion. */
static char *confusables_as_digits(const char *code)
{
    static const char from[] = "OQDIL|BSZG", to[] = "0001118526";
    char *out = g_strdup(code);
    for (char *p = out; *p != '\0'; p++) {
        const char *at = strchr(from, *p);
        if (at != NULL)
            *p = to[at - from];
    }
    return out;
}

/* --- numbers with a form of their own
 * --------------------------------------------------- */

static IdentifierCheck check_code(FieldKind kind, const char *code, const char *as_of)
{
    return kind == KIND_RESIDENT_ID     ? identifier_check_resident_id(code, as_of)
           : kind == KIND_CREDIT_CODE   ? identifier_check_credit_code(code)
           : kind == KIND_HOLDER_NUMBER ? identifier_check_holder_number(code, as_of)
           : kind == KIND_UNIT_NUMBER   ? identifier_check_unit_number(code)
                                        : identifier_check_phone(code);
}

/* @code without the Chinese characters before and behind it: rests of a label. The check
 * character vouches for what is left. */
static char *without_outer_han(char *code)
{
    char *start = code, *end = code + strlen(code);
    while (text_is_han(g_utf8_get_char(start)))
        start = g_utf8_next_char(start);
    while (end > start && text_is_han(g_utf8_get_char(g_utf8_prev_char(end))))
        end = g_utf8_prev_char(end);
    char *bare = g_strndup(start, (gsize)(end - start));
    g_free(code);
    return bare;
}

FieldKind kind_as_written(FieldKind kind, const char *text)
{
    if (kind != KIND_HOLDER_NUMBER)
        return kind;
    g_autofree char *code = without_outer_han(code_of(text != NULL ? text : ""));
    return identifier_is_firms(code) ? KIND_CREDIT_CODE : KIND_RESIDENT_ID;
}

static Normalised normalise_code(FieldKind kind, const char *raw, const char *as_of)
{
    char *code = without_outer_han(code_of(raw));
    IdentifierCheck check = check_code(kind, code, as_of);
    if (identifier_is_ok(&check))
        return sound(code);
    Normalised result = doubtful(code, check.reason);
    g_autofree char *guess = confusables_as_digits(code);
    IdentifierCheck again = check_code(kind, guess, as_of);
    if (!g_str_equal(guess, code) && identifier_is_ok(&again))
        result.suggestion = g_steal_pointer(&guess);
    return result;
}

/* "(0378) 230 0000" -> "0378-2300000"; mobile numbers without any mark. */
static Normalised normalise_phone(const char *raw)
{
    g_autofree char *folded = text_folded(raw);
    g_autoptr(GRegex) area = g_regex_new("^\\((0\\d{2,3})\\)-?", 0, 0, NULL);
    g_autofree char *plain = g_regex_replace(area, folded, -1, 0, "\\1-", 0, NULL);
    GString *kept = g_string_new(NULL);
    bool has_letters = false;
    for (const char *p = plain; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_isalnum(c) || text_is_han(c))
            has_letters |= !g_ascii_isdigit((char)c) || c > 0x7F;
        if (c < 0x80 && (g_ascii_isalnum((char)c) || c == '-'))
            g_string_append_c(kept, (char)g_ascii_toupper((char)c));
    }
    g_autofree char *text = g_string_free(kept, FALSE);
    g_autofree char *trimmed = without_specks(text);
    g_auto(GStrv) parts = g_strsplit(trimmed, "-", -1);
    g_autofree char *joined = g_strjoinv("", parts);
    const char *mobile =
        g_str_has_prefix(joined, "86") && strlen(joined) == 13 ? joined + 2 : joined;
    bool is_mobile = g_regex_match_simple("^1[3-9]\\d{9}$", mobile, 0, 0);
    char *value = g_strdup(is_mobile ? mobile : trimmed);
    IdentifierCheck check = identifier_check_phone(value);
    if (identifier_is_ok(&check))
        return has_letters ? noisy(value, "noise") : sound(value);
    Normalised result = doubtful(value, "phone");
    g_autofree char *guess = confusables_as_digits(value);
    IdentifierCheck again = identifier_check_phone(guess);
    if (!g_str_equal(guess, value) && identifier_is_ok(&again))
        result.suggestion = g_steal_pointer(&guess);
    return result;
}

static char *without_units(const char *text, const FieldDecl *decl)
{
    char *rest = g_strdup(text);
    for (int i = 0; decl != NULL && decl->units != NULL && decl->units[i] != NULL; i++) {
        g_autofree char *unit = text_folded(decl->units[i]);
        g_auto(GStrv) parts = *unit != '\0' ? g_strsplit(rest, unit, -1) : NULL;
        if (parts == NULL)
            continue;
        g_free(rest);
        rest = g_strjoinv(" ", parts);
    }
    return rest;
}

/* The part of an area cell that speaks of the building: "…/房屋建筑面积98.7㎡" ->
 * "98.7m2" */
static const char *after_last(const char *text, const char *word)
{
    const char *at = g_strrstr(text, word);
    return at != NULL ? at + strlen(word) : text;
}

/* An area is given to 0.01 m² (GB/T 17986.1): what follows is its sign, read as a digit.
 */
static bool cut_area_sign(char *number, const FieldDecl *decl)
{
    char *point = strchr(number, '.');
    if (decl == NULL || decl->units == NULL || point == NULL || strlen(point) <= 3 ||
        !g_strv_contains((const char *const *)decl->units, "㎡"))
        return false;
    point[3] = '\0';
    return true;
}

static Normalised normalise_number(const char *raw, const FieldDecl *decl)
{
    static const char *const units =
        "(千瓦时?|kw|kva|千伏安|平方米|平米|m[23]?(/h)?|立方米|户|元|吨|个|台|约|:|：)";
    g_autofree char *folded = text_folded(raw);
    g_autofree char *bare = without_units(after_last(folded, "建筑面积"), decl);
    g_autoptr(GRegex) unit = g_regex_new(units, 0, 0, NULL);
    g_autoptr(GRegex) thousands = g_regex_new("(?<=\\d),(?=\\d{3}(\\D|$))", 0, 0, NULL);
    g_autofree char *digits = g_regex_replace_literal(unit, bare, -1, 0, " ", 0, NULL);
    g_autofree char *joined =
        g_regex_replace_literal(thousands, digits, -1, 0, "", 0, NULL);
    g_autofree char *number = without_specks(joined);
    if (g_regex_match_simple("^\\d{1,9}(\\.\\d{1,4})?$", number, G_REGEX_DOLLAR_ENDONLY,
                             0)) {
        /* a blank between digits may be a point that was not seen; a mark at the end may
         * be a point whose digits were not */
        if (g_regex_match_simple("\\d\\s+\\d", raw, 0, 0))
            return doubtful(g_steal_pointer(&number), "gap");
        g_autofree char *spaced = g_strstrip(g_strdup(joined));
        bool is_clean = g_str_equal(spaced, number) && !cut_area_sign(number, decl);
        return is_clean ? sound(g_steal_pointer(&number))
                        : noisy(g_steal_pointer(&number), "noise");
    }
    g_autofree char *upper = g_ascii_strup(number, -1);
    g_autofree char *guess = confusables_as_digits(upper);
    Normalised result = doubtful(tidy(raw), "number");
    if (g_regex_match_simple("^\\d{1,9}(\\.\\d{1,4})?$", guess, G_REGEX_DOLLAR_ENDONLY,
                             0))
        result.suggestion = g_steal_pointer(&guess);
    return result;
}

static Normalised normalise_digits(const char *raw)
{
    char *code = code_of(raw);
    return g_regex_match_simple("^\\d+$", code, G_REGEX_DOLLAR_ENDONLY, 0)
               ? sound(code)
               : doubtful(code, "digits");
}

/* --- certificate numbers
 * ------------------------------------------------------------------ */

/* 豫 as the stock model reads it on clean print (measured: 驳 on certificates in 2023
 * print, 预 and 象 in other faces). Anything else stays a suggestion. */
static const char *const province_confusables = "驳预象驭";

static Normalised normalise_certificate(const char *raw, const char *as_of)
{
    g_autofree char *tidied = tidy(raw);
    g_autofree char *folded = text_folded(tidied);
    g_autoptr(GRegex) whole =
        g_regex_new("(\\p{Han}?)(\\((?:19|20)\\d\\d\\)\\p{Han}{2,15}"
                    "(?:不动产权|不动产证明)第\\d{7,8}号)",
                    0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(whole, folded, 0, &match))
        return doubtful(g_steal_pointer(&tidied),
                        strstr(folded, "房权证") != NULL ? "old_certificate" : "pattern");
    g_autofree char *province = g_match_info_fetch(match, 1);
    g_autofree char *rest = g_match_info_fetch(match, 2);
    char *number = g_strconcat(province, rest, NULL);
    IdentifierCheck check = identifier_check_certificate_number(number, as_of);
    if (identifier_is_ok(&check))
        return sound(number);
    g_autofree char *repaired = g_strconcat("豫", rest, NULL);
    IdentifierCheck again = identifier_check_certificate_number(repaired, as_of);
    if (check.format != CHECK_BAD || !identifier_is_ok(&again))
        return doubtful(number, check.reason);
    if (*province != '\0' && strstr(province_confusables, province) != NULL) {
        g_free(number);
        return (Normalised){.value = g_steal_pointer(&repaired),
                            .note = "province_repaired"};
    }
    return (Normalised){
        .value = number, .problem = "province", .suggestion = g_steal_pointer(&repaired)};
}

/* --- words
 * ---------------------------------------------------------------------------------- */

static bool is_name_separator(gunichar c)
{
    return c != 0 && (g_utf8_strchr("、,，;；/", -1, c) != NULL || c == '\n');
}

static bool is_middle_dot(gunichar c)
{
    return c == 0xB7 || c == 0x2022 || c == 0x30FB || c == 0x2027;
}

/* 2 to 4 characters, or up to 15 about a middle dot (买买提·艾力). */
static bool is_name(const char *name)
{
    glong length = g_utf8_strlen(name, -1);
    return strstr(name, "·") != NULL ? length >= 4 && length <= 15
                                     : length >= 2 && length <= 4;
}

/* A surname people bear; four characters only behind one of two: 秦和人金 is 秦和金. */
static bool is_usual_name(const char *name)
{
    return strstr(name, "·") != NULL ? is_known_surname(name) : is_known_person(name);
}

/* Several people on one line stay apart by 、 */
static Normalised normalise_name(const char *raw)
{
    g_autofree char *tidied = tidy(raw);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) name = g_string_new(NULL);
    bool has_noise = false;
    const char *p = tidied;
    for (bool is_end = false; !is_end; p = is_end ? p : g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        is_end = c == 0;
        if (text_is_han(c)) {
            g_string_append_unichar(name, c);
        } else if (is_middle_dot(c) && name->len > 0) {
            g_string_append(name, "·");
        } else if (is_end || is_name_separator(c)) {
            g_autofree char *done = without_specks(name->str);
            if (*done != '\0')
                g_ptr_array_add(names, g_steal_pointer(&done));
            g_string_truncate(name, 0);
        } else if (!g_unichar_isspace(c) && !is_speck(c)) {
            has_noise = true;
        }
    }
    if (names->len == 0)
        return doubtful(g_steal_pointer(&tidied), "name");
    bool all_names = true, all_surnames = true;
    for (guint i = 0; i < names->len; i++) {
        all_names &= is_name(names->pdata[i]);
        all_surnames &= is_usual_name(names->pdata[i]);
    }
    g_ptr_array_add(names, NULL);
    char *value = g_strjoinv("、", (GStrv)names->pdata);
    if (!all_names)
        return doubtful(value, "name");
    return !all_surnames ? noisy(value, "surname")
           : has_noise   ? noisy(value, "noise")
                         : sound(value);
}

/* Brackets of a printed hint that were left when its words were taken off. */
static char *without_empty_brackets(const char *text)
{
    g_autoptr(GRegex) empty =
        g_regex_new("[(（\\[【《<]+\\s*[)）\\]】》>]+|^[)）\\]】》>]+", 0, 0, NULL);
    return g_regex_replace_literal(empty, text, -1, 0, "", 0, NULL);
}

static Normalised normalise_text(const char *raw)
{
    g_autofree char *tidied_raw = tidy(raw);
    g_autofree char *open = without_empty_brackets(tidied_raw);
    char *tidied = without_specks(open);
    if (strstr(tidied, "\xEF\xBF\xBD") != NULL)
        return doubtful(tidied, "unreadable");
    /* 1PTV is IPTV, as a rule: letters and digits of one shape are told by their
     * neighbours */
    return g_regex_match_simple("(?<![0-9])[01][A-Z]{2}", tidied, 0, 0)
               ? noisy(tidied, "noise")
               : sound(tidied);
}

/* How firms, offices and banks end. A name that ends otherwise may have been cut off
 * where a line or a column ended. */
static const char *const firm_ends =
    "(公司|集团|厂|店|行|社|部|馆|坊|院|校|园|中心|超市|酒家|室|所|局|会|政府|大学|中学|"
    "小学)$";

/* A party may be a firm or a person, whatever the field expects. */
static Normalised normalise_firm_name(const char *raw)
{
    g_autofree char *tidied = tidy(raw);
    if (g_utf8_strlen(tidied, -1) <= 4)
        return normalise_name(raw);
    g_auto(Normalised) text = normalise_text(raw);
    if (text.problem != NULL)
        return doubtful(g_steal_pointer(&text.value), text.problem);
    bool is_whole = g_regex_match_simple(firm_ends, text.value, 0, 0);
    return is_whole ? sound(g_steal_pointer(&text.value))
                    : noisy(g_steal_pointer(&text.value), "name");
}

static int count_han(const char *text)
{
    int count = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        count += text_is_han(g_utf8_get_char(p));
    return count;
}

/* 号 after a number whose word before is no road, village, estate or number; or a value
 * that begins with a bracket. */
static const char *const unlikely_address =
    "^[(（]|[^0-9A-Za-"
    "z路街道巷胡同段村组园院里庄寨营屯湾区城苑庭府弄坊镇乡幢栋楼座层元门期排委场站墅邸都"
    "居舍轩阁台岸郡花家小号厦汇馆房甲乙丙丁东西南北中,，、()（）#-]\\d+号(?!楼)";

static Normalised normalise_address(const char *raw)
{
    g_autofree char *tidied = tidy(raw);
    g_autofree char *open = without_empty_brackets(tidied);
    g_auto(GStrv) parts = g_strsplit(open, " ", -1);
    char *value = g_strjoinv("", parts);
    if (count_han(value) < 4)
        return doubtful(value, "address");
    if (!g_regex_match_simple("^[\\p{Han}0-9A-Za-z()（）#,，、.;；·-]+$", value, 0, 0))
        return doubtful(value, "noise");
    /* a number stands after a road, a village or an estate; 大谱266号 is 大道 read wrong
     */
    return g_regex_match_simple(unlikely_address, value, 0, 0)
               ? noisy(value, "address_form")
               : sound(value);
}

static Normalised normalise_place(const char *raw)
{
    char *value = tidy(raw);
    return g_regex_match_simple("^\\p{Han}{2,12}$", value, 0, 0)
               ? sound(value)
               : doubtful(value, "place");
}

static Normalised normalise_sex(const char *raw)
{
    char *value = tidy(raw);
    return g_str_equal(value, "男") || g_str_equal(value, "女") ? sound(value)
                                                                : doubtful(value, "sex");
}

static Normalised normalise_ethnicity(const char *raw)
{
    static const char *const peoples =
        " 汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 "
        "傈僳 佤 畲 高山 拉祜 "
        "水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 "
        "塔吉克 怒 乌孜别克 "
        "俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 ";
    g_autofree char *tidied = tidy(raw);
    if (g_str_has_suffix(tidied, "族") && count_han(tidied) > 1)
        tidied[strlen(tidied) - strlen("族")] = '\0';
    g_autofree char *wanted = g_strdup_printf(" %s ", tidied);
    bool is_known = strchr(tidied, ' ') == NULL && strstr(peoples, wanted) != NULL;
    if (!is_known && g_utf8_strlen(tidied, -1) > 1) { /* a stray mark read as one more */
        g_autofree char *shorter =
            g_utf8_substring(tidied, 0, g_utf8_strlen(tidied, -1) - 1);
        g_autofree char *rest = g_strdup_printf(" %s ", shorter);
        if (strchr(shorter, ' ') == NULL && strstr(peoples, rest) != NULL)
            return noisy(g_steal_pointer(&shorter), "noise");
    }
    return is_known ? sound(g_steal_pointer(&tidied))
                    : doubtful(g_steal_pointer(&tidied), "ethnicity");
}

/* A firm where a person is expected: it may own and buy, and so be held against others;
 * it is no name to be accepted on its own. */
static Normalised normalise_firm(const char *raw)
{
    g_auto(Normalised) text = normalise_text(raw);
    return text.problem == NULL ? noisy(g_steal_pointer(&text.value), "name")
                                : doubtful(g_steal_pointer(&text.value), text.problem);
}

/* --- all
 * ------------------------------------------------------------------------------------ */

static Normalised normalise_kind(FieldKind kind, const char *raw, const FieldDecl *decl,
                                 const char *as_of)
{
    switch (kind) {
    case KIND_PERSON_NAME:
        return is_firm_name(raw) ? normalise_firm(raw) : normalise_name(raw);
    case KIND_FIRM_NAME:
        return normalise_firm_name(raw);
    case KIND_PHONE:
        return normalise_phone(raw);
    case KIND_RESIDENT_ID:
    case KIND_CREDIT_CODE:
    case KIND_HOLDER_NUMBER:
    case KIND_UNIT_NUMBER:
        return normalise_code(kind, raw, as_of);
    case KIND_ADDRESS:
        return normalise_address(raw);
    case KIND_PLACE_NAME:
        return normalise_place(raw);
    case KIND_NUMBER:
        return normalise_number(raw, decl);
    case KIND_DIGITS:
        return normalise_digits(raw);
    case KIND_DATE:
        return normalise_date(raw);
    case KIND_DATE_RANGE_END:
        return normalise_range_end(raw);
    case KIND_CERTIFICATE_NUMBER:
        return normalise_certificate(raw, as_of);
    case KIND_SEX:
        return normalise_sex(raw);
    case KIND_ETHNICITY:
        return normalise_ethnicity(raw);
    default:
        return normalise_text(raw);
    }
}

/* Dates whose printed 年 月 日 stand alone have nothing written in them. */
static bool is_written(FieldKind kind, const char *text)
{
    if (kind != KIND_DATE && kind != KIND_DATE_RANGE_END)
        return has_substance(text);
    g_autoptr(GRegex) printed = g_regex_new("[年月日]", 0, 0, NULL);
    g_autofree char *rest = g_regex_replace_literal(printed, text, -1, 0, "", 0, NULL);
    return has_substance(rest);
}

Normalised normalise_value(FieldKind kind, const char *raw, const FieldDecl *decl,
                           const char *as_of)
{
    g_autofree char *valid = g_utf8_make_valid(raw != NULL ? raw : "", -1);
    if (!is_written(kind, valid))
        return sound(NULL);
    Normalised result = normalise_kind(kind, valid, decl, as_of);
    if (result.value != NULL && *result.value == '\0') {
        g_clear_pointer(&result.value, g_free);
        result.value = tidy(valid);
    }
    /* a pattern with a group picked the value out, and is no form of the value alone */
    if (result.problem == NULL && decl != NULL && decl->pattern != NULL &&
        strchr(decl->pattern, '(') == NULL && result.value != NULL &&
        !g_regex_match_simple(decl->pattern, result.value, 0, 0))
        result.problem = "pattern";
    /* Now and then a 号 or an 8 is read as a tick box. */
    if (result.problem == NULL && strstr(valid, READING_TICK_BOX) != NULL)
        result.problem = "noise";
    return result;
}
