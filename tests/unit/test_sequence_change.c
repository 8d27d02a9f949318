/* What differs between two sequences: every kind of parameter, as people read it; and what must not be
 * shown. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/sequence_internal.h"
#include "mrse/alloc.h"
#include "mrse/mrse.h"
#include "support/close.h"
#include "support/oom.h"

static const char DWI[] = "examples/dwi-dbdt/before.yaml";
static const char IMAGE[] = "examples/dicom/tse-180.dcm";
static const char PLAYED[] = "examples/sequence/gre.seq";

static int begin(void **state)
{
    (void)state;
    return mrse_init() == MRSE_OK ? 0 : -1;
}

/* The same file twice: each test changes the second, and looks at what is said of that. */
static mrse_sequence_study same_twice(const char *path)
{
    static const mrse_sequence_options none = {0};
    mrse_sequence_study s = {0};
    assert_int_equal(mrse_sequence_input_load(path, &none, &s.before, NULL), MRSE_OK);
    assert_int_equal(mrse_sequence_input_load(path, &none, &s.after, NULL), MRSE_OK);
    return s;
}

static void compare(mrse_sequence_study *s)
{
    mrse_free(s->change);
    s->change = NULL;
    s->n_changes = 0;
    assert_int_equal(mrse_sequence_changes(s), MRSE_OK);
}

static void end(mrse_sequence_study *s)
{
    mrse_sequence_input_clear(&s->before);
    mrse_sequence_input_clear(&s->after);
    mrse_free(s->change);
}

/* The only change is this one, in these words. */
static void expect_one(mrse_sequence_study *s, const char *what, const char *before,
                       const char *after)
{
    compare(s);
    if (s->n_changes != 1)
        fail_msg("%zu changes instead of '%s' alone", s->n_changes, what);
    assert_string_equal(s->change[0].what, what);
    assert_string_equal(s->change[0].before, before);
    assert_string_equal(s->change[0].after, after);
    assert_true(s->change[0].comparable);
}

static void changes__of_a_sequence_and_itself__are_none(void **state)
{
    static const char *const path[] = {DWI, IMAGE, PLAYED};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        mrse_sequence_study s = same_twice(path[i]);
        compare(&s);
        assert_int_equal(s.n_changes, 0);
        end(&s);
    }
}

static void changes__counts__as_whole_numbers_where_they_are(void **state)
{
    static const struct {
        double before, after;
        const char *b, *a;
    } of[] = {{48, 24, "48", "24"},
              {48, 0.75, "48", "0.7500"},
              {48, NAN, "48", "not stated"},
              {NAN, 2, "not stated", "2"},
              {1, 1e9, "1", "1e+09"}};
    mrse_sequence_study s = same_twice(DWI);
    (void)state;
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        s.before.protocol->etl = of[i].before;
        s.after.protocol->etl = of[i].after;
        expect_one(&s, "echo train length, EPI factor", of[i].b, of[i].a);
    }
    s.before.protocol->etl = s.after.protocol->etl = (double)NAN; /* neither says: no difference */
    compare(&s);
    assert_int_equal(s.n_changes, 0);
    end(&s);
}

static void changes__values__as_printed_or_with_their_unit(void **state)
{
    mrse_sequence_study s = same_twice(DWI);
    mrse_value *te = &s.after.protocol->te;
    (void)state;
    te->v = 0.0952;
    te->printed[0] = '\0';
    expect_one(&s, "echo time TE", "81 ms", "95.200 ms");
    *te = mrse_value_missing(MRSE_KIND_TIME);
    expect_one(&s, "echo time TE", "81 ms", "not stated");
    *te = s.before.protocol->te;
    te->v *= 1.0 + 1e-12; /* the same, typed in another unit */
    mrse_text_copy(te->printed, sizeof te->printed, "0.081 s");
    compare(&s);
    assert_int_equal(s.n_changes, 0);
    end(&s);
}

