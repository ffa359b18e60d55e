/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wider-charset: gives a Chinese model more characters than it was trained with.
 *
 *     wider-charset UNICHARSET RECODER DECOMPOSITION ADDED OUT
 *
 * UNICHARSET, RECODER: of the stock model (combine_tessdata -u)
 * DECOMPOSITION: "字:a(左,右)", one character a row (cjk-decomp)
 * ADDED: the characters to add, one after the other
 * OUT: gets OUT.lstm-unicharset and OUT.lstm-recoder
 *
 * The network does not answer with one of thousands of characters but with two to five of
 * some two hundred codes: the first tells the radical, the second the first part of the
 * rest, the third its last part, a fourth keeps apart those that share these
 * (unicharcompress.cpp of Tesseract). A new character gets the codes that the stock
 * characters with the same parts have, so that the network half knows it untaught: 滢 was
 * read right before any training. */
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RADICAL, FIRST_PART, LAST_PART, APART, PLACES };
enum { MAX_CODES = 9, MAX_DEPTH = 6, MAX_CHARSET = 65536 };

typedef struct {
    int length;
    int32_t code[MAX_CODES];
} Codes;

/* What was seen for one part, and how often; the first seen wins a draw. */
typedef struct {
    Codes codes;
    int count;
} Vote;

typedef struct {
    GPtrArray *characters;     /* char *, of the stock model, in its order */
    GArray *codes;             /* Codes, of the same */
    GPtrArray *rows;           /* char *, lines of the unicharset after the first */
    GHashTable *parts;         /* character to char **, its parts */
    GHashTable *votes[PLACES]; /* part to GArray of Vote; APART: of whole right sides */
    GHashTable *used;          /* codes as text */
    int low[PLACES], high[PLACES];
} Work;

static void die(const char *path, const char *text)
{
    fprintf(stderr, "wider-charset: %s: %s\n", path, text);
    exit(1);
}

static char *read_file(const char *path, gsize *length)
{
    char *text = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &text, length, &error))
        die(path, error->message);
    return text;
}

static void read_unicharset(Work *work, const char *path)
{
    g_autofree char *text = read_file(path, NULL);
    g_auto(GStrv) rows = g_strsplit(text, "\n", -1);
    work->characters = g_ptr_array_new();
    work->rows = g_ptr_array_new();
    for (int i = 1; rows[i] != NULL && *rows[i] != '\0'; i++) {
        g_ptr_array_add(work->rows, g_strdup(rows[i]));
        g_ptr_array_add(work->characters, g_strndup(rows[i], strcspn(rows[i], " ")));
    }
}

static void read_recoder(Work *work, const char *path)
{
    gsize length = 0, at = 4;
    g_autofree char *data = read_file(path, &length);
    work->codes = g_array_new(FALSE, TRUE, sizeof(Codes));
    for (guint i = 0; i < work->characters->len; i++) {
        Codes codes = {0};
        int32_t n = -1;
        if (at + 5 <= length)
            memcpy(&n, data + at + 1, sizeof n);
        at += 5;
        if (n < 0 || n > MAX_CODES || at + (gsize)n * 4 > length)
            die(path, "not a recoder of as many characters");
        codes.length = n;
        memcpy(codes.code, data + at, (gsize)n * 4);
        at += (gsize)n * 4;
        g_array_append_val(work->codes, codes);
    }
}

static void read_decomposition(Work *work, const char *path)
{
    g_autofree char *text = read_file(path, NULL);
    g_auto(GStrv) rows = g_strsplit(text, "\n", -1);
    work->parts = g_hash_table_new(g_str_hash, g_str_equal);
    for (int i = 0; rows[i] != NULL; i++) {
        char *colon = strchr(rows[i], ':'), *open = strchr(rows[i], '(');
        char *close = strrchr(rows[i], ')');
        if (colon == NULL || colon == rows[i] || open == NULL || open < colon ||
            close == NULL)
            continue;
        *close = '\0';
        char *key = g_strndup(rows[i], (gsize)(colon - rows[i]));
        g_hash_table_insert(work->parts, key,
                            open[1] != '\0' ? g_strsplit(open + 1, ",", -1) : NULL);
    }
}

static const char *part(const Work *work, const char *character, int n)
{
    char **parts = g_hash_table_lookup(work->parts, character);
    if (parts == NULL)
        return NULL;
    int count = (int)g_strv_length(parts);
    return n < 0 ? parts[count - 1] : n < count ? parts[n] : NULL;
}

