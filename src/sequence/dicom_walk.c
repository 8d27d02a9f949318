/* Elements, sequences and items of a data set: what is listed is read, everything else is stepped
 * over by its length. Only headers are fetched here, never the bytes of a value.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "dicom_internal.h"

#define TAG(e)     ((uint32_t)(e)->group << 16 | (e)->element)
#define ITEM       UINT32_C(0xFFFEE000)
#define ITEM_END   UINT32_C(0xFFFEE00D)
#define SEQ_END    UINT32_C(0xFFFEE0DD)
#define PER_FRAME  UINT32_C(0x52009230)
#define PIXELS     0x7FE0
#define CSA_IMAGE  0x10
#define CSA_SERIES 0x20

/* Where a run of elements stands. */
typedef struct place {
    uint64_t end;
    bool delimited; /* ends with an item delimiter, at `end` at the latest */
    bool keep;      /* in a sequence of the list */
    int depth;
} place;

static uint64_t walk(dicom_parse *p, uint64_t at, place where, dicom_code code);

void dicom_fail(dicom_parse *p, mrse_status status, const char *text)
{
    if (p->status == MRSE_OK && text != NULL)
        (void)mrse_diag_add(p->diags, MRSE_SEV_ERROR, status, "%s", text);
    if (p->status == MRSE_OK)
        p->status = status;
    p->stop = true;
}

void dicom_damaged(dicom_parse *p, uint64_t at, const char *text)
{
    if (!p->out->cut_short && !p->stop)
        (void)mrse_diag_add(p->diags, MRSE_SEV_WARNING, MRSE_ERR_INPUT,
                            "the header is damaged at byte %llu: %s; what follows was not read",
                            (unsigned long long)at, text);
    p->out->cut_short = true;
    p->stop = true;
}

bool dicom_get(dicom_parse *p, uint64_t at, void *to, size_t n)
{
    if (at > p->in->size || n > p->in->size - at) {
        dicom_damaged(p, at, "the file ends there");
        return false;
    }
    mrse_status status = p->in->read(p->in->context, at, to, n);
    if (status != MRSE_OK)
        dicom_fail(p, status, "cannot read on");
    return status == MRSE_OK;
}

static uint16_t number16(const unsigned char *b, bool big)
{
    return (uint16_t)(big ? b[0] << 8 | b[1] : b[1] << 8 | b[0]);
}

static uint32_t number32(const unsigned char *b, bool big)
{
    uint32_t first = number16(b, big), second = number16(b + 2, big);
    return big ? first << 16 | second : second << 16 | first;
}

static bool is_long_vr(const char *vr)
{
    static const char *const names[] = {"OB", "OD", "OF", "OL", "OV", "OW", "SQ",
                                        "SV", "UC", "UN", "UR", "UT", "UV"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(vr, names[i]) == 0)
            return true;
    }
    return false;
}

