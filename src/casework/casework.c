/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/casework.c - one case, decided step by step, and its name. */
#include "casework/casework.h"

#include "base/json.h"
#include "casework/case.h"

#define NAME_CHARACTERS 8
#define DEFAULT_SITE "x"

void page_source_free(PageSource *source)
{
    if (source == NULL)
        return;
    g_free(source->original_sha256);
    g_free(source->name);
    g_free(source->failure);
    g_free(source);
}

void case_cover_free(CaseCover *cover)
{
    g_free(cover->code);
    g_free(cover);
}

void pile_remark_free(PileRemark *remark)
{
    g_free(remark->name);
    g_free(remark);
}

static int text_order(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *casework_case_name(const char *site, const GPtrArray *sources)
{
    static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < sources->len; i++) {
        const PageSource *source = sources->pdata[i];
        g_ptr_array_add(pages, g_strdup_printf("%s %d\n",
                                               source->original_sha256 != NULL
                                                   ? source->original_sha256
                                                   : "",
                                               source->index));
    }
    g_ptr_array_sort(pages, text_order);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < pages->len; i++)
        g_checksum_update(sum, pages->pdata[i], -1);
    guint8 digest[32];
    gsize length = sizeof digest;
    g_checksum_get_digest(sum, digest, &length);
    guint64 bits = 0; /* the first 40 bits are 8 characters of 5 */
    for (int i = 0; i < 5; i++)
        bits = bits << 8 | digest[i];
    char name[NAME_CHARACTERS + 1] = {0};
    for (int i = NAME_CHARACTERS; i > 0; i--, bits >>= 5)
        name[i - 1] = crockford[bits & 31];
    return g_strdup_printf("%s-%s", site != NULL ? site : DEFAULT_SITE, name);
}

/* --- building the case
 * ------------------------------------------------------------------ */

static void case_paper_free(void *data)
{
    CasePaper *paper = data;
    g_ptr_array_unref(paper->fields);
    g_ptr_array_unref(paper->reasons);
    g_free(paper);
}

static void case_clear(Case *case_)
{
    g_clear_pointer(&case_->fields, g_ptr_array_unref);
    g_clear_pointer(&case_->extra, g_ptr_array_unref);
    g_clear_pointer(&case_->papers, g_ptr_array_unref);
    g_clear_pointer(&case_->regions, g_strfreev);
    g_clear_pointer(&case_->application_date, g_free);
    g_clear_pointer(&case_->applied_from, g_free);
    g_clear_pointer(&case_->application_days, g_free);
    g_clear_pointer(&case_->ordered, g_ptr_array_unref);
    g_clear_pointer(&case_->contradictions, g_ptr_array_unref);
    g_clear_pointer(&case_->problems, json_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Case, case_clear)

static GStrv regions_of(const Pipeline *pipeline)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    const GPtrArray *places = pipeline_places(pipeline);
    for (guint i = 0; i < places->len; i++) {
        const PlaceDecl *place = places->pdata[i];
        if (place->districts != NULL)
            g_strv_builder_addv(builder, (const char **)place->districts);
        if (place->elsewhere != NULL)
            g_strv_builder_addv(builder, (const char **)place->elsewhere);
    }
    return g_strv_builder_end(builder);
}

static guint written_fields(const CasePaper *paper)
{
    guint written = 0;
    for (guint i = 0; i < paper->fields->len; i++)
        written += ((const DecidedField *)paper->fields->pdata[i])->state != FIELD_EMPTY;
    return written;
}

static bool is_form(const CasePaper *paper)
{
    return paper->paper->decl != NULL && paper->paper->decl->is_form;
}

/* The form with most written on it; between equals the name that sorts first, so that the
 * order of papers has no say. */
static bool is_better_form(const CasePaper *candidate, const CasePaper *best)
{
    guint left = written_fields(candidate), right = written_fields(best);
    if (left != right)
        return left > right;
    const DecidedField *a = fields_find(candidate->fields, KEY_APPLICANT);
    const DecidedField *b = fields_find(best->fields, KEY_APPLICANT);
    return g_strcmp0(a != NULL ? a->value : NULL, b != NULL ? b->value : NULL) < 0;
}

