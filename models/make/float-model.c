/* SPDX-License-Identifier: GPL-3.0-or-later */
/* float-model: turns the integer network of a Tesseract language into a float one, which
 * training can go on from.
 *
 *     float-model INTEGER.lstm FLOAT.lstm
 *
 * Debian ships only integer ("fast") networks, and lstmtraining refuses those. Nothing is
 * lost that was not lost before: a weight is its integer times its row's scale.
 * The layout of the file is that of Tesseract 5.3: network.cpp, plumbing.cpp, lstm.cpp,
 * fullyconnected.cpp, weightmatrix.cpp, lstmrecognizer.cpp, each's Serialize(). */
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { MODE_INT8 = 1, MODE_DOUBLE = 128 };
enum { NETWORK_LAYER_RATES = 64 };
enum { TRAINING_INT_MODE = 1 };
#define MAX_DEPTH 16
#define MAX_CHILDREN 64
#define LSTM_GATES 5
#define GATE_2D 4 /* only networks that run over two dimensions have it */

typedef struct {
    const guchar *data;
    gsize length, at;
    GByteArray *out;
    bool is_bad;
} Copy;

static bool take(Copy *copy, void *value, gsize size)
{
    if (copy->is_bad || size > copy->length - copy->at) {
        copy->is_bad = true;
        memset(value, 0, size);
        return false;
    }
    memcpy(value, copy->data + copy->at, size);
    copy->at += size;
    return true;
}

static void put(Copy *copy, const void *value, gsize size)
{
    g_byte_array_append(copy->out, value, (guint)size);
}

static void pass(Copy *copy, gsize size)
{
    if (copy->is_bad || size > copy->length - copy->at) {
        copy->is_bad = true;
        return;
    }
    put(copy, copy->data + copy->at, size);
    copy->at += size;
}

static int32_t pass_int(Copy *copy)
{
    int32_t value = 0;
    if (take(copy, &value, sizeof value))
        put(copy, &value, sizeof value);
    return value;
}

static char *pass_string(Copy *copy)
{
    uint32_t length = (uint32_t)pass_int(copy);
    if (copy->is_bad || length > copy->length - copy->at) {
        copy->is_bad = true;
        return g_strdup("");
    }
    char *text = g_strndup((const char *)copy->data + copy->at, length);
    pass(copy, length);
    return text;
}

/* A matrix of int8 and one scale a row become a matrix of doubles. Returns its rows. */
static uint32_t matrix(Copy *copy)
{
    uint8_t mode = 0;
    uint32_t rows = 0, columns = 0, count = 0;
    int8_t empty = 0;
    take(copy, &mode, 1);
    take(copy, &rows, 4);
    take(copy, &columns, 4);
    take(copy, &empty, 1);
    gsize size = (gsize)rows * columns;
    if (copy->is_bad || !(mode & MODE_INT8) || size > copy->length - copy->at) {
        copy->is_bad = true;
        return 0;
    }
    const int8_t *weights = (const int8_t *)copy->data + copy->at;
    copy->at += size;
    take(copy, &count, 4);
    if (count != rows) {
        copy->is_bad = true;
        return 0;
    }
    uint8_t float_mode = (uint8_t)((mode & ~MODE_INT8) | MODE_DOUBLE);
    double none = 0;
    put(copy, &float_mode, 1);
    put(copy, &rows, 4);
    put(copy, &columns, 4);
    put(copy, &none, sizeof none);
    for (uint32_t r = 0; r < rows; r++) {
        double scale = 0;
        take(copy, &scale, sizeof scale);
        for (uint32_t c = 0; c < columns; c++) {
            double weight = weights[(gsize)r * columns + c] * scale;
            put(copy, &weight, sizeof weight);
        }
    }
    return rows;
}

static void network(Copy *copy, int depth);

