/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tick boxes that were read, and whose squares the layout did not find: their frames are
 * thin or broken, a mark hides them, or most squares of the page are of another size. */
#include "reading/private.h"

#include <stdlib.h>

/* Recognition places characters roughly: up to two and a half boxes off. */
static const double NEAR_SIDES = 1.0, FAR_SIDES = 2.75;
/* Sides of boxes, of the height of the line they were read in. */
static const double LEAST_OF_LINE = 0.65, MOST_OF_LINE = 1.5;
/* Boxes of one page differ by so much, in blur. */
static const double SIZE_SHARE = 0.08;
/* So far a box may reach out of its line's ink, of its side. */
static const double OUT_OF_LINE = 0.35;
static const int SIZE_QUORUM = 2, COLUMN_QUORUM = 2, MAX_SEARCHES = 200;

/* A box as it was read, and the square that it is. */
typedef struct {
    Rect box_px; /* as wide as its character was taken to be, as high as its line */
    int cell;
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
                           -1};
            if (strcmp(glyph->text, READING_TICK_BOX) == 0)
                g_array_append_val(search->boxes, box);
        }
    }
}

static bool is_taken(const Search *search, int mark)
{
    for (guint i = 0; i < search->boxes->len; i++)
        if (box_at(search, i)->mark == mark)
            return true;
    return false;
}

/* the free square nearest to @box that lies up to @reach of its sides off; or -1 */
static int nearest_mark(const Search *search, const ReadBox *box, double reach)
{
    int best = -1, best_off = G_MAXINT;
    for (int i = 0; i < (int)search->marks->len; i++) {
        const BoxMark *mark = mark_at(search, i);
        int off = abs(mark->box_px.x - box->box_px.x);
        if (mark->cell != box->cell || off > reach * side_of(mark) || off >= best_off ||
            rect_overlap_y(mark->box_px, box->box_px) * 2 < mark->box_px.height ||
            (search->side_px > 0 && !is_side(side_of(mark), search->side_px)) ||
            is_taken(search, i))
            continue;
        best = i;
        best_off = off;
    }
    return best;
}

/* gives the boxes their squares; near ones first */
static void match_boxes(Search *search)
{
    for (int is_far = 0; is_far <= 1; is_far++)
        for (guint i = 0; i < search->boxes->len; i++) {
            ReadBox *box = box_at(search, i);
            if (box->mark < 0)
                box->mark = nearest_mark(search, box, is_far ? FAR_SIDES : NEAR_SIDES);
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

/* Looks for @box, of the page's size, near where it was read and then farther off. */
static bool find_box(Search *search, const ReadBox *box, BoxMark *found)
{
    for (int reach = 1; reach <= 2; reach++) {
        Rect place = place_of(&box->box_px, search->side_px,
                              (int)(reach * NEAR_SIDES * search->side_px));
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
        if (box_at(search, i)->mark < 0 && find_box(search, box_at(search, i), &found)) {
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
                 find_box(search, box_at(search, i), &other) &&
                 is_aligned(other.box_px, found->box_px);
    }
    return count;
}

/* Where the size is not known, that of a square at one box that others have, too. */
static void find_size(Search *search)
{
    int most = SIZE_QUORUM - 1, side_px = 0;
    for (guint i = 0; i < search->boxes->len; i++) {
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

GArray *boxes_with_read(const Sheet *sheet, const Layout *layout, const GPtrArray *lines)
{
    Search search = {.sheet = sheet, .layout = layout, .lines = lines};
    search.marks = g_array_copy(layout->boxes);
    g_autoptr(GArray) boxes = g_array_new(false, true, sizeof(ReadBox));
    search.boxes = boxes;
    collect_boxes(&search);
    match_boxes(&search);
    search.side_px = marks_size(&search);
    if (search.side_px == 0)
        find_size(&search);
    if (search.side_px == 0)
        return search.marks;
    for (guint i = 0; i < boxes->len; i++)
        box_at(&search, i)->mark = -1;
    match_boxes(&search);
    find_of_known_size(&search);
    find_in_columns(&search);
    return search.marks;
}
