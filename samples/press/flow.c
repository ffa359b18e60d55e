/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow.h"

#include <string.h>

#include "hand.h"
#include "pen.h"

typedef enum {
    ATOM_TEXT,
    ATOM_GAP,
    ATOM_BREAK,
    ATOM_BOX,
    ATOM_BLANK,
    ATOM_SIGNATURE
} Kind;

/* The smallest thing that is never broken over two lines. */
typedef struct {
    Kind kind;
    Type type;
    char *text; /* owned; NULL for none */
    double width_mm;
    double drop_mm;
    double rule_mm;
    BoxStyle box;
    const TickHand *hand; /* borrowed */
    gboolean may_break;   /* a line may begin here */
} Atom;

struct Flow {
    GArray *atoms;      /* of Atom */
    gboolean glue_next; /* the next atom must not begin a line */
    gboolean is_measured;
};

/* Marks that may not begin a line, and marks that may not end one. */
#define NO_BEGIN "，。；：、！？）】〕》”’,.;:!?)]%℃"
#define NO_END "（【〔《“‘(["

static void atom_clear(gpointer data)
{
    g_free(((Atom *)data)->text);
}

Flow *flow_new(void)
{
    Flow *flow = g_new0(Flow, 1);
    flow->atoms = g_array_new(FALSE, TRUE, sizeof(Atom));
    g_array_set_clear_func(flow->atoms, atom_clear);
    flow->glue_next = TRUE;
    return flow;
}

void flow_free(Flow *flow)
{
    if (flow == NULL)
        return;
    g_array_unref(flow->atoms);
    g_free(flow);
}

static Atom *add(Flow *flow, Kind kind)
{
    Atom atom = {.kind = kind, .may_break = !flow->glue_next};
    flow->glue_next = FALSE;
    g_array_append_val(flow->atoms, atom);
    return &g_array_index(flow->atoms, Atom, flow->atoms->len - 1);
}

static void add_text(Flow *flow, const Type *type, char *owned_text, double drop_mm)
{
    Atom *atom = add(flow, ATOM_TEXT);
    atom->type = *type;
    atom->text = owned_text;
    atom->drop_mm = drop_mm;
}

static gboolean is_word_character(gunichar c)
{
    return c < 0x250 && g_utf8_strchr(" ,;:()", -1, c) == NULL;
}

void flow_text(Flow *flow, const Type *type, const char *text, double drop_mm)
{
    for (const char *start = text; *start != '\0';) {
        const char *end = start;
        gunichar first = g_utf8_get_char(start);
        if (first == '\n') {
            flow_break(flow);
            start++;
            continue;
        }
        end = g_utf8_next_char(end);
        if (is_word_character(first))
            while (*end != '\0' && is_word_character(g_utf8_get_char(end)) &&
                   *end != '\n')
                end = g_utf8_next_char(end);
        if (g_utf8_strchr(NO_BEGIN, -1, first) != NULL)
            flow->glue_next = TRUE;
        add_text(flow, type, g_strndup(start, (gsize)(end - start)), drop_mm);
        if (g_utf8_strchr(NO_END, -1, first) != NULL)
            flow->glue_next = TRUE;
        start = end;
    }
}

void flow_solid(Flow *flow, const Type *type, const char *text)
{
    add_text(flow, type, g_strdup(text), 0);
}

void flow_gap(Flow *flow, double width_mm)
{
    flow->glue_next = TRUE;
    add(flow, ATOM_GAP)->width_mm = width_mm;
}

void flow_break(Flow *flow)
{
    add(flow, ATOM_BREAK);
    flow->glue_next = TRUE;
}

void flow_glue(Flow *flow)
{
    flow->glue_next = TRUE;
}

void flow_tick_box(Flow *flow, const BoxStyle *box, const TickHand *hand,
                   gboolean glued_to_next)
{
    if (!glued_to_next)
        flow->glue_next = TRUE;
    Atom *atom = add(flow, ATOM_BOX);
    atom->box = *box;
    atom->hand = hand;
    atom->width_mm = box->size_mm * 1.12;
    flow->glue_next = glued_to_next;
}

void flow_blank(Flow *flow, const Type *type, const char *value, double width_mm,
                double rule_mm, double drop_mm)
{
    flow->glue_next = TRUE;
    Atom *atom = add(flow, ATOM_BLANK);
    atom->type = *type;
    atom->text = g_strdup(value);
    atom->width_mm = width_mm;
    atom->rule_mm = rule_mm;
    atom->drop_mm = drop_mm;
    flow->glue_next = TRUE;
}

