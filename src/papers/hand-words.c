/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which part of a line's reading by the model for words by hand is a value: both readings
 * are laid over each other, since a label beside it is printed and read alike by both. */
#include "papers/private.h"

/* Edits that lead from one line's glyphs to another's, each row as long as the second. */
typedef struct {
    const GArray *first, *second; /* Glyph */
    int *edits;
} Edits;

static int edits_at(const Edits *edits, guint i, guint k)
{
    return edits->edits[i * (edits->second->len + 1) + k];
}

static bool is_same(const Edits *edits, guint i, guint k)
{
    return strcmp(g_array_index(edits->first, Glyph, i).text,
                  g_array_index(edits->second, Glyph, k).text) == 0;
}

/* Wagner and Fischer 1974. */
static Edits edits_between(const GArray *first, const GArray *second)
{
    gsize width = (gsize)second->len + 1;
    Edits edits = {first, second, g_new0(int, (first->len + 1) * width)};
    for (guint i = 0; i <= first->len; i++)
        for (guint k = 0; k <= second->len; k++) {
            int best = i == 0 ? (int)k : edits_at(&edits, i - 1, k) + 1;
            if (i > 0 && k > 0)
                best = MIN(best, edits_at(&edits, i - 1, k - 1) +
                                     !is_same(&edits, i - 1, k - 1));
            if (k > 0)
                best = MIN(best, edits_at(&edits, i, k - 1) + 1);
            edits.edits[i * width + k] = best;
        }
    return edits;
}

/* Where in the second line a boundary before glyph @from of the first lies, and one
 * before glyph @to: what only the second has there is the value's, of both ends. */
static void bounds_of(const Edits *edits, guint from, guint to, guint *start, guint *end)
{
    guint i = edits->first->len, k = edits->second->len;
    *start = 0;
    *end = to == i ? k : 0;
    bool has_end = to == i;
    while (i > 0 || k > 0) {
        if (!has_end && i == to) {
            *end = k;
            has_end = true;
        }
        bool is_kept = i > 0 && k > 0 &&
                       edits_at(edits, i, k) ==
                           edits_at(edits, i - 1, k - 1) + !is_same(edits, i - 1, k - 1);
        bool is_lost =
            !is_kept && i > 0 && edits_at(edits, i, k) == edits_at(edits, i - 1, k) + 1;
        i -= is_kept || is_lost;
        k -= is_kept || !is_lost;
        if (i == from && from > 0)
            *start = k;
    }
}

void ink_take_hand_words(Ink *ink, const TextLine *line, guint from, guint to)
{
    const TextLine *hand = line->by_hand;
    if (hand == NULL || hand->glyphs == NULL || from >= to)
        return;
    g_autofree Edits *edits = g_new(Edits, 1);
    *edits = edits_between(line->glyphs, hand->glyphs);
    guint start = 0, end = 0;
    bounds_of(edits, from, to, &start, &end);
    g_free(edits->edits);
    if (start >= end)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    double sum = 0;
    ink->hand_words_weakest = 1;
    for (guint i = start; i < end; i++) {
        const Glyph *glyph = &g_array_index(hand->glyphs, Glyph, i);
        g_string_append(text, glyph->text);
        sum += glyph->confidence;
        ink->hand_words_weakest = MIN(ink->hand_words_weakest, glyph->confidence);
    }
    ink->hand_words = g_strdup(text->str);
    ink->hand_words_confidence = sum / (end - start);
}
