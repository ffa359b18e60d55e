/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The compact picture of a sheet that the store keeps. */
#include "sheet/private.h"

#include "base/file.h"

/* Text stays free of visible rings from 70 on; a colour page of A4 has then 0.5 to 1 MB.
 */
#define PROOF_JPEG_QUALITY 75

bool sheet_write_proof(const Sheet *sheet, const char *path, GError **error)
{
    l_uint8 *bytes = NULL;
    size_t size = 0;
    l_ok status = 1;
    PIX *grey = sheet->unlifted != NULL ? sheet->unlifted : sheet->grey;
    if (sheet->is_bilevel) {
        g_autoptr(PIX) black = pixThresholdToBinary(grey, 128);
        if (black != NULL) {
            pixSetResolution(black, sheet->dpi, sheet->dpi);
            status = pixWriteMemTiff(&bytes, &size, black, IFF_TIFF_G4);
        }
    } else {
        PIX *picture = sheet->colour != NULL ? sheet->colour : grey;
        status = pixWriteMemJpeg(&bytes, &size, picture, PROOF_JPEG_QUALITY, 0);
    }
    bool is_written = false;
    if (status != 0 || bytes == NULL) {
        fail(error, SHEET_ERROR, SHEET_ERROR_IMAGE, "proof: cannot encode %d x %d px",
             pixGetWidth(sheet->grey), pixGetHeight(sheet->grey));
    } else {
        g_autoptr(GError) cause = NULL;
        is_written = file_write_atomic(path, bytes, size, 0600, &cause);
        if (!is_written)
            fail(error, SHEET_ERROR, SHEET_ERROR_IMAGE, "proof: %s",
                 cause != NULL ? cause->message : "cannot write");
    }
    lept_free(bytes);
    return is_written;
}
