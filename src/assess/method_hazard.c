/* Methods: hazards of objects without a label.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "method_internal.h"

static const mrse_method methods[] = {
    {
        .id = "demagnetising-factors",
        .text = "demagnetising factors, volume and longest dimension of a shape",
        .formula = "ellipsoid N_i = abc/3 RD(a_j², a_k², a_i²), ΣN = 1; cylinder, plate and wire: "
                   "the ellipsoid of the same proportions, beside the exact factor of uniform "
                   "magnetisation; ring and spring: mean of ½(1 − t tᵀ) along the wire",
        .valid = "ellipsoids: always; cylinders and plates: exact when weak or saturated to within "
                 "the difference of the two factors; rings and springs: |χ| < 1",
        .accuracy =
            "1e-12; strongly magnetic unsaturated cylinders and plates are magnetised up to "
            "30 % more",
        .source = "J. A. Osborn, Phys. Rev. 67 (1945) 351; R. I. Joseph, J. Appl. Phys. 37 (1966) "
                  "4639; A. Aharoni, J. Appl. Phys. 83 (1998) 3432",
        .test = "tests/unit/test_hazard_shape.c, tests/evidence/evidence_hazards.c",
    },
    {
        .id = "magnetisation-energy",
        .text = "magnetisation of a body, from weakly magnetic to saturated",
        .formula =
            "least energy: M_i (h + N_i) = B_i/µ0, h = H/|M| = 1/(χ (1 − |M|/Ms)) (Froehlich "
            "and Kennelly), 1/χ when linear; permanent magnets M = Br/µ0",
        .valid =
            "uniform field over the body, no hysteresis; rings and springs of strongly magnetic "
            "wire are taken as saturated, an upper bound",
        .accuracy = "1e-12 relative",
        .source = "W. F. Brown, Magnetostatic Principles in Ferromagnetism, 1962; D. McRobbie, "
                  "Essentials of MRI Safety, 2020, 2.16 to 2.18",
        .test = "tests/unit/test_hazard_magnetisation.c, tests/evidence/evidence_hazards.c",
    },
    {
        .id = "object-force",
        .text = "largest displacement force on an object on its ride",
        .formula = "F = V (M·∇)B along the ride, with ratio F/(m g) and angle atan of it; weak: "
                   "where |B||∇|B|| is largest, saturated: where |∇|B|| is",
        .valid =
            "longest dimension × |∇|B|| / |B| < 1; a weighed mass within a factor of 2 of that "
            "of a solid body; orientation not known: an upper "
            "bound, the most easily magnetised axis along the steepest direction of the "
            "field. A force below the weight is a reference point, "
            "no acceptance criterion (ASTM F2052-21, 5.2)",
        .accuracy = "1e-6 relative against the field model; u from the field model only",
        .source = "gradient of the energy of magnetisation-energy; ASTM F2052 for the comparison",
        .test = "tests/unit/test_hazard_ride.c, tests/evidence/evidence_hazards.c",
    },
    {
        .id = "object-torque",
        .text = "largest torque on an object on its ride",
        .formula =
            "τ = V M × B, beside weight × longest dimension; orientation not known: the worst "
            "angle in the largest |B|",
        .valid = "as magnetisation-energy; weakly magnetic alloys: a lower bound, anisotropy of χ "
                 "gave more than 100 times this (ISMRM 2018, 4063)",
        .accuracy = "1e-6 relative against the field model",
        .source = "derivative of the energy of magnetisation-energy; ASTM F2213 for the comparison",
        .test = "tests/unit/test_hazard_ride.c, tests/evidence/evidence_hazards.c",
    },
    {
        .id = "magnet-demagnetisation",
        .text = "whether a permanent magnet may lose magnetisation",
        .formula = "H = (B cos θ − N Br)/µ0 against the knee of its curve; from 80° on possible in "
                   "any case",
        .valid = "graded, not computed; a knee that is not known is never unlikely",
        .accuracy = "none stated",
        .source = "Otolaryngol. Head Neck Surg. 2008, doi 10.1016/j.otohns.2008.07.026",
        .test = "tests/unit/test_hazard_function.c",
    },
    {
        .id = "switch-places",
        .text = "where on a ride |B| reaches the levels of magnetic switches",
        .formula = "|B| ≥ 0.5, 0.9, 1.0 mT: first and last place, by bisection",
        .valid = "as the field model; a switch responds to a component, which is no larger",
        .accuracy = "1e-6 m; scanned in steps of 5 mm",
        .source = "levels: MHRA and IEC 60601-2-33 lines, and reed switches [untraced]",
        .test = "tests/unit/test_hazard_function.c",
    },
    {
        .id = "lenz-disc",
        .text = "drag on a conductor that turns or moves in the static field",
        .formula = "power of eddy currents over the rate: torque σ g B² ω, force σ g G² v, g as of "
                   "eddy-power; disc: π σ t R⁴ B² ω / 8, π σ t R⁴ G² v / 8",
        .valid = "as eddy-power, with ω for the frequency, or v G / B; the worst way round",
        .accuracy = "high by the square of the validity number; plates, pins and wires: an upper "
                    "bound",
        .source = "derived; skin effect neglected as in arXiv:2509.14976",
        .test = "tests/unit/test_hazard_eddy.c, tests/evidence/evidence_hazards.c",
    },
    {
        .id = "eddy-power",
        .text = "power of switched gradients in a conductor, and the rise without cooling",
        .formula = "σ g Ḃ² in the worst direction, g = Ixx Iyy / (Ixx + Iyy), Ixx = ∫x² dV; disc "
                   "π σ t R⁴ Ḃ²/8, sphere 2π σ R⁵ Ḃ²/15, ring (π R² Ḃ)²/resistance, Ḃ rms; rise "
                   "P t/(m c)",
        .valid = "µ0 σ ω × half width × thickness < 1, and thickness below the skin depth; sphere: "
                 "R below it; ring: ω L below its resistance; not coils; not what is strongly "
                 "magnetic and not saturated where it lies; else missing. The rise is an upper "
                 "bound; RF heating adds to it",
        .accuracy = "high by the square of the validity number; exact in ellipsoids, spheres and "
                    "discs, an upper bound in plates (18 % above in a square one), pins and wires",
        .source = "Thomson's principle of least dissipation with a linear field; exposure level of "
                  "ISO/TS 10974 as in doi 10.1002/jmri.28321",
        .test = "tests/unit/test_hazard_eddy.c, tests/evidence/evidence_hazards.c",
    },
    {
        .id = "rf-length",
        .text = "length of a conductor against the wavelength in tissue",
        .formula =
            "λ = 2π / Re(k), k² = ω²µ0 (ε + iσ/ω); insulated wire: k_L² = k_i² (ln(b/a) + F) "
            "/ ln(b/a), F = −ln(kb/2) − 0.5772 + iπ/2; first resonance at 0.6 to 1.3 half "
            "waves",
        .valid =
            "graded with published statements; no temperature. Bare half waves are no limit for "
            "insulated conductors",
        .accuracy = "wavelength 1e-14; the grade is a screen; constants of tissue [untraced]",
        .source = "J. D. Jackson, Classical Electrodynamics, 1999, 7.5; R. W. P. King and others, "
                  "IEEE Trans. Microwave Theory Tech. 31 (1983) 574",
        .test = "tests/unit/test_hazard_rf.c, tests/evidence/evidence_hazards.c",
    },
    {
        .id = "artefact-dipole",
        .text = "how far from an object an image is disturbed",
        .formula = "C = µ0 m / (4π); displacement r³ = 2 C γ / (bandwidth × pixels) along B0, half "
                   "of it across; dephasing r⁴ = 6 C γ TE × voxel",
        .valid = "beyond the object: half its longest dimension below r; else missing",
        .accuracy = "an estimate; not the artefact of ASTM F2119",
        .source =
            "J. D. Jackson, Classical Electrodynamics, 1999, 5.6; J. F. Schenck, Med. Phys. 23 "
            "(1996) 815",
        .test = "tests/unit/test_hazard_function.c",
    },
    {
        .id = "hazard-monte-carlo",
        .text = "median, 95 % interval and largest of each hazard, and which input decides",
        .formula =
            "samples of size, material, orientation, place and field (mt19937, seed "
            "recorded), each along its ride of 400 places in a table of the field; share of "
            "an input = variance between 20 classes of it / variance, of the logarithm, less "
            "chance",
        .valid =
            "independent inputs; the interval is from the least 2.5 % to the largest 97.5 % of "
            "any candidate; of up to 1 % of a candidate's samples out of validity each counts "
            "as 0 for the lower end and as without bound for the upper; with more there are no "
            "numbers",
        .accuracy = "table: stated with it; ride 0.2 %; quantiles: of the number of samples",
        .source = "JCGM 101:2008; A. Saltelli and others, Global Sensitivity Analysis, 2008, 1.2.6",
        .test = "tests/unit/test_hazard_mc.c, tests/bench/bench_hazard.c",
    },
};

const mrse_method_list mrse_methods_hazard = {methods, sizeof methods / sizeof methods[0]};
