/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print.h"

static const PrintBase bases[] = {
    /* name, part, face, label pt, fill pt, break, label align, glyph, after, rule, half,
     * units, frame, rules */
    {"hall-song", PART_SAMPLES, KIND_SONG, 10.5, 10.5, BREAK_AFTER_HEATING, ALIGN_CENTRE,
     TRUE, FALSE, TRUE, FALSE, "M²", "M³/h", 0.18, 0.18},
    {"hall-hei", PART_SAMPLES, KIND_HEI, 9.5, 10.5, BREAK_AFTER_HEAT_TIME, ALIGN_CENTRE,
     FALSE, FALSE, TRUE, FALSE, "㎡", "M³/h", 0.45, 0.2},
    {"hall-kai", PART_SAMPLES, KIND_KAI, 11, 10.5, BREAK_AFTER_GAS_HEAD, ALIGN_LEFT,
     FALSE, FALSE, FALSE, TRUE, "M²", "m³/h", 0.25, 0.15},
    {"counter-song", PART_SAMPLES, KIND_SONG, 9, 9, BREAK_BEFORE_OTHER, ALIGN_JUSTIFY,
     FALSE, FALSE, TRUE, TRUE, "m²", "M³/h", 0.35, 0.12},
    {"desk-song", PART_TEST, KIND_SONG, 10.5, 12, BREAK_BEFORE_HEAT, ALIGN_CENTRE, FALSE,
     FALSE, FALSE, FALSE, "M²", "M³/h", 0.2, 0.2},
    {"desk-hei", PART_TEST, KIND_HEI, 10, 9, BREAK_AFTER_HEATING, ALIGN_LEFT, TRUE, FALSE,
     TRUE, TRUE, "㎡", "m³/h", 0.3, 0.3},
    {"desk-kai", PART_TEST, KIND_KAI, 11.5, 10.5, BREAK_BEFORE_GAS, ALIGN_JUSTIFY, FALSE,
     FALSE, TRUE, FALSE, "M²", "M³/h", 0.5, 0.15},
    {"window-song", PART_TEST, KIND_SONG, 9.5, 10.5, BREAK_AFTER_HEAT_TIME, ALIGN_CENTRE,
     FALSE, TRUE, FALSE, TRUE, "M²", "M³/h", 0.15, 0.11},
    {"town-song", PART_MEASURE, KIND_SONG, 10.5, 10.5, BREAK_AFTER_HEATING, ALIGN_CENTRE,
     FALSE, FALSE, TRUE, FALSE, "M²", "M³/h", 0.22, 0.18},
    {"town-hei", PART_MEASURE, KIND_HEI, 9, 10, BREAK_BEFORE_OTHER, ALIGN_LEFT, FALSE,
     FALSE, FALSE, TRUE, "㎡", "M³/h", 0.4, 0.12},
    {"town-kai", PART_MEASURE, KIND_KAI, 12, 11, BREAK_BEFORE_GAS, ALIGN_CENTRE, TRUE,
     FALSE, TRUE, FALSE, "M²", "m³/h", 0.18, 0.18},
    {"county-song", PART_MEASURE, KIND_SONG, 9.5, 12, BREAK_AFTER_GAS_HEAD, ALIGN_JUSTIFY,
     TRUE, FALSE, TRUE, FALSE, "m²", "M³/h", 0.35, 0.25},
    {"county-hei", PART_MEASURE, KIND_HEI, 10.5, 10.5, BREAK_AFTER_HEAT_TIME,
     ALIGN_CENTRE, FALSE, FALSE, TRUE, FALSE, "M²", "M³/h", 0.6, 0.2},
    {"county-kai", PART_MEASURE, KIND_KAI, 10.5, 9, BREAK_BEFORE_HEAT, ALIGN_JUSTIFY,
     FALSE, TRUE, FALSE, TRUE, "㎡", "M³/h", 0.16, 0.12},
    {.name = NULL},
};

