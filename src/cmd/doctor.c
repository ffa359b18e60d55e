/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doctor.c - banjie doctor: what this machine has and lacks. */
#include "cmd/print.h"
#include "reading/reading.h"
#include <archive.h>
#include <errno.h>
#include <locale.h>
#include <pango/pangocairo.h>
#include <poppler.h>
#include <qpdf/qpdf-c.h>
#include <qrencode.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/statvfs.h>
#include <tesseract/capi.h>
#include <yaml.h>
#include <zbar.h>
#include <zlib.h>

#define GB 1e9
#define LITTLE_DISK_GB                                                                   \
    2.0 /* a night's pile of 3000 scanned pages takes about as much                      \
         */

/* One line of the report. @advice: what to do, where it is not good; else NULL */
static bool report(bool is_good, const char *what, const char *found, const char *advice)
{
    printf("%s  ", is_good ? _("ok     ") : _("LACKING"));
    print_padded(what, 22);
    printf("%s%s%s\n", found, !is_good && advice != NULL ? " — " : "",
           !is_good && advice != NULL ? advice : "");
    return is_good;
}

static void report_libraries(void)
{
    g_autofree char *glib = g_strdup_printf("%u.%u.%u", glib_major_version,
                                            glib_minor_version, glib_micro_version);
    char *leptonica = getLeptonicaVersion(); /* Leptonica's own allocation */
    unsigned major, minor, patch;
    zbar_version(&major, &minor, &patch);
    g_autofree char *zbar = g_strdup_printf("%u.%u.%u", major, minor, patch);
    const struct {
        const char *name, *version;
    } libraries[] = {
        {"GLib", glib},
        {"Tesseract", TessVersion()},
        {"Leptonica", leptonica},
        {"Poppler", poppler_get_version()},
        {"qpdf", qpdf_get_qpdf_version()},
        {"SQLite", sqlite3_libversion()},
        {"libarchive", archive_version_string()},
        {"libyaml", yaml_get_version_string()},
        {"zlib", zlibVersion()},
        {"libqrencode", QRcode_APIVersionString()},
        {"ZBar", zbar},
        {"Pango", pango_version_string()},
        {"Cairo", cairo_version_string()},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(libraries); i++)
        report(true, libraries[i].name, libraries[i].version, NULL);
    lept_free(leptonica);
}

static bool report_language_data(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *hash = reading_model_hash(&error);
    if (hash != NULL) {
        g_autofree char *names = reading_model_names();
        g_autofree char *found = g_strdup_printf("%s; sha256 %.16s…", names, hash);
        return report(true, _("language data"), found, NULL);
    }
    return report(false, _("language data"), error->message,
                  _("apt install tesseract-ocr-chi-sim tesseract-ocr-script-hans, or set "
                    "TESSDATA_PREFIX"));
}

/* Whether some font draws 办: without one, pictures show empty boxes for Chinese. */
static bool report_fonts(void)
{
    PangoFontMap *map = pango_cairo_font_map_get_default();
    PangoContext *context = pango_font_map_create_context(map);
    PangoFontDescription *wanted = pango_font_description_from_string("Noto Sans CJK SC");
    g_autoptr(PangoFont) font = pango_font_map_load_font(map, context, wanted);
    pango_font_description_free(wanted);
    g_object_unref(context);
    g_autofree char *name = NULL;
    bool has_chinese = false;
    if (font != NULL) {
        PangoFontDescription *loaded = pango_font_describe(font);
        name = g_strdup(pango_font_description_get_family(loaded));
        pango_font_description_free(loaded);
        has_chinese = pango_font_has_char(font, 0x529e); /* 办 */
    }
    return report(has_chinese, _("Chinese font"), name != NULL ? name : _("none"),
                  _("apt install fonts-noto-cjk; without it pictures lack their words"));
}

static bool report_disk(const char *folder)
{
    struct statvfs disk;
    g_autofree char *parent = g_path_get_dirname(folder);
    if (statvfs(folder, &disk) != 0 && statvfs(parent, &disk) != 0)
        return report(false, _("disk"), g_strerror(errno), NULL);
    double free_gb = (double)disk.f_bavail * (double)disk.f_frsize / GB;
    g_autofree char *found = g_strdup_printf(_("%.1f GB free"), free_gb);
    return report(free_gb >= LITTLE_DISK_GB, _("disk"), found,
                  _("little for a night's papers"));
}

static bool report_store(const Session *session)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = store_open(session->store_folder, 0, &error);
    if (store != NULL)
        return report(true, _("store"), session->store_folder, NULL);
    /* No store yet, or one in use, is no fault of the machine. */
    bool is_fine = g_error_matches(error, STORE_ERROR, STORE_ERROR_MISSING) ||
                   g_error_matches(error, STORE_ERROR, STORE_ERROR_LOCKED);
    return report(is_fine, _("store"), error->message, NULL);
}

/* What confidences are worth was measured with some models, and is not known of others.
 */
static void report_confidences(const Pipeline *pipeline)
{
    g_autofree char *names = reading_model_names();
    const char *measured = pipeline_calibrated_model(pipeline);
    size_t length = strlen(names); /* the engine's version follows */
    bool is_measured = measured != NULL && strncmp(measured, names, length) == 0 &&
                       measured[length] == '/';
    report(true, _("confidences"),
           is_measured ? _("measured with these models")
                       : _("not measured with these models: they are the readings' own"),
           NULL);
}

static bool report_pipeline(const Session *session)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Pipeline) pipeline = pipeline_load(session->pipeline_folder, &error);
    if (pipeline != NULL)
        report_confidences(pipeline);
    return report(pipeline != NULL, _("declarations"), session->pipeline_folder,
                  _("`banjie check-pipeline` says what is wrong"));
}

static Status run(const Session *session, char **arguments)
{
    (void)arguments;
    report_libraries();
    bool is_good = report_language_data();
    is_good = report_fonts() && is_good;
    is_good = report_pipeline(session) && is_good;
    is_good = report_store(session) && is_good;
    is_good = report_disk(session->store_folder) && is_good;
    g_autofree char *processors = g_strdup_printf("%u", g_get_num_processors());
    report(true, _("processors"), processors, NULL);
    g_autofree char *locale = g_strdup_printf("%s, %s", setlocale(LC_CTYPE, NULL),
                                              language_is_chinese() ? "中文" : "English");
    report(true, _("language"), locale, NULL);
    if (is_good)
        printf("%s\n", _("This machine has all it needs."));
    return is_good ? STATUS_DONE : STATUS_SOME;
}

const Command command_doctor = {
    .name = "doctor",
    .summary = N_("say what this machine has and lacks"),
    .example = "  banjie doctor",
    .run = run,
};
