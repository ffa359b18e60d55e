/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pipeline/pipeline.h - the declarations under pipelines/, loaded, checked, typed.
 *
 * The only room that parses YAML. Everything is borrowed from the Pipeline and lives as
 * long as it does. Every complaint carries file, line and column. */
#pragma once
#include "base/base.h"

#define PIPELINE_ERROR (pipeline_error_quark())
typedef enum {
    PIPELINE_ERROR_IO,     /* a folder or file cannot be read */
    PIPELINE_ERROR_SYNTAX, /* not YAML */
    PIPELINE_ERROR_CHECK,  /* unknown key, wrong type, out of range, names nothing */
} PipelineError;
GQuark pipeline_error_quark(void);

/* One line of kinds.def: KIND(NAME, "spelled") */
typedef enum {
#define KIND(name, spelled) KIND_##name,
#include "pipeline/kinds.def"
#undef KIND
    KIND_COUNT
} FieldKind;
const char *field_kind_name(FieldKind kind);

typedef struct {
    char *code;   /* "residential" */
    GStrv labels; /* printed labels, most usual first: "居民用水" */
} OptionDecl;

/* Where the value stands relative to its label. */
typedef enum {
    PLACE_RIGHT, /* the cell, or the rest of the line, right of the label (the default) */
    PLACE_BELOW, /* the cell under the label */
    PLACE_INSIDE, /* in the label's own cell, after the label */
    PLACE_TABLE,  /* where the row of `row` meets the column of `label` */
    PLACE_PAGE,   /* anywhere on the page: found by its pattern alone */
} FieldPlace;

typedef struct {
    char *key; /* "applicant.name"; for papers "name" */
    FieldKind kind;
    GStrv labels;     /* as printed, variants after the first */
    GStrv row_labels; /* header(s) left of the label, outermost first: {"经办人"} or
                         {"居民", "采暖"}; NULL where none. Alternatives inside one
                         entry are separated by '|' */
    char *section;    /* id of the section it is in, or NULL */
    FieldPlace place;
    char *side;         /* papers: "front", "back" or NULL */
    char *of;           /* presence: of what: "signature" (also where NULL) or "seal" */
    GPtrArray *options; /* OptionDecl *, for choices; else NULL */
    GStrv units;        /* printed units and helper words to take off: "千瓦", "户" */
    GStrv hints;        /* printed text in the value's cell that is no value:
                           "（民用项目可在本栏…）" */
    GStrv stop_labels;  /* printed words after which the value ends: "签字", "年" */
    char *pattern;      /* regular expression the value must match, or, where it has a
                           group, of which the group is the value; or NULL */
    GStrv finds; /* papers: where the value stands in running text: expressions, tried in
                    order, whose first group is the value; or NULL.
                    With groups named value and doubt, what doubt matches was misread and
                    may have taken a part of the value with it: it is for review */
    int min_lines, max_lines;
    bool is_required;  /* must be accepted or confirmed before the case leaves */
    GStrv required_by; /* utilities whose must-have it is, or NULL */
    char *agrees_with; /* papers with sides: key of the field on the other side that tells
                          of the same thing; or NULL */
    char *agrees_on;   /* expression: its group is what that field says too */
    char *confirmed_by; /* role whose papers carry the same value: "applicant:name" */
} FieldDecl;

typedef struct {
    GStrv texts;   /* any of these, fuzzy; or NULL */
    GStrv lines;   /* or any of these expressions matches a cell, or a line outside cells,
                      bare: a number that stands alone; or NULL */
    double weight; /* points of 100 */
    bool is_title; /* must be a line of its own, larger than or above the rest */
} CueDecl;

typedef struct {
    char *id;       /* "water" */
    GStrv headings; /* "用水报装登记" */
} SectionDecl;

/* A form or a paper: pipelines/forms/NAME.yaml, pipelines/papers/NAME.yaml */
typedef struct {
    char *name;  /* "install_individual", "id_card" */
    char *title; /* in Chinese, for people */
    char *file;  /* where it was declared */
    bool is_form;
    char *service;        /* forms: "install" */
    char *applicant_kind; /* forms: "individual"; NULL where both kinds fill it in */
    int max_pages;
    bool names_again;    /* further pages of it say whom it is with, too */
    bool is_card;        /* several may be copied onto one page: each is a paper */
    GPtrArray *cues;     /* CueDecl * */
    GPtrArray *against;  /* CueDecl *: whose presence speaks against it */
    GPtrArray *further;  /* CueDecl *: of pages that go on with it and bid for nothing */
    GPtrArray *sections; /* SectionDecl *, in the order of print; empty for papers */
    GStrv other_labels;  /* papers: printed labels of what is not read */
    GStrv notes;         /* printed paragraphs that carry no value: their beginnings */
    GPtrArray *fields;   /* FieldDecl * */
    double accept_score; /* bid from which the page is this class, 0..100 */
    double margin;       /* lead it must have over the next bid */
    char *proves;        /* papers: "identity", "ownership" or NULL */
    char *holder;        /* papers: key of the field with the person's name, or NULL */
    char *holder_id;     /* papers: key of the field with that person's number, or NULL */
    char *location;      /* papers: key of the field with the place, or NULL */
    char *expiry;        /* papers: key of the field with the last valid day, or NULL */
} ClassDecl;

