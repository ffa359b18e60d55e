/* SPDX-License-Identifier: GPL-3.0-or-later */
/* take.c - see take.h. */
#include "cmd/take.h"

bool take_options_check(TakeOptions *take, const Pipeline *pipeline, Status *status)
{
    take->pile_layout = LAYOUT_AUTO;
    if (take->layout != NULL && !pile_layout_parse(take->layout, &take->pile_layout)) {
        *status = say_usage(_("there is no layout “%s”"), take->layout);
        return false;
    }
    if (take->place == NULL || pipeline_place(pipeline, take->place) != NULL)
        return true;
    g_autoptr(GString) known = g_string_new(NULL);
    const GPtrArray *places = pipeline_places(pipeline);
    for (guint i = 0; i < places->len; i++) {
        const PlaceDecl *place = g_ptr_array_index(places, i);
        g_string_append_printf(known, "%s%s", i == 0 ? "" : ", ", place->name);
    }
    *status =
        say_usage(_("there is no place “%s”; known are: %s"), take->place, known->str);
    return false;
}

Status take_in(const Session *session, Store *store, const TakeOptions *take,
               char **paths, char **batch)
{
    g_autoptr(GError) error = NULL;
    IntakeParams params = {
        .layout = take->pile_layout, .place = take->place, .is_quiet = session->is_quiet};
    if (!intake_take(store, (const char *const *)paths, &params, batch, &error))
        return say_error(error);
    return STATUS_DONE;
}
