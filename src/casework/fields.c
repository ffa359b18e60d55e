/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/fields.c - a field's state from what was read in one place: value, check,
 * confidence, and whether a second reading says the same. */
#include "base/text.h"
#include "casework/case.h"
#include "casework/known-names.h"
#include "casework/normalise.h"

const char *field_state_name(FieldState state)
{
    static const char *const names[] = {"empty", "review", "accepted", "confirmed"};
    return names[state];
}

void decided_field_free(DecidedField *field)
{
    if (field == NULL)
        return;
    g_free(field->value);
    g_strfreev(field->values);
    g_free(field->suggestion);
    g_free(field->rival);
    g_free(field->other_hand);
    g_ptr_array_unref(field->evidence);
    g_free(field);
}

DecidedField *fields_find(const GPtrArray *fields, const char *key)
{
    for (guint i = 0; fields != NULL && key != NULL && i < fields->len; i++) {
        DecidedField *field = fields->pdata[i];
        if (g_str_equal(field->decl->key, key))
            return field;
    }
    return NULL;
}

bool field_is_settled(const DecidedField *field)
{
    return field != NULL &&
           (field->state == FIELD_ACCEPTED || field->state == FIELD_CONFIRMED);
}

bool field_is_usable(const Case *case_, const DecidedField *field)
{
    if (field == NULL || field->value == NULL)
        return false;
    if (field_is_settled(field))
        return true;
    return field->is_by_hand ? field->is_borne_out : field_is_legible(case_, field);
}

bool field_is_legible(const Case *case_, const DecidedField *field)
{
    if (field == NULL || field->value == NULL)
        return false;
    const ThresholdDecl *limit = pipeline_thresholds(case_->pipeline, field->decl->kind);
    return (field->is_check_ok || field->is_soft) && !field->is_guess &&
           field->confidence >= limit->agree_confidence;
}

static void add_evidence(DecidedField *field, const Ink *ink, const char *option,
                         const char *note)
{
    Evidence *evidence = g_new0(Evidence, 1);
    *evidence = (Evidence){.paper = field->paper,
                           .ink = ink,
                           .option = option,
                           .note = note,
                           .is_by_hand = ink != NULL && field->is_by_hand};
    g_ptr_array_add(field->evidence, evidence);
}

static DecidedField *review(DecidedField *field, const char *problem)
{
    field->state = FIELD_REVIEW;
    field->problem = problem;
    return field;
}

/* --- readings of the same ink
 * ------------------------------------------------------------- */

typedef enum {
    TEXT_MAIN,
    TEXT_SECOND,
    TEXT_DIGITS,
    TEXT_HAND,
    TEXT_HAND_WORDS,
    TEXT_LAWFUL, /* none of them alone */
    TEXT_COUNT
} InkText;

/* Whether a text that one of several inks lacks is none of all. */
static bool is_all_or_none(InkText which)
{
    return which == TEXT_DIGITS || which == TEXT_HAND;
}

static const char *text_of(const Ink *ink, InkText which)
{
    const char *const texts[TEXT_COUNT] = {ink->text,        ink->second_text,
                                           ink->digits_text, ink->hand_number,
                                           ink->hand_words,  NULL};
    return texts[which];
}

/* A bracket or a speck: nothing that a second look could say more about. */
static bool is_substantial(const Ink *ink)
{
    g_autofree char *bare = text_bare(ink->text);
    return *bare != '\0';
}

/* One of the texts of all inks, joined. A line that the first model was sure of was not
 * read again: it stands for its second reading as well. Returns: owned; NULL where no ink
 * has such a text */
static char *joined_text(const PaperField *source, InkText which)
{
    bool has_any = false;
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < source->inks->len; i++) {
        const Ink *ink = source->inks->pdata[i];
        const char *text = text_of(ink, which);
        if (!is_substantial(ink))
            continue;
        if (text == NULL && is_all_or_none(which))
            return NULL;
        has_any |= text != NULL;
        g_string_append_printf(out, "%s%s", out->len > 0 ? "\n" : "",
                               text != NULL ? text : ink->text);
    }
    return has_any ? g_strdup(out->str) : NULL;
}

