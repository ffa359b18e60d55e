/* SPDX-License-Identifier: GPL-3.0-or-later */
/* truth.c - a case's pages and its truth into files. */
#include <glib/gstdio.h>
#include <math.h>

#include "cases.h"
#include "photo.h"

static void add_text(JsonBuilder *builder, const char *member, const char *value)
{
    json_builder_set_member_name(builder, member);
    if (value == NULL)
        json_builder_add_null_value(builder);
    else
        json_builder_add_string_value(builder, value);
}

static void add_number(JsonBuilder *builder, const char *member, gint64 value)
{
    json_builder_set_member_name(builder, member);
    json_builder_add_int_value(builder, value);
}

static void add_node(JsonBuilder *builder, const char *member, JsonNode *owned_node)
{
    json_builder_set_member_name(builder, member);
    json_builder_add_value(builder, owned_node);
}

static gboolean save(JsonNode *root, const char *path, GError **error)
{
    g_autoptr(JsonGenerator) generator = json_generator_new();
    json_generator_set_pretty(generator, TRUE);
    json_generator_set_root(generator, root);
    return json_generator_to_file(generator, path, error);
}

#define DRAWN_DPI 300 /* what a reader has to draw such a page at */

/* One page as it was drawn, with its text. */
static gboolean write_drawn_page(Output *output, const Sheet *sheet, JsonBuilder *builder,
                                 GError **error)
{
    PageFile page = {0};
    gboolean is_good = output_drawn_page(output, sheet, &page, error);
    double px_per_mm = DRAWN_DPI / MM_PER_INCH;
    json_builder_begin_object(builder);
    add_text(builder, "file", page.file);
    add_number(builder, "index", page.index);
    add_number(builder, "width_px", (gint64)(sheet->width_mm * px_per_mm + 0.5));
    add_number(builder, "height_px", (gint64)(sheet->height_mm * px_per_mm + 0.5));
    add_number(builder, "dpi", DRAWN_DPI);
    add_text(builder, "dpi_tag", "right");
    add_number(builder, "turned_deg", 0);
    add_number(builder, "skew_deg", 0);
    add_text(builder, "ink", ink_names[INK_COLOUR]);
    json_builder_end_object(builder);
    g_free(page.file);
    return is_good;
}

/* @pix: becomes the function's */
static gboolean put_page(Output *output, PIX *pix, const Wear *wear, JsonBuilder *builder,
                         GError **error)
{
    PageFile page = {0};
    gboolean is_good = output_page(output, pix, wear, &page, error);
    add_text(builder, "file", page.file);
    add_number(builder, "index", page.index);
    add_number(builder, "width_px", pixGetWidth(pix));
    add_number(builder, "height_px", pixGetHeight(pix));
    pixDestroy(&pix);
    g_free(page.file);
    return is_good;
}

/* One page: worn, written, and noted with what was done to it. */
static gboolean draw_page(Output *output, const Sheet *sheet, const Wear *wear,
                          Dice *dice, JsonBuilder *builder, GError **error)
{
    cairo_surface_t *image = sheet_render(sheet, wear->dpi);
    PIX *pix = wear_apply(image, wear, dice);
    cairo_surface_destroy(image);
    return put_page(output, pix, wear, builder, error);
}

/* @output: NULL where no picture is wanted */
static gboolean write_page(Output *output, const Sheet *sheet, const Wear *wear,
                           Dice *dice, JsonBuilder *builder, GError **error)
{
    gboolean is_good = TRUE;
    json_builder_begin_object(builder);
    if (output != NULL)
        is_good = draw_page(output, sheet, wear, dice, builder, error);
    add_number(builder, "dpi", (gint64)wear->dpi);
    add_text(builder, "dpi_tag",
             output != NULL && output_says_size(output) ? "right" : tag_names[wear->tag]);
    /* Clockwise degrees the upright page was turned by. */
    add_number(builder, "turned_deg", 90 * wear->quarter_turns);
    json_builder_set_member_name(builder, "skew_deg");
    /* In 64ths, which a decimal number holds exactly. */
    json_builder_add_double_value(builder, (int)(wear->skew_deg * 64) / 64.0);
    add_text(builder, "ink", ink_names[wear->ink]);
    json_builder_end_object(builder);
    return is_good;
}

/* What there is to know of a photo beyond a scan. */
static void describe_photo(JsonBuilder *builder, const Photo *photo)
{
    add_text(builder, "camera", camera_names[photo->camera]);
    add_text(builder, "desk", desk_names[photo->desk.kind]);
    add_number(builder, "orientation", photo->orientation);
    json_builder_set_member_name(builder, "corners");
    json_builder_begin_array(builder);
    for (int i = 0; i < photo->sheets; i++) {
        double corners[8];
        photo_corners(photo, i, corners);
        json_builder_begin_array(builder);
        for (int k = 0; k < 8; k++)
            json_builder_add_int_value(builder, (gint64)floor(corners[k] + 0.5));
        json_builder_end_array(builder);
    }
    json_builder_end_array(builder);
}

