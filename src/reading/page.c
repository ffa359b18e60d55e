/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a sheet line by line: which lines, at what scale, and how often. */
#include "reading/private.h"

#include "base/numbers.h"
#include "base/text.h"

/* A reading this sure in every glyph is not read twice (thresholds: make accuracy). */
#define SURE_WEAKEST 0.985
#define SURER_BY 0.005
/* Fine print: in a cell of so many lines, full lines after the second are not read. */
#define FINE_PRINT_MIN_LINES 4
#define FINE_PRINT_READ_LINES 2
#define FULL_LINE_SHARE 0.85
/* Of a model's confidence: a box that was read as a character has less. */
#define SURE_CHARACTER 0.95
/* A Chinese character is at most so wide, of its line's height; with a box beside it that
 * was not read it would be wider. What is narrower than this share of it is a piece. */
#define MAX_CHARACTER_WIDTH 1.2
#define PIECE_SHARE 0.75
/* Frames that tell how thick a page's frames are, and so many of them. */
#define WHOLE_FRAME 0.97
#define FRAMES_TO_TELL 3

/* A picture of a line, and how its pixels lie on the page. */
typedef struct {
    LinePicture picture;
    Point offset;
    double scale;
} Crop;

static void crop_clear(Crop *crop)
{
    line_picture_clear(&crop->picture);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Crop, crop_clear)

static Crop crop_line(const Reader *reader, Rect box, const GArray *to_blank)
{
    PIX *pix = layout_line_crop(reader->layout, reader->sheet, box, to_blank,
                                LOOK_HEIGHT_PX, LOOK_BORDER_SHARE);
    if (pix == NULL)
        return (Crop){0};
    double scale = (double)box.height / LOOK_HEIGHT_PX;
    double border_x = (pixGetWidth(pix) - box.width / scale) / 2;
    double border_y = (pixGetHeight(pix) - box.height / scale) / 2;
    return (Crop){
        {.pix = pix}, {box.x - border_x * scale, box.y - border_y * scale}, scale};
}

static bool read_crop(Reader *reader, Crop *crop, ReadMode mode, TextLine *line,
                      GError **error)
{
    if (crop->picture.pix != NULL)
        return engine_read_line(reader->engine, crop->picture.pix, mode, crop->offset,
                                crop->scale, line, error);
    g_free(line->text); /* no pixels: an empty text */
    line->text = g_strdup("");
    if (line->glyphs == NULL)
        line->glyphs = g_array_new(false, true, sizeof(Glyph));
    return true;
}

/* Recognition lets a character end where the next begins: across a gap, too. Takes the
 * white columns off both sides, so that gaps can be seen. */
static void tighten(TextLine *line, PIX *ink)
{
    Rect page = {0, 0, pixGetWidth(ink), pixGetHeight(ink)};
    Rect all = rect_intersection(line->box_px, page);
    g_autoptr(BOX) box = boxCreate(all.x, all.y, all.width, all.height);
    g_autoptr(PIX) part = !rect_is_empty(all) ? pixClipRectangle(ink, box, NULL) : NULL;
    g_autoptr(NUMA) columns = part != NULL ? pixCountByColumn(part, NULL) : NULL;
    for (guint i = 0; columns != NULL && i < line->glyphs->len; i++) {
        Rect *glyph = &g_array_index(line->glyphs, Glyph, i).box_px;
        int from = MAX(0, glyph->x - all.x),
            to = MIN(all.width, rect_right(*glyph) - all.x);
        l_float32 count = 0;
        while (from < to && numaGetFValue(columns, from, &count) == 0 && count == 0)
            from++;
        while (to > from && numaGetFValue(columns, to - 1, &count) == 0 && count == 0)
            to--;
        if (to > from) {
            glyph->x = all.x + from;
            glyph->width = to - from;
        }
    }
}

static bool is_mostly_digits(const char *text)
{
    int digits = 0, all = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p), all++)
        digits += g_unichar_isdigit(g_utf8_get_char(p)) || *p == 'X' || *p == 'x';
    return digits >= 3 && digits * 2 >= all;
}

static void text_line_clear(TextLine *line)
{
    g_free(line->text);
    g_clear_pointer(&line->glyphs, g_array_unref);
}

void take_doubts(TextLine *line, const TextLine *second)
{
    if (strcmp(line->text, second->text) != 0 || line->glyphs->len != second->glyphs->len)
        return;
    for (guint i = 0; i < line->glyphs->len; i++) {
        Glyph *glyph = &g_array_index(line->glyphs, Glyph, i);
        const Glyph *other = &g_array_index(second->glyphs, Glyph, i);
        glyph->confidence = MIN(glyph->confidence, other->confidence);
    }
    text_line_summarise(line);
}

