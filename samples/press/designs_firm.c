/* SPDX-License-Identifier: GPL-3.0-or-later */
/* designs_firm.c - papers about firms: licences and code certificates. */
#include "designs.h"

const TextClass firm_papers[] = {
    {.class_name = "business_license",
     .filled = {{"firm_name", "firm.name"},
                {"credit_code", "firm.code"},
                {"registration_number", "firm.number"},
                {"legal_rep", "firm.legal"},
                {"firm_type", "firm.type"},
                {"address", "firm.address"},
                {"established_on", "firm.since"},
                {"valid_to", "firm.until"},
                {"copy_kind", "copy"}},
     .designs =
         {{.name = "wide_2019",
           .is_wide = TRUE,
           .text = "%3,4\n~统一社会信用代码~\n~{credit_code}~\n#营　业　执　照\n"
                   "=（{copy_kind}）\n+0.5\n%1.5,4.5,1.5,4\n"
                   "~名　　称~{firm_name}~注册资本~伍佰万圆整\n"
                   "~类　　型~{firm_type}~成立日期~{established_on:cn}\n"
                   "~法定代表人~{legal_rep}~营业期限~{established_on:cn}至{valid_to:cn}\n"
                   "~经营范围~一般项目：日用百货、五金产品、建筑材料销售；物业管理"
                   "（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）"
                   "~住　　所~{address}\n+2\n"
                   ">登记机关　　　　　　　　\n>{established_on:cn1}　　\n"
                   "*{office.market}\n+2\n"
                   "国家企业信用信息公示系统网址：http://www.gsxt.gov.cn　"
                   "国家市场监督管理总局监制"},
          {.name = "tall_2014",
           .text =
               "#营　业　执　照\n=（{copy_kind}）\n>统一社会信用代码 {credit_code}\n+1\n"
               "%1,3.4\n~名　　　　称~{firm_name}\n~类　　　　型~{firm_type}\n"
               "~住　　　　所~{address}\n~法定代表人~{legal_rep}\n"
               "~注册资本~叁佰万圆整\n~成立日期~{established_on:cn}\n"
               "~营业期限~{established_on:cn}至{valid_to:cn}\n"
               "~经营范围~"
               "建筑材料、机械设备、电子产品的销售；室内外装饰工程的设计与施工。"
               "（依法须经批准的项目，经相关部门批准后方可开展经营活动）\n+2\n"
               ">登记机关　　　　　　　　\n+1\n>{established_on:cn}\n"
               "*{office.market}\n+1\n"
               "提示：每年1月1日至6月30日通过企业信用信息公示系统报送上一年度年度报告。\n"
               "中华人民共和国国家工商行政管理总局监制"},
          {.name = "old_number",
           .text =
               "#企业法人营业执照\n=（{copy_kind}）\n>注册号 {registration_number}\n+1\n"
               "%1.2,3\n~名　　　　称~{firm_name}\n~住　　　　所~{address}\n"
               "~法定代表人姓名~{legal_rep}\n~注册资本~贰佰万圆整\n"
               "~实收资本~贰佰万圆整\n~公司类型~{firm_type}\n"
               "~经营范围~建材、五金、日用百货销售。\n+1\n"
               "~成立日期~{established_on:cn}\n"
               "~营业期限~自{established_on:cn}至{valid_to:cn}\n+1\n"
               ">登记机关　　　　　　　　\n>{established_on:cn}\n"
               "*{office.market}\n+1\n须知：年度检验时间为每年三月一日至六月三十日。"},
          {.name = "shop",
           .is_wide = TRUE,
           .text = "~统一社会信用代码~\n~{credit_code}~\n#营　业　执　照\n"
                   "=（{copy_kind}）\n+0.5\n%1.5,4.5,1.5,4\n"
                   "~名　　称~{firm_name}~类　　型~{firm_type}\n"
                   "~法定代表人~{legal_rep}~成立日期~{established_on:cn}\n"
                   "~经营范围~食品经营；卷烟零售；餐饮服务~住　　所~{address}\n+3\n"
                   ">登记机关　　　　　　　　\n>{established_on:cn1}　　\n"
                   "*{office.market}\n+1\n国家市场监督管理总局监制"},
          {.name = "wide_joined",
           .is_wide = TRUE,
           .is_for_measuring = TRUE,
           .text = "#营业执照\n=（{copy_kind}）\n统一社会信用代码：{credit_code}\n+1\n"
                   "%1.4,4,1.4,4\n~名称~{firm_name}~住所~{address}\n"
                   "~类型~{firm_type}~注册资本~壹仟万圆整\n"
                   "~法定代表人~{legal_rep}~成立日期~{established_on:cn}\n"
                   "~经营范围~仓储服务；货物运输~营业期限~"
                   "{established_on:cn}至{valid_to:cn}\n+2\n"
                   ">登记机关　　　　　　　\n>{established_on:cn1}\n*{office.market}\n"
                   "市场主体应当于每年1月1日至6月30日通过国家企业信用信息公示系统报送公示"
                   "年度报"
                   "告"},
          {.name = "wide_with_permits",
           .is_wide = TRUE,
           .is_for_measuring = TRUE,
           .text =
               "统一社会信用代码\n{credit_code}\n"
               "#营　　　业　　　执　　　照\n=（{copy_kind}）\n+0.5\n%1.5,4.5,1.5,4\n"
               "~名　　称~{firm_name}~注册资本~壹佰万圆整\n"
               "~类　　型~{firm_type}~成立日期~{established_on:cn1}\n"
               "~法定代表人~{legal_rep}~住　　所~{address}\n"
               "~经营范围~食品生产；食品销售（依法须经批准的项目，经相关部门批准后方可"
               "开展经营活动，具体经营项目以相关部门批准文件或许可证件为准）~　~　\n+2\n"
               ">登记机关　　　　　　　　\n>{established_on:cn1}　　\n"
               "*{office.market}\n+2\n"
               "国家企业信用信息公示系统网址：http://www.gsxt.gov.cn　"
               "国家市场监督管理总局监制"},
          {.name = NULL}}},
    {.class_name = "credit_code_certificate",
     .filled = {{"firm_name", "firm.name"}, {"credit_code", "firm.code"}},
     .designs =
         {{.name = "institution",
           .text = "+3\n#统一社会信用代码证书\n+2\n%1.3,3\n"
                   "~统一社会信用代码~{credit_code}\n~机构名称~{firm_name}\n"
                   "~机构性质~事业单位\n~机构地址~{firm.address}\n"
                   "~负责人~{firm.legal}\n~有效期~自{from:cn}至{until:cn}\n+3\n"
                   ">颁发单位　　　　　　　\n>{date:cn}\n*{office.market}"},
          {.name = "grid",
           .text = "+2\n#统一社会信用代码证\n+1\n%1.3,3\n|代　　码|{credit_code}\n"
                   "|名　　称|{firm_name}\n|法定代表人|{firm.legal}\n"
                   "|地　　址|{firm.address}\n|有 效 期|自{from:cn}至{until:cn}\n+1\n"
                   ">发证机关（章）　　　　\n>{date:cn}\n*{office.market}"},
          {.name = "bank",
           .text = "+2\n#机构信用代码证\n+2\n代　码：{credit_code}\n名　称：{firm_name}\n"
                   "地　址：{firm.address}\n有效期：{from:cn}至{until:cn}\n+2\n"
                   "说明：本证是机构在经济活动中的信用标识，不得出租、出借、转让。\n+2\n"
                   ">发证机关：{bank}\n>{date:cn}"},
          {.name = NULL}}},
    {.class_name = NULL},
};
