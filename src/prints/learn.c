/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a page that was read is the form's own print. */
#include "prints/private.h"

#include "base/text.h"

/* Less than this is not worth remembering, or is another form. */
#define MIN_LINES 10
#define NOTE_SHARE_WRONG 0.25

typedef struct {
    const PageReading *reading;
    GHashTable *words; /* bare text of all that may be printed */
    const char *const *notes;
    double scale_px_mm;
    Picture page;
    Print *print;
} Lesson;

/* How many words of the form @bare is made of from end to end, at least; -1 where it is
 * not. */
static int words_in(const char *bare, GHashTable *words)
{
    glong length = g_utf8_strlen(bare, -1);
    g_autofree int *least = g_new(int, (gsize)length + 1);
    for (glong end = 0; end <= length; end++) {
        least[end] = end == 0 ? 0 : -1;
        for (glong start = 0; start < end; start++) {
            if (least[start] < 0 || (least[end] >= 0 && least[start] + 1 >= least[end]))
                continue;
            g_autofree char *part = g_utf8_substring(bare, start, end);
            if (g_hash_table_contains(words, part))
                least[end] = least[start] + 1;
        }
    }
    return least[length];
}

static int boxes_in(const char *text)
{
    int count = 0;
    for (const char *p = text; (p = strstr(p, READING_TICK_BOX)) != NULL;
         p += strlen(READING_TICK_BOX))
        count++;
    return count;
}

/* Whether @line is words of the form and nothing else; a tick box for each word, if any.
 */
static bool is_printed_line(const Lesson *lesson, const TextLine *line)
{
    g_autofree char *bare = text_bare(line->text);
    int words = *bare != '\0' ? words_in(bare, lesson->words) : -1;
    int boxes = boxes_in(line->text);
    return words > 0 && (boxes == 0 || boxes == words);
}

static bool is_note(const Lesson *lesson, const TextLine *line)
{
    g_autofree char *bare = text_bare(line->text);
    for (int i = 0; lesson->notes != NULL && lesson->notes[i] != NULL; i++) {
        g_autofree char *note = text_bare(lesson->notes[i]);
        int start = -1;
        if (text_find_fuzzy(bare, note, NOTE_SHARE_WRONG, &start, NULL) >= 0 &&
            start == 0)
            return true;
    }
    return false;
}

static RectMm mm_of(const Lesson *lesson, Rect box)
{
    double scale = lesson->scale_px_mm;
    return (RectMm){box.x / scale, box.y / scale, box.width / scale, box.height / scale};
}

/* the page's picture at @box; levels NULL where it is not on the page */
static Picture picture_at(const Lesson *lesson, RectMm box)
{
    double scale = PICTURE_DPI / MM_PER_INCH;
    const Picture *page = &lesson->page;
    int x = (int)lround(box.x * scale), y = (int)lround(box.y * scale);
    Picture part = {NULL, MAX(4, (int)lround(box.width * scale)),
                    MAX(4, (int)lround(box.height * scale))};
    if (x < 0 || y < 0 || x + part.width > page->width || y + part.height > page->height)
        return part;
    part.levels = g_new(uint8_t, (gsize)part.width * (gsize)part.height);
    for (int row = 0; row < part.height; row++)
        memcpy(part.levels + row * part.width, page->levels + (y + row) * page->width + x,
               (gsize)part.width);
    return part;
}

static void learn_line(Lesson *lesson, const TextLine *line)
{
    Rect page = {0, 0, lesson->reading->width_px, lesson->reading->height_px};
    int margin_px =
        px_from_mm(PICTURE_MARGIN_PX * MM_PER_INCH / PICTURE_DPI, lesson->reading->dpi);
    Rect around = rect_grown(line->box_px, margin_px, page.width, page.height);
    if (line->cell >= 0)
        around = rect_intersection(
            around, g_array_index(lesson->reading->cells, ReadCell, line->cell).box_px);
    if (rect_is_empty(around))
        return;
    PrintLine *learnt = g_new0(PrintLine, 1);
    learnt->cell = line->cell;
    learnt->box_mm = mm_of(lesson, around);
    learnt->text = g_strdup(line->text);
    learnt->is_skipped = line->is_skipped;
    learnt->glyphs = g_array_new(false, true, sizeof(PrintGlyph));
    for (guint i = 0; line->glyphs != NULL && i < line->glyphs->len; i++) {
        const Glyph *glyph = &g_array_index(line->glyphs, Glyph, i);
        PrintGlyph kept = {.x_mm = glyph->box_px.x / lesson->scale_px_mm,
                           .width_mm = glyph->box_px.width / lesson->scale_px_mm};
        g_strlcpy(kept.text, glyph->text, sizeof kept.text);
        g_array_append_val(learnt->glyphs, kept);
    }
    learnt->picture = picture_at(lesson, learnt->box_mm);
    if (learnt->picture.levels != NULL)
        g_ptr_array_add(lesson->print->lines, learnt);
    else
        print_line_free(learnt);
}

