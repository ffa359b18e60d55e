/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casework/agreement.c - what two papers, or two fields of one, say about the same thing.
 */
#include "casework/case.h"
#include "casework/identifier.h"
#include "casework/known-names.h"
#include "casework/normalise.h"

/* What a hand wrote may be misread so far, of its length, that what is printed is put in
 * its place for a person to look at. */
#define MAX_MISREAD 0.6
/* One that passes its check is somebody's, and what is printed stands only where it is
 * this near: two digits of a person's number. */
#define MAX_MISREAD_LAWFUL 0.12

/* The same chance of being wrong, twice: 1 - (1 - a)(1 - b). */
static double together(double a, double b)
{
    return 1 - (1 - a) * (1 - b);
}

static bool has_evidence_of(const DecidedField *field, const DecidedField *other)
{
    for (guint i = 0; i < field->evidence->len; i++) {
        const Evidence *evidence = field->evidence->pdata[i];
        if (evidence->paper == other->paper &&
            g_strcmp0(evidence->key, other->decl->key) == 0)
            return true;
    }
    return false;
}

static void cite(DecidedField *field, const DecidedField *other, const char *note)
{
    if (other->source == NULL || has_evidence_of(field, other))
        return;
    for (guint i = 0; i < other->source->inks->len; i++) {
        Evidence *evidence = g_new0(Evidence, 1);
        *evidence = (Evidence){.paper = other->paper,
                               .key = other->decl->key,
                               .ink = other->source->inks->pdata[i],
                               .note = note};
        g_ptr_array_add(field->evidence, evidence);
    }
}

/* Readings of characters the models learnt in addition are no surer than 0.5. */
#define HARDLY_KNOWN 0.55

/* Whether a character of it is one the models hardly know. */
static bool is_hardly_known(const DecidedField *field)
{
    return field->source != NULL && paper_field_weakest(field->source) < HARDLY_KNOWN;
}

/* Whether @other tells which of two readings of @field's ink is right. A name's ink that
 * itself is weak may be the same character misread the same way. */
static bool proves_reading(const DecidedField *field, const DecidedField *other)
{
    return other->rival == NULL &&
           (field->decl->kind != KIND_PERSON_NAME || other->is_firm);
}

/* What stands behind the numbers of an address. */
static const char *const part_words[] = {"号", "楼", "栋", "幢", "座", "层",
                                         "室", "户", "门", "院", "排", "组"};

static bool is_part_word(const char *at)
{
    for (size_t i = 0; i < G_N_ELEMENTS(part_words); i++)
        if (g_str_has_prefix(at, part_words[i]))
            return true;
    return false;
}

/* The only character that @a and @b, equally long, do not share, where both have a
 * Chinese one there, behind a number (27, 27号) and before another or at the end: by its
 * offset in characters; -1 where it is not so. */
static glong unread_part_word(const char *a, const char *b)
{
    glong at = -1, i = 0;
    bool is_behind_number = false;
    for (; *a != '\0' && *b != '\0';
         a = g_utf8_next_char(a), b = g_utf8_next_char(b), i++) {
        if (at >= 0 && at == i - 1 && !g_ascii_isdigit(*a))
            return -1;
        if (g_utf8_get_char(a) != g_utf8_get_char(b)) {
            if (at >= 0 || !is_behind_number || !g_unichar_iswide(g_utf8_get_char(a)) ||
                !g_unichar_iswide(g_utf8_get_char(b)))
                return -1;
            at = i;
        }
        is_behind_number = g_ascii_isdigit(*a) || (is_behind_number && is_part_word(a));
    }
    return *a == *b ? at : -1;
}

/* Whether nobody read a word behind a number: an address is the same whatever that is. */
static bool is_word_unread(const DecidedField *field)
{
    return field->decl->kind == KIND_ADDRESS && field->rival != NULL &&
           unread_part_word(field->value, field->rival) >= 0;
}

