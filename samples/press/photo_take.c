/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo_take.c - the pixels of a photo: for each the place on the desk, what lies there,
 * and the light on it. */
#include <math.h>
#include <string.h>

#include "photo.h"

/* Printed sheets are rendered a little finer than they are seen. */
#define RENDER_SHARE 1.15
#define GRAINS 8192 /* a power of two */
#define LIGHT_STEP 8

/* The camera turned round: from pixels to millimetres of the desk. */
typedef struct {
    double m[9];
} ToDesk;

typedef struct {
    const Photo *photo;
    cairo_surface_t *images[PHOTO_SHEETS];
    double px_per_mm[PHOTO_SHEETS];
    ToDesk to_desk;
    float grains[GRAINS];
} Scene;

static ToDesk to_desk_of(const Photo *photo)
{
    double cr = cos(photo->roll_rad), sr = sin(photo->roll_rad);
    double cx = cos(photo->tilt_x_rad), sx = sin(photo->tilt_x_rad);
    double cy = cos(photo->tilt_y_rad), sy = sin(photo->tilt_y_rad);
    double f = photo->focal_px, u = photo->centre_x_px, v = photo->centre_y_px;
    double a[3] = {cr * cy - sr * sx * sy, sr * cy + cr * sx * sy, -cx * sy};
    double d[3] = {-sr * cx, cr * cx, sx}, z = photo->distance_mm;
    double h[9] = {f * a[0] + u * a[2],
                   f * d[0] + u * d[2],
                   u * z,
                   f * a[1] + v * a[2],
                   f * d[1] + v * d[2],
                   v * z,
                   a[2],
                   d[2],
                   z};
    /* the adjugate: its scale plays no part */
    return (ToDesk){{h[4] * h[8] - h[5] * h[7], h[2] * h[7] - h[1] * h[8],
                     h[1] * h[5] - h[2] * h[4], h[5] * h[6] - h[3] * h[8],
                     h[0] * h[8] - h[2] * h[6], h[2] * h[3] - h[0] * h[5],
                     h[3] * h[7] - h[4] * h[6], h[1] * h[6] - h[0] * h[7],
                     h[0] * h[4] - h[1] * h[3]}};
}

static void desk_place(const Scene *scene, double u, double v, double *x, double *y)
{
    const Photo *photo = scene->photo;
    const double *m = scene->to_desk.m;
    double mid_u = photo->width_px / 2.0, mid_v = photo->height_px / 2.0;
    double du = u - mid_u, dv = v - mid_v;
    double scale =
        1 + photo->bend * (du * du + dv * dv) / (mid_u * mid_u + mid_v * mid_v);
    u = mid_u + du * scale;
    v = mid_v + dv * scale;
    double w = m[6] * u + m[7] * v + m[8];
    *x = (m[0] * u + m[1] * v + m[2]) / w;
    *y = (m[3] * u + m[4] * v + m[5]) / w;
}

/* the picture's colour between its pixels */
static void sample(cairo_surface_t *image, double x, double y, double rgb[3])
{
    int width = cairo_image_surface_get_width(image);
    int height = cairo_image_surface_get_height(image);
    int words = cairo_image_surface_get_stride(image) / 4;
    const guint32 *data =
        (const guint32 *)(const void *)cairo_image_surface_get_data(image);
    x = CLAMP(x - 0.5, 0, width - 1.001);
    y = CLAMP(y - 0.5, 0, height - 1.001);
    int ix = (int)x, iy = (int)y;
    double fx = x - ix, fy = y - iy;
    const guint32 *p = data + (gsize)iy * (gsize)words + ix;
    for (int c = 0; c < 3; c++) {
        int shift = 16 - 8 * c;
        double top = (p[0] >> shift & 255) * (1 - fx) + (p[1] >> shift & 255) * fx;
        double low =
            (p[words] >> shift & 255) * (1 - fx) + (p[words + 1] >> shift & 255) * fx;
        rgb[c] = top * (1 - fy) + low * fy;
    }
}

/* How far outside of a sheet a place is; below 0 inside. Out: the place on the sheet. */
static double outside(const Lying *lying, double x, double y, double *sx, double *sy)
{
    double c = cos(lying->turn_rad), s = sin(lying->turn_rad);
    double dx = x - lying->x_mm, dy = y - lying->y_mm;
    *sx = c * dx + s * dy + lying->width_mm / 2;
    *sy = c * dy - s * dx + lying->height_mm / 2;
    if (*sx > 0 && *sx < lying->width_mm)
        *sy += lying->curl_mm * sin(G_PI * *sx / lying->width_mm);
    double out_x = MAX(-*sx, *sx - lying->width_mm);
    double out_y = MAX(-*sy, *sy - lying->height_mm);
    if (out_x > 0 && out_y > 0)
        return hypot(out_x, out_y);
    return MAX(out_x, out_y);
}

