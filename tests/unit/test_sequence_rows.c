/* What a sequence exposes patient and implant to, row by row: which number stands, how sure it is, and
 * what is said of one that is missing. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assess/sequence_internal.h"
#include "mrse/alloc.h"
#include "mrse/mrse.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/scratch.h"

#define TSE "examples/tse-b1rms/"
#define DWI "examples/dwi-dbdt/"
static const char PLAYED[] = "examples/sequence/gre.seq";
static const char SCANNER[] = "scanners/example-data-sheet.yaml";

static mrse_scanner *scanner;

static int begin(void **state)
{
    return mrse_init() == MRSE_OK && scratch_begin(state) == 0 &&
                   mrse_scanner_load(SCANNER, &scanner, NULL) == MRSE_OK
               ? 0
               : -1;
}

static int end(void **state)
{
    mrse_scanner_free(scanner);
    return scratch_end(state);
}

static mrse_sequence_study *run(const char *before, const char *after,
                                const mrse_sequence_options *options)
{
    mrse_sequence_study *s = NULL;
    assert_int_equal(mrse_sequence_study_run(before, after, options, &s, NULL), MRSE_OK);
    return s;
}

/* A sequence file without what stands from `from` to before `to` (NULL: the end). */
static const char *without(const char *path, const char *name, const char *from, const char *to)
{
    char *text = NULL;
    size_t n = 0;
    const char *written;
    assert_int_equal(mrse_file_read(path, 1 << 20, &text, &n, NULL), MRSE_OK);
    char *at = strstr(text, from);
    assert_non_null(at);
    const char *rest = to != NULL ? strstr(at, to) : text + n;
    assert_non_null(rest);
    memmove(at, rest, strlen(rest) + 1);
    written = scratch_write(name, text);
    mrse_free(text);
    return written;
}

/* The rows again, after a test has changed what they are made of. */
static const mrse_sequence_row *again(mrse_sequence_study *s, const char *what)
{
    mrse_free(s->row);
    s->row = NULL;
    s->n_rows = 0;
    assert_int_equal(mrse_sequence_rows(s), MRSE_OK);
    for (size_t i = 0; i < s->n_rows; i++)
        if (strcmp(s->row[i].what, what) == 0)
            return &s->row[i];
    return NULL;
}

/* ---- RF ---- */

static void b1__of_a_played_file__worst_window_or_repeated(void **state)
{
    mrse_sequence_study *s = run(PLAYED, NULL, NULL);
    mrse_b1_exposure *b1 = &s->before.played->b1;
    (void)state;
    b1->rms_window_T = 2e-6;
    b1->rms_periodic_T = 3e-6;
    assert_abs(mrse_sequence_b1_rms(&s->before).v, 2e-6, 0);
    b1->rms_window_T = (double)NAN; /* shorter than the window */
    assert_abs(mrse_sequence_b1_rms(&s->before).v, 3e-6, 0);
    mrse_text_copy(b1->refused, sizeof b1->refused, "parallel transmission");
    assert_true(isnan(mrse_sequence_b1_rms(&s->before).v));
    assert_true(isnan(mrse_sequence_b1_mean(&s->before).v));
    assert_true(isnan(mrse_sequence_b1_peak(&s->before).v));
    const mrse_sequence_row *row = again(s, "B1+rms over the worst 10 s, from the pulses");
    assert_string_equal(row->note, "parallel transmission");
    mrse_sequence_study_free(s);
}