/* The surer of the two models' readings is the line's, the other its second. The first
 * model keeps it where they are near: it errs less in print. */
static void keep_surer(TextLine *line, TextLine *second)
{
    if (second->confidence > line->confidence + SURER_BY && *second->text != '\0' &&
        strcmp(second->text, line->text) != 0) {
        TextLine first = *line;
        line->text = second->text;
        line->glyphs = second->glyphs;
        line->confidence = second->confidence;
        line->weakest = second->weakest;
        second->text = first.text;
        second->glyphs = first.glyphs;
        second->confidence = first.confidence;
    }
    line->second_text = g_steal_pointer(&second->text);
    line->second_confidence = second->confidence;
}

/* Whether no second reading of @line is needed: its model is sure of every character, or
 * their shapes bear it out. A number needs more than its model's word. */
static bool is_surely_read(const Reader *reader, Crop *crop, TextLine *line,
                           bool is_number)
{
    const Classifier *classifier = engine_classifier(reader->engine);
    return (!is_number && line->weakest >= SURE_WEAKEST) ||
           (classifier != NULL &&
            shapes_bear_out(classifier, &crop->picture, line, SURE_WEAKEST, is_number));
}

/* Lets shapes decide between both readings, and keeps what was read before. */
static void weigh(const Classifier *classifier, Crop *crop, TextLine *line,
                  TextLine *second)
{
    g_autofree char *first_text = g_strdup(line->text);
    g_autofree char *second_text = g_strdup(second->text);
    third_opinion(classifier, &crop->picture, line, second);
    if (strcmp(first_text, line->text) != 0)
        line->outvoted_text = g_steal_pointer(&first_text);
    else if (strcmp(second_text, second->text) != 0)
        line->outvoted_text = g_steal_pointer(&second_text);
}

/* A second opinion by the other model. */
static bool read_by_other(Reader *reader, Crop *crop, TextLine *line, GError **error)
{
    const Classifier *classifier = engine_classifier(reader->engine);
    TextLine second = {0};
    if (!read_crop(reader, crop, READ_OTHER, &second, error))
        return false;
    if (classifier != NULL)
        weigh(classifier, crop, line, &second);
    take_doubts(line, &second);
    keep_surer(line, &second);
    text_line_clear(&second);
    return true;
}

/* A digits-only look at what seems a number.
 * @first: what the first model read. Digits alone it would read again as they are, and of
 * a date nobody asks for digits */
static bool read_digits(Reader *reader, Crop *crop, const char *first, TextLine *line,
                        GError **error)
{
    TextLine digits = {0};
    if (text_is_date(first))
        return true;
    if (strspn(first, READING_DIGITS) == strlen(first)) {
        line->digits_text = g_strdup(first);
        line->digits_confidence = line->confidence;
        return true;
    }
    if (!read_crop(reader, crop, READ_DIGITS, &digits, error))
        return false;
    line->digits_text = g_steal_pointer(&digits.text);
    line->digits_confidence = digits.confidence;
    text_line_clear(&digits);
    return true;
}

/* Whether the square @box_px is a piece of a character of @line that was surely read: the
 * 口 of 请, the lower half of 6. @line's characters are where their ink is. */
static bool is_in_character(const TextLine *line, Rect box_px)
{
    for (guint i = 0; i < line->glyphs->len; i++) {
        const Glyph *glyph = &g_array_index(line->glyphs, Glyph, i);
        if (glyph->confidence >= SURE_CHARACTER &&
            classifier_kind_of(g_utf8_get_char(glyph->text)) != CLASSIFIER_KINDS &&
            glyph->box_px.width <= MAX_CHARACTER_WIDTH * line->box_px.height &&
            box_px.width <= PIECE_SHARE * glyph->box_px.width &&
            box_px.x >= glyph->box_px.x - 1 &&
            rect_right(box_px) <= rect_right(glyph->box_px) + 1)
            return true;
    }
    return false;
}

/* Whether a box as @mark may stand on @line, which was read with no box. A 国 may look
 * like one: that is why the line is read with its boxes as well, and only options are
 * looked for without them. A model that knows boxes needs no second look.
 * @is_placed: its characters are where their ink is */
static bool may_be_box(const TextLine *line, const BoxMark *mark, bool is_placed)
{
    return mark->squareness >= BOX_MIN_SQUARENESS &&
           !(is_placed && is_in_character(line, mark->box_px));
}

