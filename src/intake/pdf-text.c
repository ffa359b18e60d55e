/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text layer of a drawn PDF page, and which of it is to be seen.
 *
 * Poppler can draw the glyphs of the text layer alone, whatever hides them on the page. A
 * glyph that was drawn there looks the same in both pictures to the pixel; one that is
 * white, clipped, under a picture or over a scan does not. */
#include <poppler.h>

#include "intake/private.h"

/* Correlation of a glyph with the page. Of 10753 characters of the press's drawn pages 31
 * were under 0.99; hidden text in the place of the same text in another face was 0.64 in
 * the median and 0.88 at most, a pixel off in the same face 0.85 at most (measured).
 * Poppler draws no glyphs of invisible text (render mode 3). */
static const double SAME_GLYPH = 0.95;
#define GLYPH_MARGIN_PX 3
#define GLYPH_DARK 128 /* of the glyphs' picture, black on white */
#define INK_DARK 224   /* its grey edges are the glyph's too */
/* Boxes of a page's characters cover half of it; of more than this no page is made. */
#define MAX_BOX_PAGES 6
#define MAX_PICTURES 2000
/* So many pairs of neighbours say which way text runs; a page is drawn where so much of
 * its dark ink is that of text. Rules may be as much as text, seals and pictures are
 * more.
 */
#define MIN_PAIRS 20
#define SAMPLED_ROW 4
static const double LEVEL_SHARE = 0.9, MIN_INK_SHARE = 0.15;

typedef struct {
    PIX *drawn, *glyphs; /* borrowed */
    double scale;        /* pixels per point */
    PageText *text;
    GPtrArray *fonts; /* char * */
    double left_px;   /* pixels that may still be looked at */
} Finding;

static int luminance_at(PIX *pix, int x, int y)
{
    const l_uint32 *row = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
    if (pixGetDepth(pix) == 8)
        return GET_DATA_BYTE(row, x);
    return (int)(((row[x] >> 24) * 77 + (row[x] >> 16 & 255) * 150 +
                  (row[x] >> 8 & 255) * 29) >>
                 8);
}

/* @area in pixels of the page, cut to it; empty where it is absurd */
static Rect area_px(const Finding *finding, const PopplerRectangle *area)
{
    double limit = 1e6, scale = finding->scale;
    double x1 = MIN(area->x1, area->x2), x2 = MAX(area->x1, area->x2);
    double y1 = MIN(area->y1, area->y2), y2 = MAX(area->y1, area->y2);
    if (!(x1 > -limit && y1 > -limit && x2 < limit && y2 < limit)) /* NaN too */
        return (Rect){0};
    int left = (int)floor(x1 * scale), top = (int)floor(y1 * scale);
    Rect page = {0, 0, pixGetWidth(finding->drawn), pixGetHeight(finding->drawn)};
    return rect_intersection(
        (Rect){left, top, (int)ceil(x2 * scale) - left, (int)ceil(y2 * scale) - top},
        page);
}

/* tight around the dark pixels of @glyphs in @area */
static Rect ink_in(PIX *glyphs, Rect area)
{
    Rect ink = {0};
    for (int y = area.y; y < rect_bottom(area); y++)
        for (int x = area.x; x < rect_right(area); x++)
            if (luminance_at(glyphs, x, y) < GLYPH_DARK)
                ink = rect_union(ink, (Rect){x, y, 1, 1});
    return ink;
}

/* Correlation of the two pictures in @area: 1 for the same drawing in whatever ink, below
 * 0 for light on dark; 0 where one is even. */
static double likeness(const Finding *finding, Rect area)
{
    double n = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0;
    for (int y = area.y; y < rect_bottom(area); y++)
        for (int x = area.x; x < rect_right(area); x++) {
            double p = luminance_at(finding->glyphs, x, y);
            double q = luminance_at(finding->drawn, x, y);
            n++, a += p, b += q, aa += p * p, bb += q * q, ab += p * q;
        }
    double spread = (aa - a * a / n) * (bb - b * b / n);
    return n > 0 && spread > 0 ? (ab - a * b / n) / sqrt(spread) : 0;
}

static bool is_in_picture(const PageText *text, Rect box)
{
    for (guint i = 0; i < text->pictures->len; i++)
        if (rect_contains_centre(g_array_index(text->pictures, Rect, i), box))
            return true;
    return false;
}

static bool is_seen(const Finding *finding, Rect ink)
{
    Rect around = rect_grown(ink, GLYPH_MARGIN_PX, pixGetWidth(finding->drawn),
                             pixGetHeight(finding->drawn));
    return !rect_is_empty(ink) && !is_in_picture(finding->text, ink) &&
           likeness(finding, around) >= SAME_GLYPH;
}

static void keep_ink(const Finding *finding, Rect ink)
{
    for (int y = ink.y; y < rect_bottom(ink); y++)
        for (int x = ink.x; x < rect_right(ink); x++)
            if (luminance_at(finding->glyphs, x, y) < INK_DARK)
                pixSetPixel(finding->text->ink, x, y, 1);
}

/* One number for each font, and one more for what of it is no ideograph: programs cut
 * a font in two by that. */
static int font_number(Finding *finding, const char *name, gunichar c)
{
    guint index = 0;
    if (name == NULL)
        name = "";
    if (!g_ptr_array_find_with_equal_func(finding->fonts, name, g_str_equal, &index)) {
        index = finding->fonts->len;
        g_ptr_array_add(finding->fonts, g_strdup(name));
    }
    bool is_ideograph = g_unichar_type(c) == G_UNICODE_OTHER_LETTER;
    return (int)index * 2 + is_ideograph;
}

