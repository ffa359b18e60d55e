/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fine the scan inside a PDF page is, and of what its fonts are made. By libqpdf,
 * which tells a picture's size without decoding it; poppler-glib would decode all of it
 * first. */
#include <qpdf/qpdf-c.h>

#include "intake/private.h"

#define MAX_NESTED_FORMS 3
#define MAX_PICTURES 256 /* a page of so many is no scan */

typedef struct {
    int count;
    double largest_px, all_px; /* width x height */
} Pictures;

static qpdf_oh resources_of(qpdf_data pdf, qpdf_oh page)
{
    qpdf_oh node = page;
    /* Inherited from the parents; a loop of parents ends too. */
    for (int level = 0; level < 32; level++) {
        qpdf_oh resources = qpdf_oh_get_key_if_dict(pdf, node, "/Resources");
        if (qpdf_oh_is_dictionary(pdf, resources))
            return resources;
        node = qpdf_oh_get_key_if_dict(pdf, node, "/Parent");
    }
    return qpdf_oh_new_null(pdf);
}

static void add_picture(qpdf_data pdf, qpdf_oh dict, Pictures *pictures)
{
    int width = 0, height = 0;
    qpdf_oh_get_value_as_int(pdf, qpdf_oh_get_key(pdf, dict, "/Width"), &width);
    qpdf_oh_get_value_as_int(pdf, qpdf_oh_get_key(pdf, dict, "/Height"), &height);
    if (width <= 0 || height <= 0)
        return;
    double pixels = (double)width * height;
    pictures->count++;
    pictures->all_px += pixels;
    pictures->largest_px = MAX(pictures->largest_px, pixels);
}

static GPtrArray *keys_of(qpdf_data pdf, qpdf_oh dict)
{
    GPtrArray *keys = g_ptr_array_new_with_free_func(g_free);
    if (!qpdf_oh_is_dictionary(pdf, dict))
        return keys;
    qpdf_oh_begin_dict_key_iter(pdf, dict);
    while (qpdf_oh_dict_more_keys(pdf) && keys->len < MAX_PICTURES)
        g_ptr_array_add(keys, g_strdup(qpdf_oh_dict_next_key(pdf)));
    return keys;
}

static void add_pictures(qpdf_data pdf, qpdf_oh resources, int depth, Pictures *pictures)
{
    qpdf_oh objects = qpdf_oh_get_key_if_dict(pdf, resources, "/XObject");
    if (!qpdf_oh_is_dictionary(pdf, objects))
        return;
    g_autoptr(GPtrArray) keys = keys_of(pdf, objects);
    for (guint i = 0; i < keys->len && pictures->count < MAX_PICTURES; i++) {
        qpdf_oh stream = qpdf_oh_get_key(pdf, objects, g_ptr_array_index(keys, i));
        if (!qpdf_oh_is_stream(pdf, stream))
            continue;
        qpdf_oh dict = qpdf_oh_get_dict(pdf, stream);
        qpdf_oh kind = qpdf_oh_get_key(pdf, dict, "/Subtype");
        if (qpdf_oh_is_name_and_equals(pdf, kind, "/Image"))
            add_picture(pdf, dict, pictures);
        else if (depth < MAX_NESTED_FORMS &&
                 qpdf_oh_is_name_and_equals(pdf, kind, "/Form"))
            add_pictures(pdf, qpdf_oh_get_key_if_dict(pdf, dict, "/Resources"), depth + 1,
                         pictures);
    }
}

static bool is_drawn_font(qpdf_data pdf, qpdf_oh fonts, const char *key)
{
    qpdf_oh font = qpdf_oh_get_key_if_dict(pdf, fonts, key);
    qpdf_oh kind = qpdf_oh_get_key_if_dict(pdf, font, "/Subtype");
    return qpdf_oh_is_name_and_equals(pdf, kind, "/Type3");
}

/* @left: resources that may still be looked at: forms may name each other */
static bool has_drawn_font(qpdf_data pdf, qpdf_oh resources, int depth, int *left)
{
    if (depth > MAX_NESTED_FORMS || --*left < 0)
        return true;
    qpdf_oh fonts = qpdf_oh_get_key_if_dict(pdf, resources, "/Font");
    g_autoptr(GPtrArray) names = keys_of(pdf, fonts);
    for (guint i = 0; i < names->len; i++)
        if (is_drawn_font(pdf, fonts, g_ptr_array_index(names, i)))
            return true;
    qpdf_oh objects = qpdf_oh_get_key_if_dict(pdf, resources, "/XObject");
    g_autoptr(GPtrArray) keys = keys_of(pdf, objects);
    for (guint i = 0; i < keys->len; i++) {
        qpdf_oh stream = qpdf_oh_get_key(pdf, objects, g_ptr_array_index(keys, i));
        if (!qpdf_oh_is_stream(pdf, stream))
            continue;
        qpdf_oh inner =
            qpdf_oh_get_key_if_dict(pdf, qpdf_oh_get_dict(pdf, stream), "/Resources");
        if (qpdf_oh_is_dictionary(pdf, inner) &&
            has_drawn_font(pdf, inner, depth + 1, left))
            return true;
    }
    return names->len >= MAX_PICTURES || keys->len >= MAX_PICTURES;
}

/* Reads @path into @pdf. @page: out. Returns: whether it has page @index */
static bool open_page(qpdf_data pdf, const char *path, int index, qpdf_oh *page)
{
    qpdf_silence_errors(pdf);
    qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    if ((qpdf_read(pdf, path, NULL) & QPDF_ERRORS) != 0 ||
        index >= qpdf_get_num_pages(pdf))
        return false;
    *page = qpdf_get_page_n(pdf, (size_t)index);
    return true;
}

bool page_has_drawn_font(const char *path, int index)
{
    bool has_any = true;
    int left = MAX_PICTURES;
    qpdf_oh page;
    qpdf_data pdf = qpdf_init();
    if (open_page(pdf, path, index, &page))
        has_any = has_drawn_font(pdf, resources_of(pdf, page), 0, &left);
    qpdf_cleanup(&pdf);
    return has_any;
}

double page_picture_dpi(const char *path, int index, double area_in2, bool is_one)
{
    Pictures pictures = {0};
    qpdf_oh page;
    qpdf_data pdf = qpdf_init();
    if (open_page(pdf, path, index, &page))
        add_pictures(pdf, resources_of(pdf, page), 0, &pictures);
    qpdf_cleanup(&pdf);
    double pixels = is_one ? pictures.largest_px : pictures.all_px;
    return area_in2 > 0 && pixels > 0 ? sqrt(pixels / area_in2) : 0;
}
