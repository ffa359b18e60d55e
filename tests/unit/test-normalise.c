/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs tests/cases/normalise: what = a kind of pipeline/kinds.def, or one of
 * address_plain, seal (in = what was read on it | the firm), names, numbers, addresses
 * (in = two texts with " | " between), seal_places (in = places of a ring | the firm; a
 * place: read, second, shape, next, how far the shape is, + how much nearer than next),
 * date_span (in = two readings);
 * out = the value, then " !PROBLEM" (" ~PROBLEM" where only noise), " *NOTE" and "
 * ?SUGGESTION" as they apply. */
#include "casework/compare.h"
#include "casework/date-span.h"
#include "casework/normalise.h"

#include "case-file.h"

static const char *const regions[] = {"开封市", "龙亭区", "鼓楼区", "祥符区",
                                      "通许县", "杞县",   NULL};

/* "通通通逋131+63 许许…": _ for nothing */
static GArray *places_of(const char *text)
{
    GArray *places = g_array_new(false, true, sizeof(SealPlace));
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (int i = 0; words[i] != NULL; i++) {
        gunichar says[4];
        const char *p = words[i];
        for (int k = 0; k < 4; k++, p = g_utf8_next_char(p))
            says[k] = g_utf8_get_char(p) == '_' ? 0 : g_utf8_get_char(p);
        double off = g_ascii_strtod(p, (char **)&p);
        SealPlace place = {says[0], says[1], says[2],
                           says[3], off,     off + g_ascii_strtod(p + 1, NULL)};
        g_array_append_val(places, place);
    }
    return places;
}

/* the places of a seal | a firm | the places of another seal, where there is one */
static char *seal_told(const char *in)
{
    g_auto(GStrv) parts = g_strsplit(in, " | ", 3);
    g_autoptr(GArray) places = places_of(parts[0]);
    g_autoptr(GArray) beside = places_of(parts[2] != NULL ? parts[2] : "");
    SealMark mark = {.places = places}, other = {.places = beside};
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    g_ptr_array_add(others, &mark);
    g_ptr_array_add(others, &other);
    return g_strdup(seal_match(&mark, others, parts[1], regions) == SAME ? "own"
                                                                         : "not told");
}

/* in = one reading, � for what it is not sure of, and " | " the other, if any */
static char *span_told(const char *in)
{
    g_auto(GStrv) parts = g_strsplit(in, " | ", 2);
    g_auto(DaySpan) span = {NULL};
    return date_span(parts[0], parts[1], &span)
               ? g_strdup_printf("%s..%s", span.from, span.to)
               : g_strdup("-");
}

static char *said(Normalised normalised)
{
    GString *out = g_string_new(normalised.value != NULL ? normalised.value : "-");
    if (normalised.problem != NULL)
        g_string_append_printf(out, " %c%s", normalised.is_soft ? '~' : '!',
                               normalised.problem);
    if (normalised.note != NULL)
        g_string_append_printf(out, " *%s", normalised.note);
    if (normalised.suggestion != NULL)
        g_string_append_printf(out, " ?%s", normalised.suggestion);
    normalised_clear(&normalised);
    return g_string_free(out, FALSE);
}

static char *compared(const char *what, const char *in)
{
    static const char *const names[] = {"same", "unsure", "different"};
    g_auto(GStrv) parts = g_strsplit(in, " | ", 2);
    g_assert_nonnull(parts[1]);
    Likeness likeness = g_str_equal(what, "names") ? names_compare(parts[0], parts[1])
                        : g_str_equal(what, "numbers")
                            ? numbers_compare(parts[0], parts[1])
                            : addresses_compare(parts[0], parts[1], regions);
    Likeness swapped = g_str_equal(what, "names") ? names_compare(parts[1], parts[0])
                       : g_str_equal(what, "numbers")
                           ? numbers_compare(parts[1], parts[0])
                           : addresses_compare(parts[1], parts[0], regions);
    g_assert_cmpint(likeness, ==, swapped);
    return g_strdup(names[likeness]);
}

