/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "design.h"

#include <stdlib.h>
#include <string.h>

#include "faces.h"
#include "pen.h"
#include "seal.h"
#include "table.h"

#define CARD_WIDTH_MM 92.0
#define CARD_HEIGHT_MM 68.0
#define MOST_COLUMNS 12
#define OPEN_GAP_MM 5 /* between columns without rules */

/* What is being set, and where the next line goes. */
typedef struct {
    Paper *paper;
    const Design *design;
    const Fields *values;
    Dice *dice;
    Sheet *sheet;
    Type body, value, title, pen;
    double pitch, left_mm, right_mm, top_mm, y_mm, row_mm;
    double shares[MOST_COLUMNS];
    Table *table; /* rows not yet drawn, or NULL */
    gboolean is_underlined;
    const char *seal_face;
} Setting;

char *design_source(const Design *design, const char *key)
{
    g_autofree char *mark = g_strdup_printf("!%s=", key);
    const char *at = strstr(design->text, mark);
    if (at == NULL)
        return NULL;
    at += strlen(mark);
    return g_strndup(at, strcspn(at, "\n"));
}

gboolean design_has(const Design *design, const char *key)
{
    g_autofree char *plain = g_strdup_printf("{%s}", key);
    g_autofree char *with_form = g_strdup_printf("{%s:", key);
    g_autofree char *signed_as = g_strdup_printf("|%s\n", key);
    return strstr(design->text, plain) != NULL ||
           strstr(design->text, with_form) != NULL ||
           strstr(design->text, signed_as) != NULL;
}

/* --- values as printed ----------------------------------------------------------------
 */

/* 512000.00 -> 512,000.00. Returns: owned */
static char *with_commas(const char *sum)
{
    const char *point = strchr(sum, '.');
    int whole = point != NULL ? (int)(point - sum) : (int)strlen(sum);
    GString *out = g_string_new(NULL);
    for (int i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            g_string_append_c(out, ',');
        g_string_append_c(out, sum[i]);
    }
    g_string_append(out, point != NULL ? point : "");
    return g_string_free(out, FALSE);
}

/* A day YYYY-MM-DD as @form says; what is no day stays. Returns: owned */
static char *formed(const char *value, const char *form)
{
    if (strcmp(form, "sum") == 0)
        return with_commas(value);
    if (strlen(value) != 10 || value[4] != '-')
        return g_strdup(value);
    if (strcmp(form, "dot") == 0)
        return g_strdelimit(g_strdup(value), "-", '.');
    if (strcmp(form, "cn1") == 0)
        return g_strdup_printf("%.4s年%d月%d日", value, atoi(value + 5), atoi(value + 8));
    return g_strdup_printf("%.4s年%.2s月%.2s日", value, value + 5, value + 8);
}

/* The value of {@name}. Returns: owned */
static char *printed(const Setting *setting, const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, ":", 2);
    const char *value = fields_get(setting->values, parts[0]);
    if (value == NULL)
        g_error("design %s: no value %s", setting->design->name, parts[0]);
    return parts[1] != NULL ? formed(value, parts[1]) : g_strdup(value);
}

/* @text with its values, as words to be set. Returns: owned */
static Flow *flow_of(const Setting *setting, const char *text, const Type *type,
                     gboolean is_underlined)
{
    Flow *flow = flow_new();
    while (*text != '\0') {
        const char *open = strchr(text, '{');
        const char *end = open != NULL ? open : text + strlen(text);
        g_autofree char *words = g_strndup(text, (gsize)(end - text));
        flow_text(flow, type, words, 0);
        if (open == NULL)
            break;
        const char *close = strchr(open, '}');
        g_autofree char *name = g_strndup(open + 1, (gsize)(close - open - 1));
        g_autofree char *value = printed(setting, name);
        Type face = setting->value;
        face.size_mm = type->size_mm;
        if (is_underlined && g_utf8_strlen(value, -1) <= 18)
            flow_blank(flow, &face, value, text_width(setting->sheet, &face, value) + 6,
                       0.15, 0);
        else
            flow_text(flow, &face, value, 0);
        text = close + 1;
    }
    return flow;
}

