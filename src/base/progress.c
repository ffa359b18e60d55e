/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/progress.h"

#include <libintl.h>
#include <stdio.h>
#include <unistd.h>

#define BAR_CHARACTERS 24
#define DRAW_EVERY_US 100000         /* on a terminal: ten times a second */
#define LINE_EVERY_US (10 * 1000000) /* elsewhere: a log is not a film */

struct Progress {
    char *what;
    int total, done;
    bool is_quiet, is_terminal;
    gint64 started_us, drawn_us;
    int drawn_done;
};

Progress *progress_new(const char *what, int total, bool is_quiet)
{
    Progress *progress = g_new0(Progress, 1);
    progress->what = g_strdup(what);
    progress->total = MAX(total, 1);
    progress->is_quiet = is_quiet;
    progress->is_terminal = isatty(STDERR_FILENO) == 1;
    progress->started_us = g_get_monotonic_time();
    progress->drawn_us = progress->started_us;
    progress->drawn_done = -1;
    return progress;
}

/* "12 per minute, 3 min left", empty while nothing can be said. Owned. */
static char *pace(const Progress *progress)
{
    double elapsed_s = (double)(g_get_monotonic_time() - progress->started_us) / 1e6;
    if (progress->done == 0 || elapsed_s < 1)
        return g_strdup("");
    double per_minute = progress->done * 60 / elapsed_s;
    int left_s = (int)ceil((progress->total - progress->done) * 60 / per_minute);
    g_autofree char *rate = g_strdup_printf(gettext("%.0f per minute"), per_minute);
    if (left_s <= 0)
        return g_steal_pointer(&rate);
    g_autofree char *left =
        left_s < 90 ? g_strdup_printf(gettext("%d s left"), left_s)
                    : g_strdup_printf(gettext("%d min left"), (left_s + 59) / 60);
    return g_strdup_printf("%s, %s", rate, left);
}

static void draw_bar(Progress *progress)
{
    char bar[BAR_CHARACTERS + 1];
    int filled = (int)((int64_t)progress->done * BAR_CHARACTERS / progress->total);
    for (int i = 0; i < BAR_CHARACTERS; i++)
        bar[i] = i < filled ? '#' : '-';
    bar[BAR_CHARACTERS] = '\0';
    g_autofree char *words = pace(progress);
    /* \033[K: the line before may have been longer */
    fprintf(stderr, "\r%s [%s] %d/%d %s\033[K", progress->what, bar, progress->done,
            progress->total, words);
    fflush(stderr);
}

static void draw_line(Progress *progress)
{
    g_autofree char *words = pace(progress);
    fprintf(stderr, "%s %d/%d%s%s\n", progress->what, progress->done, progress->total,
            *words == '\0' ? "" : " ", words);
}

static void draw(Progress *progress)
{
    progress->drawn_us = g_get_monotonic_time();
    progress->drawn_done = progress->done;
    if (progress->is_terminal)
        draw_bar(progress);
    else
        draw_line(progress);
}

void progress_step(Progress *progress)
{
    if (progress->done < progress->total)
        progress->done++;
    if (progress->is_quiet)
        return;
    gint64 every_us = progress->is_terminal ? DRAW_EVERY_US : LINE_EVERY_US;
    if (g_get_monotonic_time() - progress->drawn_us >= every_us)
        draw(progress);
}

void progress_free(Progress *progress)
{
    if (progress == NULL)
        return;
    if (!progress->is_quiet) {
        if (progress->drawn_done != progress->done)
            draw(progress);
        if (progress->is_terminal)
            fputc('\n', stderr);
    }
    g_free(progress->what);
    g_free(progress);
}
