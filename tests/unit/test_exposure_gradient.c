/* Gradient exposure: each definition of slew on lines drawn by hand, rotation, rms, stimulation.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/gradient_exposure.h"

#include "mrse/b1.h"
#include "pulseq_support.h"
#include "support/oom.h"

#define GAMMA MRSE_GAMMA_PULSEQ_HZ_T

static mrse_gradient_exposure compute(const char *text)
{
    static const mrse_gradient_options options = {
        .gamma_Hz_T = GAMMA, .safe = {&mrse_safe_example_peripheral}, .n_safe = 1};
    mrse_pulseq *s = pulseq_read(text);
    mrse_gradient_exposure g;

    assert_int_equal(mrse_gradient_compute(s, &options, &g), MRSE_OK);
    mrse_pulseq_free(s);
    return g;
}

/* 10 mT/m in 100 us on x; -20 mT/m in 200 us on y, delayed by 30 us. */
static const char traps[] =
    PULSEQ_HEAD_15 "[BLOCKS]\n1 100 0 1 2 0 0 0\n2 20 0 0 0 0 0 0\n"
                   "[TRAP]\n1 425760 100 300 100 0\n2 -851520 200 100 200 30\n";

static void gradient_compute__trapezoids__have_their_slopes(void **state)
{
    mrse_gradient_exposure g = compute(traps);

    (void)state;
    assert_rel(g.amplitude_T_m[0], 10e-3, 1e-14);
    assert_rel(g.amplitude_T_m[1], 20e-3, 1e-14);
    assert_abs(g.amplitude_T_m[2], 0.0, 0.0);
    for (int a = 0; a < 2; a++) {
        assert_rel(g.slew_event_T_m_s[a], 100.0, 1e-13);
        assert_rel(g.slew_merged_T_m_s[a], 100.0, 1e-13);
        assert_rel(g.slew_raster_T_m_s[a], 100.0, 1e-13);
        assert_abs(g.slew_junction_T_m_s[a], 0.0, 0.0);
        assert_abs(g.step_T_m[a], 0.0, 0.0);
    }
    assert_rel(g.slew_raster_norm_T_m_s, 100.0 * sqrt(2.0), 1e-12); /* 30..100 us */
    assert_rel(g.rms_T_m[0], 10e-3 * sqrt((300.0 + 200.0 / 3.0) / 1200.0), 1e-12);
    assert_rel(g.raster_s, 1e-5, 1e-15);
    assert_true(isnan(g.convolution.peak)); /* not asked for */
    assert_true(g.safe[0].peak > 0.1 && g.safe[0].n == 120);
}

static void gradient_compute__one_raster_ramp__differs_by_definition(void **state)
{
    /* 5 mT/m in 10 us: between centres only half of it is seen at a time */
    mrse_gradient_exposure g =
        compute(PULSEQ_HEAD_15 "[BLOCKS]\n1 100 0 1 0 0 0 0\n[TRAP]\n1 212880 10 300 10 0\n");

    (void)state;
    assert_rel(g.slew_event_T_m_s[0], 500.0, 1e-13);
    assert_rel(g.slew_raster_T_m_s[0], 250.0, 1e-12);
}

static void gradient_compute__blocks_that_do_not_meet__show_a_junction(void **state)
{
    /* a shaped gradient from 0 to 4 mT/m, then one that begins at 3 mT/m and ends at 0 */
    static const char text[] = PULSEQ_HEAD_15
        "[BLOCKS]\n1 4 0 1 0 0 0 0\n2 4 0 2 0 0 0 0\n"
        "[GRADIENTS]\n1 170304 0 170304 1 2 0\n2 127728 127728 0 3 2 0\n"
        "[SHAPES]\nshape_id 1\nnum_samples 2\n0\n1\nshape_id 2\nnum_samples 2\n0\n4\n"
        "shape_id 3\nnum_samples 2\n1\n0\n";
    mrse_gradient_exposure g = compute(text);

    (void)state;
    assert_rel(g.slew_event_T_m_s[0], 100.0, 1e-13);
    assert_rel(g.slew_junction_T_m_s[0], 100.0, 1e-12); /* 1 mT/m in 10 us */
    assert_rel(g.slew_merged_T_m_s[0], 100.0, 1e-12);   /* 4 to 0 in 40 us: the second start goes */
    /* centres at 3.5 and at 2.625 mT/m */
    assert_rel(g.slew_raster_T_m_s[0], 100.0, 1e-12);
}

