/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page as it was decoded becomes a sheet: the operations in their order. */
#include "sheet/private.h"

G_DEFINE_QUARK(sheet_error_quark, sheet_error)

/* Smaller pictures hold no line of text. */
#define MIN_SIDE_PX 64
#define MIN_DPI 75
/* Below this, print of 9 points has fewer than 18 pixels to a character. */
#define LOW_DPI 140
/* Less skew moves a line's end by less than half its thickness. */
static const double MIN_SKEW_DEG = 0.06;
static const double SPECK_MM = 0.22;
/* Of 1: print the right way up reads at 0.85 to 0.95, mirrored below 0.5. */
static const double READS_WELL = 0.75, READS_BADLY = 0.6;

static bool is_speck(const Blob *blob, const void *data)
{
    const int *limit_px = data;
    return blob->box_px.width <= *limit_px && blob->box_px.height <= *limit_px;
}

/* Dust of black-and-white scanners; isolated, because what touches is one blob. */
static PIX *without_specks(PIX *page, double dpi)
{
    g_autoptr(PIX) clean = pixCopy(NULL, page);
    int limit_px = (int)(SPECK_MM / MM_PER_INCH * dpi);
    g_autoptr(BlobSet) set =
        clean != NULL && limit_px > 0 ? blobs_find(clean, BLOBS_MAX_RUNS) : NULL;
    if (set != NULL)
        blobs_erase(set, clean, is_speck, &limit_px);
    return g_steal_pointer(&clean);
}

/* turn @page into the sheet's frame; exact where there is no skew */
static PIX *turned(PIX *page, const Sheet *sheet, Transform to_page, int width,
                   int height)
{
    if (sheet->skew_deg == 0)
        return sheet->rotation_deg == 0 ? pixCopy(NULL, page)
                                        : pixRotateOrth(page, sheet->rotation_deg / 90);
    return warp(page, to_page, width, height);
}

static void add_problem(Sheet *sheet, const char *code)
{
    g_ptr_array_add(sheet->problems, g_strdup(code));
}

/* the pixels of the sheet from those of @page, which has the sheet's resolution already
 */
static bool make_pixels(Sheet *sheet, PIX *page, const double scale[2])
{
    int width = pixGetWidth(page), height = pixGetHeight(page);
    Transform to_page =
        rotation_frame(sheet->rotation_deg, sheet->skew_deg, &width, &height);
    sheet->to_original =
        transform_multiply(to_page, transform_scale(1 / scale[0], 1 / scale[1]));
    g_autoptr(PIX) deep =
        pixGetDepth(page) == 1 ? pixConvertTo8(page, FALSE) : pixClone(page);
    g_autoptr(PIX) upright = deep ? turned(deep, sheet, to_page, width, height) : NULL;
    if (upright == NULL)
        return false;
    if (pixGetDepth(upright) == 32) {
        sheet->grey = seal_lift(upright, sheet->dpi, &sheet->seal);
        sheet->colour = g_steal_pointer(&upright);
        pixSetResolution(sheet->colour, sheet->dpi, sheet->dpi);
    } else {
        sheet->grey = g_steal_pointer(&upright);
    }
    if (sheet->grey == NULL)
        return false;
    pixSetResolution(sheet->grey, sheet->dpi, sheet->dpi);
    if (!sheet->is_bilevel)
        light_even(sheet->grey, sheet->dpi);
    return ring_lift(sheet);
}

/* Text that reads only in the mirror, and pale, is the other side's. A page that nobody
 * can read is not looked at further: handwriting and pencil are no dirt. */
static bool shows_other_side(PIX *page, const Probe *probe, double dpi,
                             const SheetParams *params, double confidence)
{
    if (params->scorer == NULL || confidence >= READS_BADLY ||
        !probe_is_pale(probe, page, dpi))
        return false;
    g_autoptr(PIX) mirrored = pixFlipLR(NULL, page);
    Probe other = {0};
    double skew_deg, other_confidence = 0;
    if (mirrored != NULL && probe_init(&other, mirrored))
        rotation_find(&other, mirrored, dpi / other.reduction, params, &skew_deg,
                      &other_confidence);
    probe_clear(&other);
    return other_confidence >= READS_WELL;
}

