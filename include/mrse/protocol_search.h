/* Which changes of a protocol meet a set of limits, and what each costs: the Pareto front of scan
 * time, signal-to-noise and contrast-to-noise ratio. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PROTOCOL_SEARCH_H
#define MRSE_PROTOCOL_SEARCH_H

#include "mrse/dbdt.h"
#include "mrse/protocol_image.h"
#include "mrse/sar.h"
#include "mrse/verdict.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_MODIFY_SEARCH "modify-search"

typedef enum mrse_search_parameter {
    MRSE_SEARCH_TR = 0, /* s */
    MRSE_SEARCH_TE,     /* s; a train takes the echo nearest to it */
    MRSE_SEARCH_ETL,
    MRSE_SEARCH_REFOCUSING, /* rad; a train of several angles is scaled as a whole: its largest */
    MRSE_SEARCH_SLICES,
    MRSE_SEARCH_CONCATENATIONS,
    MRSE_SEARCH_RF_DURATION, /* factor on all excitation and refocusing pulses; before: 1 */
    MRSE_SEARCH_BANDWIDTH,   /* Hz, of one pixel */
    MRSE_SEARCH_SLEW,        /* factor on the slew of all lobes; before: 1 */
    MRSE_SEARCH_AVERAGES,
    MRSE_SEARCH_PARAMETERS
} mrse_search_parameter;

/* Where a parameter may go. All zero: the default of the family, see mrse_search_range_of. */
typedef struct mrse_search_range {
    bool kept;        /* stays as it is */
    double low, high; /* inclusive, in the unit of the parameter; low 0 and high 0: the default */
    size_t steps;     /* of the coarse grid, ends included; 0: the default */
} mrse_search_range;

typedef struct mrse_search {
    const mrse_protocol *base; /* borrowed, like all else here */
    /* Kind, relation and value: B1+ and SAR, dB/dt at `place_m`, slew of the sequence, scan time
     * (kind time), stimulation as share of its threshold (kind ratio). */
    const mrse_limit *limit;
    size_t n_limits;
    mrse_search_range range[MRSE_SEARCH_PARAMETERS];
    const mrse_image_choice *choice;    /* NULL: that of the region */
    const mrse_gradient_system *system; /* NULL: dB/dt and stimulation are not known */
    double place_m[3], u_place_m[3];    /* where dB/dt counts */
    const mrse_sar_pair *pair;          /* of the site; may be NULL */
    size_t n_pairs;
    size_t most; /* members of the front to return; 0: 12 */
} mrse_search;

typedef struct mrse_candidate {
    mrse_protocol *protocol; /* owned: mrse_protocol_copy_free */
    /* Value of each parameter before and after; NaN where the family has none. */
    double before[MRSE_SEARCH_PARAMETERS], after[MRSE_SEARCH_PARAMETERS];
    mrse_value *exposure;    /* one for each limit; owned */
    mrse_decision *decision; /* the same; owned */
    mrse_value time;         /* scan time */
    mrse_span snr, cnr;      /* first tissue, first pair, relative to the base */
    double excess; /* 0 when all limits are met; else how far the guarded exposure goes beyond the
                    * limit, relative, of the worst limit; INFINITY when some cannot be told */
} mrse_candidate;

/* What one limit does to the front. */
typedef struct mrse_search_binding {
    bool binds;     /* without it a candidate that no member of the front equals or beats */
    char text[256]; /* that candidate, or why it does not bind */
} mrse_search_binding;

typedef struct mrse_search_result {
    mrse_candidate *front; /* by scan time; owned */
    size_t n_front;
    size_t
        n_pareto; /* of which `front` holds the most different; a longer scan that gains less than
                      * 1 % in SNR and in CNR is left out */
    size_t n_tried, n_unfit; /* settings of the grid, and those that do not fit in time */
    mrse_candidate *nearest; /* when none meets the limits: smallest excess; NULL else; owned */
    mrse_search_binding *binding; /* one for each limit; owned */
    size_t n_bindings;
    char notice[320]; /* of dB/dt when it does not follow the settings, and why; "" */
    char
        reason[512]; /* when none: which limit binds, and which kept parameter would have to move */
} mrse_search_result;

