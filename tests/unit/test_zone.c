/* Rules about places: positions of real labels, the edge and its neighbours, what is not known.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/zone.h"
#include "support/close.h"

#define MET          MRSE_VERDICT_MET
#define NOT_MET      MRSE_VERDICT_NOT_MET
#define UNDETERMINED MRSE_VERDICT_UNDETERMINED

static mrse_value metres(double v, double u)
{
    return (mrse_value){.v = v, .u = u, .kind = MRSE_KIND_LENGTH, .origin = MRSE_ORIGIN_MEASURED};
}

static mrse_zone_place place(mrse_level level, double offset_m, double u_m)
{
    return (mrse_zone_place){.level = level, .offset = metres(offset_m, u_m)};
}

static mrse_anatomy person_of(double height_m)
{
    mrse_value height = metres(height_m, 0.0);
    return mrse_anatomy_of(&height);
}

static mrse_zone_result decide(const mrse_zone_setup *setup, const mrse_zone_rule *rule)
{
    mrse_zone_result r;
    assert_int_equal(mrse_zone_decide(setup, rule, &r), MRSE_OK);
    assert_true(r.decision.reason[0] != '\0');
    assert_true((r.ask[0] != '\0') == (r.decision.verdict == UNDETERMINED));
    return r;
}

/* Confirm and others, body coil: isocentre not between C7 and L3. By stature alone u is 2.5 cm at
 * either end, so only clear positions are decided. */
static void iso_outside__c7_to_l3__landmarks_of_an_adult(void **state)
{
    (void)state;
    static const struct {
        mrse_level level;
        mrse_verdict verdict;
    } row[] = {{MRSE_LEVEL_EYES, MET},
               {MRSE_LEVEL_NASION, MET},
               {MRSE_LEVEL_EAR, MET},
               {MRSE_LEVEL_C7, NOT_MET},
               {MRSE_LEVEL_T1, NOT_MET},
               {MRSE_LEVEL_NIPPLES, NOT_MET},
               {MRSE_LEVEL_XIPHOID, NOT_MET},
               {MRSE_LEVEL_L3, NOT_MET},
               {MRSE_LEVEL_HIP, MET},
               {MRSE_LEVEL_KNEE, MET},
               {MRSE_LEVEL_CHIN, UNDETERMINED},
               {MRSE_LEVEL_ILIAC_CREST, UNDETERMINED},
               {MRSE_LEVEL_SYMPHYSIS, UNDETERMINED} /* no source */};
    mrse_anatomy person = person_of(1.72);
    for (size_t order = 0; order < 2; order++) {
        mrse_zone_rule rule = {.kind = MRSE_ZONE_ISO_OUTSIDE,
                               .a = mrse_zone_at(order == 0 ? MRSE_LEVEL_C7 : MRSE_LEVEL_L3),
                               .b = mrse_zone_at(order == 0 ? MRSE_LEVEL_L3 : MRSE_LEVEL_C7)};
        for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
            mrse_zone_setup setup = {.person = &person, .isocentre = mrse_zone_at(row[i].level)};
            mrse_zone_result r = decide(&setup, &rule);
            if (r.decision.verdict != row[i].verdict)
                print_error("%s: %s\n", mrse_level_text(row[i].level), r.decision.reason);
            assert_int_equal(r.decision.verdict, row[i].verdict);
            assert_true(row[i].verdict != MET || r.decision.on_assumption);
        }
    }
}

