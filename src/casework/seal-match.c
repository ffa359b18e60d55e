/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a seal bears a firm's name, character by character: what it says is not read
 * and then compared, but every place of its ring is asked for the character that the name
 * has there. So a place that print crosses says nothing, and spoils nothing either. */
#include "base/text.h"
#include "casework/compare.h"
#include "casework/fold.h"

/* How far a shape is from what it is nearest to (reading/classifier.h). Measured on 1,487
 * characters of made seals: of 1,404 whose nearest shape was right 9 were further than
 * FAR_OFF, of 83 that print had damaged 61 were. */
#define FAR_OFF 400.0
/* Further still, and two that agree say nothing. */
#define LOST_OFF 550.0
/* Nearer than CLEAR_OFF, and by so much nearer than the next: 1,384 were right and 6
 * wrong, 1,360 and 4. */
#define CLEAR_OFF 330.0
#define ALONE_LEAD 20.0
#define SURE_LEAD 45.0
/* What is before and behind the name may be print in the white between its end and its
 * beginning: so many places, none of them clear. */
#define MAX_AROUND 4
/* In the place that a name begins with, and in the ending that all share, so much must be
 * borne out; and of the whole name. */
#define MIN_PLACE_SHARE 0.33
#define MAX_UNKNOWN_IN_ENDING 2
#define MIN_SHARE 0.6
#define TELLING_CHARACTERS 2

/* What the places of a seal say of one character of a name. */
typedef enum { SAYS_NOTHING, SAYS_OTHER, SAYS_WEAKLY, SAYS_SURELY } Says;

/* A firm's name in its three parts. */
typedef struct {
    gunichar characters[SEAL_MAX_PLACES];
    int count, place_end, ending; /* the telling part lies between */
} Name;

static gunichar folded(gunichar character)
{
    char text[7] = {0};
    if (character == 0)
        return 0;
    g_unichar_to_utf8(character, text);
    g_autofree char *plain = fold_traditional(text, FOLD_PLAIN);
    return g_utf8_get_char(plain);
}

/* How many of three say @character there. */
static int votes_for(const SealPlace *place, gunichar character)
{
    return (folded(place->read) == character) + (folded(place->second) == character) +
           (folded(place->shape) == character);
}

static bool is_clear(const SealPlace *place)
{
    return place->shape != 0 && place->shape_off <= CLEAR_OFF;
}

static double lead_of(const SealPlace *place)
{
    return place->next_off - place->shape_off;
}

/* Whether something is clearly written there, and it is not @character. */
static bool is_other(const SealPlace *place, gunichar character)
{
    gunichar says[] = {folded(place->read), folded(place->shape)};
    if (!is_clear(place))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(says); i++)
        if (says[i] != 0 && says[i] != character && votes_for(place, says[i]) >= 2)
            return true;
    return lead_of(place) >= SURE_LEAD && folded(place->shape) != character;
}

/* What is far from every shape still says something where all three say the same: of 27
 * on 520 made seals all were right. It says less where two do and its shape is no
 * objection: of 31 four were wrong, and taken for what nobody would look for. */
static Says says_of_damaged(const SealPlace *place, gunichar character)
{
    bool is_by_shape =
        folded(place->shape) == character || folded(place->next) == character;
    int votes = votes_for(place, character);
    if (votes == 3)
        return SAYS_SURELY;
    return votes == 2 && is_by_shape && place->shape_off <= LOST_OFF ? SAYS_WEAKLY
                                                                     : SAYS_NOTHING;
}

/* The models lean on what usually stands there, and on seals, whose type they seldom saw,
 * both may (金源 for 鑫源); a shape does not. Without it they bear out little, and where
 * it is sure of another character, nothing. */
static Says says_at(const SealPlace *place, gunichar character)
{
    int votes = votes_for(place, character);
    bool is_by_shape = folded(place->shape) == character;
    if (place->shape == 0)
        return SAYS_NOTHING;
    if (place->shape_off > FAR_OFF)
        return says_of_damaged(place, character);
    if (is_by_shape && votes >= 2)
        return SAYS_SURELY;
    if (is_by_shape && is_clear(place) && lead_of(place) >= ALONE_LEAD)
        return lead_of(place) >= SURE_LEAD || !is_other(place, character) ? SAYS_WEAKLY
                                                                          : SAYS_NOTHING;
    bool is_sure_of_other =
        !is_by_shape && is_clear(place) && lead_of(place) >= SURE_LEAD;
    if (votes == 2)
        return is_sure_of_other ? SAYS_NOTHING : SAYS_WEAKLY;
    if (is_other(place, character))
        return SAYS_OTHER;
    bool is_near = folded(place->next) == character && lead_of(place) < ALONE_LEAD;
    return votes == 1 && is_near && is_clear(place) ? SAYS_WEAKLY : SAYS_NOTHING;
}

