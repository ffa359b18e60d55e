/* SPDX-License-Identifier: GPL-3.0-or-later */
/* character-press: prints single characters, wears them as the press wears its papers,
 * and measures them as the program does: what shapes are learnt from.
 *
 *     character-press CHARACTERS FACES OUT ROUNDS SEED
 *
 * CHARACTERS: a text; every character of it is one to learn
 * FACES: a font family and how often it is taken, a tab between, one a row; how often
 *     does not count here
 * OUT: gets for each print of a character its code point (32 bits, as the machine has
 *     them) and CHARACTER_FEATURES bytes, its features times FEATURE_SCALE
 * ROUNDS: how often each face prints all it has, and at least a page */
#include <allheaders.h>
#include <math.h>
#include <stdbool.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dice.h"
#include "wear.h"

/* As reading/classifier.h has it, which cannot stand beside the press's headers. */
#define CHARACTER_FEATURES 512
typedef struct {
    int x, y, width, height;
} Rect;
bool character_features(PIX *line, Rect box, float *features);

#define FEATURE_SCALE 800
#define COLUMNS 40
#define ROWS 30
#define PAGE (COLUMNS * ROWS)
#define LEADING 1.5
#define MAX_SKEW_DEG 0.5
/* How far a cut between two characters may be off, of the type's size. */
#define CUT_OFF 0.05

typedef struct {
    PangoFontDescription *description;
    GArray *characters; /* gunichar, those of CHARACTERS that it has */
} CharacterFace;

/* One page, as drawn. */
typedef struct {
    double size_px, pitch_px, left_px, top_px;
    const gunichar *characters;
    int count;
} Grid;

static char *read_file(const char *path)
{
    char *text = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &text, NULL, &error)) {
        fprintf(stderr, "character-press: %s\n", error->message);
        exit(1);
    }
    return text;
}

static GArray *faces_of(const char *path, const gunichar *characters, glong count)
{
    g_autofree char *text = read_file(path);
    g_auto(GStrv) rows = g_strsplit(text, "\n", -1);
    PangoContext *context =
        pango_font_map_create_context(pango_cairo_font_map_get_default());
    GArray *faces = g_array_new(FALSE, TRUE, sizeof(CharacterFace));
    for (int i = 0; rows[i] != NULL; i++) {
        char *end = strchr(rows[i], '\t');
        if (end == NULL)
            continue;
        *end = '\0';
        CharacterFace face = {pango_font_description_new(),
                              g_array_new(FALSE, FALSE, sizeof(gunichar))};
        pango_font_description_set_family(face.description, rows[i]);
        PangoFont *font = pango_context_load_font(context, face.description);
        for (glong c = 0; c < count; c++)
            if (pango_font_has_char(font, characters[c]))
                g_array_append_val(face.characters, characters[c]);
        for (guint c = 0; face.characters->len > 0 && face.characters->len < PAGE; c++) {
            gunichar again = g_array_index(face.characters, gunichar, c);
            g_array_append_val(face.characters, again);
        }
        g_array_append_val(faces, face);
    }
    return faces;
}

static void shuffle(GArray *characters, Dice *dice)
{
    for (guint i = characters->len; i > 1; i--) {
        guint k = (guint)dice_int(dice, 0, (int)i - 1);
        gunichar *all = (gunichar *)(void *)characters->data, kept = all[i - 1];
        all[i - 1] = all[k];
        all[k] = kept;
    }
}

static cairo_surface_t *draw_page(const CharacterFace *face, const Grid *grid,
                                  double darkness, gboolean is_bold)
{
    int width = (int)(grid->pitch_px * COLUMNS + 2 * grid->left_px);
    int height = (int)(grid->size_px * LEADING * ROWS + 2 * grid->top_px);
    cairo_surface_t *page = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cr = cairo_create(page);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 1 - darkness, 1 - darkness, 1 - darkness);
    PangoLayout *layout = pango_cairo_create_layout(cr);
    pango_font_description_set_absolute_size(face->description,
                                             grid->size_px * PANGO_SCALE);
    pango_font_description_set_weight(face->description,
                                      is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, face->description);
    for (int i = 0; i < grid->count; i++) {
        char text[7] = {0};
        g_unichar_to_utf8(grid->characters[i], text);
        pango_layout_set_text(layout, text, -1);
        cairo_move_to(cr, grid->left_px + i % COLUMNS * grid->pitch_px,
                      grid->top_px + i / COLUMNS * grid->size_px * LEADING);
        pango_cairo_show_layout(cr, layout);
    }
    g_object_unref(layout);
    cairo_destroy(cr);
    return page;
}

