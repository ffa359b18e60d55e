/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gaps before words, where tick boxes are printed. A thin copy loses the boxes' hair
 * lines, keeps a dash of them here and there, and keeps the marks of the pen: what stands
 * in a gap then tells whether its option is ticked. */
#include "reading/private.h"

#include "base/numbers.h"

/* All of the width of a Chinese character of the line. */
static const double GAP_MIN = 0.55, GAP_MAX = 2.0, GAP_HEIGHT = 1.5;
/* What the frame leaves are dashes along its sides; a pen's strokes slant. Less than the
 * second is dust, and the blur of a dash. */
static const double DASH = 0.13, MAX_SLANT_EMPTY = 0.03;
/* A dash at mid-height is none of a frame. */
static const double MIDDLE_FROM = 0.36, MIDDLE_TO = 0.64;
/* A mark is so large; of its ink so much belongs to no stroke along the axes that is as
 * long as this. */
static const double MARK_LEAST = 0.40, MARK_MOST = 2.0, LEVEL_STROKE = 0.40;
static const double MARK_SLANTING = 0.5;
/* Its strokes are so much thicker than those of the print beside it: then it is none of
 * that, and no copy that still shows print can have lost one like it. */
static const double THICKER = 1.3;
/* A row or a column crosses so many strokes of it, on the mean: ticks and crosses are two
 * strokes, most characters are more. */
static const double MAX_STROKES = 2.5;
/* Rests of one frame stand no farther apart, and are no wider; single dashes are so flat,
 * and stand nearer to words. */
static const double REST_APART = 0.3, REST_MOST = 1.4;
static const double DASH_APART = 0.12, DASH_HIGH = 0.25;
/* Its strokes are no thicker than those of print, and single dots come out thicker. */
static const double REST_THICK = 1.1;
/* The grey about ink. */
static const double HALO = 0.08;
static const int LEAST_STROKE_PX = 2, LEAST_CHARACTER_PX = 8;
static const double SURE_CHARACTER = 0.90;

/* What the print of a line is like, in pixels; nothing where there is none. */
typedef struct {
    int character; /* width of a Chinese one */
    double thick;  /* its strokes */
} Print;

static bool is_chinese(const Glyph *glyph)
{
    return classifier_kind_of(g_utf8_get_char(glyph->text)) == AMONG_CHINESE;
}

static bool is_sure(const Glyph *glyph)
{
    return is_chinese(glyph) && glyph->confidence >= SURE_CHARACTER;
}

static int count_ink(PIX *ink)
{
    l_int32 count = 0;
    return ink != NULL && pixCountPixels(ink, &count, NULL) == 0 ? count : 0;
}

static PIX *part_of(PIX *ink, Rect at)
{
    g_autoptr(BOX) box = boxCreate(at.x, at.y, at.width, at.height);
    return pixClipRectangle(ink, box, NULL);
}

static Rect foreground(PIX *ink)
{
    g_autoptr(BOX) box = NULL;
    Rect found = {0};
    if (ink != NULL && pixClipToForeground(ink, NULL, &box) == 0 && box != NULL)
        boxGetGeometry(box, &found.x, &found.y, &found.width, &found.height);
    return found;
}

/* Adds the ink of @ink, and twice its rim: a stroke has two pixels of rim for as much ink
 * as it is thick. A rim of four neighbours is too thin for strokes that slant, by as much
 * as one of eight is too thick. */
static void add_rim(PIX *ink, int *all, int *rim)
{
    g_autoptr(PIX) bordered = ink != NULL ? pixAddBorder(ink, 1, 0) : NULL;
    if (bordered == NULL)
        return;
    g_autoptr(PIX) eight = pixErodeBrick(NULL, bordered, 3, 3);
    g_autoptr(PIX) four = pixErodeBrick(NULL, bordered, 3, 1);
    g_autoptr(PIX) upright = pixErodeBrick(NULL, bordered, 1, 3);
    if (four != NULL && upright != NULL)
        pixAnd(four, four, upright);
    *all += count_ink(ink);
    *rim += 2 * count_ink(ink) - count_ink(eight) - count_ink(four);
}

static double thickness(PIX *ink)
{
    int all = 0, rim = 0;
    add_rim(ink, &all, &rim);
    return rim > 0 ? 4.0 * all / rim : 0;
}

