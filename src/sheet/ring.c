/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Round seals without colour, as on grey scans and copies: found by their ring, lifted
 * where their ink lets print show through; of those as dark as print the ring's line is.
 *
 * The ring is found as a circle is by the gradient Hough transform (Kimme, Ballard and
 * Sklansky, "Finding circles by an array of accumulators", 1975): every edge votes for
 * the points that lie straight ahead of and behind it. */
#include "sheet/private.h"

/* Small picture on which rings are looked for: a ring is two to four of its pixels. */
#define RING_DPI 60
/* Official seals are 38 to 58 mm across (State Council, 1999, no. 25), special-purpose
 * ones from 30 mm; worn, skewed and reduced copies a little less. */
static const double MIN_RADIUS_MM = 12, MAX_RADIUS_MM = 31;
/* Beside its line a ring is mostly bare; a dark area is not. */
static const double BARE_MM = 2.0, MAX_BESIDE = 0.5;
static const double REACH_MM = 1.2; /* outside the ring's line there may still be ink */
/* Ink of a seal lets through so much light at least, of 255; print under it is darker by
 * as much. What is darker is a black copy, where the two cannot be told apart. */
static const int MIN_SEAL_LEVEL = 100;
/* A dull seal, or one on a dark scan, is told from print where print is darker by so
 * much: of three with a tone of 110 print was at 20 to 50, of black copies both at one.
 */
static const int MIN_DULL_LEVEL = 70, DULL_CONTRAST = 40;
static const double PRINT_SHARE = 0.03;
/* The middle of a ring's line, 0.8 to 1.3 mm thick. */
static const double TONE_MM = 0.3;
/* Its ink is uneven by so much around its commonest level, and reaches so far below. */
static const int TONE_SPREAD = 8, TONE_DEPTH = 20;
/* Strokes of a seal, ring, star and characters, are thicker than those of print. */
static const double THICK_MM = 0.34;
#define DARK_LEVEL 205
#define ANGLES 120
/* Half of the smallest ring, both edges, spread a little. */
#define MIN_VOTES 30
/* Even print votes, in rows and columns, for points between its lines: a ring's centre
 * may be the fiftieth. A rough look is cheap. */
#define MAX_CENTRES 100
static const double ROUGH_COVERAGE = 0.45;
/* The squares of the votes, added three by three, tell a centre no better; a ring as thin
 * as two of these pixels is missed by as many. */
#define ROUGH_SLACK 4
/* Star, signature and print draw the votes away from the ring's own centre: by seven of
 * these pixels where a signature lay across its lower half. */
#define SHIFTED_BY 8
#define MAX_RINGS 6

/* What counts as ink and edges on the small picture, and how much of a ring must show. */
typedef struct {
    int dark_level, edge_level;
    int darkest; /* of what an edge that votes leads to */
    double min_coverage;
} Look;

/* Tried on made pages: rings, worn too and under print, show 0.80 or more of themselves;
 * print and tables less than 0.5. */
static const Look dark_look = {DARK_LEVEL, 48, 0, 0.70};
/* A pale seal has a tone of 190 to 200, and less where the small picture mixes its line
 * with paper: four in ten of such a ring were lighter than DARK_LEVEL. Seen so, true
 * rings showed 0.97 and more of themselves, and print, which thickens, up to 0.70. What
 * is darker is print, and would have most of the votes. */
static const Look pale_look = {228, 30, 150, 0.80};

typedef struct {
    double x, y, radius; /* pixels */
    double coverage;     /* 0..1 of its circumference */
} Ring;

/* Votes for centres, in squares of two by two pixels. */
typedef struct {
    uint16_t *votes;
    int columns, rows;
} Votes;

/* White around the small picture: circles that are tried reach no further out. */
#define MARGIN_PX 140

/* The small picture, a byte a pixel. */
typedef struct {
    uint8_t *levels;
    int width, height;
    const Look *look;
    uint8_t *dark; /* 1 where it is; with a margin on all sides */
    int stride;    /* of dark */
    int *circles;  /* ANGLES steps in dark from a centre, for each radius tried */
    int least, most;
} Small;

