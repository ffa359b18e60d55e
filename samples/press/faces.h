/* SPDX-License-Identifier: GPL-3.0-or-later */
/* faces.h - the type faces each part may use. */
#pragma once
#include "dice.h"
#include "part.h"

typedef enum { KIND_SONG, KIND_HEI, KIND_KAI, KIND_FILL, KIND_COUNT } FaceKind;

typedef struct {
    const char *family; /* as fontconfig calls it */
    FaceKind kind;
    Part part;
} Face;

/* faces_pick: a face of @part and @kind, or of any kind where @kind is KIND_COUNT.
 * @dice: which one; borrowed. Returns: a family name, static */
const char *faces_pick(Part part, FaceKind kind, Dice *dice);

/* faces_check: are all faces installed, and do they (with those that help out) have every
 * character of @text? Returns: TRUE, or FALSE with @error naming the face or the
 * character */
gboolean faces_check(const char *text, GError **error);

/* faces_table: all faces, for listing; the last has family NULL. */
const Face *faces_table(void);
