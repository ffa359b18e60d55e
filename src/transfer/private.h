/* SPDX-License-Identifier: GPL-3.0-or-later */
/* transfer/private.h - for the files of this room alone. */
#pragma once
#include "transfer/transfer.h"

/* --- who may see what --- */

/* plan_pages: which pages of @record @utility gets, and what on them is covered.
 * @cut: the record as transfer_cut_record() made it; its pages get "pdf_page"
 * @withheld: pages left out are added
 * Returns: array of {page, proof, dpi, hide: [box...], only: [box...]}, owned */
JsonArray *plan_pages(JsonObject *record, JsonObject *cut, const char *utility,
                      const Pipeline *pipeline, JsonArray *withheld);

/* withhold: add {kind, KEY: value, reason} to @withheld. @key, @reason: may be NULL */
void withhold(JsonArray *withheld, const char *kind, const char *key, const char *value,
              const char *reason);

/* --- what is written --- */

/* summary_html: the case for the utility's clerk; needs no other file. Owned. */
char *summary_html(JsonObject *cut, const char *utility, JsonArray *withheld,
                   const Pipeline *pipeline);

/* pages_pdf: the planned pages as one PDF; covered parts are painted over in the picture
 * itself, so that nothing lies below them.
 * @created: ISO 8601, goes into the file
 * Returns: owned; NULL with error; empty where no page is planned */
GByteArray *pages_pdf(Store *store, JsonArray *plan, const char *created, GError **error);

/* --- the bag --- */

typedef struct Bag Bag;
/* bag_new: write a zip that holds the bag @name to @path. Returns: owned */
Bag *bag_new(const char *path, const char *name, GError **error);
/* bag_add: one payload file, "data/..." */
bool bag_add(Bag *bag, const char *path, const void *data, size_t length, GError **error);
/* bag_finish: manifests and end of the zip.
 * @manifest_sha256: out, owned hash of manifest-sha256.txt */
bool bag_finish(Bag *bag, const char *site, const char *created, char **manifest_sha256,
                GError **error);
void bag_free(Bag *bag);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bag, bag_free)

/* package_write: make the zip that @row describes, in @folder, whole or not at all.
 * @sha256, @manifest_sha256: out, owned */
bool package_write(Store *store, JsonObject *row, const char *folder, char **sha256,
                   char **manifest_sha256, GError **error);

/* --- what is checked --- */

/* zip_directory_agrees: whether a zip's directory and the headers of its files say the
 * same, byte for byte, and nothing lies between them (PKWARE APPNOTE 6.3).
 * @data: the whole file, @length bytes; borrowed
 * Returns: false also for zip64 and for what is no zip */
bool zip_directory_agrees(const guint8 *data, gsize length);
