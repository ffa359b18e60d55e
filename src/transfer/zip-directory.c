/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A zip says everything about a file twice, before it and in the directory at its end,
 * and readers look at one of them only. Both must say the same, and nothing may lie
 * between: what libarchive passes over would else be a place to change unnoticed. The
 * layout is PKWARE's APPNOTE 6.3, sections 4.3.7 to 4.3.16, without zip64, encryption or
 * spanning. */
#include <string.h>

#include "transfer/private.h"

enum { LOCAL_BYTES = 30, CENTRAL_BYTES = 46, END_BYTES = 22, DESCRIPTOR_BYTES = 16 };
enum { FLAG_DESCRIPTOR = 8 };
static const char LOCAL_MARK[] = "PK\3\4", CENTRAL_MARK[] = "PK\1\2",
                  END_MARK[] = "PK\5\6", DESCRIPTOR_MARK[] = "PK\7\10";

typedef struct {
    const guint8 *data;
    gsize length;
    gsize local, central; /* where the next of each begins */
    const guint8 *first;  /* the first central header */
} Zip;

static guint32 number(const guint8 *at, int bytes)
{
    guint32 value = 0;
    for (int i = bytes - 1; i >= 0; i--)
        value = value << 8 | at[i];
    return value;
}

/* @bytes at @at that begin with @mark; NULL where the file is too short or says else */
static const guint8 *header_at(const Zip *zip, gsize at, gsize bytes, const char *mark)
{
    if (at > zip->length || bytes > zip->length - at ||
        memcmp(zip->data + at, mark, 4) != 0)
        return NULL;
    return zip->data + at;
}

/* Fields that only the directory has are the same for all files, as one writer sets them:
 * who made it, the disk, what kind of file it is, the rights. No file has a remark. */
static bool is_like_first(const Zip *zip, const guint8 *central)
{
    return memcmp(central + 4, zip->first + 4, 2) == 0 && number(central + 32, 2) == 0 &&
           number(central + 34, 2) == 0 && memcmp(central + 36, zip->first + 36, 6) == 0;
}

static bool is_descriptor(const Zip *zip, gsize at, const guint8 *central)
{
    const guint8 *found = header_at(zip, at, DESCRIPTOR_BYTES, DESCRIPTOR_MARK);
    return found != NULL && memcmp(found + 4, central + 16, 12) == 0;
}

/* Steps over one file, if what stands before and behind it is what @central says. */
static bool pass_file(Zip *zip, const guint8 *central, guint32 name_bytes,
                      guint32 extra_bytes)
{
    const guint8 *local = header_at(zip, zip->local, LOCAL_BYTES, LOCAL_MARK);
    guint32 size = number(central + 20, 4);
    bool has_descriptor = number(central + 8, 2) & FLAG_DESCRIPTOR;
    gsize rest = LOCAL_BYTES + (gsize)name_bytes + extra_bytes;
    if (local == NULL || number(central + 42, 4) != zip->local ||
        rest > zip->length - zip->local || size > zip->length - zip->local - rest ||
        memcmp(local + 4, central + 6, 10) != 0 ||  /* version .. date */
        memcmp(local + 26, central + 28, 4) != 0 || /* lengths */
        memcmp(local + 30, central + 46, name_bytes) != 0 ||
        memcmp(local + 30 + name_bytes, central + 46 + name_bytes, extra_bytes) != 0)
        return false;
    bool is_told_later = has_descriptor && number(local + 14, 4) == 0;
    if (!is_told_later && memcmp(local + 14, central + 16, 4) != 0)
        return false;
    bool has_sizes = !has_descriptor || number(local + 18, 4) != 0;
    if (has_sizes && memcmp(local + 18, central + 20, 8) != 0)
        return false;
    zip->local += rest + size;
    if (!has_descriptor)
        return true;
    bool is_good = is_descriptor(zip, zip->local, central);
    zip->local += DESCRIPTOR_BYTES;
    return is_good;
}

static bool pass_entry(Zip *zip)
{
    const guint8 *central = header_at(zip, zip->central, CENTRAL_BYTES, CENTRAL_MARK);
    if (central == NULL)
        return false;
    guint32 name_bytes = number(central + 28, 2), extra_bytes = number(central + 30, 2);
    gsize bytes = CENTRAL_BYTES + (gsize)name_bytes + extra_bytes;
    if (zip->first == NULL)
        zip->first = central;
    if (bytes > zip->length - zip->central || !is_like_first(zip, central) ||
        !pass_file(zip, central, name_bytes, extra_bytes))
        return false;
    zip->central += bytes;
    return true;
}

bool zip_directory_agrees(const guint8 *data, gsize length)
{
    Zip zip = {data, length, 0, 0, NULL};
    if (length < END_BYTES)
        return false;
    gsize end_at = length - END_BYTES;
    const guint8 *end = header_at(&zip, end_at, END_BYTES, END_MARK);
    if (end == NULL || number(end + 4, 4) != 0 || number(end + 20, 2) != 0 ||
        memcmp(end + 8, end + 10, 2) != 0)
        return false;
    gsize directory = number(end + 16, 4);
    zip.central = directory;
    for (guint32 left = number(end + 8, 2); left > 0; left--)
        if (!pass_entry(&zip))
            return false;
    return zip.local == directory && zip.central == end_at &&
           number(end + 12, 4) == end_at - directory;
}
