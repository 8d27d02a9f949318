/* Reading Pulseq files: every version's columns, shapes, extensions, and what is refused.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "pulseq_support.h"

#include "mrse/file.h"
#include "mrse/mrse.h"
#include "support/oom.h"
#include "support/scratch.h"

/* A pulse, a trapezoid, a shaped gradient, a readout, a rotation. */
static const char base[] =
    PULSEQ_HEAD_15 "Name a test\nRequiredExtensions ROTATIONS\nTotalDuration 0.0023\n"
                   "[BLOCKS]\n"
                   "1 100 1 0 0 0 0 0\n" /* line 15 */
                   "2 100 0 1 0 2 1 1\n" /* 16 */
                   "3  30 0 0 0 0 0 0\n" /* 17 */
                   "[RF]\n"
                   "1 250 1 2 0 250 100 0 0 0 0 e\n"  /* 19 */
                   "[TRAP]\n1 1000 100 200 100 10\n"  /* 21 */
                   "[GRADIENTS]\n2 2000 0 0 3 0 20\n" /* 23 */
                   "[ADC]\n1 64 5000 20 0 0 0 0 0\n"
                   "[EXTENSIONS]\n1 1 1 0\nextension ROTATIONS 1\n1 0.92388 0 0 0.382683\n"
                   "[SHAPES]\nshape_id 1\nnum_samples 500\n1\n0\n0\n497\n"
                   "shape_id 2\nnum_samples 500\n0\n0\n498\n"
                   "shape_id 3\nnum_samples 4\n0.25\n0.75\n0.75\n0.25\n";

static void pulseq_read__version_1_5__is_understood(void **state)
{
    mrse_pulseq *s = pulseq_read(base);

    (void)state;
    assert_int_equal(s->n_blocks, 3);
    assert_abs(s->duration_ns, 2300000.0, 0.0);
    assert_abs(s->block[1].duration_ns, 1e6, 0.0);
    assert_string_equal(s->name, "a test");
    assert_int_equal(s->block[0].rf, 0);
    assert_int_equal(s->block[1].rf, MRSE_PULSEQ_NONE);
    assert_int_equal(s->rf[0].use, 'e');
    assert_abs(s->rf[0].duration_ns, 500e3, 0.0);
    assert_abs(s->rf[0].delay_ns, 100e3, 0.0);
    assert_abs(mrse_pulseq_sample(s, s->rf[0].magnitude, 499), 1.0, 0.0);
    assert_int_equal(s->n_adc, 1);
    assert_int_equal(s->n_rotated, 1);
    assert_abs(s->rotation[0].matrix[1][0], 0.70710678, 1e-6);
    assert_abs(s->rotation[0].matrix[0][1], -0.70710678, 1e-6);
    assert_int_equal(s->signature, MRSE_SIGNATURE_NONE);
    mrse_pulseq_free(s);
}

static void pulseq_read__shape_of_a_gradient__is_a_line_through_its_samples(void **state)
{
    mrse_pulseq *s = pulseq_read(base);
    const mrse_pulseq_gradient *g = &s->gradient[s->block[1].gradient[2]];
    const mrse_pulseq_point *p = s->point + g->point;

    (void)state;
    assert_abs(g->duration_ns, 40e3, 0.0);
    assert_abs(p[0].t_ns, 5e3, 0.0);
    assert_abs(p[0].value, 0.25, 0.0);
    assert_abs(p[g->n_points - 1].t_ns, 35e3, 0.0);
    assert_abs(p[g->n_points - 1].value, 0.25, 0.0);
    g = &s->gradient[s->block[1].gradient[0]];
    assert_int_equal(g->n_points, 4);
    assert_abs(s->point[g->point + 2].t_ns, 300e3, 0.0);
    mrse_pulseq_free(s);
}

static void pulseq_read__oversampled_gradient__has_a_sample_every_half_raster(void **state)
{
    char *text = pulseq_changed(base, "2 2000 0 0 3 0 20", "2 2000 0 0 3 -1 20");
    mrse_pulseq *s = pulseq_read(text);
    const mrse_pulseq_gradient *g = &s->gradient[s->block[1].gradient[2]];

    (void)state;
    assert_true(g->oversampled);
    assert_abs(g->duration_ns, 25e3, 0.0);
    assert_abs(s->point[g->point].t_ns, 5e3, 0.0);
    assert_abs(s->point[g->point + g->n_points - 1].t_ns, 20e3, 0.0);
    mrse_pulseq_free(s);
    free(text);
}

