/* The decision rule: the only place where a number becomes a verdict.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/verdict.h"

#include <math.h>
#include <string.h>

enum { VALUE_DIGITS = 4, GUARD_DIGITS = 2 };

/* Two decimal texts that mean the same number (7.2 T/m, 720 G/cm) may differ in the last bits after
 * conversion; equality at the limit must not hang on that. */
static int compare(double a, double b)
{
    double scale = fmax(fabs(a), fabs(b));
    if (fabs(a - b) <= 1e-12 * scale)
        return 0;
    return a < b ? -1 : 1;
}

static void append(char *to, size_t size, const char *text)
{
    size_t used = strlen(to);
    mrse_text_copy(to + used, size - used, text);
}

static void append_num(char *to, size_t size, double si, int digits)
{
    char num[MRSE_NUM_MAX];
    mrse_text_num(num, si, digits);
    append(to, size, num);
}

static mrse_decision undetermined(const char *reason)
{
    mrse_decision d = {.verdict = MRSE_VERDICT_UNDETERMINED, .guard = NAN, .margin = NAN};
    mrse_text_copy(d.reason, sizeof d.reason, reason);
    return d;
}

static bool limit_is_complete(const mrse_limit *limit)
{
    if (!isfinite(limit->value.v))
        return false;
    if (limit->op == MRSE_OP_RANGE)
        return isfinite(limit->upper) && compare(limit->value.v, limit->upper) <= 0;
    return limit->op == MRSE_OP_LE || limit->op == MRSE_OP_LT || limit->op == MRSE_OP_GE ||
           limit->op == MRSE_OP_GT;
}

static mrse_verdict compare_guarded(double low, double high, const mrse_limit *limit)
{
    double l = limit->value.v;
    bool met = false;
    bool not_met = false;
    switch (limit->op) {
    case MRSE_OP_LE:
        met = compare(high, l) <= 0;
        not_met = compare(low, l) > 0;
        break;
    case MRSE_OP_LT:
        met = compare(high, l) < 0;
        not_met = compare(low, l) >= 0;
        break;
    case MRSE_OP_GE:
        met = compare(low, l) >= 0;
        not_met = compare(high, l) < 0;
        break;
    case MRSE_OP_GT:
        met = compare(low, l) > 0;
        not_met = compare(high, l) <= 0;
        break;
    case MRSE_OP_RANGE:
        met = compare(low, l) >= 0 && compare(high, limit->upper) <= 0;
        not_met = compare(high, l) < 0 || compare(low, limit->upper) > 0;
        break;
    }
    if (met)
        return MRSE_VERDICT_MET;
    return not_met ? MRSE_VERDICT_NOT_MET : MRSE_VERDICT_UNDETERMINED;
}

static double margin_of(double v, const mrse_limit *limit)
{
    switch (limit->op) {
    case MRSE_OP_LE:
    case MRSE_OP_LT:
        return limit->value.v - v;
    case MRSE_OP_GE:
    case MRSE_OP_GT:
        return v - limit->value.v;
    case MRSE_OP_RANGE:
        return fmin(v - limit->value.v, limit->upper - v);
    }
    return NAN;
}

static void say_why(mrse_decision *d, const mrse_value *exposure, const mrse_limit *limit)
{
    /* all in one unit, the one in which the limit reads best */
    const mrse_unit *in = mrse_unit_readable(limit->value.v, exposure->kind);
    const char *unit = in != NULL ? in->text : mrse_kind_get(exposure->kind)->si;
    double size_si = in != NULL ? in->to_si : 1.0;
    char *r = d->reason;
    size_t size = sizeof d->reason;
    append_num(r, size, exposure->v / size_si, VALUE_DIGITS);
    /* A guard below the digits shown would only look odd; the record holds it. */
    if (d->guard > 1e-4 * fabs(exposure->v)) {
        append(r, size, " ± ");
        append_num(r, size, d->guard / size_si, GUARD_DIGITS);
    }
    append(r, size, " ");
    append(r, size, unit);
    append(r, size,
           exposure->basis == MRSE_BASIS_DECLARED ? " as declared, against "
                                                  : " (U = 2u) against ");
    append(r, size, mrse_op_text(limit->op));
    append(r, size, " ");
    append_num(r, size, limit->value.v / size_si, VALUE_DIGITS);
    if (limit->op == MRSE_OP_RANGE) {
        append(r, size, " to ");
        append_num(r, size, limit->upper / size_si, VALUE_DIGITS);
    }
    append(r, size, " ");
    append(r, size, unit);
    if (d->verdict == MRSE_VERDICT_UNDETERMINED)
        append(r, size, ": the limit lies within the uncertainty");
}

mrse_decision mrse_decide(const mrse_value *exposure, const mrse_limit *limit)
{
    if (exposure == NULL || limit == NULL)
        return undetermined("nothing to compare");
    if (!limit_is_complete(limit))
        return undetermined("the limit is missing or not a finite number");
    if (!isfinite(exposure->v))
        return undetermined("the exposure is missing or not a finite number");
    if (exposure->kind != limit->value.kind)
        return undetermined("exposure and limit are different kinds of quantity");
    bool declared = exposure->basis == MRSE_BASIS_DECLARED;
    if (!declared && !(isfinite(exposure->u) && exposure->u >= 0.0))
        return undetermined("the uncertainty of the exposure is not known");

    mrse_decision d = {.guard = declared ? 0.0 : 2.0 * exposure->u};
    d.margin = margin_of(exposure->v, limit);
    d.verdict = compare_guarded(exposure->v - d.guard, exposure->v + d.guard, limit);
    say_why(&d, exposure, limit);

    mrse_origin weakest = mrse_origin_weaker(exposure->origin, limit->value.origin);
    if (weakest == MRSE_ORIGIN_UNVERIFIED) {
        d.verdict = MRSE_VERDICT_UNDETERMINED;
        d.provisional = true;
        append(d.reason, sizeof d.reason, "; rests on an unverified number");
    } else if (weakest == MRSE_ORIGIN_ASSUMED) {
        d.on_assumption = true;
    }
    return d;
}

static int badness(mrse_verdict v)
{
    switch (v) {
    case MRSE_VERDICT_NOT_STATED:
        return 0;
    case MRSE_VERDICT_MET:
        return 1;
    case MRSE_VERDICT_UNDETERMINED:
        return 2;
    case MRSE_VERDICT_NOT_MET:
        return 3;
    }
    return 2;
}

mrse_verdict mrse_verdict_worse(mrse_verdict a, mrse_verdict b)
{
    return badness(b) > badness(a) ? b : a;
}

const char *mrse_verdict_text(mrse_verdict verdict)
{
    switch (verdict) {
    case MRSE_VERDICT_MET:
        return "MET";
    case MRSE_VERDICT_NOT_MET:
        return "NOT MET";
    case MRSE_VERDICT_NOT_STATED:
        return "NOT STATED";
    case MRSE_VERDICT_UNDETERMINED:
        break;
    }
    return "UNDETERMINED";
}

const char *mrse_op_text(mrse_op op)
{
    switch (op) {
    case MRSE_OP_LT:
        return "<";
    case MRSE_OP_LE:
        return "≤";
    case MRSE_OP_GT:
        return ">";
    case MRSE_OP_GE:
        return "≥";
    case MRSE_OP_RANGE:
        return "within";
    }
    return "?";
}
