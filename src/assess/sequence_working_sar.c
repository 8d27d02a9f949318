/* The working of SAR, by whichever way it was found. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sequence_working.h"

#define UT 1e6 /* µT in 1 T */

static const char *const sar_name[MRSE_SAR_KINDS] = {"Whole-body SAR", "Partial-body SAR",
                                                     "Head SAR", "Local SAR"};

/* The last sequence: SAR is worked out for it. */
static const mrse_sequence_input *last(const mrse_sequence_study *s)
{
    return mrse_sequence_is_pair(s) ? &s->after : &s->before;
}

static const mrse_value *reported(const mrse_protocol *p, size_t kind)
{
    const mrse_reported *r = &p->reported;
    const mrse_value *const value[MRSE_SAR_KINDS] = {&r->sar_whole_body, &r->sar_partial_body,
                                                     &r->sar_head, &r->sar_local};

    return value[kind];
}

/* --- By ratio ------------------------------------------------------------------------------------- */

static const char *put_ratio(working *w, size_t kind)
{
    const mrse_sequence_study *s = w->s;
    const mrse_sequence_input *b = &s->before, *a = last(s);

    working_num(w, "", reported(b->protocol, kind)->v, " W/kg × ");
    if (s->sar.method == MRSE_SAR_RATIO_TIME) {
        working_num(w, "(", a->rf.slots, " / ");
        working_num(w, "", a->protocol->tr.v, " s) / (");
        working_num(w, "", b->rf.slots, " / ");
        working_num(w, "", b->protocol->tr.v, " s)");
        return "SAR = SAR before × (slices in one TR / TR) after / (slices in one TR / TR) before, "
               "the pulses being the same";
    }
    if (s->sar.method == MRSE_SAR_RATIO_B1) {
        working_num(w, "(", a->protocol->reported.b1_rms.v * UT, " µT / ");
        working_num(w, "", b->protocol->reported.b1_rms.v * UT, " µT)²");
        return "SAR = SAR before × (B1rms after / B1rms before)², both as the console shows them";
    }
    working_num(w, "(", a->rf.rms_T * UT, " µT / ");
    working_num(w, "", b->rf.rms_T * UT, " µT)²");
    return "SAR = SAR before × (B1rms over the whole after / before)², from the pulses";
}

/* --- By the site's calibration -------------------------------------------------------------------- */

typedef struct calibration {
    const mrse_sar_pair *pair[256]; /* those that hold */
    size_t n;
} calibration;

static double per_square(const void *of, size_t i)
{
    const mrse_sar_pair *p = ((const calibration *)of)->pair[i];

    return p->sar.v / (p->b1_rms.v * UT * p->b1_rms.v * UT);
}

static void find_pairs(const mrse_sequence_study *s, mrse_kind kind, calibration *out)
{
    const mrse_scanner *scanner = s->scanner;

    out->n = 0;
    for (size_t i = 0; i < scanner->n_sar_pairs && out->n < 256; i++)
        if (scanner->sar_pair[i].sar.kind == kind &&
            mrse_sar_pair_applies(last(s)->protocol, &scanner->sar_pair[i]))
            out->pair[out->n++] = &scanner->sar_pair[i];
}

static void pair_step(working *w, const mrse_sar_pair *pair, const char *kind)
{
    const working_head head = {.what = "SAR over B1+rms squared, a pair",
                               .of = kind,
                               .formula = "k = SAR / B1rms²",
                               .source = "scanner file, rf.sar_pairs"};
    double k = pair->sar.v / (pair->b1_rms.v * UT * pair->b1_rms.v * UT);

    working_num(w, "", pair->sar.v, " W/kg / (");
    working_num(w, "", pair->b1_rms.v * UT, " µT)²");
    working_is(w, k, "W/kg/µT²");
    working_end_plain(w, &head, k, 0.0, "W/kg/µT²");
}

static const char *put_site(working *w, size_t kind)
{
    const mrse_sequence_study *s = w->s;
    const mrse_value b1 = mrse_sar_b1(last(s)->protocol, &last(s)->rf);
    calibration pairs;

    find_pairs(s, s->sar.value[kind].kind, &pairs);
    for (size_t i = 0; i < pairs.n; i++)
        pair_step(w, pairs.pair[i], sar_name[kind]);
    working_text(w, "(");
    working_add_up(w, &(working_sum){.what = "SAR over B1+rms squared",
                                     .unit = "W/kg/µT²",
                                     .term = per_square,
                                     .of = &pairs,
                                     .n = pairs.n});
    working_num(w, ") W/kg/µT² / ", (double)pairs.n, " × (");
    working_num(w, "", b1.v * UT, " µT)²");
    return "SAR = mean of k over the site's pairs of this coil and region × B1rms²";
}

