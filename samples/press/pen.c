/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pen.h"

#include <math.h>

static double shaky(Dice *dice, double value, double spread)
{
    return value + dice_real(dice, -spread, spread);
}

static void start_stroke(Sheet *sheet, const TickHand *hand)
{
    sheet_set_colour(sheet, hand->colour);
    cairo_set_line_width(sheet->cr, hand->pen_mm);
    cairo_set_line_cap(sheet->cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(sheet->cr, CAIRO_LINE_JOIN_ROUND);
}

static void end_stroke(Sheet *sheet)
{
    cairo_stroke(sheet->cr);
    cairo_set_line_cap(sheet->cr, CAIRO_LINE_CAP_BUTT);
    cairo_set_line_join(sheet->cr, CAIRO_LINE_JOIN_MITER);
}

/* A check that a machine set: straight, inside the box. */
static void neat_check(Sheet *sheet, Box box, const TickHand *hand)
{
    start_stroke(sheet, hand);
    cairo_set_line_width(sheet->cr, box.width * 0.12);
    cairo_move_to(sheet->cr, box.x + box.width * 0.18, box.y + box.height * 0.52);
    cairo_line_to(sheet->cr, box.x + box.width * 0.42, box.y + box.height * 0.78);
    cairo_line_to(sheet->cr, box.x + box.width * 0.84, box.y + box.height * 0.22);
    end_stroke(sheet);
}

/* The character √ typed over the box, as office people do. */
static void typed_check(Sheet *sheet, Box box, const TickHand *hand)
{
    Type type = {"Noto Sans CJK SC", box.width * 1.15, TRUE, hand->colour, NULL};
    text_in(sheet, &type, "√", box, ALIGN_CENTRE);
}

/* @least, @most: its size in sides of the box */
static void pen_check(Sheet *sheet, Box box, const TickHand *hand, double least,
                      double most, Dice *dice)
{
    double s = box.width * dice_real(dice, least, most);
    double x = box.x + box.width / 2 - s * 0.5, y = box.y + box.height / 2 - s * 0.55;
    double knee_x = shaky(dice, x + s * 0.42, s * 0.07);
    double knee_y = shaky(dice, y + s * 0.92, s * 0.08);
    double start_x = shaky(dice, x + s * 0.02, s * 0.08);
    double start_y = shaky(dice, y + s * 0.52, s * 0.10);
    double end_x = shaky(dice, x + s * 1.25, s * 0.25);
    double end_y = shaky(dice, y - s * 0.15, s * 0.20);
    start_stroke(sheet, hand);
    cairo_move_to(sheet->cr, start_x, start_y);
    cairo_curve_to(sheet->cr, shaky(dice, start_x + s * 0.12, s * 0.05),
                   shaky(dice, start_y + s * 0.08, s * 0.05), knee_x - s * 0.1,
                   knee_y - s * 0.12, knee_x, knee_y);
    cairo_curve_to(sheet->cr, shaky(dice, knee_x + s * 0.15, s * 0.06),
                   shaky(dice, knee_y - s * 0.45, s * 0.08), end_x - s * 0.35,
                   end_y + s * 0.3, end_x, end_y);
    end_stroke(sheet);
}

static void pen_cross(Sheet *sheet, Box box, const TickHand *hand, Dice *dice)
{
    double m = box.width * dice_real(dice, -0.12, 0.12);
    start_stroke(sheet, hand);
    for (int i = 0; i < 2; i++) {
        double left = box.x + m, right = box.x + box.width - m;
        double top = box.y + m, bottom = box.y + box.height - m;
        double slack = box.width * 0.12;
        cairo_move_to(sheet->cr, shaky(dice, i ? right : left, slack),
                      shaky(dice, top, slack));
        cairo_curve_to(sheet->cr, shaky(dice, box.x + box.width * 0.5, slack),
                       shaky(dice, box.y + box.height * 0.4, slack),
                       shaky(dice, box.x + box.width * 0.5, slack),
                       shaky(dice, box.y + box.height * 0.6, slack),
                       shaky(dice, i ? left : right, slack), shaky(dice, bottom, slack));
    }
    end_stroke(sheet);
}

/* √ that begins in the box and leaves it to the upper right, or misses it a little. */
static void large_check(Sheet *sheet, Box box, const TickHand *hand, Dice *dice)
{
    box.x += box.width * dice_real(dice, -0.15, 0.35);
    box.y += box.height * dice_real(dice, -0.3, 0.15);
    pen_check(sheet, box, hand, 1.1, 1.9, dice);
}

static void shaded(Sheet *sheet, Box box, const TickHand *hand, Dice *dice)
{
    int strokes = dice_int(dice, 4, 8);
    start_stroke(sheet, hand);
    for (int i = 0; i <= strokes; i++) {
        double y = box.y + box.height * (0.1 + 0.8 * i / strokes);
        double x = box.x + box.width * (i % 2 ? 0.88 : 0.12);
        double slack = box.width * 0.14;
        if (i == 0)
            cairo_move_to(sheet->cr, x, y);
        cairo_line_to(sheet->cr, shaky(dice, x, slack), shaky(dice, y, slack));
    }
    end_stroke(sheet);
}

/* A ring, not quite closed or beyond its beginning. */
static void ring(Sheet *sheet, Box box, const TickHand *hand, Dice *dice)
{
    double radius = box.width * dice_real(dice, 0.35, 0.95);
    double flat = dice_real(dice, 0.75, 1.1), start = dice_real(dice, 0, 6.28);
    double around = dice_real(dice, 5.6, 7.0), drift = dice_real(dice, -0.12, 0.12);
    double x = shaky(dice, box.x + box.width / 2, box.width * 0.15);
    double y = shaky(dice, box.y + box.height / 2, box.width * 0.15);
    start_stroke(sheet, hand);
    for (int i = 0; i <= 40; i++) {
        double angle = start + around * i / 40, r = radius * (1 + drift * i / 40);
        cairo_line_to(sheet->cr, x + r * cos(angle), y + flat * r * sin(angle));
    }
    end_stroke(sheet);
}

void pen_tick(Sheet *sheet, Box box, const TickHand *hand, Dice *dice)
{
    double inset = box.width * 0.14;
    switch (hand->style) {
    case TICK_NONE:
        break;
    case TICK_CHECK:
        neat_check(sheet, box, hand);
        break;
    case TICK_FILLED:
        sheet_fill(sheet,
                   (Box){box.x + inset, box.y + inset, box.width - 2 * inset,
                         box.height - 2 * inset},
                   hand->colour);
        break;
    case TICK_TYPED:
        typed_check(sheet, box, hand);
        break;
    case TICK_PEN:
        pen_check(sheet, box, hand, 0.9, 1.25, dice);
        break;
    case TICK_CROSS:
        pen_cross(sheet, box, hand, dice);
        break;
    case TICK_LARGE:
        large_check(sheet, box, hand, dice);
        break;
    case TICK_SHADED:
        shaded(sheet, box, hand, dice);
        break;
    case TICK_RING:
        ring(sheet, box, hand, dice);
        break;
    }
}

/* Bend the current path: a slant, a slow wave and a small tremble, all in mm. */
static void bend_path(cairo_t *cr, Box box, Dice *dice)
{
    double slant = dice_real(dice, -0.05, 0.30), wave = dice_real(dice, 0.2, 0.6);
    double phase = dice_real(dice, 0, 6.28), tremble = dice_real(dice, 0.03, 0.10);
    cairo_path_t *path = cairo_copy_path(cr);
    cairo_new_path(cr);
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        for (int k = 1; k < path->data[i].header.length; k++) {
            double *x = &path->data[i + k].point.x, *y = &path->data[i + k].point.y;
            double down = (*y - box.y - box.height / 2);
            *x += -slant * down + tremble * sin(*y * 2.1 + phase);
            *y += wave * sin((*x - box.x) * 0.45 + phase) + tremble * sin(*x * 2.7);
        }
    }
    cairo_append_path(cr, path);
    cairo_path_destroy(path);
}

