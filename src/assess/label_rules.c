/* Conditions that are no numbers: clocks, places, coils, modes, device, patient, other implants.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "label_internal.h"

/* The implant, the branch, and where findings go. */
typedef struct subject {
    mrse_assessment *a;
    const mrse_implant_result *r;
    const mrse_label_branch *b;
} subject;

static mrse_status add(const subject *s, const char *topic, const char *printed,
                       mrse_verdict verdict, const char *reason, const char *ask)
{
    mrse_finding *f = mrse_finding_start(s->a, s->r, s->b, topic, printed);
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    mrse_finding_say(f, verdict, reason, ask);
    return MRSE_OK;
}

static bool any_of(const char *text, const char *const *word)
{
    for (size_t i = 0; word[i] != NULL; i++)
        if (mrse_text_equal(text, word[i]))
            return true;
    return false;
}

/* What a person wrote of something that must be so, or must not be so. Any other word decides
 * nothing. */
static mrse_verdict verdict_of(const char *is, bool forbidden)
{
    static const char *const is_so[] = {"met", "done", "arranged", "present", NULL};
    static const char *const is_not[] = {"not met", "absent", NULL};
    static const char *const kept[] = {"met", "absent", NULL};
    static const char *const broken[] = {"not met", "present", NULL};
    if (any_of(is, forbidden ? kept : is_so))
        return MRSE_VERDICT_MET;
    return any_of(is, forbidden ? broken : is_not) ? MRSE_VERDICT_NOT_MET
                                                   : MRSE_VERDICT_UNDETERMINED;
}

/* The confirmation of one requirement: under its printed words, or under its name when it `only` has
 * that name. */
static const mrse_case_confirmed *find(const subject *s, const char *what, const char *printed,
                                       bool only)
{
    const mrse_case_confirmed *c = mrse_label_words_alone(s->r, s->b, printed)
                                       ? mrse_exam_confirmed(s->r->implant, printed)
                                       : NULL;
    return c == NULL && only ? mrse_exam_confirmed(s->r->implant, what) : c;
}

static bool alone(const subject *s, const char *what)
{
    return mrse_label_alone(s->a, s->r, s->b, what);
}

typedef struct asked {
    const char *what, *topic, *printed;
    bool forbidden; /* what must not be so */
    bool only;      /* no other requirement has this name */
} asked;

static mrse_status confirmed(const subject *s, const asked *q)
{
    char reason[192], ask[192];
    const mrse_case_confirmed *c = find(s, q->what, q->printed, q->only);
    if (c == NULL) {
        (void)snprintf(ask, sizeof ask, "a person confirms it: confirmed, what: %.100s",
                       q->only ? q->what : q->printed);
        return add(s, q->topic, q->printed, MRSE_VERDICT_UNDETERMINED,
                   "nobody has confirmed it yet", ask);
    }
    mrse_verdict verdict = verdict_of(c->is, q->forbidden);
    (void)snprintf(reason, sizeof reason, "%.60s, confirmed by %.60s", c->is, c->by);
    return add(
        s, q->topic, q->printed, verdict, reason,
        verdict == MRSE_VERDICT_UNDETERMINED
            ? "write met or not met, of a thing absent or present, of an action done or arranged"
            : "");
}

/* The label itself says that it is not known, or was not tested: only that it does not apply settles
 * it. */
static mrse_status not_known(const subject *s, const asked *q)
{
    const mrse_case_confirmed *c = find(s, q->what, q->printed, q->only);
    if (c != NULL && mrse_text_equal(c->is, "absent"))
        return add(s, q->topic, q->printed, MRSE_VERDICT_NOT_STATED,
                   "this situation is confirmed to be absent", "");
    return add(s, q->topic, q->printed, MRSE_VERDICT_UNDETERMINED,
               "the label says that this is not known",
               "whether it applies here: confirmed, with absent when it does not");
}

/* ---- places ---- */

