/* SPDX-License-Identifier: GPL-3.0-or-later */
/* intake/intake.h - paths become originals in the store, in order, with a ledger.
 *
 * Two sides. intake_take() runs in the coordinator and touches bytes only (hash, copy,
 * first bytes). intake_probe() and intake_load_page() parse, and run in workers. */
#pragma once
#include "base/base.h"
#include "base/page-text.h"
#include "store/store.h"

#define INTAKE_ERROR (intake_error_quark())
typedef enum {
    INTAKE_ERROR_UNSUPPORTED, /* not a format we read */
    INTAKE_ERROR_ENCRYPTED,   /* a PDF that wants a password */
    INTAKE_ERROR_DAMAGED,     /* the decoder refused it */
    INTAKE_ERROR_TOO_LARGE,   /* beyond base/limits.h */
    INTAKE_ERROR_EMPTY,       /* no bytes, or no pages */
    INTAKE_ERROR_IO,
} IntakeError;
GQuark intake_error_quark(void);
/* intake_reason: the ledger's code for an error of this room: "encrypted", "damaged", ...
 *
 * All codes of the ledger. From an error: unsupported, encrypted, damaged, too_large,
 * empty, unreadable. From intake_take() besides: wrong_ending (named as a page, and is
 * none), still_written, not_found, no_pages (a named folder without any), too_deep.
 * For duplicates: duplicate_of:PATH, PATH being where the same content was taken. */
const char *intake_reason(const GError *error);

#define INTAKE_VERSION "2"

typedef enum {
    LAYOUT_AUTO,
    LAYOUT_CASE_PER_FOLDER,
    LAYOUT_CASE_PER_FILE,
    LAYOUT_STACK
} PileLayout;
/* pile_layout_parse: "auto", "case-per-folder", ... Returns: false where unknown */
bool pile_layout_parse(const char *text, PileLayout *layout);

typedef struct {
    PileLayout layout;
    const char *place; /* --place or NULL */
    bool is_quiet;
} IntakeParams;

/* intake_take: walk @paths, hash, copy into the store, write the ledger.
 * A file still being written, empty, of a wrong or unknown kind, or unreadable is a
 * rejected entry with its reason, and the rest goes on. A folder given without pages is
 * a rejected entry "no_pages". A file known from the same group is a duplicate; known
 * from another group: taken again (linked), no copy made. A path that does not exist is
 * a rejected entry "not_found". A run in which all is known makes duplicates only.
 * Hidden files and what systems leave behind (Thumbs.db) are not seen at all.
 * @paths: NULL-terminated; borrowed
 * @batch: out, owned id of the batch (made even if all is rejected)
 * Returns: true, or false where the store failed */
bool intake_take(Store *store, const char *const *paths, const IntakeParams *params,
                 char **batch, GError **error);

typedef struct {
    char *format;   /* "pdf" "tiff" "jpeg" "png" "bmp"; owned */
    int page_count; /* > 0 */
} ProbeResult;
void probe_result_clear(ProbeResult *result);

/* intake_probe: what a file is, by its content and not its name; in a worker.
 * Returns: true, or false with INTAKE_ERROR_* */
bool intake_probe(const char *path, ProbeResult *result, GError **error);

typedef struct {
    int claimed_dpi; /* 0: the file does not say; of the picture as it was loaded */
    int reduction;   /* 1, 2, 4, 8: the file's own pixels are so many times finer */
    PageText *text; /* what the file says stands on a drawn PDF page, owned; NULL: it says
                       nothing, or the page is a scan and its text somebody's OCR */
} PageInfo;
void page_info_clear(PageInfo *info);

/* intake_load_page: decode one page, EXIF orientation applied; in a worker. PDF pages
 * that are one scanned picture are rendered at that picture's own resolution (150..300
 * dpi), others at 300 dpi.
 * @index: from 0
 * @info: filled; to be cleared by the caller, also where nothing was loaded
 * Returns: owned; NULL with INTAKE_ERROR_* */
PIX *intake_load_page(const char *path, int index, PageInfo *info, GError **error);