/* Levels measured on an image: the edge is the middle of the vertebra and half its height. */
static void iso_outside__measured__edge_and_neighbours(void **state)
{
    (void)state;
    mrse_anatomy person = person_of(1.72);
    mrse_value c7 = metres(0.25, 0.0), t8 = metres(0.45, 0.0), half;
    assert_int_equal(mrse_anatomy_override(&person, MRSE_LEVEL_C7, &c7), MRSE_OK);
    assert_int_equal(mrse_anatomy_override(&person, MRSE_LEVEL_T8, &t8), MRSE_OK);
    assert_int_equal(mrse_anatomy_half_height(&person, MRSE_LEVEL_T8, &half), MRSE_OK);
    mrse_zone_rule rule = {.kind = MRSE_ZONE_ISO_OUTSIDE,
                           .a = mrse_zone_at(MRSE_LEVEL_C7),
                           .b = mrse_zone_at(MRSE_LEVEL_T8)};
    /* A landmark at the edge: half +- 2 u of the half is undecided, beyond it is not. */
    mrse_zone_setup setup = {.person = &person};
    static const struct {
        double beyond_2u;
        mrse_verdict verdict;
    } row[] = {{1.001, MET},
               {0.999, UNDETERMINED},
               {0.0, UNDETERMINED},
               {-0.999, UNDETERMINED},
               {-1.001, NOT_MET}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        double depth_m = 0.45 + half.v + row[i].beyond_2u * 2.0 * half.u;
        setup.isocentre = place(MRSE_LEVEL_VERTEX, -depth_m, 0.0);
        mrse_zone_result r = decide(&setup, &rule);
        assert_int_equal(r.decision.verdict, row[i].verdict);
        assert_abs(r.distance.v, row[i].beyond_2u * 2.0 * half.u, 1e-12);
        assert_abs(r.decision.margin, r.distance.v, 1e-15);
    }
    /* References that are no vertebrae have a sharp edge; on it the zone is not left. */
    mrse_zone_rule sharp = {.kind = MRSE_ZONE_ISO_OUTSIDE,
                            .a = place(MRSE_LEVEL_VERTEX, -0.25, 0.0),
                            .b = place(MRSE_LEVEL_VERTEX, -0.45, 0.0)};
    setup.isocentre = place(MRSE_LEVEL_VERTEX, -0.45, 0.0);
    assert_int_equal(decide(&setup, &sharp).decision.verdict, NOT_MET);
    setup.isocentre = place(MRSE_LEVEL_VERTEX, -0.4501, 0.0);
    assert_int_equal(decide(&setup, &sharp).decision.verdict, MET);
    setup.isocentre = place(MRSE_LEVEL_VERTEX, -0.2499, 0.0);
    assert_int_equal(decide(&setup, &sharp).decision.verdict, MET);
    sharp.kind = MRSE_ZONE_ISO_WITHIN;
    assert_int_equal(decide(&setup, &sharp).decision.verdict, NOT_MET);
    setup.isocentre = place(MRSE_LEVEL_VERTEX, -0.25, 0.0);
    assert_int_equal(decide(&setup, &sharp).decision.verdict, MET);
    /* In the middle both edges limit what is known. */
    setup.isocentre = place(MRSE_LEVEL_VERTEX, -0.35, 0.049);
    assert_int_equal(decide(&setup, &sharp).decision.verdict, MET);
    setup.isocentre = place(MRSE_LEVEL_VERTEX, -0.35, 0.051);
    assert_int_equal(decide(&setup, &sharp).decision.verdict, UNDETERMINED);
}

