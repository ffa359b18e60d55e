/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is there ink where one signs? Print (the label, a line to sign on, 年 月 日 and the
 * date's digits) is no signature. */
#include "papers/private.h"

#include "base/text.h"

/* Ink smaller than this is dirt, larger than that surely somebody's; between: doubt. */
#define DIRT_MM 2.5
#define SURE_MM 4.0

static double mm_of(int px, const PageReading *page)
{
    return px * MM_PER_INCH / page->dpi;
}

/* The line of @block that carries the field's label (签字), and where the label ends. */
static const TextLine *label_line(const Block *block, GStrv labels, int *end_glyph)
{
    for (guint i = 0; i < block->lines->len; i++)
        for (guint k = 0; labels[k] != NULL; k++) {
            const TextLine *line = block->lines->pdata[i];
            g_auto(Run) run = {0};
            int start, end;
            run_init(&run);
            run_add_line(&run, line);
            /* 签字 in the middle of a sentence is not where one signs */
            if (run_find(&run, labels[k], 0, label_tolerance(labels[k]), &start, &end) < 0 ||
                start > 3)
                continue;
            *end_glyph = g_array_index(run.refs, GlyphRef, end - 1).glyph + 1;
            return line;
        }
    return NULL;
}

static bool is_print(const char *glyph)
{
    static const char *const printed[] = {"年", "月", "日", ":", "：", "_", "-", "—",
                                          "一", ".", "。", "、", ",", "，", NULL};
    for (int i = 0; printed[i] != NULL; i++)
        if (strcmp(glyph, printed[i]) == 0)
            return true;
    return g_ascii_isdigit(glyph[0]);
}

/* The largest side in mm of ink on @line, from glyph @from on, that is no print. */
static double foreign_ink_mm(const TextLine *line, int from, const PageReading *page)
{
    Rect foreign = {0};
    int count = line->glyphs != NULL ? (int)line->glyphs->len : 0;
    for (int i = from; i < count; i++) {
        const Glyph *glyph = &g_array_index(line->glyphs, Glyph, i);
        if (!is_print(glyph->text))
            foreign = rect_union(foreign, glyph->box_px);
    }
    /* ink that recognition makes nothing of at all */
    if (count == 0 && line->box_px.height > 0 && mm_of(line->box_px.height, page) >= 2)
        foreign = line->box_px;
    return mm_of(MAX(foreign.width, foreign.height), page);
}

/* Whether a line holds a printed date or sentence and no hand's ink. */
static bool is_below(const TextLine *line, const TextLine *label)
{
    return line->box_px.y > label->box_px.y - label->box_px.height;
}

void field_take_presence(PaperField *field, const Block *block, const Sheets *sheets)
{
    const PageReading *page = sheets->pages->pdata[block->page];
    int end_glyph = 0;
    const TextLine *label = label_line(block, field->decl->labels, &end_glyph);
    static const char *const present[] = {"present", NULL}, *const absent[] = {"absent", NULL};
    double largest_mm = 0;
    Rect where = {0};
    if (label == NULL)
        return;
    field->is_found = true;
    for (guint i = 0; i < block->lines->len; i++) {
        const TextLine *line = block->lines->pdata[i];
        if (!is_below(line, label))
            continue;
        double ink_mm = foreign_ink_mm(line, line == label ? end_glyph : 0, page);
        if (ink_mm > largest_mm) {
            largest_mm = ink_mm;
            where = line->box_px;
        }
    }
    for (guint i = 0; i < page->loose->len; i++) {
        const LooseInk *ink = &g_array_index(page->loose, LooseInk, i);
        double ink_mm = mm_of(MAX(ink->box_px.width, ink->box_px.height), page);
        bool is_flat = mm_of(MIN(ink->box_px.width, ink->box_px.height), page) < 0.8;
        if (ink->cell == block->cell && !is_flat && ink_mm > largest_mm &&
            rect_bottom(ink->box_px) > label->box_px.y - label->box_px.height) {
            largest_mm = ink_mm;
            where = ink->box_px;
        }
    }
    bool is_present = largest_mm >= SURE_MM;
    bool is_doubtful = !is_present && largest_mm >= DIRT_MM;
    if (!is_doubtful)
        field->ticked = g_strdupv((char **)(is_present ? present : absent));
    else
        field->unsure = g_strdupv((char **)present);
    field->confidence = is_doubtful ? 0.5 : 1;
    if (largest_mm >= DIRT_MM)
        field_add_ink(field, block->page, where, "", field->confidence);
}
