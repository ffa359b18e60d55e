/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/application-day.c - the day of the application, by which terms are judged and
 * lists chosen; where the form does not surely say it, between which days it lies. The
 * day of intake is no more than the last of them: at a counter both are one, in an
 * archive there are years between. */
#include "casework/case.h"
#include "casework/date-span.h"

/* What says when it was applied, the better first. */
static const char *const day_keys[] = {KEY_SIGNED_ON, KEY_RECEIVED_ON};

static const DecidedField *day_field(const Case *case_, size_t index)
{
    return fields_find(case_->fields, day_keys[index]);
}

static const char *settled_day(const Case *case_, size_t index)
{
    const DecidedField *field = day_field(case_, index);
    if (!field_is_settled(field) || field->value == NULL)
        return NULL;
    /* a day that has not come yet is a slip of the pen or of the reading */
    return g_strcmp0(field->value, case_->input->as_of) <= 0 ? field->value : NULL;
}

/* Nobody applies after the papers were taken in. */
static const char *last_possible_day(const Case *case_)
{
    const char *as_of = case_->input->as_of, *taken_on = case_->input->taken_on;
    bool is_told = taken_on != NULL && *taken_on != '\0';
    return is_told && g_strcmp0(taken_on, as_of) < 0 ? taken_on : as_of;
}

/* @ink's text with a mark for each character less sure than @limit. Owned. */
static char *surely_read(const Ink *ink, double limit)
{
    g_autoptr(GString) out = g_string_new(NULL);
    guint index = 0;
    for (const char *p = ink->text; *p != '\0'; p = g_utf8_next_char(p), index++) {
        double sureness = ink->sureness != NULL && index < ink->sureness->len
                              ? g_array_index(ink->sureness, double, index)
                              : ink->weakest;
        if (sureness < limit)
            g_string_append(out, DATE_UNSURE);
        else
            g_string_append_len(out, p, g_utf8_next_char(p) - p);
    }
    return g_strdup(out->str);
}

/* What is sure of a day that is for a person to look at. By hand nothing is, and of what
 * is read like this too often wrong neither. */
static bool span_of(const Case *case_, const DecidedField *field, DaySpan *span)
{
    *span = (DaySpan){NULL};
    if (field == NULL || field->state != FIELD_REVIEW || field->is_by_hand ||
        field->source == NULL || g_strcmp0(field->problem, "rate_too_low") == 0)
        return false;
    double limit =
        pipeline_thresholds(case_->pipeline, field->decl->kind)->accept_confidence;
    for (guint i = 0; i < field->source->inks->len; i++) {
        const Ink *ink = field->source->inks->pdata[i];
        g_autofree char *text = surely_read(ink, limit);
        g_auto(DaySpan) found = {NULL};
        if (!date_span(text, ink->second_text, &found))
            continue;
        if (span->from != NULL) { /* two years on one line to sign on */
            day_span_clear(span);
            return false;
        }
        *span = found;
        found = (DaySpan){NULL};
    }
    return span->from != NULL;
}

/* The latest day that a paper of the case surely bears and that is not behind @last: who
 * applied had it. NULL where none does. */
static const char *latest_day_of_papers(const Case *case_, const char *last)
{
    const char *latest = NULL;
    for (guint i = 0; i < case_->papers->len; i++) {
        const CasePaper *paper = case_->papers->pdata[i];
        const ClassDecl *class = paper->paper->decl;
        for (guint k = 0; class != NULL && !class->is_form && k < paper->fields->len;
             k++) {
            const DecidedField *field = paper->fields->pdata[k];
            bool is_day = field->decl->kind == KIND_DATE && field_is_settled(field) &&
                          field->value != NULL;
            if (is_day && strcmp(field->value, last) <= 0 &&
                g_strcmp0(field->value, latest) > 0)
                latest = field->value;
        }
    }
    return latest;
}

static void take_span(Case *case_, const char *from, const char *to)
{
    case_->application_date = g_strdup(to);
    case_->applied_from = g_strdup(from);
    case_->application_days =
        g_strcmp0(from, to) == 0
            ? g_strdup(to)
            : g_strdup_printf("%s..%s", from != NULL ? from : "", to);
}

/* The bounds of a day that the form does not surely say. */
static void bound_day(Case *case_)
{
    const char *last = last_possible_day(case_);
    g_auto(DaySpan) span = {NULL};
    for (size_t i = 0; i < G_N_ELEMENTS(day_keys) && span.from == NULL; i++)
        if (span_of(case_, day_field(case_, i), &span) && strcmp(span.from, last) > 0)
            day_span_clear(&span); /* not yet: misread, or a slip */
    const char *to = span.to != NULL && strcmp(span.to, last) < 0 ? span.to : last;
    const char *borne = latest_day_of_papers(case_, to);
    const char *from = g_strcmp0(borne, span.from) > 0 ? borne : span.from;
    take_span(case_, from, to);
}

void date_decide(Case *case_)
{
    case_->is_date_unknown = true;
    for (size_t i = 0; i < G_N_ELEMENTS(day_keys) && case_->is_date_unknown; i++) {
        const char *day = settled_day(case_, i);
        if (day == NULL)
            continue;
        take_span(case_, day, day);
        case_->is_date_unknown = false;
    }
    if (!case_->is_date_unknown)
        return;
    bound_day(case_);
    if (case_->form != NULL)
        problem_add(case_, GRADE_NOTE, "no_application_date", "used",
                    case_->application_date, NULL);
}

TermState term_state(const Case *case_, const char *last_day)
{
    if (!g_ascii_isdigit(*last_day) || strcmp(last_day, case_->application_date) >= 0)
        return TERM_RUNS;
    return case_->applied_from != NULL && strcmp(last_day, case_->applied_from) < 0
               ? TERM_OVER
               : TERM_MAYBE_OVER;
}

const DecidedField *application_day_field(const Case *case_)
{
    for (size_t i = 0; i < G_N_ELEMENTS(day_keys); i++) {
        const DecidedField *day = day_field(case_, i);
        bool is_read = case_->is_date_unknown
                           ? day != NULL && day->state == FIELD_REVIEW &&
                                 day->source != NULL && day->source->inks->len > 0
                           : field_is_settled(day) &&
                                 g_strcmp0(day->value, case_->application_date) == 0;
        if (is_read)
            return day;
    }
    return NULL;
}
