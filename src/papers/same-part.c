/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which part of a second reading of a line is that of some of its characters. */
#include "papers/private.h"

/* Readings of lines are shorter; the table has a place for each pair of characters. */
#define MAX_CHARACTERS 400

/* Both readings, and what each pair of their beginnings and of their ends costs in
 * edits. */
typedef struct {
    gunichar *line, *other;
    int n, m;
    int *before, *behind; /* (n + 1) x (m + 1) */
} Pair;

static void pair_clear(Pair *pair)
{
    g_free(pair->line);
    g_free(pair->other);
    g_free(pair->before);
    g_free(pair->behind);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pair, pair_clear)

/* A digit is never another reading of a word's character: one was lost, one came. */
static int replacing(gunichar a, gunichar b)
{
    return a == b ? 0 : g_unichar_isdigit(a) == g_unichar_isdigit(b) ? 1 : 2;
}

static int *cell(const Pair *pair, int *table, int i, int j)
{
    return &table[i * (pair->m + 1) + j];
}

static void fill_tables(Pair *pair)
{
    int n = pair->n, m = pair->m;
    for (int i = 0; i <= n; i++)
        for (int j = 0; j <= m; j++) {
            int *cost = cell(pair, pair->before, i, j);
            *cost = i > 0 || j > 0 ? G_MAXINT : 0;
            if (i > 0)
                *cost = MIN(*cost, *cell(pair, pair->before, i - 1, j) + 1);
            if (j > 0)
                *cost = MIN(*cost, *cell(pair, pair->before, i, j - 1) + 1);
            if (i > 0 && j > 0)
                *cost = MIN(*cost, *cell(pair, pair->before, i - 1, j - 1) +
                                       replacing(pair->line[i - 1], pair->other[j - 1]));
        }
    for (int i = n; i >= 0; i--)
        for (int j = m; j >= 0; j--) {
            int *cost = cell(pair, pair->behind, i, j);
            *cost = i < n || j < m ? G_MAXINT : 0;
            if (i < n)
                *cost = MIN(*cost, *cell(pair, pair->behind, i + 1, j) + 1);
            if (j < m)
                *cost = MIN(*cost, *cell(pair, pair->behind, i, j + 1) + 1);
            if (i < n && j < m)
                *cost = MIN(*cost, *cell(pair, pair->behind, i + 1, j + 1) +
                                       replacing(pair->line[i], pair->other[j]));
        }
}

/* Whether a cheapest way from one reading to the other has read @i characters of the
 * first where it has read @j of the second. */
static bool is_on_way(const Pair *pair, int i, int j)
{
    return *cell(pair, pair->before, i, j) + *cell(pair, pair->behind, i, j) ==
           *cell(pair, pair->before, pair->n, pair->m);
}

static gunichar *characters_of(const TextLine *line)
{
    gunichar *characters = g_new0(gunichar, (gsize)line->glyphs->len + 1);
    for (guint i = 0; i < line->glyphs->len; i++)
        characters[i] = g_utf8_get_char(g_array_index(line->glyphs, Glyph, i).text);
    return characters;
}

char *part_of_other(const TextLine *line, guint from, guint to, const char *other)
{
    g_auto(Pair) pair = {.n = (int)line->glyphs->len, .m = (int)g_utf8_strlen(other, -1)};
    if (pair.n > MAX_CHARACTERS || pair.m > MAX_CHARACTERS)
        return NULL;
    gsize places = (gsize)(pair.n + 1) * (gsize)(pair.m + 1);
    pair.line = characters_of(line);
    pair.other = g_utf8_to_ucs4_fast(other, -1, NULL);
    pair.before = g_new(int, places);
    pair.behind = g_new(int, places);
    fill_tables(&pair);
    int start = 0, end = pair.m;
    while (start < pair.m && !is_on_way(&pair, (int)from, start))
        start++;
    while (end > start && !is_on_way(&pair, (int)to, end))
        end--;
    return g_utf8_substring(other, start, end);
}
