/* What a change of a protocol does to the image, against hand calculation and the functions below.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/protocol_image.h"

#include <string.h>

#include "mrse/mrse.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/protocols.h"

static const mrse_image_row *row_of(const mrse_image_effect *e, mrse_image_quantity q, size_t nth)
{
    for (size_t i = 0; i < e->n_rows; i++)
        if (e->row[i].quantity == q && nth-- == 0)
            return &e->row[i];
    fail_msg("no such row");
    return NULL;
}

static mrse_image_effect effect_of(const mrse_protocol *before, const mrse_protocol *after)
{
    mrse_image_effect e;

    assert_int_equal(mrse_protocol_image_effect(before, after, NULL, &e), MRSE_OK);
    return e;
}

static void choice_of__every_region__is_in_the_table_at_both_fields(void **state)
{
    mrse_image_choice c;
    mrse_tissue t;

    (void)state;
    for (int r = MRSE_REGION_UNKNOWN; r <= MRSE_REGION_SPINE; r++) {
        mrse_image_choice_of((mrse_landmark_region)r, &c);
        assert_true(c.n_tissues > 0 && c.n_pairs > 0);
        for (size_t i = 0; i < c.n_tissues; i++) {
            assert_int_equal(mrse_tissue_find(c.tissue[i], MRSE_FIELD_1_5_T, &t), MRSE_OK);
            assert_int_equal(mrse_tissue_find(c.tissue[i], MRSE_FIELD_3_T, &t), MRSE_OK);
        }
        for (size_t i = 0; i < c.n_pairs; i++)
            assert_true(c.pair[i].a < c.n_tissues && c.pair[i].b < c.n_tissues);
    }
    mrse_image_choice_of(MRSE_REGION_HEAD, &c);
    assert_string_equal(c.tissue[c.pair[0].a], "white-matter");
    assert_string_equal(c.tissue[c.pair[0].b], "grey-matter");
    mrse_image_choice_of(MRSE_REGION_HEAD, NULL);
}

static void plan_of__tse_and_epi__as_the_console_counts(void **state)
{
    mrse_protocol p = protocols_tse();
    mrse_scan_plan plan;
    mrse_scan_time t;
    char why[MRSE_IMAGE_WHY];

    (void)state;
    p.phase_oversampling = 0.5;
    p.averages = 2.0;
    p.concatenations = 3.0;
    assert_int_equal(mrse_protocol_plan_of(&p, &plan, why), MRSE_OK);
    assert_string_equal(why, "");
    assert_int_equal(mrse_scan_time_of(&plan, &t), MRSE_OK);
    assert_rel(t.time_s, 4.0 * 24.0 * 2.0 * 3.0, 1e-12); /* 384 lines in 24 trains */
    p = protocols_dwi();
    assert_int_equal(mrse_protocol_plan_of(&p, &plan, why), MRSE_OK);
    assert_int_equal(mrse_scan_time_of(&plan, &t), MRSE_OK);
    assert_int_equal(t.trains, 1); /* EPI factor 128, 48 lines acquired */
    assert_rel(t.time_s, 24.0, 1e-12);
    p.etl = NAN;
    assert_int_equal(mrse_protocol_plan_of(&p, &plan, why), MRSE_OK);
    assert_non_null(strstr(why, "'etl'"));
    assert_int_equal(plan.lines, 0);
    assert_int_equal(mrse_protocol_plan_of(NULL, &plan, why), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_plan_of(&p, NULL, why), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_plan_of(&p, &plan, NULL), MRSE_ERR_ARG);
}

static void acquisition_of__tse__voxel_and_lines(void **state)
{
    mrse_protocol p = protocols_tse();
    mrse_acquisition a;
    char why[MRSE_IMAGE_WHY];

    (void)state;
    p.partial_phase = 0.75;
    assert_int_equal(mrse_protocol_acquisition_of(&p, &a, why), MRSE_OK);
    assert_string_equal(why, "");
    assert_rel(a.voxel_m3, 0.23 / 256.0 * 0.23 / 256.0 * 0.005, 1e-12);
    assert_rel(a.lines_pe, 192.0, 1e-12);
    assert_rel(a.g_factor, 1.0, 1e-12);
    p.bandwidth = mrse_value_missing(MRSE_KIND_FREQUENCY);
    assert_int_equal(mrse_protocol_acquisition_of(&p, &a, why), MRSE_OK);
    assert_non_null(strstr(why, "'bandwidth'"));
    assert_int_equal(mrse_protocol_acquisition_of(NULL, &a, why), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_acquisition_of(&p, NULL, why), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_acquisition_of(&p, &a, NULL), MRSE_ERR_ARG);
}

