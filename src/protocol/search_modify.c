/* Other settings of a protocol, and what follows from them for its timing. No slack is taken for
 * granted: what gets longer lengthens echo spacing, TE and TR by as much.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "mrse/alloc.h"
#include "mrse/text.h"
#include "protocol/image_internal.h"
#include "protocol/search_internal.h"

/* How much longer each part of a sequence gets. */
typedef struct growth {
    double excitation_s, refocusing_s; /* one pulse */
    double readout_s;                  /* one line */
    double ramps_s;                    /* of lobes that stand alone, as if none overlapped */
    double train_ramps_s;              /* of one lobe of an alternating readout */
} growth;

static double lobe_ramp(const mrse_protocol_lobe *lobe)
{
    return isfinite(lobe->ramp.v) ? lobe->ramp.v : lobe->amplitude.v / lobe->slew.v;
}

static double longest(const mrse_protocol *p, mrse_pulse_role role)
{
    double duration = 0.0;

    for (size_t i = 0; i < p->n_pulses; i++)
        if (p->pulse[i].role == role)
            duration = fmax(duration, p->pulse[i].duration.v);
    return duration;
}

static double largest_angle(const mrse_protocol *p)
{
    double angle = (double)NAN;

    for (size_t i = 0; i < p->n_pulses; i++) {
        const mrse_protocol_pulse *pulse = &p->pulse[i];

        if (pulse->role != MRSE_PULSE_REFOCUSING)
            continue;
        angle = fmax(angle, pulse->flip.v);
        for (size_t k = 0; k < pulse->n_train; k++)
            angle = fmax(angle, pulse->train[k].v);
    }
    return angle;
}

/* Without a list of lobes the stated amplitude over the stated slew rate gives a ramp. */
static bool has_ramps(const mrse_protocol *p)
{
    return p->n_lobes > 0 || (p->gradient_slew.v > 0.0 && p->gradient_amplitude.v > 0.0);
}

double mrse_search_value(const mrse_protocol *p, mrse_search_parameter parameter)
{
    switch (parameter) {
    case MRSE_SEARCH_TR:
        return p->tr.v;
    case MRSE_SEARCH_TE:
        return p->te.v;
    case MRSE_SEARCH_ETL:
        return mrse_image_has_train(p) ? p->etl : (double)NAN;
    case MRSE_SEARCH_REFOCUSING:
        return largest_angle(p);
    case MRSE_SEARCH_SLICES:
        return p->slices >= 1.0 ? p->slices : (double)NAN;
    case MRSE_SEARCH_CONCATENATIONS:
        return p->three_d ? (double)NAN : (p->concatenations >= 1.0 ? p->concatenations : 1.0);
    case MRSE_SEARCH_RF_DURATION:
        return longest(p, MRSE_PULSE_EXCITATION) > 0.0 ? 1.0 : (double)NAN;
    case MRSE_SEARCH_BANDWIDTH:
        return p->bandwidth.v;
    case MRSE_SEARCH_SLEW:
        return has_ramps(p) ? 1.0 : (double)NAN;
    case MRSE_SEARCH_AVERAGES:
        return p->averages >= 1.0 ? p->averages : 1.0;
    case MRSE_SEARCH_PARAMETERS:
        break;
    }
    return (double)NAN;
}

/* What is set here no source prints. */
static void set(mrse_value *value, double v)
{
    if (v == value->v || isnan(v))
        return;
    value->v = v;
    value->printed[0] = value->file[0] = '\0';
    value->line = 0;
    mrse_text_copy(value->src, sizeof value->src, MRSE_METHOD_MODIFY_SEARCH);
}

static void scale(mrse_value *value, double factor)
{
    value->u *= factor;
    set(value, value->v * factor);
}

/* The flip angle stays, so the peak falls as the duration grows. */
static void stretch_pulses(mrse_protocol *p, double factor, growth *grown)
{
    grown->excitation_s = (factor - 1.0) * longest(p, MRSE_PULSE_EXCITATION);
    grown->refocusing_s = (factor - 1.0) * longest(p, MRSE_PULSE_REFOCUSING);
    for (size_t i = 0; i < p->n_pulses; i++)
        if (p->pulse[i].role == MRSE_PULSE_EXCITATION ||
            p->pulse[i].role == MRSE_PULSE_REFOCUSING) {
            scale(&p->pulse[i].duration, factor);
            scale(&p->pulse[i].b1_peak, 1.0 / factor);
        }
}

