/* How long a search for changes takes: a TSE with everything free, one that nothing can help, and a
 * diffusion sequence. One thread; each is meant to stay below 2 s.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <time.h>

#include "mrse/mrse.h"
#include "support/protocols.h"

enum { TARGET_S = 2 };

static double seconds(void)
{
    struct timespec t;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t))
        return 0.0;
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int one(const char *name, const mrse_protocol *p, double value, mrse_kind kind)
{
    const mrse_limit limit = {MRSE_OP_LE, protocols_value(value, kind), 0.0};
    const mrse_search search = {.base = p, .limit = &limit, .n_limits = 1};
    const double start = seconds();
    mrse_search_result r;
    if (mrse_search_run(&search, &r) != MRSE_OK)
        return 1;
    printf("%-24s %6zu settings, %6zu do not fit, front %4zu %8.3f s, meant to stay below %d s\n",
           name, r.n_tried, r.n_unfit, r.n_pareto, seconds() - start, (int)TARGET_S);
    if (r.reason[0])
        printf("    %s\n", r.reason);
    for (size_t i = 0; i < r.n_front; i++) {
        printf("   ");
        for (int k = 0; k < MRSE_SEARCH_PARAMETERS; k++)
            if (r.front[i].after[k] != r.front[i].before[k] && r.front[i].after[k] > 0.0)
                printf(" %s %.4g", mrse_search_parameter_text((mrse_search_parameter)k),
                       r.front[i].after[k]);
        printf(": %.1f s, SNR %.3f, CNR %.3f, exposure %.4g\n", r.front[i].time.v, r.front[i].snr.v,
               r.front[i].cnr.v, r.front[i].exposure[0].v);
    }
    printf("    %s\n", r.binding[0].text);
    mrse_search_result_clear(&r);
    return 0;
}

int main(void)
{
    const mrse_protocol tse = protocols_tse(), dwi = protocols_dwi();
    if (mrse_init() != MRSE_OK)
        return 1;
    return one("TSE, B1+rms 2 uT", &tse, 2e-6, MRSE_KIND_B1_RMS) ||
           one("TSE, B1+rms 0.1 uT", &tse, 1e-7, MRSE_KIND_B1_RMS) ||
           one("DWI, slew 80 T/m/s", &dwi, 80.0, MRSE_KIND_SLEW_SEQUENCE);
}
