/* SPDX-License-Identifier: GPL-3.0-or-later */
/* case-builder.h - papers of a case made by hand, and what is expected of its record. The
 * language of tests/cases/casework is told in tests/cases/casework/README. */
#pragma once
#include "base/json.h"
#include "casework/casework.h"

#define BUILDER_CONFIDENCE 0.97

typedef struct {
    const Pipeline *pipeline;
    GPtrArray *papers;      /* Paper * */
    GPtrArray *pages;       /* PageReading *, one per paper; NULL where it failed */
    GPtrArray *sources;     /* PageSource * */
    GPtrArray *corrections; /* Correction * */
    const GPtrArray *covers, *remarks; /* borrowed; NULL */
    const char *name;
    char *as_of, *home, *given;
    char *form; /* what "form" stands for */
} Builder;

static inline Builder *builder_new(const Pipeline *pipeline)
{
    Builder *builder = g_new0(Builder, 1);
    builder->pipeline = pipeline;
    builder->papers = g_ptr_array_new_with_free_func((GDestroyNotify)paper_free);
    builder->pages = g_ptr_array_new();
    builder->sources = g_ptr_array_new_with_free_func((GDestroyNotify)page_source_free);
    builder->corrections =
        g_ptr_array_new_with_free_func((GDestroyNotify)correction_free);
    builder->as_of = g_strdup("2023-03-08");
    builder->home = g_strdup("tongxu");
    builder->form = g_strdup("install_individual");
    return builder;
}

static inline void builder_free(Builder *builder)
{
    g_ptr_array_unref(builder->papers);
    for (guint i = 0; i < builder->pages->len; i++)
        page_reading_free(builder->pages->pdata[i]);
    g_ptr_array_unref(builder->pages);
    g_ptr_array_unref(builder->sources);
    g_ptr_array_unref(builder->corrections);
    g_free(builder->as_of);
    g_free(builder->home);
    g_free(builder->given);
    g_free(builder->form);
    g_free(builder);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Builder, builder_free)

static inline const char *builder_class_name(const Builder *builder, const char *name)
{
    return g_str_equal(name, "form") ? builder->form : name;
}

/* A page of its own, so that names of cases do not depend on the order. */
static inline void builder_add_page(Builder *builder, bool is_read)
{
    PageReading *page = is_read ? page_reading_new() : NULL;
    PageSource *source = g_new0(PageSource, 1);
    source->original_sha256 = g_strdup_printf("%064u", builder->pages->len + 1);
    source->name = g_strdup_printf("page-%02u.jpg", builder->pages->len + 1);
    source->failure = is_read ? NULL : g_strdup("decode");
    g_ptr_array_add(builder->pages, page);
    g_ptr_array_add(builder->sources, source);
}

static inline PaperField *builder_field_new(const FieldDecl *decl)
{
    PaperField *field = g_new0(PaperField, 1);
    field->decl = decl;
    field->inks = g_ptr_array_new_with_free_func((GDestroyNotify)ink_free);
    field->is_found = true;
    field->confidence = BUILDER_CONFIDENCE;
    if (decl->kind == KIND_PRESENCE) {
        static const char *const absent[] = {"absent", NULL};
        field->ticked = g_strdupv((GStrv)absent);
    }
    return field;
}

/* builder_add: a paper of @name ("form", a class, "unknown") with all its fields empty.
 */
static inline Paper *builder_add(Builder *builder, const char *name)
{
    const ClassDecl *decl =
        pipeline_class(builder->pipeline, builder_class_name(builder, name));
    Paper *paper = g_new0(Paper, 1);
    PaperPart part = {.page = (int)builder->pages->len};
    g_assert_true(decl != NULL || g_str_equal(name, "unknown"));
    paper->decl = decl;
    paper->confidence = 0.99;
    paper->parts = g_array_new(FALSE, FALSE, sizeof(PaperPart));
    paper->sections = g_array_new(FALSE, FALSE, sizeof(SectionArea));
    g_array_append_val(paper->parts, part);
    paper->fields = g_ptr_array_new_with_free_func((GDestroyNotify)paper_field_free);
    paper->bids = g_ptr_array_new_with_free_func((GDestroyNotify)bid_free);
    paper->notes = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; decl != NULL && i < decl->fields->len; i++)
        g_ptr_array_add(paper->fields, builder_field_new(decl->fields->pdata[i]));
    builder_add_page(builder, true);
    g_ptr_array_add(builder->papers, paper);
    return paper;
}

