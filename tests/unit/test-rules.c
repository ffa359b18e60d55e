/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs tests/cases/rules (see README there): every list, requirement by requirement. */
#include "casework/casework.h"

#include "case-builder.h"
#include "case-file.h"

/* --- a file of rows --- */

typedef struct {
    char *who, *name, *number; /* number may be "-" */
} Member;

typedef struct {
    int line;
    char *what;   /* "water/identity", or "water" */
    char *wanted; /* "met", "unsure expired", "complete" */
    GStrv papers; /* "id_card:applicant,KEY=VALUE" */
} Row;

typedef struct {
    char *path, *form, *place;
    GPtrArray *set;    /* char *: KEY=VALUE of the form */
    GPtrArray *people; /* Member * */
    GPtrArray *usual;  /* char *: "CLASS:WHO KEY=VALUE…", also "CLASS KEY=VALUE…" */
    GPtrArray *rows;   /* Row * */
} Table;

static void member_free(void *data)
{
    Member *person = data;
    g_free(person->who);
    g_free(person->name);
    g_free(person->number);
    g_free(person);
}

static void row_free(void *data)
{
    Row *row = data;
    g_free(row->what);
    g_free(row->wanted);
    g_strfreev(row->papers);
    g_free(row);
}

static void table_free(void *data)
{
    Table *table = data;
    g_free(table->path);
    g_free(table->form);
    g_free(table->place);
    g_ptr_array_unref(table->set);
    g_ptr_array_unref(table->people);
    g_ptr_array_unref(table->usual);
    g_ptr_array_unref(table->rows);
    g_free(table);
}

static GStrv words_of(const char *text)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
    for (int i = 0; words[i] != NULL; i++)
        if (*words[i] != '\0')
            g_strv_builder_add(builder, words[i]);
    return g_strv_builder_end(builder);
}

static void add_row(Table *table, const char *text, int line)
{
    g_auto(GStrv) cells = g_strsplit(text, "|", -1);
    if (g_strv_length(cells) != 3)
        g_error("%s:%d: a row has three cells", table->path, line);
    g_auto(GStrv) wanted = words_of(cells[1]);
    Row *row = g_new0(Row, 1);
    *row = (Row){.line = line,
                 .what = g_strdup(g_strstrip(cells[0])),
                 .wanted = g_strjoinv(" ", wanted),
                 .papers = words_of(cells[2])};
    g_ptr_array_add(table->rows, row);
}

static void add_words(GPtrArray *list, const char *text)
{
    g_auto(GStrv) words = words_of(text);
    for (int i = 0; words[i] != NULL; i++)
        g_ptr_array_add(list, g_strdup(words[i]));
}

static void add_line(Table *table, char *text, int line)
{
    const char *value;
    if ((value = case_line(text, "form:")) != NULL)
        table->form = g_strdup(value);
    else if ((value = case_line(text, "set:")) != NULL)
        add_words(table->set, value);
    else if ((value = case_line(text, "usual:")) != NULL)
        g_ptr_array_add(table->usual, g_strdup(value));
    else if ((value = case_line(text, "person:")) != NULL) {
        g_auto(GStrv) words = words_of(value);
        g_assert_cmpuint(g_strv_length(words), ==, 3);
        Member *person = g_new0(Member, 1);
        *person = (Member){g_strdup(words[0]), g_strdup(words[1]), g_strdup(words[2])};
        g_ptr_array_add(table->people, person);
    } else if (*text != '\0' && *text != '#' && !g_str_has_prefix(text, "places:"))
        add_row(table, text, line);
}

static Table *table_read(const char *path, const char *text, const char *place)
{
    Table *table = g_new0(Table, 1);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    table->path = g_strdup(path);
    table->place = g_strdup(place);
    table->set = g_ptr_array_new_with_free_func(g_free);
    table->people = g_ptr_array_new_with_free_func(member_free);
    table->usual = g_ptr_array_new_with_free_func(g_free);
    table->rows = g_ptr_array_new_with_free_func(row_free);
    for (int i = 0; lines[i] != NULL; i++)
        add_line(table, lines[i], i + 1);
    g_assert_nonnull(table->form);
    g_assert_cmpuint(table->rows->len, >, 0);
    return table;
}

