/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which four edges are a paper's, and whether it lies on a desk. A scan must not be taken
 * for a photo: what is in doubt stays as it came. */
#include "sheet/paper-lines.h"
#include "sheet/photo.h"

#include "base/numbers.h"

#define WORK_SIDE_PX 800
#define SAMPLES 32 /* along a side */
/* How far to either side of an edge it is looked: papers are curled a little. */
#define STEP_PX 5.0
/* A side's edge is one where it is this many levels high, and not far lower than the
 * paper's others; this much of a side has one, since fingers and things lie over it. */
static const double MIN_STEP = 5.0, STEP_SHARE = 0.25, MIN_SHARE = 0.55, MEAN_SHARE = 0.7;
static const double MIN_AREA = 0.02, MIN_LIGHT_DESK_AREA = 0.04, LARGE_AREA = 0.2,
                    SECOND_AREA = 0.3;
/* The desk is darker than this share of the paper's level; one that is nearly as light
 * must be so around the whole of a large paper. */
static const double DESK_SHARE = 0.94, DARK_DESK_SHARE = 0.6, DESK_POINTS = 0.8;
/* Of a patterned desk a third is dark. */
static const double DARK_POINTS = 0.35;
static const double LIGHT_DESK_MEAN_SHARE = 0.85, LIGHT_DESK_POINTS = 0.9;
/* Where a paper runs out of the picture, this much of its rim must be as light as it is.
 */
static const double RIM_LEVEL = 0.6, RIM_SHARE = 0.6, MIN_PAPER = 20;
/* Print is darker than what it is printed on by more than this; of a page of few lines it
 * covers some thousandths. */
static const double INK_STEP = 0.12, INK_SHARE = 0.003;
#define GRID 24
#define SPLIT_GRID 48
#define SPLIT_REACH 9
static const double FILLED_LEVEL = 0.45, FILLED_SHARE = 0.72;
static const double SPLIT_LEVEL = 0.72, SPLIT_SHARE = 0.8;
/* Corners may lie this far outside of the picture, as a share of its side. */
static const double SLACK = 0.02;
static const double MIN_SIDE = 0.08;
/* Three hundredths of a degree: nobody lays a paper down so straight on all sides. */
static const double DRAWN_SLOPE = 0.0006;
static const double NEAR_SCORE = 0.85, NEAR_SHARE = 0.04;

typedef struct {
    Point corner[4];
    bool is_rim[4];
    double area, share[4], mean_share, step, paper, score;
    double mean_step;           /* of its own sides, where the edge goes up */
    double inside[4 * SAMPLES]; /* the paper's level beside its edge */
    Point at[4 * SAMPLES];
} Candidate;

/* The reduced picture, as it is and without print. */
typedef struct {
    PIX *raw, *white;
} PaperViews;

