/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in a pile one case ends and the next begins. A form begins a case; what lies
 * before it is held against the people of the forms on either side. */
#include "papers/private.h"

#include "base/text.h"

#include <stdlib.h>

/* How a paper stands to the forms before and behind it. */
typedef enum {
    TIE_NONE,       /* says nothing of either */
    TIE_BEFORE,     /* names somebody of the form before, or goes on with its papers */
    TIE_NEXT_MAYBE, /* a name of the next form */
    TIE_NEXT,       /* a number of the next form, and none of the one before */
} Tie;

typedef struct {
    const GPtrArray *papers, *pages;
    GArray *forms; /* guint: papers that are forms and begin a case */
    bool has_cover;
} Pile;

static bool is_form(const Paper *paper)
{
    return paper->decl != NULL && paper->decl->is_form;
}

static bool is_number(FieldKind kind)
{
    return kind == KIND_RESIDENT_ID || kind == KIND_CREDIT_CODE ||
           kind == KIND_HOLDER_NUMBER;
}

static bool is_person(FieldKind kind)
{
    return kind == KIND_PERSON_NAME || kind == KIND_FIRM_NAME;
}

/* What @field says of who somebody is, bare; NULL where it says too little. Owned. */
static char *identity_of(const PaperField *field)
{
    if (field->raw == NULL ||
        !(is_number(field->decl->kind) || is_person(field->decl->kind)))
        return NULL;
    g_autofree char *bare = text_bare(field->raw);
    glong least = is_number(field->decl->kind) ? 15 : 2;
    return g_utf8_strlen(bare, -1) >= least ? g_steal_pointer(&bare) : NULL;
}

/* Whether @paper and @form name somebody together: by a number, or by a name. */
static Tie tie_of(const Paper *paper, const Paper *form)
{
    Tie tie = TIE_NONE;
    for (guint i = 0; form != NULL && i < paper->fields->len; i++) {
        g_autofree char *mine = identity_of(paper->fields->pdata[i]);
        const FieldDecl *decl = ((const PaperField *)paper->fields->pdata[i])->decl;
        for (guint k = 0; mine != NULL && k < form->fields->len; k++) {
            g_autofree char *theirs = identity_of(form->fields->pdata[k]);
            const FieldDecl *other = ((const PaperField *)form->fields->pdata[k])->decl;
            if (theirs == NULL || is_number(decl->kind) != is_number(other->kind) ||
                strcmp(mine, theirs) != 0)
                continue;
            tie = MAX(tie, is_number(decl->kind) ? TIE_NEXT : TIE_NEXT_MAYBE);
        }
    }
    return tie;
}

static int first_page(const Paper *paper)
{
    return g_array_index(paper->parts, PaperPart, 0).page;
}

static int last_page(const Paper *paper)
{
    return g_array_index(paper->parts, PaperPart, paper->parts->len - 1).page;
}

/* The numbers of 第3页 共5页 on @page. Returns: false where it has none */
static bool page_number(const PageReading *page, int *number, int *count)
{
    g_autoptr(GRegex) pattern =
        g_regex_new("第(\\d{1,3})页[,，/]?共(\\d{1,3})页", 0, 0, NULL);
    for (guint i = 0; page != NULL && i < page->lines->len; i++) {
        g_autofree char *text =
            text_folded(((const TextLine *)page->lines->pdata[i])->text);
        g_autoptr(GMatchInfo) match = NULL;
        if (!g_regex_match(pattern, text, 0, &match))
            continue;
        g_autofree char *first = g_match_info_fetch(match, 1);
        g_autofree char *second = g_match_info_fetch(match, 2);
        *number = atoi(first);
        *count = atoi(second);
        return *number >= 1 && *number <= *count;
    }
    return false;
}

/* Whether @paper begins with the page after the last of @before, by their own numbers. */
static bool goes_on(const Pile *pile, const Paper *before, const Paper *paper)
{
    int one, other, count, other_count;
    return page_number(pile->pages->pdata[last_page(before)], &one, &count) &&
           page_number(pile->pages->pdata[first_page(paper)], &other, &other_count) &&
           count == other_count && other == one + 1;
}

static const Paper *paper_at(const Pile *pile, guint index)
{
    return pile->papers->pdata[index];
}

static Tie tie_between(const Pile *pile, guint index, const Paper *before,
                       const Paper *next)
{
    const Paper *paper = paper_at(pile, index);
    if (tie_of(paper, before) != TIE_NONE ||
        (before != NULL && index > 0 && goes_on(pile, paper_at(pile, index - 1), paper)))
        return TIE_BEFORE;
    return tie_of(paper, next);
}

/* Fields of two forms that were filled in alike. */
static bool says_the_same(const Paper *a, const Paper *b)
{
    for (guint i = 0; i < a->fields->len; i++) {
        const PaperField *one = a->fields->pdata[i];
        const PaperField *other = paper_field(b, one->decl->key);
        if (one->raw != NULL && other != NULL && other->raw != NULL &&
            text_similarity(one->raw, other->raw) < 0.8)
            return false;
    }
    return true;
}

