/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tick box looked for where one is known to stand: every square of the place is
 * measured, so its frame may be paler, more broken or more hidden than elsewhere. */
#include "layout/private.h"

/* The more is known of a box beforehand, the less of its frame need be seen. */
static const FrameLimits LIMITS[] = {
    [BOX_OF_ANY_SIDE] = {.squareness = 0.80, .second = 0.70, .worst = 0.50},
    [BOX_OF_SIDE] = {.squareness = 0.70, .second = 0.60, .worst = 0},
    [BOX_IN_COLUMN] = {.squareness = 0.60, .second = 0.45, .worst = 0},
};
/* A frame that is not strict may lie a little off, and its own sides in its inside: ink
 * counts only where it lies so deep in it, of its side. */
static const double CORE_INSET = 0.2;
/* Guesses lie so far apart, and are good to one pixel less. */
static const int STEP_PX = 2;
/* What a frame loses for each of its own widths that it lies off the middle. */
static const double OFF_COST = 0.02;

/* The place cut out of the page, with what a frame's surroundings need around it. */
typedef struct {
    PIX *ink;         /* owned */
    PIX *pictures[4]; /* owned: those of the planes */
    Plane planes[2];
    Rect clip_px; /* on the page */
} Place;

static void place_clear(Place *place)
{
    pixDestroy(&place->ink);
    for (guint i = 0; i < G_N_ELEMENTS(place->pictures); i++)
        pixDestroy(&place->pictures[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Place, place_clear)

static PIX *clipped(PIX *pix, Rect rect)
{
    g_autoptr(BOX) box = boxCreate(rect.x, rect.y, rect.width, rect.height);
    return box != NULL ? pixClipRectangle(pix, box, NULL) : NULL;
}

static bool place_init(Place *place, const Layout *layout, const Sheet *sheet, Rect area)
{
    int margin = 2 * px_from_mm(FRAME_MAX_SIDE_MM, layout->dpi);
    place->clip_px = rect_grown(area, margin, layout->width_px, layout->height_px);
    if (place->clip_px.width <= 0 || place->clip_px.height <= 0)
        return false;
    place->ink = clipped(layout->ink, place->clip_px);
    g_autoptr(PIX) grey = clipped(sheet->grey, place->clip_px);
    g_autoptr(PIX) rules = clipped(layout->rules, place->clip_px);
    if (place->ink == NULL || grey == NULL || rules == NULL)
        return false;
    PIX **pix = place->pictures;
    pix[0] = pale_ink(grey, place->ink, rules, layout->dpi);
    pix[1] = pix[0] != NULL ? pixDilateBrick(NULL, pix[0], 1, 3) : NULL;
    pix[2] = pix[0] != NULL ? transposed(pix[0]) : NULL;
    pix[3] = pix[2] != NULL ? pixDilateBrick(NULL, pix[2], 1, 3) : NULL;
    place->planes[0] = (Plane){pix[0], pix[1]};
    place->planes[1] = (Plane){pix[2], pix[3]};
    return pix[1] != NULL && pix[3] != NULL;
}

/* how good @frame is as the box in the middle of @area */
static double fitness(const Frame *frame, Rect area)
{
    Rect box = frame->mark.box_px;
    double off = fabs(rect_centre_x(box) - rect_centre_x(area));
    return frame->mark.squareness - 0.3 * frame->ring_ink + 0.002 * box.width -
           OFF_COST * off / box.width;
}

/* whether the side of @frame is from @least_px to @most_px, but for a pixel of blur */
static bool has_side_within(const Frame *frame, int least_px, int most_px)
{
    Rect box = frame->mark.box_px;
    int low = MIN(box.width, box.height), high = MAX(box.width, box.height);
    return low >= least_px - 1 && high <= most_px + 1;
}

/* the best of all squares in @area, both in pixels of @place */
static bool find_best(const Place *place, Rect area, int dpi, BoxHint hint, int least_px,
                      int most_px, Frame *best)
{
    bool is_found = false;
    for (int side = least_px; side <= most_px; side += STEP_PX)
        for (int y = area.y; y + side <= rect_bottom(area) + 1; y += STEP_PX)
            for (int x = area.x; x + side <= rect_right(area) + 1; x += STEP_PX) {
                Frame frame;
                if (!frame_measure(place->ink, place->planes, (Rect){x, y, side, side},
                                   STEP_PX - 1, dpi, &LIMITS[hint], &frame) ||
                    !has_side_within(&frame, least_px, most_px) ||
                    (is_found && fitness(&frame, area) <= fitness(best, area)))
                    continue;
                *best = frame;
                is_found = true;
            }
    return is_found;
}

static double core_ink(const Place *place, Rect box)
{
    int inset = (int)ceil(CORE_INSET * MIN(box.width, box.height));
    g_autoptr(PIX) core =
        clipped(place->ink, (Rect){box.x + inset, box.y + inset, box.width - 2 * inset,
                                   box.height - 2 * inset});
    l_int32 count = 0;
    if (core == NULL || pixCountPixels(core, &count, NULL) != 0)
        return 0;
    return (double)count / pixGetWidth(core) / pixGetHeight(core);
}

bool layout_box_near(const Layout *layout, const Sheet *sheet, Rect area, BoxHint hint,
                     int least_px, int most_px, BoxMark *mark)
{
    g_auto(Place) place = {0};
    Frame frame = {.ring_ink = 1};
    if (!place_init(&place, layout, sheet, area))
        return false;
    Rect inner = {area.x - place.clip_px.x, area.y - place.clip_px.y, area.width,
                  area.height};
    if (!find_best(&place, inner, layout->dpi, hint, least_px, most_px, &frame))
        return false;
    *mark = frame.mark;
    if (!frame.is_strict)
        mark->inside_ink = core_ink(&place, mark->box_px);
    mark->box_px.x += place.clip_px.x;
    mark->box_px.y += place.clip_px.y;
    mark->cell = cell_around(layout, mark->box_px);
    return true;
}
