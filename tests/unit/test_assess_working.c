/* Findings and working that an assessment adds: of a modified sequence, of the scanner and of a ride;
 * what each step shows, and when there is none. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "assess/assess_internal.h"
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
static mrse_diags diags;

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

static void forget(mrse_assessment *a)
{
    mrse_free(a->finding);
    mrse_free(a->step);
    a->finding = NULL;
    a->step = NULL;
    a->n_findings = a->n_steps = 0;
}

static const mrse_step *step_of(const mrse_assessment *a, const char *what)
{
    for (size_t i = 0; i < a->n_steps; i++)
        if (strstr(a->step[i].what, what) != NULL)
            return &a->step[i];
    return NULL;
}

/* ---- a modified sequence ---- */

/* A case that modifies one sequence for one limit, without its file. */
typedef struct modified {
    mrse_case kase;
    mrse_case_sequence sequence[4];
    mrse_case_implant implant[2];
    mrse_label_limit limit;
    mrse_assessment a;
} modified;

static void set_up(modified *m)
{
    memset(m, 0, sizeof *m);
    mrse_diags_init(&diags);
    m->sequence[0].role = MRSE_SEQUENCE_PLANNED;
    m->sequence[1].role = MRSE_SEQUENCE_BEFORE;
    m->sequence[2].role = MRSE_SEQUENCE_AFTER;
    m->kase.path = (char *)(uintptr_t) "case.yaml";
    m->kase.sequence = m->sequence;
    m->kase.n_sequences = 3;
    m->kase.implant = m->implant;
    m->kase.modification.limit = &m->limit;
    m->a.kase = &m->kase;
    m->a.scanner = scanner;
    m->a.before = &m->sequence[1];
    m->a.after = &m->sequence[2];
}

static void set_limit(modified *m, double v, double u, mrse_kind kind)
{
    m->limit = (mrse_label_limit){.limit = {.op = MRSE_OP_LE}};
    m->limit.limit.value = mrse_value_computed(v, u, kind, "");
    m->limit.limit.value.origin = MRSE_ORIGIN_MANUFACTURER;
    m->limit.limit.value.basis = MRSE_BASIS_DECLARED;
    m->kase.modification.n_limits = 1;
}

static void judge(modified *m, const char *before, const char *after)
{
    mrse_sequence_study_free(m->a.sequences);
    m->a.sequences = NULL;
    forget(&m->a);
    assert_int_equal(mrse_case_sequences(&m->a, before, after, &diags), MRSE_OK);
    assert_int_equal(mrse_findings_add_sequences(&m->a), MRSE_OK);
}

static void clear(modified *m)
{
    forget(&m->a);
    mrse_sequence_study_free(m->a.sequences);
}

static void modifies__needs_one_before_and_one_after(void **state)
{
    const mrse_case_sequence *before, *after;
    modified m;
    (void)state;
    set_up(&m);
    assert_true(mrse_case_modifies(&m.kase, &before, &after));
    assert_ptr_equal(before, &m.sequence[1]);
    assert_ptr_equal(after, &m.sequence[2]);
    m.kase.n_sequences = 2;
    assert_false(mrse_case_modifies(&m.kase, &before, &after));
    m.kase.n_sequences = 1;
    assert_false(mrse_case_modifies(&m.kase, &before, &after));
    m.kase.n_sequences = 0;
    assert_false(mrse_case_modifies(&m.kase, &before, &after));
}

static void modification__second_pair__is_refused_at_its_line(void **state)
{
    modified m;
    (void)state;
    for (int role = MRSE_SEQUENCE_BEFORE; role <= MRSE_SEQUENCE_AFTER; role++) {
        set_up(&m);
        m.kase.n_sequences = 4;
        m.sequence[3].role = (mrse_sequence_role)role;
        m.sequence[3].line = 17;
        assert_int_equal(mrse_case_sequences(&m.a, DWI "before.yaml", DWI "after.yaml", &diags),
                         MRSE_ERR_INPUT);
        assert_int_equal(diags.item[0].line, 17);
        assert_non_null(strstr(diags.item[0].hint, "a case of its own"));
        assert_null(m.a.sequences);
    }
}

static void put(mrse_case_implant *at, double z_m)
{
    at->has_position = true;
    at->x = mrse_value_computed(0.05, 0.005, MRSE_KIND_LENGTH, "");
    at->y = mrse_value_computed(0.0, 0.005, MRSE_KIND_LENGTH, "");
    at->z = mrse_value_computed(z_m, 0.005, MRSE_KIND_LENGTH, "");
}

