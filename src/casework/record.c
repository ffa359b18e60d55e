/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/record.c - the members of the case record (docs/formats.md), in their order.
 */
#include "base/json.h"
#include "casework/case.h"

static JsonObject *coded(const char *code, va_list args)
{
    JsonObject *object = json_object_new();
    json_object_set_string_member(object, "code", code);
    for (const char *key = va_arg(args, const char *); key != NULL;
         key = va_arg(args, const char *))
        json_set_string(object, key, va_arg(args, const char *));
    return object;
}

JsonObject *reason_new(const char *code, ...)
{
    va_list args;
    va_start(args, code);
    JsonObject *object = coded(code, args);
    va_end(args);
    return object;
}

static void keep_problem(Case *case_, Grade grade, JsonObject *object)
{
    json_object_set_string_member(object, "grade",
                                  grade == GRADE_REVIEW ? "review" : "note");
    case_->has_review_problem |= grade == GRADE_REVIEW;
    json_array_add_object_element(case_->problems, object);
}

void problem_add(Case *case_, Grade grade, const char *code, ...)
{
    va_list args;
    va_start(args, code);
    JsonObject *object = coded(code, args);
    va_end(args);
    keep_problem(case_, grade, object);
}

static JsonObject *evidence_json(const Case *case_, const Evidence *evidence)
{
    JsonObject *object = json_object_new();
    json_object_set_int_member(object, "paper", evidence->paper + 1);
    if (evidence->key != NULL)
        json_object_set_string_member(object, "key", evidence->key);
    if (evidence->option != NULL)
        json_object_set_string_member(object, "option", evidence->option);
    if (evidence->ink != NULL) {
        const Ink *ink = evidence->ink;
        const PageReading *page = case_page(case_, ink->page);
        json_object_set_int_member(object, "page", ink->page + 1);
        json_set_rect(object, "box", ink->box_px);
        json_set_string(object, "text", ink->text);
        json_set_number(object, "confidence", ink->confidence, 3);
        json_set_number(object, "weakest", ink->weakest, 3);
        if (ink->second_text != NULL && g_strcmp0(ink->second_text, ink->text) != 0)
            json_object_set_string_member(object, "second", ink->second_text);
        if (evidence->is_by_hand)
            json_object_set_boolean_member(object, "hand", true);
        if (ink->outvoted_text != NULL && g_strcmp0(ink->outvoted_text, ink->text) != 0)
            json_object_set_string_member(object, "outvoted", ink->outvoted_text);
        if (ink->hand_number != NULL && g_strcmp0(ink->hand_number, ink->text) != 0 &&
            evidence->is_by_hand)
            json_object_set_string_member(object, "hand_number", ink->hand_number);
        if (ink->hand_words != NULL && g_strcmp0(ink->hand_words, ink->text) != 0 &&
            evidence->is_by_hand)
            json_object_set_string_member(object, "hand_words", ink->hand_words);
        const char *model = page != NULL ? page->model : NULL;
        if (ink->is_from_file)
            model = FILE_TEXT_MODEL;
        if (model != NULL)
            json_object_set_string_member(object, "model", model);
    }
    if (evidence->note != NULL)
        json_object_set_string_member(object, "note", evidence->note);
    return object;
}

/* --- contradictions
 * -------------------------------------------------------------------------- */

/* Where @field stands: the lines of its value on their first page as one. */
static JsonObject *side_json(const DecidedField *field)
{
    JsonObject *side = json_object_new();
    if (field->paper >= 0)
        json_object_set_int_member(side, "paper", field->paper + 1);
    json_object_set_string_member(side, "key", field->decl->key);
    guint inks = field->source != NULL ? field->source->inks->len : 0;
    g_autoptr(GString) text = g_string_new(NULL);
    Rect box = {0};
    for (guint i = 0; i < inks; i++) {
        const Ink *ink = field->source->inks->pdata[i];
        const Ink *first = field->source->inks->pdata[0];
        g_string_append(text, ink->text);
        if (ink->page == first->page)
            box = i == 0 ? ink->box_px : rect_union(box, ink->box_px);
    }
    if (inks > 0) {
        const Ink *first = field->source->inks->pdata[0];
        json_object_set_int_member(side, "page", first->page + 1);
        json_set_rect(side, "box", box);
    }
    /* a person's word has no ink */
    json_set_string(side, "text", inks > 0 ? text->str : field->value);
    return side;
}

