/* dB/dt of a protocol's gradients against the laws that the limits are stated in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "gradient_internal.h"

static bool is_known(const mrse_value *value)
{
    return isfinite(value->v) && value->v > 0;
}

void gradient_dbdt(const mrse_gradient_system *system, mrse_gradient_use *use)
{
    mrse_origin origin = MRSE_ORIGIN_COMPUTED;
    double s[MRSE_AXES], u = 0;
    mrse_dbdt dbdt;

    if (!system)
        return;
    for (int k = 0; k < MRSE_AXES; k++) {
        const mrse_value *slew = &use->slew[k];
        s[k] = slew->v;
        if (slew->v > 0 && !(slew->u / slew->v <= u))
            u = isnan(u) ? u : slew->u / slew->v;
        origin = mrse_origin_weaker(slew->origin, origin);
    }
    if (mrse_dbdt_largest(system, s, NULL, u, &dbdt) != MRSE_OK) {
        gradient_missing(&use->dbdt, MRSE_KIND_DBDT_PEAK, "slew rates out of range");
        return;
    }
    if (!dbdt.declared) /* the declared maximum holds whatever the slew rates */
        dbdt.peak.origin = mrse_origin_weaker(dbdt.peak.origin, origin);
    use->dbdt.value = dbdt.peak;
    mrse_text_copy(use->dbdt.note, sizeof use->dbdt.note, dbdt.reason);
}

/* --- Laws ----------------------------------------------------------------------------------------- */

typedef struct nerve_law {
    double rheobase_T_s, chronaxie_s, u_rheobase, u_chronaxie; /* u relative */
    mrse_origin origin;
    bool own; /* of the scanner file */
} nerve_law;

static nerve_law law_of(const mrse_gradient_system *system)
{
    const mrse_value *rb = &system->rheobase, *c = &system->chronaxie;

    if (is_known(rb) && is_known(c))
        return (nerve_law){
            rb->v, c->v, rb->u / rb->v, c->u / c->v, mrse_origin_weaker(rb->origin, c->origin),
            true};
    return (nerve_law){
        MRSE_IEC_RHEOBASE_T_S, MRSE_IEC_CHRONAXIE_S, 0, 0, MRSE_ORIGIN_UNVERIFIED, false};
}

/* What the two shares are made of, over all lobes. */
typedef struct shares {
    gradient_worst peripheral, cardiac;
    double u; /* relative, the largest of any lobe; NaN stays */
    mrse_origin origin;
} shares;

static double dbdt_of_one(const mrse_gradient_system *system, const gradient_lobe *lobe, int axis,
                          mrse_dbdt *dbdt)
{
    double s[MRSE_AXES] = {0, 0, 0};

    s[axis] = lobe->slew_T_m_s;
    if (mrse_dbdt_largest(system, s, NULL, lobe->u_slew, dbdt) != MRSE_OK || dbdt->declared)
        return (double)NAN;
    return dbdt->peak.v;
}

/* Of a lobe that may be on any axis, on the one that makes the largest dB/dt: of ideal axes the
 * transverse ones, and the two are alike. */
static void take_part(mrse_gradient_part part[MRSE_PARTS], const gradient_lobe *lobe,
                      double dbdt_T_s, double share)
{
    mrse_gradient_part *p = &part[lobe->axis < MRSE_AXES ? lobe->axis : MRSE_AXES];

    if (share > p->share)
        *p = (mrse_gradient_part){share, lobe->slew_T_m_s, lobe->stimulus_s, dbdt_T_s};
}

static void take_lobe(const mrse_gradient_system *system, const nerve_law *law,
                      const gradient_lobe *lobe, shares *out, mrse_gradient_use *use)
{
    double ts_s = lobe->stimulus_s, c = law->chronaxie_s;
    int axis = lobe->axis < MRSE_AXES ? lobe->axis : MRSE_GRADIENT_X;
    mrse_dbdt dbdt;

    if (lobe->slew_T_m_s == 0)
        return;
    double b = dbdt_of_one(system, lobe, axis, &dbdt);
    double limit = mrse_stimulation_dbdt_T_s(law->rheobase_T_s, c, ts_s);
    double u_law = hypot(law->u_rheobase, law->u_chronaxie * c / (c + ts_s));
    double u = hypot(dbdt.peak.u / dbdt.peak.v, u_law);

    gradient_worst_take(&out->peripheral, lobe->axis, b / limit);
    gradient_worst_take(&out->cardiac, lobe->axis, b / mrse_stimulation_cardiac_T_s(ts_s));
    take_part(use->peripheral_part, lobe, b, b / limit);
    take_part(use->cardiac_part, lobe, b, b / mrse_stimulation_cardiac_T_s(ts_s));
    if (!(u <= out->u))
        out->u = isnan(out->u) ? out->u : u;
    out->origin = mrse_origin_weaker(out->origin, lobe->origin);
    out->origin = mrse_origin_weaker(out->origin, dbdt.peak.origin);
}

