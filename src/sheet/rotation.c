/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the four rotations is upright: text lines are cut out and given to the reader.
 */
#include "sheet/private.h"

/* Upright print reads at 85 to 95, the same upside down below 60. */
static const double SURE_SCORE = 85, GOOD_SCORE = 75, LEAST_SCORE = 40;
#define CROP_TEXT_PX 36
#define CROP_MARGIN_PX 6
/* Longer crops cost more and say no more. */
#define CROP_MAX_TEXTS 16
/* What is as high as text and longer than a line of it is none. */
#define MAX_RUN_TEXTS 50
#define FEW_LINES 3
#define MANY_LINES 8

Transform rotation_frame(int rotation_deg, double skew_deg, int *width_px, int *height_px)
{
    double w = *width_px, h = *height_px, angle = skew_deg * G_PI / 180;
    /* from the page turned by quarters back to the page, pixel borders on pixel borders
     */
    Transform quarter = transform_identity();
    if (rotation_deg == 90)
        quarter = (Transform){{0, 1, 0, -1, 0, h, 0, 0, 1}};
    else if (rotation_deg == 180)
        quarter = (Transform){{-1, 0, w, 0, -1, h, 0, 0, 1}};
    else if (rotation_deg == 270)
        quarter = (Transform){{0, -1, w, 1, 0, 0, 0, 0, 1}};
    if (rotation_deg % 180 != 0) {
        double swap = w;
        w = h;
        h = swap;
    }
    double s = fabs(sin(angle)), c = cos(angle);
    double wide = angle != 0 ? ceil(w * c + h * s) : w;
    double high = angle != 0 ? ceil(h * c + w * s) : h;
    *width_px = (int)wide;
    *height_px = (int)high;
    if (angle == 0)
        return quarter;
    Transform t = transform_translation((w - wide) / 2, (h - high) / 2);
    t = transform_multiply(t, transform_rotation_about(-angle, (Point){w / 2, h / 2}));
    return transform_multiply(t, quarter);
}

static bool is_text(const Blob *blob, double text_px)
{
    Rect box = blob->box_px;
    int side = MAX(box.width, box.height);
    return side >= 0.35 * text_px && side <= 1.7 * text_px &&
           MIN(box.width, box.height) >= 0.15 * text_px;
}

/* Characters that touch in the small picture: as high as one, and several wide. */
static bool is_run(int width, int height, double text_px)
{
    return height >= 0.6 * text_px && height <= 1.7 * text_px && width > 1.7 * text_px &&
           width <= MAX_RUN_TEXTS * text_px;
}

/* Blobs of text by place, so that neighbours are found without comparing all pairs. */
typedef struct {
    GArray **bins; /* of Rect */
    int columns, rows, bin_px;
} Places;

static void places_init(Places *places, int width, int height, int bin_px)
{
    places->bin_px = MAX(4, bin_px);
    places->columns = width / places->bin_px + 1;
    places->rows = height / places->bin_px + 1;
    places->bins = g_new0(GArray *, (gsize)places->columns * (gsize)places->rows);
}

static GArray **bin_at(const Places *places, int column, int row)
{
    if (column < 0 || row < 0 || column >= places->columns || row >= places->rows)
        return NULL;
    return &places->bins[row * places->columns + column];
}

static void places_add(Places *places, Rect box)
{
    GArray **bin = bin_at(places, (int)rect_centre_x(box) / places->bin_px,
                          (int)rect_centre_y(box) / places->bin_px);
    if (bin == NULL)
        return;
    if (*bin == NULL)
        *bin = g_array_new(FALSE, FALSE, sizeof(Rect));
    g_array_append_val(*bin, box);
}

static void places_clear(Places *places)
{
    for (int i = 0; i < places->columns * places->rows; i++)
        if (places->bins[i] != NULL)
            g_array_unref(places->bins[i]);
    g_free(places->bins);
}