/* Which page of which file @paper begins on, whatever its place in the pile. */
static char *first_page_name(const Case *case_, const Paper *paper)
{
    int page =
        paper->parts->len > 0 ? g_array_index(paper->parts, PaperPart, 0).page : -1;
    if (page < 0 || (guint)page >= case_->input->sources->len)
        return g_strdup("");
    const PageSource *source = case_->input->sources->pdata[page];
    return g_strdup_printf("%s %d",
                           source->original_sha256 != NULL ? source->original_sha256 : "",
                           source->index);
}

/* By class, then by what is on it, then by the file it came in. */
static char *order_text(const Case *case_, const CasePaper *paper)
{
    g_autofree char *page = first_page_name(case_, paper->paper);
    GString *out =
        g_string_new(paper->paper->decl != NULL ? paper->paper->decl->name : "unknown");
    for (guint i = 0; i < paper->fields->len; i++) {
        const DecidedField *field = paper->fields->pdata[i];
        g_string_append_printf(out, "\n%s %d %.4f",
                               field->value != NULL ? field->value : "",
                               (int)field->state, field->confidence);
    }
    g_string_append_printf(out, "\n%s", page);
    return g_string_free(out, FALSE);
}

static int paper_order(gconstpointer a, gconstpointer b, gpointer data)
{
    const Case *case_ = data;
    g_autofree char *left = order_text(case_, *(CasePaper *const *)a);
    g_autofree char *right = order_text(case_, *(CasePaper *const *)b);
    return strcmp(left, right);
}

/* Whether the paper is one before it that went through the scanner twice. */
static bool is_scanned_again(const Case *case_, guint index)
{
    const GPtrArray *papers = case_->input->papers;
    for (guint i = 0; i < index; i++)
        if (papers_are_one(papers->pdata[i], papers->pdata[index], case_->input->pages))
            return true;
    return false;
}

static void add_papers(Case *case_)
{
    int forms = 0;
    for (guint i = 0; i < case_->input->papers->len; i++) {
        CasePaper *paper = g_new0(CasePaper, 1);
        paper->paper = case_->input->papers->pdata[i];
        paper->index = (int)i;
        paper->fields = fields_decide(case_, paper->paper, (int)i);
        paper->reasons = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(case_->ordered, paper);
        paper->place = UNSURE;
        g_ptr_array_add(case_->papers, paper);
        paper->is_again = is_scanned_again(case_, i);
        if (!is_form(paper) || paper->is_again)
            continue;
        forms++;
        if (case_->form == NULL || is_better_form(paper, case_->form))
            case_->form = paper;
    }
    g_ptr_array_sort_with_data(case_->ordered, paper_order, case_);
    for (guint i = 0; case_->form != NULL && i < case_->form->fields->len; i++)
        g_ptr_array_add(case_->fields, case_->form->fields->pdata[i]);
    if (forms == 0)
        problem_add(case_, GRADE_REVIEW, "no_form", NULL);
    if (forms > 1)
        problem_add(case_, GRADE_REVIEW, "several_forms", NULL);
}

/* --- problems of the pile
 * --------------------------------------------------------------- */

static void note_lost_pages(Case *case_)
{
    for (guint i = 0; i < case_->input->pages->len; i++) {
        if (case_->input->pages->pdata[i] != NULL)
            continue;
        const PageSource *source =
            i < case_->input->sources->len ? case_->input->sources->pdata[i] : NULL;
        g_autofree char *page = g_strdup_printf("%u", i + 1);
        problem_add(case_, GRADE_REVIEW, "page_failed", "page", page, "why",
                    source != NULL ? source->failure : NULL, NULL);
        case_->has_lost_pages = true;
    }
}

/* What is the matter with the picture of a page, and what to do about it: the words are
 * in phrases.c. What was read on it stands as it is. */