/* The second reading without the label that the first had before or after its value. */
static char *second_value(const PaperField *source)
{
    g_autofree char *main = joined_text(source, TEXT_MAIN);
    g_autofree char *second = joined_text(source, TEXT_SECOND);
    if (main == NULL || second == NULL)
        return NULL;
    g_autofree char *whole = text_folded(main);
    g_autofree char *value = text_folded(source->raw);
    const char *at = strstr(whole, value);
    g_autofree char *folded = text_folded(second);
    if (at == NULL || g_str_equal(whole, value))
        return g_steal_pointer(&second);
    g_autofree char *before = g_strndup(whole, (gsize)(at - whole));
    const char *after = at + strlen(value);
    if (!g_str_has_prefix(folded, before) || !g_str_has_suffix(folded, after) ||
        strlen(folded) < strlen(before) + strlen(after))
        return g_steal_pointer(&second);
    return g_strndup(folded + strlen(before),
                     strlen(folded) - strlen(before) - strlen(after));
}

/* Whether both texts of the ink are the same but for blanks and marks; where a decimal
 * point matters, marks do too. */
static bool same_ink_text(const PaperField *source, FieldKind kind)
{
    g_autofree char *main = joined_text(source, TEXT_MAIN);
    g_autofree char *second = joined_text(source, TEXT_SECOND);
    if (main == NULL || second == NULL)
        return false;
    g_autofree char *x = kind == KIND_NUMBER ? text_folded(main) : text_bare(main);
    g_autofree char *y = kind == KIND_NUMBER ? text_folded(second) : text_bare(second);
    return *x != '\0' && g_str_equal(x, y);
}

/* The number that a reading begins with, where no other follows it but the 3 of m3: what
 * the printed unit was taken for does not matter. NULL where there is none. */
static char *leading_number(const char *text)
{
    g_autofree char *folded = text_folded(text);
    g_autoptr(GRegex) regex = g_regex_new(
        "^[^\\da-z]*(\\d+(?:\\.\\d+)?)(?:[^\\d.]*|[^\\d.]*m[a-z]{0,2}3[^\\d.]*)$", 0, 0,
        NULL);
    g_autoptr(GMatchInfo) match = NULL;
    return g_regex_match(regex, folded, 0, &match) ? g_match_info_fetch(match, 1) : NULL;
}

static char *digits_of(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p++)
        if (g_ascii_isdigit(*p) || *p == 'X' || *p == 'x')
            g_string_append_c(out, g_ascii_toupper(*p));
    return g_string_free(out, FALSE);
}

/* What the readings of one field come to. */
typedef struct {
    Normalised chosen;
    InkText from;
    int supports, opposes; /* other readings that say the same, or something else */
    bool has_sound_rival;  /* one of the opposing passes its own check */
    char *rival;           /* owned: what the other model reads, where it differs */
} Readings;

static void count_reading(Readings *readings, const Normalised *other, bool is_same)
{
    if (is_same) {
        readings->supports++;
    } else {
        readings->opposes++;
        readings->has_sound_rival |= other->value != NULL && other->problem == NULL;
    }
}

static bool same_value(FieldKind kind, const char *a, const char *b, InkText from)
{
    if (a == NULL || b == NULL)
        return a == b;
    if (from == TEXT_DIGITS) {
        g_autofree char *x = digits_of(a);
        g_autofree char *y = digits_of(b);
        return *x != '\0' && g_str_equal(x, y);
    }
    g_autofree char *x = kind == KIND_NUMBER ? text_folded(a) : text_bare(a);
    g_autofree char *y = kind == KIND_NUMBER ? text_folded(b) : text_bare(b);
    return g_str_equal(x, y);
}

/* Whether @longer is @number with a digit before it. */
static bool has_digit_more(const char *longer, const char *number)
{
    return g_ascii_isdigit(*longer) && g_str_equal(longer + 1, number);
}

/* For numbers: where the first reading fails its check, another of the same ink that
 * passes is taken, and where it has a digit less at the word before it, which is oftener
 * lost there than found. Never for words, and never for a number whose point a reading
 * restricted to digits cannot see. */
