/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/fields.c - a field's state from what was read in one place: value, check,
 * confidence, and whether a second reading says the same. */
#include "base/text.h"
#include "casework/case.h"
#include "casework/known-names.h"
#include "casework/normalise.h"
#include "casework/readings.h"

const char *field_state_name(FieldState state)
{
    static const char *const names[] = {"empty", "review", "accepted", "confirmed"};
    return names[state];
}

void decided_field_free(DecidedField *field)
{
    if (field == NULL)
        return;
    g_free(field->value);
    g_strfreev(field->values);
    g_free(field->suggestion);
    g_free(field->rival);
    g_free(field->other_hand);
    g_ptr_array_unref(field->evidence);
    g_free(field);
}

DecidedField *fields_find(const GPtrArray *fields, const char *key)
{
    for (guint i = 0; fields != NULL && key != NULL && i < fields->len; i++) {
        DecidedField *field = fields->pdata[i];
        if (g_str_equal(field->decl->key, key))
            return field;
    }
    return NULL;
}

bool field_is_settled(const DecidedField *field)
{
    return field != NULL &&
           (field->state == FIELD_ACCEPTED || field->state == FIELD_CONFIRMED);
}

bool field_is_usable(const Case *case_, const DecidedField *field)
{
    if (field == NULL || field->value == NULL)
        return false;
    if (field_is_settled(field))
        return true;
    return field->is_by_hand ? field->is_borne_out : field_is_legible(case_, field);
}

bool field_is_legible(const Case *case_, const DecidedField *field)
{
    if (field == NULL || field->value == NULL)
        return false;
    const ThresholdDecl *limit = pipeline_thresholds(case_->pipeline, field->decl->kind);
    return (field->is_check_ok || field->is_soft) && !field->is_guess &&
           field->confidence >= limit->agree_confidence;
}

static void add_evidence(DecidedField *field, const Ink *ink, const char *option,
                         const char *note)
{
    Evidence *evidence = g_new0(Evidence, 1);
    *evidence = (Evidence){.paper = field->paper,
                           .ink = ink,
                           .option = option,
                           .note = note,
                           .is_by_hand = ink != NULL && field->is_by_hand};
    g_ptr_array_add(field->evidence, evidence);
}

static DecidedField *review(DecidedField *field, const char *problem)
{
    field->state = FIELD_REVIEW;
    field->problem = problem;
    return field;
}

/* Where a paper names its holder, a firm is a name like any other. */
static FieldKind kind_of_ink(const PaperField *source, bool is_on_form)
{
    bool is_firm = source->decl->kind == KIND_PERSON_NAME && is_firm_name(source->raw);
    return is_firm && !is_on_form ? KIND_FIRM_NAME
                                  : kind_as_written(source->decl->kind, source->raw);
}

FieldKind field_kind(const DecidedField *field)
{
    return kind_as_written(field->decl->kind, field->value);
}

/* --- text-like fields
 * ------------------------------------------------------------------------ */

/* A lone stroke of doubt in a cell that wants more than one character. */
static bool is_lone_noise(FieldKind kind, const char *value, double confidence,
                          double limit)
{
    g_autofree char *bare = text_bare(value);
    bool wants_more = kind == KIND_PERSON_NAME || kind == KIND_PHONE ||
                      kind == KIND_RESIDENT_ID || kind == KIND_ADDRESS ||
                      kind == KIND_DATE || kind == KIND_PLACE_NAME ||
                      kind == KIND_CREDIT_CODE || kind == KIND_HOLDER_NUMBER;
    return wants_more && confidence < limit && g_utf8_strlen(bare, -1) <= 1;
}

/* As sure as this the shapes leave a digit that they speak against (reading/). */
#define OBJECTED 0.5

/* Whether a reading that nobody else confirms is a promise. Returns: NULL, or why not. */
static const char *doubt_of(const DecidedField *field, const Readings *readings,
                            const ThresholdDecl *limit)
{
    FieldKind kind = field_kind(field);
    bool has_check = kind_has_check_digit(kind);
    bool is_opposed = readings->opposes > 0 && (readings->has_sound_rival ||
                                                (!has_check && readings->supports == 0));
    if (readings->chosen.problem != NULL)
        return readings->chosen.problem;
    if (is_opposed)
        return "readings_differ";
    if (readings->from != TEXT_MAIN) /* the first reading failed its check */
        return readings->supports > 0 && has_check &&
                       field->confidence >= limit->agree_confidence
                   ? NULL
                   : "readings_differ";
    if (field->confidence >= limit->accept_confidence &&
        paper_field_weakest(field->source) >= limit->weakest_confidence)
        return NULL;
    /* a digit whose shape speaks against it was misread by all of them, for all we know
     */
    bool is_objected = !has_check && paper_field_weakest(field->source) <= OBJECTED;
    if (kind_is_digits(kind) && readings->supports > 0 && !is_objected &&
        field->confidence >= limit->agree_confidence)
        return NULL;
    return "low_confidence";
}

