/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "papers/private.h"

#include "base/text.h"

void run_init(Run *run)
{
    run->bare = g_string_new(NULL);
    run->refs = g_array_new(false, false, sizeof(GlyphRef));
}

void run_clear(Run *run)
{
    g_string_free(run->bare, TRUE);
    g_array_unref(run->refs);
}

void run_add_line(Run *run, const TextLine *line)
{
    for (guint i = 0; line->glyphs != NULL && i < line->glyphs->len; i++) {
        g_autofree char *bare = text_bare(g_array_index(line->glyphs, Glyph, i).text);
        GlyphRef ref = {line, (int)i};
        for (const char *p = bare; *p != '\0'; p = g_utf8_next_char(p))
            g_array_append_val(run->refs, ref);
        g_string_append(run->bare, bare);
    }
}

int run_length(const Run *run)
{
    return (int)run->refs->len;
}

double run_find(const Run *run, const char *needle, int from, double max_share_wrong,
                int *start, int *end)
{
    if (from > run_length(run))
        return -1;
    g_autofree char *bare = text_bare(needle);
    if (*bare == '\0')
        return -1;
    const char *text = g_utf8_offset_to_pointer(run->bare->str, from);
    double similarity = text_find_fuzzy(text, bare, max_share_wrong, start, end);
    if (similarity >= 0) {
        *start += from;
        *end += from;
    }
    return similarity;
}

double label_tolerance(const char *label)
{
    glong length = g_utf8_strlen(label, -1);
    return length <= 2 ? 0 : length <= 4 ? 0.34 : 0.40;
}
