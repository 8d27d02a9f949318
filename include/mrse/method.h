/* The methods: every way in which a number is computed has an id, and the id leads to its formula,
 * source and validity. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_METHOD_H
#define MRSE_METHOD_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mrse_method {
    const char *id;      /* "contour-continuation": what mrse_value.src names */
    const char *text;    /* what it computes, one line */
    const char *formula; /* in words and symbols */
    const char *valid;   /* where it holds */
    const char *accuracy;
    const char *source; /* author, title, year, equation or clause */
    const char *test;   /* file that checks it */
} mrse_method;

/** The i-th method, in the order of the floors; NULL beyond the last. */
const mrse_method *mrse_method_at(size_t i);
/** The method with this id, or NULL. */
const mrse_method *mrse_method_find(const char *id);

#ifdef __cplusplus
}
#endif
#endif