static void iso_above_below_distance__signs_and_edges(void **state)
{
    (void)state;
    mrse_anatomy person = person_of(1.72);
    mrse_zone_setup setup = {.person = &person};
    mrse_zone_rule above = {.kind = MRSE_ZONE_ISO_ABOVE, .a = mrse_zone_at(MRSE_LEVEL_UMBILICUS)};
    mrse_zone_rule below = above;
    below.kind = MRSE_ZONE_ISO_BELOW;
    static const struct {
        double offset_m, u_m;
        mrse_verdict above, below;
    } row[] = {{0.05, 0.0, MET, NOT_MET},
               {0.05, 0.0249, MET, NOT_MET},
               {0.05, 0.0251, UNDETERMINED, UNDETERMINED},
               {0.0, 0.0, NOT_MET, NOT_MET},
               {-0.05, 0.0, NOT_MET, MET},
               {NAN, 0.0, UNDETERMINED, UNDETERMINED},
               {0.05, NAN, UNDETERMINED, UNDETERMINED},
               {0.05, -0.1, UNDETERMINED, UNDETERMINED}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        setup.isocentre = place(MRSE_LEVEL_UMBILICUS, row[i].offset_m, row[i].u_m);
        assert_int_equal(decide(&setup, &above).decision.verdict, row[i].above);
        assert_int_equal(decide(&setup, &below).decision.verdict, row[i].below);
    }
    /* < 40 cm from the top of the head */
    mrse_zone_rule near = {.kind = MRSE_ZONE_ISO_DISTANCE,
                           .a = mrse_zone_at(MRSE_LEVEL_VERTEX),
                           .op = MRSE_OP_LT,
                           .length = metres(0.40, 0.0)};
    setup.isocentre = place(MRSE_LEVEL_VERTEX, -0.40, 0.0);
    assert_int_equal(decide(&setup, &near).decision.verdict, NOT_MET);
    near.op = MRSE_OP_LE;
    assert_int_equal(decide(&setup, &near).decision.verdict, MET);
    near.op = MRSE_OP_GT;
    setup.isocentre = place(MRSE_LEVEL_VERTEX, -0.41, 0.004);
    mrse_zone_result r = decide(&setup, &near);
    assert_int_equal(r.decision.verdict, MET);
    assert_rel(r.distance.v, 0.41, 1e-12);
    setup.isocentre = place(MRSE_LEVEL_VERTEX, -0.41, 0.006);
    assert_int_equal(decide(&setup, &near).decision.verdict, UNDETERMINED);
    near.op = MRSE_OP_RANGE;
    assert_int_equal(decide(&setup, &near).decision.verdict, UNDETERMINED);
}

/* Synthes fixator: outside the bore (FLOM), or at most 7 cm inside its edge (NOM). */
static void bore__fixator__outside_or_seven_centimetres_in(void **state)
{
    (void)state;
    mrse_zone_rule outside = {.kind = MRSE_ZONE_OUTSIDE_BORE};
    mrse_zone_rule edge = {.kind = MRSE_ZONE_BORE_EDGE, .length = metres(0.07, 0.0)};
    mrse_zone_setup setup = {.isocentre = place(MRSE_LEVEL_VERTEX, -0.10, 0.0),
                             .bore_half_length = metres(0.80, 0.0)};
    static const struct {
        double top_m, bottom_m, u_m; /* from the isocentre, towards the feet */
        mrse_verdict outside, edge;
    } row[] = {{0.81, 1.10, 0.0, MET, MET},
               {0.80, 1.10, 0.0, NOT_MET, MET},
               {0.73, 1.10, 0.0, NOT_MET, MET},
               {0.7299, 1.10, 0.0, NOT_MET, NOT_MET},
               {0.81, 1.10, 0.006, UNDETERMINED, MET},
               {0.72, 1.10, 0.006, NOT_MET, UNDETERMINED},
               {-1.2, -0.9, 0.0, MET, MET}, /* beyond the other end */
               {-1.2, 0.9, 0.0, NOT_MET, NOT_MET},
               {1.10, 0.81, 0.0, MET, MET}}; /* ends in either order */
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        setup.device_top = place(MRSE_LEVEL_VERTEX, -0.10 - row[i].top_m, row[i].u_m);
        setup.device_bottom = place(MRSE_LEVEL_VERTEX, -0.10 - row[i].bottom_m, row[i].u_m);
        mrse_zone_result r = decide(&setup, &outside);
        if (r.decision.verdict != row[i].outside)
            print_error("row %zu: %s\n", i, r.decision.reason);
        assert_int_equal(r.decision.verdict, row[i].outside);
        assert_int_equal(decide(&setup, &edge).decision.verdict, row[i].edge);
    }
    static const double no_bore_m[] = {NAN, 0.0, -0.8};
    for (size_t i = 0; i < 3; i++) {
        setup.bore_half_length = metres(no_bore_m[i], 0.0);
        mrse_zone_result r = decide(&setup, &outside);
        assert_int_equal(r.decision.verdict, UNDETERMINED);
        assert_non_null(strstr(r.ask, "bore"));
    }
    /* A device around the isocentre is as deep as the bore is half long, not deeper. */
    setup.bore_half_length = metres(0.80, 0.0);
    setup.device_top = place(MRSE_LEVEL_VERTEX, 0.10, 0.0);
    setup.device_bottom = place(MRSE_LEVEL_VERTEX, -0.40, 0.0);
    assert_rel(decide(&setup, &edge).distance.v, 0.80, 1e-12);
}

