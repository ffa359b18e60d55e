/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs tests/cases/casework (see README there), and what text cases cannot say. */
#include "casework/casework.h"

#include "case-builder.h"
#include "case-file.h"

static const char *const standard_form[] = {
    "applicant.name=陈英涛",
    "applicant.phone=13800000000",
    "applicant.id_number=410222190411300469",
    "site.address=通许县咸平大道12号碧水家园3号楼2单元501室",
    "site.district=通许县",
    "utilities=water,electricity,gas,heat,telecom",
    "water.nature=residential",
    "water.category=new",
    "electricity.business_type=new",
    "electricity.low.capacity_kw=8",
    "electricity.low.supply_mode=交流220V",
    "gas.households=1",
    "heat.system=floor",
    "telecom.type-",
    "telecom.other_note-",
    "telecom.address-",
    "declaration.signature=present",
    "declaration.date=2023年3月6日",
    NULL};
static const char *const standard_card[] = {"name=陈英涛",
                                            "sex=女",
                                            "ethnicity=汉",
                                            "birth_date=1904年11月30日",
                                            "address=河南省通许县咸平镇人民路5号",
                                            "id_number=410222190411300469",
                                            "issuer=通许县公安局",
                                            "valid_from=2015.03.08",
                                            "valid_to=2015.03.08-2035.03.08",
                                            NULL};
static const char *const standard_certificate[] = {
    "owner=陈英涛",
    "co_ownership=单独所有",
    "certificate_number=豫(2020)通许县不动产权第0000789号",
    "location=通许县咸平大道12号碧水家园3幢2单元501号",
    "unit_number=410222010020GB00003F00010002",
    "usage=住宅",
    "area_m2=98.76",
    NULL};

static void add_standard(Builder *builder)
{
    builder_set_words(builder, builder_add(builder, "form"), (char **)standard_form);
    builder_set_words(builder, builder_add(builder, "id_card"), (char **)standard_card);
    builder_set_words(builder, builder_add(builder, "property_certificate"),
                      (char **)standard_certificate);
}

/* --- looking into a record
 * --------------------------------------------------------------- */

static JsonObject *requirement_of(JsonObject *record, const char *utility, const char *id)
{
    JsonObject *own = json_get_object(json_get_object(record, "utilities"), utility);
    JsonArray *all = json_get_array(own, "requirements");
    for (guint i = 0; all != NULL && i < json_array_get_length(all); i++) {
        JsonObject *one = json_array_get_object_element(all, i);
        if (g_strcmp0(json_get_string(one, "id", NULL), id) == 0)
            return one;
    }
    return NULL;
}

/* The paper of a class that was added last, wherever it stands in the pile. */
static JsonObject *paper_of(JsonObject *record, const char *class)
{
    const char *wanted = g_str_equal(class, "form") ? "install_individual" : class;
    JsonArray *papers = json_get_array(record, "papers");
    JsonObject *found = NULL;
    int64_t last = 0;
    for (guint i = 0; i < json_array_get_length(papers); i++) {
        JsonObject *paper = json_array_get_object_element(papers, i);
        int64_t page = json_array_get_int_element(json_get_array(paper, "pages"), 0);
        if (g_strcmp0(json_get_string(paper, "class", NULL), wanted) == 0 &&
            page > last) {
            found = paper;
            last = page;
        }
    }
    return found;
}

static const char *reason_code(JsonObject *object)
{
    return json_get_string(json_get_object(object, "reason"), "code", "");
}

static char *value_text(JsonObject *field)
{
    JsonArray *many = json_get_array(field, "value");
    if (many == NULL)
        return g_strdup(json_get_string(field, "value", "-"));
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < json_array_get_length(many); i++)
        g_string_append_printf(out, "%s%s", i > 0 ? "," : "",
                               json_array_get_string_element(many, i));
    return g_string_free(out, FALSE);
}

static bool has_problem(JsonObject *record, const char *code)
{
    JsonArray *problems = json_get_array(record, "problems");
    for (guint i = 0; i < json_array_get_length(problems); i++)
        if (g_strcmp0(
                json_get_string(json_array_get_object_element(problems, i), "code", ""),
                code) == 0)
            return true;
    return false;
}

static bool is_utility(const char *word)
{
    return g_strv_contains(utility_codes, word);
}

