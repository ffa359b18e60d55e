/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paper_id_card.c - a made-up identity card in the usual proportions, with a plain red
 * disc where the real one has the emblem and a drawn head for a photograph. */
#include <math.h>
#include <stdlib.h>

#include "paper.h"
#include "faces.h"

#define CARD_WIDTH_MM 85.6
#define CARD_HEIGHT_MM 54.0

typedef struct {
    Sheet *sheet;
    Type label, value;
    const Person *person;
} Draw;

static void background(Sheet *sheet, Dice *dice)
{
    cairo_t *cr = sheet->cr;
    double phase = dice_real(dice, 0, 6);
    cairo_rectangle(cr, 0, 0, CARD_WIDTH_MM, CARD_HEIGHT_MM);
    cairo_set_source_rgb(cr, 0.955, 0.965, 0.975);
    cairo_fill(cr);
    cairo_set_line_width(cr, 0.09);
    for (int line = 0; line < 34; line++) {
        double y = line * 1.7 - 2;
        cairo_set_source_rgb(cr, line % 2 ? 0.80 : 0.88, 0.86, line % 2 ? 0.92 : 0.88);
        for (double x = 0; x <= CARD_WIDTH_MM; x += 1.2) {
            double wave = y + 1.6 * sin(x * 0.18 + line * 0.5 + phase) + sin(x * 0.55);
            wave = CLAMP(wave, 0, CARD_HEIGHT_MM);
            x == 0 ? cairo_move_to(cr, x, wave) : cairo_line_to(cr, x, wave);
        }
        cairo_stroke(cr);
    }
}

static void outline(Sheet *sheet, gboolean has_edge)
{
    cairo_t *cr = sheet->cr;
    double r = 3.18; /* corner radius of an ID-1 card */
    cairo_new_sub_path(cr);
    cairo_arc(cr, CARD_WIDTH_MM - r, r, r, -G_PI / 2, 0);
    cairo_arc(cr, CARD_WIDTH_MM - r, CARD_HEIGHT_MM - r, r, 0, G_PI / 2);
    cairo_arc(cr, r, CARD_HEIGHT_MM - r, r, G_PI / 2, G_PI);
    cairo_arc(cr, r, r, r, G_PI, 1.5 * G_PI);
    cairo_close_path(cr);
    if (has_edge) {
        cairo_set_source_rgb(cr, 0.6, 0.6, 0.62);
        cairo_set_line_width(cr, 0.18);
        cairo_stroke(cr);
    }
}

static void head(Sheet *sheet, gboolean is_male)
{
    cairo_t *cr = sheet->cr;
    double x = 68.5, y = 21;
    cairo_set_source_rgb(cr, 0.28, 0.30, 0.36); /* shoulders */
    cairo_move_to(cr, x - 12, 40.5);
    cairo_curve_to(cr, x - 12, 31, x - 6, 30.5, x, 30.5);
    cairo_curve_to(cr, x + 6, 30.5, x + 12, 31, x + 12, 40.5);
    cairo_close_path(cr);
    cairo_fill(cr);
    cairo_set_source_rgb(cr, 0.15, 0.14, 0.14); /* hair */
    cairo_save(cr);
    cairo_translate(cr, x, y - 1.2);
    cairo_scale(cr, is_male ? 7.2 : 8.2, is_male ? 8.6 : 11);
    cairo_arc(cr, 0, is_male ? 0 : 0.15, 1, 0, 2 * G_PI);
    cairo_restore(cr);
    cairo_fill(cr);
    cairo_set_source_rgb(cr, 0.80, 0.70, 0.63); /* face */
    cairo_save(cr);
    cairo_translate(cr, x, y + 1);
    cairo_scale(cr, 6.2, 8);
    cairo_arc(cr, 0, 0, 1, 0, 2 * G_PI);
    cairo_restore(cr);
    cairo_fill(cr);
}

static void put(Draw *draw, gboolean is_label, const char *text, double x, double middle)
{
    const Type *type = is_label ? &draw->label : &draw->value;
    text_line(draw->sheet, type, text, x, baseline_of(middle, draw->value.size_mm));
}

