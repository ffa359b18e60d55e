/* SPDX-License-Identifier: GPL-3.0-or-later */
/* designs_house.c - papers that come with a house: invoices, tax, land. */
#include "designs.h"

const TextClass house_papers[] = {
    {.class_name = "purchase_invoice",
     .filled = {{"buyer", "person.name"},
                {"buyer_id", "person.id"},
                {"seller", "developer.name"},
                {"invoice_code", "code.invoice"},
                {"invoice_number", "number.invoice"},
                {"date", "date"},
                {"amount", "sum"},
                {"location", "site"}},
     .designs =
         {{.name = "vat_table",
           .is_wide = TRUE,
           .text = "%1,1,1\n~发票代码：{invoice_code}~~发票号码：{invoice_number}\n"
                   "#河南增值税普通发票\n~~~开票日期：{date:cn}\n%1,6,1,4\n"
                   "|购买方|名　　称：{buyer}\v纳税人识别号：{buyer_id}\v地址、电话：\v"
                   "开户行及账号：|密码区|03*9+/<5>2-8*6+4<1/7\v-2+>8*/903<5+6-7*1\n"
                   "%3,1.2,1,1,1.5,1,1.5\n"
                   "|货物或应税劳务、服务名称|单位|数量|单价|金额|税率|税额\n"
                   "|*不动产*商品房|套|1|　|{amount}|免税|***\n%2,5,4\n"
                   "|价税合计（大写）|{sum.words}|（小写）¥{amount}\n%1,6,1,4\n"
                   "|销售方|名　　称：{seller}\v纳税人识别号：{developer.code}\v"
                   "地址、电话：{developer.address}|备注|房屋坐落：{location}\n"
                   "*{developer.name}\n%1,1,1,1\n"
                   "~收款人：{clerk}~复核：~开票人：{clerk}~销售方：（章）"},
          {.name = "real_estate",
           .text =
               "#销售不动产统一发票（自开）\n=发　票　联\n%1,1\n"
               "~发票代码 {invoice_code}~开票日期：{date}\n~发票号码 {invoice_number}~\n"
               "%1.6,2.6,1.4,3.6\n|付款方名称|{buyer}|身份证号码|{buyer_id}\n"
               "|收款方名称|{seller}|纳税人识别号|{developer.code}\n"
               "|不动产项目名称|{estate}|建筑面积|{area}平方米\n%1.6,7\n"
               "|房屋坐落|{location}\n|合计金额（大写）|{sum.words}\n"
               "|合计金额（小写）|￥{amount:sum}\n|主管税务机关|{office.tax}\n"
               "+0.5\n%1,1,1\n~收款方（盖发票专用章）~开票人：{clerk}~"
               "\n*{developer.name}"},
          {.name = "electronic",
           .is_wide = TRUE,
           .text = "%3,3,2.2\n~~~发票号码：{invoice_number}\n#电子发票（普通发票）\n"
                   "%3,3,2.2\n~~~开票日期：{date:cn}\n%1,1\n"
                   "|购买方信息　名称：{buyer}\v统一社会信用代码/纳税人识别号：{buyer_id}"
                   "|销售方信息　名称：{seller}\v统一社会信用代码/"
                   "纳税人识别号：{developer.code}\n"
                   "%3,4,1,2,1,2\n|项目名称|不动产地址|单位|金额|税率|税额\n"
                   "|*不动产*住宅|{location}|套|{amount}|免税|***\n%2,5,4\n"
                   "|价税合计（大写）|{sum.words}|（小写）¥{amount}\n%1,9\n"
                   "|备注|面积：{area}平方米\n~开票人：{clerk}~"},
          {.name = NULL}}},
    {.class_name = "deed_tax_certificate",
     .filled = {{"taxpayer", "person.name"},
                {"taxpayer_id", "person.id"},
                {"number", "number.tax"},
                {"amount", "tax"},
                {"date", "date"},
                {"location", "site"}},
     .designs =
         {{.name = "certificate",
           .text = "#中华人民共和国\n#税收完税证明\n>No. {number}\n%1,1\n"
                   "~填发日期：{date:cn}~税务机关：{office.tax}\n%1.4,3,1.4,3\n"
                   "|纳税人识别号|{taxpayer_id}|纳税人名称|{taxpayer}\n"
                   "%2,1.2,1.6,2,1.7,1.7\n"
                   "|原凭证号|税种|品目名称|税款所属时期|入（退）库日期|实缴（退）金额\n"
                   "|34101{year}07000012|契税|存量房|{date}至{date}|{date}|{tax}\n"
                   "%2,5,3\n|金额合计|（大写）{tax.words}|¥{amount}\n%3,2,4\n"
                   "|税务机关\v（盖章）|填票人\v{clerk}|备注：房屋坐落：{location}\n"
                   "*<{office.tax}\n妥善保管、手写无效"},
          {.name = "payment",
           .text = "#中华人民共和国契税完税证\n>（{year}）豫契完电 {number}\n"
                   "填发日期：{date:cn}\n%1.6,3,1.6,3\n"
                   "|纳税人名称|{taxpayer}|纳税人识别号|{taxpayer_id}\n"
                   "|权属转移对象|房屋|权属转移面积|{area}平方米\n%1.6,7.6\n"
                   "|房地产座落地点|{location}\n%1.6,3,1.6,3\n"
                   "|计税金额|{sum}|税率|1.5%\n%1.6,7.6\n|实纳税额（大写）|{tax.words}\n"
                   "|实纳税额（小写）|¥{amount}\n%1,1,1\n+0.5\n"
                   "~征收机关（盖章）~填票人：{clerk}~备注\n*<{office.tax}"},
          {.name = "slip",
           .text = "#中华人民共和国税收缴款书\n=（税务收现专用）\n>No. {number}\n%1,1\n"
                   "~填发日期：{date:cn1}~税务机关：{office.tax}\n%1.4,3,1.4,3\n"
                   "|纳税人识别号|{taxpayer_id}|纳税人名称|{taxpayer}\n%1.4,7.4\n"
                   "|地　　址|{location}\n%1.2,1.6,1.6,2,1,1.7\n"
                   "|税种|品目名称|计税金额|税款所属时期|税率|实缴金额\n"
                   "|契税|商品住房|{sum}|{date}|1.5%|{tax}\n%2,5,3\n"
                   "|金额合计|（大写）{tax.words}|¥{amount}\n%3,2,4\n"
                   "|税务机关\v（盖章）|填票人\v{clerk}|备注：契税\n*<{office.tax}"},
          {.name = NULL}}},
    {.class_name = "land_use_certificate",
     .filled = {{"owner", "person.name"},
                {"certificate_number", "number.land"},
                {"location", "site"},
                {"area_m2", "share.land"}},
     .designs =
         {{.name = "table",
           .text =
               "#国有土地使用证\n+0.5\n>{certificate_number}\n%1.5,3,1.5,3\n"
               "|土地使用权人|{owner}|图　　号|I-50-3\n%1.5,7.5\n|座　　落|{location}\n"
               "%1.5,3,1.5,3\n|地　　号|{number.parcel}|地类（用途）|城镇住宅用地\n"
               "|使用权类型|出让|终止日期|{end:cn}\n"
               "|使用权面积|{area_m2} M²|其中独用面积|　\n+1\n"
               "　　根据《中华人民共和国宪法》、《中华人民共和国土地管理法》和《中华人民"
               "共和国"
               "城市房地产管理法》等法律法规，为保护土地使用权人的合法权益，对土地使用权"
               "人申请"
               "登记的本证所列土地权利，经审查核实，准予登记，颁发此证。\n+1\n"
               ">{office.land}（章）\n>{date:cn}\n*{office.land}"},
          {.name = "lines",
           .text =
               "=中华人民共和国\n#国有土地使用证\n>{certificate_number}\n+1\n"
               "土地使用权人：{owner}\n座　　落：{location}\n地　　号：{number.parcel}\n"
               "地类（用途）：住宅\n使用权类型：划拨\n使用权面积：{area_m2}平方米\n"
               "终止日期：{end:cn}\n+2\n>{office.land}\n>{date:cn1}\n*{office.land}"},
          {.name = "share",
           .is_wide = TRUE,
           .text = "#国有土地使用证\n^{certificate_number}\n%1.5,3,1.5,3\n"
                   "|土地使用权人|{owner}|地　　号|{number.parcel}\n%1.5,7.5\n"
                   "|座落|{location}\n%1.5,3,1.5,3\n|用　　途|住宅|使用权类型|出让\n"
                   "|使用权面积|{area_m2}㎡|分摊面积|　\n|终止日期|{end:cn}|填证机关|　\n"
                   "+1\n>填证日期：{date:cn}\n*{office.land}"},
          {.name = NULL}}},
    {.class_name = NULL},
};
