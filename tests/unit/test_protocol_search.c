/* The search for changes: what follows from a setting, the front against an exhaustive search written
 * apart from it, and what is said when nothing helps. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/protocol_search.h"

#include <string.h>

#include "mrse/mrse.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/protocols.h"

#define LIMIT_T 2e-6

static mrse_limit at_most(double v, mrse_kind kind)
{
    return (mrse_limit){MRSE_OP_LE, protocols_value(v, kind), 0.0};
}

static mrse_protocol *modified(const mrse_protocol *base, mrse_search_parameter parameter, double v,
                               char why[MRSE_IMAGE_WHY])
{
    double value[MRSE_SEARCH_PARAMETERS];
    mrse_protocol *out;

    for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS; i++)
        value[i] = NAN;
    value[parameter] = v;
    assert_int_equal(mrse_protocol_modified(base, value, &out, why), MRSE_OK);
    return out;
}

static void keep_all(mrse_search *search)
{
    for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS; i++)
        search->range[i].kept = true;
}

static void parameter_text__every_parameter__reads_back(void **state)
{
    mrse_search_parameter p;

    (void)state;
    for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS; i++) {
        assert_true(mrse_search_parameter_from_text(
            mrse_search_parameter_text((mrse_search_parameter)i), &p));
        assert_int_equal(p, i);
    }
    assert_false(mrse_search_parameter_from_text("flip", &p));
    assert_false(mrse_search_parameter_from_text(NULL, &p));
    assert_string_equal(mrse_search_parameter_text(MRSE_SEARCH_PARAMETERS), "not a parameter");
}

static void range_of__tse__as_documented(void **state)
{
    const mrse_protocol p = protocols_tse();
    mrse_search_range r;

    (void)state;
    assert_int_equal(mrse_search_range_of(&p, MRSE_SEARCH_TR, &r), MRSE_OK);
    assert_false(r.kept);
    assert_rel(r.low, 4.0, 1e-12);
    assert_rel(r.high, 16.0, 1e-12);
    assert_int_equal(mrse_search_range_of(&p, MRSE_SEARCH_ETL, &r), MRSE_OK);
    assert_rel(r.low, 8.0, 1e-12);
    assert_rel(r.high, 24.0, 1e-12);
    assert_int_equal(mrse_search_range_of(&p, MRSE_SEARCH_SLICES, &r), MRSE_OK);
    assert_true(r.kept);
    assert_int_equal(mrse_search_range_of(&p, MRSE_SEARCH_SLEW, &r), MRSE_OK);
    assert_true(r.kept); /* no ramp is stated */
    assert_int_equal(mrse_search_range_of(NULL, MRSE_SEARCH_TR, &r), MRSE_ERR_ARG);
    assert_int_equal(mrse_search_range_of(&p, MRSE_SEARCH_PARAMETERS, &r), MRSE_ERR_ARG);
    assert_int_equal(mrse_search_range_of(&p, MRSE_SEARCH_TR, NULL), MRSE_ERR_ARG);
}

static void modified__longer_pulses__lengthen_the_echo_spacing(void **state)
{
    const mrse_protocol base = protocols_tse();
    char why[MRSE_IMAGE_WHY];
    mrse_protocol *p = modified(&base, MRSE_SEARCH_RF_DURATION, 1.4, why);

    (void)state;
    assert_null(p); /* 24 slices fill TR to the brim */
    assert_non_null(strstr(why, "slices"));
    {
        mrse_protocol few = protocols_tse();
        few.slices = 12.0;
        p = modified(&few, MRSE_SEARCH_RF_DURATION, 1.4, why);
    }
    assert_non_null(p);
    assert_rel(p->esp.v, 0.011, 1e-12);
    assert_rel(p->te.v, 0.099, 1e-12); /* the ninth echo is now the nearest */
    assert_rel(p->pulse[1].duration.v, 3.5e-3, 1e-12);
    assert_rel(base.pulse[1].duration.v, 2.5e-3, 1e-12); /* a copy: the base is as it was */
    mrse_protocol_copy_free(p);
}

