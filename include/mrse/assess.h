/* A case, assessed: every condition of every label against what the scanner does.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_ASSESS_H
#define MRSE_ASSESS_H

#include "mrse/case.h"
#include "mrse/object_study.h"
#include "mrse/sequence_study.h"
#include "mrse/site_study.h"
#include "mrse/step.h"
#include "mrse/study.h"
#include "mrse/survey_study.h"
#include "mrse/verdict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One comparison of one condition with one exposure. */
typedef struct mrse_finding {
    const char *implant;  /* borrowed names; of a site the site's; "" when it is of the scanner */
    const char *branch;   /* "" when no branch is meant */
    char topic[96];       /* "spatial field gradient" */
    const char *printed;  /* the label's words; "" when it has none */
    bool numeric;         /* limit and exposure hold numbers */
    bool decisive;        /* counts towards the verdict of the case */
    const char *sequence; /* borrowed: of the planned one that this is about; "" */
    char quantity[160]; /* what is limited, with its basis: limits on the same words bind together,
                          * on any others they are not comparable; "" when it is no such limit */
    mrse_limit limit;
    mrse_value exposure;
    char exposure_name[96]; /* "largest over what a patient can reach" */
    mrse_decision decision;
    char ask[256]; /* for UNDETERMINED: the missing fact and whom to ask */
} mrse_finding;

/* The tightest limit on one quantity of all that apply: of several implants, whichever binds. Limits of
 * branches, steps and ways that are not known to apply are in none. */
typedef struct mrse_binding {
    size_t tightest; /* finding that states the limit */
    size_t worst; /* finding with the worst verdict, then the largest exposure, on this quantity */
    size_t n_labels;        /* implants whose labels limit it */
    mrse_decision decision; /* worst verdict over all of them; reason and margin of `worst` */
} mrse_binding;

/* A sequence in the timetable. */
typedef struct mrse_slot {
    size_t planned;    /* which */
    mrse_value length; /* missing: not known, and then `start_s` of what follows is NaN */
    double start_s;    /* from the beginning */
    double pause_s;    /* before it; in whole minutes where it was made longer */
    double added_s;    /* of that, more than was planned */
} mrse_slot;

/* The examination in time: as planned, or, where that does not keep to all clocks of all labels, a
 * timetable that does. */
typedef struct mrse_timetable {
    bool needed;    /* as planned some clock is not kept, or not known to be */
    bool possible;  /* needed: the slots are another timetable, held against every clock again, and
                     * all are MET. Else they are the plan */
    bool reordered; /* not in the order planned: that one cannot be kept */
    bool on_assumption; /* what it was held against, or a duration, is assumed */
    mrse_slot *slot;
    size_t n;
    double added_s;
    double rest_after_s; /* pause due afterwards */
    char reason[192];    /* needed and not possible: why */
} mrse_timetable;

/* Operating modes that the labels leave. */
typedef struct mrse_modes {
    bool stated;        /* some label that applies names one */
    mrse_set permitted; /* of mrse_label_mode_name: by all that do */
} mrse_modes;

typedef struct mrse_implant_result {
    const mrse_case_implant *implant; /* borrowed */
    mrse_label *label;                /* owned */
    char *label_path;                 /* as opened; owned */
    const mrse_label_branch *branch;  /* chosen; NULL when none or several apply */
    char branch_reason[192];
    char branch_ask[192];               /* where no branch is chosen: what to do about it */
    const mrse_label_limit *grad_limit; /* the branch's SFG limit; NULL when it states none */
    bool has_ride;
    mrse_ride ride;
} mrse_implant_result;

enum { MRSE_OBJECT_LEVERS = 8 };
typedef struct mrse_object_result {
    const mrse_case_object *object; /* borrowed */
    mrse_object_file *file;         /* owned, as all below */
    char *path;
    mrse_object_play *play; /* the sequences planned, and the one before a modification */
    size_t n_plays;         /* planned */
    mrse_object_study *study;
    mrse_object_lever lever[MRSE_OBJECT_LEVERS];
    size_t n_levers;
} mrse_object_result;

/* A sequence of the planned examination, by itself. */
typedef struct mrse_planned {
    const mrse_case_sequence *sequence; /* borrowed from the case */
    const char *name;                   /* borrowed */
    char *path;                         /* as opened; owned */
    mrse_sequence_study *study;         /* owned */
} mrse_planned;

