/* Methods: implants, objects and verdicts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "method_internal.h"

static const mrse_method methods[] = {
    {
        .id = "clock-schedule",
        .text = "largest scanning time on a planned examination, as a time condition counts it",
        .formula =
            "per sequence: the longest; window w: maximum over t of the activity in [t, t+w], "
            "at a corner of this piecewise linear function; continuous and rest: sum between "
            "pauses of at least the gap or rest; examination, lifetime: the sum; bounds with "
            "all sequences longer and all pauses shorter by U = 2u at once, and the reverse",
        .valid =
            "items one after another as planned; what is not said is taken both ways; MET when "
            "the upper bound meets the limit, NOT MET when the lower does not",
        .accuracy = "rounding of sums; timetables shortest to 1e-9 s, below a strict limit by 1 s",
        .source = "counting, as the label states it; exchange argument in "
                  "src/implant/clock_schedule.c",
        .test = "tests/unit/test_clock.c, tests/unit/test_clock_schedule.c",
    },
    {
        .id = "anatomy-stature",
        .text = "depth of a landmark or vertebra below the top of the head, from stature",
        .formula =
            "depth = share × stature; u² = u_level² + (share × u_stature)², u_level 1 to 3 cm "
            "(author), 2.5 cm for vertebrae; vertebrae laid between cervicale + 2 cm (disc "
            "below C7) and iliac crest (middle of L4)",
        .valid =
            "adults of either sex, 1.4 to 2.0 m, straight spine; an estimate: its origin is "
            "assumed, or unverified for glabella and symphysis; a level measured in the patient "
            "replaces it",
        .accuracy = "as u says; population means of landmarks to 0.1 mm",
        .source =
            "C. C. Gordon et al., 2012 Anthropometric Survey of U.S. Army Personnel, "
            "NATICK/TR-15/007, 2014; R. Drillis and R. Contini, Body segment parameters, 1966; "
            "R. Fick in Rauber-Kopsch (lengths of the column); R. Chakraverty et al., J. Anat. "
            "210, 2007, 232 (crest and L4)",
        .test = "tests/unit/test_anatomy.c",
    },
    {
        .id = "zone-rule",
        .text = "signed distance of isocentre or device to the edge of a zone along the body",
        .formula = "differences of depths; outside a zone: the greater of the distances to its two "
                   "edges, the vertebrae named included; from bore and coil: nearest part of the "
                   "device less half the length; u in quadrature, and reaching to the other edge "
                   "where that is as near",
        .valid = "along the body only; bore and coil end square; the couch stands still",
        .accuracy = "exact but for rounding; u of two places added without what they share",
        .source = "geometry; ISO/IEC Guide 98-4:2012, 8.3.2 (guarded acceptance)",
        .test = "tests/unit/test_zone.c",
    },
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

const mrse_method_list mrse_methods_implant = {methods, sizeof methods / sizeof methods[0]};
