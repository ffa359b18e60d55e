/* SPDX-License-Identifier: GPL-3.0-or-later */
/* designs_deal.c - contracts, agreements and what hands a house over. */
#include "designs.h"

#define CLAUSES_PRICE                                                                                                   \
    "第四条 计价方式与价款\n"                                                                                 \
    "　　出卖人与买受人约定按建筑面积计算该商品房价款，总价款为人民币（大写）{sum." \
    "words}"                                                                                                            \
    "（¥{sum:sum}"                                                                                                    \
    "）。签订本合同前，买受人已向出卖人支付定金，该定金于本合同签订时抵作商品"      \
    "房价款。\n第五条 付款方式及期限\n"                                                                   \
    "　　买受人应当在签订本合同时支付首期房价款{down:sum}"                                         \
    "元，余款以贷款方式支付。买受人未"                                                                  \
    "按照约定时间付款的，按照逾期时间分别处理，逾期超过九十日后，出卖人有权解除合同。\n"
#define CLAUSES_DELIVERY                                                                                                          \
    "第六条 交付条件\n"                                                                                                    \
    "　　出卖人应当在约定的期限前，将取得竣工验收备案证明文件的该商品房交付买受人使用。" \
    "供水"                                                                                                                      \
    "、排水、供电、供热、燃气等设施应当按照设计要求同步交付使用。\n"                                \
    "第七条 逾期交房的违约责任\n"                                                                                     \
    "　　除不可抗力外，出卖人未按照本合同约定的期限交付的，双方同意按照逾期时间处理，逾" \
    "期不"                                                                                                                      \
    "超过六十日的，出卖人按日向买受人支付已交付房价款万分之一的违约金，合同继续履行。\n"
#define CLAUSES_QUALITY                                                                                                           \
    "第八条 面积差异的处理\n"                                                                                           \
    "　　产权登记面积与合同约定面积发生差异的，双方同意据实结算房价款。面积误差比绝对值" \
    "超出"                                                                                                                      \
    "百分之三时，买受人有权退房。\n第九条 商品房质量及保修责任\n"                                      \
    "　　该商品房地基基础和主体结构质量经检测不合格的，买受人有权解除合同。在保修范围和" \
    "保修"                                                                                                                      \
    "期限内发生质量问题的，出卖人应当履行保修义务。\n"                                                     \
    "第十条 前期物业管理\n"                                                                                              \
    "　　出卖人依法选聘的前期物业服务企业提供物业服务，买受人已详细阅读并同意遵守临时管" \
    "理规"                                                                                                                      \
    "约。\n"
#define CLAUSES_DISPUTE                                                                                                           \
    "第十一条 不动产登记\n"                                                                                              \
    "　　双方同意共同向不动产登记机构申请办理该商品房的转移登记。因出卖人的原因，买受人" \
    "未能"                                                                                                                      \
    "在交付之日起约定期限内取得不动产权属证书的，出卖人承担违约责任。\n"                          \
    "第十二条 争议解决方式\n"                                                                                           \
    "　　本合同在履行过程中发生的争议，由双方当事人协商解决；协商不成的，依法向房屋所在" \
    "地人"                                                                                                                      \
    "民法院起诉。\n第十三条 合同生效\n"                                                                             \
    "　　本合同自双方签字或盖章之日起生效。本合同的解除应当采用书面形式。本合同及附件共" \
    "四份"                                                                                                                      \
    "，具有同等法律效力。\n"