static void small_clear(Small *small)
{
    g_free(small->levels);
    g_free(small->dark);
    g_free(small->circles);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Small, small_clear)

/* where the @i-th point of a circle lies; in leaps around, so that what is no circle is
 * soon seen to be none */
static Point point_on_circle(int i)
{
    double angle = 2 * G_PI * (i * 37 % ANGLES) / ANGLES;
    return (Point){cos(angle), sin(angle)};
}

/* @value rounded down, as it is once it was added to a place on the picture */
static int step_of(double value)
{
    return (int)(value + MARGIN_PX) - MARGIN_PX;
}

static void make_circles(Small *small)
{
    small->circles = g_new(int, (gsize)(small->most - small->least + 1) * ANGLES);
    for (int r = small->least; r <= small->most; r++)
        for (int i = 0; i < ANGLES; i++) {
            Point p = point_on_circle(i);
            small->circles[(r - small->least) * ANGLES + i] =
                step_of(r * p.y) * small->stride + step_of(r * p.x);
        }
}

/* @dpi: of @grey */
static void small_init(Small *small, PIX *grey, double dpi, const Look *look)
{
    *small =
        (Small){.width = pixGetWidth(grey), .height = pixGetHeight(grey), .look = look};
    small->least = (int)(MIN_RADIUS_MM / MM_PER_INCH * dpi);
    small->most = (int)ceil(MAX_RADIUS_MM / MM_PER_INCH * dpi);
    small->stride = small->width + 2 * MARGIN_PX;
    small->levels = g_new(uint8_t, (gsize)small->width * (gsize)small->height);
    small->dark =
        g_new0(uint8_t, (gsize)small->stride * (gsize)(small->height + 2 * MARGIN_PX));
    for (int y = 0; y < small->height; y++) {
        const l_uint32 *line = pixGetData(grey) + (size_t)y * (size_t)pixGetWpl(grey);
        uint8_t *dark = small->dark + (y + MARGIN_PX) * small->stride + MARGIN_PX;
        for (int x = 0; x < small->width; x++) {
            small->levels[y * small->width + x] = GET_DATA_BYTE(line, x);
            dark[x] = small->levels[y * small->width + x] < look->dark_level;
        }
    }
    make_circles(small);
}

static inline bool is_dark(const Small *small, int x, int y)
{
    return x >= 0 && y >= 0 && x < small->width && y < small->height &&
           small->levels[y * small->width + x] < small->look->dark_level;
}

static inline int level_at(PIX *grey, int x, int y)
{
    if (x < 0 || y < 0 || x >= pixGetWidth(grey) || y >= pixGetHeight(grey))
        return 255;
    return GET_DATA_BYTE(pixGetData(grey) + (size_t)y * (size_t)pixGetWpl(grey), x);
}

/* one vote for every square of the way from @from to @to pixels ahead */
static void vote(Votes *votes, double x, double y, double dx, double dy, int from, int to)
{
    for (int r = from; r <= to; r += 2) {
        double ahead_x = x + dx * r, ahead_y = y + dy * r;
        if (ahead_x < 0 || ahead_y < 0)
            return;
        int column = (int)ahead_x / 2, row = (int)ahead_y / 2;
        if (column >= votes->columns || row >= votes->rows)
            return;
        votes->votes[row * votes->columns + column]++;
    }
}

