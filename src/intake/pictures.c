/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TIFF, JPEG, PNG and BMP by Leptonica; sizes are looked at before anything is decoded.
 */
#include <libexif/exif-data.h>

#include "intake/private.h"

/* A4 at 600 dpi is 35 million pixels and is read at 300 all the same. */
#define REDUCE_ABOVE_PIXELS (24 * 1000 * 1000)

/* The smallest picture in the file and still as fine as reading wants. */
static int reduction_for(int64_t width, int64_t height)
{
    int reduction = 1;
    while (reduction < 8 &&
           width * height / (reduction * reduction) > REDUCE_ABOVE_PIXELS)
        reduction *= 2;
    return reduction;
}

static PIX *damaged(GError **error, const char *what)
{
    return fail_null(error, INTAKE_ERROR, INTAKE_ERROR_DAMAGED, "%s", what);
}

/* --- TIFF --- */

static int tiff_count(const char *path, GError **error)
{
    FILE *file = fopenReadStream(path);
    l_int32 count = 0;
    if (file == NULL) {
        fail(error, INTAKE_ERROR, INTAKE_ERROR_IO, "cannot read %s", path);
        return 0;
    }
    int failed = tiffGetCount(file, &count);
    fclose(file);
    if (failed != 0 || count <= 0) {
        damaged(error, "TIFF: no directory of pages");
        return 0;
    }
    return count;
}

static PIX *tiff_load(const char *path, int index, PageInfo *info, GError **error)
{
    l_int32 width, height, bits, samples, dpi = 0, has_map, format;
    if (readHeaderTiff(path, index, &width, &height, &bits, &samples, &dpi, &has_map,
                       &format) != 0)
        return damaged(error, "TIFF: header of the page");
    if (!check_size(width, height, error))
        return NULL;
    if (bits * samples > 64) /* 4 channels of 16 bits are the most a scanner makes */
        return damaged(error, "TIFF: impossible depth");
    g_autoptr(PIX) page = pixReadTiff(path, index);
    if (page == NULL)
        return damaged(error, "TIFF: cannot be decoded");
    info->claimed_dpi = believable_dpi(pixGetXRes(page));
    return g_steal_pointer(&page);
}

/* --- JPEG --- */

static int one_page(bool has_header, GError **error)
{
    if (has_header)
        return 1;
    damaged(error, "the header cannot be read");
    return 0;
}

static bool jpeg_size(const char *path, l_int32 *width, l_int32 *height)
{
    return readHeaderJpeg(path, width, height, NULL, NULL, NULL) == 0;
}

static int jpeg_count(const char *path, GError **error)
{
    l_int32 width = 0, height = 0;
    int count = one_page(jpeg_size(path, &width, &height), error);
    return count > 0 && check_size(width, height, error) ? count : 0;
}

static int exif_orientation(const char *path)
{
    int orientation = 1;
    ExifData *data = exif_data_new_from_file(path);
    if (data == NULL)
        return orientation;
    ExifEntry *entry =
        exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
    if (entry != NULL && entry->format == EXIF_FORMAT_SHORT && entry->size >= 2)
        orientation = exif_get_short(entry->data, exif_data_get_byte_order(data));
    exif_data_unref(data);
    return orientation;
}

/* Exif 2.3, 4.6.4: what to do so that row 0 is the top and column 0 the left. */
static PIX *turn_upright(PIX *page, int orientation)
{
    static const struct {
        int quarter_turns;
        bool is_mirrored;
    } moves[] = {[1] = {0, false}, [2] = {0, true},  [3] = {2, false}, [4] = {2, true},
                 [5] = {1, true},  [6] = {1, false}, [7] = {3, true},  [8] = {3, false}};
    if (orientation < 2 || orientation > 8)
        return pixClone(page);
    g_autoptr(PIX) turned = pixRotateOrth(page, moves[orientation].quarter_turns);
    if (turned == NULL || !moves[orientation].is_mirrored)
        return g_steal_pointer(&turned);
    return pixFlipLR(NULL, turned);
}

/* Places before the picture data where bytes stand between two markers. Cameras and
 * Photoshop leave such junk; libjpeg steps over it with one warning each, and nothing of
 * the picture is lost. */
static int header_junk(const char *path)
{
    FILE *file = fopen(path, "rb");
    int junk = 0, c = 0, marker = 0;
    if (file == NULL || fgetc(file) != 0xFF || fgetc(file) != 0xD8)
        c = EOF;
    while (c != EOF && marker != 0xDA) {
        bool is_clean = true;
        while ((c = fgetc(file)) != EOF && c != 0xFF)
            is_clean = false;
        while (c == 0xFF)
            c = fgetc(file);
        if (c == 0) /* a stuffed zero is junk too, and the search goes on */
            continue;
        marker = c;
        junk += is_clean ? 0 : 1;
        int high = fgetc(file), low = fgetc(file);
        if (c == EOF || low == EOF || fseek(file, (high << 8 | low) - 2, SEEK_CUR) != 0)
            break;
    }
    if (file != NULL)
        fclose(file);
    return junk;
}

