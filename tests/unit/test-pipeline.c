/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations of the tree load; broken ones are complained about where they are
 * broken. tests/cases/pipeline: "case:", then "file:" (below pipelines/), then YAML lines
 * that begin with "| ", then "complains: LINE:COLUMN: TEXT" as often as wanted, or
 * "loads" where nothing is wrong, with "remarks: LINE:COLUMN: TEXT" for what is to no
 * purpose. The file is put into a copy of the tree's pipelines/.
 */
#include "pipeline/pipeline.h"

#include "base/file.h"
#include "case-file.h"
#include "temp-folder.h"

static void copy_file(const char *from, const char *folder, const char *name)
{
    gsize length;
    g_autofree char *text = NULL;
    g_autofree char *path = g_build_filename(from, name, NULL);
    g_assert_true(g_file_get_contents(path, &text, &length, NULL));
    g_free(temp_write(folder, name, text, (gssize)length));
}

static char *copy_pipelines(const char *folder)
{
    static const char *const subfolders[] = {"forms", "papers", "places", "rules"};
    g_autofree char *from = pipelines_folder();
    copy_file(from, folder, "thresholds.yaml");
    copy_file(from, folder, "vocabulary.yaml");
    copy_file(from, folder, "calibration.yaml");
    for (size_t i = 0; i < G_N_ELEMENTS(subfolders); i++) {
        g_autofree char *path = g_build_filename(from, subfolders[i], NULL);
        g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
        for (const char *name = g_dir_read_name(dir); name != NULL;
             name = g_dir_read_name(dir)) {
            g_autofree char *relative = g_build_filename(subfolders[i], name, NULL);
            copy_file(from, folder, relative);
        }
    }
    return g_strdup(folder);
}

/* --- what the tree declares
 * ----------------------------------------------------------------- */

static Pipeline *load_tree(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = pipelines_folder();
    Pipeline *pipeline = pipeline_load(folder, &error);
    g_assert_no_error(error);
    return pipeline;
}

static const FieldDecl *field_of(const ClassDecl *class, const char *key)
{
    for (guint i = 0; i < class->fields->len; i++)
        if (g_str_equal(((const FieldDecl *)class->fields->pdata[i])->key, key))
            return class->fields->pdata[i];
    return NULL;
}

static void test_tree_loads(void)
{
    g_autoptr(Pipeline) pipeline = load_tree();
    const ClassDecl *form = pipeline_class(pipeline, "install_individual");
    g_assert_true(form != NULL && form->is_form);
    g_assert_cmpstr(form->service, ==, "install");
    const FieldDecl *area = field_of(form, "heat.residential.hot_water.area_m2");
    g_assert_cmpint(area->kind, ==, KIND_NUMBER);
    g_assert_cmpint(area->place, ==, PLACE_TABLE);
    g_assert_cmpstr(area->row_labels[1], ==, "生活热水");
    g_assert_true(field_of(form, "applicant.name")->is_required);
    g_assert_false(pipeline_class(pipeline, "id_card")->is_form);
    const ClassDecl *contract = pipeline_class(pipeline, "purchase_contract");
    g_assert_cmpuint(contract->further->len, >, 0);
    g_assert_nonnull(field_of(contract, "buyer")->finds);
    g_assert_null(pipeline_class(pipeline, "unknown"));
    g_assert_cmpstr(pipeline_class_title(pipeline, "purchase_contract"), ==,
                    "房屋买卖合同");
    g_assert_cmpstr(pipeline_class_title(pipeline, "id_card"), ==, "居民身份证");
    g_assert_nonnull(pipeline_place(pipeline, "kaifeng"));
    g_assert_cmpfloat(pipeline_thresholds(pipeline, KIND_TEXT)->accept_confidence, >,
                      0.5);
}

