/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tick boxes by their four straight sides, so that what is drawn into, through or beside
 * a box does not hide it. */
#include "layout/private.h"

static const double MIN_SIDE_MM = FRAME_MIN_SIDE_MM, MAX_SIDE_MM = FRAME_MAX_SIDE_MM;
/* Straight strokes from this length are sides in question. */
static const double STROKE_MM = 1.45;
/* Strokes thicker than this are not the frame of an empty box. */
static const double FRAME_MM = 0.8;
/* A tick joins its box with the characters beside it, and their strokes become one; what
 * is wider than this is a picture. */
static const double JOINED_MM = 40;
/* Where the page's boxes are printed whole, all of them are at least so. */
static const double GOOD_SQUARENESS = 0.95, WHOLE_SQUARENESS = 0.97;
/* Boxes of one page are of one size. */
static const double SIZE_SHARE = 0.12;
static const int SIZE_QUORUM = 3, SURE_QUORUM = 2;
static const int LARGER_VOTES = 2; /* one that is sure, or two with a mark */
/* Squares within characters are smaller than this share of the print's height; where they
 * are the commonest, boxes may be few and larger by this at least. */
static const double IN_PRINT_SHARE = 0.85, LARGER_BY = 1.2;
/* A box's sides differ by so much at most, in blur; those of a 0 by more. */
static const double UNEVEN_SHARE = 0.06;
/* Marks inside: from where on there is one, from where on it may be a dark area, and the
 * level stroke that only characters have. */
static const double MARKED_INK = 0.05, FILLED_INK = 0.6, CHARACTER_BAR = 0.6;
static const double LONGER_SHARE = 0.12; /* a tick flush with its box's top */
static const double FLAWLESS = 0.99, CROSSED_RING_INK = 0.10;
#define MAX_STROKES 20000
#define MAX_BOXES 600
/* A form has up to twenty thousand, with a seal on it forty; what has more is a picture.
 * A hundred thousand take 0.8 s. */
#define MAX_TRIES 100000
#define RECENT_TRIES 4096
#define LATELY_FOUND 64

static int compare_by_x(gconstpointer a, gconstpointer b)
{
    return ((const Rect *)a)->x - ((const Rect *)b)->x;
}

/* In something thick, a side with a mark on it, sides begin and end where the amount of
 * ink in a column jumps. @columns: ink in each column of @box */
static void add_thick(GArray *strokes, Rect box, const int *columns, int length)
{
    int jump = MAX(2, length / 3);
    for (int i = 0; i < box.width; i++) {
        int before = i >= 2 ? columns[i - 2] : 0;
        int after = i < box.width - 2 ? columns[i + 2] : 0;
        Rect part = {box.x + i, box.y, 3, box.height};
        if (i <= box.width - 3 && columns[i] - before >= jump)
            g_array_append_val(strokes, part);
        part.x -= 2;
        if (i >= 2 && columns[i] - after >= jump)
            g_array_append_val(strokes, part);
    }
}

/* ink in each column of each blob, one blob after the other; @start: where each begins */
static int *columns_of(const BlobSet *set, int *start)
{
    int total = 0;
    for (int i = 0; i < set->count; i++) {
        start[i] = total;
        total += set->blobs[i].box_px.width;
    }
    int *columns = g_new0(int, (gsize)total + 1);
    for (int i = 0; i < set->run_count; i++) {
        const struct InkRun *run = &set->runs[i];
        for (int x = run->x0; x < run->x1; x++)
            columns[start[run->blob] + x - set->blobs[run->blob].box_px.x]++;
    }
    return columns;
}

/* straight upright strokes; a stroke may wander by a pixel and have a gap of two */
static GArray *strokes_find(PIX *small, int length, int thickest, int widest)
{
    GArray *strokes = g_array_new(FALSE, FALSE, sizeof(Rect));
    g_autoptr(PIX) wide = pixDilateBrick(NULL, small, 3, 1);
    g_autoptr(PIX) whole = wide != NULL ? pixCloseBrick(NULL, wide, 1, 3) : NULL;
    g_autoptr(PIX) runs = whole != NULL ? pixOpenBrick(NULL, whole, 1, length) : NULL;
    g_autoptr(BlobSet) set = runs != NULL ? blobs_find(runs, BLOBS_MAX_RUNS) : NULL;
    if (set == NULL)
        return strokes;
    g_autofree int *start = g_new(int, (gsize)set->count + 1);
    g_autofree int *columns = columns_of(set, start);
    for (int i = 0; i < set->count && strokes->len < MAX_STROKES; i++) {
        Rect box = set->blobs[i].box_px;
        if (box.width - 2 <= thickest)
            g_array_append_val(strokes, box);
        else if (box.width <= widest)
            add_thick(strokes, box, columns + start[i], length);
    }
    g_array_sort(strokes, compare_by_x);
    return strokes;
}

