/* The tables of methods, by what they are about. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_METHOD_INTERNAL_H
#define MRSE_METHOD_INTERNAL_H

#include "mrse/method.h"

typedef struct mrse_method_list {
    const mrse_method *method;
    size_t n;
} mrse_method_list;

extern const mrse_method_list mrse_methods_field, mrse_methods_sequence, mrse_methods_implant,
    mrse_methods_hazard;

#endif
