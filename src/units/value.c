/* Values with uncertainty and origin. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/value.h"

#include <math.h>
#include <string.h>

static const char *const origin_names[] = {
    [MRSE_ORIGIN_UNVERIFIED] = "unverified",     [MRSE_ORIGIN_ASSUMED] = "assumed",
    [MRSE_ORIGIN_MANUFACTURER] = "manufacturer", [MRSE_ORIGIN_MEASURED] = "measured",
    [MRSE_ORIGIN_CONSOLE] = "console",           [MRSE_ORIGIN_COMPUTED] = "computed",
};

enum { ORIGINS = sizeof origin_names / sizeof origin_names[0] };

const char *mrse_origin_text(mrse_origin origin)
{
    /* a number that is no origin can be trusted no more than one that has none */
    return origin_names[(unsigned)origin < ORIGINS ? origin : MRSE_ORIGIN_UNVERIFIED];
}

bool mrse_origin_from_text(const char *text, mrse_origin *origin)
{
    int i;

    if (origin)
        *origin = MRSE_ORIGIN_UNVERIFIED;
    for (i = 0; text && origin && i < ORIGINS; i++) {
        if (strcmp(origin_names[i], text) == 0) {
            *origin = (mrse_origin)i;
            return true;
        }
    }
    return false;
}

mrse_value mrse_value_missing(mrse_kind kind)
{
    const double missing = (double)NAN; /* the macro is a float */
    mrse_value value = {.v = missing, .u = missing, .kind = kind};

    return value;
}

mrse_value mrse_value_computed(double v, double u, mrse_kind kind, const char *method)
{
    mrse_value value = {
        .v = v, .u = u, .kind = kind, .origin = MRSE_ORIGIN_COMPUTED, .basis = MRSE_BASIS_COMPUTED};

    mrse_text_copy(value.src, sizeof value.src, method);
    return value;
}

static int strength(mrse_origin origin)
{
    switch (origin) {
    case MRSE_ORIGIN_MANUFACTURER:
    case MRSE_ORIGIN_MEASURED:
    case MRSE_ORIGIN_CONSOLE:
    case MRSE_ORIGIN_COMPUTED:
        return 2;
    case MRSE_ORIGIN_ASSUMED:
        return 1;
    case MRSE_ORIGIN_UNVERIFIED:
        break;
    }
    return 0;
}

mrse_origin mrse_origin_weaker(mrse_origin a, mrse_origin b)
{
    return strength(b) < strength(a) ? b : a;
}