static void turn_refocusing(mrse_protocol *p, double angle_rad)
{
    const double factor = angle_rad / largest_angle(p);

    for (size_t i = 0; i < p->n_pulses; i++) {
        mrse_protocol_pulse *pulse = &p->pulse[i];

        if (pulse->role != MRSE_PULSE_REFOCUSING)
            continue;
        scale(&pulse->flip, factor);
        scale(&pulse->b1_peak, factor);
        for (size_t k = 0; k < pulse->n_train; k++)
            scale(&pulse->train[k], factor);
    }
}

static void slow_gradients(mrse_protocol *p, double factor, growth *grown)
{
    const double stated = p->gradient_amplitude.v / p->gradient_slew.v;

    for (size_t i = 0; i < p->n_lobes; i++) {
        mrse_protocol_lobe *lobe = &p->lobe[i];
        const double more_s = lobe_ramp(lobe) * (1.0 / factor - 1.0);

        if (lobe->alternating > 1.0)
            grown->train_ramps_s = fmax(grown->train_ramps_s, 2.0 * more_s);
        else
            grown->ramps_s += 2.0 * more_s;
        scale(&lobe->slew, factor);
        scale(&lobe->ramp, 1.0 / factor);
    }
    if (p->n_lobes == 0 && mrse_image_is_epi(p))
        grown->train_ramps_s = 2.0 * stated * (1.0 / factor - 1.0);
    else if (p->n_lobes == 0)
        grown->ramps_s = 2.0 * stated * (1.0 / factor - 1.0);
    scale(&p->gradient_slew, factor);
}

/* A longer train repeats its last angle. */
static mrse_status fit_train(mrse_protocol_pulse *pulse, size_t n)
{
    mrse_value *more;

    if (!pulse->train || pulse->n_train == n)
        return MRSE_OK;
    more = mrse_realloc(pulse->train, n, sizeof *more);
    if (!more)
        return MRSE_ERR_NOMEM;
    for (size_t i = pulse->n_train; i < n; i++)
        more[i] = more[pulse->n_train - 1];
    pulse->train = more;
    pulse->n_train = n;
    return MRSE_OK;
}

static mrse_status set_etl(mrse_protocol *p, double etl)
{
    mrse_status status = MRSE_OK;

    p->etl = nearbyint(etl);
    for (size_t i = 0; i < p->n_pulses && status == MRSE_OK; i++)
        if (p->pulse[i].role == MRSE_PULSE_REFOCUSING)
            status = fit_train(&p->pulse[i], (size_t)p->etl);
    return status;
}

/* Echoes of one shot, and how many of them come before the centre of k-space. */
static double epi_echoes(const mrse_protocol *p, double *before_centre)
{
    const double share = p->partial_phase >= 0.5 && p->partial_phase < 1.0 ? p->partial_phase : 1.0;
    mrse_scan_plan plan;
    char why[MRSE_IMAGE_WHY];
    double n = p->etl;

    if (mrse_protocol_plan_of(p, &plan, why) == MRSE_OK && !why[0])
        n = (double)plan.lines_per_tr;
    *before_centre = n * (share - 0.5) / share;
    return n;
}

/* Both halves of a spin echo hold one ramped diffusion or crusher lobe; the second half of an EPI
 * also the readout before its centre, and TE grows by twice the half that grows most. */
static double te_growth(const mrse_protocol *p, const growth *g)
{
    const bool echo = mrse_image_pulse(p, MRSE_PULSE_REFOCUSING) != NULL;
    double before_centre = 0.0;
    const double pulses = g->excitation_s + g->refocusing_s;

    if (mrse_image_is_epi(p)) {
        (void)epi_echoes(p, &before_centre);
        before_centre *= g->readout_s + g->train_ramps_s;
        return echo ? pulses + 2.0 * (before_centre + g->ramps_s)
                    : 0.5 * g->excitation_s + before_centre + g->ramps_s;
    }
    if (echo)
        return pulses + g->readout_s + 2.0 * g->ramps_s;
    return 0.5 * (g->excitation_s + g->readout_s) + g->ramps_s;
}

static void set_esp(mrse_protocol *p, const growth *g)
{
    if (mrse_image_is_epi(p))
        set(&p->esp, p->esp.v + g->readout_s + g->train_ramps_s);
    else if (p->family == MRSE_FAMILY_TSE)
        set(&p->esp, p->esp.v + fmax(g->refocusing_s, 0.5 * (g->excitation_s + g->refocusing_s)) +
                         g->readout_s + g->ramps_s + g->train_ramps_s);
}

static bool say_time(char why[MRSE_IMAGE_WHY], const char *what, double needed_s, double has_s)
{
    char a[MRSE_NUM_MAX], b[MRSE_NUM_MAX];

    mrse_text_num(a, 1e3 * needed_s, 4);
    mrse_text_num(b, 1e3 * has_s, 4);
    (void)snprintf(why, MRSE_IMAGE_WHY, "%s needs %s ms, and has %s ms", what, a, b);
    return false;
}

