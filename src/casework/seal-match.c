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
/* Of the characters that tell firms apart so many may be taken from another impression of
 * the stamp. */
#define MAX_VOUCHED 1

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

/* Whether print hides what stands there, and something in it still looks like
 * @character and no two agree on anything else. */
static bool is_hint_of(const SealPlace *place, gunichar character)
{
    const gunichar says[] = {folded(place->read), folded(place->second),
                             folded(place->shape)};
    for (size_t i = 0; i < G_N_ELEMENTS(says); i++)
        if (says[i] != 0 && says[i] != character && votes_for(place, says[i]) >= 2)
            return false;
    return place->shape_off > FAR_OFF &&
           (votes_for(place, character) > 0 || folded(place->next) == character);
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
    int vouched; /* of those of which nothing is said: hinted at, and sure elsewhere */
} Sum;

/* Which characters of the name other impressions of the stamp bear out. */
typedef struct {
    bool is_sure[SEAL_MAX_PLACES];
} Vouchers;

/* What stands at place @i of a ring; where the name is longer, nothing is known of what
 * it has before the first place or behind the last. */
static SealPlace place_at(const GArray *places, const Name *name, int i)
{
    int count = (int)places->len;
    if (count >= name->count)
        i = (i + count) % count; /* the words may begin anywhere on a ring */
    return i >= 0 && i < count ? g_array_index(places, SealPlace, i) : (SealPlace){0};
}

static Sum sum_of(const GArray *places, const Name *name, const Vouchers *vouchers,
                  int at, int from, int to)
{
    Sum sum = {0};
    for (int i = from; i < to; i++) {
        SealPlace place = place_at(places, name, at + i);
        Says says = says_at(&place, name->characters[i]);
        sum.surely += says == SAYS_SURELY;
        sum.weakly += says == SAYS_WEAKLY;
        sum.other += says == SAYS_OTHER;
        sum.nothing += says == SAYS_NOTHING;
        sum.vouched += says == SAYS_NOTHING && vouchers->is_sure[i] &&
                       is_hint_of(&place, name->characters[i]);
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

/* What the ring says of the three parts of the name, its first character in place @at. */
typedef struct {
    Sum place, telling, ending;
} Match;

static Match match_at(const GArray *places, const Name *name, const Vouchers *vouchers,
                      int at)
{
    return (Match){sum_of(places, name, vouchers, at, 0, name->place_end),
                   sum_of(places, name, vouchers, at, name->place_end, name->ending),
                   sum_of(places, name, vouchers, at, name->ending, name->count)};
}

/* Whether nothing speaks against the name and most of it is borne out, whatever of it is
 * hidden. */
static bool is_likely(const Match *match, const Name *name)
{
    int borne_out = match->place.surely + match->place.weakly + match->telling.surely +
                    match->telling.weakly + match->ending.surely + match->ending.weakly;
    return match->telling.other == 0 && borne_out >= MIN_SHARE * name->count;
}

static bool is_own(const GArray *places, const Name *name, const Match *match, int at)
{
    const Sum *place = &match->place, *telling = &match->telling;
    int borne_out = place->surely + place->weakly + place->vouched;
    return telling->vouched <= MAX_VOUCHED && telling->nothing == telling->vouched &&
           telling->weakly + telling->vouched <= telling->surely && place->other == 0 &&
           match->ending.other == 0 && borne_out >= MIN_PLACE_SHARE * name->place_end &&
           match->ending.nothing <= MAX_UNKNOWN_IN_ENDING && is_alone(places, name, at);
}

static Likeness likeness_at(const GArray *places, const Name *name,
                            const Vouchers *vouchers, int at)
{
    Match match = match_at(places, name, vouchers, at);
    if (!is_likely(&match, name))
        return match.telling.other + match.place.other > 2 ? DIFFERENT : UNSURE;
    return is_own(places, name, &match, at) ? SAME : UNSURE;
}

/* On how many places a name may begin, the first of them in @first. */
static int starts_of(const GArray *places, const Name *name, int *first)
{
    int more = (int)places->len - name->count;
    *first = MIN(0, more);
    return more >= 0 ? (int)places->len : 1 - more;
}

/* What @places bear out surely: another impression of the stamp, where nothing on it
 * speaks against the name and most that tells firms apart is surely there. */
static void vouch(const GArray *places, const Name *name, Vouchers *vouchers)
{
    static const Vouchers none = {0};
    int first, count = starts_of(places, name, &first);
    for (int at = first; at < first + count; at++) {
        Match match = match_at(places, name, &none, at);
        int telling = name->ending - name->place_end;
        if (!is_likely(&match, name) || match.place.other > 0 || match.ending.other > 0 ||
            2 * match.telling.surely <= telling || !is_alone(places, name, at))
            continue;
        for (int i = 0; i < name->count; i++) {
            SealPlace place = place_at(places, name, at + i);
            vouchers->is_sure[i] |= says_at(&place, name->characters[i]) == SAYS_SURELY;
        }
    }
}

Likeness seal_match(const SealMark *mark, const GPtrArray *others, const char *firm,
                    const char *const *regions)
{
    Name name;
    Vouchers vouchers = {0};
    Likeness best = DIFFERENT;
    if (mark->places == NULL || firm == NULL || !name_init(&name, firm, regions))
        return UNSURE;
    for (guint i = 0; others != NULL && i < others->len; i++) {
        const SealMark *other = others->pdata[i];
        if (other != mark && other->places != NULL)
            vouch(other->places, &name, &vouchers);
    }
    int first, count = starts_of(mark->places, &name, &first);
    for (int at = first; at < first + count; at++)
        best = MIN(best, likeness_at(mark->places, &name, &vouchers, at));
    return best;
}
