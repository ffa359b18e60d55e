/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paper_other.c - papers that lie in the pile and answer no list: bills, letters,
 * receipts. Some look like ours (a table with 姓名 and 身份证号) and are not. */
#include "faces.h"
#include "paper.h"
#include "seal.h"
#include "table.h"

typedef struct {
    Sheet *sheet;
    const char *face;
    Part part;
    Place place;
    const Person *person;
    Dice *dice;
} Desk;

typedef void Draw(Desk *desk);

static void heading(Desk *desk, const char *text, double y, double size_pt)
{
    Type type = type_points(desk->face, size_pt);
    type.bold = dice_chance(desk->dice, 0.6);
    text_in(desk->sheet, &type, text, (Box){0, y, desk->sheet->width_mm, 10},
            ALIGN_CENTRE);
}

static double body(Desk *desk, const char *text, double y, double size_pt)
{
    Type type = type_points(desk->face, size_pt);
    return y +
           text_block(desk->sheet, &type, text, 28, y, desk->sheet->width_mm - 56, 1.8);
}

/* A ruled table of @columns equal columns; @texts row by row, NULL for an empty cell. */
static double grid(Desk *desk, const char *const *texts, int rows, int columns, double y,
                   double row_mm)
{
    g_autoptr(Table) table = table_new(1.5, 0.3, 0.18);
    Type type = type_points(desk->face, 10.5);
    for (int r = 0; r < rows; r++) {
        table_row(table, row_mm);
        for (int c = 0; c < columns; c++) {
            Flow *flow = flow_new();
            const char *text = texts[r * columns + c];
            if (text != NULL)
                flow_text(flow, &type, text, 0);
            table_cell(table, 1, flow, ALIGN_CENTRE, type.size_mm * 1.35);
        }
    }
    return table_draw(table, desk->sheet, 0, rows, 24, y, desk->sheet->width_mm - 48,
                      desk->dice);
}

static void signed_by(Desk *desk, const char *office, double y, gboolean has_seal)
{
    Type type = type_points(desk->face, 12);
    g_autofree char *date = g_strdup_printf("2023年%d月%d日", dice_int(desk->dice, 1, 12),
                                            dice_int(desk->dice, 1, 28));
    double right = desk->sheet->width_mm - 30;
    text_in(desk->sheet, &type, office, (Box){right - 80, y, 80, 8}, ALIGN_RIGHT);
    text_in(desk->sheet, &type, date, (Box){right - 80, y + 9, 80, 8}, ALIGN_RIGHT);
    if (has_seal)
        seal_round(desk->sheet, right - 22, y + 7, 40, desk->face, office, NULL,
                   desk->dice);
}

static void water_bill(Desk *desk)
{
    int before = dice_int(desk->dice, 100, 900), used = dice_int(desk->dice, 3, 28);
    g_autofree char *from = g_strdup_printf("%d", before);
    g_autofree char *to = g_strdup_printf("%d", before + used);
    g_autofree char *amount = g_strdup_printf("%d", used);
    g_autofree char *money = g_strdup_printf("%.2f", used * 3.05);
    g_autofree char *account = g_strdup_printf("00%06d", dice_int(desk->dice, 1, 999999));
    const char *const texts[] = {
        "户号",           account, "户名",          desk->person->name,
        "上期示数",       from,    "本期示数",      to,
        "用水量（吨）",   amount,  "单价（元/吨）", "3.05",
        "本期水费（元）", money,   "缴费状态",      "待缴"};
    heading(desk, "自来水费缴费通知单", 24, 18);
    double y = grid(desk, texts, 4, 4, 44, 10);
    body(desk,
         "温馨提示：请于当月25日前缴纳水费，逾期将按规定收取违约金。缴费方式：营业厅、微"
         "信公众号、"
         "银行代扣。客服电话：0371-23000000。",
         y + 6, 10.5);
}