/* What lies at a place of the desk, before light falls on it. */
static void thing_at(const Scene *scene, double x, double y, double rgb[3])
{
    const Photo *photo = scene->photo;
    const Lighting *light = &photo->lighting;
    double sx, sy, shade = 0;
    for (int i = 0; i < photo->sheets; i++) {
        const Lying *lying = &photo->lying[i];
        if (outside(lying, x, y, &sx, &sy) <= 0) {
            sample(scene->images[i], sx * scene->px_per_mm[i], sy * scene->px_per_mm[i],
                   rgb);
            return;
        }
        double away =
            outside(lying, x - light->contact_x, y - light->contact_y, &sx, &sy);
        shade = MAX(shade, light->contact_shade * exp(-MAX(0, away) / 1.5));
    }
    desk_colour(&photo->desk, x, y, rgb);
    for (int c = 0; c < 3; c++)
        rgb[c] *= 1 - shade;
}

static void finger_over(const Finger *finger, double x, double y, double rgb[3])
{
    double dx = finger->from_x - finger->tip_x, dy = finger->from_y - finger->tip_y;
    double along =
        ((x - finger->tip_x) * dx + (y - finger->tip_y) * dy) / (dx * dx + dy * dy);
    along = CLAMP(along, 0, 1);
    double away = hypot(x - finger->tip_x - along * dx, y - finger->tip_y - along * dy);
    double round = away / finger->radius_mm;
    if (round < 1) {
        double light = 255 * (0.75 + 0.25 * sqrt(1 - round * round));
        rgb[0] = finger->skin.red * light;
        rgb[1] = finger->skin.green * light;
        rgb[2] = finger->skin.blue * light;
    } else if (round < 1.5) { /* its shade on the paper */
        for (int c = 0; c < 3; c++)
            rgb[c] *= 1 - 0.3 * (1.5 - round) / 0.5;
    }
}

/* What the camera keeps of the light at a place of the picture, 0 .. 1. */
static double light_at(const Photo *photo, double u, double v)
{
    const Lighting *light = &photo->lighting;
    double x = u / photo->width_px, y = v / photo->height_px;
    double away = hypot(x - light->x, y - light->y);
    double level = light->exposure * (1 - light->falloff * MIN(1, away * away));
    if (light->shade <= 0)
        return level;
    double along = (x - light->shade_x) * cos(light->shade_rad) +
                   (y - light->shade_y) * sin(light->shade_rad);
    /* the edge of a hand or a head is no straight line */
    along += 0.04 * sin(9 * (x * sin(light->shade_rad) - y * cos(light->shade_rad)));
    double in = CLAMP(along / light->shade_soft + 0.5, 0, 1);
    return level * (1 - light->shade * in * in * (3 - 2 * in));
}

static void take_row(const Scene *scene, int v, l_uint32 *line)
{
    const Photo *photo = scene->photo;
    double level = 1, rgb[3], x, y;
    for (int u = 0; u < photo->width_px; u++) {
        if (u % LIGHT_STEP == 0) /* light changes slowly */
            level = light_at(photo, u + LIGHT_STEP / 2.0, v);
        desk_place(scene, u + 0.5, v + 0.5, &x, &y);
        thing_at(scene, x, y, rgb);
        if (photo->finger.is_there)
            finger_over(&photo->finger, x, y, rgb);
        l_uint32 out = 0;
        for (int c = 0; c < 3; c++) {
            double value = rgb[c] * level * photo->lighting.tint[c];
            out |= (l_uint32)CLAMP(value + 0.5, 0, 255) << (24 - 8 * c);
        }
        line[u] = out;
    }
}

/* --- focus and noise ------------------------------------------------------------------
 */

#define REACH 4

