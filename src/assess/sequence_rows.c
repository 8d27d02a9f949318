/* What a sequence exposes patient and implant to, quantity by quantity. What a console reports and what
 * is computed stand in rows of their own. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "sequence_internal.h"

#define METHOD_B1     "protocol-b1rms"
#define METHOD_PLAYED "pulseq-rf"

/* A played file states its pulses exactly; what is left is which gamma was meant. */
static const double U_PLAYED = 1e-4;
/* Unchanged shapes cancel in a ratio; what is left are rounded angles and durations. */
static const double U_RATIO = 0.005;

static mrse_value computed(double v, double u_relative, mrse_kind kind, const char *method)
{
    if (!isfinite(v))
        return mrse_value_missing(kind);
    return mrse_value_computed(v, u_relative * fabs(v), kind, method);
}

static const mrse_b1_exposure *played_b1(const mrse_sequence_input *in)
{
    return in->played != NULL && in->played->b1.refused[0] == '\0' ? &in->played->b1 : NULL;
}

mrse_value mrse_sequence_b1_rms(const mrse_sequence_input *in)
{
    const mrse_b1_exposure *b1 = played_b1(in);
    if (b1 == NULL)
        return computed(in->protocol != NULL ? in->rf.rms_window_T : (double)NAN, in->rf.u_relative,
                        MRSE_KIND_B1_RMS, METHOD_B1);
    /* a sequence shorter than the window is taken as repeated */
    double worst_T = isfinite(b1->rms_window_T) ? b1->rms_window_T : b1->rms_periodic_T;
    return computed(worst_T, U_PLAYED, MRSE_KIND_B1_RMS, METHOD_PLAYED);
}

mrse_value mrse_sequence_b1_mean(const mrse_sequence_input *in)
{
    const mrse_b1_exposure *b1 = played_b1(in);
    if (b1 != NULL)
        return computed(b1->rms_T, U_PLAYED, MRSE_KIND_B1_RMS, METHOD_PLAYED);
    return computed(in->protocol != NULL ? in->rf.rms_T : (double)NAN, in->rf.u_relative,
                    MRSE_KIND_B1_RMS, METHOD_B1);
}

mrse_value mrse_sequence_b1_peak(const mrse_sequence_input *in)
{
    const mrse_b1_exposure *b1 = played_b1(in);
    if (b1 != NULL)
        return computed(b1->peak_T, U_PLAYED, MRSE_KIND_B1_PEAK, METHOD_PLAYED);
    /* amplitude goes with the square root of what is known of the energy */
    return computed(in->protocol != NULL ? in->rf.peak_T : (double)NAN, in->rf.u_relative,
                    MRSE_KIND_B1_PEAK, METHOD_B1);
}

/* The same pulses but for angle and duration: what is not known of their shapes cancels. */
static bool same_shapes(const mrse_protocol *a, const mrse_protocol *b)
{
    if (a->n_pulses != b->n_pulses)
        return false;
    for (size_t i = 0; i < a->n_pulses; i++) {
        const mrse_protocol_pulse *p = &a->pulse[i], *q = &b->pulse[i];
        if (p->role != q->role || p->shape.form != q->shape.form ||
            p->shape.time_bandwidth != q->shape.time_bandwidth ||
            p->shape.apodisation != q->shape.apodisation)
            return false;
    }
    return true;
}

mrse_value mrse_sequence_b1_expected(const mrse_sequence_study *s)
{
    const mrse_sequence_input *b = &s->before, *a = &s->after;
    const mrse_value missing = mrse_value_missing(MRSE_KIND_B1_RMS);
    if (!mrse_sequence_is_pair(s) || b->protocol == NULL || a->protocol == NULL)
        return missing;
    const mrse_value *reported = &b->protocol->reported.b1_rms;
    double ratio = a->rf.rms_window_T / b->rf.rms_window_T;
    if (!isfinite(reported->v) || !isfinite(ratio))
        return missing;
    double u =
        same_shapes(b->protocol, a->protocol) ? U_RATIO : hypot(b->rf.u_relative, a->rf.u_relative);
    double rounding = reported->u > 0.0 ? reported->u / reported->v : 0.0;
    mrse_value v = computed(reported->v * ratio, hypot(u, rounding), MRSE_KIND_B1_RMS, METHOD_B1);
    v.origin = mrse_origin_weaker(v.origin, reported->origin);
    return v;
}

