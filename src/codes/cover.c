/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cover sheet says, as text with a check sum, and back. */
#include "codes/codes.h"

#include "base/text.h"

#define MAX_CODE_LENGTH 120
#define MAX_NAME_LENGTH 40
#define CHECK_CHARACTERS 4

static const char CROCKFORD[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

G_DEFINE_QUARK(codes_error_quark, codes_error)

void cover_free(Cover *cover)
{
    if (cover == NULL)
        return;
    g_free(cover->case_name);
    g_free(cover->site);
    g_free(cover->place);
    g_free(cover);
}

/* One slip of the finger in a million goes unseen. Owned. */
static char *check_sum(const char *body)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)"banjie cover 1 ", -1);
    g_checksum_update(sum, (const guchar *)body, -1);
    guint8 digest[32];
    gsize length = sizeof digest;
    g_checksum_get_digest(sum, digest, &length);
    char check[CHECK_CHARACTERS + 1] = {0};
    for (int i = 0; i < CHECK_CHARACTERS; i++)
        check[i] = CROCKFORD[digest[i] & 31];
    return g_strdup(check);
}

static void add_name(GString *code, char tag, const char *name)
{
    if (name == NULL)
        return;
    g_autofree char *upper = g_ascii_strup(name, -1);
    g_string_append_printf(code, ".%c%s", tag, upper);
}

char *cover_code(const Cover *cover)
{
    g_autoptr(GString) code = g_string_new(cover->kind == COVER_LATE ? "L" : "N");
    add_name(code, 'C', cover->case_name);
    if (cover->sheets > 0)
        g_string_append_printf(code, ".T%d", cover->sheets);
    add_name(code, 'P', cover->place);
    add_name(code, 'S', cover->site);
    if (cover->number > 0)
        g_string_append_printf(code, ".K%d", cover->number);
    g_autofree char *check = check_sum(code->str);
    g_string_append_printf(code, ".%s", check);
    return g_string_free(g_steal_pointer(&code), FALSE);
}

static bool is_name(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length <= MAX_NAME_LENGTH &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == length;
}

/* The name of a case as the store spells it: site in small letters, the rest in large. */
static char *case_name_of(const char *upper)
{
    g_auto(GStrv) parts = g_strsplit(upper, "-", 2);
    if (parts[1] == NULL)
        return NULL;
    g_autofree char *site = g_ascii_strdown(parts[0], -1);
    return g_strdup_printf("%s-%s", site, parts[1]);
}

static bool take_number(const char *text, int limit, int *number)
{
    guint64 value = 0;
    if (*number != 0 ||
        !g_ascii_string_to_unsigned(text, 10, 1, (guint64)limit, &value, NULL))
        return false;
    *number = (int)value;
    return true;
}

static bool take_name(const char *text, char **name)
{
    if (*name != NULL || !is_name(text))
        return false;
    *name = g_ascii_strdown(text, -1);
    return true;
}

static bool take_part(Cover *cover, const char *part)
{
    switch (*part) {
    case 'C':
        if (cover->case_name != NULL || !is_name(part + 1))
            return false;
        cover->case_name = case_name_of(part + 1);
        return cover->case_name != NULL;
    case 'T':
        return take_number(part + 1, COVER_MAX_SHEETS, &cover->sheets);
    case 'K':
        return take_number(part + 1, COVER_MAX_NUMBER, &cover->number);
    case 'P':
        return take_name(part + 1, &cover->place);
    case 'S':
        return take_name(part + 1, &cover->site);
    default:
        return false;
    }
}

/* Letters for digits where @to_digits, else digits for letters. */
static void swap_alike(char *text, bool to_digits)
{
    for (; *text != '\0'; text++) {
        if (to_digits && *text == 'O')
            *text = '0';
        else if (to_digits && (*text == 'I' || *text == 'L'))
            *text = '1';
        else if (!to_digits && *text == '0')
            *text = 'O';
        else if (!to_digits && *text == '1')
            *text = 'I';
    }
}

