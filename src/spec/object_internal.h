/* Between the table of object files and its checks. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SPEC_OBJECT_INTERNAL_H
#define MRSE_SPEC_OBJECT_INTERNAL_H

#include "mrse/object_file.h"
#include "spec_internal.h"

extern const char *const mrse_object_forms[];

void mrse_object_finish_material(mrse_reader *r, const mrse_node *node, void *base);
void mrse_object_finish(mrse_reader *r, const mrse_node *node, void *base);

#endif
