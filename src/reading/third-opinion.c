/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where two readings of a line differ or doubt, the shapes of its characters decide. */
#include "base/text.h"
#include "reading/classifier.h"
#include "reading/private.h"

/* What two readings and the shape of a character are worth together, measured on worn
 * lines in faces that neither the models nor the classifier were trained on (models/
 * README.md, "Three opinions"). A lead is how much nearer the nearest shape is than the
 * one it is compared with. */
/* Surer than this in both readings, and near to what they say: no doubt. */
#define LOOK_BELOW 0.97
#define NEAR 300.0
/* All three agree: of 11,124 characters 5 were wrong. */
#define ALL_AGREE_LEAD 25.0
#define ALL_AGREE 0.96
/* The shape and one of both: of 477 none was wrong. */
#define TWO_AGREE_LEAD 40.0
#define TWO_AGREE 0.95
/* The shape is nearer by so much than what either says: it was right in 231 of 246, they
 * in one; and in 207 of 210 where it leads by as much over any other character. */
#define ALONE_LEAD 40.0
#define ALONE 0.85
#define ALONE_UNCLEAR 0.5
/* Both say the same and the shape another. It objects where one of both is less sure than
 * that, since otherwise they are right; it is right in 33 of 38 where it leads by the
 * second, they in 2, and by the third in 33 of 37, they in none, however sure they are.
 */
#define OBJECTS_BELOW 0.95
#define OBJECTS_LEAD 40.0
#define OVERRULES_LEAD 120.0
#define SURE_LEAD 200.0
#define OBJECTED 0.85
/* Of the characters whose shape was right 99 in 100 were nearer than this, in the face
 * that is furthest from those learnt; what people write is further. */
#define MAX_DISTANCE 450.0
/* Of 465 lines with numbers 5 have just one digit further than this from what it is. */
#define FAR 550.0
#define DAMAGED 0.5
/* Single strokes: rests of ruled lines look so. None is put where nobody read one. */
#define STROKES "一丨丶丿亅乙乚乀"
/* Of 61 lines in which a model doubted nothing but these, and no more than that, the
 * second read a bracket of two otherwise, wrongly. */
#define MARKS "()（）《》，。、；;：:"
#define MARK_SURE 0.90
#define BOX_SURE 0.95
/* A digit is at most so wide, of the line's height. */
#define MAX_DIGIT_WIDTH 0.72
/* A reading that was outvoted must not be taken for the surer one. */
#define OUTVOTED 0.3
/* One reading has more characters than the other: no longer a part is decided. */
#define MAX_UNEVEN 4

typedef struct {
    const Classifier *classifier;
    LinePicture *picture;
    TextLine *first, *second;
} Opinions;

static Glyph *glyph_at(const TextLine *line, guint i)
{
    return &g_array_index(line->glyphs, Glyph, i);
}

static gunichar character_at(const TextLine *line, guint i)
{
    return g_utf8_get_char(glyph_at(line, i)->text);
}

void line_picture_clear(LinePicture *picture)
{
    pixDestroy(&picture->pix);
    g_clear_pointer(&picture->text, g_free);
    g_clear_pointer(&picture->places, g_free);
    g_clear_pointer(&picture->looks, g_ptr_array_unref);
}

const Rect *line_places(LinePicture *picture, const TextLine *line)
{
    guint count = line->glyphs->len;
    if (picture->pix == NULL || count == 0)
        return NULL;
    if (g_strcmp0(picture->text, line->text) == 0)
        return picture->places;
    g_free(picture->text);
    picture->text = g_strdup(line->text);
    g_autofree gunichar *characters = g_new(gunichar, count);
    for (guint i = 0; i < count; i++)
        characters[i] = character_at(line, i);
    g_clear_pointer(&picture->looks, g_ptr_array_unref);
    picture->places = g_renew(Rect, picture->places, count);
    if (!characters_place(picture->pix, characters, (int)count, picture->places))
        g_clear_pointer(&picture->places, g_free);
    return picture->places;
}

bool line_look(const Classifier *classifier, LinePicture *picture, guint i,
               ClassifierLook *look)
{
    if (picture->looks == NULL)
        picture->looks = g_ptr_array_new_with_free_func(g_free);
    if (picture->looks->len <= i)
        g_ptr_array_set_size(picture->looks, (int)i + 1);
    const ClassifierLook *known = picture->looks->pdata[i];
    if (known != NULL) {
        *look = *known;
        return true;
    }
    if (!classifier_measure(classifier, picture->pix, picture->places[i], look))
        return false;
    picture->looks->pdata[i] = g_memdup2(look, sizeof *look);
    return true;
}

