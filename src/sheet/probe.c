/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small picture of a page on which size, skew, rotation and blankness are found. */
#include "sheet/private.h"

/* A4 comes out at about 150 dpi: enough for print of 7 points. */
#define PROBE_SIDE_PX 1800

bool probe_init(Probe *probe, PIX *page)
{
    int side = MAX(pixGetWidth(page), pixGetHeight(page));
    *probe = (Probe){.reduction = (side + PROBE_SIDE_PX - 1) / PROBE_SIDE_PX};
    g_autoptr(PIX) grey = raster_reduced_grey(page, probe->reduction);
    if (grey == NULL)
        return false;
    /* The resolution is not known yet. 150 is near for A4, and only sets the tile's size.
     */
    probe->ink = ink_from_grey(grey, 150);
    if (probe->ink == NULL)
        return false;
    /* Thin strokes break in copies; characters are wanted whole. */
    g_autoptr(PIX) joined = pixCloseSafeBrick(NULL, probe->ink, 2, 2);
    if (joined == NULL)
        return false;
    probe->blobs = blobs_find(joined, BLOBS_MAX_RUNS);
    if (probe->blobs == NULL) /* nothing but noise: a page without readable ink */
        probe->blobs = g_new0(BlobSet, 1);
    probe->text_height_px = text_height_estimate(probe->blobs);
    return true;
}

void probe_clear(Probe *probe)
{
    pixDestroy(&probe->ink);
    blobs_free(probe->blobs);
    *probe = (Probe){0};
}

/* Less ink than this is dust and the shadow of an edge. A single typed digit of 10 points
 * has about 1 mm² of ink. */
static const double BLANK_MM2 = 2.0;
static const double SPECK_MM = 0.6, EDGE_MM = 5.0;

bool probe_is_blank(const Probe *probe, double dpi)
{
    double px_per_mm = dpi / MM_PER_INCH / probe->reduction, area_px = 0;
    int width = pixGetWidth(probe->ink), height = pixGetHeight(probe->ink);
    int edge = (int)(MIN(EDGE_MM * px_per_mm, MIN(width, height) / 12.0));
    for (int i = 0; i < probe->blobs->count; i++) {
        Rect box = probe->blobs->blobs[i].box_px;
        bool is_speck = MAX(box.width, box.height) < SPECK_MM * px_per_mm;
        bool is_at_edge = rect_right(box) <= edge || rect_bottom(box) <= edge ||
                          box.x >= width - edge || box.y >= height - edge;
        if (!is_speck && !is_at_edge)
            area_px += probe->blobs->blobs[i].area_px;
    }
    return area_px < BLANK_MM2 * px_per_mm * px_per_mm;
}
