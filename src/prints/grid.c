/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the cells of a page are those of a print: the same columns, in the same order.
 */
#include "prints/private.h"

/* Copies are made at 97 to 103 %; beyond that another resolution was claimed. */
static const double MAX_STRETCH = 0.06;
/* So far a cell's sides may be from where the print has them: by the outer edges of the
 * table alone, and when most cells say where it lies. */
static const double FIRST_OFF_MM = 3.0, LAST_OFF_MM = 1.3;
/* A row may grow; of two rows with the same columns the one of like height is meant. */
static const double HEIGHT_WEIGHT = 0.5;

void fit_clear(Fit *fit)
{
    g_clear_pointer(&fit->page_cell_of, g_free);
}

static Rect extent_px(const GArray *cells)
{
    Rect all = {0};
    for (guint i = 0; i < cells->len; i++)
        all = rect_union(all, g_array_index(cells, Rect, i));
    return all;
}

static void span_mm(const GArray *cells, double *left, double *right)
{
    *left = G_MAXDOUBLE;
    *right = -G_MAXDOUBLE;
    for (guint i = 0; i < cells->len; i++) {
        const RectMm *cell = &g_array_index(cells, RectMm, i);
        *left = MIN(*left, cell->x);
        *right = MAX(*right, cell->x + cell->width);
    }
}

/* how well @cell may be @print_cell, 1 to 1 + HEIGHT_WEIGHT; 0 where it is not */
static double likeness(const RectMm *print_cell, Rect cell, const Fit *fit,
                       double limit_mm)
{
    double left = fit->scale_px_mm * print_cell->x + fit->shift_px - cell.x;
    double right = fit->scale_px_mm * (print_cell->x + print_cell->width) +
                   fit->shift_px - rect_right(cell);
    if (MAX(fabs(left), fabs(right)) > limit_mm * fit->scale_px_mm)
        return 0;
    double height = print_cell->height * fit->scale_px_mm;
    return 1 + HEIGHT_WEIGHT * MIN(height, cell.height) / MAX(height, cell.height);
}

/* The longest common sequence of cells (Wagner & Fischer 1974, with weights).
 * Returns: how many of the print's were found */
static guint align(const Print *print, const GArray *cells, double limit_mm, Fit *fit)
{
    guint n = print->cells->len, m = cells->len, matched = 0;
    g_autofree double *best = g_new0(double, (gsize)(n + 1) * (gsize)(m + 1));
    for (guint i = n; i-- > 0;)
        for (guint j = m; j-- > 0;) {
            double like = likeness(&g_array_index(print->cells, RectMm, i),
                                   g_array_index(cells, Rect, j), fit, limit_mm);
            double take = like > 0 ? like + best[(i + 1) * (m + 1) + j + 1] : 0;
            best[i * (m + 1) + j] =
                MAX(take, MAX(best[(i + 1) * (m + 1) + j], best[i * (m + 1) + j + 1]));
        }
    for (guint i = 0, j = 0; i < n; i++) {
        fit->page_cell_of[i] = -1;
        while (j < m && best[i * (m + 1) + j] == best[i * (m + 1) + j + 1])
            j++;
        if (j == m || best[i * (m + 1) + j] == best[(i + 1) * (m + 1) + j])
            continue;
        fit->page_cell_of[i] = (int)j++;
        matched++;
    }
    return matched;
}

/* the straight line through all left and right sides, by least squares */
static void refine(const Print *print, const GArray *cells, Fit *fit)
{
    double n = 0, x = 0, y = 0, xx = 0, xy = 0;
    for (guint i = 0; i < print->cells->len; i++) {
        if (fit->page_cell_of[i] < 0)
            continue;
        const RectMm *mm = &g_array_index(print->cells, RectMm, i);
        Rect px = g_array_index(cells, Rect, fit->page_cell_of[i]);
        for (int side = 0; side < 2; side++) {
            double from = mm->x + side * mm->width, to = px.x + side * px.width;
            n++;
            x += from;
            y += to;
            xx += from * from;
            xy += from * to;
        }
    }
    double d = n * xx - x * x;
    if (n < 4 || fabs(d) < 1e-6)
        return;
    fit->scale_px_mm = (n * xy - x * y) / d;
    fit->shift_px = (y - fit->scale_px_mm * x) / n;
}

double grid_fit(const Print *print, const GArray *cells, int dpi, Fit *fit)
{
    guint count = print->cells->len;
    *fit = (Fit){0};
    if (count == 0 || cells->len * 5 < count * 4 || cells->len * 4 > count * 5)
        return 0;
    double left, right, expected = dpi / MM_PER_INCH;
    span_mm(print->cells, &left, &right);
    Rect page = extent_px(cells);
    fit->scale_px_mm = page.width / MAX(1, right - left);
    fit->shift_px = page.x - fit->scale_px_mm * left;
    if (fabs(fit->scale_px_mm / expected - 1) > MAX_STRETCH)
        return 0;
    fit->page_cell_of = g_new(int, count);
    if (align(print, cells, FIRST_OFF_MM, fit) * 2 < count)
        return 0;
    refine(print, cells, fit);
    return (double)align(print, cells, LAST_OFF_MM, fit) / count;
}