/* Puts @character in the @place of @line, that it has now among its alternatives. */
static void put_character(TextLine *line, guint place, gunichar character)
{
    Glyph *glyph = glyph_at(line, place);
    if (g_utf8_get_char(glyph->text) == character)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    guint seen = 0;
    for (const char *p = line->text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        g_string_append_unichar(text, c != ' ' && seen == place ? character : c);
        seen += c != ' ';
    }
    memmove(&glyph->choices[1], &glyph->choices[0],
            sizeof glyph->choices - sizeof glyph->choices[0]);
    memcpy(glyph->choices[0].text, glyph->text, sizeof glyph->text);
    glyph->choices[0].confidence = glyph->confidence;
    memset(glyph->text, 0, sizeof glyph->text);
    g_unichar_to_utf8(character, glyph->text);
    g_free(line->text);
    line->text = g_strdup(text->str);
}

static void raise_to(Glyph *glyph, double confidence)
{
    glyph->confidence = MAX(glyph->confidence, confidence);
}

static void lower_to(Glyph *glyph, double confidence)
{
    glyph->confidence = MIN(glyph->confidence, confidence);
}

/* Whether the shape may say what neither reading says. */
static bool may_say(const ClassifierLook *look)
{
    return look->nearest[0].distance <= MAX_DISTANCE &&
           g_utf8_strchr(STROKES, -1, look->nearest[0].character) == NULL;
}

/* How much nearer the nearest shape is than that of @character. */
static double lead_over(const Classifier *classifier, const ClassifierLook *look,
                        gunichar character)
{
    return classifier_distance(classifier, look, character) - look->nearest[0].distance;
}

/* Both readings say the same at @i. The recognisers know digits better than shapes do (of
 * 3708 the first had one wrong, shapes 60): there a shape may only bear out. */
static void weigh_same(Opinions *opinions, guint i, const ClassifierLook *look)
{
    Glyph *first = glyph_at(opinions->first, i), *second = glyph_at(opinions->second, i);
    gunichar read = character_at(opinions->first, i), seen = look->nearest[0].character;
    if (seen == read) {
        bool is_clear =
            look->nearest[0].distance <= MAX_DISTANCE &&
            look->nearest[1].distance - look->nearest[0].distance >= ALL_AGREE_LEAD;
        if (is_clear && !engine_is_twin(read)) {
            raise_to(first, ALL_AGREE);
            raise_to(second, ALL_AGREE);
        }
        return;
    }
    double lead = lead_over(opinions->classifier, look, read);
    bool is_sure = MIN(first->confidence, second->confidence) >= OBJECTS_BELOW;
    if (!text_is_han(read) || !may_say(look) ||
        lead < (is_sure ? SURE_LEAD : OBJECTS_LEAD))
        return;
    if (lead >= OVERRULES_LEAD) {
        put_character(opinions->first, i, seen);
        put_character(opinions->second, i, seen);
    }
    lower_to(first, OBJECTED);
    lower_to(second, OBJECTED);
}

/* They say different things at @i. */
static void weigh_different(Opinions *opinions, guint i, const ClassifierLook *look)
{
    TextLine *lines[] = {opinions->first, opinions->second};
    gunichar seen = look->nearest[0].character;
    double lead = look->nearest[1].distance - look->nearest[0].distance;
    for (int k = 0; k < 2; k++) {
        if (character_at(lines[k], i) != seen)
            continue;
        if (lead < TWO_AGREE_LEAD || look->nearest[0].distance > MAX_DISTANCE)
            return;
        put_character(lines[1 - k], i, seen);
        double most = engine_is_twin(seen) ? OBJECTED : TWO_AGREE;
        glyph_at(lines[k], i)->confidence = glyph_at(lines[1 - k], i)->confidence = most;
        return;
    }
    if (!may_say(look) ||
        lead_over(opinions->classifier, look, character_at(lines[0], i)) < ALONE_LEAD ||
        lead_over(opinions->classifier, look, character_at(lines[1], i)) < ALONE_LEAD)
        return;
    put_character(opinions->first, i, seen);
    glyph_at(opinions->first, i)->confidence = lead >= ALONE_LEAD ? ALONE : ALONE_UNCLEAR;
    lower_to(glyph_at(opinions->second, i), OUTVOTED);
}

