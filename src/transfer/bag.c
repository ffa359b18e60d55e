/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A BagIt 1.0 bag (RFC 8493) in a zip whose bytes repeat. */
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <time.h>

#include "transfer/private.h"

/* 2000-01-01: DOS times begin in 1980, and what matters about time is in the bag. */
#define ENTRY_TIME 946684800

struct Bag {
    struct archive *archive;
    char *name;
    GString *manifest;
    int64_t payload_bytes, payload_files;
    char *old_zone; /* TZ as it was; NULL: unset */
};

static bool fail_archive(Bag *bag, GError **error)
{
    const char *text = archive_error_string(bag->archive);
    return fail(error, TRANSFER_ERROR, TRANSFER_ERROR_IO, "zip: %s",
                text != NULL ? text : "cannot be written");
}

/* The DOS time in a zip is local time: without this the bytes follow the office's zone.
 */
static void pin_zone(Bag *bag)
{
    bag->old_zone = g_strdup(g_getenv("TZ"));
    g_setenv("TZ", "UTC0", TRUE);
    tzset();
}

static void unpin_zone(Bag *bag)
{
    if (bag->old_zone != NULL)
        g_setenv("TZ", bag->old_zone, TRUE);
    else
        g_unsetenv("TZ");
    tzset();
    g_free(bag->old_zone);
}

Bag *bag_new(const char *path, const char *name, GError **error)
{
    g_autoptr(Bag) bag = g_new0(Bag, 1);
    pin_zone(bag);
    bag->name = g_strdup(name);
    bag->manifest = g_string_new(NULL);
    bag->archive = archive_write_new();
    if (archive_write_set_format_zip(bag->archive) != ARCHIVE_OK ||
        archive_write_set_options(bag->archive, "zip:compression=store") != ARCHIVE_OK ||
        archive_write_open_filename(bag->archive, path) != ARCHIVE_OK) {
        fail_archive(bag, error);
        return NULL;
    }
    return g_steal_pointer(&bag);
}

void bag_free(Bag *bag)
{
    if (bag == NULL)
        return;
    if (bag->archive != NULL)
        archive_write_free(bag->archive);
    unpin_zone(bag);
    if (bag->manifest != NULL)
        g_string_free(bag->manifest, TRUE);
    g_free(bag->name);
    g_free(bag);
}

static bool add_entry(Bag *bag, const char *path, const void *data, size_t length,
                      GError **error)
{
    g_autofree char *full = g_strdup_printf("%s/%s", bag->name, path);
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, full);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)length);
    archive_entry_set_mtime(entry, ENTRY_TIME, 0);
    bool is_written = archive_write_header(bag->archive, entry) == ARCHIVE_OK &&
                      (length == 0 || archive_write_data(bag->archive, data, length) ==
                                          (la_ssize_t)length);
    archive_entry_free(entry);
    return is_written || fail_archive(bag, error);
}

static void list_hash(GString *list, const char *path, const void *data, size_t length)
{
    g_autofree char *hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256, data, length);
    g_string_append_printf(list, "%s  %s\n", hash, path);
}

bool bag_add(Bag *bag, const char *path, const void *data, size_t length, GError **error)
{
    list_hash(bag->manifest, path, data, length);
    bag->payload_bytes += (int64_t)length;
    bag->payload_files++;
    return add_entry(bag, path, data, length, error);
}

static bool add_tag(Bag *bag, GString *tags, const char *path, const char *text,
                    GError **error)
{
    list_hash(tags, path, text, strlen(text));
    return add_entry(bag, path, text, strlen(text), error);
}

bool bag_finish(Bag *bag, const char *site, const char *created, char **manifest_sha256,
                GError **error)
{
    g_autoptr(GString) tags = g_string_new(NULL);
    g_autofree char *info = g_strdup_printf(
        "Source-Organization: %s\nExternal-Identifier: %s\nBagging-Date: %.10s\n"
        "Payload-Oxum: %" G_GINT64_FORMAT ".%" G_GINT64_FORMAT
        "\nBag-Software-Agent: banjie\n",
        site, bag->name, created, bag->payload_bytes, bag->payload_files);
    const char *declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    if (!add_tag(bag, tags, "bagit.txt", declaration, error) ||
        !add_tag(bag, tags, "bag-info.txt", info, error) ||
        !add_tag(bag, tags, "manifest-sha256.txt", bag->manifest->str, error) ||
        !add_entry(bag, "tagmanifest-sha256.txt", tags->str, tags->len, error))
        return false;
    if (archive_write_close(bag->archive) != ARCHIVE_OK)
        return fail_archive(bag, error);
    *manifest_sha256 = g_compute_checksum_for_string(
        G_CHECKSUM_SHA256, bag->manifest->str, (gssize)bag->manifest->len);
    return true;
}
