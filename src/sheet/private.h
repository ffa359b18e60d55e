/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet/private.h - what the operations of sheet share. */
#pragma once
#include "sheet/pixels.h"
#include "sheet/sheet.h"

/* Side of the tiles in which the light is measured: more than a character's stroke, less
 * than a shadow. */
#define LIGHT_TILE_MM 4.0
#define SHEET_MAX_DPI 300

/* A small picture of the page on which everything is found before pixels are moved. */
typedef struct {
    PIX *ink;              /* 1 bpp, black and white of the page reduced by @reduction */
    BlobSet *blobs;        /* of ink */
    int reduction;         /* whole pixels of the page for one of ink */
    double text_height_px; /* in pixels of ink; 0 if unknown */
} Probe;

/* light.c: bring the paper to white everywhere. @grey: 8 bpp, changed; @dpi: of it */
void light_even(PIX *grey, int dpi);

/* raster.c */
/* raster_plain: without colour map or alpha: 1, 8 or 32 bpp; colour without colours
 * becomes grey, grey with only black and white becomes 1 bpp. Returns: owned; NULL on
 * failure */
PIX *raster_plain(PIX *page);
/* raster_reduced_grey: 8 bpp, the mean of @reduction x @reduction pixels. @page: 1, 8, 32
 * bpp */
PIX *raster_reduced_grey(PIX *page, int reduction);
/* raster_limited: @page brought from @dpi to at most SHEET_MAX_DPI; @scale: out, result
 * over original, for x and y. Returns: 1 bpp only where nothing was reduced; owned or
 * NULL */
PIX *raster_limited(PIX *page, double dpi, double scale[2]);

/* warp_span: pixels @x0..@x1-1 of row @y of @out, from @source seen through @to_source,
 * which may be projective. Both of one depth, 8 or 32 bpp */
void warp_span(PIX *source, Transform to_source, PIX *out, int y, int x0, int x1);

/* probe.c: the reduced page. @page: 1, 8 or 32 bpp. Returns: false without memory */
bool probe_init(Probe *probe, PIX *page);
void probe_clear(Probe *probe);
bool probe_is_blank(const Probe *probe, double dpi);
/* probe_is_pale: whether no ink on it is as dark as pens and toner are. @page: as given
 * to probe_init() */
bool probe_is_pale(const Probe *probe, PIX *page, double dpi);
/* A line of text on the probe, in its own upright coordinates. */
typedef struct {
    Rect box_px; /* in the frame that to_probe leads out of */
    double merit;
} LineCandidate;

/* resolution.c: pixels per inch that @width_px x @height_px have.
 * @claimed_dpi: what the file says, 0 for nothing; @text_px: height of text, 0 if unknown
 * @is_claim_kept: out, whether the claim was believed */
double resolution_believed(int width_px, int height_px, int claimed_dpi, double text_px,
                           bool *is_claim_kept);

/* resolution_of_paper: the same for a paper whose edges were found: all of it is there,
 * and a card is told by its text where its edges are not quite a card's */
double resolution_of_paper(int width_px, int height_px, double text_px);

/* skew.c: degrees to turn clockwise so that lines run level; |skew| <= 7.
 * @ink: 1 bpp, borrowed, lines of text about horizontal; @dpi: of it
 * Returns: 0 where nothing says otherwise */
double skew_find(PIX *ink, double dpi);

/* rotation.c */
/* rotation_text_runs_down: whether lines of text run vertically, from how near blobs
 * stand to each other. Returns: -1 surely level .. +1 surely vertical */
double rotation_text_runs_down(const Probe *probe);
/* rotation_frame: from pixels of the page turned clockwise by @rotation_deg and then
 * @skew_deg, grown so that nothing is cut off, to pixels of the page.
 * @width_px, @height_px: of the page; out: of the turned one */
Transform rotation_frame(int rotation_deg, double skew_deg, int *width_px,
                         int *height_px);
/* rotation_find: which of the four rotations reads best, and the skew that then remains.
 * @page: 1, 8 or 32 bpp; @probe_dpi: of the probe's ink
 * @skew_deg: out; @confidence: out, 0..1. Returns: 0, 90, 180 or 270 */
int rotation_find(const Probe *probe, PIX *page, double probe_dpi,
                  const SheetParams *params, double *skew_deg, double *confidence);

/* seal.c: grey from colour, with coloured seals lifted off.
 * @colour: 32 bpp; @seal: out, 1 bpp owned, or NULL where there is no seal
 * Returns: 8 bpp, owned; NULL without memory */
PIX *seal_lift(PIX *colour, int dpi, PIX **seal);

/* ring.c: round seals without colour. Pale ones are lifted off grey, of those as dark as
 * print the ring's line is; their ink is added to seal, all within the ring of a dark
 * one; what grey was like before stays as unlifted, where there is no colour.
 * @sheet: its grey of even light, and dpi
 * Returns: false without memory */
bool ring_lift(Sheet *sheet);

/* ring-line.c: take the line of the ring around @x, @y off @grey, where nothing crosses
 * it.
 * @grey: 8 bpp, even light, changed; @x, @y, @radius: pixels, good to 2 mm
 * Returns: false without memory */
bool ring_erase_line(PIX *grey, double x, double y, double radius, int dpi);
