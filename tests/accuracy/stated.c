/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stated.c - the confidences that records state, with what they were stated of. */
#include "stated.h"
#include "base/json.h"
#include "reading/page-reading.h"

static const FieldDecl *decl_of(const Finding *finding, const Pipeline *pipeline)
{
    const ClassDecl *class =
        pipeline != NULL ? pipeline_class(pipeline, finding->class_name) : NULL;
    for (guint i = 0; class != NULL && i < class->fields->len; i++) {
        const FieldDecl *decl = class->fields->pdata[i];
        if (g_str_equal(decl->key, finding->key))
            return decl;
    }
    return NULL;
}

/* Evidence that names a key is another field's. */
static void look_at_ink(Stated *stated, JsonArray *evidence)
{
    bool is_by_hand = false, is_from_file = false, is_recognised = false;
    for (guint i = 0; evidence != NULL && i < json_array_get_length(evidence); i++) {
        JsonObject *item = json_array_get_object_element(evidence, i);
        const char *model = json_get_string(item, "model", NULL);
        if (json_object_has_member(item, "key"))
            continue;
        is_by_hand |= json_get_bool(item, "hand", false);
        if (g_strcmp0(model, FILE_TEXT_MODEL) == 0) {
            is_from_file = true;
        } else if (model != NULL) {
            is_recognised = true;
            stated->model = model;
        }
    }
    stated->ink = is_by_hand ? "hand" : is_from_file && !is_recognised ? "file" : "print";
}

/* Returns: whether the record is sure of anything there. */
static bool state_of(const Finding *finding, const Pipeline *pipeline, Stated *stated)
{
    JsonObject *field = finding->field;
    bool is_field =
        finding->sort == FINDING_FIELD || finding->sort == FINDING_PAPER_FIELD;
    if (!is_field || field == NULL || finding->value == NULL ||
        !json_object_has_member(field, "confidence"))
        return false;
    const FieldDecl *decl = decl_of(finding, pipeline);
    const char *code = json_get_string(json_get_object(field, "reason"), "code", "");
    double confidence = json_get_double(field, "confidence", 0);
    *stated = (Stated){
        .finding = finding,
        .kind = decl != NULL ? field_kind_name(decl->kind) : finding_kind(finding),
        .is_accepted = finding_is_accepted(finding) || g_str_equal(code, "rate_too_low"),
        .confidence = confidence,
        .raw = json_get_double(field, "raw_confidence", confidence),
        .is_calibrated = json_object_has_member(field, "raw_confidence"),
        .is_right = finding->is_right,
    };
    if (g_str_equal(stated->kind, "presence"))
        stated->says = finding->value;
    look_at_ink(stated, json_get_array(field, "evidence"));
    return true;
}

GArray *stated_values(const GPtrArray *findings, const Pipeline *pipeline)
{
    GArray *values = g_array_new(false, true, sizeof(Stated));
    for (guint i = 0; i < findings->len; i++) {
        Stated stated;
        if (state_of(findings->pdata[i], pipeline, &stated))
            g_array_append_val(values, stated);
    }
    return values;
}
