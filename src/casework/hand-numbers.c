/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/hand-numbers.c - what a number or a date by hand lawfully is, of all that was
 * read of it. Several models read each stroke for themselves, and what one takes for a
 * letter another takes for the digit. Whatever comes of it is for a person to look at. */
#include "casework/case.h"
#include "casework/normalise.h"

/* What digits by hand are read as. */
static const struct {
    const char *signs;
    char digit;
} look_alikes[] = {{"OoDQ", '0'}, {"lI|i人", '1'}, {"Zz", '2'}, {"A", '4'}, {"Ss", '5'},
                   {"bG", '6'},   {"T了", '7'},    {"B", '8'},  {"gq", '9'}};

/* @c as the digit it is like; else as it is */
static gunichar as_digit(gunichar c)
{
    for (size_t i = 0; i < G_N_ELEMENTS(look_alikes); i++)
        if (g_utf8_strchr(look_alikes[i].signs, -1, c) != NULL)
            return (gunichar)look_alikes[i].digit;
    return c;
}

static char *with_digits(const char *reading)
{
    GString *out = g_string_new(NULL);
    for (const char *p = reading; *p != '\0'; p = g_utf8_next_char(p))
        g_string_append_unichar(out, as_digit(g_utf8_get_char(p)));
    return g_string_free(out, FALSE);
}

/* @text as a lawful value of @kind, or NULL. Owned */
static char *lawful(const Case *case_, const FieldDecl *decl, FieldKind kind,
                    const char *text)
{
    g_auto(Normalised) value = normalise_value(kind, text, decl, case_->input->as_of);
    return value.problem == NULL ? g_steal_pointer(&value.value) : NULL;
}

/* The lawful value that most of @readings come to; NULL where there is none, or two. */
static char *most_read(const Case *case_, const FieldDecl *decl, FieldKind kind,
                       const GPtrArray *readings)
{
    g_autoptr(GHashTable) votes =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const char *best = NULL;
    int most = 0;
    bool is_alone = true;
    for (guint i = 0; i < readings->len; i++) {
        g_autofree char *digits = with_digits(readings->pdata[i]);
        char *value = lawful(case_, decl, kind, digits);
        if (value == NULL)
            continue;
        int count = GPOINTER_TO_INT(g_hash_table_lookup(votes, value)) + 1;
        g_hash_table_replace(votes, value, GINT_TO_POINTER(count));
        if (count >= most) {
            is_alone = count > most;
            most = count;
            best = value;
        }
    }
    return best != NULL && is_alone ? g_strdup(best) : NULL;
}

/* --- numbers with a check digit ------------------------------------------------------
 */

enum { MAX_PLACES = 18, MAX_TRIES = 4096 };

/* The characters that were read at each place of a number, one row a reading. */
typedef struct {
    const GPtrArray *rows; /* char *, all as long */
    guint length;
    char picked[MAX_PLACES + 1];
    int votes;
} Places;

/* The place's characters each once: @seen; how many of them. */
static guint characters_at(const Places *places, guint at, char *seen)
{
    guint count = 0;
    for (guint i = 0; i < places->rows->len; i++) {
        char c = ((const char *)places->rows->pdata[i])[at];
        if (memchr(seen, c, count) == NULL)
            seen[count++] = c;
    }
    return count;
}

static int votes_for(const Places *places)
{
    int votes = 0;
    for (guint i = 0; i < places->rows->len; i++)
        for (guint k = 0; k < places->length; k++)
            votes += ((const char *)places->rows->pdata[i])[k] == places->picked[k];
    return votes;
}

/* Try @number of all ways to pick one character at each place. Returns: false where there
 * are no more */
static bool pick(Places *places, guint number)
{
    char seen[MAX_PLACES];
    for (guint k = 0; k < places->length; k++) {
        guint count = characters_at(places, k, seen);
        places->picked[k] = seen[number % count];
        number /= count;
    }
    places->votes = votes_for(places);
    return number == 0;
}

