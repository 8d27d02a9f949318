/* The gradient and RF systems of scanner files. SPDX-License-Identifier: GPL-3.0-or-later */
#include "spec_support.h"
#include "support/oom.h"
#include "support/scratch.h"

static const char base[] =
    "mrse: scanner/1\n"                                                     /* 1 */
    "id: demo\n"                                                            /* 2 */
    "name: Demo\n"                                                          /* 3 */
    "checked: 2026-11-22\n"                                                 /* 4 */
    "sources:\n"                                                            /* 5 */
    "  sheet: {origin: manufacturer, title: sheet}\n"                       /* 6 */
    "  screen: {origin: console, title: screen}\n"                          /* 7 */
    "  guess: {origin: assumed, title: guess, because: nobody knows}\n"     /* 8 */
    "source: sheet\n"                                                       /* 9 */
    "b0: {nominal: 1.5 T}\n"                                                /* 10 */
    "gradients:\n"                                                          /* 11 */
    "  amplitude: 33 mT/m\n"                                                /* 12 */
    "  slew: 125 T/m/s\n"                                                   /* 13 */
    "  dbdt_max: 60 T/s\n"                                                  /* 14 */
    "  linear_volume: {diameter: {value: 50 cm, u: 2 cm}, length: 45 cm}\n" /* 15 */
    "  reference_radius: 0.33 m\n"                                          /* 16 */
    "  rheobase: 20 T/s\n"                                                  /* 17 */
    "  chronaxie: 0.36 ms\n"                                                /* 18 */
    "  coil: xrm\n"                                                         /* 19 */
    "  safe:\n"                                                             /* 20 */
    "    source: guess\n"                                                   /* 21 */
    "    name: HW\n"                                                        /* 22 */
    "    x: {tau: [0.2 ms, 30 us, 3 ms], a: [0.4, 0.1, 50 %], limit: 30 T/m/s, g_scale: 0.35}\n"
    "    y: {tau: [1 ms, 2 ms, 3 ms], a: [0.5, 0.2, 0.3], limit: 15 T/m/s, g_scale: 0.31}\n" /* 24 */
    "    z: {tau: [2 ms, 1 ms, 1 ms], a: [0.4, 0.4, 0.2], limit: 25 T/m/s, g_scale: 0.25}\n" /* 25 */
    "  safe_cardiac:\n"                                                                     /* 26 */
    "    name: HC\n"                                                                        /* 27 */
    "    x: {tau: [3 ms, 2 ms, 1 ms], a: [0.7, 0.2, 0.1], limit: 20 T/m/s, g_scale: 0.4}\n" /* 28 */
    "    y: {tau: [3 ms, 2 ms, 1 ms], a: [0.7, 0.2, 0.1], limit: 20 T/m/s, g_scale: 0.4}\n" /* 29 */
    "    z: {tau: [3 ms, 2 ms, 1 ms], a: [0.7, 0.2, 0.1], limit: 13 T/m/s, g_scale: 0.3}\n" /* 30 */
    "rf:\n"                                                                                 /* 31 */
    "  coils:\n"                                                                            /* 32 */
    "    - {name: body, transmit: body, drive: CP, channels: 2, fpo_b: yes}\n"              /* 33 */
    "    - {name: knee, transmit: extremity, drive: multichannel, channels: 8}\n"           /* 34 */
    "  b1_peak: 25 uT\n"                                                                    /* 35 */
    "  b1_rms: 6 uT\n"                                                                      /* 36 */
    "  reports_b1_rms: yes\n"                                                               /* 37 */
    "  fpo_b: {offered: no, b1_peak: 30 uT, b1_rms: 3.2 uT, slew: 200 T/m/s, dbdt_peak: 100 T/s, "
    "dbdt_rms: 56 T/s}\n" /* 38 */
    "  sar_pairs:\n"      /* 39 */
    "    - {coil: body, region: head, mass: 75 kg, b1_rms: 2 uT, sar_head: 1.8 W/kg, source: "
    "screen}\n" /* 40 */
    "    - {coil: body, region: pelvis, b1_rms: 3 uT, sar_whole_body: 1.4 W/kg, source: screen}\n";

static mrse_scanner *read_text(const char *text, mrse_diags *diags)
{
    mrse_status status;
    mrse_scanner *s = spec_read(&mrse_spec_scanner, text, strlen(text), diags, &status);

    if (status != MRSE_OK) {
        spec_print(diags);
        fail_msg("not read");
    }
    return s;
}

static void read__gradients__every_number_in_si(void **state)
{
    static mrse_diags diags;
    mrse_scanner *s = read_text(base, &diags);
    const mrse_gradient_system *g = &s->gradients;

    (void)state;
    assert_int_equal(diags.n, 0);
    assert_rel(g->amplitude.v, 0.033, 0);
    assert_rel(g->slew.v, 125, 0);
    assert_rel(g->dbdt_max.v, 60, 0);
    assert_rel(g->linear_radius.v, 0.25, 1e-15); /* half of the diameter */
    assert_rel(g->linear_radius.u, 0.01, 1e-15);
    assert_string_equal(g->linear_radius.printed, "half of 50 cm");
    assert_rel(g->linear_half_length.v, 0.225, 1e-15);
    assert_rel(g->reference_radius.v, 0.33, 0);
    assert_rel(g->rheobase.v, 20, 0);
    assert_rel(g->chronaxie.v, 0.36e-3, 0);
    assert_string_equal(g->coil, "xrm");
    mrse_scanner_free(s);
}

