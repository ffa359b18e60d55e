/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reading/private.h - what the files of reading share. */
#pragma once
#include "reading/reading.h"

/* marks.c: ink that is no print: seals, strokes outside every line, and what of the ink
 * on a seal is none of the seal's. @reading: filled: seals, loose, clear */
void marks_take(const Sheet *sheet, const Layout *layout, PageReading *reading);
