/* SPDX-License-Identifier: GPL-3.0-or-later */
/* selfcheck.h - is what the press makes what it says? */
#pragma once
#include <glib.h>

/* self_check: faces and characters, identity numbers, truth keys, sameness of two
 * printings. Returns: TRUE, or FALSE with @error saying what is wrong */
gboolean self_check(GError **error);
