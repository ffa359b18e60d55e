/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.h - a ruled table whose rows have columns of their own, as word processors make
 * them. */
#pragma once
#include "flow.h"

typedef struct Table Table;

#define TABLE_SHARES 172 /* of a row with a cell that takes the rest */

/* table_new: an empty table. @pitch: line distance over type size. Returns: owned */
Table *table_new(double padding_mm, double outer_mm, double inner_mm);
void table_free(Table *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Table, table_free)

/* table_row: begin a row at least @least_mm high. Returns: its number */
int table_row(Table *table, double least_mm);
/* table_cell: one more cell of the last row.
 * @share: its share of the row's width; the shares of a row are scaled to fill it. 0: the
 *     rest of TABLE_SHARES, so that the others keep their width from row to row
 * @flow: taken over
 * @pitch_mm: line distance */
void table_cell(Table *table, double share, Flow *flow, Align align, double pitch_mm);
/* table_cell_top: the last cell begins at its top instead of standing in its middle. */
void table_cell_top(Table *table);
/* table_cell_joins: the last cell goes on in the first cell of the next row. */
void table_cell_joins(Table *table);
/* table_row_shade: grey under the last row. */
void table_row_shade(Table *table);
int table_rows(const Table *table);

/* table_height: of rows @first .. @end - 1, in mm, when the table is @width_mm wide. */
double table_height(Table *table, const Sheet *sheet, int first, int end,
                    double width_mm);

/* table_draw: those rows with their upper left corner at @x, @y. Returns: the lower edge,
 * mm */
double table_draw(Table *table, Sheet *sheet, int first, int end, double x, double y,
                  double width_mm, Dice *dice);

/* table_row_box: where a row was drawn, in mm. */
Box table_row_box(const Table *table, int row);