/* Whether the ink says just what was read, be it right or a slip of the pen. */
static bool is_surely_read(const DecidedField *field, const Readings *readings,
                           const ThresholdDecl *limit)
{
    return !field->source->is_unread && readings->opposes == 0 &&
           readings->from == TEXT_MAIN && field->confidence >= limit->accept_confidence &&
           paper_field_weakest(field->source) >= limit->weakest_confidence;
}

/* Counties and districts are a closed list: one wrong character in such a name is put
 * right, and an unknown name of a district is nobody's promise. */
static void check_region(const Case *case_, DecidedField *field)
{
    const char *const *regions = (const char *const *)case_->regions;
    FieldKind kind = field->decl->kind;
    if (kind == KIND_CERTIFICATE_NUMBER) { /* 豫(2021)开封市不动产权第…号 */
        g_autoptr(GRegex) regex = g_regex_new("\\)(\\p{Han}+?)不动产", 0, 0, NULL);
        g_autoptr(GMatchInfo) match = NULL;
        g_autofree char *place = g_regex_match(regex, field->value, 0, &match)
                                     ? g_match_info_fetch(match, 1)
                                     : NULL;
        field->is_unlisted = place != NULL && !is_known_region(place, regions);
        return;
    }
    if (kind != KIND_ADDRESS && kind != KIND_PLACE_NAME)
        return;
    g_autofree char *repaired = NULL;
    RegionState state = region_check(field->value, regions, &repaired);
    if (state == REGION_REPAIRED) {
        g_free(field->value);
        field->value = g_steal_pointer(&repaired);
        for (guint i = 0; i < field->evidence->len; i++)
            ((Evidence *)field->evidence->pdata[i])->note = "region_repaired";
    } else if (state == REGION_NONE && kind == KIND_PLACE_NAME &&
               !is_known_region(field->value, regions)) {
        field->is_unlisted = true;
    }
}

/* Why a reading other than the first was taken; NULL: it is the first */
static const char *note_of(const Readings *readings)
{
    static const char *const notes[TEXT_COUNT] = {[TEXT_SECOND] = "second_reading",
                                                  [TEXT_DIGITS] = "digits_reading",
                                                  [TEXT_HAND] = "hand_number",
                                                  [TEXT_HAND_WORDS] = "hand_words",
                                                  [TEXT_LAWFUL] = "lawful_reading"};
    return readings->from != TEXT_MAIN ? notes[readings->from] : readings->chosen.note;
}

static DecidedField *decide_text(const Case *case_, DecidedField *field)
{
    const PaperField *source = field->source;
    const ThresholdDecl *limit = pipeline_thresholds(case_->pipeline, field->decl->kind);
    if (source->raw == NULL || *source->raw == '\0') {
        field->confidence = 0;
        return source->is_unread ? review(field, "unread") : field;
    }
    FieldKind kind = kind_of_ink(source, field->is_on_form);
    Readings readings = readings_compare(case_, source, kind);
    field->rival = g_steal_pointer(&readings.rival);
    hand_take_number(case_, field, kind, &readings);
    hand_take_lawful(case_, field, kind, &readings);
    hand_take_words(case_, field, kind, &readings);
    g_auto(Normalised) chosen = readings.chosen;
    const char *note = note_of(&readings);
    for (guint i = 0; i < source->inks->len; i++)
        add_evidence(field, source->inks->pdata[i], NULL, note);
    if (chosen.value ==
        NULL) { /* a speck, the printed 年 月 日, or a mark that says "none" */
        bool is_mark = field->confidence >= limit->accept_confidence &&
                       strpbrk(source->raw, "-/\\xX") != NULL;
        return is_mark ? review(field, "mark_only") : field;
    }
    if (is_lone_noise(field->decl->kind, chosen.value, field->confidence,
                      limit->agree_confidence))
        return review(field, "noise");
    field->value = g_steal_pointer(&chosen.value);
    field->suggestion = g_steal_pointer(&chosen.suggestion);
    field->is_check_ok = chosen.problem == NULL;
    field->is_soft = chosen.is_soft;
    check_region(case_, field);
    field->is_firm = !field->is_by_hand && is_surely_read(field, &readings, limit);
    const char *doubt = source->is_unread ? "unread" : doubt_of(field, &readings, limit);
    if (doubt == NULL && field->is_unlisted)
        doubt = "unknown_region";
    if (field->is_by_hand) /* what the models make of a hand is nobody's promise */
        doubt = "handwritten";
    if (doubt != NULL)
        return review(field, doubt);
    field->state = FIELD_ACCEPTED;
    return field;
}

