/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Straight edges between something light and something dark, which may be a paper's
 * sides. */
#include "sheet/paper-lines.h"

/* Print and rules are thinner than this on the reduced picture, and vanish; so do light
 * lines on the desk. */
#define THIN_PX 7
/* Below this many levels an edge is noise. */
static const double MIN_EDGE = 4.0, MAX_WEIGHT = 64.0;
#define THETA_STEPS 360
#define THETA_REACH 3
#define PEAK_THETA 6
#define PEAK_RHO 6
/* Edge pixels this near a line, and directed as it is, belong to it. */
static const double NEAR_PX = 4.0, NEAR_COS = 0.985, SAME_COS = 0.9997;
#define MAX_TRIES 100

typedef struct {
    float x, y, nx, ny, weight;
} EdgePoint;

static inline int minimum(int a, int b, int c)
{
    return MIN(a, MIN(b, c));
}

/* the whiteness of 32 bpp: the least of the three colours, means of squares of pixels */
static PIX *whiteness_of_colour(PIX *page, int reduction)
{
    int width = pixGetWidth(page) / reduction, height = pixGetHeight(page) / reduction;
    g_autoptr(PIX) out = pixCreate(width, height, 8);
    if (out == NULL)
        return NULL;
    g_autofree uint32_t *sum = g_new(uint32_t, (gsize)width * 3);
    uint32_t area = (uint32_t)(reduction * reduction);
    for (int y = 0; y < height; y++) {
        memset(sum, 0, sizeof(*sum) * (gsize)width * 3);
        for (int i = 0; i < reduction; i++) {
            const l_uint32 *line =
                pixGetData(page) + (size_t)(y * reduction + i) * (size_t)pixGetWpl(page);
            for (int x = 0, at = 0; at < width * 3; at += 3)
                for (int k = 0; k < reduction; k++, x++) {
                    sum[at] += line[x] >> 24;
                    sum[at + 1] += line[x] >> 16 & 255;
                    sum[at + 2] += line[x] >> 8 & 255;
                }
        }
        uint8_t *line = (uint8_t *)(pixGetData(out) + (size_t)y * (size_t)pixGetWpl(out));
        for (int x = 0; x < width; x++)
            line[x ^ 3] =
                (uint8_t)((uint32_t)minimum((int)sum[3 * x], (int)sum[3 * x + 1],
                                            (int)sum[3 * x + 2]) /
                          area);
    }
    return g_steal_pointer(&out);
}

PIX *paper_whiteness(PIX *page, int reduction)
{
    return pixGetDepth(page) == 32 ? whiteness_of_colour(page, reduction)
                                   : raster_reduced_grey(page, reduction);
}

PIX *paper_without_print(PIX *white)
{
    g_autoptr(PIX) closed = pixCloseGray(white, THIN_PX, THIN_PX);
    return closed != NULL ? pixOpenGray(closed, THIN_PX, THIN_PX) : NULL;
}

Point edge_lines_meet(const EdgeLine *a, const EdgeLine *b)
{
    double d = a->nx * b->ny - a->ny * b->nx;
    if (fabs(d) < 1e-6)
        return (Point){-1e9, -1e9};
    return (Point){(a->rho * b->ny - b->rho * a->ny) / d,
                   (b->rho * a->nx - a->rho * b->nx) / d};
}

/* A byte a pixel. Returns: owned */
static uint8_t *levels_of(PIX *white)
{
    int width = pixGetWidth(white), height = pixGetHeight(white);
    uint8_t *levels = g_new(uint8_t, (gsize)width * (gsize)height);
    for (int y = 0; y < height; y++) {
        const l_uint32 *line = pixGetData(white) + (size_t)y * (size_t)pixGetWpl(white);
        for (int x = 0; x < width; x++)
            levels[(gsize)y * (gsize)width + (gsize)x] = GET_DATA_BYTE(line, x);
    }
    return levels;
}

/* Slopes over four pixels, smoothed along three, and how steep; 0 at the rim. */
typedef struct {
    float *x, *y, *size;
} Slopes;