static Votes votes_of(const Small *small, int least, int most)
{
    Votes votes = {.columns = small->width / 2 + 1, .rows = small->height / 2 + 1};
    int least_edge = small->look->edge_level * small->look->edge_level;
    votes.votes = g_new0(uint16_t, (gsize)votes.columns * (gsize)votes.rows);
    for (int y = 1; y < small->height - 1; y++)
        for (int x = 1; x < small->width - 1; x++) {
            const uint8_t *at = &small->levels[y * small->width + x];
            int dx = at[1] - at[-1], dy = at[small->width] - at[-small->width];
            if (dx * dx + dy * dy < least_edge)
                continue;
            int across = MIN(at[1], at[-1]);
            int down = MIN(at[small->width], at[-small->width]);
            if (MIN(across, down) < small->look->darkest)
                continue;
            double steep = sqrt((double)(dx * dx + dy * dy));
            vote(&votes, x + 0.5, y + 0.5, dx / steep, dy / steep, least, most);
            vote(&votes, x + 0.5, y + 0.5, -dx / steep, -dy / steep, least, most);
        }
    return votes;
}

static int votes_around(const Votes *votes, int column, int row)
{
    int sum = 0;
    for (int r = MAX(0, row - 1); r <= MIN(votes->rows - 1, row + 1); r++)
        for (int c = MAX(0, column - 1); c <= MIN(votes->columns - 1, column + 1); c++)
            sum += votes->votes[r * votes->columns + c];
    return sum;
}

typedef struct {
    int column, row, votes;
} Centre;

static int compare_votes(gconstpointer a, gconstpointer b)
{
    const Centre *p = a, *q = b;
    if (p->votes != q->votes)
        return q->votes - p->votes;
    return p->row != q->row ? p->row - q->row : p->column - q->column;
}

/* Centre, the most voted for first, at most MAX_CENTRES, none nearer than @apart */
static GArray *centres_of(const Votes *votes, int apart)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Centre));
    GArray *centres = g_array_new(FALSE, FALSE, sizeof(Centre));
    for (int r = 0; r < votes->rows; r++)
        for (int c = 0; c < votes->columns; c++) {
            Centre centre = {c, r, votes_around(votes, c, r)};
            if (centre.votes >= MIN_VOTES)
                g_array_append_val(all, centre);
        }
    g_array_sort(all, compare_votes);
    for (guint i = 0; i < all->len && centres->len < MAX_CENTRES; i++) {
        const Centre *one = &g_array_index(all, Centre, i);
        bool is_apart = true;
        for (guint k = 0; k < centres->len && is_apart; k++) {
            const Centre *other = &g_array_index(centres, Centre, k);
            is_apart = abs(one->column - other->column) > apart ||
                       abs(one->row - other->row) > apart;
        }
        if (is_apart)
            g_array_append_val(centres, *one);
    }
    return centres;
}

/* the share of the circle that is dark */
static double coverage_at(const Small *small, double x, double y, double radius)
{
    int dark = 0;
    for (int i = 0; i < ANGLES; i++) {
        Point p = point_on_circle(i);
        dark += is_dark(small, (int)(x + radius * p.x), (int)(y + radius * p.y));
    }
    return (double)dark / ANGLES;
}

/* the same of a circle with one of the radii tried, where it may be more than @least */
static double coverage_of(const Small *small, int x, int y, int radius, double least)
{
    const uint8_t *middle = small->dark + (y + MARGIN_PX) * small->stride + x + MARGIN_PX;
    const int *step = small->circles + (radius - small->least) * ANGLES;
    int dark = 0, bare = 0, most_bare = (int)((1 - least) * ANGLES);
    for (int i = 0; i < ANGLES && bare <= most_bare; i++) {
        int here = middle[step[i]];
        dark += here;
        bare += 1 - here;
    }
    return (double)dark / ANGLES;
}

/* the best circle with its centre within @slack of @x, @y, in steps of @step; coverage
 * ROUGH_COVERAGE where there is none better */
static Ring ring_near(const Small *small, int x, int y, int slack, int step)
{
    Ring best = {.coverage = ROUGH_COVERAGE};
    for (int dy = -slack; dy <= slack; dy += step)
        for (int dx = -slack; dx <= slack; dx += step)
            for (int r = small->least; r <= small->most; r++) {
                double coverage = coverage_of(small, x + dx, y + dy, r, best.coverage);
                if (coverage > best.coverage)
                    best = (Ring){x + dx, y + dy, r, coverage};
            }
    return best;
}