typedef struct mrse_assessment {
    mrse_case *kase;       /* owned */
    mrse_scanner *scanner; /* owned */
    char *scanner_path;    /* as opened; owned */
    mrse_study *study;     /* owned; NULL: the case asks nothing about the static field */
    mrse_site *site;       /* owned, as all of these; NULL: the case has none */
    char *site_path, *image_path;
    mrse_picture *picture; /* NULL: the site has no image */
    mrse_site_study *room;
    mrse_survey *survey; /* owned; NULL: the case has none, and none of the next two */
    char *survey_path;
    mrse_survey_study *measured;
    mrse_planned *planned; /* owned; sequences to be run: planned ones, and the modified one */
    size_t n_planned;
    mrse_sequence_study *sequences;           /* owned; NULL: the case modifies none */
    const mrse_case_sequence *before, *after; /* borrowed from the case */
    mrse_implant_result *implant;
    size_t n_implants;
    mrse_object_result *object; /* owned: of things without a label no verdict comes */
    size_t n_objects;
    mrse_scanner *compare; /* owned, as the next two; NULL: no other scanner is named */
    mrse_study *compare_study;
    char *compare_path;
    mrse_finding *finding;
    size_t n_findings;
    mrse_binding *binding; /* owned; in the order of their first findings */
    size_t n_bindings;
    mrse_timetable timetable; /* its slots owned */
    mrse_modes modes;
    struct mrse_assessment *elsewhere; /* owned; labels on `compare_scanner`; NULL: none named */
    bool foreign; /* not the case's scanner, whose console therefore showed nothing of this one */
    mrse_step *step;
    size_t n_steps;
    mrse_verdict overall; /* worst of the decisive findings; never MET from a partial label */
    bool provisional, on_assumption;
    bool partial; /* a label of the case is known in part only */
} mrse_assessment;

/* Where the files that a case names are found: by default beside the case file; or, for a case that
 * was packed into a worksheet folder, through a table from the name as written to a path. */
typedef struct mrse_refs {
    const char *const *written; /* borrowed */
    const char *const *path;
    size_t n;
} mrse_refs;

/** What is said of a patient that asks for a stricter operating mode: "is pregnant, is a child".
 *  Returned  false, and "" in `out`, when nothing is
 *  Tests     tests/unit/test_assess_together.c */
bool mrse_patient_says(const mrse_case_patient *patient, char *out, size_t size);

/** Assess a case file: read it and the files it names, compute, judge.
 *  Given     path     the case file
 *            refs     NULL: the files it names lie beside it
 *  Returned  out      the assessment; free with mrse_assessment_free
 *  Status    MRSE_OK (whatever the verdicts) | MRSE_ERR_INPUT | MRSE_ERR_IO | MRSE_ERR_NUMERIC |
 *            MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_assess.c */
mrse_status mrse_assess_case(const char *path, const mrse_refs *refs, mrse_assessment **out,
                             mrse_diags *diags) MRSE_MUST_USE;
void mrse_assessment_free(mrse_assessment *assessment);

/** The same labels and examination on another scanner: implants and patient only. A site, a survey,
 *  objects and a modification belong to the case's own scanner and are left out.
 *  Given     path     the case file
 *            scanner  scanner file, as opened
 *            refs     as in mrse_assess_case
 *  Returned  out      the assessment; `foreign` unless the file is that of the case, byte for byte.
 *                     What was read off the console of the case's scanner then gives no verdict
 *  Status    as mrse_assess_case; MRSE_ERR_INPUT also for a case without implants
 *  Tests     tests/unit/test_assess_scanners.c */
mrse_status mrse_assess_case_on(const char *path, const char *scanner, const mrse_refs *refs,
                                mrse_assessment **out, mrse_diags *diags) MRSE_MUST_USE;

/* A case on several scanners, side by side. */
enum { MRSE_SCANNERS_MAX = 6 };
typedef struct mrse_comparison {
    mrse_assessment *on[MRSE_SCANNERS_MAX]; /* owned */
    size_t n;
    mrse_verdict overall; /* the worst of them: MET only when every condition is MET on each */
} mrse_comparison;

/** Assess a case on each of several scanners.
 *  Given     path      the case file
 *            scanner   n files, as opened
 *            n         1 to MRSE_SCANNERS_MAX
 *  Returned  out       free with mrse_comparison_free; a message that several scanners cause is
 *                      given once
 *  Status    as mrse_assess_case_on; MRSE_ERR_ARG also for n out of range
 *  Tests     tests/unit/test_assess_scanners.c */
mrse_status mrse_assess_compare(const char *path, const char *const *scanner, size_t n,
                                mrse_comparison **out, mrse_diags *diags) MRSE_MUST_USE;
void mrse_comparison_free(mrse_comparison *comparison);

#ifdef __cplusplus
}
#endif
#endif