/* the smallest gap to a blob right of @box (or below it); @far where there is none */
static double nearest_gap(const Places *places, Rect box, bool is_down, double far_px)
{
    int column = (int)rect_centre_x(box) / places->bin_px;
    int row = (int)rect_centre_y(box) / places->bin_px;
    double best = far_px;
    for (int i = 0; i <= 2; i++)
        for (int j = -1; j <= 1; j++) {
            GArray **bin = is_down ? bin_at(places, column + j, row + i)
                                   : bin_at(places, column + i, row + j);
            for (guint k = 0; bin != NULL && *bin != NULL && k < (*bin)->len; k++) {
                Rect other = g_array_index(*bin, Rect, k);
                int gap =
                    is_down ? other.y - rect_bottom(box) : other.x - rect_right(box);
                int shared =
                    is_down ? rect_overlap_x(box, other) : rect_overlap_y(box, other);
                int narrow =
                    is_down ? MIN(box.width, other.width) : MIN(box.height, other.height);
                if (gap >= 0 && shared * 2 >= narrow && gap < best)
                    best = gap;
            }
        }
    return best;
}

double rotation_text_runs_down(const Probe *probe)
{
    double text = probe->text_height_px;
    if (text <= 0)
        return 0;
    Places places;
    places_init(&places, pixGetWidth(probe->ink), pixGetHeight(probe->ink),
                (int)(1.2 * text));
    /* Whole characters only: pieces of one stand as near below as beside each other. */
    g_autoptr(GArray) whole = g_array_new(FALSE, FALSE, sizeof(Rect));
    for (int i = 0; i < probe->blobs->count; i++) {
        Rect box = probe->blobs->blobs[i].box_px;
        if (is_text(&probe->blobs->blobs[i], text))
            places_add(&places, box);
        if (MIN(box.width, box.height) >= 0.7 * text &&
            MAX(box.width, box.height) < 1.4 * text)
            g_array_append_val(whole, box);
    }
    double level = 0, down = 0;
    for (guint i = 0; i < whole->len; i++) {
        Rect box = g_array_index(whole, Rect, i);
        double right_gap = nearest_gap(&places, box, false, 2 * text);
        double below_gap = nearest_gap(&places, box, true, 2 * text);
        if (right_gap + 0.1 * text < below_gap)
            level++;
        else if (below_gap + 0.1 * text < right_gap)
            down++;
    }
    places_clear(&places);
    return level + down < 12 ? 0 : (down - level) / (down + level);
}

static int compare_left(gconstpointer a, gconstpointer b)
{
    const Rect *p = a, *q = b;
    return p->x != q->x ? p->x - q->x : p->y - q->y;
}

static int compare_merit(gconstpointer a, gconstpointer b)
{
    const LineCandidate *p = a, *q = b;
    return p->merit > q->merit ? -1 : p->merit < q->merit;
}

/* blobs of text in the frame of the page turned upright, left to right */
static GArray *turned_blobs(const Probe *probe, Transform to_probe)
{
    /* invert the affine part; its determinant is 1 */
    const double *m = to_probe.m;
    GArray *boxes = g_array_new(FALSE, FALSE, sizeof(Rect));
    bool is_swapped = fabs(m[0]) < fabs(m[1]);
    for (int i = 0; i < probe->blobs->count; i++) {
        const Blob *blob = &probe->blobs->blobs[i];
        Rect box = blob->box_px;
        int width = is_swapped ? box.height : box.width;
        int height = is_swapped ? box.width : box.height;
        if (!is_text(blob, probe->text_height_px) &&
            !is_run(width, height, probe->text_height_px))
            continue;
        double cx = rect_centre_x(blob->box_px) - m[2],
               cy = rect_centre_y(blob->box_px) - m[5];
        double x = m[4] * cx - m[1] * cy, y = m[0] * cy - m[3] * cx;
        Rect turned = {(int)(x - width / 2.0), (int)(y - height / 2.0), width, height};
        g_array_append_val(boxes, turned);
    }
    g_array_sort(boxes, compare_left);
    return boxes;
}

