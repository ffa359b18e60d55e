/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which print a page is, and which of its lines are the form's own. */
#include "prints/private.h"

/* Worn pages lose a rule or two; fewer cells or lines than this is another print. */
static const double MIN_CELLS = 0.85, MIN_LINES = 0.6;
/* What was written beside a label makes its line longer than the print's. A tick may
 * leave its box by so much. */
static const double MAX_LONGER_MM = 1.2, MAX_TICK_MM = 4.5;
/* Less of the print's line than this is another line. */
static const double MIN_COVERED = 0.85;
/* Around a tick box, in its widths, characters may be under the tick. */
static const double TICK_REACH = 0.8;
#define MAX_FREE 40

/* What is compared with a print: cells, lines and pixels, however they were come by. */
typedef struct {
    GArray *cells; /* Rect, in reading order; owned */
    GArray *lines; /* InkLine; owned */
    int dpi;
    PIX *grey; /* borrowed */
} PageView;

static void page_view_clear(PageView *view)
{
    g_array_unref(view->cells);
    g_array_unref(view->lines);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PageView, page_view_clear)

typedef struct {
    const PageView *view;
    const Print *print;
    const Fit *fit;
    const Picture *page;
} Look;

static bool is_box(const PrintGlyph *glyph)
{
    return strcmp(glyph->text, READING_TICK_BOX) == 0;
}

/* the columns of @line's picture that ticks may change; @free: MAX_FREE of them */
static int tick_columns(const PrintLine *line, Columns *free)
{
    double scale = PICTURE_DPI / MM_PER_INCH, reach = TICK_REACH * line->box_mm.height;
    int count = 0;
    for (guint i = 0; i < line->glyphs->len && count < MAX_FREE; i++) {
        const PrintGlyph *glyph = &g_array_index(line->glyphs, PrintGlyph, i);
        double x = glyph->x_mm - line->box_mm.x;
        if (is_box(glyph))
            free[count++] = (Columns){(int)((x - reach) * scale),
                                      (int)ceil((x + glyph->width_mm + reach) * scale)};
    }
    return count;
}

static RectMm cell_of(const Look *look, int cell)
{
    return g_array_index(look->print->cells, RectMm, cell);
}

static Rect page_cell_of(const Look *look, int cell)
{
    int found = look->fit->page_cell_of[cell];
    return found >= 0 ? g_array_index(look->view->cells, Rect, found) : (Rect){0};
}

/* What a line keeps its distance from when a row grows. */
typedef enum { ANCHOR_TOP, ANCHOR_MIDDLE, ANCHOR_COUNT } Anchor;

/* where the top of @line is looked for, in pixels of the page; outside the grid from the
 * nearest cell. Returns: false where the page has no such cell */
static bool top_of(const Look *look, const PrintLine *line, Anchor anchor, double *top_px)
{
    int last = (int)look->print->cells->len - 1;
    bool is_above = line->box_mm.y < cell_of(look, 0).y;
    int cell = line->cell >= 0 ? line->cell : is_above ? 0 : last;
    RectMm mm = cell_of(look, cell);
    Rect px = page_cell_of(look, cell);
    double share = line->cell >= 0 ? (anchor == ANCHOR_MIDDLE ? 0.5 : 0) : !is_above;
    *top_px = px.y + share * px.height +
              (line->box_mm.y - mm.y - share * mm.height) * look->fit->scale_px_mm;
    return !rect_is_empty(px);
}

/* Looks for @line's picture on the page. @place: out, where it stands, in pixels of the
 * page. Returns: whether it is there */
