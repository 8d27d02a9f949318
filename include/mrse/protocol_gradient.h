/* What the gradients of a protocol, or of a played sequence, do: slew rate, dB/dt, stimulation. One
 * shape for both, so that old and new, stated and played can be compared.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PROTOCOL_GRADIENT_H
#define MRSE_PROTOCOL_GRADIENT_H

#include "mrse/dbdt.h"
#include "mrse/gradient_exposure.h"
#include "mrse/protocol.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_PROTOCOL_SLEW "protocol-slew"
#define MRSE_METHOD_STIMULATION   "stimulation-law"

/* A number, and in words how it was got; of a missing one why. */
typedef struct mrse_gradient_figure {
    mrse_value value;
    char note[192];
} mrse_gradient_figure;

/* What makes a share: of each axis the worst lobe, and of lobes that may be on any axis. The share
 * is the root of the sum over axes of squares, with that of `any` on the axis where it makes most. */
enum { MRSE_PARTS = MRSE_AXES + 1 };

typedef struct mrse_gradient_part {
    double share;                            /* 0: no lobe there */
    double slew_T_m_s, stimulus_s, dbdt_T_s; /* of the law; of a model 0 */
} mrse_gradient_part;

/* Shares are fractions of the threshold or limit: 1 reaches it. */
typedef struct mrse_gradient_use {
    mrse_value slew[MRSE_AXES]; /* largest of each axis, T/m/s: what mrse_dbdt_at takes */
    mrse_value slew_rms[MRSE_AXES];
    mrse_gradient_figure amplitude;   /* largest of one axis, T/m */
    mrse_gradient_figure slew_max;    /* the largest of the three; never the rating of the system */
    mrse_gradient_figure slew_rms_of; /* over a TR, root of the sum over axes of squares */
    mrse_gradient_figure stimulus;    /* longest steady change of a gradient, s: ts,eff */
    mrse_gradient_figure dbdt;        /* largest where a patient can be, peak */
    mrse_gradient_figure peripheral;  /* share of L12, the mean threshold: rheobase, chronaxie */
    mrse_gradient_figure normal;      /* the same of 0.8 L12, the limit of the normal mode */
    mrse_gradient_figure cardiac;     /* share of the cardiac limit */
    mrse_gradient_figure safe, safe_cardiac; /* SAFE with the scanner's own hardware */
    mrse_gradient_figure convolution;        /* with the coil that the scanner file names */
    double rheobase_T_s, chronaxie_s;        /* of the law; 0 when not worked out */
    mrse_gradient_part peripheral_part[MRSE_PARTS], cardiac_part[MRSE_PARTS];
    mrse_gradient_part safe_part[MRSE_PARTS], safe_cardiac_part[MRSE_PARTS];
    mrse_gradient_part convolution_part[MRSE_PARTS];
} mrse_gradient_use;

/** The gradients of a protocol.
 *  Given     system     may be NULL: then without dB/dt and stimulation
 *            protocol   its lobes; what the console states as the largest slew rate and amplitude
 *  Returned  out        each number or its reason. An axis without a lobe is not known, unless the
 *                       console states the largest slew rate; a lobe on an axis not known may be on
 *                       each: for slew rates it counts on all three, for stimulation on the worst
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL; a SAFE model with numbers out of range) | MRSE_ERR_NOMEM
 *  Accuracy  law 1e-12 relative; SAFE and convolution: trains sampled at 10 us, as the models are
 *            defined, for up to 0.2 s, where the peak is steady
 *  Valid     trapezoids as listed, each train from rest: lobes that follow within milliseconds on
 *            the same axis add to what is given. The law: constants of IEC 60601-2-33 were not read
 *            in a public text, what uses them is unverified; axes as root of the sum of squares
 *  Source    law: 78stepshealth.us, after IEC 60601-2-33; M. Klein, mrm.ismrm.org/t/503 (cardiac)
 *  Tests     tests/unit/test_protocol_gradient.c */
mrse_status mrse_protocol_gradient(const mrse_gradient_system *system,
                                   const mrse_protocol *protocol,
                                   mrse_gradient_use *out) MRSE_MUST_USE;

/** The gradients of a played sequence, in the same shape.
 *  Given     system     as above. The exposure was computed with it: where it has a SAFE model, safe
 *                       0 is the peripheral one and 1 the cardiac; where it names a coil, with that
 *            exposure    of mrse_gradient_compute
 *  Returned  out         as above; stimulus and law as for a change from -G to +G at the largest slew
 *                        rate of an axis: no gradient within G changes longer at that rate
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL)
 *  Tests     tests/unit/test_protocol_gradient.c */
mrse_status mrse_protocol_gradient_played(const mrse_gradient_system *system,
                                          const mrse_gradient_exposure *exposure,
                                          mrse_gradient_use *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
