/* Sequence files: what is read, what follows from what, and one test for each thing that can be
 * wrong. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/protocol.h"
#include "spec_support.h"
#include "support/oom.h"
#include "support/scratch.h"

static const char base[] =
    "mrse: sequence/1\n"                                                              /* 1 */
    "id: tse\n"                                                                       /* 2 */
    "name: t2_tse\n"                                                                  /* 3 */
    "stamp: teaching\n"                                                               /* 4 */
    "note: a note\n"                                                                  /* 5 */
    "sources:\n"                                                                      /* 6 */
    "  screen: {origin: console, title: protocol page}\n"                             /* 7 */
    "  guess: {origin: assumed, title: shapes, because: usual}\n"                     /* 8 */
    "source: screen\n"                                                                /* 9 */
    "family: TSE\n"                                                                   /* 10 */
    "dimension: 2D\n"                                                                 /* 11 */
    "b0: 1.5 T\n"                                                                     /* 12 */
    "coil: body\n"                                                                    /* 13 */
    "region: abdomen\n"                                                               /* 14 */
    "exam: one\n"                                                                     /* 15 */
    "timing: {tr: 3000 ms, te: 30 ms, ti: 160 ms, echo_spacing: 10 ms, dummies: 1}\n" /* 16 */
    "train: {etl: 4, order: linear, centre_echo: 3}\n"                                /* 17 */
    "slices: {number: 20, thickness: 4 mm, gap: 0.4 mm, concatenations: 2, simultaneous: 1}\n"
    "geometry: {matrix_read: 256, matrix_phase: 192, fov_read: 24 cm, fov_phase: 18 cm, "
    "phase_oversampling: 20 %}\n" /* 19 */
    "acquisition:\n"              /* 20 */
    "  averages: 2\n"             /* 21 */
    "  volumes: 1\n"              /* 22 */
    "  bandwidth: 200 Hz\n"       /* 23 */
    "  acceleration_phase: 1.5\n" /* 24 */
    "  acceleration_slice: 1\n"   /* 25 */
    "  reference_lines: 24\n"     /* 26 */
    "  partial_phase: 6/8\n"      /* 27 */
    "  partial_slice: 1\n"        /* 28 */
    "  g_factor: 1.1\n"           /* 29 */
    "  b_value: 0 s/mm2\n"        /* 30 */
    "pulses:\n"                   /* 31 */
    "  - {role: inversion, flip: 180 deg, duration: 5 ms, shape: hann, count: 2, per: tr}\n"
    "  - role: excitation\n"                            /* 33 */
    "    name: slice\n"                                 /* 34 */
    "    source: guess\n"                               /* 35 */
    "    flip: 90 deg\n"                                /* 36 */
    "    duration: 2.5 ms\n"                            /* 37 */
    "    shape: sinc\n"                                 /* 38 */
    "    time_bandwidth: 2.7\n"                         /* 39 */
    "    window: hamming\n"                             /* 40 */
    "    bands: 3\n"                                    /* 41 */
    "  - role: refocusing\n"                            /* 42 */
    "    flips: [150 deg, 120 deg, 110 deg, 120 deg]\n" /* 43 */
    "    duration: 1 ms\n"                              /* 44 */
    "    shape: hard\n"                                 /* 45 */
    "    b1_peak: 10 uT\n"                              /* 46 */
    "  - {role: fat saturation, flip: 110 deg, duration: 8 ms, shape: gauss, sigmas: 3}\n"
    "  - {role: preparation, flip: 500 deg, duration: 8 ms, shape: fermi, flat: 0.3, edge: 5 %}\n"
    "adiabatic_or_verse: no\n" /* 49 */
    "gradients:\n"             /* 50 */
    "  mode: fast\n"           /* 51 */
    "  amplitude: 30 mT/m\n"   /* 52 */
    "  slew: 120 T/m/s\n"      /* 53 */
    "  lobes:\n"               /* 54 */
    "    - {name: read, axis: z, amplitude: 20 mT/m, slew: 100 T/m/s, flat: 5 ms, alternating: 4}\n"
    "    - {name: spoil, amplitude: 30 mT/m, ramp: 0.3 ms}\n" /* 56 */
    "reported:\n"                                             /* 57 */
    "  b1_rms: 2.00 uT\n"                                     /* 58 */
    "  b1_peak: 14 uT\n"                                      /* 59 */
    "  sar_whole_body: 1.2 W/kg\n"                            /* 60 */
    "  sar_partial_body: 1.5 W/kg\n"                          /* 61 */
    "  sar_head: 0.4 W/kg\n"                                  /* 62 */
    "  sar_local: 8 W/kg\n"                                   /* 63 */
    "  sed: 0.4 kJ/kg\n"                                      /* 64 */
    "  dbdt: 38 T/s\n"                                        /* 65 */
    "  stimulation: 70 %\n"                                   /* 66 */
    "  slew: 120 T/m/s\n"                                     /* 67 */
    "  gradient: 30 mT/m\n"                                   /* 68 */
    "  scan_time: 4 min\n"                                    /* 69 */
    "  acoustic: 90 dB\n"                                     /* 70 */
    "  mode: first level\n"                                   /* 71 */
    "  patient_mass: 75 kg\n";                                /* 72 */