/* Osia: no SAR limit when the implant is at least the coil's radius from the end of the coil. */
static void coil__outside_clearance_and_radius__computed(void **state)
{
    (void)state;
    mrse_zone_setup setup = {.isocentre = mrse_zone_at(MRSE_LEVEL_KNEE),
                             .coil_centre = metres(0.05, 0.0),
                             .coil_half_length = metres(0.20, 0.0),
                             .coil_radius = metres(0.14, 0.0)};
    mrse_zone_rule outside = {.kind = MRSE_ZONE_COIL_OUTSIDE};
    mrse_zone_rule radius = {.kind = MRSE_ZONE_COIL_RADIUS};
    mrse_zone_rule far = {
        .kind = MRSE_ZONE_COIL_CLEARANCE, .op = MRSE_OP_GE, .length = metres(0.10, 0.0)};
    static const struct {
        double from_knee_m, u_m; /* towards the head: the coil ends at 0.25 */
        mrse_verdict outside, radius, far;
    } row[] = {{0.25, 0.0, NOT_MET, NOT_MET, NOT_MET}, {0.26, 0.0, MET, NOT_MET, NOT_MET},
               {0.35, 0.0, MET, NOT_MET, MET},         {0.39, 0.0, MET, MET, MET},
               {0.3899, 0.0, MET, NOT_MET, MET},       {0.40, 0.006, MET, UNDETERMINED, MET},
               {-0.16, 0.0, MET, NOT_MET, NOT_MET},    {0.0, 0.0, NOT_MET, NOT_MET, NOT_MET}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        setup.device_top = setup.device_bottom =
            place(MRSE_LEVEL_KNEE, row[i].from_knee_m, row[i].u_m);
        assert_int_equal(decide(&setup, &outside).decision.verdict, row[i].outside);
        mrse_zone_result r = decide(&setup, &radius);
        if (r.decision.verdict != row[i].radius)
            print_error("row %zu: %s\n", i, r.decision.reason);
        assert_int_equal(r.decision.verdict, row[i].radius);
        assert_int_equal(decide(&setup, &far).decision.verdict, row[i].far);
    }
    setup.coil_radius = metres(NAN, 0.0);
    mrse_zone_result r = decide(&setup, &radius);
    assert_int_equal(r.decision.verdict, UNDETERMINED);
    assert_non_null(strstr(r.ask, "coil"));
    setup.coil_centre = mrse_value_missing(MRSE_KIND_LENGTH);
    assert_int_equal(decide(&setup, &outside).decision.verdict, UNDETERMINED);
}