static void weighting_of__tse__centre_echo_from_te(void **state)
{
    mrse_protocol p = protocols_tse();
    mrse_protocol_weighting w;

    (void)state;
    assert_int_equal(mrse_protocol_weighting_of(&p, &w), MRSE_OK);
    assert_string_equal(w.refused, "");
    assert_int_equal(w.weighting.family, MRSE_SIGNAL_TRAIN);
    assert_int_equal(w.weighting.centre, 9);
    assert_rel(w.weighting.train.refocusing[15].flip_rad, MRSE_PI, 1e-12);
    mrse_protocol_weighting_clear(&w);
    p.centre_echo = 4.0;
    assert_int_equal(mrse_protocol_weighting_of(&p, &w), MRSE_OK);
    assert_int_equal(w.weighting.centre, 3);
    mrse_protocol_weighting_clear(&w);
    p.centre_echo = NAN;
    p.te.v = 0.3;
    assert_int_equal(mrse_protocol_weighting_of(&p, &w), MRSE_OK);
    assert_non_null(strstr(w.refused, "'te'"));
    mrse_protocol_weighting_clear(&w);
    assert_int_equal(mrse_protocol_weighting_of(NULL, &w), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_weighting_of(&p, NULL), MRSE_ERR_ARG);
    mrse_protocol_weighting_clear(NULL);
}

static void weighting_of__each_family__its_equation(void **state)
{
    static const struct {
        mrse_family family;
        mrse_signal_family signal;
    } want[] = {{MRSE_FAMILY_SE, MRSE_SIGNAL_SPIN_ECHO},
                {MRSE_FAMILY_GRE, MRSE_SIGNAL_SPOILED},
                {MRSE_FAMILY_BSSFP, MRSE_SIGNAL_BALANCED},
                {MRSE_FAMILY_EPI, MRSE_SIGNAL_SPIN_ECHO},
                {MRSE_FAMILY_DWI, MRSE_SIGNAL_SPIN_ECHO}};
    mrse_protocol p = protocols_tse();
    mrse_protocol_weighting w;

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        p.family = want[i].family;
        assert_int_equal(mrse_protocol_weighting_of(&p, &w), MRSE_OK);
        assert_string_equal(w.refused, "");
        assert_int_equal(w.weighting.family, want[i].signal);
        mrse_protocol_weighting_clear(&w);
    }
    p.n_pulses = 1; /* the excitation */
    p.family = MRSE_FAMILY_EPI;
    assert_int_equal(mrse_protocol_weighting_of(&p, &w), MRSE_OK);
    assert_int_equal(w.weighting.family, MRSE_SIGNAL_SPOILED);
    p.family = MRSE_FAMILY_SE;
    assert_int_equal(mrse_protocol_weighting_of(&p, &w), MRSE_OK);
    assert_non_null(strstr(w.refused, "refocusing"));
    p.family = MRSE_FAMILY_UNKNOWN;
    assert_int_equal(mrse_protocol_weighting_of(&p, &w), MRSE_OK);
    assert_non_null(strstr(w.refused, "'family'"));
}

