/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drawn-page.h"
#include "layout/layout.h"

typedef struct {
    Sheet *sheet;
    Layout *layout;
} Found;

/* sheet and layout of @page, whose picture is freed */
static Found find(Page *page)
{
    g_autoptr(GError) error = NULL;
    SheetParams params = {.claimed_dpi = page->dpi};
    Found found = {sheet_make(page->pix, &params, &error), NULL};
    g_assert_no_error(error);
    pixDestroy(&page->pix);
    found.layout = layout_find(found.sheet, &error);
    g_assert_no_error(error);
    g_assert_nonnull(found.layout);
    return found;
}

static void found_clear(Found *found)
{
    layout_free(found->layout);
    sheet_free(found->sheet);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Found, found_clear)

/* A grid of 4 rows of 12 mm: row 0 is one merged cell; rows 1 and 2 share a first cell
 * merged over both; row 3 has four cells. 1 + 1 + 2 * 2 + 4 = 10 cells. */
static void draw_grid(Page *page, double x, double y, double thick, double gap)
{
    for (int row = 0; row <= 4; row++) {
        double from = row == 2 ? 30 : 0;
        for (double at = from; at < 160; at += 20) /* gaps where a copier lost the line */
            ink_rect(page, x + at + (at > from ? gap : 0), y + row * 12,
                     MIN(20, 160 - at) - (at > from ? gap : 0), thick, BLACK);
    }
    ink_rect(page, x, y, thick, 48, BLACK);
    ink_rect(page, x + 160, y, thick, 48 + thick, BLACK);
    ink_rect(page, x + 30, y + 12, thick, 36, BLACK);
    ink_rect(page, x + 95, y + 12, thick, 36, BLACK);
    ink_rect(page, x + 120, y + 36, thick, 12, BLACK);
}

static Rect cell_box(const Layout *layout, guint i)
{
    return g_array_index(layout->cells, Cell, i).box_px;
}

static void check_grid(int dpi, double thick, double gap, double skew_deg)
{
    Page page = page_a4(dpi);
    draw_grid(&page, 25, 60, thick, gap);
    ink_line(&page, 28, 64, 4, 20, BLACK);
    ink_line(&page, 60, 76, 4, 4, BLACK);
    ink_line(&page, 40, 20, 5, 14, BLACK);
    if (skew_deg != 0) {
        PIX *turned =
            pixRotateAM(page.pix, (l_float32)(skew_deg * G_PI / 180), L_BRING_IN_WHITE);
        pixDestroy(&page.pix);
        page.pix = turned;
    }
    g_auto(Found) found = find(&page);
    const Layout *layout = found.layout;
    g_assert_cmpint(layout->grids->len, ==, 1);
    g_assert_cmpint(layout->cells->len, ==, 10);
    /* reading order, and merged cells whole */
    double px_per_mm = layout->dpi / MM_PER_INCH;
    g_assert_cmpfloat_with_epsilon(cell_box(layout, 0).width / px_per_mm, 160, 2);
    g_assert_cmpfloat_with_epsilon(cell_box(layout, 1).height / px_per_mm, 24, 1.5);
    g_assert_cmpfloat_with_epsilon(cell_box(layout, 2).width / px_per_mm, 65, 2);
    g_assert_cmpint(cell_box(layout, 2).x, <, cell_box(layout, 3).x);
    g_assert_cmpfloat_with_epsilon(cell_box(layout, 8).width / px_per_mm, 25, 2);
    /* no rule is left in the ink: the first line's crop is all print */
    g_assert_cmpint(layout->lines->len, ==, 3);
    g_assert_cmpint(g_array_index(layout->lines, InkLine, 0).cell, ==, 0);
    g_assert_cmpint(g_array_index(layout->lines, InkLine, 1).cell, ==, 2);
    g_assert_cmpint(g_array_index(layout->lines, InkLine, 2).cell, ==, -1);
}

static void test_grid_with_merged_cells(void)
{
    check_grid(300, 0.35, 0, 0);
    check_grid(150, 0.35, 0, 0);
    check_grid(200, 0.18, 0, 0); /* half a point */
    check_grid(300, 0.12, 0, 0);
    check_grid(200, 0.5, 0, -2.4);
}

static void test_grid_with_broken_lines(void)
{
    check_grid(300, 0.2, 0.8, 0);
    check_grid(150, 0.25, 1.5, 0);
    check_grid(200, 0.3, 2.5, 1.1);
}

/* A page turned level leaves pale steps beside a hair line, and gaps in one of its rows.
 */
static void test_hair_line_with_pale_steps(void)
{
    Page page = page_a4(200);
    double dot = MM_PER_INCH / 200, y = 552 * dot, step = 32 * dot;
    ink_line(&page, 25, 20, 5, 20, BLACK);
    ink_frame(&page, 30, 50, 140, 40, 2 * dot, BLACK);
    ink_rect(&page, 60, y, 2 * dot, 90 - y, BLACK);
    ink_rect(&page, 30, y - 2 * dot, 140, 4 * dot, 0x505050);
    for (double x = 31; x < 58; x += step) {
        ink_rect(&page, x, y, 4 * dot, 2 * dot, 0xffffff);
        ink_rect(&page, x + 8 * dot, y - 4 * dot, 18 * dot, dot, 0xe4e4e4);
    }
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->cells->len, ==, 3);
}

/* In the row of a table a short line that faded to dots still parts two cells; a stroke
 * that stands on the rule and ends far from the next does not. */
static void test_short_line_that_faded(void)
{
    for (int is_dotted = 0; is_dotted <= 1; is_dotted++) {
        Page page = page_a4(200);
        for (int i = 0; i < 4; i++)
            ink_rect(&page, 25, 60 + i * 13, 160, 0.3, BLACK);
        ink_rect(&page, 25, 60, 0.3, 39, BLACK);
        ink_rect(&page, 185, 60, 0.3, 39, BLACK);
        double top = is_dotted ? 77.0 : 81.5; /* in the middle row */
        ink_rect(&page, 70, top, 0.3, 86.1 - top, BLACK);
        for (int i = 0; is_dotted && i < 2; i++)
            ink_rect(&page, 70, 73.5 + i * 1.8, 0.3, 0.7, BLACK);
        g_auto(Found) found = find(&page);
        g_assert_cmpint(found.layout->cells->len, ==, is_dotted ? 4 : 3);
    }
}

/* a table of five level lines over 160 mm, of which @skip is not drawn, and its sides */
static void draw_rows(Page *page, int skip)
{
    for (int i = 0; i < 5; i++)
        if (i != skip)
            ink_rect(page, 25, 60 + i * 10, 160, 0.3, BLACK);
    ink_rect(page, 25, 60, 0.3, 40, BLACK);
    ink_rect(page, 185, 60, 0.3, 40.3, BLACK);
}

/* A rule with a hole behind a column's edge goes on there: its other end would hang in
 * the middle of a row. Print that stands across the hole would not let it. */
static void test_hole_in_a_rule(void)
{
    for (int is_crossed = 0; is_crossed <= 1; is_crossed++) {
        Page page = page_a4(200);
        draw_rows(&page, 2);
        ink_rect(&page, 70, 60, 0.3, 40, BLACK);
        ink_rect(&page, 105, 60, 0.3, 40, BLACK);
        ink_rect(&page, 25, 80, 45, 0.3, BLACK);
        ink_rect(&page, 80, 80, 25, 0.3, BLACK);
        ink_rect(&page, 107.4, 80.3, 77.6, 0.3, BLACK);
        if (is_crossed)
            ink_line(&page, 73, 78.2, 4, 1, BLACK);
        g_auto(Found) found = find(&page);
        if (is_crossed)
            g_assert_cmpint(found.layout->cells->len, <, 12);
        else
            g_assert_cmpint(found.layout->cells->len, ==, 12);
    }
}

/* The edge of a column that stops above a row with one value and goes on below it does
 * not run through the value, though its level lines are broken where it would cross them
 * and strokes of characters lie on the way. */