static mrse_status add_zone(const subject *s, const mrse_label_zone *z)
{
    mrse_anatomy person;
    mrse_zone_setup setup;
    mrse_zone_result result;
    mrse_answer moves;
    char topic[96];
    (void)snprintf(topic, sizeof topic, "place: %.80s", mrse_zone_kind_text(z->rule.kind));
    if (z->not_applicable)
        return add(s, "place", z->printed, MRSE_VERDICT_NOT_STATED,
                   "the label says that there is no such limit", "");
    mrse_exam_setup(s->a, &person, &setup);
    mrse_status status = mrse_zone_decide(&setup, &z->rule, &result);
    mrse_finding *f =
        status == MRSE_OK ? mrse_finding_start(s->a, s->r, s->b, topic, z->printed) : NULL;
    if (f == NULL)
        return status == MRSE_OK ? MRSE_ERR_NOMEM : status;
    f->exposure = result.distance;
    f->decision = result.decision;
    mrse_text_copy(f->ask, sizeof f->ask, result.ask);
    if (f->decision.verdict == MRSE_VERDICT_MET && mrse_exam_moves(s->a, &moves))
        mrse_finding_say(f, MRSE_VERDICT_UNDETERMINED, moves.why, moves.ask);
    return f->decision.verdict == MRSE_VERDICT_NOT_MET ? mrse_advise_place(&setup, &z->rule, f)
                                                       : MRSE_OK;
}

/* ---- coils and modes ---- */

static bool names(const mrse_label_coil *c, const mrse_exam_coil *coil)
{
    return c->transmit == 0 || mrse_set_has(c->transmit, coil->transmit);
}

/* A coil that the label allows: driven as it says, with no more channels, and where it may be. */
static mrse_status allowed_coil(const subject *s, const mrse_label_coil *c,
                                const mrse_exam_coil *coil)
{
    if (c->drive != 0 && coil->drive == MRSE_DRIVE_UNKNOWN)
        return add(s, "transmit coil", c->printed, MRSE_VERDICT_UNDETERMINED,
                   "how the coil is driven is not known",
                   "the scanner's manufacturer: polarisation of this coil; rf.coils.drive");
    if (c->drive != 0 && !mrse_set_has(c->drive, coil->drive))
        return add(s, "transmit coil", c->printed, MRSE_VERDICT_NOT_MET,
                   "the coil is driven in another way than the label names",
                   "a transmit coil or a drive mode that the label names, if the scanner has one");
    if (isfinite(c->channels_most) && !isfinite(coil->channels))
        return add(s, "transmit coil", c->printed, MRSE_VERDICT_UNDETERMINED,
                   "how many channels transmit is not known",
                   "the scanner's manufacturer: channels of this coil; rf.coils.channels");
    if (isfinite(c->channels_most) && coil->channels > c->channels_most)
        return add(s, "transmit coil", c->printed, MRSE_VERDICT_NOT_MET,
                   "more channels transmit than the label names",
                   "a drive mode with fewer channels, if the scanner has one");
    if (c->reach != MRSE_REACH_ANYWHERE)
        return confirmed(s, &(asked){"transmit coil", "transmit coil", c->printed, false, false});
    return add(s, "transmit coil", c->printed, MRSE_VERDICT_MET,
               "the coil that transmits is one that the label names", "");
}

/* No coil but the one that transmits may receive: the case may say which does. */
static mrse_status no_receive_coil(const subject *s, const mrse_label_coil *c, const asked *q)
{
    const char *name = s->a->kase->examination.receive_coil;
    if (name == NULL)
        return confirmed(s, q);
    if (mrse_text_equal(name, "none") || mrse_text_equal(name, s->a->kase->examination.coil))
        return add(s, "receive coil", c->printed, MRSE_VERDICT_MET,
                   "the coil that transmits receives too", "");
    return add(s, "receive coil", c->printed, MRSE_VERDICT_NOT_MET,
               "the label forbids a coil that only receives", "receive with the transmit coil");
}

