/* A listed element becomes an item: its text, its numbers, nothing lost to rounding.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "dicom_internal.h"
#include "mrse/alloc.h"

enum { FIRST_ITEMS = 32, SHORTEST_FLOAT = 6, LONGEST_FLOAT = 9, LONGEST_DOUBLE = 17 };

void dicom_wipe(void *bytes, size_t n)
{
    /* volatile: a plain memset of memory that is about to go may be left out */
    volatile unsigned char *b = bytes;
    for (size_t i = 0; i < n; i++)
        b[i] = 0;
}

mrse_dicom_item *dicom_item_add(dicom_parse *p)
{
    mrse_dicom *d = p->out;
    if (p->stop && p->status != MRSE_OK)
        return NULL;
    if (d->n == MRSE_DICOM_ITEMS) {
        dicom_fail(p, MRSE_ERR_LIMIT, "more than 512 values of the list, the most that is read");
        return NULL;
    }
    if (d->n == p->cap) {
        size_t cap = p->cap ? 2 * p->cap : FIRST_ITEMS;
        mrse_dicom_item *grown = mrse_realloc(d->item, cap, sizeof *grown);
        if (grown == NULL) {
            dicom_fail(p, MRSE_ERR_NOMEM, "not enough memory");
            return NULL;
        }
        d->item = grown;
        p->cap = cap;
    }
    mrse_dicom_item *item = &d->item[d->n++];
    memset(item, 0, sizeof *item);
    item->keyword = item->unit = "";
    item->value = mrse_value_missing(MRSE_KIND_NONE);
    mrse_text_copy(item->path, sizeof item->path, p->path);
    return item;
}

/* --- Text -------------------------------------------------------------------------------------- */

static bool is_padding(char c)
{
    return c == ' ' || c == '\0';
}

/* Bytes of the UTF-8 character at text[0..n), 0 when it is none. */
static size_t utf8_at(const char *text, size_t n)
{
    for (size_t k = 2; k <= 4 && k <= n; k++) {
        if (mrse_text_is_utf8(text, k))
            return k;
    }
    return 0;
}

/* Control characters could rewrite a terminal, and C1 controls hide in UTF-8. */
static size_t put_character(char *to, const char *from, size_t n)
{
    unsigned char c = (unsigned char)*from;
    size_t k = c >= 0x80 ? utf8_at(from, n) : 1;
    if (k > 1 && c == 0xC2 && (unsigned char)from[1] < 0xA0)
        k = 0;
    if (k == 0 || c < 0x20 || c == 0x7F) {
        *to = '?';
        return 1;
    }
    memcpy(to, from, k);
    return k;
}

void dicom_item_text(mrse_dicom_item *item, const char *bytes, size_t n)
{
    char clean[4 * DICOM_VALUE + 1];
    size_t len = 0;
    n = n < DICOM_VALUE ? n : DICOM_VALUE;
    while (n > 0 && is_padding(bytes[n - 1]))
        n--;
    for (size_t i = 0; i < n;) {
        size_t start = len;
        if (len == 0 && is_padding(bytes[i])) {
            i++;
            continue;
        }
        len += put_character(clean + len, bytes + i, n - i);
        i += len - start;
    }
    clean[len] = '\0';
    item->cut = item->cut || len >= sizeof item->text;
    mrse_text_copy(item->text, sizeof item->text, clean);
    dicom_wipe(clean, sizeof clean);
}

/* --- Numbers ----------------------------------------------------------------------------------- */

/* A decimal string may be ".5", "5." or "+5"; hexadecimal only Siemens protocols write. */
static bool read_decimal(const char *text, size_t n, double *value)
{
    char tidy[48];
    size_t len = 0;
    while (n > 0 && is_padding(*text))
        text++, n--;
    while (n > 0 && is_padding(text[n - 1]))
        n--;
    if (n == 0 || n > sizeof tidy - 2)
        return false;
    bool start = true;
    for (size_t i = 0; i < n; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (text[i] == '.' && start)
            tidy[len++] = '0';
        bool bare = text[i] == '.' && (i + 1 == n || text[i + 1] == 'e' || text[i + 1] == 'E');
        if (bare && start)
            return false;
        if (!bare)
            tidy[len++] = text[i];
        start = start && !digit && text[i] != '.';
        if (len + 2 > sizeof tidy)
            return false;
    }
    return mrse_text_read_num(tidy, len, value, NULL) == MRSE_OK;
}

static bool read_hex(const char *text, double *value)
{
    static const char digits[] = "0123456789abcdef";
    size_t n = strlen(text);
    *value = 0;
    if (n < 3 || n > 10 || text[0] != '0' || text[1] != 'x')
        return false;
    for (size_t i = 2; i < n; i++) {
        const char *d = strchr(digits, text[i]);
        if (d == NULL)
            return false;
        *value = 16 * *value + (double)(d - digits);
    }
    return true;
}

void dicom_item_numbers(mrse_dicom_item *item)
{
    const char *text = item->text;
    item->n = 0;
    if (item->cut)
        return;
    if (read_hex(text, &item->number[0])) {
        item->n = 1;
        return;
    }
    for (;;) {
        size_t n = strcspn(text, "\\");
        if (item->n == MRSE_DICOM_NUMBERS || !read_decimal(text, n, &item->number[item->n])) {
            item->n = 0;
            return;
        }
        item->n++;
        if (text[n] == '\0')
            return;
        text += n + 1;
    }
}

