/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.h - what `make accuracy` found, as one page for people who answer for quality.
 */
#pragma once
#include "pictures.h"
#include "stated.h"

typedef struct {
    const char *title;         /* what was measured; borrowed */
    const GPtrArray *cases;    /* MadeCase * */
    const GPtrArray *findings; /* Finding * */
    const Floors *floors;
    const Pipeline *pipeline; /* NULL: kinds are told by keys */
    Pictures *pictures;
} ReportInput;

/* report_write: one HTML file that needs nothing beside it. */
bool report_write(const ReportInput *input, const char *path, GError **error);

/* --- parts of it, each adds to @html --- */
/* html_text: @text with what HTML would take for markup escaped. */
void html_text(GString *html, const char *text);
void html_printf(GString *html, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* report_faults: what is wrong, the worst kind first, with pictures. (faults.c) */
void report_faults(GString *html, const ReportInput *input);
/* report_reliability: what confidences are worth. (reliability.c) */
void report_reliability(GString *html, const ReportInput *input);
extern const char *const report_style; /* style.c */
