/* The working of stimulation: the law of rheobase and chronaxie, and the models.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sequence_working.h"

/* --- The law -------------------------------------------------------------------------------------- */

static const char *const axis_name[MRSE_PARTS] = {"x axis", "y axis", "z axis", "any axis"};

/* dB/dt of one lobe alone; of any axis that of a transverse one, which makes most. */
static void put_lobe(working *w, const mrse_gradient_part *p, size_t k)
{
    double s[3] = {0.0, 0.0, 0.0};

    s[k < MRSE_AXES ? k : MRSE_GRADIENT_X] = p->slew_T_m_s;
    (void)working_put_dbdt(w, s);
    working_is(w, p->dbdt_T_s, "T/s");
    working_text(w, "; ");
}

static void lobe_share(working *w, const mrse_sequence_input *in, size_t k, bool cardiac)
{
    const mrse_gradient_use *g = &in->gradient;
    const mrse_gradient_part *p = cardiac ? &g->cardiac_part[k] : &g->peripheral_part[k];
    const working_head head = {
        .what = cardiac ? "Share of the cardiac limit" : "Share of the mean threshold",
        .of = axis_name[k],
        .formula = cardiac ? "share = dB/dt / (20 T/s / (1 − exp(−ts / 3 ms))), ts the longest "
                             "change of the gradient in one direction"
                           : "share = dB/dt / (rheobase × (1 + chronaxie / ts)), ts the longest "
                             "change of the gradient in one direction",
        .source = "method stimulation-law"};

    if (!(p->share > 0.0) || !isfinite(p->share))
        return;
    put_lobe(w, p, k);
    working_num(w, "100 % × ", p->dbdt_T_s, " T/s / (");
    if (cardiac) {
        working_num(w, "", MRSE_IEC_CARDIAC_T_S, " T/s / (1 − exp(−");
        working_num(w, "", p->stimulus_s, " s / ");
        working_num(w, "", MRSE_IEC_CARDIAC_TAU_S, " s)))");
    } else {
        working_num(w, "", g->rheobase_T_s, " T/s × (1 + ");
        working_num(w, "", g->chronaxie_s, " s / ");
        working_num(w, "", p->stimulus_s, " s))");
    }
    working_is(w, 100.0 * p->share, "%");
    mrse_value v = mrse_value_computed(p->share, 0.0, MRSE_KIND_RATIO, MRSE_METHOD_STIMULATION);
    v.origin = cardiac ? g->cardiac.value.origin : g->peripheral.value.origin;
    working_end(w, &head, &v);
}

static void peripheral_share(working *w, const mrse_sequence_input *in, size_t k)
{
    lobe_share(w, in, k, false);
}

static void cardiac_share(working *w, const mrse_sequence_input *in, size_t k)
{
    lobe_share(w, in, k, true);
}

/* The axis on which a lobe of any axis makes most. */
static size_t worst_axis(const mrse_gradient_part part[MRSE_PARTS])
{
    size_t at = 0;
    double most = -1.0;

    for (size_t k = 0; k < MRSE_AXES; k++) {
        double any = part[MRSE_AXES].share, own = part[k].share;
        double gain = any > own ? any * any - own * own : 0.0;
        if (gain > most) {
            most = gain;
            at = k;
        }
    }
    return at;
}

static void put_axes(working *w, const mrse_gradient_part part[MRSE_PARTS])
{
    const size_t worst = worst_axis(part);

    working_text(w, "√(");
    for (size_t k = 0; k < MRSE_AXES; k++) {
        double share = part[k].share;
        if (k == worst)
            share = fmax(share, part[MRSE_AXES].share);
        working_num(w, k > 0 ? " + " : "", 100.0 * share, "²");
    }
    working_text(w, ") %");
}

static void sum_of_axes(working *w, const working_head *head, const mrse_gradient_figure *f,
                        const mrse_gradient_part part[MRSE_PARTS], const char *behind)
{
    if (!isfinite(f->value.v)) {
        working_end_missing(w, head, MRSE_KIND_RATIO, f->note);
        return;
    }
    working_text(w, behind);
    put_axes(w, part);
    working_is(w, 100.0 * f->value.v, "%");
    working_end(w, head, &f->value);
}

#define SUM "√(Σ over axes of squares), a lobe of any axis on the worst one"

