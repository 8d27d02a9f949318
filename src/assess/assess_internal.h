/* Shared between the rooms of assess. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_ASSESS_INTERNAL_H
#define MRSE_ASSESS_INTERNAL_H

#include "mrse/assess.h"

/* The field model of a scanner: of its coil set (study_model.c). */
mrse_status mrse_study_model(mrse_study *study, mrse_diags *diags) MRSE_MUST_USE;

/* The extents' uncertainties of one contour (study.c); the row owns the contour. */
mrse_status mrse_contour_row_fill(const mrse_model *model, mrse_contour *contour,
                                  mrse_contour_row *row) MRSE_MUST_USE;

/* Radii that are the same cylinder. */
#define MRSE_SAME_RADIUS_M 1e-6

/* What a data sheet states as a maximum on a cylinder (sheet.c): NULL when it states nothing, or
 * nothing that is comparable with |B|, |grad |B|| or their product at a point, or a lower bound. */
const mrse_value *mrse_sheet_maximum(const mrse_data_sheet *sheet,
                                     const mrse_stated_cylinder *cylinder, mrse_kind kind);
void mrse_sheet_state_cylinder(const mrse_data_sheet *sheet, mrse_cylinder_row *row);

/* The largest values within reach (study_reach.c); is one of them a data sheet's? */
mrse_status mrse_study_reach(mrse_study *study) MRSE_MUST_USE;
bool mrse_reach_is_stated(const mrse_value *value);

/* Maps of a study (map.c). */
mrse_status mrse_study_maps(mrse_study *study) MRSE_MUST_USE;
void mrse_map_clear(mrse_map *map);

/* True when a branch of a label names the scanner's nominal class, or names none (case.c). */
bool mrse_branch_admits(const mrse_label_branch *branch, const mrse_value *b0_nominal);

/* Findings of one implant (findings.c) and their working (working.c), appended to the assessment. */
mrse_status mrse_findings_add(mrse_assessment *a, const mrse_implant_result *result) MRSE_MUST_USE;
mrse_status mrse_working_add_scanner(mrse_assessment *a) MRSE_MUST_USE;
mrse_status mrse_working_add(mrse_assessment *a, const mrse_implant_result *result) MRSE_MUST_USE;

/* Grow the lists by one zeroed item; NULL: no memory. */
mrse_finding *mrse_finding_new(mrse_assessment *a);
mrse_step *mrse_step_new(mrse_assessment *a);

#endif
