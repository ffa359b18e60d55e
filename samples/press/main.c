/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c - press: prints filled forms and papers of made-up people, with their truth. */
#include <locale.h>
#include <string.h>

#include "cases.h"
#include "drawable.h"
#include "faces.h"
#include "pile.h"
#include "selfcheck.h"

typedef struct {
    gint64 seed;
    int cases, first;
    char *out, *part, *wear, *format, *only, *papers, *forms, *fill;
    char *hands; /* folder with the faces of hands */
    gboolean is_list, is_self_check, has_lists, is_truth_only;
} Arguments;

static int find_name(const char *const *names, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static gboolean bad(GError **error, const char *option, const char *value)
{
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                "--%s: no such thing: %s", option, value);
    return FALSE;
}

/* @text: names of forms with commas between. Returns: FALSE with @error */
static gboolean read_forms(const char *text, guint *forms, GError **error)
{
    g_auto(GStrv) names = g_strsplit(text, ",", -1);
    for (int i = 0; names[i] != NULL; i++) {
        guint found = 0;
        for (int k = 0; k < FORM_KINDS; k++)
            if (strcmp(form_kinds[k].name, names[i]) == 0)
                found = 1u << k;
        if (found == 0)
            return bad(error, "forms", names[i]);
        *forms |= found;
    }
    return TRUE;
}

/* The forms that @only is a plan of: the others are left out. */
static gboolean read_plan(const char *only, CaseOptions *options, GError **error)
{
    const Plan *plan = plan_find(pile_plans(), only);
    guint whose = plan != NULL ? plan->for_whom : 0, forms = 0;
    if (plan_find(plans_table(), only) != NULL || (whose & FOR_INDIVIDUALS))
        forms |= 1u << FORM_INDIVIDUAL;
    if (whose & FOR_ENTERPRISES)
        forms |= 1u << FORM_ENTERPRISE;
    if (whose & (FOR_TRANSFERS | FOR_FIRM_TRANSFERS))
        forms |= 1u << FORM_TRANSFER;
    options->forms = options->forms != 0 ? options->forms & forms : forms;
    return options->forms != 0 ? TRUE : bad(error, "only", only);
}

static gboolean read_options(const Arguments *arguments, CaseOptions *options,
                             GError **error)
{
    const char *wear = arguments->wear != NULL ? arguments->wear : "mixed";
    const char *format = arguments->format != NULL ? arguments->format : "mixed";
    const char *part = arguments->part != NULL ? arguments->part : "test";
    int part_number = find_name(part_names, PART_COUNT, part);
    int wear_number = strcmp(wear, "mixed") == 0
                          ? (int)WEAR_COUNT
                          : find_name(wear_names, WEAR_COUNT, wear);
    int format_number = find_name(format_names, FORMAT_NAMES, format);
    int fill = find_name(fill_names, FILL_KINDS,
                         arguments->fill != NULL ? arguments->fill : fill_names[0]);
    if (fill < 0)
        return bad(error, "fill", arguments->fill);
    if (part_number < 0)
        return bad(error, "part", part);
    if (wear_number < 0)
        return bad(error, "wear", wear);
    if (format_number < 0)
        return bad(error, "format", format);
    *options = (CaseOptions){(guint64)arguments->seed,
                             (Part)part_number,
                             (WearGrade)wear_number,
                             (Format)format_number,
                             arguments->only,
                             arguments->papers,
                             0,
                             arguments->has_lists,
                             arguments->is_truth_only,
                             (FillKind)fill};
    if (fill != FILL_PRINT)
        hands_open(arguments->hands);
    g_auto(GStrv) classes = g_strsplit(options->papers ? options->papers : "", ",", -1);
    for (int i = 0; classes[i] != NULL; i++)
        if (!drawable_is(classes[i]))
            return bad(error, "papers", classes[i]);
    if (arguments->forms != NULL && !read_forms(arguments->forms, &options->forms, error))
        return FALSE;
    return arguments->only == NULL || read_plan(arguments->only, options, error);
}

static void list(void)
{
    const struct {
        const char *whose;
        const Plan *plans;
    } tables[] = {{"individuals' applications", plans_table()},
                  {"papers of the lists", pile_plans()}};
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_print("plans of %s (--only):\n", tables[i].whose);
        for (const Plan *plan = tables[i].plans; plan->name != NULL; plan++)
            g_print("  %-24s weight %g\n", plan->name, plan->weight);
    }
    g_print("papers (--papers):\n");
    for (const char *const *name = drawable_classes(); *name != NULL; name++)
        g_print("  %s\n", *name);
    g_print("forms (--forms):\n");
    for (int i = 0; i < FORM_KINDS; i++)
        g_print("  %s\n", form_kinds[i].name);
    g_print("prints:\n");
    for (const PrintBase *base = print_bases(); base->name != NULL; base++)
        g_print("  %-24s %s\n", base->name, part_names[base->part]);
    g_print("faces:\n");
    for (const Face *face = faces_table(); face->family != NULL; face++)
        g_print("  %-24s %s\n", face->family, part_names[face->part]);
}

