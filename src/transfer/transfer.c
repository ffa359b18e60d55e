/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which parts of which cases go, in which package, once. */
#include "transfer/transfer.h"

#include <stdio.h>

#include "base/file.h"
#include "base/json.h"
#include "casework/casework.h"
#include "transfer/private.h"

G_DEFINE_QUARK(transfer_error_quark, transfer_error)

/* A package stays small enough for a stick and for one sitting. */
#define CASES_PER_PACKAGE 100
#define INDEX_DAYS 400

typedef struct {
    Store *store;
    const ExportParams *params;
    ExportResult *result;
    const char *utility;
    GPtrArray *parts; /* JsonObject *, waiting for a package */
} Export;

void export_result_clear(ExportResult *result)
{
    g_clear_pointer(&result->names, g_ptr_array_unref);
}

/* --- one case's part --- */

/* What makes a part what it is. The day it was looked at does not. Owned. */
static char *part_key(JsonObject *part)
{
    g_autofree char *text = json_object_text(part);
    g_autoptr(JsonObject) copy = json_parse_object(text, -1, NULL);
    json_object_remove_member(json_get_object(copy, "record"), "as_of");
    json_object_remove_member(copy, "summary"); /* made from the rest */
    g_autofree char *bare = json_object_text(copy);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, bare, -1);
}

static JsonObject *make_part(JsonObject *record, const char *utility,
                             const Pipeline *pipeline)
{
    JsonArray *withheld = NULL;
    JsonObject *cut = transfer_cut_record(record, utility, pipeline, &withheld);
    JsonArray *plan = plan_pages(record, cut, utility, pipeline, withheld);
    g_autofree char *summary = summary_html(cut, utility, withheld, pipeline);
    JsonObject *part = json_object_new();
    json_set_string(part, "case", json_get_string(record, "case", "unnamed"));
    json_object_set_object_member(part, "record", cut);
    json_object_set_array_member(part, "withheld", withheld);
    json_object_set_array_member(part, "pages", plan);
    json_set_string(part, "summary", summary);
    return part;
}

static const char *recipient_of(JsonObject *record, const char *utility,
                                const Pipeline *pipeline)
{
    const PlaceDecl *place =
        pipeline_place(pipeline, json_get_string(record, "place", ""));
    for (guint i = 0; place != NULL && i < place->recipients->len; i++) {
        const RecipientDecl *recipient = place->recipients->pdata[i];
        if (g_strcmp0(recipient->utility, utility) == 0)
            return recipient->recipient;
    }
    return NULL;
}

