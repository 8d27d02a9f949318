/* Exchanging two names in one step, which only some systems can.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#if defined(__linux__)
#define _GNU_SOURCE /* renameat2 */
#endif
#include <errno.h>
#include <stdio.h>

#include "folder_internal.h"

int mrse_folder_exchange(int dir, const char *a, const char *b)
{
#ifdef RENAME_EXCHANGE
    return renameat2(dir, a, dir, b, RENAME_EXCHANGE) == 0 ? 0 : errno;
#else
    (void)dir, (void)a, (void)b;
    return ENOTSUP;
#endif
}
