/* What the header as a whole says of its numbers: manufacturer, kind of repetition time, names under
 * which they are compared, values that come in lists.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "dicom_internal.h"

#define ENHANCED_MR "1.2.840.10008.5.1.4.1.1.4.1"

static bool contains(const char *text, const char *word)
{
    size_t n = strlen(word);
    for (; *text != '\0'; text++) {
        size_t i = 0;
        while (i < n && tolower((unsigned char)text[i]) == tolower((unsigned char)word[i]))
            i++;
        if (i == n)
            return true;
    }
    return false;
}

bool dicom_has_word(const char *text, const char *word)
{
    size_t n = strlen(word);
    while (*text != '\0') {
        size_t len = strcspn(text, "\\");
        if (len == n && strncmp(text, word, n) == 0)
            return true;
        text += len + (text[len] == '\\');
    }
    return false;
}

const char *dicom_text_of(const mrse_dicom *d, const char *name)
{
    const mrse_dicom_item *item = mrse_dicom_find(d, name);
    return item != NULL ? item->text : "";
}

const mrse_dicom_item *dicom_beside(const mrse_dicom *d, const mrse_dicom_item *item,
                                    uint16_t group, uint16_t element)
{
    for (size_t i = 0; i < d->n; i++) {
        const mrse_dicom_item *other = &d->item[i];
        if (other->group == group && other->element == element &&
            strcmp(other->path, item->path) == 0)
            return other;
    }
    return NULL;
}

/* --- Manufacturer, repetition time ------------------------------------------------------------- */

static mrse_dicom_vendor vendor_of(const char *text)
{
    static const struct {
        const char *word;
        mrse_dicom_vendor vendor;
    } table[] = {{"siemens", MRSE_DICOM_SIEMENS}, {"philips", MRSE_DICOM_PHILIPS},
                 {"toshiba", MRSE_DICOM_CANON},   {"canon", MRSE_DICOM_CANON},
                 {"ge medical", MRSE_DICOM_GE},   {"ge healthcare", MRSE_DICOM_GE}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (contains(text, table[i].word))
            return table[i].vendor;
    }
    return MRSE_DICOM_VENDOR_OTHER;
}

const char *mrse_dicom_vendor_text(mrse_dicom_vendor vendor)
{
    static const char *const names[] = {"other", "Siemens", "Philips", "GE", "Canon"};
    return names[(unsigned)vendor < sizeof names / sizeof names[0] ? vendor : 0];
}

const char *mrse_dicom_tr_text(mrse_dicom_tr tr)
{
    static const char *const names[] = {
        "what this manufacturer calls TR of this sequence is not known: not comparable",
        "TR between excitations of one slice",
        "TR of the whole cycle, from inversion to inversion, not between excitations",
        "TR between the small-angle pulses of one shot; the time between shots is not stated"};
    return names[(unsigned)tr < sizeof names / sizeof names[0] ? tr : 0];
}

/* Turbo (magnetisation prepared) gradient echo is where the manufacturers differ. */
static mrse_dicom_tr tr_of(const mrse_dicom *d)
{
    const char *name = dicom_text_of(d, "SequenceName");
    const char *kind = dicom_text_of(d, "ScanningSequence");
    bool prepared = dicom_has_word(dicom_text_of(d, "SequenceVariant"), "MP");
    switch (d->vendor) {
    case MRSE_DICOM_SIEMENS:
        return contains(name, "tfl") || prepared ? MRSE_DICOM_TR_CYCLE : MRSE_DICOM_TR_EXCITATION;
    case MRSE_DICOM_PHILIPS:
        return contains(name, "TFE") || prepared ? MRSE_DICOM_TR_ECHO : MRSE_DICOM_TR_EXCITATION;
    case MRSE_DICOM_GE:
        if (prepared || dicom_has_word(kind, "IR") || dicom_has_word(kind, "RM"))
            return MRSE_DICOM_TR_UNKNOWN; /* 6.96 ms and 2217 ms are both found */
        return dicom_has_word(kind, "SE") || dicom_has_word(kind, "EP") ||
                       dicom_has_word(kind, "GR")
                   ? MRSE_DICOM_TR_EXCITATION
                   : MRSE_DICOM_TR_UNKNOWN;
    default:
        return MRSE_DICOM_TR_UNKNOWN;
    }
}

/* --- Names ------------------------------------------------------------------------------------- */

/* A SAR value is compared with one of the same definition only. */
static void name_by(const mrse_dicom *d, mrse_dicom_item *item, uint16_t element)
{
    const mrse_dicom_item *by = dicom_beside(d, item, 0x0018, element);
    size_t n = strlen(item->name);
    if (by == NULL || by == item || n + 1 >= sizeof item->name)
        return;
    item->name[n] = ' ';
    mrse_text_copy(item->name + n + 1, sizeof item->name - n - 1, by->text);
}

