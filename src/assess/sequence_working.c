/* The working of a sequence study: each figure with its formula, the numbers put in and the result,
 * so that a reader with a calculator can redo it. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sequence_working.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"

enum { DIGITS_IN = 8, DIGITS_FINE = 12, DIGITS_OUT = 5, TERMS = 12 };

static const char TOO_LONG[] = "more numbers than a line of working holds: see the record";

void working_text(working *w, const char *words)
{
    mrse_buf_add(&w->numbers, words);
}

/* Zeros behind the decimal mark say nothing here: 3.5, not 3.5000000. */
static void trim(char number[MRSE_NUM_MAX])
{
    size_t n = strcspn(number, "e"), end = n;

    if (memchr(number, '.', n) == NULL)
        return;
    while (end > 0 && number[end - 1] == '0')
        end--;
    if (number[end - 1] == '.')
        end--;
    memmove(number + end, number + n, strlen(number + n) + 1);
}

static void put_number(working *w, const char *before, double value, int digits, const char *after)
{
    char number[MRSE_NUM_MAX];

    mrse_text_num(number, value, digits);
    trim(number);
    mrse_buf_add(&w->numbers, before);
    mrse_buf_add(&w->numbers, number);
    mrse_buf_add(&w->numbers, after);
}

void working_num(working *w, const char *before, double value, const char *after)
{
    put_number(w, before, value, DIGITS_IN, after);
}

void working_fine(working *w, const char *before, double value, const char *after)
{
    put_number(w, before, value, DIGITS_FINE, after);
}

void working_is(working *w, double value, const char *unit)
{
    char number[MRSE_NUM_MAX];

    mrse_text_num(number, value, DIGITS_OUT);
    if (value == floor(value))
        trim(number); /* a count */
    mrse_buf_add(&w->numbers, " = ");
    mrse_buf_add(&w->numbers, number);
    mrse_buf_add(&w->numbers, unit[0] != '\0' ? " " : "");
    mrse_buf_add(&w->numbers, unit);
}

static mrse_step *new_step(working *w)
{
    mrse_sequence_study *s = w->s;
    mrse_step *grown = mrse_realloc(s->step, s->n_steps + 1, sizeof *grown);

    if (grown == NULL)
        return NULL;
    s->step = grown;
    memset(&grown[s->n_steps], 0, sizeof *grown);
    return &grown[s->n_steps++];
}

/* A formula that is cut short is a wrong one: rather none. */
static void set_numbers(mrse_step *step, const mrse_buf *numbers)
{
    bool fits = numbers->len < sizeof step->numbers;

    mrse_text_copy(step->numbers, sizeof step->numbers, fits ? mrse_buf_text(numbers) : TOO_LONG);
}

static void set_what(working *w, mrse_step *step, const working_head *head)
{
    char of[96];

    mrse_text_copy(of, sizeof of, head->of);
    (void)snprintf(step->what, sizeof step->what, "%.80s%s%s%s%s", head->what,
                   of[0] != '\0' ? ": " : "", of, w->when[0] != '\0' ? ", " : "", w->when);
}

void working_end(working *w, const working_head *head, const mrse_value *result)
{
    if (w->status == MRSE_OK)
        w->status = w->numbers.status;
    mrse_step *step = w->status == MRSE_OK ? new_step(w) : NULL;
    if (w->status == MRSE_OK && step == NULL)
        w->status = MRSE_ERR_NOMEM;
    if (step != NULL) {
        set_what(w, step, head);
        mrse_text_copy(step->formula, sizeof step->formula, head->formula);
        set_numbers(step, &w->numbers);
        mrse_text_copy(step->source, sizeof step->source, head->source);
        step->result = *result;
        step->detail = true;
    }
    mrse_buf_free(&w->numbers);
}

void working_end_plain(working *w, const working_head *head, double result, double u,
                       const char *unit)
{
    mrse_value v = mrse_value_computed(result, u, MRSE_KIND_NONE, "");
    size_t before = w->s->n_steps;

    working_end(w, head, &v);
    if (w->s->n_steps > before)
        mrse_text_copy(w->s->step[before].unit, sizeof w->s->step[before].unit, unit);
}

void working_end_missing(working *w, const working_head *head, mrse_kind kind, const char *why)
{
    const mrse_value missing = mrse_value_missing(kind);
    working_head without = *head;

    without.source = "";
    mrse_buf_free(&w->numbers);
    working_text(w, MRSE_STEP_MISSING);
    working_text(w, why[0] != '\0' ? why : "nothing that it could be worked out from is stated");
    working_end(w, &without, &missing);
}

void working_show(working *w)
{
    if (w->status == MRSE_OK && w->s->n_steps > 0)
        w->s->step[w->s->n_steps - 1].detail = false;
}

