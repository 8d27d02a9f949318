/* Methods: RF, gradients and images of sequences.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "method_internal.h"

static const mrse_method methods[] = {
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
    {
        .id = "protocol-b1rms",
        .text = "B1+rms and peak of a protocol, from its pulses and timing",
        .formula = "√(Σ pulses played in one TR × ∫B1²dt / TR); slices in one TR = ⌈slices / "
                   "passes⌉ / multiband; worst 10 s by the search of pulseq-rf, slices evenly "
                   "spread over TR",
        .valid = "steady state; all pulses stated; bands of multiband pulses added; not adiabatic, "
                 "not VERSE. Slices bunched within a TR of seconds make the worst 10 s larger",
        .accuracy = "u of the energy 2 % for a stated shape, 1 % with its peak stated, 13 % for a "
                    "peak and a flip angle without shape, and u of flip angle, duration and TR",
        .source = "rf-pulse-shape; windows of one sinc differ by 0.4 to 4 %; energy over peak × "
                  "mean was 0.667 to 1.052 in 28 shapes",
        .test = "tests/unit/test_protocol_rf.c",
    },
    {
        .id = "sar-ratio",
        .text = "SAR after a change, from what the console stated before it",
        .formula = "SAR × (slices in one TR / TR) after / before; else × (B1+rms after / before)²; "
                   "else × (∫B1²dt / TR) after / before; or the ratio of the same two sequences "
                   "in another examination",
        .valid = "same examination, registered mass, region, transmit coil, field and multiband "
                 "factor; times only where all pulses are the same; B1+rms for TR up to 5 s and no "
                 "multiband",
        .accuracy = "u of the ratio 0.05 % by times or by reference, 0.5 % by B1+rms, that of "
                    "protocol-b1rms by energy. The first two were set by the pairs they are shown "
                    "against; no pair has tested the energy",
        .source = "console values before and after (neurolabusc/dcm_qa and others): TR off by up "
                  "to 7e-4, B1+rms by up to 0.75 %",
        .test = "tests/unit/test_sar.c, tests/evidence/evidence_before_after.c",
    },
    {
        .id = "sar-site",
        .text = "SAR from a site's own pairs of SAR and B1+rms",
        .formula = "SAR = k B1+rms², k the mean of SAR / B1+rms² of the pairs",
        .valid =
            "same scanner, transmit coil and region, registered mass within 10 %, no multiband",
        .accuracy = "u: 27 % for one or two pairs, else their scatter × √(1 + 1/n), at least 1 %; "
                    "and 3.8 times the relative difference in mass",
        .source = "SAR of five systems off by 6 to 27 % (PMC5875836); k against registered mass on "
                  "one vendor's scanners",
        .test = "tests/unit/test_sar.c",
    },
    {
        .id = "sar-analytic",
        .text = "order of magnitude of SAR, from B1+rms alone",
        .formula = "head: sphere σω²B²R²/(10ρ), R 0.09 m; trunk: cylinder σω²B²R²/(4ρ), R 0.15 m, "
                   "whole body 0.3 of it; σ 0.5 S/m, ρ 1000 kg/m³",
        .valid = "a uniform body; never decides: its origin stays unverified",
        .accuracy = "within a factor of 3",
        .source = "quasi-static fields of a rotating uniform B1; at 128 MHz 0.26 and 0.54 W/kg per "
                  "µT², consoles and simulations gave 0.04 to 0.58",
        .test = "tests/unit/test_sar.c",
    },
    {
        .id = "sed",
        .text = "specific absorbed energy",
        .formula = "whole-body SAR × time",
        .valid = "mean SAR over that time",
        .accuracy = "u of both",
        .source = "definition; counter of one scanner over 19 series",
        .test = "tests/unit/test_sar.c",
    },
    {
        .id = "iec-limits",
        .text = "limits of IEC 60601-2-33 by operating mode",
        .formula = "whole body 2, 4 W/kg; head 3.2; partial body 10 − 8r, 10 − 6r; any 10 s twice "
                   "that; first level 0.25 W/kg less per °C above 25; core 0.5, 1 °C; nerves 80, "
                   "100 % of the mean threshold; SED warning 6, stop 14.4 kJ/kg (one vendor's)",
        .valid =
            "SAR as means of 6 min. [untraced], and so never MET: local 10 g SAR 10, 20 (head, "
            "trunk) and 20, 40 W/kg (limbs); cardiac dB/dt 20 / (1 − exp(−t / 3 ms)) T/s; "
            "whole body above 25 °C",
        .accuracy = "as printed; the standard itself was not read",
        .source = "mri-q.com/sar-limits; JIS Z 4951 (mri-anzen.or.jp); GE operator manual; "
                  "revisemri.com (MHRA); mriphysics.scot.nhs.uk",
        .test = "tests/unit/test_iec.c",
    },
    {
        .id = "dbdt-position",
        .text = "dB/dt at a place in the magnet from slew rates",
        .formula = "|dB/dt|² = sx²(x² + z²) + sy²(y² + z²) + sz²(z² + (x² + y²)/4) + 2 sx sy|xy| "
                   "+ sx sz|xz| + sy sz|yz|, the vector of ideal axes for the worst signs; without "
                   "a linear volume α √(8/7) √Σs², of one axis α s",
        .valid = "ideal axes within the scanner's linear volume by 2u of the place, or within the "
                 "reference radius α; beyond it only the declared maximum, as it stands; upper "
                 "bound: the axes at their largest together",
        .accuracy = "1e-15 relative of the bound; 2u from the place and the slew rates",
        .source = "M. A. Bernstein et al., Magn. Reson. Med. 39 (1998) 300: concomitant terms from "
                  "∇·B = 0 and ∇×B = 0; α: toppeMRI/toppe, +toppe/pns.m",
        .test = "tests/unit/test_dbdt.c",
    },
    {
        .id = "protocol-slew",
        .text = "largest slew rate of each axis of a protocol",
        .formula = "slew = amplitude / ramp of each listed lobe, the largest of each axis; what is "
                   "stated as the sequence's largest holds where no lobe is listed, and on every "
                   "axis when no listed lobe reaches it",
        .valid = "trapezoids as listed; never the rating of the system; an axis without a lobe and "
                 "without a statement is not known",
        .accuracy = "that of the statements",
        .source = "definition",
        .test = "tests/unit/test_protocol_gradient.c",
    },
    {
        .id = "stimulation-law",
        .text = "dB/dt as a share of the limits against nerve and cardiac stimulation",
        .formula = "L12 = rheobase (1 + chronaxie / ts), 0.8 L12 in the normal mode; cardiac 20 "
                   "T/s / (1 − exp(−ts / 3 ms)); ts the longest change of the gradient in one "
                   "direction; axes as root of the sum of squares",
        .valid = "single changes, or far apart; rheobase 20 T/s, chronaxie 0.36 ms, 0.8 and the "
                 "cardiac constants [untraced]: what uses them is unverified",
        .accuracy = "1e-12 relative of the law",
        .source = "78stepshealth.us, after IEC 60601-2-33 [untraced]; cardiac: agrees with M. "
                  "Klein, mrm.ismrm.org/t/503",
        .test = "tests/unit/test_protocol_gradient.c, tests/unit/test_exposure_stimulation.c",
    },
    {
        .id = "acoustic-amplitude",
        .text = "change of the sound level when all gradients are scaled",
        .formula = "ΔL = 20 log10(new amplitude / old)",
        .valid = "same timing, all gradients alike, same scanner, coil, patient and place; nothing "
                 "is said of other timing, where resonances decide",
        .accuracy = "that of a linear system: measured sound follows the linear model within 4 %",
        .source = "Z. Wu et al., Magn. Reson. Med. (2014), PubMed 23757158",
        .test = "tests/unit/test_acoustic.c",
    },
    {
        .id = "protocol-image",
        .text = "what a change of a protocol does to the image",
        .formula =
            "the methods image-* for before and after, weighting built from the protocol: SE, "
            "EPI and DWI with a refocusing pulse as spin echo, TSE as steady echo train with "
            "the stated angles, its centre echo the one nearest to TE; shift of EPI = echo "
            "spacing × lines / (acceleration × shots)",
        .valid = "nominal flip angles, no slice profile, no T2*, no diffusion: DWI at the same "
                 "b-value only; inversion-prepared gradient echoes are not computed",
        .accuracy = "of the methods used; a range over published T1 and T2 beside each number that "
                    "rests on them",
        .source = "the methods used",
        .test = "tests/unit/test_protocol_image.c",
    },
    {
        .id = "modify-search",
        .text = "changes of a protocol that meet a set of limits, and what each costs",
        .formula =
            "all settings of a coarse grid of TR, TE, ETL, refocusing angle, concatenations, RF "
            "duration, bandwidth, slew rate and averages; of those that meet every limit the "
            "Pareto "
            "front of scan time, SNR and CNR; then half a step about its members. Longer pulses, "
            "readouts and ramps lengthen echo spacing and TE by as much; the slices must fit TR",
        .valid =
            "no slack in TE and echo spacing is taken for granted, lobes do not overlap; what a "
            "console accepts is not known: it has the last word",
        .accuracy = "exhaustive on its grid; B1+ is carried along from the console's value where "
                    "that is stated, with the uncertainty of the pulses' shapes",
        .source = "definition; RF power: rf-pulse-shape; signals: image-epg, image-signal",
        .test = "tests/unit/test_protocol_search.c",
    },
};

const mrse_method_list mrse_methods_sequence = {methods, sizeof methods / sizeof methods[0]};
