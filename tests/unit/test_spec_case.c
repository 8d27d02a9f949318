/* Case files: what is read, positions with their uncertainty, and one test for each thing that can
 * be wrong. SPDX-License-Identifier: GPL-3.0-or-later */
#include "spec_support.h"

static const char base[] =
    "mrse: case/1\n"                                    /* 1 */
    "title: A case\n"                                   /* 2 */
    "question: May it?\n"                               /* 3 */
    "simulated: yes\n"                                  /* 4 */
    "requested: {by: radiographer, date: 2026-11-20}\n" /* 5 */
    "performed: 2026-11-22\n"                           /* 6 */
    "author: {name: A. N. Example, role: MRSE, registration: none, site: H}\n"
    "sources:\n"                                                          /* 8 */
    "  ct: {origin: measured, title: CT of the head}\n"                   /* 9 */
    "source: ct\n"                                                        /* 10 */
    "scanner: s.yaml\n"                                                   /* 11 */
    "scan:\n"                                                             /* 12 */
    "  landmark: nasion\n"                                                /* 13 */
    "  entry: feet first\n"                                               /* 14 */
    "  posture: left lateral\n"                                           /* 15 */
    "  couch_height: {value: -2 cm, u: 3 mm}\n"                           /* 16 */
    "implants:\n"                                                         /* 17 */
    "  - name: one\n"                                                     /* 18 */
    "    label: l.yaml\n"                                                 /* 19 */
    "    branch: 1.5 T\n"                                                 /* 20 */
    "    position:\n"                                                     /* 21 */
    "      x: 7 cm\n"                                                     /* 22 */
    "      y: {value: -11.0 cm, u: 2 mm}\n"                               /* 23 */
    "      z: 1 cm\n"                                                     /* 24 */
    "      u: 5 mm\n"                                                     /* 25 */
    "      u_z: 10 %\n"                                                   /* 26 */
    "      evidence: read off\n"                                          /* 27 */
    "    decisive: path\n"                                                /* 28 */
    "    because: fixed to the head\n"                                    /* 29 */
    "  - name: two\n"                                                     /* 30 */
    "    label: l.yaml\n"                                                 /* 31 */
    "ipem: {category: \"4.1\", why: shows it}\n"                          /* 32 */
    "mhra:\n"                                                             /* 33 */
    "  - {section: \"2.2\", edition: v4.3, complied: no, how: because}\n" /* 34 */
    "contribution: {own: all, others: none}\n"                            /* 35 */
    "alternatives: [CT, waiting]\n"                                       /* 36 */
    "not_considered: [torque]\n"                                          /* 37 */
    "justification: j\n"                                                  /* 38 */
    "reasoning: r\n"                                                      /* 39 */
    "conclusion: c\n"                                                     /* 40 */
    "residual_risk: k\n"                                                  /* 41 */
    "decides: the radiologist\n";                                         /* 42 */

static mrse_case *read_text(const char *text, mrse_diags *diags)
{
    mrse_status status;
    mrse_case *c = spec_read(&mrse_spec_case, text, strlen(text), diags, &status);

    if (status != MRSE_OK) {
        spec_print(diags);
        fail_msg("not read");
    }
    return c;
}

static void case_read__valid__fills_every_text(void **state)
{
    static mrse_diags diags;
    mrse_case *c = read_text(base, &diags);

    (void)state;
    assert_int_equal(diags.warnings, 0);
    assert_string_equal(c->path, "dir/file.yaml");
    assert_string_equal(c->title, "A case");
    assert_string_equal(c->question, "May it?");
    assert_null(c->stamp);
    assert_true(c->simulated);
    assert_string_equal(c->requester_role, "radiographer");
    assert_int_equal(c->requested.day, 20);
    assert_int_equal(c->performed.day, 22);
    assert_string_equal(c->author.name, "A. N. Example");
    assert_string_equal(c->author.role, "MRSE");
    assert_string_equal(c->author.registration, "none");
    assert_string_equal(c->author.site, "H");
    assert_string_equal(c->scanner, "s.yaml");
    assert_string_equal(c->ipem_category, "4.1");
    assert_string_equal(c->ipem_why, "shows it");
    assert_int_equal(c->n_mhra, 1);
    assert_string_equal(c->mhra[0].section, "2.2");
    assert_string_equal(c->mhra[0].edition, "v4.3");
    assert_false(c->mhra[0].complied);
    assert_string_equal(c->mhra[0].how, "because");
    assert_string_equal(c->own_contribution, "all");
    assert_string_equal(c->others_contribution, "none");
    assert_int_equal(c->n_alternatives, 2);
    assert_string_equal(c->alternative[1], "waiting");
    assert_string_equal(c->not_considered[0], "torque");
    assert_string_equal(c->referrer_justification, "j");
    assert_string_equal(c->reasoning, "r");
    assert_string_equal(c->conclusion, "c");
    assert_string_equal(c->residual_risk, "k");
    assert_string_equal(c->decides, "the radiologist");
    mrse_case_free(c);
}

