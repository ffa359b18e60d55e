/* SPDX-License-Identifier: GPL-3.0-or-later */
/* desk.c - what sheets lie on when they are photographed. */
#include <math.h>

#include "photo.h"

const char *const desk_names[DESK_COUNT] = {"dark", "light", "wood", "pattern"};

/* 0 .. 1, the same for the same place */
static double lattice(int x, int y, guint32 salt)
{
    guint32 h = (guint32)x * 0x9E3779B1u ^ (guint32)y * 0x85EBCA77u ^ salt;
    h ^= h >> 15;
    h *= 0x2C1B3C6Du;
    h ^= h >> 12;
    h *= 0x297A2D39u;
    h ^= h >> 15;
    return h / 4294967296.0;
}

/* 0 .. 1, changing over about one unit */
static double cloud(double x, double y, guint32 salt)
{
    int ix = (int)floor(x), iy = (int)floor(y);
    double fx = x - ix, fy = y - iy;
    double top = lattice(ix, iy, salt) * (1 - fx) + lattice(ix + 1, iy, salt) * fx;
    double low =
        lattice(ix, iy + 1, salt) * (1 - fx) + lattice(ix + 1, iy + 1, salt) * fx;
    return top * (1 - fy) + low * fy;
}

static Colour tone(double red, double green, double blue, double spread, Dice *dice)
{
    double light = dice_real(dice, 1 - spread, 1 + spread);
    return (Colour){red * light * dice_real(dice, 0.95, 1.05),
                    green * light * dice_real(dice, 0.95, 1.05),
                    blue * light * dice_real(dice, 0.95, 1.05)};
}

Desk desk_choose(Dice *dice)
{
    static const double kinds[DESK_COUNT] = {0.36, 0.18, 0.28, 0.18};
    static const Colour dark[] = {
        {0.14, 0.14, 0.15}, {0.20, 0.22, 0.26}, {0.08, 0.24, 0.20}, {0.24, 0.13, 0.09}};
    static const Colour wood[] = {
        {0.62, 0.43, 0.26}, {0.76, 0.60, 0.41}, {0.40, 0.24, 0.15}};
    static const Colour cloth[] = {
        {0.25, 0.42, 0.62}, {0.66, 0.22, 0.22}, {0.20, 0.46, 0.34}, {0.62, 0.62, 0.60}};
    Desk desk = {.kind = (DeskKind)dice_weighted(dice, kinds, DESK_COUNT),
                 .pitch_mm = dice_real(dice, 9, 34),
                 .turn_rad = dice_real(dice, -0.5, 0.5),
                 .salt = (guint32)dice_int(dice, 1, 1 << 30)};
    Colour of[DESK_COUNT] = {[DESK_DARK] = DICE_PICK(dice, dark),
                             [DESK_LIGHT] = {0.80, 0.80, 0.79},
                             [DESK_WOOD] = DICE_PICK(dice, wood),
                             [DESK_PATTERN] = DICE_PICK(dice, cloth)};
    Colour c = of[desk.kind];
    desk.base = tone(c.red, c.green, c.blue, desk.kind == DESK_LIGHT ? 0.08 : 0.2, dice);
    double lift = dice_real(dice, 0.2, 0.8);
    desk.other = (Colour){desk.base.red + (0.9 - desk.base.red) * lift,
                          desk.base.green + (0.9 - desk.base.green) * lift,
                          desk.base.blue + (0.9 - desk.base.blue) * lift};
    return desk;
}

/* How much of the second colour there is: checks, or fine lines as on a cutting mat. */
static double pattern_at(const Desk *desk, double x, double y)
{
    double u = x / desk->pitch_mm, v = y / desk->pitch_mm;
    if (desk->salt % 2 == 0)
        return 0.5 * (((int)floor(u) & 1) + ((int)floor(v) & 1));
    double line = 0.6 / desk->pitch_mm;
    return u - floor(u) < line || v - floor(v) < line ? 0.8 : 0;
}

void desk_colour(const Desk *desk, double x_mm, double y_mm, double rgb[3])
{
    double c = cos(desk->turn_rad), s = sin(desk->turn_rad), light = 1, mix = 0;
    double x = c * x_mm + s * y_mm, y = c * y_mm - s * x_mm;
    switch (desk->kind) {
    case DESK_WOOD: {
        double plank = floor(y / (desk->pitch_mm * 5));
        double wave = y + 3 * cloud(x / 70, y / 40, desk->salt);
        light = 0.78 + 0.2 * cloud(x / 120, wave / 3.2, desk->salt + 1) +
                0.12 * cloud(x / 20, wave / 0.7, desk->salt + 2) +
                0.1 * lattice((int)plank, 7, desk->salt);
        if (y / (desk->pitch_mm * 5) - plank < 0.8 / (desk->pitch_mm * 5))
            light *= 0.6;
        break;
    }
    case DESK_PATTERN:
        mix = pattern_at(desk, x, y);
        light = 0.94 + 0.12 * cloud(x / 0.8, y / 0.8, desk->salt);
        break;
    default:
        light = 0.95 + 0.06 * cloud(x / 25, y / 25, desk->salt) +
                0.04 * cloud(x, y, desk->salt + 1);
    }
    rgb[0] = 255 * light * (desk->base.red * (1 - mix) + desk->other.red * mix);
    rgb[1] = 255 * light * (desk->base.green * (1 - mix) + desk->other.green * mix);
    rgb[2] = 255 * light * (desk->base.blue * (1 - mix) + desk->other.blue * mix);
}
