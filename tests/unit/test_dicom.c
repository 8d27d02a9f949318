/* The DICOM reader on files made here byte by byte: forms of the format, damage, the traps of real
 * files, comparison, views. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dicom_support.h"
#include "mrse/mrse.h"
#include "support/oom.h"
#include "support/scratch.h"

static maker m;
static mrse_diags diags;

static mrse_dicom *read_ok(void)
{
    mrse_dicom *d = NULL;
    mrse_status status = read_made(&m, &d, &diags);
    if (status != MRSE_OK)
        print_error("%s\n", diags.item[0].text);
    assert_int_equal(status, MRSE_OK);
    assert_non_null(d);
    return d;
}

static void refuse(mrse_status want, const char *because)
{
    mrse_dicom *d = (mrse_dicom *)&m;
    assert_int_equal(read_made(&m, &d, &diags), want);
    assert_null(d);
    assert_int_equal(diags.errors, 1);
    if (strstr(diags.item[0].text, because) == NULL)
        assert_string_equal(diags.item[0].text, because);
}

static const mrse_dicom_item *item_of(const mrse_dicom *d, const char *name)
{
    const mrse_dicom_item *item = mrse_dicom_find(d, name);
    if (item == NULL)
        print_error("no %s\n", name);
    assert_non_null(item);
    return item;
}

static void assert_value(const mrse_dicom *d, const char *name, double si, mrse_kind kind)
{
    const mrse_dicom_item *item = item_of(d, name);
    assert_rel(item->value.v, si, 1e-12);
    assert_int_equal(item->value.kind, kind);
    assert_int_equal(item->value.origin, MRSE_ORIGIN_CONSOLE);
    assert_int_equal(item->value.basis, MRSE_BASIS_DECLARED);
    assert_string_equal(item->value.src, "dicom:0123456789abcdef");
}

static void assert_missing(const mrse_dicom *d, const char *name, const char *note)
{
    const mrse_dicom_item *item = item_of(d, name);
    assert_true(isnan(item->value.v));
    assert_int_equal(item->value.origin, MRSE_ORIGIN_UNVERIFIED);
    assert_string_equal(item->value.src, "");
    assert_non_null(strstr(item->note, note));
}

/* A classic header with one more element of group 0018. */
static mrse_dicom *read_with(const char *maker_name, unsigned element, const char *vr,
                             const char *text)
{
    begin_classic(&m, maker_name);
    put(&m, 0x0018, element, vr, text);
    return read_ok();
}

/* --- Forms ------------------------------------------------------------------------------------- */

static void put_all(void)
{
    put(&m, 0x0008, 0x0060, "CS", "MR");
    put(&m, 0x0008, 0x0070, "LO", "SIEMENS");
    put(&m, 0x0010, 0x0010, "PN", "Planted^Name");
    put(&m, 0x0018, 0x0080, "DS", "3000");
    put(&m, 0x0018, 0x0087, "DS", "3");
    put_float(&m, 0x0018, 0x1320, 2.5F);
    put_double(&m, 0x0018, 0x9073, 17.25);
    open_seq(&m, 0x0018, 0x9176);
    put_header(&m, 0xFFFE, 0xE000, "", 10);
    put(&m, 0x0018, 0x9177, "CS", "RF");
    close_seq(&m);
    put_short(&m, 0x0028, 0x0010, 258);
}

static void read__each_syntax__gives_the_same(void **state)
{
    static const char *const syntax[] = {EXPLICIT_LE, IMPLICIT_LE, EXPLICIT_BE,
                                         "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.5"};
    (void)state;
    for (size_t i = 0; i < 5; i++) {
        begin(&m, syntax[i]);
        put_all();
        put_header(&m, 0x7FE0, 0x0010, "OW", 1000000); /* cut off: no harm */
        mrse_dicom *d = read_ok();
        assert_int_equal(diags.n, 0);
        assert_string_equal(d->syntax, syntax[i]);
        assert_int_equal(d->n, 8);
        assert_value(d, "RepetitionTime", 3, MRSE_KIND_TIME);
        assert_value(d, "MagneticFieldStrength", 3, MRSE_KIND_B0);
        assert_value(d, "B1rms", 2.5e-6, MRSE_KIND_B1_RMS);
        assert_string_equal(item_of(d, "B1rms")->text, "2.5");
        assert_string_equal(item_of(d, "B1rms")->vr, "FL");
        assert_value(d, "AcquisitionDuration", 17.25, MRSE_KIND_TIME);
        assert_value(d, "Rows", 258, MRSE_KIND_NONE);
        assert_string_equal(item_of(d, "OperatingModeType")->path, "(0018,9176)[0]");
        assert_int_equal(d->vendor, MRSE_DICOM_SIEMENS);
        assert_false(d->cut_short);
        mrse_dicom_free(d);
    }
}

static void read__no_preamble__is_guessed(void **state)
{
    (void)state;
    for (int form = 0; form < 3; form++) {
        memset(&m, 0, sizeof m);
        m.implicit = form == 1;
        m.big = form == 2;
        put_all();
        mrse_dicom *d = read_ok();
        assert_string_equal(d->syntax, "");
        assert_value(d, "RepetitionTime", 3, MRSE_KIND_TIME);
        mrse_dicom_free(d);
    }
}