static mrse_sequence_row *new_row(mrse_sequence_study *s, mrse_sequence_topic topic,
                                  const char *what, mrse_kind kind)
{
    mrse_sequence_row *grown = mrse_realloc(s->row, s->n_rows + 1, sizeof *grown);
    if (grown == NULL)
        return NULL;
    s->row = grown;
    mrse_sequence_row *row = &grown[s->n_rows++];
    memset(row, 0, sizeof *row);
    row->topic = topic;
    row->before = row->after = mrse_value_missing(kind);
    row->ratio = row->u_ratio = (double)NAN;
    mrse_text_copy(row->what, sizeof row->what, what);
    return row;
}

static void set_ratio(mrse_sequence_row *row)
{
    if (!isfinite(row->before.v) || !isfinite(row->after.v) || !(row->before.v > 0.0))
        return;
    row->ratio = row->after.v / row->before.v;
    double u_b = row->before.u / row->before.v, u_a = row->after.u / row->after.v;
    row->u_ratio = row->after.v > 0.0 ? row->ratio * hypot(u_b, u_a) : (double)NAN;
}

/* A row of two numbers; nothing at all when neither is known and nobody needs to hear why. */
static mrse_status add(mrse_sequence_study *s, mrse_sequence_topic topic, const char *what,
                       const mrse_value *before, const mrse_value *after, const char *how,
                       const char *note)
{
    bool told = isfinite(before->v) || (after != NULL && isfinite(after->v)) || note[0] != '\0';
    if (!told)
        return MRSE_OK;
    mrse_sequence_row *row = new_row(s, topic, what, before->kind);
    if (row == NULL)
        return MRSE_ERR_NOMEM;
    row->before = *before;
    if (after != NULL)
        row->after = *after;
    set_ratio(row);
    mrse_text_copy(row->how, sizeof row->how, how);
    mrse_text_copy(row->note, sizeof row->note, note);
    return MRSE_OK;
}

/* What the console reports; of a Pulseq file nothing. */
static mrse_value reported(const mrse_sequence_input *in, size_t at, mrse_kind kind)
{
    if (in->protocol == NULL)
        return mrse_value_missing(kind);
    mrse_value v;
    memcpy(&v, (const char *)&in->protocol->reported + at, sizeof v);
    return v;
}

static mrse_status add_reported(mrse_sequence_study *s, mrse_sequence_topic topic, const char *what,
                                size_t at, mrse_kind kind)
{
    mrse_value before = reported(&s->before, at, kind), after = reported(&s->after, at, kind);
    return add(s, topic, what, &before, &after, "as the console shows it", "");
}

#define REPORTED(member) offsetof(mrse_reported, member)

static const char *rf_refusal(const mrse_sequence_input *in)
{
    if (in->played != NULL)
        return in->played->b1.refused;
    return in->protocol != NULL ? in->rf.refused : "";
}

/* A console that differs from the pulses by more than a tenth knows something that the file does not. */
static void compare_with_console(const mrse_sequence_study *s, char *note, size_t size)
{
    mrse_value console = reported(&s->before, REPORTED(b1_rms), MRSE_KIND_B1_RMS);
    mrse_value pulses = mrse_sequence_b1_rms(&s->before);
    if (!isfinite(console.v) || !isfinite(pulses.v) || fabs(pulses.v / console.v - 1.0) <= 0.1)
        return;
    mrse_text_copy(
        note, size,
        "the pulses as written and the console differ by more than a tenth: the file does "
        "not hold all pulses as they are played; the console's value goes before");
}