static void slopes_clear(Slopes *slopes)
{
    g_free(slopes->x);
    g_free(slopes->y);
    g_free(slopes->size);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Slopes, slopes_clear)

static void slopes_init(Slopes *slopes, PIX *white)
{
    gssize width = pixGetWidth(white), height = pixGetHeight(white);
    g_autofree uint8_t *levels = levels_of(white);
    *slopes = (Slopes){g_new0(float, (gsize)(width * height)),
                       g_new0(float, (gsize)(width * height)),
                       g_new0(float, (gsize)(width * height))};
    for (gssize y = 2; y < height - 2; y++)
        for (gssize at = y * width + 2; at < (y + 1) * width - 2; at++) {
            const uint8_t *here = levels + at;
            int sum_x = here[2 - width] + here[2] + here[2 + width] - here[-2 - width] -
                        here[-2] - here[-2 + width];
            int sum_y = here[2 * width - 1] + here[2 * width] + here[2 * width + 1] -
                        here[-2 * width - 1] - here[-2 * width] - here[-2 * width + 1];
            double gx = sum_x / 3.0, gy = sum_y / 3.0;
            slopes->x[at] = (float)gx;
            slopes->y[at] = (float)gy;
            slopes->size[at] = (float)sqrt(gx * gx + gy * gy);
        }
}

/* the pixels where the picture changes most across an edge */
static GArray *edge_points(PIX *white)
{
    int width = pixGetWidth(white), height = pixGetHeight(white);
    GArray *points = g_array_new(FALSE, FALSE, sizeof(EdgePoint));
    g_auto(Slopes) slopes = {0};
    slopes_init(&slopes, white);
    for (int y = 3; y < height - 3; y++)
        for (int x = 3; x < width - 3; x++) {
            gssize at = (gssize)y * width + x;
            const float *size = slopes.size + at;
            if (*size < MIN_EDGE)
                continue;
            double nx = slopes.x[at] / *size, ny = slopes.y[at] / *size;
            int step = (int)lround(nx) + (int)lround(ny) * width;
            if (*size < size[step] || *size <= size[-step])
                continue;
            EdgePoint point = {(float)x + 0.5f, (float)y + 0.5f, (float)nx, (float)ny,
                               (float)MIN(*size, MAX_WEIGHT)};
            g_array_append_val(points, point);
        }
    return points;
}

/* Votes for lines by direction and distance from the corner of the picture. */
typedef struct {
    int reach; /* distances are -reach..reach */
    float *votes;
    double cosine[THETA_STEPS], sine[THETA_STEPS];
    /* of each direction: the most votes, and at which distance */
    float best[THETA_STEPS];
    int best_rho[THETA_STEPS];
} Ballot;

static float *row_of(const Ballot *ballot, int theta)
{
    theta = (theta + THETA_STEPS) % THETA_STEPS;
    return ballot->votes + (gsize)theta * (gsize)(2 * ballot->reach + 1) + ballot->reach;
}

static void vote(Ballot *ballot, const GArray *points)
{
    for (int i = 0; i < THETA_STEPS; i++) {
        ballot->cosine[i] = cos(i * 2 * G_PI / THETA_STEPS);
        ballot->sine[i] = sin(i * 2 * G_PI / THETA_STEPS);
    }
    for (guint i = 0; i < points->len; i++) {
        const EdgePoint *p = &g_array_index(points, EdgePoint, i);
        int middle = (int)lround(atan2(p->ny, p->nx) * THETA_STEPS / (2 * G_PI));
        for (int k = middle - THETA_REACH; k <= middle + THETA_REACH; k++) {
            int theta = (k + THETA_STEPS) % THETA_STEPS;
            double rho = p->x * ballot->cosine[theta] + p->y * ballot->sine[theta];
            row_of(ballot, theta)[(int)lround(rho)] += p->weight;
        }
    }
}

