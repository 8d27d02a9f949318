/* Real Pulseq files against the figures of independent readers, file by file: a table for people.
 * Needs reference data in MRSE_GOLDEN_DIR; exits with 1 when a figure is outside its tolerance, and
 * when the data are not there. SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/mrse.h"

enum { PATH = 1024, CELL = 24 };

/* Tolerances: duration in ns, the others relative. */
#define TOL_B1   1e-9
#define TOL_G    1e-9
#define TOL_SLEW 1e-8
#define TOL_SAFE 1e-6

static int failures;

/* What cannot be compared relatively: the reference itself has this much noise. */
#define FLOOR 1e-12

static double off(double got, double want)
{
    if (!isfinite(got) || !isfinite(want))
        return (double)INFINITY;
    return fabs(got - want) <= FLOOR ? 0.0 : fabs(got - want) / fabs(want);
}

static double number(const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);

    return json_is_number(v) ? json_number_value(v) : (double)NAN;
}

/* Of an array of three, the largest deviation. */
static double off3(const double got[3], double unit, const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    double worst = 0.0;
    size_t i;

    for (i = 0; i < 3; i++)
        worst = fmax(worst, off(got[i] / unit, json_number_value(json_array_get(v, i))));
    return v ? worst : (double)INFINITY;
}

static void cell(double deviation, double tolerance)
{
    bool holds = deviation <= tolerance;

    failures += !holds;
    if (deviation == 0.0)
        printf(" %5s ", "0");
    else
        printf(" %5.0e%s", deviation, holds ? " " : "!");
}

static void absent(const char *word)
{
    printf(" %5s ", word);
}

static void b1_cells(const mrse_b1_exposure *b1, const json_t *want)
{
    bool none = !json_object_get(want, "int_b1sq_hz2s"), is_long;

    if (b1->refused[0]) {
        absent("no");
        absent("no");
        absent("no");
        absent("no");
        return;
    }
    if (none) {
        failures += b1->n_pulses != 0 || b1->integral_Hz2_s != 0.0;
        absent("-");
        absent("-");
        absent("-");
        absent("-");
        return;
    }
    is_long = isfinite(b1->rms_window_T);
    cell(off(b1->integral_Hz2_s, number(want, "int_b1sq_hz2s")), TOL_B1);
    cell(off(b1->rms_T * 1e6, number(want, "b1rms_uT_whole")), TOL_B1);
    cell(off((is_long ? b1->rms_window_T : b1->rms_padded_T) * 1e6,
             number(want, is_long ? "b1rms_uT_max_10s" : "b1rms_uT_zero_padded_10s")),
         TOL_B1);
    cell(off(b1->rms_periodic_T * 1e6, number(want, "b1rms_uT_max_periodic_10s")), TOL_B1);
}

static void gradient_cells(const mrse_gradient_exposure *g, const json_t *want)
{
    const json_t *safe = json_object_get(want, "safe_pns_example_hw");
    const json_t *cardiac = json_object_get(want, "safe_cns_example_hw");
    const json_t *convolution = json_object_get(want, "conv_pns_xrm");

    cell(off3(g->amplitude_T_m, 1e-3, want, "gmax_mT_per_m"), TOL_G);
    cell(off3(g->slew_event_T_m_s, 1.0, want, "slew_event_T_per_m_s"), TOL_SLEW);
    cell(off3(g->slew_junction_T_m_s, 1.0, want, "slew_junction_T_per_m_s"), TOL_SLEW);
    cell(off3(g->slew_merged_T_m_s, 1.0, want, "slew_merged_T_per_m_s"), TOL_SLEW);
    if (!json_object_get(want, "dgdt_max_T_per_m_s")) {
        failures += g->safe[0].peak != 0.0;
        absent("-");
        absent("-");
        absent("-");
        return;
    }
    cell(off3(g->slew_raster_T_m_s, 1.0, want, "dgdt_max_T_per_m_s"), TOL_SLEW);
    cell(fmax(off(g->safe[0].peak, number(safe, "peak_norm")),
              off(g->safe[1].peak, number(cardiac, "peak_norm"))),
         TOL_SAFE);
    cell(off(g->convolution.peak, number(convolution, "peak_norm")), TOL_SAFE);
}

static void compare(const mrse_pulseq *seq, const json_t *want)
{
    const mrse_gradient_options options = {
        .gamma_Hz_T = MRSE_GAMMA_PULSEQ_HZ_T,
        .safe = {&mrse_safe_example_peripheral, &mrse_safe_example_cardiac},
        .n_safe = 2,
        .coil = mrse_gradient_coil_find("xrm")};
    static mrse_gradient_exposure gradient;
    mrse_b1_exposure b1;
    const json_t *ok = json_object_get(json_object_get(want, "signature"), "ok");
    bool exact = floor(number(want, "duration_s") * 1e9 + 0.5) == seq->duration_ns;
    bool signs = json_is_true(ok)    ? seq->signature == MRSE_SIGNATURE_HOLDS
                 : json_is_false(ok) ? seq->signature == MRSE_SIGNATURE_DIFFERS
                                     : seq->signature == MRSE_SIGNATURE_NONE;

    failures += !exact + !signs;
    printf(" %5s %4s", exact ? "exact" : "OFF",
           !signs                                     ? "OFF"
           : seq->signature == MRSE_SIGNATURE_HOLDS   ? "md5"
           : seq->signature == MRSE_SIGNATURE_DIFFERS ? "md5!"
                                                      : "-");
    if (mrse_b1_compute(seq, MRSE_GAMMA_PULSEQ_HZ_T, MRSE_B1_WINDOW_S, &b1) != MRSE_OK ||
        mrse_gradient_compute(seq, &options, &gradient) != MRSE_OK) {
        failures++;
        printf(" not computed\n");
        return;
    }
    b1_cells(&b1, want);
    gradient_cells(&gradient, want);
    printf("\n");
    if (b1.refused[0])
        printf("      RF: %.96s\n          %s\n", b1.refused,
               strlen(b1.refused) > 96 ? b1.refused + 96 : "");
    if (seq->n_unknown_extensions > 0)
        printf("      extension %s and %zu more: passed over with a warning\n",
               seq->unknown_extension, seq->n_unknown_extensions - 1);
}

