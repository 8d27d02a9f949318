/* How long a sequence of 300 s in 25 000 blocks takes, and how much memory: a gradient echo with a
 * shaped pulse, RF spoiling, rewinders and spoilers; reading, RF exposure, gradients with SAFE.
 * Meant to stay below 1 s and 64 MiB. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "mrse/mrse.h"

enum { BLOCKS = 25000, PER_TR = 5, SAMPLES = 3000, STEPS = 256 };

static double seconds(void)
{
    struct timespec t;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t))
        return 0.0;
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double peak_MiB(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) ? 0.0 : (double)usage.ru_maxrss / 1024.0;
}

static void write_events(mrse_buf *b)
{
    mrse_buf_add(b, "[RF]\n");
    for (int i = 0; i < PER_TR * 10; i++)
        mrse_buf_addf(b, "%d 120 1 2 0 1500 100 0 0 %d %d e\n", i + 1, i, 117 * i % 360);
    mrse_buf_add(b,
                 "[TRAP]\n1 400000 220 3000 220 0\n2 -500000 150 700 150 0\n"
                 "3 900000 200 3200 200 10\n4 -800000 180 1200 180 0\n5 1100000 300 900 300 0\n");
    for (int i = 0; i < STEPS; i++)
        mrse_buf_addf(b, "%d %d 150 700 150 0\n", i + 6, 4000 * (i - STEPS / 2));
    mrse_buf_add(b, "[ADC]\n1 256 12500 210 0 0 0 0 0\n[SHAPES]\nshape_id 1\nnum_samples 3000\n");
    for (int i = 0; i < SAMPLES; i++) {
        double x = 4.0 * (i + 0.5 - SAMPLES / 2) / SAMPLES * 3.14159;
        mrse_buf_num(b, 0.5 * (1.0 + cos(x / 2.0)) * (x == 0.0 ? 1.0 : sin(x) / x), 9);
        mrse_buf_add(b, "\n");
    }
    mrse_buf_add(b, "shape_id 2\nnum_samples 3000\n0\n0\n2998\n");
}

static void write_sequence(mrse_buf *b)
{
    mrse_buf_add(b, "[VERSION]\nmajor 1\nminor 5\nrevision 0\n[DEFINITIONS]\n"
                    "AdcRasterTime 1e-07\nBlockDurationRaster 1e-05\nGradientRasterTime 1e-05\n"
                    "RadiofrequencyRasterTime 1e-06\n[BLOCKS]\n");
    for (int i = 0; i < BLOCKS / PER_TR; i++) {
        int k = PER_TR * i;
        mrse_buf_addf(b, "%d 360 %d 0 0 1 0 0\n%d 160 0 2 %d 4 0 0\n%d 380 0 3 0 0 1 0\n", k + 1,
                      i % (PER_TR * 10) + 1, k + 2, i % STEPS + 6, k + 3);
        mrse_buf_addf(b, "%d 160 0 4 %d 5 0 0\n%d 4940 0 0 0 0 0 0\n", k + 4, STEPS - i % STEPS + 5,
                      k + 5);
    }
    write_events(b);
}

static int fail(const char *what)
{
    printf("%s failed\n", what);
    return 1;
}

static void line(const char *what, double took)
{
    printf("%-34s %8.2f ms   peak memory %6.1f MiB\n", what, 1e3 * took, peak_MiB());
}

int main(void)
{
    mrse_gradient_options options = {
        .gamma_Hz_T = MRSE_GAMMA_PULSEQ_HZ_T,
        .safe = {&mrse_safe_example_peripheral, &mrse_safe_example_cardiac},
        .n_safe = 2};
    static mrse_gradient_exposure g;
    mrse_b1_exposure b1;
    mrse_pulseq *seq;
    mrse_buf text = {0};
    double start, all;

    write_sequence(&text);
    printf("%.1f MiB of text, memory before %.1f MiB\n", (double)text.len / 1048576.0, peak_MiB());
    all = start = seconds();
    if (mrse_pulseq_read(mrse_buf_text(&text), text.len, "bench.seq", &seq, NULL) != MRSE_OK)
        return fail("reading");
    line("read", seconds() - start);
    printf("%zu blocks, %.1f s\n", seq->n_blocks, 1e-9 * seq->duration_ns);
    start = seconds();
    if (mrse_b1_compute(seq, options.gamma_Hz_T, MRSE_B1_WINDOW_S, &b1) != MRSE_OK)
        return fail("RF exposure");
    line("RF exposure, any 10 s", seconds() - start);
    start = seconds();
    if (mrse_gradient_compute(seq, &options, &g) != MRSE_OK)
        return fail("gradient exposure");
    line("gradients, SAFE twice", seconds() - start);
    line("all of it", seconds() - all);
    options.coil = mrse_gradient_coil_find("xrm");
    start = seconds();
    if (mrse_gradient_compute(seq, &options, &g) != MRSE_OK)
        return fail("convolution");
    line("gradients, SAFE and convolution", seconds() - start);
    mrse_pulseq_free(seq);
    mrse_buf_free(&text);
    return 0;
}