/* Shapes that are the same cancel in the ratio; others bring all their doubt. */
static void b1_expected__other_shape__is_less_sure(void **state)
{
    mrse_sequence_study *s = run(TSE "before.yaml", TSE "after.yaml", NULL);
    mrse_protocol_pulse *q = &s->after.protocol->pulse[1];
    const mrse_protocol_pulse kept = *q;
    mrse_value *console = &s->before.protocol->reported.b1_rms, v;
    const double apart = hypot(s->before.rf.u_relative, s->after.rf.u_relative);
    (void)state;
    assert_true(apart > 0.01);
    console->u = 0.0;
    v = mrse_sequence_b1_expected(s);
    assert_rel(v.u / v.v, 0.005, 1e-9);
    console->u = 0.01 * console->v;
    v = mrse_sequence_b1_expected(s);
    assert_rel(v.u / v.v, hypot(0.005, 0.01), 1e-9);
    console->u = 0.0;
    for (int which = 0; which < 5; which++) {
        *q = kept;
        if (which == 0)
            q->role = MRSE_PULSE_INVERSION;
        if (which == 1)
            q->shape.form = MRSE_RF_GAUSS;
        if (which == 2)
            q->shape.time_bandwidth *= 2;
        if (which == 3)
            q->shape.apodisation /= 2;
        if (which == 4)
            s->after.protocol->n_pulses--;
        v = mrse_sequence_b1_expected(s);
        assert_rel(v.u / v.v, apart, 1e-9);
    }
    s->after.protocol->n_pulses++;
    mrse_sequence_study_free(s);
    s = run(PLAYED, TSE "after.yaml", NULL);
    assert_true(isnan(mrse_sequence_b1_expected(s).v));
    mrse_sequence_study_free(s);
    s = run(TSE "before.yaml", PLAYED, NULL);
    assert_true(isnan(mrse_sequence_b1_expected(s).v));
    mrse_sequence_study_free(s);
}

static void rows__console_far_from_the_pulses__is_said(void **state)
{
    static const char what[] = "B1+rms over the worst 10 s, from the pulses";
    mrse_sequence_study *s = run(TSE "before.yaml", TSE "after.yaml", NULL);
    mrse_value *console = &s->before.protocol->reported.b1_rms;
    (void)state;
    assert_string_equal(again(s, what)->note, "");
    console->v *= 1.2;
    assert_non_null(strstr(again(s, what)->note, "differ by more than a tenth"));
    s->before.rf.rms_window_T = (double)NAN; /* nothing to compare with */
    assert_null(strstr(again(s, what)->note, "differ"));
    mrse_text_copy(s->after.rf.refused, sizeof s->after.rf.refused, "adiabatic");
    assert_string_equal(again(s, what)->note, "adiabatic");
    mrse_sequence_study_free(s);
}

/* Nothing is divided by zero, and zero after has no relative uncertainty. */
static void rows__zero_before_or_after__no_ratio_or_no_u(void **state)
{
    mrse_sequence_study *s = run(TSE "before.yaml", TSE "after.yaml", NULL);
    const mrse_sequence_row *row;
    (void)state;
    s->after.protocol->reported.b1_rms.v = 0.0;
    row = again(s, "B1+rms on the console");
    assert_abs(row->ratio, 0.0, 0.0);
    assert_true(isnan(row->u_ratio));
    s->before.protocol->reported.b1_rms.v = 0.0;
    assert_true(isnan(again(s, "B1+rms on the console")->ratio));
    mrse_sequence_study_free(s);
}

/* ---- SAR ---- */

/* The examination is named in one file only: the ratio stands, as an assumption. */
static void sar__one_examination_not_stated__is_assumed(void **state)
{
    const char *bare = without(TSE "after.yaml", "bare.yaml", "reported:", NULL);
    mrse_sequence_study *s = run(TSE "before.yaml", bare, NULL);
    (void)state;
    assert_int_equal(s->sar.method == MRSE_SAR_NONE, 0);
    assert_true(isfinite(s->sar.ratio));
    assert_int_equal(s->sar.value[0].origin, MRSE_ORIGIN_COMPUTED);
    mrse_sequence_study_free(s);
    s = run(TSE "before.yaml", without(bare, "lost.yaml", "exam:", "\n"), NULL);
    assert_true(isfinite(s->sar.ratio));
    assert_int_equal(s->sar.value[0].origin, MRSE_ORIGIN_ASSUMED);
    assert_non_null(strstr(s->sar.reason, "is assumed, as no one states it"));
    mrse_sequence_study_free(s);
    s = run(without(TSE "before.yaml", "lost2.yaml", "exam:", "\n"), bare, NULL);
    assert_int_equal(s->sar.value[0].origin, MRSE_ORIGIN_ASSUMED);
    mrse_sequence_study_free(s);
    s = run(TSE "before.yaml", scratch_path("lost.yaml"),
            &(mrse_sequence_options){.same_exam = true}); /* somebody states it */
    assert_null(strstr(s->sar.reason, "assumed"));
    mrse_sequence_study_free(s);
    s = run(TSE "before.yaml", PLAYED, &(mrse_sequence_options){.same_exam = true});
    assert_non_null(strstr(s->sar.reason, "a Pulseq file holds no SAR"));
    assert_non_null(strstr(s->image_refused, "Pulseq"));
    mrse_sequence_study_free(s);
}

