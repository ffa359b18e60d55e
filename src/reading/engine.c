/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"
#include "base/text.h"
#include "reading/private.h"

#include <stdlib.h>
#include <tesseract/capi.h>

G_DEFINE_QUARK(reading - error - quark, reading_error)

/* Debian puts the language data here; TESSDATA_PREFIX overrides it. */
#define TESSDATA_DEFAULT "/usr/share/tesseract-ocr/5/tessdata"

/* Two models that were trained apart err apart: where both read the same from the same
 * ink, 97 of 99 lines were right; two looks of one model agree on its own mistakes
 * (measured on worn print). Each is one that was tuned to this paper (models/README.md),
 * or without that the stock one it was made from. */
enum { FIRST, OTHER, MODELS };
static const struct {
    const char *tuned, *stock, *package;
} models[MODELS] = {
    [FIRST] = {"paper-chi_sim", "chi_sim", "tesseract-ocr-chi-sim"},
    [OTHER] = {"paper-HanS", "HanS", "tesseract-ocr-script-hans"},
};

/* Where a model lies: <folder>/<name>.traineddata. */
typedef struct {
    const char *folder, *name;
} Source;

/* The characters that the tuned models learnt in addition; beside them in their folder.
 * Of 734 of these 443 were read right (models/README.md), and both models may take one
 * for the same other: none is surer than this, whatever the network says, until its shape
 * bears it out. */
#define ADDED_CHARACTERS "added-characters.txt"
#define ADDED_MAX_CONFIDENCE 0.5
/* These differ by which stroke is longer, or by where one ends. Both models wrote 周未
 * for 周末, 士 for 土 and 己 for 已, and were sure (models/README.md), and so was the
 * shape: none is ever sure enough to be accepted. */
#define TWINS "未末土士己已巳瑗瑷"
#define TWIN_MAX_CONFIDENCE 0.85

/* What was made for writing by hand; beside them in their folder. They have no stock
 * models to stand in for them. */
enum { NUMERALS, WORDS_BY_HAND, HANDS };
static const char *const hands[HANDS] = {
    [NUMERALS] = "paper-numerals", /* knows numbers alone, by hand and printed */
    [WORDS_BY_HAND] = "paper-hand",
};

/* What knows single characters by their shape; beside them in their folder. */
#define CLASSIFIER "paper-characters"

struct Engine {
    TessBaseAPI *api[MODELS];
    TessBaseAPI *hands[HANDS]; /* or NULL */
    Classifier *classifier;    /* or NULL */
    GHashTable *added;         /* gunichar as pointer */
    ReadMode mode;             /* of the first model; the other reads anything, always */
    char *model;
};

static const char *tessdata_folder(void)
{
    const char *given = g_getenv("TESSDATA_PREFIX");
    return given != NULL && *given != '\0' ? given : TESSDATA_DEFAULT;
}

static char *source_path(Source source)
{
    return g_strdup_printf("%s/%s.traineddata", source.folder, source.name);
}

static Source source_of(int model)
{
    Source tuned = {g_getenv("BANJIE_MODELS"), models[model].tuned};
    g_autofree char *path = tuned.folder != NULL ? source_path(tuned) : NULL;
    bool is_there = path != NULL && g_file_test(path, G_FILE_TEST_IS_REGULAR);
    return is_there ? tuned : (Source){tessdata_folder(), models[model].stock};
}

/* @name in the folder of tuned models. Returns: owned; NULL where there is none such */
static char *beside_models(const char *name)
{
    const char *folder = g_getenv("BANJIE_MODELS");
    g_autofree char *path = folder != NULL ? g_build_filename(folder, name, NULL) : NULL;
    bool is_there = path != NULL && g_file_test(path, G_FILE_TEST_IS_REGULAR);
    return is_there ? g_steal_pointer(&path) : NULL;
}