static mrse_status add_rf(mrse_sequence_study *s)
{
    char note[256] = "";
    mrse_value rms_b = mrse_sequence_b1_rms(&s->before), rms_a = mrse_sequence_b1_rms(&s->after);
    mrse_value mean_b = mrse_sequence_b1_mean(&s->before),
               mean_a = mrse_sequence_b1_mean(&s->after);
    mrse_value peak_b = mrse_sequence_b1_peak(&s->before),
               peak_a = mrse_sequence_b1_peak(&s->after);
    mrse_value expected = mrse_sequence_b1_expected(s);
    mrse_value console = reported(&s->before, REPORTED(b1_rms), MRSE_KIND_B1_RMS);
    mrse_text_copy(note, sizeof note, rf_refusal(&s->before));
    if (note[0] == '\0')
        mrse_text_copy(note, sizeof note, rf_refusal(&s->after));
    if (note[0] == '\0')
        compare_with_console(s, note, sizeof note);
    mrse_status status = add_reported(s, MRSE_SEQUENCE_RF, "B1+rms on the console",
                                      REPORTED(b1_rms), MRSE_KIND_B1_RMS);
    if (status == MRSE_OK && isfinite(expected.v))
        status =
            add(s, MRSE_SEQUENCE_RF, "B1+rms expected on the console", &console, &expected,
                "console's value before, times the ratio of B1+rms worked out from the pulses", "");
    if (status == MRSE_OK)
        status = add(s, MRSE_SEQUENCE_RF, "B1+rms over the worst 10 s, from the pulses", &rms_b,
                     &rms_a, "root of the energy of the pulses in the worst 10 s, over 10 s", note);
    if (status == MRSE_OK)
        status = add(s, MRSE_SEQUENCE_RF, "B1+rms over the whole, from the pulses", &mean_b,
                     &mean_a, "root of the energy of the pulses in one TR, over TR", "");
    if (status == MRSE_OK)
        status = add_reported(s, MRSE_SEQUENCE_RF, "peak B1+ on the console", REPORTED(b1_peak),
                              MRSE_KIND_B1_PEAK);
    if (status == MRSE_OK)
        status = add(s, MRSE_SEQUENCE_RF, "peak B1+, from the pulses", &peak_b, &peak_a,
                     "largest amplitude of any pulse", "");
    return status;
}

static mrse_status add_sar(mrse_sequence_study *s)
{
    static const struct {
        const char *what;
        mrse_kind kind;
        size_t at;
    } sar[MRSE_SAR_KINDS] = {
        {"whole-body SAR", MRSE_KIND_SAR_WHOLE_BODY, REPORTED(sar_whole_body)},
        {"partial-body SAR", MRSE_KIND_SAR_PARTIAL_BODY, REPORTED(sar_partial_body)},
        {"head SAR", MRSE_KIND_SAR_HEAD, REPORTED(sar_head)},
        {"local SAR", MRSE_KIND_SAR_LOCAL, REPORTED(sar_local)},
    };
    const bool pair = mrse_sequence_is_pair(s);
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < MRSE_SAR_KINDS && status == MRSE_OK; i++) {
        mrse_value before = reported(&s->before, sar[i].at, sar[i].kind);
        if (!pair && !isfinite(before.v)) /* a site's calibration may tell it of one alone */
            before = s->sar.value[i];
        bool first = i == 0; /* one kind says why, for all */
        status = add(s, MRSE_SEQUENCE_SAR, sar[i].what, &before, pair ? &s->sar.value[i] : NULL,
                     s->sar.method == MRSE_SAR_NONE ? "" : s->sar.reason,
                     s->sar.method == MRSE_SAR_NONE && first ? s->sar.reason : "");
    }
    if (status == MRSE_OK)
        status = add_reported(s, MRSE_SEQUENCE_SAR, "specific absorbed energy on the console",
                              REPORTED(sed), MRSE_KIND_SED);
    return status;
}

/* Two figures of one kind; the reason is that of the one that is missing. */
static mrse_status add_figures(mrse_sequence_study *s, mrse_sequence_topic topic, const char *what,
                               const mrse_gradient_figure *before,
                               const mrse_gradient_figure *after)
{
    bool pair = mrse_sequence_is_pair(s), known = isfinite(before->value.v);
    const char *how = known ? before->note : pair && isfinite(after->value.v) ? after->note : "";
    const char *why = !known ? before->note : pair && !isfinite(after->value.v) ? after->note : "";
    return add(s, topic, what, &before->value, pair ? &after->value : NULL, how, why);
}

/* As of figures: a number that is missing has its reason, whichever of the two it is. */
static mrse_status add_place(mrse_sequence_study *s)
{
    if (!s->has_place)
        return MRSE_OK;
    const mrse_dbdt *b = &s->dbdt_before, *a = &s->dbdt_after;
    const mrse_value *after_peak = NULL, *after_rms = NULL;
    const char *how = isfinite(b->peak.v) ? b->reason : "";
    const char *why = isfinite(b->peak.v) ? "" : b->reason;
    if (mrse_sequence_is_pair(s)) {
        after_peak = &a->peak;
        after_rms = &a->rms;
        if (how[0] == '\0' && isfinite(a->peak.v))
            how = a->reason;
        if (why[0] == '\0' && !isfinite(a->peak.v))
            why = a->reason;
    }
    mrse_status status =
        add(s, MRSE_SEQUENCE_GRADIENT, "peak dB/dt at the implant", &b->peak, after_peak, how, why);
    if (status == MRSE_OK)
        status =
            add(s, MRSE_SEQUENCE_GRADIENT, "rms dB/dt at the implant", &b->rms, after_rms, how, "");
    return status;
}

