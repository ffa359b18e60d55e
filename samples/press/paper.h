/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paper.h - the papers people bring along with the form. */
#pragma once
#include "fields.h"
#include "people.h"
#include "sheet.h"

typedef struct {
    const char
        *class_name;   /* static: id_card, property_certificate, unknown, or the form's */
    GPtrArray *roles;  /* of static text; empty where the class has none */
    Fields *fields;    /* what is printed on the sheets; NULL for unknown papers */
    GPtrArray *sheets; /* of Sheet*, owned */
    GArray *sheet_kinds; /* of SheetKind, one for each sheet */
    const char *design;  /* static: which design was drawn */
    GPtrArray *seals;    /* of text in the ring, owned */
    GPtrArray *flaws;    /* of static text: what contradicts or is lacking on it */
} Paper;

/* What a sheet is to the copier: a tight crop is scanned fine, a page as usual. */
typedef enum { SHEET_PAGE, SHEET_CARD_CROP } SheetKind;

/* paper_new: without sheets yet. Returns: owned; free with paper_free */
Paper *paper_new(const char *class_name, gboolean has_fields);
void paper_free(Paper *paper);
/* paper_add_sheet: a blank sheet at the paper's end. Returns: borrowed */
Sheet *paper_add_sheet(Paper *paper, double width_mm, double height_mm, SheetKind kind);
/* paper_mark_made_up: the tiny 样张 虚构 in the lower margin. */
void paper_mark_made_up(Sheet *sheet);

typedef enum {
    CARD_BOTH_ON_A_PAGE, /* front above back */
    CARD_FRONT_ONLY,
    CARD_TWO_PAGES,
    CARD_CROPS, /* front and back, each cut tight */
    CARD_FRONT_CROP,
} CardLayout;

typedef struct {
    const Person *person;
    const char *valid_from; /* YYYY-MM-DD */
    const char *valid_to;   /* YYYY-MM-DD or 长期 */
    CardLayout layout;
} Card;

/* paper_id_card: @card: borrowed. Returns: owned */
Paper *paper_id_card(const Card *card, Part part, Dice *dice);

typedef struct {
    const char *owner;
    const Site *site;
    Place place;
    int year; /* of registration */
} Certificate;

/* paper_property_certificate: 不动产权证书. @certificate: borrowed. Returns: owned */
Paper *paper_property_certificate(const Certificate *certificate, Part part, Dice *dice);

/* paper_unknown: a paper nobody asked for. @kind: which, any number. @person: whom it may
 * name, borrowed. Returns: owned */
Paper *paper_unknown(int kind, const Person *person, Part part, Place place, Dice *dice);
