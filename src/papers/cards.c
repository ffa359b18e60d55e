/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several cards copied onto one page: two people's, above or beside each other, or a
 * front with its back beside it. Each is read by itself, as if nothing else were on the
 * page.
 *
 * Where a side of a card is, its labels tell: they stand in the order of the declaration
 * from the top to the bottom, the first one of them at the left. */
#include "papers/private.h"

#include "base/text.h"

/* A side of a card is told by two labels of it at least; one may stand in a sentence. */
#define LEAST_LABELS 2
/* The sides of one card that lie above each other begin at the same place, more or less:
 * half the width of a card. */
#define SAME_COLUMN_MM 43.0
/* ISO/IEC 7810 ID-1 */
#define CARD_HEIGHT_MM 54.0
/* Labels of one card begin at one place, but for so many of their heights. */
#define SLACK_HEIGHTS 2
/* How far the next card's line may be to a line, for each that it is right of its left.
 */
static const double RIGHT_SHARE = 0.25;

typedef struct {
    guint field; /* index into the declaration's */
    Rect box_px;
} Label;

/* One side of one card. */
typedef struct {
    bool is_back;
    Rect seed_px, box_px; /* of its first label; of all its labels */
    int labels;
    int card; /* index into the cards, -1: none yet */
    Rect area_px;
    GPtrArray *lines; /* const TextLine * */
} Side;

static void side_free(Side *side)
{
    g_ptr_array_unref(side->lines);
    g_free(side);
}

/* Wherever @text is on @page, for the @field-th field. */
static void add_labels(GArray *labels, const PageReading *page, guint field,
                       const char *text)
{
    for (guint i = 0; i < page->lines->len; i++) {
        g_auto(Run) run = {0};
        run_init(&run);
        run_add_line(&run, page->lines->pdata[i]);
        int start, end, from = 0;
        while (run_find(&run, text, from, label_tolerance(text), &start, &end) >= 0 &&
               end > start) {
            Label label = {field, run_box(&run, start, end)};
            g_array_append_val(labels, label);
            from = end;
        }
    }
}

static bool is_of_side(const FieldDecl *field, bool is_back)
{
    return g_strcmp0(field->side, is_back ? "back" : "front") == 0;
}

/* The labels of one side; two fields behind one label have it once. */
static GArray *labels_of_side(const PageReading *page, const ClassDecl *decl,
                              bool is_back)
{
    GArray *labels = g_array_new(false, false, sizeof(Label));
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < decl->fields->len; i++) {
        const FieldDecl *field = decl->fields->pdata[i];
        for (guint k = 0; is_of_side(field, is_back) && field->labels != NULL &&
                          field->labels[k] != NULL;
             k++)
            if (g_hash_table_add(known, field->labels[k]))
                add_labels(labels, page, i, field->labels[k]);
    }
    return labels;
}

/* The field whose label is there most often: once on each card, if it was read on all. */
static guint seed_field(const GArray *labels, int *count)
{
    guint best = 0;
    *count = 0;
    for (guint i = 0; i < labels->len; i++) {
        int same = 0;
        for (guint k = 0; k < labels->len; k++)
            same += g_array_index(labels, Label, k).field ==
                    g_array_index(labels, Label, i).field;
        if (same > *count) {
            *count = same;
            best = g_array_index(labels, Label, i).field;
        }
    }
    return best;
}

/* How far @label is from where it may stand on the card with @seed; -1: not on that */
static int distance(const Label *label, const Side *side, guint seed)
{
    int slack_px = side->seed_px.height / 2;
    int dx = label->box_px.x - side->seed_px.x;
    int dy = label->box_px.y - side->seed_px.y;
    if (label->field < seed)
        dy = -dy;
    if (dy < -slack_px || dx < -4 * slack_px)
        return -1;
    return MAX(dy, 0) + ABS(dx);
}

static void take_label(GPtrArray *sides, guint first, const Label *label, guint seed)
{
    Side *best = NULL;
    int least = G_MAXINT;
    for (guint i = first; i < sides->len; i++) {
        int far = distance(label, sides->pdata[i], seed);
        if (far >= 0 && far < least) {
            least = far;
            best = sides->pdata[i];
        }
    }
    if (best != NULL) {
        best->labels++;
        best->box_px = rect_union(best->box_px, label->box_px);
    }
}

