/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/corrections.c - what a person decided about a field stands above all readings.
 */
#include "casework/case.h"
#include "casework/normalise.h"

void correction_free(Correction *correction)
{
    if (correction == NULL)
        return;
    g_free(correction->field);
    g_free(correction->value);
    g_free(correction->by);
    g_free(correction->reason);
    g_free(correction->at);
    g_free(correction);
}

const Correction *corrections_find(const Case *case_, const char *field)
{
    const GPtrArray *all = case_->input->corrections;
    for (guint i = all != NULL ? all->len : 0; i > 0; i--) {
        const Correction *correction = all->pdata[i - 1];
        if (g_strcmp0(correction->field, field) == 0)
            return correction;
    }
    return NULL;
}

static bool is_option(const FieldDecl *decl, const char *code)
{
    for (guint i = 0; i < decl->options->len; i++)
        if (g_str_equal(((const OptionDecl *)decl->options->pdata[i])->code, code))
            return true;
    return false;
}

/* "water,gas" as codes in the declaration's order; NULL where one is unknown. */
static GStrv parse_codes(const FieldDecl *decl, const char *text)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_auto(GStrv) parts = g_strsplit_set(text, ", ", -1);
    for (int i = 0; parts[i] != NULL; i++)
        if (*parts[i] != '\0' && !is_option(decl, parts[i]))
            return NULL;
    for (guint i = 0; i < decl->options->len; i++) {
        const char *code = ((const OptionDecl *)decl->options->pdata[i])->code;
        if (g_strv_contains((const char *const *)parts, code))
            g_strv_builder_add(builder, code);
    }
    return g_strv_builder_end(builder);
}

/* Puts a person's words into @field. Returns: false where they are no value of its kind
 */
static bool set_value(const Case *case_, DecidedField *field, const char *text)
{
    const FieldDecl *decl = field->decl;
    GStrv values = NULL;
    char *value = NULL;
    if (decl->kind == KIND_CHOICE_MANY) {
        values = parse_codes(decl, text != NULL ? text : "");
        if (values == NULL)
            return false;
    } else if (text != NULL && *text != '\0') {
        if (decl->kind == KIND_CHOICE_ONE && !is_option(decl, text))
            return false;
        if (decl->kind == KIND_PRESENCE && !g_str_equal(text, "present") &&
            !g_str_equal(text, "absent"))
            return false;
        g_auto(Normalised) tidy = {NULL};
        if (decl->kind != KIND_CHOICE_ONE && decl->kind != KIND_PRESENCE)
            tidy = normalise_value(decl->kind, text, decl, case_->input->as_of);
        /* a person may know better than our checks: then the words stand as typed */
        value = tidy.value != NULL && tidy.problem == NULL ? g_steal_pointer(&tidy.value)
                                                           : g_strdup(text);
    }
    g_free(field->value);
    g_strfreev(field->values);
    field->value = value;
    field->values = values;
    return true;
}

static const FieldDecl *find_decl(const Case *case_, const char *key)
{
    const ClassDecl *class = case_->form != NULL ? case_->form->paper->decl : NULL;
    for (guint i = 0; class != NULL && i < class->fields->len; i++) {
        const FieldDecl *decl = class->fields->pdata[i];
        if (g_str_equal(decl->key, key))
            return decl;
    }
    return NULL;
}

static DecidedField *field_for(Case *case_, const char *key)
{
    DecidedField *field = fields_find(case_->fields, key);
    const FieldDecl *decl = find_decl(case_, key);
    if (field != NULL || decl == NULL)
        return field;
    field = g_new0(DecidedField, 1);
    *field = (DecidedField){.decl = decl,
                            .paper = -1,
                            .state = FIELD_EMPTY,
                            .evidence = g_ptr_array_new_with_free_func(g_free)};
    g_ptr_array_add(case_->extra, field);
    g_ptr_array_add(case_->fields, field);
    return field;
}

void corrections_apply(Case *case_)
{
    const GPtrArray *all = case_->input->corrections;
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const Correction *correction = all->pdata[i];
        if (correction->field == NULL || strchr(correction->field, '/') != NULL)
            continue; /* an accepted requirement: requirements.c */
        if (corrections_find(case_, correction->field) != correction)
            continue; /* a newer one stands */
        DecidedField *field = field_for(case_, correction->field);
        if (field == NULL || !set_value(case_, field, correction->value)) {
            problem_add(case_, GRADE_REVIEW, "bad_correction", "field", correction->field,
                        NULL);
            continue;
        }
        field->state = FIELD_CONFIRMED;
        field->problem = NULL;
        field->is_check_ok = true;
        field->is_firm = true;
        field->confidence = 1;
        field->by = correction;
        g_clear_pointer(&field->suggestion, g_free);
    }
}
