/* SPDX-License-Identifier: GPL-3.0-or-later */
/* faults.c - what is wrong, one by one, the worst kind first. */
#include "base/json.h"
#include "report.h"

#define MAX_PAGES_SHOWN 4 /* of a false "complete": the papers it rests on */

/* How bad, the worst first. */
typedef enum {
    RANK_FALSE_COMPLETE,
    RANK_ACCEPTED,
    RANK_PAPER_ACCEPTED,
    RANK_EMPTY,
    RANK_NO_RECORD,
    RANK_VERDICT,
    RANK_PAPER,
    RANK_REVIEW,
    RANK_PAPER_REVIEW,
    RANK_COUNT
} Rank;

static const struct {
    const char *heading, *words;
} ranks[RANK_COUNT] = {
    [RANK_FALSE_COMPLETE] = {"False complete",
                             "Said to be complete, and it is not. There must be none."},
    [RANK_ACCEPTED] = {"Accepted on the form, and wrong",
                       "Nobody would have looked at these again."},
    [RANK_PAPER_ACCEPTED] = {"Accepted on a paper, and wrong", "The same, of papers."},
    [RANK_EMPTY] = {"Said to be empty, and something is written there",
                    "Nobody looks at an empty field either."},
    [RANK_NO_RECORD] = {"Cases without a record", "Nothing was made of their pages."},
    [RANK_VERDICT] = {"Other verdicts than the truth's",
                      "What was asked of each paper, and what was found."},
    [RANK_PAPER] = {"Papers not known, or not whole", "Pages taken for something else."},
    [RANK_REVIEW] = {"Wrong on the form, and left to a person",
                     "The program was in doubt; these cost time, not trust."},
    [RANK_PAPER_REVIEW] = {"Wrong on a paper, and left to a person", "The same."},
};

static Rank field_rank(const Finding *finding)
{
    bool is_on_form = finding->sort == FINDING_FIELD;
    if (finding_is_accepted(finding))
        return is_on_form ? RANK_ACCEPTED : RANK_PAPER_ACCEPTED;
    if (strcmp(finding->state, "empty") == 0)
        return RANK_EMPTY;
    return is_on_form ? RANK_REVIEW : RANK_PAPER_REVIEW;
}

static Rank rank_of(const Finding *finding)
{
    static const Rank sorts[] = {[FINDING_NO_RECORD] = RANK_NO_RECORD,
                                 [FINDING_PAGE] = RANK_PAPER,
                                 [FINDING_PAPER] = RANK_PAPER,
                                 [FINDING_VERDICT] = RANK_VERDICT,
                                 [FINDING_COMPLETE] = RANK_FALSE_COMPLETE};
    return finding->sort == FINDING_FIELD || finding->sort == FINDING_PAPER_FIELD
               ? field_rank(finding)
               : sorts[finding->sort];
}

/* --- one fault ---------------------------------------------------------------------- */

static void add_pair(GString *html, const char *name, const char *class,
                     const char *value)
{
    g_string_append_printf(html, "<dt>%s<dd class=%s>", name, class);
    html_text(html, value != NULL ? value : "nothing");
}

static void add_image(GString *html, const char *uri)
{
    if (uri != NULL)
        g_string_append_printf(html, "<img src='%s' alt=''>", uri);
}

static void add_state(GString *html, const Finding *finding)
{
    g_autoptr(GString) text = g_string_new(finding->state);
    const char *code =
        json_get_string(json_get_object(finding->field, "reason"), "code", NULL);
    if (code != NULL)
        g_string_append_printf(text, " (%s)", code);
    if (finding->field != NULL && json_object_has_member(finding->field, "confidence"))
        g_string_append_printf(text, ", said %.2f %% sure",
                               100 * json_get_double(finding->field, "confidence", 0));
    add_pair(html, "state", "state", text->str);
}

static JsonObject *utility_of(const Finding *finding)
{
    return json_get_object(json_get_object(finding->of->record, "utilities"),
                           finding->key);
}