/* --- sheets ---------------------------------------------------------------------------
 */

static void new_sheet(Setting *setting)
{
    const Design *design = setting->design;
    double width = design->is_card   ? CARD_WIDTH_MM
                   : design->is_wide ? A4_HEIGHT_MM
                                     : A4_WIDTH_MM;
    double height = design->is_card   ? CARD_HEIGHT_MM
                    : design->is_wide ? A4_WIDTH_MM
                                      : A4_HEIGHT_MM;
    setting->sheet = paper_add_sheet(setting->paper, width, height,
                                     design->is_card ? SHEET_CARD_CROP : SHEET_PAGE);
    setting->y_mm = setting->top_mm;
    paper_mark_made_up(setting->sheet);
}

static double width_of(const Setting *setting)
{
    return setting->sheet->width_mm - setting->left_mm - setting->right_mm;
}

/* A new sheet where @height_mm do not fit on this one any more. */
static void make_room(Setting *setting, double height_mm)
{
    if (setting->y_mm + height_mm > setting->sheet->height_mm - setting->top_mm * 0.6 &&
        setting->y_mm > setting->top_mm)
        new_sheet(setting);
}

static void finish_table(Setting *setting)
{
    if (setting->table == NULL)
        return;
    int rows = table_rows(setting->table);
    double height =
        table_height(setting->table, setting->sheet, 0, rows, width_of(setting));
    make_room(setting, height);
    setting->y_mm = table_draw(setting->table, setting->sheet, 0, rows, setting->left_mm,
                               setting->y_mm, width_of(setting), setting->dice) +
                    2;
    g_clear_pointer(&setting->table, table_free);
}

/* --- lines ----------------------------------------------------------------------------
 */

static void set_text(Setting *setting, const char *text, const Type *type, Align align)
{
    Flow *flow =
        flow_of(setting, text, type, setting->is_underlined && align == ALIGN_LEFT);
    double pitch_mm = type->size_mm * setting->pitch;
    double height = flow_height(flow, setting->sheet, width_of(setting), pitch_mm);
    make_room(setting, height);
    flow_draw(flow, setting->sheet,
              (Box){setting->left_mm, setting->y_mm, width_of(setting), height}, align,
              pitch_mm, TRUE, setting->dice);
    setting->y_mm += height;
    flow_free(flow);
}

static void set_title(Setting *setting, const char *text)
{
    set_text(setting, text, &setting->title, ALIGN_CENTRE);
    setting->y_mm += setting->body.size_mm;
}

static void set_subtitle(Setting *setting, const char *text)
{
    Type type = setting->title;
    type.size_mm = (setting->title.size_mm + setting->body.size_mm) / 2;
    set_text(setting, text, &type, ALIGN_CENTRE);
}

static void set_right(Setting *setting, const char *text)
{
    set_text(setting, text, &setting->body, ALIGN_RIGHT);
}

static void set_centre(Setting *setting, const char *text)
{
    set_text(setting, text, &setting->body, ALIGN_CENTRE);
}

static void set_paragraph(Setting *setting, const char *text)
{
    set_text(setting, text, &setting->body, ALIGN_LEFT);
}

static void set_gap(Setting *setting, const char *text)
{
    setting->y_mm += atof(text) * setting->body.size_mm * setting->pitch;
}

static void set_shares(Setting *setting, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", MOST_COLUMNS);
    for (int i = 0; parts[i] != NULL; i++)
        setting->shares[i] = atof(parts[i]);
}

