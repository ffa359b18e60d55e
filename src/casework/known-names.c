/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/known-names.c - closed lists that say whether a reading can be what it claims.
 */
#include "casework/known-names.h"

#include "base/text.h"

/* 百家姓 and the surnames of the 2020 census' first four hundred. A name that begins with
 * none of them is a rare name or a wrong reading; a person looks. */
static const char *const surnames =
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏"
    "潘葛奚"
    "范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐"
    "康伍余"
    "元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵"
    "席季麻"
    "强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁"
    "宣贲邓"
    "郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦"
    "巴弓牧"
    "隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白"
    "怀蒲邰"
    "从鄂索咸籍赖卓蔺屠蒙池乔阴郁胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通"
    "边扈燕"
    "冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广"
    "禄阙东"
    "欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺"
    "权逯盖"
    "益桓公肖付闫代邸苑晋仝牟原岳丛帅亓樊母官吾佘佟谌苟展亢盘初占植战佐买上尉迟修门来凡位"
    "豆海么"
    "油青岐闪芦粱蔄矫楚闾谯郅郄宛宝鄢谯拜虎哈喇脱妥撒铁锁";

/* Surnames of two characters that towns, signs and dishes are hardly named by: 濮阳,
 * 东方, 西门, 南宫 and 诸葛 are left out. */
static const char *const long_surnames[] = {
    "欧阳", "上官", "司马", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒",
    "夏侯", "宇文", "长孙", "端木", "独孤", "闻人", "申屠", "澹台", "淳于",
    "太叔", "轩辕", "赫连", "钟离", "公冶", "宗政", "鲜于", "闾丘", "呼延"};

/* What names of shops end in, and given names hardly do. */
static const char *const trades = "馆店吃厂行铺坊社部屋庄楼城餐饮超市业品所局院校站场鱼虾"
                                  "鸡鸭鹅羊牛肉面饼粥粉汤茶酒饭菜烤锅";

static bool has_long_surname(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(long_surnames); i++)
        if (g_str_has_prefix(name, long_surnames[i]))
            return true;
    return false;
}

bool is_known_surname(const char *name)
{
    return g_utf8_strchr(surnames, -1, g_utf8_get_char(name)) != NULL ||
           has_long_surname(name);
}

bool is_known_person(const char *name)
{
    glong length = g_utf8_strlen(name, -1);
    if (length <= 3)
        return is_known_surname(name);
    if (length > 4 || !has_long_surname(name))
        return false;
    const char *given = g_utf8_offset_to_pointer(name, 2);
    for (const char *p = given; *p != '\0'; p = g_utf8_next_char(p))
        if (g_utf8_strchr(trades, -1, g_utf8_get_char(p)) != NULL)
            return false;
    return true;
}

/* One character read wrong in a name of three or more that is in the list, with its kind
 * (区, 县, 市) read right. */
static bool is_misread(const char *text, const char *region)
{
    glong length = g_utf8_strlen(region, -1);
    if (length < 3 || g_utf8_strlen(text, -1) != length ||
        text_distance(text, region) != 1)
        return false;
    return strcmp(g_utf8_offset_to_pointer(text, length - 1),
                  g_utf8_offset_to_pointer(region, length - 1)) == 0;
}

static const char *nearest_region(const char *text, const char *const *regions)
{
    const char *found = NULL;
    for (int i = 0; regions != NULL && regions[i] != NULL; i++) {
        if (!is_misread(text, regions[i]))
            continue;
        if (found != NULL && strcmp(found, regions[i]) != 0)
            return NULL; /* two could be meant */
        found = regions[i];
    }
    return found;
}

/* Behind which province and city the county stands. */
static const char *after_city(const char *address)
{
    static const char *const above[] = {"河南省", "开封市"};
    for (size_t i = 0; i < G_N_ELEMENTS(above); i++)
        if (g_str_has_prefix(address, above[i]))
            address += strlen(above[i]);
    return address;
}

static bool is_region(const char *text, size_t length_bytes, const char *const *regions)
{
    for (int i = 0; regions != NULL && regions[i] != NULL; i++)
        if (strlen(regions[i]) == length_bytes &&
            strncmp(text, regions[i], length_bytes) == 0)
            return true;
    return false;
}

RegionState region_check(const char *address, const char *const *regions, char **repaired)
{
    const char *rest = after_city(address);
    int count = 0;
    *repaired = NULL;
    for (const char *p = rest; *p != '\0' && count < 6; count++) {
        gunichar c = g_utf8_get_char(p);
        p = g_utf8_next_char(p);
        bool is_kind = c == 0x533A /* 区 */ || c == 0x53BF /* 县 */;
        if (!is_kind || count < 1)
            continue;
        size_t length = (size_t)(p - rest);
        if (is_region(rest, length, regions))
            return REGION_KNOWN;
        g_autofree char *name = g_strndup(rest, length);
        const char *meant = nearest_region(name, regions);
        if (meant == NULL)
            continue; /* 社区, 小区 or a region of elsewhere */
        g_autofree char *before = g_strndup(address, (gsize)(rest - address));
        *repaired = g_strconcat(before, meant, p, NULL);
        return REGION_REPAIRED;
    }
    return REGION_NONE;
}

bool is_known_region(const char *name, const char *const *regions)
{
    for (int i = 0; regions != NULL && regions[i] != NULL; i++) {
        size_t whole = strlen(regions[i]), given = strlen(name);
        /* 通许 for 通许县 */
        if (g_str_equal(name, regions[i]) ||
            (given >= 6 && given + 3 == whole && g_str_has_prefix(regions[i], name)))
            return true;
    }
    return false;
}
