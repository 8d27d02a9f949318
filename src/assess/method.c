/* The methods: one entry for each way in which a number is made, in the order of the floors.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/method.h"

#include <string.h>

#include "method_internal.h"

static const mrse_method_list *const lists[] = {&mrse_methods_field, &mrse_methods_sequence,
                                                &mrse_methods_implant, &mrse_methods_hazard};

const mrse_method *mrse_method_at(size_t i)
{
    for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++) {
        if (i < lists[k]->n)
            return &lists[k]->method[i];
        i -= lists[k]->n;
    }
    return NULL;
}

const mrse_method *mrse_method_find(const char *id)
{
    const mrse_method *method;

    for (size_t i = 0; id != NULL && (method = mrse_method_at(i)) != NULL; i++)
        if (strcmp(method->id, id) == 0)
            return method;
    return NULL;
}