typedef struct {
    PIX *ink;           /* full size, borrowed: what lies inside is measured here */
    Plane planes[2];    /* full size, also with faint ink: frames are looked for here */
    PIX *small;         /* 1 bpp at about 150 dpi, owned */
    int reduction, dpi; /* of small */
    PIX *level;         /* small, where a level line may wander by a pixel; owned */
    GArray *upright;    /* Rect, upright strokes in small */
    GArray *found;      /* Frame */
    int tries;          /* squares measured so far */
    guint64 *recent;    /* those of the last ones; RECENT_TRIES of them */
    int slack_px;       /* full size: how far a side may be from where it was guessed */
} Search;

/* Thick strokes have edges that make the same square many times. */
static bool is_tried(Search *search, Rect box)
{
    guint64 key = (guint64)(box.x & 0xffff) << 48 | (guint64)(box.y & 0xffff) << 32 |
                  (guint64)(box.width & 0xffff) << 16 | (guint64)(box.height & 0xffff);
    guint64 *slot = &search->recent[key * 0x9e3779b97f4a7c15u >> 52];
    bool is_same = *slot == key;
    *slot = key;
    return is_same;
}

/* Guesses that differ by a pixel lead to one frame, soon after each other. */
static bool is_found_already(const GArray *found, const Frame *frame)
{
    for (guint i = found->len; i-- > 0 && i + LATELY_FOUND >= found->len;) {
        const Frame *other = &g_array_index(found, Frame, i);
        if (memcmp(&other->mark.box_px, &frame->mark.box_px, sizeof(Rect)) == 0 &&
            other->mark.squareness == frame->mark.squareness &&
            other->mark.inside_ink == frame->mark.inside_ink)
            return true;
    }
    return false;
}

static void add_found(Search *search, Rect small_box)
{
    if (search->found->len >= MAX_BOXES * 4 || is_tried(search, small_box) ||
        ++search->tries > MAX_TRIES)
        return;
    int n = search->reduction;
    Rect guess = {small_box.x * n, small_box.y * n, small_box.width * n,
                  small_box.height * n};
    Frame frame;
    if (frame_measure(search->ink, search->planes, guess, search->slack_px,
                      search->dpi * n, &FRAME_STRICT, &frame) &&
        !is_found_already(search->found, &frame))
        g_array_append_val(search->found, frame);
}

static int first_at(const GArray *sorted, int x)
{
    guint low = 0, high = sorted->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(sorted, Rect, middle).x < x)
            low = middle + 1;
        else
            high = middle;
    }
    return (int)low;
}

/* rows from @y0 to @y1 that are ink from @x0 to @x1 for the most part: the middle of thin
 * ones, both edges of thick ones */
static int full_rows(const Search *search, int x0, int x1, int y0, int y1, int *rows,
                     int max)
{
    int count = 0, start = -1;
    x0 = MAX(0, x0);
    x1 = MIN(x1, pixGetWidth(search->level));
    y0 = MAX(0, y0);
    y1 = MIN(y1, pixGetHeight(search->level) - 1);
    for (int y = y0; y <= y1 + 1; y++) {
        const l_uint32 *line =
            pixGetData(search->level) + (size_t)y * (size_t)pixGetWpl(search->level);
        bool is_full = y <= y1 && x1 > x0 && count_bits(line, x0, x1) >= 0.75 * (x1 - x0);
        if (is_full && start < 0)
            start = y;
        if (is_full || start < 0)
            continue;
        if (y - start <= 5 && count < max) {
            rows[count++] = (start + y - 1) / 2;
        } else if (count + 1 < max) {
            rows[count++] = start + 1;
            rows[count++] = y - 2;
        }
        start = -1;
    }
    return count;
}