static char *answer(const char *what, const char *in)
{
    static const char *units[] = {"千瓦", "户", "M²", "M³/h", "房屋建筑面积", NULL};
    FieldDecl decl = {.key = (char *)"x", .units = (GStrv)units};
    if (g_str_equal(what, "names") || g_str_equal(what, "numbers") ||
        g_str_equal(what, "addresses"))
        return compared(what, in);
    if (g_str_equal(what, "seal")) {
        g_auto(GStrv) parts = g_strsplit(in, " | ", 2);
        return g_strdup(seal_compare(parts[0], parts[1]) == SAME ? "own" : "not told");
    }
    if (g_str_equal(what, "date_span"))
        return span_told(in);
    if (g_str_equal(what, "seal_places"))
        return seal_told(in);
    if (g_str_equal(what, "address_plain"))
        return address_plain(in, regions);
    if (g_str_equal(what, "agree") || g_str_equal(what, "clash")) {
        g_auto(GStrv) parts = g_strsplit(in, " | ", 3);
        FieldKind kind = g_str_equal(parts[0], "address")       ? KIND_ADDRESS
                         : g_str_equal(parts[0], "person_name") ? KIND_PERSON_NAME
                                                                : KIND_TEXT;
        bool is_so = g_str_equal(what, "agree")
                         ? values_agree(kind, parts[1], parts[2], regions)
                         : values_clash(kind, parts[1], parts[2], regions);
        return g_strdup(is_so ? "yes" : "no");
    }
    for (FieldKind kind = 0; kind < KIND_COUNT; kind++)
        if (g_str_equal(what, field_kind_name(kind)))
            return said(normalise_value(kind, in, &decl, "2026-03-08"));
    return g_strdup_printf("no such test: %s", what);
}

static void test_cases(void)
{
    run_triples("normalise", answer);
}

/* Whatever is read, a value is text that can be kept. */
static void test_noise_is_survived(void)
{
    static const char *const texts[] = {
        "",     " ",   "\xff\xfe", "\xE9\x99", "·",    "、、", "年月日", "----",
        "．．", "(((", "建筑面积", "第",       "\n\n", "０",   "长"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        for (FieldKind kind = 0; kind < KIND_COUNT; kind++) {
            Normalised normalised = normalise_value(kind, texts[i], NULL, NULL);
            if (normalised.value != NULL)
                g_assert_true(g_utf8_validate(normalised.value, -1, NULL));
            normalised_clear(&normalised);
        }
}

/* What is normal stays as it is. */
static void test_normal_is_stable(void)
{
    static const struct {
        FieldKind kind;
        const char *value;
    } values[] = {
        {KIND_PERSON_NAME, "陈英涛"},
        {KIND_PERSON_NAME, "买买提·艾力"},
        {KIND_PHONE, "13800000000"},
        {KIND_PHONE, "0371-23000002-801"},
        {KIND_RESIDENT_ID, "410221190001010016"},
        {KIND_DATE, "2023-03-08"},
        {KIND_DATE_RANGE_END, "长期"},
        {KIND_DATE_RANGE_END, "2035-03-08"},
        {KIND_NUMBER, "98.76"},
        {KIND_ADDRESS, "通许县咸平大道12号碧水家园3号楼2单元501室"},
        {KIND_CERTIFICATE_NUMBER, "豫(2020)通许县不动产权第0000789号"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        g_auto(Normalised) once =
            normalise_value(values[i].kind, values[i].value, NULL, NULL);
        g_assert_cmpstr(once.value, ==, values[i].value);
        g_assert_cmpstr(once.problem, ==, NULL);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/casework/normalise/cases", test_cases);
    g_test_add_func("/casework/normalise/noise", test_noise_is_survived);
    g_test_add_func("/casework/normalise/stable", test_normal_is_stable);
    return g_test_run();
}
