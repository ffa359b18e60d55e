/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines whose text the page's own file gives: ink and text layer are held against each
 * other, line by line and as a whole. */
#include "reading/private.h"

#include "base/text.h"

/* The page is read as a scan where fewer of its lines (by their width), or of the
 * characters on it, are explained. */
static const double MIN_SHARE = 0.6;
/* Ink of a line that no character explains: a square of this side, of the line's height,
 * is a full stop; edges of glyphs lie within EDGE_PX of their drawing. */
static const double MAX_REST_SIDE = 0.15;
#define EDGE_PX 2
/* A page that said a larger size than its text makes believable is reduced. */
#define MIN_SCALE 0.3
/* Of a character: more of it in another line, or out of its own, is another cut. */
static const double MAX_OUTSIDE = 0.25;
/* Two characters that lie over each other so far are no line of text. */
static const double MAX_OVERLAP = 0.5;
/* What is drawn into a box may reach out of it by so much of its side. */
static const double TICK_REACH = 0.5;

/* The text layer in the frame of the sheet. */
typedef struct {
    GArray *characters; /* PageCharacter */
    PIX *ink;           /* grown by EDGE_PX */
    GArray *pictures;   /* Rect */
    const Layout *layout;
} Layer;

static void layer_clear(Layer *layer)
{
    if (layer->characters != NULL)
        g_array_unref(layer->characters);
    if (layer->pictures != NULL)
        g_array_unref(layer->pictures);
    pixDestroy(&layer->ink);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Layer, layer_clear)

/* @box of a page of @width x @height, turned by quarters */
static Rect turned_box(Rect box, int rotation_deg, int width, int height)
{
    switch (rotation_deg) {
    case 90:
        return (Rect){height - rect_bottom(box), box.x, box.height, box.width};
    case 180:
        return (Rect){width - rect_right(box), height - rect_bottom(box), box.width,
                      box.height};
    case 270:
        return (Rect){box.y, width - rect_right(box), box.height, box.width};
    default:
        return box;
    }
}

static Rect scaled_box(Rect box, double scale)
{
    int left = (int)floor(box.x * scale), top = (int)floor(box.y * scale);
    return (Rect){left, top, (int)ceil(rect_right(box) * scale) - left,
                  (int)ceil(rect_bottom(box) * scale) - top};
}

/* @boxes at @at in each element of @array, from the page to the sheet */
static void move_boxes(GArray *array, gsize at, const PIX *page, int rotation_deg,
                       double scale)
{
    int width = pixGetWidth(page), height = pixGetHeight(page);
    guint size = g_array_get_element_size(array);
    for (guint i = 0; i < array->len; i++) {
        Rect *box = (Rect *)(void *)(array->data + (gsize)i * size + at);
        *box = scaled_box(turned_box(*box, rotation_deg, width, height), scale);
    }
}

/* the text layer's ink as the sheet has it, a little larger; NULL where the sheet is no
 * plain turn of the page or too small to compare */
static PIX *ink_on_sheet(PIX *page_ink, int rotation_deg, const Layout *layout,
                         double *scale)
{
    int quarters = rotation_deg / 90, edge = 2 * EDGE_PX + 1;
    g_autoptr(PIX) ink =
        quarters == 0 ? pixClone(page_ink) : pixRotateOrth(page_ink, quarters);
    if (ink == NULL || layout->ink == NULL)
        return NULL;
    int width = pixGetWidth(layout->ink), height = pixGetHeight(layout->ink);
    *scale = (double)width / pixGetWidth(ink);
    double other_scale = (double)height / pixGetHeight(ink);
    if (fabs(*scale - other_scale) * MAX(width, height) > EDGE_PX || *scale < MIN_SCALE)
        return NULL;
    g_autoptr(PIX) sized = *scale == 1 && other_scale == 1
                               ? pixClone(ink)
                               : pixScaleToSize(ink, width, height);
    return sized != NULL ? pixDilateBrick(NULL, sized, edge, edge) : NULL;
}