const PrintBase *print_bases(void)
{
    return bases;
}

static const PrintBase *base_of(Part part, int number)
{
    int n = 0;
    for (const PrintBase *base = bases; base->name != NULL; base++)
        n += base->part == part;
    g_assert(n > 0);
    number = ((number % n) + n) % n;
    for (const PrintBase *base = bases; base->name != NULL; base++)
        if (base->part == part && number-- == 0)
            return base;
    g_assert_not_reached();
}

static void draw_wording(Print *print, Dice *lot)
{
    print->title_bold = dice_chance(lot, 0.7);
    print->title_in_two = dice_chance(lot, 0.3);
    print->has_attachment_mark = dice_chance(lot, 0.3);
    print->section_bold = dice_chance(lot, 0.55);
    print->section_shaded = dice_chance(lot, 0.2);
    print->district_in_two = dice_chance(lot, 0.5);
    print->vat_in_two = dice_chance(lot, 0.6);
    print->id_in_two = dice_chance(lot, 0.15);
    print->uses_careful_word = dice_chance(lot, 0.5);
    print->has_well_slip = dice_chance(lot, 0.15);
    print->telecom_in_one_cell = dice_chance(lot, 0.35);
    print->number_is_comma = dice_chance(lot, 0.3);
    print->has_tight_labels = dice_chance(lot, 0.35);
    print->footer = dice_int(lot, 0, 2);
    print->section_align = dice_chance(lot, 0.75) ? ALIGN_CENTRE : ALIGN_LEFT;
}

static void draw_measures(Print *print, const PrintBase *base, Dice *lot)
{
    print->label_size_pt = base->label_size_pt;
    print->title_size_pt = dice_real(lot, 15, 20);
    print->left_mm = dice_real(lot, 14, 26);
    print->right_mm = dice_real(lot, 14, 26);
    print->top_mm = dice_real(lot, 15, 24);
    print->bottom_mm = dice_real(lot, 16, 22);
    print->row_mm = dice_real(lot, 6.6, 9.2);
    print->padding_mm = dice_real(lot, 0.9, 1.9);
    print->outer_mm = base->outer_mm;
    print->inner_mm = base->inner_mm;
    print->option_gap_mm = dice_real(lot, 2.0, 5.0);
    print->box_gap_mm = dice_real(lot, 0.3, 1.0);
    print->blank_mm = dice_real(lot, 9, 16);
    print->date_blank_mm = dice_real(lot, 6, 10);
    print->column_shift = dice_real(lot, -1, 1);
    double em_mm = base->label_size_pt * MM_PER_POINT;
    print->box.is_glyph = base->box_is_glyph;
    print->box.size_mm = base->box_is_glyph ? em_mm * dice_real(lot, 0.80, 0.95)
                                            : dice_real(lot, 2.5, MIN(5.0, em_mm * 1.15));
    print->box.line_mm = dice_real(lot, 0.12, 0.3);
    print->box.glyph_face = print->label_face;
}

Print print_choose(Part part, int number, guint64 seed, Dice *dice)
{
    const PrintBase *base = base_of(part, number);
    Print print = {.base = base};
    Dice lot;
    /* One stream for each print and seed: all cases of a run that use a print see the
     * same. */
    dice_init(&lot, seed, base->name);
    print.label_face = faces_pick(part, base->label_kind, &lot);
    draw_measures(&print, base, &lot);
    draw_wording(&print, &lot);
    gboolean is_same_face = dice_chance(dice, 0.5);
    print.fill_face =
        is_same_face ? print.label_face : faces_pick(part, KIND_COUNT, dice);
    print.fill_size_pt = base->fill_size_pt;
    print.fill_align = dice_chance(dice, 0.45) ? ALIGN_CENTRE : ALIGN_LEFT;
    print.fill_drop_mm = dice_chance(dice, 0.35) ? dice_real(dice, 0.3, 1.3) : 0;
    return print;
}