/* @body with 0 and O, 1 and I as they can only be: numbers, check sum and the name of a
 * case have no O and I, the name of a place no digits. Owned. */
static char *repaired(const char *body)
{
    g_auto(GStrv) parts = g_strsplit(body, ".", -1);
    for (int i = 0; parts[i] != NULL; i++) {
        if (i == 0) /* the kind */
            continue;
        char *dash = strchr(parts[i], '-');
        if (parts[i + 1] == NULL)
            swap_alike(parts[i], true);
        else if (*parts[i] == 'P')
            swap_alike(parts[i] + 1, false);
        else if (*parts[i] == 'T' || *parts[i] == 'K')
            swap_alike(parts[i] + 1, true);
        else if (*parts[i] == 'C' && dash != NULL)
            swap_alike(dash, true);
    }
    return g_strjoinv(".", parts);
}

/* Whether @body ends in its check sum, which is then cut off. */
static bool take_check(char *body)
{
    char *check = strrchr(body, '.');
    if (check == NULL)
        return false;
    *check = '\0';
    g_autofree char *wanted = check_sum(body);
    bool is_good = strcmp(check + 1, wanted) == 0;
    if (!is_good)
        *check = '.';
    return is_good;
}

Cover *cover_parse(const char *code, GError **error)
{
    if (strlen(code) > MAX_CODE_LENGTH)
        return fail_null(error, CODES_ERROR, CODES_ERROR_FORMAT, "too long for a code");
    g_autofree char *body = g_ascii_strup(code, -1);
    g_strstrip(body);
    g_autofree char *likely = repaired(body);
    char *checked = take_check(body) ? body : take_check(likely) ? likely : NULL;
    if (checked == NULL)
        return fail_null(error, CODES_ERROR, CODES_ERROR_FORMAT,
                         "the check sum is another");
    g_auto(GStrv) parts = g_strsplit(checked, ".", -1);
    g_autoptr(Cover) cover = g_new0(Cover, 1);
    cover->kind = g_strcmp0(parts[0], "L") == 0 ? COVER_LATE : COVER_NEW;
    bool is_good = cover->kind == COVER_LATE || g_strcmp0(parts[0], "N") == 0;
    for (int i = 1; is_good && parts[i] != NULL; i++)
        is_good = take_part(cover, parts[i]);
    if (!is_good || (cover->kind == COVER_LATE) != (cover->case_name != NULL))
        return fail_null(error, CODES_ERROR, CODES_ERROR_FORMAT, "not a cover sheet");
    return g_steal_pointer(&cover);
}

/* Whether @line is @words; one character of four may be read wrong. */
static bool is_words(const char *line, const char *words)
{
    g_autofree char *bare = text_bare(line);
    g_autofree char *wanted = text_bare(words);
    return text_similarity(bare, wanted) >= 0.75;
}

/* @line as a code: blanks that were read between its letters are none. Owned, or NULL. */
static char *code_of_line(const char *line)
{
    g_autofree char *folded = text_folded(line);
    g_autoptr(Cover) cover = cover_parse(folded, NULL);
    return cover != NULL ? cover_code(cover) : NULL;
}

char *cover_of_lines(const char *const *lines)
{
    bool has_title = false, has_rule = false;
    g_autofree char *code = NULL;
    for (int i = 0; lines[i] != NULL; i++) {
        has_title |= is_words(lines[i], COVER_TITLE);
        has_rule |=
            is_words(lines[i], COVER_RULE_NEW) || is_words(lines[i], COVER_RULE_LATE);
        if (code == NULL)
            code = code_of_line(lines[i]);
    }
    if (!has_title || !has_rule) /* an application may quote either */
        return NULL;
    return code != NULL ? g_steal_pointer(&code) : g_strdup(COVER_UNREAD);
}
