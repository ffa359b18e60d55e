/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paper_property_certificate.c - 不动产权证书 in several designs. */
#include <math.h>

#include "faces.h"
#include "paper.h"
#include "seal.h"
#include "table.h"

typedef struct {
    const char *name;
    gboolean has_cover, has_tint, is_spread,
        is_spaced;   /* spaced: number line set apart */
    double width_mm; /* of the table */
} Design;

static const Design designs[] = {
    {"plain", FALSE, FALSE, FALSE, FALSE, 166},
    {"cover", TRUE, FALSE, FALSE, TRUE, 160},
    {"tint", FALSE, TRUE, FALSE, TRUE, 158},
    {"spread", FALSE, FALSE, TRUE, FALSE, 122},
    {"cover_tint", TRUE, TRUE, FALSE, FALSE, 152},
};

typedef struct {
    const char *label;
    char *value; /* owned */
    double least_mm;
} Line;

#define LINES 10

/* The area cell names two areas; the truth is the building's. */
typedef struct {
    double building_m2, land_m2, share_m2, own_m2;
    int floors, floor, built_year;
} House;

static House house_new(Dice *dice)
{
    House house;
    house.building_m2 = floor(dice_real(dice, 52, 180) * 100) / 100;
    house.land_m2 = floor(dice_real(dice, 1500, 38000) * 100) / 100;
    house.share_m2 = floor(dice_real(dice, 6, 30) * 100) / 100;
    house.own_m2 = floor(house.building_m2 * dice_real(dice, 78, 88)) / 100;
    house.floors = dice_int(dice, 6, 33);
    house.floor = dice_int(dice, 1, house.floors);
    house.built_year = dice_int(dice, 2002, 2020);
    return house;
}

/* 28 characters of GB/T 37346: county, cadastral districts, parcel, house. Returns: owned
 */
static char *unit_number_new(const Certificate *certificate, Dice *dice)
{
    return g_strdup_printf(
        "%s%03d%03dGB%05dF%04d%04d", district_code(certificate->site->district),
        dice_int(dice, 1, 20), dice_int(dice, 1, 12), dice_int(dice, 1, 400),
        dice_int(dice, 1, 40), dice_int(dice, 1, 220));
}

static char *grouped(const char *unit)
{
    return g_strdup_printf("%.6s %.6s %.7s %.9s", unit, unit + 6, unit + 12, unit + 19);
}

static void make_lines(Line *lines, const Certificate *certificate, const House *house,
                       Fields *fields, Dice *dice)
{
    static const char *const usages[] = {"城镇住宅用地/住宅", "城镇住宅用地/成套住宅",
                                         "住宅用地/住宅"};
    static const char *const natures[] = {"出让/市场化商品房", "出让/存量房",
                                          "划拨/房改房", "出让/商品房"};
    const char *usage = DICE_PICK(dice, usages);
    g_autofree char *unit = unit_number_new(certificate, dice);
    g_autofree char *area = g_strdup_printf("%.2f", house->building_m2);
    int start = house->built_year - 2, month = dice_int(dice, 1, 12);
    fields_set(fields, "owner", certificate->owner);
    fields_set(fields, "co_ownership", "单独所有");
    fields_set(fields, "location", certificate->site->registered);
    fields_set(fields, "unit_number", unit);
    fields_set(fields, "usage", usage);
    fields_set(fields, "area_m2", area);
    lines[0] = (Line){"权利人", g_strdup(certificate->owner), 12};
    lines[1] = (Line){"共有情况", g_strdup("单独所有"), 12};
    lines[2] = (Line){"坐落", g_strdup(certificate->site->registered), 12};
    lines[3] = (Line){"不动产单元号", grouped(unit), 12};
    lines[4] = (Line){"权利类型", g_strdup("国有建设用地使用权/房屋所有权"), 12};
    lines[5] = (Line){"权利性质", g_strdup(DICE_PICK(dice, natures)), 12};
    lines[6] = (Line){"用途", g_strdup(usage), 12};
    lines[7] = (Line){"面积",
                      g_strdup_printf("%s面积%.2f㎡/房屋建筑面积%s㎡",
                                      dice_chance(dice, 0.5) ? "共有宗地" : "宗地",
                                      house->land_m2, area),
                      12};
    lines[8] =
        (Line){"使用期限",
               g_strdup_printf("国有建设用地使用权 %d年%02d月%02d日起%d年%02d月%02d日止",
                               start, month, 8, start + 70, month, 7),
               13};
    lines[9] =
        (Line){"权利其他状况",
               g_strdup_printf("分摊土地使用权面积：%.2f㎡\n房屋结构：钢筋混凝土结构\n"
                               "专有建筑面积：%.2f㎡，分摊建筑面积：%.2f㎡\n"
                               "房屋总层数：%d层，所在层：%d层\n房屋竣工时间：%d年",
                               house->share_m2, house->own_m2,
                               house->building_m2 - house->own_m2, house->floors,
                               house->floor, house->built_year),
               46};
}

