/* Gradients of protocols: slew rates that are and are not known, the laws against published figures,
 * the models against closed forms of single filters. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/protocol_gradient.h"

#include <string.h>

#include "support/close.h"
#include "support/oom.h"

enum { LOBES = 4 };

static mrse_protocol protocol;
static mrse_protocol_lobe lobes[LOBES];
static mrse_gradient_use use;

static mrse_value stated(double v, mrse_kind kind)
{
    mrse_value value = mrse_value_missing(kind);

    value.v = v;
    value.u = 0;
    value.origin = MRSE_ORIGIN_CONSOLE;
    value.basis = MRSE_BASIS_DECLARED;
    return value;
}

static mrse_gradient_system nothing(void)
{
    const mrse_value missing = mrse_value_missing(MRSE_KIND_LENGTH);

    return (mrse_gradient_system){.amplitude = stated(0.08, MRSE_KIND_GRADIENT),
                                  .slew = stated(200, MRSE_KIND_SLEW_SYSTEM),
                                  .dbdt_max = missing,
                                  .linear_radius = missing,
                                  .linear_half_length = missing,
                                  .reference_radius = missing,
                                  .rheobase = missing,
                                  .chronaxie = missing};
}

static mrse_gradient_system with_alpha(double alpha_m)
{
    mrse_gradient_system system = nothing();

    system.reference_radius = stated(alpha_m, MRSE_KIND_LENGTH);
    return system;
}

static void begin(void)
{
    const mrse_value missing = mrse_value_missing(MRSE_KIND_NONE);

    memset(&protocol, 0, sizeof protocol);
    protocol.lobe = lobes;
    protocol.gradient_amplitude = protocol.gradient_slew = missing;
    protocol.reported.slew = protocol.reported.gradient = missing;
}

static mrse_protocol_lobe *add(mrse_gradient_axis axis, double amplitude_T_m, double slew_T_m_s)
{
    mrse_protocol_lobe *lobe = &lobes[protocol.n_lobes++];

    *lobe = (mrse_protocol_lobe){.axis = axis,
                                 .amplitude = stated(amplitude_T_m, MRSE_KIND_GRADIENT),
                                 .slew = stated(slew_T_m_s, MRSE_KIND_SLEW_SEQUENCE),
                                 .ramp = mrse_value_missing(MRSE_KIND_TIME),
                                 .flat = mrse_value_missing(MRSE_KIND_TIME),
                                 .alternating = 1};
    return lobe;
}

static void run(const mrse_gradient_system *system)
{
    assert_int_equal(mrse_protocol_gradient(system, &protocol, &use), MRSE_OK);
}

static void is_missing(const mrse_gradient_figure *figure, const char *words)
{
    assert_true(isnan(figure->value.v));
    assert_int_equal(figure->value.origin, MRSE_ORIGIN_UNVERIFIED);
    if (!strstr(figure->note, words))
        print_error("'%s' says nothing of '%s'\n", figure->note, words);
    assert_non_null(strstr(figure->note, words));
}

/* --- Slew rates ----------------------------------------------------------------------------------- */

static void protocol_gradient__lobes_on_all_axes__give_the_largest_of_each(void **state)
{
    const mrse_gradient_system system = nothing();

    (void)state;
    begin();
    add(MRSE_GRADIENT_X, 0.03, 150);
    add(MRSE_GRADIENT_X, 0.01, 90);
    add(MRSE_GRADIENT_Y, 0.02, 80);
    add(MRSE_GRADIENT_Z, 0.04, (double)NAN)->ramp = stated(0.4e-3, MRSE_KIND_TIME);
    run(&system);
    assert_rel(use.slew[0].v, 150, 1e-15);
    assert_rel(use.slew[1].v, 80, 1e-15);
    assert_rel(use.slew[2].v, 100, 1e-15);
    assert_rel(use.slew_max.value.v, 150, 1e-15);
    assert_int_equal(use.slew_max.value.kind, MRSE_KIND_SLEW_SEQUENCE);
    assert_rel(use.amplitude.value.v, 0.04, 1e-15);
    assert_rel(use.stimulus.value.v, 0.4e-3, 1e-14);
    assert_string_equal(use.slew_max.value.src, "protocol-slew");
    is_missing(&use.slew_rms_of, "how often");
}