void problem_add_contradiction(Case *case_, Grade grade, const Contradiction *found)
{
    JsonObject *object = reason_new(found->code, "against", found->against, NULL);
    JsonArray *sides = json_array_new();
    json_array_add_object_element(sides, side_json(found->left));
    if (found->right != NULL)
        json_array_add_object_element(sides, side_json(found->right));
    json_object_set_array_member(object, "sides", sides);
    keep_problem(case_, grade, object);
}

static void set_value(JsonObject *object, const DecidedField *field)
{
    if (field->decl->kind == KIND_CHOICE_MANY)
        json_object_set_array_member(
            object, "value", json_array_from_strv((const char *const *)field->values));
    else
        json_set_string(object, "value", field->value);
}

static JsonObject *field_json(const Case *case_, const DecidedField *field)
{
    JsonObject *object = json_object_new();
    set_value(object, field);
    bool is_blank =
        field->value == NULL && (field->values == NULL || field->values[0] == NULL);
    /* one mark of a speck is still an empty field; a person may also say: nothing there
     */
    FieldState state = field->state;
    json_object_set_string_member(object, "state", field_state_name(state));
    if (field->state == FIELD_REVIEW) {
        JsonObject *reason = reason_new(field->problem, NULL);
        if (field->suggestion != NULL)
            json_object_set_string_member(reason, "suggestion", field->suggestion);
        json_object_set_object_member(object, "reason", reason);
    }
    if (state == FIELD_EMPTY && is_blank)
        return object;
    if (field->is_calibrated)
        json_set_number(object, "confidence", field->rate, 4);
    json_set_number(object, field->is_calibrated ? "raw_confidence" : "confidence",
                    field->confidence, 3);
    JsonArray *all = json_array_new();
    for (guint i = 0; i < field->evidence->len; i++)
        json_array_add_object_element(all,
                                      evidence_json(case_, field->evidence->pdata[i]));
    json_object_set_array_member(object, "evidence", all);
    if (field->by != NULL) {
        JsonObject *by = json_object_new();
        json_set_string(by, "person", field->by->by);
        json_set_string(by, "reason", field->by->reason);
        json_set_string(by, "at", field->by->at);
        json_object_set_object_member(object, "by", by);
    }
    return object;
}

static JsonObject *fields_json(const Case *case_, const GPtrArray *fields)
{
    JsonObject *object = json_object_new();
    for (guint i = 0; i < fields->len; i++) {
        const DecidedField *field = fields->pdata[i];
        json_object_set_object_member(object, field->decl->key, field_json(case_, field));
    }
    return object;
}

JsonObject *record_fields(const Case *case_)
{
    return fields_json(case_, case_->fields);
}

/* --- papers
 * ----------------------------------------------------------------------------- */

static JsonArray *parts_json(const Paper *paper)
{
    JsonArray *parts = json_array_new();
    for (guint i = 0; i < paper->parts->len; i++) {
        const PaperPart *part = &g_array_index(paper->parts, PaperPart, i);
        JsonObject *object = json_object_new();
        json_object_set_int_member(object, "page", part->page + 1);
        if (!rect_is_empty(part->box_px))
            json_set_rect(object, "box", part->box_px);
        if (part->side != NULL)
            json_object_set_string_member(object, "side", part->side);
        json_array_add_object_element(parts, object);
    }
    return parts;
}

static JsonArray *page_numbers(const Paper *paper)
{
    JsonArray *pages = json_array_new();
    int last = -1;
    for (guint i = 0; i < paper->parts->len; i++) {
        int page = g_array_index(paper->parts, PaperPart, i).page;
        if (page != last)
            json_array_add_int_element(pages, page + 1);
        last = page;
    }
    return pages;
}

/* What each place along a ring says: its shape, then what the models read otherwise;
 * "鑫金" where one of them read 金. Nothing: "". */
static JsonArray *seal_places_json(const GArray *places)
{
    JsonArray *array = json_array_new();
    for (guint i = 0; i < places->len; i++) {
        const SealPlace *place = &g_array_index(places, SealPlace, i);
        const gunichar says[] = {place->shape, place->read, place->second};
        g_autoptr(GString) text = g_string_new(NULL);
        for (size_t k = 0; k < G_N_ELEMENTS(says); k++)
            if (says[k] != 0 && g_utf8_strchr(text->str, -1, says[k]) == NULL)
                g_string_append_unichar(text, says[k]);
        json_array_add_string_element(array, text->str);
    }
    return array;
}