static void test_column_edge_stops_at_text(void)
{
    for (double left = 68.2; left < 69.5; left += 0.4) {
        Page page = page_a4(200);
        for (int i = 0; i < 8; i++) {
            ink_rect(&page, 25, 60 + i * 10, 71, 0.3, BLACK);
            ink_rect(&page, 104, 60 + i * 10, 81.3, 0.3, BLACK);
        }
        ink_rect(&page, 25, 60, 0.3, 70, BLACK);
        ink_rect(&page, 185, 60, 0.3, 70.3, BLACK);
        ink_rect(&page, 100, 60, 0.3, 28, BLACK);
        ink_rect(&page, 100, 102, 0.3, 28.3, BLACK);
        ink_line(&page, left, 93, 4, 16, BLACK);
        g_auto(Found) found = find(&page);
        int whole = 0;
        for (guint i = 0; i < found.layout->cells->len; i++)
            whole += cell_box(found.layout, i).width > mm(&page, 150);
        g_assert_cmpint(whole, ==, 1);
    }
}

/* A thin copy leaves dots of a line, evenly; what is written on is whole and in one
 * place. */
static void test_level_line_left_as_dots(void)
{
    for (int is_dotted = 0; is_dotted <= 1; is_dotted++) {
        Page page = page_a4(200);
        draw_rows(&page, 2);
        ink_line(&page, 30, 73, 4, 6, BLACK);
        ink_line(&page, 30, 83, 4, 6, BLACK);
        for (int i = 0; is_dotted && i < 15; i++)
            ink_rect(&page, 32 + i * 10, 80, 1.4, 0.3, BLACK);
        if (!is_dotted)
            ink_rect(&page, 80, 80, 25, 0.3, BLACK);
        g_auto(Found) found = find(&page);
        g_assert_cmpint(found.layout->cells->len, ==, is_dotted ? 4 : 3);
    }
}

/* Of a line nothing is left, but three others end where it was. */
static void test_level_line_told_by_ends(void)
{
    for (int ends = 1; ends <= 3; ends += 2) {
        Page page = page_a4(200);
        draw_rows(&page, 2);
        for (int i = 0; i < ends; i++)
            ink_rect(&page, 60 + i * 35, 70, 0.3, 10.2, BLACK);
        g_auto(Found) found = find(&page);
        g_assert_cmpint(found.layout->cells->len, ==, ends == 3 ? 7 : 3);
    }
}

/* The edge of a column goes on in the next row, where a stub of it is left; a stroke as
 * long at another place, or a bracket that stands on nothing, is print. */
static void test_stub_goes_on_the_column(void)
{
    for (int is_column = 0; is_column <= 1; is_column++) {
        Page page = page_a4(200);
        draw_rows(&page, 0);
        ink_rect(&page, 25, 60, 160, 0.3, BLACK);
        ink_rect(&page, 80, 70, 0.3, 10, BLACK);
        ink_rect(&page, is_column ? 80 : 100, 87, 0.3, 3, BLACK);
        ink_rect(&page, 140, 83, 0.3, 3.6, BLACK);
        ink_line(&page, 30, 83, 4, 6, BLACK);
        g_auto(Found) found = find(&page);
        g_assert_cmpint(found.layout->cells->len, ==, is_column ? 6 : 5);
    }
}

/* The frame of a card with a pattern of fine lines is no table. */
static void test_pattern_of_a_card_is_no_table(void)
{
    Page page = page_a4(200);
    ink_frame(&page, 40, 60, 86, 54, 0.3, BLACK);
    for (int row = 0; row < 18; row++)
        for (int i = 0; i < 20; i++)
            ink_rect(&page, 42 + i * 4 + row % 3, 62.5 + row * 2.8, 1.2, 0.2, BLACK);
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->cells->len, ==, 0);
}

static void test_grid_without_outer_borders(void)
{
    Page page = page_a4(200);
    for (int row = 0; row <= 3; row++)
        ink_rect(&page, 30, 50 + row * 10, 150, 0.3, BLACK);
    ink_rect(&page, 80, 50, 0.3, 30, BLACK);
    ink_rect(&page, 130, 50, 0.3, 30, BLACK);
    ink_line(&page, 40, 30, 4, 15, BLACK);
    ink_line(&page, 33, 53, 4, 5, BLACK);
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->cells->len, ==, 9);
}

static void test_two_grids_and_a_frame(void)
{
    Page page = page_a4(150);
    draw_grid(&page, 25, 30, 0.4, 0);
    draw_grid(&page, 25, 120, 0.4, 0);
    ink_frame(&page, 30, 200, 85, 54, 0.3, BLACK); /* a card's outline is no grid */
    ink_line(&page, 40, 215, 4, 8, BLACK);
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->grids->len, ==, 2);
    g_assert_cmpint(found.layout->cells->len, ==, 20);
    g_assert_cmpint(g_array_index(found.layout->cells, Cell, 10).grid, ==, 1);
    g_assert_cmpint(found.layout->lines->len, ==, 1);
}

/* One box for each utility, above each other: their sides are no narrow column. */
static void test_boxes_above_each_other_are_no_column(void)
{
    Page page = page_a4(200);
    ink_frame(&page, 25, 60, 150, 60, 0.25, BLACK);
    ink_rect(&page, 25, 84, 150, 0.25, BLACK);
    for (int i = 0; i < 4; i++) {
        ink_line(&page, 30, 61.4 + i * 5.9, 3.4, 2, BLACK);
        ink_frame(&page, 40, 60.9 + i * 5.9, 4.4, 4.4, 0.25, BLACK);
        ink_line(&page, 48, 61.4 + i * 5.9, 3.4, 4, BLACK);
    }
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->cells->len, ==, 2);
    g_assert_cmpint(found.layout->boxes->len, ==, 4);
}

static void test_page_without_ink_and_without_grid(void)
{
    Page empty = page_a4(150);
    g_auto(Found) nothing = find(&empty);
    g_assert_cmpint(nothing.layout->cells->len + nothing.layout->lines->len, ==, 0);
    Page text = page_a4(200);
    ink_text(&text, 210, 297, 4);
    g_auto(Found) found = find(&text);
    g_assert_cmpint(found.layout->cells->len, ==, 0);
    g_assert_cmpint(found.layout->lines->len, ==, 33);
    g_assert_cmpfloat_with_epsilon(found.layout->text_height_px, 3.6 / 25.4 * 200, 5);
}

/* a tick as a hand makes it: starts in the box and leaves it at the upper right */
static void draw_tick(Page *page, double x, double y, double side)
{
    ink_stroke(page, x + side * 0.2, y + side * 0.5, x + side * 0.45, y + side * 0.85,
               0.45, BLACK);
    ink_stroke(page, x + side * 0.45, y + side * 0.85, x + side * 1.3, y - side * 0.35,
               0.45, BLACK);
}

enum { EMPTY, TICK, CHECK, FILLED, CROSS, DUSTY, BROKEN, STEEP, BOX_KINDS };

static void draw_box(Page *page, double x, double y, double side, int kind)
{
    ink_frame(page, x, y, side, side, 0.25, BLACK);
    double in = side * 0.25;
    if (kind == TICK)
        draw_tick(page, x, y, side);
    if (kind == STEEP) { /* its foot fills a row of the inside almost from side to side */
        ink_stroke(page, x - side * 0.25, y + side * 0.45, x + side * 0.43, y + side,
                   side * 0.19, BLACK);
        ink_stroke(page, x + side * 0.43, y + side, x + side * 0.95, y - side * 0.2,
                   side * 0.19, BLACK);
    }
    if (kind == CHECK) {
        ink_stroke(page, x + in, y + side / 2, x + side * 0.45, y + side - in, 0.4,
                   BLACK);
        ink_stroke(page, x + side * 0.45, y + side - in, x + side - in, y + in, 0.4,
                   BLACK);
    }
    if (kind == FILLED)
        ink_rect(page, x, y, side, side, BLACK);
    if (kind == CROSS) {
        ink_stroke(page, x - 0.3, y - 0.3, x + side + 0.5, y + side + 0.2, 0.5, BLACK);
        ink_stroke(page, x + side + 0.2, y - 0.4, x - 0.2, y + side + 0.4, 0.5, BLACK);
    }
    if (kind == DUSTY) {
        ink_rect(page, x + side * 0.4, y + side * 0.3, 0.22, 0.22, BLACK);
        ink_rect(page, x + side * 0.7, y + side * 0.7, 0.22, 0.22, BLACK);
    }
    if (kind == BROKEN) {
        ink_rect(page, x + side * 0.3, y, 0.15, 0.25, 0xffffff);
        ink_rect(page, x + side - 0.25, y + side * 0.6, 0.25, 0.15, 0xffffff);
    }
}