static void modified__slower_gradients__lengthen_te_and_echo_spacing(void **state)
{
    const mrse_protocol base = protocols_dwi();
    char why[MRSE_IMAGE_WHY];
    mrse_protocol *p = modified(&base, MRSE_SEARCH_SLEW, 0.5, why);
    const double readout_ramp_s = 0.025 / 180.0, diffusion_ramp_s = 0.03 / 100.0;
    /* 48 lines of 128: 96 by partial Fourier, halved; a third of them before the centre */
    const double before_centre = 48.0 / 3.0;

    (void)state;
    assert_non_null(p);
    assert_rel(p->lobe[1].slew.v, 90.0, 1e-12);
    assert_rel(p->esp.v, 0.7e-3 + 2.0 * readout_ramp_s, 1e-12);
    assert_rel(p->te.v,
               0.08 + 2.0 * (before_centre * 2.0 * readout_ramp_s + 2.0 * diffusion_ramp_s), 1e-12);
    mrse_protocol_copy_free(p);
    p = modified(&base, MRSE_SEARCH_SLEW, 1.5, why);
    assert_null(p);
    assert_true(why[0] != '\0');
}

static void modified__refocusing_of_a_train__scales_every_angle(void **state)
{
    mrse_protocol base = protocols_tse();
    mrse_value train[16];
    char why[MRSE_IMAGE_WHY];
    mrse_protocol *p;

    (void)state;
    for (int i = 0; i < 16; i++)
        train[i] = protocols_value((60.0 + 4.0 * i) * DEGREE, MRSE_KIND_ANGLE);
    base.pulse[1].flip = mrse_value_missing(MRSE_KIND_ANGLE);
    base.pulse[1].train = train;
    base.pulse[1].n_train = 16;
    p = modified(&base, MRSE_SEARCH_REFOCUSING, 60.0 * DEGREE, why);
    assert_non_null(p);
    assert_rel(p->pulse[1].train[15].v, 60.0 * DEGREE, 1e-12);
    assert_rel(p->pulse[1].train[0].v, 30.0 * DEGREE, 1e-12);
    mrse_protocol_copy_free(p);
    p = modified(&base, MRSE_SEARCH_ETL, 8.0, why);
    assert_null(p); /* TE lies beyond */
    base.te.v = 0.05;
    p = modified(&base, MRSE_SEARCH_ETL, 8.0, why);
    assert_non_null(p);
    assert_int_equal(p->pulse[1].n_train, 8);
    mrse_protocol_copy_free(p);
}

static void modified__what_cannot_be__says_why(void **state)
{
    const mrse_protocol base = protocols_tse();
    double value[MRSE_SEARCH_PARAMETERS] = {0};
    char why[MRSE_IMAGE_WHY];
    mrse_protocol *p;

    (void)state;
    assert_null(modified(&base, MRSE_SEARCH_BANDWIDTH, 400.0, why));
    assert_non_null(strstr(why, "bandwidth"));
    assert_null(modified(&base, MRSE_SEARCH_CONCATENATIONS, 25.0, why));
    assert_non_null(strstr(why, "slices"));
    assert_null(modified(&base, MRSE_SEARCH_SLEW, 0.5, why));
    assert_non_null(strstr(why, "ramps"));
    assert_null(modified(&base, MRSE_SEARCH_ETL, 24.0, why));
    assert_non_null(strstr(why, "ms"));
    assert_int_equal(mrse_protocol_modified(NULL, value, &p, why), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_modified(&base, NULL, &p, why), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_modified(&base, value, NULL, why), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_modified(&base, value, &p, NULL), MRSE_ERR_ARG);
    mrse_protocol_copy_free(NULL);
}

static void exposure__console_states_b1__carries_it_along(void **state)
{
    mrse_protocol base = protocols_tse();
    const mrse_search search = {.base = &base};
    char why[MRSE_IMAGE_WHY];
    mrse_value computed, carried;
    mrse_protocol *p = modified(&base, MRSE_SEARCH_TR, 8.0, why);

    (void)state;
    assert_int_equal(mrse_search_exposure(&search, p, MRSE_KIND_B1_RMS, &computed, why), MRSE_OK);
    assert_true(computed.u > 0.0);
    base.reported.b1_rms = protocols_value(4e-6, MRSE_KIND_B1_RMS);
    assert_int_equal(mrse_search_exposure(&search, p, MRSE_KIND_B1_RMS, &carried, why), MRSE_OK);
    assert_true(carried.v > computed.v);
    assert_rel(carried.v, 4e-6 / sqrt(2.0), 0.12); /* twice the time, the window apart */
    assert_int_equal(mrse_search_exposure(&search, p, MRSE_KIND_SAR_UNSPECIFIED, &carried, why),
                     MRSE_OK);
    assert_true(isnan(carried.v));
    assert_true(why[0] != '\0');
    assert_int_equal(mrse_search_exposure(&search, p, MRSE_KIND_MASS, &carried, why), MRSE_OK);
    assert_true(isnan(carried.v));
    assert_int_equal(mrse_search_exposure(NULL, p, MRSE_KIND_MASS, &carried, why), MRSE_ERR_ARG);
    assert_int_equal(mrse_search_exposure(&search, NULL, MRSE_KIND_MASS, &carried, why),
                     MRSE_ERR_ARG);
    mrse_protocol_copy_free(p);
}

