/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs tests/cases/casework (see README there), and what text cases cannot say. */
#include "casework/casework.h"
#include "casework/phrases.h"

#include "case-builder.h"
#include "case-file.h"
#include "temp-folder.h"

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

static int64_t first_page(JsonObject *paper)
{
    return json_array_get_int_element(json_get_array(paper, "pages"), 0);
}

/* The paper of a class that was added last, wherever it stands in the pile; "id_card#1"
 * the first. */
static JsonObject *paper_of(JsonObject *record, const char *class)
{
    g_auto(GStrv) parts = g_strsplit(class, "#", 2);
    int number = parts[1] != NULL ? atoi(parts[1]) : G_MAXINT;
    const char *wanted =
        g_str_equal(parts[0], "form") ? json_get_string(record, "form", NULL) : parts[0];
    JsonArray *papers = json_get_array(record, "papers");
    JsonObject *found = NULL;
    int64_t last = 0;
    for (int64_t next = 0; next < G_MAXINT64 && number > 0; number--) {
        next = G_MAXINT64;
        for (guint i = 0; i < json_array_get_length(papers); i++) {
            JsonObject *paper = json_array_get_object_element(papers, i);
            if (g_strcmp0(json_get_string(paper, "class", NULL), wanted) == 0 &&
                first_page(paper) > last && first_page(paper) < next) {
                next = first_page(paper);
                found = paper;
            }
        }
        last = next;
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

/* --- whose, why, and what contradicts
 * ----------------------------------------------------- */

static JsonObject *paper_of_number(JsonObject *record, int64_t number)
{
    JsonArray *papers = json_get_array(record, "papers");
    for (guint i = 0; i < json_array_get_length(papers); i++) {
        JsonObject *paper = json_array_get_object_element(papers, i);
        if (json_get_int(paper, "paper", 0) == number)
            return paper;
    }
    return NULL;
}

/* "id_card:name"; forms as "form" */
static char *place_words(JsonObject *record, JsonObject *place)
{
    JsonObject *paper = paper_of_number(record, json_get_int(place, "paper", 0));
    const char *class = json_get_string(paper, "class", "");
    bool is_form = g_strcmp0(class, json_get_string(record, "form", NULL)) == 0;
    return g_strdup_printf("%s:%s", is_form ? "form" : class,
                           json_get_string(place, "key", ""));
}

/* PAPER why ROLE: "sure CODE PAPER:KEY", "unsure CODE" */
static char *why_words(JsonObject *record, JsonObject *paper, const char *role)
{
    JsonArray *reasons = json_get_array(paper, "role_reasons");
    for (guint i = 0; reasons != NULL && i < json_array_get_length(reasons); i++) {
        JsonObject *reason = json_array_get_object_element(reasons, i);
        if (g_strcmp0(json_get_string(reason, "role", ""), role) != 0)
            continue;
        bool is_told = json_get_string(reason, "key", NULL) != NULL;
        g_autofree char *place = is_told ? place_words(record, reason) : g_strdup("");
        return g_strdup_printf("why %s %s %s%s%s", role,
                               json_get_bool(reason, "sure", false) ? "sure" : "unsure",
                               json_get_string(reason, "code", ""), is_told ? " " : "",
                               place);
    }
    return g_strdup_printf("why %s no", role);
}

static int string_order(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "CODE GRADE PAPER:KEY=TEXT PAPER:KEY=TEXT", the sides sorted. Every side shows its
 * paper, page and box. */
static char *contradiction_words(JsonObject *record, JsonObject *problem)
{
    JsonArray *sides = json_get_array(problem, "sides");
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < json_array_get_length(sides); i++) {
        JsonObject *side = json_array_get_object_element(sides, i);
        g_autofree char *place = place_words(record, side);
        g_assert_cmpint(
            json_get_int(side, "page", 0), ==,
            first_page(paper_of_number(record, json_get_int(side, "paper", 0))));
        g_assert_cmpint(json_get_rect(side, "box").width, ==, 300);
        g_ptr_array_add(
            texts, g_strdup_printf("%s=%s", place, json_get_string(side, "text", "")));
    }
    g_ptr_array_sort(texts, string_order);
    g_ptr_array_add(texts, NULL);
    g_autofree char *joined = g_strjoinv(" ", (char **)texts->pdata);
    return g_strdup_printf("%s %s %s", json_get_string(problem, "code", ""),
                           json_get_string(problem, "grade", ""), joined);
}

/* All of them, or the one that is @wanted. */
static char *contradictions_words(JsonObject *record, const char *wanted)
{
    JsonArray *problems = json_get_array(record, "problems");
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < json_array_get_length(problems); i++) {
        JsonObject *problem = json_array_get_object_element(problems, i);
        if (json_get_array(problem, "sides") == NULL)
            continue;
        g_autofree char *words = contradiction_words(record, problem);
        if (g_strcmp0(words, wanted) == 0)
            g_string_assign(all, wanted);
        if (g_strcmp0(words, wanted) == 0)
            break;
        g_string_append_printf(all, "%s; ", words);
    }
    return g_string_free(all, FALSE);
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
    if (g_str_equal(what, "contradiction"))
        return contradictions_words(record, rest);
    if (g_str_equal(what, "no") && g_strcmp0(words[2], "contradiction") == 0) {
        g_autofree char *all = contradictions_words(record, NULL);
        return g_strdup(*all == '\0' ? rest : all);
    }
    if (g_strcmp0(words[2], "why") == 0)
        return why_words(record, paper_of(record, what), words[3]);
    if (g_str_equal(what, "no"))
        return g_strdup(has_problem(record, words[3]) ? "there is one" : rest);
    if (g_str_equal(what, "asked"))
        return asked_words(record);
    if (g_strcmp0(words[2], "role") == 0)
        return roles_words(paper_of(record, what));
    if (g_strv_contains((const char *const[]){"status", "place", "applied_on",
                                              "applied_between", "list", NULL},
                        what))
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
    else if (g_str_equal(verb, "form")) {
        g_free(builder->form);
        builder->form = g_strdup(words[1]);
    } else if (g_str_equal(verb, "set"))
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
    const char *room; /* tests/cases/ROOM */
    const Pipeline *pipeline;
    int cases, rows, wrong;
} Run;

static void expect(Run *run, JsonObject *record, char **words, int line,
                   const char *title, const char *variant)
{
    g_autofree char *wanted = g_strjoinv(" ", words + 2);
    g_autofree char *got = record_words(record, run->pipeline, words);
    run->rows++;
    if (g_str_equal(got, wanted))
        return;
    run->wrong++;
    g_test_message("%s:%d: %s%s: %s: got \"%s\", wanted \"%s\"", run->path, line, title,
                   variant, words[1], got, wanted);
}

/* What one paper more does to each requirement: an unknown one takes nothing away
 * (@is_known false); a known one may put what is met in doubt, and never makes it
 * missing.
 */
static void check_monotone(Run *run, JsonObject *before, JsonObject *after,
                           const char *title, const char *more)
{
    bool is_known = !g_str_equal(more, "unknown");
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
            bool is_met = g_str_equal(was, "met"), is_gone = g_str_equal(is, "missing");
            bool is_worse = is_known ? is_met && is_gone
                            : is_met ? !g_str_equal(is, "met")
                                     : !g_str_equal(was, "missing") && is_gone;
            if (!is_worse)
                continue;
            run->wrong++;
            g_test_message("%s: %s: %s/%s was %s, with one paper more (%s) %s", run->path,
                           title, utility_codes[i], id, was, more, is);
        }
    }
}

