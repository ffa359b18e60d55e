/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares the shape of one character with the mean shapes of all. */
#include "reading/classifier.h"

#include "base/text.h"
#include "reading/reading.h"

#define MAGIC "banjie characters 1\n"
#define MAX_CHARACTERS 30000
#define LANES 8 /* axes are a multiple */
/* The first axes part characters best: who is further by these alone than what was found
 * already need not be compared by the rest. Of 100 characters 94 need not. */
#define FIRST_AXES 32
#define ROUNDING 1.0

struct Classifier {
    guint32 count, axes;
    guint32 *characters;
    float *middle;     /* CHARACTER_FEATURES */
    float *projection; /* CHARACTER_FEATURES rows of axes */
    float scale;
    gint8 *means;        /* count rows of axes */
    float *square;       /* of each mean: its squared length, scaled */
    float *first_square; /* the same of its first axes alone */
    guint32 from[CLASSIFIER_KINDS], to[CLASSIFIER_KINDS]; /* rows of each kind */
};

/* Takes @size bytes off the front of @bytes. Returns: owned; NULL where there are fewer
 */
static void *take(GBytes *bytes, gsize *at, gsize size)
{
    gsize length = 0;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    if (size > length - *at)
        return NULL;
    void *copy = g_memdup2(data + *at, size);
    *at += size;
    return copy;
}

static bool take_counts(Classifier *classifier, GBytes *bytes, gsize *at)
{
    g_autofree char *magic = take(bytes, at, strlen(MAGIC));
    g_autofree guint32 *counts = take(bytes, at, 2 * sizeof(guint32));
    if (magic == NULL || counts == NULL || memcmp(magic, MAGIC, strlen(MAGIC)) != 0)
        return false;
    classifier->count = GUINT32_FROM_LE(counts[0]);
    classifier->axes = GUINT32_FROM_LE(counts[1]);
    return classifier->count >= CLASSIFIER_MATCHES &&
           classifier->count <= MAX_CHARACTERS && classifier->axes >= 1 &&
           classifier->axes <= CLASSIFIER_MAX_AXES;
}

static bool take_tables(Classifier *classifier, GBytes *bytes, gsize *at)
{
    gsize count = classifier->count, axes = classifier->axes;
    classifier->characters = take(bytes, at, count * sizeof(guint32));
    classifier->middle = take(bytes, at, CHARACTER_FEATURES * sizeof(float));
    classifier->projection = take(bytes, at, CHARACTER_FEATURES * axes * sizeof(float));
    g_autofree float *scale = take(bytes, at, sizeof(float));
    classifier->means = take(bytes, at, count * axes);
    if (classifier->means == NULL || *at != g_bytes_get_size(bytes))
        return false;
    classifier->scale = *scale;
    return isfinite(classifier->scale) && classifier->scale > 0;
}

ClassifierKind classifier_kind_of(gunichar character)
{
    if (text_is_han(character))
        return AMONG_CHINESE;
    return character < 0x80 && g_ascii_isdigit((char)character) ? AMONG_DIGITS
                                                                : CLASSIFIER_KINDS;
}

/* Returns: false where characters are out of order or too few of a kind */
static bool find_kinds(Classifier *classifier)
{
    for (guint32 i = 0; i < classifier->count; i++) {
        if (i > 0 && classifier->characters[i] <= classifier->characters[i - 1])
            return false;
        ClassifierKind kind = classifier_kind_of(classifier->characters[i]);
        if (kind == CLASSIFIER_KINDS)
            continue;
        if (classifier->to[kind] == 0)
            classifier->from[kind] = i;
        classifier->to[kind] = i + 1;
    }
    for (int kind = 0; kind < CLASSIFIER_KINDS; kind++)
        if (classifier->to[kind] - classifier->from[kind] < CLASSIFIER_MATCHES)
            return false;
    return true;
}

static guint32 first_axes(const Classifier *classifier)
{
    return MIN(FIRST_AXES, classifier->axes);
}

static void square_means(Classifier *classifier)
{
    float scale = classifier->scale;
    classifier->square = g_new0(float, classifier->count);
    classifier->first_square = g_new0(float, classifier->count);
    for (guint32 i = 0; i < classifier->count; i++) {
        const gint8 *mean = classifier->means + (gsize)i * classifier->axes;
        int sum = 0;
        for (guint32 k = 0; k < classifier->axes; k++) {
            sum += mean[k] * mean[k];
            if (k + 1 == first_axes(classifier))
                classifier->first_square[i] = (float)sum * scale * scale;
        }
        classifier->square[i] = (float)sum * scale * scale;
    }
}

Classifier *classifier_load(const char *path, GError **error)
{
#if G_BYTE_ORDER != G_LITTLE_ENDIAN
#error "the tables are little-endian"
#endif
    g_autoptr(GError) cause = NULL;
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, false, &cause);
    if (file == NULL)
        return fail_null(error, READING_ERROR, READING_ERROR_MODEL,
                         "cannot read the classifier: %s", cause->message);
    g_autoptr(GBytes) bytes = g_mapped_file_get_bytes(file);
    g_autoptr(Classifier) classifier = g_new0(Classifier, 1);
    gsize at = 0;
    if (!take_counts(classifier, bytes, &at) || !take_tables(classifier, bytes, &at) ||
        !find_kinds(classifier))
        return fail_null(error, READING_ERROR, READING_ERROR_MODEL, "%s is no classifier",
                         path);
    square_means(classifier);
    return g_steal_pointer(&classifier);
}

