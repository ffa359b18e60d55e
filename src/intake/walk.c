/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the named paths to files, in the order people number them. */
#include <errno.h>
#include <sys/stat.h>

#include "base/file.h"
#include "intake/private.h"

typedef struct {
    GPtrArray *founds;
    const char *root;      /* name of the named PATH, UTF-8 */
    const char *root_path; /* the named PATH, absolute */
    GHashTable *visited;   /* "device:inode" of folders, so that links make no circles */
} Walk;

void found_free(Found *found)
{
    if (found == NULL)
        return;
    g_free(found->path);
    g_free(found->shown);
    g_free(found->folder);
    g_free(found->shown_folder);
    g_free(found->root);
    g_free(found->root_path);
    g_free(found->sha256);
    g_free(found);
}

/* Names written by Chinese Windows arrive in GB 18030. Owned, UTF-8 whatever it was. */
static char *shown_name(const char *name)
{
    if (g_utf8_validate(name, -1, NULL))
        return g_strdup(name);
    char *converted = g_convert(name, -1, "UTF-8", "GB18030", NULL, NULL, NULL);
    return converted != NULL ? converted : g_utf8_make_valid(name, -1);
}

static char *join_shown(const char *folder, const char *name)
{
    g_autofree char *shown = shown_name(name);
    return *folder == '\0' ? g_steal_pointer(&shown)
                           : g_strdup_printf("%s/%s", folder, shown);
}

/* What systems and programs leave behind, which nobody put there as a paper. */
static bool is_litter(const char *name)
{
    static const char *const names[] = {"Thumbs.db", "desktop.ini",  "__MACOSX",
                                        "@eaDir",    "$RECYCLE.BIN", "lost+found",
                                        NULL};
    if (name[0] == '.' || g_str_has_prefix(name, "~$"))
        return true;
    for (int i = 0; names[i] != NULL; i++)
        if (g_ascii_strcasecmp(name, names[i]) == 0)
            return true;
    return false;
}

static int64_t changed_us(const struct stat *status)
{
    return (int64_t)status->st_mtim.tv_sec * 1000000 + status->st_mtim.tv_nsec / 1000;
}

static Found *add_found(Walk *walk, const char *path, const char *shown_folder,
                        const char *reason)
{
    Found *found = g_new0(Found, 1);
    g_autofree char *name = g_path_get_basename(path);
    found->path = g_strdup(path);
    found->shown_folder = g_strdup(shown_folder);
    found->shown = join_shown(shown_folder, name);
    found->folder = g_path_get_dirname(path);
    found->root = g_strdup(walk->root);
    found->root_path = g_strdup(walk->root_path);
    found->reason = reason;
    g_ptr_array_add(walk->founds, found);
    return found;
}

static void add_file(Walk *walk, const char *path, const struct stat *status,
                     const char *shown_folder, bool is_named)
{
    Found *found = add_found(walk, path, shown_folder, NULL);
    found->is_named = is_named;
    found->size_bytes = status->st_size;
    found->changed_us = changed_us(status);
    if (!S_ISREG(status->st_mode))
        found->reason = "unsupported"; /* a pipe or a device is never opened */
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return natural_compare(*(const char *const *)a, *(const char *const *)b);
}

/* Returns: names in @path but litter, sorted; NULL where it cannot be read */
static GPtrArray *list_folder(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    if (dir == NULL)
        return NULL;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    const char *name;
    while ((name = g_dir_read_name(dir)) != NULL)
        if (!is_litter(name))
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    return names;
}

static bool visit(Walk *walk, const struct stat *status)
{
    return g_hash_table_add(
        walk->visited,
        g_strdup_printf("%ju:%ju", (uintmax_t)status->st_dev, (uintmax_t)status->st_ino));
}

static void walk_folder(Walk *walk, const char *path, const char *shown_folder, int depth)
{
    g_autoptr(GPtrArray) names = list_folder(path);
    if (names == NULL || depth > LIMIT_FOLDER_DEPTH) {
        Found *found =
            add_found(walk, path, "", names == NULL ? "unreadable" : "too_deep");
        if (*shown_folder != '\0') {
            g_free(found->shown);
            found->shown = g_strdup(shown_folder);
        }
        return;
    }
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *child = g_build_filename(path, name, NULL);
        g_autofree char *shown = join_shown(shown_folder, name);
        struct stat status;
        if (stat(child, &status) != 0)
            add_found(walk, child, shown_folder, "unreadable"); /* a broken link */
        else if (!S_ISDIR(status.st_mode))
            add_file(walk, child, &status, shown_folder, false);
        else if (visit(walk, &status))
            walk_folder(walk, child, shown, depth + 1);
    }
}

static bool looks_like_page(const Found *found)
{
    bool is_readable;
    return found->reason == NULL && (format_of_name(found->path) != NULL ||
                                     sniff_format(found->path, &is_readable) != NULL);
}

static void walk_named_folder(Walk *walk, const char *path)
{
    guint first = walk->founds->len;
    walk_folder(walk, path, "", 0);
    for (guint i = first; i < walk->founds->len; i++)
        if (looks_like_page(g_ptr_array_index(walk->founds, i)))
            return;
    Found *found = add_found(walk, path, "", "no_pages");
    found->is_named = true;
}

GPtrArray *walk_paths(const char *const *paths)
{
    GPtrArray *founds = g_ptr_array_new_with_free_func((GDestroyNotify)found_free);
    for (int i = 0; paths[i] != NULL; i++) {
        g_autofree char *path = g_canonicalize_filename(paths[i], NULL);
        g_autofree char *name = g_path_get_basename(path);
        g_autofree char *root = shown_name(name);
        g_autoptr(GHashTable) visited =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        Walk walk = {founds, root, path, visited};
        struct stat status;
        if (stat(path, &status) != 0)
            add_found(&walk, path, "", errno == EACCES ? "unreadable" : "not_found")
                ->is_named = true;
        else if (!S_ISDIR(status.st_mode))
            add_file(&walk, path, &status, "", true);
        else if (visit(&walk, &status))
            walk_named_folder(&walk, path);
    }
    return founds;
}

bool found_has_changed(const Found *found)
{
    struct stat status;
    return stat(found->path, &status) != 0 || status.st_size != found->size_bytes ||
           changed_us(&status) != found->changed_us;
}

void settle(GPtrArray *founds, int settle_ms)
{
    int64_t now_us = g_get_real_time(), settle_us = (int64_t)settle_ms * 1000;
    int64_t wait_us = 0;
    for (guint i = 0; i < founds->len; i++) {
        Found *found = g_ptr_array_index(founds, i);
        /* A time in the future is a wrong clock: such a file is only looked at twice. */
        int64_t age_us = MAX(now_us - found->changed_us, 0);
        found->is_fresh = found->reason == NULL && age_us < settle_us;
        if (found->is_fresh)
            wait_us = MAX(wait_us, settle_us - age_us);
    }
    if (wait_us > 0)
        g_usleep((gulong)MIN(wait_us, settle_us));
    for (guint i = 0; i < founds->len; i++) {
        Found *found = g_ptr_array_index(founds, i);
        if (found->is_fresh && found_has_changed(found))
            found->reason = "still_written";
    }
}