static void number_line(Sheet *sheet, const Design *design, const Type *label,
                        const Type *value, const Certificate *certificate, Fields *fields,
                        Box box, Dice *dice)
{
    const char *place = certificate->place == PLACE_TONGXU ? "通许县" : "开封市";
    gboolean is_half = dice_chance(dice, 0.35);
    const char *open = is_half ? "(" : "（", *close = is_half ? ")" : "）";
    int serial = dice_int(dice, 1, 129999);
    g_autofree char *number = g_strdup_printf("豫%s%d%s%s不动产权第%07d号", open,
                                              certificate->year, close, place, serial);
    fields_set(fields, "certificate_number", number);
    if (!design->is_spaced) {
        text_in(sheet, value, number, box, ALIGN_CENTRE);
        return;
    }
    g_autofree char *year = g_strdup_printf("%d", certificate->year);
    g_autofree char *digits = g_strdup_printf("%07d", serial);
    const char *const parts[] = {"豫",  open,         year,   close,
                                 place, "不动产权第", digits, "号"};
    const double gaps[] = {2.0, 1.0, 1.0, 2.2, 2.2, 2.5, 2.5, 0};
    double width = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        width += text_width(sheet, value, parts[i]) + gaps[i];
    double x = box.x + (box.width - width) / 2;
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        gboolean is_label = i == 1 || i == 3 || i == 5 || i == 7;
        text_line(sheet, is_label ? label : value, parts[i], x,
                  baseline_of(box.y + box.height / 2, value->size_mm));
        x += text_width(sheet, value, parts[i]) + gaps[i];
    }
}

static void tint(Sheet *sheet, Box box, Dice *dice)
{
    cairo_t *cr = sheet->cr;
    gboolean is_pink = dice_chance(dice, 0.5);
    sheet_fill(sheet, box,
               is_pink ? (Colour){0.992, 0.945, 0.945} : (Colour){0.945, 0.985, 0.955});
    cairo_save(cr);
    cairo_rectangle(cr, box.x, box.y, box.width, box.height);
    cairo_clip(cr);
    cairo_set_line_width(cr, 0.10);
    cairo_set_source_rgb(cr, is_pink ? 0.95 : 0.84, is_pink ? 0.86 : 0.94,
                         is_pink ? 0.87 : 0.87);
    for (double r = 6; r < 170; r += 3.4) {
        for (double a = 0; a <= 6.30; a += 0.03) {
            double radius = r + 2.2 * sin(a * 18 + r);
            double x = box.x + box.width / 2 + radius * cos(a);
            double y = box.y + box.height / 2 + radius * 1.3 * sin(a);
            a == 0 ? cairo_move_to(cr, x, y) : cairo_line_to(cr, x, y);
        }
        cairo_stroke(cr);
    }
    cairo_restore(cr);
}

static void draw_table(Sheet *sheet, const Type *label, const Type *value,
                       const Line *lines, double row_scale, Box at, Dice *dice)
{
    g_autoptr(Table) table =
        table_new(2, dice_real(dice, 0.2, 0.45), dice_real(dice, 0.15, 0.25));
    double label_share = 0.2;
    for (int i = 0; i < LINES; i++) {
        Flow *name = flow_new(), *text = flow_new();
        flow_text(name, label, lines[i].label, 0);
        flow_text(text, value, lines[i].value, 0);
        table_row(table, lines[i].least_mm * row_scale);
        table_cell(table, label_share, name, ALIGN_CENTRE, label->size_mm * 1.35);
        table_cell(table, 1 - label_share, text, ALIGN_LEFT, value->size_mm * 1.4);
    }
    table_draw(table, sheet, 0, LINES, at.x, at.y, at.width, dice);
}