/* Lines, best for judging first: rows of blobs that follow each other closely. */
static GArray *line_candidates(const Probe *probe, Transform to_probe)
{
    double text = probe->text_height_px;
    g_autoptr(GArray) boxes = turned_blobs(probe, to_probe);
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(LineCandidate));
    for (guint i = 0; i < boxes->len; i++) {
        Rect box = g_array_index(boxes, Rect, i);
        LineCandidate *best = NULL;
        double characters = MAX(1, round(box.width / text));
        for (guint j = 0; j < lines->len; j++) {
            LineCandidate *line = &g_array_index(lines, LineCandidate, j);
            double gap = box.x - rect_right(line->box_px);
            if (gap < 0.5 * text && gap > -1.2 * text &&
                fabs(rect_centre_y(box) - rect_centre_y(line->box_px)) < 0.45 * text)
                best = line;
        }
        if (best != NULL) {
            best->box_px = rect_union(best->box_px, box);
            best->merit += characters;
        } else {
            LineCandidate fresh = {box, characters};
            g_array_append_val(lines, fresh);
        }
    }
    for (guint i = lines->len; i-- > 0;) {
        LineCandidate *line = &g_array_index(lines, LineCandidate, i);
        double texts = line->box_px.width / text, height = line->box_px.height / text;
        if (texts < 3.5 || height < 0.7 || height > 1.7 || line->merit < texts * 0.6)
            g_array_remove_index_fast(lines, i);
        else
            line->merit = MIN(texts, CROP_MAX_TEXTS) - 6 * fabs(height - 1.05);
    }
    g_array_sort(lines, compare_merit);
    return lines;
}

/* the grey crop of @line: its text CROP_TEXT_PX high, upright, a margin around */
static PIX *crop_line(const Probe *probe, PIX *page, Rect line, Transform to_probe)
{
    if (line.width > CROP_MAX_TEXTS * line.height)
        line.width = CROP_MAX_TEXTS * line.height;
    double scale = (double)CROP_TEXT_PX / line.height;
    int width = (int)(line.width * scale) + 2 * CROP_MARGIN_PX;
    int height = CROP_TEXT_PX + 2 * CROP_MARGIN_PX;
    Transform t = transform_translation(-CROP_MARGIN_PX, -CROP_MARGIN_PX);
    t = transform_multiply(t, transform_scale(1 / scale, 1 / scale));
    t = transform_multiply(t, transform_translation(line.x, line.y));
    t = transform_multiply(t, to_probe);
    t = transform_multiply(t, transform_scale(probe->reduction, probe->reduction));
    /* Only the part of the page under the crop is made grey. */
    double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;
    for (int i = 0; i < 4; i++) {
        Point p = transform_apply(t, (Point){i & 1 ? width : 0, i & 2 ? height : 0});
        x0 = MIN(x0, p.x), x1 = MAX(x1, p.x);
        y0 = MIN(y0, p.y), y1 = MAX(y1, p.y);
    }
    Rect around = rect_intersection(
        (Rect){(int)x0 - 2, (int)y0 - 2, (int)(x1 - x0) + 5, (int)(y1 - y0) + 5},
        (Rect){0, 0, pixGetWidth(page), pixGetHeight(page)});
    if (rect_is_empty(around))
        return NULL;
    g_autoptr(BOX) box = boxCreate(around.x, around.y, around.width, around.height);
    g_autoptr(PIX) piece = pixClipRectangle(page, box, NULL);
    g_autoptr(PIX) grey = piece != NULL ? pixConvertTo8(piece, FALSE) : NULL;
    if (grey == NULL)
        return NULL;
    /* A page of 600 dpi has more pixels than the crop: without a mean strokes would
     * break. */
    int fine = (int)(probe->reduction / scale);
    if (fine >= 2) {
        PIX *reduced = raster_reduced_grey(grey, fine);
        if (reduced != NULL) {
            pixDestroy(&grey);
            grey = reduced;
        } else {
            fine = 1;
        }
    } else {
        fine = 1;
    }
    t = transform_multiply(t, transform_translation(-around.x, -around.y));
    t = transform_multiply(t, transform_scale(1.0 / fine, 1.0 / fine));
    return warp(grey, t, width, height);
}