/* Whether the shape at @i may be asked: of one Chinese character or another, or to bear
 * out a digit. */
static bool is_to_ask(const Opinions *opinions, guint i)
{
    gunichar first = character_at(opinions->first, i);
    gunichar second = character_at(opinions->second, i);
    ClassifierKind kind = classifier_kind_of(first);
    return kind != CLASSIFIER_KINDS && kind == classifier_kind_of(second) &&
           (kind != AMONG_DIGITS || first == second);
}

/* Whether both readings are sure of what they say at @i, and the shape is near to it. */
static bool is_beyond_doubt(const Opinions *opinions, guint i, const ClassifierLook *look)
{
    gunichar first = character_at(opinions->first, i);
    return first == character_at(opinions->second, i) &&
           MIN(glyph_at(opinions->first, i)->confidence,
               glyph_at(opinions->second, i)->confidence) >= LOOK_BELOW &&
           classifier_distance(opinions->classifier, look, first) <= NEAR;
}

static void weigh_at(Opinions *opinions, guint i, ClassifierLook *look)
{
    gunichar first = character_at(opinions->first, i);
    if (is_beyond_doubt(opinions, i, look))
        return;
    classifier_search(opinions->classifier, classifier_kind_of(first), look);
    if (first == character_at(opinions->second, i))
        weigh_same(opinions, i, look);
    else
        weigh_different(opinions, i, look);
}

/* Weighs every character. Ink that is far from the digit both read, where all others are
 * near to what was read, has lost or got something, as under a lifted seal: 3 of which a
 * part is gone is 2 to both. */
static void weigh_even(Opinions *opinions)
{
    int far_count = 0;
    guint far_digit = 0;
    for (guint i = 0; i < opinions->first->glyphs->len; i++) {
        ClassifierLook look;
        if (!is_to_ask(opinions, i) ||
            !line_look(opinions->classifier, opinions->picture, i, &look))
            continue;
        weigh_at(opinions, i, &look);
        gunichar decided = character_at(opinions->first, i);
        if (classifier_distance(opinions->classifier, &look, decided) <= FAR)
            continue;
        far_count += 1 + text_is_han(decided);
        far_digit = i;
    }
    if (far_count != 1)
        return;
    lower_to(glyph_at(opinions->first, far_digit), DAMAGED);
    lower_to(glyph_at(opinions->second, far_digit), DAMAGED);
}

/* --- one of them took two characters for one, or one for two -------------------------
 */

static bool are_all_han(const TextLine *line, guint from, guint to)
{
    for (guint i = from; i < to; i++)
        if (!text_is_han(character_at(line, i)))
            return false;
    return true;
}

/* What shapes say of the part of a line that the two readings cut differently. */
typedef struct {
    gunichar says[MAX_UNEVEN];
    double distance; /* the mean; INFINITY where one of them says nothing clear */
} Spelling;

static Spelling spell(const Opinions *opinions, const TextLine *line, guint from,
                      guint to)
{
    Spelling spelling = {.distance = INFINITY};
    double sum = 0;
    if (from >= to || line_places(opinions->picture, line) == NULL)
        return spelling;
    for (guint i = from; i < to; i++) {
        ClassifierLook look;
        if (!line_look(opinions->classifier, opinions->picture, i, &look))
            return spelling;
        classifier_search(opinions->classifier, AMONG_CHINESE, &look);
        if (!may_say(&look) ||
            look.nearest[1].distance - look.nearest[0].distance < TWO_AGREE_LEAD)
            return spelling;
        spelling.says[i - from] = look.nearest[0].character;
        sum += look.nearest[0].distance;
    }
    spelling.distance = sum / (to - from);
    return spelling;
}

static void copy_reading(TextLine *to, const TextLine *from)
{
    g_free(to->text);
    g_array_unref(to->glyphs);
    to->text = g_strdup(from->text);
    to->glyphs = g_array_copy(from->glyphs);
}

/* Puts what shapes say into @line. Returns: whether it had read all of it so */
static bool take_spelling(TextLine *line, const Spelling *spelling, guint from, guint to)
{
    bool is_same = true;
    for (guint i = from; i < to; i++) {
        gunichar says = spelling->says[i - from];
        bool is_read = character_at(line, i) == says;
        is_same &= is_read;
        put_character(line, i, says);
        glyph_at(line, i)->confidence =
            is_read && !engine_is_twin(says) ? TWO_AGREE : ALONE;
    }
    return is_same;
}

