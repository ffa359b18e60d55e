/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/draw.h"
#include "temp-folder.h"

static const struct {
    int width_px, height_px, depth;
} proofs[] = {
    {1000, 630, 1}, {1000, 630, 8}, {1000, 630, 32}, {2480, 3508, 1}, {2480, 3508, 8},
};

/* A card alone in black and white is smaller than its picture may be. */
static void test_every_size_and_depth(void)
{
    g_autoptr(TempFolder) folder = temp_folder_new();
    g_autoptr(GPtrArray) nothing = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(proofs); i++) {
        g_autoptr(PIX) proof =
            pixCreate(proofs[i].width_px, proofs[i].height_px, proofs[i].depth);
        g_autofree char *path = g_build_filename(folder, "page.png", NULL);
        g_autoptr(GError) error = NULL;
        PageDrawing drawing = {.proof = proof,
                               .callouts = nothing,
                               .outlines = nothing,
                               .heading = "",
                               .subheading = ""};
        draw_page(&drawing, path, &error);
        g_assert_no_error(error);
        g_autoptr(PIX) drawn = pixRead(path);
        g_assert_cmpint(pixGetWidth(drawn), >, MIN(1000, proofs[i].width_px));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/draw/every-size-and-depth", test_every_size_and_depth);
    return g_test_run();
}