static GHashTable *read_added(void)
{
    GHashTable *added = g_hash_table_new(NULL, NULL);
    g_autofree char *path = beside_models(ADDED_CHARACTERS);
    g_autofree char *text = NULL;
    if (path == NULL || !g_file_get_contents(path, &text, NULL, NULL) ||
        !g_utf8_validate(text, -1, NULL))
        return added;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (text_is_han(g_utf8_get_char(p)))
            g_hash_table_add(added, GUINT_TO_POINTER(g_utf8_get_char(p)));
    return added;
}

/* Where the model of hands @hand lies. Returns: owned; NULL where it is not there */
static char *hand_path(int hand)
{
    g_autofree char *file = g_strconcat(hands[hand], ".traineddata", NULL);
    return beside_models(file);
}

char *reading_model_names(void)
{
    g_autofree char *classifier = beside_models(CLASSIFIER ".bin");
    g_autoptr(GString) names = g_string_new(NULL);
    g_string_append_printf(names, "%s+%s%s", source_of(FIRST).name, source_of(OTHER).name,
                           classifier != NULL ? "+" CLASSIFIER : "");
    for (int i = 0; i < HANDS; i++) {
        g_autofree char *path = hand_path(i);
        if (path != NULL)
            g_string_append_printf(names, "+%s", hands[i]);
    }
    return g_strdup(names->str);
}

static void add_hash(GChecksum *all, const char *path)
{
    g_autofree char *hash = path != NULL ? file_sha256(path, NULL, NULL) : NULL;
    if (hash != NULL)
        g_checksum_update(all, (const guchar *)hash, -1);
}

char *reading_model_hash(GError **error)
{
    g_autoptr(GChecksum) all = g_checksum_new(G_CHECKSUM_SHA256);
    for (int i = 0; i < MODELS; i++) {
        g_autofree char *path = source_path(source_of(i));
        g_autoptr(GError) cause = NULL;
        g_autofree char *hash = file_sha256(path, NULL, &cause);
        if (hash == NULL)
            return fail_null(error, READING_ERROR, READING_ERROR_MODEL,
                             "no language data: %s (package %s)", cause->message,
                             models[i].package);
        g_checksum_update(all, (const guchar *)hash, -1);
    }
    g_autofree char *added = beside_models(ADDED_CHARACTERS);
    g_autofree char *classifier = beside_models(CLASSIFIER ".bin");
    add_hash(all, added);
    add_hash(all, classifier);
    for (int i = 0; i < HANDS; i++) {
        g_autofree char *path = hand_path(i);
        add_hash(all, path);
    }
    return g_strdup(g_checksum_get_string(all));
}

/* Variables of the recogniser, each with why. */
static const struct {
    const char *name, *value;
} variables[] = {
    /* we cut lines ourselves; no inverting, no retries on white-on-black */
    {"tessedit_do_invert", "0"},
    /* dictionaries pull names towards common words */
    {"load_system_dawg", "0"},
    {"load_freq_dawg", "0"},
    {"debug_file", "/dev/null"},
};

/* @package: what brings the model, for the message */
static TessBaseAPI *api_new(Source source, const char *package, GError **error)
{
    TessBaseAPI *api = TessBaseAPICreate();
    if (TessBaseAPIInit2(api, source.folder, source.name, OEM_LSTM_ONLY) != 0) {
        TessBaseAPIDelete(api);
        return fail_null(error, READING_ERROR, READING_ERROR_MODEL,
                         "cannot load %s/%s.traineddata (package %s)", source.folder,
                         source.name, package);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(variables); i++)
        TessBaseAPISetVariable(api, variables[i].name, variables[i].value);
    TessBaseAPISetPageSegMode(api, PSM_RAW_LINE);
    return api;
}

/* Returns: false where a model is there and cannot be loaded */
static bool load_hands(Engine *engine, GError **error)
{
    for (int i = 0; i < HANDS; i++) {
        g_autofree char *path = hand_path(i);
        Source source = {g_getenv("BANJIE_MODELS"), hands[i]};
        if (path != NULL && (engine->hands[i] = api_new(source, "banjie", error)) == NULL)
            return false;
    }
    return true;
}

