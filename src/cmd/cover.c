/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cover.c - banjie cover: sheets that say where in a stack a case begins, or whose the
 * papers behind are. */
#include "cmd/cmd.h"
#include "cmd/cover-sheet.h"

static char *out, *case_name, *place, *site, *code;
static int sheets, count = 1;

#define MAX_SITE_LENGTH 8

static const GOptionEntry options[] = {
    {"out", 'o', 0, G_OPTION_ARG_FILENAME, &out, N_("the PDF to write"), N_("FILE.pdf")},
    {"case", 0, 0, G_OPTION_ARG_STRING, &case_name,
     N_("what is behind it belongs to this case, and came late (default: a new case "
        "begins)"),
     N_("CASE")},
    {"sheets", 0, 0, G_OPTION_ARG_INT, &sheets,
     N_("how many sheets are behind it, itself not counted"), N_("N")},
    {"place", 0, 0, G_OPTION_ARG_STRING, &place, N_("the place the case is of"), N_("P")},
    {"site", 0, 0, G_OPTION_ARG_STRING, &site, N_("the office's id, as given to init"),
     N_("ID")},
    {"count", 0, 0, G_OPTION_ARG_INT, &count,
     N_("print so many, numbered from 1 (default: one, without a number)"), N_("N")},
    {"code", 0, 0, G_OPTION_ARG_STRING, &code,
     N_("print the sheet again that has this code on it"), N_("CODE")},
    {0}};

static bool is_site(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length <= MAX_SITE_LENGTH &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789") == length;
}

static Status check_options(void)
{
    if (out == NULL)
        return say_usage(_("cover wants -o FILE.pdf"));
    if (code != NULL &&
        (case_name != NULL || place != NULL || site != NULL || sheets != 0 || count != 1))
        return say_usage(_("--code says all that is on the sheet; give it alone"));
    if (sheets < 0 || sheets > COVER_MAX_SHEETS)
        return say_usage(_("--sheets wants a number from 1 to %d"), COVER_MAX_SHEETS);
    if (count < 1 || count > COVER_MAX_NUMBER)
        return say_usage(_("--count wants a number from 1 to %d"), COVER_MAX_NUMBER);
    if (site != NULL && !is_site(site))
        return say_usage(_("--site wants letters a-z or digits, not “%s”"), site);
    if (case_name != NULL && (place != NULL || site != NULL))
        return say_usage(_("--case says place and site already"));
    return STATUS_DONE;
}

/* What the place is called on the sheet; NULL where none is named. */
static bool find_place(const Pipeline *pipeline, const char *name, const char **title)
{
    const PlaceDecl *decl = name != NULL ? pipeline_place(pipeline, name) : NULL;
    *title = decl != NULL ? decl->title : NULL;
    return name == NULL || decl != NULL;
}

/* The case's name in full, so that its sheet is sure to find it. */
static Status resolve_case(const Session *session)
{
    Status status = STATUS_DONE;
    g_autoptr(Store) store = session_store(session, &status);
    if (store == NULL)
        return status;
    g_autoptr(StoredCase) stored = session_case(store, case_name, &status);
    if (stored == NULL)
        return status;
    g_free(case_name);
    case_name = g_strdup(stored->name);
    return STATUS_DONE;
}

static void add_cover(GPtrArray *covers, int number)
{
    Cover *cover = g_new0(Cover, 1);
    cover->kind = case_name != NULL ? COVER_LATE : COVER_NEW;
    cover->case_name = g_strdup(case_name);
    cover->place = g_strdup(place);
    cover->site = g_strdup(site);
    cover->sheets = sheets;
    cover->number = number;
    g_ptr_array_add(covers, cover);
}

/* The sheets that were asked for; NULL with @status where a code is none of ours. */
static GPtrArray *make_covers(Status *status)
{
    g_autoptr(GPtrArray) covers =
        g_ptr_array_new_with_free_func((GDestroyNotify)cover_free);
    if (code != NULL) {
        g_autoptr(GError) error = NULL;
        Cover *cover = cover_parse(code, &error);
        if (cover == NULL) {
            *status =
                say_usage(_("“%s” is not the code of a cover sheet; compare it with "
                            "the sheet, letter by letter"),
                          code);
            return NULL;
        }
        g_ptr_array_add(covers, cover);
    }
    for (int i = 1; code == NULL && i <= count; i++)
        add_cover(covers, count > 1 ? i : 0);
    return g_steal_pointer(&covers);
}

static Status run(const Session *session, char **arguments)
{
    (void)arguments;
    Status status = check_options();
    if (status != STATUS_DONE)
        return status;
    g_autoptr(Pipeline) pipeline = session_pipeline(session, &status);
    if (pipeline == NULL)
        return status;
    if (case_name != NULL && (status = resolve_case(session)) != STATUS_DONE)
        return status;
    g_autoptr(GPtrArray) covers = make_covers(&status);
    if (covers == NULL)
        return status;
    const char *title = NULL;
    const char *named = ((const Cover *)covers->pdata[0])->place;
    if (!find_place(pipeline, named, &title))
        return say_usage(_("there is no place “%s”"), named);
    g_autoptr(GError) error = NULL;
    if (!cover_sheets_write(covers, title, out, &error))
        return say_error(error);
    if (!session->is_quiet)
        say(ngettext("%u cover sheet in %s", "%u cover sheets in %s", covers->len),
            covers->len, out);
    return STATUS_DONE;
}

const Command command_cover = {
    .name = "cover",
    .arguments = "-o FILE.pdf",
    .summary = N_("print cover sheets: where a case begins, whose papers come late"),
    .example = "  banjie cover --count 20 --site tx01 -o covers.pdf\n"
               "  banjie cover --case 7K3M --sheets 2 -o late.pdf",
    .options = options,
    .run = run,
};