static void set_text(char **text, const char *to)
{
    mrse_free(*text);
    *text = to != NULL ? mrse_strdup(to) : NULL;
}

static void changes__words__missing_ones_are_not_stated(void **state)
{
    mrse_sequence_study s = same_twice(DWI);
    mrse_protocol *a = s.before.protocol, *b = s.after.protocol;
    (void)state;
    set_text(&b->gradient_mode, "whisper");
    expect_one(&s, "gradient mode", "fast", "whisper");
    set_text(&b->gradient_mode, NULL);
    expect_one(&s, "gradient mode", "fast", "not stated");
    set_text(&a->gradient_mode, NULL);
    set_text(&b->gradient_mode, "fast");
    expect_one(&s, "gradient mode", "not stated", "fast");
    set_text(&b->gradient_mode, NULL);
    set_text(&b->coil, "head");
    expect_one(&s, "transmit coil", "body", "head");
    set_text(&b->coil, "body");
    b->region = MRSE_REGION_NECK;
    expect_one(&s, "at the isocentre", "head", "neck");
    b->region = a->region;
    b->three_d = true;
    expect_one(&s, "dimension", "2D", "3D");
    a->three_d = true;
    b->three_d = false;
    expect_one(&s, "dimension", "3D", "2D");
    b->three_d = true;
    b->family = MRSE_FAMILY_EPI;
    expect_one(&s, "sequence family", "DWI", "EPI");
    end(&s);
}

/* ---- pulses ---- */

static void changes__pulse_left_out_or_added__is_said(void **state)
{
    mrse_sequence_study s = same_twice(DWI);
    mrse_protocol *a = s.before.protocol, *b = s.after.protocol;
    (void)state;
    assert_int_equal(a->n_pulses, 3);
    b->n_pulses = 2;
    expect_one(&s, "refocusing pulse", "played", "none");
    b->n_pulses = 3;
    a->n_pulses = 2;
    expect_one(&s, "refocusing pulse", "none", "played");
    a->n_pulses = 3;
    end(&s);
}

/* Two pulses of a role are told apart by their names, and without names by their order. */
static void changes__two_pulses_of_a_role__by_name_before_order(void **state)
{
    mrse_sequence_study s = same_twice(DWI);
    mrse_protocol_pulse *p = s.before.protocol->pulse, *q = s.after.protocol->pulse;
    (void)state;
    p[0].role = q[0].role = MRSE_PULSE_REFOCUSING; /* first and third */
    p[0].flip = q[0].flip = p[2].flip;
    p[0].shape = q[0].shape = p[2].shape;
    p[0].duration.v = q[2].duration.v = 5e-3;
    p[2].duration.v = q[0].duration.v = 6e-3; /* the other way round */
    compare(&s);
    assert_int_equal(s.n_changes, 2);
    set_text(&p[0].name, "one");
    set_text(&q[2].name, "one");
    set_text(&p[2].name, "two");
    set_text(&q[0].name, "two");
    compare(&s);
    assert_int_equal(s.n_changes, 0);
    q[0].count = 2;
    expect_one(&s, "two: how many", "1", "2");
    end(&s);
}

static void changes__of_one_pulse__each_number(void **state)
{
    mrse_sequence_study s = same_twice(DWI);
    mrse_protocol_pulse *q = &s.after.protocol->pulse[2];
    (void)state;
    q->shape.time_bandwidth = 6;
    expect_one(&s, "refocusing: time-bandwidth product", "4", "6");
    q->has_shape = false; /* nothing to compare with */
    compare(&s);
    assert_int_equal(s.n_changes, 0);
    s.before.protocol->pulse[2].has_shape = false;
    q->has_shape = true;
    compare(&s);
    assert_int_equal(s.n_changes, 0);
    q->b1_peak = mrse_value_computed(12e-6, 0, MRSE_KIND_B1_PEAK, "");
    expect_one(&s, "refocusing: peak B1+", "not stated", "12.000 µT");
    end(&s);
}

