/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flow.h - what stands in one cell of a form: printed words, tick boxes, blanks to be
 * filled, typed values, a place for a signature; broken into lines and set in the cell.
 */
#pragma once
#include "dice.h"
#include "sheet.h"

typedef enum {
    TICK_NONE,   /* the box stays empty */
    TICK_CHECK,  /* ☑: a neat check inside the box */
    TICK_FILLED, /* ■ */
    TICK_TYPED,  /* √ typed over the box */
    TICK_PEN,    /* √ drawn with a pen, leaving the box */
    TICK_CROSS,  /* × drawn with a pen */
    TICK_LARGE,  /* √ as people make it who look at the label, not at the box */
    TICK_SHADED, /* the box filled with strokes of a pen */
    TICK_RING,   /* a ring about the box */
} TickStyle;

/* How tick boxes look on one print. */
typedef struct {
    double size_mm;    /* side of the box */
    double line_mm;    /* its thickness */
    gboolean is_glyph; /* the character □ of @glyph_face instead of a drawn square */
    const char *glyph_face; /* borrowed */
} BoxStyle;

/* How a person ticks. */
typedef struct {
    TickStyle style;
    double pen_mm; /* 0.3 .. 0.7 */
    Colour colour;
} TickHand;

typedef struct Flow Flow;

/* flow_new: an empty cell. Returns: owned; free with flow_free */
Flow *flow_new(void);
void flow_free(Flow *flow);

/* flow_text: words that may be broken into lines between any two Chinese characters.
 * @drop_mm: how far below the line they stand (typed values often miss it); 0 for none */
void flow_text(Flow *flow, const Type *type, const char *text, double drop_mm);
/* flow_solid: words that stay on one line while they fit. */
void flow_solid(Flow *flow, const Type *type, const char *text);
void flow_gap(Flow *flow, double width_mm);
void flow_break(Flow *flow);
/* flow_glue: no line may begin with what is added next. */
void flow_glue(Flow *flow);
/* flow_tick_box: a tick box; @hand is NULL where it is not ticked. Both borrowed until
 * the flow is freed. The box stays on one line with what follows (@glued_to_next) or
 * stands before it. */
void flow_tick_box(Flow *flow, const BoxStyle *box, const TickHand *hand,
                   gboolean glued_to_next);
/* flow_blank: a blank at least @width_mm wide, @value (NULL for none) centred in it.
 * @rule_mm: thickness of the line under it, 0 for none */
void flow_blank(Flow *flow, const Type *type, const char *value, double width_mm,
                double rule_mm, double drop_mm);
/* flow_signature: a place for signing; @name NULL leaves it empty. @pen: the ink. */
void flow_signature(Flow *flow, const Type *pen, const char *name, double width_mm,
                    double rule_mm);

/* flow_height: height in mm of the lines when set @width_mm wide at @pitch_mm line
 * distance. */
double flow_height(Flow *flow, const Sheet *sheet, double width_mm, double pitch_mm);

/* flow_draw: set the cell in @box. @is_top: from the top instead of centred up and down.
 * @dice: for the pen's chance; borrowed */
void flow_draw(Flow *flow, Sheet *sheet, Box box, Align align, double pitch_mm,
               gboolean is_top, Dice *dice);

/* flow_natural_width: width in mm of the flow set on one line. */
double flow_natural_width(Flow *flow, const Sheet *sheet);
