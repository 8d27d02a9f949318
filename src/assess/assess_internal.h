/* Shared between the rooms of assess. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_ASSESS_INTERNAL_H
#define MRSE_ASSESS_INTERNAL_H

#include "mrse/assess.h"

/* Maps of a study (map.c). */
mrse_status mrse_study_maps(mrse_study *study) MRSE_MUST_USE;
void mrse_map_clear(mrse_map *map);

/* True when a branch of a label names the scanner's nominal class, or names none (case.c). */
bool mrse_branch_admits(const mrse_label_branch *branch, const mrse_value *b0_nominal);

/* Findings of one implant (findings.c) and their working (working.c), appended to the assessment. */
mrse_status mrse_findings_add(mrse_assessment *a, const mrse_implant_result *result) MRSE_MUST_USE;
mrse_status mrse_working_add_scanner(mrse_assessment *a) MRSE_MUST_USE;
mrse_status mrse_working_add(mrse_assessment *a, const mrse_implant_result *result) MRSE_MUST_USE;

/* The same of the site (site_findings.c, site_working.c). */
mrse_status mrse_findings_add_site(mrse_assessment *a) MRSE_MUST_USE;
mrse_status mrse_working_add_site(mrse_assessment *a) MRSE_MUST_USE;

/* Grow the lists by one zeroed item; NULL: no memory. */
mrse_finding *mrse_finding_new(mrse_assessment *a);
mrse_step *mrse_step_new(mrse_assessment *a);

#endif
