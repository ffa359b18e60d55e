/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/hand-readings.c - what the models for hands make of a value by hand, beside
 * those for print. */
#include "casework/readings.h"

#include "base/text.h"

/* Of the least sure character of what the model for words by hand reads, and so many
 * characters: of 67 lines of hands that were so sure three were wrong, all of two
 * characters (宋宝 as 家宝), and of all lines six in seven. Less is a guess, and may be
 * drawn to what usually stands there. */
#define HAND_SURE 0.97
#define HAND_SURE_MIN_CHARACTERS 3
/* What the models for print read so surely, in the mean, speaks against another reading.
 */
#define SURE_OF_ANOTHER 0.9

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

void hand_take_number(const Case *case_, DecidedField *field, FieldKind kind,
                      Readings *readings)
{
    g_autofree char *text = field->is_by_hand && is_hand_number(kind)
                                ? readings_text(field->source, TEXT_HAND)
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

void hand_take_lawful(const Case *case_, DecidedField *field, FieldKind kind,
                      Readings *readings)
{
    static const InkText texts[] = {TEXT_MAIN, TEXT_SECOND, TEXT_HAND, TEXT_HAND_WORDS};
    g_autoptr(GPtrArray) read = g_ptr_array_new_with_free_func(g_free);
    if (!field->is_by_hand || readings->chosen.problem == NULL ||
        !(is_hand_number(kind) || kind_has_check_digit(kind)))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        char *text = readings_text(field->source, texts[i]);
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
        if (!ink_is_substantial(ink))
            continue;
        bool is_asked = ink->hand_words != NULL;
        sum += is_asked ? ink->hand_words_confidence : ink->confidence;
        *weakest = MIN(*weakest, is_asked ? ink->hand_words_weakest : ink->weakest);
        count++;
    }
    return count > 0 ? sum / count : 0;
}

void hand_take_words(const Case *case_, DecidedField *field, FieldKind kind,
                     Readings *readings)
{
    g_autofree char *text = field->is_by_hand && is_of_words(kind)
                                ? readings_text(field->source, TEXT_HAND_WORDS)
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