/* Where something was declared; counted from 1. */
typedef struct {
    int line, column;
} Mark;

/* What must be written, or signed, on a paper before it is accepted. */
typedef struct {
    char *field;   /* key of the paper's field */
    char *text;    /* what that is in the list's words: 统一社会信用代码 */
    char *pattern; /* regular expression the value must match, or NULL: any value does */
    char *same_as; /* key of the form's field that it must agree with, or NULL */
    char
        *lacks_if; /* key of a field that stands there in its stead where the paper surely
                      has it not (注册号 on a licence of the old style); or NULL */
    Mark mark;
} OnPaperDecl;

typedef struct {
    char *id;             /* "identity" */
    char *text;           /* as the list prints it, for people */
    GStrv any;            /* classes, any of which is enough */
    GStrv by_person;      /* those of them that only a person may take for it, or NULL */
    GStrv who;            /* roles, the paper must be about one of them; or NULL */
    char *about;          /* "site": its place must be site.address; "account": its number
                             must be the utility's account; or NULL */
    GPtrArray *on_it;     /* OnPaperDecl *, all of them */
    bool wants_seal;      /* the applicant firm's own official seal */
    bool wants_in_force;  /* 有效: the list says so itself */
    bool is_open_ended;   /* ends in 等 */
    bool is_deferred;     /* asked for when the service is fitted */
    bool is_precondition; /* a fact the utility itself holds: stays to be confirmed */
    GStrv original, copy; /* classes the list wants the original or a copy of, or NULL */
    char *advice;         /* a note for the notice, or NULL */
    Mark mark;
} RequirementDecl;

typedef struct {
    char *utility;
    GPtrArray *requirements; /* RequirementDecl * */
    GStrv business_papers; /* this utility divides by use: an individual who brings one of
                              these is judged by the enterprises' list; or NULL */
    Mark mark;
} UtilityListDecl;

/* One list in force: pipelines/rules/NAME.yaml */
typedef struct {
    char *name;
    char *file;
    char *service, *applicant_kind, *place;
    char *document;      /* "汴城管〔2022〕115号" */
    char *in_force_from; /* YYYY-MM-DD */
    char *in_force_to;   /* or NULL */
    char *assumption;    /* why it is taken to apply where no document says so; or NULL */
    GPtrArray *utilities; /* UtilityListDecl *, in the vocabulary's order */
    Mark mark;
} RuleDecl;

typedef struct {
    char *utility;
    char *recipient;  /* or NULL: nobody is named yet */
    bool whole_pages; /* may get unmasked form pages */
} RecipientDecl;

/* pipelines/places/NAME.yaml */
typedef struct {
    char *name;  /* "kaifeng" */
    char *title; /* 开封市 */
    char *file;
    GStrv districts;       /* names that mean this place in 行政区域 and addresses */
    GStrv elsewhere;       /* names inside it that have lists of their own, or NULL */
    GStrv cues;            /* words of its print, e.g. 通信报装登记表 */
    GPtrArray *recipients; /* RecipientDecl * */
} PlaceDecl;

typedef struct {
    double accept_confidence;  /* 0..1: a lone printed reading at or above is accepted */
    double agree_confidence;   /* 0..1: enough where another paper says the same */
    double weakest_confidence; /* 0..1: no glyph below this in a lone reading */
} ThresholdDecl;

/* How many of the values measured were right. */
typedef struct {
    int right, of;
} MeasuredRate;

/* What values are alike in, that were right equally often. */
typedef struct {
    FieldKind kind;
    const char *says;  /* presence: the value, since seeing is surer than not seeing */
    const char *ink;   /* "print", "hand" or "file": the file's own text */
    bool is_accepted;  /* by the rules; else for review */
    double confidence; /* before calibration, 0..1 */
} MeasuredReading;

typedef struct Pipeline Pipeline;

