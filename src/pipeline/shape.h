/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pipeline/shape.h - private: one parameter table per kind of mapping in pipelines/.
 *
 * The table says which keys a mapping may have, of which type, and where the value is
 * stored; reading, checking and freeing are each one loop over it. */
#pragma once
#include "base/base.h"
#include "pipeline/pipeline.h"

#include <yaml.h>

typedef enum {
    PARAM_TEXT,     /* char * */
    PARAM_TEXTS,    /* GStrv */
    PARAM_CODE,     /* char *, one of codes */
    PARAM_CODES,    /* GStrv, each one of codes */
    PARAM_CLASS,    /* char *, a paper's class, declared or in the vocabulary */
    PARAM_CLASSES,  /* GStrv of them */
    PARAM_NUMBER,   /* double, min..max */
    PARAM_INTEGER,  /* int, min..max */
    PARAM_FLAG,     /* bool: true or false */
    PARAM_KIND,     /* FieldKind, as in kinds.def */
    PARAM_PLACE,    /* FieldPlace */
    PARAM_PATTERN,  /* char *, a regular expression that compiles */
    PARAM_PATTERNS, /* GStrv of them, each with a group */
    PARAM_DATE,     /* char *, YYYY-MM-DD */
    PARAM_LIST,     /* GPtrArray * of structs with a shape of their own */
} ParamType;

typedef struct Shape Shape;
typedef struct Loader Loader;

typedef struct {
    const char *key;
    ParamType type;
    size_t offset; /* in the struct the shape fills */
    bool is_required;
    double min, max;          /* numbers; both 0: no range */
    const char *const *codes; /* PARAM_CODE(S): what is allowed */
    const Shape *shape;       /* PARAM_LIST: of one item */
} Param;

struct Shape {
    const char *what;    /* "field", for complaints */
    size_t size;         /* of the struct */
    const Param *params; /* ends with a NULL key */
    const char *unique;  /* key that no two items of one list may share, or NULL */
    bool has_mark;       /* the struct keeps where it was declared... */
    size_t mark_offset;  /* ...in the Mark here */
    /* what no table can say; @node is the item's mapping; may be NULL */
    void (*check)(Loader *loader, const yaml_node_t *node, void *item);
};

/* What is being loaded: one document at a time. */
struct Loader {
    Pipeline *pipeline;
    yaml_document_t *document;
    const char *file;
    GPtrArray *complaints; /* char *, "file:line:column: text" */
    GPtrArray *classes;    /* ClassMention *: checked when all files are known */
};

/* A paper's class named somewhere, checked at the end. */
typedef struct {
    char *class_name, *where;
} ClassMention;

/* complain: adds "file:line:column: text" at @node (NULL: line 1). */
void complain(Loader *loader, const yaml_node_t *node, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* shape_read: fill @item from the mapping @node; what is wrong is complained about. */
void shape_read(Loader *loader, const Shape *shape, const yaml_node_t *node, void *item);
/* shape_clear: free what shape_read() stored in @item, not @item itself. */
void shape_clear(const Shape *shape, void *item);
/* shape_member: the value node of @key in the mapping @node, or NULL. */
const yaml_node_t *shape_member(Loader *loader, const yaml_node_t *node, const char *key);

/* The shapes of whole files (declarations.c). */
extern const Shape class_shape, rule_shape, place_shape, thresholds_shape,
    vocabulary_shape, calibration_shape;

/* pipelines/thresholds.yaml and pipelines/vocabulary.yaml as read. */
typedef struct {
    FieldKind kind;
    ThresholdDecl values;
} KindThresholds;
typedef struct {
    double promise;
    ThresholdDecl values;
    GPtrArray *kinds; /* KindThresholds * */
} ThresholdsFile;
/* pipelines/calibration.yaml: values of one kind, ink and state whose confidence lies
 * from here to where the next row's begins, over all kinds */
typedef struct {
    FieldKind kind;
    char *says, *ink, *state;
    double from;
    int right, of;
} CalibrationRow;
typedef struct {
    char *model;
    GPtrArray *values; /* CalibrationRow * */
} CalibrationFile;
typedef struct {
    char *name, *title;
    GStrv words, about; /* or NULL */
} PaperName;
typedef struct {
    GPtrArray *papers; /* PaperName * */
} VocabularyFile;

struct Pipeline {
    char *folder;
    GPtrArray *classes; /* ClassDecl * */
    GPtrArray *rules;   /* RuleDecl * */
    GPtrArray *places;  /* PlaceDecl * */
    ThresholdDecl thresholds[KIND_COUNT];
    double promise;
    CalibrationFile calibration; /* all 0 where there is none */
    VocabularyFile vocabulary;
    GPtrArray *files;   /* char *, "rules/x.yaml\tsha256", in name order */
    GPtrArray *remarks; /* char *, see pipeline_remarks() */
};

/* check_together: what only all files together show. @loader: complaints and the
 * pipeline's remarks are added to (check.c). */
void check_together(Loader *loader);

/* is_date: YYYY-MM-DD that exists in the calendar. */
bool is_date(const char *text);
