/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which class a page is: every class bids on what stands there, and says why. */
#include "papers/private.h"

#include "base/text.h"

/* Cues tell classes apart, and their words are alike (不动产权第, 不动产证明第): at most
 * one character in four may be wrong, and what speaks against a class must be there
 * exactly. */
#define CUE_SHARE_WRONG 0.26
#define AGAINST_SHARE_WRONG 0.09
/* A title fills its line: text around it, as in a sentence, speaks against a title. */
#define TITLE_MIN_SHARE 0.7
/* Fewer characters than this read on a page with ink: it could not be read. Nor could one
 * with a smaller share of sure ones: worn pages have 0.67 and more, pages the wrong way
 * up 0.45 at most (some 80 pages). */
#define READABLE_GLYPHS 12
#define READABLE_SHARE 0.55
#define SURE_CONFIDENCE 0.95

void bid_free(Bid *bid)
{
    g_ptr_array_unref(bid->reasons);
    g_free(bid);
}

/* The texts cues are looked for in: each cell as a whole, each line outside. */
static GPtrArray *page_runs(const PageReading *page)
{
    GPtrArray *runs = g_ptr_array_new();
    int last_cell = -2;
    Run *run = NULL;
    for (guint i = 0; i < page->lines->len; i++) {
        const TextLine *line = page->lines->pdata[i];
        if (run == NULL || line->cell != last_cell || line->cell < 0) {
            run = g_new0(Run, 1);
            run_init(run);
            g_ptr_array_add(runs, run);
        }
        last_cell = line->cell;
        run_add_line(run, line);
    }
    return runs;
}

static void free_runs(GPtrArray *runs)
{
    for (guint i = 0; i < runs->len; i++) {
        run_clear(runs->pdata[i]);
        g_free(runs->pdata[i]);
    }
    g_ptr_array_unref(runs);
}

/* Whether a cell, or a line outside, is all that @pattern says. */
static bool run_matches(const GPtrArray *runs, const char *pattern)
{
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    bool matches = false;
    for (guint i = 0; regex != NULL && i < runs->len && !matches; i++)
        matches = g_regex_match(regex, ((const Run *)runs->pdata[i])->bare->str, 0, NULL);
    return matches;
}

static double find_cue(const GPtrArray *runs, const CueDecl *cue, double share_wrong,
                       const char **found)
{
    double best = -1;
    for (int k = 0; cue->lines != NULL && cue->lines[k] != NULL; k++)
        if (run_matches(runs, cue->lines[k])) {
            *found = cue->lines[k];
            return 1;
        }
    for (guint i = 0; i < runs->len; i++)
        for (guint k = 0; cue->texts != NULL && cue->texts[k] != NULL; k++) {
            int start, end;
            double similarity =
                run_find(runs->pdata[i], cue->texts[k], 0,
                         MIN(share_wrong, label_tolerance(cue->texts[k])), &start, &end);
            if (similarity < 0 || similarity <= best)
                continue;
            if (cue->is_title &&
                end - start < TITLE_MIN_SHARE * run_length(runs->pdata[i]))
                continue;
            best = similarity;
            *found = cue->texts[k];
        }
    return best;
}

/* A label that is told by its place alone. Returns: the share of it that was read; -1:
 * there is none */
static double find_rung(const GArray *ladder, const CueDecl *cue, const char **found)
{
    for (guint i = 0; i < ladder->len; i++) {
        const Rung *rung = &g_array_index(ladder, Rung, i);
        *found = rung->label;
        if (cue->texts != NULL &&
            g_strv_contains((const char *const *)cue->texts, rung->label))
            return rung->share;
    }
    return -1;
}

/* @ladder: labels that are told by their places, or NULL */
static double add_cues(const GPtrArray *runs, const GArray *ladder, const GPtrArray *cues,
                       double sign, GPtrArray *reasons)
{
    double sum = 0;
    for (guint i = 0; cues != NULL && i < cues->len; i++) {
        const CueDecl *cue = cues->pdata[i];
        const char *text = NULL;
        double similarity =
            find_cue(runs, cue, sign > 0 ? CUE_SHARE_WRONG : AGAINST_SHARE_WRONG, &text);
        if (similarity < 0 && ladder != NULL)
            similarity = find_rung(ladder, cue, &text);
        if (similarity < 0)
            continue;
        sum += sign * cue->weight * similarity;
        g_ptr_array_add(reasons, g_strdup_printf("%s%s (%.2f)", sign < 0 ? "- " : "",
                                                 text, similarity));
    }
    return sum;
}

static int best_first(gconstpointer a, gconstpointer b)
{
    const Bid *one = *(Bid *const *)a, *other = *(Bid *const *)b;
    if (one->score != other->score)
        return one->score < other->score ? 1 : -1;
    return strcmp(one->decl->name, other->decl->name);
}

GPtrArray *bids_on_page(const PageReading *page, const Pipeline *pipeline)
{
    GPtrArray *bids = g_ptr_array_new_with_free_func((GDestroyNotify)bid_free);
    const GPtrArray *classes = pipeline_classes(pipeline);
    GPtrArray *runs = page_runs(page);
    g_autoptr(GArray) steps = ladder_steps(page);
    for (guint i = 0; i < classes->len; i++) {
        const ClassDecl *decl = classes->pdata[i];
        Bid *bid = g_new0(Bid, 1);
        bid->decl = decl;
        bid->reasons = g_ptr_array_new_with_free_func(g_free);
        /* no number of cues outweighs what a paper says it is instead: a residence
         * permit has all that an identity card has */
        g_autoptr(GArray) ladder = decl->is_form ? NULL : ladder_find(decl, steps);
        bid->score = MIN(add_cues(runs, ladder, decl->cues, 1, bid->reasons), 100);
        bid->score += add_cues(runs, NULL, decl->against, -1, bid->reasons);
        if (bid->score > 0)
            g_ptr_array_add(bids, bid);
        else
            bid_free(bid);
    }
    free_runs(runs);
    g_ptr_array_sort(bids, best_first);
    return bids;
}

bool page_has_title(const PageReading *page, const ClassDecl *decl)
{
    GPtrArray *runs = page_runs(page);
    bool has_title = false;
    for (guint i = 0; i < decl->cues->len && !has_title; i++) {
        const CueDecl *cue = decl->cues->pdata[i];
        const char *text = NULL;
        has_title = cue->is_title && find_cue(runs, cue, CUE_SHARE_WRONG, &text) >= 0;
    }
    free_runs(runs);
    return has_title;
}

bool page_goes_on(const PageReading *page, const ClassDecl *decl)
{
    g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *runs = page_runs(page);
    double score = add_cues(runs, NULL, decl->further, 1, reasons);
    score += add_cues(runs, NULL, decl->against, -1, reasons);
    free_runs(runs);
    return score >= decl->accept_score;
}

bool page_is_readable(const PageReading *page)
{
    int sure = 0, all = 0;
    for (guint i = 0; i < page->lines->len; i++) {
        const TextLine *line = page->lines->pdata[i];
        for (guint k = 0; line->glyphs != NULL && k < line->glyphs->len; k++, all++)
            sure += g_array_index(line->glyphs, Glyph, k).confidence >= SURE_CONFIDENCE;
    }
    return sure >= READABLE_GLYPHS && sure >= READABLE_SHARE * all;
}
