/* Between the events of libyaml and the tree. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SPEC_TREE_INTERNAL_H
#define MRSE_SPEC_TREE_INTERNAL_H

#include <yaml.h>

#include "spec_internal.h"

/* A map or list whose end has not come yet. */
typedef struct open_node {
    size_t node, last; /* itself; its newest entry */
    bool is_map;
    bool has_key, bad_key; /* of the entry that comes next */
    size_t key;
    mrse_place key_at;
} open_node;

typedef struct builder {
    mrse_reader *r;
    open_node open[MRSE_SPEC_DEPTH];
    size_t depth;
} builder;

/* Put one event into the tree; false after an error that ends the reading. */
bool mrse_tree_event(builder *b, const yaml_event_t *event);

#endif