/* --- An exhaustive search of its own -------------------------------------------------------------- */

typedef struct setting {
    double tr_s, etl, flip_deg, passes, stretch, bandwidth_Hz, averages;
} setting;

typedef struct cost {
    double time_s, snr, cnr;
} cost;

static double echo(const setting *s, double esp_s, const char *id)
{
    mrse_epg_pulse pulse[32];
    mrse_transverse e[32];
    mrse_tissue t;
    const size_t n = (size_t)s->etl, centre = (size_t)fmin(s->etl, round(0.1 / esp_s));
    const mrse_echo_train train = {{MRSE_PI / 2, MRSE_PI / 2}, pulse, n, esp_s, 1.0};
    const mrse_repetition repetition = {s->tr_s, 0.0, 0.0};

    assert_int_equal(mrse_tissue_find(id, MRSE_FIELD_1_5_T, &t), MRSE_OK);
    for (size_t i = 0; i < n; i++)
        pulse[i] = (mrse_epg_pulse){s->flip_deg * DEGREE, 0.0};
    {
        const mrse_relaxation r = {t.t1.v_s, t.t2.v_s};
        if (mrse_epg_steady_train(&train, &repetition, &r, e, NULL) != MRSE_OK)
            return 0.0;
    }
    return hypot(e[centre - 1].re, e[centre - 1].im);
}

static double spacing(const setting *s)
{
    return 0.01 + (s->stretch - 1.0) * 2.5e-3 + 1.0 / s->bandwidth_Hz - 1.0 / 200.0;
}

static bool fits(const setting *s)
{
    const double esp_s = spacing(s);

    return round(0.1 / esp_s) <= s->etl &&
           ceil(24.0 / s->passes) * ((s->etl + 0.5) * esp_s + s->stretch * 1.25e-3) <= s->tr_s;
}

static cost cost_of(const setting *s)
{
    static const setting base = {4.0, 16.0, 180.0, 1.0, 1.0, 200.0, 1.0};
    const double esp_s = spacing(s), gain = sqrt(s->averages * 200.0 / s->bandwidth_Hz);
    const double w = echo(s, esp_s, "white-matter"), g = echo(s, esp_s, "grey-matter");
    static double w0, d0;

    if (w0 == 0.0) {
        w0 = echo(&base, 0.01, "white-matter");
        d0 = fabs(w0 - echo(&base, 0.01, "grey-matter"));
    }
    return (cost){s->tr_s * ceil(256.0 / s->etl) * s->averages * s->passes, gain * w / w0,
                  gain * fabs(w - g) / d0};
}

/* Mean over TR: 11.744 uT for 180 deg in 1 ms, times the power ratio of the shape. */
static double rms_of(const setting *s)
{
    const mrse_rf_shape shape = {
        .form = MRSE_RF_SINC, .time_bandwidth = 2.7, .apodisation = MRSE_RF_WINDOW_HANN};
    const double hard_180 = 11.744e-6 * 11.744e-6 * 1e-3 * 1e-3; /* times its duration, 1 ms */
    static mrse_rf_factors f;
    double one;

    if (f.power_ratio == 0.0)
        assert_int_equal(mrse_rf_pulse_factors(&shape, &f), MRSE_OK);
    one = hard_180 * f.power_ratio / (2.5e-3 * s->stretch);
    return sqrt(ceil(24.0 / s->passes) * one *
                (0.25 + s->etl * s->flip_deg * s->flip_deg / (180.0 * 180.0)) / s->tr_s);
}