static void pulseq_read__older_versions__have_their_own_columns(void **state)
{
    static const char v14[] =
        "[VERSION]\nmajor 1\nminor 4\nrevision 1post1\n[DEFINITIONS]\nBlockDurationRaster 1e-05\n"
        "GradientRasterTime 1e-05\nRadiofrequencyRasterTime 2e-06\n[BLOCKS]\n1 5 1 1 0 0 0 0\n"
        "[RF]\n1 100 1 2 0 10 0 0\n[GRADIENTS]\n1 2000 1 0 0\n"
        "[SHAPES]\nshape_id 1\nnum_samples 4\n0.5\n1\n1\n0.5\nshape_id 2\nnum_samples 4\n0\n0\n2\n";
    static const char v13[] =
        "[VERSION]\nmajor 1\nminor 3\nrevision 0\n[BLOCKS]\n1 1 0 1 0 0 0 0\n2 0 1 0 0 0 1 0\n"
        "[DELAYS]\n1 5000\n[RF]\n1 100 1 2 10 0 0\n[GRADIENTS]\n1 2000 1 0\n"
        "[ADC]\n1 10 10000 7 0 0\n"
        "[SHAPES]\nshape_id 1\nnum_samples 4\n0.5\n0.5\n0\n0\n-0.5\n"
        "shape_id 2\nnum_samples 4\n0\n0\n2\n";
    mrse_pulseq *s = pulseq_read(v14);
    char *v12 = pulseq_changed(v13, "minor 3", "minor 2"), *short_row, *shorter;

    (void)state;
    assert_int_equal(s->revision, 1);
    assert_abs(s->duration_ns, 50e3, 0.0);
    assert_abs(s->rf[0].duration_ns, 8e3, 0.0);
    assert_true(isnan(s->gradient[0].first_Hz_m));
    /* 0.5 (3 w[3] - w[2]) */
    assert_abs(s->gradient[0].last_Hz_m, 2000 * 0.25, 1e-12);
    assert_false(s->raster_assumed);
    mrse_pulseq_free(s);
    s = pulseq_read(v13);
    assert_abs(s->duration_ns, 5e6 + 107e3, 0.0); /* a delay, then a readout */
    assert_abs(mrse_pulseq_sample(s, 0, 1), 1.0, 0.0);
    assert_abs(mrse_pulseq_sample(s, 0, 3), 0.5, 0.0);
    assert_true(s->raster_assumed);
    mrse_pulseq_free(s);
    short_row = pulseq_changed(v12, "1 1 0 1 0 0 0 0\n", "1 1 0 1 0 0 0\n");
    shorter = pulseq_changed(short_row, "2 0 1 0 0 0 1 0\n", "2 0 1 0 0 0 1\n");
    s = pulseq_read(shorter);
    assert_abs(s->duration_ns, 5e6 + 107e3, 0.0);
    mrse_pulseq_free(s);
    free(v12);
    free(short_row);
    free(shorter);
}

static void pulseq_read__carriage_returns_and_any_order__change_nothing(void **state)
{
    static char text[2 * sizeof base];
    const char *blocks = strstr(base, "[BLOCKS]"), *rf = strstr(base, "[RF]");
    size_t n = 0, i;
    mrse_pulseq *s;

    (void)state;
    /* the blocks last, every line with a carriage return and a comment */
    n += (size_t)snprintf(text, sizeof text, "%s%.*s", rf, (int)(blocks - base), base);
    n += (size_t)snprintf(text + n, sizeof text - n, "%.*s", (int)(rf - blocks), blocks);
    s = pulseq_read(text);
    assert_abs(s->duration_ns, 2300000.0, 0.0);
    mrse_pulseq_free(s);
    for (n = i = 0; i < strlen(base); i++) {
        if (base[i] == '\n')
            text[n++] = '\r';
        text[n++] = base[i];
    }
    text[n] = '\0';
    s = pulseq_read(text);
    assert_int_equal(s->n_blocks, 3);
    assert_string_equal(s->name, "a test");
    mrse_pulseq_free(s);
}

