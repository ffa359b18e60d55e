/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calibration.c - counts for pipelines/calibration.yaml. */
#include "calibration.h"
#include "base/file.h"
#include "base/json.h"

/* Where bins of confidence begin. A lone reading has 0.99 at most; what is above was said
 * by two papers. Most lone readings lie between 0.985 and that, so below bins are wide.
 */
static const double edges[] = {0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.985, 0.995};

typedef struct {
    const Stated *like; /* the first of them; borrowed */
    double from;
    Tally tally;
} Row;

static double bin_of(double confidence)
{
    double from = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(edges); i++)
        if (edges[i] <= confidence)
            from = edges[i];
    return from;
}

static int row_order(gconstpointer a, gconstpointer b)
{
    const Row *x = a, *y = b;
    int order = strcmp(x->like->kind, y->like->kind);
    if (order == 0)
        order = g_strcmp0(x->like->says, y->like->says);
    if (order == 0)
        order = -strcmp(x->like->ink, y->like->ink);
    if (order == 0)
        order = (int)y->like->is_accepted - (int)x->like->is_accepted;
    return order != 0 ? order : (x->from > y->from) - (x->from < y->from);
}

static Row *row_of(GArray *rows, const Stated *stated)
{
    Row wanted = {stated, bin_of(stated->raw), {0}};
    for (guint i = 0; i < rows->len; i++)
        if (row_order(&g_array_index(rows, Row, i), &wanted) == 0)
            return &g_array_index(rows, Row, i);
    g_array_append_val(rows, wanted);
    return &g_array_index(rows, Row, rows->len - 1);
}

/* "seed 151001: 60 of scan, filled by print", each once. Owned */
static char *sources_text(const GPtrArray *cases)
{
    g_autoptr(GHashTable) counts =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < cases->len; i++) {
        const MadeCase *made = cases->pdata[i];
        char *source = g_strdup_printf(
            "seed %d, wear %s, filled by %s", (int)json_get_int(made->truth, "seed", 0),
            made_case_word(made, "wear"), made_case_word(made, "fill"));
        int count = GPOINTER_TO_INT(g_hash_table_lookup(counts, source));
        g_hash_table_replace(counts, source, GINT_TO_POINTER(count + 1));
    }
    g_autoptr(GList) sources =
        g_list_sort(g_hash_table_get_keys(counts), (GCompareFunc)strcmp);
    for (GList *source = sources; source != NULL; source = source->next)
        g_string_append_printf(
            text, "#   %s: %d cases\n", (char *)source->data,
            GPOINTER_TO_INT(g_hash_table_lookup(counts, source->data)));
    return g_string_free(text, FALSE);
}

/* The one that read them all; NULL with @error. Borrowed */
static const char *model_of(const GArray *stated, GError **error)
{
    const char *model = NULL;
    for (guint i = 0; i < stated->len; i++) {
        const char *own = g_array_index(stated, Stated, i).model;
        if (own != NULL && model != NULL && strcmp(own, model) != 0)
            return fail_null(error, BASE_ERROR, BASE_ERROR_FORMAT,
                             "read by %s and by %s: one is needed", model, own);
        model = own != NULL ? own : model;
    }
    if (model == NULL)
        fail(error, BASE_ERROR, BASE_ERROR_FORMAT, "no value says which model read it");
    return model;
}

static void append_row(GString *text, const Row *row)
{
    g_string_append_printf(text, "  - {kind: %s, ", row->like->kind);
    if (row->like->says != NULL)
        g_string_append_printf(text, "says: %s, ", row->like->says);
    g_string_append_printf(text, "ink: %s, state: %s, from: %g, right: %d, of: %d}\n",
                           row->like->ink, row->like->is_accepted ? "accepted" : "review",
                           row->from, row->tally.good, row->tally.all);
}

bool calibration_write(const GPtrArray *cases, const GArray *stated, const char *path,
                       GError **error)
{
    const char *model = model_of(stated, error);
    if (model == NULL)
        return false;
    g_autoptr(GArray) rows = g_array_new(false, true, sizeof(Row));
    for (guint i = 0; i < stated->len; i++) {
        const Stated *value = &g_array_index(stated, Stated, i);
        tally_add(&row_of(rows, value)->tally, value->is_right);
    }
    g_array_sort(rows, row_order);
    g_autofree char *sources = sources_text(cases);
    g_autoptr(GString) text = g_string_new(
        "# SPDX-License-Identifier: GPL-3.0-or-later\n"
        "# How often values were right when they were measured, by kind, ink, what the\n"
        "# rules made of them, and the confidence of their reading: from here to where "
        "the\n"
        "# next row begins. Written by `make calibration`, never by hand; "
        "models/README.md\n"
        "# has its card. Measured on\n");
    g_string_append_printf(text, "%smodel: %s\nvalues:\n", sources, model);
    for (guint i = 0; i < rows->len; i++)
        append_row(text, &g_array_index(rows, Row, i));
    return file_write_atomic(path, text->str, text->len, 0644, error);
}