static uint64_t bits(const unsigned char *b, size_t n, bool big)
{
    uint64_t x = 0;
    for (size_t i = 0; i < n; i++)
        x = x << 8 | b[big ? i : n - 1 - i];
    return x;
}

static double binary(const char *vr, const unsigned char *b, size_t n, bool big)
{
    uint64_t raw = bits(b, n, big);
    if (strcmp(vr, "FL") == 0) {
        uint32_t half = (uint32_t)raw;
        float f;
        memcpy(&f, &half, sizeof f);
        return (double)f;
    }
    if (strcmp(vr, "FD") == 0) {
        double d;
        memcpy(&d, &raw, sizeof d);
        return d;
    }
    if (vr[0] == 'S') {
        uint64_t sign = UINT64_C(1) << (8 * n - 1);
        return raw & sign ? -(double)((sign << 1) - raw) : (double)raw;
    }
    return (double)raw;
}

static size_t size_of_vr(const char *vr)
{
    static const struct {
        char vr[3];
        size_t n;
    } table[] = {{"US", 2}, {"SS", 2}, {"UL", 4}, {"SL", 4}, {"FL", 4}, {"FD", 8}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(table[i].vr, vr) == 0)
            return table[i].n;
    }
    return 0;
}

/* As few digits as read back as the same number: what stood on the console. */
static void print_shortest(char out[MRSE_NUM_MAX], double value, const char *vr)
{
    bool is_float = strcmp(vr, "FL") == 0;
    int last = is_float ? LONGEST_FLOAT : LONGEST_DOUBLE;
    double back = 0;
    for (int digits = SHORTEST_FLOAT; digits <= last; digits++) {
        mrse_text_num(out, value, digits);
        if (mrse_text_read_num(out, strlen(out), &back, NULL) != MRSE_OK)
            return;
        if (is_float ? (float)back == (float)value : back == value)
            break;
    }
    char *point = strchr(out, '.');
    size_t n = strlen(out);
    while (point != NULL && strchr(out, 'e') == NULL && n > 0 && out[n - 1] == '0')
        out[--n] = '\0';
    if (n > 0 && out[n - 1] == '.')
        out[n - 1] = '\0';
}

static void take_binary(mrse_dicom_item *item, const unsigned char *bytes, size_t n, bool big)
{
    size_t size = size_of_vr(item->vr), len = 0;
    item->n = n / size;
    if (item->n > MRSE_DICOM_NUMBERS) {
        item->n = MRSE_DICOM_NUMBERS;
        item->cut = true;
    }
    for (size_t i = 0; i < item->n; i++) {
        char text[MRSE_NUM_MAX] = "";
        item->number[i] = binary(item->vr, bytes + i * size, size, big);
        print_shortest(text, item->number[i], item->vr);
        if (len + strlen(text) + 2 > sizeof item->text)
            break;
        if (i > 0)
            item->text[len++] = '\\';
        mrse_text_copy(item->text + len, sizeof item->text - len, text);
        len += strlen(text);
    }
}

/* --- Elements ---------------------------------------------------------------------------------- */

static bool is_words(const char *vr)
{
    return strcmp(vr, "DS") != 0 && strcmp(vr, "IS") != 0;
}

void dicom_value_read(dicom_parse *p, const dicom_element *e, const dicom_tag *tag, dicom_code code)
{
    static const char *const texts[] = {"AS", "CS", "DS", "IS", "LO", "LT", "SH", "ST", "UI", "UT"};
    unsigned char bytes[DICOM_VALUE];
    size_t n = e->length < sizeof bytes ? e->length : sizeof bytes;
    if (n == 0 || !dicom_get(p, e->at, bytes, n))
        return; /* an empty element states nothing */
    mrse_dicom_item *item = dicom_item_add(p);
    if (item == NULL)
        return;
    item->group = e->group;
    item->element = e->element;
    bool known = e->vr[0] != '\0' && strcmp(e->vr, "UN") != 0;
    mrse_text_copy(item->vr, sizeof item->vr, known ? e->vr : tag->vr);
    item->keyword = tag->keyword;
    item->unit = tag->unit;
    item->privacy = tag->privacy;
    item->value.kind = tag->kind;
    item->cut = e->length > sizeof bytes;
    mrse_text_copy(item->name, sizeof item->name, tag->same_as ? tag->same_as : tag->keyword);
    bool is_text = false;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        is_text = is_text || strcmp(texts[i], item->vr) == 0;
    size_t size = size_of_vr(item->vr);
    if (is_text) {
        dicom_item_text(item, (const char *)bytes, n);
        if (!is_words(item->vr) || tag->kind != MRSE_KIND_NONE)
            dicom_item_numbers(item);
    } else if (size > 0 && n >= size) {
        take_binary(item, bytes, n, code.big);
    }
    dicom_wipe(bytes, sizeof bytes);
    if (item->text[0] == '\0')
        p->out->n--;
}
