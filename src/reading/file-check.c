/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A spot check of a text layer: a font may say of its glyphs what they are not, so a few
 * characters of each are recognised and compared. */
#include "reading/private.h"

#include "base/text.h"

/* For each font its longest runs, cut to so many characters; and so many in all: those of
 * further fonts are read like any scan. */
#define RUNS_PER_FONT 2
#define RUN_CHARACTERS 14
#define MAX_RUNS 12
/* On clean print under one character in twenty is misread; a font that is wrong about its
 * glyphs is wrong about nearly all. */
static const double MAX_WRONG = 0.25;
/* Fewer characters than this say nothing about the page, only about their lines; and so
 * short a run is recognised with its neighbours: ㎡ or kW alone is read as anything. */
#define MIN_TELLING 6
#define NEIGHBOURS 5
/* A character that was read as another as surely as this is not believed on the page. */
static const double SURE_GLYPH = 0.97;

/* Neighbours of one font in one line. */
typedef struct {
    int font, characters;
    guint line, from, to; /* of the line's characters, @to excluded */
} Run;

typedef struct {
    Engine *engine;
    const Sheet *sheet;
    const Layout *layout;
    GPtrArray *lines; /* GArray of PageCharacter, or NULL */
    GArray *runs;     /* Run, longest first */
    GString *doubted; /* characters that were surely read as others */
} Check;

static const PageCharacter *character_at(const GArray *line, guint index)
{
    return &g_array_index(line, PageCharacter, index);
}

static char *run_text(const GArray *line, guint from, guint to)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = from; i < to; i++)
        g_string_append(text, character_at(line, i)->text);
    return text_bare(text->str);
}

static void add_runs(Check *check, guint number)
{
    const GArray *line = check->lines->pdata[number];
    guint from = 0;
    for (guint i = 1; line != NULL && i <= line->len; i++) {
        int font = character_at(line, from)->font;
        if (i < line->len && character_at(line, i)->font == font)
            continue;
        guint to = MIN(i, from + RUN_CHARACTERS);
        g_autofree char *text = run_text(line, from, to);
        Run run = {font, (int)g_utf8_strlen(text, -1), number, from, to};
        if (run.characters > 0)
            g_array_append_val(check->runs, run);
        from = i;
    }
}

static int longest_first(gconstpointer a, gconstpointer b)
{
    const Run *p = a, *q = b;
    if (p->characters != q->characters)
        return q->characters - p->characters;
    return p->line != q->line ? (p->line < q->line ? -1 : 1)
                              : (p->from < q->from ? -1 : p->from > q->from);
}

/* Keeps each character of @said that was surely read as another. Two texts of different
 * lengths do not say which that is. */
static void note_doubts(const Check *check, const char *said, const TextLine *read)
{
    g_autoptr(GString) bare = g_string_new(NULL);
    g_autoptr(GArray) sure = g_array_new(false, false, sizeof(bool));
    for (guint i = 0; i < read->glyphs->len; i++) {
        const Glyph *glyph = &g_array_index(read->glyphs, Glyph, i);
        g_autofree char *text = text_bare(glyph->text);
        bool is_sure = glyph->confidence >= SURE_GLYPH;
        for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
            g_array_append_val(sure, is_sure);
        g_string_append(bare, text);
    }
    if (g_utf8_strlen(said, -1) != (glong)sure->len)
        return;
    const char *p = said, *q = bare->str;
    for (guint i = 0; i < sure->len; i++) {
        if (g_array_index(sure, bool, i) && g_utf8_get_char(p) != g_utf8_get_char(q))
            g_string_append_unichar(check->doubted, g_utf8_get_char(p));
        p = g_utf8_next_char(p);
        q = g_utf8_next_char(q);
    }
}

