/* Point-spread function of an echo train along the phase-encoding direction.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PSF_H
#define MRSE_PSF_H

#include <stddef.h>

#include "mrse/epg.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_PSF "image-psf"

enum { MRSE_PSF_MAX_LINES = 4096 };

/* Which echo of the train fills which lines of k-space. */
typedef enum mrse_phase_order {
    MRSE_PHASE_LINEAR =
        0,              /* from one edge of k-space to the other: the middle echo at its centre */
    MRSE_PHASE_CENTRIC, /* from the centre outwards: the first echo at the centre */
} mrse_phase_order;

/** Which echo each line of k-space is taken from. A train holds one line from each of `etl` bands;
 *  there are ceil(lines / etl) trains, and when that leaves a rest the band of the last echo is short.
 *  Given     lines  >= 2; line 0 is one edge of k-space, line lines/2 its centre
 *            etl    echoes of a train, 1 ... lines
 *  Returned  echo   for each line an index below etl
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, unknown order, a count that is 0) | MRSE_ERR_RANGE
 *            (fewer than 2 lines, etl > lines) | MRSE_ERR_LIMIT (more than MRSE_PSF_MAX_LINES)
 *  Tests     tests/unit/test_psf.c */
mrse_status mrse_psf_order(mrse_phase_order order, size_t lines, size_t etl,
                           size_t *echo) MRSE_MUST_USE;

/** Full width at half maximum of |inverse Fourier transform of the weights of k-space|.
 *  Given     weight   one for each line; 0 for a line that is not acquired
 *  Returned  fwhm_px  in pixels of `lines` lines; 1.2067 for equal weights; zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, a weight that is not finite) | MRSE_ERR_RANGE (fewer than 2
 *            lines, no weight other than zero, no half maximum on either side: a single line) |
 *            MRSE_ERR_LIMIT
 *  Accuracy  1e-9 px, of the continuous function; a table at 1/64 px with straight lines between
 *            differs by up to 2e-4 px
 *  Valid     one line of k-space is taken at one moment; decay during the readout is not included;
 *            the width is that of the main lobe, side lobes are not told
 *  Source    definition; R. T. Constable and J. C. Gore, Magn. Reson. Med. 28 (1992) 9
 *  Tests     tests/unit/test_psf.c */
mrse_status mrse_psf_width(const mrse_transverse *weight, size_t lines,
                           double *fwhm_px) MRSE_MUST_USE;

/** The same for the echoes of a train.
 *  Given     echo   etl of them
 *  Status    as mrse_psf_order and mrse_psf_width; MRSE_ERR_NOMEM
 *  Accuracy  as mrse_psf_width; Valid: as mrse_psf_width
 *  Tests     tests/unit/test_psf.c */
mrse_status mrse_psf_train_width(mrse_phase_order order, size_t lines, const mrse_transverse *echo,
                                 size_t etl, double *fwhm_px) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
