/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pipeline/describe.c - the rule lists said back in Chinese, for whoever declared them.
 */
#include "pipeline/pipeline.h"

/* "不动产权证书（原件）、购房发票（原件）" */
static void describe_papers(const Pipeline *pipeline, const RequirementDecl *decl,
                            GString *out)
{
    bool is_first = true;
    for (int i = 0; decl->any[i] != NULL; i++) {
        const char *class = decl->any[i];
        if (codes_have((const char *const *)decl->by_person, class))
            continue;
        g_string_append_printf(out, "%s%s", is_first ? "" : "、",
                               pipeline_class_title(pipeline, class));
        if (codes_have((const char *const *)decl->original, class))
            g_string_append(out, "（原件）");
        if (codes_have((const char *const *)decl->copy, class))
            g_string_append(out, "（复印件）");
        is_first = false;
    }
    for (int i = 0; decl->by_person != NULL && decl->by_person[i] != NULL; i++)
        g_string_append_printf(out, "；只有%s的，由工作人员认定",
                               pipeline_class_title(pipeline, decl->by_person[i]));
}

/* "；须是原户主或原户主的法人代表的" */
static void describe_people(const RequirementDecl *decl, GString *out)
{
    for (int i = 0; decl->who != NULL && decl->who[i] != NULL; i++)
        g_string_append_printf(out, "%s%s", i == 0 ? "；须是" : "或",
                               code_title(decl->who[i]));
    if (decl->who != NULL)
        g_string_append(out, "的");
}

static void describe_on_it(const RequirementDecl *decl, GString *out)
{
    for (guint i = 0; i < decl->on_it->len; i++) {
        const OnPaperDecl *on = decl->on_it->pdata[i];
        g_string_append_printf(out, "%s%s", i == 0 ? "；上面须有" : "、", on->text);
    }
}

static void describe_requirement(const Pipeline *pipeline, const RequirementDecl *decl,
                                 GString *out)
{
    const struct {
        bool is_said;
        const char *words;
    } rest[] = {
        {g_strcmp0(decl->about, "site") == 0, "；须与申请地址相符"},
        {g_strcmp0(decl->about, "account") == 0, "；须与申请的户号相符"},
        {decl->wants_seal, "；须加盖申请单位公章"},
        {decl->wants_in_force, "；须在有效期内"},
        {decl->is_open_ended, "；清单以“等”结尾，其他材料由工作人员认定"},
        {decl->is_deferred, "；报装时不需出具，正式办理时提供"},
        {decl->is_precondition, "；由经营单位自己掌握，没有材料的待其确认"},
    };
    guint count = g_strv_length(decl->any) -
                  (decl->by_person != NULL ? g_strv_length(decl->by_person) : 0);
    g_string_append_printf(out, "    %s（%s）：%s", decl->text, decl->id,
                           count > 1 ? "下列材料有一种即可：" : "");
    describe_papers(pipeline, decl, out);
    describe_people(decl, out);
    describe_on_it(decl, out);
    for (size_t i = 0; i < G_N_ELEMENTS(rest); i++)
        if (rest[i].is_said)
            g_string_append(out, rest[i].words);
    g_string_append(out, "。\n");
    if (decl->advice != NULL)
        g_string_append_printf(out, "      提示：%s。\n", decl->advice);
}

static void describe_list(const Pipeline *pipeline, const UtilityListDecl *list,
                          GString *out)
{
    guint count = list->requirements->len;
    if (count > 1)
        g_string_append_printf(out, "  %s，以下%u项都要：\n",
                               utility_title(list->utility), count);
    else
        g_string_append_printf(out, "  %s，只要1项：\n", utility_title(list->utility));
    for (guint k = 0; k < count; k++)
        describe_requirement(pipeline, list->requirements->pdata[k], out);
    for (int i = 0; list->business_papers != NULL && list->business_papers[i] != NULL;
         i++)
        g_string_append_printf(out, "    材料中有申请人的%s的，按企业的清单。\n",
                               pipeline_class_title(pipeline, list->business_papers[i]));
}

static void describe_rule(const Pipeline *pipeline, const RuleDecl *rule, GString *out)
{
    const PlaceDecl *place = pipeline_place(pipeline, rule->place);
    g_string_append_printf(out, "%s，%s%s，依据%s，自%s起", place->title,
                           code_title(rule->applicant_kind), code_title(rule->service),
                           rule->document, rule->in_force_from);
    if (rule->in_force_to != NULL)
        g_string_append_printf(out, "至%s止", rule->in_force_to);
    g_string_append(out, "：\n");
    if (rule->assumption != NULL)
        g_string_append_printf(out, "  这是推定：%s。\n", rule->assumption);
    for (guint i = 0; i < rule->utilities->len; i++)
        describe_list(pipeline, rule->utilities->pdata[i], out);
}

static void describe_place(const PlaceDecl *place, GString *out)
{
    g_string_append_printf(out, "%s：", place->title);
    for (guint i = 0; i < place->recipients->len; i++) {
        const RecipientDecl *recipient = place->recipients->pdata[i];
        g_string_append_printf(
            out, "%s%s送%s", i > 0 ? "，" : "", utility_title(recipient->utility),
            recipient->recipient != NULL ? recipient->recipient : "（尚未指明单位）");
    }
    g_string_append(out, "。\n");
}

char *pipeline_describe_lists(const Pipeline *pipeline)
{
    GString *out = g_string_new(NULL);
    const GPtrArray *rules = pipeline_rules(pipeline);
    for (guint i = 0; i < rules->len; i++)
        describe_rule(pipeline, rules->pdata[i], out);
    return g_string_free(out, FALSE);
}

char *pipeline_describe(const Pipeline *pipeline)
{
    GString *out = g_string_new(NULL);
    const GPtrArray *classes = pipeline_classes(pipeline);
    for (guint i = 0; i < classes->len; i++) {
        const ClassDecl *class = classes->pdata[i];
        g_string_append_printf(out, "%s（%s）：%u个字段。\n", class->title, class->name,
                               class->fields->len);
    }
    const GPtrArray *places = pipeline_places(pipeline);
    for (guint i = 0; i < places->len; i++)
        describe_place(places->pdata[i], out);
    g_autofree char *lists = pipeline_describe_lists(pipeline);
    g_string_append(out, lists);
    return g_string_free(out, FALSE);
}