static void choose(Readings *readings, FieldKind kind, Normalised *second,
                   Normalised *digits)
{
    bool may_replace =
        kind_is_digits(kind) || kind_has_check_digit(kind) || kind == KIND_UNIT_NUMBER;
    bool lacks_digit = kind == KIND_NUMBER && readings->chosen.value != NULL &&
                       second->value != NULL &&
                       has_digit_more(second->value, readings->chosen.value);
    if (!lacks_digit && (readings->chosen.problem == NULL || !may_replace))
        return;
    Normalised *better = NULL;
    if (digits->value != NULL && digits->problem == NULL && kind != KIND_NUMBER)
        better = digits;
    else if (second->value != NULL && second->problem == NULL)
        better = second;
    if (better == NULL)
        return;
    Normalised first = readings->chosen;
    readings->chosen = *better;
    *better = first;
    readings->from = better == digits ? TEXT_DIGITS : TEXT_SECOND;
}

/* Where a paper names its holder, a firm is a name like any other. */
static FieldKind kind_of_ink(const PaperField *source, bool is_on_form)
{
    bool is_firm = source->decl->kind == KIND_PERSON_NAME && is_firm_name(source->raw);
    return is_firm && !is_on_form ? KIND_FIRM_NAME
                                  : kind_as_written(source->decl->kind, source->raw);
}

FieldKind field_kind(const DecidedField *field)
{
    return kind_as_written(field->decl->kind, field->value);
}

static Readings compare_readings(const Case *case_, const PaperField *source,
                                 FieldKind kind)
{
    const char *as_of = case_->input->as_of;
    Readings result = {.from = TEXT_MAIN};
    result.chosen = normalise_value(kind, source->raw, source->decl, as_of);
    g_autofree char *second_text = second_value(source);
    g_autofree char *digits_text =
        kind_is_digits(kind) ? joined_text(source, TEXT_DIGITS) : NULL;
    g_auto(Normalised) second = {NULL};
    g_auto(Normalised) digits = {NULL};
    if (second_text != NULL)
        second = normalise_value(kind, second_text, source->decl, as_of);
    if (digits_text != NULL)
        digits = normalise_value(kind, digits_text, source->decl, as_of);
    if (kind == KIND_NUMBER && second.problem != NULL) {
        g_autofree char *number = leading_number(second_text);
        if (number != NULL) {
            g_free(second.value);
            second.value = g_steal_pointer(&number);
        }
    }
    choose(&result, kind, &second, &digits);
    if (second_text != NULL) {
        bool is_same = (result.from == TEXT_MAIN && same_ink_text(source, kind)) ||
                       same_value(kind, result.chosen.value, second.value, TEXT_SECOND);
        count_reading(&result, &second, is_same);
        result.rival = is_same ? NULL : g_strdup(second.value);
    }
    if (digits_text != NULL)
        count_reading(&result, &digits,
                      same_value(kind, result.chosen.value, digits.value, TEXT_DIGITS));
    return result;
}

/* --- text-like fields
 * ------------------------------------------------------------------------ */

/* A lone stroke of doubt in a cell that wants more than one character. */
static bool is_lone_noise(FieldKind kind, const char *value, double confidence,
                          double limit)
{
    g_autofree char *bare = text_bare(value);
    bool wants_more = kind == KIND_PERSON_NAME || kind == KIND_PHONE ||
                      kind == KIND_RESIDENT_ID || kind == KIND_ADDRESS ||
                      kind == KIND_DATE || kind == KIND_PLACE_NAME ||
                      kind == KIND_CREDIT_CODE || kind == KIND_HOLDER_NUMBER;
    return wants_more && confidence < limit && g_utf8_strlen(bare, -1) <= 1;
}

/* As sure as this the shapes leave a digit that they speak against (reading/). */
#define OBJECTED 0.5

