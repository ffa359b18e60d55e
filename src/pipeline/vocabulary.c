/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pipeline/vocabulary.c - the codes that never change meaning, in their order. */
#include "pipeline/pipeline.h"

const char *const utility_codes[] = {"water", "electricity", "gas",
                                     "heat",  "telecom",     NULL};
const char *const service_codes[] = {"install", "transfer", NULL};
const char *const applicant_kind_codes[] = {"individual", "enterprise", NULL};
const char *const role_codes[] = {"applicant",  "agent",         "legal_rep", "owner",
                                  "old_holder", "old_legal_rep", "other",     NULL};

static const struct {
    const char *code, *title;
} titles[] = {
    {"water", "水"},
    {"electricity", "电"},
    {"gas", "气"},
    {"heat", "暖"},
    {"telecom", "信"},
    {"install", "报装"},
    {"transfer", "过户"},
    {"individual", "个人"},
    {"enterprise", "企业"},
    {"applicant", "申请人"},
    {"agent", "经办人"},
    {"legal_rep", "法人代表"},
    {"owner", "房主"},
    {"old_holder", "原户主"},
    {"old_legal_rep", "原户主的法人代表"},
    {"other", "其他人"},
};

const char *code_title(const char *code)
{
    for (size_t i = 0; code != NULL && i < G_N_ELEMENTS(titles); i++)
        if (g_str_equal(code, titles[i].code))
            return titles[i].title;
    return code;
}

bool codes_have(const char *const *codes, const char *code)
{
    return codes != NULL && code != NULL && g_strv_contains(codes, code);
}

const char *utility_title(const char *code)
{
    return code_title(code);
}
