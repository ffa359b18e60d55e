/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wear.h - what copiers and scanners do to a page. */
#pragma once
#include <allheaders.h>
#include <cairo.h>

#include "dice.h"
#include "paper.h"
#include "part.h"

/* WEAR_PHOTO: no scanner, but a camera over a desk; see photo.h. Never by lot. */
typedef enum { WEAR_CLEAN, WEAR_SCAN, WEAR_HARD, WEAR_PHOTO, WEAR_COUNT } WearGrade;
typedef enum { INK_COLOUR, INK_GREY, INK_BLACK_WHITE, INK_COUNT } InkMode;
typedef enum { TAG_RIGHT, TAG_ABSENT, TAG_LIE, TAG_COUNT } DpiTag;

extern const char *const wear_names[WEAR_COUNT];
extern const char *const ink_names[INK_COUNT];
extern const char *const tag_names[TAG_COUNT];

/* Everything done to one page. */
typedef struct {
    double dpi;        /* 150 .. 600 */
    double skew_deg;   /* clockwise; up to 2 for scans, 5 for the hard grade */
    int quarter_turns; /* 0 .. 3, clockwise */
    double blur_px;    /* deviation, 0 .. 1.2 */
    double fade;       /* ink that is left, 0.45 .. 1 */
    double streak;     /* how much the fade changes over the width, 0 .. 0.3 */
    double tint[3];    /* what paper keeps of red, green, blue, 0.85 .. 1 */
    double light,
        light_rad;         /* fall of light over the page, 0 .. 0.35, and its direction */
    double noise;          /* deviation in grey levels, 0 .. 14 */
    double specks_per_cm2; /* 0 .. 2 */
    double edge_mm;        /* width of the dark edge of the lid, 0 for none */
    InkMode ink;
    int threshold;    /* for black and white, of unfaded ink: 140 .. 190 */
    int jpeg_quality; /* 55 .. 95 */
    DpiTag tag;
    int orientation; /* that the file tells, as EXIF has it; 0 and 1: as it is stored */
} Wear;

/* wear_choose: what happens to the pages of a case, before wear_choose_page.
 * @ink: INK_COUNT: by lot
 * @is_economical: few bytes: 200 dpi, grey, quality about 70 */
Wear wear_choose(WearGrade grade, InkMode ink, gboolean is_economical, Dice *dice);
/* wear_choose_page: @wear with this page's own skew, turn and resolution. */
Wear wear_choose_page(const Wear *wear, WearGrade grade, SheetKind kind,
                      gboolean is_economical, Dice *dice);

/* wear_apply: the worn page. @image: an RGB24 image surface, borrowed.
 * Returns: 1, 8 or 32 bits deep, resolution set as @wear says, owned by the caller */
PIX *wear_apply(cairo_surface_t *image, const Wear *wear, Dice *dice);
