/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faces.h"

#include <pango/pangocairo.h>
#include <string.h>

const char *const part_names[PART_COUNT] = {"samples", "test", "measure"};
const char *const place_codes[PLACE_COUNT] = {"kaifeng", "tongxu"};

/* The two of Taiwan set commas in the middle of the line, so they only fill blanks.
 * No free FangSong with simplified characters is packaged, so none is here. */
static const Face faces[] = {
    {"Noto Serif CJK SC", KIND_SONG, PART_SAMPLES},
    {"Noto Sans CJK SC", KIND_HEI, PART_SAMPLES},
    {"AR PL UKai CN", KIND_KAI, PART_SAMPLES},
    {"AR PL UMing CN", KIND_SONG, PART_TEST},
    {"WenQuanYi Zen Hei", KIND_HEI, PART_TEST},
    {"LXGW WenKai", KIND_KAI, PART_TEST},
    {"AR PL SungtiL GB", KIND_SONG, PART_MEASURE},
    {"TW-Sung", KIND_FILL, PART_MEASURE},
    {"WenQuanYi Micro Hei", KIND_HEI, PART_MEASURE},
    {"AR PL KaitiM GB", KIND_KAI, PART_MEASURE},
    {"TW-Kai", KIND_FILL, PART_MEASURE},
    {NULL, KIND_COUNT, PART_COUNT},
};

const Face *faces_table(void)
{
    return faces;
}

const char *faces_pick(Part part, FaceKind kind, Dice *dice)
{
    const char *found[G_N_ELEMENTS(faces)] = {NULL};
    int n = 0;
    for (const Face *face = faces; face->family != NULL; face++)
        if (face->part == part && (kind == KIND_COUNT || face->kind == kind))
            found[n++] = face->family;
    g_assert(n > 0);
    return found[dice_int(dice, 0, n - 1)];
}

static gboolean check_face(PangoContext *context, const char *family, const char *text,
                           GError **error)
{
    g_autoptr(PangoLayout) layout = pango_layout_new(context);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, family);
    pango_font_description_set_size(font, 12 * PANGO_SCALE);
    g_autoptr(PangoFont) loaded = pango_context_load_font(context, font);
    PangoFontDescription *got = loaded ? pango_font_describe(loaded) : NULL;
    gboolean is_there =
        got != NULL && strcmp(pango_font_description_get_family(got), family) == 0;
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    if (got != NULL)
        pango_font_description_free(got);
    pango_layout_set_text(layout, text, -1);
    int unknown = pango_layout_get_unknown_glyphs_count(layout);
    if (!is_there)
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "face %s is not installed",
                    family);
    else if (unknown > 0)
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                    "%d characters cannot be shown in %s", unknown, family);
    return is_there && unknown == 0;
}

gboolean faces_check(const char *text, GError **error)
{
    PangoContext *context =
        pango_font_map_create_context(pango_cairo_font_map_get_default());
    gboolean is_good = TRUE;
    pango_context_set_language(context, pango_language_from_string("zh-cn"));
    for (const Face *face = faces; is_good && face->family != NULL; face++)
        is_good = check_face(context, face->family, text, error);
    g_object_unref(context);
    return is_good;
}