static JsonArray *seals_json(const Case *case_, const Paper *paper)
{
    JsonArray *seals = json_array_new();
    g_autoptr(GArray) all = paper_seals(case_, paper);
    for (guint i = 0; i < all->len; i++) {
        const PaperSeal *seal = &g_array_index(all, PaperSeal, i);
        JsonObject *object = json_object_new();
        json_object_set_int_member(object, "page", seal->page + 1);
        json_set_rect(object, "box", seal->mark->box_px);
        json_object_set_string_member(object, "colour",
                                      seal->mark->is_red ? "red" : "black");
        if (seal->mark->text != NULL)
            json_object_set_string_member(object, "text", seal->mark->text);
        if (seal->mark->second_text != NULL &&
            g_strcmp0(seal->mark->second_text, seal->mark->text) != 0)
            json_object_set_string_member(object, "second", seal->mark->second_text);
        if (seal->mark->shapes_text != NULL &&
            g_strcmp0(seal->mark->shapes_text, seal->mark->text) != 0)
            json_object_set_string_member(object, "shapes", seal->mark->shapes_text);
        if (seal->mark->places != NULL)
            json_object_set_array_member(object, "places",
                                         seal_places_json(seal->mark->places));
        json_array_add_object_element(seals, object);
    }
    return seals;
}

static JsonArray *texts_json(const GPtrArray *texts)
{
    JsonArray *array = json_array_new();
    for (guint i = 0; i < texts->len; i++)
        json_array_add_string_element(array, texts->pdata[i]);
    return array;
}

/* Where each section of a form lies, so that a package can mask the others' sections. */
static JsonArray *sections_json(const Paper *paper)
{
    JsonArray *sections = json_array_new();
    for (guint i = 0; i < paper->sections->len; i++) {
        const SectionArea *area = &g_array_index(paper->sections, SectionArea, i);
        JsonObject *object = json_object_new();
        json_object_set_string_member(object, "section", area->decl->id);
        json_object_set_int_member(object, "page", area->page + 1);
        json_set_rect(object, "box", area->box_px);
        json_array_add_object_element(sections, object);
    }
    return sections;
}

static JsonArray *bids_json(const Paper *paper)
{
    JsonArray *bids = json_array_new();
    for (guint i = 0; i < paper->bids->len; i++) {
        const Bid *bid = paper->bids->pdata[i];
        JsonObject *object = json_object_new();
        json_set_string(object, "class", bid->decl != NULL ? bid->decl->name : NULL);
        json_set_number(object, "score", bid->score, 1);
        json_object_set_array_member(object, "reasons", texts_json(bid->reasons));
        json_array_add_object_element(bids, object);
    }
    return bids;
}

/* Why it is about somebody, or may be, and which field told. */
static JsonArray *reasons_json(const CasePaper *paper)
{
    JsonArray *reasons = json_array_new();
    for (int role = 0; role < ROLE_COUNT; role++) {
        for (guint i = 0; i < paper->reasons->len; i++) {
            const RoleReason *reason = paper->reasons->pdata[i];
            if (reason->role != role)
                continue;
            JsonObject *object = json_object_new();
            json_object_set_string_member(object, "role", role_codes[role]);
            json_object_set_boolean_member(object, "sure", reason->state == ROLE_YES);
            json_object_set_string_member(object, "code", reason->code);
            if (reason->paper >= 0) {
                json_object_set_int_member(object, "paper", reason->paper + 1);
                json_object_set_string_member(object, "key", reason->key);
            }
            json_array_add_object_element(reasons, object);
        }
    }
    return reasons;
}

static void add_people(JsonObject *object, const CasePaper *paper)
{
    JsonArray *roles = json_array_new();
    for (int i = 0; i < ROLE_COUNT; i++)
        if (paper->roles[i] == ROLE_YES)
            json_array_add_string_element(roles, role_codes[i]);
    json_object_set_array_member(object, "roles", roles);
    if (paper->reasons->len > 0)
        json_object_set_array_member(object, "role_reasons", reasons_json(paper));
}

