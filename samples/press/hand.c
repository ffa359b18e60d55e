/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hand.h"

#include <fontconfig/fontconfig.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define TURN_RAD 0.07

typedef struct {
    const char *family;
    gboolean is_for_digits;
    double scale; /* digits: of the size that Chinese characters have */
    Part part;    /* samples take those of test */
} HandFace;

/* The last of each part is a printed face: a careful person writes not unlike it. The
 * faces of the measuring part are for nothing else. */
static const HandFace faces[] = {
    {"Ma Shan Zheng", FALSE, 1, PART_TEST},
    {"Long Cang", FALSE, 1, PART_TEST},
    {"Caveat", TRUE, 1.25, PART_TEST},
    {"Patrick Hand", TRUE, 1.0, PART_TEST},
    {"LXGW WenKai", FALSE, 1, PART_TEST},
    {"Zhi Mang Xing", FALSE, 1, PART_MEASURE},
    {"Liu Jian Mao Cao", FALSE, 1, PART_MEASURE},
    {"Reenie Beanie", TRUE, 1.25, PART_MEASURE},
    {"Kalam", TRUE, 0.95, PART_MEASURE},
    {"AR PL KaitiM GB", FALSE, 1, PART_MEASURE},
};

static gboolean is_there(const char *family)
{
    PangoFontFamily **families = NULL;
    int count = 0;
    gboolean found = FALSE;
    pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
    for (int i = 0; i < count; i++)
        found |= strcmp(pango_font_family_get_name(families[i]), family) == 0;
    g_free(families);
    return found;
}

void hands_add_faces(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        FcConfigAppFontAddFile(FcConfigGetCurrent(), (const FcChar8 *)path);
    }
}

void hands_open(const char *folder)
{
    hands_add_faces(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(faces); i++)
        if (!is_there(faces[i].family)) {
            g_printerr("press: no face %s in %s: hands are like print; make hands\n",
                       faces[i].family, folder);
            return;
        }
}

/* Returns: NULL where the part has none that is there */
static const HandFace *pick(Part part, gboolean is_for_digits, Dice *dice)
{
    const HandFace *found[G_N_ELEMENTS(faces)] = {NULL};
    int n = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(faces); i++)
        if (faces[i].part == (part == PART_SAMPLES ? PART_TEST : part) &&
            faces[i].is_for_digits == is_for_digits && is_there(faces[i].family))
            found[n++] = &faces[i];
    return n > 0 ? found[dice_int(dice, 0, n - 1)] : NULL;
}

Hand hand_choose(Part part, Dice *dice)
{
    const HandFace *words = pick(part, FALSE, dice), *digits = pick(part, TRUE, dice);
    gboolean has_own_digits = dice_chance(dice, 0.3);
    g_assert(words != NULL);
    if (digits == NULL || has_own_digits)
        return hand_with(words->family, words->family, 1, dice);
    return hand_with(words->family, digits->family, digits->scale, dice);
}

Hand hand_with(const char *words, const char *digits, double digits_scale, Dice *dice)
{
    Hand hand = {.words = words, .digits = digits, .digits_scale = digits_scale};
    hand.colour = dice_chance(dice, 0.4)
                      ? (Colour){dice_real(dice, 0.05, 0.2), dice_real(dice, 0.1, 0.28),
                                 dice_real(dice, 0.5, 0.7)}
                      : (Colour){dice_real(dice, 0.05, 0.2), dice_real(dice, 0.05, 0.2),
                                 dice_real(dice, 0.05, 0.25)};
    hand.size = dice_real(dice, 1.05, 1.5);
    hand.pitch = dice_real(dice, 0.82, 1.08);
    hand.slant = dice_real(dice, -0.08, 0.28);
    hand.unevenness = dice_real(dice, 0.5, 1.5);
    hand.climb = 0.03 * dice_normal(dice);
    hand.stroke_mm = dice_real(dice, 0, 0.14);
    hand.slips = dice_chance(dice, 0.3) ? 0.10 : 0.01;
    return hand;
}

static Type type_of(const Type *type, const char *character)
{
    const Hand *hand = type->hand;
    Type own = *type;
    gboolean is_digit = g_utf8_get_char(character) < 0x250;
    own.face = is_digit ? hand->digits : hand->words;
    own.size_mm *= is_digit ? hand->digits_scale : 1;
    own.hand = NULL;
    return own;
}

static char *character_at(const char *text)
{
    return g_strndup(text, (gsize)(g_utf8_next_char(text) - text));
}

double hand_width(const Sheet *sheet, const Type *type, const char *text)
{
    double width = 0;
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
        g_autofree char *one = character_at(c);
        Type own = type_of(type, one);
        width += text_width(sheet, &own, one) * type->hand->pitch;
    }
    return width;
}

