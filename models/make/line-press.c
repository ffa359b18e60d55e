/* SPDX-License-Identifier: GPL-3.0-or-later */
/* line-press: prints pages of unrelated lines for training, worn, with where each stands.
 *
 *     line-press TEXTS FACES FOLDER PAGES SEED [HANDS]
 *
 * TEXTS: one line of text a row; taken in turn
 * FACES: a font family and how often it is taken, a tab between, one a row; behind
 *     another tab "hand" where what it sets is to be written by hand, "digits" where
 * hands take their digits from it HANDS: a folder of faces that are not installed FOLDER:
 * gets page-0001.png and page-0001.tsv (left, top, right, bottom of the ink in pixels,
 * the text), and so on */
#include <allheaders.h>
#include <hb.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dice.h"
#include "hand.h"
#include "pen.h"
#include "seal.h"
#include "sheet.h"
#include "wear.h"

#define GAP '|'
#define TICK_BOX 0x25a1 /* □ */

typedef struct {
    char *family;
    double weight;
    PangoFont *font;
    gboolean is_hand, is_digits;
} TrainFace;

typedef struct {
    GPtrArray *texts;
    guint next_text;
    GArray *faces;            /* TrainFace */
    double *weights, *digits; /* of each as the face of a line, and of a hand's digits */
    GHashTable *families;     /* of hands that took two faces: "one,another" */
    gboolean has_digits;
    PangoContext *context;
} Supply;

/* A line as printed: tight around its ink, mm of the sheet. */
typedef struct {
    Box ink;
    char *text;
} Printed;

typedef struct {
    Sheet *sheet;
    Supply *supply;
    Dice *dice;
    const TrainFace *face;
    const TrainFace *spare; /* of a hand: for what @face lacks; NULL for none */
    Hand hand;              /* who writes, where the face is of a hand */
    GArray *lines;          /* Printed */
} Page;

static GStrv read_rows(const char *path)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &text, NULL, &error)) {
        fprintf(stderr, "line-press: %s\n", error->message);
        exit(1);
    }
    return g_strsplit(text, "\n", -1);
}

static void supply_init(Supply *supply, const char *texts, const char *faces)
{
    g_auto(GStrv) rows = read_rows(texts), face_rows = read_rows(faces);
    supply->texts = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; rows[i] != NULL; i++)
        if (*rows[i] != '\0')
            g_ptr_array_add(supply->texts, g_strdup(rows[i]));
    supply->context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    supply->faces = g_array_new(FALSE, TRUE, sizeof(TrainFace));
    for (int i = 0; face_rows[i] != NULL; i++) {
        g_auto(GStrv) part = g_strsplit(face_rows[i], "\t", 3);
        if (g_strv_length(part) < 2)
            continue;
        PangoFontDescription *wanted = pango_font_description_new();
        pango_font_description_set_family(wanted, part[0]);
        pango_font_description_set_size(wanted, 12 * PANGO_SCALE);
        TrainFace face = {g_strdup(part[0]), g_ascii_strtod(part[1], NULL),
                          pango_context_load_font(supply->context, wanted),
                          g_strcmp0(part[2], "hand") == 0,
                          g_strcmp0(part[2], "digits") == 0};
        PangoFontDescription *got = pango_font_describe(face.font);
        if (!g_str_has_prefix(part[0], pango_font_description_get_family(got))) {
            fprintf(stderr, "line-press: face %s is not installed (got %s)\n", part[0],
                    pango_font_description_get_family(got));
            exit(1);
        }
        pango_font_description_free(got);
        pango_font_description_free(wanted);
        g_array_append_val(supply->faces, face);
    }
    supply->weights = g_new0(double, supply->faces->len);
    supply->digits = g_new0(double, supply->faces->len);
    supply->families = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < supply->faces->len; i++) {
        const TrainFace *face = &g_array_index(supply->faces, TrainFace, i);
        (face->is_digits ? supply->digits : supply->weights)[i] = face->weight;
        supply->has_digits |= face->is_digits;
    }
}

static const TrainFace *pick_face(Supply *supply, Dice *dice)
{
    int i = dice_weighted(dice, supply->weights, (int)supply->faces->len);
    return &g_array_index(supply->faces, TrainFace, (guint)i);
}

