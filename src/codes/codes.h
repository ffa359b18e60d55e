/* SPDX-License-Identifier: GPL-3.0-or-later */
/* codes/codes.h - cover sheets as codes: what one says as text that people can type, as a
 * QR code to print, and back from the picture of a page.
 *
 * A code is parts with points between: N.T12.PTONGXU.STX01.K3.9K2M
 *   N a new case, L papers that come late; CNAME whose (only L); T sheets expected; P
 * place; S site; K number of the sheet; last the check sum. In the QR code "BJ1:" stands
 * before it: whose code it is, and of which version. */
#pragma once
#include "base/base.h"

#define CODES_ERROR (codes_error_quark())
typedef enum {
    CODES_ERROR_FORMAT, /* not a code of ours, mistyped, or of a later version */
    CODES_ERROR_PICTURE,
} CodesError;
GQuark codes_error_quark(void);

#define CODES_VERSION "2"

#define COVER_MAX_SHEETS 9999
#define COVER_MAX_NUMBER 9999

typedef enum {
    COVER_NEW,  /* a case begins behind it */
    COVER_LATE, /* what is behind it belongs to a case that is there already */
} CoverKind;

/* What a cover sheet says. */
typedef struct {
    CoverKind kind;
    char *case_name; /* COVER_LATE: "tx01-7K3M9Q2D"; else NULL */
    char *site;      /* "tx01", or NULL */
    char *place;     /* place code, or NULL */
    int sheets;      /* expected behind it; 0: not said */
    int number;      /* of the sheet among those printed together; 0: not said */
} Cover;
void cover_free(Cover *cover);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cover, cover_free)

/* cover_code: @cover as the text that people can type. Returns: owned */
char *cover_code(const Cover *cover);

/* cover_parse: what @code says; small letters and blanks around it are taken too, and O
 * for 0 where only one of them can stand.
 * Returns: owned; NULL with CODES_ERROR_FORMAT */
Cover *cover_parse(const char *code, GError **error);

/* What stands for the code of a cover sheet that shows itself as one by its words, and
 * whose code cannot be read. */
#define COVER_UNREAD "?"
/* What every cover sheet says above its code, and below that what follows from it. */
#define COVER_TITLE "案卷封页"
#define COVER_RULE_NEW "从下一页起，是另一份申请"
#define COVER_RULE_LATE "后面的材料，归入已有的案件"

/* cover_of_lines: the code of a cover sheet by its words, for one whose QR code is worn.
 * @lines: as read, in any order, NULL-terminated; borrowed
 * Returns: the code, by its check sum; COVER_UNREAD where only the words say that it is
 *     one; NULL where they do not; owned */
char *cover_of_lines(const char *const *lines);

/* A QR code without the white around it. */
typedef struct {
    int width;      /* modules */
    uint8_t *black; /* width x width, row by row: 0 or 1 */
} QrCode;
void qr_code_free(QrCode *qr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(QrCode, qr_code_free)

/* cover_qr: @cover as a QR code of the strongest correction (H: three tenths of it may be
 * lost). Returns: owned; NULL with CODES_ERROR_PICTURE */
QrCode *cover_qr(const Cover *cover, GError **error);

/* cover_find: the code of the cover sheet that @page is, whichever way up it lies.
 * @page: 8 bpp, any size; borrowed, not changed. It is looked at reduced: other marks
 * than QR codes as large as ours are not seen. Returns: as cover_code(), owned; NULL: no
 * cover sheet (other people's codes, none at all, or two of ours that differ), or no
 * memory */
char *cover_find(PIX *page);
