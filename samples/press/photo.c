/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo.h"

#include <math.h>

const char *const camera_names[CAMERA_COUNT] = {"stand", "phone"};

/* Long and short side of the pictures that cameras make. */
static const int stand_sizes[][2] = {{3264, 2448}, {3264, 2448}, {4160, 3120}};
static const int phone_sizes[][2] = {
    {4000, 3000}, {4032, 3024}, {4608, 3456}, {4000, 2250}, {5184, 3888}};
/* No lens of these cameras shows a page finer; text needs no more. */
#define PAGE_MAX_DPI 300.0
#define CARD_MAX_DPI 650.0

static double angle(Dice *dice, double usual_deg, double most_deg)
{
    double degrees = dice_normal(dice) * usual_deg;
    return CLAMP(degrees, -most_deg, most_deg) * G_PI / 180;
}

/* Of @sheets under or beside each other. Out: the size of all of them. */
static void lay(Photo *photo, Sheet *const *sheets, double *width, double *height,
                Dice *dice)
{
    gboolean is_beside = dice_chance(dice, 0.5);
    double gap = dice_real(dice, 7, 26), at = 0;
    *width = *height = 0;
    for (int i = 0; i < photo->sheets; i++) {
        Lying *lying = &photo->lying[i];
        gboolean is_page = sheets[i]->height_mm > 100;
        double reach = !is_page ? 0 : photo->camera == CAMERA_PHONE ? 1.2 : 0.5;
        *lying = (Lying){.width_mm = sheets[i]->width_mm,
                         .height_mm = sheets[i]->height_mm,
                         .turn_rad = photo->sheets > 1 ? angle(dice, 2, 5) : 0,
                         .curl_mm = dice_real(dice, -reach, reach)};
        double length = is_beside ? lying->width_mm : lying->height_mm;
        *(is_beside ? &lying->x_mm : &lying->y_mm) = at + length / 2;
        *(is_beside ? &lying->y_mm : &lying->x_mm) =
            photo->sheets > 1 ? dice_real(dice, -6, 6) : 0;
        at += length + gap;
        *width = MAX(*width, lying->width_mm);
        *height = MAX(*height, lying->height_mm);
    }
    at -= gap;
    for (int i = 0; i < photo->sheets; i++)
        *(is_beside ? &photo->lying[i].x_mm : &photo->lying[i].y_mm) -= at / 2;
    *(is_beside ? width : height) = at;
}

/* --- where things are seen ------------------------------------------------------------
 */

/* The two axes of the desk as the camera has them. */
static void axes(const Photo *photo, double across[3], double down[3])
{
    double cr = cos(photo->roll_rad), sr = sin(photo->roll_rad);
    double cx = cos(photo->tilt_x_rad), sx = sin(photo->tilt_x_rad);
    double cy = cos(photo->tilt_y_rad), sy = sin(photo->tilt_y_rad);
    /* turned about the upright axis, then about the level one, then in the picture */
    double a[3] = {cy, sx * sy, -cx * sy}, d[3] = {0, cx, sx};
    for (int i = 0; i < 2; i++) {
        double *from = i == 0 ? a : d, *to = i == 0 ? across : down;
        to[0] = cr * from[0] - sr * from[1];
        to[1] = sr * from[0] + cr * from[1];
        to[2] = from[2];
    }
}

/* Where a lens without fault shows a place of the desk. */
static void seen_straight(const Photo *photo, double x, double y, double *u, double *v)
{
    double a[3], d[3];
    axes(photo, a, d);
    double depth = photo->distance_mm + a[2] * x + d[2] * y;
    *u = photo->centre_x_px + photo->focal_px * (a[0] * x + d[0] * y) / depth;
    *v = photo->centre_y_px + photo->focal_px * (a[1] * x + d[1] * y) / depth;
}

/* How much farther out a lens without fault would show what is seen at @u, @v. */
static double unbent(const Photo *photo, double u, double v)
{
    double x = u - photo->width_px / 2.0, y = v - photo->height_px / 2.0;
    double half = hypot(photo->width_px, photo->height_px) / 2;
    return 1 + photo->bend * (x * x + y * y) / (half * half);
}