/* ---- gradients ---- */

static mrse_value rate(double v)
{
    return mrse_value_computed(v, 0.1, MRSE_KIND_DBDT_PEAK, "");
}

/* Whichever of the two is missing, its reason is given. */
static void rows__dbdt_known_of_one__the_other_has_its_reason(void **state)
{
    static const char what[] = "peak dB/dt at the implant";
    mrse_sequence_study *s = run(DWI "before.yaml", DWI "after.yaml", NULL);
    const mrse_sequence_row *row;
    (void)state;
    s->has_place = true;
    mrse_text_copy(s->dbdt_before.reason, sizeof s->dbdt_before.reason, "first");
    mrse_text_copy(s->dbdt_after.reason, sizeof s->dbdt_after.reason, "second");
    for (int known = 0; known < 4; known++) {
        static const char *const how[] = {"", "first", "second", "first"};
        static const char *const why[] = {"first", "second", "first", ""};
        s->dbdt_before.peak = known & 1 ? rate(20) : mrse_value_missing(MRSE_KIND_DBDT_PEAK);
        s->dbdt_after.peak = known & 2 ? rate(10) : mrse_value_missing(MRSE_KIND_DBDT_PEAK);
        row = again(s, what);
        assert_string_equal(row->how, how[known]);
        assert_string_equal(row->note, why[known]);
    }
    mrse_sequence_study_free(s);
    s = run(DWI "before.yaml", NULL, &(mrse_sequence_options){.has_place = true});
    assert_string_equal(again(s, what)->note, "no scanner file is given");
    mrse_sequence_study_free(s);
    /* nothing is known of the gradients of this one */
    s = run(TSE "before.yaml", NULL,
            &(mrse_sequence_options){.has_place = true, .scanner = scanner});
    assert_true(s->dbdt_before.declared || !isfinite(s->dbdt_before.peak.v));
    assert_true(s->dbdt_before.reason[0] != '\0');
    mrse_sequence_study_free(s);
}

static void rows__figure_known_of_the_second_only__how_is_its_own(void **state)
{
    static const char what[] = "gradient amplitude, one axis";
    mrse_sequence_study *s = run(DWI "before.yaml", DWI "after.yaml", NULL);
    mrse_gradient_figure *b = &s->before.gradient.amplitude, *a = &s->after.gradient.amplitude;
    (void)state;
    mrse_text_copy(b->note, sizeof b->note, "first");
    mrse_text_copy(a->note, sizeof a->note, "second");
    b->value.v = (double)NAN;
    assert_string_equal(again(s, what)->how, "second");
    assert_string_equal(again(s, what)->note, "first");
    a->value.v = (double)NAN;
    assert_string_equal(again(s, what)->how, "");
    mrse_sequence_study_free(s);
}

/* ---- sound ---- */

