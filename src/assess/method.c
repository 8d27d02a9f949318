/* The methods: one entry for each way in which a number is made, in the order of the floors.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/method.h"

#include <string.h>

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
    {
        .id = "rf-pulse-shape",
        .text = "peak B1+ and the integral of B1+ squared of an RF pulse, from its shape",
        .formula =
            "mean B1 = flip angle / (2π γ T); peak = mean / A, ∫B1² dt = P peak² T, with A and "
            "P the means of B1 and B1² over the peak's: rectangle, sinc (none, Hamming or Hann "
            "window), Gauss, Hann, half sine, triangle, Fermi; γ = 42.577478518 MHz/T (CODATA "
            "2018)",
        .valid =
            "one real envelope, on resonance; no adiabatic pulse, no VERSE; a vendor's pulse of "
            "the same name may differ, so that the console's own value goes before",
        .accuracy = "1e-12 relative for the shape as defined",
        .source =
            "definitions of the shapes; G. B. Matson, Magnetic Resonance Imaging 12 (1994) 1205",
        .test = "tests/unit/test_rf_pulse.c",
    },
    {
        .id = "image-epg",
        .text =
            "echoes of a train of RF pulses of any angles and phases (TSE, RF-spoiled and balanced "
            "gradient echo)",
        .formula = "configuration states F+, F−, Z: an RF pulse mixes them, dephasing shifts them, "
                   "relaxation scales them; in steady state Mz before the excitation is solved for",
        .valid =
            "on resonance, equal dephasing on both sides of a pulse, pulses short against T2; no "
            "diffusion, flow, slice profile or magnetisation transfer",
        .accuracy = "1e-13 of M0 against the Bloch equations of isochromats",
        .source = "M. Weigel, Journal of Magnetic Resonance Imaging 41 (2015) 266",
        .test = "tests/unit/test_epg.c",
    },
    {
        .id = "image-signal",
        .text =
            "steady-state signal of spin echo, spoiled and balanced gradient echo and inversion "
            "recovery",
        .formula = "closed forms of the Bloch equations in TR, TE, TI, flip angles, T1 and T2",
        .valid =
            "perfect spoiling (spoiled), on resonance and alternating pulses (balanced), no slice "
            "profile; T2 stands for T2* where no T2* is given, an upper bound of the signal",
        .accuracy = "1e-13 of M0 against the equations",
        .source =
            "R. R. Ernst and W. A. Anderson, Review of Scientific Instruments 37 (1966) 93; K. "
            "Scheffler and S. Lehnhardt, European Radiology 13 (2003) 2409; E. M. Haacke and "
            "others, Magnetic Resonance Imaging, 1999",
        .test = "tests/unit/test_signal.c",
    },
    {
        .id = "image-psf",
        .text = "blurring by an echo train along the phase-encoding direction",
        .formula =
            "full width at half maximum of |inverse Fourier transform of the echoes as they lie "
            "in k-space|, in pixels; linear or centric order",
        .valid = "the main lobe; no decay during the readout of one line, no filter",
        .accuracy = "1e-9 pixel for the weights given",
        .source = "R. T. Constable and J. C. Gore, Magnetic Resonance in Medicine 28 (1992) 9",
        .test = "tests/unit/test_psf.c",
    },
    {
        .id = "image-snr",
        .text = "signal-to-noise ratio of one sequence relative to another",
        .formula =
            "signal × voxel × √(averages × acquired lines × acquired partitions / bandwidth of "
            "a pixel) / g, after over before; range over T1 and T2 of the tissue, the same "
            "before and after",
        .valid = "same patient, coil, reconstruction and filter; thermal noise of the patient; the "
                 "root of the acceleration is in the acquired lines",
        .accuracy =
            "of the signals; the range is the largest change over a 5 × 5 grid that holds the "
            "corners of the ranges of T1 and T2",
        .source = "E. M. Haacke and others, Magnetic Resonance Imaging, 1999, chapter 15; K. P. "
                  "Pruessmann and others, Magnetic Resonance in Medicine 42 (1999) 952",
        .test = "tests/unit/test_contrast.c",
    },
    {
        .id = "image-contrast",
        .text = "contrast between two tissues, and its change",
        .formula =
            "a − b and (a − b) / (a + b) of the magnitudes of the signals; range: the largest "
            "and smallest over the ranges of T1 and T2 of both tissues",
        .valid =
            "equal proton densities; T1 and T2 from the table, whose entries say when their source "
            "has not been read (unverified)",
        .accuracy =
            "of the signals; extremes between the points of a 5 × 5 grid of T1 and T2 for each "
            "tissue are missed",
        .source = "definition; relaxation times: named in each entry of the table",
        .test = "tests/unit/test_contrast.c, tests/unit/test_tissue.c",
    },
    {
        .id = "image-scan-time",
        .text = "how long a sequence runs",
        .formula = "TR × (⌈lines × partitions / lines per TR⌉ × averages × volumes + dummies) × "
                   "concatenations; lines = ⌈⌈share × full⌉ / acceleration⌉ + reference lines",
        .valid =
            "without prescans, separate reference scans and triggering; consoles round the lines "
            "by rules of their own",
        .accuracy = "exact for the formula",
        .source = "definition",
        .test = "tests/unit/test_scan_time.c",
    },
    {
        .id = "pulseq-rf",
        .text = "B1+ of a Pulseq sequence: peak, and rms over any 10 s",
        .formula = "∫|B1+|²dt with B1+ = amplitude / γ: constant over each raster of a shape, a "
                   "straight line in the complex plane between samples with times of their own; "
                   "B1+rms = √(largest ∫ over any 10 s / 10 s)",
        .valid = "one transmit channel, amplitude as calibrated; a sequence shorter than 10 s is "
                 "taken as repeated back to back; γ = 42.576 MHz/T unless CODATA's is asked for",
        .accuracy = "1e-12 relative; the largest over all windows is exact, not sampled",
        .source = "Pulseq specification 1.5.1 (pulseq/pulseq 2fd6ab6, doc/specification.tex), 2.6; "
                  "window of 10 s: IEC 60601-2-33 [untraced]",
        .test = "tests/unit/test_exposure_b1.c, tests/evidence/evidence_sequence.c",
    },
    {
        .id = "pulseq-gradient",
        .text = "gradient amplitude and slew rate of a Pulseq sequence, by four definitions",
        .formula = "lines through the points of each gradient and its ends; slew = steepest line; "
                   "step between blocks / raster; of all as one line; difference of samples at "
                   "raster centres / raster; rotations applied before",
        .valid = "ideal linear gradients as commanded",
        .accuracy = "1e-12 relative",
        .source = "Pulseq specification 1.5.1; mdtisdall/pulseq-reports, "
                  "docs/notes/slew-definitions.md",
        .test = "tests/unit/test_exposure_gradient.c, tests/evidence/evidence_sequence.c",
    },
    {
        .id = "safe-model",
        .text = "nerve or cardiac stimulation by the SAFE model",
        .formula = "for each axis (a1|LP1(s)| + a2 LP2(|s|) + a3|LP3(s)|) g / limit, s the slew "
                   "rate between raster centres, LP(τ): y += dt/(τ+dt) (s − y); root of the sum of "
                   "squares over the axes",
        .valid = "the gradient system whose numbers it is given; the example hardware stands for "
                 "no scanner",
        .accuracy = "1e-12 relative of the model's own definition",
        .source = "F. Hebrank, M. Gebhardt, SAFE-Model, Proc. ISMRM 8, 2000, 2007; "
                  "filip-szczepankiewicz/safe_pns_prediction 0774e805",
        .test = "tests/unit/test_exposure_stimulation.c, tests/evidence/evidence_sequence.c",
    },
    {
        .id = "gradient-convolution",
        .text = "nerve stimulation by convolution of the slew rate with a nerve's response",
        .formula = "R = (α / rheobase) Σ s c dt / (c + t)², c the chronaxie, t the time since, up "
                   "to 20 ms; root of the sum of squares over the axes",
        .valid = "whole-body coils whose rheobase, chronaxie and effective length are given",
        .accuracy = "1e-12 relative of this sum; slew older than 20 ms, which the published model "
                    "keeps, moves the peak by less than 0.1 %",
        .source = "toppeMRI/toppe, +toppe/pns.m, after DIN EN 60601-2-33 [untraced]",
        .test = "tests/unit/test_exposure_stimulation.c, tests/evidence/evidence_sequence.c",
    },
#include "method_hazard.def"
    {
        .id = "decision-rule",
        .text = "verdict on one value against one limit",
        .formula = "≤: MET when value + U ≤ limit, NOT MET when value − U > limit, else "
                   "UNDETERMINED; U = 2u for a value computed or measured, U = 0 for a value as "
                   "displayed or declared; <, ≥, > and ranges likewise",
        .valid =
            "value and limit of the same kind, both finite and with a source; what is missing, "
            "not finite or unverified is UNDETERMINED",
        .accuracy = "numbers that agree to 1e-12 relative count as equal: MET for ≤ and ≥, NOT MET "
                    "for < and >",
        .source = "ISO/IEC Guide 98-4:2012, 8.3.2 (guarded acceptance)",
        .test = "tests/cases/decision.case, tests/unit/test_verdict.c",
    },
};

const mrse_method *mrse_methods(size_t *n)
{
    if (n)
        *n = sizeof methods / sizeof methods[0];
    return methods;
}

const mrse_method *mrse_method_find(const char *id)
{
    size_t i;

    for (i = 0; id && i < sizeof methods / sizeof methods[0]; i++)
        if (strcmp(methods[i].id, id) == 0)
            return &methods[i];
    return NULL;
}
