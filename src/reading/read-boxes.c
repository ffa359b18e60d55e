/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tick boxes that were read, and whose squares the layout did not find: their frames are
 * thin or broken, a mark hides them, or most squares of the page are of another size. */
#include "reading/private.h"

#include <stdlib.h>

/* Recognition places characters roughly, up to three boxes off, but in their order; those
 * beside each other it moves alike. */
static const double FAR_SIDES = 4.0;
/* Where the ink told where they stand they are off by no more than this. */
static const double PLACED_SIDES = 1.5;
/* A square with a longer level stroke in it is a character. */
static const double CHARACTER_BAR = 0.6;
/* Sides of boxes, of the height of the line they were read in. */
static const double LEAST_OF_LINE = 0.65, MOST_OF_LINE = 1.5;
/* Boxes of one page differ by so much, in blur. */
static const double SIZE_SHARE = 0.08;
/* So far a box may reach out of its line's ink, of its side. */
static const double OUT_OF_LINE = 0.35;
static const int SIZE_QUORUM = 2, COLUMN_QUORUM = 2;
/* Each takes one to ten milliseconds; no page needs so many. */
static const int MAX_SEARCHES = 200;
/* What is left of a frame lies in the outer quarter of its box. */
static const double CORE_INSET = 0.25;
static const guint MAX_IN_LINE = 200;

/* A box as it was read, and the square that it is. */
typedef struct {
    Rect box_px; /* as wide as its character was taken to be, as high as its line */
    int cell;
    guint line;
    int mark; /* index into the marks, or -1 */
} ReadBox;

typedef struct {
    const Sheet *sheet;
    const Layout *layout;
    const GPtrArray *lines;
    GArray *boxes; /* ReadBox */
    GArray *marks; /* BoxMark */
    int side_px;   /* the mean of width and height of the page's boxes; 0: unknown */
    int searches;
} Search;

static BoxMark *mark_at(const Search *search, int i)
{
    return &g_array_index(search->marks, BoxMark, i);
}

static ReadBox *box_at(const Search *search, guint i)
{
    return &g_array_index(search->boxes, ReadBox, i);
}

static int side_of(const BoxMark *mark)
{
    return (mark->box_px.width + mark->box_px.height + 1) / 2;
}

static bool is_side(int side_px, int other_px)
{
    return abs(side_px - other_px) <= MAX(2, (int)(SIZE_SHARE * other_px));
}

static void collect_boxes(Search *search)
{
    for (guint i = 0; i < search->lines->len; i++) {
        const TextLine *line = search->lines->pdata[i];
        for (guint g = 0; line->glyphs != NULL && g < line->glyphs->len; g++) {
            const Glyph *glyph = &g_array_index(line->glyphs, Glyph, g);
            ReadBox box = {{glyph->box_px.x, line->box_px.y, glyph->box_px.width,
                            line->box_px.height},
                           line->cell,
                           i,
                           -1};
            if (strcmp(glyph->text, READING_TICK_BOX) == 0)
                g_array_append_val(search->boxes, box);
        }
    }
}

/* how far off @box may have been read, in sides */
static double reach_of(const Search *search, const ReadBox *box)
{
    const TextLine *line = search->lines->pdata[box->line];
    return line->is_untraced ? FAR_SIDES : PLACED_SIDES;
}

/* how far @mark is from where @box was read, in pixels; -1 where it cannot be that */
static int off_from(const Search *search, const ReadBox *box, const BoxMark *mark)
{
    int off = abs(mark->box_px.x - box->box_px.x), side = side_of(mark);
    if (mark->cell != box->cell || off > reach_of(search, box) * side ||
        mark->longest_bar >= CHARACTER_BAR ||
        rect_overlap_y(mark->box_px, box->box_px) * 2 < mark->box_px.height ||
        (search->side_px > 0 && !is_side(side, search->side_px)))
        return -1;
    return off;
}

/* the squares that may be boxes of the line of @box, from left to right: int, owned */
static GArray *marks_beside(const Search *search, const ReadBox *box)
{
    GArray *beside = g_array_new(false, false, sizeof(int));
    Rect row = box->box_px;
    for (int i = 0; i < (int)search->marks->len; i++) {
        const BoxMark *mark = mark_at(search, i);
        guint at = 0;
        if (mark->cell != box->cell || rect_overlap_y(mark->box_px, row) == 0)
            continue;
        while (at < beside->len &&
               mark_at(search, g_array_index(beside, int, at))->box_px.x < mark->box_px.x)
            at++;
        g_array_insert_val(beside, at, i);
    }
    return beside;
}