/* Papers of somebody else, of a namesake, of another place: whatever the pile holds. */
static const char *const more_papers[] = {
    "unknown",
    "id_card name=周志强 id_number=410222190307150050",
    "id_card name=陈英涛 id_number=410221190001010016",
    "id_card name=陈英涛",
    "property_certificate owner=周志强 location=通许县咸平大道12号碧水家园3幢2单元501号",
    "property_certificate owner=周志强 location=通许县人民路7号阳光花园1幢1单元101号",
    "property_certificate owner=陈英涛 location=通许县人民路7号阳光花园1幢1单元101号",
    NULL};

static void check_more(Run *run, Builder *builder, JsonObject *record, const char *title)
{
    for (int i = 0; more_papers[i] != NULL; i++) {
        g_auto(GStrv) words = g_strsplit(more_papers[i], " ", -1);
        Paper *paper = builder_add(builder, words[0]);
        builder_set_words(builder, paper, words + 1);
        g_autoptr(JsonObject) more = builder_decide(builder, false);
        check_monotone(run, record, more, title, more_papers[i]);
        g_ptr_array_remove(builder->papers, paper);
    }
}

/* Whether the lines from @i on begin a case or a base of cases. */
static bool begins(const char *line)
{
    return g_str_has_prefix(line, "case:") || g_str_has_prefix(line, "base:");
}