/* Whether a reading that nobody else confirms is a promise. Returns: NULL, or why not. */
static const char *doubt_of(const DecidedField *field, const Readings *readings,
                            const ThresholdDecl *limit)
{
    FieldKind kind = field_kind(field);
    bool has_check = kind_has_check_digit(kind);
    bool is_opposed = readings->opposes > 0 && (readings->has_sound_rival ||
                                                (!has_check && readings->supports == 0));
    if (readings->chosen.problem != NULL)
        return readings->chosen.problem;
    if (is_opposed)
        return "readings_differ";
    if (readings->from != TEXT_MAIN) /* the first reading failed its check */
        return readings->supports > 0 && has_check &&
                       field->confidence >= limit->agree_confidence
                   ? NULL
                   : "readings_differ";
    if (field->confidence >= limit->accept_confidence &&
        paper_field_weakest(field->source) >= limit->weakest_confidence)
        return NULL;
    /* a digit whose shape speaks against it was misread by all of them, for all we know
     */
    bool is_objected = !has_check && paper_field_weakest(field->source) <= OBJECTED;
    if (kind_is_digits(kind) && readings->supports > 0 && !is_objected &&
        field->confidence >= limit->agree_confidence)
        return NULL;
    return "low_confidence";
}

/* Whether the ink says just what was read, be it right or a slip of the pen. */
static bool is_surely_read(const DecidedField *field, const Readings *readings,
                           const ThresholdDecl *limit)
{
    return !field->source->is_unread && readings->opposes == 0 &&
           readings->from == TEXT_MAIN && field->confidence >= limit->accept_confidence &&
           paper_field_weakest(field->source) >= limit->weakest_confidence;
}

/* Counties and districts are a closed list: one wrong character in such a name is put
 * right, and an unknown name of a district is nobody's promise. */
static void check_region(const Case *case_, DecidedField *field)
{
    const char *const *regions = (const char *const *)case_->regions;
    FieldKind kind = field->decl->kind;
    if (kind == KIND_CERTIFICATE_NUMBER) { /* 豫(2021)开封市不动产权第…号 */
        g_autoptr(GRegex) regex = g_regex_new("\\)(\\p{Han}+?)不动产", 0, 0, NULL);
        g_autoptr(GMatchInfo) match = NULL;
        g_autofree char *place = g_regex_match(regex, field->value, 0, &match)
                                     ? g_match_info_fetch(match, 1)
                                     : NULL;
        field->is_unlisted = place != NULL && !is_known_region(place, regions);
        return;
    }
    if (kind != KIND_ADDRESS && kind != KIND_PLACE_NAME)
        return;
    g_autofree char *repaired = NULL;
    RegionState state = region_check(field->value, regions, &repaired);
    if (state == REGION_REPAIRED) {
        g_free(field->value);
        field->value = g_steal_pointer(&repaired);
        for (guint i = 0; i < field->evidence->len; i++)
            ((Evidence *)field->evidence->pdata[i])->note = "region_repaired";
    } else if (state == REGION_NONE && kind == KIND_PLACE_NAME &&
               !is_known_region(field->value, regions)) {
        field->is_unlisted = true;
    }
}

/* How sure the model for numbers by hand is of the least sure of @source's inks. */
static double hand_confidence(const PaperField *source)
{
    double least = 1;
    for (guint i = 0; i < source->inks->len; i++)
        least = MIN(least, ((const Ink *)source->inks->pdata[i])->hand_number_confidence);
    return least;
}

/* Kinds whose values are digits and what the model for numbers by hand knows besides. */
static bool is_hand_number(FieldKind kind)
{
    return kind_is_digits(kind) || kind == KIND_DATE;
}

/* Whether what the models for words read of a value by hand stands against @number, of
 * the model for numbers: only theirs is lawful, or both of them say the same. */
static bool outweighs(const Readings *words, const Normalised *number)
{
    bool do_both_say_so = words->supports > 0 && words->opposes == 0;
    return words->chosen.problem == NULL && (number->problem != NULL || do_both_say_so);
}

/* What the model for numbers reads of a value by hand takes the place of what those for
 * words read, unless that outweighs it. Either is for a person to look at. */
