/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "papers/private.h"

#include "base/text.h"

void ink_free(Ink *ink)
{
    g_free(ink->text);
    g_clear_pointer(&ink->sureness, g_array_unref);
    g_free(ink->second_text);
    g_free(ink->outvoted_text);
    g_free(ink->hand_words);
    g_free(ink->hand_number);
    g_free(ink->digits_text);
    g_free(ink);
}

void paper_field_free(PaperField *field)
{
    g_ptr_array_unref(field->inks);
    g_free(field->raw);
    g_strfreev(field->ticked);
    g_strfreev(field->unsure);
    g_free(field);
}

double paper_field_weakest(const PaperField *field)
{
    double weakest = field->confidence;
    for (guint i = 0; i < field->inks->len; i++)
        weakest = MIN(weakest, ((const Ink *)field->inks->pdata[i])->weakest);
    return weakest;
}

void paper_free(Paper *paper)
{
    if (paper == NULL)
        return;
    g_array_unref(paper->parts);
    g_array_unref(paper->sections);
    g_ptr_array_unref(paper->fields);
    g_ptr_array_unref(paper->bids);
    g_ptr_array_unref(paper->notes);
    g_free(paper);
}

static Paper *paper_new(const ClassDecl *decl)
{
    Paper *paper = g_new0(Paper, 1);
    paper->decl = decl;
    paper->parts = g_array_new(false, true, sizeof(PaperPart));
    paper->sections = g_array_new(false, true, sizeof(SectionArea));
    paper->fields = g_ptr_array_new_with_free_func((GDestroyNotify)paper_field_free);
    paper->bids = g_ptr_array_new_with_free_func((GDestroyNotify)bid_free);
    paper->notes = g_ptr_array_new_with_free_func(g_free);
    return paper;
}

const PaperField *paper_field(const Paper *paper, const char *key)
{
    for (guint i = 0; i < paper->fields->len; i++) {
        const PaperField *field = paper->fields->pdata[i];
        if (strcmp(field->decl->key, key) == 0)
            return field;
    }
    return NULL;
}

static bool is_form(const Paper *paper)
{
    return paper->decl != NULL && paper->decl->is_form;
}

/* The class a page is, by its bids. @is_contested: two claim it nearly alike. */
static const ClassDecl *decide_class(const GPtrArray *bids, bool *is_contested)
{
    *is_contested = false;
    if (bids->len == 0)
        return NULL;
    const Bid *best = bids->pdata[0];
    const Bid *next = bids->len > 1 ? bids->pdata[1] : NULL;
    if (best->score < best->decl->accept_score)
        return NULL;
    *is_contested = next != NULL && next->score >= next->decl->accept_score &&
                    best->score - next->score < best->decl->margin;
    return *is_contested ? NULL : best->decl;
}

static void add_part(Paper *paper, guint page)
{
    PaperPart part = {.page = (int)page};
    g_array_append_val(paper->parts, part);
}

static Paper *paper_of_page(const GPtrArray *pages, guint number,
                            const Pipeline *pipeline)
{
    const PageReading *page = pages->pdata[number];
    g_autoptr(GPtrArray) bids = bids_on_page(page, pipeline);
    bool is_contested;
    const ClassDecl *decl = decide_class(bids, &is_contested);
    Paper *paper = paper_new(decl);
    paper->is_contested = is_contested;
    paper->is_unreadable = decl == NULL && !page_is_readable(page);
    if (bids->len > 0)
        paper->confidence = CLAMP(((Bid *)bids->pdata[0])->score / 100, 0, 1);
    g_ptr_array_unref(paper->bids);
    paper->bids = g_steal_pointer(&bids);
    add_part(paper, number);
    return paper;
}

/* --- joining pages --- */

static int page_of(const Paper *paper)
{
    return g_array_index(paper->parts, PaperPart, 0).page;
}

static bool has_room(const Paper *paper)
{
    return (int)paper->parts->len < MAX(paper->decl->max_pages, 1);
}

static void join(Paper *paper, Paper *more, bool is_before)
{
    if (is_before)
        g_array_prepend_vals(paper->parts, more->parts->data, more->parts->len);
    else
        g_array_append_vals(paper->parts, more->parts->data, more->parts->len);
    if (more->decl != NULL)
        paper->confidence = MAX(paper->confidence, more->confidence);
}