/* What the record says, in the same words as the expectation. */
static char *field_words(JsonObject *field, guint words)
{
    if (field == NULL)
        return g_strdup("none");
    g_autofree char *value = value_text(field);
    const char *state = json_get_string(field, "state", "");
    return words < 4   ? g_strdup(state)
           : words < 5 ? g_strdup_printf("%s %s", state, value)
                       : g_strdup_printf("%s %s %s", state, value, reason_code(field));
}

static char *roles_words(JsonObject *paper)
{
    JsonArray *roles = json_get_array(paper, "roles");
    GString *out = g_string_new("role");
    for (guint i = 0; roles != NULL && i < json_array_get_length(roles); i++)
        g_string_append_printf(out, " %s", json_array_get_string_element(roles, i));
    if (roles == NULL || json_array_get_length(roles) == 0)
        g_string_append(out, " -");
    return g_string_free(out, FALSE);
}

static char *asked_words(JsonObject *record)
{
    GString *out = g_string_new(NULL);
    for (int i = 0; utility_codes[i] != NULL; i++)
        if (json_get_object(json_get_object(record, "utilities"), utility_codes[i]) !=
            NULL)
            g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "",
                                   utility_codes[i]);
    return g_string_free(out, FALSE);
}

static char *utility_words(JsonObject *record, const Pipeline *pipeline, char **words)
{
    JsonObject *own = json_get_object(json_get_object(record, "utilities"), words[1]);
    g_autofree char *why = NULL;
    bool may = casework_may_leave(record, pipeline, words[1], &why);
    if (g_str_equal(words[2], "leaves"))
        return g_strdup(may ? "leaves" : why);
    if (g_str_equal(words[2], "held"))
        return may ? g_strdup("leaves") : g_strdup_printf("held %s", why);
    return g_strdup(json_get_string(own, "verdict", "none"));
}

static char *requirement_words(JsonObject *record, char **words)
{
    g_auto(GStrv) parts = g_strsplit(words[1], "/", 2);
    JsonObject *requirement = requirement_of(record, parts[0], parts[1]);
    const char *state = json_get_string(requirement, "state", "none");
    return words[3] == NULL ? g_strdup(state)
                            : g_strdup_printf("%s %s", state, reason_code(requirement));
}

static char *record_words(JsonObject *record, const Pipeline *pipeline, char **words)
{
    const char *what = words[1];
    g_autofree char *rest = g_strjoinv(" ", words + 2);
    if (is_utility(what))
        return utility_words(record, pipeline, words);
    if (strchr(what, '/') != NULL)
        return requirement_words(record, words);
    if (g_str_equal(what, "problem"))
        return g_strdup(has_problem(record, words[2]) ? words[2] : "no such problem");
    if (g_str_equal(what, "no"))
        return g_strdup(has_problem(record, words[3]) ? "there is one" : rest);
    if (g_str_equal(what, "asked"))
        return asked_words(record);
    if (g_strcmp0(words[2], "role") == 0)
        return roles_words(paper_of(record, what));
    if (g_strv_contains(
            (const char *const[]){"status", "place", "applied_on", "list", NULL}, what))
        return g_strdup(json_get_string(record, what, "-"));
    g_auto(GStrv) parts = g_strsplit(what, ":", 2);
    JsonObject *fields = parts[1] != NULL
                             ? json_get_object(paper_of(record, parts[0]), "fields")
                             : json_get_object(record, "fields");
    return field_words(json_get_object(fields, parts[1] != NULL ? parts[1] : what),
                       g_strv_length(words));
}

/* --- the language
 * ------------------------------------------------------------------------- */

