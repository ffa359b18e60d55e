/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pipeline/describe.c - the rule lists said back in Chinese, for whoever declared them.
 */
#include "pipeline/pipeline.h"

static void describe_requirement(const Pipeline *pipeline, const RequirementDecl *rule,
                                 GString *out)
{
    g_string_append_printf(out, "    %s（%s）：", rule->text, rule->id);
    if (g_strv_length(rule->any) > 1)
        g_string_append(out, "下列材料有一种即可：");
    for (int i = 0; rule->any[i] != NULL; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? "、" : "",
                               pipeline_class_title(pipeline, rule->any[i]));
    if (rule->who != NULL)
        g_string_append_printf(out, "；须是%s的", code_title(rule->who));
    if (rule->about != NULL)
        g_string_append(out, "；须与报装地址相符");
    if (rule->wants_seal)
        g_string_append(out, "；须加盖申请单位公章");
    if (rule->wants_original)
        g_string_append(out, "；要求原件");
    if (rule->wants_copy)
        g_string_append(out, "；要求复印件");
    if (rule->is_open_ended)
        g_string_append(out, "；清单以“等”结尾，其他材料由工作人员认定");
    if (rule->is_deferred)
        g_string_append(out, "；报装时不需出具，正式办理时提供");
    g_string_append(out, "。\n");
    if (rule->advice != NULL)
        g_string_append_printf(out, "      提示：%s\n", rule->advice);
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
    for (guint i = 0; i < rule->utilities->len; i++) {
        const UtilityListDecl *list = rule->utilities->pdata[i];
        g_string_append_printf(out, "  %s，以下%u项都要：\n",
                               utility_title(list->utility), list->requirements->len);
        for (guint k = 0; k < list->requirements->len; k++)
            describe_requirement(pipeline, list->requirements->pdata[k], out);
    }
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
    const GPtrArray *rules = pipeline_rules(pipeline);
    for (guint i = 0; i < rules->len; i++)
        describe_rule(pipeline, rules->pdata[i], out);
    return g_string_free(out, FALSE);
}