static bool is_seen(const Look *look, const PrintLine *line, Rect *place)
{
    double small = PICTURE_DPI / MM_PER_INCH / look->fit->scale_px_mm;
    Columns free[MAX_FREE];
    int free_count = tick_columns(line, free);
    for (Anchor anchor = ANCHOR_TOP; anchor < ANCHOR_COUNT; anchor++) {
        double top_px;
        if (!top_of(look, line, anchor, &top_px))
            return false;
        double left_px = look->fit->scale_px_mm * line->box_mm.x + look->fit->shift_px;
        int x = (int)lround(left_px * small), y = (int)lround(top_px * small);
        if (!picture_agrees(look->page, &line->picture, &x, &y, free, free_count))
            continue;
        *place = (Rect){(int)(x / small), (int)(y / small),
                        (int)(line->box_mm.width * look->fit->scale_px_mm),
                        (int)(line->box_mm.height * look->fit->scale_px_mm)};
        return true;
    }
    return false;
}

/* Whether the ink of @ink is that of @line, which stands at @place, and no more. */
static bool is_all_of(const Look *look, const PrintLine *line, Rect place,
                      const InkLine *ink)
{
    int cell = line->cell >= 0 ? look->fit->page_cell_of[line->cell] : -1;
    Columns free[MAX_FREE];
    double longer_mm = tick_columns(line, free) > 0 ? MAX_TICK_MM : MAX_LONGER_MM;
    int longer = (int)(longer_mm * look->fit->scale_px_mm);
    int margin = (int)(MAX_LONGER_MM * look->fit->scale_px_mm);
    Rect wide = {place.x - longer, place.y - longer, place.width + 2 * longer,
                 place.height + 2 * longer};
    Rect box = ink->box_px;
    return ink->cell == cell && rect_contains_centre(place, box) && box.x >= wide.x &&
           rect_right(box) <= rect_right(wide) && box.height <= wide.height &&
           rect_overlap_x(box, place) >= MIN_COVERED * (place.width - margin);
}

static TextLine *line_of(const Look *look, const PrintLine *line, Rect place,
                         const InkLine *ink)
{
    TextLine *known = g_new0(TextLine, 1);
    known->box_px = ink->box_px;
    known->cell = ink->cell;
    known->text = g_strdup(line->text);
    known->is_skipped = line->is_skipped;
    known->confidence = known->weakest = 1;
    known->glyphs = g_array_new(false, true, sizeof(Glyph));
    for (guint i = 0; i < line->glyphs->len; i++) {
        const PrintGlyph *print = &g_array_index(line->glyphs, PrintGlyph, i);
        double scale = look->fit->scale_px_mm;
        Glyph glyph = {.confidence = 1,
                       .box_px = {place.x + (int)((print->x_mm - line->box_mm.x) * scale),
                                  ink->box_px.y, MAX(1, (int)(print->width_mm * scale)),
                                  ink->box_px.height}};
        g_strlcpy(glyph.text, print->text, sizeof glyph.text);
        g_array_append_val(known->glyphs, glyph);
    }
    return known;
}

/* the lines of the page that are the print's; NULL where too few of them are seen */
static GPtrArray *recognise(const Look *look)
{
    guint count = look->view->lines->len, seen = 0;
    GPtrArray *known = g_ptr_array_new_with_free_func((GDestroyNotify)text_line_free);
    g_ptr_array_set_size(known, (gint)count);
    for (guint i = 0; i < look->print->lines->len; i++) {
        const PrintLine *line = look->print->lines->pdata[i];
        Rect place;
        if (!is_seen(look, line, &place))
            continue;
        seen++;
        for (guint k = 0; k < count; k++) {
            const InkLine *ink = &g_array_index(look->view->lines, InkLine, k);
            if (known->pdata[k] == NULL && is_all_of(look, line, place, ink)) {
                known->pdata[k] = line_of(look, line, place, ink);
                break;
            }
        }
    }
    if (seen >= MIN_LINES * look->print->lines->len)
        return known;
    g_ptr_array_unref(known);
    return NULL;
}

/* the lines of @view that are part of the first of @prints that it is; NULL where it is
 * none. @name: out */