/* Whether @mark is hollow and whole: no character is. */
static bool is_hollow(const BoxMark *mark)
{
    return mark->squareness >= WHOLE_FRAME && tick_state(mark, 0) == TICK_EMPTY;
}

/* The boxes on @line: where it was read with some (@has_read), those that must be.
 * @is_placed: as above. Returns: Rect, owned */
static GArray *boxes_on(const Reader *reader, const TextLine *line, bool has_read,
                        bool is_placed)
{
    GArray *rects = g_array_new(false, false, sizeof(Rect));
    for (guint i = 0; i < reader->layout->boxes->len; i++) {
        const BoxMark *mark = &g_array_index(reader->layout->boxes, BoxMark, i);
        Rect frame = rect_grown(mark->box_px, 1, G_MAXINT, G_MAXINT);
        if (mark->cell == line->cell &&
            rect_contains_centre(line->box_px, mark->box_px) &&
            (has_read ? is_hollow(mark) : may_be_box(line, mark, is_placed)))
            g_array_append_val(rects, frame);
    }
    return rects;
}

/* Puts the characters of @line where their ink on @crop is. Returns: false where that
 * cannot be told */
static bool place_by_ink(Crop *crop, TextLine *line)
{
    const Rect *places = line_places(&crop->picture, line);
    if (places == NULL)
        return false;
    for (guint i = 0; i < line->glyphs->len; i++) {
        Rect *box = &g_array_index(line->glyphs, Glyph, i).box_px;
        int left = (int)lround(crop->offset.x + places[i].x * crop->scale);
        int right = (int)lround(crop->offset.x + rect_right(places[i]) * crop->scale);
        *box = (Rect){left, box->y, MAX(1, right - left), box->height};
    }
    return true;
}

/* The same; where it cannot be told, roughly, as recognition has it. */
static bool place_glyphs(const Reader *reader, Crop *crop, TextLine *line)
{
    bool is_placed = place_by_ink(crop, line);
    if (!is_placed)
        tighten(line, reader->layout->ink);
    return is_placed;
}

static guint count_read_boxes(const TextLine *line)
{
    guint count = 0;
    for (guint i = 0; i < line->glyphs->len; i++)
        count +=
            strcmp(g_array_index(line->glyphs, Glyph, i).text, READING_TICK_BOX) == 0;
    return count;
}

/* Puts the marks on @line that lie in none of @boxes in their place. On such a line
 * nothing but a whole frame is a box: others have gone, and characters look like them.
 * Returns: whether there are any */
static bool take_marks(const Reader *reader, const TextLine *line, GArray *boxes)
{
    g_autoptr(GArray) whole = boxes_on(reader, line, true, false);
    g_autoptr(GArray) marks = marks_on(reader->layout, line);
    for (guint i = marks->len; i-- > 0;)
        for (guint k = 0; k < whole->len; k++)
            if (!rect_is_empty(rect_intersection(g_array_index(marks, Rect, i),
                                                 g_array_index(whole, Rect, k)))) {
                g_array_remove_index(marks, i);
                break;
            }
    if (marks->len == 0)
        return false;
    g_array_set_size(boxes, 0);
    g_array_append_vals(boxes, whole->data, whole->len);
    g_array_append_vals(boxes, marks->data, marks->len);
    return true;
}

/* Where fewer boxes were read than stand there, one was taken for a part of a word
 * (手机□固话 for 手机固话), and all behind it stands in the wrong place. Where no box
 * stands, a mark may be left of one, and is read as a part of the word behind it. */
static bool read_boxless(Reader *reader, TextLine *line, bool is_placed, GError **error)
{
    guint count = count_read_boxes(line);
    g_autoptr(GArray) boxes = boxes_on(reader, line, count > 0, is_placed);
    bool has_marks = take_marks(reader, line, boxes);
    if (boxes->len <= count)
        return true;
    line->boxless = g_new0(TextLine, 1);
    line->boxless->box_px = line->box_px;
    line->boxless->cell = line->cell;
    g_auto(Crop) crop = crop_line(reader, line->box_px, boxes);
    if (!read_crop(reader, &crop, READ_TEXT, line->boxless, error))
        return false;
    if (count > 0 || has_marks)
        place_by_ink(&crop, line->boxless);
    return true;
}

