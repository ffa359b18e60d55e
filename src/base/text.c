/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

bool text_is_han(gunichar c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF) ||
           c == 0x3007 /* 〇, in dates */ || c == 0x3005 /* 々 */;
}

bool text_is_date(const char *text)
{
    static const struct {
        const char *unit;
        gsize least, most; /* digits before it */
    } parts[] = {{"年", 4, 4}, {"月", 1, 2}, {"日", 1, 2}};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        gsize digits = strspn(text, "0123456789");
        text += digits;
        if (digits < parts[i].least || digits > parts[i].most ||
            !g_str_has_prefix(text, parts[i].unit))
            return false;
        text += strlen(parts[i].unit);
    }
    return *text == '\0';
}

/* CJK punctuation, full-width forms, and the quotes and dashes set full-width in Chinese.
 */
static bool is_full_width_mark(gunichar c)
{
    return (c >= 0x3001 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF65) || c == 0x2014 ||
           c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || c == 0x2026;
}

static bool closes_up(gunichar c)
{
    return text_is_han(c) || is_full_width_mark(c);
}

static bool is_blank(gunichar c)
{
    return g_unichar_isspace(c) || c == 0x200B || c == 0xFEFF;
}

char *text_without_cjk_spaces(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *out = g_string_new(NULL);
    gunichar previous = 0;
    bool has_gap = false;
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == '\n') { /* the end of a line is not a blank */
            g_string_append_c(out, '\n');
            previous = 0;
            has_gap = false;
            continue;
        }
        if (is_blank(c)) {
            has_gap = true;
            continue;
        }
        if (has_gap && previous != 0 && !closes_up(previous) && !closes_up(c))
            g_string_append_c(out, ' ');
        has_gap = false;
        g_string_append_unichar(out, c);
        previous = c;
    }
    while (out->len > 0 && out->str[out->len - 1] == '\n')
        g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

/* What NFKC leaves alone and people and recognisers mix up all the same. */
static gunichar folded_mark(gunichar c)
{
    static const struct {
        gunichar from, to;
    } table[] = {
        {0x3008, '<'},  {0x3009, '>'},  {0x300A, '<'},  {0x300B, '>'},  {0x3010, '['},
        {0x3011, ']'},  {0x3014, '('},  {0x3015, ')'},  {0x3016, '['},  {0x3017, ']'},
        {0x2010, '-'},  {0x2011, '-'},  {0x2012, '-'},  {0x2013, '-'},  {0x2014, '-'},
        {0x2015, '-'},  {0x2212, '-'},  {0x2500, '-'},  {0x2018, '\''}, {0x2019, '\''},
        {0x201C, '"'},  {0x201D, '"'},  {0x00D7, 'x'},  {0x2044, '/'},  {0x2215, '/'},
        {0x2022, 0xB7}, {0x30FB, 0xB7}, {0x2027, 0xB7},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
        if (table[i].from == c)
            return table[i].to;
    return g_unichar_tolower(c);
}

char *text_folded(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *normal = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL_COMPOSE);
    GString *out = g_string_new(NULL);
    for (const char *p = normal; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (!is_blank(c))
            g_string_append_unichar(out, folded_mark(c));
    }
    return g_string_free(out, FALSE);
}

/* Whether @text is nothing but ideographs that folding leaves as they are, as most labels
 * and characters are that it is asked for. */
static bool is_bare_already(const char *text)
{
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char_validated(p, -1);
        if (c < 0x4E00 || c > 0x9FFF)
            return false;
    }
    return true;
}

char *text_bare(const char *text)
{
    if (is_bare_already(text))
        return g_strdup(text);
    g_autofree char *folded = text_folded(text);
    GString *out = g_string_new(NULL);
    for (const char *p = folded; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_isalnum(c) || text_is_han(c))
            g_string_append_unichar(out, c);
    }
    return g_string_free(out, FALSE);
}

static gunichar *characters(const char *text, int *length)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    glong count = 0;
    gunichar *ucs4 = g_utf8_to_ucs4_fast(valid, -1, &count);
    *length = (int)count;
    return ucs4;
}