static mrse_status add_coil(const subject *s, const mrse_label_coil *c, const mrse_exam_coil *coil,
                            bool known)
{
    const asked receive = {"receive coil", "receive coil", c->printed,
                           c->ruling == MRSE_RULING_FORBIDDEN, false};
    if (c->receive && c->ruling == MRSE_RULING_UNKNOWN)
        return not_known(s, &receive);
    if (c->receive && c->ruling == MRSE_RULING_ALLOWED && c->reach == MRSE_REACH_ANYWHERE &&
        c->transmit == 0)
        return add(s, "receive coil", c->printed, MRSE_VERDICT_MET, "the label allows any", "");
    if (c->receive && c->ruling == MRSE_RULING_FORBIDDEN && c->reach == MRSE_REACH_ANYWHERE)
        return no_receive_coil(s, c, &receive);
    if (c->receive)
        return confirmed(s, &receive);
    if (!known)
        return add(s, "transmit coil", c->printed, MRSE_VERDICT_UNDETERMINED,
                   "which coil transmits is not said",
                   "the radiographer: which transmit coil is used; examination.coil");
    bool named = names(c, coil);
    switch (c->ruling) {
    case MRSE_RULING_ALLOWED:
        return named ? allowed_coil(s, c, coil) : MRSE_OK; /* of another coil */
    case MRSE_RULING_REQUIRED:
        return named ? allowed_coil(s, c, coil)
                     : add(s, "transmit coil", c->printed, MRSE_VERDICT_NOT_MET,
                           "the label asks for another coil",
                           "transmit with a coil that the label names");
    case MRSE_RULING_FORBIDDEN:
        if (!named)
            return add(s, "transmit coil", c->printed, MRSE_VERDICT_MET,
                       "another kind of coil transmits", "");
        if (c->reach == MRSE_REACH_ANYWHERE)
            return add(s, "transmit coil", c->printed, MRSE_VERDICT_NOT_MET,
                       "the label forbids this coil", "transmit with a coil that the label allows");
        return confirmed(s, &(asked){"transmit coil", "transmit coil", c->printed, true, false});
    case MRSE_RULING_UNKNOWN:
        break;
    }
    return named ? add(s, "transmit coil", c->printed, MRSE_VERDICT_UNDETERMINED,
                       "the label says that this is not known", "ask the implant's manufacturer")
                 : MRSE_OK;
}

/* A coil that no rule names is not allowed by silence. */
static mrse_status add_coils(const subject *s, const mrse_label_terms *t)
{
    mrse_exam_coil coil;
    bool known = mrse_exam_coil_of(s->a, &coil), allows = false, named = false;
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < t->n_coils && status == MRSE_OK; i++) {
        const mrse_label_coil *c = &t->coil[i];
        status = add_coil(s, c, &coil, known);
        allows |= !c->receive && c->ruling == MRSE_RULING_ALLOWED;
        /* forbidden in one place is not allowed in all others */
        named |= !c->receive && known && names(c, &coil) && c->ruling != MRSE_RULING_FORBIDDEN;
    }
    if (status == MRSE_OK && allows && known && !named)
        status = add(s, "transmit coil", "", MRSE_VERDICT_UNDETERMINED,
                     "the label names other coils, not this one",
                     "the implant's manufacturer: whether this coil may be used");
    return status;
}

/* What the console says of a sequence goes before what the case plans. */
static mrse_status add_mode(const subject *s, const mrse_label_mode *m)
{
    unsigned mode = s->a->kase->examination.mode;
    mrse_answer denied;
    char reason[128];
    for (size_t i = 0; i < s->a->n_planned && !s->a->foreign; i++) {
        const mrse_protocol *p = s->a->planned[i].study->before.protocol;
        if (p == NULL || p->reported.mode == 0 || mrse_set_has(m->allowed, p->reported.mode - 1))
            continue;
        (void)snprintf(reason, sizeof reason, "%.60s needs: %s", s->a->planned[i].name,
                       mrse_label_mode_text((mrse_label_mode_name)(p->reported.mode - 1)));
        return add(s, "operating mode", m->printed, MRSE_VERDICT_NOT_MET, reason,
                   "change this sequence until the console needs no more, or leave it out");
    }
    if (mode == 0)
        return add(s, "operating mode", m->printed, MRSE_VERDICT_UNDETERMINED,
                   "the operating mode is not said",
                   "the radiographer: the mode that the scanner is set to; examination.mode");
    (void)snprintf(reason, sizeof reason, "the scanner is set to: %s",
                   mrse_label_mode_text((mrse_label_mode_name)(mode - 1)));
    if (mrse_set_has(m->allowed, mode - 1) && mrse_exam_denies_mode(s->a, &denied))
        return add(s, "operating mode", m->printed, MRSE_VERDICT_UNDETERMINED, denied.why,
                   denied.ask);
    if (mrse_set_has(m->allowed, mode - 1))
        return add(s, "operating mode", m->printed, MRSE_VERDICT_MET, reason, "");
    return add(s, "operating mode", m->printed, MRSE_VERDICT_NOT_MET, reason,
               "set the scanner to a mode that the label allows, and prepare each sequence again");
}