static void read__not_listed__is_never_asked_for(void **state)
{
    static memory from;
    mrse_dicom *d;
    (void)state;
    begin_classic(&m, "SIEMENS");
    size_t first = m.n + 8;
    put(&m, 0x0010, 0x0010, "PN", "Planted^Name");
    size_t last = m.n;
    put(&m, 0x0018, 0x0080, "DS", "3000");
    put(&m, 0x0040, 0xA730, "UT", "Planted^Name too");
    size_t second = m.n - 16;
    memset(&from, 0, sizeof from);
    from.b = m.b;
    from.n = m.n;
    mrse_dicom_source source = {&from, m.n, memory_read};
    assert_int_equal(mrse_dicom_read(&source, NULL, &d, NULL), MRSE_OK);
    for (size_t i = first; i < last; i++)
        assert_int_equal(from.seen[i], 0);
    for (size_t i = second; i < m.n; i++)
        assert_int_equal(from.seen[i], 0);
    assert_true(from.largest <= 512);
    assert_string_equal(item_of(d, "RepetitionTime")->value.src, "dicom");
    mrse_dicom_free(d);
}

static void put_enhanced(void)
{
    begin(&m, EXPLICIT_LE);
    put(&m, 0x0008, 0x0016, "UI", "1.2.840.10008.5.1.4.1.1.4.1");
    put(&m, 0x0008, 0x0060, "CS", "MR");
    put(&m, 0x0008, 0x0070, "LO", "Siemens Healthineers");
    open_seq(&m, 0x0040, 0x0555); /* not listed: its contents are not read */
    open_item(&m);
    put(&m, 0x0018, 0x0080, "DS", "77");
    close_item(&m);
    close_seq(&m);
    open_seq(&m, 0x5200, 0x9229);
    open_item(&m);
    open_seq(&m, 0x0018, 0x9112);
    open_item(&m);
    put(&m, 0x0018, 0x0080, "DS", "1230");
    put(&m, 0x0018, 0x1314, "DS", "42");
    put(&m, 0x0018, 0x9180, "CS", "PER_NERVE_STIM");
    put_double(&m, 0x0018, 0x9182, 0.43);
    open_seq(&m, 0x0018, 0x9239);
    static const struct {
        const char *term;
        double x;
    } sar[] = {
        {"IEC_WHOLE_BODY", 0.05}, {"IEC_PARTIAL_BODY", 0.2}, {"IEC_HEAD", 0.25}, {"IEC_LOCAL", 0.9},
        {"SMR_B1RMS", 0.5},       {"SMR_BORELOCAL", 0.3},    {"OTHER", 0.1}};
    for (size_t i = 0; i < sizeof sar / sizeof sar[0]; i++) {
        open_item(&m);
        put(&m, 0x0018, 0x9179, "CS", sar[i].term);
        put_double(&m, 0x0018, 0x9181, sar[i].x);
        close_item(&m);
    }
    close_seq(&m);
    close_item(&m);
    close_seq(&m);
    close_item(&m);
    close_seq(&m);
    open_seq(&m, 0x5200, 0x9230);
    for (int frame = 0; frame < 3; frame++) {
        open_item(&m);
        open_seq(&m, 0x0018, 0x9114);
        open_item(&m);
        put_double(&m, 0x0018, 0x9082, 30 + frame);
        close_item(&m);
        close_seq(&m);
        close_item(&m);
    }
    close_seq(&m);
}

static void read__enhanced__nested_values_are_found(void **state)
{
    (void)state;
    put_enhanced();
    mrse_dicom *d = read_ok();
    assert_true(d->enhanced);
    assert_value(d, "RepetitionTime", 1.23, MRSE_KIND_TIME);
    assert_string_equal(item_of(d, "RepetitionTime")->path, "(5200,9229)[0].(0018,9112)[0]");
    assert_value(d, "FlipAngle", 42 * MRSE_PI / 180, MRSE_KIND_ANGLE);
    assert_value(d, "EchoTime", 0.030, MRSE_KIND_TIME);
    for (size_t i = 0; i < d->n; i++)
        assert_string_not_equal(d->item[i].text, "77");
    assert_null(strstr(d->item[d->n - 1].path, "[1]"));
    mrse_dicom_free(d);
}

/* --- Refusals and damage ------------------------------------------------------------------------ */