/* Every .rows file once for each of its places. */
static GPtrArray *tables_read(void)
{
    GPtrArray *tables = g_ptr_array_new_with_free_func(table_free);
    g_autofree char *folder = cases_folder("rules");
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(dir);
    for (const char *name = g_dir_read_name(dir); name != NULL;
         name = g_dir_read_name(dir)) {
        g_autofree char *text = NULL;
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (!g_str_has_suffix(name, ".rows"))
            continue;
        g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
        char *line = strstr(text, "places:");
        g_assert_nonnull(line);
        g_auto(GStrv) rest = g_strsplit(line + strlen("places:"), "\n", 2);
        g_auto(GStrv) places = words_of(rest[0]);
        for (int i = 0; places[i] != NULL; i++)
            g_ptr_array_add(tables, table_read(path, text, places[i]));
    }
    return tables;
}

/* --- papers from words --- */

static const Member *person_of(const Table *table, const char *who)
{
    for (guint i = 0; i < table->people->len; i++) {
        const Member *person = table->people->pdata[i];
        if (g_str_equal(person->who, who))
            return person;
    }
    return NULL;
}

static void set_field(Paper *paper, const char *key, const char *value)
{
    g_autofree char *words = g_strdup_printf("%s=%s", key, value);
    if (key != NULL && paper_field(paper, key) != NULL)
        builder_set(paper, g_array_index(paper->parts, PaperPart, 0).page, words);
}

/* @shapes: the words as their shapes have them, where the models read others; or NULL */
static void add_seal(Builder *builder, const Paper *paper, const char *text,
                     const char *shapes)
{
    int page = g_array_index(paper->parts, PaperPart, 0).page;
    SealMark seal = {.box_px = {900, 900, 400, 400},
                     .text = g_strdup(text),
                     .shapes_text = g_strdup(shapes)};
    g_array_append_val(((PageReading *)builder->pages->pdata[page])->seals, seal);
}

/* A seal whose places say @ring, ? where print hides one; @text: what a model read */
static void add_ring(Builder *builder, const Paper *paper, const char *ring,
                     const char *text)
{
    add_seal(builder, paper, text, NULL);
    int page = g_array_index(paper->parts, PaperPart, 0).page;
    GArray *seals = ((PageReading *)builder->pages->pdata[page])->seals;
    GArray *places = g_array_new(false, true, sizeof(SealPlace));
    for (const char *p = ring; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        SealPlace place = {c, c, c, 0, 150, 250};
        if (c == '?')
            place = (SealPlace){0, 0, g_utf8_get_char("鬣"), 0, 600, 610};
        g_array_append_val(places, place);
    }
    g_array_index(seals, SealMark, seals->len - 1).places = places;
}

/* What every paper of that class, or of that class about that person, says. */
static void say_the_usual(const Table *table, Paper *paper, const char *whose)
{
    int page = g_array_index(paper->parts, PaperPart, 0).page;
    for (guint i = 0; i < table->usual->len; i++) {
        g_auto(GStrv) words = words_of(table->usual->pdata[i]);
        if (!g_str_equal(words[0], paper->decl->name) && !g_str_equal(words[0], whose))
            continue;
        for (int k = 1; words[k] != NULL; k++)
            builder_set(paper, page, words[k]);
    }
}

static void obey(const Table *table, Builder *builder, Paper *paper, const char *word)
{
    const Member *firm = person_of(table, "applicant");
    if (g_str_equal(word, "sealed"))
        add_seal(builder, paper, firm->name, NULL);
    else if (g_str_equal(word, "sealed-by-shapes"))
        add_seal(builder, paper, "通许县某某某某有限公司", firm->name);
    else if (g_str_equal(word, "sealed-under-print"))
        add_ring(builder, paper, "恒达商贸?限?司", "恒8达商贸昃限呙司");
    else if (g_str_equal(word, "seal-under-print"))
        add_ring(builder, paper, "恒?商贸有限公司", "恒8商贸有限公司");
    else if (g_str_equal(word, "seal-of-near-firm"))
        add_ring(builder, paper, "垣达商贸有限公司", firm->name);
    else if (g_str_equal(word, "seal-unread"))
        add_seal(builder, paper, NULL, NULL);
    else if (g_str_equal(word, "seal-of-office"))
        add_seal(builder, paper, "通许县市场监督管理局", NULL);
    else if (g_str_equal(word, "contested"))
        paper->is_contested = true;
    else if (g_str_equal(word, "half"))
        g_ptr_array_add(paper->notes, g_strdup("second_page_missing"));
    else if (g_str_equal(word, "elsewhere"))
        set_field(paper, paper->decl->location, "咸平大道12号碧水家园3幢2单元502号");
    else if (g_str_equal(word, "nowhere"))
        set_field(paper, paper->decl->location, "");
    else if (g_str_equal(word, "blurred")) {
        set_field(paper, paper->decl->holder, "某~0.1");
        set_field(paper, paper->decl->holder_id, "4~0.1");
    } else
        builder_set(paper, g_array_index(paper->parts, PaperPart, 0).page, word);
}