void classifier_free(Classifier *classifier)
{
    if (classifier == NULL)
        return;
    g_free(classifier->characters);
    g_free(classifier->middle);
    g_free(classifier->projection);
    g_free(classifier->means);
    g_free(classifier->square);
    g_free(classifier->first_square);
    g_free(classifier);
}

static void project(const Classifier *classifier, const float *features,
                    ClassifierLook *look)
{
    memset(look->at, 0, sizeof look->at);
    for (int i = 0; i < CHARACTER_FEATURES; i++) {
        float value = features[i] - classifier->middle[i];
        const float *row = classifier->projection + (gsize)i * classifier->axes;
        for (guint32 k = 0; k < classifier->axes; k++)
            look->at[k] += value * row[k];
    }
}

/* Adds the products of axes @from..@to-1 to @sums, several at a time: the compiler must
 * not change the order of one sum. */
static void add_products(const Classifier *classifier, const ClassifierLook *look,
                         guint32 i, guint32 from, guint32 to, float sums[LANES])
{
    const gint8 *mean = classifier->means + (gsize)i * classifier->axes;
    float here[LANES];
    memcpy(here, sums, sizeof here);
    for (guint32 k = from; k < to; k += LANES)
        for (guint32 lane = 0; lane < LANES; lane++)
            here[lane] += look->at[k + lane] * mean[k + lane];
    memcpy(sums, here, sizeof here);
}

static float sum_of(const float sums[LANES])
{
    float product = 0;
    for (guint32 lane = 0; lane < LANES; lane++)
        product += sums[lane];
    return product;
}

static double distance_of(const Classifier *classifier, const ClassifierLook *look,
                          guint32 i, const float sums[LANES])
{
    return look->square + classifier->square[i] - 2 * sum_of(sums) * classifier->scale;
}

static double distance_to(const Classifier *classifier, const ClassifierLook *look,
                          guint32 i)
{
    float sums[LANES] = {0};
    add_products(classifier, look, i, 0, classifier->axes, sums);
    return distance_of(classifier, look, i, sums);
}

/* the same, where it may be less than @most; else INFINITY
 * @first_square: the squared length of @look's first axes */
static double distance_within(const Classifier *classifier, const ClassifierLook *look,
                              guint32 i, double first_square, double most)
{
    float sums[LANES] = {0};
    guint32 first = first_axes(classifier);
    add_products(classifier, look, i, 0, first, sums);
    if (first_square + classifier->first_square[i] -
            2 * sum_of(sums) * classifier->scale >
        most + ROUNDING)
        return INFINITY;
    add_products(classifier, look, i, first, classifier->axes, sums);
    return distance_of(classifier, look, i, sums);
}

bool classifier_measure(const Classifier *classifier, PIX *line, Rect box,
                        ClassifierLook *look)
{
    float features[CHARACTER_FEATURES];
    if (!character_features(line, box, features))
        return false;
    project(classifier, features, look);
    look->square = 0;
    for (guint32 k = 0; k < classifier->axes; k++)
        look->square += look->at[k] * look->at[k];
    return true;
}

void classifier_search(const Classifier *classifier, ClassifierKind kind,
                       ClassifierLook *look)
{
    double first_square = 0;
    for (guint32 k = 0; k < first_axes(classifier); k++)
        first_square += look->at[k] * look->at[k];
    for (int n = 0; n < CLASSIFIER_MATCHES; n++)
        look->nearest[n].distance = INFINITY;
    for (guint32 i = classifier->from[kind]; i < classifier->to[kind]; i++) {
        double distance = distance_within(classifier, look, i, first_square,
                                          look->nearest[CLASSIFIER_MATCHES - 1].distance);
        int n = CLASSIFIER_MATCHES;
        for (; n > 0 && distance < look->nearest[n - 1].distance; n--)
            if (n < CLASSIFIER_MATCHES)
                look->nearest[n] = look->nearest[n - 1];
        if (n == CLASSIFIER_MATCHES)
            continue;
        look->nearest[n].character = classifier->characters[i];
        look->nearest[n].distance = distance;
    }
}

double classifier_between(const ClassifierLook *a, const ClassifierLook *b)
{
    float sums[LANES] = {0};
    for (int k = 0; k < CLASSIFIER_MAX_AXES; k += LANES)
        for (int lane = 0; lane < LANES; lane++) {
            float apart = a->at[k + lane] - b->at[k + lane];
            sums[lane] += apart * apart;
        }
    return sum_of(sums);
}

static int compare_characters(const void *a, const void *b)
{
    guint32 first = *(const guint32 *)a, second = *(const guint32 *)b;
    return first < second ? -1 : first > second;
}

double classifier_distance(const Classifier *classifier, const ClassifierLook *look,
                           gunichar character)
{
    guint32 wanted = character;
    const guint32 *found = bsearch(&wanted, classifier->characters, classifier->count,
                                   sizeof wanted, compare_characters);
    if (found == NULL)
        return INFINITY;
    return distance_to(classifier, look, (guint32)(found - classifier->characters));
}
