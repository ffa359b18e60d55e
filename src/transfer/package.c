/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a stored row to a zip: the row has all that is needed but the proofs, and those
 * are in the content store under their hashes. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "transfer/private.h"

static JsonObject *package_json(JsonObject *row)
{
    static const char *const members[] = {"package",   "name",           "sender",
                                          "recipient", "recipient_name", "sequence",
                                          "previous",  "created",        NULL};
    JsonObject *object = json_object_new();
    for (int i = 0; members[i] != NULL; i++) {
        JsonNode *node = json_object_get_member(row, members[i]);
        if (node != NULL)
            json_object_set_member(object, members[i], json_node_copy(node));
    }
    JsonArray *list = json_array_new();
    JsonArray *cases = json_get_array(row, "cases");
    for (guint i = 0; cases != NULL && i < json_array_get_length(cases); i++) {
        JsonObject *one = json_array_get_object_element(cases, i);
        JsonObject *entry = json_object_new();
        json_set_string(entry, "case", json_get_string(one, "case", ""));
        JsonArray *withheld = json_get_array(one, "withheld");
        json_object_set_array_member(entry, "withheld",
                                     withheld != NULL ? json_array_ref(withheld)
                                                      : json_array_new());
        json_array_add_object_element(list, entry);
    }
    json_object_set_array_member(object, "cases", list);
    json_object_set_null_member(object, "audit_head");
    json_object_set_null_member(object, "signature");
    return object;
}

static bool add_text(Bag *bag, const char *folder, const char *name, const char *text,
                     GError **error)
{
    g_autofree char *path = g_strdup_printf("%s/%s", folder, name);
    return bag_add(bag, path, text, strlen(text), error);
}

static bool add_case(Store *store, Bag *bag, JsonObject *one, const char *created,
                     GError **error)
{
    JsonObject *record = json_get_object(one, "record");
    JsonArray *plan = json_get_array(one, "pages");
    if (record == NULL || plan == NULL)
        return fail(error, TRANSFER_ERROR, TRANSFER_ERROR_RECORD,
                    "a stored package is broken");
    g_autofree char *folder =
        g_strdup_printf("data/cases/%s", json_get_string(one, "case", "unnamed"));
    g_autofree char *text = json_object_text_pretty(record);
    g_autoptr(GByteArray) pdf = pages_pdf(store, plan, created, error);
    g_autofree char *pdf_path = g_strdup_printf("%s/pages.pdf", folder);
    if (pdf == NULL)
        return false;
    return add_text(bag, folder, "case.json", text, error) &&
           (pdf->len == 0 || bag_add(bag, pdf_path, pdf->data, pdf->len, error)) &&
           add_text(bag, folder, "summary.html", json_get_string(one, "summary", ""),
                    error);
}

static bool write_bag(Store *store, JsonObject *row, const char *path,
                      char **manifest_sha256, GError **error)
{
    const char *created = json_get_string(row, "created", "");
    g_autoptr(Bag) bag = bag_new(path, json_get_string(row, "name", ""), error);
    JsonArray *cases = json_get_array(row, "cases");
    g_autoptr(JsonObject) about = package_json(row);
    g_autofree char *text = json_object_text_pretty(about);
    if (bag == NULL || !add_text(bag, "data", "package.json", text, error))
        return false;
    for (guint i = 0; cases != NULL && i < json_array_get_length(cases); i++)
        if (!add_case(store, bag, json_array_get_object_element(cases, i), created,
                      error))
            return false;
    return bag_finish(bag, json_get_string(row, "sender", ""), created, manifest_sha256,
                      error);
}

/* A finished name means finished content. */
static bool put_in_place(const char *temp, const char *path, GError **error)
{
    int fd = open(temp, O_RDONLY | O_CLOEXEC);
    bool is_synced = fd >= 0 && fchmod(fd, 0600) == 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    if (is_synced && rename(temp, path) == 0)
        return true;
    return fail_errno(error, TRANSFER_ERROR, TRANSFER_ERROR_IO, "cannot write %s", path);
}

bool package_write(Store *store, JsonObject *row, const char *folder, char **sha256,
                   char **manifest_sha256, GError **error)
{
    const char *name = json_get_string(row, "name", "");
    g_autofree char *file = g_strdup_printf("%s.zip", name);
    g_autofree char *hidden = g_strdup_printf(".%s.zip.new", name);
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autofree char *temp = g_build_filename(folder, hidden, NULL);
    g_autofree char *manifest = NULL;
    g_autoptr(GError) cause = NULL;
    unlink(temp); /* of a run that was cut short */
    bool is_made = write_bag(store, row, temp, &manifest, error);
    g_autofree char *hash = is_made ? file_sha256(temp, NULL, &cause) : NULL;
    if (cause != NULL)
        fail(error, TRANSFER_ERROR, TRANSFER_ERROR_IO, "%s", cause->message);
    if (hash == NULL || !put_in_place(temp, path, error)) {
        unlink(temp);
        return false;
    }
    *sha256 = g_steal_pointer(&hash);
    *manifest_sha256 = g_steal_pointer(&manifest);
    return true;
}