static mrse_protocol *read_text(const char *text, mrse_diags *diags)
{
    mrse_status status;
    mrse_protocol *p = spec_read(&mrse_spec_sequence, text, strlen(text), diags, &status);

    if (status != MRSE_OK) {
        spec_print(diags);
        fail_msg("not read");
    }
    return p;
}

static mrse_protocol *read_changed(const char *from, const char *to)
{
    static mrse_diags diags;
    char *text = spec_changed(base, from, to);
    mrse_protocol *p = read_text(text, &diags);

    free(text);
    return p;
}

static void read__whole_file__what_it_is(void **state)
{
    static mrse_diags diags;
    mrse_protocol *p = read_text(base, &diags);

    (void)state;
    assert_int_equal(diags.warnings, 0);
    assert_string_equal(p->path, "dir/file.yaml");
    assert_string_equal(p->id, "tse");
    assert_string_equal(p->name, "t2_tse");
    assert_string_equal(p->stamp, "teaching");
    assert_string_equal(p->note, "a note");
    assert_int_equal(p->sources.n, 2);
    assert_int_equal(p->family, MRSE_FAMILY_TSE);
    assert_false(p->three_d);
    assert_rel(p->b0.v, 1.5, 0);
    assert_int_equal(p->b0.basis, MRSE_BASIS_DECLARED);
    assert_string_equal(p->coil, "body");
    assert_int_equal(p->region, MRSE_REGION_ABDOMEN);
    assert_string_equal(mrse_region_text(p->region), "abdomen");
    assert_string_equal(p->exam, "one");
    assert_false(p->adiabatic_or_verse);
    mrse_protocol_free(p);
}

static void read__whole_file__every_number_in_si(void **state)
{
    mrse_protocol *p = read_changed("", "");

    (void)state;
    assert_rel(p->tr.v, 3, 0);
    assert_int_equal(p->tr.basis, MRSE_BASIS_DECLARED);
    assert_rel(p->te.v, 0.03, 0);
    assert_rel(p->ti.v, 0.16, 0);
    assert_rel(p->esp.v, 0.01, 0);
    assert_rel(p->dummies, 1, 0);
    assert_rel(p->etl, 4, 0);
    assert_int_equal(p->order, 1);
    assert_rel(p->centre_echo, 3, 0);
    assert_rel(p->slices, 20, 0);
    assert_rel(p->thickness.v, 4e-3, 0);
    assert_rel(p->gap.v, 4e-4, 0);
    assert_rel(p->concatenations, 2, 0);
    assert_rel(p->simultaneous, 1, 0);
    assert_true(isnan(p->partitions));
    assert_rel(p->matrix_read, 256, 0);
    assert_rel(p->matrix_phase, 192, 0);
    assert_rel(p->fov_read.v, 0.24, 0);
    assert_rel(p->fov_phase.v, 0.18, 0);
    assert_rel(p->phase_oversampling, 0.2, 0);
    assert_rel(p->averages, 2, 0);
    assert_rel(p->volumes, 1, 0);
    assert_rel(p->bandwidth.v, 200, 0);
    assert_rel(p->acceleration_phase, 1.5, 0);
    assert_rel(p->acceleration_slice, 1, 0);
    assert_rel(p->reference_lines, 24, 0);
    assert_rel(p->partial_phase, 0.75, 0);
    assert_rel(p->partial_slice, 1, 0);
    assert_rel(p->g_factor, 1.1, 0);
    assert_abs(p->b_value.v, 0, 0);
    mrse_protocol_free(p);
}

