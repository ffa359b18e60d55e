/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "temp-folder.h"

static Store *new_store(const char *folder)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(store_init(folder, "tx01", &error));
    g_assert_no_error(error);
    Store *store = store_open(folder, 0, &error);
    g_assert_no_error(error);
    return store;
}

static int mode_of(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    struct stat status;
    g_assert_cmpint(stat(path, &status), ==, 0);
    return status.st_mode & 0777;
}

static void test_init(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autoptr(GError) error = NULL;
    {
        g_autoptr(Store) store = new_store(folder);
        g_assert_cmpstr(store_settings(store)->site, ==, "tx01");
        g_assert_null(store_settings(store)->home_place);
        g_assert_cmpint(store_settings(store)->memory_limit_mb, ==, 400);
    }
    g_assert_cmpint(mode_of(folder, "."), ==, 0700);
    g_assert_cmpint(mode_of(folder, "objects"), ==, 0700);
    g_assert_cmpint(mode_of(folder, "banjie.db"), ==, 0600);
    g_assert_cmpint(mode_of(folder, "settings.yaml"), ==, 0600);
    g_assert_cmpint(mode_of(folder, "lock"), ==, 0600);
    g_assert_false(store_init(folder, NULL, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_EXISTS);
}

static void test_init_leaves_strangers_alone(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autofree char *file = temp_write(folder, "mine.txt", "x", 1);
    g_autoptr(GError) error = NULL;
    g_assert_false(store_init(folder, NULL, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_EXISTS);
    g_clear_error(&error);
    g_assert_null(store_open(folder, 0, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_MISSING);
    g_clear_error(&error);
    g_assert_false(store_init("/tmp", "Bad Site", &error));
    g_assert_nonnull(error);
}

static void test_settings_complaint_names_line(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    static const struct {
        const char *text, *said;
    } wrong[] = {
        {"site: tx01\nsetle_ms: 5\n", "settings.yaml:2:1: unknown setting: setle_ms"},
        {"site: tx01\nsettle_ms: soon\n", "settings.yaml:2:12: "},
        {"site: [1]\n", "settings.yaml:1:7: "},
        {"site: tx01\nsite: tx02\n", "settings.yaml:2:1: set twice"},
        {"site: \"tx\n", "settings.yaml:2:1: "},
        {"- a\n", "settings.yaml:1:1: "},
    };
    store_close(new_store(folder));
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *path = temp_write(folder, "settings.yaml", wrong[i].text, -1);
        g_assert_null(store_open(folder, 0, &error));
        g_assert_error(error, STORE_ERROR, STORE_ERROR_DAMAGED);
        if (strstr(error->message, wrong[i].said) == NULL)
            g_error("\"%s\" is not in \"%s\"", wrong[i].said, error->message);
    }
    g_autofree char *path = temp_write(folder, "settings.yaml", "site: ky02\n", -1);
    g_autoptr(Store) store = store_open(folder, 0, NULL);
    g_assert_cmpstr(store_settings(store)->site, ==, "ky02");
    g_assert_cmpint(store_settings(store)->settle_ms, ==, 2000);
}

static void test_second_program_waits(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autoptr(Store) store = new_store(folder);
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        GError *error = NULL;
        g_autofree char *own = g_strdup_printf("process %d", (int)getppid());
        Store *second = store_open(folder, 150, &error);
        bool is_right = second == NULL &&
                        g_error_matches(error, STORE_ERROR, STORE_ERROR_LOCKED) &&
                        strstr(error->message, own) != NULL;
        _exit(is_right ? 0 : 1);
    }
    int status = -1;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
    g_clear_pointer(&store, store_close);
    g_autoptr(Store) after = store_open(folder, 0, NULL);
    g_assert_nonnull(after);
}

static void test_damaged_and_newer(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autoptr(GError) error = NULL;
    store_close(new_store(folder));
    g_autofree char *path = g_build_filename(folder, "banjie.db", NULL);
    sqlite3 *db = NULL;
    g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
    sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL);
    sqlite3_close(db);
    g_assert_null(store_open(folder, 0, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_DAMAGED);
    g_assert_nonnull(strstr(error->message, "newer"));
    g_clear_error(&error);
    g_autofree char *junk = g_strnfill(8192, 'x');
    g_assert_true(g_file_set_contents(path, junk, 8192, NULL));
    g_assert_null(store_open(folder, 0, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_DAMAGED);
    g_clear_error(&error);
    g_assert_cmpint(unlink(path), ==, 0);
    g_assert_null(store_open(folder, 0, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_DAMAGED);
}

static void test_objects(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autoptr(TempFolder) outside = temp_folder_new();
    g_autoptr(Store) store = new_store(folder);
    g_autoptr(GError) error = NULL;
    g_autofree char *file = temp_write(outside, "a", "abc", 3);
    g_autofree char *first = NULL, *second = NULL, *adopted = NULL, *none = NULL;
    int64_t size = 0;
    g_assert_true(store_put_file(store, file, &first, &size, &error));
    g_assert_no_error(error);
    g_assert_cmpint(size, ==, 3);
    g_autofree char *object = store_object_path(store, first);
    g_assert_true(g_str_has_suffix(object,
                                   "/objects/ba/7816bf8f01cfea414140de5dae2223b00361a3"
                                   "96177a9cb410ff61f20015ad"));
    /* cut short by a power failure: written again */
    g_assert_true(g_file_set_contents(object, "a", 1, NULL));
    g_assert_true(store_put_file(store, file, &second, NULL, NULL));
    g_autofree char *hash = file_sha256(object, NULL, NULL);
    g_assert_cmpstr(hash, ==, first);
    g_assert_cmpstr(second, ==, first);
    g_autofree char *proof = temp_write(folder, "objects/proof.tmp", "proof", -1);
    g_assert_true(store_adopt_file(store, proof, &adopted, NULL));
    g_autofree char *kept = store_object_path(store, adopted);
    g_assert_true(g_file_test(kept, G_FILE_TEST_EXISTS));
    g_assert_false(g_file_test(proof, G_FILE_TEST_EXISTS));
    g_assert_false(store_put_file(store, "/nowhere", &none, NULL, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
}

static void test_steps(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *long_text = g_strnfill(1000000, 'x');
    {
        g_autoptr(Store) store = new_store(folder);
        g_assert_null(store_step_get(store, "k1", &error));
        g_assert_no_error(error);
        g_assert_true(store_step_put(store, "k1", "page", "{\"a\":\"陈\"}", &error));
        g_assert_true(store_step_put(store, "k2", "page", long_text, &error));
        g_assert_true(store_step_put(store, "k3", "page", "", &error));
        g_autofree char *one = store_step_get(store, "k1", &error);
        g_autofree char *two = store_step_get(store, "k2", &error);
        g_autofree char *three = store_step_get(store, "k3", &error);
        g_assert_cmpstr(one, ==, "{\"a\":\"陈\"}");
        g_assert_cmpstr(two, ==, long_text);
        g_assert_cmpstr(three, ==, "");
    }
    g_autofree char *path = g_build_filename(folder, "banjie.db", NULL);
    sqlite3 *db = NULL;
    g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
    sqlite3_exec(db,
                 "UPDATE steps SET size_bytes = 999999999999 WHERE key = 'k1';"
                 "UPDATE steps SET result = x'00ff' WHERE key = 'k2'",
                 NULL, NULL, NULL);
    sqlite3_close(db);
    g_autoptr(Store) store = store_open(folder, 0, NULL);
    g_assert_null(store_step_get(store, "k1", &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_DAMAGED);
    g_clear_error(&error);
    g_assert_null(store_step_get(store, "k2", &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_DAMAGED);
}

static void add(Store *store, const char *batch, int seq, const char *group,
                const char *sha, Outcome outcome)
{
    g_autofree char *path = g_strdup_printf("%s/%d.jpg", group, seq);
    LedgerEntry entry = {.batch = (char *)batch,
                         .seq = seq,
                         .path = path,
                         .group = (char *)group,
                         .sha256 = (char *)sha,
                         .size_bytes = 5,
                         .outcome = outcome};
    g_assert_true(store_ledger_add(store, &entry, NULL));
}

static void test_ledger(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autoptr(Store) store = new_store(folder);
    g_autoptr(GError) error = NULL;
    g_assert_true(store_begin(store, &error));
    g_autofree char *one = store_batch_new(store, "tongxu", &error);
    g_autofree char *two = store_batch_new(store, NULL, &error);
    g_assert_cmpstr(one, !=, two);
    add(store, one, 0, "a", "h1", OUTCOME_REJECTED);
    add(store, one, 1, "b", "h1", OUTCOME_TAKEN);
    add(store, two, 0, "c", "h1", OUTCOME_TAKEN);
    g_assert_true(
        store_ledger_settle(store, two, 0, OUTCOME_REJECTED, "damaged", &error));
    g_assert_true(store_commit(store, &error));
    g_autofree char *group = store_original_group(store, "h1", &error);
    g_assert_cmpstr(group, ==, "b");
    g_autofree char *batch = NULL;
    g_autofree char *path = store_original_place(store, "h1", "b", &batch, &error);
    g_assert_cmpstr(path, ==, "b/1.jpg");
    g_assert_cmpstr(batch, ==, one);
    g_assert_null(store_original_place(store, "h1", "c", NULL, &error));
    g_autoptr(GPtrArray) all = store_ledger(store, NULL, &error);
    g_autoptr(GPtrArray) second = store_ledger(store, two, &error);
    g_assert_cmpint(all->len, ==, 3);
    g_assert_cmpint(second->len, ==, 1);
    const LedgerEntry *entry = g_ptr_array_index(second, 0);
    g_assert_cmpstr(outcome_name(entry->outcome), ==, "rejected");
    g_assert_cmpstr(entry->reason, ==, "damaged");
    g_autoptr(GPtrArray) batches = store_batches(store, &error);
    g_assert_cmpint(batches->len, ==, 2);
    g_assert_cmpstr(((Batch *)g_ptr_array_index(batches, 0))->place, ==, "tongxu");
    /* a batch that is not there: the database itself refuses */
    LedgerEntry stray = {
        .batch = (char *)"none", .path = (char *)"x", .group = (char *)"x"};
    g_assert_false(store_ledger_add(store, &stray, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
}

static void test_rollback_and_originals(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autoptr(Store) store = new_store(folder);
    Original original = {(char *)"h1", (char *)"pdf", 3};
    g_assert_true(store_begin(store, NULL));
    g_assert_true(store_original_put(store, &original, NULL));
    store_rollback(store);
    g_assert_null(store_original_get(store, "h1", NULL));
    g_assert_true(store_original_put(store, &original, NULL));
    Original *got = store_original_get(store, "h1", NULL);
    g_assert_cmpint(got->page_count, ==, 3);
    g_assert_cmpstr(got->format, ==, "pdf");
    original_free(got);
}

static void test_cases(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autoptr(Store) store = new_store(folder);
    g_autofree char *batch = store_batch_new(store, NULL, NULL);
    const char *sources[] = {"pile/10", "pile/2", "pile/1"};
    for (int i = 0; i < 3; i++) {
        g_autofree char *name = g_strdup_printf("tx01-%d", i);
        StoredCase stored = {name,           batch,       (char *)sources[i],
                             (char *)"pile", (char *)"k", (char *)"{}"};
        g_assert_true(store_case_put(store, &stored, NULL));
        g_assert_true(store_case_put(store, &stored, NULL));
    }
    g_autoptr(GPtrArray) cases = store_cases(store, NULL);
    g_assert_cmpint(cases->len, ==, 3);
    g_assert_cmpstr(((StoredCase *)g_ptr_array_index(cases, 1))->source, ==, "pile/2");
    g_assert_true(
        store_correction_add(store, "tx01-1", "applicant.name", "陈", "王", NULL, NULL));
    g_assert_true(
        store_correction_add(store, "tx01-1", "vat.name", NULL, "王", "空", NULL));
    const char *keep[] = {"tx01-2", NULL};
    g_assert_true(store_cases_keep(store, batch, "pile", keep, NULL));
    g_assert_null(store_case_get(store, "tx01-1", NULL));
    StoredCase *kept = store_case_get(store, "tx01-2", NULL);
    g_assert_cmpstr(kept->record, ==, "{}");
    stored_case_free(kept);
    g_autoptr(JsonArray) rows = store_corrections(store, "tx01-1", NULL);
    g_assert_cmpint(json_array_get_length(rows), ==, 2);
    JsonObject *row = json_array_get_object_element(rows, 0);
    g_assert_cmpstr(json_object_get_string_member(row, "by"), ==, "王");
    g_assert_true(json_object_get_null_member(row, "reason"));
}

static void test_packages(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autoptr(Store) store = new_store(folder);
    g_assert_cmpint(store_package_next(store, "water", NULL), ==, 1);
    StoredPackage package = {.name = (char *)"water-tx01-0000000001",
                             .recipient = (char *)"water",
                             .sequence = 1,
                             .row = (char *)"{}",
                             .state = (char *)"made",
                             .created_at = (char *)"2023-03-08"};
    g_assert_true(store_package_put(store, &package, NULL));
    package.sha256 = (char *)"h";
    g_assert_true(store_package_put(store, &package, NULL));
    g_assert_true(store_package_case_put(store, package.name, "tx01-1", "k1", NULL));
    g_assert_true(store_package_put(store, &package, NULL)); /* keeps what it holds */
    g_autofree char *key = store_package_case_key(store, "water", "tx01-1", NULL);
    g_assert_cmpstr(key, ==, "k1");
    g_assert_null(store_package_case_key(store, "gas", "tx01-1", NULL));
    g_assert_cmpint(store_package_next(store, "water", NULL), ==, 2);
    g_assert_cmpint(store_package_next(store, "gas", NULL), ==, 1);
    g_autoptr(GPtrArray) water = store_packages(store, "water", NULL);
    g_autoptr(GPtrArray) gas = store_packages(store, "gas", NULL);
    g_assert_cmpint(water->len, ==, 1);
    g_assert_cmpint(gas->len, ==, 0);
    g_assert_cmpstr(((StoredPackage *)g_ptr_array_index(water, 0))->sha256, ==, "h");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/init", test_init);
    g_test_add_func("/store/init-leaves-strangers-alone",
                    test_init_leaves_strangers_alone);
    g_test_add_func("/store/settings-complaint-names-line",
                    test_settings_complaint_names_line);
    g_test_add_func("/store/second-program-waits", test_second_program_waits);
    g_test_add_func("/store/damaged-and-newer", test_damaged_and_newer);
    g_test_add_func("/store/objects", test_objects);
    g_test_add_func("/store/steps", test_steps);
    g_test_add_func("/store/ledger", test_ledger);
    g_test_add_func("/store/rollback-and-originals", test_rollback_and_originals);
    g_test_add_func("/store/cases", test_cases);
    g_test_add_func("/store/packages", test_packages);
    return g_test_run();
}
