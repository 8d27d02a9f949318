/* Slew rates and amplitudes of a protocol's gradients, or of a played sequence's.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "gradient_internal.h"
#include "mrse/alloc.h"

#define SAME           1e-6 /* relative: as printed, no difference */
#define LONGEST_RAMP_S 1.0  /* of a waveform that the models are run on; ramps last milliseconds */

static bool is_known(const mrse_value *value)
{
    return isfinite(value->v) && value->v > 0;
}

void gradient_missing(mrse_gradient_figure *figure, mrse_kind kind, const char *note)
{
    figure->value = mrse_value_missing(kind);
    mrse_text_copy(figure->note, sizeof figure->note, note);
}

void gradient_worst_take(gradient_worst *worst, int axis, double share)
{
    double *most = axis < MRSE_AXES ? &worst->axis[axis] : &worst->any;

    if (!(share <= *most))
        *most = isnan(*most) ? *most : share;
}

double gradient_worst_get(const gradient_worst *worst)
{
    double most = 0;

    for (int on = 0; on < MRSE_AXES; on++) {
        double sum = 0;
        for (int k = 0; k < MRSE_AXES; k++) {
            double share = worst->axis[k];
            if (k == on && !(worst->any <= share))
                share = isnan(share) ? share : worst->any;
            sum += share * share;
        }
        if (isnan(sum))
            return (double)NAN;
        most = fmax(most, sum);
    }
    return sqrt(most);
}

static void begin(mrse_gradient_use *use)
{
    static const char no_lobes[] = "the protocol lists no lobes";

    *use = (mrse_gradient_use){0};
    for (int k = 0; k < MRSE_AXES; k++) {
        use->slew[k] = mrse_value_missing(MRSE_KIND_SLEW_SEQUENCE);
        use->slew_rms[k] = mrse_value_missing(MRSE_KIND_SLEW_SEQUENCE);
    }
    gradient_missing(&use->amplitude, MRSE_KIND_GRADIENT, "no amplitude is stated");
    gradient_missing(&use->slew_max, MRSE_KIND_SLEW_SEQUENCE, "no slew rate is stated");
    gradient_missing(&use->slew_rms_of, MRSE_KIND_SLEW_SEQUENCE, no_lobes);
    gradient_missing(&use->stimulus, MRSE_KIND_TIME, no_lobes);
    gradient_missing(&use->dbdt, MRSE_KIND_DBDT_PEAK, "no scanner");
    gradient_missing(&use->peripheral, MRSE_KIND_RATIO, "no scanner");
    gradient_missing(&use->normal, MRSE_KIND_RATIO, "no scanner");
    gradient_missing(&use->cardiac, MRSE_KIND_RATIO, "no scanner");
    gradient_missing(&use->safe, MRSE_KIND_RATIO, no_lobes);
    gradient_missing(&use->safe_cardiac, MRSE_KIND_RATIO, no_lobes);
    gradient_missing(&use->convolution, MRSE_KIND_RATIO, no_lobes);
}

/* --- Lobes ---------------------------------------------------------------------------------------- */

static double relative(const mrse_value *value)
{
    return value->u / value->v;
}

static double or_missing(const mrse_value *value)
{
    return is_known(value) ? value->v : (double)NAN;
}

/* Slew rate and ramp: either gives the other, with the amplitude. Where both are stated, and differ,
 * the steeper counts. */
static gradient_lobe resolve(const mrse_protocol_lobe *from)
{
    gradient_lobe to = {.axis = (int)from->axis,
                        .amplitude_T_m = or_missing(&from->amplitude),
                        .slew_T_m_s = or_missing(&from->slew),
                        .ramp_s = or_missing(&from->ramp),
                        .flat_s = is_known(&from->flat) ? from->flat.v : 0,
                        .count = from->alternating >= 1 ? from->alternating : 1,
                        .u_slew = relative(&from->slew),
                        .origin = from->slew.origin};
    double by_ramp = to.amplitude_T_m / to.ramp_s;

    if (isnan(to.slew_T_m_s) || by_ramp > to.slew_T_m_s) {
        to.slew_T_m_s = by_ramp;
        to.u_slew = hypot(relative(&from->amplitude), relative(&from->ramp));
        to.origin = mrse_origin_weaker(from->amplitude.origin, from->ramp.origin);
    }
    if (isfinite(to.amplitude_T_m)) {
        if (isnan(to.ramp_s))
            to.origin = mrse_origin_weaker(to.origin, from->amplitude.origin);
        to.ramp_s = to.amplitude_T_m / to.slew_T_m_s;
    }
    double change_s = fmax(to.ramp_s, or_missing(&from->ramp));
    to.stimulus_s = to.count > 1 ? 2 * change_s : change_s;
    to.shaped = isfinite(to.amplitude_T_m) && to.ramp_s <= LONGEST_RAMP_S;
    return to;
}

/* --- Slew rates ----------------------------------------------------------------------------------- */