/* Gives the @n boxes of one line from @first on their squares: as many as can be, both in
 * order, the nearest on the whole. */
static void match_line(Search *search, guint first, guint n)
{
    g_autoptr(GArray) beside = marks_beside(search, box_at(search, first));
    guint m = beside->len, width = m + 1;
    const int without = 1 << 16; /* over the sum of all offsets */
    g_autofree int *cost = g_new0(int, (gsize)(n + 1) * width);
    for (guint i = 1; i <= n; i++)
        for (guint j = 0; j <= m; j++) {
            int *here = &cost[i * width + j];
            *here = here[-(int)width] + without;
            if (j == 0)
                continue;
            *here = MIN(*here, here[-1]);
            int off = off_from(search, box_at(search, first + i - 1),
                               mark_at(search, g_array_index(beside, int, j - 1)));
            if (off >= 0)
                *here = MIN(*here, cost[(i - 1) * width + j - 1] + off);
        }
    for (guint i = n, j = m; i > 0;) {
        int here = cost[i * width + j];
        if (j > 0 && here == cost[i * width + j - 1]) {
            j--;
            continue;
        }
        ReadBox *box = box_at(search, first + --i);
        box->mark = -1;
        if (here != cost[i * width + j] + without)
            box->mark = g_array_index(beside, int, --j);
    }
}

/* gives the boxes their squares, line by line */
static void match_boxes(Search *search)
{
    for (guint i = 0, n; i < search->boxes->len; i += n) {
        n = 1;
        while (i + n < search->boxes->len && n < MAX_IN_LINE &&
               box_at(search, i + n)->line == box_at(search, i)->line)
            n++;
        match_line(search, i, n);
    }
}

/* the side that most of @marks have, at least SIZE_QUORUM of them; else 0 */
static int common_side(const GArray *marks)
{
    int best = 0, most = SIZE_QUORUM - 1;
    for (guint i = 0; i < marks->len; i++) {
        int side = side_of(&g_array_index(marks, BoxMark, i)), count = 0, sum = 0;
        for (guint k = 0; k < marks->len; k++) {
            int other = side_of(&g_array_index(marks, BoxMark, k));
            if (is_side(other, side)) {
                count++;
                sum += other;
            }
        }
        if (count > most) {
            most = count;
            best = (sum + count / 2) / count;
        }
    }
    return best;
}

/* Takes @found for a box; squares that it shares ink with are none.
 * Returns: its index */
static int add_mark(Search *search, const BoxMark *found)
{
    for (int i = (int)search->marks->len; i-- > 0;) {
        Rect shared = rect_intersection(mark_at(search, i)->box_px, found->box_px);
        if (shared.width * 3 <= found->box_px.width ||
            shared.height * 3 <= found->box_px.height)
            continue;
        g_array_remove_index(search->marks, (guint)i);
        for (guint k = 0; k < search->boxes->len; k++) {
            ReadBox *box = box_at(search, k);
            box->mark = box->mark == i ? -1 : box->mark > i ? box->mark - 1 : box->mark;
        }
    }
    g_array_append_val(search->marks, *found);
    return (int)search->marks->len - 1;
}

/* whether @rect shares much with the square of another box */
static bool is_of_other(const Search *search, Rect rect)
{
    for (guint i = 0; i < search->boxes->len; i++) {
        const ReadBox *box = box_at(search, i);
        if (box->mark < 0)
            continue;
        Rect shared = rect_intersection(mark_at(search, box->mark)->box_px, rect);
        if (shared.width * 4 > rect.width && shared.height * 4 > rect.height)
            return true;
    }
    return false;
}

/* a place around @box for squares @side_px wide, @reach_px to both sides */
static Rect place_of(const Rect *box, int side_px, int reach_px)
{
    int out = (int)(OUT_OF_LINE * side_px);
    return (Rect){box->x - reach_px, box->y - out, side_px + 2 * reach_px,
                  MAX(box->height, side_px) + 2 * out};
}

