/* Rules about places, each as one length against one limit: a signed distance to the edge of a zone,
 * or a distance that the label states. Depths are from the vertex towards the feet.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/zone.h"

#include <math.h>
#include <string.h>

#include "phrase.h"

static const char METHOD[] = "zone-rule";

/* What a rule compares, and in which words. */
typedef struct judged {
    mrse_value exposure;
    mrse_limit limit;
    const char *what; /* "isocentre to the edge of the zone" */
    const char *ask;  /* when something is missing */
} judged;

static const char ASK_ISO[] = "Which landmark is at the isocentre, and how tall is the patient?";
static const char ASK_LEVEL[] = "Measure the level on an image of the patient: a distance from the "
                                "vertex with its uncertainty.";
static const char ASK_DEVICE[] = "Where along the body do the device and its leads begin and end?";
static const char ASK_BORE[] = "How long is the bore, covers included? Ask the scanner's "
                               "manufacturer.";
static const char ASK_COIL[] = "How long and wide is the transmit coil, and where is it? Ask the "
                               "scanner's manufacturer.";
static const char ASK_RULE[] = "Complete the position condition as the label prints it.";

/* A sum a + sign b. Uncertainties of what is measured or estimated add in quadrature; a declared
 * number without one stands as it is. */
static mrse_value combine(mrse_value a, mrse_value b, double sign)
{
    double u_a = a.basis == MRSE_BASIS_DECLARED && isnan(a.u) ? 0.0 : a.u;
    double u_b = b.basis == MRSE_BASIS_DECLARED && isnan(b.u) ? 0.0 : b.u;
    mrse_value out =
        mrse_value_computed(a.v + sign * b.v, hypot(u_a, u_b), MRSE_KIND_LENGTH, METHOD);
    if (u_a < 0.0 || u_b < 0.0 || a.kind != MRSE_KIND_LENGTH || b.kind != MRSE_KIND_LENGTH)
        out.u = NAN;
    out.origin = mrse_origin_weaker(mrse_origin_weaker(MRSE_ORIGIN_COMPUTED, a.origin), b.origin);
    return out;
}

static mrse_value negative(mrse_value a)
{
    a.v = -a.v;
    return a;
}

static mrse_value exactly(double v)
{
    mrse_value out = mrse_value_computed(v, 0.0, MRSE_KIND_LENGTH, METHOD);
    out.basis = MRSE_BASIS_DECLARED;
    return out;
}

mrse_zone_place mrse_zone_at(mrse_level level)
{
    return (mrse_zone_place){.level = level, .offset = exactly(0.0)};
}

/* How far `to` lies below `from`. Two places that refer to the same level do not need to know where
 * that is. */
static mrse_value below(const mrse_anatomy *person, const mrse_zone_place *from,
                        const mrse_zone_place *to)
{
    mrse_value levels = mrse_value_missing(MRSE_KIND_LENGTH);
    mrse_anatomy nobody = mrse_anatomy_of(NULL);
    mrse_status status =
        mrse_anatomy_between(person != NULL ? person : &nobody, from->level, to->level, &levels);
    if (status != MRSE_OK)
        return mrse_value_missing(MRSE_KIND_LENGTH);
    return combine(combine(levels, from->offset, 1.0), to->offset, -1.0);
}

static mrse_value half_height(const mrse_anatomy *person, mrse_level level)
{
    mrse_value half = mrse_value_missing(MRSE_KIND_LENGTH);
    mrse_anatomy nobody = mrse_anatomy_of(NULL);
    if (mrse_anatomy_half_height(person != NULL ? person : &nobody, level, &half) != MRSE_OK)
        return mrse_value_missing(MRSE_KIND_LENGTH);
    return half;
}

/* The guard of the greater of two is the guard of either, whichever reaches farther: near the middle
 * of a zone both edges count. An unknown one leaves the result unknown. */
static mrse_value farther(mrse_value a, mrse_value b, bool greater)
{
    bool take_a = greater ? a.v >= b.v : a.v <= b.v;
    mrse_value out = take_a ? a : b, other = take_a ? b : a;
    double sign = greater ? 1.0 : -1.0;
    double reach = sign * (other.v - out.v) + 2.0 * other.u;
    out.u = fmax(out.u, reach / 2.0);
    if (isnan(a.v) || isnan(b.v) || isnan(a.u) || isnan(b.u))
        out.v = out.u = NAN;
    out.origin = mrse_origin_weaker(out.origin, other.origin);
    return out;
}

/* Distance of the isocentre from the zone between two references, positive outside. The zone reaches
 * `vertebrae` halves of the vertebrae named beyond their middles. */
