/* Failing every allocation in turn, to show that "out of memory" is reported and leaks nothing.
 * Two levels: the library's own allocator hook, and malloc itself, which also reaches what other
 * libraries allocate. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_OOM_H
#define MRSE_TEST_OOM_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/status.h"

/* Does some work and frees everything again; the context is the caller's. */
typedef mrse_status (*oom_work)(void *context);

/* Run `work` with the 1st, 2nd, ... mrse_alloc failing, until a run has none to fail; asserts that
 * each failed run returns MRSE_ERR_NOMEM, that the last returns what the undisturbed run returned,
 * and that no run leaves memory behind. Returns how many failures were injected. */
size_t oom_exhaust(oom_work work, void *context);

/* The same where a test is about the end of long work whose beginning others exhaust: the last `late`
 * allocations one by one, of those before one in `seldom`. The undisturbed run must succeed. */
size_t oom_exhaust_late(oom_work work, void *context, size_t late, size_t seldom);

/* The same for malloc. A failed run may return any error, or what the undisturbed run returned,
 * because libraries may do without some memory; it must not leak more than `leaks` blocks in all
 * (for libraries that are known to). Returns 0 where malloc cannot be replaced (sanitizers,
 * valgrind): ask oom_libc_available. */
size_t oom_exhaust_libc(oom_work work, void *context, size_t leaks);
bool oom_libc_available(void);

/* By hand: from oom_begin on, the n-th allocation fails (0: none); oom_end returns how many there
 * were, and switches off. oom_live counts blocks allocated since oom_begin and not freed. */
void oom_begin(size_t n);
size_t oom_end(void);
long oom_live(void);

/* The same by hand for the hook. */
void oom_hook_begin(size_t n);
size_t oom_hook_end(void);
long oom_hook_live(void);

#endif
