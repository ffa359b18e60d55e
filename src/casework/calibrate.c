/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/calibrate.c - how sure the record is of a value: how often values like it were
 * right when they were measured (pipelines/calibration.yaml). What was surely not right
 * often enough is not accepted; nothing is accepted by it. */
#include "base/rates.h"
#include "casework/case.h"

/* What all kinds together have counts as so many values of the kind itself. */
#define WEIGHT_OF_ALL 20.0
/* Four decimals are stated, and no number of values says "always". */
#define MOST_SURE 0.9999

/* What @field's ink is; of a field without any, print: it was looked at all the same. */
static const char *ink_of(const DecidedField *field)
{
    const GPtrArray *inks = field->source->inks;
    bool is_from_file = inks->len > 0;
    for (guint i = 0; i < inks->len; i++)
        is_from_file &= ((const Ink *)inks->pdata[i])->is_from_file;
    return field->is_by_hand ? "hand" : is_from_file ? "file" : "print";
}

/* What read @field, or would have. */
static const char *model_of(const Case *case_, const DecidedField *field)
{
    const CasePaper *paper = case_->papers->pdata[field->paper];
    const GPtrArray *inks = field->source->inks;
    const GArray *parts = paper->paper->parts;
    int page = inks->len > 0    ? ((const Ink *)inks->pdata[0])->page
               : parts->len > 0 ? g_array_index(parts, PaperPart, 0).page
                                : -1;
    const PageReading *reading = case_page(case_, page);
    return reading != NULL ? reading->model : NULL;
}

static bool has_value(const DecidedField *field)
{
    return field->value != NULL || (field->values != NULL && field->values[0] != NULL);
}

/* Whether it was read as those were that were measured. */
static bool is_measurable(const Case *case_, const DecidedField *field)
{
    const char *model = pipeline_calibrated_model(case_->pipeline);
    return model != NULL && field->source != NULL && has_value(field) &&
           (field->state == FIELD_ACCEPTED || field->state == FIELD_REVIEW) &&
           g_strcmp0(model_of(case_, field), model) == 0;
}

/* With half a value right and half a one wrong, so that few do not say "always". Source:
 * Jeffreys 1946. */
static double cautious(MeasuredRate rate)
{
    return (rate.right + 0.5) / (rate.of + 1);
}

/* The rate of @own, pulled to that of @all by as much as little is known of it; but never
 * more than one of the two shows. */
static double pooled(MeasuredRate own, MeasuredRate all)
{
    double rate = (own.right + WEIGHT_OF_ALL * cautious(all)) / (own.of + WEIGHT_OF_ALL);
    double shown = own.of > 0 ? MAX(cautious(own), cautious(all)) : cautious(all);
    return MIN(MIN(rate, shown), MOST_SURE);
}

static void calibrate(const Case *case_, DecidedField *field)
{
    double promise = pipeline_promise(case_->pipeline);
    if (!is_measurable(case_, field))
        return;
    MeasuredReading reading = {
        .kind = field->decl->kind,
        .says = field->decl->kind == KIND_PRESENCE ? field->value : NULL,
        .ink = ink_of(field),
        .is_accepted = field->state == FIELD_ACCEPTED,
        .confidence = field->confidence,
    };
    MeasuredRate own = pipeline_measured(case_->pipeline, &reading);
    MeasuredRate all = pipeline_measured_together(case_->pipeline, &reading);
    if (all.of == 0)
        return;
    field->is_calibrated = true;
    field->rate = pooled(own, all);
    if (reading.is_accepted && rate_is_surely_below(own.right, own.of, promise)) {
        field->state = FIELD_REVIEW;
        field->problem = "rate_too_low";
    }
}

void fields_calibrate(Case *case_)
{
    for (guint i = 0; i < case_->papers->len; i++) {
        const CasePaper *paper = case_->papers->pdata[i];
        for (guint k = 0; k < paper->fields->len; k++)
            calibrate(case_, paper->fields->pdata[k]);
    }
}
