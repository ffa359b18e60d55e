/* SPDX-License-Identifier: GPL-3.0-or-later */
/* set.c - banjie set: a person puts a value right. */
#include "base/json.h"
#include "casework/identifier.h"
#include "cmd/print.h"
#include "cmd/reasons.h"

static char *by, *reason;

static const GOptionEntry options[] = {
    {"by", 0, 0, G_OPTION_ARG_STRING, &by, N_("who says so"), N_("NAME")},
    {"reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_("why, kept with the value"),
     N_("TEXT")},
    {0}};

static bool has_option(const FieldDecl *field, const char *code)
{
    for (guint i = 0; field->options != NULL && i < field->options->len; i++) {
        const OptionDecl *option = g_ptr_array_index(field->options, i);
        if (strcmp(option->code, code) == 0)
            return true;
    }
    return false;
}

static char *describe_options(const FieldDecl *field)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; field->options != NULL && i < field->options->len; i++) {
        const OptionDecl *option = g_ptr_array_index(field->options, i);
        g_string_append_printf(text, "%s%s", i == 0 ? "" : ", ", option->code);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static bool check_choice(const FieldDecl *field, const char *value)
{
    g_auto(GStrv) codes = g_strsplit(value, ",", -1);
    bool is_good = field->kind == KIND_CHOICE_MANY || g_strv_length(codes) == 1;
    for (char **code = codes; is_good && *code != NULL; code++)
        is_good = has_option(field, *code);
    if (is_good)
        return true;
    g_autofree char *known = describe_options(field);
    say_usage(field->kind == KIND_CHOICE_MANY
                  ? _("%s takes one or more of these, with commas between: %s")
                  : _("%s takes one of these: %s"),
              field->key, known);
    return false;
}

/* A number whose check digit is wrong may be what the paper says, and the person has seen
 * the paper: it is taken with a warning. One that cannot be such a number is not. */
static bool check_identifier(const FieldDecl *field, const char *value, const char *as_of)
{
    IdentifierCheck check =
        field->kind == KIND_RESIDENT_ID     ? identifier_check_resident_id(value, as_of)
        : field->kind == KIND_HOLDER_NUMBER ? identifier_check_holder_number(value, as_of)
                                            : identifier_check_credit_code(value);
    if (check.format == CHECK_BAD) {
        say_usage(_("“%s” cannot stand in %s: %s"), value, field->key,
                  reason_words(check.reason));
        return false;
    }
    if (!identifier_is_ok(&check))
        say(_("note: “%s”: %s; taken all the same, because you say so"), value,
            reason_words(check.reason));
    return true;
}

static bool check_value(const FieldDecl *field, const char *value, const char *as_of)
{
    if (*value == '\0') /* nothing is written there */
        return true;
    switch (field->kind) {
    case KIND_CHOICE_ONE:
    case KIND_CHOICE_MANY:
        return check_choice(field, value);
    case KIND_RESIDENT_ID:
    case KIND_CREDIT_CODE:
    case KIND_HOLDER_NUMBER:
        return check_identifier(field, value, as_of);
    case KIND_PRESENCE:
        if (strcmp(value, "present") == 0 || strcmp(value, "absent") == 0)
            return true;
        say_usage(_("%s takes one of these: %s"), field->key, "present, absent");
        return false;
    case KIND_DATE:
        if (is_day(value))
            return true;
        say_usage(_("%s takes a day as YYYY-MM-DD"), field->key);
        return false;
    case KIND_DIGITS:
    case KIND_NUMBER:
        if (strspn(value, field->kind == KIND_DIGITS ? "0123456789" : "0123456789.") ==
            strlen(value))
            return true;
        say_usage(_("%s takes digits"), field->key);
        return false;
    default:
        return true;
    }
}

static Status show_result(const Session *session, Store *store, const Pipeline *pipeline,
                          const char *name, const char *key)
{
    Status status = session_process(session, store, pipeline, NULL);
    if (status != STATUS_DONE && status != STATUS_SOME)
        return status;
    g_autoptr(StoredCase) stored = session_case(store, name, &status);
    if (stored == NULL)
        return status;
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) record = json_parse_object(stored->record, -1, &error);
    if (record == NULL)
        return say_error(error);
    JsonObject *fields = json_get_object(record, "fields");
    JsonObject *field = fields != NULL ? json_get_object(fields, key) : NULL;
    if (field == NULL || strcmp(json_get_string(field, "state", ""), "confirmed") != 0) {
        say(_("%s was kept, but the case does not show it"), key);
        return STATUS_SOME;
    }
    print_case(record, pipeline);
    return STATUS_DONE;
}

static Status run(const Session *session, char **arguments)
{
    const char *key = arguments[1], *value = arguments[2];
    if (by == NULL || *by == '\0')
        return say_usage(
            _("set wants --by NAME: a correction always has a person's name"));
    Status status = STATUS_DONE;
    g_autoptr(Pipeline) pipeline = session_pipeline(session, &status);
    if (pipeline == NULL)
        return status;
    g_autoptr(Store) store = session_store(session, &status);
    if (store == NULL)
        return status;
    g_autoptr(StoredCase) stored = session_case(store, arguments[0], &status);
    if (stored == NULL)
        return status;
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) record = json_parse_object(stored->record, -1, &error);
    if (record == NULL)
        return say_error(error);
    const char *form = json_get_string(record, "form", NULL);
    const FieldDecl *field =
        form != NULL ? field_declaration(pipeline_class(pipeline, form), key) : NULL;
    if (field == NULL)
        return say_usage(
            _("the form of this case has no field “%s”; `banjie show %s --json` "
              "names them"),
            key, stored->name);
    if (!check_value(field, value, session->as_of))
        return STATUS_USAGE;
    if (!store_correction_add(store, stored->name, key, value, by,
                              reason != NULL ? reason : "", &error))
        return say_error(error);
    return show_result(session, store, pipeline, stored->name, key);
}

const Command command_set = {
    .name = "set",
    .arguments = "CASE FIELD VALUE --by NAME",
    .summary = N_("put a value right; it is kept with your name and never overwritten"),
    .example = "  banjie set 7K3M applicant.name 陈英涛 --by 王芳 --reason 看过原件\n"
               "  banjie set 7K3M utilities water,gas --by 王芳",
    .options = options,
    .min_arguments = 3,
    .max_arguments = 3,
    .run = run,
};