/* looks for a box of about the page's size in @place */
static bool search_place(Search *search, Rect place, BoxHint hint, BoxMark *found)
{
    return ++search->searches <= MAX_SEARCHES &&
           layout_box_near(search->layout, search->sheet, place, hint,
                           search->side_px - 1, search->side_px + 1, found) &&
           !is_of_other(search, found->box_px);
}

/* the nearest box of its line, from @i on in steps of @step, that has its square; or -1
 */
static int neighbour_of(const Search *search, guint i, int step)
{
    guint line = box_at(search, i)->line;
    for (int k = (int)i + step; k >= 0 && k < (int)search->boxes->len; k += step) {
        if (box_at(search, (guint)k)->line != line)
            break;
        if (box_at(search, (guint)k)->mark >= 0)
            return k;
    }
    return -1;
}

/* Looks for box @i, of the page's size, as far off from where it was read as the box
 * beside it, and on its level. */
static bool find_beside(Search *search, guint i, int neighbour, BoxMark *found)
{
    const ReadBox *box = box_at(search, i), *other = box_at(search, (guint)neighbour);
    Rect known = mark_at(search, other->mark)->box_px, at = box->box_px;
    at.x += known.x - other->box_px.x;
    return search_place(search, place_of(&at, search->side_px, search->side_px),
                        BOX_OF_SIDE, found) &&
           found->cell == box->cell &&
           abs(found->box_px.y - known.y) <= LAYOUT_SAME_SIDE_PX;
}

/* Looks for box @i where it was read and then farther off. */
static bool find_box(Search *search, guint i, BoxMark *found)
{
    const ReadBox *box = box_at(search, i);
    int before = neighbour_of(search, i, -1), after = neighbour_of(search, i, 1);
    if (before >= 0 || after >= 0)
        return (before >= 0 && find_beside(search, i, before, found)) ||
               (after >= 0 && find_beside(search, i, after, found));
    for (int reach = 1; reach <= 2; reach++) {
        Rect place = place_of(&box->box_px, search->side_px, reach * search->side_px);
        if (search_place(search, place, BOX_OF_SIDE, found) && found->cell == box->cell)
            return true;
    }
    return false;
}

/* Where the page's size is known, boxes without a square are looked for with it. */
static void find_of_known_size(Search *search)
{
    for (guint i = 0; i < search->boxes->len; i++) {
        BoxMark found;
        if (box_at(search, i)->mark < 0 && find_box(search, i, &found)) {
            int mark = add_mark(search, &found);
            box_at(search, i)->mark = mark;
        }
    }
}

/* whether boxes of one row or column stand at @one and @other */
static bool is_aligned(Rect one, Rect other)
{
    return abs(one.x - other.x) <= LAYOUT_SAME_SIDE_PX ||
           abs(one.y - other.y) <= LAYOUT_SAME_SIDE_PX;
}

/* How many boxes show squares of the size of @found, which is box @owner, in its row or
 * column. */
static int count_like(Search *search, guint owner, const BoxMark *found)
{
    int count = 1;
    search->side_px = side_of(found);
    for (guint i = 0; i < search->boxes->len; i++) {
        BoxMark other;
        count += i != owner && box_at(search, i)->cell == found->cell &&
                 find_box(search, i, &other) && is_aligned(other.box_px, found->box_px);
    }
    return count;
}

/* Where the size is not known, that of a square at one box that others have, too. */
static void find_size(Search *search)
{
    int most = SIZE_QUORUM - 1, side_px = 0;
    for (guint i = 0; i < search->boxes->len && ++search->searches <= MAX_SEARCHES; i++) {
        const ReadBox *box = box_at(search, i);
        int high = (int)(MOST_OF_LINE * box->box_px.height);
        BoxMark found;
        if (!layout_box_near(search->layout, search->sheet,
                             place_of(&box->box_px, high, high), BOX_OF_ANY_SIDE,
                             (int)(LEAST_OF_LINE * box->box_px.height), high, &found) ||
            found.cell != box->cell)
            continue;
        int count = count_like(search, i, &found);
        if (count > most) {
            most = count;
            side_px = side_of(&found);
        }
    }
    search->side_px = side_px;
}

