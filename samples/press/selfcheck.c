/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "selfcheck.h"

#include <string.h>

#include "cases.h"
#include "drawable.h"
#include "faces.h"
#include "photo.h"

#define CASES_CHECKED 60

static gboolean wrong(GError **error, const char *what, const char *which)
{
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: %s", what, which);
    return FALSE;
}

/* The ISO 7064 way round: with the check digit as a value, the weighted sum leaves 1. */
static gboolean id_is_right(const char *id)
{
    int remainder = 0;
    if (id == NULL || strlen(id) != 18)
        return FALSE;
    for (int i = 0; i < 18; i++) {
        int value = id[i] == 'X' ? 10 : id[i] - '0';
        remainder = (remainder * 2 + value) % 11;
    }
    return remainder == 1;
}

/* Numbers of the standard itself, so that the check above is not checked by itself. */
static gboolean check_vectors(GError **error)
{
    static const char *const good[] = {"11010519491231002X", "440524188001010014",
                                       "410221190001010016", "410225190912319909"};
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++)
        if (!id_is_right(good[i]) || id_check_digit(good[i]) != good[i][17])
            return wrong(error, "check digit of a standard's example", good[i]);
    if (credit_code_check("92410204QQ0000039L") != 'L')
        return wrong(error, "check character", "92410204QQ0000039L");
    return id_is_right("410202208802290010")
               ? wrong(error, "a wrong number passes", "410202208802290010")
               : TRUE;
}

/* Codes worked out by hand, so that the rule for making them is not checked by itself. */
static gboolean check_credit_codes(GError **error)
{
    static const char *const good[] = {"91410202QQ00000123", "91410203QQ0000020C",
                                       "12410212QQ00000630", "52410222QQ000008XX"};
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++)
        if (credit_code_check(good[i]) != good[i][17])
            return wrong(error, "check character of a credit code", good[i]);
    return TRUE;
}

/* What must hold of a paper of @class_name, whatever its design. */
static gboolean check_paper(const Paper *paper, const char *class_name, GError **error)
{
    gboolean is_look_alike = strcmp(class_name, "look_alike") == 0;
    const char *id = NULL, *code = NULL;
    if (is_look_alike != (strcmp(paper->class_name, "unknown") == 0) ||
        is_look_alike != (paper->fields == NULL))
        return wrong(error, "class of a drawn paper", class_name);
    if (paper->sheets->len == 0 || paper->design == NULL)
        return wrong(error, "nothing was drawn", class_name);
    if (strcmp(class_name, "id_card") != 0 && paper->sheets->len > 1 &&
        g_array_index(paper->sheet_kinds, SheetKind, 0) == SHEET_CARD_CROP)
        return wrong(error, "a card runs over its edge", paper->design);
    if (is_look_alike)
        return TRUE;
    id = fields_get(paper->fields, "id_number");
    code = fields_get(paper->fields, "credit_code");
    if (id != NULL && !id_is_right(id))
        return wrong(error, "identity number of a drawn paper", id);
    if (code != NULL && fields_is_declared(paper->fields, "registration_number"))
        return wrong(error, "a licence of the old style has a credit code", code);
    g_autoptr(JsonNode) node = fields_to_json(paper->fields);
    return json_object_get_size(json_node_get_object(node)) > 0
               ? TRUE
               : wrong(error, "a paper without truth", class_name);
}

/* Each class in each of its designs. */
static gboolean check_drawables(Part part, GError **error)
{
    Dice dice;
    dice_init(&dice, 7, "drawables");
    for (const char *const *name = drawable_classes(); *name != NULL; name++)
        for (int number = 0; number < 8; number++) {
            g_autoptr(GPtrArray) pile =
                drawable_pile(*name, number, part, PLACE_KAIFENG, &dice);
            g_ptr_array_set_free_func(pile, (GDestroyNotify)paper_free);
            if (!check_paper(pile->pdata[0], *name, error))
                return FALSE;
        }
    return TRUE;
}

static gboolean check_keys(const Case *made, GError **error)
{
    g_autoptr(JsonNode) node = fields_to_json(made->fields);
    JsonObjectIter iter;
    const char *key = NULL;
    json_object_iter_init(&iter, json_node_get_object(node));
    while (json_object_iter_next(&iter, &key, NULL))
        if (!form_has_key(key, made->form, made->place))
            return wrong(error, "not a key of the form", key);
    return TRUE;
}

/* A firm's form has its code, a transfer no telecom and an account for ticked utilities
 * alone. */
static gboolean check_form(const Case *made, GError **error)
{
    const char *code = fields_get(made->fields, "applicant.credit_code");
    if (made->form == FORM_ENTERPRISE &&
        (code == NULL || strlen(code) != 18 || credit_code_check(code) != code[17]))
        return wrong(error, "firm's credit code", made->name);
    if (made->form == FORM_TRANSFER && fields_chose(made->fields, "utilities", "telecom"))
        return wrong(error, "a transfer of telecom", made->name);
    for (const Choice *utility = transfer_choices; utility->code != NULL; utility++) {
        g_autofree char *key = g_strconcat(utility->code, ".account", NULL);
        if (fields_get(made->fields, key) != NULL &&
            !fields_chose(made->fields, "utilities", utility->code))
            return wrong(error, "an account without its tick", made->name);
    }
    return TRUE;
}

