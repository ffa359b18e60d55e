/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet/photo.h - papers photographed on a desk: where they are, and how to see them from
 * straight above. */
#pragma once
#include "sheet/pixels.h"
#include "sheet/sheet.h"

/* A paper on a page, in the page's pixels: its corners clockwise from the upper left one
 * as it lies. */
typedef struct {
    Point corner[4];
    bool is_cut[4]; /* the side from this corner to the next is the picture's own edge */
} PaperQuad;

#define PHOTO_MAX_PAPERS 4

typedef struct {
    PaperQuad quads[PHOTO_MAX_PAPERS]; /* the largest first */
    int count;
    double paper_level; /* 0..255: how light paper is on the picture */
    bool is_scan;       /* the file says that the picture has the size of a paper, as
                           scanners do: so the paper lay on one, under its black lid */
} PhotoPapers;

/* photo_papers: the papers that lie on a desk.
 * @page: 8 or 32 bpp, borrowed; @claimed_dpi: what the file says, 0 for nothing
 * @papers: out
 * Returns: false where the page is no such picture, but a scan, or paper to its edges, or
 *     where the desk is as light as the paper; what is not sure is not found */
bool photo_papers(PIX *page, int claimed_dpi, PhotoPapers *papers);

/* One paper in the flat picture. */
typedef struct {
    Rect box_px;       /* in the flat picture */
    bool is_cut[4];    /* as of PaperQuad */
    Transform to_page; /* from the flat picture's pixels, true within the box */
} FlatPiece;

/* How the papers look from straight above: the flat picture, which holds every paper. */
typedef struct {
    FlatPiece pieces[PHOTO_MAX_PAPERS];
    int count;
    int width_px, height_px; /* as fine as the page shows it, in the mean */
    double roll_deg;         /* how far the first paper lies turned clockwise */
} Flat;

/* flat_init: @papers: at least one; @width_px, @height_px: of the page
 * Returns: false where the corners are no paper's */
bool flat_init(Flat *flat, const PhotoPapers *papers, int width_px, int height_px);

/* flat_see: what is in the flat picture.
 * @source: the page, or a part of it or reduced: 8 or 32 bpp, borrowed
 * @page_to_source: from the page's pixels to those of @source
 * @to_flat: from the result's pixels to those of the flat picture
 * @width_px, @height_px: of the result; white where no paper is
 * Returns: of the source's depth, owned; NULL without memory */
PIX *flat_see(const Flat *flat, PIX *source, Transform page_to_source, Transform to_flat,
              int width_px, int height_px);

/* flat_outline: where the corners of paper @i are seen, clockwise, in a picture that
 * @to_flat leads from. Returns: false where that is nowhere */
bool flat_outline(const Flat *flat, int i, Transform to_flat, Point corner[4]);

/* flat_box: the box around what flat_outline() gave, in @pix. */
Rect flat_box(const Point corner[4], PIX *pix);

/* photo_even: bring paper to white, in shadows too. light.c
 * @pix: 8 or 32 bpp, changed; @dpi: of it */
void photo_even(PIX *pix, int dpi);

/* photo_clear_rim: paint white what is no paper: the desk's last millimetres at the
 * papers' edges, and fingers. photo-rim.c
 * @pix: 8 or 32 bpp, even light, changed; @dpi: of it
 * @corner: the paper's in it, clockwise; @is_cut: sides that are the picture's own edge,
 * where print may stand */
void photo_clear_rim(PIX *pix, const Point corner[4], const bool is_cut[4], int dpi);