/* dB/dt is wanted where the modification says, else at the only implant; at one of several nobody
 * knows which. */
static void modification__place__is_its_own_or_that_of_the_only_implant(void **state)
{
    static const struct {
        bool own;
        size_t n_implants;
        double z_m; /* NaN: no place */
    } of[] = {{true, 1, 0.2}, {false, 1, 0.1}, {false, 2, NAN}, {true, 0, 0.2}, {false, 0, NAN}};
    (void)state;
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        modified m;
        const mrse_step *step;
        set_up(&m);
        m.kase.n_implants = of[i].n_implants;
        put(&m.implant[0], 0.1);
        put(&m.implant[1], 0.1);
        if (of[i].own)
            put(&m.kase.modification.place, 0.2);
        judge(&m, DWI "before.yaml", DWI "after.yaml");
        assert_int_equal(m.a.sequences->has_place, isfinite(of[i].z_m));
        step = step_of(&m.a, "Peak dB/dt at the implant, after");
        if (isfinite(of[i].z_m)) {
            assert_abs(fabs(m.a.sequences->place_m[2]), of[i].z_m, 1e-12);
            assert_non_null(step);
            assert_abs(step->result.v, m.a.sequences->dbdt_after.peak.v, 0.0);
            assert_non_null(strstr(step->numbers, "in T/m/s and m; √("));
        } else {
            assert_null(step);
        }
        clear(&m);
    }
}

/* Outside the volume where the axes are known only the declared maximum holds: nothing to work out,
 * and nothing that a sheet would have to show. */
static void modification__declared_dbdt__is_a_detail_as_declared(void **state)
{
    modified m;
    (void)state;
    set_up(&m);
    put(&m.kase.modification.place, 0.6);
    judge(&m, DWI "before.yaml", DWI "after.yaml");
    assert_true(m.a.sequences->dbdt_after.declared);
    const mrse_step *step = step_of(&m.a, "Peak dB/dt at the implant");
    assert_non_null(step);
    assert_string_equal(step->numbers, "as declared");
    assert_true(step->detail);
    clear(&m);
}

static void modification__undetermined__asks_for_what_would_settle_it(void **state)
{
    modified m;
    (void)state;
    set_up(&m);
    set_limit(&m, 2e-6, 0.0, MRSE_KIND_B1_RMS);
    judge(&m, TSE "before.yaml", TSE "after.yaml");
    assert_int_equal(m.a.n_findings, 2);
    assert_int_equal(m.a.finding[1].decision.verdict, MRSE_VERDICT_MET);
    assert_string_equal(m.a.finding[1].ask, "");
    assert_string_equal(m.a.finding[1].exposure_name, "after: on the console");
    assert_string_equal(m.a.finding[1].printed, "");
    assert_string_equal(m.a.finding[0].branch, "before");
    assert_false(m.a.finding[0].decisive);
    /* computed within its own uncertainty of the limit */
    mrse_value peak = m.a.sequences->after.gradient.slew_max.value;
    assert_true(isnan(peak.v));
    peak = mrse_sequence_exposure_of(m.a.sequences, true, MRSE_KIND_B1_PEAK, NULL);
    m.a.sequences->after.protocol->reported.b1_peak = mrse_value_missing(MRSE_KIND_B1_PEAK);
    set_limit(&m, peak.v, 0.0, MRSE_KIND_B1_PEAK);
    m.limit.printed = (char *)(uintptr_t) "as printed";
    forget(&m.a);
    assert_int_equal(mrse_findings_add_sequences(&m.a), MRSE_OK);
    assert_int_equal(m.a.finding[1].decision.verdict, MRSE_VERDICT_UNDETERMINED);
    assert_non_null(strstr(m.a.finding[1].ask, "modify the sequence further"));
    assert_string_equal(m.a.finding[1].printed, "as printed");
    /* a quantity that no sequence has */
    set_limit(&m, 100, 0.0, MRSE_KIND_SOUND_LEVEL);
    forget(&m.a);
    assert_int_equal(mrse_findings_add_sequences(&m.a), MRSE_OK);
    assert_int_equal(m.a.finding[1].decision.verdict, MRSE_VERDICT_UNDETERMINED);
    assert_non_null(strstr(m.a.finding[1].ask, "read the value off the console"));
    assert_string_equal(m.a.finding[1].exposure_name, "after: not known");
    clear(&m);
}

