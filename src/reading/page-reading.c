/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/page-reading.h"

void text_line_free(TextLine *line)
{
    if (line == NULL)
        return;
    g_free(line->text);
    g_free(line->second_text);
    g_free(line->outvoted_text);
    g_free(line->digits_text);
    g_clear_pointer(&line->hand_numbers, g_array_unref);
    text_line_free(line->boxless);
    text_line_free(line->by_hand);
    if (line->glyphs != NULL)
        g_array_unref(line->glyphs);
    g_free(line);
}

static void hand_number_clear(void *number)
{
    g_free(((HandNumber *)number)->text);
}

GArray *hand_numbers_new(void)
{
    GArray *numbers = g_array_new(false, true, sizeof(HandNumber));
    g_array_set_clear_func(numbers, hand_number_clear);
    return numbers;
}

static void seal_mark_clear(void *seal)
{
    g_free(((SealMark *)seal)->text);
    g_free(((SealMark *)seal)->second_text);
    g_free(((SealMark *)seal)->shapes_text);
    g_clear_pointer(&((SealMark *)seal)->places, g_array_unref);
}

bool text_line_has_date(const TextLine *line)
{
    return strstr(line->text, "年") != NULL && strstr(line->text, "月") != NULL &&
           strstr(line->text, "日") != NULL;
}

bool text_line_is_sentence(const TextLine *line)
{
    return line->is_skipped ||
           (line->glyphs != NULL && line->glyphs->len >= SENTENCE_GLYPHS &&
            !text_line_has_date(line));
}

PageReading *page_reading_new(void)
{
    PageReading *reading = g_new0(PageReading, 1);
    reading->to_original = transform_identity();
    reading->cells = g_array_new(false, true, sizeof(ReadCell));
    reading->lines = g_ptr_array_new_with_free_func((GDestroyNotify)text_line_free);
    reading->ticks = g_array_new(false, true, sizeof(TickMark));
    reading->gaps = g_array_new(false, true, sizeof(TickMark));
    reading->seals = g_array_new(false, true, sizeof(SealMark));
    g_array_set_clear_func(reading->seals, seal_mark_clear);
    reading->loose = g_array_new(false, true, sizeof(LooseInk));
    reading->clear = g_array_new(false, true, sizeof(Rect));
    reading->papers = g_array_new(false, true, sizeof(Rect));
    reading->problems = g_ptr_array_new_with_free_func(g_free);
    return reading;
}

void page_reading_free(PageReading *reading)
{
    if (reading == NULL)
        return;
    g_free(reading->proof_sha256);
    g_free(reading->model);
    g_free(reading->print);
    g_free(reading->cover);
    g_array_unref(reading->cells);
    g_ptr_array_unref(reading->lines);
    g_array_unref(reading->ticks);
    g_array_unref(reading->gaps);
    g_array_unref(reading->seals);
    g_array_unref(reading->loose);
    g_array_unref(reading->clear);
    g_array_unref(reading->papers);
    g_ptr_array_unref(reading->problems);
    g_free(reading);
}