static void case_read__valid__fills_scan_and_implants(void **state)
{
    static mrse_diags diags;
    mrse_case *c = read_text(base, &diags);

    (void)state;
    assert_string_equal(c->landmark, "nasion");
    assert_int_equal(c->entry, MRSE_ENTRY_FEET_FIRST);
    assert_int_equal(c->posture, MRSE_POSTURE_LEFT_LATERAL);
    assert_rel(c->couch_height.v, -0.02, 1e-15);
    assert_rel(c->couch_height.u, 0.003, 1e-15);
    assert_int_equal(c->n_implants, 2);
    assert_string_equal(c->implant[0].name, "one");
    assert_string_equal(c->implant[0].label, "l.yaml");
    assert_string_equal(c->implant[0].branch, "1.5 T");
    assert_int_equal(c->implant[0].decisive, MRSE_DECISIVE_PATH);
    assert_string_equal(c->implant[0].because, "fixed to the head");
    assert_int_equal(c->implant[0].line, 18);
    assert_null(c->implant[1].branch);
    assert_false(c->implant[1].has_position);
    assert_true(isnan(c->implant[1].x.v));
    assert_int_equal(c->implant[1].decisive, MRSE_DECISIVE_SCANNER);
    mrse_case_free(c);
}

static void position_read__uncertainty__own_then_axis_then_common(void **state)
{
    static mrse_diags diags;
    mrse_case *c = read_text(base, &diags);
    const mrse_case_implant *i = &c->implant[0];

    (void)state;
    assert_true(i->has_position);
    assert_rel(i->x.v, 0.07, 1e-15);
    assert_rel(i->y.v, -0.11, 1e-15);
    assert_rel(i->z.v, 0.01, 1e-15);
    assert_rel(i->x.u, 0.005, 1e-15);
    assert_rel(i->y.u, 0.002, 1e-15);
    assert_rel(i->z.u, 0.001, 1e-14); /* 10 % of 1 cm */
    assert_int_equal(i->x.origin, MRSE_ORIGIN_MEASURED);
    assert_string_equal(i->x.src, "ct");
    assert_string_equal(i->position_evidence, "read off");
    mrse_case_free(c);
}

static void case_read__every_posture_and_entry__is_the_enumeration(void **state)
{
    static const char *const posture[] = {"supine", "prone", "left lateral", "right lateral"};
    static mrse_diags diags;

    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(posture); i++) {
        char *text = spec_changed(base, "left lateral", posture[i]);
        char *more = spec_changed(text, "feet first", "head first");
        mrse_case *c = read_text(more, &diags);

        assert_int_equal(c->posture, (mrse_posture)i);
        assert_int_equal(c->entry, MRSE_ENTRY_HEAD_FIRST);
        mrse_case_free(c);
        free(text);
        free(more);
    }
}

static void case_read__no_position__needs_no_couch_height(void **state)
{
    static mrse_diags diags;
    static const char text[] = "mrse: case/1\ntitle: t\nquestion: q\nsimulated: no\n"
                               "scanner: s.yaml\n"
                               "scan: {landmark: l, entry: head first, posture: supine}\n"
                               "implants: [{name: a, label: l.yaml}]\n";
    mrse_case *c = read_text(text, &diags);

    (void)state;
    assert_false(c->simulated);
    assert_true(isnan(c->couch_height.v));
    assert_null(c->author.name);
    assert_int_equal(c->requested.year, 0);
    assert_int_equal(c->performed.year, 0);
    assert_int_equal(diags.warnings, 2);
    assert_non_null(strstr(diags.item[0].text, "UNATTRIBUTED"));
    assert_non_null(strstr(diags.item[1].text, "reasoning, conclusion, residual_risk, decides"));
    mrse_case_free(c);
}

static void case_read__performed_without_request__is_read(void **state)
{
    static mrse_diags diags;
    char *text = spec_changed(base, "requested: {by: radiographer, date: 2026-11-20}\n", "");
    mrse_case *c = read_text(text, &diags);

    (void)state;
    free(text);
    assert_int_equal(diags.warnings, 0);
    assert_int_equal(c->requested.year, 0);
    assert_int_equal(c->performed.year, 2026);
    mrse_case_free(c);
}

