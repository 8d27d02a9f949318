/* The DICOM file as a whole: preamble, transfer syntax, and what makes it an MR header.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/dicom.h"

#include <string.h>

#include "dicom_internal.h"
#include "mrse/alloc.h"

enum { PREAMBLE = 128, SYNTAX = 0x0010, META = 0x0002 };

static mrse_status refuse(dicom_parse *p, const char *text, const char *hint)
{
    if (p->status == MRSE_OK) {
        mrse_diag *diag = mrse_diag_add(p->diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "%s", text);
        mrse_diag_place(diag, NULL, 0, 0, NULL, hint);
        p->status = MRSE_ERR_INPUT;
    }
    return p->status;
}

/* --- Encoding ---------------------------------------------------------------------------------- */

/* What a data set without meta header is written in: DICOM numbers begin with group 0008. */
static bool guess(dicom_parse *p, uint64_t at, dicom_code *code)
{
    unsigned char b[8];
    *code = (dicom_code){false, false};
    if (p->in->size < at || p->in->size - at < sizeof b || !dicom_get(p, at, b, sizeof b))
        return false;
    bool little = (b[0] == 0x08 || b[0] == META) && b[1] == 0;
    bool big = b[0] == 0 && b[1] == 0x08;
    code->big = big;
    code->implicit = !(b[4] >= 'A' && b[4] <= 'Z' && b[5] >= 'A' && b[5] <= 'Z');
    return little || (big && !code->implicit);
}

/* The UID is compared and printed: letters of anything else are not. */
static void keep_uid(char *to, size_t size, const char *from, size_t n)
{
    size_t len = 0;
    while (len < n && len + 1 < size &&
           ((from[len] >= '0' && from[len] <= '9') || from[len] == '.')) {
        to[len] = from[len];
        len++;
    }
    to[len] = '\0';
}

/* The file meta group: always explicit little endian. Returns where the data set begins. */
static uint64_t read_meta(dicom_parse *p, uint64_t at)
{
    static const dicom_code code = {false, false};
    dicom_element e;
    unsigned char group[2];
    /* asked before the header is, because what follows may be written in another way */
    while (p->in->size - at >= sizeof group && dicom_get(p, at, group, sizeof group) &&
           group[0] == META && group[1] == 0 && dicom_header(p, at, p->in->size, code, &e)) {
        if (e.undefined || e.length > p->in->size - e.at) {
            dicom_damaged(p, at, "the file meta information is cut off");
            break;
        }
        if (e.element == SYNTAX) {
            char uid[MRSE_DICOM_NAME] = "";
            size_t n = e.length < sizeof uid ? e.length : sizeof uid;
            if (dicom_get(p, e.at, uid, n))
                keep_uid(p->out->syntax, sizeof p->out->syntax, uid, n);
            dicom_wipe(uid, sizeof uid);
        }
        at = e.at + e.length;
    }
    return at;
}

static mrse_status syntax_code(dicom_parse *p, dicom_code *code)
{
    static const char compressed[] = "1.2.840.10008.1.2.4.", rle[] = "1.2.840.10008.1.2.5";
    static const char ge[] = "1.2.840.113619.5.2";
    const char *uid = p->out->syntax;
    *code = (dicom_code){false, false};
    if (strcmp(uid, "1.2.840.10008.1.2.1") == 0 || strcmp(uid, rle) == 0 ||
        strncmp(uid, compressed, sizeof compressed - 1) == 0)
        return MRSE_OK;
    if (strcmp(uid, "1.2.840.10008.1.2") == 0 || strcmp(uid, ge) == 0) {
        code->implicit = true;
        return MRSE_OK;
    }
    if (strcmp(uid, "1.2.840.10008.1.2.2") == 0) {
        code->big = true;
        return MRSE_OK;
    }
    if (strcmp(uid, "1.2.840.10008.1.2.1.99") == 0)
        return refuse(p,
                      "the data set is deflated (transfer syntax 1.2.840.10008.1.2.1.99), which "
                      "is not read",
                      "convert a copy to explicit little endian, for instance with dcmconv +te");
    char text[160] = "transfer syntax not known: ";
    mrse_text_copy(text + strlen(text), sizeof text - strlen(text), uid);
    return refuse(p, text,
                  "known are implicit and explicit little endian, explicit big endian, "
                  "and those with compressed pixels");
}

