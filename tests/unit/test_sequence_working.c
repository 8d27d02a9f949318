/* The working of sequences: every expression is typed into a calculator, and has to give the result
 * that stands behind it and in the step. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assess/sequence_internal.h"
#include "mrse/alloc.h"
#include "mrse/mrse.h"
#include "support/calculator.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/scratch.h"

#define TSE "examples/tse-b1rms/"
#define DWI "examples/dwi-dbdt/"
#define DBS "examples/dbs/"
static const char IMAGE[] = "examples/dicom/tse-180.dcm", OTHER[] = "examples/dicom/tse-120.dcm";
static const char PLAYED[] = "examples/sequence/gre.seq", SHIMMED[] = "tests/cli/input/ptx.seq";

static mrse_scanner *scanner;

static int begin(void **state)
{
    return mrse_init() == MRSE_OK && scratch_begin(state) == 0 &&
                   mrse_scanner_load("scanners/example-data-sheet.yaml", &scanner, NULL) == MRSE_OK
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

static const mrse_step *step_of(const mrse_sequence_study *s, const char *what)
{
    for (size_t i = 0; i < s->n_steps; i++)
        if (strncmp(s->step[i].what, what, strlen(what)) == 0)
            return &s->step[i];
    return NULL;
}

static const mrse_step *must_have(const mrse_sequence_study *s, const char *what)
{
    static const mrse_step none;
    const mrse_step *step = step_of(s, what);
    if (step != NULL)
        return step;
    fail_msg("no step '%s'", what);
    return &none;
}

/* ---- what every step has to hold ---- */

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* A number that was not worked out says so, and nothing else may go without an expression. */
static void check_words(const mrse_step *step)
{
    static const char *const word[] = {"as stated", "as displayed", "as declared", "not by hand"};
    bool said = false;
    for (size_t i = 0; i < sizeof word / sizeof word[0]; i++)
        said |= strstr(step->numbers, word[i]) != NULL;
    if (!said || !isfinite(step->result.v))
        fail_msg("%s: neither an expression nor a reason: '%s'", step->what, step->numbers);
}

/* The value of the last clause is the result, in whatever unit it is printed. */
static void check_result(const mrse_step *step, const worked *last)
{
    double shown = last->shown, place = last->half_place;
    mrse_quantity q;
    if (step->unit[0] == '\0' && step->result.kind != MRSE_KIND_NONE) {
        char value[64];
        (void)snprintf(value, sizeof value, "%.*s", (int)strcspn(last->value, ";"), last->value);
        if (mrse_quantity_read(value, step->result.kind, &q, NULL, NULL) != MRSE_OK)
            fail_msg("%s: '%s' is no quantity of its kind", step->what, value);
        shown = q.si;
        place = q.half_ulp;
    }
    if (!(fabs(step->result.v - shown) <= 1.01 * place))
        fail_msg("%s: the result is not '%s'", step->what, step->numbers);
}

static size_t check_step(const mrse_step *step)
{
    worked clause, last = {0};
    size_t n = 0;
    if (begins(step->numbers, MRSE_STEP_MISSING)) {
        assert_true(isnan(step->result.v));
        assert_true(strlen(step->numbers) > strlen(MRSE_STEP_MISSING) + 4);
        return 0;
    }
    for (const char *at = next_clause(step->numbers, &clause); at != NULL;
         at = next_clause(at, &clause)) {
        if (!clause.has_value)
            continue;
        if (!(fabs(clause.put_in - clause.shown) <= 1.01 * clause.half_place))
            fail_msg("%s: '%s' gives %.9g", step->what, step->numbers, clause.put_in);
        last = clause;
        n++;
    }
    if (n > 0)
        check_result(step, &last);
    else
        check_words(step);
    return n;
}

/* Returns how many expressions were typed. */
static size_t check(const mrse_sequence_study *s)
{
    size_t n = 0;
    assert_true(s->n_steps > 0);
    for (size_t i = 0; i < s->n_steps; i++) {
        const mrse_step *step = &s->step[i];
        assert_true(step->what[0] != '\0');
        assert_true(strlen(step->formula) < sizeof step->formula - 1); /* not cut */
        n += check_step(step);
    }
    return n;
}

