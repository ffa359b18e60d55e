/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/hand.c - what printed papers say of values that were written by hand. No
 * reading of a hand is a promise by itself, however sure the models are of it. */
#include "base/text.h"
#include "casework/case.h"

static bool is_name(FieldKind kind)
{
    return kind == KIND_PERSON_NAME || kind == KIND_FIRM_NAME || kind == KIND_TEXT;
}

static bool is_number(FieldKind kind)
{
    return kind == KIND_RESIDENT_ID || kind == KIND_CREDIT_CODE ||
           kind == KIND_HOLDER_NUMBER;
}

/* Whether both may be about the same thing. */
static bool are_of_one_kind(const DecidedField *own, const DecidedField *other)
{
    FieldKind a = own->decl->kind, b = other->decl->kind;
    return (is_name(a) && is_name(b) && b != KIND_TEXT) ||
           (is_number(a) && is_number(b)) ||
           (a == b && a != KIND_TEXT && a != KIND_NUMBER && a != KIND_DATE &&
            a != KIND_PHONE);
}

static FieldKind kind_of_both(const DecidedField *own, const DecidedField *other)
{
    return is_number(own->decl->kind) ? field_kind(own) : field_kind(other);
}

/* Whether @reading of @own's ink is what @other has printed. */
static bool is_printed_as(const Case *case_, const DecidedField *own, const char *reading,
                          const DecidedField *other)
{
    return reading != NULL && are_of_one_kind(own, other) &&
           values_agree(kind_of_both(own, other), reading, other->value,
                        (const char *const *)case_->regions);
}

/* Whether @other, on a paper of its own, may bear out what a hand wrote. */
static bool is_witness(const Case *case_, const DecidedField *other)
{
    return !other->is_by_hand && field_is_usable(case_, other);
}

static void swap(char **a, char **b)
{
    char *first = *a;
    *a = *b;
    *b = first;
}

/* The model for numbers and the first of words each speak for themselves; the second of
 * words only where the first says nothing else. */
static bool bear_out(const Case *case_, DecidedField *own, const DecidedField *other)
{
    if (!is_witness(case_, other))
        return false;
    if (is_printed_as(case_, own, own->value, other)) {
        own->is_borne_out = true;
    } else if (is_printed_as(case_, own, own->other_hand, other)) {
        swap(&own->value, &own->other_hand);
        own->is_borne_out = true;
    } else if (is_printed_as(case_, own, own->rival, other)) {
        swap(&own->value, &own->rival);
        own->is_borne_out = own->is_half_borne_out = true;
    }
    return own->is_borne_out;
}

void hands_bear_out(Case *case_)
{
    for (guint i = 0; case_->form != NULL && i < case_->form->fields->len; i++) {
        DecidedField *own = case_->form->fields->pdata[i];
        if (!own->is_by_hand || own->value == NULL)
            continue;
        for (guint k = 0; k < case_->ordered->len && !own->is_borne_out; k++) {
            const CasePaper *paper = case_->ordered->pdata[k];
            for (guint n = 0; n < paper->fields->len && !own->is_borne_out; n++)
                if (paper != case_->form)
                    bear_out(case_, own, paper->fields->pdata[n]);
        }
    }
}

double hand_unlikeness(const DecidedField *own, const DecidedField *other)
{
    g_autofree char *x = text_bare(own->value != NULL ? own->value : "");
    g_autofree char *y = text_bare(other->value != NULL ? other->value : "");
    glong longer = MAX(g_utf8_strlen(x, -1), g_utf8_strlen(y, -1));
    return longer > 0 ? text_distance(x, y) / (double)longer : 1;
}