/* @field is said by @other too, each read in its own place. */
static void settle(DecidedField *field, const DecidedField *other, double confidence)
{
    if (field->state == FIELD_CONFIRMED)
        return;
    cite(field, other, field->is_by_hand && !other->is_by_hand ? "bears_out" : NULL);
    field->confidence = MAX(field->confidence, confidence);
    field->agreements++;
    /* one hand, read twice; or read as another name first, which it may say */
    if (field->is_by_hand && (other->is_by_hand || field->is_half_borne_out))
        return;
    /* One recogniser reads one rare character wrong in the same way on every paper (慕 as
     * 摹): what no list knows is not proved by reading it twice. */
    if (g_strcmp0(field->problem, "surname") == 0 ||
        g_strcmp0(other->problem, "surname") == 0)
        return;
    /* The same of a character that the models hardly know (瑗 as 瑷). */
    if (field->decl->kind == KIND_PERSON_NAME && is_hardly_known(field) &&
        is_hardly_known(other))
        return;
    /* The other model read both inks otherwise: the same mistake twice, for all we know.
     */
    if (field->rival != NULL && !proves_reading(field, other) &&
        !kind_has_check_digit(field->decl->kind))
        return;
    if (is_word_unread(field))
        return;
    /* Nor does a name whose two readings only this one told apart say anything of it. */
    if (field->decl->kind == KIND_PERSON_NAME && other->rival != NULL && !field->is_firm)
        return;
    field->state = FIELD_ACCEPTED;
    field->problem = NULL;
}

void field_doubt(DecidedField *field, const DecidedField *other)
{
    if (field->state == FIELD_CONFIRMED || field->value == NULL)
        return;
    cite(field, other, "differs");
    if (field->state == FIELD_REVIEW && !field->is_check_ok)
        return; /* its own check says more */
    field->state = FIELD_REVIEW;
    field->problem = "papers_differ";
}

/* --- two models, two papers -----------------------------------------------------------
 */

/* Two readings of one ink may differ in words; where they differ in numbers, another
 * paper's number is no proof of which was written. */
static bool same_digits(const char *a, const char *b)
{
    for (;; a++, b++) {
        while (*a != '\0' && !g_ascii_isdigit(*a))
            a++;
        while (*b != '\0' && !g_ascii_isdigit(*b))
            b++;
        if (*a != *b)
            return false;
        if (*a == '\0')
            return true;
    }
}

static bool says(const Case *case_, const DecidedField *field, const char *value)
{
    return field->value != NULL && values_agree(field->decl->kind, field->value, value,
                                                (const char *const *)case_->regions);
}

static void take_rival(DecidedField *field)
{
    char *value = field->value;
    field->value = field->rival;
    field->rival = value;
}

/* @field takes the reading that @other bears out. Returns: whether it did */
static bool resolve(const Case *case_, DecidedField *field, const DecidedField *other)
{
    if (!same_digits(field->value, field->rival) || is_word_unread(field))
        return false;
    bool is_other_sure =
        proves_reading(field, other) && other->value != NULL && other->is_check_ok;
    if (is_other_sure && says(case_, field, other->value)) {
        g_clear_pointer(&field->rival, g_free); /* borne out as it stands */
        return true;
    }
    bool is_name = field->decl->kind == KIND_PERSON_NAME;
    if (!says(case_, other, field->rival) || (is_name && !is_known_surname(field->rival)))
        return false;
    take_rival(field);
    if (is_other_sure)
        g_clear_pointer(&field->rival, g_free);
    return true;
}

/* Each model read another character between two numbers of @field's address, and @other,
 * the same to the letter elsewhere, has a word there that stands between numbers: nobody
 * could read it, and it is that. Returns: whether it was so */
static bool mend_part_word(DecidedField *field, const DecidedField *other)
{
    if (field->decl->kind != KIND_ADDRESS || other->rival != NULL ||
        other->value == NULL || !other->is_check_ok)
        return false;
    glong at = unread_part_word(field->value, field->rival);
    const char *end = at >= 0 ? g_utf8_offset_to_pointer(field->value, at) : NULL;
    for (size_t i = 0; end != NULL && i < G_N_ELEMENTS(part_words); i++) {
        g_autofree char *mended =
            g_strdup_printf("%.*s%s%s", (int)(end - field->value), field->value,
                            part_words[i], g_utf8_next_char(end));
        if (strstr(other->value, mended) == NULL && strstr(mended, other->value) == NULL)
            continue; /* one may leave the city out; another wording tells nothing */
        g_free(field->value);
        field->value = g_steal_pointer(&mended);
        g_clear_pointer(&field->rival, g_free);
        return true;
    }
    return false;
}

static bool is_resolvable(const DecidedField *field)
{
    FieldKind kind = field->decl->kind;
    return field->value != NULL && field->rival != NULL && !field->is_by_hand &&
           (kind == KIND_PERSON_NAME || kind == KIND_ADDRESS);
}