static int marks_size(Search *search)
{
    g_autoptr(GArray) matched = g_array_new(false, true, sizeof(BoxMark));
    for (guint i = 0; i < search->boxes->len; i++)
        if (box_at(search, i)->mark >= 0)
            g_array_append_val(matched, *mark_at(search, box_at(search, i)->mark));
    return common_side(matched);
}

/* how many boxes of @cell that were read stand above each other at @x_px */
static int count_in_column(const Search *search, int cell, int x_px)
{
    int count = 0;
    for (guint i = 0; i < search->boxes->len; i++) {
        const ReadBox *box = box_at(search, i);
        count += box->mark >= 0 && box->cell == cell &&
                 abs(mark_at(search, box->mark)->box_px.x - x_px) <= LAYOUT_SAME_SIDE_PX;
    }
    return count;
}

/* whether a square of the page's size stands at @x_px on @line */
static bool has_box_at(const Search *search, const TextLine *line, int x_px)
{
    for (int i = 0; i < (int)search->marks->len; i++) {
        const BoxMark *mark = mark_at(search, i);
        if (abs(mark->box_px.x - x_px) <= LAYOUT_SAME_SIDE_PX &&
            is_side(side_of(mark), search->side_px) &&
            rect_overlap_y(mark->box_px, line->box_px) * 2 > mark->box_px.height)
            return true;
    }
    return false;
}

/* Boxes stand above each other, one on each line: where one was not read, because of the
 * mark in it, it is looked for in their column. */
static void find_in_column(Search *search, Rect box_px, int cell)
{
    for (guint i = 0; i < search->lines->len; i++) {
        const TextLine *line = search->lines->pdata[i];
        BoxMark found;
        if (line->cell != cell || rect_overlap_x(line->box_px, box_px) == 0 ||
            has_box_at(search, line, box_px.x))
            continue;
        Rect at = {box_px.x, line->box_px.y, box_px.width, line->box_px.height};
        Rect place = place_of(&at, search->side_px, LAYOUT_SAME_SIDE_PX);
        if (search_place(search, place, BOX_IN_COLUMN, &found))
            add_mark(search, &found);
    }
}

static void find_in_columns(Search *search)
{
    for (guint i = 0; i < search->boxes->len; i++) {
        const ReadBox *box = box_at(search, i);
        if (box->mark < 0)
            continue;
        Rect box_px = mark_at(search, box->mark)->box_px;
        if (count_in_column(search, box->cell, box_px.x) >= COLUMN_QUORUM)
            find_in_column(search, box_px, box->cell);
    }
}

/* the share of ink in the core of @box, which no frame reaches */
static double core_ink(PIX *ink, Rect box)
{
    int inset_x = (int)(CORE_INSET * box.width), inset_y = (int)(CORE_INSET * box.height);
    Rect core = {box.x + inset_x, box.y + inset_y, box.width - 2 * inset_x,
                 box.height - 2 * inset_y};
    return ink_share(ink, core);
}

/* Boxes that were read and have no frame left, as on thin copies. */
static void add_frameless(Search *search)
{
    for (guint i = 0; i < search->boxes->len; i++) {
        const ReadBox *box = box_at(search, i);
        if (box->mark >= 0)
            continue;
        int side = search->side_px > 0 ? search->side_px
                                       : MIN(box->box_px.width, box->box_px.height);
        Rect at = {box->box_px.x + (box->box_px.width - side) / 2,
                   box->box_px.y + (box->box_px.height - side) / 2, side, side};
        BoxMark mark = {.box_px = at,
                        .cell = box->cell,
                        .inside_ink = core_ink(search->layout->ink, at)};
        g_array_append_val(search->marks, mark);
    }
}

static void find_boxes(Search *search)
{
    match_boxes(search);
    search->side_px = marks_size(search);
    if (search->side_px == 0)
        find_size(search);
    if (search->side_px == 0)
        return;
    match_boxes(search);
    find_of_known_size(search);
    find_in_columns(search);
}

GArray *boxes_with_read(const Sheet *sheet, const Layout *layout, const GPtrArray *lines)
{
    Search search = {.sheet = sheet, .layout = layout, .lines = lines};
    search.marks = g_array_copy(layout->boxes);
    g_autoptr(GArray) boxes = g_array_new(false, true, sizeof(ReadBox));
    search.boxes = boxes;
    collect_boxes(&search);
    find_boxes(&search);
    add_frameless(&search);
    return search.marks;
}
