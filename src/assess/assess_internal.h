/* Shared between the rooms of assess. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_ASSESS_INTERNAL_H
#define MRSE_ASSESS_INTERNAL_H

#include "mrse/assess.h"

/* The numbers of a data sheet as data of a fit; `of` says which value each came from. */
typedef struct mrse_sheet_data {
    mrse_datum *datum;
    const mrse_value **of;
    size_t n;
    bool both; /* radial extents may be either meaning */
} mrse_sheet_data;
mrse_status mrse_sheet_data_load(const mrse_scanner *scanner, mrse_sheet_data *out) MRSE_MUST_USE;
void mrse_sheet_data_clear(mrse_sheet_data *data);
/* B0 from f0 beside the nominal field. */
void mrse_study_f0(mrse_study *study, const mrse_sheet_data *data);

/* The field model of a scanner and what it rests on: its coil set, or a calibration
 * (study_model.c). */
mrse_status mrse_study_model(mrse_study *study, const mrse_sheet_data *data, bool optional,
                             mrse_diags *diags) MRSE_MUST_USE;
bool mrse_study_has_model(const mrse_study *study);
/* The sheet's numbers beside the model's (agreement.c). */
mrse_status mrse_study_agreement(mrse_study *study, const mrse_sheet_data *data) MRSE_MUST_USE;

/* Levels that are the same contour (study.c). */
bool mrse_same_level(double a_T, double b_T);
/* The extents' uncertainties of one contour (study.c); the row owns the contour. */
void mrse_contour_row_fill(const mrse_model *model, mrse_contour *contour, mrse_contour_row *row);

/* Radii that are the same cylinder. */
#define MRSE_SAME_RADIUS_M 1e-6

/* What a data sheet states as a maximum on a cylinder (sheet.c): NULL when it states nothing, or
 * nothing that is comparable with |B|, |grad |B|| or their product at a point, or a lower bound. */
const mrse_value *mrse_sheet_maximum(const mrse_data_sheet *sheet,
                                     const mrse_stated_cylinder *cylinder, mrse_kind kind);
/* The same of everywhere that a person can reach. */
const mrse_value *mrse_sheet_accessible(const mrse_data_sheet *sheet, mrse_kind kind);
void mrse_sheet_state_cylinder(const mrse_data_sheet *sheet, mrse_cylinder_row *row);

/* The largest values within reach (study_reach.c); is one of them a data sheet's? */
mrse_status mrse_study_reach(mrse_study *study) MRSE_MUST_USE;
bool mrse_reach_is_stated(const mrse_value *value);
/* What the data sheet states for a cylinder that holds the bore; false: nothing. */
bool mrse_reach_wall(const mrse_study *study, mrse_kind kind, mrse_value *out);
/* The number itself as the file holds it, or NULL. */
const mrse_value *mrse_reach_wall_stated(const mrse_study *study, mrse_kind kind);
/* Does the field model contradict what is stated of the reach: of everywhere, or of the wall? */
bool mrse_reach_differs(const mrse_study *study, mrse_kind kind);

/* Maps of a study (map.c). */
void mrse_map_clear(mrse_map *map);

/* True when a branch of a label names the scanner's nominal class, or names none (case.c). */
bool mrse_branch_admits(const mrse_label_branch *branch, const mrse_value *b0_nominal);

/* The manufacturer's maximum over the narrowest stated cylinder that contains an implant's ride with
 * 2u of its position (bounds.c); false: there is none. `agrees`: the model has no more on the ride
 * than on the cylinder, and does not differ from the stated number. */
typedef struct mrse_containing {
    mrse_value maximum;
    char name[96];
    bool agrees;
} mrse_containing;
bool mrse_sheet_holds_ride(const mrse_assessment *a, const mrse_implant_result *r, mrse_kind kind,
                           mrse_containing *out);

/* A finding for each number of the data sheet from which the model differs (bounds.c). */
mrse_status mrse_findings_add_agreement(mrse_assessment *a) MRSE_MUST_USE;

/* Findings of one implant (findings.c) and their working (working.c), appended to the assessment. */
mrse_status mrse_findings_add(mrse_assessment *a, const mrse_implant_result *result) MRSE_MUST_USE;
mrse_status mrse_working_add_scanner(mrse_assessment *a) MRSE_MUST_USE;
mrse_status mrse_working_add(mrse_assessment *a, const mrse_implant_result *result) MRSE_MUST_USE;

/* The same of the site (site_findings.c, site_working.c). */
/* Each line of the case's survey, with the working of those that have a name (survey_findings.c). */
mrse_status mrse_findings_add_survey(mrse_assessment *a) MRSE_MUST_USE;
mrse_status mrse_findings_add_site(mrse_assessment *a) MRSE_MUST_USE;
mrse_status mrse_working_add_site(mrse_assessment *a) MRSE_MUST_USE;

/* The pair of sequences of a modification: computed, its limits judged, the working
 * (sequence_case.c). Nothing without a pair. `path` of both, as resolved. */
#define MRSE_MODIFICATION "the modification"
bool mrse_case_modifies(const mrse_case *c, const mrse_case_sequence **before,
                        const mrse_case_sequence **after);
mrse_status mrse_case_sequences(mrse_assessment *a, const char *before, const char *after,
                                mrse_diags *diags) MRSE_MUST_USE;
mrse_status mrse_findings_add_sequences(mrse_assessment *a) MRSE_MUST_USE;
void mrse_case_position(const mrse_case *c, const mrse_case_implant *implant, mrse_position *p);

/* The mode chosen for the patient, against the labels' and the scanner's setting (patient.c); nothing
 * when the case says nothing that asks for it. */
#define MRSE_PATIENT "the patient"
mrse_status mrse_findings_add_patient(mrse_assessment *a) MRSE_MUST_USE;

/* The worst decisive verdict, and what it rests on, into the assessment (conclude.c). */
void mrse_assessment_conclude(mrse_assessment *a);

/* What all labels together leave, when every finding is there: limits and modes (binding.c), a
 * timetable (timetable.c). */
mrse_status mrse_bindings_find(mrse_assessment *a) MRSE_MUST_USE;
mrse_modes mrse_modes_of(const mrse_assessment *a);
mrse_status mrse_timetable_find(mrse_assessment *a) MRSE_MUST_USE;

/* Objects without a label: their files, hazards and levers (object_case.c). */
mrse_status mrse_case_objects(mrse_assessment *a, const mrse_refs *refs,
                              mrse_diags *diags) MRSE_MUST_USE;
void mrse_case_objects_clear(mrse_assessment *a);
/* Whether a scanner file is another than the case's own, byte for byte (comparison.c). */
mrse_status mrse_case_is_foreign(const mrse_case *c, const char *scanner, const mrse_refs *refs,
                                 bool *foreign) MRSE_MUST_USE;
/* Implants and patient on the other scanner that the case names (comparison.c); nothing without. */
mrse_status mrse_case_elsewhere(mrse_assessment *a, const mrse_refs *refs,
                                mrse_diags *diags) MRSE_MUST_USE;
/* The working of an object, into the study (object_working.c). */
mrse_status mrse_object_working(mrse_object_study *study) MRSE_MUST_USE;
/* Where a file that the case names is found (case.c). */
mrse_status mrse_case_resolve(const char *case_path, const mrse_refs *refs, const char *written,
                              char **path) MRSE_MUST_USE;

/* Grow the lists by one zeroed item; NULL: no memory. */
mrse_finding *mrse_finding_new(mrse_assessment *a);
mrse_step *mrse_step_new(mrse_assessment *a);

#endif