/* ---- device, patient, other implants ---- */

/* A setting in other words than the label's decides nothing: a person says whether it is the same. Nor
 * does presence or absence: a magnet that is present may be what the label wants or what it forbids. */
static mrse_verdict verdict_of_setting(const mrse_label_state *st, const char *is, bool named)
{
    bool forbidden = st->ruling == MRSE_RULING_FORBIDDEN;
    if (mrse_text_equal(is, st->setting))
        return forbidden ? MRSE_VERDICT_NOT_MET : MRSE_VERDICT_MET;
    if (named && mrse_text_equal(is, "met"))
        return MRSE_VERDICT_MET;
    return named && mrse_text_equal(is, "not met") ? MRSE_VERDICT_NOT_MET
                                                   : MRSE_VERDICT_UNDETERMINED;
}

static mrse_status add_state(const subject *s, const mrse_label_state *st)
{
    const char *what = mrse_label_state_text(st->kind);
    bool only = alone(s, what);
    const asked q = {what, what, st->printed, st->ruling == MRSE_RULING_FORBIDDEN, only};
    bool told = mrse_label_setting_alone(s->r, s->b, st);
    const mrse_case_confirmed *c = find(s, what, st->printed, told);
    char reason[192], ask[256];
    if (st->ruling == MRSE_RULING_UNKNOWN)
        return not_known(s, &q);
    (void)snprintf(ask, sizeof ask, "the implant centre: %.60s%.80s; confirmed, what: %.90s",
                   q.forbidden ? "not " : "", st->setting, told ? what : st->printed);
    if (c == NULL)
        return add(s, what, st->printed, MRSE_VERDICT_UNDETERMINED, "not confirmed yet", ask);
    mrse_verdict verdict =
        verdict_of_setting(st, c->is, only || mrse_text_equal(c->what, st->printed));
    (void)snprintf(reason, sizeof reason, "%.70s, confirmed by %.60s", c->is, c->by);
    return add(s, what, st->printed, verdict, reason, verdict == MRSE_VERDICT_MET ? "" : ask);
}

/* How the patient lies, or goes in, against what the label names. */
static mrse_status add_lying(const subject *s, const mrse_label_patient *p, bool named,
                             const char *is, const char *ask)
{
    bool met = named == (p->ruling != MRSE_RULING_FORBIDDEN);
    return add(s, mrse_label_patient_text(p->kind), p->printed,
               met ? MRSE_VERDICT_MET : MRSE_VERDICT_NOT_MET, is, met ? "" : ask);
}

static mrse_status add_patient(const subject *s, const mrse_label_patient *p)
{
    const mrse_case *k = s->a->kase;
    const char *what = mrse_label_patient_text(p->kind);
    const asked q = {what, what, p->printed, p->ruling == MRSE_RULING_FORBIDDEN,
                     p->kind != MRSE_PATIENT_OTHER && alone(s, what)};
    bool lies = k->landmark != NULL;
    if (p->ruling == MRSE_RULING_UNKNOWN)
        return not_known(s, &q);
    if (p->kind == MRSE_PATIENT_POSTURE && p->postures != 0 && lies)
        return add_lying(s, p, mrse_set_has(p->postures, k->posture), mrse_posture_text(k->posture),
                         "lie as the label says; scan.posture");
    if (p->kind == MRSE_PATIENT_ENTRY && p->entries != 0 && lies)
        return add_lying(s, p, mrse_set_has(p->entries, k->entry), mrse_entry_text(k->entry),
                         "go in as the label says; scan.entry");
    return confirmed(s, &q);
}

