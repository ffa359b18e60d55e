/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/normalise-date.c - dates as people and printers write them. */
#include "casework/normalise-date.h"

#include "base/text.h"

/* 二〇二三年三月八日 -> 2023年3月8日. Tens are written 十, 二十, 二十三. */
static char *han_digits_replaced(const char *text)
{
    static const char *const digits[] = {"〇零○", "一", "二", "三", "四",
                                         "五",    "六", "七", "八", "九"};
    g_autofree gunichar *chars = g_utf8_to_ucs4_fast(text, -1, NULL);
    GString *out = g_string_new(NULL);
    for (int i = 0; chars[i] != 0; i++) {
        int digit = -1;
        for (int d = 0; d < 10 && digit < 0; d++)
            if (g_utf8_strchr(digits[d], -1, chars[i]) != NULL)
                digit = d;
        if (chars[i] == 0x5341) { /* 十 */
            bool has_tens = out->len > 0 && g_ascii_isdigit(out->str[out->len - 1]);
            bool has_ones = chars[i + 1] != 0 &&
                            g_utf8_strchr("一二三四五六七八九", -1, chars[i + 1]) != NULL;
            g_string_append(out,
                            has_tens ? (has_ones ? "" : "0") : (has_ones ? "1" : "10"));
        } else if (digit >= 0) {
            g_string_append_c(out, (char)('0' + digit));
        } else {
            g_string_append_unichar(out, chars[i]);
        }
    }
    return g_string_free(out, FALSE);
}

typedef struct {
    GPtrArray *dates; /* char *, YYYY-MM-DD */
    bool is_bad;      /* a date that is none, e.g. month 13 */
    bool is_open; /* behind 月 the last has two digits and no 日: it may be one of them */
    int end;      /* byte after the last date */
    char *text;   /* what was searched */
} Dates;

static void dates_clear(Dates *dates)
{
    g_clear_pointer(&dates->dates, g_ptr_array_unref);
    g_free(dates->text);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Dates, dates_clear)

static Dates find_dates(const char *raw)
{
    g_autofree char *narrow = g_utf8_normalize(raw, -1, G_NORMALIZE_ALL_COMPOSE);
    Dates found = {.dates = g_ptr_array_new_with_free_func(g_free),
                   .text = han_digits_replaced(narrow)};
    g_autoptr(GRegex) regex = g_regex_new(
        "(?<!\\d)((?:18|19|20|21)\\d\\d)(?:\\s*[年.,/"
        "·。-]\\s*|\\s+)(\\d{1,2})(?:\\s*[月.,/·。-]\\s*|\\s+)"
        "(\\d{1,2})(?!\\d)\\s*日?|(?<!\\d)((?:18|19|20|21)\\d\\d)(\\d\\d)(\\d\\d)(?!\\d)",
        0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    g_regex_match(regex, found.text, 0, &match);
    for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
        int part[3], first = 1;
        g_autofree char *year = g_match_info_fetch(match, 1);
        if (year == NULL || *year == '\0')
            first = 4;
        for (int i = 0; i < 3; i++) {
            g_autofree char *text = g_match_info_fetch(match, first + i);
            part[i] = atoi(text);
        }
        g_match_info_fetch_pos(match, 0, NULL, &found.end);
        g_autofree char *whole = g_match_info_fetch(match, 0);
        found.is_open = g_regex_match_simple("月\\s*\\d\\d\\s*$", whole, 0, 0);
        if (g_date_valid_dmy((GDateDay)part[2], part[1], (GDateYear)part[0]))
            g_ptr_array_add(found.dates,
                            g_strdup_printf("%04d-%02d-%02d", part[0], part[1], part[2]));
        else
            found.is_bad = true;
    }
    return found;
}

static Normalised unreadable(const char *raw)
{
    return (Normalised){.value = g_strstrip(text_without_cjk_spaces(raw)),
                        .problem = "date"};
}

/* Digits left over beside the date: something was read that is not in it. */
static bool has_leftover(const char *text, int end)
{
    return g_regex_match_simple("\\d", text + end, 0, 0);
}

/* A year whose first digits were lost, under a seal most often, and which is of this
 * century then, or one whose 年 was: most likely right, and nobody's promise. */
static Normalised date_of_cut_year(const char *raw, const char *text)
{
    g_autoptr(GRegex) regex = g_regex_new("^\\D{0,2}(?:20|0?)([0-4]\\d)(?:年|(?<="
                                          "20\\d\\d)(?=\\d{1,2}月))\\D{0,2}(\\d{1,2})月"
                                          "\\D{0,2}(\\d{1,2})日?\\D*$",
                                          0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(regex, text, 0, &match))
        return unreadable(raw);
    g_autofree char *year = g_match_info_fetch(match, 1);
    g_autofree char *month = g_match_info_fetch(match, 2);
    g_autofree char *day = g_match_info_fetch(match, 3);
    if (!g_date_valid_dmy((GDateDay)atoi(day), atoi(month),
                          (GDateYear)(2000 + atoi(year))))
        return unreadable(raw);
    return (Normalised){
        .value = g_strdup_printf("20%s-%02d-%02d", year, atoi(month), atoi(day)),
        .problem = "date"};
}