static void check_boxes(int dpi, double side)
{
    Page page = page_a4(dpi);
    ink_line(&page, 25, 20, 5, 20, BLACK);
    for (int i = 0; i < 2 * BOX_KINDS; i++) {
        double y = 60 + i * 12;
        draw_box(&page, 40, y, side, i % BOX_KINDS);
        ink_line(&page, 44 + side, y, 4, 6, BLACK);
    }
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->boxes->len, ==, 2 * BOX_KINDS);
    for (guint i = 0; i < found.layout->boxes->len; i++) {
        const BoxMark *mark = &g_array_index(found.layout->boxes, BoxMark, i);
        int kind = (int)i % BOX_KINDS;
        double slack = 0.5;
        g_assert_cmpfloat_with_epsilon(mark->box_px.x * MM_PER_INCH / dpi, 40, slack);
        g_assert_cmpfloat_with_epsilon(mark->box_px.width * MM_PER_INCH / dpi, side,
                                       slack);
        g_assert_cmpfloat(mark->squareness, >, 0.9);
        g_assert_cmpfloat(mark->longest_bar, <, 0.5);
        if (kind == EMPTY || kind == BROKEN) {
            g_assert_cmpfloat(mark->inside_ink, <, 0.02);
        } else if (kind == DUSTY) {
            g_assert_cmpfloat(mark->largest_mark, <, 0.3);
        } else {
            g_assert_cmpfloat(mark->inside_ink, >, 0.08);
            g_assert_cmpfloat(mark->largest_mark, >, 0.45);
        }
        if (kind == FILLED)
            g_assert_cmpfloat(mark->inside_ink, >, 0.95);
    }
}

/* @radius: in sides of the box */
static void draw_ring(Page *page, double x, double y, double side, double radius)
{
    for (int i = 0; i < 40; i++) {
        double from = 2 * G_PI * i / 40, to = 2 * G_PI * (i + 1) / 40;
        ink_stroke(page, x + side * (0.5 + radius * cos(from)),
                   y + side * (0.5 + radius * sin(from)),
                   x + side * (0.5 + radius * cos(to)),
                   y + side * (0.5 + radius * sin(to)), 0.35, BLACK);
    }
}

/* A copy made three sides of a box thicker than the fourth: they are no ring. */
static void test_uneven_frame_is_no_ring(void)
{
    Page page = page_a4(300);
    ink_line(&page, 25, 20, 4, 20, BLACK);
    for (int i = 0; i < 4; i++) {
        double x = 40 + i * 20;
        ink_frame(&page, x, 60, 3.15, 3.15, 0.17, BLACK);
        ink_rect(&page, x, 60, 0.3, 3.15, BLACK);
        ink_rect(&page, x, 60, 3.15, 0.3, BLACK);
        ink_rect(&page, x, 62.85, 3.15, 0.3, BLACK);
    }
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->boxes->len, ==, 4);
    for (guint i = 0; i < 4; i++)
        g_assert_cmpfloat(g_array_index(found.layout->boxes, BoxMark, i).ring, <, 0.5);
}

/* The frames of boxes right above and below are no ring. */
static void test_ring_among_boxes_above_each_other(void)
{
    Page page = page_a4(300);
    ink_line(&page, 25, 20, 4, 20, BLACK);
    for (int i = 0; i < 4; i++) {
        double y = 60 + i * 4.9;
        draw_box(&page, 40, y, 4.3, EMPTY);
        ink_rect(&page, 39.3, y + 0.2, 0.3, 3.9, BLACK); /* a bracket on both sides */
        ink_rect(&page, 44.8, y + 0.2, 0.3, 3.9, BLACK);
        ink_line(&page, 46.2, y + 0.3, 3.8, 6, BLACK);
    }
    g_auto(Found) found = find(&page);
    const GArray *boxes = found.layout->boxes;
    g_assert_cmpint(boxes->len, ==, 4);
    const BoxMark *second = &g_array_index(boxes, BoxMark, 1);
    g_assert_cmpfloat(second->ring, >, 0.55);
    g_assert_cmpfloat(layout_ring_about(found.layout, second, boxes), <, 0.5);
}

/* Rings about empty boxes, and boxes that only have words beside them. */
static void test_rings_about_boxes(void)
{
    Page page = page_a4(200);
    ink_line(&page, 25, 20, 5, 20, BLACK);
    for (int i = 0; i < 8; i++) {
        double y = 60 + i * 14, side = 3.6;
        draw_box(&page, 40, y, side, EMPTY);
        if (i % 2 == 1)
            draw_ring(&page, 40, y, side, 0.70 + 0.025 * i);
        ink_line(&page, 46.5, y, 4, 6, BLACK);
    }
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->boxes->len, ==, 8);
    for (guint i = 0; i < 8; i++) {
        const BoxMark *mark = &g_array_index(found.layout->boxes, BoxMark, i);
        g_assert_cmpfloat(mark->inside_ink, <, 0.03);
        if (i % 2 == 1) {
            g_assert_cmpfloat(mark->ring, >, 0.75);
            g_assert_cmpfloat(mark->over, >, 0.3);
        } else {
            g_assert_cmpfloat(mark->ring, <, 0.5);
            g_assert_cmpfloat(mark->over, <, 0.1);
        }
    }
}

static void test_boxes_in_all_states(void)
{
    check_boxes(300, 3.2);
    check_boxes(200, 3.2);
    check_boxes(150, 4.2);
    check_boxes(300, 2.3);
    check_boxes(200, 6.0);
}

/* As scanned at 200 dpi: 用 stands close behind a box, and its tick runs into it. */
static void test_box_joined_with_a_character(void)
{
    static const char *const art[] = {
        "...............................#................",
        ".............................####............###",
        "............................####################",
        "..........................######################",
        "...###########################################..",
        "...################################......##.....",
        "...#################.##########.###......##.....",
        "...###...............#########..###......##.....",
        "...##...............########....###.....########",
        "...###............#########.....################",
        "...###...........#########......################",
        "...###..........##########......############....",
        "...###.........###########......###......###....",
        "...####.......########.###......###......###....",
        "...#####.....#######...###......###......###....",
        "...#######..#######....###......###..###########",
        "...#######.#######.....###......################",
        "...##############......###......################",
        "...#############.......###.....#######..####....",
        "...#############.......###.....###.......###....",
        "...###.########........###.....###.......###....",
        "...###.########........###.....##........###....",
        "...###..######.........###....###........###....",
        "...###...#####.........###....###........###....",
        "...#######################...###.........###..##",
        "...#######################...###.........###..##",
        "....#####################...###..........##....#",
        "............................##..................",
        "............................#...................",
    };
    Page page = page_a4(200);
    double side = 2.9, dot = MM_PER_INCH / 200;
    ink_line(&page, 25, 20, 5, 20, BLACK);
    for (int i = 0; i < 5; i++) {
        ink_frame(&page, 40, 60 + i * 12, side, side, 0.35, BLACK);
        ink_line(&page, 46, 60 + i * 12, 4, 6, BLACK);
    }
    for (gsize y = 0; y < G_N_ELEMENTS(art); y++)
        for (gsize x = 0; art[y][x] != '\0'; x++)
            if (art[y][x] == '#')
                ink_rect(&page, 40 + (double)x * dot, 120 + (double)y * dot, dot, dot,
                         BLACK);
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->boxes->len, ==, 6);
    const BoxMark *last = &g_array_index(found.layout->boxes, BoxMark, 5);
    g_assert_cmpfloat_with_epsilon(last->box_px.width * MM_PER_INCH / 200, side, 0.3);
    g_assert_cmpfloat(last->inside_ink, >, 0.2);
}

/* A tick runs into the print beside it, which runs together itself: one long blob. */
static void test_box_joined_with_a_word(void)
{
    Page page = page_a4(200);
    double side = 3.4;
    for (int i = 0; i < 5; i++)
        draw_box(&page, 40, 60 + i * 12, side, EMPTY);
    ink_frame(&page, 40, 120, side, side, 0.3, BLACK);
    ink_stroke(&page, 39.6, 121.6, 41, 123, 0.9, BLACK);
    ink_stroke(&page, 41, 123, 44.4, 119.8, 0.9, BLACK);
    for (int i = 0; i < 40; i++)
        ink_rect(&page, 44 + i * 0.5, 119.8, 0.25, 3.8, BLACK);
    ink_rect(&page, 44, 121.4, 20, 0.3, BLACK);
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->boxes->len, ==, 6);
    const BoxMark *last = &g_array_index(found.layout->boxes, BoxMark, 5);
    g_assert_cmpfloat_with_epsilon(last->box_px.x * MM_PER_INCH / 200, 40, 0.3);
    g_assert_cmpfloat(last->inside_ink, >, 0.2);
}

