/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/page-text.h"

#define SUPPLEMENT_FIRST 0x2E80
#define KANGXI_FIRST 0x2F00
#define KANGXI_LAST 0x2FD5

/* CJK Radicals Supplement, U+2E80 and on: the ideograph that each is the form of; 0 for
 * none. Source: Unicode 15, EquivalentUnifiedIdeograph.txt. */
static const guint16 supplement[] = {
    0,      0x5382, 0x4E5B, 0x4E5A, 0x4E59, 0x4EBB, 0x5182, 0,      0x5200, 0x5202,
    0x535C, 0x353E, 0x5C0F, 0x5C0F, 0x5140, 0x5C23, 0x5C22, 0,      0x5DF3, 0x5E7A,
    0x5F51, 0x5F50, 0x5FC4, 0x5FC3, 0x624C, 0x6535, 0,      0x65E1, 0x65E5, 0x6708,
    0x6B7A, 0x6BCD, 0x6C11, 0x6C35, 0x6C3A, 0x706C, 0x722B, 0x722B, 0x4E2C, 0x725B,
    0x72AD, 0x738B, 0,      0x76EE, 0x793A, 0x793B, 0,      0x7CF9, 0x7E9F, 0x7F53,
    0x7F52, 0x34C1, 0x5197, 0,      0x7F8A, 0,      0,      0x8002, 0x8080, 0x807F,
    0x8089, 0,      0x8279, 0x8279, 0x8279, 0x864E, 0x8864, 0x8980, 0x897F, 0x89C1,
    0x89D2, 0,      0x8BA0, 0x8D1D, 0,      0x8F66, 0x8FB6, 0x8FB6, 0x8FB6, 0x9091,
    0x9485, 0x9577, 0x9578, 0x957F, 0x95E8, 0,      0x961D, 0x96E8, 0x9752, 0x97E6,
    0x9875, 0x98CE, 0x98DE, 0x98DF, 0,      0x98E0, 0x9963, 0,      0x9A6C, 0x9AA8,
    0x9B3C, 0x9C7C, 0x9E1F, 0x5364, 0x9EA6, 0x9EC4, 0x9EFE, 0x6589, 0x9F50, 0x6B6F,
    0x9F7F, 0x7ADC, 0x9F99, 0x9F9C, 0x4E80, 0x9F9F};

PageText *page_text_new(void)
{
    PageText *text = g_new0(PageText, 1);
    text->characters = g_array_new(false, true, sizeof(PageCharacter));
    text->pictures = g_array_new(false, false, sizeof(Rect));
    return text;
}

void page_text_free(PageText *text)
{
    if (text == NULL)
        return;
    g_array_unref(text->characters);
    g_array_unref(text->pictures);
    pixDestroy(&text->ink);
    g_free(text);
}

static bool is_compatibility_ideograph(gunichar c)
{
    return (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

/* the one character that @c decomposes to, or @c */
static gunichar decomposed(gunichar c, bool is_compatibility)
{
    gunichar all[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
    gsize count = g_unichar_fully_decompose(c, is_compatibility, all, G_N_ELEMENTS(all));
    return count == 1 ? all[0] : c;
}

static bool has_meaning(gunichar c)
{
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_NON_SPACING_MARK:
        return false;
    default:
        return c != 0xFFFD;
    }
}

gunichar page_character_plain(gunichar c)
{
    if (!has_meaning(c))
        return 0;
    if (c >= SUPPLEMENT_FIRST && c < SUPPLEMENT_FIRST + G_N_ELEMENTS(supplement))
        return supplement[c - SUPPLEMENT_FIRST];
    if (c >= KANGXI_FIRST && c <= KANGXI_LAST)
        return decomposed(c, true);
    return is_compatibility_ideograph(c) ? decomposed(c, false) : c;
}