typedef struct {
    const Probe *probe;
    PIX *page;
    const SheetParams *params;
    double dpi;         /* of the probe */
    double skew_deg[2]; /* for text level and text running down; NAN until looked for */
} Trial;

static double skew_for(Trial *trial, int rotation_deg)
{
    int axis = rotation_deg % 180 != 0;
    if (isnan(trial->skew_deg[axis])) {
        g_autoptr(PIX) level =
            axis ? pixRotateOrth(trial->probe->ink, 1) : pixClone(trial->probe->ink);
        trial->skew_deg[axis] = level != NULL ? skew_find(level, trial->dpi) : 0;
    }
    return trial->skew_deg[axis];
}

/* score of the @count best lines together; -1 where there are none */
static double score_lines(Trial *trial, int rotation_deg, int count)
{
    int width = pixGetWidth(trial->probe->ink), height = pixGetHeight(trial->probe->ink);
    Transform to_probe =
        rotation_frame(rotation_deg, skew_for(trial, rotation_deg), &width, &height);
    g_autoptr(GArray) lines = line_candidates(trial->probe, to_probe);
    g_autoptr(PIXA) crops = pixaCreate(count);
    for (int i = 0; i < count && i < (int)lines->len; i++) {
        PIX *crop = crop_line(trial->probe, trial->page,
                              g_array_index(lines, LineCandidate, i).box_px, to_probe);
        if (crop != NULL)
            pixaAddPix(crops, crop, L_INSERT);
    }
    if (pixaGetCount(crops) == 0)
        return -1;
    return trial->params->scorer(crops, trial->params->scorer_data);
}

/* the best of four, by the longest line of each, and more where that is not sure */
static int try_rotations(Trial *trial, const int *order, int first_count, int more_count,
                         double *best_score)
{
    int best = 0;
    *best_score = -1;
    for (int i = 0; i < 4; i++) {
        double score = score_lines(trial, order[i], first_count);
        if (score >= 0 && score < SURE_SCORE && more_count > first_count)
            score = score_lines(trial, order[i], more_count);
        if (score > *best_score) {
            *best_score = score;
            best = order[i];
        }
        if (score >= SURE_SCORE)
            break;
        /* Both ways of this axis were tried and one reads: the other axis need not be. */
        if (i == 1 && *best_score >= GOOD_SCORE)
            break;
    }
    return best;
}

/* A card's longest lines may be numbers and spaced titles, which say nothing: where no
 * way reads well, more lines of each are looked at. */
static int best_rotation(Trial *trial, const int *order, double *best_score)
{
    int best = try_rotations(trial, order, 1, FEW_LINES, best_score);
    return *best_score >= GOOD_SCORE
               ? best
               : try_rotations(trial, order, MANY_LINES, MANY_LINES, best_score);
}

int rotation_find(const Probe *probe, PIX *page, double probe_dpi,
                  const SheetParams *params, double *skew_deg, double *confidence)
{
    static const int LEVEL_FIRST[] = {0, 180, 90, 270}, DOWN_FIRST[] = {90, 270, 0, 180};
    Trial trial = {probe, page, params, probe_dpi, {NAN, NAN}};
    int rotation_deg = 0;
    *confidence = params->scorer == NULL ? 1 : 0;
    if (params->scorer != NULL && probe->text_height_px > 0) {
        double score = -1;
        bool is_down = rotation_text_runs_down(probe) > 0.3;
        rotation_deg = best_rotation(&trial, is_down ? DOWN_FIRST : LEVEL_FIRST, &score);
        *confidence = CLAMP(score / 100, 0, 1);
        if (score < LEAST_SCORE) /* nothing reads: leave the page as it came */
            rotation_deg = 0;
    }
    *skew_deg = skew_for(&trial, rotation_deg);
    return rotation_deg;
}
