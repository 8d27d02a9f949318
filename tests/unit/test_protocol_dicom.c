/* Protocols out of DICOM headers: real headers against what pydicom reads in them, and headers made
 * here for what must not be taken. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/protocol_dicom.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dicom_support.h"
#include "mrse/alloc.h"
#include "support/oom.h"

static maker m;
static mrse_diags diags;

static void drop(mrse_protocol *p)
{
    mrse_protocol_clear(p);
    mrse_free(p);
}

static mrse_protocol *protocol_of(const mrse_dicom *d)
{
    mrse_protocol *p = NULL;

    mrse_diags_init(&diags);
    assert_int_equal(mrse_protocol_from_dicom(d, &p, &diags), MRSE_OK);
    assert_non_null(p);
    return p;
}

static mrse_protocol *made(void)
{
    mrse_dicom *d = NULL;

    assert_int_equal(read_made(&m, &d, &diags), MRSE_OK);
    mrse_protocol *p = protocol_of(d);
    mrse_dicom_free(d); /* the protocol stands on its own */
    return p;
}

static bool noted(const char *words)
{
    for (size_t i = 0; i < diags.n; i++)
        if (strstr(diags.item[i].text, words))
            return true;
    return false;
}

/* --- Real headers --------------------------------------------------------------------------------- */

/* By hand, from names and words of each header. */
static const struct {
    const char *file;
    mrse_family family;
    bool tr;    /* what the header calls TR is one */
    double etl; /* NaN written as 0 */
    int mode;
    bool pulse;
} wanted[] = {
    {"siemens_xa30_prisma_bold.dcm", MRSE_FAMILY_EPI, true, 56, 2, true},
    {"siemens_xa61_cimaX_bold_sms1.dcm", MRSE_FAMILY_EPI, true, 49, 0, true},
    {"siemens_xa61_cimaX_diff_CARD.dcm", MRSE_FAMILY_EPI, true, 37, 0, true},
    {"siemens_xa60_terra7T_bold_sms1.dcm", MRSE_FAMILY_EPI, true, 21, 2, true},
    {"siemens_xa30_prisma_classic.dcm", MRSE_FAMILY_EPI, true, 43, 0, true},
    {"siemens_trio_epi.dcm", MRSE_FAMILY_EPI, true, 0, 0, true},
    {"siemens_aera15T_loc.dcm", MRSE_FAMILY_GRE, true, 1, 0, true},
    {"philips_elition_mprage.dcm", MRSE_FAMILY_GRE, false, 256, 1, true},
    {"philips_achieva_dti.dcm", MRSE_FAMILY_DWI, true, 31, 1, true},
    {"philips_achieva_dualecho_iso.dcm", MRSE_FAMILY_UNKNOWN, true, 0, 1, true},
    {"ge_premier_epi_acc1.dcm", MRSE_FAMILY_EPI, true, 0, 0, true},
    {"ge_premier_epi_hb6.dcm", MRSE_FAMILY_EPI, true, 0, 0, true},
    {"ge_genesis_signa_gauss.dcm", MRSE_FAMILY_UNKNOWN, true, 0, 0, true},
    {"toshiba_galan_dti.dcm", MRSE_FAMILY_EPI, false, 26, 0, true},
};

static json_t *golden_tags(const json_t *golden, const char *file)
{
    for (size_t i = 0; i < json_array_size(golden); i++) {
        json_t *entry = json_array_get(golden, i);
        if (strcmp(json_string_value(json_object_get(entry, "file")), file) == 0)
            return json_object_get(entry, "tags");
    }
    return NULL;
}

/* The first number whose key ends with this tag; NaN when there is none above zero. */
static double golden_number(const json_t *tags, const char *tag)
{
    const char *key;
    json_t *value;

    json_object_foreach ((json_t *)(uintptr_t)tags, key, value) {
        size_t n = strlen(key), t = strlen(tag);
        if (n >= t && strcmp(key + n - t, tag) == 0 && json_is_number(value) &&
            json_number_value(value) > 0)
            return json_number_value(value);
    }
    return (double)NAN;
}

static void same(const mrse_value *got, double want, double factor, size_t *n)
{
    if (isnan(want)) {
        assert_true(isnan(got->v));
        return;
    }
    assert_rel(got->v, want * factor, 1e-6); /* some tags are single precision */
    assert_int_equal(got->origin, MRSE_ORIGIN_CONSOLE);
    assert_int_equal(got->basis, MRSE_BASIS_DECLARED);
    assert_string_equal(got->file, "");
    assert_memory_equal(got->src, "dicom:", 6);
    (*n)++;
}

static double first(double a, double b)
{
    return isnan(a) ? b : a;
}