/* squares that have @left and @right as sides */
static void pair_sides(Search *search, Rect left, Rect right)
{
    int lx = left.x + left.width / 2, rx = right.x + right.width / 2, size = rx - lx + 1;
    int top = MAX(left.y, right.y), bottom = MIN(rect_bottom(left), rect_bottom(right));
    int slack = size / 4 + 2, rows[24];
    if (bottom - top < 0.6 * size)
        return;
    int count = full_rows(search, lx, rx + 1, top - slack, bottom + slack, rows,
                          (int)G_N_ELEMENTS(rows));
    for (int i = 0; i < count; i++)
        for (int j = i + 1; j < count; j++) {
            int height = rows[j] - rows[i] + 1;
            int shared = MIN(bottom, rows[j]) - MAX(top, rows[i]);
            if (height <= size * 1.2 + 2 && height >= size / 1.2 - 2 &&
                shared >= 0.6 * height)
                add_found(search, (Rect){lx, rows[i], size, height});
        }
}

static void pair_all(Search *search)
{
    int least = px_from_mm(MIN_SIDE_MM, search->dpi) - 2;
    int most = px_from_mm(MAX_SIDE_MM, search->dpi) + 2;
    for (guint i = 0; i < search->upright->len; i++) {
        Rect left = g_array_index(search->upright, Rect, i);
        int from = first_at(search->upright, left.x + least - 4);
        for (guint j = (guint)from; j < search->upright->len; j++) {
            Rect right = g_array_index(search->upright, Rect, j);
            if (right.x - left.x > most)
                break;
            if (right.x > left.x && rect_overlap_y(left, right) * 2 >= least)
                pair_sides(search, left, right);
        }
    }
}

/* squares @side pixels of small wide that have @upright as their left or right side, the
 * other being hidden in a mark or joined with a character */
static void complete_square(Search *search, Rect upright, int side)
{
    int x = upright.x + upright.width / 2, slack = side / 4 + 2;
    int top = upright.y - slack, bottom = rect_bottom(upright) + slack, rows[24];
    for (int is_right = 0; is_right <= 1; is_right++) {
        int left = is_right ? x - side + 1 : x;
        int count = full_rows(search, left, left + side, top, bottom, rows,
                              (int)G_N_ELEMENTS(rows));
        for (int i = 0; i < count; i++)
            for (int j = i + 1; j < count; j++)
                if (abs(rows[j] - rows[i] + 1 - side) <= 1)
                    add_found(search, (Rect){left, rows[i], side, rows[j] - rows[i] + 1});
    }
}

static const Frame *frame_at(const GArray *found, guint i)
{
    return &g_array_index(found, Frame, i);
}

static double quality(const Frame *frame)
{
    /* The better frame; of two good ones the one that stands more alone, then the larger.
     */
    return frame->mark.squareness - 0.3 * frame->ring_ink +
           0.002 * frame->mark.box_px.width;
}

static int compare_quality(gconstpointer a, gconstpointer b)
{
    const Frame *p = a, *q = b;
    double d = quality(q) - quality(p);
    Rect r = p->mark.box_px, s = q->mark.box_px;
    if (d != 0)
        return d > 0 ? 1 : -1;
    return r.y != s.y ? r.y - s.y : r.x - s.x;
}

/* of squares that share more than @share of the smaller's area keep the best */
static void keep_best(GArray *found, double share)
{
    g_array_sort(found, compare_quality);
    for (guint i = 0; i < found->len; i++)
        for (guint j = found->len - 1; j > i; j--) {
            Rect a = frame_at(found, i)->mark.box_px, b = frame_at(found, j)->mark.box_px;
            Rect shared = rect_intersection(a, b);
            double least = MIN((double)a.width * a.height, (double)b.width * b.height);
            if ((double)shared.width * shared.height > share * least)
                g_array_remove_index(found, j);
        }
}

static double side_of(const Frame *frame)
{
    return (frame->mark.box_px.width + frame->mark.box_px.height) / 2.0;
}

/* A frame that is whole, empty and alone: hardly a character makes one. */
static bool is_sure(const Frame *frame)
{
    return frame->mark.squareness > WHOLE_SQUARENESS && frame->mark.inside_ink < 0.04 &&
           frame->ring_ink < 0.03;
}

/* whether @frame has @side, as the boxes of one page differ in print and blur */
static bool has_side(const Frame *frame, double side)
{
    return fabs(side_of(frame) - side) <= MAX(1.5, side * 0.07);
}

