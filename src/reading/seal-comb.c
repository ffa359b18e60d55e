/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the characters of a seal stand. They are spread evenly along its ring, so that
 * those which are clear tell where those stand that print crosses. */
#include "reading/seal-ring.h"

#include "base/numbers.h"

/* From one character to the next, of their height: close for the longest names, far
 * apart for the shortest. */
static const double MIN_STEP_SHARE = 0.55, MAX_STEP_SHARE = 3.0;
#define STEP_FACTOR 1.004
#define PHASES 48
/* A character's ink lies within so much of a step around its middle, and so much around
 * the middle between two is white. */
static const double CHARACTER_SHARE = 0.30, BETWEEN_SHARE = 0.08, AROUND_SHARE = 0.15,
                    CENTRE_SHARE = 0.05;
/* Columns with less ink than the first are white, places with less than the second empty:
 * single strokes (一) have little. */
static const double WHITE = 0.04, EMPTY = 0.06;
/* So many of the gaps must be white, and of the places full. */
static const double MIN_WHITE_SHARE = 0.55;
/* Of two steps that both fit, the one has characters with white middles. */
static const double HOLLOW_COST = 0.7, BLUR_COST = 0.6, BLANK_COST = 1.0;
#define MIN_CHARACTERS 4
#define MAX_BEYOND 2

typedef struct {
    double sums[2 * COMB_COLUMNS + 1]; /* of the ink, twice around */
} Profile;

/* What is below 0 is cut off anyway: rounding has no need of a call, and this is asked a
 * million times for a seal. */
static int rounded(double at)
{
    return (int)(at + 0.5);
}

static double mean_between(const Profile *profile, double from, double to)
{
    int a = CLAMP(rounded(from), 0, 2 * COMB_COLUMNS - 1);
    int b = CLAMP(rounded(to), a + 1, 2 * COMB_COLUMNS);
    return (profile->sums[b] - profile->sums[a]) / (b - a);
}

static double mean_around(const Profile *profile, double middle, double reach)
{
    middle += COMB_COLUMNS / 2.0;
    return mean_between(profile, middle - reach, middle + reach + 1);
}

typedef struct {
    int first, last; /* places that are full */
    double fit;
} Teeth;

/* How well characters every @step columns from @start on explain the ink. */
static Teeth teeth_at(const Profile *profile, double start, double step)
{
    Teeth teeth = {-1, -1, 0};
    int places = MIN(COMB_MAX, (int)((COMB_COLUMNS - 1 - start) / step) + 1);
    int full = 0, white = 0, hollow = 0;
    double blur = 0;
    for (int i = 0; i < places; i++)
        if (mean_around(profile, start + i * step, CHARACTER_SHARE * step) >= EMPTY) {
            teeth.first = teeth.first < 0 ? i : teeth.first;
            teeth.last = i;
            full++;
        }
    while (teeth.last > teeth.first &&
           (teeth.last - teeth.first + 1) * step > COMB_COLUMNS)
        teeth.last--;
    int count = teeth.last - teeth.first + 1;
    if (teeth.first < 0 || count < MIN_CHARACTERS)
        return teeth;
    for (int i = teeth.first - 1; i <= teeth.last; i++) {
        double gap = start + (i + 0.5) * step;
        white += mean_around(profile, gap, BETWEEN_SHARE * step) < WHITE;
        blur += mean_around(profile, gap, AROUND_SHARE * step);
        if (i >= teeth.first)
            hollow += mean_around(profile, start + i * step, CENTRE_SHARE * step) < WHITE;
    }
    double gaps = count + 1;
    if (white < MIN_WHITE_SHARE * gaps)
        return teeth;
    teeth.fit = white / gaps - BLANK_COST * (count - full) / count -
                HOLLOW_COST * hollow / count - BLUR_COST * blur / gaps;
    return teeth;
}

/* How far the ink of one character goes to both sides of @middle, within half a step;
 * @before, @behind: out, columns. Returns: false where there is none */
static bool ink_extent(const Profile *profile, double middle, double step, double *before,
                       double *behind)
{
    bool is_found = false;
    for (double d = -step / 2; d <= step / 2; d += 1) {
        if (mean_around(profile, middle + d, 0) < WHITE)
            continue;
        *before = is_found ? *before : -d;
        *behind = d;
        is_found = true;
    }
    return is_found;
}