static mrse_status add_gradients(mrse_sequence_study *s)
{
    const mrse_gradient_use *b = &s->before.gradient, *a = &s->after.gradient;
    mrse_status status = add_figures(s, MRSE_SEQUENCE_GRADIENT, "gradient amplitude, one axis",
                                     &b->amplitude, &a->amplitude);
    if (status == MRSE_OK)
        status = add_figures(s, MRSE_SEQUENCE_GRADIENT, "slew rate of the sequence, one axis",
                             &b->slew_max, &a->slew_max);
    if (status == MRSE_OK && s->scanner != NULL) {
        const mrse_value *rated = &s->scanner->gradients.slew;
        status = add(s, MRSE_SEQUENCE_GRADIENT, "slew rate of the system, rated", rated,
                     mrse_sequence_is_pair(s) ? rated : NULL, "scanner file",
                     isfinite(rated->v) ? "a sequence does not change it: a label's limit on the "
                                          "system is met by the scanner or not at all"
                                        : "the scanner file does not state it");
    }
    if (status == MRSE_OK)
        status = add_place(s);
    if (status == MRSE_OK)
        status = add_figures(s, MRSE_SEQUENCE_GRADIENT, "largest dB/dt that a patient meets",
                             &b->dbdt, &a->dbdt);
    if (status == MRSE_OK)
        status = add_reported(s, MRSE_SEQUENCE_GRADIENT, "dB/dt on the console", REPORTED(dbdt),
                              MRSE_KIND_DBDT_PEAK);
    return status;
}

static mrse_status add_stimulation(mrse_sequence_study *s)
{
    const mrse_gradient_use *b = &s->before.gradient, *a = &s->after.gradient;
    const struct {
        const char *what;
        const mrse_gradient_figure *before, *after;
    } row[] = {
        {"share of the mean threshold of stimulation", &b->peripheral, &a->peripheral},
        {"share of the limit in normal operating mode", &b->normal, &a->normal},
        {"share of the limit of cardiac stimulation", &b->cardiac, &a->cardiac},
        {"SAFE model, peripheral", &b->safe, &a->safe},
        {"SAFE model, cardiac", &b->safe_cardiac, &a->safe_cardiac},
        {"convolution model", &b->convolution, &a->convolution},
    };
    mrse_status status = add_reported(s, MRSE_SEQUENCE_STIMULATION, "stimulation on the console",
                                      REPORTED(stimulation), MRSE_KIND_RATIO);
    for (size_t i = 0; i < sizeof row / sizeof row[0] && status == MRSE_OK; i++)
        status =
            add_figures(s, MRSE_SEQUENCE_STIMULATION, row[i].what, row[i].before, row[i].after);
    return status;
}

/* Every gradient scaled alike and nothing moved in time; else no ratio. */
static double scale_of_lobes(const mrse_protocol *a, const mrse_protocol *b)
{
    double ratio = (double)NAN;
    if (a->n_lobes == 0 || a->n_lobes != b->n_lobes || a->tr.v != b->tr.v || a->te.v != b->te.v ||
        !(a->esp.v == b->esp.v || (isnan(a->esp.v) && isnan(b->esp.v))))
        return (double)NAN;
    for (size_t i = 0; i < a->n_lobes; i++) {
        const mrse_protocol_lobe *p = &a->lobe[i], *q = &b->lobe[i];
        double each = q->amplitude.v / p->amplitude.v;
        bool in_time = fabs(p->ramp.v - q->ramp.v) <= 1e-9 && p->alternating == q->alternating &&
                       (p->flat.v == q->flat.v || (isnan(p->flat.v) && isnan(q->flat.v)));
        if (!in_time || (i > 0 && fabs(each / ratio - 1.0) > 1e-6))
            return (double)NAN;
        ratio = each;
    }
    return ratio;
}