/* by the characters of @line that its model gave @least_confidence or more */
static Print print_by(const Layout *layout, const TextLine *line, double least_confidence)
{
    g_autoptr(GArray) widths = g_array_new(false, false, sizeof(int));
    int all = 0, rim = 0;
    for (guint i = 0; i < line->glyphs->len; i++) {
        const Glyph *glyph = &g_array_index(line->glyphs, Glyph, i);
        if (!is_chinese(glyph) || glyph->confidence < least_confidence)
            continue;
        Rect own = {glyph->box_px.x, line->box_px.y, glyph->box_px.width,
                    line->box_px.height};
        g_autoptr(PIX) ink = part_of(layout->ink, own);
        add_rim(ink, &all, &rim);
        g_array_append_val(widths, glyph->box_px.width);
    }
    if (widths->len == 0 || rim == 0)
        return (Print){0};
    int character = ints_median((int *)(void *)widths->data, (int)widths->len);
    return character >= LEAST_CHARACTER_PX ? (Print){character, 4.0 * all / rim}
                                           : (Print){0};
}

static Print print_of(const Layout *layout, const TextLine *line)
{
    Print print = print_by(layout, line, SURE_CHARACTER);
    return print.thick > 0 ? print : print_by(layout, line, 0);
}

static int px_of(double share, int character_px)
{
    return MAX(LEAST_STROKE_PX, (int)lround(share * character_px));
}

/* @ink without strokes along the axes that are @length_px long or longer. Owned */
static PIX *without_level(PIX *ink, int length_px)
{
    g_autoptr(PIX) level = pixOpenBrick(NULL, ink, length_px, 1);
    g_autoptr(PIX) upright = pixOpenBrick(NULL, ink, 1, length_px);
    g_autoptr(PIX) rest = level != NULL ? pixSubtract(NULL, ink, level) : NULL;
    return rest != NULL && upright != NULL ? pixSubtract(NULL, rest, upright) : NULL;
}

/* how many strokes a row and a column of @ink cross, on the mean */
static double strokes_of(PIX *ink)
{
    int width = pixGetWidth(ink), height = pixGetHeight(ink);
    g_autoptr(PIX) right = pixAddBorderGeneral(ink, 1, 0, 0, 0, 0);
    g_autoptr(PIX) down = pixAddBorderGeneral(ink, 0, 0, 1, 0, 0);
    g_autoptr(PIX) starts = right != NULL ? pixSubtract(NULL, ink, right) : NULL;
    g_autoptr(PIX) tops = down != NULL ? pixSubtract(NULL, ink, down) : NULL;
    return MAX((double)count_ink(starts) / height, (double)count_ink(tops) / width);
}

/* whether @ink, one piece, is a mark of a pen beside such print */
static bool is_mark(PIX *ink, Print print)
{
    double least = MARK_LEAST * print.character, most = MARK_MOST * print.character;
    int width = pixGetWidth(ink), height = pixGetHeight(ink);
    if (MIN(width, height) < least || MAX(width, height) > most ||
        thickness(ink) < THICKER * print.thick || strokes_of(ink) > MAX_STROKES)
        return false;
    g_autoptr(PIX) slanting = without_level(ink, px_of(LEVEL_STROKE, print.character));
    return count_ink(slanting) >= MARK_SLANTING * count_ink(ink);
}

/* whether nothing is on @ink but dashes along the sides of a frame, and dots */
static bool is_of_frame(PIX *ink, Print print)
{
    int dash = px_of(DASH, print.character) + 1, height = pixGetHeight(ink);
    int from = (int)(MIDDLE_FROM * height);
    Rect middle = {0, from, pixGetWidth(ink), (int)(MIDDLE_TO * height) - from};
    g_autoptr(PIX) slanting = without_level(ink, dash);
    g_autoptr(PIX) level = pixOpenBrick(NULL, ink, dash, 1);
    return slanting != NULL && level != NULL &&
           thickness(ink) <= REST_THICK * print.thick &&
           count_ink(slanting) <= MAX_SLANT_EMPTY * print.character * print.character &&
           ink_share(level, middle) == 0;
}

/* The same, with a dash, or with dots as far from each other as corners are: dots above
 * each other are a colon's. */