/* --- By the analytic body ------------------------------------------------------------------------- */

static const char *put_body(working *w, size_t kind)
{
    const mrse_sequence_study *s = w->s;
    const mrse_protocol *p = last(s)->protocol;
    const mrse_value b1 = mrse_sar_b1(p, &last(s)->rf);
    const bool head = kind == 2;

    if (kind == 0)
        working_num(w, "", MRSE_SAR_TRUNK_SHARE, " × ");
    working_num(w, "", MRSE_SAR_CONDUCTIVITY_S_M, " S/m × (2 × π × ");
    working_num(w, "", MRSE_GAMMA_HZ_T, " Hz/T × ");
    working_num(w, "", p->b0.v, " T × ");
    working_num(w, "", b1.v, " T × ");
    working_num(w, "", head ? MRSE_SAR_HEAD_M : MRSE_SAR_TRUNK_M, " m)² / (");
    working_num(w, head ? "10 × " : "4 × ", MRSE_SAR_DENSITY_KG_M3, " kg/m³)");
    if (head)
        return "SAR = σ (2π γ B0 B1rms R)² / (10 ρ), a uniform sphere; order of magnitude";
    return kind == 0 ? "SAR = exposed share of the mass × σ (2π γ B0 B1rms R)² / (4 ρ), a uniform "
                       "cylinder; order of magnitude"
                     : "SAR = σ (2π γ B0 B1rms R)² / (4 ρ), a uniform cylinder; order of magnitude";
}

/* --- All ------------------------------------------------------------------------------------------ */

static void sar_step(working *w, size_t kind)
{
    const mrse_sar *sar = &w->s->sar;
    working_head head = {.what = sar_name[kind], .source = sar->reason};

    switch (sar->method) {
    case MRSE_SAR_RATIO_TIME:
    case MRSE_SAR_RATIO_B1:
    case MRSE_SAR_RATIO_PULSE:
        head.formula = put_ratio(w, kind);
        break;
    case MRSE_SAR_SITE:
        head.formula = put_site(w, kind);
        break;
    case MRSE_SAR_ANALYTIC:
        head.formula = put_body(w, kind);
        break;
    case MRSE_SAR_NONE:
    case MRSE_SAR_AS_REPORTED:
    case MRSE_SAR_REFERENCE: /* of two examinations: not of a study */
        return;
    }
    working_is(w, sar->value[kind].v, "W/kg");
    working_end(w, &head, &sar->value[kind]);
    if (kind == 0)
        working_show(w);
}

static void as_reported(working *w, const mrse_sequence_input *in, size_t kind)
{
    const working_head head = {
        .what = sar_name[kind], .formula = "none: as the console shows it", .source = ""};

    if (in->protocol == NULL || !(reported(in->protocol, kind)->v > 0.0))
        return;
    working_text(w, "as displayed");
    working_end(w, &head, reported(in->protocol, kind));
}

static void energy(working *w, const mrse_sequence_input *in, size_t i)
{
    const working_head head = {.what = "Specific absorbed energy",
                               .formula = "SED = whole-body SAR × time",
                               .source = "method sed"};

    (void)i;
    if (in->protocol == NULL)
        return;
    if (!isfinite(in->protocol->reported.sed.v)) {
        working_end_missing(w, &head, MRSE_KIND_SED, "the console's value is not stated");
        return;
    }
    working_text(w, "as displayed: the console counts it, nothing is put in here");
    working_end(w, &head, &in->protocol->reported.sed);
}

void working_sar(working *w)
{
    const mrse_sar *sar = &w->s->sar;

    for (size_t i = 0; i < MRSE_SAR_KINDS; i++)
        working_each(w, as_reported, i);
    if (mrse_sequence_is_pair(w->s))
        w->when = "after";
    for (size_t i = 0; i < MRSE_SAR_KINDS; i++)
        if (isfinite(sar->value[i].v))
            sar_step(w, i);
    if (sar->method == MRSE_SAR_NONE)
        working_end_missing(w, &(working_head){.what = "SAR", .formula = "", .source = ""},
                            MRSE_KIND_SAR_WHOLE_BODY, sar->reason);
    w->when = "";
    working_each(w, energy, 0);
}
