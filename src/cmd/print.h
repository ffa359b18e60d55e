/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd/print.h - cases, the ledger and packages as people read them on a terminal. */
#pragma once
#include "cmd/cmd.h"
#include "transfer/transfer.h"

/* print_ledger: what became of the files of @batch: one line of counts, then every
 * rejected one with its reason. Returns: STATUS_SOME where something was rejected */
Status print_ledger(Store *store, const char *batch);

/* print_case: a case in a few lines: who, where from, each utility's verdict and why, and
 * the fields to look at. @pipeline: for names of fields, papers, places */
void print_case(JsonObject *record, const Pipeline *pipeline);
/* print_case_full: as print_case(), with every field, paper and page. */
void print_case_full(JsonObject *record, const Pipeline *pipeline);

/* print_batch: every case that @batch (NULL: any) brought papers of, then totals.
 * @first_case: out, owned, may be NULL; left alone where there is none
 * Returns: STATUS_SOME where a page could not be read */
Status print_batch(Store *store, const Pipeline *pipeline, const char *batch,
                   char **first_case);

/* print_export: write packages and say which. */
Status print_export(Store *store, const ExportParams *params);

/* print_roles: whom @paper is about, or may be, and which field of which paper told. */
void print_roles(JsonObject *paper, JsonObject *record, const Pipeline *pipeline);
/* print_sides: both sides of a contradiction, each with paper, page and ink. Nothing for
 * other problems. */
void print_sides(JsonObject *problem, JsonObject *record, const Pipeline *pipeline);

/* field_declaration: @decl's field @key. @decl: may be NULL. Borrowed, or NULL */
const FieldDecl *field_declaration(const ClassDecl *decl, const char *key);
/* field_title: a field's name as the form prints it, "经办人 姓名"; the key itself where
 * the class does not have it. @decl: may be NULL. Owned */
char *field_title(const ClassDecl *decl, const char *key);
/* value_words: a field's value for people: options by their printed label, several joined
 * by 、; "" where there is none. @field: borrowed. Owned */
char *value_words(const ClassDecl *decl, const char *key, JsonObject *field);
/* applicant_name: the record's applicant, or "". Borrowed */
const char *applicant_name(JsonObject *record);
/* text_columns: how many columns @text takes on a terminal. */
int text_columns(const char *text);
/* print_padded: @text and blanks up to @columns, at least one. */
void print_padded(const char *text, int columns);