/* false where they cannot be compared: a drawn page has no skew */
static bool layer_init(Layer *layer, const PageText *text, const Sheet *sheet,
                       const Layout *layout)
{
    double scale = 1;
    if (sheet->skew_deg != 0)
        return false;
    layer->layout = layout;
    layer->ink = ink_on_sheet(text->ink, sheet->rotation_deg, layout, &scale);
    if (layer->ink == NULL)
        return false;
    layer->characters = g_array_copy(text->characters);
    layer->pictures = g_array_copy(text->pictures);
    move_boxes(layer->characters, offsetof(PageCharacter, box_px), text->ink,
               sheet->rotation_deg, scale);
    move_boxes(layer->pictures, 0, text->ink, sheet->rotation_deg, scale);
    return true;
}

static double area(Rect r)
{
    return (double)r.width * r.height;
}

static double share_in(Rect inner, Rect outer)
{
    return area(inner) > 0 ? area(rect_intersection(inner, outer)) / area(inner) : 0;
}

/* --- boxes: a glyph, or drawn; whether there is a tick in them is for the ink to say ---
 */

static bool is_one_of(const char *text, const char *const *all)
{
    return g_strv_contains(all, text);
}

static bool is_box_character(const char *text)
{
    static const char *const boxes[] = {"□", "☐",    "☑",    "☒", "▢",
                                        "⬜", "🗹", "🗷", NULL};
    return is_one_of(text, boxes);
}

static bool is_tick_character(const char *text)
{
    static const char *const ticks[] = {"√", "✓", "✔", "×", "✗", "✘", NULL};
    return is_one_of(text, ticks);
}

static bool is_on_line(const BoxMark *mark, const InkLine *line)
{
    return mark->cell == line->cell && mark->squareness >= BOX_MIN_SQUARENESS &&
           rect_contains_centre(line->box_px, mark->box_px);
}

/* the box of @line that @box lies on; NULL where it is on none */
static const BoxMark *mark_at(const Layer *layer, const InkLine *line, Rect box)
{
    for (guint i = 0; i < layer->layout->boxes->len; i++) {
        const BoxMark *mark = &g_array_index(layer->layout->boxes, BoxMark, i);
        if (is_on_line(mark, line) && (rect_contains_centre(mark->box_px, box) ||
                                       share_in(mark->box_px, box) > MAX_OVERLAP))
            return mark;
    }
    return NULL;
}

/* --- one line --- */

typedef enum { TAKE, LEAVE_OUT, NO_LINE } Choice;

/* what to do with @character, which stands on @line; it may become a box */
static Choice choose(const Layer *layer, const InkLine *line, PageCharacter *character)
{
    const BoxMark *mark = mark_at(layer, line, character->box_px);
    if (!character->is_on_page)
        return NO_LINE;
    if (mark != NULL && is_tick_character(character->text))
        return LEAVE_OUT;
    bool is_symbol = *character->text == '\0' || strcmp(character->text, "■") == 0;
    if (is_box_character(character->text) || (mark != NULL && is_symbol)) {
        g_strlcpy(character->text, READING_TICK_BOX, sizeof character->text);
        return TAKE;
    }
    bool is_in = share_in(character->box_px, line->box_px) >= 1 - MAX_OUTSIDE;
    return *character->text != '\0' && is_in ? TAKE : NO_LINE;
}

static bool has_box_at(const GArray *line, Rect box)
{
    for (guint i = 0; i < line->len; i++)
        if (share_in(box, g_array_index(line, PageCharacter, i).box_px) > MAX_OVERLAP ||
            share_in(g_array_index(line, PageCharacter, i).box_px, box) > MAX_OVERLAP)
            return true;
    return false;
}

