/* SPDX-License-Identifier: GPL-3.0-or-later */
/* papers/private.h - between the files of this room. */
#pragma once
#include "papers/papers.h"

/* One character of a run and where it stands. */
typedef struct {
    const TextLine *line; /* borrowed */
    int glyph;            /* index into its glyphs */
} GlyphRef;

/* Lines as one string of bare characters (text_bare: letters, digits, Han), each with
 * its glyph: what labels and options are looked for in. */
typedef struct {
    GString *bare;
    GArray *refs; /* GlyphRef, one per character of bare */
} Run;
void run_init(Run *run);
void run_clear(Run *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)
void run_add_line(Run *run, const TextLine *line);
int run_length(const Run *run); /* characters */
/* run_box: the ink of characters @start up to @end of @run. */
Rect run_box(const Run *run, int start, int end);

/* run_find: the best place of @needle in @run from character @from on.
 * @needle: as printed; compared bare
 * @max_share_wrong: 0..1 of its characters
 * @start, @end: out, character offsets
 * Returns: similarity 0..1, or -1 */
double run_find(const Run *run, const char *needle, int from, double max_share_wrong,
                int *start, int *end);

/* label_tolerance: the share of a label's characters that may be wrong: none of two, one
 * of three or four, two fifths of longer ones. */
double label_tolerance(const char *label);

/* lines_sort_by_top, lines_sort_by_left: @lines: TextLine, borrowed; sorted in place. */
void lines_sort_by_top(GPtrArray *lines);
void lines_sort_by_left(GPtrArray *lines);
/* lines_take_row: takes from @lines those in the row of the first.
 * @lines: TextLine, borrowed, sorted by top, at least one
 * Returns: owned, left to right */
GPtrArray *lines_take_row(GPtrArray *lines);

/* --- ladder.c */
/* A label that is told by its place among others. */
typedef struct {
    const FieldDecl *field;
    const TextLine *line; /* which begins with it */
    const char *label;    /* as declared */
    int characters;       /* of the line, bare, that it takes */
    bool ends_surely;     /* else the last of these may be the value's first */
    double share;         /* of these that were read as printed, 0..1 */
} Rung;
/* ladder_steps: the lines of @page that labels may begin, for every class alike.
 * Returns: owned */
GArray *ladder_steps(const PageReading *page);
/* ladder_find: the labels of @decl that stand at the beginnings of lines, one under the
 * other, in the order of its fields. Pale print loses its labels on black-and-white
 * copies, identity cards first: what is left of one alone says nothing, and four in
 * their order bear each other out.
 * Returns: Rung, owned; without any where there are too few */
GArray *ladder_find(const ClassDecl *decl, const GArray *steps);

/* A cell of the form's grid, or a line outside it. */
typedef struct {
    int page;  /* index into the pages of the pile */
    int sheet; /* which page of this paper, from 0, in the order of print */
    int cell;  /* index into the page's cells, -1: a line outside */
    int grid;
    Rect box_px;
    double left, right; /* 0..1 of the page's grids: the same column on every page */
    GPtrArray *lines;   /* const TextLine *, in reading order */
    Run run;
    const SectionDecl *section; /* it lies in; NULL: before the first heading found */
    const FieldDecl *label_of;  /* it is this field's label, or NULL */
    bool is_heading;
    bool is_other_label; /* of something that is not read */
} Block;

/* block_copy_empty: a block at the same place without lines. Returns: owned
 * block_add_line: @line: borrowed */
Block *block_copy_empty(const Block *block);
void block_add_line(Block *block, const TextLine *line);
void block_free(Block *block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Block, block_free)

/* What is known of all tick boxes of a page. */
typedef struct {
    int side_px; /* the median of width + height; 0: unknown */
    bool *
        is_of_number; /* owned; for each of the page's ticks: it is a digit of a number */
} PageBoxes;

/* page_boxes_find: of @page, borrowed. Returns: owned */
PageBoxes *page_boxes_find(const PageReading *page);
void page_boxes_free(PageBoxes *boxes);

typedef struct {
    const ClassDecl *decl;
    const GPtrArray *pages; /* PageReading * of the pile */
    const GArray *numbers;  /* guint: this paper's pages, in the order of print */
    GPtrArray *blocks;      /* Block *, page by page, in reading order */
    GPtrArray *boxes;       /* PageBoxes *, of each of pages; NULL: not needed yet */
} Sheets;

Sheets *sheets_new(const ClassDecl *decl, const GPtrArray *pages, const GArray *numbers);
void sheets_free(Sheets *sheets);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheets, sheets_free)

/* sheets_boxes: of page @page of the pile; found where first asked for. Borrowed. */
const PageBoxes *sheets_boxes(const Sheets *sheets, int page);

