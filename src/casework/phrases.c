/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/phrases.c - what a code says to people, in both languages. */
#include "casework/phrases.h"

typedef struct {
    const char *code, *zh, *en;
} Phrase;

static const Phrase phrases[] = {
    /* utilities */
    {"water", "水", "water"},
    {"electricity", "电", "electricity"},
    {"gas", "气", "gas"},
    {"heat", "暖", "heat"},
    {"telecom", "信", "telecom"},
    /* verdicts and states of a case */
    {"complete", "材料齐全", "complete"},
    {"incomplete", "材料不全", "incomplete"},
    {"review", "待人工核对", "to be looked at"},
    {"deferred", "报装时不需材料", "nothing asked for yet"},
    {"ready", "可以分发", "ready"},
    {"sent", "已分发", "sent"},
    {"closed", "已办结", "closed"},
    /* requirements */
    {"missing", "缺少", "missing"},
    {"unsure", "需核对", "unsure"},
    {"met", "已有", "met"},
    {"to_confirm", "待确认", "to be confirmed"},
    /* why a requirement is unsure */
    {"owner_unsure", "权利人未能辨认清楚", "the owner could not be read for sure"},
    {"owner_differs", "权利人不是申请人", "the owner is not the applicant"},
    {"person_unsure", "不能确定是谁的证件", "whose paper it is could not be told"},
    {"no_owner_known", "尚不知房主是谁", "the owner is not known yet"},
    {"place_differs", "坐落与报装地址不符", "the place is not the address applied for"},
    {"place_unsure", "坐落与报装地址不能确定相符",
     "the place may not be the address applied for"},
    {"expired", "证件已过期", "expired"},
    {"contested_paper", "材料种类有争议", "two kinds of paper are possible"},
    {"unreadable_paper", "有材料看不清", "a paper could not be read"},
    {"unknown_paper", "有材料未能归类", "a paper of unknown kind"},
    {"page_failed", "有页面未能读取", "a page could not be read"},
    {"second_page_missing", "缺少第二页", "the second page is missing"},
    {"seal_unknown", "公章需人工核对", "the seal has to be looked at"},
    {"seal_not_seen", "没有发现公章，需人工核对", "no seal was seen; look at it"},
    {"seal_of_others", "没有申请单位自己的公章", "no seal of the applicant's own"},
    {"person_unnamed", "没有写明这个人是谁", "nobody says who that person is"},
    {"holder_differs", "材料上的名称不是申请人",
     "it names somebody else than the applicant"},
    {"account_differs", "户号与申请表不符", "its account is not the form's"},
    {"account_unsure", "户号不能确定相符", "its account may not be the form's"},
    {"lacks", "材料上没有", "not on the paper"},
    {"not_read_on_it", "材料上未能读到", "could not be read on the paper"},
    {"says_otherwise", "材料上写的不是所要的", "the paper says something else"},
    {"for_a_person", "清单没有列这种材料，由工作人员认定",
     "the list does not name this paper; a person decides"},
    {"term_unknown", "有效期未能读到", "its term could not be read"},
    /* why a verdict is in doubt */
    {"not_signed", "申请人未签字", "not signed"},
    {"signature_unsure", "是否签字需核对", "the signature has to be looked at"},
    {"tick_unsure", "申请事项的勾选不清楚", "its tick is not clear"},
    {"several_forms", "有多份申请表", "more than one application form"},
    {"contested_form", "申请表种类有争议", "the form's kind is not sure"},
    {"place_unsure_case", "不能确定属于哪个地方", "the place could not be told"},
    {"no_list", "没有适用的收资清单", "no material list applies"},
    {"kind_unsure", "不能确定是个人还是企业", "person or firm could not be told"},
    {"use_unsure", "不能确定是否工商户", "whether it is a business could not be told"},
    /* problems of a case */
    {"no_form", "没有申请表", "no application form"},
    {"no_utilities", "没有勾选申请事项", "nothing is applied for"},
    {"no_place", "不能确定属于哪个地方", "the place could not be told"},
    {"place_elsewhere", "地址属于其他县", "the address is in another county"},
    {"place_contradicts", "行政区域与报装地址不一致", "district and address contradict"},
    {"no_recipient", "尚未指明接收单位", "no recipient is named yet"},
    {"no_application_date", "申请日期未能读取，按收件日期",
     "no date of application; the day of intake is used"},
    {"before_list", "申请早于清单施行，按最早的清单",
     "applied before its list; the earliest is used"},
    {"list_assumed", "没有本地文件，按推定适用的清单",
     "no document of this place; a list is taken to apply"},
    {"agent_acts", "由经办人代办", "an agent acts for the applicant"},
    {"bad_correction", "有一项更正不能采用", "a correction could not be used"},
    /* why a field is in review */
    {"low_confidence", "看不清", "hard to read"},
    {"readings_differ", "两次识别不一致", "two readings differ"},
    {"papers_differ", "与其他材料不一致", "another paper says otherwise"},
    {"check_digit", "校验码不符", "the check digit is wrong"},
    {"not_found", "未找到该栏", "its place was not found"},
    {"unsure_tick", "勾选不清楚", "a tick is not clear"},
    {"two_ticks", "勾选了两项", "two ticks where one belongs"},
    {"unsure_ink", "有没有字迹不能确定", "whether anything is written is not clear"},
    {"unread", "有部分字迹未读", "some of the ink was not read"},
    {"surname", "姓氏少见，可能读错", "a rare surname, or read wrong"},
    {"address_form", "地址写法少见，可能读错", "an unusual address, or read wrong"},
    {"unknown_region", "不认识的行政区域", "no district that is known here"},
    {"noise", "有杂点", "stray marks"},
    {"mark_only", "只有符号", "only a mark"},
    {"name", "不像姓名", "no name"},
    {"phone", "号码格式不符", "no telephone number"},
    {"length", "位数不符", "wrong length"},
    {"charset", "有不该有的字符", "characters that do not belong"},
    {"region", "地区码不符", "no such region"},
    {"date", "日期不成立", "no such date"},
    {"date_order", "起止日期颠倒", "the term ends before it begins"},
    {"future", "日期在将来", "in the future"},
    {"too_old", "年代太早", "too long ago"},
    {"number", "不是数字", "no number"},
    {"gap", "数字之间有空隙", "a gap between digits"},
    {"digits", "有非数字字符", "not digits alone"},
    {"address", "不像地址", "no address"},
    {"place", "不像地名", "no name of a place"},
    {"pattern", "格式不符", "not in its form"},
    {"province", "省份简称看不清", "the province could not be read"},
    {"old_certificate", "旧式证书", "a certificate of the old kind"},
    {"year", "年份不合理", "an unlikely year"},
    {"sex", "不是男或女", "neither 男 nor 女"},
    {"ethnicity", "不是民族名称", "no such people"},
    {"unreadable", "无法辨认", "cannot be read"},
    /* words of the summary itself */
    {"fields", "待核对的栏目", "fields to look at"},
    {"later", "正式办理时提供", "to be brought when the service is fitted"},
    {"case", "案件", "case"},
};

const char *phrase_of(const char *code, const char *language)
{
    bool is_english = g_strcmp0(language, "en") == 0;
    for (size_t i = 0; code != NULL && i < G_N_ELEMENTS(phrases); i++)
        if (g_str_equal(phrases[i].code, code))
            return is_english ? phrases[i].en : phrases[i].zh;
    return code;
}