static bool is_ring(const Small *small, const Ring *ring, double dpi)
{
    double bare = BARE_MM / MM_PER_INCH * dpi;
    if (ring->coverage < small->look->min_coverage)
        return false;
    return coverage_at(small, ring->x, ring->y, ring->radius + bare) < MAX_BESIDE &&
           coverage_at(small, ring->x, ring->y, ring->radius - bare) < MAX_BESIDE + 0.15;
}

/* Whether @ring is one of @rings: neighbouring centres find the same one. */
static bool is_found(const Ring *rings, int count, const Ring *ring)
{
    for (int i = 0; i < count; i++)
        if (fabs(rings[i].x - ring->x) + fabs(rings[i].y - ring->y) < SHIFTED_BY &&
            fabs(rings[i].radius - ring->radius) < SHIFTED_BY)
            return true;
    return false;
}

/* the rings on @small, in its pixels; @rings: MAX_RINGS at most, of which @count are
 * known. Returns: how many there are now */
static int rings_on(const Small *small, double dpi, Ring *rings, int count)
{
    Votes votes = votes_of(small, small->least, small->most);
    g_autoptr(GArray) centres = centres_of(&votes, small->least / 4);
    g_free(votes.votes);
    for (guint i = 0; i < centres->len && count < MAX_RINGS; i++) {
        const Centre *one = &g_array_index(centres, Centre, i);
        int x = one->column * 2 + 1, y = one->row * 2 + 1;
        Ring ring = ring_near(small, x, y, ROUGH_SLACK, 2);
        if (ring.coverage > ROUGH_COVERAGE)
            ring = ring_near(small, x, y, SHIFTED_BY, 2);
        if (ring.coverage > ROUGH_COVERAGE)
            ring = ring_near(small, (int)ring.x, (int)ring.y, 2, 1);
        if (is_ring(small, &ring, dpi) && !is_found(rings, count, &ring))
            rings[count++] = ring;
    }
    return count;
}

/* the rings on @grey, in its pixels; @has_tones: what is pale may be ink */
static int rings_find(PIX *grey, int dpi, bool has_tones, Ring *rings)
{
    int reduction = MAX(1, (dpi + RING_DPI / 2) / RING_DPI);
    g_autoptr(PIX) reduced = raster_reduced_grey(grey, reduction);
    if (reduced == NULL)
        return 0;
    const Look *const looks[] = {&dark_look, &pale_look};
    double small_dpi = (double)dpi / reduction;
    int count = 0;
    for (size_t i = 0; i < (has_tones ? G_N_ELEMENTS(looks) : 1); i++) {
        g_auto(Small) small = {0};
        small_init(&small, reduced, small_dpi, looks[i]);
        count = rings_on(&small, small_dpi, rings, count);
    }
    for (int i = 0; i < count; i++)
        rings[i] = (Ring){(rings[i].x + 0.5) * reduction, (rings[i].y + 0.5) * reduction,
                          (rings[i].radius + 0.5) * reduction, rings[i].coverage};
    return count;
}

static int compare_levels(gconstpointer a, gconstpointer b)
{
    return *(const uint8_t *)a - *(const uint8_t *)b;
}

/* the level of the ring's ink that @share of its circumference is darker than */
static int ring_level(PIX *grey, const Ring *ring, int dpi, double share)
{
    uint8_t levels[ANGLES * 2];
    int reach = MAX(1, px_from_mm(REACH_MM, dpi));
    for (int i = 0; i < ANGLES * 2; i++) {
        double angle = G_PI * i / ANGLES;
        int darkest = 255;
        for (int d = -reach; d <= reach; d++)
            darkest = MIN(darkest,
                          level_at(grey, (int)(ring->x + (ring->radius + d) * cos(angle)),
                                   (int)(ring->y + (ring->radius + d) * sin(angle))));
        levels[i] = (uint8_t)darkest;
    }
    qsort(levels, G_N_ELEMENTS(levels), 1, compare_levels);
    return levels[(int)(share * (G_N_ELEMENTS(levels) - 1))];
}

