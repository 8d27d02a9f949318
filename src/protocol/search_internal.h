/* Shared by the parts of the search for changes. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PROTOCOL_SEARCH_INTERNAL_H
#define MRSE_PROTOCOL_SEARCH_INTERNAL_H

#include "mrse/protocol_gradient.h"
#include "mrse/protocol_search.h"

enum { MRSE_SEARCH_LEVELS = 64, MRSE_SEARCH_LIMITS = 16, MRSE_SEARCH_GRID = 200000 };

/* The values that a parameter takes on the coarse grid; NaN: as the timing asks. */
typedef struct mrse_search_axis {
    double at[MRSE_SEARCH_LEVELS];
    size_t n;
    bool whole; /* a count: no half steps */
} mrse_search_axis;

/* One setting and what it costs. A cost that cannot be told is 0 for all settings alike. */
typedef struct mrse_search_point {
    double value[MRSE_SEARCH_PARAMETERS];
    double time_s, snr, cnr;
    double effort;    /* how much is changed: decides between equals */
    double excess;    /* NaN: not looked at yet */
    unsigned failing; /* one bit for each limit that is not met */
    size_t worst;     /* the limit with the largest excess */
    size_t rf, slew;  /* place in the memory of exposures; SIZE_MAX: none */
} mrse_search_point;

typedef struct mrse_search_list {
    mrse_search_point *point;
    size_t n, room;
} mrse_search_list;

/* The signals of a setting: the same for all numbers of slices, passes and averages. */
typedef struct mrse_search_signals {
    double key[MRSE_SEARCH_PARAMETERS];
    bool known, told;
    double first, difference; /* of the first tissue; between the tissues of the first pair */
} mrse_search_signals;

/* What is known of the base, and what is worked out once for many settings. */
typedef struct mrse_search_base {
    const mrse_search *search;
    mrse_image_choice choice;
    mrse_tissue tissue, pair[2]; /* first of the choice; those of its first pair */
    mrse_protocol_rf rf;
    mrse_acquisition acquisition;
    mrse_protocol_weighting weighting;
    double signal, difference;
    bool has_time, has_snr, has_cnr;
    char why[MRSE_IMAGE_WHY]; /* why one of them is not known */
    mrse_search_signals last;
    mrse_value *memory; /* exposures, by setting of what they depend on, and limit */
    bool *remembered;
    size_t n_memory;
} mrse_search_base;

mrse_protocol *mrse_search_copy(const mrse_protocol *from); /* NULL: no memory */
double mrse_search_value(const mrse_protocol *base, mrse_search_parameter parameter);
bool mrse_search_is_rf(mrse_kind kind);
bool mrse_search_is_gradient(mrse_kind kind);

/* A candidate, and its RF once that has been asked for. */
typedef struct mrse_search_subject {
    const mrse_protocol *protocol;
    mrse_protocol_rf rf;
    bool has_rf;
} mrse_search_subject;

/* As mrse_search_exposure, with mrse_protocol_rf_of the base at hand. */
mrse_status mrse_search_expose(const mrse_search *search, const mrse_protocol_rf *rf_base,
                               mrse_search_subject *subject, mrse_kind kind, mrse_value *value,
                               char why[MRSE_IMAGE_WHY]);
/* Says when a limit of dB/dt is compared with a number that no setting changes, or with none. */
mrse_status mrse_search_notice(const mrse_search *search, char *notice, size_t size) MRSE_MUST_USE;
void mrse_search_subject_end(mrse_search_subject *subject); /* frees the RF, not the protocol */
/* How far beyond its limit, relative; 0 when it is met; INFINITY when it cannot be told. */
double mrse_search_excess(const mrse_decision *decision, const mrse_limit *limit);

mrse_status mrse_search_base_begin(mrse_search_base *base, const mrse_search *search);
void mrse_search_base_end(mrse_search_base *base);
/* Time, SNR and CNR of a setting; `fits` false when it does not go. */
mrse_status mrse_search_cost(mrse_search_base *base, mrse_search_point *point, bool *fits);
/* Its limits: excess, failing, worst. */
mrse_status mrse_search_decide(mrse_search_base *base, mrse_search_point *point);

/* The values of a parameter that the search tries. */
mrse_status mrse_search_axis_of(const mrse_search *search, mrse_search_parameter parameter,
                                mrse_search_axis *axis);
mrse_status mrse_search_add(mrse_search_list *list, const mrse_search_point *point);

/* The candidates of a front, the most different ones first chosen; the nearest; the words. */
mrse_status mrse_search_report(mrse_search_base *base, mrse_search_list *front,
                               mrse_search_result *out);
mrse_status mrse_search_candidate(mrse_search_base *base, const mrse_search_point *point,
                                  mrse_candidate *out);
void mrse_search_candidate_clear(mrse_candidate *candidate);
mrse_status mrse_search_reason(mrse_search_base *base, const mrse_search_point *nearest,
                               mrse_search_result *out);
/* `without` holds for each limit the cheapest setting that fails only it; time_s NaN: none. */
mrse_status mrse_search_bindings(const mrse_search_base *base, const mrse_search_point *without,
                                 mrse_search_result *out);

#endif
