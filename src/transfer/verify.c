/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recipient's side: is the package whole, and nothing else in it? */
#include <archive.h>
#include <archive_entry.h>

#include "base/json.h"
#include "transfer/private.h"

#define MAX_ENTRIES 100000
#define MAX_TOTAL_BYTES ((int64_t)8 * 1024 * 1024 * 1024)
#define MAX_TEXT_BYTES ((size_t)32 * 1024 * 1024) /* of a tag file, package.json */

typedef struct {
    char *name;         /* the bag's folder */
    GHashTable *hashes; /* path below the folder to sha256 */
    GHashTable *texts;  /* the same path to GString, for tag files and package.json */
    int64_t total_bytes, payload_bytes, payload_files;
} Parcel;

static void free_text(gpointer text)
{
    g_string_free(text, TRUE);
}

static Parcel parcel_new(void)
{
    return (Parcel){
        .hashes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
        .texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_text)};
}

static void parcel_clear(Parcel *parcel)
{
    g_clear_pointer(&parcel->name, g_free);
    g_clear_pointer(&parcel->hashes, g_hash_table_unref);
    g_clear_pointer(&parcel->texts, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Parcel, parcel_clear)

static bool wrong(GError **error, const char *what, const char *which)
{
    return fail(error, TRANSFER_ERROR, TRANSFER_ERROR_PACKAGE, "%s%s%s", what,
                *which == '\0' ? "" : ": ", which);
}

/* No way out of the folder, and no name that a system would read in two ways. */
static bool is_safe_path(const char *path)
{
    if (*path == '/' || strchr(path, '\\') != NULL || strchr(path, ':') != NULL ||
        !g_utf8_validate(path, -1, NULL))
        return false;
    for (const char *p = path; *p != '\0'; p++)
        if ((guchar)*p < 0x20 || *p == 0x7F)
            return false;
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    for (int i = 0; parts[i] != NULL; i++)
        if (*parts[i] == '\0' || g_str_equal(parts[i], ".") ||
            g_str_equal(parts[i], ".."))
            return false;
    return parts[0] != NULL;
}

static bool keeps_text(const char *path)
{
    return strchr(path, '/') == NULL || g_str_equal(path, "data/package.json");
}

static bool read_entry(Parcel *parcel, struct archive *zip, const char *path,
                       GError **error)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    GString *text = keeps_text(path) ? g_string_new(NULL) : NULL;
    int64_t size = 0;
    char buffer[65536];
    la_ssize_t got;
    if (text != NULL)
        g_hash_table_insert(parcel->texts, g_strdup(path), text);
    while ((got = archive_read_data(zip, buffer, sizeof buffer)) > 0) {
        g_checksum_update(checksum, (const guchar *)buffer, got);
        size += got;
        parcel->total_bytes += got;
        if (parcel->total_bytes > MAX_TOTAL_BYTES ||
            (text != NULL && text->len + (size_t)got > MAX_TEXT_BYTES))
            return wrong(error, "too large", path);
        if (text != NULL)
            g_string_append_len(text, buffer, got);
    }
    if (got < 0)
        return wrong(error, "cannot be unpacked", path);
    if (g_str_has_prefix(path, "data/")) {
        parcel->payload_bytes += size;
        parcel->payload_files++;
    }
    g_hash_table_insert(parcel->hashes, g_strdup(path),
                        g_strdup(g_checksum_get_string(checksum)));
    return true;
}