bool papers_are_one(const Paper *a, const Paper *b, const GPtrArray *pages)
{
    if (a->decl == NULL || a->decl != b->decl || !says_the_same(a, b))
        return false;
    for (guint i = 0; i < b->parts->len; i++) {
        int page = g_array_index(b->parts, PaperPart, i).page;
        bool has_twin = false;
        for (guint k = 0; k < a->parts->len && !has_twin; k++) {
            int other = g_array_index(a->parts, PaperPart, k).page;
            has_twin = other != page &&
                       pages_are_one_sheet(pages->pdata[other], pages->pdata[page]);
        }
        if (!has_twin)
            return false;
    }
    return true;
}

/* A form that went through the scanner twice begins one case, not two. */
static bool is_double(const Pile *pile, guint index)
{
    for (guint i = 0; i < pile->forms->len; i++) {
        const Paper *earlier = paper_at(pile, g_array_index(pile->forms, guint, i));
        if (papers_are_one(earlier, paper_at(pile, index), pile->pages))
            return true;
    }
    return false;
}

static void find_forms(Pile *pile)
{
    for (guint i = 0; i < pile->papers->len; i++)
        if (is_form(paper_at(pile, i)) && !is_double(pile, i))
            g_array_append_val(pile->forms, i);
}

/* The papers between @from and the form at @form that are surely its: directly before it,
 * each with a number of its people. Returns: index of the first, @form where there is
 * none
 */
static guint sure_run(const Pile *pile, guint from, guint form, const Paper *before)
{
    guint begin = form;
    while (begin > from &&
           tie_between(pile, begin - 1, before, paper_at(pile, form)) == TIE_NEXT)
        begin--;
    return begin;
}

/* The first of the papers between @from and @form that may be the form's, with none of
 * the form before behind it; @form where there is none. */
static guint doubtful_run(const Pile *pile, guint from, guint form, const Paper *before)
{
    guint begin = form;
    for (guint i = form; i-- > from;) {
        Tie tie = tie_between(pile, i, before, paper_at(pile, form));
        if (tie == TIE_BEFORE)
            break;
        if (tie != TIE_NONE)
            begin = i;
    }
    return begin;
}

/* Before the first form of a pile nobody else's papers are known: all are its where each
 * names its people, or a cover sheet says so; none where none does. */
static void begin_first(const Pile *pile, guint form, GArray *begins)
{
    CaseBegin begin = {.paper = 0, .doubt_from = -1};
    int ties = 0;
    for (guint i = 0; i < form; i++)
        ties += tie_of(paper_at(pile, i), paper_at(pile, form)) != TIE_NONE;
    bool is_one = pile->has_cover || ties > 0 || form == 0;
    if (form > 0 && !pile->has_cover && ties < (int)form) {
        begin.doubt = CASE_BOUNDARY_UNSURE;
        begin.doubt_from = first_page(paper_at(pile, 0));
    }
    if (!is_one) {
        CaseBegin alone = {.paper = 0, .doubt_from = -1};
        g_array_append_val(begins, alone);
        begin.paper = form;
    }
    g_array_append_val(begins, begin);
}

/* Whether a case would begin in the middle of a page: two cards are copied onto it. */
static bool is_inside_page(const Pile *pile, guint index)
{
    return index > 0 && index < pile->papers->len &&
           first_page(paper_at(pile, index)) == last_page(paper_at(pile, index - 1));
}

static void begin_next(const Pile *pile, guint nth, GArray *begins)
{
    guint form = g_array_index(pile->forms, guint, nth);
    guint last = g_array_index(pile->forms, guint, nth - 1);
    const Paper *before = paper_at(pile, last);
    guint sure = sure_run(pile, last + 1, form, before);
    guint doubtful = doubtful_run(pile, last + 1, form, before);
    if (is_inside_page(pile, sure))
        doubtful = MIN(doubtful, sure - 1);
    CaseBegin begin = {.paper = sure, .doubt_from = -1};
    if (doubtful < sure) { /* the boundary stays where the form is; a person decides */
        begin.paper = form;
        begin.doubt = CASE_BOUNDARY_UNSURE;
        begin.doubt_from = first_page(paper_at(pile, doubtful));
    } else if (pile->has_cover) {
        begin.doubt = CASE_WITHOUT_COVER;
        begin.doubt_from = first_page(paper_at(pile, begin.paper));
    }
    g_array_append_val(begins, begin);
}

GArray *papers_split(const GPtrArray *papers, const GPtrArray *pages, bool has_cover)
{
    GArray *begins = g_array_new(false, true, sizeof(CaseBegin));
    g_autoptr(GArray) forms = g_array_new(false, false, sizeof(guint));
    Pile pile = {papers, pages, forms, has_cover};
    find_forms(&pile);
    if (papers->len > 0 && forms->len == 0) {
        CaseBegin begin = {.paper = 0, .doubt_from = -1};
        g_array_append_val(begins, begin);
    }
    for (guint i = 0; i < forms->len; i++) {
        if (i == 0)
            begin_first(&pile, g_array_index(forms, guint, 0), begins);
        else
            begin_next(&pile, i, begins);
    }
    return begins;
}
