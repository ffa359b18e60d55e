/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/compare.h - whether two papers say the same thing. */
#pragma once
#include "base/base.h"
#include "casework/address.h"
#include "pipeline/pipeline.h"
#include "reading/page-reading.h"

/* names_compare: folded, traditional characters as simplified; a list (甲、乙) is the
 * same as any of its people. One character apart is unsure, and so are two characters
 * that simplified text tells apart (于, 於). Of two firms, a branch, a place left out, or
 * two characters apart are unsure. NULL or empty is unsure. */
Likeness names_compare(const char *a, const char *b);

/* seal_compare: whether @read, as recognised along a seal's ring, is @firm's name. The
 * place and the words that tell firms apart must be read exactly; in the ending that all
 * share (有限公司) two characters may be misread. NULL is unsure. */
Likeness seal_compare(const char *read, const char *firm);

/* seal_match: whether every place along the ring of a seal bears out @firm's name, as far
 * as it says anything. Every character that tells firms apart must be borne out; in the
 * place it begins with and in its ending some may be lost under print, but none be
 * another's. One character that tells firms apart may be hidden so far that what is left
 * of it only hints at it, where another impression of the stamp bears it out surely. A
 * seal whose places nobody can tell is unsure.
 * @mark: borrowed
 * @others: SealMark, borrowed: seals of the case that may be impressions of the same
 *     stamp, @mark may be among them; NULL: none
 * @regions: counties and districts, NULL-terminated, borrowed */
Likeness seal_match(const SealMark *mark, const GPtrArray *others, const char *firm,
                    const char *const *regions);

/* firm_stem_length: bytes of @name, folded, before its ending (有限公司). */
size_t firm_stem_length(const char *name);
/* firm_telling_part: what of @name, folded, tells a firm from others: without its place
 * and its ending. Returns: owned; NULL where it ends as no firm's name does */
char *firm_telling_part(const char *name);
/* is_firm_name: by its words (公司, 厂, …), not a person's. NULL is none. */
bool is_firm_name(const char *name);
/* numbers_compare: identity numbers; 15 and 18 digits of one number are the same; up to
 * two characters apart is unsure. */
Likeness numbers_compare(const char *a, const char *b);
/* values_agree: whether two normalised values of @kind confirm each other. */
bool values_agree(FieldKind kind, const char *a, const char *b,
                  const char *const *regions);
/* values_clash: whether they cannot both be right; not agreeing is not yet a clash. */
bool values_clash(FieldKind kind, const char *a, const char *b,
                  const char *const *regions);
