/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/place.c - whose list applies: the place of the application. */
#include "base/text.h"
#include "casework/case.h"

/* Where the last mention of one of @names begins in @text; -1 where none does. */
static long last_mention(const char *text, GStrv names)
{
    long best = -1;
    for (int i = 0; names != NULL && names[i] != NULL; i++) {
        const char *at = g_strrstr(text, names[i]);
        if (at != NULL)
            best = MAX(best, (long)(at - text));
    }
    return best;
}

/* 行政区域 is often written without its last character: 通许 for 通许县. */
static bool is_short_name(const char *text, GStrv names)
{
    for (int i = 0; names != NULL && names[i] != NULL; i++) {
        const char *last = g_utf8_find_prev_char(names[i], names[i] + strlen(names[i]));
        if (last != NULL && strlen(text) == (size_t)(last - names[i]) &&
            strncmp(text, names[i], (size_t)(last - names[i])) == 0)
            return true;
    }
    return false;
}

/* The place that @text speaks of. The narrowest name is written last (开封市通许县), so
 * the last mention decides. @is_elsewhere: out: a county with lists we do not have */
static const PlaceDecl *place_of(const Case *case_, const char *text, bool *is_elsewhere)
{
    const GPtrArray *places = pipeline_places(case_->pipeline);
    const PlaceDecl *best = NULL;
    long best_at = -1, elsewhere_at = -1;
    for (guint i = 0; text != NULL && i < places->len; i++) {
        const PlaceDecl *place = places->pdata[i];
        long at = is_short_name(text, place->districts)
                      ? 0
                      : last_mention(text, place->districts);
        if (at > best_at) {
            best = place;
            best_at = at;
        }
        elsewhere_at = MAX(elsewhere_at, last_mention(text, place->elsewhere));
    }
    if (elsewhere_at > best_at) {
        *is_elsewhere = true;
        return NULL;
    }
    return best;
}

bool page_says(const PageReading *page, const char *cue)
{
    g_autofree char *wanted = text_bare(cue);
    for (guint i = 0; page != NULL && i < page->lines->len; i++) {
        const TextLine *line = page->lines->pdata[i];
        g_autofree char *text = text_bare(line->text != NULL ? line->text : "");
        if (text_find_fuzzy(text, wanted, 0.2, NULL, NULL) >= 0)
            return true;
    }
    return false;
}

/* The place whose print the form is; NULL where no place's words are on it. */
static const PlaceDecl *place_of_print(const Case *case_)
{
    const GPtrArray *places = pipeline_places(case_->pipeline);
    const Paper *form = case_->form->paper;
    for (guint i = 0; i < places->len; i++) {
        const PlaceDecl *place = places->pdata[i];
        for (int c = 0; place->cues != NULL && place->cues[c] != NULL; c++)
            for (guint k = 0; k < form->parts->len; k++) {
                int page = g_array_index(form->parts, PaperPart, k).page;
                if (page >= 0 && (guint)page < case_->input->pages->len &&
                    page_says(case_->input->pages->pdata[page], place->cues[c]))
                    return place;
            }
    }
    return NULL;
}

static const char *usable_value(const Case *case_, const char *key)
{
    const DecidedField *field = fields_find(case_->fields, key);
    bool is_told = field_is_usable(case_, field) || field_is_legible(case_, field);
    return is_told ? field->value : NULL;
}

void place_decide(Case *case_)
{
    bool is_elsewhere = false;
    const CaseInput *input = case_->input;
    if (input->given_place != NULL) {
        case_->place = pipeline_place(case_->pipeline, input->given_place);
        return;
    }
    const PlaceDecl *district = NULL, *address = NULL;
    if (case_->form != NULL) {
        district = place_of(case_, usable_value(case_, KEY_DISTRICT), &is_elsewhere);
        address = place_of(case_, usable_value(case_, KEY_SITE), &is_elsewhere);
    }
    if (is_elsewhere || (district != NULL && address != NULL && district != address)) {
        case_->is_place_doubtful = true;
        problem_add(case_, GRADE_REVIEW,
                    is_elsewhere ? "place_elsewhere" : "place_contradicts", NULL);
    }
    case_->place = district != NULL ? district : address;
    if (case_->place == NULL && case_->form != NULL)
        case_->place = place_of_print(case_);
    if (case_->place == NULL && input->home_place != NULL)
        case_->place = pipeline_place(case_->pipeline, input->home_place);
    if (case_->place == NULL)
        problem_add(case_, GRADE_REVIEW, "no_place", NULL);
}