/* The implant of the worked case rides at 7.3 cm from the axis, in front of a limit at 8.1 cm. */
static void case_load__cochlear_example__is_read(void **state)
{
    mrse_case *c;

    (void)state;
    assert_int_equal(mrse_case_load("examples/cochlear-implant/case.yaml", &c, NULL), MRSE_OK);
    assert_int_equal(c->n_implants, 1);
    assert_rel(hypot(c->implant[0].x.v, c->implant[0].y.v + c->couch_height.v), 0.0728, 1e-3);
    assert_rel(c->implant[0].y.u, 0.005, 1e-15);
    assert_rel(c->couch_height.u, 0.003, 1e-15);
    assert_int_equal(c->implant[0].x.origin, MRSE_ORIGIN_ASSUMED);
    assert_true(c->simulated);
    mrse_case_free(c);
}

static void case_load__bad_arguments__is_refused(void **state)
{
    mrse_case *c = (mrse_case *)1;

    (void)state;
    assert_int_equal(mrse_case_load("x", NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_case_load(NULL, &c, NULL), MRSE_ERR_ARG);
    assert_null(c);
    mrse_case_free(NULL);
}

#define POSITION                                                                                   \
    "    position:\n      x: 7 cm\n      y: {value: -11.0 cm, u: 2 mm}\n      z: 1 cm\n"           \
    "      u: 5 mm\n      u_z: 10 %\n      evidence: read off\n"

static const slip slips[] = {
    {"position__no_uncertainty__asks_for_it", "      u: 5 mm\n", "", 22, 10,
     "implants[0].position.x", "the position has no uncertainty", "add 'u: 1 cm'", 0, 0},
    {"position__uncertainty_zero__is_refused", "u: 5 mm", "u: 0 mm", 25, 10,
     "implants[0].position.x", "never known exactly", NULL, 0, 0},
    {"position__own_uncertainty_zero__is_refused", "u: 2 mm", "u: 0 mm", 23, 31,
     "implants[0].position.y", "never known exactly", NULL, 0, 0},
    {"position__percent_of_zero__is_refused", "z: 1 cm", "z: 0 cm", 26, 12,
     "implants[0].position.u_z", "a percentage of zero", NULL, 0, 0},
    {"position__bad_uncertainty__one_message", "u: 5 mm", "u: 5", 25, 10, "implants[0].position.u",
     "bare number", NULL, 0, 0},
    {"position__empty_uncertainty__one_message", "u: 5 mm", "u:", 25, 7, "implants[0].position.u",
     "the value is empty", NULL, 0, 0},
    {"position__bad_coordinate__one_message", "x: 7 cm", "x: 7", 22, 10, "implants[0].position.x",
     "bare number", NULL, 0, 0},
    {"position__4_m_away__is_refused", "x: 7 cm", "x: 4 m", 22, 10, "implants[0].position.x",
     "-3.00 m to 3.00 m", NULL, 0, 0},
    {"position__coordinate_missing__is_refused", "      z: 1 cm\n", "", 21, 5,
     "implants[0].position.z", "'z' is missing", NULL, 0, 0},
    {"position__no_evidence__is_refused", "      evidence: read off\n", "", 21, 5,
     "implants[0].position.evidence", "'evidence' is missing", NULL, 0, 0},
    {"position__text_instead__is_refused", POSITION, "    position: left ear\n", 21, 5,
     "implants[0].position", "this is text; a map is needed", NULL, 0, 0},
    {"position__no_couch_height__asks_for_it", "  couch_height: {value: -2 cm, u: 3 mm}\n", "", 12,
     1, "scan.couch_height", "depends on the couch height", NULL, 0, 0},
    {"scan__missing__one_message",
     "scan:\n  landmark: nasion\n  entry: feet first\n  posture: left lateral\n"
     "  couch_height: {value: -2 cm, u: 3 mm}\n",
     "", 1, 1, "scan", "'scan' is missing", NULL, 0, 0},
    {"implants_site_and_survey__missing__one_message",
     "implants:\n  - name: one\n    label: l.yaml\n    branch: 1.5 T\n" POSITION
     "    decisive: path\n    because: fixed to the head\n  - name: two\n    label: l.yaml\n",
     "", 1, 1, "implants", "nothing to assess", "'site:'", 0, 0},
    {"implants__text_instead__one_message",
     "implants:\n  - name: one\n    label: l.yaml\n    branch: 1.5 T\n" POSITION
     "    decisive: path\n    because: fixed to the head\n  - name: two\n    label: l.yaml\n",
     "implants: none\n", 17, 1, "implants", "this is text; a list is needed", NULL, 0, 0},
    {"performed__impossible_date__one_message", "performed: 2026-11-22", "performed: 2026-13-22", 6,
     12, "performed", "is not a date", NULL, 0, 0},
    {"path_decides__no_reason__is_refused", "    because: fixed to the head\n", "", 28, 15,
     "implants[0]", "the reason for letting the path decide is missing", NULL, 0, 0},
    {"path_decides__no_position__is_refused", POSITION, "", 21, 15, "implants[0]",
     "a path needs the implant's position", NULL, 0, 0},
    {"decisive__unknown__lists_all", "decisive: path", "decisive: best", 28, 15,
     "implants[0].decisive", "'best' is not known here", "scanner maximum, path", 0, 0},
    {"key__unknown_among_many__whole_names_are_listed", "performed: 2026-11-22", "writer: A", 6, 1,
     "", "unknown key 'writer'", "modification, ipem, mhra, contribution, ...", 0, 0},
    {"implant__same_name__is_refused", "name: two", "name: one", 30, 11, "",
     "implants[0] and implants[1] have the same name", NULL, 0, 0},
    {"implant__no_name__is_refused", "  - name: two\n    label", "  - label", 30, 5,
     "implants[1].name", "'name' is missing", NULL, 0, 0},
    {"implant__no_label__is_refused", "    label: l.yaml\n    branch", "    branch", 18, 5,
     "implants[0].label", "'label' is missing", NULL, 0, 0},
    {"implant__text__is_refused", "  - name: two\n    label: l.yaml\n", "  - two\n", 30, 5,
     "implants[1]", "this is text; a map is needed", NULL, 0, 0},
    {"entry__unknown__lists_all", "feet first", "feet-first", 14, 10, "scan.entry",
     "'feet-first' is not known", "did you mean 'feet first'?", 0, 0},
    {"posture__missing__is_refused", "  posture: left lateral\n", "", 12, 1, "scan.posture",
     "'posture' is missing", NULL, 0, 0},
    {"simulated__missing__is_refused", "simulated: yes\n", "", 1, 1, "simulated",
     "'simulated' is missing", NULL, 0, 0},
    {"simulated__neither_yes_nor_no__is_refused", "simulated: yes", "simulated: perhaps", 4, 12,
     "simulated", "'perhaps' is not known here", "no, yes", 0, 0},
    {"ipem__unknown_category__lists_all", "category: \"4.1\"", "category: \"4.4\"", 32, 18,
     "ipem.category", "'4.4' is not known here", "8.2", 0, 0},
    {"requested__impossible_date__is_refused", "2026-11-20", "2026-11-31", 5, 37, "requested.date",
     "'2026-11-31' is not a date", NULL, 0, 0},
    {"performed__before_the_request__warns", "performed: 2026-11-22", "performed: 2026-11-19", 6,
     12, "", "the answer is dated before the question", NULL, MRSE_SEV_WARNING, 0},
    {"author__missing__warns",
     "author: {name: A. N. Example, role: MRSE, registration: none, site: H}\n", "", 1, 1, "",
     "UNATTRIBUTED", "--author", MRSE_SEV_WARNING, 0},
    {"words__one_missing__warns", "conclusion: c\n", "", 1, 1, "",
     "still to be written by the author: conclusion", NULL, MRSE_SEV_WARNING, 0},
    {"alternatives__text_instead__is_refused", "[CT, waiting]", "CT", 36, 1, "alternatives",
     "this is text; a list is needed", NULL, 0, 0},
    {"alternatives__empty_entry__names_its_index", "[CT, waiting]", "[CT, '']", 36, 20,
     "alternatives[1]", "the value is empty", NULL, 0, 0},
    {"mhra__not_a_list__is_refused", "  - {section", "  {section", 33, 1, "mhra",
     "this is a map; a list is needed", NULL, 0, 0},
    {"title__161_letters__is_too_long", "title: A case",
     "title: "
     "a2345678901234567890123456789012345678901234567890123456789012345678901234567890"
     "b2345678901234567890123456789012345678901234567890123456789012345678901234567890x",
     2, 8, "title", "this has 161 characters; 160 is the most here", NULL, 0, 0},
    {"sources__unverified_position__warns_for_each_number", "source: ct\n", "", 21, 10,
     "implants[0].position.x", "unverified: '7 cm' has no source", NULL, MRSE_SEV_WARNING, 3},
};

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_read__valid__fills_every_text),
        cmocka_unit_test(case_read__valid__fills_scan_and_implants),
        cmocka_unit_test(position_read__uncertainty__own_then_axis_then_common),
        cmocka_unit_test(case_read__every_posture_and_entry__is_the_enumeration),
        cmocka_unit_test(case_read__no_position__needs_no_couch_height),
        cmocka_unit_test(case_read__performed_without_request__is_read),
        cmocka_unit_test(case_load__cochlear_example__is_read),
        cmocka_unit_test(case_load__bad_arguments__is_refused),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    return failed + spec_run_slips(&mrse_spec_case, base, slips, MRSE_COUNT(slips), "case slips");
}