/* @count sheets that lie beside each other under a camera: one page.
 * @output: NULL where no picture is wanted */
static gboolean write_photo(Output *output, Sheet *const *sheets, int count,
                            gboolean is_card, const Wear *wear, gboolean has_exif,
                            Dice *dice, JsonBuilder *builder, GError **error)
{
    gboolean is_good = TRUE;
    Photo photo = photo_choose(sheets, count, is_card, has_exif, dice);
    Dice light = dice_fork(dice, "light");
    Wear page = *wear;
    page.dpi = photo_dpi(&photo);
    page.jpeg_quality = photo.jpeg_quality;
    page.orientation = photo.orientation;
    json_builder_begin_object(builder);
    if (output != NULL) {
        PIX *pix = photo_take(&photo, sheets, &light);
        is_good = put_page(output, pix, &page, builder, error);
    }
    add_number(builder, "dpi", (gint64)page.dpi);
    add_text(builder, "dpi_tag",
             tag_names[photo.camera == CAMERA_PHONE ? TAG_LIE : TAG_ABSENT]);
    add_number(builder, "turned_deg", 90 * photo.quarter_turns);
    json_builder_set_member_name(builder, "skew_deg");
    json_builder_add_double_value(builder, (int)(photo_skew_deg(&photo) * 64) / 64.0);
    add_text(builder, "ink", ink_names[INK_COLOUR]);
    describe_photo(builder, &photo);
    json_builder_end_object(builder);
    return is_good;
}

/* The sheets of @paper, of which cards may share a photo. */
static gboolean write_photos(const Case *made, Output *output, const Paper *paper,
                             const Wear *wear, Dice *dice, JsonBuilder *builder,
                             GError **error)
{
    gboolean is_good = TRUE, has_exif = made->format == FORMAT_JPEG;
    for (guint i = 0; is_good && i < paper->sheets->len;) {
        gboolean is_card =
            g_array_index(paper->sheet_kinds, SheetKind, i) == SHEET_CARD_CROP;
        guint count = is_card && dice_chance(dice, 0.7) ? 2 : 1;
        count = MIN(count, paper->sheets->len - i);
        is_good = write_photo(output, (Sheet *const *)paper->sheets->pdata + i,
                              (int)count, is_card, wear, has_exif, dice, builder, error);
        i += count;
    }
    return is_good;
}

static void add_texts(JsonBuilder *builder, const char *member, const GPtrArray *texts)
{
    if (texts->len == 0)
        return;
    json_builder_set_member_name(builder, member);
    json_builder_begin_array(builder);
    for (guint i = 0; i < texts->len; i++)
        json_builder_add_string_value(builder, texts->pdata[i]);
    json_builder_end_array(builder);
}

static gboolean write_paper(const Case *made, Output *output, const Paper *paper,
                            const Wear *wear, Dice *dice, JsonBuilder *builder,
                            GError **error)
{
    gboolean is_economical = made->options->part == PART_SAMPLES;
    gboolean is_good = TRUE;
    json_builder_begin_object(builder);
    add_text(builder, "class", paper->class_name);
    add_text(builder, "design", paper->design);
    add_texts(builder, "roles", paper->roles);
    if (made->is_of_lists) {
        add_texts(builder, "seals", paper->seals);
        add_texts(builder, "flaws", paper->flaws);
    }
    json_builder_set_member_name(builder, "pages");
    json_builder_begin_array(builder);
    if (made->grade == WEAR_PHOTO)
        is_good = write_photos(made, output, paper, wear, dice, builder, error);
    for (guint i = 0; made->grade != WEAR_PHOTO && is_good && i < paper->sheets->len;
         i++) {
        SheetKind kind = g_array_index(paper->sheet_kinds, SheetKind, i);
        Wear page = wear_choose_page(wear, made->grade, kind, is_economical, dice);
        const Sheet *sheet = paper->sheets->pdata[i];
        is_good = made->format == FORMAT_DIGITAL
                      ? write_drawn_page(output, sheet, builder, error)
                      : write_page(output, sheet, &page, dice, builder, error);
    }
    json_builder_end_array(builder);
    if (paper->fields != NULL)
        add_node(builder, "fields", fields_to_json(paper->fields));
    json_builder_end_object(builder);
    return is_good;
}

