/* SPDX-License-Identifier: GPL-3.0-or-later */
/* designs.h - the classes that are drawn from text: their designs, and which of the
 * subject's values each of their fields has. */
#pragma once
#include "design.h"

typedef struct {
    const char *key;    /* of the paper: "buyer" */
    const char *source; /* of the subject: "person.name" (drawable.c) */
} Filled;

#define MOST_DESIGNS 10
#define MOST_FILLED 12

typedef struct {
    const char *class_name;
    Filled filled[MOST_FILLED];   /* ends with a NULL key */
    Design designs[MOST_DESIGNS]; /* ends with a NULL name */
} TextClass;

/* Tables that end with a NULL class_name. */
extern const TextClass firm_papers[], house_papers[], deal_papers[], person_papers[],
    service_papers[], look_alikes[];