static void share(mrse_gradient_figure *figure, double v, double u, mrse_origin origin,
                  const char *note)
{
    figure->value = mrse_value_computed(v, u * v, MRSE_KIND_RATIO, MRSE_METHOD_STIMULATION);
    figure->value.origin = mrse_origin_weaker(figure->value.origin, origin);
    mrse_text_copy(figure->note, sizeof figure->note, note);
}

static void no_law(mrse_gradient_use *use, const char *note)
{
    gradient_missing(&use->peripheral, MRSE_KIND_RATIO, note);
    gradient_missing(&use->normal, MRSE_KIND_RATIO, note);
    gradient_missing(&use->cardiac, MRSE_KIND_RATIO, note);
}

static void longest_stimulus(const gradient_lobe *lobe, size_t n, mrse_gradient_use *use)
{
    mrse_origin origin = MRSE_ORIGIN_COMPUTED;
    double most = 0;

    for (size_t i = 0; i < n; i++) {
        if (!isfinite(lobe[i].stimulus_s)) {
            gradient_missing(&use->stimulus, MRSE_KIND_TIME,
                             "a ramp is not known: state it, or amplitude and slew rate");
            return;
        }
        most = fmax(most, lobe[i].stimulus_s);
        origin = mrse_origin_weaker(origin, lobe[i].origin);
    }
    if (most > 0) {
        use->stimulus.value =
            mrse_value_computed(most, (double)NAN, MRSE_KIND_TIME, MRSE_METHOD_PROTOCOL_SLEW);
        use->stimulus.value.origin = origin;
        mrse_text_copy(use->stimulus.note, sizeof use->stimulus.note,
                       "the longest change in one direction: a ramp, or two between lobes of "
                       "alternating sign");
    }
}

void gradient_law(const mrse_gradient_system *system, const gradient_lobe *lobe, size_t n,
                  mrse_gradient_use *use)
{
    shares all = {.origin = MRSE_ORIGIN_COMPUTED};

    longest_stimulus(lobe, n, use);
    if (!system)
        return;
    nerve_law law = law_of(system);
    use->rheobase_T_s = law.rheobase_T_s;
    use->chronaxie_s = law.chronaxie_s;
    for (size_t i = 0; i < n; i++)
        take_lobe(system, &law, &lobe[i], &all, use);
    double peripheral = gradient_worst_get(&all.peripheral);
    double cardiac = gradient_worst_get(&all.cardiac);
    if (n == 0 || !isfinite(use->stimulus.value.v)) {
        no_law(use,
               n == 0 ? "neither lobes nor a largest slew rate are stated" : use->stimulus.note);
    } else if (!isfinite(peripheral) || !isfinite(cardiac)) {
        no_law(use, "the law needs dB/dt of each lobe: a slew rate of each, and gradients."
                    "reference_radius or gradients.linear_volume of the scanner");
    } else {
        mrse_origin origin = mrse_origin_weaker(all.origin, law.origin);
        const char *note = law.own ? "rheobase and chronaxie of the scanner file"
                                   : "rheobase 20 T/s, chronaxie 0.36 ms: IEC's as others quote "
                                     "them, not read in its text";
        share(&use->peripheral, peripheral, all.u, origin, note);
        share(&use->normal, peripheral / MRSE_IEC_NORMAL, all.u, MRSE_ORIGIN_UNVERIFIED,
              "0.8 of the first level's limit: IEC's as others quote it, not read in its text");
        share(&use->cardiac, cardiac, all.u, MRSE_ORIGIN_UNVERIFIED,
              "20 T/s / (1 - exp(-ts / 3 ms)): IEC's as others quote it, not read in its text");
    }
}
