/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layout/layout.h - the ruled grid and its cells, lines of ink, tick boxes.
 *
 * Geometry only, no words. Everything is in pixels of the sheet's grey image. */
#pragma once
#include "base/base.h"
#include "sheet/sheet.h"

#define LAYOUT_ERROR (layout_error_quark())
typedef enum {
    LAYOUT_ERROR_IMAGE, /* Leptonica refused, or there are more cells than the limit */
} LayoutError;
GQuark layout_error_quark(void);

#define LAYOUT_VERSION "23"

/* A cell of a ruled grid: the white inside, rules excluded. Merged cells are one cell. */
typedef struct {
    Rect box_px;
    int grid; /* which grid of the page it is in, from 0 */
} Cell;

/* One line of ink: tight around the ink of one row of text. Wide gaps in running text
 * (over 2.5 times the line's height) end a line, in a cell as outside. */
typedef struct {
    Rect box_px;
    int cell; /* index into cells, or -1 outside every grid */
} InkLine;

/* A small square that may be a tick box (□ ☐ ☑ ■, drawn or glyph, whatever leaves it). */
typedef struct {
    Rect box_px;       /* the square itself, without a tick's overhang */
    int cell;          /* as above */
    double squareness; /* 0..1: how much of the four sides is there, straight */
    double inside_ink; /* 0..1: ink share of the inside, the frame's thickness excluded */
    double
        largest_mark;   /* 0..1: longest side of the largest connected mark inside,
                           relative to the inside's side; speckle is small, a tick is not */
    double longest_bar; /* 0..1: the longest thin level stroke inside that stands free,
                           relative to the inside's width: 固 has some, a tick has none */
    double ring;        /* 0..1: how much of a ring is drawn about it */
    double over;        /* 0..1: share of its width with ink right above or below it */
    int thick_px;       /* of its frame */
} BoxMark;

typedef struct {
    int dpi;
    int width_px, height_px;
    PIX *ink;      /* 1 bpp: ink with the ruled lines taken out, seals lifted */
    PIX *rules;    /* 1 bpp: the ruled lines alone */
    GArray *grids; /* Rect, outer edge of each grid, top to bottom */
    GArray *cells; /* Cell, in reading order (rows top to bottom, left to right) */
    GArray *lines; /* InkLine, in reading order within their cell */
    GArray *boxes; /* BoxMark, in reading order */
    double text_height_px; /* median height of Chinese-character-sized blobs; 0 if none */
} Layout;

/* layout_find: grid, cells, lines and boxes of a sheet.
 * @sheet: borrowed
 * Returns: a new layout, owned; NULL with LAYOUT_ERROR_IMAGE. A page without a grid or
 *     without ink is a result with empty arrays. */
Layout *layout_find(const Sheet *sheet, GError **error);

/* Sides that differ by no more are those of boxes of one page. */
#define LAYOUT_SAME_SIDE_PX 3

/* What is known of a box beforehand. */
typedef enum {
    BOX_OF_ANY_SIDE, /* it was read there */
    BOX_OF_SIDE,     /* and the size of the page's boxes is known */
    BOX_IN_COLUMN    /* others of its size stand above or below it */
} BoxHint;

/* layout_box_near: the tick box in @area, where one is known to stand. Its frame may be
 * paler or more broken than those that layout_find takes, the more the more is known of
 * it; of one that is so the mark's inside_ink is that of the core of its inside.
 * @area: pixels of the sheet; a box that lies in it, best in its middle, is found
 * @least_px, @most_px: its side, with the frame
 * @mark: out: as in Layout, where one was found
 * Returns: whether there is one */
bool layout_box_near(const Layout *layout, const Sheet *sheet, Rect area, BoxHint hint,
                     int least_px, int most_px, BoxMark *mark);

/* layout_ring_about: how much of a ring is drawn about @mark, as BoxMark.ring; the frames
 * of the other @boxes (BoxMark), which may stand right above and below it, are none. */
double layout_ring_about(const Layout *layout, const BoxMark *mark, const GArray *boxes);

/* layout_line_crop: the grey crop of one line for the recogniser: @line grown by a small
 * margin, ink of rules and (where asked) of boxes painted white, on a white border.
 * @border_share: white around the ink, of the ink's height. The network sees the crop
 *     scaled to a fixed height, so this sets how large it sees the text: 0.20 to 0.30
 *     read best, 0 and over 0.35 badly (measured).
 * @rects_to_blank: Rect, areas of tick boxes to paint white; may be NULL; borrowed
 * @target_height_px: the ink's height in the result; 0 leaves the scale
 * Returns: 8 bpp, owned; NULL where the rectangle is empty */
PIX *layout_line_crop(const Layout *layout, const Sheet *sheet, Rect line,
                      const GArray *rects_to_blank, int target_height_px,
                      double border_share);

void layout_free(Layout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Layout, layout_free)
