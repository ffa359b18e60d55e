/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diagram.h - how sure the record is, against how often it is right: the reliability
 * diagram, as SVG. Source: DeGroot & Fienberg 1983. */
#pragma once
#include "stated.h"

/* diagram_nines: where a share of 0..1 lies on an axis of nines: 0.9 at 1, 0.99 at 2,
 * 0.9999 and all above at 4. What is promised differs in its nines alone. */
double diagram_nines(double share);

/* diagram_draw: adds one diagram of @stated of @kind (NULL: all kinds) to @html.
 * @size_px: of the square */
void diagram_draw(GString *html, const GArray *stated, const char *kind, int size_px);
/* diagram_legend: adds what the colours mean. */
void diagram_legend(GString *html);
