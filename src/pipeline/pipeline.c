/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pipeline/pipeline.c - walks the folder, reads each file by its table, answers
 * questions. */
#include "pipeline/pipeline.h"

#include "pipeline/shape.h"

#include <glib/gstdio.h>

GQuark pipeline_error_quark(void)
{
    return g_quark_from_static_string("pipeline-error");
}

static void class_free(void *class)
{
    ClassDecl *decl = class;
    shape_clear(&class_shape, decl);
    g_free(decl->file);
    g_free(decl);
}

static void rule_free(void *rule)
{
    RuleDecl *decl = rule;
    shape_clear(&rule_shape, decl);
    g_free(decl->file);
    g_free(decl);
}

static void place_free(void *place)
{
    PlaceDecl *decl = place;
    shape_clear(&place_shape, decl);
    g_free(decl->file);
    g_free(decl);
}

static void mention_free(void *mention)
{
    ClassMention *named = mention;
    g_free(named->class_name);
    g_free(named->where);
    g_free(named);
}

void pipeline_free(Pipeline *pipeline)
{
    if (pipeline == NULL)
        return;
    g_ptr_array_unref(pipeline->classes);
    g_ptr_array_unref(pipeline->rules);
    g_ptr_array_unref(pipeline->places);
    g_ptr_array_unref(pipeline->files);
    g_ptr_array_unref(pipeline->remarks);
    shape_clear(&vocabulary_shape, &pipeline->vocabulary);
    shape_clear(&calibration_shape, &pipeline->calibration);
    g_free(pipeline->folder);
    g_free(pipeline);
}

/* --- one file -------------------------------------------------------------------------
 */

/* The text of a declaration, within the limit. */
static char *load_text(const char *path, gsize *length, GError **error)
{
    g_autoptr(GError) problem = NULL;
    GStatBuf info;
    if (g_stat(path, &info) == 0 && info.st_size > LIMIT_DECLARATION_BYTES)
        return fail_null(error, PIPELINE_ERROR, PIPELINE_ERROR_IO,
                         "%s: larger than %d bytes", path, LIMIT_DECLARATION_BYTES);
    char *text = NULL;
    if (!g_file_get_contents(path, &text, length, &problem))
        return fail_null(error, PIPELINE_ERROR, PIPELINE_ERROR_IO, "%s",
                         problem->message);
    return text;
}

static void complain_syntax(Loader *loader, const yaml_parser_t *parser)
{
    yaml_node_t at = {.start_mark = parser->problem_mark};
    complain(loader, &at, "not YAML: %s",
             parser->problem != NULL ? parser->problem : "?");
}

/* Reads the first document of @text into @item; a second document is refused. */
static void read_document(Loader *loader, const Shape *shape, const char *text,
                          gsize length, void *item)
{
    yaml_parser_t parser;
    yaml_document_t document;
    if (!yaml_parser_initialize(&parser))
        return;
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
    if (!yaml_parser_load(&parser, &document)) {
        complain_syntax(loader, &parser);
        yaml_parser_delete(&parser);
        return;
    }
    loader->document = &document;
    const yaml_node_t *root = yaml_document_get_root_node(&document);
    if (root == NULL)
        complain(loader, NULL, "the file is empty");
    else
        shape_read(loader, shape, root, item);
    yaml_document_delete(&document);
    loader->document = NULL;
    if (yaml_parser_load(&parser, &document)) {
        const yaml_node_t *second = yaml_document_get_root_node(&document);
        if (second != NULL)
            complain(loader, second, "a second document in one file");
        yaml_document_delete(&document);
    } else {
        complain_syntax(loader, &parser);
    }
    yaml_parser_delete(&parser);
}

/* Reads @relative below the folder into @item by @shape, and notes its hash. */
static bool read_file(Loader *loader, const char *relative, const Shape *shape,
                      void *item, GError **error)
{
    gsize length = 0;
    g_autofree char *path = g_build_filename(loader->pipeline->folder, relative, NULL);
    g_autofree char *text = load_text(path, &length, error);
    if (text == NULL)
        return false;
    g_autofree char *hash =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
    g_ptr_array_add(loader->pipeline->files, g_strdup_printf("%s\t%s", relative, hash));
    loader->file = path;
    const char *bad = NULL;
    if (!g_utf8_validate_len(text, length, &bad))
        complain(loader, NULL, "not UTF-8 at byte %td", bad - text);
    else
        read_document(loader, shape, text, length, item);
    loader->file = NULL;
    return true;
}

/* --- folders --------------------------------------------------------------------------
 */

static int text_order(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names of the .yaml files of one subfolder, sorted; none where it is missing. */
static GPtrArray *list_folder(const Pipeline *pipeline, const char *subfolder,
                              GError **error)
{
    g_autoptr(GError) problem = NULL;
    g_autofree char *path = g_build_filename(pipeline->folder, subfolder, NULL);
    g_autoptr(GDir) dir = g_dir_open(path, 0, &problem);
    if (dir == NULL)
        return fail_null(error, PIPELINE_ERROR, PIPELINE_ERROR_IO, "%s",
                         problem->message);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name = g_dir_read_name(dir); name != NULL;
         name = g_dir_read_name(dir))
        if (g_str_has_suffix(name, ".yaml") && *name != '.')
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, text_order);
    return names;
}