int text_distance(const char *a, const char *b)
{
    int a_length, b_length;
    g_autofree gunichar *x = characters(a, &a_length);
    g_autofree gunichar *y = characters(b, &b_length);
    g_autofree int *row = g_new(int, (gsize)b_length + 1);
    for (int j = 0; j <= b_length; j++)
        row[j] = j;
    for (int i = 1; i <= a_length; i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= b_length; j++) {
            int above = row[j];
            int replaced = diagonal + (x[i - 1] != y[j - 1]);
            row[j] = MIN(replaced, MIN(above, row[j - 1]) + 1);
            diagonal = above;
        }
    }
    return row[b_length];
}

double text_similarity(const char *a, const char *b)
{
    glong longer = MAX(g_utf8_strlen(a, -1), g_utf8_strlen(b, -1));
    return longer == 0 ? 1.0 : 1.0 - (double)text_distance(a, b) / (double)longer;
}

/* One column of Sellers' table: cost of the best match of needle[0..i) that ends here,
 * and the character where that match begins. */
typedef struct {
    int cost, start;
} Cell;

static void next_column(Cell *column, const gunichar *needle, int length, gunichar c,
                        int position)
{
    Cell diagonal = column[0];
    column[0] = (Cell){0, position + 1};
    for (int i = 1; i <= length; i++) {
        Cell left = column[i];
        Cell best = {diagonal.cost + (needle[i - 1] != c), diagonal.start};
        if (column[i - 1].cost + 1 < best.cost)
            best = (Cell){column[i - 1].cost + 1, column[i - 1].start};
        if (left.cost + 1 < best.cost)
            best = (Cell){left.cost + 1, left.start};
        column[i] = best;
        diagonal = left;
    }
}

/* How many of the @length characters of @needle @hay has not, at least: each is an error
 * wherever the needle is looked for. Characters are told apart by their lower bits. */
static int count_missing(const gunichar *hay, int hay_length, const gunichar *needle,
                         int length)
{
    guint64 seen[16] = {0};
    int missing = 0;
    for (int i = 0; i < hay_length; i++)
        seen[hay[i] / 64 % 16] |= (guint64)1 << hay[i] % 64;
    for (int i = 0; i < length; i++)
        missing += (seen[needle[i] / 64 % 16] >> needle[i] % 64 & 1) == 0;
    return missing;
}

double text_find_fuzzy(const char *haystack, const char *needle, double max_share_wrong,
                       int *start, int *end)
{
    int hay_length, length;
    g_autofree gunichar *hay = characters(haystack, &hay_length);
    g_autofree gunichar *wanted = characters(needle, &length);
    if (length ==
        0) /* nothing is nowhere: a label folded to nothing must not match all */
        return -1;
    int best_cost = (int)(max_share_wrong * length + 1e-9) + 1;
    if (count_missing(hay, hay_length, wanted, length) >= best_cost)
        return -1;
    g_autofree Cell *column = g_new(Cell, (gsize)length + 1);
    for (int i = 0; i <= length; i++)
        column[i] = (Cell){i, 0};
    int best_start = 0, best_end = 0, best_stretch = 0;
    bool is_found = false;
    for (int position = 0; position < hay_length; position++) {
        next_column(column, wanted, length, hay[position], position);
        Cell last = column[length];
        /* Of equal costs the one as long as the needle: a wrong last character belongs to
         * the match and not to what follows. */
        int stretch = ABS(position + 1 - last.start - length);
        if (last.cost < best_cost ||
            (is_found && last.cost == best_cost && stretch < best_stretch)) {
            is_found = true;
            best_cost = last.cost;
            best_stretch = stretch;
            best_start = last.start;
            best_end = position + 1;
        }
    }
    if (!is_found || best_cost >= length) /* all of it wrong is no match */
        return -1;
    if (start != NULL)
        *start = best_start;
    if (end != NULL)
        *end = best_end;
    return 1.0 - (double)best_cost / length;
}