static void protocol_gradient__lobe_on_any_axis__counts_on_all(void **state)
{
    (void)state;
    begin();
    add(MRSE_GRADIENT_ANY, 0.03, 120);
    add(MRSE_GRADIENT_Z, 0.03, 160);
    run(NULL);
    assert_rel(use.slew[0].v, 120, 0);
    assert_rel(use.slew[1].v, 120, 0);
    assert_rel(use.slew[2].v, 160, 0);
    is_missing(&use.dbdt, "no scanner");
}

static void protocol_gradient__axis_without_lobe__is_not_known(void **state)
{
    const mrse_gradient_system system = with_alpha(0.333);

    (void)state;
    begin();
    add(MRSE_GRADIENT_X, 0.03, 150);
    add(MRSE_GRADIENT_Y, 0.03, 150);
    run(&system);
    assert_rel(use.slew[0].v, 150, 0);
    assert_true(isnan(use.slew[2].v));
    is_missing(&use.slew_max, "no lobe is listed on some axis");
    is_missing(&use.dbdt, "slew rate");
}

static void protocol_gradient__nothing_stated__never_takes_the_rating(void **state)
{
    const mrse_gradient_system system = with_alpha(0.333);

    (void)state;
    begin();
    run(&system);
    is_missing(&use.slew_max, "rating");
    is_missing(&use.amplitude, "no amplitude");
    is_missing(&use.peripheral, "neither");
    is_missing(&use.safe, "no lobes");
}

static void protocol_gradient__largest_slew_stated__holds_for_all_axes(void **state)
{
    const mrse_gradient_system system = with_alpha(0.333);

    (void)state;
    begin();
    protocol.gradient_slew = stated(120, MRSE_KIND_SLEW_SEQUENCE);
    protocol.reported.slew = stated(125, MRSE_KIND_SLEW_SEQUENCE);
    run(&system);
    for (int k = 0; k < 3; k++)
        assert_rel(use.slew[k].v, 125, 0);
    assert_int_equal(use.slew_max.value.basis, MRSE_BASIS_DECLARED);
    assert_int_equal(use.slew_max.value.kind, MRSE_KIND_SLEW_SEQUENCE);
    /* sqrt(8/7) alpha sqrt(3) s */
    assert_rel(use.dbdt.value.v, sqrt(24.0 / 7) * 0.333 * 125, 1e-12);
    is_missing(&use.peripheral, "ramp is not known");
    protocol.gradient_amplitude = stated(0.025, MRSE_KIND_GRADIENT);
    run(&system);
    assert_rel(use.stimulus.value.v, 0.4e-3, 1e-12); /* -G to +G: 50 mT/m at 125 T/m/s */
    assert_rel(use.peripheral.value.v, 0.333 * 125 / 38, 1e-12);
    is_missing(&use.safe, "no lobes");
}

static void protocol_gradient__stated_more_than_listed__is_a_lobe_not_listed(void **state)
{
    (void)state;
    begin();
    add(MRSE_GRADIENT_X, 0.03, 150);
    protocol.gradient_slew = stated(150, MRSE_KIND_SLEW_SEQUENCE);
    run(NULL);
    assert_rel(use.slew[0].v, 150, 0);
    assert_rel(use.slew[2].v, 150, 0); /* nothing is listed there, but no more than this */
    protocol.gradient_slew = stated(180, MRSE_KIND_SLEW_SEQUENCE);
    run(NULL);
    assert_rel(use.slew[0].v, 180, 0); /* the steepest is none of the listed: it may be here */
    assert_rel(use.slew_max.value.v, 180, 0);
    is_missing(&use.stimulus, "ramp is not known");
}

