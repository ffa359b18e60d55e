/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digits that a lifted seal lay on. A stroke that went with the seal makes 5 of 6, and
 * both models read what is left: only the shape tells that something is missing. */
#include "reading/private.h"

/* Less of a digit's box than this under a seal takes no stroke away. */
static const double COVERED_SHARE = 0.05;
/* Of 74 covered digits that were read right 67 were so near to their shape, and so much
 * nearer to it than to any other. A 6 without its left fifth to half is a 5 that leads by
 * 46 to 105. */
static const double MAX_DISTANCE = 550.0, LEAD = 110.0;
static const double DOUBTED = 0.5;

/* whether the ink of character @i has the shape of the digit it was read as */
static bool is_borne_out(const Classifier *classifier, LinePicture *picture, guint i,
                         gunichar digit)
{
    ClassifierLook look;
    if (picture->places == NULL || !line_look(classifier, picture, i, &look))
        return false;
    classifier_search(classifier, AMONG_DIGITS, &look);
    return look.nearest[0].character == digit &&
           look.nearest[0].distance <= MAX_DISTANCE &&
           look.nearest[1].distance - look.nearest[0].distance >= LEAD;
}

void covered_digits_doubt(const Classifier *classifier, PIX *seal, LinePicture *picture,
                          TextLine *line)
{
    if (classifier == NULL || seal == NULL)
        return;
    line_places(picture, line);
    for (guint i = 0; i < line->glyphs->len; i++) {
        Glyph *glyph = &g_array_index(line->glyphs, Glyph, i);
        if (g_ascii_isdigit(*glyph->text) &&
            ink_share(seal, glyph->box_px) >= COVERED_SHARE &&
            !is_borne_out(classifier, picture, i, (gunichar)*glyph->text))
            glyph->confidence = MIN(glyph->confidence, DOUBTED);
    }
    text_line_summarise(line);
}
