/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>

G_DEFINE_QUARK(base_error_quark, base_error)

static void set_error(GError **error, GQuark domain, int code, const char *format,
                      va_list args)
{
    if (error != NULL && *error == NULL)
        *error = g_error_new_valist(domain, code, format, args);
}

bool fail(GError **error, GQuark domain, int code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    set_error(error, domain, code, format, args);
    va_end(args);
    return false;
}

void *fail_null(GError **error, GQuark domain, int code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    set_error(error, domain, code, format, args);
    va_end(args);
    return NULL;
}

bool fail_errno(GError **error, GQuark domain, int code, const char *format, ...)
{
    int saved_errno = errno;
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    return fail(error, domain, code, "%s: %s", text, g_strerror(saved_errno));
}