static void protocol_gradient__lobe_without_slew__leaves_all_open(void **state)
{
    (void)state;
    begin();
    add(MRSE_GRADIENT_ANY, 0.03, 150);
    add(MRSE_GRADIENT_X, 0.03, (double)NAN);
    run(NULL);
    assert_true(isnan(use.slew[1].v));
    is_missing(&use.slew_max, "neither a slew rate");
    protocol.gradient_slew = stated(170, MRSE_KIND_SLEW_SEQUENCE);
    run(NULL);
    assert_rel(use.slew_max.value.v, 170, 0);
}

static void protocol_gradient__uncertain_lobe__is_propagated(void **state)
{
    const mrse_gradient_system system = with_alpha(0.333);
    mrse_protocol_lobe *lobe;

    (void)state;
    begin();
    lobe = add(MRSE_GRADIENT_ANY, 0.03, (double)NAN);
    lobe->amplitude.u = 0.003;
    lobe->ramp = stated(0.3e-3, MRSE_KIND_TIME);
    lobe->ramp.u = 0.06e-3;
    lobe->ramp.origin = MRSE_ORIGIN_ASSUMED;
    run(&system);
    assert_rel(use.slew_max.value.u, 100 * hypot(0.1, 0.2), 1e-12);
    assert_int_equal(use.slew_max.value.origin, MRSE_ORIGIN_ASSUMED);
    assert_rel(use.dbdt.value.u / use.dbdt.value.v, hypot(0.1, 0.2), 1e-12);
    assert_int_equal(use.dbdt.value.origin, MRSE_ORIGIN_ASSUMED);
    assert_rel(use.peripheral.value.u / use.peripheral.value.v, hypot(0.1, 0.2), 1e-12);
}

/* --- Laws ----------------------------------------------------------------------------------------- */

/* M. Klein, mrm.ismrm.org/t/503: at 0.45 ms, 1.66 kT/s is eleven times the cardiac limit. */
static void protocol_gradient__klein__is_eleven_times_the_cardiac_limit(void **state)
{
    const mrse_gradient_system system = with_alpha(1.0);

    (void)state;
    begin();
    add(MRSE_GRADIENT_X, 1660 * 0.45e-3, 1660);
    add(MRSE_GRADIENT_Y, 1e-9, 1e-3);
    add(MRSE_GRADIENT_Z, 1e-9, 1e-3);
    run(&system);
    assert_abs(use.cardiac.value.v, 11.56, 0.005);
    assert_true(floor(use.cardiac.value.v) == 11);
    assert_int_equal(use.cardiac.value.origin, MRSE_ORIGIN_UNVERIFIED);
}

static void protocol_gradient__law__counts_the_change_between_alternating_lobes(void **state)
{
    mrse_gradient_system system = with_alpha(0.333);

    (void)state;
    begin();
    /* 0.36 ms of ramp: the threshold is twice the rheobase, 40 T/s */
    add(MRSE_GRADIENT_ANY, 0.036, 100);
    run(&system);
    assert_rel(use.peripheral.value.v, 33.3 / 40, 1e-12);
    assert_rel(use.normal.value.v, 33.3 / 32, 1e-12);
    assert_int_equal(use.peripheral.value.origin, MRSE_ORIGIN_UNVERIFIED);
    assert_non_null(strstr(use.peripheral.note, "not read"));
    /* alternating, 0.18 ms each way: the same change */
    lobes[0].amplitude.v = 0.018;
    lobes[0].alternating = 64;
    run(&system);
    assert_rel(use.stimulus.value.v, 0.36e-3, 1e-12);
    assert_rel(use.peripheral.value.v, 33.3 / 40, 1e-12);
    /* the scanner's own constants, of its own origin; the share of the normal mode stays IEC's */
    system.rheobase = stated(30, MRSE_KIND_DBDT_PEAK);
    system.chronaxie = stated(0.72e-3, MRSE_KIND_TIME);
    run(&system);
    assert_rel(use.peripheral.value.v, 33.3 / 90, 1e-12);
    assert_int_equal(use.peripheral.value.origin, MRSE_ORIGIN_COMPUTED);
    assert_int_equal(use.normal.value.origin, MRSE_ORIGIN_UNVERIFIED);
}