static void read__pulses__shapes_and_how_often(void **state)
{
    mrse_protocol *p = read_changed("", "");
    const mrse_protocol_pulse *pulse = p->pulse;

    (void)state;
    assert_int_equal(p->n_pulses, 5);
    assert_int_equal(pulse[0].role, MRSE_PULSE_INVERSION);
    assert_int_equal(pulse[0].shape.form, MRSE_RF_HANN);
    assert_rel(pulse[0].count, 2, 0);
    assert_int_equal(pulse[0].per, MRSE_PER_TR);
    assert_int_equal(pulse[0].line, 32);
    assert_string_equal(pulse[1].name, "slice");
    assert_rel(pulse[1].flip.v, MRSE_PI / 2, 1e-15);
    assert_int_equal(pulse[1].flip.origin, MRSE_ORIGIN_ASSUMED);
    assert_rel(pulse[1].duration.v, 2.5e-3, 0);
    assert_true(pulse[1].has_shape);
    assert_int_equal(pulse[1].shape.form, MRSE_RF_SINC);
    assert_rel(pulse[1].shape.time_bandwidth, 2.7, 0);
    assert_rel(pulse[1].shape.apodisation, MRSE_RF_WINDOW_HAMMING, 0);
    assert_rel(pulse[1].bands, 3, 0);
    assert_rel(pulse[1].count, 1, 0);
    assert_int_equal(pulse[1].per, MRSE_PER_SHOT);
    assert_int_equal(pulse[2].n_train, 4);
    assert_rel(pulse[2].train[3].v, 120 * MRSE_PI / 180, 1e-15);
    assert_true(isnan(pulse[2].flip.v));
    assert_int_equal(pulse[2].per, MRSE_PER_ECHO);
    assert_int_equal(pulse[2].shape.form, MRSE_RF_HARD);
    assert_rel(pulse[2].b1_peak.v, 10e-6, 0);
    assert_rel(pulse[3].shape.sigmas, 3, 0);
    assert_rel(pulse[4].shape.flat, 0.3, 0);
    assert_rel(pulse[4].shape.edge, 0.05, 0);
    mrse_protocol_free(p);
}

static void read__gradients__slew_and_ramp_from_each_other(void **state)
{
    mrse_protocol *p = read_changed("", "");

    (void)state;
    assert_string_equal(p->gradient_mode, "fast");
    assert_rel(p->gradient_amplitude.v, 0.03, 0);
    assert_rel(p->gradient_slew.v, 120, 0);
    assert_int_equal(p->n_lobes, 2);
    assert_string_equal(p->lobe[0].name, "read");
    assert_int_equal(p->lobe[0].axis, MRSE_GRADIENT_Z);
    assert_rel(p->lobe[0].alternating, 4, 0);
    assert_rel(p->lobe[0].flat.v, 5e-3, 0);
    assert_rel(p->lobe[0].ramp.v, 0.2e-3, 1e-15);
    assert_int_equal(p->lobe[0].ramp.kind, MRSE_KIND_TIME);
    assert_int_equal(p->lobe[1].axis, MRSE_GRADIENT_ANY);
    assert_rel(p->lobe[1].alternating, 1, 0);
    assert_rel(p->lobe[1].slew.v, 100, 1e-15);
    /* half of the last place, rectangular: 0.5/30 and 0.05/0.3, over sqrt(3) */
    assert_rel(p->lobe[1].slew.u, 100 * hypot(0.5 / 30, 0.05 / 0.3) / sqrt(3), 1e-12);
    assert_int_equal(p->lobe[1].slew.kind, MRSE_KIND_SLEW_SEQUENCE);
    assert_int_equal(p->lobe[1].slew.basis, MRSE_BASIS_COMPUTED);
    mrse_protocol_free(p);
}