/* A form page without a title goes on with the form before it, else with the one after
 * it: behind its title, if that has one (a pile that was turned over), else as they lie.
 */
static void join_form_pages(GPtrArray *papers, const GPtrArray *pages)
{
    for (guint i = 0; i < papers->len;) {
        Paper *paper = papers->pdata[i];
        if (!is_form(paper) ||
            page_has_title(pages->pdata[page_of(paper)], paper->decl)) {
            i++;
            continue;
        }
        Paper *before = NULL, *after = NULL;
        for (guint k = 0; k < i; k++) {
            Paper *other = papers->pdata[k];
            before = is_form(other) && other->decl == paper->decl ? other : before;
        }
        for (guint k = papers->len; k-- > i + 1;) {
            Paper *other = papers->pdata[k];
            after = is_form(other) && other->decl == paper->decl ? other : after;
        }
        Paper *home = before != NULL && has_room(before) ? before
                      : after != NULL && has_room(after) ? after
                                                         : NULL;
        if (home == NULL) {
            i++;
            continue;
        }
        bool is_turned_over = page_has_title(pages->pdata[page_of(home)], home->decl);
        join(home, paper, home == after && !is_turned_over);
        g_ptr_array_remove_index(papers, i);
    }
}

/* Pages that name no class themselves and follow a contract: they go on with it where
 * they speak as its pages do. A page that two classes claim is nobody's. */
static void join_further_pages(GPtrArray *papers, const GPtrArray *pages)
{
    for (guint i = 0; i + 1 < papers->len;) {
        Paper *paper = papers->pdata[i], *next = papers->pdata[i + 1];
        const PaperPart *last =
            &g_array_index(paper->parts, PaperPart, paper->parts->len - 1);
        if (paper->decl == NULL || paper->decl->further->len == 0 || next->decl != NULL ||
            next->is_contested || !has_room(paper) || page_of(next) != last->page + 1 ||
            !page_goes_on(pages->pdata[page_of(next)], paper->decl)) {
            i++;
            continue;
        }
        join(paper, next, false);
        g_ptr_array_remove_index(papers, i + 1);
    }
}

static const char *page_side(const Paper *paper)
{
    const char *side = NULL;
    for (guint i = 0; i < paper->fields->len; i++) {
        const PaperField *field = paper->fields->pdata[i];
        if (!field->is_found || field->decl->side == NULL)
            continue;
        if (side != NULL && strcmp(side, field->decl->side) != 0)
            return "both";
        side = field->decl->side;
    }
    return side;
}

/* Whether what @field, on one side of a card, tells of the other side is not there: not a
 * character of it is. */