const char *mrse_search_parameter_text(mrse_search_parameter parameter); /* "refocusing" */
/** The name in a file or on the command line ("rf-duration") to its parameter; false when unknown.
 *  Tests     tests/unit/test_protocol_search.c */
bool mrse_search_parameter_from_text(const char *text, mrse_search_parameter *parameter);

/** Where a parameter of a protocol goes when nothing else is said. TR 1 to 4 times; refocusing 60 to
 *  180 deg; ETL half to one and a half times; concatenations 1 to 4 times; RF duration 1 to 2 times;
 *  bandwidth half to once; slew 30 to 100 % when lobes are stated; averages 1 to 2 times. TE and
 *  slices stay, but TE follows where the timing asks for it. What the family lacks stays.
 *  Status    MRSE_OK | MRSE_ERR_ARG
 *  Tests     tests/unit/test_protocol_search.c */
mrse_status mrse_search_range_of(const mrse_protocol *base, mrse_search_parameter parameter,
                                 mrse_search_range *range) MRSE_MUST_USE;

/** A copy of a protocol with other settings, and all that follows from them: longer pulses lengthen
 *  echo spacing and TE, slower ramps those of EPI and DWI, ETL the trains, concatenations the slices
 *  of each TR.
 *  Given     value    one for each parameter, NaN: as in `base`
 *  Returned  out      owned by the caller (mrse_protocol_copy_free); what the console reported is not
 *                     in it. NULL when the settings do not fit
 *            why      what does not fit ("24 slices need 4.9 s, TR is 4.0 s"); "" when all does
 *  Valid     no slack is taken for granted in TE and echo spacing, no two lobes overlap; the echo of
 *            a train moves by half an echo spacing at most; slices fit TR by an estimate, or no more
 *            tightly than those of `base`
 *  Status    MRSE_OK (also when it does not fit) | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_protocol_search.c */
mrse_status mrse_protocol_modified(const mrse_protocol *base,
                                   const double value[MRSE_SEARCH_PARAMETERS], mrse_protocol **out,
                                   char why[MRSE_IMAGE_WHY]) MRSE_MUST_USE;
/** Free what mrse_protocol_modified made; NULL is fine. */
void mrse_protocol_copy_free(mrse_protocol *protocol);

/** What a candidate exposes to, of the kind of one limit.
 *  Returned  value   missing when it cannot be told; `why` then says why
 *  Status    MRSE_OK (also when missing) | MRSE_ERR_ARG | MRSE_ERR_RANGE | MRSE_ERR_NOMEM
 *  Accuracy  that of mrse_protocol_rf_of, mrse_sar_after, mrse_dbdt_at
 *  Tests     tests/unit/test_protocol_search.c */
mrse_status mrse_search_exposure(const mrse_search *search, const mrse_protocol *candidate,
                                 mrse_kind kind, mrse_value *value,
                                 char why[MRSE_IMAGE_WHY]) MRSE_MUST_USE;

/** The changes of a protocol that meet all limits and cost least.
 *  Returned  out    free with mrse_search_result_clear. Each member of the front meets every limit by
 *                   mrse_decide; none is equalled or beaten in time, SNR and CNR by another setting
 *                   of the grid that meets them
 *  Status    MRSE_OK (also when none is found) | MRSE_ERR_ARG (NULL, no limit, a range that is not
 *            one) | MRSE_ERR_RANGE (a tissue that is not in the table) | MRSE_ERR_LIMIT (a grid of
 *            more than 200 000 settings) | MRSE_ERR_NOMEM
 *  Accuracy  the grid: exhaustive on its steps, then once refined about each member of the front
 *  Valid     settings that the scanner accepts are not known: the console has the last word; slice
 *            profile, specific absorption and acoustic noise change with the pulses and are not ranked
 *  Source    definition
 *  Tests     tests/unit/test_protocol_search.c */
mrse_status mrse_search_run(const mrse_search *search, mrse_search_result *out) MRSE_MUST_USE;
void mrse_search_result_clear(mrse_search_result *result);

#ifdef __cplusplus
}
#endif
#endif