static const TrainFace *pick_digits(Supply *supply, Dice *dice)
{
    int i = dice_weighted(dice, supply->digits, (int)supply->faces->len);
    return &g_array_index(supply->faces, TrainFace, (guint)i);
}

/* Some faces have an empty picture where they lack a character. */
static gboolean has_ink(PangoFont *font, gunichar c)
{
    hb_codepoint_t glyph = 0;
    hb_glyph_extents_t extents = {0};
    hb_font_t *shapes = pango_font_get_hb_font(font);
    return hb_font_get_nominal_glyph(shapes, c, &glyph) &&
           hb_font_get_glyph_extents(shapes, glyph, &extents) && extents.width != 0;
}

static gboolean has_all(PangoFont *font, const char *text)
{
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (!has_ink(font, g_utf8_get_char(p)))
            return FALSE;
    return TRUE;
}

/* What dates have between their numbers; faces of hands often have no more of Chinese
 * than the faces of whole words, or nothing. */
#define DATE_WORDS "年月日"

/* Which faces of Japanese hands lack, and they are most of all hands there are. */
#define SIMPLIFIED_PROBE "龙请张单陈赵刘号"
/* Lines that are written mostly with the spare face would be of that face. */
#define SPARE_MAX_SHARE 0.4

/* A face of hands that has @text: @face itself if it does. */
static const TrainFace *face_with(Supply *supply, const TrainFace *face, const char *text,
                                  Dice *dice)
{
    for (int tries = 0; tries < 1000 && !has_all(face->font, text); tries++) {
        const TrainFace *other = pick_face(supply, dice);
        face = other->is_hand ? other : face;
    }
    return face;
}

/* Returns: owned by @supply, as a Hand only borrows its faces */
static const char *family_of(Supply *supply, const TrainFace *face,
                             const TrainFace *spare)
{
    if (spare == NULL || spare == face)
        return face->family;
    g_autofree char *both = g_strdup_printf("%s,%s", face->family, spare->family);
    if (!g_hash_table_contains(supply->families, both))
        g_hash_table_add(supply->families, g_strdup(both));
    return g_hash_table_lookup(supply->families, both);
}

/* Truth has the narrow signs of the model's charset; print has narrow or wide ones. */
static char *as_printed(const char *text, Dice *dice)
{
    static const struct {
        char narrow;
        const char *wide;
    } signs[] = {{':', "："}, {'(', "（"}, {')', "）"}, {';', "；"}, {',', "，"}};
    gboolean is_wide = dice_chance(dice, 0.7);
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        const char *put = NULL;
        for (gsize i = 0; i < G_N_ELEMENTS(signs) && is_wide; i++)
            if (*p == signs[i].narrow)
                put = signs[i].wide;
        if (put != NULL)
            g_string_append(out, put);
        else
            g_string_append_len(out, p, g_utf8_next_char(p) - p);
    }
    return g_string_free(out, FALSE);
}

/* Neither is a glyph of a face: a gap is left white, a tick box is drawn. */
static gboolean is_drawn(gunichar c)
{
    return c == GAP || c == TICK_BOX;
}

static gboolean hand_can_write(const TrainFace *face, const TrainFace *spare,
                               const char *text)
{
    int count = 0, spared = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (is_drawn(c))
            return FALSE;
        count++;
        if (g_utf8_strchr(DATE_WORDS, -1, c) != NULL || has_ink(face->font, c))
            continue;
        /* An empty picture would be taken before the spare face is asked. */
        if (spare == NULL || pango_font_has_char(face->font, c) ||
            !has_ink(spare->font, c))
            return FALSE;
        spared++;
    }
    return spared <= count * SPARE_MAX_SHARE;
}

static gboolean can_print(const TrainFace *face, const TrainFace *spare, const char *text)
{
    if (face->is_hand)
        return hand_can_write(face, spare, text);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (!is_drawn(g_utf8_get_char(p)) &&
            !pango_font_has_char(face->font, g_utf8_get_char(p)))
            return FALSE;
    return TRUE;
}

static void join(Box *ink, Box more)
{
    double right = MAX(ink->x + ink->width, more.x + more.width);
    double bottom = MAX(ink->y + ink->height, more.y + more.height);
    if (ink->width <= 0) {
        *ink = more;
        return;
    }
    ink->x = MIN(ink->x, more.x);
    ink->y = MIN(ink->y, more.y);
    ink->width = right - ink->x;
    ink->height = bottom - ink->y;
}

