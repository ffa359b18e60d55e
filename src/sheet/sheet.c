/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page as it was decoded becomes a sheet: the operations in their order. */
#include "sheet/photo.h"
#include "sheet/private.h"
#include "sheet/quality.h"

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

/* The grey of a page whose print is lighter than its ground, for reading; people see
 * @upright, which becomes the sheet's. */
static bool take_negative(Sheet *sheet, PIX *upright)
{
    pixSetResolution(upright, sheet->dpi, sheet->dpi);
    if (pixGetDepth(upright) == 32)
        sheet->colour = upright;
    else
        sheet->unlifted = upright;
    sheet->grey = pixConvertTo8(upright, FALSE);
    if (sheet->grey == NULL)
        return false;
    pixInvert(sheet->grey, sheet->grey);
    pixSetResolution(sheet->grey, sheet->dpi, sheet->dpi);
    light_even(sheet->grey, sheet->dpi);
    return true;
}

/* grey and seals from @upright, which becomes the sheet's */
static bool take_pixels(Sheet *sheet, PIX *upright)
{
    if (sheet->is_negative)
        return take_negative(sheet, upright);
    if (pixGetDepth(upright) == 32) {
        sheet->grey = seal_lift(upright, sheet->dpi, &sheet->seal);
        sheet->colour = upright;
        pixSetResolution(sheet->colour, sheet->dpi, sheet->dpi);
    } else {
        sheet->grey = upright;
    }
    if (sheet->grey == NULL)
        return false;
    pixSetResolution(sheet->grey, sheet->dpi, sheet->dpi);
    if (!sheet->is_bilevel)
        light_even(sheet->grey, sheet->dpi);
    return ring_lift(sheet);
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
    return upright != NULL && take_pixels(sheet, g_steal_pointer(&upright));
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

/* What a page is looked at for, before its pixels are moved. */
typedef struct {
    PIX *page;               /* 1, 8 or 32 bpp, borrowed */
    int claimed_dpi;         /* of it; 0 where nothing is said */
    int width_px, height_px; /* of the paper in it */
    double finer;            /* pixels of the original to one of it */
    bool is_flat;            /* of a photo: the paper is whole */
    double known_dpi;        /* 0 where it has to be found out */
} View;

/* Finds resolution, blankness, rotation and skew. @dpi: out, of the view
 * Returns: false without memory */
static bool look(Sheet *sheet, const View *view, const SheetParams *params, double *dpi)
{
    Probe probe = {0};
    if (!probe_init(&probe, view->page)) {
        probe_clear(&probe);
        return false;
    }
    bool is_claim_kept = false;
    double text_px = probe.text_height_px * probe.reduction;
    *dpi = view->known_dpi > 0 ? view->known_dpi
           : view->is_flat
               ? resolution_of_paper(view->width_px, view->height_px, text_px)
               : resolution_believed(view->width_px, view->height_px, view->claimed_dpi,
                                     text_px, &is_claim_kept);
    if (view->claimed_dpi > 0 && !is_claim_kept)
        add_problem(sheet, "resolution_corrected");
    sheet->dpi = CLAMP((int)(*dpi * view->finer + 0.5), MIN_DPI, SHEET_MAX_DPI);
    if (*dpi * view->finer < LOW_DPI)
        add_problem(sheet, "low_resolution");
    sheet->is_blank = probe_is_blank(&probe, *dpi);
    if (!sheet->is_blank) {
        sheet->rotation_deg =
            rotation_find(&probe, view->page, *dpi / probe.reduction, params,
                          &sheet->skew_deg, &sheet->upright_confidence);
        sheet->is_blank =
            shows_other_side(view->page, &probe, *dpi, params, sheet->upright_confidence);
    }
    if (sheet->is_blank)
        add_problem(sheet, "blank");
    if (params->is_drawn || fabs(sheet->skew_deg) < MIN_SKEW_DEG)
        sheet->skew_deg = 0;
    probe_clear(&probe);
    return true;
}

/* Paper is lighter than this even where a scan is dim; covers in red or blue are not. */
#define DARK_GROUND 110

/* How well print on @page reads, of 1. */
static double reads_at(PIX *page, const View *view, const SheetParams *params)
{
    Probe probe = {0};
    double skew_deg, confidence = 0;
    if (probe_init(&probe, page)) {
        bool is_kept;
        double dpi =
            resolution_believed(view->width_px, view->height_px, view->claimed_dpi,
                                probe.text_height_px * probe.reduction, &is_kept);
        rotation_find(&probe, page, dpi / probe.reduction, params, &skew_deg,
                      &confidence);
    }
    probe_clear(&probe);
    return confidence;
}

/* @page with print and ground turned about where its ground is dark and only so its print
 * reads: the cover of a certificate, in gold on red. Returns: owned; NULL elsewhere */
static PIX *negative_that_reads(PIX *page, const View *view, const SheetParams *params)
{
    if (params->scorer == NULL || params->is_drawn ||
        !quality_is_darker(page, DARK_GROUND) ||
        reads_at(page, view, params) >= READS_BADLY)
        return NULL;
    g_autoptr(PIX) negative =
        pixGetDepth(page) == 1 ? pixCopy(NULL, page) : pixConvertTo8(page, FALSE);
    if (negative == NULL)
        return NULL;
    pixInvert(negative, negative);
    return reads_at(negative, view, params) >= READS_WELL ? g_steal_pointer(&negative)
                                                          : NULL;
}

/* --- photos
 * -------------------------------------------------------------------------------------
 */

/* The flat picture is looked at with this many pixels to its longer side: 200 dpi of A4.
 */
#define LOOK_SIDE_PX 2400
/* From this many pixels of the photo to one of the sheet on they are averaged first. */
static const double REDUCE_FROM = 1.75;

static bool look_at_flat(Sheet *sheet, PIX *page, const Flat *flat, bool is_scan,
                         const SheetParams *params, double *dpi)
{
    int side = MAX(flat->width_px, flat->height_px);
    double scale = MIN(1, (double)LOOK_SIDE_PX / side);
    int reduction = MAX(1, (int)(1 / scale));
    Rect first = flat->pieces[0].box_px;
    View view = {.width_px = (int)lround(first.width * scale),
                 .height_px = (int)lround(first.height * scale),
                 .finer = 1 / scale,
                 .is_flat = true,
                 .known_dpi = is_scan ? params->claimed_dpi * scale : 0};
    g_autoptr(PIX) grey = raster_reduced_grey(page, reduction);
    g_autoptr(PIX) seen =
        grey == NULL
            ? NULL
            : flat_see(flat, grey, transform_scale(1.0 / reduction, 1.0 / reduction),
                       transform_scale(1 / scale, 1 / scale),
                       (int)lround(flat->width_px * scale),
                       (int)lround(flat->height_px * scale));
    if (seen == NULL)
        return false;
    photo_even(seen, (int)resolution_of_paper(view.width_px, view.height_px, 0));
    view.page = seen;
    if (!look(sheet, &view, params, dpi))
        return false;
    *dpi *= view.finer;
    return true;
}

/* @page no finer than it is wanted, and then only the part of it that the papers are on;
 * @to_part: out, from the page's pixels to its */
static PIX *part_of_page(PIX *page, const PhotoPapers *papers, int reduction,
                         Transform *to_part)
{
    Rect all = {0};
    *to_part = transform_identity();
    if (reduction == 1)
        return pixClone(page);
    for (int i = 0; i < papers->count; i++)
        for (int k = 0; k < 4; k++) {
            Point p = papers->quads[i].corner[k];
            all = rect_union(all, (Rect){(int)p.x - 2, (int)p.y - 2, 5, 5});
        }
    all = rect_intersection(all, (Rect){0, 0, pixGetWidth(page), pixGetHeight(page)});
    all.width -= all.width % reduction;
    all.height -= all.height % reduction;
    g_autoptr(BOX) box = boxCreate(all.x, all.y, all.width, all.height);
    g_autoptr(PIX) part = box != NULL ? pixClipRectangle(page, box, NULL) : NULL;
    *to_part = transform_multiply(transform_translation(-all.x, -all.y),
                                  transform_scale(1.0 / reduction, 1.0 / reduction));
    if (part == NULL || pixGetDepth(part) == 8)
        return part != NULL ? raster_reduced_grey(part, reduction) : NULL;
    return pixScaleAreaMapToSize(part, all.width / reduction, all.height / reduction);
}

/* whether print runs out of the picture where a paper does */
static bool is_cut_off(const Sheet *sheet, const Flat *flat, Transform to_flat)
{
    for (int i = 0; i < flat->count; i++) {
        Point corner[4];
        if (!flat_outline(flat, i, to_flat, corner))
            continue;
        for (int k = 0; k < 4; k++)
            if (flat->pieces[i].is_cut[k] &&
                quality_is_cut(sheet->grey, corner[k], corner[(k + 1) % 4], sheet->dpi))
                return true;
    }
    return false;
}

/* @page, on which @papers lie */
static bool make_of_photo(Sheet *sheet, PIX *page, const PhotoPapers *papers,
                          const Flat *flat, const SheetParams *params)
{
    double dpi;
    if (!look_at_flat(sheet, page, flat, papers->is_scan, params, &dpi))
        return false;
    double scale = MIN(1, sheet->dpi / dpi);
    int width = (int)lround(flat->width_px * scale);
    int height = (int)lround(flat->height_px * scale);
    Transform to_flat =
        rotation_frame(sheet->rotation_deg, sheet->skew_deg, &width, &height);
    to_flat = transform_multiply(to_flat, transform_scale(1 / scale, 1 / scale));
    sheet->to_original = transform_multiply(to_flat, flat->pieces[0].to_page);
    Transform to_part;
    int reduction = 1 / scale >= REDUCE_FROM ? (int)(1 / scale + 0.25) : 1;
    g_autoptr(PIX) part = part_of_page(page, papers, reduction, &to_part);
    g_autoptr(PIX) upright =
        part != NULL ? flat_see(flat, part, to_part, to_flat, width, height) : NULL;
    if (upright == NULL)
        return false;
    pixDestroy(&part);
    photo_even(upright, sheet->dpi);
    if (flat->count > 1)
        sheet->papers = g_array_new(FALSE, FALSE, sizeof(Rect));
    for (int i = 0; i < flat->count; i++) {
        Point corner[4];
        if (!flat_outline(flat, i, to_flat, corner))
            continue;
        photo_clear_rim(upright, corner, flat->pieces[i].is_cut, sheet->dpi);
        Rect box = flat_box(corner, upright);
        if (sheet->papers != NULL)
            g_array_append_val(sheet->papers, box);
    }
    sheet->skew_deg -= flat->roll_deg;
    if (!take_pixels(sheet, g_steal_pointer(&upright)))
        return false;
    if (is_cut_off(sheet, flat, to_flat))
        add_problem(sheet, "cut_off");
    return true;
}

/* @plain: owned, and gone as soon as can be: at 600 dpi it is large */
static bool make_of_scan(Sheet *sheet, PIX *plain, const SheetParams *params)
{
    g_autoptr(PIX) page = plain;
    View view = {.page = page,
                 .claimed_dpi = params->claimed_dpi,
                 .width_px = pixGetWidth(page),
                 .height_px = pixGetHeight(page),
                 .finer = 1};
    double dpi, scale[2];
    g_autoptr(PIX) negative = negative_that_reads(page, &view, params);
    if (negative != NULL) {
        sheet->is_negative = !sheet->is_bilevel;
        view.page = negative;
    }
    if (!look(sheet, &view, params, &dpi))
        return false;
    if (negative != NULL && sheet->is_bilevel) { /* it has no tones to show */
        pixDestroy(&page);
        page = g_steal_pointer(&negative);
    }
    if (sheet->is_bilevel) {
        PIX *clean = without_specks(page, dpi);
        if (clean != NULL) {
            pixDestroy(&page);
            page = clean;
        }
    }
    g_autoptr(PIX) limited = raster_limited(page, dpi, scale);
    pixDestroy(&page);
    return limited != NULL && make_pixels(sheet, limited, scale);
}

static bool make(Sheet *sheet, PIX *page, const SheetParams *params)
{
    g_autoptr(PIX) plain = raster_plain(page);
    PhotoPapers papers;
    Flat flat;
    if (plain == NULL)
        return false;
    sheet->is_bilevel = pixGetDepth(plain) == 1;
    sheet->is_toneless = sheet->is_bilevel || quality_is_toneless(plain);
    bool is_dark = !sheet->is_bilevel && quality_is_dark(plain);
    bool is_photo = !params->is_drawn &&
                    photo_papers(plain, params->claimed_dpi, &papers) &&
                    flat_init(&flat, &papers, pixGetWidth(plain), pixGetHeight(plain));
    if (is_photo) /* its desk may be black */
        is_dark = papers.paper_level < DARK_PAPER;
    if (!(is_photo ? make_of_photo(sheet, plain, &papers, &flat, params)
                   : make_of_scan(sheet, g_steal_pointer(&plain), params)))
        return false;
    if (is_dark && !sheet->is_blank && !sheet->is_negative)
        add_problem(sheet, "dark");
    if (!sheet->is_bilevel && !sheet->is_blank && !params->is_drawn &&
        quality_is_blurred(sheet->grey, sheet->dpi))
        add_problem(sheet, "blur");
    return true;
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
    g_clear_pointer(&sheet->papers, g_array_unref);
    if (sheet->problems != NULL)
        g_ptr_array_unref(sheet->problems);
    g_free(sheet);
}