/* The name in its face, bent and a little bold, as a careful person signs. */
static void written_name(Sheet *sheet, const Type *pen, const char *name, Box box,
                         Dice *dice)
{
    Type type = *pen;
    double x = box.x + dice_real(dice, 0.5, 2.5);
    double middle = box.y + box.height / 2;
    for (const char *c = name; *c != '\0'; c = g_utf8_next_char(c)) {
        g_autofree char *one = g_strndup(c, (gsize)(g_utf8_next_char(c) - c));
        type.size_mm = pen->size_mm * dice_real(dice, 0.88, 1.15);
        cairo_save(sheet->cr);
        text_path(sheet, &type, one, x,
                  baseline_of(middle, type.size_mm) + dice_real(dice, -0.5, 0.5));
        bend_path(sheet->cr, box, dice);
        sheet_set_colour(sheet, pen->colour);
        cairo_fill_preserve(sheet->cr);
        cairo_set_line_width(sheet->cr, dice_real(dice, 0.03, 0.16));
        cairo_stroke(sheet->cr);
        cairo_restore(sheet->cr);
        x += type.size_mm * dice_real(dice, 0.80, 1.0);
    }
}

/* Quick connected strokes, some turns for each character of the name. */
static void scribble(Sheet *sheet, const Type *pen, const char *name, Box box, Dice *dice)
{
    TickHand hand = {TICK_PEN, dice_real(dice, 0.25, 0.42), pen->colour};
    double x = box.x + dice_real(dice, 1, 3), middle = box.y + box.height / 2;
    double size = pen->size_mm;
    for (glong i = 0, n = g_utf8_strlen(name, -1); i < n; i++, x += size * 0.85) {
        int strokes = dice_int(dice, 2, 4);
        for (int s = 0; s < strokes; s++) {
            double left = x + size * dice_real(dice, 0, 0.3);
            double y = middle + size * dice_real(dice, -0.45, 0.4);
            start_stroke(sheet, &hand);
            cairo_move_to(sheet->cr, left, y);
            for (int turn = dice_int(dice, 1, 2); turn > 0; turn--)
                cairo_curve_to(sheet->cr, left + size * dice_real(dice, 0.1, 0.9),
                               middle + size * dice_real(dice, -0.55, 0.55),
                               left + size * dice_real(dice, -0.1, 0.7),
                               middle + size * dice_real(dice, -0.55, 0.55),
                               x + size * dice_real(dice, 0.0, 0.95),
                               middle + size * dice_real(dice, -0.5, 0.55));
            end_stroke(sheet);
        }
    }
}

void pen_signature(Sheet *sheet, const Type *pen, const char *name, Box box, Dice *dice)
{
    if (dice_chance(dice, 0.55))
        written_name(sheet, pen, name, box, dice);
    else
        scribble(sheet, pen, name, box, dice);
}