static void cover(Paper *paper, const Certificate *certificate, Part part,
                  gboolean has_tint, Dice *dice)
{
    Sheet *sheet = paper_add_sheet(paper, A4_WIDTH_MM, A4_HEIGHT_MM, SHEET_PAGE);
    const char *face = faces_pick(part, KIND_SONG, dice);
    gboolean is_county = certificate->place == PLACE_TONGXU;
    const char *office = is_county ? "通许县自然资源局" : "开封市自然资源和规划局";
    if (has_tint)
        tint(sheet, (Box){15, 18, 180, 255}, dice);
    Type title = type_points(face, 24), body = type_points(face, 14);
    title.bold = TRUE;
    text_spread(sheet, &title, "中华人民共和国", 58, baseline_of(48, title.size_mm), 94);
    title.size_mm *= 1.3;
    text_spread(sheet, &title, "不动产权证书", 52, baseline_of(64, title.size_mm), 106);
    text_block(sheet, &body,
               "　　根据《中华人民共和国民法典》等法律法规，为保护不动产权利人合法权益，"
               "对不动产权"
               "利人申请登记的本证所列不动产权利，经审查核实，准予登记，颁发此证。",
               32, 96, 146, 1.9);
    double y = dice_real(dice, 178, 200);
    text_line(sheet, &body, "登记机构（章）", 108, y);
    g_autofree char *date = g_strdup_printf("%d年%02d月%02d日", certificate->year,
                                            dice_int(dice, 1, 12), dice_int(dice, 1, 28));
    text_line(sheet, &body, date, 108, y + 14);
    Type small = type_points(face, 10);
    text_line(sheet, &small, "中华人民共和国自然资源部监制", 32, 248);
    g_autofree char *serial =
        g_strdup_printf("编号 № 4100%07d", dice_int(dice, 1, 9999999));
    text_line(sheet, &small, serial, 32, 256);
    seal_round(sheet, 128, y + 4, 40, face, office, "不动产登记专用章", dice);
    g_ptr_array_add(paper->seals, g_strdup(office));
    paper_mark_made_up(sheet);
}

static void remarks(Sheet *sheet, const Type *label, const Type *value, Box box,
                    Dice *dice)
{
    static const char *const notes[] = {"业务编号：", "登记原因：买卖。业务编号：",
                                        "房屋为成套住宅。业务编号："};
    Type title = *label;
    title.size_mm *= 1.3;
    text_spread(sheet, &title, "附记", box.x + box.width / 2 - 9,
                baseline_of(box.y - 8, title.size_mm), 18);
    sheet_frame(sheet, box, 0.25, COLOUR_BLACK);
    g_autofree char *note =
        g_strdup_printf("%s2022%07d", DICE_PICK(dice, notes), dice_int(dice, 1, 9999999));
    text_block(sheet, value, note, box.x + 4, box.y + 5, box.width - 8, 1.5);
}

static void inner_page(Paper *paper, const Design *design, const Certificate *certificate,
                       const Line *lines, Part part, Dice *dice)
{
    double sheet_width = design->is_spread ? A4_HEIGHT_MM : A4_WIDTH_MM;
    double sheet_height = design->is_spread ? A4_WIDTH_MM : A4_HEIGHT_MM;
    Sheet *sheet = paper_add_sheet(paper, sheet_width, sheet_height, SHEET_PAGE);
    double size_pt = design->is_spread ? 9.5 : dice_real(dice, 11, 12.5);
    Type label = type_points(faces_pick(part, KIND_COUNT, dice), size_pt);
    Type value = type_points(faces_pick(part, KIND_SONG, dice), size_pt);
    double x = design->is_spread ? 16 : (A4_WIDTH_MM - design->width_mm) / 2;
    double y = design->is_spread ? 30 : dice_real(dice, 38, 52);
    double row_scale = design->is_spread ? 0.92 : dice_real(dice, 1.1, 1.35);
    if (design->has_tint)
        tint(sheet, (Box){x - 8, y - 26, design->width_mm + 16, 240}, dice);
    Type number = value;
    number.size_mm *= 1.15;
    number_line(sheet, design, &label, &number, certificate, paper->fields,
                (Box){x, y - 14, design->width_mm, 8}, dice);
    draw_table(sheet, &label, &value, lines, row_scale, (Box){x, y, design->width_mm, 0},
               dice);
    if (design->is_spread) {
        sheet_line(sheet, sheet_width / 2, 6, sheet_width / 2, sheet_height - 6, 0.1,
                   (Colour){0.75, 0.75, 0.75});
        remarks(sheet, &label, &value, (Box){sheet_width / 2 + 14, y, 112, 150}, dice);
    }
    paper_mark_made_up(sheet);
}

Paper *paper_property_certificate(const Certificate *certificate, Part part, Dice *dice)
{
    const Design *design = &designs[dice_int(dice, 0, G_N_ELEMENTS(designs) - 1)];
    Paper *paper = paper_new("property_certificate", TRUE);
    House house = house_new(dice);
    Line lines[LINES];
    paper->design = design->name;
    make_lines(lines, certificate, &house, paper->fields, dice);
    if (design->has_cover)
        cover(paper, certificate, part, design->has_tint, dice);
    inner_page(paper, design, certificate, lines, part, dice);
    for (int i = 0; i < LINES; i++)
        g_free(lines[i].value);
    return paper;
}
