/* RF lengths: wavelengths against limits, grades, statements. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/rf_length.h"

#include <string.h>

#include "support/close.h"

static const mrse_medium GEL = {80, 0.47};
static const double F15 = 63.87e6;

static mrse_rf_judgement judge(mrse_conductor c)
{
    mrse_rf_judgement j;
    assert_int_equal(mrse_rf_judge(&c, GEL, F15, &j), MRSE_OK);
    assert_true(strlen(j.reason) > 0);
    for (size_t i = 0; i < j.n_statements; i++) {
        assert_non_null(mrse_rf_statement_text(j.statement[i]));
        assert_non_null(mrse_rf_statement_source(j.statement[i]));
    }
    return j;
}

static bool says(const mrse_rf_judgement *j, const char *id)
{
    for (size_t i = 0; i < j->n_statements; i++)
        if (strcmp(j->statement[i], id) == 0)
            return true;
    return false;
}

static void wavelength__limits__are_vacuum_and_skin(void **state)
{
    (void)state;
    assert_rel(mrse_rf_wavelength_m((mrse_medium){1, 0}, 299792458.0), 1.0, 1e-9);
    /* good conductor: 2 pi skin depths */
    double skin = sqrt(1 / (MRSE_PI * 1e6 * 4e-7 * MRSE_PI * 1e6));
    assert_rel(mrse_rf_wavelength_m((mrse_medium){1, 1e6}, 1e6), 2 * MRSE_PI * skin, 1e-4);
    assert_true(isnan(mrse_rf_wavelength_m((mrse_medium){0.5, 0}, 1e6)));
    assert_true(isnan(mrse_rf_wavelength_m(GEL, 0.0)));
}

static void insulated__longer_than_bare_and_shorter_than_the_insulation(void **state)
{
    double bare = mrse_rf_wavelength_m(GEL, F15), last = bare;
    (void)state;
    for (double outer = 1.1e-3; outer < 5e-3; outer *= 1.3) { /* thicker: longer */
        double wave = mrse_rf_insulated_wavelength_m(GEL, F15, 1e-3, outer, 2.1);
        assert_true(wave > last);
        last = wave;
    }
    assert_true(last < mrse_rf_wavelength_m((mrse_medium){2.1, 0}, F15));
    assert_true(isnan(mrse_rf_insulated_wavelength_m(GEL, F15, 1e-3, 1e-3, 2.1)));
    assert_true(isnan(mrse_rf_insulated_wavelength_m(GEL, F15, 1e-3, 5e-2, 2.1)));
    assert_true(isnan(mrse_rf_insulated_wavelength_m((mrse_medium){2, 0}, F15, 1e-3, 2e-3, 2.1)));
    assert_true(isnan(mrse_rf_insulated_wavelength_m(GEL, F15, 1e-3, 2e-3, (double)NAN)));
}

/* Published: an insulated wire resonates beyond 40 cm where the bare one does at 20 cm. The lead is
 * 1.27 mm thick; that its conductor is 0.8 mm is an assumption. */
static void insulated__published_lead__lies_within_the_lengths(void **state)
{
    (void)state;
    mrse_conductor c = {.length_m = 0.41,
                        .insulated = true,
                        .wire_m = 0.8e-3,
                        .outer_m = 1.27e-3,
                        .insulation = 3.0,
                        .gap_m = 1.0};
    mrse_rf_judgement j = judge(c);
    assert_int_equal(j.grade, MRSE_RF_RESONANT);
    assert_true(says(&j, "rf-insulated-40cm") && says(&j, "rf-dbs-41cm"));
    c.insulated = false;
    j = judge(c);
    assert_int_equal(j.grade, MRSE_RF_LONG);
    c.length_m = 0.20;
    j = judge(c);
    assert_int_equal(j.grade, MRSE_RF_RESONANT);
}