/* Where the ink of @text falls when its baseline starts at @x, @baseline. */
static Box ink_of(Page *page, const Type *type, const char *text, double x,
                  double baseline)
{
    cairo_t *cr = page->sheet->cr;
    double x0, y0, x1, y1;
    cairo_save(cr);
    cairo_new_path(cr);
    text_path(page->sheet, type, text, x, baseline);
    cairo_path_extents(cr, &x0, &y0, &x1, &y1);
    cairo_new_path(cr);
    cairo_restore(cr);
    return (Box){x0, y0, x1 - x0, y1 - y0};
}

/* So high are digits beside Chinese characters, of the size of those. */
#define DIGIT_HEIGHT 0.7
/* Few faces of Chinese hands have digits as people write them. */
#define OTHER_DIGITS 0.65

/* Somebody who writes with @page's face, less evenly than the people of the press. */
static void choose_hand(Page *page)
{
    Dice *dice = page->dice;
    Supply *supply = page->supply;
    const TrainFace *words = face_with(supply, page->face, DATE_WORDS, dice);
    const TrainFace *digits = page->face;
    gboolean is_chinese = words == page->face && supply->has_digits;
    page->spare = is_chinese ? face_with(supply, words, SIMPLIFIED_PROBE, dice) : NULL;
    if (is_chinese && dice_chance(dice, OTHER_DIGITS))
        digits = pick_digits(supply, dice);
    Type type = {.face = digits->family, .size_mm = 1};
    double height = MAX(ink_of(page, &type, "8", 0, 0).height, 0.1);
    double scale = DIGIT_HEIGHT / height * dice_real(dice, 0.85, 1.2);
    page->hand = hand_with(family_of(supply, words, page->spare),
                           family_of(supply, digits, page->spare), scale, dice);
    page->hand.pitch = dice_real(dice, 0.82, 1.15);
    page->hand.slant = dice_real(dice, -0.15, 0.4);
    page->hand.unevenness = dice_real(dice, 0.4, 1.7);
    page->hand.stroke_mm = dice_chance(dice, 0.5) ? dice_real(dice, 0, 0.3) : 0.05;
    page->hand.warp = dice_real(dice, 0, 0.06);
}

static void choose_face(Page *page)
{
    page->face = pick_face(page->supply, page->dice);
    page->spare = NULL;
    if (page->face->is_hand)
        choose_hand(page);
}

/* The ink that @dice's next throws make of @text. */
static Box hand_ink_of(const Page *page, const Type *type, const char *text, double x,
                       double middle, Dice dice)
{
    g_autoptr(Sheet) scratch = sheet_new(page->sheet->width_mm, page->sheet->height_mm);
    hand_write(scratch, type, text, x, middle, &dice);
    return sheet_ink(scratch);
}

/* As set_text(), by a hand; there are no gaps and boxes in what hands write here. */
static double write_text(Page *page, const Type *type, const char *text, double x,
                         double middle, Box *ink)
{
    double width = hand_width(page->sheet, type, text);
    if (ink == NULL)
        return width;
    *ink = hand_ink_of(page, type, text, x, middle, *page->dice);
    hand_write(page->sheet, type, text, x, middle, page->dice);
    return ink->x + ink->width - x;
}

static void draw_tick_box(Page *page, Box box, double line_mm)
{
    static const TickStyle styles[] = {TICK_CHECK, TICK_FILLED, TICK_PEN, TICK_CROSS};
    sheet_frame(page->sheet, box, line_mm, COLOUR_BLACK);
    if (dice_chance(page->dice, 0.65))
        return;
    TickHand hand = {DICE_PICK(page->dice, styles), dice_real(page->dice, 0.3, 0.7),
                     dice_chance(page->dice, 0.3) ? COLOUR_BLUE : COLOUR_BLACK};
    pen_tick(page->sheet, box, &hand, page->dice);
}

/* How one line is set. */
typedef struct {
    double gap_mm, box_mm, box_line_mm;
} Setting;

