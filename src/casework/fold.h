/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/fold.h - traditional characters as simplified ones, for comparing. */
#pragma once
#include "base/base.h"

typedef enum {
    FOLD_PLAIN, /* characters of traditional text alone: 陳 as 陈 */
    FOLD_ALL, /* and those that simplified text writes too: 於 as 于, 鍾 as 钟. They may
                 stand for each other, and may be two people's names */
} FoldLevel;

/* fold_traditional: @text with every traditional character replaced by the simplified
 * one. Returns: owned */
char *fold_traditional(const char *text, FoldLevel level);
