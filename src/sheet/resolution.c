/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many pixels there are to an inch of the paper, whatever the file says. */
#include "sheet/private.h"

typedef struct {
    double long_mm, short_mm;
} Paper;

/* ISO 216; ISO/IEC 7810 ID-1; US letter, which copiers are often left at. */
static const Paper PAPERS[] = {
    {297, 210}, {420, 297}, {210, 148}, {85.6, 54}, {279.4, 215.9},
};
static const Paper A4 = {297, 210}, A3 = {420, 297}, A5 = {210, 148}, CARD = {85.6, 54};
/* A feeder's cut and a crop by hand are this far from the paper's size. */
static const double SIZE_SHARE = 0.04, CARD_SHARE = 0.06;
/* Print people are meant to read: 6.5 to 22 points. The referee between two sizes. */
static const double TEXT_MIN_MM = 1.9, TEXT_MAX_MM = 7.0;
/* A Chinese character of 10.5 points, the commonest body text, has 3.4 mm of ink. */
static const double TEXT_USUAL_MM = 3.4;
/* On an ID card the text is 1/30 of the card's width; on a page of A4 1/60 and less. */
static const double CARD_TEXT_SHARE = 0.022;

static double text_mm(double text_px, double dpi)
{
    return text_px / dpi * MM_PER_INCH;
}

static bool is_readable(double text_px, double dpi)
{
    return text_px <= 0 ||
           (text_mm(text_px, dpi) >= TEXT_MIN_MM && text_mm(text_px, dpi) <= TEXT_MAX_MM);
}

static bool fits(double side_px, double mm, double dpi, double share)
{
    return fabs(side_px / dpi * MM_PER_INCH - mm) <= mm * share;
}

static bool is_paper(double long_px, double short_px, double dpi)
{
    for (size_t i = 0; i < G_N_ELEMENTS(PAPERS); i++)
        if (fits(long_px, PAPERS[i].long_mm, dpi, SIZE_SHARE) &&
            fits(short_px, PAPERS[i].short_mm, dpi, SIZE_SHARE))
            return true;
    return false;
}

static bool has_shape(double long_px, double short_px, Paper paper, double share)
{
    return fabs(long_px / short_px / (paper.long_mm / paper.short_mm) - 1) <= share;
}

/* the size of the A series at which the text is most like body text */
static double dpi_of_a_series(double long_px, double text_px)
{
    const Paper sizes[] = {A4, A3, A5};
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        double dpi = long_px / sizes[i].long_mm * MM_PER_INCH;
        if (is_readable(text_px, dpi))
            return dpi;
    }
    return long_px / A4.long_mm * MM_PER_INCH;
}

double resolution_believed(int width_px, int height_px, int claimed_dpi, double text_px,
                           bool *is_claim_kept)
{
    double long_px = MAX(width_px, height_px), short_px = MIN(width_px, height_px);
    bool has_claim = claimed_dpi >= 50 && claimed_dpi <= 2400;
    *is_claim_kept = false;
    if (has_claim && is_paper(long_px, short_px, claimed_dpi) &&
        is_readable(text_px, claimed_dpi)) {
        *is_claim_kept = true;
        return claimed_dpi;
    }
    if (has_shape(long_px, short_px, CARD, CARD_SHARE) &&
        (text_px > 0 ? text_px / long_px >= CARD_TEXT_SHARE : long_px < 1300))
        return long_px / CARD.long_mm * MM_PER_INCH;
    if (has_shape(long_px, short_px, A4, SIZE_SHARE))
        return dpi_of_a_series(long_px, text_px);
    double long_mm = has_claim ? long_px / claimed_dpi * MM_PER_INCH : 0;
    if (has_claim && long_mm >= 40 && long_mm <= 450 && text_px > 0 &&
        text_mm(text_px, claimed_dpi) >= 2.3 && text_mm(text_px, claimed_dpi) <= 6.0) {
        *is_claim_kept = true;
        return claimed_dpi;
    }
    /* A page of A4 that lost a margin or more, unless the text speaks against it. */
    double fitted = MAX(long_px / A4.long_mm, short_px / A4.short_mm) * MM_PER_INCH;
    if (text_px <= 0 ||
        (text_mm(text_px, fitted) >= 2.4 && text_mm(text_px, fitted) <= 5.5))
        return fitted;
    return text_px / TEXT_USUAL_MM * MM_PER_INCH;
}

/* Cards are cut with white around them, in any shape near their own. */
static const double CARD_MIN_RATIO = 1.3, CARD_MAX_RATIO = 1.75;

double resolution_of_paper(int width_px, int height_px, double text_px)
{
    double long_px = MAX(width_px, height_px), short_px = MIN(width_px, height_px);
    bool is_kept = false;
    if (text_px / long_px >= CARD_TEXT_SHARE && long_px / short_px >= CARD_MIN_RATIO &&
        long_px / short_px <= CARD_MAX_RATIO)
        return long_px / CARD.long_mm * MM_PER_INCH;
    return resolution_believed(width_px, height_px, 0, text_px, &is_kept);
}
