/* SPDX-License-Identifier: GPL-3.0-or-later */
/* designs_service.c - letters, and what the companies themselves write. */
#include "designs.h"

const TextClass service_papers[] = {
    {.class_name = "ownership_letter",
     .filled = {{"holder", "person.name"},
                {"holder_id", "person.id"},
                {"location", "site"},
                {"issuer", "office.village"},
                {"date", "date"}},
     .designs =
         {{.name = "village",
           .text =
               "+2\n#证　明\n+1\n"
               "　　兹证明{holder}，身份证号码：{holder_id}，系我村村民，在{location}有"
               "房屋一处，产权归其本人所有，无争议。因宅基地未办理产权登记，特此证明。\n+"
               "3\n"
               ">{issuer}\n>{date:cn1}\n*{issuer}"},
          {.name = "village_to",
           .text = "+1\n#房屋产权证明\n自来水公司：\n"
                   "　　我村村民{holder}（身份证号{holder_id}）的房屋位于{location}"
                   "，该房屋为其"
                   "自建，房屋所有权属于本人。情况属实，请予办理用水、用电、用气手续。\n"
                   "　　特此证明"
                   "\n+2\n>（盖章）{issuer}\n>{date:cn}\n*{issuer}"},
          {.name = "lines",
           .text = "+1\n#房屋情况证明\n+1\n户主姓名：{holder}\n身份证号：{holder_id}\n"
                   "房屋地址：{location}"
                   "\n　　以上房屋确系该户所有，未办理不动产权证书，特此证明。\n"
                   "+3\n>证明单位：{issuer}\n>日期：{date:cn1}\n*{issuer}"},
          {.name = "community",
           .text = "!issuer=office.community\n+2\n#证　明\n+1\n"
                   "　　{holder}，身份证号{holder_id}，系我社区居民，其居住的{location}"
                   "房屋为本人"
                   "所有，特此证明。\n+3\n>{issuer}\n>{date:cn1}\n*{issuer}"},
          {.name = "property_management",
           .text =
               "!issuer=office.property\n+1\n#业主证明\n+1\n"
               "　　兹有{location}业主{holder}（身份证号：{holder_id}），系我小区业主，"
               "因开发商未办理房产证，该房产权归{holder}所有。特此证明！\n+3\n"
               ">物业公司：{issuer}\n>{date:cn}\n*{issuer}"},
          {.name = "works",
           .text = "!issuer=office.works\n+2\n#集资房证明\n+1\n"
                   "　　兹证明我单位职工{holder}（身份证号码{holder_id}"
                   "）于我单位集资建房时购得"
                   "{location}住房一套，房屋所有权归其个人所有。\n　　特此证明。\n+3\n"
                   ">{issuer}\n>{date:cn1}\n*{issuer}"},
          {.name = "firm_community",
           .is_for_firms = TRUE,
           .text =
               "!issuer=office.community\n+2\n#房屋产权证明\n+1\n"
               "　　兹证明{holder}（统一社会信用代码：{holder_id}）在我社区{location}有"
               "房屋一处，产权归该单位所有，无争议，因历史原因未办理产权登记。\n"
               "　　特此证明。\n+3\n>{issuer}\n>{date:cn1}\n*{issuer}"},
          {.name = "firm_property_management",
           .is_for_firms = TRUE,
           .text =
               "!issuer=office.property\n+1\n#业主证明\n+1\n"
               "　　兹有{location}业主{holder}（统一社会信用代码：{holder_id}"
               "），系我小区商"
               "铺业主，因开发商未办理房产证，该房产权归{holder}所有。特此证明！\n+3\n"
               ">物业公司：{issuer}\n>{date:cn}\n*{issuer}"},
          {.name = "firm_lines",
           .is_for_firms = TRUE,
           .text = "!issuer=office.community\n+1\n#房屋情况证明\n+1\n"
                   "房屋所有权人：{holder}\n统一社会信用代码：{holder_id}\n"
                   "房屋地址：{location}\n"
                   "　　以上房屋确系该单位所有，未办理不动产权证书，特此证明。\n"
                   "+3\n>证明单位：{issuer}\n>日期：{date:cn1}\n*{issuer}"},
          {.name = NULL}}},
    {.class_name = "authorization_letter",
     .filled = {{"principal", "firm.name"},
                {"agent", "person.name"},
                {"agent_id", "person.id"},
                {"matter", "matter"},
                {"valid_to", "later"},
                {"date", "date"}},
     .designs =
         {{.name = "lines",
           .text = "#授权委托书\n+1\n委托人：{principal}\n受托人：{agent}\n"
                   "受托人身份证号：{agent_id}\n委托事项：{matter}\n"
                   "委托期限：{date:cn1}至{valid_to:cn1}\n"
                   "　　受托人在委托权限内签署的有关文件，委托人均予承认。\n+3\n"
                   "委托人（盖章）：\n_受托人（签字）：|person.name\n>{date:cn1}\n"
                   "*{principal}"},
          {.name = "letter",
           .text = "#法人授权委托书\n　　兹委托{agent}（身份证号：{agent_id}）代表我单位"
                   "{principal}{matter}"
                   "事宜，代理人所签署的一切文件和处理的有关事务，我单位均予"
                   "承认。\n　　代理人无转委托权。\n委托期限至{valid_to:cn}止。\n+3\n"
                   ">单位（公章）：{firm.name}\n>法定代表人：{firm.legal}\n>{date:cn}\n"
                   "*{principal}"},
          {.name = "table",
           .text = "#委　托　书\n%1.5,4\n|委托人|{principal}\n|受托人|{agent}\n"
                   "|受托人身份证号码|{agent_id}\n|委托事项|{matter}\n"
                   "|委托期限|自{date:cn}至{valid_to:cn}\n+2\n委托人（签章）：\n"
                   "签署日期：{date:cn}\n*{principal}"},
          {.name = "unit",
           .is_for_measuring = TRUE,
           .text =
               "#授权委托书\n+1\n委托单位：{principal}\n法定代表人：{firm.legal}　职务："
               "经理\n受委托人：{agent}　性别：　　　身份证号码：{agent_id}\n"
               "　　现委托上列受委托人{matter}事宜，受委托人在上述权限内签署的文件，我"
               "单位均予承认。\n委托期限：{date:cn1}至{valid_to:cn1}\n+3\n"
               ">委托单位（盖章）：{firm.name}\n>{date:cn1}\n*{principal}"},
          {.name = NULL}}},
    {.class_name = "safety_inspection_record",
     .filled = {{"location", "site"}, {"result", "=合格"}, {"date", "date"}},
     .designs =
         {{.name = "table",
           .text =
               "#燃气用户安全检查记录表\n%1.5,3,1.5,3\n"
               "|用户名称|{person.name}|户　号|{number.account}\n%1.5,7.5\n"
               "|用户地址|{location}\n%3,2,3,2\n|检查项目|结果|检查项目|结果\n"
               "|燃气表是否正常|是|胶管是否老化|否\n|阀门是否漏气|否|灶具熄火保护|有\n"
               "%1.5,7.5\n|检查结论|{result}\n%1,1\n+0.5\n"
               "~安检人员：{clerk}~安检日期：{date:cn}\n用户签字："},
          {.name = "lines",
           .text =
               "#入户安检记录\n用户姓名：{person.name}\n用气地址：{location}\n"
               "安检内容：燃气表、阀门、连接管、燃气灶、热水器。\n安检结果：{result}\n"
               "安检员：{clerk}\n安检日期：{date:cn1}\n+1\n>用户确认签字："},
          {.name = NULL}}},
    {.class_name = "settlement_receipt",
     .filled = {{"account", "number.account"}, {"location", "site"}, {"date", "date"}},
     .designs =
         {{.name = "proof",
           .text = "#费用结清证明\n+1\n户　　号：{account}\n户　　名：{other.name}\n"
                   "用户地址：{location}\n　　该户截至{date:cn1}"
                   "各项费用已全部结清，无欠费。\n"
                   "特此证明。\n+2\n>营业厅（章）\n>日期：{date:cn}\n*{bank}"},
          {.name = "table",
           .text =
               "#燃气费结清凭证\n%1.5,3,1.5,3\n|户　号|{account}|户　名|{other.name}\n"
               "%1.5,7.5\n|用气地址|{location}\n%1.5,3,1.5,3\n"
               "|欠费金额|0.00元|结清状态|已结清\n|结清日期|{date}|经办人|{clerk}\n"
               "+1\n本凭证用于办理过户手续。\n>收费专用章\n*{bank}"},
          {.name = NULL}}},
    {.class_name = NULL},
};