/* how many characters of @run recognition reads otherwise; -1 with @error */
static int wrong_in(const Check *check, const Run *run, GError **error)
{
    const GArray *line = check->lines->pdata[run->line];
    guint more = run->characters < MIN_TELLING ? NEIGHBOURS : 0;
    guint from = run->from - MIN(run->from, more), to = MIN(run->to + more, line->len);
    g_autofree char *said = run_text(line, from, to);
    Rect box = {0};
    for (guint i = from; i < to; i++)
        box = rect_union(box, character_at(line, i)->box_px);
    g_autoptr(PIX) crop = layout_line_crop(check->layout, check->sheet, box, NULL,
                                           LOOK_HEIGHT_PX, LOOK_BORDER_SHARE);
    if (crop == NULL)
        return run->characters;
    TextLine *read = g_new0(TextLine, 1);
    int wrong = -1;
    if (engine_read_line(check->engine, crop, READ_TEXT, (Point){0, 0}, 1, read, error)) {
        g_autofree char *bare = text_bare(read->text);
        note_doubts(check, said, read);
        wrong = MIN(text_distance(bare, said), run->characters);
    }
    text_line_free(read);
    return wrong;
}

/* What recognition says of one font. */
typedef struct {
    int font, runs, characters, wrong;
} Witness;

static Witness *witness_of(GArray *witnesses, int font)
{
    for (guint i = 0; i < witnesses->len; i++)
        if (g_array_index(witnesses, Witness, i).font == font)
            return &g_array_index(witnesses, Witness, i);
    Witness witness = {.font = font};
    g_array_append_val(witnesses, witness);
    return &g_array_index(witnesses, Witness, witnesses->len - 1);
}

static bool ask(const Check *check, GArray *witnesses, GError **error)
{
    int left = MAX_RUNS;
    for (guint i = 0; i < check->runs->len; i++) {
        const Run *run = &g_array_index(check->runs, Run, i);
        Witness *witness = witness_of(witnesses, run->font);
        if (witness->runs >= RUNS_PER_FONT || left == 0)
            continue;
        int wrong = wrong_in(check, run, error);
        if (wrong < 0)
            return false;
        witness->runs++;
        witness->characters += run->characters;
        witness->wrong += wrong;
        left--;
    }
    return true;
}

static bool is_wrong(const Witness *witness)
{
    return witness->wrong > MAX(1, MAX_WRONG * witness->characters);
}

static bool has_doubted(const GArray *line, const char *doubted)
{
    g_autofree char *text = run_text(line, 0, line->len);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (g_utf8_strchr(doubted, -1, g_utf8_get_char(p)) != NULL)
            return true;
    return false;
}

/* A font without letters or digits has no witness, and needs none. */
static bool is_sound(const GArray *line, const GArray *witnesses)
{
    for (guint i = 0; i < witnesses->len; i++) {
        const Witness *witness = &g_array_index(witnesses, Witness, i);
        for (guint k = 0; k < line->len; k++)
            if (character_at(line, k)->font == witness->font &&
                (witness->runs == 0 || is_wrong(witness)))
                return false;
    }
    return true;
}

bool file_text_check(Engine *engine, const Sheet *sheet, const Layout *layout,
                     GPtrArray *lines, bool *is_same, GError **error)
{
    g_autoptr(GArray) runs = g_array_new(false, false, sizeof(Run));
    g_autoptr(GArray) witnesses = g_array_new(false, false, sizeof(Witness));
    g_autoptr(GString) doubted = g_string_new(NULL);
    Check check = {engine, sheet, layout, lines, runs, doubted};
    for (guint i = 0; i < lines->len; i++)
        add_runs(&check, i);
    g_array_sort(runs, longest_first);
    if (!ask(&check, witnesses, error))
        return false;
    *is_same = runs->len > 0;
    for (guint i = 0; i < witnesses->len; i++) {
        const Witness *witness = &g_array_index(witnesses, Witness, i);
        if (witness->characters >= MIN_TELLING && is_wrong(witness))
            *is_same = false;
    }
    for (guint i = 0; i < lines->len; i++)
        if (lines->pdata[i] != NULL && (!is_sound(lines->pdata[i], witnesses) ||
                                        has_doubted(lines->pdata[i], doubted->str)))
            g_array_unref(g_steal_pointer(&lines->pdata[i]));
    return true;
}