static void plumbing(Copy *copy, int32_t flags, int depth)
{
    int32_t count = pass_int(copy);
    if (count < 0 || count > MAX_CHILDREN)
        copy->is_bad = true;
    for (int32_t i = 0; i < count && !copy->is_bad; i++)
        network(copy, depth + 1);
    if (flags & NETWORK_LAYER_RATES)
        pass(copy, (gsize)pass_int(copy) * sizeof(float));
}

static void lstm(Copy *copy, int32_t inputs)
{
    int32_t all = pass_int(copy);
    uint32_t states = 0;
    bool is_2d = false;
    for (int gate = 0; gate < LSTM_GATES && !copy->is_bad; gate++) {
        if (gate == GATE_2D && !is_2d)
            continue;
        uint32_t rows = matrix(copy);
        if (gate == 0) {
            states = rows;
            is_2d = all == inputs + 2 * (int32_t)states;
        }
    }
}

static void network(Copy *copy, int depth)
{
    static const char *const plumbings[] = {
        "Parallel", "Replicated",  "ParBidiLSTM", "DepParUDLSTM", "Par2dLSTM",
        "Series",   "RTLReversed", "TTBReversed", "XYTranspose",  NULL};
    static const char *const full[] = {"Logistic", "LinLogistic",  "LinTanh",
                                       "Tanh",     "Relu",         "Linear",
                                       "Softmax",  "SoftmaxNoCTC", NULL};
    pass(copy, 1); /* says that a name follows */
    g_autofree char *type = pass_string(copy);
    pass(copy, 2); /* whether it trains, whether it is trained through */
    int32_t flags = pass_int(copy), inputs = pass_int(copy);
    pass_int(copy); /* outputs */
    pass_int(copy); /* number of weights */
    g_autofree char *name = pass_string(copy);
    if (copy->is_bad || depth > MAX_DEPTH)
        copy->is_bad = true;
    else if (g_strv_contains(plumbings, type))
        plumbing(copy, flags, depth);
    else if (strcmp(type, "LSTM") == 0 || strcmp(type, "SummLSTM") == 0)
        lstm(copy, inputs);
    else if (g_strv_contains(full, type))
        matrix(copy);
    else if (strcmp(type, "Input") == 0)
        pass(copy, 5 * 4); /* its shape */
    else if (strcmp(type, "Convolve") == 0 || strcmp(type, "Maxpool") == 0 ||
             strcmp(type, "Reconfig") == 0)
        pass(copy, 2 * 4);
    else {
        fprintf(stderr, "float-model: a layer of type '%s' is not known\n", type);
        copy->is_bad = true;
    }
}

/* What the recogniser keeps behind its network. */
static void recogniser(Copy *copy)
{
    network(copy, 0);
    g_autofree char *specification = pass_string(copy);
    int32_t flags = 0;
    take(copy, &flags, sizeof flags);
    flags &= ~TRAINING_INT_MODE;
    put(copy, &flags, sizeof flags);
    pass(copy, copy->length - copy->at);
}

int main(int argc, char **argv)
{
    g_autofree char *data = NULL;
    gsize length = 0;
    g_autoptr(GError) error = NULL;
    if (argc != 3) {
        fprintf(stderr, "usage: float-model INTEGER.lstm FLOAT.lstm\n");
        return 2;
    }
    if (!g_file_get_contents(argv[1], &data, &length, &error)) {
        fprintf(stderr, "float-model: %s\n", error->message);
        return 1;
    }
    g_autoptr(GByteArray) out = g_byte_array_new();
    Copy copy = {(const guchar *)data, length, 0, out, false};
    recogniser(&copy);
    if (copy.is_bad) {
        fprintf(stderr, "float-model: %s: not an integer network of Tesseract 5\n",
                argv[1]);
        return 1;
    }
    if (!g_file_set_contents(argv[2], (const char *)out->data, out->len, &error)) {
        fprintf(stderr, "float-model: %s\n", error->message);
        return 1;
    }
    return 0;
}
