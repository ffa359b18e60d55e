/* SPDX-License-Identifier: GPL-3.0-or-later */
/* draw.c - see draw.h. */
#include "cmd/draw.h"
#include "base/file.h"
#include "cmd/cmd.h"
#include <pango/pangocairo.h>

/* The picture's measures, in its own pixels. The long side of an A4 page becomes as high
 * as a screen of 1800 lines shows without scrolling. */
#define PAGE_LONG_SIDE 1700.0
#define PANEL_WIDTH 430.0
#define HEADER_HEIGHT 96.0
#define LEGEND_HEIGHT 62.0
#define EDGE 24.0
#define CARD_GAP 9.0
#define CARD_LEAST_SCALE 0.45
#define FONT "Noto Sans CJK SC"

typedef struct {
    double red, green, blue;
} Colour;

static const Colour state_colours[] = {
    [MARK_ACCEPTED] = {0.09, 0.55, 0.34},
    [MARK_CONFIRMED] = {0.13, 0.39, 0.78},
    [MARK_REVIEW] = {0.91, 0.46, 0.04},
    [MARK_EMPTY] = {0.60, 0.62, 0.65},
};
static const Colour ink_colour = {0.13, 0.15, 0.18};
static const Colour quiet_colour = {0.42, 0.45, 0.50};
static const Colour cell_colour = {0.30, 0.52, 0.85};
static const Colour seal_colour = {0.82, 0.12, 0.18};

Callout *callout_new(const char *title, const char *value, const char *note,
                     MarkState state)
{
    Callout *callout = g_new0(Callout, 1);
    callout->title = g_strdup(title);
    callout->value = g_strdup(value);
    callout->note = g_strdup(note);
    callout->state = state;
    callout->boxes = g_array_new(false, true, sizeof(Rect));
    return callout;
}

void callout_free(Callout *callout)
{
    g_free(callout->title);
    g_free(callout->value);
    g_free(callout->note);
    g_array_unref(callout->boxes);
    g_free(callout);
}

void paper_outline_free(PaperOutline *outline)
{
    g_free(outline->title);
    g_free(outline);
}

/* Where a callout's card goes. */
typedef struct {
    const Callout *callout;
    Rect box; /* all its boxes together, proof pixels */
    double y; /* top of the card, picture pixels */
    double height;
} Card;

typedef struct {
    cairo_t *cr;
    const PageDrawing *drawing;
    double scale;                   /* picture pixels per proof pixel */
    double page_width, page_height; /* of the drawn page */
    double width, height;           /* of the whole picture */
} Canvas;

static void set_colour(cairo_t *cr, Colour colour, double alpha)
{
    cairo_set_source_rgba(cr, colour.red, colour.green, colour.blue, alpha);
}

static double page_left(void)
{
    return PANEL_WIDTH;
}

static void box_path(const Canvas *canvas, Rect box, double grow)
{
    cairo_rectangle(canvas->cr, page_left() + box.x * canvas->scale - grow,
                    HEADER_HEIGHT + box.y * canvas->scale - grow,
                    box.width * canvas->scale + 2 * grow,
                    box.height * canvas->scale + 2 * grow);
}