/* Sets @text, drawing it if @ink is given. Returns: its width */
static double set_text(Page *page, const Type *type, const Setting *setting,
                       const char *text, double x, double middle, Box *ink)
{
    double start = x, baseline = baseline_of(middle, type->size_mm);
    if (type->hand != NULL)
        return write_text(page, type, text, x, middle, ink);
    for (const char *p = text; *p != '\0';) {
        gunichar c = g_utf8_get_char(p);
        const char *end = g_utf8_next_char(p);
        if (c == GAP) {
            x += setting->gap_mm;
        } else if (c == TICK_BOX) {
            Box box = {x + type->size_mm * 0.08, middle - setting->box_mm / 2,
                       setting->box_mm, setting->box_mm};
            if (ink != NULL) {
                draw_tick_box(page, box, setting->box_line_mm);
                join(ink, box);
            }
            x += setting->box_mm + type->size_mm * 0.16;
        } else {
            while (*end != '\0' && !is_drawn(g_utf8_get_char(end)))
                end = g_utf8_next_char(end);
            g_autofree char *piece = g_strndup(p, (gsize)(end - p));
            if (ink != NULL) {
                text_line(page->sheet, type, piece, x, baseline);
                join(ink, ink_of(page, type, piece, x, baseline));
            }
            x += text_width(page->sheet, type, piece);
        }
        p = end;
    }
    return x - start;
}

static char *without_gaps(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, (const char[]){GAP, '\0'}, -1);
    return g_strjoinv("", parts);
}

/* Every character by itself, as 姓 名 is set to fill a label's width. */
static char *spread(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        if (p != text)
            g_string_append_c(out, GAP);
        g_string_append_len(out, p, g_utf8_next_char(p) - p);
    }
    return g_string_free(out, FALSE);
}

/* The next text that @face can print, cut to @width_mm, with its gaps. NULL for none */
static char *next_text(Page *page, const Type *type, const Setting *setting,
                       double width_mm, char **printed)
{
    Supply *supply = page->supply;
    for (int tries = 0; tries < 12; tries++) {
        const char *next = supply->texts->pdata[supply->next_text++ % supply->texts->len];
        gboolean is_spread = type->hand == NULL && strchr(next, GAP) == NULL &&
                             dice_chance(page->dice, 0.08) &&
                             g_utf8_strlen(next, -1) <= 10;
        g_autofree char *whole = is_spread ? spread(next) : g_strdup(next);
        g_autofree char *all = as_printed(whole, page->dice);
        if (!can_print(page->face, page->spare, all))
            continue;
        glong length = g_utf8_strlen(whole, -1);
        double needed = set_text(page, type, setting, all, 0, 0, NULL);
        if (needed > width_mm)
            length = (glong)((double)length * width_mm / needed) - 1;
        if (length < 1)
            continue;
        *printed = g_utf8_substring(all, 0, length);
        g_autofree char *cut = g_utf8_substring(whole, 0, length);
        if (set_text(page, type, setting, *printed, 0, 0, NULL) <= width_mm &&
            !g_str_has_suffix(cut, "|"))
            return without_gaps(cut);
        g_clear_pointer(printed, g_free);
    }
    return NULL;
}

/* Prints one line; @x: its left edge, @middle: of its height. Returns: its width */
static double print_text(Page *page, const Type *type, double x, double middle,
                         double width_mm)
{
    g_autofree char *printed = NULL;
    Setting setting = {dice_real(page->dice, 0.12, 2.1) * type->size_mm,
                       dice_real(page->dice, 0.72, 1.0) * type->size_mm,
                       dice_real(page->dice, 0.1, 0.35)};
    g_autofree char *text = next_text(page, type, &setting, width_mm, &printed);
    if (text == NULL)
        return 0;
    Printed line = {{0}, g_steal_pointer(&text)};
    double width = set_text(page, type, &setting, printed, x, middle, &line.ink);
    g_array_append_val(page->lines, line);
    return width;
}

static Type choose_type(Page *page)
{
    static const double sizes_pt[] = {8,  9,  9,  10, 10.5, 10.5, 11,
                                      12, 12, 12, 14, 14,   16,   18};
    Type type = type_points(page->face->family, DICE_PICK(page->dice, sizes_pt));
    if (page->face->is_hand) {
        type.hand = &page->hand;
        type.size_mm *= page->hand.size;
        return type;
    }
    type.bold = dice_chance(page->dice, 0.12);
    if (dice_chance(page->dice, 0.08))
        type.colour = (Colour){0.16, 0.40, 0.66};
    else if (dice_chance(page->dice, 0.15))
        type.colour = (Colour){0.35, 0.35, 0.35};
    return type;
}