static void obey_lines(Builder *builder, char **lines, int first);

/* The lines of "base: NAME". */
static void obey_base(Builder *builder, char **lines, const char *name)
{
    for (int i = 0; lines[i] != NULL; i++)
        if (g_str_has_prefix(lines[i], "base:") &&
            g_str_equal(case_line(lines[i], "base:"), name)) {
            obey_lines(builder, lines, i + 1);
            return;
        }
    g_error("no base %s", name);
}

static void obey_lines(Builder *builder, char **lines, int first)
{
    for (int i = first; lines[i] != NULL && !begins(lines[i]); i++) {
        g_auto(GStrv) words = g_strsplit(lines[i], " ", -1);
        if (*lines[i] == '\0' || *lines[i] == '#' || g_str_equal(words[0], "expect"))
            continue;
        if (g_str_equal(words[0], "use"))
            obey_base(builder, lines, words[1]);
        else
            obey(builder, words, lines[i]);
    }
}

/* --- the order of papers
 * ------------------------------------------------------------------ */

/* Numbers of papers depend on their order; the page a paper begins on does not. */
static int64_t page_of_paper(JsonObject *record, int64_t number)
{
    JsonObject *paper = paper_of_number(record, number);
    return paper != NULL ? first_page(paper) : -number;
}

static char *canonical(JsonObject *record, const char *name, JsonNode *node);

static char *canonical_object(JsonObject *record, JsonObject *object)
{
    GString *out = g_string_new("{");
    g_autoptr(GList) keys = json_object_get_members(object);
    for (GList *key = keys; key != NULL; key = key->next) {
        g_autofree char *value =
            canonical(record, key->data, json_object_get_member(object, key->data));
        g_string_append_printf(out, "%s=%s,", (char *)key->data, value);
    }
    return g_string_free(out, FALSE);
}

static char *canonical_array(JsonObject *record, const char *name, JsonArray *array)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < json_array_get_length(array); i++) {
        const char *inner = g_str_equal(name, "papers") ? "paper" : "";
        g_ptr_array_add(texts,
                        canonical(record, inner, json_array_get_element(array, i)));
    }
    /* lists that follow the papers have no order of their own */
    static const char *const unordered[] = {"papers", "evidence", "problems", "sides",
                                            NULL};
    if (g_strv_contains(unordered, name))
        g_ptr_array_sort(texts, string_order);
    g_ptr_array_add(texts, NULL);
    return g_strjoinv(";", (char **)texts->pdata);
}