static void read__reported__declared_by_the_console(void **state)
{
    mrse_protocol *p = read_changed("", "");
    const mrse_reported *now = &p->reported;

    (void)state;
    assert_rel(now->b1_rms.v, 2e-6, 0);
    assert_int_equal(now->b1_rms.origin, MRSE_ORIGIN_CONSOLE);
    assert_int_equal(now->b1_rms.basis, MRSE_BASIS_DECLARED);
    assert_rel(now->b1_peak.v, 14e-6, 0);
    assert_rel(now->sar_whole_body.v, 1.2, 0);
    assert_rel(now->sar_partial_body.v, 1.5, 0);
    assert_rel(now->sar_head.v, 0.4, 0);
    assert_rel(now->sar_local.v, 8, 0);
    assert_rel(now->sed.v, 400, 0);
    assert_rel(now->dbdt.v, 38, 0);
    assert_rel(now->stimulation.v, 0.7, 0);
    assert_rel(now->slew.v, 120, 0);
    assert_rel(now->gradient.v, 0.03, 0);
    assert_rel(now->scan_time.v, 240, 0);
    assert_rel(now->acoustic.v, 90, 0);
    assert_int_equal(now->mode, 2);
    assert_rel(now->patient_mass.v, 75, 0);
    assert_int_equal(now->line, 58);
    mrse_protocol_free(p);
}

static void read__hardly_anything__everything_missing(void **state)
{
    static const char text[] = "mrse: sequence/1\n"
                               "sources: {c: {origin: console, title: t}}\n"
                               "family: GRE\n"
                               "reported: {b1_rms: 1.0 uT, source: c}\n";
    static mrse_diags diags;
    mrse_protocol *p = read_text(text, &diags);

    (void)state;
    assert_int_equal(diags.n, 0);
    assert_null(p->id);
    assert_null(p->coil);
    assert_int_equal(p->region, MRSE_REGION_UNKNOWN);
    assert_true(isnan(p->tr.v) && isnan(p->te.v) && isnan(p->ti.v) && isnan(p->esp.v));
    assert_true(isnan(p->etl) && isnan(p->slices) && isnan(p->averages) && isnan(p->g_factor));
    assert_true(isnan(p->partial_phase) && isnan(p->phase_oversampling));
    assert_true(isnan(p->b_value.v) && isnan(p->gradient_slew.v));
    assert_true(isnan(p->reported.sar_head.v) && isnan(p->reported.patient_mass.v));
    assert_int_equal(p->reported.mode, 0);
    assert_int_equal(p->order, 0);
    assert_int_equal(p->n_pulses, 0);
    assert_int_equal(p->n_lobes, 0);
    assert_rel(p->simultaneous, 1, 0);
    assert_rel(p->reported.b1_rms.v, 1e-6, 0);
    mrse_protocol_free(p);
}

static void read__pulse_of_nothing_but_a_role__its_shape_is_not_known(void **state)
{
    mrse_protocol *p = read_changed("shape: gauss, sigmas: 3", "per: echo");

    (void)state;
    assert_false(p->pulse[3].has_shape);
    assert_abs(p->pulse[3].shape.sigmas, 0, 0);
    assert_int_equal(p->pulse[3].per, MRSE_PER_ECHO);
    mrse_protocol_free(p);
}

static void read__gre_excitation__once_each_echo(void **state)
{
    static const char text[] = "mrse: sequence/1\n"
                               "family: bSSFP\n"
                               "pulses: [{role: excitation}, {role: fat saturation}]\n";
    static mrse_diags diags;
    mrse_protocol *p = read_text(text, &diags);

    (void)state;
    assert_int_equal(p->pulse[0].per, MRSE_PER_ECHO);
    assert_int_equal(p->pulse[1].per, MRSE_PER_SHOT);
    assert_true(isnan(p->pulse[0].duration.v));
    mrse_protocol_free(p);
}