/* builder_find: the last paper of that class, or NULL. */
static inline Paper *builder_find(Builder *builder, const char *name)
{
    const char *wanted = builder_class_name(builder, name);
    for (guint i = builder->papers->len; i > 0; i--) {
        Paper *paper = builder->papers->pdata[i - 1];
        if (g_strcmp0(paper->decl != NULL ? paper->decl->name : "unknown", wanted) == 0)
            return paper;
    }
    return NULL;
}

static inline char *builder_cut(char *text, char mark)
{
    char *at = strrchr(text, mark);
    if (at == NULL)
        return NULL;
    *at = '\0';
    return at + 1;
}

static inline void builder_set_ticks(PaperField *field, const char *value)
{
    g_autoptr(GStrvBuilder) ticked = g_strv_builder_new();
    g_autoptr(GStrvBuilder) unsure = g_strv_builder_new();
    g_auto(GStrv) codes = g_strsplit(value, ",", -1);
    for (int i = 0; codes[i] != NULL; i++) {
        if (*codes[i] == '?')
            g_strv_builder_add(unsure, codes[i] + 1);
        else if (*codes[i] == '!')
            field->doubt = g_intern_string(codes[i] + 1);
        else if (*codes[i] != '\0')
            g_strv_builder_add(ticked, codes[i]);
    }
    g_strfreev(field->ticked);
    g_strfreev(field->unsure);
    field->ticked = g_strv_builder_end(ticked);
    field->unsure = g_strv_builder_end(unsure);
}

/* builder_set_hand_words: @reading of the model for words by hand; ? before it: unsure */
static inline void builder_set_hand_words(Ink *ink, const char *reading)
{
    if (reading == NULL)
        return;
    bool is_unsure = *reading == '?';
    ink->hand_words = g_strdup(reading + is_unsure);
    ink->hand_words_confidence = BUILDER_CONFIDENCE;
    ink->hand_words_weakest = is_unsure ? 0.3 : BUILDER_CONFIDENCE;
}

/* builder_unsure: takes the ¿ before characters that are not surely read out of @value,
 * which keeps its place. Returns: how sure each is, owned; NULL: none was so marked */
static inline GArray *builder_unsure(char *value, double confidence)
{
    if (strstr(value, "¿") == NULL)
        return NULL;
    GArray *sureness = g_array_new(false, false, sizeof(double));
    g_autofree char *marked = g_strdup(value);
    char *out = value;
    for (const char *p = marked; *p != '\0'; p = g_utf8_next_char(p)) {
        bool is_marked = g_str_has_prefix(p, "¿");
        p = is_marked ? g_utf8_next_char(p) : p;
        double sure = is_marked ? 0.5 : confidence;
        g_array_append_val(sureness, sure);
        size_t length = (size_t)(g_utf8_next_char(p) - p);
        memmove(out, p, length);
        out += length;
    }
    *out = '\0';
    return sureness;
}

/* builder_set: KEY=VALUE[~CONFIDENCE][^SECOND READING][#DIGITS READING][$NUMBER BY HAND]
 * [%WORDS BY HAND][@hand]; KEY= empty; KEY! its place was not found; KEY- the print has
 * it not; ␣ a blank; ¿ before a character of VALUE: it was not surely read. Ticks: codes,
 * ?code unsure; !CODE why a person has to look. */
