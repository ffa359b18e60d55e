/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was measured says how sure the record is, and can only make it accept less. */
#include "casework/casework.h"

#include "case-builder.h"
#include "case-file.h"
#include "temp-folder.h"

#define MODEL "model-a/1"

/* Of confidence 0.97, as the builder's fields are where they say nothing else. */
static const char measured[] =
    "model: " MODEL "\n"
    "values:\n"
    "  - {kind: phone, ink: print, state: accepted, from: 0.95, right: 4000, of: 4000}\n"
    "  - {kind: phone, ink: print, state: accepted, from: 0.8, right: 10, of: 20}\n"
    "  - {kind: person_name, ink: print, state: accepted, from: 0.95, right: 20, of: "
    "25}\n"
    "  - {kind: text, ink: print, state: accepted, from: 0.95, right: 1998, of: 2000}\n"
    "  - {kind: text, ink: print, state: review, from: 0.5, right: 900, of: 900}\n"
    "  - {kind: person_name, ink: hand, state: review, from: 0.95, right: 3, of: 10}\n"
    "  - {kind: presence, says: absent, ink: print, state: accepted, from: 0.95, right: "
    "95, of: 100}\n"
    "  - {kind: presence, says: present, ink: print, state: accepted, from: 0.95, right: "
    "900, of: 900}\n";

/* The pipelines of the tree, with what was measured here. */
static Pipeline *load_measured(const char *folder)
{
    static const char *const parts[] = {".", "forms", "papers", "places", "rules"};
    g_autofree char *tree = pipelines_folder();
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *from = g_build_filename(tree, parts[i], NULL);
        g_autoptr(GDir) dir = g_dir_open(from, 0, NULL);
        for (const char *name = g_dir_read_name(dir); name != NULL;
             name = g_dir_read_name(dir)) {
            g_autofree char *path = g_build_filename(from, name, NULL);
            g_autofree char *to = g_build_filename(parts[i], name, NULL);
            g_autofree char *text = NULL;
            gsize length;
            if (g_file_get_contents(path, &text, &length, NULL))
                g_free(temp_write(folder, to, text, (gssize)length));
        }
    }
    g_free(temp_write(folder, "calibration.yaml", measured, -1));
    g_autoptr(GError) error = NULL;
    Pipeline *pipeline = pipeline_load(folder, &error);
    g_assert_no_error(error);
    return pipeline;
}

/* The record of a form that says @words and was read by @model. */
static JsonObject *decide(const Pipeline *pipeline, const char *model, const char *words,
                          const char *correction)
{
    g_autoptr(Builder) builder = builder_new(pipeline);
    g_auto(GStrv) list = g_strsplit(words, " ", -1);
    builder_set_words(builder, builder_add(builder, "form"), list);
    ((PageReading *)builder->pages->pdata[0])->model = g_strdup(model);
    if (correction != NULL)
        builder_correct(builder, correction);
    return builder_decide(builder, false);
}

typedef struct {
    const char *claim, *model, *words, *key, *state;
    const char *code; /* of the reason, or NULL */
    double low, high; /* of the confidence */
    bool is_calibrated;
} Expected;

static void check(const Pipeline *pipeline, const Expected *expected)
{
    g_autoptr(JsonObject) record =
        decide(pipeline, expected->model, expected->words, NULL);
    JsonObject *field = json_get_object(json_get_object(record, "fields"), expected->key);
    const char *code = json_get_string(json_get_object(field, "reason"), "code", NULL);
    double confidence = json_get_double(field, "confidence", -1);
    g_test_message("%s: %.4f", expected->claim, confidence);
    g_assert_cmpstr(json_get_string(field, "state", ""), ==, expected->state);
    g_assert_cmpstr(code, ==, expected->code);
    g_assert_cmpfloat(confidence, >=, expected->low);
    g_assert_cmpfloat(confidence, <=, expected->high);
    g_assert_true(json_object_has_member(field, "raw_confidence") ==
                  expected->is_calibrated);
}