static mrse_value angle(double deg)
{
    return mrse_value_computed(deg * MRSE_PI / 180, 0, MRSE_KIND_ANGLE, "");
}

static void set_train(mrse_protocol_pulse *p, double a, double b, double c)
{
    mrse_free(p->train);
    p->train = mrse_alloc(3, sizeof *p->train);
    assert_non_null(p->train);
    p->train[0] = angle(a);
    p->train[1] = angle(b);
    p->train[2] = angle(c);
    p->n_train = 3;
}

static void changes__train_of_angles__smallest_to_largest(void **state)
{
    mrse_sequence_study s = same_twice(DWI);
    mrse_protocol_pulse *p = &s.before.protocol->pulse[2], *q = &s.after.protocol->pulse[2];
    (void)state;
    set_train(q, 120, 60, 150);
    expect_one(&s, "refocusing: flip angle", "180 deg", "60.000 deg to 150.00 deg");
    set_train(p, 120, 60, 150);
    compare(&s);
    assert_int_equal(s.n_changes, 0);
    q->train[1] = angle(50);
    expect_one(&s, "refocusing: flip angle", "60.000 deg to 150.00 deg",
               "50.000 deg to 150.00 deg");
    q->train[1] = p->train[1];
    q->flip = angle(90);
    compare(&s);
    assert_int_equal(s.n_changes, 1);
    end(&s);
}

/* ---- headers ---- */

/* The item of a header that a test changes: a technical one in words, without a unit. */
static mrse_dicom_item *item_of(mrse_dicom *d, const char *name)
{
    for (size_t i = 0; i < d->n; i++)
        if (strcmp(d->item[i].name, name) == 0)
            return &d->item[i];
    fail_msg("no item '%s'", name);
    return NULL;
}

static void drop(mrse_dicom *d, const char *name)
{
    mrse_dicom_item *item = item_of(d, name);
    *item = d->item[--d->n];
}

static void changes__of_headers__what_one_does_not_state(void **state)
{
    mrse_sequence_study s = same_twice(IMAGE);
    (void)state;
    drop(s.after.dicom, "EchoTime");
    compare(&s);
    assert_int_equal(s.n_changes, 1);
    assert_string_equal(s.change[0].what, "EchoTime");
    assert_string_equal(s.change[0].after, "not stated");
    assert_non_null(strstr(s.change[0].before, " ms"));
    drop(s.before.dicom, "EchoTime");
    drop(s.before.dicom, "ScanningSequence");
    compare(&s);
    assert_int_equal(s.n_changes, 1);
    assert_string_equal(s.change[0].before, "not stated");
    assert_string_equal(s.change[0].after, item_of(s.after.dicom, "ScanningSequence")->text);
    assert_false(s.change[0].comparable);
    end(&s);
}

/* Weight and what people typed differ between patients: neither stands in a document. */
static void changes__of_headers__nothing_private(void **state)
{
    mrse_sequence_study s = same_twice(IMAGE);
    mrse_dicom_item *item = item_of(s.after.dicom, "ScanningSequence");
    (void)state;
    mrse_text_copy(item->text, sizeof item->text, "XX");
    expect_one(&s, "ScanningSequence", item_of(s.before.dicom, "ScanningSequence")->text, "XX");
    item_of(s.before.dicom, "ScanningSequence")->privacy = MRSE_DICOM_PERSON;
    compare(&s);
    assert_int_equal(s.n_changes, 0);
    drop(s.before.dicom, "ScanningSequence");
    item->privacy = MRSE_DICOM_PERSON;
    compare(&s);
    assert_int_equal(s.n_changes, 0);
    end(&s);
}

/* ---- played sequences, and forms that do not go together ---- */