/* "CLASS:WHO,WORD,…"; "unreadable" and "unknown" are papers of no class; "form,WORD,…"
 * says something else on the form. */
static Paper *add_paper(const Table *table, Builder *builder, const char *words)
{
    g_auto(GStrv) parts = g_strsplit(words, ",", -1);
    if (g_str_equal(parts[0], "form")) {
        for (int i = 1; parts[i] != NULL; i++)
            builder_set(builder_find(builder, table->form), 0, parts[i]);
        return builder_find(builder, table->form);
    }
    g_auto(GStrv) name = g_strsplit(parts[0], ":", 2);
    bool is_unreadable = g_str_equal(name[0], "unreadable");
    Paper *paper = builder_add(builder, is_unreadable ? "unknown" : name[0]);
    paper->is_unreadable = is_unreadable;
    if (paper->decl == NULL)
        return paper;
    const Member *person = name[1] != NULL ? person_of(table, name[1]) : NULL;
    if (name[1] != NULL && person == NULL)
        g_error("%s: nobody is called %s", table->path, name[1]);
    if (person != NULL) {
        set_field(paper, paper->decl->holder, person->name);
        if (!g_str_equal(person->number, "-"))
            set_field(paper, paper->decl->holder_id, person->number);
    }
    set_field(paper, paper->decl->location, "咸平大道12号碧水家园3幢2单元501号");
    say_the_usual(table, paper, parts[0]);
    for (int i = 1; parts[i] != NULL; i++)
        obey(table, builder, paper, parts[i]);
    return paper;
}

static Builder *pile_of(const Table *table, const Pipeline *pipeline, const GStrv papers,
                        const char *extra, bool is_reversed)
{
    Builder *builder = builder_new(pipeline);
    int count = (int)g_strv_length(papers);
    g_free(builder->given);
    builder->given = g_strdup(table->place);
    Paper *form = builder_add(builder, table->form);
    for (guint i = 0; i < table->set->len; i++)
        builder_set(form, 0, table->set->pdata[i]);
    if (extra != NULL && is_reversed)
        add_paper(table, builder, extra);
    for (int i = 0; i < count; i++)
        add_paper(table, builder, papers[is_reversed ? count - 1 - i : i]);
    if (extra != NULL && !is_reversed)
        add_paper(table, builder, extra);
    return builder;
}

/* --- deciding --- */

/* "utility/id" to "state reason", and "utility" to the verdict. Owned. */
static GHashTable *decide(const Builder *builder, bool is_reversed)
{
    GHashTable *out = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(JsonObject) record = builder_decide(builder, is_reversed);
    JsonObject *utilities = json_get_object(record, "utilities");
    for (int u = 0; utility_codes[u] != NULL; u++) {
        JsonObject *own = json_get_object(utilities, utility_codes[u]);
        JsonArray *all = json_get_array(own, "requirements");
        if (own != NULL)
            g_hash_table_insert(out, g_strdup(utility_codes[u]),
                                g_strdup(json_get_string(own, "verdict", "")));
        for (guint i = 0; all != NULL && i < json_array_get_length(all); i++) {
            JsonObject *one = json_array_get_object_element(all, i);
            const char *so_far = json_get_string(one, "so_far", NULL);
            const char *code =
                json_get_string(json_get_object(one, "reason"), "code", NULL);
            g_hash_table_insert(out,
                                g_strdup_printf("%s/%s", utility_codes[u],
                                                json_get_string(one, "id", "")),
                                g_strjoin(" ", json_get_string(one, "state", ""),
                                          so_far != NULL ? so_far
                                          : code != NULL ? code
                                                         : NULL,
                                          so_far != NULL ? code : NULL, NULL));
        }
    }
    return out;
}