void flow_signature(Flow *flow, const Type *pen, const char *name, double width_mm,
                    double rule_mm)
{
    flow_blank(flow, pen, name, width_mm, rule_mm, 0);
    g_array_index(flow->atoms, Atom, flow->atoms->len - 1).kind = ATOM_SIGNATURE;
}

static double width_of(const Sheet *sheet, const Type *type, const char *text)
{
    return type->hand != NULL ? hand_width(sheet, type, text)
                              : text_width(sheet, type, text);
}

static void measure(Flow *flow, const Sheet *sheet)
{
    if (flow->is_measured)
        return;
    for (guint i = 0; i < flow->atoms->len; i++) {
        Atom *atom = &g_array_index(flow->atoms, Atom, i);
        if (atom->kind == ATOM_TEXT)
            atom->width_mm = width_of(sheet, &atom->type, atom->text);
        else if (atom->kind == ATOM_BLANK && atom->text != NULL)
            atom->width_mm =
                MAX(atom->width_mm, width_of(sheet, &atom->type, atom->text) + 1.0);
    }
    flow->is_measured = TRUE;
}

/* A word wider than the cell is cut into its characters, as word processors do. */
static void cut_wide_words(Flow *flow, const Sheet *sheet, double width_mm)
{
    for (guint i = 0; i < flow->atoms->len; i++) {
        Atom whole = g_array_index(flow->atoms, Atom, i);
        if (whole.kind != ATOM_TEXT || whole.width_mm <= width_mm ||
            g_utf8_strlen(whole.text, -1) < 2)
            continue;
        Atom head = whole, rest = whole;
        const char *second = g_utf8_next_char(whole.text);
        head.text = g_strndup(whole.text, (gsize)(second - whole.text));
        rest.text = g_strdup(second);
        head.width_mm = width_of(sheet, &head.type, head.text);
        rest.width_mm = width_of(sheet, &rest.type, rest.text);
        rest.may_break = TRUE;
        g_free(whole.text);
        g_array_index(flow->atoms, Atom, i) = head;
        g_array_insert_val(flow->atoms, i + 1, rest);
    }
}

/* One line: atoms first .. end - 1. Returns the index the next line begins at. */
static guint line_end(const Flow *flow, guint first, double width_mm, double *used_mm)
{
    double used = 0, used_at_break = 0;
    guint can_end = first;
    for (guint i = first; i < flow->atoms->len; i++) {
        const Atom *atom = &g_array_index(flow->atoms, Atom, i);
        if (atom->kind == ATOM_BREAK) {
            *used_mm = used;
            return i + 1;
        }
        if (i > first && atom->may_break) {
            can_end = i;
            used_at_break = used;
        }
        if (used + atom->width_mm > width_mm + 0.01 && can_end > first) {
            *used_mm = used_at_break;
            return can_end;
        }
        used += atom->width_mm;
    }
    *used_mm = used;
    return flow->atoms->len;
}

double flow_height(Flow *flow, const Sheet *sheet, double width_mm, double pitch_mm)
{
    measure(flow, sheet);
    cut_wide_words(flow, sheet, width_mm);
    int lines = 0;
    double used = 0;
    for (guint i = 0; i < flow->atoms->len; lines++)
        i = line_end(flow, i, width_mm, &used);
    return MAX(lines, 1) * pitch_mm;
}

double flow_natural_width(Flow *flow, const Sheet *sheet)
{
    double width = 0;
    measure(flow, sheet);
    for (guint i = 0; i < flow->atoms->len; i++)
        width += g_array_index(flow->atoms, Atom, i).width_mm;
    return width;
}

static void draw_tick_box(Sheet *sheet, const Atom *atom, double x, double middle,
                          Dice *dice)
{
    double size = atom->box.size_mm;
    Box box = {x + size * 0.06, middle - size / 2, size, size};
    if (atom->box.is_glyph) {
        /* The glyph's square is about five sixths of its em. */
        Type type = {atom->box.glyph_face, size * 1.18, FALSE, COLOUR_BLACK, NULL};
        text_in(sheet, &type, "□", box, ALIGN_CENTRE);
    } else {
        sheet_frame(sheet, box, atom->box.line_mm, COLOUR_BLACK);
    }
    if (atom->hand != NULL)
        pen_tick(sheet, box, atom->hand, dice);
}

