/* Between the table of site files and its checks. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SPEC_SITE_INTERNAL_H
#define MRSE_SPEC_SITE_INTERNAL_H

#include "mrse/site.h"
#include "spec_internal.h"

enum { MRSE_SITE_POINTS = 500 }; /* places of one line */

/* Keys of an outline, in the order of mrse_site_kind. */
extern const char *const mrse_site_keys[MRSE_SITE_KINDS];

void mrse_site_finish_line(mrse_reader *r, const mrse_node *node, void *base);
void mrse_site_finish_limit(mrse_reader *r, const mrse_node *node, void *base);
void mrse_site_finish(mrse_reader *r, const mrse_node *node, void *base);

#endif