/* A date whose 日 lost its level strokes and was read as one digit more: 251 for 25日. */
static Normalised date_of_worn_word(const char *raw, const char *text)
{
    g_autoptr(GRegex) regex = g_regex_new(
        "^\\D{0,2}((?:19|20)\\d\\d)年(\\d{1,2})月(\\d\\d)\\d\\D{0,2}$", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (strstr(text, "日") != NULL || !g_regex_match(regex, text, 0, &match))
        return date_of_cut_year(raw, text);
    g_autofree char *year = g_match_info_fetch(match, 1);
    g_autofree char *month = g_match_info_fetch(match, 2);
    g_autofree char *day = g_match_info_fetch(match, 3);
    if (!g_date_valid_dmy((GDateDay)atoi(day), atoi(month), (GDateYear)atoi(year)))
        return unreadable(raw);
    return (Normalised){.value = g_strdup_printf("%s-%02d-%s", year, atoi(month), day),
                        .problem = "date"};
}

/* A date with strokes between its numbers, or a stray digit before its year: the day is
 * most likely right, and only another paper makes it sure. */
static Normalised loose_date(const char *raw, const char *text)
{
    g_autoptr(GRegex) regex =
        g_regex_new("(?<!\\d)\\d{0,2}((?:19|20)\\d\\d)\\D{1,4}(\\d{1,2})"
                    "\\D{1,3}(\\d{1,2})(?!\\d)[^\\d]*$",
                    0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(regex, text, 0, &match))
        return date_of_worn_word(raw, text);
    g_autofree char *year = g_match_info_fetch(match, 1);
    g_autofree char *month = g_match_info_fetch(match, 2);
    g_autofree char *day = g_match_info_fetch(match, 3);
    if (!g_date_valid_dmy((GDateDay)atoi(day), atoi(month), (GDateYear)atoi(year)))
        return unreadable(raw);
    return (Normalised){.value =
                            g_strdup_printf("%s-%02d-%02d", year, atoi(month), atoi(day)),
                        .problem = "noise",
                        .is_soft = true};
}

/* The first and last day of a term of 5, 10 or 20 years, as cards have it (身份证法, art.
 * 5): both name one day and month, and so bear each other out whatever stands between and
 * behind them. Returns: whether @text is one; @from, @to: out, owned */
static bool read_card_term(const char *text, char **from, char **to)
{
    g_autoptr(GRegex) regex =
        g_regex_new("^\\D*((?:19|20)\\d\\d)\\D{1,2}(\\d\\d)\\D{1,2}(\\d\\d)\\D{0,3}"
                    "((?:19|20)\\d\\d)\\D{1,2}\\2\\D{1,2}\\3\\D{0,2}\\d?\\D{0,2}$",
                    0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(regex, text, 0, &match))
        return false;
    g_autofree char *first = g_match_info_fetch(match, 1);
    g_autofree char *month = g_match_info_fetch(match, 2);
    g_autofree char *day = g_match_info_fetch(match, 3);
    g_autofree char *last = g_match_info_fetch(match, 4);
    int years = atoi(last) - atoi(first);
    if ((years != 5 && years != 10 && years != 20) ||
        !g_date_valid_dmy((GDateDay)atoi(day), atoi(month), (GDateYear)atoi(first)) ||
        !g_date_valid_dmy((GDateDay)atoi(day), atoi(month), (GDateYear)atoi(last)))
        return false;
    *from = g_strdup_printf("%s-%s-%s", first, month, day);
    *to = g_strdup_printf("%s-%s-%s", last, month, day);
    return true;
}

Normalised normalise_date(const char *raw)
{
    g_auto(Dates) found = find_dates(raw);
    g_autofree char *from = NULL, *to = NULL;
    if (read_card_term(found.text, &from, &to))
        return (Normalised){.value = g_steal_pointer(&from)};
    if (found.dates->len == 0 && !found.is_bad)
        return loose_date(raw, found.text);
    if (found.dates->len == 0 || found.is_bad)
        return unreadable(raw);
    Normalised result = {.value = g_strdup(found.dates->pdata[0])};
    if (found.dates->len == 1 && has_leftover(found.text, found.end)) {
        /* "2015.03.08-2035.0?" names its first day all the same; anything else is
         * doubtful */
        result.problem = strpbrk(found.text + found.end, "-") != NULL ? NULL : "date";
    } else if (found.dates->len == 1 && found.is_open) {
        result.problem = "date";
    }
    return result;
}

Normalised normalise_range_end(const char *raw)
{
    g_auto(Dates) found = find_dates(raw);
    g_autofree char *closed = text_folded(raw);
    if (strstr(closed, "长期") != NULL || strstr(closed, "長期") != NULL)
        return (Normalised){.value = g_strdup("长期")};
    g_autofree char *from = NULL, *to = NULL;
    if (read_card_term(found.text, &from, &to))
        return (Normalised){.value = g_steal_pointer(&to)};
    if (found.dates->len == 0 || found.is_bad || found.dates->len > 2)
        return unreadable(raw);
    g_autofree char *rest = g_strstrip(g_strdup(found.text + found.end));
    /* after a first day alone the last one was not read */
    bool is_cut =
        found.dates->len == 1 && g_regex_match_simple("^[-—–~至一]|\\d", rest, 0, 0);
    if (is_cut)
        return unreadable(raw);
    if (found.dates->len == 2 &&
        strcmp(found.dates->pdata[1], found.dates->pdata[0]) <= 0)
        return (Normalised){.value = g_strdup(found.dates->pdata[1]),
                            .problem = "date_order"};
    return (Normalised){.value = g_strdup(found.dates->pdata[found.dates->len - 1])};
}
