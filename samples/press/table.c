/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table.h"

typedef struct {
    double share, pitch_mm;
    Flow *flow; /* owned */
    Align align;
    gboolean is_top, joins_below;
} Cell;

typedef struct {
    double least_mm;
    GArray *cells; /* of Cell */
    gboolean is_shaded;
    Box box; /* where it was drawn */
} Row;

struct Table {
    GPtrArray *rows; /* of Row* */
    double padding_mm, outer_mm, inner_mm;
};

static void cell_clear(gpointer data)
{
    flow_free(((Cell *)data)->flow);
}

static void row_free(gpointer data)
{
    Row *row = data;
    g_array_unref(row->cells);
    g_free(row);
}

Table *table_new(double padding_mm, double outer_mm, double inner_mm)
{
    Table *table = g_new0(Table, 1);
    table->rows = g_ptr_array_new_with_free_func(row_free);
    table->padding_mm = padding_mm;
    table->outer_mm = outer_mm;
    table->inner_mm = inner_mm;
    return table;
}

void table_free(Table *table)
{
    if (table == NULL)
        return;
    g_ptr_array_unref(table->rows);
    g_free(table);
}

int table_rows(const Table *table)
{
    return (int)table->rows->len;
}

static Row *row_at(const Table *table, int number)
{
    return g_ptr_array_index(table->rows, (guint)number);
}

static Row *last_row(const Table *table)
{
    return row_at(table, table_rows(table) - 1);
}

int table_row(Table *table, double least_mm)
{
    Row *row = g_new0(Row, 1);
    row->least_mm = least_mm;
    row->cells = g_array_new(FALSE, TRUE, sizeof(Cell));
    g_array_set_clear_func(row->cells, cell_clear);
    g_ptr_array_add(table->rows, row);
    return table_rows(table) - 1;
}

void table_cell(Table *table, double share, Flow *flow, Align align, double pitch_mm)
{
    Cell cell = {share, pitch_mm, flow, align, FALSE, FALSE};
    g_array_append_val(last_row(table)->cells, cell);
}

static Cell *last_cell(const Table *table)
{
    GArray *cells = last_row(table)->cells;
    return &g_array_index(cells, Cell, cells->len - 1);
}

void table_cell_top(Table *table)
{
    last_cell(table)->is_top = TRUE;
}

void table_cell_joins(Table *table)
{
    last_cell(table)->joins_below = TRUE;
}

void table_row_shade(Table *table)
{
    last_row(table)->is_shaded = TRUE;
}

Box table_row_box(const Table *table, int row)
{
    return row_at(table, row)->box;
}

/* Each cell's part of the row's width, 0..1. */
static double part_of(const Row *row, const Cell *cell)
{
    double total = 0;
    gboolean has_rest = FALSE;
    for (guint i = 0; i < row->cells->len; i++) {
        double share = g_array_index(row->cells, Cell, i).share;
        total += share;
        has_rest |= share == 0;
    }
    if (cell->share == 0)
        return 1 - total / TABLE_SHARES;
    return cell->share / (has_rest ? TABLE_SHARES : total);
}

static double row_height(const Table *table, const Row *row, const Sheet *sheet,
                         double width_mm)
{
    double height = row->least_mm;
    for (guint i = 0; i < row->cells->len; i++) {
        Cell *cell = &g_array_index(row->cells, Cell, i);
        double inner = width_mm * part_of(row, cell) - 2 * table->padding_mm;
        /* Words need a little air above and below, or they touch the rules. */
        double needed = flow_height(cell->flow, sheet, inner, cell->pitch_mm) + 1.0;
        if (!cell->joins_below)
            height = MAX(height, needed);
    }
    return height;
}

double table_height(Table *table, const Sheet *sheet, int first, int end, double width_mm)
{
    double height = 0;
    for (int r = first; r < end; r++)
        height += row_height(table, row_at(table, r), sheet, width_mm);
    return height;
}

static void draw_row(Table *table, Sheet *sheet, int number, gboolean is_last,
                     double joined_mm, Dice *dice)
{
    Row *row = row_at(table, number);
    double x = row->box.x, y = row->box.y;
    double bottom = y + row->box.height;
    if (row->is_shaded)
        sheet_fill(sheet, row->box, (Colour){0.90, 0.90, 0.90});
    for (guint i = 0; i < row->cells->len; i++) {
        Cell *cell = &g_array_index(row->cells, Cell, i);
        double width = row->box.width * part_of(row, cell);
        gboolean is_open = cell->joins_below && !is_last;
        if (!is_open && !is_last)
            sheet_line(sheet, x, bottom, x + width, bottom, table->inner_mm,
                       COLOUR_BLACK);
        if (i > 0)
            sheet_line(sheet, x, y, x, bottom, table->inner_mm, COLOUR_BLACK);
        double top = cell->is_top ? y + 0.8 : y;
        Box inner = {x + table->padding_mm, top, width - 2 * table->padding_mm,
                     row->box.height + (is_open ? joined_mm : 0)};
        flow_draw(cell->flow, sheet, inner, cell->align, cell->pitch_mm, cell->is_top,
                  dice);
        x += width;
    }
}

double table_draw(Table *table, Sheet *sheet, int first, int end, double x, double y,
                  double width_mm, Dice *dice)
{
    double top = y;
    for (int r = first; r < end; r++) {
        Row *row = row_at(table, r);
        row->box = (Box){x, y, width_mm, row_height(table, row, sheet, width_mm)};
        y += row->box.height;
    }
    for (int r = first; r < end; r++)
        draw_row(table, sheet, r, r == end - 1,
                 r + 1 < end ? row_at(table, r + 1)->box.height : 0, dice);
    sheet_frame(sheet, (Box){x, top, width_mm, y - top}, table->outer_mm, COLOUR_BLACK);
    return y;
}
