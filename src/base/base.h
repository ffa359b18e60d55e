/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/base.h - what every room may use; knows nothing of the domain. */
#pragma once
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "base/geometry.h"
#include "base/limits.h"
