/* Siemens CSA headers: listed tags, and listed lines of the protocol text inside. Everything else
 * is stepped over; lines of the protocol pass through a buffer that is wiped.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dicom_internal.h"

enum {
    HEADER = 16,
    TAG = 84,
    ITEM = 16,
    NAME = 64,
    TAGS = 512,
    ITEMS = 256,
    CHUNK = 512,
    LINE = 256,
    PROTOCOL = 4 << 20
};

typedef struct csa {
    dicom_parse *p;
    const dicom_element *e;
    uint64_t at, end;
} csa;

static uint32_t little(const unsigned char *b)
{
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static bool take(csa *c, void *to, size_t n)
{
    if (c->end - c->at < n || !dicom_get(c->p, c->at, to, n))
        return false;
    c->at += n;
    return true;
}

/* `prefix` keeps names apart from the standard's keywords. */
static mrse_dicom_item *add(csa *c, const char *vr, const char *keyword, const char *prefix,
                            const char *name)
{
    mrse_dicom_item *item = dicom_item_add(c->p);
    size_t n = strlen(prefix);
    if (item == NULL)
        return NULL;
    mrse_text_copy(item->name, sizeof item->name, prefix);
    mrse_text_copy(item->name + n, sizeof item->name - n, name);
    item->group = c->e->group;
    item->element = c->e->element;
    mrse_text_copy(item->vr, sizeof item->vr, vr);
    item->keyword = keyword;
    if (strcmp(name, "UsedPatientWeight") == 0)
        item->privacy = MRSE_DICOM_PERSON;
    return item;
}

/* --- The protocol text ------------------------------------------------------------------------- */

typedef struct lines {
    csa *c;
    char text[LINE];
    size_t n;
    bool inside; /* between BEGIN and END: before it stands XML of another kind */
    bool over;   /* the line is longer than any that is listed */
} lines;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '"' || c == '\0';
}

static void take_line(lines *l)
{
    static const char begin[] = "### ASCCONV BEGIN", end[] = "### ASCCONV END";
    char *value = strchr(l->text, '=');
    if (strncmp(l->text, begin, sizeof begin - 1) == 0)
        l->inside = true;
    else if (strncmp(l->text, end, sizeof end - 1) == 0)
        l->inside = false;
    if (!l->inside || l->over || value == NULL)
        return;
    size_t n = (size_t)(value - l->text);
    while (n > 0 && is_blank(l->text[n - 1]))
        n--;
    char *first = value + 1, *last = l->text + l->n;
    while (is_blank(*first) && first < last)
        first++;
    while (last > first && is_blank(last[-1]))
        last--;
    l->text[n] = '\0';
    if (n >= MRSE_DICOM_NAME || first == last || !dicom_protocol_listed(l->text))
        return;
    mrse_dicom_item *item = add(l->c, "UT", "SiemensProtocol", "", l->text);
    if (item == NULL)
        return;
    dicom_item_text(item, first, (size_t)(last - first));
    if (l->text[0] != 't' && strchr(item->text, '\\') == NULL)
        dicom_item_numbers(item);
}

static void take_protocol(csa *c, uint64_t at, uint64_t length)
{
    char chunk[CHUNK];
    lines l = {.c = c};
    length = length < PROTOCOL ? length : PROTOCOL;
    while (length > 0 && !c->p->stop) {
        size_t n = length < sizeof chunk ? (size_t)length : sizeof chunk;
        if (!dicom_get(c->p, at, chunk, n))
            break;
        for (size_t i = 0; i < n && !c->p->stop; i++) {
            if (chunk[i] == '\n') {
                l.text[l.n] = '\0';
                take_line(&l);
                l.n = 0;
                l.over = false;
            } else if (l.n < sizeof l.text - 1) {
                l.text[l.n++] = chunk[i];
            } else {
                l.over = true;
            }
        }
        at += n;
        length -= n;
    }
    dicom_wipe(chunk, sizeof chunk);
    dicom_wipe(&l, sizeof l);
}

/* --- Tags -------------------------------------------------------------------------------------- */

/* The items of a listed tag, joined as DICOM joins values. */
static void take_values(csa *c, const char *name, const char *vr, uint32_t n_items)
{
    char value[DICOM_VALUE], text[DICOM_VALUE];
    unsigned char header[ITEM];
    size_t len = 0;
    for (uint32_t i = 0; i < n_items && take(c, header, sizeof header); i++) {
        uint64_t length = little(header + 4), padded = (length + 3) / 4 * 4;
        if (padded > c->end - c->at) {
            c->at = c->end;
            break;
        }
        size_t n = length < sizeof value ? (size_t)length : sizeof value;
        if (n > 0 && dicom_get(c->p, c->at, value, n)) {
            size_t used = 0;
            while (used < n && value[used] != '\0')
                used++;
            while (used > 0 && is_blank(value[used - 1]))
                used--;
            if (used > 0 && len + used + 1 < sizeof text) {
                if (len > 0)
                    text[len++] = '\\';
                memcpy(text + len, value, used);
                len += used;
            }
        }
        c->at += padded;
    }
    mrse_dicom_item *item = len > 0 ? add(c, vr, "SiemensCSA", "CSA ", name) : NULL;
    if (item != NULL) {
        dicom_item_text(item, text, len);
        dicom_item_numbers(item);
    }
    dicom_wipe(value, sizeof value);
    dicom_wipe(text, sizeof text);
}

static void skip_values(csa *c, uint32_t n_items, bool protocol)
{
    unsigned char header[ITEM];
    for (uint32_t i = 0; i < n_items && take(c, header, sizeof header); i++) {
        uint64_t length = little(header + 4), padded = (length + 3) / 4 * 4;
        if (padded > c->end - c->at)
            padded = c->end - c->at;
        if (protocol)
            take_protocol(c, c->at, length < padded ? length : padded);
        c->at += padded;
    }
}

static bool take_tag(csa *c)
{
    unsigned char header[TAG];
    char name[NAME];
    char vr[3] = "";
    if (!take(c, header, sizeof header))
        return false;
    memcpy(name, header, sizeof name);
    name[NAME - 1] = '\0';
    memcpy(vr, header + NAME + 4, 2);
    if (vr[0] < 'A' || vr[0] > 'Z' || vr[1] < 'A' || vr[1] > 'Z')
        memcpy(vr, "UN", 2);
    uint32_t n_items = little(header + NAME + 12);
    dicom_wipe(header, sizeof header); /* behind short names stands whatever was there before */
    /* an item too many costs a step each: the whole read is bounded by elements */
    c->p->elements += n_items < ITEMS ? n_items : ITEMS;
    if (n_items <= ITEMS && dicom_csa_listed(name))
        take_values(c, name, vr, n_items);
    else if (n_items <= ITEMS)
        skip_values(c, n_items, strcmp(name, "MrPhoenixProtocol") == 0);
    dicom_wipe(name, sizeof name);
    return n_items <= ITEMS && !c->p->stop;
}

void dicom_csa_read(dicom_parse *p, const dicom_element *e)
{
    csa c = {p, e, e->at, e->at + e->length};
    unsigned char header[HEADER];
    /* The older layout, without SV10, is left alone: its lengths are not what they say. */
    if (e->length < sizeof header || !take(&c, header, sizeof header) ||
        memcmp(header, "SV10", 4) != 0)
        return;
    uint32_t n = little(header + 8);
    for (uint32_t i = 0; i < n && i < TAGS && take_tag(&c); i++)
        continue;
}