static void find_sides(GPtrArray *sides, const PageReading *page, const ClassDecl *decl,
                       bool is_back)
{
    g_autoptr(GArray) labels = labels_of_side(page, decl, is_back);
    int count;
    guint seed = seed_field(labels, &count), first = sides->len;
    for (guint i = 0; i < labels->len; i++) {
        const Label *label = &g_array_index(labels, Label, i);
        if (label->field != seed)
            continue;
        Side *side = g_new0(Side, 1);
        *side =
            (Side){is_back, label->box_px, label->box_px, 1, -1, {0}, g_ptr_array_new()};
        g_ptr_array_add(sides, side);
    }
    for (guint i = 0; i < labels->len; i++)
        if (g_array_index(labels, Label, i).field != seed)
            take_label(sides, first, &g_array_index(labels, Label, i), seed);
    for (guint i = sides->len; i-- > first;)
        if (((Side *)sides->pdata[i])->labels < LEAST_LABELS)
            g_ptr_array_remove_index(sides, i);
}

static int count_sides(const GPtrArray *sides, bool is_back)
{
    int count = 0;
    for (guint i = 0; i < sides->len; i++)
        count += ((Side *)sides->pdata[i])->is_back == is_back;
    return count;
}

static bool are_in_row(const Side *a, const Side *b)
{
    return rect_overlap_y(a->box_px, b->box_px) > 0;
}

static bool are_in_column(const Side *a, const Side *b, const PageReading *page)
{
    return mm_of(ABS(a->box_px.x - b->box_px.x), page) < SAME_COLUMN_MM;
}

/* --- lines --- */

/* How far @a is above or below @b; 0 beside it. */
static int gap_between(Rect a, Rect b)
{
    return MAX(MAX(b.y - rect_bottom(a), a.y - rect_bottom(b)), 0);
}

/* Whether @line begins right of the left edge of a card that lies right of @side, and no
 * further above or below its labels than a card is high. */
static bool is_of_card_beside(const TextLine *line, const Side *side,
                              const GPtrArray *sides, const PageReading *page)
{
    for (guint i = 0; i < sides->len; i++) {
        const Side *other = sides->pdata[i];
        if (mm_of(other->box_px.x - side->box_px.x, page) >= SAME_COLUMN_MM &&
            line->box_px.x >= other->box_px.x - SLACK_HEIGHTS * other->seed_px.height &&
            mm_of(gap_between(line->box_px, other->box_px), page) <= CARD_HEIGHT_MM)
            return true;
    }
    return false;
}

/* Every line goes to the side that it is nearest to, of those that begin left of it. */
static void deal_lines(GPtrArray *sides, const PageReading *page)
{
    for (guint i = 0; i < page->lines->len; i++) {
        TextLine *line = page->lines->pdata[i];
        Side *best = NULL;
        double least = G_MAXDOUBLE;
        for (guint k = 0; k < sides->len; k++) {
            Side *side = sides->pdata[k];
            int right_px = line->box_px.x - side->box_px.x;
            double far =
                gap_between(line->box_px, side->box_px) + RIGHT_SHARE * MAX(right_px, 0);
            if (right_px >= -SLACK_HEIGHTS * side->seed_px.height && far < least &&
                !is_of_card_beside(line, side, sides, page)) {
                least = far;
                best = side;
            }
        }
        if (best == NULL)
            continue;
        g_ptr_array_add(best->lines, line);
        best->area_px = rect_union(best->area_px, line->box_px);
    }
}

/* --- which back is whose --- */

static int by_place(gconstpointer a, gconstpointer b)
{
    const Side *one = *(Side *const *)a, *other = *(Side *const *)b;
    if (!are_in_row(one, other))
        return one->box_px.y - other->box_px.y;
    return one->box_px.x - other->box_px.x;
}

/* Whether the fronts, or with @is_row the other way round, all stand above each other. */
static bool fronts_are(const GPtrArray *sides, const PageReading *page, bool is_row)
{
    for (guint i = 0; i < sides->len; i++)
        for (guint k = 0; k < i; k++) {
            const Side *a = sides->pdata[i], *b = sides->pdata[k];
            if (!a->is_back && !b->is_back &&
                !(is_row ? are_in_row(a, b) : are_in_column(a, b, page)))
                return false;
        }
    return true;
}