/* Looks for a field of another paper that bears out one of @field's readings. */
static void resolve_among(const Case *case_, const CasePaper *paper, DecidedField *field)
{
    for (guint i = 0; i < case_->ordered->len; i++) {
        const CasePaper *other = case_->ordered->pdata[i];
        for (guint k = 0; other != paper && k < other->fields->len; k++) {
            const DecidedField *candidate = other->fields->pdata[k];
            if (candidate->decl->kind == field->decl->kind &&
                (mend_part_word(field, candidate) || resolve(case_, field, candidate)))
                return;
        }
    }
}

void fields_resolve(Case *case_)
{
    for (guint i = 0; i < case_->ordered->len; i++) {
        CasePaper *paper = case_->ordered->pdata[i];
        for (guint k = 0; k < paper->fields->len; k++) {
            DecidedField *field = paper->fields->pdata[k];
            if (is_resolvable(field))
                resolve_among(case_, paper, field);
        }
    }
}

/* What a form calls a text may be a name on the papers. */
static FieldKind kind_of_pair(const DecidedField *own, const DecidedField *other)
{
    return own->decl->kind == KIND_TEXT ? field_kind(other) : field_kind(own);
}

static const char *contradiction_code(FieldKind kind)
{
    static const char *const codes[KIND_COUNT] = {
        [KIND_PERSON_NAME] = "names_differ",   [KIND_FIRM_NAME] = "names_differ",
        [KIND_RESIDENT_ID] = "numbers_differ", [KIND_CREDIT_CODE] = "credit_codes_differ",
        [KIND_ADDRESS] = "places_differ",
    };
    return codes[kind] != NULL ? codes[kind] : "values_differ";
}

/* Whether it can be read at all; a number that fails its check may be what is written. */
static bool is_read(const Case *case_, const DecidedField *field)
{
    const ThresholdDecl *limit = pipeline_thresholds(case_->pipeline, field->decl->kind);
    return field_is_usable(case_, field) ||
           (field->value != NULL && !field->is_by_hand &&
            field->confidence >= limit->agree_confidence);
}

/* Clashes come after all agreement. */
static void confront(Case *case_, DecidedField *own, DecidedField *other)
{
    bool own_speaks = field_is_usable(case_, own),
         other_speaks = field_is_usable(case_, other);
    bool has_check = kind_has_check_digit(own->decl->kind);
    if (is_read(case_, own) && is_read(case_, other))
        contradiction_add(case_, contradiction_code(kind_of_pair(own, other)), own, other,
                          NULL);
    if (has_check && own->state == FIELD_REVIEW && !own->is_check_ok && other_speaks) {
        /* the one whose check digit is right; a person decides */
        field_doubt(own, other);
        g_free(own->value);
        own->value = g_strdup(other->value);
        own->problem = "papers_differ";
        return;
    }
    /* what the form says and another paper confirms is not shaken by a third: then that
     * third was read wrong, or is wrong */
    if (other_speaks && own->agreements == 0)
        field_doubt(own, other);
    if (own_speaks)
        field_doubt(other, own);
}

