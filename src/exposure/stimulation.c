/* The laws that limits of stimulation are stated in. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdbool.h>

#include "mrse/stimulation.h"

static bool is_positive(double x)
{
    return x > 0.0 && isfinite(x);
}

double mrse_stimulation_dbdt_T_s(double rheobase_T_s, double chronaxie_s, double ts_s)
{
    if (!is_positive(rheobase_T_s) || !is_positive(chronaxie_s) || !is_positive(ts_s))
        return (double)NAN;
    return rheobase_T_s * (1.0 + chronaxie_s / ts_s);
}

double mrse_stimulation_cardiac_T_s(double ts_s)
{
    if (!is_positive(ts_s))
        return (double)NAN;
    return -MRSE_IEC_CARDIAC_T_S / expm1(-ts_s / MRSE_IEC_CARDIAC_TAU_S);
}