/* In few pixels characters look like smaller ticked boxes, and there are many more of
 * them; the size is that of the boxes that are surely some. */
static void test_many_characters_do_not_set_the_size(void)
{
    Page page = page_a4(150);
    double dot = MM_PER_INCH / 150;
    for (int i = 0; i < 8; i++)
        ink_frame(&page, 30, 40 + i * 12, 19 * dot, 19 * dot, dot, BLACK);
    for (int i = 0; i < 40; i++) {
        double x = 60 + i % 8 * 10, y = 40 + i / 8 * 12;
        ink_frame(&page, x, y, 16 * dot, 18 * dot, dot, BLACK);
        ink_stroke(&page, x, y, x + 15 * dot, y + 17 * dot, dot, BLACK);
        ink_stroke(&page, x, y + 17 * dot, x + 15 * dot, y, dot, BLACK);
    }
    ink_frame(&page, 30, 150, 19 * dot, 21 * dot, dot, BLACK);
    ink_stroke(&page, 31, 151.5, 32, 152.8, 2 * dot, BLACK);
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->boxes->len, >=, 9);
    const BoxMark *last =
        &g_array_index(found.layout->boxes, BoxMark, found.layout->boxes->len - 1);
    g_assert_cmpint(last->box_px.height, ==, 21);
}

/* On a page of print with few boxes the sure squares are pieces of print: digits, 口. */
static void test_boxes_larger_than_print_are_kept(void)
{
    Page page = page_a4(200);
    ink_text(&page, 210, 120, 4);
    for (int i = 0; i < 8; i++)
        ink_frame(&page, 30 + i * 12, 140, 2.2, 2.2, 0.25, BLACK);
    for (int i = 0; i < 4; i++)
        draw_box(&page, 30, 160 + i * 12, 4.4, i % 2 ? TICK : EMPTY);
    g_auto(Found) found = find(&page);
    int large = 0;
    for (guint i = 0; i < found.layout->boxes->len; i++)
        large += g_array_index(found.layout->boxes, BoxMark, i).box_px.width >= 32;
    g_assert_cmpint(large, ==, 4);
}

/* Nor need any of them be empty: their ticks cross the frames. */
static void test_ticked_boxes_larger_than_print_are_kept(void)
{
    Page page = page_a4(300);
    ink_text(&page, 210, 120, 4);
    for (int i = 0; i < 8; i++)
        ink_frame(&page, 30 + i * 12, 140, 2.1, 2.1, 0.25, BLACK);
    for (int i = 0; i < 4; i++)
        draw_box(&page, 30, 160 + i * 12, 4.2, TICK);
    g_auto(Found) found = find(&page);
    int large = 0;
    for (guint i = 0; i < found.layout->boxes->len; i++)
        large += g_array_index(found.layout->boxes, BoxMark, i).box_px.width >= 46;
    g_assert_cmpint(large, ==, 4);
}

/* The bottom of a box on the level of an underline further on looks like a piece of it
 * that is left of the way to the side of the cell. */
static void test_box_before_an_underline(void)
{
    Page page = page_a4(150);
    double dot = MM_PER_INCH / 150, side = 22 * dot;
    ink_frame(&page, 39, 50, 120, 40, 0.3, BLACK);
    for (int i = 0; i < 4; i++) {
        double x = 45, y = 60 + i * 6;
        ink_frame(&page, x, y, side, side, 2 * dot, BLACK);
        ink_rect(&page, x + side + 12, y + side - 2 * dot, 40, 2 * dot, BLACK);
        if (i < 2)
            draw_tick(&page, x, y, side);
    }
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->boxes->len, ==, 4);
}

/* The head of a √ lies flat on the box, and is no part of its side. */
static void test_tick_with_a_flat_head(void)
{
    Page page = page_a4(200);
    double dot = MM_PER_INCH / 200, side = 27 * dot;
    for (int i = 0; i < 6; i++) {
        double x = 40, y = 60 + i * 12;
        ink_frame(&page, x, y, side, side, 2 * dot, BLACK);
        if (i % 3 != 2)
            continue;
        ink_stroke(&page, x, y + 18 * dot, x + 3 * dot, y + 25 * dot, 3 * dot, BLACK);
        ink_stroke(&page, x + 4 * dot, y + 25 * dot, x + 12 * dot, y, 2 * dot, BLACK);
        ink_rect(&page, x + 9 * dot, y - 4 * dot, 15 * dot, 4 * dot, BLACK);
    }
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->boxes->len, ==, 6);
    for (guint i = 0; i < 6; i++)
        g_assert_cmpint(g_array_index(found.layout->boxes, BoxMark, i).box_px.height, <=,
                        29);
}

/* A seal's ink or a page of print makes ten thousands of squares to look at; what stands
 * right of them is looked at as well. */
static void test_boxes_right_of_many_strokes(void)
{
    Page page = page_a4(150);
    for (int row = 0; row < 28; row++) {
        double y = 40 + row * 6.5;
        for (int i = 0; i < 200; i++) /* sides, but too short ones */
            ink_rect(&page, 20 + i * 0.6, y + 0.9, 0.15, 2.5, BLACK);
        for (int i = 0; i < 21; i++)
            for (int k = 0; k < 6; k++)
                ink_rect(&page, 20 + i * 4.8, y + k * 0.4 + (k < 3 ? 0 : 2.4), 4, 0.15,
                         BLACK);
    }
    for (int i = 0; i < 4; i++)
        draw_box(&page, 150, 60 + i * 12, 3.5, i % 2 ? TICK : EMPTY);
    g_auto(Found) found = find(&page);
    int right = 0;
    for (guint i = 0; i < found.layout->boxes->len; i++)
        right += g_array_index(found.layout->boxes, BoxMark, i).box_px.x > mm(&page, 140);
    g_assert_cmpint(right, ==, 4);
}

/* What is left of a skew makes a step in the hair-thin sides of boxes. */
static void test_box_with_a_step(void)
{
    Page page = page_new(210, 297, 200, 1);
    double dot = MM_PER_INCH / 200;
    for (int i = 0; i < 6; i++) {
        double x = 40, y = 60 + i * 12, half = 12 * dot;
        if (i < 4) {
            ink_frame(&page, x, y, 25 * dot, 25 * dot, dot, BLACK);
            continue;
        }
        ink_rect(&page, x, y, half, dot, BLACK);
        ink_rect(&page, x + half, y + dot, 13 * dot, dot, BLACK);
        ink_rect(&page, x, y + 24 * dot, half, dot, BLACK);
        ink_rect(&page, x + half, y + 25 * dot, 14 * dot, dot, BLACK);
        ink_rect(&page, x + dot, y, dot, half, BLACK);
        ink_rect(&page, x, y + half, dot, 12 * dot, BLACK);
        ink_rect(&page, x + 25 * dot, y, dot, half, BLACK);
        ink_rect(&page, x + 24 * dot, y + half, dot, 14 * dot, BLACK);
    }
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->boxes->len, ==, 6);
}

static void test_characters_are_no_boxes(void)
{
    Page page = page_a4(300);
    ink_text(&page, 210, 120, 4);
    for (int i = 0; i < 5; i++) {
        double x = 30 + i * 12;
        ink_frame(&page, x, 150, 3.3, 3.5, 0.3, BLACK); /* 日 */
        ink_rect(&page, x, 151.6, 3.3, 0.3, BLACK);
        ink_frame(&page, x, 170, 3.5, 3.5, 0.3, BLACK); /* 田 */
        ink_rect(&page, x, 171.6, 3.5, 0.3, BLACK);
        ink_rect(&page, x + 1.6, 170, 0.3, 3.5, BLACK);
        ink_frame(&page, x, 190, 2.0, 3.6, 0.3, BLACK); /* 日, narrow */
    }
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->boxes->len, ==, 0);
}

