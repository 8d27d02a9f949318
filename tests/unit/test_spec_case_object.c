/* Objects without a label and the author's hazards in case files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "spec_support.h"

static const char base[] =
    "mrse: case/1\n"                                                         /* 1 */
    "title: A case\n"                                                        /* 2 */
    "question: May it?\n"                                                    /* 3 */
    "simulated: yes\n"                                                       /* 4 */
    "author: {name: A. N. Example}\n"                                        /* 5 */
    "sources: {xray: {origin: measured, title: X-ray}}\n"                    /* 6 */
    "source: xray\n"                                                         /* 7 */
    "scanner: scanner.yaml\n"                                                /* 8 */
    "scan:\n"                                                                /* 9 */
    "  landmark: nasion\n"                                                   /* 10 */
    "  entry: head first\n"                                                  /* 11 */
    "  posture: supine\n"                                                    /* 12 */
    "  couch_height: {value: -2 cm, u: 3 mm}\n"                              /* 13 */
    "objects:\n"                                                             /* 14 */
    "  - name: clip\n"                                                       /* 15 */
    "    file: clip.yaml\n"                                                  /* 16 */
    "    position: {x: 3 cm, y: -7 cm, z: 2 cm, u: 1 cm, evidence: ruler}\n" /* 17 */
    "    couch_speed: 10 cm/s\n"                                             /* 18 */
    "    walking_speed: 1 m/s\n"                                             /* 19 */
    "    dbdt_rms: {value: 20 T/s, u: 5 T/s}\n"                              /* 20 */
    "    dbdt_frequency: 1 kHz\n"                                            /* 21 */
    "    duration: 10 min\n"                                                 /* 22 */
    "    bandwidth: 200 Hz\n"                                                /* 23 */
    "    echo_time: 5 ms\n"                                                  /* 24 */
    "    voxel: 2 mm\n"                                                      /* 25 */
    "  - name: pellet\n"                                                     /* 26 */
    "    file: pellet.yaml\n"                                                /* 27 */
    "    position: {x: 0 cm, y: 0 cm, z: 9 cm, u: 1 cm, evidence: ruler}\n"  /* 28 */
    "hazards:\n"                                                             /* 29 */
    "  - hazard: It moves\n"                                                 /* 30 */
    "    object: clip\n"                                                     /* 31 */
    "    severity: grave\n"                                                  /* 32 */
    "    likelihood: not known\n"                                            /* 33 */
    "    mitigation: none\n"                                                 /* 34 */
    "    residual: as it is\n"                                               /* 35 */
    "  - {hazard: It warms, object: pellet}\n"                               /* 36 */
    "compare_scanner: other.yaml\n"                                          /* 37 */
    "reasoning: r\n"                                                         /* 38 */
    "conclusion: c\n"                                                        /* 39 */
    "residual_risk: k\n"                                                     /* 40 */
    "decides: the radiologist\n";                                            /* 41 */

static void read__objects_and_hazards__all_that_is_said(void **state)
{
    static mrse_diags diags;
    mrse_status status;
    mrse_case *c = spec_read(&mrse_spec_case, base, strlen(base), &diags, &status);

    (void)state;
    if (status != MRSE_OK)
        spec_print(&diags);
    assert_non_null(c);
    assert_int_equal(c->n_objects, 2);
    const mrse_case_object *o = &c->object[0];
    assert_string_equal(o->place.name, "clip");
    assert_string_equal(o->place.label, "clip.yaml");
    assert_int_equal(o->place.line, 15);
    assert_rel(o->couch_speed.v, 0.1, 1e-12);
    assert_rel(o->walking_speed.v, 1.0, 1e-12);
    assert_rel(o->dbdt_rms.v, 20, 1e-12);
    assert_rel(o->dbdt_rms.u, 5, 1e-12);
    assert_rel(o->dbdt_frequency.v, 1e3, 1e-12);
    assert_rel(o->duration.v, 600, 1e-12);
    assert_rel(o->bandwidth.v, 200, 1e-12);
    assert_rel(o->echo_time.v, 5e-3, 1e-12);
    assert_rel(o->voxel.v, 2e-3, 1e-12);
    assert_true(isnan(c->object[1].dbdt_rms.v) && isnan(c->object[1].couch_speed.v));
    assert_int_equal(c->n_hazards, 2);
    assert_string_equal(c->hazard[0].severity, "grave");
    assert_string_equal(c->hazard[0].residual, "as it is");
    assert_null(c->hazard[1].severity);
    assert_string_equal(c->hazard[1].object, "pellet");
    assert_string_equal(c->compare_scanner, "other.yaml");
    mrse_case_free(c);
}