/* A train has echoes at its own times only: TE moves to the nearest, by half a spacing at most. */
static bool train_te(mrse_protocol *p, double asked_s, char why[MRSE_IMAGE_WHY])
{
    const double wanted_s = isfinite(asked_s) ? asked_s : p->te.v;
    double echo;

    if (!isfinite(wanted_s) || !(p->esp.v > 0.0))
        return true;
    echo = fmin(fmax(1.0, nearbyint(wanted_s / p->esp.v)), p->etl);
    if (fabs(echo * p->esp.v - wanted_s) > 0.5 * p->esp.v * (1.0 + 1e-9))
        return say_time(why, "the echo nearest to TE", echo * p->esp.v, wanted_s);
    if (p->centre_echo >= 1.0)
        p->centre_echo = echo;
    set(&p->te, echo * p->esp.v);
    return true;
}

static bool set_te(mrse_protocol *p, double asked_s, const growth *g, char why[MRSE_IMAGE_WHY])
{
    const double more_s = te_growth(p, g), least_s = p->te.v + more_s;

    if (p->family == MRSE_FAMILY_TSE)
        return train_te(p, asked_s, why);
    if (p->family == MRSE_FAMILY_BSSFP) { /* the echo lies half-way between the pulses */
        const double tr_s = fmax(p->tr.v, 2.0 * least_s);
        if (isfinite(asked_s) && asked_s < least_s * (1.0 - 1e-9))
            return say_time(why, "TE", least_s, asked_s);
        set(&p->te, least_s);
        set(&p->tr, tr_s);
        return true;
    }
    if (isfinite(asked_s) && more_s > 0.0 && asked_s < least_s * (1.0 - 1e-9))
        return say_time(why, "TE", least_s, asked_s);
    set(&p->te, isfinite(asked_s) ? asked_s : least_s);
    return true;
}

/* What one slice takes of TR, from its first pulse to its last line; an estimate. */
static double slice_s(const mrse_protocol *p)
{
    const double line_s = p->bandwidth.v > 0.0 ? 1.0 / p->bandwidth.v : 0.0;
    double t = 0.5 * longest(p, MRSE_PULSE_EXCITATION), before_centre;

    for (size_t i = 0; i < p->n_pulses; i++)
        if (p->pulse[i].role > MRSE_PULSE_INVERSION && p->pulse[i].duration.v > 0.0)
            t += fmax(1.0, p->pulse[i].count) * p->pulse[i].duration.v;
    if (p->family == MRSE_FAMILY_TSE)
        return t + p->etl * p->esp.v + 0.5 * p->esp.v;
    if (mrse_image_is_epi(p)) {
        const double n = epi_echoes(p, &before_centre);
        return t + p->te.v + (n - before_centre) * p->esp.v;
    }
    return t + p->te.v + 0.5 * line_s;
}

static double occupied_s(const mrse_protocol *p)
{
    const double slices = p->slices >= 1.0 && !p->three_d ? p->slices : 1.0;
    const double passes = p->concatenations >= 1.0 ? p->concatenations : 1.0;
    const double bands = p->simultaneous >= 1.0 ? p->simultaneous : 1.0;

    if (p->family == MRSE_FAMILY_BSSFP) /* slices follow one another */
        return slice_s(p);
    return ceil(slices / bands / passes - 1e-9) * slice_s(p);
}

/* TR holds the slices of a pass: by the estimate, or no more tightly than the console's own. */
static bool slices_fit(const mrse_protocol *base, const mrse_protocol *p, char why[MRSE_IMAGE_WHY])
{
    const double needed_s = occupied_s(p), own_s = occupied_s(base);

    if (p->family == MRSE_FAMILY_BSSFP || !isfinite(needed_s) || needed_s <= p->tr.v)
        return true;
    if (needed_s / p->tr.v <= own_s / base->tr.v * (1.0 + 1e-9))
        return true;
    return say_time(why, "the slices of one TR", needed_s, p->tr.v);
}