static void decide__missing_unverified_incomplete__never_met(void **state)
{
    (void)state;
    mrse_anatomy person = person_of(1.72);
    mrse_zone_setup setup = {.person = &person, .isocentre = mrse_zone_at(MRSE_LEVEL_KNEE)};
    mrse_zone_setup nothing = {0};
    mrse_zone_rule rule = {.a = mrse_zone_at(MRSE_LEVEL_C7),
                           .b = mrse_zone_at(MRSE_LEVEL_L3),
                           .op = MRSE_OP_GE,
                           .length = metres(0.1, 0.0)};
    for (int kind = MRSE_ZONE_UNKNOWN; kind <= MRSE_ZONE_COIL_RADIUS; kind++) {
        rule.kind = (mrse_zone_kind)kind;
        assert_int_equal(decide(&nothing, &rule).decision.verdict, UNDETERMINED);
        assert_true(strlen(mrse_zone_kind_text(rule.kind)) > 5);
    }
    assert_string_equal(mrse_zone_kind_text((mrse_zone_kind)99), "unknown position condition");
    rule.kind = MRSE_ZONE_ISO_OUTSIDE;
    assert_int_equal(decide(&setup, &rule).decision.verdict, MET);
    setup.isocentre.offset.origin = MRSE_ORIGIN_UNVERIFIED;
    mrse_zone_result r = decide(&setup, &rule);
    assert_int_equal(r.decision.verdict, UNDETERMINED);
    assert_true(r.decision.provisional);
    setup.isocentre = mrse_zone_at(MRSE_LEVEL_KNEE);
    person.height.v = 1.2; /* no adult of the survey */
    assert_int_equal(decide(&setup, &rule).decision.verdict, UNDETERMINED);
    setup.person = NULL;
    assert_int_equal(decide(&setup, &rule).decision.verdict, UNDETERMINED);
    rule.kind = MRSE_ZONE_ISO_DISTANCE;
    rule.length.v = NAN;
    assert_int_equal(decide(&setup, &rule).decision.verdict, UNDETERMINED);
    rule.length = metres(0.1, 0.0);
    rule.length.kind = MRSE_KIND_TIME;
    assert_int_equal(decide(&setup, &rule).decision.verdict, UNDETERMINED);
    assert_int_equal(mrse_zone_decide(NULL, &rule, &r), MRSE_ERR_ARG);
    assert_int_equal(mrse_zone_decide(&setup, NULL, &r), MRSE_ERR_ARG);
    assert_int_equal(mrse_zone_decide(&setup, &rule, NULL), MRSE_ERR_ARG);
    assert_int_equal(r.decision.verdict, UNDETERMINED);
}

/* ---- numbers ---- */

/* Of two edges the farther one counts, and the other as far as twice its uncertainty reaches. */
static void two_edges__u_of_the_other__as_far_as_it_reaches(void **state)
{
    (void)state;
    static const struct {
        double iso_m, v, u;
    } row[] = {{-0.35, -0.10, 0.02}, /* alike: 2u of the other is 0.04 */
               {-0.34, -0.09, 0.01}, /* 0.11 less 0.04 is within 0.09 by 0.02 */
               {-0.33, -0.08, 0.0}}; /* 0.12 less 0.04: just not */
    mrse_zone_rule rule = {.kind = MRSE_ZONE_ISO_OUTSIDE,
                           .a = place(MRSE_LEVEL_VERTEX, -0.25, 0.0),
                           .b = place(MRSE_LEVEL_VERTEX, -0.45, 0.02)};
    mrse_zone_setup setup = {.person = NULL};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        setup.isocentre = place(MRSE_LEVEL_VERTEX, row[i].iso_m, 0.0);
        mrse_zone_result r = decide(&setup, &rule);
        assert_abs(r.distance.v, row[i].v, 1e-15);
        assert_abs(r.distance.u, row[i].u, 1e-15);
    }
    /* the nearer end of a device: 0.90, and the other, 0.93 less 0.06, is nearer by 0.03 */
    mrse_zone_rule bore = {.kind = MRSE_ZONE_OUTSIDE_BORE};
    setup = (mrse_zone_setup){.isocentre = mrse_zone_at(MRSE_LEVEL_VERTEX),
                              .device_top = place(MRSE_LEVEL_VERTEX, -0.90, 0.0),
                              .device_bottom = place(MRSE_LEVEL_VERTEX, -0.93, 0.03),
                              .bore_half_length = metres(0.80, 0.0)};
    mrse_zone_result r = decide(&setup, &bore);
    assert_abs(r.distance.v, 0.10, 1e-12);
    assert_abs(r.distance.u, 0.015, 1e-12);
    /* a device that reaches 1 cm beyond the centre: its end may be on the other side by 2u less that */
    setup.device_top = place(MRSE_LEVEL_VERTEX, 0.01, 0.02);
    setup.device_bottom = place(MRSE_LEVEL_VERTEX, -0.50, 0.0);
    r = decide(&setup, &bore);
    assert_abs(r.distance.v, -0.80, 1e-12);
    assert_abs(r.distance.u, 0.015, 1e-12);
}