static void take_hand_number(const Case *case_, DecidedField *field, FieldKind kind,
                             Readings *readings)
{
    g_autofree char *text = field->is_by_hand && is_hand_number(kind)
                                ? joined_text(field->source, TEXT_HAND)
                                : NULL;
    if (text == NULL)
        return;
    g_auto(Normalised) number =
        normalise_value(kind, text, field->source->decl, case_->input->as_of);
    if (number.value == NULL || g_strcmp0(number.value, readings->chosen.value) == 0)
        return;
    if (outweighs(readings, &number)) {
        field->other_hand = g_steal_pointer(&number.value);
        return;
    }
    field->other_hand = g_steal_pointer(&readings->chosen.value);
    normalised_clear(&readings->chosen);
    readings->chosen = number;
    readings->from = TEXT_HAND;
    number = (Normalised){NULL};
    field->confidence = hand_confidence(field->source);
}

/* A number or a date by hand that is no lawful one as it was read: what all readings of
 * its ink lawfully come to, if that is one thing, for a person to look at. */
static void take_lawful_number(const Case *case_, DecidedField *field, FieldKind kind,
                               Readings *readings)
{
    static const InkText texts[] = {TEXT_MAIN, TEXT_SECOND, TEXT_HAND, TEXT_HAND_WORDS};
    g_autoptr(GPtrArray) read = g_ptr_array_new_with_free_func(g_free);
    if (!field->is_by_hand || readings->chosen.problem == NULL ||
        !(is_hand_number(kind) || kind_has_check_digit(kind)))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        char *text = joined_text(field->source, texts[i]);
        g_autofree char *dense = text != NULL ? text_without_cjk_spaces(text) : NULL;
        g_free(text);
        if (dense != NULL)
            g_ptr_array_add(read, g_strdelimit(g_steal_pointer(&dense), "\n", ' '));
    }
    char *value = hand_lawful_number(case_, field->decl, kind, read);
    if (value == NULL)
        return;
    g_free(field->other_hand);
    field->other_hand = g_steal_pointer(&readings->chosen.value);
    readings->chosen.value = value;
    readings->from = TEXT_LAWFUL;
    field->is_guess = true;
}

/* Of the least sure character of what the model for words by hand reads, and so many
 * characters: of 67 lines of hands that were so sure three were wrong, all of two
 * characters (宋宝 as 家宝), and of all lines six in seven. Less is a guess, and may be
 * drawn to what usually stands there. */
#define HAND_SURE 0.97
#define HAND_SURE_MIN_CHARACTERS 3
/* What the models for print read so surely, in the mean, speaks against another reading.
 */
#define SURE_OF_ANOTHER 0.9

/* Kinds whose values are words, or words and numbers. */
static bool is_of_words(FieldKind kind)
{
    return kind == KIND_PERSON_NAME || kind == KIND_FIRM_NAME || kind == KIND_ADDRESS ||
           kind == KIND_PLACE_NAME || kind == KIND_TEXT;
}

/* How sure the model for words by hand is of @source's inks in the mean, and of its least
 * sure character. An ink that it was not asked for is print, and as sure as it was. */
static double words_confidence(const PaperField *source, double *weakest)
{
    double sum = 0;
    guint count = 0;
    *weakest = 1;
    for (guint i = 0; i < source->inks->len; i++) {
        const Ink *ink = source->inks->pdata[i];
        if (!is_substantial(ink))
            continue;
        bool is_asked = ink->hand_words != NULL;
        sum += is_asked ? ink->hand_words_confidence : ink->confidence;
        *weakest = MIN(*weakest, is_asked ? ink->hand_words_weakest : ink->weakest);
        count++;
    }
    return count > 0 ? sum / count : 0;
}

/* What the model for words by hand reads of a value by hand takes the place of what those
 * for print read, unless they are sure and at one, as of a neat hand or of print that was
 * taken for one. The other is kept beside it, and where both are sure neither is. Either
 * is for a person to look at. */