/* Near the limit the decision is asked for; far from it the mean tells. */
static bool meets(const mrse_search *search, const setting *s)
{
    const double rms = rms_of(s);
    double value[MRSE_SEARCH_PARAMETERS];
    char why[MRSE_IMAGE_WHY];
    mrse_protocol *p;
    mrse_value v;
    bool met;

    if (rms > 1.1 * LIMIT_T)
        return false;
    if (rms < 0.8 * LIMIT_T)
        return true;
    for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS; i++)
        value[i] = NAN;
    value[MRSE_SEARCH_TR] = s->tr_s;
    value[MRSE_SEARCH_ETL] = s->etl;
    value[MRSE_SEARCH_REFOCUSING] = s->flip_deg * DEGREE;
    value[MRSE_SEARCH_CONCATENATIONS] = s->passes;
    value[MRSE_SEARCH_RF_DURATION] = s->stretch;
    value[MRSE_SEARCH_BANDWIDTH] = s->bandwidth_Hz;
    value[MRSE_SEARCH_AVERAGES] = s->averages;
    assert_int_equal(mrse_protocol_modified(search->base, value, &p, why), MRSE_OK);
    assert_non_null(p);
    assert_int_equal(mrse_search_exposure(search, p, MRSE_KIND_B1_RMS, &v, why), MRSE_OK);
    assert_rel(v.v, rms, 0.12);
    met = mrse_decide(&v, &search->limit[0]).verdict == MRSE_VERDICT_MET;
    mrse_protocol_copy_free(p);
    return met;
}

static void beats_none(const mrse_search_result *r, const cost *c)
{
    for (size_t i = 0; i < r->n_front; i++) {
        const mrse_candidate *m = &r->front[i];
        const bool beats = c->time_s <= m->time.v * (1.0 - 1e-9) &&
                           c->snr >= m->snr.v * (1.0 + 1e-9) && c->cnr >= m->cnr.v * (1.0 + 1e-9);
        assert_false(beats);
    }
}

/* The k-th of all combinations. */
static setting combination(size_t k)
{
    static const double tr[] = {4, 6, 8, 10, 12, 14, 16}, etl[] = {8, 12, 16, 20, 24};
    static const double stretch[] = {1.0, 4.0 / 3.0, 5.0 / 3.0, 2.0}, bw[] = {200, 150, 100};
    setting s;

    s.tr_s = tr[k % 7];
    s.etl = etl[k / 7 % 5];
    s.flip_deg = 60.0 + 15.0 * (double)(k / 35 % 9);
    s.passes = 1.0 + (double)(k / 315 % 4);
    s.stretch = stretch[k / 1260 % 4];
    s.bandwidth_Hz = bw[k / 5040 % 3];
    s.averages = 1.0 + (double)(k / 15120 % 2);
    return s;
}

static void run__tse_with_b1_limit__front_that_exhaustion_cannot_beat(void **state)
{
    const mrse_protocol base = protocols_tse();
    const mrse_limit limit = at_most(LIMIT_T, MRSE_KIND_B1_RMS);
    const mrse_search search = {.base = &base, .limit = &limit, .n_limits = 1};
    mrse_search_result r;
    size_t tried = 0;

    (void)state;
    assert_int_equal(mrse_search_run(&search, &r), MRSE_OK);
    assert_in_range(r.n_front, 2, 12);
    assert_null(r.nearest);
    assert_true(r.binding[0].binds);
    for (size_t i = 0; i < r.n_front; i++) {
        assert_int_equal(r.front[i].decision[0].verdict, MRSE_VERDICT_MET);
        assert_true(r.front[i].exposure[0].v + 2.0 * r.front[i].exposure[0].u <= LIMIT_T);
        assert_true(i == 0 || r.front[i].time.v >= r.front[i - 1].time.v);
        assert_true(r.front[i].snr.low <= r.front[i].snr.v);
        assert_true(r.front[i].snr.high >= r.front[i].snr.v);
    }
    for (size_t k = 0; k < 30240; k++) {
        const setting s = combination(k);
        if (!fits(&s) || !meets(&search, &s))
            continue;
        {
            const cost c = cost_of(&s);
            beats_none(&r, &c);
        }
        tried++;
    }
    assert_true(tried > 1000);
    mrse_search_result_clear(&r);
    assert_null(r.front);
}