static void check_real(const mrse_protocol *p, const json_t *tags, size_t row, size_t *n)
{
    const double tr_ms = golden_number(tags, "Repetition Time");
    const double te_ms = first(golden_number(tags, "(0018,0081) Echo Time"),
                               golden_number(tags, "Effective Echo Time"));
    const bool person = isfinite(p->reported.patient_mass.v);

    assert_int_equal(p->family, wanted[row].family);
    same(&p->tr, wanted[row].tr ? tr_ms : (double)NAN, 1e-3, n);
    same(&p->te, te_ms, 1e-3, n);
    same(&p->thickness, golden_number(tags, "Slice Thickness"), 1e-3, n);
    same(&p->bandwidth, golden_number(tags, "Pixel Bandwidth"), 1, n);
    same(&p->reported.b1_rms, golden_number(tags, "B1rms"), 1e-6, n);
    same(&p->reported.dbdt, golden_number(tags, "(0018,1318) dB/dt"), 1, n);
    if (wanted[row].etl > 0)
        assert_rel(p->etl, wanted[row].etl, 0);
    else
        assert_true(isnan(p->etl));
    assert_int_equal(p->reported.mode, wanted[row].mode);
    assert_int_equal(p->n_pulses, wanted[row].pulse);
    if (wanted[row].pulse)
        same(&p->pulse[0].flip, golden_number(tags, "Flip Angle"), MRSE_PI / 180, n);
    assert_true(person);
    assert_string_equal(p->reported.patient_mass.printed, "");
    assert_null(p->path);
    assert_null(p->exam);
}

static void from_dicom__real_headers__equal_the_golden_file(void **state)
{
    const char *folder = getenv("MRSE_GOLDEN_DIR");
    char path[1024];
    size_t n = 0;

    (void)state;
    folder = folder && folder[0] ? folder : "../shared/data";
    (void)snprintf(path, sizeof path, "%s/sequence/dicom_golden.json", folder);
    json_t *golden = json_load_file(path, 0, NULL);
    if (!golden) {
        print_message("skipped: no sequence/dicom_golden.json under MRSE_GOLDEN_DIR\n");
        return;
    }
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        mrse_dicom *d = NULL;
        (void)snprintf(path, sizeof path, "%s/sequence/dicom/%s", folder, wanted[i].file);
        print_message("%s\n", wanted[i].file);
        assert_int_equal(mrse_dicom_load(path, &d, &diags), MRSE_OK);
        mrse_protocol *p = protocol_of(d);
        const json_t *tags = golden_tags(golden, wanted[i].file);
        assert_non_null(tags);
        check_real(p, tags, i, &n);
        if (i == 0) { /* all definitions of SAR, and stimulation as a fraction */
            assert_rel(p->reported.sar_whole_body.v, 0.06326506289964479, 1e-12);
            assert_rel(p->reported.sar_partial_body.v, 0.28004900970414, 1e-12);
            assert_rel(p->reported.sar_head.v, 0.2970006684472946, 1e-12);
            assert_rel(p->reported.sar_local.v, 0.9281270888977954, 1e-12);
            assert_rel(p->reported.stimulation.v, 0.8598194122314453, 1e-12);
            assert_rel(p->reported.scan_time.v, 27.89, 1e-12);
            assert_string_equal(p->coil, "Body");
            assert_abs(p->gap.v, 0, 0);
        } else if (strcmp(wanted[i].file, "siemens_trio_epi.dcm") == 0) {
            assert_rel(p->reported.stimulation.v, 0.71170872, 1e-12);
            assert_rel(p->slices, 35, 0);
            assert_rel(p->acceleration_phase, 2, 0);
            assert_rel(p->partial_phase, 1, 0); /* 0x10: off */
            assert_rel(p->reported.scan_time.v, 17, 0);
            assert_rel(p->reported.patient_mass.v, 100, 0); /* the one used */
            assert_rel(p->gap.v, 0.6e-3, 1e-6);
            assert_string_equal(p->gradient_mode, "Fast");
            assert_true(isnan(p->reported.dbdt.v));
        } else if (strcmp(wanted[i].file, "siemens_aera15T_loc.dcm") == 0) {
            assert_true(p->three_d);
            assert_rel(p->partial_phase, 0.75, 0);
            assert_rel(p->b0.v, 1.5, 0);
        } else if (strcmp(wanted[i].file, "philips_elition_mprage.dcm") == 0) {
            assert_rel(p->esp.v, 6.50099992752075e-3, 1e-12);
            assert_true(noted("TR not taken"));
        } else if (strcmp(wanted[i].file, "ge_genesis_signa_gauss.dcm") == 0) {
            assert_rel(p->b0.v, 0.2, 1e-12); /* 2000 gauss */
        } else if (strcmp(wanted[i].file, "ge_premier_epi_acc1.dcm") == 0) {
            assert_rel(p->reported.sar_whole_body.v, 0.0124817, 1e-3);
            assert_rel(p->reported.sar_local.v, 0.124817, 1e-12);
            assert_rel(p->reported.sar_partial_body.v, 0.0499267, 1e-12);
        }
        drop(p);
        mrse_dicom_free(d);
    }
    print_message("%zu values equal\n", n);
    assert_true(n > 70);
    json_decref(golden);
}