/* the mean side of the sure frames that have @side; @side where there are none */
static double sure_side(const GArray *found, double side)
{
    double sum = 0;
    int count = 0;
    for (guint i = 0; i < found->len; i++)
        if (is_sure(frame_at(found, i)) && has_side(frame_at(found, i), side)) {
            sum += side_of(frame_at(found, i));
            count++;
        }
    return count > 0 ? sum / count : side;
}

/* the commonest side; @sure, @all: out, how many sure and how many frames have it */
static double common_side(const GArray *found, int *sure, int *all)
{
    double best_side = 0, best_votes = 0;
    for (guint i = 0; i < found->len; i++) {
        double side = side_of(frame_at(found, i)), votes = 0;
        int sures = 0, count = 0;
        for (guint j = 0; j < found->len; j++) {
            const Frame *other = frame_at(found, j);
            if (!has_side(other, side))
                continue;
            count++;
            sures += is_sure(other);
            /* A page of text has a hundred squares in its characters, but few sure ones.
             */
            votes += is_sure(other)                              ? 1
                     : other->mark.squareness > WHOLE_SQUARENESS ? 0.01
                                                                 : 0.002;
        }
        if (votes > best_votes) {
            best_votes = votes;
            best_side = side;
            *sure = sures;
            *all = count;
        }
    }
    return sure_side(found, best_side);
}

static bool is_marked(const Frame *frame)
{
    return frame->mark.inside_ink > MARKED_INK && frame->mark.inside_ink < FILLED_INK &&
           frame->mark.longest_bar < CHARACTER_BAR;
}

/* Whether @frame is as high as wide, but for blur; a tick may have made it longer. */
static bool is_even(const Frame *frame)
{
    Rect box = frame->mark.box_px;
    bool is_longer = is_marked(frame) && frame->mark.squareness > FLAWLESS;
    double share = is_longer ? LONGER_SHARE : UNEVEN_SHARE;
    return abs(box.width - box.height) <= MAX(1, (int)(share * side_of(frame)));
}

/* A tick that leaves a flawless frame crosses the ring around it. */
static bool is_crossed(const Frame *frame)
{
    return frame->mark.squareness > FLAWLESS && frame->ring_ink < CROSSED_RING_INK;
}

/* How much @frame speaks for boxes of its size: an empty one says more than one with a
 * mark in it, which a character may be that stands alone. */
static int votes_of(const Frame *frame)
{
    if (!is_even(frame))
        return 0;
    if (is_sure(frame))
        return 2;
    if (frame->mark.inside_ink >= FILLED_INK || frame->mark.longest_bar >= CHARACTER_BAR)
        return 0;
    bool is_alone = frame->mark.squareness > WHOLE_SQUARENESS && frame->ring_ink < 0.03;
    return is_alone || is_crossed(frame) ? 1 : 0;
}

/* A page of fine print has more sure squares in its digits and characters than boxes.
 * Returns: the side that most sure and even squares have that are larger than those; 0
 * where the commonest are no smaller than print, or nothing is larger. @votes: out */
static double larger_side(const GArray *found, double common, double text_px, int *votes)
{
    double best_side = 0;
    *votes = LARGER_VOTES - 1;
    for (guint i = 0; common < IN_PRINT_SHARE * text_px && i < found->len; i++) {
        double side = side_of(frame_at(found, i));
        int sum = 0;
        if (side < LARGER_BY * common)
            continue;
        for (guint j = 0; j < found->len; j++)
            if (has_side(frame_at(found, j), side))
                sum += votes_of(frame_at(found, j));
        if (sum > *votes) {
            *votes = sum;
            best_side = side;
        }
    }
    return best_side > 0 ? sure_side(found, best_side) : 0;
}

