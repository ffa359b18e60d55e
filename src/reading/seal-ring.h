/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reading/seal-ring.h - what reading the words along the ring of a round seal takes: its
 * ink, the circle it fills, and where each of its characters stands. */
#pragma once
#include "reading/private.h"

typedef struct {
    double x, y, radius; /* pixels of the sheet */
} Circle;

/* Ink of seals within a box, a byte a pixel: 0 is none. */
typedef struct {
    PIX *levels; /* 8 bpp */
    Rect box_px;
} SealInk;

/* seal_ink_take: the ink of the seal in @box_px, its edges soft.
 * @sheet: with its layer of seals; borrowed
 * @ink: out: levels owned by the caller, box_px a little larger than @box_px
 * Returns: false without memory */
bool seal_ink_take(const Sheet *sheet, Rect box_px, SealInk *ink);

/* seal_level_at: how much ink there is at a point of the sheet, 0..255. */
double seal_level_at(const SealInk *ink, double x, double y);

/* seal_circle: the circle that the seal's outline is. Returns: false where it is none */
bool seal_circle(const SealInk *ink, int dpi, Circle *circle);

/* seal_point: the point at @radius px and @angle, in radians from straight down
 * clockwise, as the words run. */
Point seal_point(const Circle *circle, double radius, double angle);

/* The band of a ring that its words stand in, feet inwards. */
typedef struct {
    double feet, heads; /* pixels from the centre */
} Band;

/* Characters of a seal stand evenly: one every @step_rad from @first_rad on. */
typedef struct {
    int count;
    double first_rad; /* the middle of the first */
    double step_rad;
    double width_rad; /* of the ink of nearly all of them */
    double fit;       /* to compare with others */
    double clean_rad; /* the middle of the longest run that nothing crosses */
} Comb;

#define COMB_COLUMNS 720
#define COMB_MAX SEAL_MAX_PLACES

/* comb_find: where evenly spaced characters stand, however print crosses some of them.
 * @ink: COMB_COLUMNS shares of ink, 0..1, once around from the middle of the white
 *     between the words' end and their beginning; borrowed
 * @height_rad: how high the characters are, as an angle at their middle
 * @comb: out: angles from where @ink begins
 * Returns: false where nothing stands evenly */
bool comb_find(const double *ink, double height_rad, Comb *comb);

/* The words of a seal as a line. */
typedef struct {
    PIX *pix;              /* 8 bpp, dark on white; owned */
    int count;             /* of places; 0: nobody can tell where characters stand */
    Rect places[COMB_MAX]; /* one a character, in pixels of @pix */
} SealStrip;

/* seal_strip: the words of the seal in @box_px as a line.
 * @sheet: with its layer of seals
 * @is_even: characters are looked for that stand evenly, and taken one by one where they
 *     do; else the ring is unrolled as it is
 * @strip: out; its pix is the caller's
 * Returns: false where there is no round seal, or its words have no end */
bool seal_strip(const Sheet *sheet, Rect box_px, bool is_even, SealStrip *strip);