/* As scanned at 150 dpi: as large as the boxes beside it, and as square. */
static void test_character_like_a_box_has_bars(void)
{
    static const char *const gu[] = {
        "##################", "##################", "###.....##......##",
        "###.....##......##", "###########.#...##", "##################",
        "##############..##", "###.....##......##", "###..########...##",
        "###..#########..##", "###..##....###..##", "###..##.....##..##",
        "###..###...###..##", "###..#########..##", "###..#########..##",
        "###..##.....#...##", "##################", "##################",
    };
    Page page = page_a4(150);
    double dot = MM_PER_INCH / 150;
    for (int i = 0; i < 5; i++)
        draw_box(&page, 40, 60 + i * 12, 18 * dot, i % 2 ? TICK : EMPTY);
    for (gsize y = 0; y < G_N_ELEMENTS(gu); y++)
        for (gsize x = 0; gu[y][x] != '\0'; x++)
            if (gu[y][x] == '#')
                ink_rect(&page, 40 + (double)x * dot, 120 + (double)y * dot, dot, dot,
                         BLACK);
    g_auto(Found) found = find(&page);
    for (guint i = 0; i < found.layout->boxes->len; i++) {
        const BoxMark *mark = &g_array_index(found.layout->boxes, BoxMark, i);
        if (mark->box_px.y > mm(&page, 118))
            g_assert_cmpfloat(mark->longest_bar, >, 0.6);
        else
            g_assert_cmpfloat(mark->longest_bar, <, 0.5);
    }
    g_assert_cmpint(found.layout->boxes->len, ==, 6);
}

/* As scanned at 150 dpi: the foot of a √ is a level stroke in few pixels, but its arms go
 * on from there. */
static void test_foot_of_a_tick_is_no_bar(void)
{
    static const char *const ticks[][20] = {
        {"####################", "####################", "##................##",
         "##................##", "##..............####", "##............#####.",
         "##............####.#", "##...........####..#", "##..........####..##",
         "##...#.....####...##", "##.####....####...##", "##.#####..####....##",
         "##..##########....##", "##...########.....##", "##....######......##",
         "##.....####.......##", "##......###.......##", "##................##",
         "####################", "####################"},
        {"####################", "####################", "##................##",
         "##................##", "##...........######.", "##...........######.",
         "##...........####.##", "##...........####.##", "##...........###..##",
         "##...#......####..##", "##.###.....####...##", "##..####..####....##",
         "##..#########.....##", "##...########.....##", "##....######......##",
         "##.....####.......##", "##......##........##", "##................##",
         "####################", "####################"},
    };
    Page page = page_a4(150);
    double dot = MM_PER_INCH / 150;
    for (int i = 0; i < 5; i++)
        draw_box(&page, 40, 60 + i * 12, 20 * dot, EMPTY);
    for (gsize i = 0; i < G_N_ELEMENTS(ticks); i++)
        for (int y = 0; y < 20; y++)
            for (int x = 0; x < 20; x++)
                if (ticks[i][y][x] == '#')
                    ink_rect(&page, 40 + x * dot, 120 + (double)i * 12 + y * dot, dot,
                             dot, BLACK);
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->boxes->len, ==, 7);
    for (guint i = 5; i < 7; i++)
        g_assert_cmpfloat(g_array_index(found.layout->boxes, BoxMark, i).longest_bar, <,
                          0.5);
}

/* A box whose right side is lost, as a thin copy loses it; where it is known to stand. */
static void test_broken_box_is_found_near(void)
{
    Page page = page_a4(200);
    ink_line(&page, 25, 40, 4, 20, BLACK);
    for (int i = 0; i < 2; i++) {
        draw_box(&page, 60, 80 + i * 12, 4, i == 0 ? EMPTY : TICK);
        ink_rect(&page, 63.6, 81.3 + i * 12, 0.6, 2, 0xffffff);
    }
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->boxes->len, ==, 0);
    int side = 4 * 200 / 25.4;
    for (int i = 0; i < 2; i++) {
        Rect place = {55 * 200 / 25.4, (79 + i * 12) * 200 / 25.4, 100, 48};
        BoxMark mark;
        g_assert_false(layout_box_near(found.layout, found.sheet, place, BOX_OF_ANY_SIDE,
                                       15, 40, &mark));
        g_assert_true(layout_box_near(found.layout, found.sheet, place, BOX_OF_SIDE,
                                      side - 1, side + 1, &mark));
        g_assert_cmpfloat_with_epsilon(mark.box_px.x * MM_PER_INCH / 200, 60, 0.3);
        g_assert_cmpfloat_with_epsilon(mark.box_px.y * MM_PER_INCH / 200, 80 + i * 12,
                                       0.3);
        if (i == 0)
            g_assert_cmpfloat(mark.inside_ink, <, 0.02);
        else
            g_assert_cmpfloat(mark.inside_ink, >, 0.08);
    }
}

/* What is known of a place makes no box of ink that has no sides. */
static void test_no_box_is_found_near_print(void)
{
    Page page = page_a4(200);
    ink_line(&page, 25, 40, 4, 20, BLACK);
    ink_rect(&page, 60, 80, 4, 0.3, BLACK);
    ink_rect(&page, 60, 84, 4, 0.3, BLACK);
    g_auto(Found) found = find(&page);
    BoxMark mark;
    g_assert_false(layout_box_near(found.layout, found.sheet,
                                   (Rect){55 * 200 / 25.4, 79 * 200 / 25.4, 100, 48},
                                   BOX_OF_SIDE, 30, 33, &mark));
    g_assert_false(layout_box_near(found.layout, found.sheet,
                                   (Rect){25 * 200 / 25.4, 39 * 200 / 25.4, 300, 48},
                                   BOX_OF_SIDE, 30, 33, &mark));
}

static void test_squares_of_other_sizes_are_dropped(void)
{
    Page page = page_a4(300);
    for (int i = 0; i < 4; i++)
        draw_box(&page, 30 + i * 20, 60, 3.5, i % 2 ? TICK : EMPTY);
    ink_frame(&page, 30, 100, 2.6, 2.5, 0.25, BLACK); /* 口 in a word */
    ink_line(&page, 34, 99.5, 4, 6, BLACK);
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->boxes->len, ==, 4);
}

static void test_box_in_a_cell_knows_it(void)
{
    Page page = page_a4(200);
    draw_grid(&page, 25, 60, 0.3, 0);
    draw_box(&page, 28, 100, 3.5, EMPTY);
    draw_box(&page, 60, 100, 3.5, TICK);
    draw_box(&page, 26, 112, 3.5, EMPTY);
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->boxes->len, ==, 3);
    g_assert_cmpint(g_array_index(found.layout->boxes, BoxMark, 0).cell, ==, 6);
    g_assert_cmpint(g_array_index(found.layout->boxes, BoxMark, 1).cell, ==, 7);
    g_assert_cmpint(g_array_index(found.layout->boxes, BoxMark, 2).cell, ==, -1);
}

/* 2 and its mirror image on a line to write on: the foot that lies along the line stays,
 * the line goes. */
static void test_foot_on_a_rule(void)
{
    for (int is_mirrored = 0; is_mirrored <= 1; is_mirrored++) {
        Page page = page_a4(240);
        double rule = 100, left = is_mirrored ? 62 : 60, top = is_mirrored ? 60 : 62;
        ink_line(&page, 25, 20, 4, 20, BLACK);
        ink_rect(&page, 40, rule, 60, 0.3, BLACK);
        ink_rect(&page, 60, rule - 0.2, 2, 0.3, BLACK);
        ink_stroke(&page, left, rule - 0.1, top, rule - 3, 0.35, BLACK);
        g_auto(Found) found = find(&page);
        for (double x = 60.3; x < 61.8; x += 0.2) {
            l_uint32 foot = 0;
            pixGetPixel(found.layout->ink, mm(&page, x), mm(&page, rule - 0.1), &foot);
            g_assert_cmpint((int)foot, ==, 1);
        }
        for (double x = 45; x < 95; x += 5) {
            l_uint32 line = 0;
            pixGetPixel(found.layout->ink, mm(&page, x), mm(&page, rule + 0.15), &line);
            g_assert_cmpint((int)line, ==, 0);
        }
    }
}

/* A blank of 9 mm is filled in: its line is none of the print. 一 is as long, in the
 * middle of its own. */
