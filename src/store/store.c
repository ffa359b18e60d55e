/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making, locking, opening and closing a store. */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/private.h"

#define LOCK_LOOK_EVERY_MS 100

static char *below(const char *folder, const char *name)
{
    return g_build_filename(folder, name, NULL);
}

/* Names that an interrupted init may have left; anything else is somebody's. */
static bool is_ours(const char *name)
{
    static const char *const names[] = {"lock", "objects", "banjie.db",
                                        "banjie.db-journal", NULL};
    return g_strv_contains(names, name);
}

static bool is_free_for_store(const char *folder, GError **error)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        if (g_str_equal(name, "settings.yaml"))
            return fail(error, STORE_ERROR, STORE_ERROR_EXISTS, "%s is a store already",
                        folder);
        if (!is_ours(name))
            return fail(error, STORE_ERROR, STORE_ERROR_EXISTS,
                        "%s is not empty and no store", folder);
    }
    return true;
}

static bool make_private_folder(const char *path, GError **error)
{
    if (g_mkdir_with_parents(path, 0700) != 0 || chmod(path, 0700) != 0)
        return store_fail_errno(error, "cannot make the folder", path);
    return true;
}

/* Returns: 1 locked, 0 another has it, -1 with errno */
static int try_lock(int fd)
{
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return 1;
    return errno == EWOULDBLOCK || errno == EINTR ? 0 : -1;
}

static bool fail_locked(const Store *store, const char *path, GError **error)
{
    g_autofree char *holder = NULL;
    g_file_get_contents(path, &holder, NULL, NULL);
    return fail(error, STORE_ERROR, STORE_ERROR_LOCKED, "%s is in use by process %s",
                store->folder,
                holder != NULL && *holder != '\0' ? g_strstrip(holder) : "unknown");
}

static bool lock_store(Store *store, int wait_ms, GError **error)
{
    g_autofree char *path = below(store->folder, "lock");
    gint64 deadline_us = g_get_monotonic_time() + (gint64)wait_ms * 1000;
    store->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (store->lock_fd < 0)
        return store_fail_errno(error, "cannot open", path);
    int result;
    while ((result = try_lock(store->lock_fd)) == 0) {
        if (g_get_monotonic_time() >= deadline_us)
            return fail_locked(store, path, error);
        g_usleep(LOCK_LOOK_EVERY_MS * 1000);
    }
    if (result < 0)
        return store_fail_errno(error, "cannot lock", path);
    /* The process is for people only; the lock itself is the kernel's and dies with us.
     */
    g_autofree char *pid = g_strdup_printf("%d\n", (int)getpid());
    if (ftruncate(store->lock_fd, 0) != 0 ||
        pwrite(store->lock_fd, pid, strlen(pid), 0) < 0)
        return store_fail_errno(error, "cannot write", path);
    return true;
}

/* Journal: one process writes and nobody reads beside it, so WAL would save only syncs:
 * 200 commits of 20 KB took 0.15 s with DELETE and 0.05 s with WAL (SSD, 2026-11), where
 * a page costs half a second anyway. DELETE leaves one file that is whole, works on
 * network folders, and is not concerned by the WAL fault of SQLite 3.40 under several
 * writers. */
static const char pragmas[] = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;"
                              "PRAGMA foreign_keys = ON; PRAGMA mmap_size = 0;"
                              "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;";

static bool open_database(Store *store, bool may_create, GError **error)
{
    g_autofree char *path = below(store->folder, "banjie.db");
    /* Made by ourselves for its mode; SQLite gives its journal the same. */
    int fd = open(path, O_RDWR | O_CLOEXEC | (may_create ? O_CREAT : 0), 0600);
    if (fd < 0)
        return store_fail_errno(error, "cannot open", path);
    close(fd);
    if (sqlite3_open_v2(path, &store->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        return store_fail(store, error, "opening the store");
    sqlite3_extended_result_codes(store->db, 1);
    if (sqlite3_exec(store->db, pragmas, NULL, NULL, NULL) != SQLITE_OK)
        return store_fail(store, error, "opening the store");
    return store_migrate(store, error);
}

static Store *store_at(const char *folder)
{
    Store *store = g_new0(Store, 1);
    store->folder = g_strdup(folder);
    store->lock_fd = -1;
    return store;
}

static bool site_is_valid(const char *site)
{
    return g_regex_match_simple("^[a-z0-9]{2,8}$", site, G_REGEX_DOLLAR_ENDONLY, 0);
}

bool store_init(const char *folder, const char *site, GError **error)
{
    const char *name = site != NULL ? site : "site01";
    if (!site_is_valid(name))
        return fail(error, STORE_ERROR, STORE_ERROR_IO,
                    "a site id is 2 to 8 of a-z and 0-9, not \"%s\"", name);
    g_autofree char *objects = below(folder, "objects");
    g_autofree char *settings = below(folder, "settings.yaml");
    if (!is_free_for_store(folder, error) || !make_private_folder(folder, error) ||
        !make_private_folder(objects, error))
        return false;
    g_autoptr(Store) store = store_at(folder);
    /* settings.yaml last: a store that has it is whole. */
    return lock_store(store, 0, error) && open_database(store, true, error) &&
           store_settings_write(settings, name, error);
}

Store *store_open(const char *folder, int wait_ms, GError **error)
{
    g_autofree char *settings = below(folder, "settings.yaml");
    g_autofree char *database = below(folder, "banjie.db");
    if (!g_file_test(settings, G_FILE_TEST_EXISTS))
        return fail_null(error, STORE_ERROR, STORE_ERROR_MISSING, "%s is no store",
                         folder);
    if (!g_file_test(database, G_FILE_TEST_EXISTS))
        return fail_null(error, STORE_ERROR, STORE_ERROR_DAMAGED,
                         "%s has lost its banjie.db", folder);
    g_autoptr(Store) store = store_at(folder);
    if (!lock_store(store, wait_ms, error) ||
        !store_settings_read(settings, &store->settings, error) ||
        !open_database(store, false, error))
        return NULL;
    return g_steal_pointer(&store);
}

void store_close(Store *store)
{
    if (store == NULL)
        return;
    if (store->db != NULL) {
        store_rollback(store);
        sqlite3_close(store->db);
    }
    if (store->lock_fd >= 0)
        close(store->lock_fd);
    g_free(store->settings.site);
    g_free(store->settings.home_place);
    g_free(store->folder);
    g_free(store);
}

const Settings *store_settings(const Store *store)
{
    return &store->settings;
}

const char *store_folder(const Store *store)
{
    return store->folder;
}