static void pulseq_read__unknown_extension__is_a_warning_unless_required(void **state)
{
    static mrse_diags diags;
    mrse_pulseq *s = NULL;
    char *text = pulseq_changed(base, "[SHAPES]", "extension NEWTHING 7\n1 2 3\n[SHAPES]");
    char *required = pulseq_changed(text, "RequiredExtensions ROTATIONS",
                                    "RequiredExtensions ROTATIONS NEWTHING");

    (void)state;
    assert_int_equal(pulseq_try(text, &s, &diags), MRSE_OK);
    assert_int_equal(diags.warnings, 1);
    assert_non_null(strstr(diags.item[0].text, "NEWTHING"));
    assert_int_equal(s->n_unknown_extensions, 1);
    assert_string_equal(s->unknown_extension, "NEWTHING");
    mrse_pulseq_free(s);
    assert_int_equal(pulseq_try(required, &s, &diags), MRSE_ERR_INPUT);
    assert_null(s);
    assert_non_null(strstr(diags.item[0].text, "requires the extension NEWTHING"));
    assert_int_equal(diags.item[0].line, 12);
    free(text);
    free(required);
}

static void pulseq_read__signature__is_compared(void **state)
{
    static char text[4096];
    static mrse_diags diags;
    char md5[MRSE_MD5_HEX];
    mrse_pulseq *s = NULL;

    (void)state;
    mrse_md5_hex(base, strlen(base), md5);
    (void)snprintf(text, sizeof text, "%s\n[SIGNATURE]\nType md5\nHash %s\n", base, md5);
    assert_int_equal(pulseq_try(text, &s, &diags), MRSE_OK);
    assert_int_equal(s->signature, MRSE_SIGNATURE_HOLDS);
    assert_int_equal(diags.warnings, 0);
    mrse_pulseq_free(s);
    *strstr(text, "250 1 2") = '3';
    assert_int_equal(pulseq_try(text, &s, &diags), MRSE_OK);
    assert_int_equal(s->signature, MRSE_SIGNATURE_DIFFERS);
    assert_int_equal(diags.warnings, 1);
    mrse_pulseq_free(s);
    memcpy(strstr(text, "md5"), "sha", 3);
    assert_int_equal(pulseq_try(text, &s, &diags), MRSE_OK);
    assert_int_equal(s->signature, MRSE_SIGNATURE_UNKNOWN);
    mrse_pulseq_free(s);
}

static void pulseq_read__shape_with_a_count__takes_memory_of_its_runs(void **state)
{
    char *text = pulseq_changed(base, "num_samples 500\n1\n0\n0\n497",
                                "num_samples 50000000\n1\n0\n0\n49999997");
    char *other =
        pulseq_changed(text, "num_samples 500\n0\n0\n498", "num_samples 50000000\n0\n0\n49999998");
    char *longer = pulseq_changed(other, "1 100 1", "1 6000000 1");
    char *total = pulseq_changed(longer, "TotalDuration 0.0023\n", "");
    mrse_pulseq *s = pulseq_read(total);

    (void)state;
    assert_int_equal(s->shape[0].n, 50000000);
    assert_true(s->n_runs < 16);
    assert_abs(mrse_pulseq_sample(s, 0, 49999999), 1.0, 0.0);
    assert_abs(mrse_pulseq_sample(s, 0, 50000000), 0.0, 0.0);
    assert_abs(mrse_pulseq_sample(s, 99, 0), 0.0, 0.0);
    assert_abs(mrse_pulseq_sample(NULL, 0, 0), 0.0, 0.0);
    mrse_pulseq_free(s);
    free(text);
    free(other);
    free(longer);
    free(total);
}