/* @winner's characters stand where shapes are clear. What it read itself is two opinions
 * of three, what only the shapes say is for a person. */
static void follow(const Opinions *opinions, TextLine *winner, const Spelling *spelling,
                   guint from, guint to)
{
    TextLine *first = opinions->first, *second = opinions->second;
    TextLine *loser = winner == first ? second : first;
    if (take_spelling(winner, spelling, from, to)) {
        copy_reading(loser, winner);
        return;
    }
    for (guint i = 0; i < loser->glyphs->len; i++)
        lower_to(glyph_at(loser, i), OUTVOTED);
    if (winner == second) {
        TextLine kept = {.text = first->text, .glyphs = first->glyphs};
        first->text = second->text;
        first->glyphs = second->glyphs;
        second->text = kept.text;
        second->glyphs = kept.glyphs;
    }
}

/* As spell(); where the other reading has nothing at all there (@is_added), only if it is
 * what @line read: what stands beside it may be taken for it, 冯 of 冯敏 for 人 in
 * 冯人敏. */
static Spelling spell_read(const Opinions *opinions, const TextLine *line, guint from,
                           guint to, bool is_added)
{
    Spelling spelling = spell(opinions, line, from, to);
    for (guint i = from; is_added && isfinite(spelling.distance) && i < to; i++)
        if (spelling.says[i - from] != character_at(line, i))
            spelling.distance = INFINITY;
    return spelling;
}

static void weigh_uneven(const Opinions *opinions)
{
    TextLine *a = opinions->first, *b = opinions->second;
    guint shorter = MIN(a->glyphs->len, b->glyphs->len), before = 0, after = 0;
    while (before < shorter && character_at(a, before) == character_at(b, before))
        before++;
    while (after < shorter - before && character_at(a, a->glyphs->len - 1 - after) ==
                                           character_at(b, b->glyphs->len - 1 - after))
        after++;
    guint a_end = a->glyphs->len - after, b_end = b->glyphs->len - after;
    if (MAX(a_end, b_end) - before > MAX_UNEVEN || !are_all_han(a, before, a_end) ||
        !are_all_han(b, before, b_end))
        return;
    Spelling by_first = spell_read(opinions, a, before, a_end, b_end == before);
    Spelling by_second = spell_read(opinions, b, before, b_end, a_end == before);
    if (by_first.distance < by_second.distance)
        follow(opinions, a, &by_first, before, a_end);
    else if (isfinite(by_second.distance))
        follow(opinions, b, &by_second, before, b_end);
}

char *shapes_text(const Classifier *classifier, LinePicture *picture,
                  const TextLine *first, const TextLine *second)
{
    if (line_places(picture, first) == NULL)
        return NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    bool is_even = first->glyphs->len == second->glyphs->len;
    for (guint i = 0; i < first->glyphs->len; i++) {
        ClassifierLook look;
        gunichar read = character_at(first, i);
        bool is_sure = glyph_at(first, i)->confidence >= OBJECTS_BELOW &&
                       (!is_even || (character_at(second, i) == read &&
                                     glyph_at(second, i)->confidence >= OBJECTS_BELOW));
        if (!is_sure && text_is_han(read) && line_look(classifier, picture, i, &look)) {
            classifier_search(classifier, AMONG_CHINESE, &look);
            read = may_say(&look) ? look.nearest[0].character : read;
        }
        g_string_append_unichar(text, read);
    }
    return g_strdup(text->str);
}

/* --- one reading alone ---------------------------------------------------------------
 */

/* Whether the ink of character @i is nearer to something else than to @character, which
 * its model is sure of: 试 for 斌, with 0.99. */
static bool is_nearer_to_other(const Classifier *classifier, LinePicture *picture,
                               guint i, gunichar character)
{
    ClassifierLook look;
    if (!text_is_han(character) || !line_look(classifier, picture, i, &look))
        return false;
    classifier_search(classifier, AMONG_CHINESE, &look);
    return look.nearest[0].character != character;
}

/* A point that was not read stands in its digit's place, and makes it wider. */
static bool may_hold_point(PIX *crop, Rect place)
{
    return place.width > MAX_DIGIT_WIDTH * place.height ||
           character_is_parted(crop, place);
}