/* All lobes scaled alike and nothing moved: 20 log10 of the scale. */
static void sound__all_lobes_scaled__is_the_ratio_in_decibels(void **state)
{
    static const char what[] = "change of the sound level";
    mrse_sequence_study *s = run(DWI "before.yaml", DWI "before.yaml", NULL);
    mrse_protocol *a = s->before.protocol, *b = s->after.protocol;
    (void)state;
    for (size_t i = 0; i < b->n_lobes; i++)
        b->lobe[i].amplitude.v *= 0.8;
    assert_rel(again(s, what)->after.v, 20 * log10(0.8), 1e-9);
    for (int which = 0; which < 9; which++) {
        const mrse_protocol kept = *b;
        const mrse_protocol_lobe lobe = b->lobe[1];
        if (which == 0)
            b->n_lobes = 1;
        if (which == 1)
            b->tr.v *= 2;
        if (which == 2)
            b->te.v *= 2;
        if (which == 3)
            b->esp.v *= 2;
        if (which == 4)
            b->esp.v = (double)NAN;
        if (which == 5)
            b->lobe[1].ramp.v *= 2;
        if (which == 6)
            b->lobe[1].alternating = 2;
        if (which == 7)
            b->lobe[1].flat.v = (double)NAN;
        if (which == 8)
            b->lobe[1].amplitude.v *= 1.1;
        assert_true(isnan(again(s, what)->after.v));
        assert_true(again(s, what)->note[0] != '\0');
        *b = kept;
        b->lobe[1] = lobe;
    }
    a->esp.v = b->esp.v = a->lobe[0].flat.v = b->lobe[0].flat.v = (double)NAN; /* neither says */
    assert_rel(again(s, what)->after.v, 20 * log10(0.8), 1e-9);
    a->esp.v = 1e-3; /* one of them does */
    assert_true(isnan(again(s, what)->after.v));
    a->esp.v = (double)NAN;
    b->esp.v = 1e-3;
    assert_true(isnan(again(s, what)->after.v));
    b->esp.v = (double)NAN;
    b->lobe[0].flat.v = 1e-3;
    assert_true(isnan(again(s, what)->after.v));
    a->n_lobes = 0;
    assert_true(isnan(again(s, what)->after.v));
    a->n_lobes = b->n_lobes;
    mrse_sequence_study_free(s);
}

/* ---- what a limit is compared with ---- */

static void exposure_of__each_kind__console_before_computation(void **state)
{
    mrse_sequence_study *s =
        run(DWI "before.yaml", DWI "after.yaml", &(mrse_sequence_options){.scanner = scanner});
    const char *name = NULL;
    mrse_reported *console = &s->before.protocol->reported;
    (void)state;
    console->b1_peak = mrse_value_computed(7e-6, 0, MRSE_KIND_B1_PEAK, "");
    assert_abs(mrse_sequence_exposure_of(s, false, MRSE_KIND_B1_PEAK, &name).v, 7e-6, 0);
    assert_string_equal(name, "on the console");
    console->b1_peak = mrse_value_missing(MRSE_KIND_B1_PEAK);
    assert_abs(mrse_sequence_exposure_of(s, false, MRSE_KIND_B1_PEAK, &name).v, s->before.rf.peak_T,
               0);
    assert_string_equal(name, "from the pulses");
    assert_abs(mrse_sequence_exposure_of(s, false, MRSE_KIND_SLEW_SEQUENCE, &name).v, 90, 1e-9);
    assert_string_equal(name, "on the console");
    console->slew = mrse_value_missing(MRSE_KIND_SLEW_SEQUENCE);
    assert_abs(mrse_sequence_exposure_of(s, false, MRSE_KIND_SLEW_SEQUENCE, &name).v,
               s->before.gradient.slew_max.value.v, 0);
    assert_string_equal(name, "from its gradients");
    assert_abs(mrse_sequence_exposure_of(s, true, MRSE_KIND_SLEW_SYSTEM, &name).v, 125, 1e-9);
    assert_string_equal(name, "rated");
    assert_non_null(strstr(again(s, "slew rate of the system, rated")->note, "does not change it"));
    mrse_value rated = scanner->gradients.slew;
    scanner->gradients.slew = mrse_value_missing(MRSE_KIND_SLEW_SYSTEM);
    assert_non_null(strstr(again(s, "slew rate of the system, rated")->note, "does not state it"));
    scanner->gradients.slew = rated;
    s->dbdt_before.rms = rate(3);
    assert_abs(mrse_sequence_exposure_of(s, false, MRSE_KIND_DBDT_RMS, NULL).v, 3, 0);
    assert_true(isnan(mrse_sequence_exposure_of(s, true, MRSE_KIND_DBDT_RMS, NULL).v));
    mrse_sequence_study_free(s);
}

/* ---- reading ---- */