static void protocol_gradient__several_axes__add_as_squares(void **state)
{
    const mrse_gradient_system system = with_alpha(0.4);

    (void)state;
    begin();
    add(MRSE_GRADIENT_X, 0.036, 75 / 0.75); /* each 0.36 ms: shares 1.0, 0.75 */
    add(MRSE_GRADIENT_Z, 0.027, 75);
    add(MRSE_GRADIENT_ANY, 0.0009, 2.5); /* less than each: as on the axis that has nothing */
    run(&system);
    assert_rel(use.peripheral.value.v, sqrt(1 + 0.5625 + 0.025 * 0.025), 1e-12);
    assert_rel(use.peripheral_part[0].share, 1, 1e-12);
    assert_rel(use.peripheral_part[2].dbdt_T_s, 0.4 * 75, 1e-12);
    assert_rel(use.peripheral_part[2].stimulus_s, 0.36e-3, 1e-12);
    assert_true(use.peripheral_part[1].share == 0);
    assert_rel(use.peripheral_part[MRSE_AXES].share, 0.025, 1e-12);
    assert_rel(use.cardiac_part[0].share, 0.4 * 100 / mrse_stimulation_cardiac_T_s(0.36e-3), 1e-12);
    /* the largest on any axis: in place of the one where that is worst */
    lobes[2].amplitude.v = 0.072;
    lobes[2].slew.v = 200;
    run(&system);
    assert_rel(use.peripheral.value.v, sqrt(1 + 0.5625 + 4), 1e-12);
}

static void protocol_gradient__declared_dbdt__is_no_basis_of_the_law(void **state)
{
    mrse_gradient_system system = nothing();

    (void)state;
    begin();
    add(MRSE_GRADIENT_ANY, 0.036, 100);
    system.dbdt_max = stated(90, MRSE_KIND_DBDT_PEAK);
    run(&system);
    assert_rel(use.dbdt.value.v, 90, 0);
    is_missing(&use.peripheral, "gradients.reference_radius");
    is_missing(&use.cardiac, "gradients.reference_radius");
}

/* --- Models --------------------------------------------------------------------------------------- */

/* One filter, weight 1: share = filtered slew / limit. */
static mrse_safe_hardware one_filter(double tau_s, double limit_T_m_s)
{
    mrse_safe_hardware hardware = {.name = "one filter"};

    for (int k = 0; k < MRSE_AXES; k++)
        hardware.axis[k] = (mrse_safe_axis){{tau_s, tau_s, tau_s}, {1, 0, 0}, limit_T_m_s, 1};
    hardware.axis[1].limit_T_m_s = limit_T_m_s / 2; /* y is twice as sensitive */
    return hardware;
}

static void protocol_gradient__safe_of_one_filter__equals_closed_form(void **state)
{
    mrse_gradient_system system = nothing();
    const double keep = 1 - 10e-6 / (1e-3 + 10e-6);

    (void)state;
    system.has_safe = true;
    system.safe = one_filter(1e-3, 50);
    system.safe_cardiac = one_filter(1e-3, 500);
    begin();
    add(MRSE_GRADIENT_X, 0.03, 100)->flat = stated(0.4e-3, MRSE_KIND_TIME);
    run(&system); /* ramp 0.3 ms, 30 samples */
    assert_rel(use.safe.value.v, 2 * (1 - pow(keep, 30)), 1e-9);
    assert_rel(use.safe_cardiac.value.v, 0.2 * (1 - pow(keep, 30)), 1e-9);
    assert_string_equal(use.safe.value.src, "safe-model");
    /* on any axis: as on the most sensitive */
    lobes[0].axis = MRSE_GRADIENT_ANY;
    run(&system);
    assert_rel(use.safe.value.v, 4 * (1 - pow(keep, 30)), 1e-9);
    /* alternating: 30 samples up, 40 of rest, 60 down, which later lobes do not exceed */
    const double second = 1 - pow(keep, 60) - pow(keep, 100) * (1 - pow(keep, 30));
    lobes[0].alternating = 2;
    run(&system);
    assert_rel(use.safe.value.v, 4 * second, 1e-9);
    lobes[0].alternating = 64;
    run(&system);
    assert_rel(use.safe.value.v, 4 * second, 1e-9);
    /* the filter of |slew| adds up from lobe to lobe, to 60 samples of s and 40 of 0 for ever */
    const double steady = (1 - pow(keep, 60)) / (1 - pow(keep, 100));
    for (int k = 0; k < MRSE_AXES; k++) {
        system.safe.axis[k].a[0] = 0;
        system.safe.axis[k].a[1] = 1;
    }
    run(&system);
    assert_rel(use.safe.value.v, 4 * steady, 1e-9);
    lobes[0].alternating = 2;
    run(&system);
    assert_true(use.safe.value.v < 4 * 0.9 * steady);
    lobes[0].alternating = 1e6; /* as long as it takes, not longer */
    run(&system);
    assert_rel(use.safe.value.v, 4 * steady, 1e-9);
}

