/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Print under a dark seal. The words of a seal stand around its ring, in no line; taken
 * together with the print that the seal covers they would make one heap of all. So lines
 * are made of what is clear of the seal, go on under it as far as anything stands in
 * their row, and what then remains is cut by itself. */
#include "layout/private.h"

/* Of a line's height: how far what continues it may leave its row, and stand from it. */
static const double ROW_SLACK = 0.2, STEP = 2.5;
/* Of the height of text: strokes of 一 and dashes are lower and tell no row; what is
 * higher are several lines, or a signature. */
static const double LEAST_ROW = 0.6, MOST_ROW = 1.7;

/* A line and the row it stands in, which what is added does not widen. */
typedef struct {
    int line; /* index into the layout's */
    int top, bottom;
} Row;

static Rect *box_of(Layout *layout, const Row *row)
{
    return &g_array_index(layout->lines, InkLine, row->line).box_px;
}

/* whether @next stands in @row and next to what is there */
static bool continues(Layout *layout, const Row *row, Rect next)
{
    Rect line = *box_of(layout, row);
    int height = row->bottom - row->top, slack = (int)(ROW_SLACK * height);
    int gap = MAX(line.x, next.x) - MIN(rect_right(line), rect_right(next));
    return next.y >= row->top - slack && rect_bottom(next) <= row->bottom + slack &&
           gap <= STEP * height;
}

/* The rows of the lines from @first_line on. Returns: Row */
static GArray *rows_of(const Layout *layout, guint first_line)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(Row));
    for (guint i = first_line; i < layout->lines->len; i++) {
        Rect box = g_array_index(layout->lines, InkLine, i).box_px;
        Row row = {(int)i, box.y, rect_bottom(box)};
        if (box.height >= LEAST_ROW * layout->text_height_px &&
            box.height <= MOST_ROW * layout->text_height_px)
            g_array_append_val(rows, row);
    }
    return rows;
}

/* Returns: whether one of @rows takes @box in */
static bool take_in(Layout *layout, const GArray *rows, Rect box)
{
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = &g_array_index(rows, Row, i);
        if (continues(layout, row, box)) {
            Rect *line = box_of(layout, row);
            *line = rect_union(*line, box);
            return true;
        }
    }
    return false;
}

/* What goes on under the seal may come out at its other side: lines of one row that now
 * reach each other are one. */
static void join_rows(Layout *layout, GArray *rows)
{
    for (guint i = 0; i < rows->len; i++)
        for (guint j = rows->len; j-- > i + 1;) {
            Row *row = &g_array_index(rows, Row, i), gone = g_array_index(rows, Row, j);
            Rect other = *box_of(layout, &gone), *line = box_of(layout, row);
            if (!continues(layout, row, other))
                continue;
            *line = rect_union(*line, other);
            g_array_remove_index(layout->lines, (guint)gone.line);
            g_array_remove_index(rows, j);
            for (guint k = 0; k < rows->len; k++)
                g_array_index(rows, Row, k).line -=
                    g_array_index(rows, Row, k).line > gone.line;
            j = rows->len;
        }
}

int sealed_join(Layout *layout, guint first_line, Piece *pieces, int n)
{
    g_autoptr(GArray) rows = rows_of(layout, first_line);
    int before = n + 1, all = n;
    /* What stands further under the seal is reached through what stands before it. */
    while (n < before) {
        before = n;
        int left = 0;
        for (int i = 0; i < n; i++)
            if (!take_in(layout, rows, pieces[i].box_px))
                pieces[left++] = pieces[i];
        n = left;
    }
    if (n < all)
        join_rows(layout, rows);
    return n;
}