const TextClass deal_papers[] = {
    {.class_name = "purchase_contract",
     .filled = {{"seller", "developer.name"},
                {"buyer", "person.name"},
                {"location", "site"},
                {"contract_number", "number.contract"},
                {"area_m2", "area"},
                {"date", "date"}},
     .designs =
         {{.name = "presale",
           .has_numbers = TRUE,
           .text = "+2\n>合同编号：{contract_number}\n+4\n#商品房买卖合同（预售）\n+6\n"
                   "　　　　出卖人：{seller}\n　　　　买受人：{buyer}\n+6\n"
                   "^中华人民共和国住房和城乡建设部　制定\n---\n"
                   "#商品房买卖合同\n　　出卖人向买受人出售其开发建设的房屋，双方当事人应"
                   "当在自愿、"
                   "平等、公平及诚实信用的基础上，就商品房买卖相关内容协商达成一致意见，"
                   "签订本合"
                   "同。\n=第一章 合同当事人\n出卖人：{seller}\n"
                   "通讯地址：{developer.address}\n统一社会信用代码：{developer.code}\n"
                   "法定代表人：{developer.legal}\n+1\n买受人：{buyer}\n"
                   "证件类型：居民身份证　证号：{person.id}\n联系电话：{person.phone}\n"
                   "=第二章 商品房基本状况\n第三条 商品房基本情况\n"
                   "　　1.该商品房的规划用途为住宅。\n　　2.该商品房坐落：{location}\n"
                   "　　3.该商品房的预测建筑面积共{area_m2}平方米，其中套内建筑面积"
                   "{area.inner}平方米。\n---\n" CLAUSES_PRICE CLAUSES_DELIVERY
                   "---\n" CLAUSES_DISPUTE "+2\n_出卖人（签章）：|\n+1\n"
                   "_买受人（签章）：|person.name\n+1\n签订时间：{date:cn}\n"
                   "*{developer.name}"},
          {.name = "simple",
           .text =
               "!seller=other.name\n#房屋买卖合同\n出卖人（甲方）：{seller}　身份证号：{"
               "other.id}\n"
               "买受人（乙方）：{buyer}　身份证号：{person.id}\n"
               "　　甲、乙双方就房屋买卖事宜，经协商一致，订立本合同。\n"
               "第一条 房屋基本情况\n房屋坐落：{location}\n建筑面积：{area_m2}平方米\n"
               "第二条 "
               "房屋价款为人民币{sum.words}（¥{sum:sum}元），乙方于本合同签订之日一次"
               "性付清。\n第三条 "
               "甲方应于收到房款之日起十五日内将房屋交付乙方，并结清水、电、"
               "气、暖等费用。\n第四条 甲方保证该房屋产权清楚，无债权债务纠纷。\n"
               "第五条 本合同一式两份，双方各执一份，自签字之日起生效。\n+1\n"
               "_甲方（签字）：|other.name\n_乙方（签字）：|person.name\n"
               ">{date:cn1}"},
          {.name = "second_hand",
           .has_numbers = TRUE,
           .text = "!seller=other.name\n#存量房买卖合同\n>合同编号：{contract_number}\n+"
                   "1\n%1.4,3,1.4,3\n"
                   "|出卖人|{seller}|证件号码|{other.id}\n"
                   "|买受人|{buyer}|证件号码|{person.id}\n%1.4,7.4\n"
                   "|房屋坐落|{location}\n%1.4,3,1.4,3\n"
                   "|建筑面积|{area_m2}平方米|房屋用途|住宅\n"
                   "|成交价格|{sum}元|付款方式|一次性\n+0.5\n" CLAUSES_QUALITY
                   "---\n" CLAUSES_DISPUTE "+1\n_出卖人（签字）：|other.name\n+1\n"
                   "_买受人（签字）：|person.name\n+1\n签订日期：{date:cn}"},
          {.name = "long",
           .has_numbers = TRUE,
           .text =
               "+6\n#商品房买卖合同\n+1\n^合同编号：{contract_number}\n+8\n"
               "%1,3\n~出卖人：~{seller}\n~买受人：~{buyer}\n---\n"
               "=说明\n1.本合同为示范文本。\n2.本合同所称商品房买卖，是指房地产开发企业将"
               "建成的商品房向社会销售，买受人支付房价款的行为。\n"
               "3.签订本合同前，出卖人应当向买受人出示有关证书、证明文件。\n---\n"
               "=合同当事人\n出卖人：{seller}\n营业执照注册号：{developer.number}\n"
               "法定代表人：{developer.legal}\n买受人：{buyer}\n"
               "【身份证】号码：{person.id}\n地址：{person.address}\n---\n"
               "第一条 "
               "项目建设依据\n　　出卖人以出让方式取得该地块的国有建设用地使用权，经批准"
               "建设商品房，项目名称为{estate}。\n第二条 商品房销售依据\n"
               "　　该商品房已取得商品房预售许可证明文件。\n第三条 "
               "买受人所购商品房的基本情况\n"
               "　　该商品房坐落为{location}，建筑面积{area_m2}平方米。\n---"
               "\n" CLAUSES_PRICE "---\n" CLAUSES_DELIVERY "---\n" CLAUSES_QUALITY
               "---\n" CLAUSES_DISPUTE "---\n="
               "补充协议\n　　经出卖人与买受人协商，就商品房买卖合同的有关事项补充约定如"
               "下：买受人付清全部房价款后，出卖人办理交房手续；买受人应当承担契税、维修"
               "资金等"
               "费用。\n---\n+2\n_出卖人（盖章）：|\n+2\n_买受人（签字）：|person.name\n"
               "+2\n签订日期：{date:cn1}\n*{developer.name}"},
          {.name = "ministry",
           .is_for_measuring = TRUE,
           .text =
               ">GF—2014—0171\n合同编号：{contract_number}\n+5\n#商品房买卖合同\n=（预"
               "售）\n+7\n　　　　出卖人：{seller}\n　　　　买受人：{buyer}\n+8\n"
               "^中华人民共和国住房和城乡建设部　制定\n---\n"
               "=第一章 合同当事人\n出卖人：{seller}\n通讯地址：{developer.address}\n"
               "营业执照注册号：{developer.code}\n法定代表人：{developer.legal}\n"
               "买受人：{buyer}\n证件类型：居民身份证　证号：{person.id}\n"
               "联系电话：{person.phone}\n---\n=第二章 商品房基本状况\n"
               "第一条 项目建设依据\n1.出卖人以【出让】方式取得坐落于{estate}地块的建设用"
               "地使用权。\n第二条 预售依据\n该商品房已由住房和城乡建设局批准预售，预售许"
               "可证号为汴房预字第2019066号。\n第三条 商品房基本情况\n"
               "1.该商品房的规划用途为【住宅】。\n"
               "2.该商品房为第一条规定项目中的{location}"
               "。房屋竣工后，如房号发生改变，不影"
               "响该商品房的特定位置。\n"
               "3.该商品房的房产测绘机构为房产测绘队，其预测建筑面积共{area_m2}"
               "平方米，其中"
               "套内建筑面积{area.inner}平方米，分摊共有建筑面积16.05平方米。\n"
               "---\n" CLAUSES_DISPUTE "+2\n_出卖人（签字或盖章）：|\n+1\n"
               "_买受人（签字或盖章）：|person.name\n+1\n签订时间：{date:cn1}\n"
               "签订地点：开封市\n*{developer.name}"},
          {.name = NULL}}},
    {.class_name = "mortgage_contract",
     .filled = {{"lender", "bank"},
                {"borrower", "person.name"},
                {"location", "site"},
                {"date", "date"}},
     .designs =
         {{.name = "loan",
           .has_numbers = TRUE,
           .text =
               "#个人住房借款合同\n>合同编号：{number.contract}\n+1\n"
               "借款人：{borrower}\n身份证件号码：{person.id}\n贷款人：{lender}\n"
               "　　借款人因购买住房向贷款人申请借款，双方经协商一致，订立本合同。\n"
               "第一条 借款金额\n　　借款金额为人民币{loan:sum}元，期限二十年。\n"
               "第二条 抵押担保\n抵押房产坐落：{location}\n"
               "　　抵押人以该房产作为借款的抵押担保，抵押权人为贷款人。\n---\n"
               "第三条 "
               "还款方式\n　　借款人采用等额本息还款法，按月归还贷款本息。借款人未按期归"
               "还贷款本息的，贷款人有权计收罚息。\n第四条 违约责任\n"
               "　　借款人连续三个月未偿还贷款本息的，贷款人有权提前收回贷款，处分抵押物"
               "。\n"
               "+2\n_借款人（签字）：|person.name\n+1\n贷款人（盖章）：\n+1\n"
               "签订日期：{date:cn}\n*{bank}"},
          {.name = "mortgage",
           .text =
               "#个人购房抵押借款合同\n贷款人（抵押权人）：{lender}\n"
               "借款人（抵押人）：{borrower}\n身份证号码：{person.id}\n"
               "　　根据国家有关法律法规，贷款人与借款人经平等协商，就个人购房按揭贷款事"
               "宜签订本"
               "合同。\n一、贷款金额：人民币{loan:sum}元。\n"
               "二、抵押物：借款人所购位于{location}的房屋。\n"
               "三、借款人按月偿还贷款本息。\n四、本合同自各方签字盖章之日起生效。\n+2\n"
               "_借款人签字：|person.name\n贷款人盖章：\n>{date:cn1}\n*{bank}"},
          {.name = "table",
           .text = "#个人住房按揭贷款协议\n+0.5\n%1.5,3,1.5,3\n"
                   "|借款人|{borrower}|证件号码|{person.id}\n%1.5,7.5\n|贷款人|{lender}\n"
                   "|房屋坐落|{location}\n%1.5,3,1.5,3\n"
                   "|贷款金额|{loan}元|贷款期限|240个月\n+0.5\n"
                   "　　借款人自愿以上述房屋作抵押，贷款人同意发放按揭贷款。借款人应当按"
                   "月还本付息，"
                   "未经贷款人同意不得转让抵押物。\n+2\n_借款人：|person.name\n+1\n"
                   "贷款人：（公章）\n签订日期：{date:cn}\n*{bank}"},
          {.name = "firm_loan",
           .is_for_firms = TRUE,
           .has_numbers = TRUE,
           .text =
               "#房屋抵押借款合同\n>合同编号：{number.contract}\n+1\n"
               "借款人：{borrower}\n统一社会信用代码：{person.id}\n贷款人：{lender}\n"
               "　　借款人因购买经营用房向贷款人申请借款，双方经协商一致，订立本合同。\n"
               "第一条 借款金额\n　　借款金额为人民币{loan:sum}元，期限十年。\n"
               "第二条 抵押担保\n抵押房产坐落：{location}\n"
               "　　抵押人以该房产作为借款的抵押担保，抵押权人为贷款人。\n---\n"
               "第三条 还款方式\n　　借款人采用等额本金还款法，按月归还贷款本息。\n"
               "第四条 违约责任\n　　借款人连续三个月未偿还贷款本息的，贷款人有权提前收回"
               "贷款，处分抵押物。\n+2\n_借款人（盖章）：|person.name\n+1\n"
               "贷款人（盖章）：\n+1\n签订日期：{date:cn}\n*{bank}\n*<{borrower}"},
          {.name = "firm_table",
           .is_for_firms = TRUE,
           .text = "#经营用房按揭贷款协议\n+0.5\n%1.5,3,1.5,3\n"
                   "|借款人|{borrower}|证件号码|{person.id}\n%1.5,7.5\n|贷款人|{lender}\n"
                   "|房屋坐落|{location}\n%1.5,3,1.5,3\n"
                   "|贷款金额|{loan}元|贷款期限|120个月\n+0.5\n"
                   "　　借款人自愿以上述房屋作抵押，贷款人同意发放按揭贷款。借款人应当按"
                   "月还本付息，未经贷款人同意不得转让抵押物。\n+2\n"
                   "_借款人（公章）：|person.name\n+1\n贷款人：（公章）\n"
                   "签订日期：{date:cn}\n*{bank}\n*<{borrower}"},
          {.name = NULL}}},
    {.class_name = "resettlement_agreement",
     .filled = {{"party_a", "office.removal"},
                {"party_b", "person.name"},
                {"location", "site"},
                {"date", "date"}},
     .designs =
         {{.name = "removal",
           .text = "#房屋拆迁安置协议\n甲方（拆迁人）：{party_a}\n"
                   "乙方（被拆迁人）：{party_b}\n身份证号：{person.id}\n"
                   "　　因城市建设需要，甲方对乙方房屋实施拆迁，双方就拆迁补偿安置达成如"
                   "下协议：\n"
                   "一、乙方原房屋建筑面积{area.inner}平方米，由甲方拆除。\n"
                   "二、安置房屋坐落：{location}\n三、安置房建筑面积{area}"
                   "平方米，差价按规定结算。\n"
                   "四、乙方应在签订协议后三十日内搬迁完毕，过渡费由甲方支付。\n+2\n"
                   "甲方（盖章）：\n+1\n_乙方（签字）：|person.name\n+1\n>{date:cn}\n"
                   "*{office.removal}"},
          {.name = "compensation",
           .text =
               "#国有土地上房屋征收补偿安置协议书\n>编号：{number.contract}\n"
               "甲方（征收人）：{party_a}\n乙方（被征收人）：{party_b}\n"
               "　　根据《国有土地上房屋征收与补偿条例》，甲、乙双方签订本协议。\n"
               "第一条 被征收房屋基本情况：住宅，砖混结构。\n第二条 产权调换\n"
               "安置房位置：{location}\n第三条 甲方支付乙方搬迁补助费、临时安置补助费。\n"
               "第四条 本协议一式三份，自签字盖章之日起生效。\n+2\n"
               "甲方（盖章）\n_乙方（签字）：|person.name\n签订日期：{date:cn1}\n"
               "*{office.removal}"},
          {.name = "table",
           .text =
               "#拆迁安置补偿协议书\n%1.5,3,1.5,3\n|甲　方|{party_a}|编　号|{number."
               "house}\n"
               "|乙　方|{party_b}|身份证号|{person.id}\n%1.5,7.5\n"
               "|安置房坐落|{location}\n%1.5,3,1.5,3\n|安置面积|{area}平方米|户型|三室\n"
               "+0."
               "5\n　　乙方选择产权调换方式，甲方按时提供安置房。拆迁补偿款已经结清，双方"
               "无争"
               "议。\n+2\n甲方（章）：\n_乙方（签字）：|person.name\n>{date:cn}\n"
               "*{office.removal}"},
          {.name = NULL}}},
    {.class_name = "transfer_application_letter",
     .filled = {{"old_holder", "other.name"},
                {"new_holder", "firm.name"},
                {"owner", "clerk"},
                {"location", "site"},
                {"old_holder_signature", "=present"},
                {"new_holder_signature", "=present"},
                {"owner_consent", "=present"}},
     .designs =
         {{.name = "lines",
           .text = "#过户转让申请书\n新奥燃气有限公司：\n"
                   "原户主：{old_holder}\n新户主：{new_holder}\n房屋产权人：{owner}\n"
                   "用气地址：{location}\n"
                   "　　因经营场所转让，现申请将该处用户名称由原户主变更为新户主，今后一"
                   "切费用由新户主"
                   "承担，特此申请。\n+2\n_原户主（签字）：|other.name|old_holder_"
                   "signature\n+1\n"
                   "_新户主（签字）：|person.name|new_holder_signature\n+1\n"
                   "_产权人意见：同意|clerk|owner_consent\n+1\n>{date:cn1}"},
          {.name = "table",
           .text =
               "#燃气过户转让申请书\n%1.5,3,1.5,3\n"
               "|原户主|{old_holder}|户　号|{number.account}\n%1.5,7.5\n"
               "|新户主|{new_holder}\n|房屋产权人|{owner}\n|用气地址|{location}\n+0.5\n"
               "　　双方自愿申请办理过户手续，原户主已结清全部费用。\n+1\n"
               "_原户主签字：|other.name|old_holder_signature\n+1\n"
               "_新户主签字：|person.name|new_holder_signature\n+1\n"
               "_产权人签字（同意过户）：|clerk|owner_consent\n>{date:cn}"},
          {.name = NULL}}},
    {.class_name = "auction_document",
     .filled = {{"buyer", "firm.name"}, {"location", "site"}, {"date", "date"}},
     .designs =
         {{.name = "confirmation",
           .text =
               "#拍卖成交确认书\n拍卖人：{office.auction}\n买受人：{buyer}\n"
               "　　买受人在公开举行的拍卖会上竞得下列拍卖标的，双方签署本成交确认书。\n"
               "标的坐落：{location}\n成交价：人民币{sum.words}（¥{sum:sum}）\n"
               "拍卖标的以现状为准，买受人应在七日内付清全部成交价款及拍卖佣金。\n+2\n"
               "拍卖人（盖章）：\n+1\n买受人（签章）：\n+1\n>{date:cn}\n*{office."
               "auction}"},
          {.name = "network",
           .text = "#网络竞价成交确认书\n　　标的物：{location}房产\n竞买人：{buyer}\n"
                   "　　在司法网络拍卖平台以最高应价胜出，成交价格{sum}"
                   "元。标的物所有权自拍卖成交裁"
                   "定书送达买受人时转移。\n标的物坐落：{location}\n成交日期：{date:cn1}"
                   "\n+2\n"
                   ">开封市中级人民法院\n*{office.land}"},
          {.name = NULL}}},
    {.class_name = "handover_document",
     .filled = {{"from", "other.name"},
                {"to", "firm.name"},
                {"location", "site"},
                {"date", "date"}},
     .designs =
         {{.name = "letter",
           .text = "#房产移交书\n移交方：{from}\n接收方：{to}\n移交房产坐落：{location}\n"
                   "　　移交方将上述房产及附属的水、电、气、暖设施移交给接收方，双方现场"
                   "清点无误。自移交"
                   "之日起，房产的使用和管理由接收方负责。\n+2\n_移交方（签章）：|other."
                   "name\n+1\n"
                   "接收方（签章）：\n+1\n移交日期：{date:cn}\n*{firm.name}"},
          {.name = "table",
           .text =
               "#资产移交清单\n%1.5,3,1.5,3\n|移交单位|{from}|接收单位|{to}\n%1.5,7.5\n"
               "|资产坐落|{location}\n%1,3,1,1,2\n|序号|名称|单位|数量|备注\n"
               "|1|房屋|套|1|　\n|2|水表|块|1|　\n|3|燃气表|块|1|　\n+1\n"
               "移交人：{clerk}　　接收人：　　　　监交人：\n移交日期：{date:cn}\n"
               "*{firm.name}"},
          {.name = NULL}}},
    {.class_name = NULL},
};
