/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seal.h"

#include <math.h>

static void star(cairo_t *cr, double radius)
{
    for (int i = 0; i < 5; i++) {
        double angle = -G_PI / 2 + i * 4 * G_PI / 5;
        if (i == 0)
            cairo_move_to(cr, radius * cos(angle), radius * sin(angle));
        else
            cairo_line_to(cr, radius * cos(angle), radius * sin(angle));
    }
    cairo_close_path(cr);
    cairo_fill(cr);
}

static void ring_text_along(Sheet *sheet, const Type *type, const char *text,
                            double radius)
{
    glong n = g_utf8_strlen(text, -1);
    double arc = MIN(1.55 * G_PI, 0.24 * G_PI * (double)n);
    double angle = -G_PI / 2 - arc / 2;
    double step = n > 1 ? arc / (double)(n - 1) : 0;
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c), angle += step) {
        g_autofree char *one = g_strndup(c, (gsize)(g_utf8_next_char(c) - c));
        cairo_save(sheet->cr);
        cairo_rotate(sheet->cr, angle + G_PI / 2);
        /* Seal characters are narrow and tall. */
        cairo_scale(sheet->cr, 0.72, 1);
        text_path(sheet, type, one, -type->size_mm / 2, -radius + type->size_mm * 0.86);
        cairo_fill(sheet->cr);
        cairo_restore(sheet->cr);
    }
}

/* Where the pad held too little ink: small white specks over the seal's own ink only. */
static void starve(cairo_t *cr, double radius, Dice *dice)
{
    cairo_set_operator(cr, CAIRO_OPERATOR_DEST_OUT);
    for (int i = dice_int(dice, 60, 260); i > 0; i--) {
        double angle = dice_real(dice, 0, 2 * G_PI),
               at = radius * sqrt(dice_real(dice, 0, 1));
        cairo_set_source_rgba(cr, 0, 0, 0, dice_real(dice, 0.3, 0.9));
        cairo_arc(cr, at * cos(angle), at * sin(angle), dice_real(dice, 0.05, 0.35), 0,
                  2 * G_PI);
        cairo_fill(cr);
    }
    cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
}

void seal_round(Sheet *sheet, double x, double y, double diameter_mm, const char *face,
                const char *ring_text, const char *foot_text, Dice *dice)
{
    double radius = diameter_mm / 2, ring_mm = dice_real(dice, 0.8, 1.3);
    glong n = g_utf8_strlen(ring_text, -1);
    Type type = {face, diameter_mm * (n > 14 ? 0.095 : 0.125), TRUE, COLOUR_RED, NULL};
    cairo_save(sheet->cr);
    cairo_translate(sheet->cr, x, y);
    cairo_rotate(sheet->cr, dice_real(dice, -0.35, 0.35));
    cairo_push_group(sheet->cr);
    sheet_set_colour(sheet, COLOUR_RED);
    cairo_set_line_width(sheet->cr, ring_mm);
    cairo_arc(sheet->cr, 0, 0, radius - ring_mm / 2, 0, 2 * G_PI);
    cairo_stroke(sheet->cr);
    star(sheet->cr, radius * 0.30);
    ring_text_along(sheet, &type, ring_text, radius - ring_mm * 1.5);
    if (foot_text != NULL) {
        Type foot = type;
        foot.size_mm = diameter_mm * 0.085;
        double width = text_width(sheet, &foot, foot_text);
        text_path(sheet, &foot, foot_text, -width / 2, radius * 0.62);
        cairo_fill(sheet->cr);
    }
    starve(sheet->cr, radius, dice);
    cairo_pop_group_to_source(sheet->cr);
    cairo_paint_with_alpha(sheet->cr, dice_real(dice, 0.55, 0.85));
    cairo_restore(sheet->cr);
}