static void weighting_of__inversion__needs_ti_and_refuses_mprage(void **state)
{
    mrse_protocol p = protocols_tse();
    mrse_protocol_pulse pulse[3];
    mrse_protocol_weighting w;

    (void)state;
    memcpy(pulse, p.pulse, 2 * sizeof pulse[0]);
    pulse[2] = protocols_pulse(MRSE_PULSE_INVERSION, 180.0, 5e-3, MRSE_PER_SHOT);
    p.pulse = pulse;
    p.n_pulses = 3;
    assert_int_equal(mrse_protocol_weighting_of(&p, &w), MRSE_OK);
    assert_non_null(strstr(w.refused, "'ti'"));
    p.ti = protocols_value(0.15, MRSE_KIND_TIME);
    assert_int_equal(mrse_protocol_weighting_of(&p, &w), MRSE_OK);
    assert_string_equal(w.refused, "");
    assert_rel(w.weighting.repetition.ti_s, 0.15, 1e-12);
    assert_rel(w.weighting.repetition.inversion_rad, MRSE_PI, 1e-12);
    mrse_protocol_weighting_clear(&w);
    p.family = MRSE_FAMILY_GRE;
    assert_int_equal(mrse_protocol_weighting_of(&p, &w), MRSE_OK);
    assert_non_null(strstr(w.refused, "MPRAGE"));
}

static void effect__nothing_changed__every_ratio_is_one(void **state)
{
    const mrse_protocol p = protocols_tse();
    mrse_image_effect e = effect_of(&p, &p);

    (void)state;
    for (size_t i = 0; i < e.n_rows; i++) {
        if (e.row[i].quantity == MRSE_IMAGE_SLICE) {
            assert_string_equal(e.row[i].note, "no stated pulse differs");
            continue;
        }
        assert_rel(e.row[i].ratio.v, 1.0, 1e-12);
    }
    assert_rel(row_of(&e, MRSE_IMAGE_SCAN_TIME, 0)->after.v, 64.0, 1e-12);
    assert_rel(row_of(&e, MRSE_IMAGE_ECHO_TIME, 0)->after.v, 0.1, 1e-12);
    mrse_image_effect_clear(&e);
    assert_null(e.row);
    mrse_image_effect_clear(NULL);
}

static void effect__half_bandwidth_two_averages__twice_the_snr(void **state)
{
    const mrse_protocol before = protocols_tse();
    mrse_protocol after = before;
    mrse_image_effect e;

    (void)state;
    after.bandwidth.v *= 0.5;
    after.averages = 2.0;
    e = effect_of(&before, &after);
    for (size_t i = 0; i < 3; i++) {
        const mrse_image_row *r = row_of(&e, MRSE_IMAGE_SNR, i);
        assert_rel(r->after.v, 2.0, 1e-12);
        assert_rel(r->ratio.low, 2.0, 1e-12);
        assert_rel(r->ratio.high, 2.0, 1e-12);
        assert_int_equal(r->after.origin, MRSE_ORIGIN_UNVERIFIED);
    }
    assert_rel(row_of(&e, MRSE_IMAGE_CNR, 0)->after.v, 2.0, 1e-12);
    assert_rel(row_of(&e, MRSE_IMAGE_SCAN_TIME, 0)->ratio.v, 2.0, 1e-12);
    mrse_image_effect_clear(&e);
}