Engine *engine_new(GError **error)
{
    g_autoptr(Engine) engine = g_new0(Engine, 1);
    for (int i = 0; i < MODELS; i++)
        if ((engine->api[i] = api_new(source_of(i), models[i].package, error)) == NULL)
            return NULL;
    if (!load_hands(engine, error))
        return NULL;
    g_autofree char *classifier = beside_models(CLASSIFIER ".bin");
    if (classifier != NULL &&
        (engine->classifier = classifier_load(classifier, error)) == NULL)
        return NULL;
    engine->mode = READ_TEXT;
    engine->added = read_added();
    g_autofree char *names = reading_model_names();
    engine->model = g_strdup_printf("%s/%s", names, TessVersion());
    return g_steal_pointer(&engine);
}

static void api_free(TessBaseAPI *api)
{
    if (api == NULL)
        return;
    TessBaseAPIEnd(api);
    TessBaseAPIDelete(api);
}

void engine_free(Engine *engine)
{
    if (engine == NULL)
        return;
    for (int i = 0; i < MODELS; i++)
        api_free(engine->api[i]);
    for (int i = 0; i < HANDS; i++)
        api_free(engine->hands[i]);
    g_clear_pointer(&engine->classifier, classifier_free);
    g_clear_pointer(&engine->added, g_hash_table_unref);
    g_free(engine->model);
    g_free(engine);
}

const char *engine_model(const Engine *engine)
{
    return engine->model;
}

bool engine_knows_numerals(const Engine *engine)
{
    return engine->hands[NUMERALS] != NULL;
}

bool engine_knows_hands(const Engine *engine)
{
    return engine->hands[WORDS_BY_HAND] != NULL;
}

const Classifier *engine_classifier(const Engine *engine)
{
    return engine->classifier;
}

/* The recogniser for @mode, set to it. */
static TessBaseAPI *api_for(Engine *engine, ReadMode mode)
{
    if (mode == READ_OTHER)
        return engine->api[OTHER];
    if (mode == READ_NUMERALS)
        return engine->hands[NUMERALS];
    if (mode == READ_HAND)
        return engine->hands[WORDS_BY_HAND];
    TessBaseAPI *api = engine->api[FIRST];
    if (engine->mode != mode) {
        TessBaseAPISetVariable(api, "tessedit_char_whitelist",
                               mode == READ_DIGITS ? READING_DIGITS : "");
        engine->mode = mode;
    }
    return api;
}

static void copy_character(char *target, size_t size, const char *text)
{
    g_utf8_strncpy(target, text, 1);
    if (strlen(text) >= size) /* several characters in one symbol: keep the first */
        target[size - 1] = '\0';
}

static Rect glyph_box(TessResultIterator *at, Point offset, double scale)
{
    int left = 0, top = 0, right = 0, bottom = 0;
    TessPageIteratorBoundingBox(TessResultIteratorGetPageIteratorConst(at), RIL_SYMBOL,
                                &left, &top, &right, &bottom);
    return (Rect){
        (int)lround(offset.x + left * scale), (int)lround(offset.y + top * scale),
        (int)lround((right - left) * scale), (int)lround((bottom - top) * scale)};
}

bool engine_is_twin(gunichar character)
{
    return g_utf8_strchr(TWINS, -1, character) != NULL;
}

/* How sure a character may be at most, by what the models are known to mistake. */
static double most_confidence(const Engine *engine, gunichar c)
{
    if (g_hash_table_contains(engine->added, GUINT_TO_POINTER(c)))
        return ADDED_MAX_CONFIDENCE;
    return engine_is_twin(c) ? TWIN_MAX_CONFIDENCE : 1;
}