/* SAR after by the ratio of energies: 1.61 W/kg times the square of the ratio of B1+rms. */
static void modification__sar_by_ratio__is_a_step(void **state)
{
    char *text = NULL, after[512];
    size_t n = 0;
    modified m;
    (void)state;
    assert_int_equal(mrse_file_read(TSE "after.yaml", 1 << 20, &text, &n, NULL), MRSE_OK);
    *strstr(text, "reported:") = '\0';
    (void)snprintf(after, sizeof after, "%s", scratch_write("after.yaml", text));
    mrse_free(text);
    set_up(&m);
    judge(&m, TSE "before.yaml", after);
    const mrse_sequence_study *s = m.a.sequences;
    double energy = pow(s->after.rf.rms_T / s->before.rf.rms_T, 2);
    const mrse_step *sar = step_of(&m.a, "Whole-body SAR, after");
    assert_non_null(sar);
    assert_rel(sar->result.v, 1.61 * energy, 0.02);
    assert_false(sar->detail);
    assert_non_null(step_of(&m.a, "B1+rms expected on the console"));
    assert_non_null(step_of(&m.a, "B1+rms over the whole, from the pulses, after"));
    clear(&m);
}

static bool is_shown(const mrse_assessment *a, const char *what)
{
    const mrse_step *step = step_of(a, what);
    return step != NULL && !step->detail;
}

/* All of the study's working is in the record; on a sheet stands what the modification changes, and
 * nothing that is missing. */
static void modification__working__all_of_the_study_shown_what_changes(void **state)
{
    modified m;
    (void)state;
    set_up(&m);
    judge(&m, TSE "before.yaml", TSE "after.yaml");
    assert_int_equal(m.a.n_steps, m.a.sequences->n_steps);
    assert_true(is_shown(&m.a, "B1+rms over the whole, from the pulses, before"));
    assert_true(is_shown(&m.a, "B1+rms over the whole, from the pulses, after"));
    assert_true(is_shown(&m.a, "B1+rms expected on the console"));
    assert_false(is_shown(&m.a, "RF duty cycle, after"));
    clear(&m);
    set_up(&m);
    judge(&m, TSE "before.yaml", TSE "before.yaml");
    for (size_t i = 0; i < m.a.n_steps; i++)
        assert_true(m.a.step[i].detail);
    clear(&m);
    set_up(&m);
    judge(&m, PLAYED, TSE "after.yaml");
    assert_true(is_shown(&m.a, "B1+rms over the whole, from the pulses, before"));
    assert_false(is_shown(&m.a, "B1+rms expected on the console"));
    for (size_t i = 0; i < m.a.n_steps; i++)
        assert_true(m.a.step[i].detail || isfinite(m.a.step[i].result.v));
    clear(&m);
}

static mrse_status modification_once(void *context)
{
    modified *m = context;
    mrse_status status = mrse_findings_add_sequences(&m->a);
    forget(&m->a);
    return status;
}

static void modification__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    modified m;
    (void)state;
    set_up(&m);
    put(&m.kase.modification.place, 0.1);
    set_limit(&m, 2e-6, 0.0, MRSE_KIND_B1_RMS);
    judge(&m, DWI "before.yaml", DWI "after.yaml");
    assert_true(oom_exhaust(modification_once, &m) > 10);
    clear(&m);
}

/* ---- scanner and ride ---- */

static const mrse_source wire = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1.2e6};

typedef struct ridden {
    mrse_scanner scanner;
    mrse_study study;
    mrse_case_implant implant;
    mrse_label_limit limit;
    mrse_finding finding[4];
    mrse_implant_result result;
    mrse_assessment a;
} ridden;

static void set_out(ridden *r)
{
    memset(r, 0, sizeof *r);
    r->study.model.magnet = (mrse_magnet){&wire, 1};
    r->study.reach_grad = mrse_value_computed(3.0, 0.1, MRSE_KIND_SFG, MRSE_METHOD_REACH);
    r->study.reach_at.grad = (mrse_peak){.value = 3.0, .r_m = 0.3, .z_m = 0.1};
    r->implant.name = (char *)(uintptr_t) "clip";
    r->limit.limit.value = mrse_value_computed(7.2, 0.0, MRSE_KIND_SFG, "label");
    r->result.implant = &r->implant;
    r->a.study = &r->study;
    r->a.scanner = &r->scanner;
}