static size_t check_and_free(mrse_sequence_study *s)
{
    size_t n = check(s);
    mrse_sequence_study_free(s);
    return n;
}

static void calculator__what_it_is_given__as_by_hand(void **state)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {{"1 + 2 × 3", 7.0},
                {"√((9 + 16) µT² s / 1 s) − -1", 6.0},
                {"100 % × |1 − 3| / (2 T/m/s)²", 50.0},
                {"sin(180° / 2)² × exp(−0 s)", 1.0},
                {"min(ceil(7 / 2) + 0, 5, max(1, 2)) m", 2.0},
                {"2 × π × 1.5e-1 Hz/T", 0.3 * MRSE_PI},
                {"8 / 2 / 2", 2.0}};
    static const char *const bad[] = {"", "1 +", "(1", "a", "1 furlong", "1 2", "sqrt(4)"};
    double value;
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(calculate(good[i].text, strlen(good[i].text), &value));
        assert_rel(value, good[i].value, 1e-12);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(calculate(bad[i], strlen(bad[i]), &value));
}

/* ---- sequences of the examples ---- */

static mrse_sequence_options place(double z_m)
{
    return (mrse_sequence_options){.scanner = scanner,
                                   .has_place = true,
                                   .place_m = {-0.03, 0.03, z_m},
                                   .u_place_m = {0.01, 0.01, 0.01}};
}

static void working__each_example__every_expression_gives_its_result(void **state)
{
    static const struct {
        const char *before, *after;
        size_t least; /* expressions */
    } of[] = {{TSE "before.yaml", TSE "after.yaml", 40},
              {TSE "before.yaml", NULL, 10},
              {DWI "before.yaml", DWI "after.yaml", 45},
              {DWI "after.yaml", NULL, 10},
              {PLAYED, NULL, 9},
              {SHIMMED, NULL, 0},
              {IMAGE, OTHER, 1},
              {OTHER, NULL, 0},
              {PLAYED, TSE "after.yaml", 10},
              {DBS "localiser.yaml", NULL, 0},
              {DBS "stir.yaml", DBS "t2-axial.yaml", 1},
              {DBS "t1-sag.yaml", NULL, 0}};
    (void)state;
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
        for (int with = 0; with < 3; with++) {
            mrse_sequence_options o = place(with == 2 ? 0.6 : 0.17);
            mrse_sequence_study *s = run(of[i].before, of[i].after, with > 0 ? &o : NULL);
            size_t n = check(s);
            if (n < of[i].least)
                fail_msg("%s: only %zu expressions", of[i].before, n);
            mrse_sequence_study_free(s);
        }
}

static void working__numbers_of_a_known_case__are_those_of_the_rows(void **state)
{
    mrse_sequence_study *s = run(TSE "before.yaml", TSE "after.yaml", NULL);
    const mrse_step *step = must_have(s, "B1+rms over the whole, from the pulses, after");
    (void)state;
    assert_rel(step->result.v, s->after.rf.rms_T, 0.0);
    assert_non_null(strstr(step->numbers, "/ 5.2 s"));
    assert_false(step->detail);
    /* 90° in 2.5 ms by a rectangle would take 2.3486 µT; this shape's mean is 0.35038 of its peak */
    step = must_have(s, "B1+ that turns by the flip angle: pulse 2, excitation, before and after");
    assert_rel(step->result.v, 0.25 / (MRSE_GAMMA_HZ_T * 2.5e-3) / 0.35038444, 1e-7);
    step = must_have(s, "Scan time, after");
    assert_abs(step->result.v, 296.4, 1e-9);
    assert_true(step->detail);
    assert_null(step_of(s, "Scan time, before and after"));
    assert_non_null(step_of(s, "Echo time, before and after"));
    mrse_sequence_study_free(s);
}

