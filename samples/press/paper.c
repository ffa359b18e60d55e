/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper.h"

Paper *paper_new(const char *class_name, gboolean has_fields)
{
    Paper *paper = g_new0(Paper, 1);
    paper->class_name = class_name;
    paper->roles = g_ptr_array_new();
    paper->fields = has_fields ? fields_new() : NULL;
    paper->sheets = g_ptr_array_new_with_free_func((GDestroyNotify)sheet_free);
    paper->sheet_kinds = g_array_new(FALSE, FALSE, sizeof(SheetKind));
    paper->seals = g_ptr_array_new_with_free_func(g_free);
    paper->flaws = g_ptr_array_new();
    return paper;
}

void paper_free(Paper *paper)
{
    if (paper == NULL)
        return;
    g_ptr_array_unref(paper->roles);
    fields_free(paper->fields);
    g_ptr_array_unref(paper->sheets);
    g_array_unref(paper->sheet_kinds);
    g_ptr_array_unref(paper->seals);
    g_ptr_array_unref(paper->flaws);
    g_free(paper);
}

Sheet *paper_add_sheet(Paper *paper, double width_mm, double height_mm, SheetKind kind)
{
    Sheet *sheet = sheet_new(width_mm, height_mm);
    g_ptr_array_add(paper->sheets, sheet);
    g_array_append_val(paper->sheet_kinds, kind);
    return sheet;
}

void paper_mark_made_up(Sheet *sheet)
{
    gboolean is_small = sheet->height_mm < 100;
    Type type = type_points("Noto Sans CJK SC", is_small ? 4 : 6.5);
    type.colour = COLOUR_GREY;
    double height = is_small ? 2.0 : 4.0;
    text_in(sheet, &type, "样张 虚构",
            (Box){4, sheet->height_mm - height - (is_small ? 0.2 : 2.5), 40, height},
            ALIGN_LEFT);
}