/* Moves @start and @step so that characters stand in the middle of their places: the line
 * through the middles of their ink by medians (Theil, 1950; Sen, 1968), since print moves
 * some far. Returns: half the width that half of them keep within */
static double centre_teeth(const Profile *profile, const Teeth *teeth, double *start,
                           double *step)
{
    double offs[COMB_MAX], at[COMB_MAX], reaches[COMB_MAX];
    double slopes[COMB_MAX * COMB_MAX / 2];
    int count = 0, pairs = 0;
    for (int i = teeth->first; i <= teeth->last; i++) {
        double before = 0, behind = 0;
        if (!ink_extent(profile, *start + i * *step, *step, &before, &behind))
            continue;
        at[count] = i;
        offs[count] = (behind - before) / 2;
        reaches[count++] = (behind + before + 1) / 2;
    }
    if (count < 2)
        return *step / 2;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < i; k++)
            slopes[pairs++] = (offs[i] - offs[k]) / (at[i] - at[k]);
    double slope = doubles_median(slopes, pairs);
    for (int i = 0; i < count; i++)
        offs[i] -= slope * at[i];
    *start += doubles_median(offs, count);
    *step += slope;
    qsort(reaches, (size_t)count, sizeof reaches[0], doubles_compare);
    return reaches[count / 2];
}

/* Whether place @i from @start on is full, and white parts it from the one towards
 * @inwards. */
static bool goes_on(const Profile *profile, double start, double step, int i, int inwards)
{
    double middle = start + i * step, gap = middle + inwards * step / 2;
    return gap > -COMB_COLUMNS / 2.0 + step && gap < COMB_COLUMNS * 1.5 - step &&
           mean_around(profile, gap, BETWEEN_SHARE * step) < WHITE &&
           mean_around(profile, middle, CHARACTER_SHARE * step) >= EMPTY;
}

/* The words may reach over where the ring was taken to begin. */
static void reach_over(const Profile *profile, double start, double step, Teeth *teeth)
{
    for (int i = 0; i < MAX_BEYOND; i++) {
        bool has_room = (teeth->last - teeth->first + 2) * step <= COMB_COLUMNS &&
                        teeth->last - teeth->first + 2 <= COMB_MAX;
        if (has_room && goes_on(profile, start, step, teeth->last + 1, -1))
            teeth->last++;
        else if (has_room && goes_on(profile, start, step, teeth->first - 1, 1))
            teeth->first--;
    }
}

/* The middle of the longest run of places that white parts, in columns. */
static double clean_middle(const Profile *profile, const Teeth *teeth, double start,
                           double step)
{
    int longest = 0, run = 0, end = teeth->first;
    for (int i = teeth->first; i <= teeth->last; i++) {
        double gap = start + (i - 0.5) * step;
        run = mean_around(profile, gap, BETWEEN_SHARE * step) < WHITE ? run + 1 : 1;
        if (run > longest) {
            longest = run;
            end = i;
        }
    }
    return start + (end - (longest - 1) / 2.0) * step;
}

bool comb_find(const double *ink, double height_rad, Comb *comb)
{
    Profile profile = {{0}};
    Teeth best = {-1, -1, 0};
    double best_start = 0, best_step = 0, column_rad = 2 * G_PI / COMB_COLUMNS;
    /* half a turn before and behind, since characters reach over the beginning */
    for (int i = 0; i < 2 * COMB_COLUMNS; i++)
        profile.sums[i + 1] =
            profile.sums[i] + ink[(i + COMB_COLUMNS / 2) % COMB_COLUMNS];
    double most = MAX_STEP_SHARE * height_rad / column_rad;
    for (double step = MIN_STEP_SHARE * height_rad / column_rad; step < most;
         step *= STEP_FACTOR)
        for (int phase = 0; phase < PHASES; phase++) {
            double start = step * phase / PHASES;
            Teeth teeth = teeth_at(&profile, start, step);
            if (teeth.fit > best.fit) {
                best = teeth;
                best_start = start;
                best_step = step;
            }
        }
    if (best.fit <= 0)
        return false;
    reach_over(&profile, best_start, best_step, &best);
    double reach = centre_teeth(&profile, &best, &best_start, &best_step);
    *comb = (Comb){best.last - best.first + 1,
                   (best_start + best.first * best_step + 0.5) * column_rad,
                   best_step * column_rad,
                   2 * reach * column_rad,
                   best.fit,
                   clean_middle(&profile, &best, best_start, best_step) * column_rad};
    return true;
}