static void test_short_underline(void)
{
    Page page = page_a4(300);
    ink_line(&page, 25, 20, 4, 20, BLACK);
    ink_line(&page, 25, 60, 4, 4, BLACK);
    ink_line(&page, 46, 60.2, 3.4, 2, BLACK);
    ink_rect(&page, 47, 60.5, 0.3, 3.6, BLACK); /* touches it */
    ink_rect(&page, 44, 64.05, 9, 0.25, BLACK);
    ink_line(&page, 54, 60, 4, 6, BLACK);
    ink_rect(&page, 84, 62, 9, 0.4, BLACK);
    ink_line(&page, 95, 60, 4, 4, BLACK);
    g_auto(Found) found = find(&page);
    for (double x = 44.2; x < 53; x += 0.2) {
        l_uint32 ink = 1, rule = 0;
        pixGetPixel(found.layout->ink, mm(&page, x), mm(&page, 64.15), &ink);
        pixGetPixel(found.layout->rules, mm(&page, x), mm(&page, 64.15), &rule);
        g_assert_cmpint((int)ink, ==, 0);
        g_assert_cmpint((int)rule, ==, 1);
    }
    l_uint32 middle = 0;
    pixGetPixel(found.layout->ink, mm(&page, 88), mm(&page, 62.2), &middle);
    g_assert_cmpint((int)middle, ==, 1);
}

/* Lowest strokes that touch and are 14 mm long together: 通置业. What stands beside them
 * stands as low, and they end with their characters. */
static void test_feet_that_touch(void)
{
    Page page = page_a4(300);
    ink_line(&page, 25, 60, 4, 4, BLACK);
    for (int i = 0; i < 3; i++) {
        ink_line(&page, 41.4 + 4.6 * i, 60, 4, 1, BLACK);
        ink_rect(&page, 41.2 + 4.6 * i, 63.7, 4.6, 0.25, BLACK);
    }
    ink_line(&page, 55.2, 60, 4, 6, BLACK);
    g_auto(Found) found = find(&page);
    for (double x = 41.4; x < 55; x += 0.2) {
        l_uint32 rule = 1;
        pixGetPixel(found.layout->rules, mm(&page, x), mm(&page, 63.8), &rule);
        g_assert_cmpint((int)rule, ==, 0);
    }
}

static Rect line_box(const Layout *layout, guint i)
{
    return g_array_index(layout->lines, InkLine, i).box_px;
}

/* Characters of a bold title fill more of their place than print does; a picture as full
 * stands alone. */
static void test_bold_title(void)
{
    Page page = page_a4(200);
    for (int i = 0; i < 5; i++) {
        ink_rect(&page, 70 + 8.5 * i, 28, 7.4, 7.4, BLACK);
        ink_rect(&page, 71 + 8.5 * i, 30, 5.4, 1.4, 0xffffffu);
        ink_rect(&page, 71 + 8.5 * i, 33, 5.4, 1.4, 0xffffffu);
    }
    ink_rect(&page, 30, 120, 7.4, 7.4, BLACK);
    ink_rect(&page, 31, 122, 5.4, 1.4, 0xffffffu);
    ink_rect(&page, 31, 125, 5.4, 1.4, 0xffffffu);
    ink_line(&page, 70, 60, 4, 8, BLACK);
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->lines->len, ==, 2);
    g_assert_cmpfloat_with_epsilon(line_box(found.layout, 0).width * 25.4 / 200, 41.4,
                                   0.5);
}

static void test_wide_gap_ends_a_line(void)
{
    Page page = page_a4(200);
    ink_line(&page, 25, 40, 4, 6, BLACK);
    ink_line(&page, 90, 40, 4, 6, BLACK);
    ink_line(&page, 25, 60, 4, 4, BLACK); /* a gap of one character is none */
    ink_line(&page, 48, 60, 4, 6, BLACK);
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->lines->len, ==, 3);
    g_assert_cmpint(line_box(found.layout, 0).x, <, line_box(found.layout, 1).x);
    /* tight: 6 characters of 4 mm, less their white */
    g_assert_cmpfloat_with_epsilon(line_box(found.layout, 0).width * 25.4 / 200, 24.8,
                                   0.5);
    g_assert_cmpfloat_with_epsilon(line_box(found.layout, 0).height * 25.4 / 200, 3.6,
                                   0.4);
}

static void test_lines_that_touch_are_two(void)
{
    Page page = page_a4(200);
    ink_line(&page, 25, 40, 4, 12, BLACK);
    ink_line(&page, 25, 44.2, 4, 12, BLACK);
    ink_rect(&page, 50, 40, 0.3, 7.5, BLACK); /* a bracket across both */
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->lines->len, ==, 2);
    g_assert_cmpint(line_box(found.layout, 0).y, <, line_box(found.layout, 1).y);
}

static void test_strokes_of_one_character_are_one_line(void)
{
    Page page = page_a4(300);
    ink_text(&page, 210, 120, 4);
    for (int i = 0; i < 3; i++) /* 三 alone */
        ink_rect(&page, 60, 180 + i * 1.4, 3.6, 0.35, BLACK);
    g_auto(Found) found = find(&page);
    guint last = found.layout->lines->len - 1;
    g_assert_cmpfloat_with_epsilon(line_box(found.layout, last).height * 25.4 / 300, 3.15,
                                   0.3);
}

/* 号 alone on a line, larger than the page's text. */
static void test_parts_of_a_larger_character_are_one_line(void)
{
    Page page = page_a4(200);
    for (int i = 0; i < 6; i++)
        ink_line(&page, 25, 20 + i * 8, 3.5, 20, BLACK);
    ink_frame(&page, 60, 100, 2.4, 1.5, 0.35, BLACK);
    ink_rect(&page, 59.5, 101.8, 3.6, 0.4, BLACK);
    ink_rect(&page, 61, 102.1, 0.4, 1.7, BLACK);
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->lines->len, ==, 7);
}

/* The frame of a copied card stays in pieces: its edge in dashes, its corner as an arc.
 */
static void test_frame_of_a_card_joins_no_rows(void)
{
    Page page = page_a4(300);
    for (int i = 0; i < 6; i++)
        ink_line(&page, 20, 20 + i * 6, 3, 12, BLACK);
    for (int i = 0; i < 4; i++)
        ink_rect(&page, 15, 18 + i * 9.5, 0.25, 6, BLACK);
    for (int i = 0; i < 18; i++) {
        double from = i * G_PI / 36, to = (i + 1) * G_PI / 36, radius = 9;
        ink_stroke(&page, 60 + radius * cos(from), 46 + radius * sin(from),
                   60 + radius * cos(to), 46 + radius * sin(to), 0.2, BLACK);
    }
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->lines->len, ==, 6);
    for (guint i = 0; i < 6; i++)
        g_assert_cmpint(line_box(found.layout, i).height, <, mm(&page, 3.2));
}

/* One who signs beside a label writes larger, and leaves its row. */
static void test_signature_is_no_part_of_its_label(void)
{
    for (int is_before = 0; is_before < 2; is_before++) {
        Page page = page_a4(200);
        double label = is_before ? 70 : 25, hand = is_before ? 50 : 53;
        for (int i = 0; i < 6; i++)
            ink_line(&page, 25, 20 + i * 8, 4, 20, BLACK);
        ink_line(&page, label, 100, 4, 6, BLACK);
        for (int i = 0; i < 2; i++) { /* two characters of 8 mm, 2 mm from the label */
            ink_stroke(&page, hand + i * 8, 98, hand + i * 8 + 7, 104, 0.5, BLACK);
            ink_stroke(&page, hand + i * 8 + 4, 97, hand + i * 8 + 1, 105, 0.5, BLACK);
            ink_stroke(&page, hand + i * 8, 101, hand + i * 8 + 8, 101, 0.5, BLACK);
        }
        g_auto(Found) found = find(&page);
        g_assert_cmpint(found.layout->lines->len, ==, 8);
        Rect print = line_box(found.layout, is_before ? 7 : 6);
        g_assert_cmpfloat_with_epsilon(print.x, label / 25.4 * 200, 2);
        g_assert_cmpfloat_with_epsilon(print.height, 3.6 / 25.4 * 200, 3);
    }
}

/* Brackets and characters are higher than the digits before them. */
static void test_digits_before_characters_are_one_line(void)
{
    Page page = page_a4(200);
    for (int i = 0; i < 6; i++)
        ink_line(&page, 25, 20 + i * 8, 2.6, 20, BLACK);
    ink_line(&page, 25, 101, 2.4, 6, BLACK);
    ink_line(&page, 41, 99.6, 4, 8, BLACK);
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->lines->len, ==, 7);
}

/* Words around the ring of a black seal stand in no line; print that goes on under the
 * seal, and comes out of it, is one line. */