/* An edge that is not known leaves nothing known of the zone, whichever edge it is. */
static void two_edges__one_not_known__nothing_is(void **state)
{
    (void)state;
    const mrse_zone_place known = place(MRSE_LEVEL_VERTEX, -0.25, 0.0);
    const mrse_zone_place vague = place(MRSE_LEVEL_VERTEX, -0.45, (double)NAN);
    const mrse_zone_place nowhere = mrse_zone_at(MRSE_LEVEL_UNKNOWN);
    const mrse_zone_place no_number = place(MRSE_LEVEL_VERTEX, (double)NAN, 0.0);
    const mrse_zone_place pair[][2] = {{known, vague},   {vague, known},     {known, nowhere},
                                       {nowhere, known}, {known, no_number}, {no_number, known}};
    mrse_zone_setup setup = {.isocentre = place(MRSE_LEVEL_VERTEX, -1.0, 0.0)};
    for (size_t i = 0; i < sizeof pair / sizeof pair[0]; i++) {
        mrse_zone_rule rule = {.kind = MRSE_ZONE_ISO_OUTSIDE, .a = pair[i][0], .b = pair[i][1]};
        mrse_zone_result r = decide(&setup, &rule);
        assert_true(isnan(r.distance.v) && isnan(r.distance.u));
        assert_int_equal(r.decision.verdict, UNDETERMINED);
    }
}

/* Within a zone between vertebrae is within their nearer edges. */
static void iso_within__vertebrae__half_of_each_is_left_out(void **state)
{
    (void)state;
    mrse_anatomy person = person_of(1.72);
    mrse_value c7 = metres(0.25, 0.0), t8 = metres(0.45, 0.0), half;
    assert_int_equal(mrse_anatomy_override(&person, MRSE_LEVEL_C7, &c7), MRSE_OK);
    assert_int_equal(mrse_anatomy_override(&person, MRSE_LEVEL_T8, &t8), MRSE_OK);
    assert_int_equal(mrse_anatomy_half_height(&person, MRSE_LEVEL_T8, &half), MRSE_OK);
    mrse_zone_rule rule = {.kind = MRSE_ZONE_ISO_WITHIN,
                           .a = mrse_zone_at(MRSE_LEVEL_C7),
                           .b = mrse_zone_at(MRSE_LEVEL_T8)};
    mrse_zone_setup setup = {.person = &person, .isocentre = mrse_zone_at(MRSE_LEVEL_T8)};
    mrse_zone_result r = decide(&setup, &rule);
    assert_int_equal(r.decision.verdict, NOT_MET);
    assert_abs(r.distance.v, -half.v, 1e-12);
}

