/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pipeline/calibration.c - how often values were right when they were measured:
 * pipelines/calibration.yaml. `make calibration` writes it. */
#include "pipeline/shape.h"

#define IN(type, member) .offset = offsetof(type, member)
#define REQUIRED .is_required = true
#define MOST_VALUES 1e9

static const char *const inks[] = {"print", "hand", "file", NULL};
static const char *const states[] = {"accepted", "review", NULL};

static bool is_same_place(const CalibrationRow *a, const CalibrationRow *b)
{
    return a->kind == b->kind && g_strcmp0(a->says, b->says) == 0 &&
           g_strcmp0(a->ink, b->ink) == 0 && g_strcmp0(a->state, b->state) == 0 &&
           a->from == b->from;
}

static void check_row(Loader *loader, const yaml_node_t *node, void *item)
{
    const CalibrationRow *row = item;
    if (row->right > row->of)
        complain(loader, shape_member(loader, node, "right"),
                 "%d right of %d: more than all", row->right, row->of);
}

static void check_file(Loader *loader, const yaml_node_t *node, void *item)
{
    const CalibrationFile *file = item;
    for (guint i = 0; i < file->values->len; i++)
        for (guint k = 0; k < i; k++)
            if (is_same_place(file->values->pdata[i], file->values->pdata[k])) {
                complain(loader, shape_member(loader, node, "values"),
                         "row %u says again what row %u says", i + 1, k + 1);
                return;
            }
}

static const Param row_params[] = {
    {"kind", PARAM_KIND, IN(CalibrationRow, kind), REQUIRED},
    {"says", PARAM_TEXT, IN(CalibrationRow, says)},
    {"ink", PARAM_CODE, IN(CalibrationRow, ink), REQUIRED, .codes = inks},
    {"state", PARAM_CODE, IN(CalibrationRow, state), REQUIRED, .codes = states},
    {"from", PARAM_NUMBER, IN(CalibrationRow, from), REQUIRED, .min = 0, .max = 1},
    {"right", PARAM_INTEGER, IN(CalibrationRow, right), REQUIRED, .max = MOST_VALUES},
    {"of", PARAM_INTEGER, IN(CalibrationRow, of), REQUIRED, .min = 1, .max = MOST_VALUES},
    {NULL},
};
static const Shape row_shape = {
    .what = "row of values",
    .size = sizeof(CalibrationRow),
    .params = row_params,
    .check = check_row,
};

static const Param calibration_params[] = {
    {"model", PARAM_TEXT, IN(CalibrationFile, model), REQUIRED},
    {"values", PARAM_LIST, IN(CalibrationFile, values), REQUIRED, .shape = &row_shape},
    {NULL},
};
const Shape calibration_shape = {
    .what = "calibration",
    .size = sizeof(CalibrationFile),
    .params = calibration_params,
    .check = check_file,
};

double pipeline_promise(const Pipeline *pipeline)
{
    return pipeline->promise;
}

const char *pipeline_calibrated_model(const Pipeline *pipeline)
{
    return pipeline->calibration.model;
}

/* Where the bin begins that @confidence lies in: kinds share their bins, also where one
 * of them has no value in it. */
static double bin_of(const GPtrArray *rows, double confidence)
{
    double from = 0;
    for (guint i = 0; i < rows->len; i++) {
        const CalibrationRow *row = rows->pdata[i];
        if (row->from <= confidence)
            from = MAX(from, row->from);
    }
    return from;
}

/* Choices and presence are judged by marks, on a scale of their own. */
static bool is_read_as_text(FieldKind kind)
{
    return kind != KIND_CHOICE_ONE && kind != KIND_CHOICE_MANY && kind != KIND_PRESENCE;
}

static bool is_its_own(const CalibrationRow *row, const MeasuredReading *reading)
{
    return row->kind == reading->kind && g_strcmp0(row->says, reading->says) == 0;
}

static bool is_read_alike(const CalibrationRow *row, const MeasuredReading *reading)
{
    return is_its_own(row, reading) ||
           (is_read_as_text(row->kind) && is_read_as_text(reading->kind));
}

typedef bool (*RowFilter)(const CalibrationRow *row, const MeasuredReading *reading);

static MeasuredRate sum_rows(const Pipeline *pipeline, const MeasuredReading *reading,
                             RowFilter is_wanted)
{
    const GPtrArray *rows = pipeline->calibration.values;
    MeasuredRate rate = {0, 0};
    double from = rows != NULL ? bin_of(rows, reading->confidence) : 0;
    const char *state = reading->is_accepted ? "accepted" : "review";
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        const CalibrationRow *row = rows->pdata[i];
        if (row->from != from || !g_str_equal(row->state, state) ||
            g_strcmp0(row->ink, reading->ink) != 0 || !is_wanted(row, reading))
            continue;
        rate.right += row->right;
        rate.of += row->of;
    }
    return rate;
}

MeasuredRate pipeline_measured(const Pipeline *pipeline, const MeasuredReading *reading)
{
    return sum_rows(pipeline, reading, is_its_own);
}

MeasuredRate pipeline_measured_together(const Pipeline *pipeline,
                                        const MeasuredReading *reading)
{
    return sum_rows(pipeline, reading, is_read_alike);
}