/* The pair that the documentation works with: only the refocusing pulses differ. */
static void from_dicom__example_pair__has_no_guessed_pulses(void **state)
{
    static const char *const files[] = {"examples/dicom/tse-180.dcm", "examples/dicom/tse-120.dcm"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        mrse_dicom *d = NULL;
        assert_int_equal(mrse_dicom_load(files[i], &d, &diags), MRSE_OK);
        mrse_protocol *p = protocol_of(d);
        assert_int_equal(p->family, MRSE_FAMILY_TSE);
        assert_int_equal(p->n_pulses, 0);
        assert_true(noted("flip angle not taken"));
        assert_rel(p->tr.v, mrse_dicom_find(d, "RepetitionTime")->number[0] / 1e3, 1e-12);
        assert_rel(p->etl, mrse_dicom_find(d, "EchoTrainLength")->number[0], 0);
        drop(p);
        mrse_dicom_free(d);
    }
}

/* --- Made headers --------------------------------------------------------------------------------- */

static void header(const char *vendor, const char *kind, const char *variant, const char *name,
                   const char *train, const char *flip)
{
    begin_classic(&m, vendor);
    put(&m, 0x0018, 0x0020, "CS", kind);
    put(&m, 0x0018, 0x0021, "CS", variant);
    if (name[0])
        put(&m, 0x0018, 0x0024, "SH", name);
    put(&m, 0x0018, 0x0080, "DS", "500");
    if (train[0])
        put(&m, 0x0018, 0x0091, "IS", train);
    put(&m, 0x0018, 0x1314, "DS", flip);
}

static void from_dicom__families__are_told_or_unknown(void **state)
{
    static const struct {
        const char *kind, *variant, *name, *train;
        mrse_family family;
    } rows[] = {
        {"SE", "SK\\SP", "*tse2d1_15", "15", MRSE_FAMILY_TSE},
        {"SE", "SK", "*se2d1", "1", MRSE_FAMILY_SE},
        {"SE", "NONE", "", "", MRSE_FAMILY_UNKNOWN}, /* a train, or not */
        {"SE", "NONE", "", "8", MRSE_FAMILY_TSE},
        {"GR", "SP", "*fl2d1", "1", MRSE_FAMILY_GRE},
        {"GR\\IR", "SP\\MP", "*tfl3d1_16ns", "1", MRSE_FAMILY_GRE},
        {"GR", "SS", "", "1", MRSE_FAMILY_UNKNOWN}, /* steady state: balanced, or not */
        {"GR", "SK\\SS", "*tfi2d1_58", "1", MRSE_FAMILY_BSSFP},
        {"EP", "SK", "*epfid2d1_64", "1", MRSE_FAMILY_EPI},
        {"EP\\SE", "SK", "*ep_b1000#1", "1", MRSE_FAMILY_DWI},
        {"SE\\GR", "SK", "", "12", MRSE_FAMILY_UNKNOWN}, /* GRASE */
        {"RM", "NONE", "", "", MRSE_FAMILY_UNKNOWN},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        header("SIEMENS", rows[i].kind, rows[i].variant, rows[i].name, rows[i].train, "60");
        mrse_protocol *p = made();
        if (p->family != rows[i].family)
            print_error("row %zu: %s\n", i, mrse_family_text(p->family));
        assert_int_equal(p->family, rows[i].family);
        drop(p);
    }
}

static void from_dicom__repetition_time__only_when_it_is_one(void **state)
{
    (void)state;
    header("SIEMENS", "GR\\IR", "SP\\MP", "*tfl3d1", "1", "9");
    mrse_protocol *p = made();
    assert_rel(p->tr.v, 0.5, 1e-15); /* the cycle */
    assert_true(isnan(p->etl));      /* whose lines the header does not count */
    assert_int_equal(p->pulse[0].per, MRSE_PER_ECHO);
    drop(p);
    header("Philips", "GR", "MP", "T1TFE", "", "9");
    p = made();
    assert_true(isnan(p->tr.v));
    assert_rel(p->esp.v, 0.5, 1e-15);
    assert_true(noted("TR not taken"));
    drop(p);
    header("GE MEDICAL SYSTEMS", "GR\\IR", "MP", "", "", "9");
    p = made();
    assert_true(isnan(p->tr.v) && isnan(p->esp.v));
    drop(p);
}