/* The lines of one cell, or one line outside: all of them where together they are words
 * of the form (a label broken over lines), else those that are by themselves. */
static void learn_lines(Lesson *lesson, guint first, guint count)
{
    const GPtrArray *lines = lesson->reading->lines;
    g_autoptr(GString) whole = g_string_new(NULL);
    bool is_skipped = false, has_note = is_note(lesson, lines->pdata[first]);
    for (guint i = first; i < first + count; i++) {
        const TextLine *line = lines->pdata[i];
        g_autofree char *bare = text_bare(line->text);
        g_string_append(whole, bare);
        is_skipped |= line->is_skipped;
        has_note |= is_note(lesson, line);
    }
    bool is_whole = !is_skipped && strstr(whole->str, READING_TICK_BOX) == NULL &&
                    whole->len > 0 && words_in(whole->str, lesson->words) > 0;
    for (guint i = first; i < first + count; i++) {
        const TextLine *line = lines->pdata[i];
        bool has_boxes = boxes_in(line->text) > 0;
        if ((is_whole && !has_boxes) || is_printed_line(lesson, line) ||
            (has_note && text_line_is_sentence(line)))
            learn_line(lesson, line);
    }
}

static GHashTable *words_of(const PrintedTexts *texts)
{
    GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; texts->words != NULL && texts->words[i] != NULL; i++) {
        char *bare = text_bare(texts->words[i]);
        if (*bare != '\0')
            g_hash_table_add(words, bare);
        else
            g_free(bare);
    }
    return words;
}

static void learn(Lesson *lesson)
{
    const PageReading *reading = lesson->reading;
    for (guint i = 0; i < reading->cells->len; i++) {
        RectMm cell = mm_of(lesson, g_array_index(reading->cells, ReadCell, i).box_px);
        g_array_append_val(lesson->print->cells, cell);
    }
    for (guint i = 0, count; i < reading->lines->len; i += count) {
        int cell = ((TextLine *)reading->lines->pdata[i])->cell;
        count = 1;
        while (cell >= 0 && i + count < reading->lines->len &&
               ((TextLine *)reading->lines->pdata[i + count])->cell == cell)
            count++;
        learn_lines(lesson, i, count);
    }
}

Print *print_learn(const PageReading *reading, PIX *grey, const PrintedTexts *texts,
                   GError **error)
{
    if (pixGetDepth(grey) != 8 || pixGetWidth(grey) != reading->width_px ||
        pixGetHeight(grey) != reading->height_px)
        return fail_null(error, PRINTS_ERROR, PRINTS_ERROR_IMAGE,
                         "the proof is not the page that was read");
    Lesson lesson = {.reading = reading,
                     .notes = texts->notes,
                     .scale_px_mm = reading->dpi / MM_PER_INCH};
    g_auto(Picture) page = picture_of_page(grey, lesson.scale_px_mm);
    if (page.levels == NULL)
        return fail_null(error, PRINTS_ERROR, PRINTS_ERROR_IMAGE, "no memory for a page");
    lesson.page = page;
    g_autoptr(Print) print = print_new(texts->form);
    lesson.print = print;
    lesson.words = words_of(texts);
    learn(&lesson);
    g_hash_table_unref(lesson.words);
    if (print->cells->len == 0 || print->lines->len < MIN_LINES)
        return NULL;
    print_set_name(print);
    return g_steal_pointer(&print);
}
