/* Objects of cases: rides that there are and are not, what may be done instead, magnets and conductors,
 * what heats, and no memory. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "assess/assess_internal.h"
#include "mrse/alloc.h"
#include "mrse/mrse.h"
#include "sheet_support.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/scratch.h"

static const char BALL[] = "shape: sphere\ndiameter: {value: 4 mm, u: 0.2 mm}\n";
static const char STEEL[] = "candidates: [{material: 316l, because: b}]\n";
static const char LEAD_OR_STEEL[] =
    "candidates:\n  - {material: lead, because: b}\n  - {material: 316l, because: c}\n";

static mrse_source wire = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1.2e6};
static mrse_study *study;

/* One wire: quick, and its field is known in closed form. */
static int begin(void **state)
{
    static const double level_T = 0.5, radius_m = 0.1;
    const mrse_study_options o = {
        .level_T = &level_T, .n_levels = 1, .radius_m = &radius_m, .n_radii = 1};
    fixture *f = with_coils();
    f->s.coil = &wire;
    return mrse_init() == MRSE_OK && scratch_begin(state) == 0 &&
                   mrse_study_run(&f->s, &o, &study, NULL) == MRSE_OK
               ? 0
               : -1;
}

static int end(void **state)
{
    mrse_study_free(study);
    return scratch_end(state);
}

static const mrse_position AT = {
    .x_m = 0.09, .z_m = 0.1, .u_x_m = 0.005, .u_z_m = 0.005, .entry = MRSE_ENTRY_FEET_FIRST};

static const char *write_object(const char *name, const char *shape, const char *more)
{
    char text[2048];
    (void)snprintf(text, sizeof text,
                   "mrse: object/1\nid: o\nname: o\nchecked: 2026-11-22\nsource: x\n"
                   "sources: {x: {origin: measured, title: t}}\n%s%s"
                   "location: l\ntissue: t\nfixation: f\nevidence: [e]\n",
                   shape, more);
    return scratch_write(name, text);
}

static mrse_object_file *object(const char *shape, const char *more)
{
    static mrse_diags diags;
    mrse_object_file *o = NULL;
    mrse_diags_init(&diags);
    if (mrse_object_load(write_object("object.yaml", shape, more), &o, &diags) != MRSE_OK)
        fail_msg("%s", diags.item[0].text);
    return o;
}

static mrse_object_setting quick(void)
{
    mrse_object_setting s = mrse_object_setting_default();
    s.samples = 200;
    return s;
}

static mrse_object_study *run(const mrse_object_file *o, const mrse_position *at,
                              const mrse_object_setting *with)
{
    mrse_object_study *s = NULL;
    assert_int_equal(mrse_object_study_run(study, o, at, with, &s), MRSE_OK);
    return s;
}

/* ---- the ride ---- */