static void from_dicom__flip_angle__never_guessed(void **state)
{
    (void)state;
    header("SIEMENS", "SE", "SK", "*se2d1", "1", "90");
    mrse_protocol *p = made();
    assert_int_equal(p->n_pulses, 1);
    assert_int_equal(p->pulse[0].role, MRSE_PULSE_EXCITATION);
    assert_rel(p->pulse[0].flip.v, MRSE_PI / 2, 1e-15);
    assert_true(isnan(p->pulse[0].duration.v) && isnan(p->pulse[0].b1_peak.v));
    assert_true(!p->pulse[0].has_shape);
    drop(p);
    header("SIEMENS", "SE", "SK", "*se2d1", "1", "180");
    p = made();
    assert_int_equal(p->n_pulses, 0);
    drop(p);
    header("SIEMENS", "SE", "SK", "*tse2d1_15", "15", "90");
    p = made();
    assert_int_equal(p->n_pulses, 0);
    drop(p);
}

static void from_dicom__contradictions_and_unknown_units__are_not_taken(void **state)
{
    (void)state;
    header("SIEMENS", "GR", "SP", "*fl2d1", "1", "60");
    put(&m, 0x0018, 0x1316, "DS", "1.5");
    put(&m, 0x0018, 0x1318, "DS", "40");
    open_seq(&m, 0x0018, 0x9239);
    open_item(&m);
    put(&m, 0x0018, 0x9179, "CS", "IEC_WHOLE_BODY");
    put_double(&m, 0x0018, 0x9181, 1.6);
    close_item(&m);
    close_seq(&m);
    mrse_protocol *p = made();
    assert_true(isnan(p->reported.sar_whole_body.v));
    assert_true(noted("whole-body SAR twice"));
    assert_rel(p->reported.dbdt.v, 40, 0);
    drop(p);
    header("UIH", "GR", "SP", "gre", "1", "60");
    put(&m, 0x0018, 0x1316, "DS", "1.5");
    put(&m, 0x0018, 0x1318, "DS", "0.8");
    p = made();
    assert_true(isnan(p->reported.dbdt.v));
    assert_true(noted("dB/dt not taken"));
    assert_rel(p->reported.sar_whole_body.v, 1.5, 0);
    assert_string_equal(p->reported.sar_whole_body.src, "dicom:0123456789abcdef");
    assert_non_null(mrse_source_find(&p->sources, "dicom:0123456789abcdef"));
    assert_true(isnan(p->reported.slew.v) && isnan(p->gradient_slew.v) && isnan(p->fov_read.v));
    drop(p);
}

static void from_dicom__person_and_typed_text__stay_in_the_file(void **state)
{
    (void)state;
    header("SIEMENS", "GR", "SP", "*fl2d1", "1", "60");
    put(&m, 0x0018, 0x1030, "LO", "knee Smith John");
    mrse_protocol *p = made();
    assert_string_equal(p->name, "*fl2d1");
    assert_string_equal(p->id, "dicom:0123456789abcdef");
    assert_null(p->note);
    assert_null(p->stamp);
    drop(p);
}

static void protocol_clear__nothing__is_fine(void **state)
{
    mrse_protocol empty = {0};

    (void)state;
    mrse_protocol_clear(NULL);
    mrse_protocol_clear(&empty);
    assert_null(empty.id);
}

static mrse_status work(void *context)
{
    mrse_protocol *p = NULL;
    mrse_status status = mrse_protocol_from_dicom(context, &p, NULL);

    if (p)
        drop(p);
    return status;
}

static void from_dicom__out_of_memory_or_misuse__is_reported(void **state)
{
    mrse_dicom *d = NULL;
    mrse_protocol *p = NULL;

    (void)state;
    header("SIEMENS", "GR", "SP", "*fl2d1", "1", "60");
    put(&m, 0x0018, 0x1251, "SH", "Body");
    assert_int_equal(read_made(&m, &d, &diags), MRSE_OK);
    assert_int_equal(mrse_protocol_from_dicom(NULL, &p, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_from_dicom(d, NULL, NULL), MRSE_ERR_ARG);
    assert_true(oom_exhaust(work, d) >= 8);
    mrse_dicom_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_dicom__real_headers__equal_the_golden_file),
        cmocka_unit_test(from_dicom__example_pair__has_no_guessed_pulses),
        cmocka_unit_test(from_dicom__families__are_told_or_unknown),
        cmocka_unit_test(from_dicom__repetition_time__only_when_it_is_one),
        cmocka_unit_test(from_dicom__flip_angle__never_guessed),
        cmocka_unit_test(from_dicom__contradictions_and_unknown_units__are_not_taken),
        cmocka_unit_test(from_dicom__person_and_typed_text__stay_in_the_file),
        cmocka_unit_test(protocol_clear__nothing__is_fine),
        cmocka_unit_test(from_dicom__out_of_memory_or_misuse__is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
