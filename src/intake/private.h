/* SPDX-License-Identifier: GPL-3.0-or-later */
/* intake/private.h - for the files of this room alone. */
#pragma once
#include "intake/intake.h"

/* A file that was come upon, on its way into the ledger. */
typedef struct {
    char *path;         /* as the system knows it */
    char *shown;        /* below the named PATH, UTF-8, for people */
    char *folder;       /* absolute path of the folder it lies in */
    char *shown_folder; /* that folder below the named PATH; "" is the named one itself */
    char *root;         /* name of the named PATH */
    char *root_path;    /* the named PATH, absolute */
    bool is_named;      /* the file itself was given, not a folder around it */
    int64_t size_bytes, changed_us;
    bool is_fresh;      /* changed a moment ago: may still be being written */
    const char *format; /* by its first bytes: "pdf" ...; NULL: none of ours */
    const char *reason; /* why it is rejected; NULL while it is not */
    int group;          /* index into the piles */
    char *sha256;
} Found;
void found_free(Found *found);

/* A case's folder, a file, or a stack: what becomes LedgerEntry.group. */
typedef struct {
    char *key;  /* what makes it one: an absolute path */
    char *root; /* name of the named PATH, to tell two of a name apart */
    char *name; /* wanted, then final */
    bool is_stack;
} Pile;
void pile_free(Pile *pile);

/* walk_paths: what lies at and below @paths, in natural order, looked at but not read.
 * Returns: Found *, owned */
GPtrArray *walk_paths(const char *const *paths);
/* settle: wait once, up to @settle_ms, for files that changed just now, and mark those
 * that change still. */
void settle(GPtrArray *founds, int settle_ms);
/* found_has_changed: size or time are no longer what they were. */
bool found_has_changed(const Found *found);

/* sort_into_piles: give each found file its pile. Returns: Pile *, owned */
GPtrArray *sort_into_piles(GPtrArray *founds, PileLayout layout);
/* name_piles: final names, so that one name is one place, also among earlier batches. */
bool name_piles(Store *store, GPtrArray *piles, const GPtrArray *founds, GError **error);

/* sniff_format: what @path is by its first bytes. Returns: static text, or NULL where it
 * is none of ours. @is_readable: out: false where it cannot be opened */
const char *sniff_format(const char *path, bool *is_readable);
/* format_of_name: what the name's ending claims. Returns: static text, or NULL */
const char *format_of_name(const char *path);

/* One reader a format. count: pages, > 0, or 0 with error. load: as intake_load_page() */
typedef struct {
    const char *format;
    int (*count)(const char *path, GError **error);
    PIX *(*load)(const char *path, int index, PageInfo *info, GError **error);
} Reader;
extern const Reader reader_pdf, reader_tiff, reader_jpeg, reader_png, reader_bmp;

/* check_size: @width x @height against base/limits.h. TOO_LARGE, or DAMAGED where there
 * is nothing. */
bool check_size(int64_t width, int64_t height, GError **error);
/* believable_dpi: @dpi, or 0 where it is no resolution of a scan. */
int believable_dpi(int dpi);

struct _PopplerPage;
/* pdf_text_find: the characters of @page's text layer, each with whether its glyph is
 * seen on the page.
 * @drawn: the page as drawn at @scale pixels per point, 8 or 32 bpp; borrowed
 * Returns: owned; NULL where there is no text, or too much to be a page's */
PageText *pdf_text_find(struct _PopplerPage *page, PIX *drawn, double scale);
/* pdf_draw_glyphs: the glyphs of the text layer alone, hidden or not, black on white, as
 * @width x @height pixels. Returns: 8 bpp, owned; NULL without memory */
PIX *pdf_draw_glyphs(struct _PopplerPage *page, int width, int height, double scale);

/* page_has_drawn_font: whether a font of page @index is made of pictures or drawings
 * (Type 3), as programs make that trace a scan; also where that cannot be told. */
bool page_has_drawn_font(const char *path, int index);

/* page_picture_dpi: the resolution of the pictures that cover page @index of a PDF.
 * @area_in2: what they cover, square inches; @is_one: by a single one
 * Returns: 0 where it cannot be told */
double page_picture_dpi(const char *path, int index, double area_in2, bool is_one);
