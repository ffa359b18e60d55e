/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The edge directions of one character. */
#include "reading/classifier.h"

#define SIDE 64
#define MAX_SIDE_PX 512
/* Even of a dense character a tenth of the box is paper; and a little of it is ink. */
#define PAPER_QUANTILE 0.9
#define INK_QUANTILE 0.02
#define MIN_CONTRAST 30 /* grey levels */
/* Fainter than this, of the darkest ink, is the paper's. */
#define PAPER_SHARE 0.2F
/* How many standard deviations of the ink to either side are looked at: an evenly filled
 * square has its edges at 1.73. */
#define REACH 2.0

typedef struct {
    int width, height;
    float *ink; /* width * height, 0 paper .. 1 darkest */
} InkMap;

typedef struct {
    double x, y, reach_x, reach_y; /* middle, and how far to either side */
} Extent;

static void ink_map_clear(InkMap *map)
{
    g_free(map->ink);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(InkMap, ink_map_clear)

/* The grey that @share of the @count pixels is darker than. */
static int grey_at(const int histogram[256], int count, double share)
{
    int seen = 0, grey = 0;
    while (grey < 255 && (seen += histogram[grey]) < share * count)
        grey++;
    return grey;
}

/* The ink of @box as shares of the darkest. Returns: false where there is none */
static bool ink_map_init(InkMap *map, PIX *line, Rect box)
{
    Rect all = {0, 0, pixGetWidth(line), pixGetHeight(line)};
    Rect at = rect_intersection(box, all);
    if (rect_is_empty(at) || at.width > MAX_SIDE_PX || at.height > MAX_SIDE_PX ||
        pixGetDepth(line) != 8)
        return false;
    int count = at.width * at.height, histogram[256] = {0};
    *map = (InkMap){at.width, at.height, g_new(float, (gsize)count)};
    const l_uint32 *data = pixGetData(line);
    l_int32 stride = pixGetWpl(line);
    for (int i = 0; i < count; i++) {
        const l_uint32 *row = data + (gsize)stride * (at.y + i / at.width);
        int grey = GET_DATA_BYTE(row, at.x + i % at.width);
        histogram[grey]++;
        map->ink[i] = (float)grey;
    }
    int paper = grey_at(histogram, count, PAPER_QUANTILE);
    int darkest = grey_at(histogram, count, INK_QUANTILE);
    if (paper - darkest < MIN_CONTRAST)
        return false;
    for (int i = 0; i < count; i++) {
        float share = ((float)paper - map->ink[i]) / (float)(paper - darkest);
        map->ink[i] = CLAMP((share - PAPER_SHARE) / (1 - PAPER_SHARE), 0, 1);
    }
    return true;
}

/* Middle and spread of the ink. The narrower side keeps some of its narrowness, which
 * tells 日 from 曰. Returns: false where there is no ink */
static bool extent_of(const InkMap *map, Extent *extent)
{
    double mass = 0, sum_x = 0, sum_y = 0, square_x = 0, square_y = 0;
    for (int y = 0; y < map->height; y++)
        for (int x = 0; x < map->width; x++) {
            double ink = map->ink[y * map->width + x];
            mass += ink;
            sum_x += ink * x;
            sum_y += ink * y;
            square_x += ink * x * x;
            square_y += ink * y * y;
        }
    if (mass <= 0)
        return false;
    double x = sum_x / mass, y = sum_y / mass;
    double spread_x = sqrt(MAX(0, square_x / mass - x * x));
    double spread_y = sqrt(MAX(0, square_y / mass - y * y));
    double wider = MAX(MAX(spread_x, spread_y), 0.5);
    *extent = (Extent){x, y, REACH * sqrt(MAX(spread_x, 0.1) * wider),
                       REACH * sqrt(MAX(spread_y, 0.1) * wider)};
    return true;
}

static float ink_at(const InkMap *map, int x, int y)
{
    bool is_inside = x >= 0 && y >= 0 && x < map->width && y < map->height;
    return is_inside ? map->ink[y * map->width + x] : 0;
}

/* A place between two cells of a row: the first, and how much of the way to the next. */
typedef struct {
    int at;
    float share;
} Between;

static Between between(double place)
{
    int at = (int)floor(place);
    return (Between){at, (float)(place - at)};
}

static float ink_between(const InkMap *map, Between x, Between y)
{
    return (1 - y.share) * ((1 - x.share) * ink_at(map, x.at, y.at) +
                            x.share * ink_at(map, x.at + 1, y.at)) +
           y.share * ((1 - x.share) * ink_at(map, x.at, y.at + 1) +
                      x.share * ink_at(map, x.at + 1, y.at + 1));
}

static void normalise(const InkMap *map, const Extent *extent,
                      float square[SIDE + 2][SIDE + 2])
{
    Between columns[SIDE];
    for (int u = 0; u < SIDE; u++)
        columns[u] = between(extent->x + ((u + 0.5) * 2 / SIDE - 1) * extent->reach_x);
    for (int v = 0; v < SIDE; v++) {
        Between row = between(extent->y + ((v + 0.5) * 2 / SIDE - 1) * extent->reach_y);
        for (int u = 0; u < SIDE; u++)
            square[v + 1][u + 1] = ink_between(map, columns[u], row);
    }
}

/* The two cells that a pixel of the square is nearest to, in a row of the grid. */
static Between cells_near(int pixel)
{
    return between((pixel + 0.5F) * FEATURE_GRID / SIDE - 0.5F);
}

/* Adds an edge of @strength to the four cells that it is nearest to. */
static void add_edge(float *plane, Between column, Between row, float strength)
{
    for (int j = 0; j < 2; j++)
        for (int i = 0; i < 2; i++) {
            int x = column.at + i, y = row.at + j;
            if (x < 0 || y < 0 || x >= FEATURE_GRID || y >= FEATURE_GRID)
                continue;
            plane[y * FEATURE_GRID + x] += strength *
                                           (i != 0 ? column.share : 1 - column.share) *
                                           (j != 0 ? row.share : 1 - row.share);
        }
}

static void add_edges(float square[SIDE + 2][SIDE + 2], float *features)
{
    const int plane = FEATURE_GRID * FEATURE_GRID;
    Between near[SIDE];
    for (int i = 0; i < SIDE; i++)
        near[i] = cells_near(i);
    for (int v = 1; v <= SIDE; v++)
        for (int u = 1; u <= SIDE; u++) {
            float across = square[v - 1][u + 1] + 2 * square[v][u + 1] +
                           square[v + 1][u + 1] - square[v - 1][u - 1] -
                           2 * square[v][u - 1] - square[v + 1][u - 1];
            float down = square[v + 1][u - 1] + 2 * square[v + 1][u] +
                         square[v + 1][u + 1] - square[v - 1][u - 1] -
                         2 * square[v - 1][u] - square[v - 1][u + 1];
            double square_sum = (double)across * across + (double)down * down;
            float strength = (float)sqrt(square_sum);
            if (strength < 0.05F)
                continue;
            float turn =
                (atan2f(down, across) / (2 * (float)G_PI) + 1) * FEATURE_DIRECTIONS;
            int first = (int)turn;
            float over = turn - (float)first;
            add_edge(features + first % FEATURE_DIRECTIONS * plane, near[u - 1],
                     near[v - 1], strength * (1 - over));
            add_edge(features + (first + 1) % FEATURE_DIRECTIONS * plane, near[u - 1],
                     near[v - 1], strength * over);
        }
}

bool character_features(PIX *line, Rect box, float *features)
{
    g_auto(InkMap) map = {0};
    Extent extent;
    if (!ink_map_init(&map, line, box) || !extent_of(&map, &extent))
        return false;
    float square[SIDE + 2][SIDE + 2] = {{0}};
    normalise(&map, &extent, square);
    memset(features, 0, sizeof(float) * CHARACTER_FEATURES);
    add_edges(square, features);
    float sum = 0;
    for (int i = 0; i < CHARACTER_FEATURES; i++)
        sum += features[i];
    if (sum <= 0)
        return false;
    /* the root evens out strong and weak edges (Liu 2007: variable transformation) */
    for (int i = 0; i < CHARACTER_FEATURES; i++)
        features[i] = sqrtf(features[i] / sum);
    return true;
}
