/* A copy of a protocol that owns all it holds. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/alloc.h"
#include "protocol/search_internal.h"

/* A failure sticks: what cannot be copied is left empty, and the copy is thrown away. */
static char *text(const char *from, bool *ok)
{
    char *to = mrse_strdup(from);

    *ok = *ok && (to || !from);
    return to;
}

static void *items(const void *from, size_t n, size_t size, bool *ok)
{
    void *to;

    if (!from || n == 0)
        return NULL;
    to = mrse_alloc(n, size);
    if (to)
        memcpy(to, from, n * size);
    *ok = *ok && to;
    return to;
}

static void copy_pulses(mrse_protocol *to, const mrse_protocol *from, bool *ok)
{
    to->pulse = items(from->pulse, from->n_pulses, sizeof *to->pulse, ok);
    to->n_pulses = to->pulse ? from->n_pulses : 0;
    for (size_t i = 0; i < to->n_pulses; i++) {
        const mrse_protocol_pulse *p = &from->pulse[i];

        to->pulse[i].name = text(p->name, ok);
        to->pulse[i].train = items(p->train, p->n_train, sizeof *p->train, ok);
        to->pulse[i].n_train = to->pulse[i].train ? p->n_train : 0;
    }
}

static void copy_lobes(mrse_protocol *to, const mrse_protocol *from, bool *ok)
{
    to->lobe = items(from->lobe, from->n_lobes, sizeof *to->lobe, ok);
    to->n_lobes = to->lobe ? from->n_lobes : 0;
    for (size_t i = 0; i < to->n_lobes; i++)
        to->lobe[i].name = text(from->lobe[i].name, ok);
}

static void copy_sources(mrse_sources *to, const mrse_sources *from, bool *ok)
{
    to->item = items(from->item, from->n, sizeof *to->item, ok);
    to->n = to->item ? from->n : 0;
    for (size_t i = 0; i < to->n; i++) {
        const mrse_document_source *s = &from->item[i];
        mrse_document_source *t = &to->item[i];

        t->id = text(s->id, ok);
        t->title = text(s->title, ok);
        t->revision = text(s->revision, ok);
        t->page = text(s->page, ok);
        t->address = text(s->address, ok);
        t->note = text(s->note, ok);
        t->because = text(s->because, ok);
    }
}

mrse_protocol *mrse_search_copy(const mrse_protocol *from)
{
    mrse_protocol *to = mrse_alloc(1, sizeof *to);
    bool ok = true;

    if (!to)
        return NULL;
    *to = *from;
    copy_pulses(to, from, &ok);
    copy_lobes(to, from, &ok);
    copy_sources(&to->sources, &from->sources, &ok);
    to->path = text(from->path, &ok);
    to->id = text(from->id, &ok);
    to->name = text(from->name, &ok);
    to->stamp = text(from->stamp, &ok);
    to->note = text(from->note, &ok);
    to->coil = text(from->coil, &ok);
    to->exam = text(from->exam, &ok);
    to->gradient_mode = text(from->gradient_mode, &ok);
    if (ok)
        return to;
    mrse_protocol_clear(to);
    mrse_free(to);
    return NULL;
}