/* Names become paths inside the package. */
static bool is_plain_name(const char *name)
{
    return *name != '\0' && *name != '.' &&
           strspn(name,
                  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") ==
               strlen(name);
}

static bool consider(Export *export, const StoredCase *stored, GError **error)
{
    const Pipeline *pipeline = export->params->pipeline;
    g_autoptr(GError) cause = NULL;
    g_autoptr(JsonObject) record = json_parse_object(stored->record, -1, &cause);
    if (record == NULL || !is_plain_name(json_get_string(record, "case", "")))
        return fail(error, TRANSFER_ERROR, TRANSFER_ERROR_RECORD, "case %s: %s",
                    stored->name, cause != NULL ? cause->message : "no name");
    if (json_get_object(json_get_object(record, "utilities"), export->utility) == NULL)
        return true;
    if (recipient_of(record, export->utility, pipeline) == NULL ||
        !casework_may_leave(record, pipeline, export->utility, NULL)) {
        export->result->held++;
        return true;
    }
    g_autoptr(JsonObject) part = make_part(record, export->utility, pipeline);
    g_autofree char *key = part_key(part);
    g_autofree char *sent =
        store_package_case_key(export->store, export->utility, stored->name, &cause);
    if (cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return false;
    }
    if (g_strcmp0(sent, key) == 0)
        return true;
    json_set_string(part, "key", key);
    json_set_string(part, "recipient_name",
                    recipient_of(record, export->utility, pipeline));
    g_ptr_array_add(export->parts, g_steal_pointer(&part));
    return true;
}

/* --- one package --- */

/* The offices' time, whatever the machine's zone: a package's bytes do not depend on it.
 * SOURCE_DATE_EPOCH, seconds, stands in for the clock (reproducible-builds.org). */
static char *time_of_making(void)
{
    enum { CHINA_S = 8 * 3600 };
    const char *fixed = g_getenv("SOURCE_DATE_EPOCH");
    g_autoptr(GTimeZone) zone = g_time_zone_new_offset(CHINA_S);
    g_autoptr(GDateTime) utc =
        fixed == NULL ? NULL
                      : g_date_time_new_from_unix_utc(g_ascii_strtoll(fixed, NULL, 10));
    g_autoptr(GDateTime) now =
        utc == NULL ? g_date_time_new_now(zone) : g_date_time_to_timezone(utc, zone);
    return g_date_time_format(now, "%Y-%m-%dT%H:%M:%S%:z");
}

static JsonObject *make_row(Export *export, guint first, guint count, int64_t sequence,
                            const char *previous)
{
    g_autofree char *created = time_of_making();
    const char *site = store_settings(export->store)->site;
    g_autofree char *name =
        g_strdup_printf("%s-%s-%010" G_GINT64_FORMAT, export->utility, site, sequence);
    JsonObject *row = json_object_new();
    JsonArray *cases = json_array_new();
    for (guint i = first; i < first + count; i++)
        json_array_add_object_element(cases, json_object_ref(export->parts->pdata[i]));
    json_object_set_int_member(row, "package", 1);
    json_set_string(row, "name", name);
    json_set_string(row, "sender", site);
    json_set_string(row, "recipient", export->utility);
    json_set_string(row, "recipient_name",
                    json_get_string(export->parts->pdata[first], "recipient_name", NULL));
    json_object_set_int_member(row, "sequence", sequence);
    json_set_string(row, "previous", previous);
    json_set_string(row, "created", created);
    json_object_set_array_member(row, "cases", cases);
    return row;
}

/* The row and what it holds, at once: a package cut short is made again from it. */
static bool store_row(Export *export, JsonObject *row, GError **error)
{
    g_autofree char *text = json_object_text(row);
    JsonArray *cases = json_get_array(row, "cases");
    StoredPackage package = {.name = (char *)json_get_string(row, "name", ""),
                             .recipient = (char *)export->utility,
                             .sequence = json_get_int(row, "sequence", 0),
                             .row = text,
                             .state = (char *)"made",
                             .created_at = (char *)json_get_string(row, "created", "")};
    if (!store_begin(export->store, error))
        return false;
    bool is_stored = store_package_put(export->store, &package, error);
    for (guint i = 0; is_stored && i < json_array_get_length(cases); i++) {
        JsonObject *part = json_array_get_object_element(cases, i);
        is_stored = store_package_case_put(export->store, package.name,
                                           json_get_string(part, "case", ""),
                                           json_get_string(part, "key", ""), error);
    }
    if (is_stored)
        return store_commit(export->store, error);
    store_rollback(export->store);
    return false;
}

static bool send_row(Export *export, const char *text, GError **error)
{
    g_autofree char *sha256 = NULL, *manifest = NULL;
    g_autoptr(JsonObject) row = json_parse_object(text, -1, error);
    if (row == NULL || !package_write(export->store, row, export->params->out, &sha256,
                                      &manifest, error))
        return false;
    JsonArray *cases = json_get_array(row, "cases");
    const char *name = json_get_string(row, "name", "");
    StoredPackage package = {.name = (char *)name,
                             .recipient = (char *)export->utility,
                             .sequence = json_get_int(row, "sequence", 0),
                             .row = (char *)text,
                             .sha256 = sha256,
                             .manifest_sha256 = manifest,
                             .state = (char *)"sent",
                             .created_at = (char *)json_get_string(row, "created", "")};
    if (!store_package_put(export->store, &package, error))
        return false;
    export->result->packages++;
    export->result->cases += cases != NULL ? (int)json_array_get_length(cases) : 0;
    g_ptr_array_add(export->result->names, g_strdup_printf("%s.zip", name));
    return true;
}

/* Packages whose row was stored and whose zip was not: the run before was cut short. */
static bool finish_started(Export *export, GError **error)
{
    g_autoptr(GPtrArray) packages = store_packages(export->store, export->utility, error);
    if (packages == NULL)
        return false;
    for (guint i = 0; i < packages->len; i++) {
        const StoredPackage *package = packages->pdata[i];
        if (package->sha256 == NULL && !send_row(export, package->row, error))
            return false;
    }
    return true;
}

static bool last_manifest(Export *export, char **manifest, GError **error)
{
    g_autoptr(GPtrArray) packages = store_packages(export->store, export->utility, error);
    if (packages == NULL)
        return false;
    if (packages->len > 0) {
        const StoredPackage *last = packages->pdata[packages->len - 1];
        *manifest = g_strdup(last->manifest_sha256);
    }
    return true;
}

static bool send_parts(Export *export, guint first, guint count, GError **error)
{
    g_autofree char *previous = NULL;
    int64_t sequence = store_package_next(export->store, export->utility, error);
    if (sequence < 0 || !last_manifest(export, &previous, error))
        return false;
    g_autoptr(JsonObject) row = make_row(export, first, count, sequence, previous);
    g_autofree char *text = json_object_text(row);
    return store_row(export, row, error) && send_row(export, text, error);
}

/* --- the index --- */

static bool is_recent(const char *created, const char *as_of)
{
    int year, month, day;
    if (as_of == NULL || sscanf(as_of, "%4d-%2d-%2d", &year, &month, &day) != 3)
        return true;
    g_autoptr(GDateTime) now = g_date_time_new_utc(year, month, day, 0, 0, 0);
    g_autoptr(GDateTime) limit =
        now == NULL ? NULL : g_date_time_add_days(now, -INDEX_DAYS);
    g_autofree char *text = limit == NULL ? NULL : g_date_time_format(limit, "%Y-%m-%d");
    return text == NULL || strncmp(created, text, strlen(text)) >= 0;
}

static bool write_index(Export *export, GError **error)
{
    const char *site = store_settings(export->store)->site;
    g_autoptr(GPtrArray) packages = store_packages(export->store, export->utility, error);
    if (packages == NULL)
        return false;
    g_autoptr(JsonObject) index = json_object_new();
    JsonArray *list = json_array_new();
    json_object_set_int_member(index, "index", 1);
    json_set_string(index, "sender", site);
    json_set_string(index, "recipient", export->utility);
    json_object_set_array_member(index, "packages", list);
    for (guint i = 0; i < packages->len; i++) {
        const StoredPackage *package = packages->pdata[i];
        if (!is_recent(package->created_at, export->params->as_of))
            continue;
        JsonObject *entry = json_object_new();
        json_set_string(entry, "package", package->name);
        json_object_set_int_member(entry, "sequence", package->sequence);
        json_set_string(entry, "sha256", package->sha256);
        json_set_string(entry, "manifest_sha256", package->manifest_sha256);
        json_set_string(entry, "state", package->state);
        json_set_string(entry, "created", package->created_at);
        json_array_add_object_element(list, entry);
    }
    g_autofree char *text = json_object_text_pretty(index);
    g_autofree char *name = g_strdup_printf("%s-%s-INDEX.json", export->utility, site);
    g_autofree char *path = g_build_filename(export->params->out, name, NULL);
    return json_array_get_length(list) == 0 ||
           file_write_atomic(path, text, strlen(text), 0600, error);
}

static bool export_to(Export *export, const GPtrArray *cases, GError **error)
{
    if (!finish_started(export, error))
        return false;
    for (guint i = 0; i < cases->len; i++) {
        const StoredCase *stored = cases->pdata[i];
        bool is_wanted = export->params->case_name == NULL ||
                         g_strcmp0(export->params->case_name, stored->name) == 0;
        if (is_wanted && !consider(export, stored, error))
            return false;
    }
    for (guint first = 0; first < export->parts->len; first += CASES_PER_PACKAGE)
        if (!send_parts(export, first, MIN(CASES_PER_PACKAGE, export->parts->len - first),
                        error))
            return false;
    return write_index(export, error);
}

bool transfer_export(Store *store, const ExportParams *params, ExportResult *result,
                     GError **error)
{
    *result = (ExportResult){.names = g_ptr_array_new_with_free_func(g_free)};
    g_autoptr(GPtrArray) cases = store_cases(store, error);
    if (cases == NULL || !folder_make(params->out, error))
        return false;
    for (int i = 0; utility_codes[i] != NULL; i++) {
        if (params->recipient != NULL &&
            !g_str_equal(params->recipient, utility_codes[i]))
            continue;
        g_autoptr(GPtrArray) parts =
            g_ptr_array_new_with_free_func((GDestroyNotify)json_object_unref);
        Export export = {store, params, result, utility_codes[i], parts};
        if (!export_to(&export, cases, error))
            return false;
    }
    return true;
}