/* --- choices and presence
 * ---------------------------------------------------------------------- */

static guint count(GStrv codes)
{
    return codes != NULL ? g_strv_length(codes) : 0;
}

static void add_tick_evidence(DecidedField *field)
{
    const PaperField *source = field->source;
    for (guint i = 0; i < count(source->ticked); i++)
        add_evidence(field, NULL, source->ticked[i], "ticked");
    for (guint i = 0; i < count(source->unsure); i++)
        add_evidence(field, NULL, source->unsure[i], "unsure");
    for (guint i = 0; i < source->inks->len; i++)
        add_evidence(field, source->inks->pdata[i], NULL, NULL);
}

static DecidedField *decide_choice(const Case *case_, DecidedField *field)
{
    const PaperField *source = field->source;
    const ThresholdDecl *limit = pipeline_thresholds(case_->pipeline, field->decl->kind);
    bool is_many = field->decl->kind == KIND_CHOICE_MANY;
    guint ticked = count(source->ticked), unsure = count(source->unsure);
    if (is_many)
        field->values = ticked > 0 ? g_strdupv(source->ticked) : g_new0(char *, 1);
    else if (ticked == 1)
        field->value = g_strdup(source->ticked[0]);
    if (unsure > 0 || (!is_many && ticked > 1)) {
        add_tick_evidence(field);
        return review(field, unsure > 0 ? "unsure_tick" : "two_ticks");
    }
    if (ticked == 0)
        return field;
    for (guint i = 0; i < source->inks->len; i++)
        add_evidence(field, source->inks->pdata[i], NULL, NULL);
    if (field->confidence < limit->agree_confidence)
        return review(field, "low_confidence");
    field->state = FIELD_ACCEPTED;
    field->is_check_ok = true;
    return field;
}

static DecidedField *decide_presence(const Case *case_, DecidedField *field)
{
    const PaperField *source = field->source;
    const ThresholdDecl *limit = pipeline_thresholds(case_->pipeline, field->decl->kind);
    bool is_present = source->ticked != NULL &&
                      g_strv_contains((const char *const *)source->ticked, "present");
    bool is_doubtful = count(source->ticked) != 1 || count(source->unsure) > 0;
    /* doubtful ink is most often a thin signature; the state says that nobody promised it
     */
    field->value =
        g_strdup(is_present || count(source->unsure) > 0 ? "present" : "absent");
    for (guint i = 0; i < source->inks->len; i++)
        add_evidence(field, source->inks->pdata[i], NULL, NULL);
    if (is_doubtful)
        return review(field, "unsure_ink");
    if (source->doubt != NULL)
        return review(field, source->doubt);
    if (field->confidence < limit->agree_confidence)
        return review(field, "low_confidence");
    field->state = FIELD_ACCEPTED;
    field->is_check_ok = true;
    return field;
}

static DecidedField *decide(const Case *case_, const PaperField *source, int paper,
                            bool is_on_form)
{
    DecidedField *field = g_new0(DecidedField, 1);
    *field = (DecidedField){.decl = source->decl,
                            .source = source,
                            .paper = paper,
                            .is_on_form = is_on_form,
                            .is_by_hand = source->is_by_hand,
                            .state = FIELD_EMPTY,
                            .confidence = source->confidence,
                            .evidence = g_ptr_array_new_with_free_func(g_free)};
    FieldKind kind = source->decl->kind;
    if (!source->is_found) {
        field->values = kind == KIND_CHOICE_MANY ? g_new0(char *, 1) : NULL;
        return review(field, "not_found");
    }
    return kind == KIND_CHOICE_ONE || kind == KIND_CHOICE_MANY
               ? decide_choice(case_, field)
           : kind == KIND_PRESENCE ? decide_presence(case_, field)
                                   : decide_text(case_, field);
}

GPtrArray *fields_decide(const Case *case_, const Paper *paper, int index)
{
    GPtrArray *fields =
        g_ptr_array_new_with_free_func((GDestroyNotify)decided_field_free);
    for (guint i = 0; i < paper->fields->len; i++)
        g_ptr_array_add(fields, decide(case_, paper->fields->pdata[i], index,
                                       paper->decl != NULL && paper->decl->is_form));
    return fields;
}