/* Where the data set begins, and how it is written. */
static mrse_status find_data_set(dicom_parse *p, uint64_t *at, dicom_code *code)
{
    static const char hint[] = "a DICOM file has 'DICM' at byte 128, or begins with group 0008";
    char magic[4] = "";
    *at = 0;
    if (p->in->size >= PREAMBLE + sizeof magic) {
        if (!dicom_get(p, PREAMBLE, magic, sizeof magic))
            return p->status;
        if (memcmp(magic, "DICM", sizeof magic) == 0)
            *at = PREAMBLE + sizeof magic;
    }
    dicom_wipe(magic, sizeof magic);
    if (!guess(p, *at, code))
        return refuse(p, "not a DICOM file", hint);
    unsigned char first[2];
    if (!dicom_get(p, *at, first, sizeof first))
        return p->status;
    if (first[0] == META && !code->big) {
        *at = read_meta(p, *at);
        if (p->status == MRSE_OK && p->out->syntax[0] != '\0')
            return syntax_code(p, code);
        if (p->status == MRSE_OK && !guess(p, *at, code))
            return refuse(p, "the file names no transfer syntax and does not show one", hint);
    }
    return p->status;
}

/* --- The whole --------------------------------------------------------------------------------- */

static mrse_status check_mr(dicom_parse *p)
{
    const char *modality = dicom_text_of(p->out, "Modality");
    size_t values = 0;
    for (size_t i = 0; i < p->out->n; i++)
        values += p->out->item[i].group == 0x0018;
    if (modality[0] != '\0' && strcmp(modality, "MR") != 0)
        return refuse(p, "the modality is not MR",
                      "MR images carry acquisition parameters; "
                      "reports, registrations and CT do not");
    if (values == 0)
        return refuse(p, "no acquisition parameter of MR in it",
                      "choose an image of the series, not a report or a screen capture");
    return p->status;
}

mrse_status mrse_dicom_read(const mrse_dicom_source *source, const char *sha256, mrse_dicom **out,
                            mrse_diags *diags)
{
    dicom_parse p = {.in = source, .diags = diags};
    dicom_code code;
    uint64_t at;
    if (out != NULL)
        *out = NULL;
    if (source == NULL || source->read == NULL || out == NULL)
        return MRSE_ERR_ARG;
    p.out = mrse_alloc(1, sizeof *p.out);
    if (p.out == NULL) {
        dicom_fail(&p, MRSE_ERR_NOMEM, "not enough memory");
        return MRSE_ERR_NOMEM;
    }
    p.out->bytes = source->size;
    mrse_text_copy(p.out->sha256, sizeof p.out->sha256, sha256);
    mrse_status status = find_data_set(&p, &at, &code);
    if (status == MRSE_OK) {
        dicom_walk_top(&p, at, code);
        status = p.status;
    }
    if (status == MRSE_OK)
        status = check_mr(&p);
    if (status == MRSE_OK) {
        dicom_understand(&p);
        status = p.status;
    }
    if (status != MRSE_OK) {
        mrse_dicom_free(p.out);
        return status;
    }
    *out = p.out;
    return MRSE_OK;
}

void mrse_dicom_free(mrse_dicom *dicom)
{
    if (dicom == NULL)
        return;
    /* weight and age are nobody's business once they are no longer needed */
    if (dicom->item != NULL)
        dicom_wipe(dicom->item, dicom->n * sizeof *dicom->item);
    mrse_free(dicom->item);
    mrse_free(dicom);
}

const mrse_dicom_item *mrse_dicom_find(const mrse_dicom *dicom, const char *name)
{
    for (size_t i = 0; dicom != NULL && name != NULL && i < dicom->n; i++) {
        if (strcmp(dicom->item[i].name, name) == 0)
            return &dicom->item[i];
    }
    return NULL;
}
