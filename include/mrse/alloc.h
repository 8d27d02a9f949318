/* The one door to the heap: replaceable, so that every allocation failure can be tested.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_ALLOC_H
#define MRSE_ALLOC_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* realloc-like: size 0 frees and returns NULL; ptr NULL allocates. */
typedef void *(*mrse_alloc_fn)(void *context, void *ptr, size_t size);

/** Replace the allocator; NULL restores the C library's.
 *  Given     fn, context   called with this context for everything below
 *  Valid     call before any other thread uses the library; not while objects are alive
 *  Tests     tests/unit/test_core.c */
void mrse_alloc_set(mrse_alloc_fn fn, void *context);

/** Memory for `count` elements of `size` bytes, zeroed.
 *  Returned  NULL on failure, or when the product overflows; never NULL for zero elements
 *  Tests     tests/unit/test_core.c */
void *mrse_alloc(size_t count, size_t size);

/** Resize to `count` elements of `size` bytes; what is added is not zeroed.
 *  Returned  NULL on failure, and then `ptr` is still owned; zero elements do not free
 *  Tests     tests/unit/test_core.c */
void *mrse_realloc(void *ptr, size_t count, size_t size);

/** Release; NULL is fine. */
void mrse_free(void *ptr);

/** A copy of `text`; the caller frees it with mrse_free.
 *  Returned  NULL on failure, and for NULL
 *  Tests     tests/unit/test_core.c */
char *mrse_strdup(const char *text);

#ifdef __cplusplus
}
#endif
#endif