static void changes__of_played_sequences__what_is_counted(void **state)
{
    mrse_sequence_study s = same_twice(PLAYED);
    (void)state;
    s.after.played->sequence->duration_ns *= 2;
    s.after.played->sequence->n_adc += 1;
    compare(&s);
    assert_int_equal(s.n_changes, 2);
    assert_string_equal(s.change[0].what, "duration");
    assert_string_equal(s.change[1].what, "blocks that acquire data");
    s.after.played->sequence->n_adc -= 1;
    end(&s);
}

static void changes__of_different_forms__none_can_be_told(void **state)
{
    static const char *const path[][2] = {
        {DWI, PLAYED}, {PLAYED, DWI}, {IMAGE, PLAYED}, {PLAYED, IMAGE}};
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        static const mrse_sequence_options none = {0};
        mrse_sequence_study s = {0};
        assert_int_equal(mrse_sequence_input_load(path[i][0], &none, &s.before, NULL), MRSE_OK);
        compare(&s); /* one alone */
        assert_int_equal(mrse_sequence_input_load(path[i][1], &none, &s.after, NULL), MRSE_OK);
        compare(&s);
        assert_int_equal(s.n_changes, 0);
        end(&s);
    }
}

/* ---- memory ---- */

static mrse_status compare_once(void *context)
{
    mrse_sequence_study *s = context;
    mrse_status status = mrse_sequence_changes(s);
    mrse_free(s->change);
    s->change = NULL;
    s->n_changes = 0;
    return status;
}

static void changes__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    mrse_sequence_study s = same_twice(DWI), played = same_twice(PLAYED);
    mrse_protocol *a = s.before.protocol, *b = s.after.protocol;
    (void)state;
    b->family = MRSE_FAMILY_EPI;
    b->three_d = true;
    b->region = MRSE_REGION_NECK;
    b->te = mrse_value_missing(MRSE_KIND_TIME);
    b->etl = 24;
    set_text(&b->gradient_mode, NULL);
    set_text(&b->coil, "head");
    set_train(&b->pulse[1], 60, 70, 80);
    b->pulse[1].duration.v *= 2;
    b->pulse[1].b1_peak = mrse_value_computed(12e-6, 0, MRSE_KIND_B1_PEAK, "");
    b->pulse[1].count = 3;
    b->pulse[1].shape.time_bandwidth = 1;
    b->pulse[2].role = MRSE_PULSE_INVERSION;
    assert_true(oom_exhaust(compare_once, &s) > 20);
    a->n_pulses = 1; /* two that are added, one after the other */
    assert_true(oom_exhaust(compare_once, &s) > 10);
    played.after.played->sequence->duration_ns *= 2;
    played.after.played->sequence->n_blocks += 1;
    played.after.played->sequence->n_adc += 1;
    assert_true(oom_exhaust(compare_once, &played) > 3);
    played.after.played->sequence->n_blocks -= 1;
    played.after.played->sequence->n_adc -= 1;
    a->n_pulses = 3;
    end(&played);
    end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes__of_a_sequence_and_itself__are_none),
        cmocka_unit_test(changes__counts__as_whole_numbers_where_they_are),
        cmocka_unit_test(changes__values__as_printed_or_with_their_unit),
        cmocka_unit_test(changes__words__missing_ones_are_not_stated),
        cmocka_unit_test(changes__pulse_left_out_or_added__is_said),
        cmocka_unit_test(changes__two_pulses_of_a_role__by_name_before_order),
        cmocka_unit_test(changes__of_one_pulse__each_number),
        cmocka_unit_test(changes__train_of_angles__smallest_to_largest),
        cmocka_unit_test(changes__of_headers__what_one_does_not_state),
        cmocka_unit_test(changes__of_headers__nothing_private),
        cmocka_unit_test(changes__of_played_sequences__what_is_counted),
        cmocka_unit_test(changes__of_different_forms__none_can_be_told),
        cmocka_unit_test(changes__each_allocation_fails__no_memory_and_no_leak),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