/* Sums of `TERMS` terms; the step that needs the sum then adds these. */
static void add_part(working *w, const working_sum *sum, size_t first, size_t end, double *total)
{
    const char *unit = sum->unit;
    working_head head = {.what = sum->what, .formula = "sum of the terms"};
    char of[48];

    *total = 0.0;
    for (size_t i = first; i < end; i++) {
        working_num(w, i > first ? " + " : "", sum->term(sum->of, i), "");
        *total += sum->term(sum->of, i);
    }
    working_is(w, *total, unit);
    (void)snprintf(of, sizeof of, "terms %zu to %zu", first + 1, end);
    head.of = of;
    working_end_plain(w, &head, *total, 0.0, unit);
}

void working_add_up(working *w, const working_sum *sum)
{
    mrse_buf kept = w->numbers; /* of the step that needs the sum */
    mrse_buf terms = {0};
    size_t step = TERMS;

    while (sum->n > TERMS * step)
        step *= TERMS;
    for (size_t first = 0; first<sum->n; first += sum->n> TERMS ? step : 1) {
        double total = sum->term(sum->of, first);
        size_t end = first + step < sum->n ? first + step : sum->n;

        w->numbers = (mrse_buf){0};
        if (sum->n > TERMS)
            add_part(w, sum, first, end, &total);
        w->numbers = terms;
        working_num(w, first > 0 ? " + " : "", total, "");
        terms = w->numbers;
    }
    w->numbers = kept;
    mrse_buf_add(&w->numbers, mrse_buf_text(&terms));
    if (w->status == MRSE_OK)
        w->status = terms.status;
    mrse_buf_free(&terms);
}

/* --- Two sequences -------------------------------------------------------------------------------- */

static bool are_alike(const mrse_step *a, const mrse_step *b)
{
    bool same = a->result.v == b->result.v || (isnan(a->result.v) && isnan(b->result.v));

    return same && strcmp(a->numbers, b->numbers) == 0 && strcmp(a->formula, b->formula) == 0;
}

static void say_both(mrse_step *step)
{
    char *at = strstr(step->what, ", before");

    if (at != NULL)
        mrse_text_copy(at, sizeof step->what - (size_t)(at - step->what), ", before and after");
    step->detail = true; /* a modification is not about what it leaves as it was */
}

void working_each(working *w, working_step *step, size_t i)
{
    mrse_sequence_study *s = w->s;
    const bool pair = mrse_sequence_is_pair(s);
    size_t first = s->n_steps, second;

    w->when = pair ? "before" : "";
    step(w, &s->before, i);
    second = s->n_steps;
    if (pair) {
        w->when = "after";
        step(w, &s->after, i);
    }
    w->when = "";
    if (second != first + 1 || s->n_steps != second + 1 ||
        !are_alike(&s->step[first], &s->step[second]))
        return;
    say_both(&s->step[first]);
    s->n_steps = second;
}

/* --- Limits --------------------------------------------------------------------------------------- */

static void limit_step(working *w, const mrse_sequence_limit *l, const mrse_value *exposure,
                       const mrse_decision *d)
{
    const working_head head = {
        .what = "Limit",
        .of = l->what,
        .formula =
            "margin = limit − value; value + U ≤ limit: MET; value − U > limit: NOT MET; else "
            "UNDETERMINED; U = 2u, of a value as displayed 0",
        .source = "ISO/IEC Guide 98-4:2012, guarded acceptance"};
    const mrse_unit *unit = mrse_unit_readable(l->limit.value.v, exposure->kind);
    const double size = unit->to_si;
    mrse_value margin;

    if (!isfinite(exposure->v)) {
        working_end_missing(w, &head, exposure->kind, d->reason);
        return;
    }
    if (d->guard > 0.0) {
        working_num(w, "", exposure->v / size, " + ");
        working_num(w, "", d->guard / size, "");
        working_is(w, (exposure->v + d->guard) / size, unit->text);
        working_text(w, "; ");
    }
    working_num(w, "", l->limit.value.v / size, " − ");
    working_num(w, "", exposure->v / size, "");
    working_is(w, (l->limit.value.v - exposure->v) / size, unit->text);
    working_text(w, "; ");
    working_text(w, mrse_verdict_text(d->verdict));
    margin = mrse_value_computed(l->limit.value.v - exposure->v, exposure->u, exposure->kind,
                                 "decision-rule");
    margin.origin = mrse_origin_weaker(exposure->origin, l->limit.value.origin);
    working_end(w, &head, &margin);
}

static void before_limit(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_sequence_limit *l = &w->s->limit[i];
    bool after = in == &w->s->after;

    limit_step(w, l, after ? &l->exposure_after : &l->exposure_before,
               after ? &l->after : &l->before);
}

mrse_status mrse_sequence_working(mrse_sequence_study *study)
{
    working w = {.s = study, .when = ""};

    working_rf(&w);
    working_sar(&w);
    working_gradient(&w);
    working_stimulation(&w);
    for (size_t i = 0; i < study->n_limits; i++)
        working_each(&w, before_limit, i);
    if (w.status == MRSE_OK && mrse_sequence_is_pair(study))
        w.status = working_image(&w);
    mrse_buf_free(&w.numbers);
    return w.status;
}
