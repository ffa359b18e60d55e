/* SPDX-License-Identifier: GPL-3.0-or-later */
/* line-cutter: cuts pages of line-press as the program cuts them, for training.
 *
 *     line-cutter FOLDER FIRST LAST OUT
 *
 * FOLDER: of line-press; FIRST, LAST: numbers of pages
 * OUT: OUT.tif, one picture a line, and OUT.box, their texts, for `tesseract lstm.train`
 * Only lines whose ink was found as it was printed are kept: what is cut through or
 * joined with its neighbour would teach the wrong thing. */
#include "base/base.h"
#include "intake/intake.h"
#include "layout/layout.h"
#include "sheet/sheet.h"

#include <stdio.h>
#include <stdlib.h>

/* Both as the reader has them (reading/page.c). */
#define INK_HEIGHT_PX 40
#define BORDER_SHARE 0.25
/* How far a line may be found from where it was printed, of its height. */
#define MAX_SIDE_OFF 0.35
#define MAX_HEIGHT_OFF 0.28

typedef struct {
    double left, top, right, bottom;
    char *text;
} Printed;

typedef struct {
    const char *picture_path;
    FILE *boxes;
    int count;
} Output;

static void printed_clear(gpointer line)
{
    g_free(((Printed *)line)->text);
}

static GArray *read_printed(const char *path)
{
    g_autofree char *text = NULL;
    GArray *lines = g_array_new(false, false, sizeof(Printed));
    g_array_set_clear_func(lines, printed_clear);
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return lines;
    g_auto(GStrv) rows = g_strsplit(text, "\n", -1);
    for (int i = 0; rows[i] != NULL; i++) {
        g_auto(GStrv) part = g_strsplit(rows[i], "\t", 5);
        if (g_strv_length(part) != 5)
            continue;
        Printed line = {g_ascii_strtod(part[0], NULL), g_ascii_strtod(part[1], NULL),
                        g_ascii_strtod(part[2], NULL), g_ascii_strtod(part[3], NULL),
                        g_strdup(part[4])};
        g_array_append_val(lines, line);
    }
    return lines;
}

static Point through(Transform t, double x, double y)
{
    double w = t.m[6] * x + t.m[7] * y + t.m[8];
    return (Point){(t.m[0] * x + t.m[1] * y + t.m[2]) / w,
                   (t.m[3] * x + t.m[4] * y + t.m[5]) / w};
}

/* Which printed line @found is, whole; NULL for none. Lengths are compared about the
 * middle, so that the page's turn does not matter. */
static const Printed *match(const GArray *printed, const Sheet *sheet, Rect found)
{
    Point middle =
        through(sheet->to_original, rect_centre_x(found), rect_centre_y(found));
    Point end = through(sheet->to_original, rect_right(found), rect_centre_y(found));
    double scale = hypot(end.x - middle.x, end.y - middle.y) / (found.width / 2.0);
    for (guint i = 0; i < printed->len; i++) {
        const Printed *line = &g_array_index(printed, Printed, i);
        double height = line->bottom - line->top;
        double off_x = fabs((line->left + line->right) / 2 - middle.x);
        double off_y = fabs((line->top + line->bottom) / 2 - middle.y);
        double off_width = fabs(line->right - line->left - found.width * scale) / 2;
        double off_height = fabs(height - found.height * scale) / 2;
        if (off_x + off_width < MAX_SIDE_OFF * height &&
            off_y + off_height < MAX_HEIGHT_OFF * height)
            return line;
    }
    return NULL;
}

/* What the model is to answer for signs that its charset lacks. */
static char *answer_of(const char *text)
{
    static const char *const signs[][2] = {{"³", "3"}, {"²", "2"}, {"㎡", "m2"}};
    g_autoptr(GString) answer = g_string_new(text);
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
        g_string_replace(answer, signs[i][0], signs[i][1], 0);
    return g_string_free(g_steal_pointer(&answer), FALSE);
}

static void write_line(Output *output, PIX *crop, const char *text)
{
    g_autofree char *answer = answer_of(text);
    int width = pixGetWidth(crop), height = pixGetHeight(crop);
    pixSetResolution(crop, 300, 300);
    pixWriteTiff(output->picture_path, crop, IFF_TIFF_ZIP,
                 output->count == 0 ? "w" : "a");
    fprintf(output->boxes, "WordStr 0 0 %d %d %d #%s\n\t %d %d %d %d %d\n", width, height,
            output->count, answer, width, 0, width + 1, height, output->count);
    output->count++;
}

static int cut_page(const char *folder, int number, Output *output, int *printed_count)
{
    g_autofree char *table = g_strdup_printf("%s/page-%04d.tsv", folder, number);
    g_autofree char *grey = g_strdup_printf("%s/page-%04d.jpg", folder, number);
    g_autofree char *bilevel = g_strdup_printf("%s/page-%04d.tif", folder, number);
    g_autoptr(GArray) printed = read_printed(table);
    g_autoptr(GError) error = NULL;
    PageInfo info = {0};
    const char *path = g_file_test(grey, G_FILE_TEST_EXISTS) ? grey : bilevel;
    g_autoptr(PIX) page = intake_load_page(path, 0, &info, &error);
    SheetParams params = {.claimed_dpi = info.claimed_dpi};
    g_autoptr(Sheet) sheet = page != NULL ? sheet_make(page, &params, &error) : NULL;
    g_autoptr(Layout) layout = sheet != NULL ? layout_find(sheet, &error) : NULL;
    if (layout == NULL) {
        fprintf(stderr, "line-cutter: %s: %s\n", path, error->message);
        return 0;
    }
    int kept = 0;
    *printed_count += (int)printed->len;
    for (guint i = 0; i < layout->lines->len; i++) {
        Rect box = g_array_index(layout->lines, InkLine, i).box_px;
        const Printed *line = match(printed, sheet, box);
        if (line == NULL)
            continue;
        g_autoptr(PIX) crop =
            layout_line_crop(layout, sheet, box, NULL, INK_HEIGHT_PX, BORDER_SHARE);
        if (crop == NULL)
            continue;
        write_line(output, crop, line->text);
        kept++;
    }
    return kept;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: line-cutter FOLDER FIRST LAST OUT\n");
        return 2;
    }
    g_autofree char *picture = g_strdup_printf("%s.tif", argv[4]);
    g_autofree char *boxes = g_strdup_printf("%s.box", argv[4]);
    Output output = {picture, fopen(boxes, "w"), 0};
    if (output.boxes == NULL) {
        perror(boxes);
        return 1;
    }
    int printed = 0, kept = 0;
    for (int i = atoi(argv[2]); i <= atoi(argv[3]); i++)
        kept += cut_page(argv[1], i, &output, &printed);
    fclose(output.boxes);
    fprintf(stderr, "%d of %d printed lines were found as printed\n", kept, printed);
    return 0;
}