/* Every key of the vocabulary that this form has, so that none is lost by an edit. */
static void test_form_has_its_vocabulary(void)
{
    static const char *const keys[] = {"applicant.name",
                                       "applicant.phone",
                                       "applicant.id_number",
                                       "site.address",
                                       "site.district",
                                       "agent.name",
                                       "agent.phone",
                                       "agent.id_number",
                                       "utilities",
                                       "water.nature",
                                       "water.category",
                                       "electricity.business_type",
                                       "electricity.low.capacity_kw",
                                       "electricity.low.supply_mode",
                                       "gas.project",
                                       "gas.households",
                                       "gas.hourly_m3",
                                       "heat.date",
                                       "heat.system",
                                       "heat.residential.heating.area_m2",
                                       "heat.residential.heating.medium",
                                       "heat.residential.heating.load_kw",
                                       "heat.residential.hot_water.area_m2",
                                       "heat.residential.hot_water.medium",
                                       "heat.residential.hot_water.load_kw",
                                       "telecom.type",
                                       "telecom.other_note",
                                       "telecom.address",
                                       "other_requirements",
                                       "vat.required",
                                       "vat.name",
                                       "vat.phone",
                                       "declaration.signature",
                                       "declaration.date",
                                       "office.name",
                                       "office.clerk",
                                       "office.received_on",
                                       NULL};
    g_autoptr(Pipeline) pipeline = load_tree();
    const ClassDecl *form = pipeline_class(pipeline, "install_individual");
    for (int i = 0; keys[i] != NULL; i++)
        if (field_of(form, keys[i]) == NULL)
            g_error("the form has no %s", keys[i]);
    g_assert_cmpuint(form->fields->len, ==, G_N_ELEMENTS(keys) - 1);
}

static void test_rule_of_a_day(void)
{
    bool is_before;
    g_autoptr(Pipeline) pipeline = load_tree();
    const RuleDecl *rule = pipeline_rule(pipeline, "install", "individual", "tongxu",
                                         "2023-03-08", &is_before);
    g_assert_cmpstr(rule->document, ==, "通城管[2022]219号");
    g_assert_false(is_before);
    rule = pipeline_rule(pipeline, "install", "individual", "tongxu", "2022-12-15",
                         &is_before);
    g_assert_cmpstr(rule->document, ==, "通城管[2022]219号");
    g_assert_true(is_before);
    rule = pipeline_rule(pipeline, "install", "individual", "kaifeng", "2022-12-15",
                         &is_before);
    g_assert_false(is_before);
    g_assert_nonnull(rule);
    rule = pipeline_rule(pipeline, "transfer", "enterprise", "kaifeng", "2022-01-17",
                         &is_before);
    g_assert_cmpstr(rule->document, ==, "汴审改办〔2022〕1号");
    g_assert_false(is_before);
    rule = pipeline_rule(pipeline, "transfer", "enterprise", "kaifeng", "2022-01-16",
                         &is_before);
    g_assert_cmpstr(rule->document, ==, "汴审改办〔2022〕1号");
    g_assert_true(is_before);
    g_assert_null(pipeline_rule(pipeline, "install", "individual", "nowhere",
                                "2023-03-08", &is_before));
    g_assert_false(is_before);
}

/* Which requirements a list has, for each kind of list: the same in every place. */
static const struct {
    const char *service, *kind, *lists;
} wanted_lists[] = {
    {"install", "individual",
     "water identity ownership; electricity identity ownership; "
     "gas property_certificate owner_id; heat owner_id ownership; "
     "telecom applicant_id; "},
    {"install", "enterprise",
     "water business_license legal_rep_id agent_id ownership; "
     "electricity identity business_license ownership; "
     "gas legal_rep_id business_license property_certificate; "
     "heat business_license legal_rep_id agent_id ownership; "
     "telecom credit_code_certificate authorization_letter agent_id; "},
    {"transfer", "individual",
     "water identity ownership; electricity identity ownership; "
     "gas property_certificate owner_id safety_inspection settlement; "
     "heat owner_id ownership; "},
    {"transfer", "enterprise",
     "water change_reason business_license legal_rep_id; "
     "electricity old_holder_identity identity business_license ownership; "
     "gas transfer_letter old_legal_rep_id old_business_license legal_rep_id "
     "business_license safety_inspection settlement; "
     "heat change_reason business_license legal_rep_id agent_id; "},
};

