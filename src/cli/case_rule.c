/* Case files: reading quantities, the decision rule, and where an implant is.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "case_internal.h"

enum { DIGITS = 4 };

static mrse_kind read_kind(case_run *run, const char *key, mrse_kind otherwise)
{
    const char *id = case_text(run, key, otherwise == MRSE_KIND_NONE);
    mrse_kind kind = id ? mrse_kind_from_id(id) : otherwise;

    if (kind == MRSE_KIND_NONE)
        case_wrong(run, "%s: '%s' is not a kind of `mrse units`", key, id ? id : "");
    return kind;
}

mrse_status case_quantity(case_run *run)
{
    mrse_kind kind = read_kind(run, "kind", MRSE_KIND_NONE);
    const char *text = case_text(run, "text", true);
    mrse_quantity quantity;
    mrse_buf printed = {0};
    mrse_status status;

    if (run->wrong[0])
        return MRSE_OK;
    status = mrse_quantity_read(text, kind, &quantity, NULL, NULL);
    if (status != MRSE_OK)
        return status;
    case_add(run, "si", kind, quantity.si);
    case_add(run, "half", kind, quantity.half_ulp);
    mrse_quantity_print(&printed, quantity.si, kind, DIGITS, 1);
    case_add_text(run, "printed", mrse_buf_text(&printed));
    status = printed.status;
    mrse_buf_free(&printed);
    return status;
}

/* "<= 2.5 T/m", or "range 1 T/m to 3 T/m". */
static mrse_limit read_limit(case_run *run, mrse_kind kind)
{
    static const char *const ops[] = {
        [MRSE_OP_LE] = "<=", [MRSE_OP_LT] = "<",        [MRSE_OP_GE] = ">=",
        [MRSE_OP_GT] = ">",  [MRSE_OP_RANGE] = "range",
    };
    mrse_limit limit = {.value = {.kind = kind, .basis = MRSE_BASIS_DECLARED}};
    const char *text = case_text(run, "limit", true), *rest, *to = NULL;
    char first[CASE_TEXT];
    mrse_quantity q = {0};
    size_t n, i;

    if (!text)
        return limit;
    n = strcspn(text, " ");
    rest = text + n + strspn(text + n, " ");
    for (i = 0; i < sizeof ops / sizeof ops[0]; i++)
        if (strlen(ops[i]) == n && strncmp(text, ops[i], n) == 0)
            break;
    if (i == sizeof ops / sizeof ops[0]) {
        case_wrong(run, "limit: '%s' does not begin with <=, <, >=, > or range", text);
        return limit;
    }
    limit.op = (mrse_op)i;
    mrse_text_copy(first, sizeof first, rest);
    if (limit.op == MRSE_OP_RANGE) {
        to = strstr(rest, " to ");
        if (to && (size_t)(to - rest) < sizeof first)
            first[to - rest] = '\0';
        if (!to || mrse_quantity_read(to + 4, kind, &q, NULL, NULL) != MRSE_OK)
            case_wrong(run, "limit: '%s' is not a range", text);
        limit.upper = q.si;
    }
    if (strcmp(first, "nan") == 0)
        q.si = (double)NAN;
    else if (mrse_quantity_read(first, kind, &q, NULL, NULL) != MRSE_OK)
        case_wrong(run, "limit: '%s' is not a %s", first, mrse_kind_get(kind)->name);
    limit.value.v = q.si;
    return limit;
}

static mrse_origin read_origin(case_run *run, const char *key, mrse_origin otherwise)
{
    const char *text = case_text(run, key, false);
    mrse_origin origin = otherwise;

    if (text && !mrse_origin_from_text(text, &origin))
        case_wrong(run, "%s: '%s' is not an origin", key, text);
    return origin;
}

mrse_status case_decision(case_run *run)
{
    static const char *const bases[] = {"computed", "declared"};
    mrse_kind kind = read_kind(run, "kind", MRSE_KIND_NONE);
    mrse_kind limit_kind = read_kind(run, "limit-kind", kind);
    mrse_value value = {.kind = kind};
    mrse_limit limit;
    mrse_decision decision;

    if (run->wrong[0])
        return MRSE_OK;
    value.v = case_needed(run, "value", kind);
    value.u = case_number(run, "u", kind, (double)NAN);
    value.basis = (mrse_basis)case_choice(run, "basis", bases, 2, MRSE_BASIS_COMPUTED);
    value.origin = read_origin(run, "origin", MRSE_ORIGIN_COMPUTED);
    limit = read_limit(run, limit_kind);
    limit.value.origin = read_origin(run, "limit-origin", MRSE_ORIGIN_MANUFACTURER);
    if (run->wrong[0])
        return MRSE_OK;
    decision = mrse_decide(&value, &limit);
    case_add_text(run, "verdict", mrse_verdict_text(decision.verdict));
    case_add_text(run, "provisional", decision.provisional ? "yes" : "no");
    case_add_text(run, "on-assumption", decision.on_assumption ? "yes" : "no");
    case_add(run, "guard", kind, decision.guard);
    case_add(run, "margin", kind, decision.margin);
    return MRSE_OK;
}

mrse_status case_position(case_run *run)
{
    static const char *const entries[] = {"head first", "feet first"};
    static const char *const postures[] = {"supine", "prone", "left lateral", "right lateral"};
    mrse_position position = {0};
    mrse_path path;
    mrse_status status;

    position.x_m = case_needed(run, "x", MRSE_KIND_LENGTH);
    position.y_m = case_needed(run, "y", MRSE_KIND_LENGTH);
    position.z_m = case_needed(run, "z", MRSE_KIND_LENGTH);
    position.couch_height_m = case_number(run, "couch", MRSE_KIND_LENGTH, 0.0);
    position.entry = (mrse_entry)case_choice(run, "entry", entries, 2, MRSE_ENTRY_HEAD_FIRST);
    position.posture = (mrse_posture)case_choice(run, "posture", postures, 4, MRSE_POSTURE_SUPINE);
    if (run->wrong[0])
        return MRSE_OK;
    status = mrse_position_path(&position, &path);
    if (status != MRSE_OK)
        return status;
    case_add(run, "r", MRSE_KIND_LENGTH, path.r_m);
    case_add(run, "z_start", MRSE_KIND_LENGTH, path.z_start_m);
    case_add(run, "z_end", MRSE_KIND_LENGTH, path.z_end_m);
    return MRSE_OK;
}