/* The readings of the usual length, as digits. */
static GPtrArray *rows_of(const GPtrArray *readings, guint length)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < readings->len && rows->len < MAX_PLACES; i++) {
        char *digits = with_digits(readings->pdata[i]);
        if (strlen(digits) == length && g_str_is_ascii(digits))
            g_ptr_array_add(rows, digits);
        else
            g_free(digits);
    }
    return rows;
}

/* Of the numbers whose every character one of @readings has at its place, the one that
 * passes its check and that they bear out best; NULL where there is none, or two. */
static char *picked_number(const Case *case_, const FieldDecl *decl, FieldKind kind,
                           const GPtrArray *readings)
{
    g_autoptr(GPtrArray) rows = rows_of(readings, MAX_PLACES);
    Places places = {rows, MAX_PLACES, "", 0};
    g_autofree char *best = NULL;
    int most = 0;
    bool is_alone = false;
    for (guint i = 0; rows->len > 1 && i < MAX_TRIES && pick(&places, i); i++) {
        if (places.votes < most)
            continue;
        char *value = lawful(case_, decl, kind, places.picked);
        if (value == NULL)
            continue;
        is_alone = places.votes > most;
        most = places.votes;
        g_free(best);
        best = value;
    }
    return is_alone ? g_steal_pointer(&best) : NULL;
}

/* --- dates ---------------------------------------------------------------------------
 */

/* A date by hand is of these years, over the day of deciding. */
#define YEARS_BEFORE 15
#define YEARS_AFTER 2
#define MAX_DATE_READ 32
/* What it costs that a character of a date was read as another, was lost or was added.
 * The words between its numbers become anything in a running hand. */
#define COST_OTHER_DIGIT 1.0
#define COST_NO_DIGIT 0.8
#define COST_LIKE 0.3
#define COST_WORD_AS_DIGIT 0.6
#define COST_WORD_AS_SIGN 0.25
#define COST_LOST_DIGIT 0.9
#define COST_LOST_WORD 0.35
#define COST_ADDED_SIGN 0.4
/* One reading speaks against a date no more than this, and all no more in the mean than
 * the second; a day that has not come yet is rarely written; and the next date must be so
 * much further. */
#define MOST_OF_ONE 3.0
#define MOST_IN_THE_MEAN 2.4
#define COST_TO_COME 1.0
#define LEAST_LEAD 0.4

static bool is_digit(gunichar c)
{
    return c < 0x80 && g_ascii_isdigit((char)c);
}

/* One character of a reading of a date. */
typedef struct {
    gunichar sign, like; /* as read, and the digit it is like, or itself */
    double added;        /* what it costs that it was read where nothing is */
} DateSign;

typedef struct {
    DateSign signs[MAX_DATE_READ];
    int length;
} DateReading;

/* What it costs that @written was read as @read. */
static double cost_of(gunichar written, const DateSign *read)
{
    if (written == read->sign)
        return 0;
    if (!is_digit(written))
        return is_digit(read->sign) ? COST_WORD_AS_DIGIT : COST_WORD_AS_SIGN;
    if (is_digit(read->sign))
        return COST_OTHER_DIGIT;
    return read->like == written ? COST_LIKE : COST_NO_DIGIT;
}

/* The least that it costs to read @written so; as Wagner and Fischer 1974. */
static double cost_of_reading(const gunichar *written, const DateReading *reading)
{
    double row[MAX_DATE_READ + 1] = {0};
    for (int k = 1; k <= reading->length; k++)
        row[k] = row[k - 1] + reading->signs[k - 1].added;
    for (; *written != 0; written++) {
        double lost = is_digit(*written) ? COST_LOST_DIGIT : COST_LOST_WORD;
        double before = row[0];
        row[0] += lost;
        for (int k = 1; k <= reading->length; k++) {
            const DateSign *read = &reading->signs[k - 1];
            double here = MIN(before + cost_of(*written, read),
                              MIN(row[k] + lost, row[k - 1] + read->added));
            before = row[k];
            row[k] = here;
        }
    }
    return row[reading->length];
}