static char *list_words(const RuleDecl *rule)
{
    GString *said = g_string_new(NULL);
    for (guint u = 0; u < rule->utilities->len; u++) {
        const UtilityListDecl *list = rule->utilities->pdata[u];
        g_string_append(said, list->utility);
        for (guint k = 0; k < list->requirements->len; k++)
            g_string_append_printf(
                said, " %s", ((const RequirementDecl *)list->requirements->pdata[k])->id);
        g_string_append(said, "; ");
    }
    return g_string_free(said, FALSE);
}

static void test_lists_are_whole(void)
{
    bool is_before;
    static const char *const places[] = {"kaifeng", "tongxu"};
    g_autoptr(Pipeline) pipeline = load_tree();
    for (size_t i = 0; i < G_N_ELEMENTS(wanted_lists); i++) {
        for (size_t p = 0; p < G_N_ELEMENTS(places); p++) {
            const RuleDecl *rule =
                pipeline_rule(pipeline, wanted_lists[i].service, wanted_lists[i].kind,
                              places[p], "2023-03-08", &is_before);
            g_assert_nonnull(rule);
            g_autofree char *said = list_words(rule);
            g_assert_cmpstr(said, ==, wanted_lists[i].lists);
            bool is_taken_over = g_str_equal(wanted_lists[i].service, "transfer") &&
                                 g_str_equal(places[p], "tongxu");
            g_assert_true((rule->assumption != NULL) == is_taken_over);
        }
    }
}

static void test_description_is_chinese(void)
{
    g_autoptr(Pipeline) pipeline = load_tree();
    g_autofree char *text = pipeline_describe(pipeline);
    g_assert_nonnull(
        strstr(text, "通许县，个人报装，依据通城管[2022]219号，自2022-12-16起"));
    g_autofree char *lists = pipeline_describe_lists(pipeline);
    static const char *const said[] = {
        "主体证明：原户主的法人代表有效身份证明（old_holder_identity）："
        "下列材料有一种即可：居民身份证、临时居民身份证、户口本、军官证或士兵证、港澳通行"
        "证；"
        "须是原户主或原户主的法人代表的；须在有效期内；清单以“等”结尾，"
        "其他材料由工作人员认定。",
        "上面须有原用户签字、新用户签字、房主同意",
        "上面须有统一社会信用代码（三证合一）；须加盖申请单位公章",
        "须与申请的户号相符；由经营单位自己掌握，没有材料的待其确认。",
        "只有营业执照的，由工作人员认定",
        "  这是推定：",
        "    材料中有申请人的营业执照的，按企业的清单。",
        "不动产权证书、购房发票（原件）",
    };
    g_assert_nonnull(strstr(text, lists));
    for (size_t i = 0; i < G_N_ELEMENTS(said); i++)
        if (strstr(lists, said[i]) == NULL)
            g_error("not said: %s", said[i]);
    g_assert_nonnull(
        strstr(text, "房主身份证复印件（owner_id）：居民身份证（复印件）；须是房主的"));
}

static void test_hash_follows_content(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_free(copy_pipelines(folder));
    g_autoptr(Pipeline) tree = load_tree();
    g_autoptr(Pipeline) copy = pipeline_load(folder, NULL);
    g_autofree char *all = pipeline_hash(tree, NULL);
    g_autofree char *all_copy = pipeline_hash(copy, NULL);
    g_autofree char *rules = pipeline_hash(tree, "rules");
    g_assert_cmpstr(all, ==, all_copy);
    g_assert_cmpstr(all, !=, rules);
    g_autofree char *path = g_build_filename(folder, "thresholds.yaml", NULL);
    g_free(temp_write(folder, "thresholds.yaml",
                      "accept: 0.9\nagree: 0.5\nweakest: 0.61\n", -1));
    g_autoptr(Pipeline) changed = pipeline_load(folder, NULL);
    g_autofree char *all_changed = pipeline_hash(changed, NULL);
    g_autofree char *rules_changed = pipeline_hash(changed, "rules");
    g_assert_cmpstr(all, !=, all_changed);
    g_assert_cmpstr(rules, ==, rules_changed);
}