static void obey(Builder *builder, char **words, const char *line)
{
    const char *verb = words[0];
    Paper *paper = words[1] != NULL ? builder_find(builder, words[1]) : NULL;
    if (g_str_equal(verb, "standard"))
        add_standard(builder);
    else if (g_str_equal(verb, "set"))
        builder_set_words(builder, paper, words + 2);
    else if (g_str_equal(verb, "add"))
        builder_set_words(builder, builder_add(builder, words[1]), words + 2);
    else if (g_str_equal(verb, "drop"))
        builder_drop(builder, words[1]);
    else if (g_str_equal(verb, "flag"))
        builder_flag(builder, paper, words + 2);
    else if (g_str_equal(verb, "failed"))
        builder_add_page(builder, false);
    else if (g_str_equal(verb, "print")) {
        TextLine *text = g_new0(TextLine, 1);
        int page = g_array_index(paper->parts, PaperPart, 0).page;
        text->text = g_strdup(words[2]);
        text->glyphs = g_array_new(FALSE, FALSE, sizeof(Glyph));
        g_ptr_array_add(((PageReading *)builder->pages->pdata[page])->lines, text);
    } else if (g_str_equal(verb, "correct"))
        builder_correct(builder, words[1]);
    else if (g_str_equal(verb, "as_of") || g_str_equal(verb, "home") ||
             g_str_equal(verb, "given")) {
        char **member = g_str_equal(verb, "as_of")  ? &builder->as_of
                        : g_str_equal(verb, "home") ? &builder->home
                                                    : &builder->given;
        g_free(*member);
        *member = g_strcmp0(words[1], "-") == 0 ? NULL : g_strdup(words[1]);
    } else
        g_error("not understood: %s", line);
}

typedef struct {
    const char *path;
    const Pipeline *pipeline;
    int cases, wrong;
} Run;

static void expect(Run *run, JsonObject *record, char **words, int line,
                   const char *title, const char *variant)
{
    g_autofree char *wanted = g_strjoinv(" ", words + 2);
    g_autofree char *got = record_words(record, run->pipeline, words);
    if (g_str_equal(got, wanted))
        return;
    run->wrong++;
    g_test_message("%s:%d: %s%s: %s: got \"%s\", wanted \"%s\"", run->path, line, title,
                   variant, words[1], got, wanted);
}

/* What is met stays met when an unknown paper joins the pile. */
static void check_monotone(Run *run, JsonObject *before, JsonObject *after,
                           const char *title)
{
    for (int i = 0; utility_codes[i] != NULL; i++) {
        JsonObject *own =
            json_get_object(json_get_object(before, "utilities"), utility_codes[i]);
        JsonArray *all = json_get_array(own, "requirements");
        for (guint k = 0; all != NULL && k < json_array_get_length(all); k++) {
            JsonObject *one = json_array_get_object_element(all, k);
            const char *id = json_get_string(one, "id", "");
            JsonObject *other = requirement_of(after, utility_codes[i], id);
            const char *was = json_get_string(one, "state", "");
            const char *is = json_get_string(other, "state", "");
            bool is_worse = g_str_equal(was, "met") ? !g_str_equal(is, "met")
                                                    : !g_str_equal(was, "missing") &&
                                                          g_str_equal(is, "missing");
            if (!is_worse)
                continue;
            run->wrong++;
            g_test_message("%s: %s: %s/%s was %s, with one paper more %s", run->path,
                           title, utility_codes[i], id, was, is);
        }
    }
}

static void run_case(Run *run, char **lines, int first, int end)
{
    g_autoptr(Builder) builder = builder_new(run->pipeline);
    const char *title = case_line(lines[first], "case:");
    for (int i = first + 1; i < end; i++) {
        g_auto(GStrv) words = g_strsplit(lines[i], " ", -1);
        if (*lines[i] != '\0' && *lines[i] != '#' && !g_str_equal(words[0], "expect"))
            obey(builder, words, lines[i]);
    }
    g_autoptr(JsonObject) record = builder_decide(builder, false);
    g_autoptr(JsonObject) again = builder_decide(builder, false);
    g_autoptr(JsonObject) reversed = builder_decide(builder, true);
    g_autofree char *text = json_object_text(record);
    g_autofree char *text_again = json_object_text(again);
    g_assert_cmpstr(text, ==, text_again);
    for (int i = first + 1; i < end; i++) {
        g_auto(GStrv) words = g_strsplit(lines[i], " ", -1);
        bool is_order_free = strstr(lines[i], "correct") == NULL;
        if (!g_str_equal(words[0] != NULL ? words[0] : "", "expect"))
            continue;
        expect(run, record, words, i + 1, title, "");
        if (is_order_free && !has_problem(record, "several_forms"))
            expect(run, reversed, words, i + 1, title, " (other order)");
    }
    if (builder_find(builder, "form") != NULL) {
        builder_add(builder, "unknown");
        g_autoptr(JsonObject) more = builder_decide(builder, false);
        check_monotone(run, record, more, title);
    }
    for (const char *const *language = (const char *const[]){"zh", "en", NULL};
         *language != NULL; language++) {
        g_autofree char *summary = casework_summary(record, *language);
        g_assert_cmpuint(strlen(summary), >, 10);
    }
    run->cases++;
}