/* The expectation may leave the reason out. */
static bool is_as_wanted(const char *got, const char *wanted)
{
    return g_str_equal(got, wanted) ||
           (g_str_has_prefix(got, wanted) && got[strlen(wanted)] == ' ');
}

typedef struct {
    const Pipeline *pipeline;
    GPtrArray *tables;
} Data;

static const char *answer_of(GHashTable *answers, const char *what)
{
    const char *answer = g_hash_table_lookup(answers, what);
    return answer != NULL ? answer : "none";
}

/* --- the tests --- */

static void test_rows(gconstpointer data)
{
    const Data *all = data;
    guint rows = 0, wrong = 0;
    for (guint t = 0; t < all->tables->len; t++) {
        const Table *table = all->tables->pdata[t];
        for (guint i = 0; i < table->rows->len; i++) {
            const Row *row = table->rows->pdata[i];
            g_autoptr(Builder) builder =
                pile_of(table, all->pipeline, row->papers, NULL, false);
            g_autoptr(GHashTable) answers = decide(builder, false);
            const char *got = answer_of(answers, row->what);
            rows++;
            if (is_as_wanted(got, row->wanted))
                continue;
            wrong++;
            g_test_message("%s:%d: %s: %s: got \"%s\", wanted \"%s\"", table->path,
                           row->line, table->place, row->what, got, row->wanted);
        }
    }
    g_test_message("%u rows", rows);
    g_assert_cmpuint(rows, >=, 300);
    g_assert_cmpuint(wrong, ==, 0);
}

static char *answers_text(GHashTable *answers)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GList) keys =
        g_list_sort(g_hash_table_get_keys(answers), (GCompareFunc)strcmp);
    for (GList *key = keys; key != NULL; key = key->next)
        g_string_append_printf(out, "%s: %s\n", (char *)key->data,
                               (char *)g_hash_table_lookup(answers, key->data));
    return g_string_free(out, FALSE);
}

/* The papers of a pile in another order, and a pile taken in in another order. */
static void test_order_has_no_say(gconstpointer data)
{
    const Data *all = data;
    for (guint t = 0; t < all->tables->len; t++) {
        const Table *table = all->tables->pdata[t];
        for (guint i = 0; i < table->rows->len; i++) {
            const Row *row = table->rows->pdata[i];
            g_autoptr(Builder) builder =
                pile_of(table, all->pipeline, row->papers, NULL, false);
            g_autoptr(Builder) backwards =
                pile_of(table, all->pipeline, row->papers, NULL, true);
            g_autoptr(GHashTable) one = decide(builder, false);
            g_autoptr(GHashTable) two = decide(builder, true);
            g_autoptr(GHashTable) three = decide(backwards, false);
            g_autofree char *first = answers_text(one);
            g_autofree char *second = answers_text(two);
            g_autofree char *third = answers_text(three);
            if (!g_str_equal(first, second) || !g_str_equal(first, third))
                g_error("%s:%d: %s: the order changes\n%s---\n%s---\n%s", table->path,
                        row->line, table->place, first, second, third);
        }
    }
}

/* A list that another takes the place of (a licence shows a business) has no such
 * requirement any more; what it has must not turn from met to missing. */
static void check_still_met(const Table *table, const Row *row, GHashTable *before,
                            GHashTable *after, const char *extra)
{
    GHashTableIter iter;
    gpointer key, was;
    g_hash_table_iter_init(&iter, before);
    while (g_hash_table_iter_next(&iter, &key, &was)) {
        const char *is = answer_of(after, key);
        bool was_met = g_str_equal(was, "met") || g_str_equal(was, "deferred met");
        if (was_met &&
            (g_str_has_prefix(is, "missing") || g_str_has_prefix(is, "deferred missing")))
            g_error("%s:%d: %s: %s was met, and with %s %s", table->path, row->line,
                    table->place, (char *)key, extra, is);
    }
}