static void set_ruled_row(Setting *setting, const char *text)
{
    if (setting->table == NULL)
        setting->table = table_new(1.4, dice_real(setting->dice, 0.2, 0.4),
                                   dice_real(setting->dice, 0.14, 0.25));
    g_auto(GStrv) cells = g_strsplit(text, "|", MOST_COLUMNS);
    table_row(setting->table, setting->row_mm);
    for (int i = 0; cells[i] != NULL; i++) {
        gboolean is_value = strchr(cells[i], '{') != NULL;
        g_strdelimit(cells[i], "\v", '\n');
        table_cell(setting->table, setting->shares[i],
                   flow_of(setting, cells[i], &setting->body, FALSE),
                   is_value ? ALIGN_LEFT : ALIGN_CENTRE, setting->body.size_mm * 1.4);
    }
}

static void set_open_row(Setting *setting, const char *text)
{
    g_auto(GStrv) cells = g_strsplit(text, "~", MOST_COLUMNS);
    double total = 0, height = 0, x = setting->left_mm;
    double pitch_mm = setting->body.size_mm * MIN(setting->pitch, 1.5);
    Flow *flows[MOST_COLUMNS];
    int n = 0;
    for (; cells[n] != NULL; n++)
        total += setting->shares[n];
    for (int i = 0; i < n; i++) {
        double width = width_of(setting) * setting->shares[i] / total - OPEN_GAP_MM;
        flows[i] = flow_of(setting, cells[i], &setting->body, FALSE);
        height = MAX(height, flow_height(flows[i], setting->sheet, width, pitch_mm));
    }
    make_room(setting, height);
    for (int i = 0; i < n; i++) {
        double width = width_of(setting) * setting->shares[i] / total;
        flow_draw(flows[i], setting->sheet,
                  (Box){x, setting->y_mm, width - OPEN_GAP_MM, height}, ALIGN_LEFT,
                  pitch_mm, TRUE, setting->dice);
        flow_free(flows[i]);
        x += width;
    }
    setting->y_mm += height + setting->row_mm * 0.4;
}

static void set_seal(Setting *setting, const char *text)
{
    gboolean is_left = *text == '<';
    text += is_left;
    g_autofree char *name = *text == '{' ? g_strndup(text + 1, strlen(text) - 2) : NULL;
    g_autofree char *ring = name != NULL ? printed(setting, name) : g_strdup(text);
    double in_mm = dice_real(setting->dice, 18, 45);
    double x = is_left ? setting->left_mm + in_mm
                       : setting->sheet->width_mm - setting->right_mm - in_mm;
    seal_round(setting->sheet, x, setting->y_mm - dice_real(setting->dice, 0, 8), 40,
               setting->seal_face, ring, NULL, setting->dice);
    g_ptr_array_add(setting->paper->seals, g_steal_pointer(&ring));
}

/* Who signs where @key stands: for a firm whoever speaks for it. */
static const char *signer(const Setting *setting, const char *key)
{
    g_autofree char *hand = g_strdup_printf("hand.%s", key);
    const char *name = fields_get(setting->values, hand);
    return name != NULL ? name : fields_get(setting->values, key);
}

static void set_signature(Setting *setting, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "|", 3);
    double size = setting->body.size_mm, height = size * setting->pitch;
    make_room(setting, height);
    double width = text_line(setting->sheet, &setting->body, parts[0], setting->left_mm,
                             baseline_of(setting->y_mm + height / 2, size));
    const char *name = parts[1] != NULL ? signer(setting, parts[1]) : NULL;
    gboolean is_absent = name != NULL && parts[2] != NULL &&
                         fields_chose(setting->values, parts[2], "absent");
    if (name != NULL && !is_absent)
        pen_signature(setting->sheet, &setting->pen, name,
                      (Box){setting->left_mm + width, setting->y_mm - 1, 34, height + 2},
                      setting->dice);
    setting->y_mm += height;
}