/* The ways to write @day: both owned. */
static void ways_to_write(const GDate *day, gunichar *ways[2])
{
    int year = g_date_get_year(day), month = (int)g_date_get_month(day);
    int of_month = g_date_get_day(day);
    g_autofree char *plain = g_strdup_printf("%d年%d月%d日", year, month, of_month);
    g_autofree char *padded = g_strdup_printf("%d年%02d月%02d日", year, month, of_month);
    ways[0] = g_utf8_to_ucs4_fast(plain, -1, NULL);
    ways[1] = g_utf8_to_ucs4_fast(padded, -1, NULL);
}

/* @readings: DateReading */
static double cost_of_day(const GArray *readings, const GDate *day)
{
    gunichar *ways[2];
    double sum = 0;
    ways_to_write(day, ways);
    for (guint i = 0; i < readings->len; i++) {
        const DateReading *reading = &g_array_index(readings, DateReading, i);
        double plain = cost_of_reading(ways[0], reading);
        double padded = cost_of_reading(ways[1], reading);
        sum += MIN(MOST_OF_ONE, MIN(plain, padded));
    }
    g_free(ways[0]);
    g_free(ways[1]);
    return sum;
}

/* DateReading of those of @readings that are no longer than dates are. Owned */
static GArray *date_readings(const GPtrArray *readings)
{
    GArray *out = g_array_new(false, true, sizeof(DateReading));
    for (guint i = 0; i < readings->len; i++) {
        DateReading reading = {.length = 0};
        const char *p = readings->pdata[i];
        for (; *p != '\0' && reading.length < MAX_DATE_READ; p = g_utf8_next_char(p)) {
            gunichar sign = g_utf8_get_char(p);
            reading.signs[reading.length++] = (DateSign){
                sign, as_digit(sign), is_digit(sign) ? COST_LOST_DIGIT : COST_ADDED_SIGN};
        }
        if (*p == '\0')
            g_array_append_val(out, reading);
    }
    return out;
}

/* The day of deciding. */
static GDate today_of(const Case *case_)
{
    GDate today;
    unsigned year = 0, month = 0, day = 0;
    g_date_clear(&today, 1);
    const char *as_of = case_->input->as_of;
    if (as_of != NULL && sscanf(as_of, "%4u-%2u-%2u", &year, &month, &day) == 3 &&
        g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        g_date_set_dmy(&today, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return today;
}

/* The day that costs least to read as all of @readings; NULL where another costs nearly
 * as little, or none is like them. */
static char *nearest_day(const Case *case_, const GPtrArray *readings)
{
    g_autoptr(GArray) read = date_readings(readings);
    GDate today = today_of(case_), day = today, end = today, best;
    double least = MOST_IN_THE_MEAN * read->len + LEAST_LEAD, next = least;
    g_date_clear(&best, 1);
    if (!g_date_valid(&today) || read->len == 0)
        return NULL;
    g_date_subtract_years(&day, YEARS_BEFORE);
    g_date_add_years(&end, YEARS_AFTER);
    for (; g_date_compare(&day, &end) < 0; g_date_add_days(&day, 1)) {
        double cost = cost_of_day(read, &day) +
                      (g_date_compare(&day, &today) > 0 ? COST_TO_COME : 0);
        if (cost < least) {
            next = least;
            least = cost;
            best = day;
        } else {
            next = MIN(next, cost);
        }
    }
    if (!g_date_valid(&best) || next - least < LEAST_LEAD)
        return NULL;
    return g_strdup_printf("%04d-%02d-%02d", g_date_get_year(&best),
                           (int)g_date_get_month(&best), g_date_get_day(&best));
}

char *hand_lawful_number(const Case *case_, const FieldDecl *decl, FieldKind kind,
                         const GPtrArray *readings)
{
    char *value = most_read(case_, decl, kind, readings);
    if (value == NULL && kind_has_check_digit(kind))
        value = picked_number(case_, decl, kind, readings);
    if (value == NULL && kind == KIND_DATE)
        value = nearest_day(case_, readings);
    return value;
}