static bool take_entry(Parcel *parcel, struct archive *zip, struct archive_entry *entry,
                       GError **error)
{
    const char *name = archive_entry_pathname(entry);
    if (name == NULL)
        return wrong(error, "a file without a name", "");
    g_autofree char *full = g_strdup(name);
    if (archive_entry_filetype(entry) == AE_IFDIR && g_str_has_suffix(full, "/"))
        full[strlen(full) - 1] = '\0';
    if (!is_safe_path(full))
        return wrong(error, "a path that leads elsewhere", full);
    const char *slash = strchr(full, '/');
    g_autofree char *top =
        g_strndup(full, slash != NULL ? (size_t)(slash - full) : strlen(full));
    if (parcel->name == NULL)
        parcel->name = g_strdup(top);
    if (!g_str_equal(parcel->name, top))
        return wrong(error, "outside the package's folder", full);
    if (archive_entry_filetype(entry) == AE_IFDIR)
        return true;
    if (slash == NULL || archive_entry_filetype(entry) != AE_IFREG ||
        archive_entry_hardlink(entry) != NULL || archive_entry_symlink(entry) != NULL)
        return wrong(error, "not a plain file in the folder", full);
    if (archive_entry_is_encrypted(entry))
        return wrong(error, "locked with a password", full);
    if (g_hash_table_contains(parcel->hashes, slash + 1))
        return wrong(error, "there twice", full);
    return read_entry(parcel, zip, slash + 1, error);
}

/* @is_front: by what stands before and behind each file, as the zip lies, and not by the
 * directory at its end. A zip says much twice, and one reader looks at one of them only.
 */
static bool read_zip(Parcel *parcel, const char *path, bool is_front, GError **error)
{
    struct archive *zip = archive_read_new();
    struct archive_entry *entry;
    int status = ARCHIVE_OK, count = 0;
    int support = is_front ? archive_read_support_format_zip_streamable(zip)
                           : archive_read_support_format_zip_seekable(zip);
    bool is_good = support == ARCHIVE_OK &&
                   archive_read_open_filename(zip, path, 65536) == ARCHIVE_OK;
    if (!is_good)
        wrong(error, "not a zip that can be opened", "");
    while (is_good && (status = archive_read_next_header(zip, &entry)) == ARCHIVE_OK)
        is_good = ++count > MAX_ENTRIES ? wrong(error, "too many files", "")
                                        : take_entry(parcel, zip, entry, error);
    if (is_good && status != ARCHIVE_EOF)
        is_good =
            wrong(error, "the zip is damaged",
                  archive_error_string(zip) != NULL ? archive_error_string(zip) : "");
    archive_read_free(zip);
    return is_good;
}

static const char *text_of(const Parcel *parcel, const char *path)
{
    const GString *text = g_hash_table_lookup(parcel->texts, path);
    return text != NULL ? text->str : NULL;
}

/* One line of a manifest: hash, blanks, path. Checks it off in @seen. */
static bool check_line(const Parcel *parcel, const char *line, bool is_payload,
                       GHashTable *seen, GError **error)
{
    if (strspn(line, "0123456789abcdefABCDEF") != 64 ||
        (line[64] != ' ' && line[64] != '\t'))
        return wrong(error, "a manifest line that is none", line);
    g_autofree char *hash = g_ascii_strdown(line, 64);
    const char *path = line + 64 + strspn(line + 64, " \t");
    const char *found = g_hash_table_lookup(parcel->hashes, path);
    if (g_str_has_prefix(path, "data/") != is_payload)
        return wrong(error, "in the wrong manifest", path);
    if (found == NULL)
        return wrong(error, "missing", path);
    if (!g_str_equal(found, hash))
        return wrong(error, "changed", path);
    if (!g_hash_table_add(seen, g_strdup(path)))
        return wrong(error, "listed twice", path);
    return true;
}

static bool check_manifest(const Parcel *parcel, const char *name, bool is_payload,
                           GHashTable *seen, GError **error)
{
    const char *text = text_of(parcel, name);
    if (text == NULL)
        return wrong(error, "missing", name);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++) {
        g_strchomp(lines[i]);
        if (*lines[i] != '\0' && !check_line(parcel, lines[i], is_payload, seen, error))
            return false;
    }
    return true;
}