/* The reference was written by a program that writes NaN, which JSON does not have: "" instead. */
static json_t *load(const char *path)
{
    char *text = NULL, *at;
    size_t n;
    json_t *json = NULL;

    if (mrse_file_read(path, 64 << 20, &text, &n, NULL) != MRSE_OK)
        return NULL;
    while ((at = strstr(text, ": NaN")) != NULL)
        memcpy(at, ": \"\" ", 5);
    json = json_loads(text, 0, NULL);
    mrse_free(text);
    return json;
}

static void show(const char *folder, const json_t *entry)
{
    const char *name = json_string_value(json_object_get(entry, "file"));
    char path[PATH];
    mrse_pulseq *seq = NULL;
    static mrse_diags diags;
    size_t i;

    (void)snprintf(path, sizeof path, "%s/sequence/seq/%s", folder, name);
    mrse_diags_init(&diags);
    printf("%-20.*s", (int)(strlen(name) < 24 ? strlen(name) - 4 : 20), name);
    if (mrse_pulseq_load(path, &seq, NULL, &diags) == MRSE_OK) {
        compare(seq, json_object_get(entry, "expected"));
    } else {
        failures++;
        printf(" refused\n");
        for (i = 0; i < diags.n; i++)
            printf("      line %d: %s: %s\n", diags.item[i].line, diags.item[i].field,
                   diags.item[i].text);
    }
    mrse_pulseq_free(seq);
}

/* To the digits that were published. */
static void figure(const char *what, double share, double published_percent)
{
    bool holds = fabs(100.0 * share - published_percent) <= 0.0005;

    failures += !holds;
    printf("%-34s %8.3f %%   published %.3f %%%s\n", what, 100.0 * share, published_percent,
           holds ? "" : "   !");
}

/* The waveform that SAFE is published with, 76 samples a millisecond apart. */
static void show_examples(const char *folder)
{
    char path[PATH];
    json_t *json, *rows, *row;
    mrse_convolution *c = NULL;
    mrse_safe peripheral, cardiac;
    double before[3] = {0};
    size_t i;

    (void)snprintf(path, sizeof path, "%s/sequence/safe_example_octave.json", folder);
    json = load(path);
    rows = json_object_get(json, "gwf_T_per_m");
    if (!rows || mrse_safe_begin(&peripheral, &mrse_safe_example_peripheral, 1e-3) != MRSE_OK ||
        mrse_safe_begin(&cardiac, &mrse_safe_example_cardiac, 1e-3) != MRSE_OK ||
        mrse_convolution_begin(mrse_gradient_coil_find("xrm"), 1e-5, 0.1, &c) != MRSE_OK) {
        failures++;
        printf("the published example is not there\n");
        return;
    }
    json_array_foreach (rows, i, row) {
        double x[3];

        for (size_t a = 0; a < 3; a++) {
            double g = json_number_value(json_array_get(row, a));

            x[a] = (g - before[a]) / 1e-3;
            before[a] = g;
        }
        mrse_safe_feed(&peripheral, x, 1);
        mrse_safe_feed(&cardiac, x, 1);
        if (i > 0 && mrse_convolution_feed(c, x, 100) != MRSE_OK)
            failures++;
    }
    printf("\n");
    figure("SAFE example, peripheral", peripheral.peak, 85.516);
    figure("SAFE example, cardiac", cardiac.peak, 60.279);
    figure("the same waveform, convolution xrm", mrse_convolution_get(c).peak, 97.571);
    mrse_convolution_free(c);
    json_decref(json);
}

int main(void)
{
    const char *folder = getenv("MRSE_GOLDEN_DIR");
    char path[PATH];
    json_t *golden, *entry;
    size_t i;

    if (mrse_init() != MRSE_OK)
        return 1;
    (void)snprintf(path, sizeof path, "%s/sequence/seq_golden.json", folder ? folder : ".");
    golden = load(path);
    if (!golden) {
        printf("no reference data: MRSE_GOLDEN_DIR does not hold sequence/seq_golden.json\n");
        return 1;
    }
    printf("Relative deviation from the reference; 0: within 1e-12 absolute; !: outside its "
           "tolerance; -: there is none;\nno: refused. Tolerances: duration exact to the ns; RF, G "
           "1e-9; slew 1e-8; SAFE (both), convolution 1e-6.\nmd5!: the signature does not hold, "
           "and must not. Slew: of events, at junctions, merged, at raster centres.\n\n");
    printf("%-20s %-5s %-4s %-6s %-6s %-6s %-6s %-6s %-6s %-6s %-6s %-6s %-6s %-6s\n", "file",
           "time", "sign", "intB1", "rms", "rms10", "period", "Gmax", "event", "junct", "merge",
           "raster", "SAFE", "conv");
    json_array_foreach (json_object_get(golden, "files"), i, entry)
        show(folder, entry);
    show_examples(folder ? folder : ".");
    printf("\n%zu files, %d figures outside their tolerance\n", i, failures);
    json_decref(golden);
    return failures > 0;
}
