/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/calibrate.c - how sure the record is of a value: how often values like it were
 * right when they were measured (pipelines/calibration.yaml). What was surely not right
 * often enough is not accepted; nothing is accepted by it. */
#include "base/rates.h"
#include "casework/case.h"

/* So many values of all kinds together speak for a kind that has few of its own. */
#define WEIGHT_OF_ALL 20.0
/* No number of values measured says "always". */
#define MOST_SURE 0.9999

static const PageReading *page_of(const Case *case_, int page)
{
    const GPtrArray *pages = case_->input->pages;
    return page >= 0 && (guint)page < pages->len ? pages->pdata[page] : NULL;
}

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
    const PageReading *reading = page_of(case_, page);
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

/* The rate of @own, of which little may be known, pulled to that of @all; of that with
 * half a value right and half a one wrong, as Jeffreys has it for few. */
static double pooled_rate(MeasuredRate own, MeasuredRate all)
{
    double common = (all.right + 0.5) / (all.of + 1);
    double rate = (own.right + WEIGHT_OF_ALL * common) / (own.of + WEIGHT_OF_ALL);
    return MIN(rate, MOST_SURE);
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
    reading.kind = KIND_COUNT;
    MeasuredRate all = pipeline_measured(case_->pipeline, &reading);
    if (own.of + all.of == 0)
        return;
    field->is_calibrated = true;
    field->rate = pooled_rate(own, all);
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