static void test_says_what_was_measured(void)
{
    static const Expected all[] = {
        {"a kind that was always right", MODEL, "applicant.phone=13800000000",
         "applicant.phone", "accepted", NULL, 0.999, 0.9999, true},
        {"one that was surely too often wrong is for a person", MODEL,
         "agent.name=李建国", "agent.name", "review", "rate_too_low", 0.8, 0.95, true},
        {"one that may well keep the promise stays", MODEL,
         "electricity.low.supply_mode=交流220V", "electricity.low.supply_mode",
         "accepted", NULL, 0.998, 0.9995, true},
        {"each confidence for itself", MODEL, "applicant.phone=13800000000~0.9",
         "applicant.phone", "review", "rate_too_low", 0.4, 0.7, true},
        {"nothing is accepted by it", MODEL, "electricity.low.supply_mode=交流220V~0.6",
         "electricity.low.supply_mode", "review", "low_confidence", 0.99, 1, true},
        {"not seen is not as sure as seen", MODEL, "declaration.signature=absent",
         "declaration.signature", "review", "rate_too_low", 0.9, 0.97, true},
        {"seen", MODEL, "declaration.signature=present", "declaration.signature",
         "accepted", NULL, 0.99, 1, true},
        {"by hand", MODEL, "agent.name=李建国@hand", "agent.name", "review",
         "handwritten", 0.25, 0.4, true},
        {"a kind that was not met goes by the others", MODEL, "site.district=通许县",
         "site.district", "accepted", NULL, 0.99, 0.999, true},
        {"so does what is for review", MODEL, "agent.name=李建国~0.6", "agent.name",
         "review", "low_confidence", 0.99, 1, true},
        {"another model's were not measured", "model-b/1", "agent.name=李建国",
         "agent.name", "accepted", NULL, 0.97, 0.97, false},
    };
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autoptr(Pipeline) pipeline = load_measured(folder);
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        check(pipeline, &all[i]);
}

static void test_a_persons_word_stands(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autoptr(Pipeline) pipeline = load_measured(folder);
    g_autoptr(JsonObject) record =
        decide(pipeline, MODEL, "agent.name=李建国", "agent.name=李建园");
    JsonObject *field = json_get_object(json_get_object(record, "fields"), "agent.name");
    g_assert_cmpstr(json_get_string(field, "state", ""), ==, "confirmed");
    g_assert_cmpfloat(json_get_double(field, "confidence", 0), ==, 1);
}

static void test_bins(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autoptr(Pipeline) pipeline = load_measured(folder);
    MeasuredReading reading = {
        .kind = KIND_PHONE, .ink = "print", .is_accepted = true, .confidence = 0.95};
    g_assert_cmpint(pipeline_measured(pipeline, &reading).of, ==, 4000);
    reading.confidence = 0.949;
    g_assert_cmpint(pipeline_measured(pipeline, &reading).of, ==, 20);
    reading.confidence = 0.79; /* where others have a bin and this kind none */
    g_assert_cmpint(pipeline_measured(pipeline, &reading).of, ==, 0);
    reading.confidence = 1;
    MeasuredRate together = pipeline_measured_together(pipeline, &reading);
    g_assert_cmpint(together.of, ==, 4000 + 25 + 2000);
    reading.kind = KIND_PRESENCE; /* what is told by marks is not among them */
    reading.says = "absent";
    together = pipeline_measured_together(pipeline, &reading);
    g_assert_cmpint(together.of, ==, 100);
    g_assert_cmpfloat(pipeline_promise(pipeline), ==, 0.999);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/casework/calibration/says-what-was-measured",
                    test_says_what_was_measured);
    g_test_add_func("/casework/calibration/a-persons-word-stands",
                    test_a_persons_word_stands);
    g_test_add_func("/pipeline/calibration/bins", test_bins);
    return g_test_run();
}
