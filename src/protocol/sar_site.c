/* SAR from a site's own pairs of SAR and B1+rms. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sar_internal.h"

#define MASS_WITHIN 0.1
/* Of one or two pairs nothing is known of how they scatter: reported SAR of five systems was up to
 * 27 % off what was measured (PMC5875836). */
#define U_FEW 0.27
/* Of three and more, no less than the scatter of an orderly series: 1 %. */
#define U_LEAST 0.01
/* One vendor's SAR over B1+rms squared went with the registered mass to the power of 1.6 to 3.8. */
#define MASS_POWER 3.8

/* Running mean and sum of squares (Welford), and the largest distance in mass. */
typedef struct fit {
    double n, mean, squares, mass_off;
} fit;

static bool positive(double x)
{
    return isfinite(x) && x > 0.0;
}

mrse_value mrse_sar_b1(const mrse_protocol *p, const mrse_protocol_rf *rf)
{
    if (positive(p->reported.b1_rms.v))
        return p->reported.b1_rms;
    if (rf->refused[0] || !positive(rf->rms_window_T))
        return mrse_value_missing(MRSE_KIND_B1_RMS);
    return mrse_value_computed(rf->rms_window_T, rf->rms_window_T * rf->u_relative,
                               MRSE_KIND_B1_RMS, "protocol-b1rms");
}

bool mrse_sar_pair_applies(const mrse_protocol *p, const mrse_sar_pair *pair)
{
    double mass = p->reported.patient_mass.v;

    if (!pair->coil || !p->coil || strcmp(pair->coil, p->coil) != 0 ||
        pair->region == MRSE_REGION_UNKNOWN || pair->region != p->region ||
        !positive(pair->b1_rms.v) || !positive(pair->sar.v))
        return false;
    if (isnan(pair->mass.v))
        return true;
    return positive(mass) && fabs(pair->mass.v - mass) <= MASS_WITHIN * mass;
}

static void add(fit *f, const mrse_protocol *p, const mrse_sar_pair *pair)
{
    double k = pair->sar.v / (pair->b1_rms.v * pair->b1_rms.v), from = k - f->mean;

    f->n += 1.0;
    f->mean += from / f->n;
    f->squares += from * (k - f->mean);
    if (!isnan(pair->mass.v))
        f->mass_off = fmax(f->mass_off, fabs(pair->mass.v / p->reported.patient_mass.v - 1.0));
}

static double u_of(const fit *f)
{
    double scatter;

    if (f->n < 3.0)
        return hypot(U_FEW, MASS_POWER * f->mass_off);
    scatter = sqrt(f->squares / (f->n - 1.0) * (1.0 + 1.0 / f->n)) / f->mean;
    return hypot(fmax(scatter, U_LEAST), MASS_POWER * f->mass_off);
}

bool mrse_sar_site(const mrse_protocol *p, const mrse_protocol_rf *rf, const mrse_sar_pair *pair,
                   size_t n_pairs, mrse_sar *out)
{
    const mrse_value b1 = mrse_sar_b1(p, rf);
    bool any = false;
    size_t kind, i;

    /* worst 10 s of multiband sequences may be their single-band reference scan */
    if (!positive(b1.v) || mrse_sar_multiband(p))
        return false;
    for (kind = 0; kind < MRSE_SAR_KINDS; kind++) {
        fit f = {0};
        mrse_origin origin = mrse_origin_weaker(MRSE_ORIGIN_COMPUTED, b1.origin);
        mrse_value *value = &out->value[kind];

        for (i = 0; i < n_pairs; i++)
            if (pair[i].sar.kind == value->kind && mrse_sar_pair_applies(p, &pair[i])) {
                add(&f, p, &pair[i]);
                origin = mrse_origin_weaker(origin, pair[i].sar.origin);
                origin = mrse_origin_weaker(origin, pair[i].b1_rms.origin);
            }
        if (f.n > 0.0) {
            double sar = f.mean * b1.v * b1.v;

            *value = mrse_value_computed(sar, sar * hypot(u_of(&f), 2.0 * b1.u / b1.v), value->kind,
                                         MRSE_METHOD_SAR_SITE);
            value->origin = origin;
            any = true;
        }
    }
    if (any)
        mrse_sar_reason(out, MRSE_SAR_SITE,
                        "site's calibration: SAR over B1+rms squared of the same coil and region");
    return any;
}
