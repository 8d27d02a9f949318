/* Methods: numbers, the static field, sites and surveys.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "method_internal.h"

static const mrse_method methods[] = {
    {
        .id = "unit-conversion",
        .text = "value of a printed quantity in SI units",
        .formula = "si = number × factor of the unit; a factor that is a power of ten shifts the "
                   "decimal mark and so is exact",
        .valid =
            "units of the closed table of `mrse units`, exact spellings; each quantity accepts "
            "the units of its own dimension only",
        .accuracy = "nearest double for decimal units; two roundings for min, h and deg",
        .source = "BIPM, The International System of Units (SI), 9th edition, 2019; 1 G = 1e-4 T",
        .test = "tests/cases/quantity.case, tests/unit/test_units.c",
    },
    {
        .id = "rounding",
        .text = "standard uncertainty of a number that a source prints",
        .formula = "u = half of the last printed place / √3 (rectangular distribution)",
        .valid = "numbers without a stated uncertainty; the source rounded and did not truncate",
        .accuracy = "exact for the assumed distribution",
        .source = "JCGM 100:2008, 4.3.7",
        .test = "tests/cases/quantity.case",
    },
    {
        .id = "field-loop-agm",
        .text = "field and gradient tensor of a circular current loop",
        .formula = "Bz, Br by complete elliptic integrals of k² = 4ar/((a+r)² + z²), both from one "
                   "arithmetic-geometric mean, in a form without cancellation on the axis or far "
                   "away; derivatives in closed form",
        .valid = "static field in air, no iron; farther than 1e-6 radii from the wire",
        .accuracy = "1e-14 relative to |B| and to the largest derivative there; of a sum of "
                    "sources, relative to the largest",
        .source = "J. D. Jackson, Classical Electrodynamics, 3rd edition, 1999, section 5.5; "
                  "M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 1964, 17.6",
        .test = "tests/cases/field_loop.case, tests/unit/test_field.c",
    },
    {
        .id = "field-sheet-cel",
        .text = "field and gradient tensor of a thin solenoid (uniform current sheet)",
        .formula = "B = difference of the two ends, each a complete elliptic integral by an "
                   "arithmetic-geometric mean; dB/dz = difference of two loops; far away "
                   "Gauss-Legendre quadrature of loops along the length",
        .valid = "static field in air, no iron; not on the sheet, where Bz has two values, nor on "
                 "its edge",
        .accuracy = "1e-12 relative to |B| and to the largest derivative there, for a length of up "
                    "to 20 radii",
        .source = "N. Derby and S. Olbert, Cylindrical magnets and ideal solenoids, American "
                  "Journal of Physics 78 (2010) 229",
        .test = "tests/cases/field_sheet.case, tests/unit/test_field.c",
    },
    {
        .id = "field-coil-gauss",
        .text = "field and gradient tensor of a coil of rectangular section",
        .formula = "B = ∫ of thin sheets over the radius by Gauss-Legendre quadrature, order by "
                   "distance from the winding; far away quadrature of loops over radius and length",
        .valid = "static field in air, no iron, uniform current density; not on a corner of the "
                 "section, where the gradient has no bound; inside the winding ∂Bz/∂r includes the "
                 "current",
        .accuracy = "1e-11 relative to |B| and to the largest derivative there outside the "
                    "winding, 1e-10 inside",
        .source = "sheets: field-sheet-cel; quadrature: M. Abramowitz and I. A. Stegun, Handbook "
                  "of Mathematical Functions, 1964, 25.4.29",
        .test = "tests/cases/field_coil.case, tests/unit/test_field.c",
    },
    {
        .id = "contour-continuation",
        .text = "isocontours of |B| and their extents",
        .formula = "coarse search of log|B| for every line and island; then predictor along the "
                   "tangent and Newton steps along ∇|B|; extents by Newton on |B| = L with "
                   "∂|B|/∂z = 0 or ∂|B|/∂r = 0; u of an extent = u(|B|) / |∂|B|/∂n|",
        .valid = "outside windings; rotationally symmetric field, no iron in the room; normal "
                 "operation, not a quench",
        .accuracy = "points on their level to 1e-9 relative, extents to 1e-9 m, chords within 0.5 "
                    "mm of the curve, against the field itself",
        .source = "E. L. Allgower and K. Georg, Numerical Continuation Methods, 1990, chapters 2 "
                  "and 6; JCGM 100:2008, 5.1.2",
        .test = "tests/cases/ride.case, tests/unit/test_contour.c",
    },
    {
        .id = "cylinder-maximum",
        .text = "largest |B|, spatial field gradient and force product on a cylinder r = constant",
        .formula = "max over z of |B|, |∇|B|| and |B||∇|B||, each on its own: adaptive scan, then "
                   "Brent's method",
        .valid = "the whole cylinder outside windings; air, no iron, rotational symmetry",
        .accuracy = "1e-9 relative in the value",
        .source = "R. P. Brent, Algorithms for Minimization without Derivatives, 1973, chapter 5",
        .test = "tests/unit/test_cylinder.c",
    },
    {
        .id = "reach-maximum",
        .text = "largest |B|, gradient and force product that anybody can reach: the bore, and "
                "everything in front of the covers",
        .formula = "max of |B|, |∇|B|| and |B||∇|B|| over the boundary, line by line, and over the "
                   "inside by dividing it into cells",
        .valid = "bore and covers as in the scanner file, closed elsewhere; no windings within "
                 "reach; air, no iron",
        .accuracy = "1e-9 relative in the value on the boundary",
        .source = "|B| has no maximum inside a region free of sources, because there "
                  "∇²(B·B) = 2 Σ |∇Bi|² ≥ 0; gradient and product may have, so the inside is "
                  "searched as well",
        .test = "tests/unit/test_cylinder.c",
    },
    {
        .id = "path-maximum",
        .text =
            "largest |B|, gradient and force product that a point meets on its ride on the couch",
        .formula = "max over z from 4 m to where it stops, at constant r, of |B|, |∇|B|| and "
                   "|B||∇|B||; distance from the axis r = hypot(x, y + couch height) after turning "
                   "the patient's axes into the magnet's",
        .valid = "a straight ride parallel to the axis, landmark at isocentre at its end",
        .accuracy = "1e-9 relative in the value, 1e-6 m in the place",
        .source = "geometry; names of patient positions: DICOM PS3.3 C.7.3.1.1.2",
        .test = "tests/cases/position.case, tests/cases/ride.case, tests/unit/test_path.c",
    },
    {
        .id = "ride-uncertainty",
        .text = "standard uncertainty of the maximum on a ride",
        .formula = "u² = Σ over the coordinates of (half of the larger change of the maximum when "
                   "the coordinate moves by +2u or −2u)² + (u of the field model)²: its share "
                   "of the maximum, and the changes of the maximum among its variants",
        .valid = "coordinates that do not depend on each other; U = 2u then covers a displacement "
                 "of 2u along any one of them, also where the field bends away",
        .accuracy = "first order in the combination; the larger side is taken, so that it does not "
                    "vanish on the axis or at the crest of a maximum",
        .source = "JCGM 100:2008, 5.1.2 and 5.1.3 note 2 (numerical sensitivities)",
        .test = "tests/unit/test_position.c",
    },
    {
        .id = "field-calibration",
        .text = "field model of a scanner from the numbers of its data sheet, with its uncertainty",
        .formula = "an actively shielded coil family is fitted to the data sheet's numbers by "
                   "Levenberg-Marquardt, each number weighted by its rounding, with a prior from "
                   "reference designs, from several starts; u² of anything derived = Σ over the "
                   "directions of the fit of (largest change among the variants one standard "
                   "uncertainty away)² + the share of other admissible branches (Δχ² < 4)",
        .valid = "magnets of a horizontal field with a cylindrical bore, symmetric about z = 0; "
                 "static field in air, no iron; where the sheet has no number for the gradient in "
                 "the bore, the reference designs say what it may be",
        .accuracy =
            "stated with every number: the model's own standard uncertainty; agreement with "
            "each number of the sheet by its error number E_n",
        .source =
            "GNU Scientific Library, Nonlinear Least-Squares Fitting (multifit_nlinear); JCGM "
            "100:2008, 5.1.2; error number E_n: ISO 13528:2022",
        .test =
            "tests/unit/test_calibrate.c, tests/unit/test_model.c, tests/unit/test_study_sheet.c",
    },
    {
        .id = "site-maximum",
        .text = "largest |B| along lines of a plan, in rooms, at equipment and in storeys; where a "
                "level is exceeded; distance of equipment to the line of its limit",
        .formula = "samples every tenth of the distance to the windings, golden section on each "
                   "local extreme, bisection of each crossing; rooms and circles also on a grid; a "
                   "storey: the largest |B| on the cylinder about the axis that its level touches. "
                   "u² = u(model)² + (half of the largest change within two standard uncertainties "
                   "of place, in any direction)²",
        .valid =
            "air, no iron in the building, normal operation; lines and rooms between the floor "
            "and 2 m above it; storeys beyond the windings",
        .accuracy = "1e-8 relative; places along a line 1e-5 m",
        .source = "JCGM 100:2008, 5.1; R. P. Brent, Algorithms for Minimization without "
                  "Derivatives, 1973, chapter 5",
        .test = "tests/unit/test_site.c",
    },
    {
        .id = "survey-alignment",
        .text = "where a magnet stands, from |B| measured at points of a room, and which points do "
                "not belong",
        .formula =
            "least squares of ln |B| over isocentre and azimuth, from many starts, first with "
            "Cauchy's and Tukey's loss; weights from the uncertainties of reading and position "
            "(through |∇|B||), what the model does not know as errors common to the points; points "
            "with a studentised residual that chance gives to one survey in 100 (within 0.5 m of "
            "such a point: beyond 2) are left out and the fit repeated; outward displacement = "
            "ln "
            "(measured / model) |B| / |∇|B||; E_n = (measured − model) / (2 u of both)",
        .valid =
            "at least 6 points, one rigid magnet in air; points in one plane need the height of "
            "the isocentre, or are taken as the plane of the isocentre where the field allows "
            "it; at most a third of the points disturbed. Thirty points on "
            "three sides, iron among them: off by up to four standard uncertainties in one of ten",
        .accuracy = "60 points of 5 mm and 2 %, five of them disturbed, exact model: within 1 cm "
                    "across the room, 2 cm in height and 0.5°; "
                    "uncertainties from the covariance, times √(χ²/degrees of freedom) where that "
                    "exceeds 1",
        .source =
            "JCGM 100:2008, 5.2; ISO 13528:2022 (E_n); J. R. Taylor, An Introduction to Error "
            "Analysis, 2nd edition, 1997, chapter 6 (Chauvenet's criterion); GNU Scientific "
            "Library (multifit_nlinear)",
        .test = "tests/unit/test_survey.c",
    },
};

const mrse_method_list mrse_methods_field = {methods, sizeof methods / sizeof methods[0]};