/* How many bytes of @name a place takes: province, city, and a region that is declared */
static size_t place_length(const char *name, const char *const *regions)
{
    static const char *const above[] = {"河南省", "河南", "开封市", "开封"};
    const char *at = name;
    for (size_t i = 0; i < G_N_ELEMENTS(above); i++)
        if (g_str_has_prefix(at, above[i]))
            at += strlen(above[i]);
    for (int i = 0; regions != NULL && regions[i] != NULL; i++)
        if (g_str_has_prefix(at, regions[i]))
            return (size_t)(at - name) + strlen(regions[i]);
    return (size_t)(at - name);
}

static bool name_init(Name *name, const char *firm, const char *const *regions)
{
    g_autofree char *bare = text_bare(firm);
    g_autofree char *plain = fold_traditional(bare, FOLD_PLAIN);
    size_t stem = firm_stem_length(plain), place = place_length(plain, regions);
    *name = (Name){0};
    for (const char *p = plain; *p != '\0'; p = g_utf8_next_char(p)) {
        if (name->count == SEAL_MAX_PLACES)
            return false;
        name->place_end += (size_t)(p - plain) < place;
        name->ending += (size_t)(p - plain) < stem;
        name->characters[name->count++] = g_utf8_get_char(p);
    }
    return name->ending - name->place_end >= TELLING_CHARACTERS;
}

/* What is said of a part of the name. */
typedef struct {
    int surely, weakly, other, nothing;
} Sum;

/* What stands at place @i of a ring; where the name is longer, nothing is known of what
 * it has before the first place or behind the last. */
static SealPlace place_at(const GArray *places, const Name *name, int i)
{
    int count = (int)places->len;
    if (count >= name->count)
        i = (i + count) % count; /* the words may begin anywhere on a ring */
    return i >= 0 && i < count ? g_array_index(places, SealPlace, i) : (SealPlace){0};
}

static Sum sum_of(const GArray *places, const Name *name, int at, int from, int to)
{
    Sum sum = {0};
    for (int i = from; i < to; i++) {
        SealPlace place = place_at(places, name, at + i);
        Says says = says_at(&place, name->characters[i]);
        sum.surely += says == SAYS_SURELY;
        sum.weakly += says == SAYS_WEAKLY;
        sum.other += says == SAYS_OTHER;
        sum.nothing += says == SAYS_NOTHING;
    }
    return sum;
}

/* Whether nothing else is written between the end of the name and its beginning. */
static bool is_alone(const GArray *places, const Name *name, int at)
{
    int around = MAX(0, (int)places->len - name->count);
    for (int i = 0; i < around; i++) {
        SealPlace place = place_at(places, name, at + name->count + i);
        if (is_clear(&place))
            return false;
    }
    return around <= MAX_AROUND;
}

/* The name with its first character in place @at. */
static Likeness match_at(const GArray *places, const Name *name, int at)
{
    Sum place = sum_of(places, name, at, 0, name->place_end);
    Sum telling = sum_of(places, name, at, name->place_end, name->ending);
    Sum ending = sum_of(places, name, at, name->ending, name->count);
    int borne_out = place.surely + place.weakly + telling.surely + telling.weakly +
                    ending.surely + ending.weakly;
    if (telling.other > 0 || borne_out < MIN_SHARE * name->count)
        return telling.other + place.other > 2 ? DIFFERENT : UNSURE;
    bool is_own = telling.nothing == 0 && telling.weakly <= telling.surely &&
                  place.other == 0 && ending.other == 0 &&
                  place.surely + place.weakly >= MIN_PLACE_SHARE * name->place_end &&
                  ending.nothing <= MAX_UNKNOWN_IN_ENDING && is_alone(places, name, at);
    return is_own ? SAME : UNSURE;
}

Likeness seal_match(const SealMark *mark, const char *firm, const char *const *regions)
{
    Name name;
    if (mark->places == NULL || firm == NULL || !name_init(&name, firm, regions))
        return UNSURE;
    Likeness best = DIFFERENT;
    int more = (int)mark->places->len - name.count;
    for (int at = MIN(0, more); at < (more >= 0 ? (int)mark->places->len : 1); at++)
        best = MIN(best, match_at(mark->places, &name, at));
    return best;
}