/* Everything that lies in the bag is listed somewhere; only the last list is not. */
static bool check_strays(const Parcel *parcel, GHashTable *seen, GError **error)
{
    GHashTableIter iter;
    gpointer path;
    g_hash_table_iter_init(&iter, parcel->hashes);
    while (g_hash_table_iter_next(&iter, &path, NULL))
        if (!g_str_equal(path, "tagmanifest-sha256.txt") &&
            !g_hash_table_contains(seen, path))
            return wrong(error, "not in any manifest", path);
    return true;
}

static bool check_oxum(const Parcel *parcel, GError **error)
{
    g_autofree char *wanted =
        g_strdup_printf("Payload-Oxum: %" G_GINT64_FORMAT ".%" G_GINT64_FORMAT,
                        parcel->payload_bytes, parcel->payload_files);
    const char *info = text_of(parcel, "bag-info.txt");
    g_auto(GStrv) lines = g_strsplit(info != NULL ? info : "", "\n", -1);
    for (int i = 0; lines[i] != NULL; i++)
        if (g_str_has_prefix(lines[i], "Payload-Oxum:"))
            return g_str_equal(g_strchomp(lines[i]), wanted) ||
                   wrong(error, "sizes differ from bag-info.txt", lines[i]);
    return true; /* it may be left out */
}

static bool check_about(const Parcel *parcel, GError **error)
{
    const char *text = text_of(parcel, "data/package.json");
    g_autoptr(JsonObject) about = text == NULL ? NULL : json_parse_object(text, -1, NULL);
    if (about == NULL)
        return wrong(error, "missing or no JSON", "data/package.json");
    if (json_get_int(about, "package", 0) != 1)
        return wrong(error, "a later version of packages", "data/package.json");
    if (g_strcmp0(json_get_string(about, "name", NULL), parcel->name) != 0)
        return wrong(error, "names another package", "data/package.json");
    return true;
}

static bool check_bag(const Parcel *parcel, GError **error)
{
    g_autoptr(GHashTable) seen =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const char *declaration = text_of(parcel, "bagit.txt");
    if (parcel->name == NULL)
        return wrong(error, "the zip is empty", "");
    if (declaration == NULL || !g_str_has_prefix(declaration, "BagIt-Version: 1.0"))
        return wrong(error, "not a BagIt 1.0 bag", "bagit.txt");
    return check_manifest(parcel, "manifest-sha256.txt", true, seen, error) &&
           check_manifest(parcel, "tagmanifest-sha256.txt", false, seen, error) &&
           check_strays(parcel, seen, error) && check_oxum(parcel, error) &&
           check_about(parcel, error);
}

/* Both ways of reading a zip find the same files. */
static bool check_front(const Parcel *parcel, const char *path, GError **error)
{
    g_auto(Parcel) front = parcel_new();
    GHashTableIter iter;
    gpointer name, hash;
    if (!read_zip(&front, path, true, error))
        return false;
    g_hash_table_iter_init(&iter, front.hashes);
    while (g_hash_table_iter_next(&iter, &name, &hash))
        if (g_strcmp0(g_hash_table_lookup(parcel->hashes, name), hash) != 0)
            return wrong(error, "the zip is damaged", name);
    if (g_hash_table_size(front.hashes) != g_hash_table_size(parcel->hashes))
        return wrong(error, "the zip is damaged", "");
    return true;
}

static bool check_directory(const char *path, GError **error)
{
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, error);
    if (file == NULL)
        return false;
    const guint8 *data = (const guint8 *)g_mapped_file_get_contents(file);
    return zip_directory_agrees(data, g_mapped_file_get_length(file)) ||
           wrong(error, "the zip is damaged", "its directory");
}

bool transfer_verify(const char *path, GError **error)
{
    g_auto(Parcel) parcel = parcel_new();
    g_autoptr(GError) cause = NULL;
    g_autofree char *name = g_path_get_basename(path);
    if (read_zip(&parcel, path, false, &cause) && check_bag(&parcel, &cause) &&
        check_front(&parcel, path, &cause) && check_directory(path, &cause))
        return true;
    return fail(error, TRANSFER_ERROR, TRANSFER_ERROR_PACKAGE, "%s: %s", name,
                cause->message);
}