static void bank_statement(Desk *desk)
{
    static const char *const kinds[] = {"转账", "消费", "工资",
                                        "取现", "利息", "代扣水费"};
    enum { ROWS = 9, COLUMNS = 5 };
    const char *texts[ROWS * COLUMNS] = {"交易日期", "摘要", "收入", "支出", "余额"};
    g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func(g_free);
    double balance = dice_real(desk->dice, 2000, 60000);
    for (int r = 1; r < ROWS; r++) {
        double sum = dice_real(desk->dice, 10, 3000);
        gboolean is_in = dice_chance(desk->dice, 0.4);
        balance += is_in ? sum : -sum;
        char *cells[] = {g_strdup_printf("2023-%02d-%02d", dice_int(desk->dice, 1, 12),
                                         dice_int(desk->dice, 1, 28)),
                         g_strdup_printf("%.2f", sum), g_strdup_printf("%.2f", balance)};
        for (gsize i = 0; i < G_N_ELEMENTS(cells); i++)
            g_ptr_array_add(owned, cells[i]);
        texts[r * COLUMNS] = cells[0];
        texts[r * COLUMNS + 1] = DICE_PICK(desk->dice, kinds);
        texts[r * COLUMNS + (is_in ? 2 : 3)] = cells[1];
        texts[r * COLUMNS + 4] = cells[2];
    }
    heading(desk, "个人账户交易明细清单", 22, 16);
    g_autofree char *owner =
        g_strdup_printf("户名：%s　　账号：6200 0000 0000 %04d　　币种：人民币",
                        desk->person->name, dice_int(desk->dice, 0, 9999));
    double y = body(desk, owner, 38, 10.5);
    grid(desk, texts, ROWS, COLUMNS, y + 3, 8.5);
}

static void notice(Desk *desk)
{
    heading(desk, "停水通知", 40, 22);
    double y = body(desk, "尊敬的业主：", 66, 14);
    y = body(
        desk,
        "　　因二次供水泵房设备检修，定于本周三上午9时至下午5时停止供水，请各位业主提前做"
        "好储水准备。"
        "检修期间请关闭家中水龙头，以免恢复供水后跑水。由此给您带来的不便，敬请谅解！",
        y + 2, 14);
    g_autofree char *office = g_strdup_printf(
        "%s物业服务中心", estate_name(desk->part, desk->place, desk->dice));
    signed_by(desk, office, y + 20, dice_chance(desk->dice, 0.6));
}

static void minutes(Desk *desk)
{
    heading(desk, "业主委员会会议纪要", 26, 18);
    g_autofree char *chair = person_name(desk->part, desk->dice);
    g_autofree char *clerk = person_name(desk->part, desk->dice);
    g_autofree char *head = g_strdup_printf(
        "时间：2023年%d月%d日　地点：小区会议室\n主持人：%s　记录人：%s",
        dice_int(desk->dice, 1, 12), dice_int(desk->dice, 1, 28), chair, clerk);
    double y = body(desk, head, 46, 12);
    body(desk,
         "一、会议通报了上半年公共收益的收支情况，与会委员无异议。\n"
         "二、会议讨论了地下车库照明改造方案，同意采用声控节能灯，费用由公共收益列支。\n"
         "三、会议听取了物业公司关于消防设施检修的汇报，要求在月底前完成整改并公示。\n"
         "四、会议决定于下月召开业主大会，表决维修资金使用事项。",
         y + 4, 12);
}

/* Looks like ours: names, identity numbers, an address, a signature's line. */
static void handover_table(Desk *desk)
{
    g_autofree char *other = person_name(desk->part, desk->dice);
    g_autofree char *phone = mobile_number(desk->dice);
    const char *const texts[] = {
        "序号",
        "姓名",
        "身份证号",
        "电话",
        "领取物品",
        "签字",
        "1",
        desk->person->name,
        desk->person->id_number,
        desk->person->phone,
        "钥匙3把",
        NULL,
        "2",
        other,
        "410202190001010000",
        phone,
        "门禁卡2张",
        NULL,
        "3",
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        "4",
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        "5",
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
    };
    heading(desk, "小区住户物品领取登记表", 26, 17);
    double y = grid(desk, texts, 6, 6, 46, 13);
    body(desk, "注：领取物品后请当面点清，签字确认。本表由物业服务中心留存。", y + 5,
         10.5);
}