/* @character, its first (or last) part, that part's first, and so on. */
static GPtrArray *chain(const Work *work, const char *character, bool is_last)
{
    GPtrArray *chain = g_ptr_array_new();
    for (int depth = 0; character != NULL && depth <= MAX_DEPTH; depth++) {
        g_ptr_array_add(chain, (gpointer)character);
        character = part(work, character, is_last ? -1 : 0);
    }
    return chain;
}

static void vote(GHashTable *table, const char *key, Codes codes)
{
    GArray *votes = g_hash_table_lookup(table, key);
    if (votes == NULL) {
        votes = g_array_new(FALSE, TRUE, sizeof(Vote));
        g_hash_table_insert(table, (gpointer)key, votes);
    }
    for (guint i = 0; i < votes->len; i++) {
        Vote *known = &g_array_index(votes, Vote, i);
        if (memcmp(&known->codes, &codes, sizeof codes) == 0) {
            known->count++;
            return;
        }
    }
    Vote fresh = {codes, 1};
    g_array_append_val(votes, fresh);
}

static const Codes *winner(GHashTable *table, const char *key)
{
    GArray *votes = g_hash_table_lookup(table, key);
    const Vote *best = NULL;
    for (guint i = 0; votes != NULL && i < votes->len; i++) {
        const Vote *one = &g_array_index(votes, Vote, i);
        if (best == NULL || one->count > best->count)
            best = one;
    }
    return best != NULL ? &best->codes : NULL;
}

static int winner_of_chain(GHashTable *table, const GPtrArray *chain, guint from)
{
    for (guint i = from; i < chain->len; i++) {
        const Codes *found = winner(table, chain->pdata[i]);
        if (found != NULL)
            return found->code[0];
    }
    return -1;
}

static Codes codes_of(const int32_t *code, int length)
{
    Codes codes = {.length = length};
    memcpy(codes.code, code, (gsize)length * sizeof *code);
    return codes;
}

static char *as_text(const Codes *codes)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < codes->length; i++)
        g_string_append_printf(text, "%d ", codes->code[i]);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void vote_chain(GHashTable *table, GPtrArray *chain, guint from, int32_t code)
{
    for (guint i = from; i < chain->len; i++)
        vote(table, chain->pdata[i], codes_of(&code, 1));
    g_ptr_array_unref(chain);
}

/* Which codes the stock characters' parts have. */
static void learn(Work *work)
{
    work->used = g_hash_table_new(g_str_hash, g_str_equal);
    for (int place = 0; place < PLACES; place++) {
        work->votes[place] = g_hash_table_new(g_str_hash, g_str_equal);
        work->low[place] = G_MAXINT;
    }
    for (guint i = 0; i < work->codes->len; i++) {
        const Codes *codes = &g_array_index(work->codes, Codes, i);
        const char *character = work->characters->pdata[i];
        g_hash_table_add(work->used, as_text(codes));
        if (codes->length < 2)
            continue;
        for (int place = 0; place < MIN(codes->length, (int)PLACES); place++) {
            work->low[place] = MIN(work->low[place], codes->code[place]);
            work->high[place] = MAX(work->high[place], codes->code[place]);
        }
        GPtrArray *firsts = chain(work, character, false);
        vote_chain(work->votes[RADICAL], firsts, firsts->len > 1 ? 1 : 0, codes->code[0]);
        const char *rest = part(work, character, 1);
        if (rest == NULL)
            continue;
        vote(work->votes[APART], rest,
             codes_of(codes->code + 1, MIN(codes->length - 1, 2)));
        vote_chain(work->votes[FIRST_PART], chain(work, rest, false), 0, codes->code[1]);
        if (codes->length > 2)
            vote_chain(work->votes[LAST_PART], chain(work, rest, true), 0,
                       codes->code[2]);
    }
}

/* Any code of that place, always the same for the same character. */
static int any_code(const Work *work, const char *character, int place)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_MD5);
    guint8 digest[16];
    gsize length = sizeof digest;
    g_checksum_update(sum, (const guchar *)character, -1);
    g_checksum_get_digest(sum, digest, &length);
    return work->low[place] + digest[place] % (work->high[place] - work->low[place] + 1);
}

