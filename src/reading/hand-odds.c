/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the traces of characters say for a hand: how unlike print their shapes are, and
 * how uneven they stand. */
#include "base/text.h"
#include "reading/private.h"

#define MAX_CHARACTERS 200
/* Lower characters say nothing of where their line stands. */
#define FLAT "一二三四丨"
/* So many tell whether they stand in a row; of more the worst is left out: a speck, or a
 * neighbour's stroke. */
#define MIN_IN_ROW 3
#define MIN_TO_DROP 5
/* Chinese characters differ in height, and less in where their middle is. */
#define MIDDLE_WEIGHT 1.3
#define HEIGHT_WEIGHT 0.7
/* What print comes to, where too few characters stand in a row; and what is enough. */
#define UNEVEN_OF_PRINT 0.012
#define MOST_UNEVEN 0.15
/* Logistic regression on 1165 printed values of worn pages in seven faces and 225 by
 * hand. Where a face of hands was left out of it, 85 of its 92 values were told at odds
 * of one (Ma Shan Zheng), 33 of 36 (Long Cang); of the printed ones 12 in 1165, half of
 * which were misread as well. */
#define UNLIKE_WEIGHT 3.8
#define UNEVEN_WEIGHT 56.0
#define BIAS 4.5

/* The logarithm of the odds that make a line of more characters than the second one by
 * hand, and so many of such lines make a page one that is written on. */
#define SURE_ODDS 1.0
#define FEW_CHARACTERS 3
#define WRITTEN_MIN_LINES 3

/* Further than this from print no character of it was in 98 of 100 values. */
#define STRANGE 0.9

typedef struct {
    double x, y;
} Dot;

typedef struct {
    Dot dots[MAX_CHARACTERS];
    int count;
} Row;

static void row_add(Row *row, double x, double y)
{
    if (row->count < MAX_CHARACTERS)
        row->dots[row->count++] = (Dot){x, y};
}

/* The line that fits @row best, @skip left out: y = @a + @b x */
static void fit(const Row *row, int skip, double *a, double *b)
{
    double n = 0, x = 0, y = 0, xx = 0, xy = 0;
    for (int i = 0; i < row->count; i++) {
        Dot dot = row->dots[i];
        if (i == skip)
            continue;
        n++;
        x += dot.x;
        y += dot.y;
        xx += dot.x * dot.x;
        xy += dot.x * dot.y;
    }
    double spread = n * xx - x * x;
    *b = spread > 0 ? (n * xy - x * y) / spread : 0;
    *a = (y - *b * x) / n;
}

static double off(Dot dot, double a, double b)
{
    return fabs(dot.y - a - b * dot.x);
}

/* the mean square that the dots of @row lie off a line */
static double unevenness(const Row *row)
{
    double a, b, sum = 0;
    int worst = 0, skip = -1;
    fit(row, skip, &a, &b);
    for (int i = 1; i < row->count; i++)
        if (off(row->dots[i], a, b) > off(row->dots[worst], a, b))
            worst = i;
    if (row->count >= MIN_TO_DROP) {
        skip = worst;
        fit(row, skip, &a, &b);
    }
    for (int i = 0; i < row->count; i++)
        sum += i != skip ? pow(off(row->dots[i], a, b), 2) : 0;
    return sum / (row->count - (skip >= 0) - 2);
}

/* How unlike print @glyphs are on the whole; of several the worst is left out. */
static double unlikeness(const Glyph *const *glyphs, guint count)
{
    double sum = 0, most = -G_MAXDOUBLE;
    for (guint i = 0; i < count; i++) {
        sum += glyphs[i]->trace.unlike;
        most = MAX(most, glyphs[i]->trace.unlike);
    }
    return count > MIN_IN_ROW ? (sum - most) / (count - 1) : sum / count;
}

/* Where the characters of a value stand. */
typedef struct {
    Row tops, bottoms;    /* of digits, in heights of their line */
    Row middles, heights; /* of Chinese characters */
} Rows;