/* where several share a size, others are characters */
static void keep_common_size(GArray *found, double text_px)
{
    int sure = 0, all = 0, votes = 0;
    double common = common_side(found, &sure, &all);
    double larger = larger_side(found, common, text_px, &votes);
    bool is_common = sure >= SURE_QUORUM || all >= SIZE_QUORUM;
    double least = sure > 0 ? GOOD_SQUARENESS : 0;
    for (guint i = found->len; i-- > 0;) {
        const Frame *frame = frame_at(found, i);
        double over = side_of(frame) - common, slack = MAX(2.0, common * SIZE_SHARE);
        if (larger > 0 && fabs(side_of(frame) - larger) < fabs(over)) {
            over = side_of(frame) - larger;
            slack = MAX(2.0, larger * SIZE_SHARE);
        }
        /* A filled square may have swallowed its frame's inside, or lie within it. */
        bool is_filled =
            frame->mark.inside_ink > 0.85 && over < 0 && over > -0.35 * common;
        /* where no square is sure, the commonest are pieces of print, and boxes larger */
        bool is_larger = sure == 0 && over > 0 &&
                         frame->mark.squareness > WHOLE_SQUARENESS && is_even(frame);
        if ((is_common && fabs(over) > slack && !is_filled && !is_larger) ||
            frame->mark.squareness < least)
            g_array_remove_index(found, i);
    }
}

static void complete_side(Search *search, double side)
{
    for (guint i = 0; i < search->upright->len; i++) {
        Rect upright = g_array_index(search->upright, Rect, i);
        if (upright.height * search->reduction >= 0.6 * side)
            complete_square(search, upright, (int)lround(side / search->reduction));
    }
}

/* Where the page's box size is known, squares that show one upright side are found too.
 */
static void complete_all(Search *search, double text_px)
{
    int sure = 0, all = 0, votes = 0;
    double common = common_side(search->found, &sure, &all);
    double larger = larger_side(search->found, common, text_px, &votes);
    search->slack_px = search->reduction + 1;
    memset(search->recent, 0, RECENT_TRIES * sizeof(guint64));
    if (sure >= SIZE_QUORUM)
        complete_side(search, common);
    if (larger > 0)
        complete_side(search, larger);
}

static int compare_place(gconstpointer a, gconstpointer b)
{
    const BoxMark *p = a, *q = b;
    if (rect_overlap_y(p->box_px, q->box_px) * 2 >
        MIN(p->box_px.height, q->box_px.height))
        return p->box_px.x - q->box_px.x;
    return p->box_px.y - q->box_px.y;
}

bool boxes_find(PIX *grey, Layout *layout)
{
    Search search = {.ink = layout->ink, .reduction = layout->dpi >= 200 ? 2 : 1};
    search.dpi = layout->dpi / search.reduction;
    g_autoptr(PIX) pale = pale_ink(grey, layout->ink, layout->rules, layout->dpi);
    g_autoptr(PIX) small = pale == NULL            ? NULL
                           : search.reduction == 2 ? pixReduceRankBinary2(pale, 1, NULL)
                                                   : pixClone(pale);
    if (small == NULL)
        return false;
    g_autoptr(PIX) side = transposed(pale);
    g_autoptr(PIX) pale_wide = pixDilateBrick(NULL, pale, 1, 3);
    g_autoptr(PIX) side_wide = side != NULL ? pixDilateBrick(NULL, side, 1, 3) : NULL;
    if (pale_wide == NULL || side_wide == NULL)
        return false;
    search.planes[0] = (Plane){pale, pale_wide};
    search.planes[1] = (Plane){side, side_wide};
    int length = px_from_mm(STROKE_MM, search.dpi),
        thickest = px_from_mm(FRAME_MM, search.dpi);
    search.small = small;
    int widest = px_from_mm(JOINED_MM, search.dpi);
    g_autoptr(PIX) level = pixDilateBrick(NULL, small, 1, 3);
    if (level == NULL)
        return false;
    search.level = level;
    search.upright = strokes_find(small, length, thickest, widest);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Frame));
    search.found = found;
    search.slack_px = 3 * search.reduction;
    g_autofree guint64 *recent = g_new0(guint64, RECENT_TRIES);
    search.recent = recent;
    pair_all(&search);
    keep_best(found, 0.8); /* the same square, found by several strokes */
    complete_all(&search, layout->text_height_px);
    g_array_unref(search.upright);
    keep_best(found, 0.8);
    keep_common_size(found, layout->text_height_px);
    keep_best(found, 0.3);
    for (guint i = 0; i < found->len && i < MAX_BOXES; i++) {
        BoxMark mark = frame_at(found, i)->mark;
        mark.cell = cell_around(layout, mark.box_px);
        g_array_append_val(layout->boxes, mark);
    }
    g_array_sort(layout->boxes, compare_place);
    return true;
}
