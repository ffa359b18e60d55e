/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/hand.c - what printed papers say of values that were written by hand. No
 * reading of a hand is a promise by itself, however sure the models are of it. */
#include "base/text.h"
#include "casework/case.h"

/* Nobody says that a value by hand is about one of the papers: what is printed there is
 * put in its place where half of it was read so and any other value of its kind is so
 * much further from it. */
#define MOST_UNLIKE 0.5
#define LEAST_LEAD 0.25
/* Another place on a form is most often the one that the form is about. */
#define MOST_UNLIKE_SITE 0.6
#define LEAST_LEAD_SITE 0.1
/* Of districts there are few. */
#define MOST_UNLIKE_REGION 0.67
#define LEAST_LEAD_OF_REGION 0.15

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
 * words only where the first says nothing else. What the model for words by hand guesses
 * is no more than that, and where it is sure of something else the first is not either.
 */
static bool bear_out(const Case *case_, DecidedField *own, const DecidedField *other)
{
    if (!is_witness(case_, other))
        return false;
    if (is_printed_as(case_, own, own->value, other)) {
        own->is_borne_out = true;
        own->is_half_borne_out = own->is_guess;
    } else if (is_printed_as(case_, own, own->other_hand, other)) {
        swap(&own->value, &own->other_hand);
        own->is_borne_out = true;
        own->is_half_borne_out = own->is_other_denied;
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

/* --- what of the printed values a hand may have written ------------------------------
 */

/* What is printed may have been written with the province and the city before it or
 * without: nobody need repeat them. */
static const char *const written_less[] = {HOME_PROVINCE, HOME_CITY};

/* The next shorter way to write the address @text; NULL: there is none. Borrowed */
static const char *written_shorter(FieldKind kind, const char *text)
{
    for (size_t i = 0; kind == KIND_ADDRESS && i < G_N_ELEMENTS(written_less); i++)
        if (g_str_has_prefix(text, written_less[i]) &&
            text[strlen(written_less[i])] != '\0')
            return text + strlen(written_less[i]);
    return NULL;
}

static double share_apart(const char *x, const char *y)
{
    glong longer = MAX(g_utf8_strlen(x, -1), g_utf8_strlen(y, -1));
    return longer > 0 ? text_distance(x, y) / (double)longer : 1;
}

/* How far @reading is from @printed: 0..1. Of two firms their place and 有限公司 are
 * alike whoever they are, so what tells them apart must be like as well. */
static double unlikeness(const char *reading, const char *printed)
{
    g_autofree char *x = text_bare(reading != NULL ? reading : "");
    g_autofree char *y = text_bare(printed);
    g_autofree char *telling_x = firm_telling_part(x);
    g_autofree char *telling_y = firm_telling_part(y);
    double apart = share_apart(x, y);
    return telling_x != NULL && telling_y != NULL
               ? MAX(apart, share_apart(telling_x, telling_y))
               : apart;
}

/* How far the nearest reading of @own is from @printed. Of numbers only the value itself
 * counts: one digit apart is another number. */
static double nearest_reading(const DecidedField *own, const char *printed)
{
    double least = unlikeness(own->value, printed);
    if (is_number(own->decl->kind) || own->decl->kind == KIND_PHONE)
        return least;
    if (own->other_hand != NULL)
        least = MIN(least, unlikeness(own->other_hand, printed));
    return own->rival != NULL ? MIN(least, unlikeness(own->rival, printed)) : least;
}

double hand_unlikeness(const DecidedField *own, const DecidedField *other)
{
    const char *printed = other->value != NULL ? other->value : "";
    double least = 1;
    for (; printed != NULL; printed = written_shorter(own->decl->kind, printed))
        least = MIN(least, nearest_reading(own, printed));
    return least;
}

char *hand_as_written(const DecidedField *own, const DecidedField *other)
{
    const char *best = other->value;
    for (const char *p = best; p != NULL; p = written_shorter(own->decl->kind, p))
        if (nearest_reading(own, p) < nearest_reading(own, best))
            best = p;
    return g_strdup(best);
}

/* The printed values that were seen so far: the nearest, and how far the next is that is
 * not the same. */
typedef struct {
    const DecidedField *best;
    double unlike, next;
} Nearest;

static void hold_against(const DecidedField *own, const DecidedField *other,
                         Nearest *near)
{
    double unlike = hand_unlikeness(own, other);
    bool is_same = near->best != NULL && g_strcmp0(near->best->value, other->value) == 0;
    if (near->best == NULL || unlike < near->unlike) {
        near->next = near->best == NULL || is_same ? near->next : near->unlike;
        near->best = other;
        near->unlike = unlike;
    } else if (!is_same) {
        near->next = MIN(near->next, unlike);
    }
}

/* Whether @other has printed where the application is about. */
static bool is_site(const Case *case_, const DecidedField *other)
{
    const DecidedField *site = fields_find(case_->form->fields, KEY_SITE);
    return site != NULL && other->decl->kind == KIND_ADDRESS &&
           (site->is_borne_out || site->printed != NULL) &&
           values_agree(KIND_ADDRESS, site->value, other->value,
                        (const char *const *)case_->regions);
}

const DecidedField *hand_nearest_printed(const Case *case_, const DecidedField *own)
{
    Nearest near = {.next = 1};
    for (guint k = 0; k < case_->ordered->len; k++) {
        const CasePaper *paper = case_->ordered->pdata[k];
        for (guint n = 0; paper != case_->form && n < paper->fields->len; n++) {
            const DecidedField *other = paper->fields->pdata[n];
            if (other->value != NULL && is_witness(case_, other) &&
                are_of_one_kind(own, other))
                hold_against(own, other, &near);
        }
    }
    if (near.best == NULL)
        return NULL;
    bool is_expected = is_site(case_, near.best);
    return near.unlike <= (is_expected ? MOST_UNLIKE_SITE : MOST_UNLIKE) &&
                   near.next - near.unlike >= (is_expected ? LEAST_LEAD_SITE : LEAST_LEAD)
               ? near.best
               : NULL;
}

void hand_take_region(const Case *case_, DecidedField *own)
{
    const char *best = NULL;
    double unlike = 1, next = 1;
    for (int i = 0; case_->regions != NULL && case_->regions[i] != NULL; i++) {
        double off = nearest_reading(own, case_->regions[i]);
        if (off < unlike) {
            next = unlike;
            unlike = off;
            best = case_->regions[i];
        } else if (off < next && g_strcmp0(best, case_->regions[i]) != 0) {
            next = off;
        }
    }
    if (own->decl->kind != KIND_PLACE_NAME || best == NULL || unlike <= 0 ||
        unlike > MOST_UNLIKE_REGION || next - unlike < LEAST_LEAD_OF_REGION)
        return;
    g_free(own->value);
    own->value = g_strdup(best);
}