#define OBJECT "objects[0]"
static const slip slips[] = {
    {"name__missing__is_refused", "  - name: clip\n    file", "  - file", 15, 5, OBJECT ".name",
     "'name' is missing", NULL, MRSE_SEV_ERROR, 1},
    {"file__missing__is_refused", "    file: clip.yaml\n", "", 15, 5, OBJECT ".file",
     "'file' is missing", NULL, MRSE_SEV_ERROR, 0},
    {"position__missing__is_refused",
     "    position: {x: 3 cm, y: -7 cm, z: 2 cm, u: 1 cm, evidence: ruler}\n", "", 15, 5,
     OBJECT ".position", "'position' is missing", NULL, MRSE_SEV_ERROR, 0},
    {"position__no_evidence__is_refused", "u: 1 cm, evidence: ruler}\n    couch",
     "u: 1 cm}\n    couch", 17, 5, OBJECT ".position.evidence", "missing", NULL, MRSE_SEV_ERROR, 0},
    {"position__no_uncertainty__is_refused", "z: 2 cm, u: 1 cm", "z: 2 cm", 17, 19,
     OBJECT ".position.x", "uncertainty", "u", MRSE_SEV_ERROR, 2},
    {"couch_speed__a_length__is_refused", "couch_speed: 10 cm/s", "couch_speed: 10 cm", 18, 18,
     OBJECT ".couch_speed", NULL, "m/s", MRSE_SEV_ERROR, 0},
    {"couch_speed__no_unit__is_refused", "couch_speed: 10 cm/s", "couch_speed: 10", 18, 18,
     OBJECT ".couch_speed", "bare number", "m/s", MRSE_SEV_ERROR, 0},
    {"couch_speed__a_jet__is_refused", "couch_speed: 10 cm/s", "couch_speed: 300 m/s", 18, 18,
     OBJECT ".couch_speed", NULL, NULL, MRSE_SEV_ERROR, 0},
    {"walking_speed__a_time__is_refused", "walking_speed: 1 m/s", "walking_speed: 1 s", 19, 20,
     OBJECT ".walking_speed", NULL, "m/s", MRSE_SEV_ERROR, 0},
    {"dbdt_rms__a_slew_rate__is_refused", "value: 20 T/s", "value: 20 T/m/s", 20, 23,
     OBJECT ".dbdt_rms", NULL, "T/s", MRSE_SEV_ERROR, 0},
    {"dbdt_rms__negative__is_refused", "value: 20 T/s", "value: -20 T/s", 20, 23,
     OBJECT ".dbdt_rms", NULL, NULL, MRSE_SEV_ERROR, 0},
    {"dbdt_frequency__a_time__is_refused", "dbdt_frequency: 1 kHz", "dbdt_frequency: 1 ms", 21, 21,
     OBJECT ".dbdt_frequency", NULL, "Hz", MRSE_SEV_ERROR, 0},
    {"duration__nan__is_refused", "duration: 10 min", "duration: nan min", 22, 15,
     OBJECT ".duration", NULL, NULL, MRSE_SEV_ERROR, 0},
    {"bandwidth__per_mm__is_refused", "bandwidth: 200 Hz", "bandwidth: 200 mm", 23, 16,
     OBJECT ".bandwidth", NULL, "Hz", MRSE_SEV_ERROR, 0},
    {"echo_time__an_hour__is_refused", "echo_time: 5 ms", "echo_time: 60 min", 24, 16,
     OBJECT ".echo_time", NULL, NULL, MRSE_SEV_ERROR, 0},
    {"voxel__a_metre__is_refused", "voxel: 2 mm", "voxel: 1 m", 25, 12, OBJECT ".voxel", NULL, NULL,
     MRSE_SEV_ERROR, 0},
    {"key__unknown__names_the_nearest", "echo_time: 5 ms", "echo_tme: 5 ms", 24, 5, OBJECT, NULL,
     "echo_time", MRSE_SEV_ERROR, 0},
    {"key__twice__is_refused", "    voxel: 2 mm\n", "    voxel: 2 mm\n    voxel: 3 mm\n", 26, 5,
     OBJECT, "twice", "one of the two", MRSE_SEV_ERROR, 0},
    {"name__twice__is_refused", "name: pellet", "name: clip", 26, 5, "objects[1].name", "same name",
     "apart by their names", MRSE_SEV_ERROR, 1},
    {"hazard__no_words__is_refused", "  - hazard: It moves\n    object", "  - object", 30, 5,
     "hazards[0].hazard", "'hazard' is missing", NULL, MRSE_SEV_ERROR, 0},
    {"hazard__of_nothing_here__is_refused", "object: clip", "object: nail", 31, 5,
     "hazards[0].object", "no object is called 'nail'", "one of 'objects:'", MRSE_SEV_ERROR, 0},
    {"hazard__of_which__is_refused", "    object: clip\n", "", 30, 5, "hazards[0].object",
     "which object this hazard is of", "add 'object:'", MRSE_SEV_ERROR, 0},
    {"hazard__a_list_for_severity__is_refused", "severity: grave", "severity: [grave]", 32, 5,
     "hazards[0].severity", "text is needed", NULL, MRSE_SEV_ERROR, 0},
    {"couch_height__missing__is_asked_for", "  couch_height: {value: -2 cm, u: 3 mm}\n", "", 9, 1,
     "scan.couch_height", "couch height", "add 'couch_height:'", MRSE_SEV_ERROR, 0},
};

