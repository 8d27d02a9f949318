/* The parts of the law of magnetisation that rides and samples use in their inner loops.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_HAZARD_MAGNETISATION_INTERNAL_H
#define MRSE_HAZARD_MAGNETISATION_INTERNAL_H

#include <stdbool.h>

#include "mrse/magnetisation.h"

/* MRSE_OK when substance and body are what mrse_magnetise accepts, rings and springs aside. */
mrse_status mrse_magnetic_check(const mrse_substance *substance, const mrse_body *body);

/* Whether the body's demagnetising factors mean something for this substance. */
bool mrse_magnetic_factors_hold(const mrse_substance *substance, const mrse_body *body);

/* |M| / Ms of a body of factor n along the field b = B0 / (mu0 Ms). */
double mrse_saturation_fraction(double chi, double n, double b);

/* M (body axes) and the energy of a unit of volume (NULL: not wanted); arguments not checked. */
mrse_status mrse_magnetise_body(const mrse_substance *substance, const double n[3],
                                const double b_T[3], double m_A_m[3], double *energy_J_m3,
                                double *saturation);

/* h = H / |M| of a soft body in several fields B0 / (mu0 Ms) at once: M = B0 / mu0 / (h + N). `close`:
 * change, relative to h + 1, at which the search ends; what it leaves is the square of it. */
enum { MRSE_LANES = 4 };
void mrse_saturate_lanes(const mrse_substance *substance, const double n[3],
                         const double field[3][MRSE_LANES], double close, double h[MRSE_LANES]);

/* Whether a mass, as weighed, is that of a solid body of this density: within a factor of two, since
 * shapes are stand-ins. True when either is not known. */
bool mrse_mass_fits(double mass_kg, double density_kg_m3, double volume_m3);
#define MRSE_MASS_DOES_NOT_FIT                                                                     \
    "the mass does not fit sizes and density: hollow, of another shape, or of another material"

#endif