static char *canonical(JsonObject *record, const char *name, JsonNode *node)
{
    if (JSON_NODE_HOLDS_OBJECT(node))
        return canonical_object(record, json_node_get_object(node));
    if (JSON_NODE_HOLDS_ARRAY(node))
        return canonical_array(record, name, json_node_get_array(node));
    if (JSON_NODE_HOLDS_NULL(node))
        return g_strdup("null");
    GType type = json_node_get_value_type(node);
    if (g_str_equal(name, "paper"))
        return g_strdup_printf(
            "page %" G_GINT64_FORMAT,
            page_of_paper(record,
                          type == G_TYPE_STRING
                              ? g_ascii_strtoll(json_node_get_string(node), NULL, 10)
                              : json_node_get_int(node)));
    return type == G_TYPE_STRING    ? g_strdup(json_node_get_string(node))
           : type == G_TYPE_BOOLEAN ? g_strdup(json_node_get_boolean(node) ? "yes" : "no")
                                    : g_strdup_printf("%.6f", json_node_get_double(node));
}

/* The whole record is the same, whatever the order: each rotation of the papers, each
 * both ways round. */
static void check_orders(Run *run, const Builder *builder, JsonObject *record,
                         const char *title)
{
    g_autofree char *wanted = canonical_object(record, record);
    guint count = builder->papers->len;
    for (guint turn = 0; turn < 2 * count; turn++) {
        g_autoptr(GPtrArray) papers = g_ptr_array_new();
        for (guint i = 0; i < count; i++)
            g_ptr_array_insert(papers, turn < count ? -1 : 0,
                               builder->papers->pdata[(i + turn) % count]);
        g_autoptr(JsonObject) other = builder_decide_papers(builder, papers);
        g_autofree char *got = canonical_object(other, other);
        if (g_str_equal(got, wanted))
            continue;
        gsize at = 0;
        while (got[at] == wanted[at])
            at++;
        at = at > 80 ? at - 80 : 0;
        run->wrong++;
        g_test_message("%s: %s: order %u: …%.160s… is not …%.160s…", run->path, title,
                       turn, got + at, wanted + at);
        return;
    }
}

static void run_case(Run *run, char **lines, int first, int end)
{
    g_autoptr(Builder) builder = builder_new(run->pipeline);
    const char *title = case_line(lines[first], "case:");
    obey_lines(builder, lines, first + 1);
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
    if (!has_problem(record, "several_forms") && builder->corrections->len == 0)
        check_orders(run, builder, record, title);
    if (builder_find(builder, "form") != NULL)
        check_more(run, builder, record, title);
    for (const char *const *language = (const char *const[]){"zh", "en", NULL};
         *language != NULL; language++) {
        g_autofree char *summary = casework_summary(record, *language);
        g_assert_cmpuint(strlen(summary), >, 10);
    }
    run->cases++;
}

static void run_room(const char *room, const Pipeline *pipeline, int least_rows)
{
    g_autoptr(GPtrArray) paths = case_files(room);
    Run run = {.room = room, .pipeline = pipeline};
    for (guint f = 0; f < paths->len; f++) {
        g_autofree char *text = NULL;
        run.path = paths->pdata[f];
        g_assert_true(g_file_get_contents(run.path, &text, NULL, NULL));
        g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
        int count = (int)g_strv_length(lines), first = -1;
        for (int i = 0; i <= count; i++) {
            bool is_end = i == count || begins(lines[i]);
            if (is_end && first >= 0 && g_str_has_prefix(lines[first], "case:"))
                run_case(&run, lines, first, i);
            if (is_end)
                first = i;
        }
    }
    g_test_message("%s: %d cases, %d rows", room, run.cases, run.rows);
    g_assert_cmpint(run.rows, >=, least_rows);
    g_assert_cmpint(run.wrong, ==, 0);
}

static void test_cases(gconstpointer data)
{
    run_room("casework", data, 100);
}

