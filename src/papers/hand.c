/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of a paper's values were written by hand: by their own ink, and where that says
 * little, by what the rest of the paper was filled with. */
#include "papers/private.h"

/* Odds are logarithms. A lone value on a form is by hand above the first, one of a
 * character or two above the second; of 923 printed ones one was. */
#define SURE_ODDS 3.0
#define SURE_ODDS_OF_FEW 4.5
#define FEW_CHARACTERS 2
/* Where the characters of a value cannot be told apart that speaks for a hand: of 362
 * values by hand 127 were so, of 1005 printed ones 3 that were so long. */
#define UNTRACED_ODDS 1.0
#define UNTRACED_MIN_CHARACTERS 4
/* No single value has more of a say in what the paper was filled with. A paper is filled
 * by hand where they come to more than this in the mean: 71 printed forms came to -1.4 at
 * most, 20 by hand to -0.1 at least, and 9 of 10 that were filled in both ways to -0.8.
 */
#define MOST_ODDS 4.0
#define BY_HAND_MEAN (-1.0)
#define BY_HAND_MIN_VALUES 3
/* Certificates are printed: it takes more to believe otherwise. */
#define PAPER_BY_HAND_MEAN 1.0
/* On such a paper a value counts as printed only where its ink says so plainly. */
#define PRINTED_ODDS (-3.4)
#define PRINTED_MIN_CHARACTERS 5

/* What the inks of one value say together. */
typedef struct {
    double odds;
    guint count;   /* of the characters that tell */
    bool is_known; /* there are some, or it is telling that there are none */
} Told;

static bool is_written(const PaperField *field)
{
    return field->inks->len > 0 && !is_choice(field->decl) &&
           field->decl->kind != KIND_PRESENCE;
}

static Told told_of(const PaperField *field)
{
    Told told = {0};
    bool is_untraced = false;
    for (guint i = 0; i < field->inks->len; i++) {
        const Ink *ink = field->inks->pdata[i];
        told.odds += ink->hand_odds * ink->hand_count;
        told.count += ink->hand_count;
        is_untraced |=
            ink->is_untraced && g_utf8_strlen(ink->text, -1) >= UNTRACED_MIN_CHARACTERS;
    }
    told.odds = told.count > 0 ? told.odds / told.count : UNTRACED_ODDS;
    told.is_known = told.count > 0 || is_untraced;
    return told;
}

static bool is_filled_by_hand(const Paper *paper)
{
    guint known = 0;
    double sum = 0;
    for (guint i = 0; i < paper->fields->len; i++) {
        const PaperField *field = paper->fields->pdata[i];
        Told told = told_of(field);
        if (!is_written(field) || !told.is_known)
            continue;
        known++;
        sum += CLAMP(told.odds, -MOST_ODDS, MOST_ODDS);
    }
    double least = paper->decl->is_form ? BY_HAND_MEAN : PAPER_BY_HAND_MEAN;
    return known >= BY_HAND_MIN_VALUES && sum > least * known;
}

static bool is_from_file(const PaperField *field)
{
    for (guint i = 0; i < field->inks->len; i++)
        if (!((const Ink *)field->inks->pdata[i])->is_from_file)
            return false;
    return true;
}

void paper_tell_hands(Paper *paper)
{
    bool is_by_hand = is_filled_by_hand(paper);
    for (guint i = 0; i < paper->fields->len; i++) {
        PaperField *field = paper->fields->pdata[i];
        Told told = told_of(field);
        if (!is_written(field) || is_from_file(field))
            continue;
        bool is_plain = told.odds < PRINTED_ODDS && told.count >= PRINTED_MIN_CHARACTERS;
        double sure = told.count <= FEW_CHARACTERS ? SURE_ODDS_OF_FEW : SURE_ODDS;
        bool is_told = told.count > 0 && told.odds > sure;
        field->is_by_hand = is_by_hand ? !is_plain : paper->decl->is_form && is_told;
    }
}
