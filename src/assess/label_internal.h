/* Between the parts that hold a label against an examination.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_ASSESS_LABEL_INTERNAL_H
#define MRSE_ASSESS_LABEL_INTERNAL_H

#include "assess_internal.h"

/* Yes, no, or not known and then why and whom to ask. */
typedef struct mrse_answer {
    mrse_known is;
    char why[160]; /* of a no: what is different; of not known: what is missing */
    char ask[160]; /* of not known */
} mrse_answer;

/* ---- what is known of the examination (examination.c) ---- */

/* The coil that transmits, from the scanner file or by its kind alone; false: not known. */
typedef struct mrse_exam_coil {
    const char *name;
    mrse_transmit transmit;
    mrse_drive drive;
    double channels;  /* NaN: not known */
    mrse_known fpo_b; /* whether FPO:B can be set with it */
} mrse_exam_coil;
bool mrse_exam_coil_of(const mrse_assessment *a, mrse_exam_coil *out);
bool mrse_exam_coil_named(const mrse_assessment *a, const char *name, mrse_exam_coil *out);
/* Is the coil of this name of the kind that transmits in the examination? Not known where a name tells no
 * kind, unless both are the same. */
mrse_known mrse_exam_same_coil(const mrse_assessment *a, const char *name);

/* Does the console of this scanner display B1+rms? Not known, too, where the scanner file says no and a
 * sequence file yes: a fallback that is not due would meet less than the label asks. */
mrse_answer mrse_exam_shows_b1_rms(const mrse_assessment *a);

/* Is a sequence file of another part of the body than what the case has at the isocentre? */
bool mrse_exam_is_elsewhere(const mrse_assessment *a, const mrse_planned *p);
/* Is any? Then no rule about the one place of the isocentre is met: `out` says why. */
bool mrse_exam_moves(const mrse_assessment *a, mrse_answer *out);

/* The case sets a mode that the scanner file, or what its console shows, denies: `out` says why. */
bool mrse_exam_denies_mode(const mrse_assessment *a, mrse_answer *out);

/* The entry that says what is confirmed under this name, or NULL. */
const mrse_case_confirmed *mrse_exam_confirmed(const mrse_case_implant *implant, const char *what);

bool mrse_exam_has_component(const mrse_case_implant *implant, const char *id);
/* One component of each group is implanted. */
bool mrse_exam_has_combination(const mrse_case_implant *implant, const mrse_label_combination *c);

/* The planned sequences with their breaks, and what is used up of the life of the implant `r` (NULL:
 * not known); clear with mrse_free(plan->item). */
mrse_status mrse_exam_plan(const mrse_assessment *a, const mrse_implant_result *r,
                           mrse_clock_plan *out) MRSE_MUST_USE;

/* What zones are decided from; `person` lives as long as the set-up is used. */
void mrse_exam_setup(const mrse_assessment *a, mrse_anatomy *person, mrse_zone_setup *out);

/* ---- guards and branches (label_guard.c) ---- */

mrse_answer mrse_label_guard_holds(const mrse_assessment *a, const mrse_implant_result *r,
                                   const mrse_label_guard *when);
/* Choose the branch that applies, and say why; NULL in r->branch when none or several do. */
void mrse_label_choose(const mrse_assessment *a, mrse_implant_result *r);

/* ---- requirements (label_terms.c, label_limits.c, label_rules.c) ---- */

/* Everything that the label demands with these terms: findings are added. */
mrse_status mrse_label_terms_add(mrse_assessment *a, const mrse_implant_result *r,
                                 const mrse_label_branch *b,
                                 const mrse_label_terms *terms) MRSE_MUST_USE;
mrse_status mrse_label_limit_add(mrse_assessment *a, const mrse_implant_result *r,
                                 const mrse_label_branch *b,
                                 const mrse_label_limit *limit) MRSE_MUST_USE;
mrse_status mrse_label_chain_add(mrse_assessment *a, const mrse_implant_result *r,
                                 const mrse_label_branch *b,
                                 const mrse_label_chain *chain) MRSE_MUST_USE;
/* The fastest change of a sequence that would meet the limit, into the finding (label_lever.c). */
mrse_status mrse_label_lever(const mrse_assessment *a, const mrse_implant_result *r,
                             mrse_finding *f, const mrse_planned *p) MRSE_MUST_USE;
mrse_status mrse_label_rules_add(mrse_assessment *a, const mrse_implant_result *r,
                                 const mrse_label_branch *b,
                                 const mrse_label_terms *terms) MRSE_MUST_USE;

/* True when at most one requirement of the branch (NULL: of the chosen one) and of the whole label has
 * this name, so that a confirmation under the name cannot mean another (label_names.c). */
bool mrse_label_alone(const mrse_assessment *a, const mrse_implant_result *r,
                      const mrse_label_branch *b, const char *name);
/* True when the words of a requirement are not the name of another, so that what is confirmed under them
 * means this one. */
bool mrse_label_words_alone(const mrse_implant_result *r, const mrse_label_branch *b,
                            const char *printed);
/* True when no other requirement asks for the same setting of the same thing in other words: "therapy:
 * off" then says which is meant. */
bool mrse_label_setting_alone(const mrse_implant_result *r, const mrse_label_branch *b,
                              const mrse_label_state *st);

mrse_status mrse_label_clocks_add(mrse_assessment *a, const mrse_implant_result *r,
                                  const mrse_label_branch *b,
                                  const mrse_label_terms *terms) MRSE_MUST_USE; /* label_clock.c */

/* ---- what to do about it (label_advice.c) ---- */

/* What else at the isocentre would keep the rule. */
mrse_status mrse_advise_place(const mrse_zone_setup *setup, const mrse_zone_rule *rule,
                              mrse_finding *f) MRSE_MUST_USE;
/* The implant's own ride, the other way round, another scanner: for findings from number `first` on. */
mrse_status mrse_advise_spatial(mrse_assessment *a, const mrse_implant_result *r,
                                size_t first) MRSE_MUST_USE;
/* No open point without a word on what to do: for those that have none. */
void mrse_advise_rest(mrse_assessment *a);

/* A gradient or product against the scanner's maximum and the implant's ride (findings.c). */
mrse_status mrse_findings_add_spatial(mrse_assessment *a, const mrse_implant_result *r,
                                      const mrse_label_branch *b,
                                      const mrse_label_limit *limit) MRSE_MUST_USE;
/* Parts that make the construct MR Unsafe, combinations that the label rules on, open ports
 * (label_parts.c). */
mrse_status mrse_label_parts_add(mrse_assessment *a, const mrse_implant_result *r) MRSE_MUST_USE;
/* Begin a finding of an implant, and give it its verdict (findings.c). */
mrse_finding *mrse_finding_start(mrse_assessment *a, const mrse_implant_result *r,
                                 const mrse_label_branch *branch, const char *topic,
                                 const char *printed);
void mrse_finding_say(mrse_finding *f, mrse_verdict verdict, const char *reason, const char *ask);
/* A lower limit of an exposure is a slip of the pen: more of it must not meet it. True: said so. */
bool mrse_finding_from_below(mrse_finding *f);

#endif
