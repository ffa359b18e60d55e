/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reading/private.h - what the files of reading share. */
#pragma once
#include "reading/classifier.h"
#include "reading/reading.h"
#include "sheet/pixels.h"

/* Crops as given to the recogniser: height of the ink, and white around it as a share of
 * that (docs/ARCHITECTURE.md, "Reading"). */
#define LOOK_HEIGHT_PX 40
#define LOOK_BORDER_SHARE 0.25
#define BOX_MIN_SQUARENESS 0.85
/* What a digits-only look may read. */
#define READING_DIGITS "0123456789X"

/* What the lines of a page are read with. */
typedef struct {
    Engine *engine;
    const Sheet *sheet;
    const Layout *layout;
    GArray *digits; /* of digit_shapes_new(), of the lines read so far; borrowed */
} Reader;

/* file-check.c: recognises a little of each font of a text layer.
 * @lines: GArray of PageCharacter in the sheet's pixels, or NULL, for each of @layout's
 *     lines; those that could not be borne out become NULL
 * @is_same: out: false where a font says something else than its ink
 * Returns: true, or false with READING_ERROR_ENGINE */
bool file_text_check(Engine *engine, const Sheet *sheet, const Layout *layout,
                     GPtrArray *lines, bool *is_same, GError **error);

/* marks.c: ink that is no print: seals, strokes outside every line, and what of the ink
 * on a seal is none of the seal's. @reading: filled: seals, loose, clear */
void marks_take(const Sheet *sheet, const Layout *layout, PageReading *reading);

/* seal-text.c: the words along the rings of round seals, by both models.
 * @reading: its seals get their texts, where there are any
 * Returns: false with READING_ERROR_ENGINE */
bool seals_read(Engine *engine, const Sheet *sheet, PageReading *reading, GError **error);

/* engine_classifier: what knows single characters by their shape. Borrowed; NULL where
 * the models have none. */
const Classifier *engine_classifier(const Engine *engine);

/* engine_is_twin: whether both models and the eye may mistake @character for another that
 * differs by the length of a stroke (未 末): nobody is ever sure of it. */
bool engine_is_twin(gunichar character);

/* text_line_summarise: confidence and weakest of @line, of its glyphs. */
void text_line_summarise(TextLine *line);

/* A line's picture, and where its characters stand in it: worked out when first asked
 * for, and again only when another text is. */
typedef struct {
    PIX *pix;         /* NULL: no pixels; owned */
    char *text;       /* what the places are of; NULL: nothing yet */
    Rect *places;     /* NULL: nobody can tell */
    GPtrArray *looks; /* ClassifierLook of each place once asked for, NULL until then */
} LinePicture;
void line_picture_clear(LinePicture *picture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LinePicture, line_picture_clear)

/* line_places: where the characters of @line stand in @picture, by its ink.
 * Returns: a rectangle for each of its glyphs, until the next call; NULL where nobody can
 * tell */
const Rect *line_places(LinePicture *picture, const TextLine *line);

/* line_look: the shape of the character @i of the line that line_places() was last called
 * with. It is measured once: several ask for it.
 * @look: out, not yet searched for
 * Returns: false where there is no ink to look at */
bool line_look(const Classifier *classifier, LinePicture *picture, guint i,
               ClassifierLook *look);

/* hand.c: what tells writing by hand from print.
 * hand_trace: the traces of @line's characters in @picture, not yet compared with what
 *     the page's print is like
 * hand_standing: for how many of a page's @count lines each stands when it is asked what
 *     the page's print is like: a line that is read for itself, a few of those @known
 *     beforehand (TextLine * or NULL) for all of these, and 0, no need of a trace, is
 *     what the rest of them get. Owned
 * hand_traces_settle: compared with that, once all @lines of the page (TextLine *) are.
 *     @standing: of hand_standing(); NULL: each for itself */
void hand_trace(const Classifier *classifier, LinePicture *picture, TextLine *line);
double *hand_standing(const GPtrArray *known, guint count);
void hand_traces_settle(const GPtrArray *lines, const double *standing);

/* covered.c: doubts the digits of @line that a lifted seal lay on and whose shape does
 * not bear them out.
 * @classifier, @seal: may be NULL; @seal: 1 bpp, in the page's pixels
 * @line: its glyphs stand where their ink is */
void covered_digits_doubt(const Classifier *classifier, PIX *seal, LinePicture *picture,
                          TextLine *line);

/* like-digits.c: the digits of a page, held against each other: both models may take one
 * that its face draws oddly for another, and so may they all who know no face.
 * digit_shapes_new: room for what follows; owned
 * digit_shapes_take: adds those of @line, as it is read, with their shapes in @picture.
 *     @classifier: may be NULL: nothing then; @line: kept, until like_digits_doubt()
 * like_digits_doubt: nobody is sure of a digit that looks unlike the others of its number
 *     that were read as it was, or that has the shape of another one on the page. It is
 *     never changed, and where digits are not where their line has them nothing is. */
GArray *digit_shapes_new(void);
void digit_shapes_take(GArray *shapes, const Classifier *classifier, LinePicture *picture,
                       TextLine *line);
void like_digits_doubt(GArray *shapes);

/* hand-numbers.c: what on @lines (TextLine *), whose traces are settled, may be numbers
 * by hand, read by the model for those. Where the models have none nothing happens.
 * Returns: false with READING_ERROR_ENGINE */
