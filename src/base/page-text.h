/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/page-text.h - the text that a page's own file says stands on it: what a reader of
 * files hands to the reading of pages. Nothing here is believed yet. */
#pragma once
#include "base/base.h"

/* One character, blanks excepted. */
typedef struct {
    char text[8];    /* one character, UTF-8; "" where it has no meaning */
    Rect box_px;     /* its glyph's ink, or where that would be, on the page as loaded */
    int font;        /* small number: characters of one font and kind have the same */
    bool is_on_page; /* that very glyph is seen on the page, there */
    bool is_after_blank; /* a blank is written before it */
} PageCharacter;

typedef struct {
    GArray *characters; /* PageCharacter, in the file's order */
    PIX *ink;           /* 1 bpp, size of the page: the ink of what is_on_page */
    GArray *pictures;   /* Rect, where pictures lie on the page */
    bool is_drawn;      /* the page's ink is text to a good part, and rules */
    bool is_upright;    /* is_drawn, and the text runs from left to right */
} PageText;

PageText *page_text_new(void);
void page_text_free(PageText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PageText, page_text_free)

/* page_character_plain: what a character of a text layer stands for. Radicals and
 * compatibility ideographs, which fonts share with the characters they look like, become
 * those (Unicode's Equivalent_Unified_Ideograph and canonical mappings).
 * Returns: 0 where it stands for nothing that could be read: private use, U+FFFD, control
 * and unassigned characters, marks without a base */
gunichar page_character_plain(gunichar c);