/* Boxes that are drawn are characters to whoever reads the line. */
static void add_drawn_boxes(const Layer *layer, const InkLine *ink, GArray *line)
{
    for (guint i = 0; i < layer->layout->boxes->len; i++) {
        const BoxMark *mark = &g_array_index(layer->layout->boxes, BoxMark, i);
        PageCharacter box = {
            .text = READING_TICK_BOX, .box_px = mark->box_px, .is_on_page = true};
        box.font = -1;
        if (is_on_line(mark, ink) && !has_box_at(line, mark->box_px))
            g_array_append_val(line, box);
    }
}

static int compare_x(gconstpointer a, gconstpointer b)
{
    const PageCharacter *p = a, *q = b;
    return p->box_px.x - q->box_px.x;
}

static bool is_blank_line(const GArray *line, guint index)
{
    const char *text = g_array_index(line, PageCharacter, index).text;
    return strcmp(text, "_") == 0 || strcmp(text, "＿") == 0;
}

/* Lines to write on are rules to whoever reads the ink, however they were typed. */
static void drop_blank_lines(GArray *line)
{
    g_autoptr(GArray) all = g_array_copy(line);
    for (guint i = all->len; i-- > 0;)
        if (is_blank_line(all, i) && ((i > 0 && is_blank_line(all, i - 1)) ||
                                      (i + 1 < all->len && is_blank_line(all, i + 1))))
            g_array_remove_index(line, i);
}

static bool is_one_row(const GArray *line)
{
    for (guint i = 1; i < line->len; i++) {
        Rect one = g_array_index(line, PageCharacter, i - 1).box_px;
        Rect next = g_array_index(line, PageCharacter, i).box_px;
        if (rect_overlap_x(one, next) > MAX_OVERLAP * MIN(one.width, next.width))
            return false;
    }
    return line->len > 0;
}

static void clear_boxes(const Layer *layer, const InkLine *line, PIX *rest)
{
    for (guint i = 0; i < layer->layout->boxes->len; i++) {
        const BoxMark *mark = &g_array_index(layer->layout->boxes, BoxMark, i);
        if (!is_on_line(mark, line))
            continue;
        int reach = (int)(TICK_REACH * mark->box_px.height) + EDGE_PX;
        Rect r = mark->box_px;
        pixRasterop(rest, r.x - reach - line->box_px.x, r.y - reach - line->box_px.y,
                    r.width + 2 * reach, r.height + 2 * reach, PIX_CLR, NULL, 0, 0);
    }
}

/* Whether nothing but characters of the layer and boxes is drawn on @line. */
static bool is_explained(const Layer *layer, const InkLine *line)
{
    Rect page = {0, 0, layer->layout->width_px, layer->layout->height_px};
    Rect at = rect_intersection(line->box_px, page);
    g_autoptr(BOX) box = boxCreate(at.x, at.y, at.width, at.height);
    g_autoptr(PIX) rest = pixClipRectangle(layer->layout->ink, box, NULL);
    if (rest == NULL)
        return false;
    pixRasterop(rest, 0, 0, at.width, at.height, PIX_NOT(PIX_SRC) & PIX_DST, layer->ink,
                at.x, at.y);
    clear_boxes(layer, line, rest);
    l_int32 left_px = 0;
    pixCountPixels(rest, &left_px, NULL);
    double side = MAX_REST_SIDE * at.height;
    return left_px <= side * side;
}

/* the characters of @ink in their order; NULL where they are not all of it, and it of
 * them
 */
static GArray *line_find(const Layer *layer, const InkLine *ink)
{
    g_autoptr(GArray) line = g_array_new(false, false, sizeof(PageCharacter));
    for (guint i = 0; i < layer->characters->len; i++) {
        PageCharacter character = g_array_index(layer->characters, PageCharacter, i);
        bool is_here = rect_contains_centre(ink->box_px, character.box_px);
        if (!is_here && share_in(character.box_px, ink->box_px) > MAX_OUTSIDE)
            return NULL;
        Choice choice = is_here ? choose(layer, ink, &character) : LEAVE_OUT;
        if (choice == NO_LINE)
            return NULL;
        if (choice == TAKE)
            g_array_append_val(line, character);
    }
    if (line->len == 0)
        return NULL;
    add_drawn_boxes(layer, ink, line);
    g_array_sort(line, compare_x);
    drop_blank_lines(line);
    return is_one_row(line) && is_explained(layer, ink) ? g_steal_pointer(&line) : NULL;
}

