/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/readings.h - the readings of one field's ink, and what they come to. */
#pragma once
#include "casework/case.h"
#include "casework/normalise.h"

/* Who read a text. */
typedef enum {
    TEXT_MAIN,
    TEXT_SECOND,
    TEXT_DIGITS,
    TEXT_HAND,
    TEXT_HAND_WORDS,
    TEXT_LAWFUL, /* none of them alone */
    TEXT_COUNT
} InkText;

/* What the readings of one field come to. */
typedef struct {
    Normalised chosen;
    InkText from;
    int supports, opposes; /* other readings that say the same, or something else */
    bool has_sound_rival;  /* one of the opposing passes its own check */
    char *rival;           /* owned: what the other model reads, where it differs */
} Readings;

/* ink_is_substantial: more than a bracket or a speck, of which a second look could say no
 * more. */
bool ink_is_substantial(const Ink *ink);

/* readings_text: one of the texts of all inks of @source, joined by line breaks. A line
 * that the first model was sure of was not read again: it stands for its second reading
 * as well. Returns: owned; NULL where no ink has such a text */
char *readings_text(const PaperField *source, InkText which);

/* readings_compare: the first reading of @source as a value of @kind, or another in its
 * place where that fails its check, and how many others say the same.
 * Returns: chosen and rival are the caller's */
Readings readings_compare(const Case *case_, const PaperField *source, FieldKind kind);

/* --- hand-readings.c: what the models for hands make of a value by hand. Whatever comes
 * of it is for a person to look at.
 * @field: its ink in field->source; of one that is not by hand nothing changes
 * @readings: of that ink; what is chosen may change */
/* hand_take_number: the model for numbers reads it, unless the others outweigh that. */
void hand_take_number(const Case *case_, DecidedField *field, FieldKind kind,
                      Readings *readings);
/* hand_take_lawful: where what was read is no lawful number or date, what all readings
 * lawfully come to, if that is one thing. */
void hand_take_lawful(const Case *case_, DecidedField *field, FieldKind kind,
                      Readings *readings);
/* hand_take_words: the model for words reads it, unless those for print are sure and at
 * one, as of a neat hand or of print that was taken for one. The other is kept beside it,
 * and where both are sure neither is. */
void hand_take_words(const Case *case_, DecidedField *field, FieldKind kind,
                     Readings *readings);