static void test_people(gconstpointer data)
{
    run_room("people", data, 150);
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

/* --- the declarations: the tree's, and stand-ins for what it has not yet ---------------
 */

static void copy_folder(const char *from, const char *to, const char *subfolder)
{
    g_autofree char *source = g_build_filename(from, subfolder, NULL);
    g_autoptr(GDir) dir = g_dir_open(source, 0, NULL);
    g_assert_nonnull(dir);
    for (const char *name = g_dir_read_name(dir); name != NULL;
         name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(source, name, NULL);
        g_autofree char *relative = g_build_filename(subfolder, name, NULL);
        g_autofree char *target = g_build_filename(to, relative, NULL);
        g_autofree char *text = NULL;
        gsize length;
        if (g_file_test(path, G_FILE_TEST_IS_DIR) ||
            g_file_test(target, G_FILE_TEST_EXISTS))
            continue;
        g_assert_true(g_file_get_contents(path, &text, &length, NULL));
        g_free(temp_write(to, relative, text, (gssize)length));
    }
}

static Pipeline *load_with_stand_ins(const char *folder)
{
    static const char *const subfolders[] = {"forms", "papers", "places", "rules", "."};
    g_autoptr(GError) error = NULL;
    g_autofree char *tree = pipelines_folder();
    g_autofree char *own = cases_folder("people/stand-in");
    for (size_t i = 0; i < G_N_ELEMENTS(subfolders); i++)
        copy_folder(tree, folder, subfolders[i]);
    copy_folder(own, folder, "forms");
    copy_folder(own, folder, "papers");
    Pipeline *pipeline = pipeline_load(folder, &error);
    g_assert_no_error(error);
    return pipeline;
}

static const char *verdict_of(JsonObject *record, const char *utility)
{
    return json_get_string(json_get_object(json_get_object(record, "utilities"), utility),
                           "verdict", "");
}

/* A certificate is missing, and a cover sheet says that a sheet is: that may be it. */
static void test_lost_sheets_leave_doubt(gconstpointer data)
{
    g_autoptr(Builder) builder = builder_new(data);
    add_standard(builder);
    g_ptr_array_remove_index(builder->papers, builder->papers->len - 1);
    g_autoptr(JsonObject) alone = builder_decide(builder, false);
    g_assert_cmpstr(verdict_of(alone, "water"), ==, "incomplete");
    PageSource source = {(char *)"aa", (char *)"cover.jpg", 0, NULL};
    CaseCover cover = {false, (char *)"N.T4.XXXX", &source, NULL, 4, 3};
    g_autoptr(GPtrArray) covers = g_ptr_array_new();
    g_ptr_array_add(covers, &cover);
    builder->covers = covers;
    g_autoptr(JsonObject) record = builder_decide(builder, false);
    g_assert_true(has_problem(record, "sheets_differ"));
    g_assert_cmpstr(verdict_of(record, "water"), ==, "review");
    g_assert_cmpstr(json_get_string(record, "status", ""), ==, "review");
    JsonObject *said = json_array_get_object_element(json_get_array(record, "covers"), 0);
    g_assert_cmpint(json_get_int(said, "expected", 0), ==, 4);
    g_assert_cmpint(json_get_int(said, "found", 0), ==, 3);
    cover.found = 4;
    g_autoptr(JsonObject) whole = builder_decide(builder, false);
    g_assert_false(has_problem(whole, "sheets_differ"));
    g_assert_cmpstr(verdict_of(whole, "water"), ==, "incomplete");
}

/* Papers of the case may lie with its neighbour. */
static void test_unsure_boundary_leaves_doubt(gconstpointer data)
{
    g_autoptr(Builder) builder = builder_new(data);
    add_standard(builder);
    g_ptr_array_remove_index(builder->papers, builder->papers->len - 1);
    PileRemark remark = {"boundary_unsure", true, true, -1, NULL};
    g_autoptr(GPtrArray) remarks = g_ptr_array_new();
    g_ptr_array_add(remarks, &remark);
    builder->remarks = remarks;
    builder->name = "tx01-7K3M9Q2D";
    g_autoptr(JsonObject) record = builder_decide(builder, false);
    g_assert_true(has_problem(record, "boundary_unsure"));
    g_assert_cmpstr(verdict_of(record, "water"), ==, "review");
    g_assert_cmpstr(json_get_string(record, "case", ""), ==, "tx01-7K3M9Q2D");
}

static void add_line(PageReading *page, const char *words)
{
    TextLine *line = g_new0(TextLine, 1);
    line->text = g_strdup(words);
    line->box_px = (Rect){100, 100, 600, 30};
    line->cell = -1;
    line->confidence = line->weakest = 0.99;
    page->dpi = 200;
    g_ptr_array_add(page->lines, line);
}

/* A form that went through the scanner twice is one form; both scans stay. */
static void test_double_form_is_one(gconstpointer data)
{
    static const char words[] = "水电气暖信报装申请表个人报装用户名称陈英涛";
    g_autoptr(Builder) builder = builder_new(data);
    add_standard(builder);
    builder_add(builder, "form");
    g_autoptr(JsonObject) two = builder_decide(builder, false);
    g_assert_true(has_problem(two, "several_forms"));
    add_line(builder->pages->pdata[0], words);
    add_line(builder->pages->pdata[builder->pages->len - 1], words);
    g_autoptr(JsonObject) record = builder_decide(builder, false);
    g_assert_false(has_problem(record, "several_forms"));
    g_assert_true(has_problem(record, "scanned_twice"));
    g_assert_cmpuint(json_array_get_length(json_get_array(record, "papers")), ==,
                     builder->papers->len);
    g_assert_cmpstr(verdict_of(record, "water"), ==, "complete");
}

/* What is wrong with a picture is said with its page; what was read on it stands. */
static void test_bad_picture_is_told(gconstpointer data)
{
    static const char *const codes[] = {"blur", "dark", "cut_off", "low_resolution"};
    g_autoptr(Builder) builder = builder_new(data);
    add_standard(builder);
    g_autoptr(JsonObject) good = builder_decide(builder, false);
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
        PageReading *page = builder->pages->pdata[0];
        g_assert_false(has_problem(good, codes[i]));
        g_ptr_array_add(page->problems, g_strdup(codes[i]));
    }
    g_autoptr(JsonObject) record = builder_decide(builder, false);
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
        g_assert_true(has_problem(record, codes[i]));
        g_assert_cmpstr(phrase_of(codes[i], "zh"), !=, codes[i]);
    }
    g_assert_cmpstr(verdict_of(record, "water"), ==, verdict_of(good, "water"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = pipelines_folder();
    g_autoptr(Pipeline) pipeline = pipeline_load(folder, &error);
    g_assert_no_error(error);
    g_autoptr(TempFolder) copy = temp_folder_new();
    g_autoptr(Pipeline) all = load_with_stand_ins(copy);
    g_test_add_data_func("/casework/cases", pipeline, test_cases);
    g_test_add_data_func("/casework/people", all, test_people);
    g_test_add_func("/casework/name/content", test_name_comes_from_content);
    g_test_add_data_func("/casework/record/order", pipeline, test_members_stand_in_order);
    g_test_add_data_func("/casework/record/empty", pipeline,
                         test_nothing_is_a_case_in_review);
    g_test_add_data_func("/casework/pile/lost-sheets-leave-doubt", pipeline,
                         test_lost_sheets_leave_doubt);
    g_test_add_data_func("/casework/pile/unsure-boundary-leaves-doubt", pipeline,
                         test_unsure_boundary_leaves_doubt);
    g_test_add_data_func("/casework/pile/double-form-is-one", pipeline,
                         test_double_form_is_one);
    g_test_add_data_func("/casework/pile/bad-picture-is-told", pipeline,
                         test_bad_picture_is_told);
    return g_test_run();
}