static void find_best(Ballot *ballot, int theta)
{
    const float *row = row_of(ballot, theta);
    float best = 0;
    int best_rho = 0;
    for (int rho = 1 - ballot->reach; rho < ballot->reach; rho++) {
        float sum = row[rho - 1] + row[rho] + row[rho + 1];
        if (sum > best) {
            best = sum;
            best_rho = rho;
        }
    }
    ballot->best[theta] = best;
    ballot->best_rho[theta] = best_rho;
}

/* the line with most votes, whose neighbours then lose theirs; false where none is left
 */
static bool take_best(Ballot *ballot, double least, EdgeLine *line)
{
    int best = 0;
    for (int theta = 1; theta < THETA_STEPS; theta++)
        if (ballot->best[theta] > ballot->best[best])
            best = theta;
    if (ballot->best[best] < least)
        return false;
    int best_rho = ballot->best_rho[best];
    *line = (EdgeLine){ballot->cosine[best], ballot->sine[best], best_rho,
                       ballot->best[best], false};
    for (int k = best - PEAK_THETA; k <= best + PEAK_THETA; k++) {
        int theta = (k + THETA_STEPS) % THETA_STEPS;
        for (int rho = MAX(-ballot->reach, best_rho - PEAK_RHO);
             rho <= MIN(ballot->reach, best_rho + PEAK_RHO); rho++)
            row_of(ballot, theta)[rho] = 0;
        find_best(ballot, theta);
    }
    return true;
}

/* @line as the edge pixels near it have it */
static void refine(EdgeLine *line, const GArray *points)
{
    for (int round = 0; round < 3; round++) {
        double n = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0;
        for (guint i = 0; i < points->len; i++) {
            const EdgePoint *p = &g_array_index(points, EdgePoint, i);
            if (fabs(p->x * line->nx + p->y * line->ny - line->rho) > NEAR_PX ||
                p->nx * line->nx + p->ny * line->ny < NEAR_COS)
                continue;
            double w = p->weight;
            n += w, x += w * p->x, y += w * p->y;
            xx += w * p->x * p->x, xy += w * p->x * p->y, yy += w * p->y * p->y;
        }
        if (n <= 0)
            return;
        x /= n, y /= n;
        xx = xx / n - x * x, xy = xy / n - x * y, yy = yy / n - y * y;
        /* across the direction in which the points spread most */
        double along = 0.5 * atan2(2 * xy, xx - yy);
        double nx = -sin(along), ny = cos(along);
        double sign = nx * line->nx + ny * line->ny < 0 ? -1 : 1;
        line->nx = sign * nx;
        line->ny = sign * ny;
        line->rho = line->nx * x + line->ny * y;
    }
}

/* whether the votes around another line led to the same one */
static bool is_known(const GArray *lines, const EdgeLine *line)
{
    for (guint i = 0; i < lines->len; i++) {
        const EdgeLine *other = &g_array_index(lines, EdgeLine, i);
        if (other->nx * line->nx + other->ny * line->ny > SAME_COS &&
            fabs(other->rho - line->rho) < NEAR_PX / 2)
            return true;
    }
    return false;
}

GArray *paper_lines(PIX *white)
{
    int width = pixGetWidth(white), height = pixGetHeight(white);
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(EdgeLine));
    g_autoptr(GArray) points = edge_points(white);
    Ballot ballot = {.reach = (int)hypot(width, height) + 2};
    ballot.votes = g_new0(float, (gsize)THETA_STEPS *(gsize)(2 * ballot.reach + 1));
    vote(&ballot, points);
    for (int theta = 0; theta < THETA_STEPS; theta++)
        find_best(&ballot, theta);
    double least = 0.06 * MAX(width, height) * MIN_EDGE;
    EdgeLine line;
    for (int i = 0; i < MAX_TRIES && lines->len < PAPER_MAX_LINES &&
                    take_best(&ballot, least, &line);
         i++) {
        refine(&line, points);
        if (!is_known(lines, &line))
            g_array_append_val(lines, line);
    }
    g_free(ballot.votes);
    return lines;
}