static void test_missing_folder_is_an_error(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(pipeline_load("no/such/folder", &error));
    g_assert_error(error, PIPELINE_ERROR, PIPELINE_ERROR_IO);
}

static void test_huge_file_is_refused(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_free(copy_pipelines(folder));
    g_autofree char *huge = g_strnfill(LIMIT_DECLARATION_BYTES + 1, '#');
    g_free(temp_write(folder, "thresholds.yaml", huge, -1));
    g_assert_null(pipeline_load(folder, &error));
    g_assert_error(error, PIPELINE_ERROR, PIPELINE_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "thresholds.yaml"));
}

/* Whatever bytes a file has, loading ends with an error and nothing worse. */
static void test_junk_is_survived(void)
{
    static const char *const junk[] = {"",
                                       "\xff\xfe\xff",
                                       "a: [",
                                       "- - -",
                                       "&a [*a]",
                                       "{}",
                                       "a: b: c",
                                       "? [x]\n: y\n",
                                       "name: {a: b}\n",
                                       "--- \n...\n--- x\n",
                                       "\t",
                                       "name: &n [*n]\ncues: *n\n"};
    static const char *const places[] = {"papers/junk.yaml", "rules/junk.yaml",
                                         "forms/junk.yaml", "places/junk.yaml"};
    for (size_t i = 0; i < G_N_ELEMENTS(junk) * G_N_ELEMENTS(places); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(TempFolder) folder = temp_folder_new();
        g_free(copy_pipelines(folder));
        g_free(temp_write(folder, places[i % G_N_ELEMENTS(places)],
                          junk[i / G_N_ELEMENTS(places)], -1));
        g_assert_null(pipeline_load(folder, &error));
        g_assert_nonnull(strstr(error->message, "junk.yaml:"));
    }
}

/* --- broken declarations
 * ------------------------------------------------------------------------ */

typedef struct {
    char *title, *file;
    GString *yaml;
    GPtrArray *complaints; /* char * */
    GPtrArray *remarks;    /* char * */
    bool loads;
} Broken;

static int check_remarks(const Broken *broken, const Pipeline *pipeline,
                         const char *written)
{
    int wrong = 0;
    const GPtrArray *remarks = pipeline_remarks(pipeline);
    for (guint i = 0; i < broken->remarks->len; i++) {
        bool is_said = false;
        g_autofree char *wanted =
            g_strdup_printf("%s:%s", written, (const char *)broken->remarks->pdata[i]);
        for (guint k = 0; k < remarks->len; k++)
            is_said |= g_str_equal(remarks->pdata[k], wanted);
        if (!is_said) {
            g_test_message("%s: no remark \"%s\"", broken->title, wanted);
            wrong++;
        }
    }
    return wrong;
}