static void working__what_lacks__is_said_not_left_out(void **state)
{
    mrse_sequence_study *s = run(SHIMMED, NULL, NULL);
    const mrse_step *step = must_have(s, "B1+rms over the worst 10 s");
    (void)state;
    assert_non_null(strstr(step->numbers, s->before.played->b1.refused));
    assert_true(s->before.played->b1.refused[0] != '\0');
    assert_true(isnan(step->result.v));
    assert_non_null(strstr(must_have(s, "SAR")->numbers, "holds no SAR"));
    assert_null(step_of(s, "RF duty cycle"));
    mrse_sequence_study_free(s);
    s = run(PLAYED, TSE "after.yaml", NULL);
    assert_non_null(strstr(must_have(s, "Effect on the image")->numbers, "sequence/1"));
    assert_non_null(strstr(must_have(s, "B1+rms expected on the console")->numbers, "missing"));
    mrse_sequence_study_free(s);
}

/* ---- ways that no example takes ---- */

#define HEAD                                                                                       \
    "mrse: sequence/1\nid: x\nname: x\nstamp: test\nsources:\n  s: {origin: console, title: t, "   \
    "read: 2026-11-22}\nsource: s\nb0: 1.5 T\ncoil: body\nexam: one\n"
#define SIZE                                                                                       \
    "geometry: {matrix_read: 256, matrix_phase: 200, fov_read: 250 mm, fov_phase: 200 mm}\n"
#define HARD(role, angle) "  - {role: " role ", flip: " angle ", duration: 1 ms, shape: hard}\n"

/* Two versions of one text: `from` becomes `to` in the second. */
static mrse_sequence_study *run_changed(const char *text, const char *from, const char *to,
                                        const mrse_sequence_options *o)
{
    char before[512], after[4096];
    const char *at = strstr(text, from);
    assert_non_null(at);
    (void)snprintf(before, sizeof before, "%s", scratch_write("before.yaml", text));
    (void)snprintf(after, sizeof after, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    return run(before, scratch_write("after.yaml", after), o);
}

static void working__each_family__signal_by_its_equation(void **state)
{
    static const struct {
        const char *text, *from, *to, *formula;
    } of[] = {
        {HEAD "family: SE\nregion: head\ntiming: {tr: 500 ms, te: 15 ms}\nslices: {number: 9, "
              "thickness: 5 mm}\nacquisition: {bandwidth: 200 Hz, averages: 2}\n" SIZE
              "pulses:\n" HARD("excitation", "70 deg") HARD("refocusing", "160 deg"),
         "te: 15 ms", "te: 20 ms", "S = |M sin α sin²(β/2)"},
        {HEAD "family: SE\nregion: knee\ntiming: {tr: 2 s, te: 15 ms, ti: 160 ms}\nslices: "
              "{number: 5, thickness: 5 mm}\nacquisition: {bandwidth: 200 Hz}\n" SIZE
              "pulses:\n" HARD("inversion", "170 deg") HARD("excitation", "90 deg")
                  HARD("refocusing", "180 deg"),
         "ti: 160 ms", "ti: 150 ms", "cos ι"},
        {HEAD "family: GRE\nregion: abdomen\ntiming: {tr: 5 ms, te: 2 ms}\ndimension: "
              "3D\nslices: {number: 1, thickness: 2 mm, partitions: 40}\nacquisition: {bandwidth: "
              "300 Hz, acceleration_phase: 2, acceleration_slice: 1.5, partial_phase: 7/8, "
              "partial_slice: 6/8, reference_lines: 24, g_factor: 1.2}\n" SIZE
              "pulses:\n" HARD("excitation", "12 deg"),
         "12 deg", "8 deg", "(1 − e cos α)"},
        {HEAD "family: bSSFP\nregion: chest\ntiming: {tr: 3 ms, te: 1.5 ms}\nslices: {number: 10, "
              "thickness: 6 mm}\nacquisition: {bandwidth: 900 Hz}\n" SIZE
              "pulses:\n" HARD("excitation", "60 deg"),
         "60 deg", "40 deg", "(e − d) cos α"},
        {HEAD "family: EPI\nregion: head\ntiming: {tr: 2 s, te: 40 ms, echo_spacing: 0.6 "
              "ms}\ntrain: {etl: 50}\nslices: {number: 20, thickness: 4 mm}\nacquisition: "
              "{bandwidth: 2000 Hz}\n" SIZE "pulses:\n" HARD("excitation", "80 deg"),
         "0.6 ms", "0.7 ms", "(1 − e cos α)"},
    };
    const mrse_sequence_options o = {.scanner = scanner};
    (void)state;
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        mrse_sequence_study *s = run_changed(of[i].text, of[i].from, of[i].to, &o);
        const mrse_step *signal = must_have(s, "Signal, of M0 = 1");
        if (strstr(signal->formula, of[i].formula) == NULL)
            fail_msg("%s", signal->formula);
        assert_non_null(step_of(s, "SNR of"));
        assert_true(check(s) > 25);
        mrse_sequence_study_free(s);
    }
}