static void take_slew(mrse_value *most, double slew_T_m_s, double u, mrse_origin origin)
{
    if (isfinite(most->v) && !(slew_T_m_s > most->v))
        return;
    *most = mrse_value_computed(slew_T_m_s, u * slew_T_m_s, MRSE_KIND_SLEW_SEQUENCE,
                                MRSE_METHOD_PROTOCOL_SLEW);
    most->origin = mrse_origin_weaker(most->origin, origin);
}

/* What the console or the author states as the largest; of two statements the larger. */
static mrse_value stated(const mrse_value *a, const mrse_value *b)
{
    bool second = is_known(b) && !(is_known(a) && a->v >= b->v);

    return second ? *b : *a;
}

/* True when a lobe lacks what gives its slew rate: nothing is then known of the largest. */
static bool slew_of_lobes(const gradient_lobe *lobe, size_t n, mrse_gradient_use *use)
{
    for (size_t i = 0; i < n; i++) {
        const gradient_lobe *l = &lobe[i];
        if (!isfinite(l->slew_T_m_s))
            return true;
        for (int k = 0; k < MRSE_AXES; k++)
            if (l->axis == k || l->axis >= MRSE_AXES)
                take_slew(&use->slew[k], l->slew_T_m_s, l->u_slew, l->origin);
    }
    return false;
}

static double largest_slew(const mrse_gradient_use *use)
{
    double most = 0;

    for (int k = 0; k < MRSE_AXES; k++)
        if (use->slew[k].v > most)
            most = use->slew[k].v;
    return most;
}

/* Returns whether the statement is of a lobe that is not listed. */
static bool slew_of_statement(const mrse_value *statement, bool open, mrse_gradient_use *use)
{
    bool unlisted = is_known(statement) && (open || statement->v > largest_slew(use) * (1 + SAME));

    for (int k = 0; k < MRSE_AXES; k++) {
        if (open && !is_known(statement))
            use->slew[k] = mrse_value_missing(MRSE_KIND_SLEW_SEQUENCE);
        else if (unlisted || (is_known(statement) && !isfinite(use->slew[k].v))) {
            use->slew[k] = *statement;
            use->slew[k].kind = MRSE_KIND_SLEW_SEQUENCE;
        }
    }
    return unlisted;
}

static void slew_of_all(mrse_gradient_use *use, bool open)
{
    mrse_gradient_figure *figure = &use->slew_max;
    const mrse_value *most = &use->slew[0];

    for (int k = 0; k < MRSE_AXES; k++) {
        if (!isfinite(use->slew[k].v)) {
            gradient_missing(figure, MRSE_KIND_SLEW_SEQUENCE,
                             open ? "a lobe has neither a slew rate nor an amplitude with a ramp"
                                  : "no lobe is listed on some axis, and no largest slew rate of "
                                    "the sequence is stated; the system's rating says nothing of "
                                    "a sequence");
            return;
        }
        if (use->slew[k].v > most->v)
            most = &use->slew[k];
    }
    figure->value = *most;
    mrse_text_copy(figure->note, sizeof figure->note,
                   most->basis == MRSE_BASIS_DECLARED ? "as stated, on whichever axis"
                                                      : "the steepest lobe of the listed ones");
}

static void amplitude_of(const gradient_lobe *lobe, size_t n, const mrse_value *statement,
                         mrse_gradient_use *use)
{
    mrse_gradient_figure *figure = &use->amplitude;
    bool all = n > 0;
    double most = 0;
    mrse_origin origin = MRSE_ORIGIN_COMPUTED;

    for (size_t i = 0; i < n; i++) {
        all = all && isfinite(lobe[i].amplitude_T_m);
        most = fmax(most, lobe[i].amplitude_T_m);
        origin = mrse_origin_weaker(origin, lobe[i].origin);
    }
    if (is_known(statement) && !(all && most >= statement->v)) {
        figure->value = *statement;
        figure->value.kind = MRSE_KIND_GRADIENT;
        mrse_text_copy(figure->note, sizeof figure->note, "as stated, on whichever axis");
    } else if (all) {
        figure->value =
            mrse_value_computed(most, (double)NAN, MRSE_KIND_GRADIENT, MRSE_METHOD_PROTOCOL_SLEW);
        figure->value.origin = origin;
        mrse_text_copy(figure->note, sizeof figure->note, "the largest of the listed lobes");
    }
}

/* --- Questions ------------------------------------------------------------------------------------ */

/* A lobe that is not listed: as steep and as large as stated, from -G to +G, on any axis. */
static gradient_lobe unlisted_lobe(const mrse_value *slew, const mrse_value *amplitude)
{
    return (gradient_lobe){.axis = MRSE_GRADIENT_ANY,
                           .amplitude_T_m = or_missing(amplitude),
                           .slew_T_m_s = slew->v,
                           .ramp_s = (double)NAN,
                           .stimulus_s = 2 * or_missing(amplitude) / slew->v,
                           .count = 1,
                           .u_slew = relative(slew),
                           .origin = is_known(amplitude)
                                         ? mrse_origin_weaker(slew->origin, amplitude->origin)
                                         : slew->origin};
}

