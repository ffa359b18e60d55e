/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grids and cells: the white areas between ruled lines. Merged cells need no special
 * care. */
#include "layout/private.h"

static const double MIN_CELL_MM = 2.5;
/* A grid is at least this large; below stand tick boxes and frames of single characters.
 */
static const double MIN_GRID_WIDTH_MM = 20.0, MIN_GRID_HEIGHT_MM = 8.0;
/* Ends within this of each other close an open side. */
static const double SIDE_MM = 2.5;
/* Share of its box that a cell fills; less is the space around a grid of odd shape. */
static const double MIN_CELL_FILL = 0.6;
/* Rows whose tops are this near are one row. */
static const double ROW_MM = 1.5;

static void draw_rule(PIX *mask, const Rule *rule, bool is_transposed)
{
    double last = rule->centre[0];
    for (int i = 0; i < rule->box_px.width; i++) {
        int along = rule->box_px.x + i;
        int from = (int)floor(MIN(last, rule->centre[i]));
        int to = (int)ceil(MAX(last, rule->centre[i]));
        for (int across = from; across <= to; across++)
            pixSetPixel(mask, is_transposed ? across : along,
                        is_transposed ? along : across, 1);
        last = rule->centre[i];
    }
}

/* lines that touch, two pixels thick, so that white does not leak through a corner */
static PIX *draw_rules(const Rules *rules)
{
    g_autoptr(PIX) mask = pixCreate(rules->width_px, rules->height_px, 1);
    if (mask == NULL)
        return NULL;
    for (guint i = 0; i < rules->level->len; i++)
        draw_rule(mask, &g_array_index(rules->level, Rule, i), false);
    for (guint i = 0; i < rules->upright->len; i++)
        draw_rule(mask, &g_array_index(rules->upright, Rule, i), true);
    return pixDilateBrick(NULL, mask, 3, 3);
}

/* level lines that begin (or end) at @x within the grid, and the rows they reach */
static int count_ends(const Rules *rules, Rect grid, int x, bool is_right, int slack,
                      Rect *side)
{
    int count = 0, top = grid.y + grid.height, bottom = grid.y;
    for (guint i = 0; i < rules->level->len; i++) {
        Rect box = g_array_index(rules->level, Rule, i).box_px;
        int end = is_right ? rect_right(box) - 1 : box.x;
        if (rect_overlap_y(box, grid) == 0 || abs(end - x) > slack)
            continue;
        count++;
        top = MIN(top, box.y);
        bottom = MAX(bottom, rect_bottom(box));
    }
    *side = (Rect){is_right ? x - 1 : x, top, 2, MAX(0, bottom - top)};
    return count;
}

/* share of the column around @x that is line, from @side's top to its bottom */
static double covered_share(PIX *mask, Rect side, int slack)
{
    int covered = 0;
    for (int y = side.y; y < rect_bottom(side); y++) {
        bool is_line = false;
        for (int x = MAX(0, side.x - slack);
             x <= MIN(side.x + slack, pixGetWidth(mask) - 1) && !is_line; x++) {
            l_uint32 bit = 0;
            pixGetPixel(mask, x, y, &bit);
            is_line = bit != 0;
        }
        covered += is_line;
    }
    return side.height > 0 ? (double)covered / side.height : 1;
}

/* tables printed without their left and right border get one */
static void close_open_sides(const Rules *rules, PIX *mask, Rect grid)
{
    int slack = px_from_mm(SIDE_MM, rules->dpi);
    for (int is_right = 0; is_right <= 1; is_right++) {
        Rect side;
        int x = is_right ? rect_right(grid) - 2 : grid.x + 1;
        if (count_ends(rules, grid, x, is_right, slack, &side) < 3 ||
            covered_share(mask, side, slack) > 0.5)
            continue;
        g_autoptr(BOX) box =
            boxCreate(MAX(0, side.x - (is_right ? 0 : 1)), side.y, 3, side.height);
        pixSetInRect(mask, box);
        /* lines that stop short of it are led on */
        for (guint i = 0; i < rules->level->len; i++) {
            const Rule *rule = &g_array_index(rules->level, Rule, i);
            int end = is_right ? rect_right(rule->box_px) - 1 : rule->box_px.x;
            if (abs(end - x) > slack || rect_overlap_y(rule->box_px, grid) == 0)
                continue;
            int y = (int)rule->centre[is_right ? rule->box_px.width - 1 : 0];
            g_autoptr(BOX) lead =
                boxCreate(MIN(end, x), MAX(0, y - 1), abs(end - x) + 1, 3);
            pixSetInRect(mask, lead);
        }
    }
}

static Rect full_size(const Rules *rules, const Layout *layout, Rect box)
{
    int n = rules->reduction;
    Rect out = {box.x * n, box.y * n, box.width * n, box.height * n};
    return rect_intersection(out, (Rect){0, 0, layout->width_px, layout->height_px});
}