static void add_to_manifest(JsonBuilder *builder, const Case *made)
{
    const char *const pairs[][2] = {{"case", made->name},
                                    {"plan", made->plan->name},
                                    {"form", form_kinds[made->form].name},
                                    {"place", place_codes[made->place]},
                                    {"wear", wear_names[made->grade]},
                                    {"format", format_names[made->format]},
                                    {"print", made->print.base->name},
                                    {"expected", verdict_of_case(made)}};
    json_builder_begin_object(builder);
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        json_builder_set_member_name(builder, pairs[i][0]);
        json_builder_add_string_value(builder, pairs[i][1]);
    }
    json_builder_end_object(builder);
}

static gboolean write_all(const Arguments *arguments, const CaseOptions *options,
                          GError **error)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    json_builder_set_member_name(builder, "made_up");
    json_builder_add_boolean_value(builder, TRUE);
    json_builder_set_member_name(builder, "part");
    json_builder_add_string_value(builder, part_names[options->part]);
    json_builder_set_member_name(builder, "seed");
    json_builder_add_int_value(builder, arguments->seed);
    json_builder_set_member_name(builder, "cases");
    json_builder_begin_array(builder);
    for (int i = arguments->first; i < arguments->first + arguments->cases; i++) {
        g_autoptr(Case) made = case_new(options, i - 1);
        if (!case_write(made, arguments->out, error)) {
            g_prefix_error(error, "%s: ", made->name);
            return FALSE;
        }
        add_to_manifest(builder, made);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    g_autoptr(JsonNode) root = json_builder_get_root(builder);
    g_autoptr(JsonGenerator) generator = json_generator_new();
    g_autofree char *path = g_build_filename(arguments->out, "manifest.json", NULL);
    json_generator_set_pretty(generator, TRUE);
    json_generator_set_root(generator, root);
    return json_generator_to_file(generator, path, error);
}

static gboolean run(const Arguments *arguments, GError **error)
{
    CaseOptions options;
    if (arguments->is_list) {
        list();
        return TRUE;
    }
    if (arguments->is_self_check)
        return self_check(error);
    if (!read_options(arguments, &options, error))
        return FALSE;
    if (arguments->out == NULL || arguments->cases < 1 || arguments->first < 1)
        return bad(error, "out", "a folder and at least one case are needed");
    return write_all(arguments, &options, error);
}

static gboolean parse(int *argc, char ***argv, Arguments *arguments, GError **error)
{
    const GOptionEntry entries[] = {
        {"seed", 's', 0, G_OPTION_ARG_INT64, &arguments->seed, "which people and papers",
         "N"},
        {"cases", 'k', 0, G_OPTION_ARG_INT, &arguments->cases, "how many", "K"},
        {"first", 0, 0, G_OPTION_ARG_INT, &arguments->first, "number of the first; 1",
         "N"},
        {"out", 'o', 0, G_OPTION_ARG_FILENAME, &arguments->out, "folder to write", "DIR"},
        {"part", 'p', 0, G_OPTION_ARG_STRING, &arguments->part, "samples, test, measure",
         "PART"},
        {"wear", 'w', 0, G_OPTION_ARG_STRING, &arguments->wear,
         "clean, scan, hard, mixed", "WEAR"},
        {"format", 'f', 0, G_OPTION_ARG_STRING, &arguments->format,
         "jpeg, png, tiff, pdf, digital, mixed", "FORMAT"},
        {"fill", 0, 0, G_OPTION_ARG_STRING, &arguments->fill,
         "how forms are filled: print, hand, mixed", "FILL"},
        {"only", 0, 0, G_OPTION_ARG_STRING, &arguments->only, "one plan; see --list",
         "PLAN"},
        {"papers", 0, 0, G_OPTION_ARG_STRING, &arguments->papers,
         "no form, and one paper of each class; see --list", "CLASS,…"},
        {"forms", 0, 0, G_OPTION_ARG_STRING, &arguments->forms,
         "only these, with commas between; see --list", "FORMS"},
        {"lists", 0, 0, G_OPTION_ARG_NONE, &arguments->has_lists,
         "individuals' applications too with any paper of their lists", NULL},
        {"truth", 0, 0, G_OPTION_ARG_NONE, &arguments->is_truth_only,
         "the truth alone, no pictures", NULL},
        {"list", 0, 0, G_OPTION_ARG_NONE, &arguments->is_list, "plans, prints, faces",
         NULL},
        {"self-check", 0, 0, G_OPTION_ARG_NONE, &arguments->is_self_check,
         "check what is made", NULL},
        {.long_name = NULL},
    };
    g_autoptr(GOptionContext) context =
        g_option_context_new("- forms and papers of made-up people, with their truth");
    g_option_context_add_main_entries(context, entries, NULL);
    return g_option_context_parse(context, argc, argv, error);
}

int main(int argc, char **argv)
{
    Arguments arguments = {.seed = 1, .cases = 1, .first = 1};
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_path_get_dirname(argv[0]);
    g_autofree char *hands = g_build_filename(folder, "hands", NULL);
    arguments.hands = hands;
    /* Numbers in truth and paper must not follow the user's country. */
    setlocale(LC_CTYPE, "");
    setMsgSeverity(L_SEVERITY_ERROR);
    gboolean is_good = parse(&argc, &argv, &arguments, &error) && run(&arguments, &error);
    if (!is_good)
        g_printerr("press: %s\n", error->message);
    g_free(arguments.out);
    g_free(arguments.part);
    g_free(arguments.wear);
    g_free(arguments.format);
    g_free(arguments.only);
    g_free(arguments.papers);
    g_free(arguments.forms);
    return is_good ? 0 : 1;
}