static PIX *jpeg_load(const char *path, int index, PageInfo *info, GError **error)
{
    l_int32 width, height, warnings = 0;
    if (index != 0)
        return damaged(error, "JPEG: one page only");
    if (!jpeg_size(path, &width, &height))
        return damaged(error, "JPEG: header");
    if (!check_size(width, height, error))
        return NULL;
    info->reduction = reduction_for(width, height);
    g_autoptr(PIX) page =
        pixReadJpeg(path, 0, info->reduction, &warnings, L_JPEG_CONTINUE_WITH_BAD_DATA);
    /* Any other warning: part of the picture was made up, cut short or garbled. */
    if (page == NULL || (warnings > 0 && warnings != header_junk(path)))
        return damaged(error, "JPEG: cut short or garbled");
    /* The density is that of the whole picture; Leptonica keeps it when it reduces. */
    info->claimed_dpi = believable_dpi(pixGetXRes(page) / info->reduction);
    PIX *upright = turn_upright(page, exif_orientation(path));
    return upright != NULL ? upright : damaged(error, "JPEG: cannot be turned");
}

/* --- PNG --- */

static bool png_size(const char *path, l_int32 *width, l_int32 *height)
{
    return readHeaderPng(path, width, height, NULL, NULL, NULL) == 0;
}

static int png_count(const char *path, GError **error)
{
    l_int32 width = 0, height = 0;
    int count = one_page(png_size(path, &width, &height), error);
    return count > 0 && check_size(width, height, error) ? count : 0;
}

/* Leptonica reads no reduced PNGs or BMPs, so that is done after. */
static PIX *reduced(PIX *page, PageInfo *info, GError **error)
{
    info->claimed_dpi = believable_dpi(pixGetXRes(page));
    info->reduction =
        pixGetDepth(page) == 1
            ? 1 /* black and white is small, and grey would lose its edges */
            : reduction_for(pixGetWidth(page), pixGetHeight(page));
    if (info->reduction == 1)
        return pixClone(page);
    g_autoptr(PIX) plain = pixRemoveColormap(page, REMOVE_CMAP_BASED_ON_SRC);
    float scale = 1.0f / (float)info->reduction;
    PIX *smaller = plain == NULL ? NULL : pixScaleAreaMap(plain, scale, scale);
    info->claimed_dpi = believable_dpi(pixGetXRes(page) / info->reduction);
    return smaller != NULL ? smaller : damaged(error, "cannot be reduced");
}

static PIX *png_load(const char *path, int index, PageInfo *info, GError **error)
{
    l_int32 width, height;
    if (index != 0)
        return damaged(error, "PNG: one page only");
    if (!png_size(path, &width, &height))
        return damaged(error, "PNG: header");
    if (!check_size(width, height, error))
        return NULL;
    g_autoptr(PIX) page = pixRead(path);
    if (page == NULL)
        return damaged(error, "PNG: cannot be decoded");
    if (pixGetDepth(page) == 32 && pixGetSpp(page) == 4) { /* see-through means white */
        PIX *solid = pixAlphaBlendUniform(page, 0xffffff00);
        pixDestroy(&page);
        page = solid;
        if (page == NULL)
            return damaged(error, "PNG: transparency");
    }
    return reduced(page, info, error);
}

/* --- BMP --- */

static uint32_t little_endian(const guchar *bytes, int count)
{
    uint32_t value = 0;
    for (int i = count; i-- > 0;)
        value = value << 8 | bytes[i];
    return value;
}

/* BITMAPCOREHEADER has 16-bit sizes, all later headers 32-bit ones; height may be < 0. */
static bool bmp_size(const char *path, int64_t *width, int64_t *height)
{
    guchar head[26];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    size_t got = fread(head, 1, sizeof head, file);
    fclose(file);
    if (got < sizeof head)
        return false;
    if (little_endian(head + 14, 4) == 12) {
        *width = little_endian(head + 18, 2);
        *height = little_endian(head + 20, 2);
    } else {
        *width = (int32_t)little_endian(head + 18, 4);
        *height = ABS((int64_t)(int32_t)little_endian(head + 22, 4));
    }
    return true;
}

static int bmp_count(const char *path, GError **error)
{
    int64_t width = 0, height = 0;
    int count = one_page(bmp_size(path, &width, &height), error);
    return count > 0 && check_size(width, height, error) ? count : 0;
}

static PIX *bmp_load(const char *path, int index, PageInfo *info, GError **error)
{
    int64_t width, height;
    if (index != 0)
        return damaged(error, "BMP: one page only");
    if (!bmp_size(path, &width, &height))
        return damaged(error, "BMP: header");
    if (!check_size(width, height, error))
        return NULL;
    g_autoptr(PIX) page = pixRead(path);
    if (page == NULL)
        return damaged(error, "BMP: cannot be decoded (compressed ones are not read)");
    return reduced(page, info, error);
}

const Reader reader_tiff = {"tiff", tiff_count, tiff_load};
const Reader reader_jpeg = {"jpeg", jpeg_count, jpeg_load};
const Reader reader_png = {"png", png_count, png_load};
const Reader reader_bmp = {"bmp", bmp_count, bmp_load};
