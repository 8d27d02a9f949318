/* Inside SAR: the ways to it, tried in turn. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SAR_INTERNAL_H
#define MRSE_SAR_INTERNAL_H

#include "mrse/sar.h"

/* Why the console's values before say nothing of those after; NULL when they may. sar_compare.c */
const char *mrse_sar_incomparable(const mrse_protocol *a, const mrse_protocol *b);
/* Only TR, slices, passes, averages differ. */
bool mrse_sar_same_pulses(const mrse_protocol *a, const mrse_protocol *b);
bool mrse_sar_same_acceleration(const mrse_protocol *a, const mrse_protocol *b);
bool mrse_sar_multiband(const mrse_protocol *p);

/* Energy per time: slices excited in one TR over TR. false: not known. sar_ratio.c */
bool mrse_sar_ratio_time(const mrse_protocol *a, const mrse_protocol *b, mrse_sar *out);
bool mrse_sar_ratio_b1(const mrse_protocol *a, const mrse_protocol *b, mrse_sar *out);
bool mrse_sar_ratio_pulse(const mrse_protocol *a, const mrse_protocol *b,
                          const mrse_protocol_rf *rf_a, const mrse_protocol_rf *rf_b,
                          mrse_sar *out);

/* From B1+rms. sar_site.c, sar_analytic.c */
bool mrse_sar_site(const mrse_protocol *p, const mrse_protocol_rf *rf, const mrse_sar_pair *pair,
                   size_t n_pairs, mrse_sar *out);
bool mrse_sar_analytic(const mrse_protocol *p, const mrse_protocol_rf *rf, mrse_sar *out);

void mrse_sar_reason(mrse_sar *out, mrse_sar_method method, const char *reason);

#endif
