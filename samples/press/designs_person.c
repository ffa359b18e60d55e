/* SPDX-License-Identifier: GPL-3.0-or-later */
/* designs_person.c - what shows who somebody is, besides the identity card. */
#include "designs.h"

#define REGISTER_HOME                                                                                \
    "%1.4,3,1.4,3\n|户　别|家庭户|户主姓名|{clerk}\n|户　号|{number.house}|住　址|{" \
    "address}\n"
#define REGISTER_CARD                                                                                   \
    "%1.5,3,1.8,2.6\n|姓　　名|{name}|户主或与户主关系|{relation}\n"                        \
    "|曾 用 名|　|性　　别|{sex}\n|出 生 "                                                    \
    "地|河南省开封市|民　　族|{person.ethnicity}族\n"                                       \
    "|籍　　贯|河南省|出生日期|{birth_date:cn1}\n%3,6.5\n|本市（县）其他住址|　\n" \
    "%1.9,4,1,1.4,1,1\n|公民身份号码|{id_number}|身高|　|血型|　\n%1.5,2,1.5,1.6,1.5,1."    \
    "6\n"                                                                                               \
    "|文化程度|高中|婚姻状况|　|兵役状况|　\n|服务处所|　|职业|　|宗教信仰|　\n"

const TextClass person_papers[] = {
    {.class_name = "household_register",
     .filled = {{"name", "person.name"},
                {"relation", "relation"},
                {"sex", "person.sex"},
                {"birth_date", "person.birth"},
                {"id_number", "person.id"},
                {"address", "person.address"}},
     .designs = {{.name = "two_pages",
                  .text = "#居民户口簿\n+0.5\n" REGISTER_HOME
                          "+1\n%1,1\n~户口登记机关（盖章）~承办人签章：\n>{date:cn}签发\n"
                          "*{person.police}\n---\n#常住人口登记卡\n" REGISTER_CARD
                          "%3,6.5\n|何时由何地迁来本市（县）|　\n|何时由何地迁来本址|　\n"
                          "+0.5\n>承办人签章：　　　　登记日期：{date:cn}"},
                 {.name = "on_one_page",
                  .text =
                      "#居民户口簿\n" REGISTER_HOME
                      "+0.3\n>登记机关（章）　　{date:cn1}签发\n*{person.police}\n+1\n"
                      "#常住人口登记卡\n" REGISTER_CARD "+0.3\n>登记日期：{date:cn1}"},
                 {.name = "card_only",
                  .text =
                      "#常住人口登记卡\n" REGISTER_CARD
                      "%3,6.5\n|何时由何地迁来本市（县）|　\n|何时由何地迁来本址|　\n"
                      "+0.5\n>承办人签章：　　　　登记日期：{date:cn}\n*{person.police}"},
                 {.name = NULL}}},
    {.class_name = "temporary_id_card",
     .filled = {{"name", "person.name"},
                {"sex", "person.sex"},
                {"ethnicity", "person.ethnicity"},
                {"birth_date", "person.birth"},
                {"address", "person.address"},
                {"id_number", "person.id"},
                {"issuer", "person.police"},
                {"valid_from", "from"},
                {"valid_to", "later"}},
     .designs =
         {{.name = "page",
           .text = "+3\n=中华人民共和国\n#临时居民身份证\n+5\n%1,4,3\n~姓　名~{name}~\n"
                   "%1,1,1.7,2.3\n~性　别~{sex}~民　族　{ethnicity}~\n%1,4,3\n"
                   "~出　生~{birth_date:cn1}~\n~住　址~{address}~\n"
                   "公民身份号码　{id_number}\n签发机关　{issuer}\n"
                   "有效期限　{valid_from:dot}-{valid_to:dot}"},
          {.name = "card",
           .is_card = TRUE,
           .text = "=临时居民身份证\n%1,2.6,3\n~姓名~{name}~\n%1,0.8,0.9,1.4,1\n"
                   "~性别~{sex}~民族~{ethnicity}~\n%1,4.5,1\n~出生~{birth_date:cn1}~\n"
                   "~住址~{address}~\n公民身份号码 {id_number}\n签发机关 {issuer}\n"
                   "有效期限 {valid_from:dot}-{valid_to:dot}"},
          {.name = NULL}}},
    {.class_name = "military_id",
     .filled = {{"name", "person.name"},
                {"birth_date", "person.birth"},
                {"certificate_number", "number.officer"},
                {"kind", "=军官证"}},
     .designs =
         {{.name = "officer",
           .text = "+2\n=中国人民解放军\n#{kind}\n+2\n^{certificate_number}\n+2\n"
                   "%1.2,4,2\n~姓　　名~{name}~\n~出生日期~{birth_date:cn}~\n"
                   "~性　　别~{person.sex}~\n~籍　　贯~河南开封~\n~民　　族~"
                   "{person.ethnicity}族~\n~部　　别~某部队~\n~职　　务~参谋~\n~衔　　级~"
                   "上尉~\n+1\n>发证机关　　　　　\n>{date:cn}"},
          {.name = "soldier",
           .text =
               "!kind==士兵证\n!certificate_number=number.soldier\n+2\n"
               "=中国人民解放军\n#{kind}\n+1\n%1.2,4,2\n~姓　　名~{name}~\n"
               "~出生年月日~{birth_date:cn1}~\n~民　　族~{person.ethnicity}族~\n"
               "~入伍时间~{from:cn1}~\n~部　　别~某部队~\n"
               "~编　　号~{certificate_number}~\n+1\n>发证机关　　　　　\n>{date:cn1}"},
          {.name = "officer_card",
           .is_card = TRUE,
           .text = "=中国人民解放军{kind}\n%2.2,4,1\n~姓　名~{name}~\n"
                   "~出生日期~{birth_date:cn}~\n~民　族~{person.ethnicity}族~\n"
                   "~部　别~某部队~\n~编　号~{certificate_number}~"},
          {.name = NULL}}},
    {.class_name = "hk_macau_permit",
     .filled = {{"name", "person.name"},
                {"birth_date", "person.birth"},
                {"certificate_number", "number.exit"},
                {"valid_to", "until"}},
     .designs =
         {{.name = "outbound",
           .is_card = TRUE,
           .text = "%3,2\n~往来港澳通行证~{certificate_number}\n%2.2,4,1\n"
                   "~姓名~{name}~\n~出生日期~{birth_date:dot}~\n~性别~{person.sex}~\n"
                   "~有效期限~{from:dot}-{valid_to:dot}~\n~签发地点~河南~\n"
                   "~签发机关~公安部出入境管理局~"},
          {.name = "home_return",
           .is_card = TRUE,
           .text = "!certificate_number=number.home\n=港澳居民来往内地通行证\n"
                   "%2.2,4,1\n~姓名~{name}~\n~出生日期~{birth_date:dot}~\n"
                   "~性别~{person.sex}~\n~有效期限~{from:dot}-{valid_to:dot}~\n"
                   "~签发机关~公安部出入境管理局~\n~证件号码~{certificate_number}~"},
          {.name = "outbound_page",
           .text = "+4\n#往来港澳通行证\n+1\n^中华人民共和国\n+2\n%1.3,4\n"
                   "~证件号码~{certificate_number}\n~姓　　名~{name}\n"
                   "~出生日期~{birth_date:dot}\n~性　　别~{person.sex}\n"
                   "~有效期限~{from:dot}-{valid_to:dot}\n~签发机关~公安部出入境管理局"},
          {.name = NULL}}},
    {.class_name = NULL},
};