static int check_broken(const Broken *broken, const char *path)
{
    int wrong = 0;
    g_autoptr(GError) error = NULL;
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_free(copy_pipelines(folder));
    g_autofree char *written = temp_write(folder, broken->file, broken->yaml->str, -1);
    g_autoptr(Pipeline) pipeline = pipeline_load(folder, &error);
    if (broken->loads) {
        if (pipeline == NULL)
            g_test_message("%s: %s: %s", path, broken->title, error->message);
        return pipeline == NULL ? 1 : check_remarks(broken, pipeline, written);
    }
    g_auto(GStrv) lines = g_strsplit(error != NULL ? error->message : "", "\n", -1);
    for (guint i = 0; i < broken->complaints->len; i++) {
        g_autofree char *wanted =
            g_strdup_printf("%s:%s", written, (const char *)broken->complaints->pdata[i]);
        bool is_said = false; /* what a library adds at the end may be in any language */
        for (int k = 0; lines[k] != NULL; k++)
            is_said |= g_str_has_prefix(lines[k], wanted);
        if (!is_said) {
            g_test_message("%s: %s: wanted \"%s\", got \"%s\"", path, broken->title,
                           wanted, error != NULL ? error->message : "no error");
            wrong++;
        }
    }
    if (g_strv_length(lines) != broken->complaints->len) {
        g_test_message("%s: %s: %u complaints: %s", path, broken->title,
                       g_strv_length(lines), error != NULL ? error->message : "no error");
        wrong++;
    }
    return wrong;
}

static void broken_clear(Broken *broken)
{
    g_free(broken->title);
    g_free(broken->file);
    if (broken->yaml != NULL)
        g_string_free(broken->yaml, TRUE);
    g_clear_pointer(&broken->complaints, g_ptr_array_unref);
    g_clear_pointer(&broken->remarks, g_ptr_array_unref);
    *broken = (Broken){NULL};
}

static int run_broken_file(const char *path)
{
    int cases = 0, wrong = 0;
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    Broken broken = {NULL};
    for (int i = 0;; i++) {
        bool is_end = lines[i] == NULL || g_str_has_prefix(lines[i], "case:");
        if (is_end && broken.title != NULL) {
            wrong += check_broken(&broken, path);
            cases++;
            broken_clear(&broken);
        }
        if (lines[i] == NULL)
            break;
        if (is_end) {
            broken.title = g_strdup(case_line(lines[i], "case:"));
            broken.yaml = g_string_new(NULL);
            broken.complaints = g_ptr_array_new_with_free_func(g_free);
            broken.remarks = g_ptr_array_new_with_free_func(g_free);
        } else if (g_str_has_prefix(lines[i], "file:"))
            broken.file = g_strdup(case_line(lines[i], "file:"));
        else if (*lines[i] == '|')
            g_string_append_printf(broken.yaml, "%s\n",
                                   lines[i] + (lines[i][1] == ' ' ? 2 : 1));
        else if (g_str_has_prefix(lines[i], "complains:"))
            g_ptr_array_add(broken.complaints,
                            g_strdup(case_line(lines[i], "complains:")));
        else if (g_str_has_prefix(lines[i], "remarks:"))
            g_ptr_array_add(broken.remarks, g_strdup(case_line(lines[i], "remarks:")));
        else if (g_str_equal(lines[i], "loads"))
            broken.loads = true;
    }
    g_assert_cmpint(cases, >, 0);
    return wrong;
}

static void test_cases(void)
{
    int wrong = 0;
    g_autoptr(GPtrArray) paths = case_files("pipeline");
    for (guint i = 0; i < paths->len; i++)
        wrong += run_broken_file(paths->pdata[i]);
    g_assert_cmpint(wrong, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pipeline/tree/loads", test_tree_loads);
    g_test_add_func("/pipeline/tree/vocabulary", test_form_has_its_vocabulary);
    g_test_add_func("/pipeline/tree/lists", test_lists_are_whole);
    g_test_add_func("/pipeline/tree/description", test_description_is_chinese);
    g_test_add_func("/pipeline/rule/day", test_rule_of_a_day);
    g_test_add_func("/pipeline/hash/content", test_hash_follows_content);
    g_test_add_func("/pipeline/load/missing", test_missing_folder_is_an_error);
    g_test_add_func("/pipeline/load/huge", test_huge_file_is_refused);
    g_test_add_func("/pipeline/load/junk", test_junk_is_survived);
    g_test_add_func("/pipeline/load/cases", test_cases);
    return g_test_run();
}
