/* Sequence files: what one RF pulse, one gradient lobe and the reported block ask of themselves,
 * and what a pulse asks of the rest. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sequence_internal.h"

static const double PEAKS_AGREE = 0.10; /* vendors' pulses differ from the shapes of their names */
static const double SLEWS_AGREE = 0.01; /* what rounding of amplitude, slew and ramp may do */

/* ---- the shape ---- */

typedef struct parameter {
    const char *key;
    unsigned form;
    bool needed;
    double *value; /* NULL: the window, which has words */
} parameter;

static void check_parameter(mrse_reader *r, const mrse_node *node, const mrse_protocol_pulse *p,
                            const parameter *one, const char *form)
{
    const mrse_node *child = mrse_spec_child(r, node, one->key);
    bool used = p->has_shape && p->shape.form == one->form;
    size_t mark = mrse_spec_push(r, one->key, 0);

    if (used && !child && one->needed)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, node, "shape")->at,
                        "the energy of the pulse depends on it; leave the shape out when it is "
                        "not known",
                        "shape %s needs '%s'", form, one->key);
    else if (child && !used)
        mrse_spec_warn(r, child->key_at, "leave it out, or name the shape that it belongs to",
                       "'%s' is not used by %s", one->key, p->has_shape ? form : "a missing shape");
    if (one->value && !used)
        *one->value = 0;
    mrse_spec_pop(r, mark);
}

static void read_window(mrse_reader *r, const mrse_node *node, mrse_rf_shape *shape)
{
    const char *word = mrse_spec_peek(r, mrse_spec_child(r, node, "window"));

    shape->apodisation = !word                          ? MRSE_RF_WINDOW_NONE
                         : strcmp(word, "hann") == 0    ? MRSE_RF_WINDOW_HANN
                         : strcmp(word, "hamming") == 0 ? MRSE_RF_WINDOW_HAMMING
                                                        : MRSE_RF_WINDOW_NONE;
}

static void check_shape(mrse_reader *r, const mrse_node *node, mrse_protocol_pulse *p)
{
    const char *form = mrse_spec_peek(r, mrse_spec_child(r, node, "shape"));
    const parameter all[] = {
        {"time_bandwidth", MRSE_RF_SINC, true, &p->shape.time_bandwidth},
        {"window", MRSE_RF_SINC, false, NULL},
        {"sigmas", MRSE_RF_GAUSS, true, &p->shape.sigmas},
        {"flat", MRSE_RF_FERMI, true, &p->shape.flat},
        {"edge", MRSE_RF_FERMI, true, &p->shape.edge},
    };

    p->has_shape = form != NULL;
    for (size_t i = 0; i < MRSE_COUNT(all); i++)
        check_parameter(r, node, p, &all[i], mrse_spec_quote(r, form ? form : ""));
    read_window(r, node, &p->shape);
}

/* ---- one pulse ---- */

void mrse_sequence_finish_pulse(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_protocol_pulse *p = base;
    const mrse_node *flips = mrse_spec_child(r, node, "flips");

    if (isnan(p->count))
        p->count = 1;
    if (isnan(p->bands))
        p->bands = 1;
    check_shape(r, node, p);
    if (flips && mrse_spec_child(r, node, "flip"))
        mrse_spec_error(r, MRSE_ERR_INPUT, flips->key_at, "keep one of the two",
                        "the pulse has 'flip' and 'flips'");
    if (flips && p->role != MRSE_PULSE_REFOCUSING && mrse_spec_child(r, node, "role"))
        mrse_spec_error(r, MRSE_ERR_INPUT, flips->key_at, "write 'flip:', and 'count:'",
                        "only refocusing pulses have one angle for each echo");
}

/* ---- against the rest ---- */

static double largest_flip(const mrse_protocol_pulse *p)
{
    double flip = p->flip.v;

    for (size_t i = 0; i < p->n_train; i++)
        if (!(p->train[i].v <= flip)) /* also when flip is NaN */
            flip = p->train[i].v;
    return flip;
}

static void check_peak(mrse_reader *r, const mrse_node *node, const mrse_protocol_pulse *p)
{
    mrse_rf_exposure e;
    mrse_buf peak = {0};
    size_t mark;

    if (!p->has_shape || !isfinite(p->b1_peak.v) || p->bands > 1 ||
        mrse_rf_pulse_exposure(&p->shape, largest_flip(p), p->duration.v, MRSE_GAMMA_HZ_T, &e) !=
            MRSE_OK ||
        fabs(e.b1_peak_T - p->b1_peak.v) <= PEAKS_AGREE * p->b1_peak.v)
        return;
    mark = mrse_spec_push(r, "b1_peak", 0);
    mrse_quantity_print(&peak, e.b1_peak_T, MRSE_KIND_B1_PEAK, 3, 0);
    if (peak.status != MRSE_OK)
        mrse_spec_nomem(r);
    else
        mrse_spec_warn(r, mrse_spec_child(r, node, "b1_peak")->at,
                       "check flip angle, duration and shape: one of them is another on the "
                       "scanner",
                       "%s is stated; flip angle, duration and shape give %s", p->b1_peak.printed,
                       mrse_buf_text(&peak));
    mrse_buf_free(&peak);
    mrse_spec_pop(r, mark);
}

static void check_train(mrse_reader *r, const mrse_node *node, const mrse_protocol_pulse *p,
                        const mrse_protocol *of, bool etl_given)
{
    const mrse_node *flips = mrse_spec_child(r, node, "flips");
    size_t mark = mrse_spec_push(r, "flips", 0);

    if (p->n_train > 0 && !etl_given)
        mrse_spec_error(r, MRSE_ERR_INPUT, flips->key_at, "add 'train:' with 'etl:'",
                        "%zu flip angles, and the number of echoes is not given", p->n_train);
    else if (p->n_train > 0 && isfinite(of->etl) && (double)p->n_train != of->etl)
        mrse_spec_error(r, MRSE_ERR_INPUT, flips->key_at,
                        "one angle for each echo, in the order in which they are played",
                        "%zu flip angles for a train of %zu echoes", p->n_train, (size_t)of->etl);
    mrse_spec_pop(r, mark);
}