/* Declared lengths stand as declared; an uncertainty below zero, or a time for a length, does not. */
static void place__how_it_is_known__decides_its_uncertainty(void **state)
{
    (void)state;
    mrse_zone_rule above = {.kind = MRSE_ZONE_ISO_ABOVE, .a = mrse_zone_at(MRSE_LEVEL_VERTEX)};
    for (int side = 0; side < 2; side++) {
        mrse_zone_setup setup = {.isocentre = mrse_zone_at(MRSE_LEVEL_VERTEX)};
        mrse_zone_rule rule = above;
        mrse_zone_place *at = side == 0 ? &setup.isocentre : &rule.a;
        double far_m = side == 0 ? 0.5 : -0.5;
        *at = place(MRSE_LEVEL_VERTEX, far_m, (double)NAN);
        assert_int_equal(decide(&setup, &rule).decision.verdict, UNDETERMINED);
        at->offset.basis = MRSE_BASIS_DECLARED;
        mrse_zone_result r = decide(&setup, &rule);
        assert_int_equal(r.decision.verdict, MET);
        assert_abs(r.distance.u, 0.0, 0.0);
        *at = place(MRSE_LEVEL_VERTEX, far_m, -0.1);
        assert_int_equal(decide(&setup, &rule).decision.verdict, UNDETERMINED);
        *at = place(MRSE_LEVEL_VERTEX, far_m, 0.01);
        assert_int_equal(decide(&setup, &rule).decision.verdict, MET);
        at->offset.kind = MRSE_KIND_TIME;
        assert_int_equal(decide(&setup, &rule).decision.verdict, UNDETERMINED);
    }
}

/* ---- words ---- */

static void assert_reason(const mrse_zone_result *r, const char *want)
{
    assert_string_equal(r->decision.reason, want);
}

static void reason__distance_guard_and_limit__in_centimetres(void **state)
{
    (void)state;
    mrse_zone_rule rule = {.kind = MRSE_ZONE_ISO_DISTANCE,
                           .a = mrse_zone_at(MRSE_LEVEL_VERTEX),
                           .op = MRSE_OP_LT,
                           .length = metres(0.40, 0.0)};
    mrse_zone_setup setup = {.isocentre = place(MRSE_LEVEL_VERTEX, -0.35, 0.01)};
    mrse_zone_result r = decide(&setup, &rule);
    assert_reason(&r, "isocentre from the reference 35.0 ± 2.0 cm (U = 2u), against < 40.0 cm");
    setup.isocentre.offset.u = 0.03;
    r = decide(&setup, &rule);
    assert_reason(&r, "isocentre from the reference 35.0 ± 6.0 cm (U = 2u), against < 40.0 cm: the "
                      "limit lies within the uncertainty");
    setup.isocentre.offset.u = NAN;
    r = decide(&setup, &rule);
    assert_reason(&r, "isocentre from the reference: its uncertainty is not known");
    setup.isocentre.offset.v = NAN;
    r = decide(&setup, &rule);
    assert_reason(&r, "isocentre from the reference: not known");
    assert_string_equal(mrse_zone_kind_text(MRSE_ZONE_ISO_ABOVE), "isocentre above");
    assert_string_equal(mrse_zone_kind_text((mrse_zone_kind)(MRSE_ZONE_COIL_RADIUS + 1)),
                        "unknown position condition");
    assert_string_equal(mrse_zone_kind_text((mrse_zone_kind)-1), "unknown position condition");
}

/* What is asked for is what is missing. */
static void ask__bore_coil_or_device__whichever_is_missing(void **state)
{
    (void)state;
    static const double size_m[] = {NAN, 0.0, 0.3};
    for (size_t i = 0; i < 3; i++) {
        mrse_zone_setup setup = {.isocentre = mrse_zone_at(MRSE_LEVEL_VERTEX),
                                 .device_top = mrse_zone_at(MRSE_LEVEL_UNKNOWN),
                                 .device_bottom = mrse_zone_at(MRSE_LEVEL_UNKNOWN),
                                 .bore_half_length = metres(size_m[i], 0.0),
                                 .coil_centre = metres(0.0, 0.0),
                                 .coil_half_length = metres(size_m[i], 0.0),
                                 .coil_radius = metres(0.2, 0.0)};
        mrse_zone_rule rule = {.kind = MRSE_ZONE_OUTSIDE_BORE};
        mrse_zone_result r = decide(&setup, &rule);
        assert_int_equal(strstr(r.ask, "How long is the bore") != NULL, i < 2);
        rule.kind = MRSE_ZONE_COIL_OUTSIDE;
        r = decide(&setup, &rule);
        assert_int_equal(strstr(r.ask, "transmit coil") != NULL, i < 2);
        setup.coil_half_length = metres(0.3, 0.0);
        setup.coil_radius = metres(size_m[i], 0.0);
        rule.kind = MRSE_ZONE_COIL_RADIUS;
        r = decide(&setup, &rule);
        assert_int_equal(strstr(r.ask, "transmit coil") != NULL, i < 2);
        setup.coil_centre = metres((double)NAN, 0.0);
        rule.kind = MRSE_ZONE_COIL_OUTSIDE;
        r = decide(&setup, &rule);
        assert_non_null(strstr(r.ask, "transmit coil"));
    }
}