static void take_hand_words(const Case *case_, DecidedField *field, FieldKind kind,
                            Readings *readings)
{
    g_autofree char *text = field->is_by_hand && is_of_words(kind)
                                ? joined_text(field->source, TEXT_HAND_WORDS)
                                : NULL;
    if (text == NULL)
        return;
    g_auto(Normalised) words =
        normalise_value(kind, text, field->source->decl, case_->input->as_of);
    double weakest = 0, confidence = words_confidence(field->source, &weakest);
    if (words.value == NULL || g_strcmp0(words.value, readings->chosen.value) == 0)
        return;
    bool is_sure = weakest >= HAND_SURE &&
                   g_utf8_strlen(words.value, -1) >= HAND_SURE_MIN_CHARACTERS;
    bool is_print_sure = field->source->confidence >= SURE_OF_ANOTHER;
    if (is_print_sure && readings->opposes == 0) {
        field->other_hand = g_steal_pointer(&words.value);
        field->is_guess = is_sure;
        field->is_other_denied = true;
        return;
    }
    field->other_hand = g_steal_pointer(&readings->chosen.value);
    field->is_guess = !is_sure || is_print_sure;
    field->is_other_denied = is_sure;
    normalised_clear(&readings->chosen);
    readings->chosen = words;
    readings->from = TEXT_HAND_WORDS;
    words = (Normalised){NULL};
    field->confidence = confidence;
}

/* Why a reading other than the first was taken; NULL: it is the first */
static const char *note_of(const Readings *readings)
{
    static const char *const notes[TEXT_COUNT] = {[TEXT_SECOND] = "second_reading",
                                                  [TEXT_DIGITS] = "digits_reading",
                                                  [TEXT_HAND] = "hand_number",
                                                  [TEXT_HAND_WORDS] = "hand_words",
                                                  [TEXT_LAWFUL] = "lawful_reading"};
    return readings->from != TEXT_MAIN ? notes[readings->from] : readings->chosen.note;
}

static DecidedField *decide_text(const Case *case_, DecidedField *field)
{
    const PaperField *source = field->source;
    const ThresholdDecl *limit = pipeline_thresholds(case_->pipeline, field->decl->kind);
    if (source->raw == NULL || *source->raw == '\0') {
        field->confidence = 0;
        return source->is_unread ? review(field, "unread") : field;
    }
    FieldKind kind = kind_of_ink(source, field->is_on_form);
    Readings readings = compare_readings(case_, source, kind);
    field->rival = g_steal_pointer(&readings.rival);
    take_hand_number(case_, field, kind, &readings);
    take_lawful_number(case_, field, kind, &readings);
    take_hand_words(case_, field, kind, &readings);
    g_auto(Normalised) chosen = readings.chosen;
    const char *note = note_of(&readings);
    for (guint i = 0; i < source->inks->len; i++)
        add_evidence(field, source->inks->pdata[i], NULL, note);
    if (chosen.value ==
        NULL) { /* a speck, the printed 年 月 日, or a mark that says "none" */
        bool is_mark = field->confidence >= limit->accept_confidence &&
                       strpbrk(source->raw, "-/\\xX") != NULL;
        return is_mark ? review(field, "mark_only") : field;
    }
    if (is_lone_noise(field->decl->kind, chosen.value, field->confidence,
                      limit->agree_confidence))
        return review(field, "noise");
    field->value = g_steal_pointer(&chosen.value);
    field->suggestion = g_steal_pointer(&chosen.suggestion);
    field->is_check_ok = chosen.problem == NULL;
    field->is_soft = chosen.is_soft;
    check_region(case_, field);
    field->is_firm = !field->is_by_hand && is_surely_read(field, &readings, limit);
    const char *doubt = source->is_unread ? "unread" : doubt_of(field, &readings, limit);
    if (doubt == NULL && field->is_unlisted)
        doubt = "unknown_region";
    if (field->is_by_hand) /* what the models make of a hand is nobody's promise */
        doubt = "handwritten";
    if (doubt != NULL)
        return review(field, doubt);
    field->state = FIELD_ACCEPTED;
    return field;
}

/* --- choices and presence
 * ---------------------------------------------------------------------- */

static guint count(GStrv codes)
{
    return codes != NULL ? g_strv_length(codes) : 0;
}