static void read__safe_models__axes_in_order_and_provenance(void **state)
{
    static mrse_diags diags;
    mrse_scanner *s = read_text(base, &diags);
    const mrse_safe_axis *axis = s->gradients.safe.axis;

    (void)state;
    assert_true(s->gradients.has_safe);
    assert_string_equal(s->gradients.safe.name, "HW");
    assert_rel(axis[0].tau_s[0], 0.2e-3, 1e-15);
    assert_rel(axis[0].tau_s[1], 30e-6, 1e-15);
    assert_rel(axis[0].a[2], 0.5, 0);
    assert_rel(axis[1].limit_T_m_s, 15, 0);
    assert_rel(axis[2].g_scale, 0.25, 0);
    assert_rel(s->gradients.safe_cardiac.axis[2].limit_T_m_s, 13, 0);
    assert_int_equal(s->safe.origin, MRSE_ORIGIN_ASSUMED);
    assert_int_equal(s->safe_cardiac.origin, MRSE_ORIGIN_MANUFACTURER);
    mrse_scanner_free(s);
}

static void read__rf__coils_modes_and_pairs(void **state)
{
    static mrse_diags diags;
    mrse_scanner *s = read_text(base, &diags);
    const mrse_rf_system *rf = &s->rf;

    (void)state;
    assert_int_equal(rf->n_coils, 2);
    assert_string_equal(rf->coil[0].name, "body");
    assert_int_equal(rf->coil[0].transmit, MRSE_TRANSMIT_BODY);
    assert_int_equal(rf->coil[0].drive, MRSE_DRIVE_CP);
    assert_rel(rf->coil[0].channels, 2, 0);
    assert_int_equal(rf->coil[0].fpo_b, MRSE_KNOWN_YES);
    assert_int_equal(rf->coil[1].transmit, MRSE_TRANSMIT_EXTREMITY);
    assert_int_equal(rf->coil[1].drive, MRSE_DRIVE_MULTICHANNEL);
    assert_int_equal(rf->coil[1].fpo_b, MRSE_KNOWN_NOT);
    assert_rel(rf->b1_peak.v, 25e-6, 0);
    assert_rel(rf->b1_rms.v, 6e-6, 0);
    assert_int_equal(rf->reports_b1_rms, MRSE_KNOWN_YES);
    assert_int_equal(rf->fpo_b, MRSE_KNOWN_NO);
    assert_rel(rf->fpo_b1_peak.v, 30e-6, 0);
    assert_rel(rf->fpo_b1_rms.v, 3.2e-6, 0);
    assert_rel(rf->fpo_slew.v, 200, 0);
    assert_rel(rf->fpo_dbdt_peak.v, 100, 0);
    assert_rel(rf->fpo_dbdt_rms.v, 56, 0);
    assert_int_equal(s->n_sar_pairs, 2);
    assert_string_equal(s->sar_pair[0].coil, "body");
    assert_int_equal(s->sar_pair[0].region, MRSE_REGION_HEAD);
    assert_rel(s->sar_pair[0].mass.v, 75, 0);
    assert_rel(s->sar_pair[0].sar.v, 1.8, 0);
    assert_int_equal(s->sar_pair[0].sar.kind, MRSE_KIND_SAR_HEAD);
    assert_true(isnan(s->sar_pair[1].mass.v));
    assert_rel(s->sar_pair[1].b1_rms.v, 3e-6, 0);
    assert_int_equal(s->sar_pair[1].sar.kind, MRSE_KIND_SAR_WHOLE_BODY);
    mrse_scanner_free(s);
}

static void read__neither_block__everything_missing(void **state)
{
    static mrse_diags diags;
    mrse_scanner *s = read_text("mrse: scanner/1\nid: d\nname: D\nchecked: 2026-11-22\n"
                                "b0: {nominal: 1.5 T}\n",
                                &diags);

    (void)state;
    assert_true(isnan(s->gradients.slew.v) && isnan(s->gradients.linear_radius.v));
    assert_true(isnan(s->gradients.rheobase.v) && isnan(s->safe.v) && isnan(s->safe_cardiac.v));
    assert_false(s->gradients.has_safe);
    assert_null(s->gradients.coil);
    assert_int_equal(s->rf.reports_b1_rms, MRSE_KNOWN_NOT);
    assert_true(isnan(s->rf.b1_peak.v) && isnan(s->rf.fpo_b1_rms.v));
    assert_int_equal(s->rf.n_coils + s->n_sar_pairs, 0);
    mrse_scanner_free(s);
}