bool hand_numbers_read(const Reader *reader, const GPtrArray *lines, GError **error);

/* hand-words.c: those of @lines (TextLine *), whose traces are settled, that may be by
 * hand, read by the model for words by hand. Where the models have none nothing happens.
 * Returns: false with READING_ERROR_ENGINE */
bool hand_words_read(const Reader *reader, const GPtrArray *lines, GError **error);

/* line_may_be_by_hand: whether the model for words by hand is asked what @line says.
 * @is_page_written: of these two: then all is but what is plainly print */
bool line_may_be_by_hand(const TextLine *line, bool is_page_written);

/* lines_are_untraced: whether of so many of @lines nobody can tell the characters apart,
 * and they were read badly too, that their page is by hand for all that is known. */
bool lines_are_untraced(const GPtrArray *lines);

/* hand-odds.c: lines_are_written: whether so many of @lines (TextLine *) are by hand that
 * anything on their page may be. */
bool lines_are_written(const GPtrArray *lines);
/* line_hand_odds: glyphs_hand_odds() of all of @line. */
guint line_hand_odds(const TextLine *line, double *odds);
/* text_line_is_read: it was recognised, and here. */
bool text_line_is_read(const TextLine *line);

/* hand_number_next: the next piece of @line that may be a number by hand: a row of
 * digits, of what belongs to dates and amounts, and of characters whose ink is no print.
 * @is_page_written: whether other lines of the page are by hand: then a digit or two are
 *     one whatever their own ink says
 * @from: in and out: where to look from, and the piece's first glyph
 * @to: out: behind its last
 * Returns: false where there is none any more */
bool hand_number_next(const TextLine *line, bool is_page_written, guint *from, guint *to);

/* third-opinion.c: where two readings of one line differ, or doubt a character, the
 * characters' shapes decide: two of three against one are right, all three are sure.
 * @picture: the line as both read it
 * @first, @second: both readings; texts, glyphs and confidences are changed to what is
 * known then. What was read before is among a changed character's choices. */
void third_opinion(const Classifier *classifier, LinePicture *picture, TextLine *first,
                   TextLine *second);

/* shapes_text: @first with its characters as their shapes say, but where both readings
 * say the same and are sure of it. Where the readings lean on what words are usual, as in
 * firms' names, this is a third reading that does not.
 * Returns: owned; NULL where its characters cannot be told apart */
char *shapes_text(const Classifier *classifier, LinePicture *picture,
                  const TextLine *first, const TextLine *second);

/* shapes_bear_out: whether the shapes of all characters of @line that its model read less
 * surely than @sure, or of a number that is digits alone, say the same as it did: two
 * that err apart are enough, and a second reading costs what the first did. They are as
 * sure then as two that agree. Of 11,400 Chinese characters so borne out 3 were wrong,
 * all of which the other model read wrong as well; of 3,598 digits none. Marks in
 * sentences are not asked for where the model is nearly sure of them.
 * @sure: 0..1 */
bool shapes_bear_out(const Classifier *classifier, LinePicture *picture, TextLine *line,
                     double sure, bool is_number);

/* apart.c: the only long number among the words of a line. */
typedef struct {
    guint from, to; /* its glyphs, @to excluded */
    Rect box_px;    /* the ink between the gaps around it */
} Number;

/* number_apart: whether @line, which is read, has a number of NUMBER_MIN_DIGITS or more
 * that stands apart from its other words, as what is typed into a blank does.
 * @ink: 1 bpp, the page's; @number: out */
bool number_apart(const TextLine *line, PIX *ink, Number *number);
/* number_take: put what was read of @number alone in its place.
 * @alone: digits only; its glyphs are copied. @other: what the other model read of it
 * alone. It is the line's second text as well where one of the readings of the whole line
 * has the number so, and else the line's own text as it was, which then differs. */
void number_take(TextLine *line, const Number *number, const TextLine *alone,
                 const char *other);
bool is_number_alone(const char *text);

/* read-boxes.c: the tick boxes of a page whose lines are read: those of the layout, and
 * those that were read, or stand in a column with such, and were not found by their ink.
 * What was read and has no frame has no squareness, and the ink of its core.
 * @lines: TextLine *; borrowed
 * Returns: BoxMark, owned */
GArray *boxes_with_read(const Sheet *sheet, const Layout *layout, const GPtrArray *lines);

/* gaps.c: marks_on: pieces on @line whose strokes are thicker than its print, and slant
 *     as ticks do; where there are such, what is left of the frames of the others, too.
 *     @line: read. Returns: Rect, owned
 * gaps_find: the gaps before words of cells in which some ink stands, and what that is:
 * for options whose tick boxes nobody finds. Ticked: thick slanting strokes; empty:
 * dashes of a frame; their ink: what of it slants, in squares as wide as a character.
 * @layout: its ink, cells; @lines: TextLine *, those of @layout, read; of those that were
 *     read without boxes as well, that
 * Returns: TickMark without squareness, each ending where its word begins; owned */
GArray *marks_on(const Layout *layout, const TextLine *line);
GArray *gaps_find(const Layout *layout, const GPtrArray *lines);

/* page.c: take_doubts: where both readings say the same, a character of @line is as sure
 * as the less sure of them says: of 1312 lines on which both agreed 14 were wrong; of the
 * 993 whose every character both gave 0.93 or more, 2, and of the 1092 where the first
 * did, 5 (models/README.md). */
void take_doubts(TextLine *line, const TextLine *second);