/* the cells of one grid; @grid in reduced pixels */
static void add_cells(const Rules *rules, Layout *layout, PIX *mask, Rect grid)
{
    g_autoptr(BOX) clip = boxCreate(grid.x, grid.y, grid.width, grid.height);
    g_autoptr(PIX) part = pixClipRectangle(mask, clip, NULL);
    g_autoptr(PIX) white = part != NULL ? pixInvert(NULL, part) : NULL;
    g_autoptr(BlobSet) set = white != NULL ? blobs_find(white, BLOBS_MAX_RUNS) : NULL;
    if (set == NULL)
        return;
    guint before = layout->cells->len;
    int least = px_from_mm(MIN_CELL_MM, rules->dpi);
    for (int i = 0; i < set->count; i++) {
        Rect box = set->blobs[i].box_px;
        bool is_outside = box.x == 0 || box.y == 0 || rect_right(box) == grid.width ||
                          rect_bottom(box) == grid.height;
        double fill = (double)set->blobs[i].area_px / box.width / box.height;
        if (is_outside || MIN(box.width, box.height) + 2 < least || fill < MIN_CELL_FILL)
            continue;
        /* the lines were drawn one pixel thicker on each side */
        Rect inside = {grid.x + box.x - 1, grid.y + box.y - 1, box.width + 2,
                       box.height + 2};
        Cell cell = {full_size(rules, layout, inside), (int)layout->grids->len};
        g_array_append_val(layout->cells, cell);
    }
    if (layout->cells->len - before < 2) { /* a frame around something is no table */
        g_array_set_size(layout->cells, before);
        return;
    }
    Rect outer = full_size(rules, layout, grid);
    g_array_append_val(layout->grids, outer);
}

static int compare_tops(gconstpointer a, gconstpointer b)
{
    const Cell *p = a, *q = b;
    if (p->grid != q->grid)
        return p->grid - q->grid;
    if (p->box_px.y != q->box_px.y)
        return p->box_px.y - q->box_px.y;
    return p->box_px.x - q->box_px.x;
}

static int compare_lefts(gconstpointer a, gconstpointer b)
{
    return ((const Cell *)a)->box_px.x - ((const Cell *)b)->box_px.x;
}

/* tops of a row differ by a pixel or two: rows are formed first, then put left to right
 */
static void sort_cells(Layout *layout)
{
    g_array_sort(layout->cells, compare_tops);
    int slack = px_from_mm(ROW_MM, layout->dpi);
    for (guint i = 0; i < layout->cells->len;) {
        Cell *first = &g_array_index(layout->cells, Cell, i);
        guint end = i + 1;
        while (end < layout->cells->len &&
               g_array_index(layout->cells, Cell, end).grid == first->grid &&
               g_array_index(layout->cells, Cell, end).box_px.y - first->box_px.y <=
                   slack)
            end++;
        qsort(first, end - i, sizeof(Cell), compare_lefts);
        i = end;
    }
}

/* the lines of one grid alone: what stands free inside a cell does not divide it */
static PIX *only_blob(const BlobSet *set, int blob, PIX *like)
{
    PIX *mask = pixCreateTemplate(like);
    if (mask == NULL)
        return NULL;
    for (int i = 0; i < set->run_count; i++) {
        const struct InkRun *run = &set->runs[i];
        l_uint32 *line = pixGetData(mask) + (size_t)run->y * (size_t)pixGetWpl(mask);
        if (run->blob == blob)
            for (int x = run->x0; x < run->x1; x++)
                SET_DATA_BIT(line, x);
    }
    return mask;
}

bool cells_find(const Rules *rules, Layout *layout)
{
    g_autoptr(PIX) all = draw_rules(rules);
    g_autoptr(BlobSet) set = all != NULL ? blobs_find(all, BLOBS_MAX_RUNS) : NULL;
    if (set == NULL)
        return false;
    for (int i = 0; i < set->count; i++) {
        Rect grid = set->blobs[i].box_px;
        if (grid.width < px_from_mm(MIN_GRID_WIDTH_MM, rules->dpi) ||
            grid.height < px_from_mm(MIN_GRID_HEIGHT_MM, rules->dpi))
            continue;
        g_autoptr(PIX) mask = only_blob(set, i, all);
        if (mask == NULL)
            return false;
        close_open_sides(rules, mask, grid);
        add_cells(rules, layout, mask, grid);
        if (layout->cells->len > LIMIT_CELLS_PER_PAGE)
            return false;
    }
    sort_cells(layout);
    return true;
}
int cell_around(const Layout *layout, Rect box)
{
    int best = -1;
    double best_area = 0;
    for (guint i = 0; i < layout->cells->len; i++) {
        Rect cell = g_array_index(layout->cells, Cell, i).box_px;
        double area = (double)cell.width * cell.height;
        if (rect_contains_centre(cell, box) && (best < 0 || area < best_area)) {
            best = (int)i;
            best_area = area;
        }
    }
    return best;
}