static const slip slips[] = {
    {"family__missing__is_refused", "family: TSE\n", "", 1, 1, "family", "'family' is missing",
     NULL, MRSE_SEV_ERROR, 0},
    {"family__unknown__lists_all", "family: TSE", "family: FSE", 10, 9, "family", "'FSE'",
     "TSE, GRE, bSSFP, EPI, DWI", MRSE_SEV_ERROR, 0},
    {"key__unknown__is_refused", "dummies: 1", "dummy: 1", 16, 67, "timing", "unknown key 'dummy'",
     "echo_spacing, dummies", MRSE_SEV_ERROR, 0},
    {"count__a_unit__is_refused", "etl: 4", "etl: 4 ms", 17, 14, "train.etl", "no whole number",
     "without a unit", MRSE_SEV_ERROR, 0},
    {"count__a_fraction__is_refused", "averages: 2", "averages: 1.5", 21, 13,
     "acquisition.averages", "no whole number", NULL, MRSE_SEV_ERROR, 0},
    {"count__zero__is_refused", "averages: 2", "averages: 0", 21, 13, "acquisition.averages",
     "1 to 10000", NULL, MRSE_SEV_ERROR, 0},
    {"factor__words__is_refused", "g_factor: 1.1", "g_factor: high", 29, 13, "acquisition.g_factor",
     "no plain number", "'6/8'", MRSE_SEV_ERROR, 0},
    {"factor__over_zero__is_refused", "partial_phase: 6/8", "partial_phase: 6/0", 27, 18,
     "acquisition.partial_phase", "no plain number", NULL, MRSE_SEV_ERROR, 0},
    {"partial__less_than_half__is_refused", "partial_phase: 6/8", "partial_phase: 3/8", 27, 18,
     "acquisition.partial_phase", "0.500 to 1", NULL, MRSE_SEV_ERROR, 0},
    {"partial__more_than_all__is_refused", "partial_slice: 1", "partial_slice: 101 %", 28, 18,
     "acquisition.partial_slice", "0.500 to 1", NULL, MRSE_SEV_ERROR, 0},
    {"tr__no_unit__is_refused", "tr: 3000 ms", "tr: 3000", 16, 14, "timing.tr", NULL, "ms",
     MRSE_SEV_ERROR, 0},
    {"te__longer_than_tr__is_refused", "te: 30 ms", "te: 3 s", 16, 27, "timing.te",
     "3 s is not less than tr, 3000 ms", "units", MRSE_SEV_ERROR, 0},
    {"ti__longer_than_tr__is_refused", "ti: 160 ms", "ti: 3.1 s", 16, 38, "timing.ti",
     "3.1 s is not less than tr", NULL, MRSE_SEV_ERROR, 0},
    {"train__longer_than_tr__is_refused", "tr: 3000 ms", "tr: 390 ms", 16, 14, "timing.tr",
     "10 slices of one pass times 4 echoes times 10 ms take 400.0 ms; tr is 390 ms",
     "concatenations", MRSE_SEV_ERROR, 0},
    {"centre_echo__behind_the_train__is_refused", "centre_echo: 3", "centre_echo: 5", 17, 45,
     "train.centre_echo", "echo 5 of a train of 4", NULL, MRSE_SEV_ERROR, 0},
    {"centre_echo__not_at_te__is_a_warning", "centre_echo: 3", "centre_echo: 1", 17, 45,
     "train.centre_echo", "echo 1 is at 10.00 ms; te is 30 ms", NULL, MRSE_SEV_WARNING, 0},
    {"concatenations__more_than_slices__is_refused", "concatenations: 2", "concatenations: 21", 18,
     68, "slices", "21 passes for 20 slices", NULL, MRSE_SEV_ERROR, 0},
    {"partitions__in_2d__is_a_warning", "simultaneous: 1", "partitions: 8", 18, 71, "slices",
     "no partitions", "3D", MRSE_SEV_WARNING, 0},
    {"inversion__without_ti__is_a_warning", "ti: 160 ms, ", "", 31, 1, "", "no inversion time",
     "ti:", MRSE_SEV_WARNING, 0},
    {"ti__without_inversion__is_a_warning", "role: inversion", "role: preparation", 16, 38, "",
     "no inversion pulse", NULL, MRSE_SEV_WARNING, 0},
    {"flip__zero__is_refused", "flip: 90 deg", "flip: 0 deg", 36, 11, "pulses[1].flip",
     "not more than zero", NULL, MRSE_SEV_ERROR, 0},
    {"duration__zero__is_refused", "duration: 2.5 ms", "duration: 0 ms", 37, 15,
     "pulses[1].duration", "not more than zero", NULL, MRSE_SEV_ERROR, 0},
    {"duration__longer_than_echo_spacing__is_refused", "duration: 1 ms", "duration: 10 ms", 44, 15,
     "pulses[2].duration", "the pulse takes 10 ms, and there are 10 ms", "ms", MRSE_SEV_ERROR, 0},
    {"flips__too_few__is_refused", "[150 deg, 120 deg, 110 deg, 120 deg]", "[150 deg]", 43, 5,
     "pulses[2].flips", "1 flip angles for a train of 4 echoes", NULL, MRSE_SEV_ERROR, 0},
    {"flips__no_etl__is_refused", "etl: 4, ", "", 43, 5, "pulses[2].flips",
     "the number of echoes is not given", "etl:", MRSE_SEV_ERROR, 0},
    {"flips__and_flip__is_refused", "    duration: 1 ms\n", "    flip: 120 deg\n", 43, 5,
     "pulses[2]", "'flip' and 'flips'", NULL, MRSE_SEV_ERROR, 0},
    {"flips__of_an_excitation__is_refused", "role: refocusing", "role: excitation", 43, 5,
     "pulses[2]", "only refocusing pulses", "count", MRSE_SEV_ERROR, 0},
    {"role__missing__is_refused", "role: refocusing", "name: refocusing", 42, 5, "pulses[2].role",
     "'role' is missing", NULL, MRSE_SEV_ERROR, 0},
    {"shape__sinc_of_no_bandwidth__is_refused", "    time_bandwidth: 2.7\n", "", 38, 12,
     "pulses[1].time_bandwidth", "shape sinc needs 'time_bandwidth'", NULL, MRSE_SEV_ERROR, 0},
    {"shape__unused_parameter__is_a_warning", "shape: sinc\n    time_bandwidth: 2.7\n",
     "shape: hard\n", 39, 5, "pulses[1].window", "'window' is not used by hard", NULL,
     MRSE_SEV_WARNING, 0},
    {"b1_peak__far_from_the_shape__is_a_warning", "b1_peak: 10 uT", "b1_peak: 14 uT", 46, 14,
     "pulses[2].b1_peak", "14 uT is stated; flip angle, duration and shape give 9.79",
     "flip angle, duration", MRSE_SEV_WARNING, 0},
    {"lobe__neither_slew_nor_ramp__is_refused", ", ramp: 0.3 ms", "", 56, 7, "gradients.lobes[1]",
     "neither slew rate nor ramp", "'slew:' or 'ramp:'", MRSE_SEV_ERROR, 0},
    {"lobe__slew_and_ramp_disagree__is_refused", "ramp: 0.3 ms", "ramp: 0.3 ms, slew: 102 T/m/s",
     56, 61, "gradients.lobes[1]", "102 T/m/s reaches 30 mT/m in another time than 0.3 ms", NULL,
     MRSE_SEV_ERROR, 0},
    {"lobe__steeper_than_the_sequence__is_a_warning", "ramp: 0.3 ms", "ramp: 0.2 ms", 56, 7,
     "gradients.lobes[1]", "slew rate is more than the largest of the sequence, 120 T/m/s", NULL,
     MRSE_SEV_WARNING, 0},
    {"lobe__higher_than_the_sequence__is_a_warning", "amplitude: 20 mT/m", "amplitude: 40 mT/m", 55,
     7, "gradients.lobes[0]", "amplitude is more than", NULL, MRSE_SEV_WARNING, 0},
    {"reported__not_of_a_console__is_a_warning", "reported:\n", "reported:\n  source: guess\n", 57,
     1, "reported", "not read off a console: b1_rms, b1_peak,", "'console'", MRSE_SEV_WARNING, 0},
    {"b1_rms__in_mT__is_refused", "b1_rms: 2.00 uT", "b1_rms: 2.00 mT", 58, 11, "reported.b1_rms",
     "outside the sensible range", "in uT", MRSE_SEV_ERROR, 0},
    {"mode__unknown__lists_all", "mode: first level", "mode: first", 71, 9, "reported.mode",
     "'first'", "normal, first level, second level", MRSE_SEV_ERROR, 0},
};

