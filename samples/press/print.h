/* SPDX-License-Identifier: GPL-3.0-or-later */
/* print.h - a print: how one office typed the form again. The words stay, all else moves.
 */
#pragma once
#include "dice.h"
#include "faces.h"
#include "flow.h"
#include "part.h"

/* Where the form's first page ends. */
typedef enum {
    BREAK_AFTER_HEATING,   /* in 居民, between 采暖 and 生活热水 */
    BREAK_AFTER_HEAT_TIME, /* between 用热时间 and 性质 */
    BREAK_AFTER_GAS_HEAD,  /* between 用气报装登记 and 项目内容 */
    BREAK_BEFORE_GAS,      /* before 用气报装登记 */
    BREAK_BEFORE_HEAT,     /* before 用暖报装登记 */
    BREAK_BEFORE_OTHER,    /* before 其他要求, where room allows */
} PageBreak;

/* The hand-set part of a print; the rest is drawn by lot from seed and name. */
typedef struct {
    const char *name;
    Part part;
    FaceKind label_kind;
    double label_size_pt;
    double fill_size_pt;
    PageBreak page_break;
    Align label_align; /* of labels; ALIGN_JUSTIFY spreads two-character ones (姓　名) */
    gboolean box_is_glyph;
    gboolean box_after; /* boxes after the option everywhere, not only under 通信 */
    gboolean has_blank_rule; /* a line under ____千瓦 and such */
    gboolean half_width;     /* half-width brackets and colons */
    const char *square_metre, *cubic_metre;
    double outer_mm, inner_mm; /* thickness of frame and rules */
} PrintBase;

typedef struct {
    const PrintBase *base;
    const char *label_face, *fill_face; /* static */
    double label_size_pt, fill_size_pt, title_size_pt;
    double left_mm, right_mm, top_mm, bottom_mm; /* margins */
    double row_mm;                               /* least height of a row */
    double padding_mm;                           /* left and right in a cell */
    double outer_mm, inner_mm;
    BoxStyle box;
    double option_gap_mm, box_gap_mm;
    double blank_mm;      /* width of ____ */
    double date_blank_mm; /* width between 年 and 月 */
    double column_shift;  /* -1 .. 1, moves the columns a little */
    gboolean title_bold, title_in_two, has_attachment_mark, section_bold, section_shaded;
    gboolean district_in_two, vat_in_two, id_in_two, uses_careful_word, has_well_slip;
    gboolean telecom_in_one_cell, number_is_comma, has_tight_labels;
    int footer; /* 0 none, 1 "- 1 -", 2 "第 1 页 共 2 页" */
    Align section_align, fill_align;
    double fill_drop_mm; /* typed values stand this much low */
} Print;

/* print_choose: a print of @part. @number: which, any number; @dice: only for the fill's
 * face. Returns: a value, nothing to free */
Print print_choose(Part part, int number, guint64 seed, Dice *dice);

/* print_bases: all prints, for listing; the last has name NULL. */
const PrintBase *print_bases(void);