static void seen(const Photo *photo, double x, double y, double *u, double *v)
{
    double straight_u, straight_v;
    double mid_x = photo->width_px / 2.0, mid_y = photo->height_px / 2.0;
    seen_straight(photo, x, y, &straight_u, &straight_v);
    *u = straight_u;
    *v = straight_v;
    for (int i = 0; i < 12; i++) {
        double scale = unbent(photo, *u, *v);
        *u = mid_x + (straight_u - mid_x) / scale;
        *v = mid_y + (straight_v - mid_y) / scale;
    }
}

void photo_corners(const Photo *photo, int sheet, double corners[8])
{
    static const double signs[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
    const Lying *lying = &photo->lying[sheet];
    double c = cos(lying->turn_rad), s = sin(lying->turn_rad);
    for (int i = 0; i < 4; i++) {
        double x = signs[i][0] * lying->width_mm / 2;
        double y = signs[i][1] * lying->height_mm / 2;
        seen(photo, lying->x_mm + c * x - s * y, lying->y_mm + s * x + c * y,
             &corners[2 * i], &corners[2 * i + 1]);
    }
}

double photo_dpi(const Photo *photo)
{
    return photo->focal_px / photo->distance_mm * MM_PER_INCH;
}

double photo_skew_deg(const Photo *photo)
{
    double c[8];
    photo_corners(photo, 0, c);
    return atan2(c[3] + c[5] - c[1] - c[7], c[2] + c[4] - c[0] - c[6]) * 180 / G_PI;
}

/* The sheets' extent in the picture, beyond which @edge pixels are wanted. */
static void extent(const Photo *photo, double low[2], double high[2])
{
    low[0] = low[1] = 1e9;
    high[0] = high[1] = -1e9;
    for (int i = 0; i < photo->sheets; i++) {
        double c[8];
        photo_corners(photo, i, c);
        for (int k = 0; k < 8; k++) {
            low[k % 2] = MIN(low[k % 2], c[k]);
            high[k % 2] = MAX(high[k % 2], c[k]);
        }
    }
}

/* The sheets, and a rim around them, are brought into the picture, not always into its
 * middle. */
static void frame(Photo *photo, double rim_share, Dice *dice)
{
    double low[2], high[2], size[2] = {photo->width_px, photo->height_px};
    double rim = rim_share * MIN(size[0], size[1]);
    for (int i = 0; i < 12; i++) {
        extent(photo, low, high);
        photo->centre_x_px += (size[0] - low[0] - high[0]) / 2;
        photo->centre_y_px += (size[1] - low[1] - high[1]) / 2;
        double over = MAX((high[0] - low[0]) / (size[0] - 2 * rim),
                          (high[1] - low[1]) / (size[1] - 2 * rim));
        if (over > 1)
            photo->distance_mm *= over * 1.01;
    }
    extent(photo, low, high);
    double slack_x = MAX(0, low[0] - rim), slack_y = MAX(0, low[1] - rim);
    photo->centre_x_px += dice_real(dice, -slack_x, slack_x);
    photo->centre_y_px += dice_real(dice, -slack_y, slack_y);
}

/* --- chance ---------------------------------------------------------------------------
 */

static Lighting choose_lighting(CameraKind camera, Dice *dice)
{
    gboolean is_phone = camera == CAMERA_PHONE;
    Lighting light = {.exposure = dice_real(dice, 0.72, 1),
                      .falloff = dice_real(dice, 0, is_phone ? 0.38 : 0.25),
                      .x = dice_real(dice, 0.1, 0.9),
                      .y = dice_real(dice, 0.1, 0.9),
                      .shade_rad = dice_real(dice, 0, 2 * G_PI),
                      .shade_x = dice_real(dice, 0.25, 0.75),
                      .shade_y = dice_real(dice, 0.25, 0.75),
                      .shade_soft = dice_real(dice, 0.03, 0.14),
                      .contact_shade = dice_real(dice, 0.1, 0.4),
                      .contact_x = dice_real(dice, -2, 2),
                      .contact_y = dice_real(dice, -2, 2)};
    double warm = dice_real(dice, -0.06, 0.12);
    light.tint[0] = 1;
    light.tint[1] = 1 - MAX(0, warm) * 0.4 - MAX(0, -warm) * 0.1;
    light.tint[2] = 1 - warm;
    if (dice_chance(dice, is_phone ? 0.6 : 0.3))
        light.shade = dice_real(dice, 0.15, 0.48);
    return light;
}

/* A thumb comes from below or from a side and reaches a little over the first sheet. */
static Finger choose_finger(const Photo *photo, Dice *dice)
{
    const Lying *lying = &photo->lying[0];
    int side = dice_int(dice, 0, 2);
    double reach = dice_real(dice, 4, 11), along = dice_real(dice, 0.25, 0.8);
    double x = lying->x_mm, y = lying->y_mm;
    Finger finger = {.radius_mm = dice_real(dice, 8, 10),
                     .skin = {dice_real(dice, 0.62, 0.86), 0, 0},
                     .is_there = dice_chance(dice, 0.3) && lying->height_mm > 100};
    finger.skin.green = finger.skin.red * dice_real(dice, 0.68, 0.78);
    finger.skin.blue = finger.skin.red * dice_real(dice, 0.52, 0.66);
    if (side == 0) {
        finger.tip_x = x + (along - 0.5) * lying->width_mm;
        finger.tip_y = y + lying->height_mm / 2 - reach + finger.radius_mm;
        finger.from_x = finger.tip_x + dice_real(dice, -25, 25);
        finger.from_y = finger.tip_y + 120;
    } else {
        int sign = side == 1 ? 1 : -1;
        finger.tip_x = x + sign * (lying->width_mm / 2 - reach + finger.radius_mm);
        finger.tip_y = y + (along - 0.5) * lying->height_mm;
        finger.from_x = finger.tip_x + sign * 120;
        finger.from_y = finger.tip_y + dice_real(dice, 0, 50);
    }
    return finger;
}

/* As it is stored: a document camera's sheets may lie any way, a phone tells how it was
 * held. */
static void choose_turn(Photo *photo, gboolean has_exif, Dice *dice)
{
    static const int stored[] = {6, 6, 6, 8, 3, 1, 1};
    static const int turned[] = {1, 3, 2};
    photo->orientation = 1;
    if (photo->camera == CAMERA_PHONE && has_exif)
        photo->orientation = DICE_PICK(dice, stored);
    else if (dice_chance(dice, 0.25))
        photo->quarter_turns = DICE_PICK(dice, turned);
}

Photo photo_choose(Sheet *const *sheets, int count, gboolean is_card, gboolean has_exif,
                   Dice *dice)
{
    Photo photo = {.camera = dice_chance(dice, 0.6) ? CAMERA_STAND : CAMERA_PHONE,
                   .sheets = MIN(count, PHOTO_SHEETS)};
    gboolean is_phone = photo.camera == CAMERA_PHONE;
    const int *size =
        is_phone ? DICE_PICK(dice, phone_sizes) : DICE_PICK(dice, stand_sizes);
    double width, height;
    lay(&photo, sheets, &width, &height, dice);
    gboolean is_high = height > width;
    photo.width_px = size[is_high ? 1 : 0];
    photo.height_px = size[is_high ? 0 : 1];
    photo.focal_px =
        size[0] * (is_phone ? dice_real(dice, 0.72, 0.9) : dice_real(dice, 0.9, 1.3));
    photo.roll_rad = is_phone ? angle(dice, 3, 8) : angle(dice, 2, 7);
    photo.tilt_x_rad = is_phone ? angle(dice, 7, 18) : angle(dice, 3, 9);
    photo.tilt_y_rad = is_phone ? angle(dice, 5, 14) : angle(dice, 2.5, 8);
    photo.bend = dice_real(dice, -0.004, is_phone ? 0.008 : 0.014);
    double share = is_card && !is_phone ? dice_real(dice, 0.28, 0.45)
                   : is_card            ? dice_real(dice, 0.4, 0.8)
                                        : dice_real(dice, 0.76, 0.96);
    double px_per_mm =
        MIN(share * photo.width_px / width, share * photo.height_px / height);
    px_per_mm = MIN(px_per_mm, (is_card ? CARD_MAX_DPI : PAGE_MAX_DPI) / MM_PER_INCH);
    photo.distance_mm = photo.focal_px / px_per_mm;
    frame(&photo, 0.015, dice);
    photo.desk = desk_choose(dice);
    photo.lighting = choose_lighting(photo.camera, dice);
    photo.finger = choose_finger(&photo, dice);
    photo.blur_px = dice_real(dice, 0.45, is_phone ? 1.1 : 0.9);
    photo.noise = dice_real(dice, 1, is_phone ? 4.5 : 3.5);
    photo.jpeg_quality = dice_int(dice, 76, 92);
    choose_turn(&photo, has_exif, dice);
    return photo;
}