static mrse_value outside_zone(const mrse_zone_setup *setup, const mrse_zone_rule *rule,
                               double vertebrae)
{
    mrse_zone_place top = rule->a, bottom = rule->b;
    mrse_value span = below(setup->person, &top, &bottom);
    if (span.v < 0.0) {
        top = rule->b;
        bottom = rule->a;
    }
    mrse_value above_top = combine(below(setup->person, &setup->isocentre, &top),
                                   half_height(setup->person, top.level), -vertebrae);
    mrse_value below_bottom = combine(below(setup->person, &bottom, &setup->isocentre),
                                      half_height(setup->person, bottom.level), -vertebrae);
    return farther(above_top, below_bottom, true);
}

static mrse_value magnitude(mrse_value a)
{
    a.v = fabs(a.v);
    return a;
}

/* Distance from the centre of bore or coil (from the isocentre, positive towards the feet) to the
 * nearest part of the device, which may straddle it. */
static mrse_value device_from(const mrse_zone_setup *setup, mrse_value centre)
{
    mrse_value top =
        combine(below(setup->person, &setup->isocentre, &setup->device_top), centre, -1.0);
    mrse_value bottom =
        combine(below(setup->person, &setup->isocentre, &setup->device_bottom), centre, -1.0);
    if ((top.v > 0.0) != (bottom.v > 0.0)) {
        /* The centre is within the device, unless its nearer end may be on the other side. */
        mrse_value in = farther(magnitude(top), magnitude(bottom), false);
        in.u = isnan(in.u) ? in.u : fmax(0.0, in.u - in.v / 2.0);
        in.v = isnan(in.v) ? in.v : 0.0;
        return in;
    }
    return farther(magnitude(top), magnitude(bottom), false);
}

/* A bore or a coil has a size: what is not positive is not known. */
static mrse_value size_of(mrse_value size)
{
    return size.v > 0.0 ? size : mrse_value_missing(MRSE_KIND_LENGTH);
}

static mrse_limit at_least(double v, mrse_op op)
{
    return (mrse_limit){.op = op, .value = exactly(v)};
}

static mrse_limit stated(const mrse_zone_rule *rule, mrse_op op)
{
    return (mrse_limit){.op = op, .value = rule->length};
}

static judged judge_isocentre(const mrse_zone_setup *setup, const mrse_zone_rule *rule)
{
    judged j = {.ask = ASK_ISO, .limit = at_least(0.0, MRSE_OP_GT)};
    switch (rule->kind) {
    case MRSE_ZONE_ISO_OUTSIDE:
        j.exposure = outside_zone(setup, rule, 1.0);
        j.what = "isocentre outside the excluded zone by";
        break;
    case MRSE_ZONE_ISO_WITHIN:
        j.exposure = negative(outside_zone(setup, rule, -1.0));
        j.limit.op = MRSE_OP_GE;
        j.what = "isocentre within the zone by";
        break;
    case MRSE_ZONE_ISO_ABOVE:
        j.exposure = below(setup->person, &setup->isocentre, &rule->a);
        j.what = "isocentre above the reference by";
        break;
    case MRSE_ZONE_ISO_BELOW:
        j.exposure = below(setup->person, &rule->a, &setup->isocentre);
        j.what = "isocentre below the reference by";
        break;
    default:
        j.exposure = magnitude(below(setup->person, &rule->a, &setup->isocentre));
        j.limit = stated(rule, rule->op);
        j.what = "isocentre from the reference";
        break;
    }
    return j;
}

static judged judge_bore(const mrse_zone_setup *setup, const mrse_zone_rule *rule)
{
    judged j = {.limit = at_least(0.0, MRSE_OP_GT)};
    mrse_value nearest = device_from(setup, exactly(0.0));
    j.exposure = combine(nearest, size_of(setup->bore_half_length), -1.0);
    j.ask = !(setup->bore_half_length.v > 0.0) ? ASK_BORE : ASK_DEVICE;
    j.what = "device outside the edge of the bore by";
    if (rule->kind == MRSE_ZONE_BORE_EDGE) {
        j.exposure = negative(j.exposure);
        j.limit = stated(rule, MRSE_OP_LE);
        j.what = "device inside the edge of the bore by";
    }
    return j;
}

