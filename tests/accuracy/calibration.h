/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calibration.h - writes pipelines/calibration.yaml. */
#pragma once
#include "stated.h"

/* calibration_write: how often the values of @stated were right, by kind, ink, state and
 * confidence before calibration.
 * @cases: MadeCase *, which the heading names by their seeds
 * Returns: whether it was written; BASE_ERROR_FORMAT where no model read them, or two did
 */
bool calibration_write(const GPtrArray *cases, const GArray *stated, const char *path,
                       GError **error);
