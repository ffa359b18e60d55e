/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reading/private.h - what the files of reading share. */
#pragma once
#include "reading/reading.h"

/* marks.c: ink that is no print: seals, strokes outside every line, and what of the ink
 * on a seal is none of the seal's. @reading: filled: seals, loose, clear */
void marks_take(const Sheet *sheet, const Layout *layout, PageReading *reading);

/* seal-text.c: the words along the rings of round seals, by both models.
 * @reading: its seals get their texts, where there are any
 * Returns: false with READING_ERROR_ENGINE */
bool seals_read(Engine *engine, const Sheet *sheet, PageReading *reading, GError **error);

/* seal_strip: the words of the seal in @box_px unrolled into a line, dark on white.
 * @sheet: with its layer of seals
 * Returns: 8 bpp, owned; NULL where there is no round seal, or its words have no end */
PIX *seal_strip(const Sheet *sheet, Rect box_px);
