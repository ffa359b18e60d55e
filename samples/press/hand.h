/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hand.h - how one person writes: which letters, how upright, how even, with which pen.
 */
#pragma once
#include "dice.h"
#include "part.h"
#include "sheet.h"

/* Held by value by the case; nothing to free. */
struct Hand {
    const char *words, *digits; /* faces; static */
    double digits_scale;        /* of the digits' face, so that both are about as high */
    Colour colour;
    double size;       /* over the size of what is printed */
    double pitch;      /* from one character to the next, over its width */
    double slant;      /* to the right, in widths to a height */
    double unevenness; /* of size, slant, place and turn, about 0.5 .. 1.5 */
    double climb;      /* of the base line, in heights to a width */
    double stroke_mm;  /* added to the strokes of the face */
    double slips;      /* chance that a value has a character struck out */
    double warp; /* how far outlines are bent, in heights; 0: as the face has them */
};

/* hands_add_faces: make the faces in @folder known to the drawing library, and to nobody
 * but this process. */
void hands_add_faces(const char *folder);

/* hands_open: make the faces of hands known to the drawing library, from @folder, where
 * `make hands` puts them. Where they are not there, hands are made of a printed face bent
 * alone, which is not what most people's look like: told on standard error. */
void hands_open(const char *folder);

/* hand_choose: somebody of @part. */
Hand hand_choose(Part part, Dice *dice);

/* hand_with: somebody who writes words and digits as these faces have them.
 * @words, @digits: families; borrowed as long as the hand is used
 * @digits_scale: makes the digits as high as the words */
Hand hand_with(const char *words, const char *digits, double digits_scale, Dice *dice);

/* hand_width: about how wide @text comes out, in millimetres. */
double hand_width(const Sheet *sheet, const Type *type, const char *text);

/* hand_write: @text by @type's hand, from @x on, about @middle. */
void hand_write(Sheet *sheet, const Type *type, const char *text, double x, double middle,
                Dice *dice);