static void test_print_under_a_black_seal(void)
{
    Page page = page_a4(200);
    for (int i = 0; i < 6; i++)
        ink_line(&page, 25, 20 + i * 8, 4, 20, BLACK);
    for (int i = 0; i < 3; i++) /* the middle one ends under the seal */
        ink_line(&page, 60, 120 + i * 8, 4, i == 1 ? 10 : 24, BLACK);
    for (int i = 0; i < 720; i++) { /* a ring of 20 mm around 110, 130 */
        double angle = i * G_PI / 360;
        ink_rect(&page, 110 + 20 * cos(angle), 130 + 20 * sin(angle), 1, 1, BLACK);
    }
    for (int i = 0; i < 12; i++) { /* and its characters, above and below the lines */
        double angle = i * G_PI / 6 + 0.2;
        if (fabs(sin(angle)) < 0.8)
            continue;
        ink_rect(&page, 108.5 + 16 * cos(angle), 128.5 + 16 * sin(angle), 0.5, 4.4,
                 BLACK);
        ink_rect(&page, 106.5 + 16 * cos(angle), 130 + 16 * sin(angle), 4.4, 0.5, BLACK);
    }
    ink_rect(&page, 103, 122, 0.5, 7, BLACK); /* and one between two lines */
    ink_rect(&page, 101.5, 125.6, 3.5, 0.5, BLACK);
    g_auto(Found) found = find(&page);
    g_assert_nonnull(found.sheet->seal);
    int whole = 0;
    for (guint i = 0; i < found.layout->lines->len; i++) {
        Rect box = line_box(found.layout, i);
        bool is_middle = abs(box.y - mm(&page, 128)) < mm(&page, 2);
        whole += box.x < mm(&page, 61) && box.y > mm(&page, 115) &&
                 rect_right(box) > mm(&page, is_middle ? 98 : 154) &&
                 box.height < mm(&page, 5);
    }
    g_assert_cmpint(whole, ==, 3);
}

static void test_photo_and_dust_make_no_lines(void)
{
    Page page = page_a4(200);
    ink_line(&page, 25, 40, 4, 10, BLACK);
    ink_rect(&page, 120, 80, 22, 28, 0x606060);
    for (int i = 0; i < 40; i++)
        ink_rect(&page, 15 + i * 4.5, 150 + i * 53 % 120, 0.4, 0.4, BLACK);
    ink_rect(&page, 18, 43, 0.4, 0.4, BLACK); /* dust beside a line does not widen it */
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->lines->len, ==, 1);
    g_assert_cmpfloat_with_epsilon(line_box(found.layout, 0).x * 25.4 / 200, 25, 0.3);
}

static void test_tick_does_not_join_lines(void)
{
    Page page = page_a4(200);
    for (int i = 0; i < 4; i++) {
        draw_box(&page, 25, 40 + i * 5.4, 3.5, TICK);
        ink_line(&page, 31, 40 + i * 5.4, 4, 10, BLACK);
    }
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->lines->len, ==, 4);
    g_assert_cmpint(line_box(found.layout, 0).height, <, 4.4 / 25.4 * 200);
}

/* 大 joined with 道, which looks like a ticked box: nothing of the line is lost. */
static void test_character_like_a_box_keeps_its_neighbour(void)
{
    Page page = page_a4(200);
    ink_line(&page, 25, 20, 5, 20, BLACK);
    draw_box(&page, 60, 100, 3.2, CROSS);
    ink_rect(&page, 55.5, 101, 4.6, 0.4, BLACK);
    ink_rect(&page, 57.5, 100, 0.4, 3.2, BLACK);
    ink_line(&page, 65, 100, 3.2, 6, BLACK);
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->lines->len, ==, 2);
    g_assert_cmpfloat_with_epsilon(line_box(found.layout, 1).x, 55.5 / 25.4 * 200, 2);
}

/* 号: a square with a foot is whole. */
static void test_character_like_a_box_keeps_its_foot(void)
{
    Page page = page_a4(200);
    ink_line(&page, 25, 20, 4.2, 20, BLACK);
    draw_box(&page, 60, 100, 2.6, EMPTY);
    ink_rect(&page, 60, 102, 0.4, 1.6, BLACK);
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->lines->len, ==, 2);
    g_assert_cmpfloat_with_epsilon(line_box(found.layout, 1).height, 3.6 / 25.4 * 200, 2);
}

static int darkest_border(PIX *pix, int border)
{
    int darkest = 255;
    for (int y = 0; y < pixGetHeight(pix); y++)
        for (int x = 0; x < pixGetWidth(pix); x++)
            if (MIN(x, pixGetWidth(pix) - 1 - x) < border ||
                MIN(y, pixGetHeight(pix) - 1 - y) < border) {
                l_uint32 value = 0;
                pixGetPixel(pix, x, y, &value);
                darkest = MIN(darkest, (int)value);
            }
    return darkest;
}

static void test_crop_is_white_around(void)
{
    Page page = page_a4(300);
    draw_grid(&page, 25, 60, 0.4, 0);
    ink_line(&page, 60, 82.2, 1.8, 9, BLACK); /* sits on the rule at 84 */
    g_auto(Found) found = find(&page);
    g_assert_cmpint(found.layout->lines->len, ==, 1);
    Rect line = line_box(found.layout, 0);
    g_autoptr(PIX) crop =
        layout_line_crop(found.layout, found.sheet, line, NULL, 36, 0.15);
    g_assert_cmpint(pixGetDepth(crop), ==, 8);
    g_assert_cmpint(abs(pixGetHeight(crop) - (36 + 2 * 5)), <=, 3);
    g_assert_cmpint(darkest_border(crop, 3), >, 200);

    g_autoptr(GArray) blank = g_array_new(FALSE, FALSE, sizeof(Rect));
    Rect left_half = {line.x - 9, line.y - 9, line.width / 2, line.height + 18};
    g_array_append_val(blank, left_half);
    g_autoptr(PIX) half =
        layout_line_crop(found.layout, found.sheet, line, blank, 0, 0.15);
    l_float32 full_dark = 0, half_dark = 0;
    g_autoptr(PIX) whole =
        layout_line_crop(found.layout, found.sheet, line, NULL, 0, 0.15);
    pixGetAverageMasked(whole, NULL, 0, 0, 1, L_MEAN_ABSVAL, &full_dark);
    pixGetAverageMasked(half, NULL, 0, 0, 1, L_MEAN_ABSVAL, &half_dark);
    g_assert_cmpfloat(255 - half_dark, <, 0.7 * (255 - full_dark));
    g_assert_null(layout_line_crop(found.layout, found.sheet, (Rect){-50, 0, 20, 20},
                                   NULL, 0, 0.15));
}

/* print that crosses a rule keeps its strokes, and the rule goes */
/* The feet of 放大道 in a row: gaps between them, and hardly any ink just above. */
static void test_feet_of_characters_are_no_rule(void)
{
    Page page = page_a4(200);
    ink_line(&page, 25, 20, 5, 20, BLACK);
    for (int i = 0; i < 9; i++) {
        double x = 60 + i * 3.7;
        ink_rect(&page, x, 103.2, 3.4, 0.4, BLACK);
        ink_rect(&page, x + 1.5, 100, 0.3, 3.2, BLACK);
    }
    g_auto(Found) found = find(&page);
    l_int32 is_empty = 0;
    pixZero(found.layout->rules, &is_empty);
    g_assert_true(is_empty);
}

static void test_rules_leave_what_crosses_them(void)
{
    Page page = page_a4(300);
    draw_grid(&page, 25, 60, 0.3, 0);
    ink_rect(&page, 70, 80, 0.6, 8, BLACK); /* across the rule at 84 */
    g_auto(Found) found = find(&page);
    l_uint32 stroke = 0, rule = 0, taken = 0;
    int y = mm(&page, 84.1), x = mm(&page, 70.3);
    pixGetPixel(found.layout->ink, x, y, &stroke);
    pixGetPixel(found.layout->ink, x + 40, y, &rule);
    pixGetPixel(found.layout->rules, x + 40, y, &taken);
    g_assert_cmpint((int)stroke, ==, 1);
    g_assert_cmpint((int)rule, ==, 0);
    g_assert_cmpint((int)taken, ==, 1);
}

