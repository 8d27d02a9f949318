/* The hazards of an object without a label on its ride: what each candidate material gives, what the
 * doubt about it amounts to, and what to find out next. No verdict comes of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_OBJECT_STUDY_H
#define MRSE_OBJECT_STUDY_H

#include "mrse/artefact.h"
#include "mrse/hazard_mc.h"
#include "mrse/magnet_function.h"
#include "mrse/object_file.h"
#include "mrse/rf_length.h"
#include "mrse/sequence_study.h"
#include "mrse/step.h"
#include "mrse/study.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Turning the head or the trunk beside the magnet, a quarter turn in a second; assumed. */
#define MRSE_TURN_RATE_RAD_S 1.5707963267948966

enum { MRSE_OBJECT_SAMPLES = 100000 };

/* A sequence that is to be run; all borrowed. */
typedef struct mrse_object_play {
    const mrse_sequence_input *input;
    const char *name;
    double duration_s; /* as planned; NaN: as the sequence says */
} mrse_object_play;

/* What acts on it besides the static field; NaN: not known, and what needs it is missing. What is
 * given here stands before what the sequences say. */
typedef struct mrse_object_setting {
    double couch_m_s, walking_m_s;
    double dbdt_rms_T_s, u_dbdt_T_s, dbdt_frequency_Hz, duration_s; /* gradients at the object */
    double bandwidth_Hz, echo_time_s, voxel_m;                      /* for the artefact */
    const mrse_object_play *play;                                   /* borrowed, until freed */
    size_t n_plays;
    size_t samples;    /* 0: MRSE_OBJECT_SAMPLES */
    bool dbdt_at_peak; /* dB/dt is a peak: power and rise are bounds */
    bool bands;        /* also along the ride */
} mrse_object_setting;

/* One candidate in the middle of its ranges, with the sizes as stated. */
typedef struct mrse_object_candidate_row {
    mrse_material material;
    const char *because; /* borrowed */
    mrse_ride_force at;
    mrse_artefact artefact;
    mrse_hazard_band band; /* of this candidate alone; empty (z 0) unless asked for */
} mrse_object_candidate_row;

/* What one sequence does at the object. */
typedef struct mrse_object_played {
    const char *name; /* borrowed */
    mrse_dbdt dbdt;
    double dbdt_T_s, u_dbdt_T_s; /* rms, or the peak, which is no less; NaN: neither is known */
    bool at_peak;                /* the peak stands for the rms */
    double frequency_Hz;         /* of a sinusoid of its largest slew rate and amplitude */
    double duration_s, bandwidth_Hz, echo_time_s, voxel_m; /* NaN: not known */
    mrse_value b1_rms;
    const char *b1_name; /* what that number is; borrowed */
} mrse_object_played;

typedef struct mrse_object_study {
    const mrse_object_file *object; /* borrowed, as the next */
    const mrse_study *study;
    mrse_object_setting setting; /* as used: with what the sequences say */
    mrse_object_played *played;
    size_t n_played;
    char played_reason[192]; /* why the sequences do not give dB/dt; "" */
    mrse_body body;
    mrse_ride ride; /* owned */
    mrse_place_spread place;
    double table_error[2];      /* of the field's table: |B|, gradient */
    mrse_hazard_result sampled; /* all that is not known at once */
    mrse_hazard rise;           /* bound on heating by gradients, K */
    mrse_rf_judgement rf;
    double rf_frequency_Hz, rf_length_m;
    bool rf_gel;             /* the medium is that of phantoms, not the file's */
    mrse_magnet_state state; /* of magnets */
    mrse_object_candidate_row *candidate;
    size_t n_candidates;
    mrse_step *step; /* the working; none of a comparison (fewer samples than the whole) */
    size_t n_steps;
} mrse_object_study;

/** Setting in which nothing is known but the speeds.
 *  Tests     tests/unit/test_object_study.c */
mrse_object_setting mrse_object_setting_default(void);

/** What sequences do at a place: each by itself, and the worst of all into the setting where it says
 *  nothing itself: largest dB/dt and frequency, as if it went on for the sum of the durations; least
 *  bandwidth, largest echo time and voxel. One of them not known: not known.
 *  Given     scanner   its gradients
 *            place_m, u_place_m   of the object, from the isocentre
 *            setting   with its plays
 *  Returned  out       one for each play, owned by the caller (mrse_free); NULL when there are none
 *            reason    why dB/dt is not known, or ""
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL) | as mrse_dbdt_at | MRSE_ERR_NOMEM
 *  Valid     where a sequence gives no rms dB/dt its peak is taken: an upper bound; frequency: slew
 *            rate over 2 pi times amplitude, each the largest; it decides validities
 *            only
 *  Tests     tests/unit/test_object_study.c */
mrse_status mrse_object_play_all(const mrse_scanner *scanner, const double place_m[3],
                                 const double u_place_m[3], mrse_object_setting *setting,
                                 mrse_object_played **out, char reason[192]) MRSE_MUST_USE;

/** All hazards of an object on a ride.
 *  Given     study, object  borrowed until the result is freed
 *            position       as of implants, with standard uncertainties
 *  Returned  out            mrse_object_study_free; NULL on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE (no ride through the bore, or a place known so
 *            badly that it may lie in the covers) | MRSE_ERR_NUMERIC | MRSE_ERR_NOMEM
 *  Accuracy  as mrse_hazard_sample; candidates as mrse_ride_force_of
 *  Valid     as those; a hazard out of its validity is missing, with the reason
 *  Tests     tests/unit/test_object_study.c, test_object_case.c */
mrse_status mrse_object_study_run(const mrse_study *study, const mrse_object_file *object,
                                  const mrse_position *position, const mrse_object_setting *setting,
                                  mrse_object_study **out) MRSE_MUST_USE;
void mrse_object_study_free(mrse_object_study *study);

/* What could be done otherwise, computed: the same object on another ride or scanner, slower, or with
 * another sequence. */
typedef struct mrse_object_lever {
    char what[96];            /* "2 cm nearer to the axis of the bore" */
    mrse_object_study *study; /* owned; NULL: there is no such ride */
} mrse_object_lever;

/** Force over weight on this ride, from a deflection that was measured elsewhere: as of something
 *  saturated (by the gradient) and as of something weakly magnetic (by the product).
 *  Returned  NaN each where the test does not say enough
 *  Valid     the same regime in both fields, the same orientation as in the test
 *  Tests     tests/unit/test_object_study.c */
void mrse_object_test_ratio(const mrse_object_study *study, const mrse_object_test *test,
                            double *saturated, double *linear);

#ifdef __cplusplus
}
#endif
#endif