/* One slow wave over a character, along each axis. */
typedef struct {
    double swing, along_x, along_y, phase;
} Wave;

static Wave wave_throw(double swing, Dice *dice)
{
    double along_x = dice_real(dice, -4, 4), along_y = dice_real(dice, -4, 4);
    double phase = dice_real(dice, 0, 2 * G_PI);
    return (Wave){swing * dice_normal(dice), along_x, along_y, phase};
}

static double wave_at(const Wave *wave, double x, double y)
{
    return wave->swing * sin(wave->along_x * x + wave->along_y * y + wave->phase);
}

/* Bends the current path, so that no two characters of one face are alike: nobody writes
 * his 3 twice. @size_mm: of a character */
static void bend(cairo_t *cr, double warp, double size_mm, Dice *dice)
{
    Wave right = wave_throw(warp, dice), down = wave_throw(warp, dice);
    cairo_path_t *path = cairo_copy_path(cr);
    for (int i = 0; i < path->num_data; i += path->data[i].header.length)
        for (int k = 1; k < path->data[i].header.length; k++) {
            cairo_path_data_t *point = &path->data[i + k];
            double x = point->point.x / size_mm, y = point->point.y / size_mm;
            point->point.x += size_mm * wave_at(&right, x, y);
            point->point.y += size_mm * wave_at(&down, x, y);
        }
    cairo_new_path(cr);
    cairo_append_path(cr, path);
    cairo_path_destroy(path);
}

/* The outline of one character, turned, leant over and made larger or smaller.
 * Returns: how far the next one stands */
static double write_one(Sheet *sheet, const Type *type, const char *one, double x,
                        double middle, Dice *dice)
{
    const Hand *hand = type->hand;
    Type own = type_of(type, one);
    double uneven = hand->unevenness, width = text_width(sheet, &own, one);
    double slant = hand->slant + 0.06 * uneven * dice_normal(dice);
    double high = exp(0.09 * uneven * dice_normal(dice));
    double wide = high * exp(0.06 * uneven * dice_normal(dice));
    cairo_matrix_t lean = {wide, 0, -slant, high, 0, 0};
    cairo_t *cr = sheet->cr;
    cairo_save(cr);
    cairo_translate(cr, x + width / 2,
                    middle + 0.05 * uneven * own.size_mm * dice_normal(dice));
    cairo_rotate(cr, TURN_RAD * uneven * dice_normal(dice) / 2);
    cairo_transform(cr, &lean);
    text_path(sheet, &own, one, -width / 2, baseline_of(0, own.size_mm));
    if (hand->warp > 0)
        bend(cr, hand->warp, type->size_mm, dice);
    sheet_set_colour(sheet, hand->colour);
    cairo_fill_preserve(cr);
    cairo_set_line_width(cr, hand->stroke_mm + 0.01);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cr);
    cairo_restore(cr);
    return width * hand->pitch * (1 + 0.06 * uneven * dice_normal(dice));
}

/* One line or two through what was written wrong. */
static void strike(Sheet *sheet, const Hand *hand, double x, double middle, double width,
                   Dice *dice)
{
    sheet_set_colour(sheet, hand->colour);
    cairo_set_line_width(sheet->cr, 0.3);
    for (int i = dice_int(dice, 1, 2); i > 0; i--) {
        cairo_move_to(sheet->cr, x - 0.2, middle + dice_real(dice, -0.6, 0.6));
        cairo_line_to(sheet->cr, x + width, middle + dice_real(dice, -0.9, 0.5));
        cairo_stroke(sheet->cr);
    }
}

void hand_write(Sheet *sheet, const Type *type, const char *text, double x, double middle,
                Dice *dice)
{
    const Hand *hand = type->hand;
    glong length = g_utf8_strlen(text, -1), at = 0;
    glong slip = length >= 2 && dice_chance(dice, hand->slips)
                     ? dice_int(dice, 0, (int)length - 2)
                     : -1;
    double start = x, wander = 0;
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c), at++) {
        g_autofree char *one = character_at(c);
        wander =
            0.8 * wander + 0.025 * hand->unevenness * type->size_mm * dice_normal(dice);
        double y = middle + wander - hand->climb * (x - start);
        if (at == slip) { /* the next one written too early */
            g_autofree char *early = character_at(g_utf8_next_char(c));
            double width = write_one(sheet, type, early, x, y, dice);
            strike(sheet, hand, x, y, width, dice);
            x += width;
        }
        x += write_one(sheet, type, one, x, y, dice);
    }
}
