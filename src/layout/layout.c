/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The geometry of a sheet: the operations in their order. */
#include "layout/private.h"

G_DEFINE_QUARK(layout_error_quark, layout_error)

static const double JOIN_MM = 0.22;

static Layout *layout_new(const Sheet *sheet)
{
    Layout *layout = g_new0(Layout, 1);
    layout->dpi = sheet->dpi;
    layout->width_px = pixGetWidth(sheet->grey);
    layout->height_px = pixGetHeight(sheet->grey);
    layout->grids = g_array_new(FALSE, FALSE, sizeof(Rect));
    layout->cells = g_array_new(FALSE, FALSE, sizeof(Cell));
    layout->lines = g_array_new(FALSE, FALSE, sizeof(InkLine));
    layout->boxes = g_array_new(FALSE, FALSE, sizeof(BoxMark));
    return layout;
}

static bool find(Layout *layout, const Sheet *sheet, GError **error)
{
    layout->ink = ink_from_grey(sheet->grey, sheet->dpi);
    layout->rules = pixCreate(layout->width_px, layout->height_px, 1);
    g_autoptr(Rules) rules = rules_find(sheet->grey, sheet->dpi);
    if (layout->ink == NULL || layout->rules == NULL || rules == NULL)
        return fail(error, LAYOUT_ERROR, LAYOUT_ERROR_IMAGE, "no ink from %d x %d px",
                    layout->width_px, layout->height_px);
    pixSetResolution(layout->rules, layout->dpi, layout->dpi);
    rules_erase(rules, layout->ink, layout->rules);
    if (!cells_find(rules, layout))
        return fail(error, LAYOUT_ERROR, LAYOUT_ERROR_IMAGE, "more than %d cells",
                    LIMIT_CELLS_PER_PAGE);
    /* Thin strokes break in copies: near pieces are taken together, for finding only. */
    int join = MAX(2, px_from_mm(JOIN_MM, layout->dpi));
    g_autoptr(PIX) joined = pixCloseSafeBrick(NULL, layout->ink, join, join);
    g_autoptr(BlobSet) blobs = joined != NULL ? blobs_find(joined, BLOBS_MAX_RUNS) : NULL;
    if (blobs == NULL)
        return fail(error, LAYOUT_ERROR, LAYOUT_ERROR_IMAGE, "the page is noise");
    layout->text_height_px = text_height_estimate(blobs);
    if (!boxes_find(sheet->grey, layout))
        return fail(error, LAYOUT_ERROR, LAYOUT_ERROR_IMAGE, "no lines from %d x %d px",
                    layout->width_px, layout->height_px);
    lines_find(sheet, layout, blobs);
    underlines_take(layout);
    return true;
}

Layout *layout_find(const Sheet *sheet, GError **error)
{
    g_autoptr(Layout) layout = layout_new(sheet);
    if (!find(layout, sheet, error))
        return NULL;
    return g_steal_pointer(&layout);
}

void layout_free(Layout *layout)
{
    if (layout == NULL)
        return;
    pixDestroy(&layout->ink);
    pixDestroy(&layout->rules);
    g_array_unref(layout->grids);
    g_array_unref(layout->cells);
    g_array_unref(layout->lines);
    g_array_unref(layout->boxes);
    g_free(layout);
}