static void shopping_receipt(Desk *desk)
{
    static const char *const goods[] = {"LED灯泡9W",  "PVC水管20mm", "三角阀",
                                        "生料带",     "防水插座",    "燃气软管1.5米",
                                        "不锈钢地漏", "玻璃胶"};
    double y = 60, total = 0;
    Type type = type_points(desk->face, 11);
    heading(desk, "惠民五金超市购物小票", 40, 15);
    for (int i = dice_int(desk->dice, 4, 7); i > 0; i--, y += 8) {
        int price = dice_int(desk->dice, 3, 68), count = dice_int(desk->dice, 1, 5);
        g_autofree char *numbers =
            g_strdup_printf("%d × %d.00 = %d.00", count, price, count * price);
        total += count * price;
        text_line(desk->sheet, &type, DICE_PICK(desk->dice, goods), 66, y);
        text_in(desk->sheet, &type, numbers, (Box){100, y - 5, 46, 6}, ALIGN_RIGHT);
    }
    g_autofree char *sum = g_strdup_printf("合计：%.2f元　微信支付", total);
    text_line(desk->sheet, &type, sum, 66, y + 6);
    text_line(desk->sheet, &type, "谢谢惠顾，欢迎再次光临！", 66, y + 16);
}

static void school_certificate(Desk *desk)
{
    heading(desk, "在读证明", 44, 24);
    g_autofree char *text = g_strdup_printf(
        "　　兹证明%s，%s，身份证号%"
        "s，系我校2022级学生，现正在我校就读。\n　　特此证明。",
        desk->person->name, desk->person->is_male ? "男" : "女", desk->person->id_number);
    double y = body(desk, text, 76, 14);
    signed_by(desk,
              desk->place == PLACE_TONGXU ? "通许县第一实验中学" : "开封市第一实验中学",
              y + 24, TRUE);
}

static void power_bill(Desk *desk)
{
    g_autofree char *address = g_strdup(desk->person->card_address);
    const char *const texts[] = {"用户名称", desk->person->name, "用电地址", address,
                                 "缴费户号", "0000123456",       "抄表周期", "每月",
                                 "电表编号", "D0000009876",      "电价类别", "居民生活"};
    heading(desk, "居民电费账单", 22, 18);
    double y = grid(desk, texts, 3, 4, 42, 11);
    const char *const sums[] = {
        "项目",   "电量（千瓦时）", "单价（元）", "金额（元）", "第一档", "180",  "0.56",
        "100.80", "第二档",         "35",         "0.61",       "21.35",  "合计", "215",
        NULL,     "122.15"};
    grid(desk, sums, 4, 4, y + 6, 9);
}

static const struct {
    const char *name;
    Draw *draw;
} kinds[] = {
    {"handover_table", handover_table},
    {"water_bill", water_bill},
    {"school_certificate", school_certificate},
    {"bank_statement", bank_statement},
    {"notice", notice},
    {"minutes", minutes},
    {"shopping_receipt", shopping_receipt},
    {"power_bill", power_bill},
};

Paper *paper_unknown(int kind, const Person *person, Part part, Place place, Dice *dice)
{
    Paper *paper = paper_new("unknown", FALSE);
    Sheet *sheet = paper_add_sheet(paper, A4_WIDTH_MM, A4_HEIGHT_MM, SHEET_PAGE);
    Desk desk = {sheet, faces_pick(part, KIND_COUNT, dice), part, place, person, dice};
    guint chosen = (guint)kind % G_N_ELEMENTS(kinds);
    paper->design = kinds[chosen].name;
    kinds[chosen].draw(&desk);
    paper_mark_made_up(sheet);
    return paper;
}