/* sheets_has_heading: whether the heading of section @id was found. */
bool sheets_has_heading(const Sheets *sheets, const char *id);
/* sheets_is_in_section: whether @block may hold what @field looks for: it lies in the
 * field's section, or that section's heading was not found. */
bool sheets_is_in_section(const Sheets *sheets, const Block *block,
                          const FieldDecl *field);
/* sheets_find_sections: which section every block lies in. */
void sheets_find_sections(Sheets *sheets);
/* sheets_section_areas: SectionArea per section and page. Returns: owned */
GArray *sheets_section_areas(const Sheets *sheets);
/* sheets_claim_labels: which block is whose label; each at most one field's. */
void sheets_claim_labels(Sheets *sheets);
/* block_matches_label: how well the block's text is one of @labels: 0..1, -1 not.
 * @end: out, characters of the block's run that the label takes; may be NULL */
double block_matches_label(const Block *block, GStrv labels, bool is_strict, int *end);
/* Slack at a shared rule, of the page's grid width. */
#define COLUMN_SLACK 0.012
/* block_is_before: whether @a lies on an earlier page of the print, or above @b. */
bool block_is_before(const Block *a, const Block *b);
/* block_row_overlap: whether two blocks of one page stand in one row. */
bool block_is_beside(const Block *a, const Block *b);
/* sheets_right_of: the blocks right of @label up to the next label. Owned array. */
GPtrArray *sheets_right_of(const Sheets *sheets, const Block *label);
/* sheets_label: the block that was claimed for @field, or NULL. */
Block *sheets_label(const Sheets *sheets, const FieldDecl *field);
/* sheets_table_block: where @field's row meets its column, or NULL.
 * @header: out, the column's; borrowed */
Block *sheets_table_block(const Sheets *sheets, const FieldDecl *field,
                          const Block **header);
/* table_take_column: what of @block stands under the header @column, where the rule to
 * the next column was lost: for a person to look at. */
void table_take_column(PaperField *field, const Block *block, const Block *column);
/* table_is_joined: whether @block reaches under the header of another column. */
bool table_is_joined(const Block *block, const Block *column);

/* A square is at least so good where nothing is wrong with it. */
#define FLAWLESS_SQUARENESS 0.985
/* median_px: of ints, which are sorted by it; 0 where there are none. */
int median_px(GArray *values);
/* is_choice: whether the field is ticked, not written. */
bool is_choice(const FieldDecl *decl);
/* choice_with_option: the choice field of the same section one of whose options is
 * @note's label, so that @note is what is written beside that option; or NULL. */
const FieldDecl *choice_with_option(const ClassDecl *decl, const FieldDecl *note);

/* Characters of lines that may be a value, in reading order. */
typedef struct {
    int page;
    GArray *refs;     /* GlyphRef */
    GPtrArray *whole; /* const TextLine *, lines that are in it from end to end */
    bool has_skipped;
} Span;
void span_init(Span *span, int page);
void span_clear(Span *span);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Span, span_clear)
void span_add_line(Span *span, const TextLine *line, int from_glyph, int to_glyph);

/* cards_of_page: where several cards of class @decl, whose fields have sides, are copied
 * onto @page, or a front and its back beside each other: a reading for each of them, as
 * if it were alone on the page. The lines and all else of it are @page's. Returns:
 * PageReading *, owned; NULL where there is one card, or none is told */
GPtrArray *cards_of_page(const PageReading *page, const ClassDecl *decl);

/* paper_tell_hands: which values of @paper, whose fields are read, are by hand. */
void paper_tell_hands(Paper *paper);

/* ink_take_hand_words: of @line, the part of its reading by the model for words by hand
 * that is its glyphs from @from to before @to. */
void ink_take_hand_words(Ink *ink, const TextLine *line, guint from, guint to);

/* span_drop_boxes: leaves out what tick boxes of @cell of @page were read as.
 * Returns: whether a character stays that may be one */
bool span_drop_boxes(Span *span, const PageReading *page, int cell);

/* field_take_value: turn @span into the field's inks and raw, units and hints off. */
void field_take_value(PaperField *field, const Span *span);
/* count_options: how many options of @choice stand in @blocks as printed. */
guint count_options(const GPtrArray *blocks, const FieldDecl *choice);
/* same-part.c: the part of @other, a second reading of @line, that is of its characters
 * @from .. @to - 1: by the fewest edits from one reading to the other, and where that
 * leaves open whether a character belongs to it, with it.
 * Returns: owned; NULL where they are too long */
char *part_of_other(const TextLine *line, guint from, guint to, const char *other);

