/* The dipole field of an object against what an image can bear.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/artefact.h"

#include <math.h>

#include "mrse/field.h"

static bool is_acceptable(double x)
{
    return isnan(x) || (isfinite(x) && x >= 0.0);
}

static mrse_hazard judge(const mrse_artefact_input *in, double r_m)
{
    double validity = 0.5 * in->longest_m / r_m;
    mrse_hazard h;

    if (isnan(validity))
        return mrse_hazard_missing(MRSE_KIND_LENGTH, (double)NAN, 1.0,
                                   "moment, size or sequence not known");
    if (!(validity < 1.0))
        return mrse_hazard_missing(
            MRSE_KIND_LENGTH, validity, 1.0,
            "it would end within the object: the artefact is about the object's own size");
    h = mrse_hazard_of(r_m, (double)NAN, MRSE_KIND_LENGTH, MRSE_METHOD_ARTEFACT,
                       "estimate by a dipole in homogeneous tissue");
    h.validity = validity;
    h.validity_limit = 1.0;
    return h;
}

mrse_status mrse_artefact_estimate(const mrse_artefact_input *input, mrse_artefact *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    *out = (mrse_artefact){0};
    out->along_m = out->across_m = out->dephasing_m =
        mrse_hazard_missing(MRSE_KIND_LENGTH, (double)NAN, 1.0, "not computed");
    if (!input)
        return MRSE_ERR_ARG;
    const double given[] = {input->moment_A_m2,  input->longest_m,    input->gamma_Hz_T,
                            input->bandwidth_Hz, input->shift_pixels, input->echo_time_s,
                            input->voxel_m};
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++)
        if (!is_acceptable(given[i]))
            return MRSE_ERR_RANGE;
    double dipole = MRSE_MU0 * input->moment_A_m2 / (4.0 * MRSE_PI);
    double turns = dipole * input->gamma_Hz_T; /* Hz m3 */
    double across3 = turns / (input->bandwidth_Hz * input->shift_pixels);
    out->along_m = judge(input, cbrt(2.0 * across3));
    out->across_m = judge(input, cbrt(across3));
    out->dephasing_m = judge(input, sqrt(sqrt(6.0 * turns * input->echo_time_s * input->voxel_m)));
    return MRSE_OK;
}

double mrse_artefact_moment_A_m2(double chi, double chi_tissue, double volume_m3, double b_T)
{
    if (!(fabs(chi) < 0.1) || !(fabs(chi_tissue) < 0.1) || !(volume_m3 > 0.0) ||
        !isfinite(volume_m3) || !(b_T >= 0.0) || !isfinite(b_T))
        return (double)NAN;
    return fabs(chi - chi_tissue) * volume_m3 * b_T / MRSE_MU0;
}
