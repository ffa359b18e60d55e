/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo.h - sheets lying on a desk, as a document camera or a phone sees them. */
#pragma once
#include <allheaders.h>

#include "dice.h"
#include "sheet.h"

typedef enum { CAMERA_STAND, CAMERA_PHONE, CAMERA_COUNT } CameraKind;
typedef enum { DESK_DARK, DESK_LIGHT, DESK_WOOD, DESK_PATTERN, DESK_COUNT } DeskKind;

extern const char *const camera_names[CAMERA_COUNT];
extern const char *const desk_names[DESK_COUNT];

#define PHOTO_SHEETS 2 /* at most, on one photo */

/* Where a sheet lies on the desk. */
typedef struct {
    double x_mm, y_mm, turn_rad; /* of its middle; clockwise */
    double width_mm, height_mm;
    double curl_mm; /* how far its middle is bent away from straight */
} Lying;

/* A desk's two colours, 0 .. 1, and its texture. */
typedef struct {
    DeskKind kind;
    Colour base, other;
    double pitch_mm, turn_rad;
    guint32 salt;
} Desk;

/* What falls on the scene; places are shares of the picture's width and height. */
typedef struct {
    double exposure, tint[3];     /* 0.7 .. 1 */
    double falloff, x, y;         /* share of light lost far from x, y: 0 .. 0.4 */
    double shade;                 /* share of light that a shadow takes, 0: none */
    double shade_x, shade_y;      /* a point of its edge */
    double shade_rad, shade_soft; /* direction of the edge; its width */
    double contact_shade, contact_x, contact_y; /* beside the sheets; towards where, mm */
} Lighting;

/* A finger that holds a sheet down: from a point outside of it to its tip. */
typedef struct {
    gboolean is_there;
    double from_x, from_y, tip_x, tip_y, radius_mm;
    Colour skin;
} Finger;

typedef struct {
    CameraKind camera;
    int width_px, height_px; /* the right way up */
    double focal_px, distance_mm;
    double roll_rad, tilt_x_rad, tilt_y_rad;
    double centre_x_px, centre_y_px; /* where the desk's origin is seen */
    double bend;                     /* of straight lines, by the lens */
    int sheets;
    Lying lying[PHOTO_SHEETS];
    Desk desk;
    Lighting lighting;
    Finger finger;
    double blur_px, noise;
    int jpeg_quality;
    int quarter_turns; /* clockwise, of the stored picture, which nothing tells */
    int orientation;   /* that the file's EXIF tells: 1, 3, 6, 8 */
} Photo;

/* photo_choose: how @sheets are laid out and taken.
 * @count: 1 .. PHOTO_SHEETS; @is_card: they are cards, not pages
 * @has_exif: whether the file can tell an orientation */
Photo photo_choose(Sheet *const *sheets, int count, gboolean is_card, gboolean has_exif,
                   Dice *dice);

/* photo_dpi: pixels to an inch of the sheets, in the middle. */
double photo_dpi(const Photo *photo);
/* photo_corners: x and y of a sheet's corners in the picture the right way up, from its
 * upper left one clockwise. */
void photo_corners(const Photo *photo, int sheet, double corners[8]);
/* photo_skew_deg: how far the first sheet is turned clockwise, beside the turns. */
double photo_skew_deg(const Photo *photo);

/* photo_take: Returns: 32 bits deep, as stored, owned by the caller */
PIX *photo_take(const Photo *photo, Sheet *const *sheets, Dice *dice);

/* desk_colour: of the bare desk at a place, in 0 .. 255. */
void desk_colour(const Desk *desk, double x_mm, double y_mm, double rgb[3]);
Desk desk_choose(Dice *dice);