/* Each row with some more papers, others for each row, so that all come round. */
static void test_more_is_never_less(gconstpointer data)
{
    enum { EXTRAS_PER_ROW = 5 };
    const Data *all = data;
    const GPtrArray *classes = pipeline_classes(all->pipeline);
    guint step = 0;
    for (guint t = 0; t < all->tables->len; t++) {
        const Table *table = all->tables->pdata[t];
        for (guint i = 0; i < table->rows->len; i++) {
            const Row *row = table->rows->pdata[i];
            g_autoptr(Builder) builder =
                pile_of(table, all->pipeline, row->papers, NULL, false);
            g_autoptr(GHashTable) before = decide(builder, false);
            for (int k = 0; k < EXTRAS_PER_ROW; k++, step++) {
                const ClassDecl *class = classes->pdata[step % classes->len];
                const Member *person =
                    table->people->pdata[step / classes->len % table->people->len];
                g_autofree char *extra =
                    class->is_form ? g_strdup("unknown")
                                   : g_strdup_printf("%s:%s", class->name, person->who);
                g_autoptr(Builder) richer =
                    pile_of(table, all->pipeline, row->papers, extra, step % 2 == 0);
                g_autoptr(GHashTable) after = decide(richer, false);
                check_still_met(table, row, before, after, extra);
            }
        }
    }
}

/* --- that no list is without its rows --- */

static bool names_paper(const Row *row, const char *class)
{
    g_autofree char *prefix = g_strdup_printf("%s:", class);
    for (int i = 0; row->papers[i] != NULL; i++)
        if (g_str_has_prefix(row->papers[i], prefix) ||
            g_str_equal(row->papers[i], class))
            return true;
    return false;
}

/* Whether a row of @table expects @states (with "|" between) of @what; with @class among
 * its papers where it is not NULL. */
static bool has_row(const Table *table, const char *what, const char *states,
                    const char *class)
{
    for (guint i = 0; i < table->rows->len; i++) {
        const Row *row = table->rows->pdata[i];
        bool is_state = g_regex_match_simple(states, row->wanted, 0, 0);
        if (g_str_equal(row->what, what) && is_state &&
            (class == NULL || names_paper(row, class)))
            return true;
    }
    return false;
}

static void check_rows_of(const Table *table, const char *utility,
                          const RequirementDecl *decl)
{
    g_autofree char *what = g_strdup_printf("%s/%s", utility, decl->id);
    for (int i = 0; decl->any[i] != NULL; i++) {
        bool is_for_person =
            codes_have((const char *const *)decl->by_person, decl->any[i]);
        if (!has_row(table, what, is_for_person ? "unsure" : "met$", decl->any[i]))
            g_error("%s: no row has %s met by %s", table->path, what, decl->any[i]);
        if (decl->who != NULL && !has_row(table, what, "missing|unsure", decl->any[i]))
            g_error("%s: no row has %s with the wrong %s", table->path, what,
                    decl->any[i]);
    }
    if (!has_row(table, what, "missing|^to_confirm$", NULL))
        g_error("%s: no row has %s left out", table->path, what);
}

/* Which of the tables is for @rule: its form's kind, or the file's name where the form is
 * for both. */
static bool is_table_of(const Table *table, const Pipeline *pipeline,
                        const RuleDecl *rule)
{
    const ClassDecl *form = pipeline_class(pipeline, table->form);
    return g_str_equal(form->service, rule->service) &&
           strstr(table->path, rule->applicant_kind) != NULL &&
           g_str_equal(table->place, rule->place);
}

static void test_every_list_has_rows(gconstpointer data)
{
    const Data *all = data;
    const GPtrArray *rules = pipeline_rules(all->pipeline);
    g_assert_cmpuint(rules->len, >=, 8);
    for (guint r = 0; r < rules->len; r++) {
        const RuleDecl *rule = rules->pdata[r];
        const Table *table = NULL;
        for (guint t = 0; t < all->tables->len && table == NULL; t++)
            if (is_table_of(all->tables->pdata[t], all->pipeline, rule))
                table = all->tables->pdata[t];
        if (table == NULL)
            g_error("no rows for %s", rule->file);
        for (guint u = 0; u < rule->utilities->len; u++) {
            const UtilityListDecl *list = rule->utilities->pdata[u];
            for (guint k = 0; k < list->requirements->len; k++)
                check_rows_of(table, list->utility, list->requirements->pdata[k]);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = pipelines_folder();
    g_autoptr(Pipeline) pipeline = pipeline_load(folder, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) tables = tables_read();
    Data data = {pipeline, tables};
    g_test_add_data_func("/rules/rows", &data, test_rows);
    g_test_add_data_func("/rules/order", &data, test_order_has_no_say);
    g_test_add_data_func("/rules/more", &data, test_more_is_never_less);
    g_test_add_data_func("/rules/every-list", &data, test_every_list_has_rows);
    return g_test_run();
}