#define TRAIN                                                                                      \
    HEAD "family: TSE\nregion: head\ntiming: {tr: 3 s, te: 30 ms, echo_spacing: 10 ms}\n"          \
         "train: {etl: 4}\nslices: {number: 5, thickness: 5 mm}\n"                                 \
         "acquisition: {bandwidth: 200 Hz}\n" SIZE "pulses:\n"                                     \
         "  - {role: excitation, flip: 90 deg, duration: 2 ms, shape: gauss, sigmas: 3}\n"

/* The three ways to the energy of a pulse, a train of angles, bands, every shape. */
static void working__each_pulse__energy_by_what_is_stated(void **state)
{
    static const char *const of[] = {
        TRAIN "  - {role: refocusing, flips: [120 deg, 100 deg, 80 deg, 90 deg], duration: 1.5 ms, "
              "shape: fermi, flat: 0.3, edge: 0.05}\n",
        TRAIN "  - {role: refocusing, flip: 150 deg, duration: 1.5 ms, shape: hann, b1_peak: 18 "
              "uT}\n",
        TRAIN "  - {role: refocusing, flip: 150 deg, duration: 1.5 ms, b1_peak: 18 uT}\n",
        TRAIN "  - {role: refocusing, flip: 150 deg, duration: 1.5 ms, b1_peak: 8 uT}\n",
        TRAIN "  - {role: refocusing, flip: 150 deg, duration: 1.5 ms, shape: half sine, bands: "
              "2}\n",
        TRAIN "  - {role: refocusing, duration: 1.5 ms, shape: triangle, b1_peak: 18 uT}\n",
        TRAIN "  - {role: refocusing, flip: 150 deg, duration: 1.5 ms, shape: sinc, "
              "time_bandwidth: 3, window: hamming, b1_peak: 20 uT, bands: 3}\n"};
    (void)state;
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        mrse_sequence_study *s = run(scratch_write("train.yaml", of[i]), NULL, NULL);
        assert_true(isfinite(s->before.rf.rms_T));
        const mrse_step *energy = must_have(s, "∫B1²dt in one TR: pulse 2, refocusing");
        assert_rel(energy->result.v, 1e12 * s->before.rf.energy[1].b1_squared_T2_s, 1e-15);
        assert_int_equal(step_of(s, "Mean square of the train's angles") != NULL, i == 0);
        assert_true(check(s) >= 6);
        mrse_sequence_study_free(s);
    }
}

/* More pulses than fit into one line: added up in parts, nothing left out. */
static void working__many_pulses__sums_in_parts(void **state)
{
    char text[8192];
    size_t n = (size_t)snprintf(text, sizeof text, "%s", TRAIN);
    (void)state;
    for (int i = 0; i < 30; i++)
        n += (size_t)snprintf(text + n, sizeof text - n,
                              "  - {role: saturation band, flip: %d deg, duration: 1 ms, shape: "
                              "hard}\n",
                              70 + i);
    (void)snprintf(text + n, sizeof text - n, "%s", HARD("refocusing", "120 deg"));
    mrse_sequence_study *s = run(scratch_write("many.yaml", text), NULL, NULL);
    assert_true(isfinite(s->before.rf.rms_T));
    assert_non_null(step_of(s, "∫B1²dt in one TR: terms 1 to 12"));
    assert_non_null(step_of(s, "∫B1²dt in one TR: terms 25 to 32"));
    assert_true(check_and_free(s) > 60);
}