static judged judge_coil(const mrse_zone_setup *setup, const mrse_zone_rule *rule)
{
    judged j = {.limit = at_least(0.0, MRSE_OP_GT)};
    mrse_value nearest = device_from(setup, negative(setup->coil_centre));
    j.exposure = combine(nearest, size_of(setup->coil_half_length), -1.0);
    bool coil = !isnan(setup->coil_centre.v) && setup->coil_half_length.v > 0.0;
    j.what = "device beyond the end of the transmit coil by";
    if (rule->kind == MRSE_ZONE_COIL_CLEARANCE) {
        j.limit = stated(rule, rule->op);
    } else if (rule->kind == MRSE_ZONE_COIL_RADIUS) {
        j.exposure = combine(j.exposure, size_of(setup->coil_radius), -1.0);
        j.limit = at_least(0.0, MRSE_OP_GE);
        j.what = "device farther from the end of the transmit coil than its radius by";
        coil = coil && setup->coil_radius.v > 0.0;
    }
    j.ask = coil ? ASK_DEVICE : ASK_COIL;
    return j;
}

static bool needs_length(mrse_zone_kind kind)
{
    return kind == MRSE_ZONE_ISO_DISTANCE || kind == MRSE_ZONE_BORE_EDGE ||
           kind == MRSE_ZONE_COIL_CLEARANCE;
}

/* A range needs its upper end, which the rule does not have. */
static bool is_rule(const mrse_zone_rule *rule)
{
    if (rule->kind <= MRSE_ZONE_UNKNOWN || rule->kind > MRSE_ZONE_COIL_RADIUS)
        return false;
    if (!needs_length(rule->kind))
        return true;
    return isfinite(rule->length.v) && rule->length.v >= 0.0 &&
           rule->length.kind == MRSE_KIND_LENGTH && rule->op >= MRSE_OP_LE &&
           rule->op <= MRSE_OP_GT;
}

static void say_reason(const judged *j, mrse_decision *d)
{
    phrase p = {d->reason, sizeof d->reason};
    if (!isfinite(j->exposure.v) || !isfinite(j->exposure.u)) {
        mrse_text_copy(d->reason, sizeof d->reason, j->what);
        phrase_add(p, isfinite(j->exposure.v) ? ": its uncertainty is not known" : ": not known");
        return;
    }
    d->reason[0] = '\0';
    phrase_add(p, j->what);
    phrase_add(p, " ");
    phrase_num(p, j->exposure.v, 0.01, 3, "");
    phrase_add(p, " ± ");
    phrase_num(p, d->guard, 0.01, 2, " cm (U = 2u), against ");
    phrase_add(p, mrse_op_text(j->limit.op));
    phrase_add(p, " ");
    phrase_num(p, j->limit.value.v, 0.01, 3, " cm");
    if (d->provisional)
        phrase_add(p, "; rests on an unverified number");
    else if (d->verdict == MRSE_VERDICT_UNDETERMINED)
        phrase_add(p, ": the limit lies within the uncertainty");
}

mrse_status mrse_zone_decide(const mrse_zone_setup *setup, const mrse_zone_rule *rule,
                             mrse_zone_result *out)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    memset(out, 0, sizeof *out);
    if (setup == NULL || rule == NULL)
        return MRSE_ERR_ARG;
    if (!is_rule(rule)) {
        out->distance = mrse_value_missing(MRSE_KIND_LENGTH);
        out->decision.guard = out->decision.margin = NAN;
        mrse_text_copy(out->decision.reason, sizeof out->decision.reason,
                       "the position condition is incomplete");
        mrse_text_copy(out->ask, sizeof out->ask, ASK_RULE);
        return MRSE_OK;
    }
    judged j;
    if (rule->kind <= MRSE_ZONE_ISO_DISTANCE)
        j = judge_isocentre(setup, rule);
    else if (rule->kind <= MRSE_ZONE_BORE_EDGE)
        j = judge_bore(setup, rule);
    else
        j = judge_coil(setup, rule);
    out->distance = j.exposure;
    out->decision = mrse_decide(&j.exposure, &j.limit);
    say_reason(&j, &out->decision);
    if (out->decision.verdict == MRSE_VERDICT_UNDETERMINED)
        mrse_text_copy(out->ask, sizeof out->ask, isnan(j.exposure.v) ? j.ask : ASK_LEVEL);
    return MRSE_OK;
}

const char *mrse_zone_kind_text(mrse_zone_kind kind)
{
    static const char *const text[] = {
        "unknown position condition",
        "isocentre not between",
        "isocentre between",
        "isocentre above",
        "isocentre below",
        "isocentre at a distance from",
        "device outside the bore",
        "device near the edge of the bore",
        "device outside the transmit coil",
        "device at a distance from the transmit coil",
        "device at least the coil's radius from the transmit coil",
    };
    bool known = (int)kind >= 0 && (int)kind < (int)(sizeof text / sizeof text[0]);
    return text[known ? (int)kind : 0];
}
