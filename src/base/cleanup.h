/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/cleanup.h - g_autoptr() for the libraries that do not bring it. */
#pragma once
#include <glib.h>
#include <json-glib/json-glib.h>
#include <leptonica/allheaders.h>

static inline void pix_release(PIX *pix)
{
    pixDestroy(&pix);
}
static inline void pixa_release(PIXA *pixa)
{
    pixaDestroy(&pixa);
}
static inline void box_release(BOX *box)
{
    boxDestroy(&box);
}
static inline void boxa_release(BOXA *boxa)
{
    boxaDestroy(&boxa);
}
static inline void numa_release(NUMA *numa)
{
    numaDestroy(&numa);
}
static inline void sel_release(SEL *sel)
{
    selDestroy(&sel);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PIX, pix_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PIXA, pixa_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BOX, box_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BOXA, boxa_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NUMA, numa_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SEL, sel_release)
