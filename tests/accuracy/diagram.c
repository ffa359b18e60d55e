/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diagram.c - reliability diagrams on axes of nines. */
#include "diagram.h"
#include "base/rates.h"

#include <stdio.h>

#define MOST_NINES 4.0
#define MARGIN_PX 34 /* for the words on the axes */

/* Where one bin ends and the next begins: what is stated, 0..1. */
static const double edges[] = {0,    0.5,  0.7,   0.8,   0.9,    0.95,
                               0.98, 0.99, 0.995, 0.999, 0.9995, 1.01};
#define BIN_COUNT (G_N_ELEMENTS(edges) - 1)

typedef struct {
    const char *ink;
    bool is_accepted;
    const char *class_name; /* in the style sheet */
    const char *words;
} Series;

static const Series series[] = {
    {"print", true, "print", "print, accepted"},
    {"print", false, "print review", "print, for review"},
    {"hand", true, "hand", "by hand, accepted"},
    {"hand", false, "hand review", "by hand, for review"},
    {"file", true, "file", "the file's own text, accepted"},
    {"file", false, "file review", "the file's own text, for review"},
};

typedef struct {
    Tally tally;
    double sum; /* of what was stated */
} Bin;

double diagram_nines(double share)
{
    double wrong = 1 - CLAMP(share, 0, 1);
    return MIN(MOST_NINES, -log10(MAX(wrong, 1e-9)));
}

/* The printed numbers come from C's own locale. */
static double at_px(double share, int size_px)
{
    return MARGIN_PX + diagram_nines(share) / MOST_NINES * (size_px - 2 * MARGIN_PX);
}

static double up_px(double share, int size_px)
{
    return size_px - at_px(share, size_px);
}

static void draw_axes(GString *html, int size_px)
{
    static const struct {
        double share;
        const char *words;
    } ticks[] = {{0, "0"},     {0.5, "50"},     {0.9, "90"},
                 {0.99, "99"}, {0.999, "99.9"}, {1, "99.99"}};
    double end = size_px - MARGIN_PX;
    for (size_t i = 0; i < G_N_ELEMENTS(ticks); i++) {
        double x = at_px(ticks[i].share, size_px), y = up_px(ticks[i].share, size_px);
        g_string_append_printf(html,
                               "<path class=grid d='M%.1f %d V%.1f M%d %.1f H%.1f'/>"
                               "<text x=%.1f y=%.1f text-anchor=middle>%s</text>"
                               "<text x=%d y=%.1f text-anchor=end>%s</text>",
                               x, MARGIN_PX, end, MARGIN_PX, y, end, x, end + 14,
                               ticks[i].words, MARGIN_PX - 4, y + 4, ticks[i].words);
    }
    g_string_append_printf(html, "<path class=even d='M%d %.1f L%.1f %d'/>", MARGIN_PX,
                           end, end, MARGIN_PX);
}

static void gather(Bin bins[BIN_COUNT], const GArray *stated, const Series *of,
                   const char *kind)
{
    for (guint i = 0; i < stated->len; i++) {
        const Stated *value = &g_array_index(stated, Stated, i);
        if (strcmp(value->ink, of->ink) != 0 || value->is_accepted != of->is_accepted ||
            (kind != NULL && strcmp(value->kind, kind) != 0))
            continue;
        size_t bin = 0;
        while (bin + 1 < BIN_COUNT && value->confidence >= edges[bin + 1])
            bin++;
        tally_add(&bins[bin].tally, value->is_right);
        bins[bin].sum += value->confidence;
    }
}

static void draw_bin(GString *html, const Bin *bin, const Series *of, int size_px)
{
    double mean = bin->sum / bin->tally.all, low, high;
    double rate = tally_percent(bin->tally) / 100;
    rate_interval(bin->tally.good, bin->tally.all, &low, &high);
    double x = at_px(mean, size_px);
    double radius = MIN(9, 2 + log10(bin->tally.all) * 1.6);
    g_string_append_printf(
        html,
        "<g class='%s'><title>%s: said %.2f %%, right %.2f %% (%d of %d; %.2f to %.2f)"
        "</title><path d='M%.1f %.1f V%.1f'/><circle cx=%.1f cy=%.1f r=%.1f /></g>",
        of->class_name, of->words, 100 * mean, 100 * rate, bin->tally.good,
        bin->tally.all, 100 * low, 100 * high, x, up_px(low, size_px),
        up_px(high, size_px), x, up_px(rate, size_px), radius);
}

void diagram_draw(GString *html, const GArray *stated, const char *kind, int size_px)
{
    g_string_append_printf(html,
                           "<svg class=diagram width=%d height=%d viewBox='0 0 %d %d'>",
                           size_px, size_px, size_px, size_px);
    draw_axes(html, size_px);
    for (size_t i = 0; i < G_N_ELEMENTS(series); i++) {
        Bin bins[BIN_COUNT] = {0};
        gather(bins, stated, &series[i], kind);
        for (size_t k = 0; k < BIN_COUNT; k++)
            if (bins[k].tally.all > 0)
                draw_bin(html, &bins[k], &series[i], size_px);
    }
    g_string_append(html, "</svg>");
}

void diagram_legend(GString *html)
{
    g_string_append(html, "<p class=legend>");
    for (size_t i = 0; i < G_N_ELEMENTS(series); i++)
        g_string_append_printf(html,
                               "<svg width=16 height=16><g class='%s'><circle cx=8 cy=8 "
                               "r=5 /></g></svg>%s&emsp;",
                               series[i].class_name, series[i].words);
    g_string_append(html, "</p>\n");
}