static GPtrArray *known_lines(const GPtrArray *prints, const PageView *view,
                              const char **name)
{
    *name = NULL;
    for (guint i = 0; i < prints->len; i++) {
        const Print *print = prints->pdata[i];
        g_auto(Fit) fit = {0};
        if (grid_fit(print, view->cells, view->dpi, &fit) < MIN_CELLS)
            continue;
        g_auto(Picture) page = picture_of_page(view->grey, fit.scale_px_mm);
        Look look = {view, print, &fit, &page};
        GPtrArray *known = page.levels != NULL ? recognise(&look) : NULL;
        if (known == NULL)
            continue;
        *name = print_name(print);
        return known;
    }
    return NULL;
}

GPtrArray *prints_recognise(const GPtrArray *prints, const Layout *layout,
                            const Sheet *sheet, const char **name)
{
    g_auto(PageView) view = {.cells = g_array_new(false, false, sizeof(Rect)),
                             .lines = g_array_ref(layout->lines),
                             .dpi = layout->dpi,
                             .grey = sheet->grey};
    for (guint i = 0; i < layout->cells->len; i++)
        g_array_append_val(view.cells, g_array_index(layout->cells, Cell, i).box_px);
    GPtrArray *known = known_lines(prints, &view, name);
    if (known != NULL)
        return known;
    known = g_ptr_array_new_with_free_func((GDestroyNotify)text_line_free);
    g_ptr_array_set_size(known, (gint)layout->lines->len);
    return known;
}

static GArray *cells_of(const PageReading *reading)
{
    GArray *cells = g_array_new(false, false, sizeof(Rect));
    for (guint i = 0; i < reading->cells->len; i++)
        g_array_append_val(cells, g_array_index(reading->cells, ReadCell, i).box_px);
    return cells;
}

bool prints_apply(const GPtrArray *prints, PageReading *reading, PIX *grey)
{
    g_auto(PageView) view = {.cells = cells_of(reading),
                             .lines = g_array_new(false, false, sizeof(InkLine)),
                             .dpi = reading->dpi,
                             .grey = grey};
    const char *name;
    for (guint i = 0; i < reading->lines->len; i++) {
        const TextLine *line = reading->lines->pdata[i];
        InkLine ink = {line->box_px, line->cell};
        g_array_append_val(view.lines, ink);
    }
    g_autoptr(GPtrArray) known = known_lines(prints, &view, &name);
    for (guint i = 0; known != NULL && i < known->len; i++) {
        const TextLine *read = reading->lines->pdata[i];
        if (known->pdata[i] == NULL || read->is_from_file)
            continue;
        text_line_free(reading->lines->pdata[i]);
        reading->lines->pdata[i] = known->pdata[i];
        known->pdata[i] = NULL;
    }
    g_free(reading->print);
    reading->print = g_strdup(name);
    return name != NULL;
}

/* Whether a box that was found stands where a print has @place, or half a box from it. */
static bool has_box_at(const PageReading *reading, Rect place)
{
    int reach = place.width / 2;
    Rect around = {place.x - reach, place.y - reach, place.width + 2 * reach,
                   place.height + 2 * reach};
    for (guint i = 0; i < reading->ticks->len; i++)
        if (rect_contains_centre(around,
                                 g_array_index(reading->ticks, TickMark, i).box_px))
            return true;
    return false;
}

/* Whether @line is a print's: nothing that was recognised is as sure. */
static bool is_of_print(const TextLine *line)
{
    return line->weakest >= 1 && !line->is_from_file && !line->is_skipped;
}

bool prints_lack_boxes(const PageReading *reading)
{
    for (guint i = 0; i < reading->lines->len; i++) {
        const TextLine *line = reading->lines->pdata[i];
        for (guint k = 0; is_of_print(line) && k < line->glyphs->len; k++) {
            const Glyph *glyph = &g_array_index(line->glyphs, Glyph, k);
            if (strcmp(glyph->text, READING_TICK_BOX) == 0 &&
                !has_box_at(reading, glyph->box_px))
                return true;
        }
    }
    return false;
}

bool prints_may_be(const Print *print, const PageReading *reading)
{
    g_autoptr(GArray) cells = cells_of(reading);
    g_auto(Fit) fit = {0};
    return grid_fit(print, cells, reading->dpi, &fit) >= MIN_CELLS;
}