static void gradient_compute__regular_shape__has_edges_of_half_a_raster(void **state)
{
    /* samples 1 2 2 1 mT/m at 5, 15, 25, 35 us; ends stated as 0 */
    static const char text[] =
        PULSEQ_HEAD_15 "[BLOCKS]\n1 6 0 0 0 1 0 0\n[GRADIENTS]\n1 85152 0 0 1 0 0\n"
                       "[SHAPES]\nshape_id 1\nnum_samples 4\n0.5\n1\n1\n0.5\n";
    char *half = pulseq_changed(text, "1 85152 0 0 1 0 0", "1 85152 0 0 1 -1 0");
    mrse_gradient_exposure g = compute(text);

    (void)state;
    assert_rel(g.amplitude_T_m[2], 2e-3, 1e-14);
    assert_rel(g.slew_event_T_m_s[2], 200.0, 1e-12); /* 1 mT/m in 5 us */
    assert_rel(g.slew_raster_T_m_s[2], 100.0, 1e-12);
    /* every half raster: at 5, 10, 15, 20 us */
    g = compute(half);
    assert_rel(g.slew_event_T_m_s[2], 200.0, 1e-12);
    assert_rel(g.slew_raster_T_m_s[2], 200.0, 1e-12); /* 1, 2, 0 mT/m at 5, 15, 25 us */
    free(half);
}

static void gradient_compute__first_value_of_old_files__continues_the_channel(void **state)
{
    static const char text[] =
        "[VERSION]\nmajor 1\nminor 4\nrevision 0\n[DEFINITIONS]\nBlockDurationRaster 1e-05\n"
        "GradientRasterTime 1e-05\nRadiofrequencyRasterTime 1e-06\n"
        "[BLOCKS]\n1 2 0 1 0 0 0 0\n2 2 0 1 0 0 0 0\n"
        "[GRADIENTS]\n1 42576 1 0 0\n[SHAPES]\nshape_id 1\nnum_samples 2\n1\n1.5\n";
    mrse_gradient_exposure g = compute(text);

    (void)state;
    /* 1 and 1.5 mT/m, so 1.75 at the end; the next begins there: to 1 mT/m in 5 us */
    assert_rel(g.slew_event_T_m_s[0], 200.0, 1e-12); /* the first block: 0 to 1 in 5 us */
    assert_abs(g.slew_junction_T_m_s[0], 0.0, 1e-12);
    assert_rel(g.amplitude_T_m[0], 1.75e-3, 1e-12);
}

static void gradient_compute__jump_within_a_block__is_a_step(void **state)
{
    /* ends at 2 mT/m, 10 us before its block does */
    static const char text[] = PULSEQ_HEAD_15
        "[BLOCKS]\n1 5 0 1 0 0 0 0\n[GRADIENTS]\n1 85152 0 85152 1 2 0\n"
        "[SHAPES]\nshape_id 1\nnum_samples 2\n0\n1\nshape_id 2\nnum_samples 2\n0\n4\n";
    mrse_gradient_exposure g = compute(text);

    (void)state;
    assert_rel(g.step_T_m[0], 2e-3, 1e-14);
    assert_rel(g.slew_event_T_m_s[0], 50.0, 1e-12);
    assert_rel(g.slew_raster_T_m_s[0], 175.0, 1e-12); /* 1.75 mT/m at 35 us, 0 at 45 us */
}

