/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The content store: objects/ab/cdef..., each named by the SHA-256 of its bytes. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/private.h"

char *store_object_path(const Store *store, const char *sha256)
{
    if (strlen(sha256) < 3)
        return g_build_filename(store->folder, "objects", "none", sha256, NULL);
    char first[3] = {sha256[0], sha256[1], '\0'};
    return g_build_filename(store->folder, "objects", first, sha256 + 2, NULL);
}

static bool is_there(const char *path, int64_t size_bytes)
{
    struct stat status;
    /* The size too: a copy cut short by a power failure is written again. */
    return stat(path, &status) == 0 && status.st_size == size_bytes;
}

static bool write_whole(int fd, const guchar *data, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, data, length);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            data += written;
            length -= (size_t)written;
        }
    }
    return true;
}

/* Returns: the hash of what was copied, owned; NULL with errno */
static char *copy_hashed(int from, int to)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    guchar buffer[65536];
    ssize_t got;
    while ((got = read(from, buffer, sizeof buffer)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 || !write_whole(to, buffer, (size_t)got))
            return NULL;
        g_checksum_update(checksum, buffer, got);
    }
    return fsync(to) == 0 ? g_strdup(g_checksum_get_string(checksum)) : NULL;
}

static bool sync_parent(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool is_synced = fsync(fd) == 0 || errno == EINVAL;
    close(fd);
    return is_synced;
}

/* Gives @temp its final name. */
static bool put_in_place(const char *temp, const char *object, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(object);
    if ((mkdir(folder, 0700) == 0 && !sync_parent(folder)) ||
        (!g_file_test(folder, G_FILE_TEST_IS_DIR)) || rename(temp, object) != 0 ||
        !sync_parent(object)) {
        store_fail_errno(error, "cannot put in place", object);
        unlink(temp);
        return false;
    }
    return true;
}

static bool copy_object(Store *store, const char *path, const char *sha256,
                        GError **error)
{
    g_autofree char *temp =
        g_build_filename(store->folder, "objects", ".new-XXXXXX", NULL);
    g_autofree char *object = store_object_path(store, sha256);
    int from = open(path, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return store_fail_errno(error, "cannot read", path);
    int to = g_mkstemp_full(temp, O_RDWR | O_CLOEXEC, 0600);
    if (to < 0) {
        close(from);
        return store_fail_errno(error, "cannot write", temp);
    }
    g_autofree char *copied = copy_hashed(from, to);
    int saved_errno = errno;
    close(from);
    close(to);
    if (copied == NULL) {
        unlink(temp);
        errno = saved_errno;
        return store_fail_errno(error, "cannot copy", path);
    }
    if (!g_str_equal(copied, sha256)) {
        unlink(temp);
        return fail(error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                    "%s changed while it was copied", path);
    }
    return put_in_place(temp, object, error);
}

bool store_put_file(Store *store, const char *path, char **sha256, int64_t *size_bytes,
                    GError **error)
{
    int64_t size = 0;
    g_autoptr(GError) cause = NULL;
    /* Hashed before it is copied: most of a second run is known and costs no writing.
     * The copy is hashed again on its way. */
    g_autofree char *hash = file_sha256(path, &size, &cause);
    if (hash == NULL)
        return fail(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, "%s", cause->message);
    g_autofree char *object = store_object_path(store, hash);
    if (!is_there(object, size) && !copy_object(store, path, hash, error))
        return false;
    if (size_bytes != NULL)
        *size_bytes = size;
    *sha256 = g_steal_pointer(&hash);
    return true;
}

static bool sync_private(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool is_done = fchmod(fd, 0600) == 0 && fsync(fd) == 0;
    close(fd);
    return is_done;
}

bool store_adopt_file(Store *store, const char *path, char **sha256, GError **error)
{
    int64_t size = 0;
    g_autoptr(GError) cause = NULL;
    g_autofree char *hash = file_sha256(path, &size, &cause);
    if (hash == NULL)
        return fail(error, STORE_ERROR, STORE_ERROR_IO, "%s", cause->message);
    g_autofree char *object = store_object_path(store, hash);
    g_autofree char *folder = g_path_get_dirname(object);
    if (is_there(object, size)) {
        unlink(path);
    } else {
        if (!sync_private(path))
            return store_fail_errno(error, "cannot keep", path);
        if (mkdir(folder, 0700) == 0 && !sync_parent(folder))
            return store_fail_errno(error, "cannot make the folder", folder);
        if (rename(path, object) == 0) {
            if (!sync_parent(object))
                return store_fail_errno(error, "cannot keep", object);
        } else if (errno != EXDEV || !copy_object(store, path, hash, error)) {
            return store_fail_errno(error, "cannot keep", path);
        } else {
            unlink(path);
        }
    }
    *sha256 = g_steal_pointer(&hash);
    return true;
}
