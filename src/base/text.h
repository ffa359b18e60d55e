/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/text.h - UTF-8 text as it comes off Chinese paper. All results are owned. */
#pragma once
#include "base/base.h"

/* text_is_han: a CJK ideograph (unified, extension A, compatibility). */
bool text_is_han(gunichar c);

/* text_is_date: whether @text is a whole date and nothing else, as 2024年6月19日. */
bool text_is_date(const char *text);

/* text_without_cjk_spaces: removes the blanks that recognition puts between Chinese
 * characters or beside full-width punctuation; keeps those between Latin words. */
char *text_without_cjk_spaces(const char *text);

/* text_folded: for comparing: full-width to half-width, brackets and dashes to ASCII,
 * M²/㎡ to m2, upper case to lower, all blanks removed. Punctuation stays. */
char *text_folded(const char *text);

/* text_bare: text_folded() with punctuation removed too: letters, digits and Han only.
 * This is how `make accuracy` compares. */
char *text_bare(const char *text);

/* text_distance: edits (insert, delete, replace one character) from @a to @b.
 * Source: Wagner & Fischer 1974. */
int text_distance(const char *a, const char *b);

/* text_similarity: 1 - distance / length of the longer, 0..1; 1 where both are empty. */
double text_similarity(const char *a, const char *b);

/* text_find_fuzzy: where @needle stands in @haystack, allowing wrong characters.
 * @haystack, @needle: compared character by character as given (fold them first)
 * @max_share_wrong: of the needle's characters, 0..1; rounded down
 * @start, @end: out, character (not byte) offsets of the best match; may be NULL
 * Returns: the similarity of the best match 0..1, or -1 where none is within the share.
 * Source: Sellers 1980, approximate substring matching. */
double text_find_fuzzy(const char *haystack, const char *needle, double max_share_wrong,
                       int *start, int *end);