/* ---- SAR by each way ---- */

#define SCAN(region, tr, angle, reported)                                                          \
    HEAD "family: GRE\nregion: " region "\ntiming: {tr: " tr ", te: 5 ms}\n"                       \
         "slices: {number: 10, thickness: 5 mm}\nacquisition: {bandwidth: 200 Hz}\n" SIZE          \
         "pulses:\n" HARD("excitation", angle) "reported: {patient_mass: 70 kg" reported "}\n"

static void sar__each_way__its_own_formula(void **state)
{
    static const struct {
        const char *before, *after, *what, *formula;
        mrse_sar_method method;
    } of[] = {
        {SCAN("head", "100 ms", "30 deg", ", sar_head: 1 W/kg"),
         SCAN("head", "150 ms", "30 deg", ""), "Head SAR, after", "slices in one TR",
         MRSE_SAR_RATIO_TIME},
        {SCAN("head", "100 ms", "30 deg", ", sar_head: 1 W/kg"),
         SCAN("head", "100 ms", "25 deg", ""), "Head SAR, after", "from the pulses",
         MRSE_SAR_RATIO_PULSE},
        {SCAN("chest", "100 ms", "30 deg", ", sar_whole_body: 1 W/kg, b1_rms: 2 uT"),
         SCAN("chest", "100 ms", "20 deg", ", b1_rms: 1.5 uT"), "Whole-body SAR, after",
         "as the console shows them", MRSE_SAR_RATIO_B1},
        {SCAN("chest", "100 ms", "30 deg", ""), SCAN("chest", "100 ms", "20 deg", ""),
         "Whole-body SAR, after", "cylinder", MRSE_SAR_ANALYTIC},
        {SCAN("chest", "100 ms", "30 deg", ""), SCAN("chest", "100 ms", "20 deg", ""),
         "Partial-body SAR, after", "cylinder", MRSE_SAR_ANALYTIC},
        {SCAN("head", "100 ms", "30 deg", ""), SCAN("head", "100 ms", "20 deg", ""),
         "Head SAR, after", "sphere", MRSE_SAR_ANALYTIC},
    };
    (void)state;
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        char before[256];
        (void)snprintf(before, sizeof before, "%s", scratch_write("before.yaml", of[i].before));
        mrse_sequence_study *s = run(before, scratch_write("after.yaml", of[i].after), NULL);
        assert_int_equal(s->sar.method, of[i].method);
        assert_non_null(strstr(must_have(s, of[i].what)->formula, of[i].formula));
        assert_true(check_and_free(s) > 10);
    }
}

static mrse_value given(double v, mrse_kind kind)
{
    return mrse_value_computed(v, 0.0, kind, "site");
}

static void sar__of_a_site__each_pair_and_their_mean(void **state)
{
    mrse_sar_pair pair[20];
    mrse_scanner with = *scanner;
    (void)state;
    for (size_t i = 0; i < 20; i++) /* the last is of another coil: it must not enter */
        pair[i] = (mrse_sar_pair){.coil = (char *)(uintptr_t)(i < 19 ? "body" : "head"),
                                  .region = MRSE_REGION_CHEST,
                                  .mass = mrse_value_missing(MRSE_KIND_MASS),
                                  .b1_rms = given(1e-6 * (1.0 + 0.1 * (double)i), MRSE_KIND_B1_RMS),
                                  .sar = given(0.3 + 0.01 * (double)i, MRSE_KIND_SAR_WHOLE_BODY)};
    with.sar_pair = pair;
    for (size_t n = 1; n <= 20; n += n == 1 ? 2 : 17) {
        const mrse_sequence_options o = {.scanner = &with};
        with.n_sar_pairs = n;
        mrse_sequence_study *s =
            run(scratch_write("site.yaml", SCAN("chest", "100 ms", "30 deg", ", b1_rms: 2 uT")),
                NULL, &o);
        assert_int_equal(s->sar.method, MRSE_SAR_SITE);
        const mrse_step *sar = must_have(s, "Whole-body SAR");
        assert_non_null(strstr(sar->formula, "mean of k"));
        assert_non_null(strstr(sar->numbers, n < 20 ? (n == 1 ? "/ 1 ×" : "/ 3 ×") : "/ 19 ×"));
        assert_true(check_and_free(s) > n);
    }
}