/* Whether the sides go front, back, front, back from the top to the bottom. */
static bool alternates(const GPtrArray *sides)
{
    for (guint i = 0; i < sides->len; i++) {
        const Side *side = sides->pdata[i];
        if (side->is_back != (i % 2 == 1) ||
            (i > 0 && are_in_row(side, sides->pdata[i - 1])))
            return false;
    }
    return true;
}

static Side *only_front(const GPtrArray *sides)
{
    for (guint i = 0; i < sides->len; i++)
        if (!((Side *)sides->pdata[i])->is_back)
            return sides->pdata[i];
    return NULL;
}

/* The front of the card whose back @back is: under it where fronts lie side by side,
 * beside it where they lie above each other, or above it where backs take turns with
 * them. Where that is not plain the back stays by itself. Returns: or NULL */
static Side *front_of(const GPtrArray *sides, const Side *back, const PageReading *page)
{
    bool is_row = fronts_are(sides, page, true),
         is_column = fronts_are(sides, page, false);
    bool has_turns = alternates(sides);
    Side *front = NULL;
    if (count_sides(sides, false) == 1)
        return count_sides(sides, true) == 1 ? only_front(sides) : NULL;
    for (guint i = 0; i < sides->len; i++) {
        Side *side = sides->pdata[i];
        if (side->is_back)
            continue;
        bool is_its = is_row ? are_in_column(side, back, page)
                      : is_column
                          ? are_in_row(side, back) || (has_turns && i + 1 < sides->len &&
                                                       sides->pdata[i + 1] == back)
                          : false;
        if (is_its && front != NULL)
            return NULL;
        front = is_its ? side : front;
    }
    return front;
}

/* Numbers the cards. Returns: how many */
static int pair_sides(GPtrArray *sides, const PageReading *page)
{
    int cards = 0;
    for (guint i = 0; i < sides->len; i++)
        if (!((Side *)sides->pdata[i])->is_back)
            ((Side *)sides->pdata[i])->card = cards++;
    for (guint i = 0; i < sides->len; i++) {
        Side *side = sides->pdata[i], *front = NULL;
        if (!side->is_back)
            continue;
        front = front_of(sides, side, page);
        bool is_taken = false;
        for (guint k = 0; front != NULL && k < i; k++)
            is_taken |= ((Side *)sides->pdata[k])->is_back &&
                        ((Side *)sides->pdata[k])->card == front->card;
        side->card = front != NULL && !is_taken ? front->card : cards++;
    }
    return cards;
}

/* --- pages with one card each --- */

static void page_of_card_free(PageReading *page)
{
    g_ptr_array_unref(page->lines);
    g_array_unref(page->papers);
    g_free(page);
}

/* A copy of @page with the lines of one card alone; all else is the page's. */
static PageReading *page_of_card(const PageReading *page, const GPtrArray *sides,
                                 int card)
{
    PageReading *copy = g_new(PageReading, 1);
    *copy = *page;
    copy->lines = g_ptr_array_new();
    copy->papers = g_array_new(false, false, sizeof(Rect));
    for (guint i = 0; i < sides->len; i++) {
        const Side *side = sides->pdata[i];
        if (side->card != card)
            continue;
        g_ptr_array_extend(copy->lines, side->lines, NULL, NULL);
        g_array_append_val(copy->papers, side->area_px);
    }
    return copy;
}

GPtrArray *cards_of_page(const PageReading *page, const ClassDecl *decl)
{
    g_autoptr(GPtrArray) sides =
        g_ptr_array_new_with_free_func((GDestroyNotify)side_free);
    find_sides(sides, page, decl, false);
    find_sides(sides, page, decl, true);
    bool is_several = count_sides(sides, false) > 1 || count_sides(sides, true) > 1;
    bool is_beside = sides->len == 2 && are_in_row(sides->pdata[0], sides->pdata[1]);
    if (!is_several && !is_beside)
        return NULL;
    g_ptr_array_sort(sides, by_place);
    deal_lines(sides, page);
    int count = pair_sides(sides, page);
    GPtrArray *cards = g_ptr_array_new_with_free_func((GDestroyNotify)page_of_card_free);
    for (int i = 0; i < count; i++)
        g_ptr_array_add(cards, page_of_card(page, sides, i));
    return cards;
}