/* Paper as light as it was before the light fell on it. */
static PIX *evened(PIX *worn)
{
    PIX *grey = pixConvertTo8(worn, 0);
    PIX *even = pixGetDepth(worn) == 1 ? pixClone(grey)
                                       : pixBackgroundNormSimple(grey, NULL, NULL);
    pixDestroy(&grey);
    return even;
}

static void measure_page(PIX *page, const Grid *grid, double skew_deg, Dice *dice,
                         FILE *out)
{
    double turn = skew_deg * G_PI / 180;
    double cx = pixGetWidth(page) / 2.0, cy = pixGetHeight(page) / 2.0;
    for (int i = 0; i < grid->count; i++) {
        double x = grid->left_px + (i % COLUMNS + 0.5) * grid->pitch_px - cx;
        double y = grid->top_px + (i / COLUMNS + 0.42) * grid->size_px * LEADING - cy;
        double mx = cx + x * cos(turn) - y * sin(turn);
        double my = cy + x * sin(turn) + y * cos(turn);
        double left =
            mx - grid->pitch_px / 2 + dice_real(dice, -CUT_OFF, CUT_OFF) * grid->size_px;
        double right =
            mx + grid->pitch_px / 2 + dice_real(dice, -CUT_OFF, CUT_OFF) * grid->size_px;
        double half = grid->size_px * LEADING * 0.48;
        Rect box = {(int)lround(left), (int)lround(my - half),
                    (int)lround(right) - (int)lround(left), (int)lround(2 * half)};
        float features[CHARACTER_FEATURES];
        guint8 bytes[CHARACTER_FEATURES];
        if (!character_features(page, box, features))
            continue;
        for (int k = 0; k < CHARACTER_FEATURES; k++)
            bytes[k] = (guint8)MIN(255, lroundf(features[k] * FEATURE_SCALE));
        fwrite(&grid->characters[i], sizeof(gunichar), 1, out);
        fwrite(bytes, 1, sizeof bytes, out);
    }
}

static void print_page(const CharacterFace *face, const gunichar *characters, int count,
                       Dice *dice, FILE *out)
{
    static const double sizes_pt[] = {8, 9, 9, 10, 10.5, 10.5, 11, 12, 12, 14, 16, 18};
    static const WearGrade grades[] = {WEAR_CLEAN, WEAR_SCAN, WEAR_SCAN,
                                       WEAR_SCAN,  WEAR_HARD, WEAR_HARD};
    WearGrade grade = DICE_PICK(dice, grades);
    Wear all = wear_choose(grade, INK_COUNT, FALSE, dice);
    Wear wear = wear_choose_page(&all, grade, SHEET_PAGE, FALSE, dice);
    wear.dpi = CLAMP(wear.dpi, 150, 400);
    wear.skew_deg = dice_real(dice, -MAX_SKEW_DEG, MAX_SKEW_DEG);
    wear.quarter_turns = 0;
    wear.edge_mm = 0;
    double size_px = CLAMP(DICE_PICK(dice, sizes_pt) / 72 * wear.dpi, 20, 80);
    Grid grid = {size_px,    size_px * dice_real(dice, 1.0, 1.25),
                 size_px,    size_px,
                 characters, count};
    cairo_surface_t *drawn =
        draw_page(face, &grid, dice_real(dice, 0.65, 1), dice_chance(dice, 0.12));
    PIX *worn = wear_apply(drawn, &wear, dice);
    PIX *page = evened(worn);
    measure_page(page, &grid, wear.skew_deg, dice, out);
    pixDestroy(&page);
    pixDestroy(&worn);
    cairo_surface_destroy(drawn);
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: character-press CHARACTERS FACES OUT ROUNDS SEED\n");
        return 2;
    }
    g_autofree char *text = read_file(argv[1]);
    glong count = 0;
    g_autofree gunichar *characters = g_utf8_to_ucs4_fast(g_strstrip(text), -1, &count);
    g_autoptr(GArray) faces = faces_of(argv[2], characters, count);
    FILE *out = fopen(argv[3], "wb");
    if (out == NULL)
        return 1;
    Dice dice;
    dice_init(&dice, g_ascii_strtoull(argv[5], NULL, 10), "characters");
    for (int round = atoi(argv[4]); round > 0; round--)
        for (guint f = 0; f < faces->len; f++) {
            const CharacterFace *face = &g_array_index(faces, CharacterFace, f);
            shuffle(face->characters, &dice);
            int all = (int)face->characters->len;
            for (int at = 0; at < all; at += PAGE)
                print_page(face, (const gunichar *)(void *)face->characters->data + at,
                           MIN(PAGE, all - at), &dice, out);
            fprintf(stderr, "round %d face %u: %d characters\n", round, f, all);
        }
    return fclose(out) == 0 ? 0 : 1;
}