static bool is_rest_of_frame(PIX *ink, Print print)
{
    g_autoptr(PIX) dots = without_level(ink, px_of(DASH, print.character) + 1);
    return dots != NULL && is_of_frame(ink, print) &&
           (count_ink(dots) < count_ink(ink) ||
            foreground(ink).width >= MARK_LEAST * print.character);
}

/* One mark, and beside it nothing but rests of a frame: ticked. Something, and it is all
 * of a frame: empty. */
static TickState state_of(PIX *ink, Print print)
{
    g_autoptr(PIXA) pieces = NULL;
    g_autoptr(BOXA) boxes = pixConnComp(ink, &pieces, 8);
    g_autoptr(PIX) rest = pixCopy(NULL, ink);
    int marks = 0;
    for (int i = 0; rest != NULL && boxes != NULL && i < boxaGetCount(boxes); i++) {
        Rect at = {0};
        g_autoptr(PIX) piece = pixaGetPix(pieces, i, L_CLONE);
        boxaGetBoxGeometry(boxes, i, &at.x, &at.y, &at.width, &at.height);
        bool is_cut = at.x == 0 || rect_right(at) == pixGetWidth(ink);
        if (is_cut || !is_mark(piece, print))
            continue;
        pixRasterop(rest, at.x, at.y, at.width, at.height, PIX_DST & PIX_NOT(PIX_SRC),
                    piece, 0, 0);
        marks++;
    }
    if (rest != NULL && marks == 1 && is_of_frame(rest, print))
        return TICK_TICKED;
    return rest != NULL && marks == 0 && is_rest_of_frame(rest, print) ? TICK_EMPTY
                                                                       : TICK_UNSURE;
}

/* Adds the marks of @ink, which lies at @at on the page. */
static void add_marks(PIX *ink, Rect at, Print print, GArray *marks)
{
    g_autoptr(PIXA) pieces = NULL;
    g_autoptr(BOXA) boxes = pixConnComp(ink, &pieces, 8);
    for (int i = 0; boxes != NULL && i < boxaGetCount(boxes); i++) {
        Rect mark = {0};
        g_autoptr(PIX) piece = pixaGetPix(pieces, i, L_CLONE);
        boxaGetBoxGeometry(boxes, i, &mark.x, &mark.y, &mark.width, &mark.height);
        mark.x += at.x;
        mark.y += at.y;
        mark = rect_grown(mark, px_of(HALO, print.character), G_MAXINT, G_MAXINT);
        if (is_mark(piece, print))
            g_array_append_val(marks, mark);
    }
}

/* Runs of columns with ink that are @apart_px or more from each other: Rect as high as
 * @ink, owned */
static GArray *runs_of(PIX *ink, int apart_px)
{
    GArray *runs = g_array_new(false, false, sizeof(Rect));
    g_autoptr(NUMA) columns = pixCountByColumn(ink, NULL);
    int from = -1, white = 0, width = columns != NULL ? pixGetWidth(ink) : 0;
    for (int x = 0; x < width + apart_px; x++) {
        l_float32 count = 0;
        bool is_ink = x < width && numaGetFValue(columns, x, &count) == 0 && count > 0;
        white = is_ink ? 0 : white + 1;
        if (is_ink && from < 0)
            from = x;
        if (from < 0 || white < apart_px)
            continue;
        Rect run = {from, 0, x + 1 - white - from, pixGetHeight(ink)};
        g_array_append_val(runs, run);
        from = -1;
    }
    return runs;
}

/* Adds what stands by itself on @ink, no wider than a box and no higher than @most_px,
 * and is all of a frame, and takes it off @ink. */
static void take_rests(PIX *ink, Rect at, Print print, double apart, double most_px,
                       GArray *marks)
{
    g_autoptr(GArray) runs = runs_of(ink, px_of(apart, print.character));
    for (guint i = 0; i < runs->len; i++) {
        Rect run = g_array_index(runs, Rect, i);
        g_autoptr(PIX) part =
            run.width <= REST_MOST * print.character ? part_of(ink, run) : NULL;
        if (part == NULL || foreground(part).height > most_px ||
            !is_of_frame(part, print))
            continue;
        g_autoptr(BOX) box = boxCreate(run.x, run.y, run.width, run.height);
        pixClearInRect(ink, box);
        run.x += at.x;
        run.y += at.y;
        run = rect_grown(run, px_of(HALO, print.character), G_MAXINT, G_MAXINT);
        g_array_append_val(marks, run);
    }
}

