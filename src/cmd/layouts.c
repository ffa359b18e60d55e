/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layouts.c - banjie layouts: the prints of forms that were met before. */
#include "base/file.h"
#include "base/json.h"
#include "cmd/print.h"
#include "prints/prints.h"
#include <stdio.h>

#define NAME_LENGTH 12
/* The tint over what is known to be printed, of 255. */
#define TINT_LEVEL 0.35f

static char *out;

static const GOptionEntry options[] = {
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out,
     N_("write each as a picture and as it is kept into this folder"), N_("FOLDER")},
    {0}};

static char *short_name(const StoredLayout *layout)
{
    return g_strndup(layout->name, NAME_LENGTH);
}

static void print_row(const StoredLayout *layout, const Print *print,
                      const Pipeline *pipeline)
{
    g_autofree char *name = short_name(layout);
    g_autofree char *day = g_strndup(layout->learnt_at, strlen("YYYY-MM-DD"));
    print_padded(name, NAME_LENGTH + 2);
    print_padded(day, 12);
    printf(_("%3d cells  %3d lines  "), print_cell_count(print), print_line_count(print));
    printf("%s\n", pipeline_class_title(pipeline, layout->form));
}

/* The page it was learnt from, with all that is known to be printed tinted. */
static bool write_picture(Store *store, const StoredLayout *layout, const Print *print,
                          const char *path, GError **error)
{
    g_autofree char *proof_path = store_object_path(store, layout->proof);
    g_autoptr(PIX) proof = pixRead(proof_path);
    g_autoptr(PIX) picture = proof != NULL ? pixConvertTo32(proof) : NULL;
    if (picture == NULL)
        return fail(error, BASE_ERROR, BASE_ERROR_IO, "%s: cannot be read", proof_path);
    g_autoptr(GArray) boxes = print_line_boxes(print, pixGetXRes(picture));
    for (guint i = 0; i < boxes->len; i++) {
        Rect box = g_array_index(boxes, Rect, i);
        g_autoptr(BOX) area = boxCreate(box.x, box.y, box.width, box.height);
        pixBlendInRect(picture, area, 0x20a04000, TINT_LEVEL);
    }
    if (pixWrite(path, picture, IFF_PNG) != 0)
        return fail(error, BASE_ERROR, BASE_ERROR_IO, "%s: cannot be written", path);
    return true;
}

static bool write_layout(Store *store, const StoredLayout *layout, const Print *print,
                         GError **error)
{
    g_autofree char *name = short_name(layout);
    g_autofree char *picture = g_strdup_printf("%s/%s.png", out, name);
    g_autofree char *data = g_strdup_printf("%s/%s.json", out, name);
    return folder_make(out, error) &&
           write_picture(store, layout, print, picture, error) &&
           g_file_set_contents(data, layout->print, -1, error);
}

static Status list(Store *store, const Pipeline *pipeline)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) layouts = store_layouts(store, &error);
    if (layouts == NULL)
        return say_error(error);
    for (guint i = 0; i < layouts->len; i++) {
        const StoredLayout *layout = layouts->pdata[i];
        g_autoptr(JsonObject) object = json_parse_object(layout->print, -1, NULL);
        g_autoptr(Print) print = object != NULL ? print_from_json(object, NULL) : NULL;
        if (print == NULL)
            continue; /* of another version: it is learnt again when it is met */
        print_row(layout, print, pipeline);
        if (out != NULL && !write_layout(store, layout, print, &error))
            return say_error(error);
    }
    if (layouts->len == 0)
        say(_("no print of a form has been met yet"));
    else if (out != NULL)
        say(_("the pictures are in %s: what is tinted need not be read any more"), out);
    return STATUS_DONE;
}

static Status run(const Session *session, char **arguments)
{
    (void)arguments;
    Status status = STATUS_DONE;
    g_autoptr(Pipeline) pipeline = session_pipeline(session, &status);
    g_autoptr(Store) store = pipeline != NULL ? session_store(session, &status) : NULL;
    return store == NULL ? status : list(store, pipeline);
}

const Command command_layouts = {
    .name = "layouts",
    .summary = N_("list the prints of forms that were met before"),
    .example = "  banjie layouts -o layouts",
    .options = options,
    .run = run,
};