/* A letter of authorization names two: its holder by declaration is who may act. */
static const char *letter_key(const char *role, const char *key)
{
    static const struct {
        const char *role, *key, *field;
    } keys[] = {
        {"applicant", "name", "principal"},
        {"applicant", "firm_name", "principal"},
        {"agent", "name", "agent"},
        {"agent", "id_number", "agent_id"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        if (g_str_equal(keys[i].role, role) && g_str_equal(keys[i].key, key))
            return keys[i].field;
    return NULL;
}

/* The number of whom @paper is about, unless it is one of another kind: a firm's is never
 * held against the number of a person who acts for it. */
static DecidedField *holder_number(const CasePaper *paper, FieldKind kind)
{
    DecidedField *number = (DecidedField *)paper_holder_number(paper);
    bool is_either = number != NULL && number->decl->kind == KIND_HOLDER_NUMBER;
    bool is_wanted = number != NULL && field_kind(number) == kind;
    return is_wanted || (kind == KIND_RESIDENT_ID && !is_either) ? number : NULL;
}

/* The field of @paper that says what "role:key" names. */
static DecidedField *counterpart(const CasePaper *paper, const char *role,
                                 const char *key)
{
    const ClassDecl *class = paper->paper->decl;
    if (class == NULL || class->is_form)
        return NULL;
    if (fields_find(paper->fields, "principal") != NULL)
        return fields_find(paper->fields, letter_key(role, key));
    DecidedField *field = fields_find(paper->fields, key);
    if (field != NULL)
        return field;
    bool is_name = g_str_equal(key, "name") || g_str_equal(key, "firm_name");
    return is_name                           ? (DecidedField *)paper_holder(paper)
           : g_str_equal(key, "id_number")   ? holder_number(paper, KIND_RESIDENT_ID)
           : g_str_equal(key, "credit_code") ? holder_number(paper, KIND_CREDIT_CODE)
           : g_str_equal(key, "location")    ? fields_find(paper->fields, class->location)
                                             : NULL;
}

typedef void (*PairVisitor)(Case *case_, DecidedField *own, DecidedField *other,
                            RoleState role);

static void visit_agreeing(Case *case_, DecidedField *own, DecidedField *other,
                           RoleState role)
{
    if (role != ROLE_YES || !field_is_usable(case_, own) ||
        !field_is_usable(case_, other) ||
        !values_agree(kind_of_pair(own, other), own->value, other->value,
                      (const char *const *)case_->regions))
        return;
    double confidence = together(own->confidence, other->confidence);
    settle(own, other, confidence);
    settle(other, own, confidence);
}

/* Whether @name stands on a paper that gives the number of one whose number the case has
 * elsewhere, and was not read surely: then it is a slip of the reading. */
static bool is_slip(const Case *case_, const DecidedField *name)
{
    const CasePaper *paper = case_->papers->pdata[name->paper];
    const DecidedField *number = paper_holder_number(paper);
    if (name->is_firm || paper_holder(paper) != name || number == NULL ||
        !number->is_check_ok)
        return false;
    for (guint i = 0; i < paper->reasons->len; i++) {
        const RoleReason *reason = paper->reasons->pdata[i];
        if (reason->state == ROLE_YES && g_str_equal(reason->code, "same_number"))
            return true;
    }
    return false;
}

static void visit_clashing(Case *case_, DecidedField *own, DecidedField *other,
                           RoleState role)
{
    FieldKind kind = kind_of_pair(own, other);
    if (own->is_by_hand && !field_is_usable(case_, own))
        return; /* nobody knows what it says */
    if (!values_clash(kind, own->value, other->value,
                      (const char *const *)case_->regions))
        return;
    /* where it is not sure that both speak of one person, only near misses are a doubt */
    bool is_near = kind == KIND_PERSON_NAME || kind == KIND_FIRM_NAME
                       ? names_compare(own->value, other->value) == UNSURE
                   : kind == KIND_RESIDENT_ID
                       ? numbers_compare(own->value, other->value) == UNSURE
                       : false;
    if (is_near && kind == KIND_PERSON_NAME && is_slip(case_, other)) {
        field_doubt(other, own);
        return;
    }
    if (role == ROLE_YES || (role == ROLE_UNSURE && is_near))
        confront(case_, own, other);
}

/* What needs no declaration: the contact is the applicant or acts for him, as was found
 * out. Returns: "role:key"; NULL where none is told */
static const char *confirmed_by(const Case *case_, const DecidedField *field)
{
    static const struct {
        const char *key, *as_applicant, *as_agent;
    } told[] = {
        {KEY_CONTACT, "applicant:name", "agent:name"},
        {KEY_CONTACT_ID, "applicant:id_number", "agent:id_number"},
    };
    if (field->decl->confirmed_by != NULL)
        return field->decl->confirmed_by;
    if (g_str_equal(field->decl->key, KEY_APPLICANT))
        return "applicant:name";
    Likeness likeness = contact_likeness(case_);
    for (size_t i = 0; i < G_N_ELEMENTS(told); i++)
        if (g_str_equal(told[i].key, field->decl->key) && likeness != UNSURE)
            return likeness == SAME ? told[i].as_applicant : told[i].as_agent;
    return NULL;
}

static void visit_pairs(Case *case_, PairVisitor visit)
{
    for (guint i = 0; i < case_->form->fields->len; i++) {
        DecidedField *own = case_->form->fields->pdata[i];
        const char *told = confirmed_by(case_, own);
        if (told == NULL)
            continue;
        g_auto(GStrv) parts = g_strsplit(told, ":", 2);
        int role = role_index(parts[0]);
        for (guint k = 0; k < case_->ordered->len; k++) {
            CasePaper *paper = case_->ordered->pdata[k];
            DecidedField *other = counterpart(paper, parts[0], parts[1]);
            if (other != NULL && role >= 0 && paper->roles[role] != ROLE_NO)
                visit(case_, own, other, paper->roles[role]);
        }
    }
}

/* On a card, the day of birth and the sex stand in the number too. */
static void agree_with_number(Case *case_, CasePaper *paper)
{
    if (paper->paper->decl == NULL || paper->paper->decl->holder_id == NULL)
        return;
    DecidedField *number = fields_find(paper->fields, paper->paper->decl->holder_id);
    DecidedField *birth = fields_find(paper->fields, "birth_date");
    DecidedField *sex = fields_find(paper->fields, "sex");
    if (number == NULL || field_kind(number) != KIND_RESIDENT_ID ||
        !number->is_check_ok || !field_is_usable(case_, number))
        return;
    g_autofree char *day = resident_id_birth_date(number->value);
    if (birth != NULL && birth->value != NULL && field_is_usable(case_, birth)) {
        if (g_strcmp0(birth->value, day) == 0) {
            double confidence = together(birth->confidence, number->confidence);
            settle(birth, number, confidence);
            settle(number, birth, confidence);
        } else {
            contradiction_add(case_, "birth_date_differs", birth, number, NULL);
            field_doubt(birth, number);
            field_doubt(number, birth);
        }
    }
    if (sex != NULL && field_is_usable(case_, sex)) {
        bool is_male = g_str_equal(sex->value, "男");
        if (is_male == resident_id_is_male(number->value))
            settle(sex, number, together(sex->confidence, number->confidence));
        else {
            contradiction_add(case_, "sex_differs", sex, number, NULL);
            field_doubt(sex, number);
        }
    }
}

static bool is_fillable(const DecidedField *own)
{
    return own->is_by_hand && own->state == FIELD_REVIEW && own->value != NULL &&
           !own->is_borne_out;
}

/* The printed value that @own, as it was read, is nearest to. */
static void visit_filling(Case *case_, DecidedField *own, DecidedField *other,
                          RoleState role)
{
    if (!is_fillable(own) || other->is_by_hand || !field_is_usable(case_, other))
        return;
    if (role == ROLE_YES && kind_of_pair(own, other) == KIND_PERSON_NAME &&
        (own->told == NULL ||
         hand_unlikeness(own, other) < hand_unlikeness(own, own->told)))
        own->told = other;
    if (own->printed == NULL ||
        hand_unlikeness(own, other) < hand_unlikeness(own, own->printed))
        own->printed = other;
}

/* Whether what @own has may be a misreading of what is printed. */
static bool may_be_printed(const DecidedField *own)
{
    bool is_lawful = own->is_check_ok && kind_has_check_digit(field_kind(own));
    return own->printed != NULL && hand_unlikeness(own, own->printed) <=
                                       (is_lawful ? MAX_MISREAD_LAWFUL : MAX_MISREAD);
}

/* Less sure than this a name by hand may be anybody's: that of whom the number told is
 * more likely what is written. */
#define HARDLY_READ 0.9

static bool is_hardly_read(const DecidedField *own)
{
    return own->is_guess || own->confidence < HARDLY_READ;
}

static void fill_by_print(DecidedField *own)
{
    cite(own, own->printed, "printed");
    char *written = hand_as_written(own, own->printed);
    g_free(own->value);
    own->value = written;
}

void fields_fill_by_print(Case *case_)
{
    if (case_->form == NULL)
        return;
    visit_pairs(case_, visit_filling);
    for (guint i = 0; i < case_->form->fields->len; i++) {
        DecidedField *own = case_->form->fields->pdata[i];
        if (may_be_printed(own))
            fill_by_print(own);
        else
            own->printed = NULL;
    }
}

void fields_fill_by_likeness(Case *case_)
{
    for (guint i = 0; case_->form != NULL && i < case_->form->fields->len; i++) {
        DecidedField *own = case_->form->fields->pdata[i];
        if (!is_fillable(own) || own->printed != NULL)
            continue;
        bool is_told = own->told != NULL && is_hardly_read(own);
        own->printed = is_told ? own->told : hand_nearest_printed(case_, own);
        if (is_told || may_be_printed(own))
            fill_by_print(own);
        else
            hand_take_region(case_, own);
    }
}

void fields_agree(Case *case_)
{
    for (guint i = 0; i < case_->ordered->len; i++)
        agree_with_number(case_, case_->ordered->pdata[i]);
    if (case_->form == NULL)
        return;
    visit_pairs(case_, visit_agreeing);
    visit_pairs(case_, visit_clashing);
}
