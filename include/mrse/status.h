/* Status codes: every fallible function returns one, results come through out-pointers that are
 * set to zero or NULL on failure. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_STATUS_H
#define MRSE_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define MRSE_MUST_USE          __attribute__((warn_unused_result))
#define MRSE_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define MRSE_MUST_USE
#define MRSE_PRINTF(fmt, args)
#endif

/* M_PI does not exist under -std=c11. */
#define MRSE_PI 3.14159265358979323846

typedef enum mrse_status {
    MRSE_OK = 0,
    MRSE_ERR_ARG,     /* programming mistake: NULL, bad size */
    MRSE_ERR_NOMEM,   /* an allocation failed */
    MRSE_ERR_IO,      /* open, read, write, close or rename failed */
    MRSE_ERR_INPUT,   /* a user's file or option is not acceptable; diagnostics say where and why */
    MRSE_ERR_LIMIT,   /* a documented size limit is exceeded (file size, depth, list length) */
    MRSE_ERR_RANGE,   /* a physical argument is outside the validity of the method */
    MRSE_ERR_NUMERIC, /* a numerical method did not converge */
} mrse_status;

/** One short English phrase for a status, for messages; never NULL. */
const char *mrse_status_text(mrse_status status);

#ifdef __cplusplus
}
#endif
#endif