/* --- the page as a whole --- */

static bool is_in_picture(const Layer *layer, Rect box)
{
    for (guint i = 0; i < layer->pictures->len; i++)
        if (rect_contains_centre(g_array_index(layer->pictures, Rect, i), box))
            return true;
    return false;
}

static bool is_covered(const Layer *layer, const GPtrArray *lines)
{
    double width = 0, found_width = 0, count = 0, found_count = 0;
    for (guint i = 0; i < lines->len; i++) {
        Rect box = g_array_index(layer->layout->lines, InkLine, i).box_px;
        const GArray *line = lines->pdata[i];
        width += is_in_picture(layer, box) ? 0 : box.width;
        found_width += line != NULL ? box.width : 0;
        found_count += line != NULL ? line->len : 0;
    }
    for (guint i = 0; i < layer->characters->len; i++)
        count +=
            !rect_is_empty(g_array_index(layer->characters, PageCharacter, i).box_px);
    return found_width > 0 && found_width >= MIN_SHARE * width &&
           found_count >= MIN_SHARE * count;
}

static TextLine *text_line_of(const GArray *characters, const InkLine *ink)
{
    TextLine *line = g_new0(TextLine, 1);
    g_autoptr(GString) text = g_string_new(NULL);
    line->box_px = ink->box_px;
    line->cell = ink->cell;
    line->is_from_file = true;
    line->confidence = line->weakest = 1;
    line->glyphs = g_array_new(false, true, sizeof(Glyph));
    for (guint i = 0; i < characters->len; i++) {
        const PageCharacter *character = &g_array_index(characters, PageCharacter, i);
        Glyph glyph = {.confidence = 1, .box_px = character->box_px};
        g_strlcpy(glyph.text, character->text, sizeof glyph.text);
        g_string_append_printf(text, "%s%s",
                               i > 0 && character->is_after_blank ? " " : "", glyph.text);
        g_array_append_val(line->glyphs, glyph);
    }
    line->text = text_without_cjk_spaces(text->str);
    return line;
}

static void array_unref_null(gpointer array)
{
    if (array != NULL)
        g_array_unref(array);
}

static GPtrArray *lines_find(const Layer *layer)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(array_unref_null);
    for (guint i = 0; i < layer->layout->lines->len; i++)
        g_ptr_array_add(
            lines, line_find(layer, &g_array_index(layer->layout->lines, InkLine, i)));
    return lines;
}

bool reading_file_lines(Engine *engine, const PageText *text, const Sheet *sheet,
                        const Layout *layout, GPtrArray *known, FileText *verdict,
                        GError **error)
{
    g_auto(Layer) layer = {0};
    *verdict = FILE_TEXT_NONE;
    if (text == NULL || !layer_init(&layer, text, sheet, layout))
        return true;
    g_autoptr(GPtrArray) lines = lines_find(&layer);
    if (!is_covered(&layer, lines))
        return true;
    bool is_same = false;
    if (!file_text_check(engine, sheet, layout, lines, &is_same, error))
        return false;
    *verdict = is_same ? FILE_TEXT_BELIEVED : FILE_TEXT_DIFFERS;
    for (guint i = 0; is_same && i < lines->len && i < known->len; i++) {
        if (lines->pdata[i] == NULL)
            continue;
        text_line_free(known->pdata[i]);
        known->pdata[i] =
            text_line_of(lines->pdata[i], &g_array_index(layout->lines, InkLine, i));
    }
    return true;
}
