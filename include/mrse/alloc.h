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
 *  Valid     call before any other thread uses the library; not while objects are alive */
void mrse_alloc_set(mrse_alloc_fn fn, void *context);

/** `count` elements of `size` bytes, zeroed; NULL on failure or when the product overflows. */
void *mrse_alloc(size_t count, size_t size);

/** Resize to `count` elements of `size` bytes; NULL on failure, and then `ptr` is still owned. */
void *mrse_realloc(void *ptr, size_t count, size_t size);

/** Release; NULL is fine. */
void mrse_free(void *ptr);

/** A copy of `text` (NULL gives NULL); the caller frees it with mrse_free. */
char *mrse_strdup(const char *text);

#ifdef __cplusplus
}
#endif
#endif