/* Of a single ramp the convolution is the law of rheobase and chronaxie. */
static void protocol_gradient__convolution_of_one_ramp__is_the_law(void **state)
{
    mrse_gradient_system system = with_alpha(0.333);
    char coil[] = "xrm", other[] = "unheard of";

    (void)state;
    system.coil = coil;
    system.rheobase = stated(23.4, MRSE_KIND_DBDT_PEAK);
    system.chronaxie = stated(334e-6, MRSE_KIND_TIME);
    begin();
    add(MRSE_GRADIENT_ANY, 0.06, 150)->flat = stated(5e-3, MRSE_KIND_TIME);
    run(&system);
    assert_rel(use.convolution.value.v, use.peripheral.value.v, 2e-3);
    assert_rel(use.peripheral.value.v, 0.333 * 150 / (23.4 * (1 + 334e-6 / 400e-6)), 1e-12);
    assert_string_equal(use.convolution.value.src, "gradient-convolution");
    system.coil = other;
    run(&system);
    is_missing(&use.convolution, "no coil of this name");
    system.coil = NULL;
    run(&system);
    is_missing(&use.convolution, "names no gradient coil");
    is_missing(&use.safe, "gradients.safe");
}

static void protocol_gradient__shape_not_known__no_models(void **state)
{
    mrse_gradient_system system = nothing();

    (void)state;
    system.has_safe = true;
    system.safe = system.safe_cardiac = one_filter(1e-3, 50);
    begin();
    add(MRSE_GRADIENT_X, (double)NAN, 100);
    run(&system);
    is_missing(&use.safe, "shape of a lobe");
    add(MRSE_GRADIENT_X, 1, 1e-300); /* a ramp for ever */
    lobes[0] = lobes[1];
    run(&system);
    is_missing(&use.safe, "shape of a lobe");
}

/* --- Played sequences ----------------------------------------------------------------------------- */

static mrse_gradient_exposure exposure_of(void)
{
    mrse_gradient_exposure e = {.amplitude_T_m = {0.02, 0.01, 0},
                                .slew_event_T_m_s = {100, 50, 0},
                                .slew_merged_T_m_s = {90, 60, 0}};

    e.safe[0].peak = 0.7;
    e.safe[1].peak = 0.3;
    e.convolution.peak = 0.5;
    return e;
}