static void rounded_path(cairo_t *cr, double x, double y, double width, double height,
                         double radius)
{
    cairo_new_sub_path(cr);
    cairo_arc(cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
    cairo_arc(cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
    cairo_arc(cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
    cairo_arc(cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
    cairo_close_path(cr);
}

/* One line of text, cut with … where it is wider than @width. Returns: its drawn width */
static double draw_text(cairo_t *cr, const char *text, double x, double y, double size,
                        double width, bool is_bold, Colour colour)
{
    g_autoptr(PangoLayout) layout = pango_cairo_create_layout(cr);
    PangoFontDescription *font = pango_font_description_from_string(FONT);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    if (is_bold)
        pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_text(layout, text, -1);
    set_colour(cr, colour, 1);
    cairo_move_to(cr, x, y);
    pango_cairo_show_layout(cr, layout);
    int drawn_width;
    pango_layout_get_pixel_size(layout, &drawn_width, NULL);
    return drawn_width;
}

/* --- the page --- */

static void release_pix(void *pix)
{
    PIX *held = pix;
    pixDestroy(&held);
}

/* Leptonica keeps 0xRRGGBBxx in a word, Cairo 0xxxRRGGBB. */
static cairo_surface_t *surface_from_pix(PIX *pix)
{
    static const cairo_user_data_key_t key;
    PIX *colour = pixConvertTo32(pix);
    if (colour == NULL)
        return NULL;
    l_uint32 *data = pixGetData(colour);
    size_t words = (size_t)pixGetWpl(colour) * (size_t)pixGetHeight(colour);
    for (size_t i = 0; i < words; i++)
        data[i] >>= 8;
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        (unsigned char *)data, CAIRO_FORMAT_RGB24, pixGetWidth(colour),
        pixGetHeight(colour), pixGetWpl(colour) * 4);
    cairo_surface_set_user_data(surface, &key, colour, release_pix);
    return surface;
}

static PIX *scaled_proof(const Canvas *canvas)
{
    PIX *proof = canvas->drawing->proof;
    l_float32 scale = (l_float32)canvas->scale;
    /* a small card is drawn as large as it is, which that cannot do */
    bool is_greyed = pixGetDepth(proof) == 1 && scale < 1;
    return is_greyed ? pixScaleToGray(proof, scale) : pixScale(proof, scale, scale);
}

static bool draw_proof(const Canvas *canvas)
{
    g_autoptr(PIX) grey = scaled_proof(canvas);
    cairo_surface_t *page = grey != NULL ? surface_from_pix(grey) : NULL;
    if (page == NULL)
        return false;
    cairo_t *cr = canvas->cr;
    cairo_rectangle(cr, page_left() + 5, HEADER_HEIGHT + 6, canvas->page_width,
                    canvas->page_height);
    cairo_set_source_rgba(cr, 0, 0, 0, 0.12);
    cairo_fill(cr);
    cairo_set_source_surface(cr, page, page_left(), HEADER_HEIGHT);
    cairo_rectangle(cr, page_left(), HEADER_HEIGHT, canvas->page_width,
                    canvas->page_height);
    cairo_fill(cr);
    cairo_surface_destroy(page);
    return true;
}

/* Characters of which the reading is this sure are no tick boxes, however square. */
#define SURE_CHARACTER 0.9

/* Whether what looks like a box is a character of a line; a paragraph of the print that
 * was not read has no boxes. */
static bool is_character(const PageReading *reading, Rect box)
{
    for (guint i = 0; i < reading->lines->len; i++) {
        const TextLine *line = reading->lines->pdata[i];
        if (!rect_contains_centre(line->box_px, box))
            continue;
        for (guint k = 0; line->glyphs != NULL && k < line->glyphs->len; k++) {
            const Glyph *glyph = &g_array_index(line->glyphs, Glyph, k);
            if (glyph->confidence >= SURE_CHARACTER &&
                g_unichar_isalnum(g_utf8_get_char(glyph->text)) &&
                rect_overlap_x(glyph->box_px, box) * 2 > box.width)
                return true;
        }
        if (line->is_skipped)
            return true;
    }
    return false;
}

static bool has_callout(const PageDrawing *drawing, Rect box)
{
    for (guint i = 0; i < drawing->callouts->len; i++) {
        const Callout *callout = drawing->callouts->pdata[i];
        for (guint k = 0; k < callout->boxes->len; k++)
            if (rect_contains_centre(g_array_index(callout->boxes, Rect, k), box))
                return true;
    }
    return false;
}

/* The boxes that no field took: what was decided of the others, their callouts show. One
 * with ink in it that no field took is for a person to look at. */
static void draw_ticks(const Canvas *canvas)
{
    const PageDrawing *drawing = canvas->drawing;
    for (guint i = 0; i < drawing->reading->ticks->len; i++) {
        const TickMark *tick = &g_array_index(drawing->reading->ticks, TickMark, i);
        bool is_plain = tick->state == TICK_EMPTY;
        if (has_callout(drawing, tick->box_px) ||
            is_character(drawing->reading, tick->box_px))
            continue;
        box_path(canvas, tick->box_px, is_plain ? 2 : 4);
        set_colour(canvas->cr, state_colours[is_plain ? MARK_EMPTY : MARK_REVIEW], 0.8);
        cairo_set_line_width(canvas->cr, is_plain ? 1 : 2);
        cairo_stroke(canvas->cr);
    }
}

static void draw_seals(const Canvas *canvas)
{
    for (guint i = 0; i < canvas->drawing->reading->seals->len; i++) {
        Rect box = g_array_index(canvas->drawing->reading->seals, SealMark, i).box_px;
        cairo_t *cr = canvas->cr;
        cairo_save(cr);
        cairo_translate(cr, page_left() + rect_centre_x(box) * canvas->scale,
                        HEADER_HEIGHT + rect_centre_y(box) * canvas->scale);
        cairo_scale(cr, MAX(box.width * canvas->scale / 2 + 6, 1),
                    MAX(box.height * canvas->scale / 2 + 6, 1));
        cairo_new_sub_path(cr);
        cairo_arc(cr, 0, 0, 1, 0, 2 * G_PI);
        cairo_restore(cr);
        cairo_set_dash(cr, (const double[]){7, 4}, 2, 0);
        cairo_set_line_width(cr, 2.5);
        set_colour(cr, seal_colour, 0.9);
        cairo_stroke(cr);
        cairo_set_dash(cr, NULL, 0, 0);
    }
}

static void draw_found(const Canvas *canvas)
{
    if (canvas->drawing->reading == NULL)
        return;
    for (guint i = 0; i < canvas->drawing->reading->cells->len; i++) {
        box_path(canvas,
                 g_array_index(canvas->drawing->reading->cells, ReadCell, i).box_px, -1);
        set_colour(canvas->cr, cell_colour, 0.05);
        cairo_fill_preserve(canvas->cr);
        set_colour(canvas->cr, cell_colour, 0.35);
        cairo_set_line_width(canvas->cr, 1);
        cairo_stroke(canvas->cr);
    }
    draw_seals(canvas);
    if (canvas->drawing->has_ticks)
        draw_ticks(canvas);
}

static void draw_outlines(const Canvas *canvas)
{
    for (guint i = 0; i < canvas->drawing->outlines->len; i++) {
        const PaperOutline *outline = g_ptr_array_index(canvas->drawing->outlines, i);
        if (rect_is_empty(outline->box_px))
            continue;
        box_path(canvas, outline->box_px, 6);
        set_colour(canvas->cr, quiet_colour, 0.8);
        cairo_set_dash(canvas->cr, (const double[]){10, 5}, 2, 0);
        cairo_set_line_width(canvas->cr, 2);
        cairo_stroke(canvas->cr);
        cairo_set_dash(canvas->cr, NULL, 0, 0);
        draw_text(canvas->cr, outline->title,
                  page_left() + outline->box_px.x * canvas->scale,
                  HEADER_HEIGHT + outline->box_px.y * canvas->scale - 36, 19, 400, false,
                  quiet_colour);
    }
}

/* --- the cards --- */

static int compare_cards(const void *a, const void *b)
{
    const Card *first = a, *second = b;
    double difference = rect_centre_y(first->box) - rect_centre_y(second->box);
    return difference < 0 ? -1 : difference > 0 ? 1 : first->box.x - second->box.x;
}

/* Cards stand as near to their boxes as they can without covering each other: pushed
 * down in one pass, and back up from the bottom in a second. Returns: the scale at which
 * all fit, 1 where there is room. */
static double place_cards(const Canvas *canvas, GArray *cards)
{
    double total = 0;
    for (guint i = 0; i < cards->len; i++) {
        Card *card = &g_array_index(cards, Card, i);
        card->height = *card->callout->note != '\0' ? 80 : 56;
        total += card->height + CARD_GAP;
    }
    double room = canvas->page_height;
    double scale = MIN(1, MAX(CARD_LEAST_SCALE, room / MAX(total, 1)));
    double y = HEADER_HEIGHT;
    for (guint i = 0; i < cards->len; i++) {
        Card *card = &g_array_index(cards, Card, i);
        card->height *= scale;
        double wanted =
            HEADER_HEIGHT + rect_centre_y(card->box) * canvas->scale - card->height / 2;
        card->y = MAX(y, wanted);
        y = card->y + card->height + CARD_GAP * scale;
    }
    double bottom = HEADER_HEIGHT + room;
    for (guint i = cards->len; i > 0; i--) {
        Card *card = &g_array_index(cards, Card, i - 1);
        card->y = MIN(card->y, bottom - card->height);
        bottom = card->y - CARD_GAP * scale;
    }
    return scale;
}

static void draw_leader(const Canvas *canvas, const Card *card, bool is_left)
{
    cairo_t *cr = canvas->cr;
    double card_x = is_left ? PANEL_WIDTH - EDGE : canvas->width - PANEL_WIDTH + EDGE;
    double card_y = card->y + card->height / 2;
    double box_x =
        page_left() + (is_left ? card->box.x : rect_right(card->box)) * canvas->scale;
    double box_y = HEADER_HEIGHT + rect_centre_y(card->box) * canvas->scale;
    double bend = is_left ? 60 : -60;
    set_colour(cr, state_colours[card->callout->state], 0.45);
    cairo_set_line_width(cr, 1.6);
    cairo_move_to(cr, card_x, card_y);
    cairo_curve_to(cr, card_x + bend, card_y, box_x - bend, box_y, box_x, box_y);
    cairo_stroke(cr);
    cairo_arc(cr, box_x, box_y, 3.5, 0, 2 * G_PI);
    set_colour(cr, state_colours[card->callout->state], 0.9);
    cairo_fill(cr);
}

static void draw_card(const Canvas *canvas, const Card *card, bool is_left, double scale)
{
    cairo_t *cr = canvas->cr;
    const Callout *callout = card->callout;
    Colour colour = state_colours[callout->state];
    double width = PANEL_WIDTH - 2 * EDGE;
    double x = is_left ? EDGE : canvas->width - PANEL_WIDTH + EDGE;
    rounded_path(cr, x, card->y, width, card->height, 6);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_fill_preserve(cr);
    set_colour(cr, colour, 0.5);
    cairo_set_line_width(cr, 1.2);
    cairo_stroke(cr);
    rounded_path(cr, x, card->y, 7, card->height, 3.5);
    set_colour(cr, colour, 1);
    cairo_fill(cr);
    double text_x = x + 18, text_width = width - 28;
    draw_text(cr, callout->title, text_x, card->y + 1 * scale, 16 * scale, text_width,
              false, quiet_colour);
    draw_text(cr, *callout->value != '\0' ? callout->value : "—", text_x,
              card->y + 21 * scale, 21 * scale, text_width, true, ink_colour);
    if (*callout->note != '\0')
        draw_text(cr, callout->note, text_x, card->y + 52 * scale, 16 * scale, text_width,
                  false, colour);
}

static void draw_boxes(const Canvas *canvas, const Callout *callout)
{
    for (guint i = 0; i < callout->boxes->len; i++) {
        box_path(canvas, g_array_index(callout->boxes, Rect, i), 4);
        set_colour(canvas->cr, state_colours[callout->state], 0.16);
        cairo_fill_preserve(canvas->cr);
        set_colour(canvas->cr, state_colours[callout->state], 0.95);
        cairo_set_line_width(canvas->cr, 2);
        cairo_stroke(canvas->cr);
    }
}

static GArray *cards_of_side(const Canvas *canvas, bool is_left)
{
    GArray *cards = g_array_new(false, true, sizeof(Card));
    double middle = pixGetWidth(canvas->drawing->proof) / 2.0;
    for (guint i = 0; i < canvas->drawing->callouts->len; i++) {
        Card card = {.callout = g_ptr_array_index(canvas->drawing->callouts, i)};
        for (guint k = 0; k < card.callout->boxes->len; k++)
            card.box = rect_union(card.box, g_array_index(card.callout->boxes, Rect, k));
        if ((rect_centre_x(card.box) < middle) == is_left)
            g_array_append_val(cards, card);
    }
    g_array_sort(cards, compare_cards);
    return cards;
}

static void draw_side(const Canvas *canvas, bool is_left)
{
    g_autoptr(GArray) cards = cards_of_side(canvas, is_left);
    double scale = place_cards(canvas, cards);
    for (guint i = 0; i < cards->len; i++)
        draw_leader(canvas, &g_array_index(cards, Card, i), is_left);
    for (guint i = 0; i < cards->len; i++)
        draw_card(canvas, &g_array_index(cards, Card, i), is_left, scale);
}

/* --- round the page --- */

static void draw_header(const Canvas *canvas)
{
    draw_text(canvas->cr, canvas->drawing->heading, EDGE, 14, 30,
              canvas->width - 2 * EDGE, true, ink_colour);
    draw_text(canvas->cr, canvas->drawing->subheading, EDGE, 56, 18,
              canvas->width - 2 * EDGE, false, quiet_colour);
}

static double draw_swatch(const Canvas *canvas, double x, Colour colour, double fill,
                          const char *words)
{
    double y = canvas->height - LEGEND_HEIGHT + 22;
    rounded_path(canvas->cr, x, y, 30, 20, 3);
    set_colour(canvas->cr, colour, fill);
    cairo_fill_preserve(canvas->cr);
    set_colour(canvas->cr, colour, 1);
    cairo_set_line_width(canvas->cr, 2);
    cairo_stroke(canvas->cr);
    return x + 40 +
           draw_text(canvas->cr, words, x + 40, y - 3, 18, 460, false, ink_colour) + 34;
}

static void draw_legend(const Canvas *canvas)
{
    double x = EDGE;
    x = draw_swatch(canvas, x, state_colours[MARK_ACCEPTED], 0.2,
                    _("accepted by the program"));
    x = draw_swatch(canvas, x, state_colours[MARK_CONFIRMED], 0.2,
                    _("confirmed by a person"));
    x = draw_swatch(canvas, x, state_colours[MARK_REVIEW], 0.2,
                    _("a person has to look"));
    x = draw_swatch(canvas, x, state_colours[MARK_EMPTY], 0, _("a box not ticked"));
    x = draw_swatch(canvas, x, cell_colour, 0.06, _("a cell of the table"));
    draw_swatch(canvas, x, seal_colour, 0, _("a seal"));
}

static bool draw_all(const Canvas *canvas)
{
    cairo_set_source_rgb(canvas->cr, 0.955, 0.96, 0.965);
    cairo_paint(canvas->cr);
    if (!draw_proof(canvas))
        return false;
    draw_found(canvas);
    draw_outlines(canvas);
    for (guint i = 0; i < canvas->drawing->callouts->len; i++)
        draw_boxes(canvas, g_ptr_array_index(canvas->drawing->callouts, i));
    draw_side(canvas, true);
    draw_side(canvas, false);
    draw_header(canvas);
    draw_legend(canvas);
    return true;
}

static cairo_status_t append_bytes(void *closure, const unsigned char *data,
                                   unsigned int length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

bool draw_page(const PageDrawing *drawing, const char *path, GError **error)
{
    Canvas canvas = {.drawing = drawing};
    int long_side = MAX(pixGetWidth(drawing->proof), pixGetHeight(drawing->proof));
    canvas.scale = MIN(1, PAGE_LONG_SIDE / MAX(long_side, 1));
    canvas.page_width = pixGetWidth(drawing->proof) * canvas.scale;
    canvas.page_height = pixGetHeight(drawing->proof) * canvas.scale;
    canvas.width = ceil(canvas.page_width + 2 * PANEL_WIDTH);
    canvas.height = ceil(canvas.page_height + HEADER_HEIGHT + LEGEND_HEIGHT);
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)canvas.width, (int)canvas.height);
    canvas.cr = cairo_create(surface);
    bool is_drawn = draw_all(&canvas);
    cairo_destroy(canvas.cr);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    is_drawn = is_drawn && cairo_surface_write_to_png_stream(
                               surface, append_bytes, bytes) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    if (!is_drawn)
        return fail(error, BASE_ERROR, BASE_ERROR_FORMAT, "%s: the page cannot be drawn",
                    path);
    return file_write_atomic(path, bytes->data, bytes->len, 0600, error);
}
