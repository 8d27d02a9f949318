/* Failing every allocation in turn. SPDX-License-Identifier: GPL-3.0-or-later */
#include "oom.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "mrse/alloc.h"

typedef struct counter {
    atomic_bool on;
    atomic_size_t seen, fail_at;
    atomic_long live;
} counter;

static counter hook, libc;

static void start(counter *c, size_t n)
{
    atomic_store(&c->seen, 0);
    atomic_store(&c->live, 0);
    atomic_store(&c->fail_at, n);
    atomic_store(&c->on, true);
}

static bool must_fail(counter *c)
{
    return atomic_load(&c->on) && atomic_fetch_add(&c->seen, 1) + 1 == atomic_load(&c->fail_at);
}

static void count(counter *c, long change)
{
    if (atomic_load(&c->on))
        atomic_fetch_add(&c->live, change);
}

static void *hook_alloc(void *context, void *ptr, size_t size)
{
    void *moved;

    (void)context;
    if (size == 0) {
        count(&hook, ptr ? -1 : 0);
        free(ptr);
        return NULL;
    }
    if (must_fail(&hook))
        return NULL;
    moved = realloc(ptr, size);
    if (moved && !ptr)
        count(&hook, 1);
    return moved;
}

void oom_hook_begin(size_t n)
{
    start(&hook, n);
    mrse_alloc_set(hook_alloc, NULL);
}

size_t oom_hook_end(void)
{
    mrse_alloc_set(NULL, NULL);
    atomic_store(&hook.on, false);
    return atomic_load(&hook.seen);
}

long oom_hook_live(void)
{
    return atomic_load(&hook.live);
}

/* A sanitizer brings its own malloc. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OTHER_MALLOC
#endif
#endif
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(OTHER_MALLOC)
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *ptr, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *ptr);
int posix_memalign(void **out, size_t alignment, size_t size);

static void *counted(void *ptr)
{
    if (ptr)
        count(&libc, 1);
    return ptr;
}

static void *no_memory(void)
{
    errno = ENOMEM;
    return NULL;
}

void *malloc(size_t size)
{
    return must_fail(&libc) ? no_memory() : counted(__libc_malloc(size));
}

void *calloc(size_t n, size_t size)
{
    return must_fail(&libc) ? no_memory() : counted(__libc_calloc(n, size));
}

void *realloc(void *ptr, size_t size)
{
    void *moved;

    if (size != 0 && must_fail(&libc))
        return no_memory();
    moved = __libc_realloc(ptr, size);
    if (!ptr)
        return counted(moved);
    if (size == 0 && !moved)
        count(&libc, -1);
    return moved;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return must_fail(&libc) ? no_memory() : counted(__libc_memalign(alignment, size));
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    void *ptr = must_fail(&libc) ? NULL : counted(__libc_memalign(alignment, size));

    if (!ptr)
        return ENOMEM;
    *out = ptr;
    return 0;
}

void free(void *ptr)
{
    int err = errno;

    count(&libc, ptr ? -1 : 0);
    __libc_free(ptr);
    errno = err;
}
#endif

/* Asked by trying: valgrind puts its own functions in the place even of a program's. */
bool oom_libc_available(void)
{
    void *volatile probe;

    oom_begin(0);
    probe = malloc(1);
    free(probe);
    return oom_end() > 0;
}

void oom_begin(size_t n)
{
    start(&libc, n);
}

size_t oom_end(void)
{
    atomic_store(&libc.on, false);
    return atomic_load(&libc.seen);
}

long oom_live(void)
{
    return atomic_load(&libc.live);
}

size_t oom_exhaust(oom_work work, void *context)
{
    mrse_status calm, status;
    size_t n, seen;

    calm = work(context); /* what is kept for good on first use is then in place */
    for (n = 1;; n++) {
        oom_hook_begin(n);
        status = work(context);
        seen = oom_hook_end();
        if (oom_hook_live() != 0)
            fail_msg("allocation %zu failed: %ld blocks leaked", n, oom_hook_live());
        if (seen < n)
            break;
        if (status != MRSE_ERR_NOMEM)
            fail_msg("allocation %zu failed: status '%s'", n, mrse_status_text(status));
    }
    assert_int_equal(status, calm);
    return n - 1;
}

size_t oom_exhaust_late(oom_work work, void *context, size_t late, size_t seldom)
{
    mrse_status status;
    size_t n, total, injected = 0;

    assert_int_equal(work(context), MRSE_OK); /* what is kept for good on first use is in place */
    oom_hook_begin(0);
    assert_int_equal(work(context), MRSE_OK);
    total = oom_hook_end();
    for (n = 1; n <= total; n += n + late < total ? seldom : 1) {
        oom_hook_begin(n);
        status = work(context);
        (void)oom_hook_end();
        if (status != MRSE_ERR_NOMEM || oom_hook_live() != 0)
            fail_msg("allocation %zu of %zu failed: status '%s', %ld blocks leaked", n, total,
                     mrse_status_text(status), oom_hook_live());
        injected++;
    }
    return injected;
}

size_t oom_exhaust_libc(oom_work work, void *context, size_t leaks)
{
    mrse_status calm, status;
    size_t n, seen, leaked = 0;

    if (!oom_libc_available())
        return 0;
    calm = work(context);
    for (n = 1;; n++) {
        oom_begin(n);
        status = work(context);
        seen = oom_end();
        if (oom_live() != 0)
            print_message("malloc %zu failed: %ld blocks leaked\n", n, oom_live());
        leaked += oom_live() > 0 ? (size_t)oom_live() : 0;
        if (seen < n)
            break;
        if (status == MRSE_OK && calm != MRSE_OK)
            fail_msg("malloc %zu failed: status '%s'", n, mrse_status_text(status));
    }
    assert_int_equal(status, calm);
    if (leaked > leaks)
        fail_msg("%zu blocks leaked, %zu allowed", leaked, leaks);
    return n - 1;
}