static void run__all_kept__says_which_limit_and_which_parameter(void **state)
{
    const mrse_protocol base = protocols_tse();
    const mrse_limit limit[2] = {at_most(LIMIT_T, MRSE_KIND_B1_RMS),
                                 at_most(600.0, MRSE_KIND_TIME)};
    mrse_search search = {.base = &base, .limit = limit, .n_limits = 2};
    mrse_search_result r;

    (void)state;
    keep_all(&search);
    assert_int_equal(mrse_search_run(&search, &r), MRSE_OK);
    assert_int_equal(r.n_tried, 1);
    assert_int_equal(r.n_front, 0);
    assert_non_null(r.nearest);
    assert_true(r.nearest->excess > 0.3);
    assert_non_null(strstr(r.reason, "B1+rms"));
    assert_non_null(strstr(r.reason, "'tr'"));
    assert_true(r.binding[0].binds);
    assert_false(r.binding[1].binds);
    mrse_search_result_clear(&r);
}

static void run__kept_parameters__stay(void **state)
{
    const mrse_protocol base = protocols_tse();
    const mrse_limit limit = at_most(LIMIT_T, MRSE_KIND_B1_RMS);
    mrse_search search = {.base = &base, .limit = &limit, .n_limits = 1};
    mrse_search_result r;

    (void)state;
    search.range[MRSE_SEARCH_REFOCUSING].kept = true;
    search.range[MRSE_SEARCH_TR].kept = true;
    search.range[MRSE_SEARCH_ETL].kept = true;
    assert_int_equal(mrse_search_run(&search, &r), MRSE_OK);
    assert_true(r.n_front > 0);
    for (size_t i = 0; i < r.n_front; i++) {
        assert_rel(r.front[i].after[MRSE_SEARCH_TR], 4.0, 1e-12);
        assert_rel(r.front[i].after[MRSE_SEARCH_REFOCUSING], MRSE_PI, 1e-12);
        assert_true(r.front[i].after[MRSE_SEARCH_CONCATENATIONS] > 1.0);
    }
    mrse_search_result_clear(&r);
}

static mrse_gradient_system demo_system(void)
{
    mrse_gradient_system s;

    memset(&s, 0, sizeof s);
    s.amplitude = mrse_value_missing(MRSE_KIND_GRADIENT);
    s.slew = mrse_value_missing(MRSE_KIND_SLEW_SYSTEM);
    s.dbdt_max = mrse_value_missing(MRSE_KIND_DBDT_PEAK);
    s.linear_radius = protocols_value(0.25, MRSE_KIND_LENGTH);
    s.linear_half_length = protocols_value(0.22, MRSE_KIND_LENGTH);
    s.reference_radius = mrse_value_missing(MRSE_KIND_LENGTH);
    s.rheobase = mrse_value_missing(MRSE_KIND_DBDT_PEAK);
    s.chronaxie = mrse_value_missing(MRSE_KIND_TIME);
    return s;
}

/* dB/dt that does not follow the settings says so, and why: no lobes, no place, no declared maximum. */
static void run__dbdt_that_no_setting_changes__is_told(void **state)
{
    static const struct {
        bool lobes, place, maximum;
        const char *says, *ends;
    } of[] = {{false, true, true, "lists no gradient lobes", "no change of the sequence lowers it"},
              {false, true, false, "lists no gradient lobes", "can be compared with the limit"},
              {true, false, true, "the place", "no change of the sequence lowers it"},
              {true, true, true, NULL, NULL}};
    (void)state;
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        mrse_protocol base = protocols_dwi();
        mrse_gradient_system system = demo_system();
        mrse_limit limit = at_most(30.0, MRSE_KIND_DBDT_PEAK);
        mrse_search search = {.base = &base, .limit = &limit, .n_limits = 1, .system = &system};
        mrse_search_result r;
        for (size_t k = 0; k < 3; k++)
            search.u_place_m[k] = of[i].place ? 0.005 : (double)NAN;
        if (!of[i].lobes) {
            base.n_lobes = 0;
            base.gradient_slew = base.reported.slew = mrse_value_missing(MRSE_KIND_SLEW_SEQUENCE);
        }
        if (of[i].maximum)
            system.dbdt_max = protocols_value(60.0, MRSE_KIND_DBDT_PEAK);
        for (int p = 0; p < MRSE_SEARCH_PARAMETERS; p++)
            search.range[p].kept = true;
        assert_int_equal(mrse_search_run(&search, &r), MRSE_OK);
        if (of[i].says == NULL) {
            assert_string_equal(r.notice, "");
        } else if (strstr(r.notice, of[i].says) == NULL || strstr(r.notice, of[i].ends) == NULL ||
                   (strstr(r.notice, "lobes") != NULL) == of[i].lobes) {
            fail_msg("%zu: '%s'", i, r.notice);
        }
        mrse_search_result_clear(&r);
        limit = at_most(30e-6, MRSE_KIND_B1_RMS); /* not asked for: not told */
        assert_int_equal(mrse_search_run(&search, &r), MRSE_OK);
        assert_string_equal(r.notice, "");
        mrse_search_result_clear(&r);
    }
}

