/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_transfer.c - 开封市供水、供电、供气、供热一次过户申请表: its words as the city
 * prints them; beside each utility stand its materials and how it is handled. */
#include "form_build.h"

#define PERSONS_IDENTITY                                                                                                          \
    "1. "                                                                                                                         \
    "主体证明（任选其一：居民身份证、临时身份证、户口本、军官证或士兵证、港澳通行证等）" \
    "；"
#define OWNERSHIP                                                                                                                    \
    "2. "                                                                                                                            \
    "产权证明（任选其一：①不动产{}"                                                                                   \
    "权证书即房本原件；②购房发票或契税发票原件；③房屋买卖合"                                           \
    "同或按揭贷款协议原件；④拆迁安置协议原件；⑤物业、社区、村委会、集资房单位证明等能够" \
    "证明"                                                                                                                         \
    "房屋所有权的材料。"
#define POWER_OWNERSHIP "2. 产权证明（任选其一：产权证、国有土地使用证、购房合同等）"

/* What the form prints beside each utility. {}: 产, in prints that have it twice */
static const struct {
    const char *label, *materials;
} utilities[] = {
    {"供水\n过户",
     "A、个人用户：" PERSONS_IDENTITY OWNERSHIP
     "\nB、单位用户：1. 变更原因相关文件（如买卖合同、拍卖文件、移交文件等）。"
     "\n2. 申请单位加盖公章的工商营业执照（三证合一副本）复印件、法人代表身份证"},
    {"供电\n过户",
     "个人用户：" PERSONS_IDENTITY POWER_OWNERSHIP
     "\n企业用户：1. 主体证明：原户主与新户主的法人代表有效身份证明、经加盖单位公章"
     "的新户主营业执照；" POWER_OWNERSHIP},
    {"供气\n过户",
     "A、工商户：1. 过户转让申请书（双方签字及房主同意）；\n2. 双方身份证明（法人身"
     "份证及营业执照复印件）。\nB、民用户：房产证及房主身份证复印件；\n注意：需安检完"
     "毕，结清所有费用，再办理过户。"},
    {"供热\n过户",
     "A、个人用户过户：1. 主体证明（房主居民身份证）；" OWNERSHIP
     "\nB、非居单位过户：1. 变更原因相关文件（如不动产{}权证书、买卖合同、拍卖文件、移"
     "交文件等）。2. 申请单位加盖公章的工商营业执照（三证合一副本）复印件、法人代表身份"
     "证复印件、经办人身份证复印件。"},
};

static void people_rows(Build *build)
{
    const Print *print = build->print;
    double shift = print->column_shift;
    build_row(build);
    build_label(build, 22, "申请用户");
    build_value(build, 56 + shift * 4, "applicant.name");
    build_label(build, 22, "用户地址");
    build_value(build, 72 - shift * 4, "site.address");
    build_row(build);
    build_label(build, 22, "联系人");
    build_value(build, 24 + shift * 2, "contact.name");
    build_label(build, 22, "联系电话");
    build_value(build, 32, "contact.phone");
    build_label(build, print->id_in_two ? 16 : 24,
                print->id_in_two ? "身份证\n号码" : "身份证号码");
    build_value(build, 48 - shift * 2, "contact.id_number");
}

/* 供水□（户号：____） for each; 受理时间 has no cell for its value. */
static void kinds_row(Build *build)
{
    const Print *print = build->print;
    Flow *flow = flow_new(), *when = flow_new();
    for (int i = 0; transfer_choices[i].code != NULL; i++) {
        g_autofree char *key = g_strconcat(transfer_choices[i].code, ".account", NULL);
        if (i > 0 && print->telecom_in_one_cell)
            flow_gap(flow, print->option_gap_mm);
        else if (i > 0)
            flow_break(flow);
        build_option(build, flow, &transfer_choices[i], "utilities", TRUE);
        flow_glue(flow);
        g_autofree char *words = build_dress(build, "（户号：");
        flow_solid(flow, &build->label, words);
        build_blank(build, flow, key, 26);
        flow_glue(flow);
        build_words(build, flow, "）");
    }
    build_words(build, when, print->vat_in_two ? "受理时间" : "受理时间：");
    if (print->vat_in_two)
        flow_break(when);
    build_typed_date(build, when, "office.received_on");
    build_row(build);
    build_label(build, 22, "类型");
    build_cell(build, 100, flow, ALIGN_LEFT);
    build_cell(build, 50, when, print->vat_in_two ? ALIGN_CENTRE : ALIGN_LEFT);
}

static void utility_rows(Build *build, int number)
{
    Flow *materials = flow_new();
    g_autofree char *text = build_phrase(utilities[number].materials,
                                         build->print->has_well_slip ? "产" : "");
    g_autofree char *dressed = build_dress(build, text);
    Type type = build->label;
    type.size_mm *= 0.86;
    flow_text(materials, &type, dressed, 0);
    table_row(build->table, 0);
    build_merged(build, 16, utilities[number].label, TRUE, FALSE);
    build_label(build, 14, "申请\n材料");
    table_cell(build->table, 0, materials, ALIGN_LEFT, build->note_pitch_mm * 0.9);
    build_row(build);
    build_merged(build, 16, utilities[number].label, FALSE, TRUE);
    build_label(build, 14, "受理\n流程");
    Flow *process = flow_new();
    build_words(build, process, "材料齐全即时办理");
    build_cell(build, 0, process, ALIGN_LEFT);
}

static void statement_row(Build *build, const char *label, const char *key)
{
    table_row(build->table, build->row_mm * 1.7);
    build_label(build, 34, label);
    build_value(build, 138, key);
}

/* Who confirms signs and seals behind these words, in one cell each. */
static void confirmation_row(Build *build)
{
    const Form *form = build->form;
    Flow *user = flow_new(), *office = flow_new();
    build_words(build, user, "申请用户确认：");
    if (build->print->vat_in_two) { /* room to sign in is under the words */
        flow_break(user);
        flow_break(user);
    }
    flow_gap(user, 3);
    flow_signature(user, &form->pen, form->signer, 30, 0);
    build_words(build, office, "受理单位意见：");
    build_add_value(build, office, "office.opinion");
    int row = table_row(build->table, MAX(build->row_mm * 3.6, 30));
    build->applicant_seal = (SealPlace){row, 0.28, 0.36, 0.4, 0.6};
    build->office_seal = (SealPlace){row, 0.68, 0.85, 0.45, 0.65};
    build_cell(build, 86, user, ALIGN_LEFT);
    table_cell_top(build->table);
    build_cell(build, 86, office, ALIGN_LEFT);
    table_cell_top(build->table);
}

void form_rows_transfer(Build *build)
{
    PageBreak page_break = build->print->base->page_break;
    people_rows(build);
    kinds_row(build);
    for (int i = 0; i < (int)G_N_ELEMENTS(utilities); i++) {
        if (page_break == BREAK_BEFORE_GAS && i == 3)
            build->break_row = table_rows(build->table);
        utility_rows(build, i);
    }
    build->early_row = table_rows(build->table);
    if (page_break == BREAK_BEFORE_HEAT)
        build->break_row = build->early_row;
    statement_row(build, "过户说明\n（申请用户填写）", "transfer.statement");
    statement_row(build, "受理说明\n（受理单位填写）", "office.statement");
    confirmation_row(build);
    if (build->break_row == 0) /* one page, as the city prints it */
        build->break_row = table_rows(build->table);
}