/* A form: rows of cells between rules, text wherever in them. */
static void print_table(Page *page)
{
    Dice *dice = page->dice;
    double margin = dice_real(dice, 10, 25), rule = dice_real(dice, 0.08, 0.45);
    double right = A4_WIDTH_MM - margin, y = dice_real(dice, 12, 40);
    Type type = choose_type(page);
    sheet_line(page->sheet, margin, y, right, y, rule, COLOUR_BLACK);
    while (y < A4_HEIGHT_MM - 22) {
        double height = type.size_mm * dice_real(dice, 1.35, 2.6);
        int cells = dice_int(dice, 1, 5);
        double x = margin;
        for (int c = 0; c < cells; c++) {
            double end = c == cells - 1
                             ? right
                             : x + (right - x) / (cells - c) * dice_real(dice, 0.6, 1.3);
            sheet_line(page->sheet, x, y, x, y + height, rule, COLOUR_BLACK);
            double pad = dice_real(dice, 0.6, 2.5);
            Type own = type;
            if (dice_chance(dice, 0.15)) {
                choose_face(page);
                own = choose_type(page);
                own.size_mm = MIN(own.size_mm, height * 0.78);
                type.face = own.face;
                type.hand = own.hand;
            }
            if (end - x - 2 * pad > 2 * own.size_mm && dice_chance(dice, 0.9))
                print_text(page, &own, x + pad,
                           y + height / 2 + dice_real(dice, -0.3, 0.3),
                           end - x - 2 * pad);
            x = end;
        }
        sheet_line(page->sheet, right, y, right, y + height, rule, COLOUR_BLACK);
        y += height;
        sheet_line(page->sheet, margin, y, right, y, rule, COLOUR_BLACK);
    }
}

/* The pale wavy lines behind the text of cards and certificates. */
static void print_background(Page *page)
{
    cairo_t *cr = page->sheet->cr;
    Dice *dice = page->dice;
    double pitch = dice_real(dice, 0.8, 2.5), swing = dice_real(dice, 0.3, 2);
    double wave = dice_real(dice, 3, 20);
    sheet_set_colour(page->sheet,
                     (Colour){dice_real(dice, 0.72, 0.93), dice_real(dice, 0.72, 0.93),
                              dice_real(dice, 0.72, 0.93)});
    cairo_set_line_width(cr, dice_real(dice, 0.08, 0.2));
    for (double y = 0; y < A4_HEIGHT_MM; y += pitch) {
        cairo_move_to(cr, 0, y);
        for (double x = 0; x <= A4_WIDTH_MM; x += 1)
            cairo_line_to(cr, x, y + swing * sin(x / wave * 2 * G_PI));
        cairo_stroke(cr);
    }
}

/* A certificate or a letter: lines one below the other, some in two columns. */
static void print_lines(Page *page)
{
    Dice *dice = page->dice;
    if (dice_chance(dice, 0.35))
        print_background(page);
    double y = dice_real(dice, 12, 30), left = dice_real(dice, 12, 35);
    while (y < A4_HEIGHT_MM - 20) {
        if (dice_chance(dice, 0.12))
            choose_face(page);
        Type type = choose_type(page);
        double pitch = dice_real(dice, 1.25, 2.2);
        for (int i = dice_int(dice, 2, 7); i > 0 && y < A4_HEIGHT_MM - 20; i--) {
            y += type.size_mm * pitch;
            double x = left + (dice_chance(dice, 0.3) ? dice_real(dice, 0, 30) : 0);
            gboolean is_ruled = dice_chance(dice, 0.12);
            double width = print_text(page, &type, x, y, A4_WIDTH_MM - 14 - x);
            if (is_ruled && width > 0)
                sheet_line(page->sheet, x - 2, y + type.size_mm * 0.62, x + width + 2,
                           y + type.size_mm * 0.62, 0.15, COLOUR_BLACK);
            x += width + type.size_mm * 5;
            if (width > 0 && x < A4_WIDTH_MM - 60 && dice_chance(dice, 0.6))
                print_text(page, &type, x, y, A4_WIDTH_MM - 14 - x);
        }
        y += type.size_mm * dice_real(dice, 0.5, 1.5);
    }
}

