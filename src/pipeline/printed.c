/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that a form's declaration says is printed on it. */
#include "pipeline/pipeline.h"

static void add_all(GStrvBuilder *words, GStrv texts)
{
    for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
        g_strv_builder_add(words, texts[i]);
}

/* One level of row headers is written "采暖|暖". */
static void add_rows(GStrvBuilder *words, GStrv rows)
{
    for (guint i = 0; rows != NULL && rows[i] != NULL; i++) {
        g_auto(GStrv) texts = g_strsplit(rows[i], "|", -1);
        add_all(words, texts);
    }
}

/* Printed around the blanks of a date. */
static void add_date(GStrvBuilder *words)
{
    static const char *const texts[] = {"年", "月", "日"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_strv_builder_add(words, texts[i]);
}

static void add_field(GStrvBuilder *words, const FieldDecl *field)
{
    if (field->kind == KIND_DATE)
        add_date(words);
    add_all(words, field->labels);
    add_rows(words, field->row_labels);
    add_all(words, field->units);
    add_all(words, field->hints);
    add_all(words, field->stop_labels);
    for (guint i = 0; field->options != NULL && i < field->options->len; i++)
        add_all(words, ((OptionDecl *)field->options->pdata[i])->labels);
}

GStrv class_printed_words(const ClassDecl *decl)
{
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();
    for (guint i = 0; i < decl->sections->len; i++)
        add_all(words, ((SectionDecl *)decl->sections->pdata[i])->headings);
    for (guint i = 0; i < decl->cues->len; i++)
        add_all(words, ((CueDecl *)decl->cues->pdata[i])->texts);
    for (guint i = 0; i < decl->fields->len; i++)
        add_field(words, decl->fields->pdata[i]);
    return g_strv_builder_end(words);
}
