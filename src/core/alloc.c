/* The one door to the heap. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *libc_alloc(void *context, void *ptr, size_t size)
{
    (void)context;
    if (size == 0) {
        free(ptr);
        return NULL;
    }
    return realloc(ptr, size);
}

static mrse_alloc_fn alloc_fn = libc_alloc;
static void *alloc_context = NULL;

void mrse_alloc_set(mrse_alloc_fn fn, void *context)
{
    alloc_fn = fn ? fn : libc_alloc;
    alloc_context = fn ? context : NULL;
}

/* Zero elements still give one byte, so that NULL always means failure. */
static int total_size(size_t count, size_t size, size_t *total)
{
    if (size != 0 && count > SIZE_MAX / size)
        return 0;
    *total = count * size;
    if (*total == 0)
        *total = 1;
    return 1;
}

void *mrse_alloc(size_t count, size_t size)
{
    size_t total;
    void *ptr;

    if (!total_size(count, size, &total))
        return NULL;
    ptr = alloc_fn(alloc_context, NULL, total);
    if (ptr)
        memset(ptr, 0, total);
    return ptr;
}

void *mrse_realloc(void *ptr, size_t count, size_t size)
{
    size_t total;

    if (!total_size(count, size, &total))
        return NULL;
    return alloc_fn(alloc_context, ptr, total);
}

void mrse_free(void *ptr)
{
    if (ptr)
        (void)alloc_fn(alloc_context, ptr, 0);
}

char *mrse_strdup(const char *text)
{
    size_t n;
    char *copy;

    if (!text)
        return NULL;
    n = strlen(text) + 1;
    copy = mrse_alloc(n, 1);
    if (copy)
        memcpy(copy, text, n);
    return copy;
}