/* field_take_choices: ticks and options in @blocks (on one page). */
void field_take_choices(PaperField *field, const GPtrArray *blocks, const Sheets *sheets);
/* field_take_presence: is there ink where one signs, in @block right of or under the
 * field's label? */
void field_take_presence(PaperField *field, const Block *block, const Sheets *sheets);

/* field_take_presence_beside: the same in the rest of the row behind @label, whose last
 * glyph is before @end_glyph; for papers without a grid. */
void field_take_presence_beside(PaperField *field, const PageReading *page,
                                int page_number, const TextLine *label, int end_glyph);

/* clear_strokes_behind / _before: ink on or near a seal that is none of it and, by its
 * size and place, no print: behind the label in its row, up to the date; where the label
 * was not read, in the row of the date, behind the room that the label takes.
 * @label: its last glyph is before @end_glyph; @date: a line with 年, 月 or 日 of @block
 * @where: in and out, grown by what is found
 * Returns: the width of the strokes in mm, 0 where there are none */
double clear_strokes_behind(const Block *block, const PageReading *page,
                            const TextLine *label, int end_glyph, Rect *where);
double clear_strokes_before(const Block *block, const PageReading *page,
                            const TextLine *date, Rect *where);

/* Where one signs, in heights of the print around it: one writes larger than is printed,
 * a printed row is at most so high, and 签字： so long. */
#define LARGER_THAN_PRINT 1.3
#define PRINTED_MAX 1.25
#define LABEL_WIDTH_HEIGHTS 2.8

static inline double mm_of(int px, const PageReading *page)
{
    return px * MM_PER_INCH / page->dpi;
}

/* page_text_height_px: the middle of the heights of the page's lines.
 * is_seal_rest: whether @line is what a seal's own small characters leave when the seal
 * is lifted: it lies within one and is lower than the page's text.
 * @text_height_px: from page_text_height_px() */
int page_text_height_px(const PageReading *page);
bool is_seal_rest(const TextLine *line, const PageReading *page, int text_height_px);

/* page_is_covered: whether a seal lies over @box_px, so that what was read there may be
 * only a part of what is written. */
bool page_is_covered(const PageReading *page, Rect box_px);
/* block_is_covered: the same of @block, or strokes that are no text. @page: the block's
 */
bool block_is_covered(const Block *block, const PageReading *page);
/* field_take_part: the characters @from .. @to - 1 of @block, with what stands between
 * them. @ticked: the page whose tick boxes are no text; NULL where boxes cannot be */
void field_take_part(PaperField *field, const Block *block, int from, int to,
                     const PageReading *ticked);
/* cell-fields.c: field_read_in_cell: the value behind its label in the cell beside the
 * header of its row, which other values share. Returns: whether it was found */
bool field_read_in_cell(PaperField *field, const Sheets *sheets);
/* field_take_seal: does a seal stand in @block? */
void field_take_seal(PaperField *field, const Block *block, const Sheets *sheets);

/* has_seal_like_ink: whether strokes are spread over @block as those of a seal that was
 * not recognised. */
bool has_seal_like_ink(const Block *block, const PageReading *page);

PaperField *paper_field_new(const FieldDecl *decl);
void field_add_ink(PaperField *field, int page, Rect box_px, const char *text,
                   double confidence);

/* form_read_fields / lines_read_fields: by cells and labels; by labels in lines alone. */
void form_read_fields(Paper *paper, Sheets *sheets);
void lines_read_fields(Paper *paper, const Sheets *sheets);
/* lines_read_field: one field by its label inside a line; for what cells did not give.
 * Returns: true where the label was found */
bool lines_read_field(PaperField *field, const Sheets *sheets);

/* text_read_field: one field by its expressions in running text. A line that is full goes
 * on in the next one; after a shorter one stands a line break, which [^\n] ends at.
 * Returns: true where one of them matched */
bool text_read_field(PaperField *field, const Sheets *sheets);

/* text_read_beside_holder: a holder's number, by its pattern, in the row of the holder's
 * name: where buyer and seller have a cell each, both numbers stand behind the same
 * words. Returns: true where it stands there */
bool text_read_beside_holder(PaperField *field, const Sheets *sheets);

/* page_goes_on: whether @page, which bids for nothing, goes on with a paper of @decl. */
bool page_goes_on(const PageReading *page, const ClassDecl *decl);

/* bids_on_page: Bid * over zero, best first. Owned. */
GPtrArray *bids_on_page(const PageReading *page, const Pipeline *pipeline);
/* page_has_title: whether a title cue of @decl stands on the page. */
bool page_has_title(const PageReading *page, const ClassDecl *decl);
/* page_is_readable: whether enough of the page's characters were read surely. */
bool page_is_readable(const PageReading *page);