static void add_tick_evidence(DecidedField *field)
{
    const PaperField *source = field->source;
    for (guint i = 0; i < count(source->ticked); i++)
        add_evidence(field, NULL, source->ticked[i], "ticked");
    for (guint i = 0; i < count(source->unsure); i++)
        add_evidence(field, NULL, source->unsure[i], "unsure");
    for (guint i = 0; i < source->inks->len; i++)
        add_evidence(field, source->inks->pdata[i], NULL, NULL);
}

static DecidedField *decide_choice(const Case *case_, DecidedField *field)
{
    const PaperField *source = field->source;
    const ThresholdDecl *limit = pipeline_thresholds(case_->pipeline, field->decl->kind);
    bool is_many = field->decl->kind == KIND_CHOICE_MANY;
    guint ticked = count(source->ticked), unsure = count(source->unsure);
    if (is_many)
        field->values = ticked > 0 ? g_strdupv(source->ticked) : g_new0(char *, 1);
    else if (ticked == 1)
        field->value = g_strdup(source->ticked[0]);
    if (unsure > 0 || (!is_many && ticked > 1)) {
        add_tick_evidence(field);
        return review(field, unsure > 0 ? "unsure_tick" : "two_ticks");
    }
    if (ticked == 0)
        return field;
    for (guint i = 0; i < source->inks->len; i++)
        add_evidence(field, source->inks->pdata[i], NULL, NULL);
    if (field->confidence < limit->agree_confidence)
        return review(field, "low_confidence");
    field->state = FIELD_ACCEPTED;
    field->is_check_ok = true;
    return field;
}

static DecidedField *decide_presence(const Case *case_, DecidedField *field)
{
    const PaperField *source = field->source;
    const ThresholdDecl *limit = pipeline_thresholds(case_->pipeline, field->decl->kind);
    bool is_present = source->ticked != NULL &&
                      g_strv_contains((const char *const *)source->ticked, "present");
    bool is_doubtful = count(source->ticked) != 1 || count(source->unsure) > 0;
    /* doubtful ink is most often a thin signature; the state says that nobody promised it
     */
    field->value =
        g_strdup(is_present || count(source->unsure) > 0 ? "present" : "absent");
    for (guint i = 0; i < source->inks->len; i++)
        add_evidence(field, source->inks->pdata[i], NULL, NULL);
    if (is_doubtful)
        return review(field, "unsure_ink");
    if (source->doubt != NULL)
        return review(field, source->doubt);
    if (field->confidence < limit->agree_confidence)
        return review(field, "low_confidence");
    field->state = FIELD_ACCEPTED;
    field->is_check_ok = true;
    return field;
}

static DecidedField *decide(const Case *case_, const PaperField *source, int paper,
                            bool is_on_form)
{
    DecidedField *field = g_new0(DecidedField, 1);
    *field = (DecidedField){.decl = source->decl,
                            .source = source,
                            .paper = paper,
                            .is_on_form = is_on_form,
                            .is_by_hand = source->is_by_hand,
                            .state = FIELD_EMPTY,
                            .confidence = source->confidence,
                            .evidence = g_ptr_array_new_with_free_func(g_free)};
    FieldKind kind = source->decl->kind;
    if (!source->is_found) {
        field->values = kind == KIND_CHOICE_MANY ? g_new0(char *, 1) : NULL;
        return review(field, "not_found");
    }
    return kind == KIND_CHOICE_ONE || kind == KIND_CHOICE_MANY
               ? decide_choice(case_, field)
           : kind == KIND_PRESENCE ? decide_presence(case_, field)
                                   : decide_text(case_, field);
}

GPtrArray *fields_decide(const Case *case_, const Paper *paper, int index)
{
    GPtrArray *fields =
        g_ptr_array_new_with_free_func((GDestroyNotify)decided_field_free);
    for (guint i = 0; i < paper->fields->len; i++)
        g_ptr_array_add(fields, decide(case_, paper->fields->pdata[i], index,
                                       paper->decl != NULL && paper->decl->is_form));
    return fields;
}