static void protocol_gradient_played__exposure__has_the_same_shape(void **state)
{
    mrse_gradient_system system = with_alpha(0.4);
    mrse_gradient_exposure e = exposure_of();
    char coil[] = "xrm";

    (void)state;
    assert_int_equal(mrse_protocol_gradient_played(&system, &e, &use), MRSE_OK);
    assert_rel(use.slew[0].v, 100, 0);
    assert_rel(use.slew[1].v, 60, 0);
    assert_abs(use.slew[2].v, 0, 0);
    assert_rel(use.slew_max.value.v, 100, 0);
    assert_int_equal(use.slew_max.value.kind, MRSE_KIND_SLEW_SEQUENCE);
    assert_rel(use.amplitude.value.v, 0.02, 0);
    assert_rel(use.stimulus.value.v, 0.4e-3, 1e-12); /* 40 mT/m at 100 T/m/s */
    double x = 40 / 38.0, y = 24 / (20 * (1 + 0.36 / (20.0 / 60)));
    assert_rel(use.peripheral.value.v, hypot(x, y), 1e-12);
    is_missing(&use.safe, "gradients.safe"); /* the example hardware stands for no scanner */
    is_missing(&use.convolution, "names no");
    is_missing(&use.slew_rms_of, "rms");
    system.has_safe = true;
    system.coil = coil;
    assert_int_equal(mrse_protocol_gradient_played(&system, &e, &use), MRSE_OK);
    assert_rel(use.safe.value.v, 0.7, 0);
    assert_rel(use.safe_cardiac.value.v, 0.3, 0);
    assert_rel(use.convolution.value.v, 0.5, 0);
}

static void protocol_gradient__misuse__is_err_arg(void **state)
{
    mrse_gradient_system system = nothing();
    mrse_gradient_exposure e = exposure_of();

    (void)state;
    begin();
    assert_int_equal(mrse_protocol_gradient(&system, NULL, &use), MRSE_ERR_ARG);
    assert_true(isnan(use.slew_max.value.v));
    assert_int_equal(mrse_protocol_gradient(&system, &protocol, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_gradient_played(&system, NULL, &use), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_gradient_played(&system, &e, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_gradient_played(NULL, &e, &use), MRSE_OK);
    is_missing(&use.dbdt, "no scanner");
    add(MRSE_GRADIENT_ANY, 0.03, 100);
    system.has_safe = true; /* of zeros: no limit */
    assert_int_equal(mrse_protocol_gradient(&system, &protocol, &use), MRSE_ERR_ARG);
    assert_true(isnan(use.slew_max.value.v));
}

static mrse_status work(void *context)
{
    return mrse_protocol_gradient(context, &protocol, &use);
}

static void protocol_gradient__out_of_memory__is_reported(void **state)
{
    mrse_gradient_system system = with_alpha(0.333);
    char coil[] = "xrm";

    (void)state;
    system.coil = coil;
    begin();
    add(MRSE_GRADIENT_ANY, 0.03, 100);
    assert_true(oom_exhaust(work, &system) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(protocol_gradient__lobes_on_all_axes__give_the_largest_of_each),
        cmocka_unit_test(protocol_gradient__lobe_on_any_axis__counts_on_all),
        cmocka_unit_test(protocol_gradient__axis_without_lobe__is_not_known),
        cmocka_unit_test(protocol_gradient__nothing_stated__never_takes_the_rating),
        cmocka_unit_test(protocol_gradient__largest_slew_stated__holds_for_all_axes),
        cmocka_unit_test(protocol_gradient__stated_more_than_listed__is_a_lobe_not_listed),
        cmocka_unit_test(protocol_gradient__lobe_without_slew__leaves_all_open),
        cmocka_unit_test(protocol_gradient__uncertain_lobe__is_propagated),
        cmocka_unit_test(protocol_gradient__klein__is_eleven_times_the_cardiac_limit),
        cmocka_unit_test(protocol_gradient__law__counts_the_change_between_alternating_lobes),
        cmocka_unit_test(protocol_gradient__several_axes__add_as_squares),
        cmocka_unit_test(protocol_gradient__declared_dbdt__is_no_basis_of_the_law),
        cmocka_unit_test(protocol_gradient__safe_of_one_filter__equals_closed_form),
        cmocka_unit_test(protocol_gradient__convolution_of_one_ramp__is_the_law),
        cmocka_unit_test(protocol_gradient__shape_not_known__no_models),
        cmocka_unit_test(protocol_gradient_played__exposure__has_the_same_shape),
        cmocka_unit_test(protocol_gradient__misuse__is_err_arg),
        cmocka_unit_test(protocol_gradient__out_of_memory__is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