static mrse_status add_exclusion(const subject *s, const mrse_label_exclusion *e)
{
    const char *what = mrse_label_exclusion_text(e->kind);
    const mrse_case_implant *implant = s->r->implant;
    mrse_body_region region = s->a->kase->examination.region;
    mrse_answer moves;
    const asked q = {what, what, e->printed, true,
                     e->kind != MRSE_EXCLUSION_OTHER && alone(s, what)};
    if (e->ruling == MRSE_RULING_UNKNOWN)
        return not_known(s, &q);
    if (e->kind == MRSE_EXCLUSION_COMPONENTS && implant->n_components > 0) {
        for (size_t i = 0; i < e->n_components; i++)
            for (size_t k = 0; k < implant->n_components; k++)
                if (mrse_text_equal(e->component[i], implant->component[k]))
                    return add(s, what, e->printed, MRSE_VERDICT_NOT_MET,
                               e->unsafe ? "with a listed part the label calls it MR Unsafe"
                                         : "a part that the label excludes is implanted",
                               "");
        return add(s, what, e->printed, MRSE_VERDICT_MET, "none of the listed parts is implanted",
                   "");
    }
    if (e->kind == MRSE_EXCLUSION_REGION && e->regions != 0 && region != MRSE_BODY_UNKNOWN) {
        if (mrse_set_has(e->regions, region))
            return add(s, what, e->printed, MRSE_VERDICT_NOT_MET, mrse_body_region_text(region),
                       "");
        if (mrse_exam_moves(s->a, &moves))
            return add(s, what, e->printed, MRSE_VERDICT_UNDETERMINED, moves.why, moves.ask);
        return add(s, what, e->printed, MRSE_VERDICT_MET, mrse_body_region_text(region), "");
    }
    return confirmed(s, &q);
}

static mrse_status add_pair(const subject *s, const mrse_label_pair *p)
{
    if (p->kind == MRSE_PAIR_ALL_CONDITIONS)
        return add(s, "other implants", p->printed, MRSE_VERDICT_NOT_STATED,
                   "each implant of the case is held against its own label, and the worst counts",
                   "");
    return confirmed(s, &(asked){"other implants", "other implants", p->printed, false, false});
}

static mrse_status add_unknown(const subject *s, const mrse_label_unknown *u)
{
    return not_known(s, &(asked){u->topic, u->topic, u->printed, true, alone(s, u->topic)});
}

#define EACH(list, count, call)                                                                    \
    for (size_t i = 0; i < (count) && status == MRSE_OK; i++)                                      \
    status = call(&s, &(list)[i])

static mrse_status add_check(const subject *s, const mrse_label_check *c)
{
    char topic[96];
    (void)snprintf(topic, sizeof topic, "%s the examination", mrse_label_moment_text(c->moment));
    return confirmed(s, &(asked){c->action, topic, c->printed, false, alone(s, c->action)});
}

static mrse_status add_condition(const subject *s, const mrse_label_condition *c)
{
    return confirmed(s, &(asked){c->topic, c->topic, c->printed, false, alone(s, c->topic)});
}

mrse_status mrse_label_rules_add(mrse_assessment *a, const mrse_implant_result *r,
                                 const mrse_label_branch *b, const mrse_label_terms *t)
{
    const subject s = {a, r, b};
    mrse_status status = mrse_label_clocks_add(a, r, b, t);
    EACH(t->zone, t->n_zones, add_zone);
    if (status == MRSE_OK)
        status = add_coils(&s, t);
    EACH(t->mode, t->n_modes, add_mode);
    EACH(t->state, t->n_states, add_state);
    EACH(t->check, t->n_checks, add_check);
    EACH(t->patient, t->n_patients, add_patient);
    EACH(t->exclusion, t->n_exclusions, add_exclusion);
    EACH(t->pair, t->n_pairs, add_pair);
    EACH(t->condition, t->n_conditions, add_condition);
    EACH(t->unknown, t->n_unknowns, add_unknown);
    return status;
}