static void gradient_compute__rotation__turns_the_axes(void **state)
{
    char *blocks = pulseq_changed(traps, "1 100 0 1 2 0 0 0", "1 100 0 1 2 0 0 1");
    char *text = pulseq_changed(blocks, "[TRAP]",
                                "[EXTENSIONS]\n1 1 1 0\nextension ROTATIONS 1\n"
                                "1 0.70710678118654752 0 0.70710678118654752 0\n[TRAP]");
    mrse_gradient_exposure g = compute(text), flat = compute(traps);

    (void)state;
    /* 90 degrees about y: x goes to -z, y stays */
    assert_abs(g.amplitude_T_m[0], 0.0, 1e-17);
    assert_rel(g.amplitude_T_m[1], 20e-3, 1e-14);
    assert_rel(g.amplitude_T_m[2], 10e-3, 1e-14);
    assert_rel(g.slew_event_T_m_s[2], 100.0, 1e-12);
    assert_rel(g.slew_raster_norm_T_m_s, flat.slew_raster_norm_T_m_s, 1e-12);
    free(blocks);
    free(text);
}

static void gradient_compute__no_gradients__is_zero(void **state)
{
    mrse_gradient_exposure g = compute(PULSEQ_HEAD_15 "[BLOCKS]\n1 100000 0 0 0 0 0 0\n");

    (void)state;
    assert_abs(g.safe[0].peak, 0.0, 0.0);
    assert_abs(g.slew_raster_norm_T_m_s, 0.0, 0.0);
    assert_int_equal(g.safe[0].n, 100000);
}

static void gradient_compute__misuse__is_refused(void **state)
{
    mrse_gradient_options options = {.gamma_Hz_T = GAMMA};
    mrse_safe_hardware broken = mrse_safe_example_cardiac;
    mrse_pulseq *s = pulseq_read(traps);
    mrse_gradient_exposure g;

    (void)state;
    assert_int_equal(mrse_gradient_compute(NULL, &options, &g), MRSE_ERR_ARG);
    assert_int_equal(mrse_gradient_compute(s, NULL, &g), MRSE_ERR_ARG);
    assert_int_equal(mrse_gradient_compute(s, &options, NULL), MRSE_ERR_ARG);
    options.gamma_Hz_T = (double)NAN;
    assert_int_equal(mrse_gradient_compute(s, &options, &g), MRSE_ERR_ARG);
    options.gamma_Hz_T = GAMMA;
    broken.axis[0].limit_T_m_s = 0.0;
    options.safe[0] = &broken;
    options.n_safe = 1;
    assert_int_equal(mrse_gradient_compute(s, &options, &g), MRSE_ERR_ARG);
    options.n_safe = 0;
    s->duration_ns = 1e19;
    assert_int_equal(mrse_gradient_compute(s, &options, &g), MRSE_ERR_LIMIT);
    mrse_pulseq_free(s);
}

static mrse_status work(void *context)
{
    mrse_gradient_options options = {.gamma_Hz_T = GAMMA, .coil = mrse_gradient_coil_find("xrm")};
    mrse_gradient_exposure g;

    return mrse_gradient_compute(context, &options, &g);
}

static void gradient_compute__out_of_memory__is_reported(void **state)
{
    char *blocks = pulseq_changed(traps, "1 100 0 1 2 0 0 0", "1 100 0 1 2 0 0 1");
    char *text = pulseq_changed(blocks, "[TRAP]",
                                "[EXTENSIONS]\n1 1 1 0\nextension ROTATIONS 1\n1 0 1 0 0\n[TRAP]");
    mrse_pulseq *s = pulseq_read(text);

    (void)state;
    assert_true(oom_exhaust(work, s) >= 8);
    mrse_pulseq_free(s);
    free(blocks);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gradient_compute__trapezoids__have_their_slopes),
        cmocka_unit_test(gradient_compute__one_raster_ramp__differs_by_definition),
        cmocka_unit_test(gradient_compute__blocks_that_do_not_meet__show_a_junction),
        cmocka_unit_test(gradient_compute__regular_shape__has_edges_of_half_a_raster),
        cmocka_unit_test(gradient_compute__first_value_of_old_files__continues_the_channel),
        cmocka_unit_test(gradient_compute__jump_within_a_block__is_a_step),
        cmocka_unit_test(gradient_compute__rotation__turns_the_axes),
        cmocka_unit_test(gradient_compute__no_gradients__is_zero),
        cmocka_unit_test(gradient_compute__misuse__is_refused),
        cmocka_unit_test(gradient_compute__out_of_memory__is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