static void working__of_the_scanner__where_its_largest_gradient_is(void **state)
{
    ridden r;
    (void)state;
    set_out(&r);
    assert_int_equal(mrse_working_add_scanner(&r.a), MRSE_OK);
    assert_int_equal(r.a.n_steps, 1);
    assert_non_null(strstr(r.a.step[0].numbers, "r = 0.3"));
    r.study.reach_at.grad.r_m = 0.5; /* on the wire: nothing that could be redone */
    r.study.reach_at.grad.z_m = 0.0;
    assert_int_equal(mrse_working_add_scanner(&r.a), MRSE_ERR_RANGE);
    r.study.reach_grad = mrse_value_missing(MRSE_KIND_SFG);
    assert_int_equal(mrse_working_add_scanner(&r.a), MRSE_OK);
    assert_int_equal(r.a.n_steps, 1);
    r.study.reach_grad = mrse_value_computed(5.0, 0.0, MRSE_KIND_SFG, "sheet");
    assert_int_equal(mrse_working_add_scanner(&r.a), MRSE_OK);
    assert_int_equal(r.a.n_steps, 2);
    assert_string_equal(r.a.step[1].source, "sheet");
    forget(&r.a);
}

/* Decisions on the gradient, of this implant, in numbers: no others are worked out. */
static void working__of_an_implant__decisions_in_numbers_of_its_own(void **state)
{
    ridden r;
    (void)state;
    set_out(&r);
    for (size_t i = 0; i < 4; i++) {
        r.finding[i].implant = i == 1 ? "another" : r.implant.name;
        r.finding[i].exposure =
            mrse_value_computed(3, 0.1, i == 2 ? MRSE_KIND_B1_RMS : MRSE_KIND_SFG, "path-maximum");
        r.finding[i].numeric = i != 3;
        mrse_text_copy(r.finding[i].decision.reason, sizeof r.finding[i].decision.reason, "why");
    }
    r.a.finding = r.finding;
    r.a.n_findings = 4;
    assert_int_equal(mrse_working_add(&r.a, &r.result), MRSE_OK);
    assert_int_equal(r.a.n_steps, 1);
    assert_string_equal(r.a.step[0].numbers, "why: UNDETERMINED");
    r.result.grad_limit = &r.limit;
    r.result.has_ride = true;
    r.result.ride.at.at.grad = (mrse_peak){.value = 1, .r_m = 0.1, .z_m = 0.4};
    assert_int_equal(mrse_working_add(&r.a, &r.result), MRSE_OK);
    assert_int_equal(r.a.n_steps, 6); /* limit, place, gradient, its u, decision */
    r.a.finding = NULL;
    forget(&r.a);
}

static mrse_status working_once(void *context)
{
    ridden *r = context;
    mrse_status status = mrse_working_add_scanner(&r->a);
    if (status == MRSE_OK)
        status = mrse_working_add(&r->a, &r->result);
    r->a.finding = NULL;
    forget(&r->a);
    r->a.finding = r->finding;
    r->a.n_findings = 1;
    return status;
}

static void working__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    ridden r;
    (void)state;
    set_out(&r);
    r.finding[0] = (mrse_finding){.implant = r.implant.name, .numeric = true};
    r.finding[0].exposure = mrse_value_computed(3, 0.1, MRSE_KIND_SFG, "path-maximum");
    r.a.finding = r.finding;
    r.a.n_findings = 1;
    r.result.grad_limit = &r.limit;
    r.result.has_ride = true;
    r.result.ride.at.at.grad = (mrse_peak){.value = 1, .r_m = 0.1, .z_m = 0.4};
    assert_true(oom_exhaust(working_once, &r) >= 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modifies__needs_one_before_and_one_after),
        cmocka_unit_test(modification__second_pair__is_refused_at_its_line),
        cmocka_unit_test(modification__place__is_its_own_or_that_of_the_only_implant),
        cmocka_unit_test(modification__declared_dbdt__is_a_detail_as_declared),
        cmocka_unit_test(modification__undetermined__asks_for_what_would_settle_it),
        cmocka_unit_test(modification__sar_by_ratio__is_a_step),
        cmocka_unit_test(modification__working__all_of_the_study_shown_what_changes),
        cmocka_unit_test(modification__each_allocation_fails__no_memory_and_no_leak),
        cmocka_unit_test(working__of_the_scanner__where_its_largest_gradient_is),
        cmocka_unit_test(working__of_an_implant__decisions_in_numbers_of_its_own),
        cmocka_unit_test(working__each_allocation_fails__no_memory_and_no_leak),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