/* Only EPI: other trains must fit. */
static const char epi[] = "mrse: sequence/1\n"
                          "sources: {c: {origin: console, title: t}}\n"
                          "source: c\n"
                          "family: EPI\n"
                          "timing: {tr: 1000 ms, echo_spacing: 1 ms}\n"
                          "slices: {number: 20}\n"
                          "train: {etl: 64}\n";

static const slip epi_slips[] = {
    {"epi__train_longer_than_tr__is_a_warning", "mrse", "mrse", 5, 14, "timing.tr",
     "20 slices of one pass times 64 echoes times 1 ms take 1280 ms", NULL, MRSE_SEV_WARNING, 0},
    {"epi__no_etl__is_a_warning", "train: {etl: 64}\n", "", 4, 9, "",
     "the number of echoes of EPI is not given", "etl:", MRSE_SEV_WARNING, 0},
};

static void read__agreeing_slew_and_ramp__are_kept(void **state)
{
    mrse_protocol *p = read_changed("ramp: 0.3 ms", "ramp: 0.3 ms, slew: 100.5 T/m/s");

    (void)state;
    assert_rel(p->lobe[1].slew.v, 100.5, 0);
    assert_rel(p->lobe[1].ramp.v, 0.3e-3, 1e-15);
    mrse_protocol_free(p);
}