static JsonObject *paper_json(const Case *case_, const CasePaper *paper)
{
    const Paper *own = paper->paper;
    bool is_form = own->decl != NULL && own->decl->is_form;
    JsonObject *object = json_object_new();
    json_object_set_int_member(object, "paper", paper->index + 1);
    json_object_set_string_member(object, "class",
                                  own->decl != NULL ? own->decl->name : "unknown");
    if (!is_form)
        add_people(object, paper);
    json_object_set_array_member(object, "pages", page_numbers(own));
    json_object_set_array_member(object, "parts", parts_json(own));
    json_set_number(object, "confidence", own->confidence, 3);
    if (!is_form) {
        json_object_set_object_member(object, "fields",
                                      fields_json(case_, paper->fields));
        json_object_set_array_member(object, "seals", seals_json(case_, own));
        json_object_set_array_member(object, "signatures", json_array_new());
    }
    if (own->is_contested)
        json_object_set_boolean_member(object, "contested", TRUE);
    if (own->is_unreadable)
        json_object_set_boolean_member(object, "unreadable", TRUE);
    if (own->notes->len > 0)
        json_object_set_array_member(object, "notes", texts_json(own->notes));
    if (is_form)
        json_object_set_array_member(object, "sections", sections_json(own));
    json_object_set_array_member(object, "bids", bids_json(own));
    return object;
}

JsonArray *record_papers(const Case *case_)
{
    JsonArray *papers = json_array_new();
    for (guint i = 0; i < case_->papers->len; i++)
        json_array_add_object_element(papers, paper_json(case_, case_->papers->pdata[i]));
    return papers;
}

/* --- pages
 * ------------------------------------------------------------------------------ */

static void add_reading(JsonObject *object, const PageReading *page)
{
    json_object_set_int_member(object, "rotation_deg", page->rotation_deg);
    json_set_number(object, "skew_deg", page->skew_deg, 2);
    json_object_set_int_member(object, "dpi", page->dpi);
    if (page->print != NULL)
        json_object_set_string_member(object, "layout", page->print);
    if (page->is_from_file)
        json_object_set_string_member(object, "text", FILE_TEXT_MODEL);
    JsonArray *size = json_array_new();
    json_array_add_int_element(size, page->width_px);
    json_array_add_int_element(size, page->height_px);
    json_object_set_array_member(object, "size_px", size);
    JsonArray *transform = json_array_new();
    for (int i = 0; i < 9; i++) {
        /* a millionth of a pixel per pixel is nothing on any page */
        double rounded = round(page->to_original.m[i] * 1e9) / 1e9;
        json_array_add_double_element(transform, rounded);
    }
    json_object_set_array_member(object, "to_original", transform);
    if (page->is_blank)
        json_object_set_boolean_member(object, "blank", TRUE);
    if (page->proof_sha256 != NULL) {
        g_autofree char *proof = g_strdup_printf("sha256:%s", page->proof_sha256);
        json_object_set_string_member(object, "proof", proof);
    }
}

JsonArray *record_pages(const Case *case_)
{
    JsonArray *pages = json_array_new();
    for (guint i = 0; i < case_->input->pages->len; i++) {
        const PageReading *page = case_->input->pages->pdata[i];
        const PageSource *source =
            i < case_->input->sources->len ? case_->input->sources->pdata[i] : NULL;
        JsonObject *object = json_object_new();
        json_object_set_int_member(object, "page", i + 1);
        g_autofree char *file =
            source != NULL && source->original_sha256 != NULL
                ? g_strdup_printf("sha256:%s", source->original_sha256)
                : NULL;
        json_set_string(object, "file", file);
        json_set_string(object, "name", source != NULL ? source->name : NULL);
        json_object_set_int_member(object, "index", source != NULL ? source->index : 0);
        if (page != NULL)
            add_reading(object, page);
        JsonArray *problems =
            page != NULL ? texts_json(page->problems) : json_array_new();
        if (page == NULL)
            json_array_add_string_element(
                problems,
                source != NULL && source->failure != NULL ? source->failure : "failed");
        json_object_set_array_member(object, "problems", problems);
        json_array_add_object_element(pages, object);
    }
    return pages;
}

/* --- cover sheets
 * ----------------------------------------------------------------------- */

JsonArray *record_covers(const Case *case_)
{
    JsonArray *covers = json_array_new();
    const GPtrArray *all = case_->input->covers;
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const CaseCover *cover = all->pdata[i];
        JsonObject *object = json_object_new();
        json_object_set_string_member(object, "kind", cover->is_late ? "late" : "new");
        json_set_string(object, "code", cover->code);
        g_autofree char *file =
            g_strdup_printf("sha256:%s", cover->source->original_sha256);
        json_object_set_string_member(object, "file", file);
        json_set_string(object, "name", cover->source->name);
        json_object_set_int_member(object, "index", cover->source->index);
        if (cover->pile != NULL)
            json_object_set_string_member(object, "pile", cover->pile);
        if (cover->expected > 0)
            json_object_set_int_member(object, "expected", cover->expected);
        json_object_set_int_member(object, "found", cover->found);
        json_array_add_object_element(covers, object);
    }
    return covers;
}
