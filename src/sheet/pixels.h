/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet/pixels.h - what sheet and layout both do with pixels: blobs of ink, the level of
 * the paper, black and white from grey. */
#pragma once
#include "base/base.h"

/* A connected blob of ink (8 neighbours). */
typedef struct {
    Rect box_px;
    int area_px;
} Blob;

/* The blobs of one picture, with what is needed to find their pixels again. */
typedef struct {
    Blob *blobs;
    int count;
    struct InkRun *runs; /* every horizontal run of ink, row by row */
    int run_count;
} BlobSet;

struct InkRun {
    int y, x0, x1; /* x1 is behind the last pixel */
    int blob;      /* index into blobs */
};

/* blobs_find: the connected blobs of a picture, in the order of their topmost run.
 * @ink: 1 bpp, borrowed
 * @max_runs: more runs of ink than this is noise, not a page
 * Returns: owned; NULL where there are more runs or no memory */
BlobSet *blobs_find(PIX *ink, int max_runs);

/* blobs_erase: paint white the blobs for which @is_unwanted says so.
 * @ink: the picture @set was found in; changed */
typedef bool (*BlobTest)(const Blob *blob, const void *data);
void blobs_erase(const BlobSet *set, PIX *ink, BlobTest is_unwanted, const void *data);

void blobs_free(BlobSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BlobSet, blobs_free)

#define BLOBS_MAX_RUNS (4 * 1000 * 1000)

/* Levels of paper and ink over a page, one value for each tile. */
typedef struct {
    int tile_px, columns, rows;
    uint8_t *paper; /* the light level, dark areas filled from around them */
    uint8_t *dark;  /* the level of the darkest ink */
} LightMap;

/* light_map_new: measure @grey.
 * @grey: 8 bpp, borrowed; @tile_px: 8 or more; 3 to 5 mm of paper is right
 * Returns: owned; NULL without memory */
LightMap *light_map_new(PIX *grey, int tile_px);
void light_map_free(LightMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LightMap, light_map_free)

/* ink_from_grey: black and white by a threshold that follows paper and ink.
 * @grey: 8 bpp, borrowed; @dpi: of @grey
 * Returns: 1 bpp of the same size, owned; NULL without memory */
PIX *ink_from_grey(PIX *grey, int dpi);

/* ink_share: how much of @box on @ink, 1 bpp, is set: 0..1; 0 where that is nothing */
double ink_share(PIX *ink, Rect box);

/* text_height_estimate: the height in pixels of the page's Chinese characters, by the
 * commonest size of blobs that are about as wide as high.
 * @set: borrowed
 * Returns: 0 where there are too few to say */
double text_height_estimate(const BlobSet *set);

/* warp: @source seen through @to_source.
 * @source: 8 or 32 bpp, borrowed
 * @to_source: from the result's pixels to those of @source, affine
 * @width_px, @height_px: of the result; outside of @source it is white
 * Returns: same depth, owned; NULL without memory */
PIX *warp(PIX *source, Transform to_source, int width_px, int height_px);
