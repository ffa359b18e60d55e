/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet/quality.h - is a page too bad to be read? What is in doubt is good enough. */
#pragma once
#include "sheet/private.h"

/* Paper darker than this is lost in the camera's noise. */
#define DARK_PAPER 36

/* quality_is_blurred: whether print has no sharp edges: out of focus, or shaken.
 * @grey: 8 bpp, upright, even light; @dpi: of it */
bool quality_is_blurred(PIX *grey, int dpi);

/* quality_is_dark: whether so little light fell on it that noise drowns the print.
 * @page: 8 or 32 bpp, as it came */
bool quality_is_dark(PIX *page);
/* quality_is_darker: whether the larger part of @page is darker than @level, 0..255 */
bool quality_is_darker(PIX *page, int level);

/* quality_is_toneless: whether nothing is left between black and white but what JPEG
 * makes: somebody's scanner or program decided what is ink. @page: 8 or 32 bpp, as it
 * came */
bool quality_is_toneless(PIX *page);

/* quality_is_cut: whether print runs over the side from @from to @to, the paper being to
 * its right. @grey: 8 bpp, even light; @dpi: of it */
bool quality_is_cut(PIX *grey, Point from, Point to, int dpi);