static inline void builder_set(Paper *paper, int page, const char *words)
{
    g_auto(GStrv) pieces = g_strsplit(words, "␣", -1);
    g_autofree char *text = g_strjoinv(" ", pieces);
    char *value = strchr(text, '=');
    bool is_lost = value == NULL && g_str_has_suffix(text, "!");
    bool is_gone = value == NULL && g_str_has_suffix(text, "-");
    if (value != NULL)
        *value++ = '\0';
    else
        text[strlen(text) - 1] = '\0';
    g_assert_true(value != NULL || is_lost || is_gone);
    PaperField *field = (PaperField *)paper_field(paper, text);
    if (field == NULL)
        g_error("no field %s", text);
    if (is_gone) {
        g_ptr_array_remove(paper->fields, field);
        return;
    }
    field->is_found = !is_lost;
    if (is_lost)
        return;
    field->is_by_hand = g_strcmp0(builder_cut(value, '@'), "hand") == 0;
    const char *hand_words = builder_cut(value, '%');
    const char *hand_number = builder_cut(value, '$');
    const char *digits = builder_cut(value, '#');
    const char *second = builder_cut(value, '^');
    const char *confidence = builder_cut(value, '~');
    field->confidence =
        confidence != NULL ? g_ascii_strtod(confidence, NULL) : BUILDER_CONFIDENCE;
    g_ptr_array_set_size(field->inks, 0);
    g_clear_pointer(&field->raw, g_free);
    bool is_ticked = field->decl->kind == KIND_CHOICE_ONE ||
                     field->decl->kind == KIND_CHOICE_MANY ||
                     field->decl->kind == KIND_PRESENCE;
    if (is_ticked) {
        builder_set_ticks(field, value);
        return;
    }
    if (*value == '\0')
        return;
    GArray *sureness = builder_unsure(value, field->confidence);
    field->raw = g_strdup(value);
    Ink *ink = g_new0(Ink, 1);
    *ink = (Ink){.page = page,
                 .box_px = {10, 20, 300, 40},
                 .text = g_strdup(value),
                 .confidence = field->confidence,
                 .weakest = sureness != NULL ? 0.5 : field->confidence - 0.05,
                 .sureness = sureness,
                 .second_text = g_strdup(second),
                 .digits_text = g_strdup(digits),
                 .hand_number = g_strdup(hand_number),
                 .hand_number_confidence = BUILDER_CONFIDENCE};
    builder_set_hand_words(ink, hand_words);
    g_ptr_array_add(field->inks, ink);
}

static inline void builder_set_words(Builder *builder, Paper *paper, char **words)
{
    (void)builder;
    int page = g_array_index(paper->parts, PaperPart, 0).page;
    for (int i = 0; words[i] != NULL; i++)
        if (*words[i] != '\0')
            builder_set(paper, page, words[i]);
}

static inline void builder_flag(Builder *builder, Paper *paper, char **words)
{
    if (g_str_equal(words[0], "contested"))
        paper->is_contested = true;
    else if (g_str_equal(words[0], "unreadable"))
        paper->is_unreadable = true;
    else if (g_str_equal(words[0], "note"))
        g_ptr_array_add(paper->notes, g_strdup(words[1]));
    else if (g_str_equal(words[0], "bid")) {
        Bid *bid = g_new0(Bid, 1);
        bid->decl =
            pipeline_class(builder->pipeline, builder_class_name(builder, words[1]));
        bid->score = g_ascii_strtod(words[2], NULL);
        bid->reasons = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(paper->bids, bid);
    } else
        g_error("no flag %s", words[0]);
}

static inline void builder_drop(Builder *builder, const char *name)
{
    Paper *paper = builder_find(builder, name);
    g_assert_nonnull(paper);
    g_ptr_array_remove(builder->papers, paper);
}

static inline void builder_correct(Builder *builder, const char *words)
{
    g_auto(GStrv) parts = g_strsplit(words, "=", 2);
    Correction *correction = g_new0(Correction, 1);
    *correction = (Correction){.field = g_strdup(parts[0]),
                               .value = g_strdup(parts[1]),
                               .by = g_strdup("王芳"),
                               .reason = g_strdup("seen"),
                               .at = g_strdup("2023-03-08T10:00:00Z")};
    g_ptr_array_add(builder->corrections, correction);
}

/* builder_decide_papers: the record of @papers, which are the builder's in some order. */
static inline JsonObject *builder_decide_papers(const Builder *builder, GPtrArray *papers)
{
    CaseInput input = {.site = "tx01",
                       .batch = "b1",
                       .source = "stack/case-001",
                       .home_place = builder->home,
                       .given_place = builder->given,
                       .as_of = builder->as_of,
                       .taken_on = builder->as_of,
                       .pages = builder->pages,
                       .sources = builder->sources,
                       .papers = papers,
                       .covers = builder->covers,
                       .remarks = builder->remarks,
                       .name = builder->name,
                       .corrections = builder->corrections,
                       .pipeline = builder->pipeline};
    return casework_decide(&input);
}

/* builder_decide: the record; @is_reversed: with the papers in the other order. */
static inline JsonObject *builder_decide(const Builder *builder, bool is_reversed)
{
    g_autoptr(GPtrArray) papers = g_ptr_array_new();
    for (guint i = 0; i < builder->papers->len; i++)
        g_ptr_array_insert(papers, is_reversed ? 0 : -1, builder->papers->pdata[i]);
    return builder_decide_papers(builder, papers);
}