static void pulseq_read__mistake__is_named_with_its_line(void **state)
{
    static const struct {
        const char *from, *to;
        int line;
        const char *field, *text;
    } slip[] = {
        {"minor 5", "minor 0", 1, "VERSION", "version 1.0 is not read"},
        {"minor 5", "minor 6", 1, "VERSION", "version 1.6 is not read"},
        {"major 1", "major 2", 1, "VERSION", "version 2.5 is not read"},
        {"[VERSION]\nmajor 1\nminor 5\nrevision 1\n", "", 1, "VERSION", "no version"},
        {"minor 5", "minor x", 4, "VERSION", "made of numbers"},
        {"1 100 1 0 0 0 0 0", "1 100 9 0 0 0 0 0", 15, "BLOCKS", "no RF pulse with id 9"},
        {"1 100 1 0 0 0 0 0", "1 100 1 8 0 0 0 0", 15, "BLOCKS", "no gradient with id 8"},
        {"1 100 1 0 0 0 0 0", "1 100 1 0 0 0 7 0", 15, "BLOCKS", "no readout with id 7"},
        {"1 100 1 0 0 0 0 0", "1 100 1 0 0 0 0 6", 15, "BLOCKS", "no extension list with id 6"},
        {"1 100 1 0 0 0 0 0", "1 100 1 0 0", 15, "BLOCKS", "5 columns, expected 8"},
        {"1 100 1 0 0 0 0 0", "1 50 1 0 0 0 0 0", 15, "BLOCKS.duration", "ends after its block"},
        {"1 100 1 0 0 0 0 0", "1 -100 1 0 0 0 0 0", 15, "BLOCKS.duration", "not be negative"},
        {"1 250 1 2", "1 nan 1 2", 19, "RF.amplitude", "'nan' is not a finite number"},
        {"1 250 1 2", "1 1e999 1 2", 19, "RF.amplitude", "'1e999' is not a finite number"},
        {"1 250 1 2", "1 0x10 1 2", 19, "RF.amplitude", "not a finite number"},
        {"1 250 1 2", "1 2,5 1 2", 19, "RF.amplitude", "not a finite number"},
        {"1 250 1 2", "1 250 1.5 2", 19, "RF.mag_id", "'1.5' is not an id"},
        {"1 250 1 2", "1 250 0 2", 19, "RF.mag_id", "needs a shape"},
        {"1 250 1 2", "1 250 1 9", 19, "RF", "there is no shape 9"},
        {"1 250 1 2", "1 250 1 3", 19, "RF", "differ in length"},
        {"1 250 1 2", "0 250 1 2", 19, "RF", "cannot have id 0"},
        {"1 1000 100 200 100 10", "1 1000 100 -200 100 10", 21, "TRAP.flat", "not be negative"},
        {"1 1000 100 200 100 10", "2 1000 100 200 100 10", 23, "GRADIENTS and TRAP",
         "id 2 is there twice"},
        {"2 2000 0 0 3 0 20", "2 2000 0 0 3 1 20", 23, "GRADIENTS.time_id", "4 samples at 500"},
        {"2 2000 0 0 3 0 20", "2 2000 0 0 3 3 20", 23, "GRADIENTS.time_id", "not later"},
        {"2 2000 0 0 3 0 20", "2 2000 0 0 0 0 20", 23, "GRADIENTS.shape_id", "needs a shape"},
        {"1 1 1 0\n", "1 1 1 1\n", 27, "EXTENSIONS.next_id", "never ends"},
        {"1 1 1 0\n", "1 1 1 5\n", 27, "EXTENSIONS.next_id", "no entry 5"},
        {"1 1 1 0\n", "1 1 4 0\n", 27, "EXTENSIONS.ref", "no rotation 4"},
        {"1 1 1 0\n", "1 3 1 0\n", 27, "EXTENSIONS.type", "no extension has the type 3"},
        {"1 1 1 0\n", "1 1 1 2\n2 1 1 0\n", 27, "EXTENSIONS", "two rotations"},
        {"0.92388 0 0 0.382683", "0.92388 0 0 0.4", 29, "ROTATIONS", "unit quaternion"},
        {"497", "496", 31, "SHAPES", "num_samples is 500, but there are 499"},
        {"497", "498", 31, "SHAPES", "more samples than its num_samples"},
        {"497", "-1", 31, "SHAPES", "not followed by a count"},
        {"num_samples 500", "num_samples 2000000000", 32, "SHAPES.num_samples", "more than"},
        {"BlockDurationRaster 1e-05\n", "", 1, "DEFINITIONS.BlockDurationRaster", "is missing"},
        {"GradientRasterTime 1e-05\n", "", 1, "DEFINITIONS.GradientRasterTime", "is missing"},
        {"GradientRasterTime 1e-05", "GradientRasterTime 0", 9, "DEFINITIONS", "a raster between"},
        {"[TRAP]", "[TRAPS]", 20, "", "unknown section '[TRAPS]'"},
    };
    static mrse_diags diags;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof slip / sizeof slip[0]; i++) {
        char *text = pulseq_changed(base, slip[i].from, slip[i].to);
        mrse_pulseq *s = NULL;
        const mrse_diag *d = &diags.item[0];

        if (pulseq_try(text, &s, &diags) != MRSE_ERR_INPUT || s)
            fail_msg("'%s' is read", slip[i].to);
        if (d->line != slip[i].line || strcmp(d->field, slip[i].field) != 0 ||
            !strstr(d->text, slip[i].text) || strcmp(d->file, "test.seq") != 0)
            fail_msg("'%s': got %d: %s: %s", slip[i].to, d->line, d->field, d->text);
        free(text);
    }
}