static void run__on_the_axis__larger_u_of_both_sides(void **state)
{
    const mrse_object_setting with = quick();
    const mrse_position axis = {.z_m = 0.1, .u_x_m = 0.005, .u_y_m = 0.01, .u_z_m = 0.005};
    mrse_object_file *o = object(BALL, STEEL);
    mrse_object_study *s = run(o, &axis, &with);
    (void)state;
    assert_abs(s->place.r_m, 0.0, 0.0);
    assert_abs(s->place.u_r_m, 0.01, 1e-12);
    mrse_object_study_free(s);
    s = run(o, &AT, &with); /* far from it the side does not count */
    assert_abs(s->place.u_r_m, 0.005, 1e-12);
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

static void run__samples__as_many_as_asked_for(void **state)
{
    mrse_object_setting with = quick();
    mrse_object_file *o = object(BALL, STEEL);
    mrse_object_study *s = run(o, &AT, &with);
    (void)state;
    assert_int_equal(s->sampled.n, 200);
    mrse_object_study_free(s);
    with.samples = 12000;
    s = run(o, &AT, &with);
    assert_int_equal(s->sampled.n, 12000);
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

/* Nothing to sample from, or a model that does not know itself: no numbers at all. */
static void run__nothing_to_go_by__is_refused(void **state)
{
    static const mrse_variant unknown = {.magnet = {&wire, 0}, .weight = 1.0};
    const mrse_object_setting with = quick();
    mrse_object_file *o = object(BALL, STEEL);
    mrse_object_study *s = NULL;
    mrse_study vague = *study;
    size_t n = o->n_candidates;
    (void)state;
    o->n_candidates = 0;
    assert_int_equal(mrse_object_study_run(study, o, &AT, &with, &s), MRSE_ERR_ARG);
    o->n_candidates = n;
    char *kept = o->candidate[0].material;
    o->candidate[0].material = (char *)(uintptr_t) "unobtainium"; /* of no table */
    assert_int_equal(mrse_object_study_run(study, o, &AT, &with, &s), MRSE_ERR_ARG);
    o->candidate[0].material = kept;
    vague.model.variant = &unknown; /* of which no field can be computed */
    vague.model.n_variants = 1;
    assert_int_equal(mrse_object_study_run(&vague, o, &AT, &with, &s), MRSE_ERR_RANGE);
    assert_null(s);
    mrse_object_file_free(o);
}

/* ---- heating ---- */

/* power x time / (mass x heat), with the least mass; each thing missing is named. */
static void rise__mass_stated_or_least_of_candidates__or_not_known(void **state)
{
    mrse_object_setting with = quick();
    mrse_object_file *o = object(BALL, LEAD_OR_STEEL);
    mrse_object_study *s;
    double lead, steel;
    (void)state;
    with.dbdt_rms_T_s = 20;
    with.u_dbdt_T_s = 1;
    with.dbdt_frequency_Hz = 1e3;
    with.duration_s = 600;
    s = run(o, &AT, &with);
    assert_string_equal(s->rise.reason, "the specific heat is not given in the object file");
    mrse_object_study_free(s);
    o->specific_heat_J_kg_K = 100;
    s = run(o, &AT, &with);
    lead = s->candidate[0].material.density_kg_m3.low * s->body.volume_m3;
    steel = s->candidate[1].material.density_kg_m3.low * s->body.volume_m3;
    assert_true(steel < lead);
    assert_rel(s->rise.value.v,
               s->sampled.hazard[MRSE_HAZARD_EDDY_POWER].largest * 600 / (steel * 100), 1e-9);
    mrse_object_study_free(s);
    o->mass = mrse_value_computed(1e-3, 1e-5, MRSE_KIND_MASS, "");
    s = run(o, &AT, &with);
    assert_rel(s->rise.value.v,
               s->sampled.hazard[MRSE_HAZARD_EDDY_POWER].largest * 600 / (1e-3 * 100), 1e-9);
    mrse_object_study_free(s);
    with.duration_s = (double)NAN;
    s = run(o, &AT, &with);
    assert_string_equal(s->rise.reason, "how long the gradients act is not given");
    mrse_object_study_free(s);
    with.duration_s = -600; /* no heat comes of a time that runs backwards */
    s = NULL;
    assert_int_not_equal(mrse_object_study_run(study, o, &AT, &with, &s), MRSE_OK);
    assert_null(s);
    mrse_object_file_free(o);
}

/* The lightest candidate may be the one whose density nobody knows. */
static void rise__density_of_one_candidate_unknown__is_missing(void **state)
{
    mrse_object_setting with = quick();
    mrse_object_file *o = object(
        BALL, "candidates:\n  - {material: lead, because: b}\n"
              "  - {material: own, because: c}\n"
              "materials:\n  - {id: own, magnetic: linear, chi_from: 1000 ppm, chi_to: 2000 ppm, "
              "conductivity_from: 1000000 S/m, conductivity_to: 2000000 S/m}\n"
              "specific_heat: 130\n");
    mrse_object_study *s;
    (void)state;
    with.dbdt_rms_T_s = 20;
    with.dbdt_frequency_Hz = 1e3;
    with.duration_s = 600;
    s = run(o, &AT, &with);
    assert_true(isfinite(s->sampled.hazard[MRSE_HAZARD_EDDY_POWER].largest));
    assert_true(isnan(s->rise.value.v));
    assert_string_equal(s->rise.reason, "neither mass nor density is known");
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

/* ---- RF ---- */

/* What the file says of the conductor and its surroundings goes before what is assumed. */
static void rf__medium_loop_and_gap__are_those_of_the_file(void **state)
{
    const mrse_object_setting with = quick();
    mrse_object_file *o = object("shape: ring\ndiameter: 20 mm\nwire: 1 mm\n", STEEL);
    mrse_object_study *s = run(o, &AT, &with);
    double in_gel_m = s->rf.wavelength_m;
    (void)state;
    assert_true(s->rf_gel);
    assert_rel(s->rf_frequency_Hz, 42.577478518e6 * study->b0_T, 1e-9);
    bool closed = s->rf.n_statements > 0;
    mrse_object_study_free(s);
    o->medium.permittivity = 10;
    s = run(o, &AT, &with); /* half of it is not enough */
    assert_true(s->rf_gel);
    mrse_object_study_free(s);
    o->medium.conductivity = mrse_value_computed(0.1, 0, MRSE_KIND_CONDUCTIVITY, "");
    o->conductor.gap = mrse_value_computed(1e-3, 0, MRSE_KIND_LENGTH, "");
    o->conductor.loop = mrse_value_computed(0.05, 0, MRSE_KIND_LENGTH, "");
    ((mrse_scanner *)(uintptr_t)study->scanner)->frequency =
        mrse_value_computed(63.87e6, 0, MRSE_KIND_FREQUENCY, "");
    s = run(o, &AT, &with);
    assert_false(s->rf_gel);
    assert_abs(s->rf_frequency_Hz, 63.87e6, 0.0);
    assert_true(s->rf.wavelength_m > 1.5 * in_gel_m);
    assert_true(closed || s->rf.n_statements > 0);
    ((mrse_scanner *)(uintptr_t)study->scanner)->frequency =
        mrse_value_missing(MRSE_KIND_FREQUENCY);
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

/* ---- magnets ---- */

static void magnet__not_known_how_it_lies__field_may_oppose_it(void **state)
{
    mrse_object_setting with = quick();
    mrse_object_file *o = object("shape: magnet\ndiameter: 6 mm\nlength: 2 mm\nremanence: 1.2 T\n",
                                 "candidates: [{material: ndfeb, because: b}]\n");
    with.bandwidth_Hz = 200;
    mrse_object_study *s = run(o, &AT, &with);
    double b_T = s->ride.at.b.v, n = s->body.n[2];
    (void)state;
    /* r^3 = 2 C gamma / bandwidth with C = Br V / (4 pi) */
    assert_rel(s->candidate[0].artefact.along_m.value.v,
               cbrt(2 * 1.2 * s->body.volume_m3 / (4 * MRSE_PI) * 42.577478518e6 / 200), 1e-9);
    assert_int_equal(s->state.grade, MRSE_DEMAGNETISED_POSSIBLE);
    assert_rel(s->state.h_A_m, (-b_T - n * 1.2) / MRSE_MU0, 1e-9);
    mrse_object_study_free(s);
    o->orientation.axis[0] = o->orientation.axis[1] = 0.0; /* along the field */
    o->orientation.axis[2] = 2.0;
    s = run(o, &AT, &with);
    assert_rel(s->state.h_A_m, (b_T - n * 1.2) / MRSE_MU0, 1e-9);
    assert_int_not_equal(s->state.grade, MRSE_DEMAGNETISED_POSSIBLE);
    mrse_object_study_free(s);
    o->remanence = mrse_value_missing(MRSE_KIND_POLARISATION);
    s = run(o, &AT, &with); /* the least of the table */
    assert_rel(s->state.h_A_m, (b_T - n * s->candidate[0].material.polarisation_T.low) / MRSE_MU0,
               1e-9);
    mrse_object_study_free(s);
    mrse_object_file_free(o);
    for (int given = 0; given < 2; given++) { /* nobody knows how strong it is, or not how weak */
        static const char *const strength[] = {"", ", saturation_from: 0 T, saturation_to: 1 T"};
        char material[256];
        (void)snprintf(material, sizeof material,
                       "candidates: [{material: own, because: b}]\nmaterials: [{id: own, magnetic: "
                       "hard, density_from: 7 g/cm3, density_to: 8 g/cm3%s}]\n",
                       strength[given]);
        o = object("shape: magnet\ndiameter: 6 mm\nlength: 2 mm\n", material);
        s = run(o, &AT, &with);
        assert_int_equal(s->state.grade, MRSE_DEMAGNETISED_UNKNOWN);
        mrse_object_study_free(s);
        mrse_object_file_free(o);
    }
}

/* ---- cases ---- */

typedef struct held {
    mrse_case kase;
    mrse_case_object object;
    mrse_assessment a;
    char path[512];
} held;

static void set_up(held *h)
{
    const mrse_value none = mrse_value_missing(MRSE_KIND_NONE);
    memset(h, 0, sizeof *h);
    (void)snprintf(h->path, sizeof h->path, "%s", scratch_path("case.yaml"));
    h->object = (mrse_case_object){.place = {.has_position = true, .line = 21},
                                   .couch_speed = none,
                                   .walking_speed = none,
                                   .dbdt_rms = none,
                                   .dbdt_frequency = none,
                                   .duration = none,
                                   .bandwidth = none,
                                   .echo_time = none,
                                   .voxel = none};
    h->object.place.label = (char *)(uintptr_t) "object.yaml";
    h->object.place.x = mrse_value_computed(0.09, 0.005, MRSE_KIND_LENGTH, "");
    h->object.place.y = mrse_value_computed(0.0, 0.005, MRSE_KIND_LENGTH, "");
    h->object.place.z = mrse_value_computed(0.1, 0.005, MRSE_KIND_LENGTH, "");
    h->kase.path = h->path;
    h->kase.entry = MRSE_ENTRY_FEET_FIRST;
    h->kase.object = &h->object;
    h->kase.n_objects = 1;
    h->a.kase = &h->kase;
    h->a.study = study;
    (void)write_object("object.yaml", BALL, STEEL);
}

static mrse_diags said;

static mrse_status assess(held *h)
{
    mrse_diags_init(&said);
    return mrse_case_objects(&h->a, NULL, &said);
}

/* Frees what a case had, so that it can be assessed again. */
static void clear(held *h)
{
    mrse_case_objects_clear(&h->a);
    h->a = (mrse_assessment){.kase = &h->kase, .study = study};
}

static const mrse_object_lever *lever_of(const mrse_object_result *r, const char *words)
{
    for (size_t i = 0; i < r->n_levers; i++)
        if (strstr(r->lever[i].what, words))
            return &r->lever[i];
    fail_msg("no lever '%s'", words);
    return NULL;
}

static void levers__each__is_the_ride_that_it_says(void **state)
{
    held h;
    const mrse_object_result *r;
    (void)state;
    set_up(&h);
    h.object.couch_speed = mrse_value_computed(0.2, 0, MRSE_KIND_SPEED, "");
    assert_int_equal(assess(&h), MRSE_OK);
    r = &h.a.object[0];
    assert_abs(r->study->setting.couch_m_s, 0.2, 0.0);
    assert_abs(r->study->setting.walking_m_s, MRSE_WALKING_SPEED_M_S, 0.0);
    assert_int_equal(r->n_levers, 5); /* no other scanner is named */
    assert_abs(lever_of(r, "head first instead of feet first")->study->ride.at.path.z_end_m, -0.1,
               1e-12);
    assert_abs(lever_of(r, "nearer to the axis")->study->place.r_m, 0.07, 1e-12);
    assert_abs(lever_of(r, "nearer to the axis")->study->place.z_end_m, 0.1, 1e-12);
    assert_abs(lever_of(r, "half the speed")->study->setting.couch_m_s, 0.1, 1e-12);
    clear(&h);
    h.kase.entry = MRSE_ENTRY_HEAD_FIRST;
    h.object.place.x.v = 0.01; /* not past the axis */
    assert_int_equal(assess(&h), MRSE_OK);
    r = &h.a.object[0];
    (void)lever_of(r, "feet first instead of head first");
    assert_abs(lever_of(r, "nearer to the axis")->study->place.r_m, 0.0, 0.0);
    clear(&h);
}

/* In front of the covers and wider than the bore: feet first it never comes near, head first it would
 * have to go through the covers. */
static void levers__no_such_ride__is_shown_without_numbers(void **state)
{
    held h;
    (void)state;
    set_up(&h);
    h.object.place.x.v = 0.35;
    h.object.place.z.v = 1.0;
    assert_int_equal(assess(&h), MRSE_OK);
    assert_non_null(h.a.object[0].study);
    assert_null(lever_of(&h.a.object[0], "instead of")->study);
    assert_non_null(lever_of(&h.a.object[0], "nearer to the axis")->study);
    clear(&h);
}

static void object__that_cannot_ride_or_be_read__is_refused(void **state)
{
    held h;
    (void)state;
    set_up(&h);
    h.object.place.x.v = 0.35; /* in the covers */
    assert_int_equal(assess(&h), MRSE_ERR_INPUT);
    assert_int_equal(said.item[0].line, 21);
    assert_string_equal(said.item[0].field, "objects.position");
    clear(&h);
    h.object.place.x.v = (double)NAN;
    assert_int_equal(assess(&h), MRSE_ERR_INPUT);
    assert_non_null(strstr(said.item[0].text, "does not give a ride"));
    clear(&h);
    h.object.place.x.v = 0.09;
    h.object.place.label = (char *)(uintptr_t) "gone.yaml";
    assert_int_equal(assess(&h), MRSE_ERR_IO);
    clear(&h);
    const mrse_refs packed = {0}; /* a folder in which the object is not */
    assert_int_equal(mrse_case_objects(&h.a, &packed, &said), MRSE_ERR_INPUT);
    clear(&h);
    h.kase.compare_scanner = (char *)(uintptr_t) "gone.yaml";
    assert_int_equal(assess(&h), MRSE_ERR_IO);
    assert_null(h.a.compare);
    clear(&h);
    assert_int_equal(mrse_case_objects(&h.a, &packed, &said), MRSE_ERR_INPUT);
    clear(&h);
    h.kase.n_objects = 0;
    assert_int_equal(assess(&h), MRSE_OK);
    assert_null(h.a.object);
}

/* ---- memory ---- */

static mrse_status study_once(void *context)
{
    const mrse_object_setting with = quick();
    mrse_object_study *s = NULL;
    mrse_status status = mrse_object_study_run(study, context, &AT, &with, &s);
    mrse_object_study_free(s);
    return status;
}

static void study__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    mrse_object_file *o = object(BALL, LEAD_OR_STEEL);
    (void)state;
    assert_true(oom_exhaust(study_once, o) > 20);
    mrse_object_file_free(o);
}

static mrse_status case_once(void *context)
{
    held *h = context;
    mrse_status status = assess(h);
    clear(h);
    return status;
}

/* Every allocation up to the levers', and some of theirs: each costs all the samples before it. */
static void case__no_memory__says_so_and_leaks_nothing(void **state)
{
    held h;
    size_t n;
    (void)state;
    set_up(&h);
    oom_hook_begin(0);
    assert_int_equal(case_once(&h), MRSE_OK);
    n = oom_hook_end();
    assert_true(n > 100);
    for (size_t i = 1; i <= n; i += i < 30 ? 1 : n / 3) {
        oom_hook_begin(i);
        assert_int_equal(case_once(&h), MRSE_ERR_NOMEM);
        assert_int_equal(oom_hook_live(), 0);
        (void)oom_hook_end();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(run__on_the_axis__larger_u_of_both_sides),
        cmocka_unit_test(run__samples__as_many_as_asked_for),
        cmocka_unit_test(run__nothing_to_go_by__is_refused),
        cmocka_unit_test(rise__mass_stated_or_least_of_candidates__or_not_known),
        cmocka_unit_test(rise__density_of_one_candidate_unknown__is_missing),
        cmocka_unit_test(rf__medium_loop_and_gap__are_those_of_the_file),
        cmocka_unit_test(magnet__not_known_how_it_lies__field_may_oppose_it),
        cmocka_unit_test(levers__each__is_the_ride_that_it_says),
        cmocka_unit_test(levers__no_such_ride__is_shown_without_numbers),
        cmocka_unit_test(object__that_cannot_ride_or_be_read__is_refused),
        cmocka_unit_test(study__each_allocation_fails__no_memory_and_no_leak),
        cmocka_unit_test(case__no_memory__says_so_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