static bool is_capital(unsigned char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Eight bytes, and four more only where they belong to the header: the ones after it may already be
 * somebody's name. */
bool dicom_header(dicom_parse *p, uint64_t at, uint64_t end, dicom_code code, dicom_element *e)
{
    unsigned char b[8];
    memset(e, 0, sizeof *e);
    if (++p->elements > DICOM_ELEMENTS) {
        dicom_fail(p, MRSE_ERR_LIMIT, "more than 100000 elements, the most that is read");
        return false;
    }
    if (end - at < sizeof b || !dicom_get(p, at, b, sizeof b)) {
        dicom_damaged(p, at, "an element is cut off");
        return false;
    }
    e->group = number16(b, code.big);
    e->element = number16(b + 2, code.big);
    e->at = at + sizeof b;
    if (code.implicit || e->group == 0xFFFE) {
        e->length = number32(b + 4, code.big);
    } else if (!is_capital(b[4]) || !is_capital(b[5])) {
        dicom_damaged(p, at, "no value representation where one must be");
        return false;
    } else {
        e->vr[0] = (char)b[4];
        e->vr[1] = (char)b[5];
        e->length = number16(b + 6, code.big);
        if (is_long_vr(e->vr)) {
            if (end - e->at < 4 || !dicom_get(p, e->at, b, 4)) {
                dicom_damaged(p, at, "an element is cut off");
                return false;
            }
            e->length = number32(b, code.big);
            e->at += 4;
        }
    }
    e->undefined = e->length == UINT32_MAX;
    return true;
}

/* --- Private blocks ---------------------------------------------------------------------------- */

static void note_block(dicom_parse *p, const dicom_element *e)
{
    char text[32] = "";
    size_t n = e->length < sizeof text - 1 ? e->length : sizeof text - 1;
    if (p->n_blocks == DICOM_BLOCKS || !dicom_get(p, e->at, text, n))
        return;
    while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\0'))
        n--;
    text[n] = '\0';
    dicom_block *b = &p->block[p->n_blocks++];
    b->group = e->group;
    b->block = (uint8_t)e->element;
    b->creator = dicom_creator_of(text);
    dicom_wipe(text, sizeof text);
}

/* Blocks are reserved anew in each nested data set; nothing of the list is private there. */
static dicom_creator creator_of(const dicom_parse *p, const dicom_element *e, int depth)
{
    if (e->group % 2 == 0)
        return DICOM_PUBLIC;
    if (depth > 0)
        return DICOM_STRANGER;
    for (size_t i = 0; i < p->n_blocks; i++) {
        if (p->block[i].group == e->group && p->block[i].block == e->element >> 8)
            return p->block[i].creator;
    }
    return DICOM_STRANGER;
}

/* --- Sequences --------------------------------------------------------------------------------- */

static size_t path_push(dicom_parse *p, const dicom_element *e, unsigned item)
{
    size_t old = strlen(p->path);
    int n = snprintf(p->path + old, sizeof p->path - old, "%s(%04x,%04x)[%u]", old ? "." : "",
                     (unsigned)e->group, (unsigned)e->element, item);
    if (n < 0 || (size_t)n >= sizeof p->path - old)
        dicom_fail(p, MRSE_ERR_LIMIT, "sequences are nested too deeply");
    return old;
}

static uint64_t walk_item(dicom_parse *p, const dicom_element *seq, const dicom_element *item,
                          unsigned index, place where, dicom_code code)
{
    uint64_t next = item->undefined ? where.end : item->at + item->length;
    if (!where.keep && !item->undefined)
        return next;
    size_t old = where.keep ? path_push(p, seq, index) : 0;
    place inside = {next, item->undefined, where.keep, where.depth + 1};
    uint64_t end = p->stop ? next : walk(p, item->at, inside, code);
    if (where.keep)
        p->path[old] = '\0';
    /* one frame stands for all: groups of thousands of frames come after it */
    if (TAG(seq) == PER_FRAME && where.depth == 0)
        p->stop = true;
    return item->undefined ? end : next;
}

/* `where` is that of the sequence's value. Returns where the next element begins. */
static uint64_t walk_sequence(dicom_parse *p, const dicom_element *seq, place where,
                              dicom_code code)
{
    uint64_t at = seq->at;
    dicom_element item;
    for (unsigned index = 0; !p->stop && (seq->undefined || at < where.end); index++) {
        if (!dicom_header(p, at, where.end, code, &item))
            break;
        if (TAG(&item) == SEQ_END && seq->undefined)
            return item.at;
        if (TAG(&item) != ITEM || (!item.undefined && item.length > where.end - item.at)) {
            dicom_damaged(p, at, "an item of a sequence is not where it should be");
            break;
        }
        at = walk_item(p, seq, &item, index, where, code);
    }
    return at;
}

/* Fragments of encapsulated data: items of raw bytes. */
static uint64_t skip_fragments(dicom_parse *p, const dicom_element *e, uint64_t end,
                               dicom_code code)
{
    uint64_t at = e->at;
    dicom_element item;
    while (!p->stop && dicom_header(p, at, end, code, &item)) {
        if (TAG(&item) == SEQ_END)
            return item.at;
        if (TAG(&item) != ITEM || item.undefined || item.length > end - item.at) {
            dicom_damaged(p, at, "a fragment of encapsulated data is cut off");
            break;
        }
        at = item.at + item.length;
    }
    return at;
}

/* --- Elements ---------------------------------------------------------------------------------- */

static bool is_vr(const dicom_element *e, const char *vr)
{
    return strcmp(e->vr, vr) == 0;
}

static bool is_csa(const dicom_element *e, dicom_creator creator)
{
    unsigned low = e->element & 0xFF;
    return creator == DICOM_SIEMENS_CSA && e->group == 0x0029 &&
           (low == CSA_IMAGE || low == CSA_SERIES) && !e->undefined;
}

static uint64_t descend(dicom_parse *p, const dicom_element *e, const dicom_tag *tag, place where,
                        dicom_code code)
{
    uint64_t next = e->undefined ? where.end : e->at + e->length;
    bool keep = where.keep && tag != NULL && strcmp(tag->vr, "SQ") == 0;
    if (!keep && !e->undefined)
        return next;
    if (where.depth >= DICOM_DEPTH) {
        dicom_fail(p, MRSE_ERR_LIMIT, "sequences are nested more than 16 deep");
        return next;
    }
    if (is_vr(e, "UN")) /* PS3.5, 6.2.2 note 4: what is inside is implicit little endian */
        code = (dicom_code){true, false};
    place inside = {next, e->undefined, keep, where.depth};
    uint64_t end = walk_sequence(p, e, inside, code);
    return e->undefined ? end : next;
}

static uint64_t take_element(dicom_parse *p, const dicom_element *e, place where, dicom_code code)
{
    dicom_creator creator = creator_of(p, e, where.depth);
    const dicom_tag *tag = where.keep ? dicom_tag_find(e->group, e->element, creator) : NULL;
    if (e->undefined && (is_vr(e, "OB") || is_vr(e, "OW")))
        return skip_fragments(p, e, where.end, code);
    if (e->undefined && !code.implicit && !is_vr(e, "SQ") && !is_vr(e, "UN")) {
        dicom_damaged(p, e->at, "a value without length that is no sequence");
        return e->at;
    }
    bool nested = tag != NULL && strcmp(tag->vr, "SQ") == 0 &&
                  (code.implicit || is_vr(e, "SQ") || is_vr(e, "UN"));
    if (e->undefined || nested || is_vr(e, "SQ"))
        return descend(p, e, tag, where, code);
    if (where.keep && where.depth == 0 && e->group % 2 == 1 && e->element >= 0x10 &&
        e->element <= 0xFF)
        note_block(p, e);
    else if (where.keep && where.depth == 0 && is_csa(e, creator))
        dicom_csa_read(p, e);
    else if (tag != NULL && strcmp(tag->vr, "SQ") != 0)
        dicom_value_read(p, e, tag, code);
    return e->at + e->length;
}

/* Returns where it ended: behind the delimiter, or at the end. */
static uint64_t walk(dicom_parse *p, uint64_t at, place where, dicom_code code)
{
    dicom_element e;
    while (!p->stop && at < where.end) {
        if (!dicom_header(p, at, where.end, code, &e))
            break;
        if (TAG(&e) == ITEM_END && where.delimited)
            return e.at;
        /* pixels, and nothing of the list behind them; often cut off, which does no harm */
        if (where.depth == 0 && e.group >= PIXELS && e.group != 0xFFFE) {
            p->stop = true;
            break;
        }
        if (e.group == 0xFFFE || (!e.undefined && e.length > where.end - e.at)) {
            dicom_damaged(p, at, "an element is longer than what holds it");
            break;
        }
        at = take_element(p, &e, where, code);
    }
    if (!p->stop && where.delimited)
        dicom_damaged(p, at, "an item does not end");
    return at;
}

void dicom_walk_top(dicom_parse *p, uint64_t at, dicom_code code)
{
    place top = {p->in->size, false, true, 0};
    (void)walk(p, at, top, code);
}