mrse_status mrse_protocol_gradient(const mrse_gradient_system *system,
                                   const mrse_protocol *protocol, mrse_gradient_use *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    begin(out);
    if (!protocol)
        return MRSE_ERR_ARG;
    size_t n = protocol->n_lobes;
    gradient_lobe *lobe = mrse_alloc(n + 1, sizeof *lobe);
    if (!lobe)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < n; i++)
        lobe[i] = resolve(&protocol->lobe[i]);
    mrse_value slew = stated(&protocol->gradient_slew, &protocol->reported.slew);
    mrse_value amplitude = stated(&protocol->gradient_amplitude, &protocol->reported.gradient);
    bool open = slew_of_lobes(lobe, n, out);
    bool unlisted = slew_of_statement(&slew, open, out);
    slew_of_all(out, open);
    amplitude_of(lobe, n, &amplitude, out);
    if (n > 0)
        gradient_missing(&out->slew_rms_of, MRSE_KIND_SLEW_SEQUENCE,
                         "how often each lobe is played in a TR is not stated");
    if (unlisted)
        lobe[n] = unlisted_lobe(&slew, &amplitude);
    gradient_dbdt(system, out);
    gradient_law(system, lobe, n + unlisted, out);
    mrse_status status = gradient_trains(system, lobe, n, out);
    mrse_free(lobe);
    if (status != MRSE_OK)
        begin(out);
    return status;
}

static void played(mrse_gradient_figure *figure, double share, const char *method,
                   const double at_peak[MRSE_AXES], mrse_gradient_part part[MRSE_PARTS])
{
    for (int k = 0; k < MRSE_AXES; k++)
        part[k].share = at_peak[k];

    figure->value = mrse_value_computed(share, 0, MRSE_KIND_RATIO, method);
    mrse_text_copy(figure->note, sizeof figure->note, "of the whole sequence as played");
}

static void models_of_played(const mrse_gradient_system *system,
                             const mrse_gradient_exposure *exposure, mrse_gradient_use *out)
{
    static const char no_safe[] = "the scanner file has no gradients.safe";

    gradient_missing(&out->safe, MRSE_KIND_RATIO, no_safe);
    gradient_missing(&out->safe_cardiac, MRSE_KIND_RATIO, no_safe);
    gradient_missing(&out->convolution, MRSE_KIND_RATIO, "the scanner file names no gradient coil");
    if (system && system->has_safe) {
        played(&out->safe, exposure->safe[0].peak, "safe-model", exposure->safe[0].peak_part,
               out->safe_part);
        played(&out->safe_cardiac, exposure->safe[1].peak, "safe-model",
               exposure->safe[1].peak_part, out->safe_cardiac_part);
    }
    if (system && system->coil && isfinite(exposure->convolution.peak))
        played(&out->convolution, exposure->convolution.peak, "gradient-convolution",
               exposure->convolution.peak_part, out->convolution_part);
}

mrse_status mrse_protocol_gradient_played(const mrse_gradient_system *system,
                                          const mrse_gradient_exposure *exposure,
                                          mrse_gradient_use *out)
{
    gradient_lobe lobe[MRSE_AXES];
    mrse_gradient_figure *most;

    if (!out)
        return MRSE_ERR_ARG;
    begin(out);
    if (!exposure)
        return MRSE_ERR_ARG;
    for (int k = 0; k < MRSE_AXES; k++) {
        double s = fmax(exposure->slew_event_T_m_s[k], exposure->slew_merged_T_m_s[k]);
        double g = exposure->amplitude_T_m[k];
        out->slew[k] = mrse_value_computed(s, 0, MRSE_KIND_SLEW_SEQUENCE, "pulseq-gradient");
        if (!(out->amplitude.value.v >= g))
            out->amplitude.value = mrse_value_computed(g, 0, MRSE_KIND_GRADIENT, "pulseq-gradient");
        lobe[k] = (gradient_lobe){.axis = k,
                                  .amplitude_T_m = g,
                                  .slew_T_m_s = s,
                                  .stimulus_s = s > 0 ? 2 * g / s : 0,
                                  .origin = MRSE_ORIGIN_COMPUTED};
    }
    slew_of_all(out, false);
    most = &out->slew_max;
    mrse_text_copy(most->note, sizeof most->note, "steepest line of the sequence as played");
    mrse_text_copy(out->amplitude.note, sizeof out->amplitude.note, "as played");
    gradient_missing(&out->slew_rms_of, MRSE_KIND_SLEW_SEQUENCE,
                     "the rms of the slew rate of a played sequence is not computed");
    gradient_dbdt(system, out);
    gradient_law(system, lobe, MRSE_AXES, out);
    models_of_played(system, exposure, out);
    return MRSE_OK;
}