/* Appends the symbol under the iterator to @text and @line. */
static void take_symbol(const Engine *engine, TessResultIterator *at, Point offset,
                        double scale, GString *text, TextLine *line)
{
    char *symbol = TessResultIteratorGetUTF8Text(at, RIL_SYMBOL);
    if (symbol == NULL)
        return;
    if (TessPageIteratorIsAtBeginningOf(TessResultIteratorGetPageIteratorConst(at),
                                        RIL_WORD) &&
        text->len > 0)
        g_string_append_c(text, ' ');
    g_string_append(text, symbol);
    Rect box = glyph_box(at, offset, scale);
    double confidence =
        CLAMP(TessResultIteratorConfidence(at, RIL_SYMBOL) / 100.0, 0.0, 1.0);
    /* A symbol may be a ligature of several characters: one glyph each. */
    for (const char *p = symbol; *p != '\0'; p = g_utf8_next_char(p)) {
        Glyph glyph = {.confidence = confidence, .box_px = box};
        copy_character(glyph.text, sizeof glyph.text, p);
        glyph.confidence = MIN(confidence, most_confidence(engine, g_utf8_get_char(p)));
        g_array_append_val(line->glyphs, glyph);
    }
    TessDeleteText(symbol);
}

void text_line_summarise(TextLine *line)
{
    double sum = 0;
    line->weakest = line->glyphs->len > 0 ? 1 : 0;
    for (guint i = 0; i < line->glyphs->len; i++) {
        double confidence = g_array_index(line->glyphs, Glyph, i).confidence;
        sum += confidence;
        line->weakest = MIN(line->weakest, confidence);
    }
    line->confidence = line->glyphs->len > 0 ? sum / line->glyphs->len : 0;
}

bool engine_read_line(Engine *engine, PIX *crop, ReadMode mode, Point offset,
                      double scale, TextLine *line, GError **error)
{
    TessBaseAPI *api = api_for(engine, mode);
    TessBaseAPISetImage2(api, crop);
    /* Without a resolution Tesseract guesses one from the crop and says so on stderr. */
    TessBaseAPISetSourceResolution(api, 300);
    if (TessBaseAPIRecognize(api, NULL) != 0) {
        TessBaseAPIClear(api);
        return fail(error, READING_ERROR, READING_ERROR_ENGINE, "recognition failed");
    }
    if (line->glyphs == NULL)
        line->glyphs = g_array_new(false, true, sizeof(Glyph));
    g_array_set_size(line->glyphs, 0);
    g_autoptr(GString) text = g_string_new(NULL);
    TessResultIterator *at = TessBaseAPIGetIterator(api);
    if (at != NULL) {
        do
            take_symbol(engine, at, offset, scale, text, line);
        while (TessResultIteratorNext(at, RIL_SYMBOL));
        TessResultIteratorDelete(at);
    }
    g_free(line->text);
    line->text = text_without_cjk_spaces(text->str);
    text_line_summarise(line);
    TessBaseAPIClear(api);
    return true;
}

/* The right way up 85 to 100 % of the characters are read surely, any other way under
 * 45 % (measured on some 80 pages); the mean confidence tells them apart far less. */
#define SURE_GLYPH 0.95
/* Fewer characters than this are not enough to be sure. */
#define MIN_TELLING 4

/* Whether a character read upright was upright: digits and 中 read as well upside down.
 */
static bool is_telling(const char *text)
{
    static const char *const symmetric = "一二三十口日目田中王工回申丰";
    gunichar c = g_utf8_get_char(text);
    return text_is_han(c) && g_utf8_strchr(symmetric, -1, c) == NULL;
}

double engine_upright_score(PIXA *lines, void *engine)
{
    int sure = 0, all = 0;
    for (int i = 0; i < pixaGetCount(lines); i++) {
        g_autoptr(PIX) crop = pixaGetPix(lines, i, L_CLONE);
        TextLine *line = g_new0(TextLine, 1);
        if (engine_read_line(engine, crop, READ_TEXT, (Point){0, 0}, 1, line, NULL))
            for (guint k = 0; k < line->glyphs->len; k++) {
                const Glyph *glyph = &g_array_index(line->glyphs, Glyph, k);
                if (!is_telling(glyph->text))
                    continue;
                all++;
                sure += glyph->confidence >= SURE_GLYPH;
            }
        text_line_free(line);
    }
    return 100.0 * sure / MAX(all, MIN_TELLING);
}