static mrse_status add_sound(mrse_sequence_study *s)
{
    mrse_acoustic sound;
    mrse_status status = add_reported(s, MRSE_SEQUENCE_SOUND, "sound level on the console",
                                      REPORTED(acoustic), MRSE_KIND_SOUND_LEVEL);
    if (status != MRSE_OK || s->before.protocol == NULL || s->after.protocol == NULL)
        return status;
    double ratio = scale_of_lobes(s->before.protocol, s->after.protocol);
    status =
        mrse_acoustic_change(ratio, isfinite(ratio) ? 0.0 : (double)NAN, isfinite(ratio), &sound);
    mrse_value none = mrse_value_missing(MRSE_KIND_SOUND_LEVEL);
    bool known = isfinite(sound.change.v);
    if (status == MRSE_OK)
        status = add(s, MRSE_SEQUENCE_SOUND, "change of the sound level", &none, &sound.change,
                     known ? sound.reason : "", known ? "" : sound.reason);
    return status;
}

mrse_status mrse_sequence_rows(mrse_sequence_study *s)
{
    mrse_status status = add_rf(s);
    if (status == MRSE_OK)
        status = add_sar(s);
    if (status == MRSE_OK)
        status = add_gradients(s);
    if (status == MRSE_OK)
        status = add_stimulation(s);
    return status == MRSE_OK ? add_sound(s) : status;
}

/* The first that is known. */
static mrse_value first_known(mrse_value a, const char *name_a, mrse_value b, const char *name_b,
                              const char **name)
{
    *name = isfinite(a.v) ? name_a : name_b;
    return isfinite(a.v) ? a : b;
}

static mrse_value sar_of(const mrse_sequence_study *s, bool after, mrse_kind kind,
                         const char **name)
{
    static const size_t at[MRSE_SAR_KINDS] = {REPORTED(sar_whole_body), REPORTED(sar_partial_body),
                                              REPORTED(sar_head), REPORTED(sar_local)};
    size_t i = (size_t)(kind - MRSE_KIND_SAR_WHOLE_BODY);
    const mrse_sequence_input *in = after ? &s->after : &s->before;
    mrse_value console = reported(in, at[i], kind);
    mrse_value predicted =
        after || !mrse_sequence_is_pair(s) ? s->sar.value[i] : mrse_value_missing(kind);
    return first_known(console, "on the console", predicted, "predicted", name);
}

static mrse_value b1_of(const mrse_sequence_study *s, bool after, const char **name)
{
    const mrse_sequence_input *in = after ? &s->after : &s->before;
    mrse_value console = reported(in, REPORTED(b1_rms), MRSE_KIND_B1_RMS), v;
    if (isfinite(console.v)) {
        *name = "on the console";
        return console;
    }
    v = after ? mrse_sequence_b1_expected(s) : mrse_value_missing(MRSE_KIND_B1_RMS);
    return first_known(v, "expected on the console", mrse_sequence_b1_rms(in),
                       "over the worst 10 s, from the pulses", name);
}

static mrse_value dbdt_of(const mrse_sequence_study *s, bool after, const char **name)
{
    const mrse_sequence_input *in = after ? &s->after : &s->before;
    const mrse_dbdt *at = after ? &s->dbdt_after : &s->dbdt_before;
    return first_known(at->peak, "at the implant", in->gradient.dbdt.value,
                       "largest that a patient meets", name);
}

mrse_value mrse_sequence_exposure_of(const mrse_sequence_study *study, bool after, mrse_kind kind,
                                     const char **name)
{
    static const char *unused;
    const char **said = name != NULL ? name : &unused;
    const mrse_sequence_input *in = after ? &study->after : &study->before;

    *said = "";
    switch (kind) {
    case MRSE_KIND_B1_RMS:
        return b1_of(study, after, said);
    case MRSE_KIND_B1_PEAK:
        return first_known(reported(in, REPORTED(b1_peak), kind), "on the console",
                           mrse_sequence_b1_peak(in), "from the pulses", said);
    case MRSE_KIND_SAR_WHOLE_BODY:
    case MRSE_KIND_SAR_PARTIAL_BODY:
    case MRSE_KIND_SAR_HEAD:
    case MRSE_KIND_SAR_LOCAL:
        return sar_of(study, after, kind, said);
    case MRSE_KIND_SLEW_SEQUENCE:
        return first_known(reported(in, REPORTED(slew), kind), "on the console",
                           in->gradient.slew_max.value, "from its gradients", said);
    case MRSE_KIND_SLEW_SYSTEM:
        *said = "rated";
        return study->scanner != NULL ? study->scanner->gradients.slew : mrse_value_missing(kind);
    case MRSE_KIND_DBDT_PEAK:
        return dbdt_of(study, after, said);
    case MRSE_KIND_DBDT_RMS:
        *said = "at the implant";
        return after ? study->dbdt_after.rms : study->dbdt_before.rms;
    default:
        return mrse_value_missing(kind);
    }
}