static const struct {
    char mark;
    void (*set)(Setting *setting, const char *text);
} marks[] = {
    {'#', set_title},  {'=', set_subtitle},  {'>', set_right},
    {'^', set_centre}, {'%', set_shares},    {'~', set_open_row},
    {'*', set_seal},   {'_', set_signature}, {'+', set_gap},
};

static void set_line(Setting *setting, const char *line)
{
    if (*line == '|') {
        set_ruled_row(setting, line + 1);
        return;
    }
    if (*line != '%')
        finish_table(setting);
    if (strcmp(line, "---") == 0) {
        new_sheet(setting);
        return;
    }
    if (*line == '!') /* says where values come from, and is not printed */
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        if (marks[i].mark == *line) {
            marks[i].set(setting, line + 1);
            return;
        }
    set_paragraph(setting, line);
}

static void number_pages(const Setting *setting)
{
    guint count = setting->paper->sheets->len;
    Type type = setting->body;
    type.size_mm = 9 * MM_PER_POINT;
    for (guint i = 0; i < count; i++) {
        Sheet *sheet = setting->paper->sheets->pdata[i];
        g_autofree char *text = g_strdup_printf("第 %u 页 共 %u 页", i + 1, count);
        text_in(sheet, &type, text, (Box){0, sheet->height_mm - 12, sheet->width_mm, 6},
                ALIGN_CENTRE);
    }
}

/* How this copy of the design is set: faces, sizes, margins, by lot. */
static void choose_look(Setting *setting, Part part)
{
    static const double sizes_pt[] = {10.5, 12, 12, 14};
    Dice *dice = setting->dice;
    gboolean is_card = setting->design->is_card;
    double size_pt = is_card                    ? dice_real(dice, 8, 9)
                     : setting->design->is_wide ? dice_real(dice, 11, 13)
                                                : DICE_PICK(dice, sizes_pt);
    const char *face = faces_pick(part, KIND_COUNT, dice);
    /* Faces of Taiwan set commas in the middle of the line, so they only fill blanks. */
    const char *body = face;
    while (strncmp(body, "TW-", 3) == 0)
        body = faces_pick(part, KIND_COUNT, dice);
    setting->body = type_points(body, size_pt);
    setting->value = type_points(dice_chance(dice, 0.6) ? body : face, size_pt);
    setting->title =
        type_points(body, size_pt * (is_card ? 1.2 : dice_real(dice, 1.5, 2)));
    setting->title.bold = dice_chance(dice, 0.6);
    setting->pen = type_points(faces_pick(part, KIND_KAI, dice), 18);
    setting->pen.colour = dice_chance(dice, 0.4) ? COLOUR_BLUE : COLOUR_BLACK;
    setting->seal_face = faces_pick(part, KIND_SONG, dice);
    setting->pitch = is_card ? 1.5 : dice_real(dice, 1.5, 1.95);
    setting->left_mm = is_card ? 7 : dice_real(dice, 22, 30);
    setting->right_mm = is_card ? 6 : dice_real(dice, 22, 30);
    setting->top_mm = is_card                    ? 7
                      : setting->design->is_wide ? dice_real(dice, 16, 22)
                                                 : dice_real(dice, 24, 34);
    setting->row_mm = is_card ? 4 : dice_real(dice, 8, 11);
    setting->is_underlined = !is_card && dice_chance(dice, 0.35);
    for (int i = 0; i < MOST_COLUMNS; i++)
        setting->shares[i] = 1;
}

void design_draw(Paper *paper, const Design *design, const Fields *values, Part part,
                 Dice *dice)
{
    Setting setting = {.paper = paper, .design = design, .values = values, .dice = dice};
    choose_look(&setting, part);
    new_sheet(&setting);
    g_auto(GStrv) lines = g_strsplit(design->text, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++)
        if (*lines[i] != '\0')
            set_line(&setting, lines[i]);
    finish_table(&setting);
    if (design->has_numbers)
        number_pages(&setting);
}