/* pipeline_load: read and check all of a pipelines/ folder.
 * @folder: borrowed
 * Returns: owned; NULL with PIPELINE_ERROR_*, the text naming file:line:column; all
 *     complaints of CHECK kind are in it, one a line */
Pipeline *pipeline_load(const char *folder, GError **error);
void pipeline_free(Pipeline *pipeline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pipeline, pipeline_free)

const GPtrArray *
pipeline_classes(const Pipeline *pipeline); /* ClassDecl *, sorted by name */
const GPtrArray *pipeline_rules(const Pipeline *pipeline);  /* RuleDecl * */
const GPtrArray *pipeline_places(const Pipeline *pipeline); /* PlaceDecl * */
const ClassDecl *pipeline_class(const Pipeline *pipeline, const char *name); /* or NULL */
const PlaceDecl *pipeline_place(const Pipeline *pipeline, const char *name); /* or NULL */
/* pipeline_thresholds: of a field kind, from pipelines/thresholds.yaml. */
const ThresholdDecl *pipeline_thresholds(const Pipeline *pipeline, FieldKind kind);
/* pipeline_promise: the share of accepted values that must be right, 0..1; 0: none said.
 */
double pipeline_promise(const Pipeline *pipeline);
/* pipeline_calibrated_model: the models that calibration.yaml was measured with; NULL
 * where there is no such file. Borrowed */
const char *pipeline_calibrated_model(const Pipeline *pipeline);
/* pipeline_measured: how many values were right that were like @reading when measured, by
 * pipelines/calibration.yaml. Returns: none of none where nothing like it was met */
MeasuredRate pipeline_measured(const Pipeline *pipeline, const MeasuredReading *reading);
/* pipeline_measured_together: likewise, of all kinds that are read as text where
 * @reading's is; what is told by marks stands for itself. */
MeasuredRate pipeline_measured_together(const Pipeline *pipeline,
                                        const MeasuredReading *reading);
/* pipeline_rule: the list for an application of @date (YYYY-MM-DD).
 * @is_before_list: out: no list was in force yet and the earliest is returned
 * Returns: borrowed; NULL where no list speaks of this at all */
const RuleDecl *pipeline_rule(const Pipeline *pipeline, const char *service,
                              const char *applicant_kind, const char *place,
                              const char *date, bool *is_before_list);
/* pipeline_hash: sha256 over the files of one subfolder ("rules") or of all (NULL), in
 * name order. Returns: owned hex */
char *pipeline_hash(const Pipeline *pipeline, const char *subfolder);
/* pipeline_describe: what was loaded, as Chinese sentences, for check-pipeline. Owned. */
char *pipeline_describe(const Pipeline *pipeline);
/* pipeline_describe_lists: the material lists alone, each as the Chinese sentences it
 * stands for. Owned. */
char *pipeline_describe_lists(const Pipeline *pipeline);
/* pipeline_remarks: what is declared to no purpose: never used, or met by no paper that
 * the program knows. Returns: char *, "file:line:column: text", borrowed; may be empty */
const GPtrArray *pipeline_remarks(const Pipeline *pipeline);
/* codes_have: whether @codes (NULL: none) has @code. */
bool codes_have(const char *const *codes, const char *code);

/* class_printed_words: labels, options, units, headings: what stands on @decl's paper
 * before anybody fills it in. Returns: owned */
GStrv class_printed_words(const ClassDecl *decl);

/* pipeline_class_title: what people call a class, declared or only named in
 * pipelines/vocabulary.yaml. Returns: borrowed; @name itself where it is no class */
const char *pipeline_class_title(const Pipeline *pipeline, const char *name);

/* pipeline_class_words: what a paper of the class says somewhere though it was not
 * recognised, from pipelines/vocabulary.yaml. Returns: borrowed; NULL where none is told
 */
const char *const *pipeline_class_words(const Pipeline *pipeline, const char *name);
/* pipeline_class_about: what such a paper speaks of, whatever else it says: one of these
 * stands on it too. Returns: borrowed; NULL where none is told */
const char *const *pipeline_class_about(const Pipeline *pipeline, const char *name);

/* The vocabulary's order. Each NULL-terminated. */
extern const char *const utility_codes[]; /* water electricity gas heat telecom */
extern const char *const service_codes[];
extern const char *const applicant_kind_codes[];
extern const char *const role_codes[];
const char *utility_title(const char *code); /* 水 电 气 暖 信; borrowed */
/* code_title: a service, applicant kind, utility or role in Chinese. Borrowed. */
const char *code_title(const char *code);