GArray *marks_on(const Layout *layout, const TextLine *line)
{
    GArray *marks = g_array_new(false, false, sizeof(Rect));
    Print print = line->cell >= 0 ? print_of(layout, line) : (Print){0};
    g_autoptr(PIX) ink = print.thick > 0 ? part_of(layout->ink, line->box_px) : NULL;
    if (ink == NULL)
        return marks;
    add_marks(ink, line->box_px, print, marks);
    if (marks->len == 0)
        return marks;
    take_rests(ink, line->box_px, print, REST_APART, G_MAXINT, marks);
    take_rests(ink, line->box_px, print, DASH_APART, DASH_HIGH * print.character, marks);
    return marks;
}

/* Where the last character that is surely one ends before @x_px in the row of @line. */
static int word_end_before(const GPtrArray *lines, const TextLine *line, int x_px)
{
    int end = 0;
    for (guint i = 0; i < lines->len; i++) {
        const TextLine *other = lines->pdata[i];
        if (other->boxless != NULL)
            other = other->boxless;
        if (other->cell != line->cell || other->glyphs == NULL ||
            rect_overlap_y(other->box_px, line->box_px) * 2 <
                MIN(other->box_px.height, line->box_px.height))
            continue;
        for (guint k = 0; k < other->glyphs->len; k++) {
            const Glyph *glyph = &g_array_index(other->glyphs, Glyph, k);
            if (is_sure(glyph) && rect_centre_x(glyph->box_px) < x_px)
                end = MAX(end, rect_right(glyph->box_px));
        }
    }
    return end;
}

/* The gap before @glyph of @line, as high as a mark may be; empty where there is none. */
static Rect gap_before(const Layout *layout, const GPtrArray *lines, const TextLine *line,
                       const Glyph *glyph, Print print)
{
    Rect own = {glyph->box_px.x, line->box_px.y, glyph->box_px.width,
                line->box_px.height};
    int left = MAX(word_end_before(lines, line, own.x),
                   own.x - (int)lround(GAP_MAX * print.character));
    if (own.x - left < GAP_MIN * print.character)
        return (Rect){0};
    g_autoptr(PIX) ink = part_of(layout->ink, own);
    Rect found = foreground(ink);
    if (rect_is_empty(found))
        return (Rect){0};
    int middle = own.y + found.y + found.height / 2;
    int half = (int)lround(GAP_HEIGHT * print.character / 2);
    return rect_intersection((Rect){left, middle - half, own.x - left, 2 * half},
                             g_array_index(layout->cells, Cell, line->cell).box_px);
}

/* Adds @gap where something stands in it. */
static void take_gap(PIX *page_ink, Rect gap, int cell, Print print, GArray *gaps)
{
    g_autoptr(PIX) ink = part_of(page_ink, gap);
    if (count_ink(ink) == 0)
        return;
    g_autoptr(PIX) slanting = without_level(ink, px_of(LEVEL_STROKE, print.character));
    double share = (double)count_ink(slanting) / print.character / print.character;
    TickMark mark = {gap, cell, state_of(ink, print), 0, MIN(1, share)};
    g_array_append_val(gaps, mark);
}

static void take_gaps_of(const Layout *layout, const GPtrArray *lines,
                         const TextLine *line, GArray *gaps)
{
    Print print = print_of(layout, line);
    for (guint i = 0; print.thick > 0 && i < line->glyphs->len; i++) {
        const Glyph *glyph = &g_array_index(line->glyphs, Glyph, i);
        Rect gap =
            is_chinese(glyph) ? gap_before(layout, lines, line, glyph, print) : (Rect){0};
        if (!rect_is_empty(gap) && gaps->len < LIMIT_CELLS_PER_PAGE)
            take_gap(layout->ink, gap, line->cell, print, gaps);
    }
}

GArray *gaps_find(const Layout *layout, const GPtrArray *lines)
{
    GArray *gaps = g_array_new(false, true, sizeof(TickMark));
    for (guint i = 0; i < lines->len; i++) {
        const TextLine *line = lines->pdata[i];
        if (line->boxless != NULL)
            line = line->boxless;
        if (line->cell >= 0 && line->glyphs != NULL)
            take_gaps_of(layout, lines, line, gaps);
    }
    return gaps;
}
