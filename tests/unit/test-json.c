/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

static void test_numbers_are_short(void)
{
    g_autoptr(JsonObject) object = json_object_new();
    json_set_number(object, "a", 0.99849999, 3);
    json_set_number(object, "b", -0.0001, 2);
    json_set_number(object, "c", NAN, 2);
    json_object_set_int_member(object, "d", 7);
    json_object_set_double_member(object, "e", 0.1 + 0.2);
    g_autofree char *text = json_object_text(object);
    g_assert_cmpstr(
        text, ==, "{\"a\":0.998,\"b\":0.0,\"c\":null,\"d\":7,\"e\":0.30000000000000004}");
}

static void test_round_trip(void)
{
    const char *text =
        "{\"z\":\"陈\\\"\\n\\u0001\",\"a\":[1,[2.5],{}],\"n\":null,\"b\":true}";
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) object = json_parse_object(text, -1, &error);
    g_assert_no_error(error);
    g_autofree char *again = json_object_text(object);
    g_assert_cmpstr(again, ==, text);
    g_autofree char *pretty = json_object_text_pretty(object);
    g_autoptr(JsonObject) reread = json_parse_object(pretty, -1, NULL);
    g_autofree char *third = json_object_text(reread);
    g_assert_cmpstr(third, ==, text);
}

static void test_odd_input_is_refused(void)
{
    const char *bad[] = {"", "[1]", "{", "nonsense", "{\"a\":}", "\xff{}", "null"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(json_parse_object(bad[i], -1, &error));
        g_assert_error(error, BASE_ERROR, BASE_ERROR_FORMAT);
    }
    g_autofree char *deep = g_strnfill(100000, '[');
    g_autoptr(GError) error = NULL;
    g_assert_null(json_parse_object(deep, -1, &error));
    g_assert_error(error, BASE_ERROR, BASE_ERROR_FORMAT);
}

static void test_getters_never_crash(void)
{
    g_autoptr(JsonObject) object = json_parse_object(
        "{\"s\":\"x\",\"n\":null,\"o\":{},\"a\":[1,2,3],\"r\":[1,2,3,4],\"big\":1e300,"
        "\"bad\":[1,2,3,\"x\"],\"huge\":[1e20,0,0,0]}",
        -1, NULL);
    const char *members[] = {"s", "n", "o", "a", "r", "big", "bad", "none"};
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
        if (i != 5)
            g_assert_cmpfloat(json_get_double(object, members[i], -1), ==, -1);
        g_assert_cmpint(json_get_int(object, members[i], -1), ==, -1);
        g_assert_true(json_get_bool(object, members[i], true));
        if (i != 0)
            g_assert_null(json_get_string(object, members[i], NULL));
    }
    g_assert_cmpint(json_get_rect(object, "r").height, ==, 4);
    g_assert_cmpint(json_get_rect(object, "bad").x, ==, 0);
    g_assert_cmpint(json_get_rect(object, "huge").x, ==, 0);
    g_assert_null(json_get_object(object, "a"));
    g_assert_null(json_get_array(NULL, "a"));
    json_set_string(object, "s", NULL);
    g_assert_null(json_get_string(object, "s", NULL));
    g_autoptr(JsonArray) none = json_array_from_strv(NULL);
    g_assert_cmpint(json_array_get_length(none), ==, 0);
}

/* Rows that are no objects, and no rows at all, are no error. */
static void test_find_numbered(void)
{
    g_autoptr(JsonObject) object = json_parse_object(
        "{\"pages\":[7,{\"page\":1},\"x\",{\"page\":2,\"name\":\"b\"}]}", -1, NULL);
    JsonArray *pages = json_get_array(object, "pages");
    JsonObject *second = json_find_numbered(pages, "page", 2);
    g_assert_cmpstr(json_get_string(second, "name", NULL), ==, "b");
    g_assert_null(json_find_numbered(pages, "page", 3));
    g_assert_null(json_find_numbered(NULL, "page", 1));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/json/numbers-are-short", test_numbers_are_short);
    g_test_add_func("/base/json/round-trip", test_round_trip);
    g_test_add_func("/base/json/odd-input-is-refused", test_odd_input_is_refused);
    g_test_add_func("/base/json/getters-never-crash", test_getters_never_crash);
    g_test_add_func("/base/json/find-numbered", test_find_numbered);
    return g_test_run();
}
