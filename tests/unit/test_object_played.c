/* Sequences as they act on an object: how long, how fast, and the worst of several.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/mrse.h"
#include "support/close.h"
#include "support/oom.h"

static mrse_scanner *scanner;
static mrse_sequence_study *dwi, *gre;
static const double AT[3] = {0.05, 0.0, 0.1}, U[3] = {0.005, 0.005, 0.005};

static int begin(void **state)
{
    (void)state;
    return mrse_init() == MRSE_OK &&
                   mrse_scanner_load("scanners/example-data-sheet.yaml", &scanner, NULL) ==
                       MRSE_OK &&
                   mrse_sequence_study_run("examples/dwi-dbdt/before.yaml", NULL, NULL, &dwi,
                                           NULL) == MRSE_OK &&
                   mrse_sequence_study_run("examples/sequence/gre.seq", NULL, NULL, &gre, NULL) ==
                       MRSE_OK
               ? 0
               : -1;
}

static int end(void **state)
{
    (void)state;
    mrse_sequence_study_free(dwi);
    mrse_sequence_study_free(gre);
    mrse_scanner_free(scanner);
    return 0;
}

/* A Pulseq file runs as long as it is, and says nothing of an image. */
static void play_all__played_file__its_own_length_and_no_voxel(void **state)
{
    const mrse_object_play play = {&gre->before, "gre", (double)NAN};
    mrse_object_setting s = mrse_object_setting_default();
    mrse_object_played *list = NULL;
    char reason[192];
    (void)state;
    s.play = &play;
    s.n_plays = 1;
    assert_int_equal(mrse_object_play_all(scanner, AT, U, &s, &list, reason), MRSE_OK);
    assert_rel(s.duration_s, 1e-9 * (double)gre->before.played->sequence->duration_ns, 1e-12);
    assert_true(isnan(s.voxel_m) && isnan(s.bandwidth_Hz) && isnan(s.echo_time_s));
    assert_string_equal(list[0].name, "gre");
    mrse_free(list);
}

/* Together as bad as the worst; what is said by hand stays, and what one does not tell is missing. */
static void play_all__two__worst_of_both_or_not_known(void **state)
{
    const mrse_object_play play[] = {{&dwi->before, "one", 60.0}, {&dwi->before, "two", 30.0}},
                           mixed[] = {{&dwi->before, "one", 60.0}, {&gre->before, "two", NAN}};
    mrse_object_setting s = mrse_object_setting_default();
    mrse_object_played *list = NULL;
    char reason[192];
    (void)state;
    s.play = play;
    s.n_plays = 2;
    assert_int_equal(mrse_object_play_all(scanner, AT, U, &s, &list, reason), MRSE_OK);
    assert_rel(s.duration_s, 90.0, 1e-12);
    assert_rel(s.dbdt_rms_T_s, list[0].dbdt_T_s, 1e-12);
    assert_rel(s.u_dbdt_T_s, list[0].u_dbdt_T_s, 1e-12);
    assert_rel(s.bandwidth_Hz, 1220, 1e-9);
    assert_rel(s.echo_time_s, 0.081, 1e-9);
    assert_rel(s.voxel_m, 5e-3, 1e-9); /* the slice is thicker than the pixel is wide */
    assert_string_equal(reason, "");
    mrse_free(list);
    s = (mrse_object_setting){.dbdt_rms_T_s = 3,
                              .dbdt_frequency_Hz = 4,
                              .duration_s = 5,
                              .bandwidth_Hz = 6,
                              .echo_time_s = 7,
                              .voxel_m = 8,
                              .play = mixed,
                              .n_plays = 2};
    assert_int_equal(mrse_object_play_all(scanner, AT, U, &s, &list, reason), MRSE_OK);
    assert_true(s.dbdt_rms_T_s == 3 && s.dbdt_frequency_Hz == 4 && s.duration_s == 5);
    assert_true(s.bandwidth_Hz == 6 && s.echo_time_s == 7 && s.voxel_m == 8);
    assert_string_equal(reason, "");
    mrse_free(list);
}

/* A sequence of which nothing is known: the first such one is named. */
static void play_all__nothing_known__reason_names_the_first(void **state)
{
    const mrse_sequence_input nothing = {
        .gradient = {.slew = {{.v = NAN}, {.v = NAN}, {.v = NAN}},
                     .slew_rms = {{.v = NAN}, {.v = NAN}, {.v = NAN}},
                     .slew_max.value = {.v = NAN},
                     .amplitude.value = {.v = NAN}}};
    const mrse_object_play play[] = {{&nothing, "one", NAN}, {&nothing, "two", NAN}};
    mrse_object_setting s = mrse_object_setting_default();
    mrse_object_played *list = NULL;
    char reason[192];
    (void)state;
    s.play = play;
    s.n_plays = 2;
    mrse_value declared = scanner->gradients.dbdt_max;
    scanner->gradients.dbdt_max = mrse_value_missing(MRSE_KIND_DBDT_PEAK);
    assert_int_equal(mrse_object_play_all(scanner, AT, U, &s, &list, reason), MRSE_OK);
    scanner->gradients.dbdt_max = declared;
    assert_true(isnan(s.dbdt_rms_T_s) && isnan(s.dbdt_frequency_Hz) && isnan(s.duration_s));
    assert_non_null(strstr(reason, "one: "));
    mrse_free(list);
}

static void play_all__misuse__is_refused(void **state)
{
    mrse_object_setting s = mrse_object_setting_default();
    mrse_object_played *list = (mrse_object_played *)&s;
    char reason[192];
    (void)state;
    assert_int_equal(mrse_object_play_all(scanner, AT, U, &s, NULL, reason), MRSE_ERR_ARG);
    assert_int_equal(mrse_object_play_all(scanner, AT, U, &s, &list, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_object_play_all(NULL, AT, U, &s, &list, reason), MRSE_ERR_ARG);
    assert_null(list);
    assert_int_equal(mrse_object_play_all(scanner, NULL, U, &s, &list, reason), MRSE_ERR_ARG);
    assert_int_equal(mrse_object_play_all(scanner, AT, NULL, &s, &list, reason), MRSE_ERR_ARG);
    assert_int_equal(mrse_object_play_all(scanner, AT, U, NULL, &list, reason), MRSE_ERR_ARG);
    assert_int_equal(mrse_object_play_all(scanner, AT, U, &s, &list, reason), MRSE_OK);
    assert_null(list); /* nothing is played */
    s.n_plays = 1;
    assert_int_equal(mrse_object_play_all(scanner, AT, U, &s, &list, reason), MRSE_ERR_ARG);
}

static mrse_status work(void *context)
{
    mrse_object_setting s = *(const mrse_object_setting *)context;
    mrse_object_played *list = NULL;
    char reason[192];
    mrse_status status = mrse_object_play_all(scanner, AT, U, &s, &list, reason);
    mrse_free(list);
    return status;
}

static void play_all__no_memory__says_so(void **state)
{
    const mrse_object_play play = {&dwi->before, "one", 60.0};
    mrse_object_setting s = mrse_object_setting_default();
    (void)state;
    s.play = &play;
    s.n_plays = 1;
    assert_true(oom_exhaust(work, &s) >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(play_all__played_file__its_own_length_and_no_voxel),
        cmocka_unit_test(play_all__two__worst_of_both_or_not_known),
        cmocka_unit_test(play_all__nothing_known__reason_names_the_first),
        cmocka_unit_test(play_all__misuse__is_refused),
        cmocka_unit_test(play_all__no_memory__says_so),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