/* the levels of the pixels within TONE_MM of the ring's line; 256 counts */
static void count_ring_levels(PIX *grey, const Ring *ring, int dpi, int *counts)
{
    double reach = TONE_MM / MM_PER_INCH * dpi;
    int far = (int)ceil(ring->radius + reach);
    for (int y = -far; y <= far; y++)
        for (int x = -far; x <= far; x++)
            if (fabs(sqrt((double)(x * x + y * y)) - ring->radius) <= reach)
                counts[level_at(grey, (int)ring->x + x, (int)ring->y + y)]++;
}

/* The tone of the ring's ink: its commonest level. Print, signatures and rules that cross
 * the ring are darker, its blurred edges and worn places lighter. */
static int ring_tone(PIX *grey, const Ring *ring, int dpi)
{
    int counts[256] = {0}, best = 0, most = -1;
    count_ring_levels(grey, ring, dpi, counts);
    for (int level = 0; level < DARK_LEVEL; level++) {
        int sum = 0;
        for (int i = MAX(0, level - TONE_SPREAD); i <= level + TONE_SPREAD; i++)
            sum += counts[i];
        if (sum > most) {
            most = sum;
            best = level;
        }
    }
    return best;
}

static Rect ring_box(PIX *grey, const Ring *ring, int dpi)
{
    int reach = px_from_mm(REACH_MM, dpi), size = (int)(2 * (ring->radius + reach));
    Rect box = {(int)(ring->x - size / 2.0), (int)(ring->y - size / 2.0), size, size};
    return rect_intersection(box, (Rect){0, 0, pixGetWidth(grey), pixGetHeight(grey)});
}

/* how dark print is in @box: the level that PRINT_SHARE of the ink there is darker than;
 * 0 where there is no ink */
static int print_level(PIX *grey, Rect box)
{
    int counts[256] = {0}, ink = 0, darker = 0, level = 0;
    for (int y = box.y; y < rect_bottom(box); y++)
        for (int x = box.x; x < rect_right(box); x++) {
            int here = level_at(grey, x, y);
            counts[here]++;
            ink += here < DARK_LEVEL;
        }
    while (level < DARK_LEVEL && (darker += counts[level]) < PRINT_SHARE * ink)
        level++;
    return ink > 0 ? level : 0;
}

/* From which level on ink is a seal's that lets print show through; -1: none does, as on
 * a black copy. */
static int seal_level_of(PIX *grey, const Ring *ring, Rect box, int dpi)
{
    /* A third of the ring may lie under print, signatures and ruled lines. */
    int level = ring_level(grey, ring, dpi, 0.33) - 12;
    if (level >= MIN_SEAL_LEVEL)
        return level;
    /* More of a ring across a paragraph does: its commonest tone tells there. */
    level = ring_tone(grey, ring, dpi) - TONE_DEPTH;
    return level >= MIN_DULL_LEVEL && level - print_level(grey, box) >= DULL_CONTRAST
               ? level
               : -1;
}

static bool is_within(const Ring *ring, int x, int y, int dpi)
{
    double dx = x + 0.5 - ring->x, dy = y + 0.5 - ring->y;
    double reach = ring->radius + px_from_mm(REACH_MM, dpi);
    return dx * dx + dy * dy <= reach * reach;
}

/* 1 bpp in the frame of @box: pixels of @grey within @ring from level @from to @to */
static PIX *levels_between(PIX *grey, const Ring *ring, Rect box, int dpi, int from,
                           int to)
{
    PIX *pix = pixCreate(box.width, box.height, 1);
    for (int y = 0; pix != NULL && y < box.height; y++) {
        l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
        for (int x = 0; x < box.width; x++) {
            int level = level_at(grey, box.x + x, box.y + y);
            if (level >= from && level <= to &&
                is_within(ring, box.x + x, box.y + y, dpi))
                SET_DATA_BIT(line, x);
        }
    }
    return pix;
}