static void note_bad_pictures(Case *case_)
{
    static const char *const codes[] = {"blur", "dark", "cut_off", "low_resolution"};
    for (guint i = 0; i < case_->input->pages->len; i++) {
        const PageReading *page = case_->input->pages->pdata[i];
        g_autofree char *number = g_strdup_printf("%u", i + 1);
        for (size_t k = 0; page != NULL && k < G_N_ELEMENTS(codes); k++)
            if (g_ptr_array_find_with_equal_func(page->problems, codes[k], g_str_equal,
                                                 NULL))
                problem_add(case_, GRADE_NOTE, codes[k], "page", number, NULL);
    }
}

/* Each page that shows the sheet of another one; both stay. */
static void note_doubles(Case *case_)
{
    const GPtrArray *pages = case_->input->pages;
    for (guint i = 1; i < pages->len; i++)
        for (guint k = 0; k < i; k++) {
            if (!pages_are_one_sheet(pages->pdata[k], pages->pdata[i]))
                continue;
            g_autofree char *first = g_strdup_printf("%u", k + 1);
            g_autofree char *again = g_strdup_printf("%u", i + 1);
            problem_add(case_, GRADE_NOTE, "scanned_twice", "page", first, "other_page",
                        again, NULL);
            break;
        }
}

/* What cover sheets and neighbours in the pile say of this case. */
static void note_pile(Case *case_)
{
    const CaseInput *input = case_->input;
    for (guint i = 0; input->covers != NULL && i < input->covers->len; i++) {
        const CaseCover *cover = input->covers->pdata[i];
        if (cover->expected == 0 || cover->expected == cover->found)
            continue;
        g_autofree char *expected = g_strdup_printf("%d", cover->expected);
        g_autofree char *found = g_strdup_printf("%d", cover->found);
        problem_add(case_, GRADE_REVIEW, "sheets_differ", "expected", expected, "found",
                    found, NULL);
        case_->has_lost_pages |= cover->found < cover->expected;
    }
    for (guint i = 0; input->remarks != NULL && i < input->remarks->len; i++) {
        const PileRemark *remark = input->remarks->pdata[i];
        g_autofree char *page =
            remark->page >= 0 ? g_strdup_printf("%d", remark->page + 1) : NULL;
        const char *key = page != NULL ? "page" : remark->name != NULL ? "case" : NULL;
        problem_add(case_, remark->is_for_review ? GRADE_REVIEW : GRADE_NOTE,
                    remark->code, key, page != NULL ? page : remark->name, NULL);
        case_->has_lost_pages |= remark->may_lack;
    }
}

static void note_odd_papers(Case *case_)
{
    for (guint i = 0; i < case_->papers->len; i++) {
        const CasePaper *paper = case_->papers->pdata[i];
        g_autofree char *number = g_strdup_printf("%u", i + 1);
        if (paper->paper->is_contested)
            problem_add(case_, GRADE_REVIEW, "contested_paper", "paper", number, NULL);
        else if (paper->paper->is_unreadable)
            problem_add(case_, GRADE_REVIEW, "unreadable_paper", "paper", number, NULL);
        else if (paper->paper->decl == NULL)
            problem_add(case_, GRADE_NOTE, "unknown_paper", "paper", number, NULL);
        for (guint k = 0; k < paper->paper->notes->len && !paper->is_again; k++)
            problem_add(case_, is_form(paper) ? GRADE_REVIEW : GRADE_NOTE,
                        paper->paper->notes->pdata[k], "paper", number, NULL);
    }
}

/* Who the form names beside the applicant is worth knowing, no more. */
static void note_agent(Case *case_)
{
    const DecidedField *agent = fields_find(case_->fields, KEY_AGENT);
    const DecidedField *applicant = fields_find(case_->fields, KEY_APPLICANT);
    if (agent != NULL && agent->value != NULL && applicant != NULL &&
        applicant->value != NULL &&
        names_compare(agent->value, applicant->value) == DIFFERENT)
        problem_add(case_, GRADE_NOTE, "agent_acts", "agent", agent->value, NULL);
}