static void print_seals(Page *page)
{
    for (int i = dice_int(page->dice, 0, 3); i > 0; i--)
        seal_round(page->sheet, dice_real(page->dice, 40, 170),
                   dice_real(page->dice, 40, 250), dice_real(page->dice, 36, 44),
                   "Noto Serif CJK SC", "开封市某某单位印章", NULL, page->dice);
}

/* The worn picture's box of @ink: turned about its middle as the wear turned the page. */
static void write_line(FILE *out, const Printed *line, const Wear *wear)
{
    double scale = wear->dpi / MM_PER_INCH, turn = wear->skew_deg * G_PI / 180;
    double cx = A4_WIDTH_MM * scale / 2, cy = A4_HEIGHT_MM * scale / 2;
    double mx = (line->ink.x + line->ink.width / 2) * scale - cx;
    double my = (line->ink.y + line->ink.height / 2) * scale - cy;
    double x = cx + mx * cos(turn) - my * sin(turn);
    double y = cy + mx * sin(turn) + my * cos(turn);
    double left = x - line->ink.width * scale / 2;
    double right = x + line->ink.width * scale / 2;
    double top = y - line->ink.height * scale / 2;
    double bottom = y + line->ink.height * scale / 2;
    fprintf(out, "%.1f\t%.1f\t%.1f\t%.1f\t%s\n", left, top, right, bottom, line->text);
}

static void write_page(const Page *page, const char *folder, int number)
{
    static const double grades[WEAR_COUNT] = {0.10, 0.50, 0.40};
    WearGrade grade = (WearGrade)dice_weighted(page->dice, grades, WEAR_COUNT);
    Wear chosen = wear_choose(grade, INK_COUNT, FALSE, page->dice);
    Wear wear = wear_choose_page(&chosen, grade, SHEET_PAGE, FALSE, page->dice);
    wear.quarter_turns = 0;
    wear.tag = TAG_RIGHT;
    wear.edge_mm = 0;
    cairo_surface_t *image = sheet_render(page->sheet, wear.dpi);
    PIX *worn = wear_apply(image, &wear, page->dice);
    cairo_surface_destroy(image);
    g_autofree char *picture = g_strdup_printf("%s/page-%04d.jpg", folder, number);
    g_autofree char *bilevel = g_strdup_printf("%s/page-%04d.tif", folder, number);
    g_autofree char *table = g_strdup_printf("%s/page-%04d.tsv", folder, number);
    if (pixGetDepth(worn) == 1)
        pixWriteTiff(bilevel, worn, IFF_TIFF_G4, "w");
    else
        pixWriteJpeg(picture, worn, wear.jpeg_quality, 0);
    pixDestroy(&worn);
    FILE *out = fopen(table, "w");
    if (out == NULL) {
        perror(table);
        exit(1);
    }
    for (guint i = 0; i < page->lines->len; i++)
        write_line(out, &g_array_index(page->lines, Printed, i), &wear);
    fclose(out);
}

static void printed_clear(gpointer line)
{
    g_free(((Printed *)line)->text);
}

static void make_page(Supply *supply, const char *folder, int number, guint64 seed)
{
    g_autofree char *stream = g_strdup_printf("page %d", number);
    Dice dice;
    dice_init(&dice, seed, stream);
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(Printed));
    g_array_set_clear_func(lines, printed_clear);
    g_autoptr(Sheet) sheet = sheet_new(A4_WIDTH_MM, A4_HEIGHT_MM);
    Page page = {.sheet = sheet, .supply = supply, .dice = &dice, .lines = lines};
    choose_face(&page);
    if (dice_chance(&dice, 0.55))
        print_table(&page);
    else
        print_lines(&page);
    if (dice_chance(&dice, 0.2))
        print_seals(&page);
    write_page(&page, folder, number);
}

int main(int argc, char **argv)
{
    if (argc != 6 && argc != 7) {
        fprintf(stderr, "usage: line-press TEXTS FACES FOLDER PAGES SEED [HANDS]\n");
        return 2;
    }
    if (argc == 7)
        hands_add_faces(argv[6]);
    Supply supply = {0};
    supply_init(&supply, argv[1], argv[2]);
    g_mkdir_with_parents(argv[3], 0755);
    int pages = atoi(argv[4]);
    for (int i = 1; i <= pages; i++)
        make_page(&supply, argv[3], i, g_ascii_strtoull(argv[5], NULL, 10));
    return 0;
}