/* The seal's strokes become paper. Print that crosses them, darker than they are, keeps
 * its share of the light; what merely stands beside them is left alone.
 * @strokes: the seal's own ink, in the frame of @box */
static bool lift_strokes(PIX *grey, PIX *strokes, Rect box, int thick, int seal_level)
{
    g_autoptr(PIX) edges = pixDilateBrick(NULL, strokes, 5, 5);
    g_autoptr(PIX) crossed =
        pixCloseSafeBrick(NULL, strokes, 2 * thick + 1, 2 * thick + 1);
    for (int y = 0; edges != NULL && crossed != NULL && y < box.height; y++) {
        const l_uint32 *edge = pixGetData(edges) + (size_t)y * (size_t)pixGetWpl(edges);
        const l_uint32 *cross =
            pixGetData(crossed) + (size_t)y * (size_t)pixGetWpl(crossed);
        l_uint32 *line = pixGetData(grey) + (size_t)(box.y + y) * (size_t)pixGetWpl(grey);
        for (int x = 0; x < box.width; x++) {
            int level = GET_DATA_BYTE(line, box.x + x);
            if (level >= seal_level ? GET_DATA_BIT(edge, x) : GET_DATA_BIT(cross, x))
                SET_DATA_BYTE(line, box.x + x, MIN(255, level * 255 / seal_level));
        }
    }
    return edges != NULL && crossed != NULL;
}

/* Marks @ring in @seal, and lifts it off @grey where its ink lets light through. */
static bool take_ring(PIX *grey, const Ring *ring, int dpi, PIX *seal)
{
    Rect box = ring_box(grey, ring, dpi);
    int seal_level = seal_level_of(grey, ring, box, dpi);
    bool is_paler = seal_level >= 0;
    g_autoptr(PIX) marks =
        levels_between(grey, ring, box, dpi, is_paler ? seal_level : 0, DARK_LEVEL + 30);
    g_autoptr(PIX) darker = levels_between(grey, ring, box, dpi, 0, seal_level - 1);
    /* The blurred edges of dark strokes are as pale as the seal, and none of it. */
    g_autoptr(PIX) edges = darker != NULL ? pixDilateBrick(NULL, darker, 5, 5) : NULL;
    if (marks == NULL || edges == NULL)
        return false;
    if (is_paler)
        pixSubtract(marks, marks, edges);
    pixRasterop(seal, box.x, box.y, box.width, box.height, PIX_SRC | PIX_DST, marks, 0,
                0);
    if (!is_paler)
        return ring_erase_line(grey, ring->x, ring->y, ring->radius, dpi);
    int thick = MAX(2, px_from_mm(THICK_MM, dpi));
    g_autoptr(PIX) ink = levels_between(grey, ring, box, dpi, 0, DARK_LEVEL);
    g_autoptr(PIX) pale = ink ? pixSubtract(NULL, ink, darker) : NULL;
    g_autoptr(PIX) strokes = pale ? pixOpenBrick(NULL, pale, thick, thick) : NULL;
    return strokes != NULL && lift_strokes(grey, strokes, box, thick, seal_level);
}

bool ring_lift(Sheet *sheet)
{
    Ring rings[MAX_RINGS];
    int count = rings_find(sheet->grey, sheet->dpi, !sheet->is_toneless, rings);
    if (count == 0)
        return true;
    if (sheet->colour == NULL)
        sheet->unlifted = pixCopy(NULL, sheet->grey);
    if (sheet->seal == NULL)
        sheet->seal = pixCreate(pixGetWidth(sheet->grey), pixGetHeight(sheet->grey), 1);
    if (sheet->seal == NULL || (sheet->colour == NULL && sheet->unlifted == NULL))
        return false;
    pixSetResolution(sheet->seal, sheet->dpi, sheet->dpi);
    for (int i = 0; i < count; i++)
        if (!take_ring(sheet->grey, &rings[i], sheet->dpi, sheet->seal))
            return false;
    return true;
}