static void peripheral(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_gradient_use *g = &in->gradient;
    const working_head head = {.what = "Share of the mean threshold of stimulation",
                               .formula = SUM,
                               .source = g->peripheral.note};

    (void)i;
    sum_of_axes(w, &head, &g->peripheral, g->peripheral_part, "");
}

static void cardiac(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_gradient_use *g = &in->gradient;
    const working_head head = {.what = "Share of the limit of cardiac stimulation",
                               .formula = SUM,
                               .source = g->cardiac.note};

    (void)i;
    sum_of_axes(w, &head, &g->cardiac, g->cardiac_part, "");
}

/* --- Models: their recursions are no work for a calculator, what they end in is ------------------- */

static void of_played(double share, const double at_peak[MRSE_AXES], const char *method,
                      mrse_gradient_figure *figure, mrse_gradient_part part[MRSE_PARTS])
{
    figure->value = mrse_value_computed(share, 0.0, MRSE_KIND_RATIO, method);
    for (int k = 0; k < MRSE_AXES; k++)
        part[k].share = at_peak[k];
}

/* Of a played sequence also with the published example's hardware, or the coil that was asked for. */
static void safe_model(working *w, const mrse_sequence_input *in, size_t heart)
{
    const mrse_gradient_use *g = &in->gradient;
    mrse_gradient_figure figure = heart ? g->safe_cardiac : g->safe;
    mrse_gradient_part part[MRSE_PARTS];
    const bool example = in->played != NULL && !in->played->own_safe;
    const working_head head = {
        .what = heart ? "SAFE model, cardiac" : "SAFE model, peripheral",
        .formula =
            "√(Σ over axes of squares) at the worst time; of an axis g Σ a |y| / limit, y the "
            "slew rate behind low-pass filters of time constant τ",
        .source = example ? "method safe-model; the published example's hardware: no scanner's"
                          : "method safe-model; gradients.safe of the scanner file"};

    memcpy(part, heart ? g->safe_cardiac_part : g->safe_part, sizeof part);
    if (in->played != NULL) {
        const mrse_safe *safe = &in->played->gradient.safe[heart];
        of_played(safe->peak, safe->peak_part, "safe-model", &figure, part);
    }
    sum_of_axes(w, &head, &figure, part,
                "shares of x, y and z from the filters' recursion, not by hand; ");
}

static void convolution_model(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_gradient_use *g = &in->gradient;
    mrse_gradient_figure figure = g->convolution;
    mrse_gradient_part part[MRSE_PARTS];
    const working_head head = {
        .what = "Convolution model",
        .formula =
            "√(Σ over axes of squares) at the worst time; of an axis α / rheobase × Σ S c Δt / "
            "(c + t)², c the chronaxie, S the slew rate t ago",
        .source = "method gradient-convolution"};

    (void)i;
    memcpy(part, g->convolution_part, sizeof part);
    if (in->played != NULL && isfinite(in->played->gradient.convolution.peak)) {
        const mrse_convolution_peak *c = &in->played->gradient.convolution;
        of_played(c->peak, c->peak_part, "gradient-convolution", &figure, part);
    }
    sum_of_axes(w, &head, &figure, part,
                "shares of x, y and z from the convolution, not by hand; ");
}

static void normal_mode(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_gradient_use *g = &in->gradient;
    const working_head head = {.what = "Share of the limit in normal mode",
                               .formula = "share of the mean threshold / 0.8",
                               .source = g->normal.note};

    (void)i;
    if (!isfinite(g->normal.value.v)) {
        working_end_missing(w, &head, MRSE_KIND_RATIO, g->normal.note);
        return;
    }
    working_num(w, "", 100.0 * g->peripheral.value.v, " % / ");
    working_num(w, "", MRSE_IEC_NORMAL, "");
    working_is(w, 100.0 * g->normal.value.v, "%");
    working_end(w, &head, &g->normal.value);
}

void working_stimulation(working *w)
{
    for (size_t k = 0; k < MRSE_PARTS; k++)
        working_each(w, peripheral_share, k);
    working_each(w, peripheral, 0);
    working_each(w, normal_mode, 0);
    for (size_t k = 0; k < MRSE_PARTS; k++)
        working_each(w, cardiac_share, k);
    working_each(w, cardiac, 0);
    working_each(w, safe_model, 0);
    working_each(w, safe_model, 1);
    working_each(w, convolution_model, 0);
}