static Wear choose_wear(const Case *made, Dice *dice)
{
    gboolean is_economical = made->options->part == PART_SAMPLES;
    /* TIFF is what fax-like scanners make: black and white, and small. */
    gboolean is_tiff = made->format == FORMAT_TIFF;
    InkMode ink = !is_tiff                                   ? INK_COUNT
                  : is_economical || dice_chance(dice, 0.75) ? INK_BLACK_WHITE
                                                             : INK_GREY;
    return wear_choose(made->grade, ink, is_economical, dice);
}

static void describe(const Case *made, const Wear *wear, JsonBuilder *builder)
{
    add_text(builder, "case", made->name);
    json_builder_set_member_name(builder, "made_up");
    json_builder_add_boolean_value(builder, TRUE);
    add_text(builder, "place", place_codes[made->place]);
    add_text(builder, "service", form_kinds[made->form].service);
    add_text(builder, "applicant_kind", made->is_firm ? "enterprise" : "individual");
    add_text(builder, "form", form_kinds[made->form].name);
    add_text(builder, "application_date", made->application_date);
    add_text(builder, "plan", made->plan->name);
    add_text(builder, "part", part_names[made->options->part]);
    add_number(builder, "seed", (gint64)made->options->seed);
    add_number(builder, "number", made->number + 1);
    add_text(builder, "fill", fill_names[made->writer.fill]);
    add_text(builder, "wear", wear_names[made->grade]);
    add_text(builder, "format", format_names[made->format]);
    add_text(builder, "face", made->print.fill_face);
    add_text(builder, "label_face", made->print.label_face);
    add_text(builder, "print", made->print.base->name);
    add_number(builder, "dpi", (gint64)wear->dpi);
}

/* Which of the form's values the hand wrote. */
static void add_by_hand(const Case *made, JsonBuilder *builder)
{
    g_autoptr(JsonNode) node = fields_to_json(made->fields);
    g_autoptr(GList) keys = json_object_get_members(json_node_get_object(node));
    add_text(builder, "hand_face", made->writer.hand.words);
    add_text(builder, "hand_digits", made->writer.hand.digits);
    json_builder_set_member_name(builder, "by_hand");
    json_builder_begin_array(builder);
    for (const GList *key = keys; key != NULL; key = key->next)
        if (writer_writes(&made->writer, key->data) &&
            fields_get(made->fields, key->data) != NULL)
            json_builder_add_string_value(builder, key->data);
    json_builder_end_array(builder);
}

static gboolean write_papers(const Case *made, Output *output, const Wear *wear,
                             Dice *dice, JsonBuilder *builder, GError **error)
{
    json_builder_set_member_name(builder, "papers");
    json_builder_begin_array(builder);
    for (guint i = 0; i < made->papers->len; i++) {
        if (i == 1 && made->has_form_file && output != NULL &&
            !output_next_file(output, error))
            return FALSE;
        if (!write_paper(made, output, made->papers->pdata[i], wear, dice, builder,
                         error))
            return FALSE;
    }
    json_builder_end_array(builder);
    return TRUE;
}

gboolean case_write(const Case *made, const char *out_folder, GError **error)
{
    g_autofree char *folder = g_build_filename(out_folder, "cases", made->name, NULL);
    g_autofree char *truths = g_build_filename(out_folder, "truth", NULL);
    g_autofree char *file = g_strconcat(made->name, ".json", NULL);
    g_autofree char *path = g_build_filename(truths, file, NULL);
    gboolean has_pictures = !made->options->is_truth_only;
    if ((has_pictures && g_mkdir_with_parents(folder, 0755) != 0) ||
        g_mkdir_with_parents(truths, 0755) != 0) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_IO, "cannot make %s", folder);
        return FALSE;
    }
    Dice dice = case_dice(made->options, made->number, "wear");
    Wear wear = choose_wear(made, &dice);
    g_autoptr(JsonBuilder) builder = json_builder_new();
    Output *output = has_pictures ? output_new(folder, made->format) : NULL;
    json_builder_begin_object(builder);
    describe(made, &wear, builder);
    add_node(builder, "fields", fields_to_json(made->fields));
    if (made->writer.fill != FILL_PRINT)
        add_by_hand(made, builder);
    gboolean is_good = write_papers(made, output, &wear, &dice, builder, error);
    if (output != NULL && !output_close(output, is_good ? error : NULL))
        return FALSE;
    if (!is_good)
        return FALSE;
    add_node(builder, "verdicts", verdicts_json(made));
    add_node(builder, "missing", missing_json(made));
    json_builder_end_object(builder);
    g_autoptr(JsonNode) root = json_builder_get_root(builder);
    return save(root, path, error);
}
