/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/date-span.c - what is sure of a date that could not be read whole. */
#include "casework/date-span.h"

void day_span_clear(DaySpan *span)
{
    g_clear_pointer(&span->from, g_free);
    g_clear_pointer(&span->to, g_free);
}

/* The year that stands alone in @text between nothing unsure and its word or mark; 0
 * where there is none, or another beside it. @rest: out, what is behind the word */
static int sure_year(const char *text, const char **rest)
{
    g_autoptr(GRegex) regex =
        g_regex_new("(?<![\\d\\x{FFFD}])((?:19|20)\\d\\d)\\s*[年./·。-]", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    int end = 0;
    if (!g_regex_match(regex, text, 0, &match))
        return 0;
    g_autofree char *year = g_match_info_fetch(match, 1);
    g_match_info_fetch_pos(match, 0, NULL, &end);
    if (g_match_info_next(match, NULL))
        return 0;
    *rest = text + end;
    return atoi(year);
}

/* What is behind @year, where it is the first number of @text, be it with a digit more: a
 * stroke that was read as one. NULL where it is not. */
static const char *behind_year(const char *text, int year)
{
    g_autofree char *digits = g_strdup_printf("%04d", year);
    const char *number = strpbrk(text, "0123456789");
    size_t length = number != NULL ? strspn(number, "0123456789") : 0;
    bool is_year = length >= 4 && length <= 5 && g_str_has_prefix(number, digits);
    return is_year ? number + length : NULL;
}

/* The month that @text goes on with, up to its word or mark; 0 where it does not. */
static int month_at(const char *text)
{
    g_autoptr(GRegex) regex =
        g_regex_new("^[^\\d\\x{FFFD}]{0,2}(\\d{1,2})\\s*[月./·。-]", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(regex, text, 0, &match))
        return 0;
    g_autofree char *digits = g_match_info_fetch(match, 1);
    int month = atoi(digits);
    return g_date_valid_month((GDateMonth)month) ? month : 0;
}

bool date_span(const char *text, const char *second, DaySpan *span)
{
    const char *rest = NULL, *other_rest = NULL;
    *span = (DaySpan){NULL};
    int year = sure_year(text, &rest);
    if (year != 0)
        other_rest = second != NULL ? behind_year(second, year) : rest;
    if (other_rest == NULL)
        return false;
    int month = month_at(rest);
    if (month_at(other_rest) != month)
        month = 0;
    int first = month != 0 ? month : 1, last = month != 0 ? month : 12;
    span->from = g_strdup_printf("%04d-%02d-01", year, first);
    span->to =
        g_strdup_printf("%04d-%02d-%02d", year, last,
                        g_date_get_days_in_month((GDateMonth)last, (GDateYear)year));
    return true;
}