static bool read_looks(Reader *reader, Crop *crop, TextLine *line, GError **error)
{
    if (!read_crop(reader, crop, READ_TEXT, line, error))
        return false;
    if (*line->text == '\0')
        return true;
    bool is_number = is_mostly_digits(line->text);
    g_autofree char *first = g_strdup(line->text);
    return is_surely_read(reader, crop, line, is_number) ||
           (read_by_other(reader, crop, line, error) &&
            (!is_number || read_digits(reader, crop, first, line, error)));
}

/* A number that stands apart from the words of its line, read alone by both models. */
static bool read_number(Reader *reader, TextLine *line, GError **error)
{
    Number number = {0};
    if (!number_apart(line, reader->layout->ink, &number))
        return true;
    g_auto(Crop) crop = crop_line(reader, number.box_px, NULL);
    TextLine alone = {0}, other = {0};
    bool is_read = read_crop(reader, &crop, READ_TEXT, &alone, error) &&
                   read_crop(reader, &crop, READ_OTHER, &other, error);
    if (is_read) {
        take_doubts(&alone, &other);
        keep_surer(&alone, &other);
        if (is_number_alone(alone.text))
            number_take(line, &number, &alone, alone.second_text);
    }
    g_free(alone.second_text);
    text_line_clear(&alone);
    text_line_clear(&other);
    return is_read;
}

static bool read_line(Reader *reader, TextLine *line, GError **error)
{
    g_auto(Crop) crop = crop_line(reader, line->box_px, NULL);
    if (!read_looks(reader, &crop, line, error))
        return false;
    if (*line->text == '\0')
        return true;
    if (!read_number(reader, line, error))
        return false;
    hand_trace(engine_classifier(reader->engine), &crop.picture, line);
    digit_shapes_take(reader->digits, engine_classifier(reader->engine), &crop.picture,
                      line);
    bool is_placed = place_glyphs(reader, &crop, line);
    covered_digits_doubt(engine_classifier(reader->engine), reader->sheet->seal,
                         &crop.picture, line);
    return read_boxless(reader, line, is_placed, error);
}

/* Lines of the cell that @first is in, counted on from it. */
static int lines_in_cell(const Layout *layout, guint first)
{
    int cell = g_array_index(layout->lines, InkLine, first).cell, count = 0;
    for (guint i = first; i < layout->lines->len; i++, count++)
        if (g_array_index(layout->lines, InkLine, i).cell != cell)
            break;
    return count;
}

static bool is_full_line(const Layout *layout, const InkLine *ink)
{
    Rect cell = g_array_index(layout->cells, Cell, ink->cell).box_px;
    return ink->box_px.width >= FULL_LINE_SHARE * cell.width;
}

/* Whether line @index is the body of a printed paragraph: nobody fills in so much, and
 * if somebody did, the field says that it was not read. */
static bool is_fine_print(const Layout *layout, guint index, guint first_of_cell,
                          int count)
{
    const InkLine *ink = &g_array_index(layout->lines, InkLine, index);
    return ink->cell >= 0 && count >= FINE_PRINT_MIN_LINES &&
           index - first_of_cell >= FINE_PRINT_READ_LINES && is_full_line(layout, ink);
}

/* what is known of line @index beforehand, now the caller's; or NULL */
static TextLine *take_known(GPtrArray *known, guint index)
{
    TextLine *line = known != NULL && index < known->len ? known->pdata[index] : NULL;
    if (line != NULL)
        known->pdata[index] = NULL;
    return line;
}

/* What is known beforehand was not looked at; some of it tells what the page's print is
 * like. */
static void trace_known(const Reader *reader, TextLine *line)
{
    g_auto(Crop) crop = crop_line(reader, line->box_px, NULL);
    hand_trace(engine_classifier(reader->engine), &crop.picture, line);
}

/* @standing: of hand_standing() */
static bool read_lines(Reader *reader, PageReading *reading, GPtrArray *known,
                       const double *standing, GError **error)
{
    const GArray *lines = reader->layout->lines;
    guint first = 0;
    int count = 0;
    for (guint i = 0; i < MIN(lines->len, LIMIT_LINES_PER_PAGE); i++) {
        const InkLine *ink = &g_array_index(lines, InkLine, i);
        if (i == 0 || g_array_index(lines, InkLine, i - 1).cell != ink->cell) {
            first = i;
            count = lines_in_cell(reader->layout, i);
        }
        TextLine *line = take_known(known, i);
        if (line != NULL) {
            g_ptr_array_add(reading->lines, line);
            if (standing[i] > 0)
                trace_known(reader, line);
            continue;
        }
        line = g_new0(TextLine, 1);
        g_ptr_array_add(reading->lines, line);
        line->box_px = ink->box_px;
        line->cell = ink->cell;
        line->is_skipped = is_fine_print(reader->layout, i, first, count);
        if (line->is_skipped)
            line->text = g_strdup("");
        else if (!read_line(reader, line, error))
            return false;
    }
    return true;
}