/* A value in the middle of its blank. */
static void draw_blank(Sheet *sheet, const Atom *atom, Box box, Dice *dice)
{
    if (atom->type.hand == NULL) {
        text_in(sheet, &atom->type, atom->text, box, ALIGN_CENTRE);
        return;
    }
    double spare = box.width - hand_width(sheet, &atom->type, atom->text);
    hand_write(sheet, &atom->type, atom->text, box.x + spare / 2, box.y + box.height / 2,
               dice);
}

static void draw_atom(Sheet *sheet, const Atom *atom, double x, double middle,
                      double pitch_mm, Dice *dice)
{
    double size = atom->type.size_mm;
    double baseline = baseline_of(middle, size) + atom->drop_mm;
    switch (atom->kind) {
    case ATOM_TEXT:
        if (atom->type.hand != NULL)
            hand_write(sheet, &atom->type, atom->text, x, middle + atom->drop_mm, dice);
        else
            text_line(sheet, &atom->type, atom->text, x, baseline);
        break;
    case ATOM_BOX:
        draw_tick_box(sheet, atom, x, middle, dice);
        break;
    case ATOM_BLANK:
    case ATOM_SIGNATURE:
        if (atom->rule_mm > 0)
            sheet_line(sheet, x, middle + pitch_mm * 0.36, x + atom->width_mm,
                       middle + pitch_mm * 0.36, atom->rule_mm, COLOUR_BLACK);
        if (atom->text == NULL)
            break;
        Box box = {x, middle - pitch_mm / 2 + atom->drop_mm, atom->width_mm, pitch_mm};
        if (atom->kind == ATOM_SIGNATURE)
            pen_signature(sheet, &atom->type, atom->text, box, dice);
        else
            draw_blank(sheet, atom, box, dice);
        break;
    case ATOM_GAP:
    case ATOM_BREAK:
        break;
    }
}

static gboolean draws_with(const Atom *a, const Atom *b)
{
    return a->kind == ATOM_TEXT && b->kind == ATOM_TEXT && a->drop_mm == b->drop_mm &&
           a->type.face == b->type.face && a->type.size_mm == b->type.size_mm &&
           a->type.bold == b->type.bold && a->type.hand == b->type.hand;
}

/* Draw one line; words that stand together are joined, so that the face spaces them
 * itself. */
static void draw_line(const Flow *flow, Sheet *sheet, guint first, guint end, double x,
                      double middle, double pitch_mm, double spread_mm, Dice *dice)
{
    for (guint i = first; i < end;) {
        Atom run = g_array_index(flow->atoms, Atom, i);
        g_autoptr(GString) text = g_string_new(run.text);
        double width = run.width_mm;
        guint next = i + 1;
        for (; spread_mm == 0 && next < end; next++) {
            const Atom *more = &g_array_index(flow->atoms, Atom, next);
            if (!draws_with(&run, more))
                break;
            g_string_append(text, more->text);
            width += more->width_mm;
        }
        if (run.kind == ATOM_TEXT)
            run.text = text->str;
        draw_atom(sheet, &run, x, middle, pitch_mm, dice);
        x += width + spread_mm;
        i = next;
    }
}

void flow_draw(Flow *flow, Sheet *sheet, Box box, Align align, double pitch_mm,
               gboolean is_top, Dice *dice)
{
    double height = flow_height(flow, sheet, box.width, pitch_mm);
    double middle = box.y + (is_top ? 0 : (box.height - height) / 2) + pitch_mm / 2;
    double used = 0;
    for (guint i = 0, next = 0; i < flow->atoms->len; i = next, middle += pitch_mm) {
        next = line_end(flow, i, box.width, &used);
        double spare = box.width - used, spread = 0, x = box.x;
        gboolean is_full =
            next < flow->atoms->len &&
            g_array_index(flow->atoms, Atom, next - 1).kind != ATOM_BREAK && next - i > 8;
        if (align == ALIGN_CENTRE)
            x += spare / 2;
        else if (align == ALIGN_RIGHT)
            x += spare;
        else if (align == ALIGN_JUSTIFY && is_full && spare > 0)
            spread = spare / (double)(next - i - 1);
        draw_line(flow, sheet, i, next, x, middle, pitch_mm, spread, dice);
    }
}