static double cross(Point a, Point b, Point c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static bool is_inside(const Point corner[4], Point p, double slack_px)
{
    for (int i = 0; i < 4; i++) {
        Point a = corner[i], b = corner[(i + 1) % 4];
        if (cross(a, b, p) < -slack_px * hypot(b.x - a.x, b.y - a.y))
            return false;
    }
    return true;
}

/* the corners where the lines of two pairs meet, clockwise; false where that is no paper
 */
static bool corners_of(const EdgeLine *const sides[4], int width, int height,
                       Candidate *quad)
{
    /* sides: one, its neighbour, its opposite, the other neighbour */
    const EdgeLine *order[4] = {sides[0], sides[1], sides[2], sides[3]};
    for (int turn = 0; turn < 2; turn++) {
        quad->area = 0;
        for (int i = 0; i < 4; i++)
            quad->corner[i] = edge_lines_meet(order[(i + 3) % 4], order[i]);
        for (int i = 0; i < 4; i++) {
            Point a = quad->corner[i], b = quad->corner[(i + 1) % 4];
            quad->area += (a.x * b.y - b.x * a.y) / 2;
            quad->is_rim[i] = order[i]->is_rim;
        }
        if (quad->area > 0)
            break;
        order[1] = sides[3];
        order[3] = sides[1];
    }
    quad->area /= (double)width * height;
    for (int i = 0; i < 4; i++) {
        Point a = quad->corner[i], b = quad->corner[(i + 1) % 4];
        if (a.x < -SLACK * width || a.y < -SLACK * height || a.x > (1 + SLACK) * width ||
            a.y > (1 + SLACK) * height || cross(a, b, quad->corner[(i + 2) % 4]) <= 0 ||
            hypot(b.x - a.x, b.y - a.y) < MIN_SIDE * MIN(width, height))
            return false;
    }
    return quad->area >= MIN_AREA;
}

/* How like the best of its sides the worst one is, by the height of its edge and by the
 * paper beside it: what lies beyond a paper's edge may have straight edges too. @step: as
 * measured, SAMPLES for each side */
static double evenness(const Candidate *quad, const double *step)
{
    double worst_step = 1, worst_inside = 1;
    for (int i = 0; i < 4; i++) {
        double sorted[SAMPLES];
        memcpy(sorted, quad->inside + (gsize)i * SAMPLES, sizeof(sorted));
        worst_inside =
            MIN(worst_inside, doubles_median(sorted, SAMPLES) / MAX(1, quad->paper));
        if (quad->is_rim[i])
            continue;
        memcpy(sorted, step + (gsize)i * SAMPLES, sizeof(sorted));
        worst_step =
            MIN(worst_step, doubles_median(sorted, SAMPLES) / MAX(1, quad->step));
    }
    return 0.6 + 0.2 * worst_step + 0.2 * worst_inside;
}

/* the paper's level, by the sides that are its own; false where it does not reach to the
 * rims that cut it */
static bool measure_paper(Candidate *quad)
{
    double sorted[4 * SAMPLES];
    int count = 0;
    for (int i = 0; i < 4 * SAMPLES; i++)
        if (!quad->is_rim[i / SAMPLES])
            sorted[count++] = quad->inside[i];
    quad->paper = doubles_median(sorted, count);
    for (int i = 0; i < 4; i++) {
        int light = 0;
        for (int k = 0; k < SAMPLES; k++)
            light += quad->inside[i * SAMPLES + k] >= RIM_LEVEL * quad->paper;
        if (quad->is_rim[i] && light < RIM_SHARE * SAMPLES)
            return false;
    }
    return quad->paper >= MIN_PAPER;
}

/* looks at both sides of the quad's edges: how high they are, and how much of them there
 * is; false where that is too little */
static bool measure_sides(PIX *white, Candidate *quad)
{
    double step[4 * SAMPLES], sorted[4 * SAMPLES];
    int width = pixGetWidth(white), height = pixGetHeight(white), count = 0, all = 0;
    for (int i = 0; i < 4; i++) {
        Point a = quad->corner[i], b = quad->corner[(i + 1) % 4];
        double length = hypot(b.x - a.x, b.y - a.y);
        double nx = -(b.y - a.y) / length, ny = (b.x - a.x) / length;
        for (int k = 0; k < SAMPLES; k++, all++) {
            double t = 0.04 + 0.92 * k / (SAMPLES - 1);
            Point p = {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
            Point out = {p.x - STEP_PX * nx, p.y - STEP_PX * ny};
            quad->at[all] = p;
            quad->inside[all] =
                level_at(white, (int)(p.x + STEP_PX * nx), (int)(p.y + STEP_PX * ny));
            step[all] = out.x < 0 || out.y < 0 || out.x >= width || out.y >= height
                            ? 0
                            : quad->inside[all] - level_at(white, (int)out.x, (int)out.y);
            if (!quad->is_rim[i])
                sorted[count++] = step[all];
        }
    }
    quad->mean_step = 0;
    for (int i = 0; i < count; i++)
        quad->mean_step += MAX(0, sorted[i]) / count;
    quad->step = doubles_median(sorted, count);
    if (!measure_paper(quad))
        return false;
    double least = MAX(MIN_STEP, STEP_SHARE * quad->step);
    quad->mean_share = 0;
    int sides = 0;
    for (int i = 0; i < 4; i++) {
        int seen = 0;
        for (int k = 0; k < SAMPLES; k++)
            seen += step[i * SAMPLES + k] >= least;
        quad->share[i] = (double)seen / SAMPLES;
        if (quad->is_rim[i])
            continue;
        if (quad->share[i] < MIN_SHARE)
            return false;
        quad->mean_share += quad->share[i];
        sides++;
    }
    quad->mean_share /= sides;
    quad->score = quad->mean_share * evenness(quad, step);
    return quad->mean_share >= MEAN_SHARE;
}

static void add_rims(GArray *lines, int width, int height)
{
    const EdgeLine rims[] = {{1, 0, 0, 0, true},
                             {-1, 0, -width, 0, true},
                             {0, 1, 0, 0, true},
                             {0, -1, -height, 0, true}};
    g_array_append_vals(lines, rims, G_N_ELEMENTS(rims));
}

typedef struct {
    int a, b;
} Pair;

/* lines that face each other, the lighter side between them */
static GArray *facing_pairs(const GArray *lines, int width, int height)
{
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    Point middle = {width / 2.0, height / 2.0};
    for (int a = 0; a < (int)lines->len; a++)
        for (int b = a + 1; b < (int)lines->len; b++) {
            const EdgeLine *p = &g_array_index(lines, EdgeLine, a);
            const EdgeLine *q = &g_array_index(lines, EdgeLine, b);
            if (p->nx * q->nx + p->ny * q->ny > -0.87 || (p->is_rim && q->is_rim))
                continue;
            /* both see the middle between them */
            double dp = p->nx * middle.x + p->ny * middle.y - p->rho;
            double dq = q->nx * middle.x + q->ny * middle.y - q->rho;
            if (dp + dq < MIN_SIDE * MIN(width, height))
                continue;
            Pair pair = {a, b};
            g_array_append_val(pairs, pair);
        }
    return pairs;
}

static int compare_scores(gconstpointer a, gconstpointer b)
{
    double d = ((const Candidate *)b)->score - ((const Candidate *)a)->score;
    return d < 0 ? -1 : d > 0;
}

static int rims_of(const Candidate *quad)
{
    return quad->is_rim[0] + quad->is_rim[1] + quad->is_rim[2] + quad->is_rim[3];
}

/* every quad of light inside and edges all around, the best first */
static GArray *candidates_of(PIX *white, const GArray *lines)
{
    int width = pixGetWidth(white), height = pixGetHeight(white);
    GArray *found = g_array_new(FALSE, FALSE, sizeof(Candidate));
    g_autoptr(GArray) pairs = facing_pairs(lines, width, height);
    g_autofree Candidate *quad = g_new0(Candidate, 1);
    for (guint i = 0; i < pairs->len; i++)
        for (guint k = i + 1; k < pairs->len; k++) {
            Pair p = g_array_index(pairs, Pair, i), q = g_array_index(pairs, Pair, k);
            const EdgeLine *sides[4] = {&g_array_index(lines, EdgeLine, p.a),
                                        &g_array_index(lines, EdgeLine, q.a),
                                        &g_array_index(lines, EdgeLine, p.b),
                                        &g_array_index(lines, EdgeLine, q.b)};
            if (fabs(sides[0]->nx * sides[1]->nx + sides[0]->ny * sides[1]->ny) > 0.5 ||
                !corners_of(sides, width, height, quad) || rims_of(quad) > 2 ||
                !measure_sides(white, quad))
                continue;
            /* large, and apart from what is around it */
            quad->score *=
                sqrt(quad->area) * (1 - 0.15 * rims_of(quad)) * sqrt(quad->step / 255);
            g_array_append_val(found, *quad);
        }
    g_array_sort(found, compare_scores);
    return found;
}

/* the levels at a grid of places on the paper, row by row */
static void sample_grid(PIX *white, const Candidate *quad, uint8_t *levels)
{
    const Point *c = quad->corner;
    for (int i = 0; i < SPLIT_GRID; i++)
        for (int k = 0; k < SPLIT_GRID; k++) {
            double u = (k + 0.5) / SPLIT_GRID, v = (i + 0.5) / SPLIT_GRID;
            double x = (c[0].x * (1 - u) + c[1].x * u) * (1 - v) +
                       (c[3].x * (1 - u) + c[2].x * u) * v;
            double y = (c[0].y * (1 - u) + c[1].y * u) * (1 - v) +
                       (c[3].y * (1 - u) + c[2].y * u) * v;
            levels[i * SPLIT_GRID + k] = (uint8_t)level_at(white, (int)x, (int)y);
        }
}

/* Whether most of it is as light as its rim, shadows apart. */
static bool is_filled(const Candidate *quad, const uint8_t *levels)
{
    int light = 0;
    for (int i = 0; i < SPLIT_GRID * SPLIT_GRID; i++)
        light += levels[i] >= FILLED_LEVEL * quad->paper;
    return light >= FILLED_SHARE * SPLIT_GRID * SPLIT_GRID;
}

/* Whether a strip of desk runs across: two papers that lie in line. A strip is darker
 * than what is on either side of it, as no shadow's edge is. */
static bool is_split(const uint8_t *levels)
{
    for (int axis = 0; axis < 2; axis++) {
        int step = axis == 0 ? SPLIT_GRID : 1, across = axis == 0 ? 1 : SPLIT_GRID;
        for (int i = 2; i < SPLIT_GRID - 2; i++) {
            int dark = 0;
            for (int k = 0; k < SPLIT_GRID; k++) {
                const uint8_t *row = levels + k * across;
                int before = 0, after = 0;
                for (int d = 1; d <= SPLIT_REACH; d++) {
                    before = MAX(before, row[MAX(0, i - d) * step]);
                    after = MAX(after, row[MIN(SPLIT_GRID - 1, i + d) * step]);
                }
                dark += row[i * step] < SPLIT_LEVEL * MIN(before, after);
            }
            if (dark >= SPLIT_SHARE * SPLIT_GRID)
                return true;
        }
    }
    return false;
}

/* the paper's level at its edge nearest to @p */
static double paper_near(const Candidate *quad, Point p)
{
    double best = 1e18, level = quad->paper;
    for (int i = 0; i < 4 * SAMPLES; i++) {
        double d = hypot(quad->at[i].x - p.x, quad->at[i].y - p.y);
        if (d < best && quad->inside[i] >= 0.5 * quad->paper) {
            best = d;
            level = quad->inside[i];
        }
    }
    return level;
}

/* Whether there is print beside it: then a lighter part of a page is what was found. */
static bool has_ink_outside(const PaperViews *views, const Candidate *quad)
{
    int width = pixGetWidth(views->white), height = pixGetHeight(views->white);
    int all = 0, ink = 0;
    for (int y = 4; y < height - 4; y++)
        for (int x = 4; x < width - 4; x++) {
            if (is_inside(quad->corner, (Point){x, y}, 3 * STEP_PX))
                continue;
            int around = level_at(views->white, x, y);
            all++;
            ink += around - level_at(views->raw, x, y) > INK_STEP * around;
        }
    return ink > INK_SHARE * all;
}

/* Whether all around is desk, and not the rest of a page. @is_scan: the file says that
 * the picture has the size of a paper */
static bool lies_on_desk(const PaperViews *views, const Candidate *quad, bool is_scan)
{
    PIX *white = views->white;
    int width = pixGetWidth(white), height = pixGetHeight(white), all = 0, desk = 0;
    int dark = 0;
    for (int i = 0; i < GRID; i++)
        for (int k = 0; k < GRID; k++) {
            Point p = {(i + 0.5) * width / GRID, (k + 0.5) * height / GRID};
            if (i == 0 || k == 0 || i == GRID - 1 || k == GRID - 1) {
                p.x = i == 0 ? 2 : i == GRID - 1 ? width - 3 : p.x;
                p.y = k == 0 ? 2 : k == GRID - 1 ? height - 3 : p.y;
            }
            if (is_inside(quad->corner, p, 2 * STEP_PX))
                continue;
            double share = level_at(white, (int)p.x, (int)p.y) / paper_near(quad, p);
            desk += share < DESK_SHARE;
            dark += share < DARK_DESK_SHARE;
            all++;
        }
    if (all < GRID / 2 || desk < DESK_POINTS * all)
        return false;
    if (dark >= DARK_POINTS * all)
        return true;
    return !is_scan && rims_of(quad) <= 1 && quad->area >= MIN_LIGHT_DESK_AREA &&
           quad->mean_share >= LIGHT_DESK_MEAN_SHARE &&
           (quad->area >= LARGE_AREA || desk >= LIGHT_DESK_POINTS * all) &&
           !has_ink_outside(views, quad);
}

static Point middle_of(const Candidate *quad)
{
    Point m = {0, 0};
    for (int i = 0; i < 4; i++) {
        m.x += quad->corner[i].x / 4;
        m.y += quad->corner[i].y / 4;
    }
    return m;
}

static bool overlap(const Candidate *a, const Candidate *b)
{
    if (is_inside(a->corner, middle_of(b), 0) || is_inside(b->corner, middle_of(a), 0))
        return true;
    for (int i = 0; i < 4; i++)
        if (is_inside(a->corner, b->corner[i], 0) ||
            is_inside(b->corner, a->corner[i], 0))
            return true;
    return false;
}

/* A desk's own lines may run along a paper's side, a little outside of it: of quads that
 * are nearly the same the one with the highest edges is the paper. */
static const Candidate *best_near(const GArray *candidates, guint first, double near_px)
{
    const Candidate *quad = &g_array_index(candidates, Candidate, first), *best = quad;
    for (guint i = first + 1; i < candidates->len; i++) {
        const Candidate *other = &g_array_index(candidates, Candidate, i);
        if (other->score < NEAR_SCORE * quad->score)
            break;
        bool is_near = rims_of(other) == rims_of(quad);
        for (int k = 0; k < 4 && is_near; k++) {
            double least = 1e9;
            for (int m = 0; m < 4; m++)
                least = MIN(least, hypot(other->corner[k].x - quad->corner[m].x,
                                         other->corner[k].y - quad->corner[m].y));
            is_near = least <= near_px;
        }
        if (is_near && other->mean_step > best->mean_step)
            best = other;
    }
    return best;
}

static GArray *papers_among(const PaperViews *views, const GArray *candidates,
                            bool is_scan)
{
    GArray *papers = g_array_new(FALSE, FALSE, sizeof(Candidate));
    int looked_at = 0;
    double near_px =
        NEAR_SHARE * MAX(pixGetWidth(views->white), pixGetHeight(views->white));
    for (guint i = 0; i < candidates->len && papers->len < PHOTO_MAX_PAPERS; i++) {
        const Candidate *quad = best_near(candidates, i, near_px);
        bool is_fresh = true;
        for (guint k = 0; k < papers->len; k++) {
            const Candidate *paper = &g_array_index(papers, Candidate, k);
            if (overlap(paper, quad) || quad->area < SECOND_AREA * paper->area ||
                quad->step < 0.5 * paper->step || rims_of(quad) > 0)
                is_fresh = false;
        }
        if (!is_fresh || ++looked_at > 60)
            continue;
        uint8_t levels[SPLIT_GRID * SPLIT_GRID];
        sample_grid(views->white, quad, levels);
        if (is_filled(quad, levels) && !is_split(levels) &&
            lies_on_desk(views, quad, is_scan))
            g_array_append_val(papers, *quad);
    }
    return papers;
}

/* the corner that is nearest to the upper left comes first */
static void begin_upper_left(PaperQuad *quad)
{
    int first = 0;
    for (int i = 1; i < 4; i++)
        if (quad->corner[i].x + quad->corner[i].y <
            quad->corner[first].x + quad->corner[first].y)
            first = i;
    PaperQuad old = *quad;
    for (int i = 0; i < 4; i++) {
        quad->corner[i] = old.corner[(first + i) % 4];
        quad->is_cut[i] = old.is_cut[(first + i) % 4];
    }
}

/* whether the file says that the picture has the size of a paper, as scanners do */
static bool says_scan(PIX *page, int claimed_dpi)
{
    bool is_kept = false;
    if (claimed_dpi < 100)
        return false;
    resolution_believed(pixGetWidth(page), pixGetHeight(page), claimed_dpi, 0, &is_kept);
    return is_kept;
}

/* Whether all sides run along rows and columns of pixels, as nothing does that was laid
 * down and photographed: a program drew it, such as a panel on a screen. */
static bool is_drawn(const PaperQuad *quad)
{
    for (int i = 0; i < 4; i++) {
        Point a = quad->corner[i], b = quad->corner[(i + 1) % 4];
        double dx = fabs(b.x - a.x), dy = fabs(b.y - a.y);
        if (!quad->is_cut[i] && MIN(dx, dy) > DRAWN_SLOPE * MAX(dx, dy))
            return false;
    }
    return true;
}

bool photo_papers(PIX *page, int claimed_dpi, PhotoPapers *papers)
{
    int side = MAX(pixGetWidth(page), pixGetHeight(page));
    int reduction = MAX(1, (side + WORK_SIDE_PX - 1) / WORK_SIDE_PX);
    papers->count = 0;
    if (pixGetDepth(page) < 8 ||
        MIN(pixGetWidth(page), pixGetHeight(page)) < reduction * 64)
        return false;
    g_autoptr(PIX) raw = paper_whiteness(page, reduction);
    g_autoptr(PIX) white = raw != NULL ? paper_without_print(raw) : NULL;
    if (white == NULL)
        return false;
    const PaperViews views = {raw, white};
    g_autoptr(GArray) lines = paper_lines(white);
    add_rims(lines, pixGetWidth(white), pixGetHeight(white));
    g_autoptr(GArray) candidates = candidates_of(white, lines);
    papers->is_scan = says_scan(page, claimed_dpi);
    g_autoptr(GArray) found = papers_among(&views, candidates, papers->is_scan);
    for (guint i = 0; i < found->len; i++) {
        const Candidate *quad = &g_array_index(found, Candidate, i);
        PaperQuad *paper = &papers->quads[papers->count];
        *paper = paper_corners(page, quad->corner, quad->is_rim, reduction);
        if (!papers->is_scan && is_drawn(paper))
            continue;
        papers->count++;
        begin_upper_left(paper);
        if (papers->count == 1)
            papers->paper_level = quad->paper;
    }
    return papers->count > 0;
}
