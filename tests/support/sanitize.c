/* What the leak sanitizer must not count: fontconfig and pango keep caches for the life of the
 * process and free them through nobody. Our own allocations stay counted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifdef __SANITIZE_ADDRESS__
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\nleak:libpango\n";
}
#else
typedef int sanitize_not_used;
#endif
