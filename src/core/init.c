/* What a program calls first, and what it is made of. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/mrse.h"

#include <cairo.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_version.h>
#include <jansson.h>
#include <pango/pango.h>
#include <png.h>
#include <qpdf/qpdf-c.h>
#include <sodium.h>
#include <yaml.h>

/* The Makefile gives both; the commit is "" outside a checkout. */
#if !defined(MRSE_VERSION) || !defined(MRSE_COMMIT)
#error "MRSE_VERSION and MRSE_COMMIT must be defined (see Makefile)"
#endif

static void *json_alloc(size_t size)
{
    return mrse_alloc(1, size);
}

mrse_status mrse_init(void)
{
    /* GSL's own handler aborts the process on a domain error: a library must not. */
    (void)gsl_set_error_handler_off();
    json_set_alloc_funcs(json_alloc, mrse_free);
    return sodium_init() < 0 ? MRSE_ERR_IO : MRSE_OK;
}

const char *mrse_version(void)
{
    return MRSE_VERSION;
}

const char *mrse_commit(void)
{
    return MRSE_COMMIT;
}

mrse_status mrse_libraries(mrse_buf *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    mrse_buf_addf(out, "GSL %s, jansson %s, libyaml %s, libsodium %s, ", gsl_version,
                  jansson_version_str(), yaml_get_version_string(), sodium_version_string());
    mrse_buf_addf(out, "libpng %s, cairo %s, Pango %s, qpdf %s", png_get_libpng_ver(NULL),
                  cairo_version_string(), pango_version_string(), qpdf_get_qpdf_version());
    return out->status;
}