static bool in_order(const mrse_protocol *base, const double v[MRSE_SEARCH_PARAMETERS],
                     char why[MRSE_IMAGE_WHY])
{
    const char *text = "";

    if (v[MRSE_SEARCH_BANDWIDTH] > base->bandwidth.v * (1.0 + 1e-9))
        text = "a higher bandwidth needs stronger gradients, which are not worked out";
    else if (v[MRSE_SEARCH_SLEW] > 1.0 + 1e-9)
        text = "faster gradients than the stated ones are not worked out";
    else if (v[MRSE_SEARCH_SLEW] < 1.0 && !has_ramps(base))
        text = "'lobes', or 'amplitude' and 'slew', are not stated: ramps are not known";
    else if (v[MRSE_SEARCH_CONCATENATIONS] > base->slices)
        text = "more concatenations than slices";
    else if (isfinite(v[MRSE_SEARCH_REFOCUSING]) && !isfinite(largest_angle(base)))
        text = "the refocusing pulse is not stated";
    for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS && !text[0]; i++)
        if (isfinite(v[i]) && !(v[i] > 0.0))
            text = "a parameter that is not positive";
    mrse_text_copy(why, MRSE_IMAGE_WHY, text);
    return text[0] == '\0';
}

/* What the console said holds for the base. Of the gradients it is a setting, which is scaled. */
static void forget_reported(mrse_protocol *p)
{
    mrse_value *const said[] = {&p->reported.b1_rms,
                                &p->reported.b1_peak,
                                &p->reported.sar_whole_body,
                                &p->reported.sar_partial_body,
                                &p->reported.sar_head,
                                &p->reported.sar_local,
                                &p->reported.sed,
                                &p->reported.dbdt,
                                &p->reported.stimulation,
                                &p->reported.slew,
                                &p->reported.gradient,
                                &p->reported.scan_time,
                                &p->reported.acoustic};

    if (!isfinite(p->gradient_slew.v))
        p->gradient_slew = p->reported.slew;
    if (!isfinite(p->gradient_amplitude.v))
        p->gradient_amplitude = p->reported.gradient;
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        *said[i] = mrse_value_missing(said[i]->kind);
}

static mrse_status apply(const mrse_protocol *base, mrse_protocol *p,
                         const double v[MRSE_SEARCH_PARAMETERS], char why[MRSE_IMAGE_WHY])
{
    growth g = {0};
    mrse_status status = MRSE_OK;

    if (isfinite(v[MRSE_SEARCH_SLICES]))
        p->slices = nearbyint(v[MRSE_SEARCH_SLICES]);
    if (isfinite(v[MRSE_SEARCH_CONCATENATIONS]))
        p->concatenations = nearbyint(v[MRSE_SEARCH_CONCATENATIONS]);
    if (isfinite(v[MRSE_SEARCH_AVERAGES]))
        p->averages = nearbyint(v[MRSE_SEARCH_AVERAGES]);
    set(&p->tr, v[MRSE_SEARCH_TR]);
    if (isfinite(v[MRSE_SEARCH_REFOCUSING]))
        turn_refocusing(p, v[MRSE_SEARCH_REFOCUSING]);
    if (isfinite(v[MRSE_SEARCH_RF_DURATION]))
        stretch_pulses(p, v[MRSE_SEARCH_RF_DURATION], &g);
    if (isfinite(v[MRSE_SEARCH_BANDWIDTH])) {
        g.readout_s = 1.0 / v[MRSE_SEARCH_BANDWIDTH] - 1.0 / base->bandwidth.v;
        set(&p->bandwidth, v[MRSE_SEARCH_BANDWIDTH]);
    }
    if (isfinite(v[MRSE_SEARCH_SLEW]))
        slow_gradients(p, v[MRSE_SEARCH_SLEW], &g);
    g.excitation_s = fmax(0.0, g.excitation_s);
    g.refocusing_s = fmax(0.0, g.refocusing_s);
    g.readout_s = fmax(0.0, g.readout_s);
    if (isfinite(v[MRSE_SEARCH_ETL]))
        status = set_etl(p, v[MRSE_SEARCH_ETL]);
    set_esp(p, &g);
    if (status == MRSE_OK && set_te(p, v[MRSE_SEARCH_TE], &g, why))
        (void)slices_fit(base, p, why);
    return status;
}

mrse_status mrse_protocol_modified(const mrse_protocol *base,
                                   const double value[MRSE_SEARCH_PARAMETERS], mrse_protocol **out,
                                   char why[MRSE_IMAGE_WHY])
{
    mrse_protocol *p;
    mrse_status status;

    if (out)
        *out = NULL;
    if (why)
        why[0] = '\0';
    if (!base || !value || !out || !why)
        return MRSE_ERR_ARG;
    if (!in_order(base, value, why))
        return MRSE_OK;
    p = mrse_search_copy(base);
    if (!p)
        return MRSE_ERR_NOMEM;
    forget_reported(p);
    status = apply(base, p, value, why);
    if (status != MRSE_OK || why[0]) {
        mrse_protocol_copy_free(p);
        return status;
    }
    *out = p;
    return MRSE_OK;
}

void mrse_protocol_copy_free(mrse_protocol *protocol)
{
    mrse_protocol_clear(protocol);
    mrse_free(protocol);
}
