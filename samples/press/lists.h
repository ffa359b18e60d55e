/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lists.h - the printed material lists, said again: which papers a utility asks for,
 * whose, and with what on them. Written off the lists by hand, apart from
 * pipelines/rules, so that what the program under test gets wrong there is not right
 * here. */
#pragma once
#include "cases.h"

/* One requirement of one utility's list. */
typedef struct {
    const char *utility, *id;
    const char *accepts; /* classes, with blanks between; the usual one first */
    guint who;           /* bit set of WHO_*: any of these */
    gboolean asks_site, asks_seal, asks_code; /* 三证合一 */
} ListLine;

typedef enum { STATE_MET, STATE_UNSURE, STATE_MISSING } State;

/* list_of: the lines of the list that @utility of this case is judged by, up to one whose
 * utility is NULL; those of other utilities stand between. */
const ListLine *list_of(const Case *made, const char *utility);

/* list_accepts: may a paper of @class_name meet @line? */
gboolean list_accepts(const ListLine *line, const char *class_name);

/* list_state: what the papers that were brought do for @line. */
State list_state(const Case *made, const ListLine *line);

/* is_ownership, is_identity: do papers of @class_name say whose a house is, who somebody
 * is? */
gboolean is_ownership(const char *class_name);
gboolean is_identity(const char *class_name);