/* What the truth lacks for the utility: "water/identity" of its list. */
static void add_missing(GString *html, const Finding *finding)
{
    JsonArray *missing = json_get_array(finding->of->truth, "missing");
    g_autofree char *prefix = g_strdup_printf("%s/", finding->key);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; missing != NULL && i < json_array_get_length(missing); i++) {
        const char *name = json_array_get_string_element(missing, i);
        if (g_str_has_prefix(name, prefix))
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "",
                                   name + strlen(prefix));
    }
    add_pair(html, "lacking", "state", text->len > 0 ? text->str : NULL);
}

static void add_requirement(GString *html, JsonObject *requirement)
{
    g_string_append(html, "<li>");
    html_printf(html, "%s: %s", json_get_string(requirement, "id", "?"),
                json_get_string(requirement, "state", "?"));
    const char *code =
        json_get_string(json_get_object(requirement, "reason"), "code", NULL);
    if (code != NULL)
        html_printf(html, " (%s)", code);
    JsonArray *papers = json_get_array(requirement, "papers");
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++)
        html_printf(html, "%s%d", i == 0 ? ", paper " : " and ",
                    (int)json_array_get_int_element(papers, i));
}

static void add_requirements(GString *html, const Finding *finding)
{
    JsonObject *utility = utility_of(finding);
    JsonArray *requirements = json_get_array(utility, "requirements");
    JsonArray *doubts = json_get_array(utility, "doubts");
    g_string_append(html, "<ul>");
    for (guint i = 0; requirements != NULL && i < json_array_get_length(requirements);
         i++)
        add_requirement(html, json_array_get_object_element(requirements, i));
    for (guint i = 0; doubts != NULL && i < json_array_get_length(doubts); i++) {
        g_string_append(html, "<li>");
        html_printf(html, "doubt: %s", json_array_get_string_element(doubts, i));
    }
    g_string_append(html, "</ul>");
}

/* The first @most pages of @paper, of those that may still be shown. */
static void add_pages(GString *html, const ReportInput *input, const Finding *finding,
                      JsonObject *paper, int most, int *left)
{
    JsonArray *pages = json_get_array(paper, "pages");
    int count = pages != NULL ? MIN((int)json_array_get_length(pages), most) : 0;
    for (int i = 0; i<count && * left> 0; i++) {
        g_autofree char *uri = picture_take_page(input->pictures, finding->of,
                                                 json_array_get_int_element(pages, i));
        add_image(html, uri);
        (*left)--;
    }
}

/* The papers that a verdict rests on, each with its first page. */
static void add_papers(GString *html, const ReportInput *input, const Finding *finding)
{
    JsonArray *requirements = json_get_array(utility_of(finding), "requirements");
    JsonArray *papers = json_get_array(finding->of->record, "papers");
    int left = MAX_PAGES_SHOWN;
    for (guint i = 0; requirements != NULL && i < json_array_get_length(requirements);
         i++) {
        JsonArray *numbers =
            json_get_array(json_array_get_object_element(requirements, i), "papers");
        for (guint k = 0; numbers != NULL && k < json_array_get_length(numbers); k++) {
            int64_t number = json_array_get_int_element(numbers, k);
            add_pages(html, input, finding, json_find_numbered(papers, "paper", number),
                      1, &left);
        }
    }
}

/* Where no ink was read: the paper that it should have been read on. */
static void add_whole_paper(GString *html, const ReportInput *input,
                            const Finding *finding)
{
    JsonArray *papers = json_get_array(finding->of->record, "papers");
    int left = MAX_PAGES_SHOWN;
    for (guint i = 0; papers != NULL && i < json_array_get_length(papers); i++) {
        JsonObject *paper = json_array_get_object_element(papers, i);
        if (strcmp(json_get_string(paper, "class", ""), finding->class_name) == 0)
            add_pages(html, input, finding, paper, MAX_PAGES_SHOWN, &left);
    }
}