static void name_item(const mrse_dicom *d, mrse_dicom_item *item)
{
    if (item->group != 0x0018)
        return;
    if (item->element == 0x9181)
        name_by(d, item, 0x9179);
    else if (item->element == 0x9182)
        name_by(d, item, 0x9180);
    else if (item->element == 0x9178)
        name_by(d, item, 0x9177);
}

/* An element stands once in a data set; two that differ are a damaged or a forged file. */
static void check_repeated(mrse_dicom *d, size_t i)
{
    mrse_dicom_item *item = &d->item[i];
    for (size_t k = 0; k < i; k++) {
        mrse_dicom_item *other = &d->item[k];
        if (item->group != other->group || item->element != other->element ||
            strcmp(item->path, other->path) != 0 || strcmp(item->name, other->name) != 0 ||
            strcmp(item->text, other->text) == 0)
            continue;
        static const char note[] = "stands in the file twice, with different values";
        dicom_missing(item, note);
        if (strstr(other->note, note) == NULL)
            dicom_missing(other, note);
        return;
    }
}

/* --- Lists ------------------------------------------------------------------------------------- */

static mrse_kind ge_sar_kind(const char *definition)
{
    static const struct {
        const char *word;
        mrse_kind kind;
    } table[] = {{"WHOLE_BODY", MRSE_KIND_SAR_WHOLE_BODY},
                 {"PARTIAL_BODY", MRSE_KIND_SAR_PARTIAL_BODY},
                 {"LOCAL_PEAK", MRSE_KIND_SAR_LOCAL},
                 {"HEAD", MRSE_KIND_SAR_HEAD}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strncmp(definition, table[i].word, strlen(table[i].word)) == 0)
            return table[i].kind;
    }
    return MRSE_KIND_SAR_UNSPECIFIED;
}

static size_t words_in(const char *text)
{
    size_t n = *text != '\0';
    for (; *text != '\0'; text++)
        n += *text == '\\';
    return n;
}

/* The k-th of several numbers as an item of its own, named by the k-th definition. */
static void split_one(dicom_parse *p, size_t from, size_t k, const char *definition, size_t n)
{
    mrse_dicom_item *item = dicom_item_add(p);
    if (item == NULL)
        return;
    *item = p->out->item[from];
    double x = item->number[k];
    char word[48], text[MRSE_NUM_MAX];
    mrse_text_copy(word, n + 1 < sizeof word ? n + 1 : sizeof word, definition);
    (void)snprintf(item->name, sizeof item->name, "GESARValue %s", word);
    mrse_text_num(text, x, 6);
    mrse_text_copy(item->text, sizeof item->text, text);
    item->number[0] = x;
    item->n = 1;
    item->note[0] = '\0';
    dicom_note(item, "one of several numbers of this element");
    if (x > 0)
        dicom_keep(item, x, ge_sar_kind(word));
    else
        dicom_missing(item, "0: not filled");
}

static void split_ge_sar(dicom_parse *p)
{
    const mrse_dicom_item *values = mrse_dicom_find(p->out, "GESARValue");
    const mrse_dicom_item *definitions = mrse_dicom_find(p->out, "GESARDefinition");
    if (values == NULL || definitions == NULL)
        return;
    size_t from = (size_t)(values - p->out->item), n = values->n;
    char text[MRSE_DICOM_TEXT];
    mrse_text_copy(text, sizeof text, definitions->text);
    if (n != words_in(text)) {
        dicom_note(&p->out->item[from], "not as many numbers as definitions");
        return;
    }
    const char *word = text;
    for (size_t k = 0; k < n; k++) {
        size_t len = strcspn(word, "\\");
        split_one(p, from, k, word, len);
        word += len + (word[len] == '\\');
    }
}

/* --- The whole --------------------------------------------------------------------------------- */

static void set_source(mrse_dicom *d)
{
    enum { SHORT = 17 };
    for (size_t i = 0; i < d->n; i++) {
        mrse_value *value = &d->item[i].value;
        char hash[SHORT];
        if (!isfinite(value->v))
            continue;
        mrse_text_copy(hash, sizeof hash, d->sha256);
        (void)snprintf(value->src, sizeof value->src, hash[0] != '\0' ? "dicom:%s" : "dicom%s",
                       hash);
    }
}

void dicom_understand(dicom_parse *p)
{
    mrse_dicom *d = p->out;
    d->vendor = vendor_of(dicom_text_of(d, "Manufacturer"));
    d->enhanced = strcmp(dicom_text_of(d, "SOPClassUID"), ENHANCED_MR) == 0;
    d->tr = tr_of(d);
    for (size_t i = 0; i < d->n; i++)
        name_item(d, &d->item[i]);
    for (size_t i = 0; i < d->n; i++)
        dicom_mean(d, &d->item[i]);
    for (size_t i = 0; i < d->n; i++)
        check_repeated(d, i);
    split_ge_sar(p);
    set_source(d);
}
