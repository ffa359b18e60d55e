/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pictures.c - crops of proofs as data URIs. */
#include "pictures.h"
#include "base/json.h"

#define AROUND_MM 2.5 /* shown around the ink, so that one sees where it stands */
#define SHOWN_DPI 150 /* legible, and a line of an address is 20 kB */
#define MAX_WIDTH_PX 900
#define PAGE_WIDTH_PX 480 /* a page to be recognised, and whether it is signed */
#define JPEG_QUALITY 60
#define FRAME_PX 2

void pictures_clear(Pictures *pictures)
{
    pixDestroy(&pictures->page);
    g_clear_pointer(&pictures->hash, g_free);
}

/* The proof of @page; borrowed. Faults of one page follow each other, mostly. */
static PIX *proof_of(Pictures *pictures, JsonObject *page)
{
    const char *name = json_get_string(page, "proof", "");
    const char *hash =
        g_str_has_prefix(name, "sha256:") ? name + strlen("sha256:") : NULL;
    if (pictures->store == NULL || hash == NULL)
        return NULL;
    if (g_strcmp0(hash, pictures->hash) == 0)
        return pictures->page;
    g_autofree char *path = store_object_path(pictures->store, hash);
    pictures_clear(pictures);
    pictures->page = pixRead(path);
    pictures->hash = g_strdup(hash);
    return pictures->page;
}

/* @picture as a data URI, if the report still has room for it. */
static char *data_uri(Pictures *pictures, PIX *picture)
{
    l_uint8 *data = NULL;
    size_t size = 0;
    char *uri = NULL;
    if (pixWriteMemJpeg(&data, &size, picture, JPEG_QUALITY, 0) == 0 &&
        size <= pictures->bytes_left) {
        g_autofree char *text = g_base64_encode(data, size);
        uri = g_strconcat("data:image/jpeg;base64,", text, NULL);
        pictures->left--;
        pictures->bytes_left -= size;
    } else {
        pictures->refused++;
    }
    lept_free(data);
    return uri;
}

static bool may_take(Pictures *pictures)
{
    if (pictures->left > 0)
        return true;
    pictures->refused++;
    return false;
}

static char *crop(Pictures *pictures, PIX *proof, Rect wanted, const GArray *boxes,
                  double scale)
{
    BOX *box = boxCreate(wanted.x, wanted.y, wanted.width, wanted.height);
    g_autoptr(PIX) cut = pixClipRectangle(proof, box, NULL);
    boxDestroy(&box);
    g_autoptr(PIX) colour = cut != NULL ? pixConvertTo32(cut) : NULL;
    g_autoptr(PIX) scaled = colour != NULL ? pixScale(colour, scale, scale) : NULL;
    if (scaled == NULL)
        return NULL;
    for (guint i = 0; boxes != NULL && i < boxes->len; i++) {
        Rect r = g_array_index(boxes, Rect, i);
        BOX *frame = boxCreate((int)((r.x - wanted.x) * scale) - FRAME_PX,
                               (int)((r.y - wanted.y) * scale) - FRAME_PX,
                               (int)(r.width * scale) + 2 * FRAME_PX,
                               (int)(r.height * scale) + 2 * FRAME_PX);
        pixRenderBoxArb(scaled, frame, FRAME_PX, 208, 72, 40);
        boxDestroy(&frame);
    }
    return data_uri(pictures, scaled);
}

/* The places of the field's own ink on the first page it is on. Rect, owned */
static GArray *own_boxes(JsonObject *field, int64_t *page)
{
    GArray *boxes = g_array_new(false, true, sizeof(Rect));
    JsonArray *evidence = field != NULL ? json_get_array(field, "evidence") : NULL;
    *page = 0;
    for (guint i = 0; evidence != NULL && i < json_array_get_length(evidence); i++) {
        JsonObject *item = json_array_get_object_element(evidence, i);
        Rect box = json_get_rect(item, "box");
        int64_t number = json_get_int(item, "page", 0);
        if (json_object_has_member(item, "key") || rect_is_empty(box) ||
            (*page != 0 && number != *page))
            continue;
        *page = number;
        g_array_append_val(boxes, box);
    }
    return boxes;
}

static JsonObject *page_of(const MadeCase *made, int64_t number)
{
    return made->record != NULL && number > 0
               ? json_find_numbered(json_get_array(made->record, "pages"), "page", number)
               : NULL;
}

bool finding_has_ink(const Finding *finding)
{
    int64_t page;
    g_autoptr(GArray) boxes = own_boxes(finding->field, &page);
    return boxes->len > 0;
}

char *picture_take_ink(Pictures *pictures, const Finding *finding)
{
    int64_t number;
    g_autoptr(GArray) boxes = own_boxes(finding->field, &number);
    JsonObject *page = page_of(finding->of, number);
    if (page == NULL || boxes->len == 0 || !may_take(pictures))
        return NULL;
    PIX *proof = proof_of(pictures, page);
    if (proof == NULL)
        return NULL;
    int dpi = (int)json_get_int(page, "dpi", SHOWN_DPI);
    Rect whole = {0};
    for (guint i = 0; i < boxes->len; i++)
        whole = rect_union(whole, g_array_index(boxes, Rect, i));
    whole = rect_grown(whole, px_from_mm(AROUND_MM, dpi), pixGetWidth(proof),
                       pixGetHeight(proof));
    double scale = (double)SHOWN_DPI / MAX(dpi, SHOWN_DPI);
    if (whole.width * scale > MAX_WIDTH_PX)
        scale = (double)MAX_WIDTH_PX / whole.width;
    return crop(pictures, proof, whole, boxes, scale);
}

char *picture_take_page(Pictures *pictures, const MadeCase *made, int64_t number)
{
    JsonObject *page = page_of(made, number);
    if (page == NULL || !may_take(pictures))
        return NULL;
    PIX *proof = proof_of(pictures, page);
    if (proof == NULL)
        return NULL;
    Rect whole = {0, 0, pixGetWidth(proof), pixGetHeight(proof)};
    return crop(pictures, proof, whole, NULL, (double)PAGE_WIDTH_PX / whole.width);
}
