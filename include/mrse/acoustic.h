/* Sound: the only rule that needs no measurement of the scanner.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_ACOUSTIC_H
#define MRSE_ACOUSTIC_H

#include <stdbool.h>

#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_ACOUSTIC "acoustic-amplitude"

typedef struct mrse_acoustic {
    mrse_value change; /* of the sound level, dB; missing when nothing can be said */
    char reason[192];  /* what it rests on, or why it is missing */
} mrse_acoustic;

/** How much louder a sequence gets when all of its gradients are scaled alike.
 *  Given     ratio        new amplitude over old, of every gradient, > 0; NaN: not known
 *            u_ratio      its standard uncertainty, >= 0; NaN: not known
 *            same_timing  no ramp, echo spacing, order or duration has changed
 *  Returned  out          20 log10(ratio) dB; missing without the ratio or with other timing
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL; a ratio that is infinite or not above zero)
 *  Accuracy  relative 1e-15
 *  Valid     sound linear in the gradients, same patient, place, coil and scanner. With other timing
 *            the spectrum moves against the scanner's resonances: slower may be louder
 *  Source    Z. Wu et al., Magn. Reson. Med. (2014), PubMed 23757158: the spectrum of the gradients
 *            times a measured response of each axis gives the sound within 4 %
 *  Tests     tests/unit/test_acoustic.c */
mrse_status mrse_acoustic_change(double ratio, double u_ratio, bool same_timing,
                                 mrse_acoustic *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