static void effect__lower_refocusing__signal_of_the_train_and_blur(void **state)
{
    const mrse_protocol before = protocols_tse();
    mrse_protocol after = before;
    mrse_protocol_pulse pulse[2];
    mrse_transverse e180[16], e120[16];
    mrse_epg_pulse p180[16], p120[16];
    mrse_image_effect e;
    mrse_tissue t;

    (void)state;
    memcpy(pulse, before.pulse, sizeof pulse);
    pulse[1].flip.v = 120.0 * DEGREE;
    after.pulse = pulse;
    assert_int_equal(mrse_tissue_find("white-matter", MRSE_FIELD_1_5_T, &t), MRSE_OK);
    for (int i = 0; i < 16; i++) {
        p180[i] = (mrse_epg_pulse){MRSE_PI, 0.0};
        p120[i] = (mrse_epg_pulse){120.0 * DEGREE, 0.0};
    }
    {
        const mrse_relaxation r = {t.t1.v_s, t.t2.v_s};
        const mrse_repetition repetition = {4.0, 0.0, 0.0};
        const mrse_echo_train a = {{MRSE_PI / 2, MRSE_PI / 2}, p180, 16, 0.01, 1.0};
        const mrse_echo_train b = {{MRSE_PI / 2, MRSE_PI / 2}, p120, 16, 0.01, 1.0};
        assert_int_equal(mrse_epg_steady_train(&a, &repetition, &r, e180, NULL), MRSE_OK);
        assert_int_equal(mrse_epg_steady_train(&b, &repetition, &r, e120, NULL), MRSE_OK);
    }
    e = effect_of(&before, &after);
    assert_rel(row_of(&e, MRSE_IMAGE_SNR, 0)->after.v,
               hypot(e120[9].re, e120[9].im) / hypot(e180[9].re, e180[9].im), 1e-12);
    assert_true(row_of(&e, MRSE_IMAGE_BLUR_PX, 0)->ratio.v < 1.0); /* slower decay: sharper */
    assert_string_equal(row_of(&e, MRSE_IMAGE_BLUR_PX, 0)->unit, "px");
    assert_rel(row_of(&e, MRSE_IMAGE_BLUR, 0)->before.v,
               row_of(&e, MRSE_IMAGE_BLUR_PX, 0)->before.v * 0.23 / 256.0, 1e-12);
    assert_non_null(strstr(row_of(&e, MRSE_IMAGE_SLICE, 0)->note, "flip angle"));
    mrse_image_effect_clear(&e);
    after.order = 0;
    e = effect_of(&before, &after);
    assert_true(isnan(row_of(&e, MRSE_IMAGE_BLUR_PX, 0)->after.v));
    assert_non_null(strstr(row_of(&e, MRSE_IMAGE_BLUR_PX, 0)->note, "'order'"));
    mrse_image_effect_clear(&e);
}

static void effect__contrast_that_can_turn__says_so_plainly(void **state)
{
    const mrse_protocol before = protocols_tse();
    mrse_protocol after = before;
    const mrse_image_row *r;
    mrse_image_effect e;

    (void)state;
    after.tr.v = 5.0;
    e = effect_of(&before, &after);
    r = row_of(&e, MRSE_IMAGE_CNR, 0); /* white and grey matter: their published T2 overlap */
    assert_true(r->turns);
    assert_true(isinf(r->ratio.high));
    assert_non_null(strstr(r->note, "may vanish or turn round"));
    assert_true(isfinite(r->after.v));
    assert_true(isnan(r->after.u));
    r = row_of(&e, MRSE_IMAGE_CNR, 1); /* white matter and fluid: they do not */
    assert_false(r->turns);
    assert_true(isfinite(r->ratio.high));
    r = row_of(&e, MRSE_IMAGE_CONTRAST, 1);
    assert_true(r->before.v < 0.0);
    assert_true(r->before_range.low <= r->before.v && r->before.v <= r->before_range.high);
    mrse_image_effect_clear(&e);
}

static void effect__console_states_another_time__says_so(void **state)
{
    mrse_protocol p = protocols_tse();
    mrse_image_effect e;

    (void)state;
    p.reported.scan_time = protocols_value(66.0, MRSE_KIND_TIME);
    e = effect_of(&p, &p);
    assert_string_equal(row_of(&e, MRSE_IMAGE_SCAN_TIME, 0)->note, "");
    mrse_image_effect_clear(&e);
    p.reported.scan_time.v = 75.0;
    e = effect_of(&p, &p);
    assert_non_null(strstr(row_of(&e, MRSE_IMAGE_SCAN_TIME, 0)->note, "75.00 s"));
    assert_non_null(strstr(row_of(&e, MRSE_IMAGE_SCAN_TIME, 0)->note, "64.00 s"));
    mrse_image_effect_clear(&e);
}