/* What one subfolder holds. */
typedef struct {
    const char *subfolder;
    const Shape *shape;
    size_t list_offset; /* of the GPtrArray in Pipeline */
    size_t name_offset, file_offset;
    bool is_form;
} Folder;

static const Folder folders[] = {
    {"forms", &class_shape, offsetof(Pipeline, classes), offsetof(ClassDecl, name),
     offsetof(ClassDecl, file), true},
    {"papers", &class_shape, offsetof(Pipeline, classes), offsetof(ClassDecl, name),
     offsetof(ClassDecl, file), false},
    {"places", &place_shape, offsetof(Pipeline, places), offsetof(PlaceDecl, name),
     offsetof(PlaceDecl, file), false},
    {"rules", &rule_shape, offsetof(Pipeline, rules), offsetof(RuleDecl, name),
     offsetof(RuleDecl, file), false},
};

static void check_form(Loader *loader, const ClassDecl *class)
{
    /* one without applicant_kind is filled in by either kind */
    if (class->is_form && class->service == NULL)
        complain(loader, NULL, "a form wants a service");
    if (!class->is_form && (class->service != NULL || class->sections->len > 0))
        complain(loader, NULL, "only a form has service and sections");
}

static bool load_folder(Loader *loader, const Folder *folder, GError **error)
{
    g_autoptr(GPtrArray) names = list_folder(loader->pipeline, folder->subfolder, error);
    GPtrArray *list = *(GPtrArray **)((char *)loader->pipeline + folder->list_offset);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *relative =
            g_build_filename(folder->subfolder, names->pdata[i], NULL);
        g_autofree char *path =
            g_build_filename(loader->pipeline->folder, relative, NULL);
        char *item = g_malloc0(folder->shape->size);
        g_ptr_array_add(list, item);
        *(char **)(item + folder->file_offset) = g_strdup(path);
        guint before = loader->complaints->len;
        if (!read_file(loader, relative, folder->shape, item, error))
            return false;
        const char *name = *(char **)(item + folder->name_offset);
        g_autofree char *wanted = g_strdup_printf("%s.yaml", name != NULL ? name : "");
        loader->file = path;
        if (name != NULL && !g_str_equal(wanted, names->pdata[i]))
            complain(loader, NULL, "name \"%s\" is not the file's", name);
        if (folder->shape == &class_shape) {
            ((ClassDecl *)item)->is_form = folder->is_form;
            if (loader->complaints->len == before)
                check_form(loader, (ClassDecl *)item);
        }
        loader->file = NULL;
    }
    return true;
}

static bool load_thresholds(Loader *loader, GError **error)
{
    ThresholdsFile file = {0};
    bool is_read = read_file(loader, "thresholds.yaml", &thresholds_shape, &file, error);
    for (FieldKind kind = 0; kind < KIND_COUNT; kind++)
        loader->pipeline->thresholds[kind] = file.values;
    for (guint i = 0; file.kinds != NULL && i < file.kinds->len; i++) {
        const KindThresholds *own = file.kinds->pdata[i];
        loader->pipeline->thresholds[own->kind] = own->values;
    }
    loader->pipeline->promise = file.promise;
    shape_clear(&thresholds_shape, &file);
    return is_read;
}

/* What was measured may be missing: then confidences are the recogniser's own. */
static bool load_calibration(Loader *loader, GError **error)
{
    g_autofree char *path =
        g_build_filename(loader->pipeline->folder, "calibration.yaml", NULL);
    return !g_file_test(path, G_FILE_TEST_EXISTS) ||
           read_file(loader, "calibration.yaml", &calibration_shape,
                     &loader->pipeline->calibration, error);
}

static int class_order(gconstpointer a, gconstpointer b)
{
    return g_strcmp0((*(const ClassDecl *const *)a)->name,
                     (*(const ClassDecl *const *)b)->name);
}

static bool load_all(Loader *loader, GError **error)
{
    Pipeline *pipeline = loader->pipeline;
    if (!read_file(loader, "vocabulary.yaml", &vocabulary_shape, &pipeline->vocabulary,
                   error) ||
        !load_thresholds(loader, error) || !load_calibration(loader, error))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(folders); i++)
        if (!load_folder(loader, &folders[i], error))
            return false;
    g_ptr_array_sort(pipeline->classes, class_order);
    g_ptr_array_sort(pipeline->files, text_order);
    check_together(loader);
    if (loader->complaints->len == 0)
        return true;
    g_ptr_array_add(loader->complaints, NULL);
    g_autofree char *text = g_strjoinv("\n", (GStrv)loader->complaints->pdata);
    int code = strstr(text, ": not YAML: ") != NULL ? PIPELINE_ERROR_SYNTAX
                                                    : PIPELINE_ERROR_CHECK;
    return fail(error, PIPELINE_ERROR, code, "%s", text);
}

