/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file is, by its first bytes; names are only hearsay. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "intake/private.h"

/* Acrobat looks for the header in the first 1024 bytes; mail gateways put lines before.
 */
#define SNIFF_BYTES 1024

static const char *format_of_bytes(const guchar *data, size_t length)
{
    static const struct {
        const char *format, *bytes;
        size_t length;
    } signatures[] = {
        {"jpeg", "\xFF\xD8\xFF", 3}, {"png", "\x89PNG\r\n\x1A\n", 8},
        {"tiff", "II*\0", 4},        {"tiff", "MM\0*", 4},
        {"tiff", "II+\0", 4}, /* BigTIFF */
        {"tiff", "MM\0+", 4},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(signatures); i++)
        if (length >= signatures[i].length &&
            memcmp(data, signatures[i].bytes, signatures[i].length) == 0)
            return signatures[i].format;
    /* Two letters are little: BMP's reserved bytes, zero, and its header size too. */
    if (length >= 18 && memcmp(data, "BM", 2) == 0 && data[15] == 0 && data[16] == 0 &&
        data[17] == 0 && data[14] >= 12)
        return "bmp";
    for (size_t i = 0; i + 5 <= length; i++)
        if (memcmp(data + i, "%PDF-", 5) == 0)
            return "pdf";
    return NULL;
}

const char *sniff_format(const char *path, bool *is_readable)
{
    guchar data[SNIFF_BYTES];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    *is_readable = fd >= 0;
    if (fd < 0)
        return NULL;
    size_t length = 0;
    ssize_t got = 0;
    while (length < SNIFF_BYTES &&
           ((got = read(fd, data + length, SNIFF_BYTES - length)) > 0 ||
            (got < 0 && errno == EINTR)))
        length += got > 0 ? (size_t)got : 0;
    *is_readable = length > 0 || got == 0;
    close(fd);
    return format_of_bytes(data, length);
}

const char *format_of_name(const char *path)
{
    static const struct {
        const char *ending, *format;
    } endings[] = {
        {"pdf", "pdf"},   {"tif", "tiff"}, {"tiff", "tiff"}, {"jpg", "jpeg"},
        {"jpeg", "jpeg"}, {"jpe", "jpeg"}, {"jfif", "jpeg"}, {"png", "png"},
        {"bmp", "bmp"},   {"dib", "bmp"},
    };
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot != NULL && i < G_N_ELEMENTS(endings); i++)
        if (g_ascii_strcasecmp(dot + 1, endings[i].ending) == 0)
            return endings[i].format;
    return NULL;
}