static void blur_line(const l_uint32 *in, l_uint32 *out, int count, int step,
                      const int *weights)
{
    for (int i = 0; i < count; i++) {
        int sum[3] = {0};
        for (int k = -REACH; k <= REACH; k++) {
            l_uint32 pixel = in[CLAMP(i + k, 0, count - 1)];
            sum[0] += weights[k + REACH] * (int)(pixel >> 24);
            sum[1] += weights[k + REACH] * (int)(pixel >> 16 & 255);
            sum[2] += weights[k + REACH] * (int)(pixel >> 8 & 255);
        }
        out[(gsize)i * (gsize)step] = (l_uint32)((sum[0] + 2048) >> 12) << 24 |
                                      (l_uint32)((sum[1] + 2048) >> 12) << 16 |
                                      (l_uint32)((sum[2] + 2048) >> 12) << 8;
    }
}

static void blur(PIX *pix, double deviation_px)
{
    int weights[2 * REACH + 1], width = pixGetWidth(pix), height = pixGetHeight(pix);
    int words = pixGetWpl(pix), rest = 4096;
    double share[2 * REACH + 1], total = 0;
    for (int k = -REACH; k <= REACH; k++)
        total += share[k + REACH] = exp(-k * k / (2 * deviation_px * deviation_px));
    for (int k = 0; k <= 2 * REACH; k++)
        rest -= weights[k] = (int)(4096 * share[k] / total);
    weights[REACH] += rest;
    g_autofree l_uint32 *line = g_new(l_uint32, (gsize)MAX(width, height));
    l_uint32 *data = pixGetData(pix);
    for (int y = 0; y < height; y++) {
        l_uint32 *row = data + (gsize)y * (gsize)words;
        memcpy(line, row, sizeof(*line) * (gsize)width);
        blur_line(line, row, width, 1, weights);
    }
    for (int x = 0; x < width; x++) {
        for (int y = 0; y < height; y++)
            line[y] = data[(gsize)y * (gsize)words + (gsize)x];
        blur_line(line, data + x, height, words, weights);
    }
}

static void add_noise(const Scene *scene, PIX *pix, Dice *dice)
{
    int width = pixGetWidth(pix), height = pixGetHeight(pix);
    for (int y = 0; y < height; y++) {
        l_uint32 *line = pixGetData(pix) + (gsize)y * (gsize)pixGetWpl(pix);
        guint at = (guint)dice_int(dice, 0, GRAINS - 1);
        guint step = 2 * (guint)dice_int(dice, 0, GRAINS / 2 - 1) + 1;
        for (int x = 0; x < width; x++) {
            l_uint32 pixel = line[x], out = 0;
            for (int c = 0; c < 3; c++) {
                at = (at + step) & (GRAINS - 1);
                double value = (pixel >> (24 - 8 * c) & 255) +
                               scene->photo->noise * (double)scene->grains[at];
                out |= (l_uint32)CLAMP(value + 0.5, 0, 255) << (24 - 8 * c);
            }
            line[x] = out;
        }
    }
}

/* How to turn what is seen so that the EXIF orientation turns it back. */
static int stored_turns(const Photo *photo)
{
    int turns = photo->orientation == 6   ? 3
                : photo->orientation == 8 ? 1
                : photo->orientation == 3 ? 2
                                          : 0;
    return (turns + photo->quarter_turns) % 4;
}

PIX *photo_take(const Photo *photo, Sheet *const *sheets, Dice *dice)
{
    g_autofree Scene *scene = g_new0(Scene, 1);
    scene->photo = photo;
    scene->to_desk = to_desk_of(photo);
    double dpi = photo_dpi(photo) * RENDER_SHARE;
    for (int i = 0; i < photo->sheets; i++) {
        scene->images[i] = sheet_render(sheets[i], dpi);
        scene->px_per_mm[i] = dpi / MM_PER_INCH;
    }
    for (int i = 0; i < GRAINS; i++)
        scene->grains[i] = (float)dice_normal(dice);
    PIX *pix = pixCreate(photo->width_px, photo->height_px, 32);
    for (int v = 0; v < photo->height_px; v++)
        take_row(scene, v, pixGetData(pix) + (gsize)v * (gsize)pixGetWpl(pix));
    for (int i = 0; i < photo->sheets; i++)
        cairo_surface_destroy(scene->images[i]);
    blur(pix, photo->blur_px);
    add_noise(scene, pix, dice);
    int turns = stored_turns(photo);
    PIX *turned = turns != 0 ? pixRotateOrth(pix, turns) : NULL;
    if (turned != NULL) {
        pixDestroy(&pix);
        pix = turned;
    }
    int tagged = photo->camera == CAMERA_PHONE ? 72 : 0;
    pixSetResolution(pix, tagged, tagged);
    pixSetText(pix, "made-up sample, no real person or paper");
    return pix;
}