static void find_rule(Case *case_)
{
    bool is_before = false;
    const ClassDecl *form = case_->form != NULL ? case_->form->paper->decl : NULL;
    if (form == NULL || case_->place == NULL)
        return;
    case_->rule = pipeline_rule(case_->pipeline, form->service, case_->applicant_kind,
                                case_->place->name, case_->application_date, &is_before);
    if (case_->rule == NULL)
        problem_add(case_, GRADE_REVIEW, "no_list", NULL);
    else if (is_before)
        problem_add(case_, GRADE_NOTE, "before_list", "document", case_->rule->document,
                    NULL);
    if (case_->rule != NULL && case_->rule->assumption != NULL)
        problem_add(case_, GRADE_NOTE, "list_assumed", "document", case_->rule->document,
                    "assumption", case_->rule->assumption, NULL);
}

/* --- the record
 * ------------------------------------------------------------------------- */

/* review: something to look at; else incomplete; else ready. */
static const char *status_of(const Case *case_, JsonObject *record)
{
    JsonObject *utilities = json_get_object(record, "utilities");
    bool is_review = case_->has_review_problem, is_incomplete = false;
    for (int i = 0; utility_codes[i] != NULL; i++) {
        JsonObject *utility = json_get_object(utilities, utility_codes[i]);
        if (utility == NULL)
            continue;
        const char *verdict = json_get_string(utility, "verdict", "review");
        is_review |= g_str_equal(verdict, "review");
        is_incomplete |= g_str_equal(verdict, "incomplete");
        g_autofree char *why = NULL;
        casework_may_leave(record, case_->pipeline, utility_codes[i], &why);
        is_review |= why != NULL && g_str_has_prefix(why, "field:");
    }
    return is_review ? "review" : is_incomplete ? "incomplete" : "ready";
}

static void mark_due(JsonObject *record, const Pipeline *pipeline)
{
    JsonObject *utilities = json_get_object(record, "utilities");
    for (int i = 0; utility_codes[i] != NULL; i++) {
        JsonObject *utility = json_get_object(utilities, utility_codes[i]);
        if (utility != NULL &&
            casework_may_leave(record, pipeline, utility_codes[i], NULL))
            json_object_set_string_member(utility, "delivery", "due");
    }
}

static JsonObject *build_record(Case *case_)
{
    const CaseInput *input = case_->input;
    const ClassDecl *form = case_->form != NULL ? case_->form->paper->decl : NULL;
    g_autofree char *name = input->name != NULL
                                ? g_strdup(input->name)
                                : casework_case_name(input->site, input->sources);
    JsonObject *record = json_object_new();
    json_object_set_int_member(record, "record", 1);
    json_object_set_string_member(record, "case", name);
    json_set_string(record, "batch", input->batch);
    json_set_string(record, "source", input->source);
    json_set_string(record, "as_of", input->as_of);
    json_set_string(record, "place", case_->place != NULL ? case_->place->name : NULL);
    json_set_string(record, "service", form != NULL ? form->service : NULL);
    json_set_string(record, "applicant_kind", case_->applicant_kind);
    json_set_string(record, "form", form != NULL ? form->name : NULL);
    json_object_set_string_member(record, "status", "review");
    json_object_set_object_member(record, "utilities", verdicts_decide(case_));
    json_object_set_object_member(record, "fields", record_fields(case_));
    json_object_set_array_member(record, "papers", record_papers(case_));
    json_object_set_array_member(record, "pages", record_pages(case_));
    json_object_set_array_member(record, "problems", json_array_ref(case_->problems));
    json_set_string(record, "applied_on", case_->application_date);
    if (case_->is_date_unknown)
        json_set_string(record, "applied_between", case_->application_days);
    json_set_string(record, "list", case_->rule != NULL ? case_->rule->document : NULL);
    json_object_set_array_member(record, "covers", record_covers(case_));
    json_object_set_string_member(record, "status", status_of(case_, record));
    mark_due(record, case_->pipeline);
    return record;
}

