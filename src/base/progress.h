/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/progress.h - how far long work has come: a bar on a terminal, a line now and then
 * elsewhere; always on standard error. */
#pragma once
#include "base/base.h"

typedef struct Progress Progress;

/* progress_new: @what: said before the figures, already in the reader's language;
 * @total: things to do, > 0; @is_quiet: say nothing. Returns: owned */
Progress *progress_new(const char *what, int total, bool is_quiet);
/* progress_step: one more is done; draws at most ten times a second. */
void progress_step(Progress *progress);
/* progress_free: ends the line. NULL is allowed. */
void progress_free(Progress *progress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Progress, progress_free)
