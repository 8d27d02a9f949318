/* What the files of image share and nobody else sees.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_IMAGE_INTERNAL_H
#define MRSE_IMAGE_INTERNAL_H

#include "mrse/signal.h"

/* 0 < T1, 0 < T2 <= 2 T1; infinite is fine. */
mrse_status mrse_image_check(const mrse_relaxation *relaxation);

/* Mz after a time of recovery towards 1. */
double mrse_image_recover(double mz, double time_s, double t1_s);

#endif
