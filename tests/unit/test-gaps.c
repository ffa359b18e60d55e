/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands before words whose tick boxes a thin copy has lost. */
#include "drawn-line.h"
#include "reading/private.h"

#define FONT "Noto Serif CJK SC Light 30px"
/* Two gaps, each as wide as the three full blanks. */
#define TEXT "　　　民营　　　国企"
#define WORDS "民营国企"

enum { DASHES, CROSS, TICK, THIN_CROSS, FRAME, CHARACTER, BLOB, COLON, NOTHING };

/* A line of print with something in its first and its second gap. */
typedef struct {
    Layout *layout;
    GPtrArray *lines;
    Rect gaps[2];
} Drawn;

static void stroke(PIX *ink, Rect at, const double points[4], int thick_px)
{
    pixRenderLine(ink, at.x + (int)(points[0] * at.width),
                  at.y + (int)(points[1] * at.height), at.x + (int)(points[2] * at.width),
                  at.y + (int)(points[3] * at.height), thick_px, L_SET_PIXELS);
}

static void draw_thing(PIX *ink, Rect at, int what)
{
    static const double falling[] = {0.1, 0.1, 0.9, 0.9}, rising[] = {0.1, 0.9, 0.9, 0.1},
                        foot[] = {0.0, 0.95, 0.5, 0.95}, head[] = {0.6, 0.05, 0.9, 0.05},
                        short_leg[] = {0.1, 0.5, 0.4, 0.9},
                        long_leg[] = {0.4, 0.9, 0.95, 0.1};
    if (what == DASHES || what == CROSS) {
        stroke(ink, at, foot, 1);
        stroke(ink, at, head, 1);
    }
    if (what == CROSS || what == THIN_CROSS) {
        stroke(ink, at, falling, what == CROSS ? 5 : 1);
        stroke(ink, at, rising, what == CROSS ? 5 : 1);
    }
    if (what == TICK) {
        stroke(ink, at, short_leg, 5);
        stroke(ink, at, long_leg, 5);
    }
    for (int i = 0; what == COLON && i < 2; i++) {
        g_autoptr(BOX) dot = boxCreate(at.x + 10, at.y + 6 + 12 * i, 3, 3);
        pixSetInRect(ink, dot);
    }
    if (what == FRAME || what == BLOB) {
        g_autoptr(BOX) box = boxCreate(at.x, at.y, at.width, at.height);
        if (what == BLOB)
            pixSetInRect(ink, box);
        else
            pixRenderBox(ink, box, 1, L_SET_PIXELS);
    }
}

static PIX *ink_of_line(const char *text)
{
    g_autoptr(PIX) grey = draw_line(text, FONT);
    return pixThresholdToBinary(grey, 140);
}

/* Draws @first and @second into the gaps of TEXT; CHARACTER is one that was not read. */
static Drawn drawn(int first, int second)
{
    g_autofree char *text =
        g_strdup_printf("　　%s民营　　%s国企", first == CHARACTER ? "事" : "　",
                        second == CHARACTER ? "事" : "　");
    Drawn d = {.layout = g_new0(Layout, 1),
               .lines = g_ptr_array_new_with_free_func((GDestroyNotify)text_line_free)};
    g_autofree Rect *places = drawn_places(TEXT, FONT);
    d.gaps[0] = places[2];
    d.gaps[1] = places[7];
    d.layout->ink = ink_of_line(text);
    int width = pixGetWidth(d.layout->ink), height = pixGetHeight(d.layout->ink);
    d.layout->rules = pixCreate(width, height, 1);
    d.layout->width_px = width;
    d.layout->height_px = height;
    d.layout->grids = g_array_new(false, false, sizeof(Rect));
    d.layout->cells = g_array_new(false, false, sizeof(Cell));
    d.layout->lines = g_array_new(false, false, sizeof(InkLine));
    d.layout->boxes = g_array_new(false, false, sizeof(BoxMark));
    Cell cell = {{0, 0, width, height}, 0};
    g_array_append_val(d.layout->cells, cell);
    g_autoptr(BOX) words = NULL;
    l_int32 top = 0, high = 0;
    g_assert_cmpint(pixClipToForeground(d.layout->ink, NULL, &words), ==, 0);
    boxGetGeometry(words, NULL, &top, NULL, &high);
    for (int i = 0; i < 2; i++) {
        Rect at = {d.gaps[i].x, top + high / 2 - 12, 24, 24};
        draw_thing(d.layout->ink, at, i == 0 ? first : second);
    }
    TextLine *line = g_new0(TextLine, 1);
    line->text = g_strdup(WORDS);
    line->glyphs = g_array_new(false, true, sizeof(Glyph));
    line->box_px = (Rect){0, top - 2, width, high + 4};
    static const int at[] = {3, 4, 8, 9};
    const char *p = WORDS;
    for (int i = 0; i < 4; i++, p = g_utf8_next_char(p)) {
        Rect box = places[at[i]];
        box.x += 2; /* of its ink */
        box.width -= 4;
        Glyph glyph = {.confidence = 0.98, .box_px = box};
        g_strlcpy(glyph.text, p, 4);
        g_array_append_val(line->glyphs, glyph);
    }
    g_ptr_array_add(d.lines, line);
    return d;
}