static const slip slips[] = {
    {"tau__two_numbers__is_refused", "[0.2 ms, 30 us, 3 ms]", "[0.2 ms, 30 us]", 23, 9,
     "gradients.safe.x.tau", "a list of three numbers", NULL, MRSE_SEV_ERROR, 0},
    {"tau__no_unit__is_refused", "[0.2 ms, 30 us, 3 ms]", "[0.2 ms, 30, 3 ms]", 23, 23,
     "gradients.safe.x.tau[1]", NULL, "ms", MRSE_SEV_ERROR, 0},
    {"a__a_unit__is_refused", "[0.4, 0.1, 50 %]", "[0.4, 0.1 ms, 50 %]", 23, 46,
     "gradients.safe.x.a[1]", "no plain number", NULL, MRSE_SEV_ERROR, 0},
    {"a__sum_not_1__is_a_warning", "[0.4, 0.1, 50 %]", "[0.4, 0.1, 40 %]", 23, 40,
     "gradients.safe.x", "add up to 0.900, not 1", NULL, MRSE_SEV_WARNING, 0},
    {"safe__an_axis_missing__is_refused",
     "    z: {tau: [2 ms, 1 ms, 1 ms], a: [0.4, 0.4, 0.2], limit: 25 T/m/s, g_scale: 0.25}\n", "",
     20, 3, "gradients.safe.z", "'z' is missing", NULL, MRSE_SEV_ERROR, 0},
    {"coil__not_in_the_table__is_refused", "coil: xrm", "coil: xrn", 19, 9, "gradients",
     "no coil of this name", "xrmw", MRSE_SEV_ERROR, 0},
    {"rheobase__alone__is_a_warning", "  chronaxie: 0.36 ms\n", "", 11, 1, "gradients",
     "belong together", NULL, MRSE_SEV_WARNING, 0},
    {"transmit__unknown__lists_all", "transmit: body", "transmit: bore", 33, 30,
     "rf.coils[0].transmit", "'bore'", "body, head, extremity, local", MRSE_SEV_ERROR, 0},
    {"coil__no_transmit__is_refused", "transmit: body, ", "", 33, 7, "rf.coils[0].transmit",
     "'transmit' is missing", NULL, MRSE_SEV_ERROR, 0},
    {"multichannel__one_channel__is_refused", "channels: 8", "channels: 1", 34, 72, "rf.coils[1]",
     "multichannel drive of one channel", "CP", MRSE_SEV_ERROR, 0},
    {"b1_peak__in_mT__is_refused", "b1_peak: 25 uT", "b1_peak: 25 mT", 35, 12, "rf.b1_peak",
     "outside the sensible range", NULL, MRSE_SEV_ERROR, 0},
    {"pair__no_sar__is_refused", "sar_head: 1.8 W/kg, ", "", 40, 7, "rf.sar_pairs[0]", "has no SAR",
     "one of sar_whole_body", MRSE_SEV_ERROR, 0},
    {"pair__two_sar__is_refused", "sar_head: 1.8 W/kg", "sar_head: 1.8 W/kg, sar_local: 8 W/kg", 40,
     7, "rf.sar_pairs[0]", "more than one SAR", "second pair", MRSE_SEV_ERROR, 0},
    {"pair__no_region__is_refused", "region: head, ", "", 40, 7, "rf.sar_pairs[0].region",
     "'region' is missing", NULL, MRSE_SEV_ERROR, 0},
};

/* A table without a source is as doubtful as a number without one. */
static void read__safe_without_source__is_unverified(void **state)
{
    static mrse_diags diags;
    char *one = spec_changed(base, "source: sheet\n", "");
    char *text = spec_changed(one, "    source: guess\n", "");
    mrse_scanner *s = read_text(text, &diags);
    size_t said = 0;

    (void)state;
    for (size_t i = 0; i < diags.n; i++)
        said += strstr(diags.item[i].text, "unverified: 'SAFE model'") != NULL;
    assert_int_equal(said, 2);
    assert_int_equal(s->safe.origin, MRSE_ORIGIN_UNVERIFIED);
    mrse_scanner_free(s);
    free(one);
    free(text);
}

static mrse_status work(void *context)
{
    mrse_scanner *s = NULL;
    mrse_status status = mrse_scanner_load(context, &s, NULL);

    mrse_scanner_free(s);
    return status;
}

static void load__memory_runs_out__leaves_nothing(void **state)
{
    char path[1024];

    (void)state;
    (void)snprintf(path, sizeof path, "%s", scratch_write("scanner.yaml", base));
    assert_true(oom_exhaust(work, path) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read__gradients__every_number_in_si),
        cmocka_unit_test(read__safe_models__axes_in_order_and_provenance),
        cmocka_unit_test(read__rf__coils_modes_and_pairs),
        cmocka_unit_test(read__neither_block__everything_missing),
        cmocka_unit_test(read__safe_without_source__is_unverified),
        cmocka_unit_test(load__memory_runs_out__leaves_nothing),
    };
    int failed = cmocka_run_group_tests(tests, scratch_begin, scratch_end);

    return failed + spec_run_slips(&mrse_spec_scanner, base, slips, MRSE_COUNT(slips), "systems");
}