/* Papers that are none of ours and look as if they were. */
const TextClass look_alikes[] = {
    {.class_name = "look_alike",
     .designs =
         {{.name = "vehicle_certificate",
           .text =
               "#中华人民共和国机动车登记证书\n编号：4100{number.invoice}\n%1.6,3,1.6,3\n"
               "|机动车所有人|{person.name}|身份证明号码|{person.id}\n"
               "|登记机关|开封市公安局|登记日期|{date}\n"
               "|机动车登记编号|{number.plate}|车辆类型|小型轿车\n"
               "|车辆品牌|大众牌|车身颜色|白\n|发动机号|A{number.invoice}|使用性质|"
               "非营运\n"
               "+1\n>发证机关（章）　{date:cn}\n*{person.police}"},
          {.name = "driving_licence",
           .is_card = TRUE,
           .text = "=中华人民共和国机动车驾驶证\n证号 {person.id}\n%1,2,1,1,1,1\n"
                   "~姓名~{person.name}~性别~{person.sex}~国籍~中国\n%1,5\n"
                   "~住址~{person.address}\n出生日期 {person.birth}　准驾车型 C1\n"
                   "有效期限 {date}至{until}"},
          {.name = "account_statement",
           .text = "#银行账户交易明细\n户名：{person.name}　证件号码：{person.id}\n"
                   "开户行：{bank}\n%2,2,2,2\n|交易日期|摘要|金额|余额\n"
                   "|{date}|转账|{tax}|{sum}\n|{later}|消费|{down}|{loan}\n+1\n>{bank}\n"
                   "*{bank}"},
          {.name = "rental",
           .text = "#房屋租赁合同\n出租方（甲方）：{other.name}\n承租方（乙方）：{person."
                   "name}\n"
                   "　　甲方将坐落于{site}"
                   "的房屋出租给乙方使用，租期一年，月租金一千二百元。\n"
                   "　　乙方应按时交纳租金及水电费。\n+2\n_甲方（签字）：|other.name\n"
                   "_乙方（签字）：|person.name\n>{date:cn}"},
          {.name = "goods_invoice",
           .is_wide = TRUE,
           .text = "%1,1,1\n~发票代码：{code.invoice}~~发票号码：{number.invoice}\n"
                   "#河南增值税普通发票\n~~~开票日期：{date:cn}\n%1,6,1,4\n"
                   "|购买方|名　　称：{person.name}|密码区|03*9+/<5>2-8*6\n"
                   "%3,1.2,1,1,1.5,1,1.5\n"
                   "|货物或应税劳务、服务名称|单位|数量|单价|金额|税率|税额\n"
                   "|*家用电器*空调|台|1|2899.00|2565.49|13%|333.51\n%2,5,4\n"
                   "|价税合计（大写）|贰仟捌佰玖拾玖元整|（小写）¥2899.00\n%1,6,1,4\n"
                   "|销售方|名　　称：{firm.name}\v纳税人识别号：{firm.code}|备注|　\n"
                   "*{firm.name}"},
          {.name = "income_letter",
           .text = "+1\n#收入证明\n　　兹证明{person.name}，身份证号{person.id}"
                   "，系我单位职工，月"
                   "收入人民币五千元。\n　　特此证明。\n+3\n>{firm.name}\n>{date:cn1}\n"
                   "*{firm.name}"},
          {.name = "food_permit",
           .text = "#食品经营许可证\n%1.2,4\n~经营者名称~{firm.name}\n"
                   "~统一社会信用代码~{firm.code}\n~法定代表人~{firm.legal}\n"
                   "~住　　所~{firm.address}\n~主体业态~餐饮服务经营者\n"
                   "~有效期至~{until:cn}\n+2\n>发证机关：{office.market}\n>{date:cn}\n"
                   "*{office.market}"},
          {.name = "residence_permit",
           .text =
               "#居住证\n=中华人民共和国\n%1,4\n~姓名~{person.name}\n~性别~{person.sex}\n"
               "~住址~{site}\n公民身份号码 {person.id}\n签发机关 {person.police}\n"
               "有效期限 {from:dot}-{later:dot}"},
          {.name = NULL}}},
    {.class_name = NULL},
};