static void put_label(Draw *draw, const char *text, double middle)
{
    text_spread(draw->sheet, &draw->label, text, 6.2,
                baseline_of(middle, draw->value.size_mm), 7.6);
}

static void front(Draw *draw)
{
    const Person *person = draw->person;
    g_autofree char *year = g_strndup(person->birth_date, 4);
    g_autofree char *month = g_strdup_printf("%d", atoi(person->birth_date + 5));
    g_autofree char *day = g_strdup_printf("%d", atoi(person->birth_date + 8));
    head(draw->sheet, person->is_male);
    put_label(draw, "姓名", 8.5);
    Type name = draw->value;
    name.size_mm *= 1.12;
    text_line(draw->sheet, &name, person->name, 16, baseline_of(8.5, name.size_mm));
    put_label(draw, "性别", 15.6);
    put(draw, FALSE, person->is_male ? "男" : "女", 16, 15.6);
    text_spread(draw->sheet, &draw->label, "民族", 27,
                baseline_of(15.6, draw->value.size_mm), 6.6);
    put(draw, FALSE, person->ethnicity, 35.5, 15.6);
    put_label(draw, "出生", 22.4);
    put(draw, FALSE, year, 16, 22.4);
    put(draw, TRUE, "年", 25.2, 22.4);
    put(draw, FALSE, month, 30.0, 22.4);
    put(draw, TRUE, "月", 35.0, 22.4);
    put(draw, FALSE, day, 39.8, 22.4);
    put(draw, TRUE, "日", 45.0, 22.4);
    put_label(draw, "住址", 29.4);
    text_block(draw->sheet, &draw->value, person->card_address, 16, 29.4 - 2.25, 37.5,
               4.5 / draw->value.size_mm);
    text_line(draw->sheet, &draw->label, "公民身份号码", 6.2,
              baseline_of(46.8, draw->value.size_mm));
    Type number = draw->value;
    number.size_mm *= 1.18;
    text_spread(draw->sheet, &number, person->id_number, 29.5,
                baseline_of(46.8, number.size_mm), 46.5);
}

static char *dotted(const char *date)
{
    char *text = g_strdup(date);
    return g_strdelimit(text, "-", '.');
}

static void back(Draw *draw, const Card *card)
{
    cairo_t *cr = draw->sheet->cr;
    cairo_set_source_rgb(cr, 0.80, 0.22, 0.20);
    cairo_arc(cr, 14.5, 14, 8, 0, 2 * G_PI);
    cairo_fill(cr);
    cairo_set_source_rgb(cr, 0.95, 0.80, 0.55);
    cairo_set_line_width(cr, 0.5);
    cairo_arc(cr, 14.5, 14, 6.4, 0, 2 * G_PI);
    cairo_stroke(cr);
    Type title = draw->value;
    title.size_mm = 4.6;
    title.colour = COLOUR_BLACK;
    text_spread(draw->sheet, &title, "中华人民共和国", 29, baseline_of(10.5, 4.6), 46);
    title.size_mm = 6.6;
    text_spread(draw->sheet, &title, "居民身份证", 28, baseline_of(19.5, 6.6), 48);
    g_autofree char *from = dotted(card->valid_from);
    g_autofree char *to = dotted(card->valid_to);
    g_autofree char *valid = g_strdup_printf("%s-%s", from, to);
    Type label = draw->label;
    label.colour = COLOUR_BLACK;
    text_spread(draw->sheet, &label, "签发机关", 17, baseline_of(39.2, label.size_mm),
                13.5);
    put(draw, FALSE, card->person->card_issuer, 34, 39.2);
    text_spread(draw->sheet, &label, "有效期限", 17, baseline_of(46.8, label.size_mm),
                13.5);
    put(draw, FALSE, valid, 34, 46.8);
}

