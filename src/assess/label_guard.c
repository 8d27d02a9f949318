/* When a part of a label holds, and which branch applies. A guard that cannot be answered is never taken
 * for yes. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "label_internal.h"

/* The worse of two: a no ends it, then what is not known. */
static void join(mrse_answer *all, const mrse_answer *one)
{
    if (all->is == MRSE_KNOWN_NO || one->is == MRSE_KNOWN_YES)
        return;
    if (all->is == MRSE_KNOWN_NOT && one->is == MRSE_KNOWN_NOT)
        return;
    *all = *one;
}

static mrse_answer yes(void)
{
    return (mrse_answer){.is = MRSE_KNOWN_YES};
}

static mrse_answer no(const char *why)
{
    mrse_answer a = {.is = MRSE_KNOWN_NO};
    mrse_text_copy(a.why, sizeof a.why, why);
    return a;
}

static mrse_answer unknown(const char *why, const char *ask)
{
    mrse_answer a = {.is = MRSE_KNOWN_NOT};
    mrse_text_copy(a.why, sizeof a.why, why);
    mrse_text_copy(a.ask, sizeof a.ask, ask);
    return a;
}

static void ask_coil(const mrse_assessment *a, const mrse_label_guard *w, mrse_answer *all)
{
    mrse_exam_coil coil;
    mrse_answer one = yes();
    if (w->transmit == 0 && w->drive == 0)
        return;
    if (!mrse_exam_coil_of(a, &coil))
        one = unknown("which coil transmits is not said",
                      "the radiographer: which transmit coil is used; examination.coil");
    else if (w->transmit != 0 && !mrse_set_has(w->transmit, coil.transmit))
        one = no("another kind of coil transmits");
    else if (w->drive != 0 && coil.drive == MRSE_DRIVE_UNKNOWN)
        one =
            unknown("how the coil is driven is not known",
                    "the scanner's manufacturer: polarisation and channels of the coil; rf.coils");
    else if (w->drive != 0 && !mrse_set_has(w->drive, coil.drive))
        one = no("the coil is driven in another way");
    join(all, &one);
}

/* The sequence that needs a mode beyond the one set, and beyond those of the guard: it will not run in
 * what the case says; NULL: none. What the fixed parameter option leaves compares with no other mode. */
static const mrse_planned *needs_more(const mrse_assessment *a, mrse_set modes)
{
    unsigned set = a->kase->examination.mode;
    for (size_t i = 0; i < a->n_planned && !a->foreign; i++) {
        const mrse_protocol *p = a->planned[i].study->before.protocol;
        if (p != NULL && set - 1 != MRSE_LABEL_MODE_FPO_B && p->reported.mode > set &&
            !mrse_set_has(modes, p->reported.mode - 1))
            return &a->planned[i];
    }
    return NULL;
}

static mrse_answer ask_mode(const mrse_assessment *a, mrse_set modes)
{
    unsigned mode = a->kase->examination.mode;
    const mrse_planned *p = needs_more(a, modes);
    mrse_answer denied;
    char why[128];
    if (mode == 0)
        return unknown("the operating mode is not said",
                       "the radiographer: the operating mode set; examination.mode");
    if (!mrse_set_has(modes, mode - 1))
        return no("the scanner is set to another mode");
    if (mrse_exam_denies_mode(a, &denied))
        return denied;
    if (p == NULL)
        return yes();
    (void)snprintf(
        why, sizeof why, "%.60s needs: %.40s", p->name,
        mrse_label_mode_text((mrse_label_mode_name)(p->study->before.protocol->reported.mode - 1)));
    return unknown(why, "the radiographer: the mode in which this sequence runs");
}

static void ask_examination(const mrse_assessment *a, const mrse_label_guard *w, mrse_answer *all)
{
    const mrse_case_examination *e = &a->kase->examination;
    mrse_answer one, moves;
    if (w->regions != 0) {
        one = mrse_exam_moves(a, &moves) ? moves
              : e->region == MRSE_BODY_UNKNOWN
                  ? unknown("which part of the body is at the isocentre is not said",
                            "the radiographer: the region scanned; examination.region")
              : mrse_set_has(w->regions, e->region) ? yes()
                                                    : no("another part of the body is scanned");
        join(all, &one);
    }
    if (w->modes != 0) {
        one = ask_mode(a, w->modes);
        join(all, &one);
    }
}

