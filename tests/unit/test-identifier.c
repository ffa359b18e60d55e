/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs tests/cases/identifier: what = the kind; in = the number, with " @ DATE" where the
 * day matters; out = ok, ok (WARNING), or the reason it is refused. */
#include "casework/identifier.h"

#include "case-file.h"

static char *said(IdentifierCheck check)
{
    if (!identifier_is_ok(&check))
        return g_strdup(check.reason);
    return check.warning != NULL ? g_strdup_printf("ok (%s)", check.warning)
                                 : g_strdup("ok");
}

static char *answer(const char *what, const char *in)
{
    g_auto(GStrv) parts = g_strsplit(in, " @ ", 2);
    const char *number = parts[0], *as_of = parts[0] != NULL ? parts[1] : NULL;
    if (number == NULL)
        number = "";
    if (g_str_equal(what, "resident_id"))
        return said(identifier_check_resident_id(number, as_of));
    if (g_str_equal(what, "credit_code"))
        return said(identifier_check_credit_code(number));
    if (g_str_equal(what, "holder_number"))
        return said(identifier_check_holder_number(number, as_of));
    if (g_str_equal(what, "phone"))
        return said(identifier_check_phone(number));
    if (g_str_equal(what, "landline"))
        return said(identifier_check_landline(number));
    if (g_str_equal(what, "unit_number"))
        return said(identifier_check_unit_number(number));
    if (g_str_equal(what, "certificate_number"))
        return said(identifier_check_certificate_number(number, as_of));
    if (g_str_equal(what, "bank_card"))
        return said(identifier_check_bank_card(number));
    if (g_str_equal(what, "invoice_number"))
        return said(identifier_check_invoice_number(number));
    if (g_str_equal(what, "permit_number"))
        return said(identifier_check_permit_number(number));
    if (g_str_equal(what, "machine_zone"))
        return g_strdup_printf("%d", machine_zone_check_digit(number));
    if (g_str_equal(what, "upgraded")) {
        char *upgraded = resident_id_upgraded(number);
        return upgraded != NULL ? upgraded : g_strdup("none");
    }
    if (g_str_equal(what, "birth_date")) {
        char *date = resident_id_birth_date(number);
        return date != NULL ? date : g_strdup("none");
    }
    if (g_str_equal(what, "sex"))
        return g_strdup(resident_id_is_male(number) ? "男" : "女");
    return g_strdup_printf("no such test: %s", what);
}

static void test_cases(void)
{
    run_triples("identifier", answer);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/casework/identifier/cases", test_cases);
    return g_test_run();
}