static void run__dwi_with_dbdt_limit__slows_the_gradients(void **state)
{
    const mrse_protocol base = protocols_dwi();
    const mrse_gradient_system system = demo_system();
    mrse_limit limit = at_most(30.0, MRSE_KIND_DBDT_PEAK);
    mrse_search search = {.base = &base,
                          .limit = &limit,
                          .n_limits = 1,
                          .system = &system,
                          .place_m = {0.1, 0.0, 0.15},
                          .u_place_m = {0.005, 0.005, 0.005}};
    char why[MRSE_IMAGE_WHY];
    mrse_value now;
    mrse_search_result r;

    (void)state;
    assert_int_equal(mrse_search_exposure(&search, &base, MRSE_KIND_DBDT_PEAK, &now, why), MRSE_OK);
    assert_true(now.v > 0.0);
    limit.value.v = 0.6 * now.v;
    assert_int_equal(mrse_search_run(&search, &r), MRSE_OK);
    assert_true(r.n_front > 0);
    for (size_t i = 0; i < r.n_front; i++) {
        assert_true(r.front[i].after[MRSE_SEARCH_SLEW] < 0.6);
        assert_true(r.front[i].protocol->te.v > base.te.v);
        assert_rel(r.front[i].protocol->b_value.v, base.b_value.v, 1e-12);
        assert_rel(r.front[i].after[MRSE_SEARCH_REFOCUSING], MRSE_PI, 1e-12);
    }
    mrse_search_result_clear(&r);
    search.system = NULL;
    assert_int_equal(mrse_search_run(&search, &r), MRSE_OK);
    assert_int_equal(r.n_front, 0);
    assert_non_null(strstr(r.reason, "cannot be told"));
    mrse_search_result_clear(&r);
}

static void run__unverified_or_unknown__is_never_met(void **state)
{
    mrse_protocol base = protocols_tse();
    mrse_limit limit = at_most(LIMIT_T, MRSE_KIND_B1_RMS);
    mrse_search search = {.base = &base, .limit = &limit, .n_limits = 1};
    mrse_search_result r;

    (void)state;
    keep_all(&search);
    search.range[MRSE_SEARCH_TR].kept = false;
    assert_int_equal(mrse_search_run(&search, &r), MRSE_OK);
    assert_true(r.n_front > 0);
    mrse_search_result_clear(&r);
    base.pulse[1].flip.origin = MRSE_ORIGIN_UNVERIFIED;
    assert_int_equal(mrse_search_run(&search, &r), MRSE_OK);
    assert_int_equal(r.n_front, 0);
    mrse_search_result_clear(&r);
    base = protocols_tse();
    base.pulse[1].has_shape = false;
    assert_int_equal(mrse_search_run(&search, &r), MRSE_OK);
    assert_int_equal(r.n_front, 0);
    assert_non_null(strstr(r.reason, "cannot be told"));
    mrse_search_result_clear(&r);
    base = protocols_tse();
    limit = at_most(100.0, MRSE_KIND_SAR_WHOLE_BODY);
    limit.value.kind = MRSE_KIND_SAR_UNSPECIFIED;
    assert_int_equal(mrse_search_run(&search, &r), MRSE_OK);
    assert_int_equal(r.n_front, 0);
    mrse_search_result_clear(&r);
}

static void run__image_not_known__ranks_by_time_and_says_so(void **state)
{
    mrse_protocol base = protocols_tse();
    const mrse_limit limit = at_most(LIMIT_T, MRSE_KIND_B1_RMS);
    const mrse_search search = {.base = &base, .limit = &limit, .n_limits = 1};
    mrse_search_result r;

    (void)state;
    base.fov_read = mrse_value_missing(MRSE_KIND_LENGTH);
    assert_int_equal(mrse_search_run(&search, &r), MRSE_OK);
    assert_int_equal(r.n_front, 1);
    assert_true(isnan(r.front[0].snr.v));
    assert_non_null(strstr(r.reason, "fov_read"));
    mrse_search_result_clear(&r);
}

