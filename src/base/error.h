/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/error.h - one way to fail: set a GError and return false or NULL in one statement.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* Errors of base itself; every other room has its own domain in its own header. */
#define BASE_ERROR (base_error_quark())
typedef enum {
    BASE_ERROR_IO,     /* the system refused a file operation; errno is in the text */
    BASE_ERROR_FORMAT, /* text is not what it should be (JSON, UTF-8, a number) */
    BASE_ERROR_LIMIT,  /* a size is beyond base/limits.h */
} BaseError;
GQuark base_error_quark(void);

/* fail: set @error and return false.
 * @error: where the caller wants it, or NULL
 * @domain, @code: the room's error
 * @format: printf text in English; people's words are made from the code
 * Returns: false, always */
bool fail(GError **error, GQuark domain, int code, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* fail_null: as fail(), for functions that return a pointer. Returns: NULL, always */
void *fail_null(GError **error, GQuark domain, int code, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* fail_errno: as fail(), with ": " and the text of errno at the end. Returns: false */
bool fail_errno(GError **error, GQuark domain, int code, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
