/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layout/private.h - what the operations of layout share. */
#pragma once
#include "layout/layout.h"
#include "sheet/pixels.h"

/* A ruled line, level as stored: @box_px in the reduced picture, transposed for upright
 * ones. */
typedef struct {
    Rect box_px;
    double *centre;  /* owned: its middle at each x of box_px, in reduced pixels */
    double thick_px; /* at full size */
    bool is_ruled;   /* part of a grid or an underline, not a stroke of print */
} Rule;

/* The ruled lines of a page, found on a picture reduced by @reduction. */
typedef struct {
    int reduction, dpi; /* dpi of the reduced picture */
    int width_px, height_px;
    GArray *level;   /* Rule */
    GArray *upright; /* Rule, x and y exchanged */
} Rules;

/* rules.c: Returns: owned; NULL without memory */
Rules *rules_find(PIX *grey, int dpi);
void rules_free(Rules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rules, rules_free)

/* transposed: x and y exchanged. @ink: 1 bpp. Returns: owned; NULL without memory */
PIX *transposed(PIX *ink);

/* rests.c: add the rules of which only dots are left to @own, which lie as @dark is read.
 * @dark: 1 bpp, thin dark structures; @own, @others: Rule, along it and across it
 * Returns: whether there were any */
bool rests_find(PIX *dark, int dpi, GArray *own, const GArray *others);

/* erase.c: take the lines out of @ink and put them into @lines, both 1 bpp and changed.
 */
void rules_erase(Rules *rules, PIX *ink, PIX *lines);
/* rule_erase: one level line, its box and centre in @ink's pixels, unless it is a row of
 * print's feet. @rule: its thickness is measured */
void rule_erase(Rule *rule, PIX *ink, PIX *lines, int dpi);

/* cells.c: fill grids and cells of @layout. Returns: false where there are too many */
bool cells_find(const Rules *rules, Layout *layout);
/* index of the smallest cell around the middle of @box, or -1 */
int cell_around(const Layout *layout, Rect box);

/* pale.c: ink with what is faint, without rules: a frame printed pale beside a black
 * mark.
 * @ink, @rules: 1 bpp, of @grey's size; borrowed
 * Returns: 1 bpp, owned; NULL without memory */
PIX *pale_ink(PIX *grey, PIX *ink, PIX *rules, int dpi);

/* boxes.c: fill boxes of @layout, whose ink and rules are of @grey.
 * Returns: false without memory */
bool boxes_find(PIX *grey, Layout *layout);

/* frame.c */
#define FRAME_MIN_SIDE_MM 1.9
#define FRAME_MAX_SIDE_MM 6.8

/* A picture for reading along level lines: itself, and with each pixel's neighbours above
 * and below. Reading along upright lines is reading the transposed one. */
typedef struct {
    PIX *exact, *wide; /* borrowed */
} Plane;

typedef struct {
    BoxMark mark;
    double ring_ink; /* 0..1: ink on a ring close around it */
    bool is_strict;  /* as much of it is there as FRAME_STRICT asks */
} Frame;

/* How much of a frame must be there, 0..1. */
typedef struct {
    double squareness; /* of all four sides */
    double second;     /* of the weakest side but one */
    double worst;      /* of the weakest side */
} FrameLimits;

/* Where nothing else says that a box stands there. */
extern const FrameLimits FRAME_STRICT;

/* count_bits: ink in @line from @x0 up to @x1 */
int count_bits(const l_uint32 *line, int x0, int x1);
/* frame_measure: the square whose sides are about those of @guess.
 * @ink: what lies inside is measured here; @planes: [0] for level, [1] for upright sides
 * @guess: full pixels, good to @slack
 * @limits: what is less is no frame
 * Returns: whether it may be a tick box; @frame is filled then */
bool frame_measure(PIX *ink, const Plane *planes, Rect guess, int slack, int dpi,
                   const FrameLimits *limits, Frame *frame);

/* around.c: how much of a ring is drawn about @box, near its frame, 0..1. A tick that
 * leaves its box and the characters beside it come to a third at most.
 * @thick: of the frame, pixels */
double ring_around(PIX *ink, Rect box, int thick);
/* the share of @box's width that has ink right above it, or right below it: 0..1 */
double ink_over_and_under(PIX *ink, Rect box);

/* A blob of writing, and where it lies. */
typedef struct {
    Rect box_px;
    int area_px;
    int cell;       /* index, or -1 */
    bool is_sealed; /* within the ring of a seal that is as dark as print */
} Piece;

/* lines.c: fill lines of @layout from its ink, cells and boxes. @blobs: of the ink */
void lines_find(const Sheet *sheet, Layout *layout, const BlobSet *blobs);

/* is_line_of_feet: whether a level line at @at is the lowest strokes of characters that
 * touch (通置业): print stands above both its ends, and beside it print as low.
 * @ink: 1 bpp; borrowed. @at: in its pixels. @height_px: of the print above it */
bool is_line_of_feet(PIX *ink, Rect at, int height_px, int dpi);

/* underlines.c: move short lines to write on, at the foot of a line of ink, from the ink
 * of @layout to its rules. */
void underlines_take(Layout *layout);

/* cut.c: make lines of @pieces, all of one cell, and add them to those of @layout.
 * @grey: the sheet's; @pieces: @n of them, sorted anew */
void pieces_cut(PIX *grey, Layout *layout, Piece *pieces, int n);

/* sealed.c: print that goes on under a dark seal belongs to the line that it goes on
 * from: such of @pieces as continue lines of @layout from @first_line on are added to
 * these.
 * @pieces: @n, all within seals and in the cell of these lines; what is left comes first
 * Returns: how many are left */
int sealed_join(Layout *layout, guint first_line, Piece *pieces, int n);