/* Everything but requirements and verdicts. */
const PageReading *case_page(const Case *case_, int page)
{
    const GPtrArray *pages = case_->input->pages;
    return page >= 0 && (guint)page < pages->len ? pages->pdata[page] : NULL;
}

static void open_case(Case *case_)
{
    case_->papers = g_ptr_array_new_with_free_func(case_paper_free);
    case_->fields = g_ptr_array_new();
    case_->extra = g_ptr_array_new_with_free_func((GDestroyNotify)decided_field_free);
    case_->ordered = g_ptr_array_new();
    case_->contradictions = g_ptr_array_new_with_free_func(g_free);
    case_->problems = json_array_new();
    case_->regions = regions_of(case_->pipeline);
    add_papers(case_);
    corrections_apply(case_);
    note_lost_pages(case_);
    note_bad_pictures(case_);
    note_pile(case_);
    note_doubles(case_);
    note_odd_papers(case_);
    note_agent(case_);
    fields_resolve(case_);
    hands_bear_out(case_);
    roles_decide(case_);
    fields_agree(case_);
    fields_fill_by_print(case_);
    fields_calibrate(case_);
    place_decide(case_);
    date_decide(case_);
    kind_decide(case_);
    find_rule(case_);
    contradictions_find(case_);
    fields_fill_by_likeness(case_);
}

JsonObject *casework_decide(const CaseInput *input)
{
    g_auto(Case) case_ = {.input = input, .pipeline = input->pipeline};
    open_case(&case_);
    return build_record(&case_);
}

/* --- may it leave
 * ------------------------------------------------------------------------ */

static bool hold(char **why_not, const char *format, const char *detail)
{
    if (why_not != NULL)
        *why_not = g_strdup_printf("%s%s", format, detail);
    return false;
}

static bool is_wanted_by(const FieldDecl *decl, const char *utility)
{
    return decl->is_required ||
           (decl->required_by != NULL &&
            g_strv_contains((const char *const *)decl->required_by, utility));
}

static bool is_present(JsonObject *fields, const char *key)
{
    JsonObject *field = json_get_object(fields, key);
    return field != NULL &&
           g_strcmp0(json_get_string(field, "value", NULL), "present") == 0;
}

bool casework_may_leave(JsonObject *record, const Pipeline *pipeline, const char *utility,
                        char **why_not)
{
    if (why_not != NULL)
        *why_not = NULL;
    JsonObject *own = json_get_object(json_get_object(record, "utilities"), utility);
    const char *form_name = json_get_string(record, "form", NULL);
    const ClassDecl *form =
        form_name != NULL ? pipeline_class(pipeline, form_name) : NULL;
    JsonObject *fields = json_get_object(record, "fields");
    if (own == NULL || form == NULL || fields == NULL)
        return hold(why_not, "not_asked", "");
    const char *verdict = json_get_string(own, "verdict", "review");
    bool is_signed = is_present(fields, KEY_SIGNATURE) || is_present(fields, KEY_SEAL);
    for (guint i = 0; i < form->fields->len; i++) {
        const FieldDecl *decl = form->fields->pdata[i];
        JsonObject *field = json_get_object(fields, decl->key);
        if (field == NULL || !is_wanted_by(decl, utility)) /* not on this print */
            continue;
        const char *state = json_get_string(field, "state", "");
        if (!g_str_equal(state, "accepted") && !g_str_equal(state, "confirmed"))
            return hold(why_not, "field:", decl->key);
    }
    if (!is_signed)
        return hold(why_not, "not_signed", "");
    if (!g_str_equal(verdict, "complete") && !g_str_equal(verdict, "deferred"))
        return hold(why_not, "verdict:", verdict);
    if (json_get_string(own, "recipient", NULL) == NULL)
        return hold(why_not, "no_recipient", "");
    return true;
}
