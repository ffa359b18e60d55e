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
/* What shines through a sheet takes less of the paper's light than this; pens and toner
 * take half and more. */
static const double PALE_CONTRAST = 0.32;

/* Holes of a punch are 5 to 6 mm wide and 12 mm from the edge (ISO 838); ours are
 * measured on scans, where they are dark discs. Staples are 8 to 13 mm long, at a corner.
 */
static const double HOLE_MIN_MM = 3.5, HOLE_MAX_MM = 9, HOLE_EDGE_MM = 24;
static const double HOLE_MIN_FILL = 0.66, HOLE_MAX_FILL = 0.92;
static const double STAPLE_MIN_MM = 4, STAPLE_MAX_MM = 16, STAPLE_THICK_MM = 1.3;
static const double STAPLE_CORNER_MM = 28;

typedef struct {
    double px_per_mm;
    int width, height;
} Field;

/* How far the middle of @box is from the nearest upright edge, and from the nearest level
 * one, in millimetres. */
static void edge_distances(const Field *field, Rect box, double *across, double *down)
{
    double x = rect_centre_x(box), y = rect_centre_y(box);
    *across = MIN(x, field->width - x) / field->px_per_mm;
    *down = MIN(y, field->height - y) / field->px_per_mm;
}

static bool is_hole(const Field *field, const Blob *blob)
{
    double width = blob->box_px.width / field->px_per_mm;
    double height = blob->box_px.height / field->px_per_mm, across, down;
    double fill = (double)blob->area_px / (blob->box_px.width * blob->box_px.height);
    edge_distances(field, blob->box_px, &across, &down);
    return MIN(width, height) >= HOLE_MIN_MM && MAX(width, height) <= HOLE_MAX_MM &&
           MAX(width, height) <= 1.25 * MIN(width, height) && fill >= HOLE_MIN_FILL &&
           fill <= HOLE_MAX_FILL && MIN(across, down) <= HOLE_EDGE_MM;
}

static bool is_staple(const Field *field, const Blob *blob)
{
    double length = hypot(blob->box_px.width, blob->box_px.height) / field->px_per_mm;
    double area = blob->area_px / (field->px_per_mm * field->px_per_mm), across, down;
    edge_distances(field, blob->box_px, &across, &down);
    return length >= STAPLE_MIN_MM && length <= STAPLE_MAX_MM &&
           area <= length * STAPLE_THICK_MM && across <= STAPLE_CORNER_MM &&
           down <= STAPLE_CORNER_MM;
}

static bool is_dirt(const Field *field, const Blob *blob)
{
    Rect box = blob->box_px;
    int edge =
        (int)(MIN(EDGE_MM * field->px_per_mm, MIN(field->width, field->height) / 12.0));
    return MAX(box.width, box.height) < SPECK_MM * field->px_per_mm ||
           rect_right(box) <= edge || rect_bottom(box) <= edge ||
           box.x >= field->width - edge || box.y >= field->height - edge ||
           is_hole(field, blob) || is_staple(field, blob);
}

static bool are_blank(const BlobSet *blobs, const Field *field)
{
    double area_px = 0;
    for (int i = 0; i < blobs->count; i++)
        if (!is_dirt(field, &blobs->blobs[i]))
            area_px += blobs->blobs[i].area_px;
    return area_px < BLANK_MM2 * field->px_per_mm * field->px_per_mm;
}

static Field field_of(const Probe *probe, double dpi)
{
    return (Field){dpi / MM_PER_INCH / probe->reduction, pixGetWidth(probe->ink),
                   pixGetHeight(probe->ink)};
}

bool probe_is_blank(const Probe *probe, double dpi)
{
    Field field = field_of(probe, dpi);
    return are_blank(probe->blobs, &field);
}

/* The level of the paper: what most pixels are about. */
static int paper_level(PIX *grey)
{
    g_autoptr(NUMA) levels = pixGetGrayHistogram(grey, 4);
    l_float32 best = -1, count;
    int level = 255;
    for (int i = 255; i >= 128; i--) {
        numaGetFValue(levels, i, &count);
        if (count > best) {
            best = count;
            level = i;
        }
    }
    return level;
}

bool probe_is_pale(const Probe *probe, PIX *page, double dpi)
{
    g_autoptr(PIX) grey = raster_reduced_grey(page, probe->reduction);
    if (grey == NULL)
        return false;
    g_autoptr(PIX) dark =
        pixThresholdToBinary(grey, (int)(paper_level(grey) * (1 - PALE_CONTRAST)));
    g_autoptr(BlobSet) blobs = dark != NULL ? blobs_find(dark, BLOBS_MAX_RUNS) : NULL;
    Field field = field_of(probe, dpi);
    return blobs != NULL && are_blank(blobs, &field);
}
