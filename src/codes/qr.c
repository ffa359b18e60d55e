/* SPDX-License-Identifier: GPL-3.0-or-later */
/* QR codes of cover sheets: printed by libqrencode, found again by ZBar. */
#include "codes/codes.h"

#include <errno.h>
#include <qrencode.h>
#include <zbar.h>

/* Whose code it is, and the version of what stands behind it. */
#define PREFIX_OF_OURS "BJ1:"
/* The long side of what is looked at: A4 at 100 dpi, where a module of the larger code is
 * some 8 pixels and of the smaller one 4. What is finer is somebody else's. */
#define LOOK_SIDE_PX 1200
/* Means of areas are for reducing by this at least; less is not worth it. */
#define LEAST_REDUCTION 0.7
/* Means of whole pixels are cheaper by far, and do where they come as near as this. */
#define NEAR_SHARE 0.05

void qr_code_free(QrCode *qr)
{
    if (qr == NULL)
        return;
    g_free(qr->black);
    g_free(qr);
}

QrCode *cover_qr(const Cover *cover, GError **error)
{
    g_autofree char *code = cover_code(cover);
    g_autofree char *text = g_strconcat(PREFIX_OF_OURS, code, NULL);
    QRcode *made = QRcode_encodeString(text, 0, QR_ECLEVEL_H, QR_MODE_8, 1);
    if (made == NULL)
        return fail_null(error, CODES_ERROR, CODES_ERROR_PICTURE,
                         "no QR code of “%s”: %s", text, g_strerror(errno));
    QrCode *qr = g_new0(QrCode, 1);
    qr->width = made->width;
    qr->black = g_new0(uint8_t, (gsize)made->width * (gsize)made->width);
    for (int i = 0; i < made->width * made->width; i++)
        qr->black[i] = made->data[i] & 1;
    QRcode_free(made);
    return qr;
}

/* The means of @reduction x @reduction pixels of @page, 8 bpp. Owned, or NULL. */
static uint8_t *means_of(PIX *page, int reduction, int *width, int *height)
{
    *width = pixGetWidth(page) / reduction;
    *height = pixGetHeight(page) / reduction;
    uint8_t *bytes = g_try_malloc_n((gsize)*width, (gsize)*height);
    g_autofree uint32_t *sums = g_new(uint32_t, (gsize)*width);
    for (int y = 0; bytes != NULL && y < *height; y++) {
        memset(sums, 0, sizeof *sums * (gsize)*width);
        for (int i = 0; i < reduction; i++) {
            const l_uint32 *line =
                pixGetData(page) + (size_t)(y * reduction + i) * (size_t)pixGetWpl(page);
            for (int x = 0, at = 0; at < *width; at++)
                for (int k = 0; k < reduction; k++, x++)
                    sums[at] += GET_DATA_BYTE(line, x);
        }
        for (int x = 0; x < *width; x++)
            bytes[(size_t)y * (size_t)*width + (size_t)x] =
                (uint8_t)(sums[x] / (uint32_t)(reduction * reduction));
    }
    return bytes;
}

/* The page as ZBar wants it: bytes row by row, small. Owned, or NULL. */
static uint8_t *look_at(PIX *page, int *width, int *height)
{
    int side = MAX(pixGetWidth(page), pixGetHeight(page));
    double scale = (double)LOOK_SIDE_PX / side;
    int whole = (int)lround(1 / scale);
    if (whole >= 2 && fabs(whole * scale - 1) <= NEAR_SHARE)
        return means_of(page, whole, width, height);
    g_autoptr(PIX) small = scale < LEAST_REDUCTION
                               ? pixScaleAreaMap(page, (l_float32)scale, (l_float32)scale)
                               : pixClone(page);
    if (small == NULL)
        return NULL;
    *width = pixGetWidth(small);
    *height = pixGetHeight(small);
    uint8_t *bytes = g_try_malloc_n((gsize)*width, (gsize)*height);
    for (int y = 0; bytes != NULL && y < *height; y++) {
        const l_uint32 *line = pixGetData(small) + (size_t)y * (size_t)pixGetWpl(small);
        for (int x = 0; x < *width; x++)
            bytes[(size_t)y * (size_t)*width + (size_t)x] = GET_DATA_BYTE(line, x);
    }
    return bytes;
}

/* The one code of ours among what was seen; NULL where there is none, or two differ. */
static char *our_code(const zbar_image_t *image)
{
    g_autofree char *found = NULL;
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol != NULL;
         symbol = zbar_symbol_next(symbol)) {
        g_autofree char *text =
            g_strndup(zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
        g_autoptr(Cover) cover = g_str_has_prefix(text, PREFIX_OF_OURS)
                                     ? cover_parse(text + strlen(PREFIX_OF_OURS), NULL)
                                     : NULL;
        if (cover == NULL)
            continue;
        g_autofree char *code = cover_code(cover);
        if (found != NULL && !g_str_equal(found, code))
            return NULL;
        if (found == NULL)
            found = g_steal_pointer(&code);
    }
    return g_steal_pointer(&found);
}

char *cover_find(PIX *page)
{
    int width = 0, height = 0;
    g_autofree uint8_t *bytes = look_at(page, &width, &height);
    if (bytes == NULL)
        return NULL;
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)width, (unsigned)height);
    zbar_image_set_data(image, bytes, (unsigned long)width * (unsigned long)height, NULL);
    char *code = zbar_scan_image(scanner, image) > 0 ? our_code(image) : NULL;
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    return code;
}