static bool is_denied(const PaperField *field, const Paper *other)
{
    const PaperField *there = field->decl->agrees_with != NULL
                                  ? paper_field(other, field->decl->agrees_with)
                                  : NULL;
    if (field->raw == NULL || there == NULL || there->raw == NULL)
        return false;
    g_autofree char *bare = text_bare(field->raw);
    g_autoptr(GRegex) on = g_regex_new(field->decl->agrees_on, 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (on == NULL || !g_regex_match(on, bare, 0, &match))
        return false;
    g_autofree char *told = g_match_info_fetch(match, 1);
    for (const char *p = told; *p != '\0'; p = g_utf8_next_char(p))
        if (g_utf8_strchr(there->raw, -1, g_utf8_get_char(p)) != NULL)
            return false;
    return true;
}

static bool denies(const Paper *a, const Paper *b)
{
    for (guint i = 0; i < a->fields->len; i++)
        if (is_denied(a->fields->pdata[i], b))
            return true;
    return false;
}

/* Whether two neighbouring pages of one class can be one paper: they show its two sides,
 * or different fields of it, and contradict each other in none. A contract says on every
 * other page whom it is with, by hand on the last, so what was read there may differ: a
 * further one begins with its title. */
static bool are_one_paper(const Paper *a, const Paper *b, const GPtrArray *pages)
{
    if (a->decl->names_again && !page_has_title(pages->pdata[page_of(b)], b->decl))
        return true;
    const char *side_a = page_side(a), *side_b = page_side(b);
    if (denies(a, b) || denies(b, a))
        return false;
    if (side_a != NULL || side_b != NULL)
        return side_a != NULL && side_b != NULL && strcmp(side_a, "both") != 0 &&
               strcmp(side_b, "both") != 0 && strcmp(side_a, side_b) != 0;
    /* one character of three may be read wrong where the same name stands again */
    double least = a->decl->names_again ? 0.6 : 0.8;
    for (guint i = 0; i < a->fields->len; i++) {
        const PaperField *one = a->fields->pdata[i];
        const PaperField *other = paper_field(b, one->decl->key);
        if (one->raw != NULL && other != NULL && other->raw != NULL &&
            text_similarity(one->raw, other->raw) < least)
            return false;
    }
    return true;
}

/* Fields of @more that @paper has not. */
static void merge_fields(Paper *paper, Paper *more)
{
    for (guint i = 0; i < paper->fields->len; i++) {
        PaperField *mine = paper->fields->pdata[i];
        for (guint k = 0; k < more->fields->len; k++) {
            PaperField *theirs = more->fields->pdata[k];
            if (theirs->decl != mine->decl || (mine->raw != NULL || theirs->raw == NULL))
                continue;
            paper->fields->pdata[i] = theirs;
            more->fields->pdata[k] = mine;
            break;
        }
    }
}

static void join_paper_pages(GPtrArray *papers, const GPtrArray *pages)
{
    for (guint i = 0; i + 1 < papers->len;) {
        Paper *paper = papers->pdata[i], *next = papers->pdata[i + 1];
        if (paper->decl == NULL || is_form(paper) || paper->decl != next->decl ||
            paper->shares_page || next->shares_page || !has_room(paper) ||
            !are_one_paper(paper, next, pages)) {
            i++;
            continue;
        }
        merge_fields(paper, next);
        join(paper, next, false);
        g_ptr_array_remove_index(papers, i + 1);
    }
}

/* --- fields --- */

static GArray *numbers_of(const Paper *paper)
{
    GArray *numbers = g_array_new(false, false, sizeof(guint));
    for (guint i = 0; i < paper->parts->len; i++) {
        guint page = (guint)g_array_index(paper->parts, PaperPart, i).page;
        g_array_append_val(numbers, page);
    }
    return numbers;
}

static void read_form(Paper *paper, const GPtrArray *pages)
{
    g_autoptr(GArray) numbers = numbers_of(paper);
    g_autoptr(Sheets) sheets = sheets_new(paper->decl, pages, numbers);
    form_read_fields(paper, sheets);
    if ((int)paper->parts->len < paper->decl->max_pages && paper->sections->len > 0 &&
        paper->decl->sections->len > 0) {
        const SectionDecl *last =
            paper->decl->sections->pdata[paper->decl->sections->len - 1];
        bool has_last = false;
        for (guint i = 0; i < paper->sections->len; i++)
            has_last |= g_array_index(paper->sections, SectionArea, i).decl == last;
        if (!has_last)
            g_ptr_array_add(paper->notes, g_strdup("second_page_missing"));
    }
}

/* A paper's fields by cells where it has a grid, by labels in lines where it has not or
 * the grid does not give one. */
static void read_paper(Paper *paper, const GPtrArray *pages)
{
    g_autoptr(GArray) numbers = numbers_of(paper);
    g_autoptr(Sheets) sheets = sheets_new(paper->decl, pages, numbers);
    bool has_grid = false;
    for (guint i = 0; i < numbers->len; i++) {
        const PageReading *page = pages->pdata[g_array_index(numbers, guint, i)];
        has_grid |= page->cells->len >= 4;
    }
    if (has_grid)
        form_read_fields(paper, sheets);
    else
        lines_read_fields(paper, sheets);
}

/* One more paper of the class and the page of @paper. Owned. */
static Paper *paper_beside(const Paper *paper)
{
    Paper *other = paper_new(paper->decl);
    other->confidence = paper->confidence;
    g_array_append_vals(other->parts, paper->parts->data, paper->parts->len);
    return other;
}

/* Reads @paper as if @card were all that is on its page. */
static void read_card(Paper *paper, PageReading *card, const GPtrArray *pages)
{
    g_autoptr(GPtrArray) seen = g_ptr_array_new();
    for (guint i = 0; i < pages->len; i++)
        g_ptr_array_add(seen, (int)i == page_of(paper) ? card : pages->pdata[i]);
    read_paper(paper, seen);
}

/* Reads the cards on the page of the paper at @index, whose own it is no longer alone
 * where there are several. Returns: how many papers they are */
static guint read_cards(GPtrArray *papers, guint index, const GPtrArray *pages)
{
    Paper *paper = papers->pdata[index];
    g_autoptr(GPtrArray) cards =
        paper->decl->is_card && paper->parts->len == 1
            ? cards_of_page(pages->pdata[page_of(paper)], paper->decl)
            : NULL;
    if (cards == NULL) {
        read_paper(paper, pages);
        return 1;
    }
    for (guint i = 0; i < cards->len; i++) {
        Paper *own = i == 0 ? paper : paper_beside(paper);
        if (i > 0)
            g_ptr_array_insert(papers, (int)(index + i), own);
        own->shares_page = cards->len > 1;
        read_card(own, cards->pdata[i], pages);
    }
    return cards->len;
}

/* Parts of a paper with sides: where on the page each side is. Fields of a side that is
 * not there are not on this paper. */
static void split_sides(Paper *paper)
{
    static const char *const sides[] = {"front", "back"};
    g_autoptr(GArray) parts = g_array_new(false, true, sizeof(PaperPart));
    for (gsize s = 0; s < G_N_ELEMENTS(sides); s++) {
        PaperPart part = {.page = -1, .side = sides[s]};
        for (guint i = 0; i < paper->fields->len; i++) {
            const PaperField *field = paper->fields->pdata[i];
            if (g_strcmp0(field->decl->side, sides[s]) != 0 || field->raw == NULL)
                continue;
            for (guint k = 0; k < field->inks->len; k++) {
                const Ink *ink = field->inks->pdata[k];
                part.page = part.page < 0 ? ink->page : part.page;
                if (ink->page == part.page)
                    part.box_px = rect_union(part.box_px, ink->box_px);
            }
        }
        if (part.page >= 0)
            g_array_append_val(parts, part);
        else
            for (guint i = paper->fields->len; i-- > 0;)
                if (g_strcmp0(((PaperField *)paper->fields->pdata[i])->decl->side,
                              sides[s]) == 0)
                    g_ptr_array_remove_index(paper->fields, i);
    }
    /* pages that gave no field stay parts of the paper */
    for (guint i = 0; i < paper->parts->len; i++) {
        PaperPart part = g_array_index(paper->parts, PaperPart, i);
        bool is_there = false;
        for (guint k = 0; k < parts->len; k++)
            is_there |= g_array_index(parts, PaperPart, k).page == part.page;
        if (!is_there)
            g_array_append_val(parts, part);
    }
    g_array_set_size(paper->parts, 0);
    g_array_append_vals(paper->parts, parts->data, parts->len);
}

static bool has_sides(const ClassDecl *decl)
{
    for (guint i = 0; i < decl->fields->len; i++)
        if (((FieldDecl *)decl->fields->pdata[i])->side != NULL)
            return true;
    return false;
}

static int by_first_page(gconstpointer a, gconstpointer b)
{
    return page_of(*(Paper *const *)a) - page_of(*(Paper *const *)b);
}

GPtrArray *papers_find(const GPtrArray *pages, const Pipeline *pipeline)
{
    GPtrArray *papers = g_ptr_array_new_with_free_func((GDestroyNotify)paper_free);
    for (guint i = 0; i < pages->len; i++) {
        const PageReading *page = pages->pdata[i];
        if (page != NULL && !page->is_blank && page->cover == NULL)
            g_ptr_array_add(papers, paper_of_page(pages, i, pipeline));
    }
    join_form_pages(papers, pages);
    join_further_pages(papers, pages);
    for (guint i = 0; i < papers->len; i++) {
        Paper *paper = papers->pdata[i];
        if (is_form(paper))
            read_form(paper, pages);
        else if (paper->decl != NULL)
            i += read_cards(papers, i, pages) - 1;
    }
    join_paper_pages(papers, pages);
    for (guint i = 0; i < papers->len; i++)
        if (((Paper *)papers->pdata[i])->decl != NULL)
            paper_tell_hands(papers->pdata[i]);
    for (guint i = 0; i < papers->len; i++) {
        Paper *paper = papers->pdata[i];
        if (paper->decl != NULL && has_sides(paper->decl))
            split_sides(paper);
    }
    g_ptr_array_sort(papers, by_first_page);
    return papers;
}