static void add_glyph(Rows *rows, const Glyph *glyph, double line_px)
{
    const HandTrace *trace = &glyph->trace;
    double x = rect_centre_x(glyph->box_px) / line_px;
    if (g_ascii_isdigit(glyph->text[0])) {
        row_add(&rows->tops, x, trace->top);
        row_add(&rows->bottoms, x, trace->bottom);
    } else if (strstr(FLAT, glyph->text) == NULL) {
        row_add(&rows->middles, x, (trace->top + trace->bottom) / 2);
        row_add(&rows->heights, x, trace->bottom - trace->top);
    }
}

/* the middle of the heights of what stands in @rows */
static double height_of(const Row *tops, const Row *bottoms)
{
    double sum = 0;
    for (int i = 0; i < tops->count; i++)
        sum += bottoms != NULL ? bottoms->dots[i].y - tops->dots[i].y : tops->dots[i].y;
    return tops->count > 0 ? MAX(sum / tops->count, 1e-3) : 1;
}

/* how far what stands in @rows lies off straight lines, in heights; negative: too few */
static double rows_uneven(const Rows *rows)
{
    double sum = 0;
    int parts = 0;
    if (rows->tops.count >= MIN_IN_ROW) {
        double square = pow(height_of(&rows->tops, &rows->bottoms), 2);
        sum += (unevenness(&rows->tops) + unevenness(&rows->bottoms)) / square;
        parts += 2;
    }
    if (rows->middles.count >= MIN_IN_ROW) {
        double square = pow(height_of(&rows->heights, NULL), 2);
        sum += (pow(MIDDLE_WEIGHT, 2) * unevenness(&rows->middles) +
                pow(HEIGHT_WEIGHT, 2) * unevenness(&rows->heights)) /
               square;
        parts += 2;
    }
    return parts > 0 ? sqrt(sum / parts) : -1;
}

bool trace_is_strange(const HandTrace *trace)
{
    return trace->is_there && trace->unlike > STRANGE;
}

guint glyphs_hand_odds(const TextLine *line, const Glyph *const *glyphs, guint count,
                       double *odds)
{
    g_autofree Rows *rows = g_new0(Rows, 1);
    g_autofree const Glyph **traced = g_new(const Glyph *, (gsize)count + 1);
    guint found = 0;
    for (guint i = 0; i < count; i++)
        if (glyphs[i]->trace.is_there)
            traced[found++] = glyphs[i];
    if (found == 0)
        return 0;
    for (guint i = 0; i < found; i++)
        add_glyph(rows, traced[i], MAX(1, line->box_px.height));
    double uneven = rows_uneven(rows);
    *odds = UNLIKE_WEIGHT * unlikeness(traced, found) +
            UNEVEN_WEIGHT * MIN(uneven >= 0 ? uneven : UNEVEN_OF_PRINT, MOST_UNEVEN) -
            BIAS;
    return found;
}

bool text_line_is_read(const TextLine *line)
{
    return !line->is_from_file && !line->is_skipped && line->glyphs != NULL;
}

guint line_hand_odds(const TextLine *line, double *odds)
{
    guint count = text_line_is_read(line) ? line->glyphs->len : 0;
    g_autofree const Glyph **glyphs = g_new(const Glyph *, (gsize)count + 1);
    for (guint i = 0; i < count; i++)
        glyphs[i] = &g_array_index(line->glyphs, Glyph, i);
    return glyphs_hand_odds(line, glyphs, count, odds);
}

bool lines_are_written(const GPtrArray *lines)
{
    int written = 0;
    for (guint i = 0; i < lines->len; i++) {
        double odds = 0;
        written +=
            line_hand_odds(lines->pdata[i], &odds) > FEW_CHARACTERS && odds > SURE_ODDS;
    }
    return written >= WRITTEN_MIN_LINES;
}