static void test_cases(gconstpointer data)
{
    g_autoptr(GPtrArray) paths = case_files("casework");
    Run run = {.pipeline = data};
    for (guint f = 0; f < paths->len; f++) {
        g_autofree char *text = NULL;
        run.path = paths->pdata[f];
        g_assert_true(g_file_get_contents(run.path, &text, NULL, NULL));
        g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
        int count = (int)g_strv_length(lines), first = -1;
        for (int i = 0; i <= count; i++) {
            bool is_end = i == count || g_str_has_prefix(lines[i], "case:");
            if (is_end && first >= 0)
                run_case(&run, lines, first, i);
            if (is_end)
                first = i;
        }
    }
    g_assert_cmpint(run.cases, >, 20);
    g_assert_cmpint(run.wrong, ==, 0);
}

/* --- what text cases cannot say
 * ----------------------------------------------------------- */

static void test_name_comes_from_content(void)
{
    g_autoptr(GPtrArray) sources = g_ptr_array_new();
    PageSource a = {.original_sha256 = (char *)"aa", .index = 0};
    PageSource b = {.original_sha256 = (char *)"bb", .index = 1};
    g_ptr_array_add(sources, &a);
    g_ptr_array_add(sources, &b);
    g_autofree char *name = casework_case_name("tx01", sources);
    sources->pdata[0] = &b;
    sources->pdata[1] = &a;
    g_autofree char *reversed = casework_case_name("tx01", sources);
    b.index = 2;
    g_autofree char *other = casework_case_name("tx01", sources);
    g_assert_cmpstr(name, ==, reversed);
    g_assert_cmpstr(name, !=, other);
    g_assert_true(g_regex_match_simple("^tx01-[0-9A-HJKMNP-TV-Z]{8}$", name, 0, 0));
}

static void test_members_stand_in_order(gconstpointer data)
{
    static const char *const members[] = {
        "record",  "case",           "batch",    "source", "as_of",     "place",
        "service", "applicant_kind", "form",     "status", "utilities", "fields",
        "papers",  "pages",          "problems", NULL};
    g_autoptr(Builder) builder = builder_new(data);
    add_standard(builder);
    g_autoptr(JsonObject) record = builder_decide(builder, false);
    g_autoptr(GList) keys = json_object_get_members(record);
    GList *key = keys;
    for (int i = 0; members[i] != NULL; i++, key = key->next)
        g_assert_cmpstr(key->data, ==, members[i]);
    JsonObject *name =
        json_get_object(json_get_object(record, "fields"), "applicant.name");
    JsonArray *evidence = json_get_array(name, "evidence");
    g_assert_cmpuint(json_array_get_length(evidence), ==, 3);
    JsonObject *own = json_array_get_object_element(evidence, 0);
    g_assert_cmpint(json_get_int(own, "paper", 0), ==, 1);
    g_assert_cmpint(json_get_int(own, "page", 0), ==, 1);
}

/* An empty pile is a case all the same. */
static void test_nothing_is_a_case_in_review(gconstpointer data)
{
    g_autoptr(Builder) builder = builder_new(data);
    g_autoptr(JsonObject) record = builder_decide(builder, false);
    g_assert_cmpstr(json_get_string(record, "status", ""), ==, "review");
    g_assert_true(has_problem(record, "no_form"));
    g_assert_false(casework_may_leave(record, data, "water", NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = pipelines_folder();
    g_autoptr(Pipeline) pipeline = pipeline_load(folder, &error);
    g_assert_no_error(error);
    g_test_add_data_func("/casework/cases", pipeline, test_cases);
    g_test_add_func("/casework/name/content", test_name_comes_from_content);
    g_test_add_data_func("/casework/record/order", pipeline, test_members_stand_in_order);
    g_test_add_data_func("/casework/record/empty", pipeline,
                         test_nothing_is_a_case_in_review);
    return g_test_run();
}