static void ask_scanner(const mrse_assessment *a, const mrse_label_guard *w, mrse_answer *all)
{
    const mrse_scanner *s = a->scanner;
    mrse_answer one;
    if (w->bores != 0) {
        one = s->bore_shape == MRSE_BORE_UNKNOWN
                  ? unknown("the shape of the bore is not stated", "the scanner's data sheet")
              : mrse_set_has(w->bores, s->bore_shape) ? yes()
                                                      : no("the bore has another shape");
        join(all, &one);
    }
    if (w->horizontal_field != MRSE_KNOWN_NOT) {
        bool tube = s->bore_shape == MRSE_BORE_CYLINDER || s->bore_shape == MRSE_BORE_ELLIPSE;
        one = !tube
                  ? unknown("the direction of the field is not stated", "the scanner's data sheet")
              : w->horizontal_field == MRSE_KNOWN_YES ? yes()
                                                      : no("the field of a tube is horizontal");
        join(all, &one);
    }
    if (w->reports_b1_rms != MRSE_KNOWN_NOT) {
        const mrse_answer shown = mrse_exam_shows_b1_rms(a);
        one = shown.is == MRSE_KNOWN_NOT            ? shown
              : shown.is == w->reports_b1_rms       ? yes()
              : w->reports_b1_rms == MRSE_KNOWN_YES ? no("the console does not display B1+rms")
                                                    : no("the console displays B1+rms");
        join(all, &one);
    }
}

static void ask_magnet(const mrse_implant_result *r, const mrse_label_guard *w, mrse_answer *all)
{
    mrse_answer one;
    if (w->magnet == MRSE_MAGNET_UNSAID)
        return;
    const mrse_case_confirmed *c = mrse_exam_confirmed(r->implant, "magnet");
    bool in = c != NULL && (mrse_text_equal(c->is, "in") || mrse_text_equal(c->is, "in place"));
    bool out = c != NULL && (mrse_text_equal(c->is, "out") || mrse_text_equal(c->is, "removed"));
    if (!in && !out)
        one = unknown("whether the magnet is in place is not confirmed",
                      "the implant centre: magnet in place or removed; confirmed, what: magnet");
    else
        one = in == (w->magnet == MRSE_MAGNET_IN) ? yes() : no("the magnet is not as it says");
    join(all, &one);
}

bool mrse_exam_has_component(const mrse_case_implant *implant, const char *id)
{
    for (size_t i = 0; i < implant->n_components; i++)
        if (mrse_text_equal(implant->component[i], id))
            return true;
    return false;
}

/* One of each group is implanted. */
bool mrse_exam_has_combination(const mrse_case_implant *implant, const mrse_label_combination *c)
{
    for (size_t g = 0; g < c->n_groups; g++) {
        bool any = false;
        for (size_t k = 0; k < c->group[g].n_components; k++)
            any |= mrse_exam_has_component(implant, c->group[g].component[k]);
        if (!any)
            return false;
    }
    return true;
}

static void ask_combination(const mrse_implant_result *r, const mrse_label_guard *w,
                            mrse_answer *all)
{
    mrse_answer one = no("another combination of components is implanted");
    if (w->n_combinations == 0)
        return;
    if (r->implant->n_components == 0)
        one = unknown("which components are implanted is not said",
                      "the implant centre: generator, leads and accessories; implants.components");
    for (size_t i = 0; i < w->n_combinations && r->implant->n_components > 0; i++)
        for (size_t k = 0; k < r->label->n_combinations; k++)
            if (mrse_text_equal(r->label->combination[k].name, w->combination[i]) &&
                mrse_exam_has_combination(r->implant, &r->label->combination[k]))
                one = yes();
    join(all, &one);
}