static void read__misuse__is_an_argument_error(void **state)
{
    mrse_dicom *d = NULL;
    mrse_dicom_source source = {NULL, 10, NULL};
    mrse_buf out = {0};
    (void)state;
    assert_int_equal(mrse_dicom_read(NULL, NULL, &d, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_dicom_read(&source, NULL, &d, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_dicom_load(NULL, &d, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_dicom_load("x", NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_dicom_text(NULL, 1, true, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_dicom_json(NULL, 1, true, &out), MRSE_ERR_ARG);
    assert_null(mrse_dicom_find(NULL, "SAR"));
    mrse_dicom_free(NULL);
}

static void read__what_is_no_mr_header__is_refused_by_name(void **state)
{
    (void)state;
    memset(&m, 0, sizeof m);
    refuse(MRSE_ERR_INPUT, "not a DICOM file");
    put_bytes(&m, "mrse: scanner/1\nname: something that is no image at all\n", 56);
    refuse(MRSE_ERR_INPUT, "not a DICOM file");
    begin(&m, "1.2.840.10008.1.2.1.99");
    put_bytes(&m, "\x78\x9c", 2);
    refuse(MRSE_ERR_INPUT, "deflated");
    begin(&m, "1.2.3.4");
    put_all();
    refuse(MRSE_ERR_INPUT, "transfer syntax not known: 1.2.3.4");
    begin(&m, EXPLICIT_LE);
    put(&m, 0x0008, 0x0060, "CS", "CT");
    put(&m, 0x0018, 0x0080, "DS", "3000");
    refuse(MRSE_ERR_INPUT, "modality is not MR");
    begin(&m, EXPLICIT_LE);
    put(&m, 0x0008, 0x0060, "CS", "MR");
    refuse(MRSE_ERR_INPUT, "no acquisition parameter");
}

static void read__damage__keeps_what_came_before_and_says_so(void **state)
{
    (void)state;
    for (int kind = 0; kind < 5; kind++) {
        begin_classic(&m, "SIEMENS");
        put(&m, 0x0018, 0x0080, "DS", "3000");
        if (kind == 0) /* longer than the file */
            put_header(&m, 0x0018, 0x0081, "DS", 60000);
        if (kind == 1) /* no VR */
            put_bytes(&m, "\x18\x00\x81\x00\x01\x02\x03\x04", 8);
        if (kind == 2) /* cut within a header */
            put_bytes(&m, "\x18\x00\x81", 3);
        if (kind == 3) { /* an item that does not end */
            open_seq(&m, 0x0018, 0x9176);
            open_item(&m);
        }
        if (kind == 4) { /* an item longer than its sequence */
            put_header(&m, 0x0018, 0x9176, "SQ", 8);
            put_header(&m, 0xFFFE, 0xE000, "", 100);
        }
        mrse_dicom *d = read_ok();
        assert_true(d->cut_short);
        assert_int_equal(diags.warnings, 1);
        assert_value(d, "RepetitionTime", 3, MRSE_KIND_TIME);
        mrse_dicom_free(d);
    }
}

static void read__every_cut__never_invents(void **state)
{
    (void)state;
    put_enhanced();
    size_t whole = m.n;
    mrse_dicom *all = read_ok();
    for (size_t n = 0; n < whole; n++) {
        mrse_dicom *d = NULL;
        m.n = n;
        mrse_status status = read_made(&m, &d, &diags);
        assert_true(status == MRSE_OK || status == MRSE_ERR_INPUT);
        for (size_t i = 0; d != NULL && i < d->n; i++) {
            assert_string_equal(d->item[i].text, all->item[i].text);
            assert_true(d->n == all->n || d->cut_short || i < all->n);
        }
        mrse_dicom_free(d);
    }
    mrse_dicom_free(all);
}

static void read__limits__are_kept(void **state)
{
    (void)state;
    begin_classic(&m, "SIEMENS");
    for (int i = 0; i < 17; i++) {
        open_seq(&m, 0x0040, 0x0555);
        open_item(&m);
    }
    refuse(MRSE_ERR_LIMIT, "more than 16 deep");
    begin_classic(&m, "SIEMENS");
    open_seq(&m, 0x0018, 0x9176);
    for (int i = 0; i < 513; i++) {
        open_item(&m);
        put(&m, 0x0018, 0x9177, "CS", "RF");
        close_item(&m);
    }
    refuse(MRSE_ERR_LIMIT, "more than 512 values");
}

static mrse_status endless(void *context, uint64_t offset, void *to, size_t n)
{
    const maker *from = context;
    static const unsigned char empty[8] = {0x09, 0x00, 0x01, 0x00, 'L', 'O', 0, 0};
    for (size_t i = 0; i < n; i++, offset++)
        ((unsigned char *)to)[i] =
            offset < from->n ? from->b[offset] : empty[(offset - from->n) % sizeof empty];
    return MRSE_OK;
}

static void read__elements_without_end__stop_at_the_limit(void **state)
{
    mrse_dicom *d = NULL;
    (void)state;
    begin_classic(&m, "SIEMENS");
    mrse_dicom_source source = {&m, UINT64_C(1) << 40, endless};
    mrse_diags_init(&diags);
    assert_int_equal(mrse_dicom_read(&source, NULL, &d, &diags), MRSE_ERR_LIMIT);
    assert_null(d);
    assert_non_null(strstr(diags.item[0].text, "100000 elements"));
}

static void read__source_fails__its_status_comes_back(void **state)
{
    static memory from;
    size_t calls = 1;
    (void)state;
    put_enhanced();
    for (size_t fail = 1; fail <= calls; fail++) {
        mrse_dicom *d = NULL;
        memset(&from, 0, sizeof from);
        from.b = m.b;
        from.n = m.n;
        from.fail_at = fail;
        mrse_dicom_source source = {&from, m.n, memory_read};
        mrse_status status = mrse_dicom_read(&source, NULL, &d, NULL);
        if (status == MRSE_OK) {
            mrse_dicom_free(d);
            assert_true(fail > 20);
            return;
        }
        assert_int_equal(status, MRSE_ERR_IO);
        assert_null(d);
        calls = fail + 1;
    }
}

static mrse_status read_and_print(void *context)
{
    mrse_dicom *d = NULL;
    mrse_dicom_difference *rows = NULL;
    mrse_buf out = {0};
    size_t n;
    (void)context;
    mrse_status status = read_made(&m, &d, &diags);
    if (status == MRSE_OK)
        status = mrse_dicom_compare(d, d, &rows, &n);
    const mrse_dicom *const pair[2] = {d, d};
    if (status == MRSE_OK)
        status = mrse_dicom_text(pair, 2, true, &out);
    if (status == MRSE_OK)
        status = mrse_dicom_json(pair, 2, true, &out);
    mrse_buf_free(&out);
    mrse_free(rows);
    mrse_dicom_free(d);
    return status;
}

static void read__out_of_memory__is_reported_and_leaks_nothing(void **state)
{
    (void)state;
    begin_classic(&m, "SIEMENS");
    put(&m, 0x0018, 0x0080, "DS", "3000");
    assert_true(oom_exhaust(read_and_print, NULL) > 10);
}

/* --- Traps ------------------------------------------------------------------------------------- */

static void read__b1rms_minus_9999__is_missing(void **state)
{
    (void)state;
    begin_classic(&m, "Siemens Healthineers");
    put_float(&m, 0x0018, 0x1320, -9999.0F);
    mrse_dicom *d = read_ok();
    assert_missing(d, "B1rms", "-9999");
    assert_rel(item_of(d, "B1rms")->number[0], -9999, 0);
    mrse_dicom_free(d);
}

static void read__zero_that_means_not_filled__is_missing(void **state)
{
    static const struct {
        unsigned element;
        const char *vr, *text, *name;
    } table[] = {{0x1318, "DS", "0.0", "dBdt"},
                 {0x1316, "DS", "0", "SAR"},
                 {0x0080, "DS", "0", "RepetitionTime"},
                 {0x0082, "DS", "0", "InversionTime"},
                 {0x0087, "DS", "0", "MagneticFieldStrength"},
                 {0x1314, "DS", "0", "FlipAngle"},
                 {0x0091, "IS", "0", "EchoTrainLength"},
                 {0x1318, "DS", "-1", "dBdt"}};
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        mrse_dicom *d = read_with("SIEMENS", table[i].element, table[i].vr, table[i].text);
        assert_missing(d, table[i].name, "");
        assert_true(item_of(d, table[i].name)->note[0] != '\0');
        mrse_dicom_free(d);
    }
    begin_classic(&m, "SIEMENS");
    put(&m, 0x0010, 0x1030, "DS", "0");
    put(&m, 0x0018, 0x0080, "DS", "3000");
    mrse_dicom *d = read_ok();
    assert_missing(d, "PatientWeight", "not filled");
    assert_int_equal(item_of(d, "PatientWeight")->privacy, MRSE_DICOM_PERSON);
    mrse_dicom_free(d);
}

static void read__field_strength__is_the_nominal_class(void **state)
{
    static const struct {
        const char *text;
        double b0_T;
        const char *note;
    } table[] = {{"15000", 1.5, "gauss"},   {"2000", 0.2, "gauss"}, {"1.494", 1.5, "nominal"},
                 {"2.89362", 3, "nominal"}, {"3", 3, ""},           {"1.5", 1.5, ""},
                 {"6.98", 7, "nominal"},    {"0.55", 0.55, ""},     {"14939", 1.5, "gauss"}};
    static const char *const unknown[] = {"30", "-1.5", "300000", "99"};
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        mrse_dicom *d = read_with("SIEMENS", 0x0087, "DS", table[i].text);
        assert_value(d, "MagneticFieldStrength", table[i].b0_T, MRSE_KIND_B0);
        const char *note = item_of(d, "MagneticFieldStrength")->note;
        assert_non_null(strstr(note, table[i].note));
        assert_int_equal(note[0] == '\0', table[i].note[0] == '\0');
        mrse_dicom_free(d);
    }
    for (size_t i = 0; i < 4; i++) {
        mrse_dicom *d = read_with("SIEMENS", 0x0087, "DS", unknown[i]);
        assert_missing(d, "MagneticFieldStrength", "neither tesla nor gauss");
        mrse_dicom_free(d);
    }
}

static void read__frequency__is_told_by_the_field(void **state)
{
    static const struct {
        const char *f0, *b0;
        double f0_Hz; /* 0: missing */
    } table[] = {{"123.25", "3", 123.25e6},
                 {"85255980", "2000", 8525598},
                 {"63678705", "15000", 63678705},
                 {"85255980", "3", 0},
                 {"-1", "3", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        begin_classic(&m, "GE MEDICAL SYSTEMS");
        put(&m, 0x0018, 0x0084, "DS", table[i].f0);
        put(&m, 0x0018, 0x0087, "DS", table[i].b0);
        mrse_dicom *d = read_ok();
        if (table[i].f0_Hz > 0)
            assert_value(d, "ImagingFrequency", table[i].f0_Hz, MRSE_KIND_FREQUENCY);
        else
            assert_missing(d, "ImagingFrequency", "no unit");
        mrse_dicom_free(d);
    }
}

static void read__sar_sequence__keeps_definitions_apart(void **state)
{
    (void)state;
    put_enhanced();
    mrse_dicom *d = read_ok();
    assert_value(d, "SpecificAbsorptionRateValue IEC_WHOLE_BODY", 0.05, MRSE_KIND_SAR_WHOLE_BODY);
    assert_value(d, "SpecificAbsorptionRateValue IEC_PARTIAL_BODY", 0.2,
                 MRSE_KIND_SAR_PARTIAL_BODY);
    assert_value(d, "SpecificAbsorptionRateValue IEC_HEAD", 0.25, MRSE_KIND_SAR_HEAD);
    assert_value(d, "SpecificAbsorptionRateValue IEC_LOCAL", 0.9, MRSE_KIND_SAR_LOCAL);
    assert_value(d, "SpecificAbsorptionRateValue SMR_B1RMS", 0.5e-6, MRSE_KIND_B1_RMS);
    assert_string_equal(item_of(d, "SpecificAbsorptionRateValue SMR_B1RMS")->unit, "uT");
    assert_missing(d, "SpecificAbsorptionRateValue SMR_BORELOCAL", "no unit");
    assert_missing(d, "SpecificAbsorptionRateValue OTHER", "no definition");
    mrse_dicom_free(d);
}

static mrse_dicom *read_output(const char *maker_name, const char *type, double x)
{
    begin_classic(&m, maker_name);
    if (type != NULL)
        put(&m, 0x0018, 0x9180, "CS", type);
    put_double(&m, 0x0018, 0x9182, x);
    return read_ok();
}

static void read__gradient_output__has_the_unit_of_its_type(void **state)
{
    (void)state;
    mrse_dicom *d = read_output("Siemens", "PER_NERVE_STIM", 0.86);
    assert_value(d, "GradientOutput PER_NERVE_STIM", 0.86, MRSE_KIND_RATIO);
    assert_non_null(strstr(item_of(d, "GradientOutput PER_NERVE_STIM")->note, "fraction"));
    mrse_dicom_free(d);
    d = read_output("Siemens", "PER_NERVE_STIM", 86);
    assert_value(d, "GradientOutput PER_NERVE_STIM", 0.86, MRSE_KIND_RATIO);
    mrse_dicom_free(d);
    d = read_output("Philips", "PER_NERVE_STIM", 0.86);
    assert_missing(d, "GradientOutput PER_NERVE_STIM", "fraction or percent");
    mrse_dicom_free(d);
    d = read_output("Siemens", "CARD_NERVE_STIM", 0.7);
    assert_missing(d, "GradientOutput CARD_NERVE_STIM", "no term of the standard");
    mrse_dicom_free(d);
    d = read_output("Philips", "DB_DT", 64.5);
    assert_value(d, "GradientOutput DB_DT", 64.5, MRSE_KIND_DBDT_PEAK);
    mrse_dicom_free(d);
    d = read_output("Philips", NULL, 64.5);
    assert_missing(d, "GradientOutput", "unit not known");
    mrse_dicom_free(d);
    d = read_output("Philips", "DB_DT", 0);
    assert_missing(d, "GradientOutput DB_DT", "not filled");
    mrse_dicom_free(d);
    d = read_output("Philips", "DB_DT", HUGE_VAL);
    assert_missing(d, "GradientOutput DB_DT", "not a finite number");
    mrse_dicom_free(d);
}

static void read__sar_under_another_definition__is_not_whole_body(void **state)
{
    (void)state;
    begin_classic(&m, "Philips");
    put(&m, 0x0018, 0x1316, "DS", "0.5");
    put(&m, 0x0018, 0x9179, "CS", "IEC_HEAD");
    put_float(&m, 0x0018, 0x9181, 0.5F);
    mrse_dicom *d = read_ok();
    assert_value(d, "SAR", 0.5, MRSE_KIND_SAR_UNSPECIFIED);
    mrse_dicom_free(d);
    d = read_with("Philips", 0x1316, "DS", "0.5");
    assert_value(d, "SAR", 0.5, MRSE_KIND_SAR_WHOLE_BODY);
    mrse_dicom_free(d);
}

static mrse_dicom *read_tr(const char *maker_name, const char *kind, const char *variant,
                           const char *name, const char *tr)
{
    begin_classic(&m, maker_name);
    put(&m, 0x0018, 0x0020, "CS", kind);
    put(&m, 0x0018, 0x0021, "CS", variant);
    put(&m, 0x0018, 0x0024, "SH", name);
    put(&m, 0x0018, 0x0080, "DS", tr);
    put(&m, 0x0018, 0x0091, "IS", "8");
    return read_ok();
}

static void read__repetition_time__says_what_it_means(void **state)
{
    static const struct {
        const char *maker_name, *kind, *variant, *name;
        mrse_dicom_tr tr;
    } table[] = {{"SIEMENS", "GR\\IR", "SP\\MP", "*tfl3d1_16", MRSE_DICOM_TR_CYCLE},
                 {"SIEMENS", "SE", "SK", "*tse2d1_8", MRSE_DICOM_TR_EXCITATION},
                 {"Philips", "GR", "MP", "T1TFE", MRSE_DICOM_TR_ECHO},
                 {"Philips", "SE", "SK", "TSE", MRSE_DICOM_TR_EXCITATION},
                 {"GE MEDICAL SYSTEMS", "GR", "SS\\SP\\MP", "EFGRE3D", MRSE_DICOM_TR_UNKNOWN},
                 {"GE MEDICAL SYSTEMS", "EP\\GR", "SS", "EPI", MRSE_DICOM_TR_EXCITATION},
                 {"TOSHIBA", "SE", "SK", "FSE", MRSE_DICOM_TR_UNKNOWN},
                 {"UIH", "SE", "SK", "fse", MRSE_DICOM_TR_UNKNOWN}};
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        mrse_dicom *d =
            read_tr(table[i].maker_name, table[i].kind, table[i].variant, table[i].name, "1800");
        assert_int_equal(d->tr, table[i].tr);
        assert_string_equal(item_of(d, "RepetitionTime")->note, mrse_dicom_tr_text(d->tr));
        assert_value(d, "RepetitionTime", 1.8, MRSE_KIND_TIME);
        mrse_dicom_free(d);
    }
    assert_string_equal(mrse_dicom_tr_text((mrse_dicom_tr)99),
                        mrse_dicom_tr_text(MRSE_DICOM_TR_UNKNOWN));
    assert_string_equal(mrse_dicom_vendor_text((mrse_dicom_vendor)99), "other");
}

static void read__echo_train__of_epi_is_no_turbo_factor(void **state)
{
    (void)state;
    mrse_dicom *d = read_tr("SIEMENS", "SE", "SK", "*tse2d1_8", "3000");
    assert_value(d, "EchoTrainLength", 8, MRSE_KIND_NONE);
    mrse_dicom_free(d);
    d = read_tr("SIEMENS", "EP", "SK", "*epfid2d1_64", "3000");
    assert_null(mrse_dicom_find(d, "EchoTrainLength"));
    assert_value(d, "EchoTrainLength gradient echoes", 8, MRSE_KIND_NONE);
    assert_non_null(strstr(item_of(d, "EchoTrainLength gradient echoes")->note, "not refocusing"));
    mrse_dicom_free(d);
}

static void read__given_twice__is_missing(void **state)
{
    (void)state;
    begin_classic(&m, "SIEMENS");
    put(&m, 0x0018, 0x0080, "DS", "3000");
    put(&m, 0x0018, 0x0080, "DS", "5000");
    mrse_dicom *d = read_ok();
    assert_missing(d, "RepetitionTime", "twice");
    assert_true(isnan(d->item[d->n - 1].value.v));
    mrse_dicom_free(d);
}

static void read__numbers_as_text__are_the_nearest_double(void **state)
{
    static const struct {
        const char *text;
        double ms; /* 0: not a number */
    } table[] = {{"3000", 3000}, {" 12.5 ", 12.5}, {"+5.", 5}, {".5", 0.5},
                 {"1E3", 1000},  {"5.E2", 500},    {"3,5", 0}, {"nan", 0},
                 {"3 000", 0},   {"3\\4", 0},      {".", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        mrse_dicom *d = read_with("SIEMENS", 0x0081, "DS", table[i].text);
        if (table[i].ms > 0)
            assert_value(d, "EchoTime", table[i].ms / 1e3, MRSE_KIND_TIME);
        else
            assert_missing(d, "EchoTime", "not one number");
        mrse_dicom_free(d);
    }
}

static void read__text__is_clean(void **state)
{
    (void)state;
    mrse_dicom *d = read_with("SIEMENS", 0x1250, "SH", "\033[2J\xE4\xC3\xA4\xC2\x9B");
    assert_string_equal(item_of(d, "ReceiveCoilName")->text, "?[2J?\xC3\xA4??");
    mrse_dicom_free(d);
}

/* --- Private ----------------------------------------------------------------------------------- */

static void read__ge_private__needs_its_creator(void **state)
{
    (void)state;
    for (int with = 0; with < 2; with++) {
        begin_classic(&m, "GE MEDICAL SYSTEMS");
        put(&m, 0x0018, 0x0080, "DS", "3000");
        put(&m, 0x0043, 0x0011, "LO", with ? "GEMS_PARM_01" : "SOMEBODY ELSE");
        put(&m, 0x0043, 0x1190, "LO", "WHOLE_BODY_6_MIN\\LOCAL_PEAK_6_MIN\\PARTIAL_BODY_6MIN");
        put(&m, 0x0043, 0x1191, "DS", "0.1\\1\\0.4");
        mrse_dicom *d = read_ok();
        if (with) {
            assert_value(d, "GESARValue WHOLE_BODY_6_MIN", 0.1, MRSE_KIND_SAR_WHOLE_BODY);
            assert_value(d, "GESARValue LOCAL_PEAK_6_MIN", 1, MRSE_KIND_SAR_LOCAL);
            assert_value(d, "GESARValue PARTIAL_BODY_6MIN", 0.4, MRSE_KIND_SAR_PARTIAL_BODY);
            assert_int_equal(item_of(d, "GESARValue")->n, 3);
        } else {
            assert_null(mrse_dicom_find(d, "GESARValue"));
        }
        mrse_dicom_free(d);
    }
}

static void read__unknown_vr__holds_implicit_elements(void **state)
{
    (void)state;
    begin_classic(&m, "Philips");
    put(&m, 0x0018, 0x0080, "DS", "3000");
    put(&m, 0x2005, 0x0014, "LO", "Philips MR Imaging DD 005");
    put_header(&m, 0x2005, 0x140F, "UN", 0xFFFFFFFFU);
    open_item(&m);
    m.implicit = true;
    put(&m, 0x0018, 0x9179, "CS", "IEC_HEAD");
    put_float(&m, 0x0018, 0x9181, 0.5F); /* implicit: the dictionary says double */
    m.n -= 12;
    put_double(&m, 0x0018, 0x9181, 0.5);
    close_item(&m);
    close_seq(&m);
    m.implicit = false;
    put_short(&m, 0x5000, 0x0000, 1);
    mrse_dicom *d = read_ok();
    assert_false(d->cut_short);
    assert_value(d, "SpecificAbsorptionRateValue IEC_HEAD", 0.5, MRSE_KIND_SAR_HEAD);
    mrse_dicom_free(d);
}

/* A CSA header with the given tags: name, items... */
static void put_csa_tag(maker *c, const char *name, const char *value)
{
    char padded[64] = "";
    size_t n = strlen(value) + 1;
    memcpy(padded, name, strlen(name));
    memcpy(padded + 40, "junk", 4);
    put_bytes(c, padded, sizeof padded);
    put_number(c, 1, 4);
    put_bytes(c, "LO\0\0", 4);
    put_number(c, 0, 4);
    put_number(c, 1, 4);
    put_number(c, 77, 4);
    for (int i = 0; i < 4; i++)
        put_number(c, n, 4);
    put_bytes(c, value, n);
    put_bytes(c, "\0\0\0", (4 - n % 4) % 4);
}

static void read__siemens_csa__listed_lines_only(void **state)
{
    static maker c;
    (void)state;
    memset(&c, 0, sizeof c);
    put_bytes(&c, "SV10\4\3\2\1", 8);
    put_number(&c, 5, 4);
    put_number(&c, 77, 4);
    put_csa_tag(&c, "PatientName", "Planted^Name");
    put_csa_tag(&c, "GradientMode", "Fast");
    put_csa_tag(&c, "dBdt_max", "0.00000000");
    put_csa_tag(&c, "UsedPatientWeight", "70");
    put_csa_tag(&c, "MrPhoenixProtocol",
                "alTR[0] = 99\n### ASCCONV BEGIN ###\ntPatientName = \"Planted\"\n"
                "alTR[0]     = \t4520\nsTXSPEC.aRFPULSE[11].flAmplitude = 342.932\n"
                "sProtConsistencyInfo.flNominalB0 = 1.494\nsGRADSPEC.ucMode = 0x1\n"
                "alTR[0].x = 1\n### ASCCONV END ###\nlContrasts = 3\n");
    begin_classic(&m, "SIEMENS");
    put(&m, 0x0018, 0x0080, "DS", "4.52");
    put(&m, 0x0029, 0x0010, "LO", "SIEMENS CSA HEADER");
    put_header(&m, 0x0029, 0x1020, "OB", (uint32_t)c.n);
    put_bytes(&m, c.b, c.n);
    mrse_dicom *d = read_ok();
    assert_string_equal(item_of(d, "CSA GradientMode")->text, "Fast");
    assert_missing(d, "CSA dBdt_max", "not filled");
    assert_value(d, "CSA UsedPatientWeight", 70, MRSE_KIND_MASS);
    assert_int_equal(item_of(d, "CSA UsedPatientWeight")->privacy, MRSE_DICOM_PERSON);
    assert_value(d, "alTR[0]", 4.52e-3, MRSE_KIND_TIME);
    assert_value(d, "sTXSPEC.aRFPULSE[11].flAmplitude", 342.932, MRSE_KIND_NONE);
    assert_value(d, "sProtConsistencyInfo.flNominalB0", 1.5, MRSE_KIND_B0);
    assert_value(d, "sGRADSPEC.ucMode", 1, MRSE_KIND_NONE);
    assert_null(mrse_dicom_find(d, "lContrasts"));
    assert_null(mrse_dicom_find(d, "tPatientName"));
    assert_int_equal(d->n, 11);
    mrse_dicom_free(d);
}

/* --- Comparison -------------------------------------------------------------------------------- */

static void compare__two_headers__lists_what_differs(void **state)
{
    mrse_dicom_difference *rows;
    size_t n;
    (void)state;
    mrse_dicom *a = read_tr("SIEMENS", "SE", "SK", "*tse2d1_8", "3000");
    mrse_dicom *b = read_tr("SIEMENS", "SE", "SK", "*tse2d1_8", "4000");
    assert_int_equal(mrse_dicom_compare(a, a, &rows, &n), MRSE_OK);
    assert_int_equal(n, 0);
    mrse_free(rows);
    assert_int_equal(mrse_dicom_compare(a, b, &rows, &n), MRSE_OK);
    assert_int_equal(n, 1);
    assert_true(rows[0].comparable);
    assert_rel(rows[0].b->value.v / rows[0].a->value.v, 4.0 / 3, 1e-12);
    mrse_free(rows);
    mrse_dicom_free(b);
    b = read_with("SIEMENS", 0x1316, "DS", "1.5");
    assert_int_equal(mrse_dicom_compare(a, b, &rows, &n), MRSE_OK);
    assert_int_equal(n, 6);
    assert_null(rows[0].b);
    assert_null(rows[5].a);
    assert_false(rows[5].comparable);
    assert_string_equal(rows[5].b->name, "SAR");
    mrse_free(rows);
    mrse_dicom_free(b);
    mrse_dicom_free(a);
    assert_int_equal(mrse_dicom_compare(NULL, NULL, &rows, &n), MRSE_ERR_ARG);
    assert_null(rows);
}

static void compare__tr_of_another_meaning__is_not_comparable(void **state)
{
    mrse_dicom_difference *rows;
    size_t n, found = 0;
    (void)state;
    mrse_dicom *a = read_tr("SIEMENS", "GR", "MP", "*tfl3d1_16", "6.5");
    mrse_dicom *b = read_tr("Philips", "GR", "MP", "T1TFE", "6.5");
    assert_int_equal(mrse_dicom_compare(a, b, &rows, &n), MRSE_OK);
    for (size_t i = 0; i < n; i++) {
        if (rows[i].a == NULL || strcmp(rows[i].a->name, "RepetitionTime") != 0)
            continue;
        found++;
        assert_false(rows[i].comparable);
        assert_non_null(strstr(rows[i].note, "do not mean the same"));
    }
    assert_int_equal(found, 1);
    mrse_free(rows);
    mrse_dicom_free(a);
    mrse_dicom_free(b);
}

/* --- Files ------------------------------------------------------------------------------------- */

static void load__files__are_hashed_and_refused_by_name(void **state)
{
    mrse_dicom *d;
    char path[512];
    (void)state;
    begin_classic(&m, "SIEMENS");
    put(&m, 0x0018, 0x0080, "DS", "3000");
    (void)snprintf(path, sizeof path, "%s", scratch_path("one.dcm"));
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(m.b, 1, m.n, file), m.n);
    assert_int_equal(fclose(file), 0);
    mrse_diags_init(&diags);
    assert_int_equal(mrse_dicom_load(path, &d, &diags), MRSE_OK);
    char want[MRSE_SHA256_HEX];
    mrse_sha256_hex(m.b, m.n, want);
    assert_string_equal(d->sha256, want);
    assert_int_equal(d->bytes, m.n);
    assert_memory_equal(item_of(d, "RepetitionTime")->value.src + 6, want, 16);
    mrse_dicom_free(d);
    assert_int_equal(mrse_dicom_load(scratch_path("nowhere.dcm"), &d, &diags), MRSE_ERR_IO);
    assert_int_equal(mrse_dicom_load(scratch_path(""), &d, &diags), MRSE_ERR_IO);
    assert_int_equal(mrse_dicom_load("/dev/zero", &d, &diags), MRSE_ERR_IO);
    assert_int_equal(mrse_dicom_load(scratch_write("text.dcm", "hello"), &d, &diags),
                     MRSE_ERR_INPUT);
    assert_non_null(strstr(diags.item[diags.n - 1].file, "text.dcm"));
    const char *large = scratch_write("large.dcm", "");
    assert_int_equal(truncate(large, ((off_t)2 << 30) + 1), 0);
    assert_int_equal(mrse_dicom_load(large, &d, &diags), MRSE_ERR_LIMIT);
}

static int set_up(void **state)
{
    return mrse_init() == MRSE_OK ? scratch_begin(state) : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read__each_syntax__gives_the_same),
        cmocka_unit_test(read__no_preamble__is_guessed),
        cmocka_unit_test(read__not_listed__is_never_asked_for),
        cmocka_unit_test(read__enhanced__nested_values_are_found),
        cmocka_unit_test(read__misuse__is_an_argument_error),
        cmocka_unit_test(read__what_is_no_mr_header__is_refused_by_name),
        cmocka_unit_test(read__damage__keeps_what_came_before_and_says_so),
        cmocka_unit_test(read__every_cut__never_invents),
        cmocka_unit_test(read__limits__are_kept),
        cmocka_unit_test(read__elements_without_end__stop_at_the_limit),
        cmocka_unit_test(read__source_fails__its_status_comes_back),
        cmocka_unit_test(read__out_of_memory__is_reported_and_leaks_nothing),
        cmocka_unit_test(read__b1rms_minus_9999__is_missing),
        cmocka_unit_test(read__zero_that_means_not_filled__is_missing),
        cmocka_unit_test(read__field_strength__is_the_nominal_class),
        cmocka_unit_test(read__frequency__is_told_by_the_field),
        cmocka_unit_test(read__sar_sequence__keeps_definitions_apart),
        cmocka_unit_test(read__gradient_output__has_the_unit_of_its_type),
        cmocka_unit_test(read__sar_under_another_definition__is_not_whole_body),
        cmocka_unit_test(read__repetition_time__says_what_it_means),
        cmocka_unit_test(read__echo_train__of_epi_is_no_turbo_factor),
        cmocka_unit_test(read__given_twice__is_missing),
        cmocka_unit_test(read__numbers_as_text__are_the_nearest_double),
        cmocka_unit_test(read__text__is_clean),
        cmocka_unit_test(read__ge_private__needs_its_creator),
        cmocka_unit_test(read__unknown_vr__holds_implicit_elements),
        cmocka_unit_test(read__siemens_csa__listed_lines_only),
        cmocka_unit_test(compare__two_headers__lists_what_differs),
        cmocka_unit_test(compare__tr_of_another_meaning__is_not_comparable),
        cmocka_unit_test(load__files__are_hashed_and_refused_by_name),
    };
    return cmocka_run_group_tests(tests, set_up, scratch_end);
}
