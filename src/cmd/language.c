/* SPDX-License-Identifier: GPL-3.0-or-later */
/* language.c - Chinese or English, on machines that have no Chinese locale too. */
#include "cmd/cmd.h"
#include <langinfo.h>
#include <locale.h>

#define UTF8_LOCALE "C.UTF-8" /* part of Debian's libc-bin: always there */

/* What POSIX says decides the language of messages, in this order. */
static const char *wanted_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *value = g_getenv(names[i]);
        if (value != NULL && *value != '\0')
            return value;
    }
    return "";
}

char *program_path(const char *argv0)
{
    char *path = g_file_read_link("/proc/self/exe", NULL);
    return path != NULL ? path : g_find_program_in_path(argv0);
}

/* The catalogue beside a program run from its build folder, else the installed one. */
static char *catalogue_folder(const char *argv0)
{
    g_autofree char *program = program_path(argv0);
    if (program != NULL) {
        g_autofree char *folder = g_path_get_dirname(program);
        g_autofree char *in_tree = g_build_filename(folder, "locale", NULL);
        if (g_file_test(in_tree, G_FILE_TEST_IS_DIR))
            return g_steal_pointer(&in_tree);
        g_autofree char *installed =
            g_build_filename(folder, "..", "share", "locale", NULL);
        if (g_file_test(installed, G_FILE_TEST_IS_DIR))
            return g_steal_pointer(&installed);
    }
    return g_strdup(PREFIX "/share/locale");
}

void language_start(const char *argv0)
{
    /* A machine that asks for zh_CN.UTF-8 without having it gets the C locale, in which
     * gettext ignores LANGUAGE; in C.UTF-8 it does not. */
    if (setlocale(LC_ALL, "") == NULL && g_str_has_prefix(wanted_locale(), "zh"))
        g_setenv("LANGUAGE", "zh_CN", FALSE);
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
        g_autofree char *messages = g_strdup(setlocale(LC_MESSAGES, NULL));
        setlocale(LC_ALL, UTF8_LOCALE);
        if (messages != NULL && strcmp(messages, "C") != 0 &&
            strcmp(messages, "POSIX") != 0)
            setlocale(LC_MESSAGES, messages);
    }
    setlocale(LC_NUMERIC,
              "C"); /* JSON and coordinates have points, whatever the country */

    g_autofree char *folder = catalogue_folder(argv0);
    bindtextdomain("banjie", folder);
    bind_textdomain_codeset("banjie", "UTF-8");
    textdomain("banjie");
}

bool language_is_chinese(void)
{
    /* TRANSLATORS: the code of the catalogue's language: "zh" in the Chinese one. */
    return strcmp(_("language:en"), "language:zh") == 0;
}