/* A rule that needs a length, or an operator, and has none, is no rule at all. */
static void rule__incomplete__says_so(void **state)
{
    (void)state;
    static const mrse_zone_kind needs[] = {MRSE_ZONE_ISO_DISTANCE, MRSE_ZONE_BORE_EDGE,
                                           MRSE_ZONE_COIL_CLEARANCE};
    mrse_zone_setup setup = {.isocentre = place(MRSE_LEVEL_VERTEX, -0.5, 0.0),
                             .device_top = mrse_zone_at(MRSE_LEVEL_VERTEX),
                             .device_bottom = mrse_zone_at(MRSE_LEVEL_VERTEX),
                             .bore_half_length = metres(0.8, 0.0),
                             .coil_centre = metres(0.0, 0.0),
                             .coil_half_length = metres(0.1, 0.0)};
    for (size_t i = 0; i < 3; i++) {
        const mrse_zone_rule whole = {.kind = needs[i],
                                      .a = mrse_zone_at(MRSE_LEVEL_VERTEX),
                                      .op = MRSE_OP_GE,
                                      .length = metres(0.0, 0.0)}; /* no length is a length */
        mrse_zone_rule wrong[] = {whole, whole, whole, whole};
        assert_null(strstr(decide(&setup, &whole).decision.reason, "incomplete"));
        wrong[0].length.v = NAN;
        wrong[1].length.v = -0.1;
        wrong[2].length.kind = MRSE_KIND_TIME;
        wrong[3].op = MRSE_OP_RANGE;
        for (size_t k = 0; k < 4; k++)
            assert_non_null(strstr(decide(&setup, &wrong[k]).decision.reason, "incomplete"));
    }
    static const int none[] = {-1, MRSE_ZONE_UNKNOWN, MRSE_ZONE_COIL_RADIUS + 1};
    for (size_t i = 0; i < 3; i++) {
        mrse_zone_rule rule = {.kind = (mrse_zone_kind)none[i],
                               .op = MRSE_OP_GE,
                               .a = mrse_zone_at(MRSE_LEVEL_VERTEX),
                               .length = metres(0.1, 0.0)};
        assert_non_null(strstr(decide(&setup, &rule).decision.reason, "incomplete"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(iso_outside__c7_to_l3__landmarks_of_an_adult),
        cmocka_unit_test(iso_outside__measured__edge_and_neighbours),
        cmocka_unit_test(iso_above_below_distance__signs_and_edges),
        cmocka_unit_test(bore__fixator__outside_or_seven_centimetres_in),
        cmocka_unit_test(coil__outside_clearance_and_radius__computed),
        cmocka_unit_test(two_edges__u_of_the_other__as_far_as_it_reaches),
        cmocka_unit_test(two_edges__one_not_known__nothing_is),
        cmocka_unit_test(iso_within__vertebrae__half_of_each_is_left_out),
        cmocka_unit_test(place__how_it_is_known__decides_its_uncertainty),
        cmocka_unit_test(reason__distance_guard_and_limit__in_centimetres),
        cmocka_unit_test(ask__bore_coil_or_device__whichever_is_missing),
        cmocka_unit_test(rule__incomplete__says_so),
        cmocka_unit_test(decide__missing_unverified_incomplete__never_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