/* ---- gradients by each way ---- */

static void gradients__other_systems__their_own_formulas(void **state)
{
    mrse_scanner with = *scanner;
    mrse_sequence_options o = place(0.17);
    mrse_sequence_study *s;
    (void)state;
    o.scanner = &with;
    with.gradients.has_safe = true;
    with.gradients.safe = mrse_safe_example_peripheral;
    with.gradients.safe_cardiac = mrse_safe_example_cardiac;
    with.gradients.coil = (char *)(uintptr_t) "xrm";
    with.gradients.reference_radius = mrse_value_missing(MRSE_KIND_LENGTH);
    s = run(DWI "before.yaml", DWI "after.yaml", &o);
    assert_non_null(strstr(must_have(s, "SAFE model, peripheral, before")->numbers, "√("));
    assert_non_null(strstr(must_have(s, "Convolution model, before")->numbers, "√("));
    assert_non_null(strstr(must_have(s, "Largest dB/dt")->numbers, "corner of the linear volume"));
    assert_true(check_and_free(s) > 70);
    s = run(PLAYED, NULL, &o);
    assert_non_null(strstr(must_have(s, "SAFE model, cardiac")->source, "gradients.safe"));
    assert_true(check_and_free(s) > 20);
    with.gradients.linear_radius = mrse_value_missing(MRSE_KIND_LENGTH);
    with.gradients.reference_radius = scanner->gradients.reference_radius;
    s = run(DWI "before.yaml", DWI "after.yaml", &o);
    assert_non_null(strstr(must_have(s, "Peak dB/dt at the implant")->numbers, "√(8 / 7)"));
    assert_true(check_and_free(s) > 70);
    with.gradients.reference_radius = mrse_value_missing(MRSE_KIND_LENGTH);
    s = run(DWI "before.yaml", DWI "after.yaml", &o);
    assert_string_equal(must_have(s, "Largest dB/dt")->numbers, "as declared");
    assert_true(check_and_free(s) > 40);
    with.gradients.dbdt_max = mrse_value_missing(MRSE_KIND_DBDT_PEAK);
    s = run(DWI "before.yaml", DWI "after.yaml", &o);
    assert_non_null(strstr(must_have(s, "Largest dB/dt")->numbers, "gradients.dbdt_max"));
    assert_true(check_and_free(s) > 40);
}

/* ---- memory ---- */

static mrse_status once(void *context)
{
    mrse_sequence_study *s = context;
    mrse_status status = mrse_sequence_working(s);
    mrse_free(s->step);
    s->step = NULL;
    s->n_steps = 0;
    return status;
}

static void working__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    mrse_sequence_study *s = run(TSE "before.yaml", TSE "after.yaml", NULL);
    (void)state;
    mrse_free(s->step);
    s->step = NULL;
    s->n_steps = 0;
    assert_true(oom_exhaust(once, s) > 60);
    mrse_sequence_study_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calculator__what_it_is_given__as_by_hand),
        cmocka_unit_test(working__each_example__every_expression_gives_its_result),
        cmocka_unit_test(working__numbers_of_a_known_case__are_those_of_the_rows),
        cmocka_unit_test(working__what_lacks__is_said_not_left_out),
        cmocka_unit_test(working__each_family__signal_by_its_equation),
        cmocka_unit_test(working__each_pulse__energy_by_what_is_stated),
        cmocka_unit_test(working__many_pulses__sums_in_parts),
        cmocka_unit_test(sar__each_way__its_own_formula),
        cmocka_unit_test(sar__of_a_site__each_pair_and_their_mean),
        cmocka_unit_test(gradients__other_systems__their_own_formulas),
        cmocka_unit_test(working__each_allocation_fails__no_memory_and_no_leak),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