static void judge__insulation_unknown__any_longer_length_may_resonate(void **state)
{
    (void)state;
    mrse_rf_judgement j = judge((mrse_conductor){.length_m = 3.0,
                                                 .insulated = true,
                                                 .wire_m = (double)NAN,
                                                 .outer_m = (double)NAN,
                                                 .insulation = (double)NAN});
    assert_int_equal(j.grade, MRSE_RF_RESONANT);
    assert_true(isinf(j.critical_to_m));
}

static void judge__length__grades(void **state)
{
    (void)state;
    assert_int_equal(judge((mrse_conductor){.length_m = 0.01}).grade, MRSE_RF_SHORT);
    assert_int_equal(judge((mrse_conductor){.length_m = 0.08}).grade, MRSE_RF_GROWING);
    assert_int_equal(judge((mrse_conductor){.length_m = 0.22}).grade, MRSE_RF_RESONANT);
    assert_int_equal(judge((mrse_conductor){.length_m = 1.0}).grade, MRSE_RF_LONG);
    assert_int_equal(judge((mrse_conductor){.length_m = (double)NAN}).grade, MRSE_RF_UNKNOWN);
}

static void judge__loops_and_gaps__are_spoken_of_unless_excluded(void **state)
{
    (void)state;
    mrse_rf_judgement j =
        judge((mrse_conductor){.length_m = 0.1, .loop_m = (double)NAN, .gap_m = (double)NAN});
    assert_true(says(&j, "rf-loop") && says(&j, "rf-proximity"));
    j = judge((mrse_conductor){.length_m = 0.1, .loop_m = 0.0, .gap_m = 1.0});
    assert_false(says(&j, "rf-loop") || says(&j, "rf-proximity"));
    /* everything at once still fits */
    j = judge((mrse_conductor){
        .length_m = 0.1, .insulated = true, .loop_m = 0.1, .insulation = (double)NAN});
    assert_true(says(&j, "rf-not-across-b0"));
}

static void judge__nonsense__is_refused(void **state)
{
    const mrse_conductor c = {.length_m = 0.1}, bad = {.length_m = -0.1};
    mrse_rf_judgement j;
    (void)state;
    assert_int_equal(mrse_rf_judge(&bad, GEL, F15, &j), MRSE_ERR_RANGE);
    assert_int_equal(j.grade, MRSE_RF_UNKNOWN);
    assert_int_equal(mrse_rf_judge(&c, GEL, (double)NAN, &j), MRSE_ERR_RANGE);
    assert_int_equal(mrse_rf_judge(NULL, GEL, F15, &j), MRSE_ERR_ARG);
    assert_int_equal(mrse_rf_judge(&c, GEL, F15, NULL), MRSE_ERR_ARG);
    assert_null(mrse_rf_statement_text("nothing"));
    assert_null(mrse_rf_statement_source(NULL));
}

static void scaling__ratios(void **state)
{
    (void)state;
    assert_rel(mrse_rf_scaled_rise_K(2.7, 3.0, 2.0), 1.8, 1e-15);
    assert_rel(mrse_rf_b1_ratio(2e-6, 3.2e-6), 2.56, 1e-14);
    assert_true(isnan(mrse_rf_scaled_rise_K(2.7, 0.0, 2.0)));
    assert_true(isnan(mrse_rf_scaled_rise_K(2.7, 1.0, (double)NAN)));
    assert_true(isnan(mrse_rf_b1_ratio(0.0, 1e-6)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wavelength__limits__are_vacuum_and_skin),
        cmocka_unit_test(insulated__longer_than_bare_and_shorter_than_the_insulation),
        cmocka_unit_test(insulated__published_lead__lies_within_the_lengths),
        cmocka_unit_test(judge__insulation_unknown__any_longer_length_may_resonate),
        cmocka_unit_test(judge__length__grades),
        cmocka_unit_test(judge__loops_and_gaps__are_spoken_of_unless_excluded),
        cmocka_unit_test(judge__nonsense__is_refused),
        cmocka_unit_test(scaling__ratios),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