static void check_duration(mrse_reader *r, const mrse_node *node, const mrse_protocol_pulse *p,
                           const mrse_protocol *of)
{
    bool refocusing = p->role == MRSE_PULSE_REFOCUSING && of->family == MRSE_FAMILY_TSE;
    const mrse_value *room = refocusing ? &of->esp : &of->tr;
    size_t mark = mrse_spec_push(r, "duration", 0);

    if (p->duration.v >= room->v)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, node, "duration")->at,
                        "check the unit: pulses take ms",
                        "the pulse takes %s, and there are %s from one to the next",
                        p->duration.printed, room->printed);
    mrse_spec_pop(r, mark);
}

/* How often a pulse is played when the file does not say. */
static mrse_pulse_per usual_per(mrse_pulse_role role, mrse_family family)
{
    bool tr_is_shot = family == MRSE_FAMILY_GRE || family == MRSE_FAMILY_BSSFP;

    return (role == MRSE_PULSE_REFOCUSING && family == MRSE_FAMILY_TSE) ||
                   (role == MRSE_PULSE_EXCITATION && tr_is_shot)
               ? MRSE_PER_ECHO
               : MRSE_PER_SHOT;
}

void mrse_sequence_check_pulses(mrse_reader *r, const mrse_node *root, mrse_protocol *p)
{
    const mrse_node *list = mrse_spec_child(r, root, "pulses");
    const mrse_node *node = p->n_pulses > 0 ? mrse_spec_first(r, list) : NULL;
    bool etl_given = mrse_spec_child(r, mrse_spec_child(r, root, "train"), "etl") != NULL;
    size_t mark = mrse_spec_push(r, "pulses", 0);

    for (size_t i = 0; node && i < p->n_pulses; i++, node = mrse_spec_next(r, node)) {
        mrse_protocol_pulse *pulse = &p->pulse[i];
        size_t inner = mrse_spec_push(r, NULL, i);

        if (!mrse_spec_child(r, node, "per"))
            pulse->per = usual_per(pulse->role, p->family);
        check_train(r, node, pulse, p, etl_given);
        check_duration(r, node, pulse, p);
        if (!p->adiabatic_or_verse)
            check_peak(r, node, pulse);
        mrse_spec_pop(r, inner);
    }
    mrse_spec_pop(r, mark);
}

/* ---- gradient lobes ---- */

/* The one of slew and ramp that is not written, from the other and the amplitude. */
static mrse_value derived(const mrse_value *amplitude, const mrse_value *by, mrse_kind kind)
{
    mrse_value out = *by;

    out.kind = kind;
    out.v = amplitude->v / by->v;
    out.u = out.v * hypot(amplitude->u / amplitude->v, by->u / by->v);
    out.origin = mrse_origin_weaker(amplitude->origin, by->origin);
    out.basis = MRSE_BASIS_COMPUTED;
    out.printed[0] = '\0';
    return out;
}

void mrse_sequence_finish_lobe(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_protocol_lobe *lobe = base;
    const mrse_node *slew = mrse_spec_child(r, node, "slew"),
                    *ramp = mrse_spec_child(r, node, "ramp");

    if (!mrse_spec_child(r, node, "axis"))
        lobe->axis = MRSE_GRADIENT_ANY;
    if (isnan(lobe->alternating))
        lobe->alternating = 1;
    if (!slew && !ramp)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node), "add 'slew:' or 'ramp:'",
                        "the lobe has an amplitude, and neither slew rate nor ramp");
    else if (slew && ramp &&
             fabs(lobe->slew.v * lobe->ramp.v / lobe->amplitude.v - 1) > SLEWS_AGREE)
        mrse_spec_error(r, MRSE_ERR_INPUT, slew->at, "keep the one that is known, or correct them",
                        "%s reaches %s in another time than %s", lobe->slew.printed,
                        lobe->amplitude.printed, lobe->ramp.printed);
    else if (!slew && isfinite(lobe->ramp.v) && isfinite(lobe->amplitude.v))
        lobe->slew = derived(&lobe->amplitude, &lobe->ramp, MRSE_KIND_SLEW_SEQUENCE);
    else if (!ramp && isfinite(lobe->slew.v) && isfinite(lobe->amplitude.v))
        lobe->ramp = derived(&lobe->amplitude, &lobe->slew, MRSE_KIND_TIME);
}

/* ---- what the console reports ---- */

/* Labels limit what a console displays: a number from elsewhere is another quantity. */
void mrse_sequence_finish_reported(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_schema *schema = &mrse_sequence_reported;
    const char *name[MRSE_SPEC_FIELDS];
    char list[160];
    size_t n = 0;

    for (size_t i = 0; i < schema->n; i++) {
        mrse_value value;

        if (schema->field[i].type != MRSE_FIELD_VALUE)
            continue;
        memcpy(&value, (const char *)base + schema->field[i].at, sizeof value);
        if (isfinite(value.v) && value.origin != MRSE_ORIGIN_CONSOLE &&
            value.origin != MRSE_ORIGIN_UNVERIFIED)
            name[n++] = schema->field[i].key;
    }
    if (n == 0)
        return;
    mrse_spec_list_names(list, sizeof list, name, n);
    mrse_spec_warn(r, mrse_spec_where(node),
                   "name a source of origin 'console' in this block: which screen, who read it",
                   "not read off a console: %s", list);
}