Pipeline *pipeline_load(const char *folder, GError **error)
{
    g_autoptr(Pipeline) pipeline = g_new0(Pipeline, 1);
    pipeline->folder = g_strdup(folder);
    pipeline->classes = g_ptr_array_new_with_free_func(class_free);
    pipeline->rules = g_ptr_array_new_with_free_func(rule_free);
    pipeline->places = g_ptr_array_new_with_free_func(place_free);
    pipeline->files = g_ptr_array_new_with_free_func(g_free);
    pipeline->remarks = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) complaints = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) classes = g_ptr_array_new_with_free_func(mention_free);
    Loader loader = {.pipeline = pipeline, .complaints = complaints, .classes = classes};
    return load_all(&loader, error) ? g_steal_pointer(&pipeline) : NULL;
}

/* --- questions ------------------------------------------------------------------------
 */

const GPtrArray *pipeline_classes(const Pipeline *pipeline)
{
    return pipeline->classes;
}

const GPtrArray *pipeline_rules(const Pipeline *pipeline)
{
    return pipeline->rules;
}

const GPtrArray *pipeline_remarks(const Pipeline *pipeline)
{
    return pipeline->remarks;
}

const GPtrArray *pipeline_places(const Pipeline *pipeline)
{
    return pipeline->places;
}

const ClassDecl *pipeline_class(const Pipeline *pipeline, const char *name)
{
    for (guint i = 0; i < pipeline->classes->len; i++) {
        const ClassDecl *class = pipeline->classes->pdata[i];
        if (g_strcmp0(class->name, name) == 0)
            return class;
    }
    return NULL;
}

const PlaceDecl *pipeline_place(const Pipeline *pipeline, const char *name)
{
    for (guint i = 0; i < pipeline->places->len; i++) {
        const PlaceDecl *place = pipeline->places->pdata[i];
        if (g_strcmp0(place->name, name) == 0)
            return place;
    }
    return NULL;
}

const ThresholdDecl *pipeline_thresholds(const Pipeline *pipeline, FieldKind kind)
{
    g_assert(kind < KIND_COUNT);
    return &pipeline->thresholds[kind];
}

static const PaperName *paper_name(const Pipeline *pipeline, const char *name)
{
    for (guint i = 0; i < pipeline->vocabulary.papers->len; i++) {
        const PaperName *paper = pipeline->vocabulary.papers->pdata[i];
        if (g_strcmp0(paper->name, name) == 0)
            return paper;
    }
    return NULL;
}

const char *pipeline_class_title(const Pipeline *pipeline, const char *name)
{
    const ClassDecl *class = pipeline_class(pipeline, name);
    if (class != NULL)
        return class->title;
    const PaperName *paper = paper_name(pipeline, name);
    return paper != NULL ? paper->title : name;
}

const char *const *pipeline_class_words(const Pipeline *pipeline, const char *name)
{
    const PaperName *paper = paper_name(pipeline, name);
    return paper != NULL ? (const char *const *)paper->words : NULL;
}

const char *const *pipeline_class_about(const Pipeline *pipeline, const char *name)
{
    const PaperName *paper = paper_name(pipeline, name);
    return paper != NULL ? (const char *const *)paper->about : NULL;
}

const RuleDecl *pipeline_rule(const Pipeline *pipeline, const char *service,
                              const char *applicant_kind, const char *place,
                              const char *date, bool *is_before_list)
{
    const RuleDecl *in_force = NULL, *earliest = NULL, *latest = NULL;
    for (guint i = 0; i < pipeline->rules->len; i++) {
        const RuleDecl *rule = pipeline->rules->pdata[i];
        if (g_strcmp0(rule->service, service) != 0 ||
            g_strcmp0(rule->place, place) != 0 ||
            g_strcmp0(rule->applicant_kind, applicant_kind) != 0)
            continue;
        if (earliest == NULL || strcmp(rule->in_force_from, earliest->in_force_from) < 0)
            earliest = rule;
        if (strcmp(rule->in_force_from, date) > 0)
            continue;
        if (latest == NULL || strcmp(rule->in_force_from, latest->in_force_from) > 0)
            latest = rule;
        if (rule->in_force_to == NULL || strcmp(date, rule->in_force_to) <= 0)
            if (in_force == NULL ||
                strcmp(rule->in_force_from, in_force->in_force_from) > 0)
                in_force = rule;
    }
    *is_before_list = earliest != NULL && latest == NULL;
    return in_force != NULL ? in_force : *is_before_list ? earliest : NULL;
}

char *pipeline_hash(const Pipeline *pipeline, const char *subfolder)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *prefix =
        subfolder != NULL ? g_strdup_printf("%s/", subfolder) : g_strdup("");
    for (guint i = 0; i < pipeline->files->len; i++) {
        const char *line = pipeline->files->pdata[i];
        if (!g_str_has_prefix(line, prefix))
            continue;
        g_checksum_update(sum, (const guchar *)line, -1);
        g_checksum_update(sum, (const guchar *)"\n", 1);
    }
    return g_strdup(g_checksum_get_string(sum));
}