static void input__form__is_told_by_the_end_of_the_name(void **state)
{
    static const mrse_sequence_options own = {.gamma_Hz_T = 42.0e6};
    static const mrse_sequence_options none = {0};
    mrse_sequence_input a, b;
    char *text = NULL;
    size_t n = 0;
    (void)state;
    assert_int_equal(mrse_file_read(DWI "before.yaml", 1 << 20, &text, &n, NULL), MRSE_OK);
    assert_int_equal(mrse_sequence_input_load(scratch_write("p.YML", text), &none, &a, NULL),
                     MRSE_OK);
    assert_int_equal(a.form, MRSE_SEQUENCE_PROTOCOL);
    mrse_free(text);
    mrse_sequence_input_clear(&a);
    assert_int_equal(mrse_sequence_input_load("x", &none, &a, NULL), MRSE_ERR_IO);
    assert_int_equal(a.form, MRSE_SEQUENCE_DICOM);
    mrse_sequence_input_clear(&a);
    assert_non_null(freopen("/dev/null", "r", stdin));
    assert_int_equal(mrse_sequence_input_load("-", &none, &a, NULL), MRSE_ERR_INPUT);
    assert_int_equal(a.form, MRSE_SEQUENCE_PULSEQ);
    mrse_sequence_input_clear(&a);
    /* B1 is the frequency of the file over gamma */
    assert_int_equal(mrse_sequence_input_load(PLAYED, &none, &a, NULL), MRSE_OK);
    assert_int_equal(mrse_sequence_input_load(PLAYED, &own, &b, NULL), MRSE_OK);
    assert_rel(b.played->b1.peak_T / a.played->b1.peak_T, MRSE_GAMMA_PULSEQ_HZ_T / 42.0e6, 1e-9);
    mrse_sequence_input_clear(&a);
    mrse_sequence_input_clear(&b);
}

static void input__scanner_with_its_own_safe_model__is_used(void **state)
{
    mrse_gradient_system *g = &scanner->gradients;
    const mrse_gradient_system kept = *g;
    mrse_sequence_study *s = run(PLAYED, NULL, &(mrse_sequence_options){.scanner = scanner});
    (void)state;
    assert_false(s->before.played->own_safe);
    mrse_sequence_study_free(s);
    g->has_safe = true;
    g->safe = mrse_safe_example_peripheral;
    g->safe_cardiac = mrse_safe_example_cardiac;
    s = run(PLAYED, NULL, &(mrse_sequence_options){.scanner = scanner});
    assert_true(s->before.played->own_safe);
    assert_true(isfinite(s->before.gradient.safe.value.v));
    mrse_sequence_study_free(s);
    *g = kept;
}

/* ---- memory ---- */

static mrse_status once(void *context)
{
    const char *const *path = context;
    mrse_sequence_study *s = NULL;
    const mrse_sequence_options o = {.scanner = scanner,
                                     .same_exam = true,
                                     .has_place = true,
                                     .place_m = {0.05, 0.0, 0.15},
                                     .u_place_m = {0.01, 0.01, 0.01}};
    mrse_status status = mrse_sequence_study_run(path[0], path[1], &o, &s, NULL);
    mrse_sequence_study_free(s);
    return status;
}

static void study__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    char bare[512];
    const char *path[2] = {bare, DWI "after.yaml"};
    (void)state;
    (void)snprintf(bare, sizeof bare, "%s",
                   without(DWI "before.yaml", "noexam.yaml", "exam:", "\n"));
    assert_true(oom_exhaust(once, path) > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(b1__of_a_played_file__worst_window_or_repeated),
        cmocka_unit_test(b1_expected__other_shape__is_less_sure),
        cmocka_unit_test(rows__console_far_from_the_pulses__is_said),
        cmocka_unit_test(rows__zero_before_or_after__no_ratio_or_no_u),
        cmocka_unit_test(sar__one_examination_not_stated__is_assumed),
        cmocka_unit_test(rows__dbdt_known_of_one__the_other_has_its_reason),
        cmocka_unit_test(rows__figure_known_of_the_second_only__how_is_its_own),
        cmocka_unit_test(sound__all_lobes_scaled__is_the_ratio_in_decibels),
        cmocka_unit_test(exposure_of__each_kind__console_before_computation),
        cmocka_unit_test(input__form__is_told_by_the_end_of_the_name),
        cmocka_unit_test(input__scanner_with_its_own_safe_model__is_used),
        cmocka_unit_test(study__each_allocation_fails__no_memory_and_no_leak),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