static void effect__dwi__distortion_te_and_what_is_not_known(void **state)
{
    const mrse_protocol before = protocols_dwi();
    mrse_protocol after = before;
    const mrse_image_row *r;
    mrse_image_effect e;
    mrse_tissue t;

    (void)state;
    after.esp.v *= 1.25;
    after.te.v = 0.1;
    assert_int_equal(mrse_tissue_find("white-matter", MRSE_FIELD_1_5_T, &t), MRSE_OK);
    e = effect_of(&before, &after);
    r = row_of(&e, MRSE_IMAGE_DISTORTION, 0);
    assert_rel(r->before.v, 0.7e-3 * 128.0 / 2.0, 1e-12);
    assert_rel(r->ratio.v, 1.25, 1e-12);
    assert_string_equal(r->unit, "px/Hz");
    r = row_of(&e, MRSE_IMAGE_SNR, 0);
    assert_rel(r->after.v, exp(-0.02 / t.t2.v_s), 1e-3); /* TR >> T1 */
    assert_non_null(strstr(r->note, "b-value"));
    r = row_of(&e, MRSE_IMAGE_T2STAR_BLUR, 0);
    assert_true(isnan(r->after.v) && r->note[0]);
    mrse_image_effect_clear(&e);
    after.b_value.v *= 0.5;
    e = effect_of(&before, &after);
    assert_true(isnan(row_of(&e, MRSE_IMAGE_SNR, 0)->after.v));
    assert_non_null(strstr(row_of(&e, MRSE_IMAGE_SNR, 0)->note, "'b_value'"));
    mrse_image_effect_clear(&e);
}

static void effect__nothing_stated__rows_with_reasons(void **state)
{
    const mrse_protocol p = protocols_blank();
    mrse_image_effect e = effect_of(&p, &p);

    (void)state;
    assert_true(e.n_rows > 10);
    for (size_t i = 0; i < e.n_rows; i++) {
        assert_true(isnan(e.row[i].before.v) && isnan(e.row[i].after.v));
        assert_true(isnan(e.row[i].ratio.v));
        assert_true(e.row[i].note[0] != '\0');
    }
    mrse_image_effect_clear(&e);
}

static void effect__bad_arguments__refused(void **state)
{
    const mrse_protocol p = protocols_tse();
    mrse_image_choice c = {.tissue = {"fat"}, .n_tissues = 1, .pair = {{0, 1}}, .n_pairs = 1};
    mrse_image_effect e;

    (void)state;
    assert_int_equal(mrse_protocol_image_effect(NULL, &p, NULL, &e), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_image_effect(&p, NULL, NULL, &e), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_image_effect(&p, &p, NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_image_effect(&p, &p, &c, &e), MRSE_ERR_ARG);
    c.n_pairs = 0;
    c.tissue[0] = "prostate"; /* at 3 T only */
    assert_int_equal(mrse_protocol_image_effect(&p, &p, &c, &e), MRSE_ERR_RANGE);
    assert_null(e.row);
}

static mrse_status work(void *context)
{
    const mrse_protocol p = protocols_tse();
    mrse_image_effect e;
    mrse_status status = mrse_protocol_image_effect(&p, &p, context, &e);

    if (status == MRSE_OK)
        mrse_image_effect_clear(&e);
    return status;
}

static void effect__no_memory__says_so_and_leaks_nothing(void **state)
{
    mrse_image_choice c = {.tissue = {"fat"}, .n_tissues = 1};

    (void)state;
    assert_true(oom_exhaust(work, &c) > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(choice_of__every_region__is_in_the_table_at_both_fields),
        cmocka_unit_test(plan_of__tse_and_epi__as_the_console_counts),
        cmocka_unit_test(acquisition_of__tse__voxel_and_lines),
        cmocka_unit_test(weighting_of__tse__centre_echo_from_te),
        cmocka_unit_test(weighting_of__each_family__its_equation),
        cmocka_unit_test(weighting_of__inversion__needs_ti_and_refuses_mprage),
        cmocka_unit_test(effect__nothing_changed__every_ratio_is_one),
        cmocka_unit_test(effect__half_bandwidth_two_averages__twice_the_snr),
        cmocka_unit_test(effect__lower_refocusing__signal_of_the_train_and_blur),
        cmocka_unit_test(effect__contrast_that_can_turn__says_so_plainly),
        cmocka_unit_test(effect__console_states_another_time__says_so),
        cmocka_unit_test(effect__dwi__distortion_te_and_what_is_not_known),
        cmocka_unit_test(effect__nothing_stated__rows_with_reasons),
        cmocka_unit_test(effect__bad_arguments__refused),
        cmocka_unit_test(effect__no_memory__says_so_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
