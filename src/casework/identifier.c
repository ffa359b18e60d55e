/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "casework/identifier.h"

#define OLDEST_PERSON_YEARS 130

/* Provincial divisions, by the first two digits of GB/T 2260 (and 81..83, 91 for the
 * cards of residents from elsewhere, which carry the same check digit). */
static bool is_region(const char *digits)
{
    static const char *const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 "
                                         "41 42 43 44 45 46 50 51 52 53 54 61 62 "
                                         "63 64 65 71 81 82 83 91 93";
    const char prefix[] = {digits[0], digits[1], '\0'};
    return strstr(provinces, prefix) != NULL && prefix[0] != ' ' && prefix[1] != ' ';
}

static bool all_digits(const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!g_ascii_isdigit(text[i]))
            return false;
    return true;
}

static int number_at(const char *text, int start, int count)
{
    int value = 0;
    for (int i = start; i < start + count; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

bool identifier_is_ok(const IdentifierCheck *check)
{
    return check->format != CHECK_BAD && check->structure != CHECK_BAD &&
           check->checksum != CHECK_BAD && check->plausibility != CHECK_BAD;
}

static IdentifierCheck refuse(const char *reason)
{
    return (IdentifierCheck){CHECK_BAD, CHECK_NONE, CHECK_NONE, CHECK_NONE, reason, NULL};
}

/* Marks one part as bad; the first reason stays. */
static void refute(IdentifierCheck *check, CheckState *part, const char *reason)
{
    *part = CHECK_BAD;
    if (check->reason == NULL)
        check->reason = reason;
}

/* --- resident identity number, GB 11643-1999 -------------------------------------------
 */

static char resident_check_digit(const char *number)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 17; i++)
        sum += (number[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

static bool valid_birth(const char *number)
{
    int year = number_at(number, 6, 4), month = number_at(number, 10, 2);
    int day = number_at(number, 12, 2);
    return year >= 1800 && g_date_valid_dmy((GDateDay)day, month, (GDateYear)year);
}

/* Years are compared as text: YYYYMMDD against YYYY-MM-DD without its hyphens. */
static const char *implausible_birth(const char *number, const char *as_of)
{
    if (as_of == NULL || strlen(as_of) < 10)
        return NULL;
    char today[9];
    g_snprintf(today, sizeof today, "%.4s%.2s%.2s", as_of, as_of + 5, as_of + 8);
    if (strncmp(number + 6, today, 8) > 0)
        return "future";
    return atoi(as_of) - number_at(number, 6, 4) > OLDEST_PERSON_YEARS ? "too_old" : NULL;
}

IdentifierCheck identifier_check_resident_id(const char *number, const char *as_of)
{
    g_autofree char *upgraded = resident_id_upgraded(number);
    IdentifierCheck check = {CHECK_OK, CHECK_OK, CHECK_OK, CHECK_OK, NULL, NULL};
    if (upgraded != NULL) {
        check.warning = "legacy_15";
        check.checksum = CHECK_NONE;
        number = upgraded;
    }
    if (strlen(number) != 18)
        return refuse("length");
    if (!all_digits(number, 17) ||
        !(g_ascii_isdigit(number[17]) || g_ascii_toupper(number[17]) == 'X'))
        return refuse("charset");
    if (!is_region(number))
        refute(&check, &check.structure, "region");
    if (!valid_birth(number))
        refute(&check, &check.structure, "date");
    if (resident_check_digit(number) != g_ascii_toupper(number[17]))
        refute(&check, &check.checksum, "check_digit");
    const char *odd =
        check.structure == CHECK_OK ? implausible_birth(number, as_of) : NULL;
    if (odd != NULL)
        refute(&check, &check.plausibility, odd);
    return check;
}

char *resident_id_upgraded(const char *number)
{
    if (strlen(number) != 15 || !all_digits(number, 15))
        return NULL;
    /* 996..999 were kept for people born before 1900 */
    const char *century =
        number[12] == '9' && number[13] == '9' && number[14] >= '6' ? "18" : "19";
    char full[19];
    g_snprintf(full, sizeof full, "%.6s%s%s0", number, century, number + 6);
    full[17] = resident_check_digit(full);
    return g_strdup(full);
}

char *resident_id_birth_date(const char *number)
{
    g_autofree char *upgraded = resident_id_upgraded(number);
    const char *full = upgraded != NULL ? upgraded : number;
    if (strlen(full) != 18 || !all_digits(full, 17) || !valid_birth(full))
        return NULL;
    return g_strdup_printf("%.4s-%.2s-%.2s", full + 6, full + 10, full + 12);
}

bool resident_id_is_male(const char *number)
{
    size_t length = strlen(number);
    return length == 18   ? (number[16] - '0') % 2 == 1
           : length == 15 ? (number[14] - '0') % 2 == 1
                          : false;
}

/* --- unified social credit code, GB 32100-2015
 * ------------------------------------------ */

static int credit_value(char c)
{
    static const char *const charset = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const char *at = c != '\0' ? strchr(charset, c) : NULL;
    return at != NULL ? (int)(at - charset) : -1;
}

static int base36_value(char c)
{
    return g_ascii_isdigit(c) ? c - '0' : c - 'A' + 10;
}

/* Positions 9..17 are a GB 11714 code with a check character of its own. */
static bool inner_is_right(const char *code)
{
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 8; i++)
        sum += base36_value(code[8 + i]) * weights[i];
    int check = 11 - sum % 11;
    char wanted = check == 10 ? 'X' : check == 11 ? '0' : (char)('0' + check);
    return code[16] == wanted;
}

IdentifierCheck identifier_check_credit_code(const char *code)
{
    IdentifierCheck check = {CHECK_OK, CHECK_OK, CHECK_OK, CHECK_NONE, NULL, NULL};
    static const char *const kinds = "11 12 13 19 21 29 31 32 33 34 35 39 41 49 51 52 53 "
                                     "54 55 59 61 62 69 71 72 79 81 89 91 "
                                     "92 93 A1 A9 N1 N2 N3 N9 Y1";
    if (strlen(code) != 18)
        return refuse("length");
    int sum = 0, weight = 1;
    for (int i = 0; i < 18; i++) {
        int value = credit_value(code[i]);
        if (value < 0)
            return refuse("charset");
        if (i < 17)
            sum += value * weight;
        weight = weight * 3 % 31;
    }
    if (!all_digits(code + 2, 6) || !is_region(code + 2))
        refute(&check, &check.structure, "region");
    if (credit_value(code[17]) != (31 - sum % 31) % 31)
        refute(&check, &check.checksum, "check_digit");
    const char prefix[] = {code[0], code[1], '\0'};
    if (strstr(kinds, prefix) == NULL)
        check.warning = "body_kind";
    else if (!inner_is_right(code))
        check.warning = "inner_check_digit";
    return check;
}

/* No region begins with 9, and the codes of businesses do. */
bool identifier_is_firms(const char *number)
{
    if (strlen(number) != 18)
        return false;
    if (number[0] == '9')
        return true;
    bool has_century = strncmp(number + 6, "18", 2) == 0 ||
                       strncmp(number + 6, "19", 2) == 0 ||
                       strncmp(number + 6, "20", 2) == 0;
    if (all_digits(number, 17) && has_century)
        return false;
    IdentifierCheck check = identifier_check_credit_code(number);
    return identifier_is_ok(&check) && check.warning == NULL;
}

IdentifierCheck identifier_check_holder_number(const char *number, const char *as_of)
{
    return identifier_is_firms(number) ? identifier_check_credit_code(number)
                                       : identifier_check_resident_id(number, as_of);
}

/* --- numbers whose form is a pattern
 * ---------------------------------------------------- */

#define PROVINCES "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"

static bool matches(const char *pattern, const char *text)
{
    return g_regex_match_simple(pattern, text, G_REGEX_DOLLAR_ENDONLY, 0);
}

static IdentifierCheck check_pattern(const char *pattern, const char *text)
{
    if (!matches(pattern, text))
        return refuse("pattern");
    return (IdentifierCheck){CHECK_OK, CHECK_NONE, CHECK_NONE, CHECK_NONE, NULL, NULL};
}

IdentifierCheck identifier_check_phone(const char *number)
{
    if (matches("^(\\+?86)?1[3-9]\\d{9}$", number))
        return (IdentifierCheck){CHECK_OK,   CHECK_NONE, CHECK_NONE,
                                 CHECK_NONE, NULL,       NULL};
    IdentifierCheck check = identifier_check_landline(number);
    if (check.format == CHECK_OK && g_str_has_prefix(number, "0378"))
        check.warning = "area_code_until_2013"; /* 开封 has been under 0371 since */
    return check;
}

IdentifierCheck identifier_check_landline(const char *number)
{
    return check_pattern("^(0(10|2\\d|[3-9]\\d{2})-?)?[2-8]\\d{6,7}(-\\d{1,6})?$",
                         number);
}

IdentifierCheck identifier_check_unit_number(const char *number)
{
    if (strlen(number) != 28)
        return refuse("length");
    IdentifierCheck check =
        check_pattern("^[1-9]\\d{11}[GJZ][ABSXCDEFLNHGWY](?!00000)\\d{5}"
                      "(F\\d{8}|[LQ]\\d{8}|W0{8})$",
                      number);
    if (check.format != CHECK_OK)
        return check;
    char owner = number[12], use = number[13];
    check.structure = CHECK_OK;
    if (((use == 'A' || use == 'C') && owner != 'J') || (use == 'B' && owner == 'Z'))
        check.warning = "feature_letters";
    return check;
}

IdentifierCheck identifier_check_certificate_number(const char *number, const char *as_of)
{
    g_autoptr(GRegex) regex =
        g_regex_new("^[" PROVINCES "][(（]((?:19|20)\\d\\d)[)）]\\p{Han}{2,15}"
                    "(?:不动产权|不动产证明)第\\d{7,8}号$",
                    G_REGEX_DOLLAR_ENDONLY, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(regex, number, 0, &match))
        return refuse("pattern");
    IdentifierCheck check = {CHECK_OK, CHECK_NONE, CHECK_NONE, CHECK_OK, NULL, NULL};
    g_autofree char *year = g_match_info_fetch(match, 1);
    /* the certificate exists since March 2015 */
    if (atoi(year) < 2015 || (as_of != NULL && atoi(year) > atoi(as_of)))
        refute(&check, &check.plausibility, "year");
    return check;
}

IdentifierCheck identifier_check_bank_card(const char *number)
{
    size_t length = strlen(number);
    if (length < 13 || length > 19)
        return refuse("length");
    if (!all_digits(number, length))
        return refuse("charset");
    int sum = 0;
    for (size_t i = 0; i < length; i++) {
        int digit = number[length - 1 - i] - '0';
        if (i % 2 == 1)
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    IdentifierCheck check = {CHECK_OK, CHECK_NONE, CHECK_OK, CHECK_NONE, NULL, NULL};
    if (sum % 10 != 0)
        refute(&check, &check.checksum, "check_digit");
    return check;
}

IdentifierCheck identifier_check_invoice_number(const char *number)
{
    size_t length = strlen(number);
    if (length != 8 && length != 20)
        return refuse("length");
    return length == 8
               ? check_pattern("^\\d{8}$", number)
               : check_pattern("^(2[2-9]|3\\d)(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])"
                               "\\d{16}$",
                               number);
}

IdentifierCheck identifier_check_permit_number(const char *number)
{
    return check_pattern("^(C([0-9]|[A-HJ-NP-Z])\\d{7}|[HM]\\d{8}(\\d{2})?)$", number);
}

int machine_zone_check_digit(const char *text)
{
    static const int weights[] = {7, 3, 1};
    int sum = 0;
    for (int i = 0; text[i] != '\0'; i++) {
        if (text[i] == '<')
            continue;
        if (!g_ascii_isdigit(text[i]) && !g_ascii_isupper(text[i]))
            return -1;
        sum += base36_value(text[i]) * weights[i % 3];
    }
    return sum % 10;
}
