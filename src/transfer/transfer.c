/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transfer/transfer.h"

G_DEFINE_QUARK(transfer-error-quark, transfer_error)

void export_result_clear(ExportResult *result)
{
    g_clear_pointer(&result->names, g_ptr_array_unref);
}

bool transfer_export(Store *store, const ExportParams *params, ExportResult *result,
                     GError **error)
{
    (void)store;
    (void)params;
    *result = (ExportResult){.names = g_ptr_array_new_with_free_func(g_free)};
    return fail(error, TRANSFER_ERROR, TRANSFER_ERROR_IO, "packages cannot be made yet");
}

bool transfer_verify(const char *path, GError **error)
{
    return fail(error, TRANSFER_ERROR, TRANSFER_ERROR_PACKAGE, "%s: cannot be checked yet", path);
}