static void pulseq_read__other_things__are_refused(void **state)
{
    static mrse_diags diags;
    mrse_pulseq *s = NULL;

    (void)state;
    assert_int_equal(pulseq_try("", &s, &diags), MRSE_ERR_INPUT);
    assert_int_equal(pulseq_try("\001pulseq\002", &s, &diags), MRSE_ERR_INPUT);
    assert_non_null(strstr(diags.item[0].text, "binary"));
    assert_int_equal(pulseq_try(PULSEQ_HEAD_15, &s, &diags), MRSE_ERR_INPUT);
    assert_non_null(strstr(diags.item[0].text, "no blocks"));
    assert_int_equal(mrse_pulseq_read(NULL, 0, "x", &s, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_pulseq_read("", 0, NULL, &s, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_pulseq_read("", 0, "x", NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_pulseq_read("", (size_t)MRSE_PULSEQ_FILE_MAX + 1, "x", &s, NULL),
                     MRSE_ERR_LIMIT);
    mrse_pulseq_free(NULL);
}

static void pulseq_read__doubtful__is_a_warning(void **state)
{
    static const char *const change[][3] = {
        {"TotalDuration 0.0023", "TotalDuration 0.0123", "the file states 0.0123000 s"},
        {"revision 1", "revision 4", "newer than this reader"},
        {"1 1000 100 200 100 10", "1 1000 100 200 100 10 5", "7 columns, expected 6"},
    };
    static mrse_diags diags;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof change / sizeof change[0]; i++) {
        char *text = pulseq_changed(base, change[i][0], change[i][1]);
        mrse_pulseq *s = NULL;

        assert_int_equal(pulseq_try(text, &s, &diags), MRSE_OK);
        assert_int_equal(diags.warnings, 1);
        assert_non_null(strstr(diags.item[0].text, change[i][2]));
        mrse_pulseq_free(s);
        free(text);
    }
}

static mrse_status read_and_free(void *context)
{
    mrse_pulseq *s = NULL;
    mrse_status status = mrse_pulseq_read(context, strlen(context), "test.seq", &s, NULL);

    mrse_pulseq_free(s);
    return status;
}

static void pulseq_read__out_of_memory__is_reported(void **state)
{
    (void)state;
    assert_true(oom_exhaust(read_and_free, (void *)base) >= 12);
}

static void pulseq_load__file__is_read_with_its_hash(void **state)
{
    char sha256[MRSE_SHA256_HEX], want[MRSE_SHA256_HEX];
    mrse_pulseq *s = NULL;
    static mrse_diags diags;

    (void)state;
    mrse_diags_init(&diags);
    assert_int_equal(mrse_pulseq_load(scratch_write("a.seq", base), &s, sha256, &diags), MRSE_OK);
    mrse_sha256_hex(base, strlen(base), want);
    assert_string_equal(sha256, want);
    mrse_pulseq_free(s);
    assert_int_equal(mrse_pulseq_load(scratch_path("none.seq"), &s, NULL, &diags), MRSE_ERR_IO);
    assert_null(s);
    assert_int_equal(mrse_pulseq_load(NULL, &s, NULL, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_pulseq_load("x", NULL, NULL, &diags), MRSE_ERR_ARG);
}

static int begin(void **state)
{
    return mrse_init() != MRSE_OK || scratch_begin(state) != 0 ? -1 : 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pulseq_read__version_1_5__is_understood),
        cmocka_unit_test(pulseq_read__shape_of_a_gradient__is_a_line_through_its_samples),
        cmocka_unit_test(pulseq_read__oversampled_gradient__has_a_sample_every_half_raster),
        cmocka_unit_test(pulseq_read__older_versions__have_their_own_columns),
        cmocka_unit_test(pulseq_read__carriage_returns_and_any_order__change_nothing),
        cmocka_unit_test(pulseq_read__unknown_extension__is_a_warning_unless_required),
        cmocka_unit_test(pulseq_read__signature__is_compared),
        cmocka_unit_test(pulseq_read__shape_with_a_count__takes_memory_of_its_runs),
        cmocka_unit_test(pulseq_read__mistake__is_named_with_its_line),
        cmocka_unit_test(pulseq_read__other_things__are_refused),
        cmocka_unit_test(pulseq_read__doubtful__is_a_warning),
        cmocka_unit_test(pulseq_read__out_of_memory__is_reported),
        cmocka_unit_test(pulseq_load__file__is_read_with_its_hash),
    };
    return cmocka_run_group_tests(tests, begin, scratch_end);
}
