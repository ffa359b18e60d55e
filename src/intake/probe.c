/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workers' side: which reader, and what all readers share. */
#include <sys/stat.h>

#include "intake/private.h"

static const Reader *const readers[] = {&reader_pdf, &reader_tiff, &reader_jpeg,
                                        &reader_png, &reader_bmp};

/* Leptonica says on standard error what it returns as NULL anyway. */
static void hush(void)
{
    setMsgSeverity(L_SEVERITY_NONE);
}

static const Reader *reader_for(const char *path, GError **error)
{
    struct stat status;
    bool is_readable = true;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return fail_null(error, INTAKE_ERROR, INTAKE_ERROR_IO, "cannot read %s", path);
    if (status.st_size == 0)
        return fail_null(error, INTAKE_ERROR, INTAKE_ERROR_EMPTY, "the file is empty");
    if (status.st_size > LIMIT_FILE_BYTES)
        return fail_null(error, INTAKE_ERROR, INTAKE_ERROR_TOO_LARGE,
                         "%" G_GINT64_FORMAT " bytes", (int64_t)status.st_size);
    const char *format = sniff_format(path, &is_readable);
    if (!is_readable)
        return fail_null(error, INTAKE_ERROR, INTAKE_ERROR_IO, "cannot read %s", path);
    for (size_t i = 0; format != NULL && i < G_N_ELEMENTS(readers); i++)
        if (g_str_equal(readers[i]->format, format))
            return readers[i];
    return fail_null(error, INTAKE_ERROR, INTAKE_ERROR_UNSUPPORTED,
                     "not a PDF, TIFF, JPEG, PNG or BMP");
}

void probe_result_clear(ProbeResult *result)
{
    g_clear_pointer(&result->format, g_free);
    result->page_count = 0;
}

bool intake_probe(const char *path, ProbeResult *result, GError **error)
{
    hush();
    const Reader *reader = reader_for(path, error);
    int count = reader == NULL ? 0 : reader->count(path, error);
    if (count <= 0)
        return false;
    if (count > LIMIT_PAGES_PER_FILE)
        return fail(error, INTAKE_ERROR, INTAKE_ERROR_TOO_LARGE, "%d pages", count);
    result->format = g_strdup(reader->format);
    result->page_count = count;
    return true;
}

void page_info_clear(PageInfo *info)
{
    g_clear_pointer(&info->text, page_text_free);
}

PIX *intake_load_page(const char *path, int index, PageInfo *info, GError **error)
{
    hush();
    *info = (PageInfo){.reduction = 1};
    const Reader *reader = reader_for(path, error);
    if (reader == NULL)
        return NULL;
    if (index < 0 || index >= LIMIT_PAGES_PER_FILE)
        return fail_null(error, INTAKE_ERROR, INTAKE_ERROR_IO, "no page %d", index);
    g_autoptr(PIX) page = reader->load(path, index, info, error);
    if (page == NULL)
        return NULL;
    /* A decoder may give other sizes than its header promised. */
    if (!check_size(pixGetWidth(page), pixGetHeight(page), error))
        return NULL;
    return g_steal_pointer(&page);
}

bool check_size(int64_t width, int64_t height, GError **error)
{
    if (width < 1 || height < 1)
        return fail(error, INTAKE_ERROR, INTAKE_ERROR_DAMAGED, "a picture without size");
    if (width > LIMIT_PAGE_SIDE_PX || height > LIMIT_PAGE_SIDE_PX ||
        width * height > LIMIT_PAGE_PIXELS)
        return fail(error, INTAKE_ERROR, INTAKE_ERROR_TOO_LARGE,
                    "%" G_GINT64_FORMAT " x %" G_GINT64_FORMAT " pixels", width, height);
    return true;
}

int believable_dpi(int dpi)
{
    return dpi >= 50 && dpi <= 2400 ? dpi : 0;
}