static void add_character(Finding *finding, gunichar c, const PopplerRectangle *area,
                          const char *font, bool is_after_blank)
{
    PageCharacter character = {.is_after_blank = is_after_blank};
    Rect where = area_px(finding, area);
    finding->left_px -= (double)where.width * where.height;
    if (finding->left_px < 0)
        return;
    Rect ink = ink_in(finding->glyphs, where);
    gunichar plain = page_character_plain(c);
    character.font = font_number(finding, font, plain);
    character.box_px = rect_is_empty(ink) ? where : ink;
    character.is_on_page = is_seen(finding, ink);
    if (plain != 0)
        character.text[g_unichar_to_utf8(plain, character.text)] = '\0';
    if (character.is_on_page)
        keep_ink(finding, ink);
    g_array_append_val(finding->text->characters, character);
}

/* Blanks, and what has neither ink nor width by its nature. */
static bool is_blank(gunichar c)
{
    return g_unichar_isspace(c) || g_unichar_type(c) == G_UNICODE_FORMAT;
}

static void add_characters(Finding *finding, const char *text,
                           const PopplerRectangle *areas, GList *attributes)
{
    bool is_after_blank = false;
    int index = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p), index++) {
        gunichar c = g_utf8_get_char(p);
        while (attributes != NULL &&
               ((PopplerTextAttributes *)attributes->data)->end_index < index)
            attributes = attributes->next;
        const PopplerTextAttributes *style = attributes != NULL ? attributes->data : NULL;
        if (!is_blank(c))
            add_character(finding, c, &areas[index],
                          style != NULL ? style->font_name : NULL, is_after_blank);
        is_after_blank = g_unichar_isspace(c);
    }
}

static void find_pictures(Finding *finding, PopplerPage *page)
{
    GList *list = poppler_page_get_image_mapping(page);
    for (GList *item = list; item != NULL; item = item->next) {
        const PopplerImageMapping *mapping = item->data;
        Rect picture = area_px(finding, &mapping->area);
        if (!rect_is_empty(picture) && finding->text->pictures->len <= MAX_PICTURES)
            g_array_append_val(finding->text->pictures, picture);
    }
    poppler_page_free_image_mapping(list);
}

/* how much of the page's dark ink is text that is seen, 0..1 */
static double ink_share(const Finding *finding)
{
    double all = 0, seen = 0;
    for (int y = 0; y < pixGetHeight(finding->drawn); y += SAMPLED_ROW) {
        const l_uint32 *ink = pixGetData(finding->text->ink) +
                              (size_t)y * (size_t)pixGetWpl(finding->text->ink);
        for (int x = 0; x < pixGetWidth(finding->drawn); x++)
            if (luminance_at(finding->drawn, x, y) < GLYPH_DARK) {
                all++;
                seen += GET_DATA_BIT(ink, x);
            }
    }
    return all > 0 ? seen / all : 0;
}

/* Whether the page is drawn, and which way its text runs. */
static void find_direction(const Finding *finding)
{
    const GArray *all = finding->text->characters;
    int pairs = 0, level = 0;
    for (guint i = 1; i < all->len; i++) {
        const PageCharacter *one = &g_array_index(all, PageCharacter, i - 1);
        const PageCharacter *next = &g_array_index(all, PageCharacter, i);
        if (!one->is_on_page || !next->is_on_page || next->is_after_blank)
            continue;
        pairs++;
        level += rect_centre_x(next->box_px) > rect_centre_x(one->box_px) &&
                 rect_overlap_y(one->box_px, next->box_px) > 0;
    }
    finding->text->is_drawn = pairs >= MIN_PAIRS && ink_share(finding) >= MIN_INK_SHARE;
    finding->text->is_upright = finding->text->is_drawn && level >= LEVEL_SHARE * pairs;
}

static bool has_characters(const char *text, guint area_count)
{
    return text != NULL && area_count > 0 && area_count <= LIMIT_CHARACTERS_PER_PAGE &&
           g_utf8_validate(text, -1, NULL) &&
           (guint)g_utf8_strlen(text, -1) == area_count;
}

PageText *pdf_text_find(PopplerPage *page, PIX *drawn, double scale)
{
    PopplerRectangle *areas = NULL;
    guint area_count = 0;
    g_autofree char *text = poppler_page_get_text(page);
    poppler_page_get_text_layout(page, &areas, &area_count);
    g_autofree PopplerRectangle *owned = areas;
    if (!has_characters(text, area_count))
        return NULL;
    g_autoptr(PIX) glyphs =
        pdf_draw_glyphs(page, pixGetWidth(drawn), pixGetHeight(drawn), scale);
    g_autoptr(PageText) found = page_text_new();
    found->ink = pixCreate(pixGetWidth(drawn), pixGetHeight(drawn), 1);
    if (glyphs == NULL || found->ink == NULL)
        return NULL;
    g_autoptr(GPtrArray) fonts = g_ptr_array_new_with_free_func(g_free);
    double page_px = (double)pixGetWidth(drawn) * pixGetHeight(drawn);
    Finding finding = {drawn, glyphs, scale, found, fonts, MAX_BOX_PAGES * page_px};
    find_pictures(&finding, page);
    GList *attributes = poppler_page_get_text_attributes(page);
    add_characters(&finding, text, areas, attributes);
    poppler_page_free_text_attributes(attributes);
    if (finding.left_px < 0 || found->pictures->len > MAX_PICTURES ||
        found->characters->len == 0)
        return NULL;
    find_direction(&finding);
    return g_steal_pointer(&found);
}