static void add_field(GString *html, const ReportInput *input, const Finding *finding)
{
    g_string_append(html, "<div><dl>");
    add_pair(html, "read", "read", finding->value);
    add_pair(html, "true", "true", finding->truth);
    add_state(html, finding);
    g_string_append(html, "</dl>");
    if (finding_has_ink(finding)) {
        g_autofree char *uri = picture_take_ink(input->pictures, finding);
        add_image(html, uri);
    } else if (rank_of(finding) <= RANK_EMPTY) {
        add_whole_paper(html, input, finding);
    }
    g_string_append(html, "</div>");
}

static void add_verdict(GString *html, const ReportInput *input, const Finding *finding)
{
    g_string_append(html, "<div><dl>");
    add_pair(html, "said", "read", finding->value);
    add_pair(html, "true", "true", finding->truth);
    add_missing(html, finding);
    g_string_append(html, "</dl>");
    add_requirements(html, finding);
    if (finding->sort == FINDING_COMPLETE)
        add_papers(html, input, finding);
    g_string_append(html, "</div>");
}

static void add_page(GString *html, const ReportInput *input, const Finding *finding)
{
    g_string_append(html, "<div><dl>");
    bool is_page = finding->sort == FINDING_PAGE;
    add_pair(html, is_page ? "taken for" : "found", "read",
             is_page ? finding->value : "not all of its pages, or others too");
    add_pair(html, "true", "true", finding->class_name);
    g_string_append(html, "</dl>");
    g_autofree char *uri = picture_take_page(input->pictures, finding->of, finding->page);
    add_image(html, uri);
    g_string_append(html, "</div>");
}

static void add_who(GString *html, const Finding *finding)
{
    static const char *const members[] = {"form", "fill", "wear", "print", "face"};
    g_string_append(html, "<div class=who><strong>");
    if (finding->sort == FINDING_PAPER_FIELD)
        html_printf(html, "%s/", finding->class_name);
    html_text(html, finding->key);
    g_string_append(html, "</strong><br>");
    html_text(html, finding->of->name);
    g_string_append(html, "<br><span class=soft>");
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
        html_printf(html, "%s%s", i == 0 ? "" : " · ",
                    made_case_word(finding->of, members[i]));
    g_string_append(html, "</span></div>");
}

static void add_fault(GString *html, const ReportInput *input, const Finding *finding)
{
    g_string_append(html, "<div class=fault>");
    add_who(html, finding);
    switch (finding->sort) {
    case FINDING_FIELD:
    case FINDING_PAPER_FIELD:
        add_field(html, input, finding);
        break;
    case FINDING_VERDICT:
    case FINDING_COMPLETE:
        add_verdict(html, input, finding);
        break;
    case FINDING_PAGE:
    case FINDING_PAPER:
        add_page(html, input, finding);
        break;
    case FINDING_NO_RECORD:
        break;
    }
    g_string_append(html, "</div>\n");
}

/* --- all of them -------------------------------------------------------------------- */

static void add_rank(GString *html, const ReportInput *input, Rank rank)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new();
    for (guint i = 0; i < input->findings->len; i++) {
        Finding *finding = input->findings->pdata[i];
        if (finding_fault(finding) != NULL && rank_of(finding) == rank)
            g_ptr_array_add(faults, finding);
    }
    if (faults->len == 0 && rank != RANK_FALSE_COMPLETE && rank != RANK_ACCEPTED)
        return;
    g_string_append_printf(html, "<h3>%s: %u</h3><p class=soft>%s</p>\n",
                           ranks[rank].heading, faults->len, ranks[rank].words);
    for (guint i = 0; i < faults->len; i++)
        add_fault(html, input, faults->pdata[i]);
}

void report_faults(GString *html, const ReportInput *input)
{
    g_string_append(
        html, "<h2 id=faults>What is wrong</h2><p>The worst kind first. Each value "
              "with its ink, as the program had it before it (red frame). What was "
              "accepted or said to be empty where no ink was read is shown with its "
              "whole paper.</p>\n");
    for (int rank = 0; rank < RANK_COUNT; rank++)
        add_rank(html, input, (Rank)rank);
    if (input->pictures->refused > 0)
        g_string_append_printf(
            html,
            "<p class=soft>%d more pictures are left out, so that this "
            "page stays light.</p>\n",
            input->pictures->refused);
}
