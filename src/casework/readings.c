/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/readings.c - what several readings of the same ink come to. */
#include "casework/readings.h"

#include "base/text.h"

/* Whether a text that one of several inks lacks is none of all. */
static bool is_all_or_none(InkText which)
{
    return which == TEXT_DIGITS || which == TEXT_HAND;
}

static const char *text_of(const Ink *ink, InkText which)
{
    const char *const texts[TEXT_COUNT] = {ink->text,        ink->second_text,
                                           ink->digits_text, ink->hand_number,
                                           ink->hand_words,  NULL};
    return texts[which];
}

bool ink_is_substantial(const Ink *ink)
{
    g_autofree char *bare = text_bare(ink->text);
    return *bare != '\0';
}

char *readings_text(const PaperField *source, InkText which)
{
    bool has_any = false;
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < source->inks->len; i++) {
        const Ink *ink = source->inks->pdata[i];
        const char *text = text_of(ink, which);
        if (!ink_is_substantial(ink))
            continue;
        if (text == NULL && is_all_or_none(which))
            return NULL;
        has_any |= text != NULL;
        g_string_append_printf(out, "%s%s", out->len > 0 ? "\n" : "",
                               text != NULL ? text : ink->text);
    }
    return has_any ? g_strdup(out->str) : NULL;
}

/* The second reading without the label that the first had before or after its value. */
static char *second_value(const PaperField *source)
{
    g_autofree char *main = readings_text(source, TEXT_MAIN);
    g_autofree char *second = readings_text(source, TEXT_SECOND);
    if (main == NULL || second == NULL)
        return NULL;
    g_autofree char *whole = text_folded(main);
    g_autofree char *value = text_folded(source->raw);
    const char *at = strstr(whole, value);
    g_autofree char *folded = text_folded(second);
    if (at == NULL || g_str_equal(whole, value))
        return g_steal_pointer(&second);
    g_autofree char *before = g_strndup(whole, (gsize)(at - whole));
    const char *after = at + strlen(value);
    if (!g_str_has_prefix(folded, before) || !g_str_has_suffix(folded, after) ||
        strlen(folded) < strlen(before) + strlen(after))
        return g_steal_pointer(&second);
    return g_strndup(folded + strlen(before),
                     strlen(folded) - strlen(before) - strlen(after));
}

/* Whether both texts of the ink are the same but for blanks and marks; where a decimal
 * point matters, marks do too. */
static bool same_ink_text(const PaperField *source, FieldKind kind)
{
    g_autofree char *main = readings_text(source, TEXT_MAIN);
    g_autofree char *second = readings_text(source, TEXT_SECOND);
    if (main == NULL || second == NULL)
        return false;
    g_autofree char *x = kind == KIND_NUMBER ? text_folded(main) : text_bare(main);
    g_autofree char *y = kind == KIND_NUMBER ? text_folded(second) : text_bare(second);
    return *x != '\0' && g_str_equal(x, y);
}

/* The number that a reading begins with, where no other follows it but the 3 of m3: what
 * the printed unit was taken for does not matter. NULL where there is none. */
static char *leading_number(const char *text)
{
    g_autofree char *folded = text_folded(text);
    g_autoptr(GRegex) regex = g_regex_new(
        "^[^\\da-z]*(\\d+(?:\\.\\d+)?)(?:[^\\d.]*|[^\\d.]*m[a-z]{0,2}3[^\\d.]*)$", 0, 0,
        NULL);
    g_autoptr(GMatchInfo) match = NULL;
    return g_regex_match(regex, folded, 0, &match) ? g_match_info_fetch(match, 1) : NULL;
}

static char *digits_of(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p++)
        if (g_ascii_isdigit(*p) || *p == 'X' || *p == 'x')
            g_string_append_c(out, g_ascii_toupper(*p));
    return g_string_free(out, FALSE);
}

static void count_reading(Readings *readings, const Normalised *other, bool is_same)
{
    if (is_same) {
        readings->supports++;
    } else {
        readings->opposes++;
        readings->has_sound_rival |= other->value != NULL && other->problem == NULL;
    }
}

static bool same_value(FieldKind kind, const char *a, const char *b, InkText from)
{
    if (a == NULL || b == NULL)
        return a == b;
    if (from == TEXT_DIGITS) {
        g_autofree char *x = digits_of(a);
        g_autofree char *y = digits_of(b);
        return *x != '\0' && g_str_equal(x, y);
    }
    g_autofree char *x = kind == KIND_NUMBER ? text_folded(a) : text_bare(a);
    g_autofree char *y = kind == KIND_NUMBER ? text_folded(b) : text_bare(b);
    return g_str_equal(x, y);
}

/* Whether @longer is @number with a digit before it. */
static bool has_digit_more(const char *longer, const char *number)
{
    return g_ascii_isdigit(*longer) && g_str_equal(longer + 1, number);
}

/* For numbers: where the first reading fails its check, another of the same ink that
 * passes is taken, and where it has a digit less at the word before it, which is oftener
 * lost there than found. Never for words, and never for a number whose point a reading
 * restricted to digits cannot see. */
static void choose(Readings *readings, FieldKind kind, Normalised *second,
                   Normalised *digits)
{
    bool may_replace =
        kind_is_digits(kind) || kind_has_check_digit(kind) || kind == KIND_UNIT_NUMBER;
    bool lacks_digit = kind == KIND_NUMBER && readings->chosen.value != NULL &&
                       second->value != NULL &&
                       has_digit_more(second->value, readings->chosen.value);
    if (!lacks_digit && (readings->chosen.problem == NULL || !may_replace))
        return;
    Normalised *better = NULL;
    if (digits->value != NULL && digits->problem == NULL && kind != KIND_NUMBER)
        better = digits;
    else if (second->value != NULL && second->problem == NULL)
        better = second;
    if (better == NULL)
        return;
    Normalised first = readings->chosen;
    readings->chosen = *better;
    *better = first;
    readings->from = better == digits ? TEXT_DIGITS : TEXT_SECOND;
}

Readings readings_compare(const Case *case_, const PaperField *source, FieldKind kind)
{
    const char *as_of = case_->input->as_of;
    Readings result = {.from = TEXT_MAIN};
    result.chosen = normalise_value(kind, source->raw, source->decl, as_of);
    g_autofree char *second_text = second_value(source);
    g_autofree char *digits_text =
        kind_is_digits(kind) ? readings_text(source, TEXT_DIGITS) : NULL;
    g_auto(Normalised) second = {NULL};
    g_auto(Normalised) digits = {NULL};
    if (second_text != NULL)
        second = normalise_value(kind, second_text, source->decl, as_of);
    if (digits_text != NULL)
        digits = normalise_value(kind, digits_text, source->decl, as_of);
    if (kind == KIND_NUMBER && second.problem != NULL) {
        g_autofree char *number = leading_number(second_text);
        if (number != NULL) {
            g_free(second.value);
            second.value = g_steal_pointer(&number);
        }
    }
    choose(&result, kind, &second, &digits);
    if (second_text != NULL) {
        bool is_same = (result.from == TEXT_MAIN && same_ink_text(source, kind)) ||
                       same_value(kind, result.chosen.value, second.value, TEXT_SECOND);
        count_reading(&result, &second, is_same);
        result.rival = is_same ? NULL : g_strdup(second.value);
    }
    if (digits_text != NULL)
        count_reading(&result, &digits,
                      same_value(kind, result.chosen.value, digits.value, TEXT_DIGITS));
    return result;
}