static bool make(Sheet *sheet, PIX *page, const SheetParams *params)
{
    g_autoptr(PIX) plain = raster_plain(page);
    Probe probe = {0};
    if (plain == NULL || !probe_init(&probe, plain)) {
        probe_clear(&probe);
        return false;
    }
    bool is_claim_kept = false;
    double dpi =
        resolution_believed(pixGetWidth(plain), pixGetHeight(plain), params->claimed_dpi,
                            probe.text_height_px * probe.reduction, &is_claim_kept);
    if (params->claimed_dpi > 0 && !is_claim_kept)
        add_problem(sheet, "resolution_corrected");
    sheet->is_bilevel = pixGetDepth(plain) == 1;
    sheet->dpi = CLAMP((int)(dpi + 0.5), MIN_DPI, SHEET_MAX_DPI);
    if (dpi < LOW_DPI)
        add_problem(sheet, "low_resolution");
    sheet->is_blank = probe_is_blank(&probe, dpi);
    if (!sheet->is_blank) {
        sheet->rotation_deg = rotation_find(&probe, plain, dpi / probe.reduction, params,
                                            &sheet->skew_deg, &sheet->upright_confidence);
        sheet->is_blank =
            shows_other_side(plain, &probe, dpi, params, sheet->upright_confidence);
    }
    if (sheet->is_blank)
        add_problem(sheet, "blank");
    if (params->is_drawn || fabs(sheet->skew_deg) < MIN_SKEW_DEG)
        sheet->skew_deg = 0;
    probe_clear(&probe);
    if (sheet->is_bilevel) {
        PIX *clean = without_specks(plain, dpi);
        if (clean != NULL) {
            pixDestroy(&plain);
            plain = clean;
        }
    }
    double scale[2];
    g_autoptr(PIX) limited = raster_limited(plain, dpi, scale);
    pixDestroy(&plain); /* at 600 dpi it is large */
    return limited != NULL && make_pixels(sheet, limited, scale);
}

Sheet *sheet_make(PIX *page, const SheetParams *params, GError **error)
{
    int width = pixGetWidth(page), height = pixGetHeight(page), depth = pixGetDepth(page);
    if (MIN(width, height) < MIN_SIDE_PX)
        return fail_null(error, SHEET_ERROR, SHEET_ERROR_IMAGE,
                         "%d x %d px is too small for a page", width, height);
    if (MAX(width, height) > LIMIT_PAGE_SIDE_PX ||
        (int64_t)width * height > LIMIT_PAGE_PIXELS)
        return fail_null(error, SHEET_ERROR, SHEET_ERROR_IMAGE,
                         "%d x %d px is too large for a page", width, height);
    if (pixGetData(page) == NULL)
        return fail_null(error, SHEET_ERROR, SHEET_ERROR_IMAGE, "the page has no pixels");
    g_autoptr(Sheet) sheet = g_new0(Sheet, 1);
    sheet->problems = g_ptr_array_new_with_free_func(g_free);
    sheet->to_original = transform_identity();
    if (!make(sheet, page, params))
        return fail_null(error, SHEET_ERROR, SHEET_ERROR_IMAGE,
                         "cannot work on %d x %d px of %d bits", width, height, depth);
    return g_steal_pointer(&sheet);
}

void sheet_free(Sheet *sheet)
{
    if (sheet == NULL)
        return;
    pixDestroy(&sheet->grey);
    pixDestroy(&sheet->colour);
    pixDestroy(&sheet->unlifted);
    pixDestroy(&sheet->seal);
    if (sheet->problems != NULL)
        g_ptr_array_unref(sheet->problems);
    g_free(sheet);
}