/* noise of any density is a layout or an error, within the limits */
static void test_noise_is_bounded(void)
{
    for (int share = 1; share <= 64; share *= 4) {
        Page page = page_new(210, 297, 100, 1);
        g_autoptr(GRand) random = g_rand_new_with_seed(3);
        for (int y = 0; y < pixGetHeight(page.pix); y++)
            for (int x = 0; x < pixGetWidth(page.pix); x++)
                if (g_rand_int_range(random, 0, 2 * share) == 0)
                    pixSetPixel(page.pix, x, y, 1);
        SheetParams params = {.claimed_dpi = 100};
        g_autoptr(PIX) owned = page.pix;
        g_autoptr(Sheet) sheet = sheet_make(page.pix, &params, NULL);
        g_assert_nonnull(sheet);
        g_autoptr(GError) error = NULL;
        g_autoptr(Layout) layout = layout_find(sheet, &error);
        g_assert_true((layout != NULL) == (error == NULL));
        if (layout != NULL)
            g_assert_cmpint(layout->lines->len, <=, LIMIT_LINES_PER_PAGE);
    }
}

/* Crosses of boxes right above each other touch, and one piece of ink is all of them. */
static void test_boxes_joined_by_ticks(void)
{
    static const double pitch_mm = 4.7;
    g_autoptr(GError) error = NULL;
    Page page = page_a4(300);
    g_autoptr(PIX) owned = page.pix;
    ink_frame(&page, 20, 40, 120, 40, 0.3, BLACK);
    ink_frame(&page, 20, 40, 70, 40, 0.3, BLACK);
    ink_frame(&page, 20, 80, 120, 20, 0.3, BLACK);
    for (int i = 0; i < 4; i++) {
        double y = 50 + i * pitch_mm;
        ink_line(&page, 32.6, y + 0.4, 2.4, 3, BLACK);
        ink_frame(&page, 40, y - 0.4, 4, 4, 0.2, BLACK);
        ink_rect(&page, 43.6, y + 0.6, 0.6, 1.6, 0xffffff); /* a broken side */
        ink_line(&page, 44.5, y + 0.4, 2.4, 4, BLACK);
        if (i % 3 == 0)
            continue;
        ink_stroke(&page, 39.6, y - 0.9, 44.4, y + 4.1, 0.3, BLACK);
        ink_stroke(&page, 44.4, y - 0.9, 39.6, y + 4.1, 0.3, BLACK);
    }
    SheetParams params = {.claimed_dpi = page.dpi};
    g_autoptr(Sheet) sheet = sheet_make(page.pix, &params, &error);
    g_autoptr(Layout) layout = layout_find(sheet, &error);
    g_assert_no_error(error);
    guint rows[4] = {0};
    for (guint i = 0; i < layout->lines->len; i++) {
        Rect line = g_array_index(layout->lines, InkLine, i).box_px;
        g_assert_cmpint(line.height, <, mm(&page, pitch_mm * 1.4));
        int row = (int)((rect_centre_y(line) / page.dpi * MM_PER_INCH - 49) / pitch_mm);
        if (row >= 0 && row < 4)
            rows[row] |= 1;
    }
    for (int i = 0; i < 4; i++)
        g_assert_cmpuint(rows[i], ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    setMsgSeverity(L_SEVERITY_NONE);
    g_test_add_func("/layout/grid/merged-cells", test_grid_with_merged_cells);
    g_test_add_func("/layout/grid/broken-lines", test_grid_with_broken_lines);
    g_test_add_func("/layout/grid/pale-steps", test_hair_line_with_pale_steps);
    g_test_add_func("/layout/grid/hole-in-a-rule", test_hole_in_a_rule);
    g_test_add_func("/layout/grid/column-edge-stops", test_column_edge_stops_at_text);
    g_test_add_func("/layout/grid/short-and-faded", test_short_line_that_faded);
    g_test_add_func("/layout/rests/dots", test_level_line_left_as_dots);
    g_test_add_func("/layout/rests/ends", test_level_line_told_by_ends);
    g_test_add_func("/layout/rests/column", test_stub_goes_on_the_column);
    g_test_add_func("/layout/rests/card", test_pattern_of_a_card_is_no_table);
    g_test_add_func("/layout/grid/open-sides", test_grid_without_outer_borders);
    g_test_add_func("/layout/grid/two-and-a-frame", test_two_grids_and_a_frame);
    g_test_add_func("/layout/grid/stacked-boxes",
                    test_boxes_above_each_other_are_no_column);
    g_test_add_func("/layout/grid/none", test_page_without_ink_and_without_grid);
    g_test_add_func("/layout/boxes/rings", test_rings_about_boxes);
    g_test_add_func("/layout/boxes/uneven-frame", test_uneven_frame_is_no_ring);
    g_test_add_func("/layout/boxes/ring-among-boxes",
                    test_ring_among_boxes_above_each_other);
    g_test_add_func("/layout/boxes/all-states", test_boxes_in_all_states);
    g_test_add_func("/layout/boxes/joined-with-a-character",
                    test_box_joined_with_a_character);
    g_test_add_func("/layout/boxes/joined-with-a-word", test_box_joined_with_a_word);
    g_test_add_func("/layout/boxes/size-of-the-sure",
                    test_many_characters_do_not_set_the_size);
    g_test_add_func("/layout/boxes/larger-than-print",
                    test_boxes_larger_than_print_are_kept);
    g_test_add_func("/layout/boxes/ticked-and-larger-than-print",
                    test_ticked_boxes_larger_than_print_are_kept);
    g_test_add_func("/layout/boxes/before-an-underline", test_box_before_an_underline);
    g_test_add_func("/layout/boxes/tick-with-a-flat-head", test_tick_with_a_flat_head);
    g_test_add_func("/layout/boxes/right-of-many-strokes",
                    test_boxes_right_of_many_strokes);
    g_test_add_func("/layout/boxes/step", test_box_with_a_step);
    g_test_add_func("/layout/boxes/not-characters", test_characters_are_no_boxes);
    g_test_add_func("/layout/boxes/character-with-bars",
                    test_character_like_a_box_has_bars);
    g_test_add_func("/layout/boxes/foot-of-a-tick", test_foot_of_a_tick_is_no_bar);
    g_test_add_func("/layout/boxes/near-broken", test_broken_box_is_found_near);
    g_test_add_func("/layout/boxes/near-print", test_no_box_is_found_near_print);
    g_test_add_func("/layout/boxes/one-size", test_squares_of_other_sizes_are_dropped);
    g_test_add_func("/layout/boxes/cell", test_box_in_a_cell_knows_it);
    g_test_add_func("/layout/ink/foot-on-a-rule", test_foot_on_a_rule);
    g_test_add_func("/layout/lines/bold-title", test_bold_title);
    g_test_add_func("/layout/ink/short-underline", test_short_underline);
    g_test_add_func("/layout/ink/feet-that-touch", test_feet_that_touch);
    g_test_add_func("/layout/lines/wide-gap", test_wide_gap_ends_a_line);
    g_test_add_func("/layout/lines/touching", test_lines_that_touch_are_two);
    g_test_add_func("/layout/lines/strokes", test_strokes_of_one_character_are_one_line);
    g_test_add_func("/layout/lines/photo-and-dust", test_photo_and_dust_make_no_lines);
    g_test_add_func("/layout/lines/larger-character",
                    test_parts_of_a_larger_character_are_one_line);
    g_test_add_func("/layout/lines/signature", test_signature_is_no_part_of_its_label);
    g_test_add_func("/layout/lines/frame-of-a-card", test_frame_of_a_card_joins_no_rows);
    g_test_add_func("/layout/lines/digits", test_digits_before_characters_are_one_line);
    g_test_add_func("/layout/lines/black-seal", test_print_under_a_black_seal);
    g_test_add_func("/layout/lines/ticks", test_tick_does_not_join_lines);
    g_test_add_func("/layout/lines/foot", test_character_like_a_box_keeps_its_foot);
    g_test_add_func("/layout/lines/like-a-box",
                    test_character_like_a_box_keeps_its_neighbour);
    g_test_add_func("/layout/crop/white-around", test_crop_is_white_around);
    g_test_add_func("/layout/rules/feet", test_feet_of_characters_are_no_rule);
    g_test_add_func("/layout/rules/leave-crossings", test_rules_leave_what_crosses_them);
    g_test_add_func("/layout/limits/noise", test_noise_is_bounded);
    g_test_add_func("/layout/lines/boxes-joined-by-ticks", test_boxes_joined_by_ticks);
    return g_test_run();
}
