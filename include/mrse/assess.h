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
    const char *implant; /* borrowed names; of a site the site's; "" when it is of the scanner */
    const char *branch;  /* "" when no branch is meant */
    char topic[96];      /* "spatial field gradient" */
    const char *printed; /* the label's words; "" when it has none */
    bool numeric;        /* limit and exposure hold numbers */
    bool decisive;       /* counts towards the verdict of the case */
    mrse_limit limit;
    mrse_value exposure;
    char exposure_name[96]; /* "largest over what a patient can reach" */
    mrse_decision decision;
    char ask[256]; /* for UNDETERMINED: the missing fact and whom to ask */
} mrse_finding;

typedef struct mrse_implant_result {
    const mrse_case_implant *implant; /* borrowed */
    mrse_label *label;                /* owned */
    char *label_path;                 /* as opened; owned */
    const mrse_label_branch *branch;  /* chosen; NULL when none or several apply */
    char branch_reason[192];
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

#ifdef __cplusplus
}
#endif
#endif