static void run__bad_arguments__refused(void **state)
{
    const mrse_protocol base = protocols_tse();
    const mrse_limit limit = at_most(LIMIT_T, MRSE_KIND_B1_RMS);
    const mrse_image_choice no_tissue = {.tissue = {"unobtainium"}, .n_tissues = 1};
    mrse_search search = {.base = &base, .limit = &limit, .n_limits = 1};
    mrse_search_result r;

    (void)state;
    assert_int_equal(mrse_search_run(NULL, &r), MRSE_ERR_ARG);
    assert_int_equal(mrse_search_run(&search, NULL), MRSE_ERR_ARG);
    search.n_limits = 0;
    assert_int_equal(mrse_search_run(&search, &r), MRSE_ERR_ARG);
    search.n_limits = 1;
    search.range[MRSE_SEARCH_TR] = (mrse_search_range){.low = 5.0, .high = 4.0};
    assert_int_equal(mrse_search_run(&search, &r), MRSE_ERR_ARG);
    search.range[MRSE_SEARCH_TR] = (mrse_search_range){.low = 4.0, .high = 16.0, .steps = 60};
    search.range[MRSE_SEARCH_REFOCUSING] =
        (mrse_search_range){.low = 1.0, .high = 3.0, .steps = 60};
    assert_int_equal(mrse_search_run(&search, &r), MRSE_ERR_LIMIT);
    search.range[MRSE_SEARCH_REFOCUSING] = search.range[MRSE_SEARCH_TR] = (mrse_search_range){0};
    search.choice = &no_tissue;
    assert_int_equal(mrse_search_run(&search, &r), MRSE_ERR_RANGE);
    assert_null(r.front);
}

static mrse_status work(void *context)
{
    static const struct {
        mrse_search_parameter parameter;
        double v;
    } fixed[] = {{MRSE_SEARCH_ETL, 16.0},
                 {MRSE_SEARCH_REFOCUSING, MRSE_PI},
                 {MRSE_SEARCH_CONCATENATIONS, 1.0},
                 {MRSE_SEARCH_RF_DURATION, 1.0},
                 {MRSE_SEARCH_BANDWIDTH, 200.0}};
    const mrse_protocol base = protocols_tse();
    const mrse_limit limit = at_most(*(double *)context, MRSE_KIND_B1_RMS);
    mrse_search search = {.base = &base, .limit = &limit, .n_limits = 1};
    mrse_search_result r;
    mrse_status status;

    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) /* TR moves, averages are kept */
        search.range[fixed[i].parameter] =
            (mrse_search_range){.low = fixed[i].v, .high = fixed[i].v, .steps = 1};
    search.range[MRSE_SEARCH_TR] = (mrse_search_range){.low = 8.0, .high = 16.0, .steps = 2};
    search.range[MRSE_SEARCH_AVERAGES] = (mrse_search_range){.kept = true};
    status = mrse_search_run(&search, &r);
    if (status == MRSE_OK)
        mrse_search_result_clear(&r);
    return status;
}

static void run__no_memory__says_so_and_leaks_nothing(void **state)
{
    double met = 3e-6, not_met = 1e-7;

    (void)state;
    assert_true(oom_exhaust(work, &met) > 10);
    assert_true(oom_exhaust(work, &not_met) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameter_text__every_parameter__reads_back),
        cmocka_unit_test(range_of__tse__as_documented),
        cmocka_unit_test(modified__longer_pulses__lengthen_the_echo_spacing),
        cmocka_unit_test(modified__slower_gradients__lengthen_te_and_echo_spacing),
        cmocka_unit_test(modified__refocusing_of_a_train__scales_every_angle),
        cmocka_unit_test(modified__what_cannot_be__says_why),
        cmocka_unit_test(exposure__console_states_b1__carries_it_along),
        cmocka_unit_test(run__tse_with_b1_limit__front_that_exhaustion_cannot_beat),
        cmocka_unit_test(run__all_kept__says_which_limit_and_which_parameter),
        cmocka_unit_test(run__kept_parameters__stay),
        cmocka_unit_test(run__dbdt_that_no_setting_changes__is_told),
        cmocka_unit_test(run__dwi_with_dbdt_limit__slows_the_gradients),
        cmocka_unit_test(run__unverified_or_unknown__is_never_met),
        cmocka_unit_test(run__image_not_known__ranks_by_time_and_says_so),
        cmocka_unit_test(run__bad_arguments__refused),
        cmocka_unit_test(run__no_memory__says_so_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