/* How thick the frames of @boxes are that are empty and whole; 0: too few to tell. */
static int usual_thickness(const GArray *boxes)
{
    g_autoptr(GArray) thick = g_array_new(false, false, sizeof(int));
    for (guint i = 0; i < boxes->len; i++) {
        const BoxMark *mark = &g_array_index(boxes, BoxMark, i);
        if (mark->squareness >= WHOLE_FRAME && tick_state(mark, 0) == TICK_EMPTY)
            g_array_append_val(thick, mark->thick_px);
    }
    return thick->len >= FRAMES_TO_TELL
               ? ints_median((int *)(void *)thick->data, (int)thick->len)
               : 0;
}

/* Whether the frame of another of @boxes stands right above or below @mark: what is over
 * or under it is that frame then. */
static bool has_box_over(const GArray *boxes, const BoxMark *mark)
{
    for (guint i = 0; i < boxes->len; i++) {
        Rect other = g_array_index(boxes, BoxMark, i).box_px;
        int gap =
            MAX(other.y - rect_bottom(mark->box_px), mark->box_px.y - rect_bottom(other));
        if (gap >= 0 && gap * 2 < mark->box_px.height &&
            rect_overlap_x(other, mark->box_px) * 2 > mark->box_px.width)
            return true;
    }
    return false;
}

static void take_boxes(const Reader *reader, PageReading *reading)
{
    g_autoptr(GArray) boxes =
        boxes_with_read(reader->sheet, reader->layout, reading->lines);
    int thick_px = usual_thickness(boxes);
    for (guint i = 0; i < boxes->len; i++) {
        BoxMark mark = g_array_index(boxes, BoxMark, i);
        if (has_box_over(boxes, &mark)) {
            mark.over = 0;
            mark.ring = layout_ring_about(reader->layout, &mark, boxes);
        }
        TickState state = mark.squareness > 0 ? tick_state(&mark, thick_px) : TICK_UNSURE;
        TickMark tick = {mark.box_px, mark.cell, state, mark.squareness, mark.inside_ink};
        g_array_append_val(reading->ticks, tick);
    }
}

static void take_cells(const Layout *layout, PageReading *reading)
{
    for (guint i = 0; i < layout->cells->len; i++) {
        const Cell *cell = &g_array_index(layout->cells, Cell, i);
        ReadCell read = {cell->box_px, cell->grid};
        g_array_append_val(reading->cells, read);
    }
}

PageReading *reading_of_sheet(const Engine *engine, const Sheet *sheet)
{
    PageReading *reading = page_reading_new();
    reading->width_px = pixGetWidth(sheet->grey);
    reading->height_px = pixGetHeight(sheet->grey);
    reading->dpi = sheet->dpi;
    reading->rotation_deg = sheet->rotation_deg;
    reading->skew_deg = sheet->skew_deg;
    reading->to_original = sheet->to_original;
    reading->is_blank = sheet->is_blank;
    reading->is_toneless = sheet->is_toneless;
    reading->model = g_strdup(engine_model(engine));
    if (sheet->papers != NULL)
        g_array_append_vals(reading->papers, sheet->papers->data, sheet->papers->len);
    for (guint i = 0; i < sheet->problems->len; i++)
        g_ptr_array_add(reading->problems, g_strdup(sheet->problems->pdata[i]));
    return reading;
}

PageReading *reading_read(Engine *engine, const Sheet *sheet, const Layout *layout,
                          GPtrArray *known, GError **error)
{
    g_autoptr(PageReading) reading = reading_of_sheet(engine, sheet);
    g_autoptr(GArray) digits = digit_shapes_new();
    Reader reader = {engine, sheet, layout, digits};
    take_cells(layout, reading);
    marks_take(sheet, layout, reading);
    g_autofree double *standing = hand_standing(known, layout->lines->len);
    if (!seals_read(engine, sheet, reading, error) ||
        !read_lines(&reader, reading, known, standing, error))
        return NULL;
    like_digits_doubt(digits);
    hand_traces_settle(reading->lines, standing);
    if (!hand_numbers_read(&reader, reading->lines, error) ||
        !hand_words_read(&reader, reading->lines, error))
        return NULL;
    take_boxes(&reader, reading);
    g_array_unref(reading->gaps);
    reading->gaps = gaps_find(layout, reading->lines);
    return g_steal_pointer(&reading);
}