/* One side with its upper left corner at @x, @y, enlarged @scale times. */
static void side(Sheet *sheet, const Card *card, Part part, gboolean is_front, Box at,
                 double scale, Dice *dice)
{
    const char *face = faces_pick(part, KIND_HEI, dice);
    Draw draw = {.sheet = sheet, .person = card->person};
    draw.value = (Type){face, 3.2, FALSE, COLOUR_BLACK, NULL};
    draw.label = (Type){face, 2.75, FALSE, {0.16, 0.45, 0.68}, NULL};
    cairo_save(sheet->cr);
    cairo_translate(sheet->cr, at.x, at.y);
    cairo_scale(sheet->cr, scale, scale);
    cairo_rotate(sheet->cr, dice_real(dice, -0.02, 0.02));
    cairo_save(sheet->cr);
    outline(sheet, FALSE);
    cairo_clip(sheet->cr);
    background(sheet, dice);
    cairo_restore(sheet->cr);
    outline(sheet, TRUE);
    if (is_front)
        front(&draw);
    else
        back(&draw, card);
    cairo_restore(sheet->cr);
}

static void fill_front(Fields *fields, const Person *person)
{
    fields_set(fields, "name", person->name);
    fields_set(fields, "sex", person->is_male ? "男" : "女");
    fields_set(fields, "ethnicity", person->ethnicity);
    fields_set(fields, "birth_date", person->birth_date);
    fields_set(fields, "address", person->card_address);
    fields_set(fields, "id_number", person->id_number);
}

static void fill_back(Fields *fields, const Card *card)
{
    fields_set(fields, "issuer", card->person->card_issuer);
    fields_set(fields, "valid_from", card->valid_from);
    fields_set(fields, "valid_to", card->valid_to);
}

static void crop(Paper *paper, const Card *card, Part part, gboolean is_front, Dice *dice)
{
    double margin = dice_real(dice, 2.2, 5);
    Sheet *sheet = paper_add_sheet(paper, CARD_WIDTH_MM + 2 * margin,
                                   CARD_HEIGHT_MM + 2 * margin, SHEET_CARD_CROP);
    side(sheet, card, part, is_front, (Box){margin, margin, 0, 0}, 1, dice);
    paper_mark_made_up(sheet);
}

static void on_page(Paper *paper, const Card *card, Part part, gboolean has_front,
                    gboolean has_back, Dice *dice)
{
    Sheet *sheet = paper_add_sheet(paper, A4_WIDTH_MM, A4_HEIGHT_MM, SHEET_PAGE);
    double scale = dice_chance(dice, 0.5) ? 1 : dice_real(dice, 1.0, 1.4);
    double x = (A4_WIDTH_MM - CARD_WIDTH_MM * scale) / 2 + dice_real(dice, -22, 22);
    double y = dice_real(dice, 28, 60);
    if (has_front)
        side(sheet, card, part, TRUE, (Box){x, y, 0, 0}, scale, dice);
    if (has_front && has_back) {
        y += CARD_HEIGHT_MM * scale + dice_real(dice, 8, 35);
        x += dice_real(dice, -6, 6);
    }
    if (has_back)
        side(sheet, card, part, FALSE, (Box){x, y, 0, 0}, scale, dice);
    paper_mark_made_up(sheet);
}

Paper *paper_id_card(const Card *card, Part part, Dice *dice)
{
    static const char *const designs[] = {"both_on_a_page", "front_only", "two_pages",
                                          "crops", "front_crop"};
    Paper *paper = paper_new("id_card", TRUE);
    gboolean has_back =
        card->layout != CARD_FRONT_ONLY && card->layout != CARD_FRONT_CROP;
    paper->design = designs[card->layout];
    switch (card->layout) {
    case CARD_BOTH_ON_A_PAGE:
        on_page(paper, card, part, TRUE, TRUE, dice);
        break;
    case CARD_FRONT_ONLY:
        on_page(paper, card, part, TRUE, FALSE, dice);
        break;
    case CARD_TWO_PAGES:
        on_page(paper, card, part, TRUE, FALSE, dice);
        on_page(paper, card, part, FALSE, TRUE, dice);
        break;
    case CARD_CROPS:
        crop(paper, card, part, TRUE, dice);
        crop(paper, card, part, FALSE, dice);
        break;
    case CARD_FRONT_CROP:
        crop(paper, card, part, TRUE, dice);
        break;
    }
    fill_front(paper->fields, card->person);
    if (has_back)
        fill_back(paper->fields, card);
    return paper;
}