static Codes guess(const Work *work, const char *character)
{
    g_autoptr(GPtrArray) firsts = chain(work, character, false);
    int radical = winner_of_chain(work->votes[RADICAL], firsts, firsts->len > 1 ? 1 : 0);
    const char *rest = part(work, character, 1);
    const Codes *whole = rest != NULL ? winner(work->votes[APART], rest) : NULL;
    Codes codes = {.length = 1};
    codes.code[0] = radical >= 0 ? radical : any_code(work, character, RADICAL);
    if (whole != NULL) {
        memcpy(codes.code + 1, whole->code, (gsize)whole->length * sizeof *whole->code);
        codes.length += whole->length;
        return codes;
    }
    int first = -1, last = -1;
    if (rest != NULL) {
        g_autoptr(GPtrArray) rest_firsts = chain(work, rest, false);
        g_autoptr(GPtrArray) rest_lasts = chain(work, rest, true);
        first = winner_of_chain(work->votes[FIRST_PART], rest_firsts, 0);
        last = winner_of_chain(work->votes[LAST_PART], rest_lasts, 0);
    } else {
        last = any_code(work, character, LAST_PART);
    }
    codes.code[1] = first >= 0 ? first : any_code(work, character, FIRST_PART);
    codes.code[2] = last;
    codes.length = last >= 0 ? 3 : 2;
    return codes;
}

static bool is_used(const Work *work, const Codes *codes)
{
    g_autofree char *text = as_text(codes);
    return g_hash_table_contains(work->used, text);
}

/* Codes nobody has: with a last part where there was none, else with one that keeps
 * apart.
 */
static Codes make_unique(const Work *work, const char *character, Codes codes)
{
    if (!is_used(work, &codes))
        return codes;
    if (codes.length == 2) {
        codes.code[codes.length++] = any_code(work, character, LAST_PART);
        if (!is_used(work, &codes))
            return codes;
    }
    codes.length = 4;
    for (int apart = work->low[APART]; apart <= work->high[APART]; apart++) {
        codes.code[3] = apart;
        if (!is_used(work, &codes))
            return codes;
    }
    die(character, "no codes are left");
    return codes;
}

/* A row like that of 汉, whose neighbours it has in every other respect. */
static void write_row(FILE *out, const char *character, guint id)
{
    fprintf(out, "%s 1 0,255,0,255,0,0,0,0,0,0 Han %u 0 %u %s\t# %s [%x ]x\n", character,
            id, id, character, character, g_utf8_get_char(character));
}

static void write_codes(FILE *out, const Codes *codes)
{
    int8_t is_self_normalised = 1;
    int32_t length = codes->length;
    fwrite(&is_self_normalised, 1, 1, out);
    fwrite(&length, sizeof length, 1, out);
    fwrite(codes->code, sizeof *codes->code, (size_t)length, out);
}

static FILE *open_out(const char *prefix, const char *ending)
{
    g_autofree char *path = g_strconcat(prefix, ending, NULL);
    FILE *out = fopen(path, "wb");
    if (out == NULL)
        die(path, "cannot be written");
    return out;
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr,
                "usage: wider-charset UNICHARSET RECODER DECOMPOSITION ADDED OUT\n");
        return 2;
    }
    Work work = {0};
    read_unicharset(&work, argv[1]);
    read_recoder(&work, argv[2]);
    read_decomposition(&work, argv[3]);
    learn(&work);
    g_autofree char *added = g_strstrip(read_file(argv[4], NULL));
    guint stock = work.characters->len, total = stock + (guint)g_utf8_strlen(added, -1);
    FILE *unicharset = open_out(argv[5], ".lstm-unicharset");
    FILE *recoder = open_out(argv[5], ".lstm-recoder");
    fprintf(unicharset, "%u\n", total);
    fwrite(&total, sizeof total, 1, recoder);
    for (guint i = 0; i < stock; i++) {
        fprintf(unicharset, "%s\n", (char *)work.rows->pdata[i]);
        write_codes(recoder, &g_array_index(work.codes, Codes, i));
    }
    guint id = stock;
    for (const char *p = added; *p != '\0'; p = g_utf8_next_char(p), id++) {
        char character[8] = "";
        g_utf8_strncpy(character, p, 1);
        Codes codes = make_unique(&work, character, guess(&work, character));
        g_hash_table_add(work.used, as_text(&codes));
        write_row(unicharset, character, id);
        write_codes(recoder, &codes);
    }
    return fclose(unicharset) != 0 || fclose(recoder) != 0;
}