/* Words about hazards without an object would be read as a risk assessment of something. */
static void check__hazards_without_objects__is_refused(void **state)
{
    static mrse_diags diags;
    static const char text[] = "mrse: case/1\ntitle: t\nquestion: q\nsimulated: yes\n"
                               "scanner: s.yaml\nsequences: [{file: a.yaml}]\n"
                               "hazards: [{hazard: It moves}]\n";
    mrse_status status;
    bool said = false;

    (void)state;
    assert_null(spec_read(&mrse_spec_case, text, strlen(text), &diags, &status));
    for (size_t i = 0; i < diags.n; i++)
        said |= strstr(diags.item[i].text, "hazards without an object") && diags.item[i].line == 7;
    assert_true(said);
}

/* An object whose hazards nobody judged is read, with a warning. */
static void check__objects_without_hazards__is_a_warning(void **state)
{
    static mrse_diags diags;
    char text[sizeof base];
    mrse_status status;

    (void)state;
    memcpy(text, base, sizeof base);
    char *from = strstr(text, "hazards:\n"), *to = strstr(text, "compare_scanner:");
    memmove(from, to, strlen(to) + 1);
    mrse_case *c = spec_read(&mrse_spec_case, text, strlen(text), &diags, &status);
    assert_non_null(c);
    assert_int_equal(diags.errors, 0);
    assert_int_equal(diags.n, 1);
    assert_non_null(strstr(diags.item[0].text, "judged no hazard"));
    mrse_case_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read__objects_and_hazards__all_that_is_said),
        cmocka_unit_test(check__hazards_without_objects__is_refused),
        cmocka_unit_test(check__objects_without_hazards__is_a_warning),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    return failed +
           spec_run_slips(&mrse_spec_case, base, slips, MRSE_COUNT(slips), "objects of a case");
}