static gboolean check_case(const CaseOptions *options, int number, GError **error)
{
    g_autoptr(Case) made = case_new(options, number);
    const char *const keys[FORM_KINDS] = {[FORM_INDIVIDUAL] = "applicant.id_number",
                                          [FORM_ENTERPRISE] = "legal_rep.id_number",
                                          [FORM_TRANSFER] = "contact.id_number"};
    const char *id = fields_get(made->fields, keys[made->form]);
    if (!id_is_right(id) || strncmp(id + 6, "190", 3) != 0)
        return wrong(error, "applicant's identity number", id);
    for (guint i = 0; i < made->papers->len; i++) {
        const Paper *paper = made->papers->pdata[i];
        if (strcmp(paper->class_name, "id_card") == 0 &&
            !id_is_right(fields_get(paper->fields, "id_number")))
            return wrong(error, "card's identity number", made->name);
        if (strcmp(paper->class_name, "property_certificate") == 0 &&
            strlen(fields_get(paper->fields, "unit_number")) != 28)
            return wrong(error, "property unit number", made->name);
    }
    return check_form(made, error) && check_keys(made, error);
}

/* Every form is among the first cases of a part, and --forms leaves the others out. */
static gboolean check_forms(CaseOptions options, GError **error)
{
    guint seen = 0;
    for (int i = 0; i < CASES_CHECKED; i++) {
        g_autoptr(Case) made = case_new(&options, i);
        seen |= 1u << made->form;
    }
    if (seen != (1u << FORM_KINDS) - 1)
        return wrong(error, "a form is in no case", part_names[options.part]);
    options.forms = 1u << FORM_TRANSFER;
    g_autoptr(Case) made = case_new(&options, 0);
    return made->form == FORM_TRANSFER ? TRUE : wrong(error, "--forms", made->name);
}

/* Returns: a digest of a case's first page as worn; owned */
static char *page_digest(const CaseOptions *options, int number)
{
    g_autoptr(Case) made = case_new(options, number);
    const Paper *paper = made->papers->pdata[0];
    Dice dice = case_dice(options, number, "digest");
    Wear wear = wear_choose(WEAR_SCAN, INK_COUNT, TRUE, &dice);
    wear = wear_choose_page(&wear, WEAR_SCAN, SHEET_PAGE, TRUE, &dice);
    cairo_surface_t *image = sheet_render(paper->sheets->pdata[0], 150);
    PIX *pix = wear_apply(image, &wear, &dice);
    gsize size = (gsize)pixGetWpl(pix) * (gsize)pixGetHeight(pix) * 4;
    char *digest = g_compute_checksum_for_data(G_CHECKSUM_SHA256,
                                               (const guchar *)pixGetData(pix), size);
    cairo_surface_destroy(image);
    pixDestroy(&pix);
    return digest;
}

static gboolean check_sameness(const CaseOptions *options, GError **error)
{
    g_autofree char *once = page_digest(options, 1);
    g_autofree char *again = page_digest(options, 1);
    g_autofree char *other = page_digest(options, 2);
    if (strcmp(once, again) != 0)
        return wrong(error, "two printings differ", once);
    return strcmp(once, other) == 0 ? wrong(error, "two cases are the same", once) : TRUE;
}

/* A photo shows all of its sheets, fine enough to be read. */
static gboolean check_photo(const Photo *photo, GError **error)
{
    double dpi = photo_dpi(photo);
    for (int i = 0; i < photo->sheets; i++) {
        double c[8];
        photo_corners(photo, i, c);
        for (int k = 0; k < 8; k++)
            if (c[k] < 0 || c[k] > (k % 2 ? photo->height_px : photo->width_px))
                return wrong(error, "a sheet runs out of its photo",
                             camera_names[photo->camera]);
    }
    return dpi > 120 && dpi < 700
               ? TRUE
               : wrong(error, "resolution of a photo", camera_names[photo->camera]);
}

static gboolean check_photos(GError **error)
{
    Dice dice;
    dice_init(&dice, 7, "photos");
    Sheet *page = sheet_new(A4_WIDTH_MM, A4_HEIGHT_MM);
    Sheet *card = sheet_new(86, 54);
    Sheet *const pages[] = {page}, *const cards[] = {card, card};
    gboolean is_good = TRUE;
    for (int i = 0; i < 200 && is_good; i++) {
        Photo of_page = photo_choose(pages, 1, FALSE, TRUE, &dice);
        Photo of_cards = photo_choose(cards, 1 + i % 2, TRUE, TRUE, &dice);
        is_good = check_photo(&of_page, error) && check_photo(&of_cards, error);
    }
    sheet_free(page);
    sheet_free(card);
    return is_good;
}

gboolean self_check(GError **error)
{
    g_autofree char *text = pool_text();
    if (!faces_check(text, error) || !check_vectors(error) ||
        !check_credit_codes(error) || !check_photos(error))
        return FALSE;
    for (int part = 0; part < PART_COUNT; part++) {
        CaseOptions options = {
            .seed = 11, .part = (Part)part, .wear = WEAR_COUNT, .format = FORMAT_MIXED};
        for (int i = 0; i < CASES_CHECKED; i++)
            if (!check_case(&options, i, error))
                return FALSE;
        if (!check_forms(options, error) || !check_drawables((Part)part, error) ||
            !check_sameness(&options, error))
            return FALSE;
    }
    return TRUE;
}
