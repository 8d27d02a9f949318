/* Documents that numbers come from: what a reader needs in order to find the number again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SOURCE_H
#define MRSE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/date.h"
#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mrse_document_source {
    char *id; /* how values of the file refer to it */
    mrse_origin origin;
    char *title;
    char *revision, *page, *address, *note; /* NULL when not given */
    char *because;                          /* required when origin is assumed: the reason */
    mrse_date date, read; /* of the document; when it was read. year 0: not given */
    int line;
} mrse_document_source;

typedef struct mrse_sources {
    mrse_document_source *item;
    size_t n;
} mrse_sources;

/** The source with this id, or NULL. */
const mrse_document_source *mrse_source_find(const mrse_sources *sources, const char *id);

#ifdef __cplusplus
}
#endif
#endif
