/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_all(int fd, const char *data, size_t length_bytes)
{
    while (length_bytes > 0) {
        ssize_t written = write(fd, data, length_bytes);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        data += written;
        length_bytes -= (size_t)written;
    }
    return true;
}

/* Without this a crash may bring back the folder without the new name. */
static bool sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    /* Some file systems cannot sync a folder and say EINVAL: nothing more can be done. */
    bool is_synced = fsync(fd) == 0 || errno == EINVAL;
    close(fd);
    return is_synced;
}

bool file_write_atomic(const char *path, const void *data, size_t length_bytes, int mode,
                       GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *temp_name = g_strdup_printf(".%.100s.XXXXXX", name);
    g_autofree char *temp = g_build_filename(folder, temp_name, NULL);
    int fd = g_mkstemp_full(temp, O_RDWR | O_CLOEXEC, mode);
    if (fd < 0)
        return fail_errno(error, BASE_ERROR, BASE_ERROR_IO, "cannot write in %s", folder);
    /* fchmod: mkstemp's mode went through the umask. */
    bool is_written = write_all(fd, data, length_bytes) &&
                      fchmod(fd, (mode_t)mode) == 0 && fsync(fd) == 0;
    int saved_errno = errno;
    bool is_closed = close(fd) == 0;
    if (is_written && !is_closed)
        saved_errno = errno;
    if (is_written && is_closed) {
        if (rename(temp, path) == 0 && sync_folder(folder))
            return true;
        saved_errno = errno;
    }
    unlink(temp);
    errno = saved_errno;
    return fail_errno(error, BASE_ERROR, BASE_ERROR_IO, "cannot write %s", path);
}

char *file_sha256(const char *path, int64_t *size_bytes, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        fail_errno(error, BASE_ERROR, BASE_ERROR_IO, "cannot read %s", path);
        return NULL;
    }
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    guchar buffer[65536];
    int64_t total = 0;
    ssize_t got = 0;
    while ((got = read(fd, buffer, sizeof buffer)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            break;
        g_checksum_update(checksum, buffer, got);
        total += got;
    }
    int saved_errno = errno;
    close(fd);
    errno = saved_errno;
    if (got < 0) {
        fail_errno(error, BASE_ERROR, BASE_ERROR_IO, "cannot read %s", path);
        return NULL;
    }
    if (size_bytes != NULL)
        *size_bytes = total;
    return g_strdup(g_checksum_get_string(checksum));
}

bool folder_make(const char *path, GError **error)
{
    if (g_mkdir_with_parents(path, 0700) == 0)
        return true;
    return fail_errno(error, BASE_ERROR, BASE_ERROR_IO, "cannot make the folder %s",
                      path);
}

static int remove_entry(const char *path, const struct stat *status, int kind,
                        struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

bool folder_remove(const char *path, GError **error)
{
    if (nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) == 0 || errno == ENOENT)
        return true;
    return fail_errno(error, BASE_ERROR, BASE_ERROR_IO, "cannot remove %s", path);
}

/* '/' sorts before all else, so that a folder's files stay together. */
static int rank(char c)
{
    return c == '\0' ? 0 : c == '/' ? 1 : 2 + (guchar)g_ascii_tolower(c);
}

static size_t digits_length(const char *text)
{
    return strspn(text, "0123456789");
}

int natural_compare(const char *a, const char *b)
{
    const char *p = a, *q = b;
    while (*p != '\0' || *q != '\0') {
        if (g_ascii_isdigit(*p) && g_ascii_isdigit(*q)) {
            p += strspn(p, "0");
            q += strspn(q, "0");
            size_t p_length = digits_length(p), q_length = digits_length(q);
            if (p_length != q_length)
                return p_length < q_length ? -1 : 1;
            int order = strncmp(p, q, p_length);
            if (order != 0)
                return order;
            p += p_length;
            q += q_length;
        } else {
            if (rank(*p) != rank(*q))
                return rank(*p) - rank(*q);
            p++;
            q++;
        }
    }
    return strcmp(a, b); /* "01" and "1", "A" and "a": still a fixed order */
}
