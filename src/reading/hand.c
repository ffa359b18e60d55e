/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the ink of a line is from print: shapes unlike any face, and characters that
 * stand uneven. What is printed is alike in both, whatever the face. */
#include "reading/private.h"

#include "base/numbers.h"

/* How much of the way from paper to a line's darkest ink is ink. */
#define PAPER 255
#define INK_SHARE 0.45
#define DARKEST_RANK 0.03F
/* A page's print is as unlike the shapes learnt as its better lines are: labels are more
 * than values. Of 180 worn pages of print 8 in 10 lay between these; above, much of the
 * page is no print. */
#define PRINT_RANK 0.3
#define PRINT_LEAST 4.3
#define PRINT_MOST 5.0
#define PRINT_USUAL 4.6
#define PRINT_MIN_LINES 5
/* So many of the lines that are known beforehand tell what the page's print is like; more
 * of them say the same. */
#define KNOWN_TRACED 12

/* below which grey a pixel of @pix is ink */
static int ink_level(PIX *pix)
{
    l_uint32 darkest = 0;
    if (pixGetRankValue(pix, 1, DARKEST_RANK, &darkest) != 0)
        return PAPER - (int)(INK_SHARE * PAPER);
    return PAPER - (int)(INK_SHARE * (PAPER - (int)darkest));
}

/* the rows of @ink within @place that have any. Returns: false where none has */
static bool rows_of_ink(PIX *ink, Rect place, HandTrace *trace)
{
    g_autoptr(BOX) clip = boxCreate(place.x, place.y, place.width, place.height);
    g_autoptr(PIX) part = pixClipRectangle(ink, clip, NULL);
    g_autoptr(BOX) tight = NULL;
    l_int32 y = 0, height = 0;
    if (part == NULL || pixClipToForeground(part, NULL, &tight) != 0 || tight == NULL)
        return false;
    boxGetGeometry(tight, NULL, &y, NULL, &height);
    trace->top = (place.y + y) / (double)LOOK_HEIGHT_PX;
    trace->bottom = (place.y + y + height) / (double)LOOK_HEIGHT_PX;
    return true;
}

void hand_trace(const Classifier *classifier, LinePicture *picture, TextLine *line)
{
    const Rect *places = line_places(picture, line);
    line->is_untraced = places == NULL;
    if (places == NULL || classifier == NULL)
        return;
    g_autoptr(PIX) ink = pixThresholdToBinary(picture->pix, ink_level(picture->pix));
    for (guint i = 0; ink != NULL && i < line->glyphs->len; i++) {
        Glyph *glyph = &g_array_index(line->glyphs, Glyph, i);
        gunichar character = g_utf8_get_char(glyph->text);
        ClassifierLook look;
        ClassifierKind kind = classifier_kind_of(character);
        if (kind == CLASSIFIER_KINDS ||
            (kind == AMONG_DIGITS && character_is_parted(picture->pix, places[i])) ||
            !rows_of_ink(ink, places[i], &glyph->trace) ||
            !line_look(classifier, picture, i, &look))
            continue;
        double distance = classifier_distance(classifier, &look, character);
        glyph->trace.is_there = isfinite(distance);
        glyph->trace.unlike = glyph->trace.is_there ? log(MAX(1, distance)) : 0;
    }
}

/* the mean of what is there of @line; false where there are fewer than two */
static bool mean_unlike(const TextLine *line, double *mean)
{
    double sum = 0;
    int count = 0;
    for (guint i = 0; line->glyphs != NULL && i < line->glyphs->len; i++) {
        const HandTrace *trace = &g_array_index(line->glyphs, Glyph, i).trace;
        sum += trace->is_there ? trace->unlike : 0;
        count += trace->is_there;
    }
    *mean = count > 0 ? sum / count : 0;
    return count >= 2;
}

double *hand_standing(const GPtrArray *known, guint count)
{
    double *standing = g_new(double, (gsize)count + 1);
    g_autoptr(GArray) places = g_array_new(false, false, sizeof(guint));
    for (guint i = 0; i < count; i++) {
        const TextLine *line = known != NULL && i < known->len ? known->pdata[i] : NULL;
        standing[i] = line == NULL;
        if (line != NULL && !line->is_from_file && !line->is_skipped)
            g_array_append_val(places, i);
    }
    guint traced = MIN(places->len, KNOWN_TRACED);
    for (guint k = 0; k < traced; k++) {
        guint place = (2 * k + 1) * places->len / (2 * traced);
        standing[g_array_index(places, guint, place)] = (double)places->len / traced;
    }
    return standing;
}

typedef struct {
    double mean, standing;
} PrintLine;

static int by_mean(gconstpointer a, gconstpointer b)
{
    return doubles_compare(&((const PrintLine *)a)->mean, &((const PrintLine *)b)->mean);
}

/* how unlike the shapes learnt the page's print is */
static double print_of(const GPtrArray *lines, const double *standing)
{
    g_autoptr(GArray) found = g_array_new(false, false, sizeof(PrintLine));
    double all = 0, below = 0;
    for (guint i = 0; i < lines->len; i++) {
        PrintLine line = {.standing = standing != NULL ? standing[i] : 1};
        if (line.standing <= 0 || !mean_unlike(lines->pdata[i], &line.mean))
            continue;
        g_array_append_val(found, line);
        all += line.standing;
    }
    if (all < PRINT_MIN_LINES)
        return PRINT_USUAL;
    g_array_sort(found, by_mean);
    guint at = 0;
    for (; at + 1 < found->len; at++) {
        below += g_array_index(found, PrintLine, at).standing;
        if (below > PRINT_RANK * (all - 1))
            break;
    }
    return g_array_index(found, PrintLine, at).mean;
}

void hand_traces_settle(const GPtrArray *lines, const double *standing)
{
    double print = CLAMP(print_of(lines, standing), PRINT_LEAST, PRINT_MOST);
    for (guint i = 0; i < lines->len; i++) {
        TextLine *line = lines->pdata[i];
        for (guint k = 0; line->glyphs != NULL && k < line->glyphs->len; k++) {
            HandTrace *trace = &g_array_index(line->glyphs, Glyph, k).trace;
            if (trace->is_there)
                trace->unlike -= print;
        }
    }
}
