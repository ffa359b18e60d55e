/* SPDX-License-Identifier: GPL-3.0-or-later */
/* part.h - what the made-up papers are for. Each part has names, faces and prints of its
 * own, so that the measuring part shows nothing that was seen while building or testing.
 */
#pragma once
#include <glib.h>

typedef enum { PART_SAMPLES, PART_TEST, PART_MEASURE, PART_COUNT } Part;

typedef enum { PLACE_KAIFENG, PLACE_TONGXU, PLACE_COUNT } Place;

extern const char *const part_names[PART_COUNT];
extern const char *const place_codes[PLACE_COUNT];