static void read__train_that_just_fits__is_no_error(void **state)
{
    mrse_protocol *p = read_changed("tr: 3000 ms", "tr: 400 ms");

    (void)state;
    assert_rel(p->tr.v, 0.4, 0);
    mrse_protocol_free(p);
}

static void read__two_slips__both_are_reported(void **state)
{
    char *text = spec_changed(base, "ti: 160 ms", "ti: 3 s");
    char *both = spec_changed(text, "flip: 90 deg", "flip: -90 deg");
    static mrse_diags diags;
    mrse_status status;

    (void)state;
    assert_null(spec_read(&mrse_spec_sequence, both, strlen(both), &diags, &status));
    assert_int_equal(diags.errors, 2);
    assert_int_equal(diags.item[0].line, 16);
    assert_int_equal(diags.item[1].line, 36);
    free(text);
    free(both);
}

static void load__bad_argument_or_no_file__is_refused(void **state)
{
    mrse_protocol *p = (mrse_protocol *)(uintptr_t)1;

    (void)state;
    assert_int_equal(mrse_protocol_load(NULL, &p, NULL), MRSE_ERR_ARG);
    assert_null(p);
    assert_int_equal(mrse_protocol_load("x", NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_load(scratch_path("nothing.yaml"), &p, NULL), MRSE_ERR_IO);
    assert_null(p);
    assert_int_equal(
        mrse_protocol_load(scratch_write("case.yaml", "mrse: case/1\ntitle: t\n"), &p, NULL),
        MRSE_ERR_INPUT);
    assert_null(p);
    mrse_protocol_free(NULL);
}

static void load__shipped_examples__no_error_and_no_warning(void **state)
{
    static const char *const file[] = {
        "examples/tse-b1rms/before.yaml", "examples/tse-b1rms/after.yaml",
        "examples/dwi-dbdt/before.yaml", "examples/dwi-dbdt/after.yaml"};
    static mrse_diags diags;

    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(file); i++) {
        mrse_protocol *p = NULL;

        mrse_diags_init(&diags);
        assert_int_equal(mrse_protocol_load(file[i], &p, &diags), MRSE_OK);
        assert_int_equal(diags.n, 0);
        assert_non_null(p->stamp);
        mrse_protocol_free(p);
    }
}

static mrse_status work(void *context)
{
    mrse_protocol *p = NULL;
    mrse_status status = mrse_protocol_load(context, &p, NULL);

    mrse_protocol_free(p);
    return status;
}

static void load__memory_runs_out__leaves_nothing(void **state)
{
    char path[1024];

    (void)state;
    (void)snprintf(path, sizeof path, "%s", scratch_write("sequence.yaml", base));
    assert_true(oom_exhaust(work, path) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read__whole_file__what_it_is),
        cmocka_unit_test(read__whole_file__every_number_in_si),
        cmocka_unit_test(read__pulses__shapes_and_how_often),
        cmocka_unit_test(read__gradients__slew_and_ramp_from_each_other),
        cmocka_unit_test(read__reported__declared_by_the_console),
        cmocka_unit_test(read__hardly_anything__everything_missing),
        cmocka_unit_test(read__pulse_of_nothing_but_a_role__its_shape_is_not_known),
        cmocka_unit_test(read__gre_excitation__once_each_echo),
        cmocka_unit_test(read__agreeing_slew_and_ramp__are_kept),
        cmocka_unit_test(read__train_that_just_fits__is_no_error),
        cmocka_unit_test(read__two_slips__both_are_reported),
        cmocka_unit_test(load__bad_argument_or_no_file__is_refused),
        cmocka_unit_test(load__shipped_examples__no_error_and_no_warning),
        cmocka_unit_test(load__memory_runs_out__leaves_nothing),
    };
    int failed = cmocka_run_group_tests(tests, scratch_begin, scratch_end);

    failed += spec_run_slips(&mrse_spec_sequence, epi, epi_slips, MRSE_COUNT(epi_slips), "EPI");
    return failed +
           spec_run_slips(&mrse_spec_sequence, base, slips, MRSE_COUNT(slips), "sequence files");
}
