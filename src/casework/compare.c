/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "casework/compare.h"

#include "base/text.h"
#include "casework/fold.h"
#include "casework/identifier.h"

/* What recognition makes of 有限公司 on worn seals is at most this far from it
 * (有了恨公司). Shorter stems are too little to tell a firm by. */
#define MISREAD_IN_ENDING 2
#define TELLING_STEM 4

static char *folded_name(const char *name, FoldLevel level)
{
    g_autofree char *bare = text_bare(name);
    return fold_traditional(bare, level);
}

static Likeness nearer(Likeness a, Likeness b)
{
    return a < b ? a : b;
}

static Likeness one_name(const char *a, const char *b)
{
    g_autofree char *x = folded_name(a, FOLD_PLAIN);
    g_autofree char *y = folded_name(b, FOLD_PLAIN);
    if (*x == '\0' || *y == '\0')
        return UNSURE;
    if (g_str_equal(x, y))
        return SAME;
    g_autofree char *all_x = folded_name(a, FOLD_ALL);
    g_autofree char *all_y = folded_name(b, FOLD_ALL);
    return text_distance(all_x, all_y) <= 1 ? UNSURE : DIFFERENT;
}

bool is_firm_name(const char *name)
{
    static const char *const words[] = {"公司",   "厂",     "商店",   "商行", "经营部",
                                        "超市",   "酒店",   "饭店",   "医院", "学校",
                                        "幼儿园", "合作社", "委员会", "中心", "集团",
                                        "工作室", "事务所", "局"};
    for (size_t i = 0; name != NULL && i < G_N_ELEMENTS(words); i++)
        if (strstr(name, words[i]) != NULL && g_utf8_strlen(name, -1) >= 4)
            return true;
    return false;
}

/* A firm's name without what is often left out: its place, 责任. Owned. */
static char *firm_core(const char *name)
{
    g_autoptr(GRegex) regex = g_regex_new(
        "^(河南省?)?(开封市?)?(\\p{Han}{1,4}?[县区])?|(?<=有限)责任", 0, 0, NULL);
    return g_regex_replace(regex, name, -1, 0, "", 0, NULL);
}

/* Whole names are long, and one of them is seldom another's by one character; two
 * characters apart, or a place left out, is for a person. A branch is not the firm. */
static Likeness one_firm(const char *a, const char *b)
{
    g_autofree char *x = folded_name(a, FOLD_ALL);
    g_autofree char *y = folded_name(b, FOLD_ALL);
    if (*x == '\0' || *y == '\0')
        return UNSURE;
    if (g_str_equal(x, y))
        return SAME;
    g_autofree char *core_x = firm_core(x);
    g_autofree char *core_y = firm_core(y);
    int limit = g_utf8_strlen(x, -1) >= 8 && g_utf8_strlen(y, -1) >= 8 ? 2 : 1;
    bool is_branch = g_str_has_prefix(x, y) || g_str_has_prefix(y, x);
    return is_branch || g_str_equal(core_x, core_y) || text_distance(x, y) <= limit
               ? UNSURE
               : DIFFERENT;
}

Likeness names_compare(const char *a, const char *b)
{
    if (a == NULL || b == NULL || *a == '\0' || *b == '\0')
        return UNSURE;
    Likeness best = DIFFERENT;
    g_auto(GStrv) left = g_strsplit(a, "、", -1);
    g_auto(GStrv) right = g_strsplit(b, "、", -1);
    for (int i = 0; left[i] != NULL; i++)
        for (int k = 0; right[k] != NULL; k++)
            best = nearer(best, is_firm_name(left[i]) && is_firm_name(right[k])
                                    ? one_firm(left[i], right[k])
                                    : one_name(left[i], right[k]));
    return best;
}

/* @name, folded, up to its ending (有限公司); all of it where it has none. Owned. */
static char *firm_stem(const char *name)
{
    g_autoptr(GRegex) regex =
        g_regex_new("(集团)?(股份)?(有限)?(责任)?(总|分)?公司$", 0, 0, NULL);
    return g_regex_replace(regex, name, -1, 0, "", 0, NULL);
}

size_t firm_stem_length(const char *name)
{
    g_autofree char *stem = firm_stem(name);
    return strlen(stem);
}

char *firm_telling_part(const char *name)
{
    g_autofree char *folded = folded_name(name, FOLD_ALL);
    g_autofree char *stem = firm_stem(folded);
    return g_str_equal(stem, folded) ? NULL : firm_core(stem);
}

/* Whether @rest ends a firm's name otherwise than @ending does: what it says more (股份,
 * 集团, 分) makes it another firm. */
static bool is_other_ending(const char *rest, const char *ending)
{
    static const char *const words[] = {"股份", "责任", "集团", "分", "总"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if ((strstr(rest, words[i]) != NULL) != (strstr(ending, words[i]) != NULL))
            return true;
    return text_distance(rest, ending) > MISREAD_IN_ENDING;
}

Likeness seal_compare(const char *read, const char *firm)
{
    Likeness likeness = names_compare(read, firm);
    if (likeness == SAME || read == NULL || firm == NULL)
        return likeness;
    g_autofree char *x = folded_name(read, FOLD_PLAIN);
    g_autofree char *y = folded_name(firm, FOLD_PLAIN);
    g_autofree char *stem = firm_stem(y);
    size_t length = strlen(stem);
    bool is_own = g_utf8_strlen(stem, -1) >= TELLING_STEM && length < strlen(y) &&
                  g_str_has_prefix(x, stem) && !is_other_ending(x + length, y + length);
    return is_own ? SAME : likeness;
}

Likeness numbers_compare(const char *a, const char *b)
{
    if (a == NULL || b == NULL || *a == '\0' || *b == '\0')
        return UNSURE;
    g_autofree char *x = text_bare(a);
    g_autofree char *y = text_bare(b);
    g_autofree char *long_x = resident_id_upgraded(x);
    g_autofree char *long_y = resident_id_upgraded(y);
    int distance =
        text_distance(long_x != NULL ? long_x : x, long_y != NULL ? long_y : y);
    return distance == 0 ? SAME : distance <= 2 ? UNSURE : DIFFERENT;
}

bool values_agree(FieldKind kind, const char *a, const char *b,
                  const char *const *regions)
{
    if (a == NULL || b == NULL)
        return false;
    if (kind == KIND_RESIDENT_ID)
        return numbers_compare(a, b) == SAME;
    if (kind == KIND_ADDRESS)
        return addresses_agree(a, b, regions);
    bool is_name = kind == KIND_PERSON_NAME || kind == KIND_FIRM_NAME;
    g_autofree char *x = is_name ? folded_name(a, FOLD_PLAIN) : text_bare(a);
    g_autofree char *y = is_name ? folded_name(b, FOLD_PLAIN) : text_bare(b);
    return *x != '\0' && g_str_equal(x, y);
}

bool values_clash(FieldKind kind, const char *a, const char *b,
                  const char *const *regions)
{
    if (a == NULL || b == NULL || values_agree(kind, a, b, regions))
        return false;
    if (kind == KIND_ADDRESS)
        return addresses_clash(a, b, regions);
    return kind != KIND_PERSON_NAME || names_compare(a, b) != SAME;
}