static void drawn_clear(Drawn *d)
{
    g_ptr_array_unref(d->lines);
    layout_free(d->layout);
}

/* what the gap before the character at @right_px is said to be; TICK_UNSURE + 1: nothing
 */
static int state_before(const GArray *gaps, Rect gap)
{
    for (guint i = 0; i < gaps->len; i++) {
        const TickMark *mark = &g_array_index(gaps, TickMark, i);
        if (rect_contains_centre(mark->box_px, gap))
            return (int)mark->state;
    }
    return TICK_UNSURE + 1;
}

static void test_gaps(void)
{
    enum { NONE = TICK_UNSURE + 1 };
    static const struct {
        int first, second, first_state, second_state;
        guint marks; /* of the pen; where there are any, gaps with rests of a frame alone,
                        too */
    } rows[] = {
        {CROSS, DASHES, TICK_TICKED, TICK_EMPTY, 2},
        {DASHES, TICK, TICK_EMPTY, TICK_TICKED, 2},
        {TICK, CROSS, TICK_TICKED, TICK_TICKED, 2},
        {TICK, FRAME, TICK_TICKED, TICK_EMPTY, 2},
        {DASHES, DASHES, TICK_EMPTY, TICK_EMPTY, 0},
        /* strokes like those of print may have gone elsewhere */
        {THIN_CROSS, DASHES, TICK_UNSURE, TICK_EMPTY, 0},
        {CROSS, THIN_CROSS, TICK_TICKED, TICK_UNSURE, 1},
        /* a character that was not read */
        {CHARACTER, DASHES, TICK_UNSURE, TICK_EMPTY, 0},
        {DASHES, CHARACTER, TICK_EMPTY, TICK_UNSURE, 0},
        {BLOB, DASHES, TICK_UNSURE, TICK_EMPTY, 0},
        /* a label's colon, where boxes stand behind their words */
        {COLON, TICK, TICK_UNSURE, TICK_TICKED, 1},
        {NOTHING, TICK, NONE, TICK_TICKED, 1},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        Drawn d = drawn(rows[i].first, rows[i].second);
        g_autoptr(GArray) gaps = gaps_find(d.layout, d.lines);
        g_autoptr(GArray) marks = marks_on(d.layout, d.lines->pdata[0]);
        g_test_message("row %zu", i);
        g_assert_cmpint(state_before(gaps, d.gaps[0]), ==, rows[i].first_state);
        g_assert_cmpint(state_before(gaps, d.gaps[1]), ==, rows[i].second_state);
        g_assert_cmpuint(marks->len, ==, rows[i].marks);
        drawn_clear(&d);
    }
}

/* What is ticked, and what is likely to be, is told by how much of the ink slants. */
static void test_slanting_ink(void)
{
    Drawn d = drawn(CROSS, DASHES);
    g_autoptr(GArray) gaps = gaps_find(d.layout, d.lines);
    double first = 0, second = 1;
    for (guint i = 0; i < gaps->len; i++) {
        const TickMark *mark = &g_array_index(gaps, TickMark, i);
        g_assert_cmpfloat(mark->squareness, ==, 0);
        if (rect_contains_centre(mark->box_px, d.gaps[0]))
            first = mark->ink;
        if (rect_contains_centre(mark->box_px, d.gaps[1]))
            second = mark->ink;
    }
    g_assert_cmpfloat(first, >, 0.2);
    g_assert_cmpfloat(second, <, 0.05);
    drawn_clear(&d);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reading/gaps", test_gaps);
    g_test_add_func("/reading/gaps/slanting-ink", test_slanting_ink);
    return g_test_run();
}