/* Whether the ink of character @i is @character by its shape, and nothing else. */
static bool is_as_read(const Classifier *classifier, LinePicture *picture, guint i,
                       gunichar character)
{
    ClassifierLook look;
    ClassifierKind kind = classifier_kind_of(character);
    if (!line_look(classifier, picture, i, &look))
        return false;
    classifier_search(classifier, kind, &look);
    return look.nearest[0].character == character &&
           look.nearest[0].distance <= MAX_DISTANCE &&
           look.nearest[1].distance - look.nearest[0].distance >= TWO_AGREE_LEAD &&
           !(kind == AMONG_DIGITS && may_hold_point(picture->pix, picture->places[i]));
}

/* Whether the glyph @i of @line is a mark in a sentence that its model is hardly in doubt
 * of: where texts are compared marks count for nothing. Beside a digit it may be a point.
 */
static bool is_mark_in_sentence(const TextLine *line, guint i)
{
    return line->glyphs->len >= SENTENCE_GLYPHS &&
           glyph_at(line, i)->confidence >= MARK_SURE &&
           g_utf8_strchr(MARKS, -1, character_at(line, i)) != NULL &&
           (i == 0 || !g_unichar_isdigit(character_at(line, i - 1))) &&
           (i + 1 == line->glyphs->len || !g_unichar_isdigit(character_at(line, i + 1)));
}

/* Whether the glyph @i of @line is a tick box that its model is hardly in doubt of: what
 * is in it its ink says, and a value with one is for a person. */
static bool is_box(const TextLine *line, guint i)
{
    return glyph_at(line, i)->confidence >= BOX_SURE &&
           strcmp(glyph_at(line, i)->text, READING_TICK_BOX) == 0;
}

/* What a glyph's shape is asked for. */
typedef enum { ASK_NOTHING, ASK_NO_OTHER, ASK_THIS, ASK_IN_VAIN } Question;

static Question question_of(const TextLine *line, guint i, double sure, bool is_number)
{
    gunichar c = character_at(line, i);
    ClassifierKind kind = classifier_kind_of(c);
    bool is_sure = glyph_at(line, i)->confidence >= sure;
    if (!is_sure && (is_mark_in_sentence(line, i) || is_box(line, i)))
        return ASK_NOTHING;
    if (!is_sure && (kind == CLASSIFIER_KINDS || engine_is_twin(c)))
        return ASK_IN_VAIN;
    return !is_sure || (is_number && kind == AMONG_DIGITS) ? ASK_THIS : ASK_NO_OTHER;
}

bool shapes_bear_out(const Classifier *classifier, LinePicture *picture, TextLine *line,
                     double sure, bool is_number)
{
    bool is_date = is_number && text_is_date(line->text);
    for (guint i = 0; i < line->glyphs->len; i++) {
        /* rests of a label beside a number: a digits-only look tells where it begins */
        if (is_number && !is_date &&
            classifier_kind_of(character_at(line, i)) != AMONG_DIGITS)
            return false;
        if (question_of(line, i, sure, is_number) == ASK_IN_VAIN)
            return false;
    }
    if (line_places(picture, line) == NULL)
        return false;
    for (guint i = 0; i < line->glyphs->len; i++) {
        gunichar c = character_at(line, i);
        Question question = question_of(line, i, sure, is_number);
        if ((question == ASK_THIS && !is_as_read(classifier, picture, i, c)) ||
            (question == ASK_NO_OTHER && is_nearer_to_other(classifier, picture, i, c)))
            return false;
    }
    for (guint i = 0; i < line->glyphs->len; i++)
        if (question_of(line, i, sure, is_number) != ASK_NOTHING)
            raise_to(glyph_at(line, i), TWO_AGREE);
    text_line_summarise(line);
    return true;
}

void third_opinion(const Classifier *classifier, LinePicture *picture, TextLine *first,
                   TextLine *second)
{
    if (first->glyphs->len == 0 || second->glyphs->len == 0)
        return;
    Opinions opinions = {classifier, picture, first, second};
    bool is_even = first->glyphs->len == second->glyphs->len;
    if (is_even && line_places(picture, first) == NULL)
        return;
    if (is_even)
        weigh_even(&opinions);
    else
        weigh_uneven(&opinions);
    text_line_summarise(first);
    text_line_summarise(second);
}