static void ask_zones(const mrse_assessment *a, const mrse_label_guard *w, mrse_answer *all)
{
    mrse_anatomy person;
    mrse_zone_setup setup;
    for (size_t i = 0; i < w->n_zones; i++) {
        mrse_zone_result zone;
        mrse_answer moves,
            one = unknown("the place cannot be decided", "examination.level and height");
        mrse_exam_setup(a, &person, &setup);
        if (!w->zone[i].not_applicable &&
            mrse_zone_decide(&setup, &w->zone[i].rule, &zone) == MRSE_OK) {
            if (zone.decision.verdict == MRSE_VERDICT_MET)
                one = mrse_exam_moves(a, &moves) ? moves : yes();
            else if (zone.decision.verdict == MRSE_VERDICT_NOT_MET)
                one = no(zone.decision.reason);
            else
                one = unknown(zone.decision.reason, zone.ask);
        }
        join(all, &one);
    }
}

mrse_answer mrse_label_guard_holds(const mrse_assessment *a, const mrse_implant_result *r,
                                   const mrse_label_guard *when)
{
    mrse_answer all = yes();
    ask_coil(a, when, &all);
    ask_examination(a, when, &all);
    ask_scanner(a, when, &all);
    ask_magnet(r, when, &all);
    ask_combination(r, when, &all);
    ask_zones(a, when, &all);
    return all; /* imaging is of protons: no file says otherwise */
}

static mrse_answer branch_holds(const mrse_assessment *a, const mrse_implant_result *r,
                                const mrse_label_branch *b)
{
    if (!mrse_branch_admits(b, &a->scanner->b0_nominal))
        return no("another field strength");
    return mrse_label_guard_holds(a, r, &b->when);
}

/* A branch that the case names is taken as it is; whether it fits is a finding of its own. It was named
 * for the case's own scanner: on one of another field strength the guards choose again. */
static bool choose_named(const mrse_assessment *a, mrse_implant_result *r)
{
    if (r->implant->branch == NULL)
        return false;
    const mrse_label_branch *named = mrse_label_branch_find(r->label, r->implant->branch);
    if (a->foreign && !mrse_branch_admits(named, &a->scanner->b0_nominal))
        return false;
    r->branch = named;
    mrse_text_copy(r->branch_reason, sizeof r->branch_reason, "named in the case");
    return true;
}

static void say_why(mrse_implant_result *r, const char *reason, const char *ask)
{
    mrse_text_copy(r->branch_reason, sizeof r->branch_reason, reason);
    mrse_text_copy(r->branch_ask, sizeof r->branch_ask, ask);
}

void mrse_label_choose(const mrse_assessment *a, mrse_implant_result *r)
{
    const mrse_label_branch *fits = NULL;
    mrse_answer missing = {0}, refused = {0};
    size_t n_yes = 0, n_unknown = 0, n_field = 0;
    if (choose_named(a, r))
        return;
    for (size_t i = 0; i < r->label->n_branches; i++) {
        const mrse_label_branch *b = &r->label->branch[i];
        mrse_answer answer = branch_holds(a, r, b);
        n_field += mrse_branch_admits(b, &a->scanner->b0_nominal);
        if (answer.is == MRSE_KNOWN_YES) {
            n_yes++;
            fits = b;
        } else if (answer.is == MRSE_KNOWN_NOT) {
            n_unknown++;
            missing = answer;
        } else if (mrse_branch_admits(b, &a->scanner->b0_nominal)) {
            refused = answer;
        }
    }
    if (n_yes == 1 && n_unknown == 0) {
        r->branch = fits;
        say_why(r,
                n_field == 1 ? "the only branch for the scanner's field strength"
                             : "the only branch whose conditions for being used hold",
                "");
    } else if (n_unknown > 0) {
        char reason[192];
        (void)snprintf(reason, sizeof reason,
                       "which branch applies cannot be told: %.60s. Ask: %.80s", missing.why,
                       missing.ask);
        say_why(r, reason, missing.ask);
    } else if (n_yes > 1) {
        say_why(r, "several branches fit: the case must name one",
                "write 'branch:' with the name of the branch that applies to this implant");
    } else if (r->label->n_branches == 0) {
        say_why(r, "the label has no branches", "");
    } else if (n_field == 0) {
        say_why(r, "no branch of the label fits this scanner's field strength", "");
    } else {
        char reason[192];
        (void)snprintf(reason, sizeof reason, "no branch of the label applies: %.120s",
                       refused.why);
        say_why(r, reason,
                "an examination or a scanner to which a branch applies; else the implant's "
                "manufacturer: the label says nothing of this one");
    }
}
