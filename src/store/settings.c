/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"
#include "pipeline/settings.h"
#include "store/private.h"

#define SITE_PATTERN "^[a-z0-9]{2,8}$"

static const SettingDecl decls[] = {
    {"site", SETTING_TEXT, SITE_PATTERN, 0, 0},
    {"home_place", SETTING_TEXT, "^[a-z][a-z0-9_]*$", 0, 0},
    {"memory_limit_mb", SETTING_INT, NULL, 100, 65536},
    {"page_timeout_ms", SETTING_INT, NULL, 1000, 3600000},
    {"settle_ms", SETTING_INT, NULL, 0, 600000},
    {"retention_years", SETTING_INT, NULL, 0, 200},
    {NULL, SETTING_TEXT, NULL, 0, 0},
};

static const char template[] =
    "# 办结的设置。每行一项：名称: 值。改后下一次运行起生效。\n"
    "# Settings of banjie. One \"key: value\" a line; in force from the next run.\n"
    "\n"
    "# 本单位代号，2 到 8 个小写字母或数字。写进办件编号和交换包名，启用后不要再改。\n"
    "# Site id, 2 to 8 of a-z 0-9. Part of every case number and package name: once in\n"
    "# use, leave it as it is.\n"
    "site: %s\n"
    "\n"
    "# 本单位所在地（pipelines/places/ 下的名称，如 "
    "kaifeng、tongxu）。申请表上看不出属于\n"
    "# 哪里时按此处理；留空则转人工。\n"
    "# Where the office is (a name under pipelines/places/). Used where the papers do "
    "not\n"
    "# say; left empty, such cases go to a person.\n"
    "home_place:\n"
    "\n"
    "# 每个识别进程的内存上限，单位 MB。\n"
    "# Memory limit of one worker process, in MB.\n"
    "memory_limit_mb: 400\n"
    "\n"
    "# 一页最长处理时间，单位毫秒；超过即放弃该页，其余照常。\n"
    "# Longest time for one page, in ms; beyond it the page is given up, the rest goes "
    "on.\n"
    "page_timeout_ms: 120000\n"
    "\n"
    "# 文件大小和时间多久不变才算写完，单位毫秒。\n"
    "# How long a file must not have changed before it is taken in, in ms.\n"
    "settle_ms: 2000\n"
    "\n"
    "# 保存年限。目前只作记录，不会自动删除任何东西。\n"
    "# Years to keep cases. Noted only: nothing is ever removed by itself.\n"
    "retention_years:\n";

bool store_settings_write(const char *path, const char *site, GError **error)
{
    g_autofree char *text = g_strdup_printf(template, site);
    g_autoptr(GError) cause = NULL;
    if (file_write_atomic(path, text, strlen(text), 0600, &cause))
        return true;
    return fail(error, STORE_ERROR, STORE_ERROR_IO, "%s", cause->message);
}

static int number(GHashTable *values, const char *key, int fallback)
{
    const char *text = g_hash_table_lookup(values, key);
    return text == NULL ? fallback : (int)g_ascii_strtoll(text, NULL, 10);
}

bool store_settings_read(const char *path, Settings *settings, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GHashTable) values = settings_load(path, decls, &cause);
    if (values == NULL)
        return fail(error, STORE_ERROR, STORE_ERROR_DAMAGED, "%s", cause->message);
    const char *site = g_hash_table_lookup(values, "site");
    settings->site = g_strdup(site != NULL ? site : "site01");
    settings->home_place = g_strdup(g_hash_table_lookup(values, "home_place"));
    settings->memory_limit_mb = number(values, "memory_limit_mb", 400);
    settings->page_timeout_ms = number(values, "page_timeout_ms", 120000);
    settings->settle_ms = number(values, "settle_ms", 2000);
    return true;
}
